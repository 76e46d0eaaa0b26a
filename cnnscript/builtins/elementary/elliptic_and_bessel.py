"""Hankel and Airy functions, elliptic functions and integrals, sine and cosine integrals: besselh, airy, ellipj ..."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.elementary.elements import aligned, floats_of, is_complex, narrowed, operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX_SINGLE, DOUBLE, SINGLE, as_array, ndarray, norm


def single_of(*values) -> bool:
    return any(getattr(value, "dtype", None) in (SINGLE, COMPLEX_SINGLE) for value in values)


def scaled_flag(scale, name: str) -> bool:
    """0 or 1."""
    number = take.number(scale, "Scale")
    if number not in (0.0, 1.0):
        raise ScriptError(f"MATLAB:{name}:scale", "The scale must be 0 or 1.", notes=(f"got {number:g}",))
    return number == 1.0


@builtin(outputs=2)
def besselh(nargout, nu, k, z=None, scale=0.0, /):
    """
    H = besselh(nu, Z)
    H = besselh(nu, K, Z)
    H = besselh(nu, K, Z, scale)

    Hankel function of the first (K = 1) or second kind; with scale 1 times exp(-i*Z), or exp(i*Z) for K = 2.

    Examples
      >> H = besselh(0, 1)
      H =
         0.7652 + 0.0883i
      >> H = besselh(0, 2, [1 2])
      H =
         0.7652 - 0.0883i   0.2239 - 0.5104i
      >> H = besselh(1, 1, 2, 1)
      H =
        -0.3373 - 0.4799i

    See also besselj, bessely, airy.
    """
    from scipy import special

    if z is None:
        k, z = 1.0, k
    kind = take.number(k, "K")
    if kind not in (1.0, 2.0):
        raise ScriptError("MATLAB:besselh:invalidK", "K must be 1 or 2.", notes=(f"got {kind:g}",))
    order, point, _ = operands(nu, z, "besselh", floats=True)
    if order.dtype.kind == "c":
        raise ScriptError("MATLAB:besselh:NUReal", "The order must be real.")
    name = f"hankel{int(kind)}" + ("e" if scaled_flag(scale, "besselh") else "")
    found = np.asarray(getattr(special, name)(order.astype(float), point.astype(complex)), complex)
    order, point = np.broadcast_arrays(order, point)
    pole = point == 0
    found = np.where(pole, complex(np.nan, -np.inf if kind == 1 else np.inf), found)
    found = np.where(pole & (order == 0), complex(1.0, -np.inf if kind == 1 else np.inf), found)
    found = found.astype(COMPLEX_SINGLE) if single_of(nu, z) else found
    errors = np.where(np.isnan(found) & ~np.isnan(point), 4.0, np.where(pole, 2.0, 0.0))
    return norm(np.asfortranarray(found)), norm(np.asfortranarray(errors))


@builtin(outputs=2)
def airy(nargout, k, z=None, scale=0.0, /):
    """
    W = airy(Z)
    W = airy(k, Z)
    W = airy(k, Z, scale)

    Airy function Ai (k = 0), its derivative (1), Bi (2) and its derivative (3); scale 1 takes out the exponential.

    Examples
      >> W = airy(0)
      W =
          0.3550
      >> W = airy(2, [0 1])
      W =
          0.6149    1.2074
      >> W = airy(0, 4, 1)
      W =
          0.1971

    See also besselj, besselh.
    """
    from scipy import special

    if z is None:
        k, z = 0.0, k
    kind = take.integer(k, "k", 0, 3)
    value = as_array(floats_of(z, "airy"))
    scaled = scaled_flag(scale, "airy")
    points = value.astype(complex) if scaled else value
    found = np.asarray((special.airye if scaled else special.airy)(points)[kind])
    if single_of(z):
        found = found.astype(COMPLEX_SINGLE if found.dtype.kind == "c" else SINGLE)
    return narrowed(np.asfortranarray(found)), norm(np.zeros(value.shape, order="F"))


def by_parts(x, place: int, name: str):
    """Si or Ci of SciPy's pair; complex where the argument is (below 0 the cosine integral is too)."""
    from scipy import special

    value = as_array(floats_of(x, name))
    if value.dtype.kind == "c" or place == 1 and (value < 0).any():
        points = value.astype(complex)
        found = np.asarray(special.sici(points)[place], complex)
        if place == 1:
            below = (points.imag == 0) & (points.real < 0)
            with np.errstate(all="ignore"):
                real = np.asarray(special.sici(np.abs(points.real))[1])
            found = np.where(below, real + 1j * np.pi, np.where(points.imag == 0, real, found))
        result = narrowed(np.asfortranarray(found.astype(COMPLEX_SINGLE) if single_of(x) else found))
    else:
        found = np.asarray(special.sici(value)[place])
        result = norm(np.asfortranarray(found.astype(SINGLE) if single_of(x) else found))
    return result


@builtin
def sinint(x, /):
    """
    y = sinint(x)

    Sine integral: of sin(t)/t from 0 to x.

    Examples
      >> y = sinint([0 1 pi])
      y =
               0    0.9461    1.8519

    See also cosint, expint, sinc.
    """
    return by_parts(x, 0, "sinint")


