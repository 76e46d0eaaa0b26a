"""Controls, panels, menus and tables: kept with all their properties where there is no desktop to show them on."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    BLACK,
    CALLBACK,
    FONT,
    UNITS,
    Property,
    anything,
    array,
    box,
    choice,
    colour,
    floats,
    number,
    on_off,
    or_empty,
    positive,
    text,
    texts,
    vector,
)

GREY = (0.94, 0.94, 0.94)
CONTAINERS = ("figure", "uipanel", "uibuttongroup", "uitab", "tiledlayout", "uigridlayout")
PLACED = {
    "Position": Property(lambda: floats(20, 20, 60, 20), box),
    "Units": Property("pixels", choice(*UNITS)),
}
TIP = {"Tooltip": Property("", text), "TooltipString": Property("", text, hidden=True)}


def words_or_numbers(value: Any) -> Any:
    """What a control says: text, a list of choices, or a number written out."""
    return text(value) if not isinstance(value, np.ndarray) or value.size == 1 else texts(value)


class Interface(Graphic):
    """What is not drawn: it is there to be pressed, chosen or filled in."""

    kind = "interface"


class UIControl(Interface):
    """uicontrol: buttons, sliders, edit fields, lists, words."""

    kind, class_name = "uicontrol", "matlab.ui.control.UIControl"
    shown = ("Style", "String", "BackgroundColor", "Callback", "Value", "Position", "Units")
    homes = CONTAINERS
    own: ClassVar = {
        **PLACED,
        **FONT,
        **TIP,
        "FontSize": Property(8.0, positive),
        "BackgroundColor": Property(GREY, colour()),
        "Callback": CALLBACK,
        "CData": Property(None, or_empty(array)),
        "Enable": Property("on", choice("on", "off", "inactive")),
        "Extent": Property(lambda: floats(0, 0, 4, 4)),
        "ForegroundColor": Property(BLACK, colour()),
        "HorizontalAlignment": Property("center", choice("left", "center", "right")),
        "KeyPressFcn": CALLBACK,
        "KeyReleaseFcn": CALLBACK,
        "ListboxTop": Property(1.0, number),
        "Max": Property(1.0, number),
        "Min": Property(0.0, number),
        "SliderStep": Property(lambda: floats(0.01, 0.1), vector(2)),
        "String": Property("", words_or_numbers),
        "Style": Property(
            "pushbutton",
            choice(
                "pushbutton", "togglebutton", "checkbox", "radiobutton", "edit", "text", "slider", "listbox",
                "popupmenu", "frame",
            ),
        ),
        "Value": Property(0.0, array),
    }  # fmt: skip


class Panel(Interface):
    """uipanel: a part of a figure with axes and controls of its own."""

    kind, class_name = "uipanel", "matlab.ui.container.Panel"
    shown = ("Title", "BackgroundColor", "Position", "Units")
    homes = CONTAINERS
    own: ClassVar = {
        **PLACED,
        **FONT,
        **TIP,
        "AutoResizeChildren": Property(False, on_off),
        "BackgroundColor": Property(GREY, colour("none")),
        "BorderColor": Property((0.7, 0.7, 0.7), colour("none")),
        "BorderType": Property("etchedin", choice("none", "etchedin", "etchedout", "beveledin", "beveledout", "line")),
        "BorderWidth": Property(1.0, number),
        "Clipping": Property(True, on_off),
        "Enable": Property("on", choice("on", "off")),
        "ForegroundColor": Property(BLACK, colour()),
        "HighlightColor": Property((0.7, 0.7, 0.7), colour("none")),
        "Position": Property(lambda: floats(0, 0, 1, 1), box),
        "ResizeFcn": CALLBACK._replace(hidden=True),
        "Scrollable": Property(False, on_off),
        "ShadowColor": Property((0.7, 0.7, 0.7), colour("none")),
        "SizeChangedFcn": CALLBACK,
        "Title": Property("", text),
        "TitlePosition": Property(
            "lefttop", choice("lefttop", "centertop", "righttop", "leftbottom", "centerbottom", "rightbottom")
        ),
        "Units": Property("normalized", choice(*UNITS)),
    }


class ButtonGroup(Panel):
    """uibuttongroup: radio buttons of which one is chosen."""

    kind, class_name = "uibuttongroup", "matlab.ui.container.ButtonGroup"
    shown = ("SelectedObject", "SelectionChangedFcn", "Title", "BackgroundColor", "Position", "Units")
    own: ClassVar = {
        "SelectedObject": Property(None, or_empty(anything)),
        "SelectionChangedFcn": CALLBACK,
        "SelectionChangeFcn": CALLBACK._replace(hidden=True),
        "Buttons": Property(),
    }


class TabGroup(Interface):
    kind, class_name = "uitabgroup", "matlab.ui.container.TabGroup"
    shown = ("SelectedTab", "SelectionChangedFcn", "Position", "Units")
    homes = CONTAINERS
    own: ClassVar = {
        **PLACED,
        "Position": Property(lambda: floats(0, 0, 1, 1), box),
        "Units": Property("normalized", choice(*UNITS)),
        "SelectedTab": Property(None, or_empty(anything)),
        "SelectionChangedFcn": CALLBACK,
        "TabLocation": Property("top", choice("top", "bottom", "left", "right")),
    }

    def get_SelectedTab(self) -> Any:
        chosen = self.value("SelectedTab")
        return chosen if chosen is not None else next(iter(self.children), None)


class Tab(Panel):
    kind, class_name = "uitab", "matlab.ui.container.Tab"
    homes = ("uitabgroup",)


class Menu(Interface):
    """uimenu: a menu of a figure, or an entry of one."""

    kind, class_name = "uimenu", "matlab.ui.container.Menu"
    shown = ("Text", "Accelerator", "MenuSelectedFcn", "Position")
    homes = ("figure", "uimenu", "uicontextmenu")
    own: ClassVar = {
        **TIP,
        "Accelerator": Property("", text),
        "Callback": CALLBACK._replace(hidden=True),
        "Checked": Property(False, on_off),
        "Enable": Property("on", choice("on", "off")),
        "ForegroundColor": Property(BLACK, colour()),
        "Label": Property("", text, hidden=True),
        "MenuSelectedFcn": CALLBACK,
        "Position": Property(1.0, number),
        "Separator": Property(False, on_off),
        "Text": Property("", text),
    }

    def before_Label(self, words: Any) -> Any:
        self.values["Text"] = words
        return words

    def before_Text(self, words: Any) -> Any:
        self.values["Label"] = words
        return words

    def before_Callback(self, program: Any) -> Any:
        self.values["MenuSelectedFcn"] = program
        return program

    def before_MenuSelectedFcn(self, program: Any) -> Any:
        self.values["Callback"] = program
        return program


class MenuOfContext(Interface):
    kind, class_name = "uicontextmenu", "matlab.ui.container.ContextMenu"
    shown = ("ContextMenuOpeningFcn", "Children")
    homes = ("figure",)
    own: ClassVar = {
        "ContextMenuOpeningFcn": CALLBACK,
        "Callback": CALLBACK._replace(hidden=True),
        "Position": Property(lambda: floats(0, 0), vector(2), hidden=True),
    }


class ButtonBar(Interface):
    """uitoolbar"""

    kind, class_name = "uitoolbar", "matlab.ui.container.Toolbar"
    shown = ("Children", "Visible")
    homes = ("figure",)


class PushTool(Interface):
    kind, class_name = "uipushtool", "matlab.ui.container.toolbar.PushTool"
    shown = ("CData", "ClickedCallback")
    homes = ("uitoolbar",)
    own: ClassVar = {
        **TIP,
        "CData": Property(None, or_empty(array)),
        "ClickedCallback": CALLBACK,
        "Enable": Property("on", choice("on", "off")),
        "Separator": Property(False, on_off),
    }


class ToggleTool(PushTool):
    kind, class_name = "uitoggletool", "matlab.ui.container.toolbar.ToggleTool"
    own: ClassVar = {
        "OnCallback": CALLBACK,
        "OffCallback": CALLBACK,
        "State": Property(False, on_off),
    }


class DataTable(Interface):
    """uitable: data in rows and columns."""

    kind, class_name = "uitable", "matlab.ui.control.Table"
    shown = ("Data", "ColumnName", "ColumnEditable", "CellEditCallback", "Position", "Units")
    homes = CONTAINERS
    own: ClassVar = {
        **PLACED,
        **FONT,
        **TIP,
        "FontSize": Property(8.0, positive),
        "BackgroundColor": Property(lambda: np.array([[1.0, 1, 1], [0.94, 0.94, 0.94]]), array),
        "CellEditCallback": CALLBACK,
        "CellSelectionCallback": CALLBACK,
        "ColumnEditable": Property(None, anything, raw=True),
        "ColumnFormat": Property(None, anything, raw=True),
        "ColumnName": Property("numbered", anything, raw=True),
        "ColumnWidth": Property("auto", anything, raw=True),
        "Data": Property(None, anything, raw=True),
        "Enable": Property("on", choice("on", "off", "inactive")),
        "Extent": Property(lambda: floats(0, 0, 4, 4)),
        "ForegroundColor": Property(BLACK, colour()),
        "KeyPressFcn": CALLBACK,
        "KeyReleaseFcn": CALLBACK,
        "Position": Property(lambda: floats(20, 20, 300, 300), box),
        "RearrangeableColumns": Property(False, on_off),
        "RowName": Property("numbered", anything, raw=True),
        "RowStriping": Property(True, on_off),
    }


CONTROLS: dict[str, type[Graphic]] = {
    cls.kind: cls
    for cls in (
        UIControl, Panel, ButtonGroup, TabGroup, Tab, Menu, MenuOfContext, ButtonBar, PushTool, ToggleTool, DataTable,
    )
}  # fmt: skip
