"""Shapes of points in the plane: polyarea, inpolygon, rectint, rotations rotx, roty, rotz."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.take import described


@builtin
def polyarea(x, y, dim=None, /):
    """
    a = polyarea(x, y)
    a = polyarea(x, y, dim)

    Area of the polygon with corners x, y; of a matrix one for each column.

    Examples
      >> a = polyarea([0 2 2 0], [0 0 3 3])
      a =
           6
      >> a = polyarea([0 2 2 0; 0 1 1 0], [0 0 3 3; 0 0 1 1], 2)
      a =
           6
           1

    See also inpolygon, rectint.
    """
    first, second = (require_numeric(part, "polyarea").astype(DOUBLE) for part in (x, y))
    if first.shape != second.shape:
        raise ScriptError(
            "MATLAB:polyarea:XAndYMustHaveSameSize", "X and Y must be the same size.",
            notes=(f"X is {described(x)}", f"Y is {described(y)}"),
        )  # fmt: skip
    axis = first_axis(first.shape) if dim is None else axis_of(dim, "polyarea")
    if axis >= first.ndim:
        return norm(np.zeros(first.shape, order="F"))
    following = [np.roll(part, -1, axis=axis) for part in (first, second)]
    area = np.abs(((following[0] - first) * (following[1] + second)).sum(axis=axis, keepdims=True)) / 2
    return norm(np.asfortranarray(area))


@builtin(outputs=2)
def inpolygon(nargout, xq, yq, xv, yv, /):
    """
    in = inpolygon(xq, yq, xv, yv)
    [in, on] = inpolygon(xq, yq, xv, yv)

    Which points lie inside a polygon or on its edge, and which on the edge; NaN in xv, yv parts several loops.

    Examples
      >> in = inpolygon([1 3 2], [1 1 0], [0 2 2 0], [0 0 2 2])
      in =
        1×3 logical array
         1   0   1
      >> [in, on] = inpolygon([1 3 2], [1 1 0], [0 2 2 0], [0 0 2 2]); on
      on =
        1×3 logical array
         0   0   1

    See also polyarea, rectint.
    """
    x, y = (take.real(part, "inpolygon's points") for part in (xq, yq))
    if x.shape != y.shape:
        raise ScriptError(
            "MATLAB:inpolygon:XYSizeMismatch",
            "The query points must be specified in two arrays of the same size.",
            notes=(f"xq is {described(xq)}", f"yq is {described(yq)}"),
        )
    corners_x, corners_y = take.vector(xv, "xv"), take.vector(yv, "yv")
    if corners_x.size != corners_y.size:
        raise ScriptError(
            "MATLAB:inpolygon:PolygonVecDef", "Corners of the polygon must be vectors of the same length.",
            notes=(f"xv has {corners_x.size}, yv {corners_y.size}",),
        )  # fmt: skip
    inside, edge = inside_loops(x.ravel("F"), y.ravel("F"), corners_x, corners_y)
    shaped = [norm(np.asfortranarray(part.reshape(x.shape, order="F"))) for part in (inside | edge, edge)]
    return shaped[0], shaped[1]


def inside_loops(x: ndarray, y: ndarray, corners_x: ndarray, corners_y: ndarray) -> tuple[ndarray, ndarray]:
    """Which points lie inside (by crossings counted with their parity), and which on an edge."""
    inside, edge = np.zeros(x.size, bool), np.zeros(x.size, bool)
    gaps = np.flatnonzero(np.isnan(corners_x) | np.isnan(corners_y))
    for part in np.split(np.arange(corners_x.size), gaps):
        part = part[~np.isnan(corners_x[part]) & ~np.isnan(corners_y[part])]
        if not part.size:
            continue
        for one, two in zip(part, np.roll(part, -1), strict=True):
            x1, y1, x2, y2 = corners_x[one], corners_y[one], corners_x[two], corners_y[two]
            cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            scale = np.abs(np.array([x1, y1, x2, y2])).max()
            near = np.abs(cross) <= 3 * np.finfo(float).eps * max(scale, 1e-300) * max(abs(x2 - x1), abs(y2 - y1), 0.0)
            between = (np.minimum(x1, x2) <= x) & (x <= np.maximum(x1, x2)) & (np.minimum(y1, y2) <= y) & (
                y <= np.maximum(y1, y2)
            )  # fmt: skip
            edge |= near & between
            crosses = (y1 <= y) != (y2 <= y)
            with np.errstate(all="ignore"):
                right = x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
            inside ^= crosses & right
    return inside & ~edge, edge


@builtin
def rectint(a, b, /):
    """
    area = rectint(A, B)

    Area that each rectangle of A has in common with each of B; rectangles are rows [x y width height].

    Examples
      >> area = rectint([0 0 2 2], [1 1 2 2; 5 5 1 1])
      area =
           1     0

    See also polyarea.
    """
    first, second = take.real(a, "A"), take.real(b, "B")
    for part, value in ((first, a), (second, b)):
        if part.ndim != 2 or part.shape[1] != 4:
            raise ScriptError(
                "MATLAB:rectint:InvalidInput", "Rectangles must be rows of four numbers.",
                notes=(f"got {described(value)}",),
            )  # fmt: skip
    sides = []
    for axis in (0, 1):
        low = np.maximum(first[:, None, axis], second[None, :, axis])
        high = np.minimum(
            (first[:, axis] + first[:, axis + 2])[:, None], (second[:, axis] + second[:, axis + 2])[None, :]
        )
        sides.append(np.maximum(0, high - low))
    return norm(np.asfortranarray(sides[0] * sides[1]))


def rotation(angle, axis: int, name: str):
    degrees = take.number(angle, "Angle")
    quarter = degrees / 90
    if not np.isfinite(degrees):
        cosine = sine = np.nan
    elif quarter == np.floor(quarter):  # multiples of 90 degrees are exact
        cosine, sine = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][int(quarter % 4)]
    else:
        cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    matrix = np.eye(3, order="F")
    one, two = [(1, 2), (2, 0), (0, 1)][axis]
    matrix[one, one] = matrix[two, two] = cosine
    matrix[one, two], matrix[two, one] = -sine, sine
    return matrix


@builtin
def rotx(ang, /):
    """
    R = rotx(ang)

    Rotation matrix about the x axis, ang in degrees.

    Examples
      >> R = rotx(90)
      R =
           1     0     0
           0     0    -1
           0     1     0

    See also roty, rotz.
    """
    return rotation(ang, 0, "rotx")


@builtin
def roty(ang, /):
    """
    R = roty(ang)

    Rotation matrix about the y axis, ang in degrees.

    Examples
      >> R = roty(90)
      R =
           0     0     1
           0     1     0
          -1     0     0

    See also rotx, rotz.
    """
    return rotation(ang, 1, "roty")


@builtin
def rotz(ang, /):
    """
    R = rotz(ang)

    Rotation matrix about the z axis, ang in degrees.

    Examples
      >> R = rotz(90)
      R =
           0    -1     0
           1     0     0
           0     0     1

    See also rotx, roty.
    """
    return rotation(ang, 2, "rotz")
