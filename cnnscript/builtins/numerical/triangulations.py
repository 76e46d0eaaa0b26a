"""Triangles and hulls of scattered points: delaunay, convhull, voronoi, tsearch, dsearchn and their kin."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, OBJECT, ndarray, norm, numel_of
from cnnscript.values.take import described
from cnnscript.values.text import is_text


def points_of(parts: tuple, name: str) -> ndarray:
    """Points as rows, from a matrix or from vectors of coordinates."""
    if not parts:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if len(parts) == 1:
        array = take.real(parts[0], "Points")
        if array.ndim != 2:
            raise ScriptError(f"MATLAB:{name}:BadPoints", "Points must be the rows of a matrix.")
        return array
    columns = [take.real(part, "Coordinates").ravel("F") for part in parts]
    if len({column.size for column in columns}) > 1:
        raise ScriptError(
            f"MATLAB:{name}:InputSizeMismatch", "The coordinates must be vectors of the same length.",
            notes=tuple(described(part) for part in parts),
        )  # fmt: skip
    return np.column_stack(columns)


def coordinates_and_options(args: tuple) -> tuple[tuple, tuple]:
    """The leading arrays of numbers, and what follows: texts and cells of options for qhull."""
    first = next(
        (at for at, item in enumerate(args) if is_text(item) or isinstance(item, ndarray) and item.dtype == OBJECT),
        len(args),
    )
    return args[:first], args[first:]


def geometric(task, name: str):
    """A result of qhull; its complaints are the script's."""
    from scipy.spatial import QhullError

    try:
        return task()
    except (QhullError, ValueError) as fault:
        raise ScriptError(
            f"MATLAB:{name}:BadGeometry",
            "The points are too few, or lie in one line or plane.",
            notes=(str(fault).strip().splitlines()[0][:100],),
        ) from None


def indices(array: ndarray):
    return norm(np.asfortranarray(np.asarray(array, float) + 1))


def qhull_words(options: Any) -> str | None:
    """The options of Qhull that a text or a cell of texts gives; None for the usual ones."""
    if options is None or not numel_of(options):
        return None
    words = take.texts(options, "Options")
    if any(not word.startswith("Q") for word in " ".join(words).split()):
        raise ScriptError("MATLAB:qhull:UnknownOption", "Options of Qhull begin with Q.", notes=(" ".join(words),))
    return " ".join(words)


def triangles(points: ndarray, name: str, words: str | None = None) -> ndarray:
    """Corners (from 0) of the Delaunay simplices, turned counterclockwise in the plane."""
    from scipy.spatial import Delaunay

    distinct, first = np.unique(points, axis=0, return_index=True)
    kept = np.sort(first) if len(distinct) < len(points) else np.arange(len(points))
    if words is not None and len(kept) == points.shape[1] + 1:  # one simplex: Qhull needs a point more, at infinity
        words += " Qz"
    found = geometric(lambda: Delaunay(points[kept], qhull_options=words).simplices, name)
    corners = kept[found]
    edges = points[corners[:, 1:]] - points[corners[:, :1]]
    turned = np.linalg.det(edges) < 0
    corners[turned, :2] = corners[turned, 1::-1]
    flat = np.abs(np.linalg.det(edges)) <= 1e-14 * np.abs(points).max(initial=1) ** points.shape[1]
    return corners[~flat]


@builtin
def delaunay(*args):
    """
    T = delaunay(x, y)
    T = delaunay(x, y, z)
    T = delaunay(P)

    The Delaunay triangles (tetrahedra) of points: each row holds the places of the corners.

    Examples
      >> T = delaunay([0 1 0 1.2], [0 0 1 1.3])
      T =
           2     3     1
           3     2     4
      >> T = size(delaunay([0 0 0; 1 0 0; 0 1 0; 0 0 1]))
      T =
           1     4
      >> T = size(delaunay([0 1 0 0], [0 0 1 0], [0 0 0 1]))
      T =
           1     4

    See also convhull, voronoin, tsearchn, griddata.
    """
    parts, _ = coordinates_and_options(args)
    if not 1 <= len(parts) <= 3:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    return indices(triangles(points_of(parts, "delaunay"), "delaunay"))


