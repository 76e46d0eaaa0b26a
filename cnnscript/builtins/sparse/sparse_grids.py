"""Matrices of grids: numgrid, delsq, and the scaling equilibrate."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.sparse.sparse_factors import permutation, require_square
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.sparse import Sparse, as_sparse, from_places, full_value, to_double


@builtin
def numgrid(region, n, /):
    """
    G = numgrid(region, n)

    Numbers of the points of an n-by-n grid that lie inside a region, column by column; 0 outside.

    region is 'S' (square), 'L', 'C' (L with a curved corner), 'D' (disc), 'A' (annulus), 'H' (heart), 'B' (butterfly)
    or 'N' (square, numbered by nested dissection).

    Examples
      >> numgrid('S', 4)
      ans =
           0     0     0     0
           0     1     3     0
           0     2     4     0
           0     0     0     0

    See also delsq, spy.
    """
    word = take.text(region, "R").upper()
    size = take.positive(full_value(n), "n")
    require_memory((size, size), 64)
    if word == "N":
        grid = np.zeros((size, size), order="F")
        grid[1:-1, 1:-1] = dissected(size - 2, size - 2)
        return norm(grid)
    if size < 3:  # nothing but the edge
        return norm(np.zeros((size, size), order="F")) if size > 1 else 0.0
    line = np.concatenate([[-1.0], np.arange(-(size - 3), size - 2, 2) / (size - 1), [1.0]])
    x = np.tile(line, (size, 1))
    y = np.flipud(x.T)
    inside = (x > -1) & (x < 1) & (y > -1) & (y < 1)
    square = x**2 + y**2
    angle, radius = np.arctan2(y, x), np.sqrt(square)
    regions = {
        "S": inside,
        "L": inside & ((x > 0) | (y > 0)),
        "C": inside & ((x + 1) ** 2 + (y + 1) ** 2 > 1),
        "D": square < 1,
        "A": (square < 1) & (square > 1 / 3),
        "H": square * (square - 0.75 * y) < 0.75 * x**2,
        "B": inside & (radius >= np.sin(2 * angle) + 0.2 * np.sin(8 * angle)),
    }
    if word not in regions:
        raise ScriptError("MATLAB:numgrid:InvalidRegion", "Invalid region type.", notes=(f"got '{word}'",))
    flat = regions[word].ravel("F")
    numbers = np.where(flat, np.cumsum(flat), 0).astype(float)
    return norm(np.asfortranarray(numbers.reshape((size, size), order="F")))


def dissected(rows: int, columns: int) -> ndarray:
    """Numbers from 1 for a grid: the halves first, the line between them last."""
    numbers = np.zeros((rows, columns))
    count = 0

    def number(part: ndarray) -> None:
        nonlocal count
        m, n = part.shape
        if m == 0 or n == 0:
            return
        if m <= 2 and n <= 2:
            part[...] = (np.arange(m * n) + count + 1).reshape((m, n), order="F")
            count += m * n
            return
        turned = part if n >= m else part.T
        middle = turned.shape[1] // 2
        number(turned[:, :middle])
        number(turned[:, middle + 1 :])
        number(turned[:, middle : middle + 1] if turned.shape[0] <= 2 else np.zeros((0, 0)))
        if turned.shape[0] > 2:
            turned[:, middle] = np.arange(turned.shape[0]) + count + 1
            count += turned.shape[0]

    number(numbers)
    return numbers


@builtin
def delsq(g, /):
    """
    D = delsq(G)

    The five-point discrete negative Laplacian on a grid of numgrid: 4 on the diagonal, -1 for each neighbour inside.

    Examples
      >> full(delsq(numgrid('S', 4)))
      ans =
           4    -1    -1     0
          -1     4     0    -1
          -1     0     4    -1
           0    -1    -1     4

    See also numgrid, del2.
    """
    grid = take.real(full_value(g), "G").astype(np.int64)
    count = int(grid.max(initial=0))
    along = np.arange(count)
    rows, columns = [along], [along]
    for axis in range(2):
        first = grid[:-1, :] if axis == 0 else grid[:, :-1]
        second = grid[1:, :] if axis == 0 else grid[:, 1:]
        both = (first > 0) & (second > 0)
        rows += [first[both] - 1, second[both] - 1]
        columns += [second[both] - 1, first[both] - 1]
    data = np.concatenate([np.full(count, 4.0), np.full(sum(part.size for part in rows[1:]), -1.0)])
    return from_places(np.concatenate(rows), np.concatenate(columns), data, (count, count))


@builtin(outputs=3)
def equilibrate(nargout, a, form="matrix", /):
    """
    [P, R, C] = equilibrate(A)
    [p, r, c] = equilibrate(A, 'vector')

    A permutation P and diagonal scalings R and C, such that R*P*A*C has ones on the diagonal and no larger elements.

    Examples
      >> [P, R, C] = equilibrate([0 4; 2 0]); full(R*P*[0 4; 2 0]*C)
      ans =
           1     0
           0     1

    See also lu, condest, gmres.
    """
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    require_square(a)
    value = to_double(as_sparse(a))
    rows, columns, data = value.places()
    size = value.size()[0]
    logs = np.log(np.abs(data))
    # the heaviest product of a transversal: a matching of least weight (weights must not be zero)
    weights = from_places(rows, columns, logs.max(initial=0) - logs + 1, value.size())
    try:
        matched, partner = min_weight_full_bipartite_matching(weights.matrix.tocsr())
    except ValueError:
        raise ScriptError("MATLAB:equilibrate:StructSingular", "Matrix is structurally singular.") from None
    order = np.empty(size, np.int64)
    order[partner] = matched  # the row that comes to the place of each column
    row_scale, column_scale = duals(value, order)
    if take.choice(form, ("matrix", "vector"), "Form") == "vector":
        return norm(order + 1.0).reshape(-1, 1), norm(row_scale.reshape(-1, 1)), norm(column_scale.reshape(-1, 1))
    along = np.arange(size)
    return (
        permutation(order), from_places(along, along, row_scale, value.size()),
        from_places(along, along, column_scale, value.size()),
    )[: max(nargout, 1)]  # fmt: skip


def duals(value: Sparse, order: ndarray) -> tuple[ndarray, ndarray]:
    """Scalings of the permuted rows and of the columns that make the diagonal 1 and nothing larger: potentials of the
    matching, by shortest ways (Bellman and Ford)."""
    size = order.size
    position = np.argsort(order)
    rows, columns, data = value.places()
    rows = position[rows]
    logs = np.log(np.abs(data))
    diagonal = np.zeros(size)
    on = rows == columns
    diagonal[rows[on]] = logs[on]
    # with r(i) = -diagonal(i) - c(i): logs(i,j) - diagonal(i) - c(i) + c(j) <= 0
    column = np.zeros(size)
    for _ in range(size + 1):
        bound = column[rows] + diagonal[rows] - logs
        lowest = column.copy()
        np.minimum.at(lowest, columns, bound)
        if np.array_equal(lowest, column) or np.abs(lowest - column).max() < 1e-12:
            break
        column = lowest
    return np.exp(-diagonal - column), np.exp(column)


