"""Bars and histograms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from cnnscript.pictures.graphics import bins
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.plots import Plotted, reach
from cnnscript.pictures.graphics.properties import (
    BLACK,
    LINE_STYLES,
    MODE,
    Property,
    array,
    choice,
    colour,
    fraction,
    increasing,
    limits,
    number,
    on_off,
    positive,
    texts,
)


class Bar(Plotted):
    """One series of bars; series of one call know their place among the others."""

    main = "FaceColor"
    kind, class_name = "bar", "matlab.graphics.chart.primitive.Bar"
    shown = ("BarLayout", "BarWidth", "FaceColor", "EdgeColor", "BaseValue", "XData", "YData")
    own = {
        "BarLayout": Property("grouped", choice("grouped", "stacked", "hist", "histc")),
        "BarWidth": Property(0.8, positive),
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none", "flat")),
        "FaceAlpha": Property(1.0, fraction),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "BaseValue": Property(0.0, number),
        "ShowBaseLine": Property(True, on_off),
        "Horizontal": Property(False, on_off),
        "EdgeAlpha": Property(1.0, fraction),
        "GroupWidth": Property(0.8, positive),
        "BaseLine": Property(part="Baseline"),
        "CData": Property(None, array),
        "XEndPoints": Property(),
        "YEndPoints": Property(),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.series, self.count = 0, 1
        self.below = np.zeros(0)  # heights on which a stacked series stands
        super().__init__(parent, **given)

    def spacing(self) -> float:
        at = np.unique(self.flat("XData"))
        return float(np.min(np.diff(at))) if at.size > 1 else 1.0

    def boxes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Along the axis of categories the lower edges and widths, along the other the bases and heights."""
        at, heights = self.flat("XData"), self.flat("YData")
        if self.value("BarLayout") == "stacked":
            width = self.value("BarWidth") * self.spacing()
            below = self.below if self.below.size == at.size else np.zeros(at.size)
            return at - width / 2, np.full(at.size, width), below, heights
        base = self.value("BaseValue")
        width = self.value("BarWidth") * self.step()
        return self.middles() - width / 2, np.full(at.size, width), np.full(at.size, base), heights - base

    def step(self) -> float:
        """From the middle of a bar to that of the next one of its group."""
        # MATLAB leaves the outer fifth of a group empty (less for many series), and puts its bars side by side.
        if self.count == 1 or self.value("BarLayout") == "stacked":
            return self.spacing()
        return min(self.value("GroupWidth"), self.count / (self.count + 1.5)) * self.spacing() / self.count

    def middles(self) -> np.ndarray:
        if self.count == 1 or self.value("BarLayout") == "stacked":
            return self.flat("XData")
        return self.flat("XData") + (self.series - (self.count - 1) / 2) * self.step()

    def get_XEndPoints(self) -> np.ndarray:
        """Where the middles of the bars are along the axis of categories."""
        return self.middles().reshape(1, -1)

    def get_YEndPoints(self) -> np.ndarray:
        """Where the bars end."""
        _, _, base, height = self.boxes()
        return (base + height).reshape(1, -1)

    def get_CData(self) -> np.ndarray:
        """A row of red, green and blue for each bar."""
        own = self.value("CData")
        count = self.flat("YData").size
        if own is not None and np.size(own):
            rows = np.asarray(own, float)
            if rows.ndim == 2 and rows.shape == (1, 3) or rows.size == 3 and count != 3:
                return np.tile(rows.reshape(1, 3), (count, 1))
            return rows
        face = self.value("FaceColor")
        paint = face if not isinstance(face, str) else self.automatic or (0.0, 0.4470, 0.7410)
        return np.tile(np.array(paint, float), (count, 1))

    def levels(self) -> np.ndarray | None:
        """Places in the colour map, where CData has a number for each bar."""
        own = self.value("CData")
        if self.value("FaceColor") != "flat" or own is None or not np.size(own):
            return None
        rows = np.asarray(own, float)
        if rows.ndim == 2 and rows.shape[1] == 3:
            return None
        count = self.flat("YData").size
        return np.full(count, rows.ravel()[0]) if rows.size == 1 else rows.ravel(order="F")

    def colour_extent(self) -> tuple[float, float] | None:
        return reach(self.levels()) if self.levels() is not None else None

    def extent(self, letter: str) -> tuple[float, float] | None:
        along = "Y" if self.value("Horizontal") else "X"
        low, width, base, height = self.boxes()
        if letter == along:
            if self.categories.get(along):
                return 0.5, len(self.categories[along]) + 0.5
            free = 0.8 * self.step()  # what MATLAB leaves beyond the bars, however wide they are
            return reach(np.r_[low - free, low + width + free])
        return reach(np.r_[base, base + height]) if letter in "XY" else None

    def tight(self, letter: str) -> bool:
        """Whether the limits are to be just what `extent` says: where the ticks stand under the bars."""
        axes = self.up("axes")
        along = letter == ("Y" if self.value("Horizontal") else "X")
        return along and axes is not None and axes.value(f"{letter}TickMode") == "manual"


