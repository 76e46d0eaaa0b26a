"""Linear algebra: inv, pinv, det, rank, trace, null, orth, rref, expm, logm, sqrtm.

SciPy is imported by the functions that need it, when they first do.
"""

from __future__ import annotations

import warnings

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, unsupported
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn


def float_matrix(x, name: str) -> ndarray:
    """A matrix of floats; MATLAB's errors for other classes and more dimensions."""
    array = require_numeric(x, name)
    if array.dtype.kind in "iu":
        raise unsupported(x, name)
    if array.ndim > 2:
        raise ScriptError(f"MATLAB:{name}:inputMustBe2D", "Input must be 2-D.", notes=(f"got {described(x)}",))
    return array.astype(DOUBLE) if array.dtype.kind == "b" else array


def square_matrix(x, name: str) -> ndarray:
    array = float_matrix(x, name)
    if array.shape[0] != array.shape[1]:
        sentence = "Input matrix must be square." if name in ("eig", "expm") else "Matrix must be square."
        identifier = "MATLAB:expm:inputMustBeSquare" if name == "expm" else "MATLAB:square"
        raise ScriptError(identifier, sentence, notes=(f"{name} got {size_text(array.shape)}",))
    return array


def finite_matrix(array: ndarray, name: str) -> ndarray:
    if not np.isfinite(array).all():
        raise ScriptError(f"MATLAB:{name}:matrixWithNaNInf", "Input matrix contains NaN or Inf.", notes=(f"in {name}",))
    return array


def given(array: ndarray):
    """A matrix result: real when it can be, column-major."""
    return narrowed(np.asfortranarray(array))


@builtin
def inv(x, /):
    """
    inv(A)

    Inverse of a square matrix.

    Prefer A\\b to inv(A)*b.

    Examples
      >> inv([2 0; 0 4])
      ans =
          0.5000         0
               0    0.2500

    See also pinv, det, mldivide.
    """
    array = square_matrix(x, "inv")
    if array.size == 0:
        return x
    try:
        result = np.linalg.inv(array)
    except np.linalg.LinAlgError:
        warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
        return norm(np.full(array.shape, np.inf, array.dtype, order="F"))
    reciprocal = 1 / (np.abs(array).sum(axis=0).max() * np.abs(result).sum(axis=0).max())
    if np.isnan(reciprocal) or reciprocal < np.finfo(array.dtype).eps:
        if reciprocal == 0 or np.isnan(reciprocal):
            warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
        else:
            warn(
                "MATLAB:nearlySingularMatrix",
                f"Matrix is close to singular or badly scaled. Results may be inaccurate. RCOND = {reciprocal:13.6e}.",
            )
    return given(result)


@builtin
def pinv(x, tolerance=None, /):
    """
    pinv(A)
    pinv(A, tol)

    Moore-Penrose pseudoinverse; singular values up to tol count as 0.

    Examples
      >> pinv([1; 1])
      ans =
          0.5000    0.5000
      >> pinv([1 0; 0 1e-3], 0.1)
      ans =
           1     0
           0     0

    See also inv, rank, svd.
    """
    array = finite_matrix(float_matrix(x, "pinv"), "pinv")
    if array.size == 0:
        return np.zeros(array.shape[::-1], order="F")
    left, values, right = np.linalg.svd(array, full_matrices=False)
    limit = default_tolerance(array, values) if tolerance is None else take.number(tolerance, "Tolerance")
    kept = values > limit
    return given((right[kept].conj().T / values[kept]) @ left[:, kept].conj().T)


def default_tolerance(array: ndarray, values: ndarray) -> float:
    return max(array.shape) * float(np.spacing(values.max())) if values.size else 0.0


@builtin
def det(x, /):
    """
    det(A)

    Determinant of a square matrix.

    Examples
      >> det([1 2; 3 4])
      ans =
          -2
      >> det([1 2 3; 4 5 6; 7 8 9])
      ans =
         6.6613e-16

    See also inv, rank, trace.
    """
    array = square_matrix(x, "det")
    return narrowed(determinant(array.copy())) if array.size else 1.0


