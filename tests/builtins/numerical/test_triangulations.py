"""Triangles, hulls and values between scattered points: areas add up, planes are reproduced, outside is NaN."""

import numpy as np


def test_triangles_fill_the_hull_and_turn_counterclockwise(run):
    run("rng(0); p = rand(30, 2); t = delaunay(p); [k, a] = convhull(p); s = 0; low = 1;")
    run.session.run(
        "for i = 1:size(t, 1), q = p(t(i, :), :); d = det([q(2,:) - q(1,:); q(3,:) - q(1,:)])/2; s = s + d;\n"
        "low = min(low, d); end"
    )
    assert abs(run["s"] - run["a"]) < 1e-12 and run["low"] > 0


def test_the_hull_goes_round_and_holds_points_on_its_edges_unless_simplified(run):
    run("k = convhull([0 2 2 0 1 1], [0 0 2 2 0 1]); s = convhull([0 2 2 0 1 1], [0 0 2 2 0 1], 'Simplify', true);")
    assert run["k"].ravel().tolist() == [1, 5, 2, 3, 4, 1] and run["s"].ravel().tolist() == [1, 2, 3, 4, 1]


def test_points_are_found_in_their_triangle_and_by_their_nearest(run):
    run("rng(1); x = rand(20, 2); t = delaunayn(x); q = 0.2 + 0.6*rand(15, 2); [i, b] = tsearchn(x, t, q); e = 0;")
    run.session.run("for j = find(~isnan(i))', e = max(e, norm(b(j, :)*x(t(i(j), :), :) - q(j, :))); end")
    run("k = dsearchn(x, q); [~, m] = min(pdist2(q, x), [], 2); same = isequal(k, m);")
    assert run["e"] < 1e-12 and run["same"] is True


def test_planes_are_reproduced_and_outside_is_nan_or_goes_on(run):
    run("rng(2); x = rand(40, 1); y = rand(40, 1); v = 2*x - y; [a, b] = meshgrid(0.3:0.1:0.6);")
    run("g = griddata(x, y, v, a, b);")
    run("h = griddata(x, y, v, a, b, 'cubic'); e = max(max(abs(g - (2*a - b)))) + max(max(abs(h - (2*a - b))));")
    run("o = griddata(x, y, v, 9, 9); f = scatteredInterpolant(x, y, v); p = f(9, 9);")
    run("n = griddata(x, y, v, 9, 9, 'nearest');")
    assert run["e"] < 1e-8 and np.isnan(run["o"]) and abs(run["p"] - 9) < 1e-8 and np.isfinite(run["n"])
    run("f.ExtrapolationMethod = 'none'; q = f(9, 9); r = griddata(x, y, v, x(3), y(3), 'v4') - v(3);")
    assert np.isnan(run["q"]) and abs(run["r"]) < 1e-6


def test_points_in_one_line_are_refused_in_words(run):
    assert run.fault("delaunay([0 1 2], [0 1 2])").identifier == "MATLAB:delaunay:BadGeometry"
    assert run.fault("convhull([0 1], [0 1])").identifier == "MATLAB:convhull:BadGeometry"


def test_cells_of_points_lie_around_them(run):
    run("[v, c] = voronoin([0 0; 2 0; 0 2; 2 2; 1 1]); m = mean(v(c{5}, :)); n = numel(c{5});")
    assert np.allclose(run["m"], [[1, 1]]) and run["n"] == 4
