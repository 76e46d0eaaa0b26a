"""Smallest values under constraints of any kind: fmincon."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.equation_solving import (
    Counted,
    hessian,
    output_struct,
    refuse_watchers,
    report,
    setting,
    switched,
)
from cnnscript.builtins.programs_linear import Constraints, column, from_problem
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.zeros_and_minima import number_from
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm, numel_of
from cnnscript.values.structs import Struct

MINIMUM = (
    "Local minimum found that satisfies the constraints.\n\n"
    "Optimization completed because the objective function is non-decreasing in \n"
    "feasible directions, to within the value of the optimality tolerance,\n"
    "and constraints are satisfied to within the value of the constraint tolerance."
)
INFEASIBLE = (
    "Converged to an infeasible point.\n\n"
    "fmincon stopped because the constraints are not satisfied to within the value of the constraint tolerance."
)
STOPPED = (
    "Solver stopped prematurely.\n\n"
    "fmincon stopped because it exceeded the iteration limit,\noptions.MaxIterations = {:e}."
)


class Curved:
    """The constraints c(x) <= 0 and ceq(x) = 0 of a program's function, evaluated once a point."""

    def __init__(self, session, function: Any, point):
        self.session, self.function, self.point, self.kept = session, function, point, None

    def both(self, flat: ndarray) -> tuple[ndarray, ndarray]:
        if self.kept is None or not np.array_equal(self.kept[0], flat):
            call = self.function.call if type(self.function) is Function else None
            args = (self.point(flat),)
            found = call(2, *args) if call else self.session.call(take.text(self.function, "nonlcon"), 2, *args)
            parts = [np.asarray(as_array(part), float).ravel("F") for part in found]
            self.kept = (flat.copy(), parts[0], parts[1])
        return self.kept[1], self.kept[2]

    def below(self, flat: ndarray) -> ndarray:
        return self.both(flat)[0]

    def equal(self, flat: ndarray) -> ndarray:
        return self.both(flat)[1]


def slopes_of(function, flat: ndarray, low: ndarray, high: ndarray) -> ndarray:
    """Derivatives by central differences, one-sided at the bounds; a row for each value."""
    steps = np.finfo(float).eps ** (1 / 3) * np.maximum(1, np.abs(flat))
    found = []
    for place, step in enumerate(steps):
        above, below = flat.copy(), flat.copy()
        above[place] = min(flat[place] + step, high[place])
        below[place] = max(flat[place] - step, low[place])
        width = above[place] - below[place]
        found.append((np.atleast_1d(function(above)) - np.atleast_1d(function(below))) / (width or 1.0))
    return np.stack(found, axis=1)


