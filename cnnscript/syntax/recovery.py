"""A text with mistakes, read to its end: every mistake that stands for itself, and the tree of the rest.

A statement with a mistake is taken out (its characters become blanks, so that all others keep their place; the header
of a block leaves a header behind) and the text is read again.  What follows from taking it out is not told: an `end`
too many or too few after the first mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import tree
from cnnscript.syntax.lexer import CLOSING, OPENERS, OPENING, Scan, Token
from cnnscript.syntax.mistakes import TYPOGRAPHY
from cnnscript.syntax.parser import parse, the_parser

MOST = 10  # statements with a mistake told of one text: each has it read again
MOST_LETTERS = 1_000_000  # read again in all
WORD = re.compile(r"[A-Za-z]\w*")
HEADERS = {
    "IF": "if 1", "WHILE": "while 1", "FOR": "while 1", "PARFOR": "while 1", "SWITCH": "switch 1", "ELSEIF": "elseif 1",
    "CASE": "case 1", "FUNCTION": "function f",
}  # fmt: skip
MEANT = {"#": "%", "!": "~", **{letter: plain for letter, plain in TYPOGRAPHY.items() if len(plain) == 1}}


@dataclass(slots=True)
class Reading:
    """What could be read of a text.

    program   the tree without the statements that have a mistake; None where nothing could be read
    mistakes  in the order of the text
    lost      the words of the statements taken out: they may have been variables
    """

    program: tree.Program | None
    mistakes: list[ScriptError] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)


def read_on(source: Source) -> Reading:
    """Read a whole text past its mistakes."""
    text, reading, again, taken, last = source.text, Reading(None), 0, 0, -1
    while True:
        try:
            reading.program = parse(Source(text, source.name))
            break
        except ScriptError as fault:
            if fault.span is None:
                raise
            at = fault.span.start
            first = not reading.mistakes
            if fault.identifier == "MATLAB:m_illegal_character" and text[at] in MEANT:
                places = _illegal(text, text[at])
                shown = places[:1] if text[at] == "#" else places  # a comment of another language on every line
                reading.mistakes += [_in(source, replace(fault, span=Span(source, k, k + 1))) for k in shown]
                for place in reversed(places):
                    text = text[:place] + MEANT[text[at]] + text[place + 1 :]
                again += len(text)
                continue
            follows = not first and (
                at >= len(text.rstrip()) or _is_end(text, at) or fault.identifier == "MATLAB:m_missing_end"
            )
            if not follows:
                if at <= last:
                    break  # no way on
                last = at
                reading.mistakes.append(_in(source, fault))
            again += len(text)
            taken += 1
            shorter = None if taken > MOST or again > MOST_LETTERS else _without(text, at, reading.lost)
            if shorter is None or shorter == text:
                break
            text = shorter
    reading.mistakes.sort(key=lambda fault: fault.span.start if fault.span else 0)
    return reading


def _illegal(text: str, letter: str) -> list[int]:
    """Where a letter stands that is not of the language."""
    tokens = the_parser().lexer.scan(text).tokens
    return [token.start for token in tokens if token.kind == "ILLEGAL" and token.text[0] == letter]


def _is_end(text: str, at: int) -> bool:
    word = WORD.match(text, at)
    return word is not None and word[0] == "end"


def _in(source: Source, fault: ScriptError) -> ScriptError:
    """The same fault, its places in the text as written."""
    assert fault.span is not None
    fault.span = Span(source, fault.span.start, fault.span.stop)
    fault.marks = tuple(Span(source, mark.start, mark.stop) for mark in fault.marks)
    return fault.with_traceback(None)


def _without(text: str, at: int, lost: set[str]) -> str | None:
    """The text without the statement around offset `at`; None where that leaves nothing to read on."""
    scan = the_parser().lexer.scan(text)
    inside, stop = _statement(scan, text, at)
    if not inside:
        return None
    start = inside[0].start
    lost.update(WORD.findall(text, start, stop))
    left = sum(token.kind in OPENERS for token in inside) - sum(token.kind == "END" for token in inside)
    head = inside[0].kind
    if head == "CLASSDEF":
        return None
    kept = HEADERS.get(head, "") if left > 0 or head in ("ELSEIF", "CASE") else ";end" * -left
    blank = re.sub(r"[^\n]", " ", text[start:stop])
    if len(kept) > len(blank.partition("\n")[0]):
        return None
    return text[:start] + kept + blank[len(kept) :] + text[stop:]


def _statement(scan: Scan, text: str, at: int) -> tuple[list[Token], int]:
    """The tokens of the statement around an offset up to the end of its line, and where that is.

    A bracket that is open at the fault was opened in the line with the mistake: only that line is the statement.
    """
    before: list[Token] = []
    opened: list[Token] = []
    for token in scan.tokens:
        if token.start >= at and (token.stop > at or token.kind == "_NEWLINE"):
            break
        if token.kind in OPENING or token.kind == "LHS_OPEN":
            opened.append(token)
        elif token.kind in CLOSING and opened:
            opened.pop()
        if not opened and token.kind in ("_NEWLINE", "COMMA", "SEMICOLON"):
            before.clear()
        else:
            before.append(token)
    start = before[0].start if before else at
    last = max(opened[0].start, start) if opened else max(at, start)
    stop = text.find("\n", last)
    if not before and stop == at:  # the fault is a newline at the start of a statement: nothing to take out
        return [], at
    stop = len(text) if stop < 0 else stop
    while text[start:stop].rstrip().endswith("...") and stop < len(text):
        stop = text.find("\n", stop + 1) if text.find("\n", stop + 1) >= 0 else len(text)
    return [token for token in scan.tokens if start <= token.start < stop], stop
