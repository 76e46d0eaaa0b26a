"""What Tab offers: variables, functions, fields and properties, options, file names, and the names of a network's layers.

`context(text)` reads the line up to the cursor and says what stands there; `candidates` looks the answers up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from prompt_toolkit.completion import Completer, Completion

WORD = re.compile(r"[A-Za-z]\w*$")
DOTTED = re.compile(r"([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)\.(\w*)$")
COMMAND = re.compile(r"^\s*([A-Za-z]\w*)\s+([^\s=(].*)?$")

KEYWORDS = [
    "break",
    "case",
    "catch",
    "classdef",
    "continue",
    "else",
    "elseif",
    "end",
    "for",
    "function",
    "global",
    "if",
    "otherwise",
    "parfor",
    "persistent",
    "return",
    "spmd",
    "switch",
    "try",
    "while",
]

# what a command-syntax word is followed by: fixed words, or a kind of name
COMMAND_WORDS = {
    "format": ["short", "long", "shortG", "longG", "shortE", "longE", "compact", "loose"],
    "hold": ["on", "off"],
    "axis": ["on", "off", "equal", "tight", "image", "auto", "ij", "xy", "square"],
    "close": ["all"],
    "colorbar": ["off"],
    "grid": ["on", "off", "minor"],
    "colormap": ["parula", "jet", "turbo", "hsv", "hot", "cool", "gray", "bone", "copper"],
    "warning": ["on", "off"],
    "rng": ["default", "shuffle"],
    "clear": "variables",
    "clearvars": "variables",
    "save": "files",
    "load": "files",
    "cd": "files",
    "ls": "files",
    "dir": "files",
    "run": "files",
    "help": "functions",
    "doc": "functions",
    "which": "functions",
    "type": "functions",
}


@dataclass(frozen=True, slots=True)
class Context:
    """Where the cursor stands.

    kind      'name', 'member', 'text' (inside quotes), 'command' (a word of command syntax), or ''
    word      what is typed of the word so far
    owner     for 'member' the dotted expression before the dot; for 'command' the command
    call      name of the function whose parentheses are open, '' where none is
    before    source of the arguments of that call before the one being typed
    quote     the quote that is open, for 'text'
    """

    kind: str
    word: str = ""
    owner: str = ""
    call: str = ""
    before: tuple[str, ...] = field(default=())
    quote: str = ""


def context(text: str) -> Context:
    """What is being typed at the end of `text` (its last line and any open parentheses before)."""
    calls, quote, quoted_from, comment = _scan(text)
    call, before = calls[-1] if calls else ("", ())
    if comment:
        return Context("")
    if quote:
        return Context("text", text[quoted_from:].replace(quote * 2, quote), call=call, before=before, quote=quote)
    line = text.rpartition("\n")[2]
    member = DOTTED.search(line)
    if member:
        return Context("member", member[2], member[1], call, before)
    command = COMMAND.match(line)
    if command and not calls and command[1] in COMMAND_WORDS:
        return Context("command", (command[2] or "").rpartition(" ")[2], command[1])
    word = WORD.search(line)
    return Context("name", word[0] if word else "", call=call, before=before)


def _scan(text: str) -> tuple[list[tuple[str, tuple[str, ...]]], str, int, bool]:
    """The calls whose parentheses are open, the open quote and where its text starts, and whether a comment is open."""
    opened: list[list] = []  # name (None for [ and {), argument sources, start of the argument being read
    at, count = 0, len(text)
    operand = False
    while at < count:
        letter = text[at]
        if letter == "%" or text.startswith("...", at):
            end = text.find("\n", at)
            if end < 0:
                return [], "", 0, True
            at = end
        elif letter == '"' or letter == "'" and not operand:
            end = text.find(letter, at + 1)
            while end >= 0 and text[end + 1 : end + 2] == letter:  # a doubled quote is one inside the text
                end = text.find(letter, end + 2)
            line_end = text.find("\n", at)
            if end < 0 or 0 <= line_end < end:
                if line_end < 0:
                    return [(name, tuple(done)) for name, done, _ in opened if name], letter, at + 1, False
                end = line_end
            at = end
            operand = True
        elif letter in "([{":
            name = WORD.search(text[:at]) if letter == "(" else None
            opened.append([name[0] if name else None, [], at + 1])
            operand = False
        elif letter in ")]}":
            if opened:
                opened.pop()
            operand = True
        elif letter == "," and opened:
            opened[-1][1].append(text[opened[-1][2] : at].strip())
            opened[-1][2] = at + 1
            operand = False
        elif letter == "\n":
            operand = False
        elif not letter.isspace():
            operand = letter.isalnum() or letter in "_.'"
        elif opened and opened[-1][0] is None:
            operand = False  # a blank in brackets lets a quote open text
        at += 1
    return [(name, tuple(done)) for name, done, _ in opened if name], "", 0, False


class SessionCompleter(Completer):
    """Completions from a session's workspace, its table of functions and its folders."""

    def __init__(self, session: Any):
        self.session = session

    def get_completions(self, document, complete_event) -> Iterator[Completion]:
        place = context(document.text_before_cursor)
        for text, meta, typed in self.candidates(place):
            yield Completion(text, -len(typed), display_meta=meta)

    def candidates(self, place: Context) -> Iterator[tuple[str, str, str]]:
        """(text, what it is, how much of it is typed) for each name that fits."""
        if place.kind == "member":
            yield from _starting(place.word, self.members(place.owner), "", place.word)
        elif place.kind == "text":
            yield from self.in_quotes(place)
        elif place.kind == "command":
            yield from self.command_words(place)
        elif place.kind == "name" and (place.word or place.call):
            yield from _starting(place.word, self.options(place.call), "option", place.word, "=")
            if place.word:
                yield from _starting(place.word, sorted(self.session.workspace), "variable", place.word)
                yield from _starting(place.word, self.session.function_names(), "function", place.word)
                yield from _starting(place.word, KEYWORDS, "keyword", place.word)

    def members(self, owner: str) -> list[str]:
        """Fields or properties of what a dotted expression of plain names holds; nothing is called."""
        first, *rest = owner.split(".")
        value = self.session.workspace.get(first)
        for name in rest:
            value = member(value, name)
        return member_names(value)

    def options(self, call: str) -> list[str]:
        return list(self.session.option_names(call)) if call else []

    def in_quotes(self, place: Context) -> Iterator[tuple[str, str, str]]:
        close = place.quote
        for source in place.before:
            value = self.session.workspace.get(source)
            names = getattr(value, "layer_names", None)
            if names is not None:
                yield from _starting(place.word, names(), "layer", place.word, close)
        yield from _starting(place.word, self.options(place.call), "option", place.word, close)
        yield from self.files(place.word)

    def command_words(self, place: Context) -> Iterator[tuple[str, str, str]]:
        kind = COMMAND_WORDS[place.owner]
        if kind == "files":
            yield from self.files(place.word)
        elif kind == "variables":
            yield from _starting(place.word, sorted(self.session.workspace), "variable", place.word)
        elif kind == "functions":
            yield from _starting(place.word, self.session.function_names(), "function", place.word)
        else:
            yield from _starting(place.word, kind, "", place.word)

    def files(self, typed: str) -> Iterator[tuple[str, str, str]]:
        """Files and folders whose path starts as typed, and bundled pictures for a bare name."""
        folder, name = os.path.split(typed)
        try:
            entries = sorted(os.scandir(os.path.expanduser(folder) or "."), key=lambda entry: entry.name)
        except OSError:
            entries = []
        for entry in entries:
            if entry.name.lower().startswith(name.lower()) and (name or not entry.name.startswith(".")):
                is_folder = entry.is_dir()
                yield entry.name + ("/" if is_folder else ""), "folder" if is_folder else "file", name
        if not folder:
            yield from _starting(typed, self.session.bundled_pictures(), "picture", typed)


def member(value: Any, name: str) -> Any:
    """A field or plain property, None where there is none."""
    fields = getattr(value, "fields", None)
    if fields is not None:
        return fields.get(name)
    if hasattr(value, "property_names") and name in value.property_names():
        return value.get(name)
    return None


def member_names(value: Any) -> list[str]:
    """Fields of a struct; properties and methods of an object."""
    if hasattr(value, "names") and hasattr(value, "size"):
        names = value.names
        return list(names()) if callable(names) else []
    if hasattr(value, "property_names"):
        return [*value.property_names(), *sorted(value.methods)]
    return []


def _starting(word: str, names: Iterable[str], meta: str, typed: str, tail: str = "") -> Iterator[tuple[str, str, str]]:
    folded = word.lower()
    for name in names:
        if name.lower().startswith(folded):
            yield name + tail, meta, typed
