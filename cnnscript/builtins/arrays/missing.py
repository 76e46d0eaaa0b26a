"""Elements that are no numbers: isnan, isinf, isfinite, ismissing, rmmissing, fillmissing."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import parts_of, require_parts
from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, gathered, scattered, unsupported
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import (
    DOUBLE,
    OBJECT,
    as_array,
    class_of,
    fortran,
    is_numeric,
    ndarray,
    norm,
    size_of,
)
from cnnscript.values.text import MISSING, String, is_char, is_text, text_or_none


def tested(x, name: str, function, otherwise: bool):
    """A test of floats over a value; integers, logicals and char have one answer."""
    if type(x) is float or type(x) is complex:
        return bool(function(x))
    dtype = getattr(x, "dtype", None)
    if dtype is not None and dtype.kind in "fc":
        return norm(function(x))
    others = ("cell", "struct", "string", "missing", "table", "function_handle")
    if class_of(x) in others or dtype is not None and dtype == OBJECT:
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
    from cnnscript.builtins.arrays.sets import ismember

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
    if array.ndim > 2:
        raise ScriptError("MATLAB:rmmissing:FirstInputInvalid", "First input must be a vector or a matrix.")
    any_lost = lost.any(axis=1 - axis, keepdims=True)
    kept = np.flatnonzero(~any_lost.ravel())
    return back(np.asfortranarray(np.take(array, kept, axis=axis))), norm(np.asfortranarray(any_lost))


SMOOTH = ("spline", "pchip", "makima")  # as interp1 has them
WINDOWS = ("movmean", "movmedian")
FILLS = ("constant", "previous", "next", "nearest", "linear", *SMOOTH, *WINDOWS)


@builtin(outputs=2)
def fillmissing(nargout, x, method, value=None, dim=None, /, *, EndValues=None, SamplePoints=None, MaxGap=None):
    """
    fillmissing(A, 'constant', v)
    fillmissing(A, method)
    fillmissing(A, method, dim)
    fillmissing(A, 'movmean', window)
    fillmissing(A, 'movmedian', window, dim)
    fillmissing(..., Name=Value)
    [F, filled] = fillmissing(...)

    Missing elements replaced by a constant, by the 'previous', 'next' or 'nearest' element, or (numbers and times) on
    the 'linear' line between, a curve ('spline', 'pchip', 'makima'), or by the mean or median of a window around them;
    and where that was.

    Options
      EndValues     what fills before the first and behind the last known element: a method, a constant, 'extrap',
                    'none'
      SamplePoints  where the elements lie, ascending (1, 2, 3, ...); not for 'constant'
      MaxGap        gaps longer than this, from known element to known element (or the end), stay missing

    Examples
      >> fillmissing([1 NaN 3], 'constant', 0)
      ans =
           1     0     3
      >> [F, filled] = fillmissing([1 NaN 3], 'linear')
      F =
           1     2     3
      filled =
        1×3 logical array
         0   1   0
      >> fillmissing(["a" missing "b"], 'previous')
      ans =
        1×3 string array
          "a"    "a"    "b"
      >> fillmissing([1 4 NaN 16 25], 'spline')
      ans =
           1     4     9    16    25
      >> fillmissing([1 NaN 3 6], 'movmean', 3)
      ans =
           1     2     3     6
      >> fillmissing([NaN; 2; NaN], 'previous', 1, EndValues='nearest')
      ans =
           2
           2
           2

    See also ismissing, rmmissing, interp1.
    """
    word = take.choice(method, FILLS, "Fill method")
    lost = missing_in(x)
    if word == "constant":
        if SamplePoints is not None and MaxGap is None:
            raise ScriptError(
                "MATLAB:fillmissing:SamplePointsConstant", "'SamplePoints' is not for 'constant' without 'MaxGap'."
            )
        axis = first_axis(lost.shape) if dim is None else axis_of(dim, "fillmissing")
        if value is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("'constant' needs a value",))
        result = with_constant(x, lost, value)
    elif word in WINDOWS:
        if value is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"'{word}' needs a window",))
        axis = first_axis(lost.shape) if dim is None else axis_of(dim, "fillmissing")
        result = filled_along(x, lost, word, axis, points_along(SamplePoints, lost, axis), value)
        if EndValues is not None:
            result = with_end_values(x, result, lost, axis, points_along(SamplePoints, lost, axis), EndValues)
    else:
        if dim is not None:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=(f"'{word}' takes no window",))
        axis = first_axis(lost.shape) if value is None else axis_of(value, "fillmissing")
        result = filled_along(x, lost, word, axis, points_along(SamplePoints, lost, axis))
        if EndValues is not None:
            result = with_end_values(x, result, lost, axis, points_along(SamplePoints, lost, axis), EndValues)
    if MaxGap is not None:
        result = with_long_gaps(x, result, lost, axis, points_along(SamplePoints, lost, axis), MaxGap)
    return result, norm(np.asfortranarray(lost & ~missing_in(result)))


def points_along(points, lost: ndarray, axis: int) -> ndarray:
    """Where the elements along an axis lie."""
    length = lost.shape[axis] if axis < lost.ndim else 1
    if points is None:
        return np.arange(1.0, length + 1)
    found = take.vector(points, "SamplePoints")
    if found.size != length:
        raise ScriptError(
            "MATLAB:fillmissing:SamplePointsSize", "There must be a sample point for each element along the dimension.",
            notes=(f"{length} elements, {found.size} points",),
        )  # fmt: skip
    if not (np.diff(found) > 0).all() or not np.isfinite(found).all():
        raise ScriptError("MATLAB:fillmissing:SamplePointsSorted", "Sample points must be sorted and distinct.")
    return found.astype(DOUBLE)


def with_long_gaps(x, result, lost: ndarray, axis: int, points: ndarray, limit):
    """The result with gaps longer than a limit as they were."""
    most = take.number(limit, "MaxGap")
    if not most > 0:
        raise take.wanted("positive", "MaxGap", limit)
    from cnnscript.values.assignment import assign
    from cnnscript.values.indexing import index

    columns = gathered(lost, (axis,))
    long = np.zeros(columns.shape, bool, order="F")
    for place in range(columns.shape[1]):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], columns[:, place].astype(np.int8), [0]])))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            first, last = max(begin - 1, 0), min(end, points.size - 1)
            long[begin:end, place] = points[last] - points[first] > most
    if not long.any():
        return result
    kept = scattered(long, lost.shape, (axis,))
    return assign(result, (kept,), index(x, (kept,)))


def with_constant(x, lost: ndarray, value):
    """An array with a constant where elements are missing."""
    from cnnscript.values.assignment import assign

    if not lost.any():
        return x
    kind = class_of(x)
    fits = {"double": is_numeric, "single": is_numeric, "cell": lambda v: is_text(v) or class_of(v) == "cell"}
    test = fits.get(kind) or (lambda v: is_text(v) or class_of(v) == kind)
    if not test(value):
        raise ScriptError(
            "MATLAB:fillmissing:ConstantType",
            "The fill constant must have the same data type as the array.",
            notes=(f"the array is a {kind}, the constant a {class_of(value)}",),
        )
    if kind == "cell" and class_of(value) != "cell":
        cell = np.empty((1, 1), OBJECT)
        cell[0, 0] = take.text(value)
        value = cell
    return assign(x, (norm(np.asfortranarray(lost)),), value)


def filled_along(x, lost: ndarray, word: str, axis: int, points: ndarray | None = None, window=None):
    """An array whose missing elements are filled along an axis from those around them."""
    array = parts_of(x)[0]
    if not lost.any() or axis >= lost.ndim:
        return x
    points = np.arange(1.0, lost.shape[axis] + 1) if points is None else points
    if array is not None and array.dtype.kind == "f" and not is_char(x):
        back = parts_of(x)[1]
        columns = gathered(array, (axis,)).copy(order="F")
        if word in WINDOWS:
            from cnnscript.builtins.statistics import moving

            plain = np.array_equal(points, np.arange(1.0, points.size + 1))
            apart = None if plain else norm(points.reshape(-1, 1))
            means = as_array(
                getattr(moving, word)(norm(columns.copy(order="F")), window, 1.0, "omitnan", SamplePoints=apart)
            )
            columns = np.where(np.isnan(columns), means, columns)
        else:
            for place in range(columns.shape[1]):
                columns[:, place] = filled_column(columns[:, place], word, points)
        return back(as_array(scattered(columns, array.shape, (axis,))))
    if word in ("linear", *SMOOTH, *WINDOWS):
        raise ScriptError(
            "MATLAB:fillmissing:LinearNotSupported",
            f"The method '{word}' is for numbers and times only.",
            notes=(f"got a {class_of(x)}",),
        )
    from cnnscript.values.indexing import index

    places = np.arange(1.0, lost.size + 1).reshape(lost.shape, order="F")
    gaps = gathered(lost, (axis,))
    sources = gathered(places, (axis,)).copy(order="F")
    for column in range(gaps.shape[1]):
        steps = np.where(gaps[:, column], np.nan, np.arange(gaps.shape[0], dtype=float))
        steps = filled_column(steps, word, points)
        known = ~np.isnan(steps)
        sources[known, column] = sources[steps[known].astype(np.intp), column]
    return index(x, (scattered(sources, lost.shape, (axis,)),))


def with_end_values(x, result, lost: ndarray, axis: int, points: ndarray, wish):
    """The result with what lies before the first and behind the last known element filled in another way."""
    if text_or_none(wish) is not None and text_or_none(wish).lower() == "extrap":
        return result
    known = ~lost
    outside = ~(np.maximum.accumulate(known, axis) & np.flip(np.maximum.accumulate(np.flip(known, axis), axis), axis))
    ends = norm(np.asfortranarray(outside & lost))
    if not np.any(ends):
        return result
    from cnnscript.values.assignment import assign
    from cnnscript.values.indexing import index

    if text_or_none(wish) is not None and text_or_none(wish).lower() == "none":
        return assign(result, (ends,), index(x, (ends,)))
    if text_or_none(wish) is not None and text_or_none(wish).lower() in FILLS[1:5]:
        other = filled_along(x, lost, text_or_none(wish).lower(), axis, points)
        return assign(result, (ends,), index(other, (ends,)))
    return with_constant(result, np.asarray(ends).reshape(lost.shape), wish)


def filled_column(numbers: ndarray, word: str, points: ndarray | None = None) -> ndarray:
    """One column with its gaps filled; 'linear' goes on with the outermost line at the ends."""
    lost = np.isnan(numbers)
    known = np.flatnonzero(~lost)
    if not lost.any() or not known.size:
        return numbers
    points = np.arange(1.0, numbers.size + 1) if points is None else points
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
        nearer_next = (before_place < 0) | (next_place >= 0) & (
            points[next_place] - points[gaps] <= points[gaps] - points[before_place]
        )
        result[gaps] = numbers[np.where(nearer_next, next_place, before_place)]
    elif known.size == 1:
        result[gaps] = numbers[known[0]]
    elif word in SMOOTH:
        from cnnscript.builtins.numerical.interpolation import interp1

        places = (
            norm(np.asfortranarray(part.astype(DOUBLE).reshape(-1, 1)))
            for part in (points[known], numbers[known], points[gaps])
        )
        result[gaps] = as_array(interp1(*places, word, "extrap")).ravel()
    else:
        left = np.clip(after - 1, 0, known.size - 2)
        start, stop = known[left], known[left + 1]
        slope = (numbers[stop] - numbers[start]) / (points[stop] - points[start])
        result[gaps] = numbers[start] + slope * (points[gaps] - points[start])
    return result
