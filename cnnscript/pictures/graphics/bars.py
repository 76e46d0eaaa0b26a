"""Bars and histograms."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    LINE_STYLES,
    Property,
    array,
    choice,
    colour,
    floats,
    increasing,
    number,
    on_off,
    positive,
)


class Bar(Plotted):
    """One series of bars; series of one call know their place among the others."""

    kind, class_name = "bar", "matlab.graphics.chart.primitive.Bar"
    shown = ("BarLayout", "BarWidth", "FaceColor", "EdgeColor", "BaseValue", "XData", "YData")
    own = {
        "BarLayout": Property("grouped", choice("grouped", "stacked", "hist", "histc")),
        "BarWidth": Property(0.8, positive),
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none", "flat")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "BaseValue": Property(0.0, number),
        "ShowBaseLine": Property(True, on_off),
        "Horizontal": Property(False, on_off),
        "CData": Property(None, array),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.series, self.count = 0, 1
        self.below = np.zeros(0)  # heights on which a stacked series stands
        super().__init__(parent, **given)

    def boxes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Along the axis of categories the lower edges and widths, along the other the bases and heights."""
        at, heights = self.flat("XData"), self.flat("YData")
        spacing = float(np.min(np.diff(np.sort(at)))) if at.size > 1 else 1.0
        if self.value("BarLayout") == "stacked":
            width = self.value("BarWidth") * spacing
            return at - width / 2, np.full(at.size, width), self.below[: at.size], heights
        # MATLAB leaves the outer fifth of a group empty (less for many series), and puts its bars side by side.
        group = min(0.8, self.count / (self.count + 1.5)) * spacing if self.count > 1 else spacing
        step = group / self.count
        width = self.value("BarWidth") * step
        centre = at - group / 2 + (self.series + 0.5) * step
        return centre - width / 2, np.full(at.size, width), np.full(at.size, self.value("BaseValue")), heights

    def extent(self, letter: str) -> tuple[float, float] | None:
        along = "Y" if self.value("Horizontal") else "X"
        low, width, base, height = self.boxes()
        if letter == along:
            if self.categories.get(along):
                return 0.5, len(self.categories[along]) + 0.5
            return reach(np.r_[low, low + width])
        return reach(np.r_[base, base + height]) if letter in "XY" else None


class Histogram(Plotted):
    kind, class_name = "histogram", "matlab.graphics.chart.primitive.Histogram"
    shown = (
        "Data",
        "Values",
        "NumBins",
        "BinEdges",
        "BinWidth",
        "BinLimits",
        "Normalization",
        "FaceColor",
        "EdgeColor",
    )
    own = {
        "Data": Property(lambda: np.zeros(0), array),
        "Values": Property(),
        "BinCounts": Property(lambda: np.zeros(0), array),
        "NumBins": Property(),
        "BinEdges": Property(lambda: np.zeros(0), increasing),
        "BinWidth": Property(),
        "BinLimits": Property(),
        "Normalization": Property(
            "count", choice("count", "probability", "percentage", "countdensity", "cumcount", "pdf", "cdf")
        ),
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none", "auto")),
        "FaceAlpha": Property(0.6, number),
        "EdgeColor": Property(BLACK, colour("none", "auto")),
        "EdgeAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "DisplayStyle": Property("bar", choice("bar", "stairs")),
        "Orientation": Property("vertical", choice("vertical", "horizontal")),
    }

    def get_Values(self) -> np.ndarray:
        counts = np.asarray(self.value("BinCounts"), float)
        total = max(counts.sum(), 1)
        widths = np.diff(self.value("BinEdges"))
        return {
            "count": counts,
            "probability": counts / total,
            "percentage": 100 * counts / total,
            "countdensity": counts / widths if counts.size else counts,
            "cumcount": np.cumsum(counts),
            "pdf": counts / total / widths if counts.size else counts,
            "cdf": np.cumsum(counts) / total,
        }[self.value("Normalization")]

    def get_NumBins(self) -> float:
        return float(max(self.value("BinEdges").size - 1, 0))

    def get_BinWidth(self) -> float:
        edges = self.value("BinEdges")
        return float(edges[1] - edges[0]) if edges.size > 1 else 1.0

    def get_BinLimits(self) -> np.ndarray:
        edges = self.value("BinEdges")
        return edges[[0, -1]] if edges.size else floats(0, 1)

    def extent(self, letter: str) -> tuple[float, float] | None:
        along = "X" if self.value("Orientation") == "vertical" else "Y"
        if letter == along:
            if self.categories.get(along):
                return 0.5, len(self.categories[along]) + 0.5
            return reach(self.value("BinEdges"))
        return reach(np.r_[0, self.get_Values()]) if letter in "XY" else None
