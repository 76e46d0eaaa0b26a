"""Controls, panels, menus and tables of figures: objects that keep their properties; push buttons can be pressed."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.application_data import kept_with
from cnnscript.builtins.language.handles import Handle, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import interface_objects as kinds
from cnnscript.pictures.graphics.layout import SCREEN
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import EMPTY
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

GUI_DATA = "UsedByGUIData_m"  # under what MATLAB keeps the data of guidata


def control(session: Any, kind: type[Graphic], args: tuple, function: str) -> Any:
    """[Parent,] names and values: a new object in the parent, or in the current figure."""
    parent: Graphic | None = None
    if args and isinstance(args[0], Handle):
        parent, args = args[0].graphic, args[1:]
        if type(parent) is kind and not args and kind.kind not in parent.homes:
            return wrap(parent)
    elif args and text_or_none(args[0]) is None and not isinstance(args[0], Struct):
        parent, args = figure_of(session, args[0], function), args[1:]
    given = pairs(args, function)
    inside = next((value for name, value in given if name.lower() == "parent" and isinstance(value, Handle)), None)
    parent = inside.graphic if inside is not None else parent or home_for(session, kind)
    parent.alive()
    if parent.kind not in kind.homes:
        raise ScriptError(
            "MATLAB:HandleGraphics:hgError", f"{kind.short_class()} cannot be a child of {parent.short_class()}."
        )
    made = kind(parent)
    try:
        set_pairs(made, [(name, value) for name, value in given if value is not inside])
    except ScriptError:
        made.delete()
        raise
    if any(name.lower() == "createfcn" for name, _ in given):
        made.run("CreateFcn")
    return wrap(made)


def home_for(session: Any, kind: type[Graphic]) -> Graphic:
    """Where an object goes that was given no parent: the current figure, or the newest fitting object on it."""
    figure = session.desk.current_figure()
    if "figure" in kind.homes:
        return figure
    found = [node for node in figure.walk() if node.kind in kind.homes]
    if found:
        return found[-1]
    return kinds.CONTROLS[kind.homes[0]](figure)


@builtin
def uicontrol(session, /, *args):
    """
    c = uicontrol
    c = uicontrol(Name=Value)
    c = uicontrol(parent, ...)

    A button, slider, edit field, list or words on a figure or panel, by its Style.

    It keeps its properties (String, Value, Callback, ...). In windows push buttons are drawn, and pressed with the
    mouse; other styles are not drawn.

    Examples
      >> c = uicontrol('Style', 'slider', 'Min', 0, 'Max', 10, 'Value', 4); c.Value
      ans =
           4
      >> c.Callback = @(s, e) disp(s.Value); c.Callback(c, [])
           4

    See also uipanel, uimenu, figure.
    """
    return control(session, kinds.UIControl, args, "uicontrol")


@builtin
def uipanel(session, /, *args):
    """
    p = uipanel
    p = uipanel(Name=Value)
    p = uipanel(parent, ...)

    A part of a figure with axes and controls of its own.

    Examples
      >> p = uipanel('Title', 'Options', 'Position', [0 0 0.5 1]); c = uicontrol(p, 'Style', 'checkbox'); c.Parent.Title
      ans =
          'Options'

    See also uicontrol, uibuttongroup, axes.
    """
    return control(session, kinds.Panel, args, "uipanel")


@builtin
def uibuttongroup(session, /, *args):
    """
    b = uibuttongroup
    b = uibuttongroup(Name=Value)
    b = uibuttongroup(parent, ...)

    A panel for radio buttons of which one is chosen.

    Examples
      >> b = uibuttongroup; r = uicontrol(b, 'Style', 'radiobutton'); b.SelectedObject = r; b.SelectedObject.Style
      ans =
          'radiobutton'

    See also uipanel, uicontrol.
    """
    return control(session, kinds.ButtonGroup, args, "uibuttongroup")


@builtin
def uitabgroup(session, /, *args):
    """
    g = uitabgroup
    g = uitabgroup(Name=Value)
    g = uitabgroup(parent, ...)

    A container for tabs.

    Examples
      >> g = uitabgroup; t = uitab(g, 'Title', 'One'); g.SelectedTab.Title
      ans =
          'One'

    See also uitab, uipanel.
    """
    return control(session, kinds.TabGroup, args, "uitabgroup")


@builtin
def uitab(session, /, *args):
    """
    t = uitab
    t = uitab(Name=Value)
    t = uitab(parent, ...)

    A tab of a tab group.

    Examples
      >> t = uitab(uitabgroup, 'Title', 'One'); t.Title
      ans =
          'One'

    See also uitabgroup.
    """
    return control(session, kinds.Tab, args, "uitab")


@builtin
def uimenu(session, /, *args):
    """
    m = uimenu
    m = uimenu(Name=Value)
    m = uimenu(parent, ...)

    A menu of a figure, or an entry of a menu.

    Examples
      >> m = uimenu('Text', 'File'); e = uimenu(m, 'Text', 'Save', 'Accelerator', 'S'); m.Children.Text
      ans =
          'Save'

    See also uicontextmenu, uicontrol.
    """
    return control(session, kinds.Menu, args, "uimenu")


@builtin
def uicontextmenu(session, /, *args):
    """
    m = uicontextmenu
    m = uicontextmenu(Name=Value)
    m = uicontextmenu(parent, ...)

    A menu that a click on an object opens, for its property ContextMenu.

    Examples
      >> m = uicontextmenu; uimenu(m, 'Text', 'Red'); h = plot(1:3); h.ContextMenu = m; h.ContextMenu.Children.Text
      ans =
          'Red'
      figure 1: line 3 points

    See also uimenu.
    """
    return control(session, kinds.MenuOfContext, args, "uicontextmenu")


@builtin
def uitoolbar(session, /, *args):
    """
    t = uitoolbar
    t = uitoolbar(Name=Value)
    t = uitoolbar(parent, ...)

    A toolbar of a figure.

    Examples
      >> t = uitoolbar; b = uipushtool(t, 'Tooltip', 'Save'); t.Children.Tooltip
      ans =
          'Save'

    See also uipushtool, uitoggletool.
    """
    return control(session, kinds.ButtonBar, args, "uitoolbar")


@builtin
def uipushtool(session, /, *args):
    """
    b = uipushtool
    b = uipushtool(Name=Value)
    b = uipushtool(parent, ...)

    A button of a toolbar.

    Examples
      >> b = uipushtool('Tooltip', 'Save'); b.Parent.Type
      ans =
          'uitoolbar'

    See also uitoolbar, uitoggletool.
    """
    return control(session, kinds.PushTool, args, "uipushtool")


@builtin
def uitoggletool(session, /, *args):
    """
    b = uitoggletool
    b = uitoggletool(Name=Value)
    b = uitoggletool(parent, ...)

    A button of a toolbar that stays pressed.

    Examples
      >> b = uitoggletool('State', 'on'); b.State
      ans =
          'on'

    See also uitoolbar, uipushtool.
    """
    return control(session, kinds.ToggleTool, args, "uitoggletool")


@builtin
def uitable(session, /, *args):
    """
    t = uitable
    t = uitable(Name=Value)
    t = uitable(parent, ...)

    A table of data on a figure or panel.

    Examples
      >> t = uitable('Data', magic(3), 'ColumnName', {'a', 'b', 'c'}); t.Data(2, 3)
      ans =
           7

    See also uicontrol, table, disp.
    """
    return control(session, kinds.DataTable, args, "uitable")


# ------------------------------------------------------------------------------------------------- data of a figure
@builtin(outputs=1)
def guidata(session, nargout, h, /, *data):
    """
    guidata(h, data)
    data = guidata(h)

    Keep data with the figure that an object is in, and get them again; [] where none were kept.

    Examples
      >> f = figure; c = uicontrol(f); s.count = 3; guidata(c, s); data = guidata(f)
      data =
        struct with fields:
          count: 3

    See also guihandles, setappdata, getappdata.
    """
    kept = kept_with(session, wrap(figure_of(session, h, "guidata")), "guidata")
    if data:
        kept[GUI_DATA] = data[0]
        return None
    return kept.get(GUI_DATA, EMPTY)


@builtin
def guihandles(session, h=None, /):
    """
    s = guihandles
    s = guihandles(h)

    The objects of the figure that h is in that have a Tag, as a struct with a field for each tag.

    Examples
      >> uicontrol('Tag', 'go'); uicontrol('Tag', 'stop'); s = guihandles(gcf)
      s =
        struct with fields:
          stop: [1×1 UIControl]
            go: [1×1 UIControl]

    See also guidata, findobj.
    """
    figure = session.desk.current_figure() if h is None else figure_of(session, h, "guihandles")
    found: dict[str, list[Graphic]] = {}

    def look(node: Graphic) -> None:
        tag = node.value("Tag")
        if tag.isidentifier():
            found.setdefault(tag, []).append(node)
        for child in node.listed(True):
            look(child)

    look(figure)
    return Struct({tag: wrap_list(nodes, column=False) for tag, nodes in found.items()})


@builtin
def closereq(session, /):
    """
    closereq

    Close the figure whose callback runs, or the current one, without asking its CloseRequestFcn: what a figure does
    when it is closed, unless it has another CloseRequestFcn.

    Examples
      >> f = figure('CloseRequestFcn', 'disp(''bye''), closereq'); close(f), isvalid(f)
      bye
      ans =
        logical
         0

    See also close, delete.
    """
    desk = session.desk
    asked = desk.called[-1].up("figure") if desk.called else desk.current
    if asked is not None and not asked.deleted and not asked.going:
        desk.close(asked)


PLACES = {
    "north": (0.5, 1.0),
    "south": (0.5, 0.0),
    "east": (1.0, 0.5),
    "west": (0.0, 0.5),
    "northeast": (1.0, 1.0),
    "northwest": (0.0, 1.0),
    "southeast": (1.0, 0.0),
    "southwest": (0.0, 0.0),
    "center": (0.5, 0.5),
    "onscreen": None,
}


@builtin
def movegui(session, /, *args):
    """
    movegui
    movegui(where)
    movegui(f, where)

    Move a figure on the screen: 'center', 'north', 'northeast' ..., [left bottom] from the edges (below 0: from the
    other ones), or 'onscreen'.

    Examples
      >> f = figure('Position', [1 1 400 300]); movegui(f, 'southeast'); f.Position(1) > 400
      ans =
        logical
         1
      >> movegui(f, [10 20]); f.Position(1:2)
      ans =
          11    21

    See also figure, findfigs.
    """
    rest = list(args)
    figure = session.desk.current_figure()
    if rest and (isinstance(rest[0], Handle) or len(rest) == 2):
        figure = figure_of(session, rest.pop(0), "movegui")
    units = figure.value("Units")
    figure.set("Units", "pixels")
    box = np.asarray(figure.get("Position"), float)
    room = np.maximum(np.array(SCREEN, float) - box[2:], 0)
    if rest and text_or_none(rest[0]) is None:
        given = take.numbers(rest[0], "movegui", "the place")
        if len(given) != 2:
            raise take.refusal("movegui", "the place", "two numbers", rest[0])
        corner = np.array([n + 1 if n >= 0 else free + n + 1 for n, free in zip(given, room, strict=True)])
    else:
        word = take.choice(rest[0] if rest else "onscreen", tuple(PLACES), "movegui", "the place")
        share = PLACES[word]
        corner = np.clip(box[:2], 1, room + 1) if share is None else np.round(room * np.array(share)) + 1
    figure.set("Position", np.r_[corner, box[2:]])
    figure.set("Units", units)
