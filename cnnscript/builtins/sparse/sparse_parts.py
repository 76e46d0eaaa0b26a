"""What functions of other topics do with sparse matrices: find, nnz, the diagonals and blocks, the shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.sorting import found_shape
from cnnscript.builtins.registry import TABLE, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.sparse import (
    Sparse,
    as_sparse,
    from_keys,
    from_places,
    full_value,
    no_pages,
    reshaped,
    sparse_value,
    to_double,
    zeros,
)


def on_full(name: str, nargout: int, args: tuple) -> Any:
    """The function of that name on full matrices."""
    return TABLE[name].bind(None)(nargout, *map(full_value, args))


def first_sparse(found: Any) -> Any:
    return (sparse_value(found[0]), *found[1:]) if type(found) is tuple else sparse_value(found)


def as_sparse_array(array: ndarray) -> Sparse:
    from cnnscript.values.sparse import made_sparse

    return made_sparse(np.asfortranarray(array))


# ------------------------------------------------------------------------------------------------------------- counts
@overload("sparse")
def nnz(x, /):
    """
    n = nnz(S)

    How many elements of a sparse matrix are not zero.

    Examples
      >> nnz(speye(3))
      ans =
           3

    See also sparse, full.
    """
    return float(x.count())


@overload("sparse", outputs=3)
def find(nargout, x, count=None, direction=None, /):
    """
    k = find(S)
    [row, column, v] = find(S)
    k = find(S, n, direction)

    Where a sparse matrix is not zero, and what stands there, as full columns.

    Examples
      >> [row, column, v] = find(sparse([0 7; 8 0]))
      row =
           2
           1
      column =
           1
           2
      v =
           8
           7

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("find", nargout, (x, count, direction) if direction is not None else (x, count))
    rows, columns, data = x.places()
    if count is not None:
        number = take.number(full_value(count), "N")
        if not number >= 1 or number != number // 1:
            raise ScriptError("MATLAB:find:invalidN", "Second argument must be a positive scalar integer.")
        last = direction is not None and take.choice(direction, ("first", "last"), "Direction") == "last"
        kept = min(int(min(number, 2.0**60)), data.size)
        part = slice(data.size - kept, None) if last else slice(0, kept)
        rows, columns, data = rows[part], columns[part], data[part]
    shape = found_shape(np.broadcast_to(0.0, x.size()), data.size)
    if nargout < 2:
        return norm((columns * x.size()[0] + rows + 1.0).reshape(shape))
    found = (norm((rows + 1.0).reshape(shape)), norm((columns + 1.0).reshape(shape)))
    return found if nargout == 2 else (*found, norm(data.reshape(shape)))


