"""What keys do: Enter runs a statement or goes on with an open block, Tab indents or completes, a paste comes whole."""

from __future__ import annotations

from typing import Any

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from cnnscript.syntax import incomplete, tokens

STEP = "    "
OPENERS = frozenset(("if", "for", "while", "switch", "try", "parfor", "spmd", "function", "classdef"))
MIDDLES = frozenset(("else", "elseif", "catch"))
CASES = frozenset(("case", "otherwise"))
PROMPT = ">> "


def keys() -> KeyBindings:
    """The bindings that differ from prompt_toolkit's."""
    bindings = KeyBindings()

    @bindings.add("enter", filter=~is_searching)
    def _(event):
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
            return
        settle(buffer)
        if incomplete(buffer.text):
            buffer.insert_text("\n" + indentation(buffer.document.text_before_cursor))
        else:
            buffer.cursor_position = len(buffer.text)
            buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _(event):
        event.current_buffer.insert_text("\n" + indentation(event.current_buffer.document.text_before_cursor))

    @bindings.add("tab", filter=Condition(at_line_start))
    def _(event):
        event.current_buffer.insert_text(STEP)

    @bindings.add(Keys.BracketedPaste)
    def _(event):
        event.current_buffer.insert_text(pasted(event.data))

    return bindings


def at_line_start() -> bool:
    """Whether only blanks stand before the cursor, in a line after the first."""
    document = get_app().current_buffer.document
    return "\n" in document.text and not document.current_line_before_cursor.strip()


def pasted(text: str) -> str:
    """Text from the clipboard as lines to run: no end of the last line, no prompts of a copied session."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if lines[0].startswith(PROMPT):
        lines = [line.removeprefix(PROMPT) for line in lines]
    return "\n".join(lines)


# ---------------------------------------------------------------------------------------------------------- indentation
def settle(buffer: Any) -> None:
    """Move the line of the cursor out to where the block begins that it ends or divides (`end`, `else` ...)."""
    document = buffer.document
    line = document.current_line
    before = document.text[: document.cursor_position - len(document.current_line_before_cursor)]
    wanted = place_of(line, before)
    more = len(line) - len(line.lstrip()) - len(wanted)
    if more > 0:
        column = document.cursor_position_col
        buffer.document = type(document)(
            before + wanted + line.lstrip() + document.text[len(before) + len(line) :],
            len(before) + max(column - more, 0),
        )


def place_of(line: str, before: str) -> str:
    """The blanks before a line of which `before` are all the lines above: its own, or its block's if it ends one."""
    blanks = line[: len(line) - len(line.lstrip())]
    word = first_keyword(line)
    if word not in MIDDLES and word not in CASES and word != "end":
        return blanks
    above = open_blocks(before)
    if not above:
        return blanks
    _, start = above[-1]
    return start + STEP if word in CASES else start


def indentation(text: str) -> str:
    """Blanks for the line after `text`: as its last line, more where that line opens a block or is a part of one."""
    line = text.rpartition("\n")[2]
    blanks = line[: len(line) - len(line.lstrip())]
    above = len(open_blocks(text[: len(text) - len(line)]))
    opened = len(open_blocks(text)) > above
    word = first_keyword(line)
    return blanks + STEP if opened or word in MIDDLES or word in CASES else blanks


def first_keyword(line: str) -> str:
    """The keyword that a line begins with, or ''."""
    found = next(iter(tokens(line)), ("", 0, 0))
    word = line[found[1] : found[2]]
    return word if found[0] == "keyword" or word in MIDDLES | CASES else ""


def open_blocks(text: str) -> list[tuple[str, str]]:
    """The blocks that are open at the end of a text: what opened each, and the blanks before that line."""
    blocks: list[tuple[str, str]] = []
    depth = 0
    for kind, start, stop in tokens(text):
        word = text[start:stop]
        if kind == "bracket":
            depth += 1 if word in "([{" else -1
        elif kind == "keyword" and depth <= 0:
            if word in OPENERS:
                line = text[text.rfind("\n", 0, start) + 1 : start]
                blocks.append((word, line[: len(line) - len(line.lstrip())]))
            elif word == "end" and blocks:
                blocks.pop()
    return blocks
