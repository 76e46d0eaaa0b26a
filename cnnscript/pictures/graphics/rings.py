"""Circles and rings of shares; violins."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from cnnscript.pictures.graphics.plots import Plotted
from cnnscript.pictures.graphics.properties import (
    BLACK,
    FONT,
    Property,
    array,
    choice,
    colour,
    number,
    positive,
    texts,
)

STYLES = ("namepercent", "name", "percent", "data", "namedata", "none")


class PieChart(Plotted):
    """piechart, donutchart: shares of a whole; InnerRadius is 0 for a whole circle."""

    kind, class_name = "piechart", "matlab.graphics.chart.PieChart"
    shown = ("Data", "Names", "Labels")
    own: ClassVar = {
        **FONT,
        "Data": Property(lambda: np.zeros(0), array),
        "Names": Property(list, texts),
        "Labels": Property(None, texts),
        "LabelStyle": Property(None, choice(*STYLES)),
        "Proportions": Property(),
        "Direction": Property("clockwise", choice("clockwise", "counterclockwise")),
        "StartAngle": Property(0.0, number),
        "ExplodedWedges": Property(lambda: np.zeros(0), array),
        "InnerRadius": Property(0.0, number),
        "FaceAlpha": Property(0.6, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineWidth": Property(0.5, positive),
        "FontColor": Property((0.15, 0.15, 0.15), colour()),
    }

    def get_Proportions(self) -> np.ndarray:
        data = np.asarray(self.value("Data"), float).ravel()
        return (data / data.sum()).reshape(1, -1) if data.size and data.sum() else data.reshape(1, -1)

    def get_LabelStyle(self) -> str:
        own = self.value("LabelStyle")
        return own if own is not None else "namepercent" if self.value("Names") else "percent"

    def get_Labels(self) -> list[str]:
        given = self.value("Labels")
        if given is not None:
            return given
        data, names = np.asarray(self.value("Data"), float).ravel(), self.value("Names")
        names = names or [""] * data.size
        made = []
        for name, amount, share in zip(names, data.tolist(), self.get_Proportions().ravel().tolist(), strict=False):
            percent = f"{round(100 * share)}%" if share >= 0.01 or not share else "<1%"
            made.append(
                {
                    "namepercent": f"{name} ({percent})" if name else percent,
                    "name": name,
                    "percent": percent,
                    "data": f"{amount:.5g}",
                    "namedata": f"{name} ({amount:.5g})" if name else f"{amount:.5g}",
                    "none": "",
                }[self.get_LabelStyle()]
            )
        return made

    def wedges(self) -> list[tuple[float, float]]:
        """Where each slice begins and ends on the page, in radians against the clock from the right."""
        ends = np.r_[0.0, np.cumsum(self.get_Proportions().ravel())] * 2 * np.pi
        turn = -1.0 if self.value("Direction") == "clockwise" else 1.0
        begin = np.pi / 2 + turn * np.deg2rad(self.value("StartAngle"))
        angles = begin + turn * ends
        return list(zip(angles[:-1].tolist(), angles[1:].tolist(), strict=True))

    def extent(self, letter: str) -> tuple[float, float] | None:
        return (-1.4, 1.4) if letter in "XY" else None
