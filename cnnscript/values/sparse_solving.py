"""Linear equations with sparse matrices: `\\`, `/` and the inverse, through SciPy's SuperLU."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import COMPLEX, DOUBLE, as_array, ndarray, norm, size_of, size_text
from cnnscript.values.operands import narrowed
from cnnscript.values.sparse import Sparse, full_value, sparse_value, to_double
from cnnscript.values.warn import warn

SMALL = 400  # unknowns up to which rank-deficient and singular systems are treated as full ones


def divided(name: str, first: Any, second: Any) -> Any:
    """first / second or first \\ second with a sparse matrix among them: sparse when both are."""
    if name == "mrdivide":
        if size_of(first)[1] != size_of(second)[1]:
            raise _disagree(first, second)
        return _transposed(solved(_transposed(second), _transposed(first)))
    if size_of(first)[0] != size_of(second)[0]:
        raise _disagree(first, second)
    return solved(first, second)


def _disagree(first: Any, second: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:dimagree",
        "Matrix dimensions must agree.",
        notes=(f"left is {size_text(size_of(first))}", f"right is {size_text(size_of(second))}"),
    )


def _transposed(value: Any) -> Any:
    return operators.transpose(value)


def solved(matrix: Any, right: Any) -> Any:
    """The x with matrix * x = right."""
    if type(matrix) is not Sparse:
        return operators.mldivide(matrix, full_value(right))
    rows, columns = matrix.size()
    if rows != columns:
        return _as_given(_least_squares(matrix, as_array(full_value(right))), right)
    matrix = to_double(matrix)
    if not rows or 0 in size_of(right):
        return _as_given(np.zeros((columns, size_of(right)[1])), right)
    factors = _factored(matrix)
    if factors is None:  # exactly singular: Inf and NaN as elimination gives them
        warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
        return _as_given(_without_pivots(matrix, as_array(full_value(right))), right)
    reciprocal = reciprocal_condition(matrix, factors)
    if reciprocal < np.finfo(float).eps:
        number = f"{reciprocal:13.6e}"
        warn(
            "MATLAB:nearlySingularMatrix",
            f"Matrix is close to singular or badly scaled. Results may be inaccurate. RCOND = {number}.",
        )
    if type(right) is Sparse and right.size()[0] * right.size()[1] > LARGE:
        return _in_blocks(factors, matrix, right)
    return _as_given(_solution(factors, matrix, as_array(full_value(right))), right)


def _in_blocks(factors: Any, matrix: Sparse, right: Sparse) -> Sparse:
    """The solution for a large sparse right side, a few columns at a time."""
    from scipy.sparse import csc_array, hstack

    rows, columns = right.size()
    step = max(1, LARGE // (4 * rows))
    parts = [
        csc_array(_solution(factors, matrix, right.matrix[:, first : first + step].toarray()))
        for first in range(0, columns, step)
    ]
    return Sparse(canonical(hstack(parts, format="csc")))


def _solution(factors: Any, matrix: Sparse, given: ndarray) -> ndarray:
    if matrix.dtype == COMPLEX or given.dtype.kind == "c":
        return _complex_solution(factors, matrix, given)
    return factors.solve(given.astype(DOUBLE))


def _complex_solution(factors: Any, matrix: Sparse, given: ndarray) -> ndarray:
    if matrix.dtype == COMPLEX:
        return factors.solve(given.astype(np.complex128))
    return factors.solve(given.real.copy()) + 1j * factors.solve(given.imag.copy())


def _factored(matrix: Sparse) -> Any:
    from scipy.sparse.linalg import splu

    try:
        return splu(matrix.matrix)
    except RuntimeError:  # SuperLU's word for a zero pivot
        return None


def reciprocal_condition(matrix: Sparse, factors: Any) -> float:
    """An estimate of 1 / (norm1(A) * norm1(inv(A)))."""
    from scipy.sparse.linalg import LinearOperator, onenormest

    size = matrix.size()[0]
    own = float(np.abs(matrix.matrix).sum(axis=0).max())
    dtype = matrix.dtype
    if size <= 4:
        inverse_norm = float(np.abs(factors.solve(np.eye(size, dtype=dtype))).sum(axis=0).max())
    else:
        operator = LinearOperator(
            (size, size),
            matvec=lambda x: factors.solve(np.asarray(x, dtype)),
            rmatvec=lambda x: factors.solve(np.asarray(x, dtype), "H"),
            matmat=lambda x: factors.solve(np.asarray(x, dtype)),
            rmatmat=lambda x: factors.solve(np.asarray(x, dtype), "H"),
            dtype=dtype,
        )
        inverse_norm = float(onenormest(operator))
    if not np.isfinite(own * inverse_norm):
        return np.nan if np.isnan(own * inverse_norm) else 0.0
    return 1.0 / (own * inverse_norm) if own * inverse_norm else np.inf


def _without_pivots(matrix: Sparse, right: ndarray) -> ndarray:
    """What an exactly singular system gives: the full solver's answer, or Inf where it would be too large."""
    from cnnscript.values.matrices import _from_singular_factors, _substitute

    size = matrix.size()[0]
    if size > SMALL:
        return np.full((size, right.shape[1]), np.inf)
    array = matrix.full()
    lower, upper = not np.triu(array, 1).any(), not np.tril(array, -1).any()
    if lower or upper:
        return _substitute(array, right, lower)
    from scipy import linalg

    factors, pivots, _ = linalg.get_lapack_funcs("getrf", (array,))(array)
    return _from_singular_factors(factors, pivots, right)


LARGE = 20_000_000  # elements from which a tall matrix is not treated as a full one


def _least_squares(matrix: Sparse, right: ndarray) -> ndarray:
    rows, columns = matrix.size()
    if rows > columns and rows * columns > LARGE:
        solution = _augmented(matrix, right)
        if solution is not None:
            return solution
    return as_array(operators.mldivide(norm(to_double(matrix).full()), norm(right)))


def _augmented(matrix: Sparse, right: ndarray) -> ndarray | None:
    """Least squares through the sparse system [s*I A; A' 0] of residual and solution; None where A has not full
    rank."""
    from scipy.sparse import block_array, eye_array

    rows, columns = matrix.size()
    value = to_double(matrix)
    scale = float(np.abs(value.matrix.data).max(initial=0.0))
    if not scale:
        return None
    system = block_array([[scale * eye_array(rows), value.matrix], [value.matrix.conj().T, None]], format="csc")
    whole = Sparse(canonical(system))
    factors = _factored(whole)
    if factors is None or reciprocal_condition(whole, factors) < np.finfo(float).eps:
        return None
    padded = np.vstack([right, np.zeros((columns, right.shape[1]), right.dtype)])
    if whole.dtype == COMPLEX or padded.dtype.kind == "c":
        return _complex_solution(factors, whole, padded)[rows:]
    return factors.solve(padded.astype(DOUBLE))[rows:]


def _as_given(solution: ndarray, right: Any) -> Any:
    """Sparse where the right side is."""
    value = narrowed(np.asfortranarray(solution))
    return sparse_value(value) if type(right) is Sparse else value


def inverse(matrix: Sparse) -> Sparse:
    """The inverse of a square matrix, sparse; Inf everywhere (and a warning) for a singular one."""
    from scipy.sparse import eye_array

    size = matrix.size()[0]
    if not size:
        return matrix
    factors = _factored(to_double(matrix))
    if factors is None:
        warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
        return sparse_value(np.full((size, size), np.inf, order="F"))
    return solved(matrix, Sparse(canonical(eye_array(size, format="csc"))))
