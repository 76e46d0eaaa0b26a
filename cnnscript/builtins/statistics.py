"""Statistics of numbers: median, mode, var, std, cov, corrcoef, normalize, zscore, quantile, prctile, iqr, ..."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import (
    CLASS_WORDS,
    MISSING_WORDS,
    WHOLE,
    axis_of,
    first_axis,
    gathered,
    padded,
    read_options,
    reduced_axes,
    require_numeric,
    scattered,
)
from cnnscript.builtins.reductions import mean
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, SINGLE, class_of, ndarray, norm, saturated, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text


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
def median(x, /, *rest):
    """
    median(A)
    median(A, dim)
    median(A, [dim1 dim2 ...])
    median(A, 'all')
    median(..., nanflag)

    Middle value along a dimension, or the mean of the two in the middle.

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


# --------------------------------------------------------------------------------------------------------- relations
def observations(x, y, name: str) -> ndarray:
    """Variables in columns, from one or two arrays."""
    array = floats(require_numeric(x, name), name, x)
    if y is not None:
        other = floats(require_numeric(y, name), name, y)
        if array.size != other.size:
            raise ScriptError(
                f"MATLAB:{name}:XYlengthMismatch",
                "The number of elements in x and y must match."
                if name == "cov"
                else "X and Y must have the same number of elements.",
                notes=(f"x is {size_text(array.shape)}", f"y is {size_text(other.shape)}"),
            )
        return np.column_stack([array.ravel("F"), other.ravel("F")])
    if array.ndim > 2:
        raise ScriptError(f"MATLAB:{name}:InputDim", "Inputs must be 2-D.")
    return array.reshape(-1, 1, order="F") if array.shape[0] == 1 else array


def covariance(data: ndarray, by_count: bool) -> ndarray:
    count = data.shape[0]
    centered = data - data.mean(axis=0)
    return centered.conj().T @ centered / (count if by_count or count == 1 else count - 1)


@builtin
def cov(x, /, *rest):
    """
    cov(A)
    cov(x, y)
    cov(..., w)

    Covariance matrix of the columns, or of two variables; divided by n-1, or by n with w = 1.

    Examples
      >> cov([1 2 3])
      ans =
           1
      >> cov([1 2 3], [1 2 4])
      ans =
          1.0000    1.5000
          1.5000    2.3333
      >> cov([1 2 3], 1)
      ans =
          0.6667

    See also corrcoef, var.
    """
    values, words = read_options(rest, "cov", missing={"omitrows": True, "includenan": False, "partialrows": None})
    by_count, y = False, None
    for value in values:
        if np.size(value) == 1 and float(np.real(value)) in (0.0, 1.0) and require_numeric(x, "cov").size != 1:
            by_count = float(np.real(value)) == 1.0
        else:
            y = value
    data = observations(x, y, "cov")
    if words.get("missing"):
        data = data[~np.isnan(data).any(axis=1)]
    if data.size == 0:
        return float("nan")
    return norm(np.asfortranarray(covariance(data, by_count)))


@builtin
def corrcoef(x, y=None, /):
    """
    corrcoef(A)
    corrcoef(x, y)

    Correlation coefficients of the columns, or of two variables.

    Examples
      >> corrcoef([1 2 3], [1 2 4])
      ans =
          1.0000    0.9820
          0.9820    1.0000
      >> corrcoef([1 5; 2 4; 3 3])
      ans =
           1    -1
          -1     1

    See also cov, corr.
    """
    return norm(np.asfortranarray(correlation(observations(x, y, "corrcoef"))))


def correlation(data: ndarray) -> ndarray:
    matrix = covariance(data, True)
    size = np.sqrt(np.diag(matrix).real)
    result = matrix / size[:, None] / size[None, :]
    result = np.clip(result, -1, 1) if result.dtype.kind == "f" else result
    np.fill_diagonal(result, np.where(np.isnan(np.diag(result)), np.nan, 1))
    return result


@builtin
def corr(x, y=None, /):
    """
    corr(X)
    corr(X, Y)

    Correlation coefficients between the columns of two matrices.

    Examples
      >> corr([1; 2; 3], [1; 2; 4])
      ans =
          0.9820
      >> corr([1 5; 2 4; 3 3])
      ans =
           1    -1
          -1     1

    See also corrcoef, cov.
    """
    a = floats(require_numeric(x, "corr"), "corr", x)
    if y is None:
        return norm(np.asfortranarray(correlation(a)))
    b = floats(require_numeric(y, "corr"), "corr", y)
    if a.shape[0] != b.shape[0]:
        raise ScriptError(
            "stats:corr:InputSizeMismatch",
            "X and Y must have the same number of rows.",
            notes=(f"X has {a.shape[0]}, Y {b.shape[0]}",),
        )
    whole = correlation(np.concatenate([a, b], axis=1))
    return norm(np.asfortranarray(whole[: a.shape[1], a.shape[1] :]))


