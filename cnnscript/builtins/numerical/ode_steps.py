"""Steps of the solvers of differential equations: each is a generator of `Step`s that knows a `Problem` only.

The explicit pairs are those of Dormand and Prince (1980) and of Bogacki and Shampine (1989), with the step control
and the interpolants that Shampine and Reichelt describe in "The MATLAB ODE Suite" (1997); the Rosenbrock formula of
ode23s is from there too.  `ode_multistep` has the method of ode15s; other methods are SciPy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import ndarray
from cnnscript.values.warn import warn


@dataclass(slots=True)
class Step:
    """One step done: from t, y to after, end; `at(times)` gives the solution between, one column a time."""

    t: float
    y: ndarray
    after: float
    end: ndarray
    at: Callable[[ndarray], ndarray]


@dataclass(slots=True)
class Statistics:
    successes: int = 0
    failures: int = 0
    calls: int = 0
    partials: int = 0
    decompositions: int = 0
    solutions: int = 0


@dataclass(slots=True)
class Problem:
    """What a solver is asked.

    slope     f(t, y), a vector; it counts itself in `statistics`
    start, final, y0
    relative  relative tolerance;  threshold: absolute tolerance over relative, a number or a vector
    largest   longest step;  first: the first step's length, or None
    first_span  distance to the second time asked for
    by_norm   whether errors are measured in the norm of the solution
    positive  places (from 0) of components that stay at or above 0
    jacobian  df/dy as J(t, y), or None: by differences
    """

    solver: str
    slope: Callable[[float, ndarray], ndarray]
    start: float
    final: float
    y0: ndarray
    relative: float = 1e-3
    threshold: ndarray | float = 1e-3
    largest: float = np.inf
    first: float | None = None
    first_span: float = np.inf
    by_norm: bool = False
    positive: ndarray = field(default_factory=lambda: np.zeros(0, int))
    jacobian: Callable[[float, ndarray], ndarray] | None = None
    mass: Callable[[float, ndarray], ndarray] | None = None  # the mass matrix where the solver itself takes it
    initial_slope: ndarray | None = None
    highest_order: int = 5
    backward: bool = False  # plain backward differences instead of numerical ones
    statistics: Statistics = field(default_factory=Statistics)

    def weight(self, *states: ndarray) -> ndarray | float:
        """What an error is divided by."""
        if self.by_norm:
            return max(max(np.linalg.norm(y) for y in states), float(np.max(self.threshold)))
        largest = np.abs(states[0])
        for y in states[1:]:
            largest = np.maximum(largest, np.abs(y))
        return np.maximum(largest, self.threshold)

    def size(self, error: ndarray, *states: ndarray) -> float:
        """The size of an error, to be compared with the relative tolerance."""
        if self.by_norm:
            return float(np.linalg.norm(error) / self.weight(*states))
        return float(np.abs(error / self.weight(*states)).max()) if error.size else 0.0

    def first_step(self, slope: ndarray, power: float) -> float:
        """The first step: what was asked, or what the slope at the start allows."""
        smallest = 16 * np.spacing(abs(self.start))
        if self.first is not None:
            return min(self.largest, max(smallest, self.first))
        length = min(self.largest, self.first_span)
        rate = self.size(slope, self.y0) / (0.8 * self.relative**power)
        if length * rate > 1:
            length = 1 / rate
        return max(length, smallest)

    def gave_up(self, t: float, smallest: float) -> None:
        warn(
            f"MATLAB:{self.solver}:IntegrationTolNotMet",
            f"Failure at t={t:e}.  Unable to meet integration tolerances without reducing the step size below the "
            f"smallest value allowed ({smallest:e}) at time t.",
        )


# ------------------------------------------------------------------------------------------------ explicit pairs
@dataclass(frozen=True)
class Pair:
    """An explicit Runge-Kutta pair: nodes, the stages' weights (a column each, the last one gives the step), the
    error's weights, and the interpolant's (stages × powers of the share of the step)."""

    power: float
    nodes: tuple[float, ...]
    stages: ndarray
    error: ndarray
    between: ndarray


DORMAND_PRINCE = Pair(
    power=1 / 5,
    nodes=(1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1),
    stages=np.array([
        [1 / 5, 3 / 40, 44 / 45, 19372 / 6561, 9017 / 3168, 35 / 384],
        [0, 9 / 40, -56 / 15, -25360 / 2187, -355 / 33, 0],
        [0, 0, 32 / 9, 64448 / 6561, 46732 / 5247, 500 / 1113],
        [0, 0, 0, -212 / 729, 49 / 176, 125 / 192],
        [0, 0, 0, 0, -5103 / 18656, -2187 / 6784],
        [0, 0, 0, 0, 0, 11 / 84],
        [0, 0, 0, 0, 0, 0],
    ]),
    error=np.array([71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]),
    between=np.array([
        [1, -183 / 64, 37 / 12, -145 / 128],
        [0, 0, 0, 0],
        [0, 1500 / 371, -1000 / 159, 1000 / 371],
        [0, -125 / 32, 125 / 12, -375 / 64],
        [0, 9477 / 3392, -729 / 106, 25515 / 6784],
        [0, -11 / 7, 11 / 3, -55 / 28],
        [0, 3 / 2, -4, 5 / 2],
    ]),
)  # fmt: skip
BOGACKI_SHAMPINE = Pair(
    power=1 / 3,
    nodes=(1 / 2, 3 / 4, 1),
    stages=np.array([[1 / 2, 0, 2 / 9], [0, 3 / 4, 1 / 3], [0, 0, 4 / 9], [0, 0, 0]]),
    error=np.array([-5 / 72, 1 / 12, 1 / 9, -1 / 8]),
    between=np.array([[1, -4 / 3, 5 / 9], [0, 1, -2 / 3], [0, 4 / 3, -8 / 9], [0, -1, 1]]),
)


def between_stages(pair: Pair, t: float, y: ndarray, h: float, slopes: ndarray) -> Callable[[ndarray], ndarray]:
    weights = slopes @ (h * pair.between)

    def at(times: ndarray) -> ndarray:
        share = (np.asarray(times, float) - t) / h
        powers = np.cumprod(np.broadcast_to(share, (pair.between.shape[1], share.size)), axis=0)
        return y[:, None] + weights @ powers

    return at


def explicit_steps(problem: Problem, pair: Pair) -> Iterator[Step]:
    """Steps of a pair whose last stage is the first of the next step."""
    direction = np.sign(problem.final - problem.start)
    t, y, power = problem.start, problem.y0, pair.power
    slope, positive, statistics = problem.slope, problem.positive, problem.statistics
    first = slope(t, y)
    slopes = np.zeros((y.size, len(pair.error)), np.result_type(y, first))
    slopes[:, 0] = first
    length = problem.first_step(first, power)
    done = False
    while not done:
        smallest = 16 * np.spacing(abs(t))
        length = min(problem.largest, max(smallest, length))
        h = direction * length
        if 1.1 * length >= abs(problem.final - t):
            h = problem.final - t
            length, done = abs(h), True
        unbroken = True
        while True:
            for stage, node in enumerate(pair.nodes[:-1]):
                slopes[:, stage + 1] = slope(t + h * node, y + h * (slopes @ pair.stages[:, stage]))
            after = problem.final if done else t + h
            h = after - t
            end = y + h * (slopes @ pair.stages[:, -1])
            slopes[:, -1] = slope(after, end)
            error = length * problem.size(slopes @ pair.error, y, end)
            sunk = False
            if positive.size and error <= problem.relative and (end[positive] < 0).any():
                below = np.maximum(0, -end[positive].real)
                limits = np.broadcast_to(problem.threshold, y.shape)[positive]
                depth = float((below / limits).max())
                if depth > problem.relative:
                    error, sunk = depth, True
            if not error > problem.relative and error == error:
                break
            statistics.failures += 1
            if length <= smallest:
                problem.gave_up(t, smallest)
                return
            if unbroken and error == error:
                unbroken = False
                factor = 0.5 if sunk else max(0.1, 0.8 * (problem.relative / error) ** power)
            else:
                unbroken, factor = False, 0.5
            length = max(smallest, length * factor)
            h, done = direction * length, False
        statistics.successes += 1
        if positive.size and (end[positive] < 0).any():
            end = end.copy()
            end[positive] = np.maximum(end[positive], 0)
            slopes[:, -1] = slope(after, end)
        kept = slopes.copy()
        yield Step(t, y, after, end, between_stages(pair, t, y, h, kept))
        if unbroken:
            growth = 1.25 * (error / problem.relative) ** power
            length = length / growth if growth > 0.2 else 5 * length
        t, y = after, end
        slopes[:, 0] = slopes[:, -1]


# ----------------------------------------------------------------------------------------------------- Rosenbrock
def difference_jacobian(problem: Problem, t: float, y: ndarray, at: ndarray) -> ndarray:
    """df/dy by forward differences; `at` is f(t, y)."""
    base = np.sqrt(np.finfo(float).eps)
    matrix = np.empty((y.size, y.size), at.dtype)
    for place in range(y.size):
        step = base * max(abs(y[place]), float(np.max(problem.threshold)) * base, 1e-8)
        step = step if y[place].real >= 0 else -step
        moved = y.copy()
        moved[place] += step
        matrix[:, place] = (problem.slope(t, moved) - at) / (moved[place] - y[place])
    problem.statistics.partials += 1
    return matrix


def jacobian_at(problem: Problem, t: float, y: ndarray, at: ndarray) -> ndarray:
    if problem.jacobian is None:
        return difference_jacobian(problem, t, y, at)
    problem.statistics.partials += 1
    return problem.jacobian(t, y)


def rosenbrock_steps(problem: Problem) -> Iterator[Step]:
    """The modified Rosenbrock formula of order 2 with its error estimate of order 3."""
    share, weight, power = 1 / (2 + np.sqrt(2)), 6 + np.sqrt(2), 1 / 3
    direction = np.sign(problem.final - problem.start)
    t, y, statistics, slope = problem.start, problem.y0, problem.statistics, problem.slope
    here = slope(t, y)
    length = problem.first_step(here, power)
    unit, done = np.eye(y.size), False
    while not done:
        smallest = 16 * np.spacing(abs(t))
        length = min(problem.largest, max(smallest, length))
        h = direction * length
        if 1.1 * length >= abs(problem.final - t):
            h = problem.final - t
            length, done = abs(h), True
        jacobian = jacobian_at(problem, t, y, here)
        shift = direction * min(np.sqrt(np.finfo(float).eps) * max(abs(t), abs(t + h)), length)
        shift = shift or direction * 1e-8
        by_time = (slope(t + shift, y) - here) / shift
        unbroken = True
        while True:
            import scipy.linalg

            factors = scipy.linalg.lu_factor(unit - h * share * jacobian, check_finite=False)
            statistics.decompositions += 1
            one = scipy.linalg.lu_solve(factors, here + h * share * by_time, check_finite=False)
            middle = slope(t + 0.5 * h, y + 0.5 * h * one)
            two = scipy.linalg.lu_solve(factors, middle - one, check_finite=False) + one
            after = problem.final if done else t + h
            end = y + h * two
            there = slope(after, end)
            right = there - weight * (two - middle) - 2 * (one - here) + h * share * by_time
            three = scipy.linalg.lu_solve(factors, right, check_finite=False)
            statistics.solutions += 3
            error = length / 6 * problem.size(one - 2 * two + three, y, end)
            if error <= problem.relative:
                break
            statistics.failures += 1
            if length <= smallest:
                problem.gave_up(t, smallest)
                return
            shrink = max(0.1, 0.8 * (problem.relative / error) ** power) if unbroken and error == error else 0.5
            length, unbroken, done = max(smallest, length * shrink), False, False
            h = direction * length
        statistics.successes += 1

        def at(times, t=t, y=y, h=h, one=one, two=two):
            s = (np.asarray(times, float) - t) / h
            first, second = s * (1 - s) / (1 - 2 * share), s * (s - 2 * share) / (1 - 2 * share)
            return y[:, None] + h * (np.outer(one, first) + np.outer(two, second))

        yield Step(t, y, after, end, at)
        if unbroken:
            growth = 1.25 * (error / problem.relative) ** power
            length = length / growth if growth > 0.2 else 5 * length
        t, y, here = after, end, there


# ------------------------------------------------------------------------------------------------ SciPy's methods
def library_steps(problem: Problem, method: str) -> Iterator[Step]:
    """Steps of SciPy's Radau or LSODA."""
    import warnings

    import scipy.integrate

    arguments = {
        "max_step": problem.largest,
        "rtol": max(problem.relative, 100 * np.finfo(float).eps),
        "atol": problem.relative * np.broadcast_to(problem.threshold, problem.y0.shape),
        "first_step": None if problem.first is None else min(problem.first, abs(problem.final - problem.start)),
    }
    if np.iscomplexobj(problem.y0):
        raise ScriptError(
            "cnnscript:ode:ComplexState",
            "This solver takes real systems only.",
            hint="ode45, ode23 and ode15s take complex ones; or solve for real and imaginary parts together",
        )
    if method == "Radau":
        arguments["jac"] = problem.jacobian
    solver = getattr(scipy.integrate, method)(problem.slope, problem.start, problem.y0, problem.final, **arguments)
    statistics = problem.statistics
    while solver.status == "running":
        t, y = solver.t, solver.y
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            solver.step()
        statistics.partials = getattr(solver, "njev", 0)
        statistics.decompositions = getattr(solver, "nlu", 0)
        if solver.status == "failed":
            problem.gave_up(t, 16 * np.spacing(abs(t)))
            return
        statistics.successes += 1
        yield Step(t, y, solver.t, solver.y, solver.dense_output())
