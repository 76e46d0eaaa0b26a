"""Axes with a y-axis on either side: yyaxis, plotyy."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.text import text_or_none


@builtin
def yyaxis(session, /, *args):
    """
    yyaxis left
    yyaxis right
    yyaxis(ax, side)

    Give an axes two y-axes; what follows is drawn, labelled and limited on the side that is named.

    Examples
      >> yyaxis left, plot(1:3); ylabel('loss'); yyaxis right, plot([90 95 99]); ylabel('accuracy'); ylim([0 100])
      figure 1: axes 1: line 3 points, ylabel 'loss'; axes 2: line 3 points, ylabel 'accuracy'
      >> yyaxis(gca, 'left'); ylim
      ans =
           1     3

    See also plot, ylabel, ylim, hold.
    """
    chosen, rest = axes_first(args)
    if len(rest) != 1:
        raise ScriptError("MATLAB:yyaxis:args", "yyaxis takes 'left' or 'right'.")
    side = take.choice(rest[0], ("left", "right"), "yyaxis", "the side")
    chosen = chosen or session.desk.current_axes()
    if chosen.twin is None:
        chosen.split()
    chosen.primary().right_acts = side == "right"
    session.desk.select(chosen.acting())


@builtin(outputs=3)
def plotyy(session, nargout, /, *args):
    """
    plotyy(x1, y1, x2, y2)
    plotyy(x1, y1, x2, y2, fun)
    plotyy(x1, y1, x2, y2, fun1, fun2)
    plotyy(ax, ...)
    [ax, h1, h2] = plotyy(...)

    Two plots with a y-axis each, the second on the right. fun: the function that plots, such as 'semilogy'.

    Examples
      >> [ax, h1, h2] = plotyy(1:3, 1:3, 1:3, [90 95 99]); ylabel(ax(2), 'right')
      figure 1: axes 1: line 3 points; axes 2: line 3 points, ylabel 'right'

    See also yyaxis, plot.
    """
    chosen, rest = axes_first(args)
    if not 4 <= len(rest) <= 6:
        raise ScriptError("MATLAB:narginchk:notEnoughInputs", "plotyy takes x1, y1, x2, y2 and up to two functions.")
    work = list(rest[4:]) or ["plot"]
    work = [*work, work[0]][:2]
    for each in work:
        if text_or_none(each) is None and not isinstance(each, Function):
            raise take.refusal("plotyy", "the function", "a name or a function handle", each)
    desk = session.desk
    left = desk.newplot(chosen)
    if left.twin is None:
        left.split()
    drawn = []
    for side, data, how in ((left, rest[:2], work[0]), (left.twin, rest[2:4], work[1])):
        desk.select(side)
        before = list(side.children)
        how = text_or_none(how) or how
        session.call(how, 0, *data)
        drawn.append([child for child in side.children if child not in before])
    desk.select(left)
    ends = np.array([side.get("XLim") for side in (left, left.twin) if side.drawn()])
    if left.value("XLimMode") == "auto" and len(ends):
        left.twin.values["XLim"] = left.values["XLim"] = np.array([ends[:, 0].min(), ends[:, 1].max()])
        left.values["XLimMode"] = left.twin.values["XLimMode"] = "manual"
    made = (wrap_list([left, left.twin], column=False), *(wrap_list(group) for group in drawn))
    return made if nargout > 1 else made[0] if nargout else None
