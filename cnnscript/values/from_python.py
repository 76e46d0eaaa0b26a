"""Python and NumPy objects as script values, for `session["x"] = ...`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnscript.values.numeric import CLASS_OF_DTYPE, OBJECT, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import string_array


def from_python(value: Any) -> Any:
    """A script value for a Python one.

    int and float become double, bool logical, str a char row, bytes uint8, None an empty matrix; a NumPy array keeps
    its dtype where the language has it (other integers and floats become double, text a string array); a list or
    tuple becomes a row where all its items are numbers, else a cell row; a mapping becomes a struct.  Script values
    pass as they are.

    Raises TypeError for a NumPy dtype that the language has no class for.
    """
    if value is None:
        return np.zeros((0, 0), order="F")
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int):
        return float(value)
    if isinstance(value, bytes | bytearray):
        return norm(np.frombuffer(bytes(value), np.uint8).reshape(1, -1).copy())
    if isinstance(value, np.ndarray):
        return from_array(value)
    if isinstance(value, list | tuple):
        if value and all(isinstance(item, int | float | complex | np.number) for item in value):
            return from_array(np.array(value))
        cell = np.empty((1 if len(value) else 0, len(value)), OBJECT)
        for place, item in enumerate(value):
            cell[0, place] = from_python(item)
        return cell
    if isinstance(value, Mapping):
        return Struct({str(name): from_python(item) for name, item in value.items()})
    return norm(value) if isinstance(value, np.generic) else value


def from_array(array: np.ndarray) -> Any:
    """A NumPy array as a numeric, logical, string or cell value; a 1-d array is a row."""
    if array.dtype.kind in "US":
        return string_array(array.astype(str).ravel("F").tolist(), array.shape if array.ndim > 1 else None)
    if array.dtype not in CLASS_OF_DTYPE:
        if array.dtype.kind not in "iufc":
            raise TypeError(f"no class of the language holds NumPy's {array.dtype}")
        array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    if array.ndim < 2:
        array = array.reshape(1, -1)
    return norm(np.array(array, order="F"))
