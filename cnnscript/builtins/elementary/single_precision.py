"""Single in, single out: for built-ins that reckon in doubles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from cnnscript.values.numeric import COMPLEX, COMPLEX_SINGLE, DOUBLE, SINGLE, ndarray


def keeping_single(function: Callable) -> Callable:
    """A function whose results in double precision are single as soon as one of its arguments is."""

    @wraps(function)
    def kept(*args, **named):
        result = function(*args, **named)
        if any(is_single(arg) for arg in args):
            return tuple(map(as_single, result)) if type(result) is tuple else as_single(result)
        return result

    return kept


def is_single(value: Any) -> bool:
    if type(value) is ndarray:
        return value.dtype == SINGLE or value.dtype == COMPLEX_SINGLE
    return type(value) is np.float32 or type(value) is np.complex64


def as_single(value: Any) -> Any:
    """A double as a single; any other value as it is."""
    with np.errstate(over="ignore"):
        if type(value) is ndarray and value.dtype in (DOUBLE, COMPLEX):
            return value.astype(SINGLE if value.dtype == DOUBLE else COMPLEX_SINGLE)
        if type(value) is float:
            return np.float32(value)
        if type(value) is complex:
            return np.complex64(value)
    return value
