"""Legends and colorbars in pixels of MATLAB's default figure."""

import numpy as np
import pytest

from cnnscript.pictures.graphics import beside_boxes, layout, showing, text_sizes
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.plots import Line


@pytest.fixture
def axes():
    made = Desk().current_axes()
    Line(made, XData=np.arange(1.0, 11), YData=np.arange(1.0, 11))
    return made


def test_pixel_units_count_from_one(axes):
    axes.set("Units", "pixels")
    assert axes.get("Position") == pytest.approx([73.8, 47.2, 434, 342.3])
    axes.set("Position", np.array([101.0, 51, 200, 100]))
    assert layout.axes_box(axes) == (100, 50, 200, 100)


def test_a_colorbar_is_16_points_thick_and_leaves_about_373_pixels(axes):
    axes.set("CLim", np.array([-6.5, 8.1]))
    bar = showing.colorbar(axes.parent.parent, axes)
    box, left = beside_boxes.colorbar_box(bar), layout.axes_box(axes)
    assert box.width == pytest.approx(21.333, abs=0.001) and box.height == pytest.approx(342.3)
    assert left.width == pytest.approx(373.2, abs=3) and box.left > left.left + left.width


@pytest.mark.parametrize(("place", "part", "down"), [("southoutside", 1, False), ("northoutside", 1, True)])
def test_colorbars_above_and_below_take_height(axes, place, part, down):
    before = layout.axes_box(axes)
    bar = showing.colorbar(axes.parent.parent, axes, Location=place)
    after, box = layout.axes_box(axes), beside_boxes.colorbar_box(bar)
    assert after.width == before.width and after.height < before.height
    assert (box.bottom > after.bottom) is down and box.width == after.width


def test_a_legend_stands_10_pixels_inside_the_upper_right_corner(axes):
    made = showing.legend(axes.parent.parent, axes, ["one"])
    box, around = beside_boxes.legend_box(made), layout.plot_box(axes)
    assert around.left + around.width - box.left - box.width == pytest.approx(10)
    assert around.bottom + around.height - box.bottom - box.height == pytest.approx(10)
    assert box.height == 17


@pytest.mark.parametrize("place", ["eastoutside", "westoutside", "northoutside", "southoutside", "bestoutside"])
def test_legends_outside_make_the_axes_smaller_and_do_not_lie_on_it(axes, place):
    before = layout.plot_box(axes)
    made = showing.legend(axes.parent.parent, axes, ["a long name"])
    made.set("Location", place)
    box, after = beside_boxes.legend_box(made), layout.plot_box(axes)
    apart = (
        box.left >= after.left + after.width
        or box.left + box.width <= after.left
        or box.bottom >= after.bottom + after.height
        or box.bottom + box.height <= after.bottom
    )
    assert apart and after.width * after.height < before.width * before.height
    assert box.left >= 0 and box.left + box.width <= 560 and box.bottom >= 0 and box.bottom + box.height <= 420


def test_the_best_place_hides_the_least(axes):
    made = showing.legend(axes.parent.parent, axes, ["rising"])
    made.set("Location", "best")
    middle = beside_boxes.legend_box(made)
    box = layout.plot_box(axes)
    # A line from the lower left to the upper right leaves the upper left corner free.
    assert middle.left == pytest.approx(box.left + 10) and middle.bottom > box.bottom + box.height / 2


def test_columns_and_titles_of_legends(axes):
    Line(axes, XData=np.arange(3.0), YData=np.arange(3.0))
    made = showing.legend(axes.parent.parent, axes, ["a", "b"])
    tall = beside_boxes.legend_size(made)
    made.set("NumColumns", 2)
    flat = beside_boxes.legend_size(made)
    assert tall[1] == 35 and flat[1] == 17 and flat[0] > tall[0]
    made.label("Title").set("String", "T")
    assert beside_boxes.legend_size(made)[1] > flat[1]


def test_a_legend_goes_where_its_position_says(axes):
    made = showing.legend(axes.parent.parent, axes, ["a"])
    made.set("Position", np.array([0.2, 0.3, 0.4, 0.2]))
    assert made.value("Location") == "none" and made.get("Position") == pytest.approx([0.2, 0.3, 0.4, 0.2])
    made.set("Location", "southwest")
    assert beside_boxes.legend_box(made).left == pytest.approx(layout.plot_box(axes).left + 10)


def test_widths_of_words_are_those_of_helvetica():
    assert text_sizes.line_width("data1", 9) == pytest.approx(12 * (556 + 556 + 278 + 556 + 556) / 1000)
    assert text_sizes.line_width(r"\alpha_{1}", 9) < text_sizes.line_width("alpha1", 9)
    assert text_sizes.line_width("a_b", 9, interpreter="none") > text_sizes.line_width("a_b", 9)