@builtin
def delaunayn(x, options=None, /):
    """
    T = delaunayn(X)
    T = delaunayn(X, options)

    The Delaunay simplices of the rows of X, in any dimension; options are those of Qhull.

    Examples
      >> T = delaunayn([0 0; 1 0; 0 1])
      T =
           2     3     1
      >> T = delaunayn([0 0; 1 0; 0 1], {'Qt'})
      T =
           2     3     1

    See also delaunay, convhulln.
    """
    return indices(triangles(points_of((x,), "delaunayn"), "delaunayn", qhull_words(options)))


@builtin(outputs=2)
def convhull(nargout, /, *args):
    """
    k = convhull(x, y)
    k = convhull(x, y, z)
    k = convhull(P)
    k = convhull(..., 'Simplify', tf)
    [k, av] = convhull(...)

    The convex hull of points: places of its corners counterclockwise, the first again at the end (triangles in space);
    its area or volume.

    Examples
      >> [k, av] = convhull([0 1 1 0 0.5], [0 0 1 1 0.5]); k', av
      ans =
           1     2     3     4     1
      av =
           1
      >> k = convhull([0 0; 2 0; 1 0; 0 2], 'Simplify', true)'
      k =
           1     2     4     1
      >> k = size(convhull([0 1 0 0], [0 0 1 0], [0 0 0 1]))
      k =
           4     3

    See also convhulln, delaunay, polyarea.
    """
    from scipy.spatial import ConvexHull

    parts, options = coordinates_and_options(args)
    simplify = False
    if len(options) == 2:
        take.choice(options[0], ("Simplify",), "Option")
        simplify = take.flag(options[1], "Simplify")
    points = points_of(parts, "convhull")
    hull = geometric(lambda: ConvexHull(points), "convhull")
    if points.shape[1] > 2:
        return indices(outward(points, hull.simplices)), float(hull.volume)
    corners = hull.vertices
    if not simplify:  # points on the edges belong to the hull too
        corners = with_points_on_edges(points, corners)
    start = int(np.lexsort((points[corners, 1], points[corners, 0]))[0])
    corners = np.roll(corners, -start)
    return indices(np.append(corners, corners[0]).reshape(-1, 1)), float(hull.volume)


def with_points_on_edges(points: ndarray, corners: ndarray) -> ndarray:
    found: list[int] = []
    scale = np.abs(points).max()
    for one, two in zip(corners, np.roll(corners, -1), strict=True):
        along = points[two] - points[one]
        rest = points - points[one]
        cross = along[0] * rest[:, 1] - along[1] * rest[:, 0]
        share = rest @ along / (along @ along)
        on_edge = np.flatnonzero((np.abs(cross) <= 1e-14 * scale * np.linalg.norm(along)) & (share > 0) & (share < 1))
        found += [int(one), *on_edge[np.argsort(share[on_edge])].tolist()]
    return np.array(found)


def outward(points: ndarray, faces: ndarray) -> ndarray:
    """Faces turned so that their normals point out."""
    middle = points[np.unique(faces)].mean(axis=0)
    faces = faces.copy()
    if points.shape[1] == 3:
        normals = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
        inward = ((points[faces[:, 0]] - middle) * normals).sum(axis=1) < 0
        faces[inward, :2] = faces[inward, 1::-1]
    return faces


@builtin(outputs=2)
def convhulln(nargout, x, options=None, /):
    """
    K = convhulln(X)
    K = convhulln(X, options)
    [K, v] = convhulln(...)

    The faces of the convex hull of the rows of X, in any dimension, and its volume.

    Examples
      >> [K, v] = convhulln([0 0; 1 0; 0 1; 0.1 0.1]); size(K), v
      ans =
           3     2
      v =
          0.5000
      >> K = size(convhulln([0 0; 1 0; 0 1], {'Qt'}))
      K =
           3     2

    See also convhull, delaunayn.
    """
    from scipy.spatial import ConvexHull

    points = points_of((x,), "convhulln")
    words = qhull_words(options)
    hull = geometric(lambda: ConvexHull(points, qhull_options=words), "convhulln")
    return indices(outward(points, hull.simplices)), float(hull.volume)


