"""Numbers as text: the display formats and how the numbers of one array are written together.

A `Style` holds for a whole array: the width of its columns (leading blanks included), a common factor 10^exponent and a
function that writes one number without padding.  Which style an array gets follows from its largest finite magnitude:

  all whole, below 1e9     columns of 6 (below 1000) or 12, in every format that does not force decimals
  short                    4 decimals in columns of 10; a factor from 1000 on and from 0.001 down
  long                     15 decimals in columns of 20 (single: 7 in 12); a factor from 100 on and from 0.001 down

A scalar has no factor: it is written with an exponent instead.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

NUMERIC = (
    "short", "long", "shortE", "longE", "shortG", "longG", "shortEng", "longEng", "+", "bank", "hex", "rational",
)  # fmt: skip
SPACING = ("loose", "compact")
WINDOW = 80  # characters of a line of the command window, where no terminal says otherwise
MOST_WHOLE = 1e9  # whole numbers from here on are written with an exponent


@dataclass(frozen=True, slots=True)
class Format:
    """What the statement `format` sets: how numbers are written, and whether blank lines set values apart.  Also
    whether logical values are words (only formattedDisplayText asks for that), and the letters of a line."""

    numeric: str = "short"
    spacing: str = "loose"
    truth_words: bool = False
    width: int = WINDOW

    @property
    def blank(self) -> str:
        """A blank line, or nothing in compact spacing."""
        return "\n" if self.spacing == "loose" else ""


class Style(NamedTuple):
    """How the numbers of one array are written (see the module)."""

    width: int
    exponent: int
    write: Callable[[float], str]


def real_style(values: np.ndarray, form: Format, single: bool = False) -> Style:
    """The style of real numbers (any shape, at least one)."""
    numeric = form.numeric
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    if numeric in _FORCED:
        return _FORCED[numeric](single)
    if largest < MOST_WHOLE and (finite == np.round(finite)).all():
        return Style(6 if largest < 1000 else 12, 0, write_whole)
    if numeric in _UNSCALED:
        return _UNSCALED[numeric](single)
    width, decimals, limit = _fixed_size(numeric, single)
    if values.size == 1:
        if 0.001 < largest < limit:
            return Style(width, 0, fixed(decimals))
        return _UNSCALED["shortE" if numeric == "short" else "longE"](single)
    return Style(width, common_exponent(largest, limit), fixed(decimals))


def _fixed_size(numeric: str, single: bool) -> tuple[int, int, float]:
    """Column width, decimals and the magnitude that no longer fits, of 'short' and 'long'."""
    if numeric == "short":
        return 10, 4, 1000.0
    return (12, 7, 100.0) if single else (20, 15, 100.0)


def common_exponent(largest: float, limit: float) -> int:
    """The power of ten taken out of an array whose largest magnitude is given: 3 for 1234.5, -3 for 0.0005."""
    if largest >= limit:
        return math.floor(math.log10(largest))
    if 0 < largest <= 0.001:
        return math.ceil(math.log10(largest))
    return 0


def factor_line(exponent: int, form: Format) -> str:
    """'   1.0e+03 *' and the blank line under it; nothing for exponent 0."""
    return f"   1.0e{exponent:+03d} *\n{form.blank}" if exponent else ""


def scaled(values: np.ndarray, exponent: int) -> np.ndarray:
    """The numbers with 10^exponent taken out."""
    if not exponent:
        return values
    if exponent < -300:  # 10^exponent itself would be subnormal
        return values * 1e300 / 10.0 ** (exponent + 300)
    return values / 10.0**exponent if exponent > 0 else values * 10.0**-exponent


# ------------------------------------------------------------------------------------------------- one number at a time
def special(value: float) -> str:
    """NaN, Inf or -Inf."""
    return "NaN" if value != value else "Inf" if value > 0 else "-Inf"


def write_whole(value: float) -> str:
    return str(int(value)) if math.isfinite(value) else special(value)


def fixed(decimals: int) -> Callable[[float], str]:
    """Fixed decimals; an exact zero is a bare 0."""
    pattern = f"%.{decimals}f"

    def write(value: float) -> str:
        if value == 0:
            return "0"
        return pattern % value if math.isfinite(value) else special(value)

    return write


def _by_pattern(width: int, pattern: str) -> Style:
    def write(value: float) -> str:
        if value == 0:
            return "0"
        return pattern % value if math.isfinite(value) else special(value)

    return Style(width, 0, write)


def _bank(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else special(value)


def hexadecimal(single: bool) -> Callable[[float], str]:
    code = ">f" if single else ">d"
    return lambda value: struct.pack(code, value).hex()


def _sign(value: float) -> str:
    return "+" if value > 0 else "-" if value < 0 else " "


def engineering(digits: int | None) -> Callable[[float], str]:
    """Exponents that are multiples of three, three digits each.  digits: significant ones, or None for 4 decimals."""

    def write(value: float) -> str:
        if not math.isfinite(value):
            return special(value)
        exponent = 0 if value == 0 else math.floor(math.log10(abs(value)))
        for power in (exponent // 3 * 3, exponent // 3 * 3 + 3):
            mantissa = value / 10.0 ** (power // 2) / 10.0 ** (power - power // 2)  # 10^power may be subnormal
            whole = 1 if value == 0 else max(1, math.floor(math.log10(abs(mantissa))) + 1)
            text = f"{mantissa:.{4 if digits is None else digits - whole}f}"
            if abs(float(text)) < 1000:
                break
        return f"{text}e{'-' if power < 0 else '+'}{abs(power):03d}"

    return write


def fraction(value: float, tolerance: float = 1e-6) -> tuple[int, int]:
    """Numerator and denominator of a continued fraction close to `value` (relative tolerance, at least 1e-6 of 1)."""
    close = tolerance * max(abs(value), 1.0) if abs(value) >= 1 else tolerance * abs(value)
    whole = round(value)
    numerators, denominators = (1, whole), (0, 1)
    rest = value - whole
    while rest and abs(numerators[1] / denominators[1] - value) >= close and denominators[1] < 10**12:
        if abs(rest) < 1e-300:  # its inverse would be no number
            break
        term = 1 / rest
        step = round(term)
        rest = term - step
        numerators = (numerators[1], numerators[1] * step + numerators[0])
        denominators = (denominators[1], denominators[1] * step + denominators[0])
    top, bottom = numerators[1], denominators[1]
    return (-top, -bottom) if bottom < 0 else (top, bottom)


def _rational(value: float) -> str:
    """A ratio of small integers, aligned at its slash, 15 wide; '*' where it does not fit."""
    if not math.isfinite(value):
        top, bottom = ("0", "/0") if value != value else ("1" if value > 0 else "-1", "/0")
    else:
        numerator, denominator = fraction(value)
        top, bottom = str(numerator), f"/{denominator}" if denominator != 1 else ""
    if not bottom and len(top) > 8:  # a whole number takes what room there is
        return f"{top:<15}"
    if len(top) > 8 or len(bottom) > 7:
        top, bottom = "*", ""
    return f"{top:>8}{bottom:<7}"


_UNSCALED: dict[str, Callable[[bool], Style]] = {
    "shortE": lambda single: _by_pattern(13, "%.4e"),
    "longE": lambda single: _by_pattern(16, "%.7e") if single else _by_pattern(26, "%.15e"),
    "shortG": lambda single: _by_pattern(13, "%.5g"),
    "longG": lambda single: _by_pattern(16, "%.7g") if single else _by_pattern(26, "%.15g"),
}
_FORCED: dict[str, Callable[[bool], Style]] = {
    "shortEng": lambda single: Style(16, 0, engineering(None)),
    "longEng": lambda single: Style(17, 0, engineering(7)) if single else Style(25, 0, engineering(15)),
    "bank": lambda single: Style(14, 0, _bank),
    "hex": lambda single: Style(11 if single else 19, 0, hexadecimal(single)),
    "rational": lambda single: Style(15, 0, _rational),
    "+": lambda single: Style(1, 0, _sign),
}


# ---------------------------------------------------------------------------------------------------- complex numbers
class ComplexStyle(NamedTuple):
    """How complex numbers are written together: widths of the real part (leading blanks included) and of the
    imaginary part (without its sign and i)."""

    real_width: int
    imaginary_width: int
    exponent: int
    write: Callable[[float], str]

    @property
    def width(self) -> int:
        return self.real_width + 2 + self.imaginary_width + 1

    def join(self, value: complex) -> str:
        """One number: '   1.0000 - 2.0000i'; a sign alone where the format is '+'."""
        if self.write is _sign:
            return _sign(value.real or value.imag)
        sign = "-" if math.copysign(1.0, value.imag) < 0 and value.imag == value.imag else "+"
        part = self.write(abs(value.imag))
        return f"{self.write(value.real):>{self.real_width}} {sign}{part:>{self.imaginary_width}}i"


def complex_style(values: np.ndarray, form: Format, single: bool = False) -> ComplexStyle:
    """The style of complex numbers (any shape, at least one)."""
    numeric = form.numeric
    parts = np.concatenate([values.real.ravel(), values.imag.ravel()])
    if numeric in ("short", "long"):
        finite = parts[np.isfinite(parts)]
        largest = float(np.abs(finite).max()) if finite.size else 0.0
        width, decimals, limit = _fixed_size(numeric, single)
        width, limit = width - 1, 100.0
        if values.size == 1 and largest and not 0.001 < largest < limit:
            width, decimals = (16, 7) if single else (26, 15)
            if numeric == "short":
                width, decimals = 13, 4
            return ComplexStyle(width, decimals + 7, 0, _always(f"%.{decimals}e"))
        exponent = common_exponent(largest, limit) if values.size > 1 else 0
        return ComplexStyle(width, decimals + 3, exponent, _always(f"%.{decimals}f"))
    style = (_UNSCALED.get(numeric) or _FORCED[numeric])(single)
    if numeric in ("shortE", "longE"):
        decimals = 4 if numeric == "shortE" else 7 if single else 15
        return ComplexStyle(style.width, decimals + 7, 0, _always(f"%.{decimals}e"))
    less = 3 if numeric in ("shortEng", "longEng") else 2
    return ComplexStyle(style.width, max(style.width - less, 0), 0, style.write)


def _always(pattern: str) -> Callable[[float], str]:
    """A pattern that writes zeros like other numbers (-0 as 0)."""
    return lambda value: pattern % (value + 0.0) if math.isfinite(value) else special(value)


def truth(value: Any, form: Format) -> str:
    """A logical value: 1 or 0, or a word."""
    return ("true" if value else "false") if form.truth_words else "1" if value else "0"


def brief_number(value: Any, form: Format) -> str:
    """One number as cells, structs and objects show it: a scalar in the current format, without blanks around."""
    if isinstance(value, (complex, np.complexfloating)):
        numbers = np.array([value])
        return complex_style(numbers, form, numbers.dtype == np.complex64).join(complex(value)).strip()
    if isinstance(value, np.integer):
        return str(int(value))
    if isinstance(value, (bool, np.bool_)):
        return truth(value, form)
    single = isinstance(value, np.float32)
    number = float(value)
    return real_style(np.array([number]), form, single).write(number).strip()