@builtin
def cosint(x, /):
    """
    y = cosint(x)

    Cosine integral: Euler's constant + log(x) + the integral of (cos(t)-1)/t from 0 to x.

    Examples
      >> y = cosint([0 1 pi])
      y =
            -Inf    0.3374    0.0737

    See also sinint, expint.
    """
    return by_parts(x, 1, "cosint")


@builtin
def sinc(x, /):
    """
    y = sinc(x)

    sin(pi*x)/(pi*x), 1 at 0.

    Examples
      >> y = sinc([0 0.5 1])
      y =
          1.0000    0.6366    0.0000

    See also sin, sinint.
    """
    value = floats_of(x, "sinc")
    array = as_array(value)
    with np.errstate(all="ignore"):
        found = np.where(array == 0, 1.0, np.sin(np.pi * array) / (np.pi * array)).astype(array.dtype)
    return narrowed(np.asfortranarray(found)) if is_complex(value) else norm(np.asfortranarray(found))


@builtin(outputs=3)
def ellipj(nargout, u, m, tolerance=None, /):
    """
    [sn, cn, dn] = ellipj(u, m)
    [sn, cn, dn] = ellipj(u, m, tol)

    Jacobi's elliptic functions of u for the parameter m from 0 to 1.

    The functions are as exact as they can be, whatever tol allows.

    Examples
      >> [sn, cn, dn] = ellipj(0.5, 0.3)
      sn =
          0.4742
      cn =
          0.8804
      dn =
          0.9657
      >> [sn, cn, dn] = ellipj([0 1], 1, 1e-6); sn
      sn =
               0    0.7616

    See also ellipke.
    """
    from scipy import special

    if tolerance is not None:
        take.number(tolerance, "Tolerance")
    first, second = aligned(as_array(floats_of(u, "ellipj")), as_array(floats_of(m, "ellipj")))
    if second.dtype.kind == "c" or (second < 0).any() or (second > 1).any():
        raise ScriptError("MATLAB:ellipj:MOutOfRange", "M must be in the range 0 <= M <= 1.")
    first, second = np.broadcast_arrays(first, second)
    if first.dtype.kind == "c":  # the imaginary part by the functions of the complementary parameter
        s, c, d, _ = special.ellipj(first.real, second)
        s1, c1, d1, _ = special.ellipj(first.imag, 1 - second)
        below = c1**2 + second * s**2 * s1**2
        found = (
            (s * d1 + 1j * c * d * s1 * c1) / below,
            (c * c1 - 1j * s * d * s1 * d1) / below,
            (d * c1 * d1 - 1j * second * s * c * s1) / below,
        )
    else:
        found = special.ellipj(first.astype(float), second.astype(float))[:3]
    parts = [
        part.astype(SINGLE if part.dtype.kind == "f" else COMPLEX_SINGLE) if single_of(u, m) else part for part in found
    ]
    return tuple(narrowed(np.asfortranarray(part)) for part in parts)


@builtin(outputs=2)
def ellipke(nargout, m, tolerance=None, /):
    """
    K = ellipke(M)
    [K, E] = ellipke(M)
    [K, E] = ellipke(M, tol)

    Complete elliptic integrals of the first and second kind.

    Examples
      >> [K, E] = ellipke([0 0.5 1])
      K =
          1.5708    1.8541       Inf
      E =
          1.5708    1.3506    1.0000
      >> [K, E] = ellipke(0.5, 1e-3); K
      K =
          1.8541

    See also ellipj.
    """
    from scipy import special

    if tolerance is not None:
        take.number(tolerance, "Tolerance")
    value = as_array(floats_of(m, "ellipke"))
    if value.dtype.kind == "c":
        raise ScriptError("MATLAB:ellipke:ComplexInputs", "Input arguments must be real.")
    if (value > 1).any():
        raise ScriptError("MATLAB:ellipke:MOutOfRange", "M must be in the range M <= 1.")
    parts = [np.asarray(function(value.astype(DOUBLE))) for function in (special.ellipk, special.ellipe)]
    return tuple(norm(np.asfortranarray(part.astype(SINGLE) if single_of(m) else part)) for part in parts)


@builtin(outputs=2)
def humps(nargout, x=None, /):
    """
    y = humps(x)
    [x, y] = humps

    A function with two humps to try things on: 1/((x-0.3)^2+0.01) + 1/((x-0.9)^2+0.04) - 6.

    Examples
      >> y = humps([0 0.5 1])
      y =
          5.1765   19.0000   16.0000
      >> [x, y] = humps; size(y)
      ans =
           1    21

    See also fzero, fminbnd, integral.
    """
    points: ndarray = np.arange(21).reshape(1, -1) * 0.05 if x is None else as_array(floats_of(x, "humps"))
    found = 1 / ((points - 0.3) ** 2 + 0.01) + 1 / ((points - 0.9) ** 2 + 0.04) - 6
    value = narrowed(np.asfortranarray(found))
    return (norm(points), value) if nargout == 2 else value
