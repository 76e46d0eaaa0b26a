import numpy as np
import pytest


def test_the_contour_matrix_holds_level_count_and_points(run):
    run("M = contourc([0 2; 0 2], [1 1]); N = contourc([5 7], [1 3], [0 2; 0 2], [1 1]);")
    assert run["M"].tolist() == [[1, 1.5, 1.5], [2, 2, 1]] or run["M"].tolist() == [[1, 1.5, 1.5], [2, 1, 2]]
    assert sorted(run["N"][:, 1:].T.tolist()) == [[6, 1], [6, 3]]


def test_a_closed_line_ends_where_it_begins(run):
    run("Z = zeros(5); Z(3, 3) = 4; M = contourc(Z, [1 1]);")
    assert run["M"][:, 0].tolist() == [1, 5] and run["M"][:, 1].tolist() == run["M"][:, -1].tolist()
    found = {tuple(point) for point in run["M"][:, 1:].T.tolist()}
    assert found == {(2.25, 3), (3, 2.25), (3.75, 3), (3, 3.75)}


def test_so_many_levels_lie_evenly_inside(run):
    run("[M, c] = contour([0 1; 0 4], 3); l = c.LevelList; M = contourc([0 1; 0 4], [0.5 2]); n = M(1, 1);")
    assert run["l"].tolist() == [[1, 2, 3]] and run["n"] == 0.5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("contour(1:3)", "Z must be at least a 2x2 matrix."),
        ("contour(1:2, 1:3, ones(2))", "The size of Y must match the size of Z or the number of its rows."),
        ("contour(ones(2), -1)", "The number of levels must be a nonnegative integer; [v v] draws the one at v."),
        ("contour3(ones(2), 'nonsense')", "Error in color/linetype argument."),
    ],
)
def test_what_has_no_contours_is_refused(run, call, message):
    assert run.fault(call).message == message


def test_properties_of_contours(run):
    run("[M, c] = contour(peaks(20), 'r--', 'LineWidth', 2); a = c.LineColor; s = c.LineStyle; c.LevelStep = 4; "
        "l = c.LevelList; c.Fill = 'on'; f = c.FaceColor; t = c.LevelListMode;")  # fmt: skip
    assert run["a"].tolist() == [[1, 0, 0]] and run["s"] == "--" and run["f"] == "flat" and run["t"] == "auto"
    assert run["l"].tolist() == [[-4, 0, 4]]


def test_contour3_lies_at_its_heights(run):
    run("[M, c] = contour3(peaks(20)); v = get(gca, 'View'); z = zlim;")
    assert run["v"].tolist() == [[-37.5, 30]] and run["z"][0, 0] <= -6


def test_clabel_writes_heights(run):
    run("[M, c] = contour(peaks(20)); clabel(M, c, [2 4], 'FontSize', 14); a = c.ShowText; t = c.TextList; "
        "saveas(gcf, 'labels.png');")  # fmt: skip
    assert run["a"] == "on" and run["t"].tolist() == [[2, 4]]
    assert "waits for clicks" in run.fault("clabel(M, c, 'manual')").message


def test_heights_that_are_missing_have_no_lines(run):
    run("Z = peaks(9); Z(1, :) = NaN; M = contourc(Z, [0 0]); contourf(Z); saveas(gcf, 'missing.png');")
    assert np.isfinite(run["M"]).all() and run["M"][1, 1:].min() >= 2 - 1e-9 or run["M"].shape[1] > 2


def test_lines_begin_where_matlabs_begin_and_have_points_of_the_grid_once(run):
    run("x = -5:0.5:5; [X, Y] = meshgrid(x); M = contourc(X.^2 + Y.^2); M = M(:, 1:5);")
    assert run["M"] == pytest.approx(np.array([[5, 7, 54 / 7, 8, 9], [29, 13, 14, 100 / 7, 15]]))