@builtin(outputs=7)
def fmincon(
    session, nargout, fun, x0=None, a=None, b=None, aeq=None, beq=None, lb=None, ub=None, nonlcon=None, options=None, /
):  # fmt: skip
    """
    x = fmincon(fun, x0, A, b)
    x = fmincon(fun, x0, A, b, Aeq, beq, lb, ub)
    x = fmincon(fun, x0, A, b, Aeq, beq, lb, ub, nonlcon, options)
    x = fmincon(problem)
    [x, fval, exitflag, output, lambda, grad, hessian] = fmincon(...)

    Where a function of several variables is smallest under A*x <= b, Aeq*x = beq, lb <= x <= ub and
    [c, ceq] = nonlcon(x) with c <= 0, ceq = 0, from x0 on, by sequential quadratic programs whatever 'Algorithm' says.
    What 'Display' 'iter' shows is the end only.

    Options (optimoptions or optimset): Display, OptimalityTolerance (TolFun), ConstraintTolerance (TolCon),
    MaxIterations (MaxIter), SpecifyObjectiveGradient (GradObj).

    Examples
      >> options = optimoptions('fmincon', 'Display', 'off');
      >> x = fmincon(@(x) 100*(x(2) - x(1)^2)^2 + (1 - x(1))^2, [-1 2], [1 2], 1, [], [], [], [], [], options)
      x =
          0.5022    0.2489
      >> fun = @(x) x(1) + x(2); con = @(x) deal(x(1)^2 + x(2)^2 - 1, []); no = [];
      >> [x, fval, exitflag, output, lambda, grad, hessian] = fmincon(fun, [0 0], no, no, no, no, no, no, con, options);
      >> disp(round([x fval exitflag lambda.ineqnonlin], 4))
         -0.7071   -0.7071   -1.4142    1.0000    0.7071

    See also fminunc, fminsearch, quadprog, linprog, optimoptions.
    """
    from scipy.optimize import minimize

    if isinstance(fun, Struct) and x0 is None:
        fun, x0, a, b, aeq, beq, lb, ub, nonlcon, options = from_problem(
            fun, ("objective", "x0", "Aineq", "bineq", "Aeq", "beq", "lb", "ub", "nonlcon", "options")
        )
    if x0 is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("fmincon(fun, x0, A, b)",))
    start = take.real(x0, "x0")
    limits = Constraints(start.size, a, b, aeq, beq, lb, ub, "fmincon")
    refuse_watchers(options, "fmincon")
    slopes = switched(options, "specifyobjectivegradient", "gradobj")
    counted = Counted(session, fun, start.shape, "fmincon", slopes)
    tolerance = setting(options, ("optimalitytolerance", "tolfun"), 1e-6)
    narrow = setting(options, ("constrainttolerance", "tolcon"), 1e-6)
    most = setting(options, ("maxiterations", "maxiter"), 1000)
    if limits.contradictory:
        report(session, options, INFEASIBLE, False)
        return counted.point(start.ravel("F")), EMPTY, -2.0, output_struct(0, 0, "sqp", 0.0, INFEASIBLE)

    def value(flat: ndarray) -> float:
        return number_from(norm(counted.values(flat).reshape(1, -1)), "fmincon")

    def gradient(flat: ndarray) -> ndarray:
        if slopes:
            return counted.both(flat)[1].ravel("F")
        return slopes_of(value, flat, limits.low, limits.high)[0]

    parts: list[dict] = []
    if len(limits.a):
        parts.append({"type": "ineq", "fun": lambda x: limits.b - limits.a @ x, "jac": lambda x: -limits.a})
    if len(limits.aeq):
        parts.append({"type": "eq", "fun": lambda x: limits.beq - limits.aeq @ x, "jac": lambda x: -limits.aeq})
    first = np.clip(start.ravel("F"), limits.low, limits.high)
    curved = None
    if nonlcon is not None and numel_of(nonlcon):
        curved = Curved(session, nonlcon, counted.point)
        below, equal = curved.both(first)
        for count, part, kind, sign in ((below.size, curved.below, "ineq", -1), (equal.size, curved.equal, "eq", 1)):
            if count:
                parts.append({
                    "type": kind, "fun": lambda x, part=part, sign=sign: sign * part(x),
                    "jac": lambda x, part=part, sign=sign: sign * slopes_of(part, x, limits.low, limits.high),
                })  # fmt: skip
    found = minimize(
        value, first, jac=gradient, method="SLSQP", constraints=parts,
        bounds=list(zip(limits.low, limits.high, strict=True)),
        options={"ftol": min(1e-12, tolerance**2), "maxiter": int(most)},
    )  # fmt: skip
    x = np.clip(found.x, limits.low, limits.high)
    over = violation(limits, curved, x)
    slope = gradient(x)
    multipliers, remaining = pulls(limits, curved, x, slope)
    if over > max(narrow, 1e-6) * (1 + np.abs(x).max(initial=0)):
        flag, text = -2.0, INFEASIBLE
    elif found.status == 9:
        flag, text = 0.0, STOPPED.format(most)
    else:
        flag, text = 1.0, MINIMUM
    report(session, options, text, flag > 0)
    output = output_struct(found.nit, counted.calls, "sqp", remaining, text)
    output.fields["constrviolation"] = over
    curvature = norm(np.asfortranarray(hessian(value, x))) if nargout > 6 else EMPTY
    return counted.point(x), value(x), flag, output, multipliers, column(slope), curvature


def violation(limits: Constraints, curved: Curved | None, x: ndarray) -> float:
    over = max((limits.a @ x - limits.b).max(initial=0.0), np.abs(limits.aeq @ x - limits.beq).max(initial=0.0))
    if curved is not None:
        below, equal = curved.both(x)
        over = max(over, below.max(initial=0.0), np.abs(equal).max(initial=0.0))
    return float(over)


def pulls(limits: Constraints, curved: Curved | None, x: ndarray, slope: ndarray) -> tuple[Struct, float]:
    """Multipliers of the constraints that hold with equality, not negative for inequalities, that leave least of the
    gradient; and what is left."""
    from scipy.optimize import nnls

    rows, bounds = limits.rows()
    below = equal = np.zeros(0)
    steep_below = steep_equal = np.zeros((0, x.size))
    if curved is not None:
        below, equal = curved.both(x)
        steep_below = slopes_of(curved.below, x, limits.low, limits.high) if below.size else steep_below
        steep_equal = slopes_of(curved.equal, x, limits.low, limits.high) if equal.size else steep_equal
    inequalities = np.concatenate([rows, steep_below])
    near = np.concatenate([rows @ x - bounds, below]) > -1e-5 * (1 + np.abs(x).max(initial=0))
    equalities = np.concatenate([limits.aeq, steep_equal])
    system = np.concatenate([inequalities[near], equalities, -equalities]).T
    values = np.zeros(len(inequalities))
    both = np.zeros(len(equalities))
    remaining = float(np.abs(slope).max(initial=0))
    if system.shape[1]:
        dual = nnls(system, -slope)[0]
        remaining = float(np.abs(system @ dual + slope).max(initial=0))
        count = int(near.sum())
        values[near] = dual[:count]
        both = dual[count : count + len(equalities)] - dual[count + len(equalities) :]
    found = limits.multipliers(values[: len(rows)], both[: len(limits.aeq)])
    found.fields["eqnonlin"] = column(both[len(limits.aeq) :])
    found.fields["ineqnonlin"] = column(values[len(rows) :])
    return found, remaining
