"""Lines, points, bars, areas and surfaces."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins import picture_arguments as take
from cnnscript.builtins.handles import Handle, axes_first, first_option, from_script, pairs, set_pairs, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures import plots, showing
from cnnscript.pictures.kinds import MARKERS, Axes
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, size_of, size_text
from cnnscript.values.text import text_or_none, texts_or_none

LINE_SPEC = re.compile(r"(?P<style>--|-\.|-|:)|(?P<marker>[o+*.x_|sd^v><ph])|(?P<colour>[rgbcmykw])")


def read_line_spec(word: str) -> dict[str, Any] | None:
    """Properties from a line spec such as 'r--o'; None for a text that is none."""
    found: dict[str, str] = {}
    at = 0
    while at < len(word):
        match = LINE_SPEC.match(word, at)
        if match is None or match.lastgroup in found:
            return None
        found[match.lastgroup] = match[0]
        at = match.end()
    made: dict[str, Any] = {}
    if "colour" in found:
        made["Color"] = found["colour"]
    if "marker" in found:
        made["Marker"] = {"s": "square", "d": "diamond", "p": "pentagram", "h": "hexagram"}.get(
            found["marker"], found["marker"]
        )
        made["LineStyle"] = "none"
    if "style" in found:
        made["LineStyle"] = found["style"]
    return made


class Coordinates:
    """Data along one axis: numbers, or names that stand at 1, 2, 3 ...

    values: float array in the data's shape.  names: the categories, or [] for numbers.
    """

    def __init__(self, value: Any, function: str, what: str):
        self.names: list[str] = []
        if isinstance(value, Categorical):
            self.names = list(value.names)
            self.values = np.where(value.codes > 0, value.codes, np.nan).astype(float)
            return
        words = texts_or_none(value) if not isinstance(value, str) else None
        if words is not None:
            self.names = list(dict.fromkeys(words))
            self.values = np.array([self.names.index(word) + 1.0 for word in words]).reshape(1, -1)
            return
        array = as_array(value) if not isinstance(value, str) and not is_cell(value) else None
        extract = getattr(value, "extractdata", None)
        if extract is not None:
            array = as_array(extract())
        if array is None or array.dtype.kind not in "fiubc":
            raise take.refusal(function, what, "numeric or categorical", value)
        self.values = np.asarray(array.real if array.dtype.kind == "c" else array, float)
        self.values = self.values if array.dtype.kind != "c" or function != "plot" else np.asarray(array)


def series(x: np.ndarray | None, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """The curves of X and Y: one for a vector, one a column for a matrix."""
    if x is None:
        if y.dtype.kind == "c":
            return [(column.real, column.imag) for column in (y.T if min(y.shape) > 1 else [y.ravel(order="F")])]
        columns = [y.ravel(order="F")] if min(y.shape, default=0) <= 1 else list(y.T)
        return [(np.arange(1.0, column.size + 1), column) for column in columns]
    x, y = np.asarray(x, float), np.asarray(y.real, float)
    if min(x.shape) <= 1 and min(y.shape) <= 1:
        if x.size != y.size:
            raise lengths_differ()
        return [(x.ravel(order="F"), y.ravel(order="F"))]
    if min(x.shape) <= 1:
        if x.size == y.shape[0]:
            return [(x.ravel(), column) for column in y.T]
        if x.size == y.shape[1]:
            return [(x.ravel(), row) for row in y]
        raise lengths_differ()
    if min(y.shape) <= 1:
        if y.size == x.shape[0]:
            return [(column, y.ravel()) for column in x.T]
        if y.size == x.shape[1]:
            return [(row, y.ravel()) for row in x]
        raise lengths_differ()
    if x.shape != y.shape:
        raise lengths_differ()
    return list(zip(x.T, y.T, strict=True))


def lengths_differ() -> ScriptError:
    return ScriptError("MATLAB:plot:mismatchedLengths", "Vectors must be the same length.")


def name_axis(axes: Axes, made: Any, letter: str, names: list[str]) -> None:
    """Let an axis be of categories."""
    if names:
        made.categories[letter] = names
        axes.touch()


def parent_of(given: list[tuple[str, Any]], axes: Axes | None) -> tuple[Axes | None, list[tuple[str, Any]]]:
    """The axes given as Parent, and the other properties."""
    for word, value in given:
        if word.lower() == "parent" and isinstance(value, Handle):
            axes = value.graphic
    return axes, [(word, value) for word, value in given if word.lower() != "parent"]


def curves(
    session: Any, nargout: int, args: tuple, function: str, scales: tuple[str, str] = ("linear", "linear")
) -> Any:
    """plot and its logarithmic kin: [axes,] groups of [x,] y [, line spec], then properties."""
    axes, rest = axes_first(args)
    groups: list[tuple[Any, Any, dict[str, Any]]] = []
    waiting: list[Any] = []
    at = 0
    while at < len(rest):
        word = text_or_none(rest[at])
        spec = read_line_spec(word) if word is not None else None
        if word is not None and (spec is None or not waiting):
            break
        if word is None:
            waiting.append(rest[at])
        if spec is not None or len(waiting) == 2 and (at + 1 == len(rest) or text_or_none(rest[at + 1]) is None):
            groups.append((*([None, *waiting] if len(waiting) == 1 else waiting), spec or {}))
            waiting = []
        elif len(waiting) == 2 and read_line_spec(text_or_none(rest[at + 1]) or "?") is None:
            groups.append((*waiting, {}))
            waiting = []
        at += 1
    if waiting:
        groups.append((*([None, *waiting] if len(waiting) == 1 else waiting), {}))
    given = pairs(rest[at:], function)
    if not groups:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    axes, given = parent_of(given, axes)
    read = [
        (Coordinates(x, function, "x") if x is not None else None, Coordinates(y, function, "y"), spec)
        for x, y, spec in groups
    ]
    drawn = [
        (x, y, spec, series(x.values if x is not None else None, y.values))
        for x, y, spec in read
        if y.values.size or x is None
    ]
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made: list[plots.Line] = []
    for x, y, spec, each in drawn:
        for along, up in each:
            line = plots.Line(axes, XData=along, YData=up)
            if "Color" not in spec:
                line.set("Color", showing.next_colour(axes))
            for name, value in spec.items():
                line.set(name, value)
            set_pairs(line, given)
            name_axis(axes, line, "X", x.names if x is not None else [])
            name_axis(axes, line, "Y", y.names)
            made.append(line)
    if fresh:
        axes.values |= {"Box": True, "XScale": scales[0], "YScale": scales[1]}
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def plot(session, nargout, /, *args):
    """
    plot(Y)
    plot(X, Y)
    plot(X, Y, spec)
    plot(X1, Y1, X2, Y2)
    plot(ax, ...)
    plot(..., Name=Value)
    h = plot(...)

    Lines through points.

    A matrix gives a line for each column. spec is made of a colour (r g b c m y k w), a line style (- -- : -.) and a
    marker (o + * . x s d ^ v > < p h). Property names such as LineWidth and DisplayName may follow.

    Examples
      >> plot([1 4 9 16])
      figure 1: line 4 points
      >> h = plot(1:3, magic(3), 'r--o', LineWidth=2); h(1).LineStyle
      ans =
          '--'
      figure 1: line 3 points, line 3 points, line 3 points

    See also bar, scatter, hold, legend, xlabel.
    """
    return curves(session, nargout, args, "plot")


@builtin(outputs=1)
def semilogy(session, nargout, /, *args):
    """
    semilogy(Y)
    semilogy(X, Y)
    h = semilogy(...)

    Lines with a logarithmic y-axis; otherwise as plot.

    Examples
      >> h = semilogy([1 10 100]); ax = gca; ax.YScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogx, loglog.
    """
    return curves(session, nargout, args, "semilogy", ("linear", "log"))


@builtin(outputs=1)
def semilogx(session, nargout, /, *args):
    """
    semilogx(Y)
    semilogx(X, Y)
    h = semilogx(...)

    Lines with a logarithmic x-axis; otherwise as plot.

    Examples
      >> h = semilogx([1 10 100], 1:3); ax = gca; ax.XScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogy, loglog.
    """
    return curves(session, nargout, args, "semilogx", ("log", "linear"))


@builtin(outputs=1)
def loglog(session, nargout, /, *args):
    """
    loglog(Y)
    loglog(X, Y)
    h = loglog(...)

    Lines with logarithmic axes; otherwise as plot.

    Examples
      >> h = loglog([1 10 100], [1 100 10000]);
      figure 1: line 3 points

    See also plot, semilogx, semilogy.
    """
    return curves(session, nargout, args, "loglog", ("log", "log"))


@builtin(outputs=1)
def line(session, nargout, /, *args):
    """
    line(x, y)
    line(..., Name=Value)
    line(ax, ...)
    h = line(...)

    Add a line to an axes, whatever it shows.

    Examples
      >> imshow(zeros(9)); h = line([1 9], [1 9], Color='y');
      figure 1: image 9x9, line 2 points

    See also plot, rectangle, xline.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "line"), axes)
    axes = axes or session.desk.current_axes()
    if cut not in (0, 2, 3):
        raise ScriptError("MATLAB:line:args", "line takes x and y.")
    each = [(np.array([0.0, 1.0]), np.array([0.0, 1.0]))]
    if cut:
        each = series(*(Coordinates(value, "line", "x and y").values for value in rest[:2]))
    made = []
    for x, y in each:
        one = plots.Line(axes, XData=x, YData=y)
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def scatter(session, nargout, /, *args):
    """
    scatter(x, y)
    scatter(x, y, size)
    scatter(x, y, size, colour)
    scatter(..., 'filled')
    scatter(..., marker)
    scatter(..., Name=Value)
    h = scatter(...)

    Points, each with a size (in square points) and a colour.

    Examples
      >> scatter(1:4, [3 1 2 2], 50, [1 2 3 4], 'filled')
      figure 1: scatter 4 points
      >> h = scatter([1 2], [3 4], 'x'); h.Marker
      ans =
          'x'
      figure 1: scatter 2 points

    See also plot, gscatter.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("scatter(x, y)",))
    x, y = (Coordinates(value, "scatter", what) for value, what in zip(values[:2], ("x", "y"), strict=True))
    if x.values.size != y.values.size:
        raise ScriptError("MATLAB:scatter:mismatchedLengths", "X and Y must be vectors of the same length.")
    values = values[2:]
    properties: dict[str, Any] = {}
    if values and text_or_none(values[0]) is None:
        size = take.pixels(values.pop(0), "scatter", "the size")
        if size.size:
            properties["SizeData"] = np.asarray(size, float)
        if values and (
            text_or_none(values[0]) is None
            or len(text_or_none(values[0])) == 1
            and text_or_none(values[0]) in "rgbcmykw"
        ):
            properties["CData"] = from_script(values.pop(0))
    filled = False
    while values and (word := text_or_none(values[0])) is not None and (word.lower() == "filled" or word in MARKERS):
        filled |= word.lower() == "filled"
        if word in MARKERS:
            properties["Marker"] = word
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), "scatter"), axes)
    axes = session.desk.newplot(axes)
    made = plots.Scatter(axes, XData=x.values, YData=y.values)
    properties.setdefault("CData", np.array(showing.next_colour(axes)))
    for name, value in properties.items():
        made.set(name, value)
    if filled:
        made.set("MarkerFaceColor", "flat")
    set_pairs(made, given)
    name_axis(axes, made, "X", x.names)
    name_axis(axes, made, "Y", y.names)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def gscatter(session, nargout, x, y, g, /, *rest):
    """
    gscatter(x, y, g)
    gscatter(x, y, g, colours)
    gscatter(x, y, g, colours, markers)
    gscatter(x, y, g, colours, markers, size)
    h = gscatter(...)

    Points coloured by group, with a legend.

    Examples
      >> h = gscatter([1 2 3], [1 2 3], [1 1 2]);
      figure 1: line 2 points, line 1 points, legend '1', '2'

    See also scatter, legend.
    """
    along, up = (np.array(take.numbers(value, "gscatter", "x and y")) for value in (x, y))
    words = list(g.texts()) if isinstance(g, Categorical) else texts_or_none(g)
    if words is None:
        numbers = take.numbers(g, "gscatter", "the groups")
        names = [f"{number:g}" for number in sorted(set(numbers))]
        words = [f"{number:g}" for number in numbers]
    else:
        used = set(words)
        names = [name for name in g.names if name in used] if isinstance(g, Categorical) else list(dict.fromkeys(words))
    if not along.size == up.size == len(words):
        raise ScriptError("MATLAB:gscatter:mismatchedLengths", "X, Y and the groups must have the same length.")
    options = list(rest)
    colours = options.pop(0) if options else None
    letters = text_or_none(colours) if colours is not None else None
    table = (
        None
        if colours is None or letters is not None or np.size(colours) == 0
        else take.colour_map(colours, "gscatter")
    )
    markers = (text_or_none(options.pop(0)) if options else "") or "."
    size = take.number(options.pop(0), "gscatter", "the size") if options else 15.0
    if options:
        raise ScriptError("cnnscript:gscatter", "gscatter takes no more than six inputs yet.")
    axes = session.desk.newplot()
    made = []
    for k, name in enumerate(names):
        mine = np.array([word == name for word in words])
        one = plots.Line(
            axes,
            XData=along[mine],
            YData=up[mine],
            LineStyle="none",
            Marker=markers[k % len(markers)],
            DisplayName=name,
        )
        one.set("MarkerSize", size)
        paint = (
            letters[k % len(letters)]
            if letters
            else tuple(table[k % len(table)])
            if table is not None
            else showing.next_colour(axes)
        )
        one.set("Color", paint)
        made.append(one)
    axes.values["Box"] = True
    showing.legend(session.desk, axes)
    return wrap_list(made) if nargout else None


# ---------------------------------------------------------------------------------------------------------------------
# bars
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
    y = Coordinates(arrays[-1], function, "y").values
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
    properties = {plots.Bar.find_name(word): from_script(value) for word, value in given}
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
        count, given_edges = (int(numbers[0]), None) if len(numbers) == 1 else (None, np.array(numbers))
    axes, given = parent_of(pairs(tuple(rest), "histogram"), axes)
    bins = {
        word.lower(): value
        for word, value in given
        if word.lower() in ("binwidth", "numbins", "binlimits", "binedges", "binmethod")
    }
    given = [(word, value) for word, value in given if word.lower() not in bins]
    properties = {plots.Histogram.find_name(word): from_script(value) for word, value in given}
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
    if count is not None and count < 1:
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


# ------------------------------------------------------------------------------------------------------------ lines
# and shapes
def constant_line(session: Any, nargout: int, args: tuple, letter: str) -> Any:
    function = f"{letter}line"
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(value)",))
    places, values = take.numbers(rest[0], function, "the value"), list(rest[1:])
    spec: dict[str, Any] = {}
    if values and (word := text_or_none(values[0])) is not None and (found := read_line_spec(word)) is not None:
        spec = {name: value for name, value in found.items() if name != "Marker"}
        values.pop(0)
        if values and len(values) % 2:
            spec["Label"] = from_script(values.pop(0))
    axes, given = parent_of(pairs(tuple(values), function), axes)
    axes = axes or session.desk.current_axes()
    made = []
    for place in places:
        one = plots.ConstantLine(axes, InterceptAxis=letter, Value=place)
        for name, value in spec.items():
            one.set(name, value)
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def xline(session, nargout, /, *args):
    """
    xline(x)
    xline(x, spec)
    xline(x, spec, label)
    xline(..., Name=Value)
    h = xline(...)

    A line upright through an axes at x.

    Examples
      >> plot(1:3); h = xline(2, '--r', 'here');
      figure 1: line 3 points, constantline

    See also yline, line.
    """
    return constant_line(session, nargout, args, "x")


@builtin(outputs=1)
def yline(session, nargout, /, *args):
    """
    yline(y)
    yline(y, spec)
    yline(y, spec, label)
    yline(..., Name=Value)
    h = yline(...)

    A level line through an axes at y.

    Examples
      >> plot(1:3); h = yline(2);
      figure 1: line 3 points, constantline

    See also xline, line.
    """
    return constant_line(session, nargout, args, "y")


@builtin(outputs=1)
def rectangle(session, nargout, /, *args):
    """
    rectangle(Position=[x y w h])
    rectangle(..., Name=Value)
    r = rectangle(...)

    A rectangle in an axes; Curvature rounds its corners, [1 1] makes an ellipse.

    Examples
      >> imshow(zeros(9)); r = rectangle(Position=[2 2 4 3], EdgeColor='r');
      figure 1: image 9x9, rectangle

    See also line, patch, text.
    """
    axes, rest = axes_first(args)
    axes, given = parent_of(pairs(rest, "rectangle"), axes)
    made = plots.Rectangle(axes or session.desk.current_axes())
    set_pairs(made, given)
    return wrap(made) if nargout else None


def polygons(session: Any, nargout: int, args: tuple, function: str) -> Any:
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    numeric, tail = list(rest[:cut]), rest[cut:]
    if len(numeric) == 2 and tail and len(tail) % 2:
        numeric, tail = [*numeric, tail[0]], tail[1:]
    if len(numeric) != 3:
        raise ScriptError("MATLAB:patch:args", f"{function} takes x, y and a colour.")
    axes, given = parent_of(pairs(tail, function), axes)
    axes = axes or (session.desk.newplot() if function == "fill" else session.desk.current_axes())
    made = plots.Patch(axes, XData=take.pixels(numeric[0], function, "x"), YData=take.pixels(numeric[1], function, "y"))
    paint = from_script(numeric[2])
    if isinstance(paint, str) or np.size(paint) == 3 and np.shape(paint)[0] == 1:
        made.set("FaceColor", paint)
    else:
        made.set("CData", np.asarray(paint, float))
        made.set("FaceColor", "flat")
    set_pairs(made, given)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def patch(session, nargout, /, *args):
    """
    patch(x, y, color)
    patch(..., Name=Value)
    p = patch(...)

    Add filled polygons to an axes, one for each column of x and y.

    Examples
      >> p = patch([0 1 1], [0 0 1], 'r', FaceAlpha=0.3);
      figure 1: patch

    See also fill, rectangle.
    """
    return polygons(session, nargout, args, "patch")


@builtin(outputs=1)
def fill(session, nargout, /, *args):
    """
    fill(x, y, color)
    fill(..., Name=Value)
    p = fill(...)

    Filled polygons.

    Examples
      >> p = fill([0 1 1], [0 0 1], 'b');
      figure 1: patch

    See also patch, area.
    """
    return polygons(session, nargout, args, "fill")


# ------------------------------------------------------------------------------------------------------------------
# surfaces
def surface_plot(session: Any, nargout: int, args: tuple, function: str) -> Any:
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], function), axes)
    arrays = [np.asarray(take.pixels(value, function, "the coordinates"), float) for value in rest[:cut]]
    if len(arrays) in (1, 2):
        z, colours = arrays[0], arrays[1] if len(arrays) == 2 else None
        x, y = np.arange(1.0, z.shape[1] + 1), np.arange(1.0, z.shape[0] + 1)
    elif len(arrays) in (3, 4):
        x, y, z = arrays[:3]
        colours = arrays[3] if len(arrays) == 4 else None
    else:
        raise ScriptError("MATLAB:minrhs", f"{function} takes Z, or X, Y and Z.")
    if z.ndim != 2 or min(z.shape) < 2:
        raise ScriptError(
            "MATLAB:surf:badZ", "Z must be a matrix, not a scalar or vector.", notes=("got " + size_text(z.shape),)
        )
    for name, each, length in (("X", x, z.shape[1]), ("Y", y, z.shape[0])):
        if each.shape != z.shape and each.size != length:
            raise ScriptError(
                "MATLAB:surf:size",
                "Data dimensions must agree.",
                notes=(f"{name} has {each.size} elements, Z is {size_text(z.shape)}",),
            )
    axes = session.desk.newplot(axes)
    flat = function == "pcolor"
    made = plots.Surface(axes, XData=x, YData=y, ZData=np.zeros_like(z) if flat else z)
    if colours is not None or flat:
        made.set("CData", colours if colours is not None else z)
    if function == "mesh":
        made.set("FaceColor", "none")
    if not flat and axes.value("NextPlot") != "add":
        axes.values |= {"View": np.array([-37.5, 30.0]), "XGrid": True, "YGrid": True, "ZGrid": True}
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def surf(session, nargout, /, *args):
    """
    surf(Z)
    surf(X, Y, Z)
    surf(X, Y, Z, C)
    surf(..., Name=Value)
    s = surf(...)

    A surface over a grid, coloured by height or by C.

    Examples
      >> s = surf(magic(4), EdgeColor='none'); view(2)
      figure 1: surface 4x4

    See also mesh, pcolor, view, colormap.
    """
    return surface_plot(session, nargout, args, "surf")


@builtin(outputs=1)
def mesh(session, nargout, /, *args):
    """
    mesh(Z)
    mesh(X, Y, Z)
    s = mesh(...)

    A surface drawn as lines.

    Examples
      >> s = mesh(magic(4));
      figure 1: surface 4x4

    See also surf.
    """
    return surface_plot(session, nargout, args, "mesh")


@builtin(outputs=1)
def pcolor(session, nargout, /, *args):
    """
    pcolor(C)
    pcolor(X, Y, C)
    s = pcolor(...)

    A matrix as a board of colours whose corners are the grid's points: one row and one column fewer than C.

    Examples
      >> s = pcolor(magic(4));
      figure 1: surface 4x4

    See also imagesc, surf.
    """
    return surface_plot(session, nargout, args, "pcolor")
