"""Functions as values, and text as program: func2str, str2func, feval, eval, evalin, assignin, evalc."""

from __future__ import annotations

import io
import os
import re
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, real_number
from cnnscript.code import evaluate
from cnnscript.code.scopes import Scope, Workspace, caller_scope
from cnnscript.code.traces import last_fault
from cnnscript.code.undefined import undefined_for
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, struct_array
from cnnscript.values.text import text_or_none

NAME = re.compile(r"[A-Za-z]\w*")


def function_of(session: Any, value: Any, name: str) -> Function:
    """A function argument: a handle, or the name of a function."""
    if type(value) is Function:
        return value
    if isinstance(value, Object) and (standing := value.as_function()) is not None:
        return standing
    word = text_or_none(value)
    if word is None:
        raise ScriptError(
            f"MATLAB:{name}:argMustBeStringOrFunctionHandle",
            "Argument must contain a string or function_handle.",
            notes=(f"{name} got {described(value)}",),
        )
    return session.function(word)


@builtin
def func2str(function, /):
    """
    c = func2str(fh)

    The text of a function handle.

    Examples
      >> c = func2str(@(x) x.^2 + 1)
      c =
          '@(x)x.^2+1'
      >> disp(func2str(@sin))
      sin

    See also str2func, functions.
    """
    if type(function) is not Function:
        raise ScriptError(
            "MATLAB:func2str:FirstArgMustBeFunctionHandle",
            "Input must be a function handle.",
            notes=(f"func2str got {described(function)}",),
        )
    return function.text


@builtin
def str2func(session, text, /):
    """
    fh = str2func(str)

    A function handle from its text: the name of a function, or '@(x) ...'.

    Examples
      >> fh = str2func('@(x) x + 1');
      >> disp(fh(2))
           3
      >> fh = str2func('max');
      >> disp(fh([1 5 2]))
           5

    See also func2str, feval.
    """
    if type(text) is Function:
        return text
    word = text_or_none(text)
    if word is None:
        raise ScriptError(
            "MATLAB:str2func:FirstArgMustBeStrOrFunctionHandle",
            "The first argument to str2func must be a character vector or string scalar.",
            notes=(f"str2func got {described(text)}",),
        )
    word = word.strip()
    if word.startswith("@"):
        # no variables of the workspace are captured; the functions of the program that asks are in reach
        caller = caller_scope()
        return evaluate(word, Workspace({}), 1, session, around=caller.unit if isinstance(caller, Scope) else None)
    if not re.fullmatch(r"[A-Za-z]\w*(\.[A-Za-z]\w*)*", word):
        raise ScriptError(
            "MATLAB:str2func:invalidFunctionName",
            f"The text '{word}' is neither a function name nor an anonymous function.",
            hint="an anonymous function starts with @(",
        )
    try:
        return session.function(word)
    except ScriptError as fault:
        missing = fault  # MATLAB makes the handle all the same: calling it is the error

    def call(nargout: int, *args: Any) -> Any:
        return session.call(word, nargout, *args)

    return Function(call, word, origin=missing.identifier)


@builtin(outputs=None)
def feval(session, nargout, function, /, *args):
    """
    [y1, ..., yN] = feval(fun, x1, ..., xM)

    Call a function given by handle or name.

    Examples
      >> [low, high] = feval('bounds', [3 1 2]);
      >> disp([low high])
           1     3
      >> y1 = feval(@plus, 1, 2)
      y1 =
           3

    See also str2func, cellfun, eval.
    """
    try:
        called = function_of(session, function, "feval")
    except ScriptError as missing:
        word = text_or_none(function)
        raise (undefined_for(missing, word, args) if word is not None else missing) from None
    return session.call(called, nargout, *args)


