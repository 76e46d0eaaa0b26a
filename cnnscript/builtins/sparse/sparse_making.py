"""Sparse matrices made: sparse, full, speye, spones, spalloc, sprand, sprandn, sprandsym, spdiags, spfun, spconvert."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import (
    COMPLEX,
    DOUBLE,
    LOGICAL,
    as_array,
    class_of,
    ndarray,
    norm,
    size_of,
)
from cnnscript.values.operands import number_of
from cnnscript.values.sparse import Sparse, as_sparse, from_places, full_value, to_double, zeros


def lengths(first: Any, second: Any, name: str) -> tuple[int, int]:
    """Rows and columns given as two numbers; raises MATLAB's errors for what are none."""
    found = []
    for value in (first, second):
        number = take.number(full_value(value), "Sparse matrix sizes")
        if not np.isfinite(number) or number != int(number):
            raise ScriptError(
                f"MATLAB:{name}:notInteger", "Sparse matrix sizes must be integers.", notes=(f"got {number:g}",)
            )
        if number < 0:
            raise ScriptError(
                f"MATLAB:{name}:negativeSize",
                "Sparse matrix sizes must be non-negative integers less than MAXSIZE as defined by COMPUTER. Use "
                "HELP COMPUTER for more details.",
                notes=(f"got {number:g}",),
            )
        if number >= 2**48:
            raise ScriptError("MATLAB:array:SizeLimitExceeded", "Sparse matrix sizes must be less than MAXSIZE.")
        found.append(int(number))
    return found[0], found[1]


def indices(value: Any, what: str) -> ndarray:
    """Row or column indices as places from 0; raises MATLAB's errors for what are none."""
    value = full_value(value)
    class_name, _ = number_of(value)
    if class_name is None:
        raise ScriptError(
            "MATLAB:sparsefcn:WrongTypeFirst" if what == "row" else "MATLAB:sparsefcn:WrongTypeSecond",
            f"Undefined function 'sparse' for input arguments of type '{class_of(value)}'.",
        )
    array = as_array(value).ravel("F")
    if array.dtype.kind == "c":
        if array.imag.any():
            raise ScriptError("MATLAB:sparsefcn:complexIndex", "Indices to sparse matrix must be real.")
        array = array.real
    if array.dtype.kind == "b" and array.size and not array.all() or array.size and (array < 1).any():
        raise ScriptError(
            "MATLAB:sparsefcn:nonPosIndex",
            "Index into matrix must be positive.",
            notes=(f"a {what} index is {np.min(array):g}",),
        )
    if array.dtype.kind == "f" and (array != np.trunc(array)).any():
        raise ScriptError("MATLAB:sparsefcn:nonIntegerIndex", "Indices to sparse matrix must be integers.")
    return array.astype(np.int64) - 1


def described_type(value: Any) -> str:
    """'single' and attributes 'full 2d real'; for what is no number the class alone."""
    class_name, number = number_of(value)
    if class_name is None:
        return f"'{class_of(value)}'"
    kind = "complex" if np.iscomplexobj(number) else "real"
    return f"'{class_name}' and attributes 'full {len(size_of(value))}d {kind}'"


@builtin
def sparse(x, /, *rest):
    """
    S = sparse(A)
    S = sparse(m, n)
    S = sparse(i, j, v)
    S = sparse(i, j, v, m, n)
    S = sparse(i, j, v, m, n, nz)

    A sparse matrix: of a full one, of zeros, or of the elements v at rows i and columns j.

    Values for the same place are added; of logical ones any may be true.

    Examples
      >> S = sparse([1 2 2], [1 2 2], [5 1 2])
      S =
         (1,1)        5
         (2,2)        3
      >> sparse(2, 3)
      ans =
         All zero sparse: 2×3

    See also full, speye, issparse, nnz, find, spdiags.
    """
    if not rest:
        class_name, _ = number_of(x)
        if type(x) is not Sparse and class_name not in ("double", "logical", "char"):
            raise ScriptError(
                "MATLAB:UndefinedFunction",
                f"Undefined function 'sparse' for input arguments of type {described_type(x)}.",
                hint="sparse matrices are double or logical: sparse(double(A))",
            )
        return Sparse(x.matrix) if type(x) is Sparse else as_sparse(x)
    if len(rest) == 1:
        return zeros(*lengths(x, rest[0], "sparse"))
    if len(rest) == 3 or len(rest) > 5:
        raise ScriptError(
            "MATLAB:minrhs" if len(rest) == 3 else "MATLAB:maxrhs",
            "Not enough input arguments." if len(rest) == 3 else "Too many input arguments.",
        )
    return from_triplets(x, rest[0], rest[1], rest[2:])


