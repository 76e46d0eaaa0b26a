"""What a mouse does in a figure: kept as it was asked for, for nobody holds a mouse where pictures are files.

`zoom(2)` and `zoom out` change limits, which needs no mouse.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.mouse import MODES, MouseMode
from cnnscript.values.text import text_or_none, texts_or_none

WORDS = {
    "zoom": ("on", "off", "out", "reset", "xon", "yon", "toggle", "fill"),
    "pan": ("on", "off", "xon", "yon", "toggle"),
    "rotate3d": ("on", "off"),
    "datacursormode": ("on", "off", "toggle"),
    "brush": ("on", "off"),
}


def mode_of(figure: Any, name: str) -> MouseMode:
    """The mode of a figure, made when it is first asked for."""
    held = figure.__dict__.setdefault("mouse_modes", {})
    if held.get(name) is None:
        held[name] = MODES[name](figure)
    return held[name]


def switch(session: Any, args: tuple, nargout: int, name: str) -> Any:
    """zoom, pan and their like: [figure or axes,] what is wanted."""
    rest, axes = list(args), None
    figure = None
    if rest and isinstance(rest[0], (Handle, HandleArray)):
        found = graphics_of(rest.pop(0))[0]
        found.alive()
        axes = found if isinstance(found, Axes) else None
        figure = found.up("figure")
    elif rest and len(rest) > 1 and text_or_none(rest[0]) is None:
        figure = figure_of(session, rest.pop(0), name)
    figure = figure or session.desk.current_figure()
    mode = mode_of(figure, name)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not rest:
        if not nargout:
            mode.set("Enable", not mode.value("Enable"))
        return wrap(mode) if nargout else None
    if text_or_none(rest[0]) is None:
        if name == "zoom":
            zoom_by(axes or session.desk.current_axes(), take.number(rest[0], name, "the factor"))
        elif name == "brush":
            mode.set("Color", np.array(take.numbers(rest[0], name, "the color", 3)))
        else:
            raise take.refusal(name, "the option", "text", rest[0])
        return None
    if name == "brush" and text_or_none(rest[0]).lower() not in WORDS[name]:
        mode.set("Color", text_or_none(rest[0]))
        return None
    word = take.choice(rest[0], WORDS[name], name, "the option")
    if word == "out":
        for each in [axes] if axes is not None else figure.all_axes():
            zoom_out(each)
    elif word == "reset":
        for each in [axes] if axes is not None else figure.all_axes():
            each.unzoomed = {letter: tuple(each.get(f"{letter}Lim")) for letter in "XY"}
    elif word in ("on", "off", "toggle", "xon", "yon"):
        for other in MODES:
            if other != name and word != "off":
                mode_of(figure, other).set("Enable", False)
        mode.set("Enable", word != "off" if word != "toggle" else not mode.value("Enable"))
        if word in ("xon", "yon"):
            mode.set("Motion", "horizontal" if word == "xon" else "vertical")
    return wrap(mode) if nargout else None


def zoom_by(axes: Axes, factor: float) -> None:
    """Limits about the same middle, `factor` times closer."""
    if not 0 < factor < float("inf"):
        raise ScriptError("MATLAB:zoom:factor", "A zoom factor is a positive number.")
    if not hasattr(axes, "unzoomed"):
        axes.unzoomed = {letter: tuple(axes.get(f"{letter}Lim")) for letter in "XY"}
    for letter in "XY":
        low, high = axes.get(f"{letter}Lim")
        half = (high - low) / 2 / factor
        axes.set(f"{letter}Lim", np.array([(low + high) / 2 - half, (low + high) / 2 + half]))


def zoom_out(axes: Axes) -> None:
    for letter, limits in getattr(axes, "unzoomed", {}).items():
        axes.set(f"{letter}Lim", np.array(limits))


def declare(name: str, what: str, more: str, see: str) -> None:
    def function(session, nargout, /, *args):
        return switch(session, args, nargout, name)

    function.__doc__ = f"""
    {name} on
    {name} off
    {name}
    {name}(f, option)
    h = {name}(f)
{more}
    {what} with a mouse. What was asked for is kept and can be asked; pictures in files and in a terminal have no mouse.

    Examples
      >> h = {name}; h.Enable
      ans =
          'off'
      >> {name} on; h.Enable
      ans =
          'on'
      >> {name}(gcf, 'off'); {name}; h.Enable
      ans =
          'on'

    See also {see}.
    """
    builtin(function, name=name, outputs=1)


declare("zoom", "Magnify a part of an axes", "    zoom(factor)\n    zoom out\n    zoom reset\n", "pan, xlim, ylim")
declare("pan", "Move what an axes shows", "", "zoom, xlim, ylim")
declare("rotate3d", "Turn an axes", "", "view, camorbit, zoom")
declare("datacursormode", "Read values", "", "text, zoom")
declare("brush", "Mark points", "    brush(color)\n", "zoom, plot")


@builtin
def disableDefaultInteractivity(session, ax, /):
    """
    disableDefaultInteractivity(ax)

    Let a mouse change nothing in an axes.

    Examples
      >> plot(1:3); disableDefaultInteractivity(gca)
      figure 1: line 3 points

    See also enableDefaultInteractivity, zoom.
    """
    interactive(ax, False)


@builtin
def enableDefaultInteractivity(session, ax, /):
    """
    enableDefaultInteractivity(ax)

    Let a mouse move and magnify what an axes shows, where there is one.

    Examples
      >> plot(1:3); enableDefaultInteractivity(gca)
      figure 1: line 3 points

    See also disableDefaultInteractivity, zoom.
    """
    interactive(ax, True)


def interactive(value: Any, on: bool) -> None:
    for graphic in graphics_of(value):
        graphic.alive()
        graphic.interactive = on


@builtin(outputs=2)
def axtoolbar(session, nargout, /, *args):
    """
    axtoolbar
    axtoolbar(buttons)
    axtoolbar(ax, ...)
    axtoolbar(..., Name=Value)
    [tb, btns] = axtoolbar(...)

    The toolbar of an axes, kept as it was asked for; it is never drawn, as in MATLAB's files.

    buttons: 'default', or of 'export', 'brush', 'datacursor', 'rotate', 'pan', 'zoomin', 'zoomout', 'restoreview'.

    Examples
      >> tb = axtoolbar({'zoomin', 'pan'}); tb.Visible
      ans =
          'on'
      figure 1: empty axes

    See also zoom, pan.
    """
    from cnnscript.pictures.graphics.mouse import BUTTONS, ChosenToolbar

    chosen, rest = axes_first(args)
    chosen = chosen or session.desk.current_axes()
    words: list[str] = []
    if rest and len(rest) % 2:
        words, rest = texts_or_none(rest[0]) or [], rest[1:]
        for word in words:
            take.choice(word, ("default", *BUTTONS), "axtoolbar", "the buttons")
    made = ChosenToolbar(chosen, BUTTONS if words == ["default"] else tuple(words))
    set_pairs(made, pairs(tuple(rest), "axtoolbar"))
    chosen.values["Toolbar"] = made
    none = HandleArray(np.empty((0, 0), object))
    return (wrap(made), none) if nargout > 1 else wrap(made) if nargout else None
