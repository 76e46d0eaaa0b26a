"""Where everything goes on a figure, in pixels.

MATLAB's figure is 560×420 pixels and an axes takes 0.13, 0.11, 0.775, 0.815 of it; subplots divide that same box.  A
figure that shows one image at full size (imshow, montage) takes the image's size instead, with a margin for title,
labels and colorbar. Pixels are counted from the lower left corner, as MATLAB does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnscript.pictures.graphics import beside_boxes, tile_boxes
from cnnscript.pictures.graphics.pixels import FIRST_PIXEL, PIXELS_PER_INCH, Box, Margins, from_pixels, to_pixels
from cnnscript.pictures.graphics.properties import DEFAULT_AXES, DEFAULT_FIGURE
from cnnscript.pictures.graphics.remembered import remembered
from cnnscript.pictures.graphics.word_room import FEWEST_STEPS, lines_of

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes
    from cnnscript.pictures.graphics.figures import Figure
    from cnnscript.pictures.graphics.objects import Graphic

MARGIN = 20  # around an image shown at full size
LINE = 19  # height of a line of 11-point text
SCREEN = (1920, 1080)
SMALLEST = 128  # width and height of a figure that takes the size of its image
STEPS_DOWN = (1.0, 0.67, 0.5, 0.33, 0.25, 0.17, 0.12, 0.1, 0.05, 0.02, 0.01)  # magnifications when an image is too big
COLUMN_GAP, ROW_GAP = 6 / 19, 7 / 18  # between subplots, of their width and height


# ----------------------------------------------------------------------------------------------------------- the figure
def fitted_axes(figure: Figure) -> Axes | None:
    """The axes whose image decides the figure's size; None where the figure has its own."""
    if figure.paper or figure.value("PositionMode") == "manual" or figure.value("WindowState") != "normal":
        return None
    every = figure.all_axes()
    alone = every[0] if len(every) == 1 and every[0].parent is figure else None
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
                right, 70 + (LINE if "Label" in child.labels and child.label("Label").value("String") else 0)
            )
        elif child.kind == "colorbar" and child.value("Location") == "westoutside":
            left += 70
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
    if figure.paper:
        return figure.paper
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
    units = figure.value("Units") if "Position" in figure.values else "pixels"
    box = to_pixels(figure.value("Position"), units, *SCREEN)
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


def subplot_gaps(rows: int, columns: int) -> tuple[float, float]:
    """The gaps between the subplots of a grid, in parts of the figure; 0 where there is one alone."""
    _, _, wide, high = subplot_box(rows, columns, 1, 1)
    return (wide * COLUMN_GAP if columns > 1 else 0.0), (high * ROW_GAP if rows > 1 else 0.0)


@remembered
def axes_box(axes: Axes) -> Box:
    """The plot box of an axes in pixels, colorbars, legends outside it and the figure's title taken off, its aspect
    ratio not yet applied."""
    axes = axes.primary()
    box = given_box(axes)
    figure = axes.up("figure")
    if fitted_axes(figure) is axes or (axes.value("PositionMode") == "manual" and axes.cell is None):
        return box
    return beside_boxes.without_neighbours(axes, box)


PANELS = ("uipanel", "uibuttongroup", "uitab", "uitabgroup")


def room_of(node: Graphic) -> Box:
    """The box in pixels of the figure, or of the panel, that an object stands in."""
    if node.parent is not None and node.parent.kind == "uigridlayout":
        return node.parent.cell(node, room_of(node.parent))
    up = panel_of(node)
    if up.kind == "figure":
        return Box(0.0, 0.0, *figure_size(up))
    around = room_of(up)
    if up.kind == "uitab":
        return Box(around.left, around.bottom, around.width, max(around.height - TAB, 1.0))
    box = to_pixels(up.value("Position"), up.value("Units"), around.width, around.height, FIRST_PIXEL)
    return Box(around.left + box.left, around.bottom + box.bottom, box.width, box.height)


def panel_of(node: Graphic, itself: bool = False) -> Graphic:
    """The figure or the panel that an object stands in; itself: it may be one."""
    up = node if itself else node.parent
    while up.kind != "figure" and up.kind not in PANELS:
        up = up.parent
    return up


TAB = 24.0  # height of the names of tabs


@remembered
def given_box(axes: Axes) -> Box:
    """The box of an axes before what stands beside it takes its room."""
    axes = axes.primary()
    room = room_of(axes)
    if axes.up("figure") is axes.parent or axes.parent.kind == "tiledlayout":
        return box_in(axes, room.width, room.height)
    box = box_in(axes, room.width, room.height)
    return Box(room.left + box.left, room.bottom + box.bottom, box.width, box.height)


