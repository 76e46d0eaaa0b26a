"""Linear systems solved step by step: pcg, minres, symmlq, lsqr, bicg, bicgstab, bicgstabl, cgs, qmr, tfqmr, gmres."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.sparse import sparse_methods as methods
from cnnscript.builtins.sparse.sparse_iterations import (
    EPS,
    STAGNATION,
    Broken,
    Problem,
    Result,
    given,
    outputs,
    read,
    run,
)
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.sparse import full_value


def solved(
    session: Any, nargout: int, name: str, args: tuple, method: Any, halves: int = 1, turned: bool = False
) -> Any:
    problem = read(session, name, args, turned)
    return outputs(session, problem, run(problem, method, halves), nargout)


@builtin(outputs=5)
def pcg(session, nargout, a, b, /, *rest):
    """
    x = pcg(A, b)
    x = pcg(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = pcg(...)

    Conjugate gradients with preconditioner M1*M2, for symmetric positive definite systems.

    A is a matrix or a function of a column; tol is 1e-6 and maxit 20 unless given. Without a second output a line
    tells what happened; flag is 0 when it converged.

    Examples
      >> x = pcg([4 1; 1 3], [1; 2])
      pcg converged at iteration 2 to a solution with relative residual 0.
      x =
          0.0909
          0.6364

    See also minres, symmlq, bicg, gmres, ichol, mldivide.
    """
    return solved(session, nargout, "pcg", (a, b, *rest), methods.conjugate_gradients)


@builtin(outputs=5)
def minres(session, nargout, a, b, /, *rest):
    """
    x = minres(A, b)
    x = minres(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = minres(...)

    The minimum residual method, for symmetric systems that need not be definite.

    Examples
      >> [x, flag] = minres([2 1; 1 -3], [3; -2])
      x =
          1.0000
          1.0000
      flag =
           0

    See also pcg, symmlq, gmres.
    """
    return solved(session, nargout, "minres", (a, b, *rest), methods.minimal_residual)


@builtin(outputs=6)
def symmlq(session, nargout, a, b, /, *rest):
    """
    x = symmlq(A, b)
    x = symmlq(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec, resveccg] = symmlq(...)

    The symmetric LQ method, for symmetric systems that need not be definite.

    Examples
      >> [x, flag] = symmlq([2 1; 1 -3], [3; -2]); flag
      flag =
           0

    See also minres, pcg.
    """
    found = solved(session, min(nargout, 5), "symmlq", (a, b, *rest), methods.symmetric_lq)
    return (*found, found[4]) if nargout > 5 else found


@builtin(outputs=5)
def bicg(session, nargout, a, b, /, *rest):
    """
    x = bicg(A, b)
    x = bicg(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = bicg(...)

    Biconjugate gradients; a function A is called with 'notransp' or 'transp' as its second argument.

    Examples
      >> [x, flag] = bicg([2 0; 0 2], [4; 6])
      x =
           2
           3
      flag =
           0

    See also bicgstab, cgs, qmr, gmres, ilu.
    """
    return solved(session, nargout, "bicg", (a, b, *rest), methods.biconjugate_gradients, turned=True)


@builtin(outputs=5)
def bicgstab(session, nargout, a, b, /, *rest):
    """
    x = bicgstab(A, b)
    x = bicgstab(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = bicgstab(...)

    Stabilized biconjugate gradients; iter may end in a half.

    Examples
      >> [x, flag] = bicgstab([4 1; 2 3], [5; 5]); flag
      flag =
           0

    See also bicg, bicgstabl, cgs, gmres, ilu.
    """
    return solved(session, nargout, "bicgstab", (a, b, *rest), methods.stabilized, halves=2)


@builtin(outputs=5)
def bicgstabl(session, nargout, a, b, /, *rest):
    """
    x = bicgstabl(A, b)
    x = bicgstabl(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = bicgstabl(...)

    Stabilized biconjugate gradients (2); iter counts in quarters.

    Examples
      >> [x, flag] = bicgstabl([4 1; 2 3], [5; 5]); flag
      flag =
           0

    See also bicgstab, bicg, gmres.
    """
    return solved(session, nargout, "bicgstabl", (a, b, *rest), methods.stabilized_twice, halves=4)


@builtin(outputs=5)
def cgs(session, nargout, a, b, /, *rest):
    """
    x = cgs(A, b)
    x = cgs(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = cgs(...)

    Conjugate gradients squared.

    Examples
      >> [x, flag] = cgs([4 1; 2 3], [5; 5]); flag
      flag =
           0

    See also bicg, bicgstab, gmres.
    """
    return solved(session, nargout, "cgs", (a, b, *rest), methods.squared)


@builtin(outputs=5)
def qmr(session, nargout, a, b, /, *rest):
    """
    x = qmr(A, b)
    x = qmr(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = qmr(...)

    Quasi-minimal residuals; a function A is called with 'notransp' or 'transp' as its second argument.

    Examples
      >> [x, flag] = qmr([4 1; 2 3], [5; 5]); flag
      flag =
           0

    See also tfqmr, bicg, gmres.
    """
    return solved(session, nargout, "qmr", (a, b, *rest), methods.quasi_minimal, turned=True)


@builtin(outputs=5)
def tfqmr(session, nargout, a, b, /, *rest):
    """
    x = tfqmr(A, b)
    x = tfqmr(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = tfqmr(...)

    Quasi-minimal residuals without transposes.

    Examples
      >> [x, flag] = tfqmr([4 1; 2 3], [5; 5]); flag
      flag =
           0

    See also qmr, bicgstab, gmres.
    """
    return solved(session, nargout, "tfqmr", (a, b, *rest), methods.transpose_free, halves=2)


# ---------------------------------------------------------------------------------------------------------------- lsqr
@builtin(outputs=6)
def lsqr(session, nargout, a, b, /, *rest):
    """
    x = lsqr(A, b)
    x = lsqr(A, b, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec, lsvec] = lsqr(...)

    Least squares by the LSQR method, for matrices of any size; a function A is called with 'notransp' or 'transp'.

    Examples
      >> [x, flag] = lsqr([1 0; 0 1; 0 0], [1; 2; 3])
      x =
           1
           2
      flag =
           0

    See also mldivide, pcg, gmres.
    """
    problem = read(session, "lsqr", (a, b, *rest), turned=True, square=False)
    goal = problem.tolerance * float(np.linalg.norm(problem.right))
    x, flag, count = problem.start, 1, 0
    first = float(np.linalg.norm(problem.residual(x)))
    history, normals = [first], []
    still = 0
    if first <= goal:
        flag = 0
    else:
        try:
            for step, normal in methods.least_squares(problem):
                count += 1
                x = step.x
                history.append(step.residual)
                normals.append(normal)
                still = still + 1 if step.moved < EPS * float(np.linalg.norm(x)) else 0
                if step.residual <= goal or normal <= problem.tolerance * step.residual:
                    flag = 0
                    break
                if still >= STAGNATION:
                    flag = 3
                    break
                if count >= problem.limit:
                    break
        except Broken as broken:
            flag = broken.flag
    size = float(np.linalg.norm(problem.right))
    relative = history[-1] / size if size else 0.0
    found = outputs(session, problem, Result(x, flag, relative, float(count), history), min(nargout, 5))
    return (*found, norm(np.array(normals).reshape(-1, 1))) if nargout > 5 else found


# --------------------------------------------------------------------------------------------------------------- gmres
@builtin(outputs=5)
def gmres(session, nargout, a, b, restart=None, /, *rest):
    """
    x = gmres(A, b)
    x = gmres(A, b, restart, tol, maxit, M1, M2, x0)
    [x, flag, relres, iter, resvec] = gmres(...)

    Generalized minimal residuals, restarted every `restart` inner iterations (not at all when it is []).

    iter is [outer inner]; residuals are those of the system preconditioned from the left.

    Examples
      >> x = gmres([2 0; 0 2], [4; 6])
      gmres converged at outer iteration 1 (inner iteration 1) to a solution with relative residual 0.
      x =
           2
           3
      >> [x, flag, relres, iter] = gmres([2 0; 0 2], [4; 6]); flag, iter
      flag =
           0
      iter =
           1     1

    See also bicgstab, minres, pcg, ilu.
    """
    problem = read(session, "gmres", (a, b, *rest), limit=10)
    size = problem.right.size
    inner = outer = None
    restarted = given(restart) and take.positive(full_value(restart), "restart") != size
    limit_given = len(rest) > 1 and given(rest[1])
    if restarted:
        inner = min(take.positive(full_value(restart), "restart"), size)
        outer = problem.limit if limit_given else min(-(-size // inner), 10)
    else:
        inner = min(problem.limit if limit_given else min(size, 10), size)
        outer = 1
    problem.limit = outer
    result = restarted_residuals(problem, inner, outer)
    name = f"gmres({inner})" if restarted else "gmres"
    return outputs(session, problem, result, nargout, name)


def restarted_residuals(problem: Problem, inner: int, outer: int) -> Result:
    """GMRES(inner) for at most `outer` cycles: Arnoldi's process with modified Gram-Schmidt and plane rotations."""
    nothing = norm(np.array([[0.0, 0.0]]))
    x = problem.start.copy()
    if not np.any(problem.right):
        return Result(np.zeros_like(x), 0, 0.0, nothing, [0.0])
    try:
        size = float(np.linalg.norm(problem.solve(problem.right)))
        residual = problem.solve(problem.residual(x))
    except Broken as broken:
        return Result(x, broken.flag, 1.0, nothing, [float(np.linalg.norm(problem.residual(x)))])
    goal = problem.tolerance * size
    length = float(np.linalg.norm(residual))
    history = [length]
    if length <= goal:
        return Result(x, 0, length / size, nothing, history)
    flag, at = 1, (0, 0)
    least, best = length, (x, (0, 0))
    for cycle in range(1, outer + 1):
        steps, reached, broken = cycle_of(problem, residual, inner, goal, history)
        x = x + steps
        at = (cycle, reached)
        try:
            residual = problem.solve(problem.residual(x))
        except Broken as fault:
            flag = fault.flag
            break
        length_before, length = length, float(np.linalg.norm(residual))
        if length < least:
            least, best = length, (x, at)
        if length <= goal:
            flag = 0
            history[-1] = length
            break
        if broken:
            flag = broken
            break
        if length_before - length <= EPS * length_before and reached == inner:
            flag = 3
            break
    if flag:
        x, at = best
        length = least
    return Result(x, flag, length / size, norm(np.array([[float(at[0]), float(at[1])]])), history)


def cycle_of(problem: Problem, residual: ndarray, inner: int, goal: float, history: list) -> tuple[ndarray, int, int]:
    """One cycle: the change of x, the inner iterations made, and a flag when it broke."""
    size = float(np.linalg.norm(residual))
    dtype = np.result_type(residual.dtype, problem.apply(residual).dtype)
    basis = [residual / size]
    triangle = np.zeros((inner, inner), dtype)
    rotations: list[tuple[Any, Any]] = []
    right = np.zeros(inner + 1, dtype)
    right[0] = size
    count, broken = 0, 0
    for step in range(inner):
        try:
            w = problem.solve(problem.apply(basis[step]))
        except Broken as fault:
            broken = fault.flag
            break
        column = np.zeros(inner + 1, dtype)
        for place, direction in enumerate(basis):
            column[place] = np.vdot(direction, w)
            w = w - column[place] * direction
        below = float(np.linalg.norm(w))
        for place, (cosine, sine) in enumerate(rotations):
            upper, lower = column[place], column[place + 1]
            column[place] = np.conj(cosine) * upper + np.conj(sine) * lower
            column[place + 1] = -sine * upper + cosine * lower
        hypotenuse = np.hypot(abs(column[step]), below)
        if hypotenuse == 0:
            broken = 3
            break
        cosine, sine = column[step] / hypotenuse, below / hypotenuse
        rotations.append((cosine, sine))
        column[step] = hypotenuse
        triangle[:, step] = column[:inner]
        right[step + 1] = -sine * right[step]
        right[step] = np.conj(cosine) * right[step]
        count += 1
        history.append(float(abs(right[step + 1])))
        if history[-1] <= goal or below <= EPS * hypotenuse:
            break
        basis.append(w / below)
    if not count:
        return np.zeros_like(residual), 0, broken
    weights = np.linalg.solve(triangle[:count, :count], right[:count])
    return np.array(basis[:count]).T @ weights, count, broken


