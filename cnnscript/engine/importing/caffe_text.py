"""Caffe's .prototxt: protocol buffers as text, read into fields and messages.

    name: "net"
    layer { name: "conv1" convolution_param { num_output: 96 pad: 1 pad: 2 } }

A Message gives all the values of a field in order; words such as MAX come as text, numbers as int or float.
"""

from __future__ import annotations

import re
from typing import Any

TOKEN = re.compile(r'\s+|#[^\n]*|(?P<text>"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')|(?P<word>[A-Za-z_][\w.]*)'
                   r"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?f?)|(?P<sign>[{}:;,<>\[\]])")  # fmt: skip


class Message:
    """Fields by name; a field may come several times."""

    def __init__(self) -> None:
        self.fields: dict[str, list[Any]] = {}

    def all(self, name: str) -> list[Any]:
        return self.fields.get(name, [])

    def get(self, name: str, otherwise: Any = None) -> Any:
        found = self.fields.get(name)
        return found[-1] if found else otherwise

    def part(self, name: str) -> Message:
        """A message within; an empty one where there is none."""
        found = self.get(name)
        return found if isinstance(found, Message) else Message()

    def add(self, name: str, value: Any) -> None:
        self.fields.setdefault(name, []).append(value)


def read_text(text: str) -> Message:
    """The message of a .prototxt; ValueError with the line where it is none."""
    tokens: list[tuple[str, str, int]] = []
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"line {text.count(chr(10), 0, at) + 1}: '{text[at]}' is not expected")
        if found.lastgroup:
            tokens.append((found.lastgroup, found.group(), at))
        at = found.end()
    tokens.append(("end", "", len(text)))
    return Reader(text, tokens).message("end")


class Reader:
    def __init__(self, text: str, tokens: list[tuple[str, str, int]]):
        self.text, self.tokens, self.at = text, tokens, 0

    def fault(self) -> ValueError:
        kind, token, place = self.tokens[self.at]
        line = self.text.count("\n", 0, place) + 1
        return ValueError(f"line {line}: " + (f"'{token}' is not expected" if kind != "end" else "the text ends early"))

    def take(self, *kinds: str) -> str:
        kind, token, _ = self.tokens[self.at]
        if kind not in kinds and token not in kinds:
            raise self.fault()
        self.at += 1
        return token

    def next_is(self, *tokens: str) -> bool:
        return self.tokens[self.at][1] in tokens and self.tokens[self.at][0] == "sign"

    def message(self, ending: str) -> Message:
        found = Message()
        while not (self.tokens[self.at][0] == ending or self.next_is(ending)):
            name = self.take("word")
            colon = self.next_is(":")
            if colon:
                self.take(":")
            if self.next_is("{", "<"):
                closing = "}" if self.take("{", "<") == "{" else ">"
                found.add(name, self.message(closing))
                self.take(closing)
            elif not colon:
                raise self.fault()
            elif self.next_is("["):
                self.take("[")
                while not self.next_is("]"):
                    found.add(name, self.value())
                    if not self.next_is("]"):
                        self.take(",")
                self.take("]")
            else:
                found.add(name, self.value())
            while self.next_is(";", ","):
                self.at += 1
        return found

    def value(self) -> Any:
        kind = self.tokens[self.at][0]
        token = self.take("text", "word", "number")
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if kind == "word":
            return {"true": True, "false": False}.get(token, token)
        number = token.rstrip("f")
        return int(number) if re.fullmatch(r"[-+]?\d+", number) else float(number)
