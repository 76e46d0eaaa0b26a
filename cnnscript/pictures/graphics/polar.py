"""Polar axes: angles and distances from a middle."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics import limits as choose
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.bars import Histogram
from cnnscript.pictures.graphics.plots import Bubble, Line, Plotted, Scatter, reach
from cnnscript.pictures.graphics.properties import (
    DARK,
    MODE,
    Property,
    anything,
    array,
    choice,
    colour,
    floats,
    increasing,
    limits,
    number,
    on_off,
    texts,
)

ZERO = {"right": 0.0, "top": 90.0, "left": 180.0, "bottom": 270.0}
RINGS = 5  # at most so many steps between the ticks of the radius
SPOKES = 30.0  # degrees between angle ticks


class PolarAxes(Axes):
    """A polar coordinate system.  What is drawn in it has angles (radians) as XData and distances as YData."""

    kind, class_name = "polaraxes", "matlab.graphics.axis.PolarAxes"
    coordinates = "polar"
    shown = ("ThetaLim", "RLim", "ThetaAxisUnits", "ThetaDir", "ThetaZeroLocation", "Position", "Units")
    own: ClassVar = {
        "ThetaLim": Property(lambda: floats(0, 360), limits, "ThetaLimMode"),
        "ThetaLimMode": MODE,
        "RLim": Property(None, limits, "RLimMode"),
        "RLimMode": MODE,
        "ThetaTick": Property(None, increasing, "ThetaTickMode"),
        "ThetaTickMode": MODE,
        "RTick": Property(None, increasing, "RTickMode"),
        "RTickMode": MODE,
        "ThetaTickLabel": Property(None, texts, "ThetaTickLabelMode"),
        "ThetaTickLabelMode": MODE,
        "RTickLabel": Property(None, texts, "RTickLabelMode"),
        "RTickLabelMode": MODE,
        "RTickLabelRotation": Property(0.0, number),
        "ThetaTickFormat": Property("%g", anything),
        "RTickFormat": Property("%g", anything),
        "ThetaGrid": Property(True, on_off),
        "RGrid": Property(True, on_off),
        "ThetaDir": Property("counterclockwise", choice("counterclockwise", "clockwise")),
        "RDir": Property("normal", choice("normal", "reverse")),
        "ThetaZeroLocation": Property("right", choice(*ZERO)),
        "ThetaAxisUnits": Property("degrees", choice("degrees", "radians")),
        "RAxisLocation": Property(80.0, number),
        "ThetaColor": Property(DARK, colour("none")),
        "RColor": Property(DARK, colour("none")),
    }
    hidden = ("X", "Y", "Z", "Camera", "DataAspect", "PlotBoxAspect", "View", "Projection", "BoxStyle", "Box")

    @classmethod
    def property_names(cls) -> list[str]:
        return [name for name in super().property_names() if not name.startswith(cls.hidden)]

    # --------------------------------------------------------------------------------------------------------- limits
    def get_RLim(self) -> np.ndarray:
        if self.value("RLimMode") == "manual":
            low, high = self.values["RLim"]
            if np.isfinite(high):
                return floats(low, high)
        found = [each for child in self.drawn() if hasattr(child, "radii") and (each := reach(child.radii()))]
        if not found:
            return floats(0, 1)
        low, high = min(0.0, *(each[0] for each in found)), max(each[1] for each in found)
        high = max(high, -low) if low < 0 else high  # negative distances are drawn on the other side
        step = choose.tick_step(0.0, high or 1.0, RINGS)
        return floats(0, step * np.ceil((high or 1.0) / step - 1e-9))

    def get_RTick(self) -> np.ndarray:
        if self.value("RTickMode") == "manual":
            return self.values["RTick"]
        return choose.ticks(*self.get_RLim(), RINGS)

    def get_ThetaTick(self) -> np.ndarray:
        if self.value("ThetaTickMode") == "manual":
            return self.values["ThetaTick"]
        low, high = self.degrees(self.get_ThetaLim())
        at = SPOKES * np.arange(np.ceil(low / SPOKES - 1e-9), np.floor(high / SPOKES + 1e-9) + 1)
        at = at[at < low + 360 - 1e-9] + 0.0
        return at if self.value("ThetaAxisUnits") == "degrees" else np.deg2rad(at)

    def get_ThetaLim(self) -> np.ndarray:
        if self.value("ThetaLimMode") == "manual":
            return self.values["ThetaLim"]
        return floats(0, 360) if self.value("ThetaAxisUnits") == "degrees" else floats(0, 2 * np.pi)

    def before_ThetaLim(self, ends: np.ndarray) -> np.ndarray:
        if np.ptp(self.degrees(ends)) > 360 + 1e-9:
            raise ValueError("Value must span at most 360 degrees.")
        return ends

    def get_RTickLabel(self) -> list[str]:
        return self.words("R", self.get_RTick())

    def get_ThetaTickLabel(self) -> list[str]:
        return self.words("Theta", self.get_ThetaTick())

    def words(self, letter: str, at: np.ndarray) -> list[str]:
        if self.value(f"{letter}TickLabelMode") == "manual":
            given = self.values[f"{letter}TickLabel"]
            return [given[k % len(given)] if given else "" for k in range(len(at))]
        if letter == "Theta" and self.value("ThetaAxisUnits") == "radians":
            return [in_parts_of_pi(tick) for tick in at.tolist()]
        form = self.value(f"{letter}TickFormat")
        return [choose.tick_label(tick) if form == "%g" else form % tick for tick in at.tolist()]

    def degrees(self, angles: Any) -> np.ndarray:
        """Angles of the axis's units in degrees."""
        found = np.asarray(angles, float)
        return found if self.value("ThetaAxisUnits") == "degrees" else np.rad2deg(found)

    # ----------------------------------------------------------------------------------------------------- projection
    def on_page(self, degrees: np.ndarray) -> np.ndarray:
        """The angle on the page, radians from the right and against the clock."""
        turn = 1.0 if self.value("ThetaDir") == "counterclockwise" else -1.0
        return np.deg2rad(ZERO[self.value("ThetaZeroLocation")] + turn * np.asarray(degrees, float))

    def project(self, theta: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Places on the page of angles in radians and distances; the outer circle has radius 1."""
        low, high = self.get_RLim()
        share = (np.asarray(r, float) - low) / (high - low)
        if low == 0:
            share = np.where(np.asarray(r) < 0, np.asarray(r, float) / high, share)  # a half turn further on
        else:
            share = np.where(share < 0, np.nan, share)
        if self.value("RDir") == "reverse":
            share = 1 - share
        angle = self.on_page(np.rad2deg(theta))
        return share * np.cos(angle), share * np.sin(angle)

    def sector(self) -> tuple[np.ndarray, np.ndarray]:
        """The outline of what is shown: the circle, or the slice between the limits of the angle."""
        low, high = self.degrees(self.get_ThetaLim())
        angle = self.on_page(np.linspace(low, high, 361))
        x, y = np.cos(angle), np.sin(angle)
        if high - low < 360 - 1e-9:
            x, y = np.r_[0.0, x, 0.0], np.r_[0.0, y, 0.0]
        return x, y

    def get_limits(self, letter: str) -> np.ndarray:
        """The box of the sector on the page."""
        if letter == "Z":
            return floats(0, 1)
        along = self.sector()[0 if letter == "X" else 1]
        return floats(along.min(), along.max())

    def value(self, name: str) -> Any:
        if name == "PlotBoxAspectRatio":
            (left, right), (low, high) = (self.get_limits(letter) for letter in "XY")
            return floats(right - left, high - low, 1)
        if name == "PlotBoxAspectRatioMode":
            return "manual"
        if name in ("XLimMode", "YLimMode"):
            return "manual"
        return super().value(name)


def in_parts_of_pi(angle: float) -> str:
    from fractions import Fraction

    share = Fraction(angle / np.pi).limit_denominator(12)
    if abs(float(share) * np.pi - angle) > 1e-9:
        return f"{angle:.4g}"
    if share == 0:
        return "0"
    top = "\\pi" if abs(share.numerator) == 1 else f"{abs(share.numerator)}\\pi"
    sign = "-" if share < 0 else ""
    return f"{sign}{top}" + (f"/{share.denominator}" if share.denominator != 1 else "")


class Polar(Plotted):
    """What lies at angles and distances, which are its XData and YData by other names."""

    own: ClassVar = {
        "ThetaData": Property(lambda: np.zeros(0), array),
        "RData": Property(lambda: np.zeros(0), array),
    }

    def get_ThetaData(self) -> np.ndarray:
        return self.get("XData")

    def get_RData(self) -> np.ndarray:
        return self.get("YData")

    def before_ThetaData(self, value: np.ndarray) -> np.ndarray:
        self.set("XData", value)
        return value

    def before_RData(self, value: np.ndarray) -> np.ndarray:
        self.set("YData", value)
        return value

    def radii(self) -> np.ndarray:
        """The distances, which decide how far the axes reach."""
        return self.flat("YData")


class PolarLine(Line, Polar):
    kind = "line"
    own: ClassVar = Polar.own


class PolarScatter(Scatter, Polar):
    kind = "scatter"
    own: ClassVar = Polar.own


class PolarBubble(Bubble, Polar):
    kind = "bubblechart"
    own: ClassVar = Polar.own


class PolarHistogram(Histogram):
    """polarhistogram: bins of angles, drawn as slices."""

    kind = "histogram"

    def radii(self) -> np.ndarray:
        return np.r_[0, self.heights()]

    def get_BinEdges(self) -> np.ndarray:
        if self.value("BinEdges") is not None or self.value("BinLimits") is not None:
            return super().get_BinEdges()
        count, width = self.value("NumBins"), self.value("BinWidth")
        if count is None:
            found = super().get_BinEdges() if width is None else None
            step = width if width is not None else float(found[1] - found[0]) if found.size > 1 else np.pi / 6
            count = max(1, int(np.ceil(2 * np.pi / step - 1e-9)))
        return np.linspace(0, 2 * np.pi, int(count) + 1)

    def slices(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Angles and distances of the outline of each bin."""
        edges, made = self.get_BinEdges(), []
        for low, high, height in zip(edges[:-1], edges[1:], self.heights(), strict=True):
            arc = np.linspace(low, high, max(2, int((high - low) / 0.02)))
            made.append((np.r_[low, arc, high], np.r_[0.0, np.full(arc.size, height), 0.0]))
        return made
