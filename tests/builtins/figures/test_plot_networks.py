import numpy as np
import pytest


def words_of(run):
    return [child.value("String") for child in run.session.desk.current.all_axes()[0].children if child.kind == "text"]


def test_confusion_counts_outputs_down_and_targets_across(run):
    run("plotconfusion([1 1 0 0; 0 0 1 1], [1 0 0 0; 0 1 1 1], 'Test'); ax = gca; t = ax.Title.String;")
    run("x = ax.XLabel.String; y = ax.YLabel.String; d = ax.YDir; k = ax.XTickLabel; l = ax.XLim;")
    assert run["t"] == "Test Confusion Matrix" and (run["x"], run["y"]) == ("Target Class", "Output Class")
    assert run["d"] == "reverse" and run["k"].ravel().tolist() == ["1", "2", ""] and run["l"].tolist() == [[0.5, 3.5]]
    words = words_of(run)
    assert words[:8] == ["1", "25.0%", "0", "0.0%", "1", "25.0%", "2", "50.0%"]
    assert words[8:] == ["100.0%", "0.0%", "66.7%", "33.3%", "50.0%", "50.0%", "100.0%", "0.0%", "75.0%", "25.0%"]


def test_colours_of_a_confusion_plot(run):
    run("fig = plotconfusion(categorical([1 2]), categorical([1 2]));")
    axes = run.session.desk.current.all_axes()[0]
    paints = [child.value("FaceColor") for child in axes.children if child.kind == "patch"]
    green, red, grey, dark = ([188, 230, 196], [249, 196, 192], [240] * 3, [217] * 3)
    assert (np.round(np.array(paints) * 255)).tolist() == [green, red, red, green, grey, grey, grey, grey, dark]


def test_several_confusions_in_one_figure(run):
    run("plotconfusion([1 0], [1 0], 'a', [1 0], [0 1], 'b'); ax = findobj(gcf, 'Type', 'axes'); n = numel(ax);")
    assert run["n"] == 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plotconfusion([1 0 1], [1 0])", "Targets and outputs have different dimensions."),
        ("plotconfusion(1)", "Not enough input arguments."),
        ("plotconfusion(1, 2, 3, 4)", "as often as the others"),
        ("plotroc(rand(2,3), rand(3,2))", "Targets and outputs have different dimensions."),
        ("roc([0.5 1 0], [0.2 0.3 0.1])", "Expected targets to be a matrix of zeros and ones."),
        ("roc([NaN 1 0], [0.2 0.3 0.1])", "Expected targets to be a matrix of zeros and ones."),
        ("plotperform(3)", "record of a training"),
        ("ploterrhist(1:3, 'bins', 0)", "positive integer"),
    ],
)
def test_what_does_not_fit_is_refused(run, call, words):
    assert words in run.fault(call).message


def test_roc_of_each_class(run):
    run("plotroc([1 1 0 0; 0 0 1 1], [0.9 0.4 0.6 0.1; 0.1 0.6 0.4 0.9]); h = findobj(gca, 'DisplayName', 'Class 2');")
    run("x = h.XData; y = h.YData; t = get(get(gca,'Title'),'String'); c = h.Color;")
    assert run["x"].tolist() == [[0, 0, 0.5, 0.5, 1]] and run["y"].tolist() == [[0, 0.5, 0.5, 1, 1]]
    assert run["t"] == "ROC" and run["c"].tolist() == [[0.85, 0.325, 0.098]]


def test_rates_of_several_classes_come_in_cells(run):
    run("[t, f, h] = roc([1 0 0; 0 1 1], [0.7 0.7 0.2; 0.3 0.3 0.8]); n = size(t); a = t{1}; b = f{1}; c = h{1};")
    assert run["n"].tolist() == [[1, 2]]
    assert run["c"].tolist() == [[1, 1, 0.7, 0.2, 0, 0]]
    assert run["a"].tolist() == [[0, 0, 0, 1, 1, 1]] and run["b"].tolist() == [[0, 0, 0, 0.5, 1, 1]]


def test_an_output_that_is_nan_is_above_no_threshold_but_counts(run):
    run("[t, f, h] = roc([1 1 0], [0.9 NaN 0.1]);")
    assert run["h"].tolist() == [[1, 1, 0.9, 0.1, 0, 0]]
    assert run["t"].tolist() == [[0, 0, 0, 0.5, 0.5, 1]] and run["f"].tolist() == [[0, 0, 0, 0, 1, 1]]


def test_numbers_of_many_classes_are_small_enough_for_their_squares(run):
    run("plotconfusion(categorical([1 2]), categorical([1 2])); t = findobj(gcf, 'Type', 'text'); a = t(1).FontSize;")
    run("plotconfusion(categorical(1:10), categorical([2:10 1])); t = findobj(gcf, 'Type', 'text'); b = t(1).FontSize;")
    assert run["a"] == 10 and 5 < run["b"] < 8


def test_curves_of_plotroc_are_kept_where_scripts_look_for_them(run):
    run("plotroc([1 0 1; 0 1 0], [.9 .2 .4; .1 .8 .6]); u = get(gca, 'UserData');")
    run("n = numel(u.lines); l = legend(u.lines, 'a', 'b'); t = l.String;")
    assert run["n"] == 2 and run["t"].ravel().tolist() == ["a", "b"]
