"""Stopping inside a running program: breakpoints, steps, and the frames that can be looked at.

Generated code carries the lines of the program, so Python's own trace function sees each line of it.  Nothing is traced
while there is no breakpoint and no step to take.  Where the program stops, the host talks with the user (`pause`), who
works in the variables of the frame that is looked at until the program is to go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from cnnscript.code.scopes import SCRIPTS, Scope, Workspace
from cnnscript.code.statements import STATEMENTS
from cnnscript.code.traces import InternalError, explained, generated_places, span_at
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree

EVENTS = ("error", "caught error", "warning", "naninf")


class Resume(BaseException):
    """The user lets the program go on: `dbcont`, `dbstep`."""


@dataclass(frozen=True)
class Breakpoint:
    """A place where a program stops: a line of a file; of its n-th anonymous function (n 0: of the line itself)."""

    path: str
    line: int
    anonymous: int = 0
    condition: str = ""


class StoppedScope(Scope):
    """The variables of a frame that stands still; new ones are kept beside it and live as long as the stop."""

    def __init__(self, frame: FrameType, more: dict[str, Any]):
        super().__init__(frame)
        self.more = more

    def copy(self) -> dict[str, Any]:
        return {**super().copy(), **self.more}

    def __getitem__(self, name: str) -> Any:
        return self.more[name] if name in self.more else super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if self.frame.f_code.co_name in SCRIPTS and not self.dynamic:
            kept = self.frame.f_locals.get("_workspace")
            if kept is not None and name in kept:  # not yet taken out of the workspace
                kept[name] = value
        try:
            super().__setitem__(name, value)
        except ScriptError:
            self.more[name] = value

    def __delitem__(self, name: str) -> None:
        if name in self.more:
            del self.more[name]
        else:
            super().__delitem__(name)

    def __iter__(self):
        yield from dict.fromkeys([*super().__iter__(), *self.more])


class Debugger:
    """The breakpoints of a session, and the stop it is at.

    talk    called at a stop with this debugger: reads and runs commands until it raises Resume
    events  what else stops a program: 'error', 'caught error', 'warning', each with identifiers ('' any); 'naninf'
    frames  while stopped: the frames on the stack, the innermost first; `at` is the one looked at
    """

    def __init__(self, host: Any, talk: Callable[[Debugger], None]):
        self.host = host
        self.talk = talk
        self.breakpoints: list[Breakpoint] = []
        self.events: dict[str, list[str]] = {}
        self.frames: list[FrameType] = []
        self.at = 0
        self.depth = 0  # stops inside stops
        self._more: dict[int, dict[str, Any]] = {}
        self._step = ""  # '', 'over', 'in', 'out'
        self._count = 0
        self._target: FrameType | None = None  # a step over stops at the next line of this frame
        self._script: Any = None  # ... or of the next piece of this script
        self._paths: dict[Any, str] = {}
        self._lines: dict[Any, frozenset[int]] = {}
        self._seen: BaseException | None = None
        self._numbers: dict[FrameType, dict[str, Any]] = {}

    # ------------------------------------------------------------------------------------------------------ tracing
    @property
    def active(self) -> bool:
        return bool(self.breakpoints or self.events or self._step)

    def watch(self) -> None:
        """Trace from now on, or no more, as there is something to stop at."""
        if not self.active:
            if sys.gettrace() is not None and getattr(sys.gettrace(), "__self__", None) is self:
                sys.settrace(None)
            return
        sys.settrace(self.enter)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if "_unit" in frame.f_globals:
                frame.f_trace = self.enter(frame, "call", None)
            frame = frame.f_back

    def rest(self) -> None:
        """The outermost statement is over: steps are too."""
        self._step, self._target, self._script, self._seen = "", None, None, None
        self._numbers.clear()
        if getattr(sys.gettrace(), "__self__", None) is self:
            sys.settrace(None)

    def enter(self, frame: FrameType, event: str, argument: Any) -> Callable | None:
        """Python's global trace function: a function begins."""
        unit = frame.f_globals.get("_unit")
        if unit is None or unit.host is not self.host:
            return None
        if frame.f_code.co_name == "<lambda>":
            self._anonymous(frame, unit)
        elif unit is self._script and frame.f_code.co_name in SCRIPTS:
            self._target, self._script = frame, None  # the next piece of the script that steps go through
        return self.trace

    def trace(self, frame: FrameType, event: str, argument: Any) -> Callable | None:
        """Python's local trace function: a line, the end or an exception of generated code."""
        if event == "line":
            self._line(frame)
        elif event == "return":
            self._return(frame)
        elif event == "exception":
            self._exception(frame, argument)
        return self.trace

    def _line(self, frame: FrameType) -> None:
        unit = frame.f_globals["_unit"]
        line = frame.f_lineno
        if "naninf" in self.events and self._new_numbers(frame):
            self.stop(frame, "NaN/Inf breakpoint hit.")
            return
        if frame.f_code.co_name == "<lambda>" or line not in self.lines_of(unit):
            return
        span = span_at(frame, frame.f_lasti)
        if span is None or span.start == span.stop:  # ours, written in no program
            return
        if self._wants_step(frame):
            self._count -= 1
            if self._count <= 0:
                self.stop(frame)
                return
        path = self.path_of(unit)
        for point in self.breakpoints:
            if (point.line, point.anonymous, point.path) == (line, 0, path) and self._holds(point, frame):
                self.stop(frame)
                return

    def _wants_step(self, frame: FrameType) -> bool:
        return self._step == "in" or self._step == "over" and frame is self._target

    def _holds(self, point: Breakpoint, frame: FrameType) -> bool:
        if not point.condition:
            return True
        try:
            value = self.host.evaluate(point.condition, Scope(frame), 1)
            return bool(self.host.call("all", 1, self.host.call("logical", 1, value)))
        except ScriptError as error:
            self.host.say_error(f"Error in the condition of a breakpoint: {error.message}")
            return True

    def _anonymous(self, frame: FrameType, unit: Any) -> None:
        place = frame.f_lineno, self.path_of(unit)
        for point in self.breakpoints:
            if point.anonymous and (point.line, point.path) == place and self._holds(point, frame):
                self.stop(frame)
                return

    def _return(self, frame: FrameType) -> None:
        self._numbers.pop(frame, None)
        if frame is self._target and self._step == "out":
            callers = _stack(frame)[1:]
            self._step = ""
            if callers:
                self.stop(callers[0])
        elif frame is self._target:
            callers = _stack(frame)[1:]
            self._target = callers[0] if callers else None
            self._script = frame.f_globals["_unit"] if frame.f_code.co_name in SCRIPTS else None

    def _exception(self, frame: FrameType, argument: tuple) -> None:
        kind, error, traceback = argument
        if not self.events or not issubclass(kind, Exception) or error is self._seen or kind.__name__ == "Return":
            return
        if traceback is None or not isinstance(error, Exception):
            return
        places = generated_places(traceback)
        if not places or places[-1][0] is not frame:
            return
        caught = any(_inside_try(place) for place in _stack(frame))
        wanted = self.events.get("caught error" if caught else "error")
        if wanted is None:
            return
        self._seen = error
        try:
            seen = explained(error)
        except InternalError:
            return
        if "" in wanted or seen.identifier in wanted:
            self.stop(frame, f"Error: {seen.message}")

    def _new_numbers(self, frame: FrameType) -> bool:
        """Has a variable of this frame become NaN or Inf since its last line?"""
        import numpy as np

        known = self._numbers.setdefault(frame, {})
        found = False
        for name, value in Scope(frame).items():
            if known.get(name) is value:
                continue
            known[name] = value
            kind = type(value)
            if kind is float or kind is complex or kind is np.ndarray and value.dtype.kind in "fc":
                found = found or not np.isfinite(value).all()
        return found

    def warned(self, identifier: str) -> None:
        """A warning was issued by the code that runs."""
        wanted = self.events.get("warning")
        if wanted is None or not ("" in wanted or identifier in wanted):
            return
        frame = _generated(sys._getframe(1))
        if frame is not None:
            self.stop(frame)

    # -------------------------------------------------------------------------------------------------------- a stop
    def stop(self, frame: FrameType, why: str = "", place: bool = True) -> None:
        """Stand still at a frame and let the user work there."""
        stack = _stack(frame)
        if not stack and place:  # what was typed at the prompt (`keyboard` there has its variables to show)
            return
        before = self.frames, self.at
        self._step, self._target, self._script = "", None, None
        self.frames, self.at = stack, 0
        self.depth += 1
        try:
            if why:
                self.host.say(why)
            if place:
                self.say_place()
            self.talk(self)
        except Resume:
            return  # the program goes on
        finally:
            self.depth -= 1
            self.frames, self.at = before
            if not self.depth:
                self._more.clear()

    def say_place(self) -> None:
        """The line where the program stands."""
        frame = self.frames[self.at]
        source = frame.f_globals["_unit"].source
        if source.name[:1] != "<":
            self.host.say(f"{frame.f_lineno}   {source.line(frame.f_lineno).strip()}")

    @property
    def stopped(self) -> bool:
        return self.depth > 0

    @property
    def scope(self) -> Scope | Workspace:
        """The variables that are looked at."""
        if self.at >= len(self.frames):
            return self.host.workspace
        frame = self.frames[self.at]
        return StoppedScope(frame, self._more.setdefault(id(frame), {}))

    def resume(self, step: str = "", count: int = 1) -> None:
        """Let the program go on: to its end, or by a step ('over', 'in', 'out').  Raises Resume."""
        frames = self.frames
        self._count = count
        if not frames:  # `keyboard` at the prompt itself
            raise Resume
        self._step, self._target = step, frames[0] if step in ("over", "out") else None
        if self._step:
            if getattr(sys.gettrace(), "__self__", None) is not self:
                sys.settrace(self.enter)
            for each in frames:
                each.f_trace = self.trace
        raise Resume

    # -------------------------------------------------------------------------------------------------------- lines
    def path_of(self, unit: Any) -> str:
        known = self._paths.get(unit)
        if known is None:
            known = self._paths[unit] = os.path.abspath(unit.source.name)
        return known

    def lines_of(self, unit: Any) -> frozenset[int]:
        """The lines of a unit at which a statement begins."""
        known = self._lines.get(unit)
        if known is None:
            known = self._lines[unit] = statement_lines(unit)
        return known


