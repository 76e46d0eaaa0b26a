"""Sizes and dimensions as arguments: `zeros(2, 3, 'like', x)`, `sum(A, [1 2], 'omitnan')`, and what memory allows."""

from __future__ import annotations

import warnings
from math import prod

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.memory import require_memory as require_memory
from cnnscript.values.numeric import OBJECT, as_array, class_of, fortran, ndarray, norm, size_of, size_text
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_char, is_text, text_or_none

LARGEST_LENGTH = 2**48 - 1  # elements in one array (MATLAB's bound on 64-bit machines)


# ------------------------------------------------------------------------------------------------------ dimensions
def first_axis(shape: tuple[int, ...]) -> int:
    """The axis (from 0) that MATLAB works along when no dimension is given: the first whose length is not 1."""
    for axis, length in enumerate(shape):
        if length != 1:
            return axis
    return 0


LAST_AXIS = 63  # NumPy has no more: what lies beyond is 1 long in any array


def axis_of(value, name: str) -> int:
    """A dimension argument as an axis from 0."""
    if type(value) is float or type(value) is bool or isinstance(value, np.generic):
        number = float(value)
        if number >= 1 and number == number // 1 and number < LARGEST_LENGTH:
            return min(int(number) - 1, LAST_AXIS)
    raise ScriptError(
        "MATLAB:getdimarg:dimensionMustBePositiveInteger",
        "Dimension argument must be a positive integer scalar within indexing range.",
        notes=(f"{name} got {described(value)}",),
    )


DIMENSION = "Dimension argument must be a positive integer scalar, a vector of unique positive integers, or 'all'."


def axes_of(value, name: str) -> tuple[int, ...]:
    """A dimension or vector of dimensions as distinct axes from 0, ascending."""
    if type(value) is not ndarray:
        try:
            return (axis_of(value, name),)
        except ScriptError as error:
            raise ScriptError("MATLAB:getdimarg:invalidDim", DIMENSION, notes=error.notes) from None
    if value.dtype != OBJECT and value.size and value.ndim == 2 and 1 in value.shape:
        axes = [axis_of(norm(item), name) for item in value.ravel("F")]
        if len(set(axes)) == len(axes):
            return tuple(sorted(axes))
        raise ScriptError(
            "MATLAB:getdimarg:invalidDim",
            DIMENSION,
            notes=(f"{name} got the same dimension twice",),
        )
    raise ScriptError("MATLAB:getdimarg:invalidDim", DIMENSION, notes=(f"{name} got {described(value)}",))


MISSING_WORDS = {"omitnan": True, "omitmissing": True, "includenan": False, "includemissing": False}
CLASS_WORDS = {"double": "double", "native": "native", "default": "default"}


def read_options(rest: tuple, name: str, **groups: dict) -> tuple[list, dict]:
    """Split the arguments after the array: those that are not text, and the words by the group they belong to.

    groups   group name to {word: meaning}; words match without case and may be shortened.
    """
    values, chosen = [], {}
    for item in rest:
        word = text_or_none(item) if is_text(item) else None
        if word is None:
            values.append(item)
            continue
        folded = word.lower()
        for group, words in groups.items():
            found = [known for known in words if known.startswith(folded)] if folded else []
            if folded in words or len({words[known] for known in found}) == 1:
                chosen[group] = words[folded if folded in words else found[0]]
                break
        else:
            known = ", ".join(f"'{word}'" for words in groups.values() for word in words)
            raise ScriptError(
                f"MATLAB:{name}:unknownOption",
                "Invalid option. Option must be " + known + "." if len(known) < 90 else "Invalid option.",
                notes=(f"{name} got '{word}'", "known: " + known),
            )
    return values, chosen


WHOLE = {"all": True}