def determinant(array: ndarray):
    """The product of the pivots of Gaussian elimination, done in the array itself.

    Small matrices are eliminated step by step with every product rounded, as MATLAB's answers show it:
    det([1 2 3; 4 5 6; 7 8 9]) is 6.6613e-16.
    """
    size = array.shape[0]
    if size > 64:
        import scipy.linalg

        pivots, order = scipy.linalg.lapack.get_lapack_funcs(("getrf",), (array,))[0](array)[:2]
        swaps = np.count_nonzero(order != np.arange(size))
        return np.prod(np.diag(pivots)) * (-1) ** swaps
    product = array.dtype.type(1)
    with np.errstate(all="ignore"):
        for step in range(size):
            best = step + int(np.argmax(np.abs(array[step:, step].real) + np.abs(array[step:, step].imag)))
            if array[best, step] == 0:
                return array.dtype.type(0) if np.isfinite(array).all() else array.dtype.type(np.nan)
            if best != step:
                array[[step, best]] = array[[best, step]]
                product = -product
            product = product * array[step, step]
            factors = array[step + 1 :, step] / array[step, step]
            array[step + 1 :, step + 1 :] -= factors[:, None] * array[step, step + 1 :]
    return product


@builtin
def rank(x, tolerance=None, /):
    """
    rank(A)
    rank(A, tol)

    How many singular values are larger than tol.

    Examples
      >> rank([1 2; 2 4])
      ans =
           1
      >> rank([1 0; 0 0.1], 0.5)
      ans =
           1

    See also svd, pinv, null.
    """
    array = finite_matrix(float_matrix(x, "rank"), "rank")
    if array.size == 0:
        return 0.0
    values = np.linalg.svd(array, compute_uv=False)
    limit = default_tolerance(array, values) if tolerance is None else take.number(tolerance, "Tolerance")
    return float(np.count_nonzero(values > limit))


@builtin
def trace(x, /):
    """
    trace(A)

    Sum of the diagonal.

    Examples
      >> trace([1 2; 3 4])
      ans =
           5

    See also diag, eig, det.
    """
    array = float_matrix(x, "trace")
    if array.shape[0] != array.shape[1]:
        raise ScriptError("MATLAB:trace:square", "Matrix must be square.", notes=(f"got {size_text(array.shape)}",))
    return norm(np.trace(array))


# ------------------------------------------------------------------------------------------------------------ spaces
@builtin
def null(x, tolerance=None, /):
    """
    null(A)
    null(A, tol)
    null(A, 'rational')

    Orthonormal basis of the null space; tol: singular values not above it count as 0.

    'rational' (or 'r') gives a basis of simple fractions from the reduced row echelon form instead.

    Examples
      >> size(null([1 0; 0 0]))
      ans =
           2     1
      >> null([1 1; 1 1], 'rational')
      ans =
          -1
           1
      >> size(null([1 0; 0 1e-4], 1e-3))
      ans =
           2     1

    See also orth, rank, svd, rref.
    """
    array = finite_matrix(float_matrix(x, "null"), "null")
    if tolerance is not None and is_text(tolerance):
        take.choice(tolerance, ("rational",), "Option")
        return given(rational_null(array))
    _, values, right = np.linalg.svd(array, full_matrices=True)
    smallest = default_tolerance(array, values) if tolerance is None else take.number(tolerance, "Tolerance")
    count = int(np.count_nonzero(values > smallest))
    return given(right[count:].conj().T + 0.0)


def rational_null(array: ndarray) -> ndarray:
    """A basis of the null space: one unknown without pivot is 1 in each, the other such unknowns are 0."""
    reduced, pivots = echelon(array, None)
    free = [column for column in range(array.shape[1]) if column not in pivots]
    basis = np.zeros((array.shape[1], len(free)), array.dtype)
    basis[free, range(len(free))] = 1
    basis[pivots] = -reduced[: len(pivots), free]
    return basis + 0.0


@builtin
def orth(x, tolerance=None, /):
    """
    orth(A)
    orth(A, tol)

    Orthonormal basis of the range; tol: singular values not above it count as 0.

    Examples
      >> size(orth([1 1; 1 1]))
      ans =
           2     1
      >> size(orth([1 0; 0 1e-4], 1e-3))
      ans =
           2     1

    See also null, rank, svd.
    """
    array = finite_matrix(float_matrix(x, "orth"), "svd")
    left, values, _ = np.linalg.svd(array, full_matrices=False)
    smallest = default_tolerance(array, values) if tolerance is None else take.number(tolerance, "Tolerance")
    return given(left[:, values > smallest])


