"""Images rebuilt from markers (L. Vincent, Morphological grayscale reconstruction, 1993), and what comes of that:
hollows filled, highest and lowest regions.  scikit-image does the work; the numbers are MATLAB's."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import connected


def reconstruct(marker: np.ndarray, mask: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """The marker grown under the mask (nowhere above it) until nothing changes; of the mask's class."""
    if not mask.size:
        return mask.copy()
    neighbours = connected.fitted(neighbours, mask.ndim)
    if mask.dtype == bool:
        return connected.marked(mask, marker & mask, neighbours)
    from skimage.morphology import reconstruction

    level = np.fmin(marker, mask)
    # ranks, for whole numbers that no double holds, and for NaN (above all), on which scikit-image dies
    if (mask.dtype.itemsize == 8 and mask.dtype.kind != "f") or np.isnan(level).any() or np.isnan(mask).any():
        values, ranks = np.unique(np.concatenate((level.ravel(), mask.ravel())), return_inverse=True)
        low, high = ranks[: level.size].reshape(level.shape), ranks[level.size :].reshape(mask.shape)
        made = reconstruction(low.astype(float), high.astype(float), "dilation", neighbours)
        return values[made.astype(np.intp)]
    made = reconstruction(level.astype(float), mask.astype(float), "dilation", neighbours)
    return made.astype(mask.dtype)


def without_holes(image: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """What is enclosed filled: in truth set, in grey raised to the lowest level of what encloses it."""
    if not image.size:
        return image
    if image.dtype == bool:
        return connected.holes_filled(image, neighbours)
    values, ranks = np.unique(image, return_inverse=True)  # NaN above all
    below = len(values) - 1.0 - ranks.reshape(image.shape)  # turned over: holes are hills
    border = connected.border_of(image.shape, connected.stepped(neighbours, image.ndim))
    if not border.any():  # nothing leads out: all is one hollow
        return np.full_like(image, np.inf if image.dtype.kind == "f" else np.iinfo(image.dtype).max)
    seed = np.where(border, below, 0)
    return values[len(values) - 1 - reconstruct(seed, below, neighbours).astype(np.intp)]


def regional_maxima(image: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """Truth on connected pixels of one level about which all others are lower."""
    from skimage.morphology import local_maxima

    if not image.size:
        return np.zeros(image.shape, bool)
    ranks = np.unique(image, return_inverse=True)[1].reshape(image.shape) + 1
    wide = np.pad(ranks, 1)  # lower than all: a plateau at the border, or everywhere, is a maximum too
    footprint = connected.fitted(neighbours, image.ndim)
    found = local_maxima(wide, footprint=footprint)
    return np.asarray(found, bool)[(slice(1, -1),) * image.ndim]


def complement(image: np.ndarray) -> np.ndarray:
    """The image turned over, as imcomplement does it."""
    if image.dtype == bool:
        return ~image
    if image.dtype.kind == "u":
        return np.iinfo(image.dtype).max - image
    if image.dtype.kind == "i":
        return ~image
    return np.array(1, image.dtype) - image


def lowered(image: np.ndarray, depth: float) -> np.ndarray:
    """The image less a number, rounded and kept within its class."""
    if image.dtype.kind == "f":
        return image - np.array(depth, image.dtype)
    bounds = np.iinfo(image.dtype)
    low = np.floor(image.astype(float) - depth + 0.5) if depth != int(depth) else image.astype(float) - depth
    return np.clip(low, bounds.min, bounds.max).astype(image.dtype)
