"""Histograms of pairs: histogram2, binscatter, hist3."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import name_sides, of_table
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.figures.space_arguments import real_array, solid_axes, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing, surfaces
from cnnscript.pictures.graphics.pair_bins import Binscatter, Histogram2
from cnnscript.values.numeric import OBJECT, as_array, is_cell, norm
from cnnscript.values.text import text_or_none

BINS = ("NumBins", "BinWidth", "XBinLimits", "YBinLimits", "XBinEdges", "YBinEdges", "BinMethod")


@builtin(outputs=1)
def histogram2(session, nargout, /, *args):
    """
    histogram2(X, Y)
    histogram2(X, Y, nbins)
    histogram2(X, Y, Xedges, Yedges)
    histogram2('XBinEdges', Xedges, 'YBinEdges', Yedges, 'BinCounts', counts)
    histogram2(..., Name=Value)
    histogram2(ax, ...)
    h = histogram2(...)

    How many pairs fall into each bin of a plane, as bars in space or, with DisplayStyle 'tile', as coloured tiles.

    Bins are chosen as histcounts2 chooses them; NumBins, BinWidth, XBinLimits, YBinLimits, XBinEdges, YBinEdges and
    BinMethod say otherwise. FaceColor 'flat' colours bars by their height.

    Examples
      >> h = histogram2([1 2 2], [1 1 3], [0 2 4], [0 2 4]); h.Values
      ans =
           1     0
           1     1
      figure 1: histogram2 2x2 bins

    See also histcounts2, histogram, hist3, bar3.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "histogram2"), axes)
    values = list(rest[:cut])
    chosen = [(Histogram2.find_name(name), value) for name, value in given]
    counts = next((value for name, value in chosen if name == "BinCounts"), None)
    binning = [part for name, value in chosen if name in BINS for part in (name, value)]
    others = [(name, value) for name, value in chosen if name not in (*BINS, "BinCounts")]
    tried(Histogram2, others)
    if counts is not None and not values:
        lines = [(name, value) for name, value in chosen if name.endswith("Edges")]
        edges = {name: real_array(value, "histogram2", name).ravel() for name, value in lines}
        table, data = real_array(counts, "histogram2", "BinCounts"), np.zeros((0, 2))
        if len(edges) < 2 or table.shape != (edges["XBinEdges"].size - 1, edges["YBinEdges"].size - 1):
            raise ScriptError(
                "MATLAB:histogram2:InvalidBinCounts", "BinCounts must be a matrix of a bin for each pair of edges."
            )
        across, up = edges["XBinEdges"], edges["YBinEdges"]
    else:
        if not 2 <= len(values) <= 4:
            raise too_few("histogram2", "X, Y")
        x, y = (real_array(value, "histogram2", "the data") for value in values[:2])
        if x.shape != y.shape:
            raise ScriptError("MATLAB:histogram2:XYSizeMismatch", "X and Y must have the same size.")
        found = session.call("histcounts2", 3, *values, *binning)
        table, across, up = (np.asarray(as_array(part), float) for part in found)
        data = np.column_stack([x.ravel(order="F"), y.ravel(order="F")])
    tile = any(name == "DisplayStyle" and (text_or_none(value) or "").lower() == "tile" for name, value in others)
    if tile:
        axes = session.desk.newplot(axes)
        if not axes.drawn():
            axes.values["Box"] = True
    else:
        axes = solid_axes(session, axes)
    made = Histogram2(axes, Data=data, BinCounts=table, XBinEdges=across.ravel(), YBinEdges=up.ravel())
    showing.follow(axes, made)
    set_pairs(made, others)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def binscatter(session, nargout, /, *args):
    """
    binscatter(x, y)
    binscatter(x, y, N)
    binscatter(tbl, xvar, yvar)
    binscatter(tbl, xvar, yvar, N)
    binscatter(ax, ...)
    binscatter(..., Name=Value)
    h = binscatter(...)

    How many points fall into each bin of a plane, as colours, with a colorbar; bins without points stay empty unless
    ShowEmptyBins says 'on'.

    N is the number of bins along each side, one number or [Nx Ny], at most 250; else Scott's rule chooses, at most 100.
    XLimits and YLimits leave out points beyond them. h.Values holds the counts.

    Examples
      >> h = binscatter([1 2 2 4], [1 1 1 3], [3 2]); h.Values
      ans =
           1     0
           2     0
           0     1
      figure 1: binscatter 3x2 bins, colorbar

    See also histogram2, scatter, hist3.
    """
    axes, rest = axes_first(args)
    values, named = of_table(rest, "binscatter", "XY")
    cut = first_option(values, 0)
    if not 2 <= cut <= 3:
        raise too_few("binscatter", "x, y")
    x, y = (np.ravel(real_array(value, "binscatter", "the data"), order="F") for value in values[:2])
    if x.size != y.size:
        raise ScriptError("MATLAB:binscatter:InvalidSizeY", "X and Y must have the same size.")
    axes, given = parent_of(pairs(tuple(values[cut:]), "binscatter"), axes)
    if cut == 3:
        given = [("NumBins", values[2]), *given]
    tried(Binscatter, given)
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made = Binscatter(axes, XData=x, YData=y)
    set_pairs(made, given)
    name_sides(axes, named, [made])
    if fresh:
        axes.values["Box"] = True
        if not axes.own_map:
            axes.set("Colormap", BLUES)
    showing.colorbar(session.desk, axes)
    axes.touch()
    return wrap(made) if nargout else None


# Light blue for few points to dark blue for many.
BLUES = np.linspace((0.83, 0.90, 0.97), (0.0, 0.27, 0.55), 256)


