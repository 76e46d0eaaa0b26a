"""The classes that programs derive theirs from and that are ours: handle, the mixins, layers of networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnscript.code.members import Method, Property
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Deleted, Instance, InstanceArray, array_of
from cnnscript.values.numeric import EMPTY, OBJECT, norm
from cnnscript.values.text import text_or_none


@dataclass(eq=False)
class Base:
    """One such class.

    refused  methods that a class deriving from it must not have, as nobody would call them
    """

    name: str
    ancestors: tuple[str, ...] = ()
    is_handle: bool = False
    handle_compatible: bool = True
    methods: dict[str, Method] = field(default_factory=dict)
    properties: dict[str, Property] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    attributes: dict[str, Any] = field(default_factory=dict)
    destructor: Method | None = None

    @property
    def short_name(self) -> str:
        return self.name.rpartition(".")[2]

    def key(self, name: str) -> str:
        return f"{self.name}/{name}"

    def find_method(self, name: str) -> Method | None:
        return self.methods.get(name)

    def construct(self, instance: Any, args: tuple) -> Any:
        if args:
            raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(f"{self.name} takes none",))
        return instance

    def default_of(self, item: Property) -> Any:
        return item.default

    def require(self, derived: Any) -> None:
        """Refuse a class that counts on what is not here."""
        own = sorted(name for name in self.refused if name in derived.methods)
        if own:
            raise derived.fault(
                "MATLAB:cnnscript:classesNotYet",
                f"Methods '{own[0]}' that {self.name} would call are not in cnnscript yet.",
            )

    def method(self, call: Callable[..., Any], name: str = "", hidden: bool = False) -> Callable[..., Any]:
        """Declare a method: `call(nargout, object, ...)`."""
        word = name or call.__name__.rstrip("_")
        self.methods[word] = Method(word, self, call, hidden=hidden)
        return call


# ------------------------------------------------------------------------------------------------------------ handle
HANDLE = Base("handle", is_handle=True, events={"ObjectBeingDestroyed": {}})


def objects(value: Any) -> list[Instance]:
    return value.objects() if type(value) is InstanceArray else [value]


def delete(nargout: int, value: Any) -> None:
    """The objects are no more; what still names them finds that out."""
    from cnnscript.code.listeners import notify_listeners

    for item in objects(value):
        if not item.deleted:
            notify_listeners(item, "ObjectBeingDestroyed", None)
            item.values = Deleted()


def delete_objects(nargout: int, value: Any) -> None:
    """delete(obj) where classes have destructors: those of the class and of its superclasses, then the end."""
    for item in objects(value):
        if item.deleted:
            continue
        for definition in (item.definition, *item.definition.all_bases()):
            if definition.destructor is not None:
                definition.destructor.call(0, item)
        delete(0, item)


def isvalid(nargout: int, value: Any) -> Any:
    result = np.zeros(value.size(), bool, order="F")
    for at, item in np.ndenumerate(value.data()):
        result[at] = not item.deleted
    return norm(result)


def addlistener(nargout: int, value: Any, *args: Any) -> Any:
    from cnnscript.code.listeners import add_listener

    return add_listener(value, args)


def notify(nargout: int, value: Any, *args: Any) -> None:
    from cnnscript.code.listeners import notify_event

    for item in objects(value):
        notify_event(item, args)


HANDLE.method(delete)
HANDLE.method(isvalid)
HANDLE.method(addlistener)
HANDLE.method(addlistener, "listener")
HANDLE.method(notify)


# ------------------------------------------------------------------------------------------------------------ mixins
COPYABLE = Base("matlab.mixin.Copyable", ("handle",), True, methods=dict(HANDLE.methods), events=dict(HANDLE.events))


def copy_element(nargout: int, value: Instance) -> Instance:
    """A new object with the properties' values; those marked NonCopyable begin anew."""
    fresh = value.copied()
    for name, item in value.definition.properties.items():
        if not item.copied and name in fresh.values:
            fresh.values[name] = item.definer.default_of(item)
    return fresh


def copy(nargout: int, value: Any) -> Any:
    """copy(obj): each element by the class's own copyElement."""
    made = np.empty(value.size(), OBJECT, order="F")
    for at, item in np.ndenumerate(value.data()):
        made[at] = item.definition.find_method("copyElement").call(1, item)
    return array_of(value.definition, made)


