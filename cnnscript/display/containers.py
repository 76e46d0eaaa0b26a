"""Cells and structs as text, and how any value looks inside one.

Inside a cell a number is [5], a short row [1 2 3], text 'abc', anything else its size and class (3×3 double); a column
of cells is padded to one width inside the braces: text and sizes at their end, numbers at their beginning.  A struct's
field shows its value bare where it fits on the line: 5, 'abc', [1 2 3], {'a'  'b'}; else [3×3 double].
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.display.formats import WINDOW, Format, brief_number
from cnnscript.display.matrices import in_blocks, in_pages, string_word
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, class_of, is_cell, numel_of, size_of, size_text
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, CharArray, String

LONGEST_ROW = 40  # letters of a row of numbers that a cell still writes out
NUMBER_TYPES = (float, bool, complex, int, np.generic)


def handle_text(function: Function) -> str:
    """'@sin' for a named handle, '@(x)x+1' for an anonymous one."""
    return function.text if function.text.startswith("@") else "@" + function.text


# -------------------------------------------------------------------------------------------------- elements of a cell
def _element(value: Any, form: Format) -> tuple[str, str, str]:
    """An element in the braces of a cell: (kind, text, what closes it).

    Kind '[': numbers, padded at their beginning; '[w': a word in brackets, padded at its end inside them; "'" and '':
    padded at the end outside; 'size': `text` is a size and the third part a class.
    """
    if isinstance(value, NUMBER_TYPES):
        return "[", brief_number(value, form), "]"
    if type(value) is np.ndarray and value.dtype != OBJECT and value.ndim == 2 and value.shape[0] == 1 < value.shape[1]:
        words = " ".join(brief_number(item, form) for item in value[0, : LONGEST_ROW // 2])
        if value.shape[1] <= LONGEST_ROW // 2 and len(words) <= LONGEST_ROW:
            return "[", words, "]"
    if type(value) is str and value:
        return "'", value.replace("\n", "↵"), "'"
    if type(value) is String and value.data.size == 1 and not value.untyped:
        return "[w", string_word(value.data.item()), "]"
    if type(value) is Categorical and value.codes.size == 1:
        return "[w", value.texts()[0], "]"
    if type(value) is Function:
        return "", handle_text(value), ""
    if getattr(value, "class_name", "") in ("datetime", "duration", "calendarDuration") and value.data.size == 1:
        return "[w", value.texts()[0], "]"
    if getattr(value, "member", ""):  # of an enumeration
        return "[w", value.member, "]"
    return "size", size_text(size_of(value), "×"), getattr(value, "listed_as", None) or class_of(value)


def cell_column(values: list, form: Format) -> list[str]:
    """The elements of one column, padded to one width."""
    parts = [_element(value, form) for value in values]
    sizes = max((len(text) for kind, text, _ in parts if kind == "size"), default=0)
    longest = form.width - 10
    texts = []
    for kind, text, after in parts:
        if kind == "size":
            texts.append(("", f"{text:<{sizes}} {after}", ""))
        elif kind == "'" and len(text) > longest:
            texts.append((kind, text[: longest - 1] + "…", after))
        else:
            texts.append((kind, text, after))
    width = max(len(kind[:1] + text + after) for kind, text, after in texts)
    out = []
    for kind, text, after in texts:
        if kind[:1] == "[":
            inside = text.rjust(width - 2) if kind == "[" else text.ljust(width - 2)
            out.append("    {[" + inside + "]}")
        else:
            out.append("    {" + (kind + text + after).ljust(width) + "}")
    return out


def cell_body(page: np.ndarray, form: Format) -> str:
    """The rows of a non-empty two-dimensional cell."""
    columns = [cell_column(column.tolist(), form) for column in page.T]
    return in_blocks(columns, form, 1)


def show_cell(name: str, value: np.ndarray, form: Format) -> str:
    """`c = ...` for a cell array."""
    blank, shape = form.blank, value.shape
    head = f"  {size_text(shape, '×')} {'empty ' if 0 in shape else ''}cell array\n"
    if 0 in shape:
        return f"{blank}{name} =\n{blank}{head}{blank}"
    if len(shape) > 2:
        return blank + head + in_pages(name, value, lambda page: cell_body(page, form), form, " = ")
    return f"{blank}{name} =\n{blank}{head}{blank}{cell_body(value, form)}{blank}"


def disp_cell(value: np.ndarray, form: Format) -> str:
    """What disp prints of a cell array."""
    if value.size == 0:
        return ""
    if value.ndim > 2:
        return in_pages("", value, lambda page: cell_body(page, form), form, " = ")
    return cell_body(value, form) + form.blank


# ------------------------------------------------------------------------------------------------- fields of a struct
def field_text(value: Any, form: Format, room: int = WINDOW) -> str:
    """A value on one line, as structs and objects show their fields: bare where it fits into `room` characters."""
    if isinstance(value, NUMBER_TYPES):
        return brief_number(value, form)
    if type(value) is str:
        return "'" + value.replace("\n", "↵") + "'"
    if type(value) is Function:
        return handle_text(value)
    if type(value) is String and not value.untyped:
        return _string_field(value, form)
    if type(value) is Categorical and value.codes.size == 1:
        return value.texts()[0]
    shape = size_of(value)
    if is_cell(value):
        return _cell_field(value, shape, form, room)
    if type(value) is np.ndarray and len(shape) == 2:
        if shape == (0, 0):
            return "[]"
        if shape[0] == 1 and shape[1]:
            return _row_field(value, form, room)
    if type(value) is CharArray and shape == (0, 0):
        return "''"
    brief = getattr(value, "brief", None)  # objects may have a word of their own
    if brief is not None and (text := brief(form)):
        return text
    return f"[{size_text(shape, '×')} {class_of(value)}]"


def _string_field(value: String, form: Format) -> str:
    if value.data.size == 1:
        text = value.data.item()
        return "<missing>" if text is MISSING else string_word(text)
    if value.data.shape[0] == 1 and value.data.size:
        joined = "[" + "    ".join(string_word(text) for text in value.data[0].tolist()) + "]"
        if len(joined) < form.width // 2:
            return joined
    return f"[{size_text(value.data.shape, '×')} string]"


def _row_field(value: np.ndarray, form: Format, room: int) -> str:
    """A row of numbers: all of it, or as many as fit and '… ] (1×1000 double)'."""
    count = value.shape[1]
    head = value[0, : max(room, 8)]
    words = [brief_number(item, form) for item in (head if value.dtype != OBJECT else head.tolist())]
    text = "[" + " ".join(words) + "]"
    if len(words) == count and len(text) < room:
        return text
    tail = f"… ] ({size_text(value.shape, '×')} {class_of(value)})"
    kept, used = [], 1 + len(tail)
    for word in words:
        used += len(word) + 1
        if used >= room:
            break
        kept.append(word + " ")
    return "[" + "".join(kept) + tail if kept else f"[{size_text(value.shape, '×')} {class_of(value)}]"


def _cell_field(value: np.ndarray, shape: tuple[int, ...], form: Format, room: int) -> str:
    if shape == (0, 0):
        return "{}"
    if len(shape) == 2 and shape[0] == 1 and 0 < shape[1] <= room // 3:
        words = []
        for item in value[0].tolist():
            if is_cell(item) or type(item) in (Struct, StructArray):
                bare = f"{size_text(size_of(item), '×')} {class_of(item)}"
                words.append("{" + bare + "}" if is_cell(item) else "[" + bare + "]")
                continue
            text = field_text(item, form, room)
            words.append(f"[{text}]" if isinstance(item, NUMBER_TYPES) else text)
        joined = "{" + "  ".join(words) + "}"
        if len(joined) < room:
            return joined
    return "{" + f"{size_text(shape, '×')} cell" + "}"


def fields_body(pairs: list[tuple[str, Any]], form: Format) -> str:
    """Lines 'name: value', names right-aligned, four blanks in front of the longest."""
    width = max((len(name) for name, _ in pairs), default=0) + 4
    room = form.width - width - 2
    return "".join(f"{name:>{width}}: {field_text(value, form, room)}\n" for name, value in pairs)


def show_struct(name: str, value: Struct | StructArray, form: Format) -> str:
    """`s = ...` for a struct (the line `s = ` ends in a blank)."""
    blank = form.blank
    return f"{blank}{name} = \n{blank}{struct_body(value, form)}{blank}"


def struct_body(value: Struct | StructArray, form: Format) -> str:
    """Header and fields of a struct, without the name."""
    names, blank = value.names(), form.blank
    if isinstance(value, Struct):
        if not names:
            return "  struct with no fields.\n"
        return f"  struct with fields:\n{blank}{disp_struct(value, form, ended=False)}"
    shape = value.data.shape
    kind = f"  {size_text(shape, '×')} {'empty ' if 0 in shape else ''}struct array with "
    if not names:
        return kind + "no fields.\n"
    return f"{kind}fields:\n{blank}" + "".join(f"    {name}\n" for name in names)


def disp_struct(value: Struct | StructArray, form: Format, ended: bool = True) -> str:
    """What disp prints of a struct: its fields; of a struct array: header and field names."""
    end = form.blank if ended else ""
    if type(value) is Struct:
        return fields_body(list(value.fields.items()), form) + (end if value.fields else "")
    return struct_body(value, form) + end if numel_of(value) or value.names() else ""


def is_plain(value: Any) -> bool:
    """Numbers and logicals, scalars and arrays."""
    return isinstance(value, NUMBER_TYPES) or type(value) is np.ndarray and value.dtype != OBJECT
