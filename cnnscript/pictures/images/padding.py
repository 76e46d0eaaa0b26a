"""Arrays made larger at their edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

REPEATS = {"replicate": "edge", "circular": "wrap", "symmetric": "symmetric"}


def pad(array: np.ndarray, before: Sequence[int], after: Sequence[int], outside: str | float = 0.0) -> np.ndarray:
    """The array with `before` and `after` more elements along each dimension (lists of one length; dimensions that
    the array lacks are added).

    outside: 'replicate', 'circular' or 'symmetric', or a number, taken in the array's class.
    """
    count = max(len(before), array.ndim)
    wide = array.reshape(array.shape + (1,) * (count - array.ndim))
    around = [(before[k] if k < len(before) else 0, after[k] if k < len(after) else 0) for k in range(count)]
    if isinstance(outside, str):
        return np.asfortranarray(np.pad(wide, around, REPEATS[outside]))
    shape = tuple(length + sum(more) for length, more in zip(wide.shape, around, strict=True))
    out = np.full(shape, outside, array.dtype, order="F")
    out[tuple(slice(first, first + length) for length, (first, _) in zip(wide.shape, around, strict=True))] = wide
    return out
