"""Schur forms in order and pencils of matrices: ordschur, qz, ordqz, gsvd; condeig, subspace, lscov, cplxpair."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.matrices.linear import finite_matrix, float_matrix, square_matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn


def given(array):
    return narrowed(np.asfortranarray(array))


def blocks(matrix: ndarray) -> list[tuple[int, int]]:
    """Start and length of the 1-by-1 and 2-by-2 blocks on the diagonal of a quasitriangular matrix."""
    found, place = [], 0
    while place < len(matrix):
        length = 2 if place + 1 < len(matrix) and matrix[place + 1, place] != 0 else 1
        found.append((place, length))
        place += length
    return found


@builtin
def ordeig(a, b=None, /):
    """
    E = ordeig(T)
    E = ordeig(AA, BB)

    Eigenvalues of a quasitriangular Schur matrix (or pair), in the order in which they stand.

    Examples
      >> E = ordeig([2 5; 0 1])'
      E =
           2     1
      >> E = ordeig([2 5; 0 1], [1 0; 0 4])'
      E =
          2.0000    0.2500

    See also ordschur, schur, eig.
    """
    first = square_matrix(a, "ordeig")
    second = np.eye(len(first)) if b is None else square_matrix(b, "ordeig")
    values = np.zeros(len(first), complex)
    for start, length in blocks(first):
        part = slice(start, start + length)
        if length == 1:
            values[start] = first[start, start] / second[start, start] if second[start, start] else np.inf
        else:
            pair = np.linalg.eigvals(np.linalg.solve(second[part, part], first[part, part]))
            values[part] = sorted(pair, key=lambda value: -value.imag)
    return narrowed(values.reshape(-1, 1))


REGIONS = {
    "lhp": lambda e: e.real < 0,
    "rhp": lambda e: e.real >= 0,
    "udi": lambda e: np.abs(e) < 1,
    "udo": lambda e: np.abs(e) >= 1,
}


def wanted_order(select, values: ndarray, name: str) -> ndarray:
    """A number for each eigenvalue; the largest come first."""
    if is_text(select):
        return REGIONS[take.choice(select, tuple(REGIONS), "Keyword")](values).astype(float)
    chosen = require_numeric(select, name).ravel("F").astype(DOUBLE)
    if chosen.size != values.size:
        raise ScriptError(
            f"MATLAB:{name}:InvalidSelect", "The selection must have an element for each eigenvalue.",
            notes=(f"{chosen.size} of {values.size}",),
        )  # fmt: skip
    return chosen


@builtin(outputs=2)
def ordschur(nargout, u, t, select, /):
    """
    [US, TS] = ordschur(U, T, select)
    [US, TS] = ordschur(U, T, keyword)
    [US, TS] = ordschur(U, T, clusters)

    A Schur factorization with the chosen eigenvalues first: those that are true, those of the region 'lhp', 'rhp',
    'udi' or 'udo', or in descending order of their clusters.

    Examples
      >> [US, TS] = ordschur(eye(2), [1 2; 0 3], [false true]); diag(TS)'
      ans =
           3     1
      >> [US, TS] = ordschur(eye(2), [1 2; 0 -3], 'lhp'); diag(TS)'
      ans =
          -3     1

    See also schur, ordeig, ordqz.
    """
    from scipy.linalg import lapack

    vectors, matrix = square_matrix(u, "ordschur"), square_matrix(t, "ordschur")
    if vectors.shape != matrix.shape:
        raise ScriptError("MATLAB:ordschur:SizeMismatch", "U and T must have the same size.")
    values = np.asarray(take.array(ordeig(t), "E")).ravel("F").astype(complex)
    order = wanted_order(select, values, "ordschur")
    complex_ = matrix.dtype.kind == "c" or vectors.dtype.kind == "c"
    kind = np.complex128 if complex_ else np.float64
    matrix, vectors = matrix.astype(kind), vectors.astype(kind)
    exchange = lapack.ztrexc if complex_ else lapack.dtrexc
    # the blocks are sorted by insertion: each goes before those of a smaller number
    ranks = [float(order[start : start + length].max()) for start, length in blocks(matrix)]
    for place in range(1, len(ranks)):
        at = place
        while at and ranks[at - 1] < ranks[place]:
            at -= 1
        if at != place:
            starts = blocks(matrix)
            matrix, vectors, info = exchange(matrix, vectors, starts[place][0] + 1, starts[at][0] + 1)
            if info < 0 or info == 1:
                raise ScriptError("MATLAB:ordschur:reorderFailed", "Eigenvalues are too close to be put in order.")
            ranks.insert(at, ranks.pop(place))
    return given(vectors), given(matrix)


def pencil(a, b, name: str) -> tuple[ndarray, ndarray]:
    first, second = (finite_matrix(square_matrix(part, name), name) for part in (a, b))
    if first.shape != second.shape:
        raise ScriptError(
            f"MATLAB:{name}:matrixDimsMustAgree", "Matrix dimensions must agree.",
            notes=(f"A is {size_text(first.shape)}, B {size_text(second.shape)}",),
        )  # fmt: skip
    return first, second


@builtin(outputs=6)
def qz(nargout, a, b, kind="complex", /):
    """
    [AA, BB, Q, Z] = qz(A, B)
    [AA, BB, Q, Z] = qz(A, B, 'real')
    [AA, BB, Q, Z, V, W] = qz(A, B)

    Triangular AA = Q*A*Z and BB = Q*B*Z with unitary Q and Z; V and W are eigenvectors of the pencil.

    Examples
      >> [AA, BB, Q, Z, V, W] = qz([1 2; 3 4], [1 0; 0 2]); norm(Q*[1 2; 3 4]*Z - AA) < 1e-12
      ans =
        logical
         1
      >> [AA, BB, Q, Z] = qz([1 2; 3 4], [1 0; 0 2], 'real'); isreal(AA)
      ans =
        logical
         1

    See also ordqz, eig, schur.
    """
    import scipy.linalg

    first, second = pencil(a, b, "qz")
    word = take.choice(kind, ("complex", "real"), "Mode")
    if word == "real" and (first.dtype.kind == "c" or second.dtype.kind == "c"):
        word = "complex"
    upper, lower, q, z = scipy.linalg.qz(first, second, output=word)
    outputs = [given(upper), given(lower), given(q.conj().T), given(z)]
    if nargout > 4:
        _, left, right = scipy.linalg.eig(first, second, left=True, right=True)
        outputs += [given(right / np.abs(right).max(axis=0)), given(left / np.abs(left).max(axis=0))]
    return tuple(outputs)


@builtin(outputs=4)
def ordqz(nargout, aa, bb, q, z, select, /):
    """
    [AAS, BBS, QS, ZS] = ordqz(AA, BB, Q, Z, select)
    [AAS, BBS, QS, ZS] = ordqz(AA, BB, Q, Z, keyword)
    [AAS, BBS, QS, ZS] = ordqz(AA, BB, Q, Z, clusters)

    A QZ factorization with the chosen eigenvalues first, as ordschur chooses them.

    Examples
      >> [AAS, BBS, QS, ZS] = ordqz([1 2; 0 3], eye(2), eye(2), eye(2), [false true]); round(diag(AAS)', 4)
      ans =
          -3    -1
      >> [AAS, BBS] = ordqz([1 2; 0 -3], eye(2), eye(2), eye(2), 'lhp'); round(diag(AAS)'./diag(BBS)', 4)
      ans =
          -3     1

    See also qz, ordeig, ordschur.
    """
    from scipy.linalg import lapack

    parts = [square_matrix(part, "ordqz") for part in (aa, bb, q, z)]
    if len({part.shape for part in parts}) > 1:
        raise ScriptError("MATLAB:ordqz:SizeMismatch", "All matrices must have the same size.")
    complex_ = any(part.dtype.kind == "c" for part in parts)
    kind = np.complex128 if complex_ else np.float64
    upper, lower, left, right = (np.asfortranarray(part.astype(kind)) for part in parts)
    values = np.asarray(take.array(ordeig(aa, bb), "E")).ravel("F").astype(complex)
    order = wanted_order(select, values, "ordqz")
    left = left.conj().T
    exchange = lapack.ztgexc if complex_ else lapack.dtgexc
    ranks = [float(order[start : start + length].max()) for start, length in blocks(upper)]
    for place in range(1, len(ranks)):
        at = place
        while at and ranks[at - 1] < ranks[place]:
            at -= 1
        if at != place:
            starts = blocks(upper)
            upper, lower, left, right, *_, info = exchange(
                upper, lower, left, right, starts[place][0] + 1, starts[at][0] + 1
            )
            if info:
                raise ScriptError("MATLAB:ordqz:reorderFailed", "Eigenvalues are too close to be put in order.")
            ranks.insert(at, ranks.pop(place))
    return given(upper), given(lower), given(left.conj().T), given(right)


@builtin(outputs=5)
def gsvd(nargout, a, b, economy=None, /):
    """
    sigma = gsvd(A, B)
    [U, V, X, C, S] = gsvd(A, B)
    [U, V, X, C, S] = gsvd(A, B, 0)

    Generalized singular values: A = U*C*X', B = V*S*X', C'*C + S'*S is the unit matrix.

    Examples
      >> sigma = gsvd([1 0; 0 4], [2 0; 0 2])'
      sigma =
          0.5000    2.0000
      >> A = [1 2; 3 4; 5 6]; B = [1 0; 1 1]; [U, V, X, C, S] = gsvd(A, B); norm(U*C*X' - A) + norm(V*S*X' - B) < 1e-12
      ans =
        logical
         1
      >> [U, V, X, C, S] = gsvd(A, B, 0); size(U)
      ans =
           3     2

    See also svd, qr.
    """
    first, second = (finite_matrix(float_matrix(part, "gsvd"), "gsvd") for part in (a, b))
    if first.shape[1] != second.shape[1]:
        raise ScriptError(
            "MATLAB:gsvd:MatrixColMismatch", "Matrices must have the same number of columns.",
            notes=(f"A has {first.shape[1]}, B {second.shape[1]}",),
        )  # fmt: skip
    m, p, n = len(first), len(second), first.shape[1]
    stacked = np.vstack([first, second])
    if m + p < n or np.linalg.matrix_rank(stacked) < n:
        raise ScriptError(
            "cnnscript:NotYet", "gsvd of matrices that are not of full column rank together is not here yet."
        )
    q, triangle = np.linalg.qr(stacked)
    v, s, zh = np.linalg.svd(q[m:], full_matrices=True)
    z = zh.conj().T[:, ::-1]  # the smallest sines come last, the cosines ascend
    sines = np.concatenate([s, np.zeros(n - s.size)])[::-1]
    top = q[:m] @ z
    order = np.argsort(np.linalg.norm(top, axis=0), kind="stable")
    z, sines, top = z[:, order], sines[order], top[:, order]
    cosines = np.linalg.norm(top, axis=0)
    x = triangle.conj().T @ z
    if nargout < 2:
        with np.errstate(all="ignore"):
            return (given((cosines / sines).reshape(-1, 1)),)
    c, big_s = np.zeros((m, n)), np.zeros((p, n))
    u = completed(top, cosines, m)
    shift = max(0, n - m)
    for k in range(n):
        if k - shift >= 0 and k - shift < m:
            c[k - shift, k] = cosines[k]
        if k < p:
            big_s[k, k] = sines[k]
    v = completed(q[m:] @ z, sines, p)
    if economy is not None and take.number(economy, "economy") == 0:
        u, c = u[:, : min(m, n)], c[: min(m, n)]
        v, big_s = v[:, : min(p, n)], big_s[: min(p, n)]
    return given(u), given(v), given(x), given(c), given(big_s)


def completed(columns: ndarray, lengths: ndarray, size: int) -> ndarray:
    """An orthogonal matrix whose columns begin with the given ones divided by their lengths."""
    count = columns.shape[1]
    shift = max(0, count - size) if lengths[: max(0, count - size)].max(initial=0) < 1e-12 else 0
    kept = [columns[:, k] / lengths[k] for k in range(shift, count) if lengths[k] > 1e-12][:size]
    places = [k - shift for k in range(shift, count) if lengths[k] > 1e-12][:size]
    found = np.zeros((size, size), columns.dtype)
    for place, column in zip(places, kept, strict=True):
        found[:, place] = column
    free = [place for place in range(size) if place not in places]
    if free:
        basis = np.stack(kept, axis=1) if kept else np.zeros((size, 0))
        rest = np.linalg.svd(basis, full_matrices=True)[0][:, len(kept) :] if kept else np.eye(size)
        found[:, free] = rest[:, : len(free)]
    return found


# ------------------------------------------------------------------------------------------------------------ others
@builtin(outputs=3)
def condeig(nargout, a, /):
    """
    c = condeig(A)
    [V, D, c] = condeig(A)

    How much each eigenvalue moves when the matrix does.

    Examples
      >> c = condeig([1 2; 0 3])'
      c =
          1.4142    1.4142
      >> [V, D, c] = condeig([2 0; 0 3]); c'
      ans =
           1     1

    See also eig, cond.
    """
    matrix = finite_matrix(square_matrix(a, "condeig"), "condeig")
    if not matrix.size:
        return (EMPTY,) if nargout < 2 else (EMPTY, EMPTY, EMPTY)
    values, vectors = np.linalg.eig(matrix)
    left = np.linalg.inv(vectors)
    spread = np.linalg.norm(left, axis=1) * np.linalg.norm(vectors, axis=0)
    column = norm(spread.reshape(-1, 1))
    return column if nargout < 2 else (given(vectors), given(np.diag(values)), column)


@builtin
def subspace(a, b, /):
    """
    theta = subspace(A, B)

    The angle between the spaces that the columns of two matrices span.

    Examples
      >> theta = subspace([1; 0], [1; 1])
      theta =
          0.7854

    See also orth, null.
    """
    import scipy.linalg

    first, second = float_matrix(a, "subspace"), float_matrix(b, "subspace")
    if len(first) != len(second):
        raise ScriptError(
            "MATLAB:subspace:InputDimMismatch", "A and B must have the same number of rows.",
            notes=(f"A is {described(a)}, B {described(b)}",),
        )  # fmt: skip
    one, two = scipy.linalg.orth(first), scipy.linalg.orth(second)
    if one.shape[1] < two.shape[1]:
        one, two = two, one
    if not two.size:
        return 0.0
    rest = two - one @ (one.conj().T @ two)
    return float(np.arcsin(min(1.0, float(np.linalg.norm(rest, 2)))))


@builtin(outputs=4, keeps_single=True)
def lscov(nargout, a, b, v=None, algorithm=None, /):
    """
    x = lscov(A, b)
    x = lscov(A, b, w)
    x = lscov(A, b, C)
    [x, stdx, mse, S] = lscov(...)

    Least squares with weights w, or with errors of covariance C; standard errors of x, the mean squared error, and the
    covariance of x.

    Examples
      >> x = lscov([1 0; 1 1; 1 2], [1; 2; 4])
      x =
          0.8333
          1.5000
      >> x = lscov([1 0; 1 1; 1 2], [1; 2; 4], [1; 1; 0])
      x =
          1.0000
          1.0000
      >> [x, stdx, mse, S] = lscov([1 0; 1 1; 1 2], [1; 2; 4], eye(3)); mse
      mse =
          0.1667

    See also mldivide, lsqnonneg.
    """
    matrix, right = float_matrix(a, "lscov"), float_matrix(b, "lscov")
    count, width = matrix.shape
    if len(right) != count:
        raise ScriptError(
            "MATLAB:lscov:DimMismatch", "The number of rows of A must be that of B.",
            notes=(f"A has {count}, B {len(right)}",),
        )  # fmt: skip
    if algorithm is not None:
        take.choice(algorithm, ("chol", "orth"), "Algorithm")
    if v is not None and np.size(v):
        weights = take.real(v, "V")
        if 1 in weights.shape and weights.size == count:
            if (weights < 0).any():
                raise ScriptError("MATLAB:lscov:InvalidWeights", "Weights must be nonnegative.")
            root = np.sqrt(weights.ravel("F"))[:, None]
            scaled, wanted = matrix * root, right * root
        else:
            if weights.shape != (count, count):
                raise ScriptError("MATLAB:lscov:DimMismatch", "V must be a vector of weights or a square matrix.")
            try:
                lower = np.linalg.cholesky(weights)
            except np.linalg.LinAlgError:
                raise ScriptError(
                    "MATLAB:lscov:NotPosDef", "V must be positive definite.", hint="semidefinite V is not here yet"
                ) from None
            scaled, wanted = np.linalg.solve(lower, matrix), np.linalg.solve(lower, right)
    else:
        scaled, wanted = matrix, right
    rank = np.linalg.matrix_rank(scaled)
    if rank < width:
        warn("MATLAB:lscov:RankDefDesignMat", "A is rank deficient to within machine precision.")
    import scipy.linalg

    q, triangle, order = scipy.linalg.qr(scaled, mode="economic", pivoting=True)
    found = np.zeros((width, right.shape[1]), np.result_type(q, wanted))
    found[order[:rank]] = np.linalg.solve(triangle[:rank, :rank], (q.conj().T @ wanted)[:rank])
    free = count - rank
    rest = wanted - scaled @ found
    error = (np.abs(rest) ** 2).sum(axis=0) / free if free else np.zeros(right.shape[1])
    inverse = np.zeros((width, width), triangle.dtype)
    part = np.linalg.inv(triangle[:rank, :rank])
    inverse[np.ix_(order[:rank], order[:rank])] = part @ part.conj().T
    deviations = np.sqrt(np.abs(np.diag(inverse))[:, None] * error[None, :])
    if not error.size:
        return given(found), given(deviations), norm(error.reshape(1, -1)), norm(np.zeros((width, width, 0)))
    spread = inverse * error[0] if error.size == 1 else np.stack([inverse * one for one in error], axis=2)
    return given(found), given(deviations), norm(error.reshape(1, -1)), given(spread)


@builtin(outputs=2)
def planerot(nargout, x, /):
    """
    [G, y] = planerot(x)

    The rotation G with which y = G*x has the second component 0.

    Examples
      >> [G, y] = planerot([3; 4])
      G =
          0.6000    0.8000
         -0.8000    0.6000
      y =
           5
           0

    See also qr.
    """
    pair = take.array(x, "x")
    if pair.shape != (2, 1):
        raise ScriptError(
            "MATLAB:planerot:InvalidInput", "X must be a column of two elements.", notes=(f"got {described(x)}",)
        )
    if pair[1, 0] == 0:
        return np.eye(2, order="F"), norm(pair)
    length = np.linalg.norm(pair)
    first, second = pair.ravel()
    rotation = np.array([[np.conj(first), np.conj(second)], [-second, first]]) / length
    return given(rotation), given(np.array([[length], [0.0]]))


@builtin(keeps_single=True)
def cplxpair(x, tolerance=None, dim=None, /):
    """
    B = cplxpair(A)
    B = cplxpair(A, tol)
    B = cplxpair(A, [], dim)

    Complex numbers sorted into conjugate pairs, the one with the negative imaginary part first; the real ones last.

    Examples
      >> B = cplxpair([1 2+1i 2-1i])
      B =
         2.0000 - 1.0000i   2.0000 + 1.0000i   1.0000 + 0.0000i
      >> B = cplxpair([1i; 3; -1i], 1e-6)
      B =
         0.0000 - 1.0000i
         0.0000 + 1.0000i
         3.0000 + 0.0000i
      >> B = cplxpair([1i -1i; 2 1], [], 2)
      B =
         0.0000 - 1.0000i   0.0000 + 1.0000i
         1.0000 + 0.0000i   2.0000 + 0.0000i

    See also sort, roots.
    """
    array = require_numeric(x, "cplxpair")
    if not array.size:
        return norm(array)
    limit = 100 * np.finfo(float).eps
    if tolerance is not None and np.size(tolerance):
        limit = take.number(tolerance, "Tolerance")
        if not 0 <= limit < 1:
            raise ScriptError("MATLAB:cplxpair:InvalidTol", "The tolerance must be from 0 to 1.")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "cplxpair")
    if axis >= array.ndim:
        moved = array.reshape(1, -1)
        return norm(np.asfortranarray(np.apply_along_axis(paired, 0, moved, limit).reshape(array.shape)))
    found = np.apply_along_axis(paired, axis, array.astype(complex), limit)
    return narrowed(np.asfortranarray(found))


def paired(values: ndarray, limit: float) -> ndarray:
    """One vector, in pairs."""
    values = values.astype(complex)
    real = np.abs(values.imag) <= limit * np.abs(values)
    singles = np.sort(values[real].real)
    left = values[~real]
    left = left[np.lexsort((np.abs(left.imag), left.real))]
    pairs: list[complex] = []
    remaining = left.tolist()
    while remaining:
        one = remaining.pop(0)
        gaps = [abs(other - np.conj(one)) for other in remaining]
        at = int(np.argmin(gaps)) if gaps else -1
        if at < 0 or gaps[at] > limit * abs(one):
            raise ScriptError("MATLAB:cplxpair:ComplexValuesPaired", "Complex numbers can't be paired.")
        other = remaining.pop(at)
        pairs += [one, other] if one.imag < 0 else [other, one]
    return np.concatenate([np.array(pairs, complex), singles.astype(complex)])
