"""Volumes: slices through them, surfaces of equal value, and what belongs to these."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.figures.space_arguments import real_array, set_all, solid_axes, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import fields, plots, surfaces, volumes
from cnnscript.pictures.graphics.camera import SOLID
from cnnscript.pictures.graphics.volumes import Volume
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none


def read_volume(values: list[Any], function: str, given: int) -> Volume:
    """A volume from V, or X, Y, Z, V (`given` values at the beginning, which are taken away)."""
    arrays = [real_array(values.pop(0), function, "the volume") for _ in range(given)]
    v = arrays[-1]
    if v.ndim != 3 or min(v.shape) < 2:
        raise ScriptError(
            f"MATLAB:{function}:VMustBe3D", "V must be a 3-D array.", notes=(f"got {size_text(v.shape)}",)
        )
    rows, columns, pages = v.shape
    lengths = (columns, rows, pages)
    if given == 1:
        axes = [np.arange(1.0, length + 1) for length in lengths]
        return Volume(*axes, v)
    axes = []
    for array, length, dimension in zip(arrays[:3], lengths, (1, 0, 2), strict=True):
        if not array.size:  # counted from 1
            axes.append(np.arange(1.0, length + 1))
        elif array.shape == v.shape:
            index: list[Any] = [0, 0, 0]
            index[dimension] = slice(None)
            axes.append(array[tuple(index)])
        elif array.size == length and max(array.shape) == length:
            axes.append(array.ravel(order="F"))
        else:
            raise ScriptError(f"MATLAB:{function}:XYZVSizeMismatch", "The size of X,Y,Z must match the size of V.")
    for axis in axes:
        steps = np.diff(axis)
        if not ((steps > 0).all() or (steps < 0).all()):
            raise ScriptError(
                f"MATLAB:{function}:NotMonotonic", "X, Y and Z must be monotonic, as meshgrid makes them."
            )
    return Volume(*axes, v)


def counted(values: list[Any], choices: tuple[int, ...], function: str, usage: str) -> int:
    """How many of a call's values describe the volume: 4 where there are enough, else 1."""
    if len(values) not in choices:
        raise too_few(function, usage) if len(values) < max(choices) else ScriptError(
            "MATLAB:maxrhs", "Too many input arguments."
        )
    return 4 if len(values) >= 4 else 1


METHODS = ("linear", "cubic", "nearest")


