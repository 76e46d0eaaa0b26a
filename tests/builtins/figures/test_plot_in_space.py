import pytest


def test_plot3_draws_a_line_a_column(run):
    run("h = plot3([0 1; 2 3], [0 0; 1 1], [5 6; 7 8]); z = h(2).ZData; n = numel(h); v = get(gca, 'View');")
    assert run["z"].tolist() == [[6, 8]] and run["n"] == 2 and run["v"].tolist() == [[-37.5, 30]]


def test_plot3_takes_groups_with_line_specs(run):
    run("h = plot3(1:2, 1:2, 1:2, 'r--', 3:4, 3:4, 3:4, 'go', 'LineWidth', 2); c = h(1).Color; m = h(2).Marker; "
        "w = h(2).LineWidth;")  # fmt: skip
    assert run["c"].tolist() == [[1, 0, 0]] and run["m"] == "o" and run["w"] == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("plot3(1:2, 1:3, 1:2)", "Vectors must be the same length."),
        ("plot3(1:2, 1:2)", "Not enough input arguments."),
        ("scatter3(1:2, 1:3, 1:2)", "Vectors must be the same length."),
        ("scatter3(1:3, 1:3, 1:3, [1 2])", "S must be a scalar, vector or array the same length as X."),
        ("stem3(1:2, 1:3, 1:2)", "Data dimensions must agree."),
        ("comet3(1:2, 1:3, 1:2)", "Vectors must be the same length."),
    ],
)
def test_coordinates_that_do_not_fit_are_refused(run, call, message):
    assert run.fault(call).message == message


def test_scatter3_has_sizes_and_colours(run):
    run("h = scatter3(1:4, 1:4, 1:4, [10 20 30 40], 1:4, 'filled', 'd'); s = h.SizeData; m = h.Marker; "
        "f = h.MarkerFaceColor; c = caxis;")  # fmt: skip
    assert run["s"].ravel().tolist() == [10, 20, 30, 40] and run["m"] == "diamond" and run["f"] == "flat"
    assert run["c"].tolist() == [[1, 4]]


def test_stem3_stands_on_its_grid_and_reaches_the_floor(run):
    run("h = stem3([1 2; 3 4]); x = h.XData; y = h.YData; z = zlim;")
    assert run["x"].tolist() == [[1, 1, 2, 2]] and run["y"].tolist() == [[1, 2, 1, 2]] and run["z"].tolist() == [[0, 4]]


def test_fill3_takes_a_colour_or_levels(run):
    run("p = fill3([0 1 1], [0 0 1], [0 1 2], 'g'); hold on; q = fill3([0 1 1], [0 0 1], [0 1 2], [1 2 3]); "
        "a = p.FaceColor; b = q.FaceColor; z = p.ZData';")  # fmt: skip
    assert run["a"].tolist() == [[0, 1, 0]] and run["b"] == "interp" and run["z"].tolist() == [[0, 1, 2]]


def test_text_stands_in_space(run):
    run("plot3(1:2, 1:2, 1:2); t = text(1, 2, 3, 'here'); p = t.Position;")
    assert run["p"].tolist() == [[1, 2, 3]]
    assert run.seen() == ["figure 1: line 2 points, text 'here'"]


def test_categories_and_times_stand_along_axes_in_space(run):
    run("h = scatter3(categorical({'a', 'b', 'a'}), 1:3, categorical({'x', 'y', 'y'})); l = get(gca, 'XTickLabel'); "
        "m = get(gca, 'ZTickLabel'); x = h.XData; saveas(gcf, 'categories.png'); "
        "clf; plot3(datetime(2024, 1, 1:3), 1:3, 1:3); t = get(gca, 'XTickLabel'); saveas(gcf, 'a.png');")  # fmt: skip
    assert run["l"].ravel().tolist() == ["a", "b"] and run["m"].ravel().tolist() == ["x", "y"]
    assert any("Jan" in label for label in run["t"].ravel())


def test_variables_of_a_table_name_the_axes(run):
    run("T = table([1; 2], [3; 4], [5; 6], 'VariableNames', {'a', 'b', 'c'}); scatter3(T, 'a', 'b', 'c'); "
        "z = get(get(gca, 'ZLabel'), 'String');")  # fmt: skip
    assert run["z"] == "c"
