"""Linear, quadratic and mixed-integer programs: linprog, intlinprog, quadprog, lsqlin."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.numerical.optimization_options import SOLVERS, Told
from cnnscript.builtins.numerical.solver_runs import report
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, ndarray, norm, numel_of, size_of
from cnnscript.values.structs import Struct
from cnnscript.values.warn import warn

OPTIMAL = "Optimal solution found."
INFEASIBLE = "No feasible solution found.\n\n{} stopped because no point satisfies the constraints."
UNBOUNDED = "Problem is unbounded."
MINIMUM = (
    "Minimum found that satisfies the constraints.\n\n"
    "Optimization completed because the objective function is non-decreasing in \n"
    "feasible directions, to within the value of the optimality tolerance,\n"
    "and constraints are satisfied to within the value of the constraint tolerance."
)
NOT_CONVEX = "The problem is non-convex."


def matrix_of(value: Any, columns: int, name: str) -> ndarray:
    if value is None or not numel_of(value):
        return np.zeros((0, columns))
    found = take.real(value, name)
    if found.ndim != 2 or found.shape[1] != columns:
        raise ScriptError(
            "optim:checkbounds:DimMismatch", f"The number of columns in {name} must be the same as the number of "
            "elements of f.", notes=(f"{name} is {take.described(value)}, {columns} unknowns",),
        )  # fmt: skip
    return found


def vector_of(value: Any, rows: int, name: str) -> ndarray:
    found = np.zeros(0) if value is None else take.real(value, name).ravel("F")
    if found.size != rows:
        raise ScriptError(
            "optim:checkbounds:DimMismatch",
            f"The number of rows in {'A' if name == 'b' else 'Aeq'} must be the same as the number of elements of "
            f"{name}.",
            notes=(f"{rows} rows, {found.size} elements",),
        )  # fmt: skip
    return found


class Constraints:
    """A*x <= b, Aeq*x = beq, low <= x <= high."""

    def __init__(self, count: int, a, b, aeq, beq, low, high, name: str):
        self.a, self.aeq = matrix_of(a, count, "A"), matrix_of(aeq, count, "Aeq")
        self.b, self.beq = vector_of(b, len(self.a), "b"), vector_of(beq, len(self.aeq), "beq")
        bounds = []
        for value, usual, word in ((low, -np.inf, "lower"), (high, np.inf, "upper")):
            found = np.zeros(0) if value is None else take.real(value, "Bounds").ravel("F")
            if found.size > count:
                warn(f"optim:checkbounds:IgnoringExtra{word[0].upper()}bs", f"Length of {word} bounds is > length(x); "
                     "ignoring extra bounds.")  # fmt: skip
            bounds.append(np.concatenate([found[:count], np.full(max(0, count - found.size), usual)]))
        self.low, self.high = bounds
        self.count, self.name = count, name

    @property
    def contradictory(self) -> bool:
        return bool((self.low > self.high).any())

    def rows(self) -> tuple[ndarray, ndarray]:
        """All inequalities as G*x <= h: linear ones, lower bounds, upper bounds (the finite ones)."""
        unit = np.eye(self.count)
        lower, upper = np.isfinite(self.low), np.isfinite(self.high)
        rows = np.concatenate([self.a, -unit[lower], unit[upper]])
        return rows, np.concatenate([self.b, -self.low[lower], self.high[upper]])

    def multipliers(self, values: ndarray, equalities: ndarray) -> Struct:
        """MATLAB's structure of multipliers, from those of `rows` and of the equalities."""
        lower, upper = np.isfinite(self.low), np.isfinite(self.high)
        parts = np.split(values, [len(self.a), len(self.a) + int(lower.sum())])
        below, above = np.zeros(self.count), np.zeros(self.count)
        below[lower], above[upper] = parts[1], parts[2]
        return Struct({
            "ineqlin": column(parts[0]), "eqlin": column(equalities), "lower": column(below), "upper": column(above),
        })  # fmt: skip


def finite(f: Any) -> ndarray:
    """The coefficients of a linear objective."""
    found = take.real(f, "f").ravel("F")
    if not np.isfinite(found).all():
        raise take.wanted("finite", "f", f)
    return found


