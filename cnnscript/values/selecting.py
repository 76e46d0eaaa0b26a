"""Which elements subscripts name: places from 0 along each dimension, and the elements of an array there."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import COLON, LOGICAL, OBJECT, as_array, class_of, ndarray, size_of
from cnnscript.values.objects import Object
from cnnscript.values.text import CharArray, String, codes_of


def select(array: ndarray, args: tuple) -> ndarray:
    """The elements that indices name, as an array of its own (for a lone `:` it may share), column-major.

    Fewer indices than dimensions fold the last ones; more need 1 there.
    """
    count = len(args)
    if count == 1:
        return _select_linear(array, args[0])
    array = folded(array, count)
    shape = array.shape
    where: list = [None] * count
    arrays = 0
    for position, arg in enumerate(args):
        where[position] = places = subscript(arg, shape[position], position, count)
        arrays += type(places) is not slice
    if arrays <= 1:  # NumPy keeps the place of a single index array
        part = array[tuple(where)]
        return np.asfortranarray(part) if arrays else part.copy("F")
    return np.asfortranarray(array[mesh(where, shape)])


def folded(array: ndarray, count: int) -> ndarray:
    """The array seen with `count` dimensions: the last ones folded into one, or singletons added."""
    shape = array.shape
    if len(shape) > count:
        last = 1
        for length in shape[count - 1 :]:
            last *= length
        return array.reshape((*shape[: count - 1], last), order="F")
    if len(shape) < count:
        return array.reshape(shape + (1,) * (count - len(shape)), order="F")
    return array


def mesh(where: list, shape: tuple[int, ...]) -> tuple:
    """Places along each dimension as NumPy's open mesh."""
    return np.ix_(
        *(np.arange(*at.indices(length)) if type(at) is slice else at for at, length in zip(where, shape, strict=True))
    )


def _select_linear(array: ndarray, arg: Any) -> ndarray:
    size = array.size
    if isinstance(arg, Object) and (numbers := arg.subscript()) is not None:
        arg = numbers
    if arg is COLON or type(arg) is str and arg == ":" or _is_colon_string(arg):
        return array.reshape((size, 1), order="F")
    mask = _mask(arg)
    if mask is not None:
        same = mask.shape == array.shape
        part = array.T[mask.T] if same else array.ravel("F")[mask_places(mask, size, 0, 1)]
        if mask.size == 1:
            shape = (1, 1) if part.size else (0, 0)
        elif (axis := _vector_axis(mask.shape)) is not None:
            shape = _along(axis, part.size, mask.ndim)
        else:
            shape = (part.size, 1) if mask.size else mask.shape
    else:
        places = subscript(arg, size, 0, 1)
        if array.ndim == 2 and (array.shape[0] == 1 or array.shape[1] == 1):
            part = array.reshape(-1)[places]
        else:
            part = array.ravel("F")[places]
        if type(places) is slice:
            shape, part = (1, part.size), part.copy()
        else:
            shape = size_of(arg)
            if shape == (1, 1) and part.size != 1:  # an object that stands for many subscripts
                shape = (1, part.size)
    if (axis := _vector_axis(array.shape)) is not None and (part.size == 1 or _vector_axis(shape) is not None):
        shape = _along(axis, part.size, array.ndim)  # a vector indexed by a vector keeps its own direction
    return part.reshape(shape, order="F")


def _vector_axis(shape: tuple[int, ...]) -> int | None:
    """The only axis along which a vector (of any number of dimensions) is not 1 long; None for what is no vector."""
    if len(shape) == 2:
        return 1 if shape[0] == 1 != shape[1] else 0 if shape[1] == 1 != shape[0] else None
    long = [axis for axis, length in enumerate(shape) if length != 1]
    return long[0] if len(long) == 1 else None


def _along(axis: int, length: int, ndim: int) -> tuple[int, ...]:
    return (1,) * axis + (length,) + (1,) * (ndim - 1 - axis)


def _is_colon_string(arg: Any) -> bool:
    return type(arg) is String and arg.data.size == 1 and arg.data.item() == ":"


def _mask(arg: Any) -> ndarray | None:
    if type(arg) is ndarray:
        return arg if arg.dtype == LOGICAL else None
    if type(arg) is bool:
        return np.array([[arg]])
    if isinstance(arg, Object) and arg.is_sparse and arg.dtype == LOGICAL:
        return as_array(arg)
    return None


def mask_places(mask: ndarray, length: int, position: int, count: int) -> ndarray:
    """The 0-based places where a logical index is true; raises ScriptError where they lie beyond `length`."""
    places = np.flatnonzero(mask.ravel("F"))
    if places.size and places[-1] >= length:
        raise beyond_mask(mask, length, position, count)
    return places


