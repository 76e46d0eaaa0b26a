"""Errors and warnings in colour, where a person reads them in a terminal.

Only red, bold and dim are used, which every colour scheme keeps readable; NO_COLOR (https://no-color.org) and
TERM=dumb keep all text plain.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Any

RED, BOLD, DIM, ORANGE, PLAIN = "\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[1;38;5;130m", "\x1b[0m"
HEADS = re.compile(r"(internal error|error|Warning)\b")
CHECK_HEADS = re.compile(r"(error|missing|note)\b")
PLACE = re.compile(r"  \S.*:\d+:\d+|  line \d+|  in \S.*\)(, \d+ times)?")
CARETS = re.compile(r" +[-^ ]*\^[-^ ]*")


def wants_colour(stream: Any, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a person reads this stream in a terminal that shows colours."""
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb" or stream is None or not stream.isatty():
        return False
    return sys.platform != "win32" or "WT_SESSION" in environment


def painted(text: str, heads: re.Pattern[str] = HEADS) -> str:
    """A diagnostic or a warning in colour; any other text as it is."""
    head = heads.match(text)
    if head is None:
        return text
    first, *rest = text.split("\n")
    colour = ORANGE if head[0] in ("Warning", "note") else RED
    lines = [f"{colour}{head[0]}{PLAIN}{first[head.end() :]}"]
    for line in rest:
        if PLACE.fullmatch(line):
            lines.append(f"{DIM}{line}{PLAIN}")
        elif CARETS.fullmatch(line):
            lines.append(f"{RED}{line}{PLAIN}")
        elif line.startswith("  + "):
            lines.append(f"{BOLD}{line}{PLAIN}")
        else:
            lines.append(line)
    return "\n".join(lines)


class PaintedErrors:
    """Standard error, with what is written to it painted.

    sys.stderr is asked for at each write: while TensorFlow is imported another stream stands there.
    """

    def write(self, text: str) -> int:
        return sys.stderr.write(painted(text))

    def flush(self) -> None:
        sys.stderr.flush()

    def isatty(self) -> bool:
        return True
