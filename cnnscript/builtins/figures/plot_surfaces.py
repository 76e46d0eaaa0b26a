"""Surfaces over grids: surf, mesh and their kin."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import set_pairs, tried
from cnnscript.builtins.figures.space_arguments import (
    Grid,
    real_array,
    set_all,
    sizes_differ,
    solid_axes,
    split_call,
    too_few,
)
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import fields, plots, surfaces
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.numeric import norm


def mesh_look(axes: Axes) -> dict[str, Any]:
    """Lines in colours before faces of the background's colour."""
    ground = axes.value("Color")
    if ground == "none":
        ground = axes.up("figure").value("Color")
    return {"FaceColor": ground, "EdgeColor": "flat", "FaceLighting": "none", "EdgeLighting": "flat"}


def new_surface(axes: Axes, grid: Grid, kind: type = surfaces.Surface) -> surfaces.Surface:
    """A surface of heights over a grid; coordinates that were not given stay automatic."""
    made = kind(axes, ZData=grid.z)
    if not grid.counted:
        made.set("XData", grid.x)
        made.set("YData", grid.y)
    if grid.colours is not None:
        made.set("CData", grid.colours)
    return made


def surface_plot(session: Any, nargout: int, args: tuple, function: str) -> Any:
    """surf and mesh, and surfc and meshc with contours on the floor."""
    axes, values, given = split_call(args, function)
    tried(surfaces.Surface, given)
    grid = Grid(values, function)
    axes = solid_axes(session, axes)
    made = new_surface(axes, grid)
    if function.startswith("mesh"):
        set_all(made, mesh_look(axes))
    set_pairs(made, given)
    every = [made]
    if function.endswith("c"):
        x, y = grid.full()
        contour = fields.Contour(axes, XData=x, YData=y, ZData=grid.z, ZLocation="zmin")
        every.append(contour)
        low, high = axes.get("ZLim")
        if axes.value("ZLimMode") == "auto":
            # The contours have room below the surface.
            axes.values["ZLim"] = np.array((low - (high - low) / 2 if low == np.nanmin(grid.z) else low, high))
    axes.touch()
    return (wrap_list(every) if len(every) > 1 else wrap(made)) if nargout else None


@builtin(outputs=1)
def surf(session, nargout, /, *args):
    """
    surf(Z)
    surf(Z, C)
    surf(X, Y, Z)
    surf(X, Y, Z, C)
    surf(ax, ...)
    surf(..., Name=Value)
    s = surf(...)

    A surface over a grid, coloured by height or by C (a level or a colour for each point).

    X and Y are as large as Z, or vectors with a number for each column and each row of it.

    Examples
      >> s = surf(magic(4), EdgeColor='none'); view(2)
      figure 1: surface 4x4
      >> figure; [X, Y] = meshgrid(-2:2); surf(X, Y, X.^2 - Y.^2, X)
      figure 2: surface 5x5

    See also mesh, surfc, surfl, pcolor, shading, view, colormap.
    """
    return surface_plot(session, nargout, args, "surf")


@builtin(outputs=1)
def mesh(session, nargout, /, *args):
    """
    mesh(Z)
    mesh(Z, C)
    mesh(X, Y, Z)
    mesh(X, Y, Z, C)
    mesh(ax, ...)
    mesh(..., Name=Value)
    s = mesh(...)

    A surface drawn as lines in colours; faces hide what is behind them (see hidden).

    Examples
      >> s = mesh(magic(4)); s.EdgeColor
      ans =
          'flat'
      figure 1: surface 4x4

    See also surf, meshc, meshz, waterfall, hidden.
    """
    return surface_plot(session, nargout, args, "mesh")


@builtin(outputs=1)
def surfc(session, nargout, /, *args):
    """
    surfc(Z)
    surfc(X, Y, Z)
    surfc(X, Y, Z, C)
    surfc(..., Name=Value)
    sc = surfc(...)

    A surface, and below it the lines of its heights.

    sc holds the surface and the contour.

    Examples
      >> sc = surfc(peaks(20)); size(sc)
      ans =
           2     1
      figure 1: surface 20x20, contour 20x20

    See also surf, meshc, contour.
    """
    return surface_plot(session, nargout, args, "surfc")


