"""Tiled layouts in pixels."""

import numpy as np
import pytest

from cnnscript.pictures.graphics import layout, showing, tile_boxes
from cnnscript.pictures.graphics.desk import Desk, overlap


def layout_of(rows, columns, **given):
    desk = Desk()
    tiles = desk.tiled_layout("fixed", rows, columns)
    for name, value in given.items():
        tiles.set(name, value)
    return desk, tiles


def test_one_tile_takes_the_box_of_an_axes_alone():
    desk, tiles = layout_of(1, 1)
    assert layout.axes_box(desk.next_tile()) == pytest.approx((72.8, 46.2, 434.0, 342.3))
    assert tiles.get("InnerPosition") == pytest.approx([0.13, 0.11, 0.775, 0.815])
    assert tiles.get("OuterPosition").tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("name", ["Padding", "TileSpacing"])
def test_less_padding_and_spacing_make_larger_tiles(name):
    areas = []
    for word in ("loose", "compact", "tight", "none"):
        desk, _ = layout_of(2, 2, **{name: word})
        box = layout.axes_box(desk.next_tile())
        areas.append(box.width * box.height)
    assert areas == sorted(areas) and areas[0] < areas[-1]


def test_tiles_counted_down_the_columns():
    desk, tiles = layout_of(2, 2, TileIndexing="columnmajor")
    first, second = layout.axes_box(desk.next_tile()), layout.axes_box(desk.next_tile())
    assert first.left == second.left and first.bottom > second.bottom


def test_a_colorbar_at_the_side_of_a_layout_takes_room_from_all_tiles():
    desk, tiles = layout_of(1, 2)
    left, right = desk.next_tile(), desk.next_tile()
    showing.image(desk, np.eye(3), axes=right, scaled=True)
    before = layout.axes_box(left)
    bar = showing.colorbar(desk, right)
    bar.get("Layout").set("Tile", "east")
    assert layout.axes_box(left).width < before.width
    box = tile_boxes.side_box(bar, 560, 420)
    assert not overlap(box, layout.axes_box(right)) and box.left + box.width < 560 and box.height > 300
    assert bar.value("Location") == "layout"


def test_a_layout_in_a_tile_of_another():
    desk, tiles = layout_of(1, 2)
    desk.next_tile()
    inner = desk.tiled_layout("fixed", 2, 1, tiles)
    assert inner.get("Layout").get("Tile") == 2
    box = layout.axes_box(desk.next_tile(inner))
    assert box.left > 280 and box.left + box.width < 560


def test_moving_an_axes_to_another_tile():
    desk, tiles = layout_of(2, 2)
    axes = desk.next_tile()
    before = layout.axes_box(axes)
    axes.get("Layout").set("Tile", 4)
    axes.get("Layout").set("TileSpan", np.array([1.0, 1.0]))
    assert layout.axes_box(axes).left > before.left and layout.axes_box(axes).bottom < before.bottom


def test_flowing_tiles_stay_about_four_by_three():
    from cnnscript.pictures.graphics.beside import flow_grid

    assert [flow_grid(n, 560, 420) for n in (1, 3, 4, 6, 9)] == [(1, 1), (2, 2), (2, 2), (2, 3), (3, 3)]
    assert flow_grid(3, 1800, 400) == (1, 3) and flow_grid(3, 400, 900) == (3, 1)


def test_the_words_of_a_title_may_say_themselves_how_high_they_are():
    rooms = []
    for words in ("one", "\\fontsize{22}one", ["one", "\\fontsize{22}two"]):
        desk, _ = layout_of(1, 1)
        axes = desk.next_tile()
        axes.label("Title").set("String", words)
        rooms.append(tile_boxes.words_around(axes).top - tile_boxes.TITLE_GAP)
    assert rooms[1] == pytest.approx(2 * rooms[0]) and rooms[2] == pytest.approx(3 * rooms[0])


def test_newline_in_tex_ends_a_line():
    desk, _ = layout_of(1, 1)
    axes = desk.next_tile()
    title = axes.label("Title")
    title.set("String", "True = 3\\newline Pred = 4")
    assert axes.words_of("Title") == ["True = 3", "Pred = 4"]
    title.set("Interpreter", "none")
    assert axes.words_of("Title") == "True = 3\\newline Pred = 4"
