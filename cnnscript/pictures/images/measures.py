"""What is measured of a region: places (rows and columns, or more, from 0) and the mask of its box in, numbers out.

x runs along columns, y along rows, and pixel middles are 1, 2, ... as in MATLAB.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import boundaries, connected, polygons


def coordinates(places: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """n x dimensions: x, y, ... (from 1) of places counted down the columns from 0."""
    found = np.stack(np.unravel_index(places, shape, order="F"), axis=1) + 1.0
    return np.hstack((found[:, 1::-1], found[:, 2:]))


def coordinates_of_all(lists: list[np.ndarray], shape: tuple[int, ...]) -> tuple[list, list, list]:
    """For each of many regions its coordinates, its box and the middle of its coordinates, reckoned together."""
    counts = np.array([len(places) for places in lists], int)
    if not counts.sum():
        nothing = np.zeros((0, len(shape))), box_of(np.zeros((0, len(shape))), len(shape)), np.full(len(shape), np.nan)
        return [nothing[0]] * len(lists), [nothing[1]] * len(lists), [nothing[2]] * len(lists)
    every = coordinates(np.concatenate(lists), shape)
    ends = np.cumsum(counts)
    known = np.flatnonzero(counts)
    starts = (ends - counts)[known]
    boxes = np.tile(box_of(every[:0], len(shape)), (len(lists), 1))
    low, high = np.minimum.reduceat(every, starts), np.maximum.reduceat(every, starts)
    boxes[known] = np.hstack((low - 0.5, high - low + 1))
    middles = np.full((len(lists), len(shape)), np.nan)
    middles[known] = np.add.reduceat(every, starts) / counts[known, None]
    return np.split(every, ends[:-1]), list(boxes), list(middles)


def box_of(points: np.ndarray, dimensions: int) -> np.ndarray:
    """The box about points, half a pixel wider on each side: first corner and size; of nothing, one of no size."""
    if not len(points):
        return np.concatenate((np.full(dimensions, 0.5), np.zeros(dimensions)))
    low, high = points.min(axis=0), points.max(axis=0)
    return np.concatenate((low - 0.5, high - low + 1))


def mask_in_box(points: np.ndarray, box: np.ndarray) -> np.ndarray:
    """The region alone, in its box."""
    dimensions = len(box) // 2
    size = box[dimensions:].astype(int)
    made = np.zeros((size[1], size[0], *size[2:]), bool)
    if len(points):
        at = (points - box[:dimensions] - 0.5).astype(int)
        made[(at[:, 1], at[:, 0], *at[:, 2:].T)] = True
    return made


def ellipse(points: np.ndarray) -> dict[str, float]:
    """Of the ellipse with the same second moments: MajorAxisLength, MinorAxisLength, Eccentricity and Orientation
    (degrees from -90 to 90, counterclockwise as the eye sees it).  Each pixel is a unit square, not a point
    (R. M. Haralick and L. G. Shapiro, Computer and Robot Vision 1, appendix A)."""
    if not len(points):
        return {"MajorAxisLength": 0.0, "MinorAxisLength": 0.0, "Eccentricity": 0.0, "Orientation": 0.0}
    middle = points.mean(axis=0)
    x, y = points[:, 0] - middle[0], -(points[:, 1] - middle[1])
    uxx, uyy, uxy = (x**2).mean() + 1 / 12, (y**2).mean() + 1 / 12, (x * y).mean()
    spread = np.sqrt((uxx - uyy) ** 2 + 4 * uxy**2)
    major, minor = 2 * np.sqrt(2) * np.sqrt(uxx + uyy + spread), 2 * np.sqrt(2) * np.sqrt(uxx + uyy - spread)
    if uyy > uxx:
        above, below = uyy - uxx + spread, 2 * uxy
    else:
        above, below = 2 * uxy, uxx - uyy + spread
    angle = 0.0 if above == 0 and below == 0 else float(np.degrees(np.arctan(above / below)))
    eccentricity = 2 * np.sqrt((major / 2) ** 2 - (minor / 2) ** 2) / major
    return {
        "MajorAxisLength": float(major), "MinorAxisLength": float(minor),
        "Eccentricity": float(eccentricity), "Orientation": angle,
    }  # fmt: skip


def extrema(points: np.ndarray) -> np.ndarray:
    """Eight points on the rim, x and y: top left, top right, right top, right bottom, bottom right, bottom left,
    left bottom, left top."""
    if not len(points):
        return np.full((8, 2), 0.5)
    x, y = points.T
    left, right, top, bottom = x.min(), x.max(), y.min(), y.max()
    on_top, on_bottom, on_left, on_right = x[y == top], x[y == bottom], y[x == left], y[x == right]
    return np.array([
        (on_top.min() - 0.5, top - 0.5), (on_top.max() + 0.5, top - 0.5),
        (right + 0.5, on_right.min() - 0.5), (right + 0.5, on_right.max() + 0.5),
        (on_bottom.max() + 0.5, bottom + 0.5), (on_bottom.min() - 0.5, bottom + 0.5),
        (left - 0.5, on_left.max() + 0.5), (left - 0.5, on_left.min() - 0.5),
    ])  # fmt: skip


def convex_hull(mask: np.ndarray, box: np.ndarray) -> np.ndarray:
    """The corners (x, y) of the hull of the middles of the sides of a region's pixels, closed."""
    if not mask.any():
        return np.zeros((0, 2))
    return polygons.hull(polygons.edge_middles(mask)) + box[:2] + 0.5