def box_in(axes: Axes, width: float, height: float) -> Box:
    """The box of an axes in a figure or a panel of width × height pixels; of a tile, in the figure."""
    figure = axes.up("figure")
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
    if axes.parent.kind == "tiledlayout" and axes.span is None and axes.side:
        return tile_boxes.side_box(axes, width, height)
    if axes.parent.kind == "tiledlayout" and axes.span is None and axes.value("PositionMode") == "auto":
        axes.span = (0, 0, 1, 1)  # an axes made in a layout without a tile stands in the first
    if axes.parent.kind == "tiledlayout" and axes.span is not None:
        box = tile_boxes.tile_box(axes.parent, axes.span, width, height)
    else:
        units = axes.value("Units") if axes.value("PositionMode") == "manual" else "normalized"
        box = to_pixels(axes.value("Position"), units, width, height, FIRST_PIXEL)
    if axes.value("PositionMode") == "manual" and axes.cell is None:
        return box
    squeeze = height_below_title(axes, height) / height
    box = Box(box.left, box.bottom * squeeze, box.width, box.height * squeeze)
    return box if axes.parent.kind == "tiledlayout" else with_room_for_words(axes, box, width, height)


LEFT_SHARE, BOTTOM_SHARE = 2 / 3, 0.62  # of the gap between two subplots, for the words of the later and the upper one
LEAST = 0.3  # of its width and height, that words leave an axes


def height_below_title(axes: Axes, height: float) -> float:
    """What subplots share of so many pixels: the figure's title squeezes all of them below it."""
    return height - 34 if any(child.kind == "subplottext" for child in axes.parent.children) else height


def with_room_for_words(axes: Axes, box: Box, width: float, height: float) -> Box:
    """The box of an axes, smaller where its words would leave the figure, or reach into the next subplot."""
    if axes.kind != "axes":
        return box
    words = tile_boxes.words_around(axes, box.width)
    if axes.value("LooseInsetMode") == "manual" and axes.cell is None:
        # The whole figure, less what was asked for, and no less than the words take.
        left, bottom, right, top = (float(part) for part in axes.value("LooseInset"))
        left, right = max(left * width, words.left), max(right * width, words.right)
        bottom, top = max(bottom * height, words.bottom), max(top * height, words.top)
        return Box(left, bottom, max(width - left - right, 1.0), max(height - bottom - top, 1.0))
    across, down = axes.gaps[0] * width, axes.gaps[1] * height
    right_edge, top_edge = width - box.left - box.width, height - box.bottom - box.height
    above = height - height_below_title(axes, height) * (DEFAULT_AXES[1] + DEFAULT_AXES[3])  # of the row on top
    free = Margins(
        min(across * LEFT_SHARE, box.left) if across and box.left > DEFAULT_AXES[0] * width + 1 else box.left,
        min(across * (1 - LEFT_SHARE), right_edge) if across and right_edge > 0.1 * width else right_edge,
        min(down * (1 - BOTTOM_SHARE), top_edge) if down and top_edge > above + 1 else top_edge,
        min(down * BOTTOM_SHARE, box.bottom) if down and box.bottom > DEFAULT_AXES[1] * height + 1 else box.bottom,
    )
    need = [max(0.0, words[side] + 1.0 - free[side]) if words[side] else 0.0 for side in range(4)]
    wide, high = box.width - need[0] - need[1], box.height - need[2] - need[3]
    wide, high = max(wide, LEAST * box.width), max(high, LEAST * box.height)
    return Box(box.left + min(need[0], box.width - wide), box.bottom + min(need[3], box.height - high), wide, high)


FLAT = (0.0, 90.0)  # the view from straight above
CAMERA = ("CameraPosition", "CameraTarget", "CameraUpVector", "CameraViewAngle")


def in_space(axes: Axes) -> bool:
    """Is the axes seen otherwise than straight from above?"""
    return tuple(axes.value("View")) != FLAT or any(axes.value(f"{name}Mode") == "manual" for name in CAMERA)


def plot_box(axes: Axes) -> Box:
    """Where the axes' lines are drawn, in pixels: its box, made smaller about its middle where an aspect ratio is
    kept."""
    box = axes_box(axes)
    if in_space(axes):
        return box
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


def axes_position(axes: Axes) -> np.ndarray:
    """The Position property of an axes, in its units."""
    if axes.value("PositionMode") == "manual" and axes.cell is None:
        return axes.values["Position"]
    room, box = room_of(axes), axes_box(axes)
    inside = Box(box.left - room.left, box.bottom - room.bottom, box.width, box.height)
    # Rounded, so that what went to pixels and back is the same number again.
    return np.round(from_pixels(inside, axes.value("Units"), room.width, room.height, FIRST_PIXEL), 12)


def most_steps(axes: Axes, letter: str) -> int:
    """How many tick steps there is room for along an axis; larger letters want more of it."""
    box = axes_box(axes)
    larger = axes.value("FontSize") / 10
    return steps_in(box.width / (40 * larger) if letter == "X" else box.height / (32 * larger))


def steps_in(room: float) -> int:
    """At least a few ticks, however small an axis is, and never more than MATLAB has."""
    return max(FEWEST_STEPS, min(10, int(room)))
