"""Histograms of images, and images whose histograms are changed to a wanted one.

The whole image at once: each level goes to the output level at which the wanted running count comes nearest to its own
(histogram specification).  Part by part: contrast limited adaptive histogram equalisation, K. Zuiderveld, Graphics Gems
IV, 1994, 474-485, with the excess spread as MATLAB spreads it.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import scale
from cnnscript.pictures.images.resize import rounded
from cnnscript.pictures.images.thresholds import bin_numbers, class_range, histogram


def through_table(image: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Each pixel replaced by the entry (0 to 1) of a table over black to white, in the image's class."""
    return scale.back_to_class(table[bin_numbers(image, table.size)], image.dtype)


def specification(count: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """For each level of a histogram the level (0 to 1) of the wanted one that its pixels go to."""
    total = count.sum()
    running = np.cumsum(count)
    target = np.cumsum(wanted * (total / wanted.sum()))
    tolerance = np.minimum(np.r_[count[:-1], 0], np.r_[0, count[1:]]) / 2  # ends of the histogram get no slack
    distance = target[:, None] - running[None, :] + tolerance[None, :]
    distance[distance < -total * np.sqrt(np.finfo(float).eps)] = total
    return np.argmin(distance, axis=0) / (wanted.size - 1)


def matched_polynomial(count: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """For each level of a histogram the place (0 to 1) at which the wanted one's running share is the same, by a cubic
    that rises throughout (piecewise Hermite)."""
    from scipy.interpolate import PchipInterpolator

    running = np.cumsum(count) / max(count.sum(), 1)
    target = np.cumsum(wanted) / max(wanted.sum(), 1)
    levels, first = np.unique(target, return_index=True)
    if levels.size < 2:
        return np.full(count.size, first[0] / (wanted.size - 1))
    curve = PchipInterpolator(levels, first / (wanted.size - 1))
    return np.clip(curve(np.clip(running, levels[0], levels[-1])), 0, 1)


# ------------------------------------------------------------------------------------------------------ part by part
def adaptive(
    image: np.ndarray,
    tiles: tuple[int, int],
    clip: float,
    bins: int,
    whole_range: bool,
    distribution: str,
    alpha: float,
) -> np.ndarray:
    """The image (H×W) equalised in each of `tiles` parts and blended between their middles."""
    if image.dtype == np.int16:
        shifted = (image.astype(np.int32) + 32768).astype(np.uint16)
        out = adaptive(shifted, tiles, clip, bins, whole_range, distribution, alpha)
        return (out.astype(np.int32) - 32768).astype(np.int16)
    white = class_range(image.dtype)[1]
    limits = (0.0, white) if whole_range else (float(image.min()), float(image.max()))
    wide, top, left, high, across = even_tiles(image, tiles)
    pixels = high * across
    least = int(np.ceil(pixels / bins))
    most = least + int(np.floor(clip * (pixels - least) + 0.5))
    tables = [
        [
            mapping(
                clipped(histogram(wide[r * high : (r + 1) * high, c * across : (c + 1) * across], bins), most),
                pixels, limits, distribution, alpha,
            ) / white
            for c in range(tiles[1])
        ]
        for r in range(tiles[0])
    ]  # fmt: skip
    level = wide
    if not whole_range and limits[1] > limits[0]:
        level = rounded((wide.astype(float) - limits[0]) * (white / (limits[1] - limits[0])), wide.dtype)
    numbers = bin_numbers(level, bins)
    out = np.empty_like(wide)
    row = 0
    for r in range(tiles[0] + 1):
        rows = high // 2 if r in (0, tiles[0]) else high
        above, below = max(r - 1, 0), min(r, tiles[0] - 1)
        down = np.arange(rows)[:, None]
        column = 0
        for c in range(tiles[1] + 1):
            columns = across // 2 if c in (0, tiles[1]) else across
            before, after = max(c - 1, 0), min(c, tiles[1] - 1)
            along = np.arange(columns)[None, :]
            part = numbers[row : row + rows, column : column + columns]
            corners = [as_levels(tables[y][x][part], wide.dtype) for y in (above, below) for x in (before, after)]
            upper = (columns - along) * corners[0] + along * corners[1]
            lower = (columns - along) * corners[2] + along * corners[3]
            blend = ((rows - down) * upper + down * lower) / (rows * columns)
            out[row : row + rows, column : column + columns] = rounded(blend, wide.dtype)
            column += columns
        row += rows
    return np.asfortranarray(out[top : top + image.shape[0], left : left + image.shape[1]])


def as_levels(table_values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return scale.back_to_class(table_values, dtype).astype(float)


def even_tiles(image: np.ndarray, tiles: tuple[int, int]) -> tuple[np.ndarray, int, int, int, int]:
    """The image with its mirror around it, so that tiles are equal and of even size; rows and columns added before the
    first, and the size of a tile."""
    before, after, sizes = [], [], []
    for length, count in zip(image.shape, tiles, strict=True):
        size = -(-length // count)
        more = size * count - length
        if size % 2:
            size, more = size + 1, more + count
        sizes.append(size)
        before.append(more // 2)
        after.append(more - more // 2)
    wide = np.pad(image, list(zip(before, after, strict=True)), "symmetric")
    return wide, before[0], before[1], sizes[0], sizes[1]


def clipped(counts: np.ndarray, limit: int) -> np.ndarray:
    """A histogram cut at `limit`, what is cut spread over all bins: evenly at first, then one by one in ever longer
    strides."""
    bins = counts.size
    excess = int(np.maximum(counts - limit, 0).sum())
    more = excess // bins
    full = counts > limit - more
    given = np.where(counts > limit, 0, np.where(full, limit - counts, more))
    excess -= int(given.sum())
    out = np.where(full, limit, counts + more).astype(float)
    first = 0
    while excess > 0:
        if (out >= limit).all():
            break
        for place in range(first, bins, max(bins // excess, 1)):
            if out[place] < limit:
                out[place] += 1
                excess -= 1
                if not excess:
                    break
        first = (first + 1) % bins
    return out


def mapping(
    counts: np.ndarray, pixels: int, limits: tuple[float, float], distribution: str, alpha: float
) -> np.ndarray:
    """The level to which each bin goes so that the tile's levels are distributed as wanted."""
    share = np.cumsum(counts) / pixels
    if distribution == "rayleigh":
        constant = 2 * alpha**2
        reached = (1 - np.exp(-1 / constant)) * share
        reached[reached >= 1] = 1 - np.finfo(float).eps
        share = np.sqrt(-constant * np.log(1 - reached))
    elif distribution == "exponential":
        reached = (1 - np.exp(-alpha)) * share
        reached[reached >= 1] = 1 - np.finfo(float).eps
        share = -np.log(1 - reached) / alpha
    return np.minimum(limits[0] + share * (limits[1] - limits[0]), limits[1])
