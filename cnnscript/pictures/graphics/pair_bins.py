"""Histograms of pairs: bars over a plane, or tiles in it."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    DARK,
    LINE_STYLES,
    MODE,
    Property,
    array,
    choice,
    colour,
    increasing,
    limits,
    number,
    on_off,
    positive,
)
from cnnscript.pictures.images import scale

NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")
# The corners of a box (x, y, z from 0 to 1) that its lid and its four walls have, and how bright each is.
SIDES = (
    (((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)), 1.0),
    (((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)), 0.85),
    (((0, 1, 0), (1, 1, 0), (1, 1, 1), (0, 1, 1)), 0.85),
    (((0, 0, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1)), 0.7),
    (((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)), 0.7),
)


def bin_counts(value: Any) -> np.ndarray:
    """One number of bins for both coordinates, or one for each."""
    given = np.asarray(array(value), float).ravel()
    if given.size not in (1, 2) or not ((given >= 1) & (given <= 250) & (given == np.floor(given))).all():
        raise ValueError("Value must be one or two integers from 1 to 250.")
    return np.resize(given, 2)


class Histogram2(Plotted):
    """histogram2: how many pairs fall into each bin of a plane, as bars or as tiles."""

    main = "FaceColor"
    kind, class_name = "histogram2", "matlab.graphics.chart.primitive.Histogram2"
    shown = (
        "Data", "Values", "NumBins", "XBinEdges", "YBinEdges", "BinWidth", "Normalization", "FaceColor", "EdgeColor"
    )  # fmt: skip
    own: ClassVar = {
        "Data": Property(lambda: np.zeros((0, 2)), array),
        "Values": Property(None, None),
        "BinCounts": Property(lambda: np.zeros((0, 0)), array),
        "NumBins": Property(),
        "XBinEdges": Property(lambda: np.zeros(0), increasing),
        "YBinEdges": Property(lambda: np.zeros(0), increasing),
        "BinWidth": Property(),
        "XBinLimits": Property(),
        "YBinLimits": Property(),
        "BinMethod": Property("auto", choice("auto", "scott", "fd", "integers", "manual")),
        "Normalization": Property("count", choice(*NORMALIZATIONS)),
        "DisplayStyle": Property("bar3", choice("bar3", "tile")),
        "ShowEmptyBins": Property(False, on_off),
        "FaceColor": Property("auto", colour("none", "auto", "flat")),
        "FaceAlpha": Property(1.0, number),
        "FaceLighting": Property("lit", choice("lit", "flat", "none")),
        "EdgeColor": Property(DARK, colour("none", "auto")),
        "EdgeAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.auto: tuple[float, ...] = (0.0, 0.4470, 0.7410)  # the colour that 'auto' stands for
        super().__init__(parent, **given)

    def follow(self, colour: tuple[float, ...], index: float) -> None:
        self.auto = tuple(float(part) for part in colour)
        self.values["SeriesIndex"] = float(index)

    def get_NumBins(self) -> np.ndarray:
        return np.array(self.value("BinCounts").shape, float)

    def get_BinWidth(self) -> np.ndarray:
        found = []
        for letter in "XY":
            steps = np.diff(self.value(f"{letter}BinEdges"))
            found.append(float(steps[0]) if steps.size and np.allclose(steps, steps[0]) else np.nan)
        return np.array(found)

    def get_XBinLimits(self) -> np.ndarray:
        return self.value("XBinEdges")[[0, -1]]

    def get_YBinLimits(self) -> np.ndarray:
        return self.value("YBinEdges")[[0, -1]]

    def get_Values(self) -> np.ndarray:
        """The counts, normalized: bins along X × bins along Y."""
        counts = np.asarray(self.value("BinCounts"), float)
        total = len(self.value("Data")) or counts.sum()
        areas = np.outer(np.diff(self.value("XBinEdges")), np.diff(self.value("YBinEdges")))
        word = self.value("Normalization")
        if word in ("cumcount", "cdf"):
            made = counts.cumsum(0).cumsum(1)
            return made / (total or 1) if word == "cdf" else made
        factor = {"count": 1.0, "countdensity": 1.0, "percentage": 100 / (total or 1)}.get(word, 1 / (total or 1))
        return counts * factor / (areas if word in ("countdensity", "pdf") else 1.0)

    def heights(self) -> np.ndarray:
        """Values, NaN in bins that are not shown."""
        values = self.get_Values()
        return values if self.value("ShowEmptyBins") else np.where(self.value("BinCounts") > 0, values, np.nan)

    def faces(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Corners of what is seen (n×4×3), the value of the bin of each, and how bright it is."""
        heights = self.heights()
        x, y = self.value("XBinEdges"), self.value("YBinEdges")
        row, column = np.nonzero(np.isfinite(heights))
        low = np.column_stack([x[row], y[column], np.zeros(row.size)])
        flat = self.value("DisplayStyle") == "tile"
        size = np.column_stack([x[row + 1] - x[row], y[column + 1] - y[column], heights[row, column] * (not flat)])
        corners, values, bright = [], [], []
        for ring, light in SIDES[:1] if flat else SIDES:
            corners.append(low[:, None, :] + np.array(ring)[None] * size[:, None, :])
            values.append(heights[row, column])
            bright.append(np.full(row.size, light if self.value("FaceLighting") == "lit" else 1.0))
        return np.concatenate(corners), np.concatenate(values), np.concatenate(bright)

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter in "XY":
            return reach(self.value(f"{letter}BinEdges"))
        return None if self.value("DisplayStyle") == "tile" else reach(np.append(self.get_Values().ravel(), 0.0))

    def colour_extent(self) -> tuple[float, float] | None:
        flat = self.value("FaceColor") == "flat" or self.value("DisplayStyle") == "tile"
        heights = self.heights()
        return scale.display_limits(heights[np.isfinite(heights)]) if flat and np.isfinite(heights).any() else None


