"""Arguments of graphics calls: the axes they begin with, the properties they end with."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.language.handle_numbers import object_of, objects_of
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, put_property, wrap
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.text import text_or_none


def axes_first(args: tuple) -> tuple[Axes | None, tuple]:
    """The axes that a call begins with, and the other arguments."""
    if args and isinstance(args[0], Handle) and isinstance(args[0].graphic, Axes):
        args[0].graphic.alive()
        return args[0].graphic.acting(), args[1:]
    if args and type(args[0]) is float and isinstance(found := object_of(args[0]), Axes):
        found.alive()
        return found.acting(), args[1:]
    return None, args


def several_axes(args: tuple) -> list[Handle]:
    """The axes of an array of more than one that a call begins with; none where it does not."""
    if not args or not (isinstance(args[0], HandleArray) or objects_of(args[0]) is not None):
        return []
    found = graphics_of(args[0])
    if len(found) < 2 or not all(isinstance(graphic, Axes) for graphic in found):
        return []
    return [wrap(graphic) for graphic in found]


def pairs(args: tuple, name: str) -> list[tuple[str, Any]]:
    """Property names and values that end a call; a struct stands for its fields."""
    from cnnscript.values.structs import Struct

    made: list[tuple[str, Any]] = []
    rest = list(args)
    while rest:
        head = rest.pop(0)
        if isinstance(head, Struct):
            made += list(head.fields.items())
            continue
        word = text_or_none(head)
        if word is None or not rest:
            raise ScriptError(
                "MATLAB:hg:InvalidPVPair",
                "Invalid parameter/value pair arguments.",
                notes=(f"{name} takes property names, each followed by its value",),
            )
        made.append((word, rest.pop(0)))
    return made


def set_pairs(graphic: Graphic, given: list[tuple[str, Any]]) -> None:
    """Set properties in the order given."""
    for word, value in given:
        put_property(graphic, word, value)


def tried(kind: type[Graphic], given: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The properties, having been set on an object that nobody sees: what is wrong shows before anything is lost."""
    set_pairs(kind(), [(word, value) for word, value in given if word.lower() != "parent"])
    return given


def first_option(args: tuple, numeric: int) -> int:
    """Where the property names of a call begin: at the first text after at least `numeric` arguments."""
    for at in range(numeric, len(args)):
        if text_or_none(args[at]) is not None:
            return at
    return len(args)
