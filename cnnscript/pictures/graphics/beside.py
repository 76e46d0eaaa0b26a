"""What stands beside axes: colorbars, legends, tiled layouts and the title of a figure."""

from __future__ import annotations

from itertools import count
from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics import beside_boxes, layout, tile_boxes, word_room
from cnnscript.pictures.graphics import limits as choose
from cnnscript.pictures.graphics.lesser_parts import in_legends
from cnnscript.pictures.graphics.objects import BESIDE, Graphic, Row, with_beside
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.properties import (
    BLACK,
    DARK,
    DEFAULT_AXES,
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
    fraction,
    increasing,
    limits,
    number,
    on_off,
    positive,
    text,
    texts,
    vector,
)
from cnnscript.pictures.graphics.rulers import BarRuler
from cnnscript.pictures.graphics.tile_options import tile_options, tile_options_of


class Words(Text):
    """A title or label of a colorbar, a legend or a layout: in the font of its owner until it has its own.

    larger: its size, as a multiple of the owner's; or, where the owner has none, in points.
    """

    def __init__(self, owner: Any, larger: float, bold: bool = False) -> None:
        self.larger, self.bold = larger, bold
        super().__init__(None, HandleVisibility="off", HorizontalAlignment="center")
        self.parent = owner

    def value(self, name: str) -> Any:
        if name in FONT and name not in self.values and self.parent is not None:
            if name == "FontSize":
                return self.larger * (self.parent.get("FontSize") if "FontSize" in self.parent.table else 1.0)
            if name == "FontWeight":
                return "bold" if self.bold else "normal"
            if name in self.parent.table:
                return self.parent.value(name)
        return super().value(name)


def named_in_legends(node: Graphic) -> bool:
    """Whether a legend without a list of objects has a line for this one."""
    seen = node.value("HandleVisibility") == "on"
    return "DisplayName" in node.table and seen and in_legends(node)


class Beside(Graphic):
    """What stands beside axes, or in a tile of a layout, and has words of its own.

    span: its tile, as axes have it.  side: the side of the layout it stands at, or ''.
    """

    worded: ClassVar[dict[str, tuple[float, bool]]] = {}

    def __init__(self, parent: Graphic | None = None, **given: Any) -> None:
        self.labels: dict[str, Words] = {}
        self.span: tuple[int, int, int, int] | None = None
        self.side = ""
        super().__init__(parent, **given)

    def label(self, name: str) -> Words:
        """The text object of a title or a label."""
        if name not in self.labels:
            self.labels[name] = Words(self, *self.worded[name])
        return self.labels[name]

    def words_of(self, name: str) -> str | list[str]:
        return word_room.said(self.labels[name]) if name in self.labels and self.labels[name].value("Visible") else ""

    get_Layout = tile_options_of

    def holder(self) -> Graphic | None:
        """The parent of its axes, to which MATLAB counts it."""
        beside = self.kind in BESIDE and self.parent is not None
        return self.parent.parent if beside and self.parent.kind != "tiledlayout" else self.parent

    def listed(self, every: bool) -> list[Graphic]:
        return with_beside(super().listed(every), every)

    def room(self) -> layout.Box:
        """The box of the figure or the panel that it stands in."""
        return layout.room_of(self)

    def placed(self, box: layout.Box) -> np.ndarray:
        """A box in pixels as a position in its units."""
        room = self.room()
        inside = layout.Box(box.left - room.left, box.bottom - room.bottom, box.width, box.height)
        return layout.from_pixels(inside, self.value("Units"), room.width, room.height, layout.FIRST_PIXEL)

    def given(self) -> layout.Box:
        """The box in pixels of the position that it was given."""
        room = self.room()
        box = layout.to_pixels(
            self.value("Position"), self.value("Units"), room.width, room.height, layout.FIRST_PIXEL
        )
        return layout.Box(room.left + box.left, room.bottom + box.bottom, box.width, box.height)

    def tile(self) -> layout.Box:
        """Its box in the layout it stands in."""
        return tile_boxes.side_box(self, *self.up("figure").size())

    def auto_font(self) -> float:
        """9 tenths of the font size of its axes, until it has its own."""
        if "FontSize" in self.values or not isinstance(self.parent, Graphic) or "FontSize" not in self.parent.table:
            return self.value("FontSize")
        return 0.9 * self.parent.value("FontSize")


