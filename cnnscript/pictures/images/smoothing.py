"""Filters that keep edges: bilateral, guided, by diffusion, by alike patches, by local Laplacians; and sharpening.

Levels are doubles in the units of the image's class; who calls rounds them back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnscript.pictures.images import filters, kernels
from cnnscript.pictures.images.neighbourhoods import running_sums


def sharpened(image: np.ndarray, radius: float, amount: float, threshold: float) -> np.ndarray:
    """The image plus `amount` times what a Gaussian of standard deviation `radius` takes from it (unsharp masking);
    with a threshold only where that is more than this share of the most."""
    size = 2 * int(np.ceil(2 * radius)) + 1
    weights = -kernels.gaussian((size, size), radius)
    weights[size // 2, size // 2] += 1
    if threshold > 0:
        detail = kernels.sums(image, weights, "replicate")
        most = np.abs(detail).max(initial=0)
        return image + amount * np.where(np.abs(detail) > threshold * most, detail, 0)
    weights *= amount
    weights[size // 2, size // 2] += 1
    return kernels.sums(image, weights, "replicate")


def bilateral(
    image: np.ndarray, smoothing: float, sigma: float, size: int, outside: str | float = "replicate"
) -> np.ndarray:
    """Means of a neighbourhood in which near and alike pixels weigh more: exp(-d²/2σ²)·exp(-Δ²/2s), with the squared
    distance Δ² of all channels (C. Tomasi, R. Manduchi, ICCV 1998).

    image: H×W or H×W×C.  smoothing: the variance s of levels.  size: odd side of the neighbourhood.
    """
    reach = size // 2
    channels = image.reshape(*image.shape[:2], -1)
    wide = kernels.padded(channels, [(reach, reach), (reach, reach), (0, 0)], outside)
    total = np.zeros(channels.shape)
    weight = np.zeros(channels.shape[:2])
    rows, columns = image.shape[:2]
    for down in range(size):
        for across in range(size):
            other = wide[down : down + rows, across : across + columns]
            near = ((down - reach) ** 2 + (across - reach) ** 2) / (2 * sigma**2)
            share = np.exp(-near - ((other - channels) ** 2).sum(2) / (2 * smoothing))
            total += share[:, :, None] * other
            weight += share
    return (total / weight[:, :, None]).reshape(image.shape)


def box_mean(image: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    for axis, size in enumerate(sizes):
        image = filters.along(image, np.full(size, 1 / size), axis)
    return image


def guided(image: np.ndarray, guide: np.ndarray, sizes: Sequence[int], smoothing: float) -> np.ndarray:
    """In each box the linear function of the guide that is nearest to the image, averaged over all boxes of a pixel
    (K. He, J. Sun, X. Tang, IEEE Trans. PAMI 35, 2013, eq. 5-8 and 19-21).

    guide: H×W, or H×W×3 for one whose colours count.  Each channel of the image is filtered on its own.
    """
    channels = image.reshape(*image.shape[:2], -1)
    made = np.empty(channels.shape)
    colours = guide.reshape(*guide.shape[:2], -1)
    mean = box_mean(colours, sizes)
    products = colours[..., :, None] * colours[..., None, :]
    spread = box_mean(products, sizes) - mean[..., :, None] * mean[..., None, :]
    spread = spread + smoothing * np.eye(colours.shape[2])
    for k in range(channels.shape[2]):
        level = channels[:, :, k]
        average = box_mean(level, sizes)
        joint = box_mean(colours * level[..., None], sizes) - mean * average[..., None]
        slope = np.linalg.solve(spread, joint[..., None])[..., 0]
        offset = average - (slope * mean).sum(2)
        made[:, :, k] = (box_mean(slope, sizes) * colours).sum(2) + box_mean(offset, sizes)
    return made.reshape(image.shape)


RATES = {(2, False): 1 / 4, (2, True): 1 / 8, (3, False): 1 / 7, (3, True): 3 / 44}


def diffused(image: np.ndarray, thresholds: Sequence[float], every: bool, exponential: bool) -> np.ndarray:
    """One step of diffusion for each threshold: towards the neighbours, the less the more they differ (P. Perona,
    J. Malik, IEEE Trans. PAMI 12, 1990); neighbours at distance d weigh 1/d².

    every: all 8 (26) neighbours, else the 4 (6) nearest.  exponential: exp(-(Δ/K)²), else 1/(1 + (Δ/K)²).
    """
    dimensions = image.ndim
    rate = RATES[dimensions, every]
    steps = [
        step
        for step in np.ndindex((3,) * dimensions)
        if (distance := sum(abs(k - 1) for k in step)) and (every or distance == 1)
    ]
    for threshold in thresholds:
        wide = np.pad(image, 1, "edge")
        flow = np.zeros(image.shape)
        for step in steps:
            other = wide[tuple(slice(k, k + n) for k, n in zip(step, image.shape, strict=True))]
            change = other - image
            ratio = (change / threshold) ** 2
            share = np.exp(-ratio) if exponential else 1 / (1 + ratio)
            flow += share * change / sum(abs(k - 1) for k in step)
        image = image + rate * flow
    return image


def noise_deviation(image: np.ndarray) -> float:
    """The standard deviation of the noise of an image of H×W (J. Immerkær, Computer Vision and Image Understanding 64,
    1996)."""
    rows, columns = image.shape
    if rows < 3 or columns < 3:
        return 0.0
    weights = np.array([[1.0, -2, 1], [-2, 4, -2], [1, -2, 1]])
    total = np.abs(kernels.correlated(image, weights)).sum()
    return float(np.sqrt(np.pi / 2) * total / (6 * (rows - 2) * (columns - 2)))


def alike_patches(image: np.ndarray, smoothing: float, search: int, patch: int) -> np.ndarray:
    """Means of all pixels of a search window, each weighed by how alike the patches around it and around the middle
    are: exp(-d²/h²), with d² the mean squared difference and h the smoothing; the middle weighs as much as the best
    other (A. Buades, B. Coll, J.-M. Morel, CVPR 2005)."""
    channels = image.reshape(*image.shape[:2], -1)
    rows, columns, count = channels.shape
    reach, half = search // 2, patch // 2
    wide = np.pad(channels, [(reach + half,) * 2, (reach + half,) * 2, (0, 0)], "symmetric")
    centre = wide[reach : reach + rows + 2 * half, reach : reach + columns + 2 * half]
    total = np.zeros(channels.shape)
    weight = np.zeros((rows, columns))
    best = np.zeros((rows, columns))
    for down in range(search):
        for across in range(search):
            if down == reach and across == reach:
                continue
            other = wide[down : down + rows + 2 * half, across : across + columns + 2 * half]
            sums = ((other - centre) ** 2).mean(2)
            for axis in (0, 1):
                sums = running_sums(sums, patch, axis)
            share = np.exp(-np.maximum(sums, 0) / patch**2 / smoothing**2)
            total += share[:, :, None] * other[half : half + rows, half : half + columns]
            weight += share
            np.maximum(best, share, out=best)
    best[best == 0] = 1
    return ((total + best[:, :, None] * channels) / (weight + best)[:, :, None]).reshape(image.shape)


# --------------------------------------------------------------------------------------------------- local Laplacians
TAPS = np.array([0.05, 0.25, 0.4, 0.25, 0.05])


def smaller(image: np.ndarray) -> np.ndarray:
    return filters.along(filters.along(image, TAPS, 0), TAPS, 1)[::2, ::2]


def larger(image: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The image with zeros between its pixels, smoothed and brought back to its brightness."""
    filled, there = np.zeros(shape), np.zeros(shape)
    filled[::2, ::2] = image
    there[::2, ::2] = 1
    filled, there = (filters.along(filters.along(each, TAPS, 0, 0.0), TAPS, 1, 0.0) for each in (filled, there))
    return filled / there


