"""What each word of a text is, for colouring it; the text may be unfinished or wrong."""

from __future__ import annotations

from cnnscript.syntax.lexer import FAULTS
from cnnscript.syntax.parser import the_parser

KINDS = {
    "NAME": "name", "CATCH_NAME": "name", "NUMBER": "number", "CHARS": "text", "STRING": "text",
    "OPEN_CHARS": "open-text", "OPEN_STRING": "open-text", "OPEN_COMMENT": "comment",
    "CMD_NAME": "name", "CMD_ARG": "command", "SHELL": "shell", "END_INDEX": "keyword",
    "LPAR": "bracket", "RPAR": "bracket", "LSQB": "bracket", "RSQB": "bracket", "LHS_OPEN": "bracket",
    "LBRACE": "bracket", "RBRACE": "bracket",
}  # fmt: skip


def tokens(text: str, variables: frozenset[str] = frozenset()) -> list[tuple[str, int, int]]:
    """The words of a text in order, as (kind, start, stop); what lies between them is blank.

    Kinds: keyword, name, number, text, open-text (a quote never closed), command (a word of command syntax), shell,
    comment, bracket, operator, error (a character that is not in the language).  Any text gives an answer.
    """
    scan = the_parser().lexer.scan(text, variables)
    words = [("comment", start, stop) for start, stop in scan.comments]
    for token in scan.tokens:
        kind = token.kind
        if token.start == token.stop or token.text == "\n" or kind == "OPEN_COMMENT":
            continue
        if token.text.isalpha() and kind not in KINDS and kind not in FAULTS:
            words.append(("keyword", token.start, token.stop))
        else:
            words.append((KINDS.get(kind, "error" if kind in FAULTS else "operator"), token.start, token.stop))
    return sorted(words, key=lambda word: word[1:])