@builtin(outputs=2)
def voronoin(nargout, x, options=None, /):
    """
    [V, C] = voronoin(X)
    [V, C] = voronoin(X, options)

    Corners V of the Voronoi cells of the rows of X (the first is at infinity), and those of each cell.

    Examples
      >> [V, C] = voronoin([0 0; 2 0; 0 2; 2 2; 1 1]); size(V), size(C)
      ans =
           5     2
      ans =
           5     1
      >> [V, C] = voronoin([0 0; 2 0; 0 2; 2 2; 1 1], {'Qbb'}); V(1, :)
      ans =
         Inf   Inf

    See also voronoi, delaunayn.
    """
    from scipy.spatial import Voronoi

    points = points_of((x,), "voronoin")
    words = qhull_words(options)
    found = geometric(lambda: Voronoi(points, qhull_options=words), "voronoin")
    corners = np.vstack([np.full(points.shape[1], np.inf), found.vertices])
    cells = np.empty((len(points), 1), OBJECT)
    for place, region in enumerate(found.point_region):
        cells[place, 0] = norm((np.array(found.regions[region], float) + 2).reshape(1, -1))
    return norm(np.asfortranarray(corners)), cells


@builtin(outputs=2)
def voronoi(session, nargout, /, *args):
    """
    voronoi(x, y)
    voronoi(P)
    [vx, vy] = voronoi(...)

    The edges of the Voronoi cells of points in the plane: columns of two ends; without outputs they are drawn.

    Edges without end reach a little beyond the points.

    Examples
      >> [vx, vy] = voronoi([0 2 0 2 1], [0 0 2 2 1]); size(vx)
      ans =
           2     8
      >> voronoi([0 0; 2 0; 1 2])
      figure 1: line 2 points, line 2 points, line 2 points, line 3 points

    See also voronoin, delaunay.
    """
    from scipy.spatial import Voronoi

    parts, _ = coordinates_and_options(args)
    points = points_of(parts, "voronoi")
    found = geometric(lambda: Voronoi(points), "voronoi")
    middle, reach = points.mean(axis=0), np.ptp(points, axis=0).max()
    columns = []
    for (one, two), ends in zip(found.ridge_points, found.ridge_vertices, strict=True):
        if -1 not in ends:
            columns.append(found.vertices[ends])
            continue
        corner = found.vertices[max(ends)]
        along = points[two] - points[one]
        normal = np.array([-along[1], along[0]]) / np.linalg.norm(along)
        side = 1.0 if ((points[one] + points[two]) / 2 - middle) @ normal >= 0 else -1.0
        columns.append(np.array([corner, corner + side * normal * reach]))
    ends = np.array(columns)
    vx, vy = (norm(np.asfortranarray(ends[:, :, axis].T)) for axis in (0, 1))
    if not nargout:
        session.call("plot", 0, vx, vy, "b-", norm(points[:, [0]]), norm(points[:, [1]]), "b.")
        return None
    return vx, vy


# ------------------------------------------------------------------------------------------------------- searching
def containing(points: ndarray, corners: ndarray, asked: ndarray) -> tuple[ndarray, ndarray]:
    """The first simplex that holds each point (-1: none), and the point's barycentric coordinates in it."""
    count = points.shape[1]
    which = np.full(len(asked), -1)
    shares = np.full((len(asked), count + 1), np.nan)
    for place, simplex in enumerate(corners):
        left = np.flatnonzero(which < 0)
        if not left.size:
            break
        base = points[simplex[0]]
        matrix = (points[simplex[1:]] - base).T
        try:
            found = np.linalg.solve(matrix, (asked[left] - base).T).T
        except np.linalg.LinAlgError:
            continue
        whole = np.column_stack([1 - found.sum(axis=1), found])
        inside = (whole >= -1e-12).all(axis=1)
        which[left[inside]], shares[left[inside]] = place, whole[inside]
    return which, shares


def corners_of(T, count: int, name: str) -> ndarray:
    corners = take.real(T, "T")
    if corners.ndim != 2 or corners.size and (corners.min() < 1 or corners.max() > count or (corners % 1).any()):
        raise ScriptError(f"MATLAB:{name}:BadTriangulation", "T must hold places of points.")
    return corners.astype(int) - 1


