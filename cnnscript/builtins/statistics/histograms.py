"""Histograms: histcounts, histc, hist, discretize."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric, require_real
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.bins import METHODS, NORMALIZATIONS, chosen_edges, normalized_counts
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


# -------------------------------------------------------------------------------------------------------- histograms
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
    array = require_real(x, "histcounts")
    numbers = array.astype(DOUBLE)
    if bins is not None:
        given = require_real(bins, "histcounts")
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
        if count is not None:
            require_memory((1, count), 64)
        method = take.choice(BinMethod, METHODS, "BinMethod")
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
    array = require_real(x, "histc").astype(DOUBLE)
    limits = take.vector(edges, "Edges")
    if not limits.size:
        raise take.wanted("a vector of one or more numbers", "Edges", edges)
    if (np.diff(limits) < 0).any() or np.isnan(limits).any():
        raise ScriptError(
            "MATLAB:histc:InvalidInput3",
            "Edges vector must be monotonically non-decreasing.",
            notes=(f"got {described(edges)}",),
        )
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "histc")
    places = np.searchsorted(limits, array, side="right")
    places = np.where((array > limits[-1]) | np.isnan(array), 0, places)
    counts = [np.count_nonzero(places == k, axis=axis, keepdims=True).astype(DOUBLE) for k in range(1, limits.size + 1)]
    return norm(np.asfortranarray(np.concatenate(counts, axis=axis))), norm(np.asfortranarray(places.astype(DOUBLE)))


def bin_names(limits: list[float], right: bool) -> list[str]:
    """'[0, 2)' and so on: the edge that belongs to a bin beside a square bracket."""
    words = [f"{limit:.5g}" for limit in limits]
    last = len(limits) - 2
    if right:
        return [f"{'[' if at == 0 else '('}{words[at]}, {words[at + 1]}]" for at in range(last + 1)]
    return [f"[{words[at]}, {words[at + 1]}{']' if at == last else ')'}" for at in range(last + 1)]


@builtin(outputs=2)
def discretize(nargout, x, edges, values=None, names=None, /, *, IncludedEdge="left"):
    """
    discretize(X, edges)
    discretize(X, n)
    discretize(X, edges, values)
    discretize(X, edges, 'categorical')
    discretize(X, edges, 'categorical', names)
    discretize(..., Name=Value)
    [Y, E] = discretize(...)

    The bin that each element falls in (NaN: none), or that bin's value, or its name as a category; and the edges.

    Options
      IncludedEdge  the edge that belongs to a bin: 'left' (default) or 'right'

    Examples
      >> discretize([1 2 5], [0 2 4 6])
      ans =
           1     2     3
      >> discretize([1 2 5], [0 2 6], [10 20])
      ans =
          10    20    20
      >> discretize([1 2 5], [0 2 6], 'categorical')
      ans =
        1×3 categorical array
           [0, 2)      [2, 6]      [2, 6]
      >> discretize([1 2 5], [0 2 6], 'categorical', {'low' 'high'}, IncludedEdge='right')
      ans =
        1×3 categorical array
           low      low      high
      >> [y, e] = discretize([1 2 5], 2)
      y =
           1     1     2
      e =
           0     3     6

    See also histcounts.
    """
    array = require_real(x, "discretize").astype(DOUBLE)
    limits = take.vector(edges, "Edges")
    if not limits.size:
        raise take.wanted("a vector of one or more numbers", "Edges", edges)
    if (np.diff(limits) < 0).any() or np.isnan(limits).any():
        raise ScriptError(
            "MATLAB:discretize:InvalidEdges",
            "Bin edges must be a numeric vector with nondecreasing values.",
            notes=(f"got {described(edges)}",),
        )
    if limits.size == 1:
        limits = chosen_edges(
            array[np.isfinite(array)], None, None, take.positive(float(limits[0]), "Number of bins"), "auto", False
        )
    right = take.choice(IncludedEdge, ("left", "right"), "IncludedEdge") == "right"
    places = np.searchsorted(limits, array, side="left" if right else "right").astype(DOUBLE)
    places = np.where(array == limits[0 if right else -1], 1 if right else limits.size - 1, places)
    places = np.where((places < 1) | (places >= limits.size) | np.isnan(array), np.nan, places)
    edges_out = norm(limits.reshape(1, -1))
    if values is None:
        return norm(np.asfortranarray(places)), edges_out
    if text_or_none(values) == "categorical":
        words = bin_names(limits.tolist(), right) if names is None else take.texts(names, "Names")
        if len(words) != limits.size - 1:
            raise ScriptError(
                "MATLAB:discretize:CategoryNamesInvalidSize",
                "There must be one category name for each bin.",
                notes=(f"{len(words)} names, {limits.size - 1} bins",),
            )
        return Categorical(np.asfortranarray(np.nan_to_num(places), np.int64), words, True), edges_out
    if names is not None:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("names are for 'categorical'",))
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


@builtin(outputs=2)
def hist(session, nargout, /, *args):
    """
    hist(x)
    hist(x, nbins)
    hist(x, xbins)
    hist(ax, ...)
    counts = hist(...)
    [counts, centers] = hist(...)

    Bars of how many elements lie around 10 (nbins) middles, or around given ones; with outputs the numbers.

    The outer bins hold all that lies beyond.  A matrix is counted column by column.

    Examples
      >> counts = hist([1 2 2 5 9])
      counts =
           1     2     0     0     1     0     0     0     0     1
      >> [counts, centers] = hist([1 2 2 5 9], 3)
      counts =
           3     1     1
      centers =
          2.3333    5.0000    7.6667
      >> counts = hist([1 2; 3 4; 3 5], [1 3 5])
      counts =
           1     1
           2     1
           0     1
      >> hist([1 2 2 5 9], 3)
      figure 1: patch

    See also histcounts, histogram, bar.
    """
    from cnnscript.builtins.figures.graphics_arguments import axes_first

    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    array = require_numeric(rest[0], "hist")
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:hist:InvalidInput", "Input arguments must be real.")
    vector = array.ndim == 2 and 1 in array.shape
    if not array.size:
        raise ScriptError("MATLAB:hist:InvalidInput", "Input must not be empty.", notes=(f"got {described(rest[0])}",))
    columns = array.astype(DOUBLE).reshape((-1, 1) if vector else (array.shape[0], -1), order="F")
    middles, counts = counted_around(columns, np.array([10.0]) if len(rest) == 1 else take.vector(rest[1], "Bins"))
    if nargout:
        if vector:
            return norm(counts.reshape(1, -1)), norm(middles.reshape(1, -1))
        return norm(np.asfortranarray(counts)), norm(middles.reshape(-1, 1))
    first = args[:1] if axes is not None else ()
    session.call("bar", 0, *first, norm(middles.reshape(1, -1)), norm(np.asfortranarray(counts)), "hist")
    return None


def counted_around(columns: ndarray, bins: ndarray) -> tuple[ndarray, ndarray]:
    """The middles of bins, and how many of each column lie in each; the outer ones hold all that lies beyond."""
    finite = columns[np.isfinite(columns)]
    if bins.size == 1:
        number = take.integer(float(bins[0]), "The number of bins", 1)
        if not finite.size:
            return np.arange(1.0, number + 1), np.zeros((number, columns.shape[1]))
        low, high = float(finite.min()), float(finite.max())
        if low == high:
            low, high = low - np.floor(number / 2) - 0.5, high + np.ceil(number / 2) - 0.5
        width = (high - low) / number
        edges = low + width * np.arange(number + 1)
        edges[-1] = high
        middles = edges[:-1] + width / 2
        inner = edges[1:-1]
    else:
        if not bins.size or (np.diff(bins) < 0).any():
            raise ScriptError("MATLAB:hist:InvalidInput", "The middles of the bins must be increasing numbers.")
        middles = bins
        inner = middles[:-1] + np.diff(middles) / 2
    limits = inner + np.spacing(np.abs(inner))  # an element on the edge belongs to the left
    counts = np.zeros((middles.size, columns.shape[1]))
    for place in range(columns.shape[1]):
        values = columns[~np.isnan(columns[:, place]), place]
        found = np.searchsorted(limits, values, side="right")
        counts[:, place] = np.bincount(found, minlength=middles.size)
    return middles, counts
