"""Python and NumPy objects as script values, for `session["x"] = ...`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from cnnscript.values.numeric import CLASS_OF_DTYPE, OBJECT, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import string_array


def from_python(value: Any) -> Any:
    """A script value for a Python one.

    int and float become double, bool logical, str a char row, bytes uint8, None an empty matrix; a NumPy array keeps
    its dtype where the language has it (other integers and floats become double, text a string array, objects a cell);
    a list or tuple becomes a row where all its items are numbers, else a cell row; a mapping becomes a struct; what
    else NumPy can make an array of (tensors, pictures, tables) comes as that array.  Script values pass as they are.

    Raises TypeError for anything else, and for a NumPy dtype that the language has no class for.
    """
    if value is None:
        return np.zeros((0, 0), order="F")
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, complex):
        return complex(value)
    if isinstance(value, bytes | bytearray):
        return norm(np.frombuffer(bytes(value), np.uint8).reshape(1, -1).copy())
    if isinstance(value, np.ndarray):
        return from_array(value)
    if isinstance(value, list | tuple):
        if value and all(isinstance(item, int | float | complex | np.number | np.bool_) for item in value):
            whole = [float(item) if type(item) is int else item for item in value]  # of any size
            return from_array(np.array(whole))
        return cell_of(value, (1 if value else 0, len(value)))
    if isinstance(value, Mapping):
        return Struct({str(name): from_python(item) for name, item in value.items()})
    if isinstance(value, np.generic):
        return from_array(np.asarray(value))
    if hasattr(value, "class_name"):
        return value
    if hasattr(value, "__array__"):
        return from_array(np.asarray(value))
    raise TypeError(f"no class of the language holds a Python value of type '{type(value).__name__}'")


def cell_of(items: Iterable[Any], shape: tuple[int, ...]) -> np.ndarray:
    """A cell of Python objects, each as a script value, column-major in `shape`."""
    cell = np.empty(shape, OBJECT, order="F")
    flat = cell.reshape(-1, order="F")
    for place, item in enumerate(items):
        flat[place] = from_python(item)
    return cell


def from_array(array: np.ndarray) -> Any:
    """A NumPy array as a numeric, logical, string or cell value of its own; a 1-d array is a row."""
    if array.dtype == OBJECT:
        return norm(cell_of(array.ravel("F").tolist(), array.shape if array.ndim > 1 else (1, array.size)))
    if array.dtype.kind in "US":
        return string_array(array.astype(str).ravel("F").tolist(), array.shape if array.ndim > 1 else None)
    if array.dtype not in CLASS_OF_DTYPE:
        if array.dtype.kind not in "iufc":
            raise TypeError(f"no class of the language holds NumPy's {array.dtype}")
        array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    if array.ndim < 2:
        array = array.reshape(1, -1)
    return norm(np.array(array, order="F"))
