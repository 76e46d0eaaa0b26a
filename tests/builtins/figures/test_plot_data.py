import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "ticks", "labels"),
    [
        ("plot(hours(1:3), 1:3)", 5, ["1 hr", "1.5 hr", "2 hr", "2.5 hr", "3 hr"]),
        ("plot(datetime(2020,1,1:3), 1:3); xlim([737791 737793]); xticks([737791 737792])", 2, ["Jan 01", "Jan 02"]),
        ("plot(datetime(2010:10:2030,1,1), 1:3)", None, None),
    ],
)
def test_time_along_an_axis_is_written_as_time(run, call, ticks, labels):
    run(call + "; t = xticklabels;")
    found = run["t"].ravel().tolist()
    if labels is None:
        assert all(len(word) == 4 and word.startswith("20") for word in found)
    else:
        assert found == labels and len(found) == ticks


def test_a_table_names_its_axes(run):
    run("T = table((1:3)', [4;5;6], [7;8;9], 'VariableNames', {'t','a','b'}); h = plot(T, 't', {'a','b'});")
    run("x = get(get(gca,'XLabel'),'String'); n = get(h,'DisplayName'); s = scatter(T, 't', 'b'); y = s.YData;")
    assert run["x"] == "t" and run["n"].ravel().tolist() == ["a", "b"] and run["y"].ravel().tolist() == [7, 8, 9]


def test_series_index_chooses_a_colour_and_the_order_recolours(run):
    run("h = plot(1:2, 1:2, 'SeriesIndex', 2); a = h.Color; ax = gca; ax.ColorOrder = [1 0 0; 0 1 0]; b = h.Color;")
    assert run["a"].tolist() == [[0.85, 0.325, 0.098]] and run["b"].tolist() == [[0, 1, 0]]


def test_a_colour_of_its_own_outlives_a_new_order(run):
    run("h = plot(1:2, 1:2, 'k'); ax = gca; ax.ColorOrder = [1 0 0]; c = h.Color;")
    assert run["c"].tolist() == [[0, 0, 0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("plot(1:3, 1:3, 'zz')", "Error in color/linetype argument."),
        ("plot('a', 1)", "Invalid data argument."),
        ("plot({1}, {2})", "Invalid data argument."),
        ("plot(1:3, rand(4))", "Vectors must be the same length."),
        ("plot(rand(2,2,2))", "Data cannot have more than 2 dimensions."),
        ("bar([1 1 2], 1:3)", "XData values must be unique."),
        ("scatter(1:3, 1:3, [1 2])", "S must be a scalar, vector or array the same length as X."),
        (
            "scatter(1:3, 1:3, 9, [1 2])",
            "C must be a single color, a vector the same length as X, or an M-by-3 matrix.",
        ),
        ("errorbar([1 2], [1 2 3])", "The lengths of the errors must be the size of Y, or they must be empty."),
    ],
)
def test_wrong_data_are_refused_in_matlabs_words(run, call, message):
    assert run.fault(call).message == message


def test_words_of_colours_and_markers_are_line_specs(run):
    run("h = plot(1:2, 1:2, '--square'); a = {h.LineStyle, h.Marker}; h = plot(1:2, 1:2, 'red'); b = h.Color;")
    assert run["a"].ravel().tolist() == ["--", "square"] and run["b"].tolist() == [[1, 0, 0]]


def test_bars_tell_where_they_end(run):
    run("b = bar([1 2; 3 4]); x = b(1).XEndPoints; y = b(2).YEndPoints; s = bar([1 2; 3 4], 'stacked');")
    run("z = s(2).YEndPoints;")
    assert np.allclose(run["x"], [[1 - 1 / 7, 2 - 1 / 7]])
    assert run["y"].tolist() == [[2, 4]] and run["z"].tolist() == [[3, 7]]


def test_flat_bars_have_a_colour_each(run):
    run("b = bar(1:3); b.FaceColor = 'flat'; b.CData(2,:) = [1 0 0]; c = b.CData;")
    assert run["c"].tolist() == [[0, 0.447, 0.741], [1, 0, 0], [0, 0.447, 0.741]]


def test_groups_leave_the_width_of_a_bar_free(run):
    run("bar([1 2; 3 4]); a = xlim; bar(1:3); b = xlim;")
    assert np.allclose(run["a"], [[0.514285714285714, 2.485714285714286]]) and np.allclose(run["b"], [[-0.2, 4.2]])


def test_bars_that_touch_are_polygons_in_the_colours_of_the_map(run):
    run("h = bar([1 2; 3 4], 'hist'); t = h(1).Type; c = h(2).CData; hist(1:10); p = findobj(gca, 'Type', 'patch');")
    assert run["t"] == "patch" and run["c"].ravel().tolist() == [2, 2]
    run("p.FaceColor = [0 .5 .5]; f = p.FaceColor;")
    assert run["f"].tolist() == [[0, 0.5, 0.5]]


def test_errors_in_both_directions(run):
    run("e = errorbar(1:2, 1:2, [1 1], [2 2], [3 3], [4 4], 'o'); a = [e.YNegativeDelta; e.YPositiveDelta];")
    run("b = [e.XNegativeDelta; e.XPositiveDelta]; f = errorbar(1:2, 1:2, [], [], [1 1], [1 1]);")
    run("n = numel(f.YNegativeDelta);")
    assert run["a"].tolist() == [[1, 1], [2, 2]] and run["b"].tolist() == [[3, 3], [4, 4]] and run["n"] == 0


def test_times_are_written_as_asked(run):
    run("plot(datetime(2014,6,28) + caldays(1:10), 1:10, 'DatetimeTickFormat', 'dd-MMM'); a = xticklabels;")
    run("xtickformat('yyyy'); b = xticklabels; plot(seconds(0:60:120), 1:3, 'DurationTickFormat', 'mm:ss');")
    run("c = xticklabels;")
    assert run["a"].ravel().tolist()[0] == "29-Jun" and run["b"].ravel().tolist()[0] == "2014"
    assert run["c"].ravel().tolist()[-1] == "02:00"


def test_a_figure_of_times_is_the_same_when_it_is_opened_again(run):
    run("plot(datetime(2020,1,1:3), 1:3); a = xticklabels; savefig(gcf, 'a.fig'); close all; openfig('a.fig');")
    run("b = xticklabels;")
    assert run["a"].ravel().tolist() == run["b"].ravel().tolist()


def test_charts_stand_in_panels_and_tiles(run):
    run("t = tiledlayout(1, 2); nexttile; plot(1:3); h = heatmap(t, magic(3)); p = uipanel;")
    run("cm = confusionchart(p, [1 2; 3 4]);")
    run("a = h.Parent == t; b = cm.Parent == p;")
    assert run["a"] and run["b"]
