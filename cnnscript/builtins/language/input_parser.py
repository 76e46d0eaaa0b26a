"""inputParser: the arguments of a function read by declarations."""

from __future__ import annotations

from typing import Any, ClassVar

from cnnscript.builtins.language.names import is_name
from cnnscript.builtins.registry import builtin, nearest
from cnnscript.builtins.text.texts import described, flag_of, one_text
from cnnscript.display.containers import field_text
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import cell_of_texts, text_or_none

FLAGS = ("CaseSensitive", "KeepUnmatched", "PartialMatching", "StructExpand")
NOTHING = object()


class InputParser(Object):
    """Declared inputs, and what the last `parse` found."""

    class_name = "inputParser"
    ancestors: ClassVar[tuple[str, ...]] = ("handle",)
    is_handle = True
    methods = frozenset(("addRequired", "addOptional", "addParameter", "addParamValue", "addSwitch", "parse", "copy"))

    def __init__(self):
        self.flags = dict.fromkeys(FLAGS, False) | {"PartialMatching": True, "StructExpand": True}
        self.function_name = ""
        self.required: dict[str, Any] = {}
        self.optional: dict[str, tuple[Any, Any]] = {}
        self.parameters: dict[str, tuple[Any, Any]] = {}
        self.switches: list[str] = []
        self.results: dict[str, Any] = {}
        self.unmatched: dict[str, Any] = {}
        self.defaults: list[str] = []

    def property_names(self) -> list[str]:
        return ["FunctionName", *FLAGS, "Parameters", "Results", "Unmatched", "UsingDefaults"]

    def get(self, name: str) -> Any:
        if name in self.flags:
            return self.flags[name]
        if name == "FunctionName":
            return self.function_name
        if name == "Parameters":
            return cell_of_texts(self.names(), column=False)
        if name == "Results":
            return Struct({key: self.results[key] for key in sorted(self.results)})
        if name == "Unmatched":
            return Struct(dict(self.unmatched))
        if name == "UsingDefaults":
            return cell_of_texts(self.defaults, column=False)
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> InputParser:
        if name in self.flags:
            self.flags[name] = flag_of(value, "inputParser", name)
            return self
        if name == "FunctionName":
            self.function_name = one_text(value, "inputParser", "FunctionName")
            return self
        super().set(name, value)
        return self

    def names(self) -> list[str]:
        return sorted([*self.required, *self.optional, *self.parameters, *self.switches])

    def declare(self, name: Any) -> str:
        word = one_text(name, "inputParser", "Argument name")
        if not is_name(word):
            raise ScriptError("MATLAB:InputParser:InvalidArgumentName", f"'{word}' is not a valid argument name.")
        if word in self.names():
            raise ScriptError("MATLAB:InputParser:ArgNameAlreadyExists", f"Argument '{word}' already exists.")
        return word

    # ------------------------------------------------------------------------------------------------------ parsing
    def why_not(self, validator: Any, value: Any) -> str | None:
        """None when the validator takes a value, else the end of the error's sentence."""
        if validator is None:
            return None
        from cnnscript.code import explained

        try:
            answer = validator.call(0, value)  # one that only raises, such as mustBePositive, has no answer to give
        except Exception as fault:
            return explained(fault).message
        if answer is None or bool(as_array(answer).all()):
            return None
        return f"It must satisfy the function: {validator.text}."

    def check(self, name: str, validator: Any, value: Any) -> None:
        reason = self.why_not(validator, value)
        if reason is not None:
            raise ScriptError(
                "MATLAB:InputParser:ArgumentFailedValidation",
                f"The value of '{name}' is invalid. {reason}",
                notes=(f"got {described(value)}",),
            )

    def parameter(self, word: str) -> str | None:
        """The declared parameter or switch that a word names."""
        names = [*self.parameters, *self.switches]
        sensitive = self.flags["CaseSensitive"]
        fold = (lambda text: text) if sensitive else str.lower
        exact = [name for name in names if fold(name) == fold(word)]
        if exact or not self.flags["PartialMatching"]:
            return exact[0] if exact else None
        near = [name for name in names if fold(name).startswith(fold(word))] if word else []
        if len(near) > 1:
            raise ScriptError(
                "MATLAB:InputParser:AmbiguousParameter",
                f"The parameter '{word}' is ambiguous.",
                notes=("it could be " + ", ".join(near),),
            )
        return near[0] if near else None

    def parse(self, args: list) -> None:
        self.results, self.unmatched = {}, {}
        rest = list(args)
        if len(rest) < len(self.required):
            raise ScriptError(
                "MATLAB:InputParser:notEnoughInputs",
                "Not enough input arguments.",
                notes=("required: " + ", ".join(self.required),),
            )
        for name, validator in self.required.items():
            self.check(name, validator, rest[0])
            self.results[name] = rest.pop(0)
        for name, (_, validator) in self.optional.items():
            if not rest or self.begins_pairs(rest, validator):
                break
            self.check(name, validator, rest[0])
            self.results[name] = rest.pop(0)
        self.parse_pairs(rest)
        self.defaults = []
        for name, (default, _) in {**self.optional, **self.parameters}.items():
            if name not in self.results:
                self.results[name] = default
                self.defaults.append(name)
        for name in self.switches:
            if name not in self.results:
                self.results[name] = False
                self.defaults.append(name)

    def begins_pairs(self, rest: list, validator: Any) -> bool:
        """Whether a text stands for a parameter's name rather than for an optional input."""
        word = text_or_none(rest[0])
        if word is None:
            return (
                type(rest[0]) is Struct
                and self.flags["StructExpand"]
                and bool(self.parameters)
                and (validator is None or self.why_not(validator, rest[0]) is not None)
            )
        if validator is None:
            return self.parameter(word) is not None
        return self.why_not(validator, rest[0]) is not None and bool(self.parameters or self.switches)

    def parse_pairs(self, rest: list) -> None:
        while rest:
            first = rest.pop(0)
            if type(first) is Struct and self.flags["StructExpand"]:
                rest = [part for name, value in first.fields.items() for part in (name, value)] + rest
                continue
            word = text_or_none(first)
            if word is None:
                if not self.parameters and not self.switches:
                    raise ScriptError("MATLAB:InputParser:TooManyInputs", "Too many input arguments.")
                raise ScriptError(
                    "MATLAB:InputParser:ParamMustBeChar",
                    "Expected a string scalar or character vector for the parameter name.",
                    notes=(f"got {described(first)}",),
                )
            name = self.parameter(word)
            if name in self.switches:
                self.results[name] = True
                continue
            if not rest:
                raise ScriptError(
                    "MATLAB:InputParser:ParamMissingValue",
                    f"No value was given for '{word}'. Name-value pair arguments require a name followed by a value.",
                )
            value = rest.pop(0)
            if name is None:
                if not self.flags["KeepUnmatched"]:
                    raise ScriptError(
                        "MATLAB:InputParser:UnmatchedParameter",
                        f"'{word}' is not a recognized parameter. For a list of valid name-value pair arguments, "
                        "see the documentation for this function.",
                        notes=("known: " + ", ".join([*self.parameters, *self.switches]),),
                        hint=nearest(word, [*self.parameters, *self.switches]),
                    )
                self.unmatched[word] = value
                continue
            self.check(name, self.parameters[name][1], value)
            self.results[name] = value

    def disp(self, form: Any) -> str:
        blank = "\n" if form.spacing == "loose" else ""
        lines = [f"{name:>19}: {field_text(self.get(name), form)}" for name in self.property_names()]
        return f"  inputParser with properties:\n{blank}" + "\n".join(lines) + f"\n{blank}"


