import numpy as np
import pytest

from cnnscript.pictures.graphics import series


def test_stems_reach_the_base_line(run):
    run("stem([4 5 6]); a = ylim; stem([4 5 6], BaseValue=3); b = ylim;")
    assert run["a"][0, 0] == 0 and run["b"][0, 0] == 3


def test_intervals_are_within_the_limits(run):
    run("errorbar([1 2], [0 5]); y = ylim;")
    assert run["y"][0, 0] <= -3 and run["y"][0, 1] >= 7


def test_each_column_gives_a_line_of_its_own(run):
    run("h = stairs(magic(3)); n = numel(h); c = isequal(h(1).Color, h(2).Color);")
    run("e = errorbar(magic(3), ones(3)); k = numel(e);")
    assert run["n"] == 3 == run["k"] and run["c"] is False


def test_a_growing_line_forgets_its_oldest_points(run):
    run("an = animatedline(MaximumNumPoints=3); for k = 1:5, addpoints(an, k, -k); end, [x, y] = getpoints(an);")
    assert run["x"].tolist() == [[3, 4, 5]] and run["y"].tolist() == [[-3, -4, -5]]


def test_contours_run_where_the_height_is(run):
    run("[X, Y] = meshgrid(-2:0.1:2); M = contour(X, Y, X.^2 + Y.^2, [1 1]); r = hypot(M(1, 2:end), M(2, 2:end));")
    assert run["M"][0, 0] == 1 and run["M"][1, 0] == run["M"].shape[1] - 1
    assert abs(run["r"] - 1).max() < 0.01


def test_a_pie_starts_at_the_top_and_runs_against_the_clock(run):
    run("p = pie([1 3]); t = get(p(2), 'Position');")
    assert run["t"][0, 0] < 0 < run["t"][0, 1]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("errorbar([1 2], [1 2 3])", "MATLAB:errorbar:InvalidErrorSize"),
        ("addpoints(plot(1:2), 1, 2)", "MATLAB:addpoints:invalidType"),
        ("addpoints(animatedline, 1:2, 1)", "MATLAB:animatedline:args"),
        ("contour(1:3)", "MATLAB:contour:ZTooSmall"),
        ("contour(1:3, 1:3, magic(4))", "MATLAB:contour:sizes"),
        ("pie([-1 -1])", "MATLAB:pie:NoPositiveData"),
        ("pie([1 2], {'a'})", "MATLAB:pie:StringLengthMismatch"),
        ("insertText(zeros(9), [1 2 3], 'a')", "MATLAB:insertText:invalidType"),
        ("insertText(zeros(9), [1 2; 3 4], {'a','b','c'})", "vision:insertText:sizes"),
        ("insertText(zeros(9), [1 2], 'a', Font='No Such Font')", "vision:insertText:font"),
    ],
)
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_stems_are_also_filled_by_the_older_word(run):
    run("h = stem(1:3, 'fill', 'r--'); a = {h.MarkerFaceColor, h.LineStyle};")
    assert run["a"].ravel().tolist() == ["auto", "--"]


def test_points_added_to_an_animated_line_change_nothing_that_was_read_before(run):
    run("a = animatedline; for k = 1:5, addpoints(a,k,k); end; x = getpoints(a); clearpoints(a); y = x;"
        "addpoints(a,x(1:2),[7 8]); addpoints(a,9,9); [u,v] = getpoints(a);")  # fmt: skip
    assert run["x"].ravel().tolist() == run["y"].ravel().tolist() == [1, 2, 3, 4, 5]
    assert (run["u"].ravel().tolist(), run["v"].ravel().tolist()) == ([1, 2, 9], [7, 8, 9])


def test_adding_points_one_by_one_to_a_long_animated_line_copies_it_seldom():
    line = series.AnimatedLine(None)
    rooms = set()
    for k in range(1000):
        line.add(np.array([float(k)]), np.array([float(k)]))
        rooms.add(line.rooms["XData"][0].size)
    assert len(rooms) <= 11 and line.flat("XData").tolist() == list(range(1000))
