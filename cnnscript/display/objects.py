"""Objects as text: a title and the properties, one a line, as MATLAB shows an object without a display of its own."""

from __future__ import annotations

from typing import Any

from cnnscript.display.containers import fields_body
from cnnscript.display.formats import Format
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
    if type(value).disp is not Object.disp:
        return value.disp(form)
    return titled(short_name(value.class_name), [(name, value.get(name)) for name in value.property_names()], form)


def show_object(name: str, value: Any, form: Format) -> str:
    """`x = ...` for an object: its own display, or the name line (which ends in a blank) and what disp prints."""
    if not isinstance(value, Object) or type(value).show is not Object.show:
        text = value.show(name, form)
        return form.blank + text if text and not text.startswith("\n") else text
    body = disp_object(value, form)
    end = "" if body.endswith("\n\n") else form.blank
    return f"{form.blank}{name} = \n{form.blank}{body}{end}"
