"""Zeros and minima of functions: fzero, fminbnd, fminsearch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.language.watched_runs import Run, Stopped, of_problem, require_double, statistics_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm
from cnnscript.values.structs import Struct

EPS = 2.0**-52


# ------------------------------------------------------------------------------------------------------------- zeros
@builtin(outputs=4)
def fzero(session, nargout, fun, /, *given):
    """
    x = fzero(fun, x0)
    x = fzero(fun, x0, options)
    x = fzero(problem)
    [x, fval, exitflag, output] = fzero(...)

    Where a function of one variable is 0, near x0 or between the two elements of x0, where it changes its sign.

    Options (optimset): Display ('notify', 'iter', 'final', 'off'), TolX, FunValCheck, OutputFcn.

    Examples
      >> x = fzero(@cos, 1)
      x =
          1.5708
      >> [x, fval, exitflag, output] = fzero(@(x) x^2-4, [0 5]); x, exitflag
      x =
           2
      exitflag =
           1
      >> x = fzero(@(x) x^3 - 1, [0 3], optimset('Display', 'iter'));
       Func-count    x          f(x)             Procedure
          2               0            -1        initial
          3        0.111111     -0.998628        interpolation
          4        0.111111     -0.998628        bisection
          5        0.494471     -0.879101        interpolation
          6         1.02501     0.0769321        bisection
          7         0.98232    -0.0521068        interpolation
          8         0.99956   -0.00131944        interpolation
          9               1   9.66261e-07        interpolation
         10               1  -4.25285e-10        interpolation
         11               1             0        interpolation
      Zero found in the interval [0, 3]
      >> problem = struct('objective', @sin, 'x0', 3, 'solver', 'fzero', 'options', optimset('TolX', 0.1));
      >> x = fzero(problem); abs(x - pi) < 0.1
      ans =
        logical
         1

    See also fminbnd, fminsearch, roots.
    """
    function, start, options, extra = of_problem("fzero", fun, given, ("objective", "x0"))
    require_double("fzero", start)
    run = Run(session, "fzero", function, options, extra)
    x0 = take.vector(start, "Start")
    if x0.size not in (1, 2) or not np.isfinite(x0).all():
        raise ScriptError("MATLAB:fzero:LengthArg2", "Second argument must be finite and of length 1 or 2.")
    tolerance = run.told.number("StepTolerance", EPS)
    if tolerance < EPS:  # a zero is known no better than that
        tolerance = EPS
    searched = steps = 0
    root, at = float(x0[0]), np.nan

    def finished(root: float, at: Any, flag: float, message: str) -> tuple:
        run.finish(message, flag == 1)
        output = Struct({"intervaliterations": float(searched), "iterations": float(steps),
                         "funcCount": float(run.calls), "algorithm": "bisection, interpolation",
                         "message": message})  # fmt: skip
        return root, at, flag, output

    try:
        run.tell(root, "init", iteration=0, funccount=0, fval=EMPTY, procedure=EMPTY, intervaliteration=0)
        if x0.size == 2:
            a, b = x0.tolist()
            fa, fb = run.value(a), run.value(b)
            for place, value in ((a, fa), (b, fb)):
                if type(value) is complex or not np.isfinite(value):
                    raise ScriptError(
                        "MATLAB:fzero:ValuesAtEndPtsComplexOrNotFinite",
                        "Function values at interval endpoints must be finite and real.",
                        notes=(f"f({place:g}) = {value:g}",),
                    )
                if value == 0:
                    return finished(place, 0.0, 1.0, "Zero find terminated.")
            if (fa > 0) == (fb > 0):
                raise ScriptError(
                    "MATLAB:fzero:ValuesAtEndPtsSameSign",
                    "Function values at the interval endpoints must differ in sign.",
                    notes=(f"f({a:g}) = {fa:g}", f"f({b:g}) = {fb:g}"),
                )
            run.write(" ")
        else:
            x = float(x0[0])
            fx = run.value(x)
            if type(fx) is complex or not np.isfinite(fx):
                raise ScriptError(
                    "MATLAB:fzero:ValueAtInitGuessComplexOrNotFinite",
                    "Function value at starting guess must be finite and real.", notes=(f"f({x:g}) = {fx:g}",),
                )  # fmt: skip
            if fx == 0:
                return finished(x, 0.0, 1.0, "Zero find terminated.")
            sides, searched, trouble = sign_change(run, x, fx)
            if trouble:
                return finished(np.nan, np.nan, *trouble)
            a, fa, b, fb = sides
            words = [session.call("num2str", 1, side) for side in (a, b)]
            run.write(f" \nSearch for a zero in the interval [{words[0]}, {words[1]}]:")
        run.write(" Func-count    x          f(x)             Procedure")
        ends, largest = (a, b), max(abs(fa), abs(fb))
        for root, at, how in narrowed(run, a, fa, b, fb, tolerance):
            run.write(f"{run.calls:5d}   {root:13.6g} {at:13.6g}        {how}")
            facts = {"iteration": steps, "funccount": run.calls, "fval": at, "procedure": how}
            run.tell(root, "iter", **facts, intervaliteration=searched)
            steps += 1
        steps -= 1
        run.tell(root, "done", **facts, intervaliteration=searched)
    except Stopped:
        return finished(root, at, -1.0, "Optimization terminated prematurely by user.")
    if abs(at) <= largest:
        return finished(root, at, 1.0, f"Zero found in the interval [{ends[0]:g}, {ends[1]:g}]")
    return finished(
        root, at, -5.0,
        f"Current point x may be near a singular point. The interval [{ends[0]:g}, {ends[1]:g}] \n"
        "reduced to the requested tolerance and the function changes sign in the interval,\n"
        "but f(x) increased in magnitude as the interval reduced.",
    )  # fmt: skip


def sign_change(run: Run, x: float, fx: float) -> tuple:
    """An interval around x, widened by the square root of 2 until the function changes its sign: its ends with the
    values there, the number of widenings, and None; or the exit flag and words of a search that went astray."""
    word = run.session.call("num2str", 1, x)
    run.write(f" \nSearch for an interval around {word} containing a sign change:")
    run.write(" Func-count    a          f(a)             b          f(b)        Procedure")
    step = x / 50 if x else 1 / 50
    a = b = x
    fa = fb = fx
    count, how = 0, "initial interval"

    def line() -> str:
        return f"{run.calls:5d}   {a:13.6g} {fa:13.6g} {b:13.6g} {fb:13.6g}   {how}"

    run.write(line())
    while (fa > 0) == (fb > 0):
        count, how = count + 1, "search"
        step *= 2**0.5
        a = x - step
        fa = run.value(a)
        if trouble := astray(a, fa):
            return (), count, trouble
        if (fa > 0) == (fb > 0):
            b = x + step
            fb = run.value(b)
            if trouble := astray(b, fb):
                return (), count, trouble
        run.write(line())
        run.tell(b, "iter", iteration=0, funccount=run.calls, fval=fb, procedure=how, intervaliteration=count)
    return (a, fa, b, fb), count, None


def astray(x: float, value: Any) -> tuple[float, str] | None:
    head = "Exiting fzero: aborting search for an interval containing a sign change\n    because "
    tail = "Check function or try again with a different starting value."
    if not np.isfinite(x):
        return -6.0, f"{head}no sign change is detected during search.\nFunction may not have a root."
    if type(value) is complex:
        sign = "-" if value.imag < 0 else "+"
        text = f"{value.real:g}{sign}{abs(value.imag):g}i"
        what = "complex function value encountered during search"
        return -4.0, f"{head}{what}.\n(Function value at {x:g} is {text}.)\n{tail}"
    if not np.isfinite(value):
        text = "NaN" if value != value else "-Inf" if value < 0 else "Inf"
        what = "NaN or Inf function value encountered during search"
        return -3.0, f"{head}{what}.\n(Function value at {x:g} is {text}.)\n{tail}"
    return None


def narrowed(run: Run, a: float, fa: float, b: float, fb: float, tolerance: float):
    """The zero between a and b by Dekker's and Brent's way (Forsythe, Malcolm and Moler, 1977, zeroin): the best point
    so far, its value and how it was come by, one after the other."""
    c, fc, how = b, fb, "initial"
    width = before = b - a
    while fb != 0 and a != b:
        if (fb > 0) == (fc > 0):  # c becomes the end on the other side
            c, fc = a, fa
            width = before = b - a
        if abs(fc) < abs(fb):  # b is the best, a the one before it
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        half = 0.5 * (c - b)
        least = 2.0 * tolerance * max(abs(b), 1.0)
        if abs(half) <= least or fb == 0:
            break
        yield b, fb, how
        how = "bisection"
        move = half
        if abs(before) >= least and abs(fa) > abs(fb):
            s = fb / fa
            if a == c:  # a straight line through two points
                p, q = 2.0 * half * s, 1.0 - s
            else:  # a parabola lying on its side through three
                q, r = fa / fc, fb / fc
                p = s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0))
                q = (q - 1.0) * (r - 1.0) * (s - 1.0)
            p, q = (p, -q) if p > 0 else (-p, q)
            if 2.0 * p < 3.0 * half * q - abs(least * q) and p < abs(0.5 * before * q):
                move, how = p / q, "interpolation"
        before = width if how == "interpolation" else half
        width = move
        a, fa = b, fb
        b = b + move if abs(move) > least else b - least if b > c else b + least
        fb = run.value(b)
        if type(fb) is complex:
            raise ScriptError("MATLAB:fzero:ComplexValue", "The function must return a real scalar.")
    yield b, fb, how


# ------------------------------------------------------------------------------------------------------------ minima
@builtin(outputs=4)
def fminbnd(session, nargout, fun, /, *given):
    """
    x = fminbnd(fun, x1, x2)
    x = fminbnd(fun, x1, x2, options)
    x = fminbnd(problem)
    [x, fval, exitflag, output] = fminbnd(...)

    Where a function of one variable is smallest between x1 and x2.

    Options (optimset): Display ('notify', 'iter', 'final', 'off'), TolX, MaxFunEvals, MaxIter, FunValCheck, OutputFcn.

    Examples
      >> x = fminbnd(@(x) (x-2)^2, 0, 5)
      x =
           2
      >> [x, fval, exitflag, output] = fminbnd(@(x) (x-2)^2, 0, 5); exitflag
      exitflag =
           1
      >> x = fminbnd(@(x) (x-2)^2, 0, 5, optimset('Display', 'iter'));
       Func-count     x          f(x)         Procedure
          1        1.90983   0.00813062        initial
          2        3.09017      1.18847        golden
          3        1.18034     0.671843        golden
          4              2            0        parabolic
          5        2.00003   1.1131e-09        parabolic
          6        1.99997   1.1131e-09        parabolic
      Optimization terminated:
       the current x satisfies the termination criteria using OPTIONS.TolX of 1.000000e-04
      >> problem = struct('objective', @cos, 'x1', 2, 'x2', 4, 'solver', 'fminbnd', 'options', []);
      >> x = fminbnd(problem); abs(x - pi) < 1e-4
      ans =
        logical
         1

    See also fminsearch, fzero.
    """
    function, low, high, options, extra = of_problem("fminbnd", fun, given, ("objective", "x1", "x2"))
    require_double("fminbnd", low, high)
    run = Run(session, "fminbnd", function, options, extra)
    tolerance = run.told.number("StepTolerance", 1e-4)
    most_calls, most_steps = run.told.number("MaxFunctionEvaluations", 500), run.told.number("MaxIterations", 500)
    a, b = take.number(low, "x1"), take.number(high, "x2")
    algorithm = "golden section search, parabolic interpolation"
    if a > b:
        message = "Exiting: The bounds are inconsistent because x1 > x2."
        run.finish(message, False)
        return EMPTY, EMPTY, -2.0, statistics_of(0, 0, algorithm, message)
    steps = 0
    flag, message = 1.0, (
        f"Optimization terminated:\n the current x satisfies the termination criteria using OPTIONS.TolX of "
        f"{tolerance:e} \n"
    )
    run.write(" \n Func-count     x          f(x)         Procedure")
    x = value = np.nan
    try:
        run.tell(a, "init", iteration=0, funccount=0, fval=EMPTY, procedure=EMPTY)
        for x, value, tried, at, how in smaller_and_smaller(run, a, b, tolerance):
            run.write(f"{run.calls:5d}   {tried:12.6g} {at:12.6g}        {how}")
            run.tell(x, "iter", iteration=steps, funccount=run.calls, fval=value, procedure=how)
            if run.calls > 1:
                steps += 1
            if run.calls >= most_calls or steps >= most_steps:
                over = run.calls >= most_calls
                flag, message = 0.0, exceeded(over, value)
                break
        run.tell(x, "done", iteration=steps, funccount=run.calls, fval=value, procedure=how)
    except Stopped:
        flag, message = -1.0, "Optimization terminated prematurely by user."
    run.finish(message, flag == 1)
    return x, value, flag, statistics_of(steps, run.calls, algorithm, message)


def exceeded(calls: bool, value: float) -> str:
    what, name = ("function evaluations", "MaxFunEvals") if calls else ("iterations", "MaxIter")
    return (
        f"Exiting: Maximum number of {what} has been exceeded\n         - increase {name} option.\n"
        f"         Current function value: {value:f} \n"
    )


def smaller_and_smaller(run: Run, a: float, b: float, tolerance: float):
    """The smallest value between a and b (Forsythe, Malcolm and Moler, 1977, fmin): the best point, its value, the
    point just tried, its value, and how it was chosen, one after the other."""
    golden, root = 0.5 * (3.0 - 5.0**0.5), EPS**0.5
    second = third = best = a + golden * (b - a)
    move = before = 0.0
    value = value2 = value3 = run.value(best)
    yield best, value, best, value, "initial"
    while True:
        middle = 0.5 * (a + b)
        near = root * abs(best) + tolerance / 3.0
        if abs(best - middle) <= 2.0 * near - 0.5 * (b - a):
            return
        how = "golden"
        if abs(before) > near:  # a parabola through the three best points
            r = (best - second) * (value - value3)
            q = (best - third) * (value - value2)
            p = (best - third) * q - (best - second) * r
            q = 2.0 * (q - r)
            p, q = (-p if q > 0 else p), abs(q)
            last, before = before, move
            if abs(p) < abs(0.5 * q * last) and q * (a - best) < p < q * (b - best):
                move, how = p / q, "parabolic"
                x = best + move
                if x - a < 2.0 * near or b - x < 2.0 * near:  # not too close to the ends
                    move = near if middle >= best else -near
        if how == "golden":
            before = a - best if best >= middle else b - best
            move = golden * before
        x = best + (1.0 if move >= 0 else -1.0) * max(abs(move), near)
        at = run.value(x)
        if at <= value:
            if x >= best:
                a = best
            else:
                b = best
            third, value3, second, value2, best, value = second, value2, best, value, x, at
        else:
            if x < best:
                a = x
            else:
                b = x
            if at <= value2 or second == best:
                third, value3, second, value2 = second, value2, x, at
            elif at <= value3 or third in (best, second):
                third, value3 = x, at
        yield best, value, x, at, how


@builtin(outputs=4)
def fminsearch(session, nargout, fun, /, *given):
    """
    x = fminsearch(fun, x0)
    x = fminsearch(fun, x0, options)
    x = fminsearch(problem)
    [x, fval, exitflag, output] = fminsearch(...)

    Where a function of several variables is smallest, by the simplex search of Nelder and Mead.

    Options (optimset): Display ('notify', 'iter', 'final', 'off'), TolX, TolFun, MaxFunEvals, MaxIter, FunValCheck,
    OutputFcn.

    Examples
      >> x = round(fminsearch(@(x) (x(1)-1)^2 + (x(2)-2)^2, [0 0]), 3)
      x =
           1     2
      >> [x, fval, exitflag, output] = fminsearch(@(x) (x-3)^2, 1); exitflag
      exitflag =
           1
      >> x = fminsearch(@(x) (x-3)^2, 1, optimset('Display', 'iter', 'MaxIter', 3));
       Iteration   Func-count         f(x)         Procedure
           0            1                4
           1            2           3.8025         initial simplex
           2            4           3.4225         expand
           3            6           2.7225         expand
      Exiting: Maximum number of iterations has been exceeded
               - increase MaxIter option.
               Current function value: 2.722500
      >> problem = struct('objective', @(x) x^2, 'x0', 1, 'solver', 'fminsearch', 'options', []);
      >> x = fminsearch(problem); abs(x) < 1e-4
      ans =
        logical
         1

    See also fminbnd, fzero, optimset.
    """
    function, start, options, extra = of_problem("fminsearch", fun, given, ("objective", "x0"))
    require_double("fminsearch", start)
    point = require_numeric(start, "fminsearch")
    if point.dtype.kind == "c":
        raise ScriptError("MATLAB:fminsearch:ComplexInput", "FMINSEARCH starts from real numbers.")
    point = point.astype(DOUBLE)
    count = point.size

    def shaped(flat: ndarray) -> Any:
        return norm(flat.reshape(point.shape, order="F").copy(order="F"))

    run = Run(session, "fminsearch", function, options, extra, shaped)
    most_calls = run.told.number("MaxFunctionEvaluations", 200 * count)
    most_steps = run.told.number("MaxIterations", 200 * count)
    tolerance, small = run.told.number("StepTolerance", 1e-4), run.told.number("FunctionTolerance", 1e-4)
    first = point.ravel("F")
    steps, how = 0, ""
    flag, message = 1.0, (
        "Optimization terminated:\n the current x satisfies the termination criteria using OPTIONS.TolX of "
        f"{tolerance:e} \n and F(X) satisfies the convergence criteria using OPTIONS.TolFun of {small:e} \n"
    )
    simplex, values = first.reshape(1, -1), np.array([np.nan])

    def told(state: str = "iter") -> None:
        if state == "iter":
            run.write(f" {steps:5d}        {run.calls:5d}     {values[0]:12.6g}         {how}")
        run.tell(simplex[0], state, iteration=steps, funccount=run.calls, fval=float(values[0]), procedure=how)

    try:
        values = np.array([run.value(first)])
        run.write(" \n Iteration   Func-count         f(x)         Procedure")
        run.tell(first, "init", iteration=0, funccount=run.calls, fval=float(values[0]), procedure="")
        told()
        corners = [first]
        for place in range(count):  # each corner moves one variable by 5 %, or away from 0
            corner = first.copy()
            corner[place] = corner[place] * 1.05 if corner[place] else 0.00025
            corners.append(corner)
        simplex = np.array(corners)
        values = np.array([values[0], *(run.value(corner) for corner in corners[1:])])
        how = "initial simplex"
        while True:
            order = np.argsort(values, kind="stable")
            simplex, values = simplex[order], values[order]
            steps += 1
            told()
            if run.calls >= most_calls or steps >= most_steps:
                flag, message = 0.0, exceeded(run.calls >= most_calls, values[0])
                break
            close = np.abs(values[1:] - values[0]).max(initial=0) <= max(small, 10 * np.spacing(abs(values[0])))
            reach = 10 * np.spacing(abs(simplex[0].max(initial=0)))
            if close and np.abs(simplex[1:] - simplex[0]).max(initial=0) <= max(tolerance, reach):
                break
            how = nelder_mead_step(simplex, values, run.value)
        told("done")
    except Stopped:
        flag, message = -1.0, "Optimization terminated prematurely by user."
    run.finish(message, flag == 1)
    algorithm = "Nelder-Mead simplex direct search"
    return shaped(simplex[0]), float(values[0]), flag, statistics_of(steps, run.calls, algorithm, message)


def nelder_mead_step(simplex: ndarray, values: ndarray, value: Callable) -> str:
    """One step, in place: the worst corner is reflected, expanded or contracted, or all shrink towards the best.  Which
    of them it was."""
    center = simplex[:-1].sum(axis=0) / (len(simplex) - 1)

    def along(factor: float) -> tuple[ndarray, float]:
        corner = (1 + factor) * center - factor * simplex[-1]
        return corner, value(corner)

    reflected = along(1.0)
    if reflected[1] < values[0]:
        expanded = along(2.0)
        simplex[-1], values[-1] = expanded if expanded[1] < reflected[1] else reflected
        return "expand" if expanded[1] < reflected[1] else "reflect"
    if reflected[1] < values[-2]:
        simplex[-1], values[-1] = reflected
        return "reflect"
    outside = reflected[1] < values[-1]
    contracted = along(0.5 if outside else -0.5)
    if contracted[1] <= reflected[1] if outside else contracted[1] < values[-1]:
        simplex[-1], values[-1] = contracted
        return "contract outside" if outside else "contract inside"
    for place in range(1, len(values)):
        simplex[place] = simplex[0] + 0.5 * (simplex[place] - simplex[0])
        values[place] = value(simplex[place])
    return "shrink"
