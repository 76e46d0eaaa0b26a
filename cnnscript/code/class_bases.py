"""The classes that programs derive theirs from and that are ours: handle, the mixins, layers of networks, metrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnscript.code import (
    custom_display,
    datastore_bases,
    dynamic_properties,
    indexing_mixins,
    layer_base,
    set_get,
    test_case,
)
from cnnscript.code.finding import fitting
from cnnscript.code.members import Method, Property
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Deleted, Instance, InstanceArray, array_of
from cnnscript.values.numeric import DTYPE_OF_CLASS, EMPTY, OBJECT, norm
from cnnscript.values.text import text_or_none


@dataclass(eq=False)
class Base:
    """One such class.

    number_class  for a class of numbers or text its name: objects of classes that derive from it hold such a value
    """

    name: str
    ancestors: tuple[str, ...] = ()
    is_handle: bool = False
    handle_compatible: bool = True
    methods: dict[str, Method] = field(default_factory=dict)
    properties: dict[str, Property] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    destructor: Method | None = None
    number_class: str | None = None

    @property
    def short_name(self) -> str:
        return self.name.rpartition(".")[2]

    def key(self, name: str) -> str:
        return f"{self.name}/{name}"

    @property
    def public_methods(self) -> list[str]:
        return [name for name, method in self.methods.items() if method.access == "public" and not method.hidden]

    @property
    def constructor(self) -> None:
        return None

    def property_names(self) -> list[str]:
        return [name for name, item in self.properties.items() if item.get_access == "public"]

    def find_method(self, name: str) -> Method | None:
        return self.methods.get(name)

    def takes_arguments(self) -> bool:
        return self.number_class is not None

    def construct(self, instance: Any, args: tuple) -> Any:
        if self.number_class is not None:
            return _with_number(self.number_class, instance, args)
        if args:
            raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(f"{self.name} takes none",))
        return instance

    def default_of(self, item: Property) -> Any:
        return item.default

    def method(self, call: Callable[..., Any], name: str = "", hidden: bool = False) -> Callable[..., Any]:
        """Declare a method: `call(nargout, object, ...)`."""
        word = name or call.__name__.rstrip("_")
        self.methods[word] = Method(word, self, call, hidden=hidden)
        return call


def _with_number(class_name: str, instance: Any, args: tuple) -> Any:
    """obj@double(x): the numbers that the object holds."""
    from cnnscript.values.convert import to_class
    from cnnscript.values.number_objects import NUMBER, as_numbers

    if len(args) > 1:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(f"{class_name} takes one",))
    instance.values[NUMBER] = to_class(as_numbers(args)[0] if args else EMPTY, class_name)
    return instance


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


def findobj(nargout: int, value: Any, *args: Any) -> Any:
    """findobj(objs, 'Prop', value, ...)"""
    chosen = fitting(objects(value), args, value.definition.same)
    row = np.empty((1, len(chosen)) if value.size()[0] == 1 else (len(chosen), 1), OBJECT)
    for at, item in enumerate(chosen):
        row.flat[at] = item
    return array_of(value.definition, row)


def findprop(nargout: int, value: Any, name: Any) -> Any:
    """The description of a property; [] where the object has none of that name."""
    from cnnscript.code.metaclasses import property_description

    item = value.definition.properties.get(text_or_none(name))
    return EMPTY if item is None else property_description(item)


HANDLE.method(delete)
HANDLE.method(findobj)
HANDLE.method(findprop)
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
SETGET.method(set_get.set_, "set")
SETGET.method(set_get.get_, "get")

CUSTOM_DISPLAY = Base("matlab.mixin.CustomDisplay")
for _name, _call in custom_display.METHODS.items():
    CUSTOM_DISPLAY.method(_call, _name, hidden=True)
    if _name != "disp":
        CUSTOM_DISPLAY.methods[_name].access = "protected"

DYNAMIC = Base("dynamicprops", ("handle",), True, methods=dict(HANDLE.methods), events=dict(HANDLE.events))
DYNAMIC.method(dynamic_properties.addprop)


# ------------------------------------------------------------------------------------------------- layers of networks
def _indexing(name: str) -> Base:
    base = Base(name)
    indexing_mixins.add_methods(base)
    return base


def _test_case() -> Base:
    base = Base("matlab.unittest.TestCase", ("handle",), True, methods=dict(HANDLE.methods), events=dict(HANDLE.events))
    for name, call in test_case.METHODS.items():
        base.method(call, name)
    return base


def _layer(name: str, ports: bool, more: tuple[tuple[str, Any], ...] = ()) -> Base:
    base = Base(name, handle_compatible=True)
    layer_base.add_properties(base, ports)
    for word, value in more:
        base.properties[word] = Property(word, base, default=value)
        base.properties[word].settle()
    base.method(layer_base.disp, hidden=True)
    return base


def _datastores() -> list[Base]:
    """matlab.io.Datastore and what classes derive from beside it."""
    inherited = ("matlab.mixin.Copyable", "handle")
    base = Base("matlab.io.Datastore", inherited, True, methods=dict(COPYABLE.methods), events=dict(HANDLE.events))
    for name, call in datastore_bases.METHODS.items():
        base.method(call, name)
    made = [base]
    for name in datastore_bases.MIXINS:
        mixin = Base(f"matlab.io.datastore.{name}")
        if name == "Partitionable":
            mixin.method(datastore_bases.numpartitions)
        made.append(mixin)
    return made


def _with(name: str, **defaults: Any) -> Base:
    """A class that has nothing but properties."""
    base = Base(name)
    for word, value in defaults.items():
        base.properties[word] = Property(word, base, default=value)
        base.properties[word].settle()
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
        CUSTOM_DISPLAY,
        DYNAMIC,
        Base("matlab.mixin.Scalar"),
        _layer("nnet.layer.Layer", True),
        _layer("nnet.layer.ClassificationLayer", False, (("Classes", "auto"), ("OutputSize", "auto"))),
        _layer("nnet.layer.RegressionLayer", False, (("ResponseNames", np.empty((0, 0), OBJECT)),)),
        _event_data(),
        _test_case(),
        *_datastores(),
        *map(_indexing, (*indexing_mixins.MIXINS, indexing_mixins.OVERRIDES)),
        Base("nnet.layer.Formattable"),
        Base("nnet.layer.Acceleratable"),
        _with("deep.Metric", NetworkOutput=EMPTY, Maximize=EMPTY),
        _with("deep.LearnRateSchedule", FrequencyUnit="epoch", NumSteps=float("inf")),
    )
}
NUMBERS = frozenset((*DTYPE_OF_CLASS, "char"))
NOT_DERIVED_FROM = ("string", "cell", "struct")
OURS = ("matlab.", "nnet.", "images.", "deep.", "handle.", "meta.", "event.")


def base_named(name: str) -> Base | None:
    """A class of ours by name; None where it must be the program's.

    Raises ScriptError for a class of MATLAB's that is not here.
    """
    found = BASES.get(name)
    if found is None and name in NUMBERS:
        found = BASES[name] = Base(name, number_class=name)
    if found is None and (name in NOT_DERIVED_FROM or name.startswith(OURS)):
        raise ScriptError(
            "MATLAB:cnnscript:classesNotYet",
            f"Classes derived from {name} are not in cnnscript yet.",
        )
    return found
