"""Where the tiles of a tiled layout are, in pixels.

With the padding 'loose' the tiles fill the box that MATLAB gives a single axes (0.13, 0.11, 0.775, 0.815 of the
figure), or less where words need more room; 'compact' and 'tight' leave little more than the words take.  Colorbars
and legends at the sides of a layout have strips of their own outside the tiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cnnscript.pictures.graphics import beside_boxes
from cnnscript.pictures.graphics.pixels import FIRST_PIXEL, Box, Margins, to_pixels
from cnnscript.pictures.graphics.properties import DEFAULT_AXES
from cnnscript.pictures.graphics.remembered import remembered
from cnnscript.pictures.graphics.word_room import TITLE_GAP, estimated_room, labelled_room, words_room

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes
    from cnnscript.pictures.graphics.beside import TiledLayout

EDGE = {"loose": 12.0, "compact": 8.0, "tight": 3.0, "none": 0.0}  # around everything, and its words
BETWEEN = {"loose": 24.0, "compact": 10.0, "tight": 4.0, "none": 0.0}  # from the words of one tile to the next
HALF_LABEL = 7.0
STRIP = 0.2  # of the layout's width or height, that an axes at its side takes


@remembered
def words_around(axes: Axes, width: float | None = None) -> Margins:
    """The room in pixels that title, labels and tick labels take around the plot box of an axes, which will be about
    so wide."""
    top = words_room(axes, "Title") + words_room(axes, "Subtitle")
    top += TITLE_GAP if top else 0.0
    left = estimated_room(axes, "Y") + labelled_room(axes, "YLabel")
    bottom = estimated_room(axes, "X", width) + labelled_room(axes, "XLabel")
    right = 0.0
    if left:
        # Half of the first and the last label of the y-axis reach beyond it.
        top, bottom = max(top, HALF_LABEL), max(bottom, HALF_LABEL)
    if not axes.left_side():
        left, right = 0.0, left
    if axes.value("XAxisLocation") == "top":
        top, bottom = top + bottom, 0.0
    if axes.twin is not None and axes.left_side():
        right = estimated_room(axes.twin, "Y") + labelled_room(axes.twin, "YLabel")
    return Margins(left, right, top, bottom)


def outer_box(tiles: TiledLayout, width: float, height: float) -> Box:
    """All the room that a layout has."""
    if tiles.value("PositionMode") == "manual":
        name = "OuterPosition" if "OuterPosition" in tiles.values else "Position"
        room = tiles.room()
        box = to_pixels(tiles.value(name), tiles.value("Units"), room.width, room.height, FIRST_PIXEL)
        return Box(room.left + box.left, room.bottom + box.bottom, box.width, box.height)
    if tiles.span is not None and tiles.parent is not None and tiles.parent.kind == "tiledlayout":
        return tile_box(tiles.parent, tiles.span, width, height)
    return tiles.room()


def strip(node: Any, outer: Box) -> float:
    """How thick the strip at the side of a layout is that a colorbar, a legend or an axes needs."""
    across = node.side in ("east", "west")
    if node.kind == "colorbar":
        return beside_boxes.BAR_WIDTH + beside_boxes.bar_words(node) + 14.0
    if node.kind == "legend":
        return beside_boxes.legend_size(node)[0 if across else 1] + 2 * beside_boxes.LEGEND_INSET
    return STRIP * (outer.width if across else outer.height)


def at_sides(tiles: TiledLayout) -> list[Any]:
    """What stands at the sides of a layout."""
    return [node for node in tiles.walk() if getattr(node, "side", "") and holder(node) is tiles]


def holder(node: Any) -> Any:
    """The layout that something stands in: a colorbar or a legend stands in the layout of its axes."""
    up = node.parent
    while up is not None and up.kind not in ("tiledlayout", "figure"):
        up = up.parent
    return up


class Gaps(NamedTuple):
    """What words take around the tiles of a layout, in pixels: left, right of, above and below all of them, and
    between each column, and each row, and the next."""

    left: float
    right: float
    top: float
    bottom: float
    across: tuple[float, ...]
    down: tuple[float, ...]


@remembered
def gaps(tiles: TiledLayout) -> Gaps:
    """The room for words on each side of the tiles, and between them."""
    rows, columns = tiles.grid()
    left, right = [0.0] * columns, [0.0] * columns
    top, bottom = [0.0] * rows, [0.0] * rows
    for child in tiles.children:
        if child.kind != "axes" or child.span is None:
            continue
        words = words_around(child)
        row, column = tiles.place(child.span[0])
        last_row, last_column = row + child.span[2] - 1, column + child.span[3] - 1
        if last_row >= rows or last_column >= columns:
            continue
        left[column], right[last_column] = max(left[column], words.left), max(right[last_column], words.right)
        top[row], bottom[last_row] = max(top[row], words.top), max(bottom[last_row], words.bottom)
    between = BETWEEN[tiles.value("TileSpacing")]
    none = tiles.value("TileSpacing") == "none"
    across = tuple(0.0 if none else right[k] + left[k + 1] + between for k in range(columns - 1))
    down = tuple(0.0 if none else bottom[k] + top[k + 1] + between / 2 for k in range(rows - 1))
    # The last label of the x-axes reaches a little beyond them.
    return Gaps(left[0], max(right[-1], HALF_LABEL), top[0], bottom[-1], across, down)


@remembered
def around_grid(tiles: TiledLayout, outer: Box) -> tuple[Margins, Gaps]:
    """What words and padding take on each side of the tiles, and what words alone take."""
    words = gaps(tiles)
    edge = EDGE[tiles.value("Padding")]
    left = edge + words.left + words_room(tiles, "YLabel")
    right = edge + words.right
    top = edge + words.top + words_room(tiles, "Title") + words_room(tiles, "Subtitle")
    bottom = edge + words.bottom + words_room(tiles, "XLabel")
    if tiles.value("Padding") == "loose":
        x, y, wide, high = DEFAULT_AXES
        left, right = max(left, x * outer.width), max(right, (1 - x - wide) * outer.width)
        bottom, top = max(bottom, y * outer.height), max(top, (1 - y - high) * outer.height)
    for node in at_sides(tiles):
        thick = strip(node, outer)
        left += thick if node.side == "west" else 0.0
        right += thick if node.side == "east" else 0.0
        top += thick if node.side == "north" else 0.0
        bottom += thick if node.side == "south" else 0.0
    return Margins(left, right, top, bottom), words


def grid_box(tiles: TiledLayout, width: float, height: float) -> Box:
    """The box that all tiles fill: the layout's InnerPosition."""
    outer = outer_box(tiles, width, height)
    around, _ = around_grid(tiles, outer)
    return Box(
        outer.left + around.left,
        outer.bottom + around.bottom,
        max(outer.width - around.left - around.right, 1.0),
        max(outer.height - around.top - around.bottom, 1.0),
    )


