"""What went wrong, where, and what to try.

A `ScriptError` is a fault of the user's program: MATLAB's identifier and sentence, a span of source text, notes about
what was got, and at most one hint.  Whoever finds the fault states the fact; whoever knows the place adds the span;
`ScriptError.render` draws it.  A fault of ours is any other exception.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple


class Source:
    """A program text and the name it goes by: a path, '<prompt>', or '' for what a person has just typed."""

    __slots__ = ("name", "text", "_starts")

    def __init__(self, text: str, name: str = "<prompt>"):
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, at = [0], self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a character offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The character offset of a line and column (both from 1)."""
        return self._line_starts()[line - 1] + column - 1

    def place(self, line: int, column: int | None = None) -> str:
        """Where a line is, for people; '' for the one line that a person has just typed and still sees."""
        if self.name:
            return f"{self.name}:{line}" + (f":{column}" if column else "")
        return f"line {line}" if "\n" in self.text else ""

    def line(self, number: int) -> str:
        """The text of one line (from 1), without its end."""
        start = self._line_starts()[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")


class Span(NamedTuple):
    """The characters `start:stop` of a source."""

    source: Source
    start: int
    stop: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.stop]


@dataclass(frozen=True, slots=True)
class Frame:
    """One call on the way to an error: the function's name, its file and the line being run (MException.stack)."""

    name: str
    file: str
    line: int


HERE = "the innermost function"  # ScriptError.using of an error that the program itself raised


@dataclass(eq=False)
class ScriptError(Exception):
    """A fault of the user's program.

    identifier  MATLAB's, such as 'MATLAB:badsubscript'; '' when the program gave none
    message     MATLAB's sentence: what `e.message` and `lasterr` hold
    span        where; None until somebody who knows the place sets it
    marks       further spans drawn under the same line (with `-`), such as the two operands of an operator
    notes       what was got: one fact a line ("a is 2x3")
    hint        one thing to try, or None
    stack       innermost call first
    using       who MATLAB's report says raised it: a built-in's name, HERE for the innermost function of the stack
                (it said `error`), '' for an operator, an index, an assignment
    """

    identifier: str
    message: str
    span: Span | None = None
    marks: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str | None = None
    stack: tuple[Frame, ...] = ()
    causes: list[ScriptError] = field(default_factory=list)
    using: str = ""

    def __str__(self) -> str:
        return self.message

    def render(self) -> str:
        """The whole diagnostic: sentence, place, source line with carets, notes, hint, callers."""
        lines = ["error: " + self.message]
        if self.span is not None:
            lines += _excerpt(self.span, self.marks)
        lines += ["    " + note for note in self.notes]
        if self.hint:
            lines.append("  + " + self.hint)
        for frame, run in groupby(self.stack[1:]):
            times = len(list(run))
            repeated = f", {times} times" if times > 1 else ""
            place = f" ({frame.file}:{frame.line})" if frame.file else ""
            lines.append(f"  in {frame.name}{place}{repeated}")
        for cause in self.causes:
            lines.append("  caused by: " + cause.render().removeprefix("error: ").replace("\n", "\n  "))
        return "\n".join(lines)


WIDEST_EXCERPT = 100  # characters of a source line shown on each side of the fault
TAB = 4


def _excerpt(span: Span, marks: tuple[Span, ...]) -> list[str]:
    """The place, the source line, and under it carets for the fault and dashes for the operands of the same line."""
    line, column = span.source.position(span.start)
    text = span.source.line(line)
    under = [" "] * (len(text) + 1)
    for mark in marks:
        mark_line, mark_column = mark.source.position(mark.start)
        if mark_line == line:
            _draw(under, "-", mark_column, mark.stop - mark.start)
    _draw(under, "^", column, span.stop - span.start)
    first = max(0, column - 1 - WIDEST_EXCERPT)
    last = column - 1 + WIDEST_EXCERPT
    shown, drawn = "", ""
    for letter, sign in zip(text[first:last] + " ", under[first:last], strict=False):
        width = TAB - len(drawn) % TAB if letter == "\t" else _columns(letter)
        shown += " " * width if letter == "\t" else letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        drawn += sign * width
    indent = min(len(shown) - len(shown.lstrip()), len(drawn) - len(drawn.lstrip()))
    place = span.source.place(line, column)
    return [*(["  " + place] if place else []), "    " + shown[indent:].rstrip(), "    " + drawn[indent:].rstrip()]


def _columns(letter: str) -> int:
    """How many columns of a terminal a letter takes: two for a Chinese one, none for an accent on the one before."""
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _draw(under: list[str], mark: str, column: int, width: int) -> None:
    """Put `mark` under `width` characters from a column on, one at least, none past the end of the line."""
    for at in range(column - 1, min(column - 1 + max(width, 1), max(len(under) - 1, column))):
        if at < len(under):
            under[at] = mark


class Quit(BaseException):
    """The user ends the program that stands still in the debugger (`dbquit`)."""


class Exit(BaseException):
    """The program asked to leave (`exit`, `quit`): passes through every handler up to the command line."""

    def __init__(self, status: int = 0):
        super().__init__(status)
        self.status = status
