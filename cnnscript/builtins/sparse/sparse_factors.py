"""What linear algebra makes of sparse matrices: inv, det, lu, chol, qr, norm, and sprank, through SciPy's SuperLU."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.sparse.sparse_parts import on_full
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import DOUBLE, ndarray, norm, size_of, size_text
from cnnscript.values.sparse import Sparse, as_sparse, from_places, full_value, sparse_value, to_double
from cnnscript.values.sparse_solving import inverse
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn


def require_square(value: Any) -> None:
    rows, columns = size_of(value)[:2]
    if rows != columns:
        raise ScriptError("MATLAB:square", "Matrix must be square.", notes=(f"got {size_text(size_of(value))}",))


def permutation(places: ndarray, as_rows: bool = True) -> Sparse:
    """P with (P*A) the rows `places` of A; with as_rows False Q with (A*Q) the columns `places` of A."""
    count = places.size
    along = np.arange(count)
    return from_places(*((along, places) if as_rows else (places, along)), np.ones(count), (count, count))


def index_row(places: ndarray) -> Any:
    return norm((places + 1.0).reshape(1, -1))


def superlu(matrix: Sparse, **settings: Any) -> Any:
    """SciPy's factors; None for an exactly singular matrix."""
    from scipy.sparse.linalg import splu

    try:
        return splu(to_double(matrix).matrix, **settings)
    except RuntimeError:
        return None


@overload("sparse", outputs=1)
def inv(x, /):
    """
    B = inv(S)

    The inverse of a sparse matrix, sparse.

    Examples
      >> inv(sparse([2 0; 0 4]))
      ans =
         (1,1)       0.5000
         (2,2)       0.2500

    See also sparse, full.
    """
    require_square(x)
    return inverse(x)


@overload("sparse")
def det(x, /):
    """
    d = det(S)

    The determinant of a sparse matrix.

    Examples
      >> det(sparse([2 0; 0 4]))
      ans =
           8

    See also sparse, full.
    """
    require_square(x)
    if not x.size()[0]:
        return 1.0
    factors = superlu(x)
    if factors is None:
        return 0.0
    product = np.prod(factors.U.diagonal()) * sign_of(factors.perm_r) * sign_of(factors.perm_c)
    return operators.uplus(norm(np.asarray(product).reshape(1, 1)))


def sign_of(order: ndarray) -> int:
    """1 for an even permutation, -1 for an odd one."""
    seen = np.zeros(order.size, bool)
    sign = 1
    for start in range(order.size):
        length, at = 0, start
        while not seen[at]:
            seen[at] = True
            at = order[at]
            length += 1
        if length and length % 2 == 0:
            sign = -sign
    return sign


# ------------------------------------------------------------------------------------------------------------------ lu
@overload("sparse", outputs=5)
def lu(nargout, x, /, *rest):
    """
    [L, U] = lu(S)
    [L, U, P] = lu(S)
    [L, U, P, Q] = lu(S)
    [L, U, P, Q, D] = lu(S)
    [L, U, p, q] = lu(S, 'vector')

    Sparse triangular factors: L*U is S, P*S, P*S*Q or P*(D\\S)*Q.

    Examples
      >> S = sparse([4 1; 2 3]); [L, U, P, Q] = lu(S); full(P*S*Q - L*U)
      ans =
           0     0
           0     0

    See also sparse, full.
    """
    vector = False
    for item in rest:
        word = text_or_none(item)
        if word is not None:
            vector = take.choice(word, ("vector", "matrix"), "Output form") == "vector"
        elif not all(0 <= number <= 1 for number in np.ravel(take.vector(full_value(item), "thresh"))):
            raise ScriptError("MATLAB:lu:badThreshold", "Threshold must be between 0 and 1.")
    scale = None
    matrix = to_double(x)
    if nargout > 4:
        sums = np.asarray(np.abs(matrix.matrix).sum(axis=1)).ravel()
        scale = np.where(sums == 0, 1, sums)
        rows, columns, data = matrix.places()
        matrix = from_places(rows, columns, data / scale[rows], matrix.size())
    lower, upper, rows, columns = triangles(matrix, nargout > 3)
    if nargout < 2:
        m, n = x.size()
        along = np.arange(lower.size()[1])
        unit = operators.minus(lower, from_places(along, along, np.ones(along.size), lower.size()))
        low, up = unit.places(), upper.places()
        return from_places(*(np.concatenate(pair) for pair in zip(low, up, strict=True)), (m, n))
    if nargout == 2:
        back = np.argsort(rows)
        return lower.index((index_row(back).reshape(1, -1) if back.size > 1 else 1.0, ":")), upper
    parts: list[Any] = [lower, upper, index_row(rows) if vector else permutation(rows)]
    if nargout > 3:
        parts.append(index_row(columns) if vector else permutation(columns, False))
    if scale is not None:
        parts.append(from_places(np.arange(scale.size), np.arange(scale.size), scale, (scale.size, scale.size)))
    return tuple(parts)


