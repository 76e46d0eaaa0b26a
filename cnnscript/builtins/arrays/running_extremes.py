"""Running extremes: cummax and cummin."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    MISSING_WORDS,
    axis_of,
    first_axis,
    read_options,
)
from cnnscript.builtins.arrays.extremes import MAX, MIN, Order, numbers_or_logical
from cnnscript.builtins.registry import builtin
from cnnscript.values.numeric import DOUBLE, as_array, norm


def running_extreme(order: Order, nargout: int, x, rest: tuple, name: str):
    array = as_array(numbers_or_logical(x, name))
    values, words = read_options(rest, name, missing=MISSING_WORDS, direction={"forward": False, "reverse": True})
    axis = axis_of(values[0], name) if values else first_axis(array.shape)
    if axis >= array.ndim or not array.size:
        return norm(array) if nargout < 2 else (norm(array), norm(np.ones(array.shape, order="F")))
    backwards, omit = words.get("direction", False), words.get("missing", True)
    turned = np.flip(array, axis) if backwards else array
    function = order.skipping if omit and array.dtype.kind == "f" else order.reduce
    result = function.accumulate(turned, axis=axis)
    if nargout < 2:
        return norm(np.asfortranarray(np.flip(result, axis) if backwards else result))
    length = array.shape[axis]
    counting = np.arange(length).reshape((-1,) + (1,) * (array.ndim - axis - 1))
    first = np.take(turned, [0], axis=axis)
    before = np.concatenate([first, np.take(result, range(length - 1), axis=axis)], axis=axis)
    changed = (result != before) & ~(np.isnan(result) if result.dtype.kind == "f" else np.zeros(result.shape, bool))
    places = np.maximum.accumulate(np.where(changed, counting, 0), axis=axis)
    if backwards:
        places, result = np.flip(length - 1 - places, axis), np.flip(result, axis)
    return norm(np.asfortranarray(result)), norm(np.asfortranarray(places.astype(DOUBLE) + 1))


@builtin(outputs=2)
def cummax(nargout, x, /, *rest):
    """
    cummax(A)
    cummax(A, dim)
    [M, I] = cummax(...)

    Largest element so far, along a dimension; 'forward' or 'reverse'.

    Examples
      >> cummax([3 1 4 1 5])
      ans =
           3     3     4     4     5
      >> [m, i] = cummax([3 1 4])
      m =
           3     3     4
      i =
           1     1     3

    See also cummin, max, cumsum.
    """
    return running_extreme(MAX, nargout, x, rest, "cummax")


@builtin(outputs=2)
def cummin(nargout, x, /, *rest):
    """
    cummin(A)
    cummin(A, dim)
    [M, I] = cummin(...)

    Smallest element so far, along a dimension; 'forward' or 'reverse'.

    Examples
      >> cummin([3 1 4])
      ans =
           3     1     1
      >> [m, i] = cummin([3 1 4])
      m =
           3     1     1
      i =
           1     2     2

    See also cummax, min.
    """
    return running_extreme(MIN, nargout, x, rest, "cummin")
