"""Components of apps: uigridlayout, uilabel, uibutton and their kin. Objects that keep their properties; nobody presses
them."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.app_windows import uifigure
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import app_components as kinds
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.text import text_or_none


def placed(session: Any, args: tuple, function: str, styles: dict[str, type[Graphic]]) -> Any:
    """([parent,] [style,] names and values): a new component, in a new app's figure where no parent is named."""
    parent: Graphic | None = None
    rest = list(args)
    if rest and isinstance(rest[0], Handle):
        parent = rest.pop(0).graphic
    kind = next(iter(styles.values()))
    if len(rest) % 2 and (word := text_or_none(rest[0])) is not None:
        kind = styles[take.choice(word, tuple(styles), function, "the style")]
        rest.pop(0)
    given = pairs(tuple(rest), function)
    for word, value in given:
        if word.lower() == "parent" and isinstance(value, Handle):
            parent = value.graphic
    given = [(word, value) for word, value in given if word.lower() != "parent"]
    # limits and items first: what they allow depends on them
    given.sort(key=lambda pair: pair[0].lower() not in ("limits", "items", "itemsdata", "multiselect"))
    if parent is None:
        parent = uifigure(session).graphic
    parent.alive()
    if parent.kind not in kind.homes:
        raise ScriptError(
            "MATLAB:HandleGraphics:hgError", f"{kind.short_class()} cannot be a child of {parent.short_class()}."
        )
    made = kind(parent)
    try:
        set_pairs(made, given)
    except ScriptError:
        made.delete()
        raise
    return wrap(made)


@builtin
def uigridlayout(session, /, *args):
    """
    g = uigridlayout
    g = uigridlayout(parent)
    g = uigridlayout(parent, [m n])
    g = uigridlayout(..., Name=Value)

    A grid that places components of an app: each takes the next cell, or the one of its Layout.Row and Layout.Column.

    RowHeight and ColumnWidth are cells of '1x', '2x' ... (shares), numbers (pixels) and 'fit'; read back, numbers are
    text. Axes in a grid are drawn in their cell.

    Examples
      >> g = uigridlayout(uifigure, [1 2]); ax = uiaxes(g); b = uibutton(g); b.Layout.Column
      ans =
           2
      figure 1: empty axes

    See also uifigure, uiaxes, uibutton, uilabel.
    """
    rest = list(args)
    at = 1 if rest and isinstance(rest[0], Handle) else 0
    shape = None
    if len(rest) > at and text_or_none(rest[at]) is None:
        shape = [int(each) for each in take.numbers(rest.pop(at), "uigridlayout", "the size", 2)]
        if min(shape) < 1:
            raise take.refusal("uigridlayout", "the size", "two positive integers", args[at])
    made = placed(session, tuple(rest), "uigridlayout", {"grid": kinds.GridLayout})
    if shape is not None:
        for name, count in zip(("RowHeight", "ColumnWidth"), shape, strict=True):
            made.graphic.values.setdefault(name, ["1x"] * count)
    return made


@builtin
def uilabel(session, /, *args):
    """
    l = uilabel
    l = uilabel(parent)
    l = uilabel(..., Name=Value)

    Words on an app.

    Examples
      >> b = uilabel(uifigure, Text='Size'); b.Text
      ans =
          'Size'

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uilabel", {"label": kinds.Label})


@builtin
def uibutton(session, /, *args):
    """
    b = uibutton
    b = uibutton(parent)
    b = uibutton(parent, style)
    b = uibutton(..., Name=Value)

    A button of an app; with style 'state' one that stays pressed.

    Nobody can press it here; a program may call its ButtonPushedFcn.

    Examples
      >> b = uibutton(uifigure, Text='Go', ButtonPushedFcn=@(s, e) disp('gone')); b.ButtonPushedFcn(b, [])
      gone

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uibutton", {"push": kinds.Button, "state": kinds.StateButton})


