"""Counts in bins of a plane: histcounts2."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.histograms import chosen_edges
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm, numel_of

NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")


def edges_given(value: Any, name: str) -> ndarray:
    found = take.vector(value, name)
    if found.size < 2 or not (np.diff(found) >= 0).all():
        raise take.wanted("two or more numbers that do not fall", name, value)
    return found


@builtin(outputs=5)
def histcounts2(nargout, x, y, first=None, second=None, /, *, XBinLimits=None, YBinLimits=None, BinWidth=None,
                NumBins=None, XBinEdges=None, YBinEdges=None, Normalization="count"):  # fmt: skip
    """
    N = histcounts2(X, Y)
    N = histcounts2(X, Y, nbins)
    N = histcounts2(X, Y, Xedges, Yedges)
    N = histcounts2(..., Name=Value)
    [N, Xedges, Yedges, binX, binY] = histcounts2(...)

    How many points lie in each bin of a plane, a row for each bin of X; the edges; and the bins of each point (0: in
    none). nbins is one number or two.

    Options
      XBinLimits     where the bins of X begin and end
      YBinLimits     where the bins of Y begin and end
      BinWidth       the width of bins, one number or two
      NumBins        how many bins, one number or two
      XBinEdges      the edges of the bins of X
      YBinEdges      the edges of the bins of Y
      Normalization  'count', 'probability', 'percentage', 'countdensity', 'pdf', 'cumcount' or 'cdf'

    Examples
      >> [N, Xedges, Yedges, binX, binY] = histcounts2([1 2 2 3], [1 1 2 3], [0 2 4], [0 2 4])
      N =
           1     0
           1     2
      Xedges =
           0     2     4
      Yedges =
           0     2     4
      binX =
           1     2     2     2
      binY =
           1     1     2     2

    See also histcounts, discretize, accumarray.
    """
    across, up = take.real(x, "X"), take.real(y, "Y")
    if across.shape != up.shape:
        raise ScriptError(
            "MATLAB:histcounts2:XYSizeMismatch", "X and Y must be the same size.",
            notes=(f"{take.described(x)} and {take.described(y)}",),
        )  # fmt: skip
    if second is not None:
        XBinEdges, YBinEdges = first, second
    elif first is not None:
        NumBins = first
    counts, widths = pair(NumBins, "NumBins"), pair(BinWidth, "BinWidth")
    edges = []
    for place, (values, limits, known, name) in enumerate((
        (across, XBinLimits, XBinEdges, "XBinEdges"), (up, YBinLimits, YBinEdges, "YBinEdges")
    )):  # fmt: skip
        if known is not None:
            edges.append(edges_given(known, name))
            continue
        numbers = values.ravel("F")
        numbers = numbers[np.isfinite(numbers)]
        ends = None if limits is None else edges_given(limits, "Bin limits")
        bounds = None if ends is None else (float(ends[0]), float(ends[-1]))
        if bounds is not None:
            numbers = numbers[(numbers >= bounds[0]) & (numbers <= bounds[1])]
        width = None if widths is None else widths[place]
        count = None if counts is None else int(counts[place])
        if counts is None and widths is None and numbers.size:
            width = planar_width(numbers)
        edges.append(chosen_edges(numbers, bounds, width, count, "auto", False))
    bins = [numbered(values.ravel("F"), sides) for values, sides in zip((across, up), edges, strict=True)]
    inside = (bins[0] > 0) & (bins[1] > 0)
    table = np.zeros((edges[0].size - 1, edges[1].size - 1))
    np.add.at(table, (bins[0][inside] - 1, bins[1][inside] - 1), 1)
    total = float(across.size)
    area = np.outer(np.diff(edges[0]), np.diff(edges[1]))
    word = take.choice(Normalization, NORMALIZATIONS, "Normalization")
    if word in ("probability", "percentage"):
        table = table / total * (100 if word == "percentage" else 1)
    elif word in ("countdensity", "pdf"):
        table = table / area / (total if word == "pdf" else 1)
    elif word in ("cumcount", "cdf"):
        table = table.cumsum(axis=0).cumsum(axis=1) / (total if word == "cdf" else 1)
    places = [np.where(inside, part, 0).astype(float).reshape(across.shape, order="F") for part in bins]
    shown = [norm(np.asfortranarray(part)) for part in places]
    return norm(np.asfortranarray(table)), *(norm(part.reshape(1, -1)) for part in edges), *shown


def planar_width(numbers: ndarray) -> float | None:
    """Scott's width for two dimensions."""
    spread = float(numbers.std(ddof=1)) if numbers.size > 1 else 0.0
    return rounded(3.5 * spread / numbers.size**0.25) if spread else None


def rounded(width: float) -> float:
    """A width with one digit: 1, 2, 3, 5 or 10 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(width))
    share = width / power
    return float(power * (1 if share < 1.5 else 2 if share < 2.5 else 3 if share < 4 else 5 if share < 7.5 else 10))


def pair(value: Any, name: str) -> tuple[float, float] | None:
    if value is None or not numel_of(value):
        return None
    found = take.vector(value, name)
    if found.size not in (1, 2) or not (found > 0).all() or not np.isfinite(found).all():
        raise take.wanted("one or two positive numbers", name, value)
    if name == "NumBins" and (found != np.floor(found)).any():
        raise take.wanted("whole numbers", name, value)
    return float(found[0]), float(found[-1])


def numbered(values: ndarray, edges: ndarray) -> ndarray:
    """The bin of each value, from 1; the last bin has its right edge too; 0 for none."""
    found = np.searchsorted(edges, values, "right")
    found = np.where(values == edges[-1], edges.size - 1, found)
    return np.where((values >= edges[0]) & (values <= edges[-1]), found, 0)