@builtin(outputs=1)
def slice_(session, nargout, /, *args):
    """
    slice(V, xslice, yslice, zslice)
    slice(X, Y, Z, V, xslice, yslice, zslice)
    slice(..., method)
    slice(ax, ...)
    s = slice(...)

    Planes through a volume, coloured by its values: across x at the places xslice, and so on ([] for none).

    Three matrices of the same size instead are the points of a surface through the volume. method is 'linear',
    'cubic' or 'nearest'.

    Examples
      >> V = rand(5, 6, 7); s = slice(V, [2 4], 3, []); numel(s)
      ans =
           3
      figure 1: surface 5x7, surface 5x7, surface 6x7

    See also isosurface, contourslice, surf.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    method = "linear"
    if values and text_or_none(values[-1]) is not None:
        method = take.choice(values.pop(), METHODS, "slice", "the method")
    given = {4: 1, 7: 4}.get(len(values))
    if given is None:
        raise too_few("slice", "X, Y, Z, V, xslice, yslice, zslice")
    volume = read_volume(values, "slice", given)
    wanted = [real_array(value, "slice", "the slices") for value in values]
    grids = []
    if all(each.ndim == 2 and min(each.shape) > 1 for each in wanted) and len({each.shape for each in wanted}) == 1:
        grids.append(np.stack(wanted, axis=-1))
    else:
        x, y, z = volume.x, volume.y, volume.z
        for at in wanted[0].ravel(order="F"):
            grids.append(np.stack([np.full((y.size, z.size), at), *np.meshgrid(y, z, indexing="ij")], axis=-1))
        for at in wanted[1].ravel(order="F"):
            across, up = np.meshgrid(x, z, indexing="ij")
            grids.append(np.stack([across, np.full(across.shape, at), up], axis=-1))
        for at in wanted[2].ravel(order="F"):
            grids.append(np.stack([*np.meshgrid(x, y), np.full((y.size, x.size), at)], axis=-1))
    axes = solid_axes(session, axes)
    made = []
    for grid in grids:
        parts = {f"{letter}Data": grid[..., k] for k, letter in enumerate("XYZ")}
        made.append(surfaces.Surface(axes, CData=volume.at(grid, method), **parts))
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def contourslice(session, nargout, /, *args):
    """
    contourslice(V, xslice, yslice, zslice)
    contourslice(X, Y, Z, V, xslice, yslice, zslice)
    contourslice(..., levels)
    contourslice(..., method)
    p = contourslice(...)

    Lines of equal value in planes through a volume.

    Examples
      >> [X, Y, Z] = meshgrid(-2:2); p = contourslice(X, Y, Z, X.^2 + Y.^2, [], [], 0, [2 2]); view(3)
      figure 1: patch

    See also slice, isosurface, contour.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    method, levels = "linear", None
    if values and text_or_none(values[-1]) is not None:
        method = take.choice(values.pop(), METHODS, "contourslice", "the method")
    if len(values) in (5, 8):
        levels = real_array(values.pop(), "contourslice", "the levels").ravel(order="F")
    given = {4: 1, 7: 4}.get(len(values))
    if given is None:
        raise too_few("contourslice", "X, Y, Z, V, xslice, yslice, zslice")
    volume = read_volume(values, "contourslice", given)
    wanted = [real_array(value, "contourslice", "the slices").ravel(order="F") for value in values]
    axes = axes or session.desk.newplot()
    made = []
    coordinates = (volume.x, volume.y, volume.z)
    for axis in range(3):
        one, two = (k for k in range(3) if k != axis)
        for at in wanted[axis]:
            across, up = np.meshgrid(coordinates[one], coordinates[two])
            grid = np.zeros((*across.shape, 3))
            grid[..., axis], grid[..., one], grid[..., two] = at, across, up
            contour = fields.Contour(
                None, XData=coordinates[one], YData=coordinates[two], ZData=volume.at(grid, method)
            )
            if levels is not None and levels.size == 1:
                contour.count = int(levels[0])
            elif levels is not None:
                contour.set("LevelList", np.unique(levels))
            for level, line in contour.lines():
                places = np.zeros((len(line) + 1, 3))
                places[:-1, one], places[:-1, two], places[:-1, axis] = line[:, 0], line[:, 1], at
                places[-1] = np.nan  # open, not joined to its beginning
                made.append(
                    plots.Patch(
                        axes, Vertices=places, Faces=np.arange(1.0, len(places) + 1)[None],
                        FaceVertexCData=np.full((len(places), 1), level), FaceColor="none", EdgeColor="flat",
                    )
                )  # fmt: skip
    axes.touch()
    return wrap_list(made) if nargout else None


# ---------------------------------------------------------------------------------------------------- equal values
def mesh_struct(faces: np.ndarray, points: np.ndarray) -> dict[str, Any]:
    return {"vertices": norm(np.asfortranarray(points)), "faces": norm(np.asfortranarray(faces + 1.0))}


def read_level(values: list[Any], volume: Volume, function: str) -> float:
    """The level that follows a volume; one that suits it where none does."""
    if values and not np.size(real_array(values[0], function, "the isovalue")):
        values.pop(0)
    elif values and np.size(real_array(values[0], function, "the isovalue")) == 1:
        return float(real_array(values.pop(0), function, "the isovalue").ravel()[0])
    return volumes.default_level(volume.values)


