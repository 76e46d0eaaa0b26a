"""What a running function asks about itself and its caller: inputname; and keeping functions in memory: mlock."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.builtins.files.places import running_unit
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, whole_number
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.text import cell_of_texts


def calling_arguments() -> list[tree.Node] | None:
    """The arguments as they are written in the call of the function that runs; None where no program calls it."""
    from cnnscript.code import caller_scope
    from cnnscript.code.traces import span_at

    scope = caller_scope()
    if scope is None or not scope.function:
        raise ScriptError(
            "MATLAB:inputname:NotInFunction", "inputname can only be used within the body of a MATLAB function."
        )
    frame = scope.frame.f_back
    while frame is not None and "_unit" not in frame.f_globals:
        frame = frame.f_back
    span = span_at(frame, frame.f_lasti) if frame is not None else None
    node = frame.f_globals["_unit"].node_at(span) if span is not None else None
    while type(node) in (tree.Expression, tree.Parenthesised):
        node = node.expression
    if type(node) is not tree.Call:
        return None
    if type(node.base) is tree.Field and len(node.arguments) < (scope.nargin or 0):  # object.method(...)
        return [node.base.base, *node.arguments]
    return list(node.arguments)


@builtin
def inputname(number, /):
    """
    s = inputname(argNumber)

    Inside a function: the variable that the caller gave as an input, '' where it was no plain variable.

    Examples
      >> fid = fopen('tell.m', 'w'); fprintf(fid, 'function s = tell(a, b)\\ns = inputname(2);\\n'); fclose(fid);
      >> conv1 = 3;
      >> s = tell(1, conv1)
      s =
          'conv1'
      >> s = tell(1, 2 + 3)
      s =
        0×0 empty char array

    See also nargin, mfilename.
    """
    wanted = whole_number(number, "inputname", "Number")
    given = calling_arguments()
    if wanted < 1:
        raise ScriptError("MATLAB:inputname:argNumberNotValid", "Argument number must be a positive integer.")
    if given is None:
        return ""
    for place, argument in enumerate(given, 1):
        if type(argument) is tree.Brace:  # a list of values: what comes after it has no number that is known
            return ""
        if place == wanted:
            return argument.id if type(argument) is tree.Name else ""
    raise ScriptError(
        "MATLAB:inputname:nargNumberTooLarge",
        "The argument number exceeds the number of inputs to the function.",
        notes=(f"the call has {len(given)}",),
    )


# ----------------------------------------------------------------------------------------------- functions in memory
def unit_of(session: Any, name: str) -> Any:
    path = session.path.find_function(name)
    if path is None:
        raise ScriptError("MATLAB:UndefinedFunction", f"Cannot find function '{name}'.")
    session.load_program(path)
    return session.unit_at(path)


@builtin
def mlock():
    """
    mlock

    Inside a function: `clear` leaves what the functions of this file remember (persistent variables).

    Examples
      >> fid = fopen('kept.m', 'w'); fprintf(fid, 'function kept\\nmlock\\n'); fclose(fid);
      >> kept
      >> disp(mislocked('kept'))
         1
      >> mlock

    See also munlock, mislocked, clear.
    """
    unit = running_unit()
    if unit is not None:
        unit.locked = True


@builtin
def munlock(session, name="", /):
    """
    munlock
    munlock(functionname)

    Undo mlock, for the function that runs or for another.

    Examples
      >> fid = fopen('kept.m', 'w'); fprintf(fid, 'function kept\\nmlock\\nmunlock\\n'); fclose(fid);
      >> kept
      >> munlock('kept')
      >> disp(mislocked('kept'))
         0

    See also mlock, mislocked.
    """
    word = one_text(name, "munlock", "Name")
    unit = unit_of(session, word) if word else running_unit()
    if unit is not None:
        unit.locked = False


@builtin
def mislocked(session, name="", /):
    """
    tf = mislocked
    tf = mislocked(functionname)

    Whether mlock keeps the function that runs, or another.

    Examples
      >> fid = fopen('free.m', 'w'); fprintf(fid, 'function free\\n'); fclose(fid);
      >> disp(mislocked('free'))
         0
      >> tf = mislocked;

    See also mlock, munlock.
    """
    word = one_text(name, "mislocked", "Name")
    unit = unit_of(session, word) if word else running_unit()
    return unit is not None and unit.locked


@builtin
def rehash(session, word="", /):
    """
    rehash
    rehash path

    Look again which functions the folders in reach hold. That happens by itself too.

    Examples
      >> rehash
      >> rehash path

    See also path, which.
    """
    kind = one_text(word, "rehash", "Option").lower()
    if kind not in ("", "path", "toolbox", "pathreset", "toolboxreset", "toolboxcache"):
        raise ScriptError("MATLAB:rehash:InvalidOption", f"'{kind}' is no option of rehash.")
    session.look_again(surely=True)


@builtin
def inmem(session, /):
    """
    M = inmem

    The names of the program files that were read and are in memory.

    Examples
      >> fid = fopen('one.m', 'w'); fprintf(fid, 'function r = one\\nr = 1;\\n'); fclose(fid);
      >> x = one;
      >> M = inmem
      M =
        1×1 cell array
          {'one'}

    See also clear, mlock.
    """
    return cell_of_texts([os.path.splitext(os.path.basename(path))[0] for path in session.loaded()])
