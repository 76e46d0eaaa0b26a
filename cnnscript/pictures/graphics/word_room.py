"""The room in pixels that words around an axes take: labels of ticks, titles, axis labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnscript.pictures.graphics.limits import tick_label, ticks
from cnnscript.pictures.graphics.remembered import remembered
from cnnscript.pictures.graphics.rulers import exponent
from cnnscript.pictures.graphics.text_sizes import line_height, line_width

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes

TITLE_GAP, LABEL_GAP = 6.0, 4.0  # between an axes and its title; between tick labels and the label of an axis
TICK_GAP = 4  # between an axis and the labels of its ticks


NEW_LINE = re.compile(r"\\newline ?")


def lines_of(words: str | list[str], interpreter: str = "") -> list[str]:
    """The lines of a text; TeX's \\newline ends one too."""
    lines = words if isinstance(words, list) else words.split("\n") if words else []
    return [part for line in lines for part in NEW_LINE.split(line)] if interpreter == "tex" else lines


def said(node: Any) -> str | list[str]:
    """What a title or a label says, in lines where TeX breaks it."""
    words = node.value("String")
    lines = lines_of(words, node.value("Interpreter"))
    return words if len(lines) == len(lines_of(words)) else lines


def label_rotation(axes: Axes, letter: str) -> float:
    """How far tick labels are turned: what was set, or 0, 45 or 90 degrees, whichever keeps them apart."""
    given = axes.value(f"{letter}TickLabelRotation")
    if letter != "X" or axes.value("XTickLabelRotationMode") == "manual":
        return given
    labels, at = axes.get("XTickLabel"), axes.get("XTick")
    if len(at) < 2 or axes.value("XScale") == "log":
        return 0.0
    low, high = axes.get("XLim")
    return turn_for(axes, labels, float(np.min(np.diff(at))) / (high - low) * axes.box().width)


def turn_for(axes: Axes, labels: list[str], apart: float) -> float:
    """0, 45 or 90 degrees: what keeps labels apart that stand so many pixels from each other."""
    size = axes.value("FontSize")
    widest = max((line_width(label, size) for label in labels), default=0.0)
    if widest < apart:
        return 0.0
    return 45.0 if line_height(size) < apart else 90.0


def tick_room(axes: Axes, letter: str, labels: list[str] | None = None, turn: float | None = None) -> float:
    """How far in pixels the words at an axis's ticks reach from it.

    labels, turn  what stands there and how far it is turned, where that is not to be asked of the axes
    """
    ruler = axes.ruler(letter)
    if not axes.value("Visible") or not ruler.value("Visible"):
        return 0.0
    if turn is None:
        turn = axes.get(f"{letter}TickLabelRotation") if labels is None else 0.0
    turned = np.deg2rad(turn)
    labels = axes.get(f"{letter}TickLabel") if labels is None else labels
    labels = [label for label in labels if label.strip()]
    if not labels:
        return 0.0
    size = ruler.get("FontSize")
    wide = max(line_width(label, size, interpreter=axes.value("TickLabelInterpreter")) for label in labels)
    high = line_height(size)
    across = abs(np.sin(turned)), abs(np.cos(turned))
    away = across[0] * wide + across[1] * high if letter == "X" else across[1] * wide + across[0] * high
    outward = axes.value("TickLength")[0] * 434 if axes.value("TickDir") in ("out", "both") else 0.0
    return float(away) + TICK_GAP + outward


FEWEST_STEPS = 4  # between ticks of a small axis


@remembered
def estimated_room(axes: Axes, letter: str, width: float | None = None) -> float:
    """As `tick_room`, without knowing how large the axes will be: a few ticks stand for all.

    width: about how wide the axes will be, where that is known; words below it may have to be turned.
    """
    if letter == "X":
        given = axes.value("XTickLabel") if axes.value("XTickLabelMode") == "manual" else axes.categories("X") or ["0"]
        at = axes.value("XTick") if axes.value("XTickMode") == "manual" else None
        blank = at is not None and not len(at) or not any(str(label).strip() for label in given)
        return 0.0 if blank else tick_room(axes, "X", list(given), estimated_turn(axes, given, at, width))
    if axes.value("YTickLabelMode") == "manual" or axes.categories("Y"):
        labels = axes.value("YTickLabel") or axes.categories("Y")
    else:
        low, high = axes.own_limits("Y") if axes.value("YLimMode") == "manual" else axes.data_limits("Y")[:2]
        power = 10.0 ** exponent(low, high)
        labels = [tick_label(tick / power) for tick in ticks(low, high, FEWEST_STEPS)]
    return tick_room(axes, "Y", labels)


def estimated_turn(axes: Axes, labels: list[str], at: Any, width: float | None) -> float:
    """How far labels below an axes are turned, as if they stood in equal steps along so much room."""
    if axes.value("XTickLabelRotationMode") == "manual":
        return axes.value("XTickLabelRotation")
    count = len(labels) if at is None else len(at)
    if width is None or count < 2 or axes.value("XScale") == "log":
        return 0.0
    if at is None or axes.value("XLimMode") != "manual":
        return turn_for(axes, labels, width / count)
    low, high = axes.value("XLim")
    return turn_for(axes, labels, float(np.min(np.diff(at))) / (high - low) * width)


def words_room(axes: Axes, name: str) -> float:
    """The height in pixels that a title or a label takes."""
    words = lines_of(axes.words_of(name))
    if not words:
        return 0.0
    label = axes.label(name)
    size = label.value("FontSize")
    if has_formulas(label):
        return sum(TALL if TALL_SIGNS.search(line) else 1.0 for line in words) * line_height(size)
    if label.value("Interpreter") == "tex":
        return sum(line_height(max([size, *map(float, SIZES.findall(line))])) for line in words)
    return len(words) * line_height(size)


# How much higher a line is that has such a formula.
TALL, TALL_SIGNS = 2.2, re.compile(r"\\(frac|dfrac|int|sum|prod|oint|sqrt)(?![A-Za-z])")
SIZES = re.compile(r"\\fontsize\s*\{\s*(\d+\.?\d*)\s*\}")  # what a text in TeX says of its own letters


def has_formulas(label: Any) -> bool:
    return label.value("Interpreter") == "latex"


def labelled_room(axes: Axes, name: str) -> float:
    """The room of an axis's label, with the gap before it: of the y-axis as wide as the label is, where it is not
    turned up as usual."""
    room = words_room(axes, name)
    if room and name == "YLabel" and (turned := axes.label(name).values.get("Rotation", 90.0)) != 90:
        up = np.deg2rad(turned)
        size = axes.label(name).value("FontSize")
        wide = max(line_width(line, size) for line in lines_of(axes.words_of(name)))
        room = float(abs(np.cos(up)) * wide + abs(np.sin(up)) * room)
    return room + LABEL_GAP if room else 0.0
