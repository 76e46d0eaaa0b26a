"""Writing into arrays: where the elements go, how the array grows, what is deleted.

These functions know arrays and places only; what the elements mean (numbers, codes, cells, dictionaries) is the
caller's.  `own` says that the array may be changed in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.memory import ALWAYS_FITS, require_memory
from cnnscript.values.numeric import COLON, LOGICAL, OBJECT, ndarray, size_text
from cnnscript.values.selecting import folded, mesh, open_subscript

Fill = Callable[[int], ndarray]  # what new elements hold: a count to a flat array; None for zeros
LARGEST = 2**48  # elements; more is refused before NumPy is asked


def place(array: ndarray, args: tuple, values: ndarray, own: bool, fill: Fill | None = None) -> ndarray:
    """`array(args) = values` for arrays of one dtype: the array written, grown where the places lie beyond it.

    The result is `array` itself where `own` allows it.  Trailing singleton dimensions may be left.
    """
    if len(args) == 1:
        return _place_linear(array, args[0], values, own, fill)
    if not args:
        message = "An indexing expression on the left side of an assignment must have at least one subscript."
        raise ScriptError("MATLAB:atLeastOneIndexIsRequired", message)
    return _place_mesh(array, args, values, own, fill)


def _place_linear(array: ndarray, arg: Any, values: ndarray, own: bool, fill: Fill | None) -> ndarray:
    if type(arg) is ndarray and arg.dtype == LOGICAL and arg.shape == array.shape and values.size == 1:
        array = array if own else array.copy("F")
        array[arg] = values.reshape(-1)
        return array
    size = array.size
    places = open_subscript(arg, size, 0, 1)
    if type(places) is slice:
        count = len(range(places.start, places.stop, places.step or 1))
        top = max(places.start, places.start + (count - 1) * (places.step or 1)) + 1 if count else 0
    else:
        count = places.size
        top = int(places.max()) + 1 if count else 0
    if values.size != 1 and values.size != count:
        raise ScriptError(
            "MATLAB:matrix:singleSubscriptNumelMismatch",
            "Unable to perform assignment because the left and right sides have a different number of elements.",
            notes=(f"the left side has {count}", f"the right side has {values.size}"),
        )
    if top > size:
        array = _grown_vector(array, top, own, fill)
    elif not own or not array.flags.f_contiguous:
        array = array.copy("F")
    flat = array.reshape(-1, order="F")
    flat[places] = values.reshape(-1, order="F")  # always an array: one cell may hold what NumPy would spread
    return array


def _grown_vector(array: ndarray, length: int, own: bool, fill: Fill | None) -> ndarray:
    shape = array.shape
    if array.ndim == 2 and (shape[0] == 1 or array.size == 0 and shape[1] != 1 and shape[0] == 0):
        return grown(array, (1, length), own, fill)
    if array.ndim == 2 and shape[1] == 1:
        return grown(array, (length, 1), own, fill)
    if array.size == 0 and array.ndim == 2:
        return grown(array, (1, length), own, fill)
    raise ScriptError(
        "MATLAB:matlab:growAmbiguous",
        "Attempt to grow array along ambiguous dimension.",
        notes=(f"the array is {size_text(shape)}, the index {length}",),
    )

OBJECT_BYTES = 64  # what an element of a struct or cell array takes at least: its place, and a value of its own


def grown(array: ndarray, shape: tuple[int, ...], own: bool, fill: Fill | None) -> ndarray:
    """The array with a larger shape of as many dimensions, old elements where they were.

    An owned array whose last dimension alone grows is resized in its memory, so that appending costs little.
    """
    total = 1
    for length in shape:
        total *= length
    if total > LARGEST:
        raise too_large(shape, array.dtype.itemsize)
    if total > ALWAYS_FITS:
        # each element of a struct or cell array is an object of its own
        require_memory(shape, array.dtype.itemsize if array.dtype != OBJECT else OBJECT_BYTES)
    old = array.shape
    before = array.size
    if own and before and array.flags.owndata and _grows_in_memory(array, shape):
        array.resize(shape, refcheck=False)
        if fill is not None:
            array.reshape(-1, order="F")[before:] = fill(total - before)
        return array
    fresh = np.zeros(shape, array.dtype, order="F")
    if fill is not None:
        fresh.reshape(-1, order="F")[:] = fill(total)
    if before:
        fresh[tuple(slice(0, length) for length in old)] = array
    return fresh


def _grows_in_memory(array: ndarray, shape: tuple[int, ...]) -> bool:
    """Do the old elements keep their places in memory, so that the new ones only follow?"""
    old, flags = array.shape, array.flags
    if flags.c_contiguous:
        # NumPy lays the larger array out by rows: the same only where all but one dimension are 1
        return len(shape) == 2 and (old[0] == 1 == shape[0] or old[1] == 1 == shape[1])
    return flags.f_contiguous and old[:-1] == shape[:-1]


def too_large(shape: tuple[int, ...], item: int) -> ScriptError:
    """MATLAB's refusal of an array beyond memory."""
    total = float(item)
    for length in shape:
        total *= length
    return ScriptError(
        "MATLAB:array:SizeLimitExceeded",
        f"Requested {size_text(shape)} ({total / 2**30:.1f}GB) array exceeds maximum array size preference. "
        "This might cause MATLAB to become unresponsive.",
    )


