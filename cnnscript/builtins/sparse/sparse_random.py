"""Sparse matrices by chance: sprand, sprandn, sprandsym."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.sparse.sparse_making import lengths
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, rounded_half_away
from cnnscript.values.sparse import Sparse, as_sparse, from_places, full_value, sparse_value


def scattered(session: Any, args: tuple, name: str, draw: Any) -> Sparse:
    """sprand and sprandn: the places of a matrix, or rows, columns and density (and 1/condition number)."""
    if len(args) == 1:
        pattern = as_sparse(args[0])
        return pattern.with_data(draw(pattern.count()))
    if len(args) not in (3, 4):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    rows, columns = lengths(args[0], args[1], name)
    density = take.number(full_value(args[2]), "density")
    if density < 0:
        raise ScriptError(f"MATLAB:{name}:InvalidDensity", "Density must be nonnegative.", notes=(f"got {density:g}",))
    if len(args) == 4:
        return conditioned(session, rows, columns, min(density, 1.0), take.vector(full_value(args[3]), "rc"))
    # the draws in MATLAB's order: rows, columns (what falls on one place counts once), values row by row
    count = int(rounded_half_away(np.float64(rows * columns * min(density, 1.0))))
    row = np.floor(session.random.uniforms(count) * rows).astype(np.int64)
    column = np.floor(session.random.uniforms(count) * columns).astype(np.int64)
    by_rows = np.unique(row * columns + column)
    values = draw(by_rows.size)
    return from_places(by_rows // max(columns, 1), by_rows % max(columns, 1), values, (rows, columns))


def chosen_places(session: Any, total: int, count: int) -> ndarray:
    """`count` different places of `total`, by the session's stream."""
    if count * 3 >= total:
        return np.argsort(session.random.uniforms(total), kind="stable")[:count]
    found = np.zeros(0, np.int64)
    while found.size < count:
        more = np.floor(session.random.uniforms(count - found.size) * total).astype(np.int64)
        found = np.unique(np.concatenate([found, more]))
    return found


def conditioned(session: Any, rows: int, columns: int, density: float, singular: ndarray) -> Sparse:
    """A matrix with given singular values (or a reciprocal condition number): a diagonal turned by plane rotations
    until it is as dense as asked."""
    small = min(rows, columns)
    if singular.size == 1:
        singular = singular[0] ** (np.arange(small) / max(small - 1, 1))
    diagonal = np.zeros(small)
    diagonal[: min(small, singular.size)] = singular[:small]
    matrix = from_places(np.arange(small), np.arange(small), diagonal, (rows, columns)).full()
    matrix = matrix[np.argsort(session.random.uniforms(rows), kind="stable")]
    wanted = round(density * rows * columns)
    for _ in range(20 * (rows + columns)):
        if np.count_nonzero(matrix) >= wanted:
            break
        turn_left = session.random.uniforms(1)[0] < 0.5 and rows > 1 or columns < 2
        length = rows if turn_left else columns
        if length < 2:
            break
        first, second = np.argsort(session.random.uniforms(length), kind="stable")[:2]
        angle = 2 * np.pi * session.random.uniforms(1)[0]
        view = matrix if turn_left else matrix.T
        turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) @ view[[first, second]]
        view[[first, second]] = turned
    return sparse_value(np.asfortranarray(matrix))


@builtin
def sprand(session, first, /, *rest):
    """
    R = sprand(S)
    R = sprand(m, n, density)
    R = sprand(m, n, density, rc)

    A sparse matrix with uniformly distributed elements, at the places of S or at random ones.

    rc is the reciprocal of the condition number, or the singular values.

    Examples
      >> rng default, sprand(2, 3, 0.3)
      ans =
         (2,1)       0.6324
         (2,3)       0.0975
      >> isequal(spones(sprand(speye(3))), speye(3))
      ans =
        logical
         1

    See also sprandn, sprandsym, rand, sparse.
    """
    return scattered(session, (first, *rest), "sprand", session.random.uniforms)


@builtin
def sprandn(session, first, /, *rest):
    """
    R = sprandn(S)
    R = sprandn(m, n, density)
    R = sprandn(m, n, density, rc)

    A sparse matrix with normally distributed elements, at the places of S or at random ones.

    Examples
      >> isequal(spones(sprandn(speye(3))), speye(3))
      ans =
        logical
         1

    See also sprand, sprandsym, randn, sparse.
    """
    return scattered(session, (first, *rest), "sprandn", session.random.normals)


@builtin
def sprandsym(session, first, density=None, rc=None, kind=None, /):
    """
    R = sprandsym(S)
    R = sprandsym(n, density)
    R = sprandsym(n, density, rc)
    R = sprandsym(n, density, rc, kind)

    A symmetric sparse matrix with normally distributed elements; with rc a positive definite one (kind 1 or 2), or one
    with the eigenvalues rc.

    Examples
      >> R = sprandsym(6, 0.5);
      >> isequal(R, R')
      ans =
        logical
         1

    See also sprand, sprandn, issymmetric.
    """
    if density is None:
        pattern = as_sparse(first)
        rows, columns, _ = pattern.places()
        below = rows >= columns
        rows, columns = rows[below], columns[below]
        size = pattern.size()[0]
        return mirrored(rows, columns, session.random.normals(rows.size), size)
    size, _ = lengths(first, first, "sprandsym")
    share = min(max(take.number(full_value(density), "density"), 0.0), 1.0)
    if kind is not None and take.number(full_value(kind), "kind") not in (1, 2):
        raise ScriptError("cnnscript:NotYet", "A kind other than 1 and 2 is not in cnnscript's sprandsym yet.")
    if rc is not None:
        values = take.vector(full_value(rc), "rc")
        if values.size == 1:
            values = values[0] ** (np.arange(size) / max(size - 1, 1))
        matrix = np.diag(values[:size])
        wanted = round(share * size * size)
        for _ in range(20 * size):
            if np.count_nonzero(matrix) >= wanted or size < 2:
                break
            pair = np.argsort(session.random.uniforms(size), kind="stable")[:2]
            angle = 2 * np.pi * session.random.uniforms(1)[0]
            turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
            matrix[pair] = turn @ matrix[pair]
            matrix[:, pair] = matrix[:, pair] @ turn.T
        matrix = (matrix + matrix.T) / 2
        return sparse_value(np.asfortranarray(matrix))
    wanted = round(share * size * size)
    onto = min(size, wanted % 2 + 2 * (round(share * size) // 2))
    pairs = max((wanted - onto) // 2, 0)
    below = size * (size - 1) // 2
    keys = chosen_places(session, below, min(pairs, below)) if below else np.zeros(0, np.int64)
    rows = np.floor((1 + np.sqrt(1 + 8 * keys.astype(float))) / 2).astype(np.int64)
    rows -= rows * (rows - 1) // 2 > keys
    columns = keys - rows * (rows - 1) // 2
    diagonal = np.argsort(session.random.uniforms(size), kind="stable")[:onto]
    return mirrored(
        np.concatenate([rows, diagonal]), np.concatenate([columns, diagonal]),
        session.random.normals(rows.size + diagonal.size), size,
    )  # fmt: skip


def mirrored(rows: ndarray, columns: ndarray, data: ndarray, size: int) -> Sparse:
    """The symmetric matrix with a given lower triangle."""
    off = rows != columns
    return from_places(
        np.concatenate([rows, columns[off]]), np.concatenate([columns, rows[off]]),
        np.concatenate([data, data[off]]), (size, size),
    )  # fmt: skip
