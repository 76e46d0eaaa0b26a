"""Means of other kinds, and statistics of pictures: trimmean, geomean, harmmean, mean2, std2, corr2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    MISSING_WORDS,
    WHOLE,
    gathered,
    read_options,
    reduced_axes,
    require_real,
    scattered,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_text
from cnnscript.values.text import is_text


def floats(value, name: str) -> ndarray:
    array = require_real(value, name)
    if is_text(value):
        raise take.wanted("numeric", "Input", value)
    return array if array.dtype.kind == "f" else array.astype(DOUBLE)


@builtin
def trimmean(x, percent, /, *rest):
    """
    m = trimmean(X, percent)
    m = trimmean(X, percent, flag)
    m = trimmean(..., dim)
    m = trimmean(..., 'all')

    The mean without the percent/2 per cent largest and as many smallest elements. flag tells what happens to parts of
    an element: 'round' (default), 'floor', or 'weight', which counts a part of it.

    Examples
      >> m = trimmean([1 2 3 4 100], 40)
      m =
           3
      >> m = trimmean([1 2; 3 9; 4 5; 9 1], 50, 'floor', 1)
      m =
          3.5000    3.5000

    See also mean, median, geomean, harmmean.
    """
    share = take.number(percent, "Percent")
    if not 0 <= share < 100:
        raise ScriptError(
            "stats:trimmean:InvalidPercent", "PERCENT must be between 0 and 100.", notes=(f"got {share:g}",)
        )
    flags = {"round": "round", "floor": "floor", "weighted": "weighted"}
    values, chosen = read_options(rest, "trimmean", flag=flags, whole=WHOLE)
    array = floats(x, "trimmean")
    axes = reduced_axes(values, chosen.get("whole", False), array.shape, "trimmean")
    columns = np.sort(gathered(array, axes), axis=0)  # NaN last
    flag = chosen.get("flag", "round")
    found = np.full(columns.shape[1], np.nan)
    for place, column in enumerate(columns.T):
        known = column[~np.isnan(column)].astype(DOUBLE)
        if not known.size:
            continue
        cut = known.size * share / 200
        if flag == "weighted":
            whole = int(np.floor(cut))
            weights = np.ones(known.size - 2 * whole)
            weights[[0, -1]] -= cut - whole
            found[place] = (weights * known[whole : known.size - whole]).sum() / (known.size - 2 * cut)
        else:
            whole = int(np.floor(cut + 0.5 - 1e-12)) if flag == "round" else int(np.floor(cut))
            kept = known[whole : known.size - whole]
            found[place] = kept.mean() if kept.size else np.nan
    return scattered(found.astype(array.dtype).reshape(1, -1), array.shape, axes)


def of_positive(x, rest: tuple, name: str, function):
    values, chosen = read_options(rest, name, missing=MISSING_WORDS, whole=WHOLE)
    array = floats(x, name)
    if (array < 0).any():
        raise ScriptError(f"stats:{name}:BadData", "The data must all be non-negative numbers.")
    axes = reduced_axes(values, chosen.get("whole", False), array.shape, name)
    columns = gathered(array, axes)
    mean = np.nanmean if chosen.get("missing") else np.mean
    with np.errstate(divide="ignore"):
        found = without_complaint(function, columns, lambda part: mean(part, axis=0))
    return scattered(np.asarray(found).astype(array.dtype).reshape(1, -1), array.shape, axes)


@builtin
def geomean(x, /, *rest):
    """
    m = geomean(X)
    m = geomean(X, dim)
    m = geomean(X, 'all')
    m = geomean(..., nanflag)

    The geometric mean: the n-th root of the product.

    Examples
      >> m = geomean([1 4 16])
      m =
           4
      >> m = geomean([1 4; 4 9], 2)
      m =
           2
           6

    See also harmmean, trimmean, mean.
    """
    return of_positive(x, rest, "geomean", lambda columns, mean: np.exp(mean(np.log(columns))))


@builtin
def harmmean(x, /, *rest):
    """
    m = harmmean(X)
    m = harmmean(X, dim)
    m = harmmean(X, 'all')
    m = harmmean(..., nanflag)

    The harmonic mean: the reciprocal of the mean of reciprocals.

    Examples
      >> m = harmmean([1 3; 1 6])
      m =
           1     4
      >> m = harmmean([2 NaN 2], 'omitnan')
      m =
           2

    See also geomean, trimmean, mean.
    """
    return of_positive(x, rest, "harmmean", lambda columns, mean: 1 / mean(1 / columns))


def pixels(value, name: str) -> ndarray:
    array = require_real(value, name)
    return array.astype(DOUBLE).ravel("F")


@builtin
def mean2(x, /):
    """
    B = mean2(A)

    The mean of all elements, as double.

    Examples
      >> B = mean2(uint8([1 2; 3 4]))
      B =
          2.5000

    See also std2, corr2, mean.
    """
    return float(without_complaint(np.mean, pixels(x, "mean2")))


@builtin
def std2(x, /):
    """
    B = std2(A)

    The standard deviation of all elements, as double.

    Examples
      >> B = std2([1 2; 3 4])
      B =
          1.2910

    See also mean2, corr2, std.
    """
    flat = pixels(x, "std2")
    return float(without_complaint(np.std, flat, ddof=1 if flat.size > 1 else 0))


@builtin
def corr2(x, y, /):
    """
    R = corr2(A, B)

    The correlation coefficient of two matrices of one size.

    Examples
      >> R = corr2([1 2; 3 4], [2 4; 6 8])
      R =
           1

    See also mean2, std2, corrcoef.
    """
    first, second = require_real(x, "corr2"), require_real(y, "corr2")
    if first.shape != second.shape or first.ndim > 2:
        raise ScriptError(
            "images:corr2:notSameSize", "A and B must be matrices of the same size.",
            notes=(f"{size_text(first.shape)} and {size_text(second.shape)}",),
        )  # fmt: skip
    a, b = first.astype(DOUBLE).ravel("F"), second.astype(DOUBLE).ravel("F")
    a, b = a - without_complaint(np.mean, a), b - without_complaint(np.mean, b)
    with np.errstate(invalid="ignore", divide="ignore"):
        return norm(np.asarray((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())).reshape(1, 1))
