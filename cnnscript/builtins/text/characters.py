"""The characters of a text: which are letters, blanks or digits; lines; backwards."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.strings import WHITE
from cnnscript.builtins.text.texts import (
    flag_of,
    like_text,
    map_text,
    not_text,
    one_text,
    shaped,
    whole_number,
)
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell, norm, size_of
from cnnscript.values.text import MISSING, String, codes_of, is_char, text_or_none


@builtin
def newline():
    """
    c = newline

    The character that ends a line.

    Examples
      >> disp(['a' newline 'b'])
      a
      b

    See also sprintf, splitlines.
    """
    return "\n"


@builtin
def blanks(count, /):
    """
    chr = blanks(n)

    A char row of n blanks.

    Examples
      >> disp(['a' blanks(3) 'b'])
      a   b

    See also pad, repmat.
    """
    return " " * whole_number(count, "blanks", "Number of blanks")


@builtin
def isspace(value, /):
    """
    TF = isspace(A)

    Which characters are white space.

    Examples
      >> disp(isspace('a b'))
         0   1   0

    See also isletter, isstrprop, strtrim.
    """
    return each_character(value, lambda letter: letter in WHITE or letter == "\x85" or letter == "\xa0")


@builtin
def isletter(value, /):
    """
    TF = isletter(A)

    Which characters are letters.

    Examples
      >> disp(isletter('a1b'))
         1   0   1

    See also isspace, isstrprop.
    """
    return each_character(value, str.isalpha)


def each_character(value: Any, test) -> Any:
    """A logical for every character; values that are no text have none that passes."""
    if type(value) is String and value.data.size == 1 and value.data.item() is not MISSING:
        value = value.data.item()
    if is_cell(value):
        return shaped([each_character(item, test) for item in value.ravel("F").tolist()], value.shape)
    if not is_char(value):
        return norm(np.zeros(size_of(value), bool))
    codes = codes_of(value)
    flags = [bool(test(chr(code))) for code in codes.ravel("F").tolist()]
    return norm(np.array(flags, bool).reshape(codes.shape, order="F"))


PROPERTIES = {
    "alpha": str.isalpha,
    "alphanum": str.isalnum,
    "cntrl": lambda letter: ord(letter) < 32 or 127 <= ord(letter) < 160,
    "digit": lambda letter: letter in "0123456789",
    "graphic": lambda letter: letter.isprintable() and not letter.isspace(),
    "lower": str.islower,
    "print": str.isprintable,
    "punct": lambda letter: (
        letter.isprintable() and not letter.isalnum() and not letter.isspace() and ord(letter) < 128
    ),
    "upper": str.isupper,
    "wspace": lambda letter: letter in WHITE,
    "xdigit": lambda letter: letter in "0123456789abcdefABCDEF",
}


@builtin
def isstrprop(text, category, /, *, ForceCellOutput=False):
    """
    TF = isstrprop(str, category)
    TF = isstrprop(str, category, Name=Value)

    Which characters belong to a category: alpha, alphanum, cntrl, digit, graphic, lower, print, punct, upper, wspace
    or xdigit.

    Options
      ForceCellOutput  true gives a cell for one text too

    Examples
      >> disp(isstrprop('A1 b', 'digit'))
         0   1   0   0

    See also isletter, isspace.
    """
    word = one_text(category, "isstrprop", "Category")
    found = [name for name in PROPERTIES if name.startswith(word.lower())] if word else []
    if word.lower() in PROPERTIES:
        found = [word.lower()]
    if not found:
        raise ScriptError(
            "MATLAB:isstrprop:invalidCategory",
            "Invalid category.",
            notes=(f"isstrprop got '{word}'", "known: " + ", ".join(PROPERTIES)),
        )
    result = each_character(text, PROPERTIES[found[0]])
    if flag_of(ForceCellOutput, "isstrprop", "ForceCellOutput") and not is_cell(result):
        return shaped([result], (1, 1))
    return result


@builtin
def reverse(text, /):
    """
    newStr = reverse(str)

    Each text read backwards.

    Examples
      >> newStr = reverse("abc")
      newStr =
          "cba"

    See also fliplr, strjust.
    """
    return map_text(text, lambda word: word[::-1], "reverse")


@builtin
def splitlines(text, /):
    """
    newStr = splitlines(str)

    The lines of a text, one below the other.

    Examples
      >> newStr = splitlines(sprintf('a\\nb'))
      newStr =
        2×1 cell array
          {'a'}
          {'b'}

    See also split, newline.
    """
    word = text_or_none(text)
    if word is None:
        raise not_text("splitlines", text)
    return like_text(word.replace("\r\n", "\n").replace("\r", "\n").split("\n"), text)
