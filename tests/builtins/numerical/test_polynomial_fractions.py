"""Partial fractions and polynomials of matrices: back and forth, and identities."""

import numpy as np
import pytest


@pytest.mark.parametrize(
    ("b", "a"),
    [
        ("[-4 8]", "[1 6 8]"), ("[1 0 0 1]", "[1 3 2]"), ("[1]", "[1 2 1]"), ("[5 3 -2 7]", "[-4 0 8 3]"),
        ("[1 1 1]", "[1 -5 8 -4]"), ("[2 0 0 1 0]", "[1 0 1]"), ("[1 2 3]", "[1 0 18 81 0]"),
    ],
)  # fmt: skip
def test_partial_fractions_put_together_again_are_the_fraction(run, b, a):
    run(f"[r, p, k] = residue({b}, {a}); x = 0.37 + 0.2i; m = mpoles(p, 0.001, 0);")
    run(f"s = sum(r ./ (x - p).^m) + polyval(k, x); t = polyval({b}, x)/polyval({a}, x); [u, v] = residue(r, p, k);")
    run("w = polyval(u, x)/polyval(v, x);")
    assert abs(run["s"] - run["t"]) < 1e-6 and abs(run["w"] - run["t"]) < 1e-6


def test_poles_that_come_again_are_counted(run):
    run("[m, i] = mpoles([2 3 1 1 2]);")
    assert run["m"].ravel().tolist() == [1, 1, 2, 1, 2] and run["i"].ravel().tolist() == [2, 1, 5, 3, 4]


@pytest.mark.parametrize("order", [1, 2, 5])
def test_a_pade_fraction_is_near_the_delay(run, order):
    run(f"[n, d] = padecoef(0.3, {order}); s = 0.4i; e = abs(polyval(n, s)/polyval(d, s) - exp(-0.3*s));")
    assert run["e"] < 1e-3 and run["d"].ravel()[0] == 1


def test_a_matrix_satisfies_its_characteristic_polynomial(run):
    run("a = magic(4); e = max(max(abs(polyvalm(poly(a), a))));")
    assert run["e"] < 1e-8


def test_eigenvalues_of_a_quadratic_problem(run):
    run("m = diag([3 1]); c = [0.4 0; 0 0.3]; k = [7 2; 2 4]; [x, e] = polyeig(k, c, m); w = 0;")
    run("for j = 1:4, w = max(w, norm((k + e(j)*c + e(j)^2*m)*x(:, j))); end")
    assert run["w"] < 1e-12 and run["e"].shape == (4, 1)


def test_polygons(run):
    run("t = linspace(0, 2*pi, 101); a = polyarea(cos(t), sin(t));")
    run("[i, o] = inpolygon([0 1 2 0.5], [0 0 0 0.5], [-1 1 1 -1], [-1 -1 1 1]);")
    assert abs(run["a"] - np.pi) < 0.01
    assert run["i"].tolist() == [[True, True, False, True]] and run["o"].tolist() == [[False, True, False, False]]
    run("i = inpolygon(0, 0, [-2 2 2 -2 NaN -1 1 1 -1], [-2 -2 2 2 NaN -1 -1 1 1]);")
    run("r = rectint([0 0 1 1; 5 5 1 1], [0.5 0.5 1 1]);")
    assert run["i"] is False and run["r"].tolist() == [[0.25], [0]]
    run("e = norm(rotx(30)*rotx(-30) - eye(3)) + norm(rotz(90)*[1; 0; 0] - [0; 1; 0]);")
    assert run["e"] < 1e-15


def test_the_derivative_of_a_quotient(run):
    run("[n, d] = polyder([1 2 3], [1 0 1]);")
    assert run["n"].ravel().tolist() == [-2, -4, 2] and run["d"].ravel().tolist() == [1, 0, 2, 0, 1]


def test_a_fit_with_too_few_points_has_few_coefficients(run):
    printed = run("p = polyfit([1 2], [1 2], 2);")
    assert printed[0] == "Warning: Polynomial is not unique; degree >= number of data points."
    assert np.allclose(run["p"], [1 / 3, 0, 2 / 3])
    assert run.fault("[y, d] = polyval([1 2], 3, struct('R', 1, 'df', 1, 'normr', 1));").identifier == "MATLAB:dimagree"
