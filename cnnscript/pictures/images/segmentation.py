"""Pictures parted into regions: by colours that are alike, by contours that move; and how well two partings agree."""

from __future__ import annotations

import numpy as np


def colour_clusters(
    points: np.ndarray, count: int, attempts: int, most_steps: int, tolerance: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Points (n×channels) in `count` clusters by k-means from spread starts, the best of several attempts.

    Returns labels from 0, in the order in which clusters first appear, and the middles (count×channels).
    """
    stream = np.random.RandomState(seed)
    values, which, weights = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    best: tuple[float, np.ndarray, np.ndarray] | None = None
    for _ in range(attempts):
        start = spread_start(values, weights, count, stream)
        cost, labels, middles = lloyd(values, weights, start, most_steps, tolerance)
        if best is None or cost < best[0]:
            best = cost, labels, middles
    assert best is not None
    _, labels, middles = best
    labels = labels[which.ravel()]
    first = np.full(count, points.shape[0])
    np.minimum.at(first, labels, np.arange(points.shape[0]))
    order = np.argsort(first, kind="stable")
    rank = np.empty(count, int)
    rank[order] = np.arange(count)
    return rank[labels], middles[order]


def spread_start(points: np.ndarray, weights: np.ndarray, count: int, stream: np.random.RandomState) -> np.ndarray:
    """Points that lie far from each other: each drawn by its weight and its squared distance from those before
    (k-means++)."""
    middles = points[[int(np.searchsorted(np.cumsum(weights), stream.random_sample() * weights.sum(), "right"))]]
    nearest = ((points - middles[0]) ** 2).sum(1)
    while len(middles) < count:
        chance = np.cumsum(nearest * weights)
        place = int(np.searchsorted(chance, stream.random_sample() * chance[-1], "right"))
        middles = np.vstack((middles, points[min(place, len(points) - 1)]))
        nearest = np.minimum(nearest, ((points - middles[-1]) ** 2).sum(1))
    return middles


def lloyd(
    points: np.ndarray, weights: np.ndarray, middles: np.ndarray, most_steps: int, tolerance: float
) -> tuple[float, np.ndarray, np.ndarray]:
    """Labels and middles of weighted points after steps of k-means, until middles move by less than the tolerance;
    and the sum of squared distances.  A cluster that loses all its points takes the farthest one."""
    squares = (points**2).sum(1)
    for _ in range(most_steps):
        distance = squares[:, None] - 2 * points @ middles.T + (middles**2).sum(1)
        labels = distance.argmin(1)
        nearest = distance[np.arange(len(points)), labels]
        sizes = np.bincount(labels, minlength=len(middles))
        for empty in np.flatnonzero(sizes == 0):
            far = int(nearest.argmax())
            labels[far], nearest[far] = empty, 0
        sizes = np.maximum(np.bincount(labels, weights, len(middles)), 1e-300)
        sums = [np.bincount(labels, points[:, k] * weights, len(middles)) for k in range(points.shape[1])]
        moved = np.stack(sums, axis=1) / sizes[:, None]
        change = np.abs(moved - middles).max()
        middles = moved
        if change < tolerance:
            break
    return float((np.maximum(nearest, 0) * weights).sum()), labels, middles


def overlap(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Dice's and Jaccard's measure of two masks: 2|A∩B|/(|A|+|B|) and |A∩B|/|A∪B| (NaN where both are empty)."""
    both, all_of = float((one & other).sum()), float(one.sum() + other.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.float64(2 * both) / all_of), float(np.float64(both) / (all_of - both))


def outline(mask: np.ndarray) -> np.ndarray:
    """The pixels of a mask that have one of four neighbours outside of it."""
    wide = np.pad(mask, 1)
    inner = wide[1:-1, :-2] & wide[1:-1, 2:] & wide[:-2, 1:-1] & wide[2:, 1:-1]
    return mask & ~inner


def boundary_agreement(found: np.ndarray, truth: np.ndarray, reach: float) -> tuple[float, float, float]:
    """The F1 of the outlines of two masks: which share of each lies within a reach of the other (G. Csurka and others,
    BMVC 2013); with precision and recall. NaN where both are empty."""
    from scipy.ndimage import distance_transform_edt

    lines = outline(found), outline(truth)
    if not lines[0].any() and not lines[1].any():
        return (float("nan"),) * 3
    if not lines[0].any() or not lines[1].any():
        precision = float("nan") if not lines[0].any() else 0.0
        recall = float("nan") if not lines[1].any() else 0.0
        return 0.0, precision, recall
    near = [distance_transform_edt(~line) <= reach for line in lines]
    precision, recall = float(near[1][lines[0]].mean()), float(near[0][lines[1]].mean())
    score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return score, precision, recall


def moving_contour(
    image: np.ndarray, start: np.ndarray, steps: int, smoothing: int, edges: bool, bias: float
) -> np.ndarray:
    """A contour that moves from a mask: apart two means of grey (T. Chan, L. Vese 2001), or until it meets edges
    (geodesic; bias above 0 shrinks it, below 0 it grows); by scikit-image's morphological snakes."""
    from skimage.segmentation import (
        inverse_gaussian_gradient,
        morphological_chan_vese,
        morphological_geodesic_active_contour,
    )

    level = image.astype(float)
    level = level / (np.abs(level).max() or 1)
    if edges:
        made = morphological_geodesic_active_contour(
            inverse_gaussian_gradient(level, alpha=100.0, sigma=1.5),
            steps,
            start.astype(np.int8),
            smoothing,
            balloon=float(-np.sign(bias)),
            threshold=0.6,
        )
    else:
        ahead = 1 + max(0.0, -bias), 1 + max(0.0, bias)
        made = morphological_chan_vese(
            level, steps, start.astype(np.int8), smoothing, lambda1=ahead[0], lambda2=ahead[1]
        )
    return made > 0
