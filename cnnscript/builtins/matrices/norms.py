"""Norms and condition: norm, vecnorm, cond, rcond."""

from __future__ import annotations

from math import sqrt

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, require_numeric
from cnnscript.builtins.matrices.linear import float_matrix, inv, square_matrix
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.reductions import is_short
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none


@builtin(name="norm")
def norm_(x, kind=2.0, /):
    """
    norm(A)
    norm(v, p)
    norm(A, 'fro')

    Size of a vector or matrix: p is 1, 2 (default), Inf, -Inf or any number for vectors, 'fro' for Frobenius.

    Examples
      >> norm([3 4])
      ans =
           5
      >> norm([3 4], 1)
      ans =
           7
      >> norm([1 2; 3 4], 'fro')
      ans =
          5.4772

    See also vecnorm, normalize, hypot, dot.
    """
    if type(kind) is float and kind == 2.0 and is_short(x):
        squares = 0.0
        for number in x.ravel().tolist():
            squares += number * number
        if 1e-290 < squares < 1e290:
            return sqrt(squares)
    power = norm_order(kind)
    if power == "fro" and type(x) is ndarray and x.ndim > 2 and x.dtype.kind in "fc":  # of any number of dimensions
        return vector_norm(x.ravel("F"), 2.0) if x.size else 0.0
    array = float_matrix(x, "norm")
    if array.size == 0:
        return 0.0
    if 1 in array.shape:
        return vector_norm(array.ravel("F"), 2.0 if power == "fro" else power)
    if power == "fro":
        return vector_norm(array.ravel("F"), 2.0)
    if power == 2.0:
        if np.isnan(array).any():
            return float("nan")
        return norm(np.linalg.svd(array, compute_uv=False)[0])
    if power in (1.0, np.inf):
        return norm(np.abs(array).sum(axis=0 if power == 1.0 else 1).max())
    raise ScriptError(
        "MATLAB:norm:unknownNorm",
        "The only matrix norms available are 1, 2, inf, and 'fro'.",
        notes=(f"got {described(kind)}",),
    )


def norm_order(kind):
    if is_text(kind):
        word = (text_or_none(kind) or "").lower()
        found = {"fro": "fro", "inf": np.inf, "-inf": -np.inf}.get(word)
        if found is None:
            raise ScriptError(
                "MATLAB:norm:unknownNorm",
                "The only matrix norms available are 1, 2, inf, and 'fro'.",
                notes=(f"got {described(kind)}",),
            )
        return found
    return take.number(kind, "Norm")


def vector_norm(vector: ndarray, power: float):
    sizes = np.abs(vector)
    if power == 2.0:
        largest = sizes.max()
        if not np.isfinite(largest) or largest == 0 or 1e-150 < largest < 1e150:
            return norm(np.sqrt(np.add.reduce(sizes * sizes)))
        return norm(largest * np.sqrt(np.add.reduce((sizes / largest) ** 2)))
    if power == np.inf:
        return norm(np.fmax.reduce(sizes))
    if power == -np.inf:
        return norm(np.fmin.reduce(sizes))
    if power == 1.0:
        return norm(np.add.reduce(sizes))
    if power == 0.0:
        return norm(np.float64(np.inf))
    return norm(np.add.reduce(sizes**power) ** (1 / power))


@builtin
def vecnorm(x, p=2.0, dim=None, /):
    """
    vecnorm(A)
    vecnorm(A, p)
    vecnorm(A, p, dim)

    Norm of each column, or along a dimension.

    Examples
      >> vecnorm([3 0; 4 2])
      ans =
           5     2
      >> vecnorm([3 -4], 1, 2)
      ans =
           7

    See also norm, normalize.
    """
    array = require_numeric(x, "vecnorm")
    power = 2.0 if type(p) is ndarray and p.size == 0 else norm_order(p)
    if dim is None:
        axis = next((axis for axis, length in enumerate(array.shape) if length != 1), 0)
    else:
        axis = axis_of(dim, "vecnorm")
    if axis >= array.ndim:
        return norm(np.abs(array))
    sizes = np.abs(array).astype(array.real.dtype if array.dtype.kind in "fc" else DOUBLE)
    if power == np.inf:
        result = sizes.max(axis=axis, keepdims=True)
    elif power == 1.0:
        result = sizes.sum(axis=axis, keepdims=True)
    elif power == 2.0:
        result = np.sqrt((sizes * sizes).sum(axis=axis, keepdims=True))
    else:
        result = (sizes**power).sum(axis=axis, keepdims=True) ** (1 / power)
    return norm(np.asfortranarray(result))


@builtin
def cond(x, p=2.0, /):
    """
    cond(A)
    cond(A, p)

    Condition number for inversion.

    Examples
      >> cond([2 0; 0 1])
      ans =
           2
      >> cond([2 0; 0 1], 1)
      ans =
           2

    See also rcond, norm, inv.
    """
    array = float_matrix(x, "cond")
    if array.size == 0:
        return 0.0
    if not np.isfinite(array).all():
        return float("nan") if np.isnan(array).any() else float("inf")
    if norm_order(p) == 2.0:
        values = np.linalg.svd(array, compute_uv=False)
        return norm(values[0] / values[-1]) if values[-1] else float("inf")
    return operators.times(norm_(x, p), norm_(inv(x), p))


@builtin
def rcond(x, /):
    """
    rcond(A)

    Reciprocal of the condition number in the 1-norm: near 0 for badly conditioned matrices.

    Examples
      >> rcond([2 0; 0 1])
      ans =
          0.5000

    See also cond, inv.
    """
    array = square_matrix(x, "rcond")
    if array.size == 0:
        return float("inf")
    try:
        inverse = np.linalg.inv(array)
    except np.linalg.LinAlgError:
        return 0.0
    return norm(1 / (np.abs(array).sum(axis=0).max() * np.abs(inverse).sum(axis=0).max()))
