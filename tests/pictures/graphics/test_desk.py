"""The desk, and the moments at which a picture is seen."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.plots import Line
from cnnscript.pictures.graphics.primitives import Image, Text
from cnnscript.pictures.presenters.spoken import WordsPresenter


@pytest.fixture
def seen():
    return []


@pytest.fixture
def desk(seen):
    return Desk(WordsPresenter(seen.append))


def picture(desk, size, **more):
    return showing.imshow(desk, np.zeros((size, size)), **more)


def test_a_picture_is_seen_when_it_is_replaced_and_at_the_end(desk, seen):
    for size in (1, 2, 3):
        picture(desk, size)
    assert seen == ["figure 1: image 1x1", "figure 1: image 2x2"]
    desk.finish()
    assert seen[2:] == ["figure 1: image 3x3"]


def test_what_is_added_under_hold_belongs_to_the_same_picture(desk, seen):
    picture(desk, 2)
    desk.current_axes().values["NextPlot"] = "add"
    showing.image(desk, np.zeros((2, 2)), scaled=True, AlphaData=0.5)
    desk.current_axes().label("Title").set("String", "both")
    desk.finish()
    assert seen == ["figure 1: image 2x2, image 2x2 alpha 0.5, title 'both'"]


def test_nothing_is_seen_twice(desk, seen):
    picture(desk, 2)
    desk.flush()
    desk.flush()
    picture(desk, 3)
    desk.finish()
    desk.finish()
    assert seen == ["figure 1: image 2x2", "figure 1: image 3x3"]


def test_closing_and_clearing_show_what_goes(desk, seen):
    picture(desk, 2)
    desk.clear(desk.current)
    picture(desk, 3)
    desk.close(desk.current)
    desk.finish()
    assert seen == ["figure 1: image 2x2", "figure 1: image 3x3"]


def test_figures_that_stay_are_seen_at_the_end_in_the_order_they_were_begun(desk, seen):
    desk.figure(5)
    picture(desk, 2)
    desk.figure(3)
    picture(desk, 3)
    picture(desk, 4)
    desk.finish()
    assert seen == ["figure 3: image 3x3", "figure 5: image 2x2", "figure 3: image 4x4"]
    assert desk.pages == 3


def test_pages_count_pictures_in_the_order_they_were_begun():
    pages = []

    class Pages(WordsPresenter):
        def show(self, figure):
            pages.append((figure.number, figure.page))

    desk = Desk(Pages(print))
    picture(desk, 1)
    desk.figure()
    picture(desk, 2)
    picture(desk, 3)
    desk.finish()
    assert pages == [(2, 2), (1, 1), (2, 3)]


def test_a_round_of_subplots_drawn_again_is_one_picture_a_round(desk, seen):
    for turn in range(3):
        for place in (1, 2):
            showing.imshow(desk, np.zeros((turn + 1, place)), axes=desk.subplot(1, 2, place, place))
    desk.finish()
    assert seen == [f"figure 1: axes 1: image {k}x1; axes 2: image {k}x2" for k in (1, 2, 3)]


def test_subplots_are_axes_of_one_picture_and_replace_what_lies_under_them(desk, seen):
    picture(desk, 7)
    for place in (1, 2):
        showing.imshow(desk, np.zeros((place, place)), axes=desk.subplot(1, 2, place, place))
    assert desk.subplot(1, 2, 1, 1) is desk.current.all_axes()[0]
    desk.finish()
    assert seen == ["figure 1: image 7x7", "figure 1: axes 1: image 1x1; axes 2: image 2x2"]


def test_an_invisible_figure_is_not_shown(desk, seen):
    desk.figure().set("Visible", "off")
    picture(desk, 2)
    picture(desk, 3)
    desk.close(desk.current)
    desk.finish()
    assert seen == []


def test_a_figure_with_nothing_on_it_is_not_a_picture(desk, seen):
    desk.figure()
    desk.finish()
    assert seen == []


def test_a_user_who_watches_windows_is_not_shown_what_goes():
    shown = []

    class Window(WordsPresenter):
        keeps = False

    desk = Desk(Window(shown.append))
    picture(desk, 1)
    picture(desk, 2)
    desk.finish()
    assert shown == ["figure 1: image 2x2"]


def test_the_title_goes_with_the_picture_it_was_written_over(desk, seen):
    picture(desk, 2)
    desk.current_axes().label("Title").set("String", "first")
    picture(desk, 3)
    desk.finish()
    assert seen == ["figure 1: image 2x2, title 'first'", "figure 1: image 3x3"]


def test_a_new_axes_is_not_a_picture_of_its_own(desk, seen):
    desk.figure()
    desk.new_axes()
    picture(desk, 2)
    desk.finish()
    assert seen == ["figure 1: image 2x2"]


# -------------------------------------------------------------------------------------------------------------- objects
def test_properties_are_found_in_any_case_and_by_their_beginnings(desk):
    figure = desk.figure()
    figure.set("pos", np.array([1.0, 2.0, 300.0, 200.0]))
    assert figure.get("Position").tolist() == figure.get("position").tolist() == [1, 2, 300, 200]
    assert figure.get("numbert") is True


def test_an_ambiguous_beginning_says_what_it_may_be(desk):
    with pytest.raises(ScriptError, match="Ambiguous property 'paper'"):
        desk.figure().get("paper")


def test_an_unknown_property_names_near_ones(desk):
    with pytest.raises(ScriptError) as fault:
        desk.figure().set("Colour", "r")
    assert fault.value.message == "Unrecognized property 'Colour' for class 'matlab.ui.Figure'."
    assert "Color" in fault.value.notes[0]


def test_a_value_of_the_wrong_kind_changes_nothing(desk):
    axes = desk.current_axes()
    for name, value in (
        ("XLim", np.array([2.0, 1.0])),
        ("YDir", "sideways"),
        ("Position", np.zeros(3)),
        ("Box", "maybe"),
    ):
        before = axes.get(name)
        with pytest.raises(ScriptError, match=f"Error setting property '{name}' of class 'Axes':"):
            axes.set(name, value)
        assert np.array_equal(axes.get(name), before)


def test_setting_limits_makes_them_manual_and_auto_frees_them(desk):
    axes = desk.current_axes()
    Line(axes, XData=np.arange(1, 8.0), YData=np.arange(7.0) ** 2)
    assert axes.get("XLim").tolist() == [1, 7] and axes.get("YLim").tolist() == [0, 40]
    axes.set("XLim", np.array([0.0, 3.0]))
    assert axes.get("XLimMode") == "manual" and axes.get("XLim").tolist() == [0, 3]
    axes.set("XLimMode", "auto")
    assert axes.get("XLim").tolist() == [1, 7]


def test_deleted_objects_are_refused(desk):
    image = picture(desk, 2)
    image.delete()
    with pytest.raises(ScriptError, match="Invalid or deleted object"):
        image.get("CData")


def test_deleting_the_current_axes_leaves_the_one_before(desk):
    first, second = desk.subplot(1, 2, 1, 1), desk.subplot(1, 2, 2, 2)
    desk.remove(second)
    assert desk.current_axes() is first


def test_children_are_listed_newest_first_and_can_be_put_in_another_order(desk):
    axes = desk.current_axes()
    one, two = Text(axes, String="1"), Text(axes, String="2")
    assert axes.get("Children") == [two, one]
    axes.set("Children", [one, two])
    assert axes.get("Children") == [one, two]


def test_defaults_of_the_root_are_what_new_objects_begin_with(desk):
    desk.set("DefaultAxesFontSize", 14.0)
    desk.set("defaultfigurevisible", "off")
    assert desk.current_axes().get("FontSize") == 14 and desk.current.get("Visible") is False
    with pytest.raises(ScriptError):
        desk.set("DefaultAxesFontSize", "big")


def test_image_edges_follow_xdata_and_ydata(desk):
    image = Image(desk.current_axes(), CData=np.zeros((3, 5)), XData=np.array([0.0, 8.0]))
    assert image.edges("X") == (-1, 9) and image.edges("Y") == (0.5, 3.5)


def test_tiled_layouts_flow_and_fill(desk):
    tiles = desk.tiled_layout("flow")
    for _ in range(5):
        desk.next_tile()
    assert tiles.grid() == (2, 3)
    fixed = desk.tiled_layout("fixed", 2, 3)
    big = desk.next_tile(rows=2, columns=2)
    rest = [desk.next_tile().span[0] for _ in range(2)]
    assert big.span == (0, 0, 2, 2) and rest == [2, 5]
    with pytest.raises(ScriptError, match="sufficient space"):
        desk.next_tile()
    assert desk.next_tile(at=3) is fixed.children[1]
    with pytest.raises(ScriptError, match="outside the layout"):
        desk.next_tile(at=9)


def test_a_thousand_pictures_leave_no_pile_behind():
    desk = Desk()
    for _ in range(1000):
        picture(desk, 3)
    assert len(desk.figures()) == 1 and len(list(desk.walk())) == 4  # root, figure, axes, image


def test_axes_reset_on_a_new_picture_and_keep_their_place(desk):
    axes = desk.subplot(2, 2, 3, 3)
    axes.set("XLim", np.array([0.0, 1.0]))
    showing.imshow(desk, np.zeros((4, 4)), axes=axes)
    assert axes.get("XLim").tolist() == [0.5, 4.5] and axes.get("Position")[0] == pytest.approx(0.13)
    assert isinstance(axes, Axes)
