"""Scalar and cross products of vectors: dot, cross."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, require_numeric
from cnnscript.builtins.elementary.elements import operands
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.reductions import is_short, sum_
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import as_array, norm, size_text


@builtin
def dot(x, y, dim=None, /):
    """
    dot(A, B)
    dot(A, B, dim)

    Scalar product of vectors, or of the columns of matrices; A is conjugated.

    Examples
      >> dot([1 2 3], [4 5 6])
      ans =
          32
      >> dot([1 2; 3 4], [1 1; 1 1], 2)
      ans =
           3
           7

    See also cross, sum, mtimes.
    """
    if dim is None and is_short(x) and is_short(y) and x.size == y.size:
        return _short_dot(x.ravel().tolist(), y.ravel().tolist())
    a, b = require_numeric(x, "dot"), require_numeric(y, "dot")
    if dim is None and 1 in a.shape and 1 in b.shape and a.ndim == b.ndim == 2:
        if a.size != b.size:
            raise ScriptError(
                "MATLAB:dot:InputSizeMismatch", "A and B must be same size.", notes=(f"{a.size} and {b.size} elements",)
            )
        a, b = a.reshape((-1, 1), order="F"), b.reshape((-1, 1), order="F")
    if a.shape != b.shape:
        raise ScriptError(
            "MATLAB:dot:InputSizeMismatch",
            "A and B must be same size.",
            notes=(f"A is {size_text(a.shape)}", f"B is {size_text(b.shape)}"),
        )
    product = as_array(operators.times(norm(np.conj(a)), norm(b)))
    if product.shape != a.shape:
        product = product.reshape(a.shape, order="F")
    rest = (dim,) if dim is not None else ((1.0,) if a.shape[1] == 1 else ())
    return sum_(product, *rest, "native") if product.dtype.kind in "iu" else sum_(product, *rest)


def _short_dot(a: list[float], b: list[float]) -> float:
    """In order, as NumPy adds up to seven numbers."""
    total = a[0] * b[0]
    for k in range(1, len(a)):
        total += a[k] * b[k]
    return total


@builtin
def cross(x, y, dim=None, /):
    """
    cross(A, B)
    cross(A, B, dim)

    Vector product of vectors with three elements.

    Examples
      >> cross([1 0 0], [0 1 0])
      ans =
           0     0     1
      >> cross([1; 0; 0], [0; 0; 1], 1)
      ans =
           0
          -1
           0

    See also dot.
    """
    a, b, _ = operands(x, y, "cross")
    if a.shape != b.shape:
        if a.size == b.size == 3:
            a, b = a.reshape((3, 1), order="F"), b.reshape((3, 1), order="F")
        else:
            raise ScriptError(
                "MATLAB:cross:InputSizeMismatch",
                "A and B must be same size.",
                notes=(f"A is {size_text(a.shape)}", f"B is {size_text(b.shape)}"),
            )
    if dim is None:
        axis = next((axis for axis, length in enumerate(a.shape) if length == 3), None)
    else:
        axis = axis_of(dim, "cross")
    if axis is None or axis >= a.ndim or a.shape[axis] != 3:
        if dim is None and not (a.ndim == 2 and 1 in a.shape):
            raise ScriptError(
                "MATLAB:cross:InvalidDimAorB", "A and B must have at least one dimension of length 3."
            )
        raise ScriptError(
            "MATLAB:cross:InvalidDimAorBForCrossProd",
            "A and B must be of length 3 in the dimension in which the cross product is taken.",
        )
    p, q = np.moveaxis(a, axis, 0), np.moveaxis(b, axis, 0)
    result = np.stack([p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]])
    return norm(np.asfortranarray(np.moveaxis(result, 0, axis)))
