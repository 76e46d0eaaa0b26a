"""Grey levels that part dark from bright, by N. Otsu's criterion (IEEE Trans. SMC 9, 1979, 62-66) and from the
surroundings of each pixel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def otsu_of_counts(counts: np.ndarray) -> tuple[float, float]:
    """The level from 0 to 1 that parts a histogram best, and the share of all variance that lies between the parts.

    Where several levels are equally good their mean is taken; (0, 0) where all is in one bin.
    """
    bins = counts.size
    total = counts.sum()
    share = counts / total if total else np.zeros(bins)
    weight, mean = np.cumsum(share), np.cumsum(share * np.arange(1, bins + 1))
    between = (mean[-1] * weight - mean) ** 2 / (weight * (1 - weight))
    finite = between[np.isfinite(between)]
    if not finite.size or not total or bins < 2:
        return 0.0, 0.0
    best = finite.max()
    level = float(np.mean(np.flatnonzero(np.isclose(between, best, rtol=1e-12, atol=0)))) / (bins - 1)
    variance = float((share * (np.arange(1, bins + 1) - mean[-1]) ** 2).sum())
    return (level, float(best / variance)) if variance else (0.0, 0.0)


def class_range(dtype: np.dtype) -> tuple[float, float]:
    """Black and white of an image class."""
    if dtype.kind in "fb":
        return 0.0, 1.0
    bounds = np.iinfo(dtype)
    return float(bounds.min), float(bounds.max)


def bin_numbers(image: np.ndarray, bins: int) -> np.ndarray:
    """The bin (from 0) of each pixel: the first and last bin are centred on black and white; NaN is black."""
    black, white = class_range(image.dtype)
    at = np.nan_to_num((image.astype(float) - black) * ((bins - 1) / (white - black)), nan=0.0)
    return np.floor(np.clip(at, 0, bins - 1) + 0.5).astype(np.intp)


def histogram(image: np.ndarray, bins: int = 256) -> np.ndarray:
    """How many pixels each of `bins` levels has."""
    return np.bincount(bin_numbers(image, bins).ravel(), minlength=bins).astype(float)


def brighter(image: np.ndarray, level: np.ndarray | float) -> np.ndarray:
    """Which pixels are brighter than levels from 0 to 1."""
    black, white = class_range(image.dtype)
    return np.asfortranarray(image > black + (white - black) * level)


def adaptive(image: np.ndarray, sensitivity: float, size: tuple[int, ...], statistic: str, bright: bool) -> np.ndarray:
    """A level from 0 to 1 for each pixel: the mean, median or Gaussian mean of the pixels around it (`size` along each
    dimension, the edge repeated), times 0.6 + (1 - sensitivity) for bright objects, 0.4 + sensitivity for dark ones."""
    from scipy import ndimage

    black, white = class_range(image.dtype)
    level = (image.astype(float) - black) / (white - black)
    if image.dtype.kind == "f":
        level = np.clip(np.nan_to_num(level), 0, 1)
    if statistic == "median":
        local = ndimage.median_filter(level, size, mode="nearest")
    elif statistic == "gaussian":
        local = level
        for axis, length in enumerate(size):
            reach, sigma = length // 2, (length - 1) / 4
            taps = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2)) if sigma else np.ones(1)
            local = ndimage.correlate1d(local, taps / taps.sum(), axis, mode="nearest")
    else:
        local = level
        for axis, length in enumerate(size):
            local = ndimage.correlate1d(local, np.full(length, 1 / length), axis, mode="nearest")
    factor = 0.6 + (1 - sensitivity) if bright else 0.4 + sensitivity
    return np.asfortranarray(np.clip(factor * local, 0, 1))


def several(
    share: np.ndarray, count: int, search: Callable[[Callable[[np.ndarray], float], np.ndarray], np.ndarray]
) -> tuple[np.ndarray, float]:
    """`count` levels (from 0, in bins) that part a histogram's shares best, and the share of the variance between.

    One and two are found among all; for more, `search` (function, start) looks for the least value of a function, as
    MATLAB does.
    """
    bins = share.size
    weight, mean = np.cumsum(share), np.cumsum(share * np.arange(1, bins + 1))
    total = mean[-1]
    if count == 1:
        between = (total * weight - mean) ** 2 / (weight * (1 - weight))
        between[~np.isfinite(between)] = -np.inf
        best = between.max()
        levels = np.array([np.mean(np.flatnonzero(np.isclose(between, best, rtol=1e-12, atol=0)))])
    elif count == 2:
        part = weight * (mean / weight - total) ** 2
        middle = weight[None, :] - weight[:, None]
        between = part[:, None] + middle * ((mean[None, :] - mean[:, None]) / middle - total) ** 2
        last = 1 - weight[None, :]
        between = between + last * ((total - mean[None, :]) / last - total) ** 2
        between[np.tril_indices(bins)] = -np.inf
        between[~np.isfinite(between)] = -np.inf
        best = between.max()
        levels = np.argwhere(np.isclose(between, best, rtol=1e-12, atol=0)).mean(0)
    else:

        def worth(levels: np.ndarray) -> float:
            ends = np.floor(levels + 0.5).astype(int) + 1
            if not (np.diff(np.r_[0, ends, bins]) > 0).all():
                return np.inf
            ends = np.r_[ends, bins] - 1
            parts = np.diff(np.r_[0, weight[ends]])
            means = np.diff(np.r_[0, mean[ends]]) / parts
            value = float((parts * (means - total) ** 2).sum())
            return -value if np.isfinite(value) else np.inf

        levels = search(worth, np.linspace(0, bins - 1, count + 2)[1:-1])
        best = -worth(levels)
        levels = np.floor(levels + 0.5)
    variance = float((share * (np.arange(1, bins + 1) - total) ** 2).sum())
    return levels, float(best / variance) if np.isfinite(best) and variance else 0.0
