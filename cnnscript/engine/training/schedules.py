"""How the learn rate goes: parts one after the other, each a factor of the first rate.

Parts are told by MathWorks' pages warmupLearnRate, piecewiseLearnRate, polynomialLearnRate, exponentialLearnRate,
cosineLearnRate and cyclicalLearnRate. A part counts its own steps, iterations or epochs, from 1; step 1 has the first
factor, and where a part of N steps is the last one, the rate stays at what it reaches after them. The pages show their
formulas as pictures: that (k-1)/N of the way is done at step k is taken from the papers (arXiv:1608.03983, eq. 5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, floor, inf, isinf, pi

Rate = Callable[[float, int, int], float]  # first rate, the part's iteration and epoch → rate
Factor = Callable[[int], float]  # step → factor


@dataclass(frozen=True)
class Part:
    """begin: a rate that may remember what it was asked before; by_iteration: do iterations count, or epochs?

    steps  how many it takes; inf: it is the last
    """

    begin: Callable[[], Rate]
    by_iteration: bool = False
    steps: float = inf


def of_factor(factor: Factor, by_iteration: bool = False, steps: float = inf) -> Part:
    def rate(first: float, iteration: int, epoch: int) -> float:
        return first * factor(iteration if by_iteration else epoch)

    return Part(lambda: rate, by_iteration, steps)


@dataclass(frozen=True)
class Schedule:
    """first: the learn rate that parts change; decay: all is divided by 1 + decay × (iteration - 1), as Keras'
    optimisers decay; title: what plots call it."""

    first: float
    parts: Sequence[Part] = ()
    decay: float = 0.0
    title: str = "Constant"

    def begin(self) -> Rates:
        return Rates(self)


class Rates:
    """The learn rates of one training, asked iteration by iteration."""

    def __init__(self, schedule: Schedule):
        self.schedule = schedule
        self.waiting = list(schedule.parts)
        self.start = (1, 1)  # iteration and epoch in which the part began
        self.current = self.waiting[0].begin() if self.waiting else None

    def at(self, epoch: int, iteration: int) -> float:
        """epoch, iteration: from 1, the iterations of all epochs counted."""
        return self.undecayed(epoch, iteration) / (1 + self.schedule.decay * (iteration - 1))

    def undecayed(self, epoch: int, iteration: int) -> float:
        first = self.schedule.first
        while self.current is not None:
            part = self.waiting[0]
            own = iteration - self.start[0] + 1, epoch - self.start[1] + 1
            step = own[0] if part.by_iteration else own[1]
            if step <= part.steps:
                return self.current(first, *own)
            if len(self.waiting) == 1:
                reached = int(part.steps) + 1
                return self.current(first, *((reached, own[1]) if part.by_iteration else (own[0], reached)))
            self.waiting.pop(0)
            self.start = iteration, epoch
            self.current = self.waiting[0].begin()
        return first


# -------------------------------------------------------------------------------------------------------------- factors
def piecewise(drop: float, period: int) -> Factor:
    """Times `drop` after every `period` steps."""
    return lambda step: drop ** ((step - 1) // period)


def exponential(drop: float, period: int) -> Factor:
    """Times `drop` in the course of `period` steps, a little at each."""
    return lambda step: drop ** ((step - 1) / period)


def power_law(start: float, end: float, power: float, steps: int) -> Factor:
    """end + (start - end)(1 - (k-1)/N)^power: a line from start to end for the power 1."""
    return lambda step: end + (start - end) * (1 - (step - 1) / steps) ** power


def cosine(start: float, end: float, period: int, growth: float = 1.0) -> Factor:
    """Half a wave from start to end, again and again, each `growth` times as long as the one before."""

    def factor(step: int) -> float:
        gone, length = step - 1.0, float(period)
        while gone >= length:
            gone -= length
            length *= growth
            if isinf(length):
                return start
        return end + (start - end) * (1 + cos(pi * gone / length)) / 2

    return factor


def cyclical(largest: float, period: int, rising: float) -> Factor:
    """From 1 up to the largest in a share of the period, and down again (arXiv:1506.01186)."""

    def factor(step: int) -> float:
        gone = (step - 1) / period
        gone -= floor(gone)
        up = gone / rising if gone < rising else (1 - gone) / (1 - rising)
        return 1 + (largest - 1) * up

    return factor
