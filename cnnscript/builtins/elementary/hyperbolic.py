"""Hyperbolic functions and their inverses."""

from __future__ import annotations

from math import tanh as tanh_of

import numpy as np

from cnnscript.builtins.elementary.elements import (
    mapped,
    mapped_beyond,
)
from cnnscript.builtins.elementary.trigonometry import beyond_one, reciprocal
from cnnscript.builtins.registry import builtin


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


@builtin(floats=tanh_of)
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
    if type(x) is float:
        return tanh_of(x)
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
