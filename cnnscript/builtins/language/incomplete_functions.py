"""Incomplete gamma and beta functions and their inverses; SciPy, imported when first needed, computes them."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.elementary.elements import aligned_together, narrowed, operands, real_floats_of, rows_together
from cnnscript.builtins.elementary.special_functions import special_of_two
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX_SINGLE, DOUBLE, SINGLE, as_array

TAILS = ("lower", "upper")
GAMMA_TAILS = ("lower", "upper", "scaledlower", "scaledupper")


@builtin
def gammainc(x, a, tail="lower", /):
    """
    gammainc(X, A)
    gammainc(X, A, tail)

    Regularized incomplete gamma function, its 'lower' or 'upper' part; 'scaledlower' and 'scaledupper' are these
    times gamma(A+1)*exp(X)/X^A.

    Examples
      >> gammainc(1, 2)
      ans =
          0.2642
      >> gammainc(1, 2, 'upper')
      ans =
          0.7358
      >> gammainc(2, 2, 'scaledlower')
      ans =
          2.1945

    See also gammaincinv, gamma.
    """
    from scipy import special as functions

    word = take.choice(tail, GAMMA_TAILS, "Tail")
    points, shapes, dtype = operands(
        real_floats_of(x, "gammainc"), real_floats_of(a, "gammainc"), "gammainc", floats=True
    )
    if np.any(shapes < 0):
        raise ScriptError("MATLAB:gammainc:NegativeArg", "Second argument must be nonnegative.")
    points, shapes = np.broadcast_arrays(points.astype(DOUBLE), shapes.astype(DOUBLE))
    value = (functions.gammaincc if word.endswith("upper") else functions.gammainc)(shapes, points)
    value = np.where(shapes == 0, 0.0 if word.endswith("upper") else 1.0, value)
    if (below := points < 0).any():  # the series of the lower part holds there too
        lower = lower_gamma_below_zero(points[below], shapes[below])
        value = value.astype(lower.dtype)
        value[below] = 1 - lower if word.endswith("upper") else lower
    if word.startswith("scaled"):
        value = scaled_gamma(word, points, shapes, value)
    single = dtype == SINGLE
    return narrowed(
        np.asfortranarray(
            value.astype(COMPLEX_SINGLE if value.dtype.kind == "c" else SINGLE, copy=False) if single else value
        )
    )


def lower_gamma_below_zero(x: np.ndarray, a: np.ndarray) -> np.ndarray:
    """P(a, x) for x < 0: x^a M(a, a+1, -x) / gamma(a+1) (DLMF 8.5.1), complex where a is no whole number."""
    from scipy import special as functions

    power = x**a if (a == np.floor(a)).all() else x.astype(complex) ** a
    return power * functions.hyp1f1(a, a + 1, -x) / functions.gamma(a + 1)


def scaled_gamma(word: str, x: np.ndarray, a: np.ndarray, value: np.ndarray) -> np.ndarray:
    """A part of the incomplete gamma function times gamma(a+1) e^x / x^a, also where it underflows by itself."""
    from scipy import special as functions

    with np.errstate(all="ignore"):
        factor = np.exp(functions.gammaln(a + 1) + x - a * np.log(np.where(x > 0, x, 1)))
        if word == "scaledlower":  # M(1, a+1, x), DLMF 8.5.1; SciPy's M never ends for huge arguments
            near = (a < 1e4) & (np.abs(x) < 700)
            near_a, near_x = np.where(near, a, 1.0), np.where(near, x, 1.0)
            series = np.where(
                near_x < 0,
                np.exp(near_x) * functions.hyp1f1(near_a, near_a + 1, -near_x),
                functions.hyp1f1(1.0, near_a + 1, np.maximum(near_x, 0)),
            )
            series = np.where(near, series, np.nan)
            found = np.where(np.isfinite(series), series, value * factor)
            found = np.where(np.isinf(x) & (x > 0), np.inf, found)
            return np.where(np.isinf(a) & np.isfinite(x), 1.0, np.where(a == 0, np.exp(x), found))
        if (x < 0).any():
            power = x**a if (a == np.floor(a)).all() else x.astype(complex) ** a
            factor = np.where(x < 0, functions.gamma(a + 1) * np.exp(x) / power, factor)
        found = value * factor
        # where the upper part underflows its continued fraction, a / (x + 1 - a - ...), is a / (x + 1 - a)
        found = np.where((value == 0) & (a > 0), a / (x + 1 - a), found)
        found = np.where((x == 0) | (np.isinf(a) & np.isfinite(x)), np.inf, found)
        return np.where((a == 0) | (np.isinf(x) & (x > 0)), 0.0, found)


@builtin
def gammaincinv(y, a, tail="lower", /):
    """
    gammaincinv(Y, A)
    gammaincinv(Y, A, tail)

    Inverse of gammainc.

    Examples
      >> gammaincinv(0.5, 1)
      ans =
          0.6931

    See also gammainc.
    """
    name = "gammaincinv" if take.choice(tail, TAILS, "Tail") == "lower" else "gammainccinv"
    require_within(y, 0, 1, "gammaincinv", "Y must be in the range [0, 1].")
    require_within(a, 0, np.inf, "gammaincinv", "A must be nonnegative.")
    return special_of_two(name, a, y, "gammaincinv")


def require_within(value, low: float, high: float, name: str, sentence: str) -> None:
    array = as_array(real_floats_of(value, name))
    if np.any(array < low) or np.any(array > high):
        raise ScriptError(f"MATLAB:{name}:OutOfRange", sentence)


def incomplete_beta(name: str, x, z, w, tail: str):
    """SciPy's function of that name ('upper': its complement's) of parameters z and w, at x."""
    from scipy import special as functions

    require_within(x, 0, 1, name, f"{'X' if name == 'betainc' else 'Y'} must be in the range [0, 1].")
    require_within(z, 0, np.inf, name, "Z must be real and nonnegative.")
    require_within(w, 0, np.inf, name, "W must be real and nonnegative.")
    given = [as_array(real_floats_of(value, name)) for value in (x, z, w)]
    single = any(array.dtype == SINGLE for array in given)
    point, first, second = (array.astype(DOUBLE) for array in aligned_together(*given))
    function = {"betainc": "betaincc", "betaincinv": "betainccinv"}[name] if tail == "upper" else name
    result = getattr(functions, function)(first, second, point)
    return rows_together(result.astype(SINGLE) if single else result)


@builtin
def betainc(x, z, w, tail="lower", /):
    """
    betainc(X, Z, W)
    betainc(X, Z, W, tail)

    Regularized incomplete beta function, its 'lower' or 'upper' part.

    Examples
      >> betainc(0.5, 2, 3)
      ans =
          0.6875
      >> betainc(0.5, 2, 3, 'upper')
      ans =
          0.3125

    See also betaincinv, beta.
    """
    return incomplete_beta("betainc", x, z, w, take.choice(tail, TAILS, "Tail"))


@builtin
def betaincinv(y, z, w, tail="lower", /):
    """
    betaincinv(Y, Z, W)
    betaincinv(Y, Z, W, tail)

    Inverse of betainc.

    Examples
      >> betaincinv(0.5, 2, 2)
      ans =
          0.5000
      >> betaincinv(0.5, 2, 2, 'upper')
      ans =
          0.5000

    See also betainc.
    """
    return incomplete_beta("betaincinv", y, z, w, take.choice(tail, TAILS, "Tail"))
