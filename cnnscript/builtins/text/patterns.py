r"""MATLAB's regular expressions as Python's.

What differs: `(?<name>...)`, `\<` and `\>` at the edges of words, `$` only at the very end, `.` over line ends, `\b` a
backspace, `\oNNN` and `\x{HHHH}` codes, `(?i)` in the middle, named groups that occur twice, letters escaped for no
reason.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cnnscript.errors import ScriptError

KNOWN_ESCAPES = "dDsSwWnrtfv"
CONTROL = {"a": r"\x07", "b": r"\x08", "e": r"\x1b"}
SWITCHES = "ismx"


class Pattern(NamedTuple):
    """A pattern ready to search with.

    source   in Python's syntax
    finder   compiled
    names    group number (from 1) to the name the program gave it
    """

    source: str
    finder: re.Pattern
    names: dict[int, str]


def bad_pattern(pattern: str, why: str) -> ScriptError:
    return ScriptError(
        "MATLAB:regexp:invalidExpression",
        f"Error using regexp: the expression '{pattern}' is not well formed.",
        notes=(why,),
    )


@lru_cache(maxsize=256)
def translated(
    pattern: str, ignore_case: bool = False, line_anchors: bool = False, dot_all: bool = True, free: bool = False
) -> Pattern:
    """A MATLAB pattern, compiled.  Raises ScriptError for one that is not well formed."""
    reader = _Reader(pattern, line_anchors, free)
    source = reader.read()
    flags = (
        (re.IGNORECASE if ignore_case else 0)
        | (re.DOTALL if dot_all else 0)
        | (re.VERBOSE if free else 0)
    )
    try:
        finder = re.compile(source, flags)
    except (re.error, OverflowError, RecursionError) as fault:
        raise bad_pattern(pattern, str(fault)) from None
    return Pattern(source, finder, reader.names)


class _Reader:
    """One pass over a pattern, from left to right."""

    def __init__(self, pattern: str, lines: bool, free: bool):
        self.pattern = pattern
        self.lines = lines
        self.free = free
        self.at = 0
        self.groups = 0
        self.names: dict[int, str] = {}
        self.numbers: dict[str, int] = {}
        self.open: list[int] = []  # how many extra ')' each open group needs (switches in its middle)

    def read(self) -> str:
        out: list[str] = []
        extra = 0
        text, end = self.pattern, len(self.pattern)
        while self.at < end:
            letter = text[self.at]
            if letter == "\\":
                out.append(self.escape())
            elif letter == "[":
                out.append(self.members())
            elif letter == "(":
                made, opened = self.group()
                out.append(made)
                if opened is None:  # a switch: holds to the end of the group around it
                    if self.open:
                        self.open[-1] += made.count("(")
                    else:
                        extra += made.count("(")
                elif opened:
                    self.open.append(0)
            elif letter == ")":
                if not self.open:
                    raise bad_pattern(text, f"the ')' at character {self.at + 1} closes nothing")
                out.append(")" * (1 + self.open.pop()))
                self.at += 1
            elif letter == "$":
                out.append("(?m:$)" if self.lines else r"\Z")
                self.at += 1
            elif letter == "^":
                out.append("(?m:^)" if self.lines else "^")
                self.at += 1
            else:
                out.append(letter)
                self.at += 1
        if self.open:
            raise bad_pattern(text, "a '(' is never closed")
        return "".join(out) + ")" * extra

    def escape(self) -> str:
        text, at = self.pattern, self.at
        if at + 1 >= len(text):
            raise bad_pattern(text, "it ends in a backslash")
        letter = text[at + 1]
        self.at += 2
        if letter == "<":
            return r"\b(?=\w)"
        if letter == ">":
            return r"\b(?<=\w)"
        if letter in CONTROL:
            return CONTROL[letter]
        if letter == "o" and (found := re.compile(r"\{?([0-7]{1,3})\}?").match(text, self.at)):
            self.at = found.end()
            return f"\\x{int(found[1], 8):02x}"
        if letter == "0" and (found := re.compile(r"[0-7]{1,3}").match(text, at + 1)):
            self.at = found.end()
            return f"\\x{int(found[0], 8):02x}"
        if letter == "x" and (found := re.compile(r"\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{1,2})").match(text, self.at)):
            self.at = found.end()
            return f"\\U{int(found[1] or found[2], 16):08x}"
        if letter == "k" and (found := re.compile(r"<(\w+)>").match(text, self.at)):
            self.at = found.end()
            if found[1] not in self.numbers:
                raise bad_pattern(text, f"no token is called '{found[1]}'")
            return f"(?:\\{self.numbers[found[1]]})"
        if letter in "123456789":
            found = re.compile(r"\d{1,2}").match(text, at + 1)
            self.at = found.end()
            return f"(?:\\{found[0]})"
        if letter.isalnum() and letter not in KNOWN_ESCAPES:
            return letter
        return "\\" + letter

    def members(self) -> str:
        """A set such as [^a-z\\d]: brackets and doubled signs inside mean themselves."""
        text, at = self.pattern, self.at + 1
        out = ["["]
        if text[at : at + 1] == "^":
            out.append("^")
            at += 1
        first = True
        while at < len(text) and (text[at] != "]" or first):
            letter = text[at]
            if letter == "\\" and at + 1 < len(text):
                self.at = at
                made = self.escape()
                if made.startswith(("(?:", r"\b(")):  # no edges or tokens in a set: the bare letter
                    made = re.escape(text[at + 1])
                    self.at = at + 2
                out.append(made)
                at = self.at
            else:
                out.append("\\" + letter if letter in "[&|~" or (first and letter == "]") else letter)
                if letter == "-" and text[at + 1 : at + 2] == "-":
                    out[-1] = r"\-"
                at += 1
            first = False
        if at >= len(text):
            raise bad_pattern(text, "a '[' is never closed")
        self.at = at + 1
        return "".join([*out, "]"])

    def group(self) -> tuple[str, bool | None]:
        """The opening of a group; True when it needs its ')', False when it was complete, None for a switch."""
        text, at = self.pattern, self.at
        rest = text[at : at + 4]
        if not rest.startswith("(?"):
            self.groups += 1
            self.at += 1
            return "(", True
        if rest.startswith("(?#"):
            end = text.find(")", at)
            if end < 0:
                raise bad_pattern(text, "a comment is never closed")
            self.at = end + 1
            return "", False
        if rest.startswith(("(?@", "(??")):
            raise bad_pattern(text, "commands inside expressions, (?@...) and (??...), are not in cnnscript yet")
        if found := re.compile(r"\(\?P?<([A-Za-z]\w*)>").match(text, at):
            self.groups += 1
            self.names[self.groups] = found[1]
            self.numbers[found[1]] = self.groups
            self.at = found.end()
            return "(", True
        if found := re.compile(r"\(\?([isx]*)(?:-([isx]+))?:").match(text, at):
            self.at = found.end()
            return found.group(), True
        if found := re.compile(r"\(\?(-?)([ismx]+)\)").match(text, at):
            self.at = found.end()
            return self.switch(found[2], found[1] == ""), None
        for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"):
            if text.startswith(opening, at):
                self.at += len(opening)
                return opening, True
        if found := re.compile(r"\(\?\((\w+)\)").match(text, at):
            word = found[1]
            number = word if word.isdigit() else str(self.numbers.get(word, 0))
            self.at = found.end()
            return f"(?({number})", True
        raise bad_pattern(text, f"'{rest}' at character {at + 1} opens no known kind of group")

    def switch(self, letters: str, on: bool) -> str:
        if "m" in letters:
            self.lines = on
        letters = letters.replace("m", "")
        if not letters:
            return ""
        return f"(?{letters}:" if on else f"(?-{letters}:"