# --------------------------------------------------------------------------------------------------------- quantiles
def quantiles(x, shares, rest: tuple, name: str):
    """Quantiles with MATLAB's rule: the k-th of n sorted numbers is the (k-0.5)/n quantile, straight lines between."""
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
    axes = reduced_axes(values, "whole" in words, array.shape, name)
    columns = np.sort(gathered(array, axes), axis=0)
    result = np.full((wanted.size, columns.shape[1]), np.nan)
    for place in range(columns.shape[1]):
        numbers = columns[:, place]
        numbers = numbers[~np.isnan(numbers)]
        if numbers.size:
            known = (np.arange(1, numbers.size + 1) - 0.5) / numbers.size
            result[:, place] = np.interp(wanted, known, numbers)
    if len(axes) > 1 or array.ndim == 2 and 1 in array.shape and not values:
        row = take.array(shares).shape[0] == 1 if "whole" in words else array.shape[0] == 1
        if columns.shape[1] == 1:
            return norm(result.reshape((1, -1) if row and wanted.size > 1 else (-1, 1)).astype(array.dtype))
    return scattered(np.asfortranarray(result.astype(array.dtype)), array.shape, axes)


@builtin
def quantile(x, p, /, *rest):
    """
    quantile(A, p)
    quantile(A, p, dim)
    quantile(A, p, 'all')

    Quantiles for probabilities p from 0 to 1.

    Examples
      >> quantile([1 2 3 4 5], 0.5)
      ans =
           3
      >> quantile([1 2 3 4], [0.25 0.75])
      ans =
          1.5000    3.5000

    See also prctile, median, iqr.
    """
    return quantiles(x, p, rest, "quantile")


@builtin
def prctile(x, p, /, *rest):
    """
    prctile(A, p)
    prctile(A, p, dim)
    prctile(A, p, 'all')

    Percentiles for percentages p from 0 to 100.

    Examples
      >> prctile([1 2 3 4 5], 50)
      ans =
           3

    See also quantile, median, iqr.
    """
    return quantiles(x, norm(take.array(p, "Percentages") / 100), rest, "prctile")


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
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "mad")
    columns = gathered(array, (axis,))
    center = np.nanmedian if kind == 1.0 else np.nanmean
    result = center(np.abs(columns - center(columns, axis=0)), axis=0).reshape(1, -1)
    return scattered(result.astype(array.dtype), array.shape, (axis,))


def standard_moment(x, order: int, dim, name: str) -> object:
    """A central moment divided by a power of the standard deviation (both by n)."""
    array = floats(require_numeric(x, name), name, x)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    columns = gathered(array, (axis,))
    centered = columns - np.nanmean(columns, axis=0)
    result = np.nanmean(centered**order, axis=0) / np.nanmean(centered**2, axis=0) ** (order / 2)
    return scattered(result.reshape(1, -1).astype(array.dtype), array.shape, (axis,))


@builtin
def skewness(x, flag=1.0, dim=None, /):
    """
    skewness(X)
    skewness(X, flag)
    skewness(X, flag, dim)

    Skewness: the third central moment over the cube of the standard deviation; flag 0 corrects bias.

    Examples
      >> skewness([1 2 6])
      ans =
          0.5952

    See also kurtosis, std.
    """
    raw = standard_moment(x, 3, dim, "skewness")
    if take.number(flag, "Flag") == 1.0:
        return raw
    array = require_numeric(x, "skewness")
    count = padded(array, (axis := first_axis(array.shape) if dim is None else axis_of(dim, "skewness"),)).shape[axis]
    return operators.times(raw, float(np.sqrt(np.float64(count * (count - 1.0))) / (count - 2.0)) if count > 2 else 1.0)


@builtin
def kurtosis(x, flag=1.0, dim=None, /):
    """
    kurtosis(X)
    kurtosis(X, flag)
    kurtosis(X, flag, dim)

    Kurtosis: the fourth central moment over the squared variance (3 for normal numbers); flag 0 corrects bias.

    Examples
      >> kurtosis([1 2 3 4])
      ans =
          1.6400

    See also skewness, var.
    """
    raw = standard_moment(x, 4, dim, "kurtosis")
    if take.number(flag, "Flag") == 1.0:
        return raw
    array = require_numeric(x, "kurtosis")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "kurtosis")
    n = float(padded(array, (axis,)).shape[axis])
    if n <= 3:
        return raw
    return norm((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * np.asarray(raw) - 3 * (n - 1)) + 3)


