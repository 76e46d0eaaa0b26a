"""Axis limits and ticks as MATLAB chooses them: steps of 1, 2 or 5 times a power of ten, limits at whole steps."""

from __future__ import annotations

import math

import numpy as np

MOST_STEPS = 10  # between the limits of an axis of MATLAB's default size


def tick_step(low: float, high: float, most: int = MOST_STEPS) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that goes at most `most` times into high - low."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return 1.0
    rough = (high / most - low / most) * (1 - 1e-9)  # their difference may be more than there are numbers for
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def ticks(low: float, high: float, most: int = MOST_STEPS) -> np.ndarray:
    """The multiples of the tick step from low to high."""
    step = tick_step(low, high, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return np.round(np.arange(first, last + 1) * step, max(0, -math.floor(math.log10(step)) + 2))


def round_limits(low: float, high: float, most: int = MOST_STEPS) -> tuple[float, float]:
    """Limits at whole steps that hold low..high; one value alone gets a range around it."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    if low == high:
        reach = 1.0 if low == 0 else max(1.0, abs(low) / 10)
        low, high = low - reach, high + reach
    step = tick_step(low, high, most)
    while True:
        digits = max(0, -math.floor(math.log10(step)) + 2)
        first = round(math.floor(low / step + 1e-9) * step, digits)
        last = round(math.ceil(high / step - 1e-9) * step, digits)
        # Limits that have grown may want larger steps, and those limits of their own.
        wider = tick_step(first, last, most)
        if wider <= step:
            return first, last
        step = wider


def log_limits(low: float, high: float) -> tuple[float, float]:
    """Powers of ten that hold low..high."""
    if not 0 < low <= high < math.inf:
        return 0.1, 1.0
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    return 10.0**first, 10.0 ** (last if last > first else first + 1)


def tick_label(value: float) -> str:
    """A tick's number as MATLAB writes it."""
    return f"{value:.5g}" if value else "0"