def pyramid(image: np.ndarray, levels: int) -> list[np.ndarray]:
    made = [image]
    for _ in range(levels):
        made.append(smaller(made[-1]))
    return made


def bands(steps: list[np.ndarray]) -> list[np.ndarray]:
    return [one - larger(two, one.shape) for one, two in zip(steps, steps[1:], strict=False)] + [steps[-1]]


def local_laplacian(image: np.ndarray, sigma: float, alpha: float, beta: float, samples: int) -> np.ndarray:
    """Details (differences up to sigma) to the power alpha and larger differences times beta, without halos (S. Paris,
    S. Hasinoff, J. Kautz, SIGGRAPH 2011), from `samples` levels (M. Aubry and others, ACM Trans. Graphics 33, 2014).

    image: H×W with levels from 0 to 1.
    """
    levels = max(0, int(np.floor(np.log2(max(1, min(image.shape))))) - 1)
    steps = pyramid(image, levels)
    low, high = float(image.min()), float(image.max())
    if not high > low:
        return image
    marks = np.linspace(low, high, samples)
    width = marks[1] - marks[0]
    made = [np.zeros(step.shape) for step in steps[:-1]] + [steps[-1]]
    for mark in marks:
        change = image - mark
        size = np.abs(change)
        detail = sigma * np.power(size / sigma, alpha)
        moved = mark + np.sign(change) * np.where(size <= sigma, detail, beta * (size - sigma) + sigma)
        for target, band, step in zip(made[:-1], bands(pyramid(moved, levels))[:-1], steps[:-1], strict=True):
            target += band * np.maximum(0, 1 - np.abs(step - mark) / width)
    out = made[-1]
    for band in made[-2::-1]:
        out = larger(out, band.shape) + band
    return out


# ------------------------------------------------------------------------------------------------------------- fibers
def fibers(image: np.ndarray, thickness: float, sensitivity: float, bright: bool) -> np.ndarray:
    """How much each pixel (voxel) looks like a tube of a thickness, 0 to 1 (A. Frangi and others, MICCAI 1998,
    eq. 13 and 15), from second derivatives of a Gaussian of a sixth of the thickness."""
    sigma = thickness / 6
    dimensions = image.ndim
    size = 2 * int(np.ceil(3 * sigma)) + 1
    smooth = filters.smoothed(image, [sigma] * dimensions, [size] * dimensions)
    first = [np.gradient(smooth, axis=axis) for axis in range(dimensions)]
    second = np.empty((*image.shape, dimensions, dimensions))
    for row in range(dimensions):
        for column in range(dimensions):
            second[..., row, column] = np.gradient(first[row], axis=column)
    second = (second + np.swapaxes(second, -1, -2)) / 2 * sigma**2
    values = np.linalg.eigvalsh(second)
    values = np.take_along_axis(values, np.argsort(np.abs(values), axis=-1), axis=-1)
    tiny = np.finfo(float).eps
    strength = (values**2).sum(-1)
    largest = np.where(values[..., -1] == 0, tiny, values[..., -1])
    if dimensions == 2:
        flat = (values[..., 0] / largest) ** 2
        made = np.exp(-flat / 0.5)
        wrong = values[..., 1:]
    else:
        middle = np.where(values[..., 1] == 0, tiny, values[..., 1])
        blob = values[..., 0] ** 2 / np.abs(middle * largest)
        made = np.exp(-blob / 0.5) * (1 - np.exp(-((middle / largest) ** 2) / 0.5))
        wrong = values[..., 1:]
    made = made * (1 - np.exp(-strength / (2 * sensitivity**2)))
    return np.where(((wrong > 0) if bright else (wrong < 0)).any(-1), 0, made)