def beyond_mask(mask: ndarray, length: int, position: int, count: int) -> ScriptError:
    inside = "The logical indices" + (f" in position {position + 1}" if count > 1 else "")
    return ScriptError(
        "MATLAB:badsubscript",
        f"{inside} contain a true value outside of the array bounds.",
        notes=(f"{mask.size} logical indices for {length} elements",),
    )


def subscript(arg: Any, length: int, position: int, count: int) -> slice | ndarray:
    """The places (0-based, a slice or a flat array) that one of `count` indices names among `length` of its dimension.

    Raises ScriptError beyond the length and for what is no index.
    """
    places = open_subscript(arg, length, position, count)
    top = places.stop if type(places) is slice else int(places.max()) + 1 if places.size else 0
    if top > length:
        mask = _mask(arg)
        raise out_of_bounds(length, position, count) if mask is None else beyond_mask(mask, length, position, count)
    return places


def open_subscript(arg: Any, length: int, position: int, count: int) -> slice | ndarray:
    """Like `subscript`, but places beyond the length are allowed (an assignment grows)."""
    kind = type(arg)
    if kind is float:
        if 1.0 <= arg < 2.0**62:
            k = int(arg)
            if k == arg:
                return slice(k - 1, k)
        elif 2.0**62 <= arg < float("inf"):
            raise out_of_bounds(length, position, count)
        raise bad_index(arg, position, count)
    if kind is slice:
        if arg.start < 0 and arg.start < arg.stop:
            raise bad_index(arg.start + 1.0, position, count)
        return arg
    if arg is COLON:
        return slice(0, length)
    if kind is ndarray:
        return _array_places(arg, length, position, count)
    if kind is bool:
        return np.zeros(int(arg), np.intp)
    if kind is str or kind is CharArray:
        if kind is str and arg == ":":
            return slice(0, length)
        return codes_of(arg).ravel("F").astype(np.intp) - 1
    if kind is Categorical:
        return _array_places(arg.codes, length, position, count)
    if isinstance(arg, np.generic):
        return _array_places(np.asarray(arg).reshape(1, 1), length, position, count)
    if _is_colon_string(arg):
        return slice(0, length)
    if isinstance(arg, Object) and (places := arg.subscript()) is not None:
        return open_subscript(places, length, position, count)
    name = class_of(arg)
    if name == "double":
        raise bad_index(arg, position, count)
    raise ScriptError("MATLAB:badsubscript", f"Unable to use a value of type {name} as an index.")


def _array_places(arg: ndarray, length: int, position: int, count: int) -> ndarray:
    dtype = arg.dtype
    if dtype == LOGICAL:
        return np.flatnonzero(arg.ravel("F"))
    if dtype == OBJECT:
        raise ScriptError("MATLAB:badsubscript", "Unable to use a value of type cell as an index.")
    if not arg.size:
        return np.zeros(0, np.intp)
    if dtype.kind == "c":
        raise bad_index(arg, position, count)
    flat = arg.reshape(-1, order="F")
    if not flat.min() >= 1:  # NaN too
        raise bad_index(flat.min().item(), position, count)
    if dtype.kind == "f":
        if flat.max() >= 2.0**62:
            endless = np.isinf(flat).any()
            raise bad_index(float("inf"), position, count) if endless else out_of_bounds(length, position, count)
        places = flat.astype(np.intp)
        if (places != flat).any():
            raise bad_index(flat[places != flat][0].item(), position, count)
    else:
        places = flat.astype(np.intp)
    places -= 1
    return places


def out_of_bounds(length: int, position: int, count: int) -> ScriptError:
    """The error of an index beyond `length`, which is that of the dimension (or of all elements for a lone index)."""
    if count == 1:
        text = f"Index exceeds the number of array elements. Index must not exceed {length}."
    else:
        text = f"Index in position {position + 1} exceeds array bounds. Index must not exceed {length}."
    return ScriptError("MATLAB:badsubscript", text)


def bad_index(got: Any, position: int, count: int) -> ScriptError:
    where = f"Index in position {position + 1} is invalid. " if count > 1 else ""
    plain = type(got) in (float, int)
    shown = (f"got {got:.15g}",) if plain else ()
    hint = "the first element has index 1" if plain and got == 0 else None
    return ScriptError(
        "MATLAB:badsubscript",
        f"{where}Array indices must be positive integers or logical values.",
        notes=shown,
        hint=hint,
    )
