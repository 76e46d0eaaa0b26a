"""Systems of equations and least squares: fsolve, fminunc, lsqnonneg, lsqnonlin, lsqcurvefit, optimoptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.zeros_and_minima import callable_of, number_from
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, EMPTY, as_array, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


def setting(options: Any, names: tuple[str, ...], default: float) -> float:
    """A number among the options, under its old or new name."""
    if isinstance(options, Struct):
        for name, value in options.fields.items():
            if name.lower() in names and numel_of(value) and text_or_none(value) is None:
                return take.number(value, name)
    return default


def switched(options: Any, *names: str) -> bool:
    if isinstance(options, Struct):
        for name, value in options.fields.items():
            if name.lower() in names and numel_of(value):
                return take.flag(value, name)
    return False


def word_of(options: Any, name: str, default: str) -> str:
    if isinstance(options, Struct):
        for key, value in options.fields.items():
            word = text_or_none(value)
            if key.lower() == name and word:
                return word.lower()
    return default


class Counted:
    """A function of the program over points of a given shape; with its slope where it gives one."""

    def __init__(self, session, function: Any, shape: tuple, name: str, slopes: bool = False, extra: tuple = ()):
        self.shape, self.name, self.calls, self.slopes, self.extra = shape, name, 0, slopes, extra
        self.evaluate = callable_of(session, function, name)
        self.function, self.session, self.kept = function, session, None

    def point(self, flat: ndarray):
        return norm(np.asfortranarray(flat.reshape(self.shape, order="F")))

    def values(self, flat: ndarray) -> ndarray:
        self.calls += 1
        if self.slopes:
            both = self.both(flat)
            return both[0]
        found = require_numeric(self.evaluate(self.point(flat), *self.extra), self.name).ravel("F")
        return self.finite(found)

    def both(self, flat: ndarray) -> tuple[ndarray, ndarray]:
        if self.kept is None or not np.array_equal(self.kept[0], flat):
            standing = self.function.as_function() if isinstance(self.function, Object) else self.function
            call = standing.call if type(standing) is Function else None
            args = (self.point(flat), *self.extra)
            pair = call(2, *args) if call else self.session.call(self.function, 2, *args)
            value = self.finite(require_numeric(pair[0], self.name).ravel("F"))
            self.kept = (flat.copy(), value, np.asarray(as_array(pair[1]), float))
        return self.kept[1], self.kept[2]

    def finite(self, found: ndarray) -> ndarray:
        if self.calls <= 1 and not np.isfinite(found).all():
            raise ScriptError(
                f"optim:{self.name}:UndefAtX0" if self.name != "fsolve" else "optim:trustnleqn:UserObjUndefAtX0",
                "Objective function is returning undefined values at initial point. "
                f"{self.name.upper()} cannot continue.",
            )
        return found.astype(DOUBLE) if found.dtype.kind != "c" else found


def report(session, options: Any, text: str, good: bool) -> None:
    """Print what ended a run, as 'Display' says (usually always)."""
    shown = word_of(options, "display", "final")
    if shown in ("off", "none") or shown == "notify" and good:
        return
    session.out.write(f"\n{text}\n\n")


def refuse_watchers(options: Any, name: str) -> None:
    """Functions that watch a run are not called here."""
    if isinstance(options, Struct):
        for key, value in options.fields.items():
            if key.lower() in ("outputfcn", "plotfcn", "plotfcns") and numel_of(value):
                raise ScriptError("cnnscript:NotYet", f"'{key}' of {name} is not in cnnscript yet.")


def output_struct(iterations: int, calls: int, algorithm: str, optimality: float, message: str) -> Struct:
    return Struct({
        "iterations": float(iterations), "funcCount": float(calls), "algorithm": algorithm,
        "firstorderopt": float(optimality), "message": message,
    })  # fmt: skip


SOLVED = (
    "Equation solved.\n\nfsolve completed because the vector of function values is near zero\nas measured by the value "
    "of the function tolerance, and\nthe problem appears regular as measured by the gradient."
)
STALLED = (
    "No solution found.\n\nfsolve stopped because the problem appears regular as measured by the gradient,\nbut the "
    "vector of function values is not near zero as measured by the\nvalue of the function tolerance."
)
MINIMUM = (
    "Local minimum found.\n\nOptimization completed because the size of the gradient is less than\n"
    "the value of the optimality tolerance."
)
EXCEEDED = "Solver stopped prematurely.\n\nfsolve stopped because it exceeded the iteration limit."


@builtin(outputs=5)
def fsolve(session, nargout, fun, x0, options=None, /, *extra):
    """
    x = fsolve(fun, x0)
    x = fsolve(fun, x0, options)
    [x, fval, exitflag, output, jacobian] = fsolve(...)

    Solve the equations fun(x) = 0, from x0 on.  What 'Display' 'iter' shows is the end only.

    Options (optimoptions or optimset): Display, FunctionTolerance (TolFun), StepTolerance (TolX), MaxIterations
    (MaxIter), MaxFunctionEvaluations (MaxFunEvals), SpecifyObjectiveGradient (Jacobian).

    Examples
      >> options = optimoptions('fsolve', 'Display', 'off');
      >> x = fsolve(@(x) [x(1)^2 + x(2) - 3; x(1) - x(2) + 1], [1; 1], options)
      x =
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

    See also fzero, lsqnonlin, optimoptions.
    """
    from scipy.optimize import least_squares

    start = require_numeric(x0, "fsolve").astype(DOUBLE)
    slopes = switched(options, "specifyobjectivegradient", "jacobian")
    counted = Counted(session, fun, start.shape, "fsolve", slopes, extra)
    tolerance = setting(options, ("functiontolerance", "tolfun"), 1e-6)
    step = setting(options, ("steptolerance", "tolx"), 1e-6)
    refuse_watchers(options, "fsolve")
    calls = setting(options, ("maxfunctionevaluations", "maxfunevals"), 100 * start.size)
    calls = min(calls, setting(options, ("maxiterations", "maxiter"), 400))
    jacobian = (lambda flat: counted.both(flat)[1]) if slopes else "2-point"
    found = least_squares(
        counted.values, start.ravel("F"), jacobian, method="dogbox", ftol=1e-15, xtol=max(1e-15, min(step, 1e-10)),
        gtol=1e-15, max_nfev=int(max(1, calls)),
    )  # fmt: skip
    size = float((found.fun**2).sum())
    solved = size <= tolerance**0.5
    over = found.status == 0
    flag = 1.0 if solved else 0.0 if over else -2.0
    text = SOLVED if solved else EXCEEDED if over else STALLED
    report(session, options, text, solved)
    shape = require_numeric(counted.evaluate(counted.point(found.x), *extra), "fsolve").shape if not slopes else (-1, 1)
    value = norm(np.asfortranarray(found.fun.reshape(shape, order="F")))
    algorithm = word_of(options, "algorithm", "trust-region-dogleg")
    output = output_struct(found.njev, counted.calls, algorithm, found.optimality, text)
    return counted.point(found.x), value, flag, output, norm(np.asfortranarray(np.atleast_2d(found.jac)))


@builtin(outputs=6)
def fminunc(session, nargout, fun, x0, options=None, /, *extra):
    """
    x = fminunc(fun, x0)
    x = fminunc(fun, x0, options)
    [x, fval, exitflag, output, grad, hessian] = fminunc(...)

    Where a function of several variables is smallest, by a quasi-Newton method from x0 on.  What 'Display' 'iter'
    shows is the end only.

    Options (optimoptions or optimset): Display, OptimalityTolerance (TolFun), StepTolerance (TolX), MaxIterations
    (MaxIter), SpecifyObjectiveGradient (GradObj).

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

    See also fminsearch, fsolve, optimoptions.
    """
    from scipy.optimize import minimize

    start = require_numeric(x0, "fminunc").astype(DOUBLE)
    slopes = switched(options, "specifyobjectivegradient", "gradobj")
    counted = Counted(session, fun, start.shape, "fminunc", slopes, extra)
    refuse_watchers(options, "fminunc")
    tolerance = setting(options, ("optimalitytolerance", "tolfun"), 1e-6)
    most = setting(options, ("maxiterations", "maxiter"), 400)

    def value(flat: ndarray) -> float:
        return number_from(norm(counted.values(flat).reshape(1, -1)), "fminunc")

    gradient = (lambda flat: counted.both(flat)[1].ravel("F")) if slopes else None
    found = minimize(
        value, start.ravel("F"), jac=gradient, method="BFGS", options={"gtol": tolerance, "maxiter": int(most)}
    )
    slope = np.asarray(found.jac)
    good = bool(np.abs(slope).max(initial=0) <= max(tolerance * (1 + abs(found.fun)), 1e-5)) or found.status == 2
    flag = 1.0 if good else 0.0
    text = (
        MINIMUM if good else "Solver stopped prematurely.\n\nfminunc stopped because it exceeded the iteration limit."
    )
    report(session, options, text, good)
    output = output_struct(found.nit, counted.calls, "quasi-newton", np.abs(slope).max(initial=0), text)
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
    if options is not None and not isinstance(options, Struct) and numel_of(options):
        raise ScriptError("MATLAB:lsqnonneg:ArgNotStruct", "The options must be a structure created with OPTIMSET.")
    width = matrix.shape[1]
    usual = 10 * np.finfo(float).eps * np.abs(matrix).sum(axis=0).max(initial=0) * max(matrix.shape, default=0)
    tolerance = setting(options, ("tolx",), usual)
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
            if inner > 10 * width:
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
    message = "Optimization terminated." if flag else "Exiting: Iteration count is exceeded."
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


def least(session, counted: Counted, start: ndarray, low, high, options, name: str):
    from scipy.optimize import least_squares

    refuse_watchers(options, name)
    bounds = bounds_of(low, high, start.size)
    tolerance = setting(options, ("functiontolerance", "tolfun"), 1e-6)
    jacobian = (lambda flat: counted.both(flat)[1]) if counted.slopes else "2-point"
    room = np.where(np.isfinite(bounds[1] - bounds[0]), bounds[1] - bounds[0], 1.0) / 10
    # a start on a bound is moved in a little: from there no step could be seen
    inside = np.clip(start.ravel("F"), bounds[0] + room, bounds[1] - room)
    found = least_squares(
        counted.values, inside, jacobian, bounds=bounds, ftol=min(tolerance, 1e-10), xtol=1e-12, gtol=1e-12,
        max_nfev=int(max(50, setting(options, ("maxfunctionevaluations", "maxfunevals"), 100 * start.size))),
    )  # fmt: skip
    good = found.status > 0
    text = (
        MINIMUM
        if good
        else f"Solver stopped prematurely.\n\n{name} stopped because it exceeded the function evaluation limit."
    )
    report(session, options, text, good)
    slope = found.grad
    multipliers = Struct({
        "lower": norm(np.where(found.active_mask < 0, slope, 0.0).reshape(-1, 1)),
        "upper": norm(np.where(found.active_mask > 0, -slope, 0.0).reshape(-1, 1)),
    })  # fmt: skip
    output = output_struct(found.njev, counted.calls, "trust-region-reflective", found.optimality, text)
    return (
        counted.point(found.x), float((found.fun**2).sum()), norm(found.fun.reshape(-1, 1)), 1.0 if good else 0.0,
        output, multipliers, norm(np.asfortranarray(np.atleast_2d(found.jac))),
    )  # fmt: skip


@builtin(outputs=7)
def lsqnonlin(session, nargout, fun, x0, lb=None, ub=None, options=None, /):
    """
    x = lsqnonlin(fun, x0)
    x = lsqnonlin(fun, x0, lb, ub)
    x = lsqnonlin(fun, x0, lb, ub, options)
    [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqnonlin(...)

    Where the sum of the squares of fun(x) is smallest, within bounds.

    Examples
      >> options = optimoptions('lsqnonlin', 'Display', 'off');
      >> x = lsqnonlin(@(x) [x(1) - 1; 2*x(2) - 4], [0 0], [], [], options); round(x, 4)
      ans =
           1     2
      >> [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqnonlin(@(x) x - 5, 0, 0, 3, options); round(x)
      ans =
           3

    See also lsqcurvefit, fsolve, optimoptions.
    """
    start = require_numeric(x0, "lsqnonlin").astype(DOUBLE)
    slopes = switched(options, "specifyobjectivegradient", "jacobian")
    counted = Counted(session, fun, start.shape, "lsqnonlin", slopes)
    return least(session, counted, start, lb, ub, options, "lsqnonlin")


@builtin(outputs=7)
def lsqcurvefit(session, nargout, fun, x0, xdata, ydata, lb=None, ub=None, options=None, /):
    """
    x = lsqcurvefit(fun, x0, xdata, ydata)
    x = lsqcurvefit(fun, x0, xdata, ydata, lb, ub)
    x = lsqcurvefit(fun, x0, xdata, ydata, lb, ub, options)
    [x, resnorm, residual, exitflag, output, lambda, jacobian] = lsqcurvefit(...)

    Fit fun(x, xdata) to ydata by least squares.

    Examples
      >> options = optimoptions('lsqcurvefit', 'Display', 'off');
      >> x = lsqcurvefit(@(x, t) x(1)*exp(x(2)*t), [1 1], 0:3, 2*exp(-0.5*(0:3)), [], [], options); round(x, 3)
      ans =
          2.0000   -0.5000
      >> [x, resnorm] = lsqcurvefit(@(x, t) x*t, 1, 1:3, 2:2:6, [], [], options); round(x, 4)
      ans =
           2

    See also lsqnonlin, polyfit, optimoptions.
    """
    start = require_numeric(x0, "lsqcurvefit").astype(DOUBLE)
    target = require_numeric(ydata, "lsqcurvefit").ravel("F").astype(DOUBLE)
    slopes = switched(options, "specifyobjectivegradient", "jacobian")
    counted = Counted(session, fun, start.shape, "lsqcurvefit", slopes, (xdata,))
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
    return least(session, counted, start, lb, ub, options, "lsqcurvefit")


SOLVERS = ("fsolve", "fminunc", "fmincon", "lsqnonlin", "lsqcurvefit", "linprog", "quadprog", "fminsearch", "fzero",
           "fminbnd", "lsqnonneg", "lsqlin", "intlinprog", "ga", "patternsearch", "particleswarm")  # fmt: skip
KNOWN = (
    "Algorithm", "CheckGradients", "Display", "FiniteDifferenceStepSize", "FiniteDifferenceType", "FunctionTolerance",
    "FunValCheck", "MaxFunctionEvaluations", "MaxIterations", "OptimalityTolerance", "OutputFcn", "PlotFcn",
    "SpecifyObjectiveGradient", "SpecifyConstraintGradient", "StepTolerance", "ConstraintTolerance", "TypicalX",
    "UseParallel", "ScaleProblem", "HessianApproximation", "HessianFcn", "SubproblemAlgorithm", "TolFun", "TolX",
    "MaxIter", "MaxFunEvals", "GradObj", "Jacobian", "Diagnostics", "ObjectiveLimit",
)  # fmt: skip


@builtin
def optimoptions(solver, /, *given):
    """
    options = optimoptions(SolverName)
    options = optimoptions(SolverName, Name, Value, ...)
    options = optimoptions(oldoptions, Name, Value, ...)

    Options for fsolve, fminunc, lsqnonlin and their kin, as a struct of those that were given.

    Examples
      >> options = optimoptions('fsolve', 'Display', 'off', 'FunctionTolerance', 1e-10); options.Display
      ans =
          'off'
      >> options = optimoptions(options, 'Display', 'iter'); options.Display
      ans =
          'iter'
      >> options = optimoptions('fminunc'); isempty(options.Display)
      ans =
        logical
         1

    See also optimset, fsolve, fminunc.
    """
    fields: dict[str, Any] = {}
    if isinstance(solver, Struct):
        fields.update(solver.fields)
    else:
        name = solver.text if type(solver) is Function else take.text(solver, "SolverName")
        word = take.choice(name.lstrip("@"), SOLVERS, "SolverName")
        fields = {"SolverName": word, "Display": EMPTY}
    if len(given) % 2:
        raise ScriptError("optim:options:NameValuePairs", "Options must occur in name-value pairs.")
    for name, value in zip(given[::2], given[1::2], strict=True):
        fields[take.choice(name, KNOWN, "Option")] = value
    return Struct(fields)
