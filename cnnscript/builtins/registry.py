"""The table of built-ins: each is declared once, by a Python function under `@builtin`.

    @builtin
    def montage(session, images, /, *, Size=None, BorderSize=0):
        '''
        montage(I)
        montage(I, Name=Value)

        Show many images as one picture.

        Examples
          >> montage(zeros(4, 6), Size=[1 1])
          figure 1: image 4x6

        See also imtile, imshow, imshowpair.
        '''

Positional-only parameters are inputs (a default makes one optional, `*rest` takes any number), keyword-only parameters
are name-value options.  Leading parameters named `session`, `scope`, `nargout` and `argument_names` (in this order, any
of them) are handed in: the session, the variables of the caller, the number of outputs asked for, and the names of the
variables that are the arguments ('' for one that is none; fewer than arguments where nobody knows).
The result is one value, a tuple
of outputs (only from functions that take `nargout`), or None for no output.

The docstring is the help, in a fixed order: syntaxes, summary, prose, Options, Examples, See also.  Everything that
shows a built-in to the user (help, completion, the signature line, the README's list, the tests) reads it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property, partial
from inspect import CO_VARARGS, cleandoc
from typing import Any

from cnnscript.builtins.differentiation.dlarray_rules import AS_NUMBERS, takes_dlarrays, unsupported
from cnnscript.builtins.elementary.single_precision import keeping_single
from cnnscript.builtins.sparse.sparse_rules import TAKES_SPARSE, with_sparse
from cnnscript.builtins.topic_files import import_topic
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import ndarray
from cnnscript.values.objects import ARRAY_KINDS, DLARRAY_KINDS, SPARSE_KINDS
from cnnscript.values.take import nearest
from cnnscript.values.text import text_or_none

SPECIAL = ("session", "scope", "nargout", "argument_names")
TABLE: dict[str, Builtin] = {}
PLAIN = frozenset((float, bool, complex, str, ndarray))  # values that are no objects of an overloaded class
OVERLOADS: dict[str, dict[str, Builtin]] = {}  # by name, then by class: what a function does with objects of the class


class Builtin:
    """One declared built-in.

    minimum, maximum   number of positional inputs (maximum None: any number)
    options            names of its name-value options, in MATLAB's spelling
    outputs            most outputs it can give (None: any number; functions without `nargout` give at most one)
    floats             Python function that does the same to float arguments and always gives a float, or None:
                       the code generator calls it directly where all arguments are known to be doubles
    needs_scope        it reads or writes the caller's variables by name
    takes_names        it is told which variables its arguments are (the call takes `names`)
    overloaded         class names to the topics that declare what it does with objects of them (see `overload`)
    fitting            the options that go with positional inputs, where these decide: a short name is one of those
    takes_sparse, takes_dlarrays
                       it is handed sparse matrices, dlarrays as they are
    """

    def __init__(
        self,
        function: Callable,
        name: str,
        outputs: int | None,
        floats: Callable | None,
        keeps_single: bool = False,
        fitting: Callable | None = None,
    ):
        code = function.__code__
        names = code.co_varnames[: code.co_posonlyargcount]
        if code.co_argcount != code.co_posonlyargcount:
            raise TypeError(f"{name}: inputs of a built-in are positional-only (end them with /)")
        special = 0
        while special < len(names) and names[special] in SPECIAL:
            special += 1
        self.function = keeping_single(function) if keeps_single else function
        self.name = name
        self.handed = names[:special]
        self.inputs = names[special:]
        self.minimum = max(0, len(self.inputs) - len(function.__defaults__ or ()))
        self.variable = bool(code.co_flags & CO_VARARGS)
        self.maximum = None if self.variable else len(self.inputs)
        kept = code.co_argcount
        self.options = code.co_varnames[kept : kept + code.co_kwonlyargcount]
        self.takes_nargout = "nargout" in self.handed
        self.needs_scope = "scope" in self.handed
        self.takes_names = "argument_names" in self.handed
        self.topic = function.__module__.rpartition(".")[2]
        self.overloaded: dict[str, str] = {}
        self.takes_sparse = name in TAKES_SPARSE or self.topic.startswith("sparse")
        self.takes_dlarrays = takes_dlarrays(name, function.__module__)
        self.outputs = outputs if self.takes_nargout else 1
        self.floats = floats
        self.fitting = fitting

    @cached_property
    def help(self) -> Help:
        return read_help(self.function.__doc__ or "")

    def __repr__(self) -> str:
        return f"<built-in {self.name}>"

    # ------------------------------------------------------------------------------------------------------ calling
    def bind(self, session: Any) -> Callable:
        """`call(nargout, *args)` for one session.  Built-ins that need the caller's variables are
        `call(scope, nargout, *args)` instead."""
        function = self.function
        if "session" in self.handed:
            function = partial(function, session)
        made: Set[type] = frozenset()  # arguments of these classes are not for the function itself
        takes_dlarrays = self.takes_dlarrays and "dlarray" not in self.overloaded
        if not (self.takes_sparse and takes_dlarrays):
            made = SPARSE_KINDS if takes_dlarrays else DLARRAY_KINDS if self.takes_sparse else ARRAY_KINDS
        check, minimum, maximum = self.check_count, self.minimum, self.maximum
        most = len(self.inputs) if maximum is None else maximum
        options, takes_nargout, shape = self.options, self.takes_nargout, self.shape
        call: Callable[..., Any]

        if self.needs_scope:

            def call(scope, nargout, *args):
                args, named = self.split_options(args) if options else (args, {})
                if not minimum <= len(args) <= most:
                    check(len(args))
                if takes_nargout:
                    return shape(function(scope, nargout, *args, **named), nargout)
                return shape(function(scope, *args, **named), nargout)

        elif self.takes_names:

            def call(nargout, *args, names=()):
                if made and not made.isdisjoint(map(type, args)):
                    return self.on_arrays(session, nargout, args, partial(call, names=names))
                args, named = self.split_options(args) if options else (args, {})
                if not minimum <= len(args) <= most:
                    check(len(args))
                if takes_nargout:
                    return shape(function(nargout, names, *args, **named), nargout)
                return shape(function(names, *args, **named), nargout)

        elif options:

            def call(nargout, *args):
                if made and not made.isdisjoint(map(type, args)):
                    return self.on_arrays(session, nargout, args, call)
                args, named = self.split_options(args)
                if not minimum <= len(args) <= most:
                    check(len(args))
                if takes_nargout:
                    return shape(function(nargout, *args, **named), nargout)
                return shape(function(*args, **named), nargout)

        elif takes_nargout:

            def call(nargout, *args):
                if made and not made.isdisjoint(map(type, args)):
                    return self.on_arrays(session, nargout, args, call)
                if not minimum <= len(args) <= most:
                    check(len(args))
                return shape(function(nargout, *args), nargout)

        else:

            def call(nargout, *args):
                if made and not made.isdisjoint(map(type, args)):
                    return self.on_arrays(session, nargout, args, call)
                if not minimum <= len(args) <= most:
                    check(len(args))
                if nargout > 1:
                    self.too_many_outputs()
                return function(*args)

        call.__name__ = self.name
        return self.dispatching(call, session) if self.overloaded.keys() - {"sparse", "dlarray"} else call

    def dispatching(self, call: Callable, session: Any) -> Callable:
        """The call that leaves objects of the overloaded classes to those who declared what happens with them."""
        topics, name, bound = self.overloaded, self.name, {}

        def dispatch(nargout, *args, **names):
            for arg in args:
                if type(arg) in PLAIN:
                    continue
                class_name = getattr(arg, "class_name", None)
                if class_name in topics:
                    if class_name not in bound:
                        import_topic(topics[class_name])
                        bound[class_name] = OVERLOADS[name][class_name].bind(session)
                    return bound[class_name](nargout, *args)
            return call(nargout, *args, **names)

        if self.needs_scope:
            plain = dispatch

            def dispatch(scope, nargout, *args):  # an overload asks for no variables of the caller
                given = [arg for arg in args if type(arg) not in PLAIN]
                if any(getattr(arg, "class_name", None) in topics for arg in given):
                    return plain(nargout, *args)
                return call(scope, nargout, *args)

        dispatch.__name__ = name
        return dispatch

    def on_arrays(self, session: Any, nargout: int, args: tuple, call: Callable) -> Any:
        """The call with a dlarray or a sparse matrix among its arguments: by the overload for them where there is one;
        else dlarrays are refused or taken for their numbers (see dlarray_rules), and sparse matrices computed with as
        full ones, with sparse results where the function gives them (see sparse_rules)."""
        word = "sparse" if DLARRAY_KINDS.isdisjoint(map(type, args)) else "dlarray"
        overloaded = OVERLOADS.get(self.name, {}).get(word)
        if overloaded is None and word in self.overloaded:
            import_topic(self.overloaded[word])
            overloaded = OVERLOADS[self.name][word]
        if overloaded is not None:
            return overloaded.bind(session)(nargout, *args)
        if word == "dlarray" and self.name in AS_NUMBERS:
            return call(nargout, *(arg.value if type(arg) in DLARRAY_KINDS else arg for arg in args))
        if word == "dlarray" and not self.takes_dlarrays:
            raise unsupported(self.name)
        return with_sparse(self.name, call, nargout, args)

    def check_count(self, count: int) -> None:
        if count < self.minimum:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=self.usage())
        if self.maximum is not None and count > self.maximum:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=self.usage())

    def too_many_outputs(self) -> None:
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.", notes=self.usage())

    def usage(self) -> tuple[str, ...]:
        return tuple(self.help.syntaxes[:4])

    def shape(self, result: Any, nargout: int) -> Any:
        """The outputs asked for: one value for nargout 0 and 1, a tuple of nargout values above."""
        if type(result) is tuple:
            if nargout <= 1:
                return result[0] if result else None
            if len(result) < nargout:
                self.too_many_outputs()
            return result[:nargout]
        if nargout > 1:
            self.too_many_outputs()
        return result

    def split_options(self, args: tuple) -> tuple[tuple, dict[str, Any]]:
        """Positional inputs and name-value options.  Options start at the first text that names one (any letter
        case, unambiguous prefixes) with an even number of arguments left."""
        count = len(args)
        for at in range(min(self.minimum, count), count):
            if (count - at) % 2 == 0 and (word := text_or_none(args[at])) is not None and word:
                past = self.maximum is not None and at >= self.maximum
                if self.match_option(word) or past:
                    named = {}
                    for i in range(at, count, 2):
                        named[self.option(args[i], args[:at])] = args[i + 1]
                    return args[:at], named
        if self.maximum is not None and count > self.maximum:
            self.check_words(args)
        return args, {}

    def check_words(self, args: tuple) -> None:
        """Of too many arguments, those at the end that come as names and values: a misspelt name is told as such, and
        so is a last name without its value."""
        count = len(args)
        for at in range(min(self.minimum, count), count - 1):
            words = [text_or_none(arg) for arg in args[at::2]]
            if (count - at) % 2 == 0 and all(word is not None and word.isidentifier() for word in words):
                self.option(args[at])
        for at in range(min(self.minimum, count), count):
            words = [text_or_none(arg) for arg in args[at::2]]
            if (count - at) % 2 == 1 and all(word and self.match_option(word) for word in words):
                raise ScriptError(
                    "MATLAB:InputParser:ParamMissingValue",
                    f"No value was given for '{words[-1]}'. Name-value pair arguments require a name followed by a "
                    "value.",
                    notes=self.usage(),
                )

    def match_option(self, word: str) -> str | None:
        folded = word.lower()
        found = [name for name in self.options if name.lower().startswith(folded)]
        exact = [name for name in found if len(name) == len(word)]
        found = exact or found
        return found[0] if len(found) == 1 else None

    def option(self, value: Any, inputs: tuple | None = None) -> str:
        """The option that a text names.  inputs: those before the options; None where they are not known."""
        options = self.options if self.fitting is None or not inputs else self.fitting(*inputs)
        word = text_or_none(value)
        if word is None:
            raise ScriptError(
                "MATLAB:InputParser:ParamMustBeChar",
                "Expected a string scalar or character vector for the parameter name.",
                notes=self.usage(),
            )
        name = self.match_option(word)
        if name is None:
            folded = word.lower()
            several = [option for option in options if folded and option.lower().startswith(folded)]
            if len(several) == 1 or several and self.fitting is not None and inputs is None:
                return several[0]
            if several:
                raise ScriptError(
                    "MATLAB:InputParser:AmbiguousParameter",
                    f"The parameter '{word}' is ambiguous.",
                    notes=("it could be " + ", ".join(several),),
                )
            raise ScriptError(
                "MATLAB:InputParser:UnmatchedParameter",
                f"'{word}' is not a recognized parameter. For a list of valid name-value pair arguments, "
                "see the documentation for this function.",
                notes=(f"{self.name} takes " + ", ".join(options),),
                hint=nearest(word, options),
            )
        return name


def builtin(
    function: Callable | None = None,
    /,
    *,
    name: str | None = None,
    outputs: int | None = None,
    floats: Callable | None = None,
    keeps_single: bool = False,
    fitting: Callable | None = None,
) -> Callable:
    """Declare a built-in.  `name` where Python's grammar forbids MATLAB's (a trailing underscore is taken off too).

    keeps_single   the function reckons in doubles; what it gives is single when one of its arguments is
    """

    def declare(function: Callable) -> Callable:
        word = name or function.__name__.rstrip("_")
        if word in TABLE and TABLE[word].function.__module__ != function.__module__:
            raise TypeError(f"built-in {word} is declared in {TABLE[word].function.__module__} and here")
        TABLE[word] = Builtin(function, word, outputs, floats, keeps_single, fitting)
        return function

    return declare(function) if function is not None else declare


def overload(class_name: str, /, *, name: str | None = None, outputs: int | None = None) -> Callable:
    """Declare what a built-in of another topic does when one of its arguments is an object of a class."""

    def declare(function: Callable) -> Callable:
        word = name or function.__name__.rstrip("_")
        declared = Builtin(function, word, outputs, None)
        declared.takes_sparse = class_name in ("sparse", "dlarray")
        declared.takes_dlarrays = class_name == "dlarray"
        OVERLOADS.setdefault(word, {})[class_name] = declared
        if class_name == "table":  # a timetable is a table whose rows have times
            OVERLOADS[word].setdefault("timetable", declared)
        return function

    return declare


def alias(word: str, of: str) -> None:
    """A second name of a built-in (MATLAB keeps some old names)."""
    declared = TABLE[of]
    TABLE[word] = Builtin(declared.function, word, declared.outputs, declared.floats)


# --------------------------------------------------------------------------------------------------------------- help
@dataclass(frozen=True, slots=True)
class Example:
    """Input lines (without `>>`) and the lines they print."""

    code: str
    output: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The parts of a built-in's docstring."""

    text: str
    syntaxes: tuple[str, ...]
    summary: str
    options: dict[str, str]
    examples: tuple[Example, ...]
    see_also: tuple[str, ...]


