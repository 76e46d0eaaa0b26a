"""Decompositions of matrices: eig, svd, qr, lu, chol, schur, hess."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.matrices.linear import finite_matrix, float_matrix, given, square_matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text

# LAPACK balances by itself and takes the Cholesky way where it can: those words choose the algorithm, not the answer
EIG_WORDS = ("vector", "matrix", "balance", "nobalance", "chol", "qz")


@builtin(outputs=3)
def eig(nargout, x, y=None, /, *words):
    """
    eig(A)
    eig(A, B)
    [V, D] = eig(...)
    [V, D, W] = eig(...)
    eig(..., 'vector')
    eig(..., 'matrix')
    eig(A, 'nobalance')

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
    options = [take.choice(word, EIG_WORDS, "Option") for word in words]
    a = finite_matrix(square_matrix(x, "eig"), "eig")
    b = None if y is None else finite_matrix(square_matrix(y, "eig"), "eig")
    if b is not None and a.shape != b.shape:
        raise ScriptError(
            "MATLAB:eig:inputsSize", "Matrix dimensions must agree.", notes=(f"{a.shape[0]} and {b.shape[0]} rows",)
        )
    values, right, left = eigen(a, b, nargout)
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
            vectors = steadied(vectors)
            return values, vectors, vectors
        import scipy.linalg

        values, left, right = scipy.linalg.eig(a, left=True, right=True)
        return values, steadied(right), steadied(left)
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
def svd(nargout, x, /, *options):
    """
    svd(A)
    [U, S, V] = svd(A)
    [U, S, V] = svd(A, 'econ')
    [U, S, V] = svd(A, 0)
    svd(..., form)

    Singular values, largest first; A = U*S*V'. 'econ' leaves out rows and columns of zeros in S, 0 only rows; form
    is 'vector' (a column of values) or 'matrix' (a diagonal matrix).

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
      >> svd([3 0; 0 4], 'matrix')
      ans =
           4     0
           0     3

    See also eig, rank, pinv, norm.
    """
    array = finite_matrix(float_matrix(x, "svd"), "svd")
    words = size_and_form(options, "svd", ("vector", "matrix"))
    thin = "econ" in words or ("0" in words and array.shape[0] > array.shape[1])
    as_vector = "vector" in words or (nargout < 2 and "matrix" not in words)
    if nargout < 2 and as_vector:
        return norm(np.linalg.svd(array, compute_uv=False).reshape(-1, 1))
    left, values, right = np.linalg.svd(array, full_matrices=not thin)
    middle = np.zeros((left.shape[1], right.shape[0]), values.dtype)
    np.fill_diagonal(middle, values)
    if nargout < 2:
        return given(middle)
    return given(left), norm(values.reshape(-1, 1)) if as_vector else given(middle), given(right.conj().T)


def size_and_form(options: tuple, name: str, forms: tuple[str, ...]) -> set[str]:
    """The options after a matrix: 'econ' or 0 ("0"), and the form of an output."""
    words = set()
    for option in options:
        if is_text(option):
            words.add(take.choice(option, ("econ", *forms), "Option"))
        elif take.number(option, "Option") == 0:
            words.add("0")
        else:
            raise ScriptError(
                f"MATLAB:{name}:InvalidSecondArg",
                'Use svd(X,0) or svd(X,"econ") for economy size decomposition.'
                if name == "svd"
                else "Second input must be 0 or text.",
                notes=(f"got {described(option)}",),
            )
    return words


