"""MATLAB's colours for the line being typed."""

from __future__ import annotations

from functools import lru_cache

from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from cnnscript.syntax import tokens

# a light and a dark terminal both show these
STYLE = Style.from_dict(
    {
        "prompt": "bold",
        "keyword": "ansiblue",
        "comment": "ansigreen",
        "text": "ansimagenta",
        "command": "ansimagenta",
        "open-text": "ansired",
        "shell": "ansiyellow",
        "number": "",
        "bottom-toolbar": "noreverse",
    }
)


@lru_cache(16)
def coloured_lines(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each line of `text` as (style, piece) pairs."""
    lines: list[list[tuple[str, str]]] = [[]]
    at = 0

    def put(style: str, piece: str) -> None:
        first, *rest = piece.split("\n")
        lines[-1].append((style, first))
        for part in rest:
            lines.append([(style, part)])

    for kind, start, stop in tokens(text):
        if start > at:
            put("", text[at:start])
        put(f"class:{kind}", text[start:stop])
        at = stop
    put("", text[at:])
    return tuple(map(tuple, lines))


class ScriptLexer(Lexer):
    """prompt_toolkit's view of `coloured_lines`."""

    def lex_document(self, document):
        lines = coloured_lines(document.text)
        return lambda number: list(lines[number]) if number < len(lines) else []
