"""getReport: an error as MATLAB tells it, in text."""

from __future__ import annotations

import os

from cnnscript.errors import HERE, Frame, ScriptError

CAUSE_INDENT = "    "


def report(error: ScriptError, extended: bool = True, links: bool = False) -> str:
    """What happened and who says so; extended also the callers, each with its line, and the causes.

    links   names and lines are links that MATLAB's desktop opens
    """
    callers = error.stack[1:] if error.using == HERE else error.stack
    parts = [head(error, links)]
    if extended:
        parts += [_caller(error, frame, links) for frame in callers]
        if error.causes:
            causes = "\n\n".join(report(cause, True, links) for cause in error.causes)
            indented = "\n".join(CAUSE_INDENT + line if line else line for line in causes.split("\n"))
            parts.append("Caused by:\n" + indented)
    return "\n\n".join(parts)


def head(error: ScriptError, links: bool = False) -> str:
    """The message under the line that names who raised it."""
    if error.using == HERE and error.stack:
        return f"Error using {_place(error.stack[0], links)}\n{error.message}"
    if error.using and error.using != HERE:
        return f"Error using {error.using}\n{error.message}"
    return error.message


def full_name(frame: Frame) -> str:
    """The function as reports name it: `file>function` for the local functions of a file."""
    stem = os.path.splitext(os.path.basename(frame.file))[0]
    local = stem and frame.name != stem and "/" not in frame.name and frame.file[:1] not in ("<", "-")
    return f"{stem}>{frame.name}" if local and not frame.name.startswith("@") else frame.name


def _caller(error: ScriptError, frame: Frame, links: bool) -> str:
    text = f"Error in {_place(frame, links)}"
    code = _line(error, frame)
    return f"{text}\n{code}" if code else text


def _place(frame: Frame, links: bool) -> str:
    name, line = full_name(frame), f"line {frame.line}"
    if links:
        call = f"matlab.internal.language.introspective.errorDocCallback('{name}', '{frame.file}', {frame.line})"
        name = f'<a href="matlab:{call}" style="font-weight:bold">{name}</a>'
        line = f"<a href=\"matlab: opentoline('{frame.file}',{frame.line},0)\">{line}</a>"
    return f"{name} ({line})"


def _line(error: ScriptError, frame: Frame) -> str:
    """The line of the program, where its text is at hand."""
    source = error.span.source if error.span is not None else None
    if source is not None and source.name == frame.file:
        return source.line(frame.line)
    if not os.path.isfile(frame.file):
        return ""
    with open(frame.file, encoding="utf-8", errors="replace") as file:
        return next((text.rstrip("\r\n") for at, text in enumerate(file, 1) if at == frame.line), "")
