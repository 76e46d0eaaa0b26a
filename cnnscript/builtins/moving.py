"""Statistics over a sliding window: movmean, movsum, movmax, movmin, movmedian, movstd."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import (
    MISSING_WORDS,
    axis_of,
    first_axis,
    read_options,
    require_real,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, norm


def moving(x, window, rest: tuple, name: str, function):
    """A statistic over a sliding window, shrinking at the ends."""
    array = require_real(x, name).astype(DOUBLE)
    size = take.vector(window, "Window length")
    if size.size not in (1, 2) or not (size >= 0).all() or (size.size == 1 and size[0] == 0):
        raise take.wanted("a positive number or a pair of numbers not below 0", "Window length", window)
    size = np.minimum(size, 2 * max(array.shape) + 1)  # more reaches no further; it may be Inf
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
        result[place] = without_complaint(function, part, omit)
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
def movvar(x, k, /, *rest):
    """
    movvar(A, k)
    movvar(A, [before after])
    movvar(..., dim)

    Variance over a window of k elements around each element, fewer at the ends.

    Examples
      >> movvar([1 2 6], 3)
      ans =
          0.5000    7.0000    8.0000

    See also var, movstd.
    """
    return moving(x, k, rest, "movvar", lambda part, omit: np.var(part, axis=0, ddof=1 if part.shape[0] > 1 else 0))


@builtin
def movprod(x, k, /, *rest):
    """
    movprod(A, k)
    movprod(A, [before after])
    movprod(..., dim)

    Product over a window of k elements around each element, fewer at the ends.

    Examples
      >> movprod([1 2 6 3], 3)
      ans =
           2    12    36    18

    See also prod, movsum.
    """
    return moving(x, k, rest, "movprod", lambda part, omit: (np.nanprod if omit else np.prod)(part, axis=0))


@builtin
def movmad(x, k, /, *rest):
    """
    movmad(A, k)
    movmad(A, [before after])
    movmad(..., dim)

    Median absolute deviation over a window of k elements around each element, fewer at the ends.

    Examples
      >> movmad([1 2 6 3], 3)
      ans =
          0.5000    1.0000    1.0000    1.5000

    See also mad, movmedian.
    """

    def deviation(part, omit):
        middle = np.nanmedian if omit else np.median
        return middle(np.abs(part - middle(part, axis=0)), axis=0)

    return moving(x, k, rest, "movmad", deviation)


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