def _place_mesh(array: ndarray, args: tuple, values: ndarray, own: bool, fill: Fill | None) -> ndarray:
    count = len(args)
    original = array.shape
    if array.ndim > count:
        array = _unfolded_view(array, count, own)
        own = own or array.base is None
        if array.base is not None and not own:
            array = array.copy("F")
            own = True
    elif array.ndim < count:
        array = array.reshape(original + (1,) * (count - array.ndim), order="F")
    shape = array.shape
    fresh = array.size == 0 and (original == (0, 0) or all(length == 0 for length in original))
    lengths = _colon_lengths(args, shape, values) if fresh else shape
    where, sizes, need = [], [], []
    for position, arg in enumerate(args):
        places = open_subscript(arg, lengths[position], position, count)
        if type(places) is slice:
            size = len(range(places.start, places.stop, places.step or 1))
            top = max(places.start, places.start + (size - 1) * (places.step or 1)) + 1 if size else 0
        else:
            size = places.size
            top = int(places.max()) + 1 if size else 0
        where.append(places)
        sizes.append(size)
        need.append(max(shape[position], top))
    _check_fit(sizes, values)
    if 0 in sizes:
        return array.reshape(original, order="F") if array.shape != original and len(original) > count else array
    if tuple(need) != shape:
        if len(original) > count and need[-1] > shape[-1]:
            raise ScriptError("MATLAB:badsubscript", "Attempt to grow array along ambiguous dimension.")
        array = _regrown(array, original, tuple(need), own, fill)
    elif not own or not array.flags.writeable:
        array = array.copy("F")
    target = tuple(where) if sum(type(at) is not slice for at in where) <= 1 else mesh(where, array.shape)
    array[target] = values.reshape(sizes if values.size != 1 else (1,) * count, order="F")
    return array.reshape(original, order="F") if len(original) > count and tuple(need) == shape else array


def _unfolded_view(array: ndarray, count: int, own: bool) -> ndarray:
    view = folded(array, count)
    return view if own and np.shares_memory(view, array) else view.copy("F")


def _regrown(array: ndarray, original: tuple, need: tuple, own: bool, fill: Fill | None) -> ndarray:
    if array.base is not None and len(original) < len(need) and own and array.size:
        # the view with added singleton dimensions cannot be resized; its memory is copied once
        own = False
    return grown(array, need, own, fill)


