"""Words and shapes written into images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, stamp
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none, texts_or_none


def each_colour(value: Any, count: int, dtype: np.dtype, function: str, option: str) -> list[tuple[float, ...]]:
    """`count` colours from 0 to 1: names, or rows of numbers in the image's own class."""
    words = texts_or_none(value)
    if words is not None:
        found = [take.colour(word) for word in words]
    else:
        rows = np.asarray(take.pixels(value, function, option), float)
        if rows.ndim != 2 or rows.shape[1] != 3:
            raise take.refusal(function, option, "colour names, or rows of red, green and blue", value)
        white = float(np.iinfo(dtype).max) if dtype.kind in "iu" else 1.0
        found = [tuple(float(part) for part in np.clip(row / white, 0, 1)) for row in rows]
    if not count:
        return []
    if len(found) not in (1, count):
        raise ScriptError(f"vision:{function}:colours", f"{option} must be one colour, or one for each place.")
    return found * (count // len(found))


@builtin
def insertText(
    A, position, text, /, *, Font=None, FontSize=18.0, TextColor="black", BoxColor="yellow", BoxOpacity=0.6,
    AnchorPoint="LeftTop", FontColor=None, TextBoxColor=None
):  # fmt: skip
    """
    RGB = insertText(I, position, text)
    RGB = insertText(..., Name=Value)

    Write words into the pixels of an image, each in a box.

    position is [x y], or a row for each text; text may be a number. The result is in colour, in the class of I.

    Options
      Font         name of an installed font
      FontSize     in pixels (18)
      TextColor    a name, or red, green and blue in the class of I ('black')
      BoxColor     likewise ('yellow')
      BoxOpacity   0 (no box) to 1 (0.6)
      AnchorPoint  which point of the box lies at position: 'LeftTop', 'Center', 'RightBottom' ...
      FontColor    the same as TextColor
      TextBoxColor  the same as BoxColor

    Examples
      >> B = insertText(zeros(40, 200, 'uint8'), [1 1], 'espresso', BoxOpacity=1); size(B), squeeze(B(1, 1, :))'
      ans =
          40   200     3
      ans =
        1×3 uint8 row vector
         255   255     0
      >> C = insertText(ones(60), [5 5; 5 30], [0.25 3], FontSize=10, TextColor=[1 0 0; 0 0 1]); class(C)
      ans =
          'double'

    See also insertShape, insertMarker, insertObjectAnnotation, text.
    """
    image = take.pixels(A, "insertText")
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise take.refusal("insertText", "the image", "grey or colour", A)
    places = np.asarray(take.pixels(position, "insertText", "the position"), float)
    places = places if places.size else np.zeros((0, 2))
    if places.ndim != 2 or places.shape[1] != 2:
        raise take.refusal("insertText", "the position", "[x y], or a row for each text", position)
    words = texts_or_none(text)
    if words is None:
        words = [f"{number:.5g}" for number in take.numbers(text, "insertText", "the text")]
    count = len(places)
    if count and len(words) not in (1, count):
        raise ScriptError(
            "vision:insertText:sizes",
            "There must be one text, or one for each position.",
            notes=(f"{len(words)} texts, {count} positions",),
        )
    size = take.count(FontSize, "insertText", "FontSize")
    opacity = take.number(BoxOpacity, "insertText", "BoxOpacity")
    if not 1 <= size <= 200:
        raise take.refusal("insertText", "FontSize", "a whole number from 1 to 200", FontSize)
    if not 0 <= opacity <= 1:
        raise take.refusal("insertText", "BoxOpacity", "a number from 0 to 1", BoxOpacity)
    anchor = take.choice(AnchorPoint, tuple(stamp.ANCHORS), "insertText", "AnchorPoint")
    TextColor = TextColor if FontColor is None else FontColor
    BoxColor = BoxColor if TextBoxColor is None else TextBoxColor
    inks = each_colour(TextColor, count, image.dtype, "insertText", "TextColor")
    boxes = each_colour(BoxColor, count, image.dtype, "insertText", "BoxColor")
    font = text_or_none(Font)
    for k in range(count):
        image = stamp.write(
            image,
            words[k % len(words)],
            tuple(places[k]),
            size,
            inks[k],
            boxes[k] if opacity else None,
            opacity,
            anchor,
            font,
        )
    return norm(np.asfortranarray(colour.as_rgb(image)))