@builtin(outputs=3)
def isosurface(session, nargout, /, *args):
    """
    fv = isosurface(X, Y, Z, V, isovalue)
    fv = isosurface(V, isovalue)
    fv = isosurface(V)
    [F, V] = isosurface(...)
    [F, V, C] = isosurface(..., colors)
    isosurface(...)
    isosurface(..., 'noshare')
    isosurface(ax, ...)

    The surface on which a volume has a value, as triangles (scikit-image's marching cubes); without outputs it is
    shown, lit.

    fv has the fields vertices and faces, and facevertexcdata where a volume of colours is given: patch takes it.

    Examples
      >> [X, Y, Z] = meshgrid(-2:2); fv = isosurface(X, Y, Z, X.^2 + Y.^2 + Z.^2, 1.5); size(fv.vertices, 2)
      ans =
           3
      >> [F, V] = isosurface(X, Y, Z, Z, 0.5); unique(V(:, 3))
      ans =
          0.5000
      >> [F, V, C] = isosurface(X, Y, Z, Z, 0, X); isequal(C, V(:, 1))
      ans =
        logical
         1

    See also isonormals, isocaps, patch, slice.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    words = {
        take.choice(value, ("noshare", "verbose"), "isosurface", "the option")
        for value in values
        if text_or_none(value) is not None
    }
    values = [value for value in values if text_or_none(value) is None]
    if not values:
        raise too_few("isosurface", "X, Y, Z, V, isovalue")
    volume = read_volume(values, "isosurface", 4 if len(values) >= 4 else 1)
    level = read_level(values, volume, "isosurface")
    paint = real_array(values.pop(0), "isosurface", "the colours") if values else None
    if values:
        raise ScriptError("MATLAB:isosurface:args", "Wrong number of input arguments.")
    if nargout > 2 and paint is None:
        raise ScriptError("MATLAB:isosurface:args", "Colors must be given for three outputs.")
    faces, points = volumes.isosurface(volume, level)
    if "noshare" in words and len(faces):
        points, faces = points[faces].reshape(-1, 3), np.arange(faces.size).reshape(-1, 3)
    colours = None
    if paint is not None:
        if paint.shape != volume.values.shape:
            raise ScriptError("MATLAB:isosurface:ColorsSizeMismatch", "COLORS must be the same size as V.")
        colours = Volume(volume.x, volume.y, volume.z, paint).at(points) if len(points) else np.zeros(0)
    if nargout > 1:
        made = mesh_struct(faces, points)
        extra = (norm(colours.reshape(-1, 1)),) if colours is not None else (norm(np.zeros((0, 0))),)
        return (made["faces"], made["vertices"], *extra)[: max(nargout, 2)]
    if nargout == 1:
        made = mesh_struct(faces, points)
        if colours is not None:
            made["facevertexcdata"] = norm(colours.reshape(-1, 1))
        return Struct(made)
    axes = axes or session.desk.current_axes()
    shown = plots.Patch(axes, Faces=faces + 1.0, Vertices=points, EdgeColor="none", FaceLighting="gouraud")
    shown.set("FaceVertexCData", (np.full(len(points), level) if colours is None else colours).reshape(-1, 1))
    shown.set("FaceColor", "interp" if colours is not None else "flat")
    if len(points):
        shown.set("VertexNormals", slopes(volume, points))
    if axes.value("NextPlot") != "add":
        axes.set("View", np.array(SOLID))
        axes.values |= {"XGrid": True, "YGrid": True, "ZGrid": True}
        session.call("camlight", 0, wrap(axes))
    axes.touch()
    return None


@builtin(outputs=3)
def isocaps(session, nargout, /, *args):
    """
    fvc = isocaps(X, Y, Z, V, isovalue)
    fvc = isocaps(V, isovalue)
    fvc = isocaps(..., enclose)
    fvc = isocaps(..., whichplane)
    [F, V, C] = isocaps(...)
    isocaps(...)

    What a volume's values above (or 'below') a level are at its walls: the ends of an isosurface. whichplane is 'all',
    or one wall: 'xmin', 'xmax', 'ymin', 'ymax', 'zmin' or 'zmax'.

    Examples
      >> [X, Y, Z] = meshgrid(-2:2); [F, V, C] = isocaps(X, Y, Z, Z, 1); [min(V(:, 3)) max(V(:, 3)) min(C)]
      ans =
           1     2     1

    See also isosurface, patch.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    enclose, walls = "above", tuple(volumes.WALLS)
    while values and text_or_none(values[-1]) is not None:
        words = ("above", "below", "all", "verbose", *volumes.WALLS)
        word = take.choice(values.pop(), words, "isocaps", "the option")
        enclose = word if word in ("above", "below") else enclose
        walls = (word,) if word in volumes.WALLS else walls
    if not values:
        raise too_few("isocaps", "X, Y, Z, V, isovalue")
    volume = read_volume(values, "isocaps", 4 if len(values) >= 4 else 1)
    level = read_level(values, volume, "isocaps")
    if values:
        raise ScriptError("MATLAB:isocaps:args", "Wrong number of input arguments.")
    faces, points, colours = volumes.isocaps(volume, level, enclose, walls)
    made = mesh_struct(faces, points) | {"facevertexcdata": norm(colours.reshape(-1, 1))}
    if nargout > 1:
        return (made["faces"], made["vertices"], made["facevertexcdata"])[:nargout]
    if nargout == 1:
        return Struct(made)
    axes = axes or session.desk.current_axes()
    shown = plots.Patch(axes, Faces=faces + 1.0, Vertices=points, EdgeColor="none")
    shown.set("FaceVertexCData", colours.reshape(-1, 1))
    shown.set("FaceColor", "interp")
    if axes.value("NextPlot") != "add":
        axes.set("View", np.array(SOLID))
    axes.touch()
    return None


