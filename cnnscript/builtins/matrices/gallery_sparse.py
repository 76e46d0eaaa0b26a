"""The sparse families of gallery: dorr, neumann, poisson, toeppen, tridiag, wathen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import norm
from cnnscript.values.sparse import Sparse, from_places


def banded(diagonals: dict[int, Any], size: int) -> Sparse:
    """A square matrix from its diagonals: numbers, or vectors as long as the diagonal."""
    rows, columns, data = [], [], []
    for offset, values in diagonals.items():
        count = size - abs(offset)
        if count <= 0:
            continue
        row = np.arange(count) + max(0, -offset)
        rows.append(row)
        columns.append(row + offset)
        data.append(np.broadcast_to(np.asarray(values, float), (count,)))
    if not rows:
        return from_places(np.zeros(0, int), np.zeros(0, int), np.zeros(0), (size, size))
    return from_places(np.concatenate(rows), np.concatenate(columns), np.concatenate(data), (size, size))


def tridiag(n, below=None, diagonal=None, above=None):
    """tridiag(n), tridiag(c, d, e) of vectors, or tridiag(n, c, d, e) of numbers."""
    if below is None:
        return banded({-1: -1.0, 0: 2.0, 1: -1.0}, take.count(n, "n"))
    if above is None:
        parts = [take.vector(part, "diagonal") for part in (n, below, diagonal)]
        return banded(dict(zip((-1, 0, 1), parts, strict=True)), parts[1].size)
    numbers = [take.number(part, "diagonal") for part in (below, diagonal, above)]
    return banded(dict(zip((-1, 0, 1), numbers, strict=True)), take.count(n, "n"))


def poisson(n):
    size = take.count(n, "n")
    line = banded({-1: -1.0, 0: 2.0, 1: -1.0}, size).matrix
    return on_square(line, line)


def on_square(first: Any, second: Any) -> Sparse:
    """The operator that acts along both directions of a grid."""
    from scipy.sparse import eye_array, kron

    one, other = eye_array(first.shape[0], format="csc"), eye_array(second.shape[0], format="csc")
    return Sparse(canonical(kron(one, second) + kron(first, other)))


def neumann(n):
    """The Laplacian with Neumann's condition on the edge, and its null vector."""
    shape = [take.positive(number, "n") for number in take.vector(n, "n").tolist()]
    if len(shape) == 1:
        root = round(np.sqrt(shape[0]))
        shape = [root, root]
    lines = []
    for length in shape:
        above, below = -np.ones(length - 1), -np.ones(length - 1)
        above[:1], below[-1:] = -2, -2
        lines.append(banded({-1: below, 0: 2.0, 1: above}, length).matrix)
    return on_square(*lines), norm(np.ones((shape[0] * shape[1], 1)))


def toeppen(n, a=1.0, b=-10.0, c=0.0, d=10.0, e=1.0):
    numbers = [take.number(part, "diagonal") for part in (a, b, c, d, e)]
    return banded(dict(zip((-2, -1, 0, 1, 2), numbers, strict=True)), take.count(n, "n"))


def dorr(n, theta=0.01):
    size, small = take.count(n, "n"), take.number(theta, "theta")
    step = 1 / (size + 1)
    half, term = (size + 1) // 2, small / step**2
    places = np.arange(1, size + 1)
    slope = (0.5 - places * step) / step
    early = places <= half
    below = np.where(early, -term, -term + slope)
    above = np.where(early, -term - slope, -term)
    diagonal = -(below + above)
    return banded({-1: below[1:], 0: diagonal, 1: above[:-1]}, size)


def wathen(session, nx, ny, k=0.0):
    """A random finite element matrix of nx×ny elements (k = 1: scaled to ones on the diagonal)."""
    across, down = take.count(nx, "nx"), take.count(ny, "ny")
    first = np.array([[6, -6, 2, -8], [-6, 32, -6, 20], [2, -6, 6, -6], [-8, 20, -6, 32.0]])
    second = np.array([[3, -8, 2, -6], [-8, 16, -8, 20], [2, -8, 3, -8], [-6, 20, -8, 16.0]])
    element = np.block([[first, second], [second.T, first]]) / 45
    size = 3 * across * down + 2 * across + 2 * down + 1
    weights = 100 * session.random.uniforms(across * down).reshape((across, down), order="F")
    rows, columns, data = [], [], []
    for j in range(1, down + 1):
        for i in range(1, across + 1):
            nodes = np.zeros(8, np.int64)
            nodes[0] = 3 * j * across + 2 * i + 2 * j + 1
            nodes[1] = nodes[0] - 1
            nodes[2] = nodes[1] - 1
            nodes[3] = (3 * j - 1) * across + 2 * j + i - 1
            nodes[4] = 3 * (j - 1) * across + 2 * i + 2 * j - 3
            nodes[5] = nodes[4] + 1
            nodes[6] = nodes[5] + 1
            nodes[7] = nodes[3] + 1
            rows.append(np.repeat(nodes - 1, 8))
            columns.append(np.tile(nodes - 1, 8))
            data.append((element * weights[i - 1, j - 1]).ravel())
    made = from_places(np.concatenate(rows), np.concatenate(columns), np.concatenate(data), (size, size))
    if not k:
        return made
    diagonal = made.matrix.diagonal()
    row, column, values = made.places()
    return from_places(row, column, values / diagonal[row], made.size())


SPARSE: dict[str, Callable] = {
    "dorr": dorr, "neumann": neumann, "poisson": poisson, "toeppen": toeppen, "tridiag": tridiag, "wathen": wathen,
}  # fmt: skip
