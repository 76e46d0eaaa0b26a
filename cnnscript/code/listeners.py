"""Events of handle objects: who listens, and what they are told.

A callback is called as callback(source, data).  A fault in one is a warning, so that the others are told too.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.code.members import LEVELS, PUBLIC, allowed
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.instances import Deleted, Instance
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import OBJECT, class_of
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.warn import warn

PROPERTY_EVENTS = ("PreSet", "PostSet", "PreGet", "PostGet")


class EventData(NamedValues):
    """What a callback is told: Source, EventName, and AffectedObject where it is about a property."""

    class_name: ClassVar[str] = "event.EventData"
    is_handle: ClassVar[bool] = True

    def __init__(self, values: dict[str, Any]):
        super().__init__(values)
        if "AffectedObject" in values:
            self.class_name = "event.PropertyEvent"  # type: ignore[misc]


class Listener(NamedValues):
    """What addlistener gives: it listens until it or its source is deleted."""

    class_name: ClassVar[str] = "event.listener"
    is_handle: ClassVar[bool] = True

    def __init__(self, sources: list[Instance], event: str, callback: Function, about: str = ""):
        super().__init__({"Callback": callback, "Enabled": True, "Recursive": False})
        self.sources = sources
        self.event = event
        self.about = about
        self.busy = False
        if about:
            self.class_name = "event.proplistener"  # type: ignore[misc]

    def properties(self) -> dict[str, Any]:
        cell = np.empty((1, len(self.sources)), OBJECT)
        for at, source in enumerate(self.sources):
            cell[0, at] = source
        return {"Source": cell, "EventName": self.event, **self.values}

    def checked(self, name: str, value: Any) -> Any:
        return value if name == "Callback" else bool(value)

    def delete(self) -> None:
        """Listen no more."""
        for source in self.sources:
            if source.listeners is not None and self in source.listeners:
                source.listeners.remove(self)

    def tell(self, source: Any, data: Any) -> None:
        """Call back; a listener that is being told is not told again, unless it is Recursive."""
        if not self.values["Enabled"] or self.busy and not self.values["Recursive"]:
            return
        self.busy = True
        try:
            self.values["Callback"].call(0, source, data)
        except ScriptError as fault:
            warn(
                "MATLAB:callback:error",
                f"Error occurred while executing the listener callback for event {self.event}:\n{fault.message}",
            )
        finally:
            self.busy = False


def add_listener(value: Any, args: tuple) -> Listener:
    """addlistener(obj, 'Event', callback) and addlistener(obj, 'Property', 'PostSet', callback)"""
    sources = [item for item in value.data().ravel("F").tolist()]
    if len(args) == 3:
        return _property_listener(value, sources, args)
    if len(args) != 2:
        raise ScriptError(
            "MATLAB:class:addlistenerForms",
            "addlistener takes an object, an event and a function.",
            notes=(f"got {len(args) + 1} arguments",),
        )
    event = _event_named(value, args[0])
    _require(value.definition.events[event].get("ListenAccess", PUBLIC), value, event, "listen to")
    return _kept(Listener(sources, event, _callback(args[1])))


def _property_listener(value: Any, sources: list[Instance], args: tuple) -> Listener:
    event = text_or_none(args[1])
    if event not in PROPERTY_EVENTS:
        raise ScriptError(
            "MATLAB:class:InvalidEvent",
            f"Event '{event}' is not defined for properties.",
            notes=("known are " + ", ".join(PROPERTY_EVENTS),),
        )
    about = text_or_none(args[0])
    if about is None and class_of(args[0]) == "cell" and len(texts_or_none(args[0]) or ()) == 1:
        about = (texts_or_none(args[0]) or [""])[0]
    item = value.definition.properties.get(about)
    if item is None:
        raise value.no_property(str(about))
    if event not in item.observable:
        word = "GetObservable" if event.endswith("Get") else "SetObservable"
        raise ScriptError(
            "MATLAB:class:nonSetObservableProp",
            f"While adding a {event} listener, property '{about}' in class '{value.definition.name}' is not defined "
            f"to be {word}.",
        )
    return _kept(Listener(sources, event, _callback(args[2]), about))


def _kept(listener: Listener) -> Listener:
    for source in listener.sources:
        if source.listeners is None:
            source.listeners = []
        source.listeners.append(listener)
    return listener


def _callback(value: Any) -> Function:
    if type(value) is not Function:
        raise ScriptError(
            "MATLAB:class:CallbackNotFunction",
            "A listener's callback must be a function handle.",
            notes=(f"got a {class_of(value)}",),
        )
    return value


def _event_named(value: Any, word: Any) -> str:
    event = text_or_none(word)
    if event not in value.definition.events:
        raise ScriptError(
            "MATLAB:class:InvalidEvent",
            f"Event '{event}' is not defined for class '{value.definition.name}'.",
            notes=("events: " + ", ".join(value.definition.events),) if value.definition.events else (),
        )
    return event


def _require(access: Any, value: Any, event: str, what: str) -> None:
    if type(access) is str:
        access = access.lower() if access.lower() in LEVELS else PUBLIC
    definer = next(
        (c for c in (value.definition, *value.definition.all_bases()) if event in c.events), value.definition
    )
    if not allowed(access, definer):
        raise ScriptError(
            "MATLAB:class:EventAccess", f"Cannot {what} event '{event}' of class '{value.definition.name}'."
        )


def notify_event(value: Instance, args: tuple) -> None:
    """notify(obj, 'Event', data)"""
    if not 1 <= len(args) <= 2:
        raise ScriptError("MATLAB:minrhs", "notify takes an object, an event and its data.")
    event = _event_named(value, args[0])
    _require(value.definition.events[event].get("NotifyAccess", PUBLIC), value, event, "notify listeners of")
    notify_listeners(value, event, args[1] if len(args) == 2 else None)


def notify_listeners(value: Instance, event: str, data: Any) -> None:
    """Tell who listens to an event of one object, in the order they came."""
    if not value.listeners or type(value.values) is Deleted:
        return
    if data is None:
        data = EventData({"Source": value, "EventName": event})
    elif isinstance(data, Instance) and "event.EventData" in data.ancestors:
        data.values.update(Source=value, EventName=event)
    else:
        raise ScriptError(
            "MATLAB:class:NotEventData",
            "Event data must be an object of a class derived from event.EventData.",
            notes=(f"got a {class_of(data)}",),
        )
    for listener in list(value.listeners):
        if listener.event == event and not listener.about:
            listener.tell(value, data)


def property_event(value: Instance, name: str, event: str) -> None:
    """Tell who listens to a property of one object."""
    from cnnscript.code.metaclasses import property_description

    for listener in list(value.listeners or ()):
        if listener.event == event and listener.about == name:
            source = property_description(value.definition.properties[name])
            listener.tell(source, EventData({"AffectedObject": value, "Source": source, "EventName": event}))
