"""Rounding and remainders: floor, ceil, fix, round, mod, rem, idivide, sign, abs."""

from __future__ import annotations

from math import copysign, fmod, inf, nan

import numpy as np

from cnnscript.builtins.elementary.elements import (
    is_complex,
    narrowed,
    numbers_of,
    operands,
    real_numbers_of,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DOUBLE, INTEGER_CLASSES, class_of, ndarray, norm, saturated
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none


# ------------------------------------------------------------------------------------------- the same on one float
def floor_float(x: float) -> float:
    whole = x // 1.0
    return whole if whole == whole else x  # Inf // 1 is NaN


def ceil_float(x: float) -> float:
    whole = -(-x // 1.0)
    return whole if whole == whole else x


def fix_float(x: float) -> float:
    whole = x // 1.0 if x >= 0 else -(-x // 1.0)
    return whole if whole == whole else x


def round_float(x: float) -> float:
    """Half away from zero; adding 0.5 first would take 0.49999999999999994 to 1."""
    size = abs(x)
    whole = size // 1.0
    if whole != whole:
        return x
    return copysign(whole + 1.0 if size - whole >= 0.5 else whole, x)


def mod_float(x: float, y: float) -> float:
    if y == 0.0:
        return x
    if y == y // 1.0 or x != x or y != y or y in (inf, -inf):
        return x % y
    return 0.0 if divides(x, y) else x % y


def rem_float(x: float, y: float) -> float:
    if y == 0.0 or y != y or x - x != 0.0:
        return nan
    if y in (inf, -inf) or y == y // 1.0:
        return fmod(x, y)
    return 0.0 if divides(x, y) else fmod(x, y)


def divides(x: float, y: float) -> bool:
    """Whether x/y is a whole number but for rounding: then the remainder is 0 (mod(1, 0.1))."""
    quotient = abs(x / y)
    return abs(quotient - (quotient + 0.5) // 1.0) <= 2.220446049250313e-16 * quotient


def abs_float(x: float) -> float:
    return -x if x < 0.0 else x + 0.0 if x else 0.0


def sign_float(x: float) -> float:
    return 1.0 if x > 0 else -1.0 if x < 0 else x


# ------------------------------------------------------------------------------------------------------- rounding
def rounded_parts(function, x, name: str):
    """A rounding function over a value of any numeric class; integers stay, complex numbers part by part."""
    x = numbers_of(x, name)
    if type(x) is ndarray and x.dtype.kind in "iu" or isinstance(x, np.integer):
        return x
    if is_complex(x):
        x = np.asarray(x)
        result = np.empty_like(x)
        result.real, result.imag = function(x.real), function(x.imag)
        return narrowed(result if result.ndim else result[()])
    return norm(function(x))


@builtin(floats=floor_float)
def floor(x, /):
    """
    floor(X)

    Round each element down to a whole number.

    Examples
      >> floor([-1.5 2.7])
      ans =
          -2     2

    See also ceil, fix, round.
    """
    if type(x) is float:
        return floor_float(x)
    return rounded_parts(np.floor, x, "floor")


@builtin(floats=ceil_float)
def ceil(x, /):
    """
    ceil(X)

    Round each element up to a whole number.

    Examples
      >> ceil([-1.5 2.2])
      ans =
          -1     3

    See also floor, fix, round.
    """
    if type(x) is float:
        return ceil_float(x)
    return rounded_parts(np.ceil, x, "ceil")


@builtin(floats=fix_float)
def fix(x, /):
    """
    fix(X)

    Round each element towards zero.

    Examples
      >> fix([-1.5 2.7])
      ans =
          -1     2

    See also floor, ceil, round.
    """
    if type(x) is float:
        return fix_float(x)
    return rounded_parts(np.trunc, x, "fix")


def half_away(x):
    """Whole numbers nearest to floats, halves away from zero."""
    whole = np.rint(x)  # takes halves to even numbers: those that went towards zero go the other way
    short = np.asarray(np.abs(x - whole) == 0.5)
    if short.any():
        whole = np.where(short, np.trunc(x) + np.copysign(1.0, x), whole).astype(np.asarray(x).dtype)
    return whole if np.ndim(whole) else whole[()]


def to_places(x, places: int):
    """Floats rounded half away from zero to decimal places (negative: tens, hundreds ...)."""
    if places == 0:
        return half_away(x)
    if abs(places) > 300:  # past what a double holds: every digit stays, or none
        return (np.asarray(x) if places > 0 else np.where(np.isfinite(x), 0.0 * x, x))[()]
    scale = 10.0 ** abs(places)
    scaled = x * scale if places > 0 else x / scale
    whole = half_away(scaled)
    # x*scale may fall just short of a half that x itself, written in decimal, has: 2.345 -> 234.49999999999997
    close = np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) <= 4 * np.spacing(np.abs(scaled))
    whole = np.where(close, half_away(np.trunc(scaled) + np.copysign(0.5, scaled)), whole)
    result = whole / scale if places > 0 else whole * scale
    return np.where(np.isfinite(scaled), result, x)


def to_significant(x, digits: int):
    """Floats rounded half away from zero to significant decimal digits."""
    x = np.asarray(x)
    size = np.abs(x)
    exponent = np.floor(np.log10(np.where((size > 0) & np.isfinite(size), size, 1.0))).astype(int)
    result = np.array(x, dtype=float)
    for place in np.unique(exponent):
        where = exponent == place
        result[where] = to_places(x[where].astype(float), digits - 1 - int(place))
    return np.where((size > 0) & np.isfinite(size), result, x)


@builtin(name="round", floats=round_float)
def round_(x, digits=None, kind=None, /, *, TieBreaker=None):
    """
    round(X)
    round(X, digits)
    round(X, digits, kind)
    round(..., TieBreaker=rule)

    Round each element to the nearest whole number or decimal place, halves away from zero.

    Positive digits count places after the decimal point, negative ones places before it.  The kind is 'decimals'
    or 'significant'.

    Options
      TieBreaker  where a half goes: 'fromzero' (default), 'tozero', 'even', 'odd', 'plusinf', 'minusinf'

    Examples
      >> round([-2.5 2.5 3.49])
      ans =
          -3     3     3
      >> round(pi, 3)
      ans =
          3.1420
      >> round(1234.5, 2, 'significant')
      ans =
              1200
      >> round(2.5, TieBreaker="even")
      ans =
           2

    See also floor, ceil, fix.
    """
    if type(x) is float and digits is None and TieBreaker is None:
        return round_float(x)
    places = 0
    if digits is not None:
        if is_text(digits):
            raise ScriptError(
                "MATLAB:round:nonIntegerN", "Second argument must be an integer.", notes=(f"got {described(digits)}",)
            )
        number = float(digits) if isinstance(digits, float | bool | np.integer | np.floating) else float("nan")
        if number != number // 1:
            raise ScriptError(
                "MATLAB:round:nonIntegerN",
                "Number of digits must be a scalar integer.",
                notes=(f"got {described(digits)}",),
            )
        places = int(number)
    word = "decimals" if kind is None else (text_or_none(kind) or "").lower()
    if not word or not ("decimals".startswith(word) or "significant".startswith(word)):
        raise ScriptError(
            "MATLAB:round:unknownRoundingMethod",
            "Invalid rounding method. Specify 'decimals' or 'significant'.",
            notes=(f"got {described(kind)}",),
        )
    if TieBreaker is not None:
        return with_ties(x, places, TieBreaker)
    if "significant".startswith(word):
        if places < 1:
            raise ScriptError(
                "MATLAB:round:nonPositiveSigN",
                "Number of significant digits must be a positive integer scalar.",
                notes=(f"got {places}",),
            )
        return rounded_parts(lambda part: to_significant(part, places).astype(np.asarray(part).dtype), x, "round")
    if digits is None:
        return rounded_parts(half_away, x, "round")
    if places < 0 and class_of(x) in INTEGER_CLASSES:
        array = np.asarray(x)
        return norm(saturated(to_places(array.astype(DOUBLE), places), array.dtype))
    return rounded_parts(lambda part: to_places(part, places).astype(np.asarray(part).dtype), x, "round")


TIES = ("fromzero", "tozero", "even", "odd", "plusinf", "minusinf")


def with_ties(x, places: int, rule):
    """Rounding with a named rule for halves."""
    word = (text_or_none(rule) or "").lower()
    found = [name for name in TIES if word and name.startswith(word)]
    if len(found) != 1:
        raise ScriptError(
            "MATLAB:round:invalidTieBreaker",
            "TieBreaker must be 'fromzero', 'tozero', 'even', 'odd', 'plusinf', or 'minusinf'.",
            notes=(f"got {described(rule)}",),
        )
    scale = 10.0**places

    def apply(part):
        scaled = np.asarray(part) * scale
        low = np.floor(scaled)
        half = scaled - low == 0.5
        up = {
            "fromzero": scaled > 0,
            "tozero": scaled < 0,
            "even": low % 2 == 1,
            "odd": low % 2 == 0,
            "plusinf": np.ones_like(half),
            "minusinf": np.zeros_like(half),
        }[found[0]]
        whole = np.where(half, low + up, half_away(scaled)) / scale
        whole = whole.astype(np.asarray(part).dtype)
        return whole if whole.ndim else whole[()]

    return rounded_parts(apply, x, "round")


# ------------------------------------------------------------------------------------------------------ remainders
def remainders(x, y, name: str, function):
    """mod or rem of two values of any numeric class."""
    for value in (x, y):
        real_numbers_of(value, name)
    a, b, result = operands(x, y, name)
    if result.kind in "iu":
        if a.dtype != b.dtype:
            a, b = a.astype(DOUBLE), b.astype(DOUBLE)
            return norm(saturated(function(a, b, True), result))
        zero = b == 0
        whole = np.where(zero, 1, b).astype(result)
        value = np.mod(a, whole) if name == "mod" else np.fmod(a, whole)
        return norm(np.asfortranarray(np.where(zero, a if name == "mod" else 0, value).astype(result)))
    return norm(np.asfortranarray(function(a, b, bool((b == np.floor(b)).all()))))


def mod_floats(a, b, whole: bool):
    value = np.mod(a, b)
    zero = b == 0
    if zero.any():
        value = np.where(zero, a, value)
    if not whole:
        quotient = np.abs(a / b)
        tolerance = np.finfo(quotient.dtype).eps
        exact = (
            (np.abs(quotient - np.floor(quotient + 0.5)) <= tolerance * quotient) & (b != np.floor(b)) & np.isfinite(b)
        )
        value = np.where(exact & np.isfinite(a), b * 0, value)
    return value


def rem_floats(a, b, whole: bool):
    value = np.fmod(a, b)
    if not whole:
        quotient = np.abs(a / b)
        tolerance = np.finfo(quotient.dtype).eps
        exact = (
            (np.abs(quotient - np.floor(quotient + 0.5)) <= tolerance * quotient) & (b != np.floor(b)) & np.isfinite(b)
        )
        value = np.where(exact & np.isfinite(a), b * 0, value)
    return value


@builtin(floats=mod_float)
def mod(x, y, /):
    """
    mod(X, Y)

    Remainder after division, with the sign of the divisor.

    mod(x, 0) is x.  See rem for the remainder with the sign of x.

    Examples
      >> mod([-5 5 7], 3)
      ans =
           1     2     1
      >> mod(1, 0.1)
      ans =
           0

    See also rem, floor, idivide.
    """
    if type(x) is float and type(y) is float:
        return mod_float(x, y)
    return remainders(x, y, "mod", mod_floats)


@builtin(floats=rem_float)
def rem(x, y, /):
    """
    rem(X, Y)

    Remainder after division, with the sign of the first argument.

    rem(x, 0) is NaN.  See mod for the remainder with the sign of the divisor.

    Examples
      >> rem([-5 5 7], 3)
      ans =
          -2     2     1

    See also mod, fix.
    """
    if type(x) is float and type(y) is float:
        return rem_float(x, y)
    return remainders(x, y, "rem", rem_floats)


IDIVIDE = {"fix": np.trunc, "round": half_away, "floor": np.floor, "ceil": np.ceil}


@builtin
def idivide(a, b, rule=None, /):
    """
    idivide(A, B)
    idivide(A, B, rule)

    Divide integers, rounding towards zero or by 'fix', 'round', 'floor' or 'ceil'.

    Examples
      >> idivide(int32([7 -7]), int32(2))
      ans =
        1×2 int32 row vector
          3   -3
      >> idivide(int32([7 -7]), int32(2), 'round')
      ans =
        1×2 int32 row vector
          4   -4

    See also rdivide, fix.
    """
    word = "fix" if rule is None else (text_or_none(rule) or "").lower()
    if word not in IDIVIDE:
        raise ScriptError(
            "MATLAB:idivide:InvalidRoundingOption",
            "Rounding option must be 'fix', 'round', 'floor', or 'ceil'.",
            notes=(f"got {described(rule)}",),
        )
    x, y, result = operands(a, b, "idivide")
    if result.kind not in "iu":
        raise ScriptError(
            "MATLAB:idivide:InvalidIntegerInput",
            "At least one argument must belong to an integer class.",
            notes=(f"got {class_of(a)} and {class_of(b)}",),
        )
    if result.itemsize == 8 and x.dtype == y.dtype and np.all(y != 0):  # doubles do not hold what int64 does
        low, rest = np.divmod(x, y)
        if word == "ceil":
            low = low + (rest != 0)
        elif word == "fix":
            low = low + ((rest != 0) & ((x < 0) != (y < 0)))
        elif word == "round":  # halves away from zero
            twice = np.abs(rest).astype(np.uint64) * np.uint64(2)
            size = np.abs(y).astype(np.uint64)
            low = low + np.where((x < 0) != (y < 0), twice > size, twice >= size)
        return norm(np.asfortranarray(low.astype(result)))
    return norm(np.asfortranarray(saturated(IDIVIDE[word](x.astype(DOUBLE) / y.astype(DOUBLE)), result)))


# --------------------------------------------------------------------------------------------------- sign and size
@builtin(floats=sign_float)
def sign(x, /):
    """
    sign(X)

    -1, 0 or 1 for each element; complex numbers give x./abs(x).

    Examples
      >> sign([-3 0 8])
      ans =
          -1     0     1

    See also abs.
    """
    if type(x) is float:
        return sign_float(x)
    x = numbers_of(x, "sign")
    if is_complex(x):
        size = np.abs(x)
        return narrowed(np.where(size == 0, 0, x / np.where(size == 0, 1, size)))
    return norm(np.sign(x))


@builtin(name="abs", floats=abs_float)
def abs_(x, /):
    """
    abs(X)

    Absolute value of each element; the modulus of a complex number.

    Integers saturate: abs(int8(-128)) is 127.

    Examples
      >> abs([-1.5 2])
      ans =
          1.5000    2.0000
      >> abs(3+4i)
      ans =
           5

    See also sign, angle, hypot.
    """
    if type(x) is float:
        return abs_float(x)
    x = numbers_of(x, "abs")
    if type(x) is ndarray and x.dtype.kind == "i" or isinstance(x, np.signedinteger):
        lowest = np.iinfo(x.dtype)
        return norm(np.abs(np.maximum(x, lowest.min + 1)))
    return norm(np.abs(x))
