"""Steps, stems, error bars, and lines that points are added to."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, of_table, series
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec, spec_refused
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
    """[axes,] arrays [, line spec and flags], properties: the axes, the arrays, the spec, the flags, the properties,
    the names of a table's variables."""
    axes, rest = axes_first(args)
    rest, named = of_table(rest, function, "XY")
    arrays = []
    values = list(rest)
    while values and text_or_none(values[0]) is None:
        arrays.append(values.pop(0))
    spec: dict[str, Any] = {}
    found = []
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() in flags:
            found.append(word.lower())
        elif (read := read_line_spec(word)) is not None:
            spec |= read
        else:
            break
        values.pop(0)
    if len(values) % 2 and text_or_none(values[0]) is not None:
        raise spec_refused(text_or_none(values[0]))
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(kind, given)
    if not arrays:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    return axes, arrays, spec, found, given, named


def put(
    session: Any,
    axes: Axes | None,
    kind: type[Line],
    curves: list,
    spec: dict,
    given: list,
    sides: tuple[Coordinates | None, Coordinates],
    named: dict[str, list[str]],
) -> list[Line]:
    """One object of a kind for each curve, each in the next colour."""
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made = []
    for along, up in curves:
        one = kind(axes, XData=along, YData=up)
        showing.follow(axes, one, coloured="Color" not in spec)
        for name, value in spec.items():
            one.set(name, value)
        set_pairs(one, given)
        for side, letter in zip(sides, "XY", strict=True):
            if side is not None:
                side.name(one, letter)
        made.append(one)
    if fresh:
        axes.values["Box"] = True
    name_sides(axes, named, made)
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
    axes, arrays, spec, flags, given, named = arguments(args, "stem", Stem, ("filled", "fill"))
    if len(arrays) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    x, y = Coordinates(arrays[0], "stem", "x") if len(arrays) == 2 else None, Coordinates(arrays[-1], "stem", "y")
    curves = series(x.values if x is not None else None, y.values)
    spec.setdefault("LineStyle", "-")
    if spec["LineStyle"] == "none":
        spec["LineStyle"] = "-"
    if flags:
        spec["MarkerFaceColor"] = "auto"
    made = put(session, axes, Stem, curves, spec, given, (x, y), named)
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
    axes, arrays, spec, _, given, named = arguments(args, "stairs", Stair)
    if len(arrays) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    x, y = Coordinates(arrays[0], "stairs", "x") if len(arrays) == 2 else None, Coordinates(arrays[-1], "stairs", "y")
    curves = series(x.values if x is not None else None, y.values)
    if "Marker" in spec and "LineStyle" in spec and spec["LineStyle"] == "none":
        spec.pop("LineStyle")  # steps stay, whatever marks the points
    if nargout == 2:
        corners = [(np.repeat(along, 2)[1:], np.repeat(up, 2)[:-1]) for along, up in curves]
        across, high = (np.stack(each, axis=1) for each in zip(*corners, strict=True))
        return norm(np.asfortranarray(across)), norm(np.asfortranarray(high))
    made = put(session, axes, Stair, curves, spec, given, (x, y), named)
    return wrap_list(made, column=False) if nargout else None


@builtin(outputs=1)
def errorbar(session, nargout, /, *args):
    """
    errorbar(y, err)
    errorbar(x, y, err)
    errorbar(x, y, neg, pos)
    errorbar(x, y, yneg, ypos, xneg, xpos)
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
    axes, arrays, spec, flags, given, named = arguments(args, "errorbar", ErrorBar, ("horizontal", "vertical", "both"))
    if len(arrays) not in (2, 3, 4, 6):
        raise ScriptError(
            "MATLAB:minrhs" if len(arrays) < 2 else "MATLAB:maxrhs",
            "Not enough input arguments." if len(arrays) < 2 else "Too many input arguments.",
            notes=("errorbar(y, err), (x, y, err), (x, y, neg, pos) or (x, y, yneg, ypos, xneg, xpos)",),
        )
    x = Coordinates(arrays.pop(0), "errorbar", "x") if len(arrays) > 2 else None
    y = Coordinates(arrays.pop(0), "errorbar", "y")
    curves = series(x.values if x is not None else None, y.values)
    errors = [Coordinates(value, "errorbar", "the errors").values for value in arrays]
    count = curves[0][0].size
    split = []
    for error in errors:
        if error.size == 0:
            split.append([np.zeros(0)] * len(curves))
        elif error.size == y.values.size:
            split.append([part for _, part in series(None, error.reshape(y.values.shape, order="F"))])
        elif error.size == count:
            split.append([error.ravel(order="F")] * len(curves))
        else:
            raise ScriptError(
                "MATLAB:errorbar:InvalidErrorSize",
                "The lengths of the errors must be the size of Y, or they must be empty.",
                notes=(f"Y has {y.values.size} elements, an error has {error.size}",),
            )
    made = put(session, axes, ErrorBar, curves, spec, given, (x, y), named)
    letters = {"horizontal": "X", "both": "XY"}.get(flags[-1] if flags else "", "Y")
    sides = [(letter, side) for letter in ("YX" if len(errors) == 4 else letters) for side in ("Negative", "Positive")]
    if len(errors) == 1:
        split = split * len(sides)
    elif len(errors) == 2:
        split = split * (len(sides) // 2)
    for (letter, side), parts in zip(sides, split, strict=True):
        for one, part in zip(made, parts, strict=True):
            one.set(f"{letter}{side}Delta", part)
    return wrap_list(made, column=False) if nargout else None


# ------------------------------------------------------------------------------------------------- lines that grow
@builtin(outputs=1)
def animatedline(session, nargout, /, *args):
    """
    an = animatedline
    an = animatedline(x, y)
    an = animatedline(x, y, z)
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
    if len(arrays) not in (0, 2, 3) or len({array.size for array in arrays}) > 1:
        raise ScriptError("MATLAB:animatedline:args", "animatedline takes x and y (and z), as many of each.")
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
def addpoints(an, x, y, z=None, /):
    """
    addpoints(an, x, y)
    addpoints(an, x, y, z)

    Add points to an animated line; drawnow shows them.

    Examples
      >> an = animatedline; for k = 1:3, addpoints(an, k, k^2); end, an.YData
      ans =
           1     4     9
      figure 1: animatedline 3 points

    See also animatedline, clearpoints, getpoints, drawnow.
    """
    line = grows(an, "addpoints")
    given = [Coordinates(value, "addpoints", "x and y") for value in (x, y, z) if value is not None]
    each = [one.values.ravel(order="F") for one in given]
    if len({array.size for array in each}) > 1:
        raise ScriptError("MATLAB:animatedline:args", "x and y must have as many elements as each other.")
    line.add(*each)
    for one, letter in zip(given, "XYZ", strict=False):
        one.name(line, letter)


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


@builtin(outputs=3)
def getpoints(nargout, an, /):
    """
    [x, y] = getpoints(an)
    [x, y, z] = getpoints(an)

    The points of an animated line.

    Examples
      >> an = animatedline(1:2, [5 6]); [x, y] = getpoints(an)
      x =
           1     2
      y =
           5     6
      figure 1: animatedline 2 points
      >> an = animatedline(1:2, [5 6], [7 8]); [x, y, z] = getpoints(an); z
      z =
           7     8
      figure 1: animatedline 2 points, animatedline 2 points

    See also animatedline, addpoints.
    """
    line = grows(an, "getpoints")
    return tuple(norm(line.flat(name).reshape(1, -1)) for name in ("XData", "YData", "ZData"))