def column(values: ndarray):
    return norm(np.asfortranarray(np.asarray(values, float).reshape(-1, 1)))


def from_problem(problem: Any, names: tuple[str, ...]) -> list:
    """The fields of a problem structure as arguments."""
    fields = {name.lower(): value for name, value in problem.fields.items()}
    return [fields.get(name.lower()) for name in names]


def check_guess(guess: Any, count: int) -> None:
    """A point to start from is not needed; it has to be one all the same."""
    if guess is not None and numel_of(guess) and take.vector(guess, "x0").size != count:
        raise take.wanted(f"a vector of {count} elements", "x0", guess)


def solution_output(iterations: float, message: str, algorithm: str, violation: float) -> Struct:
    return Struct({
        "iterations": float(iterations), "constrviolation": float(violation), "message": message,
        "algorithm": algorithm, "firstorderopt": 0.0,
    })  # fmt: skip


def violation_of(constraints: Constraints, x: ndarray) -> float:
    rows, limits = constraints.rows()
    over = (rows @ x - limits).max(initial=0.0)
    return float(max(over, np.abs(constraints.aeq @ x - constraints.beq).max(initial=0.0)))


@builtin(outputs=5)
def linprog(session, nargout, f, a=None, b=None, aeq=None, beq=None, lb=None, ub=None, /, *rest):
    """
    x = linprog(f, A, b)
    x = linprog(f, A, b, Aeq, beq)
    x = linprog(f, A, b, Aeq, beq, lb, ub)
    x = linprog(f, A, b, Aeq, beq, lb, ub, options)
    x = linprog(problem)
    [x, fval, exitflag, output, lambda] = linprog(...)

    Where f'*x is smallest with A*x <= b, Aeq*x = beq and lb <= x <= ub.

    Options (optimoptions): Algorithm, Display (its end, never its steps), MaxIterations, MaxTime, OptimalityTolerance,
    ConstraintTolerance.

    Examples
      >> x = linprog([-1; -1], [1 2; 3 1], [4; 6])
      Optimal solution found.
      x =
          1.6000
          1.2000
      >> options = optimoptions('linprog', 'Display', 'none');
      >> [x, fval, exitflag, output, lambda] = linprog([1 1], [], [], [1 2], 4, [0 0], [], options);
      >> disp([x' fval exitflag])
           0     2     2     1

    See also intlinprog, quadprog, fmincon, optimoptions.
    """
    from scipy.optimize import linprog as run

    options = rest[-1] if rest else None
    if isinstance(f, Struct) and a is None:
        f, a, b, aeq, beq, lb, ub, options = from_problem(
            f, ("f", "Aineq", "bineq", "Aeq", "beq", "lb", "ub", "options")
        )
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    cost = np.zeros(0) if f is None else finite(f)
    count = cost.size or next((size_of(part)[1] for part in (a, aeq) if part is not None and numel_of(part)), 0)
    cost = cost if cost.size else np.zeros(count)
    limits = Constraints(count, a, b, aeq, beq, lb, ub, "linprog")
    told = Told("linprog", options)
    told.refuse("OutputFcn", "PlotFcn")
    if not count:
        raise ScriptError("optim:linprog:EmptyProblem", "The problem has no unknowns.")
    if limits.contradictory:
        return unsolved(session, told, "linprog", -2.0, INFEASIBLE.format("Linprog"))
    algorithm = told.word("Algorithm", (*SOLVERS["linprog"].algorithms, "interior-point-legacy"), "dual-simplex-highs")
    inner = algorithm.startswith("interior-point")
    known = {"MaxIterations": "maxiter", "MaxTime": "time_limit", "OptimalityTolerance": "dual_feasibility_tolerance",
             "ConstraintTolerance": "primal_feasibility_tolerance"}  # fmt: skip
    more = {key: told.number(word, np.inf) for word, key in known.items() if told.number(word, np.inf) < np.inf}
    if "maxiter" in more:
        more["maxiter"] = int(more["maxiter"])
    found = run(
        cost, limits.a if len(limits.a) else None, limits.b if len(limits.a) else None,
        limits.aeq if len(limits.aeq) else None, limits.beq if len(limits.aeq) else None,
        list(zip(limits.low, limits.high, strict=True)), method="highs-ipm" if inner else "highs-ds", options=more,
    )  # fmt: skip
    if found.status != 0:
        known = {2: (-2.0, INFEASIBLE.format("Linprog")), 3: (-3.0, UNBOUNDED)}
        flag, text = known.get(found.status, (0.0, found.message))
        return unsolved(session, told, "linprog", flag, text)
    report(session, told, OPTIMAL, True)
    multipliers = Struct({
        "lower": column(found.lower.marginals), "upper": column(-found.upper.marginals),
        "eqlin": column(-found.eqlin.marginals if len(limits.aeq) else np.zeros(0)),
        "ineqlin": column(-found.ineqlin.marginals if len(limits.a) else np.zeros(0)),
    })  # fmt: skip
    output = solution_output(found.nit, OPTIMAL, algorithm, violation_of(limits, found.x))
    return column(found.x), float(found.fun), 1.0, output, multipliers


