"""What solvers of equations and least squares share: functions counted, slopes by small steps, options, last words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.language.watched_runs import callable_of
from cnnscript.builtins.numerical.optimization_options import Told
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, as_array, class_of, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


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


def start_of(x0: Any, name: str) -> ndarray:
    """The point to start from: real doubles."""
    if class_of(x0) != "double":
        raise ScriptError(
            f"optim:{name}:NonDoubleInput",
            f"{name.upper()} requires the following inputs to be of data type double: 'X0'.",
            notes=(f"got {described(x0)}",),
        )
    start = require_numeric(x0, name)
    if start.dtype.kind == "c":
        raise ScriptError(f"optim:{name}:ComplexX0", f"{name.upper()} starts from real numbers.")
    return start.astype(DOUBLE)


def told_of(name: str, options: Any, start: ndarray) -> Told:
    """The options of one call; those that are not to be had are refused."""
    told = Told(name, options)
    told.refuse(
        "OutputFcn", "PlotFcn", "CheckGradients", "JacobianMultiplyFcn", "HessianMultiplyFcn", "HessianFcn",
        "JacobPattern", "ScaleProblem", "FunValCheck", "InitDamping",
    )  # fmt: skip
    typical = told.given.get("typicalx")
    if typical is not None and text_or_none(typical) is None and numel_of(typical) not in (0, start.size):
        raise ScriptError("optim:checkTypicalX:SizeMismatch", "TypicalX must be the same size as X0.")
    if told.has("UseParallel"):  # there are no workers to share the work: the answer is the same
        told.flag("UseParallel")
    return told


def report(session, told: Told, text: str, good: bool) -> None:
    """Print what ended a run, as 'Display' says (usually always)."""
    shown = told.display("final")
    if shown == "none" or shown == "notify" and good:
        return
    session.out.write(f"\n{text}\n\n")


def steps_of(told: Told, start: ndarray) -> tuple[str, ndarray | None, ndarray]:
    """How slopes are measured: SciPy's method, the relative steps, and the sizes below which steps do not shrink."""
    central = told.word("FiniteDifferenceType", ("forward", "central"), "forward") == "central"
    relative = np.full(start.size, np.finfo(float).eps ** (1 / 3 if central else 1 / 2))
    given = told.given.get("finitedifferencestepsize")
    if given is not None and text_or_none(given) is None and numel_of(given):
        relative = np.broadcast_to(take.vector(given, "FiniteDifferenceStepSize"), (start.size,)).copy()
    typical = told.given.get("typicalx")
    sizes = np.ones(start.size)
    if typical is not None and text_or_none(typical) is None and numel_of(typical):
        sizes = np.abs(take.vector(typical, "TypicalX"))
    return "3-point" if central else "2-point", relative, sizes


def slopes_by_steps(values: Callable, told: Told, start: ndarray) -> Callable[[ndarray, ndarray], ndarray]:
    """Derivatives of `values` from its values at small steps: forward, or central."""
    method, relative, sizes = steps_of(told, start)

    def slopes(x: ndarray, at: ndarray) -> ndarray:
        columns = []
        for place in range(x.size):
            step = relative[place] * (1.0 if x[place] >= 0 else -1.0) * max(abs(x[place]), sizes[place])
            there = x.copy()
            there[place] += step
            if method == "3-point":
                back = x.copy()
                back[place] -= step
                columns.append((values(there) - values(back)) / (2 * step))
            else:
                columns.append((values(there) - at) / step)
        return np.stack(columns, axis=1) if columns else np.zeros((at.size, 0))

    return slopes


def of_problem(name: str, first: Any, rest: tuple, fields: tuple[str, ...], needed: int) -> list:
    """The arguments in order, None for those left out; or from one struct with fields of these names."""
    if isinstance(first, Struct):
        missing = [word for word in (*fields[:needed], "solver", "options") if word not in first.fields]
        if missing or rest:
            raise ScriptError(
                f"optim:{name}:InvalidProblem", f"The input to {name.upper()} must be a structure with the fields of a "
                "problem, or separate arguments.", notes=("the struct lacks " + ", ".join(missing),) if missing else (),
            )  # fmt: skip
        return [*(first.fields.get(word) for word in fields), first.fields["options"]]
    if len(rest) < needed - 1:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    return [first, *rest[: len(fields)], *[None] * (len(fields) - len(rest))]


def output_struct(iterations: int, calls: int, algorithm: str, optimality: float, message: str) -> Struct:
    return Struct({
        "iterations": float(iterations), "funcCount": float(calls), "algorithm": algorithm,
        "firstorderopt": float(optimality), "message": message,
    })  # fmt: skip


MINIMUM = (
    "Local minimum found.\n\nOptimization completed because the size of the gradient is less than\n"
    "the value of the optimality tolerance."
)


def too_many(name: str, what: str, limit: float) -> str:
    words = {"MaxIterations": "iteration", "MaxFunctionEvaluations": "function evaluation"}[what]
    return (
        f"Solver stopped prematurely.\n\n{name} stopped because it exceeded the {words} limit,\n"
        f"options.{what} = {limit:e}."
    )
