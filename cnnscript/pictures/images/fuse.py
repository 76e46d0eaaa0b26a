"""Two images as one: MATLAB's imfuse, which imshowpair shows.

The smaller image is padded with zeros at the bottom and the right.  'falsecolor' and 'diff' look at grey levels;
'blend', 'montage' and 'checkerboard' keep colour.  Grey images are stretched to their own range ('independent'), to
the range of both ('joint') or not at all ('none'); colour images keep their colours.  The result is uint8.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cnnscript.pictures.images import colour, scale

METHODS = ("falsecolor", "blend", "diff", "montage", "checkerboard")
SCALINGS = ("independent", "joint", "none")
CHANNELS = {"green-magenta": (2, 1, 2), "red-cyan": (1, 2, 2)}
SQUARES = 8  # of the checkerboard, along each side


def imfuse(
    first: np.ndarray,
    second: np.ndarray,
    method: str = "falsecolor",
    scaling: str = "independent",
    channels: Sequence[int] = CHANNELS["green-magenta"],
    laid: Callable[[np.ndarray, bool], tuple[np.ndarray, np.ndarray]] | None = None,
) -> np.ndarray:
    """The composite of two images (H×W or H×W×3, any image class) as uint8.

    method: one of METHODS.  scaling: one of SCALINGS.  channels, for 'falsecolor': which image (1 or 2; 0 none) is
    the red, green and blue of the result.  laid: how the first and the second image (False, True) come to lie on the
    common grid: the image there, zero elsewhere, and where it is; by default both have their first pixel at its corner.
    """
    if method in ("falsecolor", "diff"):
        first, second = (colour.rgb2gray(image) if image.ndim == 3 else image for image in (first, second))
    first, second = stretched(first, second, scaling)
    if method != "diff":
        first, second = scale.im2uint8(first), scale.im2uint8(second)
    if first.ndim != second.ndim:
        first, second = colour.as_rgb(first), colour.as_rgb(second)
    if laid is None:
        rows, columns = np.maximum(first.shape[:2], second.shape[:2])
        in_first, in_second = inside(first, rows, columns), inside(second, rows, columns)
        first, second = padded(first, rows, columns), padded(second, rows, columns)
    else:
        (first, in_first), (second, in_second) = laid(first, False), laid(second, True)
        rows, columns = first.shape[:2]
    if method == "montage":
        return np.concatenate((first, second), axis=1)
    if method == "diff":
        return difference(first, second, in_first & in_second)
    if method == "blend":
        return blend(first, second, in_first, in_second)
    if method == "checkerboard":
        odd = (np.arange(rows) * SQUARES // rows)[:, None] + np.arange(columns) * SQUARES // columns
        odd = (odd % 2).astype(bool)
        return np.where(odd if first.ndim == 2 else odd[:, :, None], second, first)
    blank = np.zeros_like(first)
    return np.stack([(blank, first, second)[image] for image in channels], axis=2)


def stretched(first: np.ndarray, second: np.ndarray, scaling: str) -> tuple[np.ndarray, np.ndarray]:
    """Both images as levels from 0 to 1, the grey ones stretched as `scaling` says."""
    # Colour images keep their class here: nothing is done to them.
    levels = [scale.im2double(image) if image.ndim == 2 else image for image in (first, second)]
    grey = [level for level in levels if level.ndim == 2]
    if scaling == "none" or not grey:
        return levels[0], levels[1]
    if scaling == "joint":
        limits = [scale.display_limits(level) for level in grey]
        low, high = min(limit[0] for limit in limits), max(limit[1] for limit in limits)
        levels = [scale.mat2gray(level, (low, high)) if level.ndim == 2 else level for level in levels]
    else:
        levels = [scale.mat2gray(level) if level.ndim == 2 else level for level in levels]
    return levels[0], levels[1]


def padded(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The image with zeros below and to the right, up to rows × columns."""
    out = np.zeros((rows, columns, *image.shape[2:]), image.dtype)
    out[: image.shape[0], : image.shape[1]] = image
    return out


def inside(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """True where a padded image is the image and not the padding."""
    mask = np.zeros((rows, columns), bool)
    mask[: image.shape[0], : image.shape[1]] = True
    return mask


def resampled(
    image: np.ndarray,
    limits: Sequence[tuple[float, float]],
    grid: Sequence[tuple[float, float]],
    size: tuple[int, int],
) -> tuple[np.ndarray, np.ndarray]:
    """An image on another grid, linearly between its pixels and zero beyond its edges, and where it is on the grid.

    limits, grid: from where to where the image and the grid reach along x and y.  size: rows and columns of the grid.
    """
    from scipy.ndimage import map_coordinates

    places, covered = [], []
    for count, along, (low, high), (grid_low, grid_high) in zip(
        image.shape[:2], size, reversed(limits), reversed(grid), strict=True
    ):
        middles = grid_low + (np.arange(along) + 0.5) * (grid_high - grid_low) / along
        places.append(np.clip((middles - low) / (high - low) * count - 0.5, 0, count - 1))
        covered.append((middles >= low) & (middles <= high))
    mask = covered[0][:, None] & covered[1][None, :]
    at = np.meshgrid(*places, indexing="ij")
    planes = image.reshape(*image.shape[:2], -1).astype(float)
    planes = np.stack([map_coordinates(planes[:, :, k], at, order=1) for k in range(planes.shape[2])], axis=2)
    made = np.where(mask[:, :, None], planes, 0).reshape(*size, *image.shape[2:])
    return (np.floor(made + 0.5).astype(image.dtype) if image.dtype.kind in "iu" else made), mask


def blend(first: np.ndarray, second: np.ndarray, in_first: np.ndarray, in_second: np.ndarray) -> np.ndarray:
    """The mean where both images are, rounded, halves up; either where it is alone (uint8, zero where none is)."""
    total = first.astype(np.uint16) + second
    both = in_first & in_second
    if both.all():
        return ((total + 1) // 2).astype(np.uint8)
    both = both if first.ndim == 2 else both[:, :, None]
    return np.where(both, (total + 1) // 2, total).astype(np.uint8)


def difference(first: np.ndarray, second: np.ndarray, both: np.ndarray) -> np.ndarray:
    """|A - B|, stretched to its own range, black where only one image is."""
    return scale.im2uint8(scale.mat2gray(np.where(both, np.abs(first - second), 0)))
