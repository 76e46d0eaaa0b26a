"""Steps, stems, error bars, and lines that points are added to."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import Coordinates, name_axis, parent_of, read_line_spec, series
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.plots import Line
from cnnscript.pictures.graphics.series import AnimatedLine, ErrorBar, Stair, Stem
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


def arguments(args: tuple, function: str, kind: type[Line], flags: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """[axes,] arrays [, line spec and flags], properties: the axes, the arrays, the spec, the flags, the properties."""
    axes, rest = axes_first(args)
    arrays = []
    values = list(rest)
    while values and text_or_none(values[0]) is None:
        arrays.append(values.pop(0))
    spec: dict[str, Any] = {}
    found = []
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() in flags:
            found.append(word.lower())
        elif len(values) % 2 and (read := read_line_spec(word)) is not None:
            spec |= read
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(kind, given)
    if not arrays:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    return axes, arrays, spec, found, given


def put(session: Any, axes: Axes | None, kind: type[Line], curves: list, spec: dict, given: list, x: Any) -> list[Line]:
    """One object of a kind for each curve, each in the next colour."""
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made = []
    for along, up in curves:
        one = kind(axes, XData=along, YData=up)
        one.set("Color", spec.get("Color") or showing.next_colour(axes))
        for name, value in spec.items():
            one.set(name, value)
        set_pairs(one, given)
        name_axis(axes, one, "X", x.names if x is not None else [])
        made.append(one)
    if fresh:
        axes.values["Box"] = True
    axes.touch()
    return made


@builtin(outputs=1)
def stem(session, nargout, /, *args):
    """
    stem(Y)
    stem(X, Y)
    stem(..., 'filled')
    stem(..., spec)
    stem(ax, ...)
    stem(..., Name=Value)
    h = stem(...)

    A marker for each value, on a stem from the base line.

    Examples
      >> stem([1 3 2])
      figure 1: stem 3 points
      >> h = stem(1:3, [4 5 6], 'filled', 'r', BaseValue=1); h.MarkerFaceColor
      ans =
          'auto'
      figure 1: stem 3 points

    See also plot, bar, stairs.
    """
    axes, arrays, spec, flags, given = arguments(args, "stem", Stem, ("filled",))
    x = Coordinates(arrays[0], "stem", "x") if len(arrays) == 2 else None
    curves = series(x.values if x is not None else None, Coordinates(arrays[-1], "stem", "y").values)
    spec.setdefault("LineStyle", "-")
    if spec["LineStyle"] == "none":
        spec["LineStyle"] = "-"
    if flags:
        spec["MarkerFaceColor"] = "auto"
    made = put(session, axes, Stem, curves, spec, given, x)
    return wrap_list(made, column=False) if nargout else None


@builtin(outputs=2)
def stairs(session, nargout, /, *args):
    """
    stairs(Y)
    stairs(X, Y)
    stairs(..., spec)
    stairs(ax, ...)
    stairs(..., Name=Value)
    h = stairs(...)
    [xb, yb] = stairs(...)

    Values as steps; with two outputs the corners of the steps, and no picture.

    Examples
      >> stairs([1 3 2])
      figure 1: stair 3 points
      >> [xb, yb] = stairs(1:3, [1 3 2]); [xb yb]'
      ans =
           1     2     2     3     3
           1     1     3     3     2

    See also plot, stem, bar.
    """
    axes, arrays, spec, _, given = arguments(args, "stairs", Stair)
    x = Coordinates(arrays[0], "stairs", "x") if len(arrays) == 2 else None
    curves = series(x.values if x is not None else None, Coordinates(arrays[-1], "stairs", "y").values)
    if nargout == 2:
        corners = [(np.repeat(along, 2)[1:], np.repeat(up, 2)[:-1]) for along, up in curves]
        across, high = (np.stack(each, axis=1) for each in zip(*corners, strict=True))
        return norm(np.asfortranarray(across)), norm(np.asfortranarray(high))
    made = put(session, axes, Stair, curves, spec, given, x)
    return wrap_list(made, column=False) if nargout else None


@builtin(outputs=1)
def errorbar(session, nargout, /, *args):
    """
    errorbar(y, err)
    errorbar(x, y, err)
    errorbar(x, y, neg, pos)
    errorbar(..., ornt)
    errorbar(..., spec)
    errorbar(..., Name=Value)
    e = errorbar(...)

    A line with an interval about each point: err to both sides, or neg below and pos above.

    ornt is 'vertical' (the default), 'horizontal' or 'both'.

    Examples
      >> errorbar([1 2 3], [0.1 0.2 0.1])
      figure 1: errorbar 3 points
      >> e = errorbar(1:2, [5 6], [1 1], [2 2], 'o', CapSize=10); e.YPositiveDelta
      ans =
           2     2
      figure 1: errorbar 2 points
      >> e = errorbar(1:2, [5 6], [1 1], 'horizontal'); numel(e.YNegativeDelta)
      ans =
           0
      figure 1: errorbar 2 points

    See also plot, bar.
    """
    axes, arrays, spec, flags, given = arguments(args, "errorbar", ErrorBar, ("horizontal", "vertical", "both"))
    if not 2 <= len(arrays) <= 4:
        raise ScriptError("MATLAB:errorbar:args", "errorbar takes y and err, or x, y and err, or x, y, neg and pos.")
    x = Coordinates(arrays.pop(0), "errorbar", "x") if len(arrays) > 2 else None
    each = [Coordinates(value, "errorbar", "y and err").values for value in arrays]
    if len({array.size for array in each}) > 1:
        raise ScriptError("MATLAB:errorbar:sizes", "Y and the errors must have as many elements as each other.")
    curves = series(x.values if x is not None else None, each[0])
    low = [error for _, error in series(None, each[1])]
    high = [error for _, error in series(None, each[-1])]
    made = put(session, axes, ErrorBar, curves, spec, given, x)
    letters = {"horizontal": "X", "both": "XY"}.get(flags[-1] if flags else "", "Y")
    for one, down, up in zip(made, low, high, strict=True):
        for letter in letters:
            one.set(f"{letter}NegativeDelta", down)
            one.set(f"{letter}PositiveDelta", up)
    return wrap_list(made, column=False) if nargout else None


# ------------------------------------------------------------------------------------------------- lines that grow
@builtin(outputs=1)
def animatedline(session, nargout, /, *args):
    """
    an = animatedline
    an = animatedline(x, y)
    an = animatedline(..., Name=Value)
    an = animatedline(ax, ...)

    A line that addpoints adds points to, such as the loss of a training that goes on.

    Examples
      >> an = animatedline(Color='r'); addpoints(an, 1:3, [5 4 3]); size(an.YData)
      ans =
           1     3
      figure 1: animatedline 3 points
      >> an = animatedline([1 2], [1 2], MaximumNumPoints=2); addpoints(an, 3, 3); an.XData
      ans =
           2     3
      figure 1: animatedline 3 points, animatedline 2 points

    See also addpoints, clearpoints, getpoints, drawnow, plot.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    arrays = []
    while values and text_or_none(values[0]) is None:
        arrays.append(np.array(take.numbers(values.pop(0), "animatedline", "x and y")))
    if len(arrays) not in (0, 2) or (arrays and arrays[0].size != arrays[1].size):
        raise ScriptError("MATLAB:animatedline:args", "animatedline takes x and y, as many of one as of the other.")
    axes, given = parent_of(pairs(tuple(values), "animatedline"), axes)
    tried(AnimatedLine, given)
    made = AnimatedLine(axes or session.desk.current_axes())
    set_pairs(made, given)
    if arrays:
        made.add(*arrays)
    return wrap(made) if nargout else None


