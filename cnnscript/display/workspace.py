"""The tables of `whos` and `who`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from cnnscript.display.formats import WINDOW
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of, is_cell, size_of, size_text
from cnnscript.values.structs import Struct, StructArray, elements
from cnnscript.values.text import MISSING, CharArray, String

CELL_OVERHEAD = 104  # bytes that MATLAB needs for each value held in a cell or field
FIELD_NAME = 64  # ... and for each field name
HANDLE = 32  # ... and for a function handle
STRING_BASE, STRING_EACH, STRING_SHORT = 94, 56, 8  # longer strings keep their letters apart


class Row(NamedTuple):
    """One variable of the table: its size is MATLAB's size vector."""

    name: str
    size: tuple[int, ...]
    bytes: int
    class_name: str
    attributes: str


def bytes_of(value: Any) -> int:
    """The bytes MATLAB would report; for objects other than arrays, what their data would take."""
    kind = type(value)
    if kind is float:
        return 8
    if kind is bool:
        return 1
    if kind is complex:
        return 16
    if isinstance(value, np.generic):
        return value.dtype.itemsize
    if kind is str:
        return 2 * len(value)
    if kind is CharArray:
        return 2 * value.codes.size
    if is_cell(value):
        return sum(CELL_OVERHEAD + bytes_of(item) for item in value.ravel().tolist())
    if kind is np.ndarray:
        return value.nbytes
    if kind is Struct or kind is StructArray:
        held = sum(
            CELL_OVERHEAD + bytes_of(item) for fields in elements(value).ravel().tolist() for item in fields.values()
        )
        return held + FIELD_NAME * len(value.names())
    if kind is String:
        texts = [text for text in value.data.ravel().tolist() if text is not MISSING]
        long = sum(2 * len(text) for text in texts if len(text) > STRING_SHORT)
        return STRING_BASE + STRING_EACH * value.data.size + long
    if kind is Categorical:
        return value.codes.size + sum(CELL_OVERHEAD + 2 * len(name) for name in value.names)
    if kind is Function:
        return HANDLE
    size = getattr(value, "bytes", None)
    return int(size()) if callable(size) else 8


def row_of(name: str, value: Any, attributes: tuple[str, ...] = ()) -> Row:
    """The line of one variable; `attributes` are words such as 'global', 'complex' is found here."""
    words = list(attributes)
    if type(value) is complex or getattr(getattr(value, "dtype", None), "kind", "") == "c":
        words.insert(0, "complex")
    if getattr(value, "is_sparse", False):
        words.insert(0, "sparse")
    return Row(name, tuple(size_of(value)), bytes_of(value), class_of(value), ", ".join(words))


def whos_table(rows: list[Row]) -> str:
    """The table as `whos` prints it; nothing for no variables.

    Sizes are aligned at their first x; the columns widen with what stands in them.
    """
    if not rows:
        return ""
    sizes = [size_text(row.size).partition("x") for row in rows]
    names = max(4, max(len(row.name) for row in rows))
    left = max(len(first) for first, _, _ in sizes)
    right = max(2, max(len(rest) for _, _, rest in sizes))
    counts = max(5, max(len(str(row.bytes)) for row in rows))
    classes = max(5, max(len(row.class_name) for row in rows)) + 4
    size_width = left + 1 + right
    head = (
        f"  {'Name':<{names}}      {' ' * (left - 1) + 'Size':<{size_width}}            {'Bytes':>{counts}}"
        f"  {'Class':<{classes}}Attributes\n\n"
    )
    lines = [
        f"  {row.name:<{names}}      {first:>{left}}x{rest:<{right}}            {row.bytes:>{counts}}"
        f"  {row.class_name:<{classes}}{row.attributes:<10}\n"
        for row, (first, _, rest) in zip(rows, sizes, strict=True)
    ]
    return head + "".join(lines) + "\n"


def who_list(names: list[str], window: int = WINDOW) -> str:
    """The names as `who` prints them, in columns that read downwards; nothing for no variables."""
    if not names:
        return ""
    width = max(map(len, names)) + 2
    across = max(1, window // width)
    rows = -(-len(names) // across)
    lines = ["".join(f"{name:<{width}}" for name in names[row::rows]) for row in range(rows)]
    return "\nYour variables are:\n\n" + "".join(line + "\n" for line in lines) + "\n"


def in_order(variables: Mapping[str, Any]) -> list[str]:
    """Variable names as MATLAB sorts them: capitals first."""
    return sorted(variables)
