"""Where everything goes on a figure, in pixels.

MATLAB's figure is 560×420 pixels and an axes takes 0.13, 0.11, 0.775, 0.815 of it; subplots divide that same box.  A
figure that shows one image at full size (imshow, montage) takes the image's size instead, with a margin for title,
labels and colorbar. Pixels are counted from the lower left corner, as MATLAB does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cnnscript.pictures.graphics.limits import tick_label, ticks
from cnnscript.pictures.graphics.properties import DEFAULT_AXES, DEFAULT_FIGURE

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes
    from cnnscript.pictures.graphics.beside import ColorBar, TiledLayout
    from cnnscript.pictures.graphics.figures import Figure

PIXELS_PER_INCH = 96
MARGIN = 20  # around an image shown at full size
LINE = 19  # height of a line of 11-point text
BAR_ROOM, BAR_WIDTH, BAR_GAP = 70, 16, 12  # a colorbar with its numbers; the bar itself; between it and the axes
SCREEN = (1920, 1080)
SMALLEST = 128  # width and height of a figure that takes the size of its image
STEPS_DOWN = (1.0, 0.67, 0.5, 0.33, 0.25, 0.17, 0.12, 0.1, 0.05, 0.02, 0.01)  # magnifications when an image is too big
FEWEST_STEPS = 4  # between ticks of a small axis
COLUMN_GAP, ROW_GAP = 6 / 19, 7 / 18  # between subplots, of their width and height


class Box(NamedTuple):
    left: float
    bottom: float
    width: float
    height: float


def to_pixels(position: np.ndarray, units: str, width: float, height: float) -> Box:
    """A position in any of MATLAB's units, within a parent of width × height pixels."""
    left, bottom, wide, high = (float(n) for n in position)
    if units == "normalized":
        return Box(left * width, bottom * height, wide * width, high * height)
    factor = {
        "pixels": 1.0,
        "inches": PIXELS_PER_INCH,
        "centimeters": PIXELS_PER_INCH / 2.54,
        "points": PIXELS_PER_INCH / 72,
        "characters": 8.0,
    }[units]
    return Box(left * factor, bottom * factor, wide * factor, high * factor)


def from_pixels(box: Box, units: str, width: float, height: float) -> np.ndarray:
    """The inverse of `to_pixels`."""
    if units == "normalized":
        return np.array((box.left / width, box.bottom / height, box.width / width, box.height / height))
    return np.array(box) / to_pixels(np.ones(4), units, 1, 1).left


# ----------------------------------------------------------------------------------------------------------- the figure
def fitted_axes(figure: Figure) -> Axes | None:
    """The axes whose image decides the figure's size; None where the figure has its own."""
    if figure.value("PositionMode") == "manual" or figure.value("WindowState") != "normal":
        return None
    every = figure.all_axes()
    alone = every[0] if len(every) == 1 else None
    if alone is None or alone.fitted is None or alone.value("PositionMode") == "manual" or not alone.images():
        return None
    return alone


def image_size(axes: Axes) -> tuple[int, int]:
    """Width and height in pixels of the image in a fitted axes, at the magnification it was shown with."""
    x, y = axes.get("XLim"), axes.get("YLim")
    width, height = (x[1] - x[0]) * axes.fitted, (y[1] - y[0]) * axes.fitted
    for step in STEPS_DOWN:
        if width * step <= SCREEN[0] and height * step <= SCREEN[1] or step == STEPS_DOWN[-1]:
            return max(1, round(width * step)), max(1, round(height * step))
    raise AssertionError("the smallest step is always taken")


class Margins(NamedTuple):
    left: int
    right: int
    top: int
    bottom: int


def lines_of(words: str | list[str]) -> list[str]:
    return words if isinstance(words, list) else words.split("\n") if words else []


