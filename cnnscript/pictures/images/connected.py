"""Connected regions: which pixels are neighbours, regions numbered as MATLAB numbers them, holes and borders.

Masks are arrays of truth of two or more dimensions.  A neighbourhood is an array of truth with three places along each
dimension, the pixel in its middle.
"""

from __future__ import annotations

import numpy as np

NAMED = {4: (2, 1), 8: (2, 2), 6: (3, 1), 18: (3, 2), 26: (3, 3)}  # dimensions, and along how many one may step at once


def neighbourhood(connectivity: int) -> np.ndarray:
    """The neighbourhood of 4, 8 (in planes), 6, 18 or 26 (in space) neighbours."""
    dimensions, steps = NAMED[connectivity]
    return stepping(dimensions, steps)


def stepping(dimensions: int, steps: int) -> np.ndarray:
    """The neighbours that differ in at most `steps` coordinates."""
    return np.abs(np.indices((3,) * dimensions) - 1).sum(axis=0) <= steps


def maximal(dimensions: int) -> np.ndarray:
    return np.ones((3,) * dimensions, bool)


def minimal(dimensions: int) -> np.ndarray:
    return stepping(dimensions, 1)


def fitted(neighbours: np.ndarray, dimensions: int) -> np.ndarray:
    """The neighbourhood in more dimensions (nobody is a neighbour along those it has not)."""
    extra = dimensions - neighbours.ndim
    if extra <= 0:
        return neighbours
    wide = neighbours.reshape(neighbours.shape + (1,) * extra)
    return np.pad(wide, [(0, 0)] * neighbours.ndim + [(1, 1)] * extra)


def labelled(mask: np.ndarray, neighbours: np.ndarray) -> tuple[np.ndarray, int]:
    """Numbers from 1 (int32) for the connected regions, in the order of their first pixels down the columns; and how
    many there are."""
    from scipy.ndimage import label

    found, count = label(np.ascontiguousarray(mask.T), fitted(neighbours, mask.ndim).T)
    return found.T, int(count)


def members(labels: np.ndarray, count: int) -> list[np.ndarray]:
    """The places (from 0, down the columns, rising) of each label from 1 to `count`."""
    flat = labels.ravel(order="F")
    places = np.flatnonzero(flat > 0)
    own = flat[places].astype(np.intp)
    order = np.argsort(own, kind="stable")
    own, places = own[order], places[order]
    starts = np.flatnonzero(np.diff(own, prepend=0))  # labels without a pixel share one empty array
    made = [places[:0]] * count
    ends = np.append(starts[1:], own.size)[: starts.size]
    for label, first, end in zip(own[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
        made[label - 1] = places[first:end]
    return made


def holes_filled(mask: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """The mask with all that the background cannot reach from outside, stepping to `neighbours`."""
    return ~touching_border(~mask, neighbours)


def touching_border(mask: np.ndarray, neighbours: np.ndarray, sides: np.ndarray | None = None) -> np.ndarray:
    """The regions that touch the border of the image (or those `sides`: dimensions x 2, first and last)."""
    return marked(mask, border_of(mask.shape, stepped(neighbours, mask.ndim) if sides is None else sides), neighbours)


def marked(mask: np.ndarray, marker: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """The regions of a mask that have a pixel in the marker."""
    labels, count = labelled(mask, neighbours)
    chosen = np.zeros(count + 1, bool)
    chosen[labels[marker]] = True
    chosen[0] = False
    return chosen[labels]


def stepped(neighbours: np.ndarray, dimensions: int) -> np.ndarray:
    """The sides (see `border_of`) over which a step to a neighbour leaves an image."""
    wide = fitted(neighbours, dimensions)
    return np.array([[wide.take(0, axis).any(), wide.take(2, axis).any()] for axis in range(dimensions)])


def border_of(shape: tuple[int, ...], sides: np.ndarray | None = None) -> np.ndarray:
    """Truth on the outermost pixels."""
    border = np.zeros(shape, bool)
    for axis, length in enumerate(shape):
        if not length:
            continue
        at = np.moveaxis(border, axis, 0)
        if sides is None or sides[axis, 0]:
            at[0] = True
        if sides is None or sides[axis, 1]:
            at[-1] = True
    return border


def euler_number(mask: np.ndarray, connectivity: int = 8) -> int:
    """Regions less holes, counted from the 2x2 squares of a plane (W. K. Pratt, Digital Image Processing)."""
    wide = np.pad(mask, 1).astype(np.intp)
    code = wide[:-1, :-1] + 2 * wide[1:, :-1] + 4 * wide[:-1, 1:] + 8 * wide[1:, 1:]
    counts = np.bincount(code.ravel(), minlength=16)
    ones = counts[[1, 2, 4, 8]].sum()
    threes = counts[[7, 11, 13, 14]].sum()
    diagonal = counts[[6, 9]].sum()
    return int(ones - threes + (2 if connectivity == 4 else -2) * diagonal) // 4


def weighted_area(mask: np.ndarray) -> float:
    """The area that 2x2 squares of pixels cover, weighed by their patterns (Pratt): a quarter for one pixel, a half for
    two beside each other, three quarters for two across, seven eighths for three, one for four."""
    wide = np.pad(mask, 1).astype(np.intp)
    code = wide[:-1, :-1] + 2 * wide[1:, :-1] + 4 * wide[:-1, 1:] + 8 * wide[1:, 1:]
    weights = np.array([0, 2, 2, 4, 2, 4, 6, 7, 2, 6, 4, 7, 4, 7, 7, 8])
    return float(weights[code].sum()) / 8