def from_triplets(i: Any, j: Any, v: Any, size: tuple) -> Sparse:
    """sparse(i, j, v), of the size that follows from the indices or is given as (m, n) or (m, n, nzmax)."""
    rows, columns = indices(i, "row"), indices(j, "column")
    value = full_value(v)
    class_name, _ = number_of(value)
    if class_name not in ("double", "logical", "char"):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Undefined function 'sparse' for input arguments of type {described_type(value)}.",
            hint="sparse matrices are double or logical: double(v)",
        )
    data = as_array(value)
    data = data.ravel("F") if data.dtype in (DOUBLE, COMPLEX, LOGICAL) else data.ravel("F").astype(DOUBLE)
    counts = {part.size for part in (rows, columns, data)} - {1}
    if len(counts) > 1:
        raise ScriptError(
            "MATLAB:sparsefcn:lengthMismatch",
            "Vectors must be the same length.",
            notes=(f"{rows.size} rows, {columns.size} columns, {data.size} values",),
        )
    count = counts.pop() if counts else 1
    parts = (rows, columns, data)
    rows, columns, data = (np.repeat(part, count) if part.size == 1 != count else part for part in parts)
    if size:
        shape = lengths(size[0], size[1], "sparse")
        for places, length, what in ((rows, shape[0], "Row"), (columns, shape[1], "Column")):
            if places.size and places.max() >= length:
                raise ScriptError(
                    "MATLAB:sparsefcn:largeIndex" if what == "Row" else "MATLAB:sparsefcn:largeColIndex",
                    "Index exceeds matrix dimensions.",
                    notes=(f"{what.lower()} {int(places.max()) + 1} of {length}",),
                )
    else:
        shape = (int(rows.max()) + 1 if rows.size else 0, int(columns.max()) + 1 if columns.size else 0)
    made = from_places(rows, columns, data, shape)
    room = take.count(full_value(size[2]), "nzmax") if len(size) > 2 else data.size
    return Sparse(made.matrix, max(room, 1))


@builtin
def full(x, /):
    """
    A = full(S)

    A sparse matrix with its zeros; a full one as it is.

    Examples
      >> full(sparse([1 2], [1 2], [5 6]))
      ans =
           5     0
           0     6

    See also sparse, issparse.
    """
    return full_value(x)


@builtin
def issparse(x, /):
    """
    tf = issparse(A)

    Whether a value is a sparse matrix.

    Examples
      >> issparse(speye(2))
      ans =
        logical
         1

    See also sparse, full, isnumeric.
    """
    return type(x) is Sparse


@builtin
def speye(first=1.0, second=None, /):
    """
    S = speye
    S = speye(n)
    S = speye(n, m)
    S = speye([n m])

    The sparse identity matrix.

    Examples
      >> speye(2)
      ans =
         (1,1)        1
         (2,2)        1

    See also eye, spones, spdiags, sparse.
    """
    from scipy.sparse import eye_array

    given = take.real(full_value(first), "Size").ravel("F")
    if second is None and given.size >= 2:
        rows, columns = (max(0, take.integer(number, "Size")) for number in given[:2].tolist())
    else:
        rows = max(0, take.integer(full_value(first), "Size"))
        columns = rows if second is None else max(0, take.integer(full_value(second), "Size"))
    return Sparse(canonical(eye_array(rows, columns, format="csc")))


