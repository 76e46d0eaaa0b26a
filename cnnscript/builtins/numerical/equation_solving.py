"""Systems of equations, and minima of functions of several variables: fsolve, fminunc."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.language.watched_runs import number_from
from cnnscript.builtins.matrices.least_squares import least
from cnnscript.builtins.numerical.dogleg_steps import dogleg
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
from cnnscript.values.numeric import EMPTY, ndarray, norm
from cnnscript.values.structs import Struct


@builtin(outputs=5)
def fsolve(session, nargout, fun, /, *given):
    """
    x = fsolve(fun, x0)
    x = fsolve(fun, x0, options)
    x = fsolve(problem)
    [x, fval, exitflag, output, jacobian] = fsolve(...)

    Solve the equations fun(x) = 0, from x0 on, by Powell's dogleg steps in a region of trust.

    Options (optimoptions or optimset): Algorithm, Display, FunctionTolerance (TolFun), OptimalityTolerance,
    StepTolerance (TolX), MaxIterations (MaxIter), MaxFunctionEvaluations (MaxFunEvals), SpecifyObjectiveGradient
    (Jacobian), FiniteDifferenceType, FiniteDifferenceStepSize, TypicalX, UseParallel (the answer is the same).

    Examples
      >> options = optimoptions('fsolve', 'Display', 'off');
      >> x = fsolve(@(x) [x(1)^2 + x(2) - 3; x(1) - x(2) + 1], [1; 1], options); round(x, 4)
      ans =
           1
           2
      >> [x, fval, exitflag, output, jacobian] = fsolve(@(x) x^2 - 4, 1, options); round([x exitflag jacobian], 4)
      ans =
           2     1     4
      >> x = fsolve(@cos, 1);
      Equation solved.
      fsolve completed because the vector of function values is near zero
      as measured by the value of the function tolerance, and
      the problem appears regular as measured by the gradient.
      >> x = fsolve(@(x) x^2 - 4, 1, optimset('Display', 'iter'));
                                               Norm of      First-order   Trust-region
       Iteration  Func-count     f(x)          step         optimality    radius
           0          2               9                             6               1
           1          4               0              1              0               1
      Equation solved.
      fsolve completed because the vector of function values is near zero
      as measured by the value of the function tolerance, and
      the problem appears regular as measured by the gradient.
      >> problem = struct('objective', @(x) x - 1, 'x0', 0, 'solver', 'fsolve', 'options', options);
      >> x = fsolve(problem)
      x =
           1

    See also fzero, lsqnonlin, optimoptions.
    """
    extra = given[2:]
    fun, x0, options = of_problem("fsolve", fun, given[:2], ("objective", "x0"), 2)
    start = start_of(x0, "fsolve")
    told = told_of("fsolve", options, start)
    slopes = told.flag("SpecifyObjectiveGradient")
    counted = Counted(session, fun, start.shape, "fsolve", slopes, extra)
    algorithm = told.word("Algorithm", tuple(SOLVERS["fsolve"].algorithms), "trust-region-dogleg")
    x = start.ravel("F")
    at = counted.values(x)
    if algorithm == "trust-region-dogleg" and at.size != x.size:
        session.warn(
            "optim:fsolve:NonSquareSystem",
            "Trust-region-dogleg algorithm of FSOLVE cannot handle non-square systems; using Levenberg-Marquardt "
            "algorithm instead.",
        )
        algorithm = "levenberg-marquardt"
    solve = solved_by_dogleg if algorithm == "trust-region-dogleg" else solved_by_squares
    x, at, jacobian, flag, text, steps, optimality = solve(session, counted, x, at, told, algorithm)
    report(session, told, text, flag > 0)
    shape = require_numeric(counted.evaluate(counted.point(x), *extra), "fsolve").shape if not slopes else (-1, 1)
    output = output_struct(steps, counted.calls, algorithm, optimality, text)
    return counted.point(x), norm(np.asfortranarray(at.reshape(shape, order="F"))), flag, output, (
        norm(np.asfortranarray(np.atleast_2d(jacobian)))
    )


def solved_by_dogleg(session, counted: Counted, x: ndarray, at: ndarray, told: Told, algorithm: str) -> tuple:
    """Equations solved; the table of 'Display' 'iter' is printed on the way."""
    by_steps = slopes_by_steps(counted.values, told, x)
    jacobian_at = (lambda x, at: counted.both(x)[1]) if counted.slopes else by_steps
    shown = told.display("final") == "iter"
    most_steps = told.number("MaxIterations", 400)
    most_calls = told.number("MaxFunctionEvaluations", 100 * x.size)
    run = dogleg(counted.values, jacobian_at, x, at)
    if shown:
        session.out.write(
            f"\n{'':41}Norm of      First-order   Trust-region\n"
            " Iteration  Func-count     f(x)          step         optimality    radius\n"
        )
    small = told.number("FunctionTolerance", 1e-6)
    for steps, now in enumerate(run):
        size = float(now.values @ now.values)
        if shown:
            length = f"{now.length:13.6g}" if steps else " " * 13
            line = f" {steps:5d}      {counted.calls:5d}   {size:13.6g}  {length}   {now.optimality:12.3g}    "
            session.out.write(f"{line}{now.allowed:12.3g}\n")
        flag, text = ending(now, size, steps, told, small)
        if not text and steps >= most_steps:
            flag, text = 0.0, too_many("fsolve", "MaxIterations", most_steps)
        if not text and counted.calls >= most_calls:
            flag, text = 0.0, too_many("fsolve", "MaxFunctionEvaluations", most_calls)
        if text:
            break
    return now.x, now.values, now.jacobian, flag, text, steps, now.optimality


NEAR = "the vector of function values is near zero\nas measured by the value of the function tolerance"
FAR = "the vector of function values\nis not near zero as measured by the value of the function tolerance."
SOLVED = (
    f"Equation solved.\n\nfsolve completed because {NEAR}, and\n"
    "the problem appears regular as measured by the gradient."
)
STALLED = (
    "No solution found.\n\nfsolve stopped because the problem appears regular as measured by the gradient,\nbut the "
    "vector of function values is not near zero as measured by the\nvalue of the function tolerance."
)


def ending(now: Any, size: float, steps: int, told: Told, small: float) -> tuple[float, str]:
    """The exit flag and the words that end the run here; no words where it goes on."""
    near = size < small**0.5
    tiny = max(told.number("StepTolerance", 1e-6) ** 2, np.finfo(float).eps)
    flat = max(small**2, np.finfo(float).eps)
    if now.optimality < told.number("OptimalityTolerance", small if told.has("FunctionTolerance") else 1e-6):
        return (1.0, SOLVED) if near else (-2.0, STALLED)
    if steps > 1 and now.relative_step < tiny:
        head = "fsolve stopped because the relative size of the current step is less than the\nvalue of the step size "
        if near:
            return 2.0, (
                f"Equation solved, solver stalled.\n\n{head}tolerance squared and the vector of function values\n"
                "is near zero as measured by the value of the function tolerance."
            )
        return -2.0, f"No solution found.\n\n{head}tolerance squared, but {FAR}"
    if steps > 1 and now.relative_change < flat:
        if near:
            return 3.0, (
                "Equation solved, inaccuracy possible.\n\nfsolve stopped because the vector of function values is near "
                "zero, as measured by the value\nof the function tolerance. However, the last step was ineffective."
            )
        return -2.0, (
            "No solution found.\n\nfsolve stopped because the last step was ineffective. However, the vector of "
            "function\nvalues is not near zero, as measured by the value of the function tolerance."
        )
    if now.radius < tiny:
        return -3.0, (
            "No solution found.\n\nfsolve stopped because the size of the trust region is less than the value of the\n"
            f"step size tolerance squared, but {FAR}"
        )
    return 0.0, ""


def solved_by_squares(session, counted: Counted, x: ndarray, at: ndarray, told: Told, algorithm: str) -> tuple:
    """Equations solved as least squares by SciPy."""
    small = told.number("FunctionTolerance", 1e-6)
    found, good, text = least(session, counted, x, (-np.inf, np.inf), told, algorithm, "fsolve")
    size = float((found.fun**2).sum())
    if good:
        text = SOLVED if size < small**0.5 else STALLED
    flag = 0.0 if not good else 1.0 if size < small**0.5 else -2.0
    return found.x, found.fun, found.jac, flag, text, found.njev or 0, found.optimality


@builtin(outputs=6)
def fminunc(session, nargout, fun, /, *given):
    """
    x = fminunc(fun, x0)
    x = fminunc(fun, x0, options)
    x = fminunc(problem)
    [x, fval, exitflag, output, grad, hessian] = fminunc(...)

    Where a function of several variables is smallest, by a quasi-Newton method from x0 on.

    Options (optimoptions or optimset): Algorithm, Display, OptimalityTolerance (TolFun), StepTolerance (TolX),
    MaxIterations (MaxIter), MaxFunctionEvaluations (MaxFunEvals), SpecifyObjectiveGradient (GradObj),
    FiniteDifferenceType, FiniteDifferenceStepSize, TypicalX, ObjectiveLimit, HessianApproximation ('bfgs' or 'lbfgs'),
    UseParallel (the answer is the same).  The steps are SciPy's, so the table of 'Display' 'iter' has its steps.

    Examples
      >> options = optimoptions('fminunc', 'Display', 'off');
      >> x = fminunc(@(x) (x(1) - 1)^2 + 2*(x(2) + 3)^2, [0 0], options); round(x, 4)
      ans =
           1    -3
      >> [x, fval, exitflag, output, grad, hessian] = fminunc(@(x) (x - 2)^2, 0, options); round([x fval hessian], 3)
      ans =
           2     0     2
      >> x = fminunc(@(x) (x - 2)^2, 0);
      Local minimum found.
      Optimization completed because the size of the gradient is less than
      the value of the optimality tolerance.
      >> problem = struct('objective', @(x) (x - 2)^2, 'x0', 0, 'solver', 'fminunc', 'options', options);
      >> x = fminunc(problem); round(x, 4)
      ans =
           2

    See also fminsearch, fsolve, optimoptions.
    """
    from scipy.optimize import minimize

    extra = given[2:]
    fun, x0, options = of_problem("fminunc", fun, given[:2], ("objective", "x0"), 2)
    start = start_of(x0, "fminunc")
    told = told_of("fminunc", options, start)
    slopes = told.flag("SpecifyObjectiveGradient")
    counted = Counted(session, fun, start.shape, "fminunc", slopes, extra)
    usual = told.number("FunctionTolerance", 1e-6) if isinstance(options, Struct) else 1e-6
    tolerance = told.number("OptimalityTolerance", usual)
    small = told.number("StepTolerance", 1e-6)
    most = told.number("MaxIterations", 400)
    most_calls = told.number("MaxFunctionEvaluations", 100 * start.size)
    lowest = told.number("ObjectiveLimit", -1e20)
    method = told.word("Algorithm", ("quasi-newton", "trust-region"), "quasi-newton")
    if method == "trust-region" and not slopes:
        session.warn(
            "optim:fminunc:SwitchingMethod",
            "Gradient must be provided for trust-region algorithm; using quasi-newton algorithm instead.",
        )
        method = "quasi-newton"
    memory = told.word("HessianApproximation", ("bfgs", "lbfgs"), "bfgs")

    def value(flat: ndarray) -> float:
        return number_from(norm(counted.values(flat).reshape(1, -1)), "fminunc")

    by_steps = slopes_by_steps(lambda flat: np.array([value(flat)]), told, start)
    seen: dict[bytes, tuple[float, ndarray]] = {}

    def gradient(flat: ndarray) -> ndarray:
        key = flat.tobytes()
        if key not in seen:
            seen.clear()
            at = value(flat)
            slope = counted.both(flat)[1].ravel("F") if slopes else by_steps(flat, np.array([at]))[0]
            seen[key] = at, slope
        return seen[key][1]

    def value_once(flat: ndarray) -> float:
        return seen[key][0] if (key := flat.tobytes()) in seen else value(flat)

    shown = told.display("final") == "iter"
    last, rows, ended = [start.ravel("F").copy()], [0], [""]

    def row(x: ndarray, at: float, step: str) -> None:
        largest = np.abs(gradient(x)).max(initial=0)
        session.out.write(f" {rows[0]:5d}       {counted.calls:5d}    {at:13.6g}  {step:>13}   {largest:12.3g}\n")

    if shown:
        session.out.write(
            f"{'':56}First-order \n Iteration  Func-count       f(x)        Step-size       optimality\n"
        )
        gradient(last[0])
        row(last[0], value_once(last[0]), "")

    def watch(intermediate_result: Any) -> None:
        x, at = intermediate_result.x, float(intermediate_result.fun)
        rows[0] += 1
        move = np.abs(x - last[0])
        if shown:
            row(x, at, f"{float(np.linalg.norm(move)):.6g}")
        flat = bool(move.any() and (move < small * (1 + np.abs(last[0]))).all())  # a refused step moves nothing
        last[0] = x.copy()
        if counted.calls >= most_calls:
            ended[0] = "calls"
        elif at < lowest:
            ended[0] = "lowest"
        elif flat and np.abs(gradient(x)).max(initial=0) > tolerance:
            ended[0] = "step"
        if ended[0]:
            raise StopIteration

    known = {"trust-region": "trust-constr", "quasi-newton": "L-BFGS-B" if memory == "lbfgs" else "BFGS"}[method]
    more = {"gtol": tolerance, "maxiter": int(most)}
    if known == "L-BFGS-B":
        more.update(ftol=0.0, maxfun=10**9)
    found = minimize(value_once, start.ravel("F"), jac=gradient, method=known, callback=watch, options=more)
    slope = np.asarray(gradient(found.x))
    largest = np.abs(slope).max(initial=0)
    good = largest <= max(tolerance * (1 + abs(found.fun)), 1e-5)
    flag, text = 1.0, MINIMUM
    if ended[0] == "calls":
        flag, text = 0.0, too_many("fminunc", "MaxFunctionEvaluations", most_calls)
    elif ended[0] == "lowest":
        flag, text = -3.0, (
            "Problem appears unbounded.\n\nfminunc stopped because the objective function value is less than or equal "
            "to\nthe value of the objective function limit."
        )
    elif not good and found.nit >= most:
        flag, text = 0.0, too_many("fminunc", "MaxIterations", most)
    elif not good:
        flag = 2.0 if ended[0] == "step" else 5.0
        what = (
            "the size of the current step is less than\nthe value of the step size tolerance."
            if ended[0] == "step"
            else "it cannot decrease the objective function\nalong the current search direction."
        )
        text = f"Local minimum possible.\n\nfminunc stopped because {what}"
    report(session, told, text, flag > 0)
    output = output_struct(found.nit, counted.calls, method, largest, text)
    curvature = hessian(value, found.x) if nargout > 5 else EMPTY
    return (
        counted.point(found.x), float(found.fun), flag, output, norm(slope.reshape(-1, 1)),
        norm(np.asfortranarray(curvature)),
    )  # fmt: skip


def hessian(value: Callable, point: ndarray) -> ndarray:
    """Second derivatives by central differences."""
    count = point.size
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1, np.abs(point))
    found = np.empty((count, count))
    for one in range(count):
        for two in range(one, count):
            total = 0.0
            for first in (1, -1):
                for second in (1, -1):
                    moved = point.copy()
                    moved[one] += first * steps[one]
                    moved[two] += second * steps[two]
                    total += first * second * value(moved)
            found[one, two] = found[two, one] = total / (4 * steps[one] * steps[two])
    return found