def margins(axes: Axes) -> Margins:
    """The room that title, labels, ticks and colorbars of a fitted axes take around the image."""
    above = sum(len(lines_of(axes.words_of(name))) for name in ("Title", "Subtitle"))
    size = axes.labels["Title"].value("FontSize") if "Title" in axes.labels else 11
    top = MARGIN if not above else 10 + round(above * LINE * size / 11) + 6
    ticks = 22 if axes.value("Visible") else 0
    bottom = MARGIN + ticks + (LINE if axes.words_of("XLabel") else 0)
    left = MARGIN + (ticks and 26) + (LINE if axes.words_of("YLabel") else 0)
    right = MARGIN
    for child in axes.children:
        if child.kind == "colorbar" and child.value("Location") == "eastoutside":
            right = max(
                right, BAR_ROOM + (LINE if "Label" in child.labels and child.label("Label").value("String") else 0)
            )
        elif child.kind == "colorbar" and child.value("Location") == "westoutside":
            left += BAR_ROOM
        elif child.kind == "colorbar" and child.value("Location") == "southoutside":
            bottom += 46
        elif child.kind == "colorbar" and child.value("Location") == "northoutside":
            top += 40
    if axes.parent is not None and any(child.kind == "subplottext" for child in axes.up("figure").children):
        top += 28
    return Margins(left, right, top, bottom)


def widest_words(axes: Axes) -> float:
    """About how many pixels the longest line above an axes takes."""
    longest = 0.0
    for name in ("Title", "Subtitle"):
        if name in axes.labels:
            size = axes.labels[name].value("FontSize") * PIXELS_PER_INCH / 72
            # Letters are about 0.6 em wide in bold, and signs of Chinese, Japanese and Korean one em.
            for line in lines_of(axes.words_of(name)):
                longest = max(longest, sum(1.0 if ord(letter) > 0x2E7F else 0.6 for letter in line) * size)
    return longest


def figure_size(figure: Figure) -> tuple[int, int]:
    """Width and height of the figure in pixels."""
    axes = fitted_axes(figure)
    if axes is not None and axes.value("Visible") is not None:
        width, height = image_size(axes)
        if tight_border(axes):
            return width, height
        around = margins(axes)
        # The image stays in the middle when a long title makes the figure wider.
        wanted = max(width + around.left + around.right, round(widest_words(axes)) + 2 * MARGIN)
        return max(wanted, SMALLEST), max(height + around.top + around.bottom, SMALLEST)
    if figure.value("WindowState") in ("maximized", "fullscreen"):
        return SCREEN
    box = to_pixels(figure.value("Position"), figure.value("Units"), *SCREEN)
    return max(1, round(box.width)), max(1, round(box.height))


def tight_border(axes: Axes) -> bool:
    return axes.border == "tight"


def figure_position(figure: Figure) -> np.ndarray:
    """The Position property: what was set, or the default with the size that a fitted image asks for."""
    if figure.value("PositionMode") == "manual":
        return figure.values["Position"]
    width, height = figure_size(figure)
    top = DEFAULT_FIGURE[1] + DEFAULT_FIGURE[3]
    box = Box(DEFAULT_FIGURE[0], max(0.0, top - height), width, height)
    return from_pixels(box, figure.value("Units"), *SCREEN)


# ------------------------------------------------------------------------------------------------------------- the axes
def subplot_box(rows: int, columns: int, first: int, last: int) -> tuple[float, float, float, float]:
    """The normalized position of the subplots number `first` to `last` (from 1, along rows) in a grid."""
    left, bottom, width, height = DEFAULT_AXES
    wide = width / (columns + (columns - 1) * COLUMN_GAP)
    high = height / (rows + (rows - 1) * ROW_GAP)
    places = [divmod(k - 1, columns) for k in (first, last)]
    top_row, bottom_row = sorted(row for row, _ in places)
    left_column, right_column = sorted(column for _, column in places)
    x = left + left_column * wide * (1 + COLUMN_GAP)
    y = bottom + (rows - 1 - bottom_row) * high * (1 + ROW_GAP)
    return (
        x,
        y,
        wide * (right_column - left_column + 1 + (right_column - left_column) * COLUMN_GAP),
        high * (bottom_row - top_row + 1 + (bottom_row - top_row) * ROW_GAP),
    )


