"""Kinds of lines that are more than lines: steps, stems, error bars, lines that grow."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from cnnscript.pictures.graphics.plots import Line, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    Property,
    array,
    colour,
    number,
    on_off,
)


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
        up = "Z" if np.size(self.value("ZData")) else "Y"
        return reach((*found, self.value("BaseValue"))) if letter == up and found else found


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
