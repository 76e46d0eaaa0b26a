"""Arguments of the image functions: one script value in, one Python value out, or an error that names the argument."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import TABLE
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.colour import parse_colour
from cnnscript.values.numeric import as_array, class_of, is_cell, size_of, size_text
from cnnscript.values.text import text_or_none, texts_or_none


def refusal(function: str, argument: str, wanted: str, value: Any) -> ScriptError:
    """The error of an argument that is something else than `wanted`."""
    return ScriptError(
        f"MATLAB:{function}:invalidType",
        f"Expected {argument} to be {wanted}.",
        notes=(f"got a {size_text(size_of(value))} {class_of(value)}",),
    )


def pixels(value: Any, function: str, argument: str = "the image") -> np.ndarray:
    """A real numeric or logical array."""
    array = value if type(value) is np.ndarray else as_array(value) if not hasattr(value, "class_name") else None
    if array is None or isinstance(value, str) or array.dtype.kind not in "fiub":
        raise refusal(function, argument, "a real numeric or logical array", value)
    return array


def numeric(
    value: Any, function: str, argument: str, place: int, types: tuple[str, ...] = ("numeric", "logical")
) -> np.ndarray:
    """A real numeric or logical array, or the error of MATLAB's validateattributes for input number `place`."""
    array = value if type(value) is np.ndarray else as_array(value) if not hasattr(value, "class_name") else None
    wrong = array is None or isinstance(value, str) or array.dtype.kind not in "fiubc"
    if wrong or (types[0] != "numeric" and class_of(value) not in types):
        raise ScriptError(
            f"MATLAB:{function}:invalidType",
            f"Expected input number {place}, {argument}, to be one of these types:\n\n{', '.join(types)}\n\n"
            f"Instead its type was {class_of(value)}.",
        )
    if array.dtype.kind == "c":
        raise ScriptError(
            f"MATLAB:{function}:expectedReal", f"Expected input number {place}, {argument}, to be real."
        )
    return array


def numbers(value: Any, function: str, argument: str, count: int | tuple[int, ...] | None = None) -> list[float]:
    """Real numbers, `count` of them (or one of several counts)."""
    array = pixels(value, function, argument).ravel(order="F").astype(float)
    wanted = (count,) if isinstance(count, int) else count
    if wanted is not None and array.size not in wanted:
        words = " or ".join(str(n) for n in wanted)
        raise refusal(function, argument, f"{words} number{'s' if words != '1' else ''}", value)
    return array.tolist()


def number(value: Any, function: str, argument: str) -> float:
    return numbers(value, function, argument, 1)[0]


def count(value: Any, function: str, argument: str) -> int:
    """A whole number, 0 or more."""
    found = number(value, function, argument)
    if not 0 <= found < float("inf") or found != int(found):
        raise refusal(function, argument, "a nonnegative integer", value)
    return int(found)


def counts(value: Any, function: str, argument: str, how_many: int | tuple[int, ...]) -> list[int]:
    """Whole numbers, 0 or more."""
    found = numbers(value, function, argument, how_many)
    if not all(0 <= number < float("inf") and number == int(number) for number in found):
        raise refusal(function, argument, "nonnegative integers", value)
    return [int(number) for number in found]


def flag(value: Any, function: str, argument: str) -> bool:
    """true or false, 1 or 0, 'on' or 'off'."""
    word = text_or_none(value)
    if word is not None and word.lower() in ("on", "off", "true", "false"):
        return word.lower() in ("on", "true")
    found = number(value, function, argument) if word is None else None
    if found not in (0, 1):
        raise refusal(function, argument, "true or false", value)
    return bool(found)


def word(value: Any, function: str, argument: str) -> str:
    found = text_or_none(value)
    if found is None:
        raise refusal(function, argument, "a string scalar or character vector", value)
    return found


def choice(value: Any, options: tuple[str, ...], function: str, argument: str) -> str:
    """One of `options`, in any case; a beginning that fits only one is enough."""
    given = word(value, function, argument)
    found = given.lower()
    exact = [option for option in options if option.lower() == found]
    fits = exact or [option for option in options if found and option.lower().startswith(found)]
    if len(fits) != 1:
        raise ScriptError(
            f"MATLAB:{function}:unrecognizedStringChoice",
            f"Expected {argument} to match one of these values:\n\n" + ", ".join(f"'{option}'" for option in options)
            + f"\n\nThe input, '{given}', did not match any of the valid values.",
        )  # fmt: skip
    return fits[0]


def colour_map(value: Any, function: str) -> np.ndarray:
    """n×3 numbers from 0 to 1."""
    array = pixels(value, function, "the colormap")
    if array.ndim != 2 or array.shape[1] != 3 or array.dtype.kind != "f" or not ((array >= 0) & (array <= 1)).all():
        raise ScriptError(
            "MATLAB:images:validate_map:badMapMatrix"
            if array.ndim != 2 or array.shape[1] != 3
            else "MATLAB:images:validate_map:badMapValues",
            "A colormap is an M-by-3 matrix of values between 0 and 1.",
            notes=(f"got a {size_text(array.shape)} {class_of(value)}",),
        )
    return np.asarray(array, float)


def colour(value: Any) -> tuple[float, float, float]:
    found = text_or_none(value)
    return parse_colour(found if found is not None else as_array(value))


def no_options(values: list[Any], function: str) -> None:
    """Refuse what is left of a call's arguments: a text among them is an option that the function does not have."""
    for value in values:
        if text_or_none(value) is not None:
            TABLE[function].option(value)
    if values:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=TABLE[function].usage())


def file_names(value: Any) -> list[str] | None:
    """A list of file names (a cell of texts, or a string array of any size); None for anything else."""
    names = texts_or_none(value)
    return names if names and (is_cell(value) or text_or_none(value) is None) else None