COPYABLE.method(copy)
COPYABLE.method(copy_element, "copyElement", hidden=True)
COPYABLE.methods["copyElement"].access = "protected"

SETGET = Base("matlab.mixin.SetGet", ("handle",), True, methods=dict(HANDLE.methods), events=dict(HANDLE.events))


def set_(nargout: int, value: Any, *args: Any) -> Any:
    """set(obj, 'Name', value, ...)"""
    from cnnscript.values.structs import Struct

    if len(args) == 1 and type(args[0]) is Struct:
        args = tuple(part for pair in args[0].fields.items() for part in pair)
    if not args or len(args) % 2:
        raise ScriptError(
            "MATLAB:class:setPairs", "Names and values must come in pairs.", notes=(f"got {len(args)} arguments",)
        )
    for item in objects(value):
        for at in range(0, len(args), 2):
            item.set(property_named(item, args[at]), args[at + 1])


def get_(nargout: int, value: Any, *args: Any) -> Any:
    """get(obj, 'Name')"""
    from cnnscript.values.structs import Struct

    if type(value) is not Instance or len(args) > 1:
        raise ScriptError("MATLAB:class:getForms", "get takes one object and one name.")
    if not args:
        return Struct({name: value.get(name) for name in value.property_names()})
    return value.get(property_named(value, args[0]))


def property_named(value: Instance, word: Any) -> str:
    """The property that a text names, in any letter case."""
    name = text_or_none(word)
    if name in value.definition.properties:
        return name
    near = [known for known in value.definition.properties if name and known.lower() == name.lower()]
    if not near:
        raise value.no_property(str(name), setting=True)
    return near[0]


SETGET.method(set_, "set")
SETGET.method(get_, "get")

DISPLAY_HOOKS = frozenset(
    [
        "getHeader",
        "getFooter",
        "getPropertyGroups",
        "displayScalarObject",
        "displayNonScalarObject",
        "displayEmptyObject",
        "displayScalarHandleToDeletedObject",
    ]
)


# ------------------------------------------------------------------------------------------------- layers of networks
def _layer() -> Base:
    base = Base("nnet.layer.Layer", handle_compatible=True)
    single = np.empty((1, 1), OBJECT)
    for name, value in (
        ("Name", ""),
        ("Description", ""),
        ("Type", ""),
        ("NumInputs", 1.0),
        ("InputNames", "in"),
        ("NumOutputs", 1.0),
        ("OutputNames", "out"),
    ):
        if name.endswith("putNames"):
            cell = single.copy()
            cell[0, 0] = value
            value = cell
        base.properties[name] = Property(name, base, default=value)
        base.properties[name].settle()
    return base


def _event_data() -> Base:
    base = Base("event.EventData", ("handle",), True, methods=dict(HANDLE.methods))
    for name in ("Source", "EventName"):
        base.properties[name] = Property(name, base, default=EMPTY, set_access="private")
        base.properties[name].settle()
    return base


BASES = {
    base.name: base
    for base in (
        HANDLE,
        COPYABLE,
        SETGET,
        Base("hgsetget", ("handle",), True, methods=dict(SETGET.methods), events=dict(HANDLE.events)),
        Base("matlab.mixin.SetGetExactNames", ("matlab.mixin.SetGet", "handle"), True, methods=dict(SETGET.methods)),
        Base("matlab.mixin.Heterogeneous"),
        Base("matlab.mixin.CustomDisplay", refused=DISPLAY_HOOKS),
        _layer(),
        _event_data(),
        Base("nnet.layer.Formattable"),
        Base("nnet.layer.Acceleratable"),
    )
}
NUMBERS = frozenset(
    [
        "double",
        "single",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "logical",
        "char",
        "string",
        "cell",
        "struct",
    ]
)
OURS = ("matlab.", "nnet.", "images.", "handle.", "meta.", "event.", "dynamicprops")


def base_named(name: str) -> Base | None:
    """A class of ours by name; None where it must be the program's.

    Raises ScriptError for a class of MATLAB's that is not here.
    """
    found = BASES.get(name)
    if found is None and (name in NUMBERS or name.startswith(OURS)):
        raise ScriptError(
            "MATLAB:cnnscript:classesNotYet",
            f"Classes derived from {name} are not in cnnscript yet.",
        )
    return found
