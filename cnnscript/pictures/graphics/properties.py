"""Properties of graphics objects: what each kind of property takes, and what many objects share."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images.colour import parse_colour

Check = Callable[[Any], Any]

BLACK, WHITE, DARK = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.15, 0.15, 0.15)
DEFAULT_FIGURE = (680.0, 458.0, 560.0, 420.0)
DEFAULT_AXES = (0.13, 0.11, 0.775, 0.815)
LINE_STYLES = ("-", "--", ":", "-.", "none")
MARKERS = (
    "+", "o", "*", ".", "x", "square", "diamond", "v", "^", ">", "<", "pentagram", "hexagram", "|", "_", "none", "s",
    "d", "p", "h",
)  # fmt: skip
SHORT_MARKERS = {"s": "square", "d": "diamond", "p": "pentagram", "h": "hexagram"}
UNITS = ("normalized", "pixels", "inches", "centimeters", "points", "characters")
INTERPRETERS = ("tex", "latex", "none")


class Property(NamedTuple):
    """A property: its value when nobody has set it, and how a value that is set is checked and kept.

    manual: the property that turns to 'manual' when this one is set, such as XLimMode for XLim.
    raw: the value is the script's, kept as it is (callbacks, UserData).
    hidden: it is there, but get and properties do not list it (older names).
    part: the name of the class of a lesser object that belongs to this one and is made when first asked for.
    """

    default: Any = None
    check: Check | None = None  # None: read-only
    manual: str | None = None
    raw: bool = False
    hidden: bool = False
    part: str = ""


class Unfit(ValueError):
    """A value that a property does not take, with MATLAB's identifier for why."""

    def __init__(self, identifier: str, sentence: str):
        super().__init__(sentence)
        self.identifier = identifier


# --------------------------------------------------------------------------------------------------- what values may be
def anything(value: Any) -> Any:
    return value


def on_off(value: Any) -> bool:
    """'on' or 'off' in any case, or true or false."""
    if isinstance(value, str) and value.strip().lower() in ("on", "off"):
        return value.strip().lower() == "on"
    if isinstance(value, (bool, int, float, np.generic)):
        return bool(value)
    word = "UnknownOnOffBooleanValue" if isinstance(value, str) else "IncorrectValue"
    raise Unfit(f"MATLAB:datatypes:onoffboolean:{word}", "Invalid enum value. Use one of these values: 'on' | 'off'.")


on_off.words = ("on", "off")


def number(value: Any) -> float:
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "fiub":
        raise ValueError("Value must be a scalar of numeric type.")
    return float(array.ravel()[0])


def positive(value: Any) -> float:
    result = number(value)
    if not result > 0:
        raise ValueError("Value must be a positive number.")
    return result


def vector(length: int) -> Check:
    """`length` numbers, kept as a flat array of doubles."""

    def check(value: Any) -> np.ndarray:
        array = np.asarray(value)
        if array.size != length or array.dtype.kind not in "fiub":
            raise ValueError(f"Value must be a {length} element vector of numeric type.")
        return array.ravel().astype(float)

    return check


def limits(value: Any) -> np.ndarray:
    """Two numbers, the second larger."""
    array = np.asarray(value)
    if array.size != 2 or array.dtype.kind not in "fiub" or not array.ravel()[0] < array.ravel()[1]:
        raise Unfit(
            "MATLAB:hg:shaped_arrays:LimitsWithInfsPredicate",
            "Value must be a 1x2 vector of numeric type in which the second element is larger than the first "
            "and may be Inf",
        )
    return array.ravel().astype(float)