def triangles(matrix: Sparse, order_columns: bool) -> tuple[Sparse, Sparse, ndarray, ndarray]:
    """L, U and the orders of rows and columns with A(rows, columns) = L*U."""
    m, n = matrix.size()
    factors = None
    if m == n and m:
        factors = superlu(matrix, permc_spec="COLAMD" if order_columns else "NATURAL", diag_pivot_thresh=1.0)
    if factors is None:  # singular or not square: as a full matrix
        import scipy.linalg

        order, lower, upper = scipy.linalg.lu(matrix.full(), p_indices=True)
        back = np.empty(m, np.int64)
        back[order] = np.arange(m)
        return sparse_value(np.asfortranarray(lower)), sparse_value(np.asfortranarray(upper)), back, np.arange(n)
    rows, columns = np.argsort(factors.perm_r), np.argsort(factors.perm_c)
    return Sparse(canonical(factors.L)), Sparse(canonical(factors.U)), rows, columns


# ---------------------------------------------------------------------------------------------------------------- chol
@overload("sparse", outputs=3)
def chol(nargout, x, /, *words):
    """
    R = chol(S)
    L = chol(S, 'lower')
    [R, flag] = chol(S)
    [R, flag, P] = chol(S)

    The sparse Cholesky factor, R'*R = S, or of P'*S*P in an order that keeps it sparse.

    Examples
      >> chol(sparse([4 2; 2 5]))
      ans =
         (1,1)        2
         (1,2)        1
         (2,2)        2

    See also sparse, full.
    """
    require_square(x)
    lower = vector = False
    for word in words:
        found = take.choice(word, ("lower", "upper", "vector", "matrix"), "Option")
        lower = found == "lower" if found in ("lower", "upper") else lower
        vector = found == "vector" if found in ("vector", "matrix") else vector
    rows, columns, data = to_double(x).places()
    kept = rows >= columns if lower else rows <= columns
    rows, columns, data = rows[kept], columns[kept], data[kept]
    off = rows != columns
    whole = from_places(
        np.concatenate([rows, columns[off]]), np.concatenate([columns, rows[off]]),
        np.concatenate([data, np.conj(data[off])]), x.size(),
    )  # fmt: skip
    order = np.arange(x.size()[0])
    if nargout > 2 and order.size:
        factors = superlu(whole, permc_spec="MMD_AT_PLUS_A")
        if factors is not None:
            order = np.argsort(factors.perm_c)
            whole = whole.index((index_row(order), index_row(order))) if order.size > 1 else whole
    factor = cholesky(whole)
    failed = 0.0
    if factor is None:
        if nargout < 2:
            raise ScriptError("MATLAB:posdef", "Matrix must be positive definite.")
        found, failed = on_full("chol", 2, (whole, "lower"))
        factor = as_sparse(found)
    result = factor if lower else operators.ctranspose(factor)
    if nargout < 2:
        return result
    if nargout == 2:
        return result, failed
    return result, failed, norm((order + 1.0).reshape(-1, 1)) if vector else permutation(order, False)


