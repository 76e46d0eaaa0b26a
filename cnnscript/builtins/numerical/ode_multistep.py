"""The method of ode15s: numerical differentiation formulas of order 1 to 5 with a step that changes rarely.

After Shampine and Reichelt, "The MATLAB ODE Suite" (1997), and Byrne and Hindmarsh (1975).  The mass matrix may be
singular: then the equations of its empty rows hold at each step (a differential-algebraic system of index 1).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnscript.builtins.numerical.ode_steps import Problem, Step, jacobian_at
from cnnscript.values.numeric import ndarray

ORDERS = np.arange(1, 6)
GAMMA = np.hstack((0, np.cumsum(1 / ORDERS)))
KAPPA = np.array([0, -0.1850, -1 / 9, -0.0823, -0.0415, 0])
ROUNDS = 4  # of Newton's method


def rescaled(differences: ndarray, order: int, factor: float) -> None:
    """Backward differences for a step `factor` times as long, in place."""
    both = transition(order, factor) @ transition(order, 1.0)
    differences[: order + 1] = both.T @ differences[: order + 1]


def transition(order: int, factor: float) -> ndarray:
    rows, columns = np.arange(1, order + 1)[:, None], np.arange(1, order + 1)
    matrix = np.zeros((order + 1, order + 1))
    matrix[1:, 1:] = (rows - 1 - factor * columns) / rows
    matrix[0] = 1
    return np.cumprod(matrix, axis=0)


def interpolant(t: float, h: float, order: int, differences: ndarray):
    shifts, scale = t - h * np.arange(order), h * (1 + np.arange(order))

    def at(times: ndarray) -> ndarray:
        share = (np.asarray(times, float)[None, :] - shifts[:, None]) / scale[:, None]
        return differences[0][:, None] + differences[1 : order + 1].T @ np.cumprod(share, axis=0)

    return at


def numerical_differentiation_steps(problem: Problem) -> Iterator[Step]:
    """Steps of the formulas, for M(t, y) y' = f(t, y)."""
    import scipy.linalg

    slope, statistics, count = problem.slope, problem.statistics, problem.y0.size
    kappa = np.zeros(6) if problem.backward else KAPPA
    alpha = (1 - kappa) * GAMMA
    constants = kappa * GAMMA + 1 / np.arange(1, 7)
    direction = float(np.sign(problem.final - problem.start))
    t, y = problem.start, problem.y0
    here = slope(t, y)
    unit = np.eye(count)
    mass = unit if problem.mass is None else problem.mass(t, y)
    start = problem.initial_slope
    if start is None:
        start = here if problem.mass is None else np.linalg.lstsq(mass, here, rcond=None)[0]
    length = problem.first_step(start, 0.5)
    differences = np.zeros((8, count), np.result_type(y, here))
    differences[0], differences[1] = y, start * length * direction
    jacobian, fresh = jacobian_at(problem, t, y, here), True
    factors, order, equal = None, 1, 0
    tolerance = max(10 * np.finfo(float).eps / problem.relative, min(0.03, problem.relative**0.5))
    while t != problem.final:
        smallest = 16 * np.spacing(abs(t))
        if length > problem.largest:
            rescaled(differences, order, problem.largest / length)
            length, equal, factors = problem.largest, 0, None
        accepted = False
        while not accepted:
            if length < smallest:
                problem.gave_up(t, smallest)
                return
            after = t + direction * length
            if direction * (after - problem.final) > 0 or abs(after - problem.final) < smallest:
                after = problem.final
                rescaled(differences, order, abs(after - t) / length)
                if abs(abs(after - t) / length - 1) > 1e-12:
                    equal, factors = 0, None
            h = after - t
            length = abs(h)
            predicted = differences[: order + 1].sum(axis=0)
            weight = problem.weight(predicted)
            past = differences[1 : order + 1].T @ GAMMA[1 : order + 1] / alpha[order]
            rate = h / alpha[order]
            converged = False
            if problem.mass is not None:
                moved = problem.mass(after, predicted)
                if moved is not mass:  # a constant one is the same array each time
                    mass, factors = moved, None
            while not converged:
                if factors is None:
                    factors = scipy.linalg.lu_factor(mass - rate * jacobian, check_finite=False)
                    statistics.decompositions += 1
                converged, rounds, end, change = newton(
                    problem, after, predicted, rate, past, mass, factors, weight, tolerance
                )
                if converged or fresh:
                    break
                jacobian, fresh, factors = jacobian_at(problem, after, predicted, slope(after, predicted)), True, None
            if not converged:
                statistics.failures += 1
                rescaled(differences, order, 0.5)
                length, equal, factors = 0.5 * length, 0, None
                continue
            safety = 0.9 * (2 * ROUNDS + 1) / (2 * ROUNDS + rounds)
            weight = problem.weight(end)
            error = relative_size(problem, constants[order] * change, weight)
            if error > 1:
                statistics.failures += 1
                factor = max(0.2, safety * error ** (-1 / (order + 1)))
                rescaled(differences, order, factor)
                length, equal = factor * length, 0
                factors = None
            else:
                accepted = True
        statistics.successes += 1
        equal += 1
        before, before_y, t, y = t, y, after, end
        fresh = False
        differences[order + 2] = change - differences[order + 1]
        differences[order + 1] = change
        for place in reversed(range(order + 1)):
            differences[place] += differences[place + 1]
        yield Step(before, before_y, t, y, interpolant(t, h, order, differences.copy()))
        if equal < order + 1:
            continue
        lower = relative_size(problem, constants[order - 1] * differences[order], weight) if order > 1 else np.inf
        upper = np.inf
        if order < problem.highest_order:
            upper = relative_size(problem, constants[order + 1] * differences[order + 2], weight)
        errors = np.array([lower, error, upper])
        with np.errstate(divide="ignore"):
            factors_by_order = errors ** (-1 / np.arange(order, order + 3))
        best = int(np.argmax(factors_by_order))
        order += best - 1
        factor = min(10.0, safety * float(factors_by_order[best]))
        rescaled(differences, order, factor)
        length, equal, factors = length * factor, 0, None


def relative_size(problem: Problem, error: ndarray, weight) -> float:
    """An error as a share of what is tolerated."""
    scaled = error / (weight * problem.relative)
    return float(np.linalg.norm(scaled) if problem.by_norm else np.abs(scaled).max(initial=0.0))


def newton(problem, t, predicted, rate, past, mass, factors, weight, tolerance):
    """Newton's method for one step: whether it converged, its rounds, the solution and its change from `predicted`."""
    import scipy.linalg

    change, end, before, ratio = np.zeros_like(predicted), predicted.copy(), None, None
    for turn in range(ROUNDS):
        slope = problem.slope(t, end)
        if not np.isfinite(slope).all():
            return False, turn + 1, end, change
        move = scipy.linalg.lu_solve(factors, rate * slope - mass @ (past + change), check_finite=False)
        problem.statistics.solutions += 1
        norm = relative_size(problem, move, weight)
        ratio = None if before is None else norm / before if before else 0.0
        if not np.isfinite(norm) or ratio is not None and (
            ratio >= 1 or ratio ** (ROUNDS - turn) / (1 - ratio) * norm > tolerance
        ):
            return False, turn + 1, end, change
        end = end + move
        change = change + move
        if norm == 0 or ratio is not None and ratio / (1 - ratio) * norm < tolerance:
            return True, turn + 1, end, change
        before = norm
    return False, ROUNDS, end, change
