"""What makes rows of tables equal, and in which order they stand: every variable as whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.sets import elements_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import is_cell, ndarray, numel_of
from cnnscript.values.rows import height, width
from cnnscript.values.tables import Table
from cnnscript.values.text import CharArray, cell_of_texts, is_char


def ranks(columns: list[Any], name: str, empty_is_missing: bool = False) -> list[ndarray]:
    """The rows of variables that belong together, one of each table, as numbers in order; NaN for a missing element.

    Returns for each an array of one dimension; rows of several columns compare column by column.
    """
    columns = [cell_of_texts(column.rows()) if type(column) is CharArray else column for column in columns]
    columns = [cell_of_texts([column]) if type(column) is str else column for column in columns]
    keys = [getattr(column, "keys", None) for column in columns]  # objects may know how they are ordered
    known = all(key is not None for key in keys)
    arrays = [key() for key in keys] if known else elements_of(tuple(columns), name).keys
    arrays = [
        array.reshape(height(column), width(column), order="F") for array, column in zip(arrays, columns, strict=True)
    ]
    widths = {array.shape[1] for array in arrays}
    if len(widths) > 1:
        raise ScriptError(
            f"MATLAB:table:{name}:SizeMismatch", "Variables that are compared must have the same number of columns."
        )
    together = np.concatenate(arrays)
    lost = np.isnan(together).any(axis=1) if together.dtype.kind in "fc" else np.zeros(len(together), bool)
    if empty_is_missing and is_cell(columns[0]):
        texts = [item for column in columns for item in column.ravel("F").tolist()]
        if len(texts) == len(together):
            lost = lost | np.array([is_char(item) and numel_of(item) == 0 for item in texts], bool)
    _, codes = np.unique(together, axis=0, return_inverse=True)
    numbers = np.where(lost, np.nan, codes.reshape(-1).astype(float))
    ends = np.cumsum([len(array) for array in arrays])[:-1]
    return np.split(numbers, ends)


def key_matrix(tables: list[Table], places: list[list[int]], name: str, empty_is_missing: bool = False) -> list:
    """For each table a matrix of the ranks of its key variables (rows × keys); places[t][k] is the k-th key."""
    count = len(places[0])
    parts = []
    for key in range(count):
        columns = [table.variables[at[key]].data for table, at in zip(tables, places, strict=True)]
        try:
            parts.append(ranks(columns, name, empty_is_missing))
        except ScriptError as problem:
            variable = tables[0].variables[places[0][key]].name
            raise ScriptError(
                f"MATLAB:table:{name}:KeyVariable",
                f"The table variable '{variable}' cannot be compared.",
                notes=(problem.message,),
            ) from None
    if not parts:
        return [np.zeros((table.rows, 0)) for table in tables]
    return [np.column_stack([part[at] for part in parts]) for at in range(len(tables))]


def places_of(table: Table, chosen: Any, name: str, option: str) -> list[int]:
    """Variables that an argument names: names, numbers, logicals, or a function of their values."""
    if type(chosen) is Function:
        return [at for at, variable in enumerate(table.variables) if take.flag(chosen.call(1, variable.data), option)]
    try:
        return table.variable_places(chosen)
    except ScriptError as problem:
        raise ScriptError(problem.identifier, problem.message, notes=(f"{option} of {name}", *problem.notes)) from None


def one_place(table: Table, chosen: Any, name: str, option: str) -> int:
    places = places_of(table, chosen, name, option)
    if len(places) != 1:
        raise ScriptError(
            f"MATLAB:table:{name}:OneVariable", f"{option} must be one variable.", notes=(f"got {len(places)}",)
        )
    return places[0]


def fresh_name(name: str, taken: list[str]) -> str:
    """The name, or the name with _1, _2 ... where it is taken."""
    number, fresh = 0, name
    while fresh in taken:
        number += 1
        fresh = f"{name}_{number}"
    return fresh


def first_of_groups(matrix: ndarray) -> ndarray:
    """The first row of each distinct key, in the order of the keys; without keys the first row."""
    if not matrix.shape[1]:
        return np.arange(min(1, len(matrix)))
    filled = np.where(np.isnan(matrix), np.inf, matrix)
    _, first = np.unique(filled, axis=0, return_index=True)
    return first


def group_of_rows(matrix: ndarray, places: ndarray) -> ndarray:
    """The number (from 0) of the group that each row belongs to; `places` are the groups' first rows."""
    if not matrix.shape[1]:
        return np.zeros(len(matrix), int)
    filled = np.where(np.isnan(matrix), np.inf, matrix)
    number = {tuple(filled[place]): at for at, place in enumerate(places.tolist())}
    return np.array([number[tuple(row)] for row in filled], int)
