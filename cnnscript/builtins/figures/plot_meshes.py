"""Meshes of triangles: trisurf, trimesh, triplot, tetramesh; surfaces as patches; images laid over surfaces."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, set_pairs, tried
from cnnscript.builtins.figures.plot_functions import asked, interval, is_function
from cnnscript.builtins.figures.plot_lines import read_line_spec
from cnnscript.builtins.figures.plot_surfaces import mesh_look
from cnnscript.builtins.figures.space_arguments import real_array, set_all, solid_axes, split_call, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing, surfaces, volumes
from cnnscript.pictures.images import colormaps
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none


def read_faces(value: Any, count: int, function: str, corners: int = 3) -> np.ndarray:
    """Faces as rows of indices of points, of which there are `count`."""
    faces = real_array(value, function, "the triangulation")
    if faces.ndim != 2 or faces.shape[1] != corners:
        raise ScriptError(
            f"MATLAB:{function}:InvalidTriangulation",
            f"The triangulation must be a matrix of {corners} columns.",
            notes=(f"got {size_text(faces.shape)}",),
        )
    if faces.size and (faces.min() < 1 or faces.max() > count or (faces != np.floor(faces)).any()):
        raise ScriptError(
            f"MATLAB:{function}:InvalidIndices",
            "The triangulation must hold indices of the points.",
            notes=(f"there are {count} points",),
        )
    return faces


def points_in(values: list[Any], function: str) -> np.ndarray:
    arrays = [real_array(value, function, "the points").ravel(order="F") for value in values]
    if len({array.size for array in arrays}) > 1:
        raise ScriptError(f"MATLAB:{function}:sizes", "X, Y and Z must have the same number of elements.")
    return np.column_stack(arrays)


def triangles(session: Any, nargout: int, args: tuple, function: str) -> Any:
    axes, values, given = split_call(args, function)
    tried(plots.Patch, given)
    if len(values) not in ((3, 4, 5) if function == "trimesh" else (4, 5)):
        raise too_few(function, "T, X, Y, Z")
    flat = len(values) == 3
    points = points_in(values[1 : 3 if flat else 4], function)
    faces = read_faces(values[0], len(points), function)
    levels = real_array(values[4], function, "C").reshape(-1, 1, order="F") if len(values) == 5 else points[:, -1:]
    if len(levels) not in (len(points), len(faces)):
        raise ScriptError(f"MATLAB:{function}:colors", "C must have a value for each point or for each triangle.")
    axes = session.desk.newplot(axes) if flat else solid_axes(session, axes)
    made = plots.Patch(axes, Faces=faces, Vertices=points)
    if flat:
        set_all(made, {"FaceColor": "none", "EdgeColor": showing.next_colour(axes)})
    else:
        set_all(made, {"FaceVertexCData": levels, "FaceColor": "flat"})
        if function == "trimesh":
            set_all(made, mesh_look(axes))
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def trisurf(session, nargout, /, *args):
    """
    trisurf(T, X, Y, Z)
    trisurf(T, X, Y, Z, C)
    trisurf(ax, ...)
    trisurf(..., Name=Value)
    h = trisurf(...)

    A surface of triangles: each row of T holds the numbers of three points. It is coloured by height or by C.

    Examples
      >> h = trisurf([1 2 3; 2 3 4], [0 1 0 1], [0 0 1 1], [0 1 1 2]); size(h.Faces)
      ans =
           2     3
      figure 1: patch

    See also trimesh, triplot, delaunay, patch.
    """
    return triangles(session, nargout, args, "trisurf")


@builtin(outputs=1)
def trimesh(session, nargout, /, *args):
    """
    trimesh(T, X, Y, Z)
    trimesh(T, X, Y, Z, C)
    trimesh(T, X, Y)
    trimesh(ax, ...)
    trimesh(..., Name=Value)
    h = trimesh(...)

    Triangles as lines, in space or in the plane.

    Examples
      >> h = trimesh([1 2 3; 2 3 4], [0 1 0 1], [0 0 1 1], [0 1 1 2]); h.EdgeColor
      ans =
          'flat'
      figure 1: patch

    See also trisurf, triplot, delaunay.
    """
    return triangles(session, nargout, args, "trimesh")


@builtin(outputs=1)
def triplot(session, nargout, /, *args):
    """
    triplot(T, X, Y)
    triplot(T, X, Y, spec)
    triplot(ax, ...)
    triplot(..., Name=Value)
    h = triplot(...)

    The edges of triangles in the plane, as one line.

    Examples
      >> h = triplot([1 2 3], [0 1 0], [0 0 1], 'r'); h.Color
      ans =
           1     0     0
      figure 1: line 4 points

    See also trimesh, delaunay, plot.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    spec = None
    if len(values) > 3 and (word := text_or_none(values[3])) is not None:
        spec = read_line_spec(word)
        if spec is not None:
            values.pop(3)
    own, numeric, given = split_call(tuple(values), "triplot", 0)
    axes = own or axes
    tried(plots.Line, given)
    if len(numeric) != 3:
        raise too_few("triplot", "T, X, Y")
    points = points_in(numeric[1:], "triplot")
    faces = read_faces(numeric[0], len(points), "triplot").astype(int) - 1
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
    ring = np.concatenate([points[faces[:, [0, 1, 2, 0]]], np.full((len(faces), 1, 2), np.nan)], axis=1)
    path = ring.reshape(-1, 2)[:-1]
    made = plots.Line(axes, XData=path[:, 0], YData=path[:, 1])
    showing.follow(axes, made, coloured="Color" not in (spec or {}))
    set_all(made, spec or {})
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


