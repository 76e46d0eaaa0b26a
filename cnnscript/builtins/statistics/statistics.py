"""Statistics of numbers: median, mode, var, std, rms."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    CLASS_WORDS,
    MISSING_WORDS,
    WHOLE,
    gathered,
    read_options,
    reduced_axes,
    require_numeric,
    scattered,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.reductions import mean, weights_along
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import DOUBLE, SINGLE, class_of, ndarray, norm, saturated
from cnnscript.values.take import described


def columns_of(x, rest: tuple, name: str, **groups: dict):
    """The array, what is worked along as columns, its axes, the arguments that are not text after the first, words."""
    array = require_numeric(x, name)
    values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS, **groups)
    if not values and "whole" not in words and array.shape == (0, 0):
        axes: tuple[int, ...] = (0, 1)
    else:
        axes = reduced_axes(values, "whole" in words, array.shape, name)
    return array, gathered(array, axes), axes, words


def floats(array: ndarray, name: str, value) -> ndarray:
    """Floats as they are, logical as double; integers are refused."""
    if array.dtype.kind in "iu":
        raise ScriptError(
            f"MATLAB:{name}:integerClass",
            "First argument must be single or double.",
            notes=(f"got {described(value)}",),
        )
    return array.astype(DOUBLE) if array.dtype.kind == "b" else array


@builtin
def median(x, /, *rest, Weights=None):
    """
    median(A)
    median(A, dim)
    median(A, [dim1 dim2 ...])
    median(A, 'all')
    median(..., outtype)
    median(..., nanflag)
    median(..., Weights=W)

    Middle value along a dimension, or the mean of the two in the middle.

    Options
      Weights  how much each element counts: a vector along the dimension, or an array as large as A

    Examples
      >> median([3 1 10])
      ans =
           3
      >> median([1 2; 3 4], 2)
      ans =
          1.5000
          3.5000
      >> median([1 NaN 3], 'omitnan')
      ans =
           2
      >> median([1 2 6], Weights=[1 1 5])
      ans =
           6
      >> median(int8([1 2]), 'double')
      ans =
          1.5000

    See also mean, mode, sort, quantile.
    """
    array, columns, axes, words = columns_of(x, rest, "median", kind=CLASS_WORDS)
    result_class = array.dtype if array.dtype.kind in "fciu" else DOUBLE
    if words.get("kind") == "double":
        result_class = np.dtype(DOUBLE)
    if columns.shape[0] == 0:
        blank = np.full((1, columns.shape[1]), np.nan)
        return scattered(
            saturated(blank, result_class) if result_class.kind in "iu" else blank.astype(result_class),
            array.shape,
            axes,
        )
    if Weights is not None:
        share = gathered(weights_along(Weights, array.shape, axes, "median"), axes)
        middle = [
            weighted_middle(columns[:, place], share[:, place], bool(words.get("missing")))
            for place in range(columns.shape[1])
        ]
        middle = np.array(middle).reshape(1, -1)
        middle = saturated(middle, result_class) if result_class.kind in "iu" else middle.astype(result_class)
        return scattered(middle, array.shape, axes)
    ordered = np.sort(columns, axis=0)
    if ordered.dtype.kind == "f":
        counts = np.count_nonzero(~np.isnan(ordered), axis=0)
        if not words.get("missing"):
            counts = np.where(counts < ordered.shape[0], 0, counts)
    else:
        counts = np.full(ordered.shape[1], ordered.shape[0])
    places = np.arange(ordered.shape[1])
    low = ordered[np.maximum((counts - 1) // 2, 0), places]
    high = ordered[np.maximum(counts // 2, 0) * (counts > 0), places]
    if ordered.dtype.kind in "iub":
        middle = low.astype(DOUBLE) + (high.astype(DOUBLE) - low.astype(DOUBLE)) / 2
        middle = saturated(middle, result_class) if result_class.kind in "iu" else middle
    else:
        middle = np.where(low == high, low, low + (high - low) / 2)
        middle = np.where(counts == 0, np.nan, middle).astype(ordered.dtype)
    return scattered(middle.reshape(1, -1).astype(result_class, copy=False), array.shape, axes)


def weighted_middle(numbers: ndarray, share: ndarray, omit: bool) -> float:
    """Where half of the weight lies below and half above: between two numbers, their mean."""
    lost = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(numbers.shape, bool)
    if lost.any() and not omit:
        return np.nan
    kept = ~lost & (share > 0)
    numbers, share = numbers[kept].astype(DOUBLE), share[kept]
    if not numbers.size:
        return np.nan
    order = np.argsort(numbers, kind="stable")
    numbers, below = numbers[order], np.cumsum(share[order])
    half = below[-1] / 2
    place = int(np.searchsorted(below, half))
    if below[place] == half and place + 1 < numbers.size:
        return (numbers[place] + numbers[place + 1]) / 2
    return numbers[place]


@builtin(outputs=3)
def mode(nargout, x, /, *rest):
    """
    mode(A)
    mode(A, dim)
    mode(A, 'all')
    [M, F, C] = mode(...)

    Most frequent value along a dimension, the smallest of several; how often it occurs; a cell of all of them.

    Examples
      >> mode([1 3 3 2])
      ans =
           3
      >> [m, f, c] = mode([1 2 2 1 5])
      m =
           1
      f =
           2
      c =
        1×1 cell array
          {2×1 double}

    See also mean, median, histcounts, unique.
    """
    array, columns, axes, _ = columns_of(x, rest, "mode")
    count = columns.shape[1]
    values = np.zeros((1, count), array.dtype)
    often = np.zeros((1, count))
    several = np.empty((1, count), object)
    for place in range(count):
        numbers = columns[:, place]
        if numbers.dtype.kind == "f":
            numbers = numbers[~np.isnan(numbers)]
        if not numbers.size:
            values[0, place] = np.nan if array.dtype.kind == "f" else 0
            several[0, place] = np.zeros((0, 1), array.dtype)
            continue
        distinct, counts = np.unique(numbers, return_counts=True)
        values[0, place], often[0, place] = distinct[np.argmax(counts)], counts.max()
        several[0, place] = norm(distinct[counts == counts.max()].reshape(-1, 1))
    return (
        scattered(values, array.shape, axes),
        scattered(often, array.shape, axes),
        scattered(several, array.shape, axes),
    )


# ----------------------------------------------------------------------------------------------------------- spread
def spread(x, rest: tuple, name: str):
    """Variance along a dimension and the mean, from the arguments of var and std."""
    array = floats(require_numeric(x, name), name, x)
    values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS)
    weight = values.pop(0) if values else None
    if not values and "whole" not in words and array.shape == (0, 0):
        axes: tuple[int, ...] = (0, 1)
    else:
        axes = reduced_axes(values, "whole" in words, array.shape, name)
    if weight is None and not words and axes[-1] < array.ndim and array.size:
        center = array.mean(axis=axes, keepdims=True)
        count = prod(array.shape[axis] for axis in axes)
        variance = np.var(array, axis=axes, keepdims=True, ddof=1 if count > 1 else 0, mean=center)
        return array, variance.reshape(1, -1, order="F"), center.reshape(1, -1, order="F"), axes
    columns = gathered(array, axes)
    omit = bool(words.get("missing"))
    weights, unbiased = weights_of(weight, columns.shape[0], name)
    lost = np.isnan(columns) if omit else np.zeros(columns.shape, bool)
    share = np.where(lost, 0.0, weights[:, None])
    numbers = np.where(lost, 0, columns)
    total = share.sum(axis=0)
    center = (share * numbers).sum(axis=0) / total
    around = (share * np.abs(np.where(lost, 0, numbers - center)) ** 2).sum(axis=0)
    if unbiased:
        total = np.where(total > 1, total - 1, total)
    variance = around / total
    working = array.dtype if array.dtype.kind == "f" else np.dtype(SINGLE if array.dtype.itemsize == 8 else DOUBLE)
    variance = variance.reshape(1, -1).astype(working)
    center = center.reshape(1, -1).astype(array.dtype)
    return array, variance, center, axes


def weights_of(weight, length: int, name: str) -> tuple[ndarray, bool]:
    """Weights of the elements along the dimension, and whether to divide by one less than their sum."""
    if weight is None:
        return np.ones(length), True
    given = require_numeric(weight, name).ravel("F").astype(DOUBLE)
    if given.size == 0:
        return np.ones(length), True
    if given.size == 1 and length != 1 or given.size == 1 and given[0] in (0.0, 1.0):
        if given[0] not in (0.0, 1.0):
            raise ScriptError(
                f"MATLAB:{name}:invalidWgts",
                "Weights must be a vector of nonnegative values, or 0 or 1.",
                notes=(f"got {given[0]:g}",),
            )
        return np.ones(length), given[0] == 0.0
    if given.size != length:
        raise ScriptError(
            f"MATLAB:{name}:invalidSizeWgts",
            "The length of the weight vector must match the length of the dimension along which it is applied.",
            notes=(f"{given.size} weights, length {length}",),
        )
    if np.any(given < 0):
        raise ScriptError(f"MATLAB:{name}:invalidWgts", "Weights must be a vector of nonnegative values, or 0 or 1.")
    return given / given.sum(), False


@builtin(outputs=2)
def var(nargout, x, /, *rest):
    """
    var(A)
    var(A, w)
    var(A, w, dim)
    var(A, w, 'all')
    var(..., nanflag)
    [V, M] = var(...)

    Variance along a dimension, divided by n-1 (w = 0), by n (w = 1), or with a vector of weights; and the mean.

    Examples
      >> var([1 2 3 4])
      ans =
          1.6667
      >> var([1 2 3 4], 1)
      ans =
          1.2500
      >> [v, m] = var([1 2; 3 6], 0, 2)
      v =
          0.5000
          4.5000
      m =
          1.5000
          4.5000

    See also std, mean, cov.
    """
    array, variance, center, axes = spread(x, rest, "var")
    return scattered(variance, array.shape, axes), scattered(center, array.shape, axes)


@builtin(outputs=2)
def std(nargout, x, /, *rest):
    """
    std(A)
    std(A, w)
    std(A, w, dim)
    std(A, w, 'all')
    std(..., nanflag)
    [S, M] = std(...)

    Standard deviation along a dimension: the square root of var; and the mean.

    Examples
      >> std([1 2 3 4])
      ans =
          1.2910
      >> [s, m] = std([1 2; 3 6], 1, 'all')
      s =
          1.8708
      m =
           3

    See also var, mean, cov.
    """
    array, variance, center, axes = spread(x, rest, "std")
    return scattered(np.sqrt(variance), array.shape, axes), scattered(center, array.shape, axes)


@builtin
def rms(x, /, *rest):
    """
    rms(A)
    rms(A, dim)
    rms(A, 'all')

    Root mean square along a dimension.

    Examples
      >> rms([3 4])
      ans =
          3.5355

    See also mean, std, norm.
    """
    squares = operators.times(x, x) if class_of(x) != "logical" else x
    result = mean(squares, *rest)
    return norm(np.sqrt(result))
