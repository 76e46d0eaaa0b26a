"""The k largest and smallest elements, bounds, and what is rescaled to them."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    axis_of,
    first_axis,
    gathered,
    padded,
    require_numeric,
    scattered,
)
from cnnscript.builtins.arrays.extremes import MAX, MIN, Order, extreme, method_of, numbers_or_logical
from cnnscript.builtins.elementary.elements import aligned_together
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import DOUBLE, as_array, norm, numel_of
from cnnscript.values.take import described


def several(order: Order, x, count, dim, method):
    """maxk or mink: the first k of a stable sort."""
    from cnnscript.builtins.arrays.sorting import sorted_columns

    name = order.name + "k"
    array = as_array(numbers_or_logical(x, name))
    wanted = require_numeric(count, name)
    if wanted.size != 1 or wanted.dtype.kind == "c" or not wanted.item() >= 0 or wanted.item() != wanted.item() // 1:
        raise ScriptError(
            "MATLAB:topk:InvalidK",
            "The number of elements to return must be a nonnegative scalar integer.",
            notes=(f"got {described(count)}",),
        )
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    shape = padded(array, (axis,)).shape
    columns = gathered(array, (axis,))
    values, places = sorted_columns(columns, order.largest, method_of(method), missing_last=True)
    k = min(int(wanted.item()), columns.shape[0])
    return scattered(values[:k], shape, (axis,)), scattered(places[:k].astype(DOUBLE) + 1, shape, (axis,))


@builtin(outputs=2)
def maxk(nargout, x, k, dim=None, /, *, ComparisonMethod=None):
    """
    maxk(A, k)
    maxk(A, k, dim)
    [B, I] = maxk(...)
    maxk(..., ComparisonMethod=method)

    The k largest elements along a dimension, largest first, and where they are.

    Options
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> maxk([3 9 2 7], 2)
      ans =
           9     7
      >> maxk([3 9; 2 7], 1, 2)
      ans =
           9
           7
      >> [b, i] = maxk([3 9 2 7], 2)
      b =
           9     7
      i =
           2     4

    See also mink, max, sort.
    """
    return several(MAX, x, k, dim, ComparisonMethod)


@builtin(outputs=2)
def mink(nargout, x, k, dim=None, /, *, ComparisonMethod=None):
    """
    mink(A, k)
    mink(A, k, dim)
    [B, I] = mink(...)
    mink(..., ComparisonMethod=method)

    The k smallest elements along a dimension, smallest first, and where they are.

    Options
      ComparisonMethod  'auto' (default), 'real' or 'abs'

    Examples
      >> [b, i] = mink([3 9 2 7], 2)
      b =
           2     3
      i =
           3     1

    See also maxk, min, sort.
    """
    return several(MIN, x, k, dim, ComparisonMethod)


@builtin(outputs=2)
def bounds(nargout, x, /, *rest):
    """
    [S, L] = bounds(A)
    [S, L] = bounds(A, dim)
    [S, L] = bounds(A, 'all')

    Smallest and largest elements.

    Examples
      >> [s, l] = bounds([3 9 2])
      s =
           2
      l =
           9

    See also min, max, range.
    """
    empty = np.zeros((0, 0))
    return extreme(MIN, 1, x, (empty, *rest), "auto"), extreme(MAX, 1, x, (empty, *rest), "auto")


@builtin(name="range")
def range_(x, /, *rest):
    """
    range(A)
    range(A, dim)
    range(A, 'all')

    Largest minus smallest element.

    Examples
      >> range([3 9 2])
      ans =
           7

    See also bounds, max, min, iqr.
    """
    smallest, largest = bounds(2, x, *rest)
    return operators.minus(largest, smallest)


@builtin
def rescale(x, low=0.0, high=1.0, /, *, InputMin=None, InputMax=None):
    """
    rescale(A)
    rescale(A, l, u)
    rescale(..., InputMin=a, InputMax=b)

    Numbers scaled from their own range to 0 ... 1, or to l ... u.

    Options
      InputMin  what becomes l (default: the smallest element); smaller ones are clipped
      InputMax  what becomes u (default: the largest element); larger ones are clipped

    Examples
      >> rescale([1 2 5])
      ans =
               0    0.2500    1.0000
      >> rescale([1 2 5], -1, 1)
      ans =
         -1.0000   -0.5000    1.0000
      >> rescale([1 2 5], InputMin=0, InputMax=4)
      ans =
          0.2500    0.5000    1.0000

    See also normalize, mat2gray, bounds.
    """
    array = require_numeric(x, "rescale")
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:rescale:ComplexInput", "Input data must be real.")
    working = array.dtype if array.dtype.kind == "f" else np.dtype(DOUBLE)
    array = array.astype(working, copy=False)
    if numel_of(x) == 0:
        return norm(array)
    limits = []
    for bound, reduce in ((InputMin, np.fmin), (InputMax, np.fmax)):
        if bound is None:
            limits.append(reduce.reduce(array, axis=None).reshape(1, 1))
        else:
            limits.append(require_numeric(bound, "rescale").astype(working))
    bottom, top = (require_numeric(value, "rescale").astype(working) for value in (low, high))
    array, smallest, largest, bottom, top = aligned_together(array, *limits, bottom, top)
    if np.any(smallest > largest):
        raise ScriptError(
            "MATLAB:rescale:minGreaterThanMax", "Value of InputMin must be less than or equal to InputMax."
        )
    if np.any(bottom > top):
        raise ScriptError(
            "MATLAB:rescale:InvalidRange", "The lower bound must be less than or equal to the upper bound."
        )
    array = np.minimum(np.maximum(array, smallest), largest)
    width = largest - smallest
    # halves keep a wide range from overflowing; a constant array becomes the lower bound
    scaled = np.where(width == 0, bottom, bottom + (array - smallest) / np.where(width == 0, 1, width) * (top - bottom))
    scaled = np.where((width != 0) & (array == largest), top, scaled)
    return norm(np.asfortranarray(scaled.astype(working, copy=False)))