def axes_box(axes: Axes) -> Box:
    """The plot box of an axes in pixels, colorbars and the figure's title taken off, its aspect ratio not yet
    applied."""
    figure = axes.up("figure")
    width, height = figure_size(figure)
    if fitted_axes(figure) is axes:
        wide, high = image_size(axes)
        if tight_border(axes):
            return Box(0, 0, wide, high)
        around = margins(axes)
        return Box(
            around.left + (width - wide - around.left - around.right) // 2,
            around.bottom + (height - high - around.bottom - around.top) // 2,
            wide,
            high,
        )
    if axes.parent.kind == "tiledlayout" and axes.span is not None:
        box = tile_box(axes.parent, axes.span, width, height)
    else:
        units = axes.value("Units") if axes.value("PositionMode") == "manual" else "normalized"
        box = to_pixels(axes.value("Position"), units, width, height)
    if axes.value("PositionMode") == "manual" and axes.cell is None:
        return box
    if any(child.kind == "subplottext" for child in figure.children):
        # Subplots make room for the figure's title: everything is squeezed below it.
        squeeze = (height - 34) / height
        box = Box(box.left, box.bottom * squeeze, box.width, box.height * squeeze)
    return without_colorbars(axes, box)


def without_colorbars(axes: Axes, box: Box) -> Box:
    """What colorbars outside an axes leave of its box."""
    left, bottom, width, height = box
    room = min(BAR_ROOM, 0.25 * width)
    for child in axes.children:
        if child.kind == "colorbar" and child.value("PositionMode") == "auto":
            place = child.value("Location")
            if place == "eastoutside":
                width -= room
            elif place == "westoutside":
                left, width = left + room, width - room
            elif place == "southoutside":
                bottom, height = bottom + min(46, 0.25 * height), height - min(46, 0.25 * height)
            elif place == "northoutside":
                height -= min(46, 0.25 * height)
    return Box(left, bottom, max(width, 1), max(height, 1))


def plot_box(axes: Axes) -> Box:
    """Where the axes' lines are drawn, in pixels: its box, made smaller about its middle where an aspect ratio is
    kept."""
    box = axes_box(axes)
    if keeps_both_ratios(axes):
        ratio = axes.value("PlotBoxAspectRatio")
        wanted = ratio[0] / ratio[1]
    elif axes.value("DataAspectRatioMode") == "manual":
        x, y = axes.get("XLim"), axes.get("YLim")
        ratio = axes.value("DataAspectRatio")
        wanted = (x[1] - x[0]) / ratio[0] / ((y[1] - y[0]) / ratio[1])
    elif axes.value("PlotBoxAspectRatioMode") == "manual":
        ratio = axes.value("PlotBoxAspectRatio")
        wanted = ratio[0] / ratio[1]
    else:
        return box
    width, height = min(box.width, box.height * wanted), min(box.height, box.width / wanted)
    return Box(box.left + (box.width - width) / 2, box.bottom + (box.height - height) / 2, width, height)


def keeps_both_ratios(axes: Axes) -> bool:
    """Whether data and box both have an aspect ratio of their own (axis equal), so that limits give way to them."""
    return (
        axes.value("DataAspectRatioMode") == "manual"
        and axes.value("PlotBoxAspectRatioMode") == "manual"
        and axes.value("XLimMode") == axes.value("YLimMode") == "auto"
    )


def colorbar_box(bar: ColorBar) -> Box:
    """Where a colorbar is drawn, in pixels: beside the box of its axes, along the lines of what is plotted there."""
    axes = bar.parent
    figure = axes.up("figure")
    if bar.value("PositionMode") == "manual":
        return to_pixels(bar.value("Position"), bar.value("Units"), *figure_size(figure))
    box = plot_box(axes)
    place = bar.value("Location")
    gap = min(BAR_GAP, 0.1 * box.width)
    width = min(BAR_WIDTH, 0.1 * box.width)
    return {
        "eastoutside": Box(box.left + box.width + gap, box.bottom, width, box.height),
        "westoutside": Box(box.left - gap - width - 30, box.bottom, width, box.height),
        "southoutside": Box(box.left, box.bottom - 40, box.width, width),
        "northoutside": Box(box.left, box.bottom + box.height + 18, box.width, width),
        "east": Box(box.left + box.width - 2 * width, box.bottom + 8, width, box.height - 16),
        "west": Box(box.left + width, box.bottom + 8, width, box.height - 16),
        "south": Box(box.left + 8, box.bottom + width, box.width - 16, width),
        "north": Box(box.left + 8, box.bottom + box.height - 2 * width, box.width - 16, width),
    }.get(place, Box(box.left + box.width + gap, box.bottom, width, box.height))


