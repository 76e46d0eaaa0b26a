"""Graphics objects: things with MATLAB's properties, and what each property takes.

A `Graphic` holds plain Python values: numbers, text (a line or a list of lines), arrays, True and False for 'on' and
'off'.  Which properties a kind of object has is a table of `Property`; `get` and `set` find a name in any case and by
any beginning that fits only one.  Setting anything stamps the figure, so that whoever shows it knows that there is
something new to see.

'DefaultLineLineWidth' and its like, set on any object, are what objects made in it from then on begin with.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.properties import (
    CALLBACK,
    Property,
    anything,
    choice,
    on_off,
    or_empty,
    text,
)
from cnnscript.pictures.graphics.property_lists import HOMES, LISTS, OLDER, WITHOUT


class Several(list):
    """Graphics objects as the value of a property, were there none of them."""


class Row(list):
    """Texts as the value of a property, side by side; others are one below the other."""


COMMON = {
    "Visible": Property(True, on_off),
    "Tag": Property("", text),
    "UserData": Property(None, anything, raw=True),
    "HandleVisibility": Property("on", choice("on", "off", "callback")),
    "PickableParts": Property("visible", choice("visible", "all", "none")),
    "HitTest": Property(True, on_off),
    "BusyAction": Property("queue", choice("queue", "cancel")),
    "Interruptible": Property(True, on_off),
    "ButtonDownFcn": CALLBACK,
    "CreateFcn": CALLBACK,
    "DeleteFcn": CALLBACK,
    "ContextMenu": Property(Several, or_empty(anything)),
    "UIContextMenu": Property(Several, or_empty(anything), hidden=True),
    "Selected": Property(False, on_off),
    "SelectionHighlight": Property(True, on_off),
}
OF_ALL = ("Type", "Parent", "Children", "BeingDeleted")
RESET = ("default", "factory", "remove")
DATA = frozenset(("XData", "YData", "ZData", "CData", "Vertices", "Faces", "String", "Data", "BinEdges", "BinCounts"))


class Graphic:
    """An object on the desk.

    kind        MATLAB's Type, such as 'image'
    class_name  MATLAB's class, such as 'matlab.graphics.primitive.Image'
    shown       the properties that displaying the object lists
    homes       the kinds of objects that it may be in; () for any
    methods     names that `object.name(...)` calls as the function `name(object, ...)`
    events      what can happen to it beside what can happen to all
    parent      the object it is in; None for the desk itself and for a deleted object
    children    in the order they were made
    defaults    what objects in it begin with, by their kind and property
    parts       lesser objects that belong to it (rulers, annotations), by the property they are the value of
    watchers    who is told of a change, by property; '' of the end
    stamp       the desk's clock when it last changed
    """

    kind: ClassVar[str] = "graphic"
    class_name: ClassVar[str] = "matlab.graphics.Graphics"
    shown: ClassVar[tuple[str, ...]] = ()
    homes: ClassVar[tuple[str, ...]] = ()
    methods: ClassVar[frozenset[str]] = frozenset()
    events: ClassVar[tuple[str, ...]] = ()
    own: ClassVar[dict[str, Property]] = {}
    table: ClassVar[dict[str, Property]] = COMMON
    older: ClassVar[dict[str, str]] = {}  # what else properties are called
    links: Any = ()  # what it has in common with others (see links.PropertyLink)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        base, kind = cls.__base__.table, cls.__dict__.get("kind", "")
        more = {name: entry for name, entry in LISTS.get(kind, {}).items() if name not in base}
        lacks = WITHOUT.get(kind, ())
        cls.homes = HOMES.get(kind, cls.homes)
        cls.older = OLDER.get(kind, cls.older)
        cls.table = {name: entry for name, entry in {**base, **more, **cls.own}.items() if name not in lacks}

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.values: dict[str, Any] = {}
        self.parent = parent
        self.children: list[Graphic] = []
        self.deleted = self.going = False
        self.stamp = 0
        self.defaults: dict[tuple[str, str], Any] = {}
        self.parts: dict[str, Graphic] = {}
        self.watchers: dict[str, list[Callable[[Graphic, str], None]]] = {}
        if parent is not None:
            self.values.update(self.inherited(parent))
        for name, value in given.items():
            self.set(name, value)
        if parent is not None:
            parent.children.append(self)
            self.touch()
            if "CreateFcn" in self.values:
                self.run("CreateFcn")

    def inherited(self, parent: Graphic) -> dict[str, Any]:
        """What objects of this kind made in `parent` begin with."""
        found: dict[str, Any] = {}
        node: Graphic | None = parent
        while node is not None:
            if node.defaults:
                found = {name: value for (kind, name), value in node.defaults.items() if kind == self.kind} | found
            node = node.parent
        for name in list(found):
            if (manual := self.table[name].manual) is not None:
                found.setdefault(manual, "manual")
        return found

    # ------------------------------------------------------------------------------------------------------- properties
    @classmethod
    def property_names(cls) -> list[str]:
        return [*(name for name, entry in cls.table.items() if not entry.hidden), *OF_ALL]

    @classmethod
    def short_class(cls) -> str:
        """'Line' for 'matlab.graphics.chart.primitive.Line'."""
        return cls.class_name.rpartition(".")[2]

    @classmethod
    def find_name(cls, name: str) -> str:
        """The property meant by a name in any case, whole or the beginning of only one."""
        if name in cls.table:
            return name
        low = name.lower()
        for each in (*cls.table, *OF_ALL, *cls.older):
            if each.lower() == low:
                return cls.older.get(each, each) if each not in cls.table else each
        fits = [each for each in cls.property_names() if low and each.lower().startswith(low)]
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
        return ScriptError(
            "MATLAB:hg:InvalidProperty",
            f"Unrecognized property '{name}' for class '{cls.class_name}'.",
            notes=cls.near(name),
        )

    @classmethod
    def near(cls, name: str) -> tuple[str, ...]:
        """A note with the names of properties that a wrong name may stand for."""
        close = difflib.get_close_matches(name.lower(), [each.lower() for each in cls.property_names()], 3, 0.6)
        spelt = [each for each in cls.property_names() if each.lower() in close]
        return ("near names: " + ", ".join(spelt),) if spelt else ()

    def get(self, name: str) -> Any:
        """The value of a property, as Python has it."""
        self.alive()
        if name[:7].lower() in ("default", "factory"):
            return self.get_default(name)
        name = self.find_name(name)
        if name == "Type":
            return self.kind
        if name == "Parent":
            return self.holder() or Several()
        if name == "Children":
            return Several(self.visible_children())
        if name == "BeingDeleted":
            return self.going
        computed = getattr(self, "get_" + name, None)
        if computed:
            return computed()
        if self.table[name].part:
            return self.part(name)
        return self.value(name)

    def meant(self, name: str) -> Graphic:
        """The object whose property a script means when it names this one and a property."""
        return self

    def value(self, name: str) -> Any:
        """What was set, or the default; the name spelt exactly."""
        if name in self.values:
            return self.values[name]
        default = self.table[name].default
        return default() if callable(default) else default

    def part(self, name: str) -> Graphic:
        """The lesser object that is the value of a property, made when first asked for."""
        if name not in self.parts:
            from cnnscript.pictures.graphics.lesser_parts import PARTS

            made = PARTS[self.table[name].part]()
            made.parent = self
            self.parts[name] = made
        return self.parts[name]

    def set(self, name: str, value: Any) -> None:
        """Change a property; a value of the wrong kind is refused, and the object stays as it was."""
        self.alive()
        if name[:7].lower() == "default":
            self.set_default(name[7:], value)
            return
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
                f"Unable to set the '{name}' property of class '{self.short_class()}' because it is read-only.",
            )
        if isinstance(value, str) and not entry.raw:
            if value in RESET:
                self.restore(name, factory=value != "default")
                return
            if value.startswith("\\") and value[1:] in RESET:
                value = value[1:]
        checked = self.checked(name, entry, value)
        self.values[name] = checked
        if entry.manual:
            self.values[entry.manual] = "manual"
        self.touch()
        for link in self.links:
            link.passed(self, name, value)
        if self.watchers:
            self.tell(name)

    def checked(self, name: str, entry: Property, value: Any) -> Any:
        """A value as the property keeps it; ScriptError where it does not take it."""
        try:
            checked = entry.check(value)
            before = getattr(self, "before_" + name, None)
            return before(checked) if before else checked
        except ValueError as fault:
            raise ScriptError(
                getattr(fault, "identifier", "MATLAB:hg:InvalidValue"),
                f"Error setting property '{name}' of class '{self.short_class()}':\n{fault}",
            ) from None

    def restore(self, name: str, factory: bool) -> None:
        """Give a property the value that a new object has (`factory`: whatever defaults were set)."""
        self.values.pop(name, None)
        if (manual := self.table[name].manual) is not None:
            self.values.pop(manual, None)
        if not factory and self.parent is not None:
            self.values.update({key: value for key, value in self.inherited(self.parent).items() if key == name})
        self.touch()

    def reset(self) -> None:
        """reset(h): all properties as a new object has them, but for what it shows and where it stands."""
        kept = DATA | getattr(self, "kept", frozenset())
        self.values = {name: value for name, value in self.values.items() if name in kept}
        if self.parent is not None:
            self.values = self.inherited(self.parent) | self.values
        self.touch()

    # --------------------------------------------------------------------------------------------------------- defaults
    def default_named(self, name: str) -> tuple[type[Graphic], str]:
        """The kind and the property that a name such as 'LineLineWidth' means."""
        kinds = [cls for cls in every_kind() if cls.kind and name.lower().startswith(cls.kind)]
        for cls in sorted(kinds, key=lambda cls: -len(cls.kind)):
            try:
                found = cls.find_name(name[len(cls.kind) :])
            except ScriptError:
                continue
            if found in cls.table and cls.table[found].check is not None:
                return cls, found
        raise self.no_property("Default" + name)

    def set_default(self, name: str, value: Any) -> None:
        """What objects made in this one from now on begin with; 'remove' and 'factory' take it away."""
        cls, found = self.default_named(name)
        if isinstance(value, str) and value in RESET:
            self.defaults.pop((cls.kind, found), None)
            return
        try:
            self.defaults[cls.kind, found] = cls.table[found].check(value)
        except ValueError as fault:
            raise ScriptError(
                getattr(fault, "identifier", "MATLAB:hg:InvalidValue"),
                f"Error setting property 'Default{name}' of class '{self.short_class()}':\n{fault}",
            ) from None

    def get_default(self, name: str) -> Any:
        """The value of 'DefaultLineLineWidth' or 'FactoryLineLineWidth'; 'default' and 'factory': all of them."""
        word, rest = name[:7].lower(), name[7:]
        if not rest:
            if word == "default":
                return {f"default{kind.title()}{found}": value for (kind, found), value in self.defaults.items()}
            return factory_settings()
        cls, found = self.default_named(rest)
        node: Graphic | None = self if word == "default" else None
        while node is not None:
            if (cls.kind, found) in node.defaults:
                return node.defaults[cls.kind, found]
            node = node.parent
        default = cls.table[found].default
        return default() if callable(default) else default

    # ----------------------------------------------------------------------------------------------- who is in whom
    def shows_hidden(self) -> bool:
        """Whether lists name objects whose handle is hidden as well."""
        desk = self.up("root")
        return desk is not None and bool(desk.value("ShowHiddenHandles"))

    def visible_children(self) -> list[Graphic]:
        """What the Children property lists, newest first."""
        return self.listed(self.shows_hidden())

    def listed(self, every: bool) -> list[Graphic]:
        """The children as MATLAB counts them, newest first; `every`: hidden ones too."""
        return [child for child in reversed(self.children) if every or child.value("HandleVisibility") == "on"]

    def kin(self, every: bool) -> list[Graphic]:
        """What a search goes on to from here."""
        return self.listed(every)

    def reorder(self, children: list[Graphic]) -> None:
        children = [children] if isinstance(children, Graphic) else children
        there = self.visible_children()
        if not isinstance(children, list) or sorted(map(id, children)) != sorted(map(id, there)):
            raise ScriptError(
                "MATLAB:hg:InvalidValue",
                f"Error setting property 'Children' of class '{self.short_class()}':\n"
                "Children may only be set to a permutation of itself.",
            )
        hidden = [child for child in self.children if child not in children]
        self.children = hidden + [child for child in reversed(children) if child.parent is self]
        self.touch()

    def move(self, parent: Graphic) -> None:
        """Put the object into another parent."""
        if not isinstance(parent, Graphic):
            raise ScriptError(
                "MATLAB:hg:InvalidValue",
                f"Error setting property 'Parent' of class '{self.short_class()}':\nValue must be a handle.",
            )
        parent.alive()
        if self.homes and parent.kind not in self.homes or parent in self.walk():
            raise ScriptError(
                "MATLAB:HandleGraphics:hgError",
                f"{self.short_class()} cannot be a child of {parent.short_class()}.",
            )
        if self.parent is not None:
            if self in self.parent.children:
                self.parent.children.remove(self)
            self.parent.touch()
        self.parent = parent
        parent.children.append(self)
        self.touch()

    def copied(self, parent: Graphic | None, known: dict[int, Graphic]) -> Graphic:
        """Another object with the same properties and, in it, others like those in this one.

        known: what has been copied already, by id; objects that name one another are paired in the copy.
        """
        made = copy.copy(self)
        known[id(self)] = made
        for attribute in ("handle", "script_number", "application_data"):
            made.__dict__.pop(attribute, None)
        made.values, made.defaults, made.watchers = dict(self.values), dict(self.defaults), {}
        made.parent, made.children, made.parts, made.stamp = parent, [], {}, 0
        for attribute in ("labels", "rulers"):
            lesser = getattr(self, attribute, None)
            if lesser is not None:
                setattr(made, attribute, {name: each.copied(made, known) for name, each in lesser.items()})
        if hasattr(self, "axes"):  # a ruler's
            made.axes = parent
        for name, part in self.parts.items():
            made.parts[name] = part.copied(made, known)
        for child in self.children:
            made.children.append(child.copied(made, known))
        return made

    def fits(self) -> bool:
        """Whether what it shows goes together; what does not is not drawn, until it does."""
        return True

    # --------------------------------------------------------------------------------------------------- where it hangs
    def holder(self) -> Graphic | None:
        """The parent as MATLAB counts it."""
        return self.parent

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

    def tell(self, name: str) -> None:
        """Let those know who watch a property."""
        for watcher in list(self.watchers.get(name, ())):
            watcher(self, name)

    def run(self, name: str) -> None:
        """Run the program that a property such as DeleteFcn holds, where the desk knows how to run programs."""
        desk, program = self.up("root"), self.value(name)
        if desk is not None and desk.caller is not None and not (isinstance(program, str) and not program):
            desk.caller(self, name, program)

    def delete(self) -> None:
        """Take the object and all in it off the desk; handles to them are then invalid."""
        if self.deleted or self.going:
            return
        self.going = True
        if "DeleteFcn" in self.values:
            self.run("DeleteFcn")
        self.tell("")
        for child in list(self.children):
            child.delete()
        if self.parent is not None and self in self.parent.children:
            self.touch()
            self.parent.children.remove(self)
        for part in (*self.parts.values(), *getattr(self, "labels", {}).values()):
            part.deleted = True
        self.deleted, self.parent, self.going = True, None, False


BESIDE = ("legend", "colorbar")  # what stands beside the plot box of an axes, and which MATLAB counts to its parent


def with_beside(children: list[Graphic], every: bool) -> list[Graphic]:
    """Children of a figure or a layout, the legends and colorbars of axes before these, second sides of axes left
    out."""
    made: list[Graphic] = []
    for child in children:
        if child.kind == "axes":
            if child.twin is not None and not child.left_side():
                continue
            made += [
                each
                for each in reversed(child.children)
                if each.kind in BESIDE and (every or each.value("HandleVisibility") == "on")
            ]
        made.append(child)
    return made


@cache
def load_kinds() -> None:
    """Import what defines kinds of objects: all of this package."""
    package = __name__.rpartition(".")[0]
    for module in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")


def every_kind(base: type[Graphic] = Graphic) -> list[type[Graphic]]:
    """All kinds of graphics objects."""
    if base is Graphic:
        load_kinds()
    return [base, *(found for kind in base.__subclasses__() for found in every_kind(kind))]


def factory_settings() -> dict[str, Any]:
    """What new objects of every kind begin with where no defaults were set: 'factoryAxesFontSize' and its like."""
    made: dict[str, Any] = {}
    for cls in every_kind():
        if cls.kind in ("graphic", "plotted", "interface"):
            continue
        for name, entry in cls.table.items():
            if entry.check is not None and not (entry.hidden or entry.raw):
                default = entry.default() if callable(entry.default) else entry.default
                made[f"factory{cls.kind.title()}{name}"] = default
    return made
