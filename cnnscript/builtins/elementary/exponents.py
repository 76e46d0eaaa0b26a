"""Powers, roots, exponentials and logarithms."""

from __future__ import annotations

from math import exp as exp_of
from math import hypot as hypot_of
from math import inf
from math import log as log_of
from math import sqrt as sqrt_of

import numpy as np

from cnnscript.builtins.elementary.elements import (
    floats_of,
    is_complex,
    mapped,
    mapped_beyond,
    operands,
    rows_together,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import DOUBLE, as_array, ndarray, norm


def negative(x):
    return x < 0


def exp_float(x: float) -> float:
    try:
        return exp_of(x)
    except OverflowError:
        return inf


@builtin(floats=exp_float)
def exp(x, /):
    """
    exp(X)

    e to the power of each element.

    Examples
      >> exp([0 1])
      ans =
          1.0000    2.7183

    See also log, expm1, expm.
    """
    if type(x) is float:
        return exp_float(x)
    return mapped(np.exp, x, "exp")


@builtin
def expm1(x, /):
    """
    expm1(X)

    exp(X)-1, exact for small X.

    Examples
      >> expm1(1e-10)
      ans =
         1.0000e-10

    See also exp, log1p.
    """
    return mapped(np.expm1, x, "expm1")


@builtin
def log(x, /):
    """
    log(X)

    Natural logarithm of each element; complex for negative numbers.

    Examples
      >> log([1 10])
      ans =
               0    2.3026
      >> log(-1)
      ans =
         0.0000 + 3.1416i

    See also log2, log10, log1p, exp.
    """
    if type(x) is float and x > 0:
        return log_of(x)
    return mapped_beyond(np.log, x, "log", negative)


@builtin
def log10(x, /):
    """
    log10(X)

    Logarithm to base 10 of each element; complex for negative numbers.

    Examples
      >> log10([1 1000])
      ans =
           0     3

    See also log, log2.
    """
    return mapped_beyond(np.log10, x, "log10", negative)


@builtin
def log1p(x, /):
    """
    log1p(X)

    log(1+X), exact for small X.

    Examples
      >> log1p(1e-10)
      ans =
         1.0000e-10

    See also log, expm1.
    """
    return mapped_beyond(np.log1p, x, "log1p", lambda x: x < -1)


@builtin(outputs=2)
def log2(nargout, x, /):
    """
    log2(X)
    [F, E] = log2(X)

    Logarithm to base 2; with two outputs, fraction and exponent: X = F.*2.^E with 0.5 <= abs(F) < 1.

    Examples
      >> log2([1 8])
      ans =
           0     3
      >> [f, e] = log2(10)
      f =
          0.6250
      e =
           4

    See also log, pow2, nextpow2.
    """
    if nargout < 2:
        return mapped_beyond(np.log2, x, "log2", negative)
    x = np.real(floats_of(x, "log2"))
    fraction, exponent = np.frexp(x)
    exponent = np.where(np.isfinite(x), exponent, 0).astype(np.asarray(x).dtype)
    return norm(fraction), norm(exponent if exponent.ndim else exponent[()])


@builtin
def pow2(x, e=None, /):
    """
    pow2(E)
    pow2(F, E)

    2.^E, or F.*2.^E.

    Examples
      >> pow2(5)
      ans =
          32
      >> pow2(0.625, 4)
      ans =
          10

    See also log2, nextpow2.
    """
    if e is None:
        return operators.power(2.0, x)
    return operators.times(x, operators.power(2.0, operators_fix(e)))


def operators_fix(e):
    return norm(np.trunc(np.real(floats_of(e, "pow2"))))


@builtin
def nextpow2(x, /):
    """
    nextpow2(X)

    Exponent of the next power of 2: the smallest n with 2^n >= abs(x).

    Examples
      >> nextpow2([100 256 257])
      ans =
           7     8     9

    See also log2, pow2.
    """
    array = np.abs(as_array(floats_of(x, "nextpow2"))).astype(float)
    fraction, exponent = np.frexp(array)
    result = np.where(fraction == 0.5, exponent - 1, exponent).astype(float)
    return norm(np.where(np.isfinite(array), result, array))


@builtin
def sqrt(x, /):
    """
    sqrt(X)

    Square root of each element; complex for negative numbers.

    Examples
      >> sqrt([4 2])
      ans =
          2.0000    1.4142
      >> sqrt(-4)
      ans =
         0.0000 + 2.0000i

    See also realsqrt, nthroot, sqrtm.
    """
    if type(x) is float:
        if x >= 0.0:
            return sqrt_of(x)
        return complex(0.0, sqrt_of(-x)) if x < 0.0 else x
    if type(x) is ndarray and x.dtype is DOUBLE and 0 < x.size < 8 and min(x.ravel().tolist()) >= 0.0:
        return np.sqrt(x)
    return mapped_beyond(np.sqrt, x, "sqrt", negative)


def require_real(x, name: str):
    if is_complex(x) or np.any(np.asarray(x) < 0):
        raise ScriptError(f"MATLAB:{name}:complexResult", f"{name.capitalize()} produced complex result.")
    return x


@builtin
def realsqrt(x, /):
    """
    realsqrt(X)

    Square root of each element; an error where it would be complex.

    Examples
      >> realsqrt(9)
      ans =
           3

    See also sqrt, reallog, realpow.
    """
    return mapped(np.sqrt, require_real(floats_of(x, "realsqrt"), "realsqrt"), "realsqrt")


@builtin
def reallog(x, /):
    """
    reallog(X)

    Natural logarithm of each element; an error where it would be complex.

    Examples
      >> reallog(1)
      ans =
           0

    See also log, realsqrt, realpow.
    """
    return mapped(np.log, require_real(floats_of(x, "reallog"), "reallog"), "reallog")


@builtin
def realpow(x, y, /):
    """
    realpow(X, Y)

    X.^Y; an error where it would be complex.

    Examples
      >> realpow(2, [1 2 3])
      ans =
           2     4     8

    See also power, realsqrt, reallog.
    """
    result = operators.power(x, y)
    if is_complex(result):
        raise ScriptError("MATLAB:realpow:complexResult", "Realpow produced complex result.")
    return result


@builtin
def nthroot(x, n, /):
    """
    nthroot(X, N)

    Real n-th root of each element.

    Examples
      >> nthroot(-27, 3)
      ans =
          -3

    See also sqrt, power.
    """
    a, b, _ = operands(x, n, "nthroot", floats=True)
    if is_complex(a) or is_complex(b):
        raise ScriptError("MATLAB:nthroot:ComplexInput", "Inputs must be real.")
    if np.any((a < 0) & (b % 2 != 1)):
        raise ScriptError(
            "MATLAB:nthroot:NegXNotOddIntegerN",
            "If X is negative, N must be an odd integer.",
            notes=("got a negative X",),
        )
    root = np.copysign(np.abs(a) ** (1 / b), a)
    better = root - (root**b - a) / (b * root ** (b - 1))  # one Newton step makes roots of whole powers whole
    return rows_together(np.where(np.isfinite(better) & (root != 0), better, root))


@builtin(floats=hypot_of)
def hypot(x, y, /):
    """
    hypot(X, Y)

    sqrt(abs(X).^2 + abs(Y).^2) without overflow.

    Examples
      >> hypot(3, 4)
      ans =
           5

    See also abs, norm, sqrt.
    """
    if type(x) is float is type(y):
        return hypot_of(x, y)
    a, b, _ = operands(x, y, "hypot", floats=True)
    return rows_together(np.hypot(np.abs(a), np.abs(b)))
