"""What functions of other topics do with sparse matrices where the elements that are not zero suffice: find, nnz, sum,
any, all, diag, tril, triu, kron, blkdiag, reshape, repmat, conversions, matrix tests, mat2str."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import TABLE, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX, DOUBLE, LOGICAL, as_array, ndarray, norm
from cnnscript.values.sparse import (
    Sparse,
    as_sparse,
    canonical,
    from_keys,
    from_places,
    full_value,
    no_pages,
    reshaped,
    sparse_value,
    to_double,
    to_logical,
    zeros,
)
from cnnscript.values.text import text_or_none


def on_full(name: str, nargout: int, args: tuple) -> Any:
    """The function of that name on full matrices."""
    return TABLE[name].bind(None)(nargout, *map(full_value, args))


def first_sparse(found: Any) -> Any:
    return (sparse_value(found[0]), *found[1:]) if type(found) is tuple else sparse_value(found)


# ------------------------------------------------------------------------------------------------------------- counts
@overload("sparse")
def nnz(x, /):
    return float(x.count())


@overload("sparse", outputs=3)
def find(nargout, x, count=None, direction=None, /):
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
    shape = (1, -1) if x.size()[0] == 1 and x.size()[1] != 1 else (-1, 1)
    if not data.size and 0 in x.size() or x.size() == (1, 1) and not data.size:
        shape = (0, 0)
    if nargout < 2:
        return norm((columns * x.size()[0] + rows + 1.0).reshape(shape))
    found = (norm((rows + 1.0).reshape(shape)), norm((columns + 1.0).reshape(shape)))
    return found if nargout == 2 else (*found, norm(data.reshape(shape)))


# --------------------------------------------------------------------------------------------------------- reductions
def direction_of(x: Sparse, rest: tuple) -> int | None:
    """The axis along which a reduction of two dimensions goes, 2 for both; None for options that need the general
    function."""
    rows, columns = x.size()
    if not rest:
        return None if (rows, columns) == (0, 0) else 1 if rows == 1 else 0
    word = text_or_none(rest[0])
    if len(rest) > 1:
        return None
    if word is not None:
        return 2 if word.lower() == "all" else None
    given = full_value(rest[0])
    return int(given) - 1 if type(given) is float and given in (1.0, 2.0) else None


@overload("sparse", name="sum")
def sum_(x, /, *rest):
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("sum", 1, (x, *rest)))
    matrix = to_double(x).matrix
    rows, columns = x.size()
    if axis == 2:
        return sparse_value(norm(matrix.sum()))
    totals = np.asarray(matrix.sum(axis=axis)).reshape((1, columns) if axis == 0 else (rows, 1))
    return Sparse(as_sparse_array(totals).matrix)


def as_sparse_array(array: ndarray) -> Sparse:
    from cnnscript.values.sparse import _compressed

    return _compressed(np.asfortranarray(array))


@overload("sparse", name="any")
def any_(x, /, *rest):
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("any", 1, (x, *rest)))
    return counted(x, axis, lambda counts, length: counts > 0, drop_missing=True)


@overload("sparse", name="all")
def all_(x, /, *rest):
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("all", 1, (x, *rest)))
    return counted(x, axis, lambda counts, length: counts == length, drop_missing=False)


def counted(x: Sparse, axis: int, test: Any, drop_missing: bool) -> Sparse:
    """A test of how many elements along an axis are not zero."""
    rows, columns, data = x.places()
    m, n = x.size()
    if drop_missing:
        there = ~np.isnan(data) if data.dtype != LOGICAL else data
        rows, columns = rows[there], columns[there]
    if axis == 2:
        return sparse_value(bool(test(rows.size, m * n)))
    if axis == 0:
        return as_sparse_array(test(np.bincount(columns, minlength=n), m).reshape(1, n))
    return as_sparse_array(test(np.bincount(rows, minlength=m), n).reshape(m, 1))


# ---------------------------------------------------------------------------------------------------- diagonals, blocks
@overload("sparse")
def diag(x, k=0.0, /):
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
    return triangle(x, k, np.less_equal) if type(x) is Sparse else on_full("tril", 1, (x, k))


@overload("sparse")
def triu(x, k=0.0, /):
    return triangle(x, k, np.greater_equal) if type(x) is Sparse else on_full("triu", 1, (x, k))


@overload("sparse")
def kron(x, y, /):
    from scipy.sparse import kron as product

    return Sparse(canonical(product(to_double(as_sparse(x)).matrix, to_double(as_sparse(y)).matrix, format="csc")))


@overload("sparse")
def blkdiag(*matrices):
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
    counts = [int(number) for item in (first, *rest) for number in as_array(full_value(item)).ravel("F").tolist()]
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
    axes = [int(number) for number in as_array(full_value(order)).ravel("F")]
    if sorted(axes) != list(range(1, len(axes) + 1)) or len(axes) < 2:
        return on_full("permute", 1, (x, order))  # which says what is wrong
    if axes[2:] != list(range(3, len(axes) + 1)):
        raise no_pages()
    return Sparse(canonical(x.matrix.T)) if axes[0] == 2 else x


@overload("sparse")
def circshift(x, count, dim=None, /):
    if type(x) is not Sparse:
        return on_full("circshift", 1, (x, count) if dim is None else (x, count, dim))
    shifts = [int(number) for number in as_array(full_value(count)).ravel("F")]
    m, n = x.size()
    if len(shifts) == 1:
        axis = (1 if m == 1 else 0) if dim is None else take.dimension(full_value(dim)) - 1
        shifts = [shifts[0] if axis == place else 0 for place in range(2)]
    rows, columns, data = x.places()
    if not data.size:
        return x
    return from_places((rows + shifts[0]) % m, (columns + shifts[1]) % n, data, (m, n))


# -------------------------------------------------------------------------------------------------------- conversions
@overload("sparse")
def double(x, /):
    return to_double(x)


@overload("sparse")
def logical(x, /):
    return to_logical(x)


@overload("sparse")
def single(x, /):
    return x.convert("single")


@overload("sparse")
def mat2str(X, how=None, class_word=None, /):
    rows, columns, data = X.places()
    more = tuple(item for item in (how, class_word) if item is not None)
    parts = [
        on_full("mat2str", 1, (norm(part.reshape(-1, 1)), *more))
        for part in (rows + 1.0, columns + 1.0, data)
    ]
    m, n = X.size()
    return f"sparse({','.join(parts)},{m},{n})"


# ---------------------------------------------------------------------------------------------------------- questions
@overload("sparse")
def nzmax(x, /):
    return float(max(x.count(), x.room, 1))


@overload("sparse")
def isdiag(x, /):
    rows, columns, _ = x.places()
    return bool((rows == columns).all())


@overload("sparse")
def istril(x, /):
    rows, columns, _ = x.places()
    return bool((rows >= columns).all())


@overload("sparse")
def istriu(x, /):
    rows, columns, _ = x.places()
    return bool((rows <= columns).all())


@overload("sparse")
def isbanded(x, lower, upper, /):
    rows, columns, _ = as_sparse(x).places()
    low, high = take.count(full_value(lower), "LOWER"), take.count(full_value(upper), "UPPER")
    return bool((rows - columns <= low).all() and (columns - rows <= high).all())


@overload("sparse", outputs=2)
def bandwidth(nargout, x, side=None, /):
    rows, columns, _ = x.places()
    low = float(max((rows - columns).max(initial=0), 0))
    high = float(max((columns - rows).max(initial=0), 0))
    if side is not None:
        return low if take.choice(side, ("lower", "upper"), "Type") == "lower" else high
    return (low, high) if nargout > 1 else low


@overload("sparse")
def issymmetric(x, kind=None, /):
    return mirror_of(x, x.matrix.T, kind)


@overload("sparse")
def ishermitian(x, kind=None, /):
    return mirror_of(x, x.matrix.conj().T, kind)


def mirror_of(x: Sparse, turned: Any, kind: Any) -> bool:
    if x.size()[0] != x.size()[1]:
        return False
    skew = kind is not None and take.choice(kind, ("skew", "nonskew"), "Option") == "skew"
    turned = canonical(turned)
    return to_double(x).equals(Sparse(canonical(-turned.astype(COMPLEX) if skew else turned)))


@overload("sparse")
def trace(x, /):
    rows, columns, data = x.places()
    if x.size()[0] != x.size()[1]:
        raise ScriptError("MATLAB:trace:square", "Matrix must be square.")
    return norm(data[rows == columns].astype(data.dtype if data.dtype != LOGICAL else DOUBLE).sum())