@builtin
def spones(x, /):
    """
    R = spones(S)

    Ones where a matrix is not zero, as a sparse matrix.

    Examples
      >> spones(sparse([5 0 7]))
      ans =
         (1,1)        1
         (1,3)        1

    See also sparse, spfun, nnz.
    """
    value = as_sparse(x)
    return value.with_data(np.ones(value.count()))


@builtin
def spalloc(m, n=None, nzmax=None, /):
    """
    S = spalloc(m, n, nz)

    A sparse matrix of zeros with room for nz elements.

    Examples
      >> nzmax(spalloc(3, 3, 5))
      ans =
           5

    See also sparse, nzmax.
    """
    rows, columns = lengths(m, m if n is None else n, "spalloc")
    room = 0 if nzmax is None else take.count(full_value(nzmax), "nzmax")
    return Sparse(zeros(rows, columns).matrix, max(room, 1))


# ---------------------------------------------------------------------------------------------------------- diagonals
@builtin(outputs=2)
def spdiags(nargout, first, /, *rest):
    """
    S = spdiags(Bin, d, m, n)
    S = spdiags(Bin, d, A)
    Bout = spdiags(A)
    [Bout, id] = spdiags(A)
    Bout = spdiags(A, d)

    A sparse matrix from the columns of Bin as diagonals d, a matrix with diagonals replaced, or the diagonals of one.

    Examples
      >> full(spdiags([1 2 3; 4 5 6; 7 8 9], [-1 0 1], 3, 3))
      ans =
           2     6     0
           1     5     9
           0     4     8
      >> [B, d] = spdiags([1 0; 2 3])
      B =
           2     1
           0     3
      d =
          -1
           0

    See also diag, speye, sparse.
    """
    if len(rest) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if len(rest) >= 2:
        return with_diagonals(first, rest)
    matrix = as_sparse(first)
    rows, columns, data = matrix.places()
    m, n = matrix.size()
    offsets = columns - rows
    wanted = diagonals(rest[0]) if rest else np.unique(offsets)
    length = min(m, n)
    band = np.zeros((length, wanted.size), data.dtype if data.dtype != LOGICAL else DOUBLE, order="F")
    for place, offset in enumerate(wanted.tolist()):
        on = offsets == offset
        band[(columns if m >= n else rows)[on], place] = data[on]
    out = norm(band)
    ids = norm(wanted.astype(DOUBLE).reshape(-1, 1))
    return (out, ids) if nargout > 1 else out


def diagonals(value: Any) -> ndarray:
    """Which diagonals are meant: whole numbers that a matrix may have."""
    numbers = take.vector(full_value(value), "d")
    if numbers.dtype.kind == "f" and not (np.abs(numbers) < 2**48).all() or np.any(numbers != np.floor(numbers)):
        raise ScriptError("MATLAB:spdiags:InvalidDiagonal", "Diagonals must be whole numbers.")
    return numbers.astype(np.int64)


def with_diagonals(columns_of: Any, rest: tuple) -> Sparse:
    """spdiags(B, d, m, n) and spdiags(B, d, A)."""
    band = as_array(full_value(columns_of))
    offsets = diagonals(rest[0])
    base = None
    if len(rest) == 3:
        m, n = lengths(rest[1], rest[2], "spdiags")
    else:
        base = as_sparse(rest[1])
        m, n = base.size()
    if band.shape[1] != offsets.size and not (band.shape[1] == 1 or offsets.size == 1 and 1 in band.shape):
        raise ScriptError(
            "MATLAB:spdiags:InvalidSizeBOneCol",
            "Number of columns in B must match number of elements in d.",
            notes=(f"{band.shape[1]} columns, {offsets.size} diagonals",),
        )
    if offsets.size == 1 and band.shape[0] == 1:
        band = band.reshape(-1, 1)
    rows, columns, data = [], [], []
    for place, offset in enumerate(offsets.tolist()):
        column = band[:, place if band.shape[1] > 1 else 0]
        row = np.arange(max(0, -offset), min(m, n - offset)) if n - offset > 0 else np.zeros(0, np.int64)
        at = row + offset if m >= n else row
        if column.size == 1:
            at = np.zeros_like(at)
        elif at.size and at.max() >= column.size:
            raise ScriptError(
                "MATLAB:badsubscript",
                f"Index in position 1 exceeds array bounds (must not exceed {column.size}).",
            )
        rows.append(row)
        columns.append(row + offset)
        data.append(column[at])
    if base is not None:
        row, column, kept = base.places()
        stay = ~np.isin(column - row, offsets)
        rows.append(row[stay])
        columns.append(column[stay])
        data.append(kept[stay])
    joined = [np.concatenate(parts) if parts else np.zeros(0) for parts in (rows, columns, data)]
    numbers = joined[2].astype(COMPLEX if joined[2].dtype.kind == "c" else DOUBLE)
    return from_places(joined[0].astype(np.int64), joined[1].astype(np.int64), numbers, (m, n))


