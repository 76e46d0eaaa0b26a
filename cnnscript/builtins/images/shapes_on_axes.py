"""Shapes with labels drawn over an image that is shown: showShape."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_display import parent_axes
from cnnscript.builtins.images.image_shapes import label_words, places_of, rectangle_corners, shape_word, share
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.plots import Line, Patch
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.values.numeric import is_cell
from cnnscript.values.text import texts_or_none

SHAPES = (
    "rectangle", "filled-rectangle", "line", "polygon", "filled-polygon", "circle", "filled-circle", "point", "cuboid"
)  # fmt: skip
CORNERS = 72  # of a circle
FILLED = 0.6  # opacity of filled shapes
EDGES = ((0, 1), (1, 3), (3, 2), (2, 0), (4, 5), (5, 7), (7, 6), (6, 4), (0, 4), (1, 5), (2, 6), (3, 7))
Colour = tuple[float, float, float]


def colours_of(value: Any, count: int, option: str) -> list[Colour]:
    """A colour for each of `count` shapes: names, or rows of numbers from 0 to 1."""
    words = texts_or_none(value)
    if words is not None:
        found = [take.colour(word) for word in words]
    else:
        rows = take.pixels(value, "showShape", option)
        found = [take.colour(row) for row in (rows if rows.ndim == 2 else rows.reshape(1, -1))]
    if count and len(found) not in (1, count):
        raise ScriptError("vision:showShape:colours", f"{option} must be one colour, or one for each shape.")
    return found * count if len(found) == 1 else found[:count]


def size_of(value: Any, option: str) -> float:
    found = take.number(value, "showShape", option)
    if not 0 < found < np.inf:
        raise take.refusal("showShape", option, "a positive number", value)
    return found


def shape_places(position: Any, kind: str) -> list[np.ndarray]:
    """As many places as there are shapes: none where a detector found nothing."""
    if not is_cell(position) and not take.pixels(position, "showShape", "the position").size:
        return []
    if kind == "point":
        rows = np.asarray(take.pixels(position, "showShape", "the position"), float)
        if rows.ndim != 2 or rows.shape[1] not in (2, 3):
            raise take.refusal("showShape", "the position", "rows of [x y] or [x y z]", position)
        return list(rows)
    if kind == "cuboid":
        rows = np.asarray(take.pixels(position, "showShape", "the position"), float)
        if rows.ndim != 2 or rows.shape[1] != 9:
            raise take.refusal(
                "showShape", "the position", "rows of [xctr yctr zctr xlen ylen zlen xrot yrot zrot]", position
            )
        return list(rows)
    return places_of(position, kind, "showShape")


def outline(kind: str, place: np.ndarray) -> np.ndarray:
    """The corners of a flat shape, k×2."""
    if kind == "circle":
        angle = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        return place[:2] + place[2] * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    if kind == "rectangle":
        if len(place) == 4:
            x, y, width, height = place
            return np.array(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))
        return rectangle_corners(place)
    return place


def cuboid_edges(place: np.ndarray) -> np.ndarray:
    """The twelve edges of a cuboid as one broken line, k×3: turned by degrees about x, y and z, in this order."""
    signs = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
    (cx, cy, cz), (sx, sy, sz) = np.cos(np.deg2rad(place[6:])), np.sin(np.deg2rad(place[6:]))
    about_x = np.array(((1, 0, 0), (0, cx, -sx), (0, sx, cx)))
    about_y = np.array(((cy, 0, sy), (0, 1, 0), (-sy, 0, cy)))
    about_z = np.array(((cz, -sz, 0), (sz, cz, 0), (0, 0, 1)))
    corners = (signs * place[3:6]) @ (about_z @ about_y @ about_x).T + place[:3]
    gap = np.full(3, np.nan)
    return np.vstack([part for start, end in EDGES for part in (corners[start], corners[end], gap)][:-1])


def draw(axes: Axes, shape: str, place: np.ndarray, paint: Colour, edge: Colour, width: float, opacity: float,
         line_opacity: float) -> np.ndarray:  # fmt: skip
    """One shape on an axes; where its label stands."""
    kind = shape.removeprefix("filled-")
    if kind in ("line", "point", "cuboid"):
        points = cuboid_edges(place) if kind == "cuboid" else place.reshape(-1, 2) if kind == "line" else place[None, :]
        made = Line(axes, Color=edge, LineWidth=width)
        if kind == "point":
            made.values |= {"LineStyle": "none", "Marker": "o", "MarkerFaceColor": paint}
        for name, column in zip(("XData", "YData", "ZData"), points.T, strict=False):
            made.set(name, column)
        return points[0]
    corners = outline(kind, place)
    made = Patch(axes, FaceColor=paint, EdgeColor=edge, LineWidth=width, EdgeAlpha=line_opacity)
    made.set("XData", corners[:, 0])
    made.set("YData", corners[:, 1])
    made.set("FaceAlpha", opacity if shape.startswith("filled-") else 0.0)
    return corners[np.lexsort((corners[:, 0], corners[:, 1]))[0]]


@builtin
def showShape(
    session, shape, position, /, *, Label=None, Color="yellow", Opacity=FILLED, LineColor=None, LineWidth=1.0,
    LineOpacity=1.0, LabelColor=None, LabelTextColor="black", LabelFont=None, LabelFontSize=12.0, LabelOpacity=1.0,
    Parent=None
):  # fmt: skip
    """
    showShape(shape, position)
    showShape(shape, position, Name=Value)

    Draw shapes with labels over what the current axes show.

    shape and position are 'rectangle' with rows [x y width height] (or [x y width height angle] about the middle),
    'circle' with rows [x y radius], 'line' and 'polygon' with rows [x1 y1 x2 y2 ...] or a cell of k-by-2 matrices,
    'point' with rows [x y] or [x y z], and 'cuboid' with rows [xctr yctr zctr xlen ylen zlen xrot yrot zrot].
    'filled-rectangle', 'filled-circle' and 'filled-polygon' paint the inside.

    Options
      Label           text, numbers or categories, one for all or one for each
      Color           of shapes, one for all or one for each ('yellow')
      Opacity         of the inside of filled shapes (0.6)
      LineColor       of outlines (Color)
      LineWidth       in points (1)
      LineOpacity     of outlines (1)
      LabelColor      of the boxes that labels stand in (Color)
      LabelTextColor  of labels ('black')
      LabelFont       name of a font
      LabelFontSize   in points (12)
      LabelOpacity    1, or 0 for labels without a box
      Parent          the axes to draw in

    Examples
      >> imshow('coffee.png'); showShape('rectangle', [150 50 260 250], Label='cup', Color='g')
      figure 1: image 400x600x3, patch, text 'cup'

    See also insertShape, insertObjectAnnotation, rectangle, viscircles.
    """
    kind = shape_word(shape, "showShape", SHAPES)
    places = shape_places(position, kind)
    count = len(places)
    paints = colours_of(Color, count, "Color")
    edges = paints if LineColor is None else colours_of(LineColor, count, "LineColor")
    boxes = paints if LabelColor is None else colours_of(LabelColor, count, "LabelColor")
    inks = colours_of(LabelTextColor, count, "LabelTextColor")
    words = label_words(Label, count, "showShape") if Label is not None else [""] * count
    width, size = size_of(LineWidth, "LineWidth"), size_of(LabelFontSize, "LabelFontSize")
    opacity, line_opacity = share(Opacity, "showShape", "Opacity"), share(LineOpacity, "showShape", "LineOpacity")
    boxed = share(LabelOpacity, "showShape", "LabelOpacity")
    if boxed not in (0, 1):
        raise ScriptError("vision:showShape:labelOpacity", "LabelOpacity must be 0 or 1: boxes of words are not mixed.")
    font = take.word(LabelFont, "showShape", "LabelFont") if LabelFont is not None else None
    axes = parent_axes(Parent) or session.desk.current_axes()
    for place, paint, edge, box, ink, text in zip(places, paints, edges, boxes, inks, words, strict=True):
        corner = draw(axes, kind, place, paint, edge, width, opacity, line_opacity)
        if text:
            where = np.r_[corner, np.zeros(3 - len(corner))]
            made = Text(axes, String=text, Position=where, Color=ink, VerticalAlignment="bottom", FontSize=size)
            made.values |= {"BackgroundColor": box if boxed else "none", "Margin": 1.0, "Interpreter": "none"}
            if font is not None:
                made.set("FontName", font)
    axes.touch()
