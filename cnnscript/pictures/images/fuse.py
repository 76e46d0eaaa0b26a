"""Two images as one: MATLAB's imfuse, which imshowpair shows.

The smaller image is padded with zeros at the bottom and the right.  'falsecolor' and 'diff' look at grey levels;
'blend', 'montage' and 'checkerboard' keep colour.  Grey images are stretched to their own range ('independent'), to
the range of both ('joint') or not at all ('none'); colour images keep their colours.  The result is uint8.
"""

from __future__ import annotations

from collections.abc import Sequence

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
) -> np.ndarray:
    """The composite of two images (H×W or H×W×3, any image class) as uint8.

    method: one of METHODS.  scaling: one of SCALINGS.  channels, for 'falsecolor': which image (1 or 2; 0 none) is
    the red, green and blue of the result.
    """
    if method in ("falsecolor", "diff"):
        first, second = (colour.rgb2gray(image) if image.ndim == 3 else image for image in (first, second))
    first, second = stretched(first, second, scaling)
    if method != "diff":
        first, second = scale.im2uint8(first), scale.im2uint8(second)
    if first.ndim != second.ndim:
        first, second = colour.as_rgb(first), colour.as_rgb(second)
    rows, columns = np.maximum(first.shape[:2], second.shape[:2])
    in_first, in_second = inside(first, rows, columns), inside(second, rows, columns)
    first, second = padded(first, rows, columns), padded(second, rows, columns)
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
    levels = [scale.im2double(image) for image in (first, second)]
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


def blend(first: np.ndarray, second: np.ndarray, in_first: np.ndarray, in_second: np.ndarray) -> np.ndarray:
    """The mean where both images are, either where it is alone (uint8)."""
    weight = 1.0 / np.maximum(in_first.astype(int) + in_second, 1)
    weight = weight if first.ndim == 2 else weight[:, :, None]
    return np.floor((first.astype(float) + second) * weight + 0.5).astype(np.uint8)


def difference(first: np.ndarray, second: np.ndarray, both: np.ndarray) -> np.ndarray:
    """|A - B|, stretched to its own range, black where only one image is."""
    return scale.im2uint8(scale.mat2gray(np.where(both, np.abs(first - second), 0)))
