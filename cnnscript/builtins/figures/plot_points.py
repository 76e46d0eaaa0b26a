"""Points: scatter and gscatter."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import Coordinates, name_axis, parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.properties import MARKERS
from cnnscript.pictures.images import colormaps
from cnnscript.values.categorical import Categorical
from cnnscript.values.text import text_or_none, texts_or_none


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
    tried(plots.Scatter, given)
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
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
            else tuple(colormaps.colormap("hsv", len(names))[k])
        )
        one.set("Color", paint)
        made.append(one)
    axes.values["Box"] = True
    showing.legend(session.desk, axes).set("Location", "best")
    return wrap_list(made) if nargout else None
