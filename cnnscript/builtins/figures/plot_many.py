"""Many variables at once: parallelcoords, andrewsplot, stackedplot, biplot."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates
from cnnscript.builtins.figures.plot_groups import Groups, grouping
from cnnscript.builtins.figures.plot_lines import read_line_spec
from cnnscript.builtins.figures.plot_matrices import matrix, words_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.boxes import quantile
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.stacked_chart import StackedLineChart
from cnnscript.values.numeric import as_array
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none, texts_or_none

OF_CHART = ("xlimits", "gridvisible", "fontsize")  # what names of stackedplot say of the chart, not of its lines


def standardised(x: np.ndarray, way: str) -> np.ndarray:
    if way == "off":
        return x
    centred = x - np.nanmean(x, 0)
    spread = np.nanstd(x, 0, ddof=1)
    scaled = centred / np.where(spread > 0, spread, 1)
    if way == "on":
        return scaled
    _, _, turn = np.linalg.svd(np.nan_to_num(scaled if way == "pcastd" else centred), full_matrices=False)
    found = np.nan_to_num(scaled if way == "pcastd" else centred) @ turn.T
    return found / np.where(found.std(0, ddof=1) > 0, found.std(0, ddof=1), 1) if way == "pcastd" else found


def lines_of_rows(session: Any, nargout: int, args: tuple, function: str, curve: Any) -> Any:
    """parallelcoords and andrewsplot: a line for each row of X, or its quantiles by group."""
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(X)",))
    x = matrix(rest[0], function, "X")
    told: dict[str, Any] = {"group": None, "standardize": "off", "quantile": None, "labels": None}
    line_looks = []
    for word, value in pairs(rest[1:], function):
        names = [name for name in told if name.startswith(word.lower())]
        if len(names) == 1:
            told[names[0]] = value
        else:
            line_looks.append((word, value))
    tried(plots.Line, line_looks)
    way = take.choice(told["standardize"], ("on", "off", "pca", "pcastd"), function, "Standardize")
    groups = Groups(np.zeros(len(x), int), [""]) if told["group"] is None else grouping(told["group"], function)
    if len(groups.codes) != len(x):
        raise ScriptError(
            f"stats:{function}:InputSizeMismatch", "Group must have one element for each row of X.",
            notes=(f"{len(groups.codes)} for {len(x)}",),
        )  # fmt: skip
    x = standardised(x, way)
    labels = words_of(told["labels"], x.shape[1]) if told["labels"] is not None else []
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    order = axes.value("ColorOrder")
    made = []
    firsts = []
    for k, name in enumerate(groups.names):
        paint = tuple(order[k % len(order)].tolist())
        rows = x[groups.codes == k]
        if told["quantile"] is not None:
            share = take.number(told["quantile"], function, "Quantile")
            if not 0 < share < 1:
                raise take.refusal(function, "Quantile", "a number between 0 and 1", told["quantile"])
            at, each = curve(rows)
            shares = (0.5, share, 1 - share)
            curves = [np.array([quantile(np.sort(column), part) for column in each.T]) for part in shares]
            styles = ("-", ":", ":")
        else:
            at, each = curve(rows)
            curves, styles = list(each), ["-"] * len(each)
        for number, (up, style) in enumerate(zip(curves, styles, strict=True)):
            line = plots.Line(axes, XData=at, YData=up, Color=paint, LineStyle=style)
            line.values["DisplayName"] = name
            set_pairs(line, line_looks)
            made.append(line)
            if not number:
                firsts.append(line)
    if function == "parallelcoords":
        count = x.shape[1]
        axes.set("XLim", np.array([1.0, max(float(count), 1.0 + 1e-3)]))
        axes.set("XTick", np.arange(1.0, count + 1))
        if labels:
            axes.set("XTickLabel", labels)
        axes.label("XLabel").values["String"] = "" if labels else "Coordinate"
        axes.label("YLabel").values["String"] = "Coordinate Value"
    else:
        axes.set("XLim", np.array([0.0, 1.0]))
        axes.label("XLabel").values["String"] = "t"
        axes.label("YLabel").values["String"] = "f(t)"
    if told["group"] is not None:
        showing.legend(session.desk, axes, [line.value("DisplayName") for line in firsts], firsts)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def parallelcoords(session, nargout, /, *args):
    """
    parallelcoords(X)
    parallelcoords(X, Name, Value)
    parallelcoords(ax, ...)
    h = parallelcoords(...)

    A line for each row of X over its columns.

    Names: 'Group' (a colour for each group, and a legend), 'Standardize' ('on', 'off', 'pca', 'pcastd'), 'Quantile'
    (the median and two quantiles of each group instead), 'Labels' of the columns, and properties of lines.

    Examples
      >> parallelcoords([1 2 3; 3 2 1])
      figure 1: line 3 points, line 3 points, xlabel 'Coordinate', ylabel 'Coordinate Value'

    See also andrewsplot, plotmatrix.
    """
    return lines_of_rows(
        session, nargout, args, "parallelcoords", lambda rows: (np.arange(1.0, rows.shape[1] + 1), rows)
    )


def andrews(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row as the coefficients of a Fourier series over 0 to 1."""
    t = np.linspace(0, 1, 1001)
    terms = [np.full(t.size, 1 / np.sqrt(2))]
    for k in range(1, rows.shape[1]):
        turn = 2 * np.pi * ((k + 1) // 2) * t
        terms.append(np.sin(turn) if k % 2 else np.cos(turn))
    return t, rows @ np.array(terms[: rows.shape[1]])


@builtin(outputs=1)
def andrewsplot(session, nargout, /, *args):
    """
    andrewsplot(X)
    andrewsplot(X, Name, Value)
    andrewsplot(ax, ...)
    h = andrewsplot(...)

    A curve for each row of X: its numbers are the coefficients of a Fourier series.

    Names: 'Group', 'Standardize' and 'Quantile' as for parallelcoords, and properties of lines.

    Examples
      >> andrewsplot([1 2 3; 3 2 1])
      figure 1: line 1001 points, line 1001 points, xlabel 't', ylabel 'f(t)'

    See also parallelcoords.
    """
    return lines_of_rows(session, nargout, args, "andrewsplot", andrews)


@builtin(outputs=1)
def stackedplot(session, nargout, /, *args):
    """
    stackedplot(tbl)
    stackedplot(tbl, vars)
    stackedplot(X, Y)
    stackedplot(Y)
    stackedplot(..., spec)
    stackedplot(..., Name=Value)
    s = stackedplot(...)

    The variables of a table, or the columns of a matrix, each in a plot of its own over a common x-axis, in the place
    of the current axes: in a tile, a subplot or a figure. Names: Title, XLabel, DisplayLabels, XLimits,
    GridVisible, FontSize, and properties of lines.

    s has them too, and XLimits (numbers), GridVisible, AxesProperties(k).YLimits and YScale, and LineProperties(k),
    the first line of a plot. title and xlabel write on the chart. gca is the lowest axes of it (in MATLAB it is the
    chart).

    Examples
      >> figure(Visible='off'); s = stackedplot([1 2 3; 4 5 6]', DisplayLabels=["a" "b"]); s.DisplayLabels
      ans =
        2×1 cell array
          {'a'}
          {'b'}

    See also plot, plotmatrix, subplot.
    """
    values = list(args)
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("stackedplot(tbl)",))
    x, series, names, words = stacked_data(values)
    spec: dict[str, Any] = {}
    if len(values) % 2:
        read = read_line_spec(text_or_none(values[0]) or "?")
        if read is None:
            raise ScriptError("MATLAB:stackedplot:InvalidLineSpec", "Error in color/linetype argument.")
        spec = read
        values.pop(0)
    told: dict[str, Any] = {"title": "", "xlabel": words, "displaylabels": names}
    looks, whole = [], []
    for word, value in pairs(tuple(values), "stackedplot"):
        if word.lower() in told:
            told[word.lower()] = from_script(value)
        elif word.lower() in OF_CHART:
            whole.append((word, value))
        else:
            looks.append((word, value))
    tried(plots.Line, looks)
    tried(StackedLineChart, whole)
    labels = told["displaylabels"]
    labels = [labels] if isinstance(labels, str) else labels
    if len(labels) != len(series):
        wrong = "There must be a label for each plot."
        raise ScriptError("MATLAB:stackedplot:Labels", wrong, notes=(f"{len(labels)} for {len(series)}",))
    if not series:
        raise ScriptError("MATLAB:stackedplot:NoData", "There are no variables of numbers to plot.")
    chart = session.desk.stacked_chart(len(series))
    for k, (each, name) in enumerate(zip(series, labels, strict=True)):
        axes = Axes(chart)
        axes.span = (k, k, 1, 1)
        axes.values["Box"] = True
        columns = [each] if each.ndim == 1 else list(each.T)
        for column in columns:
            line = plots.Line(axes, XData=x.values.ravel(order="F"), YData=column)
            showing.follow(axes, line, coloured="Color" not in spec)
            for word, value in spec.items():
                line.set(word, value)
            set_pairs(line, looks)
            x.name(line, "X")
        axes.label("YLabel").values |= {"String": name, "Rotation": 0.0, "HorizontalAlignment": "right"}
        axes.values |= {"XLimitMethod": "tight", "YLimitMethod": "padded"}
        if k < len(series) - 1:
            axes.set("XTickLabel", [])
        axes.touch()
    chart.set("Title", told["title"])
    chart.set("XLabel", told["xlabel"])
    set_pairs(chart, whole)
    session.desk.select(chart.plots()[-1])
    return wrap(chart) if nargout else None