# --------------------------------------------------------------------------------------------------------- functions
@builtin
def spfun(session, function, x, /):
    """
    f = spfun(fun, S)

    A function of the elements that are not zero; the others stay zero.

    Examples
      >> spfun(@exp, sparse([0 1]))
      ans =
         (1,2)       2.7183

    See also spones, cellfun, arrayfun.
    """
    called = function_of(session, function, "spfun")
    value = as_sparse(x)
    if not value.count():
        return value
    found = called.call(1, norm(value.matrix.data.reshape(-1, 1)))
    return value.with_data(as_array(full_value(found)).ravel("F"))


@builtin
def spconvert(x, /):
    """
    S = spconvert(D)

    A sparse matrix from rows [i j v] or [i j re im].

    Examples
      >> spconvert([1 1 5; 2 3 7])
      ans =
         (1,1)        5
         (2,3)        7

    See also sparse, full.
    """
    if type(x) is Sparse:
        return x
    table = take.array(x, "D")
    if table.ndim != 2 or table.shape[1] not in (3, 4):
        raise ScriptError(
            "MATLAB:spconvert:WrongArraySize",
            "The input array must have 3 or 4 columns.",
            notes=(f"got {take.described(x)}",),
        )
    values = table[:, 2] if table.shape[1] == 3 else table[:, 2] + 1j * table[:, 3]
    row, column = (norm(table[:, place].reshape(-1, 1)) for place in (0, 1))
    made = from_triplets(row, column, norm(values.reshape(-1, 1)), ())
    return Sparse(made.matrix)


@builtin(name="nzmax")
def nzmax(x, /):
    """
    n = nzmax(S)

    The number of elements there is room for: of a sparse matrix those stored, of a full one all.

    Examples
      >> nzmax(speye(3))
      ans =
           3

    See also nnz, spalloc, sparse.
    """
    if type(x) is Sparse:
        return float(max(x.count(), x.room, 1))
    return float(np.prod(size_of(x)))


@builtin
def nonzeros(x, /):
    """
    v = nonzeros(A)

    The elements that are not zero, as a full column.

    Examples
      >> nonzeros([1 0; 2 3])
      ans =
           1
           2
           3

    See also find, nnz, sparse.
    """
    if type(x) is Sparse:
        return norm(x.matrix.data.reshape(-1, 1))
    array = take.numeric(x, "A")
    flat = array.ravel("F")
    return norm(flat[flat != 0].reshape(-1, 1))


@builtin
def spaugment(a, c=None, /):
    """
    S = spaugment(A, c)
    S = spaugment(A)

    The sparse matrix [c*I A; A' 0] of a least squares problem; c is max(max(abs(A)))/1000 unless given.

    Examples
      >> full(spaugment(sparse([1; 2]), 1))
      ans =
           1     0     1
           0     1     2
           1     2     0

    See also mldivide, spparms.
    """
    value = to_double(as_sparse(a))
    rows, columns, data = value.places()
    m, n = value.size()
    scale = float(np.abs(data).max(initial=0.0)) / 1000 if c is None else take.number(full_value(c), "c")
    along = np.arange(m)
    return from_places(
        np.concatenate([along, rows, columns + m]), np.concatenate([along, columns + m, rows]),
        np.concatenate([np.full(m, scale), data, np.conj(data)]), (m + n, m + n),
    )  # fmt: skip
