"""The rows of a value: chosen, written, added.  A table's variable is any value; its rows are its first dimension."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.values.assignment import assign
from cnnscript.values.categorical import Categorical
from cnnscript.values.indexing import index
from cnnscript.values.numeric import COLON, EMPTY, OBJECT, as_array, is_cell, ndarray, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray, struct_array
from cnnscript.values.text import MISSING, CharArray, String, chars, is_char


def height(value: Any) -> int:
    """How many rows a value has."""
    return size_of(value)[0]


def width(value: Any) -> int:
    """How many elements a row of a value has."""
    count = 1
    for length in size_of(value)[1:]:
        count *= length
    return count


def as_index(places: ndarray) -> Any:
    """0-based places as an index of the language: a column of numbers, or one."""
    return norm((places + 1.0).reshape(-1, 1))


def behind(value: Any) -> tuple:
    """`:` for each dimension but the first."""
    return (COLON,) * (len(size_of(value)) - 1)


def take_rows(value: Any, places: ndarray) -> Any:
    """The rows at 0-based places, in their order."""
    return index(value, (as_index(places), *behind(value)))


def put_rows(value: Any, places: ndarray, given: Any) -> Any:
    """The value with `given` (as many rows, or one element) written at the places; it grows where they lie beyond."""
    return assign(value, (as_index(places), *behind(value)), given)


def only_texts(cell: ndarray) -> bool:
    return all(is_char(item) for item in cell.ravel().tolist())


def blank_rows(value: Any, count: int, missing: bool = False) -> Any:
    """`count` rows of what new rows of a value hold: 0, false, '', [], <missing>, <undefined>.

    missing   floats are NaN instead of 0
    """
    shape = (count, *size_of(value)[1:])
    if is_cell(value):
        cell = np.empty(shape, OBJECT, order="F")
        cell.fill("" if value.size and only_texts(value) else EMPTY)
        return cell
    if type(value) is String:
        data = np.empty(shape, OBJECT, order="F")
        data.fill(MISSING)
        return String(data)
    if type(value) is Categorical:
        return Categorical(np.zeros(shape, np.int64, order="F"), list(value.names), value.ordinal, value.protected)
    if type(value) is Struct or type(value) is StructArray:
        data = np.empty(shape, OBJECT, order="F")
        flat = data.reshape(-1, order="F")
        for place in range(flat.size):
            flat[place] = dict.fromkeys(value.names(), EMPTY)
        return struct_array(value.names(), data)
    if type(value) is str or type(value) is CharArray:
        return chars(np.full(shape, 32, np.uint32, order="F"))
    if isinstance(value, Object):
        return value.blank_rows(count)
    array = as_array(value)
    fill = np.nan if missing and array.dtype.kind in "fc" else 0
    return norm(np.full(shape, fill, array.dtype, order="F"))


def lengthened(value: Any, count: int) -> Any:
    """The value with blank rows added up to `count`."""
    have = height(value)
    if have >= count:
        return value
    from cnnscript.values.concatenate import vertcat

    return vertcat(value, blank_rows(value, count - have))