USUAL_BOX = layout.Box(72.8, 46.2, 434.0, 342.3)  # of an axes alone on a figure of the default size


# What colorbars called their properties, after x or y, when they were axes.
OLD_NAMES = {"tick": "Ticks", "ticklabel": "TickLabels", "lim": "Limits", "label": "Label", "tickmode": "TicksMode",
             "ticklabelmode": "TickLabelsMode", "dir": "Direction", "color": "Color"}  # fmt: skip


class ColorBar(Beside):
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
        "FontSize": Property(9.0, positive),
        "Limits": Property(None, limits, "LimitsMode"),
        "LimitsMode": MODE,
        "Ticks": Property(None, increasing, "TicksMode"),
        "TicksMode": MODE,
        "TickLabels": Property(None, texts, "TickLabelsMode"),
        "TickLabelsMode": MODE,
        "Label": Property(None, anything),
        "Title": Property(None, anything),
        "TickLabelInterpreter": Property("tex", choice(*INTERPRETERS)),
        "TickDirection": Property("in", choice("in", "out", "both", "none")),
        "TickLength": Property(0.01, number),
        "AxisLocation": Property("out", choice("out", "in"), "AxisLocationMode"),
        "AxisLocationMode": MODE,
        "LineWidth": Property(0.5, positive),
        "Ruler": Property(),
        "Layout": Property(None, tile_options),
        "Direction": Property("normal", choice("normal", "reverse")),
        "Position": Property(None, vector(4), "PositionMode"),
        "PositionMode": MODE,
        "Units": Property("normalized", choice(*UNITS)),
        "Color": Property(DARK, colour("none")),
        "Box": Property(True, on_off),
    }

    def __init__(self, parent: Graphic, **given: Any) -> None:
        self.ruler: BarRuler | None = None
        super().__init__(parent, **given)

    worded = {"Label": (1.1, False), "Title": (1.0, False), "XLabel": (1.1, False), "YLabel": (1.1, False)}

    def label(self, name: str) -> Words:
        return super().label("Label" if name in ("XLabel", "YLabel", "ZLabel") else name)

    get_FontSize = Beside.auto_font

    @classmethod
    def find_name(cls, name: str) -> str:
        """Names of properties; those that colorbars had when they were axes are known too."""
        low = name.lower()
        return OLD_NAMES[low[1:]] if low[:1] in ("x", "y") and low[1:] in OLD_NAMES else super().find_name(name)

    def get_Position(self) -> np.ndarray:
        if self.value("PositionMode") == "manual":
            return self.values["Position"]
        return self.placed(beside_boxes.colorbar_box(self))

    def before_Position(self, position: np.ndarray) -> np.ndarray:
        self.values["Location"] = "manual"
        return position

    def before_Location(self, place: str) -> str:
        if place not in ("manual", "layout"):
            self.values["PositionMode"] = "auto"
            self.span, self.side = None, ""
        return place

    def get_Ruler(self) -> BarRuler:
        if self.ruler is None:
            self.ruler = BarRuler(self, "")
        return self.ruler

    def get_Label(self) -> Graphic:
        return self.label("Label")

    def get_Title(self) -> Graphic:
        return self.label("Title")

    def get_Limits(self) -> np.ndarray:
        return self.values["Limits"] if self.value("LimitsMode") == "manual" else self.parent.get("CLim")

    def get_Ticks(self) -> np.ndarray:
        if self.value("TicksMode") == "manual":
            return self.values["Ticks"]
        # The room that a colorbar takes depends on its numbers, so their count is that of the axes' whole box.
        # At the side of a layout it is as long as all tiles together, about an axes of the default size.
        larger = self.get_FontSize() / 9
        _, _, wide, high = USUAL_BOX if self.side else self.parent.given_box()
        room = high / (24 * larger) if self.vertical else wide / (40 * larger)
        return choose.ticks(*self.get_Limits(), layout.steps_in(room))

    def get_TickLabels(self) -> list[str]:
        if self.value("TickLabelsMode") == "manual":
            return self.values["TickLabels"]
        ruler = self.get_Ruler()
        return ruler.written_at(self.get_Ticks())

    @property
    def vertical(self) -> bool:
        if self.side:
            return self.side in ("east", "west")
        if self.value("Location") == "manual" and self.value("PositionMode") == "manual":
            return bool(self.values["Position"][3] >= self.values["Position"][2])
        return self.value("Location") not in ("northoutside", "southoutside", "north", "south")


