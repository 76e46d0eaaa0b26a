"""Annotations: boxes, arrows and words on a figure itself, whatever its axes show; places from 0 to 1 of the figure."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    BLACK,
    FONT,
    INTERPRETERS,
    LINE_STYLES,
    Property,
    choice,
    colour,
    floats,
    fraction,
    on_off,
    positive,
    text,
    vector,
)

HEADS = ("vback2", "vback1", "vback3", "cback1", "cback2", "cback3", "plain", "none", "deltoid", "ellipse", "rectangle")
STROKE = {
    "Color": Property(BLACK, colour("none")),
    "LineStyle": Property("-", choice(*LINE_STYLES)),
    "LineWidth": Property(0.5, positive),
    "Units": Property("normalized", choice("normalized")),
}
ENDS = {
    "X": Property(lambda: floats(0.3, 0.4), vector(2)),
    "Y": Property(lambda: floats(0.3, 0.4), vector(2)),
}
AREA = {"Position": Property(lambda: floats(0.3, 0.3, 0.1, 0.1), vector(4))}
WORDS = {
    **FONT,
    "String": Property("", text),
    "Interpreter": Property("tex", choice(*INTERPRETERS)),
    "HorizontalAlignment": Property("left", choice("left", "center", "right")),
    "VerticalAlignment": Property("top", choice("top", "middle", "bottom", "cap", "baseline")),
}


class Annotation(Graphic):
    """What annotations share."""

    kind = "annotation"
    heads: ClassVar[str] = ""  # at which ends of a line arrow heads are: '', 'end' or 'both'


class LineShape(Annotation):
    kind, class_name = "lineshape", "matlab.graphics.shape.Line"
    shown = ("Color", "LineStyle", "LineWidth", "X", "Y", "Units")
    own: ClassVar = {**STROKE, **ENDS}


class Arrow(LineShape):
    kind, class_name, heads = "arrowshape", "matlab.graphics.shape.Arrow", "end"
    own: ClassVar = {
        "HeadStyle": Property("vback2", choice(*HEADS)),
        "HeadLength": Property(10.0, positive),
        "HeadWidth": Property(10.0, positive),
    }


class DoubleArrow(Arrow):
    kind, class_name, heads = "doubleendarrowshape", "matlab.graphics.shape.DoubleEndArrow", "both"


class TextArrow(Arrow):
    kind, class_name, heads = "textarrowshape", "matlab.graphics.shape.TextArrow", "end"
    own: ClassVar = {**WORDS, "TextColor": Property(BLACK, colour("none"))}


class RectangleShape(Annotation):
    kind, class_name = "rectangleshape", "matlab.graphics.shape.Rectangle"
    shown = ("Color", "FaceColor", "LineStyle", "LineWidth", "Position", "Units")
    own: ClassVar = {
        **STROKE,
        **AREA,
        "FaceColor": Property("none", colour("none")),
        "FaceAlpha": Property(1.0, fraction),
    }


class EllipseShape(RectangleShape):
    kind, class_name = "ellipseshape", "matlab.graphics.shape.Ellipse"


class TextBox(Annotation):
    kind, class_name = "textboxshape", "matlab.graphics.shape.TextBox"
    shown = ("String", "FontName", "FontSize", "Color", "BackgroundColor", "EdgeColor", "Position", "Units")
    own: ClassVar = {
        **STROKE,
        **AREA,
        **WORDS,
        "EdgeColor": Property(BLACK, colour("none")),
        "BackgroundColor": Property("none", colour("none")),
        "FaceAlpha": Property(1.0, fraction),
        "FitBoxToText": Property(False, on_off),
        "Margin": Property(5.0, positive),
    }


KINDS: dict[str, type[Annotation]] = {
    "line": LineShape,
    "arrow": Arrow,
    "doublearrow": DoubleArrow,
    "textarrow": TextArrow,
    "rectangle": RectangleShape,
    "ellipse": EllipseShape,
    "textbox": TextBox,
}


def words_of(node: Annotation) -> Any:
    """What an annotation says; '' where it has no words."""
    return node.value("String") if "String" in node.table else ""


def ends(node: LineShape) -> np.ndarray:
    """The two ends of a line, as rows of x and y."""
    return np.stack((node.value("X"), node.value("Y")), axis=1)
