"""Integrals over areas and volumes: integral2, integral3, quad2d, dblquad, triplequad."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.language.watched_runs import callable_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, ndarray, norm, numel_of
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn


def asked(call: Callable, name: str, points: tuple[ndarray, ...]) -> ndarray:
    """The values of a function of the program at points given as columns of coordinates."""
    value = call(*(norm(np.asfortranarray(part.reshape(-1, 1))) for part in points))
    found = as_array(value)
    if found.dtype.kind not in "fciub" or found.size != points[0].size:
        raise ScriptError(
            f"MATLAB:{name}:UnexpectedOutputSize",
            "Integrand output size does not match the input size.",
            notes=(f"for {points[0].size}x1 it gave {described(value)}",),
        )
    return found.ravel("F").astype(complex if found.dtype.kind == "c" else float)


def edge_of(limit, name: str) -> Callable[..., ndarray]:
    """A limit as a function of the outer coordinates."""
    if type(limit) is Function:
        call = limit.call

        def edge(*outer: ndarray) -> ndarray:
            value = call(1, *(norm(np.asfortranarray(part.reshape(-1, 1))) for part in outer))
            found = take.real(value, "The limit").astype(float).ravel("F")
            if found.size not in (1, outer[0].size):
                raise ScriptError(
                    f"MATLAB:{name}:LimitSize", "A limit function must give one value for each point.",
                    notes=(f"it gave {described(value)} for {outer[0].size} points",),
                )  # fmt: skip
            return np.broadcast_to(found, outer[0].shape)

        return edge
    number = take.number(limit, "The limits of integration")
    return lambda *outer: np.full(outer[0].shape if outer else (1,), number)


def stretched(t: ndarray, low: ndarray, high: ndarray) -> tuple[ndarray, ndarray]:
    """A place between two limits for t from 0 to 1, and what it stretches by; the ends are approached slowly."""
    both = np.isfinite(low) & np.isfinite(high)
    angle = np.pi * t
    share, slope = (1 - np.cos(angle)) / 2, np.pi * np.sin(angle) / 2
    with np.errstate(all="ignore"):
        place = np.where(both, low + (high - low) * share, 0.0)
        stretch = np.where(both, (high - low) * slope, 0.0)
        above = np.isfinite(low) & np.isposinf(high)
        place = np.where(above, low + share / (1 - share), place)
        stretch = np.where(above, slope / (1 - share) ** 2, stretch)
        below = np.isneginf(low) & np.isfinite(high)
        place = np.where(below, high - (1 - share) / share, place)
        stretch = np.where(below, slope / share**2, stretch)
        all_of_it = np.isneginf(low) & np.isposinf(high)
        wide = 2 * share - 1
        place = np.where(all_of_it, wide / (1 - wide**2), place)
        stretch = np.where(all_of_it, 2 * slope * (1 + wide**2) / (1 - wide**2) ** 2, stretch)
    return place, stretch


def whole(call: Callable, name: str, limits: list, absolute: float, relative: float, most: int) -> tuple:
    """The integral over a region whose inner limits are functions of the outer coordinates, and its error."""
    import scipy.integrate

    edges = [tuple(edge_of(side, name) for side in pair) for pair in limits]
    lost = False

    def values(points: ndarray) -> ndarray:
        nonlocal lost
        places: list[ndarray] = []
        factor = np.ones(len(points))
        for axis, (low, high) in enumerate(edges):
            outer = tuple(places) if places else (points[:, 0],)
            place, stretch = stretched(points[:, axis], low(*outer), high(*outer))
            places.append(place)
            factor = factor * stretch
        found = asked(call, name, tuple(places)) * factor
        bad = ~np.isfinite(found)
        if bad.any():
            lost = lost or bool((factor[bad] > 1e-12).any())
            found = np.where(bad, 0.0, found)
        return found

    count = len(limits)
    result = scipy.integrate.cubature(
        values, np.zeros(count), np.ones(count), rule="gk15" if count > 2 else "gk21", rtol=relative, atol=absolute,
        max_subdivisions=most,
    )  # fmt: skip
    if lost:
        warn(
            f"MATLAB:{name}:nonFiniteResult", "Non-finite result. The integration was unsuccessful. Singularity likely."
        )
    if result.status != "converged":
        bound = float(np.max(result.error))
        warn(
            f"MATLAB:{name}:maxFunEvalsFail",
            "Reached the maximum number of function evaluations. The result fails the global error test: the bound of "
            f"its error is {bound:.1e}.",
        )
    return narrowed(np.asarray(result.estimate).reshape(1, 1)), float(np.max(result.error))


def tolerances(AbsTol, RelTol) -> tuple[float, float]:
    absolute, relative = take.number(AbsTol, "AbsTol"), take.number(RelTol, "RelTol")
    if absolute < 0 or relative < 0:
        raise ScriptError("MATLAB:integral2:InvalidTolerance", "Tolerances must be nonnegative.")
    return absolute, max(relative, 1e-14)


METHODS = ("auto", "tiled", "iterated")


@builtin
def integral2(session, function, xmin, xmax, ymin, ymax, /, *, AbsTol=1e-10, RelTol=1e-6, Method="auto"):
    """
    q = integral2(fun, xmin, xmax, ymin, ymax)
    q = integral2(fun, xmin, xmax, ymin, ymax, Name, Value)

    Integral of a function of x and y; the limits in y may be functions of x, all may be infinite.

    Options
      AbsTol  absolute error allowed (1e-10)
      RelTol  relative error allowed (1e-6)
      Method  'auto', 'tiled' or 'iterated': the area is always cut into tiles

    Examples
      >> q = integral2(@(x, y) x.*y, 0, 1, 0, 2)
      q =
           1
      >> q = integral2(@(x, y) x.*y, 0, 1, 0, @(x) x, 'RelTol', 1e-10)
      q =
          0.1250

    See also integral, integral3, quad2d.
    """
    take.choice(Method, METHODS, "Method")
    limits = [(take.number(xmin, "xmin"), take.number(xmax, "xmax")), (ymin, ymax)]
    return whole(callable_of(session, function, "integral2"), "integral2", limits, *tolerances(AbsTol, RelTol), 10000)[
        0
    ]


@builtin
def integral3(session, function, xmin, xmax, ymin, ymax, zmin, zmax, /, *, AbsTol=1e-10, RelTol=1e-6, Method="auto"):
    """
    q = integral3(fun, xmin, xmax, ymin, ymax, zmin, zmax)
    q = integral3(fun, xmin, xmax, ymin, ymax, zmin, zmax, Name, Value)

    Integral of a function of x, y and z; limits in y may be functions of x, those in z of x and y.

    Options
      AbsTol  absolute error allowed (1e-10)
      RelTol  relative error allowed (1e-6)
      Method  'auto', 'tiled' or 'iterated': the volume is always cut into boxes

    Examples
      >> q = integral3(@(x, y, z) y.*sin(x) + z.*cos(x), 0, pi, 0, 1, -1, 1)
      q =
           2
      >> q = integral3(@(x, y, z) ones(size(x)), 0, 1, 0, @(x) x, 0, @(x, y) y, 'RelTol', 1e-8)
      q =
          0.1667

    See also integral, integral2, triplequad.
    """
    take.choice(Method, METHODS, "Method")
    limits = [(take.number(xmin, "xmin"), take.number(xmax, "xmax")), (ymin, ymax), (zmin, zmax)]
    return whole(callable_of(session, function, "integral3"), "integral3", limits, *tolerances(AbsTol, RelTol), 3000)[0]


@builtin(outputs=2)
def quad2d(
    session, nargout, function, a, b, c, d, /, *, AbsTol=1e-5, RelTol=100 * 2.0**-52, MaxFunEvals=2000.0,
    FailurePlot=False, Singular=True, Vectorized=True,
):  # fmt: skip
    """
    q = quad2d(fun, a, b, c, d)
    q = quad2d(fun, a, b, c, d, Name, Value)
    [q, errbnd] = quad2d(...)

    Integral of a function of x from a to b and y from c to d, which may be functions of x; a bound of its error.

    Options
      AbsTol       absolute error allowed (1e-5)
      RelTol       relative error allowed
      MaxFunEvals  most evaluations of tiles (2000)
      FailurePlot  false: no picture of tiles that fail
      Singular     whether the edges are approached slowly (true, and always so here)
      Vectorized   whether the function takes many points at once (true)

    Examples
      >> q = quad2d(@(x, y) x.*y, 0, 1, 0, 2)
      q =
           1
      >> [q, errbnd] = quad2d(@(x, y) 1./(sqrt(x + y).*(1 + x + y).^2), 0, 1, 0, @(x) 1 - x, 'AbsTol', 1e-8); q
      q =
          0.2854

    See also integral2, dblquad.
    """
    if take.flag(FailurePlot, "FailurePlot"):
        raise ScriptError("cnnscript:NotYet", "'FailurePlot' is not in cnnscript yet.")
    take.flag(Singular, "Singular")
    call = callable_of(session, function, "quad2d")
    if not take.flag(Vectorized, "Vectorized"):
        call = one_by_one(call)
    limits = [(take.number(a, "a"), take.number(b, "b")), (c, d)]
    most = take.positive(MaxFunEvals, "MaxFunEvals")
    return whole(call, "quad2d", limits, *tolerances(AbsTol, max(1e-10, take.number(RelTol, "RelTol"))), most)


def one_by_one(call: Callable) -> Callable:
    """A function of single points asked for many."""

    def many(*points):
        columns = [as_array(part).ravel("F").tolist() for part in points]
        found = [as_array(call(*point)).ravel()[0] for point in zip(*columns, strict=True)]
        return norm(np.array(found).reshape(-1, 1))

    return many


def old_method(session, method) -> None:
    """The last argument of dblquad and triplequad names a quadrature function."""
    if method is None or type(method) is Function or is_text(method):
        return
    raise ScriptError(
        "MATLAB:dblquad:BadMethod", "The method must be a function handle.", notes=(f"got {described(method)}",)
    )


def spread_out(call: Callable, extra: tuple) -> Callable:
    """A function of a vector x and of scalars, asked for columns of points."""

    def many(*points):
        columns = [as_array(part).ravel("F") for part in points]
        rest = np.stack(columns[1:], axis=1)
        kinds, which = np.unique(rest, axis=0, return_inverse=True)
        found = np.zeros(columns[0].size, complex)
        for place, scalars in enumerate(kinds):
            rows = np.flatnonzero(which.ravel() == place)
            value = call(norm(np.asfortranarray(columns[0][rows].reshape(1, -1))), *map(float, scalars), *extra)
            values = as_array(value).ravel("F")
            if values.size not in (1, rows.size):
                raise ScriptError(
                    "MATLAB:dblquad:UnexpectedOutputSize", "Integrand output size does not match the input size.",
                    notes=(f"it gave {described(value)} for {rows.size} points",),
                )  # fmt: skip
            found[rows] = values
        return norm(np.asfortranarray((found if found.imag.any() else found.real).reshape(-1, 1)))

    return many


@builtin
def dblquad(session, function, xmin, xmax, ymin, ymax, tolerance=1e-6, method=None, /, *extra):
    """
    q = dblquad(fun, xmin, xmax, ymin, ymax)
    q = dblquad(fun, xmin, xmax, ymin, ymax, tol)
    q = dblquad(fun, xmin, xmax, ymin, ymax, tol, method)

    Integral of a function of a vector x and a scalar y over a rectangle; integral2 is the newer function.

    Whatever the method's name, the rectangle is cut into tiles.

    Examples
      >> q = dblquad(@(x, y) x*y, 0, 1, 0, 2)
      q =
           1
      >> q = dblquad(@(x, y) y*sin(x) + x*cos(y), pi, 2*pi, 0, pi, 1e-8, @quadl)
      q =
         -9.8696

    See also integral2, triplequad.
    """
    old_method(session, method)
    limit = take.number(tolerance, "Tolerance") if numel_of(tolerance) else 1e-6
    call = spread_out(callable_of(session, function, "dblquad"), extra)
    limits = [
        (take.number(xmin, "xmin"), take.number(xmax, "xmax")),
        (take.number(ymin, "ymin"), take.number(ymax, "ymax")),
    ]
    return whole(call, "dblquad", limits, limit, 1e-10, 10000)[0]


@builtin
def triplequad(session, function, xmin, xmax, ymin, ymax, zmin, zmax, tolerance=1e-6, method=None, /, *extra):
    """
    q = triplequad(fun, xmin, xmax, ymin, ymax, zmin, zmax)
    q = triplequad(fun, xmin, xmax, ymin, ymax, zmin, zmax, tol)
    q = triplequad(fun, xmin, xmax, ymin, ymax, zmin, zmax, tol, method)

    Integral of a function of a vector x and scalars y, z over a box; integral3 is the newer function.

    Whatever the method's name, the box is cut into boxes.

    Examples
      >> q = triplequad(@(x, y, z) y*sin(x) + z*cos(x), 0, pi, 0, 1, -1, 1)
      q =
           2
      >> q = triplequad(@(x, y, z) x + y + z, 0, 1, 0, 1, 0, 1, 1e-8, @quadl)
      q =
          1.5000

    See also integral3, dblquad.
    """
    old_method(session, method)
    limit = take.number(tolerance, "Tolerance") if numel_of(tolerance) else 1e-6
    call = spread_out(callable_of(session, function, "triplequad"), extra)
    sides = ((xmin, xmax), (ymin, ymax), (zmin, zmax))
    limits = [(take.number(low, "The limit"), take.number(high, "The limit")) for low, high in sides]
    return whole(call, "triplequad", limits, limit, 1e-10, 3000)[0]
