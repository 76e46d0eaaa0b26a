"""Functions of labelled tensors, run on records (engine/recording.py) and arrays alike.

Records come out where a record went in, else arrays; a tuple of them where the function gives a tuple.  Operands are
records and column-major arrays, and are computed with in the wider of their classes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.engine.labelled.arrangement import Arrangement, arrangement
from cnnscript.engine.recording import Record, common_type, in_class, lying, tensor_of

Operand = Record | np.ndarray


def run(function: Callable[..., Any], *operands: Operand) -> Any:
    """What a function of tensors gives that have their dimensions in reverse order."""
    made = function(*in_one_class([tensor_of(one) for one in operands]))
    out = Record if any(isinstance(one, Record) for one in operands) else column_major
    return tuple(map(out, made)) if isinstance(made, tuple) else out(made)


def run_each(function: Callable[[Any], Any], x: Operand) -> Any:
    """A function of each element, in whatever order they lie."""
    return Record(function(x.source), x.layout) if isinstance(x, Record) else column_major(function(tensor_of(x)))


def run_arranged(
    function: Callable[..., Any], labels: str, window: str | None, x: Operand, *more: Operand
) -> Any:
    """What a function gives of x as observations × window... × channels, and of more operands as `run` has them.

    window  the kinds of labels that the function slides over; None: it asks only that channels are the last axis, so
            what has been left so stays as it is

    What it gives, or the first of it, lies as x does, and so it is left where something records.
    """
    recorded = any(isinstance(one, Record) for one in (x, *more))
    form = arrangement_of(x, labels, window)
    made = function(*in_one_class([lying(x, form), *map(tensor_of, more)]))
    first, *rest = made if isinstance(made, tuple) else (made,)
    if recorded:
        found = (Record(first, None if form.is_plain else form), *map(Record, rest))
    else:
        found = (column_major(form(first)), *map(column_major, rest))
    return found if isinstance(made, tuple) else found[0]


def arrangement_of(x: Operand, labels: str, window: str | None) -> Arrangement:
    """How x is to lie: as it does, where any order with channels last will do."""
    layout = x.layout if window is None and isinstance(x, Record) else None
    if isinstance(layout, Arrangement) and layout.channels and layout.order[-1] == labels.find("C"):
        return layout
    return arrangement(labels, "S" if window is None else window, (*x.shape, *(1,) * len(labels)))


def in_one_class(tensors: list[Any]) -> list[Any]:
    return in_class(tensors, common_type(tensors))


def column_major(tensor: Any) -> np.ndarray:
    return tensor.numpy().T
