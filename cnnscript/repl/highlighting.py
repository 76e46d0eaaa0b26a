"""MATLAB's colours for the line being typed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from cnnscript.syntax import tokens

# Of each hue the lightness that stands out from black as much as from white (about 4.5 to 1 both ways).
BLUE, GREEN, PURPLE, RED, GOLD = "#1d70ed", "#138831", "#ba37d5", "#e32719", "#a26a09"
STYLE = Style.from_dict(
    {
        "prompt": "bold",
        "keyword": BLUE,
        "comment": GREEN,
        "text": PURPLE,
        "command": PURPLE,
        "open-text": RED,
        "shell": GOLD,
        "error": f"{RED} underline",
        "auto-suggestion": "#808080",
        "matching-bracket.cursor": "bold underline",
        "matching-bracket.other": "bold underline",
    }
)


@lru_cache(16)
def coloured_lines(text: str, variables: frozenset[str] = frozenset()) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each line of `text` as (style, piece) pairs."""
    lines: list[list[tuple[str, str]]] = [[]]
    at = 0

    def put(style: str, piece: str) -> None:
        first, *rest = piece.split("\n")
        lines[-1].append((style, first))
        for part in rest:
            lines.append([(style, part)])

    for kind, start, stop in tokens(text, variables):
        if start > at:
            put("", text[at:start])
        put(f"class:{kind}", text[start:stop])
        at = stop
    put("", text[at:])
    return tuple(map(tuple, lines))


class ScriptLexer(Lexer):
    """prompt_toolkit's view of `coloured_lines`; names of variables are no commands (`x -1`)."""

    def __init__(self, session: Any):
        self.session = session

    def lex_document(self, document):
        lines = coloured_lines(document.text, frozenset(self.session.variables))
        return lambda number: list(lines[number]) if number < len(lines) else []
