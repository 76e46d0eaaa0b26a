"""Running the programs that graphics objects hold: DeleteFcn, CreateFcn, CloseRequestFcn, listeners of properties.

A program is text, which runs in the base workspace, a function handle, called as f(source, event), or a cell array of
either with further arguments.  A fault in one is a warning: what called for it goes on.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.language.handles import by_dot, wrap
from cnnscript.code.listeners import EventData, Listener
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, class_of, is_cell
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn


def run_callback(session: Any, graphic: Graphic, name: str, program: Any) -> None:
    """Run what a property of an object holds; a fault in it is a warning."""
    desk = graphic.up("root")
    desk.called.append(graphic)
    try:
        call(session, program, graphic, {"Source": wrap(graphic), "EventName": EVENTS.get(name, name)})
    except ScriptError as fault:
        warn("MATLAB:callback:error", f"Error while evaluating {graphic.short_class()} {name}.\n\n{fault.message}")
    finally:
        desk.called.pop()


EVENTS = {"DeleteFcn": "ObjectBeingDestroyed", "CreateFcn": "Create", "CloseRequestFcn": "Close"}


def call(session: Any, program: Any, graphic: Graphic, event: dict[str, Any]) -> None:
    """Run a program for an object."""
    more: tuple = ()
    if is_cell(program):
        items = program.ravel(order="F").tolist()
        if not items:
            return
        program, more = items[0], tuple(items[1:])
    word = text_or_none(program)
    if word is not None:
        if not more:
            session.evaluate(word, session.workspace, 0)
            return
        program = session.function(word)
    if type(program) is not Function:
        raise ScriptError(
            "MATLAB:callback:notFunction",
            "A callback is text, a function handle, or a cell array that begins with either.",
            notes=(f"got a {class_of(program)}",),
        )
    program.call(0, wrap(graphic), EventData(event), *more)


# ---------------------------------------------------------------------------------------------------------- listeners
class GraphicListener(Listener):
    """What addlistener gives for graphics objects."""

    def __init__(self, graphics: list[Graphic], event: str, callback: Any, about: str = ""):
        super().__init__([], event, callback, about)
        self.graphics = graphics
        for graphic in graphics:
            graphic.watchers.setdefault(about if event == "PostSet" else event_key(event), []).append(self.notice)

    def get(self, name: str) -> Any:
        if name == "Source":
            cell = np.empty((1, len(self.graphics)), OBJECT)
            for at, graphic in enumerate(self.graphics):
                cell[0, at] = wrap(graphic)
            return cell
        return super().get(name)

    def delete(self) -> None:
        for graphic in self.graphics:
            for told in graphic.watchers.values():
                if self.notice in told:
                    told.remove(self.notice)

    def notice(self, graphic: Graphic, name: str) -> None:
        about = {"AffectedObject": wrap(graphic)} if self.about else {}
        source = Named(self.about) if self.about else wrap(graphic)
        self.tell(source, EventData({**about, "Source": source, "EventName": self.event}))


class Named(EventData):
    """A property as the source of an event: its name."""

    class_name = "matlab.graphics.internal.GraphicsMetaProperty"

    def __init__(self, name: str):
        super().__init__({"Name": name})


def event_key(event: str) -> str:
    """Under what an object keeps those who listen to an event."""
    return "" if event == "ObjectBeingDestroyed" else f"@{event}"


EVENTS_KNOWN = ("ObjectBeingDestroyed", "SizeChanged", "LocationChanged", "MarkedClean", "Hit", "Action")


def listen(graphics: list[Graphic], args: tuple) -> GraphicListener:
    """addlistener(h, 'Event', f) and addlistener(h, 'Property', 'PostSet', f)"""
    program = args[-1] if args else None
    if type(program) is not Function or not 2 <= len(args) <= 3:
        raise ScriptError(
            "MATLAB:class:addlistenerForms",
            "addlistener takes an object, an event, or a property and an event, and a function handle.",
        )
    if len(args) == 2:
        event = text_or_none(args[0]) or ""
        known = (*EVENTS_KNOWN, *(graphics[0].events if graphics else ()))
        if event not in known:
            raise ScriptError(
                "MATLAB:class:InvalidEvent",
                f"Event '{event}' is not defined for class '{graphics[0].class_name if graphics else 'handle'}'.",
                notes=("events: " + ", ".join(known),),
            )
        return GraphicListener(graphics, event, program)
    event = text_or_none(args[1])
    about = text_or_none(args[0]) or (text_or_none(args[0].ravel()[0]) if is_cell(args[0]) and args[0].size else "")
    if event not in ("PostSet", "PreSet", "PostGet", "PreGet"):
        raise ScriptError(
            "MATLAB:class:InvalidEvent", f"Event '{event}' is not defined for properties.", notes=("PostSet is",)
        )
    if event != "PostSet":
        raise ScriptError(
            "MATLAB:class:nonSetObservableProp",
            f"{event} of properties of graphics objects is not told.",
            hint="PostSet is",
        )
    for graphic in graphics:
        by_dot(graphic, about or "")
    return GraphicListener(graphics, event, program, about or "")
