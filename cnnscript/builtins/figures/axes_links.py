"""Axes that have limits in common: linkaxes."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.links import PropertyLink, unlink

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
      >> a = subplot(1,2,1); plot([0 1], [0 1]); b = subplot(1,2,2); plot([0 4], [0 8]); linkaxes([a b]); a.XLim
      ans =
           0     4
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
