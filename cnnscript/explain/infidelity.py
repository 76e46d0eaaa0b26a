"""Infidelity (Yeh et al. 2019, arXiv:1901.09392): does a map foretell what the score loses when a part goes?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnscript.explain.agreement import correlation
from cnnscript.explain.occlusion import Rectangles
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, perturbed_scores


@dataclass(frozen=True)
class Infidelity:
    """What a map says of some squares, and what the network does.

    sums    n: the sum of the map over each square
    losses  n: how much the score fell without it
    factor  what the map is multiplied with, so that it foretells as well as it can: maps have no unit
    """

    sums: np.ndarray
    losses: np.ndarray
    factor: float

    @property
    def foretold(self) -> np.ndarray:
        return self.factor * self.sums

    @property
    def value(self) -> float:
        """The infidelity."""
        return float(((self.foretold - self.losses) ** 2).mean())

    @property
    def fidelity(self) -> float:
        """The correlation of both (Bhatt et al. 2020, arXiv:2005.00631); NaN where no square costs anything."""
        return correlation(self.losses, self.sums)


def squares(size: tuple[int, int], count: int, side: int, generator: np.random.Generator) -> np.ndarray:
    """Random squares inside an image: count×4 edges top, bottom, left, right (ends not in)."""
    height, width = size
    down, across = min(side, height), min(side, width)
    top = generator.integers(0, height - down + 1, count)
    left = generator.integers(0, width - across + 1, count)
    return np.stack([top, top + down, left, left + across], axis=1).astype(np.int32)


def infidelity(question: MaskedQuestion, map: np.ndarray, parts: np.ndarray, scaled: bool = True,
               computing: Computing = USUAL) -> Infidelity:  # fmt: skip
    """The mean of (I·Φ - (f(x) - f(x - I)))², where I takes one part (of `squares`) of the image to the baseline.

    question  of one channel
    scaled    multiply the map with the factor that makes it smallest, as Yeh et al. do to compare maps
    """
    nowhere = np.zeros((1, 4), np.int32)
    scores = perturbed_scores(question, Rectangles([np.concatenate([nowhere, parts])]), computing)[:, 0].astype(float)
    losses = scores[0] - scores[1:]
    whole = np.pad(np.asarray(map, float), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    top, bottom, left, right = parts.T
    sums = whole[bottom, right] - whole[top, right] - whole[bottom, left] + whole[top, left]
    power = float(sums @ sums)
    factor = float(sums @ losses) / power if scaled and power > 0 else 1.0
    return Infidelity(sums, losses, factor)
