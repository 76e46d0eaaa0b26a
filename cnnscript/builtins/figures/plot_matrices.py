"""Variables in pairs: plotmatrix, gplotmatrix, scatterhist."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs
from cnnscript.builtins.figures.plot_groups import Groups, grouping
from cnnscript.builtins.figures.plot_lines import SHORT_MARKERS, read_line_spec
from cnnscript.builtins.figures.plot_points import group_colours
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap_array, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import bars, plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.values.numeric import OBJECT, as_array
from cnnscript.values.text import text_or_none

DIAGONALS = ("stairs", "hist", "grpbars", "none", "variable")


def matrix(value: Any, function: str, what: str) -> np.ndarray:
    array = np.asarray(take.pixels(value, function, what), float)
    if array.ndim != 2:
        raise take.refusal(function, what, "a matrix", value)
    return array.reshape(-1, 1) if array.shape[0] == 1 else array


def grid(session: Any, rows: int, columns: int, gap: float = 0.02) -> tuple[list[list[Axes]], Axes]:
    """Small axes side by side in the place of the current ones, and an invisible one around them."""
    big = session.desk.newplot(session.desk.current_axes())
    figure = big.parent
    left, bottom, width, height = big.get("Position")
    big.values["Visible"] = False
    wide, high = width / columns, height / rows
    made = []
    for row in range(rows):
        line = []
        for column in range(columns):
            one = Axes(figure)
            place = (left + column * wide, bottom + (rows - 1 - row) * high)
            one.set("Position", np.array([*place, wide * (1 - gap), high * (1 - gap)]))
            one.values["Box"] = True
            line.append(one)
        made.append(line)
    return made, big


def shared_ends(values: np.ndarray) -> np.ndarray:
    known = values[np.isfinite(values)]
    if not known.size:
        return np.array([0.0, 1.0])
    free = 0.05 * (known.max() - known.min()) or 0.5
    return np.array([known.min() - free, known.max() + free])


def tidy(cells: list[list[Axes]], x: np.ndarray, y: np.ndarray) -> None:
    """The same limits along each row and column, numbers only at the left and below."""
    for row, line in enumerate(cells):
        for column, axes in enumerate(line):
            axes.set("XLim", shared_ends(x[:, column]))
            axes.set("YLim", shared_ends(y[:, row]))
            if column:
                axes.set("YTickLabel", [])
            if row < len(cells) - 1:
                axes.set("XTickLabel", [])


def handle_table(cells: list[list[Any]]) -> Any:
    table = np.empty((len(cells), len(cells[0])), OBJECT)
    for row, line in enumerate(cells):
        for column, one in enumerate(line):
            table[row, column] = one
    return wrap_array(table)


@builtin(outputs=5)
def plotmatrix(session, nargout, /, *args):
    """
    plotmatrix(X)
    plotmatrix(X, Y)
    plotmatrix(..., spec)
    [S, AX, BigAx, H, HAx] = plotmatrix(...)

    Each column of X against each column of Y, or of X, with histograms on the diagonal.

    Examples
      >> figure(Visible='off'); [S, AX] = plotmatrix(magic(4)); size(AX)
      ans =
           4     4

    See also gplotmatrix, scatter, scatterhist.
    """
    axes, rest = axes_first(args)
    if axes is not None:
        session.desk.select(axes)
    values = list(rest)
    spec: dict[str, Any] = {"Marker": "."}
    if len(values) > 1 and (word := text_or_none(values[-1])) is not None:
        read = read_line_spec(word)
        if read is None:
            raise ScriptError("MATLAB:plotmatrix:InvalidLineSpec", "Error in color/linetype argument.")
        spec = read
        values.pop()
    if not 1 <= len(values) <= 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("plotmatrix(X)",))
    x = matrix(values[0], "plotmatrix", "X")
    alone = len(values) == 1
    y = x if alone else matrix(values[1], "plotmatrix", "Y")
    if x.shape[0] != y.shape[0]:
        raise ScriptError(
            "MATLAB:plotmatrix:XYSizeMismatch", "X and Y must have the same number of rows.",
            notes=(f"{x.shape[0]} and {y.shape[0]}",),
        )  # fmt: skip
    cells, big = grid(session, y.shape[1], x.shape[1])
    marks, histograms, own = [], [], []
    for row, line in enumerate(cells):
        marks.append([])
        for column, axes in enumerate(line):
            if alone and row == column:
                own.append(axes)
                histograms.append(bars.Histogram(axes, Data=x[:, column], FaceAlpha=1.0))
                marks[-1].append(None)
                continue
            one = plots.Line(axes, XData=x[:, column], YData=y[:, row], LineStyle="none")
            for name, value in spec.items():
                one.set(name, value)
            marks[-1].append(one)
    tidy(cells, x, y)
    if alone:
        for k, axes in enumerate(own):
            axes.set("YLimMode", "auto")
            if k == 0:
                axes.set("YTickLabel", [])
    session.desk.select(big)
    if not nargout:
        return None
    return (
        handle_table(marks), handle_table(cells), handle_table([[big]]), wrap_list(histograms, column=False),
        wrap_list(own, column=False),
    )  # fmt: skip


@builtin(outputs=3)
def gplotmatrix(session, nargout, /, *args):
    """
    gplotmatrix(X, [], group)
    gplotmatrix(X, Y, group)
    gplotmatrix(X, Y, group, clr, sym, siz, doleg, dispopt, xnam, ynam)
    [h, AX, bigax] = gplotmatrix(...)

    Each column of X against each column of Y (of X where Y is empty), coloured by group.

    dispopt says what is on the diagonal where Y is empty: 'stairs' or 'hist' (histograms), 'none', or 'variable' (the
    names of the columns).

    Examples
      >> figure(Visible='off'); [h, AX] = gplotmatrix(magic(4), [], [1 1 2 2]); size(AX)
      ans =
           4     4

    See also plotmatrix, gscatter.
    """
    if len(args) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("gplotmatrix(X, [], group)",))
    if len(args) > 10:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    values = [*args, *[None] * (10 - len(args))]
    x = matrix(values[0], "gplotmatrix", "X")
    alone = np.size(as_array(values[1])) == 0
    y = x if alone else matrix(values[1], "gplotmatrix", "Y")
    none = values[2] is None or isinstance(values[2], np.ndarray) and values[2].size == 0
    groups = Groups(np.zeros(len(x), int), ["1"]) if none else grouping(values[2], "gplotmatrix")
    if not len(x) == len(y) == len(groups.codes):
        raise ScriptError(
            "stats:gplotmatrix:MismatchedSizes", "X, Y and the groups must have as many rows as each other.",
            notes=(f"{len(x)}, {len(y)} and {len(groups.codes)}",),
        )  # fmt: skip
    paints = group_colours(values[3], len(groups.names), "gplotmatrix")
    signs = list(text_or_none(values[4]) or "" if values[4] is not None else "") or ["."]
    given = values[5] is not None and np.size(as_array(values[5]))
    sizes = take.numbers(values[5], "gplotmatrix", "siz") if given else []
    shown = values[6] is None or np.size(as_array(values[6])) == 0 or text_or_none(values[6]) != "off"
    way = "stairs" if values[7] is None or np.size(as_array(values[7])) == 0 else take.choice(
        values[7], DIAGONALS, "gplotmatrix", "dispopt"
    )  # fmt: skip
    cells, big = grid(session, y.shape[1], x.shape[1])
    names = [words_of(value, table.shape[1]) for value, table in ((values[8], x), (values[9], y))]
    every = []
    for row, line in enumerate(cells):
        for column, axes in enumerate(line):
            if alone and row == column:
                on_diagonal(axes, x[:, column], groups, paints, way, names[0][column] if names[0] else "")
                continue
            for k in range(len(groups.names)):
                mine = groups.codes == k
                one = plots.Line(axes, XData=x[mine, column], YData=y[mine, row], LineStyle="none", Color=paints[k])
                sign = signs[k % len(signs)]
                one.set("Marker", SHORT_MARKERS.get(sign, sign))
                one.set("MarkerSize", sizes[k % len(sizes)] if sizes else 6.0)
                one.values["DisplayName"] = groups.names[k]
                every.append(one)
    tidy(cells, x, y)
    for k, axes in enumerate(cells[-1]):
        if names[0]:
            axes.label("XLabel").values["String"] = names[0][k]
    for k, line in enumerate(cells):
        if names[1] or alone and names[0]:
            line[0].label("YLabel").values["String"] = (names[1] or names[0])[k]
    if alone:
        for k, line in enumerate(cells):
            if way in ("stairs", "hist", "grpbars"):
                line[k].set("YLimMode", "auto")
    if shown and not none and len(cells[0]) > 1:
        showing.legend(session.desk, cells[0][-1]).set("Location", "best")
    session.desk.select(big)
    return (wrap_list(every), handle_table(cells), handle_table([[big]])) if nargout else None


def words_of(value: Any, count: int) -> list[str]:
    if value is None or np.size(as_array(value) if isinstance(value, np.ndarray) else 1) == 0:
        return []
    words = from_script(value)
    words = [words] if isinstance(words, str) else list(words)
    if len(words) != count:
        raise ScriptError(
            "stats:gplotmatrix:BadNames", "There must be a name for each column.", notes=(f"{len(words)} for {count}",)
        )
    return words


def on_diagonal(axes: Axes, values: np.ndarray, groups: Groups, paints: list, way: str, name: str) -> None:
    if way == "variable":
        middle = np.full(2, np.nanmean(values))
        Text(axes, String=name, Position=middle, HorizontalAlignment="center")
    elif way in ("hist", "grpbars", "stairs"):
        for k in range(len(groups.names)):
            one = bars.Histogram(axes, Data=values[groups.codes == k])
            one.set("DisplayStyle", "stairs" if way == "stairs" else "bar")
            one.set("EdgeColor" if way == "stairs" else "FaceColor", paints[k])


@builtin(outputs=1)
def scatterhist(session, nargout, /, *args):
    """
    scatterhist(x, y)
    scatterhist(x, y, Name=Value)
    h = scatterhist(...)

    Points, and histograms of x below and of y on the left.

    Names: NBins (one number or two), Group (with colours by group), Location of the histograms ('SouthWest',
    'NorthEast', 'SouthEast', 'NorthWest'), Direction ('in', 'out'), Color, Marker, MarkerSize, Legend.

    Examples
      >> figure(Visible='off'); h = scatterhist(1:10, (1:10).^2); numel(h)
      ans =
           3

    See also scatter, histogram, plotmatrix.
    """
    if len(args) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("scatterhist(x, y)",))
    x, y = (np.array(take.numbers(value, "scatterhist", "x and y")) for value in args[:2])
    if x.size != y.size:
        raise ScriptError("stats:scatterhist:BadXY", "X and Y must be vectors of the same length.")
    told = {"location": "southwest", "direction": "in", "nbins": None, "group": None, "color": None, "marker": ".",
            "markersize": None, "legend": None}  # fmt: skip
    for word, value in pairs(args[2:], "scatterhist"):
        name = take.choice(word, tuple(told), "scatterhist", "the parameter")
        told[name] = value
    places = ("southwest", "northeast", "southeast", "northwest")
    place = take.choice(told["location"], places, "scatterhist", "Location")
    way = take.choice(told["direction"], ("in", "out"), "scatterhist", "Direction")
    groups = Groups(np.zeros(x.size, int), [""]) if told["group"] is None else grouping(told["group"], "scatterhist")
    if len(groups.codes) != x.size:
        raise ScriptError("stats:scatterhist:BadGroup", "Group must have as many elements as X and Y.")
    single = told["group"] is None and told["color"] is None
    paints = [(0.0, 0.447, 0.741)] if single else group_colours(told["color"], len(groups.names), "scatterhist")
    counts = take.numbers(told["nbins"], "scatterhist", "NBins") if told["nbins"] is not None else []
    figure = session.desk.current_figure()
    if figure.children:
        session.desk.clear(figure)
    east, north = place.endswith("east"), place.startswith("north")
    main, under, beside = Axes(figure), Axes(figure), Axes(figure)
    main.set("Position", np.array([0.1 if east else 0.35, 0.1 if north else 0.35, 0.55, 0.55]))
    under.set("Position", np.array([0.1 if east else 0.35, 0.75 if north else 0.1, 0.55, 0.15]))
    beside.set("Position", np.array([0.75 if east else 0.1, 0.1 if north else 0.35, 0.15, 0.55]))
    signs = list(text_or_none(told["marker"]) or ".")
    if single and told["marker"] == ".":
        signs = ["o"]
    for k, name in enumerate(groups.names):
        mine = groups.codes == k
        one = plots.Line(main, XData=x[mine], YData=y[mine], LineStyle="none", Color=paints[k])
        one.set("Marker", SHORT_MARKERS.get(signs[k % len(signs)], signs[k % len(signs)]))
        if told["markersize"] is not None:
            sizes = take.numbers(told["markersize"], "scatterhist", "MarkerSize")
            one.set("MarkerSize", sizes[k % len(sizes)])
        one.values["DisplayName"] = name
        for axes, values, upright, count in ((under, x[mine], True, 0), (beside, y[mine], False, -1)):
            bins = bars.Histogram(axes, Data=values, FaceColor=paints[k])
            if counts:
                bins.set("NumBins", counts[count])
            bins.set("Orientation", "vertical" if upright else "horizontal")
    main.values["Box"] = True
    for axes, letter in ((under, "X"), (beside, "Y")):
        axes.set(f"{letter}Lim", main.get(f"{letter}Lim"))
        axes.values["Visible"] = False
    if way == "in":
        under.set("YDir", "normal" if north else "reverse")
        beside.set("XDir", "normal" if east else "reverse")
    session.desk.select(main)
    if told["group"] is not None and (told["legend"] is None or text_or_none(told["legend"]) != "off"):
        showing.legend(session.desk, main).set("Location", "best")
    main.touch()
    return wrap_list([main, under, beside], column=False) if nargout else None
