"""What stands before the cursor: a name, a member, text in quotes, a word of command syntax; and in which call.

`context(text)` reads the text alone; nothing is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

WORD = re.compile(r"[A-Za-z]\w*$")
# names joined by dots, each perhaps with plain indices: net.Layers(2).   s(end).inner{1,2}.
INDICES = r"(?:\(\s*\w+(?:\s*,\s*\w+)*\s*\)|\{\s*\w+(?:\s*,\s*\w+)*\s*\})?"
MEMBER = re.compile(rf"(?<![\w.])([A-Za-z]\w*{INDICES}(?:\.[A-Za-z]\w*{INDICES})*)\.(\w*)$")
COMMAND = re.compile(r"^\s*([A-Za-z]\w*)\s+([^\s=(].*)?$")
OPTION = re.compile(r"([A-Za-z]\w*)\s*=\s*$")


@dataclass(frozen=True, slots=True)
class Context:
    """Where the cursor stands.

    kind      'name', 'member', 'text' (inside quotes), 'command' (a word of command syntax), or ''
    word      what is typed of the word so far
    owner     for 'member' the dotted expression before the dot; for 'command' the command
    call      name of the function whose parentheses are open, '' where none is
    before    source of the arguments of that call before the one being typed
    option    name of the option whose value is being typed, as the source says (f('Name', '... or f(Name='...)
    quote     the quote that is open, for 'text'
    """

    kind: str
    word: str = ""
    owner: str = ""
    call: str = ""
    before: tuple[str, ...] = field(default=())
    option: str = ""
    quote: str = ""


@dataclass(slots=True)
class Opened:
    """An open bracket: the name before a `(` (None for `[`, `{` and grouping), its arguments, where the next begins."""

    name: str | None
    at: int
    before: list[str] = field(default_factory=list)


def context(text: str, commands: frozenset[str] = frozenset()) -> Context:
    """What is being typed at the end of `text` (its last line and any open parentheses before).

    commands: words that start a line of command syntax.
    """
    opened, quote, at = scan(text)
    if quote == "%":
        return Context("")
    inner = opened[-1] if opened and opened[-1].name else None
    call, before = (inner.name or "", tuple(inner.before)) if inner else ("", ())
    if quote:
        option = OPTION.fullmatch(text[inner.at : at - 1].lstrip()) if inner else None
        named = option[1] if option else before[-1].strip("'\"") if before and before[-1][:1] in "'\"" else ""
        return Context("text", text[at:].replace(quote * 2, quote), "", call, before, named, quote)
    line = text.rpartition("\n")[2]
    if "!" in commands and line.lstrip().startswith("!"):
        return Context("command", line.rpartition(" ")[2].lstrip("!"), "!")
    command = COMMAND.match(line)
    if command and not opened and command[1] in commands:
        return Context("command", (command[2] or "").rpartition(" ")[2], command[1])
    member = MEMBER.search(line)
    if member:
        return Context("member", member[2], member[1], call, before)
    found = WORD.search(line)
    word = found[0] if found else ""
    option = OPTION.fullmatch(text[inner.at : len(text) - len(word)].lstrip()) if inner else None
    return Context("name", word, "", call, before, option[1] if option else "")


def scan(text: str) -> tuple[list[Opened], str, int]:
    """The open brackets, the quote that is open ('%' for a comment), and where what it quotes begins."""
    opened: list[Opened] = []
    at, count = 0, len(text)
    operand = False  # whether a quote here is a transpose
    while at < count:
        letter = text[at]
        if letter == "%" or text.startswith("...", at):
            end = text.find("\n", at)
            if end < 0:
                return [], "%", at
            at = end
        elif letter == '"' or letter == "'" and not operand:
            end = end_of_quote(text, at)
            if end < 0:
                return opened, letter, at + 1
            at, operand = end, text[end] == letter
        elif letter in "([{":
            name = WORD.search(text[:at]) if letter == "(" else None
            opened.append(Opened(name[0] if name else None, at + 1))
            operand = False
        elif letter in ")]}":
            if opened:
                opened.pop()
            operand = True
        elif letter == "," and opened:
            opened[-1].before.append(text[opened[-1].at : at].strip())
            opened[-1].at = at + 1
            operand = False
        elif letter == "\n":
            operand = False
        elif not letter.isspace():
            operand = letter.isalnum() or letter in "_.'"
        elif opened and opened[-1].name is None:
            operand = False  # a blank in brackets lets a quote open text
        at += 1
    return opened, "", 0


def end_of_quote(text: str, at: int) -> int:
    """Where text in quotes ends that begins at `at` (the quote, or the end of its line); -1: it is still open."""
    letter = text[at]
    end = text.find(letter, at + 1)
    while end >= 0 and text[end + 1 : end + 2] == letter:  # a doubled quote is one inside the text
        end = text.find(letter, end + 2)
    line_end = text.find("\n", at)
    return end if end >= 0 and (line_end < 0 or end < line_end) else line_end
