"""What the iterative solvers share: their arguments, when they stop and why, what they say and give.

A method is a generator over a `Problem` that yields a `Step` for each (half) iteration and raises `Broken` where it
cannot go on; `run` drives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.sparse.sparse_factors import superlu
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import ndarray, norm, size_of, size_text
from cnnscript.values.sparse import Sparse, as_sparse, full_value, to_double
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn

EPS = float(np.finfo(float).eps)
STAGNATION = 3  # steps without change in a row that are too many


class Broken(Exception):
    """A method cannot go on: flag 2 (the preconditioner), 3 (nothing changes) or 4 (a number too small or large)."""

    def __init__(self, flag: int):
        self.flag = flag


class Step(NamedTuple):
    """One step of a method: the iterate, the norm of its residual as the method knows it, how long the step was."""

    x: ndarray
    residual: float
    moved: float


class Problem:
    """A linear system and how to go about it.

    apply, apply_turned    A*x and A'*x of one-dimensional arrays
    solve, solve_turned    the preconditioner's M\\x and M'\\x
    """

    def __init__(self, name: str, right: ndarray, start: ndarray, tolerance: float, limit: int):
        self.name = name
        self.right, self.start, self.tolerance, self.limit = right, start, tolerance, limit
        self.apply: Callable[[ndarray], ndarray] = lambda x: x
        self.apply_turned: Callable[[ndarray], ndarray] = lambda x: x
        self.solve: Callable[[ndarray], ndarray] = lambda x: x
        self.solve_turned: Callable[[ndarray], ndarray] = lambda x: x
        self.halves = [lambda x: x, lambda x: x]  # the two preconditioners on their own

    def residual(self, x: ndarray) -> ndarray:
        found = self.apply(x)
        if found.size != self.right.size:
            raise ScriptError(
                f"MATLAB:{self.name}:RSHsizeMatchCoeffMatrix",
                "The function must give a vector of the size of the right hand side.",
                notes=(f"it gave {found.size} elements, the right hand side has {self.right.size}",),
            )
        return self.right - found


class Result(NamedTuple):
    x: ndarray
    flag: int
    relative: float
    iteration: Any
    history: list[float]


# ----------------------------------------------------------------------------------------------------------- arguments
def read(session: Any, name: str, args: tuple, turned: bool = False, square: bool = True, limit: int = 20) -> Problem:
    """The problem in (A, b, tol, maxit, M1, M2, x0, ...).

    turned   functions are told 'notransp' or 'transp'
    """
    if len(args) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    a, b, *rest = args
    tol, maxit, first, second, guess, *more = [*rest, *[None] * (5 - len(rest))] if len(rest) < 5 else rest
    extra = tuple(more)
    by_name = type(a) is Function or text_or_none(a) is not None
    if size_of(b)[1:] != (1,):
        raise ScriptError(
            f"MATLAB:{name}:RSHnotColumn", "Right hand side must be a column vector.",
            notes=(f"got {size_text(size_of(b))}",),
        )  # fmt: skip
    right = floats(take.array(full_value(b), "b").ravel())
    size = right.size
    columns = size
    if not by_name:
        if square and size_of(a)[0] != size_of(a)[1]:
            raise ScriptError(f"MATLAB:{name}:NonSquareMatrix", "Matrix must be square.")
        if size_of(a)[0] != size:
            raise ScriptError(
                f"MATLAB:{name}:RSHsizeMatchCoeffMatrix",
                f"Right hand side must be a column vector of length {size_of(a)[0]} to match the coefficient matrix.",
            )
        columns = size_of(a)[1]
    tolerance = 1e-6 if not given(tol) else take.number(full_value(tol), "tol")
    if tolerance <= EPS:
        warn(
            f"MATLAB:{name}:tooSmallTolerance",
            f"Input tol is smaller than eps and may not be achieved by {name.upper()}\n"
            "         Try to use a bigger tolerance.",
        )
        tolerance = EPS
    elif tolerance >= 1:
        warn(f"MATLAB:{name}:tooBigTolerance", "Input tol is bigger than 1 \n         Try to use a smaller tolerance.")
        tolerance = 1 - EPS
    steps = min(size, limit) if not given(maxit) else take.count(full_value(maxit), "maxit")
    start = np.zeros(columns, right.dtype)
    if given(guess):
        if size_of(guess) not in ((columns, 1), (1, 1) if columns == 1 else (columns, 1)):
            raise ScriptError(
                f"MATLAB:{name}:WrongInitGuessSize",
                f"Initial guess must be a column vector of length {columns} to match the problem size.",
            )
        start = floats(take.array(full_value(guess), "x0").ravel())
    problem = Problem(name, right, start, tolerance, steps)
    if by_name:
        called = function_of(session, a, name)
        problem.apply = calling(called, (*extra, "notransp") if turned else extra)
        problem.apply_turned = calling(called, (*extra, "transp"))
    else:
        matrix = to_double(a).matrix if type(a) is Sparse else take.array(a, "A")
        adjoint = matrix.conj().T
        problem.apply = lambda x: np.asarray(matrix @ x)
        problem.apply_turned = lambda x: np.asarray(adjoint @ x)
    precondition(session, problem, (first, second), columns if name == "lsqr" else size, turned, extra)
    return problem


def given(value: Any) -> bool:
    return value is not None and not (type(value) is ndarray and value.size == 0)


def floats(array: ndarray) -> ndarray:
    return array.astype(complex if array.dtype.kind == "c" else float)


def calling(function: Function, extra: tuple) -> Callable[[ndarray], ndarray]:
    def apply(x: ndarray) -> ndarray:
        found = full_value(function.call(1, norm(x.reshape(-1, 1)), *extra))
        return floats(take.array(found, "the function's value").ravel())

    return apply


def precondition(session: Any, problem: Problem, given_ones: tuple, size: int, turned: bool, extra: tuple) -> None:
    solvers: list[tuple[Callable, Callable]] = []
    for place, item in enumerate(given_ones):
        if not given(item):
            continue
        if type(item) is Function or text_or_none(item) is not None:
            called = function_of(session, item, problem.name)
            plain = calling(called, (*extra, "notransp") if turned else extra)
            pair = (plain, calling(called, (*extra, "transp")) if turned else plain)
        else:
            if size_of(item) != (size, size):
                raise ScriptError(
                    f"MATLAB:{problem.name}:WrongPrecondSize",
                    f"Preconditioner must be a square matrix of size {size} to match the problem size.",
                )
            pair = solver_of(item)
        solvers.append(pair)
        problem.halves[place] = pair[0]
    if solvers:
        problem.solve = lambda x: finite(chained([pair[0] for pair in solvers], x))
        problem.solve_turned = lambda x: finite(chained([pair[1] for pair in reversed(solvers)], x))


def chained(functions: list, x: ndarray) -> ndarray:
    for function in functions:
        x = function(x)
    return x


def finite(x: ndarray) -> ndarray:
    if not np.isfinite(x).all():
        raise Broken(2)
    return x


def solver_of(matrix: Any) -> tuple[Callable, Callable]:
    """M\\x and M'\\x for a matrix."""
    value = to_double(as_sparse(matrix))
    factors = superlu(value)
    if factors is None:
        def refuse(x: ndarray) -> ndarray:
            raise Broken(2)

        return refuse, refuse

    def solved(x: ndarray, kind: str) -> ndarray:
        if value.dtype.kind == "c":
            return factors.solve(x.astype(complex), kind)
        if x.dtype.kind == "c":
            return factors.solve(x.real.copy(), kind) + 1j * factors.solve(x.imag.copy(), kind)
        return factors.solve(x, kind)

    return lambda x: solved(x, "N"), lambda x: solved(x, "H")


