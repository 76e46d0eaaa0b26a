"""Limited-memory BFGS on vectors: directions and line searches (Nocedal and Wright, Numerical Optimization, 2006)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Array = np.ndarray
Evaluate = Callable[[Array], tuple[float, Array]]  # a point to the loss there and its gradient

DECREASE, CURVATURE = 1e-4, 0.9  # of the Wolfe conditions
METHODS = ("weak-wolfe", "strong-wolfe", "backtracking")


def direction(gradient: Array, pairs: Sequence[tuple[Array, Array]], factor: float) -> Array:
    """-H g by the two-loop recursion (algorithm 7.4).

    pairs   steps and changes of the gradient, the oldest first
    factor  of the identity that H begins with where there are no pairs
    """
    q = gradient.copy()
    shares = []
    for step, change in reversed(pairs):
        share = (step @ q) / (step @ change)
        shares.append(share)
        q -= share * change
    if pairs:
        step, change = pairs[-1]
        factor = (step @ change) / (change @ change)
    q *= factor
    for (step, change), share in zip(pairs, reversed(shares), strict=True):
        q += (share - (change @ q) / (step @ change)) * step
    return -q


def search(
    evaluate: Evaluate, x: Array, loss: float, gradient: Array, along: Array, method: str, most: int
) -> tuple[Array, float, Array, bool]:
    """A point along a direction that fulfils the conditions of a method, by bisection from step 1.

    Returns the point, the loss and the gradient there, and whether it fulfils them: the best point after `most` trials
    where none does, which is x itself where none is better.
    """
    slope = float(gradient @ along)
    low, high, step = 0.0, np.inf, 1.0
    best = (x, loss, gradient)
    for _ in range(most):
        point = x + step * along
        there, pull = evaluate(point)
        new = float(pull @ along)
        if there < best[1]:
            best = (point, there, pull)
        if not there <= loss + DECREASE * step * slope or method == "strong-wolfe" and new > -CURVATURE * slope:
            high = step
        elif method != "backtracking" and new < CURVATURE * slope:
            low = step
        else:
            return point, there, pull, True
        step = (low + high) / 2 if high < np.inf else 2 * low
    return *best, False
