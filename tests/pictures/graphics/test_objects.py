import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.groups import Group, Transform, members
from cnnscript.pictures.graphics.interface_objects import UIControl
from cnnscript.pictures.graphics.objects import Several, every_kind
from cnnscript.pictures.graphics.plots import Line
from cnnscript.pictures.graphics.property_lists import LISTS


@pytest.fixture
def axes():
    return Desk().current_axes()


def test_every_kind_says_its_own_defaults_without_a_fault():
    for kind in every_kind():
        for name, entry in kind.table.items():
            default = entry.default() if callable(entry.default) else entry.default
            listed = entry.part or entry.check is None or entry.raw or default is None or isinstance(default, list)
            if not listed and name not in ("CreateFcn", "CurrentFigure", "SelectedTab"):
                entry.check(default)


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_properties_that_matlab_lists_are_those_of_a_kind(kind):
    if kind in ("uibuttongroup",):
        kind = "uipanel"
    classes = [cls for cls in every_kind() if cls.kind == kind]
    assert classes and all(name in classes[0].table for name in LISTS[kind])


@pytest.mark.parametrize(
    ("name", "value", "identifier", "words"),
    [
        ("LineStyle", "foo", "MATLAB:datatypes:InvalidEnumValue", "'foo' is not a valid value. Use one of these val"),
        ("LineStyle", 3.0, "MATLAB:datatypes:InvalidEnumValueFor", "Invalid enum value. Use one of these values: '-'"),
        ("LineStyle", "", "MATLAB:datatypes:InvalidValue", "Value cannot be empty."),
        ("Visible", "maybe", "MATLAB:datatypes:onoffboolean:UnknownOnOffBooleanValue", "'on' | 'off'."),
        ("Color", "foo", "MATLAB:datatypes:RGBAColor:ParseError", "Valid names include: 'red', 'green'"),
        ("Color", np.array([2.0, 0, 0]), "MATLAB:hg:ColorBase:BadColorValue", "Invalid RGB triplet."),
        ("ButtonDownFcn", 5.0, "MATLAB:datatypes:callback:InvalidCallback", "Callback value must be"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_matlabs_words(axes, name, value, identifier, words):
    line = Line(axes)
    before = line.get(name)
    with pytest.raises(ScriptError) as caught:
        line.set(name, value)
    assert caught.value.identifier == identifier and words in caught.value.message
    assert caught.value.message.startswith(f"Error setting property '{name}' of class 'Line':\n")
    assert line.get(name) == before


def test_markers_have_short_names_and_are_kept_by_their_long_ones(axes):
    line = Line(axes, Marker="s")
    assert line.get("Marker") == "square"


def test_defaults_come_from_the_nearest_object_that_has_them(axes):
    desk, figure = axes.up("root"), axes.up("figure")
    desk.set("DefaultLineLineWidth", 2.0)
    figure.set("defaultlinelinewidth", 3.0)
    assert Line(axes).value("LineWidth") == 3
    axes.set("DefaultLineMarker", "o")
    assert Line(axes).value("Marker") == "o"
    assert (axes.get("DefaultLineLineWidth"), desk.get("DefaultLineLineWidth")) == (3, 2)
    figure.set("DefaultLineLineWidth", "remove")
    assert Line(axes).value("LineWidth") == 2
    assert desk.get("FactoryLineLineWidth") == 0.5
    desk.reset()
    assert Line(axes).value("LineWidth") == 0.5


def test_default_gives_the_default_and_factory_what_it_was_before_any_default(axes):
    axes.up("figure").set("DefaultLineLineWidth", 3.0)
    line = Line(axes, LineWidth=9.0)
    line.set("LineWidth", "default")
    assert line.value("LineWidth") == 3
    line.set("LineWidth", "factory")
    assert line.value("LineWidth") == 0.5
    line.set("Tag", "\\default")
    assert line.value("Tag") == "default"


def test_emptied_axes_keep_the_defaults_of_new_ones(axes):
    desk = axes.up("root")
    desk.set("DefaultAxesFontSize", 14.0)
    desk.empty(axes, reset=True)
    assert axes.value("FontSize") == 14


def test_an_object_goes_only_where_its_kind_belongs(axes):
    line = Line(axes)
    with pytest.raises(ScriptError, match="Line cannot be a child of Figure"):
        line.set("Parent", axes.up("figure"))
    with pytest.raises(ScriptError, match="Axes cannot be a child of Axes"):
        axes.set("Parent", axes)
    assert line.parent is axes


def test_lesser_parts_belong_to_one_object_and_die_with_it(axes):
    line = Line(axes)
    entry = line.get("Annotation").get("LegendInformation")
    assert entry is line.get("Annotation").get("LegendInformation")
    line.delete()
    assert line.parts["Annotation"].deleted


def test_watchers_are_told_once_of_what_they_watch(axes):
    told = []
    line = Line(axes)
    line.watchers["LineWidth"] = [lambda node, name: told.append((node.value(name), name))]
    line.set("LineWidth", 4.0)
    line.set("Tag", "a")
    assert told == [(4.0, "LineWidth")]


def test_a_copy_has_everything_but_its_place_and_who_watches(axes):
    line = Line(axes, LineWidth=4.0, XData=np.arange(3.0))
    line.watchers["LineWidth"] = [print]
    group = Group(axes)
    line.set("Parent", group)
    copied = group.copied(axes, {})
    (inner,) = copied.children
    assert inner is not line and inner.parent is copied and inner.value("LineWidth") == 4 and inner.watchers == {}
    inner.set("LineWidth", 1.0)
    assert line.value("LineWidth") == 4


def test_legends_stand_among_the_children_of_the_figure_not_of_the_axes(axes):
    from cnnscript.pictures.graphics.beside import Legend

    legend = Legend(axes)
    figure = axes.up("figure")
    assert axes.get("Children") == [] and figure.get("Children") == [legend, axes]
    assert isinstance(axes.get("Children"), Several) and legend.get("Parent") is figure


def test_hidden_handles_are_listed_on_demand(axes):
    line = Line(axes, HandleVisibility="off")
    assert axes.get("Children") == []
    axes.up("root").set("ShowHiddenHandles", "on")
    assert axes.get("Children") == [line]


def test_members_of_transforms_are_drawn_moved_and_stay_where_they_are(axes):
    outer = Transform(axes, Matrix=np.diag([2.0, 1, 1, 1]))
    inner = Transform(outer)
    shift = np.eye(4)
    shift[0, 3] = 5
    inner.set("Matrix", shift)
    line = Line(inner, XData=np.array([0.0, 1]), YData=np.array([3.0, 4]))
    (moved,) = members(outer)
    assert moved.flat("XData").tolist() == [10, 12] and moved.flat("YData").tolist() == [3, 4]
    assert line.flat("XData").tolist() == [0, 1] and axes.drawn()[0].flat("XData").tolist() == [10, 12]
    outer.set("Visible", "off")
    assert axes.drawn() == []


def test_units_turn_what_was_set_into_themselves(axes):
    figure = axes.up("figure")
    figure.set("Position", np.array([1.0, 1, 960, 540]))
    figure.set("Units", "normalized")
    assert np.allclose(figure.get("Position"), [0, 0, 0.5, 0.5]) and figure.size() == (960, 540)
    figure.set("Units", "inches")
    assert np.allclose(figure.get("Position")[2:], [10, 5.625])
    axes.set("Position", np.array([0.5, 0.5, 0.25, 0.25]))
    axes.set("Units", "pixels")
    assert np.allclose(axes.get("Position"), [481, 271, 240, 135])


def test_controls_are_kept_but_make_no_picture(axes):
    desk = Desk()
    figure = desk.figure()
    control = UIControl(figure, String="Go", Style="slider")
    desk.presenter.keeps = True
    assert control.value("String") == "Go" and not desk.showable(figure)
    Axes(figure)
    assert desk.showable(figure)


def test_what_does_not_go_together_is_not_drawn_until_it_does(axes):
    line = Line(axes, XData=np.arange(3.0), YData=np.arange(3.0))
    line.set("XData", np.arange(5.0))
    assert axes.drawn() == [] and axes.get("XLim").tolist() == [0, 1]
    line.set("YData", np.arange(5.0))
    assert axes.drawn() == [line] and axes.get("XLim").tolist() == [0, 4]


def test_words_stay_where_they_are_when_their_units_change(axes):
    from cnnscript.pictures.graphics.primitives import Text

    axes.set("XLim", np.array([0.0, 10]))
    axes.set("YLim", np.array([1.0, 100]))
    axes.set("YScale", "log")
    words = Text(axes, Position=np.array([5.0, 10, 0]), String="abc")
    words.set("Units", "normalized")
    assert np.allclose(words.get("Position"), [0.5, 0.5, 0])
    words.set("Units", "data")
    assert np.allclose(words.get("Position"), [5, 10, 0])
    left, bottom, width, height = words.get("Extent")
    assert left == pytest.approx(5) and bottom < 10 < bottom + height and 0 < width < 2


def test_paper_is_told_in_its_units_and_has_a_size_by_its_kind(axes):
    figure = axes.up("figure")
    figure.set("PaperUnits", "centimeters")
    assert np.allclose(figure.get("PaperSize"), [21.59, 27.94])
    assert np.allclose(figure.get("PaperPosition"), [0.635, 6.35, 20.32, 15.24])
    figure.set("PaperType", "A4")
    figure.set("PaperOrientation", "landscape")
    assert np.allclose(figure.get("PaperSize"), [29.7, 21], atol=0.01)
    figure.set("PaperUnits", "normalized")
    assert figure.get("PaperSize").tolist() == [1, 1]
    figure.set("PaperUnits", "inches")
    assert np.allclose(figure.get("PaperPosition"), [0.25, 2.5, 8, 6])
    figure.set("PaperSize", np.array([5.0, 4]))
    assert figure.get("PaperType") == "<custom>" and figure.get("PaperPositionMode") == "auto"


def test_older_names_of_properties_are_taken(axes):
    axes.set("XTickLabels", ["a", "b"])
    assert axes.get("XTickLabel")[:2] == ["a", "b"] and "XTickLabels" not in axes.property_names()