def scott_bins(data: np.ndarray) -> int:
    """How many bins Scott's rule gives a coordinate of pairs; never more than 100."""
    width = 3.5 * float(data.std(ddof=1)) * data.size**-0.25 if data.size > 1 else 0.0
    return int(np.clip(np.ceil(float(np.ptp(data)) / width), 1, 100)) if width > 0 else 1


class Binscatter(Histogram2):
    """binscatter: tiles in colours for how many points fall into each."""

    kind, class_name = "binscatter", "matlab.graphics.chart.primitive.Binscatter"
    shown = ("NumBins", "XBinEdges", "YBinEdges", "Values", "XData", "YData")
    own: ClassVar = {
        "NumBins": Property(None, bin_counts, "NumBinsMode"),
        "NumBinsMode": MODE,
        "XLimits": Property(None, limits),
        "YLimits": Property(None, limits),
        "DisplayStyle": Property("tile", choice("tile")),
        "EdgeColor": Property("none", colour("none", "auto")),
        "FaceColor": Property("flat", colour("flat")),
    }

    def follow(self, colour: tuple[float, ...], index: float) -> None:
        """It is in the colours of the map."""

    def pairs_within(self) -> np.ndarray:
        """The points, rows of x and y, that are numbers and within the limits."""
        data = np.column_stack([self.flat("XData"), self.flat("YData")])
        data = data[np.isfinite(data).all(1)]
        for k, letter in enumerate("XY"):
            ends = self.value(f"{letter}Limits")
            if ends is not None:
                data = data[(data[:, k] >= ends[0]) & (data[:, k] <= ends[1])]
        return data

    def get_NumBins(self) -> np.ndarray:
        given = self.value("NumBins")
        if given is not None and self.value("NumBinsMode") == "manual":
            return given
        data = self.pairs_within()
        return np.array([scott_bins(data[:, k]) for k in range(2)], float)

    def counted(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Counts, and the edges of the bins along x and y."""
        data, found = self.pairs_within(), []
        for k, letter in enumerate("XY"):
            ends = self.value(f"{letter}Limits")
            low, high = (
                ends if ends is not None else (data[:, k].min(), data[:, k].max()) if len(data) else (0.0, 1.0)
            )
            if low == high:
                low, high = low - 0.5, high + 0.5
            found.append(np.linspace(low, high, int(self.get_NumBins()[k]) + 1))
        counts = np.histogram2d(data[:, 0], data[:, 1], found)[0]
        return counts, found[0], found[1]

    def value(self, name: str) -> Any:
        if name in COUNTED:
            return self.counted()[COUNTED.index(name)]
        return super().value(name)


COUNTED = ("BinCounts", "XBinEdges", "YBinEdges")
