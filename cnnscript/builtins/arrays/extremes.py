"""Largest and smallest: max, min."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    MISSING_WORDS,
    WHOLE,
    gathered,
    padded,
    read_options,
    reduced_axes,
    scattered,
    unsupported,
)
from cnnscript.builtins.elementary.elements import numbers_of, operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import DOUBLE, as_array, class_of, fortran, ndarray, norm, saturated
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import codes_of, is_char, is_text, text_or_none

METHODS = {"auto": "auto", "real": "real", "abs": "abs"}


def max_float(a: float, b: float = float("nan")) -> float:
    return b if b > a or a != a else a


def min_float(a: float, b: float = float("nan")) -> float:
    return b if b < a or a != a else a


@dataclass(frozen=True)
class Order:
    """Which of max and min is meant.

    reduce, skipping   NumPy's function of two arrays: NaN wins, NaN loses
    index              its function for places
    worst              the number that loses against all others
    """

    name: str
    largest: bool
    reduce: np.ufunc
    skipping: np.ufunc
    index: Callable
    worst: float


MAX = Order("max", True, np.maximum, np.fmax, np.argmax, -np.inf)
MIN = Order("min", False, np.minimum, np.fmin, np.argmin, np.inf)


def extreme_of_doubles(order: Order, nargout: int, x: ndarray):
    """max or min of a matrix or vector of doubles that has elements; None where NaN or size asks for a closer look."""
    if 1 in x.shape:
        if nargout < 2:
            value = float(order.reduce.reduce(x, axis=None))
            return value if value == value else None
        flat = x.ravel("F")
        place = int(order.index(flat))
        value = float(flat[place])
        return (value, place + 1.0) if value == value else None
    if nargout > 1:
        return None
    values = order.reduce.reduce(x, axis=0)
    return None if np.isnan(values).any() else values.reshape(1, -1)


def extreme(order: Order, nargout: int, x, rest: tuple, method):
    """max or min in all argument forms."""
    name = order.name
    if isinstance(x, Categorical):
        return extreme_category(order, nargout, x, rest)
    if rest and not is_text(rest[0]) and not (type(rest[0]) is ndarray and rest[0].size == 0 and rest[0].ndim == 2):
        values, words = read_options(rest[1:], name, missing=MISSING_WORDS)
        if values:
            raise ScriptError(
                f"MATLAB:{name}:caseNotSupported",
                f"{name.upper()} with two matrices to compare and a working dimension is not supported.",
                notes=(f"to work along a dimension, write {name}(A, [], dim)",),
            )
        if nargout > 1:
            raise ScriptError(
                f"MATLAB:{name}:TwoInTwoOutCaseNotSupported",
                f"{name.upper()} with two matrices to compare and two output arguments is not supported.",
            )
        return larger_of(order, x, rest[0], words.get("missing", True), method)
    if rest and not is_text(rest[0]):
        rest = rest[1:]
        if x is None:
            raise unsupported(x, name)
    elif rest and is_char(rest[0]):
        # max(A, 'all') compares the elements with codes of characters in MATLAB too
        try:
            return larger_of(order, x, codes_of(rest[0]).astype(DOUBLE), True, method)
        except ScriptError as error:
            raise ScriptError(
                error.identifier, error.message, hint=f"write {name}(A, [], '{text_or_none(rest[0])}')"
            ) from None
    elif rest:
        raise unfit_inputs(
            name, f"got {described(rest[0])} as the second argument", hint=f"write {name}(A, [], {described(rest[0])})"
        )
    array = as_array(numbers_or_logical(x, name))
    values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS, linear={"linear": True})
    axes = reduced_axes(values, "whole" in words, array.shape, name)
    if array.shape == (0, 0) and not values:
        empty = np.zeros((0, 0), array.dtype, order="F")
        return empty if nargout < 2 else (empty, np.zeros((0, 0), order="F"))
    if axes[0] >= array.ndim:
        return norm(array) if nargout < 2 else (norm(array), norm(np.ones(array.shape, order="F")))
    shape = padded(array, axes).shape
    if any(shape[axis] == 0 for axis in axes):
        # an extreme of nothing is nothing: lengths of 0 stay, other lengths worked along become 1
        lengths = tuple(1 if axis in axes and length else length for axis, length in enumerate(shape))
        lengths = (0, 0) if "whole" in words else lengths
        empty = np.zeros(lengths, array.dtype, order="F")
        return empty if nargout < 2 else (empty, np.zeros(lengths, order="F"))
    omit = words.get("missing", True)
    if nargout < 2 and array.dtype.kind != "c" and method in ("auto", "real"):
        axes = tuple(axis for axis in axes if axis < array.ndim)
        return norm(fortran(reduced(order, array, axes, omit)))
    found = indexed(order, array, axes, omit, "linear" in words or len(axes) > 1, method)
    return found if nargout > 1 else found[0]


def numbers_or_logical(x, name: str):
    if type(x) is bool or type(x) is ndarray and x.dtype.kind == "b":
        return x
    return numbers_of(x, name)


def reduced(order: Order, array: ndarray, axes: tuple[int, ...], omit: bool) -> ndarray:
    """The extremes along axes.  The plain reduction is fast and gives NaN where there is one; only then look again."""
    result = order.reduce.reduce(array, axis=axes, keepdims=True)
    if omit and array.dtype.kind == "f" and np.isnan(result).any():
        result = order.skipping.reduce(array, axis=axes, keepdims=True)
    return result


def indexed(order: Order, array: ndarray, axes: tuple[int, ...], omit: bool, linear: bool, method: str):
    """The extremes and where they are: along the axis, or in the whole array."""
    shape = padded(array, axes).shape
    columns = gathered(array, axes)
    key = ranking(columns, method)
    if key.dtype.kind == "f":
        lost = np.isnan(columns)
        if lost.any():
            if omit:
                place = order.index(np.where(lost, order.worst, key), axis=0)
                # a column of -Inf and NaN: the first that is not NaN
                tied = lost[place, np.arange(columns.shape[1])]
                place = np.where(tied, np.argmin(lost, axis=0), place)
            else:
                place = np.where(lost.any(axis=0), np.argmax(lost, axis=0), order.index(key, axis=0))
        else:
            place = order.index(key, axis=0)
    else:
        place = order.index(key, axis=0)
    if columns.dtype.kind == "c" and method in ("auto", "abs"):
        place = by_angle(order, columns, key, place)
    values = columns[place, np.arange(columns.shape[1])].reshape(1, -1)
    where = place.astype(DOUBLE).reshape(1, -1) + 1
    if linear:
        numbers = np.arange(1, array.size + 1, dtype=DOUBLE).reshape(array.shape, order="F")
        where = gathered(numbers, axes)[place, np.arange(columns.shape[1])].reshape(1, -1)
    return scattered(values, shape, axes), scattered(where, shape, axes)


def ranking(array: ndarray, method: str) -> ndarray:
    """The real numbers by which elements compare."""
    if method == "abs":
        return np.abs(array) if array.dtype.kind not in "iub" else np.abs(array.astype(DOUBLE))
    if array.dtype.kind == "c":
        return array.real if method == "real" else np.abs(array)
    return array


def by_angle(order: Order, columns: ndarray, key: ndarray, place: ndarray) -> ndarray:
    """Among complex numbers of equal size, the one with the largest (smallest) angle."""
    best = key[place, np.arange(columns.shape[1])]
    tied = key == best
    angles = np.where(tied, np.angle(columns), order.worst)
    return np.where(tied.sum(axis=0) > 1, order.index(angles, axis=0), place)


def larger_of(order: Order, x, y, omit: bool, method: str):
    """The larger (smaller) of two values, element by element."""
    both_logical = class_of(x) == class_of(y) == "logical"
    if both_logical:
        return operators.or_(x, y) if order.largest else operators.and_(x, y)
    a, b, dtype = operands(x, y, order.name, arrays=True)
    if dtype.kind == "c" or method == "abs":
        first, second = ranking(a, method), ranking(b, method)
        angles = np.angle(a) > np.angle(b) if order.largest else np.angle(a) < np.angle(b)
        wins = (first > second if order.largest else first < second) | ((first == second) & angles) | np.isnan(second)
        result = np.where(wins & ~(np.isnan(first) & ~np.isnan(second)), a, b)
        return norm(np.asfortranarray(result.astype(dtype, copy=False)))
    if dtype.kind in "iu" and a.dtype != b.dtype:
        a, b = saturated(a, dtype), saturated(b, dtype)
    function = order.skipping if omit and dtype.kind == "f" else order.reduce
    return norm(fortran(function(a, b)))


def extreme_category(order: Order, nargout: int, x: Categorical, rest: tuple):
    """max and min of an ordinal categorical: by the order of its categories."""
    if not x.ordinal:
        raise ScriptError(
            "MATLAB:categorical:NotOrdinal",
            "Categorical array must be ordinal.",
            notes=(f"{order.name} got one without order",),
        )
    codes = np.where(x.codes == 0, np.nan, x.codes.astype(DOUBLE))
    if rest and isinstance(rest[0], Categorical):
        other = rest[0]
        place = {word: code for code, word in enumerate(x.names, 1)}
        translated = np.array([0, *(place.get(word, 0) for word in other.names)], DOUBLE)[other.codes]
        result = larger_of(order, codes, np.where(translated == 0, np.nan, translated), True, "auto")
        return category(x, result)
    if nargout < 2:
        return category(x, extreme(order, 1, norm(codes), rest, "auto"))
    values, places = extreme(order, 2, norm(codes), rest, "auto")
    return category(x, values), places


def category(x: Categorical, codes) -> Categorical:
    return Categorical(np.nan_to_num(as_array(codes)).astype(np.int64), x.names, x.ordinal)


def method_of(value) -> str:
    word = (text_or_none(value) or "").lower() if value is not None else "auto"
    if word not in METHODS:
        raise ScriptError(
            "MATLAB:max:invalidComparisonMethod",
            "ComparisonMethod must be 'auto', 'real', or 'abs'.",
            notes=(f"got {described(value)}",),
        )
    return word


@builtin(name="max", outputs=2, floats=max_float)
def max_(nargout, x, /, *rest, ComparisonMethod=None):
    """
    max(A)
    max(A, [], dim)
    max(A, [], [dim1 dim2 ...])
    max(A, [], 'all')
    [M, I] = max(...)
    [M, I] = max(..., 'linear')
    max(A, B)
    max(..., nanflag)
    max(..., ComparisonMethod=method)

    Largest elements along a dimension, dimensions, or of all; or the larger of two arrays, element by element.

    The second output is where they are: along the dimension, or in the whole array with 'linear', 'all' or several
    dimensions.  NaN loses, unless 'includenan'.  Complex numbers compare by size, then by angle.

    Options
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> max([3 9 2])
      ans =
           9
      >> max([1 5; 7 2], [], 2)
      ans =
           5
           7
      >> [m, i] = max([1 5; 7 2])
      m =
           7     5
      i =
           2     1
      >> [m, i] = max([1 5; 7 2], [], 'all')
      m =
           7
      i =
           2
      >> max([1 5; 7 2], 3)
      ans =
           3     5
           7     3
      >> max([1 NaN 2], [], 'includenan')
      ans =
         NaN

    See also min, maxk, cummax, bounds, sort.
    """
    if len(rest) == 1 and type(x) is float and type(rest[0]) is float and nargout < 2:
        return max_float(x, rest[0])
    if not rest and ComparisonMethod is None and type(x) is float:
        return x if nargout < 2 else (x, 1.0)
    if not rest and ComparisonMethod is None and type(x) is ndarray and x.dtype == DOUBLE and x.ndim == 2 and x.size:
        found = extreme_of_doubles(MAX, nargout, x)
        if found is not None:
            return found
    return extreme(MAX, nargout, x, rest, method_of(ComparisonMethod))


@builtin(name="min", outputs=2, floats=min_float)
def min_(nargout, x, /, *rest, ComparisonMethod=None):
    """
    min(A)
    min(A, [], dim)
    min(A, [], [dim1 dim2 ...])
    min(A, [], 'all')
    [M, I] = min(...)
    [M, I] = min(..., 'linear')
    min(A, B)
    min(..., nanflag)
    min(..., ComparisonMethod=method)

    Smallest elements along a dimension, dimensions, or of all; or the smaller of two arrays, element by element.

    The second output is where they are, as for max.  NaN loses, unless 'includenan'.

    Options
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> min([3 9 2])
      ans =
           2
      >> [m, i] = min([4 5; 7 2], [], 1)
      m =
           4     2
      i =
           1     2
      >> min([1 5], [4 2])
      ans =
           1     2

    See also max, mink, cummin, bounds, sort.
    """
    if len(rest) == 1 and type(x) is float and type(rest[0]) is float and nargout < 2:
        return min_float(x, rest[0])
    if not rest and ComparisonMethod is None and type(x) is float:
        return x if nargout < 2 else (x, 1.0)
    if not rest and ComparisonMethod is None and type(x) is ndarray and x.dtype == DOUBLE and x.ndim == 2 and x.size:
        found = extreme_of_doubles(MIN, nargout, x)
        if found is not None:
            return found
    return extreme(MIN, nargout, x, rest, method_of(ComparisonMethod))
