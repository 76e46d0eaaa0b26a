"""Trigonometric and hyperbolic functions, in radians and degrees, and coordinates."""

from __future__ import annotations

from collections.abc import Callable
from math import cos as cos_of
from math import nan, pi
from math import sin as sin_of
from math import tan as tan_of

import numpy as np

from cnnscript.builtins.elements import (
    complex_of,
    floats_of,
    is_complex,
    mapped,
    mapped_beyond,
    narrowed,
    operands,
    rows_together,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.take import described


def beyond_one(x):
    return np.abs(x) > 1


def from_below(x):
    """Real numbers as complex on MATLAB's side of the cut of asin and acos: -0i above 1, +0i elsewhere."""
    x = np.asarray(complex_of(x))
    moved = np.array(x)
    moved.imag = np.where(x.real > 1, -0.0, 0.0)
    return moved if moved.ndim else moved[()]


def sin_float(x: float) -> float:
    return sin_of(x) if x - x == 0.0 else nan


def cos_float(x: float) -> float:
    return cos_of(x) if x - x == 0.0 else nan


def tan_float(x: float) -> float:
    return tan_of(x) if x - x == 0.0 else nan


@builtin(floats=sin_float)
def sin(x, /):
    """
    sin(X)

    Sine of each element, in radians.

    Examples
      >> sin(pi/6)
      ans =
          0.5000

    See also sind, asin, cos, tan.
    """
    if type(x) is float:
        return sin_float(x)
    return mapped(np.sin, x, "sin")


@builtin(floats=cos_float)
def cos(x, /):
    """
    cos(X)

    Cosine of each element, in radians.

    Examples
      >> cos(pi/3)
      ans =
          0.5000

    See also cosd, acos, sin, tan.
    """
    if type(x) is float:
        return cos_float(x)
    return mapped(np.cos, x, "cos")


@builtin(floats=tan_float)
def tan(x, /):
    """
    tan(X)

    Tangent of each element, in radians.

    Examples
      >> tan(pi/4)
      ans =
          1.0000

    See also tand, atan, sin, cos.
    """
    if type(x) is float:
        return tan_float(x)
    return mapped(np.tan, x, "tan")


@builtin
def sec(x, /):
    """
    sec(X)

    Secant, 1./cos(X).

    Examples
      >> sec(0)
      ans =
           1

    See also cos, asec, csc, cot.
    """
    return mapped(lambda x: np.divide(1.0, np.cos(x)), x, "sec")


@builtin
def csc(x, /):
    """
    csc(X)

    Cosecant, 1./sin(X).

    Examples
      >> csc(1)
      ans =
          1.1884

    See also sin, acsc, sec, cot.
    """
    return mapped(lambda x: np.divide(1.0, np.sin(x)), x, "csc")


@builtin
def cot(x, /):
    """
    cot(X)

    Cotangent, 1./tan(X).

    Examples
      >> cot(1)
      ans =
          0.6421

    See also tan, acot, sec, csc.
    """
    return mapped(lambda x: np.divide(1.0, np.tan(x)), x, "cot")


# -------------------------------------------------------------------------------------------------------- inverses
@builtin
def asin(x, /):
    """
    asin(X)

    Inverse sine in radians; complex outside [-1, 1].

    Examples
      >> asin([0 1])
      ans =
               0    1.5708

    See also sin, asind, acos, atan.
    """
    return mapped_beyond(np.arcsin, x, "asin", beyond_one, from_below)


@builtin
def acos(x, /):
    """
    acos(X)

    Inverse cosine in radians; complex outside [-1, 1].

    Examples
      >> acos([1 0])
      ans =
               0    1.5708

    See also cos, acosd, asin, atan.
    """
    return mapped_beyond(np.arccos, x, "acos", beyond_one, from_below)


@builtin
def atan(x, /):
    """
    atan(X)

    Inverse tangent in radians.

    Examples
      >> atan(1)
      ans =
          0.7854

    See also tan, atan2, atand.
    """
    return mapped(np.arctan, x, "atan")


@builtin
def asec(x, /):
    """
    asec(X)

    Inverse secant, acos(1./X).

    Examples
      >> asec(2)
      ans =
          1.0472

    See also sec, acos.
    """
    return mapped_beyond(np.arccos, reciprocal(x, "asec"), "asec", beyond_one, from_below)


@builtin
def acsc(x, /):
    """
    acsc(X)

    Inverse cosecant, asin(1./X).

    Examples
      >> acsc(2)
      ans =
          0.5236

    See also csc, asin.
    """
    return mapped_beyond(np.arcsin, reciprocal(x, "acsc"), "acsc", beyond_one, from_below)


def reciprocal(x, name: str):
    """1./x of a float value; Inf for 0."""
    return norm(np.divide(1.0, floats_of(x, name)))


@builtin
def acot(x, /):
    """
    acot(X)

    Inverse cotangent, atan(1./X).

    Examples
      >> acot(1)
      ans =
          0.7854

    See also cot, atan.
    """
    return mapped(np.arctan, reciprocal(x, "acot"), "acot")


@builtin
def atan2(y, x, /):
    """
    atan2(Y, X)

    Angle of the point (X, Y) in radians, from -pi to pi.

    Examples
      >> atan2(1, -1)
      ans =
          2.3562

    See also atan, angle, hypot.
    """
    a, b, _ = operands(y, x, "atan2", floats=True)
    if is_complex(a) or is_complex(b):
        raise ScriptError("MATLAB:atan2:complexArgument", "Inputs must be real.")
    return rows_together(np.arctan2(a, b))


# ------------------------------------------------------------------------------------------------------ hyperbolic
@builtin
def sinh(x, /):
    """
    sinh(X)

    Hyperbolic sine.

    Examples
      >> sinh(1)
      ans =
          1.1752

    See also asinh, cosh, tanh.
    """
    return mapped(np.sinh, x, "sinh")


@builtin
def cosh(x, /):
    """
    cosh(X)

    Hyperbolic cosine.

    Examples
      >> cosh(1)
      ans =
          1.5431

    See also acosh, sinh, tanh.
    """
    return mapped(np.cosh, x, "cosh")


@builtin
def tanh(x, /):
    """
    tanh(X)

    Hyperbolic tangent.

    Examples
      >> tanh(1)
      ans =
          0.7616

    See also atanh, sinh, cosh.
    """
    return mapped(np.tanh, x, "tanh")


@builtin
def asinh(x, /):
    """
    asinh(X)

    Inverse hyperbolic sine.

    Examples
      >> asinh(1)
      ans =
          0.8814

    See also sinh, acosh, atanh.
    """
    return mapped(np.arcsinh, x, "asinh")


@builtin
def acosh(x, /):
    """
    acosh(X)

    Inverse hyperbolic cosine; complex below 1.

    Examples
      >> acosh(2)
      ans =
          1.3170

    See also cosh, asinh, atanh.
    """
    return mapped_beyond(np.arccosh, x, "acosh", lambda x: x < 1)


@builtin
def atanh(x, /):
    """
    atanh(X)

    Inverse hyperbolic tangent; complex outside [-1, 1].

    Examples
      >> atanh(0.5)
      ans =
          0.5493

    See also tanh, asinh, acosh.
    """
    return mapped_beyond(np.arctanh, x, "atanh", beyond_one)


@builtin
def sech(x, /):
    """
    sech(X)

    Hyperbolic secant, 1./cosh(X).

    Examples
      >> sech(0)
      ans =
           1

    See also cosh, asech.
    """
    return mapped(lambda x: np.divide(1.0, np.cosh(x)), x, "sech")


@builtin
def csch(x, /):
    """
    csch(X)

    Hyperbolic cosecant, 1./sinh(X).

    Examples
      >> csch(1)
      ans =
          0.8509

    See also sinh, acsch.
    """
    return mapped(lambda x: np.divide(1.0, np.sinh(x)), x, "csch")


@builtin
def coth(x, /):
    """
    coth(X)

    Hyperbolic cotangent, 1./tanh(X).

    Examples
      >> coth(1)
      ans =
          1.3130

    See also tanh, acoth.
    """
    return mapped(lambda x: np.divide(1.0, np.tanh(x)), x, "coth")


@builtin
def asech(x, /):
    """
    asech(X)

    Inverse hyperbolic secant, acosh(1./X).

    Examples
      >> asech(0.5)
      ans =
          1.3170

    See also sech, acosh.
    """
    return mapped_beyond(np.arccosh, reciprocal(x, "asech"), "asech", lambda x: x < 1)


@builtin
def acsch(x, /):
    """
    acsch(X)

    Inverse hyperbolic cosecant, asinh(1./X).

    Examples
      >> acsch(1)
      ans =
          0.8814

    See also csch, asinh.
    """
    return mapped(np.arcsinh, reciprocal(x, "acsch"), "acsch")


@builtin
def acoth(x, /):
    """
    acoth(X)

    Inverse hyperbolic cotangent, atanh(1./X).

    Examples
      >> acoth(2)
      ans =
          0.5493

    See also coth, atanh.
    """
    return mapped_beyond(np.arctanh, reciprocal(x, "acoth"), "acoth", beyond_one)


# --------------------------------------------------------------------------------------------------------- degrees
def in_degrees(function: Callable, x, name: str):
    """A function of angles in degrees, exact at multiples of 90: the angle is brought into ±45 degrees first."""
    x = floats_of(x, name)
    if is_complex(x):
        raise ScriptError(
            f"MATLAB:{name}:inputNotReal", "Argument must be real.", notes=(f"{name} got {described(x)}",)
        )
    return mapped(function, x, name)


def sine_of_degrees(x):
    quarter = np.round(np.fmod(x, 360) / 90)
    rest = np.deg2rad(np.fmod(x, 360) - quarter * 90)
    turn = np.mod(quarter, 4)
    sine, cosine = np.sin(rest), np.cos(rest)
    value = np.where(turn == 0, sine, np.where(turn == 1, cosine, np.where(turn == 2, -sine, -cosine)))
    value = np.where(np.isfinite(x), value + 0.0, nan).astype(np.asarray(x).dtype)
    return value if value.ndim else value[()]


def cosine_of_degrees(x):
    return sine_of_degrees(90 - np.fmod(np.abs(x), 360))


@builtin
def sind(x, /):
    """
    sind(X)

    Sine of degrees, exact at multiples of 90.

    Examples
      >> sind([0 30 180])
      ans =
               0    0.5000         0

    See also sin, asind, cosd.
    """
    return in_degrees(sine_of_degrees, x, "sind")


@builtin
def cosd(x, /):
    """
    cosd(X)

    Cosine of degrees, exact at multiples of 90.

    Examples
      >> cosd([0 60 90])
      ans =
          1.0000    0.5000         0

    See also cos, acosd, sind.
    """
    return in_degrees(cosine_of_degrees, x, "cosd")


@builtin
def tand(x, /):
    """
    tand(X)

    Tangent of degrees, exact at multiples of 45.

    Examples
      >> tand([0 45 90])
      ans =
           0     1   Inf

    See also tan, atand.
    """

    def tangent(x):
        sine, cosine = sine_of_degrees(x), cosine_of_degrees(x)
        value = np.where(
            np.abs(sine) == np.abs(cosine), np.sign(sine * cosine), sine / np.where(cosine == 0, 0.0, cosine)
        )
        return value if value.ndim else value[()]

    return in_degrees(tangent, x, "tand")


@builtin
def secd(x, /):
    """
    secd(X)

    Secant of degrees.

    Examples
      >> secd(60)
      ans =
          2.0000

    See also sec, cosd.
    """
    return in_degrees(lambda x: np.divide(1.0, cosine_of_degrees(x)), x, "secd")


@builtin
def cscd(x, /):
    """
    cscd(X)

    Cosecant of degrees.

    Examples
      >> cscd(30)
      ans =
          2.0000

    See also csc, sind.
    """
    return in_degrees(lambda x: np.divide(1.0, sine_of_degrees(x)), x, "cscd")


@builtin
def cotd(x, /):
    """
    cotd(X)

    Cotangent of degrees.

    Examples
      >> cotd(45)
      ans =
           1

    See also cot, tand.
    """
    return in_degrees(lambda x: cosine_of_degrees(x) / sine_of_degrees(x), x, "cotd")


@builtin
def asind(x, /):
    """
    asind(X)

    Inverse sine in degrees.

    Examples
      >> asind(1)
      ans =
          90

    See also asin, sind.
    """
    return operators.times(mapped_beyond(np.arcsin, x, "asind", beyond_one, from_below), 180 / pi)


@builtin
def acosd(x, /):
    """
    acosd(X)

    Inverse cosine in degrees.

    Examples
      >> acosd(0)
      ans =
          90

    See also acos, cosd.
    """
    return operators.times(mapped_beyond(np.arccos, x, "acosd", beyond_one, from_below), 180 / pi)


@builtin
def atand(x, /):
    """
    atand(X)

    Inverse tangent in degrees.

    Examples
      >> atand(1)
      ans =
          45

    See also atan, atan2d.
    """
    return operators.times(mapped(np.arctan, x, "atand"), 180 / pi)


@builtin
def atan2d(y, x, /):
    """
    atan2d(Y, X)

    Angle of the point (X, Y) in degrees, from -180 to 180.

    Examples
      >> atan2d(1, -1)
      ans =
         135

    See also atan2, atand.
    """
    return operators.times(atan2(y, x), 180 / pi)


@builtin
def deg2rad(x, /):
    """
    deg2rad(D)

    Degrees to radians.

    Examples
      >> deg2rad(180)
      ans =
          3.1416

    See also rad2deg.
    """
    return mapped(lambda x: x * (pi / 180), x, "deg2rad")


@builtin
def rad2deg(x, /):
    """
    rad2deg(R)

    Radians to degrees.

    Examples
      >> rad2deg(pi)
      ans =
         180

    See also deg2rad.
    """
    return mapped(lambda x: x * (180 / pi), x, "rad2deg")


@builtin
def sinpi(x, /):
    """
    sinpi(X)

    sin(X*pi), exact at whole numbers.

    Examples
      >> sinpi([0.5 1])
      ans =
           1     0

    See also sin, cospi.
    """
    return in_degrees(lambda x: sine_of_degrees(np.fmod(x, 2) * 180), x, "sinpi")


@builtin
def cospi(x, /):
    """
    cospi(X)

    cos(X*pi), exact at halves.

    Examples
      >> cospi([0.5 1])
      ans =
           0    -1

    See also cos, sinpi.
    """
    return in_degrees(lambda x: cosine_of_degrees(np.fmod(x, 2) * 180), x, "cospi")


# ----------------------------------------------------------------------------------------------------- coordinates
@builtin(outputs=3)
def cart2pol(nargout, x, y, z=None, /):
    """
    [theta, rho] = cart2pol(x, y)
    [theta, rho, z] = cart2pol(x, y, z)

    Cartesian to polar or cylindrical coordinates.

    Examples
      >> [theta, rho] = cart2pol(1, 1)
      theta =
          0.7854
      rho =
          1.4142
      >> [theta, rho, z] = cart2pol(0, 2, 5)
      theta =
          1.5708
      rho =
           2
      z =
           5

    See also pol2cart, cart2sph.
    """
    a, b, _ = operands(x, y, "cart2pol", floats=True)
    found = (rows_together(np.arctan2(b, a)), rows_together(np.hypot(a, b)))
    return (*found, z) if z is not None else found


@builtin(outputs=3)
def pol2cart(nargout, theta, rho, z=None, /):
    """
    [x, y] = pol2cart(theta, rho)
    [x, y, z] = pol2cart(theta, rho, z)

    Polar or cylindrical to Cartesian coordinates.

    Examples
      >> [x, y] = pol2cart(0, 2)
      x =
           2
      y =
           0
      >> [x, y, z] = pol2cart(0, 2, 3)
      x =
           2
      y =
           0
      z =
           3

    See also cart2pol, sph2cart.
    """
    a, b, _ = operands(theta, rho, "pol2cart", floats=True)
    found = (rows_together(b * np.cos(a)), rows_together(b * np.sin(a)))
    return (*found, z) if z is not None else found


@builtin(outputs=3)
def cart2sph(nargout, x, y, z, /):
    """
    [azimuth, elevation, r] = cart2sph(x, y, z)

    Cartesian to spherical coordinates.

    Examples
      >> [azimuth, elevation, r] = cart2sph(0, 0, 2)
      azimuth =
           0
      elevation =
          1.5708
      r =
           2

    See also sph2cart, cart2pol.
    """
    a, b, c = (as_array(floats_of(part, "cart2sph")) for part in (x, y, z))
    flat = np.hypot(a, b)
    return rows_together(np.arctan2(b, a)), rows_together(np.arctan2(c, flat)), rows_together(np.hypot(flat, c))


@builtin(outputs=3)
def sph2cart(nargout, azimuth, elevation, r, /):
    """
    [x, y, z] = sph2cart(azimuth, elevation, r)

    Spherical to Cartesian coordinates.

    Examples
      >> [x, y, z] = sph2cart(0, 0, 2)
      x =
           2
      y =
           0
      z =
           0

    See also cart2sph, pol2cart.
    """
    a, b, c = (as_array(floats_of(part, "sph2cart")) for part in (azimuth, elevation, r))
    flat = c * np.cos(b)
    return rows_together(flat * np.cos(a)), rows_together(flat * np.sin(a)), rows_together(c * np.sin(b))


# --------------------------------------------------------------------------------------------------- complex parts
@builtin
def angle(x, /):
    """
    angle(Z)

    Phase angle of each element in radians, from -pi to pi.

    Examples
      >> angle(1+1i)
      ans =
          0.7854

    See also abs, atan2, complex.
    """
    return mapped(lambda x: np.arctan2(np.imag(x), np.real(x)), x, "angle")


@builtin
def unwrap(x, tolerance=None, dim=None, /):
    """
    unwrap(P)
    unwrap(P, tol)
    unwrap(P, tol, dim)

    Phase angles without jumps larger than pi (or tol): multiples of 2*pi are added.

    Examples
      >> unwrap([0 3 6.5 -5])
      ans =
               0    3.0000    0.2168    1.2832
      >> unwrap([0 4 8], 5)
      ans =
           0     4     8
      >> unwrap([0 0; 0 6], [], 1)
      ans =
               0         0
               0   -0.2832

    See also angle.
    """
    from cnnscript.builtins.dimensions import axis_of, first_axis

    array = as_array(floats_of(x, "unwrap"))
    cut = pi if tolerance is None or type(tolerance) is ndarray else float(tolerance)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "unwrap")
    if axis >= array.ndim:
        return x
    steps = np.diff(array, axis=axis)
    whole = np.mod(steps + pi, 2 * pi) - pi
    whole = np.where((whole == -pi) & (steps > 0), pi, whole)
    change = np.where(np.abs(steps) < max(cut, pi), 0, whole - steps)
    start = np.zeros_like(np.take(array, [0], axis=axis)) if array.shape[axis] else array
    return narrowed(rows_together(array + np.concatenate([start, np.cumsum(change, axis=axis)], axis=axis)))
