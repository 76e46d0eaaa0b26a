"""`?Name`: what is known of a class, as the object that MATLAB calls a meta.class."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.code.class_bases import BASES, Base
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, OBJECT
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts


class Meta(Object):
    """A description that is only read: properties by name.  `same` tells two of one thing."""

    is_handle: ClassVar[bool] = True

    def __init__(self, class_name: str, values: dict[str, Any], same: Any):
        self.class_name = class_name  # type: ignore[misc]
        self.values = values
        self.same = same

    def property_names(self) -> list[str]:
        return list(self.values)

    def get(self, name: str) -> Any:
        if name not in self.values:
            raise self.no_property(name)
        value = self.values[name]
        return value() if callable(value) else value

    def equals(self, other: Any) -> bool:
        return isinstance(other, Meta) and other.class_name == self.class_name and other.same is self.same

    def operator(self, name: str, args: tuple) -> Any:
        """== and ~= compare the classes described; < asks whether one derives from the other."""
        if len(args) == 2 and all(isinstance(arg, Meta) for arg in args):
            first, second = args
            if name in ("eq", "ne"):
                return first.equals(second) == (name == "eq")
            if name in ("lt", "le") and hasattr(first.same, "ancestors"):
                return second.same.name in first.same.ancestors or name == "le" and first.equals(second)
        return NotImplemented


class MetaArray(Object):
    """A column of descriptions."""

    is_handle: ClassVar[bool] = True

    def __init__(self, class_name: str, items: list[Meta]):
        self.class_name = class_name  # type: ignore[misc]
        self.items = items

    def size(self) -> tuple[int, ...]:
        return (len(self.items), 1)

    def property_names(self) -> list[str]:
        return self.items[0].property_names() if self.items else []

    def get(self, name: str) -> Any:
        return tuple(item.get(name) for item in self.items)

    def index(self, args: tuple) -> Any:
        from cnnscript.values.indexing import select

        cells = np.empty((len(self.items), 1), OBJECT)
        for at, item in enumerate(self.items):
            cells[at, 0] = item
        picked = select(cells, args).ravel("F").tolist()
        return picked[0] if len(picked) == 1 else MetaArray(self.class_name, picked)


def metaclass_named(unit: Any, name: str) -> Meta | Any:
    """?Name; [] for a name that is no class."""
    found = BASES.get(name) or unit.find_class(name)
    return EMPTY if found is None else metaclass(found)


def metaclass(definition: Any) -> Meta:
    """The description of a class."""
    attributes = definition.attributes
    return Meta(
        "meta.class",
        {
            "Name": definition.name,
            "Description": "",
            "Hidden": attributes.get("Hidden") is True,
            "Sealed": attributes.get("Sealed") is True,
            "Abstract": bool(getattr(definition, "is_abstract", False)),
            "Enumeration": bool(getattr(definition, "members", {})),
            "HandleCompatible": definition.handle_compatible,
            "PropertyList": lambda: _list(
                "meta.property", [property_description(p) for p in definition.properties.values()]
            ),
            "MethodList": lambda: _list("meta.method", [_method(m) for m in definition.methods.values()]),
            "SuperclassList": lambda: _list("meta.class", [metaclass(base) for base in _bases(definition)]),
            "EnumerationMemberList": lambda: _list(
                "meta.EnumeratedValue",
                [Meta("meta.EnumeratedValue", {"Name": name}, name) for name in getattr(definition, "members", {})],
            ),
        },
        definition,
    )


def _bases(definition: Any) -> list[Any]:
    if isinstance(definition, Base):
        return [BASES[name] for name in definition.ancestors[:1]]
    return definition.bases


def _list(class_name: str, items: list[Meta]) -> Any:
    return items[0] if len(items) == 1 else MetaArray(class_name, items)


def _access(access: Any) -> Any:
    if type(access) is str:
        return access
    return cell_of_texts(list(access))


def property_description(item: Any) -> Meta:
    """One property as a meta.property."""
    values = {
        "Name": item.name,
        "GetAccess": lambda: _access(item.get_access),
        "SetAccess": lambda: "none" if item.is_constant else _access(item.set_access),
        "Dependent": item.is_dependent,
        "Constant": item.is_constant,
        "Abstract": item.is_abstract,
        "Hidden": item.is_hidden,
        "HasDefault": item.node is not None and item.node.default is not None,
        "DefaultValue": lambda: _default(item),
        "DefiningClass": lambda: metaclass(item.definer),
    }
    return Meta("meta.property", values, item)


def _default(item: Any) -> Any:
    if item.is_constant:
        return item.constant_value()
    if item.is_dependent or item.is_abstract or item.node is not None and item.node.default is None:
        raise ScriptError(
            "MATLAB:class:noDefault",
            f"There is no DefaultValue for property '{item.name}' of class '{item.definer.name}'.",
        )
    return item.definer.default_of(item)


def _method(item: Any) -> Meta:
    values = {
        "Name": item.name,
        "Access": lambda: _access(item.access),
        "Static": item.static,
        "Abstract": item.abstract,
        "Hidden": item.hidden,
        "Sealed": item.sealed,
        "DefiningClass": lambda: metaclass(item.definer),
    }
    return Meta("meta.method", values, item)
