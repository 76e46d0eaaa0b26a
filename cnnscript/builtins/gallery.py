"""The function gallery: families of test matrices (N. J. Higham, "The Test Matrix Toolbox", 1995), full ones here and
sparse ones in gallery_sparse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.gallery_sparse import SPARSE
from cnnscript.builtins.registry import builtin, nearest
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.operands import narrowed
from cnnscript.values.sparse import full_value
from cnnscript.values.text import text_or_none


def side(value: Any) -> int:
    return take.count(value, "n")


def grid(n: int) -> tuple[ndarray, ndarray]:
    """Rows and columns from 1, to be combined."""
    places = np.arange(1.0, n + 1)
    return places[:, None], places[None, :]


def points(value: Any) -> ndarray:
    """A vector, or 1:n for a number n."""
    found = take.array(value, "x").ravel("F")
    return np.arange(1.0, found[0].real + 1) if found.size == 1 else found


def binomial(n):
    """Row i: the coefficients of (1-x)^i (1+x)^(n-1-i)."""
    size = side(n)
    rows = []
    for power in range(size):
        row = np.array([1.0])
        for factor, times in (((1.0, -1.0), power), ((1.0, 1.0), size - 1 - power)):
            for _ in range(times):
                row = np.convolve(row, factor)
        rows.append(row)
    return np.array(rows).reshape(size, size)


def cauchy(x, y=None):
    first = points(x)
    second = first if y is None else points(y)
    return 1 / (first[:, None] + second[None, :])


def chebspec(n, k=0.0):
    size = side(n) + (0 if not k else 1)
    places = np.cos(np.pi * np.arange(size) / max(size - 1, 1))
    ends = np.ones(size)
    ends[[0, -1]] = 2
    ends *= (-1.0) ** np.arange(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix = np.outer(ends, 1 / ends) / (places[:, None] - places[None, :] + np.eye(size))
    matrix -= np.diag(matrix.sum(axis=1))
    return matrix[1:, 1:] if k else matrix


def chebvand(m, p=None):
    places = take.vector(p if p is not None else m, "p")
    if places.size == 1:
        places = np.linspace(0, 1, int(places[0]))
    rows = side(m) if p is not None else places.size
    matrix = np.ones((rows, places.size))
    if rows > 1:
        matrix[1] = places
    for row in range(2, rows):
        matrix[row] = 2 * places * matrix[row - 1] - matrix[row - 2]
    return matrix


def chow(n, alpha=1.0, delta=0.0):
    row, column = grid(side(n))
    power = take.number(alpha, "alpha")
    return np.where(row - column >= -1, power ** np.maximum(row - column + 1, 0), 0) + take.number(
        delta, "delta") * np.eye(side(n))  # fmt: skip


def circul(v):
    first = points(v)
    return np.array([np.roll(first, shift) for shift in range(first.size)])


def clement(n, k=0.0):
    size = side(n) - 1
    below = np.arange(size, 0, -1.0)
    above = np.arange(1.0, size + 1)
    if k:
        below = above = np.sqrt(below * above)
    return np.diag(below, -1) + np.diag(above, 1)


def compar(a, k=0.0):
    matrix = take.array(a, "A")
    if k:
        magnitudes = np.abs(matrix) - np.diag(np.abs(np.diag(matrix)))
        return np.diag(np.abs(np.diag(matrix))) - np.diag(magnitudes.max(axis=1)) @ (1 - np.eye(len(matrix)))
    return 2 * np.diag(np.abs(np.diag(matrix))) - np.abs(matrix)


def fiedler(c):
    values = points(c)
    return np.abs(values[:, None] - values[None, :])


def forsythe(n, alpha=None, lambda_=0.0):
    size = side(n)
    corner = np.sqrt(np.finfo(float).eps) if alpha is None else take.number(alpha, "alpha")
    matrix = jordbloc(n, lambda_)
    matrix[size - 1, 0] = corner
    return matrix


def frank(n, k=0.0):
    size = side(n)
    row, column = grid(size)
    matrix = np.where(row - column <= 1, size + 1 - np.maximum(row, column), 0.0)
    return matrix[::-1, ::-1].T if k else matrix


def gearmat(n, i=None, j=None):
    size = side(n)
    first = size if i is None else take.integer(i, "i")
    second = -size if j is None else take.integer(j, "j")
    matrix = np.diag(np.ones(size - 1), -1) + np.diag(np.ones(size - 1), 1)
    matrix[0, abs(first) - 1] = np.sign(first)
    matrix[size - 1, size - abs(second)] = np.sign(second)
    return matrix


def grcar(n, k=3.0):
    row, column = grid(side(n))
    ahead = column - row
    return np.where((ahead >= 0) & (ahead <= take.integer(k, "k")), 1.0, np.where(ahead == -1, -1.0, 0.0))


def hanowa(n, d=-1.0):
    half = side(n) // 2
    if side(n) % 2:
        raise ScriptError("MATLAB:gallery:OddDimension", "The dimension must be even.")
    diagonal, numbers = take.number(d, "d") * np.eye(half), np.diag(np.arange(1.0, half + 1))
    return np.block([[diagonal, -numbers], [numbers, diagonal]])


def invhess(x, y=None):
    first = points(x)
    second = -first[:-1] if y is None else take.array(y, "y").ravel("F")
    size = first.size
    matrix = np.tile(first, (size, 1)).astype(np.result_type(first, second))
    for place in range(1, size):
        matrix[:place, place] = second[:place]
    return matrix


def jordbloc(n, lambda_=1.0):
    size = side(n)
    return take.number(lambda_, "lambda") * np.eye(size) + np.diag(np.ones(max(size - 1, 0)), 1)


def kahan(n, theta=1.2, pert=25.0):
    size = side(n)
    sine, cosine = np.sin(take.number(theta, "theta")), np.cos(take.number(theta, "theta"))
    matrix = np.eye(size) - cosine * np.triu(np.ones((size, size)), 1)
    matrix = (sine ** np.arange(size))[:, None] * matrix
    return matrix + take.number(pert, "pert") * np.finfo(float).eps * np.diag(np.arange(size, 0, -1.0))


def krylov(a, x=None, j=None):
    matrix = take.array(a, "A")
    size = len(matrix)
    column = np.ones(size) if x is None else take.array(x, "x").ravel("F")
    columns = []
    for _ in range(size if j is None else take.count(j, "j")):
        columns.append(column)
        column = matrix @ column
    return np.array(columns).T


def lauchli(n, mu=None):
    size = side(n)
    small = np.sqrt(np.finfo(float).eps) if mu is None else take.number(mu, "mu")
    return np.vstack([np.ones(size), small * np.eye(size)])


def lehmer(n):
    row, column = grid(side(n))
    return np.minimum(row, column) / np.maximum(row, column)


def leslie(a, b=None):
    first = np.ones(side(a)) if b is None else take.vector(a, "a")
    second = np.ones(side(a) - 1) if b is None else take.vector(b, "b")
    matrix = np.diag(second, -1)
    matrix[0] += first
    return matrix


def lesp(n):
    size = side(n)
    numbers = np.arange(2.0, size + 1)
    return np.diag(1 / numbers, -1) + np.diag(-(2 * np.arange(2.0, size + 2) + 1)) + np.diag(numbers, 1)


def lotkin(n):
    row, column = grid(side(n))
    matrix = 1 / (row + column - 1)
    matrix[:1] = 1
    return matrix


def minij(n):
    return np.minimum(*grid(side(n)))


def moler(n, alpha=-1.0):
    upper = triw(n, alpha)
    return upper.T @ upper


def orthog(n, k=1.0):
    size, kind = side(n), take.integer(k, "k")
    row, column = grid(size)
    if kind == 1:
        return np.sqrt(2 / (size + 1)) * np.sin(row * column * np.pi / (size + 1))
    if kind == 2:
        return 2 / np.sqrt(2 * size + 1) * np.sin(2 * row * column * np.pi / (2 * size + 1))
    if kind == 3:
        return np.exp(2j * np.pi * (row - 1) * (column - 1) / size) / np.sqrt(size)
    if kind == 4:  # Helmert's
        matrix = np.tril(np.ones((size, size)), -1) - np.diag(np.arange(size))
        matrix[0] = 1
        return matrix / np.sqrt((matrix**2).sum(axis=1))[:, None]
    if kind == 5:
        angle = 2 * np.pi * (row - 1) * (column - 1) / size
        return (np.sin(angle) + np.cos(angle)) / np.sqrt(size)
    if kind == 6:
        return np.sqrt(2 / size) * np.cos((row - 0.5) * (column - 0.5) * np.pi / size)
    if kind == -1:
        return np.cos((row - 1) * (column - 1) * np.pi / (size - 1))
    if kind == -2:
        return np.cos((row - 1) * (column - 0.5) * np.pi / size)
    raise ScriptError("MATLAB:gallery:InvalidKind", f"There is no orthog matrix {kind}.")


def parter(n):
    row, column = grid(side(n))
    return 1 / (row - column + 0.5)


def pei(n, alpha=1.0):
    size = side(n)
    return take.number(alpha, "alpha") * np.eye(size) + np.ones((size, size))


def prolate(n, w=0.25):
    row, column = grid(side(n))
    width = take.number(w, "w")
    lag = row - column
    return np.where(lag == 0, 2 * width, np.sin(2 * np.pi * width * lag) / np.where(lag == 0, 1, np.pi * lag))


def redheff(n):
    row, column = grid(side(n))
    return ((column == 1) | (column % row == 0)).astype(float)


def riemann(n):
    row, column = np.arange(2.0, side(n) + 2)[:, None], np.arange(2.0, side(n) + 2)[None, :]
    return np.where(column % row == 0, row - 1, -1.0)


def ris(n):
    size = side(n)
    row, column = grid(size)
    return 0.5 / (size - row - column + 1.5)


def smoke(n, k=0.0):
    size = side(n)
    roots = np.exp(2j * np.pi * np.arange(1, size + 1) / size)
    matrix = np.diag(roots) + np.diag(np.ones(size - 1), 1)
    if not k:
        matrix[size - 1, 0] = 1
    return matrix


def triw(n, alpha=-1.0, k=None):
    shape = tuple(int(number) for number in take.vector(n, "n"))
    rows, columns = shape if len(shape) > 1 else shape * 2
    last = columns - 1 if k is None else take.integer(k, "k")
    matrix = np.eye(rows, columns) + take.number(alpha, "alpha") * np.triu(np.ones((rows, columns)), 1)
    return np.tril(matrix, last)


FULL: dict[str, Callable] = {
    family.__name__: family
    for family in (
        binomial, cauchy, chebspec, chebvand, chow, circul, clement, compar, fiedler, forsythe, frank, gearmat, grcar,
        hanowa, invhess, jordbloc, kahan, krylov, lauchli, lehmer, leslie, lesp, lotkin, minij, moler, orthog, parter,
        pei, prolate, redheff, riemann, ris, smoke, triw,
    )
}  # fmt: skip
SMALL = {
    3: [[-149, -50, -154], [537, 180, 546], [-27, -9, -25]],
    5: [
        [-9, 11, -21, 63, -252], [70, -69, 141, -421, 1684], [-575, 575, -1149, 3451, -13801],
        [3891, -3891, 7782, -23345, 93365], [1024, -1024, 2048, -6144, 24572],
    ],
}  # fmt: skip


@builtin(outputs=2)
def gallery(session, nargout, name, /, *args):
    """
    A = gallery(name, P1, P2, ...)
    A = gallery(name, P1, P2, ..., classname)
    A = gallery(3)
    A = gallery(5)

    A test matrix of a family, such as 'minij', 'moler', 'lehmer', 'kahan', 'tridiag', 'poisson' or 'wathen'.

    Full: binomial, cauchy, chebspec, chebvand, chow, circul, clement, compar, fiedler, forsythe, frank, gearmat, grcar,
    hanowa, invhess, jordbloc, kahan, krylov, lauchli, lehmer, leslie, lesp, lotkin, minij, moler, orthog, parter, pei,
    prolate, redheff, riemann, ris, smoke, triw. Sparse: dorr, neumann, poisson, toeppen, tridiag, wathen.

    Examples
      >> gallery('minij', 3)
      ans =
           1     1     1
           1     2     2
           1     2     3
      >> full(gallery('tridiag', 3))
      ans =
           2    -1     0
          -1     2    -1
           0    -1     2

    See also magic, hilb, toeplitz, hadamard.
    """
    word = text_or_none(name)
    if word is None:
        number = take.number(name, "Matrix")
        if number not in SMALL:
            raise ScriptError("MATLAB:gallery:InvalidNumber", "gallery takes the numbers 3 and 5.")
        return norm(np.array(SMALL[int(number)], float, order="F"))
    args = tuple(full_value(arg) for arg in args)
    class_name = text_or_none(args[-1]) if args else None
    if class_name in ("single", "double"):
        args = args[:-1]
    else:
        class_name = None
    family = FULL.get(word.lower()) or SPARSE.get(word.lower())
    if family is None:
        known = sorted((*FULL, *SPARSE))
        raise ScriptError(
            "MATLAB:gallery:UnknownMatrix", f"The matrix '{word}' is not in cnnscript's gallery.",
            notes=("it holds " + ", ".join(known),), hint=nearest(word, known),
        )  # fmt: skip
    try:
        found = family(session, *args) if word.lower() == "wathen" else family(*args)
    except TypeError as fault:
        if family.__name__ not in str(fault):
            raise
        raise ScriptError("MATLAB:gallery:WrongArguments", f"'{word}' does not take {len(args)} arguments.") from None
    if type(found) is tuple:
        return found[: max(nargout, 1)] if nargout > 1 else found[0]
    if type(found) is ndarray:
        found = narrowed(np.asfortranarray(found))
    return to_class(found, class_name) if class_name else found
