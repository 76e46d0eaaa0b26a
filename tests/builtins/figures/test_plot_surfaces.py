import pytest


def test_surf_is_seen_as_view_3_with_a_grid_unless_the_axes_holds(run):
    run("surf(peaks(5)); a = gca; v = a.View; g = a.ZGrid; clf; plot(1:3); hold on; surf(peaks(5)); "
        "w = get(gca, 'View');")  # fmt: skip
    assert run["v"].tolist() == [[-37.5, 30]] and run["g"] == "on" and run["w"].tolist() == [[0, 90]]


def test_coordinates_that_are_not_given_are_counted(run):
    run("s = surf(zeros(2, 3)); x = s.XData; y = s.YData; m = s.XDataMode; c = isequal(s.CData, s.ZData);")
    assert run["x"].tolist() == [[1, 2, 3]] and run["y"].tolist() == [[1], [2]] and run["m"] == "auto" and run["c"]


def test_two_inputs_of_surf_are_heights_and_colours(run):
    run("s = surf(zeros(2), [1 2; 3 4]); c = s.CData; t = surf(1:2, 1:2, zeros(2), cat(3, ones(2), zeros(2), ones(2)));"
        "n = ndims(t.CData);")  # fmt: skip
    assert run["c"].tolist() == [[1, 2], [3, 4]] and run["n"] == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("surf(1)", "Z must be a matrix, not a scalar or vector."),
        ("mesh(1:3)", "Z must be a matrix, not a scalar or vector."),
        ("surf(1:3, 1:4, zeros(3))", "Data dimensions must agree."),
        ("surf(zeros(4), zeros(2))", "Data dimensions must agree."),
        ("surf(zeros(3) + 1i)", "X, Y, Z, and C cannot be complex."),
        ("surf", "Not enough input arguments."),
        ("pcolor(1:3, 1:3, 1:3)", "Z must be a matrix, not a scalar or vector."),
    ],
)
def test_what_is_no_surface_is_refused_and_nothing_is_lost(run, call, message):
    run("plot(1:2);")
    assert run.fault(call).message == message
    run("n = numel(get(gca, 'Children'));")
    assert run["n"] == 1


def test_a_mesh_is_lines_in_colours_before_white_faces(run):
    run("m = mesh(peaks(4)); f = m.FaceColor; e = m.EdgeColor; l = m.FaceLighting;")
    assert run["f"].tolist() == [[1, 1, 1]] and run["e"] == "flat" and run["l"] == "none"


def test_surfc_gives_a_surface_and_a_contour_on_the_floor(run):
    run("h = surfc(peaks(9)); t = get(h, 'Type'); z = h(2).ZLocation;")
    assert [word for word in run["t"].ravel()] == ["surface", "contour"] and run["z"] == "zmin"


def test_meshz_has_a_curtain_down_to_the_lowest_height(run):
    run("s = meshz([1 2; 3 4]); z = s.ZData; x = s.XData(1, :);")
    assert run["z"].tolist() == [[1, 1, 1, 1], [1, 1, 2, 1], [1, 3, 4, 1], [1, 1, 1, 1]]
    assert run["x"].tolist() == [[1, 1, 2, 2]]


def test_waterfall_has_a_curtain_for_each_row(run):
    run("p = waterfall([1 2; 3 4]); v = p.Vertices; f = size(p.Faces);")
    assert run["v"][:4].tolist() == [[1, 1, 1], [1, 1, 1], [2, 1, 2], [2, 1, 1]] and run["f"].tolist() == [[2, 4]]


def test_pcolor_lies_at_height_zero_seen_from_above(run):
    run("p = pcolor([1 2; 3 4]); z = p.ZData; c = p.CData; v = get(gca, 'View'); x = xlim;")
    assert not run["z"].any() and run["c"].tolist() == [[1, 2], [3, 4]]
    assert run["v"].tolist() == [[0, 90]] and run["x"].tolist() == [[1, 2]]
