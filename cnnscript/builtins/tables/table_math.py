"""Functions of numbers applied to tables: each variable by itself, as MATLAB's tables have it since R2023a."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cnnscript.builtins.registry import overload
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, class_of, numel_of
from cnnscript.values.rows import height
from cnnscript.values.tables import Table, Variable
from cnnscript.values.text import text_or_none

ELEMENTWISE = {
    "abs": "Absolute values", "acos": "Inverse cosines", "asin": "Inverse sines", "atan": "Inverse tangents",
    "ceil": "Next greater whole numbers", "cos": "Cosines", "exp": "Exponentials", "expm1": "Exponentials less one",
    "fix": "Numbers without their fractions", "floor": "Next smaller whole numbers", "log": "Natural logarithms",
    "log10": "Common logarithms", "log1p": "Logarithms of one more", "log2": "Binary logarithms",
    "round": "Nearest whole numbers", "sign": "Signs", "sin": "Sines", "sqrt": "Square roots", "tan": "Tangents",
    "cummax": "Largest numbers so far", "cummin": "Smallest numbers so far", "cumprod": "Products so far",
    "cumsum": "Sums so far",
}  # fmt: skip
REDUCING = {
    "sum": "Sums", "mean": "Means", "median": "Medians", "mode": "Most frequent values", "min": "Smallest values",
    "max": "Largest values", "std": "Standard deviations", "var": "Variances", "prod": "Products",
}  # fmt: skip
DIMENSION_THIRD = ("min", "max", "std", "var")  # what stands before the dimension: the other array, or the weights


def failed(name: str, variable: Variable, problem: ScriptError) -> ScriptError:
    return ScriptError(
        "MATLAB:table:math:FunFailed",
        f"Unable to apply the function '{name}' to the table variable '{variable.name}' of class "
        f"'{class_of(variable.data)}': {problem.message}",
        causes=[problem],
        hint="T(:, vartype('numeric')) has the numbers of a table",
    )


def on_each(session: Any, name: str, source: Table, rest: tuple) -> list[Variable]:
    """A function of the value of each variable."""
    call = session.builtin(name).call
    made = []
    for variable in source.variables:
        try:
            result = call(1, variable.data, *rest)
        except ScriptError as problem:
            raise failed(name, variable, problem) from None
        made.append(replace(variable, data=result, unit=""))
    return made


def elementwise(session: Any, name: str, x: Any, rest: tuple) -> Table:
    source = require_table(x, name)
    return replace(source, variables=tuple(on_each(session, name, source, rest)))


def reduced(session: Any, name: str, x: Any, rest: tuple) -> Table:
    """A row of results by default; with dimension 2 a column, named after the function."""
    source = require_table(x, name)
    at = 1 if name in DIMENSION_THIRD else 0
    given = rest[at] if len(rest) > at and text_or_none(rest[at]) is None else None
    dimension = 1 if given is None or not numel_of(given) else take.dimension(given)
    if dimension == 2:
        across = session.builtin(name).call(1, source.joined(), *rest)
        return Table((Variable(name, across),), source.rows, source.row_names, source.about)
    before, after = list(rest[:at]), list(rest[at:] if given is None else rest[at + 1 :])
    arguments = (*before, *([0.0] if name in ("std", "var") and not before else []))
    if name in ("min", "max") and not before:
        arguments = (EMPTY,)
    made = on_each(session, name, source, (*arguments, 1.0, *after))
    rows = height(made[0].data) if made else 1
    return replace(source, variables=tuple(made), rows=rows, row_names=None)


def declare(name: str, kind: str, what: str) -> None:
    """The overload of a function for tables."""
    work = elementwise if kind == "elementwise" else reduced

    def function(session, x, /, *rest):
        return work(session, name, x, rest)

    if kind == "elementwise":
        function.__doc__ = f"""
        B = {name}(T)

        {what} of a table's variables, each by itself.

        Examples
          >> B = {name}(table([1; 1], 'VariableNames', {{'x'}}));
          >> disp(isequal(B.x, {name}([1; 1])))
             1

        See also varfun, table.
        """
    else:
        function.__doc__ = f"""
        B = {name}(T)
        B = {name}(T, {"[], " if name in DIMENSION_THIRD else ""}dim)

        {what} of a table's variables, each by itself; with dimension 2, of each row.

        Examples
          >> B = {name}(table([1; 3], [2; 2], 'VariableNames', {{'x' 'y'}}));
          >> disp(isequal(B.x, {name}([1; 3])))
             1

        See also varfun, groupsummary, table.
        """
    function.__module__ = __name__
    overload("table", name=name)(function)


for word, meaning in ELEMENTWISE.items():
    declare(word, "elementwise", meaning)
for word, meaning in REDUCING.items():
    declare(word, "reduced", meaning)
