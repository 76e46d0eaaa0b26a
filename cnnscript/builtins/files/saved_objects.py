"""Objects of programs' classes, and function handles, in MAT-files: as structs that say what they stand for.

An object is kept as its class's name and the values of its properties, those that are Transient, Constant or Dependent
left out; a handle object of which several variables hold the same has a number, and is kept once.  Reading makes the
object without its constructor (with it where the class says ConstructOnLoad), sets the properties by their set
methods, and calls loadobj.  Nothing of a file is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from cnnscript.code import evaluate
from cnnscript.code.emit import plain_name
from cnnscript.code.enumerations import member
from cnnscript.code.scopes import Workspace
from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import parse, tree
from cnnscript.values.functions import Function
from cnnscript.values.instances import KINDS, Instance, array_of
from cnnscript.values.number_objects import NUMBER
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct
from cnnscript.values.warn import warn

MARK = "cnnscript_class"
_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


class Keeper:
    """What is known while one file is written or read: the numbers of handle objects."""

    def __init__(self, session: Any, first: int = 1):
        self.session = session
        self.next = first
        self.numbers: dict[int, int] = {}  # of handle objects being written, by id
        self.written: list[Any] = []  # which keeps them, so that an id stays one object's
        self.made: dict[int, Any] = {}  # handle objects read so far, by number
        self.lost: dict[str, str] = {}  # variables to the class of an object in them that is not there any more
        self.missing = ""  # such a class, met in the variable that is being read

    def number(self, value: Instance) -> tuple[int, bool]:
        """The number of a handle object, and whether it is written for the first time."""
        known = self.numbers.get(id(value))
        if known is not None:
            return known, False
        made = self.numbers[id(value)] = self.next
        self.written.append(value)
        self.next += 1
        return made, True


@contextmanager
def keeping(keeper: Keeper) -> Iterator[Keeper]:
    token = _keeper.set(keeper)
    try:
        yield keeper
    finally:
        _keeper.reset(token)


def session() -> Any:
    """The session for which a file is written or read; None where nobody keeps track."""
    keeper = _keeper.get()
    return None if keeper is None else keeper.session


# ----------------------------------------------------------------------------------------------------------- writing
def marked(value: Any) -> Struct | None:
    """The struct that stands for an object or a function handle; None for a value of another kind."""
    keeper = _keeper.get()
    if keeper is None:
        return None
    if type(value) is Function:
        captured = {plain_name(name) or name: part for name, part in (value.captured or {}).items()}
        return Struct({MARK: "function_handle", "text": value.text, "captured": Struct(captured)})
    if not isinstance(value, KINDS):
        return None
    if type(value) is Instance:
        return _object(value, keeper)
    cells = np.empty(value.size(), OBJECT, order="F")
    for at, item in np.ndenumerate(value.elements):
        cells[at] = item
    return Struct({MARK: "objects", "class": value.class_name, "elements": cells})


def _object(value: Instance, keeper: Keeper) -> Struct:
    definition = value.definition
    fields: dict[str, Any] = {MARK: "object", "class": definition.name, "number": 0.0}
    if value.member:
        return Struct({**fields, "member": value.member})
    if value.is_handle:
        number, first = keeper.number(value)
        fields["number"] = float(number)
        if not first:
            return Struct(fields)
    if value.deleted:
        return Struct({**fields, "deleted": True})
    method = definition.find_method("saveobj")
    if method is not None:
        given = method.call(1, value)
        if not (isinstance(given, Instance) and given.definition.name == definition.name):
            return Struct({**fields, "saved": given})
        value = given
    kept = {name: value.values[name] for name, item in definition.properties.items() if _is_kept(value, name, item)}
    fields["values"] = Struct(kept)
    added = [name for name, item in definition.properties.items() if item.definer is definition and item.node is None]
    if added:  # by addprop
        fields["added"] = Struct({name: True for name in added})
    if NUMBER in value.values:
        fields["numbers"] = value.values[NUMBER]
    return Struct(fields)


def _is_kept(value: Instance, name: str, item: Any) -> bool:
    return name in value.values and not (item.is_transient or item.is_constant or item.is_dependent)


# ----------------------------------------------------------------------------------------------------------- reading
def restored(fields: dict[str, Any]) -> Any:
    """The object or function handle that such a struct stands for; None for a struct that stands for neither."""
    keeper = _keeper.get()
    kind = fields[MARK]
    if keeper is None or kind not in ("object", "objects", "function_handle"):
        if keeper is None and type(fields.get("number")) is float:
            _highest[0] = max(_highest[0], int(fields["number"]))
        return None
    if kind == "function_handle":
        return _function(fields, keeper)
    if kind == "objects":
        return _array(fields, keeper)
    return _restored_object(fields, keeper)


_highest = [0]


@contextmanager
def numbers_seen() -> Iterator[list[int]]:
    """Meanwhile the highest number of a handle object in what is read, nothing being made of it."""
    _highest[0] = 0
    yield _highest


def _function(fields: dict[str, Any], keeper: Keeper) -> Any:
    text = str(fields["text"])
    text = text if text.startswith("@") else "@" + text
    captured = fields["captured"].fields if type(fields["captured"]) is Struct else {}
    require_handle(text)
    return evaluate(text, Workspace(dict(captured)), 1, keeper.session)


def require_handle(text: str) -> None:
    """Raise the ScriptError where text of a file is more than a function handle: making one runs nothing."""
    program = parse(Source(text, "<load>"), frozenset())
    body = program.body
    node = body[0].expression if len(body) == 1 and type(body[0]) is tree.Expression else None
    if type(node) not in (tree.Anonymous, tree.Handle) or program.functions:
        raise ScriptError(
            "MATLAB:load:notAFunctionHandle", "A function handle in the file is none.", notes=(text[:60],)
        )


def _array(fields: dict[str, Any], keeper: Keeper) -> Any:
    elements = fields["elements"]
    if not all(isinstance(item, Instance) for item in elements.ravel("F").tolist()):
        return elements  # what a class that is not there any more left
    definition = keeper.session.find_class(str(fields["class"]))
    if definition is None:
        return _lost(fields, keeper, elements)
    return array_of(definition, np.asfortranarray(elements))


def _lost(fields: dict[str, Any], keeper: Keeper, value: Any) -> Any:
    keeper.missing = keeper.missing or str(fields["class"])
    return value


def note_variable(name: str) -> None:
    """A variable was read: remember it where an object in it could not be made."""
    keeper = _keeper.get()
    if keeper is not None and keeper.missing:
        keeper.lost[name], keeper.missing = keeper.missing, ""


def lost_classes(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Variables among `values` with objects that could not be made, and the class of one."""
    keeper = _keeper.get()
    return [] if keeper is None else [(name, lost) for name, lost in keeper.lost.items() if name in values]


