"""Figures: the windows, or the pages that stand for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic, with_beside
from cnnscript.pictures.graphics.pixels import FIRST_PIXEL, from_pixels, to_pixels
from cnnscript.pictures.graphics.properties import (
    DEFAULT_FIGURE,
    MODE,
    UNITS,
    WHITE,
    Property,
    anything,
    box,
    choice,
    colour,
    colour_map,
    floats,
    on_off,
    or_empty,
    text,
    vector,
)
from cnnscript.pictures.images import colormaps

PER_INCH = {"inches": 1.0, "centimeters": 2.54, "points": 72.0}
PAPERS = {  # width and height in inches
    "usletter": (8.5, 11.0), "uslegal": (8.5, 14.0), "tabloid": (11.0, 17.0), "a": (8.5, 11.0), "b": (11.0, 17.0),
    "c": (17.0, 22.0), "d": (22.0, 34.0), "e": (34.0, 43.0), "arch-a": (9.0, 12.0), "arch-b": (12.0, 18.0),
    "arch-c": (18.0, 24.0), "arch-d": (24.0, 36.0), "arch-e": (36.0, 48.0),
    **{
        f"{series}{number}": tuple(round(length / 25.4, 4) for length in lengths)
        for series, sizes in (
            ("a", ((841, 1189), (594, 841), (420, 594), (297, 420), (210, 297), (148, 210))),
            ("b", ((1029, 1456), (728, 1028), (514, 728), (364, 514), (257, 364), (182, 257))),
        )
        for number, lengths in enumerate(sizes)
    },
}  # fmt: skip


MOST_CHANGES = 200  # told one by one; with more a figure is drawn as a whole


class Figure(Graphic):
    """A window, or the page that stands for one.

    number    1, 2, ...
    page      the number that the picture now on it has among all pictures of the run; None while there is nothing new
    to show
    seen      the desk's clock when it was last shown
    shows     the value of the program whose plot it is, None for most figures
    changes   what has changed since somebody took note of it; None: too much to be told one by one
    lively    what its maker knows will change often
    paper     width and height in pixels while it is drawn for paper; None: as on the screen
    """

    kind, class_name = "figure", "matlab.ui.Figure"
    shown = ("Number", "Name", "Color", "Position", "Units")
    own = {
        "Number": Property(),
        "Name": Property("", text),
        "Color": Property(WHITE, colour("none")),
        "Position": Property(lambda: floats(*DEFAULT_FIGURE), box, "PositionMode"),
        "PositionMode": MODE,
        "OuterPosition": Property(lambda: floats(*DEFAULT_FIGURE), box, "PositionMode"),
        "InnerPosition": Property(lambda: floats(*DEFAULT_FIGURE), vector(4), "PositionMode"),
        "Units": Property("pixels", choice(*UNITS)),
        "Colormap": Property(lambda: colormaps.colormap("parula"), colour_map),
        "NumberTitle": Property(True, on_off),
        "MenuBar": Property("figure", choice("figure", "none")),
        "ToolBar": Property("auto", choice("auto", "figure", "none")),
        "DockControls": Property(True, on_off),
        "Resize": Property(True, on_off),
        "WindowState": Property("normal", choice("normal", "minimized", "maximized", "fullscreen")),
        "WindowStyle": Property("normal", choice("normal", "modal", "docked")),
        "NextPlot": Property("add", choice("add", "new", "replace", "replacechildren")),
        "InvertHardcopy": Property(True, on_off),
        "PaperPosition": Property(lambda: floats(0.25, 2.5, 8, 6), vector(4), "PaperPositionMode"),
        "PaperPositionMode": MODE,
        "PaperUnits": Property("inches", choice("inches", "centimeters", "points", "normalized")),
        "PaperSize": Property(lambda: floats(8.5, 11), vector(2)),
        "PaperOrientation": Property("portrait", choice("portrait", "landscape")),
        "Renderer": Property("opengl", choice("opengl", "painters")),
        "CurrentAxes": Property(None, or_empty(anything)),
        "FileName": Property("", text),
    }

    # What reset leaves alone.
    kept = frozenset(("Position", "PositionMode", "Units", "PaperPosition", "PaperUnits", "WindowStyle"))

    def __init__(self, parent: Graphic, number: int) -> None:
        self.number = number
        self.page: int | None = None
        self.sheet: tuple[float, float] = PAPERS["usletter"]  # the paper in inches
        self.seen = 0
        self.shows: object = None
        self.changes: set[Graphic] | None = None
        self.lively: set[Graphic] = set()
        self.paper: tuple[int, int] | None = None
        self.current_axes: Axes | None = None
        super().__init__(parent)

    def note(self, changed: Graphic) -> None:
        """Something in it looks different from now on."""
        if self.changes is not None:
            self.changes.add(changed)
            if len(self.changes) > MOST_CHANGES:
                self.changes = None

    def take_changes(self) -> set[Graphic] | None:
        """What has changed since this was last asked; None the first time, and where it is too much."""
        taken, self.changes = self.changes, set()
        return taken

    def listed(self, every: bool) -> list[Graphic]:
        return with_beside(super().listed(every), every)

    def get_Number(self) -> float | np.ndarray:
        return float(self.number) if self.value("IntegerHandle") else np.zeros((0, 0))

    def before_IntegerHandle(self, on: bool) -> bool:
        if on and self.parent.numbered().get(self.number, self) is not self:
            self.number = self.parent.next_number()
        return on

    @property
    def called(self) -> str:
        """What it is called where its picture is told of: figure 1, or figure 'Name' where it has no number."""
        if self.value("IntegerHandle"):
            return f"figure {self.number}"
        name = self.value("Name")
        return f"figure '{name}'" if name else "figure"

    def get_CurrentAxes(self) -> Axes | None:
        return self.current_axes

    def before_CurrentAxes(self, axes: Any) -> Any:
        if axes is not None and not isinstance(axes, Axes):
            raise ValueError("Value must be a handle of an axes.")
        self.current_axes = axes
        return None

    def get_Position(self) -> np.ndarray:
        return layout.figure_position(self)

    get_OuterPosition = get_Position
    get_InnerPosition = get_Position

    def before_InnerPosition(self, position: np.ndarray) -> np.ndarray:
        self.values["Position"] = position
        return position

    def before_OuterPosition(self, position: np.ndarray) -> np.ndarray:
        self.values["Position"] = position
        return position

    def before_Units(self, units: str) -> str:
        """What was set in the old units is in the new ones now."""
        for name in ("Position", "OuterPosition"):
            if name in self.values:
                box = to_pixels(self.values[name], self.value("Units"), *layout.SCREEN, FIRST_PIXEL)
                self.values[name] = from_pixels(box, units, *layout.SCREEN, FIRST_PIXEL)
        return units

    def before_PaperUnits(self, units: str) -> str:
        """The paper and the place on it are told in the new units."""
        old = self.value("PaperUnits")
        size = self.value("PaperSize") / PER_INCH.get(old, 1.0)
        if old == "normalized":
            size = np.array(self.sheet)
        place = self.value("PaperPosition")
        place = place * np.tile(size, 2) if old == "normalized" else place / PER_INCH[old]
        self.sheet = tuple(size.tolist())
        if units == "normalized":
            self.values |= {"PaperSize": floats(1, 1), "PaperPosition": place / np.tile(size, 2)}
        else:
            self.values |= {"PaperSize": size * PER_INCH[units], "PaperPosition": place * PER_INCH[units]}
        return units

    def before_PaperType(self, name: str) -> str:
        """A kind of paper has its size."""
        size = np.array(PAPERS[name]) if name in PAPERS else None
        if size is not None:
            size = size[::-1] if self.value("PaperOrientation") == "landscape" else size
            self.sheet = tuple(size.tolist())
            self.values["PaperSize"] = size * PER_INCH.get(self.value("PaperUnits"), 1.0)
        return name

    def before_PaperOrientation(self, way: str) -> str:
        """Turned paper is as wide as it was high."""
        if way != self.value("PaperOrientation"):
            self.values["PaperSize"] = self.value("PaperSize")[::-1].copy()
            self.sheet = self.sheet[::-1]
        return way

    def before_PaperSize(self, size: np.ndarray) -> np.ndarray:
        self.sheet = tuple((size / PER_INCH.get(self.value("PaperUnits"), 1.0)).tolist())
        self.values["PaperType"] = "<custom>"
        return size

    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return layout.figure_size(self)

    def all_axes(self) -> list[Axes]:
        """The axes on the figure, in the order they were made, those in a tiled layout included."""
        return [node for node in self.walk() if isinstance(node, Axes)]

    def colour_map(self) -> np.ndarray:
        return self.value("Colormap")
