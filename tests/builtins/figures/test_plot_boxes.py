import numpy as np
import pytest


def test_seven_lines_of_a_box(run):
    run("h = boxplot([1 2 3 4 5 6 7 8 100]); t = get(h, 'Tag'); b = h(5).YData; m = h(6).YData(1); o = h(7).YData;")
    run("w = h(1).YData; c = h(6).Color; l = xlim; a = h(3).XData;")
    assert run["t"].ravel().tolist() == [
        "Upper Whisker", "Lower Whisker", "Upper Adjacent Value", "Lower Adjacent Value", "Box", "Median", "Outliers",
    ]  # fmt: skip
    assert run["b"].tolist() == [[2.75, 7.25, 7.25, 2.75, 2.75]] and run["m"] == 5 and run["o"] == 100
    assert run["w"].tolist() == [[7.25, 8]] and run["c"].tolist() == [[1, 0, 0]] and run["l"].tolist() == [[0.5, 1.5]]
    assert np.allclose(run["a"], [[1 - 0.0375, 1 + 0.0375]])


def test_groups_labels_and_their_order(run):
    run("boxplot([1 2 3 4], {'b','a','b','a'}, 'GroupOrder', {'a','b'}); ax = gca; t = ax.XTickLabel;")
    run("boxplot([1 2; 3 4], 'Labels', {'u','v'}, 'Orientation', 'horizontal'); ax = gca; y = ax.YTickLabel;")
    assert run["t"].ravel().tolist() == ["a", "b"] and run["y"].ravel().tolist() == ["u", "v"]


def test_boxes_of_colour_groups_stand_side_by_side(run):
    run("b = boxchart([1 1 2 2], 1:4, 'GroupByColor', [1 2 1 2]); c = b(2).BoxFaceColor; n = b(1).DisplayName;")
    first, second = run.session.desk.current.all_axes()[0].drawn()
    assert run["c"].tolist() == [[0.85, 0.325, 0.098]] and run["n"] == "1"
    assert [at for at, _ in first.boxes()] == [0.8, 1.8] and [at for at, _ in second.boxes()] == [1.2, 2.2]
    assert first.width() == 0.2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("boxplot()", "Not enough input"),
        ("boxplot(1:3, {'a','b'})", "X and G must have the same length."),
        ("boxplot(1:3, 'Labels', {'a','b'})", "same number of labels"),
        ("boxplot(1:3, 'Foo', 1)", "Invalid parameter name"),
        ("boxplot(1:3, 'PlotStyle', 'compact')", "no other plotstyle"),
        ("boxchart(1:3, 1:4)", "same length"),
        ("boxchart(1:3, 'Foo', 1)", "Unrecognized property"),
    ],
)
def test_what_does_not_fit_a_box(run, call, words):
    assert words in run.fault(call).message
