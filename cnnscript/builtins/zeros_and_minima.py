"""Zeros and minima of functions: fzero, fminbnd, fminsearch, optimset."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, EMPTY, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


def callable_of(session, function, name: str) -> Callable:
    """`f(x)` of a function handle or a function's name, its result a script value."""
    if isinstance(function, Object):
        function = function.as_function() or function
    if type(function) is Function:
        return lambda *args: function.call(1, *args)
    word = text_or_none(function)
    if word:
        return lambda *args: session.call(word, 1, *args)
    raise ScriptError(
        f"MATLAB:{name}:InvalidFUN",
        "The function must be a function handle or name.",
        notes=(f"got {described(function)}",),
    )


def number_from(value, name: str) -> float:
    try:
        return take.number(value)
    except ScriptError:
        raise ScriptError(
            f"MATLAB:{name}:ValueNotScalar",
            "The function must return a real scalar.",
            notes=(f"it gave {described(value)}",),
        ) from None


def option(options, word: str, default: float) -> float:
    """A number among the options of optimset."""
    if isinstance(options, Struct):
        for name, value in options.fields.items():
            if name.lower() == word.lower() and np.size(value) and not isinstance(value, str):
                return take.number(value, word)
    return default


def statistics_of(iterations: int, calls: int, algorithm: str, message: str) -> Struct:
    return Struct(
        {"iterations": float(iterations), "funcCount": float(calls), "algorithm": algorithm, "message": message}
    )


# ------------------------------------------------------------------------------------------------------------- zeros
@builtin(outputs=4)
def fzero(session, nargout, function, start, options=None, /):
    """
    fzero(fun, x0)
    fzero(fun, [a b])
    fzero(fun, x0, options)
    [x, fval, exitflag, output] = fzero(...)

    Where a function of one variable is 0, near x0 or between a and b where it changes its sign.

    Examples
      >> fzero(@cos, 1)
      ans =
          1.5708
      >> [x, fval, exitflag, output] = fzero(@(x) x^2-4, [0 5]); x, exitflag
      x =
           2
      exitflag =
           1

    See also fminbnd, fminsearch, roots.
    """
    import scipy.optimize

    calls = 0
    evaluate = callable_of(session, function, "fzero")

    def value(x: float) -> float:
        nonlocal calls
        calls += 1
        return number_from(evaluate(float(x)), "fzero")

    given = take.vector(start, "Start")
    if given.size not in (1, 2) or not np.isfinite(given).all():
        raise ScriptError("MATLAB:fzero:LengthArg2", "Second argument must be finite and of length 1 or 2.")
    if given.size == 2:
        low, high = sorted(given.tolist())
        if value(low) * value(high) > 0:
            raise ScriptError(
                "MATLAB:fzero:ValuesAtEndPtsSameSign",
                "Function values at the interval endpoints must differ in sign.",
                notes=(f"f({low:g}) = {value(low):g}", f"f({high:g}) = {value(high):g}"),
            )
    else:
        low, high = bracket(value, float(given[0]))
    if low == high:
        root, steps = low, 0
    else:
        tolerance = option(options, "TolX", 2.220446049250313e-16)
        root, found = scipy.optimize.brentq(
            value, low, high, xtol=max(tolerance, 1e-300), rtol=4 * 2.0**-52, full_output=True
        )
        steps = found.iterations
    at = value(root)
    output = statistics_of(steps, calls, "bisection, interpolation", f"Zero found in the interval [{low:g}, {high:g}]")
    return float(root), at, 1.0, output


def bracket(value: Callable, x: float) -> tuple[float, float]:
    """An interval around x, widened until the function changes its sign."""
    at = value(x)
    if at == 0:
        return x, x
    step = x / 50 if x else 1 / 50
    low = high = x
    for _ in range(2000):
        step *= 2**0.5
        low, high = x - step, x + step
        for edge in (low, high):
            other = value(edge)
            if not np.isfinite(other):
                break
            if (other > 0) != (at > 0) or other == 0:
                return (edge, x) if edge < x else (x, edge)
        else:
            continue
        break
    raise ScriptError(
        "MATLAB:fzero:NoSignChange",
        "No sign change was found: exiting fzero.",
        notes=(f"looked from {low:g} to {high:g}",),
        hint="give an interval [a b] at whose ends the signs differ",
    )


