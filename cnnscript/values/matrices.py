"""Matrix algebra: products, quotients (solving linear equations) and powers of matrices."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import ndarray, size_of, size_text
from cnnscript.values.operands import narrowed
from cnnscript.values.warn import warn


def matrix_multiply(a: ndarray, b: ndarray, integers: bool = False):
    """a * b of two arrays (neither a scalar)."""
    if integers:
        raise ScriptError(
            "MATLAB:mtimes:integerNotSupported",
            "MTIMES (*) is not fully supported for integer classes. At least one argument must be scalar.",
            hint="use TIMES (.*) for the elementwise product, or double(...)",
        )
    if a.ndim > 2 or b.ndim > 2:
        raise ScriptError(
            "MATLAB:mtimes:inputsMustBe2D",
            "Arguments must be 2-D, or at least one argument must be scalar. Use TIMES (.*) for elementwise "
            "multiplication, or use PAGEMTIMES to apply matrix multiplication to the pages of an N-D array.",
            notes=_sizes(a, b),
        )
    if a.shape[1] != b.shape[0]:
        raise ScriptError(
            "MATLAB:innerdim",
            "Incorrect dimensions for matrix multiplication. Check that the number of columns in the first matrix "
            "matches the number of rows in the second matrix. To operate on each element of the matrix individually, "
            "use TIMES (.*) for elementwise multiplication.",
            notes=_sizes(a, b),
        )
    require_memory((a.shape[0], b.shape[1]), 8)
    return narrowed((b.T @ a.T).T)


def _sizes(a, b) -> tuple[str, str]:
    return f"left is {size_text(size_of(a))}", f"right is {size_text(size_of(b))}"


# --------------------------------------------------------------------------------------------------- division
def matrix_divide(name: str, a, b, integers: bool = False):
    """a \\ b (name 'mldivide'), the x with a*x = b, or a / b (name 'mrdivide'), the x with x*b = a.

    Square systems are solved by triangular substitution, Cholesky or LU factors; others in the sense of least
    squares by QR with column pivoting, with as many zeros in x as the rank allows (MATLAB's basic solution).
    """
    if integers:
        written = "MRDIVIDE (/)" if name == "mrdivide" else "MLDIVIDE (\\)"
        raise ScriptError(
            f"MATLAB:{name}:integerNotSupported",
            f"{written} is not fully supported for integer classes. The divisor must be scalar.",
            hint="use double(...)",
        )
    a, b = np.atleast_2d(a), np.atleast_2d(b)
    if a.ndim > 2 or b.ndim > 2:
        raise ScriptError("MATLAB:inputsMustBe2D", "Arguments must be 2-D.", notes=_sizes(a, b))
    if name == "mrdivide":
        if a.shape[1] != b.shape[1]:
            raise _disagree(a, b)
        return narrowed(np.transpose(_solve(b.T, a.T)))
    if a.shape[0] != b.shape[0]:
        raise _disagree(a, b)
    return narrowed(_solve(a, b))


def _disagree(a, b) -> ScriptError:
    return ScriptError("MATLAB:dimagree", "Matrix dimensions must agree.", notes=_sizes(a, b))


def _solve(a: ndarray, b: ndarray) -> ndarray:
    """The x with a @ x = b."""
    rows, columns = a.shape
    dtype = np.result_type(a, b)
    if 0 in a.shape or 0 in b.shape:
        return np.zeros((columns, b.shape[1]), dtype)
    if rows != columns:
        return _least_squares(a, b)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        if not np.isfinite(a).all():
            warn("MATLAB:nearlySingularMatrix", _nearly_singular(np.nan))
        return np.full((columns, b.shape[1]), np.nan, dtype)
    from scipy import linalg

    lower, upper = not np.triu(a, 1).any(), not np.tril(a, -1).any()
    if lower or upper:
        diagonal = np.diagonal(a)
        if not diagonal.all():
            warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
            return _substitute(a, b, lower)
        factors, solution = None, linalg.solve_triangular(a, b, lower=not upper)
        reciprocal = _triangular_condition(a, upper)
    else:
        if np.array_equal(a, a.conj().T) and (np.diagonal(a).real > 0).all():
            try:
                factor = linalg.cho_factor(a)
                _warn_if_nearly_singular(_reciprocal_condition_cholesky(factor[0], a), a.dtype)
                return linalg.cho_solve(factor, b)
            except linalg.LinAlgError:
                factor = None  # symmetric but not positive definite: LU below
        factors, pivots, info = linalg.get_lapack_funcs("getrf", (a,))(a)
        if info > 0:
            warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
            return _from_singular_factors(factors, pivots, b)
        solution = linalg.lu_solve((factors, pivots), b)
        norm = np.abs(a).sum(0).max()
        reciprocal, _ = linalg.get_lapack_funcs("gecon", (factors,))(factors, norm)
    _warn_if_nearly_singular(reciprocal, a.dtype)
    return solution


def _nearly_singular(reciprocal: float) -> str:
    number = "NaN" if np.isnan(reciprocal) else f"{reciprocal:13.6e}"
    return f"Matrix is close to singular or badly scaled. Results may be inaccurate. RCOND = {number}."


def _warn_if_nearly_singular(reciprocal: float, dtype) -> None:
    if reciprocal < np.finfo(dtype).eps:
        warn("MATLAB:nearlySingularMatrix", _nearly_singular(float(reciprocal)))


def _triangular_condition(a: ndarray, upper: bool) -> float:
    from scipy import linalg

    return float(linalg.get_lapack_funcs("trcon", (a,))(a, uplo="U" if upper else "L")[0])


def _reciprocal_condition_cholesky(factor: ndarray, a: ndarray) -> float:
    from scipy import linalg

    return float(linalg.get_lapack_funcs("pocon", (factor,))(factor, np.abs(a).sum(0).max())[0])


def _substitute(a: ndarray, b: ndarray, lower: bool) -> ndarray:
    """Substitution through a triangular matrix with zeros on its diagonal: Inf and NaN as division makes them."""
    size = a.shape[0]
    x = np.array(b, np.result_type(a, b))
    for row in range(size) if lower else range(size - 1, -1, -1):
        done = slice(0, row) if lower else slice(row + 1, size)
        x[row] = (x[row] - a[row, done] @ x[done]) / a[row, row]
    return x


def _from_singular_factors(factors: ndarray, pivots: ndarray, b: ndarray) -> ndarray:
    x = np.array(b, np.result_type(factors, b))
    for row, other in enumerate(pivots):
        if other != row:
            x[[row, other]] = x[[other, row]]
    unit = np.tril(factors, -1) + np.eye(len(factors), dtype=factors.dtype)
    return _substitute(np.triu(factors), _substitute(unit, x, True), False)


def _least_squares(a: ndarray, b: ndarray) -> ndarray:
    from scipy import linalg

    rows, columns = a.shape
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return np.full((columns, b.shape[1]), np.nan, np.result_type(a, b))
    q, r, order = linalg.qr(a, mode="economic", pivoting=True)
    diagonal = np.abs(np.diagonal(r))
    tolerance = max(rows, columns) * np.finfo(r.dtype).eps * (diagonal[0] if diagonal.size else 0)
    rank = int((diagonal > tolerance).sum())
    if rank < min(rows, columns):
        warn("MATLAB:rankDeficientMatrix", f"Rank deficient, rank = {rank}, tol = {tolerance:13.6e}.")
    x = np.zeros((columns, b.shape[1]), np.result_type(a, b))
    if rank:
        x[order[:rank]] = linalg.solve_triangular(r[:rank, :rank], (q.conj().T @ b)[:rank])
    return x


# ------------------------------------------------------------------------------------------------------ powers
def matrix_power(a, b, integers: bool = False):
    """a ^ b where one is a square matrix and the other a scalar."""
    if integers:
        raise ScriptError(
            "MATLAB:mpower:integerNotSupported",
            "MPOWER (^) is not fully supported for integer classes. Both arguments must be scalar.",
            hint="use POWER (.^) for elementwise power, or double(...)",
        )
    base_is_matrix, exponent_is_matrix = type(a) is ndarray, type(b) is ndarray
    matrix = a if base_is_matrix else b
    if base_is_matrix and exponent_is_matrix or matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ScriptError(
            "MATLAB:square",
            "Incorrect dimensions for raising a matrix to a power. Check that the matrix is square and the power is a "
            "scalar. To operate on each element of the matrix individually, use POWER (.^) for elementwise power.",
            notes=_sizes(a, b),
        )
    if not matrix.size:
        return matrix
    if exponent_is_matrix:
        values, vectors = np.linalg.eig(b)
        return narrowed(_from_eigenvalues(np.power(np.asarray(a, np.complex128), values), vectors, matrix.dtype))
    if np.imag(b) == 0 and np.real(b) == np.trunc(np.real(b)) and abs(np.real(b)) < 2.0**31:
        exponent = int(np.real(b))
        if exponent < 0:
            a = _solve(a, np.eye(len(a), dtype=a.dtype))
        return narrowed(np.linalg.matrix_power(a, abs(exponent)))
    values, vectors = np.linalg.eig(a)
    return narrowed(_from_eigenvalues(np.power(values.astype(np.complex128), b), vectors, matrix.dtype))


def _from_eigenvalues(values: ndarray, vectors: ndarray, dtype) -> ndarray:
    """vectors * diag(values) / vectors, in the precision of `dtype`."""
    result = np.linalg.solve(vectors.T, (vectors * values).T).T
    return result.astype(np.complex64) if dtype in (np.float32, np.complex64) else result