def tile_box(tiles: TiledLayout, span: tuple[int, int, int, int], width: float, height: float) -> Box:
    """The plot box of a tile in pixels; span: (tile from 0, the same again, rows, columns)."""
    rows, columns = tiles.grid()
    between = gaps(tiles)
    box = grid_box(tiles, width, height)
    wide = max((box.width - sum(between.across)) / columns, 1.0)
    high = max((box.height - sum(between.down)) / rows, 1.0)
    row, column = tiles.place(span[0])
    last_row, last_column = row + span[2] - 1, column + span[3] - 1
    return Box(
        box.left + column * wide + sum(between.across[:column]),
        box.bottom + (rows - 1 - last_row) * high + sum(between.down[last_row:]),
        wide * span[3] + sum(between.across[column:last_column]),
        high * span[2] + sum(between.down[row:last_row]),
    )


def side_box(node: Any, width: float, height: float) -> Box:
    """The box of what stands at the side of a layout, or in a tile though it is no axes."""
    tiles = holder(node)
    if node.span is not None:
        return tile_box(tiles, node.span, width, height)
    box, outer = grid_box(tiles, width, height), outer_box(tiles, width, height)
    thick = strip(node, outer)
    around, words = around_grid(tiles, outer)
    bar = beside_boxes.BAR_WIDTH if node.kind == "colorbar" else None
    if node.side == "east":
        left = box.left + box.width + words.right + 14.0
        return Box(left, box.bottom, bar or thick - 14.0, box.height)
    if node.side == "west":
        left = box.left - words.left - thick
        return Box(left + (thick - bar - 14.0 if bar else 0.0), box.bottom, bar or thick - 14.0, box.height)
    if node.side == "north":
        bottom = box.bottom + box.height + words.top
        return Box(box.left, bottom + 8.0, box.width, bar or thick - 8.0)
    bottom = box.bottom - words.bottom - thick - (words_room(tiles, "XLabel"))
    return Box(box.left, bottom + (thick - bar - 8.0 if bar else 0.0), box.width, bar or thick - 8.0)
