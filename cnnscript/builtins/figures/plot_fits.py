"""Lines over plots: lsline, refline, refcurve; Pareto charts."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import limits, plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.values.take import require_count
from cnnscript.values.text import texts_or_none


def points_in(axes: Axes) -> list[tuple[np.ndarray, np.ndarray, Any]]:
    """The points of the scatter plots of an axes (and of lines that are markers only), the newest first."""
    found = []
    for child in reversed(axes.drawn()):
        marks = isinstance(child, plots.Line) and child.value("LineStyle") == "none"
        if isinstance(child, plots.Scatter) or marks and child.value("Marker") != "none":
            paint = child.value("Color") if isinstance(child, plots.Line) else (child.automatic or (0.0, 0.447, 0.741))
            found.append((child.flat("XData"), child.flat("YData"), paint))
    return found


@builtin(outputs=1)
def lsline(session, nargout, /, *args):
    """
    lsline
    lsline(ax)
    h = lsline(...)

    The line that fits each set of points of an axes best (least squares).

    Examples
      >> scatter(1:3, [2 4 6]); h = lsline; h.YData
      ans =
           2     6
      figure 1: scatter 3 points, line 2 points

    See also refline, polyfit.
    """
    axes, rest = axes_first(args)
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    axes = axes or session.desk.current_axes()
    sets = points_in(axes)
    if not sets:
        from cnnscript.values.warn import warn

        warn("stats:lsline:NoLinesFound", "No allowed line types or scatterplots found. Nothing done.")
        return None
    made = []
    for x, y, paint in sets:
        known = np.isfinite(x) & np.isfinite(y)
        if known.sum() < 2 or not np.ptp(x[known]):
            continue
        middle = x[known].mean()
        slope = float(((x[known] - middle) * y[known]).sum() / ((x[known] - middle) ** 2).sum())
        base = float(y[known].mean() - slope * middle)
        ends = np.array([x[known].min(), x[known].max()])
        made.append(plots.Line(axes, XData=ends, YData=slope * ends + base, Color=paint, Tag="lsline"))
    return wrap_list(made) if nargout else None


def across(axes: Axes) -> np.ndarray:
    """The ends of the x-axis, which stay where they are."""
    ends = axes.get("XLim")
    return np.array(ends, float)


@builtin(outputs=1)
def refline(session, nargout, /, *args):
    """
    refline(m, b)
    refline([m b])
    refline(0, b)
    refline
    refline(ax, ...)
    h = refline(...)

    A line of slope m and height b over an axes; without numbers the lines of lsline.

    Examples
      >> plot([0 2], [0 4]); h = refline(1, 1); h.YData
      ans =
           1     3
      figure 1: line 2 points, line 2 points

    See also lsline, refcurve, yline.
    """
    axes, rest = axes_first(args)
    if not rest:
        return lsline(session, nargout, *args)
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    numbers = [number for value in rest for number in take.numbers(value, "refline", "m and b")]
    slope, base = numbers if len(numbers) == 2 else (numbers[0], 0.0) if len(numbers) == 1 else (np.nan, np.nan)
    if slope != slope:
        raise take.refusal("refline", "the coefficients", "a slope and a height", rest[0])
    axes = axes or session.desk.current_axes()
    ends = across(axes)
    made = plots.Line(axes, XData=ends, YData=slope * ends + base)
    showing.follow(axes, made)
    axes.set("XLim", ends)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def refcurve(session, nargout, /, *args):
    """
    refcurve(p)
    refcurve
    refcurve(ax, p)
    h = refcurve(...)

    The curve of a polynomial, highest power first, over an axes.

    Examples
      >> plot([0 2], [0 4]); h = refcurve([1 0 0]); h.YData(end)
      ans =
           4
      figure 1: line 2 points, line 100 points

    See also refline, polyval.
    """
    axes, rest = axes_first(args)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    coefficients = np.array(take.numbers(rest[0], "refcurve", "p")) if rest else np.zeros(1)
    axes = axes or session.desk.current_axes()
    ends = across(axes)
    at = np.linspace(*ends, 100)
    made = plots.Line(axes, XData=at, YData=np.polyval(coefficients, at))
    showing.follow(axes, made)
    axes.set("XLim", ends)
    return wrap(made) if nargout else None


@builtin(outputs=2)
def pareto(session, nargout, /, *args):
    """
    pareto(y)
    pareto(y, x)
    pareto(y, names)
    pareto(..., threshold)
    pareto(ax, ...)
    [charts, ax] = pareto(...)

    Bars in falling order, and a line of what they add up to, seen up to a share of all (0.95) or ten bars; the right
    side says what share of all that is.

    Examples
      >> [charts, ax] = pareto([5 20 10], {'a', 'b', 'c'}); charts(1).YData
      ans =
          20    10     5
      figure 1: axes 1: bar 3 bars; axes 2: line 3 points

    See also bar, histogram.
    """
    axes, rest = axes_first(args)
    require_count(rest, 1, 3)
    y = np.array(take.numbers(rest[0], "pareto", "y"))
    if (y < 0).any() or not y.size or not y.sum() > 0:
        raise ScriptError("MATLAB:pareto:InvalidY", "Y must hold numbers that are not negative.")
    names, share = [str(k + 1) for k in range(y.size)], 0.95
    for value in rest[1:]:
        words = texts_or_none(value)
        if words is not None:
            names = list(words)
        else:
            numbers = take.numbers(value, "pareto", "x")
            if len(numbers) == 1 != y.size:
                share = numbers[0]
            else:
                names = [f"{number:.5g}" for number in numbers]
    if len(names) != y.size:
        wrong = "There must be a name for each number."
        raise ScriptError("MATLAB:pareto:MismatchedLengths", wrong, notes=(f"{len(names)} and {y.size}",))
    if not 0 < share <= 1:
        raise take.refusal("pareto", "the threshold", "a number from 0 to 1", rest[-1])
    order = np.argsort(y, kind="stable")[::-1]  # of equal numbers the last comes first
    heights = y[order]
    piled = np.cumsum(heights)
    total = float(piled[-1])
    count = int(min(np.searchsorted(piled, share * total * (1 - 1e-12)) + 1, 10, y.size))
    axes = session.desk.newplot(axes)
    at = np.arange(1.0, y.size + 1)
    (bar,) = showing.bars(axes, at, heights.reshape(-1, 1), False, "grouped", None, {})
    axes.values["Box"] = True
    steps = axes.most_steps("Y")
    ticks = limits.ticks(0.0, total, steps)
    ticks = ticks if np.isclose(ticks[-1], total) else np.r_[ticks, total]
    axes.set("XTick", at[:count])
    axes.set("XTickLabel", [names[k] for k in order[:count]])
    right = Axes(axes.parent, HandleVisibility="off")
    right.values |= {
        "Position": np.array(axes.get("Position")), "PositionMode": "manual", "Color": "none", "YAxisLocation": "right",
        "XTick": np.zeros(0), "XTickMode": "manual",
    }  # fmt: skip
    line = plots.Line(right, XData=at, YData=piled, Color=bar.value("FaceColor"))
    for one in (axes, right):
        one.set("XLim", np.array([0.5, count + 0.5]))
        one.set("YLim", np.array([0.0, total]))
        one.set("YTick", ticks)
    right.set("YTickLabel", [f"{round(100 * tick / total)}%" for tick in ticks.tolist()])
    session.desk.select(axes)
    axes.touch()
    return (wrap_list([bar, line], column=False), wrap_list([axes, right], column=False)) if nargout else None
