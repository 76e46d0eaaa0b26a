"""Lines through an axes, rectangles, and polygons."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots
from cnnscript.pictures.graphics.constant_regions import ConstantRegion
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none


def constant_line(session: Any, nargout: int, args: tuple, letter: str) -> Any:
    function = f"{letter}line"
    axes, rest = axes_first(args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(value)",))
    measured = Coordinates(rest[0], function, "the value")
    places, values = measured.values.ravel(order="F").tolist(), list(rest[1:])
    spec: dict[str, Any] = {}
    if values and (word := text_or_none(values[0])) is not None and (found := read_line_spec(word)) is not None:
        spec = {name: value for name, value in found.items() if name != "Marker"}
        values.pop(0)
        if values and len(values) % 2:
            spec["Label"] = from_script(values.pop(0))
    axes, given = parent_of(pairs(tuple(values), function), axes)
    for word, value in given:
        if word.lower() == "label":
            spec["Label"] = from_script(value)
    given = tried(plots.ConstantLine, [(word, value) for word, value in given if word.lower() != "label"])
    label = spec.pop("Label", "")
    several = isinstance(label, list) and len(label) == len(places) > 1  # else the lines of one label
    axes = axes or session.desk.current_axes()
    made = []
    for k, place in enumerate(places):
        one = plots.ConstantLine(axes, InterceptAxis=letter, Value=place)
        for name, value in spec.items():
            one.set(name, value)
        if len(label):
            one.set("Label", label[k] if several else label)
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


def constant_region(session: Any, nargout: int, args: tuple, letter: str) -> Any:
    """xregion and yregion: two bounds, vectors of them, or a matrix of pairs."""
    function = f"{letter}region"
    axes, rest = axes_first(args)
    cut = next((k for k, value in enumerate(rest) if text_or_none(value) is not None), len(rest))
    if not 1 <= cut <= 2:
        notes = (f"{function}({letter}1, {letter}2)",)
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=notes) if not cut else ScriptError(
            "MATLAB:maxrhs", "Too many input arguments.", notes=notes
        )
    measured = [Coordinates(value, function, "the bounds").values for value in rest[:cut]]
    if cut == 2:
        first, second = (each.ravel(order="F") for each in measured)
        if first.size != second.size:
            raise ScriptError(
                f"MATLAB:{function}:SizeMismatch", "Both bounds must be scalars or vectors of the same length."
            )
        both = np.column_stack([first, second])
    else:
        (both,) = measured
        both = both.reshape(1, 2) if both.size == 2 else both if both.shape[1] == 2 else both.T
        if both.ndim != 2 or both.shape[1] != 2:
            raise ScriptError(f"MATLAB:{function}:SizeMismatch", "The bounds must be a 2-by-n or n-by-2 matrix.")
    axes, given = parent_of(pairs(tuple(rest[cut:]), function), axes)
    given = tried(ConstantRegion, given)
    axes = axes or session.desk.current_axes()
    made = []
    for ends in both:
        one = ConstantRegion(axes, InterceptAxis=letter, Value=np.array(ends, float))
        set_pairs(one, given)
        made.append(one)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def xregion(session, nargout, /, *args):
    """
    xregion(x1, x2)
    xregion(X)
    xregion(ax, ...)
    xregion(..., Name=Value)
    h = xregion(...)

    Fill what lies between two x-coordinates, all the way up the axes; several regions by vectors of the same length or
    by a matrix with two rows or columns.

    Examples
      >> plot(1:9); h = xregion(2, [4]); h.Value
      ans =
           2     4
      figure 1: line 9 points, constantregion
      >> figure; h = xregion([1 3; 5 7], FaceColor='y'); numel(h)
      ans =
           2
      figure 2: constantregion, constantregion

    See also yregion, xline, rectangle.
    """
    return constant_region(session, nargout, args, "x")


@builtin(outputs=1)
def yregion(session, nargout, /, *args):
    """
    yregion(y1, y2)
    yregion(Y)
    yregion(ax, ...)
    yregion(..., Name=Value)
    h = yregion(...)

    Fill what lies between two y-coordinates, all across the axes; several regions by vectors of the same length or by
    a matrix with two rows or columns.

    Examples
      >> plot(1:9); h = yregion(2, Inf); h.Value
      ans =
           2   Inf
      figure 1: line 9 points, constantregion

    See also xregion, yline, rectangle.
    """
    return constant_region(session, nargout, args, "y")


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


def sets_of(args: tuple) -> list[tuple]:
    """fill(x1, y1, c1, x2, y2, c2, properties): the arguments of each polygon, the properties with all of them."""
    numeric, at = [], 0
    while at + 2 < len(args) and all(text_or_none(value) is None for value in args[at : at + 2]):
        if isinstance(args[at], Struct):
            break
        numeric.append(args[at : at + 3])
        at += 3
    return [(*three, *args[at:]) for three in numeric] if len(numeric) > 1 else [args]


def is_colour(paint: Any) -> bool:
    """Whether three numbers are red, green and blue: a row of them from 0 to 1; else they are levels of corners."""
    if np.size(paint) != 3 or np.shape(paint)[0] != 1:
        return False
    numbers = np.asarray(paint)
    return numbers.dtype.kind in "iub" or bool(((numbers >= 0) & (numbers <= 1)).all())


def polygons(session: Any, nargout: int, args: tuple, function: str) -> Any:
    axes, rest = axes_first(args)
    cut = 0 if rest and isinstance(rest[0], Struct) else first_option(rest, 0)
    numeric, tail = list(rest[:cut]), rest[cut:]
    if len(numeric) in ((2, 3) if function == "patch" else (2,)) and tail and len(tail) % 2:
        numeric, tail = [*numeric, tail[0]], tail[1:]
    bare = function == "patch" and not numeric
    in_space = function == "patch" and len(numeric) == 4
    heights = take.pixels(numeric.pop(2), function, "z") if in_space else np.zeros(0)
    if len(numeric) != 3 and not bare:
        raise ScriptError("MATLAB:patch:args", f"{function} takes x, y and a colour.")
    axes, given = parent_of(pairs(tail, function), axes)
    tried(plots.Patch, given)
    axes = axes or (session.desk.newplot() if function == "fill" else session.desk.current_axes())
    made = plots.Patch(axes)
    if not bare:
        made.set("XData", take.pixels(numeric[0], function, "x"))
        made.set("YData", take.pixels(numeric[1], function, "y"))
        made.set("ZData", heights)
        paint = from_script(numeric[2])
        if isinstance(paint, str) or is_colour(paint):
            made.set("FaceColor", paint)
        else:
            made.set("CData", np.asarray(take.pixels(numeric[2], function, "the colour"), float))
            made.set("FaceColor", "flat")
    set_pairs(made, given)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def patch(session, nargout, /, *args):
    """
    patch(x, y, color)
    patch(x, y, z, color)
    patch('Faces', F, 'Vertices', V)
    patch(S)
    patch(..., Name=Value)
    p = patch(...)

    Add filled polygons to an axes, one for each column of x and y, or for each row of F: the rows of V that are its
    corners (NaN fills rows of polygons with fewer). A struct S has properties as fields, such as faces and vertices.
    FaceVertexCData gives each vertex or each face a level of the colormap or a colour where FaceColor is 'flat' or
    'interp'.

    Examples
      >> p = patch('Faces', [1 2 3], 'Vertices', [0 0; 1 0; 1 1], 'FaceColor', 'g'); p.XData'
      ans =
           0     1     1
      figure 1: patch
      >> figure; p = patch([0 1 1], [0 0 1], 'r', FaceAlpha=0.3);
      figure 2: patch

    See also fill, rectangle.
    """
    return polygons(session, nargout, args, "patch")


@builtin(outputs=1)
def fill(session, nargout, /, *args):
    """
    fill(x, y, color)
    fill(x1, y1, color1, x2, y2, color2)
    fill(..., Name=Value)
    p = fill(...)

    Filled polygons.

    Examples
      >> p = fill([0 1 1], [0 0 1], 'b');
      figure 1: patch

    See also patch, area.
    """
    axes, rest = axes_first(args)
    each = sets_of(rest)
    if len(each) == 1:
        return polygons(session, nargout, args, "fill")
    axes = session.desk.newplot(axes)
    made = []
    for part in each:
        made.append(polygons(session, 1, (wrap(axes), *part), "patch").graphic)
    return wrap_list(made) if nargout else None
