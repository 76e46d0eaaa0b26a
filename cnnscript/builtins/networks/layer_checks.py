"""What layers accept: one script value in, one Python value of a description out.

Each check refuses with the sentence of validateattributes ('Expected input to be positive.'), as MATLAB's layers do
when a property is set; `as_argument` puts in front what their constructors say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.convert import to_class
from cnnscript.values.functions import Function
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, as_array, class_of, is_numeric, size_of, size_text
from cnnscript.values.text import text_or_none

NAME_BYTES = 112  # what a name in a cell takes
NUMERIC_INITIALIZERS = ("glorot", "he", "orthogonal", "narrow-normal", "zeros", "ones")
Check = Callable[[Any], Any]


def refused(what: str, identifier: str, value: Any) -> ScriptError:
    """'Expected input to be WHAT.'"""
    return ScriptError(f"MATLAB:{identifier}", f"Expected input to be {what}.", notes=(f"got {take.described(value)}",))


def as_argument(name: str, check: Check, value: Any) -> Any:
    """The value of an argument of a constructor, checked."""
    try:
        return check(value)
    except ScriptError as fault:
        said = fault.message
        said = "Expected input to be" + said.removeprefix("input must be") if said.startswith("input must be") else said
        message = f"The value of '{name}' is invalid. {said}"
        raise ScriptError(
            "MATLAB:InputParser:ArgumentFailedValidation", message, notes=fault.notes, hint=fault.hint
        ) from None


# -------------------------------------------------------------------------------------------------------------- numbers
def numbers(value: Any) -> np.ndarray:
    """Real finite numbers as doubles, two or more dimensions."""
    if not is_numeric(value) and class_of(value) != "logical":
        raise ScriptError(
            "MATLAB:invalidType",
            "Expected input to be one of these types:\n\nsingle, double, int8, int16, int32, int64, uint8, uint16, "
            f"uint32, uint64\n\nInstead its type was {class_of(value)}.",
        )
    found = as_array(to_class(value, "double"))
    if found.dtype.kind == "c":
        raise refused("real", "expectedReal", value)
    if not np.isfinite(found).all():
        raise refused("finite", "expectedFinite", value)
    return found


def scalar(value: Any) -> float:
    found = numbers(value)
    if found.size != 1:
        raise refused("a scalar", "expectedScalar", value)
    return float(found.item())


def nonnegative(value: Any) -> float:
    """A factor of a learn rate or of regularisation; the scale of a leaky ReLU."""
    found = scalar(value)
    if found < 0:
        raise refused("nonnegative", "expectedNonnegative", value)
    return found


def factors(count: int) -> Check:
    """A nonnegative factor, or a vector with one for each of `count` gates."""

    def check(value: Any) -> float | tuple[float, ...]:
        found = numbers(value)
        if found.size == 1:
            return nonnegative(value)
        if found.size != count or found.ndim > 2 or min(found.shape) > 1:
            raise refused(f"a scalar or a vector with {count} elements", "incorrectNumel", value)
        if (found < 0).any():
            raise refused("nonnegative", "expectedNonnegative", value)
        return tuple(found.ravel().tolist())

    return check


def positive(value: Any) -> float:
    found = scalar(value)
    if found <= 0:
        raise refused("positive", "expectedPositive", value)
    return found


def count(value: Any) -> int:
    """A positive integer scalar."""
    found = positive(value)
    if found != int(found):
        raise refused("integer-valued", "expectedInteger", value)
    return int(found)


def several(value: Any) -> int:
    """A number of inputs: an integer of at least 2."""
    found = count(value)
    if found < 2:
        raise refused("a scalar with value >= 2", "notGreaterEqual", value)
    return ports(value)


def ports(value: Any) -> int:
    """A number of inputs or outputs, each of which gets a name: a positive integer that memory has room for."""
    found = count(value)
    require_memory((1, found), NAME_BYTES)
    return found


def fraction(value: Any) -> float:
    """A probability of dropping: from 0, below 1."""
    found = nonnegative(value)
    if found >= 1:
        raise refused("a scalar with value < 1", "notLess", value)
    return found


def between(value: Any) -> float:
    """A rate from 0 to 1."""
    found = nonnegative(value)
    if found > 1:
        raise refused("a scalar with value <= 1", "notLessEqual", value)
    return found


def _whole(value: Any, low: int) -> np.ndarray:
    found = numbers(value)
    if (found != np.trunc(found)).any():
        raise refused("integer-valued", "expectedInteger", value)
    if (found < low).any():
        what, identifier = ("positive", "expectedPositive") if low else ("nonnegative", "expectedNonnegative")
        raise refused(what, identifier, value)
    return found


def pair(value: Any) -> tuple[int, int]:
    """A size of a window or a step: a positive integer for both, or [height width]."""
    found = _whole(value, 1)
    if found.size == 1:
        return int(found.item()), int(found.item())
    if found.size == 2 and found.shape == (1, 2):
        return int(found[0, 0]), int(found[0, 1])
    raise refused("a positive integer or a row vector of two positive integers", "expectedVector", value)


def auto_or_count(value: Any) -> int | str:
    word = text_or_none(value)
    if word is not None and word.lower() == "auto":
        return "auto"
    return count(value)


def padding(value: Any) -> tuple[int, int, int, int] | str:
    """'same'; a number for all edges; [height width]; [top bottom left right]; [top left; bottom right]."""
    word = text_or_none(value)
    if word is not None:
        return one_of("same")(value)
    found = _whole(value, 0)
    if found.size == 1:
        return (int(found.item()),) * 4
    if found.shape == (1, 2):
        height, width = (int(n) for n in found[0])
        return height, height, width, width
    if found.shape == (1, 4):
        top, bottom, left, right = (int(n) for n in found[0])
        return top, bottom, left, right
    if found.shape == (2, 2):
        (top, left), (bottom, right) = found.astype(int).tolist()
        return top, bottom, left, right
    raise refused(
        "'same', a nonnegative integer, or a vector of two or four nonnegative integers", "expectedVector", value
    )


def ends(value: Any) -> tuple[int, int] | str:
    """Padding of one dimension: 'same', a number for both ends, or [left right]."""
    word = text_or_none(value)
    if word is not None:
        return one_of("same")(value)
    found = _whole(value, 0)
    if found.size == 1:
        return (int(found.item()),) * 2
    if found.shape in ((1, 2), (2, 1)):
        left, right = (int(n) for n in found.ravel())
        return left, right
    raise refused("'same', a nonnegative integer, or a vector of two nonnegative integers", "expectedVector", value)


def image_size(value: Any) -> tuple[int, int, int]:
    """[height width channels], or [height width] of grayscale images."""
    found = _whole(value, 1)
    if found.shape[0] != 1 or found.ndim != 2 or found.size not in (2, 3):
        raise refused("a row vector of two or three positive integers", "expectedVector", value)
    height, width, *channels = (int(n) for n in found[0])
    return height, width, channels[0] if channels else 1


def statistic(value: Any) -> Any:
    """Mean, StandardDeviation, Min or Max of an input layer: none ([]), one number, one a channel, or an image."""
    found = numbers(value)
    if not found.size:
        return None
    if found.size == 1:
        return float(found.item())
    if found.ndim > 3:
        raise refused("an array of at most three dimensions", "expectedArray", value)
    whole = found.reshape(*found.shape, 1) if found.ndim == 2 else found
    if whole.shape[:2] == (1, 1):
        return tuple(whole.ravel().tolist())
    return _nested(whole.tolist())


def _nested(values: Any) -> Any:
    return tuple(_nested(value) for value in values) if isinstance(values, list) else values


# ---------------------------------------------------------------------------------------------------------------- words
def one_of(*words: str) -> Check:
    """One of some words, in any letter case, prefixes allowed."""

    def check(value: Any) -> str:
        word = text_or_none(value)
        listed = ", ".join(f"'{each}'" for each in words)
        if word is None:
            raise refused(f"one of these values:\n\n{listed}\n\nInstead its type was {class_of(value)}",
                          "invalidType", value)  # fmt: skip
        folded = word.lower()
        found = [each for each in words if each.lower() == folded]
        found = found or [each for each in words if folded and each.lower().startswith(folded)]
        if len(found) != 1:
            raise ScriptError(
                "MATLAB:unrecognizedStringChoice",
                f"Expected input to match one of these values:\n\n{listed}\n\nThe input, '{word}', did not match any "
                "of the valid values.",
            )
        return found[0]

    return check


def name(value: Any) -> str:
    """The name of a layer."""
    word = text_or_none(value)
    if word is None:
        raise ScriptError(
            "MATLAB:invalidType",
            f"Expected input to be one of these types:\n\nchar, string\n\nInstead its type was {class_of(value)}.",
        )
    return word


def initializer(*words: str) -> Check:
    """One of the initialisers by name, or a function of the size of what it makes."""

    def check(value: Any) -> Any:
        return value if type(value) is Function else one_of(*words)(value)

    return check


def initializer_of(parameter: str, default: str) -> Check:
    """What a property such as WeightsInitializer accepts."""
    if parameter == "Bias" and default == "unit-forget-gate":
        return initializer("unit-forget-gate", "narrow-normal", "ones", "zeros")
    if parameter in ("Bias", "Offset", "Scale", "Alpha"):
        return initializer("zeros", "ones", "narrow-normal")
    return initializer(*NUMERIC_INITIALIZERS)


def parameter(shape: tuple[int | None, ...]) -> Check:
    """An array of a parameter's size (None: any length); [] for none."""

    def check(value: Any) -> np.ndarray | None:
        found = as_array(value) if is_numeric(value) else None
        if found is None or found.dtype == OBJECT:
            raise ScriptError(
                "MATLAB:invalidType",
                f"Expected input to be one of these types:\n\nsingle, double\n\nInstead its type was "
                f"{class_of(value)}.",
            )
        if not found.size:
            return None
        got = found.shape + (1,) * (len(shape) - found.ndim)
        if len(got) != len(shape) or any(want not in (None, have) for want, have in zip(shape, got, strict=True)):
            wanted = "x".join("NaN" if length is None else str(length) for length in _shown(shape))
            raise ScriptError(
                "MATLAB:incorrectSize",
                f"Expected input to be of size {wanted}, but it is of size {size_text(size_of(value))}.",
            )
        return found.reshape(got)

    return check


def _shown(shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """A size as MATLAB writes it: no 1 at the end beyond the second dimension."""
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shape


def zero_or_mean(value: Any) -> float | str:
    """What padding counts as in a mean: 0, or nothing at all."""
    if text_or_none(value) is not None:
        return one_of("mean")(value)
    if scalar(value) != 0:
        raise refused("0 or 'mean'", "expectedZero", value)
    return 0.0


def flag(value: Any) -> bool:
    """true or false, as a logical or as 0 or 1."""
    if type(value) is bool:
        return value
    found = scalar(value)
    if found not in (0, 1):
        raise refused("true or false", "expectedLogicalScalar", value)
    return bool(found)
