"""Colours that programs are given: validatecolor."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.colour import NAMES, SHORT_NAMES, parse_colour
from cnnscript.values import take
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray, norm
from cnnscript.values.text import String, is_text, texts_or_none


@builtin
def validatecolor(colors, sz="one", /):
    """
    RGB = validatecolor(colors)
    RGB = validatecolor(colors, 'one')
    RGB = validatecolor(colors, 'multiple')

    The red, green and blue parts (0 to 1) of a colour, or of several, a row each; an error for what is no colour.

    Colours are rows of three numbers (floats from 0 to 1, uint8 or uint16), names ('red', 'r') or hexadecimal codes
    ('#FF8800', '#F80').

    Examples
      >> RGB = validatecolor(uint8([128 0 255]))
      RGB =
          0.5020         0    1.0000
      >> RGB = validatecolor({'red', '#0F0', 'b'}, 'multiple')
      RGB =
           1     0     0
           0     1     0
           0     0     1

    See also colormap, validatestring, validateattributes.
    """
    several = take.choice(sz, ("one", "multiple"), "Size") == "multiple"
    rows = parts_of_colours(colors)
    if not several and len(rows) != 1:
        raise ScriptError(
            "MATLAB:graphics:validatecolor:MultipleColors", "Specify one color.",
            notes=(f"got {take.described(colors)}",), hint="validatecolor(colors, 'multiple') takes several",
        )  # fmt: skip
    return norm(np.asfortranarray(rows))


def parts_of_colours(value: Any) -> ndarray:
    """n×3, from 0 to 1."""
    if is_text(value) or is_cell(value) or isinstance(value, String):
        words = texts_or_none(value)
        if words is None:
            raise not_a_colour(value)
        return np.array([of_word(word) for word in words], float).reshape(-1, 3)
    if not is_numeric(value):
        raise not_a_colour(value)
    array = as_array(value)
    if array.ndim != 2 or array.shape[1] != 3 or not (array.dtype.kind == "f" or array.dtype in (np.uint8, np.uint16)):
        raise not_a_colour(value)
    if array.dtype.kind == "u":
        return array / float(np.iinfo(array.dtype).max)
    if not ((array >= 0) & (array <= 1)).all():
        raise ScriptError(
            "MATLAB:graphics:validatecolor:OutOfRange", "RGB values must be between 0 and 1.",
            notes=(f"got {take.described(value)}",),
        )  # fmt: skip
    return array.astype(float)


def of_word(word: str) -> tuple[float, float, float]:
    folded = word.strip().lower()
    if not folded.startswith("#") and folded not in NAMES and folded not in SHORT_NAMES:
        raise unknown_word(word)
    try:
        return parse_colour(word)
    except ScriptError:
        raise unknown_word(word) from None


def unknown_word(word: str) -> ScriptError:
    return ScriptError(
        "MATLAB:graphics:validatecolor:InvalidColorString",
        "Invalid color name or hexadecimal color code. Valid names include: 'red', 'green', 'blue', 'cyan', 'magenta', "
        "'yellow', 'black', and 'white'. Valid hexadecimal color codes consist of '#' followed by three or six "
        "hexadecimal digits.",
        notes=(f"got '{word}'",),
    )


def not_a_colour(value: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:graphics:validatecolor:InvalidColor",
        "Colors must be RGB triplets, hexadecimal color codes, or color names.",
        notes=(f"got {take.described(value)}",),
    )
