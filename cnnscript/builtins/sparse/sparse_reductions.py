"""What functions of other topics do with sparse matrices along a dimension: sum, mean, prod, any, all, max, min, sort,
and element by element: xor."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import overload
from cnnscript.builtins.sparse.sparse_parts import as_sparse_array, first_sparse, on_full
from cnnscript.values import operators, take
from cnnscript.values.compare import logical_of
from cnnscript.values.numeric import COMPLEX, LOGICAL, as_array, norm
from cnnscript.values.sparse import (
    Sparse,
    as_sparse,
    from_places,
    full_value,
    sparse_value,
    to_double,
    to_logical,
)
from cnnscript.values.text import text_or_none


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
    """
    s = sum(S)
    s = sum(S, dim)
    s = sum(S, 'all')

    Sums of a sparse matrix, sparse.

    Examples
      >> sum(sparse([1 0; 2 0]))
      ans =
         (1,1)        3

    See also sparse, full.
    """
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("sum", 1, (x, *rest)))
    matrix = to_double(x).matrix
    rows, columns = x.size()
    if axis == 2:
        return sparse_value(norm(matrix.sum()))
    totals = np.asarray(matrix.sum(axis=axis)).reshape((1, columns) if axis == 0 else (rows, 1))
    return Sparse(as_sparse_array(totals).matrix)


@overload("sparse", name="any")
def any_(x, /, *rest):
    """
    tf = any(S)
    tf = any(S, dim)
    tf = any(S, 'all')

    Whether any element along a dimension of a sparse matrix is not zero, sparse.

    Examples
      >> any(sparse([1 0; 2 0]))
      ans =
        1×2 sparse logical array
         (1,1)      1

    See also sparse, full.
    """
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("any", 1, (x, *rest)))
    return counted(x, axis, lambda counts, length: counts > 0, drop_missing=True)


@overload("sparse", name="all")
def all_(x, /, *rest):
    """
    tf = all(S)
    tf = all(S, dim)
    tf = all(S, 'all')

    Whether all elements along a dimension of a sparse matrix are not zero, sparse.

    Examples
      >> all(sparse([1 0; 2 0]))
      ans =
        1×2 sparse logical array
         (1,1)      1

    See also sparse, full.
    """
    axis = direction_of(x, rest) if type(x) is Sparse else None
    if axis is None:
        return sparse_value(on_full("all", 1, (x, *rest)))
    return counted(x, axis, lambda counts, length: counts == length, drop_missing=False)


@overload("sparse")
def mean(x, /, *rest):
    """
    m = mean(S)
    m = mean(S, dim)
    m = mean(S, 'all')

    Means of a sparse matrix, sparse.

    Examples
      >> mean(sparse([1 0; 2 0]))
      ans =
         (1,1)       1.5000

    See also sparse, full.
    """
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
    """
    m = max(S)
    [m, k] = max(S, [], dim)
    m = max(S, T)

    Largest elements of a sparse matrix, sparse, and where they are.

    Examples
      >> [m, k] = max(sparse([1 0; 2 0]))
      m =
         (1,1)        2
      k =
           2     1

    See also sparse, full.
    """
    return extreme("max", nargout, (x, *rest))


@overload("sparse", name="min", outputs=2)
def min_(nargout, x, /, *rest):
    """
    m = min(S)
    [m, k] = min(S, [], dim)
    m = min(S, T)

    Smallest elements of a sparse matrix, sparse, and where they are.

    Examples
      >> [m, k] = min(sparse([1 0; -2 0]))
      m =
         (1,1)       -2
      k =
           2     1

    See also sparse, full.
    """
    return extreme("min", nargout, (x, *rest))


@overload("sparse")
def prod(x, /, *rest):
    """
    p = prod(S)
    p = prod(S, dim)

    Products of a sparse matrix, sparse.

    Examples
      >> prod(sparse([3 0; 2 1]))
      ans =
         (1,1)        6

    See also sparse, full.
    """
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
    """
    B = sort(S)
    [B, k] = sort(S, dim, direction)

    A sparse matrix with the elements along a dimension in order, sparse.

    Examples
      >> sort(sparse([3; 0; -1]))
      ans =
         (1,1)       -1
         (3,1)        3

    See also sparse, full.
    """
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
    """
    tf = xor(S, T)

    Where exactly one of two matrices is not zero, sparse.

    Examples
      >> xor(sparse([1 0 1]), [1 1 0])
      ans =
        1×3 sparse logical array
         (1,2)      1
         (1,3)      1

    See also sparse, full.
    """
    sides = [side if type(side) is Sparse else logical_of(side) for side in (x, y)]
    if any(side is None for side in sides):
        raise take.wanted("numeric or logical", "The operands of xor", y if type(x) is Sparse else x)
    first, second = (to_logical(as_sparse(side)) for side in sides)
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