PADDING = {"loose": 1.0, "compact": 0.35, "tight": 0.1, "none": 0.0}
DIGIT = 7  # about how many pixels a digit of 10-point text is wide


def named(axes: Axes) -> bool:
    """Whether words stand at the ticks of the y-axis."""
    return axes.value("YTickLabelMode") == "manual" or bool(axes.categories("Y"))


def words_around(axes: Axes) -> Margins:
    """The room in pixels that title, labels and tick labels take around the plot box of an axes in a tile."""
    top = LINE * sum(len(lines_of(axes.words_of(name))) for name in ("Title", "Subtitle"))
    left = LINE * len(lines_of(axes.words_of("YLabel")))
    bottom = LINE * len(lines_of(axes.words_of("XLabel")))
    if axes.value("Visible"):
        # How many ticks there will be depends on the room; a few stand for all.
        labels = axes.value("YTickLabel") or axes.categories("Y") if named(axes) else None
        if labels is None:
            limits = axes.value("YLim") if axes.value("YLimMode") == "manual" else axes.data_limits("Y")[:2]
            labels = [tick_label(tick) for tick in ticks(*limits, FEWEST_STEPS)]
        left += 5 + DIGIT * max((len(label) for label in labels), default=0)
        bottom += 17
    for child in axes.children:
        if child.kind == "colorbar" and child.value("Location") == "westoutside":
            left += BAR_GAP
    return Margins(left, 0, top, bottom)


def tile_box(layout: TiledLayout, span: tuple[int, int, int, int], width: int, height: int) -> Box:
    """The plot box of a tile in pixels; span: (tile from 0, tile from 0 at the end, rows, columns).

    Tiles are as far apart as the widest words between them need, and then some: more for 'loose' than for 'compact'
    and 'tight'.
    """
    rows, columns = layout.grid()
    around = [words_around(child) for child in layout.children if child.kind == "axes"]
    words = Margins(*(max((each[side] for each in around), default=0) for side in range(4)))
    spacing, padding = PADDING[layout.value("TileSpacing")], PADDING[layout.value("Padding")]
    edge = 4 + 22 * padding
    left = edge + words.left + (LINE if layout.words_of("YLabel") else 0)
    bottom = edge + words.bottom + (LINE if layout.words_of("XLabel") else 0)
    top = edge + words.top + LINE * sum(len(lines_of(layout.words_of(name))) for name in ("Title", "Subtitle"))
    across = words.left + 3 + 22 * spacing
    down = words.bottom + words.top + 3 + 14 * spacing
    wide = max((width - left - edge - (columns - 1) * across) / columns, 1)
    high = max((height - top - bottom - (rows - 1) * down) / rows, 1)
    row, column = divmod(span[0], columns)
    return Box(
        left + column * (wide + across),
        bottom + (rows - row - span[2]) * (high + down),
        wide * span[3] + across * (span[3] - 1),
        high * span[2] + down * (span[2] - 1),
    )


def axes_position(axes: Axes) -> np.ndarray:
    """The Position property of an axes, in its units."""
    if axes.value("PositionMode") == "manual" and axes.cell is None:
        return axes.values["Position"]
    width, height = figure_size(axes.up("figure"))
    return from_pixels(axes_box(axes), axes.value("Units"), width, height)


def most_steps(axes: Axes, letter: str) -> int:
    """How many tick steps there is room for along an axis."""
    box = axes_box(axes)
    return steps_in(box.width / 30 if letter == "X" else box.height / 32)


def steps_in(room: float) -> int:
    """At least a few ticks, however small an axis is, and never more than MATLAB has."""
    return max(FEWEST_STEPS, min(10, int(room)))