@builtin
def uicheckbox(session, /, *args):
    """
    c = uicheckbox
    c = uicheckbox(parent)
    c = uicheckbox(..., Name=Value)

    A box of an app to tick.

    Examples
      >> c = uicheckbox(uifigure, Value=true); c.Value
      ans =
        logical
         1

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uicheckbox", {"checkbox": kinds.CheckBox})


@builtin
def uislider(session, /, *args):
    """
    s = uislider
    s = uislider(parent)
    s = uislider(..., Name=Value)

    A slider of an app, with a Value within Limits.

    Examples
      >> s = uislider(uifigure, Limits=[0 10], Value=4); s.Value
      ans =
           4

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uislider", {"slider": kinds.Slider})


@builtin
def uispinner(session, /, *args):
    """
    s = uispinner
    s = uispinner(parent)
    s = uispinner(..., Name=Value)

    A number of an app with arrows that change it by Step.

    Examples
      >> s = uispinner(uifigure, Value=3); s.Value
      ans =
           3

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uispinner", {"spinner": kinds.Spinner})


@builtin
def uieditfield(session, /, *args):
    """
    e = uieditfield
    e = uieditfield(parent)
    e = uieditfield(parent, style)
    e = uieditfield(..., Name=Value)

    A field of an app for text, or with style 'numeric' for a number.

    Examples
      >> e = uieditfield(uifigure, 'numeric', Value=7); e.Value
      ans =
           7

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uieditfield", {"text": kinds.EditField, "numeric": kinds.NumericEditField})


@builtin
def uitextarea(session, /, *args):
    """
    t = uitextarea
    t = uitextarea(parent)
    t = uitextarea(..., Name=Value)

    A field of an app for several lines.

    Examples
      >> t = uitextarea(uifigure, Value={'a'; 'b'}); numel(t.Value)
      ans =
           2

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uitextarea", {"area": kinds.TextArea})


@builtin
def uidropdown(session, /, *args):
    """
    d = uidropdown
    d = uidropdown(parent)
    d = uidropdown(..., Name=Value)

    A list of an app that drops down; Value is one of Items, or of ItemsData.

    Examples
      >> d = uidropdown(uifigure, Items={'red', 'blue'}); d.Value
      ans =
          'red'

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uidropdown", {"dropdown": kinds.DropDown})


@builtin
def uilistbox(session, /, *args):
    """
    l = uilistbox
    l = uilistbox(parent)
    l = uilistbox(..., Name=Value)

    A list of an app; Value is what is chosen of Items, or of ItemsData.

    Examples
      >> d = uilistbox(uifigure, Items={'red', 'blue'}, Value='blue'); d.Value
      ans =
          'blue'

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uilistbox", {"listbox": kinds.ListBox})


@builtin
def uiswitch(session, /, *args):
    """
    s = uiswitch
    s = uiswitch(parent)
    s = uiswitch(parent, style)
    s = uiswitch(..., Name=Value)

    A switch of an app between two Items.

    Examples
      >> s = uiswitch(uifigure); s.Value
      ans =
          'Off'

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uiswitch", {"slider": kinds.Switch, "rocker": kinds.Switch, "toggle": kinds.Switch})


@builtin
def uigauge(session, /, *args):
    """
    g = uigauge
    g = uigauge(parent)
    g = uigauge(parent, style)
    g = uigauge(..., Name=Value)

    A pointer of an app at a Value within Limits.

    Examples
      >> g = uigauge(uifigure, Value=30); g.Value
      ans =
          30

    See also uifigure, uigridlayout, uicontrol.
    """
    styles = dict.fromkeys(("circular", "linear", "ninetydegree", "semicircular"), kinds.Gauge)
    return placed(session, args, "uigauge", styles)


@builtin
def uiknob(session, /, *args):
    """
    k = uiknob
    k = uiknob(parent)
    k = uiknob(parent, style)
    k = uiknob(..., Name=Value)

    A knob of an app with a Value within Limits.

    Examples
      >> k = uiknob(uifigure, Value=30); k.Value
      ans =
          30

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uiknob", {"continuous": kinds.Knob})


@builtin
def uilamp(session, /, *args):
    """
    l = uilamp
    l = uilamp(parent)
    l = uilamp(..., Name=Value)

    A lamp of an app in a Color.

    Examples
      >> l = uilamp(uifigure, Color='r'); l.Color
      ans =
           1     0     0

    See also uifigure, uigridlayout, uicontrol.
    """
    return placed(session, args, "uilamp", {"lamp": kinds.Lamp})
