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


class Figure(Graphic):
    """A window, or the page that stands for one.

    number    1, 2, ...
    page      the number that the picture now on it has among all pictures of the run; None while there is nothing new
    to show
    seen      the desk's clock when it was last shown
    paper     width and height in pixels while it is drawn for paper; None: as on the screen
    """

    kind, class_name = "figure", "matlab.ui.Figure"
    shown = ("Number", "Name", "Color", "Position", "Units")
    own = {
        "Number": Property(),
        "Name": Property("", text),
        "Color": Property(WHITE, colour("none")),
        "Position": Property(lambda: floats(*DEFAULT_FIGURE), vector(4), "PositionMode"),
        "PositionMode": MODE,
        "OuterPosition": Property(lambda: floats(*DEFAULT_FIGURE), vector(4), "PositionMode"),
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
        self.seen = 0
        self.paper: tuple[int, int] | None = None
        self.current_axes: Axes | None = None
        super().__init__(parent)

    def listed(self, every: bool) -> list[Graphic]:
        return with_beside(super().listed(every), every)

    def get_Number(self) -> float:
        return float(self.number)

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

    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return layout.figure_size(self)

    def all_axes(self) -> list[Axes]:
        """The axes on the figure, in the order they were made, those in a tiled layout included."""
        return [node for node in self.walk() if isinstance(node, Axes)]

    def colour_map(self) -> np.ndarray:
        return self.value("Colormap")
