"""Functions of analysis: erf and its kin, gamma, beta, exponential integral, Bessel functions, Legendre polynomials.

SciPy computes them and is imported when one is first called.
"""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.elementary.elements import (
    floats_of,
    is_complex,
    mapped,
    narrowed,
    operands,
    real_floats_of,
    rows_together,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, SINGLE, as_array, norm


def special(name: str, x, builtin_name: str):
    """A real function of SciPy, by its name there, over a value."""
    from scipy import special as functions

    value = floats_of(x, builtin_name)
    if is_complex(value):
        raise ScriptError(
            f"MATLAB:{builtin_name}:ComplexInput",
            "Input must be real.",
            notes=(f"{builtin_name} got a complex number",),
        )
    return mapped(getattr(functions, name), value, builtin_name)


def special_of_two(name: str, x, y, builtin_name: str):
    from scipy import special as functions

    a, b, dtype = operands(real_floats_of(x, builtin_name), real_floats_of(y, builtin_name), builtin_name, floats=True)
    result = getattr(functions, name)(a, b)
    return narrowed(np.asfortranarray(result.astype(dtype) if dtype == SINGLE and result.dtype.kind == "f" else result))


@builtin
def erf(x, /):
    """
    erf(X)

    Error function.

    Examples
      >> erf([0 0.5])
      ans =
               0    0.5205

    See also erfc, erfinv.
    """
    return special("erf", x, "erf")


@builtin
def erfc(x, /):
    """
    erfc(X)

    Complementary error function, 1-erf(X).

    Examples
      >> erfc(0.5)
      ans =
          0.4795

    See also erf, erfcx, erfcinv.
    """
    return special("erfc", x, "erfc")


@builtin
def erfcx(x, /):
    """
    erfcx(X)

    Scaled complementary error function, exp(X.^2).*erfc(X).

    Examples
      >> erfcx(0.5)
      ans =
          0.6157

    See also erfc.
    """
    return special("erfcx", x, "erfcx")


@builtin
def erfinv(x, /):
    """
    erfinv(X)

    Inverse error function.

    Examples
      >> erfinv(0.5)
      ans =
          0.4769

    See also erf, erfcinv.
    """
    return special("erfinv", x, "erfinv")


@builtin
def erfcinv(x, /):
    """
    erfcinv(X)

    Inverse complementary error function.

    Examples
      >> erfcinv(0.5)
      ans =
          0.4769

    See also erfc, erfinv.
    """
    return special("erfcinv", x, "erfcinv")


@builtin(keeps_single=True)
def gamma(x, /):
    """
    gamma(X)

    Gamma function: gamma(n+1) is the factorial of n.

    Examples
      >> gamma([5 0.5])
      ans =
         24.0000    1.7725

    See also gammaln, factorial, beta.
    """
    from scipy import special as functions

    value = floats_of(x, "gamma")
    if is_complex(value):
        raise ScriptError("MATLAB:gamma:ComplexInput", "Input must be real.", notes=("gamma got a complex number",))

    def with_poles(x):
        result = functions.gamma(x)
        whole = (x <= 0) & (x == np.floor(x))
        result = np.where(
            whole, np.where(np.isinf(x), np.nan, np.where(np.signbit(x) & (x == 0), -np.inf, np.inf)), result
        )
        return result if result.ndim else result[()]

    return mapped(with_poles, value, "gamma")


@builtin
def gammaln(x, /):
    """
    gammaln(X)

    Logarithm of the gamma function.

    Examples
      >> gammaln(10)
      ans =
         12.8018

    See also gamma, betaln.
    """
    value = floats_of(x, "gammaln")
    if np.any(np.asarray(value) < 0):
        raise ScriptError("MATLAB:gammaln:negative", "Input must be nonnegative.")
    return special("gammaln", x, "gammaln")


@builtin
def beta(z, w, /):
    """
    beta(Z, W)

    Beta function, gamma(Z)*gamma(W)/gamma(Z+W).

    Examples
      >> beta(2, 3)
      ans =
          0.0833

    See also betaln, gamma, betainc.
    """
    return special_of_two("beta", z, w, "beta")


@builtin
def betaln(z, w, /):
    """
    betaln(Z, W)

    Logarithm of the beta function.

    Examples
      >> betaln(2, 3)
      ans =
         -2.4849

    See also beta, gammaln.
    """
    return special_of_two("betaln", z, w, "betaln")


@builtin
def expint(x, /):
    """
    expint(X)

    Exponential integral E1.

    Examples
      >> expint(1)
      ans =
          0.2194

    See also exp, log.
    """
    from scipy import special as functions

    value = floats_of(x, "expint")
    if is_complex(value) or np.any(np.asarray(value) < 0):
        # below 0 MATLAB takes the branch with imaginary part -pi
        complex_value = np.asarray(value, complex)
        result = functions.exp1(complex_value)
        # at the points at infinity SciPy has NaN: exp(-x)/x decides
        result = np.where(np.isneginf(complex_value.real) & (complex_value.imag == 0), -np.inf, result)
        result = np.where(np.isinf(complex_value.imag) & ~np.isnan(complex_value.real), 0, result)
        below = (complex_value.imag == 0) & (complex_value.real < 0)
        result = np.where(below, result.real - 1j * np.pi, result)
        return narrowed(result if result.ndim else result[()])
    return mapped(functions.exp1, value, "expint")


@builtin
def psi(k, x=None, /):
    """
    psi(X)
    psi(k, X)

    Digamma function, or its k-th derivative.

    Examples
      >> psi(1)
      ans =
         -0.5772
      >> psi(1, 1)
      ans =
          1.6449

    See also gamma, gammaln.
    """
    from scipy import special as functions

    if x is None:
        return special("psi", k, "psi")
    return rows_together(functions.polygamma(take.count(k, "k"), as_array(floats_of(x, "psi"))))


# ------------------------------------------------------------------------------------------------------------ Bessel
def bessel(kind: str, order, z, scaled, name: str):
    """A Bessel function by SciPy's name; a row of orders with a column of points gives a matrix."""
    from scipy import special as functions

    a, b, _ = operands(real_floats_of(order, name), z, name, floats=True)
    flag = scaled is not None and take.number(scaled, "scale") == 1.0
    points = b.astype(complex) if kind in ("yv", "kv") and b.dtype.kind == "f" and np.any(b < 0) else b
    if kind in ("jv", "iv") and b.dtype.kind == "f" and np.any((b < 0) & (a != np.floor(a))):
        points = b.astype(complex)
    result = getattr(functions, kind + "e" if flag else kind)(a.real, points)
    return narrowed(np.asfortranarray(result))


@builtin
def besselj(order, z, scale=None, /):
    """
    besselj(nu, Z)
    besselj(nu, Z, 1)

    Bessel function of the first kind; scaled by exp(-abs(imag(Z))).

    Examples
      >> besselj(0, [0 1])
      ans =
          1.0000    0.7652
      >> besselj(0, 1, 1)
      ans =
          0.7652

    See also bessely, besseli, besselk.
    """
    return bessel("jv", order, z, scale, "besselj")


@builtin
def bessely(order, z, scale=None, /):
    """
    bessely(nu, Z)
    bessely(nu, Z, 1)

    Bessel function of the second kind.

    Examples
      >> bessely(0, 1)
      ans =
          0.0883

    See also besselj, besselk.
    """
    return bessel("yv", order, z, scale, "bessely")


@builtin
def besseli(order, z, scale=None, /):
    """
    besseli(nu, Z)
    besseli(nu, Z, 1)

    Modified Bessel function of the first kind.

    Examples
      >> besseli(0, 1)
      ans =
          1.2661

    See also besselk, besselj.
    """
    return bessel("iv", order, z, scale, "besseli")


@builtin
def besselk(order, z, scale=None, /):
    """
    besselk(nu, Z)
    besselk(nu, Z, 1)

    Modified Bessel function of the second kind.

    Examples
      >> besselk(0, 1)
      ans =
          0.4210

    See also besseli, bessely.
    """
    return bessel("kv", order, z, scale, "besselk")


@builtin(keeps_single=True)
def legendre(n, x, kind="unnorm", /):
    """
    legendre(n, X)
    legendre(n, X, kind)

    Associated Legendre functions of degree n, orders 0 to n in rows; 'unnorm', 'sch' or 'norm'.

    Examples
      >> legendre(2, 0.5)
      ans =
         -0.1250
         -1.2990
          2.2500
      >> legendre(1, 0.5, 'norm')
      ans =
          0.6124
          0.7500

    See also polyval.
    """
    from scipy import special as functions

    degree = take.count(n, "n")
    array = require_numeric(x, "legendre").astype(DOUBLE)
    if np.any(np.abs(array) > 1):
        raise ScriptError("MATLAB:legendre:XOutOfRange", "X must contain real values between -1 and 1.")
    word = take.choice(kind, ("unnorm", "sch", "norm"), "Normalization")
    rows = []
    for order in range(degree + 1):
        value = functions.lpmv(order, degree, array.ravel("F"))
        ratio = float(functions.gamma(degree - order + 1.0) / functions.gamma(degree + order + 1.0))
        if word == "sch" and order:
            value = (-1) ** order * np.sqrt(2 * ratio) * value
        elif word == "norm":
            value = (-1) ** order * np.sqrt((degree + 0.5) * ratio) * value
        rows.append(value)
    whole = np.array(rows)
    if array.ndim == 2 and 1 in array.shape:
        return norm(np.asfortranarray(whole))
    return norm(whole.reshape((degree + 1, *array.shape), order="F"))
