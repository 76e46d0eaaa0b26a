"""Functions written as text: inline, and what asks and changes them: formula, argnames, vectorize, char."""

from __future__ import annotations

import re
from typing import Any

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.text.older_text import symvar
from cnnscript.builtins.text.texts import one_text, whole_number
from cnnscript.code.scopes import Workspace
from cnnscript.errors import ScriptError
from cnnscript.values.inline_functions import Inline
from cnnscript.values.numeric import is_cell
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import cell_of_texts, is_text, texts_or_none

NAME = re.compile(r"[A-Za-z]\w*")


@builtin
def inline(session, expr, /, *names):
    """
    f = inline(expr)
    f = inline(expr, arg1, arg2, ...)
    f = inline(expr, n)

    A function of the expression in a text.

    Its inputs are the names given; by themselves those that the expression has (i, j and constants apart) in
    alphabetical order, x where it has none; with a number n they are x, P1, ..., Pn.

    Examples
      >> f = inline('t^2 + 1')
      f =
           Inline function:
           f(t) = t^2 + 1
      >> f(3)
      ans =
          10
      >> g = inline('a*x + b', 'x', 'a', 'b');
      >> g(1, 2, 3)
      ans =
           5
      >> h = inline('x^P1', 1);
      >> h(2, 3)
      ans =
           8

    See also formula, argnames, vectorize, str2func.
    """
    text = one_text(expr, "inline", "Expression")
    return made(session, text, input_names(text, names))


def input_names(text: str, names: tuple) -> tuple[str, ...]:
    if not names:
        found = texts_or_none(symvar(text))
        return tuple(name for name in found or () if name not in ("i", "j")) or ("x",)
    if len(names) == 1 and not is_text(names[0]):
        count = whole_number(names[0], "inline", "Number of parameters")
        if count > 1000:
            raise ScriptError("MATLAB:inline:tooManyInputs", "An inline function has at most 1000 parameters.")
        return ("x", *(f"P{k}" for k in range(1, count + 1)))
    words = tuple(one_text(name, "inline", "Argument") for name in names)
    for word in words:
        if not NAME.fullmatch(word):
            raise ScriptError("MATLAB:Inline:inline:invalidArgument", f"'{word}' is not the name of an argument.")
    return words


def made(session: Any, text: str, names: tuple[str, ...]) -> Inline:
    try:
        function = session.evaluate(f"@({','.join(names)}) {text}", Workspace(), 1)
    except ScriptError as fault:
        raise ScriptError(
            "MATLAB:Inlineeval:InlineExprError", f"Error in inline expression ==> {text}\n{fault.message}"
        ) from fault
    return Inline(function, text, names)


def inline_of(value: Any, name: str) -> Inline:
    if type(value) is not Inline:
        raise unfit_inputs(name, f"{name} takes an inline function", f"got {described(value)}")
    return value


@builtin
def formula(function, /):
    """
    c = formula(f)

    The expression of an inline function.

    Examples
      >> c = formula(inline('x^2'))
      c =
          'x^2'

    See also inline, argnames.
    """
    return inline_of(function, "formula").formula


@builtin
def argnames(function, /):
    """
    c = argnames(f)

    The names of the inputs of an inline function, in a cell array.

    Examples
      >> c = argnames(inline('a*x'))
      c =
        2×1 cell array
          {'a'}
          {'x'}

    See also inline, formula.
    """
    names = cell_of_texts(list(inline_of(function, "argnames").names))
    return names.reshape(-1, 1) if is_cell(names) else names


@overload("inline")
def vectorize(session, function, /):
    """
    g = vectorize(f)

    The inline function with a dot before *, / and ^, so that it works element by element.

    Examples
      >> g = vectorize(inline('x^2'));
      >> g([1 2 3])
      ans =
           1     4     9

    See also inline, formula.
    """
    return made(session, re.sub(r"(?<!\.)([*/^])", r".\1", function.formula), function.names)


@overload("inline")
def char(function, /):
    """
    c = char(f)

    The expression of an inline function.

    Examples
      >> c = char(inline('x^2'))
      c =
          'x^2'

    See also inline, formula.
    """
    return function.formula
