"""Lines, points, stems and polygons in space: plot3, scatter3, stem3, fill3, comet3."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, of_table
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec, spec_refused
from cnnscript.builtins.figures.plot_points import check_paint, is_colour
from cnnscript.builtins.figures.space_arguments import (
    columns_of,
    real_array,
    same_lengths,
    set_all,
    sizes_differ,
    solid_axes,
    split_call,
    too_few,
)
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, series, showing
from cnnscript.pictures.graphics.camera import SOLID
from cnnscript.values.numeric import size_text
from cnnscript.values.text import text_or_none


def groups_of_three(rest: tuple) -> tuple[list[tuple[list[Any], dict[str, Any]]], tuple]:
    """The groups x, y, z [, line spec] with which a call begins, and the properties after them."""
    groups: list[tuple[list[Any], dict[str, Any]]] = []
    at = 0
    while at < len(rest) and text_or_none(rest[at]) is None:
        three = list(rest[at : at + 3])
        if len(three) < 3 or any(text_or_none(value) is not None for value in three):
            raise too_few("plot3", "X, Y, Z")
        at += 3
        word = text_or_none(rest[at]) if at < len(rest) else None
        spec = read_line_spec(word) if word is not None else None
        if spec is not None:
            at += 1
        elif word is not None and (len(rest) - at) % 2:
            raise spec_refused(word)
        groups.append((three, spec or {}))
    return groups, rest[at:]


@builtin(outputs=1)
def plot3(session, nargout, /, *args):
    """
    plot3(X, Y, Z)
    plot3(X, Y, Z, spec)
    plot3(X1, Y1, Z1, X2, Y2, Z2)
    plot3(tbl, xvar, yvar, zvar)
    plot3(ax, ...)
    plot3(..., Name=Value)
    h = plot3(...)

    Lines through points in space.

    Matrices give a line for each column. spec is as plot takes it.

    Examples
      >> t = 0:0.1:9; h = plot3(sin(t), cos(t), t, 'r--', LineWidth=2); h.ZData(end)
      ans =
           9
      figure 1: line 91 points

    See also plot, scatter3, stem3, surf, view.
    """
    axes, rest = axes_first(args)
    rest, named = of_table(rest, "plot3", "XYZ")
    if not rest:
        raise too_few("plot3", "X, Y, Z")
    groups, tail = groups_of_three(rest)
    if not groups:
        raise too_few("plot3", "X, Y, Z")
    axes, given = parent_of(pairs(tail, "plot3"), axes)
    tried(plots.Line, given)
    read = []
    for three, spec in groups:
        parts = [Coordinates(value, "plot3", name) for value, name in zip(three, "XYZ", strict=True)]
        read.append((columns_of([part.values for part in parts]), parts, spec))
    axes = session.desk.newplot(axes)
    if axes.value("NextPlot") != "add":
        axes.set("View", np.array(SOLID))
    made = []
    for curves, parts, spec in read:
        for x, y, z in curves:
            one = plots.Line(axes, XData=x, YData=y, ZData=z)
            showing.follow(axes, one, styled="LineStyle" not in spec, coloured="Color" not in spec)
            set_all(one, spec)
            set_pairs(one, given)
            for part, letter in zip(parts, "XYZ", strict=True):
                part.name(one, letter)
            made.append(one)
    name_sides(axes, named, made)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def scatter3(session, nargout, /, *args):
    """
    scatter3(X, Y, Z)
    scatter3(X, Y, Z, S)
    scatter3(X, Y, Z, S, C)
    scatter3(..., 'filled')
    scatter3(..., marker)
    scatter3(tbl, xvar, yvar, zvar)
    scatter3(ax, ...)
    scatter3(..., Name=Value)
    h = scatter3(...)

    Points in space, each with a size (in square points) and a colour (a level of the colormap, or a colour).

    Examples
      >> scatter3(1:4, [3 1 2 2], [4 1 2 0], 50, [1 2 3 4], 'filled')
      figure 1: scatter 4 points

    See also scatter, plot3, view.
    """
    axes, rest = axes_first(args)
    rest, named = of_table(rest, "scatter3", "XYZ")
    values = list(rest)
    if len(values) < 3:
        raise too_few("scatter3", "X, Y, Z")
    parts = [Coordinates(value, "scatter3", name) for value, name in zip(values[:3], "XYZ", strict=True)]
    x, y, z = (array.ravel(order="F") for array in same_lengths([part.values for part in parts], "scatter3", "XYZ"))
    values, properties, count = values[3:], {}, x.size
    if values and text_or_none(values[0]) is None:
        size = real_array(values.pop(0), "scatter3", "the size")
        if size.size:
            if size.size not in (1, count):
                raise ScriptError(
                    "MATLAB:scatter3:InvalidSizeData",
                    "S must be a scalar, vector or array the same length as X.",
                    notes=(f"S is {size_text(size.shape)}, X has {count} elements",),
                )
            properties["SizeData"] = size
        if values and (text_or_none(values[0]) is None or is_colour(values[0])):
            paint = from_script(values.pop(0))
            if np.size(paint):
                check_paint(paint, count, "scatter3")
                properties["CData"] = paint
    filled = False
    while values and (word := text_or_none(values[0])) is not None:
        spec = read_line_spec(word)
        if word.lower() == "filled":
            filled = True
        elif spec is not None and spec.get("LineStyle", "none") == "none":
            properties |= {"CData" if name == "Color" else name: v for name, v in spec.items() if name != "LineStyle"}
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), "scatter3"), axes)
    tried(plots.Scatter, given)
    axes = solid_axes(session, axes)
    made = plots.Scatter(axes, XData=x, YData=y, ZData=z)
    if "CData" not in properties:
        showing.follow(axes, made)
    set_all(made, properties)
    if filled:
        made.set("MarkerFaceColor", "flat")
    set_pairs(made, given)
    for part, letter in zip(parts, "XYZ", strict=True):
        part.name(made, letter)
    name_sides(axes, named, [made])
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def stem3(session, nargout, /, *args):
    """
    stem3(Z)
    stem3(X, Y, Z)
    stem3(..., 'filled')
    stem3(..., spec)
    stem3(ax, ...)
    stem3(..., Name=Value)
    h = stem3(...)

    Stems from the floor of height 0 up to the values of Z, with a marker at the end of each.

    Examples
      >> h = stem3(magic(3), 'filled'); h.MarkerFaceColor
      ans =
               0    0.4470    0.7410
      figure 1: stem 9 points

    See also stem, plot3, scatter3.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    numeric = []
    while values and text_or_none(values[0]) is None:
        numeric.append(real_array(values.pop(0), "stem3", "the coordinates"))
    if len(numeric) == 1:
        z = numeric[0]
        if min(z.shape) == 1:
            # A row stands along x, a column along y.
            ones, steps = np.ones(z.size), np.arange(1.0, z.size + 1)
            x, y = (steps, ones) if z.shape[0] == 1 else (ones, steps)
        else:
            x, y = np.meshgrid(np.arange(1.0, z.shape[1] + 1), np.arange(1.0, z.shape[0] + 1))
    elif len(numeric) == 3:
        x, y, z = numeric
        if x.size != z.size and min(x.shape) == 1 and min(y.shape) == 1 and z.shape == (y.size, x.size):
            x, y = np.meshgrid(x.ravel(), y.ravel())
        if not x.size == y.size == z.size:
            raise sizes_differ()
    else:
        raise too_few("stem3", "X, Y, Z")
    properties: dict[str, Any] = {}
    filled = False
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() in ("filled", "fill"):
            filled = True
        elif (spec := read_line_spec(word)) is not None:
            properties |= {name: value for name, value in spec.items() if (name, value) != ("LineStyle", "none")}
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), "stem3"), axes)
    tried(series.Stem, given)
    axes = solid_axes(session, axes)
    made = series.Stem(axes, XData=x.ravel(order="F"), YData=y.ravel(order="F"), ZData=z.ravel(order="F"))
    showing.follow(axes, made, coloured="Color" not in properties)
    set_all(made, properties)
    if filled:
        made.set("MarkerFaceColor", made.value("Color"))
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def fill3(session, nargout, /, *args):
    """
    fill3(X, Y, Z, C)
    fill3(X1, Y1, Z1, C1, X2, Y2, Z2, C2)
    fill3(ax, ...)
    fill3(..., Name=Value)
    p = fill3(...)

    Filled polygons in space, one for each column of X, Y and Z, in the colour or the levels C.

    Examples
      >> p = fill3([0 1 1], [0 0 1], [0 1 2], 'r'); p.FaceColor
      ans =
           1     0     0
      figure 1: patch

    See also fill, patch, surf.
    """
    axes, rest = axes_first(args)
    groups, at = [], 0
    while at + 3 < len(rest) and all(text_or_none(value) is None for value in rest[at : at + 3]):
        groups.append(rest[at : at + 4])
        at += 4
    if not groups:
        raise too_few("fill3", "X, Y, Z, C")
    axes, given = parent_of(pairs(rest[at:], "fill3"), axes)
    tried(plots.Patch, given)
    read = []
    for x, y, z, paint in groups:
        arrays = [real_array(value, "fill3", "the coordinates") for value in (x, y, z)]
        curves = columns_of(arrays)
        read.append(([np.column_stack(part) for part in zip(*curves, strict=True)], from_script(paint)))
    axes = solid_axes(session, axes)
    made = []
    for (x, y, z), paint in read:
        one = plots.Patch(axes, XData=x, YData=y, ZData=z)
        if isinstance(paint, str) or np.size(paint) == 3 and np.shape(paint)[0] == 1 and len(x) != 3:
            one.set("FaceColor", paint)
        else:
            levels = np.asarray(real_array(paint, "fill3", "the colour"))
            one.set("CData", levels.reshape(x.shape, order="F") if levels.size == x.size else levels)
            one.set("FaceColor", "interp" if levels.size == x.size else "flat")
        set_pairs(one, given)
        made.append(one)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin
