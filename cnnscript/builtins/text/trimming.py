"""Blanks and case: strtrim, strip, pad, upper, lower, deblank, strjust."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.strings import WHITE
from cnnscript.builtins.text.texts import char_matrix, held, map_text, not_text, one_text, text_items, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, ndarray
from cnnscript.values.text import MISSING, CharArray, is_char

ENDS = WHITE + "\0"


@builtin
def upper(text, /):
    """
    newStr = upper(str)

    Texts in upper case.

    Examples
      >> newStr = upper('relu')
      newStr =
          'RELU'

    See also lower.
    """
    return text if no_letters(text) else map_text(text, str.upper, "upper")


@builtin
def lower(text, /):
    """
    newStr = lower(str)

    Texts in lower case.

    Examples
      >> newStr = lower("ReLU")
      newStr =
          "relu"

    See also upper.
    """
    return text if no_letters(text) else map_text(text, str.lower, "lower")


def no_letters(value: Any) -> bool:
    """Numbers: upper and lower give them back as they are."""
    return (
        type(value) in (float, bool, complex)
        or isinstance(value, np.generic)
        or (type(value) is ndarray and value.dtype != OBJECT)
    )


@builtin
def strtrim(text, /):
    """
    newStr = strtrim(str)

    Texts without white space at both ends.

    Examples
      >> newStr = strtrim('  two words ')
      newStr =
          'two words'

    See also strip, deblank.
    """
    if type(text) is CharArray and text.codes.size:
        rows = text.rows()
        first = min((len(row) - len(row.lstrip(ENDS)) for row in rows if row.strip(ENDS)), default=0)
        last = max(len(row.rstrip(ENDS)) for row in rows)
        return char_matrix(row[first:last] for row in rows)
    if not (is_char(text) or hasattr(text, "data")) or no_letters(text):
        raise ScriptError(
            "MATLAB:strtrim:InputMustBeText",
            "Input must be a string array, character array, or cell array of character arrays.",
        )
    return map_text(text, lambda word: word.strip(ENDS), "strtrim")


@builtin
def deblank(text, /):
    """
    newStr = deblank(str)

    Texts without white space at their ends.

    Examples
      >> disp(['[' deblank(' a  ') ']'])
      [ a]

    See also strtrim, blanks.
    """
    if type(text) is CharArray and text.codes.size:
        rows = text.rows()
        last = max(len(row.rstrip(ENDS)) for row in rows)
        return char_matrix(row[:last] for row in rows)
    if type(text) is ndarray and text.dtype != OBJECT and text.size == 0:
        return text
    return map_text(text, lambda word: word.rstrip(ENDS), "deblank")


SIDES = ("left", "right", "both")


@builtin
def strip(text, /, *rest):
    """
    newStr = strip(str)
    newStr = strip(str, side)
    newStr = strip(str, stripCharacter)
    newStr = strip(str, side, stripCharacter)

    Texts without white space, or without one character, at both ends or one of them ('left', 'right', 'both').

    Examples
      >> newStr = strip("  a ")
      newStr =
          "a"
      >> newStr = strip("0012", "left", "0")
      newStr =
          "12"

    See also strtrim, pad.
    """
    side, letters = "both", ENDS
    for i, item in enumerate(rest):
        word = one_text(item, "strip", "Side")
        if i == 0 and word.lower() in SIDES:
            side = word.lower()
        elif len(word) == 1:
            letters = word
        else:
            raise ScriptError(
                "MATLAB:string:InvalidSide" if i == 0 else "MATLAB:string:InvalidStripCharacter",
                "Side must be 'left', 'right', or 'both'." if i == 0 else "Strip character must be a single character.",
                notes=(f"strip got '{word}'",),
            )
    cut = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}[side]
    return map_text(text, lambda word: cut(word, letters), "strip")


@builtin
def pad(text, /, *rest):
    """
    newStr = pad(str)
    newStr = pad(str, numberOfCharacters)
    newStr = pad(str, numberOfCharacters, side, padCharacter)

    Texts made as long as the longest, or as `numberOfCharacters`, with blanks (or another character) at the right,
    the left or both sides.

    Examples
      >> newStr = pad(["a" "bcd"])
      newStr =
        1×2 string array
          "a  "    "bcd"
      >> newStr = pad("7", 3, "left", "0")
      newStr =
          "007"
      >> disp(strlength(pad("a", 5)))
           5

    See also strip, strjust, blanks.
    """
    texts, shape, kind = text_items(text, "pad")
    width = max((len(word) for word in texts if word is not MISSING), default=0)
    side, letter = "right", " "
    given = list(rest)
    if given and not is_char(given[0]) and no_letters(given[0]):
        width = whole_number(given.pop(0), "pad", "Number of characters")
    for item in given:
        word = one_text(item, "pad", "Side")
        if word.lower() in SIDES:
            side = word.lower()
        elif len(word) == 1:
            letter = word
        else:
            raise ScriptError(
                "MATLAB:string:InvalidSide", "Side must be 'left', 'right', or 'both'.", notes=(f"pad got '{word}'",)
            )

    def padded(word: str) -> str:
        missing = max(width - len(word), 0)
        left = {"left": missing, "right": 0, "both": missing // 2}[side]
        return letter * left + word + letter * (missing - left)

    return held([word if word is MISSING else padded(word) for word in texts], shape, kind)


@builtin
def strjust(text, side="right", /):
    """
    newStr = strjust(str)
    newStr = strjust(str, side)

    Texts moved to the right, left or centre of their own width.

    Examples
      >> newStr = strjust('a  ')
      newStr =
          '  a'
      >> newStr = strjust(' a ', 'left')
      newStr =
          'a  '

    See also pad, strtrim.
    """
    word = one_text(side, "strjust", "Side").lower()
    if word not in ("left", "right", "center"):
        raise ScriptError(
            "MATLAB:strjust:UnknownParameter",
            "Justification must be 'left', 'right' or 'center'.",
            notes=(f"strjust got '{word}'",),
        )

    def justified(row: str) -> str:
        width = len(row)
        if word == "left":
            return row.lstrip(ENDS).ljust(width)
        if word == "right":
            return row.rstrip(ENDS).rjust(width)
        bare = row.strip(ENDS)
        left = (width - len(bare)) // 2
        return " " * left + bare + " " * (width - len(bare) - left)

    if no_letters(text):
        raise not_text("strjust", text)
    return map_text(text, justified, "strjust")