def grows(value: Any, function: str) -> AnimatedLine:
    """The line that a handle stands for."""
    if not isinstance(value, Handle) or not isinstance(value.graphic, AnimatedLine):
        raise take.refusal(function, "input number 1", "an animated line", value)
    value.graphic.alive()
    return value.graphic


@builtin
def addpoints(an, x, y, /):
    """
    addpoints(an, x, y)

    Add points to an animated line; drawnow shows them.

    Examples
      >> an = animatedline; for k = 1:3, addpoints(an, k, k^2); end, an.YData
      ans =
           1     4     9
      figure 1: animatedline 3 points

    See also animatedline, clearpoints, getpoints, drawnow.
    """
    line = grows(an, "addpoints")
    along, up = (np.array(take.numbers(value, "addpoints", "x and y")) for value in (x, y))
    if along.size != up.size:
        raise ScriptError("MATLAB:animatedline:args", "x and y must have as many elements as each other.")
    line.add(along, up)


@builtin
def clearpoints(an, /):
    """
    clearpoints(an)

    Take all points from an animated line.

    Examples
      >> an = animatedline(1:2, 1:2); clearpoints(an); isempty(an.XData)
      ans =
        logical
         1
      figure 1: animatedline 0 points

    See also animatedline, addpoints.
    """
    grows(an, "clearpoints").empty()


@builtin(outputs=2)
def getpoints(nargout, an, /):
    """
    [x, y] = getpoints(an)

    The points of an animated line.

    Examples
      >> an = animatedline(1:2, [5 6]); [x, y] = getpoints(an)
      x =
           1     2
      y =
           5     6
      figure 1: animatedline 2 points

    See also animatedline, addpoints.
    """
    line = grows(an, "getpoints")
    return tuple(norm(line.flat(name).reshape(1, -1)) for name in ("XData", "YData"))
