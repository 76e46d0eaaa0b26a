"""Boundaries of regions in a plane: Moore's tracing, stopped as Jacob said (R. C. Gonzalez, R. E. Woods and
S. L. Eddins, Digital Image Processing Using MATLAB)."""

from __future__ import annotations

import numpy as np

# Steps (down, right) clockwise from north; with 4 neighbours every second one.
EIGHT = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
FOUR = EIGHT[::2]
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def trace(
    mask: np.ndarray, start: tuple[int, int], first: int, connectivity: int = 8, clockwise: bool = True, most: int = 0
) -> np.ndarray:
    """The boundary that begins at the pixel `start` (row and column from 0, in the mask): q x 2 rows and columns from
    0, the first again at the end when the trace closes.

    first   the step (0 is north, clockwise; of 8, or of 4) that is tried first
    most    stop after so many pixels (0: when the trace closes)
    """
    rows, columns = mask.shape
    wide = np.zeros((rows + 2, columns + 2), bool)
    wide[1:-1, 1:-1] = mask
    width = columns + 2
    flat = wide.ravel().tolist()
    around = EIGHT if connectivity == 8 else FOUR
    if not clockwise:
        around = (around[0], *around[:0:-1])
        first = -first % len(around)
    count = len(around)
    steps = [down * width + right for down, right in around]
    # after a step, the search begins just past the background pixel that was looked at last
    back = [(k + (6 if k % 2 else 7)) % 8 for k in range(8)] if count == 8 else [(k + 3) % 4 for k in range(4)]
    place = begin = (start[0] + 1) * width + start[1] + 1
    heading = first % count
    path = [place]
    departures: set[int] = set()
    longest = min(most, 8 * mask.size + 8) if most else 8 * mask.size + 8  # a trace from inside a region may not close
    while len(path) < longest:
        for turn in range(count):
            k = (heading + turn) % count
            if flat[place + steps[k]]:
                break
        else:
            path.append(place)  # a pixel alone
            break
        if place == begin:
            if k in departures:
                break
            departures.add(k)
        place += steps[k]
        heading = back[k]
        path.append(place)
    found = np.array(path)
    return np.stack((found // width - 1, found % width - 1), axis=1)


def outer(mask: np.ndarray, connectivity: int = 8) -> np.ndarray:
    """The boundary of the region whose first pixel down the columns is the mask's, clockwise from that pixel."""
    column = int(np.argmax(mask.any(axis=0)))
    start = (int(np.argmax(mask[:, column])), column)
    return trace(mask, start, 1, connectivity)  # nothing lies west, nor north, of it


def of_labels(labels: np.ndarray, count: int, connectivity: int) -> list[np.ndarray]:
    """The outer boundary of each label from 1 to `count` (rows and columns from 0)."""
    from scipy.ndimage import find_objects

    found: list[np.ndarray] = []
    if not count:
        return found
    for k, box in enumerate(find_objects(labels, count), start=1):
        path = outer(labels[box] == k, connectivity)
        found.append(path + [box[0].start, box[1].start])
    return found


def perimeter(path: np.ndarray) -> float:
    """The length of a closed boundary, estimated from its straight and slanted steps and its corners (A. M. Vossepoel
    and A. W. M. Smeulders, Vector code probability and metrication error, CGIP 20, 1982)."""
    steps = np.diff(path, axis=0) ** 2
    if len(steps) < 2:
        return 0.0
    corners = np.diff(np.vstack((steps, steps[:1])), axis=0).any(axis=1)
    straight = (steps == 0).any(axis=1)
    return float(straight.sum() * 0.980 + (~straight).sum() * 1.406 - corners.sum() * 0.091)


def length(path: np.ndarray) -> float:
    """The length of a boundary, pixel to pixel."""
    return float(np.hypot(*np.diff(path, axis=0).T).sum())
