"""How alike two images are: squared errors, structural similarity, and what an image says of itself (PIQE)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnscript.pictures.images import filters, kernels

RANGES = {"bool": 1.0, "float32": 1.0, "float64": 1.0}


def class_range(dtype: np.dtype) -> float:
    """White less black of an image class."""
    if dtype.name in RANGES:
        return RANGES[dtype.name]
    bounds = np.iinfo(dtype)
    return float(bounds.max) - float(bounds.min)


def mean_squared_error(one: np.ndarray, other: np.ndarray, axes: tuple[int, ...] | None = None) -> np.ndarray:
    return ((one.astype(float) - other.astype(float)) ** 2).mean(axes, keepdims=axes is not None)


def lowered(image: np.ndarray) -> np.ndarray:
    """Levels as doubles, the lowest of signed integers 0."""
    if image.dtype.kind == "i":
        return image.astype(float) - float(np.iinfo(image.dtype).min)
    return image.astype(float)


def ratio(above: np.ndarray, below: np.ndarray, constant: float, power: float) -> np.ndarray:
    """above/below to a power; without a constant that keeps `below` from 0, 1 where it is.

    Complex where a negative ratio has a power that is not whole.
    """
    made = above / below if constant > 0 else np.where(below != 0, above / np.where(below != 0, below, 1), 1.0)
    return made if power == 1 else np.power(made, power) if power == int(power) else np.emath.power(made, power)


def parts_of_similarity(
    one: np.ndarray, other: np.ndarray, constants: Sequence[float], radius: float, spatial: int
) -> tuple[np.ndarray, ...]:
    """Means and (co)variances under a Gaussian of standard deviation `radius` along the first `spatial` dimensions."""
    reach = int(np.ceil(3 * radius))
    sizes = [2 * reach + 1] * spatial
    sigmas = [radius] * spatial

    def mean(image: np.ndarray) -> np.ndarray:
        return filters.smoothed(image, sigmas, sizes)

    x, y = mean(one), mean(other)
    return x, y, mean(one**2) - x**2, mean(other**2) - y**2, mean(one * other) - x * y


def similarity(
    one: np.ndarray,
    other: np.ndarray,
    constants: Sequence[float],
    powers: Sequence[float],
    radius: float,
    spatial: int,
) -> np.ndarray:
    """The SSIM of each pixel (Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, IEEE Trans. Image Processing 13, 2004,
    eq. 12 and 13), the edge replicated."""
    x, y, xx, yy, xy = parts_of_similarity(one, other, constants, radius, spatial)
    light, contrast, structure = constants
    if structure == contrast / 2 and list(powers) == [1, 1, 1]:
        above = (2 * x * y + light) * (2 * xy + contrast)
        below = (x**2 + y**2 + light) * (xx + yy + contrast)
        return ratio(above, below, min(light, contrast), 1)
    made = np.ones(one.shape)
    spread = np.sqrt(np.maximum(xx * yy, 0))
    if powers[0] > 0:
        made = made * ratio(2 * x * y + light, x**2 + y**2 + light, light, powers[0])
    if powers[1] > 0:
        made = made * ratio(2 * spread + contrast, xx + yy + contrast, contrast, powers[1])
    if powers[2] > 0:
        made = made * ratio(xy + structure, spread + structure, structure, powers[2])
    return made


def halved(image: np.ndarray, spatial: int) -> np.ndarray:
    """Every second pixel of the means of 2 by 2 (2 by 2 by 2) pixels, the edge mirrored."""
    weights = np.full((2,) * spatial, 0.5**spatial)
    small = kernels.sums(image, weights, "symmetric")
    return small[(slice(None, None, 2),) * spatial]


def multiscale_similarity(
    one: np.ndarray,
    other: np.ndarray,
    constants: Sequence[float],
    weights: Sequence[float],
    radius: float,
    spatial: int,
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The product over scales (each half the one before) of the mean contrast and structure, each to its weight, and
    of the mean luminance of the last (Z. Wang, E. Simoncelli, A. Bovik, Asilomar 2003, eq. 7).

    Returns the score of each plane beyond the spatial dimensions, and a map for each scale.
    """
    axes = tuple(range(spatial))
    score: np.ndarray = np.ones((1,) * spatial + one.shape[spatial:])
    maps = []
    light, contrast, _ = constants
    for scale, weight in enumerate(weights):
        x, y, xx, yy, xy = parts_of_similarity(one, other, constants, radius, spatial)
        made = (2 * xy + contrast) / (xx + yy + contrast)
        if scale == len(weights) - 1:
            made = made * (2 * x * y + light) / (x**2 + y**2 + light)
        maps.append(made)
        mean = made.mean(axes, keepdims=True)
        score = score * (mean if weight == 1 else np.maximum(mean, 0) ** weight)
        if scale < len(weights) - 1:
            one, other = halved(one, spatial), halved(other, spatial)
    return score, maps
