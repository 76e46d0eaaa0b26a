"""Does a map stay when the image hardly changes?  Max-sensitivity (Yeh et al. 2019, arXiv:1901.09392, with
random neighbours), rank correlation, and shifts (after the input invariance of Kindermans et al., arXiv:1711.00867).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnscript.explain.agreement import rank_correlation

Move = tuple[int, int]  # down and right, in pixels


@dataclass(frozen=True)
class Stability:
    """What the maps of changed copies say, each moved back to where it was.

    correlations   of each copy: Spearman's, with the map of the image, where both saw the image
    sensitivities  of each copy: ‖map - map of the image‖ / ‖map of the image‖ there
    spread         H×W: the standard deviation of each pixel over the image and its copies, as a share of the range of
                   the image's map
    """

    correlations: np.ndarray
    sensitivities: np.ndarray
    spread: np.ndarray


def noisy_copies(image: np.ndarray, count: int, level: float, generator: np.random.Generator) -> np.ndarray:
    """Copies count×H×W×C float32 of an image H×W×C, each number up to `level` of the image's range away from its own:
    neighbours in the ball of the largest norm that Yeh et al. take."""
    image = image.astype(np.float32)
    radius = level * float(image.max() - image.min())
    return image + radius * (2 * generator.random((count, *image.shape), np.float32) - 1)


def moves(count: int, most: int, generator: np.random.Generator) -> list[Move]:
    """Different moves of up to `most` pixels along each side, none of them none; all there are if they are fewer."""
    every = [(down, right) for down in range(-most, most + 1) for right in range(-most, most + 1) if down or right]
    chosen = generator.permutation(len(every))[:count]
    return [every[k] for k in sorted(chosen.tolist())]


def moved_copies(image: np.ndarray, by: Sequence[Move]) -> np.ndarray:
    """Copies n×H×W×C of an image, moved; what comes in is the edge's pixel."""
    height, width = image.shape[:2]
    return np.stack([
        image[np.clip(np.arange(height) - down, 0, height - 1)][:, np.clip(np.arange(width) - right, 0, width - 1)]
        for down, right in by
    ])  # fmt: skip


def measured(map: np.ndarray, others: Sequence[np.ndarray], by: Sequence[Move]) -> Stability:
    """Compare the map H×W of an image with those of its copies, of which each was moved."""
    correlations, sensitivities = [], []
    height, width = map.shape
    total, square, seen = np.array(map, float), np.array(map, float) ** 2, np.ones(map.shape)
    for other, (down, right) in zip(others, by, strict=True):
        here = slice(max(0, -down), min(height, height - down)), slice(max(0, -right), min(width, width - right))
        there = slice(max(0, down), min(height, height + down)), slice(max(0, right), min(width, width + right))
        mine, its = np.asarray(map[here], float), np.asarray(other[there], float)
        correlations.append(rank_correlation(mine, its))
        size = np.sqrt((mine**2).sum())
        sensitivities.append(np.sqrt(((its - mine) ** 2).sum()) / size if size > 0 else np.nan)
        total[here] += its
        square[here] += its**2
        seen[here] += 1
    span = float(map.max() - map.min())
    deviation = np.sqrt(np.maximum(square / seen - (total / seen) ** 2, 0))
    return Stability(np.array(correlations), np.array(sensitivities), deviation / span if span > 0 else deviation)
