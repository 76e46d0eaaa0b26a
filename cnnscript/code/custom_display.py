"""matlab.mixin.CustomDisplay: objects shown in parts, each of which a class may replace.

A scalar, an array, an empty array and a handle to a deleted object each have a method; those of a scalar and of arrays
show the header, the groups of properties and the footer, which have methods too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from cnnscript.display.objects import array_title, disp_instance, fields_body, short_name
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Instance
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell, numel_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.selecting import select
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, cell_of_texts, text_or_none, texts_or_none


class PropertyGroup(NamedValues):
    """matlab.mixin.util.PropertyGroup: names, or names with values, and a title."""

    class_name: ClassVar[str] = "matlab.mixin.util.PropertyGroup"

    def __init__(self, listed: Any, title: Any):
        super().__init__({"Title": title, "NumProperties": float(len(names_in(listed))), "PropertyList": listed})

    def set(self, name: str, value: Any) -> Object:
        if name == "Title":
            return PropertyGroup(self.values["PropertyList"], value)
        if name == "PropertyList":
            return PropertyGroup(value, self.values["Title"])
        return super().set(name, value)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return PropertyGroups([group for part in parts for group in groups_in(part)])

    def no_elements(self) -> Any:
        return PropertyGroups([])

    def assign(self, args: tuple, value: Any) -> Any:
        return PropertyGroups([self]).assign(args, value)


class PropertyGroups(Object):
    """Several of them."""

    class_name: ClassVar[str] = "matlab.mixin.util.PropertyGroup"
    concatenate = PropertyGroup.concatenate

    def __init__(self, items: list[PropertyGroup]):
        self.items = items

    def size(self) -> tuple[int, ...]:
        return (1, len(self.items))

    def property_names(self) -> list[str]:
        return ["Title", "NumProperties", "PropertyList"]

    def get(self, name: str) -> Any:
        return tuple(item.get(name) for item in self.items)

    def index(self, args: tuple) -> Any:
        cells = np.empty((1, len(self.items)), OBJECT)
        for at, item in enumerate(self.items):
            cells[0, at] = item
        picked = select(cells, args).ravel("F").tolist()
        return picked[0] if len(picked) == 1 else PropertyGroups(picked)

    def assign(self, args: tuple, value: Any) -> Any:
        place = int(args[-1])
        items = list(self.items)
        if place > len(items):
            items += [PropertyGroup(EMPTY, "")] * (place - len(items))
        items[place - 1] = value
        return items[0] if len(items) == 1 else PropertyGroups(items)


def groups_in(value: Any) -> list[PropertyGroup]:
    if type(value) is PropertyGroups:
        return value.items
    if type(value) is PropertyGroup:
        return [value]
    if numel_of(value) == 0:
        return []
    raise ScriptError(
        "MATLAB:class:PropertyGroups", "Groups of properties are PropertyGroup objects."
    )


def names_in(listed: Any) -> list[str]:
    if type(listed) is Struct:
        return listed.names()
    return [] if numel_of(listed) == 0 else list(texts_or_none(listed) or ())


# ------------------------------------------------------------------------------------------------- methods of the class
def ask(value: Any, name: str) -> Any:
    """What the object's own, or the inherited, method of that name gives."""
    return value.definition.find_method(name).call(1, value)


def tell(value: Any, name: str) -> None:
    value.definition.find_method(name).call(0, value)


def say(value: Any, text: str) -> None:
    value.definition.unit.host.out.write(text)


def form_of(value: Any) -> Any:
    return value.definition.unit.host.format


def disp(nargout: int, value: Any) -> None:
    """disp(obj): by the method for what it is."""
    if type(value) is Instance:
        tell(value, "displayScalarHandleToDeletedObject" if value.deleted else "displayScalarObject")
    else:
        tell(value, "displayNonScalarObject" if value.elements.size else "displayEmptyObject")