class Legend(Beside):
    """The names of what is plotted in an axes."""

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
        "NumColumns": Property(1.0, positive, "NumColumnsMode"),
        "NumColumnsMode": MODE,
        "Direction": Property("normal", choice("normal", "reverse")),
        "IconColumnWidth": Property(30.0, positive),
        "ItemTokenSize": Property(lambda: floats(30, 18), vector(2)),
        "ItemHitFcn": Property(None, anything),
        "BackgroundAlpha": Property(1.0, fraction),
        "LineWidth": Property(0.5, positive),
        "Layout": Property(None, tile_options),
        "Title": Property(None, anything),
        "Interpreter": Property("tex", choice(*INTERPRETERS)),
        "Box": Property(True, on_off),
        "Color": Property(WHITE, colour("none")),
        "TextColor": Property(BLACK, colour("none")),
        "EdgeColor": Property(DARK, colour("none")),
        "AutoUpdate": Property(True, on_off),
        "Position": Property(None, vector(4), "PositionMode"),
        "PositionMode": MODE,
        "Units": Property("normalized", choice(*UNITS)),
    }  # fmt: skip

    def __init__(self, parent: Graphic, **given: Any) -> None:
        self.objects: list[Graphic] = []  # what it names, where the caller said which
        self.left_out: list[Graphic] = []  # what it was not to name
        super().__init__(parent, **given)

    worded = {"Title": (1.1, True)}
    get_FontSize = Beside.auto_font

    def get_Title(self) -> Words:
        return self.label("Title")

    def before_Title(self, words: Any) -> None:
        self.label("Title").set("String", words)

    def get_Position(self) -> np.ndarray:
        return self.placed(beside_boxes.legend_box(self))

    def before_Position(self, position: np.ndarray) -> np.ndarray:
        self.values["Location"] = "none"
        return position

    def before_Location(self, place: str) -> str:
        if place not in ("none", "layout"):
            self.values["PositionMode"] = "auto"
            self.span, self.side = None, ""
        return place

    def get_NumColumns(self) -> float:
        return float(beside_boxes.legend_grid(self)[1])

    def named(self) -> list[Graphic]:
        """All that is plotted in its axes and wants to be in legends, on the left side first."""
        sides = [self.parent] if self.parent.twin is None else [self.parent, self.parent.twin]
        sides.sort(key=lambda side: not side.left_side())
        return [child for side in sides for child in side.children if named_in_legends(child)]

    def plotted(self) -> list[Graphic]:
        """What it names: the objects it was given, then what has been plotted since."""
        given = [each for each in self.objects if not each.deleted]
        if self.objects and not self.value("AutoUpdate"):
            return given
        return given + [each for each in self.named() if each not in given and each not in self.left_out]

    def call(self, names: list[str] | None, objects: list[Graphic] | None) -> None:
        """legend(objects, names): what it names from now on.  An object whose name is '' is left out, and so are
        those for which there are no names."""
        every = self.named()
        if objects is None and names is None:
            self.left_out = []
            self.touch()
            return
        chosen = list(objects) if objects is not None else every
        pairs = list(zip(chosen, names, strict=False)) if names is not None else [(each, None) for each in chosen]
        self.objects = [each for each, name in pairs if name != ""]
        self.left_out = [each for each in every if each not in self.objects]
        self.values.pop("String", None)
        for each, name in pairs:
            if name:
                each.values["DisplayName"] = name
        self.touch()

    def before_AutoUpdate(self, on: bool) -> bool:
        """What is there when it stops to follow the axes, stays."""
        if not on:
            self.objects = self.plotted()
        return on

    def before_String(self, names: list[str]) -> list[str]:
        """The objects bear the names that their legend gives them."""
        for each, name in zip(self.plotted(), names, strict=False):
            each.values["DisplayName"] = name
        return names

    def entries(self) -> list[tuple[Graphic, str]]:
        """What the legend lists: each object with its words; those without a name are counted."""
        nameless = count(1)
        return [(each, each.value("DisplayName") or f"data{next(nameless)}") for each in self.plotted()]

    def get_String(self) -> list[str]:
        return Row(words for _, words in self.entries())


