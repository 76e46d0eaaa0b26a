"""Smallest values under constraints of any kind: fmincon."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.language.watched_runs import number_from
from cnnscript.builtins.numerical.equation_solving import hessian
from cnnscript.builtins.numerical.programs_linear import Constraints, column, from_problem
from cnnscript.builtins.numerical.solver_runs import Counted, output_struct, report, steps_of, told_of, too_many
from cnnscript.builtins.registry import builtin
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


POSSIBLE = (
    "Local minimum possible. Constraints satisfied.\n\n"
    "fmincon stopped because the size of the current step is less than\n"
    "the value of the step size tolerance and constraints are \n"
    "satisfied to within the value of the constraint tolerance."
)
UNBOUNDED = (
    "Problem appears unbounded.\n\n"
    "fmincon stopped because the objective function value is less than\n"
    "the value of the objective function limit and constraints\n"
    "are satisfied to within the value of the constraint tolerance."
)


class Curved:
    """The constraints c(x) <= 0 and ceq(x) = 0 of a program's function, evaluated once a point."""

    def __init__(self, session, function: Any, point, slopes: bool = False):
        self.session, self.function, self.point, self.kept = session, function, point, None
        self.slopes = slopes  # it gives its gradients too, a column for each constraint

    def both(self, flat: ndarray) -> tuple[ndarray, ndarray]:
        if self.kept is None or not np.array_equal(self.kept[0], flat):
            call = self.function.call if type(self.function) is Function else None
            args = (self.point(flat),)
            count = 4 if self.slopes else 2
            found = call(count, *args) if call else self.session.call(take.text(self.function, "nonlcon"), count, *args)
            parts = [np.asarray(as_array(part), float) for part in found]
            self.kept = (flat.copy(), parts[0].ravel("F"), parts[1].ravel("F"), *(part.T for part in parts[2:]))
        return self.kept[1], self.kept[2]

    def steep(self, part: Any, flat: ndarray, low: ndarray, high: ndarray) -> ndarray:
        """Derivatives of `below` or `equal`: a row for each constraint."""
        if not self.slopes:
            return slopes_of(part, flat, low, high)
        self.both(flat)
        return np.asarray(self.kept[3 if part == self.below else 4]).reshape(-1, flat.size)

    def below(self, flat: ndarray) -> ndarray:
        return self.both(flat)[0]

    def equal(self, flat: ndarray) -> ndarray:
        return self.both(flat)[1]


def stepped(value, flat: ndarray, method: str, relative: ndarray, sizes: ndarray) -> list[float]:
    """Derivatives by the steps that the options ask for."""
    at = value(flat)
    found = []
    for place, share in enumerate(relative):
        step = share * (1.0 if flat[place] >= 0 else -1.0) * max(abs(flat[place]), sizes[place])
        there, back = flat.copy(), flat.copy()
        there[place] += step
        if method == "3-point":
            back[place] -= step
            found.append((value(there) - value(back)) / (2 * step))
        else:
            found.append((value(there) - at) / step)
    return found


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
    MaxIterations (MaxIter), MaxFunctionEvaluations (MaxFunEvals), StepTolerance (TolX), ObjectiveLimit,
    SpecifyObjectiveGradient (GradObj), SpecifyConstraintGradient (GradConstr), FiniteDifferenceType,
    FiniteDifferenceStepSize, TypicalX, UseParallel (the answer is the same).

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
    told = told_of("fmincon", options, start)
    slopes = told.flag("SpecifyObjectiveGradient")
    counted = Counted(session, fun, start.shape, "fmincon", slopes)
    tolerance = told.number("OptimalityTolerance", told.number("FunctionTolerance", 1e-6))
    narrow = told.number("ConstraintTolerance", 1e-6)
    most, most_calls = told.number("MaxIterations", 1000), told.number("MaxFunctionEvaluations", 3000)
    lowest, small = told.number("ObjectiveLimit", -1e20), told.number("StepTolerance", 1e-10)
    method, relative, sizes = steps_of(told, start)
    by_steps = told.has("FiniteDifferenceType") or told.has("FiniteDifferenceStepSize") or told.has("TypicalX")
    if limits.contradictory:
        report(session, told, INFEASIBLE, False)
        return counted.point(start.ravel("F")), EMPTY, -2.0, output_struct(0, 0, "sqp", 0.0, INFEASIBLE)

    def value(flat: ndarray) -> float:
        return number_from(norm(counted.values(flat).reshape(1, -1)), "fmincon")

    def gradient(flat: ndarray) -> ndarray:
        if slopes:
            return counted.both(flat)[1].ravel("F")
        if by_steps:
            return np.array(stepped(value, flat, method, relative, sizes))
        return slopes_of(value, flat, limits.low, limits.high)[0]

    parts: list[dict] = []
    if len(limits.a):
        parts.append({"type": "ineq", "fun": lambda x: limits.b - limits.a @ x, "jac": lambda x: -limits.a})
    if len(limits.aeq):
        parts.append({"type": "eq", "fun": lambda x: limits.beq - limits.aeq @ x, "jac": lambda x: -limits.aeq})
    first = np.clip(start.ravel("F"), limits.low, limits.high)
    curved = None
    if nonlcon is not None and numel_of(nonlcon):
        curved = Curved(session, nonlcon, counted.point, told.flag("SpecifyConstraintGradient"))
        below, equal = curved.both(first)
        for count, part, kind, sign in ((below.size, curved.below, "ineq", -1), (equal.size, curved.equal, "eq", 1)):
            if count:
                parts.append({
                    "type": kind, "fun": lambda x, part=part, sign=sign: sign * part(x),
                    "jac": lambda x, part=part, sign=sign: sign * curved.steep(part, x, limits.low, limits.high),
                })  # fmt: skip
    last, ended = [first.copy()], [""]

    def watch(intermediate_result: Any) -> None:
        move = np.abs(intermediate_result.x - last[0])
        if counted.calls >= most_calls:
            ended[0] = "calls"
        elif intermediate_result.fun < lowest:
            ended[0] = "lowest"
        elif move.any() and (move < small * (1 + np.abs(last[0]))).all():
            ended[0] = "step"
        last[0] = intermediate_result.x.copy()
        if ended[0]:
            raise StopIteration

    found = minimize(
        value, first, jac=gradient, method="SLSQP", constraints=parts,
        bounds=list(zip(limits.low, limits.high, strict=True)),
        options={"ftol": min(1e-12, tolerance**2), "maxiter": int(most)}, callback=watch,
    )  # fmt: skip
    x = np.clip(found.x, limits.low, limits.high)
    over = violation(limits, curved, x)
    slope = gradient(x)
    multipliers, remaining = pulls(limits, curved, x, slope)
    if over > max(narrow, 1e-6) * (1 + np.abs(x).max(initial=0)):
        flag, text = -2.0, INFEASIBLE
    elif ended[0] == "lowest":
        flag, text = -3.0, UNBOUNDED
    elif ended[0] == "calls":
        flag, text = 0.0, too_many("fmincon", "MaxFunctionEvaluations", most_calls)
    elif found.status == 9:
        flag, text = 0.0, too_many("fmincon", "MaxIterations", most)
    elif ended[0] == "step" and remaining > tolerance * (1 + np.abs(slope).max(initial=0)):
        flag, text = 2.0, POSSIBLE
    else:
        flag, text = 1.0, MINIMUM
    report(session, told, text, flag > 0)
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
        steep_below = curved.steep(curved.below, x, limits.low, limits.high) if below.size else steep_below
        steep_equal = curved.steep(curved.equal, x, limits.low, limits.high) if equal.size else steep_equal
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
