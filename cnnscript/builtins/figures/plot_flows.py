"""Lines that follow fields of arrows: stream2, stream3, streamline, streamslice."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.figures.plot_volumes import read_volume
from cnnscript.builtins.figures.space_arguments import real_array, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import flows, plots, showing
from cnnscript.values.numeric import OBJECT, is_cell, norm, size_text
from cnnscript.values.text import text_or_none


def read_field(values: list[Any], dimensions: int, function: str) -> tuple[flows.Field, list[np.ndarray]]:
    """A field and its coordinates along each axis from [X, Y [, Z],] U, V [, W]; the values are taken away."""
    arrays = [real_array(value, function, "the field") for value in values]
    if dimensions == 3:
        coordinates = values[:3] if len(values) == 6 else []
        volumes = [read_volume([*coordinates, part], function, len(coordinates) + 1) for part in values[-3:]]
        if len({volume.values.shape for volume in volumes}) > 1:
            raise ScriptError(f"MATLAB:{function}:sizes", "U,V,W must all be the same size.")
        axes = [volumes[0].x, volumes[0].y, volumes[0].z]
        parts = [volume.values for volume in volumes]
    else:
        parts = arrays[-2:]
        u = parts[0]
        if u.shape != parts[1].shape or u.ndim != 2 or min(u.shape) < 2:
            raise ScriptError(
                f"MATLAB:{function}:sizes", "U and V must be matrices of the same size.",
                notes=(f"got {size_text(u.shape)} and {size_text(parts[1].shape)}",),
            )  # fmt: skip
        rows, columns = u.shape
        axes = [np.arange(1.0, columns + 1), np.arange(1.0, rows + 1)]
        if len(arrays) == 4:
            x, y = arrays[:2]
            axes = [x[0] if x.shape == u.shape else x.ravel(), y[:, 0] if y.shape == u.shape else y.ravel()]
            if axes[0].size != columns or axes[1].size != rows:
                raise ScriptError(f"MATLAB:{function}:sizes", "The size of X and Y must match the size of U and V.")
    # Arrows are in units of the data, lines go by cells of the grid.
    scaled = []
    for part, axis, dimension in zip(parts, axes, (1, 0, 2), strict=False):
        shape = [1] * part.ndim
        shape[dimension] = -1
        steps = np.gradient(axis).reshape(shape)
        scaled.append(part / steps)
    return flows.Field(scaled), axes


def to_cells(places: np.ndarray, axes: list[np.ndarray]) -> np.ndarray:
    """Points of data (n×d) in cells of the grid; NaN outside."""
    columns = []
    for k, axis in enumerate(axes):
        rising = axis if axis[0] < axis[-1] else axis[::-1]
        numbers = np.arange(axis.size, dtype=float)
        numbers = numbers if axis[0] < axis[-1] else numbers[::-1]
        columns.append(np.interp(places[:, k], rising, numbers, left=np.nan, right=np.nan))
    return np.column_stack(columns)


def to_data(cells: np.ndarray, axes: list[np.ndarray]) -> np.ndarray:
    return np.column_stack([np.interp(cells[:, k], np.arange(axis.size), axis) for k, axis in enumerate(axes)])


def lines_from(values: list[Any], dimensions: int, function: str) -> list[np.ndarray]:
    """The lines (points × d) of [X, Y [, Z],] U, V [, W], startx, starty [, startz] [, [step most]]."""
    full, short = 3 * dimensions, 2 * dimensions
    options = values.pop() if len(values) in (full + 1, short + 1) else None
    if len(values) not in (full, short):
        usage = "X, Y, Z, U, V, W, startx, starty, startz" if dimensions == 3 else "X, Y, U, V, startx, starty"
        raise too_few(function, usage)
    step, most = 0.1, flows.MOST
    if options is not None:
        numbers = take.numbers(options, function, "the options", (1, 2))
        step = numbers[0]
        most = int(numbers[1]) if len(numbers) > 1 else most
        if not step > 0 or most < 1:
            message = "The step size and the number of vertices must be positive."
            raise ScriptError(f"MATLAB:{function}:options", message)
    starts = [real_array(value, function, "the starts").ravel(order="F") for value in values[-dimensions:]]
    count = max((part.size for part in starts), default=0)
    if any(part.size not in (1, count) for part in starts):
        raise ScriptError(f"MATLAB:{function}:starts", "The starting points must be the same size.")
    table = np.column_stack([np.broadcast_to(part, count) for part in starts])
    field, axes = read_field(values[:-dimensions], dimensions, function)
    lines = flows.follow(field, to_cells(table, axes), step, most)
    return [to_data(line, axes) if len(line) else np.zeros((0, dimensions)) for line in lines]


def cell_of(lines: list[np.ndarray]) -> np.ndarray:
    made = np.empty((1, len(lines)), OBJECT)
    for k, line in enumerate(lines):
        made[0, k] = norm(np.asfortranarray(line))
    return made


@builtin
def stream2(*args):
    """
    XY = stream2(X, Y, U, V, startX, startY)
    XY = stream2(U, V, startX, startY)
    XY = stream2(..., [step maxvertices])

    Lines that follow a field of arrows (U, V) from starting points: a cell for each with its points as rows.

    step is in cells of the grid (0.1), lines have at most 10000 points.

    Examples
      >> XY = stream2(ones(3), zeros(3), 1, 2, [0.5 100]); XY{1}
      ans =
          1.0000    2.0000
          1.5000    2.0000
          2.0000    2.0000
          2.5000    2.0000
          3.0000    2.0000

    See also stream3, streamline, streamslice.
    """
    return cell_of(lines_from(list(args), 2, "stream2"))


@builtin
def stream3(*args):
    """
    XYZ = stream3(X, Y, Z, U, V, W, startX, startY, startZ)
    XYZ = stream3(U, V, W, startX, startY, startZ)
    XYZ = stream3(..., [step maxvertices])

    Lines that follow a field of arrows (U, V, W) in space.

    Examples
      >> O = ones(3, 3, 3); XYZ = stream3(O, 0*O, 0*O, 1, 2, 2, [1 100]); XYZ{1}
      ans =
           1     2     2
           2     2     2
           3     2     2

    See also stream2, streamline.
    """
    return cell_of(lines_from(list(args), 3, "stream3"))


@builtin(outputs=1)
def streamline(session, nargout, /, *args):
    """
    streamline(X, Y, U, V, startX, startY)
    streamline(X, Y, Z, U, V, W, startX, startY, startZ)
    streamline(U, V, startX, startY)
    streamline(XYZ)
    streamline(..., [step maxvertices])
    streamline(ax, ...)
    h = streamline(...)

    Draw lines that follow a field of arrows, or those that stream2 and stream3 give.

    Examples
      >> h = streamline(ones(3), zeros(3), [1 1], [1 2]); numel(h)
      ans =
           2
      figure 1: line 21 points, line 21 points

    See also stream2, stream3, streamslice, quiver.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    if not values:
        raise too_few("streamline", "X, Y, U, V, startX, startY")
    if len(values) <= 2 and is_cell(values[0]):
        lines = [real_array(line, "streamline", "a line") for line in values[0].ravel(order="F")]
    else:
        arrays = [real_array(value, "streamline", "the field") for value in values]
        solid = arrays[0].ndim == 3 or len(arrays) > 3 and arrays[3].ndim == 3
        lines = lines_from(values, 3 if solid else 2, "streamline")
    axes = axes or session.desk.current_axes()
    made = []
    for line in lines:
        if line.ndim != 2 or not len(line) or line.shape[1] not in (2, 3):
            continue
        names = ("XData", "YData", "ZData")[: line.shape[1]]
        made.append(plots.Line(axes, Color=BLUE, **dict(zip(names, line.T, strict=True))))
    axes.touch()
    return wrap_list(made) if nargout else None