# ------------------------------------------------------------------------------------------------------------- driving
def run(problem: Problem, method: Callable[[Problem], Iterator[Step]], halves: int = 1) -> Result:
    """Go on until the residual is small enough, the limit is reached, nothing changes, or the method breaks.

    halves   steps the method makes in one iteration
    """
    right_norm = float(np.linalg.norm(problem.right))
    if right_norm == 0:
        return Result(np.zeros_like(problem.start), 0, 0.0, 0.0, [0.0])
    goal = problem.tolerance * right_norm
    residual = float(np.linalg.norm(problem.residual(problem.start)))
    if residual <= goal:
        return Result(problem.start, 0, residual / right_norm, 0.0, [residual])
    history = [residual]
    best, best_at, least = problem.start, 0, residual
    x, count, flag, still, retries = problem.start, 0, 1, 0, 0
    size = problem.right.size
    allowed = min(size // 50, 5, max(size - problem.limit, 0))
    try:
        for step in method(problem):
            count += 1
            x, known = step.x, step.residual
            still = still + 1 if step.moved < EPS * float(np.linalg.norm(x)) else 0
            actual = known
            if known <= goal or still >= STAGNATION or retries:
                actual = float(np.linalg.norm(problem.residual(x)))
                if actual <= goal:
                    flag = 0
                    history.append(actual)
                    break
                if still >= STAGNATION and not retries:
                    still = 0
                retries += 1
                if retries > allowed:
                    history.append(actual)
                    flag = 3
                    if actual < least:
                        best, best_at, least = x, count, actual
                    break
            history.append(actual)
            if actual < least:
                best, best_at, least = x, count, actual
            if not np.isfinite(actual):
                flag = 4
                break
            if count >= problem.limit * halves:
                break
    except Broken as broken:
        flag = broken.flag
    if flag == 0:
        return Result(x, 0, history[-1] / right_norm, count / halves, history)
    actual = float(np.linalg.norm(problem.residual(best)))
    return Result(best, flag, actual / right_norm, best_at / halves, history)


# ------------------------------------------------------------------------------------------------------------- results
def outputs(session: Any, problem: Problem, result: Result, nargout: int, name: str | None = None) -> Any:
    """(x, flag, relres, iter, resvec); where nobody asks for the flag, what happened is printed."""
    if nargout < 2:
        session.out.write(message(name or problem.name, problem.tolerance, problem.limit, result) + "\n")
    column = norm(result.x.reshape(-1, 1))
    if nargout < 2:
        return column
    history = norm(np.array(result.history).reshape(-1, 1))
    return (column, float(result.flag), float(result.relative), result.iteration, history)


REASONS = {
    1: "because the maximum number of iterations was reached.",
    2: "because the system involving the preconditioner was ill conditioned.",
    3: "because the method stagnated.",
    4: "because a scalar quantity became too small or too\nlarge to continue computing.",
}


def message(name: str, tolerance: float, limit: int, result: Result) -> str:
    """What a solver says of its result."""
    both = type(result.iteration) is ndarray
    outer, inner = (result.iteration.ravel().tolist() if both else (result.iteration, 0.0))
    if result.flag == 0:
        if outer == 0:
            if result.relative == 0 and not np.any(result.x):
                return (
                    f"The right hand side vector is all zero so {name}\n"
                    "returned an all zero solution without iterating."
                )
            return (
                f"The initial guess has relative residual {result.relative:.2g} which is within\n"
                f"the desired tolerance {tolerance:.2g} so {name} returned it without iterating."
            )
        at = f"outer iteration {outer:g} (inner iteration {inner:g})" if both else f"iteration {written(outer)}"
        return f"{name} converged at {at} to a solution with relative residual {result.relative:.2g}."
    steps = len(result.history) - 1
    if both:
        at = f"outer iteration {limit:g} (inner iteration {inner:g})"
        number = f"{outer:g}({inner:g})"
    else:
        reached = limit if result.flag == 1 else steps + (result.flag == 4)
        at, number = f"iteration {written(float(reached))}", written(outer)
    return (
        f"{name} stopped at {at} without converging to the desired tolerance {tolerance:.2g}\n"
        f"{REASONS[result.flag]}\n"
        f"The iterate returned (number {number}) has relative residual {result.relative:.2g}."
    )


def written(count: float) -> str:
    return f"{count:.1f}" if count != int(count) else f"{int(count)}"


