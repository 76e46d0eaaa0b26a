"""Fonts of a whole figure, and its theme: fontsize, fontname, theme."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import Handle, HandleArray, graphics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

POINTS = {"points": 1.0, "inches": 72.0, "centimeters": 72 / 2.54, "pixels": 0.75}
STEP = 1.1  # 'increase' and 'decrease' are by a tenth


def targets_first(session: Any, args: tuple) -> tuple[list[Graphic], tuple]:
    """The objects that a call begins with, else the current figure; and the other arguments."""
    if args and (isinstance(args[0], (Handle, HandleArray)) or object_of(args[0]) is not None):
        return graphics_of(args[0]), args[1:]
    return [session.desk.current_figure()], args


def worded(node: Graphic) -> list[Graphic]:
    """Everything in an object that has a font, titles and labels too; what follows another's font is left out."""
    found = [part for part in node.walk() if "FontSize" in part.table]
    for part in node.walk():
        for label in getattr(part, "labels", {}).values():
            if "FontSize" in label.values or part not in found:
                found.append(label)
    return found


@builtin(outputs=1)
def fontsize(session, nargout, /, *args):
    """
    fontsize(size, units)
    fontsize('increase')
    fontsize('decrease')
    fontsize('scale', factor)
    fontsize('default')
    fontsize(objects, ...)
    sizes = fontsize(...)

    The size of all letters of a figure, or of some objects: in units ('points', 'pixels', 'inches',
    'centimeters'), a tenth larger or smaller, times a factor, or what they were at first.

    Titles and labels keep their size in relation to their axes where the letters of all are scaled.

    Examples
      >> plot(1:3); title('t'); fontsize(20, 'points'); ax = gca; [ax.FontSize ax.Title.FontSize]
      ans =
          20    20
      figure 1: line 3 points, title 't'
      >> fontsize(gca, 'scale', 0.5); ax.FontSize
      ans =
          10
      figure 1: line 3 points, title 't'

    See also fontname, title, axes.
    """
    found, rest = targets_first(session, args)
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("fontsize(size, units)",))
    word = text_or_none(rest[0])
    if word is None:
        if len(rest) != 2:
            raise ScriptError("MATLAB:graphics:fontsize:units", "A font size is followed by its units.")
        units = take.choice(rest[1], tuple(POINTS), "fontsize", "the units")
        size = take.number(rest[0], "fontsize", "the size") * POINTS[units]
        if not 0 < size < float("inf"):
            raise ScriptError("MATLAB:graphics:fontsize:size", "A font size is a positive number.")
        for node in every_worded(found):
            node.set("FontSize", size)
            for label in getattr(node, "labels", {}).values():
                label.set("FontSize", size)
    else:
        how = take.choice(rest[0], ("increase", "decrease", "scale", "default"), "fontsize", "the option")
        if how == "scale" and len(rest) != 2:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("fontsize('scale', factor)",))
        factor = take.number(rest[1], "fontsize", "the factor") if how == "scale" else STEP
        factor = 1 / factor if how == "decrease" else factor
        before = [(node, node.get("FontSize")) for node in every_worded(found)]
        for node, size in before:
            if how == "default":
                node.values.pop("FontSize", None)
                node.touch()
            else:
                node.set("FontSize", size * factor)
    return norm(np.array([[node.get("FontSize")] for node in every_worded(found)])) if nargout else None


def every_worded(nodes: list[Graphic]) -> list[Graphic]:
    every: list[Graphic] = []
    for node in nodes:
        every += [part for part in worded(node) if part not in every]
    return every


@builtin
def fontname(session, /, *args):
    """
    fontname(name)
    fontname(objects, name)
    fontname('default')

    The font of all letters of a figure, or of some objects.

    Examples
      >> plot(1:3); fontname('Courier'); ax = gca; ax.FontName
      ans =
          'Courier'
      figure 1: line 3 points

    See also fontsize, text.
    """
    found, rest = targets_first(session, args)
    if len(rest) != 1:
        raise ScriptError("MATLAB:minrhs" if not rest else "MATLAB:maxrhs", "fontname takes the name of a font.")
    name = take.word(rest[0], "fontname", "the font")
    for node in every_worded(found):
        if name.lower() == "default":
            node.values.pop("FontName", None)
            node.touch()
        else:
            node.set("FontName", name)


DARK_FIGURE, DARK_AXES, LIGHT_WORDS = (0.12, 0.12, 0.12), (0.08, 0.08, 0.08), (0.85, 0.85, 0.85)


@builtin(outputs=1)
def theme(session, nargout, /, *args):
    """
    theme(name)
    theme(f, name)

    The colours of a figure: 'light' (the first ones), 'dark', or 'auto', which is light here.

    Only colours that nobody has set change.

    Examples
      >> plot(1:3); theme dark; f = gcf; f.Color
      ans =
          0.1200    0.1200    0.1200
      figure 1: line 3 points
      >> theme('light'); f.Color
      ans =
           1     1     1
      figure 1: line 3 points

    See also figure, colororder.
    """
    found, rest = targets_first(session, args)
    name = take.choice(rest[0], ("light", "dark", "auto"), "theme", "the theme") if rest else "light"
    dark = name == "dark"
    for top in found:
        for node in top.up("figure").walk():
            wanted = {}
            if node.kind == "figure":
                wanted = {"Color": DARK_FIGURE}
            elif node.kind == "axes":
                wanted = {"Color": DARK_AXES, "GridColor": LIGHT_WORDS}
                wanted |= {f"{letter}Color": LIGHT_WORDS for letter in "XYZ"}
            elif node.kind == "legend":
                wanted = {"Color": DARK_AXES, "TextColor": LIGHT_WORDS, "EdgeColor": LIGHT_WORDS}
            elif node.kind in ("text", "colorbar", "subplottext"):
                wanted = {"Color": LIGHT_WORDS}
            every = [(node, wanted)]
            every += [(label, {"Color": LIGHT_WORDS}) for label in getattr(node, "labels", {}).values()]
            for each, colours in every:
                for word, colour in colours.items():
                    if dark and word not in each.values:
                        each.values[word] = colour
                    elif not dark and each.values.get(word) == colour:
                        del each.values[word]
                each.touch()
    return
