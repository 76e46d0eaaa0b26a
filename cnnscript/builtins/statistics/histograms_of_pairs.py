"""Histograms of pairs of numbers: histcounts2."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory, require_real
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.bins import chosen_edges
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described

METHODS = ("auto", "scott", "fd", "integers")
NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")


@builtin(outputs=5)
def histcounts2(
    nargout,
    x,
    y,
    /,
    *bins,
    NumBins=None,
    BinWidth=None,
    XBinLimits=None,
    YBinLimits=None,
    XBinEdges=None,
    YBinEdges=None,
    BinMethod="auto",
    Normalization="count",
):
    """
    N = histcounts2(X, Y)
    N = histcounts2(X, Y, nbins)
    N = histcounts2(X, Y, Xedges, Yedges)
    [N, Xedges, Yedges] = histcounts2(...)
    [N, Xedges, Yedges, binX, binY] = histcounts2(...)
    ... = histcounts2(..., Name=Value)

    How many pairs fall into each bin: N(i, j) counts those with X in bin i and Y in bin j.

    A bin holds its left edges, the last ones also their right edges. binX and binY are 0 for pairs in no bin.

    Options
      NumBins        how many bins: one number, or [x y]
      BinWidth       width of the bins: one number, or [x y]
      XBinLimits     where the first begins and the last ends in X
      YBinLimits     the same in Y
      XBinEdges      all the edges in X
      YBinEdges      all the edges in Y
      BinMethod      'auto', 'scott', 'fd' or 'integers'
      Normalization  'count', 'probability', 'percentage', 'countdensity', 'pdf', 'cumcount' or 'cdf'

    Examples
      >> N = histcounts2([1 2 2], [1 1 3], [0 2 4], [0 2 4])
      N =
           1     0
           1     1
      >> [N, Xedges, Yedges] = histcounts2([1 2 3], [1 2 3], 2)
      N =
           1     0
           0     2
      Xedges =
           1     2     3
      Yedges =
           1     2     3

    See also histcounts, accumarray, discretize.
    """
    across, down = (require_real(value, "histcounts2").astype(DOUBLE) for value in (x, y))
    if across.shape != down.shape:
        raise ScriptError(
            "MATLAB:histcounts2:XYSizeMismatch",
            "X and Y must have the same size.",
            notes=(f"X is {described(x)}", f"Y is {described(y)}"),
        )
    if len(bins) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if len(bins) == 2:
        XBinEdges, YBinEdges = bins
    elif bins:
        NumBins = bins[0]
    counts, widths = of_both(NumBins, "NumBins"), of_both(BinWidth, "BinWidth")
    counts = tuple(None if count is None else take.positive(count, "NumBins") for count in counts)
    if any(width is not None and not width > 0 for width in widths):
        raise take.wanted("positive numbers", "BinWidth", BinWidth)
    method = take.choice(BinMethod, METHODS, "BinMethod")
    known = np.isfinite(across) & np.isfinite(down)
    if method == "auto" and not narrow_integers(across[known], down[known]):
        method = "scott"  # one dimension alone of whole numbers gets no bins of its own kind
    edges = []
    for axis, (numbers, given, limits) in enumerate(((across, XBinEdges, XBinLimits), (down, YBinEdges, YBinLimits))):
        edges.append(edges_along(numbers[known], given, limits, widths[axis], counts[axis], method, "XY"[axis]))
    places = [bins_of(numbers, limits) for numbers, limits in zip((across, down), edges, strict=True)]
    inside = (places[0] > 0) & (places[1] > 0)
    shape = (edges[0].size - 1, edges[1].size - 1)
    require_memory(shape, 8)
    flat = (places[0][inside] - 1) + (places[1][inside] - 1) * shape[0]
    table = np.bincount(flat.astype(np.int64), minlength=shape[0] * shape[1]).astype(DOUBLE).reshape(shape, order="F")
    word = take.choice(Normalization, NORMALIZATIONS, "Normalization")
    table = normalized_table(table, edges, across.size, word)
    found = [np.where(inside, place, 0.0) for place in places]
    answers = (table, edges[0].reshape(1, -1), edges[1].reshape(1, -1), *found)
    return tuple(norm(np.asfortranarray(answer)) for answer in answers[: max(1, nargout)])


def of_both(value, name: str) -> tuple:
    """A number for X and one for Y."""
    if value is None:
        return None, None
    numbers = take.vector(value, name)
    if numbers.size not in (1, 2):
        raise take.wanted("one number or two", name, value)
    return float(numbers[0]), float(numbers[-1])


def narrow_integers(across: ndarray, down: ndarray) -> bool:
    """Are all numbers whole, over so short ranges that each gets a bin?"""
    return all(
        numbers.size and bool((numbers == np.round(numbers)).all()) and np.ptp(numbers) <= 50
        for numbers in (across, down)
    )


def edges_along(numbers: ndarray, given, limits, width, count, method: str, name: str) -> ndarray:
    """The edges in one dimension."""
    if given is not None:
        edges = take.vector(given, f"{name}BinEdges")
        if edges.size < 2 or (np.diff(edges) < 0).any() or np.isnan(edges).any():
            raise ScriptError(
                "MATLAB:histcounts2:expectedNondecreasing",
                "Bin edges must be a vector of increasing values.",
                notes=(f"{name}BinEdges got {described(given)}",),
            )
        return edges
    bounds = None
    if limits is not None:
        bounds = tuple(take.vector(limits, f"{name}BinLimits").tolist())
        if len(bounds) != 2 or not bounds[0] <= bounds[1]:
            raise take.wanted("two numbers, the smaller first", f"{name}BinLimits", limits)
        numbers = numbers[(numbers >= bounds[0]) & (numbers <= bounds[1])]
    return chosen_edges(numbers, bounds, width, count, method, False, 4)


def bins_of(numbers: ndarray, edges: ndarray) -> ndarray:
    """The bin (from 1) of each number, 0 for none; the last bin holds its right edge."""
    places = np.searchsorted(edges, numbers, side="right").astype(DOUBLE)
    places = np.where(numbers == edges[-1], edges.size - 1.0, places)
    return np.where((places < edges.size) & ~np.isnan(numbers), places, 0.0)


def normalized_table(table: ndarray, edges: list[ndarray], total: int, word: str) -> ndarray:
    if word in ("cumcount", "cdf"):
        table = table.cumsum(axis=0).cumsum(axis=1)
    if word in ("probability", "cdf", "percentage", "pdf") and total:
        table = table / total * (100 if word == "percentage" else 1)
    if word in ("countdensity", "pdf"):
        table = table / np.outer(np.diff(edges[0]), np.diff(edges[1]))
    return table