class TiledLayout(Beside):
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
        "Layout": Property(None, tile_options),
        "Position": Property(lambda: floats(*DEFAULT_AXES), vector(4), "PositionMode"),
        "InnerPosition": Property(lambda: floats(*DEFAULT_AXES), vector(4), "PositionMode"),
        "OuterPosition": Property(lambda: floats(0, 0, 1, 1), vector(4), "PositionMode"),
        "PositionMode": MODE,
        "PositionConstraint": Property("outerposition", choice("outerposition", "innerposition")),
        "Units": Property("normalized", choice(*UNITS)),
    }

    worded = {"Title": (12.0, False), "Subtitle": (11.0, False), "XLabel": (11.0, False), "YLabel": (11.0, False)}

    def get_Position(self) -> np.ndarray:
        """Where the tiles are; OuterPosition has the words around them too."""
        return self.placed(tile_boxes.grid_box(self, *self.up("figure").size()))

    get_InnerPosition = get_Position

    def get_OuterPosition(self) -> np.ndarray:
        return self.placed(tile_boxes.outer_box(self, *self.up("figure").size()))

    def before_GridSize(self, size: np.ndarray) -> np.ndarray:
        if self.children:
            raise ValueError("GridSize may be set only while all tiles are empty.")
        self.values["TileArrangement"] = "fixed"
        return size

    def place(self, tile: int) -> tuple[int, int]:
        """Row and column (from 0) of a tile (from 0)."""
        rows, columns = self.grid()
        if self.value("TileIndexing") == "columnmajor":
            return tile % rows, tile // rows
        return divmod(tile, columns)

    def get_Title(self) -> Graphic:
        return self.label("Title")

    def get_Subtitle(self) -> Graphic:
        return self.label("Subtitle")

    def get_XLabel(self) -> Graphic:
        return self.label("XLabel")

    def get_YLabel(self) -> Graphic:
        return self.label("YLabel")

    def grid(self) -> tuple[int, int]:
        """Rows and columns of tiles, as they are now."""
        rows, columns = (int(n) for n in self.value("GridSize"))
        if self.value("TileArrangement") == "flow":
            most = max((child.span[0] for child in self.children if getattr(child, "span", None)), default=0) + 1
            columns = int(np.ceil(np.sqrt(most)))
            rows = int(np.ceil(most / columns))
            figure = self.up("figure")
            if figure is not None and layout.fitted_axes(figure) is None:
                rows, columns = flow_grid(most, *figure.size())
        elif self.value("TileArrangement") in ("vertical", "horizontal"):
            count = max(1, len([child for child in self.children if getattr(child, "span", None)]))
            rows, columns = (count, 1) if self.value("TileArrangement") == "vertical" else (1, count)
        return rows, columns

    def get_GridSize(self) -> np.ndarray:
        return floats(*self.grid())


def flow_grid(count: int, width: float, height: float) -> tuple[int, int]:
    """Rows and columns for so many tiles, so that each is about 4 wide and 3 high and few stay empty."""
    best: tuple[float, int, int] | None = None
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        if (rows - 1) * columns >= count or rows * (columns - 1) >= count:
            continue
        shape = abs(np.log(width / columns / (height / rows) / (4 / 3)))
        off = shape + 0.2 * (rows * columns - count) / count
        if best is None or off < best[0] + 1e-9:
            best = off, rows, columns
    return best[1:] if best else (1, 1)


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
