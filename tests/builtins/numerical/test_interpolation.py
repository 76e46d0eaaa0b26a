"""Values between points: each method against its definition, shapes, and what is said of points that do not fit."""

import numpy as np
import pytest


def test_cubic_convolution_is_exact_for_parabolas_and_splines_for_cubics(run):
    run("x = 0:5; xq = 0.1:0.7:4.9; a = interp1(x, x.^2 - x, xq, 'cubic') - (xq.^2 - xq);")
    assert np.abs(run["a"]).max() < 1e-12
    run("b = interp1(x, x.^3, [xq 7], 'spline') - [xq 7].^3; c = interp1(x, x.^3, 7, 'cubic');")
    assert np.abs(run["b"]).max() < 1e-10 and np.isnan(run["c"])


def test_cubic_of_uneven_points_goes_by_spline(run):
    run("x = [0 1 3 4 7]; d = interp1(x, sin(x), 0:0.5:7, 'v5cubic') - interp1(x, sin(x), 0:0.5:7, 'spline');")
    assert np.abs(run["d"]).max() == 0


@pytest.mark.parametrize("method", ["linear", "spline", "pchip", "makima"])
def test_the_piecewise_polynomial_of_interp1_has_its_values(run, method):
    run(f"""x = [1 2 4 5]; V = [x.^2; sin(x)]'; xq = [1 1.5 3 4.8];
    e = ppval(interp1(x, V, '{method}', 'pp'), xq)' - interp1(x, V, xq, '{method}');""")
    assert np.abs(run["e"]).max() < 1e-14


def test_complex_values_are_interpolated_by_parts(run):
    run("x = 1:4; v = x + 1i*x.^2; d = interp1(x, v, 2.5, 'pchip') - (interp1(x, real(v), 2.5, 'pchip') ...\n"
        "  + 1i*interp1(x, imag(v), 2.5, 'pchip'));")  # fmt: skip
    assert run["d"] == 0


def test_curves_in_the_rows_of_a_matrix(run):
    run("x = 0:4; Y = [x; x.^2]; s = spline(x, Y, [0.5 1.5 2.5]); pp = pchip(x, Y); n = size(ppval(pp, ones(5,4)));")
    assert np.allclose(run["s"], [[0.5, 1.5, 2.5], [0.25, 2.25, 6.25]])
    assert run["n"].tolist() == [[2, 5, 4]]
    run("d = pp.dim; c = size(pp.coefs); p = pp.pieces;")
    assert run["d"] == 2 and run["c"].tolist() == [[8, 4]] and run["p"] == 4


def test_slopes_at_the_ends_of_a_spline_and_values_that_are_missing(run):
    run("a = spline(0:2, [3 0 1 4 4], 0.001)/0.001;")
    assert abs(run["a"] - 3) < 0.01
    lines = run("b = spline(0:4, [0 1 NaN 27 64], 2); c = spline([0 1 3 4], [0 1 27 64], 2);")
    assert "ignored" in " ".join(lines) and run["b"] == run["c"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("spline(1:3, 1:4)", "The number of sites, 3, is incompatible with the number of values, 4."),
        ("pchip([1 1 2], 1:3)", "The data sites should be distinct."),
        ("interp1(1:3, 1:3, 'nearest', 'pp')", "piecewise polynomial of the method 'nearest'"),
        ("interp1([1 2], [1 2], 1i)", "Xq must be real."),
        ("interp2([1 2 3], 1, 1)", "at least two sample points"),
        ("interp2([1 3 2], 1:2, ones(2,3), 1, 1)", "strictly monotonically"),
        ("interp2(magic(3), [1 2], ones(3))", "Query points must be arrays of the same size, or vectors."),
        ("ppval(struct('a', 1), 1)", "does not seem to describe a pp function"),
        ("mkpp([0 1 2], 1:3)", "incompatible"),
    ],
)
def test_points_that_do_not_fit(run, call, message):
    assert message in run.fault(call).message


@pytest.mark.parametrize("method", ["linear", "cubic", "spline", "makima"])
def test_planes_are_exact_in_the_plane(run, method):
    run(f"""[X, Y] = meshgrid(1:5, 0:2:8); V = 2*X - Y;
    d = interp2(X, Y, V, [1.5 2.25; 4 5], [0.5 7; 3 8], '{method}') - (2*[1.5 2.25; 4 5] - [0.5 7; 3 8]);""")
    assert np.abs(run["d"]).max() < 1e-12


def test_a_row_and_a_column_of_queries_make_a_grid(run):
    run("V = magic(4); a = interp2(V, [1.5 2.5], [1; 2; 3]); b = interp2(V, [1.5; 2.5], [1 2 3], 'nearest');")
    assert run["a"].tolist() == [[9, 2.5], [8, 10.5], [8, 6.5]]
    assert run["b"].tolist() == [[2, 3], [11, 10], [7, 6]]  # halves are rounded up


def test_splines_go_on_outside_and_other_methods_do_not(run):
    run(
        "V = (1:4)'*(1:4); a = interp2(V, 5, 5, 'spline'); b = interp2(V, 5, 5, 'cubic'); "
        "c = interp2(V, 5, 5, 'spline', -1);"
    )
    assert abs(run["a"] - 25) < 1e-12 and np.isnan(run["b"]) and run["c"] == -1


def test_descending_grids(run):
    run("V = magic(3); a = interp2(3:-1:1, 1:3, V, 1.25, 2) - interp2(1:3, 1:3, fliplr(V), 1.25, 2);")
    assert run["a"] == 0


def test_points_in_time_and_single_precision(run):
    run("a = interp1(datetime(2020, 1, [1 3]), [1 3], datetime(2020, 1, 2));")
    run("b = interp1(hours([1 3]), [1 3], hours(2));")
    assert run["a"] == 2 and run["b"] == 2
    run("c = class(interp1(single([1 2]), [3 4], 1.5)); d = class(interp1([1 2], [3 4], single(1.5)));")
    assert run["c"] == "single" and run["d"] == "single"
    assert run.fault("interp1(datetime(2020, 1, [1 3]), [1 3], 2);").identifier == "MATLAB:interp1:TimeMismatch"
