"""The colours and line styles that plots take in turn: colororder, linestyleorder."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_fonts import targets_first
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.images import colormaps
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.numeric import norm
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none

PAINTED = ("Color", "FaceColor", "EdgeColor", "MarkerFaceColor", "MarkerEdgeColor", "CData")
MIXED = ("-o", "--^", ":s", "-.x")
MIXED_MARKERS = ("o", "s", "x", "d", "p", "^", "h")


def axes_in(nodes: list[Graphic]) -> list[Axes]:
    return [part for node in nodes for part in node.walk() if isinstance(part, Axes)]


@builtin(outputs=1)
def colororder(session, nargout, /, *args):
    """
    colororder(colors)
    colororder('default')
    colororder(target, ...)
    C = colororder
    C = colororder(target)

    The colours that plots of a figure or of an axes take in turn, those that are there too.

    colors is n-by-3 numbers, names or hexadecimal codes ("#FF8800"), 'default', or a palette: 'gem', 'gem12', 'glow',
    'glow12'.

    Examples
      >> h = plot(magic(2)); colororder([1 0 0; 0 0 1]); h(2).Color
      ans =
           0     0     1
      figure 1: line 2 points, line 2 points
      >> C = colororder({'k', 'g'})
      C =
           0     0     0
           0     1     0
      figure 1: line 2 points, line 2 points

    See also colormap, plot, linestyleorder.
    """
    found, rest = targets_first(session, args)
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not rest:
        holders = axes_in(found)
        held = getattr(found[0], "order_of_colours", None)
        first = colormaps.COLOR_ORDER if held is None else held
        return norm(np.array(holders[0].value("ColorOrder") if holders else first))
    colours = chosen_colours(rest[0])
    for node in found:
        if node.kind == "figure":
            node.order_of_colours = None if text_or_none(rest[0]) == "default" else colours
        if node.kind not in ("figure", "axes", "tiledlayout"):
            raise ScriptError("MATLAB:colororder:target", "colororder takes a figure, a layout, an axes or a chart.")
    for axes in axes_in(found):
        if axes.twin is not None:
            # Each side of two y-axes has one colour.
            place = 0 if axes.left_side() else 1
            one = colours[place % len(colours)][None]
            repaint(axes, one)
            axes.set("YColor", tuple(one[0].tolist()))
            continue
        repaint(axes, colours)
    return norm(colours) if nargout else None


def chosen_colours(value: Any) -> np.ndarray:
    words = texts_or_none(value)
    if words is None:
        made = take.colour_map(value, "colororder")
        if not len(made):
            raise ScriptError("MATLAB:colororder:empty", "A color order has at least one color.")
        return made
    if len(words) == 1 and words[0].lower() == "default":
        return np.array(colormaps.COLOR_ORDER)
    if len(words) == 1 and words[0].lower() in PALETTES:
        return np.array([parse_colour("#" + code) for code in PALETTES[words[0].lower()].split()])
    if len(words) == 1 and words[0].lower() in UNKNOWN:
        message = f"The palette '{words[0]}' is not in cnnscript: its colors are not known here."
        raise ScriptError("cnnscript:colororder:palette", message, hint="there are " + ", ".join(PALETTES))
    return np.array([parse_colour(word) for word in words], float)


# The palettes whose colours are known here, as hexadecimal codes; MATLAB has more.
GEM, GLOW = "0072BD D95319 EDB120 7E2F8E 77AC30 4DBEEE A2142F", "268CDD F57729 FFE864 C05CFB 49DB40 6CF4FF F267C5"
FIVE = " FFD60A 6582FD FF453A 00A3A3 CB845D"
PALETTES = {"gem": GEM, "gem12": GEM + FIVE, "glow": GLOW, "glow12": GLOW + FIVE}
UNKNOWN = ("sail", "reef", "meadow", "dye", "earth")


def repaint(axes: Axes, colours: np.ndarray) -> None:
    """Give an axes another order of colours, and what was painted in the old one the colours in the same places."""
    before = [tuple(row) for row in np.asarray(axes.value("ColorOrder"), float).round(9).tolist()]
    for child in axes.drawn():
        for name in PAINTED:
            held = child.values.get(name)
            if isinstance(held, (tuple, list, np.ndarray)) and np.size(held) == 3:
                key = tuple(np.asarray(held, float).ravel().round(9).tolist())
                if key in before:
                    new = colours[before.index(key) % len(colours)]
                    child.values[name] = tuple(new.tolist()) if isinstance(held, tuple) else new.copy()
                    child.touch()
    axes.set("ColorOrder", colours)


@builtin(outputs=1)
def linestyleorder(session, nargout, /, *args):
    """
    linestyleorder(styles)
    linestyleorder(styles, cycling)
    linestyleorder('default')
    linestyleorder(target, ...)
    order = linestyleorder

    The line styles and markers that plots take in turn when the colours have been used up.

    styles: text such as {'-', '--o'}, 'mixedstyles' or 'mixedmarkers'. cycling: 'aftercolor' (the default),
    'beforecolor' or 'withcolor'. Lines that are there take their styles too.

    Examples
      >> h = plot(magic(4)); colororder([0 0 0; 1 0 0]); linestyleorder({'-', '--'}); h(3).LineStyle
      ans =
          '--'
      figure 1: line 4 points, line 4 points, line 4 points, line 4 points
      >> linestyleorder(gca, '-'); h(3).LineStyle
      ans =
          '-'
      figure 1: line 4 points, line 4 points, line 4 points, line 4 points

    See also colororder, plot.
    """
    found, rest = targets_first(session, args)
    holders = axes_in(found) or [session.desk.current_axes()]
    if not rest:
        return cell_of_texts(list(getattr(holders[0], "style_order", ("-",))))
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    words = texts_or_none(rest[0])
    if not words:
        raise take.refusal("linestyleorder", "the styles", "text", rest[0])
    named = {"default": ("-",), "mixedstyles": MIXED, "mixedmarkers": MIXED_MARKERS}
    styles = named.get(words[0].lower(), tuple(words)) if len(words) == 1 else tuple(words)
    for style in styles:
        read_style(style)
    how = ("aftercolor", "beforecolor", "withcolor")
    cycling = take.choice(rest[1], how, "linestyleorder", "cycling") if len(rest) == 2 else "aftercolor"
    for axes in holders:
        axes.style_order = styles
        restyle(axes, styles, cycling)
    return cell_of_texts(list(styles)) if nargout else None


def read_style(style: str) -> tuple[str, str]:
    """The line style and the marker of a text such as '--o'."""
    line = next((each for each in ("--", "-.", "-", ":", "none") if style.startswith(each)), "")
    marker = style[len(line) :]
    if marker and marker not in "+o*.x_|sd^v><ph":
        raise ScriptError("MATLAB:linestyleorder:style", f"'{style}' is no line style.")
    return line or "none", marker or "none"


def restyle(axes: Axes, styles: tuple[str, ...], cycling: str) -> None:
    lines = [child for child in axes.drawn() if child.kind == "line"]
    colours = np.asarray(axes.value("ColorOrder"), float)
    for k, line in enumerate(lines):
        place = {"aftercolor": k // len(colours), "beforecolor": k, "withcolor": k}[cycling] % len(styles)
        style, marker = read_style(styles[place])
        line.set("LineStyle", style)
        line.set("Marker", marker)
        if cycling == "beforecolor":
            line.set("Color", tuple(colours[k // len(styles) % len(colours)].tolist()))
