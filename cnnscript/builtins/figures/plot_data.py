"""Data of plots: numbers, names or times along an axis, the curves of matrices, the variables of tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.time_axes import UNIX, TimeAxis
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.times import Datetime, Duration
from cnnscript.values.warn import warn

DAY = 86_400_000  # milliseconds
IMAGINARY = "MATLAB:plot:IgnoreImaginaryXYPart", "Imaginary parts of complex X and/or Y arguments ignored."


class Coordinates:
    """Data along one axis: numbers, names that stand at 1, 2, 3 ..., or times.

    values: float array in the data's shape.  names: the categories, or [] for numbers.  clock: how time is written, or
    None.
    """

    def __init__(self, value: Any, function: str, what: str):
        self.names: list[str] = []
        self.clock: TimeAxis | None = None
        if isinstance(value, Categorical):
            self.names = list(value.names)
            self.values = np.where(value.codes > 0, value.codes, np.nan).astype(float)
            return
        if isinstance(value, Datetime):
            self.values, self.clock = value.local / DAY + UNIX, TimeAxis("datetime")
            return
        if isinstance(value, Duration):
            self.values, self.clock = value.data / DAY, TimeAxis("duration", value.form)
            return
        words = texts_or_none(value) if not isinstance(value, str) else None
        if words is not None:
            self.names = list(dict.fromkeys(words))
            self.values = np.array([self.names.index(word) + 1.0 for word in words]).reshape(1, -1)
            return
        array = as_array(value) if not isinstance(value, str) and not is_cell(value) else None
        extract = getattr(value, "extractdata", None)
        if extract is not None:
            array = as_array(extract())
        if array is None or array.dtype.kind not in "fiubc":
            if function in ("plot", "semilogx", "semilogy", "loglog"):
                raise no_data(value)
            raise take.refusal(function, what, "numeric or categorical", value)
        if array.dtype.kind == "c" and function == "plot":
            self.values = np.asarray(array)
            return
        if array.dtype.kind == "c":
            warn(*IMAGINARY)
        self.values = np.asarray(array.real if array.dtype.kind == "c" else array, float)

    def name(self, made: Any, letter: str) -> None:
        """Let the axis of an object be of categories, or of times."""
        if self.names:
            made.categories[letter] = self.names
        if self.clock is not None:
            made.clocks[letter] = str(self.clock)
        if self.names or self.clock is not None:
            made.touch()


def no_data(value: Any) -> ScriptError:
    from cnnscript.values.take import described

    return ScriptError("MATLAB:plot:InvalidData", "Invalid data argument.", notes=(f"got {described(value)}",))


def lengths_differ() -> ScriptError:
    return ScriptError("MATLAB:samelen", "Vectors must be the same length.")


def series(x: np.ndarray | None, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """The curves of X and Y: one for a vector, one a column for a matrix."""
    if y.ndim > 2 or x is not None and x.ndim > 2:
        raise ScriptError("MATLAB:plot:DataNotVectorOrMatrix", "Data cannot have more than 2 dimensions.")
    if x is None:
        if y.dtype.kind == "c":
            return [(column.real, column.imag) for column in (y.T if min(y.shape) > 1 else [y.ravel(order="F")])]
        columns = [y.ravel(order="F")] if min(y.shape, default=0) <= 1 else list(y.T)
        return [(np.arange(1.0, column.size + 1), column) for column in columns]
    if "c" in (x.dtype.kind, y.dtype.kind):
        warn(*IMAGINARY)
    x, y = np.asarray(x.real, float), np.asarray(y.real, float)
    if x.size == 1 and y.size > 1 and min(y.shape) == 1:  # a point for each, each a line of its own
        return [(x.ravel(), each.reshape(1)) for each in y.ravel(order="F")]
    if min(x.shape) <= 1 and min(y.shape) <= 1:
        if x.size != y.size:
            raise lengths_differ()
        return [(x.ravel(order="F"), y.ravel(order="F"))]
    if min(x.shape) <= 1:
        if x.size == y.shape[0]:
            return [(x.ravel(), column) for column in y.T]
        if x.size == y.shape[1]:
            return [(x.ravel(), row) for row in y]
        raise lengths_differ()
    if min(y.shape) <= 1:
        if y.size == x.shape[0]:
            return [(column, y.ravel()) for column in x.T]
        if y.size == x.shape[1]:
            return [(row, y.ravel()) for row in x]
        raise lengths_differ()
    if x.shape != y.shape:
        raise lengths_differ()
    return list(zip(x.T, y.T, strict=True))


# ------------------------------------------------------------------------------------------------ tables of variables
def variable_names(table: Table, value: Any, function: str) -> list[str]:
    """The variables that an argument names: by name, by number or by truth."""
    words = texts_or_none(value)
    if words is not None:
        for word in words:
            table.place(word)
        return list(words)
    array = as_array(value) if not hasattr(value, "class_name") else None
    if array is not None and array.dtype.kind == "b":
        return [name for name, chosen in zip(table.names, array.ravel().tolist(), strict=False) if chosen]
    if array is None or array.dtype.kind not in "fiu" or not all(1 <= k <= len(table.names) for k in array.ravel()):
        raise take.refusal(function, "a variable", "the name or the number of a variable of the table", value)
    return [table.names[int(k) - 1] for k in array.ravel()]


def of_table(args: tuple, function: str, letters: str) -> tuple[tuple, dict[str, list[str]]]:
    """Arguments (tbl, xvar, yvar, ...) as data, and the names of the variables for each of `letters`.

    Where the last letters are not named (plot(tbl, yvar)), x is missing.  Arguments without a table stay as they are.
    """
    if not args or not isinstance(args[0], Table):
        return args, {}
    table, rest = args[0], list(args[1:])
    found: list[list[str]] = []
    while rest and len(found) < len(letters) and (word_of(rest[0], table) or text_or_none(rest[0]) is None):
        chosen = variable_names(table, rest.pop(0), function)
        if not chosen:
            raise ScriptError("MATLAB:table:NoVariables", f"{function} needs at least one variable of the table.")
        found.append(chosen)
    if not found:
        raise ScriptError(
            "MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(tbl, xvar, yvar) names variables",)
        )
    used = letters[-len(found) :] if len(found) < len(letters) else letters
    return (*(joined(table, names) for names in found), *rest), dict(zip(used, found, strict=True))


def word_of(value: Any, table: Table) -> bool:
    words = texts_or_none(value)
    return words is not None and all(word in table.names for word in words)


def joined(table: Table, names: list[str]) -> Any:
    """The data of some variables side by side."""
    each = [table.data(name) for name in names]
    if len(each) == 1:
        return each[0]
    return np.column_stack([as_array(data).reshape(table.size()[0], -1) for data in each])


def name_sides(axes: Any, named: dict[str, list[str]], made: list[Any]) -> None:
    """What a plot of a table's variables is labelled with: the variables on the axes, or in the legend's names."""
    for letter, names in named.items():
        if len(names) == 1 and letter in "XYZ" and not axes.words_of(f"{letter}Label"):
            axes.label(f"{letter}Label").values["String"] = names[0].replace("_", "\\_")
    for one, name in zip(made, named.get("Z", named.get("Y", [])), strict=False):
        one.values["DisplayName"] = name
