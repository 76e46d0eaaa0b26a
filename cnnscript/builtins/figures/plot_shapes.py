"""Lines through an axes, rectangles, polygons and surfaces."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, surfaces
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none


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
        if isinstance(paint, str) or np.size(paint) == 3 and np.shape(paint)[0] == 1:
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
    fill(..., Name=Value)
    p = fill(...)

    Filled polygons.

    Examples
      >> p = fill([0 1 1], [0 0 1], 'b');
      figure 1: patch

    See also patch, area.
    """
    return polygons(session, nargout, args, "fill")


# ------------------------------------------------------------------------------------------------------------- surfaces
def surface_plot(session: Any, nargout: int, args: tuple, function: str) -> Any:
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], function), axes)
    tried(surfaces.Surface, given)
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
    made = surfaces.Surface(axes, XData=x, YData=y, ZData=np.zeros_like(z) if flat else z)
    if colours is not None or flat:
        made.set("CData", colours if colours is not None else z)
    if function == "mesh":
        made.set("FaceColor", "none")
    if flat:
        axes.values |= {"XLimitMethod": "tight", "YLimitMethod": "tight", "Box": True}
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


@builtin(outputs=3)
def peaks(session, nargout, /, *args):
    """
    Z = peaks
    Z = peaks(n)
    Z = peaks(X, Y)
    [X, Y, Z] = peaks(...)
    peaks

    A function of two variables with hills and hollows, to try pictures on; without outputs it is shown.

    The grid is n-by-n (49) from -3 to 3.

    Examples
      >> Z = peaks(3)
      Z =
          0.0001   -0.2450   -0.0000
         -0.0365    0.9810    0.0331
          0.0000    0.2999    0.0000
      >> [X, Y, Z] = peaks(5); size(Z)
      ans =
           5     5
      >> Z = peaks(0, 0)
      Z =
          0.9810
      >> peaks
      figure 1: surface 49x49

    See also surf, meshgrid.
    """
    arrays = [np.asarray(take.pixels(value, "peaks", "the coordinates"), float) for value in args]
    if len(arrays) == 2:
        x, y = arrays
        if x.shape != y.shape and 1 not in (x.size, y.size):
            raise ScriptError("MATLAB:peaks:sizes", "X and Y must have the same size.")
    else:
        grid = arrays[0].ravel() if arrays else np.array([49.0])
        if grid.size == 1 and not np.isfinite(grid[0]):
            raise take.refusal("peaks", "n", "a finite number", args[0])
        steps = np.linspace(-3, 3, max(0, int(grid[0]))) if grid.size == 1 else grid
        x, y = np.meshgrid(steps, steps)
    z = (
        3 * (1 - x) ** 2 * np.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * np.exp(-(x**2) - y**2)
        - np.exp(-((x + 1) ** 2) - y**2) / 3
    )
    if not nargout:
        surface_plot(session, 0, (x, y, z), "surf")
        return None
    return (norm(x), norm(y), norm(z)) if nargout > 1 else norm(z)