def by_parts(nargout: int, value: Any) -> None:
    """Header, groups of properties, footer."""
    header = text_or_none(ask(value, "getHeader")) or ""
    say(value, header + "\n" if form_of(value).blank or not header.endswith("\n") else header)
    display_groups(value, ask(value, "getPropertyGroups"))
    footer = text_or_none(ask(value, "getFooter")) or ""
    if footer:
        say(value, footer + "\n")


def by_default(nargout: int, value: Any) -> None:
    say(value, disp_instance(value, form_of(value)))


def get_header(nargout: int, value: Any) -> str:
    names = shown_names(value)
    if type(value) is Instance:
        title = short_name(value.class_name)
        return f"  {title} with properties:\n" if names else f"  {title} with no properties.\n"
    title = f"{size_text(value.size(), '×')} {array_title(value)} array"
    return f"  {title} with properties:\n" if names else f"  {title} with no properties.\n"


def shown_names(value: Any) -> list[str]:
    return [
        name for group in groups_in(ask(value, "getPropertyGroups")) for name in names_in(group.get("PropertyList"))
    ]


def get_footer(nargout: int, value: Any) -> str:
    return ""


def get_property_groups(nargout: int, value: Any) -> PropertyGroup:
    names = value.property_names()
    if type(value) is Instance and not value.deleted:
        return PropertyGroup(Struct({name: value.get(name) for name in names}), "")
    column = np.empty((len(names), 1), OBJECT)
    column[:, 0] = names
    return PropertyGroup(column, "")


def display_groups(value: Any, groups: Any) -> None:
    """Each group: its title, its properties with their values (of an array only their names), a blank line."""
    form = form_of(value)
    for group in groups_in(groups):
        listed = group.get("PropertyList")
        title = text_or_none(group.get("Title")) or ""
        lines = f"   {title}\n" if title else ""
        names = names_in(listed)
        if type(value) is Instance:
            pairs = list(listed.fields.items()) if type(listed) is Struct else [(n, value.get(n)) for n in names]
            lines += fields_body(pairs, form)
        else:
            lines += "".join(f"    {name}\n" for name in names)
        if lines:
            say(value, lines + form.blank)


METHODS: dict[str, Callable[..., Any]] = {
    "disp": disp,
    "getHeader": get_header,
    "getFooter": get_footer,
    "getPropertyGroups": get_property_groups,
    "displayScalarObject": by_parts,
    "displayNonScalarObject": by_parts,
    "displayEmptyObject": by_parts,
    "displayScalarHandleToDeletedObject": by_default,
}


# --------------------------------------------------------------------------------------------------- static functions
def class_name_for_header(value: Any) -> str:
    return short_name(value.class_name)


def simple_header(value: Any) -> str:
    """matlab.mixin.CustomDisplay.getSimpleHeader"""
    return get_header(1, value)


def detailed_header(value: Any) -> str:
    """matlab.mixin.CustomDisplay.getDetailedHeader"""
    kind = "  " + value.class_name if not value.is_handle else "  " + value.class_name + " handle"
    return f"{kind} with properties:\n" if value.property_names() else f"{kind} with no properties.\n"


def dimensions_text(value: Any) -> str:
    """matlab.mixin.CustomDisplay.convertDimensionsToString"""
    return size_text(value.size(), "×")


def deleted_text(value: Any) -> str:
    return f"handle to deleted {short_name(value.class_name)}"


def group_of(args: tuple) -> PropertyGroup:
    """matlab.mixin.util.PropertyGroup(list, title)"""
    if not 1 <= len(args) <= 2:
        raise ScriptError("MATLAB:minrhs", "PropertyGroup takes a list of properties and a title.")
    listed = args[0]
    if type(listed) is String:
        listed = cell_of_texts(texts_or_none(listed) or [])
    if type(listed) is not Struct and not is_cell(listed) and numel_of(listed):
        raise ScriptError("MATLAB:class:PropertyGroups", "A group is a cell array of names or a struct of values.")
    return PropertyGroup(listed, args[1] if len(args) == 2 else "")