def stacked_data(values: list[Any]) -> tuple[Coordinates, list[np.ndarray], list[str], str]:
    """Takes the data off a call of stackedplot: x, what is drawn in each plot, its name, and the label of x."""
    from cnnscript.values.numeric import norm

    head = values.pop(0)
    if isinstance(head, Table):
        count = head.size()[0]
        names = list(head.names)
        chosen = texts_or_none(values[0]) if values else None
        if chosen is not None and all(word in names for word in chosen):
            values.pop(0)
            names = list(chosen)
        else:
            names = [name for name in names if drawable(head.data(name))]
        times = getattr(head, "times", None)
        rows = norm(np.arange(1.0, count + 1).reshape(-1, 1))
        x = Coordinates(times if times is not None else rows, "stackedplot", "x")
        series = []
        for name in names:
            found = Coordinates(head.data(name), "stackedplot", name).values
            series.append(found.reshape(count, -1, order="F") if found.size != count else found.ravel(order="F"))
        return x, series, names, "Time" if times is not None else "Row"
    first = head
    y = head
    if values and text_or_none(values[0]) is None:
        y = values.pop(0)
    table = matrix(y, "stackedplot", "Y")
    alone = y is head
    x = Coordinates(norm(np.arange(1.0, len(table) + 1).reshape(-1, 1)) if alone else first, "stackedplot", "X")
    if x.values.size != len(table):
        raise ScriptError("MATLAB:samelen", "Vectors must be the same length.")
    return x, list(table.T), [f"Column {k + 1}" for k in range(table.shape[1])], "Row" if alone else ""


