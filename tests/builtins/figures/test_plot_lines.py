import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("plot(1:5)", [5]),
        ("plot(1:3, magic(3))", [3, 3, 3]),
        ("plot(1:3, [1 2 3; 4 5 6])", [3, 3]),
        ("plot(1:3, 4:6, 'r--o')", [3]),
        ("plot(1:3, 4:6, 1:2, 1:2)", [3, 2]),
        ("plot(1:3, 4:6, 'b', 1:2, 1:2, 'k:')", [3, 2]),
        ("plot([1 2+3i 4])", [3]),
        ("plot(1:3, 'LineWidth', 2)", [3]),
        ("plot(categorical({'a','b'}), [1 2])", [2]),
        ("plot(axes, 1:3)", [3]),
        ("semilogy([1 10], [1 10], 'x')", [2]),
        ("line([0 1], [0 1])", [2]),
        ("plot([])", [0]),
    ],
)
def test_forms_of_plot(run, call, lines):
    run(call)
    seen = run.seen()
    assert seen == ["figure 1: " + ", ".join(f"line {n} points" for n in lines)]


def test_line_specs_are_read(run):
    run("p = plot(1:2, 'g-.s'); x = {p.Color, p.LineStyle, p.Marker}; q = plot(1:2, 'o'); y = q.LineStyle;")
    colour, style, marker = run["x"].ravel().tolist()
    assert colour.tolist() == [[0, 1, 0]] and style == "-." and marker == "square" and run["y"] == "none"


def test_colours_follow_the_order(run):
    run("hold on; p = plot(1:2); q = plot(1:2); x = [p.Color; q.Color];")
    assert run["x"].tolist() == [[0, 0.447, 0.741], [0.85, 0.325, 0.098]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plot(1:3, 1:4)", "Vectors must be the same length"),
        ("plot()", "Not enough input"),
        ("plot({1})", "Invalid data argument"),
        ("plot(1:3, 'Foo', 1)", "Unrecognized property"),
        ("scatter(1:3, 1:4)", "same length"),
        ("bar(1:3, 1:4)", "number of rows"),
        ("surf(1:3)", "matrix"),
        ("histogram(1:3, 0)", "positive integer"),
        ("histogram([1 2], [3 1])", "increasing"),
    ],
)
def test_data_that_do_not_fit_leave_what_is_shown(run, call, words):
    run("imshow(zeros(2))")
    assert words in run.fault(call).message
    assert run.seen() == ["figure 1: image 2x2"]


def test_bars_of_categories_stand_over_their_names(run):
    run("b = bar(categorical({'dog','cat','cow'}), [1 2 3]); t = xticklabels; x = xlim;")
    assert run["t"].ravel().tolist() == ["cat", "cow", "dog"] and run["x"].tolist() == [[0.5, 3.5]]
    run("subplot(1, 2, 2); bar(categorical(compose('c%02d', 1:10)), 1:10); x = xlim;")
    assert run["x"].tolist() == [[0.5, 10.5]]  # not rounded to steps, as limits of numbers are


def test_reordered_categories_keep_their_order(run):
    run("c = reordercats(categorical({'a','b'}), {'b','a'}); barh(c, [1 2]); t = yticklabels;")
    assert run["t"].ravel().tolist() == ["b", "a"]


def test_groups_and_stacks(run):
    run("b = bar([1 2; 3 4; 5 6]); n = numel(b); s = bar([1 2; 3 4],'stacked'); y = ylim;")
    assert run["n"] == 2 and run["y"].tolist() == [[0, 7]]


@pytest.mark.parametrize(
    ("call", "edges"),
    [
        ("histogram([1 1 2 3 3 3])", [0.5, 1.5, 2.5, 3.5]),
        ("histogram([0.1 0.2 0.9], [0 0.5 1])", [0, 0.5, 1]),
        ("histogram([0 1 2 3.9], 4)", [0, 1, 2, 3, 4]),
        ("histogram([0.1 0.9], 'BinWidth', 0.5)", [0, 0.5, 1]),
        ("histogram([0 10], 'BinLimits', [0 10], 'NumBins', 2)", [0, 5, 10]),
        ("histogram([5.5 5.5])", [5, 6]),
    ],
)
def test_bins(run, call, edges):
    run(f"h = {call}; e = h.BinEdges;")
    np.testing.assert_allclose(run["e"].ravel(), edges)


def test_counts_of_categories(run):
    run("h = histogram(categorical({'a','b','a'})); v = h.Values; t = xticklabels;")
    assert run["v"].tolist() == [[2, 1]] and run["t"].ravel().tolist() == ["a", "b"]


def test_groups_of_points_have_a_legend(run):
    run("gscatter([1 2 3], [1 2 3], {'x','y','x'})")
    assert run.seen() == ["figure 1: line 2 points, line 1 points, legend 'x', 'y'"]