def _colon_lengths(args: tuple, shape: tuple[int, ...], values: ndarray) -> list[int]:
    """Lengths that `:` stands for when the array is still empty: those of the right side.

    They are taken in order, those that are 1 as well where the right side has a dimension for each index that is no
    single place: A(1,:,:) = ones(1,5) makes 1×1×5.
    """
    lengths = list(shape)
    colons = [at for at, arg in enumerate(args) if arg is COLON or type(arg) is str and arg == ":"]
    if not colons:
        return lengths
    if len(colons) == len(args):
        return list(values.shape + (1,) * max(0, len(args) - values.ndim))
    wide = [at for at, arg in enumerate(args) if at in colons or _count(arg) != 1]
    rest = list(values.shape) if len(wide) == values.ndim else [length for length in values.shape if length != 1]
    for at in wide:
        length = rest.pop(0) if rest else 1
        if at in colons:
            lengths[at] = length
    return lengths


def _count(arg: Any) -> int:
    masked = type(arg) is ndarray and arg.dtype == LOGICAL
    places = np.flatnonzero(arg) if masked else open_subscript(arg, 0, 0, 1)
    return len(range(places.start, places.stop, places.step or 1)) if type(places) is slice else places.size


def _check_fit(sizes: list[int], values: ndarray) -> None:
    if values.size == 1:
        return
    if [size for size in sizes if size != 1] != [length for length in values.shape if length != 1]:
        if 0 in sizes and values.size == 0:
            return
        left, right = size_text(_shown(sizes), "-by-"), size_text(values.shape, "-by-")
        raise ScriptError(
            "MATLAB:subsassigndimmismatch",
            f"Unable to perform assignment because the size of the left side is {left} "
            f"and the size of the right side is {right}.",
        )


def _shown(sizes: list[int]) -> tuple[int, ...]:
    while len(sizes) > 2 and sizes[-1] == 1:
        sizes = sizes[:-1]
    return tuple(sizes)


# --------------------------------------------------------------------------------------------------------- deletion
def without(array: ndarray, args: tuple) -> ndarray:
    """`array(args) = []`: the array (a new one) without the elements named."""
    if len(args) == 1:
        return _without_linear(array, args[0])
    if any(_names_nothing(arg) for arg in args):
        return array.copy("F")
    array = folded(array, len(args)) if len(args) != array.ndim else array
    count = len(args)
    chosen = []
    for position, arg in enumerate(args):
        length = array.shape[position]
        places = _closed(arg, length, position, count)
        kept = np.ones(length, bool)
        kept[places] = False
        chosen.append(kept)
    partial = [position for position, kept in enumerate(chosen) if kept.any()]
    if not partial:
        # everything is named; what is written as `:` stays as long as it was
        named = [at for at, arg in enumerate(args) if not (arg is COLON or type(arg) is str and arg == ":")]
        axis = named[0] if named else 0
        shape = list(array.shape)
        shape[axis] = 0
        return np.zeros(shape, array.dtype, order="F")
    if len(partial) > 1:
        raise ScriptError("MATLAB:subsdeldimmismatch", "A null assignment can have only one non-colon index.")
    return np.asfortranarray(np.compress(chosen[partial[0]], array, axis=partial[0]))


def _names_nothing(arg: Any) -> bool:
    """Is this an empty index, or a mask without a true?"""
    if type(arg) is ndarray:
        return not arg.any() if arg.dtype == LOGICAL else not arg.size
    return arg is False or type(arg) is slice and arg.start >= arg.stop


def _without_linear(array: ndarray, arg: Any) -> ndarray:
    places = _closed(arg, array.size, 0, 1)
    kept = np.ones(array.size, bool)
    kept[places] = False
    if kept.all():
        return array.copy("F")
    rest = array.ravel("F")[kept]
    if arg is COLON or type(arg) is str and arg == ":":
        return np.zeros((0, 0), array.dtype, order="F")
    if array.ndim == 2 and array.shape[1] == 1 and array.shape[0] != 1:
        return rest.reshape(-1, 1)
    return rest.reshape(1, -1)


def _closed(arg: Any, length: int, position: int, count: int) -> slice | ndarray:
    places = open_subscript(arg, length, position, count)
    top = places.stop if type(places) is slice else int(places.max()) + 1 if places.size else 0
    if top > length:
        raise ScriptError(
            "MATLAB:subsdeldimmismatch",
            "Matrix index is out of range for deletion.",
            notes=(f"the index is {top}, the length {length}",),
        )
    return places
