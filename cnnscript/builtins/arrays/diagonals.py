"""Diagonals and blocks: diag, tril, triu, blkdiag, kron."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.arrays.dimensions import (
    require_memory,
    require_numeric,
    unsupported,
)
from cnnscript.builtins.elementary.elements import operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, OBJECT, as_array, is_empty, norm, size_text
from cnnscript.values.take import described


@builtin
def diag(x, k=0.0, /):
    """
    diag(v)
    diag(v, k)
    diag(A)
    diag(A, k)

    A matrix with a vector on its k-th diagonal, or the k-th diagonal of a matrix as a column.

    Examples
      >> diag([1 2])
      ans =
           1     0
           0     2
      >> diag([1 2; 3 4])
      ans =
           1
           4
      >> diag([1 2; 3 4], 1)
      ans =
           2

    See also eye, tril, triu, trace, blkdiag.
    """
    array, back = require_parts(x, "diag")
    place = take.integer(k, "Diagonal number K")
    if array.ndim > 2:
        raise ScriptError("MATLAB:diag:firstInputMustBe2D", "First input must be 2-D.", notes=(f"got {described(x)}",))
    if 1 in array.shape:
        if array.dtype == OBJECT:  # nothing to fill the rest with
            raise unsupported(x, "diag")
        count = array.size
        side = count + abs(place)
        require_memory((side, side), array.dtype.itemsize)
        result = np.zeros((side, side), array.dtype, order="F")
        rows = np.arange(count) + max(0, -place)
        result[rows, np.arange(count) + max(0, place)] = array.ravel("F")
        return back(result)
    if array.size == 0:
        return x if array.shape == (0, 0) and place == 0 else back(np.zeros((0, 1), array.dtype, order="F"))
    return back(np.array(np.diagonal(array, place)).reshape(-1, 1))


def triangle(x, k, name: str, function):
    array, back = require_parts(x, name)
    if array.ndim > 2:
        raise ScriptError(
            f"MATLAB:{name}:firstInputMustBe2D", "First input must be 2-D.", notes=(f"got {described(x)}",)
        )
    if array.dtype == OBJECT:
        raise unsupported(x, name)
    return back(np.asfortranarray(function(array, take.integer(k, "Diagonal number K"))))


@builtin
def tril(x, k=0.0, /):
    """
    tril(A)
    tril(A, k)

    The lower triangle: zeros above the k-th diagonal.

    Examples
      >> tril([1 2; 3 4])
      ans =
           1     0
           3     4
      >> tril([1 2; 3 4], -1)
      ans =
           0     0
           3     0

    See also triu, diag.
    """
    return triangle(x, k, "tril", np.tril)


@builtin
def triu(x, k=0.0, /):
    """
    triu(A)
    triu(A, k)

    The upper triangle: zeros below the k-th diagonal.

    Examples
      >> triu([1 2; 3 4])
      ans =
           1     2
           0     4
      >> triu([1 2; 3 4], 1)
      ans =
           0     2
           0     0

    See also tril, diag.
    """
    return triangle(x, k, "triu", np.triu)


@builtin
def blkdiag(*matrices):
    """
    blkdiag(A, B, ...)

    Matrices along the diagonal of a larger one.

    Examples
      >> blkdiag([1 2], 3)
      ans =
           1     2     0
           0     0     3

    See also diag, horzcat.
    """
    arrays = [require_numeric(matrix, "blkdiag") for matrix in matrices]
    for array in arrays:
        if array.ndim > 2:
            raise ScriptError(
                "MATLAB:blkdiag:inputsMustBe2D", "Inputs must be 2-D.", notes=(f"got {size_text(array.shape)}",)
            )
    shape = (sum_of(array.shape[0] for array in arrays), sum_of(array.shape[1] for array in arrays))
    dtype = np.result_type(*(array.dtype for array in arrays)) if arrays else DOUBLE
    result = np.zeros(shape, dtype, order="F")
    row = column = 0
    for array in arrays:
        result[row : row + array.shape[0], column : column + array.shape[1]] = array
        row += array.shape[0]
        column += array.shape[1]
    return norm(result)


def sum_of(numbers) -> int:
    total = 0
    for number in numbers:
        total += number
    return total


@builtin
def kron(x, y, /):
    """
    kron(A, B)

    Kronecker product: every element of A times the whole of B.

    Examples
      >> kron([1 2], [1; 1])
      ans =
           1     2
           1     2

    See also repmat, repelem, times.
    """
    a, b, dtype = operands(x, y, "kron") if is_empty(x) or is_empty(y) else (as_array(x), as_array(y), None)
    if dtype is not None:
        return norm(np.zeros((a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]), dtype, order="F"))
    rows, columns = a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]
    left = norm(np.repeat(np.repeat(require_numeric(x, "kron"), b.shape[0], 0), b.shape[1], 1))
    right = norm(np.tile(require_numeric(y, "kron"), a.shape))
    require_memory((rows, columns), 8)
    return operators.times(left, right)
