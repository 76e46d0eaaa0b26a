"""The comments that describe classes and their members, taken from the text around them."""

from __future__ import annotations

import re

COMMENT = re.compile(r"\s*%(?!\{\s*$)(.*)")


def _block(lines: list[str], at: int) -> list[str]:
    """The comment lines from a line on."""
    found = []
    while at < len(lines) and (match := COMMENT.match(lines[at])) is not None:
        found.append(match[1].lstrip("%").rstrip())
        at += 1
    return found


def _block_above(lines: list[str], at: int) -> list[str]:
    first = at
    while first > 0 and COMMENT.match(lines[first - 1]) is not None:
        first -= 1
    return _block(lines, first) if first < at else []


def comment_of(text: str, start: int) -> str:
    """The comment under the line that begins a class or a function, or else the one above it."""
    lines = text.split("\n")
    at = text.count("\n", 0, start)
    below = at
    while below < len(lines) and lines[below].split("%")[0].rstrip().endswith("..."):
        below += 1
    return "\n".join(_block(lines, below + 1) or _block_above(lines, at))


def comment_beside(text: str, start: int, stop: int) -> str:
    """The comment above a property, or behind it in its line."""
    lines = text.split("\n")
    above = _block_above(lines, text.count("\n", 0, start))
    if above:
        return "\n".join(above)
    behind = re.match(r"[^\n%]*%(.*)", text[stop:])
    return behind[1].strip() if behind else ""
