"""Graphics objects as text: what a statement without a semicolon, disp and get(h) print."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.display.containers import fields_body
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import size_text

PLACEHOLDER = "GraphicsPlaceholder"


def class_title(graphic: Graphic | None) -> str:
    """'Line' for a line."""
    return PLACEHOLDER if graphic is None else graphic.short_class()


def caption(graphic: Graphic | None) -> str:
    """What MATLAB puts in parentheses after the class: a figure's number and name, an axes' title, a text's words, a
    tag."""
    if graphic is None or graphic.deleted:
        return ""
    if graphic.kind == "figure":
        name = graphic.value("Name")
        number = str(graphic.number) if graphic.value("IntegerHandle") else ""
        return ": ".join(part for part in (number, name) if part)
    words: Any = ""
    if isinstance(graphic, Axes) or graphic.kind == "tiledlayout":
        words = graphic.words_of("Title")
    elif graphic.kind in ("legend", "colorbar"):
        words = graphic.get("String") if graphic.kind == "legend" else ""
    else:
        for name in ("DisplayName", "String", "Text", "Title"):
            if name in graphic.table and isinstance(graphic.value(name), str | list) and graphic.value(name):
                words = graphic.value(name)
                break
    words = (words[0] if len(words) == 1 or graphic.kind != "legend" else ", ".join(words)) if (
        isinstance(words, list) and words
    ) else words
    return words or graphic.value("Tag") or ""


def body(pairs: list[tuple[str, Any]], form: Any) -> str:
    """Lines 'Name: value' with the names right-aligned."""
    return fields_body(pairs, form)


def object_text(graphic: Graphic, pairs: list[tuple[str, Any]], form: Any) -> str:
    """'Line with properties:', the short list, and how to see the rest."""
    title = class_title(graphic)
    blank = "" if form.spacing == "compact" else "\n"
    if graphic.deleted:
        return f"  handle to deleted {title}\n"
    words = caption(graphic)
    head = f"  {title}{f' ({words})' if words else ''} with properties:\n{blank}"
    return f"{head}{body(pairs, form)}{blank}  Use GET to show all properties\n"


def array_class(data: np.ndarray) -> str:
    """'Line' of lines alone, 'Graphics' of objects of several classes, 'GraphicsPlaceholder' of none."""
    names = {class_title(graphic) for graphic in data.flat}
    return PLACEHOLDER if not names else names.pop() if len(names) == 1 else "Graphics"


def array_text(data: np.ndarray, form: Any) -> str:
    """'3×1 Line array:' and the class of each; in a column also what each is called."""
    size = size_text(data.shape, "×")
    title = array_class(data)
    if data.size == 0:
        return f"  {size} empty {title} array.\n"
    blank = "" if form.spacing == "compact" else "\n"
    head = f"  {size} {'graphics' if title == 'Graphics' else title} array:\n{blank}"
    if data.ndim > 2:
        return head
    names = [[word_of(graphic) for graphic in row] for row in data.tolist()]
    width = max(len(name) for row in names for name in row)
    if data.shape[1] > 1:
        return head + "".join("  " + "    ".join(name.ljust(width) for name in row) + "\n" for row in names)
    lines = []
    for (name,), (graphic,) in zip(names, data.tolist(), strict=True):
        words = caption(graphic)
        lines.append(f"  {name.ljust(width)}    ({words})\n" if words else f"  {name}\n")
    return head + "".join(lines)


def word_of(graphic: Graphic | None) -> str:
    gone = graphic is not None and graphic.deleted
    return f"handle to deleted {class_title(graphic)}" if gone else class_title(graphic)
