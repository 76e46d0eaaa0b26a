"""Distributions side by side: boxplot, boxchart, violinplot."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, of_table
from cnnscript.builtins.figures.plot_distributions import KERNELS, bandwidth_of
from cnnscript.builtins.figures.plot_groups import Groups, grouping
from cnnscript.builtins.figures.plot_lines import SHORT_MARKERS, parent_of, read_line_spec
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap_array, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.boxes import BoxChart, Summary, Violin, summary
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.numeric import OBJECT, as_array
from cnnscript.values.text import text_or_none, texts_or_none

BLUE, RED, BLACK = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)
TAGS = (
    "Upper Whisker", "Lower Whisker", "Upper Adjacent Value", "Lower Adjacent Value", "Box", "Median", "Outliers",
)  # fmt: skip
SETTINGS = {
    "notch", "labels", "orientation", "whisker", "symbol", "colors", "widths", "positions", "plotstyle", "boxstyle",
    "grouporder", "outliersize", "datalim", "extrememode", "jitter", "medianstyle", "labelorientation",
    "labelverbosity", "colorgroup", "factordirection", "factorgap", "factorseparator", "fullfactors",
}  # fmt: skip
LEFT = {
    "datalim", "extrememode", "jitter", "medianstyle", "labelverbosity", "colorgroup", "factordirection", "factorgap",
    "factorseparator", "fullfactors",
}  # fmt: skip


@builtin(outputs=1)
def boxplot(session, nargout, /, *args):
    """
    boxplot(x)
    boxplot(x, g)
    boxplot(ax, ...)
    boxplot(..., Name=Value)
    h = boxplot(...)

    Boxes from the first to the third quartile with a line at the median; whiskers to the furthest values within 1.5
    times the height of the box, and a cross for each value beyond. A matrix has a box for each column, a vector one for
    each group of g.

    Among the names are Notch ('on', 'off'), Labels, Orientation, Whisker, Symbol, Colors, Widths, Positions,
    GroupOrder and OutlierSize. Handles are a column for each box: both whiskers, both adjacent values, box, median,
    outliers.

    Examples
      >> h = boxplot([1 2 3 4 20; 1 2 3 4 5]'); size(h)
      ans =
           7     2
      figure 1: 14 lines
      >> boxplot([1 2 3 9], {'a', 'b', 'a', 'b'}); ax = gca; ax.XTickLabel'
      ans =
        1×2 cell array
          {'a'}    {'b'}
      figure 1: 14 lines

    See also boxchart, histogram, prctile.
    """
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("boxplot(x)",))
    values = list(rest)
    data = np.asarray(take.pixels(values.pop(0), "boxplot", "x"), float)
    groups = values.pop(0) if len(values) % 2 else None
    told = settings_of(values)
    columns, names = samples(data, groups)
    if "grouporder" in told:
        wanted = texts_or_none(told["grouporder"]) or []
        if sorted(wanted) != sorted(names):
            wrong = "GroupOrder must name each group once."
            raise ScriptError("stats:boxplot:BadGroupOrder", wrong, notes=(", ".join(names),))
        columns = [columns[names.index(name)] for name in wanted]
        names = list(wanted)
    if "labels" in told:
        names = labels_of(told["labels"], len(columns))
    axes = session.desk.newplot(axes)
    made = draw_boxplot(axes, columns, names, told)
    axes.touch()
    if not nargout:
        return None
    table = np.empty((7, len(made)), OBJECT)
    for column, lines in enumerate(made):
        for row, line in enumerate(lines):
            table[row, column] = line
    return wrap_array(table)


def settings_of(values: list[Any]) -> dict[str, Any]:
    """The names and values, by the names in small letters; what is not drawn here is refused."""
    told: dict[str, Any] = {}
    for word, value in pairs(tuple(values), "boxplot"):
        low = word.lower()
        found = [name for name in SETTINGS if name == low] or [name for name in SETTINGS if name.startswith(low)]
        if len(found) != 1:
            raise ScriptError(
                "stats:internal:parseArgs:BadParamName", f"Invalid parameter name: {word}.",
                notes=("names: " + ", ".join(sorted(SETTINGS)),),
            )  # fmt: skip
        told[found[0]] = value
    for name in told.keys() & LEFT:
        raise ScriptError("cnnscript:boxplot:setting", f"boxplot does not take {name} yet.")
    for name, only, other in (("plotstyle", "traditional", "compact"), ("boxstyle", "outline", "filled")):
        if name in told and take.choice(told[name], (only, other), "boxplot", name) != only:
            raise ScriptError("cnnscript:boxplot:setting", f"boxplot draws no other {name} than '{only}' yet.")
    return told


def samples(data: np.ndarray, groups: Any) -> tuple[list[np.ndarray], list[str]]:
    """The values of each box, and its name."""
    if groups is None or isinstance(groups, np.ndarray) and groups.size == 0:
        columns = [data.ravel(order="F")] if min(data.shape, default=0) <= 1 else list(data.T)
        return columns, [str(k + 1) for k in range(len(columns))]
    found: Groups = grouping(groups, "boxplot")
    if min(data.shape, default=0) > 1 and len(found.codes) == data.shape[1]:
        return [data[:, found.codes == k].ravel(order="F") for k in range(len(found.names))], found.names
    if len(found.codes) != data.size:
        raise ScriptError(
            "stats:boxplot:XGLengthMismatch", "X and G must have the same length.",
            notes=(f"{data.size} and {len(found.codes)}",),
        )  # fmt: skip
    flat = data.ravel(order="F")
    return [flat[found.codes == k] for k in range(len(found.names))], found.names


def labels_of(value: Any, count: int) -> list[str]:
    words = from_script(value)
    words = [words] if isinstance(words, str) else words
    if not isinstance(words, list):
        words = [f"{number:g}" for number in np.asarray(as_array(value), float).ravel().tolist()]
    if len(words) != count:
        raise ScriptError(
            "stats:boxplot:IncorrectLabelCount",
            "There must be the same number of labels as groups or as the number of elements in X.",
            notes=(f"{len(words)} labels, {count} boxes",),
        )
    return words


def paints(value: Any) -> list[tuple[float, ...]]:
    word = text_or_none(value)
    if word is not None:
        return [parse_colour(letter) for letter in word] if set(word) <= set("rgbcmykw") else [parse_colour(word)]
    return [tuple(row) for row in take.colour_map(value, "boxplot").tolist()]


def draw_boxplot(axes: Axes, columns: list, names: list[str], told: dict[str, Any]) -> list[list[plots.Line]]:
    count = len(columns)
    level = "orientation" in told and take.choice(
        told["orientation"], ("vertical", "horizontal"), "boxplot", "Orientation"
    ) == "horizontal"
    notched = "notch" in told and take.choice(told["notch"], ("on", "off", "marker"), "boxplot", "Notch") == "on"
    whisker = take.number(told["whisker"], "boxplot", "Whisker") if "whisker" in told else 1.5
    at, widths = np.arange(1.0, count + 1), np.array([min(0.15 * count, 0.5)])
    if "positions" in told:
        at = np.array(take.numbers(told["positions"], "boxplot", "Positions"))
    if at.size != count:
        wrong = "There must be a position for each box."
        raise ScriptError("stats:boxplot:BadPositions", wrong, notes=(f"{at.size} for {count}",))
    if "widths" in told:
        widths = np.array(take.numbers(told["widths"], "boxplot", "Widths"))
    chosen = paints(told["colors"]) if "colors" in told else None
    sign = read_line_spec(text_or_none(told["symbol"]) or "") if "symbol" in told else {"Marker": "+", "Color": "r"}
    if sign is None:
        raise ScriptError("stats:boxplot:BadSymbol", "Symbol is a marker and a colour, such as '+r'.")
    size = take.number(told["outliersize"], "boxplot", "OutlierSize") if "outliersize" in told else 6.0
    made = []
    for k, values in enumerate(columns):
        found = summary(values, whisker)
        style = {"box": chosen[k % len(chosen)] if chosen else BLUE, "sign": sign, "size": size}
        made.append(one_box(axes, float(at[k]), float(widths[k % widths.size]), found, level, notched, style))
    along, up = ("Y", "X") if level else ("X", "Y")
    axes.values["Box"] = True
    axes.set(f"{along}Tick", np.unique(at))
    axes.set(f"{along}TickLabel", [names[k] for k in np.argsort(at, kind="stable")])
    half = 0.5 if count == 1 or "positions" not in told else float(np.min(np.diff(np.unique(at)), initial=1.0)) / 2
    axes.set(f"{along}Lim", np.array([at.min() - half, at.max() + half]) if count else np.array([0.5, 1.5]))
    every = np.concatenate([values[np.isfinite(values)] for values in columns]) if count else np.zeros(0)
    if every.size:
        low, high = float(every.min()), float(every.max())
        free = 0.05 * (high - low) or 1.0
        axes.set(f"{up}Lim", np.array([low - free, high + free]))
    return made


def one_box(
    axes: Axes, at: float, width: float, found: Summary | None, level: bool, notched: bool, style: dict[str, Any]
) -> list[plots.Line]:
    """The seven lines of a box."""
    nothing = float("nan")
    found = found or Summary(nothing, nothing, nothing, nothing, nothing, (nothing, nothing), np.zeros(0))
    half, cap = width / 2, width / 4
    low, high = found.notch
    waist = half / 2
    if notched:
        across = np.array([-half, half, half, waist, half, half, -half, -half, -waist, -half, -half])
        up = np.array([found.first, found.first, low, found.median, high, found.third, found.third, high, found.median,
                       low, found.first])  # fmt: skip
    else:
        across = np.array([-half, -half, half, half, -half])
        up = np.array([found.first, found.third, found.third, found.first, found.first])
    middle = waist if notched else half
    beyond = found.outliers if found.outliers.size else np.array([nothing])
    parts = [
        (np.array([at, at]), np.array([found.third, found.high]), {"LineStyle": "--", "Color": BLACK}),
        (np.array([at, at]), np.array([found.low, found.first]), {"LineStyle": "--", "Color": BLACK}),
        (np.array([at - cap, at + cap]), np.array([found.high, found.high]), {"Color": BLACK}),
        (np.array([at - cap, at + cap]), np.array([found.low, found.low]), {"Color": BLACK}),
        (at + across, up, {"Color": style["box"]}),
        (np.array([at - middle, at + middle]), np.array([found.median, found.median]), {"Color": RED}),
        (np.full(beyond.size, at), beyond, {"LineStyle": "none", "MarkerSize": style["size"], **outlier(style)}),
    ]
    made = []
    for tag, (x, y, properties) in zip(TAGS, parts, strict=True):
        line = plots.Line(axes, XData=y if level else x, YData=x if level else y, Tag=tag)
        for name, value in properties.items():
            line.set(name, value)
        made.append(line)
    return made


def outlier(style: dict[str, Any]) -> dict[str, Any]:
    sign = style["sign"]
    marker = sign.get("Marker", "none")
    return {"Marker": SHORT_MARKERS.get(marker, marker), "Color": RED, "MarkerEdgeColor": sign.get("Color", RED)}


def side_by_side(args: tuple, function: str) -> tuple[Any, list, Any, Coordinates | None, np.ndarray, np.ndarray]:
    """boxchart's inputs: axes, properties, names of a table's variables, x where it is given, and for each value of y
    where along x it counts."""
    axes, rest = axes_first(args)
    rest, named = of_table(rest, function, "XY")
    values = list(rest)
    arrays = []
    while values and text_or_none(values[0]) is None and len(arrays) < 2:
        arrays.append(values.pop(0))
    if not arrays:
        forms = (f"{function}(y), {function}(x, y)",)
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=forms)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    y = np.asarray(take.pixels(arrays[-1], function, "ydata"), float)
    if len(arrays) == 1:
        columns = 1 if min(y.shape, default=0) <= 1 else y.shape[1]
        along = np.repeat(np.arange(1.0, columns + 1), y.size // columns)
        return axes, given, named, None, along, y.ravel(order="F")
    x = Coordinates(arrays[0], function, "xgroupdata")
    if x.values.size != y.size:
        raise ScriptError(
            f"MATLAB:{function}:InvalidLength", "xgroupdata and ydata must have the same length.",
            notes=(f"{x.values.size} and {y.size}",),
        )  # fmt: skip
    return axes, given, named, x, x.values.ravel(order="F"), y.ravel(order="F")


@builtin(outputs=1)
def boxchart(session, nargout, /, *args):
    """
    boxchart(y)
    boxchart(x, y)
    boxchart(..., GroupByColor=g)
    boxchart(tbl, xvar, yvar)
    boxchart(ax, ...)
    boxchart(..., Name=Value)
    b = boxchart(...)

    Boxes from the first to the third quartile with a line at the median, whiskers and circles for outliers; one for
    each column of y, or for each value of x (numbers or categories).

    GroupByColor makes a box for each of its groups beside each other, in their own colours. Among the properties are
    BoxFaceColor, BoxFaceAlpha, BoxWidth, WhiskerLineColor, MarkerStyle, MarkerColor, Notch, JitterOutliers and
    Orientation.

    Examples
      >> boxchart([1 2 3; 2 3 4; 5 6 30])
      figure 1: boxchart
      >> b = boxchart([1 1 2 2], 1:4, GroupByColor={'a', 'b', 'a', 'b'}); numel(b)
      ans =
           2
      figure 1: boxchart, boxchart

    See also boxplot, swarmchart, histogram.
    """
    axes, given, named, x, along, flat = side_by_side(args, "boxchart")
    by_colour = next((value for word, value in given if word.lower() == "groupbycolor"), None)
    given = tried(BoxChart, [(word, value) for word, value in given if word.lower() != "groupbycolor"])
    groups = Groups(np.zeros(flat.size, int), [""]) if by_colour is None else grouping(by_colour, "boxchart")
    if len(groups.codes) != flat.size:
        raise ScriptError("MATLAB:boxchart:InvalidGroups", "GroupByColor must have as many elements as ydata.")
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made = []
    for k, name in enumerate(groups.names):
        mine = groups.codes == k
        one = BoxChart(axes, XData=along[mine], YData=flat[mine])
        showing.follow(axes, one)
        one.place, one.count = k, len(groups.names)
        if name:
            one.values["DisplayName"] = name
        set_pairs(one, given)
        if x is not None:
            x.name(one, "X" if one.value("Orientation") == "vertical" else "Y")
        made.append(one)
    if fresh:
        axes.values["Box"] = True
        letter = "X" if not made or made[0].value("Orientation") == "vertical" else "Y"
        if (x is None or not x.names) and np.unique(along).size <= 15:
            axes.values[f"{letter}Tick"] = np.unique(along)
            axes.values[f"{letter}TickMode"] = "manual"
    name_sides(axes, named if len(made) == 1 else {}, made)
    axes.touch()
    return wrap_list(made, column=False) if nargout else None


@builtin(outputs=1)
def violinplot(session, nargout, /, *args):
    """
    violinplot(y)
    violinplot(x, y)
    violinplot(tbl, xvar, yvar)
    violinplot(ax, ...)
    violinplot(..., Name=Value)
    v = violinplot(...)

    How dense data lie at each height, drawn to both sides, for each column of y or for each value of x.

    Properties: FaceColor, FaceAlpha (0.5), EdgeColor, DensityWidth (0.9), DensityDirection ('both', 'positive',
    'negative'), DensityScale ('area', 'width'), Orientation.

    Examples
      >> violinplot([1 2 3 4; 2 3 3 9]')
      figure 1: violin

    See also boxchart, swarmchart, ksdensity.
    """
    axes, given, named, x, along, flat = side_by_side(args, "violinplot")
    tried(Violin, given)
    axes = session.desk.newplot(axes)
    made = Violin(axes, XData=along, YData=flat)
    showing.follow(axes, made)
    set_pairs(made, given)
    for at in np.unique(along[np.isfinite(along)]).tolist():
        part = flat[(along == at) & np.isfinite(flat)]
        if part.size:
            width = bandwidth_of(part)
            heights = np.linspace(part.min() - 2 * width, part.max() + 2 * width, 100)
            dense = KERNELS["normal"]((heights[:, None] - part[None]) / width).mean(1) / width
            made.shapes.append((at, heights, dense))
    if x is not None:
        x.name(made, "X" if made.value("Orientation") == "vertical" else "Y")
    axes.values["Box"] = True
    letter = "X" if made.value("Orientation") == "vertical" else "Y"
    if (x is None or not x.names) and np.unique(along).size <= 15:
        axes.values |= {f"{letter}Tick": np.unique(along), f"{letter}TickMode": "manual"}
    name_sides(axes, named, [made])
    axes.touch()
    return wrap_list([made]) if nargout else None
