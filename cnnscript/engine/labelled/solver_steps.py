"""Parameters after one step of a solver, as MATLAB's updates step: arrays in, new arrays out, in their own class.

The bias correction of Adam is in the learn rate and epsilon beside the root, uncorrected: p - lr √(1-β₂ᵗ)/(1-β₁ᵗ) ·
m / (√v + ε), the efficient form at the end of section 2 of Kingma and Ba (2014).
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def adam_step(
    parameter: Array, gradient: Array, mean: Array, square: Array, count: float, rate: float, decay: float,
    square_decay: float, epsilon: float,
) -> tuple[Array, Array, Array]:  # fmt: skip
    """parameter, running mean of gradients, running mean of their squares.  count: of the step, from 1."""
    kind = parameter.dtype.type
    mean = kind(decay) * mean + kind(1 - decay) * gradient
    square = kind(square_decay) * square + kind(1 - square_decay) * gradient**2
    corrected = kind(rate * np.sqrt(1 - square_decay**count) / (1 - decay**count))
    return parameter - corrected * (mean / (np.sqrt(square) + kind(epsilon))), mean, square


def momentum_step(
    parameter: Array, gradient: Array, velocity: Array, rate: float, momentum: float
) -> tuple[Array, Array]:
    """parameter, velocity: momentum v - rate g."""
    kind = parameter.dtype.type
    velocity = kind(momentum) * velocity - kind(rate) * gradient
    return parameter + velocity, velocity


def rmsprop_step(
    parameter: Array, gradient: Array, square: Array, rate: float, square_decay: float, epsilon: float
) -> tuple[Array, Array]:
    """parameter, running mean of the gradients' squares."""
    kind = parameter.dtype.type
    square = kind(square_decay) * square + kind(1 - square_decay) * gradient**2
    return parameter - kind(rate) * (gradient / (np.sqrt(square) + kind(epsilon))), square
