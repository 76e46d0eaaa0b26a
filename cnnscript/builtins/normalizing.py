"""Numbers brought to a common scale: zscore, normalize."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import (
    axis_of,
    first_axis,
    padded,
    require_numeric,
    without_complaint,
)
from cnnscript.builtins.quantiles import iqr
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics import floats
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.text import is_text


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
    center = without_complaint(array.mean, axis=axis, keepdims=True)
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
        return without_complaint(function, numbers, axis=axis, keepdims=True)

    def spread_of(numbers):
        return without_complaint(np.nanstd, numbers, axis=axis, keepdims=True, ddof=1 if numbers.shape[axis] > 1 else 0)

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