# ------------------------------------------------------------------------------------------------------------ minima
@builtin(outputs=4)
def fminbnd(session, nargout, function, low, high, options=None, /):
    """
    fminbnd(fun, a, b)
    fminbnd(fun, a, b, options)
    [x, fval, exitflag, output] = fminbnd(...)

    Where a function of one variable is smallest between a and b.

    Examples
      >> fminbnd(@(x) (x-2)^2, 0, 5)
      ans =
           2
      >> [x, fval, exitflag, output] = fminbnd(@(x) (x-2)^2, 0, 5); exitflag
      exitflag =
           1

    See also fminsearch, fzero.
    """
    import scipy.optimize

    evaluate = callable_of(session, function, "fminbnd")
    a, b = take.number(low, "a"), take.number(high, "b")
    if a > b:
        raise ScriptError(
            "MATLAB:fminbnd:BoundsInconsistent", "The lower bound exceeds the upper bound.", notes=(f"{a:g} and {b:g}",)
        )
    found = scipy.optimize.minimize_scalar(
        lambda x: number_from(evaluate(float(x)), "fminbnd"),
        bounds=(a, b),
        method="bounded",
        options={"xatol": option(options, "TolX", 1e-4), "maxiter": int(option(options, "MaxIter", 500))},
    )
    output = statistics_of(
        found.nit, found.nfev, "golden section search, parabolic interpolation", "Optimization terminated."
    )
    return float(found.x), float(found.fun), 1.0 if found.success else 0.0, output


@builtin(outputs=4)
def fminsearch(session, nargout, function, start, options=None, /):
    """
    fminsearch(fun, x0)
    fminsearch(fun, x0, options)
    [x, fval, exitflag, output] = fminsearch(...)

    Where a function of several variables is smallest, by the simplex search of Nelder and Mead.

    Examples
      >> round(fminsearch(@(x) (x(1)-1)^2 + (x(2)-2)^2, [0 0]), 3)
      ans =
           1     2
      >> [x, fval, exitflag, output] = fminsearch(@(x) (x-3)^2, 1); exitflag
      exitflag =
           1

    See also fminbnd, fzero, optimset.
    """
    evaluate = callable_of(session, function, "fminsearch")
    point = require_numeric(start, "fminsearch").astype(DOUBLE)
    count = point.size
    calls = 0

    def value(flat: ndarray) -> float:
        nonlocal calls
        calls += 1
        return number_from(evaluate(norm(flat.reshape(point.shape, order="F").copy(order="F"))), "fminsearch")

    most_calls = option(options, "MaxFunEvals", 200 * count)
    most_steps = option(options, "MaxIter", 200 * count)
    corners = [point.ravel("F")]
    for place in range(count):  # each corner moves one variable by 5 %, or away from 0
        corner = corners[0].copy()
        corner[place] = corner[place] * 1.05 if corner[place] else 0.00025
        corners.append(corner)
    simplex, values = np.array(corners), np.array([value(corner) for corner in corners])
    steps, limits = 1, (option(options, "TolX", 1e-4), option(options, "TolFun", 1e-4))
    while True:
        order = np.argsort(values, kind="stable")
        simplex, values = simplex[order], values[order]
        close = np.abs(values[1:] - values[0]).max() <= max(limits[1], 10 * np.spacing(abs(values[0])))
        if close and np.abs(simplex[1:] - simplex[0]).max() <= max(
            limits[0], 10 * np.spacing(np.abs(simplex[0]).max())
        ):
            flag, message = 1.0, "Optimization terminated."
            break
        if calls >= most_calls or steps >= most_steps:
            flag, message = 0.0, "Exiting: Maximum number of function evaluations or iterations has been exceeded."
            break
        steps += 1
        nelder_mead_step(simplex, values, value)
    best = simplex[0].reshape(point.shape, order="F")
    return (
        norm(np.asfortranarray(best)),
        float(values[0]),
        flag,
        statistics_of(steps, calls, "Nelder-Mead simplex direct search", message),
    )


