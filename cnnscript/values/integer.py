"""Integer arithmetic of MATLAB: as if computed exactly, rounded half away from zero, held at the limits of the class.

Operands here are NumPy arrays or scalars of one integer class, or that class and a scalar double.  Up to 32 bits the
detour over a wider type is exact enough to round once; 64 bits are computed in 64 bits where nothing overflows, and
otherwise element by element with Python's whole numbers.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DTYPE_OF_CLASS, saturated

WIDER = {
    np.dtype(np.int8): np.int16,
    np.dtype(np.uint8): np.int16,
    np.dtype(np.int16): np.int32,
    np.dtype(np.uint16): np.int32,
    np.dtype(np.int32): np.int64,
    np.dtype(np.uint32): np.int64,
}


def arithmetic(name: str, class_name: str, a, b):
    """`a name b` (plus, minus, times, rdivide, power) as an array or scalar of the integer class."""
    dtype = DTYPE_OF_CLASS[class_name]
    if isinstance(a, complex) or isinstance(b, complex):
        raise ScriptError(
            "MATLAB:cnnscript:complexInteger", "Complex integers are not in cnnscript yet.", hint="use double(...)"
        )
    if type(a) is not np.ndarray is not type(b):
        if name in _ON_WHOLE and _is_long(a) and _is_long(b):
            return _LIMITED[dtype](_ON_WHOLE[name](int(a), int(b)))
    elif dtype.itemsize == 1 and not (name in ("plus", "minus") and _whole(a) and _whole(b)):
        if isinstance(b, float) and a.size > TABLE_PAYS:
            return _by_table(name, a, dtype, lambda every: (every, b))
        if isinstance(a, float) and b.size > TABLE_PAYS:
            return _by_table(name, b, dtype, lambda every: (a, every))
    if dtype.itemsize == 8:
        return _LONG[name](a, b, dtype)
    return _SHORT[name](a, b, dtype)


TABLE_PAYS = 2048  # elements from which 256 results and a look-up are quicker than the arithmetic


def _by_table(name: str, array: np.ndarray, dtype: np.dtype, operands: Callable[[np.ndarray], tuple]) -> np.ndarray:
    """8-bit integers with a scalar: the operator on all 256 numbers, then looked up."""
    every = np.arange(256, dtype=np.uint8).view(dtype)
    a, b = operands(every)
    table = np.asarray(_SHORT[name](a, b, dtype))
    translated = bytearray(array.tobytes("F")).translate(table.tobytes())
    return np.frombuffer(translated, dtype).reshape(array.shape, order="F")


_ON_WHOLE = {"plus": operator.add, "minus": operator.sub, "times": operator.mul}


def _limiter(dtype: np.dtype) -> Callable:
    limits = np.iinfo(dtype)
    low, high, make = int(limits.min), int(limits.max), dtype.type
    return lambda number: make(low if number < low else high if number > high else number)


_LIMITED = {dtype: _limiter(dtype) for dtype in DTYPE_OF_CLASS.values() if dtype.kind in "iu"}


def _held(result, dtype: np.dtype):
    """Whole numbers of a wider dtype, held at the limits of `dtype`."""
    limits = np.iinfo(dtype)
    return np.clip(result, max(limits.min, np.iinfo(result.dtype).min), limits.max).astype(dtype)


def _whole(value) -> bool:
    """Is this operand of integer class, or a double scalar that is a whole number in the range of 32-bit integers?"""
    return not isinstance(value, float) or (-2147483648.0 <= value <= 4294967295.0 and value == int(value))


def _narrow(value) -> bool:
    """An integer operand, or a whole double with which sums fit the next wider class of any."""
    return not isinstance(value, float) or -16384.0 <= value <= 16384.0


def _short(ufunc: Callable) -> Callable:
    def operate(a, b, dtype):
        if _whole(a) and _whole(b):
            wide = WIDER[dtype] if _narrow(a) and _narrow(b) else np.int64
            return _held(ufunc(np.asarray(a, wide), np.asarray(b, wide)), dtype)
        return saturated(ufunc(np.asarray(a, np.float64), np.asarray(b, np.float64)), dtype)

    return operate


def _short_times(a, b, dtype):
    if _whole(a) and _whole(b):
        wide = np.int32 if dtype.itemsize == 1 and not isinstance(a, float) and not isinstance(b, float) else np.int64
        if dtype.itemsize < 4 or not (isinstance(a, float) or isinstance(b, float)):
            a, b = np.asarray(a, wide), np.asarray(b, wide)
            if dtype != np.uint32:  # two 32-bit numbers without sign may pass 63 bits
                return _held(a * b, dtype)
            return _held(a.astype(np.uint64) * b.astype(np.uint64), dtype)
    return saturated(np.asarray(a, np.float64) * np.asarray(b, np.float64), dtype)


def _short_rdivide(a, b, dtype):
    # a quotient of integers below 2^32 is at least 2^-33 away from a half unless it is one: doubles round it right
    return saturated(np.asarray(a, np.float64) / np.asarray(b, np.float64), dtype)


def _short_power(a, b, dtype):
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    _refuse_roots(a, b)
    return saturated(np.power(a, b), dtype)


def _refuse_roots(a, b) -> None:
    if (np.less(a, 0) & (b != np.trunc(b))).any():
        raise ScriptError(
            "MATLAB:power:complexIntegerResult",
            "Integer power of a negative base with a fractional exponent is complex.",
            hint="use double(...)",
        )


# ------------------------------------------------------------------------------------------------------ 64 bits
def _is_long(value) -> bool:
    """An integer operand, or a double scalar that is exactly a whole number within 63 bits."""
    return not isinstance(value, float) or (abs(value) < 2.0**63 and value == int(value))


def _exactly(operate: Callable[[object, object], int], a, b, dtype):
    """`operate` on each pair of elements as Python numbers (double scalars as they are), held at the limits."""
    first, second = np.broadcast_arrays(_objects(a), _objects(b))
    limits = np.iinfo(dtype)
    low, high = limits.min, limits.max
    pairs = zip(first.ravel("F").tolist(), second.ravel("F").tolist(), strict=True)
    held = [min(max(operate(x, y), low), high) for x, y in pairs]
    return np.array(held, dtype).reshape(first.shape, order="F")


def _objects(value):
    return np.asarray(value).astype(object)


def _long_linear(ufunc: Callable, sign: int) -> Callable:
    """Plus (sign 1) and minus (sign -1)."""

    def exact(x, y):
        if isinstance(x, float) and not math.isfinite(x) or isinstance(y, float) and not math.isfinite(y):
            return _held_float(x + sign * y)
        return _round_half_away(Fraction(x) + sign * Fraction(y))

    def operate(a, b, dtype):
        if _is_long(a) and _is_long(b):
            low, high = _extent(a)
            other_low, other_high = _extent(b)
            if sign < 0:
                other_low, other_high = -other_high, -other_low
            limits = np.iinfo(dtype)
            # operands and result must fit: a negative double with uint64 goes the long way
            if (
                low + other_low >= limits.min
                and high + other_high <= limits.max
                and all(limits.min <= edge <= limits.max for edge in (*_extent(a), *_extent(b)))
            ):
                return ufunc(_as(a, dtype), _as(b, dtype))
        return _exactly(exact, a, b, dtype)

    return operate


def _extent(value) -> tuple[int, int]:
    """Smallest and largest element as Python numbers (0, 0 when there are none)."""
    if np.size(value) == 0:
        return 0, 0
    return int(np.min(value)), int(np.max(value))


def _as(value, dtype):
    """A whole operand as an array or scalar of `dtype`, without a detour over double."""
    return np.asarray(int(value) if isinstance(value, float) else value, dtype)


def _long_times(a, b, dtype):
    if _is_long(a) and _is_long(b):
        limits = np.iinfo(dtype)
        edges = [x * y for x in _extent(a) for y in _extent(b)]
        if (
            limits.min <= min(edges)
            and max(edges) <= limits.max
            and all(limits.min <= edge <= limits.max for edge in (*_extent(a), *_extent(b)))
        ):
            return _as(a, dtype) * _as(b, dtype)

    def exact(x, y):
        if isinstance(x, float) and not math.isfinite(x) or isinstance(y, float) and not math.isfinite(y):
            return _held_float(x * y)
        return _round_half_away(Fraction(x) * Fraction(y))

    return _exactly(exact, a, b, dtype)


def _long_rdivide(a, b, dtype):
    def exact(x, y):
        if y == 0 or isinstance(x, float) and not math.isfinite(x) or isinstance(y, float) and not math.isfinite(y):
            with np.errstate(all="ignore"):
                return _held_float(float(np.float64(x) / np.float64(y)))
        return _round_half_away(Fraction(x) / Fraction(y))

    return _exactly(exact, a, b, dtype)


def _long_power(a, b, dtype):
    _refuse_roots(np.asarray(a, np.float64), np.asarray(b, np.float64))

    def exact(x, y):
        if x in (0, 1, -1) or not math.isfinite(x) or not math.isfinite(y) or y != int(y) or y < 0:
            with np.errstate(all="ignore"):
                return _held_float(float(np.float64(x) ** np.float64(y)))
        if y >= 64:  # |x| >= 2, or a fraction between
            return _held_float(float(np.float64(x) ** np.float64(y)))
        return _round_half_away(Fraction(x) ** int(y))

    return _exactly(exact, a, b, dtype)


def _held_float(value: float) -> int:
    """A double as a Python whole number: NaN 0, infinities beyond every limit."""
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return 1 << 65 if value > 0 else -1 << 65
    return _round_half_away(Fraction(value))


def _round_half_away(value: Fraction) -> int:
    whole, rest = divmod(abs(value.numerator), value.denominator)
    if 2 * rest >= value.denominator:
        whole += 1
    return whole if value.numerator >= 0 else -whole


_SHORT = {
    "plus": _short(np.add),
    "minus": _short(np.subtract),
    "times": _short_times,
    "rdivide": _short_rdivide,
    "power": _short_power,
}
_LONG = {
    "plus": _long_linear(np.add, 1),
    "minus": _long_linear(np.subtract, -1),
    "times": _long_times,
    "rdivide": _long_rdivide,
    "power": _long_power,
}
