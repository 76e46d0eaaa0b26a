"""Tables as text: variables side by side, four blanks between them, names over underscores.

Numbers are written with five significant digits and right-aligned, everything else left-aligned; what is narrower than
its variable's name stands in the middle under it.  A table wider than the window goes on below in further blocks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.display.containers import cell_column, field_text, fields_body
from cnnscript.display.formats import Format
from cnnscript.display.matrices import string_word
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import LOGICAL, as_array, class_of, is_cell, ndarray, size_of, size_text
from cnnscript.values.table_properties import TableProperties
from cnnscript.values.tables import Table
from cnnscript.values.text import CharArray, String

GAP = "    "
PATTERNS = {  # formats to the patterns of doubles and singles
    "long": ("%.15g", "%.7g"),
    "longG": ("%.15g", "%.7g"),
    "longEng": ("%.15g", "%.7g"),
    "shortE": ("%.4e", "%.4e"),
    "longE": ("%.14e", "%.6e"),
    "bank": ("%.2f", "%.2f"),
}


def show(name: str, value: Table | TableProperties, form: Format) -> str:
    """`T = ...` for a table or the properties of one."""
    return show_table(name, value, form) if type(value) is Table else show_properties(name, value, form)


def disp(value: Table | TableProperties, form: Format) -> str:
    """What disp prints of a table or the properties of one."""
    return disp_table(value, form) if type(value) is Table else disp_properties(value, form)


def show_table(name: str, table: Table, form: Format) -> str:
    """`T = ...` for a table."""
    blank = form.blank
    end = blank if table.variables or table.times is not None else ""
    return f"{blank}{name} =\n{blank}{header(table)}{blank}{body(table, form)}{end}"


def header(table: Table) -> str:
    empty = "empty " if 0 in table.size() else ""
    return f"  {size_text(table.size(), '×')} {empty}{table.class_name}\n"


def disp_table(table: Table, form: Format) -> str:
    """What disp prints of a table."""
    return body(table, form) + (form.blank if table.variables or table.times is not None else "")


def body(table: Table, form: Format) -> str:
    """Names, underscores and rows, in as many blocks as the window asks for."""
    if not table.variables and table.times is None:
        return ""
    left = [""] * table.rows
    if table.row_names:
        longest = max(map(len, table.row_names))
        left = [GAP + name.ljust(longest) for name in table.row_names]
    start = len(left[0]) if left else 0
    if table.times is not None:
        return timed_body(table, form)
    blocks: list[list[list[str]]] = [[]]
    used = start
    for variable in table.variables:
        column = titled(variable.name, variable.data, form)
        width = len(GAP) + len(column[0])
        if blocks[-1] and used + width > form.width:
            blocks.append([])
            used = start
        blocks[-1].append(column)
        used += width
    return form.blank.join(block_text(left, start, block, form) for block in blocks)


def timed_body(table: Table, form: Format) -> str:
    """A timetable: every block begins with the times of the rows."""
    first = titled(table.about.dimension_names[0], table.times, form)
    start = len(GAP) + len(first[0])
    blocks: list[list[list[str]]] = [[first]]
    used = start
    for variable in table.variables:
        column = titled(variable.name, variable.data, form)
        width = len(GAP) + len(column[0])
        if len(blocks[-1]) > 1 and used + width > form.width:
            blocks.append([first])
            used = start
        blocks[-1].append(column)
        used += width
    return form.blank.join(block_text([""] * table.rows, 0, block, form) for block in blocks)


def block_text(left: list[str], start: int, columns: list[list[str]], form: Format) -> str:
    deepest = max(len(column) for column in columns) - len(left)
    lines = []
    for place in range(deepest):
        cells = []
        for column in columns:
            head = column[: len(column) - len(left)]
            cells.append(head[place] if place < len(head) else " " * len(column[0]))
        lines.append(" " * start + "".join(GAP + cell for cell in cells))
    text = "".join(line + "\n" for line in lines) + (form.blank if left else "")
    for place, label in enumerate(left):
        cells = [column[len(column) - len(left) + place] for column in columns]
        text += label + "".join(GAP + cell for cell in cells) + "\n"
    return text


def titled(name: str, data: Any, form: Format) -> list[str]:
    """Name, underscores and the rows of one variable, all of one width."""
    if type(data) is Table:
        return nested(name, data, form)
    rows = row_texts(data, form)
    width = max(len(name), len(rows[0]) if rows else 0)
    return [middle(name, width), "_" * width, *(middle(row, width) for row in rows)]


def nested(name: str, table: Table, form: Format) -> list[str]:
    """A table in a table: its own names and underscores under the name."""
    columns = [titled(variable.name, variable.data, form) for variable in table.variables]
    deepest = max((len(column) for column in columns), default=0)
    columns = [[" " * len(column[0])] * (deepest - len(column)) + column for column in columns]
    lines = [GAP.join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * table.rows
    width = max(len(name), len(lines[0]) if lines else 0)
    return [middle(name, width), "_" * width, *(middle(line, width) for line in lines)]


def middle(text: str, width: int) -> str:
    """The text in the middle of a width, the odd blank behind it."""
    missing = width - len(text)
    return " " * (missing // 2) + text + " " * (missing - missing // 2)


# ------------------------------------------------------------------------------------------------ rows of one variable
def row_texts(data: Any, form: Format) -> list[str]:
    """A text for each row of a variable, all of one width."""
    shape = size_of(data)
    if not shape[0]:
        return []
    if type(data) is str:
        return [data]
    if len(shape) > 2 or 0 in shape or class_of(data) in ("struct", "function_handle"):
        return [f"{size_text((1, *shape[1:]), '×')} {class_of(data)}"] * shape[0]
    if type(data) is CharArray:
        return data.rows()
    if is_cell(data):
        columns = [cell_column(column.tolist(), form) for column in data.T]
        return ["".join(parts)[len(GAP) :] for parts in zip(*columns, strict=True)]
    if type(data) is String:
        return side_by_side([[string_word(text) for text in column] for column in data.data.T.tolist()])
    if type(data) is Categorical:
        words = ["<undefined>", *data.names]
        return side_by_side([[words[code] for code in column] for column in data.codes.T.tolist()])
    texts = getattr(data, "row_texts", None)
    if texts is not None:  # an object that writes itself in a table
        return side_by_side(texts(form))
    if isinstance(data, float | bool | complex | np.generic | ndarray):
        return number_texts(as_array(data), form)
    if getattr(getattr(data, "definition", None), "members", None):  # an enumeration: names
        rows = data.data().tolist()
        return side_by_side([[row[at].member for row in rows] for at in range(shape[1])])
    return [f"1×{shape[1]} {class_of(data)}"] * shape[0]


def side_by_side(columns: list[list[str]], right: bool = False) -> list[str]:
    """Columns of words padded, each to its own width."""
    padded = []
    for column in columns:
        width = max(map(len, column))
        padded.append([word.rjust(width) if right else word.ljust(width) for word in column])
    return [GAP.join(row) for row in zip(*padded, strict=True)]


def number_texts(array: ndarray, form: Format) -> list[str]:
    """Rows of numbers, all columns of one width; true and false left-aligned."""
    if array.dtype == LOGICAL:
        width = 4 if array.all() else 5
        return [GAP.join(("true" if item else "false").ljust(width) for item in row) for row in array.tolist()]
    words = [[number_word(item, array.dtype, form) for item in row] for row in array.tolist()]
    width = max(len(word) for row in words for word in row)
    return [GAP.join(word.rjust(width) for word in row) for row in words]


def number_word(number: Any, dtype: np.dtype, form: Format) -> str:
    if dtype.kind in "iu":
        return str(number)
    if dtype.kind == "c":
        part = np.dtype(np.float64 if dtype.itemsize == 16 else np.float32)
        sign = "-" if np.copysign(1.0, number.imag) < 0 else "+"
        return f"{number_word(number.real, part, form)}{sign}{number_word(abs(number.imag), part, form)}i"
    if number != number:
        return "NaN"
    if number in (np.inf, -np.inf):
        return "Inf" if number > 0 else "-Inf"
    return PATTERNS.get(form.numeric, ("%.5g", "%.5g"))[dtype.itemsize == 4] % (number + 0.0)


# ---------------------------------------------------------------------------------------------------------- properties
def show_properties(name: str, value: TableProperties, form: Format) -> str:
    """`T.Properties` as a statement."""
    return f"{form.blank}{name} = \n{form.blank}{disp_properties(value, form)}"


def disp_properties(value: TableProperties, form: Format) -> str:
    names = value.property_names()
    pairs = [(name, value.get(name)) for name in names]
    lines = fields_body(pairs, form)
    width = max(map(len, names)) + len(GAP)
    own = value.get("CustomProperties")
    if own.property_names():
        pairs = [(name, own.get(name)) for name in own.property_names()]
        rows = "".join(f"{name:>{width}}: {field_text(item, form)}\n" for name, item in pairs)
        kind = value.class_name.rpartition(".")[2]
        return (
            f"  {kind} with properties:\n{form.blank}{lines}{form.blank}"
            f"   Custom Properties (access using t.Properties.CustomProperties.<name>):\n{rows}{form.blank}"
        )
    custom = f"{'CustomProperties':>{width}}: No custom properties are set.\n"
    kind = value.class_name.rpartition(".")[2]
    return (
        f"  {kind} with properties:\n{form.blank}{lines}{custom}"
        f"      Use addprop and rmprop to modify CustomProperties.\n{form.blank}"
    )