def _restored_object(fields: dict[str, Any], keeper: Keeper) -> Any:
    number = int(fields["number"])
    definition = keeper.session.find_class(str(fields["class"]))
    if definition is None:
        known = fields.get("values", fields.get("saved", fields.get("member")))
        return _lost(fields, keeper, known if known is not None else Struct({}))
    if "member" in fields:
        return _member(definition, str(fields["member"]))
    made = keeper.made.get(number) if number else None
    if made is None:
        made = definition(1) if definition.attributes.get("ConstructOnLoad") is True else definition.blank()
        if number:
            keeper.made[number] = made
    if "deleted" in fields:
        from cnnscript.code.class_bases import delete

        delete(0, made)
        return made
    if "saved" not in fields and "values" not in fields:
        return made  # one more mention of an object that is read elsewhere
    loading = definition.find_method("loadobj")
    if "saved" in fields:
        return _loaded(loading, fields["saved"], keeper, number)
    if "numbers" in fields:
        made.values[NUMBER] = fields["numbers"]
    filled = _filled(made, fields, loading is not None)
    return _loaded(loading, filled, keeper, number)


def _member(definition: Any, name: str) -> Any:
    if name in definition.members:
        return member(definition, name)
    warn(
        "MATLAB:class:EnumerationNameMissing",
        f"The enumeration '{definition.name}' has no member '{name}' any more; its default is used.",
    )
    return definition.default_element()


def _loaded(method: Any, value: Any, keeper: Keeper, number: int) -> Any:
    """What loadobj makes of it; the value itself where the class has none."""
    if method is None:
        return value
    result = method.call(1, value)
    if number:
        keeper.made[number] = result
    return result


def _filled(made: Instance, fields: dict[str, Any], has_loadobj: bool) -> Any:
    """The object with its properties set; a struct of them for loadobj where one cannot be."""
    values = fields["values"].fields
    added = fields["added"].fields if "added" in fields else {}
    for name, value in values.items():
        if name in added and name not in made.definition.properties:
            from cnnscript.code.dynamic_properties import addprop

            addprop(1, made, name)
        item = made.definition.properties.get(name)
        try:
            if item is None:
                raise made.no_property(name, setting=True)
            made = _written(made, item, value)
        except ScriptError as fault:
            if has_loadobj:
                return Struct(dict(values))
            warn(
                "MATLAB:load:errorSettingProperty",
                f"While loading an object of class '{made.class_name}':\n{fault.message}",
            )
    return made


def _written(made: Instance, item: Any, value: Any) -> Instance:
    value = item.checked(value)
    if item.setter is not None:
        return item.by_setter(made, value)
    return made.store(item.name, value, True)
