"""Elements that are no numbers: isnan, isinf, isfinite, ismissing, rmmissing, fillmissing."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.creation import parts_of, require_parts
from cnnscript.builtins.dimensions import axis_of, first_axis, gathered, require_numeric, scattered, unsupported
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import DOUBLE, OBJECT, class_of, fortran, ndarray, norm, size_of
from cnnscript.values.text import MISSING, String, is_char, text_or_none


def tested(x, name: str, function, otherwise: bool):
    """A test of floats over a value; integers, logicals and char have one answer."""
    if type(x) is float or type(x) is complex:
        return bool(function(x))
    dtype = getattr(x, "dtype", None)
    if dtype is not None and dtype.kind in "fc":
        return norm(function(x))
    if class_of(x) in ("cell", "struct", "string", "table", "function_handle") or dtype is not None and dtype == OBJECT:
        raise unsupported(x, name)
    shape = size_of(x)
    return norm(np.full(shape, otherwise, order="F"))


@builtin
def isnan(x, /):
    """
    isnan(A)

    Which elements are NaN.

    Examples
      >> isnan([1 NaN 3])
      ans =
        1×3 logical array
         0   1   0

    See also isfinite, isinf, ismissing, NaN.
    """
    return tested(x, "isnan", np.isnan, False)


@builtin
def isinf(x, /):
    """
    isinf(A)

    Which elements are Inf or -Inf.

    Examples
      >> isinf([1 -Inf])
      ans =
        1×2 logical array
         0   1

    See also isnan, isfinite, Inf.
    """
    return tested(x, "isinf", np.isinf, False)


@builtin
def isfinite(x, /):
    """
    isfinite(A)

    Which elements are neither NaN nor infinite.

    Examples
      >> isfinite([1 NaN Inf])
      ans =
        1×3 logical array
         1   0   0

    See also isnan, isinf.
    """
    return tested(x, "isfinite", np.isfinite, True)


def missing_in(x) -> ndarray:
    """Where a value has its class's missing element: NaN, <missing>, <undefined>, '' in a cell, a blank char."""
    if type(x) is Categorical:
        return x.codes == 0
    if type(x) is String:
        return np.vectorize(lambda item: item is MISSING, otypes=[bool])(x.data)
    if type(x) is ndarray and x.dtype == OBJECT:
        return np.vectorize(lambda item: is_char(item) and text_or_none(item) == "", otypes=[bool])(x)
    array, _ = parts_of(x)
    if array is None:
        return np.zeros(size_of(x), bool)
    if is_char(x):
        return array == ord(" ")
    return np.isnan(array) if array.dtype.kind in "fc" else np.zeros(array.shape, bool)


@builtin
def ismissing(x, indicators=None, /):
    """
    ismissing(A)
    ismissing(A, indicators)

    Which elements are missing: NaN, <missing>, <undefined>, or one of the indicators.

    Examples
      >> ismissing([1 NaN 3])
      ans =
        1×3 logical array
         0   1   0
      >> ismissing([1 -99 3], -99)
      ans =
        1×3 logical array
         0   1   0

    See also isnan, rmmissing, fillmissing.
    """
    if indicators is None:
        return norm(fortran(missing_in(x)))
    from cnnscript.builtins.sets import ismember

    found = np.asarray(ismember(1, x, indicators))
    wanted = require_parts(indicators, "ismissing")[0]
    if wanted.dtype.kind == "f" and np.isnan(wanted).any():
        found = found | missing_in(x)
    return norm(np.asfortranarray(found))


@builtin(outputs=2)
def rmmissing(nargout, x, dim=None, /):
    """
    rmmissing(A)
    rmmissing(A, dim)
    [R, removed] = rmmissing(...)

    Missing elements taken out of a vector, or rows (dim 1) or columns (dim 2) that have any out of a matrix.

    Examples
      >> rmmissing([1 NaN 3])
      ans =
           1     3
      >> rmmissing([1 NaN; 3 4], 2)
      ans =
           1
           3
      >> [r, removed] = rmmissing([1 NaN; 3 4])
      r =
           3     4
      removed =
        2×1 logical array
         1
         0

    See also ismissing, fillmissing.
    """
    array, back = require_parts(x, "rmmissing")
    lost = missing_in(x).reshape(array.shape, order="F")
    if dim is None and array.ndim == 2 and array.shape[0] == 1:
        removed = lost
        return back(array[:, ~lost[0]]), norm(removed)
    axis = 0 if dim is None else axis_of(dim, "rmmissing")
    if axis > 1:
        raise ScriptError("MATLAB:rmmissing:DimensionInvalid", "Dimension must be 1 or 2.", notes=(f"got {axis + 1}",))
    any_lost = lost.any(axis=1 - axis, keepdims=True)
    kept = np.flatnonzero(~any_lost.ravel())
    return back(np.asfortranarray(np.take(array, kept, axis=axis))), norm(np.asfortranarray(any_lost))


FILLS = ("constant", "previous", "next", "nearest", "linear")


@builtin
def fillmissing(x, method, value=None, dim=None, /):
    """
    fillmissing(A, 'constant', v)
    fillmissing(A, method)

    NaN replaced by a constant, or by the 'previous', 'next', 'nearest' number or on the 'linear' line between.

    Examples
      >> fillmissing([1 NaN 3], 'constant', 0)
      ans =
           1     0     3
      >> fillmissing([1 NaN 3], 'linear')
      ans =
           1     2     3

    See also ismissing, rmmissing, interp1.
    """
    word = take.choice(method, FILLS, "Fill method")
    array = require_numeric(x, "fillmissing")
    if word == "constant":
        if value is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("'constant' needs a value",))
        constant = require_numeric(value, "fillmissing")
        if array.dtype.kind not in "fc":
            return x
        return norm(np.asfortranarray(np.where(np.isnan(array), constant.astype(array.dtype), array)))
    chosen = value if dim is None else dim
    axis = first_axis(array.shape) if chosen is None else axis_of(chosen, "fillmissing")
    if array.dtype.kind != "f" or axis >= array.ndim:
        return x
    columns = gathered(array, (axis,)).copy(order="F")
    for place in range(columns.shape[1]):
        columns[:, place] = filled_column(columns[:, place], word)
    return scattered(columns, array.shape, (axis,))


def filled_column(numbers: ndarray, word: str) -> ndarray:
    """One column with its gaps filled; 'linear' goes on with the outermost line at the ends."""
    lost = np.isnan(numbers)
    known = np.flatnonzero(~lost)
    if not lost.any() or not known.size:
        return numbers
    gaps = np.flatnonzero(lost)
    after = np.searchsorted(known, gaps)
    before_place = np.where(after > 0, known[np.maximum(after - 1, 0)], -1)
    next_place = np.where(after < known.size, known[np.minimum(after, known.size - 1)], -1)
    result = numbers.copy()
    if word == "previous":
        result[gaps] = np.where(before_place >= 0, numbers[before_place], np.nan)
    elif word == "next":
        result[gaps] = np.where(next_place >= 0, numbers[next_place], np.nan)
    elif word == "nearest":
        nearer_next = (before_place < 0) | (next_place >= 0) & (next_place - gaps <= gaps - before_place)
        result[gaps] = numbers[np.where(nearer_next, next_place, before_place)]
    elif known.size == 1:
        result[gaps] = numbers[known[0]]
    else:
        left = np.clip(after - 1, 0, known.size - 2)
        start, stop = known[left], known[left + 1]
        slope = (numbers[stop] - numbers[start]) / (stop - start)
        result[gaps] = numbers[start] + slope * (gaps - start).astype(DOUBLE)
    return result
