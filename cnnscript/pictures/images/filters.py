"""Filters of images: Gaussian smoothing, boundaries of regions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnscript.pictures.images.kernels import padded
from cnnscript.pictures.images.resize import rounded


def gaussian(
    image: np.ndarray, sigmas: Sequence[float], sizes: Sequence[int], outside: str | float = "replicate"
) -> np.ndarray:
    """The image smoothed along its first dimensions, in its own class.

    sigmas, sizes: standard deviation and odd number of taps for rows, columns, ...; the taps are exp(-x²/2σ²) made
    to sum to 1. outside: 'replicate', 'circular', 'symmetric', or the number that is taken to lie outside.
    """
    if image.size == 0:
        return image
    out = smoothed(image, sigmas, sizes, outside)
    if image.dtype == bool:
        return out >= 0.5
    return np.asfortranarray(rounded(out, image.dtype))


def smoothed(
    image: np.ndarray, sigmas: Sequence[float], sizes: Sequence[int], outside: str | float = "replicate"
) -> np.ndarray:
    """`gaussian`, in doubles."""
    out = image.astype(float)
    if not out.size:
        return out
    for dimension, (sigma, size) in enumerate(zip(sigmas, sizes, strict=True)):
        reach = size // 2
        taps = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
        out = along(out, taps / taps.sum(), dimension, outside)
    return out


def along(image: np.ndarray, taps: np.ndarray, dimension: int, outside: str | float = "replicate") -> np.ndarray:
    """The sums of a float image under an odd number of weights along one dimension."""
    reach, length = len(taps) // 2, image.shape[dimension]
    around = [(reach, reach) if axis == dimension else (0, 0) for axis in range(image.ndim)]
    wide = padded(image, around, outside)
    out = np.zeros(image.shape)
    for k, tap in enumerate(taps):
        if tap:
            out += wide[(slice(None),) * dimension + (slice(k, k + length),)] * tap
    return out


def boundaries(labels: np.ndarray, diagonal: bool = True) -> np.ndarray:
    """True where a pixel of H×W labels has a neighbour (of 8, or of 4) with another label."""
    if labels.size == 0:
        return np.zeros(labels.shape, bool)
    wide = np.pad(labels, 1, "edge")
    rows, columns = labels.shape
    out = np.zeros(labels.shape, bool)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            if (down or across) and (diagonal or not (down and across)):
                out |= wide[1 + down : 1 + down + rows, 1 + across : 1 + across + columns] != labels
    return np.asfortranarray(out)
