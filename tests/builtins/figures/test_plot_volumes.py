import numpy as np
import pytest

BALL = "[X, Y, Z] = meshgrid(-2:0.5:2); V = X.^2 + Y.^2 + Z.^2; "


def test_an_isosurface_lies_where_the_volume_has_the_value(run):
    run(BALL + "fv = isosurface(X, Y, Z, V, 2); r = sqrt(sum(fv.vertices.^2, 2)); e = max(abs(r - sqrt(2)));"
        "m = max(fv.faces(:)) == size(fv.vertices, 1); n = size(isosurface(V, 1e9).faces);")  # fmt: skip
    assert run["e"] < 0.05 and run["m"] is True and run["n"].tolist()[0][0] == 0


def test_coordinates_of_an_isosurface_are_x_y_z_not_rows_and_columns(run):
    run("[X, Y, Z] = meshgrid(1:3, 11:14, 21:25); [F, V] = isosurface(X, Y, Z, Z, 22.5); a = min(V); b = max(V);")
    assert run["a"].tolist() == [[1, 11, 22.5]] and run["b"].tolist() == [[3, 14, 22.5]]


def test_slices_are_surfaces_in_planes_coloured_by_the_volume(run):
    run("[X, Y, Z] = meshgrid(1:3, 1:4, 1:5); s = slice(X, Y, Z, X + 10*Y + 100*Z, 2.5, [], 3); x = s(1).XData; "
        "c = s(1).CData; d = s(2).CData; f = s(2).ZData(1);")  # fmt: skip
    assert (run["x"] == 2.5).all() and run["c"].shape == (4, 5) and run["c"][0, 0] == 112.5
    assert run["d"].shape == (4, 3) and run["d"][0].tolist() == [311, 312, 313] and run["f"] == 3


def test_a_surface_may_cut_through_a_volume(run):
    run("[X, Y, Z] = meshgrid(1:3); [a, b] = meshgrid(1:3); s = slice(X, Y, Z, Z, a, b, a, 'nearest'); "
        "c = s.CData(1, :);")  # fmt: skip
    assert run["c"].tolist() == [[1, 2, 3]]


def test_caps_close_an_isosurface_at_the_walls(run):
    run("[X, Y, Z] = meshgrid(1:3); [F, V, C] = isocaps(X, Y, Z, X, 2); a = min(V(:, 1)); b = min(C);")
    assert run["a"] == 2 and run["b"] == 2


def test_normals_of_an_isosurface_point_down_the_slope(run):
    run(BALL + "p = patch(isosurface(X, Y, Z, V, 2)); isonormals(X, Y, Z, V, p); n = p.VertexNormals; v = p.Vertices;")
    assert ((run["n"] * run["v"]).sum(1) < 0).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("isosurface(ones(3))", "V must be a 3-D array."),
        ("slice(ones(3, 3, 3), 1, 1)", "Not enough input arguments."),
        ("slice(1:2, 1:3, 1:3, ones(3, 3, 3), 1, 1, 1)", "The size of X,Y,Z must match the size of V."),
        ("slice([3 1 2], 1:3, 1:3, ones(3, 3, 3), 1, 1, 1)", "X, Y and Z must be monotonic, as meshgrid makes them."),
        ("smooth3(ones(3, 3, 3), 'box', 2)", "All elements of SIZE must be odd integers >= 1."),
    ],
)
def test_what_is_no_volume_is_refused(run, call, message):
    assert run.fault(call).message == message


def test_colours_of_points_in_a_volume(run):
    run("[X, Y, Z] = meshgrid(1:3); c = isocolors(X, Y, Z, Y, [1 2.5 3; 1 1 1]); s = subvolume(Z, [1 1 NaN NaN 2 3]);")
    assert run["c"].tolist() == [[2.5], [1]] and run["s"].shape == (3, 1, 2) and run["s"].min() == 2


def test_lines_follow_a_turning_field(run):
    run("[x, y] = meshgrid(-2:0.1:2); c = stream2(x, y, -y, x, 1, 0, [0.1 600]); r = hypot(c{1}(:, 1), c{1}(:, 2)); "
        "n = size(c{1}); d = stream2(x, y, -y, x, 9, 9); e = isempty(d{1}) || all(isnan(d{1}(:)));")  # fmt: skip
    assert np.abs(run["r"] - 1).max() < 0.01 and run["n"].tolist() == [[600, 2]] and run["e"] is True


def test_triangles_in_space_and_in_the_plane(run):
    run("T = [1 2 3; 2 3 4]; x = [0 1 0 1]; y = [0 0 1 1]; h = trisurf(T, x, y, [1 2 3 4]); c = h.FaceVertexCData'; "
        "m = trimesh(T, x, y, x); f = m.FaceColor; t = triplot(T, x, y); n = numel(t.XData);")  # fmt: skip
    assert run["c"].tolist() == [[1, 2, 3, 4]] and run["f"].tolist() == [[1, 1, 1]] and run["n"] == 9
    assert "indices of the points" in run.fault("trisurf([1 2 9], x, y, y)").message


def test_bars_in_space_are_surfaces_with_walls_and_lids(run):
    run("b = bar3([1 2; 3 4]); z = b(2).ZData(7:12, :); x = b(2).XData(1, :); c = b(2).CData(1); d = get(gca, 'YDir');"
        "t = xticks; h = bar3h([1 2; 3 4], 'stacked'); y = max(h(2).YData(:));")  # fmt: skip
    none = np.nan
    lid = [[none, 0, 0, none], [0, 4, 4, 0], [0, 4, 4, 0], [none, 0, 0, none], [none, 0, 0, none], [none] * 4]
    assert np.array_equal(run["z"], np.array(lid), equal_nan=True)
    assert run["x"] == pytest.approx(np.array([[1.6, 1.6, 2.4, 2.4]])) and run["c"] == 2 and run["d"] == "reverse"
    assert run["t"].tolist() == [[1, 2]] and run["y"] == 7


def test_functions_as_surfaces_contours_and_paths(run):
    run("s = fsurf(@(x, y) x + y, [0 1 2 3], 'MeshDensity', 5); z = s.ZData([1 end]); x = s.XRange; y = s.YRange; "
        "c = fcontour(@(x, y) x.*y, [0 2]); n = size(c.ZData); p = fplot3(@cos, @sin, @(t) t, [0 1]); e = p.ZData(end);"
        "q = fsurf(@(u, v) u, @(u, v) v, @(u, v) 1); w = unique(q.ZData);")  # fmt: skip
    assert run["z"].tolist() == [[2, 4]] and run["x"].tolist() == [[0, 1]] and run["y"].tolist() == [[2, 3]]
    assert run["n"].tolist() == [[71, 71]] and run["e"] == 1 and run["w"] == 1


def test_spheres_cylinders_and_ellipsoids(run):
    run("[x, y, z] = sphere(8); r = x.^2 + y.^2 + z.^2; [a, b, c] = cylinder([1 3], 4); d = a(:, 1)'; "
        "[e, f, g] = ellipsoid(1, 2, 3, 4, 5, 6); h = [min(g(:)) max(g(:))];")  # fmt: skip
    assert run["r"] == pytest.approx(np.ones((9, 9))) and run["d"].tolist() == [[1, 3]]
    assert run["h"].tolist() == [[-3, 9]]