def slopes(volume: Volume, points: np.ndarray) -> np.ndarray:
    """How steeply a volume rises at points, along x, y and z."""
    down, across, deep = np.gradient(volume.values, volume.y, volume.x, volume.z)
    return np.column_stack([Volume(volume.x, volume.y, volume.z, part).at(points) for part in (across, down, deep)])


@builtin(outputs=1)
def isonormals(nargout, /, *args):
    """
    N = isonormals(X, Y, Z, V, vertices)
    N = isonormals(V, vertices)
    isonormals(X, Y, Z, V, p)
    isonormals(..., 'negate')

    Normals of an isosurface from the slopes of the volume; of a patch p they are set.

    Examples
      >> [X, Y, Z] = meshgrid(-2:2); N = isonormals(X, Y, Z, Z, [0 0 0.5])
      N =
           0     0    -1

    See also isosurface, isocaps.
    """
    values = list(args)
    sign = -1.0
    if values and text_or_none(values[-1]) is not None:
        take.choice(values.pop(), ("negate",), "isonormals", "the option")
        sign = 1.0
    if len(values) not in (2, 5):
        raise too_few("isonormals", "X, Y, Z, V, vertices")
    last = values.pop()
    node = last.graphic if isinstance(last, Handle) else None
    volume = read_volume(values, "isonormals", len(values))
    if node is not None and not isinstance(node, plots.Patch):
        raise ScriptError("MATLAB:isonormals:InvalidPatch", "The last input must be vertices or a patch.")
    points = np.asarray(node.get("Vertices"), float) if node is not None else real_array(last, "isonormals", "vertices")
    if points.ndim != 2 or points.shape[1] != 3:
        raise ScriptError("MATLAB:isonormals:InvalidVertices", "The vertices must be a matrix of three columns.")
    normals = sign * slopes(volume, points)
    if node is not None:
        node.set("VertexNormals", normals)
    return norm(np.asfortranarray(normals + 0.0)) if nargout or node is None else None


@builtin(outputs=1)
def isocolors(nargout, /, *args):
    """
    nc = isocolors(X, Y, Z, C, vertices)
    nc = isocolors(C, vertices)
    nc = isocolors(X, Y, Z, R, G, B, vertices)
    isocolors(X, Y, Z, C, p)

    The values of a volume (or of three, red, green and blue) at points; a patch p gets them as its colours.

    Examples
      >> [X, Y, Z] = meshgrid(1:3); nc = isocolors(X, Y, Z, X, [1.5 2 2])
      nc =
          1.5000

    See also isosurface, isonormals.
    """
    values = list(args)
    if len(values) not in (2, 4, 5, 7):
        raise too_few("isocolors", "X, Y, Z, C, vertices")
    last = values.pop()
    node = graphics_of(last)[0] if isinstance(last, Handle) else None
    points = np.asarray(node.get("Vertices"), float) if node is not None else real_array(last, "isocolors", "vertices")
    coordinates = [values.pop(0) for _ in range(3)] if len(values) in (4, 6) else []
    made = np.column_stack(
        [
            read_volume([*coordinates, colours], "isocolors", len(coordinates) + 1).at(points)
            for colours in values
        ]
    )
    if node is not None:
        set_all(node, {"FaceVertexCData": made, "FaceColor": "interp"})
    return norm(np.asfortranarray(made)) if nargout or node is None else None


