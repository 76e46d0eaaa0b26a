"""Labelled dimensions brought to the order that operations compute in, and back.

A tensor has its dimensions in reverse order of their labels, as recording.py has them: the labels 'SSCB' are those of a
tensor B × C × S × S, whose row-major memory is the column-major order of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from cnnscript.engine.tensorflow_start import tensorflow

Back = Callable[[Any], Any]


def ranked(x: Any, labels: str) -> Any:
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


def arranged(x: Any, labels: str, window: str) -> tuple[Any, Back]:
    """x as N × window... × C, and what brings a tensor like it (of other lengths along window and C) back.

    window: the kinds of labels that an operation slides over; all others but C become one dimension of observations.
    """
    sizes, last = lengths(x, labels), len(labels) - 1
    inside, channel = places(labels, window), places(labels, "C")
    others = [at for at in range(len(labels)) if at not in (*inside, *channel)]
    order = [*others, *inside, *channel]
    kept = [sizes[at] for at in others]
    rows = turned(ranked(x, labels), [last - at for at in order])
    flat = reshaped(rows, (prod(kept), *(sizes[at] for at in inside), sizes[channel[0]] if channel else 1))

    def back(y: Any) -> Any:
        apart = reshaped(y, (*kept, *y.shape[1:-1], *(y.shape[-1:] if channel else ())))
        return turned(apart, [order.index(at) for at in reversed(range(len(labels)))])

    return flat, back


def along(values: Any, labels: str, label: str = "C") -> Any:
    """All numbers of a tensor as one that spreads along one label of an array with such labels."""
    count = values.shape.num_elements()
    return reshaped(values, [count if each == label else 1 for each in reversed(labels)])