@builtin(outputs=1)
def tetramesh(session, nargout, /, *args):
    """
    tetramesh(T, X)
    tetramesh(T, X, c)
    tetramesh(..., Name=Value)
    h = tetramesh(...)

    Tetrahedra: each row of T holds the numbers of four rows of X. c has a level of the colormap for each.

    Examples
      >> h = tetramesh([1 2 3 4], [0 0 0; 1 0 0; 0 1 0; 0 0 1]); h.FaceAlpha
      ans =
          0.9000
      figure 1: patch

    See also trisurf, delaunay.
    """
    axes, values, given = split_call(args, "tetramesh")
    tried(plots.Patch, given)
    if len(values) not in (2, 3):
        raise too_few("tetramesh", "T, X")
    points = real_array(values[1], "tetramesh", "X")
    if points.ndim != 2 or points.shape[1] != 3:
        raise ScriptError("MATLAB:tetramesh:InvalidX", "X must have three columns.")
    solids = read_faces(values[0], len(points), "tetramesh", 4)
    levels = np.arange(1.0, len(solids) + 1)
    if len(values) == 3:
        levels = real_array(values[2], "tetramesh", "c").ravel(order="F")
        if levels.size != len(solids):
            raise ScriptError("MATLAB:tetramesh:InvalidC", "c must have a value for each tetrahedron.")
    axes = solid_axes(session, axes)
    made = []
    for solid, level in zip(solids, levels, strict=True):
        one = plots.Patch(
            axes, Faces=solid[[[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]]], Vertices=points,
            FaceVertexCData=np.full((4, 1), level), FaceColor="flat", FaceAlpha=0.9,
        )  # fmt: skip
        set_pairs(one, given)
        made.append(one)
    axes.touch()
    return wrap_list(made) if nargout else None


# ------------------------------------------------------------------------------------------------- surfaces as patches
def as_patch(grid: np.ndarray, colours: np.ndarray, halves: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
# ------------------------------------------------------------------------------------------------ surfaces as patches
    rows, columns = grid.shape[:2]
    points = grid.transpose(1, 0, 2).reshape(-1, 3)
    number = np.arange(1.0, rows * columns + 1).reshape(columns, rows).T
    one, two, three, four = number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]
    cells = [part.ravel(order="F") for part in (one, two, three, four)]
    faces = np.column_stack(cells)
    if halves:
        faces = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    made = colours.transpose(1, 0, 2) if colours.ndim == 3 else colours.T[..., None]
    return faces, points, made.reshape(len(points), -1)


