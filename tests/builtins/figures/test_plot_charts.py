import numpy as np
import pytest


def test_confusion_counts_of_every_kind_of_label(run):
    run("[C, order] = confusionmat(categorical({'b','a','b'}), categorical({'a','a','b'}));")
    assert run["C"].tolist() == [[1, 0], [1, 1]] and run["order"].texts() == ["a", "b"]
    run("[C, order] = confusionmat([\"z\" \"y\"], [\"z\" \"x\"]); n = numel(order);")
    assert run["C"].tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 0]] and run["n"] == 3
    run("[C, order] = confusionmat(logical([1 0 1]), logical([1 1 1])); k = class(order);")
    assert run["C"].tolist() == [[0, 1], [0, 2]] and run["k"] == "logical"


def test_missing_labels_are_left_out(run):
    run("C = confusionmat([1 NaN 2], [1 1 NaN]);")
    assert run["C"].tolist() == [[1, 0], [0, 0]]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("absolute", [[9, 1], [3, 7]]),
        ("row-normalized", [[0.9, 0.1], [0.3, 0.7]]),
        ("column-normalized", [[0.75, 0.125], [0.25, 0.875]]),
        ("total-normalized", [[0.45, 0.05], [0.15, 0.35]]),
    ],
)
def test_normalized_values(run, way, expected):
    run(f"cm = confusionchart([9 1; 3 7], Normalization='{way}'); V = cm.NormalizedValues;")
    assert run["V"] == pytest.approx(np.array(expected))


def test_summaries_say_right_and_wrong_of_each_class(run):
    run("cm = confusionchart([9 1; 3 7]); cm.RowSummary = 'row-normalized'; cm.ColumnSummary = 'absolute';")
    chart = run["cm"].graphic
    assert chart.summary("RowSummary") == pytest.approx(np.array([[0.9, 0.1], [0.7, 0.3]]))
    assert chart.summary("ColumnSummary").tolist() == [[9, 3], [7, 1]]


def test_classes_are_sorted_by_name_and_by_diagonal(run):
    run("cm = confusionchart([5 1; 0 9], {'cat','dog'}); sortClasses(cm, 'descending-diagonal'); a = cm.ClassLabels;")
    assert run["a"].ravel().tolist() == ["dog", "cat"]
    run("sortClasses(cm, 'auto'); b = cm.ClassLabels;")
    assert run["b"].ravel().tolist() == ["cat", "dog"]


def test_titles_of_charts_are_plain_text(run):
    run("h = heatmap([1 2]); h.Title = 'a'; title('b'); xlabel('x'); t = h.Title; x = h.XLabel;")
    assert run["t"] == "b" and run["x"] == "x"


def test_a_chart_takes_the_place_of_the_axes(run):
    run("subplot(1, 2, 2); h = heatmap(magic(2)); p = h.Position; n = numel(get(gcf, 'Children'));")
    assert run["n"] == 1 and run["p"].tolist()[0][0] == pytest.approx(0.5703, abs=1e-4)


def test_scaled_rows_run_from_0_to_1(run):
    run("h = heatmap([1 3; 10 20], ColorScaling='scaledrows'); x = h.ColorLimits;")
    assert run["x"].tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("confusionmat(1:3, 1:2)", "stats:confusionmat:SizeMismatch"),
        ("confusionmat([1 2], [1 2], Order=1)", "stats:confusionmat:OrderMissing"),
        ("confusionchart([1 2 3])", "MATLAB:confusionchart:invalidType"),
        ("heatmap({'a'}, {'b'}, magic(2))", "MATLAB:graphics:heatmap:DataSizeMismatch"),
        ("heatmap(1, CellLabelFormat='%d %d')", "MATLAB:hg:InvalidValue"),
        ("h = heatmap(1); h.XLim", "MATLAB:hg:InvalidProperty"),
        ("cm = confusionchart(eye(2)); sortClasses(cm, [1 3])", "MATLAB:sortClasses:classes"),
    ],
)
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier
