"""Equations solved by dogleg steps in a region of trust (Powell, 1970)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cnnscript.values.numeric import ndarray

FIRST, LARGEST = 1.0, 1e10  # radius of the region
POOR, GOOD = 0.05, 0.9  # what share of the promised gain makes a step count, and the region grow
SHRINK, GROW = 0.25, 2.5


@dataclass
class Place:
    """Where the steps have come to: the point, its values (n) and slopes (n × n), and what the last step did."""

    x: ndarray
    values: ndarray
    jacobian: ndarray
    radius: float  # for the next step
    allowed: float = FIRST  # for the last step
    length: float = 0.0  # of the last step
    relative_step: float = np.inf
    relative_change: float = np.inf  # of the sum of squares

    @property
    def optimality(self) -> float:
        return float(np.abs(self.jacobian.T @ self.values).max(initial=0.0))


def dogleg(
    values_at: Callable[[ndarray], ndarray], jacobian_at: Callable[[ndarray, ndarray], ndarray], x: ndarray, at: ndarray
) -> Iterator[Place]:
    """The places that steps from x lead to, x first; `at` are the values there."""
    now = Place(x, at, jacobian_at(x, at), FIRST)
    yield now
    while True:
        step = dogleg_step(now.values, now.jacobian, now.radius)
        length = float(np.linalg.norm(step))
        there = now.x + step
        found = values_at(there)
        before, after = float(now.values @ now.values), float(found @ found)
        model = now.values + now.jacobian @ step
        promised = before - float(model @ model)
        kept = np.isfinite(found).all() and promised > 0 and before > after
        ratio = (before - after) / promised if kept else 0.0
        kept = ratio > POOR
        radius = now.radius
        if ratio < POOR:
            radius = SHRINK * length
        elif ratio >= GOOD:
            radius = max(radius, GROW * length)
        relative = float(np.abs(step / (np.abs(now.x) + 1)).max(initial=0.0))
        change = abs(before - after) / (abs(before) + 1) if np.isfinite(after) else np.inf
        if kept:
            slopes = jacobian_at(there, found)
            now = Place(there, found, slopes, min(radius, LARGEST), now.radius, length, relative, change)
        else:
            now = Place(now.x, now.values, now.jacobian, min(radius, LARGEST), now.radius, length, relative)
        yield now


def dogleg_step(values: ndarray, jacobian: ndarray, radius: float) -> ndarray:
    """The step of at most `radius`: along the gradient first, then towards the solution of the linear equations."""
    gradient = jacobian.T @ values
    slope = float(np.linalg.norm(gradient))
    if slope == 0:
        return np.zeros(jacobian.shape[1])
    bent = float(np.linalg.norm(jacobian @ gradient))
    reach = slope**3 / bent**2 if bent else np.inf
    if reach >= radius:
        return -(radius / slope) * gradient
    down = -(reach / slope) * gradient
    newton = np.linalg.lstsq(jacobian, -values, rcond=None)[0]
    if np.linalg.norm(newton) <= radius:
        return newton
    rest = newton - down
    a, b, c = float(rest @ rest), float(down @ rest), float(down @ down) - radius**2
    share = (-b + (b * b - a * c) ** 0.5) / a if a else 0.0
    return down + min(max(share, 0.0), 1.0) * rest