# ------------------------------------------------------------------------------------------------------------ scaling
@builtin(outputs=3)
def zscore(nargout, x, flag=0.0, dim=None, /):
    """
    zscore(X)
    zscore(X, flag)
    zscore(X, flag, dim)
    [Z, mu, sigma] = zscore(...)

    Numbers less their mean, over their standard deviation.

    Examples
      >> zscore([1 2 3])
      ans =
          -1     0     1
      >> [z, mu, sigma] = zscore([1 3], 1)
      z =
          -1     1
      mu =
           2
      sigma =
           1

    See also normalize, std, mean.
    """
    array = floats(require_numeric(x, "zscore"), "zscore", x)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "zscore")
    if axis >= array.ndim:
        return norm(np.zeros_like(array)), x, norm(np.zeros_like(array))
    center = array.mean(axis=axis, keepdims=True)
    count = array.shape[axis]
    by_count = take.number(flag, "Flag") == 1.0 if type(flag) is not ndarray else False
    size = np.sqrt(
        (np.abs(array - center) ** 2).sum(axis=axis, keepdims=True) / (count if by_count or count == 1 else count - 1)
    )
    scaled = (array - center) / np.where(size == 0, 1, size)
    return tuple(norm(np.asfortranarray(part)) for part in (scaled, center, size))


METHODS = ("zscore", "norm", "scale", "range", "center", "medianiqr")


@builtin
def normalize(x, /, *rest):
    """
    normalize(A)
    normalize(A, dim)
    normalize(..., method)
    normalize(..., method, type)

    Numbers scaled along a dimension: 'zscore' ('std' or 'robust'), 'norm' (p), 'scale' ('std', 'mad', 'first',
    'iqr' or a number), 'range' ([a b]), 'center' ('mean', 'median' or a number), 'medianiqr'.

    Examples
      >> normalize([1 2 3])
      ans =
          -1     0     1
      >> normalize([1 2 5], 'range')
      ans =
               0    0.2500    1.0000
      >> normalize([1 2 5], 2, 'range', [-1 1])
      ans =
         -1.0000   -0.5000    1.0000

    See also rescale, zscore.
    """
    array = floats(require_numeric(x, "normalize"), "normalize", x)
    rest = list(rest)
    axis = first_axis(array.shape)
    if rest and not is_text(rest[0]):
        axis = axis_of(rest.pop(0), "normalize")
    if axis >= array.ndim:
        array = padded(array, (axis,))
    method = take.choice(rest.pop(0), METHODS, "Method") if rest else "zscore"
    kind = rest.pop(0) if rest else None
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    center, scale, shift = normal_parts(array, axis, method, kind)
    result = (array - center) / np.where(scale == 0, np.nan, scale) + shift if method != "range" else center
    return norm(np.asfortranarray(result.astype(array.dtype, copy=False)))


def normal_parts(array: ndarray, axis: int, method: str, kind) -> tuple:
    """What is taken away, divided by and added for a method of normalize ('range': the result first)."""

    def along(function, numbers=array):
        return function(numbers, axis=axis, keepdims=True)

    def spread_of(numbers):
        return np.nanstd(numbers, axis=axis, keepdims=True, ddof=1 if numbers.shape[axis] > 1 else 0)

    def quartiles():
        return axes_iqr(array, axis)

    if method == "range":
        low, high = take.vector(kind, "Range") if kind is not None else (0.0, 1.0)
        smallest, largest = along(np.nanmin), along(np.nanmax)
        width = np.where(largest == smallest, np.nan, largest - smallest)
        return low + (array - smallest) / width * (high - low), 1.0, 0.0
    if method == "norm":
        power = 2.0 if kind is None else take.number(kind, "Norm")
        size = (
            along(np.nanmax, np.abs(array))
            if power == np.inf
            else along(np.nansum, np.abs(array) ** power) ** (1 / power)
        )
        return 0.0, size, 0.0
    if method == "center":
        word = "mean" if kind is None else kind
        if not is_text(word):
            return require_numeric(word, "normalize"), 1.0, 0.0
        return (
            along(np.nanmean if take.choice(word, ("mean", "median"), "Center") == "mean" else np.nanmedian),
            1.0,
            0.0,
        )
    if method == "medianiqr":
        return along(np.nanmedian), quartiles(), 0.0
    if method == "scale":
        word = "std" if kind is None else kind
        if not is_text(word):
            return 0.0, require_numeric(word, "normalize"), 0.0
        chosen = take.choice(word, ("std", "mad", "first", "iqr"), "Scale")
        if chosen == "first":
            return 0.0, np.take(array, [0], axis=axis), 0.0
        if chosen == "mad":
            return 0.0, along(np.nanmedian, np.abs(array - along(np.nanmedian))), 0.0
        return 0.0, quartiles() if chosen == "iqr" else spread_of(array), 0.0
    word = "std" if kind is None else take.choice(kind, ("std", "robust"), "Type")
    if word == "robust":
        middle = along(np.nanmedian)
        return middle, along(np.nanmedian, np.abs(array - middle)), 0.0
    return along(np.nanmean), spread_of(array), 0.0