@builtin
def functions(function, /):
    """
    s = functions(fh)

    What is known of a function handle: its text, its kind, its file and what it captured.

    Examples
      >> s = functions(@sin);
      >> disp(s.function)
      sin
      >> disp(s.type)
      simple

    See also func2str.
    """
    if type(function) is not Function:
        raise ScriptError(
            "MATLAB:functions:NotFunctionHandle",
            "Input must be a function handle.",
            notes=(f"functions got {described(function)}",),
        )
    fields: dict[str, Any] = {
        "function": function.text,
        "type": "anonymous" if function.anonymous else "simple",
        "file": os.path.abspath(function.origin) if function.origin else "",
    }
    if function.anonymous:
        workspace = np.empty((1, 1), OBJECT)
        workspace[0, 0] = Struct(dict(function.captured or {}))
        fields["workspace"] = workspace
        fields["within_file_path"] = fields["file"]
    return Struct(fields)


# ------------------------------------------------------------------------------------------------- text as program
def program_text(value: Any, name: str) -> str:
    text = text_or_none(value)
    if text is None:
        raise ScriptError(
            f"MATLAB:{name}:MustBeText" if name != "eval" else "MATLAB:eval:mustBeTextScalar",
            "Must be a text scalar.",
            notes=(f"{name} got {described(value)}",),
        )
    return text


def run_text(session: Any, scope: Any, nargout: int, text: str, rescue: Any, name: str) -> Any:
    """Evaluate text; where it fails and there is a second text, that one instead."""
    if rescue is None:
        return session.evaluate(text, scope, nargout)
    from cnnscript.code import explained

    try:
        return session.evaluate(text, scope, nargout)
    except Exception as fault:
        session.last_error = explained(fault)
        return session.evaluate(program_text(rescue, name), scope, nargout)


@builtin(outputs=None)
def eval_(session, scope, nargout, expression, catch=None, /):
    """
    eval(expression)
    [output1, ..., outputN] = eval(expression)
    eval(expression, catchExpression)

    Run text as program, in the variables of the caller.

    Examples
      >> eval('x = 3;')
      >> [y, k] = eval('max([1 9 x])')
      y =
           9
      k =
           2
      >> eval('nonsense(1)', 'disp(''caught'')')
      caught

    See also evalc, evalin, feval, assignin.
    """
    return run_text(session, scope, nargout, program_text(expression, "eval"), catch, "eval")


def scope_called(scope: Any, where: Any, name: str) -> Any:
    """The variables that 'base' or 'caller' means, seen from the function that calls the built-in."""
    word = one_text(where, name, "Workspace").lower()
    if word == "base":
        return scope.base()
    if word == "caller":
        return scope.caller() or scope.base()
    raise ScriptError(
        f"MATLAB:{name}:InvalidWorkspace",
        "Workspace must be 'caller' or 'base'.",
        notes=(f"{name} got '{word}'",),
    )


@builtin(outputs=None)
def evalin(session, scope, nargout, where, expression, catch=None, /):
    """
    evalin(ws, expression)
    [output1, ..., outputN] = evalin(ws, expression)

    Run text as program in the variables of the base workspace ('base') or of the caller's caller ('caller').

    Examples
      >> evalin('base', 'x = 4;')
      >> [y, k] = evalin('base', 'max([x 1])');
      >> disp(y)
           4

    See also eval, assignin.
    """
    target = scope_called(scope, where, "evalin")
    return run_text(session, target, nargout, program_text(expression, "evalin"), catch, "evalin")


@builtin
def assignin(scope, where, name, value, /):
    """
    assignin(ws, var, val)

    Set a variable in the base workspace ('base') or in the caller's caller ('caller').

    Examples
      >> assignin('base', 'x', 5)
      >> disp(x)
           5

    See also evalin, eval.
    """
    word = one_text(name, "assignin", "Variable name")
    if not NAME.fullmatch(word):
        raise ScriptError("MATLAB:assignin:InvalidVariable", f"Invalid variable name '{word}' in ASSIGNIN.")
    scope_called(scope, where, "assignin").set(word, value)


