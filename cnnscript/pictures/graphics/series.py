"""Kinds of lines that are more than lines: steps, stems, error bars, lines that grow, contours."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.limits import ticks
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Line, Plotted, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    LINE_STYLES,
    Property,
    anything,
    array,
    choice,
    colour,
    increasing,
    number,
    on_off,
    positive,
)
from cnnscript.pictures.images import scale


class Stair(Line):
    """stairs: each value holds until the next point."""

    kind, class_name = "stair", "matlab.graphics.chart.primitive.Stair"


class Stem(Line):
    """stem: a marker at each point, on a stem from the base line."""

    kind, class_name = "stem", "matlab.graphics.chart.primitive.Stem"
    own: ClassVar = {
        "Marker": Property("o", Line.table["Marker"].check),
        "BaseValue": Property(0.0, number),
        "ShowBaseLine": Property(True, on_off),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        found = super().extent(letter)
        return reach((*found, self.value("BaseValue"))) if letter == "Y" and found else found


class ErrorBar(Line):
    """errorbar: a line with an interval about each point, of so much below and above."""

    kind, class_name = "errorbar", "matlab.graphics.chart.primitive.ErrorBar"
    own: ClassVar = {
        **{
            f"{letter}{side}Delta": Property(lambda: np.zeros(0), array)
            for letter in "XY"
            for side in ("Negative", "Positive")
        },
        "CapSize": Property(6.0, number),
    }

    def deltas(self, letter: str) -> tuple[np.ndarray, np.ndarray]:
        """How far the intervals reach below and above along an axis; 0 where none is given or it is NaN."""
        count = self.flat(f"{letter}Data").size
        found = (self.flat(f"{letter}{side}Delta") for side in ("Negative", "Positive"))
        low, high = (np.nan_to_num(each) if each.size == count else np.zeros(count) for each in found)
        return low, high

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter not in "XY" or self.categories.get(letter):
            return super().extent(letter)
        at, (low, high) = self.flat(f"{letter}Data"), self.deltas(letter)
        return reach(np.r_[at - low, at + high])


class AnimatedLine(Line):
    """animatedline: a line that points are added to."""

    kind, class_name = "animatedline", "matlab.graphics.animation.AnimatedLine"
    own: ClassVar = {"Color": Property(BLACK, colour("none"))}

    def add(self, x: np.ndarray, y: np.ndarray) -> None:
        """Add points at the end; beyond MaximumNumPoints the oldest go."""
        most = self.value("MaximumNumPoints")
        for name, more in (("XData", x), ("YData", y)):
            whole = np.r_[self.flat(name), more]
            self.values[name] = whole if whole.size <= most else whole[-int(most) :]
        self.touch()

    def empty(self) -> None:
        self.values |= {"XData": np.zeros(0), "YData": np.zeros(0)}
        self.touch()


class Contour(Plotted):
    """contour, contourf: lines of equal height over a grid, or the bands between them."""

    kind, class_name = "contour", "matlab.graphics.chart.primitive.Contour"
    shown = ("LineColor", "LineStyle", "LineWidth", "Fill", "LevelList", "XData", "YData", "ZData")
    own: ClassVar = {
        "LevelList": Property(None, increasing),
        "Fill": Property(False, on_off),
        "LineColor": Property("flat", colour("flat", "none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "ShowText": Property(False, on_off),
        "ContourMatrix": Property(),
        "UserLevels": Property(None, anything),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.count: int | None = None  # how many levels were asked for
        super().__init__(parent, **given)

    def get_LevelList(self) -> np.ndarray:
        """The heights at which lines run: those given, so many, or round ones."""
        given = self.value("LevelList")
        if given is not None:
            return given
        found = reach(self.value("ZData"))
        if found is None or found[0] == found[1]:
            return np.zeros(0)
        low, high = found
        if self.count is not None:
            inner = np.linspace(low, high, self.count + 2)[1:-1]
        else:
            inner = ticks(low, high)
            inner = inner[(inner > low) & (inner < high)]
        return np.r_[low, inner] if self.value("Fill") else inner

    def grid(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """X and Y of the columns and rows (or of each point), and the heights."""
        z = np.asarray(self.value("ZData"), float)
        x, y = self.flat("XData"), self.flat("YData")
        if x.size == z.size and z.shape[0] > 1:
            x, y = x.reshape(z.shape, order="F"), y.reshape(z.shape, order="F")
        return x, y, z

    def get_ContourMatrix(self) -> np.ndarray:
        """MATLAB's 2×n matrix: for each line its level and number of points, then the points."""
        from contourpy import contour_generator

        made = contour_generator(*self.grid())
        parts = [np.zeros((2, 0))]
        for level in self.get_LevelList().tolist():
            for points in made.lines(level):
                parts += [np.array([[level], [len(points)]], float), np.asarray(points).T]
        return np.hstack(parts)

    def colour_extent(self) -> tuple[float, float] | None:
        levels = self.get_LevelList()
        if not levels.size:
            return None
        return scale.display_limits(self.value("ZData") if self.value("Fill") else levels)

    def extent(self, letter: str) -> tuple[float, float] | None:
        return reach(self.get(f"{letter}Data")) if letter in "XY" else None