def axes_iqr(array: ndarray, axis: int) -> ndarray:
    result = iqr(norm(array), float(axis + 1))
    shape = list(array.shape)
    shape[axis] = 1
    return np.reshape(result, shape, order="F")


# ------------------------------------------------------------------------------------------------- moving statistics
def moving(x, window, rest: tuple, name: str, function):
    """A statistic over a sliding window, shrinking at the ends."""
    array = require_numeric(x, name).astype(DOUBLE)
    size = take.vector(window, "Window length")
    if size.size == 1:
        length = int(size[0])
        before, after = (length // 2, length - length // 2 - 1)
    else:
        before, after = int(size[0]), int(size[1])
    values, words = read_options(rest, name, missing=MISSING_WORDS)
    axis = axis_of(values[0], name) if values else first_axis(array.shape)
    if axis >= array.ndim:
        return norm(array)
    moved = np.moveaxis(array, axis, 0)
    count = moved.shape[0]
    omit = bool(words.get("missing"))
    result = np.empty(moved.shape)
    for place in range(count):
        part = moved[max(0, place - before) : min(count, place + after + 1)]
        result[place] = function(part, omit)
    return norm(np.asfortranarray(np.moveaxis(result, 0, axis)))


@builtin
def movmean(x, k, /, *rest):
    """
    movmean(A, k)
    movmean(A, [before after])
    movmean(..., dim)

    Mean over a window of k elements around each element, fewer at the ends.

    Examples
      >> movmean([1 2 6 3], 3)
      ans =
          1.5000    3.0000    3.6667    4.5000

    See also mean, movmax, movsum.
    """
    return moving(x, k, rest, "movmean", lambda part, omit: (np.nanmean if omit else np.mean)(part, axis=0))


@builtin
def movsum(x, k, /, *rest):
    """
    movsum(A, k)
    movsum(A, [before after])
    movsum(..., dim)

    Sum over a window of k elements around each element, fewer at the ends.

    Examples
      >> movsum([1 2 6 3], 3)
      ans =
           3     9    11     9

    See also sum, movmean.
    """
    return moving(x, k, rest, "movsum", lambda part, omit: (np.nansum if omit else np.sum)(part, axis=0))


@builtin
def movmax(x, k, /, *rest):
    """
    movmax(A, k)
    movmax(A, [before after])
    movmax(..., dim)

    Maximum over a window of k elements around each element, fewer at the ends.

    Examples
      >> movmax([1 2 6 3], 3)
      ans =
           2     6     6     6

    See also max, movmin, movmean.
    """
    return moving(x, k, rest, "movmax", lambda part, omit: np.fmax.reduce(part, axis=0))


@builtin
def movmin(x, k, /, *rest):
    """
    movmin(A, k)
    movmin(A, [before after])
    movmin(..., dim)

    Minimum over a window of k elements around each element, fewer at the ends.

    Examples
      >> movmin([1 2 6 3], 3)
      ans =
           1     1     2     3

    See also min, movmax, movmean.
    """
    return moving(x, k, rest, "movmin", lambda part, omit: np.fmin.reduce(part, axis=0))


@builtin
def movmedian(x, k, /, *rest):
    """
    movmedian(A, k)
    movmedian(A, [before after])
    movmedian(..., dim)

    Median over a window of k elements around each element, fewer at the ends.

    Examples
      >> movmedian([1 2 6 3], 3)
      ans =
          1.5000    2.0000    3.0000    4.5000

    See also median, movmean.
    """
    return moving(x, k, rest, "movmedian", lambda part, omit: (np.nanmedian if omit else np.median)(part, axis=0))


@builtin
def movstd(x, k, /, *rest):
    """
    movstd(A, k)
    movstd(A, [before after])
    movstd(..., dim)

    Standard deviation over a window of k elements around each element, fewer at the ends.

    Examples
      >> movstd([1 2 6], 3)
      ans =
          0.7071    2.6458    2.8284

    See also std, movmean.
    """
    return moving(x, k, rest, "movstd", lambda part, omit: np.std(part, axis=0, ddof=1 if part.shape[0] > 1 else 0))
