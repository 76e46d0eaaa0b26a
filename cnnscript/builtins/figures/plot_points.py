"""Points: scatter, gscatter, swarmchart, bubblechart."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, joined, name_sides, of_table, variable_names
from cnnscript.builtins.figures.plot_groups import grouping
from cnnscript.builtins.figures.plot_lines import SHORT_MARKERS, parent_of, read_line_spec
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.images import colormaps
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.numeric import as_array
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none


def is_colour(value: Any) -> bool:
    word = text_or_none(value)
    if word is None:
        return True
    try:
        parse_colour(word)
    except ScriptError:
        return False
    return len(word) != 1 or word in "rgbcmykw"


def columns(array: np.ndarray) -> list[np.ndarray]:
    return [array.ravel(order="F")] if min(array.shape, default=0) <= 1 else list(array.T)


def paired(x: np.ndarray, y: np.ndarray, function: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """The sets of points of X and Y: one for vectors, one a column for matrices."""
    wrong = ScriptError(
        f"MATLAB:{function}:InvalidXYData",
        "X and Y must be vectors of the same length.",
        notes=(f"X has {x.size} elements, Y has {y.size}",),
    )
    if x.ndim > 2 or y.ndim > 2:
        raise wrong
    if x.size == y.size and (min(x.shape, default=0) <= 1 or min(y.shape, default=0) <= 1):
        return [(x.ravel(order="F"), y.ravel(order="F"))]
    across, up = columns(x), columns(y)
    if len(across) == 1 and len(up) > 1:
        up = up if up[0].size == across[0].size else list(y)
        across = across * len(up)
    elif len(up) == 1 and len(across) > 1:
        across = across if across[0].size == up[0].size else list(x)
        up = up * len(across)
    if len(across) != len(up) or any(one.size != other.size for one, other in zip(across, up, strict=True)):
        raise wrong
    return list(zip(across, up, strict=True))


def check_paint(value: Any, count: int, function: str) -> None:
    """Refuse colours that fit neither one point nor all."""
    if isinstance(value, str):
        parse_colour(value)
        return
    array = np.asarray(value)
    fits = array.size in (0, 3, count) or array.ndim == 2 and array.shape[1] == 3 and array.shape[0] in (1, count)
    if not fits or array.dtype.kind not in "fiub":
        raise ScriptError(
            f"MATLAB:{function}:InvalidCData",
            "C must be a single color, a vector the same length as X, or an M-by-3 matrix.",
            notes=(f"C is {'x'.join(map(str, array.shape))}, X has {count} elements",),
        )


def points_of(session: Any, nargout: int, args: tuple, function: str) -> Any:
    """scatter and its kin: [axes,] x, y [, size [, colour]] [, 'filled' and marker] and properties."""
    axes, rest = axes_first(args)
    table = rest[0] if rest and isinstance(rest[0], Table) else None
    letters = "XYS" if function == "bubblechart" else "XY"
    rest, named = of_table(rest, function, letters)
    values = list(rest)
    if len(values) < len(letters):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    x, y = (Coordinates(value, function, what) for value, what in zip(values[:2], ("x", "y"), strict=True))
    each = paired(x.values, y.values, function)
    values = values[2:]
    count = each[0][0].size
    properties: dict[str, Any] = {}
    if values and text_or_none(values[0]) is None:
        size = take.pixels(values.pop(0), function, "the size")
        if size.size:
            if size.size not in (1, count, count * len(each)):
                raise ScriptError(
                    f"MATLAB:{function}:InvalidSizeData",
                    "S must be a scalar, vector or array the same length as X.",
                    notes=(f"S has {size.size} elements, X has {count}",),
                )
            properties["SizeData"] = np.asarray(size, float)
    if values and ("SizeData" in properties or text_or_none(values[0]) is None or len(values) % 2):
        paint = from_script(values[0])
        if text_or_none(values[0]) is None or is_colour(values[0]):
            values.pop(0)
            if np.size(paint):
                check_paint(paint, count, function)
                properties["CData"] = paint
    filled = function == "bubblechart"
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() == "filled":
            filled = True
        elif (spec := read_line_spec(word)) is not None and spec.get("LineStyle", "none") == "none":
            properties |= {"CData" if name == "Color" else name: v for name, v in spec.items() if name != "LineStyle"}
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    if table is not None:
        given = of_variables(given, table, properties, function)
    kind = plots.Bubble if function == "bubblechart" else plots.Scatter
    if function == "swarmchart":
        given = [("XJitter", "density"), *given]
    tried(kind, given)
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = function != "swarmchart"
    made = []
    for k, (along, up) in enumerate(each):
        one = kind(axes, XData=along, YData=up)
        own = dict(properties)
        if len(each) > 1 and np.size(own.get("SizeData", ())) == count * len(each):
            own["SizeData"] = np.asarray(own["SizeData"]).reshape(count, -1, order="F")[:, k]
        if "CData" not in own:
            showing.follow(axes, one)
        for name, value in own.items():
            one.set(name, value)
        if filled:
            one.set("MarkerFaceColor", "flat")
        set_pairs(one, given)
        x.name(one, "X")
        y.name(one, "Y")
        made.append(one)
    name_sides(axes, named, made)
    return wrap_list(made) if nargout else None


def of_variables(given: list, table: Table, properties: dict[str, Any], function: str) -> list:
    """Take SizeVariable and ColorVariable out of the properties, as sizes and colours."""
    kept = []
    for word, value in given:
        name = {"sizevariable": "SizeData", "colorvariable": "CData"}.get(word.lower())
        if name is None:
            kept.append((word, value))
        else:
            data = joined(table, variable_names(table, value, function))
            properties[name] = np.asarray(Coordinates(data, function, word).values, float)
    return kept


@builtin(outputs=1)
def scatter(session, nargout, /, *args):
    """
    scatter(x, y)
    scatter(x, y, size)
    scatter(x, y, size, colour)
    scatter(..., 'filled')
    scatter(..., marker)
    scatter(tbl, xvar, yvar)
    scatter(ax, ...)
    scatter(..., Name=Value)
    h = scatter(...)

    Points, each with a size (in square points) and a colour.

    The columns of matrices are sets of points. size is one number or one for each point; colour is a colour, a row of
    red, green and blue for each point, or a number for each, which the colormap makes a colour of.

    Examples
      >> scatter(1:4, [3 1 2 2], 50, [1 2 3 4], 'filled')
      figure 1: scatter 4 points
      >> h = scatter([1 2], [3 4], 'x'); h.Marker
      ans =
          'x'
      figure 1: scatter 2 points

    See also plot, gscatter, swarmchart, bubblechart.
    """
    return points_of(session, nargout, args, "scatter")


@builtin(outputs=1)
def swarmchart(session, nargout, /, *args):
    """
    swarmchart(x, y)
    swarmchart(x, y, size)
    swarmchart(x, y, size, colour)
    swarmchart(..., 'filled')
    swarmchart(..., marker)
    swarmchart(tbl, xvar, yvar)
    swarmchart(ax, ...)
    swarmchart(..., Name=Value)
    s = swarmchart(...)

    Points that step aside, so that where many have the same x the width of the swarm shows how dense they are.

    XJitter is 'density', 'rand', 'randn' or 'none'; XJitterWidth (0.9 of the distance of the x) how far they go.

    Examples
      >> s = swarmchart([1 1 1 2], [3 3.1 3 4]); s.XJitter
      ans =
          'density'
      figure 1: scatter 4 points

    See also scatter, gscatter.
    """
    return points_of(session, nargout, args, "swarmchart")


@builtin(outputs=1)
def bubblechart(session, nargout, /, *args):
    """
    bubblechart(x, y, size)
    bubblechart(x, y, size, colour)
    bubblechart(tbl, xvar, yvar, sizevar)
    bubblechart(ax, ...)
    bubblechart(..., Name=Value)
    b = bubblechart(...)

    Bubbles: circles whose diameters grow with the sizes, from 5 points for the smallest to 50 for the largest.

    Examples
      >> b = bubblechart(1:3, [2 1 3], [10 20 40]); b.SizeData
      ans =
          10    20    40
      figure 1: bubblechart 3 points

    See also scatter, bubblesize, bubblelim.
    """
    return points_of(session, nargout, args, "bubblechart")


def bubble_setting(session: Any, nargout: int, args: tuple, function: str, name: str, default: Any) -> Any:
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if rest:
        if text_or_none(rest[0]) is not None:
            word = take.choice(rest[0], ("auto", "manual"), function, "the mode")
            axes.bubbles[name] = None if word == "auto" else default(axes)
        else:
            low, high = take.numbers(rest[0], function, "the two numbers", 2)
            if not 0 <= low <= high:
                raise take.refusal(function, "the two numbers", "increasing", rest[0])
            axes.bubbles[name] = (low, high)
        axes.touch()
    if nargout or not rest:
        from cnnscript.values.numeric import norm

        return norm(np.array([axes.bubbles.get(name) or default(axes)], float))
    return None


@builtin(outputs=1)
def bubblesize(session, nargout, /, *args):
    """
    bubblesize(range)
    bubblesize(ax, range)
    range = bubblesize

    The diameters in points of the smallest and the largest bubble of an axes.

    Examples
      >> bubblechart(1:3, 1:3, [1 2 3]); bubblesize([5 20]); range = bubblesize
      range =
           5    20
      figure 1: bubblechart 3 points

    See also bubblechart, bubblelim.
    """
    return bubble_setting(session, nargout, args, "bubblesize", "size", lambda axes: plots.BUBBLES)


@builtin(outputs=1)
def bubblelim(session, nargout, /, *args):
    """
    bubblelim(limits)
    bubblelim(mode)
    bubblelim(ax, limits)
    limits = bubblelim

    The sizes for which bubbles have the smallest and the largest diameter; 'auto' and 'manual' are modes.

    Examples
      >> bubblechart(1:3, 1:3, [1 2 3]); limits = bubblelim
      limits =
           1     3
      figure 1: bubblechart 3 points

    See also bubblechart, bubblesize.
    """
    return bubble_setting(session, nargout, args, "bubblelim", "limits", plots.bubble_limits)


# ----------------------------------------------------------------------------------------------------------- by group
@builtin(outputs=1)
def gscatter(session, nargout, argument_names, /, *args):
    """
    gscatter(x, y, g)
    gscatter(x, y, g, colours)
    gscatter(x, y, g, colours, markers)
    gscatter(x, y, g, colours, markers, size)
    gscatter(x, y, g, colours, markers, size, legend)
    gscatter(x, y, g, colours, markers, size, legend, xname, yname)
    gscatter(ax, ...)
    h = gscatter(...)

    Points coloured by group, with a legend.

    g holds a group for each point: numbers, truth, text or a categorical, or a cell of several of them. colours are
    letters or rows of red, green and blue, markers letters ('.'), size the size of markers (15 for '.', 6 for others),
    legend 'on' or 'off', xname and yname the labels of the axes (the names of the variables x and y).

    Examples
      >> h = gscatter([1 2 3], [1 2 3], [1 1 2]);
      figure 1: line 2 points, line 1 points, legend '1', '2'
      >> a = [1 2 3]; b = [3 2 1]; gscatter(a, b, {'u', 'v', 'v'}, 'rb', 'ox', 8, 'off')
      figure 1: line 1 points, line 2 points, xlabel 'a', ylabel 'b'

    See also scatter, legend, plot.
    """
    axes, rest = axes_first(args)
    names = list(argument_names[len(args) - len(rest) :]) + [""] * len(rest)
    if len(rest) < 3:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("gscatter(x, y, g)",))
    if len(rest) > 9:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    x, y = (as_columns(value, what) for value, what in zip(rest[:2], ("x", "y"), strict=True))
    groups = grouping(rest[2], "gscatter")
    options = [*rest[3:], *[None] * (9 - len(rest))]
    colours, letters, size, shown, *labels = options
    if x.shape[0] != y.shape[0] or x.shape[0] != len(groups.codes):
        raise ScriptError(
            "stats:gscatter:MismatchedLengths",
            "X, Y and the groups must have the same length.",
            notes=(f"{x.shape[0]}, {y.shape[0]} and {len(groups.codes)}",),
        )
    paints = group_colours(colours, len(groups.names), "gscatter")
    signs = list(text_or_none(letters) or "") or ["."]
    sizes = take.numbers(size, "gscatter", "the size") if size is not None and np.size(as_array(size)) else []
    with_legend = shown is None or np.size(as_array(shown)) == 0 or legend_wanted(shown)
    axes = session.desk.newplot(axes)
    made = draw_groups(axes, x, y, groups, paints, signs, sizes)
    axes.values["Box"] = True
    for letter, value, name in (("X", labels[0], names[0]), ("Y", labels[1], names[1])):
        words = from_script(value) if value is not None else name
        if isinstance(words, (str, list)) and len(words):
            axes.label(f"{letter}Label").values["String"] = words
    if with_legend:
        showing.legend(session.desk, axes).set("Location", "best")
    axes.touch()
    return wrap_list(made) if nargout else None


def as_columns(value: Any, what: str) -> np.ndarray:
    array = np.asarray(take.pixels(value, "gscatter", what), float)
    return array.reshape(-1, 1) if min(array.shape, default=0) <= 1 else array


def legend_wanted(value: Any) -> bool:
    word = text_or_none(value)
    if word is not None:
        return take.choice(word, ("on", "off"), "gscatter", "the legend") == "on"
    return bool(np.all(as_array(value)))


def group_colours(value: Any, count: int, function: str) -> list[tuple[float, float, float]]:
    """A colour for each group: as asked, else from hsv as MATLAB spaces it."""
    word = text_or_none(value) if value is not None else None
    if word:
        each = [word] if len(word) > 1 and is_colour(word) and not set(word) <= set("rgbcmykw") else list(word)
        chosen = [parse_colour(letter) for letter in each]
    elif value is None or np.size(as_array(value)) == 0:
        chosen = [tuple(row) for row in colormaps.colormap("hsv", max(count, 1)).tolist()]
        if count == 1:
            chosen = [(1.0, 0.0, 0.0)]
    else:
        chosen = [tuple(row) for row in take.colour_map(value, function).tolist()]
    return [chosen[k % len(chosen)] for k in range(count)]


def draw_groups(
    axes: Axes, x: np.ndarray, y: np.ndarray, groups: Any, paints: list, signs: list[str], sizes: list[float]
) -> list[plots.Line]:
    """Markers without lines, one object a group (and a column)."""
    made = []
    for k, name in enumerate(groups.names):
        mine = groups.codes == k
        for column in range(max(x.shape[1], y.shape[1])):
            across, up = x[mine, min(column, x.shape[1] - 1)], y[mine, min(column, y.shape[1] - 1)]
            one = plots.Line(axes, XData=across, YData=up, LineStyle="none", DisplayName=name)
            sign = signs[k % len(signs)]
            one.set("Marker", SHORT_MARKERS.get(sign, sign))
            one.set("MarkerSize", sizes[k % len(sizes)] if sizes else 15.0 if sign == "." else 6.0)
            one.set("Color", paints[k])
            made.append(one)
    return made