@builtin(outputs=3)
def qr(nargout, x, /, *options):
    """
    R = qr(A)
    [Q, R] = qr(A)
    [Q, R, P] = qr(A)
    [...] = qr(A, 'econ')
    [...] = qr(A, 0)
    [Q, R, P] = qr(..., form)
    [C, R] = qr(A, B)
    [C, R, P] = qr(A, B, ...)

    Orthogonal-triangular decomposition: A = Q*R, or A*P = Q*R. With B, C = Q'*B, so that R\\C solves A*X = B.

    form is 'matrix' or 'vector' (A(:,P) = Q*R); the permutation is a vector by itself with 0, and a matrix else.

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
      >> [Q, R, P] = qr([1 5; 0 0], 'vector'); P
      P =
           2     1
      >> [C, R] = qr([3; 4], [5; 10]); round(C)
      ans =
         -11
           2

    See also lu, chol, svd.
    """
    array = finite_matrix(float_matrix(x, "qr"), "qr")
    right_side = None
    if options and not is_text(options[0]) and not (np.size(options[0]) == 1 and array.shape[0] != 1):
        right_side = float_matrix(options[0], "qr")
        options = options[1:]
        if right_side.shape[0] != array.shape[0]:
            raise ScriptError(
                "MATLAB:qr:DimAgree",
                "Number of rows of A and B must match.",
                notes=(f"{array.shape[0]} and {right_side.shape[0]} rows",),
            )
    words = size_and_form(options, "qr", ("vector", "matrix"))
    thin = bool(words & {"econ", "0"})
    order = None
    if nargout < 3:
        left, right = np.linalg.qr(array, "reduced" if thin else "complete")
    else:
        import scipy.linalg

        left, right, order = scipy.linalg.qr(array, mode="economic" if thin else "full", pivoting=True)
    if nargout < 2:
        return given(right)
    first = left if right_side is None else left.conj().T @ right_side
    if order is None:
        return given(first), given(right)
    as_vector = "vector" in words or ("0" in words and "matrix" not in words)
    permutation = order.astype(DOUBLE).reshape(1, -1) + 1 if as_vector else np.eye(array.shape[1])[:, order]
    return given(first), given(right), given(permutation)


@builtin(outputs=3)
def lu(nargout, x, form=None, /):
    """
    [L, U] = lu(A)
    [L, U, P] = lu(A)
    [L, U, p] = lu(A, 'vector')

    Triangular factors: A = L*U (L with permuted rows), P*A = L*U, or A(p,:) = L*U.

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
      >> [L, U, p] = lu([1 2; 3 4], 'vector'); p
      p =
           2     1

    See also qr, chol, det, mldivide.
    """
    import scipy.linalg

    array = finite_matrix(float_matrix(x, "lu"), "lu")
    word = "matrix" if form is None else take.choice(form, ("matrix", "vector"), "Option")
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
    if word == "vector":
        return given(lower), given(upper), norm(order.argmax(axis=0).astype(DOUBLE).reshape(1, -1) + 1)
    return given(lower), given(upper), given(order.T)


@builtin(outputs=2)
def schur(nargout, x, kind=None, /):
    """
    T = schur(A)
    [U, T] = schur(A)
    [U, T] = schur(A, kind)

    Schur decomposition: A = U*T*U', T triangular ('complex') or with 2-by-2 blocks ('real').

    Examples
      >> T = schur([2 1; 0 3])
      T =
           2     1
           0     3
      >> [U, T] = schur([2 0; 0 3], 'complex');

    See also eig, hess.
    """
    import scipy.linalg

    array = finite_matrix(square_matrix(x, "schur"), "schur")
    word = "real" if kind is None else take.choice(kind, ("real", "complex"), "Kind")
    triangle, unitary = scipy.linalg.schur(array, output="complex" if array.dtype.kind == "c" else word)
    return given(triangle) if nargout < 2 else (given(unitary), given(triangle))


@builtin(outputs=2)
def hess(nargout, x, /):
    """
    H = hess(A)
    [P, H] = hess(A)

    Hessenberg form: A = P*H*P'.

    Examples
      >> H = hess([1 2; 3 4])
      H =
           1     2
           3     4
      >> [P, H] = hess([1 2; 3 4]);

    See also schur, eig.
    """
    import scipy.linalg

    form, unitary = scipy.linalg.hessenberg(finite_matrix(square_matrix(x, "hess"), "hess"), calc_q=True)
    return given(form) if nargout < 2 else (given(unitary), given(form))


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
