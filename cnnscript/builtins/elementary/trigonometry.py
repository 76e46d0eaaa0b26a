"""Trigonometric functions of radians and their inverses."""

from __future__ import annotations

from math import atan as atan_of
from math import atan2 as atan2_of
from math import cos as cos_of
from math import nan
from math import sin as sin_of
from math import tan as tan_of

import numpy as np

from cnnscript.builtins.elementary.elements import (
    complex_of,
    floats_of,
    is_complex,
    mapped,
    mapped_beyond,
    operands,
    rows_together,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm


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


@builtin(floats=atan_of)
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
    if type(x) is float:
        return atan_of(x)
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


@builtin(floats=atan2_of)
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
    if type(y) is float is type(x):
        return atan2_of(y, x)
    a, b, _ = operands(y, x, "atan2", floats=True)
    if is_complex(a) or is_complex(b):
        raise ScriptError("MATLAB:atan2:complexArgument", "Inputs must be real.")
    return rows_together(np.arctan2(a, b))
