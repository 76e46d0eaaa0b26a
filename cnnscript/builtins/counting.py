"""Counting and gathering: accumarray, histcounts, histc, discretize, cumtrapz and trapz (sums over intervals)."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.dimensions import axis_of, first_axis, require_memory, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm
from cnnscript.values.take import described

NAMED_SUMS = {"sum": np.add, "plus": np.add, "max": np.maximum, "min": np.minimum, "prod": np.multiply}


@builtin
def accumarray(subscripts, values, size=None, function=None, fill=0.0, /):
    """
    accumarray(ind, data)
    accumarray(ind, data, size)
    accumarray(ind, data, size, fun)
    accumarray(ind, data, size, fun, fill)

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

    See also histcounts, unique, sum.
    """
    places = require_numeric(subscripts, "accumarray")
    if places.size and (places.min() < 1 or np.any(places != np.floor(places))):
        raise ScriptError(
            "MATLAB:accumarray:nonPosIntIndValues", "First input SUBS must contain positive integer subscripts."
        )
    if places.shape[0] == 1 and places.shape[1] > 1 and np.size(values) == places.shape[1]:
        places = places.reshape(-1, 1)
    places = places.astype(np.int64) - 1
    data = require_numeric(values, "accumarray").ravel("F")
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


# -------------------------------------------------------------------------------------------------------- histograms
NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")


@builtin(outputs=3)
def histcounts(
    nargout,
    x,
    bins=None,
    /,
    *,
    BinWidth=None,
    BinLimits=None,
    NumBins=None,
    BinEdges=None,
    Normalization="count",
    BinMethod="auto",
):
    """
    histcounts(X)
    histcounts(X, nbins)
    histcounts(X, edges)
    [N, edges, bin] = histcounts(...)

    How many elements fall into each bin, the edges of the bins, and the bin of each element (0: none).

    A bin holds its left edge, the last one also its right edge.

    Options
      BinWidth       width of the bins
      BinLimits      where the first begins and the last ends
      NumBins        how many bins
      BinEdges       all the edges
      Normalization  'count', 'probability', 'percentage', 'countdensity', 'pdf', 'cumcount' or 'cdf'
      BinMethod      'auto', 'scott', 'fd', 'integers', 'sturges' or 'sqrt'

    Examples
      >> histcounts([1 2 2 5], [0 2 4 6])
      ans =
           1     2     1
      >> histcounts([1 2 2 5], 2)
      ans =
           3     1
      >> [n, edges, bin] = histcounts([1 2 2 5])
      n =
           1     2     0     0     1
      edges =
          0.5000    1.5000    2.5000    3.5000    4.5000    5.5000
      bin =
           1     2     2     5

    See also accumarray, discretize, unique.
    """
    array = require_numeric(x, "histcounts")
    numbers = array.astype(DOUBLE)
    if bins is not None:
        given = require_numeric(bins, "histcounts")
        if given.size == 1:
            NumBins = bins
        else:
            BinEdges = bins
    if BinEdges is not None:
        edges = take.vector(BinEdges, "Bin edges")
        if edges.size < 2 or np.any(np.diff(edges) < 0):
            raise ScriptError(
                "MATLAB:histcounts:expectedNondecreasing",
                "Bin edges must be a vector of increasing values.",
                notes=(f"got {described(BinEdges)}",),
            )
    else:
        limits = None if BinLimits is None else tuple(take.vector(BinLimits, "BinLimits").tolist())
        width = None if BinWidth is None else take.number(BinWidth, "BinWidth")
        count = None if NumBins is None else take.positive(NumBins, "NumBins")
        method = take.choice(BinMethod, ("auto", "scott", "fd", "integers", "sturges", "sqrt"), "BinMethod")
        edges = chosen_edges(numbers[np.isfinite(numbers)], limits, width, count, method, array.dtype.kind in "iub")
    places = np.searchsorted(edges, numbers.ravel("F"), side="right")
    places = np.where(numbers.ravel("F") == edges[-1], edges.size - 1, places)
    places = np.where((places >= edges.size) | np.isnan(numbers.ravel("F")), 0, places)
    counts = np.bincount(places, minlength=edges.size)[1:].astype(DOUBLE)
    counts = normalized_counts(counts, edges, numbers.size, take.choice(Normalization, NORMALIZATIONS, "Normalization"))
    return (
        norm(counts.reshape(1, -1)),
        norm(edges.reshape(1, -1)),
        norm(places.astype(DOUBLE).reshape(array.shape, order="F")),
    )


def normalized_counts(counts: ndarray, edges: ndarray, total: int, word: str) -> ndarray:
    if word in ("cumcount", "cdf"):
        counts = np.cumsum(counts)
    if word in ("probability", "cdf", "percentage", "pdf"):
        counts = counts / total * (100 if word == "percentage" else 1)
    if word in ("countdensity", "pdf"):
        counts = counts / np.diff(edges)
    return counts


def chosen_edges(numbers: ndarray, limits, width, count, method: str, whole: bool) -> ndarray:
    """Edges for data, from whatever was asked: nice round ones as MATLAB's automatic choice makes them."""
    if numbers.size == 0:
        low, high = limits or (0.0, 1.0)
        return np.linspace(low, high, (count or 1) + 1)
    low, high = limits or (float(numbers.min()), float(numbers.max()))
    if count is not None:
        if limits:
            return np.linspace(low, high, count + 1)
        return nice_edges(low, high, (high - low) / count if high > low else 1.0, count)
    if width is not None:
        if limits:
            steps = np.arange(low, high, width)
            return np.append(steps, high)
        left = width * np.floor(low / width)
        return left + width * np.arange(max(1, int(np.ceil((high - left) / width + 1e-12))) + 1)
    return automatic_edges(numbers, low, high, limits, method, whole)


