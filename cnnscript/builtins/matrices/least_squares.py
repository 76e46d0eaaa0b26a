"""Least squares: lsqnonneg, lsqnonlin, lsqcurvefit."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical.optimization_options import SOLVERS, Told
from cnnscript.builtins.numerical.solver_runs import (
    MINIMUM,
    Counted,
    of_problem,
    output_struct,
    report,
    slopes_by_steps,
    start_of,
    told_of,
    too_many,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described


@builtin(outputs=6)
def lsqnonneg(session, nargout, c, d, options=None, /):
    """
    x = lsqnonneg(C, d)
    x = lsqnonneg(C, d, options)
    [x, resnorm, residual, exitflag, output, lambda] = lsqnonneg(...)

    Least squares of C*x - d where no element of x is negative (Lawson and Hanson, 1974).

    Examples
      >> x = lsqnonneg([1 0; 0 1], [2; -1])
      x =
           2
           0
      >> x = lsqnonneg([1 1; 1 2], [3; 5], optimset('TolX', 1e-10))
      x =
          1.0000
          2.0000
      >> [x, resnorm, residual, exitflag, output, lambda] = lsqnonneg([1 0; 0 1], [2; -1]); resnorm, lambda
      resnorm =
           1
      lambda =
           0
          -1

    See also mldivide, lscov.
    """
    matrix, right = take.real(c, "C"), take.real(d, "d").ravel("F")
    if matrix.ndim != 2 or len(matrix) != right.size:
        raise ScriptError(
            "MATLAB:lsqnonneg:DimMismatch", "The number of rows of C must be the length of d.",
            notes=(f"C is {described(c)}, d {described(d)}",),
        )  # fmt: skip
    width = matrix.shape[1]
    usual = 10 * np.finfo(float).eps * np.abs(matrix).sum(axis=0).max(initial=0) * max(matrix.shape, default=0)
    told = Told("lsqnonneg", options)
    tolerance = told.number("StepTolerance", usual)
    most = told.number("MaxIterations", 10 * width)
    free, x = np.zeros(width, bool), np.zeros(width)
    slope = matrix.T @ (right - matrix @ x)
    rounds = inner = 0
    flag = 1.0
    while (~free).any() and (slope[~free] > tolerance).any():
        rounds += 1
        candidates = np.where(free, -np.inf, slope)
        free[int(candidates.argmax())] = True
        while True:
            found = np.zeros(width)
            found[free] = np.linalg.lstsq(matrix[:, free], right, rcond=None)[0]
            if not (found[free] <= 0).any():
                break
            inner += 1
            if inner > most:
                flag = 0.0
                break
            low = free & (found <= 0)
            share = (x[low] / (x[low] - found[low])).min()
            x = x + share * (found - x)
            free &= ~((np.abs(x) < tolerance) & free)
            x[~free] = 0
        x = found
        slope = matrix.T @ (right - matrix @ x)
        if not flag:
            break
    rest = right - matrix @ x
    message = "Optimization terminated." if flag else (
        "Exiting: Iteration count is exceeded, exiting LSQNONNEG.\nTry raising the tolerance (OPTIONS.TolX)."
    )
    shown = told.display("notify")
    if shown in ("final", "iter") or shown == "notify" and not flag:
        session.out.write(f"{message}\n")
    output = Struct({"iterations": float(rounds), "algorithm": "active-set", "message": message})
    return (
        norm(x.reshape(-1, 1)), float(rest @ rest), norm(rest.reshape(-1, 1)), flag, output, norm(slope.reshape(-1, 1)),
    )  # fmt: skip


def bounds_of(low, high, count: int) -> tuple[ndarray, ndarray]:
    found = []
    for value, usual in ((low, -np.inf), (high, np.inf)):
        given = np.zeros(0) if value is None else take.real(value, "Bounds").ravel("F")
        found.append(np.concatenate([given[:count], np.full(max(0, count - given.size), usual)]))
    return found[0], found[1]


def least(
    session, counted: Counted, start: ndarray, bounds: Any, told: Told, algorithm: str, name: str
) -> tuple[Any, bool, str]:
    """The least squares of SciPy from `start` on, with the table of 'Display' 'iter': what it found, whether it came to
    an end of its own, and the words for that."""
    from scipy.optimize import OptimizeResult, least_squares

    if not np.isfinite(start).all():
        raise ScriptError(f"optim:{name}:NonFiniteStart", "The initial point must not contain NaN or Inf.")
    tolerance = told.number("FunctionTolerance", 1e-6)
    by_steps = slopes_by_steps(counted.values, told, start)
    jacobian = (lambda flat: counted.both(flat)[1]) if counted.slopes else (lambda flat: by_steps(flat, values(flat)))
    seen: dict[bytes, ndarray] = {}

    def values(flat: ndarray) -> ndarray:
        key = flat.tobytes()
        if key not in seen:
            seen.clear()
            seen[key] = counted.values(flat)
        return seen[key]

    levenberg = algorithm == "levenberg-marquardt"
    bounded = np.isfinite(bounds[0]).any() or np.isfinite(bounds[1]).any()
    method = "lm" if levenberg and not bounded and values(start).size >= start.size else "trf"
    most_calls = told.number("MaxFunctionEvaluations", (200 if levenberg else 100) * start.size)
    most_steps = told.number("MaxIterations", 400)
    shown = told.display("final") == "iter"
    last, steps, over = [start.copy()], [0], [""]

    def row(x: ndarray, step: str, optimality: float) -> None:
        size = float((values(x) ** 2).sum())
        session.out.write(f" {steps[0]:5d}      {counted.calls:5d}   {size:13.6g}  {step:>13}   {optimality:12.3g}\n")

    def watch(intermediate_result: Any) -> None:
        x = intermediate_result.x
        if np.array_equal(x, last[0]):
            return
        steps[0] += 1
        if shown:
            slope = np.abs(jacobian(x).T @ values(x)).max(initial=0)
            row(x, f"{float(np.linalg.norm(x - last[0])):.6g}", slope)
        last[0] = x.copy()
        if steps[0] >= most_steps or counted.calls >= most_calls:
            over[0] = "MaxIterations" if steps[0] >= most_steps else "MaxFunctionEvaluations"
            raise StopIteration

    if shown:
        session.out.write(
            f"\n{'':41}Norm of      First-order \n Iteration  Func-count     f(x)          step          optimality\n"
        )
        row(start, "", np.abs(jacobian(start).T @ values(start)).max(initial=0))
    small = max(told.number("StepTolerance", 1e-6) ** 2, 1e-15)

    def watched(flat: ndarray) -> ndarray:  # MINPACK tells of no step: it asks for the slopes where one has led
        watch(OptimizeResult(x=flat))
        return jacobian(flat)

    try:
        found = least_squares(
            values, start, watched if method == "lm" else jacobian, bounds=bounds, ftol=min(tolerance, 1e-10),
            xtol=min(small, 1e-12), gtol=min(told.number("OptimalityTolerance", 1e-6), 1e-10), method=method,
            max_nfev=int(max(1, most_calls)), callback=None if method == "lm" else watch,
        )  # fmt: skip
    except StopIteration:
        at, slopes = values(last[0]), jacobian(last[0])
        slope = slopes.T @ at
        found = OptimizeResult(
            x=last[0], fun=at, jac=slopes, grad=slope, njev=steps[0], status=0, active_mask=np.zeros(start.size),
            optimality=np.abs(slope).max(initial=0),
        )  # fmt: skip
    if found.status == 0 and not over[0]:
        over[0] = "MaxFunctionEvaluations"
    limit = most_steps if over[0] == "MaxIterations" else most_calls
    return found, not over[0], too_many(name, over[0], limit) if over[0] else MINIMUM


def least_with_bounds(session, counted: Counted, start: ndarray, low, high, told: Told, name: str) -> tuple:
    bounds = bounds_of(low, high, start.size)
    if (bounds[0] > bounds[1]).any():
        text = "Exiting due to infeasibility:  at least one lower bound exceeds the corresponding upper bound."
        report(session, told, text, False)
        return counted.point(start.ravel("F")), EMPTY, EMPTY, -2.0, output_struct(0, 0, "", np.nan, text), EMPTY, EMPTY
    algorithm = told.word("Algorithm", tuple(SOLVERS[name].algorithms), "trust-region-reflective")
    room = np.where(np.isfinite(bounds[1] - bounds[0]), bounds[1] - bounds[0], 1.0) / 10
    # a start on a bound is moved in a little: from there no step could be seen
    inside = np.clip(start.ravel("F"), bounds[0] + room, bounds[1] - room)
    found, good, text = least(session, counted, inside, bounds, told, algorithm, name)
    report(session, told, text, good)
    slope = found.grad
    multipliers = Struct({
        "lower": norm(np.where(found.active_mask < 0, slope, 0.0).reshape(-1, 1)),
        "upper": norm(np.where(found.active_mask > 0, -slope, 0.0).reshape(-1, 1)),
    })  # fmt: skip
    output = output_struct(found.njev or 0, counted.calls, algorithm, found.optimality, text)
    return (
        counted.point(found.x), float((found.fun**2).sum()), norm(found.fun.reshape(-1, 1)), 1.0 if good else 0.0,
        output, multipliers, norm(np.asfortranarray(np.atleast_2d(found.jac))),
    )  # fmt: skip


@builtin(outputs=7)
def lsqnonlin(session, nargout, fun, /, *given):
    """
    x = lsqnonlin(fun, x0)
    x = lsqnonlin(fun, x0, lb, ub)
    x = lsqnonlin(fun, x0, lb, ub, options)
    x = lsqnonlin(problem)
    [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqnonlin(...)

    Where the sum of the squares of fun(x) is smallest, within bounds.

    Options (optimoptions or optimset): Algorithm, Display, FunctionTolerance (TolFun), OptimalityTolerance,
    StepTolerance (TolX), MaxIterations (MaxIter), MaxFunctionEvaluations (MaxFunEvals), SpecifyObjectiveGradient
    (Jacobian), FiniteDifferenceType, FiniteDifferenceStepSize, TypicalX, UseParallel (the answer is the same).

    Examples
      >> options = optimoptions('lsqnonlin', 'Display', 'off');
      >> x = lsqnonlin(@(x) [x(1) - 1; 2*x(2) - 4], [0 0], [], [], options); round(x, 4)
      ans =
           1     2
      >> [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqnonlin(@(x) x - 5, 0, 0, 3, options); round(x)
      ans =
           3
      >> problem = struct('objective', @(x) x - 5, 'x0', 0, 'solver', 'lsqnonlin', 'options', options);
      >> x = lsqnonlin(problem); round(x, 4)
      ans =
           5

    See also lsqcurvefit, fsolve, optimoptions.
    """
    extra = given[4:]
    fields = ("objective", "x0", "lb", "ub")
    fun, x0, lb, ub, options = of_problem("lsqnonlin", fun, given[:4], fields, 2)
    start = start_of(x0, "lsqnonlin")
    told = told_of("lsqnonlin", options, start)
    counted = Counted(session, fun, start.shape, "lsqnonlin", told.flag("SpecifyObjectiveGradient"), extra)
    return least_with_bounds(session, counted, start, lb, ub, told, "lsqnonlin")


@builtin(outputs=7)
def lsqcurvefit(session, nargout, fun, /, *given):
    """
    x = lsqcurvefit(fun, x0, xdata, ydata)
    x = lsqcurvefit(fun, x0, xdata, ydata, lb, ub)
    x = lsqcurvefit(fun, x0, xdata, ydata, lb, ub, options)
    x = lsqcurvefit(problem)
    [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqcurvefit(...)

    Fit fun(x, xdata) to ydata by least squares.  The options are those of lsqnonlin.

    Examples
      >> options = optimoptions('lsqcurvefit', 'Display', 'off');
      >> x = lsqcurvefit(@(x, t) x(1)*exp(x(2)*t), [1 1], 0:3, 2*exp(-0.5*(0:3)), [], [], options); round(x, 3)
      ans =
          2.0000   -0.5000
      >> [x, resnorm] = lsqcurvefit(@(x, t) x*t, 1, 1:3, 2:2:6, [], [], options); round(x, 4)
      ans =
           2
      >> problem = struct('objective', @(x, t) x*t, 'x0', 1, 'xdata', 1:3, 'ydata', 2:2:6);
      >> problem.solver = 'lsqcurvefit'; problem.options = options;
      >> x = lsqcurvefit(problem); round(x, 4)
      ans =
           2

    See also lsqnonlin, polyfit, optimoptions.
    """
    extra = given[6:]
    fields = ("objective", "x0", "xdata", "ydata", "lb", "ub")
    fun, x0, xdata, ydata, lb, ub, options = of_problem("lsqcurvefit", fun, given[:6], fields, 4)
    start = start_of(x0, "lsqcurvefit")
    target = require_numeric(ydata, "lsqcurvefit").ravel("F").astype(DOUBLE)
    told = told_of("lsqcurvefit", options, start)
    slopes = told.flag("SpecifyObjectiveGradient")
    counted = Counted(session, fun, start.shape, "lsqcurvefit", slopes, (xdata, *extra))
    plain = counted.values

    def rest(flat: ndarray) -> ndarray:
        found = plain(flat)
        if found.size != target.size:
            raise ScriptError(
                "optim:lsqcurvefit:YdataSizeMismatch", "Function value and YDATA sizes are not equal.",
                notes=(f"{found.size} values, {target.size} in YDATA",),
            )  # fmt: skip
        return found - target

    counted.values = rest  # type: ignore[method-assign]
    return least_with_bounds(session, counted, start, lb, ub, told, "lsqcurvefit")
