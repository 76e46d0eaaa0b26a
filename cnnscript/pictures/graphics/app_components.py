"""Components of apps: labels, buttons, sliders, lists and the grid that they stand in, kept with their properties."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.interface_objects import CONTAINERS, GREY, Interface
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.pixels import Box
from cnnscript.pictures.graphics.properties import (
    BLACK,
    CALLBACK,
    FONT,
    Property,
    anything,
    array,
    box,
    choice,
    colour,
    floats,
    increasing,
    number,
    on_off,
    or_empty,
    positive,
    text,
    texts,
    vector,
)
from cnnscript.pictures.graphics.tile_options import tile_options, tile_options_of


def truth(value: Any) -> np.ndarray:
    """true or false, kept as such."""
    given = value.ravel()[0] if isinstance(value, np.ndarray) and value.size == 1 else value
    return np.array([[on_off(given)]])


def ends(value: Any) -> np.ndarray:
    given = np.asarray(array(value), float).ravel()
    if given.size != 2 or not given[0] < given[1]:
        raise ValueError("'Limits' must be a 1-by-2 array of increasing doubles.")
    return given


class GridLayout(Interface):
    """uigridlayout: rows and columns, '1x' for a share of what is left, a number for pixels, 'fit' for a line."""

    kind, class_name = "uigridlayout", "matlab.ui.container.GridLayout"
    shown = ("RowHeight", "ColumnWidth")
    homes = CONTAINERS
    own: ClassVar = {
        "RowHeight": Property(lambda: ["1x", "1x"], texts),
        "ColumnWidth": Property(lambda: ["1x", "1x"], texts),
        "RowSpacing": Property(10.0, number),
        "ColumnSpacing": Property(10.0, number),
        "Padding": Property(lambda: floats(10, 10, 10, 10), vector(4)),
        "BackgroundColor": Property(GREY, colour("none")),
        "Scrollable": Property(False, on_off),
        "Layout": Property(None, tile_options),
    }
    get_Layout = tile_options_of

    def cell(self, node: Graphic, around: Box) -> Box:
        """The box of what stands in the grid, in a grid that fills `around`."""
        rows, columns = tile_options_of(node).place()
        left, bottom, right, top = self.value("Padding")
        wide = spread(self.value("ColumnWidth"), around.width - left - right, self.value("ColumnSpacing"))
        high = spread(self.value("RowHeight"), around.height - top - bottom, self.value("RowSpacing"))
        (begin, width), (down, height) = span(wide, columns), span(high, rows)
        return Box(
            around.left + left + begin, around.bottom + around.height - top - down - height,
            max(width, 1.0), max(height, 1.0),
        )  # fmt: skip


FIT = 22.0  # pixels of a row or column that is as large as what is in it


def spread(sizes: list[str], room: float, gap: float) -> list[tuple[float, float]]:
    """Where each row or column begins, and its size, in pixels."""
    shares = [float(word[:-1] or 1) if word.endswith("x") else 0.0 for word in sizes]
    fixed = [0.0 if word.endswith("x") else FIT if word == "fit" else float(word) for word in sizes]
    left = max(room - sum(fixed) - gap * (len(sizes) - 1), 0.0)
    made, at = [], 0.0
    for share, pixels in zip(shares, fixed, strict=True):
        size = pixels + (left * share / sum(shares) if share else 0.0)
        made.append((at, size))
        at += size + gap
    return made


def span(places: list[tuple[float, float]], chosen: np.ndarray) -> tuple[float, float]:
    first, last = (places[min(int(k), len(places)) - 1] for k in (chosen.min(), chosen.max()))
    return first[0], last[0] + last[1] - first[0]


class Component(Interface):
    """What all components have; `changed` is the callback that a person's choice would run."""

    kind = "appcomponent"
    homes = (*CONTAINERS, "uigridlayout")
    own: ClassVar = {
        **FONT,
        "FontSize": Property(12.0, positive),
        "FontColor": Property(BLACK, colour()),
        "Position": Property(lambda: floats(100, 100, 100, 22), box),
        "BackgroundColor": Property((0.96, 0.96, 0.96), colour("none")),
        "Enable": Property(True, on_off),
        "Tooltip": Property("", text),
        "Layout": Property(None, tile_options),
    }
    get_Layout = tile_options_of


def component(kind: str, class_name: str, shown: str, base: type = Component, **own: Property) -> type[Component]:
    names = tuple(shown.split())
    body = {"kind": kind, "class_name": f"matlab.ui.control.{class_name}", "shown": names, "own": own}
    return type(f"App{class_name}", (base,), body)  # figures in files name classes: no two may be called alike


class Measured(Component):
    """A component whose Value is a number within Limits."""

    kind = "measuredcomponent"
    own: ClassVar = {
        "Value": Property(0.0, number),
        "Limits": Property(lambda: floats(0, 100), ends),
        "ValueChangedFcn": CALLBACK,
        "ValueChangingFcn": CALLBACK,
    }

    def before_Value(self, value: float) -> float:
        low, high = self.value("Limits")
        if not low <= value <= high:
            raise ValueError("'Value' must be a double scalar within the range of 'Limits'.")
        return value

    def before_Limits(self, given: np.ndarray) -> np.ndarray:
        self.values["Value"] = float(np.clip(self.value("Value"), *given))
        return given


