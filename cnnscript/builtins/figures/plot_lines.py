"""Lines and points: plot and its kin."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, name_sides, no_data, of_table, series
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, from_script, graphics_of, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.groups import Group
from cnnscript.values.text import text_or_none

LINE_SPEC = re.compile(
    r"(?P<style>--|-\.|-|:)|(?P<marker>square|diamond|pentagram|hexagram|[o+*.x_|sd^v><ph])|"
    r"(?P<colour>red|green|blue|cyan|magenta|yellow|black|white|[rgbcmykw])",
    re.IGNORECASE,
)
TICK_FORMATS = ("datetimetickformat", "durationtickformat")
SHORT_MARKERS = {"s": "square", "d": "diamond", "p": "pentagram", "h": "hexagram"}


def read_line_spec(word: str) -> dict[str, Any] | None:
    """Properties from a line spec such as 'r--o'; None for a text that is none."""
    found: dict[str, str] = {}
    at = 0
    while at < len(word):
        match = LINE_SPEC.match(word, at)
        if match is None or match.lastgroup in found:
            return None
        found[match.lastgroup] = match[0]
        at = match.end()
    made: dict[str, Any] = {}
    if "colour" in found:
        made["Color"] = found["colour"].lower()
    if "marker" in found:
        made["Marker"] = SHORT_MARKERS.get(found["marker"].lower(), found["marker"].lower())
        made["LineStyle"] = "none"
    if "style" in found:
        made["LineStyle"] = found["style"]
    return made


def parent_of(given: list[tuple[str, Any]], axes: Axes | None) -> tuple[Axes | None, list[tuple[str, Any]]]:
    """The axes given as Parent, or that the group given so is in, and the other properties.

    A group stays among these: what is made for the axes then moves into it, and what the axes show stays.
    """
    for word, value in given:
        if word.lower() == "parent" and (isinstance(value, Handle) or object_of(value) is not None):
            axes = graphics_of(value)[0]
    if isinstance(axes, Group):
        axes.alive()
        axes = axes.up("axes")
        axes.spared = True
        return axes, given
    return axes, [(word, value) for word, value in given if word.lower() != "parent"]


def spec_refused(word: str) -> ScriptError:
    return ScriptError(
        "MATLAB:plot:InvalidLineSpec", "Error in color/linetype argument.", notes=(f"got '{word}'",)
    )


def grouped(rest: tuple) -> tuple[list[tuple[Any, Any, dict[str, Any]]], tuple]:
    """The groups [x,] y [, line spec] with which a call begins, and the properties after them."""
    groups: list[tuple[Any, Any, dict[str, Any]]] = []
    waiting: list[Any] = []
    at = 0

    def close(spec: dict[str, Any]) -> None:
        groups.append((*([None, *waiting] if len(waiting) == 1 else waiting), spec))
        waiting.clear()

    while at < len(rest):
        word = text_or_none(rest[at])
        if word is None:
            if len(waiting) == 2:
                close({})
            waiting.append(rest[at])
        elif waiting and (spec := read_line_spec(word)) is not None:
            close(spec)
        elif not waiting and not groups:
            raise no_data(rest[at])
        else:
            if (len(rest) - at) % 2:
                raise spec_refused(word)
            break
        at += 1
    if waiting:
        close({})
    return groups, rest[at:]


def curves(
    session: Any,
    nargout: int,
    args: tuple,
    function: str,
    scales: tuple[str, str] = ("linear", "linear"),
) -> Any:
    """plot and its logarithmic kin: [axes,] groups of [x,] y [, line spec], then properties."""
    axes, rest = axes_first(args)
    rest, named = of_table(rest, function, "XY")
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    groups, tail = grouped(rest)
    given = pairs(tail, function)
    axes, given = parent_of(given, axes)
    forms = {word.lower(): from_script(value) for word, value in given if word.lower() in TICK_FORMATS}
    given = [(word, value) for word, value in given if word.lower() not in TICK_FORMATS]
    read = [
        (Coordinates(x, function, "x") if x is not None else None, Coordinates(y, function, "y"), spec)
        for x, y, spec in groups
    ]
    tried(plots.Line, given)
    drawn = [
        (x, y, spec, series(x.values if x is not None else None, y.values))
        for x, y, spec in read
        if y.values.size or x is None
    ]
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    made: list[plots.Line] = []
    for x, y, spec, each in drawn:
        for along, up in each:
            line = plots.Line(axes, XData=along, YData=up)
            showing.follow(axes, line, styled="LineStyle" not in spec, coloured="Color" not in spec)
            for name, value in spec.items():
                line.set(name, value)
            set_pairs(line, given)
            if x is not None:
                x.name(line, "X")
            y.name(line, "Y")
            for letter, word in line.clocks.items():
                kind = word.partition(" ")[0]
                if f"{kind}tickformat" in forms:
                    line.clocks[letter] = f"{kind} {forms[f'{kind}tickformat']}"
            made.append(line)
    if fresh:
        axes.values |= {"Box": True, "XScale": scales[0], "YScale": scales[1]}
    name_sides(axes, named, made)
    axes.touch()
    return wrap_list(made) if nargout else None


@builtin(outputs=1)
def plot(session, nargout, /, *args):
    """
    plot(Y)
    plot(X, Y)
    plot(X, Y, spec)
    plot(X1, Y1, X2, Y2)
    plot(tbl, xvar, yvar)
    plot(ax, ...)
    plot(..., Name=Value)
    h = plot(...)

    Lines through points.

    A matrix gives a line for each column. spec is made of a colour (r g b c m y k w), a line style (- -- : -.) and a
    marker (o + * . x s d ^ v > < p h). Property names such as LineWidth and DisplayName may follow. x and y may be
    numbers, categories, datetimes or durations, or variables of a table.

    Examples
      >> plot([1 4 9 16])
      figure 1: line 4 points
      >> h = plot(1:3, magic(3), 'r--o', LineWidth=2); h(1).LineStyle
      ans =
          '--'
      figure 1: line 3 points, line 3 points, line 3 points

    See also bar, scatter, hold, legend, xlabel.
    """
    return curves(session, nargout, args, "plot")


@builtin(outputs=1)
def semilogy(session, nargout, /, *args):
    """
    semilogy(Y)
    semilogy(X, Y)
    h = semilogy(...)

    Lines with a logarithmic y-axis; otherwise as plot.

    Examples
      >> h = semilogy([1 10 100]); ax = gca; ax.YScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogx, loglog.
    """
    return curves(session, nargout, args, "semilogy", ("linear", "log"))


@builtin(outputs=1)
def semilogx(session, nargout, /, *args):
    """
    semilogx(Y)
    semilogx(X, Y)
    h = semilogx(...)

    Lines with a logarithmic x-axis; otherwise as plot.

    Examples
      >> h = semilogx([1 10 100], 1:3); ax = gca; ax.XScale
      ans =
          'log'
      figure 1: line 3 points

    See also plot, semilogy, loglog.
    """
    return curves(session, nargout, args, "semilogx", ("log", "linear"))


@builtin(outputs=1)
def loglog(session, nargout, /, *args):
    """
    loglog(Y)
    loglog(X, Y)
    h = loglog(...)

    Lines with logarithmic axes; otherwise as plot.

    Examples
      >> h = loglog([1 10 100], [1 100 10000]);
      figure 1: line 3 points

    See also plot, semilogx, semilogy.
    """
    return curves(session, nargout, args, "loglog", ("log", "log"))


@builtin(outputs=1)
def line(session, nargout, /, *args):
    """
    line(x, y)
    line(x, y, z)
    line(..., Name=Value)
    line(ax, ...)
    h = line(...)

    Add a line to an axes, whatever it shows.

    Examples
      >> imshow(zeros(9)); h = line([1 9], [1 9], Color='y');
      figure 1: image 9x9, line 2 points

    See also plot, rectangle, xline.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "line"), axes)
    if cut not in (0, 2, 3):
        raise ScriptError("MATLAB:line:args", "line takes x and y, or x, y and z.")
    tried(plots.Line, given)
    read = [Coordinates(value, "line", "the coordinates") for value in rest[:cut]]
    each = series(read[0].values, read[1].values) if cut else [(np.array([0.0, 1.0]), np.array([0.0, 1.0]))]
    high = [up for _, up in series(read[0].values, read[2].values)] if cut == 3 else []
    axes = axes or session.desk.current_axes()
    made = []
    for k, (x, y) in enumerate(each):
        one = plots.Line(axes, XData=x, YData=y)
        if high:
            one.set("ZData", high[k])
        if cut:
            read[0].name(one, "X")
            read[1].name(one, "Y")
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made) if nargout else None