@builtin
def evalc(session, scope, expression, catch=None, /):
    """
    results = evalc(expression)

    Run text as program and give back what it prints.

    Examples
      >> results = evalc('disp(3)');
      >> disp(strtrim(results))
      3

    See also eval, disp.
    """
    text = program_text(expression, "evalc")
    printed = io.StringIO()
    with session.printing_to(printed):
        run_text(session, scope, 0, text, catch, "evalc")
    return printed.getvalue()


# ----------------------------------------------------------------------------------------- counting inputs and outputs
def declared_counts(session: Any, function: Any, name: str) -> tuple[float, float]:
    """What nargin(f) and nargout(f) give: negative where there may be more."""
    from cnnscript import builtins

    handle = function_of(session, function, name)
    if handle.inputs is not None:
        return float(handle.inputs), float(handle.outputs if handle.outputs is not None else 1)
    if handle.anonymous:
        inside = handle.text[handle.text.index("(") + 1 : handle.text.index(")")]
        words = [word.strip() for word in inside.split(",") if word.strip()]
        return float(-len(words) if words and words[-1] == "varargin" else len(words)), 1.0
    entry = builtins.find(handle.text)
    if entry is None:
        raise ScriptError(
            f"MATLAB:{name}:isScript", f"{handle.text} is a script.", hint="only functions have inputs and outputs"
        )
    most = entry.maximum
    inputs = -1 if most is None or entry.options else most
    outputs = -1 if entry.outputs is None else entry.outputs
    return float(inputs), float(outputs)


def counted(session: Any, scope: Any, function: Any, name: str) -> float:
    if function is not None:
        return declared_counts(session, function, name)[name == "nargout"]
    found = getattr(scope, name, None)
    if found is None or not scope.function:
        raise ScriptError(
            f"MATLAB:{name}:OutsideFunction",
            f"You can only call {name}/{'nargout' if name == 'nargin' else 'nargin'} from within a MATLAB function.",
        )
    return float(found)


@builtin
def nargin(session, scope, function=None, /):
    """
    nargin
    n = nargin(fun)

    How many inputs the running function was given, or how many a function takes (negative: any number from there).

    Examples
      >> n = nargin(@(x, y) x + y)
      n =
           2

    See also nargout, narginchk.
    """
    return counted(session, scope, function, "nargin")


@builtin
def nargout(session, scope, function=None, /):
    """
    nargout
    n = nargout(fun)

    How many outputs the running function was asked for, or how many a function can give.

    Examples
      >> n = nargout(@(x) x)
      n =
           1

    See also nargin, nargoutchk.
    """
    return counted(session, scope, function, "nargout")


def check_count(scope: Any, low: Any, high: Any, name: str) -> None:
    which = "nargin" if name == "narginchk" else "nargout"
    count = getattr(scope, which, None)
    if count is None or not scope.function:
        raise ScriptError(
            f"MATLAB:{name}:notCalledFromFunction", f"You can only call {name} from within a function.", hint=None
        )
    sort = "input" if which == "nargin" else "output"
    side = "" if which == "nargin" else "Output"
    if count < float(low):
        raise ScriptError(f"MATLAB:{name}:notEnough{side or 'Input'}s", f"Not enough {sort} arguments.")
    if count > float(high):
        raise ScriptError(f"MATLAB:{name}:tooMany{side or 'Input'}s", f"Too many {sort} arguments.")


@builtin
def narginchk(scope, low, high, /):
    """
    narginchk(minArgs, maxArgs)

    An error when the running function got fewer or more inputs.

    Examples
      >> f = @() narginchk(1, 2);
      >> try, f(), catch e, disp(isempty(e.message)), end
         0

    See also nargin, nargoutchk, validateattributes.
    """
    check_count(scope, low, high, "narginchk")


