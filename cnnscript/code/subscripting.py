"""Classes that index their objects themselves, with methods subsref and subsasgn.

MATLAB hands such a method the whole of what is written: `obj(2).x{3}` is one call of subsref with three steps.
Generated code indexes step by step, so a step that another follows in the text gives a `Pending`, which the next step
goes on with; the last one calls the method.  Inside the class's own methods indexing is the language's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np

from cnnscript.code.traces import span_at
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.assignment import DELETED
from cnnscript.values.indexing import as_arguments, brace, end_of, get_field, index, one
from cnnscript.values.instances import KINDS, array_of, assigned, chosen, running
from cnnscript.values.numeric import COLON, EMPTY, OBJECT, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.placing import without
from cnnscript.values.structs import struct_array

Step = tuple[str, Any]  # ('.', name), ('(', indices), ('{', indices)
MARKS = {".": ".", "(": "()", "{": "{}"}
BETWEEN = frozenset(
    ["cnnscript.values.indexing", "cnnscript.values.instances", "cnnscript.code.calls", "cnnscript.values.objects"]
)


class Pending(Object):
    """An object and the steps read so far, of which more follow at once in the text."""

    def __init__(self, value: Any, steps: tuple[Step, ...], function: Callable[..., Any]):
        self.value = value
        self.steps = steps
        self.function = function

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return self.value.class_name

    def reached(self) -> Any:
        """The value that the steps so far give: `end` in the next one asks for it."""
        return one(as_tuple(self.function(1, self.value, self.steps)))

    def step(self, step: Step, nargout: int | None) -> Any:
        return taken(self.value, (*self.steps, step), nargout, self.function)

    def index(self, args: tuple) -> Any:
        return one(self.step(("(", args), 1))

    def brace(self, args: tuple) -> tuple:
        return self.step(("{", args), None)

    def get(self, name: str) -> Any:
        return self.step((".", name), None)

    def end(self, position: int, count: int) -> int:
        return int(end_of(self.reached(), position, count))


# ----------------------------------------------------------------------------------------------------------- reading
def reference(value: Any, step: Step, nargout: int | None) -> Any:
    """What `value` followed by a step gives, as a tuple, by the class's own method; NotImplemented inside the class.

    nargout  how many values are wanted; None: as many as there are
    """
    function = value.definition.referencing(*step)
    if function is None or value.definition.passes_by():
        return NotImplemented
    return taken(value, (step,), nargout, function)


def taken(value: Any, steps: tuple[Step, ...], nargout: int | None, function: Callable[..., Any]) -> tuple:
    frame = generated_frame()
    if frame is not None and goes_on(frame):
        return (Pending(value, steps, function),)
    if nargout is None:
        nargout = value.definition.counted(value, steps)
    elif nargout == 0:
        return _as_statement(value, steps, function)
    return as_tuple(function(nargout, value, steps))


def _as_statement(value: Any, steps: tuple[Step, ...], function: Callable[..., Any]) -> tuple:
    """The value of a reference that is a statement of its own: one is asked for, unless it calls a method that has
    none, and none may come."""
    kind, name = steps[0]
    method = value.definition.find_method(name) if kind == "." else None
    if method is not None and method.node is not None and not method.node.outputs:
        return as_tuple(function(0, value, steps))
    try:
        return as_tuple(function(1, value, steps))
    except ScriptError as fault:
        if fault.identifier == "MATLAB:unassignedOutputs" and 'subsref"' in fault.message:
            return ()
        raise


def as_tuple(result: Any) -> tuple:
    return result if type(result) is tuple else () if result is None else (result,)


def inside(definition: Any) -> bool:
    """Is the code that runs a method of this class, or of one it derives from, or that derives from it?"""
    asking = running()[0]
    if asking is None:
        return False
    return (
        asking is definition
        or asking.name == definition.name
        or asking.name in definition.ancestors
        or definition.name in asking.ancestors
    )


def generated_frame() -> FrameType | None:
    """The frame of generated code that indexes now; None where a function of ours does."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        names = frame.f_globals
        if "_unit" in names:
            return frame
        if names.get("__name__") not in BETWEEN and names.get("__name__") != __name__:
            return None
        frame = frame.f_back
    return None


def goes_on(frame: FrameType) -> bool:
    """Does another index follow, in the text, what this frame indexes?"""
    unit = frame.f_globals["_unit"]
    key = id(frame.f_code), frame.f_lasti
    known = unit.followed.get(key)
    if known is None:
        span = span_at(frame, frame.f_lasti)  # which keeps the code, so that its id stays its own
        known = unit.followed[key] = span is not None and _has_follower(unit.program, span.start, span.stop)
    return known


def _has_follower(program: tree.Node, start: int, stop: int) -> bool:
    pending = [program]
    while pending:
        node = pending.pop()
        base = getattr(node, "base", None)
        if (
            type(node) in (tree.Call, tree.Brace, tree.Field, tree.DynamicField)
            and base.start == start
            and base.stop == stop
            and type(base) is not tree.Parenthesised
        ):
            return True
        if type(node) is tree.Program or node.start <= start and stop <= node.stop:
            pending += tree.children(node)
    return False


