"""Repetition and grids: repmat, repelem, meshgrid, ndgrid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import length_of, require_memory, require_numeric, trimmed
from cnnscript.builtins.elementary.elements import rows_together
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import (
    ndarray,
    norm,
)
from cnnscript.values.times import TimeArray


@builtin
def repmat(x, first, /, *rest):
    """
    repmat(A, n)
    repmat(A, m, n, ...)
    repmat(A, [m n ...])

    Copies of an array, laid beside each other.

    Examples
      >> repmat([1 2], 2, 2)
      ans =
           1     2     1     2
           1     2     1     2
      >> repmat('ab', 1, 3)
      ans =
          'ababab'

    See also repelem, cat, kron.
    """
    lengths: list[int] = []
    for item in (first, *rest):
        if type(item) is ndarray:
            lengths += [length_of(norm(part), "repmat") for part in item.ravel("F")]
        else:
            lengths.append(length_of(item, "repmat"))
    if len(lengths) == 1:
        lengths *= 2
    array, back = require_parts(x, "repmat")
    shape = array.shape + (1,) * (len(lengths) - array.ndim)
    lengths += [1] * (len(shape) - len(lengths))
    total = tuple(a * b for a, b in zip(shape, lengths, strict=True))
    require_memory(total, array.dtype.itemsize)
    if array.size == 1:
        result = np.empty(total, array.dtype, order="F")
        result[...] = array.item() if array.dtype != object else array.reshape(-1)[0]
        if array.dtype == object:
            result.fill(array.reshape(-1)[0])
    else:
        # tiled as the transpose, which is column-major without another copy
        result = np.tile(array.reshape(shape, order="F").T, lengths[::-1]).T
    return back(result.reshape(trimmed(list(total)), order="F"))


@builtin
def repelem(x, first, /, *rest):
    """
    repelem(v, n)
    repelem(v, counts)
    repelem(A, m, n, ...)

    Copies of each element, in place.

    Examples
      >> repelem([1 2 3], 2)
      ans =
           1     1     2     2     3     3
      >> repelem([7 8], [1 3])
      ans =
           7     8     8     8
      >> repelem([1 2; 3 4], 1, 2)
      ans =
           1     1     2     2
           3     3     4     4

    See also repmat, kron.
    """
    array, back = require_parts(x, "repelem")
    counts = [require_numeric(item, "repelem").ravel("F") for item in (first, *rest)]
    for count in counts:
        usual = count.dtype.kind != "c" and np.isfinite(count).all()
        if not usual or np.any(count < 0) or np.any(count != np.floor(count)):
            raise ScriptError(
                "MATLAB:repelem:invalidReplications",
                "Replication factors must be real, nonnegative integers in the index range.",
            )
    if len(counts) == 1:
        if array.ndim > 2 or 1 not in array.shape:
            raise ScriptError(
                "MATLAB:repelem:invalidInputs",
                "Replication factors must be specified for each dimension: A is not a vector.",
            )
        axes = [0] if array.shape[1] == 1 and array.shape[0] != 1 else [1]
    else:
        axes = list(range(len(counts)))
    array = array.reshape(array.shape + (1,) * (max(axes) + 1 - array.ndim), order="F")
    for axis, count in zip(axes, counts, strict=True):
        if count.size not in (1, array.shape[axis]):
            raise ScriptError(
                "MATLAB:repelem:mismatchedReplications",
                "Replication vectors must have as many elements as the corresponding dimension of the input.",
                notes=(f"dimension {axis + 1} has {array.shape[axis]}, the vector {count.size}",),
            )
        copies = float(count.sum()) if count.size > 1 else float(count[0]) * array.shape[axis]
        lengths = (*array.shape[:axis], int(min(copies, 2.0**62)), *array.shape[axis + 1 :])
        require_memory(lengths, array.dtype.itemsize)
        array = np.repeat(array, count.astype(np.int64), axis=axis)
    return back(np.asfortranarray(array.reshape(trimmed(list(array.shape)), order="F")))


# ------------------------------------------------------------------------------------------------------------- grids
@builtin(outputs=3)
def meshgrid(nargout, x, y=None, z=None, /):
    """
    [X, Y] = meshgrid(x, y)
    [X, Y] = meshgrid(x)
    [X, Y, Z] = meshgrid(x, y, z)

    Coordinates of a grid: X varies along the columns, Y along the rows; of numbers, times or categories.

    Examples
      >> [X, Y] = meshgrid(1:3, 1:2)
      X =
           1     2     3
           1     2     3
      Y =
           1     1     1
           2     2     2
      >> [X, Y, Z] = meshgrid(1:2, 1, 5)
      X =
           1     2
      Y =
           1     1
      Z =
           5     5

    See also ndgrid.
    """
    a, back = along(x)
    b, back_y = (a, back) if y is None else along(y)
    if z is None and nargout < 3:
        shape = (b.size, a.size)
        require_memory(shape, 8)
        return back(rows_together(np.broadcast_to(a, shape))), back_y(rows_together(np.broadcast_to(b[:, None], shape)))
    if z is None and y is not None:
        raise ScriptError("MATLAB:meshgrid:NotEnoughInputs", "Not enough input arguments.")
    c, back_z = (a, back) if z is None else along(z)
    shape = (b.size, a.size, c.size)
    require_memory(shape, 8)
    parts = ((a[None, :, None], back), (b[:, None, None], back_y), (c[None, None, :], back_z))
    return tuple(made(rows_together(np.broadcast_to(part, shape))) for part, made in parts)


def along(value) -> tuple[ndarray, Callable]:
    """What a grid repeats along an axis, and what makes a value of its class of it: times and categories, too."""
    if isinstance(value, Categorical | TimeArray):
        array, back = require_parts(value, "meshgrid")
        return array.ravel("F"), back
    return require_numeric(value, "meshgrid").ravel("F"), lambda array: array


@builtin
def ndgrid(nargout, first, /, *rest):
    """
    [X1, X2, ...] = ndgrid(x1, x2, ...)
    [X1, X2] = ndgrid(x)

    Coordinates of a grid: the k-th output varies along dimension k.

    Examples
      >> [a, b] = ndgrid(1:2, 1:3)
      a =
           1     1     1
           2     2     2
      b =
           1     2     3
           1     2     3

    See also meshgrid.
    """
    vectors = [require_numeric(item, "ndgrid").ravel("F") for item in (first, *rest)]
    if len(vectors) == 1:
        vectors *= max(2, nargout)
    shape = tuple(vector.size for vector in vectors)
    require_memory(shape, 8)
    grids = []
    for axis, vector in enumerate(vectors):
        place = [1] * len(shape)
        place[axis] = vector.size
        grids.append(rows_together(np.broadcast_to(vector.reshape(place), shape)))
    return tuple(grids)
