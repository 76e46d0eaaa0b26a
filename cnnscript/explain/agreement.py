"""How much two maps agree: by their ranks (Spearman), by their numbers (Pearson), by their highest pixels.

Of a map without differences nothing can be said: NaN.  Where only the second has none, it kept nothing of the first: 0.
"""

from __future__ import annotations

import numpy as np


def ranks(numbers: np.ndarray) -> np.ndarray:
    """The rank of each number of an array, from 1, equal numbers sharing the mean of theirs; flat."""
    _, place, counts = np.unique(np.asarray(numbers).ravel(), return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays of one size, from -1 to 1."""
    return correlation(ranks(one), ranks(other))


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation of two arrays of one size, from -1 to 1."""
    first, second = (np.asarray(each, float).ravel() for each in (one, other))
    if first.min() == first.max():
        return float("nan")
    if second.min() == second.max():
        return 0.0
    first, second = (scaled(each - each.mean()) for each in (first, second))
    # sums of products, not dot: BLAS's threads and TensorFlow's would wait for each other
    power = (first * first).sum() * (second * second).sum()
    return float(np.clip((first * second).sum() / np.sqrt(power), -1, 1))


def scaled(numbers: np.ndarray) -> np.ndarray:
    """Numbers whose largest size is 1: squares of tiny ones would vanish."""
    return numbers / np.abs(numbers).max()


def overlap(one: np.ndarray, other: np.ndarray, share: float = 0.2) -> float:
    """How much of the highest `share` of two maps is the same: what is in both, over what is in either."""
    count = max(1, round(share * one.size))
    first, second = (set(np.argsort(-each.ravel(), kind="stable")[:count].tolist()) for each in (one, other))
    return len(first & second) / len(first | second)


def in_unit(map: np.ndarray) -> np.ndarray:
    """A map from 0 to 1, double; without differences it is 0."""
    numbers = np.asarray(map, float)
    low, high = numbers.min(), numbers.max()
    return (numbers - low) / (high - low) if high > low else np.zeros(numbers.shape)