def increasing(value: Any) -> np.ndarray:
    """Numbers each larger than the one before; may be empty."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or (np.diff(array.ravel().astype(float)) <= 0).any():
        raise Unfit("MATLAB:hg:shaped_arrays:TickPredicate", "Value must be a vector of increasing values.")
    return array.ravel().astype(float)


def array(value: Any) -> np.ndarray:
    result = np.asarray(value)
    if result.dtype.kind not in "fiub":
        raise ValueError("Value must be numeric or logical.")
    return result


def text(value: Any) -> str | list[str]:
    """A line of text, or a list of lines."""
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value)):
        return value
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        return f"{value:.5g}"
    raise ValueError("Value must be text.")


def word(value: Any) -> str:
    """One line of text."""
    if isinstance(value, str):
        return value
    raise ValueError("Value must be a character vector or a string scalar.")


def places(value: Any) -> np.ndarray:
    """Numbers of elements, from 1."""
    numbers = np.asarray(array(value), float)
    if not ((numbers >= 1) & (numbers == np.floor(numbers)) & np.isfinite(numbers)).all():
        raise ValueError("Value must be a vector of positive integers.")
    return numbers


def curvature(value: Any) -> np.ndarray:
    """How round a rectangle is, along and up, from 0 to 1; one number for both."""
    numbers = np.asarray(array(value), float).ravel()
    if numbers.size not in (1, 2) or not ((numbers >= 0) & (numbers <= 1)).all():
        raise ValueError("Value must be one or two numbers between 0 and 1.")
    return numbers if numbers.size == 2 else np.repeat(numbers, 2)


def texts(value: Any) -> list[str]:
    """A list of texts; one text alone is a list of one, or of its parts between |."""
    if isinstance(value, str):
        return value.split("|") if "|" in value else [value] if value else []
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return value
    numbers = np.asarray(value)
    if numbers.dtype.kind in "fiub":
        return [f"{each:.5g}" for each in numbers.ravel()]
    raise Unfit(
        "MATLAB:hg:datatypes:NumericOrStringDataType:ArrayClass",
        "Value must be a character vector, categorical array, string array, numeric array, or cell array of character "
        "vectors.",
    )


def choice(*words: str) -> Check:
    """One of `words`, in any case, or a beginning that fits one of them."""

    listed = " | ".join(f"'{word}'" for word in words if word not in SHORT_MARKERS)

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit(
                "MATLAB:datatypes:InvalidEnumValueFor", f"Invalid enum value. Use one of these values: {listed}."
            )
        low = value.strip().lower()
        for word in words:
            if word.lower() == low:
                return SHORT_MARKERS.get(word, word)
        fits = [word for word in words if low and word.lower().startswith(low)]
        if len(fits) == 1:
            return fits[0]
        if not value:
            raise Unfit("MATLAB:datatypes:InvalidValue", f"Value cannot be empty. Use one of these values: {listed}.")
        raise Unfit(
            "MATLAB:datatypes:InvalidEnumValue", f"'{value}' is not a valid value. Use one of these values: {listed}."
        )

    check.words = tuple(word for word in words if word not in SHORT_MARKERS)
    return check


def colour(*words: str) -> Check:
    """A colour, or one of `words` such as 'none'."""
    named = "'red', 'green', 'blue', 'cyan', 'magenta', 'yellow', 'black', "
    named += "'white', and 'none'" if "none" in words else "and 'white'"
    kind = "RGBAColor" if "none" in words else "RGBColor"

    def check(value: Any) -> Any:
        if isinstance(value, str) and value.lower() in words:
            return value.lower()
        with contextlib.suppress(ScriptError):  # what is no colour is told in the words of a property
            return parse_colour(value)
        if isinstance(value, str):
            raise Unfit(
                f"MATLAB:datatypes:{kind}:ParseError",
                f"Invalid color name or hexadecimal color code. Valid names include: {named}. Valid hexadecimal color "
                "codes consist of '#' followed by three or six hexadecimal digits.",
            )
        raise Unfit(
            "MATLAB:hg:ColorBase:BadColorValue",
            "Invalid RGB triplet. Specify a three-element vector of values between 0 and 1.",
        )

    return check


def callback(value: Any) -> Any:
    """What runs when something happens: text, a function handle, or a cell array that begins with either; [] is ''.

    It is the script's own value.
    """
    if isinstance(value, np.ndarray) and value.dtype != object and value.size == 0:
        return ""
    if isinstance(value, (bool, int, float, complex, np.generic)) or (
        isinstance(value, np.ndarray) and value.dtype != object
    ):
        raise Unfit(
            "MATLAB:datatypes:callback:InvalidCallback",
            "Callback value must be a character vector, a function handle, or a cell array containing character "
            "vector or function handle.",
        )
    return value


def fraction(value: Any) -> float:
    """A number from 0 to 1."""
    result = number(value)
    if not 0 <= result <= 1:
        raise ValueError("Value must be between 0 and 1.")
    return result


def box(value: Any) -> np.ndarray:
    """Left, bottom, width and height, of which no one is below 0."""
    result = vector(4)(value)
    if not (result[2:] >= 0).all():
        raise Unfit(
            "MATLAB:hg:set_chck:DimensionsOutsideRange", "Width and height must be greater than or equal to 0"
        )
    return result


def or_empty(check: Check) -> Check:
    """Nothing ([] or ''), kept as None, or what `check` takes."""

    def either(value: Any) -> Any:
        if (
            value is None
            or (isinstance(value, (str, list)) and not len(value))
            or (isinstance(value, np.ndarray) and value.size == 0)
        ):
            return None
        return check(value)

    return either


def floats(*numbers: float) -> np.ndarray:
    return np.array(numbers, float)


def colour_map(value: Any) -> np.ndarray:
    """n×3 numbers from 0 to 1."""
    made = np.asarray(value, float) if not isinstance(value, str) else None
    if made is None or made.ndim != 2 or made.shape[1] != 3 or not ((made >= 0) & (made <= 1)).all():
        raise ValueError("Value must be a M-by-3 matrix of values between 0 and 1.")
    return made


CALLBACK = Property("", callback, raw=True)
MODE = Property("auto", choice("auto", "manual"))
FONT = {
    "FontSize": Property(10.0, positive),
    "FontName": Property("Helvetica", word),
    "FontWeight": Property("normal", choice("normal", "bold")),
    "FontAngle": Property("normal", choice("normal", "italic")),
}


def part(value: Any) -> float:
    """A number from 0 to 1."""
    result = number(value)
    if not 0 <= result <= 1:
        raise ValueError("Value must be a number from 0 to 1.")
    return result


def alpha(*words: str) -> Check:
    """How opaque: a number from 0 to 1, also written as text, or one of `words`."""
    named = choice(*words) if words else None

    def check(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                if named:
                    return named(value)
        return part(value)

    return check


# What faces that lights shine on have.
LIT = {
    "EdgeLighting": Property("none", choice("none", "flat", "gouraud")),
    "BackFaceLighting": Property("reverselit", choice("reverselit", "unlit", "lit")),
    "AmbientStrength": Property(0.3, part),
    "DiffuseStrength": Property(0.6, part),
    "SpecularStrength": Property(0.9, part),
    "SpecularExponent": Property(10.0, positive),
    "SpecularColorReflectance": Property(1.0, part),
}
