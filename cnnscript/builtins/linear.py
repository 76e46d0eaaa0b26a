"""Linear algebra: inv, pinv, det, rank, trace, eig, svd, qr, lu, chol, norm, null, orth, expm, and tests of matrices.

SciPy is imported by the functions that need it, when they first do.
"""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import axis_of, require_numeric, unsupported
from cnnscript.builtins.elements import narrowed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none
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
        identifier = "MATLAB:square"
        raise ScriptError(identifier, "Matrix must be square.", notes=(f"{name} got {size_text(array.shape)}",))
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
    array = float_matrix(x, "pinv")
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
         -2.0000

    See also inv, rank, trace.
    """
    array = square_matrix(x, "det")
    return narrowed(np.linalg.det(array)) if array.size else 1.0


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
    array = float_matrix(x, "rank")
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


# --------------------------------------------------------------------------------------------------- decompositions
@builtin(outputs=3)
def eig(nargout, x, y=None, /, *words):
    """
    eig(A)
    eig(A, B)
    [V, D] = eig(...)
    [V, D, W] = eig(...)
    eig(..., 'vector')

    Eigenvalues; right eigenvectors in the columns of V, left ones in W; A*V = V*D, or A*V = B*V*D.

    Eigenvalues of symmetric matrices come in order.

    Examples
      >> eig([2 0; 0 1])
      ans =
           1
           2
      >> [V, D] = eig([2 0; 0 3])
      V =
           1     0
           0     1
      D =
           2     0
           0     3
      >> eig([1 0; 0 2], [2 0; 0 2])
      ans =
          0.5000
          1.0000
      >> [V, D, W] = eig([2 0; 0 3], 'vector'); D
      D =
           2
           3

    See also svd, det, trace.
    """
    if y is not None and is_text(y):
        words, y = (y, *words), None
    options = [(text_or_none(word) or "").lower() for word in words]
    a = finite_matrix(square_matrix(x, "eig"), "eig")
    values, right, left = eigen(a, None if y is None else square_matrix(y, "eig"), nargout)
    if nargout < 2:
        column = values.reshape(-1, 1)
        return given(np.diagflat(column) if "matrix" in options else column)
    spectrum = values.reshape(-1, 1) if "vector" in options else np.diag(values)
    return (given(right), given(spectrum), given(left))[:nargout]


def eigen(a: ndarray, b: ndarray | None, nargout: int) -> tuple[ndarray, ndarray, ndarray]:
    """Eigenvalues, right and left eigenvectors of length 1 (of the pencil when there is a second matrix)."""
    symmetric = bool((a == a.conj().T).all())
    if b is None and symmetric:
        values, vectors = np.linalg.eigh(a)
        return values, steadied(vectors), steadied(vectors)
    if b is None:
        if nargout < 3:
            values, vectors = np.linalg.eig(a)
            return values, vectors, vectors
        import scipy.linalg

        values, left, right = scipy.linalg.eig(a, left=True, right=True)
        return values, right, left
    import scipy.linalg

    if symmetric and (b == b.conj().T).all():
        try:
            values, vectors = scipy.linalg.eigh(a, b)
            return values, vectors, vectors
        except np.linalg.LinAlgError:
            symmetric = False  # the second matrix is not positive definite: the general way
    values, left, right = scipy.linalg.eig(a, b, left=True, right=True)
    scale = np.abs(right).max(axis=0)
    return values, right / np.where(scale == 0, 1, scale), left


def steadied(vectors: ndarray) -> ndarray:
    """Eigenvectors without negative zeros."""
    return vectors + 0.0


@builtin(outputs=3)
def svd(nargout, x, economy=None, /):
    """
    svd(A)
    [U, S, V] = svd(A)
    [U, S, V] = svd(A, 'econ')
    [U, S, V] = svd(A, 0)

    Singular values, largest first; A = U*S*V'.

    Examples
      >> svd([3 0; 0 4])
      ans =
           4
           3
      >> [U, S, V] = svd([3 0; 0 4]); S
      S =
           4     0
           0     3
      >> [U, S, V] = svd([1; 1], 'econ'); size(U)
      ans =
           2     1

    See also eig, rank, pinv, norm.
    """
    array = finite_matrix(float_matrix(x, "svd"), "svd")
    if nargout < 2:
        return norm(np.linalg.svd(array, compute_uv=False).reshape(-1, 1))
    thin = economy is not None and (is_text(economy) or array.shape[0] > array.shape[1])
    left, values, right = np.linalg.svd(array, full_matrices=not thin)
    middle = np.zeros((left.shape[1], right.shape[0]), values.dtype)
    np.fill_diagonal(middle, values)
    return given(left), given(middle), given(right.conj().T)


@builtin(outputs=3)
def qr(nargout, x, economy=None, /):
    """
    R = qr(A)
    [Q, R] = qr(A)
    [Q, R, P] = qr(A)
    [Q, R] = qr(A, 'econ')

    Orthogonal-triangular decomposition: A = Q*R, or A*P = Q*R.

    Examples
      >> R = qr([3; 4])
      R =
          -5
           0
      >> [Q, R] = qr([3; 4], 'econ')
      Q =
         -0.6000
         -0.8000
      R =
          -5
      >> [Q, R, P] = qr([1 5; 0 0]); P
      P =
           0     1
           1     0

    See also lu, chol, svd.
    """
    array = float_matrix(x, "qr")
    thin = economy is not None and (text_or_none(economy) != "vector")
    if nargout < 3:
        if nargout < 2:
            return given(np.linalg.qr(array, "r" if thin else "complete")[1] if not thin else np.linalg.qr(array, "r"))
        factors = np.linalg.qr(array, "reduced" if thin else "complete")
        return given(factors[0]), given(factors[1])
    import scipy.linalg

    left, right, order = scipy.linalg.qr(array, mode="economic" if thin else "full", pivoting=True)
    if thin:
        return given(left), given(right), norm(order.astype(DOUBLE).reshape(1, -1) + 1)
    return given(left), given(right), given(np.eye(array.shape[1])[:, order])


@builtin(outputs=3)
def lu(nargout, x, /):
    """
    [L, U] = lu(A)
    [L, U, P] = lu(A)

    Triangular factors: A = L*U (L with permuted rows), or P*A = L*U.

    Examples
      >> [L, U, P] = lu([1 2; 3 4])
      L =
          1.0000         0
          0.3333    1.0000
      U =
          3.0000    4.0000
               0    0.6667
      P =
           0     1
           1     0
      >> [L, U] = lu([1 2; 3 4]); L
      L =
          0.3333    1.0000
          1.0000         0

    See also qr, chol, det, mldivide.
    """
    import scipy.linalg

    array = float_matrix(x, "lu")
    order, lower, upper = scipy.linalg.lu(array)
    if nargout < 2:
        count = min(array.shape)
        packed = np.tril(lower, -1)[:, :count]
        whole = np.zeros(array.shape, array.dtype)
        whole[:, :count] += packed
        whole[: upper.shape[0]] += upper
        return given(whole)
    if nargout == 2:
        return given(order @ lower), given(upper)
    return given(lower), given(upper), given(order.T)


@builtin(outputs=2)
def chol(nargout, x, shape=None, /):
    """
    chol(A)
    chol(A, 'lower')
    [R, flag] = chol(A)

    Cholesky factor of a positive definite matrix: A = R'*R; with two outputs no error but flag > 0.

    Examples
      >> chol([4 2; 2 3])
      ans =
          2.0000    1.0000
               0    1.4142
      >> chol([4 0; 0 9], 'lower')
      ans =
           2     0
           0     3
      >> [R, flag] = chol([1 2; 2 1]); flag
      flag =
           2

    See also lu, qr.
    """
    array = square_matrix(x, "chol")
    word = "upper" if shape is None else take.choice(shape, ("upper", "lower"), "Triangle")
    half = np.triu(array) if word == "upper" else np.tril(array)
    whole = half + (np.triu(half, 1) if word == "upper" else np.tril(half, -1)).conj().T
    failed = 0.0
    try:
        factor = np.linalg.cholesky(whole) if whole.size else whole
    except np.linalg.LinAlgError:
        if nargout < 2:
            raise ScriptError("MATLAB:posdef", "Matrix must be positive definite.") from None
        size = 1
        while size < whole.shape[0] and np.all(np.linalg.eigvalsh(whole[: size + 1, : size + 1]) > 0):
            size += 1
        size = 0 if whole[0, 0].real <= 0 else size
        failed = float(size + 1)
        factor = np.linalg.cholesky(whole[:size, :size]) if size else np.zeros((0, 0))
    return given(factor if word == "lower" else factor.conj().T), failed


# ------------------------------------------------------------------------------------------------------------- norms
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
    array = float_matrix(x, "norm")
    if array.size == 0:
        return 0.0
    power = norm_order(kind)
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


# ------------------------------------------------------------------------------------------------------------ spaces
@builtin
def null(x, /):
    """
    null(A)

    Orthonormal basis of the null space.

    Examples
      >> size(null([1 0; 0 0]))
      ans =
           2     1

    See also orth, rank, svd.
    """
    array = float_matrix(x, "null")
    _, values, right = np.linalg.svd(array, full_matrices=True)
    count = int(np.count_nonzero(values > default_tolerance(array, values)))
    return given(right[count:].conj().T + 0.0)


@builtin
def orth(x, /):
    """
    orth(A)

    Orthonormal basis of the range.

    Examples
      >> size(orth([1 1; 1 1]))
      ans =
           2     1

    See also null, rank, svd.
    """
    array = float_matrix(x, "orth")
    left, values, _ = np.linalg.svd(array, full_matrices=False)
    return given(left[:, values > default_tolerance(array, values)])


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
    array = float_matrix(x, "rref").copy()
    limit = (
        max(array.shape) * np.finfo(array.dtype).eps * np.abs(array).sum(axis=1).max(initial=0)
        if tolerance is None
        else take.number(tolerance, "Tolerance")
    )
    row, pivots = 0, []
    for column in range(array.shape[1]):
        if row == array.shape[0]:
            break
        best = row + int(np.argmax(np.abs(array[row:, column])))
        if np.abs(array[best, column]) <= limit:
            array[row:, column] = 0
            continue
        pivots.append(float(column + 1))
        array[[row, best]] = array[[best, row]]
        array[row] = array[row] / array[row, column]
        for other in range(array.shape[0]):
            if other != row:
                array[other] -= array[other, column] * array[row]
        row += 1
    return given(array), norm(np.array([pivots]))


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


@builtin
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

    return given(scipy.linalg.logm(square_matrix(x, "logm")) + 0.0)


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
def linsolve(a, b, /):
    """
    linsolve(A, B)

    Solution x of A*x = B.

    Examples
      >> linsolve([2 0; 0 4], [2; 8])
      ans =
           1
           2

    See also mldivide, inv.
    """
    return operators.mldivide(a, b)


# ------------------------------------------------------------------------------------------------- tests of matrices
def is_matrix(x) -> bool:
    return getattr(x, "ndim", 2) == 2


@builtin
def issymmetric(x, skew=None, /):
    """
    issymmetric(A)
    issymmetric(A, 'skew')

    Whether A equals A.' (or -A.').

    Examples
      >> issymmetric([1 2; 2 3])
      ans =
        logical
         1
      >> issymmetric([0 1; -1 0], 'skew')
      ans =
        logical
         1

    See also ishermitian, isdiag.
    """
    array = require_numeric(x, "issymmetric")
    if array.ndim > 2 or array.shape[0] != array.shape[1]:
        return False
    other = -array.T if skew is not None and take.choice(skew, ("skew", "nonskew"), "Option") == "skew" else array.T
    return bool((array == other).all())


@builtin
def ishermitian(x, skew=None, /):
    """
    ishermitian(A)
    ishermitian(A, 'skew')

    Whether A equals A' (or -A').

    Examples
      >> ishermitian([1 2i; -2i 3])
      ans =
        logical
         1
      >> ishermitian([0 1; -1 0], 'skew')
      ans =
        logical
         1

    See also issymmetric.
    """
    return issymmetric(x, skew) if isinstance(x, ndarray) and x.dtype.kind != "c" else hermitian(x, skew)


def hermitian(x, skew) -> bool:
    array = require_numeric(x, "ishermitian")
    if array.ndim > 2 or array.shape[0] != array.shape[1]:
        return False
    other = array.conj().T
    if skew is not None and take.choice(skew, ("skew", "nonskew"), "Option") == "skew":
        other = -other
    return bool((array == other).all())


@builtin
def isdiag(x, /):
    """
    isdiag(A)

    Whether all elements off the diagonal are 0.

    Examples
      >> isdiag(eye(3))
      ans =
        logical
         1

    See also istril, istriu, isbanded.
    """
    array = require_numeric(x, "isdiag")
    return array.ndim == 2 and not (np.triu(array, 1).any() or np.tril(array, -1).any())


@builtin
def istril(x, /):
    """
    istril(A)

    Whether all elements above the diagonal are 0.

    Examples
      >> istril([1 0; 2 3])
      ans =
        logical
         1

    See also istriu, isdiag, tril.
    """
    array = require_numeric(x, "istril")
    return array.ndim == 2 and not np.triu(array, 1).any()


@builtin
def istriu(x, /):
    """
    istriu(A)

    Whether all elements below the diagonal are 0.

    Examples
      >> istriu([1 2; 0 3])
      ans =
        logical
         1

    See also istril, isdiag, triu.
    """
    array = require_numeric(x, "istriu")
    return array.ndim == 2 and not np.tril(array, -1).any()


@builtin
def isbanded(x, lower, upper, /):
    """
    isbanded(A, lower, upper)

    Whether all elements further below and above the diagonal than the bandwidths are 0.

    Examples
      >> isbanded([1 2 0; 0 1 2; 0 0 1], 0, 1)
      ans =
        logical
         1

    See also bandwidth, isdiag.
    """
    below, above = bandwidth(2, x)
    return below <= take.count(lower, "Lower bandwidth") and above <= take.count(upper, "Upper bandwidth")


@builtin(outputs=2)
def bandwidth(nargout, x, kind=None, /):
    """
    [lower, upper] = bandwidth(A)
    bandwidth(A, 'lower')
    bandwidth(A, 'upper')

    How far from the diagonal elements are that are not 0.

    Examples
      >> [lower, upper] = bandwidth([1 2 0; 0 1 2; 0 0 1])
      lower =
           0
      upper =
           1
      >> bandwidth([1 0; 5 1], 'lower')
      ans =
           1

    See also isbanded, tril, triu.
    """
    array = require_numeric(x, "bandwidth")
    rows, columns = np.nonzero(array)
    offsets = columns - rows
    lower = float(max(0, -int(offsets.min(initial=0))))
    upper = float(max(0, int(offsets.max(initial=0))))
    if kind is not None:
        return lower if take.choice(kind, ("lower", "upper"), "Type") == "lower" else upper
    return lower, upper