@builtin(outputs=2)
def rref(nargout, x, tolerance=None, /):
    """
    rref(A)
    rref(A, tol)
    [R, p] = rref(A)

    Reduced row echelon form, and the pivot columns.

    Examples
      >> rref([1 2; 3 4])
      ans =
           1     0
           0     1
      >> [R, p] = rref([1 2; 2 4])
      R =
           1     2
           0     0
      p =
           1

    See also rank, lu, null.
    """
    array, pivots = echelon(
        float_matrix(x, "rref"), None if tolerance is None else take.number(tolerance, "Tolerance")
    )
    return given(array), norm(np.array([pivots], DOUBLE).reshape(1, -1) + 1)


def echelon(matrix: ndarray, limit: float | None) -> tuple[ndarray, list[int]]:
    """The reduced row echelon form, and the columns (from 0) of its pivots; what is not above `limit` counts as 0."""
    array = matrix.copy()
    if limit is None:
        limit = max(array.shape) * np.finfo(array.dtype).eps * np.abs(array).sum(axis=1).max(initial=0)
    row, pivots = 0, []
    for column in range(array.shape[1]):
        if row == array.shape[0]:
            break
        best = row + int(np.argmax(np.abs(array[row:, column])))
        if np.abs(array[best, column]) <= limit:
            array[row:, column] = 0
            continue
        pivots.append(column)
        array[[row, best]] = array[[best, row]]
        array[row] = array[row] / array[row, column]
        for other in range(array.shape[0]):
            if other != row:
                array[other] -= array[other, column] * array[row]
        row += 1
    return array, pivots


# -------------------------------------------------------------------------------------------------- matrix functions
@builtin
def expm(x, /):
    """
    expm(A)

    Matrix exponential.

    Examples
      >> expm(zeros(2))
      ans =
           1     0
           0     1

    See also logm, sqrtm, exp.
    """
    import scipy.linalg

    return given(scipy.linalg.expm(square_matrix(x, "expm")))


@builtin(keeps_single=True)
def logm(x, /):
    """
    logm(A)

    Matrix logarithm.

    Examples
      >> logm(eye(2))
      ans =
           0     0
           0     0

    See also expm, sqrtm, log.
    """
    import scipy.linalg

    array = finite_matrix(square_matrix(x, "logm"), "logm")
    if not array.size:
        return x
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said in MATLAB's words below
        found = scipy.linalg.logm(array) + 0.0
    values = np.linalg.eigvals(array)
    if ((values.real <= 0) & (np.abs(values.imag) <= 10 * np.finfo(float).eps * np.abs(values))).any():
        warn(
            "MATLAB:logm:nonPosRealEig",
            "Principal matrix logarithm is not defined for A with\n         nonpositive real eigenvalues. "
            "A non-principal matrix\n         logarithm is returned.",
        )
    return given(found)


@builtin
def sqrtm(x, /):
    """
    sqrtm(A)

    Matrix square root.

    Examples
      >> sqrtm([4 0; 0 9])
      ans =
           2     0
           0     3

    See also expm, logm, sqrt.
    """
    import scipy.linalg

    return given(np.asarray(scipy.linalg.sqrtm(square_matrix(x, "sqrtm"))))


@builtin
def sylvester(a, b, c, /):
    """
    sylvester(A, B, C)

    Solution X of A*X + X*B = C.

    Examples
      >> sylvester(2, 3, 10)
      ans =
           2

    See also mldivide, schur.
    """
    import scipy.linalg

    parts = [finite_matrix(float_matrix(value, "sylvester"), "sylvester") for value in (a, b, c)]
    (m, other_m), (n, other_n), size = (part.shape for part in parts)
    if m != other_m or n != other_n:
        raise ScriptError("MATLAB:square", "A and B must be square.")
    if size != (m, n):
        raise ScriptError(
            "MATLAB:sylvester:sizeMismatch",
            "Sizes of A, B and C do not fit.",
            notes=(f"C must be {m}x{n}", f"C is {size[0]}x{size[1]}"),
        )
    return given(scipy.linalg.solve_sylvester(*parts))