class Chooser(Component):
    """A component whose Value is one of its Items, or the ItemsData that stands for it."""

    kind = "choosercomponent"
    own: ClassVar = {
        "Items": Property(list, texts),
        "ItemsData": Property(None, or_empty(anything)),
        "Value": Property(None, or_empty(anything)),
        "ValueChangedFcn": CALLBACK,
    }

    def choices(self) -> list[Any]:
        data = self.value("ItemsData")
        if data is None:
            return self.value("Items")
        return data if isinstance(data, list) else np.ravel(data).tolist()

    def get_Value(self) -> Any:
        given, every = self.value("Value"), self.choices()
        if given is not None and all(each in every for each in listed(given)):
            return given
        return every[0] if every else None

    def before_Value(self, value: Any) -> Any:
        if value is not None and not all(each in self.choices() for each in listed(value)):
            raise ValueError("'Value' must be an element defined in the 'Items' property or the 'ItemsData' property.")
        return value


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else np.ravel(value).tolist()


def names(*words: str) -> Property:
    return Property(lambda: list(words), texts)


TICKS = {"MajorTicks": Property(None, or_empty(increasing)), "MinorTicks": Property(None, or_empty(increasing))}
LINES = {
    "HorizontalAlignment": Property("left", choice("left", "center", "right")),
    "WordWrap": Property(False, on_off),
}
TRUTH = {"Value": Property(lambda: np.array([[False]]), truth), "ValueChangedFcn": CALLBACK}
EDITED = {**LINES, "Editable": Property(True, on_off), "Placeholder": Property("", text)}
NUMERIC = {
    **EDITED,
    "Limits": Property(lambda: floats(-np.inf, np.inf), ends),
    "HorizontalAlignment": Property("right", choice("left", "center", "right")),
    "ValueDisplayFormat": Property("%11.4g", text),
    "RoundFractionalValues": Property(False, on_off),
}
PRESSED = {
    **LINES,
    "HorizontalAlignment": Property("center", choice("left", "center", "right")),
    "Icon": Property("", text),
    "IconAlignment": Property("left", choice("left", "right", "center", "top", "bottom")),
}

Label = component(
    "uilabel", "Label", "Text Position", Text=Property("Label", text), **LINES,
    VerticalAlignment=Property("center", choice("top", "center", "bottom")),
    Interpreter=Property("none", choice("none", "tex", "latex", "html")),
)  # fmt: skip
Button = component(
    "uibutton", "Button", "Text Icon ButtonPushedFcn Position", **PRESSED,
    Text=Property("Button", text), ButtonPushedFcn=CALLBACK,
)  # fmt: skip
StateButton = component(
    "uistatebutton", "StateButton", "Text Icon Value ValueChangedFcn Position", **PRESSED, **TRUTH,
    Text=Property("State Button", text),
)  # fmt: skip
CheckBox = component(
    "uicheckbox", "CheckBox", "Text Value ValueChangedFcn Position", **TRUTH, Text=Property("Check Box", text),
    WordWrap=Property(False, on_off),
)  # fmt: skip
Slider = component(
    "uislider", "Slider", "Value Limits MajorTicks Orientation ValueChangedFcn Position", Measured, **TICKS,
    Orientation=Property("horizontal", choice("horizontal", "vertical")), MajorTickLabels=Property(list, texts),
    Step=Property(1.0, positive),
)  # fmt: skip
Spinner = component(
    "uispinner", "Spinner", "Value Limits Step ValueChangedFcn Position", Measured, **NUMERIC,
    Step=Property(1.0, positive),
)  # fmt: skip
NumericEditField = component(
    "uinumericeditfield", "NumericEditField", "Value Limits ValueChangedFcn Position", Measured, **NUMERIC
)
EditField = component(
    "uieditfield", "EditField", "Value ValueChangedFcn Position", **EDITED, Value=Property("", text),
    ValueChangedFcn=CALLBACK, ValueChangingFcn=CALLBACK,
)  # fmt: skip
TextArea = component(
    "uitextarea", "TextArea", "Value ValueChangedFcn Position", **EDITED, Value=Property(lambda: [""], texts),
    ValueChangedFcn=CALLBACK, ValueChangingFcn=CALLBACK,
)  # fmt: skip
DropDown = component(
    "uidropdown", "DropDown", "Value Items ItemsData ValueChangedFcn Position", Chooser,
    Items=names("Option 1", "Option 2", "Option 3", "Option 4"), Editable=Property(False, on_off),
)  # fmt: skip
ListBox = component(
    "uilistbox", "ListBox", "Value Items ItemsData ValueChangedFcn Position", Chooser,
    Items=names("Item 1", "Item 2", "Item 3", "Item 4"), Multiselect=Property(False, on_off),
)  # fmt: skip
Switch = component(
    "uiswitch", "Switch", "Value Items Orientation ValueChangedFcn Position", Chooser, Items=names("Off", "On"),
    Orientation=Property("horizontal", choice("horizontal", "vertical")),
)  # fmt: skip
Gauge = component("uigauge", "Gauge", "Value Limits Position", Measured, **TICKS)
Knob = component("uiknob", "Knob", "Value Limits ValueChangedFcn Position", Measured, **TICKS)
Lamp = component("uilamp", "Lamp", "Color Position", Color=Property((0.0, 1.0, 0.0), colour()))
COMPONENTS: dict[str, type[Graphic]] = {
    cls.kind: cls
    for cls in (
        GridLayout, Label, Button, StateButton, CheckBox, Slider, Spinner, NumericEditField, EditField, TextArea,
        DropDown, ListBox, Switch, Gauge, Knob, Lamp,
    )
}  # fmt: skip
