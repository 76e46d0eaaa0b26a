"""Filters of images by a matrix of weights: the weights that MATLAB's fspecial makes, and their application."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.resize import rounded

PADDING = {"replicate": "edge", "circular": "wrap", "symmetric": "symmetric"}


def gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """exp(-(x² + y²) / 2σ²) about the middle, made to sum to 1; what is too small to count is 0."""
    y, x = np.ogrid[tuple(slice(-(n - 1) / 2, (n - 1) / 2 + 0.5) for n in size)]
    weights = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    weights[weights < np.finfo(float).eps * weights.max()] = 0
    return weights / weights.sum()


def laplacian_of_gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """The Laplacian of a Gaussian, made to sum to 0."""
    y, x = np.ogrid[tuple(slice(-(n - 1) / 2, (n - 1) / 2 + 0.5) for n in size)]
    weights = gaussian(size, sigma) * (x**2 + y**2 - 2 * sigma**2) / sigma**4
    return weights - weights.mean()


def laplacian(alpha: float) -> np.ndarray:
    """A 3×3 Laplacian; alpha (0 to 1) says how much the corners count."""
    corner, edge = alpha / (alpha + 1), (1 - alpha) / (alpha + 1)
    return np.array([[corner, edge, corner], [edge, -4 / (alpha + 1), edge], [corner, edge, corner]])


def unsharp(alpha: float) -> np.ndarray:
    """What sharpens: the picture less its Laplacian."""
    return np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]) - laplacian(alpha)


def disk(radius: float) -> np.ndarray:
    """How much of each pixel a disk about the middle one covers, made to sum to 1."""
    reach = int(np.ceil(radius - 0.5))
    edges = np.arange(-reach, reach + 2) - 0.5
    corner = np.sign(edges)[:, None] * np.sign(edges) * quarter(np.abs(edges)[:, None], np.abs(edges), radius)
    area = corner[1:, 1:] - corner[:-1, 1:] - corner[1:, :-1] + corner[:-1, :-1]
    return area / area.sum()


def quarter(x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
    """The area that a disk about the origin shares with the rectangle from the origin to (x, y), neither below 0."""
    x, y = np.minimum(x, radius), np.minimum(y, radius)

    def under(along: np.ndarray) -> np.ndarray:
        """The area under the circle from 0 to `along`."""
        return (along * np.sqrt(radius**2 - along**2) + radius**2 * np.arcsin(along / radius)) / 2

    flat = np.minimum(x, np.sqrt(radius**2 - y**2))  # up to here the circle is higher than y
    return flat * y + under(x) - under(flat)


def apply(
    image: np.ndarray, weights: np.ndarray, outside: str | float = 0.0, full: bool = False, turned: bool = False
) -> np.ndarray:
    """The image (H×W or H×W×...) filtered in its own class, rounded and kept within it.

    outside: 'replicate', 'circular', 'symmetric' or a number.  full: also where the weights reach over the edge.
    turned: convolution instead of correlation.
    """
    from scipy.signal import correlate2d

    if turned:
        weights = weights[::-1, ::-1]
    around = []
    for length, size in zip(image.shape, weights.shape, strict=False):
        middle = (size + 1) // 2 - 1
        before, after = middle, size - 1 - middle
        around.append((before + after, before + after) if full else (before, after))
        if length == 0:
            return image
    around += [(0, 0)] * (image.ndim - 2)
    wide = image.astype(float)
    if isinstance(outside, str):
        wide = np.pad(wide, around, PADDING[outside])
    else:
        wide = np.pad(wide, around, constant_values=outside)
    planes = wide.reshape(*wide.shape[:2], -1)
    made = np.stack([correlate2d(planes[:, :, k], weights, "valid") for k in range(planes.shape[2])], axis=2)
    made = made.reshape(*made.shape[:2], *image.shape[2:])
    if image.dtype == bool:
        return np.asfortranarray(made >= 0.5)
    return np.asfortranarray(rounded(made, image.dtype))
