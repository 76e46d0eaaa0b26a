"""Integrals of functions of one variable: integral, quadgk, quad, quadl, quadv.

The adaptive rule is that of Shampine, "Vectorized adaptive quadrature in MATLAB" (2008): Gauss and Kronrod with 7 and
15 points on many intervals at once, after a change of variable that tames the ends.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.language.watched_runs import callable_of
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, ndarray, norm, numel_of, size_text
from cnnscript.values.take import described
from cnnscript.values.warn import warn

# abscissae and weights of Kronrod's rule of 15 points and of the rule of Gauss of 7 within it (QUADPACK)
HALF = np.array([
    0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993944, 0.5860872354676911,
    0.4058451513773972, 0.2077849550078985,
])  # fmt: skip
KRONROD = np.array([
    0.02293532201052922, 0.06309209262997855, 0.1047900103222502, 0.1406532597159259, 0.1690047266392679,
    0.1903505780647854, 0.2044329400752989,
])  # fmt: skip
GAUSS = np.array([0.1294849661688697, 0.2797053914892767, 0.3818300505051189])
NODES = np.concatenate([-HALF, [0.0], HALF[::-1]])
WEIGHTS = np.concatenate([KRONROD, [0.2094821410847278], KRONROD[::-1]])
INNER = np.zeros(15)
INNER[1::2] = np.concatenate([GAUSS, [0.4179591836734694], GAUSS[::-1]])


class Integrand:
    """A function of the program, asked for rows of points; counts what it is asked."""

    def __init__(self, call: Callable, name: str):
        self.call, self.name, self.points = call, name, 0

    def __call__(self, x: ndarray) -> ndarray:
        self.points += x.size
        value = self.call(norm(np.asfortranarray(x.reshape(1, -1))))
        found = as_array(value)
        if found.dtype.kind not in "fciub" or found.size != x.size or found.ndim != 2 or found.shape[0] != 1:
            raise ScriptError(
                f"MATLAB:{self.name}:UnexpectedOutputSize",
                "Output of the function must be the same size as the input."
                + (" If FUN is an array-valued integrand, set the 'ArrayValued' option to true."
                   if self.name == "integral" else ""),
                notes=(f"for {size_text((1, x.size))} it gave {described(value)}",),
            )  # fmt: skip
        return found.ravel().astype(complex if found.dtype.kind == "c" else float)


def adaptive(
    function: Integrand, edges: list[complex], absolute: float, relative: float, most: int = 650
) -> tuple[complex, float]:
    """The integral along the straight pieces between the edges, and a bound of its error."""
    low, high = edges[0], edges[-1]
    if low == high and len(edges) == 2:
        return 0.0 * complex(function(np.array([low.real if low.imag == 0 else low]))[0]), 0.0
    real = all(complex(edge).imag == 0 for edge in edges)
    if not real:
        return along_path(function, edges, absolute, relative, most)
    a, b = low.real, high.real
    sign = 1.0
    if a > b:
        a, b, sign = b, a, -1.0
    inner = [edge.real for edge in edges[1:-1]]
    place, back = substitution(a, b)
    start = np.unique(np.concatenate([[back[0]], [back[2](x) for x in inner if a < x < b], [back[1]]]))
    value, bound = refined(lambda t: transformed(function, place, t), start, absolute, relative, most, function.name)
    return sign * value, bound


def substitution(a: float, b: float):
    """A change of variable t -> x, dx/dt; and the ends of t with the way back."""
    if np.isfinite(a) and np.isfinite(b):
        half, middle = (b - a) / 4, (b + a) / 2

        def place(t):
            return half * t * (3 - t**2) + middle, 3 * half * (1 - t**2)

        def back(x):
            roots = np.roots([-half, 0, 3 * half, middle - x])
            return float(min((root.real for root in roots if abs(root.imag) < 1e-9), key=abs))

        return place, (-1.0, 1.0, back)
    if np.isfinite(a):
        return (
            lambda t: (a + (t / (1 - t)) ** 2, 2 * t / (1 - t) ** 3),
            (0.0, 1.0, lambda x: np.sqrt(x - a) / (1 + np.sqrt(x - a))),
        )
    if np.isfinite(b):
        return (
            lambda t: (b - (t / (1 + t)) ** 2, -2 * t / (1 + t) ** 3),
            (-1.0, 0.0, lambda x: -np.sqrt(b - x) / (1 + np.sqrt(b - x))),
        )
    return (
        lambda t: (t / (1 - t**2), (1 + t**2) / (1 - t**2) ** 2),
        (-1.0, 1.0, lambda x: 2 * x / (1 + np.sqrt(1 + 4 * x**2))),
    )


def transformed(function: Integrand, place: Callable, t: ndarray) -> ndarray:
    x, slope = place(t)
    return function(x) * slope


def along_path(function: Integrand, edges, absolute, relative, most) -> tuple[complex, float]:
    total, bound = 0.0 + 0j, 0.0
    for one, two in zip(edges[:-1], edges[1:], strict=True):
        step = two - one

        def on_piece(t: ndarray, one=one, step=step) -> ndarray:
            return function(one + step * t) * step

        value, error = refined(on_piece, np.array([0.0, 1.0]), absolute, relative, most, function.name)
        total, bound = total + value, bound + error
    return total, bound


def refined(function: Callable, start: ndarray, absolute, relative, most: int, name: str) -> tuple[complex, float]:
    """The adaptive rule on [start[0], start[-1]], split at the points of start."""
    pieces = max(1, int(np.ceil(10 / max(1, start.size - 1))))
    edges = np.unique(np.concatenate([
        np.linspace(one, two, pieces + 1) for one, two in zip(start[:-1], start[1:], strict=True)
    ]))  # fmt: skip
    left, right = edges[:-1], edges[1:]
    length = abs(start[-1] - start[0])
    done, done_error = 0.0, 0.0
    while True:
        half, middle = (right - left) / 2, (right + left) / 2
        points = middle[:, None] + half[:, None] * NODES[None, :]
        values = function(points.ravel()).reshape(points.shape)
        if not np.isfinite(values).all():
            warn(f"MATLAB:{name}:NonFiniteValue", "Infinite or Not-a-Number value encountered.")
            values_sum = (values @ WEIGHTS * half).sum()
            return done + values_sum, float("nan")
        found = values @ WEIGHTS * half
        errors = np.abs(values @ (WEIGHTS - INNER) * half)
        total = done + found.sum()
        limit = max(absolute, relative * abs(total))
        bound = done_error + errors.sum()
        if bound <= limit:
            return total, float(bound)
        fine = errors <= 2 * limit * np.abs(half) / length
        done, done_error = done + found[fine].sum(), done_error + errors[fine].sum()
        left, right, middle = left[~fine], right[~fine], middle[~fine]
        if not left.size:
            return done, float(done_error)
        if ((right - left) <= 100 * np.spacing(np.maximum(np.abs(left), np.abs(right)))).any():
            text = (
                f"Minimum step size reached near x = {middle[0]:g}. There may be a singularity, or the tolerances may "
            )
            warn(f"MATLAB:{name}:MinStepSize", text + "be too tight for this problem.")
            return total, float(bound)
        if 2 * left.size > most:
            warn(
                f"MATLAB:{name}:MaxIntervalCountReached",
                "Reached the limit on the maximum number of intervals in use. Approximate bound on error is "
                f"{bound:9.1e}. The integral may not exist, or it may be difficult to approximate numerically to the "
                "requested accuracy.",
            )
            return total, float(bound)
        left, right = np.concatenate([left, middle]), np.concatenate([middle, right])


def limit_of(value, name: str) -> complex:
    array = require_numeric(value, name)
    if array.size != 1:
        raise ScriptError(
            f"MATLAB:{name}:InvalidEndpoints", "The limits of integration must be scalars.",
            notes=(f"got {described(value)}",),
        )  # fmt: skip
    return complex(array.item())


def number(value: complex):
    return norm(np.complex128(value)) if value.imag else float(value.real)


@builtin(outputs=2)
def integral(session, nargout, function, low, high, /, *, AbsTol=1e-10, RelTol=1e-6, ArrayValued=False, Waypoints=None):
    """
    q = integral(fun, a, b)
    q = integral(fun, a, b, Name, Value)
    [q, errbnd] = integral(...)

    Integral of a function from a to b; the limits may be infinite, or complex: then along a straight line.

    fun takes a row of points and gives as many values.

    Options
      AbsTol       absolute error allowed (1e-10)
      RelTol       relative error allowed (1e-6)
      ArrayValued  whether the function gives an array for one point
      Waypoints    points to split the interval at, or corners of a path in the plane

    Examples
      >> q = integral(@(x) x.^2, 0, 3)
      q =
          9.0000
      >> q = integral(@(x) exp(-x.^2), -Inf, Inf, 'AbsTol', 1e-12)
      q =
          1.7725
      >> [q, errbnd] = integral(@(x) sin((1:3)*x), 0, 1, 'ArrayValued', true); q
      q =
          0.4597    0.7081    0.6633

    See also integral2, integral3, quadgk, trapz.
    """
    absolute, relative = take.number(AbsTol, "AbsTol"), take.number(RelTol, "RelTol")
    if absolute < 0 or relative < 0:
        raise ScriptError("MATLAB:integral:InvalidTolerance", "Tolerances must be nonnegative.")
    points = [] if Waypoints is None else require_numeric(Waypoints, "integral").ravel("F").astype(complex).tolist()
    edges = [limit_of(low, "integral"), *points, limit_of(high, "integral")]
    evaluate = callable_of(session, function, "integral")
    if take.flag(ArrayValued, "ArrayValued"):
        value, bound = of_arrays(evaluate, edges, absolute, relative)
        return narrowed(np.asfortranarray(value)), bound
    value, bound = adaptive(Integrand(evaluate, "integral"), edges, absolute, relative)
    return number(value), bound


def of_arrays(evaluate: Callable, edges: list[complex], absolute: float, relative: float) -> tuple[ndarray, float]:
    """The integral of a function that gives an array for one point."""
    import scipy.integrate

    total, bound = 0.0, 0.0
    for a, b in zip(edges[:-1], edges[1:], strict=True):
        straight = a.imag == 0 == b.imag
        step = 1.0 if straight else b - a

        def value(t: float, a=a, step=step, straight=straight) -> ndarray:
            x = float(t) if straight else a + step * t
            found = require_numeric(evaluate(norm(np.complex128(x)) if not straight else x), "integral")
            return found.astype(complex if found.dtype.kind == "c" else float) * step

        ends = (a.real, b.real) if straight else (0.0, 1.0)
        found, error = scipy.integrate.quad_vec(value, *ends, epsabs=absolute, epsrel=relative, norm="max")[:2]
        total, bound = total + found, bound + float(error)
    return np.asarray(total), bound


@builtin(outputs=2)
def quadgk(
    session, nargout, function, low, high, /, *, AbsTol=1e-10, RelTol=1e-6, Waypoints=None, MaxIntervalCount=650.0
):
    """
    q = quadgk(fun, a, b)
    q = quadgk(fun, a, b, Name, Value)
    [q, errbnd] = quadgk(...)

    Integral by adaptive Gauss-Kronrod quadrature, and a bound of its error.

    Options
      AbsTol            absolute error allowed (1e-10)
      RelTol            relative error allowed (1e-6)
      Waypoints         points to split the interval at, or corners of a path in the plane
      MaxIntervalCount  most intervals at once (650)

    Examples
      >> q = quadgk(@(x) log(x), 0, 1)
      q =
         -1.0000
      >> [q, errbnd] = quadgk(@(x) exp(-x), 0, Inf, 'RelTol', 1e-10); q, errbnd < 1e-9
      q =
          1.0000
      ans =
        logical
         1

    See also integral, quadv.
    """
    absolute, relative = take.number(AbsTol, "AbsTol"), take.number(RelTol, "RelTol")
    points = [] if Waypoints is None else require_numeric(Waypoints, "quadgk").ravel("F").astype(complex).tolist()
    edges = [limit_of(low, "quadgk"), *points, limit_of(high, "quadgk")]
    function = Integrand(callable_of(session, function, "quadgk"), "quadgk")
    value, bound = adaptive(function, edges, absolute, relative, take.positive(MaxIntervalCount, "MaxIntervalCount"))
    return number(value), bound


@builtin(outputs=2)
def quad(session, nargout, function, low, high, tolerance=1e-6, trace=None, /, *extra):
    """
    q = quad(fun, a, b)
    q = quad(fun, a, b, tol)
    q = quad(fun, a, b, tol, trace, p1, ...)
    [q, fcnt] = quad(...)

    Integral of a function from a to b and the number of points asked; integral is the newer function.

    Examples
      >> q = quad(@(x) x.^2, 0, 3)
      q =
          9.0000
      >> q = quad(@(x, n) x.^n, 0, 1, [], [], 3)
      q =
          0.2500
      >> [q, fcnt] = quad(@exp, 0, 1, 1e-8); q
      q =
          1.7183

    See also integral, quadgk, quadv.
    """
    limit = take.number(tolerance, "Tolerance") if numel_of(tolerance) else 1e-6
    call = callable_of(session, function, "quad")
    if trace is not None and numel_of(trace) and take.flag(trace, "trace"):
        raise ScriptError("cnnscript:NotYet", "The trace of quad is not in cnnscript yet.")
    asked = Integrand(lambda x: call(x, *extra), "quad")
    edges = [limit_of(low, "quad"), limit_of(high, "quad")]
    value, _ = adaptive(asked, edges, min(limit, 1e-6), 1e-10)
    return number(value), float(asked.points)


alias("quadl", "quad")


@builtin(outputs=2)
def quadv(session, nargout, function, low, high, tolerance=1e-6, trace=None, /, *extra):
    """
    Q = quadv(fun, a, b)
    Q = quadv(fun, a, b, tol)
    Q = quadv(fun, a, b, tol, trace, p1, ...)
    [Q, fcnt] = quadv(...)

    Integral of a function that gives an array for one point, by adaptive Simpson quadrature.

    Examples
      >> Q = quadv(@(x) x*[1 2 3], 0, 2)
      Q =
          2.0000    4.0000    6.0000
      >> [Q, fcnt] = quadv(@(x) [x x^2], 0, 1, 1e-8); fcnt
      fcnt =
          15

    See also integral, quadgk.
    """
    limit = take.number(tolerance, "Tolerance") if numel_of(tolerance) else 1e-6
    if trace is not None and numel_of(trace) and take.flag(trace, "trace"):
        raise ScriptError("cnnscript:NotYet", "The trace of quadv is not in cnnscript yet.")
    call = callable_of(session, function, "quadv")
    count = 0

    def value(x: float) -> ndarray:
        nonlocal count
        count += 1
        found = require_numeric(call(float(x), *extra), "quadv")
        return found.astype(complex if found.dtype.kind == "c" else float)

    a, b = take.number(low, "a"), take.number(high, "b")
    c, d = a + 0.13579 * (b - a) * 2, b - 0.13579 * (b - a) * 2  # an uneven start sees periodic functions
    total = 0.0
    smallest = np.spacing(max(abs(a), abs(b)))
    lost = False
    for one, two in ((a, c), (c, d), (d, b)):
        middle = (one + two) / 2
        ends = [value(x) for x in (one, middle, two)]
        if not np.isfinite(ends[0]).all():  # an end at which the function is infinite is moved in a little
            ends[0] = value(one + np.finfo(float).eps * (b - a))
        if not np.isfinite(ends[2]).all():
            ends[2] = value(two - np.finfo(float).eps * (b - a))
        stack = [(one, two, *ends)]
        while stack:
            left, right, f1, f2, f3 = stack.pop()
            h, centre = right - left, (left + right) / 2
            fa, fb = value((left + centre) / 2), value((centre + right) / 2)
            coarse = h / 6 * (f1 + 4 * f2 + f3)
            fine = h / 12 * (f1 + 4 * fa + 2 * f2 + 4 * fb + f3)
            better = fine + (fine - coarse) / 15
            if not np.isfinite(better).all():
                lost = True
            if count > 10000 or abs(h) < smallest or lost or np.abs(fine - better).max(initial=0) <= limit:
                total = total + better
                continue
            stack += [(centre, right, f2, fb, f3), (left, centre, f1, fa, f2)]
    if lost:
        warn("MATLAB:quadv:ImproperFcnValue", "Infinite or Not-a-Number function value encountered.")
    elif count > 10000:
        warn("MATLAB:quadv:MaxFcnCount", "Maximum function count exceeded; singularity likely.")
    return narrowed(np.asfortranarray(total)), float(count)
