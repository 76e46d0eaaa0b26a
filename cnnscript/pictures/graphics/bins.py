"""Edges of the bins of histograms, as MATLAB chooses them, and what counts in bins become."""

from __future__ import annotations

import numpy as np

METHODS = ("auto", "scott", "fd", "integers", "sturges", "sqrt")
NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")


def normalized_counts(counts: np.ndarray, edges: np.ndarray, total: int, word: str) -> np.ndarray:
    if word in ("cumcount", "cdf"):
        counts = np.cumsum(counts)
    if word in ("probability", "cdf", "percentage", "pdf"):
        counts = counts / total * (100 if word == "percentage" else 1)
    if word in ("countdensity", "pdf"):
        counts = counts / np.diff(edges)
    return counts


def chosen_edges(numbers: np.ndarray, limits, width, count, method: str, whole: bool, root: float = 3) -> np.ndarray:
    """Edges for data, from whatever was asked: nice round ones as MATLAB's automatic choice makes them.

    root   the automatic width falls with this root of the number of data: 3 in one dimension, 4 in two
    """
    if numbers.size == 0:
        low, high = limits or (0.0, 1.0)
        return np.linspace(low, high, (count or 1) + 1)
    low, high = limits or (float(numbers.min()), float(numbers.max()))
    if count is not None:
        if limits:
            return np.linspace(low, high, count + 1)
        return nice_edges(low, high, (high - low) / count if high > low else 1.0, count)
    if width is not None:
        if limits:
            steps = np.arange(low, high, width)
            return np.append(steps, high)
        left = width * np.floor(low / width)
        return left + width * np.arange(max(1, int(np.ceil((high - left) / width))) + 1)
    return automatic_edges(numbers, low, high, limits, method, whole, root)


def automatic_edges(
    numbers: np.ndarray, low: float, high: float, limits, method: str, whole: bool, root: float
) -> np.ndarray:
    size = numbers.size
    integers = whole or bool((numbers == np.round(numbers)).all())
    if method == "integers" or method == "auto" and integers and high - low <= 50 and not limits:
        step = max(1.0, np.ceil((high - low) / 65536), 4 * np.spacing(max(abs(low), abs(high))))
        if step > 2:
            return np.arange(low - step / 2, high + step, step)
        return np.arange(np.floor(low) - 0.5, np.ceil(high) + 0.5 + step / 2, step)
    deviation = float(numbers.std(ddof=1)) if size > 1 else 0.0
    if not np.isfinite(deviation):  # the squares are beyond the doubles
        deviation = high / 4 - low / 4
    if method in ("auto", "scott"):
        width = 3.5 * deviation / size ** (1 / root)
    elif method == "fd":
        quartile = np.subtract(*np.interp([0.75, 0.25], (np.arange(size) + 0.5) / size, np.sort(numbers.ravel())))
        width = 2 * max(quartile, (high - low) / 10 if quartile == 0 else 0) / size ** (1 / root)
    elif method == "sturges":
        width = (high - low) / max(1, np.ceil(np.log2(size) + 1))
    else:
        width = (high - low) / max(1, np.ceil(np.sqrt(size)))
    if limits:
        bins = max(1, int(np.ceil((high - low) / width))) if width > 0 else 1
        return np.linspace(low, high, bins + 1)
    return nice_edges(low, high, width, None)


def nice_edges(low: float, high: float, width: float, count: int | None) -> np.ndarray:
    """Edges at round numbers: the width is 1, 2, 3, 5 or 10 times a power of ten (with `count`: of few digits)."""
    scale = max(abs(low), abs(high))
    if not np.isfinite(high - low):  # near realmax: of numbers so small that their range is one
        quarter = width / 4 if np.isfinite(width) else (high / 4 - low / 4) / 4
        most = np.finfo(float).max / 4
        return 4 * np.clip(nice_edges(low / 4, high / 4, quarter, count), -most, most)
    if high - low <= max(1e-15 * scale, 5e-324):  # one value only
        span = 1.0 if count is None else float(count)
        middle = low
        left = np.floor(2 * (middle - span / 2)) / 2 if count else middle - 0.5
        return left + np.arange((count or 1) + 1) * (span / (count or 1))
    power = 10.0 ** np.floor(np.log10(width))
    if count is None:
        relative = width / power
        nice = next((step for limit, step in ((1.5, 1), (2.5, 2), (4, 3), (7.5, 5)) if relative < limit), 10)
        width = nice * power
        left = min(width * np.floor(low / width), low)
        bins = max(1, int(np.ceil((high - left) / width)))
        edges = left + width * np.arange(bins + 1)
        edges[-1] = max(edges[-1], high)
        return edges
    # start at a multiple of the width's leading digit; any width from (high-left)/count to (high-left)/(count-1)
    # puts the last element into the last bin: the roundest of them
    coarse = power * np.floor(width / power)
    left = min(coarse * np.floor(low / coarse), low)
    if count == 1:
        return np.array([left, max(left + coarse, high)])
    least, most = (high - left) / count, (high - left) / (count - 1)
    unit = 10.0 ** np.floor(np.log10(most - least))
    edges = left + unit * np.ceil(least / unit) * np.arange(count + 1)
    edges[-1] = max(edges[-1], high)
    return edges