FOUND: WeakKeyDictionary[Graphic, dict[str, tuple]] = WeakKeyDictionary()  # edges and counts of histograms


def counted(data: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """How many data lie between the edges; the last bin holds its right edge."""
    return np.histogram(data[np.isfinite(data)], edges)[0].astype(float).reshape(1, -1)


class Histogram(Plotted):
    """histogram: how many data lie in each bin, or are of each category.

    Data or counts: what was given.  The bins follow from BinEdges where they were set, else from NumBins, BinWidth,
    BinLimits and BinMethod.
    """

    main = "FaceColor"
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
        "BinCounts": Property(None, array, "BinCountsMode"),
        "BinCountsMode": MODE,
        "NumBins": Property(None, positive),
        "BinEdges": Property(None, increasing),
        "BinWidth": Property(None, positive),
        "BinLimits": Property(None, limits, "BinLimitsMode"),
        "BinLimitsMode": MODE,
        "BinMethod": Property("auto", choice(*bins.METHODS, "manual")),
        "Normalization": Property("count", choice(*bins.NORMALIZATIONS)),
        "Categories": Property(None, texts),
        "DisplayOrder": Property("data", choice("data", "ascend", "descend")),
        "NumDisplayBins": Property(None, positive),
        "ShowOthers": Property(False, on_off),
        "BarWidth": Property(0.9, positive),
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none", "auto")),
        "FaceAlpha": Property(0.6, fraction),
        "EdgeColor": Property(BLACK, colour("none", "auto")),
        "EdgeAlpha": Property(1.0, fraction),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "DisplayStyle": Property("bar", choice("bar", "stairs")),
        "Orientation": Property("vertical", choice("vertical", "horizontal")),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.all_names: list[str] = []  # the categories of the data, in their own order
        self.whole = False  # whether the data are of an integer class
        self.missing = 0  # data that are of no category
        super().__init__(parent, **given)

    # ---------------------------------------------------------------------------------------------------------- bins
    def along(self) -> str:
        return "X" if self.value("Orientation") == "vertical" else "Y"

    def before_NumBins(self, count: float) -> float:
        if count != int(count):
            raise ValueError("Value must be a positive integer.")
        return self.rebin(count, "BinEdges", "BinWidth")

    def before_BinWidth(self, width: float) -> float:
        return self.rebin(width, "BinEdges", "NumBins")

    def before_BinLimits(self, bounds: np.ndarray) -> np.ndarray:
        return self.rebin(bounds, "BinEdges")

    def before_BinMethod(self, word: str) -> str:
        return self.rebin(word, "BinEdges", "BinWidth", "NumBins")

    def before_BinEdges(self, edges: np.ndarray) -> np.ndarray:
        if edges.size < 2:
            raise ValueError("Value must be a vector of two or more increasing values.")
        return self.rebin(edges, "NumBins", "BinWidth", "BinLimits")

    def rebin(self, value: Any, *overruled: str) -> Any:
        for name in overruled:
            self.values.pop(name, None)
        return value

    def get_BinEdges(self) -> np.ndarray:
        if self.all_names:
            return np.arange(0.5, len(self.shown_names()) + 1)
        edges = self.value("BinEdges")
        return edges if edges is not None else self.once("edges", self.automatic_edges)

    def once(self, name: str, reckon: Callable[[], np.ndarray]) -> np.ndarray:
        """What `reckon` finds, kept until the data or the bins are others."""
        settings = ("BinEdges", "BinLimits", "NumBins", "BinWidth", "BinMethod")
        data = self.value("Data")
        key = tuple(np.asarray(self.value(each)).tolist().__repr__() for each in settings)
        kept = FOUND.setdefault(self, {})
        known = kept.get(name)
        if known is None or known[0] is not data or known[1] != key:
            kept[name] = known = (data, key, reckon())
        return known[2]

    def automatic_edges(self) -> np.ndarray:
        data = np.asarray(self.value("Data"), float).ravel()
        data = data[np.isfinite(data)]
        bounds, count, width = (self.value(name) for name in ("BinLimits", "NumBins", "BinWidth"))
        if bounds is not None:
            data = data[(data >= bounds[0]) & (data <= bounds[1])]
        method = self.value("BinMethod")
        found = bins.chosen_edges(
            data,
            tuple(bounds.tolist()) if bounds is not None else None,
            width,
            int(count) if count is not None else None,
            "auto" if method == "manual" else method,
            self.whole,
        )
        return np.asarray(found, float)

    def get_NumBins(self) -> float:
        return float(max(self.get_BinEdges().size - 1, 0))

    def get_BinWidth(self) -> Any:
        if self.value("BinWidth") is not None:
            return self.value("BinWidth")
        widths = np.diff(self.get_BinEdges())
        even = widths.size and np.allclose(widths, widths[0], rtol=1e-6)
        return float(widths[0]) if even else "nonuniform"

    def get_BinLimits(self) -> np.ndarray:
        return self.get_BinEdges()[[0, -1]]

    # -------------------------------------------------------------------------------------------------------- counts
    def get_BinCounts(self) -> np.ndarray:
        given = self.value("BinCounts")
        if given is not None:
            return np.asarray(given, float).reshape(1, -1)
        data = np.asarray(self.value("Data"), float).ravel()
        if self.all_names:
            counts = np.bincount(data[data > 0].astype(int), minlength=len(self.all_names) + 1)[1:].astype(float)
            order = {name: k for k, name in enumerate(self.all_names)}
            return np.array([[counts[order[name]] if name in order else 0 for name in self.chosen_names()]])
        edges = self.get_BinEdges()
        return self.once("counts", lambda: counted(data, edges))

    def fits(self) -> bool:
        counts = self.value("BinCounts")
        return counts is None or bool(self.all_names) or np.size(counts) in (0, np.size(self.get_BinEdges()) - 1)

    def get_Values(self) -> np.ndarray:
        counts = self.get_BinCounts().ravel()
        total = counts.sum() if self.value("BinCounts") is not None else self.size_of_data()
        edges = np.arange(counts.size + 1.0) if self.all_names else self.get_BinEdges()
        with np.errstate(invalid="ignore", divide="ignore"):
            return bins.normalized_counts(counts, edges, total, self.value("Normalization")).reshape(1, -1)

    def size_of_data(self) -> float:
        """How many data there are, in bins or not (missing numbers count, missing categories do not)."""
        return float(np.size(self.value("Data")) - self.missing)

    def get_Data(self) -> Any:
        return self.value("Data")

    # ---------------------------------------------------------------------------------------------------- categories
    def chosen_names(self) -> list[str]:
        given = self.value("Categories")
        return given if given is not None else self.all_names

    def get_Categories(self) -> list[str]:
        return self.chosen_names()

    def get_NumDisplayBins(self) -> float:
        given = self.value("NumDisplayBins")
        return float(len(self.chosen_names())) if given is None else given

    def shown_bars(self) -> tuple[list[str], np.ndarray]:
        """The categories in the order in which they are shown, and their heights."""
        names, heights = self.chosen_names(), self.get_Values().ravel()
        way = self.value("DisplayOrder")
        order = np.arange(len(names))
        if way != "data":
            order = np.argsort(-heights if way == "descend" else heights, kind="stable")
        most = int(self.get_NumDisplayBins())
        kept = order[:most]
        names, heights, rest = [names[k] for k in kept], heights[kept], float(heights[order[most:]].sum())
        if self.value("ShowOthers"):
            names, heights = [*names, "Others"], np.r_[heights, rest]
        return names, heights

    def shown_names(self) -> list[str]:
        return self.shown_bars()[0] if self.all_names else []

    def touch(self) -> None:
        if self.all_names:
            self.categories = {self.along(): self.shown_names()}
        super().touch()

    def heights(self) -> np.ndarray:
        """How high the bars are drawn, in the order in which they stand."""
        return self.shown_bars()[1] if self.all_names else self.get_Values().ravel()

    def extent(self, letter: str) -> tuple[float, float] | None:
        along = self.along()
        if letter == along:
            if self.categories.get(along):
                return 0.5, len(self.categories[along]) + 0.5
            return reach(self.get_BinEdges())
        return reach(np.r_[0, self.heights()]) if letter in "XY" else None
