"""Functions of labelled tensors, run on records (engine/recording.py) and arrays alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.engine.recording import Record, as_tensor, common_type, in_class


def run(function: Callable[..., Any], *operands: Record | np.ndarray) -> Any:
    """What a function of tensors gives for records and column-major arrays, all in the wider of their classes.

    Records come out where a record went in, else arrays; a tuple of them where the function gives a tuple.
    """
    recorded = any(isinstance(one, Record) for one in operands)
    tensors = [one.tensor if isinstance(one, Record) else as_tensor(one) for one in operands]
    made = function(*in_class(tensors, common_type(tensors)))

    def out(tensor: Any) -> Any:
        return Record(tensor) if recorded else tensor.numpy().T

    return tuple(map(out, made)) if isinstance(made, tuple) else out(made)