# ---------------------------------------------------------------------------------------------------- diagonals, blocks
@overload("sparse")
def diag(x, k=0.0, /):
    """
    d = diag(S)
    d = diag(S, k)
    S = diag(v, k)

    A diagonal of a sparse matrix, or a matrix with a sparse vector on a diagonal; sparse.

    Examples
      >> diag(sparse([4 0; 1 5]))
      ans =
         (1,1)        4
         (2,1)        5

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("diag", 1, (x, k))
    place = take.integer(full_value(k), "Diagonal number K")
    rows, columns, data = x.places()
    m, n = x.size()
    if 1 in (m, n):
        at = np.maximum(rows, columns)
        side = max(m, n) if 0 not in (m, n) else 0
        side += abs(place)
        return from_places(at + max(0, -place), at + max(0, place), data, (side, side))
    on = columns - rows == place
    length = max(min(m + min(place, 0), n - max(place, 0)), 0)
    return from_keys(np.minimum(rows, columns)[on], data[on], (length, 1))


def triangle(x: Any, k: Any, keep: Any) -> Any:
    place = take.integer(full_value(k), "Diagonal number K")
    rows, columns, data = x.places()
    on = keep(columns - rows, place)
    return from_places(rows[on], columns[on], data[on], x.size())


@overload("sparse")
def tril(x, k=0.0, /):
    """
    L = tril(S)
    L = tril(S, k)

    The lower triangle of a sparse matrix.

    Examples
      >> tril(sparse([1 2; 3 4]))
      ans =
         (1,1)        1
         (2,1)        3
         (2,2)        4

    See also sparse, full.
    """
    return triangle(x, k, np.less_equal) if type(x) is Sparse else on_full("tril", 1, (x, k))


@overload("sparse")
def triu(x, k=0.0, /):
    """
    U = triu(S)
    U = triu(S, k)

    The upper triangle of a sparse matrix.

    Examples
      >> triu(sparse([1 2; 3 4]))
      ans =
         (1,1)        1
         (1,2)        2
         (2,2)        4

    See also sparse, full.
    """
    return triangle(x, k, np.greater_equal) if type(x) is Sparse else on_full("triu", 1, (x, k))


@overload("sparse")
def kron(x, y, /):
    """
    K = kron(A, B)

    The Kronecker product with a sparse matrix, sparse.

    Examples
      >> kron(speye(2), [1 2])
      ans =
         (1,1)        1
         (1,2)        2
         (2,3)        1
         (2,4)        2

    See also sparse, full.
    """
    from scipy.sparse import kron as product

    return Sparse(canonical(product(to_double(as_sparse(x)).matrix, to_double(as_sparse(y)).matrix, format="csc")))


@overload("sparse")
def blkdiag(*matrices):
    """
    D = blkdiag(A, B, ...)

    Matrices, one of them sparse, along the diagonal of a sparse one.

    Examples
      >> blkdiag(sparse(1), [2 3])
      ans =
         (1,1)        1
         (2,2)        2
         (2,3)        3

    See also sparse, full.
    """
    rows, columns, data = [], [], []
    m = n = 0
    for matrix in map(as_sparse, matrices):
        row, column, values = matrix.places()
        rows.append(row + m)
        columns.append(column + n)
        data.append(values)
        m, n = m + matrix.size()[0], n + matrix.size()[1]
    return from_places(np.concatenate(rows), np.concatenate(columns), np.concatenate(data), (m, n))


@overload("sparse")
def reshape(x, first, /, *rest):
    """
    B = reshape(S, [m n])
    B = reshape(S, m, n)

    A sparse matrix in another size, column by column.

    Examples
      >> reshape(sparse([0 5; 0 6]), 1, 4)
      ans =
         (1,3)        5
         (1,4)        6

    See also sparse, full.
    """
    given = [first, *rest]
    if type(x) is not Sparse:
        return on_full("reshape", 1, (x, *given))
    if not rest:
        wanted = [int(number) for number in take.size(full_value(first), "Size")]
    else:
        total = int(np.prod(x.size()))
        known = [None if not np.size(as_array(item)) else take.count(full_value(item), "Size") for item in given]
        if known.count(None) > 1:
            raise ScriptError("MATLAB:getReshapeDims:unknownDim", "Size can only have one unknown dimension.")
        rest_of = int(np.prod([number for number in known if number is not None]))
        if None in known and (not rest_of or total % rest_of):
            raise ScriptError(
                "MATLAB:getReshapeDims:notDivisible",
                "Product of known dimensions, "
                f"{rest_of}, not divisible into total number of elements, {total}.",
            )
        wanted = [total // rest_of if number is None else number for number in known]
    if int(np.prod(wanted)) != int(np.prod(x.size())):
        raise ScriptError(
            "MATLAB:getReshapeDims:notSameNumel",
            "Number of elements must not change. Use [] as one of the size inputs to automatically calculate the "
            "appropriate size for that dimension.",
        )
    while len(wanted) > 2 and wanted[-1] == 1:
        wanted.pop()
    if len(wanted) > 2:  # the last dimensions are folded into one
        wanted = [wanted[0], int(np.prod(wanted[1:]))]
    return reshaped(x, *wanted)


@overload("sparse")
def repmat(x, first, /, *rest):
    """
    B = repmat(S, m, n)
    B = repmat(S, [m n])

    Copies of a sparse matrix below and beside one another.

    Examples
      >> repmat(sparse([0 5]), 2, 1)
      ans =
         (1,2)        5
         (2,2)        5

    See also sparse, full.
    """
    given = [n for item in (first, *rest) for n in take.vector(full_value(item), "Replication factors").tolist()]
    counts = [max(0, take.integer(number, "Replication factors")) for number in given]
    if len(counts) == 1:
        counts *= 2
    if type(x) is not Sparse:
        return on_full("repmat", 1, (x, *(float(number) for number in counts)))
    down, across, *more = (max(number, 0) for number in counts)
    if any(number != 1 for number in more):
        raise no_pages()
    m, n = x.size()
    if not down or not across:
        return zeros(m * down, n * across, x.dtype)
    rows, columns, data = x.places()
    shift_rows = np.tile(np.arange(down) * m, across)
    shift_columns = np.repeat(np.arange(across) * n, down)
    return from_places(
        (rows[None, :] + shift_rows[:, None]).ravel(), (columns[None, :] + shift_columns[:, None]).ravel(),
        np.tile(data, down * across), (m * down, n * across),
    )  # fmt: skip


@overload("sparse")
def permute(x, order, /):
    """
    B = permute(S, [2 1])

    The transpose of a sparse matrix, or the matrix itself: it has two dimensions only.

    Examples
      >> permute(sparse([0 5]), [2 1])
      ans =
         (2,1)        5

    See also sparse, full.
    """
    axes = [take.integer(axis, "dimorder") for axis in take.vector(full_value(order), "dimorder").tolist()]
    if sorted(axes) != list(range(1, len(axes) + 1)) or len(axes) < 2:
        return on_full("permute", 1, (x, order))  # which says what is wrong
    if axes[2:] != list(range(3, len(axes) + 1)):
        raise no_pages()
    return Sparse(canonical(x.matrix.T)) if axes[0] == 2 else x


def turned_round(x: Sparse, flip_rows: bool, flip_columns: bool) -> Sparse:
    rows, columns, data = x.places()
    m, n = x.size()
    return from_places(m - 1 - rows if flip_rows else rows, n - 1 - columns if flip_columns else columns, data, (m, n))


@overload("sparse")
def fliplr(x, /):
    """
    B = fliplr(S)

    A sparse matrix with its columns in reverse order.

    Examples
      >> fliplr(sparse([0 5]))
      ans =
         (1,1)        5

    See also sparse, full.
    """
    return turned_round(x, False, True)


@overload("sparse")
def flipud(x, /):
    """
    B = flipud(S)

    A sparse matrix with its rows in reverse order.

    Examples
      >> flipud(sparse([0; 5]))
      ans =
         (1,1)        5

    See also sparse, full.
    """
    return turned_round(x, True, False)


@overload("sparse")
def flip(x, dim=None, /):
    """
    B = flip(S)
    B = flip(S, dim)

    A sparse matrix with a dimension in reverse order.

    Examples
      >> flip(sparse([0; 5]))
      ans =
         (1,1)        5

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("flip", 1, (x, dim))
    axis = (1 if x.size()[0] == 1 else 0) if dim is None else take.dimension(full_value(dim)) - 1
    return turned_round(x, axis == 0, axis == 1)