def automatic_edges(numbers: ndarray, low: float, high: float, limits, method: str, whole: bool) -> ndarray:
    size = numbers.size
    integers = whole or bool((numbers == np.round(numbers)).all())
    if method == "integers" or method == "auto" and integers and high - low <= 50 and not limits:
        step = max(1.0, np.ceil((high - low) / 65536))
        return np.arange(np.floor(low) - 0.5, np.ceil(high) + 0.5 + step / 2, step)
    deviation = float(numbers.std(ddof=1)) if size > 1 else 0.0
    if method in ("auto", "scott"):
        width = 3.5 * deviation / size ** (1 / 3)
    elif method == "fd":
        quartile = np.subtract(*np.interp([0.75, 0.25], (np.arange(size) + 0.5) / size, np.sort(numbers.ravel())))
        width = 2 * max(quartile, (high - low) / 10 if quartile == 0 else 0) / size ** (1 / 3)
    elif method == "sturges":
        width = (high - low) / max(1, np.ceil(np.log2(size) + 1))
    else:
        width = (high - low) / max(1, np.ceil(np.sqrt(size)))
    if limits:
        bins = max(1, int(np.ceil((high - low) / width))) if width > 0 else 1
        return np.linspace(low, high, bins + 1)
    return nice_edges(low, high, width, None)


def nice_edges(low: float, high: float, width: float, count: int | None) -> ndarray:
    """Edges at round numbers: the width is rounded to one of 1, 2, 3, 5, 10 times a power of ten (with `count`: to
    as few digits as keep the data inside)."""
    scale = max(abs(low), abs(high))
    if high - low <= max(1e-15 * scale, 5e-324):  # one value only
        span = 1.0 if count is None else float(count)
        middle = low
        left = np.floor(2 * (middle - span / 2)) / 2 if count else middle - 0.5
        return left + np.arange((count or 1) + 1) * (span / (count or 1))
    power = 10.0 ** np.floor(np.log10(width))
    if count is None:
        relative = width / power
        nice = next((step for limit, step in ((1.5, 1), (2.5, 2), (4, 3), (7.5, 5)) if relative < limit), 10)
        width = nice * power
        left = min(width * np.floor(low / width), low)
        bins = max(1, int(np.ceil((high - left) / width)))
        edges = left + width * np.arange(bins + 1)
        edges[-1] = max(edges[-1], high)
        return edges
    left = power * np.floor(low / power)
    unit = power / 10
    width = unit * np.ceil((high - left) / count / unit - 1e-9)
    edges = left + width * np.arange(count + 1)
    if edges[-1] < high:
        edges = left + (width + unit) * np.arange(count + 1)
    return edges


