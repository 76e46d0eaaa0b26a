"""stackedplot: a chart of plots one above the other over one x-axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics.beside import TiledLayout
from cnnscript.pictures.graphics.objects import COMMON, Graphic
from cnnscript.pictures.graphics.properties import (
    Property,
    choice,
    colour,
    limits,
    number,
    on_off,
    positive,
    text,
    texts,
)

OF_LINES = ("Color", "LineStyle", "LineWidth", "Marker", "MarkerSize")
PLACE = ("Position", "InnerPosition", "OuterPosition", "Units", "Layout")


class StackedAxes(Graphic):
    """What AxesProperties holds of one plot of a chart: its y-axis.  Its parent is the axes it speaks of."""

    kind, class_name = "stackedaxes", "matlab.graphics.chart.stackedplot.StackedAxesProperties"
    shown = ("YLimits", "YScale")
    own = {
        "YLimits": Property(lambda: np.array((0.0, 1.0)), limits),
        "YScale": Property("linear", choice("linear", "log")),
    }

    def get_YLimits(self) -> np.ndarray:
        return self.parent.get("YLim")

    def before_YLimits(self, ends: Any) -> Any:
        self.parent.set("YLim", ends)
        return ends

    def get_YScale(self) -> str:
        return self.parent.get("YScale")

    def before_YScale(self, scale: str) -> str:
        self.parent.set("YScale", scale)
        return scale


class StackedLineChart(TiledLayout):
    """Axes in one column without room between them; what the chart says of all lines and axes is asked of them."""

    class_name = "matlab.graphics.chart.StackedLineChart"
    shown = ("DisplayLabels", *OF_LINES)
    own = {
        "Title": Property("", text),
        "XLabel": Property("", text),
        "DisplayLabels": Property(list, texts),
        "XLimits": Property(lambda: np.array((0.0, 1.0)), limits),
        "GridVisible": Property(False, on_off),
        "AxesProperties": Property(None, None),
        "LineProperties": Property(None, None),
        "Color": Property((0.0, 0.447, 0.741), colour("none")),
        "LineStyle": Property("-", choice("-", "--", ":", "-.", "none")),
        "LineWidth": Property(0.5, positive),
        "Marker": Property("none", text),
        "MarkerSize": Property(6.0, number),
        "FontSize": Property(10.0, positive),
    }
    worded = {**TiledLayout.worded, "Title": (1.1, True), "XLabel": (1.0, False)}

    @classmethod
    def property_names(cls) -> list[str]:
        return [*cls.own, *PLACE, *COMMON, "Type", "Parent", "Children", "BeingDeleted"]

    def get(self, name: str) -> Any:
        return "stackedplot" if self.find_name(name) == "Type" else super().get(name)

    def plots(self) -> list[Any]:
        """The axes, from the top."""
        return [child for child in self.children if child.kind == "axes"]

    def lines(self) -> list[Any]:
        """The first line of each plot."""
        return [line for axes in self.plots() for line in of_kind_line(axes)[:1]]

    def get_Title(self) -> Any:
        return self.words_of("Title")

    def get_XLabel(self) -> Any:
        return self.words_of("XLabel")

    def before_Title(self, words: Any) -> Any:
        self.label("Title").set("String", words)
        return words

    def before_XLabel(self, words: Any) -> Any:
        self.label("XLabel").set("String", words)
        return words

    def get_DisplayLabels(self) -> list[str]:
        return [axes.label("YLabel").value("String") for axes in self.plots()]

    def before_DisplayLabels(self, words: list[str]) -> list[str]:
        if len(words) != len(self.plots()):
            raise ValueError("There must be a label for each plot.")
        for axes, each in zip(self.plots(), words, strict=True):
            axes.label("YLabel").set("String", each)
        return words

    def get_XLimits(self) -> np.ndarray:
        return self.plots()[0].get("XLim")

    def before_XLimits(self, ends: Any) -> Any:
        for axes in self.plots():
            axes.set("XLim", ends)
        return ends

    def get_GridVisible(self) -> bool:
        return self.plots()[0].get("XGrid")

    def before_GridVisible(self, on: bool) -> bool:
        for axes in self.plots():
            axes.set("XGrid", on)
            axes.set("YGrid", on)
        return on

    def before_FontSize(self, size: float) -> float:
        for axes in self.plots():
            axes.set("FontSize", size)
        return size

    def get_LineProperties(self) -> list[Any]:
        return self.lines()

    def get_AxesProperties(self) -> list[StackedAxes]:
        made = []
        for axes in self.plots():
            each = axes.parts.get("stacked")
            if each is None:
                each = axes.parts["stacked"] = StackedAxes()
                each.parent = axes
            made.append(each)
        return made

    def of_lines(self, name: str, value: Any) -> Any:
        for axes in self.plots():
            for line in of_kind_line(axes):
                line.set(name, value)
        return value


def of_kind_line(axes: Any) -> list[Any]:
    return [child for child in axes.children if child.kind == "line"]


def asked(name: str) -> Any:
    def found(self: StackedLineChart) -> Any:
        lines = self.lines()
        return lines[0].get(name) if lines else self.value(name)  # cla leaves none

    return found


def told(name: str) -> Any:
    return lambda self, value: self.of_lines(name, value)


for _name in OF_LINES:
    setattr(StackedLineChart, "get_" + _name, asked(_name))
    setattr(StackedLineChart, "before_" + _name, told(_name))
