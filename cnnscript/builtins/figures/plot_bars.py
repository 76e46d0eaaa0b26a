"""Bars and areas."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, first_option, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_data import Coordinates, series
from cnnscript.builtins.figures.plot_lines import parent_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import from_script, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import bars, plots, showing
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, size_of, size_text
from cnnscript.values.text import text_or_none, texts_or_none

LAYOUTS = ("grouped", "stacked", "hist", "histc")


def width_after(arrays: list[Any], function: str) -> float | None:
    """The width of the bars, where it is the last of the numbers that a call begins with; it is taken off."""
    if len(arrays) < 2 or not is_numbers(arrays[-1]) or np.size(as_array(arrays[-1])) != 1:
        return None
    before = arrays[-2]
    many = len(before.texts()) if isinstance(before, Categorical) else int(np.prod(size_of(before)))
    if len(arrays) == 3 or many != 1:
        return take.number(arrays.pop(), function, "the width of the bars")
    return None


def is_numbers(value: Any) -> bool:
    return not hasattr(value, "class_name") and texts_or_none(value) is None and not is_cell(value)


def draw_bars(session: Any, nargout: int, args: tuple, function: str) -> Any:
    """bar and barh: [axes,] [x,] y [, width] [, layout] [, colour] and properties."""
    axes, rest = axes_first(args)
    values = list(rest)
    arrays: list[Any] = []
    while values and len(arrays) < 3:
        text = texts_or_none(values[0])
        if isinstance(values[0], str) or text is not None and (len(text) == 1 and not arrays_follow(values)):
            break
        arrays.append(values.pop(0))
    width = width_after(arrays, function)
    if not arrays or len(arrays) > 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(x, y)",))
    layout, colour = "grouped", None
    while values and (word := text_or_none(values[0])) is not None:
        if word.lower() in LAYOUTS:
            layout = word.lower()
        elif len(values) % 2 and is_colour(word):
            colour = word
        else:
            break
        values.pop(0)
    axes, given = parent_of(pairs(tuple(values), function), axes)
    given = [
        (word, from_script(value))
        for word, value in given
        if not (word.lower() == "barlayout" and (layout := str(from_script(value)).lower()) in ("hist", "histc"))
    ]
    as_patches = layout in ("hist", "histc")
    tried(plots.Patch if as_patches else bars.Bar, given)
    measured = Coordinates(arrays[-1], function, "y")
    y = measured.values
    if y.ndim > 2:
        raise ScriptError(
            f"MATLAB:{function}:Non2DInput", "Input arguments must be 2-D.", notes=(f"y is {size_text(y.shape)}",)
        )
    x = Coordinates(arrays[0], function, "x") if len(arrays) == 2 else None
    if x is not None and (x.values.ndim > 2 or min(x.values.shape, default=0) > 1):
        got = size_text(x.values.shape)
        raise ScriptError("MATLAB:xychk:XNotAVector", "X must be a vector.", notes=(f"x is {got}",))
    y = y.reshape(-1, 1) if min(y.shape) == 1 and not (x is not None and x.values.size == 1) else y
    at = np.arange(1.0, y.shape[0] + 1) if x is None else x.values.ravel(order="F")
    if x is not None and at.size != y.shape[0] and at.size == y.shape[1]:
        y = y.T  # as MATLAB reads a matrix whose columns are as many as the places
    if at.size != y.shape[0]:
        raise ScriptError(
            "MATLAB:xychk:lengthXDoesNotMatchNumRowsY",
            "The length of X must match the number of rows of Y.",
            notes=(f"x has {at.size}, y is {size_text(y.shape)}",),
        )
    if not as_patches and np.unique(at).size < at.size:
        raise ScriptError("MATLAB:bar:DuplicateXValues", "XData values must be unique.")
    layout = next((str(value) for word, value in given if word.lower() == "barlayout"), layout)
    axes = session.desk.newplot(axes)
    fresh = not axes.drawn()
    kind = plots.Patch if as_patches else bars.Bar
    properties = {kind.find_name(word): value for word, value in given if word.lower() != "horizontal"}
    if colour is not None:
        properties.setdefault("FaceColor", colour)
    horizontal = function == "barh"
    draw = showing.touching_bars if as_patches else showing.bars
    made = draw(axes, at, y, horizontal, layout, 1.0 if as_patches and width is None else width, properties)
    letter = "Y" if horizontal else "X"
    for one in made:
        if x is not None:
            x.name(one, letter)
        measured.name(one, "X" if horizontal else "Y")
    if fresh:
        axes.values["Box"] = True
        plain = x is None or not x.names and x.clock is None
        if plain and at.size <= 15 and (at == np.floor(at)).all() and not as_patches:
            # MATLAB puts a tick under each bar as long as there are few.
            axes.values[f"{letter}Tick"] = np.unique(at)
            axes.values[f"{letter}TickMode"] = "manual"
    axes.touch()
    return wrap_list(made, column=False) if nargout else None


def arrays_follow(values: list[Any]) -> bool:
    """Whether a text of one element is data: heights follow it."""
    return not isinstance(values[0], str) and len(values) > 1 and is_numbers(values[1])


def is_colour(word: str) -> bool:
    try:
        parse_colour(word)
    except ScriptError:
        return False
    return True


@builtin(outputs=1)
def bar(session, nargout, /, *args):
    """
    bar(y)
    bar(x, y)
    bar(..., width)
    bar(..., style)
    bar(..., color)
    bar(ax, ...)
    bar(..., Name=Value)
    b = bar(...)

    Bars; a matrix gives a group for each row.

    x may be numbers, categories or times, each once. style is 'grouped', 'stacked', 'hist' (bars that touch) or 'histc'
    (bars that begin at x).

    Examples
      >> bar([3 1 2])
      figure 1: bar 3 bars
      >> b = bar([1 2; 3 4], 'stacked', FaceAlpha=0.5); numel(b)
      ans =
           2
      figure 1: bar 2 bars, bar 2 bars

    See also barh, histogram, plot.
    """
    return draw_bars(session, nargout, args, "bar")


@builtin(outputs=1)
def barh(session, nargout, /, *args):
    """
    barh(y)
    barh(x, y)
    barh(..., width)
    barh(..., style)
    barh(..., color)
    barh(ax, ...)
    barh(..., Name=Value)
    b = barh(...)

    Bars to the right; otherwise as bar.

    Examples
      >> b = barh([0.7 0.2 0.1]); yticklabels({'cup', 'espresso', 'bowl'})
      figure 1: bar 3 bars

    See also bar, yticklabels.
    """
    return draw_bars(session, nargout, args, "barh")


@builtin(outputs=1)
def area(session, nargout, /, *args):
    """
    area(Y)
    area(X, Y)
    area(..., level)
    area(ax, ...)
    area(..., Name=Value)
    h = area(...)

    Lines with the area under them filled; the columns of a matrix are piled up. level is the
    height from which areas are filled (0).

    Examples
      >> h = area([1 3 2]);
      figure 1: area 3 points

    See also plot, bar.
    """
    axes, rest = axes_first(args)
    cut = first_option(rest, 0)
    axes, given = parent_of(pairs(rest[cut:], "area"), axes)
    tried(plots.Area, given)
    arrays = list(rest[:cut])
    level = None
    if len(arrays) == 3 or len(arrays) == 2 and np.prod(size_of(arrays[1])) == 1 != np.prod(size_of(arrays[0])):
        level = take.number(arrays.pop(), "area", "the base")
    if len(arrays) not in (1, 2):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("area(y), area(x, y)",))
    y = Coordinates(arrays[-1], "area", "y")
    x = Coordinates(arrays[0], "area", "x") if len(arrays) == 2 else None
    each = series(x.values if x is not None else None, y.values)
    axes = session.desk.newplot(axes)
    if not axes.drawn():
        axes.values["Box"] = True
    made, floor = [], 0.0
    for along, up in each:
        one = plots.Area(axes, XData=along, YData=up)
        showing.follow(axes, one)
        if made:
            one.below = floor + np.zeros(up.size)
            floor = one.below + up
        else:
            floor = np.array(up, float)
        if level is not None:
            one.set("BaseValue", level)
        set_pairs(one, given)
        if x is not None:
            x.name(one, "X")
        y.name(one, "Y")
        made.append(one)
    return wrap_list(made, column=False) if nargout else None
