"""A name that could only have been a function, and is none: MATLAB tells the class of its first input."""

from __future__ import annotations

import sys
from types import FrameType

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of


def undefined_for(error: ScriptError, name: str, args: tuple) -> ScriptError:
    """The error for the name, said as MATLAB says it of a function that was given inputs."""
    if args and error.message.startswith("Unrecognized"):
        error.message = f"Undefined function '{name}' for input arguments of type '{class_of(args[0])}'."
    return error


def called_by_anonymous() -> bool:
    """Is the innermost generated code that runs the body of an anonymous function?  Its free names are functions."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and "_unit" not in frame.f_globals:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_name == "<lambda>"