@builtin(outputs=1)
def meshc(session, nargout, /, *args):
    """
    meshc(Z)
    meshc(X, Y, Z)
    meshc(X, Y, Z, C)
    meshc(..., Name=Value)
    sc = meshc(...)

    A surface drawn as lines, and below it the lines of its heights.

    Examples
      >> meshc(peaks(20))
      figure 1: surface 20x20, contour 20x20

    See also mesh, surfc, contour.
    """
    return surface_plot(session, nargout, args, "meshc")


@builtin(outputs=1)
def meshz(session, nargout, /, *args):
    """
    meshz(Z)
    meshz(X, Y, Z)
    meshz(X, Y, Z, C)
    meshz(..., Name=Value)
    s = meshz(...)

    A surface drawn as lines, with a curtain around it down to its lowest height.

    Examples
      >> s = meshz(magic(4)); size(s.ZData)
      ans =
           6     6
      figure 1: surface 6x6

    See also mesh, waterfall.
    """
    axes, values, given = split_call(args, "meshz")
    tried(surfaces.Surface, given)
    grid = Grid(values, "meshz")
    x, y = (np.pad(part, 1, mode="edge") for part in grid.full())
    there = grid.z[np.isfinite(grid.z)]
    z = np.pad(grid.z, 1, constant_values=there.min() if there.size else 0.0)
    colours = grid.colours if grid.colours is not None else grid.z
    around = ((1, 1), (1, 1)) + ((0, 0),) * (colours.ndim - 2)
    axes = solid_axes(session, axes)
    made = surfaces.Surface(axes, XData=x, YData=y, ZData=z, CData=np.pad(colours, around, mode="edge"))
    set_all(made, mesh_look(axes))
    set_pairs(made, given)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def waterfall(session, nargout, /, *args):
    """
    waterfall(Z)
    waterfall(X, Y, Z)
    waterfall(X, Y, Z, C)
    waterfall(..., Name=Value)
    p = waterfall(...)

    The rows of Z as curtains one behind the other.

    Examples
      >> p = waterfall(magic(4)); size(p.Faces, 1)
      ans =
           4
      figure 1: patch

    See also mesh, meshz, ribbon.
    """
    axes, values, given = split_call(args, "waterfall")
    tried(plots.Patch, given)
    grid = Grid(values, "waterfall", least=1)
    x, y = grid.full()
    rows, columns = grid.z.shape
    colours = grid.colours if grid.colours is not None else grid.z
    there = grid.z[np.isfinite(grid.z)]
    floor = there.min() if there.size else 0.0
    wide = [(0, 0), (1, 1)]
    places = np.stack(
        [np.pad(x, wide, mode="edge"), np.pad(y, wide, mode="edge"), np.pad(grid.z, wide, constant_values=floor)], -1
    )
    levels = np.pad(colours, wide, mode="edge")
    axes = solid_axes(session, axes)
    made = plots.Patch(
        axes,
        Faces=np.arange(1.0, rows * (columns + 2) + 1).reshape(rows, columns + 2),
        Vertices=places.reshape(-1, 3),
        FaceVertexCData=levels.reshape(-1, 1),
        FaceColor=mesh_look(axes)["FaceColor"],
        EdgeColor="interp",
    )
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def surface(session, nargout, /, *args):
    """
    surface(Z)
    surface(Z, C)
    surface(X, Y, Z)
    surface(X, Y, Z, C)
    surface(ax, ...)
    surface(Name=Value)
    s = surface(...)

    Add a surface to an axes, whatever it shows and from wherever it is seen.

    Examples
      >> s = surface(magic(3)); ax = gca; ax.View
      ans =
           0    90
      figure 1: surface 3x3

    See also surf, patch, line.
    """
    axes, values, given = split_call(args, "surface")
    tried(surfaces.PlainSurface, given)
    grid = Grid(values, "surface", least=1) if values else None
    axes = axes or session.desk.current_axes()
    made = new_surface(axes, grid, surfaces.PlainSurface) if grid else surfaces.PlainSurface(axes)
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def pcolor(session, nargout, /, *args):
    """
    pcolor(C)
    pcolor(X, Y, C)
    pcolor(ax, ...)
    pcolor(..., Name=Value)
    s = pcolor(...)

    A matrix as a board of colours whose corners are the grid's points: one row and one column fewer than C.

    Examples
      >> s = pcolor(magic(4)); s.ZData(1, :)
      ans =
           0     0     0     0
      figure 1: surface 4x4

    See also imagesc, surf, shading.
    """
    axes, values, given = split_call(args, "pcolor")
    tried(surfaces.PlainSurface, given)
    if len(values) not in (1, 3):
        raise too_few("pcolor", "X, Y, C") if len(values) < 3 else ScriptError(
            "MATLAB:maxrhs", "Too many input arguments."
        )
    grid = Grid(values, "pcolor")
    axes = session.desk.newplot(axes)
    made = surfaces.PlainSurface(axes, ZData=np.zeros_like(grid.z), CData=grid.z)
    if not grid.counted:
        made.set("XData", grid.x)
        made.set("YData", grid.y)
    if axes.value("NextPlot") != "add":
        axes.values |= {"XLimitMethod": "tight", "YLimitMethod": "tight", "Box": True, "Layer": "top"}
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def ribbon(session, nargout, /, *args):
    """
    ribbon(Z)
    ribbon(Y, Z)
    ribbon(Y, Z, width)
    ribbon(ax, ...)
    s = ribbon(...)

    The columns of Z as ribbons beside each other, 0.75 wide.

    Examples
      >> s = ribbon(magic(4)); numel(s), s(2).XData(1, :)
      ans =
           4
      ans =
          1.6250    2.3750
      figure 1: surface 4x2, surface 4x2, surface 4x2, surface 4x2

    See also waterfall, surf, plot3.
    """
    axes, values, given = split_call(args, "ribbon")
    if not 1 <= len(values) <= 3:
        raise too_few("ribbon", "Z")
    width = take.number(values.pop(), "ribbon", "the width") if len(values) == 3 else 0.75
    z = real_array(values[-1], "ribbon", "Z")
    z = z.reshape(-1, 1) if min(z.shape) == 1 else z
    y = real_array(values[0], "ribbon", "Y") if len(values) == 2 else np.arange(1.0, z.shape[0] + 1)
    if z.ndim != 2 or y.shape != z.shape and y.size != z.shape[0]:
        raise sizes_differ()
    y = y if y.shape == z.shape else np.repeat(y.reshape(-1, 1), z.shape[1], axis=1)
    axes = solid_axes(session, axes)
    made = []
    for k in range(z.shape[1]):
        one = surfaces.Surface(
            axes,
            XData=np.tile([k + 1 - width / 2, k + 1 + width / 2], (z.shape[0], 1)),
            YData=y[:, [k, k]],
            ZData=z[:, [k, k]],
            CData=np.full((z.shape[0], 2), k + 1.0),
        )
        set_pairs(one, given)
        made.append(one)
    axes.touch()
    return wrap_list(made) if nargout else None


# --------------------------------------------------------------------------------------------------------------- shapes
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
      z =  3*(1-x).^2.*exp(-(x.^2) - (y+1).^2) ...
         - 10*(x/5 - x.^3 - y.^5).*exp(-x.^2-y.^2) ...
         - 1/3*exp(-(x+1).^2 - y.^2)
      figure 1: surface 49x49, title 'Peaks', xlabel 'x', ylabel 'y'

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
        session.out.write(PEAKS)
        surface_plot(session, 0, (x, y, z), "surf")
        axes = session.desk.current_axes()
        axes.values |= {f"{letter}LimitMethod": "tight" for letter in "XYZ"}
        for name, words in (("Title", "Peaks"), ("XLabel", "x"), ("YLabel", "y")):
            axes.label(name).set("String", words)
        return None
    return (norm(x), norm(y), norm(z)) if nargout > 1 else norm(z)


PEAKS = """z =  3*(1-x).^2.*exp(-(x.^2) - (y+1).^2) ...
   - 10*(x/5 - x.^3 - y.^5).*exp(-x.^2-y.^2) ...
   - 1/3*exp(-(x+1).^2 - y.^2)
"""