def read_help(docstring: str) -> Help:
    """Read the fixed parts of a docstring: syntaxes, summary, prose, Options, Examples, See also."""
    text = cleandoc(docstring)
    blocks = text.split("\n\n")
    syntaxes = tuple(blocks[0].splitlines())
    summary = " ".join(blocks[1].split()) if len(blocks) > 1 else ""
    section = ""
    options: dict[str, str] = {}
    examples: list[Example] = []
    see_also: tuple[str, ...] = ()
    code: list[str] = []
    output: list[str] = []
    for line in text.splitlines():
        if line.strip() in ("Options", "Examples") and not line.startswith(" "):
            section = line.strip()
        elif line.startswith("See also"):
            section = ""
            see_also = tuple(word.strip(" .,") for word in line[len("See also") :].split(",") if word.strip(" .,"))
        elif section == "Options" and line.startswith("  ") and not line.startswith("   "):
            word, _, rest = line.strip().partition(" ")
            options[word] = rest.strip()
        elif section == "Options" and line.startswith("   ") and options:
            options[word] += " " + line.strip()
        elif section == "Examples" and line.startswith("  >> "):
            if output:
                examples.append(Example("\n".join(code), tuple(output)))
                code, output = [], []
            code.append(line[5:])
        elif section == "Examples" and line.startswith("  .. "):
            code.append(line[5:])
        elif section == "Examples" and line.strip() and code:
            output.append(line[2:].rstrip())
    if code:
        examples.append(Example("\n".join(code), tuple(output)))
    return Help(text, syntaxes, summary, options, tuple(examples), see_also)