def nelder_mead_step(simplex: ndarray, values: ndarray, value: Callable) -> None:
    """One step, in place: the worst corner is reflected, expanded or contracted, or all shrink towards the best."""
    center = simplex[:-1].mean(axis=0)

    def along(factor: float) -> tuple[ndarray, float]:
        corner = center + factor * (simplex[-1] - center)
        return corner, value(corner)

    reflected = along(-1.0)
    if reflected[1] < values[0]:
        expanded = along(-2.0)
        simplex[-1], values[-1] = expanded if expanded[1] < reflected[1] else reflected
        return
    if reflected[1] < values[-2]:
        simplex[-1], values[-1] = reflected
        return
    outside = reflected[1] < values[-1]
    contracted = along(-0.5 if outside else 0.5)
    if contracted[1] <= reflected[1] if outside else contracted[1] < values[-1]:
        simplex[-1], values[-1] = contracted
        return
    for place in range(1, len(values)):
        simplex[place] = simplex[0] + 0.5 * (simplex[place] - simplex[0])
        values[place] = value(simplex[place])


# what optimset takes for the solvers of systems and of functions of several variables
OF_SOLVERS = (
    "ActiveConstrTol", "Algorithm", "AlwaysHonorConstraints", "DerivativeCheck", "Diagnostics", "DiffMaxChange",
    "DiffMinChange", "FinDiffRelStep", "FinDiffType", "GoalsExactAchieve", "GradConstr", "GradObj", "HessFcn", "Hessian",
    "HessMult", "HessPattern", "HessUpdate", "InitialHessType", "InitialHessMatrix", "InitBarrierParam",
    "InitTrustRegionRadius", "Jacobian", "JacobMult", "JacobPattern", "LargeScale", "LineSearchType", "MaxPCGIter",
    "MaxProjCGIter", "MaxSQPIter", "MaxTime", "MeritFunction", "MinAbsMax", "NoStopIfFlatInfeas", "ObjectiveLimit",
    "PhaseOneTotalScaling", "Preconditioner", "PrecondBandWidth", "RelLineSrchBnd", "RelLineSrchBndDuration",
    "ScaleProblem", "Simplex", "SubproblemAlgorithm", "TolCon", "TolConSQP", "TolGradCon", "TolPCG", "TolProjCG",
    "TolProjCGAbs", "TypicalX", "UseParallel",
)  # fmt: skip


@builtin
def optimset(*pairs):
    """
    optimset(Name, Value, ...)
    optimset(options, Name, Value, ...)

    Options for fzero, fminbnd and fminsearch: Display, MaxFunEvals, MaxIter, TolFun, TolX; and the older names of those
    for fminunc, fsolve and their kin.

    Examples
      >> options = optimset('TolX', 1e-8);
      >> optimget(options, 'TolX')
      ans =
         1.0000e-08

    See also optimget, fzero, fminsearch.
    """
    known = ("Display", "MaxFunEvals", "MaxIter", "TolFun", "TolX", "FunValCheck", "OutputFcn", "PlotFcns")
    fields = dict.fromkeys(known, EMPTY)
    known += OF_SOLVERS
    pairs = list(pairs)
    while pairs and isinstance(pairs[0], Struct):
        fields.update({name: value for name, value in pairs.pop(0).fields.items() if np.size(value)})
    if len(pairs) % 2:
        raise ScriptError("MATLAB:optimset:ArgNameValueMismatch", "Arguments must occur in name-value pairs.")
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        fields[take.choice(name, known, "Option")] = value
    return Struct(
        {next((word for word in known if word.lower() == name.lower()), name): value for name, value in fields.items()}
    )


@builtin
def optimget(options, name, default=None, /):
    """
    optimget(options, name)
    optimget(options, name, default)

    One of the options of optimset.

    Examples
      >> optimget(optimset('MaxIter', 10), 'MaxIter')
      ans =
          10
      >> optimget(optimset(), 'TolX', 0.1)
      ans =
          0.1000

    See also optimset.
    """
    if not isinstance(options, Struct):
        raise ScriptError(
            "MATLAB:optimget:Arg1NotStruct",
            "First argument must be an options structure created with OPTIMSET.",
            notes=(f"got {described(options)}",),
        )
    word = take.text(name, "Option name").lower()
    found = next((value for key, value in options.fields.items() if key.lower() == word), EMPTY)
    return default if default is not None and np.size(found) == 0 else found
