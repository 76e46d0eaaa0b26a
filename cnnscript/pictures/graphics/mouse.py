"""What a mouse is to do in a figure, as objects that keep what was asked for."""

from __future__ import annotations

from typing import Any

from cnnscript.pictures.graphics.lesser_parts import Toolbar
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import Property, anything, choice, colour, on_off

BUTTONS = ("export", "brush", "datacursor", "rotate", "pan", "zoomin", "zoomout", "restoreview")
CALLS = ("ActionPreCallback", "ActionPostCallback", "ButtonDownFilter")
COMMON_MODE: dict[str, Property] = {
    "Enable": Property(False, on_off),
    "FigureHandle": Property(),
    **{name: Property(None, anything) for name in CALLS},
    "ContextMenu": Property(None, anything),
    "UIContextMenu": Property(None, anything),
}
MOTION = Property("both", choice("both", "horizontal", "vertical"))


class MouseMode(Graphic):
    """A mode of a figure: figure is whose."""

    kind = "mode"
    shown = ("Enable", "FigureHandle")
    own = COMMON_MODE

    def __init__(self, figure: Any) -> None:
        super().__init__()
        self.figure = figure

    def get_FigureHandle(self) -> Any:
        return self.figure


class Zoom(MouseMode):
    class_name = "matlab.graphics.interaction.internal.zoom"
    own = {
        "Motion": MOTION,
        "Direction": Property("in", choice("in", "out")),
        "RightClickAction": Property("PostContextMenu", choice("PostContextMenu", "InverseZoom")),
        "UseLegacyExplorationModes": Property(False, on_off),
    }


class Pan(MouseMode):
    class_name = "matlab.graphics.interaction.internal.pan"
    own = {"Motion": MOTION, "UseLegacyExplorationModes": Property(False, on_off)}


class Rotate(MouseMode):
    class_name = "matlab.graphics.interaction.internal.rotate3d"
    own = {
        "RotateStyle": Property("orbit", choice("orbit", "box")),
        "UseLegacyExplorationModes": Property(False, on_off),
    }


class DataCursor(MouseMode):
    class_name = "matlab.graphics.shape.internal.DataCursorManager"
    own = {
        "SnapToDataVertex": Property(True, on_off),
        "DisplayStyle": Property("datatip", choice("datatip", "window")),
        "UpdateFcn": Property(None, anything),
        "Interpreter": Property("tex", choice("tex", "latex", "none")),
    }


class Brush(MouseMode):
    class_name = "matlab.graphics.interaction.internal.brush"
    own = {"Color": Property((1.0, 0.0, 0.0), colour())}


MODES: dict[str, type[MouseMode]] = {
    "zoom": Zoom, "pan": Pan, "rotate3d": Rotate, "datacursormode": DataCursor, "brush": Brush,
}  # fmt: skip


class ChosenToolbar(Toolbar):
    """The toolbar of an axes with the buttons that a program chose."""

    def __init__(self, axes: Any, buttons: tuple[str, ...]) -> None:
        super().__init__()
        self.axes, self.buttons = axes, buttons
