"""The kinds of objects that plots are made of: lines, points, areas, polygons, surfaces."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures import scale
from cnnscript.pictures.objects import Graphic
from cnnscript.pictures.properties import (
    BLACK,
    DARK,
    FONT,
    LINE_STYLES,
    MARKERS,
    Property,
    anything,
    array,
    choice,
    colour,
    floats,
    number,
    positive,
    text,
    vector,
)


def reach(values: Any) -> tuple[float, float] | None:
    """The lowest and the highest finite value; None where there is none."""
    numbers = np.asarray(values, float).ravel()
    numbers = numbers[np.isfinite(numbers)]
    return (float(numbers.min()), float(numbers.max())) if numbers.size else None


class Plotted(Graphic):
    """What lies at coordinates XData, YData (and ZData), and may be named in a legend.

    categories: per axis letter, the names that stand at 1, 2, 3 ... where the data were categories.
    """

    kind = "plotted"
    own = {
        "DisplayName": Property("", text),
        "XData": Property(lambda: np.zeros(0), array),
        "YData": Property(lambda: np.zeros(0), array),
        "ZData": Property(lambda: np.zeros(0), array),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.categories: dict[str, list[str]] = {}
        super().__init__(parent, **given)

    def flat(self, name: str) -> np.ndarray:
        """Coordinates as a flat array of doubles."""
        return np.asarray(self.get(name), float).ravel(order="F")

    def extent(self, letter: str) -> tuple[float, float] | None:
        if self.categories.get(letter):
            return 0.5, len(self.categories[letter]) + 0.5
        return reach(self.get(f"{letter}Data"))


class Line(Plotted):
    kind, class_name = "line", "matlab.graphics.chart.primitive.Line"
    shown = ("Color", "LineStyle", "LineWidth", "Marker", "MarkerSize", "MarkerFaceColor", "XData", "YData")
    own = {
        "Color": Property((0.0, 0.4470, 0.7410), colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none")),
        "MarkerFaceColor": Property("none", colour("auto", "none")),
        "MarkerIndices": Property(None, array),
        "MaximumNumPoints": Property(1e6, positive),
    }


class ConstantLine(Graphic):
    """xline, yline: a line all through the axes; it does not move the limits."""

    kind, class_name = "constantline", "matlab.graphics.chart.decoration.ConstantLine"
    shown = ("InterceptAxis", "Value", "Color", "LineStyle", "LineWidth", "Label", "DisplayName")
    own = {
        **FONT,
        "InterceptAxis": Property("x", choice("x", "y")),
        "Value": Property(0.0, number),
        "Color": Property(DARK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Alpha": Property(0.7, number),
        "Label": Property("", text),
        "LabelHorizontalAlignment": Property("right", choice("left", "center", "right")),
        "LabelVerticalAlignment": Property("top", choice("top", "middle", "bottom")),
        "LabelOrientation": Property("aligned", choice("aligned", "horizontal")),
        "DisplayName": Property("", text),
    }


class Scatter(Plotted):
    kind, class_name = "scatter", "matlab.graphics.chart.primitive.Scatter"
    shown = ("Marker", "MarkerEdgeColor", "MarkerFaceColor", "SizeData", "LineWidth", "XData", "YData")
    own = {
        "Marker": Property("o", choice(*MARKERS)),
        "SizeData": Property(lambda: floats(36), array),
        "CData": Property(lambda: floats(0, 0.4470, 0.7410), anything),
        "MarkerEdgeColor": Property("flat", colour("flat", "none", "auto")),
        "MarkerFaceColor": Property("none", colour("flat", "none", "auto")),
        "MarkerFaceAlpha": Property(1.0, number),
        "MarkerEdgeAlpha": Property(1.0, number),
        "LineWidth": Property(0.5, positive),
    }

    def colour_extent(self) -> tuple[float, float] | None:
        colours = np.asarray(self.value("CData"))
        count = self.flat("XData").size
        return (
            scale.display_limits(colours)
            if colours.size == count and colours.ndim <= 2 and count not in (1, 3)
            else None
        )


class Patch(Plotted):
    """A filled polygon."""

    kind, class_name = "patch", "matlab.graphics.primitive.Patch"
    shown = ("FaceColor", "FaceAlpha", "EdgeColor", "LineStyle", "XData", "YData")
    own = {
        "FaceColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "EdgeAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "CData": Property(None, anything),
    }


class Area(Plotted):
    kind, class_name = "area", "matlab.graphics.chart.primitive.Area"
    shown = ("FaceColor", "EdgeColor", "LineStyle", "BaseValue", "XData", "YData")
    own = {
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "BaseValue": Property(0.0, number),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.below = np.zeros(0)
        super().__init__(parent, **given)

    def floor(self) -> np.ndarray:
        heights = self.flat("YData")
        return self.below if self.below.size == heights.size else np.full(heights.size, self.value("BaseValue"))

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter != "Y":
            return super().extent(letter)
        floor = self.floor()
        return reach(np.r_[floor, floor + self.flat("YData")])


class Rectangle(Graphic):
    kind, class_name = "rectangle", "matlab.graphics.primitive.Rectangle"
    shown = ("FaceColor", "EdgeColor", "LineWidth", "LineStyle", "Curvature", "Position")
    own = {
        "Position": Property(lambda: floats(0, 0, 1, 1), vector(4)),
        "Curvature": Property(lambda: floats(0, 0), anything),
        "FaceColor": Property("none", colour("none")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        left, bottom, width, height = self.value("Position")
        return {"X": (left, left + width), "Y": (bottom, bottom + height)}.get(letter)


class Surface(Plotted):
    """surf, mesh, pcolor: heights over a grid."""

    kind, class_name = "surface", "matlab.graphics.chart.primitive.Surface"
    shown = ("EdgeColor", "LineStyle", "FaceColor", "FaceLighting", "FaceAlpha", "XData", "YData", "ZData", "CData")
    own = {
        "CData": Property(None, anything),
        "FaceColor": Property("flat", colour("none", "flat", "interp", "texturemap")),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "FaceLighting": Property("flat", choice("flat", "gouraud", "none")),
    }

    def get_CData(self) -> np.ndarray:
        own = self.value("CData")
        return np.asarray(own if own is not None else self.value("ZData"), float)

    def colour_extent(self) -> tuple[float, float] | None:
        return scale.display_limits(self.get_CData())
