"""What functions of other topics do with sparse matrices where the elements that are not zero suffice: find, nnz, sum,
any, all, diag, tril, triu, kron, blkdiag, reshape, repmat, conversions, matrix tests, mat2str."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import TABLE, overload
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.compare import logical_of
from cnnscript.values.numeric import COMPLEX, DOUBLE, INTEGER_CLASSES, LOGICAL, as_array, ndarray, norm
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


@overload("sparse")
def mean(x, /, *rest):
    axis = direction_of(x, rest) if type(x) is Sparse else None
    count = int(np.prod(x.size())) if axis == 2 else x.size()[axis] if axis is not None else 0
    if not count:
        return sparse_value(on_full("mean", 1, (x, *rest)))
    return operators.rdivide(sum_(x, *rest), float(count))


LARGE = 1_000_000  # elements from which the extremes of a matrix are found without its zeros


def extreme(name: str, nargout: int, args: tuple) -> Any:
    """max or min: on the full matrix, or for a large one along a dimension by SciPy."""
    x, other, *rest = (*args, None) if len(args) == 1 else args
    alone = other is None or np.size(full_value(other)) == 0
    large = type(x) is Sparse and int(np.prod(x.size())) >= LARGE and not np.isnan(x.matrix.data).any()
    axis = direction_of(x, tuple(rest)) if large and alone else None
    if axis is None:
        if large and not alone and np.size(full_value(other)) == 1 and x.dtype != COMPLEX:
            bound = float(np.real(as_array(full_value(other)).item()))
            if bound <= 0 if name == "max" else bound >= 0:  # zeros stay
                return x.with_data(np.fmax(x.matrix.data, bound) if name == "max" else np.fmin(x.matrix.data, bound))
        return first_sparse(on_full(name, nargout, args))
    # the numbers are ranked, zero as 0, so that complex ones are compared like real ones
    values = np.unique(np.append(x.matrix.data, 0))
    if x.dtype == COMPLEX:
        values = values[np.lexsort((np.angle(values), np.abs(values)))]
    places_of = np.argsort(values) if x.dtype == COMPLEX else np.arange(values.size)
    ranks = places_of[np.searchsorted(values[places_of], x.matrix.data)]
    zero = int(np.flatnonzero(values == 0)[0])
    ranked = x.with_data((ranks - zero).astype(float)).matrix
    rows, columns = x.size()
    if axis == 2:
        found = sparse_value(norm(values[int(getattr(ranked, name)()) + zero].reshape(1, 1)))
        row, column = divmod(int(getattr(ranked, f"arg{name}")()), columns)
        return (found, float(column * rows + row + 1)) if nargout > 1 else found
    shape = (1, columns) if axis == 0 else (rows, 1)
    best = values[getattr(ranked, name)(axis=axis).toarray().astype(np.int64).reshape(shape) + zero]
    if nargout < 2:
        return as_sparse_array(best)
    places = np.asarray(getattr(ranked, f"arg{name}")(axis=axis)).reshape(shape)
    return as_sparse_array(best), norm(places + 1.0)


@overload("sparse", name="max", outputs=2)
def max_(nargout, x, /, *rest):
    return extreme("max", nargout, (x, *rest))


@overload("sparse", name="min", outputs=2)
def min_(nargout, x, /, *rest):
    return extreme("min", nargout, (x, *rest))


@overload("sparse")
def prod(x, /, *rest):
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis not in (0, 1) or int(np.prod(x.size())) < LARGE or x.dtype == COMPLEX:
        return sparse_value(on_full("prod", 1, (x, *rest)))
    rows, columns, data = to_double(x).places()
    m, n = x.size()
    lines, length, each = (columns, n, m) if axis == 0 else (rows, m, n)
    products = np.ones(length)
    np.multiply.at(products, lines, data)
    products[np.bincount(lines, minlength=length) < each] = 0
    return as_sparse_array(products.reshape((1, n) if axis == 0 else (m, 1)))


@overload("sparse", outputs=2)
def sort(nargout, x, /, *rest):
    words = [text_or_none(item) for item in rest]
    down = words == ["descend"]
    plain = type(x) is Sparse and (not rest or down or words == ["ascend"]) and x.size()[0] != 1
    if nargout > 1 or not plain or int(np.prod(x.size())) < LARGE or x.dtype == COMPLEX:
        return first_sparse(on_full("sort", nargout, (x, *rest)))
    rows, columns, data = to_double(x).places()
    if np.isnan(data).any():
        return first_sparse(on_full("sort", nargout, (x, *rest)))
    order = np.lexsort((-data if down else data, columns))
    columns, data = columns[order], data[order]
    starts = x.matrix.indptr[:-1][columns]
    within = np.arange(data.size) - starts
    late = data < 0 if down else data > 0  # they stand behind the zeros
    zeros_between = x.size()[0] - np.diff(x.matrix.indptr)
    return from_places(within + np.where(late, zeros_between[columns], 0), columns, data, x.size())


@overload("sparse")
def xor(x, y, /):
    first, second = (to_logical(as_sparse(logical_of(side) if type(side) is not Sparse else side)) for side in (x, y))
    either, both = operators.or_(first, second), operators.and_(first, second)
    return operators.gt(to_double(either), to_double(both))


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


def turned_round(x: Sparse, flip_rows: bool, flip_columns: bool) -> Sparse:
    rows, columns, data = x.places()
    m, n = x.size()
    return from_places(m - 1 - rows if flip_rows else rows, n - 1 - columns if flip_columns else columns, data, (m, n))


@overload("sparse")
def fliplr(x, /):
    return turned_round(x, False, True)


@overload("sparse")
def flipud(x, /):
    return turned_round(x, True, False)


@overload("sparse")
def flip(x, dim=None, /):
    if type(x) is not Sparse:
        return on_full("flip", 1, (x, dim))
    axis = (1 if x.size()[0] == 1 else 0) if dim is None else take.dimension(full_value(dim)) - 1
    return turned_round(x, axis == 0, axis == 1)


@overload("sparse")
def rot90(x, k=1.0, /):
    if type(x) is not Sparse:
        return on_full("rot90", 1, (x, k))
    turns = take.integer(full_value(k), "K") % 4
    if turns % 2 == 0:
        return turned_round(x, turns == 2, turns == 2)
    turned = Sparse(canonical(x.matrix.T))
    return turned_round(turned, turns == 1, turns == 3)


@overload("sparse")
def diff(x, order=1.0, dim=None, /):
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


def unimplemented(x, /):
    """single(S), int8(S) ...: sparse matrices are double or logical."""
    return x.convert("single")


for word in ("single", *sorted(INTEGER_CLASSES)):
    overload("sparse", name=word)(unimplemented)


@overload("sparse")
def mat2str(X, how=None, class_word=None, /):
    if type(X) is not Sparse:
        raise ScriptError("MATLAB:mat2str:invalidPrecision", "Precision must be a positive integer.")
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
