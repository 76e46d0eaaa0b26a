"""Curves of functions: where to ask a function so that its curve is smooth, where it breaks, where it is zero."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

ROUNDS = 6  # of asking between points at which the curve bends
BEND = 0.002  # of the height of the curve: how far a point may lie off the chord of its neighbours
MOST = 8000  # points
JUMPS = 100  # places at which a curve may break

Curve = Callable[[np.ndarray], np.ndarray]


def sampled(function: Curve, low: float, high: float, density: int = 23) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """Points of a curve from low to high, close where it bends, a NaN where it jumps; the places of its poles."""
    at = np.linspace(low, high, max(3, 8 * density))
    values = function(at)
    for _ in range(ROUNDS):
        middles = (at[1:] + at[:-1]) / 2
        wanted = bends(at, values)
        if not wanted.any() or at.size > MOST:
            break
        more = middles[wanted]
        at, values = np.r_[at, more], np.r_[values, function(more)]
        order = np.argsort(at, kind="stable")
        at, values = at[order], values[order]
    return broken(function, at, values)


def bends(at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Between which neighbours the curve is to be asked again."""
    known = values[np.isfinite(values)]
    height = float(np.subtract(*np.percentile(known, (95, 5)))) if known.size > 2 else 0.0
    height = height or (float(np.ptp(known)) if known.size else 0.0) or 1.0
    with np.errstate(invalid="ignore"):
        share = (at[1:-1] - at[:-2]) / (at[2:] - at[:-2])
        off = np.abs(values[1:-1] - values[:-2] - share * (values[2:] - values[:-2])) > BEND * height
    edge = np.isfinite(values[1:]) != np.isfinite(values[:-1])
    made = np.zeros(values.size - 1, bool)
    made[:-1] |= off
    made[1:] |= off
    return made | edge


def broken(function: Curve, at: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """The curve with NaN where it jumps, and the places where it jumps from one end of the world to the other."""
    known = values[np.isfinite(values)]
    if known.size < 3:
        return at, values, []
    height = float(np.subtract(*np.percentile(known, (90, 10)))) or float(np.ptp(known)) or 1.0
    with np.errstate(invalid="ignore"):
        steps = np.abs(np.diff(values))
    places, poles = [], []
    jumps = np.flatnonzero(steps > 0.03 * height)
    for k in np.sort(jumps[np.argsort(-steps[jumps], kind="stable")][:JUMPS]):
        left, right = at[k], at[k + 1]
        low, high = values[k], values[k + 1]
        for _ in range(40):
            middle = (left + right) / 2
            found = float(function(np.array([middle]))[0])
            if not np.isfinite(found):
                break
            if abs(found - low) > abs(found - high):
                right, high = middle, found
            else:
                left, low = middle, found
        if abs(high - low) > 0.4 * abs(values[k + 1] - values[k]):
            places.append(k + 1)
            if abs(high - low) > 20 * height and low * high < 0:
                poles.append(float((left + right) / 2))
    return np.insert(at, places, np.nan), np.insert(values, places, np.nan), poles


def in_sight(at: np.ndarray, values: np.ndarray, poles: list[float]) -> tuple[float, float] | None:
    """The heights that a curve with poles is shown between."""
    known = np.isfinite(values) & np.isfinite(at)
    if not poles or not known.any():
        return None
    even = np.interp(np.linspace(at[known].min(), at[known].max(), 500), at[known], values[known])
    low, high = np.percentile(even, (7, 93))
    return float(low), float(high)


def zero_lines(x: np.ndarray, y: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lines over a grid on which values are zero, with NaN between one and the next."""
    from contourpy import contour_generator

    parts = contour_generator(x, y, np.ma.masked_invalid(values)).lines(0.0)
    if not parts:
        return np.zeros(0), np.zeros(0)
    gap = np.array([[np.nan, np.nan]])
    table = np.vstack([row for part in parts for row in (np.asarray(part), gap)])[:-1]
    return table[:, 0], table[:, 1]
