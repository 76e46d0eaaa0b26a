"""Incomplete factors of sparse matrices, for the iterative solvers: ilu, ichol (Y. Saad, "Iterative Methods for Sparse
Linear Systems", SIAM, 2003)."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.sparse.sparse_factors import permutation
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import ndarray
from cnnscript.values.sparse import Sparse, from_places, full_value, to_double
from cnnscript.values.structs import Struct


def require_sparse(value: Any, name: str) -> Sparse:
    if type(value) is not Sparse:
        raise ScriptError(
            f"MATLAB:{name}:InputMustBeSparse" if name == "ilu" else f"MATLAB:{name}:NonSparseInput",
            "First input must be a sparse matrix." if name == "ichol" else "Input must be a sparse matrix.",
            notes=(f"got {take.described(value)}",), hint="sparse(A)",
        )  # fmt: skip
    if value.size()[0] != value.size()[1]:
        raise ScriptError(f"MATLAB:{name}:NonSquareInput", "Input must be a square matrix.")
    return to_double(value)


def options_of(value: Any, name: str, known: dict[str, Any]) -> dict[str, Any]:
    """The fields of a struct of options in any letter case, over the defaults `known`."""
    if value is None:
        return dict(known)
    if type(value) is not Struct:
        raise ScriptError(f"MATLAB:{name}:OptsNotStruct", "Second input must be a structure of options.")
    found = dict(known)
    names = {word.lower(): word for word in known}
    for word, given in value.fields.items():
        if word.lower() not in names:
            raise ScriptError(
                f"MATLAB:{name}:InvalidOption", f"'{word}' is not an option of {name}.",
                notes=("options are " + ", ".join(known),),
            )  # fmt: skip
        found[names[word.lower()]] = full_value(given)
    return found


# ----------------------------------------------------------------------------------------------------------------- ilu
ILU = {"type": "nofill", "droptol": 0.0, "milu": "off", "udiag": 0.0, "thresh": 1.0}


@builtin(outputs=3)
def ilu(nargout, a, setup=None, /):
    """
    W = ilu(A)
    W = ilu(A, options)
    [L, U] = ilu(A, options)
    [L, U, P] = ilu(A, options)

    Incomplete triangular factors of a sparse matrix, L*U close to A (or to P*A).

    options is a struct: type 'nofill' (as sparse as A), 'crout' or 'ilutp' (with pivots), droptol, milu ('off', 'row',
    'col'), udiag, thresh. One output alone is L+U without the ones of L.

    Examples
      >> [L, U] = ilu(sparse([4 1 0; 1 4 1; 0 1 4])); full(L)
      ans =
          1.0000         0         0
          0.2500    1.0000         0
               0    0.2667    1.0000
      >> [L, U, P] = ilu(sparse([4 1; 1 4]), struct('type', 'ilutp')); full(P)
      ans =
           1     0
           0     1

    See also ichol, lu, gmres, bicgstab.
    """
    matrix = require_sparse(a, "ilu")
    wishes = options_of(setup, "ilu", ILU)
    kind = take.choice(wishes["type"], ("nofill", "crout", "ilutp"), "type")
    kept = take.choice(wishes["milu"], ("off", "row", "col"), "milu")
    drop = take.number(wishes["droptol"], "droptol")
    if drop < 0:
        raise ScriptError("MATLAB:ilu:InvalidDroptol", "Field 'droptol' must be a nonnegative scalar.")
    replace = take.flag(wishes["udiag"], "udiag")
    size = matrix.size()[0]
    order = np.arange(size)
    if kind == "nofill":
        lower, upper = without_fill(matrix, kept, replace)
    else:
        thresh = take.number(wishes["thresh"], "thresh")
        if not 0 <= thresh <= 1:
            raise ScriptError("MATLAB:ilu:InvalidThresh", "Field 'thresh' must be a scalar between 0 and 1.")
        limits = drop * np.sqrt(np.asarray((np.abs(matrix.matrix) ** 2).sum(axis=0)).ravel())
        settings = Dropping(limits, kept != "off", drop if replace else None, thresh if kind == "ilutp" else None)
        if kept == "row":
            turned = Sparse(canonical(matrix.matrix.T))
            lower, upper, order = turned_back(*with_dropping(turned, settings._replace(by_row=True)))
        else:
            lower, upper, order = with_dropping(matrix, settings)
    if nargout < 2:
        rows, columns, data = upper.places()
        row, column, values = lower.places()
        off = row != column
        return from_places(
            np.concatenate([rows, row[off]]), np.concatenate([columns, column[off]]),
            np.concatenate([data, values[off]]), (size, size),
        )  # fmt: skip
    by_columns = kind == "ilutp" and kept == "row"  # then A*P is close to L*U
    if nargout == 2:
        if by_columns:
            rows, columns, data = upper.places()
            upper = from_places(rows, order[columns], data, (size, size))
        elif kind == "ilutp":
            rows, columns, data = lower.places()
            lower = from_places(order[rows], columns, data, (size, size))
        return lower, upper
    return lower, upper, permutation(order, not by_columns)


def zero_pivot() -> ScriptError:
    return ScriptError(
        "MATLAB:ilu:ZeroPivot",
        "There is a pivot equal to zero. Consider setting udiag = 1 to replace it by the drop tolerance, or another "
        "type of factorization.",
    )


def without_fill(matrix: Sparse, kept: str, replace: bool) -> tuple[Sparse, Sparse]:
    """ILU(0), row by row: elements outside the places of A are left out, or added to the diagonal (milu)."""
    size = matrix.size()[0]
    by_rows = matrix.matrix.tocsr()
    by_rows.sort_indices()
    starts, places, data = by_rows.indptr, by_rows.indices, by_rows.data.copy()
    at_diagonal = np.full(size, -1)
    column_sums = np.zeros(size, data.dtype)
    where: list[dict[int, int]] = []
    for row in range(size):
        mine = {int(places[at]): at for at in range(starts[row], starts[row + 1])}
        where.append(mine)
        if row in mine:
            at_diagonal[row] = mine[row]
        lost = 0.0
        for at in range(starts[row], starts[row + 1]):
            k = int(places[at])
            if k >= row:
                break
            pivot = data[at_diagonal[k]]
            data[at] = factor = data[at] / pivot
            for other in range(at_diagonal[k] + 1, starts[k + 1]):
                column = int(places[other])
                change = factor * data[other]
                target = mine.get(column)
                if target is not None:
                    data[target] -= change
                elif kept == "row":
                    lost += change
                elif kept == "col":
                    column_sums[column] += change
        if at_diagonal[row] < 0:
            raise zero_pivot()
        if kept == "row":
            data[at_diagonal[row]] -= lost
        if kept == "col":
            data[at_diagonal[row]] -= column_sums[row]
        if data[at_diagonal[row]] == 0:
            if not replace:
                raise zero_pivot()
            data[at_diagonal[row]] = 1.0
    rows = np.repeat(np.arange(size), np.diff(starts))
    below = rows > places
    along = np.arange(size)
    lower = from_places(
        np.concatenate([along, rows[below]]), np.concatenate([along, places[below]]),
        np.concatenate([np.ones(size, data.dtype), data[below]]), (size, size),
    )  # fmt: skip
    return lower, from_places(rows[~below], places[~below], data[~below], (size, size))


class Dropping(NamedTuple):
    """How `with_dropping` goes about it.

    limits    what counts as small, for each column (or, by_row, for each row)
    keep      add what is dropped to the diagonal, so that the sums of columns stay
    replace   what a pivot of zero becomes; None: an error
    thresh    how small a diagonal element may be beside the largest below it; None: rows are never exchanged
    """

    limits: ndarray
    keep: bool
    replace: float | None
    thresh: float | None
    by_row: bool = False


def turned_back(lower: Sparse, upper: Sparse, order: ndarray) -> tuple[Sparse, Sparse, ndarray]:
    """The factors of a matrix from those of its transpose: the ones stand on the diagonal of L again."""
    rows, columns, data = upper.places()
    diagonal = upper.matrix.diagonal()
    row, column, values = lower.places()
    return (
        from_places(columns, rows, data / diagonal[rows], upper.size()),
        from_places(column, row, values * diagonal[column], upper.size()),
        order,
    )


def with_dropping(matrix: Sparse, settings: Dropping) -> tuple[Sparse, Sparse, ndarray]:
    """Factors column by column without their small elements.  The third value is the order of the rows."""
    size = matrix.size()[0]
    source = matrix.matrix
    limits, thresh = settings.limits, settings.thresh
    order = np.arange(size)  # position to row of A
    position = np.arange(size)
    lower_rows: list[ndarray] = []  # rows of A
    lower_data: list[ndarray] = []
    parts: list[tuple[ndarray, ndarray, ndarray]] = []
    for column in range(size):
        work = np.zeros(size, source.dtype)
        part = slice(source.indptr[column], source.indptr[column + 1])
        work[source.indices[part]] = source.data[part]
        limit = limits if settings.by_row else np.full(size, limits[column])  # by rows of the matrix
        lost = 0.0
        waiting = sorted(place for place in position[source.indices[part]].tolist() if place < column)
        known = set(waiting)
        while waiting:
            earlier = heappop(waiting)
            row = order[earlier]
            value = work[row]
            if value == 0:
                continue
            if abs(value) < limit[row]:
                lost += value
                work[row] = 0
                if thresh is None:  # with pivots, what is dropped has eliminated before
                    continue
            work[lower_rows[earlier]] -= value * lower_data[earlier]
            for place in position[lower_rows[earlier]].tolist():
                if place < column and place not in known:
                    known.add(place)
                    heappush(waiting, place)
        rest = order[column:]
        below = work[rest]
        small = (np.abs(below) < limit[rest]) & (rest != order[column])
        lost += below[small].sum()
        below[small] = 0
        if thresh:
            largest = int(np.abs(below).argmax())
            if abs(below[0]) < thresh * abs(below[largest]):
                row = rest[largest]
                other = order[column]
                order[column], order[position[row]] = row, other
                position[row], position[other] = position[other], position[row]
                below[0], below[largest] = below[largest], below[0]
                rest = order[column:]
        if settings.keep:
            below[0] += lost
        if below[0] == 0:
            if settings.replace is None:
                raise zero_pivot()
            below[0] = settings.replace
        values = work[order[:column]]
        there = np.flatnonzero(values)
        parts.append((np.append(there, column), np.full(there.size + 1, column), np.append(values[there], below[0])))
        under = np.flatnonzero(below[1:])
        lower_rows.append(rest[1:][under].copy())
        lower_data.append(below[1:][under] / below[0])
    rows, columns, data = (np.concatenate([part[at] for part in parts]) if parts else np.zeros(0) for at in range(3))
    upper = from_places(rows.astype(int), columns.astype(int), data, (size, size))
    along = np.arange(size)
    row = np.concatenate([along, *(position[rows_of] for rows_of in lower_rows)])
    column = np.concatenate([along, *(np.full(rows_of.size, at) for at, rows_of in enumerate(lower_rows))])
    values = np.concatenate([np.ones(size, source.dtype), *lower_data])
    return from_places(row.astype(int), column.astype(int), values, (size, size)), upper, order


# --------------------------------------------------------------------------------------------------------------- ichol
ICHOL = {"type": "nofill", "droptol": 0.0, "michol": "off", "diagcomp": 0.0, "shape": "lower"}


@builtin
def ichol(a, options=None, /):
    """
    L = ichol(A)
    L = ichol(A, options)

    An incomplete Cholesky factor of a symmetric positive definite sparse matrix, L*L' close to A.

    options is a struct: type 'nofill' (as sparse as A) or 'ict', droptol, michol ('off', 'on'), diagcomp, shape
    ('lower', 'upper').

    Examples
      >> full(ichol(sparse([4 2; 2 5])))
      ans =
           2     0
           1     2

    See also ilu, chol, pcg.
    """
    matrix = require_sparse(a, "ichol")
    wishes = options_of(options, "ichol", ICHOL)
    kind = take.choice(wishes["type"], ("nofill", "ict"), "type")
    shape = take.choice(wishes["shape"], ("lower", "upper"), "shape")
    modified = take.choice(wishes["michol"], ("off", "on"), "michol") == "on"
    drop = take.number(wishes["droptol"], "droptol")
    shift = take.number(wishes["diagcomp"], "diagcomp")
    size = matrix.size()[0]
    rows, columns, data = (matrix if shape == "lower" else Sparse(canonical(matrix.matrix.conj().T))).places()
    half = rows >= columns
    rows, columns, data = rows[half], columns[half], data[half].copy()
    data[rows == columns] *= 1 + shift
    lower = from_places(rows, columns, data, (size, size))
    factor = incomplete(lower, drop if kind == "ict" else None, modified)
    return factor if shape == "lower" else operators.ctranspose(factor)


def incomplete(lower: Sparse, drop: float | None, modified: bool) -> Sparse:
    """The factor column by column: only at the places of the matrix (drop None), or what is not small."""
    size = lower.size()[0]
    source = lower.matrix
    rows_of: list[ndarray] = []
    data_of: list[ndarray] = []
    touching: list[list[int]] = [[] for _ in range(size)]  # columns whose factor has an element in a row
    lost = np.zeros(size, source.dtype)
    for column in range(size):
        part = slice(source.indptr[column], source.indptr[column + 1])
        work = np.zeros(size, source.dtype)
        places = source.indices[part]
        work[places] = source.data[part]
        limit = drop * float(np.abs(source.data[part]).sum()) if drop else 0.0
        for earlier in touching[column]:
            rows, data = rows_of[earlier], data_of[earlier]
            factor = np.conj(data[rows == column][0])
            later = rows >= column
            work[rows[later]] -= factor * data[later]
        below = work[column + 1 :]
        if drop is None:
            allowed = np.zeros(size, bool)
            allowed[places] = True
            outside = ~allowed[column + 1 :]
        else:
            outside = np.abs(below) < limit
        if modified:
            gone = np.where(outside, below, 0)
            work[column] += gone.sum()
            lost[column + 1 :] += gone
        below[outside] = 0
        pivot = (work[column] + (lost[column] if modified else 0)).real
        if not pivot > 0 or not np.isfinite(pivot):
            raise ScriptError("MATLAB:ichol:Breakdown", "Encountered nonpositive pivot.")
        root = np.sqrt(pivot)
        there = np.flatnonzero(below) + column + 1
        rows_of.append(np.concatenate([[column], there]))
        data_of.append(np.concatenate([[root], work[there] / root]))
        for row in there.tolist():
            touching[row].append(column)
    columns = np.repeat(np.arange(size), [rows.size for rows in rows_of])
    if not size:
        return lower
    return from_places(np.concatenate(rows_of), columns, np.concatenate(data_of), (size, size))
