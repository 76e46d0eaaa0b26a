"""Which display a value gets: `show` for a statement without `;`, `disp` for the function disp."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cnnscript.display import containers, matrices, objects
from cnnscript.display.formats import Format
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import is_cell
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, String

# few programs have any: what shows them is imported when needed
SHOWN_BY = {
    "table": "tables", "timetable": "tables", "matlab.tabular.TableProperties": "tables",
    "matlab.tabular.TimetableProperties": "tables", "dlarray": "dlarrays",
}  # fmt: skip


def show(name: str, value: Any, form: Format) -> str:
    """The text of `name = ...` for any value; loosely spaced, blank lines come before the name and after the value."""
    kind = type(value)
    if kind is str or kind is CharArray:
        return matrices.show_char(name, value, form)
    if is_cell(value):
        return containers.show_cell(name, value, form)
    if containers.is_plain(value):
        return matrices.show_numbers(name, value, form)
    if kind is Struct or kind is StructArray:
        return containers.show_struct(name, value, form)
    if kind is String:
        return matrices.show_string(name, value, form)
    if kind is Categorical:
        return matrices.show_categorical(name, value, form)
    if kind is Function:
        blank = form.blank
        text = containers.handle_text(value)
        return f"{blank}{name} =\n{blank}  function_handle with value:\n{blank}    {text}\n{blank}"
    if isinstance(value, Object) and value.is_sparse:
        from cnnscript.display import sparse

        return sparse.show(name, value, form)
    if value.class_name in SHOWN_BY:
        return import_module("cnnscript.display." + SHOWN_BY[value.class_name]).show(name, value, form)
    return objects.show_object(name, value, form)


def disp(value: Any, form: Format) -> str:
    """The text of `disp(value)`: lines ended; nothing for an empty array."""
    kind = type(value)
    if kind is str or kind is CharArray:
        return matrices.disp_char(value, form)
    if is_cell(value):
        return containers.disp_cell(value, form)
    if containers.is_plain(value):
        return matrices.disp_numbers(value, form)
    if kind is Struct or kind is StructArray:
        return containers.disp_struct(value, form)
    if kind is String:
        return matrices.disp_string(value, form)
    if kind is Categorical:
        return matrices.disp_categorical(value, form)
    if kind is Function:
        return f"    {containers.handle_text(value)}\n{form.blank}"
    if isinstance(value, Object) and value.is_sparse:
        from cnnscript.display import sparse

        return sparse.disp(value, form)
    if value.class_name in SHOWN_BY:
        return import_module("cnnscript.display." + SHOWN_BY[value.class_name]).disp(value, form)
    return objects.disp_object(value, form) if isinstance(value, Object) else value.disp(form)
