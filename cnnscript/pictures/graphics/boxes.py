"""Distributions side by side: boxes with quartiles, whiskers and outliers; violins."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    DARK,
    LINE_STYLES,
    MARKERS,
    Property,
    anything,
    choice,
    colour,
    fraction,
    number,
    on_off,
    positive,
)


class Summary(NamedTuple):
    """What a box shows.  notch: the interval of confidence of the median."""

    low: float
    first: float
    median: float
    third: float
    high: float
    notch: tuple[float, float]
    outliers: np.ndarray


def quantile(ordered: np.ndarray, share: float) -> float:
    """A quantile of sorted numbers: the k-th of n lies at (k - 0.5) / n."""
    count = ordered.size
    return float(np.interp(share * count + 0.5, np.arange(1, count + 1), ordered))


def summary(values: np.ndarray, reach_of_whiskers: float = 1.5) -> Summary | None:
    """Quartiles, the furthest values within so many interquartile ranges of the box, and the values beyond."""
    ordered = np.sort(values[np.isfinite(values)])
    if not ordered.size:
        return None
    first, median, third = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    span = third - first
    inside = ordered[(ordered >= first - reach_of_whiskers * span) & (ordered <= third + reach_of_whiskers * span)]
    low = min(float(inside[0]), first) if inside.size else first
    high = max(float(inside[-1]), third) if inside.size else third
    wide = 1.57 * span / np.sqrt(ordered.size)
    beyond = ordered[(ordered < low) | (ordered > high)]
    return Summary(low, first, median, third, high, (median - wide, median + wide), beyond)


class SideBySide(Plotted):
    """What stands at places along one axis, X or, lying on its side, Y: a unit for each."""

    def heights(self) -> tuple[float, float] | None:
        """From where to where it reaches along the other axis."""
        return reach(self.flat("YData"))

    def extent(self, letter: str) -> tuple[float, float] | None:
        along = "X" if self.value("Orientation") == "vertical" else "Y"
        if letter == along:
            if self.categories.get(along):
                return 0.5, len(self.categories[along]) + 0.5
            found = reach(self.flat("XData"))
            return (found[0] - 0.5, found[1] + 0.5) if found else None
        return self.heights() if letter in "XY" else None

    def tight(self, letter: str) -> bool:
        return letter == ("X" if self.value("Orientation") == "vertical" else "Y")


class BoxChart(SideBySide):
    """boxchart: a box for each place along x.

    place, count: which of how many colour groups this one is; they stand side by side.
    """

    main = "BoxFaceColor"
    kind, class_name = "boxchart", "matlab.graphics.chart.primitive.BoxChart"
    shown = ("XData", "YData")
    own: ClassVar = {
        "BoxFaceColor": Property((0.0, 0.4470, 0.7410), colour("none")),
        "BoxFaceAlpha": Property(0.2, fraction),
        "BoxEdgeColor": Property(None, colour("none", "auto")),
        "BoxMedianLineColor": Property(None, colour("none", "auto")),
        "BoxWidth": Property(0.5, positive),
        "WhiskerLineColor": Property(DARK, colour("none")),
        "WhiskerLineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(1.0, positive),
        "MarkerStyle": Property("o", choice(*MARKERS)),
        "MarkerColor": Property(None, colour("none", "auto")),
        "MarkerSize": Property(6.0, positive),
        "JitterOutliers": Property(False, on_off),
        "Notch": Property(False, on_off),
        "Orientation": Property("vertical", choice("vertical", "horizontal")),
        "ColorGroupLayout": Property("grouped", choice("grouped", "overlaid")),
        "ColorGroupWidth": Property(0.8, positive),
        "SourceTable": Property(None, anything),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.place, self.count = 0, 1
        super().__init__(parent, **given)

    def paint(self, name: str) -> Any:
        """A colour that is the box's own where nobody set it."""
        own = self.value(name)
        return self.value("BoxFaceColor") if own in (None, "auto") else own

    def boxes(self) -> list[tuple[float, Summary]]:
        """The middle of each box along x, and what it shows."""
        x, y = self.flat("XData"), self.flat("YData")
        made = []
        for at in np.unique(x[np.isfinite(x)]).tolist():
            found = summary(y[x == at])
            if found is not None:
                made.append((at + self.aside(), found))
        return made

    def aside(self) -> float:
        if self.count == 1 or self.value("ColorGroupLayout") == "overlaid":
            return 0.0
        return self.value("ColorGroupWidth") * ((self.place + 0.5) / self.count - 0.5)

    def width(self) -> float:
        share = self.value("ColorGroupWidth") / self.count if self.count > 1 else 1.0
        return self.value("BoxWidth") * share


class Violin(SideBySide):
    """violinplot: shapes are for each place along x the heights and how dense the data are there."""

    main = "FaceColor"
    kind, class_name = "violin", "matlab.graphics.chart.primitive.ViolinPlot"
    shown = ("XData", "YData")
    own: ClassVar = {
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none")),
        "FaceAlpha": Property(0.5, number),
        "EdgeColor": Property(None, colour("none")),
        "LineWidth": Property(0.5, positive),
        "DensityWidth": Property(0.9, positive),
        "DensityDirection": Property("both", choice("both", "positive", "negative")),
        "DensityScale": Property("area", choice("area", "width")),
        "Orientation": Property("vertical", choice("vertical", "horizontal")),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.shapes: list[tuple[float, np.ndarray, np.ndarray]] = []
        super().__init__(parent, **given)

    def outlines(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The outline of each violin: places along x, and heights."""
        most = max((float(dense.max()) for _, _, dense in self.shapes), default=1.0) or 1.0
        way, made = self.value("DensityDirection"), []
        for at, heights, dense in self.shapes:
            scale = most if self.value("DensityScale") == "area" else float(dense.max()) or 1.0
            wide = self.value("DensityWidth") / 2 * dense / scale
            right = wide if way != "negative" else np.zeros(wide.size)
            left = wide if way != "positive" else np.zeros(wide.size)
            made.append((np.r_[at + right, (at - left)[::-1]], np.r_[heights, heights[::-1]]))
        return made

    def heights(self) -> tuple[float, float] | None:
        return reach(np.concatenate([each[1] for each in self.shapes])) if self.shapes else None
