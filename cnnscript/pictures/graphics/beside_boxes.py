"""Where colorbars and legends are put beside an axes, and what they leave of it, in pixels.

What stands outside takes its room from the axes that it belongs to, and ends where the axes ended: in a figure of
MATLAB's default size a colorbar of small numbers makes an axes 434 pixels wide about 373 pixels wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnscript.pictures.graphics.pixels import Box
from cnnscript.pictures.graphics.remembered import remembered
from cnnscript.pictures.graphics.text_sizes import line_height, line_width
from cnnscript.pictures.graphics.word_room import estimated_room, labelled_room, tick_room

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes
    from cnnscript.pictures.graphics.beside import ColorBar, Legend

CORNER_ROOM = 20.0  # pixels
BAR_WIDTH = 16 * 96 / 72  # a colorbar is 16 points thick
NARROW = 250  # an axes less wide has a colorbar half as thick
BAR_GAP = 12.3  # between an axes and its colorbar
BAR_EDGE = 12.0  # beyond the numbers of a colorbar
LEGEND_INSET, LEGEND_EDGE = 10.0, 6.0  # between a legend and the lines of its axes; and beyond it when it is outside
TOKEN, LEFT_PAD, TOKEN_GAP, RIGHT_PAD, COLUMN_GAP = 30.0, 4.0, 3.0, 5.0, 8.0
ROW = 18.0  # of a legend in 9-point letters
MOST = 0.6  # of the room that what stands outside may take


# ------------------------------------------------------------------------------------------------------------ colorbars
def bar_width(bar: ColorBar) -> float:
    return BAR_WIDTH if bar.parent.given_box().width >= NARROW else BAR_WIDTH / 2


@remembered
def number_room(bar: ColorBar) -> float:
    """How far the numbers of a colorbar reach from it."""
    size = bar.get("FontSize")
    labels = [str(label) for label in bar.get("TickLabels")]
    if bar.vertical:
        room = max((line_width(label, size) for label in labels), default=0.0)
    else:
        room = line_height(size) if labels else 0.0
    return room + 4.0 if room else 0.0


def bar_words(bar: ColorBar) -> float:
    """How far the numbers and the label of a colorbar reach from it."""
    room = number_room(bar)
    if bar.words_of("Label"):
        words = bar.words_of("Label")
        lines = 1 if isinstance(words, str) else len(words)
        room += lines * line_height(bar.label("Label").value("FontSize"))
    return room


@remembered
def bar_room(bar: ColorBar) -> float:
    """What a colorbar outside takes away from its axes, from the edge on."""
    return BAR_GAP + bar_width(bar) + bar_words(bar) + BAR_EDGE


def colorbar_box(bar: ColorBar) -> Box:
    """Where a colorbar is drawn: beside the box of its axes, along the lines of what is plotted there."""
    axes = bar.parent
    if bar.value("PositionMode") == "manual":
        return bar.given()
    if bar.span is not None or bar.side:
        return bar.tile()
    box, thick, place = axes.plot_box(), bar_width(bar), bar.value("Location")
    if place == "westoutside":
        away = left_room(axes) + BAR_GAP
        return Box(box.left - away - thick, box.bottom, thick, box.height)
    if place == "southoutside":
        away = below_room(axes) + BAR_GAP
        return Box(box.left, box.bottom - away - thick, box.width, thick)
    inner = 0.05 * min(box.width, box.height)
    return {
        "northoutside": Box(box.left, box.bottom + box.height + BAR_GAP, box.width, thick),
        "east": Box(box.left + box.width - inner - thick, box.bottom + inner, thick, box.height - 2 * inner),
        "west": Box(box.left + inner, box.bottom + inner, thick, box.height - 2 * inner),
        "south": Box(box.left + inner, box.bottom + inner, box.width - 2 * inner, thick),
        "north": Box(box.left + inner, box.bottom + box.height - inner - thick, box.width - 2 * inner, thick),
    }.get(place, Box(box.left + box.width + BAR_GAP + corner_room(axes), box.bottom, thick, box.height))


def corner_room(axes: Axes) -> float:
    """What the last tick label of an axis in space takes, at the right corner of the box."""
    return CORNER_ROOM if tuple(axes.value("View")) != (0.0, 90.0) and axes.value("Visible") else 0.0


def left_room(axes: Axes) -> float:
    """What the words on the left of an axes take."""
    if axes.value("YAxisLocation") == "right":
        return 0.0
    return tick_room(axes, "Y") + labelled_room(axes, "YLabel")


def below_room(axes: Axes) -> float:
    if axes.value("XAxisLocation") == "top":
        return 0.0
    return tick_room(axes, "X") + labelled_room(axes, "XLabel")


def right_room(axes: Axes) -> float:
    """What the words of a second y-axis take, on the right."""
    sides = [side for side in (axes, axes.twin) if side is not None and not side.left_side()]
    return sum(tick_room(side, "Y") + labelled_room(side, "YLabel") for side in sides)


# -------------------------------------------------------------------------------------------------------------- legends
def legend_grid(node: Legend) -> tuple[int, int]:
    """Rows and columns of a legend."""
    count = len(node.entries())
    if node.value("NumColumnsMode") == "manual":
        columns = max(1, min(int(node.value("NumColumns")), count))
    else:
        columns = count if node.value("Orientation") == "horizontal" else 1
    columns = max(columns, 1)
    return -(-count // columns), columns


def column_widths(node: Legend) -> list[float]:
    """The width of the words in each column."""
    rows, columns = legend_grid(node)
    widths = [0.0] * columns
    for k, (_, words) in enumerate(node.entries()):
        place = k % columns if node.value("Orientation") == "horizontal" else k // rows
        widths[place] = max(widths[place], words_width(node, words))
    return widths


def words_width(node: Legend, words: str) -> float:
    size, bold = node.get("FontSize"), node.value("FontWeight") == "bold"
    return max((line_width(line, size, bold, node.value("Interpreter")) for line in words.split("\n")), default=0.0)


def row_heights(node: Legend) -> list[float]:
    """The height of each row: the most lines that one of its entries has."""
    rows, columns = legend_grid(node)
    larger = node.get("FontSize") / 9
    lines = [1] * rows
    for k, (_, words) in enumerate(node.entries()):
        row = k // columns if node.value("Orientation") == "horizontal" else k % rows
        lines[row] = max(lines[row], words.count("\n") + 1)
    return [(ROW + (count - 1) * 15) * larger for count in lines]


def title_height(node: Legend) -> float:
    return line_height(node.label("Title").value("FontSize")) + 2 if node.words_of("Title") else 0.0


@remembered
def legend_size(node: Legend) -> tuple[float, float]:
    """Width and height of a legend."""
    columns = column_widths(node)
    larger = max(node.get("FontSize") / 9, 1.0) if node.entries() else 1.0
    wide = LEFT_PAD + RIGHT_PAD + sum(TOKEN + TOKEN_GAP + each for each in columns) + COLUMN_GAP * (len(columns) - 1)
    if node.words_of("Title"):
        label = node.label("Title")
        wide = max(wide, words_width_of(label) + 2 * RIGHT_PAD)
    return wide + 4 * (larger - 1), max(sum(row_heights(node)) - 1, 1.0) + title_height(node)


def words_width_of(label: object) -> float:
    words = label.value("String")
    size, bold = label.value("FontSize"), label.value("FontWeight") == "bold"
    return max((line_width(line, size, bold) for line in ([words] if isinstance(words, str) else words)), default=0.0)


def legend_box(node: Legend) -> Box:
    """Where a legend is drawn."""
    axes = node.parent
    wide, high = legend_size(node)
    if node.value("PositionMode") == "manual":
        given = node.given()
        # A legend is never smaller than its words; what was given says where its middle is.
        wide, high = max(wide, given.width), max(high, given.height)
        return Box(given.left + (given.width - wide) / 2, given.bottom + (given.height - high) / 2, wide, high)
    if node.span is not None or node.side:
        cell = node.tile()
        return Box(cell.left + (cell.width - wide) / 2, cell.bottom + (cell.height - high) / 2, wide, high)
    box, place = axes.plot_box(), node.value("Location")
    if place == "best":
        place = best_place(node, box, wide, high)
    if place == "bestoutside":
        place = "southoutside" if node.value("Orientation") == "horizontal" else "northeastoutside"
    if place in ("none", "layout"):
        place = "northeast"
    return placed(axes, box, place, wide, high)


def placed(axes: Axes, box: Box, place: str, wide: float, high: float) -> Box:
    """A legend of a size at one of MATLAB's locations."""
    inset = LEGEND_INSET
    middle, level = box.left + (box.width - wide) / 2, box.bottom + (box.height - high) / 2
    if place == "northoutside":
        return Box(middle, box.bottom + box.height + inset, wide, high)
    if place == "southoutside":
        return Box(middle, box.bottom - below_room(axes) - inset - high, wide, high)
    outside = place.endswith("outside")
    word = place.removesuffix("outside")
    if word.endswith("east"):
        edge = box.left + box.width
        left = edge + right_room(axes) + inset if outside else edge - inset - wide
    elif word.endswith("west"):
        left = box.left - left_room(axes) - inset - wide if outside else box.left + inset
    else:
        left = middle
    gap = 0.0 if outside else inset
    if word.startswith("north"):
        bottom = box.bottom + box.height - gap - high
    else:
        bottom = box.bottom + gap if word.startswith("south") else level
    return Box(left, bottom, wide, high)