def patch_of(session: Any, args: tuple, function: str) -> tuple[Any, tuple, list[tuple[str, Any]]]:
    """The axes, values and properties of a call that makes one patch."""
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], function), axes)
    tried(plots.Patch, given)
    return axes, rest[:cut], given


@builtin(outputs=1)
def coneplot(session, nargout, /, *args):
    """
    coneplot(X, Y, Z, U, V, W, Cx, Cy, Cz)
    coneplot(U, V, W, Cx, Cy, Cz)
    coneplot(..., s)
    coneplot(..., color)
    coneplot(ax, ...)
    h = coneplot(...)

    Cones at the points (Cx, Cy, Cz) along a field, as long as they can be without overlapping, times s.

    Examples
      >> [X, Y, Z] = meshgrid(1:3); h = coneplot(X, Y, Z, X, 0*X, 0*X, [1 2], [2 2], [2 2]); size(h.Faces, 2)
      ans =
           4
      figure 1: patch

    See also quiver3, streamline, slice.
    """
    axes, numeric, given = patch_of(session, args, "coneplot")
    values = list(numeric)
    many = 9 if len(values) >= 9 else 6
    if len(values) < many:
        raise too_few("coneplot", "X, Y, Z, U, V, W, Cx, Cy, Cz")
    coordinates = [values.pop(0) for _ in range(3)] if many == 9 else []
    parts = [values.pop(0) for _ in range(3)]
    field = [read_volume([*coordinates, part], "coneplot", len(coordinates) + 1) for part in parts]
    starts = [real_array(values.pop(0), "coneplot", "the places").ravel(order="F") for _ in range(3)]
    if len({part.size for part in starts}) > 1:
        starts = [part.ravel() for part in np.meshgrid(*(np.unique(part) for part in starts))]
    factor = float(real_array(values.pop(0), "coneplot", "s").ravel()[0]) if values else 1.0
    paint = real_array(values.pop(0), "coneplot", "the colours") if values else None
    places = np.column_stack(starts)
    ways = np.column_stack([part.at(places) for part in field])
    there = np.isfinite(ways).all(1)
    places, ways = places[there], ways[there]
    volume = field[0]
    span = np.array([np.ptp(volume.x), np.ptp(volume.y), np.ptp(volume.z)])
    room = float(span.max()) / max(2.0, len(places) ** (1 / 3) * 4)
    longest = float(np.linalg.norm(ways, axis=1).max()) if len(ways) else 0.0
    scale = factor * room / longest if longest and factor else 1.0
    points, faces = cones(places, ways * scale)
    axes = solid_axes(session, axes)
    made = plots.Patch(axes, Vertices=points, Faces=faces, EdgeColor="none", FaceColor=(0.0, 0.0, 1.0))
    if paint is not None:
        levels = read_volume([*coordinates, paint], "coneplot", len(coordinates) + 1).at(places)
        made.set("FaceVertexCData", np.repeat(levels, len(points) // max(len(places), 1)).reshape(-1, 1))
        made.set("FaceColor", "flat")
    set_pairs(made, given)
    axes.touch()
    return wrap(made) if nargout else None


ROUND = 12  # faces around a cone


def cones(places: np.ndarray, ways: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vertices and faces (from 1) of cones that begin at places and point along ways."""
    turn = np.linspace(0, 2 * np.pi, ROUND, endpoint=False)
    points, faces = [], []
    for number, (place, way) in enumerate(zip(places, ways, strict=True)):
        length = float(np.linalg.norm(way)) or 1e-12
        along = way / length
        side = np.cross(along, (0.0, 0.0, 1.0) if abs(along[2]) < 0.9 else (1.0, 0.0, 0.0))
        side = side / np.linalg.norm(side)
        other = np.cross(along, side)
        ring = place + 0.25 * length * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * other)
        points += [place + way, place, *ring]
        base = number * (ROUND + 2)
        for k in range(ROUND):
            one, two = base + 3 + k, base + 3 + (k + 1) % ROUND
            faces += [(base + 1, one, two, np.nan), (base + 2, two, one, np.nan)]
    return np.array(points).reshape(-1, 3), np.array(faces, float).reshape(-1, 4)