def convex_image(mask: np.ndarray, box: np.ndarray) -> np.ndarray:
    """The pixels of the box whose middles the hull holds."""
    if mask.all() or not mask.any():
        return mask
    corners = convex_hull(mask, box) - box[:2] + 0.5
    return polygons.mask_of(corners[:, 0], corners[:, 1], *mask.shape)


def perimeter(mask: np.ndarray) -> float:
    return boundaries.perimeter(boundaries.outer(mask)) if mask.any() else 0.0


def old_perimeter(mask: np.ndarray) -> float:
    return boundaries.length(boundaries.outer(mask)) if mask.any() else 0.0


def circularity(area: float, length: float) -> float:
    """4 pi area / perimeter^2, less what small regions of pixels come out too round by (as since R2023a)."""
    if not length:
        return np.inf
    radius = length / (2 * np.pi) + 0.5
    return float(4 * np.pi * area / length**2 * (1 - 0.5 / radius) ** 2)


def filled(mask: np.ndarray) -> np.ndarray:
    return connected.holes_filled(mask, connected.minimal(mask.ndim))


# ------------------------------------------------------------------------------------------------------------ calipers
def widest(mask: np.ndarray, box: np.ndarray) -> tuple[float, float, np.ndarray]:
    """The largest distance between two corners of pixels of the region, its angle in degrees, and both corners."""
    points = polygons.hull(polygons.corners(mask))[:-1]
    between = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    one, two = np.unravel_index(int(np.argmax(between)), between.shape)
    return between[one, two], *ends(points[one], points[two], box)


def narrowest(mask: np.ndarray, box: np.ndarray) -> tuple[float, float, np.ndarray]:
    """The least distance between two parallel lines that hold the region: one lies on a side of its hull, the other
    meets a corner; the angle across in degrees, that corner and its foot on the side."""
    points = polygons.hull(polygons.corners(mask))
    best = None
    for start, end in zip(points[:-1], points[1:], strict=True):
        along = (end - start) / np.hypot(*(end - start))
        rest = points[:-1] - start
        height = np.abs(along[0] * rest[:, 1] - along[1] * rest[:, 0])
        far = int(np.argmax(height))
        if best is None or height[far] < best[0] - 1e-12:
            best = height[far], points[far], start + along * (rest[far] @ along)
    return best[0], *ends(best[1], best[2], box)


def ends(one: np.ndarray, two: np.ndarray, box: np.ndarray) -> tuple[float, np.ndarray]:
    """The angle from one point to another, and both, where the whole image has them."""
    angle = float(np.degrees(np.arctan2(two[1] - one[1], two[0] - one[0])))
    return angle, np.stack((one, two)) + box[:2] + 0.5