def statement_lines(unit: Any) -> frozenset[int]:
    """The lines of a unit at which a statement begins."""
    position = unit.source.position
    kinds = frozenset(STATEMENTS)
    found = {position(node.start)[0] for node in tree.walk(unit.program) if type(node) in kinds}
    return frozenset(found)


def _generated(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of a function or script, from a frame outwards."""
    while frame is not None:
        if "_unit" in frame.f_globals and frame.f_code.co_name != "<lambda>":
            return frame
        frame = frame.f_back
    return None


def _stack(frame: FrameType) -> list[FrameType]:
    """The frames of functions and scripts, the innermost first; what was typed at a prompt is none."""
    found = [frame] if frame.f_code.co_name == "<lambda>" else []
    each = _generated(frame)
    while each is not None:
        unit = each.f_globals["_unit"]
        if unit.frame_name(each.f_code, span_at(each, each.f_lasti)):
            found.append(each)
        each = _generated(each.f_back)
    return found


def stack_here() -> list[FrameType]:
    """The frames of functions and scripts that run now."""
    frame = _generated(sys._getframe(1))
    return _stack(frame) if frame is not None else []


def described(frame: FrameType) -> tuple[str, str, int]:
    """File, name and line of a frame."""
    unit = frame.f_globals["_unit"]
    return unit.source.name, unit.frame_name(frame.f_code, span_at(frame, frame.f_lasti)), frame.f_lineno or 0


def _inside_try(frame: FrameType) -> bool:
    """Does a frame stand in the first part of a `try`?"""
    span = span_at(frame, frame.f_lasti)
    if span is None:
        return False
    for node in tree.walk(frame.f_globals["_unit"].program):
        if type(node) is tree.Try and node.body and node.body[0].start <= span.start <= node.body[-1].stop:
            return True
    return False
