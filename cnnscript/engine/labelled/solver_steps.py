"""Parameters after one step of a solver, as MATLAB's updates step: numbers in, new numbers out.

The formulas are written once for NumPy's arrays (adamupdate and its like) and TensorFlow's tensors (training/): a
Python float takes the class of the array that it meets.

The bias correction of Adam is in the learn rate and epsilon beside the root, uncorrected: p - lr √(1-β₂ᵗ)/(1-β₁ᵗ) ·
m / (√v + ε), the efficient form at the end of section 2 of Kingma and Ba (2014).
"""

from __future__ import annotations

from math import sqrt
from typing import Any

Numbers = Any  # an array or a tensor
Rate = Any  # a float, or a tensor of no dimensions


def adam_rate(rate: float, count: float, decay: float, square_decay: float) -> float:
    """The learn rate of Adam in step `count` (from 1), its bias corrected."""
    return rate * sqrt(1 - square_decay**count) / (1 - decay**count)


def adam_step(
    parameter: Numbers, gradient: Numbers, mean: Numbers, square: Numbers, rate: Rate, decay: float,
    square_decay: float, epsilon: float,
) -> tuple[Numbers, Numbers, Numbers]:  # fmt: skip
    """parameter, running mean of gradients, running mean of their squares.  rate: as adam_rate corrects it."""
    mean = decay * mean + (1 - decay) * gradient
    square = square_decay * square + (1 - square_decay) * (gradient * gradient)
    return parameter - rate * (mean / (square**0.5 + epsilon)), mean, square


def momentum_step(
    parameter: Numbers, gradient: Numbers, velocity: Numbers, rate: Rate, momentum: float, nesterov: bool = False
) -> tuple[Numbers, Numbers]:
    """parameter, velocity: momentum v - rate g.

    nesterov: the gradient counts as taken a step ahead (Sutskever and others, 2013, in the form of Keras' SGD)
    """
    step = rate * gradient
    velocity = momentum * velocity - step
    return parameter + (momentum * velocity - step if nesterov else velocity), velocity


def rmsprop_step(
    parameter: Numbers, gradient: Numbers, square: Numbers, rate: Rate, square_decay: float, epsilon: float
) -> tuple[Numbers, Numbers]:
    """parameter, running mean of the gradients' squares."""
    square = square_decay * square + (1 - square_decay) * (gradient * gradient)
    return parameter - rate * (gradient / (square**0.5 + epsilon)), square
