"""Graphics objects: things with MATLAB's properties, and what each property takes.

A `Graphic` holds plain Python values: numbers, text (a line or a list of lines), arrays, True and False for 'on' and
'off'.  Which properties a kind of object has is a table of `Property`; `get` and `set` find a name in any case and by
any beginning that fits only one.  Setting anything stamps the figure, so that whoever shows it knows that there is
something new to see.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, ClassVar

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.properties import Property, anything, choice, on_off, text

COMMON = {
    "Visible": Property(True, on_off),
    "Tag": Property("", text),
    "UserData": Property(None, anything),
    "HandleVisibility": Property("on", choice("on", "off", "callback")),
    "PickableParts": Property("visible", choice("visible", "all", "none")),
    "HitTest": Property(True, on_off),
}


class Graphic:
    """An object on the desk.

    kind        MATLAB's Type, such as 'image'
    class_name  MATLAB's class, such as 'matlab.graphics.primitive.Image'
    shown       the properties that displaying the object lists
    parent      the object it is in; None for the desk itself and for a deleted object
    children    in the order they were made
    stamp       the desk's clock when it last changed
    """

    kind: ClassVar[str] = "graphic"
    class_name: ClassVar[str] = "matlab.graphics.Graphics"
    shown: ClassVar[tuple[str, ...]] = ()
    own: ClassVar[dict[str, Property]] = {}
    table: ClassVar[dict[str, Property]] = COMMON

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.table = {**cls.__base__.table, **cls.own}

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.values: dict[str, Any] = {}
        self.parent = parent
        self.children: list[Graphic] = []
        self.deleted = False
        self.stamp = 0
        if parent is not None and (desk := parent.up("root")) is not None:
            self.values.update({name: value for (kind, name), value in desk.defaults.items() if kind == self.kind})
        for name, value in given.items():
            self.set(name, value)
        if parent is not None:
            parent.children.append(self)
            self.touch()

    # ------------------------------------------------------------------------------------------------------- properties
    @classmethod
    def property_names(cls) -> list[str]:
        return [*cls.table, "Type", "Parent", "Children", "BeingDeleted"]

    @classmethod
    def find_name(cls, name: str) -> str:
        """The property meant by a name in any case, whole or the beginning of only one."""
        names = cls.property_names()
        if name in cls.table:
            return name
        low = name.lower()
        for each in names:
            if each.lower() == low:
                return each
        fits = [each for each in names if low and each.lower().startswith(low)]
        shortest = min(fits, key=len, default="")
        if fits and all(each.startswith(shortest) for each in fits):  # 'pos' is Position though there is a PositionMode
            return shortest
        if fits:
            raise ScriptError(
                "MATLAB:ambiguousProperty",
                f"Ambiguous property '{name}' for class '{cls.class_name}'.",
                notes=("it may be " + ", ".join(fits),),
            )
        raise cls.no_property(name)

    @classmethod
    def no_property(cls, name: str) -> ScriptError:
        near = difflib.get_close_matches(name.lower(), [each.lower() for each in cls.property_names()], 3, 0.6)
        spelt = [each for each in cls.property_names() if each.lower() in near]
        return ScriptError(
            "MATLAB:hg:InvalidProperty",
            f"Unrecognized property '{name}' for class '{cls.class_name}'.",
            notes=("near names: " + ", ".join(spelt),) if spelt else (),
        )

    def get(self, name: str) -> Any:
        """The value of a property, as Python has it."""
        self.alive()
        name = self.find_name(name)
        if name == "Type":
            return self.kind
        if name == "Parent":
            return self.parent
        if name == "Children":
            return self.visible_children()
        if name == "BeingDeleted":
            return False
        computed = getattr(self, "get_" + name, None)
        return computed() if computed else self.value(name)

    def value(self, name: str) -> Any:
        """What was set, or the default; the name spelt exactly."""
        if name in self.values:
            return self.values[name]
        default = self.table[name].default
        return default() if callable(default) else default

    def set(self, name: str, value: Any) -> None:
        """Change a property; a value of the wrong kind is refused, and the object stays as it was."""
        self.alive()
        name = self.find_name(name)
        if name == "Parent":
            self.move(value)
            return
        if name == "Children":
            self.reorder(value)
            return
        entry = self.table.get(name)
        if entry is None or entry.check is None:
            raise ScriptError(
                "MATLAB:class:SetProhibited",
                f"Unable to set the '{name}' property of class '{self.class_name}' because it is read-only.",
            )
        try:
            checked = entry.check(value)
            before = getattr(self, "before_" + name, None)
            if before:
                checked = before(checked)
        except ValueError as fault:
            raise ScriptError(
                "MATLAB:hg:InvalidValue", f"Error setting property '{name}' of class '{self.class_name}'. {fault}"
            ) from None
        self.values[name] = checked
        if entry.manual:
            self.values[entry.manual] = "manual"
        self.touch()

    def visible_children(self) -> list[Graphic]:
        """What the Children property lists, newest first."""
        return [child for child in reversed(self.children) if child.value("HandleVisibility") == "on"]

    def reorder(self, children: list[Graphic]) -> None:
        if not isinstance(children, list) or set(map(id, children)) != set(map(id, self.visible_children())):
            raise ScriptError("MATLAB:hg:InvalidValue", "Children may only be set to a permutation of itself.")
        hidden = [child for child in self.children if child not in children]
        self.children = hidden + children[::-1]
        self.touch()

    def move(self, parent: Graphic) -> None:
        """Put the object into another parent."""
        if not isinstance(parent, Graphic):
            raise ScriptError("MATLAB:hg:InvalidValue", "A Parent is a graphics object, such as an axes.")
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent.touch()
        self.parent = parent
        parent.children.append(self)
        self.touch()

    # --------------------------------------------------------------------------------------------------- where it hangs
    def alive(self) -> None:
        if self.deleted:
            raise ScriptError("MATLAB:class:InvalidHandle", "Invalid or deleted object.")

    def up(self, kind: str) -> Any:
        """The nearest object of a kind, itself or further out; None where there is none."""
        node: Graphic | None = self
        while node is not None and node.kind != kind:
            node = node.parent
        return node

    def walk(self) -> Iterator[Graphic]:
        """Itself and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def touch(self) -> None:
        """Note that the object, and all that it is in, looks different now."""
        top: Graphic = self
        while top.parent is not None:
            top = top.parent
        now = top.tick(self) if hasattr(top, "tick") else 0
        node: Graphic | None = self
        while node is not None:
            node.stamp = now
            node = node.parent

    def delete(self) -> None:
        """Take the object and all in it off the desk; handles to them are then invalid."""
        if self.deleted:
            return
        for child in list(self.children):
            child.delete()
        if self.parent is not None and self in self.parent.children:
            self.touch()
            self.parent.children.remove(self)
        self.deleted, self.parent = True, None
