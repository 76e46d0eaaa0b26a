"""Slices, polygons, constant lines and lines that grow: forms of arguments."""

import pytest


def words_in(run):
    return [child.value("String") for child in run.session.desk.current.all_axes()[0].children if child.kind == "text"]


def test_slices_of_categories_and_formats(run):
    run("pie(categorical({'a','b','a'}))")
    assert words_in(run) == ["a (67%)", "b (33%)"]
    run("pie([1 2], '%.1f%%')")
    assert words_in(run) == ["33.3%", "66.7%"]
    assert "Ignoring non positive data" in " ".join(run("pie([1 -2 3])"))
    assert words_in(run) == ["25%", "75%"]
    assert run.fault("pie([1 Inf])").message == "Input data must be finite."


def test_several_polygons_in_one_call(run):
    run("h = fill([0 1 1], [0 0 1], 'r', [1 2 2], [1 1 2], 'b', 'FaceAlpha', .5); n = numel(h);")
    run("c = h(2).FaceColor; a = h(1).FaceAlpha;")
    assert run["n"] == 2 and run["c"].tolist() == [[0, 0, 1]] and run["a"] == 0.5


def test_each_line_has_a_label_of_its_own(run):
    run("h = xline([1 2 3], '--', {'a','b','c'}); l = h(2).Label; g = xline(1, 'Label', {'two','lines'}); m = g.Label;")
    run("d = xline(datetime(2020,1,2)); v = d.Value;")
    assert run["l"] == "b" and run["m"].ravel().tolist() == ["two", "lines"] and run["v"] == 737792


def test_a_rectangle_takes_a_colour_with_an_alpha(run):
    run("r = rectangle('Position', [0 0 1 1], 'FaceColor', [1 0 0 .25]); c = r.FaceColor; a = r.FaceAlpha;")
    assert run["c"].tolist() == [[1, 0, 0]] and run["a"] == 0.25


def test_lines_grow_in_space(run):
    run("h = animatedline; addpoints(h, 1, 2, 3); addpoints(h, 4, 5, 6); [x, y, z] = getpoints(h); clearpoints(h);")
    run("n = numel(h.ZData);")
    assert run["z"].tolist() == [[3, 6]] and run["n"] == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("addpoints(animatedline, 1, [1 2])", "as many elements"),
        ("xline(1, 'Foo', 2)", "Unrecognized property"),
        ("xline('a')", "numeric"),
        ("fill([0 1], [0 1])", "x, y and a colour"),
    ],
)
def test_forms_that_cannot_be(run, call, words):
    assert words in run.fault(call).message