BLUE = (0.0, 0.4470, 0.7410)
BARBS = 0.3  # length of an arrow's head on a line, in cells of the board


@builtin(outputs=2)
def streamslice(session, nargout, /, *args):
    """
    streamslice(U, V)
    streamslice(X, Y, U, V)
    streamslice(X, Y, Z, U, V, W, xslice, yslice, zslice)
    streamslice(U, V, W, xslice, yslice, zslice)
    streamslice(..., density)
    streamslice(..., 'noarrows')
    streamslice(ax, ...)
    h = streamslice(...)
    [vertices, arrows] = streamslice(...)

    Fill a plane evenly with lines that follow a field of arrows, with arrowheads on them; density says how close they
    are (1). Of a field in space, planes across x at the places xslice, and so on, are filled.

    Examples
      >> h = streamslice(ones(2), zeros(2), 0.1); numel(h)
      ans =
           4
      figure 1: line 9 points, line 9 points, line 3 points, line 3 points
      >> [X, Y] = meshgrid(-2:0.5:2); [vertices, arrows] = streamslice(X, Y, Y, -X); size(vertices, 1)
      ans =
           1

    See also streamline, quiver, stream2.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    heads = True
    while values and text_or_none(values[-1]) is not None:
        words = ("arrows", "noarrows", "linear", "cubic", "nearest")
        heads = take.choice(values.pop(), words, "streamslice", "the option") != "noarrows" and heads
    density = 1.0
    if len(values) in (3, 5, 7, 10) and np.size(real_array(values[-1], "streamslice", "the density")) == 1:
        density = take.number(values.pop(), "streamslice", "the density")
    if len(values) not in (2, 4, 6, 9):
        raise too_few("streamslice", "X, Y, U, V")
    if not 0 < density <= 20:
        raise ScriptError("MATLAB:streamslice:density", "The density must be positive and at most 20.")
    solid = len(values) > 4
    if solid:
        lines, arrows = filled_slices(values, density)
    else:
        lines, arrows = filled_plane(*read_field(values, 2, "streamslice"), density)
    arrows = arrows if heads else []
    if nargout > 1:
        return cell_of(lines), cell_of(arrows)
    axes = (axes or session.desk.current_axes()) if solid else session.desk.newplot(axes)
    if not solid and not axes.drawn():
        axes.values["Box"] = True
    colour = showing.next_colour(axes)
    made = []
    for line in [*lines, *arrows]:
        names = ("XData", "YData", "ZData")[: line.shape[1]]
        made.append(plots.Line(axes, Color=colour, **dict(zip(names, line.T, strict=True))))
    axes.touch()
    return wrap_list(made) if nargout else None


def filled_plane(
    field: flows.Field, coordinates: list[np.ndarray], density: float
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Lines and arrowheads (points × 2) that fill a plane."""
    cells = flows.spread(field, density)
    heads = [barbs(line, field, density) for line in cells]
    return [to_data(line, coordinates) for line in cells], [to_data(head, coordinates) for head in heads if len(head)]


