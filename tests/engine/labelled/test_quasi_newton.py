"""Limited-memory BFGS: directions against the whole matrix, searches against their conditions."""

import numpy as np
import pytest

from cnnscript.engine.labelled import quasi_newton


def rosenbrock(x):
    a, b = 1 - x[0], x[1] - x[0] ** 2
    return a * a + 100 * b * b, np.array([-2 * a - 400 * x[0] * b, 200 * b])


def test_direction_is_minus_the_inverse_bfgs_matrix_times_the_gradient(rng):
    hessian = np.diag([1.0, 4.0, 9.0, 2.0]) + 0.1
    steps = [rng.normal(size=4) for _ in range(3)]
    pairs = [(step, hessian @ step) for step in steps]
    step, change = pairs[-1]
    inverse = np.eye(4) * (step @ change) / (change @ change)
    for step, change in pairs:  # equation 6.17
        rho = 1 / (change @ step)
        left = np.eye(4) - rho * np.outer(step, change)
        inverse = left @ inverse @ left.T + rho * np.outer(step, step)
    gradient = rng.normal(size=4)
    np.testing.assert_allclose(quasi_newton.direction(gradient, pairs, 7.0), -inverse @ gradient)
    np.testing.assert_allclose(quasi_newton.direction(gradient, [], 7.0), -7 * gradient)


@pytest.mark.parametrize("method", quasi_newton.METHODS)
def test_points_found_fulfil_the_conditions(method):
    x = np.array([-1.2, 1.0])
    loss, gradient = rosenbrock(x)
    point, there, pull, done = quasi_newton.search(rosenbrock, x, loss, gradient, -gradient, method, 50)
    step = (x - point)[0] / gradient[0]
    slope, new = -gradient @ gradient, -pull @ gradient
    assert done and there <= loss + 1e-4 * step * slope
    assert method == "backtracking" or new >= 0.9 * slope
    assert method != "strong-wolfe" or abs(new) <= 0.9 * abs(slope)


def test_a_search_that_ends_too_early_gives_the_best_point_it_saw():
    x = np.array([-1.2, 1.0])
    loss, gradient = rosenbrock(x)
    point, there, _, done = quasi_newton.search(rosenbrock, x, loss, gradient, -gradient, "weak-wolfe", 2)
    assert not done and there == loss and point is x
