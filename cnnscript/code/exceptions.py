"""MException: an error as a value."""

from __future__ import annotations

import os
from typing import Any, ClassVar

import numpy as np

from cnnscript.errors import HERE, ScriptError
from cnnscript.values.numeric import OBJECT
from cnnscript.values.objects import Object
from cnnscript.values.structs import struct_array
from cnnscript.values.text import CharArray

EMPTY_TEXT = CharArray(np.zeros((0, 0), np.uint32))
PROPERTIES = ("identifier", "message", "cause", "stack", "Correction")


class MException(Object):
    """What `catch err` gives: identifier, message, the stack, and the errors that caused it."""

    class_name: ClassVar[str] = "MException"
    methods: ClassVar[frozenset[str]] = frozenset(
        ("throw", "rethrow", "throwAsCaller", "getReport", "addCause", "addCorrection")
    )

    def __init__(self, error: ScriptError):
        self.error = error

    @classmethod
    def of(cls, error: ScriptError) -> MException:
        """The value of an error that was caught.  The traceback is let go: it would hold every variable on the way."""
        error.__traceback__ = None
        error.__context__ = None
        return cls(error)

    def property_names(self) -> list[str]:
        return list(PROPERTIES)

    def get(self, name: str) -> Any:
        error = self.error
        if name == "identifier":
            return error.identifier
        if name == "message":
            return error.message
        if name == "stack":
            return stack_of(error)
        if name == "cause":
            causes = np.empty((len(error.causes), 1 if error.causes else 0), OBJECT)
            for at, cause in enumerate(error.causes):
                causes[at, 0] = MException(cause)
            return causes
        if name == "Correction":
            return np.zeros((0, 0), order="F")
        raise self.no_property(name)

    def with_cause(self, cause: MException) -> MException:
        """addCause: a copy that knows one more cause."""
        copy = self.copied()
        copy.causes.append(cause.error)
        return MException(copy)

    def copied(self) -> ScriptError:
        """The error as a new exception: raising it again must not change this value."""
        error = self.error
        return ScriptError(
            error.identifier,
            error.message,
            error.span,
            error.marks,
            error.notes,
            error.hint,
            error.stack,
            list(error.causes),
            error.using,
        )

    def thrown(self) -> ScriptError:
        """The error to raise for `throw`: it starts here, so it has no place yet."""
        error = self.error
        return ScriptError(
            error.identifier, error.message, notes=error.notes, hint=error.hint, causes=list(error.causes), using=HERE
        )

    def thrown_by_caller(self) -> ScriptError:
        """The error to raise for `throwAsCaller`: it starts where the function that runs was called."""
        from cnnscript.code.traces import running_places

        error = self.thrown()
        places = running_places()[1:]
        error.stack = tuple(frame for frame, _ in places)
        error.span = places[0][1] if places else None
        return error

    def equals(self, other: Any) -> bool:
        return isinstance(other, MException) and (
            self.error is other.error
            or (self.error.identifier, self.error.message, self.error.stack)
            == (other.error.identifier, other.error.message, other.error.stack)
        )

    def operator(self, name: str, args: tuple) -> Any:
        if name not in ("eq", "ne") or not all(type(arg) is MException for arg in args):
            return NotImplemented
        return args[0].equals(args[1]) == (name == "eq")

    def disp(self, form: Any) -> str:
        error = self.error
        depth = len(error.stack)
        loose = "" if getattr(form, "spacing", "loose") == "compact" else "\n"
        lines = [
            f"    identifier: '{error.identifier}'",
            f"       message: '{error.message}'",
            f"         cause: {{{len(error.causes)}×{1 if error.causes else 0} cell}}"
            if error.causes
            else "         cause: {}",
            f"         stack: [{depth}×1 struct]",
            "    Correction: []",
        ]
        return f"  MException with properties:\n{loose}" + "\n".join(lines) + "\n"


def stack_of(error: ScriptError) -> Any:
    """The stack as MATLAB's n-by-1 struct with the fields file, name, line."""
    data = np.empty((len(error.stack), 1), OBJECT)
    for at, frame in enumerate(error.stack):
        data[at, 0] = {
            "file": os.path.abspath(frame.file) if os.path.isfile(frame.file) else frame.file or EMPTY_TEXT,
            "name": frame.name,
            "line": float(frame.line),
        }
    return struct_array(["file", "name", "line"], data)
