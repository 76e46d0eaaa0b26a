"""Where things go, in pixels, as MATLAB's documentation and its default figure have them."""

import numpy as np
import pytest

from cnnscript.pictures.graphics import beside_boxes, layout, showing, tile_boxes, word_room
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.plots import Line


@pytest.mark.parametrize(
    ("grid", "box"),
    [
        ((2, 2, 1, 1), (0.13, 0.583837, 0.334659, 0.341163)),
        ((2, 2, 4, 4), (0.570341, 0.11, 0.334659, 0.341163)),
        ((2, 2, 3, 4), (0.13, 0.11, 0.775, 0.341163)),
        ((3, 1, 2, 2), (0.13, 0.409632, 0.775, 0.215735)),
        ((1, 3, 2, 2), (0.410797, 0.11, 0.213406, 0.815)),
        ((1, 1, 1, 1), (0.13, 0.11, 0.775, 0.815)),
    ],
)
def test_subplots_lie_where_matlab_puts_them(grid, box):
    assert layout.subplot_box(*grid) == pytest.approx(box, abs=1e-6)


def test_the_default_figure_is_560_by_420_with_its_axes_inside():
    desk = Desk()
    axes = desk.current_axes()
    assert layout.figure_size(desk.current) == (560, 420)
    assert layout.axes_box(axes) == pytest.approx((72.8, 46.2, 434.0, 342.3))
    assert desk.current.get("Position").tolist() == [680, 458, 560, 420]


def test_a_figure_grows_to_an_image_shown_alone():
    desk = Desk()
    showing.imshow(desk, np.zeros((440, 660)))
    axes = desk.current_axes()
    assert layout.figure_size(desk.current) == (700, 480)
    assert layout.axes_box(axes) == (20, 20, 660, 440) == layout.plot_box(axes)
    axes.label("Title").set("String", "conv1")
    assert layout.figure_size(desk.current) == (700, 495)
    assert layout.axes_box(axes).bottom == 20


def test_magnification_and_tight_borders():
    desk = Desk()
    showing.imshow(desk, np.zeros((10, 20)), magnification=30.0)
    assert layout.figure_size(desk.current) == (640, 340)
    showing.imshow(desk, np.zeros((100, 200)), tight=True)
    assert layout.figure_size(desk.current) == (200, 100)
    showing.imshow(desk, np.zeros((14, 14)), magnification=None)
    assert layout.figure_size(desk.current) == (560, 420)  # as large as it was


def test_an_image_larger_than_the_screen_is_shown_smaller():
    desk = Desk()
    showing.imshow(desk, np.zeros((2000, 1000)))
    assert layout.axes_box(desk.current_axes())[2:] == (500, 1000)


def test_a_long_title_makes_room_for_itself():
    desk = Desk()
    showing.imshow(desk, np.zeros((50, 100)))
    desk.current_axes().label("Title").set("String", "golden retriever, 98 per cent sure")
    box, width = layout.axes_box(desk.current_axes()), layout.figure_size(desk.current)[0]
    assert width > 280 and abs(box.left + box.width / 2 - width / 2) <= 1


def test_a_figure_that_was_given_its_place_keeps_it():
    desk = Desk()
    desk.figure().set("Position", np.array([1.0, 1.0, 800.0, 300.0]))
    showing.imshow(desk, np.zeros((50, 100)))
    assert layout.figure_size(desk.current) == (800, 300)
    box = layout.plot_box(desk.current_axes())
    assert box.width / box.height == pytest.approx(2)


def test_images_in_subplots_keep_square_pixels_in_the_middle_of_their_cells():
    desk = Desk()
    axes = desk.subplot(1, 2, 1, 1)
    showing.imshow(desk, np.zeros((100, 100)), axes=axes)
    outer, inner = layout.axes_box(axes), layout.plot_box(axes)
    assert layout.figure_size(desk.current) == (560, 420)
    assert inner.width == pytest.approx(inner.height) == pytest.approx(outer.width)
    assert inner.bottom + inner.height / 2 == pytest.approx(outer.bottom + outer.height / 2)


def test_a_colorbar_takes_its_room_from_the_axes():
    desk = Desk()
    showing.image(desk, np.zeros((4, 4)), scaled=True)
    before = layout.plot_box(desk.current_axes())
    bar = showing.colorbar(desk)
    after = layout.plot_box(desk.current_axes())
    assert after.width == before.width - beside_boxes.bar_room(bar)
    assert beside_boxes.colorbar_box(bar).left == after.left + after.width + beside_boxes.BAR_GAP


