"""A few colours that stand for the many of an image."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import scale

STEPS = 64  # of each channel that colours are counted in before boxes are cut


def distinct(rgb: np.ndarray) -> np.ndarray:
    """The colours (n×3, from 0 to 1) that an image has, in order of red, green and blue."""
    flat = rgb.reshape(-1, 3)
    return scale.im2double(np.unique(flat, axis=0)) if flat.size else np.zeros((0, 3))


def least_variance(rgb: np.ndarray, count: int) -> np.ndarray:
    """At most `count` colours (n×3) for an H×W×3 image.

    The box of all colours is cut in two where the squared distances from the two means become least, then the box whose
    own are greatest, and so on (X. Wu, Graphics Gems II, 1991, 126-133); each box gives its mean.
    """
    level = np.clip(scale.im2double(rgb).reshape(-1, 3), 0, 1)
    cells = np.minimum((level * STEPS).astype(np.int64), STEPS - 1)
    codes = (cells[:, 0] * STEPS + cells[:, 1]) * STEPS + cells[:, 2]
    _, inverse, weights = np.unique(codes, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    means = np.stack([np.bincount(inverse, level[:, k]) / weights for k in range(3)], axis=1)
    boxes = [(spread(means, weights), np.arange(len(weights)))]
    while len(boxes) < count:
        place = max(range(len(boxes)), key=lambda k: boxes[k][0])
        if boxes[place][0] <= 0:
            break
        members = boxes.pop(place)[1]
        low, high = cut(means[members], weights[members])
        boxes += [(spread(means[part], weights[part]), part) for part in (members[low], members[high])]
    colours = np.array([np.average(means[part], axis=0, weights=weights[part]) for _, part in boxes])
    return colours[np.lexsort(colours.T[::-1])]


def spread(colours: np.ndarray, weights: np.ndarray) -> float:
    """The sum of squared distances from the mean; 0 of one colour."""
    if len(weights) < 2:
        return 0.0
    mean = np.average(colours, axis=0, weights=weights)
    return float((weights[:, None] * (colours - mean) ** 2).sum())


def cut(colours: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two parts (indices) of the best cut across a channel."""
    best: tuple[float, np.ndarray, int] = (-1.0, np.arange(len(weights)), 1)
    for channel in range(3):
        order = np.argsort(colours[:, channel], kind="stable")
        share = np.cumsum(weights[order]).astype(float)
        sums = np.cumsum(weights[order][:, None] * colours[order], axis=0)
        rest, left = sums[-1] - sums[:-1], share[-1] - share[:-1]
        gain = (sums[:-1] ** 2).sum(1) / share[:-1] + (rest**2).sum(1) / left
        gain[np.diff(colours[order, channel]) == 0] = -1.0
        at = int(np.argmax(gain))
        if gain[at] > best[0]:
            best = (float(gain[at]), order, at + 1)
    return best[1][: best[2]], best[1][best[2] :]


def uniform(rgb: np.ndarray, levels: int) -> tuple[np.ndarray, np.ndarray]:
    """The colours of an even grid of `levels` steps for each channel that an image comes near to, and each pixel's row
    (from 0)."""
    level = np.clip(scale.im2double(rgb), 0, 1)
    steps = np.floor(level * (levels - 1) + 0.5).astype(np.int64)
    codes = (steps[..., 0] * levels + steps[..., 1]) * levels + steps[..., 2]
    used, rows = np.unique(codes, return_inverse=True)
    colours = np.stack([used // levels**2, used // levels % levels, used % levels], axis=1) / max(levels - 1, 1)
    return colours, rows.reshape(codes.shape)
