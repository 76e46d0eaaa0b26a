"""Windows of apps, as far as they are pictures: uifigure, uiaxes, uialert."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.text import texts_or_none


@builtin
def uifigure(session, /, *args):
    """
    f = uifigure
    f = uifigure(Name=Value)

    A figure for an app. Axes in it are drawn as in any figure; buttons and other components of apps are not here.

    As in MATLAB it is not the current figure: what is drawn without naming it goes elsewhere.

    Examples
      >> f = uifigure(Name='App'); ax = uiaxes(f); plot(ax, 1:3); f.Name
      ans =
          'App'
      figure 1 'App': line 3 points

    See also figure, uiaxes, axes.
    """
    given = pairs(args, "uifigure")
    desk = session.desk
    before = desk.current
    made = desk.figure()
    try:
        set_pairs(made, given)
    except ScriptError:
        desk.close(made)
        raise
    finally:
        desk.current = before
    return wrap(made)


@builtin
def uiaxes(session, /, *args):
    """
    ax = uiaxes
    ax = uiaxes(parent)
    ax = uiaxes(..., Name=Value)

    Axes in the figure of an app, or in a panel of it; without parent in a new one.

    Examples
      >> f = uifigure; ax = uiaxes(f, XLim=[0 5]); ax.XLim
      ans =
           0     5
      figure 1: empty axes
      >> ax = uiaxes; ax.Type
      ans =
          'axes'
      figure 2: empty axes

    See also axes, uifigure.
    """
    rest, parent = list(args), None
    if rest and isinstance(rest[0], Handle):
        parent = rest.pop(0).graphic
    given = pairs(tuple(rest), "uiaxes")
    for word, value in given:
        if word.lower() == "parent" and isinstance(value, Handle):
            parent = value.graphic
    given = [(word, value) for word, value in given if word.lower() != "parent"]
    if parent is None:
        parent = uifigure(session).graphic
    parent.alive()
    made = Axes(parent)
    figure = made.up("figure")
    if figure.current_axes is None:
        figure.current_axes = made
    set_pairs(made, given)
    return wrap(made)


@builtin
def uialert(session, f, message, title="", /, *rest):
    """
    uialert(f, message)
    uialert(f, message, title)
    uialert(f, message, title, Name, Value)

    Say something over the figure of an app: here a line where warnings go.

    Examples
      >> uialert(uifigure, 'No such file', 'Reading')
      Reading: No such file

    See also msgbox, warning, uifigure.
    """
    figure_of(session, f, "uialert")
    for word, _ in pairs(rest, "uialert"):
        take.choice(word, ("Icon", "Modal", "CloseFcn", "Interpreter"), "uialert", "the option")
    lines: Any = texts_or_none(message)
    if lines is None:
        raise take.refusal("uialert", "the message", "text", message)
    head = take.word(title, "uialert", "the title")
    session.err.write((f"{head}: " if head else "") + "\n".join(lines) + "\n")
    session.err.flush()