@builtin(outputs=3)
def surf2patch(nargout, /, *args):
    """
    fvc = surf2patch(s)
    fvc = surf2patch(Z)
    fvc = surf2patch(X, Y, Z)
    fvc = surf2patch(X, Y, Z, C)
    fvc = surf2patch(..., 'triangles')
    [f, v, c] = surf2patch(...)

    A surface as faces, vertices and colours for patch.

    Examples
      >> [f, v, c] = surf2patch([1 2; 3 4]); f, v
      f =
           1     2     4     3
      v =
           1     1     1
           1     2     3
           2     1     2
           2     2     4

    See also patch, surf, shrinkfaces.
    """
    from cnnscript.builtins.figures.space_arguments import Grid

    values = list(args)
    halves = bool(values) and text_or_none(values[-1]) is not None
    if halves:
        take.choice(values.pop(), ("triangles",), "surf2patch", "the option")
    if values and isinstance(values[0], Handle):
        node = graphics_of(values[0])[0]
        if not isinstance(node, surfaces.Surface):
            raise ScriptError("MATLAB:surf2patch:InvalidHandle", "Not a surface handle.")
        grid, colours = node.grid(), np.asarray(node.get("CData"), float)
    else:
        read = Grid(values, "surf2patch")
        grid = np.stack([*read.full(), read.z], axis=-1)
        colours = read.z if read.colours is None else np.asarray(read.colours, float)
    faces, points, paint = (norm(np.asfortranarray(part)) for part in as_patch(grid, colours, halves))
    if nargout > 1:
        return (faces, points, paint)[:nargout]
    return Struct({"faces": faces, "vertices": points, "facevertexcdata": paint})


@builtin(outputs=2)
def shrinkfaces(nargout, first, factor=0.3, third=None, /):
    """
    shrinkfaces(p)
    shrinkfaces(p, sf)
    nfv = shrinkfaces(fv, sf)
    [nf, nv] = shrinkfaces(f, v, sf)

    The faces of a patch made smaller about their middles, to the part sf (0.3) of their area.

    Examples
      >> [nf, nv] = shrinkfaces([1 2 3], [0 0; 3 0; 0 3], 0.25); nv
      nv =
          0.5000    0.5000
          2.0000    0.5000
          0.5000    2.0000

    See also patch, surf2patch.
    """
    node = None
    if isinstance(first, Handle):
        node = graphics_of(first)[0]
        faces, points, share = node.get("Faces"), node.get("Vertices"), factor
    elif isinstance(first, Struct):
        if not {"faces", "vertices"} <= set(first.fields):
            raise ScriptError("MATLAB:shrinkfaces:InvalidStruct", "The struct must have the fields faces and vertices.")
        faces, points = (real_array(first.fields[name], "shrinkfaces", name) for name in ("faces", "vertices"))
        share = factor
    else:
        faces, points = real_array(first, "shrinkfaces", "f"), real_array(factor, "shrinkfaces", "v")
        share = 0.3 if third is None else third
    part = take.number(share, "shrinkfaces", "sf")
    if not part > 0:
        raise ScriptError("MATLAB:shrinkfaces:InvalidFactor", "The shrink factor must be a positive number.")
    side = np.sqrt(part)
    points = np.asarray(points, float)
    if points.ndim != 2 or points.shape[1] not in (2, 3) or np.ndim(faces) != 2 or np.shape(faces)[1] < 3:
        raise ScriptError(
            "MATLAB:shrinkfaces:InvalidPatch", "Faces need three corners or more, and vertices two or three columns."
        )
    if np.min(faces, initial=1) < 1 or np.max(faces, initial=1) > len(points):
        raise ScriptError("MATLAB:shrinkfaces:InvalidFaces", "Faces must hold numbers of vertices.")
    index = np.asarray(faces, float).astype(int) - 1
    corners = points[index]
    middle = corners.mean(1, keepdims=True)
    made = (middle + side * (corners - middle)).reshape(-1, corners.shape[-1])
    numbers = np.arange(1.0, len(made) + 1).reshape(index.shape)
    if node is not None:
        set_all(node, {"Vertices": made, "Faces": numbers})
        return None if not nargout else Struct({"faces": norm(numbers), "vertices": norm(made)})
    if nargout > 1:
        return norm(np.asfortranarray(numbers)), norm(np.asfortranarray(made))
    return Struct({"faces": norm(np.asfortranarray(numbers)), "vertices": norm(np.asfortranarray(made))})


