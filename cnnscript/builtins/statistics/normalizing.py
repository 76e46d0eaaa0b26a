"""Numbers brought to a common scale: zscore, normalize."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    axis_of,
    first_axis,
    padded,
    require_numeric,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.quantiles import axes_named, iqr
from cnnscript.builtins.statistics.statistics import floats
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.text import is_text, text_or_none


@builtin(outputs=3)
def zscore(nargout, x, flag=0.0, dim=None, /):
    """
    zscore(X)
    zscore(X, flag)
    zscore(X, flag, dim)
    zscore(X, flag, [dim1 dim2 ...])
    zscore(X, flag, 'all')
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
    axes = tuple(axis for axis in axes_named(dim, array.shape, "zscore") if axis < array.ndim)
    if not axes:
        return norm(np.zeros_like(array)), x, norm(np.zeros_like(array))
    center = without_complaint(array.mean, axis=axes, keepdims=True)
    count = prod(array.shape[axis] for axis in axes)
    by_count = take.number(flag, "Flag") == 1.0 if type(flag) is not ndarray else False
    size = np.sqrt(
        (np.abs(array - center) ** 2).sum(axis=axes, keepdims=True) / (count if by_count or count == 1 else count - 1)
    )
    scaled = (array - center) / np.where(size == 0, 1, size)
    return tuple(norm(np.asfortranarray(part)) for part in (scaled, center, size))


METHODS = ("zscore", "norm", "scale", "range", "center", "medianiqr")


@builtin(outputs=3)
def normalize(nargout, x, /, *rest):
    """
    normalize(A)
    normalize(A, dim)
    normalize(..., method)
    normalize(..., method, type)
    normalize(..., 'center', type, 'scale', type)
    [N, C, S] = normalize(...)

    Numbers scaled along a dimension: N = (A - C) ./ S.

    Methods and their types: 'zscore' ('std' or 'robust'), 'norm' (p), 'scale' ('std', 'mad', 'first', 'iqr' or
    numbers), 'range' ([a b]), 'center' ('mean', 'median' or numbers), 'medianiqr'.  Where S would be 0 it is 1.

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
      >> normalize([1 2 5], 'center', 'median', 'scale', 'first')
      ans =
          -1     0     3
      >> [N, C, S] = normalize([2 4 6])
      N =
          -1     0     1
      C =
           4
      S =
           2

    See also rescale, zscore.
    """
    array = floats(require_numeric(x, "normalize"), "normalize", x)
    rest = list(rest)
    axis = first_axis(array.shape)
    if rest and not is_text(rest[0]):
        axis = axis_of(rest.pop(0), "normalize")
    array = padded(array, (axis,))
    chosen = requested(rest)
    center, scale = 0.0, 1.0
    for method, kind in chosen.items():
        found_center, found_scale = normal_parts(array, axis, method, kind)
        center = center if method == "scale" else found_center
        scale = scale if method == "center" else found_scale
    shape = tuple(1 if place == axis else length for place, length in enumerate(array.shape))
    scale = np.where(np.asarray(scale) == 0, 1.0, scale)
    parts = ((array - center) / scale, center + np.zeros(shape), scale + np.zeros(shape))
    return tuple(norm(np.asfortranarray(np.asarray(part).astype(array.dtype, copy=False))) for part in parts)


def requested(rest: list) -> dict:
    """Methods asked for and their types (None: the usual one); only 'center' and 'scale' go together."""
    chosen: dict = {}
    rest = list(rest)
    while rest:
        method = take.choice(rest.pop(0), METHODS, "Method")
        kind = None
        if rest and not (chosen_word(rest[0]) and method in ("center", "scale", "medianiqr")):
            kind = rest.pop(0)
        chosen[method] = kind
    if len(chosen) > 1 and set(chosen) != {"center", "scale"}:
        raise ScriptError(
            "MATLAB:normalize:InvalidMethodCombination",
            "Only the 'center' and 'scale' methods can be used together.",
            notes=("got " + ", ".join(chosen),),
        )
    return chosen or {"zscore": None}


def chosen_word(value) -> bool:
    """Whether a value is the name of another method."""
    return (text_or_none(value) or "").lower() in ("center", "scale")


def normal_parts(array: ndarray, axis: int, method: str, kind) -> tuple:
    """Center and scale of a method of normalize."""

    def along(function, numbers=array, **named):
        return without_complaint(function, numbers, axis=axis, keepdims=True, **named)

    def deviation():
        return along(np.nanstd, ddof=1 if array.shape[axis] > 1 else 0)

    def middle_deviation():
        return along(np.nanmedian, np.abs(array - along(np.nanmedian)))

    if method == "range":
        limits = take.vector(kind, "Range").tolist() if kind is not None else [0.0, 1.0]
        if len(limits) != 2 or not limits[0] < limits[1]:
            raise take.wanted("two increasing numbers", "Range", kind)
        low, high = limits
        smallest = along(np.nanmin)
        width = (along(np.nanmax) - smallest) / (high - low)
        width = np.where(width == 0, 1.0, width)
        return smallest - low * width, width
    if method == "norm":
        power = 2.0 if kind is None else take.number(kind, "Norm")
        sizes = np.abs(array)
        return 0.0, along(np.nanmax, sizes) if power == np.inf else along(np.nansum, sizes**power) ** (1 / power)
    if method == "medianiqr":
        return along(np.nanmedian), quartile_range(array, axis)
    if method == "center":
        if kind is not None and not is_text(kind):
            return require_numeric(kind, "normalize"), 1.0
        word = "mean" if kind is None else take.choice(kind, ("mean", "median"), "Center")
        return along(np.nanmean if word == "mean" else np.nanmedian), 1.0
    if method == "scale":
        if kind is not None and not is_text(kind):
            return 0.0, require_numeric(kind, "normalize")
        word = "std" if kind is None else take.choice(kind, ("std", "mad", "first", "iqr"), "Scale")
        if word == "first":
            return 0.0, np.take(array, [0], axis=axis)
        return 0.0, {"std": deviation, "mad": middle_deviation, "iqr": lambda: quartile_range(array, axis)}[word]()
    if kind is not None and take.choice(kind, ("std", "robust"), "Type") == "robust":
        return along(np.nanmedian), middle_deviation()
    return along(np.nanmean), deviation()


def quartile_range(array: ndarray, axis: int) -> ndarray:
    result = iqr(norm(array), float(axis + 1))
    shape = tuple(1 if place == axis else length for place, length in enumerate(array.shape))
    return np.reshape(result, shape, order="F")
