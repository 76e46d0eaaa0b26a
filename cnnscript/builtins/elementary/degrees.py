"""Trigonometry in degrees (exact at multiples of 90) and in halves of a turn, and degrees to radians."""

from __future__ import annotations

from collections.abc import Callable
from math import nan, pi

import numpy as np

from cnnscript.builtins.elementary.elements import (
    floats_of,
    mapped,
    mapped_beyond,
)
from cnnscript.builtins.elementary.trigonometry import acot, acsc, asec, atan2, beyond_one, from_below
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators


def in_degrees(function: Callable, x, name: str):
    """A function of angles in degrees (complex ones too), exact at multiples of 90: the angle is brought into ±45
    degrees first."""
    return mapped(function, floats_of(x, name), name)


def sine_of_degrees(x):
    if np.iscomplexobj(x):
        height = np.deg2rad(np.imag(x))
        return sine_of_degrees(np.real(x)) * np.cosh(height) + 1j * cosine_of_degrees(np.real(x)) * np.sinh(height)
    quarter = np.round(np.fmod(x, 360) / 90)
    rest = np.deg2rad(np.fmod(x, 360) - quarter * 90)
    turn = np.mod(quarter, 4)
    sine, cosine = np.sin(rest), np.cos(rest)
    value = np.where(turn == 0, sine, np.where(turn == 1, cosine, np.where(turn == 2, -sine, -cosine)))
    value = np.where(np.isfinite(x), value + 0.0, nan).astype(np.asarray(x).dtype)
    return value if value.ndim else value[()]


def cosine_of_degrees(x):
    if np.iscomplexobj(x):
        height = np.deg2rad(np.imag(x))
        return cosine_of_degrees(np.real(x)) * np.cosh(height) - 1j * sine_of_degrees(np.real(x)) * np.sinh(height)
    return sine_of_degrees(90 - np.fmod(np.abs(x), 360))


def tangent_of_degrees(x):
    """Exact at multiples of 45; at odd multiples of 90 infinite with the sign of the angle, as `rem(x, 180)` has it."""
    if np.iscomplexobj(x):
        return sine_of_degrees(x) / cosine_of_degrees(x)
    sine, cosine = sine_of_degrees(x), cosine_of_degrees(x)
    value = np.where(np.abs(sine) == np.abs(cosine), np.sign(sine * cosine), sine / np.where(cosine == 0, 1, cosine))
    value = np.where(cosine == 0, np.copysign(np.inf, x), np.where(sine == 0, np.copysign(0.0, x), value))
    value = value.astype(np.asarray(x).dtype)
    return value if value.ndim else value[()]


def turned(x, name: str):
    """Halves of a turn as degrees."""
    if np.iscomplexobj(x):
        raise ScriptError(f"MATLAB:{name}:inputNotReal", "Argument must be real.")
    return np.fmod(x, 2) * 180


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
    return in_degrees(tangent_of_degrees, x, "tand")


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
    return in_degrees(lambda x: np.divide(1.0, tangent_of_degrees(x)), x, "cotd")


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
def acotd(x, /):
    """
    acotd(X)

    Inverse cotangent in degrees.

    Examples
      >> acotd(1)
      ans =
          45

    See also acot, cotd.
    """
    return operators.times(acot(x), 180 / pi)


@builtin
def asecd(x, /):
    """
    asecd(X)

    Inverse secant in degrees.

    Examples
      >> asecd(1)
      ans =
           0

    See also asec, secd.
    """
    return operators.times(asec(x), 180 / pi)


@builtin
def acscd(x, /):
    """
    acscd(X)

    Inverse cosecant in degrees.

    Examples
      >> acscd(1)
      ans =
          90

    See also acsc, cscd.
    """
    return operators.times(acsc(x), 180 / pi)


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
    return in_degrees(lambda x: sine_of_degrees(turned(x, "sinpi")), x, "sinpi")


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
    return in_degrees(lambda x: cosine_of_degrees(turned(x, "cospi")), x, "cospi")
