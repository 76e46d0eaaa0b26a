"""Sums by subscript and over intervals: accumarray, trapz, cumtrapz."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import DIMENSION, axis_of, first_axis, require_memory, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm
from cnnscript.values.sparse import sparse_value
from cnnscript.values.take import described

NAMED_SUMS = {"sum": np.add, "plus": np.add, "max": np.maximum, "min": np.minimum, "prod": np.multiply}


@builtin
def accumarray(subscripts, values, size=None, function=None, fill=0.0, as_sparse=False, /):
    """
    accumarray(ind, data)
    accumarray(ind, data, size)
    accumarray(ind, data, size, fun)
    accumarray(ind, data, size, fun, fill)
    accumarray(ind, data, size, fun, fill, issparse)

    Data gathered by subscripts: element k is the sum (or fun) of the data whose subscript is k.

    Examples
      >> accumarray([1; 2; 1], [10; 20; 30])
      ans =
          40
          20
      >> accumarray([1 1; 2 2; 1 1], 1, [2 2])
      ans =
           2     0
           0     1
      >> accumarray([1; 2; 1], [10; 20; 30], [], @max)
      ans =
          30
          20
      >> accumarray([1; 3], [5; 6], [3 1], @(x) {x}, NaN);
      >> accumarray([1 1; 2 2], [5; 6], [2 2], [], 0, true)
      ans =
         (1,1)        5
         (2,2)        6

    See also histcounts, unique, sum.
    """
    if type(fill) is ndarray and not fill.size:
        fill = 0.0
    places = require_numeric(subscripts, "accumarray")
    if places.dtype.kind == "c" or places.size and (places.min() < 1 or np.any(places != np.floor(places))):
        raise ScriptError(
            "MATLAB:accumarray:nonPosIntIndValues", "First input SUBS must contain positive integer subscripts."
        )
    if places.shape[0] == 1 and places.shape[1] > 1 and np.size(values) == places.shape[1]:
        places = places.reshape(-1, 1)
    if take.flag(as_sparse, "ISSPARSE"):
        return sparsely(subscripts, values, size, function, fill)
    places = places.astype(np.int64) - 1
    data = require_numeric(values, "accumarray").ravel("F")
    sums = function is None or function is EMPTY or getattr(function, "text", None) in ("sum", "plus")
    if data.dtype.kind in "iu" and (sums or type(function) is ndarray and not function.size):
        data = data.astype(DOUBLE)  # as sum does
    if data.size == 1:
        data = np.broadcast_to(data, (places.shape[0],))
    if data.size != places.shape[0]:
        raise ScriptError(
            "MATLAB:accumarray:inputVals",
            "Second input VAL must be a vector with one element for each row in SUBS, or a scalar.",
            notes=(f"{places.shape[0]} rows of subscripts, {data.size} values",),
        )
    lengths = tuple((places.max(axis=0) + 1).tolist()) if places.size else (0,) * max(1, places.shape[1])
    shape = lengths if len(lengths) > 1 else (lengths[0], 1)
    if size is not None and np.size(size):
        if places.shape[1] == 1 and np.size(size) == 2 and float(np.ravel(size)[1]) != 1.0:
            raise ScriptError(
                "MATLAB:accumarray:badSzInputVecInd",
                "If the first input is a column vector, then the third input must be of the form [N 1].",
            )
        shape = take.size(size, "Size")
        if any(length > limit for length, limit in zip(lengths, shape, strict=False)):
            raise ScriptError(
                "MATLAB:accumarray:badFirstInput",
                "First input SUBS and third input SZ must satisfy ALL(MAX(SUBS)<=SZ).",
                notes=("a subscript lies outside",),
            )
    require_memory(shape, 8)
    index = np.zeros(places.shape[0], np.int64)
    stride = 1
    for dimension in range(places.shape[1]):
        index += places[:, dimension] * stride
        stride *= shape[dimension]
    total = int(np.prod(shape))
    name = (
        "sum"
        if function is None or function is EMPTY or np.size(function) == 0 and type(function) is ndarray
        else getattr(function, "text", None)
    )
    if name in NAMED_SUMS:
        return norm(
            summed(index, data, total, NAMED_SUMS[name], take.number(fill, "Fill value")).reshape(shape, order="F")
        )
    if type(function) is not Function:
        raise ScriptError(
            "MATLAB:accumarray:badFunction",
            "Fourth input FUN must be a function handle.",
            notes=(f"got {described(function)}",),
        )
    return called(index, data, total, function, fill).reshape(shape, order="F")


def sparsely(subscripts, values, size, function, fill):
    """accumarray with a sparse result: two columns of subscripts, nothing where nobody named a place."""
    if np.ndim(subscripts) != 2 or subscripts.shape[1] != 2 and size is None:
        raise ScriptError(
            "MATLAB:accumarray:notTwoDim", "Sparse output requires SUBS with two columns.",
            notes=(f"got {described(subscripts)}",),
        )  # fmt: skip
    if take.number(fill, "Fill value") != 0:
        raise ScriptError("MATLAB:accumarray:nonZeroFill", "Sparse output requires a fill value of zero.")
    return sparse_value(accumarray(subscripts, values, size, function, fill))


def summed(index: ndarray, data: ndarray, total: int, ufunc: np.ufunc, fill: float) -> ndarray:
    """Data gathered by a ufunc; places nobody named get `fill`."""
    working = data.dtype if data.dtype.kind in "fciu" else DOUBLE
    if ufunc is np.add and working == DOUBLE:
        result = np.bincount(index, data, total)[:total]
    else:
        start = {np.add: 0, np.multiply: 1}.get(ufunc)
        if start is None:
            limits = np.iinfo(working) if working.kind in "iu" else None
            low, high = (limits.min, limits.max) if limits else (-np.inf, np.inf)
            start = low if ufunc is np.maximum else high
        result = np.full(total, start, working)
        ufunc.at(result, index, data.astype(working))
    if fill != 0 or ufunc is not np.add:
        named = np.zeros(total, bool)
        named[index] = True
        result = np.where(named, result, working.type(fill) if isinstance(working, np.dtype) else fill)
    return result


def called(index: ndarray, data: ndarray, total: int, function: Function, fill) -> ndarray:
    """Data gathered by calling a function on the column of each place."""
    order = np.argsort(index, kind="stable")
    starts = np.searchsorted(index[order], np.arange(total + 1))
    outcomes = {}
    for place in range(total):
        members = order[starts[place] : starts[place + 1]]
        if members.size:
            outcomes[place] = function.call(1, norm(data[members].reshape(-1, 1)))
    in_cells = any(type(value) is ndarray and value.dtype == object for value in outcomes.values())
    if in_cells:
        result = np.empty(total, object)
        for place in range(total):
            result[place] = outcomes[place].item() if place in outcomes else EMPTY
        return result
    for value in outcomes.values():
        if np.size(value) != 1:
            raise ScriptError(
                "MATLAB:accumarray:funOutputSize",
                "The function must return a scalar value.",
                notes=(f"it gave {described(value)}",),
                hint="wrap the result in a cell: @(x) {...}",
            )
    dtype = np.result_type(*(np.asarray(value).dtype for value in outcomes.values())) if outcomes else DOUBLE
    result = np.full(total, take.number(fill, "Fill value"), dtype if dtype.kind != "b" else DOUBLE)
    for place, value in outcomes.items():
        result[place] = np.asarray(value).item()
    return result.astype(bool) if dtype.kind == "b" else result


# ---------------------------------------------------------------------------------------------------------- integrals
def trapezoids(x, y, dim, name: str) -> tuple[ndarray, int]:
    """Areas between neighbours, and the axis.  A second scalar argument alone is the dimension."""
    if y is not None and dim is None and np.size(y) == 1 and np.size(x) != 1:
        y, dim = None, y
    array = require_numeric(x if y is None else y, name)
    array = array if array.dtype.kind == "c" else array.astype(DOUBLE)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    array = array.reshape(array.shape + (1,) * (axis + 1 - array.ndim)) if axis < 64 else array
    if axis >= array.ndim:
        raise ScriptError("MATLAB:getdimarg:invalidDim", DIMENSION, notes=(f"{name} got {axis + 1}",))
    heights = np.moveaxis(array, axis, -1)
    means = (heights[..., 1:] + heights[..., :-1]) / 2
    if y is not None:
        grid = require_numeric(x, name).astype(DOUBLE)
        if grid.size == 1:
            means = means * grid.item()
        elif grid.size == array.shape[axis]:
            means = means * np.diff(grid.ravel("F"))
        elif grid.shape == array.shape:
            means = means * np.diff(np.moveaxis(grid, axis, -1))
        else:
            raise ScriptError(
                f"MATLAB:{name}:LengthXmismatchY",
                "Point spacing must be a scalar specifying uniform spacing or a vector of x-coordinates for each "
                "data point.",
                notes=(f"{grid.size} points, length {array.shape[axis]}",),
            )
    return means, axis


@builtin(keeps_single=True)
def trapz(x, y=None, dim=None, /):
    """
    trapz(Y)
    trapz(Y, dim)
    trapz(X, Y)
    trapz(X, Y, dim)

    Integral by trapezoids, with spacing 1 or over the points X.

    Examples
      >> trapz([1 2 3])
      ans =
           4
      >> trapz([0 2 4], [1 2 3])
      ans =
           8
      >> trapz(1, [1 2; 3 4], 2)
      ans =
          1.5000
          3.5000

    See also cumtrapz, sum.
    """
    if y is None and dim is None and np.shape(x) == (0, 0):
        return 0.0
    areas, axis = trapezoids(x, y, dim, "trapz")
    return norm(np.asfortranarray(np.moveaxis(areas.sum(axis=-1, keepdims=True), -1, axis)))


@builtin(keeps_single=True)
def cumtrapz(x, y=None, dim=None, /):
    """
    cumtrapz(Y)
    cumtrapz(Y, dim)
    cumtrapz(X, Y)
    cumtrapz(X, Y, dim)

    Running integral by trapezoids.

    Examples
      >> cumtrapz([1 2 3])
      ans =
               0    1.5000    4.0000
      >> cumtrapz([0 2 4], [1 2 3])
      ans =
           0     3     8

    See also trapz, cumsum.
    """
    areas, axis = trapezoids(x, y, dim, "cumtrapz")
    start = np.zeros((*areas.shape[:-1], 1))
    total = np.concatenate([start, np.cumsum(areas, axis=-1)], axis=-1)
    return norm(np.asfortranarray(np.moveaxis(total, -1, axis)))
