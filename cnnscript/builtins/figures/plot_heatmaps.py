"""Heatmaps, and the order of their rows and columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_charts import Groups, on_parent
from cnnscript.builtins.figures.plot_data import variable_names
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.charts import Heatmap
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import norm
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none

METHODS = {
    "count": np.size,
    "mean": np.mean,
    "median": np.median,
    "sum": np.sum,
    "max": np.max,
    "min": np.min,
}


@builtin(outputs=1)
def heatmap(session, nargout, /, *args):
    """
    heatmap(cdata)
    heatmap(xvalues, yvalues, cdata)
    heatmap(tbl, xvar, yvar)
    heatmap(tbl, xvar, yvar, ColorVariable=cvar)
    heatmap(parent, ...)
    heatmap(..., Name=Value)
    h = heatmap(...)

    A matrix as a table of cells, coloured by their numbers.

    xvalues and yvalues name the columns and the rows. Of a table the values of two variables are columns and rows, and
    the cells are how often they come together, or the mean (ColorMethod: 'mean', 'median', 'sum', 'max', 'min',
    'count', 'none') of a third. Properties: Title, XLabel, YLabel, Colormap, ColorLimits, ColorScaling,
    ColorbarVisible, CellLabelColor, CellLabelFormat, FontSize, GridVisible, MissingDataColor, MissingDataLabel, XData,
    YData, XDisplayData, YDisplayData, XDisplayLabels, YDisplayLabels, XLimits, YLimits.

    Examples
      >> heatmap(magic(3))
      figure 1: heatmap 3x3
      >> h = heatmap({'a', 'b'}, {'u', 'v'}, [1 2; 3 4], Title='Scores'); h.ColorLimits
      ans =
           1     4
      figure 1: heatmap 2x2, title 'Scores'
      >> T = table({'a'; 'b'; 'a'}, {'u'; 'u'; 'u'}, VariableNames={'x', 'y'}); h = heatmap(T, 'x', 'y'); h.ColorData
      ans =
           2     1
      figure 1: heatmap 1x2, title 'Count of y vs. x'

    See also imagesc, confusionchart, colormap, sortx, sorty.
    """
    values = on_parent(session, list(args))
    if values and isinstance(values[0], Table):
        return of_table(session, nargout, values)
    cut = first_option(tuple(values), 0 if is_data(values) else 3)
    if cut not in (1, 3):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("heatmap(xvalues, yvalues, cdata)",))
    data = take.pixels(values[cut - 1], "heatmap", "cdata")
    if data.ndim != 2:
        raise take.refusal("heatmap", "cdata", "a matrix", values[cut - 1])
    given = tried(Heatmap, pairs(tuple(values[cut:]), "heatmap"))
    names = [Groups(value, "heatmap").words for value in values[: cut - 1]]
    for each, length, what in zip(names, (data.shape[1], data.shape[0]), ("columns", "rows"), strict=False):
        if len(each) != length:
            raise ScriptError(
                "MATLAB:graphics:heatmap:DataSizeMismatch",
                f"There must be as many names as {what} of cdata.",
                notes=(f"{len(each)} names, {length} {what}",),
            )
        if len(set(each)) < length:
            raise ScriptError("MATLAB:graphics:heatmap:DuplicateNames", f"The names of the {what} must differ.")
    made = session.desk.chart(Heatmap, ColorData=data)
    if names:
        made.set("XData", names[0])
        made.set("YData", names[1])
    set_pairs(made, given)
    return wrap(made) if nargout else None


def is_data(values: list[Any]) -> bool:
    """Whether a call begins with the matrix itself."""
    return len(values) < 3 or texts_or_none(values[0]) is None and text_or_none(values[1]) is not None


def of_table(session: Any, nargout: int, values: list[Any]) -> Any:
    """heatmap(tbl, xvar, yvar, ...)."""
    table, rest = values[0], values[1:]
    if len(rest) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("heatmap(tbl, xvar, yvar)",))
    (across,), (down,) = (variable_names(table, value, "heatmap")[:1] for value in rest[:2])
    given = pairs(tuple(rest[2:]), "heatmap")
    own = {word.lower(): value for word, value in given if word.lower() in ("colorvariable", "colormethod")}
    given = tried(Heatmap, [(word, value) for word, value in given if word.lower() not in own])
    colour = variable_names(table, own["colorvariable"], "heatmap")[0] if "colorvariable" in own else None
    method = "mean" if colour is not None else "count"
    if "colormethod" in own:
        method = take.choice(own["colormethod"], (*METHODS, "none"), "heatmap", "ColorMethod")
    columns, rows = (sorted_groups(table.data(name)) for name in (across, down))
    numbers = None if colour is None else np.asarray(take.pixels(table.data(colour), "heatmap", colour), float).ravel()
    data = np.full((len(rows.names), len(columns.names)), 0.0 if method == "count" else np.nan)
    for r, row in enumerate(rows.names):
        for c, column in enumerate(columns.names):
            here = [
                k for k, pair in enumerate(zip(rows.words, columns.words, strict=True)) if pair == (row, column)
            ]
            data[r, c] = gathered(here, numbers, method, data[r, c])
    made = session.desk.chart(Heatmap, ColorData=data)
    made.set("XData", columns.names)
    made.set("YData", rows.names)
    made.values |= {
        "SourceTable": table, "XVariable": across, "YVariable": down, "ColorVariable": colour or "",
        "ColorMethod": method,
    }  # fmt: skip
    title = f"Count of {down} vs. {across}" if colour is None else f"{method.capitalize()} of {colour}"
    for name, words in (("Title", title), ("XLabel", across), ("YLabel", down)):
        made.put_words(name, words.replace("_", "\\_"))
    set_pairs(made, given)
    return wrap(made) if nargout else None


def gathered(here: list[int], numbers: np.ndarray | None, method: str, empty: float) -> float:
    """What a cell says of the rows of the table that are in it."""
    if not here:
        return empty
    if numbers is None or method == "count":
        return float(len(here))
    chosen = numbers[here]
    if method == "none":
        if len(here) > 1:
            raise ScriptError(
                "MATLAB:graphics:heatmap:DuplicatePairs", "ColorMethod 'none' needs one row for each cell.",
                notes=(f"{len(here)} rows are in one cell",),
            )  # fmt: skip
        return float(chosen[0])
    chosen = chosen[~np.isnan(chosen)]
    return float(METHODS[method](chosen)) if chosen.size else np.nan


def sorted_groups(value: Any) -> Groups:
    """The values of a variable; text in the order of the alphabet."""
    found = Groups(value, "heatmap")
    if not isinstance(value, Categorical) and not found.are_numbers:
        found.names = sorted(found.names)
    return found


# ------------------------------------------------------------------------------------------------------------- sorting
def sorted_along(nargout: int, args: tuple, function: str, letter: str) -> Any:
    """sortx and sorty: h, names of the other side, direction, MissingPlacement."""
    if not args or not isinstance(args[0], Handle) or not isinstance(args[0].graphic, Heatmap):
        raise take.refusal(function, "input number 1", "a heatmap", args[0] if args else norm(np.zeros((0, 0))))
    chart, rest = args[0].graphic, list(args[1:])
    missing = "auto"
    if len(rest) >= 2 and (text_or_none(rest[-2]) or "").lower() == "missingplacement":
        missing = take.choice(rest[-1], ("auto", "first", "last"), function, "MissingPlacement")
        rest = rest[:-2]
    other = "Y" if letter == "X" else "X"
    names = chart.displayed(letter)
    table = chart.get_ColorDisplayData()
    table = table if letter == "X" else table.T  # a column for each of what is sorted
    lines: list[int] = []
    if rest and not is_direction(rest[0]):
        wanted = Groups(rest.pop(0), function).words
        known = chart.displayed(other)
        lost = [name for name in wanted if name not in known]
        if lost:
            raise ScriptError(
                f"MATLAB:graphics:heatmap:{function}", f"'{lost[0]}' is not in {other}DisplayData.",
                notes=(", ".join(known),),
            )  # fmt: skip
        lines = [known.index(name) for name in wanted]
    ways = [word.lower() for word in (texts_or_none(rest[0]) or [])] if rest else []
    if not lines and ways == [] and len(args) == 1:
        order = sorted(range(len(names)), key=lambda k: chart.names_of(letter).index(names[k]))
    else:
        order = ordered(table, lines or list(range(len(table))), ways or ["ascend"], missing)
    chart.sort(letter, order)
    if nargout:
        return cell_of_texts([names[k] for k in order]), norm(np.array([order], float).T + 1)
    return None


def is_direction(value: Any) -> bool:
    words = texts_or_none(value)
    return words is not None and all(word.lower() in ("ascend", "descend") for word in words)


def ordered(table: np.ndarray, lines: list[int], ways: list[str], missing: str) -> list[int]:
    """Columns of a table in order of the numbers in its lines, the first line counting most."""
    order = list(range(table.shape[1]))
    ways = ways * len(lines) if len(ways) == 1 else ways
    for line, way in reversed(list(zip(lines, ways, strict=True))):
        numbers = table[line]
        first = missing == "first" or missing == "auto" and way == "descend"
        sign = -1.0 if way == "descend" else 1.0

        def key(k: int, numbers: np.ndarray = numbers, sign: float = sign, first: bool = first) -> tuple:
            return (not first if np.isnan(numbers[k]) else first, 0.0 if np.isnan(numbers[k]) else sign * numbers[k])

        order.sort(key=key)
    return order


@builtin(outputs=2)
def sortx(nargout, /, *args):
    """
    sortx(h, row)
    sortx(h, row, direction)
    sortx(h)
    sortx(..., MissingPlacement=place)
    [C, I] = sortx(...)

    Put the columns of a heatmap in the order of the numbers in a row (or in several, the first counting most).

    direction is 'ascend' or 'descend'; missing numbers come 'last', or 'first' where numbers descend. Without a row the
    columns are as they were at first.

    Examples
      >> h = heatmap({'a', 'b'}, {'u', 'v'}, [2 1; 3 4]); [C, I] = sortx(h, 'u'); disp(I'), h.ColorDisplayData
           2     1
      ans =
           1     2
           4     3
      figure 1: heatmap 2x2

    See also sorty, heatmap.
    """
    return sorted_along(nargout, args, "sortx", "X")


@builtin(outputs=2)
def sorty(nargout, /, *args):
    """
    sorty(h, column)
    sorty(h, column, direction)
    sorty(h)
    sorty(..., MissingPlacement=place)
    [C, I] = sorty(...)

    Put the rows of a heatmap in the order of the numbers in a column (or in several, the first counting most).

    direction is 'ascend' or 'descend'; missing numbers come 'last', or 'first' where numbers descend. Without a column
    the rows are as they were at first.

    Examples
      >> h = heatmap({'a', 'b'}, {'u', 'v'}, [2 1; 3 4]); sorty(h, 'a', 'descend'); h.YDisplayData
      ans =
        2×1 cell array
          {'v'}
          {'u'}
      figure 1: heatmap 2x2

    See also sortx, heatmap.
    """
    return sorted_along(nargout, args, "sorty", "Y")