def comet3(session, /, *args):
    """
    comet3(Z)
    comet3(X, Y, Z)
    comet3(X, Y, Z, p)
    comet3(ax, ...)

    The way of a comet through points in space, as it is when the comet has come to its end.

    p is the length of its tail, a part of the whole (0.1).

    Examples
      >> t = 0:0.1:9; comet3(sin(t), cos(t), t)
      figure 1: line 91 points, line 10 points, line 1 points

    See also plot3.
    """
    axes, values, _ = split_call(args, "comet3")
    if len(values) not in (1, 3, 4):
        raise too_few("comet3", "X, Y, Z")
    part = float(real_array(values.pop(), "comet3", "p").ravel()[0]) if len(values) == 4 else 0.1
    if not 0 <= part < 1:
        raise ScriptError("MATLAB:comet3:InvalidP", "The input 'p' must be a scalar value between 0 and 1.")
    arrays = [real_array(value, "comet3", "the coordinates").ravel(order="F") for value in values]
    if len(arrays) == 1:
        steps = np.arange(1.0, arrays[0].size + 1)
        arrays = [steps, steps, arrays[0]]
    if len({array.size for array in arrays}) > 1:
        raise ScriptError("MATLAB:comet3:mismatchedLengths", "Vectors must be the same length.")
    axes = session.desk.newplot(axes)
    if axes.value("NextPlot") != "add":
        axes.set("View", np.array(SOLID))
    x, y, z = arrays
    tail = max(1, int(np.ceil(part * z.size)))
    order = axes.value("ColorOrder")
    whole = plots.Line(axes, XData=x, YData=y, ZData=z, Color=tuple(order[0]))
    behind = plots.Line(axes, XData=x[-tail:], YData=y[-tail:], ZData=z[-tail:], Color=tuple(order[1 % len(order)]))
    head = plots.Line(axes, XData=x[-1:], YData=y[-1:], ZData=z[-1:], Marker="o", LineStyle="none")
    for one, colour in ((whole, 0), (behind, 1), (head, 2)):
        one.set("Color", tuple(order[colour % len(order)]))
    axes.touch()
