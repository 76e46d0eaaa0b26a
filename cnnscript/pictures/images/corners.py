"""Corners: where an image changes in all directions (C. Harris and M. Stephens, 1988; J. Shi and C. Tomasi, 1994)."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import connected, rebuild, tables_of_bits


def metric(image: np.ndarray, weights: np.ndarray, sensitivity: float | None) -> np.ndarray:
    """How much of a corner each pixel is, by Harris with a sensitivity, or by the smaller eigenvalue (None).

    image: H×W floats.  weights: the row of a separable window, of odd length.
    """
    if min(image.shape) < 3:
        return np.zeros(image.shape)
    from scipy.ndimage import convolve1d

    wide = np.pad(image, 1, mode="edge")
    across = (wide[1:-1, :-2] - wide[1:-1, 2:])[1:-1, 1:-1]
    down = (wide[:-2, 1:-1] - wide[2:, 1:-1])[1:-1, 1:-1]
    half = (len(weights) - 1) // 2

    def summed(products: np.ndarray) -> np.ndarray:
        wide = np.pad(products, half)  # what the window reaches, less half a window but one
        wide = convolve1d(convolve1d(wide, weights, 0, mode="constant"), weights, 1, mode="constant")
        cut = half - 1
        return wide[cut : wide.shape[0] - cut, cut : wide.shape[1] - cut]

    a, b, c = summed(across * across), summed(down * down), summed(across * down)
    if sensitivity is not None:
        return a * b - c**2 - sensitivity * (a + b) ** 2
    return (a + b - np.sqrt((a - b) ** 2 + 4 * c**2)) / 2


def peaks(strength: np.ndarray, quality: float, most: int) -> np.ndarray:
    """The places (n x 2: x, y from 1) of the strongest corners, strongest first, none on the border."""
    if not strength.size or not strength.max() > 0:
        return np.zeros((0, 2))
    found = rebuild.regional_maxima(strength, connected.neighbourhood(8))
    found &= strength >= quality * strength.max()
    found = tables_of_bits.morph(found, "shrink", np.inf)
    found &= ~connected.border_of(found.shape)
    column, row = np.nonzero(found.T)
    order = np.argsort(-strength[row, column], kind="stable")[:most]
    return np.stack((column[order], row[order]), axis=1) + 1.0
