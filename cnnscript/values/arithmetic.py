"""Products, quotients and powers element by element where MATLAB's numbers are not NumPy's: complex ones, and roots of
negative ones.  Operands are NumPy arrays and scalars, or Python's, already of one class and equally many dimensions."""

from __future__ import annotations

from math import isfinite

import numpy as np

from cnnscript.values.numeric import ndarray


def _is_complex(number) -> bool:
    return isinstance(number, complex | np.complexfloating) or type(number) is ndarray and number.dtype.kind == "c"


def _parts(number):
    """(real, imaginary) of a complex scalar or array."""
    return np.real(number), np.imag(number)


def _joined(real, imaginary):
    """A complex array or scalar of two real ones, without arithmetic (which would make NaN of Inf)."""
    real, imaginary = np.asarray(real), np.asarray(imaginary)
    single = real.dtype == np.float32
    result = np.empty(real.shape, np.complex64 if single else np.complex128, order="F")
    result.real, result.imag = real, imaginary
    return result if result.ndim else result[()]


def multiply(a, b):
    """a .* b"""
    complex_a, complex_b = _is_complex(a), _is_complex(b)
    if complex_a == complex_b:
        return np.multiply(a, b)
    if complex_a:
        a, b = b, a
    real, imaginary = _parts(b)  # a real factor scales the two parts: Inf*(1+2i) has no NaN
    return _joined(np.multiply(a, real), np.multiply(a, imaginary))


def divide(a, b):
    """a ./ b"""
    if _is_complex(a) and not _is_complex(b):
        real, imaginary = _parts(a)
        return _joined(np.true_divide(real, b), np.true_divide(imaginary, b))
    if _is_complex(b) and np.any(np.equal(b, 0)):
        zero = np.equal(b, 0)  # NumPy's quotient by complex zero is NaN; MATLAB's is that by real zero
        real, imaginary = _parts(np.asarray(a) + 0j * np.zeros_like(b))
        by_zero = _joined(
            np.true_divide(real, 0.0), np.where(np.equal(imaginary, 0), 0.0, np.true_divide(imaginary, 0.0))
        )
        return np.where(zero, by_zero, np.true_divide(a, b))
    return np.true_divide(a, b)


def raise_to(a, b):
    """a .^ b: complex where a base is negative and its exponent no whole number."""
    if _is_complex(a) or _is_complex(b):
        return _complex_power(a, b)
    result = np.power(a, b)
    if np.isfinite(result).all():
        return result
    rooted = np.isnan(result) & np.less(a, 0) | np.isinf(a) & np.less(a, 0)
    rooted &= np.not_equal(b, np.trunc(b)) & ~np.isnan(b)
    if not rooted.any():
        return result
    angle = np.where(rooted, np.multiply(b, np.asarray(np.pi, result.dtype)), 0)  # a < 0 turns by pi for each power
    size = np.where(rooted, np.power(np.abs(a), b), result)
    return _joined(np.where(rooted, size * np.cos(angle), size), np.where(rooted, size * np.sin(angle), 0))


def _complex_power(a, b):
    if isinstance(b, float) and isfinite(b) and b == int(b) and abs(b) <= 64:
        # whole exponents by repeated multiplication: (1i)^2 is exactly -1
        return _whole_power(np.asarray(a), int(b))
    result = np.power(a, b)
    base_zero = np.equal(a, 0)
    if np.any(base_zero):
        result = np.where(base_zero & np.greater(np.real(b), 0), 0, result)
        result = np.where(base_zero & np.equal(b, 0), 1, result)
    return result if np.ndim(result) else result[()]


def _whole_power(base: ndarray, exponent: int):
    result = np.ones_like(base)
    factor, left = base, abs(exponent)
    while left:
        if left & 1:
            result = result * factor
        left >>= 1
        if left:
            factor = factor * factor
    if exponent < 0:
        result = divide(1.0 if base.dtype == np.complex128 else np.float32(1), result)
    return result if np.ndim(result) else np.asarray(result)[()]
