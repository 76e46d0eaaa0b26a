"""Grids of any dimension: methods reproduce what they should, forms agree, interpolants answer as functions do."""

import numpy as np
import pytest


@pytest.mark.parametrize("method", ["linear", "cubic", "spline", "makima", "pchip"])
def test_every_smooth_method_reproduces_a_plane(run, method):
    run("[x, y, z] = ndgrid(1:5, 2:6, 0:4); v = 2*x - y + 3*z; a = [2.3 4.9]; b = [3.1 5.5]; c = [0.4 2.2];")
    run(f"q = interpn(x, y, z, v, a, b, c, '{method}'); e = max(abs(q - (2*a - b + 3*c)));")
    assert run["e"] < 1e-12


def test_interp3_takes_meshgrids_and_interpn_ndgrids(run):
    run("[x, y, z] = meshgrid(1:3, 1:4, 1:2); v = x + 10*y + 100*z; a = interp3(x, y, z, v, 1.5, 2.5, 1.5);")
    run("b = interpn(v, 2.5, 1.5, 1.5); c = interp3(v, 1.5, 2.5, 1.5); d = interp3(v, 1:3, 1:4, 1:2);")
    assert run["a"] == run["b"] == run["c"] == 1.5 + 25 + 150
    run("same = isequal(d, v); s = size(interp3(v, 1));")
    assert run["same"] is True and run["s"].tolist() == [[7, 5, 3]]


def test_outside_is_nan_or_a_value(run):
    run("a = interpn(magic(4), 9, 9); b = interpn(magic(4), [1 9], [1 9], 'nearest', -1);")
    run("c = interpn(1:3, [1 4 9], 0);")
    assert np.isnan(run["a"]) and run["b"].tolist() == [[16, -1]] and np.isnan(run["c"])


def test_an_interpolant_is_asked_like_a_function(run):
    run("f = griddedInterpolant({1:3, 1:4}, reshape(1:12, 3, 4)); a = f(2, 3); b = f({1:2, [1 4]}); c = f([2 3; 1 1]);")
    assert run["a"] == 8 and run["b"].tolist() == [[1, 10], [2, 11]] and run["c"].tolist() == [[8], [1]]
    run("g = griddedInterpolant([1 2 3], [1 4 9], 'spline', 'nearest'); d = g([0 2.5 9]); g.Method = 'linear';")
    run("e = g(2.5);")
    assert np.allclose(run["d"], [[1, 6.25, 9]]) and run["e"] == 6.5


def test_values_of_a_periodic_function_pass_through_the_points_given(run):
    run("x = rand(1, 7); y = interpft(x, 21); e = max(abs(y(1:3:end) - x)); z = interpft(sin(2*pi*(0:7)/8), 16);")
    run("d = max(abs(z - sin(2*pi*(0:15)/16)));")
    assert run["e"] < 1e-12 and run["d"] < 1e-12


@pytest.mark.parametrize("call", ["interpn(1:3, [1 2])", "interpn(magic(3), 1, 1, 1)", "interpn([1 1 2], 1:3, 2)"])
def test_wrong_grids_are_refused(run, call):
    run.fault(f"x = {call};")


def test_elliptic_and_bessel_functions_satisfy_their_identities(run):
    run("z = [0.5 2 7.3]; h = besselh(1.5, z) - (besselj(1.5, z) + 1i*bessely(1.5, z)); a = max(abs(h));")
    run("b = max(abs(besselh(0, 2, z, 1) - besselh(0, 2, z).*exp(1i*z))); [s, c, d] = ellipj(z + 0.3i, 0.7);")
    run("e = max(abs(s.^2 + c.^2 - 1)) + max(abs(d.^2 + 0.7*s.^2 - 1)); [k, m] = ellipke(0.3); [n, q] = ellipke(0.7);")
    run("l = m*n + q*k - k*n - pi/2; x = 1e-5; f = (sinint(2 + x) - sinint(2 - x))/(2*x) - sin(2)/2;")
    run("g = cosint(-2) - cosint(2) - 1i*pi; w = airy(0, 1)*airy(3, 1) - airy(1, 1)*airy(2, 1) - 1/pi;")
    for name in ("a", "b", "e", "l", "g", "w"):
        assert abs(run[name]) < 1e-12, name
    assert abs(run["f"]) < 1e-8
    assert run.fault("besselh(0, 3, 1)").identifier == "MATLAB:besselh:invalidK"
