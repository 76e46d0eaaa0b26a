"""Words written into the pixels of an image."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, scale

PADDING = 4  # pixels between the words and the edge of their box
# Which part of the box's width and height lies left of and above a point of it.
ANCHORS = {
    "LeftTop": (0.0, 0.0),
    "LeftCenter": (0.0, 0.5),
    "LeftBottom": (0.0, 1.0),
    "CenterTop": (0.5, 0.0),
    "Center": (0.5, 0.5),
    "CenterBottom": (0.5, 1.0),
    "RightTop": (1.0, 0.0),
    "RightCenter": (1.0, 0.5),
    "RightBottom": (1.0, 1.0),
}


def font_file(name: str | None) -> str:
    """The file of an installed font; without a name, of the sans-serif one that pictures are labelled with."""
    from matplotlib import font_manager

    from cnnscript.pictures.drawing.draw_words import fonts

    try:
        return font_manager.findfont(name or fonts()[0], fallback_to_default=name is None)
    except ValueError:
        raise ScriptError(
            "vision:insertText:font", f"The font '{name}' is not installed.", hint="without Font a font is chosen"
        ) from None


def write(
    image: np.ndarray,
    words: str,
    place: tuple[float, float],
    size: int = 18,
    ink: tuple[float, float, float] = (0.0, 0.0, 0.0),
    box: tuple[float, float, float] | None = (1.0, 1.0, 0.0),
    opacity: float = 0.6,
    anchor: str = "LeftTop",
    font: str | None = None,
    within: bool = False,
) -> np.ndarray:
    """The image (any class) in colour, with words in a box.

    place: x and y of the box's anchor, the middle of the first pixel being 1, 1.  size: of the font in pixels.  box:
    its colour, or None; opacity: of the box, 0 to 1.  within: move a box that would lie over the edge into the image.
    """
    from PIL import Image, ImageDraw, ImageFont

    canvas = colour.as_rgb(image).copy()
    letters = ImageFont.truetype(font_file(font), size)
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), words, letters)
    width, height = int(right - left) + 2 * PADDING, int(bottom - top) + 2 * PADDING
    mask = Image.new("L", (width, height))
    ImageDraw.Draw(mask).multiline_text((PADDING - left, PADDING - top), words, 255, letters)
    across, down = ANCHORS[anchor]
    x = round(place[0]) - 1 - round(across * (width - 1))
    y = round(place[1]) - 1 - round(down * (height - 1))
    if within:
        x = max(0, min(x, canvas.shape[1] - width))
        y = max(0, min(y, canvas.shape[0] - height))
    rows = slice(max(y, 0), min(y + height, canvas.shape[0]))
    columns = slice(max(x, 0), min(x + width, canvas.shape[1]))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return canvas
    part = scale.im2double(canvas[rows, columns])
    if box is not None:
        part = part * (1 - opacity) + np.array(box) * opacity
    share = np.array(mask)[rows.start - y : rows.stop - y, columns.start - x : columns.stop - x, None] / 255
    part = part * (1 - share) + np.array(ink) * share
    canvas[rows, columns] = scale.back_to_class(part, image.dtype)
    return canvas