@builtin
def nargoutchk(scope, nargout, low, high, number=None, form="", /):
    """
    nargoutchk(minArgs, maxArgs)
    msg = nargoutchk(minArgs, maxArgs, numArgs)
    s = nargoutchk(minArgs, maxArgs, numArgs, 'struct')

    An error when the running function was asked for fewer or more outputs. With a number, the older form: what is to be
    said of that many outputs, as text or as a struct for error; empty where they are right.

    Examples
      >> f = @() nargoutchk(0, 0);
      >> try, f(), catch e, disp(isempty(e.message)), end
         0
      >> msg = nargoutchk(0, 1, 2)
      msg =
          'Too many output arguments.'
      >> s = nargoutchk(1, 2, 0, 'struct'); disp(s.identifier)
      MATLAB:nargoutchk:notEnoughOutputs

    See also nargout, narginchk.
    """
    if number is None:
        check_count(scope, low, high, "nargoutchk")
        return None
    word = one_text(form, "nargoutchk", "Form").lower()
    if word not in ("", "string", "struct"):
        raise ScriptError("MATLAB:nargoutchk:InvalidForm", "The last argument must be 'string' or 'struct'.")
    count, few, many = (real_number(value, "nargoutchk", "A number of arguments") for value in (number, low, high))
    identifier = message = ""
    if count < few:
        identifier, message = "MATLAB:nargoutchk:notEnoughOutputs", "Not enough output arguments."
    elif count > many:
        identifier, message = "MATLAB:nargoutchk:tooManyOutputs", "Too many output arguments."
    if word != "struct":
        return message or np.zeros((0, 0))
    if not message:
        return struct_array(["message", "identifier"], np.empty((0, 1), OBJECT))
    return Struct({"message": message, "identifier": identifier})


# ------------------------------------------------------------------------------------------------------- at the end
class Cleanup(Object):
    """Runs its task when nobody holds it any more: the variable is cleared, or its function ends."""

    class_name = "onCleanup"
    ancestors = ("handle",)
    is_handle = True
    methods = frozenset(("cancel",))

    def __init__(self, session: Any, task: Function):
        self.session = session
        self.task: Function | None = task

    def property_names(self) -> list[str]:
        return ["task"]

    def get(self, name: str) -> Any:
        if name == "task":
            return self.task
        raise self.no_property(name)

    def finish(self) -> None:
        """Run the task, once.  A fault in it is a warning: nobody is left to catch it."""
        task, self.task = self.task, None
        if task is None or self.session.closed:
            return
        fault = last_fault(lambda: task.call(0))
        if fault:
            from cnnscript.values.warn import warn

            warn("MATLAB:onCleanup:DtorError", f"The task of an onCleanup object failed: {fault}")

    def __del__(self):
        self.finish()

    def disp(self, form: Any) -> str:
        blank = "\n" if form.spacing == "loose" else ""
        text = self.task.text if self.task else ""
        return f"  onCleanup with properties:\n{blank}    task: @{text.lstrip('@')}\n{blank}"


@builtin
def onCleanup(session, task, /):
    """
    cleanupObj = onCleanup(cleanupFun)

    An object that calls a function when it is cleared, or when the function that holds it ends for whatever reason.

    Examples
      >> cleanupObj = onCleanup(@() disp('done'));
      >> clear cleanupObj
      done

    See also clear, fclose.
    """
    if type(task) is not Function:
        raise ScriptError(
            "MATLAB:onCleanup:InputMustBeFunctionHandle",
            "Input must be a function handle.",
            notes=(f"onCleanup got {described(task)}",),
        )
    return Cleanup(session, task)


@builtin
def localfunctions(session, /):
    """
    fcns = localfunctions

    Handles to the local functions of the running file, in a cell (none at the prompt).

    Examples
      >> disp(isempty(localfunctions))
         1

    See also functions, str2func.
    """
    scope = caller_scope()
    unit = getattr(scope, "unit", None)
    if unit is None:
        return np.empty((0, 0), OBJECT)
    names = [function.name for function in unit.program.functions]
    names = names if unit.is_script else names[1:]
    column = np.empty((len(names), 1 if names else 0), OBJECT)
    for at, name in enumerate(names):
        column[at, 0] = unit.handle(name)
    return column
