"""Kinds of lines that are more than lines: steps, stems, error bars, lines that grow, functions."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Line, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    Property,
    anything,
    array,
    colour,
    number,
    on_off,
    positive,
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

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.rooms: dict[str, tuple[np.ndarray, int]] = {}  # of coordinates, and how much of it they fill
        super().__init__(parent, **given)

    def add(self, x: np.ndarray, y: np.ndarray, z: np.ndarray | None = None) -> None:
        """Add points at the end; beyond MaximumNumPoints the oldest go."""
        most = self.value("MaximumNumPoints")
        if z is None and self.flat("ZData").size:
            z = np.zeros(x.size)
        if z is not None and not self.flat("ZData").size:
            self.values["ZData"] = np.zeros(self.flat("XData").size)
        for name, more in (("XData", x), ("YData", y), *([("ZData", z)] if z is not None else [])):
            self.values[name] = self.longer(name, self.flat(name), more, most)
        self.touch()

    def longer(self, name: str, before: np.ndarray, more: np.ndarray, most: float) -> np.ndarray:
        """Coordinates with more of them at the end.  They lie in memory with room behind them: adding points one by one
        does not copy all the others each time."""
        count, total = before.size, before.size + more.size
        rooms = vars(self).setdefault("rooms", {})  # a line from a file that was kept has none
        room, used = rooms.get(name, (np.zeros(0), 0))
        # else they were set meanwhile, or the first of them are gone
        there = used == count > 0 and before.base is room and before.ctypes.data == room.ctypes.data
        if not there or total > room.size:
            room = np.empty(2 * total)
            room[:count] = before
        room[count:total] = more
        rooms[name] = room, total
        return room[:total] if total <= most else room[total - int(most) : total]

    def empty(self) -> None:
        self.values |= {"XData": np.zeros(0), "YData": np.zeros(0), "ZData": np.zeros(0)}
        self.touch()


class FunctionLine(Line):
    """fplot: the curve of a function.

    poles: where it goes from one end of the world to the other.  sight: the heights between which such a curve is
    shown.
    """

    kind, class_name = "functionline", "matlab.graphics.function.FunctionLine"
    shown = ("Function", "Color", "LineStyle", "LineWidth")
    own: ClassVar = {
        "Function": Property(None, anything),
        "XRange": Property(None, array),
        "YRange": Property(None, array),
        "TRange": Property(None, array),
        "Parametric": Property(False),
        "MeshDensity": Property(23.0, positive),
        "ShowPoles": Property(True, on_off),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.poles: list[float] = []
        self.sight: tuple[float, float] | None = None
        super().__init__(parent, **given)

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter == "Y" and self.sight is not None:
            return self.sight
        if letter == "X" and self.value("XRange") is not None and not self.value("Parametric"):
            return reach(self.value("XRange"))
        return super().extent(letter)

    def tight(self, letter: str) -> bool:
        return letter == "X" and not self.value("Parametric")


class ImplicitFunctionLine(FunctionLine):
    """fimplicit: the curve on which a function of two variables is zero."""

    kind, class_name = "implicitfunctionline", "matlab.graphics.function.ImplicitFunctionLine"

    def extent(self, letter: str) -> tuple[float, float] | None:
        given = self.value(f"{letter}Range") if letter in "XY" else None
        return reach(given) if given is not None else super().extent(letter)

    def tight(self, letter: str) -> bool:
        return letter in "XY"