INSIDE = ("northeast", "northwest", "southeast", "southwest", "north", "south", "east", "west")


def best_place(node: Legend, box: Box, wide: float, high: float) -> str:
    """The place inside an axes where a legend hides the fewest points of what is drawn; the first of equals."""
    points = seen_points(node.parent, box)
    counted = []
    for place in INSIDE:
        there = placed(node.parent, box, place, wide, high)
        x, y = points
        within = (x >= there.left) & (x <= there.left + wide) & (y >= there.bottom) & (y <= there.bottom + high)
        counted.append(int(within.sum()))
    return INSIDE[counted.index(min(counted))]


def seen_points(axes: Axes, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Points of all that is drawn in an axes, in pixels; lines are followed from point to point."""
    along, up = [], []
    sides = [axes] if axes.twin is None else [axes, axes.twin]
    for side in sides:
        for child in side.drawn():
            found = outline(child)
            if found is None:
                continue
            x, y = (on_axis(side, letter, data) for letter, data in zip("XY", found, strict=True))
            along.append(box.left + x * box.width)
            up.append(box.bottom + y * box.height)
    if not along:
        return np.zeros(0), np.zeros(0)
    return np.concatenate(along), np.concatenate(up)


def outline(child: object) -> tuple[np.ndarray, np.ndarray] | None:
    """Points of one object in data units."""
    if not child.value("Visible"):
        return None
    if hasattr(child, "boxes"):
        left, width, base, height = (np.atleast_1d(np.asarray(part, float)) for part in child.boxes())
        left, width, base, height = np.broadcast_arrays(left, width, base, height)
        steps = np.linspace(0, 1, 9)
        grid = np.meshgrid(steps, steps)
        x = (left[:, None] + width[:, None] * grid[0].ravel()).ravel()
        y = (base[:, None] + height[:, None] * grid[1].ravel()).ravel()
        return (y, x) if child.value("Horizontal") else (x, y)
    if "XData" not in child.table or "YData" not in child.table or child.kind in ("image", "surface"):
        return None
    x, y = (np.asarray(child.get(name), float).ravel() for name in ("XData", "YData"))
    if x.size != y.size or not x.size:
        return None
    if child.kind in ("line", "stair", "area", "errorbar") and x.size > 1 and child.value("LineStyle") != "none":
        steps = np.linspace(0, 1, max(2, min(64, 2000 // x.size)), endpoint=False)
        x, y = ((part[:-1, None] + np.diff(part)[:, None] * steps).ravel() for part in (x, y))
    good = np.isfinite(x) & np.isfinite(y)
    return x[good], y[good]


def on_axis(axes: Axes, letter: str, data: np.ndarray) -> np.ndarray:
    """Data as parts of the length of an axis."""
    low, high = axes.get(f"{letter}Lim")
    if axes.value(f"{letter}Scale") == "log":
        low, high = np.log10(max(low, 1e-300)), np.log10(max(high, 1e-300))
        data = np.log10(np.maximum(data, 1e-300))
    share = (data - low) / (high - low)
    return 1 - share if axes.value(f"{letter}Dir") == "reverse" else share


# ------------------------------------------------------------------------------------------------------ what they leave
def without_neighbours(axes: Axes, box: Box) -> Box:
    """What colorbars and legends outside an axes leave of its box."""
    left, bottom, width, height = box
    beside = axes.children if axes.twin is None else [*axes.children, *axes.twin.children]
    for child in beside:
        if child.kind not in ("colorbar", "legend") or not child.value("Visible"):
            continue
        place = child.value("Location")
        if child.value("PositionMode") == "manual" or child.span is not None or child.side:
            continue
        if not place.endswith("outside"):
            continue
        if child.kind == "legend":
            if place == "bestoutside":
                place = "southoutside" if child.value("Orientation") == "horizontal" else "northeastoutside"
            wide, high = legend_size(child)
            wide, high = wide + LEGEND_INSET + LEGEND_EDGE, high + LEGEND_INSET + LEGEND_EDGE
        else:
            wide = high = bar_room(child)
        if place.endswith("westoutside"):
            wide += estimated_room(axes, "Y") + labelled_room(axes, "YLabel")
        elif place == "southoutside":
            high += estimated_room(axes, "X") + labelled_room(axes, "XLabel")
        elif place.endswith("eastoutside") and child.kind == "colorbar" and corner_room(axes):
            wide += corner_room(axes)
        elif place.endswith("eastoutside") and axes.twin is not None:
            side = axes.twin if axes.left_side() else axes
            wide += estimated_room(side, "Y") + labelled_room(side, "YLabel")
        wide, high = min(wide, MOST * box.width), min(high, MOST * box.height)
        if place.endswith("eastoutside"):
            width -= wide
        elif place.endswith("westoutside"):
            left, width = left + wide, width - wide
        elif place == "southoutside":
            bottom, height = bottom + high, height - high
        else:
            height -= high
    return Box(left, bottom, max(width, 1.0), max(height, 1.0))


def room_above(axes: Axes) -> float:
    """What stands between an axes and its title: a colorbar or a legend above it."""
    room = 0.0
    for child in axes.children:
        if child.kind not in ("colorbar", "legend") or child.value("Location") != "northoutside":
            continue
        if child.value("Visible") and child.value("PositionMode") == "auto":
            high = legend_size(child)[1] + LEGEND_INSET if child.kind == "legend" else bar_room(child) - BAR_EDGE
            room += high
    return room
