"""Boundaries in text: digitBoundary, lineBoundary ..., lookAheadBoundary."""

from __future__ import annotations

import re
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.text_patterns import DIGIT, LETTER, LETTER_OR_DIGIT, WHITE
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.text_pattern import TextPattern, pattern_of


def edge(of: str, kind: Any, name: str) -> TextPattern:
    """The beginning or the end of a run of characters."""
    word = "either" if kind is None else take.choice(kind, ("start", "end", "either"), "Boundary type")
    start, end = f"(?<!{of})(?={of})", f"(?<={of})(?!{of})"
    source = {"start": start, "end": end, "either": f"(?:{start}|{end})"}[word]
    return TextPattern(source, name + ("" if kind is None else f'("{word}")'), boundary=True)


@builtin
def digitBoundary(kind=None, /):
    """
    pat = digitBoundary
    pat = digitBoundary(type)

    The place where digits begin ('start'), end ('end') or either.

    Examples
      >> pat = digitBoundary;
      >> disp(split("conv12", pat)')
          "conv"    "12"    ""
      >> pat = digitBoundary("start");
      >> newStr = insertBefore("conv12", pat, "_")
      newStr =
          "conv_12"

    See also letterBoundary, alphanumericBoundary, lookAheadBoundary.
    """
    return edge(DIGIT, kind, "digitBoundary")


@builtin
def letterBoundary(kind=None, /):
    """
    pat = letterBoundary
    pat = letterBoundary(type)

    The place where letters begin ('start'), end ('end') or either.

    Examples
      >> pat = letterBoundary;
      >> disp(count("conv 1", pat))
           2
      >> pat = letterBoundary("start") + "a" + letterBoundary("end");
      >> disp(count("a an a", pat))
           2

    See also digitBoundary, alphanumericBoundary.
    """
    return edge(LETTER, kind, "letterBoundary")


@builtin
def alphanumericBoundary(kind=None, /):
    """
    pat = alphanumericBoundary
    pat = alphanumericBoundary(type)

    The place where letters and digits begin ('start'), end ('end') or either.

    Examples
      >> pat = alphanumericBoundary;
      >> disp(count("a1 b", pat))
           4
      >> pat = alphanumericBoundary("end");
      >> disp(count("a1 b", pat))
           2

    See also letterBoundary, digitBoundary.
    """
    return edge(LETTER_OR_DIGIT, kind, "alphanumericBoundary")


@builtin
def whitespaceBoundary(kind=None, /):
    """
    pat = whitespaceBoundary
    pat = whitespaceBoundary(type)

    The place where white space begins ('start'), ends ('end') or either.

    Examples
      >> pat = whitespaceBoundary;
      >> disp(count("a  b", pat))
           2
      >> pat = whitespaceBoundary("start");
      >> disp(count("a  b", pat))
           1

    See also whitespacePattern, letterBoundary.
    """
    return edge(WHITE, kind, "whitespaceBoundary")


def end_of(start: str, end: str, kind: Any, name: str) -> TextPattern:
    word = "either" if kind is None else take.choice(kind, ("start", "end", "either"), "Boundary type")
    source = {"start": start, "end": end, "either": f"(?:{start}|{end})"}[word]
    return TextPattern(source, name + ("" if kind is None else f'("{word}")'), boundary=True)


@builtin
def textBoundary(kind=None, /):
    """
    pat = textBoundary
    pat = textBoundary(type)

    The beginning ('start') or the end ('end') of a text, or either.

    Examples
      >> pat = textBoundary + "a";
      >> disp(contains(["ab" "ba"], pat))
         1   0
      >> pat = "a" + textBoundary("end");
      >> disp(contains(["ab" "ba"], pat))
         0   1

    See also lineBoundary, letterBoundary.
    """
    return end_of(r"\A", r"\Z", kind, "textBoundary")


@builtin
def lineBoundary(kind=None, /):
    """
    pat = lineBoundary
    pat = lineBoundary(type)

    The beginning ('start') or the end ('end') of a line, or either.

    Examples
      >> pat = lineBoundary + "a";
      >> disp(count("a" + newline + "ab", pat))
           2
      >> pat = lineBoundary("end");
      >> disp(count("a" + newline + "b", pat))
           2

    See also textBoundary, splitlines.
    """
    return end_of(r"(?<![^\n])", r"(?=\r?\n|\Z)", kind, "lineBoundary")


@builtin
def lookAheadBoundary(inner, /):
    """
    pat = lookAheadBoundary(pat2)

    The place in front of a pattern, which is no part of the match.

    Examples
      >> pat = lettersPattern + lookAheadBoundary(digitsPattern);
      >> disp(extract("relu conv1", pat))
      conv

    See also lookBehindBoundary, textBoundary.
    """
    one = pattern_of(inner)
    return TextPattern(f"(?={one.source})", f"lookAheadBoundary({one.written})", boundary=True)


@builtin
def lookBehindBoundary(inner, /):
    """
    pat = lookBehindBoundary(pat2)

    The place behind a pattern, which is no part of the match. The pattern has one length.

    Examples
      >> pat = lookBehindBoundary("conv") + digitsPattern;
      >> disp(extract("relu1 conv2", pat))
      2

    See also lookAheadBoundary, textBoundary.
    """
    one = pattern_of(inner)
    made = TextPattern(f"(?<={one.source})", f"lookBehindBoundary({one.written})", boundary=True)
    try:
        re.compile(made.source)
    except re.error:
        raise ScriptError(
            "cnnscript:NotYet", "Looking behind a pattern whose length varies is not in cnnscript yet.",
            notes=(one.written,), hint="extractAfter(str, pat)",
        ) from None  # fmt: skip
    return made