# ---------------------------------------------------------------------------------------------------------------- hist3
def centred_edges(centres: np.ndarray) -> np.ndarray:
    """Edges half-way between centres; the outer bins reach as far out as in."""
    middle = (centres[:-1] + centres[1:]) / 2
    first, last = (centres[1] - centres[0], centres[-1] - centres[-2]) if centres.size > 1 else (1.0, 1.0)
    return np.r_[centres[0] - first / 2, middle, centres[-1] + last / 2]


@builtin(outputs=2)
def hist3(session, nargout, /, *args):
    """
    hist3(X)
    hist3(X, nbins)
    hist3(X, 'Nbins', nbins)
    hist3(X, ctrs)
    hist3(X, 'Ctrs', ctrs)
    hist3(X, 'Edges', edges)
    hist3(..., Name=Value)
    N = hist3(...)
    [N, c] = hist3(...)

    How many rows of X (two columns) fall into each bin of a plane, 10-by-10 by default; without outputs as bars.

    ctrs and edges are cells of two vectors. Properties are those of a surface, such as CDataMode 'auto' with
    FaceColor 'interp'.

    Examples
      >> [N, c] = hist3([0 0; 1 1; 4 4], [2 2]); N, c{1}
      N =
           2     0
           0     1
      ans =
           1     3
      >> hist3(rand(50, 2), [5 5])
      figure 1: surface 20x20

    See also histogram2, histcounts2, bar3.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise too_few("hist3", "X")
    data = real_array(rest[0], "hist3", "X")
    if data.ndim != 2 or data.shape[1] != 2:
        raise ScriptError("stats:hist3:WrongNumCols", "X must be a matrix with two columns.")
    values = list(rest[1:])
    bins, centres, edges = np.array((10.0, 10.0)), None, None
    if values and text_or_none(values[0]) is None:
        first = values.pop(0)
        if is_cell(first):
            centres = first
        else:
            bins = real_array(first, "hist3", "the number of bins").ravel()
    given = []
    for name, value in pairs(tuple(values), "hist3"):
        word = name.lower()
        if word in ("nbins", "ctrs", "centers", "edges"):
            bins = real_array(value, "hist3", name).ravel() if word == "nbins" else bins
            centres = value if word in ("ctrs", "centers") else centres
            edges = value if word == "edges" else edges
        else:
            given.append((name, value))
    axes, given = parent_of(given, axes)
    tried(surfaces.Surface, given)
    if bins.size != 2 or (bins < 1).any():
        message = "The number of bins must be specified with a 2-element numeric vector."
        raise ScriptError("stats:hist3:BadNbins", message)
    lines = [limits_of(data[:, k], int(bins[k]), centres, edges, k) for k in range(2)]
    known = data[np.isfinite(data).all(1)]
    open_ends = [np.r_[-np.inf, line[1:-1], np.inf] if edges is None else line for line in lines]
    places = [np.searchsorted(line, known[:, k], "right") - 1 for k, line in enumerate(open_ends)]
    if edges is not None:
        # The last bin holds what equals the last edge.
        places = [np.where(known[:, k] == line[-1], line.size - 1, at) for k, (line, at) in
                  enumerate(zip(open_ends, places, strict=True))]  # fmt: skip
        lines = [np.r_[line, 2 * line[-1] - line[-2]] for line in lines]
    shape = tuple(line.size - 1 for line in lines)
    inside = (places[0] >= 0) & (places[1] >= 0) & (places[0] < shape[0]) & (places[1] < shape[1])
    table = np.zeros(shape)
    np.add.at(table, (places[0][inside], places[1][inside]), 1)
    if nargout:
        middles = np.empty((1, 2), OBJECT)
        for k, line in enumerate(lines):
            middles[0, k] = norm(((line[:-1] + line[1:]) / 2).reshape(1, -1))
        return (norm(np.asfortranarray(table)), middles) if nargout > 1 else norm(np.asfortranarray(table))
    axes = solid_axes(session, axes)
    x, y = (np.repeat(np.column_stack([line[:-1], line[1:]]).ravel(), 2) for line in lines)
    heights = np.zeros((y.size, x.size))
    for offset in ((1, 1), (1, 2), (2, 1), (2, 2)):
        heights[offset[1] :: 4, offset[0] :: 4] = table.T
    made = surfaces.Surface(
        axes, XData=np.tile(x, (y.size, 1)), YData=np.tile(y[:, None], (1, x.size)), ZData=heights,
        FaceColor=(0.75, 0.85, 0.95),
    )  # fmt: skip
    set_pairs(made, given)
    axes.touch()
    return None


def limits_of(numbers: np.ndarray, count: int, centres: Any, edges: Any, column: int) -> np.ndarray:
    """The edges of the bins along a column."""
    chosen = edges if edges is not None else centres
    if chosen is not None:
        if not is_cell(chosen) or np.size(chosen) != 2:
            message = "Bin centers and edges must be specified with a cell array of two vectors."
            raise ScriptError("stats:hist3:BadCtrs", message)
        line = np.array(take.numbers(chosen.ravel(order="F")[column], "hist3", "the bins"))
        if line.size < 2 or (np.diff(line) <= 0).any():
            raise ScriptError("stats:hist3:BadCtrs", "Bin centers and edges must be increasing vectors.")
        return line if edges is not None else centred_edges(line)
    there = numbers[np.isfinite(numbers)]
    low, high = (float(there.min()), float(there.max())) if there.size else (0.0, 1.0)
    if low == high:
        low, high = low - np.floor(count / 2) - 0.5, high + np.ceil(count / 2) - 0.5
    return np.linspace(low, high, count + 1)
