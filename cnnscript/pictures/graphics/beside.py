"""What stands beside axes: colorbars, legends, tiled layouts and the title of a figure."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics import limits as choose
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.properties import (
    BLACK,
    DARK,
    FONT,
    INTERPRETERS,
    MODE,
    UNITS,
    WHITE,
    Property,
    anything,
    choice,
    colour,
    colour_map,
    floats,
    increasing,
    limits,
    on_off,
    or_empty,
    positive,
    text,
    texts,
    vector,
)


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
        box = layout.colorbar_box(self)
        return choose.ticks(*self.get_Limits(), layout.steps_in(box.height / 24 if self.vertical else box.width / 40))

    def get_TickLabels(self) -> list[str]:
        if self.value("TickLabelsMode") == "manual":
            return self.values["TickLabels"]
        return [choose.tick_label(tick) for tick in self.get_Ticks()]

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
        sides = [self.parent] if self.parent.twin is None else [self.parent, self.parent.twin]
        sides.sort(key=lambda side: not side.left_side())
        plotted = self.objects or [child for side in sides for child in side.drawn() if "DisplayName" in child.table]
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
