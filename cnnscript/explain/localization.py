"""Does a map point at what it should?  The pointing game (Zhang et al. 2016, arXiv:1608.00507), and how much of a
map lies there: relevance mass and rank accuracy (Arras et al. 2020, arXiv:2003.07258).
"""

from __future__ import annotations

import numpy as np


def highest(map: np.ndarray) -> tuple[int, int]:
    """Row and column (from 0) of the highest pixel; of equals, of the upper left one."""
    row, column = np.unravel_index(int(np.argmax(map)), map.shape)
    return int(row), int(column)


def points_at(map: np.ndarray, mask: np.ndarray, tolerance: float) -> bool:
    """Is the highest pixel in the mask, or not further than `tolerance` pixels from it?"""
    row, column = highest(map)
    rows, columns = np.nonzero(mask)
    return bool(((rows - row) ** 2 + (columns - column) ** 2 <= tolerance**2).any())


def mass_accuracy(map: np.ndarray, mask: np.ndarray) -> float:
    """The share of the map that is in the mask, of what is positive; NaN where nothing is."""
    positive = np.maximum(np.asarray(map, float), 0)
    total = positive.sum()
    return float(positive[mask].sum() / total) if total > 0 else float("nan")


def rank_accuracy(map: np.ndarray, mask: np.ndarray) -> float:
    """The share of the highest pixels, as many as the mask has, that are in the mask."""
    count = int(mask.sum())
    order = np.argsort(-np.asarray(map, float).ravel(), kind="stable")[:count]
    return float(mask.ravel()[order].mean())
