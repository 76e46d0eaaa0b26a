"""The kinds of graphics objects that plots are made of, and what goes beside an axes: colorbar, legend, tiled
layout."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures import scale
from cnnscript.pictures.kinds import (
    BLACK,
    DARK,
    FONT,
    INTERPRETERS,
    LINE_STYLES,
    MARKERS,
    UNITS,
    WHITE,
    colour_map,
    floats,
)
from cnnscript.pictures.objects import (
    MODE,
    Graphic,
    Property,
    anything,
    array,
    choice,
    colour,
    increasing,
    limits,
    number,
    on_off,
    or_empty,
    positive,
    text,
    texts,
    vector,
)


def reach(values: Any) -> tuple[float, float] | None:
    """The lowest and the highest finite value; None where there is none."""
    numbers = np.asarray(values, float).ravel()
    numbers = numbers[np.isfinite(numbers)]
    return (float(numbers.min()), float(numbers.max())) if numbers.size else None


class Plotted(Graphic):
    """What lies at coordinates XData, YData (and ZData), and may be named in a legend.

    categories: per axis letter, the names that stand at 1, 2, 3 ... where the data were categories.
    """

    kind = "plotted"
    own = {
        "DisplayName": Property("", text),
        "XData": Property(lambda: np.zeros(0), array),
        "YData": Property(lambda: np.zeros(0), array),
        "ZData": Property(lambda: np.zeros(0), array),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.categories: dict[str, list[str]] = {}
        super().__init__(parent, **given)

    def flat(self, name: str) -> np.ndarray:
        """Coordinates as a flat array of doubles."""
        return np.asarray(self.get(name), float).ravel(order="F")

    def extent(self, letter: str) -> tuple[float, float] | None:
        if self.categories.get(letter):
            return 0.5, len(self.categories[letter]) + 0.5
        return reach(self.get(f"{letter}Data"))


class Line(Plotted):
    kind, class_name = "line", "matlab.graphics.chart.primitive.Line"
    shown = ("Color", "LineStyle", "LineWidth", "Marker", "MarkerSize", "MarkerFaceColor", "XData", "YData")
    own = {
        "Color": Property((0.0, 0.4470, 0.7410), colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Marker": Property("none", choice(*MARKERS)),
        "MarkerSize": Property(6.0, positive),
        "MarkerEdgeColor": Property("auto", colour("auto", "none")),
        "MarkerFaceColor": Property("none", colour("auto", "none")),
        "MarkerIndices": Property(None, array),
        "MaximumNumPoints": Property(1e6, positive),
    }


class ConstantLine(Graphic):
    """xline, yline: a line all through the axes; it does not move the limits."""

    kind, class_name = "constantline", "matlab.graphics.chart.decoration.ConstantLine"
    shown = ("InterceptAxis", "Value", "Color", "LineStyle", "LineWidth", "Label", "DisplayName")
    own = {
        **FONT,
        "InterceptAxis": Property("x", choice("x", "y")),
        "Value": Property(0.0, number),
        "Color": Property(DARK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "Alpha": Property(0.7, number),
        "Label": Property("", text),
        "LabelHorizontalAlignment": Property("right", choice("left", "center", "right")),
        "LabelVerticalAlignment": Property("top", choice("top", "middle", "bottom")),
        "LabelOrientation": Property("aligned", choice("aligned", "horizontal")),
        "DisplayName": Property("", text),
    }


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


class Scatter(Plotted):
    kind, class_name = "scatter", "matlab.graphics.chart.primitive.Scatter"
    shown = ("Marker", "MarkerEdgeColor", "MarkerFaceColor", "SizeData", "LineWidth", "XData", "YData")
    own = {
        "Marker": Property("o", choice(*MARKERS)),
        "SizeData": Property(lambda: floats(36), array),
        "CData": Property(lambda: floats(0, 0.4470, 0.7410), anything),
        "MarkerEdgeColor": Property("flat", colour("flat", "none", "auto")),
        "MarkerFaceColor": Property("none", colour("flat", "none", "auto")),
        "MarkerFaceAlpha": Property(1.0, number),
        "MarkerEdgeAlpha": Property(1.0, number),
        "LineWidth": Property(0.5, positive),
    }

    def colour_extent(self) -> tuple[float, float] | None:
        colours = np.asarray(self.value("CData"))
        count = self.flat("XData").size
        return (
            scale.display_limits(colours)
            if colours.size == count and colours.ndim <= 2 and count not in (1, 3)
            else None
        )


class Patch(Plotted):
    """A filled polygon."""

    kind, class_name = "patch", "matlab.graphics.primitive.Patch"
    shown = ("FaceColor", "FaceAlpha", "EdgeColor", "LineStyle", "XData", "YData")
    own = {
        "FaceColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "EdgeAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "CData": Property(None, anything),
    }


class Area(Plotted):
    kind, class_name = "area", "matlab.graphics.chart.primitive.Area"
    shown = ("FaceColor", "EdgeColor", "LineStyle", "BaseValue", "XData", "YData")
    own = {
        "FaceColor": Property((0.0, 0.4470, 0.7410), colour("none")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "BaseValue": Property(0.0, number),
    }

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.below = np.zeros(0)
        super().__init__(parent, **given)

    def floor(self) -> np.ndarray:
        heights = self.flat("YData")
        return self.below if self.below.size == heights.size else np.full(heights.size, self.value("BaseValue"))

    def extent(self, letter: str) -> tuple[float, float] | None:
        if letter != "Y":
            return super().extent(letter)
        floor = self.floor()
        return reach(np.r_[floor, floor + self.flat("YData")])


class Rectangle(Graphic):
    kind, class_name = "rectangle", "matlab.graphics.primitive.Rectangle"
    shown = ("FaceColor", "EdgeColor", "LineWidth", "LineStyle", "Curvature", "Position")
    own = {
        "Position": Property(lambda: floats(0, 0, 1, 1), vector(4)),
        "Curvature": Property(lambda: floats(0, 0), anything),
        "FaceColor": Property("none", colour("none")),
        "FaceAlpha": Property(1.0, number),
        "EdgeColor": Property(BLACK, colour("none")),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        left, bottom, width, height = self.value("Position")
        return {"X": (left, left + width), "Y": (bottom, bottom + height)}.get(letter)


class Surface(Plotted):
    """surf, mesh, pcolor: heights over a grid."""

    kind, class_name = "surface", "matlab.graphics.chart.primitive.Surface"
    shown = ("EdgeColor", "LineStyle", "FaceColor", "FaceLighting", "FaceAlpha", "XData", "YData", "ZData", "CData")
    own = {
        "CData": Property(None, anything),
        "FaceColor": Property("flat", colour("none", "flat", "interp", "texturemap")),
        "EdgeColor": Property(BLACK, colour("none", "flat", "interp")),
        "FaceAlpha": Property(1.0, number),
        "LineStyle": Property("-", choice(*LINE_STYLES)),
        "LineWidth": Property(0.5, positive),
        "FaceLighting": Property("flat", choice("flat", "gouraud", "none")),
    }

    def get_CData(self) -> np.ndarray:
        own = self.value("CData")
        return np.asarray(own if own is not None else self.value("ZData"), float)

    def colour_extent(self) -> tuple[float, float] | None:
        return scale.display_limits(self.get_CData())


class ColorBar(Graphic):
    """The colours of an axes beside it."""

    kind, class_name = "colorbar", "matlab.graphics.illustration.ColorBar"
    shown = ("Location", "Limits", "FontSize", "Position", "Units")
    own = {
        **FONT,
        "Location": Property(
            "eastoutside",
            choice(
                "eastoutside",
                "westoutside",
                "northoutside",
                "southoutside",
                "east",
                "west",
                "north",
                "south",
                "manual",
                "layout",
            ),
        ),
        "Limits": Property(None, limits, "LimitsMode"),
        "LimitsMode": MODE,
        "Ticks": Property(None, increasing, "TicksMode"),
        "TicksMode": MODE,
        "TickLabels": Property(None, texts, "TickLabelsMode"),
        "TickLabelsMode": MODE,
        "Label": Property(None, anything),
        "Title": Property(None, anything),
        "Direction": Property("normal", choice("normal", "reverse")),
        "Position": Property(lambda: floats(0.83, 0.11, 0.04, 0.815), vector(4), "PositionMode"),
        "PositionMode": MODE,
        "Units": Property("normalized", choice(*UNITS)),
        "Color": Property(DARK, colour("none")),
        "Box": Property(True, on_off),
    }

    def __init__(self, parent: Graphic, **given: Any) -> None:
        self.labels: dict[str, Graphic] = {}
        super().__init__(parent, **given)

    def label(self, name: str) -> Graphic:
        from cnnscript.pictures.kinds import Text

        if name not in self.labels:
            made = Text(None, HandleVisibility="off", HorizontalAlignment="center")
            made.values["FontSize"] = 11.0
            made.parent = self
            self.labels[name] = made
        return self.labels[name]

    def get_Label(self) -> Graphic:
        return self.label("Label")

    def get_Title(self) -> Graphic:
        return self.label("Title")

    def get_Limits(self) -> np.ndarray:
        return self.values["Limits"] if self.value("LimitsMode") == "manual" else self.parent.get("CLim")

    def get_Ticks(self) -> np.ndarray:
        if self.value("TicksMode") == "manual":
            return self.values["Ticks"]
        from cnnscript.pictures.layout import colorbar_box, steps_in
        from cnnscript.pictures.limits import ticks

        box = colorbar_box(self)
        return ticks(*self.get_Limits(), steps_in(box.height / 24 if self.vertical else box.width / 40))

    def get_TickLabels(self) -> list[str]:
        if self.value("TickLabelsMode") == "manual":
            return self.values["TickLabels"]
        from cnnscript.pictures.limits import tick_label

        return [tick_label(tick) for tick in self.get_Ticks()]

    @property
    def vertical(self) -> bool:
        return self.value("Location") not in ("northoutside", "southoutside", "north", "south")


class Legend(Graphic):
    kind, class_name = "legend", "matlab.graphics.illustration.Legend"
    shown = ("String", "Location", "Orientation", "FontSize", "Position", "Units")
    own = {
        **FONT, "FontSize": Property(9.0, positive),
        "String": Property(list, texts, "StringMode"),
        "StringMode": MODE,
        "Location": Property(
            "northeast",
            choice(
                "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "northoutside",
                "southoutside", "eastoutside", "westoutside", "northeastoutside", "northwestoutside",
                "southeastoutside", "southwestoutside", "best", "bestoutside", "none", "layout",
            ),
        ),
        "Orientation": Property("vertical", choice("vertical", "horizontal")),
        "NumColumns": Property(1.0, positive),
        "Title": Property(None, or_empty(anything)),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
        "Box": Property(True, on_off),
        "Color": Property(WHITE, colour("none")),
        "TextColor": Property(BLACK, colour("none")),
        "EdgeColor": Property(DARK, colour("none")),
        "AutoUpdate": Property(True, on_off),
        "Position": Property(lambda: floats(0.7, 0.8, 0.2, 0.1), vector(4), "PositionMode"),
        "PositionMode": MODE,
        "Units": Property("normalized", choice(*UNITS)),
    }  # fmt: skip

    def __init__(self, parent: Graphic, **given: Any) -> None:
        self.objects: list[Graphic] = []  # what it names, where the caller said which
        super().__init__(parent, **given)

    def entries(self) -> list[tuple[Graphic, str]]:
        """What the legend lists: each object with its words."""
        plotted = self.objects or [child for child in self.parent.drawn() if "DisplayName" in child.table]
        given = self.value("String") if self.value("StringMode") == "manual" else []
        named = []
        for k, each in enumerate(plotted):
            words = given[k] if k < len(given) else each.value("DisplayName") or f"data{k + 1}"
            if k >= len(given) and (given and not self.value("AutoUpdate")):
                break
            if not each.deleted:
                named.append((each, words))
        return named[: len(given)] if self.objects and given else named

    def get_String(self) -> list[str]:
        return [words for _, words in self.entries()]


class TiledLayout(Graphic):
    """A grid of axes made by tiledlayout; `flow` grids grow as tiles are asked for."""

    kind, class_name = "tiledlayout", "matlab.graphics.layout.TiledChartLayout"
    shown = ("TileArrangement", "GridSize", "Padding", "TileSpacing")
    own = {
        "GridSize": Property(lambda: floats(1, 1), vector(2)),
        "TileArrangement": Property("fixed", choice("fixed", "flow", "vertical", "horizontal")),
        "TileIndexing": Property("rowmajor", choice("rowmajor", "columnmajor")),
        "TileSpacing": Property("loose", choice("loose", "compact", "tight", "none")),
        "Padding": Property("loose", choice("loose", "compact", "tight", "none")),
        "Title": Property(None, anything),
        "Subtitle": Property(None, anything),
        "XLabel": Property(None, anything),
        "YLabel": Property(None, anything),
        "Colormap": Property(None, colour_map),
    }

    def __init__(self, parent: Graphic, **given: Any) -> None:
        self.labels: dict[str, Graphic] = {}
        self.next_tile = 1
        super().__init__(parent, **given)

    label = ColorBar.label

    def get_Title(self) -> Graphic:
        return self.label("Title")

    def get_Subtitle(self) -> Graphic:
        return self.label("Subtitle")

    def get_XLabel(self) -> Graphic:
        return self.label("XLabel")

    def get_YLabel(self) -> Graphic:
        return self.label("YLabel")

    def words_of(self, name: str) -> str | list[str]:
        return self.labels[name].value("String") if name in self.labels else ""

    def grid(self) -> tuple[int, int]:
        """Rows and columns of tiles, as they are now."""
        rows, columns = (int(n) for n in self.value("GridSize"))
        if self.value("TileArrangement") == "flow":
            most = max((child.span[0] for child in self.children if getattr(child, "span", None)), default=0) + 1
            columns = int(np.ceil(np.sqrt(most)))
            rows = int(np.ceil(most / columns))
        elif self.value("TileArrangement") in ("vertical", "horizontal"):
            count = max(1, len([child for child in self.children if getattr(child, "span", None)]))
            rows, columns = (count, 1) if self.value("TileArrangement") == "vertical" else (1, count)
        return rows, columns

    def get_GridSize(self) -> np.ndarray:
        return floats(*self.grid())


class FigureTitle(Graphic):
    """sgtitle: words above all axes of a figure."""

    kind, class_name = "subplottext", "matlab.graphics.illustration.subplot.Text"
    shown = ("String", "FontSize", "FontWeight", "FontName", "Color", "Interpreter")
    own = {
        **FONT,
        "String": Property("", text),
        "FontSize": Property(12.0, positive),
        "Color": Property(BLACK, colour("none")),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
        "HorizontalAlignment": Property("center", choice("left", "center", "right")),
    }