@builtin(outputs=2)
def histc(nargout, x, edges, dim=None, /):
    """
    histc(x, edges)
    histc(x, edges, dim)
    [n, bin] = histc(...)

    How many elements lie between edges; the last count is of elements equal to the last edge.

    Examples
      >> histc([1 2 2 5], [0 2 4 5])
      ans =
           1     2     0     1

    See also histcounts, accumarray.
    """
    array = require_numeric(x, "histc").astype(DOUBLE)
    limits = take.vector(edges, "Edges")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "histc")
    places = np.searchsorted(limits, array, side="right")
    places = np.where((array > limits[-1]) | np.isnan(array), 0, places)
    counts = [np.count_nonzero(places == k, axis=axis, keepdims=True).astype(DOUBLE) for k in range(1, limits.size + 1)]
    return norm(np.asfortranarray(np.concatenate(counts, axis=axis))), norm(np.asfortranarray(places.astype(DOUBLE)))


@builtin(outputs=2)
def discretize(nargout, x, edges, values=None, /):
    """
    discretize(X, edges)
    discretize(X, n)
    discretize(X, edges, values)
    [Y, E] = discretize(...)

    The bin that each element falls in (NaN: none), or that bin's value; and the edges.

    Examples
      >> discretize([1 2 5], [0 2 4 6])
      ans =
           1     2     3
      >> discretize([1 2 5], [0 2 6], [10 20])
      ans =
          10    20    20
      >> [y, e] = discretize([1 2 5], 2)
      y =
           1     1     2
      e =
           1     3     5

    See also histcounts.
    """
    array = require_numeric(x, "discretize").astype(DOUBLE)
    limits = take.vector(edges, "Edges")
    if limits.size == 1:
        limits = chosen_edges(array[np.isfinite(array)], None, None, int(limits[0]), "auto", False)
    places = np.searchsorted(limits, array, side="right").astype(DOUBLE)
    places = np.where(array == limits[-1], limits.size - 1, places)
    places = np.where((places < 1) | (places >= limits.size) | np.isnan(array), np.nan, places)
    edges_out = norm(limits.reshape(1, -1))
    if values is None:
        return norm(np.asfortranarray(places)), edges_out
    table = require_numeric(values, "discretize").ravel("F")
    if table.size != limits.size - 1:
        raise ScriptError(
            "MATLAB:discretize:InvalidValuesSize",
            "Values must have one element for each bin.",
            notes=(f"{table.size} values, {limits.size - 1} bins",),
        )
    found = np.isfinite(places)
    result = np.where(found, table[np.where(found, places, 1).astype(np.int64) - 1], np.nan)
    return norm(np.asfortranarray(result)), edges_out


# ---------------------------------------------------------------------------------------------------------- integrals
def trapezoids(x, y, dim, name: str) -> tuple[ndarray, int]:
    """Areas between neighbours, and the axis.  A second scalar argument alone is the dimension."""
    if y is not None and dim is None and np.size(y) == 1 and np.size(x) != 1:
        y, dim = None, y
    array = require_numeric(x if y is None else y, name).astype(DOUBLE)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
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


@builtin
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
    areas, axis = trapezoids(x, y, dim, "trapz")
    return norm(np.asfortranarray(np.moveaxis(areas.sum(axis=-1, keepdims=True), -1, axis)))


@builtin
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
