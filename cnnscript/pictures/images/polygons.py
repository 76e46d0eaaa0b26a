"""Polygons and pixels: which pixels a polygon covers, and the polygon about pixels."""

from __future__ import annotations

import numpy as np

SCALE = 5  # each pixel is 5 x 5 places, on which edges run


def half_away(values: np.ndarray) -> np.ndarray:
    """Rounded, halves away from zero."""
    return np.sign(values) * np.floor(np.abs(values) + 0.5)


def steps_between(x1: int, y1: int, x2: int, y2: int) -> tuple[np.ndarray, np.ndarray]:
    """The whole places of a line from one point to another, one for each step along its longer side."""
    across, down = abs(x2 - x1), abs(y2 - y1)
    if across == 0 and down == 0:
        return np.array([x1]), np.array([y1])
    if across >= down:
        turned = x1 > x2
        if turned:
            x1, y1, x2, y2 = x2, y2, x1, y1
        x = np.arange(x1, x2 + 1)
        y = half_away(y1 + (y2 - y1) / (x2 - x1) * (x - x1)).astype(int)
    else:
        turned = y1 > y2
        if turned:
            x1, y1, x2, y2 = x2, y2, x1, y1
        y = np.arange(y1, y2 + 1)
        x = half_away(x1 + (x2 - x1) / (y2 - y1) * (y - y1)).astype(int)
    return (x[::-1], y[::-1]) if turned else (x, y)


def mask_of(x: np.ndarray, y: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The pixels inside a polygon as MATLAB's poly2mask decides it: the edges run on a grid five times as fine, and a
    pixel counts when its middle lies inside.  x, y: corners, pixel middles at 1, 2, ..."""
    mask = np.zeros((rows, columns), bool)
    if not len(x) or not mask.size:
        return mask
    far = 8.0 * (rows + columns) + 1000  # corners far outside make edges as long; they add nothing within
    x, y = np.clip(x, -far, far), np.clip(y, -far, far)
    if x[0] != x[-1] or y[0] != y[-1]:
        x, y = np.append(x, x[0]), np.append(y, y[0])
    x = half_away(SCALE * (x - 0.5) + 1).astype(int)
    y = half_away(SCALE * (y - 0.5) + 1).astype(int)
    parts = [steps_between(x[k], y[k], x[k + 1], y[k + 1]) for k in range(len(x) - 1)]
    if not parts:
        return mask
    xs, ys = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    step = np.diff(xs)
    crossing = np.flatnonzero(step)
    xe = xs[crossing] - (step[crossing] < 0)
    ye = np.minimum(ys[crossing], ys[crossing + 1])
    shift = (SCALE - 1) // 2
    middle = (xe + shift) % SCALE == 0  # only crossings of a pixel's middle column count
    column = (xe[middle] + shift) // SCALE
    row = -(-(ye[middle] + shift) // SCALE)
    within = (column >= 1) & (column <= columns)
    row = np.clip(row[within], 1, rows + 1)
    count = np.zeros((rows + 1, columns), np.intp)
    np.add.at(count, (row - 1, column[within] - 1), 1)
    return np.cumsum(count, axis=0)[:rows] % 2 == 1


def holds(corners: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which points lie inside a polygon (n x 2 corners), or on its edge."""
    inside, on = np.zeros(len(x), bool), np.zeros(len(x), bool)
    scale = np.abs(corners).max() + 1
    for (ax, ay), (bx, by) in zip(corners.tolist(), np.roll(corners, -1, axis=0).tolist(), strict=True):
        turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        crosses = (ay > y) != (by > y)
        inside ^= crosses & ((turn > 0) == (by > ay))
        along = (x - ax) * (x - bx) + (y - ay) * (y - by) <= 0
        on |= along & (np.abs(turn) <= 1e-12 * scale * max(np.hypot(bx - ax, by - ay), 1))
    return inside | on


def row_ends(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of a mask that have pixels, and the first and the last pixel of each: a hull has no other corners."""
    rows = np.flatnonzero(mask.any(axis=1))
    inside = mask[rows]
    return rows, inside.argmax(axis=1), mask.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)


def edge_middles(mask: np.ndarray) -> np.ndarray:
    """The middles of the sides of the pixels of a mask that can be corners of its hull: n x 2, x and y; pixel middles
    are 0, 1, ..."""
    rows, first, last = row_ends(mask)
    x = np.concatenate((first, first - 0.5, first, last, last + 0.5, last))
    y = np.concatenate((rows - 0.5, rows, rows + 0.5) * 2)
    return np.stack((x, y), axis=1)


def corners(mask: np.ndarray) -> np.ndarray:
    """The corners of the pixels of a mask that can be corners of what is about it: n x 2, x and y."""
    rows, first, last = row_ends(mask)
    x = np.concatenate((first - 0.5, first - 0.5, last + 0.5, last + 0.5))
    y = np.concatenate((rows - 0.5, rows + 0.5) * 2)
    return np.stack((x, y), axis=1)


def hull(points: np.ndarray) -> np.ndarray:
    """The convex hull of n x 2 points: its corners counterclockwise from the leftmost (the lowest y of those), the
    first again at the end.  Points on one line give their ends."""
    order = sorted(map(tuple, points.tolist()))
    if len(order) < 3:
        return np.array([*order, *order[:1]]).reshape(-1, 2)

    def chain(order: list[tuple[float, float]]) -> list[tuple[float, float]]:
        made: list[tuple[float, float]] = []
        for x, y in order:
            while len(made) > 1:
                (ax, ay), (bx, by) = made[-2], made[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                made.pop()
            made.append((x, y))
        return made

    lower, upper = chain(order), chain(order[::-1])
    return np.array(lower[:-1] + upper)
