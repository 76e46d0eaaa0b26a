"""Graphics objects as plain data, to be kept in a file and made again.

The shape is that of MATLAB's own figure files (`hgS_070000` in a .fig before R2014b): a node has a type, a handle that
others refer to it by, properties and children.  What an object knows beside its properties (the tiles of a layout, on
what a stacked bar stands) is its `own`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from inspect import signature
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.objects import Graphic, every_kind

# what says where an object hangs and when it was seen, not what it is
PLACES = frozenset(
    (
        "values", "parent", "children", "deleted", "going", "stamp", "handle", "script_number", "page", "seen",
        "number", "paper", "watchers", "defaults", "spared", "application_data",
        "changes", "lively", "shows", "rooms",
    )
)  # fmt: skip


@dataclass
class Node:
    """A graphics object as data; in properties and own, Reference and Node stand for objects."""

    kind: str
    maker: str  # the class here that makes it; "" in files that are not ours
    handle: float
    properties: dict[str, Any] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reference:
    """Another object of the same tree, by its handle."""

    handle: float


# -------------------------------------------------------------------------------------------------------------- keeping
def kept(top: Graphic) -> Node:
    """An object and all in it; what it refers to outside of itself is left out (None)."""
    inside = {id(node): float(number) for number, node in enumerate(top.walk(), 1)}
    return Keeper(inside).node(top)


class Keeper:
    """Turns objects into nodes.  inside: the handle of every object of the tree, by identity."""

    def __init__(self, inside: dict[int, float]):
        self.inside = inside
        self.begun: set[int] = set()

    def node(self, graphic: Graphic) -> Node:
        self.begun.add(id(graphic))
        handle = self.inside.setdefault(id(graphic), float(len(self.inside) + 1))
        made = Node(graphic.kind, type(graphic).__name__, handle)
        made.properties = {name: self.value(value, graphic) for name, value in graphic.values.items()}
        made.own = {
            name: self.value(value, graphic) for name, value in vars(graphic).items() if name not in PLACES
        }
        made.children = [self.node(child) for child in graphic.children]
        return made

    def value(self, value: Any, owner: Graphic) -> Any:
        if isinstance(value, Graphic):
            if id(value) in self.inside:
                return Reference(self.inside[id(value)])
            # labels and rulers are in no list of children, but know whose they are
            return self.node(value) if value.parent is owner and not value.deleted else None
        if isinstance(value, (list, tuple)):
            return type(value)(self.value(item, owner) for item in value) if type(value) in (list, tuple) else value
        if isinstance(value, dict):
            return {key: self.value(item, owner) for key, item in value.items()}
        return value


# ------------------------------------------------------------------------------------------------------ making it again
def restored(node: Node, parent: Graphic, place: Callable[[Node], Graphic] | None = None) -> Graphic:
    """The object that a node describes, and all in it, in a parent.

    place: makes the empty object for the topmost node, where that is more than making one (a figure has a number).
    """
    return Restorer().top(node, parent, place)


@cache
def needs_only_parent(cls: type[Graphic]) -> bool:
    """Whether a class makes an object of nothing but its parent, as labels and rulers are not made."""
    _, *others = signature(cls).parameters.values()
    return all(each.default is not each.empty or each.kind is each.VAR_KEYWORD for each in others)


class Restorer:
    """Makes objects of nodes: first all of them, empty, then what refers to them."""

    def __init__(self) -> None:
        self.classes = {cls.__name__: cls for cls in every_kind()}
        self.by_kind = {cls.kind: cls for cls in reversed(every_kind())}
        self.made: dict[float, Graphic] = {}

    def top(self, node: Node, parent: Graphic, place: Callable[[Node], Graphic] | None) -> Graphic:
        graphic = place(node) if place is not None else self.bare(node, parent)
        if place is None:
            parent.children.append(graphic)
        self.grow(node, graphic)
        self.fill(node, graphic)
        graphic.touch()
        return graphic

    def bare(self, node: Node, parent: Graphic) -> Graphic:
        """An object without properties, as its class makes it."""
        cls = self.classes.get(node.maker) or self.by_kind.get(node.kind)
        if cls is None:
            raise ScriptError(
                "MATLAB:openfig:unknownObject",
                f"Unable to open the figure: it holds an object of type '{node.kind}'.",
                notes=(node.maker,) if node.maker else (),
            )
        graphic = cls.__new__(cls)
        # What a node has of its own replaces what its class begins with; MATLAB's have none, those of older files less.
        (cls if needs_only_parent(cls) else Graphic).__init__(graphic, None)
        graphic.parent = parent
        return graphic

    def grow(self, node: Node, graphic: Graphic) -> None:
        self.made[node.handle] = graphic
        graphic.values.clear()
        for child in node.children:
            made = self.bare(child, graphic)
            graphic.children.append(made)
            self.grow(child, made)

    def fill(self, node: Node, graphic: Graphic) -> None:
        for name, value in node.own.items():
            setattr(graphic, name, self.value(value, graphic))
        for name, value in node.properties.items():
            if name in graphic.table:
                graphic.values[name] = self.checked(graphic, name, self.value(value, graphic))
        for child, made in zip(node.children, graphic.children, strict=True):
            self.fill(child, made)

    @staticmethod
    def checked(graphic: Graphic, name: str, value: Any) -> Any:
        """A property's value as the object holds it; an empty one may stand for None."""
        check = graphic.table[name].check
        if check is None or value is None:
            return value
        try:
            return check(value)
        except ValueError:
            if isinstance(value, np.ndarray) and not value.size:
                return None
            raise ScriptError(
                "MATLAB:openfig:badProperty", f"Unable to open the figure: its {graphic.kind} has no good '{name}'."
            ) from None

    def value(self, value: Any, owner: Graphic) -> Any:
        if isinstance(value, Reference):
            return self.made.get(value.handle)
        if isinstance(value, Node):
            graphic = self.bare(value, owner)
            self.grow(value, graphic)
            self.fill(value, graphic)
            return graphic
        if type(value) in (list, tuple):
            return type(value)(self.value(item, owner) for item in value)
        if type(value) is dict:
            return {key: self.value(item, owner) for key, item in value.items()}
        return value


def reopened(node: Node, desk: Desk) -> Graphic:
    """A kept figure as a new figure of the desk; where it cannot be made, nothing of it stays."""
    figure = desk.figure()
    assert figure is not None
    try:
        restored(node, desk, place=lambda _: figure)
        figure.current_axes = figure.current_axes or next(reversed(figure.all_axes()), None)
    except ScriptError:
        desk.close(figure)
        raise
    return figure
