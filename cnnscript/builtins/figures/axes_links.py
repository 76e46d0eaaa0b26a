"""Axes and other objects that have properties in common: linkaxes, linkprop."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import graphics_of, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.links import PropertyLink, unlink
from cnnscript.values.text import texts_or_none

DIMENSIONS = ("x", "y", "z", "xy", "xz", "yz", "xyz", "off")


@builtin
def linkaxes(session, ax, dims=None, /):
    """
    linkaxes(ax)
    linkaxes(ax, dims)

    Give several axes the same limits, now and whenever those of one of them change.

    dims is 'x', 'y', 'z', two or three of them ('xy' is the default), or 'off', which ends it. At first the limits
    are those that hold what all the axes show.

    Examples
      >> a = subplot(1,2,1); plot([0 1], [0 1]); b = subplot(1,2,2); plot([0 5], [0 9]); linkaxes([a b]); a.XLim
      ans =
           0     5
      figure 1: axes 1: line 2 points; axes 2: line 2 points
      >> xlim(b, [1 3]); a.XLim
      ans =
           1     3
      figure 1: axes 1: line 2 points; axes 2: line 2 points

    See also linkprop, xlim, ylim, subplot.
    """
    every = [graphic for graphic in graphics_of(ax) if isinstance(graphic, Axes)]
    if len(every) != len(graphics_of(ax)):
        raise ScriptError("MATLAB:linkaxes:InvalidInput", "linkaxes takes an array of axes.")
    which = "xy" if dims is None else take.choice(dims, DIMENSIONS, "linkaxes", "dims")
    limits = {f"{letter}Lim" for letter in "XYZ"}
    for axes in every:
        unlink(axes, limits)
    if which == "off":
        return
    for letter in which.upper():
        reach = np.array([one.get(f"{letter}Lim") for one in every])
        for one in every:
            one.set(f"{letter}Lim", np.array([reach[:, 0].min(), reach[:, 1].max()]))
    PropertyLink(every, [f"{letter}Lim" for letter in which.upper()])


@builtin(outputs=1)
def linkprop(session, nargout, objects, names, /):
    """
    link = linkprop(objects, names)

    Keep properties of several objects alike: they take the values of the first now, and that of any that is set.

    Examples
      >> h = plot(magic(3)); link = linkprop(h, 'LineWidth'); h(2).LineWidth = 3; h(3).LineWidth
      ans =
           3
      figure 1: line 3 points, line 3 points, line 3 points
      >> link.PropertyNames
      ans =
        1×1 cell array
          {'LineWidth'}

    See also linkaxes, addtarget, removetarget, set.
    """
    words = texts_or_none(names)
    if not words:
        raise take.refusal("linkprop", "the properties", "text, or a cell array of text", names)
    link = PropertyLink(graphics_of(objects), words)
    link.agree()
    return wrap(link)


def link_of(value: Any, function: str) -> PropertyLink:
    found = graphics_of(value)
    if len(found) != 1 or not isinstance(found[0], PropertyLink):
        raise ScriptError(f"MATLAB:{function}:link", f"{function} takes what linkprop gave.")
    return found[0]


@builtin
def addtarget(session, link, objects, /):
    """
    addtarget(link, objects)

    Let more objects share the properties of a link.

    Examples
      >> h = plot(magic(3)); link = linkprop(h(1:2), 'Tag'); addtarget(link, h(3)); h(1).Tag = 'all'; h(3).Tag
      ans =
          'all'
      figure 1: line 3 points, line 3 points, line 3 points

    See also linkprop, removetarget.
    """
    made = link_of(link, "addtarget")
    made.take_in(graphics_of(objects))
    made.agree()


@builtin
def removetarget(session, link, objects, /):
    """
    removetarget(link, objects)

    Let objects go their own way again.

    Examples
      >> h = plot(magic(3)); link = linkprop(h, 'Tag'); removetarget(link, h(3)); h(1).Tag = 'all'; isempty(h(3).Tag)
      ans =
        logical
         1
      figure 1: line 3 points, line 3 points, line 3 points

    See also linkprop, addtarget.
    """
    link_of(link, "removetarget").let_go(graphics_of(objects))