# -------------------------------------------------------------------------------------------------- functions in space
@builtin(outputs=1)
def fimplicit3(session, nargout, /, *args):
    """
    fimplicit3(f)
    fimplicit3(f, [min max])
    fimplicit3(f, [xmin xmax ymin ymax zmin zmax])
    fimplicit3(..., Name=Value)
    fimplicit3(ax, ...)
    fs = fimplicit3(...)

    The surface on which a function of x, y and z is zero, from -5 to 5 along each.

    Examples
      >> fs = fimplicit3(@(x, y, z) x.^2 + y.^2 + z.^2 - 4, MeshDensity=15); max(abs(fs.Vertices(:, 1))) <= 2.01
      ans =
        logical
         1
      figure 1: implicitfunctionsurface

    See also fimplicit, fsurf, isosurface.
    """
    axes, values, given = split_call(args, "fimplicit3")
    if not values or not is_function(values[0]):
        raise too_few("fimplicit3", "f")
    bounds = interval(values[1], "fimplicit3", (2, 4, 6)) if len(values) > 1 else [-5.0, 5.0]
    bounds = bounds * 3 if len(bounds) == 2 else bounds + bounds[2:] if len(bounds) == 4 else bounds
    kind = surfaces.ImplicitFunctionSurface
    tried(kind, given)
    count = 35
    for word, value in given:
        if kind.find_name(word) == "MeshDensity":
            count = max(2, int(take.number(value, "fimplicit3", "MeshDensity")))
    x, y, z = (np.linspace(*bounds[k : k + 2], count) for k in (0, 2, 4))
    table = asked(session, values[0], "fimplicit3")(*np.meshgrid(x, y, z))
    faces, points = volumes.isosurface(volumes.Volume(x, y, z, table), 0.0)
    axes = solid_axes(session, axes)
    made = kind(axes, Faces=faces + 1.0, Vertices=points, FaceVertexCData=points[:, 2:], FaceColor="interp")
    made.values |= {"Function": values[0], "EdgeColor": (0.0, 0.0, 0.0)}
    for k, letter in enumerate("XYZ"):
        made.values[f"{letter}Range"] = np.array(bounds[2 * k : 2 * k + 2])
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


# --------------------------------------------------------------------------------------------------------------- images
@builtin(outputs=1)
def warp(session, nargout, /, *args):
    """
    warp(I)
    warp(I, n)
    warp(X, cmap)
    warp(BW)
    warp(RGB)
    warp(z, ...)
    warp(x, y, z, ...)
    h = warp(...)

    An image laid over a surface: level, or of the heights z at x and y.

    Examples
      >> [x, y, z] = cylinder; h = warp(x, y, z, uint8(magic(16))); h.FaceColor
      ans =
          'texturemap'
      figure 1: surface 2x21

    See also surf, imshow, sphere.
    """
    axes, values, given = split_call(args, "warp")
    tried(surfaces.Surface, given)
    arrays = [take.pixels(value, "warp", "the image") for value in values]
    if not arrays:
        raise too_few("warp", "I")
    own_map = None
    if len(arrays) in (2, 3, 5) and arrays[-1].ndim == 2 and arrays[-1].shape[1] == 3 and arrays[-1].dtype.kind == "f":
        own_map = take.colour_map(arrays.pop(), "warp")
    elif len(arrays) in (2, 3, 5) and arrays[-1].size == 1:
        own_map = colormaps.colormap("gray", max(2, int(arrays.pop().ravel()[0])))
    if len(arrays) not in (1, 2, 4):
        raise ScriptError("MATLAB:warp:args", "warp takes an image, z and an image, or x, y, z and an image.")
    picture = arrays[-1]
    high, wide = picture.shape[:2]
    place: dict[str, np.ndarray] = {}
    if len(arrays) == 1:
        place = {
            "XData": np.array([[1.0, wide], [1.0, wide]]),
            "YData": np.array([[1.0, 1.0], [high, high]]),
            "ZData": np.zeros((2, 2)),
        }
    elif len(arrays) == 2:
        place = {"ZData": np.asarray(arrays[0], float)}
    else:
        place = {name: np.asarray(part, float) for name, part in zip(("XData", "YData", "ZData"), arrays, strict=False)}
    axes = solid_axes(session, axes)
    if len(arrays) < 4:
        axes.values["YDir"] = "reverse"
    levels, mapping = picture, "direct"
    if picture.ndim == 2 and own_map is None:
        # Grey levels and truth values become rows of a grey map.
        own_map = colormaps.colormap("gray", 256)
        top = float(np.iinfo(picture.dtype).max) if picture.dtype.kind == "u" else 1.0
        levels = np.clip(np.floor(np.asarray(picture, float) / top * 255), 0, 255) + 1
    made = surfaces.Surface(axes, CData=levels, CDataMapping=mapping, FaceColor="texturemap", EdgeColor="none", **place)
    if own_map is not None:
        axes.set("Colormap", own_map)
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None
