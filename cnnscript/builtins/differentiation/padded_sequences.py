"""padsequences: sequences of different lengths as one array."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, numbers
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm, size_text
from cnnscript.values.text import text_or_none


@builtin(outputs=2)
def padsequences(
    nargout, sequences, paddim, /, *, Length="longest", Direction="right", PaddingValue=0.0, UniformOutput=True
):
    """
    XPad = padsequences(X,paddim)
    [XPad,mask] = padsequences(X,paddim)
    [...] = padsequences(X,paddim,Name=Value)

    Sequences in a cell, padded or cut along a dimension to one length, and put together along a new last dimension.

    mask is 1 where there are numbers of the sequences, 0 where there is padding.

    Options
      Length         'longest' (default), 'shortest', or a number
      Direction      side that is padded or cut: 'right' (default), 'left', 'both'
      PaddingValue   a number (0), or 'symmetric' (the sequence mirrored)
      UniformOutput  false: a cell of padded sequences, not put together (true)

    Examples
      >> [X,mask] = padsequences({[1 2 3],[4 5]},2); [squeeze(X) squeeze(mask)]
      ans =
           1     4     1     1
           2     5     1     1
           3     0     1     0
      >> squeeze(padsequences({[1;2;3];[4;5]},1,Direction="left"))
      ans =
           1     0
           2     4
           3     5

    See also minibatchqueue, dlarray, lstm, cat.
    """
    items = [as_array(numbers(one)) for one in numeric_items(sequences)]
    axis = take.dimension(paddim, "paddim") - 1
    rank = max([axis + 1, *(one.ndim for one in items)])
    items = [one.reshape(one.shape + (1,) * (rank - one.ndim), order="F") for one in items]
    require_rest(items, axis)
    lengths = [one.shape[axis] for one in items]
    if text_or_none(Length) is not None:
        longest = take.choice(Length, ("longest", "shortest"), "Length") == "longest"
        wanted = (max if longest else min)(lengths, default=0)
    else:
        wanted = take.positive(numbers(Length), "Length")
    side = take.choice(Direction, ("right", "left", "both"), "Direction")
    value = None
    if text_or_none(PaddingValue) is None:
        value = take.number(numbers(PaddingValue), "PaddingValue")
    else:
        take.choice(PaddingValue, ("symmetric",), "PaddingValue")
    fitted = [fit(one, axis, wanted, side, value) for one in items]
    masks = [fit(np.ones(one.shape, bool), axis, wanted, side, 0) for one in items]
    labels = {one.labels for one in np.ravel(sequences) if isinstance(one, DLArray)}
    wrap = DLArray if labels else norm
    if take.flag(UniformOutput, "UniformOutput"):
        made = wrap(norm(np.asfortranarray(np.stack(fitted, rank)))) if fitted else norm(np.zeros((0, 0)))
        there = norm(np.asfortranarray(np.stack(masks, rank))) if masks else norm(np.zeros((0, 0), bool))
        return (made, there) if nargout > 1 else made
    cells = [np.empty(sequences.shape, object) for _ in range(2)]
    for cell, parts in zip(cells, (fitted, masks), strict=True):
        for at, part in zip(np.ndindex(sequences.shape[::-1]), parts, strict=True):
            cell[at[::-1]] = norm(np.asfortranarray(part))
    return tuple(cells) if nargout > 1 else cells[0]


def numeric_items(value: Any) -> list[Any]:
    items = take.cell(value, "X").ravel("F").tolist()
    for one in items:
        if not (isinstance(one, DLArray) or is_numeric(one) or class_of(one) == "logical"):
            raise ScriptError(
                "deep:padsequences:NotNumeric", "The sequences must be numeric or dlarrays.",
                notes=(f"got {take.described(one)}",),
            )  # fmt: skip
    return items


def require_rest(items: list[np.ndarray], axis: int) -> None:
    shapes = {tuple(n for k, n in enumerate(one.shape) if k != axis) for one in items}
    if len(shapes) > 1:
        raise ScriptError(
            "deep:padsequences:SizeMismatch",
            f"The sequences must have the same sizes along all dimensions but {axis + 1}.",
            notes=tuple(sorted({size_text(one.shape, "×") for one in items}))[:3],
        )


def fit(x: np.ndarray, axis: int, wanted: int, side: str, value: float | None) -> np.ndarray:
    """A sequence padded or cut to a length."""
    length = x.shape[axis]
    change = wanted - length
    before = {"right": 0, "left": abs(change), "both": abs(change) // 2}[side]
    after = abs(change) - before
    if change <= 0:
        return x.take(range(before, length - after), axis)
    edges = [(before, after) if k == axis else (0, 0) for k in range(x.ndim)]
    if value is None:
        return np.pad(x, edges, "symmetric")
    return np.pad(x, edges, constant_values=value)
