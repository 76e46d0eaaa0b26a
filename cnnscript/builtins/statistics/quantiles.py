"""Quantiles and shapes of distributions: quantile, prctile, iqr, mad, skewness, kurtosis."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    WHOLE,
    gathered,
    read_options,
    reduced_axes,
    require_numeric,
    scattered,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.statistics import floats
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.text import is_text


def quantiles(x, shares, rest: tuple, name: str, method="exact"):
    """Quantiles with MATLAB's rule: the k-th of n sorted numbers is the (k-0.5)/n quantile, straight lines between."""
    take.choice(method, ("exact", "approximate"), "Method")
    array = floats(require_numeric(x, name), name, x)
    values, words = read_options(rest, name, whole=WHOLE)
    wanted = take.vector(shares, "Quantiles")
    if wanted.size and (wanted.min() < 0 or wanted.max() > 1):
        raise ScriptError(
            f"stats:{name}:BadProbs" if name == "quantile" else f"stats:{name}:BadPercents",
            "P must be a scalar or vector of probabilities between 0 and 1."
            if name == "quantile"
            else "P must take values between 0 and 100.",
        )
    if array.shape == (0, 0) and not values:
        return norm(np.full(take.array(shares).shape, np.nan, array.dtype, order="F"))
    axes = reduced_axes(values, "whole" in words, array.shape, name)
    columns = np.sort(gathered(array, axes), axis=0)
    result = np.full((wanted.size, columns.shape[1]), np.nan)
    for place in range(columns.shape[1]):
        numbers = columns[:, place]
        numbers = numbers[~np.isnan(numbers)]
        if numbers.size:
            known = (np.arange(1, numbers.size + 1) - 0.5) / numbers.size
            result[:, place] = np.interp(wanted, known, numbers)
    of_vector = len(axes) > 1 or array.ndim == 2 and 1 in array.shape and not values
    if of_vector and columns.shape[1] == 1:  # in the shape of the probabilities
        return norm(result.reshape(take.array(shares).shape, order="F").astype(array.dtype))
    return scattered(np.asfortranarray(result.astype(array.dtype)), array.shape, axes)


@builtin
def quantile(x, p, /, *rest, Method="exact"):
    """
    quantile(A, p)
    quantile(A, n)
    quantile(A, p, dim)
    quantile(A, p, 'all')

    Quantiles for probabilities p from 0 to 1, or for n > 1 that divide it in n+1 equal parts.

    Options
      Method   'exact', or 'approximate' (which is exact here too)

    Examples
      >> quantile([1 2 3 4 5], 0.5)
      ans =
           3
      >> quantile([1 2 3 4], [0.25 0.75])
      ans =
          1.5000    3.5000
      >> quantile([1 2 3 4], 3, Method="exact")
      ans =
          1.5000    2.5000    3.5000

    See also prctile, median, iqr.
    """
    if type(p) is float and 1 < p < np.inf and p == int(p):
        require_memory((1, int(p)), 8)
        p = norm(np.arange(1, p + 1).reshape(1, -1) / (p + 1))
    return quantiles(x, p, rest, "quantile", Method)


@builtin
def prctile(x, p, /, *rest, Method="exact"):
    """
    prctile(A, p)
    prctile(A, p, dim)
    prctile(A, p, 'all')

    Percentiles for percentages p from 0 to 100.

    Options
      Method   'exact', or 'approximate' (which is exact here too)

    Examples
      >> prctile([1 2 3 4 5], 50)
      ans =
           3
      >> prctile([1 2 3 4 5], [10; 90], Method="exact")
      ans =
           1
           5

    See also quantile, median, iqr.
    """
    return quantiles(x, norm(take.array(p, "Percentages") / 100), rest, "prctile", Method)


@builtin
def iqr(x, /, *rest):
    """
    iqr(A)
    iqr(A, dim)
    iqr(A, 'all')

    Interquartile range: the 75th minus the 25th percentile.

    Examples
      >> iqr([1 2 3 4])
      ans =
           2

    See also quantile, range, std.
    """
    array = require_numeric(x, "iqr")
    values, words = read_options(rest, "iqr", whole=WHOLE)
    axes = reduced_axes(values, "whole" in words, array.shape, "iqr")
    low, high = (quantiles(x, share, rest or (float(axes[0] + 1),), "quantile") for share in (0.25, 0.75))
    return operators.minus(high, low)