@builtin
def tsearch(x, y, t, xi, yi, /):
    """
    idx = tsearch(x, y, T, xi, yi)

    The triangle of T that holds each point (NaN: none).

    Examples
      >> x = [0 1 0 1]; y = [0 0 1 1]; idx = tsearch(x, y, [1 2 3; 2 4 3], [0.2 0.9 5], [0.2 0.9 5])
      idx =
           1     2   NaN

    See also tsearchn, delaunay, dsearchn.
    """
    points = points_of((x, y), "tsearch")
    first = require_numeric(xi, "tsearch")
    asked = points_of((xi, yi), "tsearch")
    which, _ = containing(points, corners_of(t, len(points), "tsearch"), asked)
    found = np.where(which < 0, np.nan, which + 1.0)
    return norm(found.reshape(first.shape, order="F"))


@builtin(outputs=2)
def tsearchn(nargout, x, t, xi, /):
    """
    idx = tsearchn(X, T, XI)
    [idx, P] = tsearchn(X, T, XI)

    The simplex of T that holds each row of XI (NaN: none), and its barycentric coordinates there.

    Examples
      >> [idx, P] = tsearchn([0 0; 1 0; 0 1], [1 2 3], [0.25 0.25; 2 2])
      idx =
           1
         NaN
      P =
          0.5000    0.2500    0.2500
             NaN       NaN       NaN

    See also tsearch, delaunayn, dsearchn.
    """
    points, asked = points_of((x,), "tsearchn"), points_of((xi,), "tsearchn")
    if points.shape[1] != asked.shape[1]:
        raise ScriptError("MATLAB:tsearchn:InvalidDimension", "The points must have as many coordinates as those of X.")
    which, shares = containing(points, corners_of(t, len(points), "tsearchn"), asked)
    return norm(np.where(which < 0, np.nan, which + 1.0).reshape(-1, 1)), norm(np.asfortranarray(shares))


@builtin(outputs=2)
def dsearchn(nargout, p, first, second=None, outside=None, /):
    """
    k = dsearchn(P, PQ)
    k = dsearchn(P, T, PQ)
    k = dsearchn(P, T, PQ, outval)
    [k, dist] = dsearchn(...)

    The row of P nearest to each row of PQ, and the distance; outval for points outside all simplices T.

    Examples
      >> [k, dist] = dsearchn([0 0; 5 5], [1 1; 4 5])
      k =
           1
           2
      dist =
          1.4142
          1.0000
      >> k = dsearchn([0 0; 1 0; 0 1], [1 2 3], [0.2 0.1; 9 9], NaN)
      k =
           1
         NaN
      >> k = dsearchn([0 0; 1 0; 0 1], [1 2 3], [0.9 0])
      k =
           2

    See also knnsearch, tsearchn.
    """
    from scipy.spatial import cKDTree

    points = points_of((p,), "dsearchn")
    asked = points_of((first if second is None else second,), "dsearchn")
    if points.shape[1] != asked.shape[1] or not len(points):
        raise ScriptError("MATLAB:dsearchn:InvalidDimension", "P and PQ must have the same number of columns.")
    if not np.isfinite(points).all() or not np.isfinite(asked).all():
        raise ScriptError("MATLAB:dsearchn:NonFinite", "P and PQ must not contain NaN or Inf.")
    distances, places = cKDTree(points).query(asked)
    found = places + 1.0
    if outside is not None:
        which, _ = containing(points, corners_of(first, len(points), "dsearchn"), asked)
        found = np.where(which < 0, take.number(outside, "outval"), found)
    return norm(found.reshape(-1, 1)), norm(np.asarray(distances, DOUBLE).reshape(-1, 1))


@builtin
def dsearch(session, x, y, tri, xi, yi, /):
    """
    K = dsearch(x, y, TRI, xi, yi)

    The number of the point (x, y) nearest to each point (xi, yi); TRI is a triangulation of the points.

    Examples
      >> x = [0 1 0 1]'; y = [0 0 1 1]'; K = dsearch(x, y, delaunay(x, y), 0.9, 0.8)
      K =
           4

    See also dsearchn, delaunay.
    """
    take.real(tri, "TRI")
    found = session.call("dsearchn", 1, norm(np.column_stack([take.vector(x, "x"), take.vector(y, "y")])),
                         norm(np.column_stack([take.vector(xi, "xi"), take.vector(yi, "yi")])))  # fmt: skip
    return session.call("reshape", 1, found, session.call("size", 1, xi))
