import numpy as np
import pytest

TABLE = "T = table({'b';'a';'b'}, {'u';'u';'v'}, [1;2;3], 'VariableNames', {'x','y','v'}); "


def test_a_table_is_counted_by_two_variables(run):
    run(TABLE + "h = heatmap(T, 'x', 'y'); c = h.ColorData; x = h.XData;")
    run("t = {h.Title, h.XLabel, h.YLabel, h.ColorMethod};")
    assert run["c"].tolist() == [[1, 1], [0, 1]] and run["x"].ravel().tolist() == ["a", "b"]
    assert run["t"].ravel().tolist() == ["Count of y vs. x", "x", "y", "count"]


def test_cells_of_a_third_variable_are_means_and_missing_where_there_is_none(run):
    run(TABLE + "h = heatmap(T, 'x', 'y', 'ColorVariable', 'v'); c = h.ColorData; t = h.Title;")
    assert np.array_equal(run["c"], [[2, 1], [np.nan, 3]], equal_nan=True) and run["t"] == "Mean of v"
    run("h = heatmap(T, 'x', 'y', 'ColorVariable', 'v', 'ColorMethod', 'max'); t = h.Title;")
    assert run["t"] == "Max of v"


def test_columns_sorted_by_a_row_and_back(run):
    run("h = heatmap({'a','b','c'}, {'u','v'}, [3 1 2; 4 5 6]); sortx(h, 'u'); a = h.XDisplayData;")
    run("c = h.ColorDisplayData;")
    run("sortx(h); b = h.XDisplayData; sortx(h, 'v', 'descend'); d = h.XDisplayData;")
    run("[C, I] = sorty(h, 'a', 'descend');")
    assert run["a"].ravel().tolist() == ["b", "c", "a"] and run["c"].tolist() == [[1, 2, 3], [5, 6, 4]]
    assert run["b"].ravel().tolist() == ["a", "b", "c"] and run["d"].ravel().tolist() == ["c", "b", "a"]
    assert run["C"].ravel().tolist() == ["v", "u"] and run["I"].ravel().tolist() == [2, 1]


def test_limits_show_a_part(run):
    run("h = heatmap(magic(4)); h.XLimits = {'2','3'}; n = size(h.ColorDisplayData);")
    chart = run.session.desk.current.all_axes()[0]
    assert chart.cells().shape == (4, 2) and run["n"].tolist() == [[4, 4]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("heatmap({'a','a'}, {'u','v'}, [1 2; 3 4])", "must differ"),
        ("heatmap({'a'}, {'u','v'}, [1 2; 3 4])", "as many names"),
        ("heatmap(rand(2,2,2))", "matrix"),
        (TABLE + "heatmap(T, 'x', 'nothing')", "nothing"),
        (TABLE + "heatmap(T, 'x')", "Not enough input"),
        ("h = heatmap(magic(3)); sortx(h, 'q')", "not in YDisplayData"),
        ("h = heatmap(magic(3)); h.XDisplayData = {'q'};", "names from XData"),
    ],
)
def test_what_does_not_fit_a_heatmap(run, call, words):
    assert words in run.fault(call).message


def test_clusters_of_confused_classes_stand_together(run):
    run("m = [9 0 8 0; 0 9 0 7; 8 0 9 0; 0 8 0 9]; cm = confusionchart(m, {'a','b','c','d'});")
    run("sortClasses(cm, 'cluster');")
    run("l = cm.ClassLabels;")
    order = run["l"].ravel().tolist()
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset("ac"), frozenset("bd")}


def test_colormap_and_limits_of_colours_are_the_heatmaps(run):
    run("h = heatmap([1 2; 3 4]); colormap jet; c = h.Colormap; clim([0 8]); l = h.ColorLimits; clim auto;")
    run("m = h.ColorLimits;")
    run("j = jet(size(c, 1));")
    assert np.array_equal(run["c"], run["j"]) and run["l"].tolist() == [[0, 8]] and run["m"].tolist() == [[1, 4]]
