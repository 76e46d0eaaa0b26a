"""Matrices with names: magic, hilb, invhilb, pascal, toeplitz, hankel, vander, compan, hadamard, rosser, wilkinson."""

from __future__ import annotations

from math import comb, isfinite

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described


def order_of(value, name: str) -> int:
    """A matrix order: real numbers are cut to whole ones as MATLAB does."""
    number = take.number(value, "Matrix order")
    order = int(number) if isfinite(number) else take.integer(value, "Matrix order")
    require_memory((max(order, 0), max(order, 0)), 8)
    return max(order, 0)


@builtin
def magic(n, /):
    """
    magic(n)

    Magic square: the numbers 1 to n^2 with equal sums of rows, columns and diagonals.

    Examples
      >> magic(4)
      ans =
          16     2     3    13
           5    11    10     8
           9     7     6    12
           4    14    15     1

    See also ones, eye, pascal, hilb.
    """
    order = order_of(n, "magic")
    if order % 2 == 1:
        return norm(odd_magic(order))
    if order % 4 == 0:
        return norm(doubly_even_magic(order))
    if order == 2:
        return np.array([[1.0, 3.0], [4.0, 2.0]], order="F")
    return norm(singly_even_magic(order))


def odd_magic(order: int) -> ndarray:
    """The siamese method as a formula."""
    rows, columns = np.meshgrid(np.arange(1, order + 1), np.arange(1, order + 1), indexing="ij")
    first = np.mod(rows + columns - (order + 3) // 2, order)
    second = np.mod(rows + 2 * columns - 2, order)
    return np.asfortranarray(order * first + second + 1, DOUBLE)


def doubly_even_magic(order: int) -> ndarray:
    """Counting, with the crosses of every 4×4 block counted from the end."""
    counted = np.arange(1.0, order * order + 1).reshape(order, order)
    half = np.mod(np.arange(1, order + 1), 4) // 2
    crosses = half[:, None] == half[None, :]
    return np.asfortranarray(np.where(crosses, order * order + 1 - counted, counted))


def singly_even_magic(order: int) -> ndarray:
    """Four odd squares (LUX), with columns of the upper and lower half exchanged."""
    half = order // 2
    quarter = odd_magic(half)
    square = np.block([[quarter, quarter + 2 * half * half], [quarter + 3 * half * half, quarter + half * half]])
    count = (order - 2) // 4
    columns = list(range(count)) + list(range(order - count + 1, order))
    square[:, columns] = np.roll(square[:, columns], half, axis=0)
    middle = [0, count]
    row = count
    square[[row, row + half]] = swapped(square, row, half, middle)
    return np.asfortranarray(square)


def swapped(square: ndarray, row: int, half: int, columns: list[int]) -> ndarray:
    """Two rows with the entries of some columns exchanged."""
    pair = square[[row, row + half]].copy()
    pair[:, columns] = pair[::-1, columns]
    return pair


@builtin
def hilb(n, /):
    """
    hilb(n)

    Hilbert matrix: 1/(i+j-1).

    Examples
      >> hilb(2)
      ans =
          1.0000    0.5000
          0.5000    0.3333

    See also invhilb, magic.
    """
    places = np.arange(1.0, order_of(n, "hilb") + 1)
    return norm(np.asfortranarray(1 / (places[:, None] + places[None, :] - 1)))


@builtin
def invhilb(n, /):
    """
    invhilb(n)

    Inverse of the Hilbert matrix, exact for small n.

    Examples
      >> invhilb(2)
      ans =
           4    -6
          -6    12

    See also hilb, inv.
    """
    order = order_of(n, "invhilb")
    rows = [
        [
            float(
                (-1) ** (i + j)
                * (i + j - 1)
                * comb(order + i - 1, order - j)
                * comb(order + j - 1, order - i)
                * comb(i + j - 2, i - 1) ** 2
            )
            for j in range(1, order + 1)
        ]
        for i in range(1, order + 1)
    ]
    return norm(np.asfortranarray(np.array(rows, DOUBLE).reshape(order, order)))


@builtin
def pascal(n, k=0.0, /):
    """
    pascal(n)
    pascal(n, 1)

    Pascal's triangle as a symmetric matrix, or its lower triangular Cholesky factor with signs.

    Examples
      >> pascal(3)
      ans =
           1     1     1
           1     2     3
           1     3     6
      >> pascal(3, 1)
      ans =
           1     0     0
           1    -1     0
           1    -2     1

    See also magic, chol.
    """
    order, kind = order_of(n, "pascal"), take.integer(k, "Second argument", 0, 2)
    if kind == 0:
        rows = [[float(comb(i + j, i)) for j in range(order)] for i in range(order)]
        return norm(np.asfortranarray(np.array(rows, DOUBLE).reshape(order, order)))
    factor = np.array([[float((-1) ** j * comb(i, j)) for j in range(order)] for i in range(order)], DOUBLE)
    factor = factor.reshape(order, order)
    if kind == 2:
        factor = np.rot90(factor, 3)
        factor = -factor if order % 2 == 0 else factor
    return norm(np.asfortranarray(factor))


@builtin
def toeplitz(first, second=None, /):
    """
    toeplitz(r)
    toeplitz(c, r)

    Matrix with constant diagonals: first column c, first row r (symmetric with r alone).

    Examples
      >> toeplitz([1 2 3])
      ans =
           1     2     3
           2     1     2
           3     2     1
      >> toeplitz([1 2], [1 5 6])
      ans =
           1     5     6
           2     1     5

    See also hankel, vander.
    """
    row = require_numeric(first if second is None else second, "toeplitz").ravel("F")
    column = np.conj(row) if second is None else require_numeric(first, "toeplitz").ravel("F")
    if second is None and column.size:
        column = np.concatenate([row[:1], column[1:]])
    require_memory((column.size, row.size), 8)
    values = np.concatenate([row[:0:-1], column])
    places = np.arange(column.size)[:, None] - np.arange(row.size)[None, :] + row.size - 1
    return norm(np.asfortranarray(values[places]))


@builtin
def hankel(first, second=None, /):
    """
    hankel(c)
    hankel(c, r)

    Matrix with constant antidiagonals: first column c, last row r (zeros below the antidiagonal without r).

    Examples
      >> hankel([1 2 3])
      ans =
           1     2     3
           2     3     0
           3     0     0
      >> hankel([1 2], [2 7 8])
      ans =
           1     2     7
           2     7     8

    See also toeplitz, vander.
    """
    column = require_numeric(first, "hankel").ravel("F")
    row = np.zeros(column.size, column.dtype) if second is None else require_numeric(second, "hankel").ravel("F")
    require_memory((column.size, row.size), 8)
    values = np.concatenate([column, row[1:]])
    places = np.arange(column.size)[:, None] + np.arange(row.size)[None, :]
    return norm(np.asfortranarray(values[places]))


@builtin(keeps_single=True)
def vander(v, /):
    """
    vander(v)

    Vandermonde matrix: columns are powers of v, highest first.

    Examples
      >> vander([1 2 3])
      ans =
           1     1     1
           4     2     1
           9     3     1

    See also polyfit, toeplitz.
    """
    values = require_numeric(v, "vander").ravel("F")
    if values.dtype.kind not in "fc":
        values = values.astype(DOUBLE)
    require_memory((values.size, values.size), 8)
    return norm(np.asfortranarray(np.vander(values)))


@builtin(keeps_single=True)
def compan(p, /):
    """
    compan(p)

    Companion matrix of a polynomial: its eigenvalues are the roots.

    Examples
      >> compan([1 -6 11 -6])
      ans =
           6   -11     6
           1     0     0
           0     1     0

    See also roots, poly, eig.
    """
    coefficients = require_numeric(p, "compan").ravel("F").astype(DOUBLE)
    if coefficients.size < 2:
        return np.zeros((0, 0), order="F")
    matrix = np.diag(np.ones(coefficients.size - 2), -1)
    matrix[0] = -coefficients[1:] / coefficients[0]
    return norm(np.asfortranarray(matrix))


@builtin
def hadamard(n, /):
    """
    hadamard(n)

    Hadamard matrix: ones and minus ones with orthogonal columns; n, n/12 or n/20 is a power of 2.

    Examples
      >> hadamard(2)
      ans =
           1     1
           1    -1

    See also magic, toeplitz.
    """
    order = order_of(n, "hadamard")
    base = next(
        (size for size in (1, 12, 20) if order % size == 0 and order and (order // size).bit_count() == 1), None
    )
    if base is None:
        raise ScriptError(
            "MATLAB:hadamard:InvalidInput",
            "n must be an integer and n, n/12 or n/20 must be a power of 2.",
            notes=(f"got {described(n)}",),
        )
    matrix = np.ones((1, 1)) if base == 1 else paley(base)
    while matrix.shape[0] < order:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return norm(np.asfortranarray(matrix))


def paley(order: int) -> ndarray:
    """Paley's matrices of order 12 (constant diagonals, as MATLAB's) and 20 (constant antidiagonals)."""
    prime = order - 1
    squares = {place * place % prime for place in range(1, prime)}
    symbols = np.array([-1.0] + [1.0 if place in squares else -1.0 for place in range(1, prime)])
    rows, columns = np.arange(prime)[:, None], np.arange(prime)[None, :]
    matrix = np.ones((order, order))
    if order == 12:
        matrix[1:, 1:] = symbols[(columns - rows) % prime]
    else:
        matrix[1:, 1:] = np.where((rows + columns) % prime == 0, -1.0, -symbols[(rows + columns) % prime])
    return matrix


@builtin
def rosser():
    """
    rosser

    Rosser's matrix of order 8, a test for eigenvalue programs.

    Examples
      >> trace(rosser)
      ans =
              4040

    See also wilkinson, eig.
    """
    upper = [
        [611, 196, -192, 407, -8, -52, -49, 29],
        [0, 899, 113, -192, -71, -43, -8, -44],
        [0, 0, 899, 196, 61, 49, 8, 52],
        [0, 0, 0, 611, 8, 44, 59, -23],
        [0, 0, 0, 0, 411, -599, 208, 208],
        [0, 0, 0, 0, 0, 411, 208, 208],
        [0, 0, 0, 0, 0, 0, 99, -911],
        [0, 0, 0, 0, 0, 0, 0, 99],
    ]
    matrix = np.array(upper, DOUBLE)
    return np.asfortranarray(matrix + np.triu(matrix, 1).T)


@builtin
def wilkinson(n, /):
    """
    wilkinson(n)

    Wilkinson's tridiagonal matrix, a test for eigenvalue programs.

    Examples
      >> wilkinson(3)
      ans =
           1     1     0
           1     0     1
           0     1     1

    See also rosser, eig.
    """
    order = order_of(n, "wilkinson")
    middle = (order - 1) / 2
    matrix = np.diag(np.abs(np.arange(order) - middle)) + np.eye(order, k=1) + np.eye(order, k=-1)
    return norm(np.asfortranarray(matrix))
