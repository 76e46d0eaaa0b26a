"""Volumes: values between the points of a grid in space, surfaces of equal value, their ends at the grid's walls."""

from __future__ import annotations

import numpy as np


class Volume:
    """Values at the points of a grid, as MATLAB holds them: rows along y, columns along x, pages along z.

    x, y, z   the grid's coordinates along each axis, strictly rising or falling
    values    y × x × z
    """

    def __init__(self, x: np.ndarray, y: np.ndarray, z: np.ndarray, values: np.ndarray):
        self.x, self.y, self.z, self.values = x, y, z, values

    def axes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.y, self.x, self.z

    def at(self, points: np.ndarray, method: str = "linear") -> np.ndarray:
        """Values at points (… ×3: x, y, z); NaN outside the grid."""
        from scipy.interpolate import RegularGridInterpolator

        axes, values = [], self.values
        for dimension, axis in enumerate(self.axes()):
            if axis[0] > axis[-1]:
                axis, values = axis[::-1], np.flip(values, dimension)
            axes.append(axis)
        lengths = min(axis.size for axis in axes)
        method = method if method != "cubic" or lengths >= 4 else "linear"
        made = RegularGridInterpolator(axes, values, method=method, bounds_error=False, fill_value=np.nan)
        return made(points[..., [1, 0, 2]])

    def places(self, indices: np.ndarray) -> np.ndarray:
        """Points (n×3: x, y, z) of places in the grid given by fractions of its indices (n×3: row, column, page)."""
        found = [
            np.interp(indices[:, k], np.arange(axis.size), axis)
            for k, axis in enumerate(self.axes())
        ]
        return np.column_stack([found[1], found[0], found[2]])


def isosurface(volume: Volume, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Triangles (n×3, from 0) and points (m×3) of the surface on which a volume has a level (scikit-image's marching
    cubes); nothing where the volume does not reach it."""
    values = np.asarray(volume.values, float)
    low, high = np.nanmin(values, initial=np.inf), np.nanmax(values, initial=-np.inf)
    if min(values.shape) < 2 or not low <= level <= high or low == high:
        return np.zeros((0, 3), int), np.zeros((0, 3))
    from skimage.measure import marching_cubes

    missing = np.isnan(values)
    try:
        points, faces, _, _ = marching_cubes(
            np.where(missing, low - 1, values) if missing.any() else values, level, allow_degenerate=False,
            mask=~missing if missing.any() else None,
        )  # fmt: skip
    except (ValueError, RuntimeError):  # no cube is crossed
        return np.zeros((0, 3), int), np.zeros((0, 3))
    return faces, volume.places(points.astype(float))


def default_level(values: np.ndarray) -> float:
    """The level that isovalue chooses: the middle one of the hundred bins of a volume's values that hold something.

    About 10000 of the values are binned. The first two bins are left out where one of them holds ten times what bins
    hold on average (what is empty in a volume); so are bins with less than a fiftieth of the fullest, unless there are
    ninety of them or more.
    """
    data = np.asarray(values, float).ravel(order="F")
    data = data[:: data.size // 10_000] if data.size > 20_000 else data
    data = data[np.isfinite(data)]
    if not data.size or data.min() == data.max():
        return float(data[0]) if data.size else 0.0
    counts, edges = np.histogram(data, 100)
    middles = (edges[:-1] + edges[1:]) / 2
    if int(counts.argmax()) < 2 and counts[:2].max() / counts.mean() > 10:
        counts, middles = counts[2:], middles[2:]
    small = counts < counts.max() / 50
    middles = middles[~small] if small.sum() < 90 else middles
    return float(middles[max(len(middles) // 2, 1) - 1])


WALLS = {"ymin": (0, 0), "ymax": (0, -1), "xmin": (1, 0), "xmax": (1, -1), "zmin": (2, 0), "zmax": (2, -1)}


def isocaps(
    volume: Volume, level: float, enclose: str = "above", walls: tuple[str, ...] = tuple(WALLS)
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What lies above (or below) a level on walls of a grid: triangles (from 0), points, and values at them."""
    faces, points, colours, count = [], [], [], 0
    values = volume.values if enclose == "above" else -volume.values
    level = level if enclose == "above" else -level
    for axis, end in (WALLS[name] for name in walls):
        one, two = (k for k in range(3) if k != axis)
        triangles, places = filled_above(np.take(values, end, axis=axis), level)  # along one, two
        if not len(triangles):
            continue
        table = np.zeros((len(places), 3))
        table[:, one], table[:, two] = places[:, 0], places[:, 1]
        table[:, axis] = 0 if end == 0 else values.shape[axis] - 1
        found = volume.places(table)
        faces.append(triangles + count)
        points.append(found)
        colours.append(volume.at(found))
        count += len(places)
    if not faces:
        return np.zeros((0, 3), int), np.zeros((0, 3)), np.zeros(0)
    return np.concatenate(faces), np.concatenate(points), np.concatenate(colours)


def filled_above(wall: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Triangles and points (row, column) of what lies above a level in a matrix: each cell in two triangles, cut."""
    rows, columns = wall.shape
    triangles, points, known = [], [], {}

    def number(place: tuple[float, float]) -> int:
        if place not in known:
            known[place] = len(points)
            points.append(place)
        return known[place]

    for r in range(rows - 1):
        for c in range(columns - 1):
            cell = wall[r : r + 2, c : c + 2]
            if np.isnan(cell).any() or (cell < level).all():
                continue
            for corners in (((r, c), (r, c + 1), (r + 1, c + 1)), ((r, c), (r + 1, c + 1), (r + 1, c))):
                ring = above(corners, [wall[at] for at in corners], level)
                numbers = [number(at) for at in ring]
                triangles += [(numbers[0], numbers[k], numbers[k + 1]) for k in range(1, len(numbers) - 1)]
    return np.array(triangles, int).reshape(-1, 3), np.array(points, float).reshape(-1, 2)


def above(corners: tuple, heights: list[float], level: float) -> list[tuple[float, float]]:
    """The part of a triangle whose heights reach a level."""
    made = []
    for k in range(3):
        here, there = heights[k - 1], heights[k]
        if (here >= level) != (there >= level):
            share = (level - here) / (there - here)
            made.append(
                tuple(round(a + share * (b - a), 12) for a, b in zip(corners[k - 1], corners[k], strict=True))
            )
        if there >= level:
            made.append(tuple(float(part) for part in corners[k]))
    return made


def smoothed(
    values: np.ndarray, kind: str, size: tuple[int, int, int], deviations: tuple[float, float, float]
) -> np.ndarray:
    """A volume averaged over boxes, or with the weights of a Gaussian; walls repeat their values."""
    from scipy.ndimage import correlate1d

    made = np.asarray(values, float)
    for axis, length in enumerate(size):
        if length == 1:
            continue
        at = np.arange(length) - (length - 1) / 2
        weights = np.ones(length) if kind == "box" else np.exp(-(at**2) / (2 * deviations[axis] ** 2))
        made = correlate1d(made, weights if kind == "box" else weights / weights.sum(), axis=axis, mode="nearest")
    return made / float(np.prod(size)) if kind == "box" else made
