"""Bars, histograms and areas."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import Coordinates, name_axis, parent_of, series
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import bars, plots, showing
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, size_of, size_text
from cnnscript.values.text import text_or_none, texts_or_none


def draw_bars(session: Any, nargout: int, args: tuple, function: str) -> Any:
    """bar and barh: [axes,] [x,] y [, width] [, layout] [, colour] and properties."""
    axes, rest = axes_first(args)
    values = list(rest)
    arrays: list[Any] = []
    while values and text_or_none(values[0]) is None and len(arrays) < 3:
        arrays.append(values.pop(0))
    width = None
    if (
        len(arrays) >= 2
        and np.size(
            as_array(arrays[-1])
            if not isinstance(arrays[-1], Categorical) and texts_or_none(arrays[-1]) is None
            else [0, 0]
        )
        == 1
    ):
        before = arrays[-2]
        many = len(before.texts()) if isinstance(before, Categorical) else int(np.prod(size_of(before)))
        if len(arrays) == 3 or many != 1:
            width = take.number(arrays.pop(), function, "the width of the bars")
    if not arrays or len(arrays) > 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    layout, colour = "grouped", None
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() in ("grouped", "stacked", "hist", "histc"):
            layout = word.lower()
        elif len(values) % 2 and word.lower() in ("r", "g", "b", "c", "m", "y", "k", "w"):
            colour = word
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(bars.Bar, given)
    y = Coordinates(arrays[-1], function, "y").values
    if y.ndim > 2:
        raise ScriptError(
            f"MATLAB:{function}:Non2DInput", "Input arguments must be 2-D.", notes=(f"y is {size_text(y.shape)}",)
        )
    y = y.reshape(-1, 1) if min(y.shape) == 1 and not (len(arrays) == 2 and np.prod(size_of(arrays[0])) == 1) else y
    x = Coordinates(arrays[0], function, "x") if len(arrays) == 2 else None
    at = np.arange(1.0, y.shape[0] + 1) if x is None else x.values.ravel(order="F")
    if at.size != y.shape[0]:
        raise ScriptError(
            "MATLAB:bar:mismatchedLengths",
            "The length of X must match the number of rows of Y.",
            notes=(f"x has {at.size}, y is {size_text(y.shape)}",),
        )
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    properties = {bars.Bar.find_name(word): from_script(value) for word, value in given}
    if colour is not None:
        properties.setdefault("FaceColor", colour)
    horizontal = function == "barh"
    made = showing.bars(axes, at, y, horizontal, layout, width, properties)
    letter = "Y" if horizontal else "X"
    for one in made:
        name_axis(axes, one, letter, x.names if x is not None else [])
    if fresh:
        axes.values["Box"] = True
        if not (x is not None and x.names) and at.size <= 15 and (at == np.floor(at)).all():
            # MATLAB puts a tick under each bar as long as there are few.
            axes.values[f"{letter}Tick"] = np.unique(at)
            axes.values[f"{letter}TickMode"] = "manual"
    axes.touch()
    return wrap_list(made, column=False) if nargout else None


@builtin(outputs=1)
def bar(session, nargout, /, *args):
    """
    bar(y)
    bar(x, y)
    bar(..., width)
    bar(..., style)
    bar(..., color)
    bar(ax, ...)
    bar(..., Name=Value)
    b = bar(...)

    Bars; a matrix gives a group for each row.

    x may be numbers or a categorical. style is 'grouped' or 'stacked'.

    Examples
      >> bar([3 1 2])
      figure 1: bar 3 bars
      >> b = bar([1 2; 3 4], 'stacked', FaceAlpha=0.5); numel(b)
      ans =
           2
      figure 1: bar 2 bars, bar 2 bars

    See also barh, histogram, plot.
    """
    return draw_bars(session, nargout, args, "bar")


@builtin(outputs=1)
def barh(session, nargout, /, *args):
    """
    barh(y)
    barh(x, y)
    barh(..., width)
    barh(..., style)
    barh(..., color)
    barh(ax, ...)
    barh(..., Name=Value)
    b = barh(...)

    Bars to the right; otherwise as bar.

    Examples
      >> b = barh([0.7 0.2 0.1]); yticklabels({'cup', 'espresso', 'bowl'})
      figure 1: bar 3 bars

    See also bar, yticklabels.
    """
    return draw_bars(session, nargout, args, "barh")


@builtin(outputs=1)
def histogram(session, nargout, X, /, *rest):
    """
    histogram(X)
    histogram(X, nbins)
    histogram(X, edges)
    histogram(C)
    histogram(..., Name=Value)
    histogram(ax, ...)
    h = histogram(...)

    How often values occur, in bins; of a categorical, how often each category.

    BinWidth, NumBins, BinLimits, BinEdges and Normalization are among the properties.

    Examples
      >> histogram([1 1 2 3 3 3])
      figure 1: histogram 3 bins
      >> h = histogram([0.1 0.2 0.9], [0 0.5 1]); h.Values
      ans =
           2     1
      figure 1: histogram 2 bins

    See also bar, histcounts.
    """
    axes, rest = axes_first((X, *rest))
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    data, rest = rest[0], list(rest[1:])
    given_edges, count = None, None
    if rest and text_or_none(rest[0]) is None:
        numbers = take.numbers(rest.pop(0), "histogram", "the bins")
        if len(numbers) == 1:
            count = take.count(numbers[0], "histogram", "the bins")
        else:
            given_edges = np.array(numbers)
    axes, given = parent_of(pairs(tuple(rest), "histogram"), axes)
    bins = {
        word.lower(): value
        for word, value in given
        if word.lower() in ("binwidth", "numbins", "binlimits", "binedges", "binmethod")
    }
    given = [(word, value) for word, value in given if word.lower() not in bins]
    tried(bars.Histogram, given)
    properties = {bars.Histogram.find_name(word): from_script(value) for word, value in given}
    if isinstance(data, Categorical):
        axes = session.desk.newplot(axes)
        names = list(data.names)
        edges = np.arange(0.5, len(names) + 1) if names else np.array([0.5, 1.5])
        made = showing.histogram(axes, data.codes.astype(float), edges, properties)
        name_axis(axes, made, "X" if made.value("Orientation") == "vertical" else "Y", names)
        return wrap(made) if nargout else None
    values = take.pixels(data, "histogram", "X").astype(float).ravel(order="F")
    edges = histogram_edges(values, given_edges, count, bins)
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    made = showing.histogram(axes, values, edges, properties)
    return wrap(made) if nargout else None


def histogram_edges(
    values: np.ndarray, edges: np.ndarray | None, count: int | None, bins: dict[str, Any]
) -> np.ndarray:
    """Bin edges from whatever the caller said of bins."""
    if "binedges" in bins:
        edges = np.array(take.numbers(bins["binedges"], "histogram", "BinEdges"))
    if "binmethod" in bins:
        method = take.choice(bins["binmethod"], ("auto", "scott", "integers"), "histogram", "BinMethod")
        if method == "integers":
            return np.arange(np.floor(values.min() + 0.5) - 0.5, values.max() + 1)
    if edges is not None:
        if edges.size < 2 or (np.diff(edges) < 0).any():
            raise ScriptError("MATLAB:histogram:edges", "Bin edges must be two or more increasing numbers.")
        return edges
    if "numbins" in bins:
        count = take.count(bins["numbins"], "histogram", "NumBins")
    if count is not None and not 1 <= count < 1e8:
        raise ScriptError("MATLAB:histogram:numbins", "The number of bins must be a positive integer.")
    width = take.number(bins["binwidth"], "histogram", "BinWidth") if "binwidth" in bins else None
    if "binlimits" in bins:
        low, high = take.numbers(bins["binlimits"], "histogram", "BinLimits", 2)
        if width is not None:
            inner = np.arange(low, high, width)
            return np.r_[inner, high]
        inside = values[(values >= low) & (values <= high)]
        return np.linspace(low, high, (count or max(showing.bin_edges(inside).size - 1, 1)) + 1)
    return showing.bin_edges(values, count, width)


@builtin(outputs=1)
def area(session, nargout, /, *args):
    """
    area(Y)
    area(X, Y)
    area(..., Name=Value)
    h = area(...)

    Lines with the area under them filled; the columns of a matrix are piled up.

    Examples
      >> h = area([1 3 2]);
      figure 1: area 3 points

    See also plot, bar.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "area"), axes)
    tried(plots.Area, given)
    if cut not in (1, 2):
        raise ScriptError("MATLAB:minrhs", "area takes y, or x and y.")
    y = Coordinates(rest[cut - 1], "area", "y").values
    x = Coordinates(rest[0], "area", "x").values if cut == 2 else None
    each = series(x, y)
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    made, floor = [], 0.0
    for along, up in each:
        one = plots.Area(axes, XData=along, YData=up, FaceColor=showing.next_colour(axes))
        one.below = floor + np.zeros(up.size)
        floor = one.below + up
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made, column=False) if nargout else None
