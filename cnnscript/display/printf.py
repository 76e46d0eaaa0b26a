r"""The engine of sprintf and fprintf: `format_text(template, args)`.

The template is used again and again until all data is used up; the first conversion that finds no data ends the text.
All arguments are one stream: numbers element by element, char arrays whole for %s and letter by letter for the rest,
strings one by one.  A number that does not suit its conversion is written with %e (`%d` of 1.5, `%s` of pi).

Templates are read once and kept.  A template of plain conversions also has a Python pattern, which does a whole pass
at once when every item suits it; anything else takes the slow road, one conversion at a time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, class_of
from cnnscript.values.text import MISSING, CharArray, String
from cnnscript.values.warn import warn

_CONVERSION = (
    r"%%"
    r"|%(?:(?P<position>\d+)\$)?(?P<flags>[-+ 0#]*)(?P<width>\d+|\*)?(?:\.(?P<precision>\d+|\*)?)?"
    r"(?P<size>[lhbt]?)(?P<letter>[diuoxXfFeEgGaAcs])"
    r"|%"
)
_ESCAPE = r"|\\(?:x(?P<hex>[0-9a-fA-F]+)|(?P<octal>[0-7]{1,3})|(?P<escape>.|\n|$))"
_NO_ESCAPE = r"(?P<hex>(?!))?(?P<octal>(?!))?(?P<escape>(?!))?"  # the same groups, never found
_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
    "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip
_WIDEST = 8192  # of a field; wider ones are faults, not layouts
STAR = -1  # a width or precision that an argument gives


class Conversion(NamedTuple):
    """One conversion of a template; width and precision are None where not given, STAR where an argument gives them."""

    letter: str
    flags: str
    width: int | None
    precision: int | None
    size: str
    position: int | None


class Template:
    """A template, read.

    parts    literal texts and conversions in order, up to the first thing that is neither (`invalid`)
    pattern  a Python pattern for a whole pass, or None
    kinds    for each conversion of `pattern`: 'd' whole number, 'f' number, 's' text
    """

    __slots__ = ("parts", "pattern", "kinds", "conversions", "invalid", "positional")

    def __init__(self, text: str, escapes: bool = True):
        self.parts, self.invalid = _read_parts(text, escapes)
        conversions = [part for part in self.parts if isinstance(part, Conversion)]
        self.conversions = len(conversions)
        self.positional = any(part.position is not None for part in conversions)
        self.pattern: str | None = None
        self.kinds = ""
        if conversions and all(map(_is_plain, conversions)):
            self.kinds = "".join({"d": "d", "i": "d", "u": "d", "s": "s"}.get(part.letter, "f") for part in conversions)
            self.pattern = "".join(
                part.replace("%", "%%") if isinstance(part, str) else _python_pattern(part) for part in self.parts
            )


def _read_parts(text: str, escapes: bool) -> tuple[list[str | Conversion], str]:
    """The parts of a template, and the first thing in it that is no conversion or escape ('' when all is well)."""
    parts: list[str | Conversion] = []
    literal: list[str] = []
    invalid, at = "", 0
    for found in _finder(escapes).finditer(text):
        literal.append(text[at : found.start()])
        at = found.end()
        if found["letter"]:
            if literal:
                parts.append("".join(literal))
                literal = []
            parts.append(
                Conversion(
                    found["letter"], found["flags"], _field(found["width"]),
                    _field(found["precision"] or "0") if "." in found[0] else None, found["size"],
                    int(found["position"]) if found["position"] else None,
                )
            )  # fmt: skip
        elif found[0] == "%%":
            literal.append("%")
        elif found["hex"]:
            literal.append(chr(min(int(found["hex"], 16), 0x10FFFF)))
        elif found["octal"]:
            literal.append(chr(int(found["octal"], 8)))
        elif found["escape"] in _ESCAPES:
            literal.append(_ESCAPES[found["escape"]])
        else:
            invalid = found[0]
            break
    else:
        literal.append(text[at:])
    parts.append("".join(literal))
    return [part for part in parts if part != ""], invalid


@lru_cache(2)
def _finder(escapes: bool) -> re.Pattern:
    """What stands out in a template: conversions and, where they are read, escapes."""
    return re.compile(_CONVERSION + _ESCAPE if escapes else f"(?:{_CONVERSION}){_NO_ESCAPE}")


def _field(text: str | None) -> int | None:
    """A width or precision of a conversion ('.' alone is precision 0)."""
    if text is None:
        return None
    return STAR if text == "*" else int(text)


read_template = lru_cache(1024)(Template)


def _is_plain(part: Conversion) -> bool:
    return (
        part.letter in "diufeEgGs"
        and part.width != STAR
        and part.precision != STAR
        and part.position is None
        and part.size in ("", "l", "h")
        and not (part.letter in "diu" and part.precision is not None and "0" in part.flags)  # Python pads, C does not
        and (part.width or 0) <= _WIDEST
        and (part.precision or 0) <= _WIDEST
    )


def _python_pattern(part: Conversion) -> str:
    flags = part.flags if part.letter != "s" else part.flags.replace("0", "").replace("+", "").replace(" ", "")
    return "%" + flags + _digits(part.width) + _dotted(part.precision) + ("d" if part.letter in "iu" else part.letter)


def _digits(width: int | None) -> str:
    return "" if width is None else str(width)


def _dotted(precision: int | None) -> str:
    return "" if precision is None else f".{precision}"


# ---------------------------------------------------------------------------------------------------------- formatting
def format_text(template: str, args: Sequence[Any], escapes: bool = True) -> str:
    """What sprintf(template, args...) gives.

    args     script values; a cell, struct, handle or object without text is MATLAB's error
    escapes  whether \\n and the like are read in the template (they are in a format, not in plain text)
    """
    form = read_template(template, escapes)
    if form.invalid[:1] == "\\":
        warn(
            "MATLAB:printf:BadEscapeSequenceInFormat",
            f"Escaped character '{form.invalid}' is not valid. See 'doc sprintf' for supported special characters.",
        )
    pattern = form.pattern
    if pattern is not None and len(args) == len(form.kinds):
        ready = _suited(form.kinds, args)
        if ready is not None:
            return pattern % ready
    if not args:
        return _without_data(form)
    return _in_passes(form, items_of(args))


def _suited(kinds: str, items: Sequence[Any]) -> tuple | None:
    """The items as `pattern % items` takes them, or None when one does not suit its conversion."""
    ready = []
    for kind, item in zip(kinds, items, strict=True):
        cls = type(item)
        if kind == "s":
            if cls is not str or not item:
                return None
        elif cls is float:
            if kind == "d":
                if not item.is_integer():
                    return None
                item = int(item)
            elif item - item != 0.0:  # NaN and Inf
                return None
        elif cls is not int and cls is not bool:
            return None
        ready.append(item)
    return tuple(ready)


def items_of(args: Sequence[Any]) -> list:
    """All arguments as one stream: Python numbers, `str` for a char array or a string, None for an empty array."""
    items: list = []
    for arg in args:
        cls = type(arg)
        if cls is float or cls is str or cls is bool:
            items.append(arg)
        elif cls is np.ndarray and arg.dtype != OBJECT:
            if arg.size == 0:
                items.append(None)
            else:
                items += (arg.real if arg.dtype.kind == "c" else arg).ravel("F").tolist()
        elif cls is complex:
            items.append(arg.real)
        elif isinstance(arg, np.generic):
            items.append(arg.real.item())
        elif cls is CharArray:
            items.append("".join(map(chr, arg.codes.ravel("F").tolist())))
        elif cls is String:
            items += ["<missing>" if text is MISSING else text for text in arg.data.ravel("F").tolist()]
        elif cls is Categorical or (hasattr(arg, "texts") and cls is not np.ndarray):
            items += arg.texts()
        else:
            name = class_of(arg)
            raise ScriptError(
                "MATLAB:UndefinedFunction",
                f"Function is not defined for '{name}' inputs.",
                hint="write c{:} to pass what the cell holds" if name == "cell" else None,
            )
    return items


def _without_data(form: Template) -> str:
    """The template as far as its first conversion."""
    out = []
    for part in form.parts:
        if not isinstance(part, str):
            break
        out.append(part)
    return "".join(out)


def _in_passes(form: Template, items: list) -> str:
    if not form.conversions:
        return _without_data(form)
    if form.positional:
        return _by_position(form, items)
    if all(item is None for item in items):
        return "".join(part if isinstance(part, str) else _empty(part) for part in form.parts)
    out: list[str] = []
    data = _Stream(items)
    pattern, kinds = form.pattern, form.kinds
    step = len(kinds)
    while data.left():
        if pattern is not None and not data.letter and data.at + step <= len(items):
            ready = _suited(kinds, items[data.at : data.at + step])
            if ready is not None:
                out.append(pattern % ready)
                data.at += step
                continue
        for part in form.parts:
            if isinstance(part, str):
                out.append(part)
            elif not data.left():
                return "".join(out)
            else:
                out.append(_one(part, data))
    return "".join(out)


class _Stream:
    """The data of one call: `at` is the next item, `letter` how many letters of it are used up already."""

    __slots__ = ("items", "at", "letter")

    def __init__(self, items: list):
        self.items = items
        self.at = 0
        self.letter = 0

    def left(self) -> bool:
        return self.at < len(self.items)

    def take(self, whole: bool) -> Any:
        """The next number, or text: all that is left of a char array (`whole`), or one letter."""
        item = self.items[self.at]
        if type(item) is not str:
            self.at += 1
            return item
        start = self.letter
        if whole or start + 1 >= len(item):
            self.at += 1
            self.letter = 0
            return item[start:]
        self.letter = start + 1
        return item[start]


def _one(part: Conversion, data: _Stream) -> str:
    width, precision, flags = part.width, part.precision, part.flags
    if width == STAR:
        width = _star(data)
        if width < 0:
            width, flags = -width, flags + "-"
    if precision == STAR:
        given = _star(data) if data.left() else 0
        precision = given if given >= 0 else None  # a negative one counts as none
    _check_width(width, precision)
    if not data.left():
        return ""
    ready = part._replace(width=width, precision=precision, flags=flags)
    value = data.take(part.letter == "s")
    if value is None:
        return _empty(ready)
    return format_item(ready, value)


def _star(data: _Stream) -> int:
    value = data.take(False)
    if type(value) is str:
        return ord(value) if value else 0
    return 0 if value is None or not math.isfinite(value) else int(value)


def _check_width(width: int | None, precision: int | None) -> None:
    if (width or 0) > _WIDEST or (precision or 0) > _WIDEST:
        raise ScriptError(
            "MATLAB:printf:fieldTooWide",
            f"The width or precision of a conversion must not exceed {_WIDEST}.",
            notes=(f"got {max(width or 0, precision or 0)}",),
        )


def _empty(part: Conversion) -> str:
    """A conversion whose argument is empty: nothing, or blanks for text."""
    if part.letter == "s" and isinstance(part.width, int):
        return " " * min(part.width, _WIDEST)
    return ""


def _by_position(form: Template, items: list) -> str:
    """`%2$s %1$s`: each conversion names its item."""
    out = []
    for part in form.parts:
        if isinstance(part, str):
            out.append(part)
            continue
        at = (part.position or 1) - 1
        if at >= len(items):
            break
        out.append(_one(part, _Stream(items[at : at + 1])))
    return "".join(out)


def format_item(part: Conversion, value: Any) -> str:
    """One item by one conversion whose width and precision are numbers."""
    letter = part.letter
    if type(value) is str:
        if letter in "sc":
            return _padded(value if part.precision is None or letter == "c" else value[: part.precision], part)
        if not value:
            return ""
        value = ord(value)
    if type(value) is not int and not math.isfinite(value):
        return _padded(_special(value, part.flags), part)
    whole = type(value) is int or type(value) is bool or value == int(value)
    if letter in "sc":
        if whole and 0 <= value <= 0x10FFFF:
            return _padded(chr(int(value)), part)
        letter = "e"
    elif letter in "diu":
        if part.size in ("b", "t"):
            return _bits(part, float(value))
        if whole:
            return _whole_number(part, int(value))
        letter = "e"
    elif letter in "oxX":
        if part.size in ("b", "t"):
            return _bits(part, float(value))
        if whole and value >= 0:
            return _based(part, int(value))
        letter = "e"
    elif letter in "aA":
        return _hexadecimal_float(part, float(value))
    flags = "".join(flag for flag in "-+ 0#" if flag in part.flags)
    return f"%{flags}{_digits(part.width)}{_dotted(part.precision)}{letter}" % float(value)


def _padded(text: str, part: Conversion) -> str:
    width = part.width or 0
    return text.ljust(width) if "-" in part.flags else text.rjust(width)


def _special(value: float, flags: str) -> str:
    """NaN, Inf or -Inf, with the sign that the flags ask for."""
    if value < 0:
        return "-Inf"
    word = "NaN" if value != value else "Inf"
    return "+" + word if "+" in flags else " " + word if " " in flags else word


def _whole_number(part: Conversion, value: int) -> str:
    flags = part.flags.replace("#", "")
    if part.precision is not None:
        flags = flags.replace("0", "")
    return f"%{flags}{_digits(part.width)}{_dotted(part.precision)}d" % value


def _based(part: Conversion, value: int) -> str:
    digits = f"{value:{part.letter}}".rjust(part.precision or 0, "0")
    if "#" in part.flags and value:
        digits = ("0" if part.letter == "o" else "0" + part.letter) + digits
    if "0" in part.flags and "-" not in part.flags and part.precision is None:
        return digits.rjust(part.width or 0, "0")
    return _padded(digits, part)


def _bits(part: Conversion, value: float) -> str:
    """%bx, %bo, %bu and %tx, %to, %tu: the bits of a double or a single as a whole number."""
    double = part.size != "t"
    bits = int((np.float64(value) if double else np.float32(value)).view(np.uint64 if double else np.uint32))
    digits = f"{bits:{'d' if part.letter in 'diu' else part.letter}}"
    return _padded(digits.rjust(16 if double else 8, "0") if part.letter in "xX" else digits, part)


def _hexadecimal_float(part: Conversion, value: float) -> str:
    """C's %a: as many digits as the value needs, or `precision` of them."""
    mantissa, power = math.frexp(abs(value))
    if mantissa:
        mantissa, power = mantissa * 2, power - 1
    fraction = int((mantissa - int(mantissa)) * 2**52)
    if part.precision is None:
        digits = f"{fraction:013x}".rstrip("0")
    else:
        kept = min(part.precision, 13)
        scaled = round((int(mantissa) * 2**52 + fraction) / 16 ** (13 - kept))
        mantissa, digits = scaled >> 4 * kept, f"{scaled & (1 << 4 * kept) - 1:0{kept}x}" if kept else ""
        digits = digits.ljust(part.precision, "0")
    sign = "-" if math.copysign(1, value) < 0 else "+" if "+" in part.flags else " " if " " in part.flags else ""
    text = f"{sign}0x{int(mantissa)}{'.' + digits if digits or '#' in part.flags else ''}p{power:+d}"
    return _padded(text.upper() if part.letter == "A" else text, part)
