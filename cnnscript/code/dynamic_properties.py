"""dynamicprops: objects to which `addprop` adds properties that the others of their class do not have.

Such an object gets a definition of its own, its class's with the property more.
"""

from __future__ import annotations

import copy
from typing import Any, ClassVar

from cnnscript.code.members import LEVELS, Method, Property
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import EMPTY, class_of
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none

SWITCHES = {"Hidden": "is_hidden", "Dependent": "is_dependent", "AbortSet": "abort_set", "Transient": "is_transient"}


class DynamicProperty(Object):
    """What addprop gives: a meta.DynamicProperty, by which the property is described and deleted."""

    class_name: ClassVar[str] = "meta.DynamicProperty"
    ancestors: ClassVar[tuple[str, ...]] = ("meta.property", "handle")
    is_handle: ClassVar[bool] = True

    def __init__(self, holder: Instance, item: Property):
        self.holder = holder
        self.item = item
        self.given: dict[str, Any] = {"GetMethod": EMPTY, "SetMethod": EMPTY}

    def property_names(self) -> list[str]:
        return [
            "Name", "Description", "GetAccess", "SetAccess", *SWITCHES, "Constant", "SetObservable", "GetObservable",
            "GetMethod", "SetMethod", "DefiningClass", "HasDefault",
        ]  # fmt: skip

    def get(self, name: str) -> Any:
        item = self.item
        if name in self.given:
            return self.given[name]
        if name in SWITCHES:
            return getattr(item, SWITCHES[name])
        if name == "DefiningClass":
            from cnnscript.code.metaclasses import metaclass

            return metaclass(item.definer)
        known = {
            "Name": item.name,
            "Description": "",
            "GetAccess": item.get_access,
            "SetAccess": item.set_access,
            "Constant": False,
            "SetObservable": "PostSet" in item.observable,
            "GetObservable": "PostGet" in item.observable,
            "HasDefault": False,
        }
        if name not in known:
            raise self.no_property(name)
        return known[name]

    def set(self, name: str, value: Any) -> Object:
        item = self.item
        if name in ("GetMethod", "SetMethod"):
            self.given[name] = value
            key = "getter" if name == "GetMethod" else "setter"
            setattr(item, key, None if class_of(value) != "function_handle" else _accessor(item, value, key))
        elif name in SWITCHES:
            setattr(item, SWITCHES[name], bool(value))
        elif name in ("SetObservable", "GetObservable"):
            events = {"SetObservable": ("PreSet", "PostSet"), "GetObservable": ("PreGet", "PostGet")}[name]
            kept = item.observable - set(events)
            item.observable = kept | set(events) if bool(value) else kept
        elif name in ("Access", "GetAccess", "SetAccess"):
            level = (text_or_none(value) or "").lower()
            if level not in LEVELS:
                raise ScriptError("MATLAB:class:InvalidAttributeValue", f"'{level}' is no level of access.")
            if name != "SetAccess":
                item.get_access = level
            if name != "GetAccess":
                item.set_access = level
        else:
            return super().set(name, value)
        item.settle()
        return self

    def delete(self) -> None:
        """The object has the property no more."""
        self.holder.definition.properties.pop(self.item.name, None)
        if not self.holder.deleted:
            self.holder.values.pop(self.item.name, None)


def _accessor(item: Property, function: Any, kind: str) -> Method:
    """A function handle as the get or set method of a property."""

    def call(nargout: int, instance: Any, *values: Any) -> Any:
        result = function.call(nargout if kind == "getter" else 0, instance, *values)
        return result if kind == "getter" else instance

    made = Method(item.name, item.definer, call)
    made.python_name = "_f_" + function.text
    return made


def addprop(nargout: int, value: Any, name: Any) -> DynamicProperty:
    """p = addprop(obj, 'Name')"""
    word = text_or_none(name)
    if not isinstance(value, Instance):
        raise ScriptError("MATLAB:class:ScalarRequired", "addprop takes one object.")
    if word is None or not word.isidentifier():
        raise ScriptError("MATLAB:class:InvalidPropertyName", f"'{word}' is not a valid property name.")
    known = value.definition
    if word in known.properties or word in known.methods:
        raise ScriptError(
            "MATLAB:class:PropertyInUse",
            f"The name '{word}' is already used by a property or method of class '{known.name}'.",
        )
    definition = copy.copy(known)
    definition.properties = dict(known.properties)
    item = Property(word, definition, default=EMPTY)
    item.settle()
    definition.properties[word] = item
    value.definition = definition
    value.values[word] = EMPTY
    return DynamicProperty(value, item)


