"""Least squares of least length: lsqminnorm."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.matrices.linear import finite_matrix, float_matrix, given
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import size_text
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn


@builtin
def lsqminnorm(a, b, /, *rest):
    """
    X = lsqminnorm(A, B)
    X = lsqminnorm(A, B, tol)
    X = lsqminnorm(..., rankWarn)

    The X of least norm among those for which norm(A*X - B) is least; singular values up to tol count as zero;
    rankWarn is 'warn' or 'nowarn' (default).

    Examples
      >> X = lsqminnorm([1 1; 1 1], [2; 2])
      X =
          1.0000
          1.0000

    See also mldivide, pinv, lscov.
    """
    matrix, right = finite_matrix(float_matrix(a, "lsqminnorm"), "lsqminnorm"), float_matrix(b, "lsqminnorm")
    right = finite_matrix(right, "lsqminnorm")
    if len(matrix) != len(right):
        raise ScriptError(
            "MATLAB:dimagree", "Matrix dimensions must agree.",
            notes=(f"A is {size_text(matrix.shape)}", f"B is {size_text(right.shape)}"),
        )  # fmt: skip
    tolerance, loud = None, False
    for item in rest:
        if is_text(item):
            loud = take.choice(item, ("nowarn", "warn"), "Option") == "warn"
        else:
            tolerance = take.number(item, "Tolerance")
    left, sizes, turned = np.linalg.svd(matrix, full_matrices=False)
    if tolerance is None:
        tolerance = max(matrix.shape) * np.finfo(sizes.dtype).eps * sizes.max(initial=0)
    kept = sizes > tolerance
    if loud and not kept.all():
        warn("MATLAB:rankDeficientMatrix", f"Rank deficient, rank = {int(kept.sum())}, tol = {tolerance:e}.")
    core = (left[:, kept].conj().T @ right) / sizes[kept, None]
    return given(turned[kept].conj().T @ core)
