"""Where mini-batches come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Batch:
    """Observations: an N×H×W×C array for each input of a network (N×T×1×C of sequences), and their targets.

    targets  N×h×w whole numbers of classes from 0, or N×h×w×c numbers, as the goal takes them
    there    for each input that takes sequences N×T, true where there are steps, not padding; None for others
    counted  N×T, true where outputs for each step count; None: all outputs do
    others   the targets of a network's further outputs
    more     does the next batch go on with the same observations, where this one ends?
    """

    inputs: list[np.ndarray]
    targets: np.ndarray
    there: tuple[np.ndarray | None, ...] = ()
    counted: np.ndarray | None = None
    more: bool = False
    others: tuple[np.ndarray, ...] = ()

    def __len__(self) -> int:
        return len(self.targets)


class Feed(Protocol):
    """Data that are gone through again and again.

    count   observations; None: nobody knows before they were read
    """

    count: int | None

    def start(self, order: Sequence[int] | None) -> None:
        """To the start; order: numbers from 0 in which the observations come, None for their own."""

    def take(self, most: int) -> Batch | None:
        """The next observations, up to `most`; None when there are none."""


class ArrayFeed:
    """Data in memory."""

    def __init__(self, inputs: Sequence[np.ndarray], targets: np.ndarray):
        self.inputs, self.targets = list(inputs), targets
        self.count = len(targets)
        self.start(None)

    def start(self, order: Sequence[int] | None) -> None:
        self.order = None if order is None else np.asarray(order, np.int64)
        self.next = 0

    def take(self, most: int) -> Batch | None:
        if self.next >= self.count:
            return None
        places = slice(self.next, self.next + most)
        self.next += most
        chosen = places if self.order is None else self.order[places]
        return Batch([single(one[chosen]) for one in self.inputs], self.targets[chosen])


def single(array: np.ndarray) -> np.ndarray:
    """As TensorFlow takes it without another copy."""
    return np.ascontiguousarray(array, np.float32)
