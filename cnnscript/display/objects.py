"""Objects as text: a title and the properties, one a line, as MATLAB shows an object without a display of its own."""

from __future__ import annotations

from typing import Any

from cnnscript.display.containers import fields_body
from cnnscript.display.formats import Format
from cnnscript.values.instances import KINDS, Instance, InstanceArray
from cnnscript.values.numeric import size_text
from cnnscript.values.objects import Object


def titled(title: str, pairs: list[tuple[str, Any]], form: Format) -> str:
    """'  ReLULayer with properties:', a blank line, and 'Name: value' lines; '  X with no properties.' without any.

    pairs  property names and values in the order they are shown
    """
    if not pairs:
        return f"  {title} with no properties.\n{form.blank}"
    return f"  {title} with properties:\n{form.blank}{fields_body(pairs, form)}{form.blank}"


def short_name(class_name: str) -> str:
    """'ReLULayer' for 'nnet.cnn.layer.ReLULayer'."""
    return class_name.rpartition(".")[2]


def disp_object(value: Object, form: Format) -> str:
    """What disp prints of an object: its own display, or the title and the properties."""
    if isinstance(value, KINDS):
        return disp_instance(value, form)
    if type(value).disp is not Object.disp:
        return value.disp(form)
    return titled(short_name(value.class_name), [(name, value.get(name)) for name in value.property_names()], form)


def disp_instance(value: Instance | InstanceArray, form: Format) -> str:
    """Objects of a program's classes: one with its properties, several with the names of theirs, members of an
    enumeration by name."""
    title = short_name(value.class_name)
    size = size_text(value.size(), "×")
    if value.definition.members:
        if type(value) is Instance:
            return f"  {title} enumeration\n{form.blank}    {value.member}\n{form.blank}"
        if not value.elements.size:
            return f"  {size} empty {title} enumeration array\n{form.blank}"
        names = [[item.member for item in row] for row in value.elements.reshape(value.size()[0], -1).tolist()]
        rows = "".join("    " + "    ".join(row).rstrip() + "\n" for row in _columns(names))
        return f"  {size} {title} enumeration array\n{form.blank}{rows}{form.blank}"
    if value.deleted:
        return f"  handle to deleted {title}\n{form.blank}"
    names_shown = value.property_names()
    if type(value) is Instance and value.definition.number_class is not None:
        return _disp_numbers(value, names_shown, form)
    if type(value) is Instance:
        return titled(title, [(name, value.get(name)) for name in names_shown], form)
    title = array_title(value)
    if not names_shown:
        return f"  {size} {title} array with no properties.\n{form.blank}"
    lines = "".join(f"    {name}\n" for name in names_shown)
    return f"  {size} {title} array with properties:\n{form.blank}{lines}{form.blank}"


def array_title(value: InstanceArray) -> str:
    """'Shape', or 'heterogeneous Shape (Circle, Square)' for objects of several classes."""
    kinds = dict.fromkeys(short_name(item.class_name) for item in value.objects())
    title = short_name(value.class_name)
    return f"heterogeneous {title} ({', '.join(kinds)})" if len(kinds) > 1 else title


def _disp_numbers(value: Instance, names: list[str], form: Format) -> str:
    """An object of a class derived from one of numbers: its properties, then the numbers."""
    from cnnscript.display.values import disp
    from cnnscript.values.number_objects import numbers_of

    head = f"  {size_text(value.size(), '×')} {short_name(value.class_name)}:\n{form.blank}"
    if names:
        head = titled(short_name(value.class_name), [(name, value.get(name)) for name in names], form)
    return f"{head}  {value.definition.number_class} data:\n{disp(numbers_of(value), form)}{form.blank}"


def _columns(rows: list[list[str]]) -> list[list[str]]:
    """Words padded to the width of their column."""
    if not rows or not rows[0]:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [[word.ljust(width) for word, width in zip(row, widths, strict=True)] for row in rows]


def show_object(name: str, value: Any, form: Format) -> str:
    """`x = ...` for an object: its own display, or the name line (which ends in a blank) and what disp prints."""
    if not isinstance(value, Object) or type(value).show is not Object.show:
        text = value.show(name, form)
        return form.blank + text if text and not text.startswith("\n") else text
    body = disp_object(value, form)
    end = "" if body.endswith("\n\n") else form.blank
    return f"{form.blank}{name} = \n{form.blank}{body}{end}"
