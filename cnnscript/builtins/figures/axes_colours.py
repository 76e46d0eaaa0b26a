"""Colours of axes: colormap, colorbar, clim."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.axes_settings import limit_function
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of, wrap
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import ColorBar
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.images import colormaps
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


@builtin(outputs=1)
def colorbar(session, nargout, /, *args):
    """
    colorbar
    colorbar(location)
    colorbar(ax)
    colorbar(..., Name=Value)
    colorbar off
    c = colorbar(...)

    Show the colours of an axes beside it.

    location is 'eastoutside' (the default), 'southoutside', 'east' ...

    Examples
      >> imagesc(magic(4)); c = colorbar; c.Limits
      ans =
           1    16
      figure 1: image 4x4, colorbar
      >> colorbar off
      figure 1: image 4x4

    See also colormap, clim, imagesc.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    if values and isinstance(values[0], Handle) and isinstance(values[0].graphic, ColorBar):
        axes = values.pop(0).graphic.parent
    for at in range(len(values) - 2, -1, -1):
        if (text_or_none(values[at]) or "").lower() in ("peer", "parent"):
            owner = graphics_of(values[at + 1])[0]
            axes = owner if isinstance(owner, Axes) else axes or (owner.up("figure").current_axes)
            del values[at : at + 2]
    axes = axes or session.desk.current_axes()
    word = text_or_none(values[0]) if values else None
    if word is not None and word.lower() in ("off", "delete", "hide"):
        for child in [child for child in axes.children if isinstance(child, ColorBar)]:
            child.delete()
        return None
    given: dict[str, Any] = {}
    if word is not None and len(values) % 2:
        given["Location"] = OLD_WORDS.get(word.lower(), word)
        values = values[1:]
    elif word is None and values and len(values) % 2:
        given["Position"] = np.array(take.numbers(values[0], "colorbar", "the position", 4))
        values = values[1:]
    made = showing.colorbar(session.desk, axes, **given)
    set_pairs(made, pairs(tuple(values), "colorbar"))
    return wrap(made) if nargout else None


OLD_WORDS = {"horiz": "southoutside", "horizontal": "southoutside", "vert": "eastoutside", "vertical": "eastoutside"}


@builtin(outputs=1)
def colormap(session, nargout, /, *args):
    """
    colormap map
    colormap(map)
    colormap(target, map)
    cmap = colormap
    cmap = colormap(target)

    The colours that matrices are shown in: of a figure and the axes on it, or of target only.

    map is a name ('parula', 'jet', 'gray', 'hot' ...), a name with a length ('jet(16)'), the name of a function that
    gives a colormap, n-by-3 colours, or 'default'.

    Examples
      >> imagesc(magic(4)); colormap jet
      figure 1: image 4x4, colormap jet
      >> colormap(gca, [0 0 0; 1 1 1]); cmap = colormap
      cmap =
           0     0     0
           1     1     1
      figure 1: image 4x4

    See also colorbar, clim, parula, jet, gray.
    """
    target: Any = None
    if args and (isinstance(args[0], (Handle, HandleArray)) or object_of(args[0]) is not None):
        target, args = graphics_of(args[0])[0], args[1:]
        target.alive()
    desk = session.desk
    figure = target.up("figure") if target is not None else desk.current_figure()
    holder = target if target is not None else figure.current_axes or figure
    if not args:
        if "Colormap" not in holder.table:
            raise ScriptError("MATLAB:colormap:target", "A colormap belongs to a figure, an axes or a layout.")
        return norm(np.array(holder.get("Colormap")))
    colours = chosen_map(session, args[0], len(figure.colour_map()))
    if target is not None and not isinstance(target, Figure):
        target.set("Colormap", colours)
    else:
        figure.set("Colormap", colours)
        for axes in figure.all_axes():
            # An axes keeps a map that it was given by name; what imshow chose for it gives way.
            if axes.kind == "heatmap":
                if axes is figure.current_axes:
                    axes.set("Colormap", colours)
            elif not axes.own_map or axes is figure.current_axes:
                axes.values.pop("Colormap", None)
                axes.touch()
    return norm(np.array(colours)) if nargout else None


def chosen_map(session: Any, value: Any, count: int) -> np.ndarray:
    """A colour map from its name, its call ('jet(16)'), the name of a function that gives one, or its colours."""
    word = text_or_none(value)
    if word is None:
        return checked_map(value)
    name, _, given = word.strip().partition("(")
    if name.lower() == "default":
        return colormaps.colormap("parula")
    if given:
        number = given.removesuffix(")").strip()
        if not number.isdecimal():
            raise unknown_map(word)
        count = int(number)
    if name.lower() in colormaps.MAPS:
        return colormaps.colormap(name.lower(), count)
    try:
        function = session.function(name)
    except ScriptError:
        raise unknown_map(word) from None
    return checked_map(session.call(function, 1, *((float(count),) if given else ())))


def unknown_map(word: str) -> ScriptError:
    from cnnscript.builtins.registry import nearest

    return ScriptError(
        "MATLAB:colormap:UnknownColormap",
        f"'{word}' is not a colormap.",
        notes=("colormaps: " + ", ".join(colormaps.MAPS),),
        hint=nearest(word, colormaps.MAPS),
    )


def checked_map(value: Any) -> np.ndarray:
    """n×3 numbers from 0 to 1, or what colormap says of anything else."""
    array = take.pixels(value, "colormap", "the colormap")
    if array.ndim != 2 or array.shape[1] != 3:
        raise ScriptError("MATLAB:colormap:InvalidNumberColumns", "Colormap must have 3 columns: [R,G,B].")
    colours = array / 255 if array.dtype == np.uint8 else array.astype(float)
    if not ((colours >= 0) & (colours <= 1)).all():
        raise ScriptError("MATLAB:colormap:InvalidInputRange", "Colormap must have values in [0,1].")
    return colours


@builtin(outputs=1)
def clim(session, nargout, /, *args):
    """
    clim([low high])
    clim auto
    clim(ax, ...)
    limits = clim

    Which values get the first and the last colour of the colormap.

    Examples
      >> imagesc(magic(4)); clim([0 8]); limits = clim
      limits =
           0     8
      figure 1: image 4x4

    See also colormap, colorbar, caxis.
    """
    return limit_function(session, args, nargout, "C")


alias("caxis", "clim")