def cholesky(matrix: Sparse) -> Sparse | None:
    """The lower factor of a positive definite matrix; None for one that is not."""
    size = matrix.size()[0]
    if not size:
        return matrix
    factors = superlu(matrix, permc_spec="NATURAL", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    if factors is None or (factors.perm_r != np.arange(size)).any() or (factors.perm_c != np.arange(size)).any():
        return None
    pivots = factors.U.diagonal()
    if not (np.isfinite(pivots).all() and (pivots.real > 0).all()):
        return None
    lower = Sparse(canonical(factors.L))
    rows, columns, data = lower.places()
    return from_places(rows, columns, data * np.sqrt(pivots.real)[columns], (size, size))


# ------------------------------------------------------------------------------------------------------------------ qr
@overload("sparse", outputs=3)
def qr(nargout, x, /, *rest):
    """
    R = qr(S)
    [Q, R] = qr(S)
    [Q, R, P] = qr(S)
    [C, R] = qr(S, B)

    Orthogonal-triangular factors of a sparse matrix, sparse; C is Q'*B.

    Examples
      >> S = sparse([3 0; 4 5]); R = qr(S); round(full(R'*R))
      ans =
          25    20
          20    25

    See also sparse, full.
    """
    economy, vector, right = False, False, None
    for item in rest:
        word = text_or_none(item)
        if word is not None:
            found = take.choice(word, ("econ", "vector", "matrix", "0"), "Option")
            economy, vector = economy or found in ("econ", "0"), vector or found == "vector"
        elif item == 0.0 if type(item) is float else False:
            economy = vector = True
        else:
            right = item
    import scipy.linalg

    array = to_double(as_sparse(x)).full()
    mode = "economic" if economy else "full"
    if right is not None:
        left, upper = scipy.linalg.qr(array, mode=mode)
        turned = operators.mtimes(norm(np.asfortranarray(left.conj().T)), full_value(right))
        result = (sparse_value(turned) if type(right) is Sparse else turned, sparse_value(norm(upper)))
        return result if nargout > 1 else result[0]
    if nargout < 2:
        return sparse_value(norm(np.asfortranarray(scipy.linalg.qr(array, mode="r")[0][: min(array.shape) if economy
                                                                                        else None])))  # fmt: skip
    if nargout == 2:
        left, upper = scipy.linalg.qr(array, mode=mode)
        return sparse_value(norm(left)), sparse_value(norm(np.asfortranarray(upper)))
    left, upper, order = scipy.linalg.qr(array, mode=mode, pivoting=True)
    last = index_row(order) if vector else permutation(order, False)
    return sparse_value(norm(left)), sparse_value(norm(np.asfortranarray(upper))), last


# --------------------------------------------------------------------------------------------------------------- norms
@overload("sparse", name="norm")
def norm_(x, kind=2.0, /):
    """
    n = norm(S, p)

    The norm of a sparse matrix: 1, 2, Inf or 'fro'.

    Examples
      >> norm(sparse([3 0; 4 0]), 1)
      ans =
           7

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("norm", 1, (x, kind))
    word = text_or_none(kind)
    order = {"fro": "fro", "inf": np.inf, "-inf": -np.inf}.get((word or "").lower(), full_value(kind))
    matrix = to_double(x).matrix
    if 1 in x.size() or 0 in x.size():
        return on_full("norm", 1, (x, kind))
    if order == "fro":
        return float(np.sqrt((np.abs(matrix.data) ** 2).sum()))
    if order == 1.0 or order == np.inf:
        return float(np.abs(matrix).sum(axis=0 if order == 1.0 else 1).max())
    return on_full("norm", 1, (x, kind))


@builtin(outputs=2)
def normest(nargout, x, tolerance=1e-6, /):
    """
    nrm = normest(S)
    nrm = normest(S, tol)
    [nrm, count] = normest(S)

    An estimate of the 2-norm by power iteration, and the number of iterations.

    Examples
      >> [nrm, count] = normest(speye(3))
      nrm =
           1
      count =
           2

    See also norm, normest1, condest, svds.
    """
    matrix = as_matrix(x)
    small = take.number(full_value(tolerance), "TOL")
    vector = np.asarray(np.abs(matrix).sum(axis=0), float).reshape(-1)
    estimate, count = float(np.linalg.norm(vector)), 0
    if estimate == 0:
        return (0.0, 0.0) if nargout > 1 else 0.0
    vector, previous = vector / estimate, 0.0
    while abs(estimate - previous) > small * estimate:
        previous = estimate
        image = matrix @ vector
        if not np.any(image):
            image = np.cos(np.arange(1.0, image.size + 1))
        vector = matrix.conj().T @ image
        length = float(np.linalg.norm(vector))
        estimate = length / float(np.linalg.norm(image))
        vector = vector / length
        count += 1
        if count > 100:
            message = f"NORMEST did not converge for {count} iterations with tolerance {small:g}"
            warn("MATLAB:normest:notconverge", message)
            break
    return (estimate, float(count)) if nargout > 1 else estimate


def as_matrix(value: Any) -> Any:
    """A matrix that NumPy multiplies: SciPy's or an array."""
    if type(value) is Sparse:
        return to_double(value).matrix
    array = take.array(value, "S")
    if array.ndim > 2:
        raise ScriptError("MATLAB:inputMustBe2D", "Input must be 2-D.", notes=(f"got {take.described(value)}",))
    return array


@builtin(outputs=4)
def normest1(nargout, x, t=2.0, x0=None, /):
    """
    c = normest1(A)
    c = normest1(A, t)
    [c, v, w] = normest1(A)

    The 1-norm, with a vector v that attains it and w = A*v. It is found exactly, so that t has nothing to say.

    Examples
      >> [c, v, w] = normest1([1 2; 3 4])
      c =
           6
      v =
           0
           1
      w =
           2
           4

    See also norm, normest, condest.
    """
    matrix = as_matrix(x)
    require_square(x)
    take.positive(t, "t")
    if x0 is not None:
        take.array(x0, "x0")
    sums = np.asarray(np.abs(matrix).sum(axis=0)).reshape(-1)
    if not sums.size:
        empty = np.zeros((0, 1), order="F")
        return (0.0, empty, empty)[: max(nargout, 1)] if nargout > 1 else 0.0
    best = int(sums.argmax())
    vector = np.zeros((sums.size, 1))
    vector[best] = 1
    estimate = float(sums[best])
    if nargout < 2:
        return estimate
    image = matrix @ vector
    return estimate, norm(vector), norm(np.asfortranarray(image)), norm(np.array([[0.0, 0.0]]))


@builtin(outputs=2)
def condest(nargout, x, t=2.0, /):
    """
    c = condest(A)
    [c, v] = condest(A)

    An estimate of the condition number in the 1-norm, and an approximate null vector where it is large.

    Examples
      >> condest(speye(3))
      ans =
           1
      >> [c, v] = condest(speye(2))
      c =
           1
      v =
          0.5000
          0.5000

    See also cond, normest1, rcond.
    """
    require_square(x)
    take.positive(t, "t")
    value = to_double(as_sparse(x))
    size = value.size()[0]
    if not size:
        return (0.0, norm(np.zeros((0, 1)))) if nargout > 1 else 0.0
    factors = superlu(value)
    if factors is None:
        return (np.inf, norm(np.zeros((size, 1)))) if nargout > 1 else np.inf
    from cnnscript.values.sparse_solving import reciprocal_condition

    estimate = 1 / reciprocal_condition(value, factors)
    if nargout < 2:
        return float(estimate)
    start = np.ones(size, value.dtype) / size
    vector = factors.solve(start)
    for _ in range(5):
        vector = factors.solve(vector / np.linalg.norm(vector))
    return float(estimate), norm((vector / np.abs(vector).sum()).reshape(-1, 1))


@overload("sparse")
def rcond(x, /):
    """
    c = rcond(S)

    An estimate of the reciprocal condition number of a sparse matrix.

    Examples
      >> rcond(speye(2))
      ans =
           1

    See also sparse, full.
    """
    require_square(x)
    factors = superlu(x)
    if factors is None:
        return 0.0
    from cnnscript.values.sparse_solving import reciprocal_condition

    return float(reciprocal_condition(to_double(x), factors))


@overload("sparse")
def cond(x, p=2.0, /):
    """
    c = cond(S, p)

    The condition number of a sparse matrix; an estimate for p = 1.

    Examples
      >> cond(speye(2), 1)
      ans =
           1

    See also sparse, full.
    """
    if type(full_value(p)) is float and full_value(p) == 1.0:
        return condest(1, x)
    return on_full("cond", 1, (x, p))


@builtin
def sprank(x, /):
    """
    r = sprank(A)

    The structural rank: the largest rank a matrix with these places of nonzeros can have.

    Examples
      >> sprank(sparse([1 0; 2 0]))
      ans =
           1

    See also rank, dmperm, sparse.
    """
    from scipy.sparse.csgraph import structural_rank

    value = as_sparse(x)
    if 0 in value.size() or not value.count():
        return 0.0
    return float(structural_rank(value.matrix.astype(DOUBLE).tocsr()))