def unsolved(session, told: Told, name: str, flag: float, text: str):
    report(session, told, text, False)
    return EMPTY, EMPTY, flag, solution_output(0, text, "dual-simplex-highs", 0.0), Struct({})


@builtin(outputs=4)
def intlinprog(session, nargout, f, intcon=None, a=None, b=None, aeq=None, beq=None, lb=None, ub=None, /, *rest):
    """
    x = intlinprog(f, intcon, A, b)
    x = intlinprog(f, intcon, A, b, Aeq, beq, lb, ub)
    x = intlinprog(f, intcon, A, b, Aeq, beq, lb, ub, x0, options)
    x = intlinprog(problem)
    [x, fval, exitflag, output] = intlinprog(...)

    As linprog, with whole numbers for the elements intcon of x. A guess x0 is checked and not needed.

    Options (optimoptions): Display (its end, never its steps), MaxTime, MaxNodes, RelativeGapTolerance.

    Examples
      >> options = optimoptions('intlinprog', 'Display', 'off');
      >> [x, fval, exitflag, output] = intlinprog([-3; -2], [1 2], [1 1; 2 1], [4.5; 6.5], [], [], [0 0], [], options);
      >> disp([x' fval exitflag])
           2     2   -10     1

    See also linprog, optimoptions.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    options = rest[-1] if rest else None
    if isinstance(f, Struct) and intcon is None:
        f, intcon, a, b, aeq, beq, lb, ub, options = from_problem(
            f, ("f", "intcon", "Aineq", "bineq", "Aeq", "beq", "lb", "ub", "options")
        )
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    cost = finite(f)
    limits = Constraints(cost.size, a, b, aeq, beq, lb, ub, "intlinprog")
    told = Told("intlinprog", options)
    told.refuse("OutputFcn", "PlotFcn", "MaxFeasiblePoints", "ObjectiveCutOff", "AbsoluteGapTolerance")
    if len(rest) == 2 and numel_of(rest[0]) and take.vector(rest[0], "x0").size != cost.size:
        raise take.wanted("a vector as long as f", "x0", rest[0])
    places = np.zeros(0) if intcon is None else take.vector(intcon, "intcon")
    if (places < 1).any() or (places > cost.size).any() or (places != np.floor(places)).any():
        raise take.wanted(f"whole numbers from 1 to {cost.size}", "intcon", intcon)
    if not cost.size:
        raise ScriptError("optim:intlinprog:EmptyProblem", "The problem has no unknowns.")
    whole = np.zeros(cost.size)
    whole[places.astype(int) - 1] = 1
    rows = []
    if len(limits.a):
        rows.append(LinearConstraint(limits.a, -np.inf, limits.b))
    if len(limits.aeq):
        rows.append(LinearConstraint(limits.aeq, limits.beq, limits.beq))
    status, found = 2, None
    if not limits.contradictory:
        more = {"time_limit": told.number("MaxTime", 7200.0), "node_limit": int(told.number("MaxNodes", 1e7)),
                "mip_rel_gap": told.number("RelativeGapTolerance", 1e-4)}  # fmt: skip
        bounds = Bounds(limits.low, limits.high)
        found = milp(cost, integrality=whole, bounds=bounds, constraints=rows, options=more)
        status = found.status
    if status != 0 or found is None:
        flag, text = {2: (-2.0, INFEASIBLE.format("Intlinprog")), 3: (-3.0, UNBOUNDED)}.get(
            status, (0.0, "Solver stopped prematurely.")
        )
        return unsolved(session, told, "intlinprog", flag, text)[:4]
    text = (
        "Optimal solution found.\n\nIntlinprog stopped at the root node because the objective value is within a gap "
        "tolerance of the optimal value,\noptions.AbsoluteGapTolerance = 1e-06. The intcon variables are integer "
        "within tolerance, options.ConstraintTolerance = 1e-06."
    )
    report(session, told, text, True)
    x = np.where(whole > 0, np.round(found.x), found.x)
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    output = Struct({
        "relativegap": float(found.mip_gap or 0), "absolutegap": abs(float(found.fun - bound)),
        "numfeaspoints": 1.0, "numnodes": float(found.mip_node_count or 0), "constrviolation": violation_of(limits, x),
        "algorithm": "highs", "message": text,
    })  # fmt: skip
    return column(x), float(cost @ x), 1.0, output


# ------------------------------------------------------------------------------------------------ quadratic programs
def quadratic(h: ndarray, f: ndarray, limits: Constraints) -> tuple[float, ndarray | None, ndarray, ndarray]:
    """The x where x'*h*x/2 + f'*x is smallest, for an h without negative eigenvalues.

    The equalities are solved first; what is left is a problem of least distance, which Lawson and Hanson (Solving
    Least Squares Problems, 1974, chapter 23) turn into one of nonnegative least squares. The constraints that hold with
    equality there give x once more, exactly, from their linear system.
    Returns MATLAB's exit flag, x (None where there is none), and multipliers of the inequalities and equalities.
    """
    from scipy.optimize import nnls

    rows, bounds = limits.rows()
    nothing = (np.zeros(len(rows)), np.zeros(len(limits.aeq)))
    if limits.contradictory or not feasible(limits):
        return (-2.0, None, *nothing)
    if len(limits.aeq):
        start = np.linalg.lstsq(limits.aeq, limits.beq, rcond=None)[0]
        _, sizes, right = np.linalg.svd(limits.aeq)
        rank = int((sizes > sizes.max(initial=0) * 1e-12).sum())
        basis = right[rank:].T
    else:
        start, basis = np.zeros(f.size), np.eye(f.size)
    inner = basis.T @ h @ basis
    slope = basis.T @ (h @ start + f)
    scale = np.abs(inner).max(initial=0) or 1.0
    values, vectors = np.linalg.eigh(inner) if inner.size else (np.zeros(0), np.zeros((0, 0)))
    if (values < -1e-9 * scale).any():
        return (-6.0, None, *nothing)
    flat = values < 1e-11 * scale
    if flat.any() and falls_forever(h, f, limits):
        return (-3.0, None, *nothing)
    root = np.sqrt(np.where(flat, 1e-9 * scale, values))
    # u = root*(V'y) + V'slope/root is shortest where y is best; y = V*((u - V'slope/root)/root)
    moved = (vectors.T @ slope) / root
    back = basis @ (vectors / root)
    centre = start - back @ moved
    normals, room = rows @ back, bounds - rows @ centre
    if len(rows):
        system = np.concatenate([-normals.T, -room[None, :]])
        target = np.zeros(len(system))
        target[-1] = 1
        dual = nnls(system, target)[0]
        rest = system @ dual - target
        shortest = -rest[:-1] / rest[-1] if abs(rest[-1]) > 1e-14 else np.zeros(root.size)
        active = dual > 1e-12 * max(1.0, dual.max(initial=0))
    else:
        shortest, active = np.zeros(root.size), np.zeros(0, bool)
    x = centre + back @ shortest
    return (1.0, *polished(h, f, limits, rows, bounds, x, active))


def polished(h, f, limits: Constraints, rows, bounds, x, active) -> tuple[ndarray, ndarray, ndarray]:
    """x from the linear system of the constraints that hold with equality, where that is no worse; multipliers."""
    held = np.concatenate([rows[active], limits.aeq])
    count = len(held)
    system = np.block([[h, held.T], [held, np.zeros((count, count))]])
    right = np.concatenate([-f, bounds[active], limits.beq])
    try:
        found = np.linalg.solve(system, right)
    except np.linalg.LinAlgError:
        found = np.linalg.lstsq(system, right, rcond=None)[0]
    better = found[: f.size]
    size = 1 + np.abs(bounds).max(initial=0)
    exact = np.abs(system @ found - right).max(initial=0) <= 1e-8 * (1 + np.abs(right).max(initial=0))
    if exact and (rows @ better - bounds).max(initial=0) <= 1e-9 * size:
        x, pulls = better, found[f.size :]
        x = np.where(np.abs(x) < 1e-15 * (1 + np.abs(x).max(initial=0)), 0, x)
    else:
        pulls = np.linalg.lstsq(held.T, -(h @ x + f), rcond=None)[0]
    values = np.zeros(len(rows))
    values[active] = np.maximum(pulls[: int(active.sum())], 0)
    return x, values, pulls[int(active.sum()) :]


def feasible(limits: Constraints) -> bool:
    from scipy.optimize import linprog as run

    if not len(limits.a) and not len(limits.aeq):
        return True
    found = run(
        np.zeros(limits.count), limits.a if len(limits.a) else None, limits.b if len(limits.a) else None,
        limits.aeq if len(limits.aeq) else None, limits.beq if len(limits.aeq) else None,
        list(zip(limits.low, limits.high, strict=True)), method="highs",
    )  # fmt: skip
    return found.status != 2


def falls_forever(h: ndarray, f: ndarray, limits: Constraints) -> bool:
    """Whether there is a direction without curvature in which the objective falls and no constraint stops it."""
    from scipy.optimize import linprog as run

    rows, _ = limits.rows()
    flat = np.concatenate([h, limits.aeq])
    found = run(
        f, rows if len(rows) else None, np.zeros(len(rows)) if len(rows) else None, flat, np.zeros(len(flat)),
        [(-1, 1)] * f.size, method="highs",
    )  # fmt: skip
    return found.status == 0 and found.fun < -1e-8 * (1 + np.abs(f).max(initial=0))


@builtin(outputs=5)
def quadprog(
    session, nargout, h, f=None, a=None, b=None, aeq=None, beq=None, lb=None, ub=None, x0=None, options=None, /
):  # fmt: skip
    """
    x = quadprog(H, f)
    x = quadprog(H, f, A, b)
    x = quadprog(H, f, A, b, Aeq, beq, lb, ub)
    x = quadprog(H, f, A, b, Aeq, beq, lb, ub, x0, options)
    x = quadprog(problem)
    [x, fval, exitflag, output, lambda] = quadprog(...)

    Where x'*H*x/2 + f'*x is smallest with A*x <= b, Aeq*x = beq and lb <= x <= ub. A guess x0 is not needed.
    The answer is found exactly, so that tolerances and limits on steps have nothing to stop.

    Examples
      >> options = optimoptions('quadprog', 'Display', 'off');
      >> x = quadprog([1 -1; -1 2], [-2; -6], [1 1; -1 2; 2 1], [2; 2; 3], [], [], [], [], [], options)
      x =
          0.6667
          1.3333
      >> H = 2*eye(2); f = [-2; -5];
      >> [x, fval, exitflag, output, lambda] = quadprog(H, f, [], [], [], [], [0; 0], [1; 1], [], options);
      >> disp([x' fval exitflag lambda.upper'])
           1     1    -5     1     0     3

    See also linprog, lsqlin, fmincon, optimoptions.
    """
    if isinstance(h, Struct) and f is None:
        h, f, a, b, aeq, beq, lb, ub, x0, options = from_problem(
            h, ("H", "f", "Aineq", "bineq", "Aeq", "beq", "lb", "ub", "x0", "options")
        )
    curve = take.real(h, "H")
    if curve.ndim != 2 or curve.shape[0] != curve.shape[1]:
        raise ScriptError("optim:quadprog:NonSquareHessian", "Hessian matrix H must be square.",
                          notes=(f"got {take.described(h)}",))  # fmt: skip
    cost = np.zeros(len(curve)) if f is None or not numel_of(f) else take.real(f, "f").ravel("F")
    if cost.size != len(curve):
        raise ScriptError(
            "optim:quadprog:MismatchObjCoefSize",
            "The number of rows in H must be the same as the number of elements of f.",
        )  # fmt: skip
    if not (np.isfinite(curve).all() and np.isfinite(cost).all()):
        raise ScriptError("optim:quadprog:NotFinite", "H and f must be finite.")
    if not np.allclose(curve, curve.T, rtol=1e-12, atol=0):
        warn("optim:quadprog:HessianNotSym", "Your Hessian is not symmetric. Resetting H=(H+H')/2.")
    curve = (curve + curve.T) / 2
    limits = Constraints(cost.size, a, b, aeq, beq, lb, ub, "quadprog")
    told = Told("quadprog", options)
    told.refuse("HessianMultiplyFcn", "OutputFcn", "PlotFcn")
    check_guess(x0, limits.count)
    flag, x, values, equalities = quadratic(curve, cost, limits)
    text = {1: MINIMUM, -2: INFEASIBLE.format("quadprog"), -3: UNBOUNDED, -6: NOT_CONVEX}[int(flag)]
    report(session, told, text, flag > 0)
    if x is None:
        return EMPTY, EMPTY, flag, solution_output(0, text, "active-set", 0.0), Struct({})
    output = solution_output(1, text, "active-set", violation_of(limits, x))
    value = float(x @ curve @ x / 2 + cost @ x)
    return column(x), value, flag, output, limits.multipliers(values, equalities)


@builtin(outputs=6)
def lsqlin(
    session, nargout, c, d, a=None, b=None, aeq=None, beq=None, lb=None, ub=None, x0=None, options=None, /
):  # fmt: skip
    """
    x = lsqlin(C, d, A, b)
    x = lsqlin(C, d, A, b, Aeq, beq, lb, ub)
    x = lsqlin(C, d, A, b, Aeq, beq, lb, ub, x0, options)
    [x, resnorm, residual, exitflag, output, lambda] = lsqlin(...)

    Least squares of C*x - d with A*x <= b, Aeq*x = beq and lb <= x <= ub. A guess x0 is not needed.
    The answer is found exactly, so that tolerances and limits on steps have nothing to stop.

    Examples
      >> options = optimoptions('lsqlin', 'Display', 'off');
      >> x = lsqlin([1 0; 0 1], [3; 4], [1 1], 5, [], [], [], [], [], options)
      x =
           2
           3
      >> lb = [0 0]; ub = [1 1];
      >> [x, resnorm, residual, exitflag, output, lambda] = lsqlin(eye(2), [1; 2], [], [], [], [], lb, ub, [], options);
      >> disp([x' resnorm residual' exitflag])
           1     1     1     0    -1     1

    See also lsqnonneg, quadprog, mldivide.
    """
    matrix, right = take.real(c, "C"), take.real(d, "d").ravel("F")
    if matrix.ndim != 2 or len(matrix) != right.size:
        raise ScriptError(
            "optim:lsqlin:InvalidCAndD", "The number of rows in C must be equal to the length of d.",
            notes=(f"C is {take.described(c)}, d {take.described(d)}",),
        )  # fmt: skip
    if not (np.isfinite(matrix).all() and np.isfinite(right).all()):
        raise ScriptError("optim:lsqlin:NotFinite", "C and d must be finite.")
    limits = Constraints(matrix.shape[1], a, b, aeq, beq, lb, ub, "lsqlin")
    told = Told("lsqlin", options)
    told.refuse("JacobianMultiplyFcn", "OutputFcn", "PlotFcn")
    check_guess(x0, limits.count)
    flag, x, values, equalities = quadratic(matrix.T @ matrix, -matrix.T @ right, limits)
    text = MINIMUM if flag > 0 else INFEASIBLE.format("lsqlin")
    report(session, told, text, flag > 0)
    if x is None:
        return EMPTY, EMPTY, EMPTY, flag, solution_output(0, text, "active-set", 0.0), Struct({})
    if not len(limits.aeq) and not values.any():
        x = np.linalg.lstsq(matrix, right, rcond=None)[0] if not len(limits.rows()[0]) else x
    rest = matrix @ x - right
    output = solution_output(1, text, "active-set", violation_of(limits, x))
    return column(x), float(rest @ rest), column(rest), flag, output, limits.multipliers(values, equalities)
