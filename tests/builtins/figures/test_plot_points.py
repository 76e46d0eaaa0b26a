import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "name", "value"),
    [
        ("scatter(1:3, 1:3, [], [1 0 0])", "CData", [[1, 0, 0]]),
        ("scatter(1:3, 1:3, 'r*')", "Marker", "*"),
        ("scatter(1:3, 1:3, 'filled', 'd')", "Marker", "diamond"),
        ("scatter(1:3, 1:3, 'filled', 'd')", "MarkerFaceColor", "flat"),
        ("scatter(1:3, 1:3, 20, (1:3)')", "SizeData", 20),
        ("swarmchart([1 1 2], 1:3, 'XJitter', 'rand')", "XJitter", "rand"),
        ("bubblechart(1:3, 1:3, 4:6)", "MarkerFaceAlpha", 0.6),
    ],
)
def test_forms_of_points(run, call, name, value):
    run(f"s = {call}; v = s.{name};")
    found = run["v"]
    assert (found.tolist() if isinstance(found, np.ndarray) else found) == value


def test_columns_are_sets_of_points(run):
    run("s = scatter(1:3, [1 4; 2 5; 3 6]); n = numel(s); y = s(2).YData;")
    assert run["n"] == 2 and run["y"].ravel().tolist() == [4, 5, 6]


def test_a_table_gives_sizes_and_colours(run):
    run("T = table([1;2],[3;4],[50;60],'VariableNames',{'a','b','c'}); s = scatter(T,'a','b','SizeVariable','c');")
    run("z = s.SizeData;")
    assert run["z"].ravel().tolist() == [50, 60]


def test_groups_get_colours_markers_and_labels(run):
    run("a = [1 2 3]; b = [3 2 1]; h = gscatter(a, b, [2 2 1], 'rb', 'ox', 8, 'off', 'left', 'up');")
    run("m = get(h,'Marker'); c = [h(1).Color; h(2).Color]; z = h(1).MarkerSize;")
    run("l = get(get(gca,'XLabel'),'String'); g = isempty(legend);")
    assert run["m"].ravel().tolist() == ["o", "x"] and run["c"].tolist() == [[1, 0, 0], [0, 0, 1]]
    assert run["z"] == 8 and run["l"] == "left"


def test_axes_are_named_after_the_variables(run):
    run("width = [1 2 3]'; height = [3 2 1]'; gscatter(width, height, {'u','v','v'});")
    assert run.seen() == ["figure 1: line 1 points, line 2 points, xlabel 'width', ylabel 'height', legend 'u', 'v'"]


def test_swarms_stay_within_their_width(run):
    run("rng(2); s = swarmchart(ones(1,50), randn(1,50)); ")
    graphic = run.session.desk.current.all_axes()[0].drawn()[0]
    assert np.abs(graphic.spread("X") - 1).max() <= 0.45


def test_bubbles_grow_between_two_diameters(run):
    run("bubblechart(1:3, 1:3, [1 2 3]);")
    graphic = run.session.desk.current.all_axes()[0].drawn()[0]
    assert np.sqrt(graphic.sizes()).tolist() == [5, 27.5, 50]