def drawable(value: Any) -> bool:
    try:
        Coordinates(value, "stackedplot", "a variable")
    except ScriptError:
        return False
    return texts_or_none(value) is None


@builtin(outputs=1)
def biplot(session, nargout, /, *args):
    """
    biplot(coefs)
    biplot(coefs, Name, Value)
    biplot(ax, ...)
    h = biplot(...)

    Coefficients of two principal components as arrows from the middle, and scores as points.

    Names: 'Scores', 'VarLabels', 'ObsLabels', 'Positive', and properties of lines.

    Examples
      >> figure(Visible='off'); h = biplot([1 0; 0 1; 0.7 0.7], 'VarLabels', {'a', 'b', 'c'}); numel(h)
      ans =
           7

    See also pca, scatter.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("biplot(coefs)",))
    coefficients = np.asarray(take.pixels(rest[0], "biplot", "coefs"), float)
    if coefficients.ndim != 2 or coefficients.shape[1] not in (2, 3):
        raise ScriptError("stats:biplot:BadCoefs", "The coefficient matrix must have two or three columns.")
    if coefficients.shape[1] == 3:
        raise ScriptError("cnnscript:biplot:space", "biplot draws two components, no third yet.")
    told: dict[str, Any] = {"scores": None, "varlabels": None, "obslabels": None, "positive": False}
    looks = []
    for word, value in pairs(rest[1:], "biplot"):
        if word.lower() in told:
            told[word.lower()] = value
        else:
            looks.append((word, value))
    tried(plots.Line, looks)
    # Each variable points to the side on which its largest coefficient is.
    signs = np.sign(coefficients[np.argmax(np.abs(coefficients), axis=0), np.arange(2)])
    signs[signs == 0] = 1
    coefficients = coefficients * signs
    labels = words_of(told["varlabels"], len(coefficients)) if told["varlabels"] is not None else []
    axes = session.desk.newplot(axes)
    axes.values["Box"] = True
    gap = np.full(len(coefficients), np.nan)
    zero = np.zeros(len(coefficients))
    across, up = (np.stack([zero, coefficients[:, k], gap]).ravel(order="F") for k in range(2))
    tips = [np.stack([coefficients[:, k], gap, gap]).ravel(order="F") for k in range(2)]
    made = [
        plots.Line(axes, XData=across, YData=up, Color=(0.0, 0.0, 1.0)),
        plots.Line(axes, XData=tips[0], YData=tips[1], Color=(0.0, 0.0, 1.0), LineStyle="none", Marker="."),
    ]
    longest = float(np.sqrt((coefficients**2).sum(1)).max()) or 1.0
    for k, word in enumerate(labels):
        made.append(Text(axes, String=word, Position=coefficients[k] + 0.02 * longest, Color=(0.0, 0.0, 0.0)))
    if told["scores"] is not None:
        scores = matrix(told["scores"], "biplot", "Scores")
        if scores.shape[1] != 2:
            raise ScriptError("stats:biplot:BadScores", "The scores must have as many columns as the coefficients.")
        most = float(np.sqrt((scores**2).sum(1)).max()) or 1.0
        scaled = scores * signs * longest / most
        style = {"LineStyle": "none", "Marker": ".", "Color": (1.0, 0.0, 0.0)}
        made.append(plots.Line(axes, XData=scaled[:, 0], YData=scaled[:, 1], **style))
    for line in made:
        if isinstance(line, plots.Line):
            set_pairs(line, looks)
    reach = 1.1 * float(np.abs(coefficients).max() or 1.0)
    positive = bool(np.all(as_array(told["positive"])))
    low = 0.0 if positive else -reach
    for x, y in (([low, reach], [0.0, 0.0]), ([0.0, 0.0], [low, reach])):
        made.append(plots.Line(axes, XData=np.array(x), YData=np.array(y), Color=(0.0, 0.0, 0.0)))
    for letter, number in (("X", 1), ("Y", 2)):
        axes.set(f"{letter}Lim", np.array([low, reach]))
        axes.values[f"{letter}Grid"] = True
        axes.label(f"{letter}Label").values["String"] = f"Component {number}"
    axes.touch()
    return wrap_list(made) if nargout else None
