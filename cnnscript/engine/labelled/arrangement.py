"""Labelled dimensions brought to the order that operations compute in, and back.

A tensor has its dimensions in reverse order of their labels, as recording.py has them: the labels 'SSCB' are those of a
tensor B × C × S × S, whose row-major memory is the column-major order of the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from cnnscript.engine.tensorflow_start import tensorflow


def ranked(x: Any, labels: Sequence[Any]) -> Any:
    """The tensor with a dimension for each label; the last ones, of length 1, may be missing."""
    missing = len(labels) - len(x.shape)
    return tensorflow().reshape(x, (*(1,) * missing, *x.shape)) if missing > 0 else x


def reshaped(x: Any, shape: Sequence[int]) -> Any:
    """x in a shape: itself where it has it, which spares an operation and those of its gradient."""
    return x if tuple(x.shape) == tuple(shape) else tensorflow().reshape(x, shape)


def turned(x: Any, order: Sequence[int]) -> Any:
    """x with its axes in an order: itself where they stand so."""
    return x if list(order) == list(range(len(order))) else tensorflow().transpose(x, order)


def places(labels: str, wanted: str) -> list[int]:
    """Where labels of some kinds stand."""
    return [at for at, label in enumerate(labels) if label in wanted]


def axes(labels: str, wanted: str) -> list[int]:
    """The axes of a tensor that have labels of some kinds."""
    return [len(labels) - 1 - at for at in places(labels, wanted)]


def lengths(x: Any, labels: str) -> list[int]:
    """The length of the dimension of each label."""
    return [*reversed(x.shape), *(1,) * (len(labels) - len(x.shape))]


@dataclass(frozen=True)
class Arrangement:
    """How an array lies while operations compute with it: observations × window... × channels.

    order     its dimensions (from 0, as the labels have them) in this order; several may be observations
    kept      the lengths of those that are observations
    channels  has it a dimension of channels? If not, they are one more axis, of length 1

    Called with a tensor that lies so, of any lengths along window and channels, it gives the tensor with the dimensions
    in reverse order.
    """

    order: tuple[int, ...]
    kept: tuple[int, ...]
    channels: bool

    @property
    def is_plain(self) -> bool:
        """Is there nothing to turn or to reshape?"""
        return self.channels and len(self.kept) == 1 and list(self.order) == list(reversed(range(len(self.order))))

    def entered(self, x: Any) -> Any:
        """A tensor with its dimensions in reverse order so; the first ones, of length 1, may be missing."""
        last, among = len(self.order) - 1, len(self.kept)
        rows = turned(ranked(x, self.order), [last - at for at in self.order])
        count = rows.shape[0] if among == 1 else prod(self.kept)
        return reshaped(rows, (count, *rows.shape[among:], *(() if self.channels else (1,))))

    def __call__(self, y: Any) -> Any:
        apart = reshaped(y, (*self.kept, *y.shape[1:-1], *(y.shape[-1:] if self.channels else ())))
        return turned(apart, [self.order.index(at) for at in reversed(range(len(self.order)))])

    def axis(self, dimension: int) -> int | None:
        """Where a dimension stands; None where it is among the observations."""
        at = self.order.index(dimension) - len(self.kept)
        return None if at < 0 else at + 1

    def shape(self, y: Any) -> tuple[int, ...]:
        """The lengths of the dimensions, in their own order, of a tensor that lies so."""
        lengths = dict(zip(self.order, (*self.kept, *y.shape[1:]), strict=False))
        return tuple(lengths[at] for at in range(len(self.order)))


def arrangement(labels: str, window: str, sizes: Sequence[int]) -> Arrangement:
    """That of an array with labels and sizes.

    window: the kinds of labels that an operation slides over; all others but C are observations, in the order of memory
    """
    inside, channel = places(labels, window), places(labels, "C")
    others = [at for at in reversed(range(len(labels))) if at not in (*inside, *channel)]
    return Arrangement((*others, *inside, *channel), tuple(sizes[at] for at in others), bool(channel))


def arranged(x: Any, labels: str, window: str) -> tuple[Any, Arrangement]:
    """x as N × window... × C, and what brings a tensor like it (of other lengths along window and C) back."""
    form = arrangement(labels, window, lengths(x, labels))
    return form.entered(x), form
