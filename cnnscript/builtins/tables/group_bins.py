"""Groups made of arrays, of bins of numbers and of units of time, and groups that have no rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from cnnscript.builtins.tables.table_groups import Groups
from cnnscript.builtins.tables.table_keys import ranks
from cnnscript.builtins.tables.tables import columns_of
from cnnscript.builtins.times.time_shifts import edge
from cnnscript.errors import ScriptError
from cnnscript.values import take, time_text
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import vertcat
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, norm, numel_of, size_of
from cnnscript.values.rows import height, take_rows, width
from cnnscript.values.tables import Table, Variable
from cnnscript.values.text import is_char, text_or_none
from cnnscript.values.times import Datetime, TimeArray

UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
CYCLES = {
    "secondofminute": (5, 60, 0), "minuteofhour": (4, 60, 0), "hourofday": (3, 24, 0), "dayofmonth": (2, 31, 1),
    "monthofyear": (1, 12, 1),
}  # fmt: skip


def source_of_arrays(by: Any, rows: int, name: str) -> Table:
    """Grouping vectors (one, the columns of a matrix, or a cell of vectors) as a table."""
    if type(by) is Table:
        return by
    if is_cell(by) and not (numel_of(by) and all(is_char(item) for item in by.ravel("F").tolist())):
        columns = list(by.ravel("F").tolist())
    elif size_of(by)[0] == 1 != rows and width(by) == rows:
        columns = [flat_column(by)]
    else:
        columns = columns_of(by) if len(size_of(by)) == 2 and size_of(by)[1] > 1 and not is_char(by) else [by]
    columns = [flat_column(one) if size_of(one)[0] == 1 != rows else one for one in columns]
    for one in columns:
        if height(one) != rows:
            raise ScriptError(
                f"MATLAB:{name}:SizeMismatch",
                "The grouping vectors must have as many elements as the array has rows.",
                notes=(f"{height(one)} elements, {rows} rows",),
            )
    return Table(tuple(Variable(f"g{place}", one) for place, one in enumerate(columns, 1)), rows)


def flat_column(value: Any) -> Any:
    from cnnscript.values.indexing import index

    return index(value, (":",))


def binned(source: Table, places: list[int], bins: Any, name: str, side: str) -> Table:
    """The table with some variables in bins: named disc_x, month_t ...; bins one for all, or a cell of one for each."""
    if bins is None:
        return source
    wishes = list(bins.ravel("F").tolist()) if is_cell(bins) else [bins]
    wishes = wishes * len(places) if len(wishes) == 1 else wishes
    if len(wishes) != len(places):
        raise ScriptError(
            f"MATLAB:{name}:GroupBinsSize",
            "There must be one binning, or one for each grouping variable.",
            notes=(f"{len(wishes)} binnings, {len(places)} variables",),
        )
    for place, wish in zip(places, wishes, strict=True):
        word = text_or_none(wish)
        if word is not None and word.lower() == "none":
            continue
        variable = source.variables[place]
        if word is not None:
            made, title = in_units(variable, take.choice(word, (*UNITS, *CYCLES, "dayname", "monthname"), "groupbins"))
        else:
            made, title = in_bins(variable, wish, name, side), f"disc_{variable.name}"
        variables = list(source.variables)
        variables[place] = Variable(title, made)
        source = replace(source, variables=tuple(variables))
    return source


def number_text(number: float) -> str:
    return f"{number:.5g}"


def in_bins(variable: Variable, wish: Any, name: str, side: str) -> Categorical:
    """Numbers (or times) in bins between edges; a number asks for so many bins of one width."""
    data = variable.data
    times = isinstance(data, TimeArray)
    if not times and not is_numeric(data) and class_of(data) != "logical":
        raise ScriptError(
            f"MATLAB:{name}:BinsNotNumeric",
            "Only numbers and times are put into bins.",
            notes=(f"'{variable.name}' is a {class_of(data)}",),
        )
    array = (data.data if times else as_array(data).astype(float)).reshape(height(data), width(data))[:, :1].ravel()
    own = times and isinstance(wish, TimeArray)
    edges = (data.milliseconds_of(wish) if own else take.real(wish, "groupbins")).ravel()
    if edges.size == 1:
        known = array[~np.isnan(array)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        count = take.positive(float(edges[0]), "groupbins")
        edges = np.linspace(low, high if high > low else low + 1, count + 1)
    if edges.size < 2 or (np.diff(edges) <= 0).any():
        raise ScriptError(f"MATLAB:{name}:BadEdges", "The edges of bins must rise.")
    if side == "left":
        codes = np.searchsorted(edges, array, "right")
        codes[array == edges[-1]] = edges.size - 1
    else:
        codes = np.searchsorted(edges, array, "left")
        codes[array == edges[0]] = 1
    codes = np.where((codes >= edges.size) | np.isnan(array), 0, codes)
    words = data.like(edges.reshape(-1, 1)).texts() if times else [number_text(one) for one in edges.tolist()]
    last = edges.size - 2
    if side == "left":
        names = [f"[{words[at]}, {words[at + 1]}{']' if at == last else ')'}" for at in range(edges.size - 1)]
    else:
        names = [f"{'[' if at == 0 else '('}{words[at]}, {words[at + 1]}]" for at in range(edges.size - 1)]
    return Categorical(codes.reshape(-1, 1).astype(np.int64), names, True)


def in_units(variable: Variable, word: str) -> tuple[Categorical, str]:
    """Points in time by year, month ... or by the name of their day or month."""
    data = variable.data
    if type(data) is not Datetime:
        raise ScriptError(
            "MATLAB:groupsummary:TimeBins",
            f"Bins by '{word}' are for datetimes.",
            notes=(f"'{variable.name}' is a {class_of(data)}",),
        )
    local = data.local.ravel("F")
    known = ~np.isnan(local)
    codes = np.zeros(local.size, np.int64)
    if word in ("dayname", "monthname"):
        names = list(time_text.DAYS if word == "dayname" else time_text.MONTHS)
        codes[known] = [
            time_text.weekday(one) if word == "dayname" else time_text.parts(one)[1] for one in local[known].tolist()
        ]
    elif word in CYCLES:
        part, count, first = CYCLES[word]
        names = [str(first + at) for at in range(count)]
        codes[known] = [int(time_text.parts(one)[part]) - first + 1 for one in local[known].tolist()]
    else:
        starts = [start_of(one, word) for one in local[known].tolist()]
        distinct = sorted(set(starts))
        names = [unit_name(data, one, word) for one in distinct]
        place = {one: at for at, one in enumerate(distinct, 1)}
        codes[known] = [place[one] for one in starts]
    return Categorical(codes.reshape(-1, 1), names, True), f"{word}_{variable.name}"


def start_of(moment: float, unit: str) -> float:
    return edge(moment, "start", unit, 0)


def unit_name(data: Datetime, moment: float, unit: str) -> str:
    if unit == "year":
        return time_text.written(moment, "uuuu")
    if unit == "month":
        return time_text.written(moment, "MMM-uuuu")
    if unit == "quarter":
        return time_text.written(moment, "QQQ uuuu")
    if unit == "day":
        return time_text.written(moment, "dd-MMM-uuuu")
    form = "dd-MMM-uuuu" if unit == "week" else "dd-MMM-uuuu HH:mm:ss"
    low, high = (time_text.written(edge(moment, "start", unit, count), form) for count in (0, 1))
    return f"[{low}, {high})"


def empty_groups_too(source: Table, places: list[int], groups: Groups, name: str) -> Groups:
    """All combinations of the values of the grouping variables (of a categorical: its categories)."""
    columns, codes = [], []
    for place in places:
        data = source.variables[place].data
        if type(data) is Categorical:
            every = np.arange(1, len(data.names) + 1).reshape(-1, 1)
            if (data.codes == 0).any():
                every = np.vstack([every, [[0]]])
            values = Categorical(every.astype(np.int64), data.names, data.ordinal, data.protected)
            order = {int(code): at for at, code in enumerate(every.ravel().tolist())}
            codes.append(np.array([order[int(code)] for code in data.codes.ravel("F").tolist()]))
        elif class_of(data) == "logical":
            values = norm(np.array([[False], [True]]))
            codes.append(as_array(data).ravel("F").astype(int))
        else:
            (numbers,) = ranks([data], name, empty_is_missing=True)
            filled = np.where(np.isnan(numbers), np.inf, numbers)
            _, first, inverse = np.unique(filled, return_index=True, return_inverse=True)
            values = take_rows(data, first)
            codes.append(inverse.reshape(-1))
        columns.append(values)
    combinations = list(product(*(range(height(one)) for one in columns)))
    place_of = {combination: at for at, combination in enumerate(combinations)}
    numbers = np.array([place_of[tuple(row)] for row in np.column_stack(codes).tolist()], int)
    numbers = np.where(groups.numbers < 0, -1, numbers)
    keys = tuple(
        Variable(source.variables[place].name, vertcat(take_rows(column, np.array([row[at] for row in combinations]))))
        for at, (place, column) in enumerate(zip(places, columns, strict=True))
    )
    return Groups(keys, numbers, len(combinations))