def require_parser(value: Any, name: str) -> InputParser:
    if type(value) is not InputParser:
        raise unfit_inputs(name, f"{name} is for an inputParser, got {described(value)}")
    return value


def require_validator(value: Any) -> Function | None:
    if value is not None and type(value) is not Function:
        raise ScriptError(
            "MATLAB:InputParser:ValidatorMustBeFunction",
            "A validator must be a function handle.",
            notes=(described(value),),
        )
    return value


@builtin(name="inputParser")
def input_parser():
    """
    p = inputParser

    Reads the arguments of a function: declare them with addRequired, addOptional, addParameter and addSwitch, then
    parse(p, varargin{:}) fills p.Results.

    Properties: FunctionName, CaseSensitive, KeepUnmatched, PartialMatching, StructExpand; Parameters, Results,
    Unmatched, UsingDefaults.

    Examples
      >> p = inputParser;
      >> addRequired(p, 'side', @isnumeric);
      >> addParameter(p, 'Scale', 1);
      >> parse(p, 5, 'Scale', 2);
      >> disp(p.Results)
          Scale: 2
           side: 5

    See also validateattributes, validatestring, narginchk, addRequired, addOptional, addParameter, parse.
    """
    return InputParser()


@builtin
def copy(parser, /):
    """
    q = copy(p)

    A parser of its own that declares the same inputs (inputParser objects are handles).

    Examples
      >> p = inputParser; addRequired(p, 'x'); q = copy(p); addRequired(q, 'y');
      >> numel(p.Parameters), numel(q.Parameters)
      ans =
           1
      ans =
           2

    See also inputParser, parse.
    """
    if not isinstance(parser, InputParser):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Undefined function 'copy' for input arguments of type '{class_of(parser)}'.",
        )
    twin = InputParser()
    for name, value in vars(parser).items():
        setattr(twin, name, value.copy() if isinstance(value, (dict, list)) else value)
    return twin


