"""Patterns of text, as digitsPattern and its kind make them: what they match, and how they are written.

A pattern holds Python's regular expression, so that every function that searches texts can search for it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, ClassVar

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.text import is_text, texts_or_none

CHOICE, CHAIN, WHOLE = 0, 1, 2  # how tightly the written form holds together: a | b, a + b, a single word


class TextPattern(Object):
    """One pattern.

    source    the regular expression, in Python's syntax
    written   the expression as MATLAB shows it
    strength  CHOICE, CHAIN or WHOLE: whether it needs parentheses beside an operator
    boundary  it matches a place between characters, which ~ turns round
    """

    class_name: ClassVar[str] = "pattern"

    def __init__(self, source: str, written: str, strength: int = WHOLE, boundary: bool = False):
        self.source = source
        self.written = written
        self.strength = strength
        self.boundary = boundary

    @cached_property
    def finder(self) -> re.Pattern:
        return self.compiled()

    def compiled(self, ignore_case: bool = False) -> re.Pattern:
        """The pattern ready to search with."""
        try:
            return re.compile(self.source, re.DOTALL | (re.IGNORECASE if ignore_case else 0))
        except (re.error, OverflowError, RecursionError) as fault:
            raise ScriptError(
                "MATLAB:pattern:InvalidExpression",
                f"The pattern {self.written} cannot be searched for.",
                notes=(str(fault),),
            ) from None

    def beside(self, strength: int) -> str:
        """The written form beside an operator of that strength."""
        return f"({self.written})" if self.strength < strength else self.written

    def operator(self, name: str, args: tuple) -> Any:
        if name == "not" and self.boundary:
            return TextPattern(f"(?!{self.source})", f"~{self.beside(WHOLE)}", boundary=True)
        if name not in ("plus", "or") or len(args) != 2:
            return NotImplemented
        first, second = pattern_of(args[0]), pattern_of(args[1])
        if name == "plus":
            written = f"{first.beside(CHAIN)} + {second.beside(CHAIN)}"
            return TextPattern(f"(?:{first.source})(?:{second.source})", written, CHAIN)
        return TextPattern(f"(?:{first.source}|{second.source})", f"{first.written} | {second.written}", CHOICE)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        raise ScriptError(
            "cnnscript:NotYet", "Arrays of patterns are not in cnnscript yet.", hint="pat1 | pat2 matches either"
        )

    def components(self) -> str:
        return self.source

    def brief(self, form: Any) -> str:
        return "[1×1 pattern]"

    def disp(self, form: Any) -> str:
        gap = form.blank
        return f"  pattern\n{gap}  Matching:\n{gap}    {self.written}\n{gap}"


def literal(texts: list[str]) -> TextPattern:
    """A pattern of text that matches itself; any of several texts."""
    words = [f'"{text}"' for text in texts]
    if len(texts) == 1:
        return TextPattern(re.escape(texts[0]), words[0])
    longest_first = sorted(texts, key=len, reverse=True)
    return TextPattern("(?:" + "|".join(map(re.escape, longest_first)) + ")", " | ".join(words), CHOICE)


def pattern_of(value: Any) -> TextPattern:
    """A pattern, or text as one."""
    if type(value) is TextPattern:
        return value
    texts = texts_or_none(value) if is_text(value) or class_of(value) == "cell" else None
    if not texts:
        raise ScriptError(
            "MATLAB:string:InvalidPattern",
            "Argument must be a pattern, a string array, a character vector, or a cell array of character vectors.",
            notes=(f"got a {size_text(size_of(value))} {class_of(value)}",),
        )
    return literal(texts)
