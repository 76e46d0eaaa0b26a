"""Integrals: known values, singular ends, endless limits, paths in the plane, limits that are functions."""

import numpy as np
import pytest

ONE = [
    ("integral(@(x) x.^5.*exp(-x).*sin(x), 0, Inf)", -15.0),
    ("integral(@(x) log(x), 0, 1)", -1.0),
    ("integral(@(x) exp(-x.^2), -Inf, Inf)", np.sqrt(np.pi)),
    ("integral(@(x) exp(x), -Inf, 0)", 1.0),
    ("integral(@(x) 1./sqrt(abs(x)), -1, 4, 'Waypoints', 0)", 6.0),
    ("integral(@(x) x, 3, 1)", -4.0),
    ("imag(integral(@(z) 1./z, 1, 1, 'Waypoints', [1i -1 -1i]))", 2 * np.pi),
    ("quadgk(@(x) cos(x), 0, pi/2)", 1.0),
    ("quad(@(x) 1./(x.^3 - 2*x - 5), 0, 2)", -0.4605),
    ("quadl(@sin, 0, pi)", 2.0),
    ("sum(quadv(@(x) [x x^3], 0, 2))", 6.0),
    ("integral2(@(x, y) 1./(sqrt(x + y).*(1 + x + y).^2), 0, 1, 0, @(x) 1 - x)", np.pi / 4 - 0.5),
    ("integral2(@(x, y) exp(-x.^2 - y.^2), -Inf, Inf, -Inf, Inf)", np.pi),
    ("quad2d(@(x, y) y.*sin(x) + x.*cos(y), pi, 2*pi, 0, pi)", -(np.pi**2)),
    ("dblquad(@(x, y) y*sin(x) + x*cos(y), pi, 2*pi, 0, pi)", -(np.pi**2)),
    ("triplequad(@(x, y, z) y*sin(x) + z*cos(x), 0, pi, 0, 1, -1, 1)", 2.0),
    ("integral3(@(x, y, z) x.*y.*z, 0, 1, 0, @(x) x, 0, @(x, y) x.*y)", 1 / 64),
    ("integral3(@(x, y, z) x.*cos(y) + x.*sin(y)+0*z, 0, 1, 0, pi, 0, 2)", 2.0),
]


@pytest.mark.parametrize(("call", "value"), ONE)
def test_an_integral_has_its_value(run, call, value):
    run(f"q = {call};")
    assert abs(run["q"] - value) < 2e-4 * max(1, abs(value)) if "quad(" in call else abs(run["q"] - value) < 1e-5


def test_an_array_valued_integrand_gives_an_array_and_others_must_give_as_many_values(run):
    run("q = integral(@(x) [x, 2*x; 3*x, 0], 0, 2, 'ArrayValued', true);")
    assert np.allclose(run["q"], [[2, 4], [6, 0]])
    fault = run.fault("integral(@(x) 1, 0, 1)")
    assert fault.message.startswith("Output of the function must be the same size as the input. If FUN is an array")


def test_what_does_not_converge_warns(run):
    lines = run("q = quadgk(@(x) 1./x, 0, 1);")
    assert lines[0].startswith("Warning: ")


def test_the_bound_of_the_error_holds(run):
    run("[q, e] = quadgk(@(x) sqrt(x), 0, 1, 'RelTol', 1e-8); [r, d] = quad2d(@(x, y) x.^2.*y, 0, 1, 0, 1);")
    assert abs(run["q"] - 2 / 3) <= run["e"] + 1e-15 and abs(run["r"] - 1 / 6) <= run["d"] + 1e-15
