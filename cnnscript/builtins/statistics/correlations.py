"""Sequences against shifted ones: xcorr, xcov."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.text import is_text

SCALES = ("none", "biased", "unbiased", "normalized", "coeff")


def float_sequence(value, name: str) -> ndarray:
    """A vector or matrix of floats (integers and logicals become double)."""
    array = require_numeric(value, name)
    if is_text(value):
        raise take.wanted("numeric", "Input", value, f"signal:{name}:InvalidInput")
    array = array if array.dtype.kind in "fc" else array.astype(DOUBLE)
    if array.ndim > 2:
        raise ScriptError(f"signal:{name}:InvalidDimensions", "Input must be a vector or a matrix.")
    if not array.size:
        raise ScriptError(f"signal:{name}:EmptyInput", "Input must not be empty.")
    return array


def raw_correlation(first: ndarray, second: ndarray, count: int) -> ndarray:
    """Sums of first(n+m)*conj(second(n)) for m from -(count-1) to count-1."""
    from scipy.signal import correlate

    a, b = np.zeros(count, first.dtype), np.zeros(count, second.dtype)
    a[: first.size], b[: second.size] = first, second
    return correlate(a, b, "full", "direct" if count < 512 else "fft")


def correlated(nargout: int, x, rest: tuple, name: str, centred: bool):
    """xcorr, or (centred) xcov."""
    first = float_sequence(x, name)
    second, furthest, scale = None, None, "none"
    for item in rest:
        if is_text(item):
            scale = take.choice(item, SCALES, "Scale option")
        elif second is None and furthest is None and np.size(getattr(item, "data", item)) != 1:
            second = float_sequence(item, name)
        elif furthest is None:
            furthest = take.count(item, "Maximum lag")
        else:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if second is not None and (1 not in first.shape or 1 not in second.shape):
        raise ScriptError(
            f"signal:{name}:MismatchedAB", "When B is a vector, A must be a vector.",
            notes=("two vectors are correlated with each other, the columns of one matrix among themselves",),
        )  # fmt: skip
    row = first.shape[0] == 1
    if 1 in first.shape:
        columns = [first.ravel("F")]
        others = [columns[0] if second is None else second.ravel("F")]
    else:
        columns = others = list(first.T)
    if scale != "none" and second is not None and first.size != second.size:
        raise ScriptError(
            f"signal:{name}:NoScaleOption",
            f"Scale option must be 'none' for different length vectors. Received '{scale}'.",
            notes=(f"{first.size} and {second.size} elements",),
        )
    count = max(columns[0].size, others[0].size)
    furthest = count - 1 if furthest is None else furthest
    require_memory((2 * furthest + 1, len(columns) * len(others)), 16)
    if centred:
        columns = [part - part.mean() for part in columns]
        others = columns if second is None else [part - part.mean() for part in others]
    lags = np.arange(-furthest, furthest + 1)
    found = []
    for one in columns:
        for other in others:
            full = raw_correlation(one, other, count)
            if scale == "biased":
                full = full / count
            elif scale == "unbiased":
                full = full / (count - np.abs(np.arange(1 - count, count)))
            elif scale != "none":
                full = full / np.sqrt((np.abs(one) ** 2).sum() * (np.abs(other) ** 2).sum())
            kept = np.zeros(lags.size, full.dtype)
            inside = np.abs(lags) < count
            kept[inside] = full[lags[inside] + count - 1]
            found.append(kept)
    result = np.stack(found, axis=1)
    result = result.T if row else result
    return norm(np.asfortranarray(result)), norm(lags.astype(DOUBLE).reshape(1, -1))


@builtin(outputs=2)
def xcorr(nargout, x, /, *rest):
    """
    r = xcorr(x, y)
    r = xcorr(x)
    r = xcorr(..., maxlag)
    r = xcorr(..., scaleopt)
    [r, lags] = xcorr(...)

    Correlation of two sequences for each shift, of one with itself, or of all pairs of a matrix's columns; scaled
    'none', 'biased', 'unbiased' or 'normalized'.

    Examples
      >> r = xcorr([1 2 3], [0 1 2])
      r =
           2     5     8     3     0
      >> [r, lags] = xcorr([1 2 3], 1, 'biased')
      r =
          2.6667    4.6667    2.6667
      lags =
          -1     0     1

    See also xcov, conv, corrcoef.
    """
    return correlated(nargout, x, rest, "xcorr", False)


@builtin(outputs=2)
def xcov(nargout, x, /, *rest):
    """
    c = xcov(x, y)
    c = xcov(x)
    c = xcov(..., maxlag)
    c = xcov(..., scaleopt)
    [c, lags] = xcov(...)

    As xcorr, of sequences without their mean.

    Examples
      >> [c, lags] = xcov([1 2 3])
      c =
          -1     0     2     0    -1
      lags =
          -2    -1     0     1     2

    See also xcorr, cov.
    """
    return correlated(nargout, x, rest, "xcov", True)