def filled_slices(values: list[Any], density: float) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Lines and arrowheads (points × 3) that fill planes through a field in space."""
    coordinates = values[:3] if len(values) == 9 else []
    volumes = [read_volume([*coordinates, part], "streamslice", len(coordinates) + 1) for part in values[-6:-3]]
    axes = [volumes[0].x, volumes[0].y, volumes[0].z]
    lines: list[np.ndarray] = []
    arrows: list[np.ndarray] = []
    for axis, asked in enumerate(values[-3:]):
        one, two = (k for k in range(3) if k != axis)
        for at in real_array(asked, "streamslice", "the slices").ravel(order="F"):
            grid = np.zeros((axes[two].size, axes[one].size, 3))
            grid[..., axis] = at
            grid[..., one], grid[..., two] = np.meshgrid(axes[one], axes[two])
            parts = [
                volumes[one].at(grid) / np.gradient(axes[one])[None, :],
                volumes[two].at(grid) / np.gradient(axes[two])[:, None],
            ]
            found = filled_plane(flows.Field(parts), [axes[one], axes[two]], density)
            for made, flat in zip((lines, arrows), found, strict=True):
                for line in flat:
                    place = np.full((len(line), 3), at)
                    place[:, one], place[:, two] = line[:, 0], line[:, 1]
                    made.append(place)
    return lines, arrows


def barbs(line: np.ndarray, field: flows.Field, density: float) -> np.ndarray:
    """An arrowhead (three points, in cells) in the middle of a line; nothing on a short one."""
    size = np.maximum(field.shape[::-1] - 1, 1) / (flows.CELLS * density)
    middle = len(line) // 2
    if len(line) < 8:
        return np.zeros((0, 2))
    way = (line[middle] - line[middle - 1]) / size
    length = float(np.hypot(*way))
    if not length:
        return np.zeros((0, 2))
    way = way / length * 2 * BARBS
    side = np.array((-way[1], way[0])) / 2
    return np.array([line[middle] + (-way + side) * size, line[middle], line[middle] + (-way - side) * size])