@overload("sparse")
def rot90(x, k=1.0, /):
    """
    B = rot90(S)
    B = rot90(S, k)

    A sparse matrix turned by quarters, against the clock.

    Examples
      >> rot90(sparse([0 5]))
      ans =
         (1,1)        5

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("rot90", 1, (x, k))
    turns = take.integer(full_value(k), "K") % 4
    if turns % 2 == 0:
        return turned_round(x, turns == 2, turns == 2)
    turned = Sparse(canonical(x.matrix.T))
    return turned_round(turned, turns == 1, turns == 3)


@overload("sparse")
def diff(x, order=1.0, dim=None, /):
    """
    D = diff(S)
    D = diff(S, n, dim)

    Differences of neighbours in a sparse matrix, sparse.

    Examples
      >> diff(sparse([1; 4; 4]))
      ans =
         (1,1)        3

    See also sparse, full.
    """
    given = [item for item in (x, order, dim) if item is not None]
    times = full_value(order)
    if type(x) is not Sparse or type(times) is not float or times != 1 or 0 in x.size():
        return sparse_value(on_full("diff", 1, tuple(given)))
    axis = (1 if x.size()[0] == 1 else 0) if dim is None else take.dimension(full_value(dim)) - 1
    if axis > 1:
        return sparse_value(on_full("diff", 1, tuple(given)))
    matrix = to_double(x).matrix
    if axis == 0:
        return Sparse(canonical(matrix[1:, :] - matrix[:-1, :]))
    return Sparse(canonical(matrix[:, 1:] - matrix[:, :-1]))


@overload("sparse")
def circshift(x, count, dim=None, /):
    """
    B = circshift(S, k)
    B = circshift(S, k, dim)

    A sparse matrix moved round in a circle.

    Examples
      >> circshift(sparse([0 0 5]), 1)
      ans =
         (1,1)        5

    See also sparse, full.
    """
    if type(x) is not Sparse:
        return on_full("circshift", 1, (x, count) if dim is None else (x, count, dim))
    shifts = [take.integer(number, "Shift size") for number in take.vector(full_value(count), "Shift size").tolist()]
    m, n = x.size()
    if len(shifts) == 1:
        axis = (1 if m == 1 else 0) if dim is None else take.dimension(full_value(dim)) - 1
        shifts = [shifts[0] if axis == place else 0 for place in range(2)]
    rows, columns, data = x.places()
    if not data.size:
        return x
    return from_places((rows + shifts[0]) % m, (columns + shifts[1]) % n, data, (m, n))