def test_a_title_of_all_squeezes_subplots_below_it():
    desk = Desk()
    axes = desk.subplot(2, 1, 1, 1)
    top = sum(layout.axes_box(axes)[1::2])
    desk.figure_title("All")
    assert sum(layout.axes_box(axes)[1::2]) == pytest.approx(top * (420 - 34) / 420)


def test_normalized_units_of_a_figure_are_parts_of_the_screen():
    desk = Desk()
    figure = desk.figure()
    figure.set("Units", "normalized")
    figure.set("Position", np.array([0.0, 0.0, 0.5, 0.5]))
    assert layout.figure_size(figure) == (960, 540)


def test_tiles_divide_the_figure_without_overlap():
    desk = Desk()
    desk.tiled_layout("fixed", 2, 3)
    boxes = []
    for _ in range(6):
        axes = desk.next_tile()
        Line(axes, XData=np.arange(3.0), YData=np.arange(3.0))
    for axes in desk.current.all_axes():
        boxes.append(layout.axes_box(axes))
    from cnnscript.pictures.graphics.desk import overlap

    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(
        box.left >= 0 and box.left + box.width <= 560 and box.bottom >= 0 and box.bottom + box.height <= 420
        for box in boxes
    )


def test_small_axes_have_fewer_ticks():
    desk = Desk()
    wide, small = desk.subplot(1, 1, 1, 1), None
    Line(wide, XData=np.array([0.0, 10.0]), YData=np.array([0.0, 10.0]))
    assert wide.get("XTick").tolist() == list(range(11))
    small = desk.subplot(1, 4, 1, 1)
    Line(small, XData=np.array([0.0, 10.0]), YData=np.array([0.0, 10.0]))
    assert small.get("XTick").tolist() == [0, 5, 10]


def test_a_small_image_lies_in_the_middle_of_the_smallest_figure():
    desk = Desk()
    showing.imshow(desk, np.zeros((5, 5)))
    assert layout.figure_size(desk.current) == (128, 128)
    assert layout.axes_box(desk.current_axes()) == (61, 61, 5, 5)


def test_words_of_one_tile_do_not_reach_into_the_next():
    desk = Desk()
    tiles = desk.tiled_layout("fixed", 2, 2)
    every = [desk.next_tile() for _ in range(4)]
    for axes in every:
        Line(axes, XData=np.arange(3.0), YData=np.array([0.0, 1000, 12345]))
        for name in ("Title", "XLabel", "YLabel"):
            axes.label(name).set("String", "words")
    boxes = [layout.axes_box(axes) for axes in every]
    around = tile_boxes.words_around(every[0])
    assert boxes[1].left - around.left >= boxes[0].left + boxes[0].width
    assert boxes[0].bottom - around.bottom >= boxes[2].bottom + boxes[2].height + around.top
    tiles.set("TileSpacing", "none")
    assert layout.axes_box(every[0]).width > boxes[0].width


NAMES = ["OpenCountry", "TallBuilding", "livingroom", "Insidecity", "a"]


@pytest.mark.parametrize("turn", [45.0, 90.0, None])
def test_turned_tick_labels_and_what_is_below_them_stay_in_the_figure(turn):
    desk = Desk()
    axes = desk.current_axes()
    Line(axes, XData=np.arange(1.0, 16), YData=np.arange(15.0))
    axes.set("XTick", np.arange(1.0, 16))
    axes.set("XTickLabel", NAMES * 3)
    if turn is not None:
        axes.set("XTickLabelRotation", turn)
    axes.label("XLabel").set("String", "Target Class")
    assert axes.get("XTickLabelRotation") == (45.0 if turn is None else turn)
    words = word_room.tick_room(axes, "X") + word_room.labelled_room(axes, "XLabel")
    assert words > 80 and layout.axes_box(axes).bottom >= words


def test_a_label_of_the_y_axis_is_turned_and_takes_no_room_that_there_is():
    desk = Desk()
    axes = desk.current_axes()
    axes.label("YLabel").set("String", "Accuracy (%)")
    assert axes.label("YLabel").get("Rotation") == 90 and layout.axes_box(axes).left == pytest.approx(72.8)
    axes.label("YLabel").set("Rotation", 0.0)
    assert layout.axes_box(axes).left > 100


def test_subplots_below_the_first_row_make_the_same_room_for_titles():
    desk = Desk()
    boxes = []
    for k in (1, 2, 3, 10):
        axes = desk.subplot(10, 1, k, k)
        axes.label("Title").set("String", "words")
        boxes.append(layout.axes_box(axes))
    assert [box.height for box in boxes[1:]] == pytest.approx([boxes[1].height] * 3)
    assert boxes[1].height < boxes[0].height
