"""Shapes, markers and labelled boxes drawn into the pixels of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_words import each_colour
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import stamp, strokes
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import text_or_none, texts_or_none

SHAPES = (
    "rectangle", "filled-rectangle", "line", "polygon", "filled-polygon", "circle", "filled-circle", "projected-cuboid"
)  # fmt: skip
WIDTHS = {"rectangle": (4, 5), "circle": (3,)}  # how many numbers a place has
AROUND = ((0, 1), (1, 2), (2, 3), (3, 0))
CUBOID_EDGES = (*AROUND, *((4 + a, 4 + b) for a, b in AROUND), *((k, k + 4) for k in range(4)))
IMAGE_CLASSES = ("double", "single", "uint8", "uint16", "int16", "logical")
MARKERS = {"o": "circle", "x": "x-mark", "+": "plus", "*": "star", "s": "square"}


def base_image(value: Any, function: str) -> np.ndarray:
    """The image to draw on: grey or in colour, of a class that vision functions take."""
    array = take.numeric(value, function, "I", 1, IMAGE_CLASSES)
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] != 3):
        raise ScriptError(
            f"vision:{function}:invalidImage",
            "The image must be M-by-N or M-by-N-by-3.",
            notes=("got " + "x".join(map(str, array.shape)),),
        )
    return array


def shape_word(value: Any, function: str, shapes: tuple[str, ...] = SHAPES) -> str:
    """The name of a shape, in any case, with or without its hyphen ('FilledCircle')."""
    word = take.word(value, function, "the shape")
    plain = word.lower().replace("-", "").replace("_", "")
    found = next((shape for shape in shapes if shape.replace("-", "") == plain), None)
    return found if found is not None else take.choice(value, shapes, function, "the shape")


def places_of(value: Any, shape: str, function: str) -> list[np.ndarray]:
    """The places of shapes: a row of numbers each, points of lines and polygons k×2, corners of cuboids 8×2."""
    kind = shape.removeprefix("filled-")
    if is_cell(value):
        if kind in WIDTHS:
            raise take.refusal(function, "the position", "a matrix with a row for each shape", value)
        return [points_of(item, kind, function) for item in value.ravel(order="F")]
    array = np.asarray(take.pixels(value, function, "the position"), float)
    if not array.size:
        return []  # a detector that found nothing
    if not np.isfinite(array).all():
        raise ScriptError(f"MATLAB:{function}:expectedFinite", "Expected position to be finite.")
    if kind == "projected-cuboid" and array.ndim in (2, 3) and array.shape[:2] == (8, 2):
        return list(np.moveaxis(array.reshape(8, 2, -1), 2, 0))
    if array.ndim != 2:
        raise take.refusal(function, "the position", "a matrix", value)
    if kind in WIDTHS:
        if array.shape[1] not in WIDTHS[kind]:
            count = " or ".join(map(str, WIDTHS[kind]))
            raise ScriptError(
                f"vision:{function}:invalidNumColPos",
                f"The number of columns in the position matrix must be {count} for the shape '{shape}'.",
                notes=(f"got {array.shape[0]}x{array.shape[1]}",),
            )
        sizes = array[:, 2:4] if kind == "rectangle" else array[:, 2:]
        if (sizes <= 0).any():
            raise ScriptError(
                f"vision:{function}:nonPositiveSize",
                f"The {'width and height' if kind == 'rectangle' else 'radius'} of a {kind} must be positive.",
            )
        return list(array)
    return [points_of(row, kind, function) for row in array]


def points_of(value: Any, kind: str, function: str) -> np.ndarray:
    """k×2 points of one line, polygon or cuboid, from such a matrix or from [x1 y1 x2 y2 ...]."""
    array = np.asarray(take.pixels(value, function, "the position"), float)
    if array.ndim == 2 and array.shape[1] == 2 and array.shape[0] > 1:
        points = array
    elif array.size % 2 == 0 and (array.ndim == 1 or 1 in array.shape):
        points = array.ravel().reshape(-1, 2)
    else:
        raise take.refusal(function, "the position", "points [x1 y1 x2 y2 ...]", value)
    if kind == "projected-cuboid" and len(points) == 4:  # two faces, [x y width height] each
        return np.vstack([rectangle_corners(face) for face in points.reshape(2, 4)])
    fewest = {"line": 2, "polygon": 3, "projected-cuboid": 8}.get(kind, 1)
    if len(points) < fewest or (kind == "projected-cuboid" and len(points) != 8):
        raise ScriptError(
            f"vision:{function}:tooFewPoints",
            f"The position of a {kind} must have {'8' if fewest == 8 else f'at least {fewest}'} points.",
            notes=(f"got {len(points)}",),
        )
    return points


def rectangle_corners(row: np.ndarray) -> np.ndarray:
    """The corner pixels of [x y width height], or the corners of [x y width height angle] about its middle."""
    if len(row) == 5:
        x, y, width, height, angle = row
        turn = np.deg2rad(angle)
        along = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * (width / 2, height / 2)
        return along @ np.array(((np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn)))) + (x, y)
    x, y, width, height = row
    return np.array(((x, y), (x + width - 1, y), (x + width - 1, y + height - 1), (x, y + height - 1)))


def draw(
    canvas: np.ndarray, shape: str, place: np.ndarray, ink: strokes.Colour, width: int, opacity: float, smooth: bool
) -> None:
    """One shape on the canvas."""
    filled, kind = shape.startswith("filled-"), shape.removeprefix("filled-")
    if kind == "rectangle" and len(place) == 4:
        if filled:
            strokes.filled_box(canvas, *place, ink, opacity)
        else:
            strokes.box(canvas, *place, ink, width)
    elif kind == "circle":
        if filled:
            strokes.disk(canvas, *place, ink, opacity, smooth)
        else:
            strokes.circle(canvas, *place, ink, width, smooth)
    elif kind == "projected-cuboid":
        for start, end in CUBOID_EDGES:
            strokes.line(canvas, place[[start, end]], ink, width, smooth)
    else:
        points = rectangle_corners(place) if kind == "rectangle" else place
        if filled:
            strokes.polygon(canvas, points, ink, opacity, smooth)
        else:
            strokes.line(canvas, points, ink, width, smooth, closed=kind != "line")


def line_width(value: Any, function: str) -> int:
    width = take.count(value, function, "LineWidth")
    if not width:
        raise take.refusal(function, "LineWidth", "a positive integer", value)
    return width


def share(value: Any, function: str, name: str) -> float:
    found = take.number(value, function, name)
    if not 0 <= found <= 1:
        raise take.refusal(function, name, "a number from 0 to 1", value)
    return found


@builtin
def insertShape(
    image, shape, position, /, *, LineWidth=1.0, Color="yellow", ShapeColor=None, Opacity=0.6, SmoothEdges=True
):  # fmt: skip
    """
    RGB = insertShape(I, shape, position)
    RGB = insertShape(..., Name=Value)

    Draw shapes into the pixels of an image. The result is in colour, in the class of I.

    shape and position are 'rectangle' with rows [x y width height] (or [x y width height angle] about the middle),
    'circle' with rows [x y radius], 'line' and 'polygon' with rows [x1 y1 x2 y2 ...] or a cell of such, and
    'projected-cuboid' with 8-by-2-by-M corners or rows of two faces [x y width height x y width height].
    'filled-rectangle', 'filled-circle' and 'filled-polygon' ('FilledRectangle' ...) paint the inside.

    Options
      LineWidth    in pixels (1)
      Color        a name, or red, green and blue in the class of I; one for all or one for each ('yellow')
      ShapeColor   the same as Color
      Opacity      of filled shapes, 0 to 1 (0.6)
      SmoothEdges  whether slanted and round edges are mixed with the image (true)

    Examples
      >> B = insertShape(zeros(4, 5, 'uint8'), 'rectangle', [2 1 3 3], Color='white'); B(:, :, 1)
      ans =
        4×5 uint8 matrix
           0   255   255   255     0
           0   255     0   255     0
           0   255   255   255     0
           0     0     0     0     0
      >> C = insertShape(ones(3), 'FilledRectangle', [1 1 2 2], Color=[0 0 0], Opacity=0.25); C(:, :, 3)
      ans =
          0.7500    0.7500    1.0000
          0.7500    0.7500    1.0000
          1.0000    1.0000    1.0000

    See also insertText, insertMarker, insertObjectAnnotation, rectangle.
    """
    image = base_image(image, "insertShape")
    kind = shape_word(shape, "insertShape")
    places = places_of(position, kind, "insertShape")
    width, opacity = line_width(LineWidth, "insertShape"), share(Opacity, "insertShape", "Opacity")
    smooth = take.flag(SmoothEdges, "insertShape", "SmoothEdges")
    paints = Color if ShapeColor is None else ShapeColor
    inks = each_colour(paints, len(places), image.dtype, "insertShape", "Color")
    canvas = strokes.canvas_of(image)
    for place, ink in zip(places, inks, strict=True):
        draw(canvas, kind, place, ink, width, opacity, smooth)
    return norm(np.asfortranarray(canvas))


@builtin
def insertMarker(
    image, position, marker="plus", /, *, Size=3.0, Color="green", MarkerSize=None, MarkerColor=None
):  # fmt: skip
    """
    RGB = insertMarker(I, position)
    RGB = insertMarker(I, position, marker)
    RGB = insertMarker(..., Name=Value)

    Draw markers into the pixels of an image. The result is in colour, in the class of I.

    position has a row [x y] for each marker. The markers are 'plus' ('+'), 'x-mark' ('x'), 'star' ('*'), 'circle' ('o')
    and 'square' ('s').

    Options
      Size         pixels from the middle to the end (3)
      Color        a name, or red, green and blue in the class of I; one for all or one for each ('green')
      MarkerSize   the same as Size
      MarkerColor  the same as Color

    Examples
      >> B = insertMarker(zeros(5, 'uint8'), [3 3], '+', Size=1); B(:, :, 2)
      ans =
        5×5 uint8 matrix
           0     0     0     0     0
           0     0   255     0     0
           0   255   255   255     0
           0     0   255     0     0
           0     0     0     0     0

    See also insertShape, insertText, scatter.
    """
    image = base_image(image, "insertMarker")
    places = np.asarray(take.pixels(position, "insertMarker", "the position"), float)
    places = places if places.size else np.zeros((0, 2))
    if places.ndim != 2 or places.shape[1] != 2:
        raise take.refusal("insertMarker", "the position", "rows of [x y]", position)
    word = take.word(marker, "insertMarker", "the marker")
    name = MARKERS.get(word) or take.choice(marker, tuple(MARKERS.values()), "insertMarker", "the marker")
    size = take.count(Size if MarkerSize is None else MarkerSize, "insertMarker", "Size")
    if not size:
        raise take.refusal("insertMarker", "Size", "a positive integer", Size)
    paints = Color if MarkerColor is None else MarkerColor
    inks = each_colour(paints, len(places), image.dtype, "insertMarker", "Color")
    canvas = strokes.canvas_of(image)
    for (x, y), ink in zip(places, inks, strict=True):
        if np.isfinite((x, y)).all():
            strokes.marker(canvas, name, x, y, size, ink)
    return norm(np.asfortranarray(canvas))


def label_words(value: Any, count: int, function: str) -> list[str]:
    """One label for each of `count` shapes, from numbers, text or categories."""
    if isinstance(value, Categorical):
        names = [value.names[code - 1] if code else "<undefined>" for code in value.codes.ravel(order="F")]
    elif (names := texts_or_none(value)) is None:
        names = [f"{number:.5g}" for number in take.numbers(value, function, "the label")]
    if count and len(names) not in (1, count):
        raise ScriptError(
            f"vision:{function}:labelCount",
            "There must be one label, or one for each position.",
            notes=(f"{len(names)} labels, {count} positions",),
        )
    return names * count if len(names) == 1 else names[:count]


@builtin
def insertObjectAnnotation(
    image, shape, position, label, /, *, Font=None, FontSize=12.0, LineWidth=1.0, Color="yellow",
    AnnotationColor=None, TextColor="black", FontColor=None, TextBoxOpacity=0.6
):  # fmt: skip
    """
    RGB = insertObjectAnnotation(I, shape, position, label)
    RGB = insertObjectAnnotation(..., Name=Value)

    Draw shapes with labels into the pixels of an image. The result is in colour, in the class of I.

    shape is 'rectangle' with rows [x y width height] (or [x y width height angle] about the middle), 'circle' with rows
    [x y radius], or 'projected-cuboid'. label is text, a number, a categorical, or one of these for each place; it
    stands on the shape, or inside where the image ends.

    Options
      Font             name of an installed font
      FontSize         in pixels (12)
      LineWidth        in pixels (1)
      Color            of shapes and label boxes, one for all or one for each ('yellow')
      AnnotationColor  the same as Color
      TextColor        likewise ('black')
      FontColor        the same as TextColor
      TextBoxOpacity   0 (no box) to 1 (0.6)

    Examples
      >> B = insertObjectAnnotation(zeros(60, 80, 'uint8'), 'rectangle', [10 30 40 20], 'cat', Color='cyan');
      >> squeeze(B(49, 49, :))'
      ans =
        1×3 uint8 row vector
           0   255   255

    See also insertShape, insertText.
    """
    function = "insertObjectAnnotation"
    image = base_image(image, function)
    kind = shape_word(shape, function, ("rectangle", "circle", "projected-cuboid"))
    places = places_of(position, kind, function)
    words = label_words(label, len(places), function)
    size, width = take.count(FontSize, function, "FontSize"), line_width(LineWidth, function)
    if not 1 <= size <= 200:
        raise take.refusal(function, "FontSize", "a whole number from 1 to 200", FontSize)
    opacity = share(TextBoxOpacity, function, "TextBoxOpacity")
    paints = Color if AnnotationColor is None else AnnotationColor
    colours = each_colour(paints, len(places), image.dtype, function, "Color")
    inks = each_colour(TextColor if FontColor is None else FontColor, len(places), image.dtype, function, "TextColor")
    canvas = strokes.canvas_of(image)
    for place, paint in zip(places, colours, strict=True):
        draw(canvas, kind, place, paint, width, opacity, True)
    for place, paint, ink, text in zip(places, colours, inks, words, strict=True):
        x, y, anchor = label_place(kind, place)
        box = paint if opacity else None
        canvas = stamp.write(canvas, text, (x, y), size, ink, box, opacity, anchor, text_or_none(Font), within=True)
    return norm(np.asfortranarray(canvas))


def label_place(kind: str, place: np.ndarray) -> tuple[float, float, str]:
    """Where the label of a shape stands: x, y, and the point of its box that lies there."""
    if kind == "circle":
        x, y, radius = place
        return x, y - radius, "CenterBottom"
    points = rectangle_corners(place) if kind == "rectangle" else place
    top = points[np.lexsort((points[:, 0], points[:, 1]))[0]]
    return float(top[0]), float(top[1]), "LeftBottom"
