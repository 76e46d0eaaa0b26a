"""Grouping variables of plots: which group each observation is in."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_cell
from cnnscript.values.text import CharArray, texts_or_none


class Groups(NamedTuple):
    """codes: the place from 0 of each observation's group, -1 where it has none.  names: the groups in order."""

    codes: np.ndarray
    names: list[str]


def grouping(value: Any, function: str) -> Groups:
    """One grouping variable, or a cell of several whose combinations are the groups.

    Numbers and categories are in their own order, text in the order in which it comes.
    """
    if is_cell(value) and value.size and texts_or_none(value) is None:
        each = [grouping(item, function) for item in value.ravel(order="F")]
        return combined(each, function)
    if isinstance(value, np.ndarray) and value.ndim == 2 and min(value.shape) > 1 and value.dtype.kind in "fiub":
        return combined([grouping(column, function) for column in value.T], function)
    if isinstance(value, Categorical):
        codes = value.codes.ravel(order="F").astype(int) - 1
        used = [k for k in range(len(value.names)) if (codes == k).any()]
        return renumbered(codes, used, [value.names[k] for k in used])
    words = (
        [row.rstrip() for row in value.rows()]
        if isinstance(value, CharArray)
        else list(value)
        if isinstance(value, str)
        else texts_or_none(value)
    )
    if words is not None:
        names = list(dict.fromkeys(word for word in words if word))
        places = {name: k for k, name in enumerate(names)}
        return Groups(np.array([places.get(word, -1) for word in words], int), names)
    array = np.asarray(take.pixels(value, function, "the groups")).ravel(order="F")
    known = array if array.dtype.kind != "f" else array[~np.isnan(array)]
    levels = np.unique(known)
    codes = np.searchsorted(levels, array) if levels.size else np.full(array.size, -1)
    if array.dtype.kind == "f":
        codes = np.where(np.isnan(array), -1, codes)
    return Groups(codes.astype(int), [f"{level:.5g}" for level in levels.astype(float).tolist()])


def combined(each: list[Groups], function: str) -> Groups:
    """The combinations of several grouping variables that occur."""
    if len({len(one.codes) for one in each}) > 1:
        raise ScriptError(
            "stats:mgrp2idx:InputSizeMismatch", "All grouping variables must have the same number of observations."
        )
    table = np.stack([one.codes for one in each], axis=1)
    known = (table >= 0).all(axis=1)
    rows, codes = np.unique(table[known], axis=0, return_inverse=True)
    names = [", ".join(one.names[k] for one, k in zip(each, row, strict=True)) for row in rows.tolist()]
    every = np.full(len(table), -1)
    every[known] = np.ravel(codes)
    return Groups(every, names)


def renumbered(codes: np.ndarray, used: list[int], names: list[str]) -> Groups:
    """Groups without those that nobody is in."""
    new = {old: k for k, old in enumerate(used)}
    return Groups(np.array([new.get(code, -1) for code in codes.tolist()], int), names)