@builtin
def addRequired(parser, name, validator=None, /):
    """
    addRequired(p, argName)
    addRequired(p, argName, validationFcn)

    Declare an input that must be given.

    Examples
      >> p = inputParser;
      >> addRequired(p, 'x', @(v) v > 0);
      >> try, parse(p, -1), catch e, disp(e.message), end
      The value of 'x' is invalid. It must satisfy the function: @(v)v>0.

    See also inputParser, addOptional, parse.
    """
    declared = require_parser(parser, "addRequired")
    declared.required[declared.declare(name)] = require_validator(validator)


@builtin
def addOptional(parser, name, default, validator=None, /):
    """
    addOptional(p, argName, defaultVal)
    addOptional(p, argName, defaultVal, validationFcn)

    Declare an input that may be left out.

    Examples
      >> p = inputParser; addOptional(p, 'n', 3, @isnumeric); parse(p)
      >> disp(p.Results.n)
           3

    See also inputParser, addRequired, addParameter.
    """
    declared = require_parser(parser, "addOptional")
    declared.optional[declared.declare(name)] = (default, require_validator(validator))


@builtin
def addParameter(parser, name, default, validator=None, /):
    """
    addParameter(p, paramName, defaultVal)
    addParameter(p, paramName, defaultVal, validationFcn)

    Declare an input given by name and value.

    Examples
      >> p = inputParser; addParameter(p, 'Method', 'bicubic', @ischar); parse(p, 'method', 'nearest')
      >> disp(p.Results.Method)
      nearest

    See also inputParser, addOptional, addSwitch.
    """
    declared = require_parser(parser, "addParameter")
    declared.parameters[declared.declare(name)] = (default, require_validator(validator))


@builtin
def addParamValue(parser, name, default, validator=None, /):
    """
    addParamValue(p, paramName, defaultVal)
    addParamValue(p, paramName, defaultVal, validationFcn)

    Declare an input given by name and value: the old name of addParameter.

    Examples
      >> p = inputParser; addParamValue(p, 'n', 3); parse(p, 'n', 4)
      >> disp(p.Results.n)
           4

    See also addParameter, inputParser.
    """
    addParameter(parser, name, default, validator)


@builtin
def addSwitch(parser, name, /):
    """
    addSwitch(p, argName)

    Declare a word that turns something on: its result is true where it is given.

    Examples
      >> p = inputParser; addSwitch(p, 'verbose'); parse(p, 'verbose')
      >> disp(p.Results.verbose)
         1

    See also inputParser, addParameter.
    """
    declared = require_parser(parser, "addSwitch")
    declared.switches.append(declared.declare(name))


@builtin
def parse(parser, /, *args):
    """
    parse(p, argList)

    Read arguments as they are declared; the values are in p.Results.

    Examples
      >> p = inputParser; addRequired(p, 'x'); addOptional(p, 'y', 2);
      >> parse(p, 1)
      >> disp(p.UsingDefaults{1})
      y

    See also inputParser, addRequired, addOptional, addParameter.
    """
    require_parser(parser, "parse").parse(list(args))
