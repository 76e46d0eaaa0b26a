"""Bars and slices of pies with a third dimension: bar3, bar3h, pie3."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec
from cnnscript.builtins.figures.space_arguments import real_array, sizes_differ, solid_axes, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import plots, surfaces
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.properties import DARK
from cnnscript.values.text import text_or_none, texts_or_none

STYLES = ("detached", "grouped", "stacked")
GOLDEN = (np.sqrt(5) - 1) / 2
NONE = np.nan


def box_rows(across: tuple[float, float], along: tuple[float, float], low: float, high: float) -> np.ndarray:
    """One bar as six rows of four points (x, y, z) of a surface: sides, top and bottom; NaN where no face is."""
    x = np.array([across[0], across[0], across[1], across[1]])
    y = np.array([along[0], along[0], along[1], along[1], along[0], NONE])
    z = np.array(
        [
            [NONE, low, low, NONE],
            [low, high, high, low],
            [low, high, high, low],
            [NONE, low, low, NONE],
            [NONE, low, low, NONE],
            [NONE, NONE, NONE, NONE],
        ]
    )
    return np.stack([np.tile(x, (6, 1)), np.repeat(y[:, None], 4, axis=1), z], axis=-1)


def bars_in_space(session: Any, nargout: int, args: tuple, function: str) -> Any:
    """bar3 and bar3h: [axes,] [Y,] Z [, width] [, style] [, colour], properties."""
    axes, rest = axes_first(args)
    values, numeric = list(rest), []
    while values and text_or_none(values[0]) is None:
        numeric.append(real_array(values.pop(0), function, "the values"))
    width = 0.8
    if len(numeric) > 1 and numeric[-1].size == 1 and numeric[-2].size > 1 or len(numeric) == 3:
        width = float(numeric.pop().ravel()[0])
    if len(numeric) not in (1, 2):
        raise too_few(function, "Z")
    z = numeric[-1]
    z = z.reshape(-1, 1) if z.ndim == 2 and min(z.shape) == 1 else z
    if z.ndim != 2 or not z.size:
        raise ScriptError(f"MATLAB:{function}:badZ", "Z must be a vector or a matrix.")
    places = np.arange(1.0, len(z) + 1) if len(numeric) == 1 else numeric[0].ravel(order="F")
    if places.size != len(z):
        raise sizes_differ(f"Y has {places.size} elements, Z has {len(z)} rows")
    if len(np.unique(places)) != places.size:
        raise ScriptError(f"MATLAB:{function}:NotUnique", "The Y values must be unique.")
    style, paint = "detached", None
    while values and (word := text_or_none(values[0])) is not None:
        if any(each.startswith(word.lower()) for each in STYLES) and len(word) > 1:
            style = take.choice(values.pop(0), STYLES, function, "the style")
        elif (spec := read_line_spec(word)) is not None and set(spec) == {"Color"}:
            paint = spec["Color"]
            values.pop(0)
        else:
            break
    axes, given = parent_of(pairs(tuple(values), function), axes)
    tried(surfaces.Surface, given)
    axes = solid_axes(session, axes)
    made = []
    step = float(np.min(np.diff(np.sort(places)))) if places.size > 1 else 1.0
    count = z.shape[1]
    thick = width / count if style == "grouped" else width  # along x
    group = min(0.8, count / (count + 1.5)) * step if count > 1 else step
    base = np.zeros(len(z))
    for k in range(count):
        rows = []
        across = (1 - thick / 2, 1 + thick / 2)
        if style == "detached":
            across = (k + 1 - width / 2, k + 1 + width / 2)
        for place, number, under in zip(places, z[:, k], base, strict=True):
            along, low, high = (place - width / 2 * step, place + width / 2 * step), 0.0, number
            if style == "grouped":
                middle = place - group / 2 + (k + 0.5) * group / count
                along = (middle - width * group / count / 2, middle + width * group / count / 2)
            elif style == "stacked":
                low, high = under, under + number
            rows.append(box_rows(across, along, low, high))
        base = base + np.nan_to_num(z[:, k])
        table = np.concatenate(rows)
        x, y, heights = (table[..., part] for part in range(3))
        if function == "bar3h":
            y, heights = heights, y
        one = surfaces.PlainSurface(
            axes, XData=x, YData=y, ZData=heights, CData=np.full(x.shape, k + 1.0), EdgeColor=DARK, Tag="bar3"
        )
        if paint is not None:
            one.set("FaceColor", paint)
        set_pairs(one, given)
        made.append(one)
    if count == 1:
        axes.set("CLim", np.array((1.0, 2.0)))
    if axes.value("NextPlot") != "add":
        lay_out(axes, places, count if style == "detached" else 1, thick, function)
    axes.touch()
    return wrap_list(made, column=False) if nargout else None


def lay_out(axes: Any, places: np.ndarray, columns: int, thick: float, function: str) -> None:
    """Ticks at the bars, the first row in front, a box of golden proportions."""
    letter, other = ("Z", "Y") if function == "bar3h" else ("Y", "Z")
    if places.size < 16 and (places == np.floor(places)).all():
        axes.set(f"{letter}Tick", np.sort(places))
    if columns < 2:
        axes.set("XTick", np.zeros(0))
    elif columns <= 16:
        axes.set("XTick", np.arange(1.0, columns + 1))
    axes.set("XLim", np.array((1 - thick / 2, columns + thick / 2)))
    axes.set("YDir", "reverse")
    along = places.size + 1.0
    sides = {"X": columns - 1 + thick, letter: along, other: GOLDEN * along}
    axes.set("PlotBoxAspectRatio", np.array([sides[each] for each in "XYZ"]))


@builtin(outputs=1)
def bar3(session, nargout, /, *args):
    """
    bar3(Z)
    bar3(Y, Z)
    bar3(..., width)
    bar3(..., style)
    bar3(..., color)
    bar3(ax, ...)
    b = bar3(...)

    Bars that stand in space: a row of them for each column of Z, at the places Y (1, 2, 3 ...).

    style is 'detached', 'grouped' or 'stacked'. b holds a surface for each column.

    Examples
      >> b = bar3(magic(3)); numel(b), b(2).ZData(2, :)
      ans =
           3
      ans =
           0     1     1     0
      figure 1: surface 18x4, surface 18x4, surface 18x4

    See also bar, bar3h, surf.
    """
    return bars_in_space(session, nargout, args, "bar3")


@builtin(outputs=1)
def bar3h(session, nargout, /, *args):
    """
    bar3h(Z)
    bar3h(Y, Z)
    bar3h(..., width)
    bar3h(..., style)
    bar3h(..., color)
    bar3h(ax, ...)
    b = bar3h(...)

    Bars that lie in space, one above the other.

    Examples
      >> b = bar3h([1 2 3]); ax = gca; ax.ZTick
      ans =
           1     2     3
      figure 1: surface 18x4

    See also bar3, barh.
    """
    return bars_in_space(session, nargout, args, "bar3h")


HEIGHT, FINE = 0.35, 100  # of a pie, and the points of its whole circle


@builtin(outputs=1)
def pie3(session, nargout, /, *args):
    """
    pie3(X)
    pie3(X, explode)
    pie3(X, labels)
    pie3(X, explode, labels)
    pie3(ax, ...)
    p = pie3(...)

    Shares of a whole as slices of a flat cylinder.

    p holds for each slice its floor, its side, its top and its text.

    Examples
      >> p = pie3([1 1]); size(p)
      ans =
           1     8
      figure 1: patch, surface 2x53, patch, text '50%', patch, surface 2x53, patch, text '50%'

    See also pie, bar3.
    """
    axes, rest = axes_first(args)
    values = list(rest)
    if not values:
        raise too_few("pie3", "X")
    amounts = np.array(take.numbers(values.pop(0), "pie3", "X"))
    if (amounts < 0).any() or not 0 < amounts.sum() < np.inf:
        raise ScriptError("MATLAB:pie3:NonPositiveData", "X must hold positive, finite numbers.")
    moved, labels = np.zeros(amounts.size), None
    for value in values:
        words = texts_or_none(value)
        if words is not None:
            labels = list(words)
        else:
            moved = np.array(take.numbers(value, "pie3", "explode", amounts.size))
    if labels is not None and len(labels) != amounts.size:
        raise ScriptError("MATLAB:pie3:StringLengthMismatch", "There must be one label for each slice.")
    shares = amounts / amounts.sum() if amounts.sum() > 1 + 1e-9 else amounts
    axes = solid_axes(session, axes)
    made, begin = [], 0.25
    for k, share in enumerate(shares):
        if not share:
            continue
        turn = 2 * np.pi * np.linspace(begin, begin + share, max(2, int(np.ceil(FINE * share)) + 1))
        middle = 2 * np.pi * (begin + share / 2)
        out = 0.1 * (moved[k] != 0) * np.array((np.cos(middle), np.sin(middle)))
        x, y = np.r_[0, np.cos(turn), 0] + out[0], np.r_[0, np.sin(turn), 0] + out[1]
        for height in (0.0, HEIGHT):
            lid = plots.Patch(
                axes, XData=x, YData=y, ZData=np.full(x.size, height), CData=np.array([k + 1.0]), FaceColor="flat"
            )
            made.append(lid)
            if not height:
                wall = {"XData": np.array([x, x]), "YData": np.array([y, y]), "CData": np.full((2, x.size), k + 1.0)}
                ends = np.array([np.zeros(x.size), np.full(x.size, HEIGHT)])
                made.append(surfaces.Surface(axes, ZData=ends, EdgeColor="none", **wall))
        words = labels[k] if labels is not None else f"{round(100 * share)}%" if share >= 0.01 else "< 1%"
        place = 1.25 * np.array((np.cos(middle), np.sin(middle))) + out
        made.append(Text(axes, Position=np.r_[place, HEIGHT], String=words, HorizontalAlignment="center"))
        begin += share
    axes.values["Visible"] = False
    for letter, ends in zip("XYZ", ((-1.2, 1.2), (-1.2, 1.2), (0.0, HEIGHT)), strict=True):
        axes.set(f"{letter}Lim", np.array(ends))
    axes.set("DataAspectRatio", np.ones(3))
    axes.set("CLim", np.array((1.0, max(float(amounts.size), 2.0))))
    axes.touch()
    return wrap_list(made, column=False) if nargout else None