# ---------------------------------------------------------------------------------------------------------- subsref
def described(steps: tuple[Step, ...]) -> Any:
    """Steps as the struct array that subsref takes."""
    data = np.empty((1, len(steps)), OBJECT)
    for at, (kind, key) in enumerate(steps):
        data[0, at] = {"type": MARKS[kind], "subs": key if kind == "." else cell_of(key)}
    return struct_array(["type", "subs"], data)


def cell_of(args: tuple) -> Any:
    args = as_arguments(args)
    cell = np.empty((1, len(args)) if args else (0, 0), OBJECT)
    for at, arg in enumerate(args):
        cell[0, at] = arg
    return cell


def by_subsref(method: Any) -> Callable[..., Any]:
    return lambda nargout, value, steps: method.call(nargout, value, described(steps))


def by_subsasgn(method: Any) -> Callable[..., Any]:
    def write(value: Any, steps: tuple[Step, ...], rhs: Any) -> Any:
        return method.call(1, value, described(steps), EMPTY if rhs is DELETED else rhs)

    return write


def count_of(definition: Any, value: Any, steps: tuple[Step, ...]) -> int:
    """How many values a reference is asked for: what numArgumentsFromSubscript or numel of the class says, else the
    number of elements that a list `obj(...).name` or `obj{...}` names."""
    from cnnscript.code import indexing_mixins

    own = definition.find_method("numArgumentsFromSubscript")
    if own is not None:
        return int(own.call(1, value, described(steps), indexing_mixins.context("Expression")))
    if definition.by_parts:
        known = indexing_mixins.count(value, steps)
        return 1 if known is None else known
    (kind, key), *before = reversed(steps)
    if kind == "(" or len(before) > 1 or any(step[0] != "(" for step in before):
        return 1
    numel = definition.find_method("numel")
    args = key if kind == "{" else before[0][1] if before else ()
    if numel is not None:
        return int(numel.call(1, value, *as_arguments(args)))
    if kind == "." and not before:
        return numel_of(value)
    total = 1
    for position, arg in enumerate(args):
        is_colon = arg is COLON or type(arg) is str and arg == ":"
        if type(arg) is slice:
            total *= len(range(arg.start, arg.stop, arg.step or 1))
        else:
            total *= int(end_of(value, position, len(args))) if is_colon else numel_of(arg)
    return total


# ------------------------------------------------------------------------------------------- as the language does it
def plain_reference(value: Any, steps: list[Step], nargout: int) -> tuple:
    """builtin('subsref', ...): steps into an object past its class's own subsref."""
    values: tuple = (value,)
    at = 0
    while at < len(steps):
        value = _only(values)
        kind, key = steps[at]
        last = at + 1 == len(steps)
        if isinstance(value, KINDS):
            if kind == ".":
                method = value.definition.find_method(key)
                if method is not None:
                    method.require_access()
                    called = not last and steps[at + 1][0] == "("
                    at += 2 if called else 1
                    args = as_arguments(steps[at - 1][1]) if called else ()
                    wanted = nargout if at == len(steps) else 1
                    given = args if method.static else (value, *args)
                    values = as_tuple(method.call(wanted, *given))
                    continue
                values = as_tuple(value.get(key))
            elif kind == "(":
                values = (chosen(value, key),)
            else:
                raise ScriptError(
                    "MATLAB:cellRefFromNonCell",
                    "Brace indexing is not supported for variables of this type.",
                    notes=(f"this is a {value.class_name}",),
                )
        elif kind == ".":
            values = as_tuple(get_field(value, key))
        elif kind == "(":
            from cnnscript.code.calls import call_value

            values = as_tuple(call_value(value, nargout if last else 1, *key))
        else:
            values = brace(value, key)
        at += 1
    return values


def _only(values: tuple) -> Any:
    if len(values) != 1:
        raise ScriptError(
            "MATLAB:index:expected_one_output_from_intermediate_indexing",
            f"Intermediate brace '{{}}' or dot '.' indexing produced a comma-separated list with {len(values)} values, "
            "but it must produce a single value when followed by subsequent indexing operations.",
        )
    return values[0]


def plain_assignment(value: Any, steps: list[Step], rhs: Any) -> Any:
    """builtin('subsasgn', ...): the first step is the language's, whatever the object's class has."""
    from cnnscript.values.assignment import assign_path

    (kind, key), rest = steps[0], tuple(steps[1:])
    if not isinstance(value, KINDS):
        return assign_path(value, tuple(steps), rhs)
    if kind == ".":
        if rest:
            rhs = assign_path(value.get(key), rest, rhs)
        return value.put(key, rhs, False)
    if kind == "{":
        return Object.assign_brace(value, key, rhs)
    if rest:
        part = chosen(value, key)
        rhs = plain_assignment(part, list(rest), rhs) if isinstance(part, KINDS) else assign_path(part, rest, rhs)
    elif type(rhs) is np.ndarray and rhs.shape == (0, 0) and rhs.dtype != OBJECT:
        return array_of(value.definition, without(value.data(), key))
    return assigned(value, as_arguments(key), rhs)


__all__ = ["Pending", "index", "plain_assignment", "plain_reference", "reference"]