def reduced_axes(values: list, whole: bool, shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The axes a reduction collapses, from its dimension argument (if any) and 'all'."""
    if whole:
        return tuple(range(len(shape)))
    if not values:
        return (first_axis(shape),)
    if len(values) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return axes_of(values[0], name)


def padded(array: ndarray, axes: tuple[int, ...]) -> ndarray:
    """The array with singleton dimensions added so that every axis exists."""
    last = axes[-1] if axes else 0
    if last < array.ndim:
        return array
    return array.reshape(array.shape + (1,) * (last + 1 - array.ndim), order="F")


def gathered(array: ndarray, axes: tuple[int, ...]) -> ndarray:
    """The array as (length of `axes` together) × (all the rest), column-major, for functions that work on columns."""
    array = padded(array, axes)
    rest = tuple(axis for axis in range(array.ndim) if axis not in axes)
    length = prod(array.shape[axis] for axis in axes)
    others = prod(array.shape[axis] for axis in rest)
    return fortran(array.transpose(axes + rest)).reshape((length, others), order="F")


def scattered(columns: ndarray, shape: tuple[int, ...], axes: tuple[int, ...]):
    """Undo `gathered` for columns of any new length along a single axis, or of length 1 along several."""
    shape = shape + (1,) * (axes[-1] + 1 - len(shape))
    rest = tuple(axis for axis in range(len(shape)) if axis not in axes)
    lengths = (columns.shape[0],) + (1,) * (len(axes) - 1)
    order = axes + rest
    moved = columns.reshape(lengths + tuple(shape[axis] for axis in rest), order="F")
    return norm(fortran(moved.transpose(np.argsort(order))))


def without_complaint(function, *args, **named):
    """A NumPy function that warns of slices without numbers: NaN is the answer here, and no news."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return function(*args, **named)


# ----------------------------------------------------------------------------------------------------------- sizes
def length_of(value, name: str) -> int:
    """One size argument: negative counts as 0."""
    if type(value) is not float:
        if type(value) is bool or type(value) is int or isinstance(value, np.integer):
            return max(0, int(value))
        if isinstance(value, np.floating):
            value = float(value)
        else:
            raise ScriptError(
                "MATLAB:NonNumericInput", "Size inputs must be numeric.", notes=(f"{name} got {described(value)}",)
            )
    if value != value // 1:
        if value != value:
            raise ScriptError("MATLAB:NaNInfNotAllowed", "NaN and Inf not allowed.")
        if value < 0:
            return 0
        if value == float("inf"):
            raise ScriptError("MATLAB:pmaxsize", "Maximum variable size allowed by the program is exceeded.")
        raise ScriptError("MATLAB:NonIntegerInput", "Size inputs must be integers.", notes=(f"{name} got {value:g}",))
    return max(0, int(value))


def trimmed(lengths: list[int]) -> tuple[int, ...]:
    """A size without trailing ones beyond two dimensions."""
    while len(lengths) > 2 and lengths[-1] == 1:
        lengths.pop()
    return tuple(lengths)


def shape_from(args: tuple, name: str) -> tuple[int, ...]:
    """The size that `zeros(n)`, `zeros(m, n, ...)` and `zeros([m n ...])` ask for; 1×1 for no argument."""
    if not args:
        return (1, 1)
    if len(args) == 1:
        given = args[0]
        if type(given) is not ndarray:
            length = length_of(given, name)
            return (length, length)
        if given.dtype == OBJECT:
            length_of(given, name)
        if given.size == 0:
            return (0, 0)
        if given.ndim != 2 or given.shape[0] != 1:
            raise ScriptError(
                f"MATLAB:{name}:sizeVecMustBeRow",
                "Size vector should be a row vector with real elements.",
                notes=(f"{name} got a size vector that is {size_text(given.shape)}",),
            )
        return trimmed([length_of(norm(item), name) for item in given[0]])
    return trimmed([length_of(item, name) for item in args])


def require_numeric(value, name: str) -> ndarray:
    """Any numeric, logical or char value as an array; MATLAB's error for other classes."""
    kind = type(value)
    if kind is ndarray:
        if value.dtype != OBJECT:
            return value
    elif kind in (float, bool, complex) or isinstance(value, np.generic) or is_char(value):
        return as_array(value)
    raise unsupported(value, name)


def require_real(value, name: str) -> ndarray:
    """Any real numeric, logical or char value as an array."""
    array = require_numeric(value, name)
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:expectedReal", "Input must be real.", notes=(f"{name} got {described(value)}",))
    return array


def unsupported(value, name: str) -> ScriptError:
    """MATLAB's error for a class that a function does not take."""
    if name in ("sum", "prod", "cumsum", "cumprod", "mean", "max", "min"):
        return ScriptError(
            f"MATLAB:{'sum' if name == 'mean' else name}:wrongInput",
            "Invalid data type. First argument must be numeric or logical.",
            notes=(f"{name} got a {size_text(size_of(value))} {class_of(value)}",),
        )
    return unfit_inputs(name, f"got a {size_text(size_of(value))} {class_of(value)}")