@builtin
def mad(x, flag=0.0, dim=None, /):
    """
    mad(A)
    mad(A, flag)
    mad(A, flag, dim)
    mad(A, flag, [dim1 dim2 ...])
    mad(A, flag, 'all')

    Mean (flag 0) or median (flag 1) absolute deviation.

    Examples
      >> mad([1 2 6])
      ans =
           2
      >> mad([1 2 6], 1)
      ans =
           1

    See also std, iqr.
    """
    array = floats(require_numeric(x, "mad"), "mad", x)
    kind = 0.0 if type(flag) is ndarray and flag.size == 0 else take.number(flag, "Flag")
    axes = axes_named(dim, array.shape, "mad")
    columns = gathered(array, axes)
    center = np.nanmedian if kind == 1.0 else np.nanmean
    middle = without_complaint(center, columns, axis=0)
    result = without_complaint(center, np.abs(columns - middle), axis=0).reshape(1, -1)
    return scattered(result.astype(array.dtype), array.shape, axes)


def axes_named(dim, shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The axes of a dimension argument: a dimension, a vector of them, 'all', or None for the first that counts."""
    if dim is not None and is_text(dim):
        take.choice(dim, ("all",), "Dimension")
        return tuple(range(len(shape)))
    return reduced_axes([] if dim is None else [dim], False, shape, name)


def standard_moment(x, order: int, dim, name: str) -> tuple:
    """A central moment divided by a power of the standard deviation (both by n), and how many numbers it is of."""
    array = floats(require_numeric(x, name), name, x)
    axes = axes_named(dim, array.shape, name)
    columns = gathered(array, axes)
    centered = columns - without_complaint(np.nanmean, columns, axis=0)
    power = without_complaint(np.nanmean, centered**order, axis=0)
    result = power / without_complaint(np.nanmean, centered**2, axis=0) ** (order / 2)
    counts = (~np.isnan(columns)).sum(axis=0).astype(DOUBLE).reshape(1, -1)
    return (
        scattered(result.reshape(1, -1).astype(array.dtype), array.shape, axes),
        scattered(counts, array.shape, axes),
    )


@builtin
def moment(x, order, dim=None, /):
    """
    moment(X, order)
    moment(X, order, dim)
    moment(X, order, [dim1 dim2 ...])
    moment(X, order, 'all')

    Central moment of an order: the mean of (X-mean).^order.

    Examples
      >> moment([1 2 6], 2)
      ans =
          4.6667

    See also var, skewness, kurtosis.
    """
    array = floats(require_numeric(x, "moment"), "moment", x)
    axes = axes_named(dim, array.shape, "moment")
    columns = gathered(array, axes)
    result = ((columns - columns.mean(axis=0)) ** take.number(order, "Order")).mean(axis=0).reshape(1, -1)
    return scattered(result, array.shape, axes)


@builtin
def skewness(x, flag=1.0, dim=None, /):
    """
    skewness(X)
    skewness(X, flag)
    skewness(X, flag, dim)
    skewness(X, flag, [dim1 dim2 ...])
    skewness(X, flag, 'all')

    Skewness: the third central moment over the cube of the standard deviation; flag 0 corrects bias.

    Examples
      >> skewness([1 2 6])
      ans =
          0.5952

    See also kurtosis, std.
    """
    raw, counts = standard_moment(x, 3, dim, "skewness")
    if is_biased(flag):
        return raw
    n = np.where(np.asarray(counts) > 2, counts, np.nan)
    return norm(np.asarray(raw) * np.sqrt(n * (n - 1)) / (n - 2))


def is_biased(flag) -> bool:
    """The flag of skewness and kurtosis: 1 (or []) leaves the bias, 0 takes it out."""
    number = 1.0 if np.size(flag) == 0 else take.number(flag, "Flag")
    if number not in (0.0, 1.0):
        raise ScriptError("stats:skewness:BadFlag", "FLAG must be 0 or 1.")
    return number == 1.0


@builtin
def kurtosis(x, flag=1.0, dim=None, /):
    """
    kurtosis(X)
    kurtosis(X, flag)
    kurtosis(X, flag, dim)
    kurtosis(X, flag, [dim1 dim2 ...])
    kurtosis(X, flag, 'all')

    Kurtosis: the fourth central moment over the squared variance (3 for normal numbers); flag 0 corrects bias.

    Examples
      >> kurtosis([1 2 3 4])
      ans =
          1.6400

    See also skewness, var.
    """
    raw, counts = standard_moment(x, 4, dim, "kurtosis")
    if is_biased(flag):
        return raw
    n = np.where(np.asarray(counts) > 3, counts, np.nan)
    return norm((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * np.asarray(raw) - 3 * (n - 1)) + 3)
