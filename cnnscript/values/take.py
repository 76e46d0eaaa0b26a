"""Getters for the arguments of built-ins: one script value in, one Python value out, or a ScriptError that names it.

sizes = take.size(value, "Size")          'Size must be ...' when it is none
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from math import inf

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.convert import to_class
from cnnscript.values.functions import Function
from cnnscript.values.numeric import (
    DOUBLE,
    OBJECT,
    as_array,
    class_of,
    is_numeric,
    ndarray,
    numel_of,
    size_of,
    size_text,
)
from cnnscript.values.objects import Object
from cnnscript.values.operands import number_of
from cnnscript.values.text import number_text, text_or_none, texts_or_none


def wanted(
    what: str, name: str, value, identifier: str = "MATLAB:validators:type", hint: str | None = None
) -> ScriptError:
    """The error 'NAME must be WHAT.' with what was got."""
    return ScriptError(identifier, f"{name} must be {what}.", notes=(f"got {described(value)}",), hint=hint)


def unfit_inputs(function: str, *notes: str, hint: str | None = None) -> ScriptError:
    """MATLAB's error where no function of the name takes what it got."""
    return ScriptError(
        "MATLAB:UndefinedFunction",
        f"Incorrect number or types of inputs or outputs for function {function}.",
        notes=notes,
        hint=hint,
    )


def require_count(inputs: Sequence, least: int, most: int) -> None:
    """Refuses fewer or more inputs, as MATLAB does where a function counts them itself."""
    if len(inputs) < least:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if len(inputs) > most:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")


def described(value) -> str:
    """A value in a few words: '1x3 double', 'char 'conv1'', '0x0 cell', 'double -1.5'."""
    if value is None:  # what a function without outputs gives
        return "no value"
    kind = class_of(value)
    text = text_or_none(value)
    if text is not None and kind in ("char", "string") and len(text) <= 40:
        quote = '"' if kind == "string" else "'"
        return f"{kind} {quote}{text}{quote}"
    if numel_of(value) == 1 and is_numeric(value) and not getattr(value, "is_sparse", False):
        return f"{kind} {number_text(value.item() if type(value) is ndarray else value)}"
    return f"{size_text(size_of(value))} {kind}"


# -------------------------------------------------------------------------------------------------------- text
def text(value, name: str = "Value") -> str:
    """A char row or a string scalar."""
    found = text_or_none(value)
    if found is None:
        raise wanted(
            "a string scalar or character vector",
            name,
            value,
            "MATLAB:string:MustBeStringScalarOrCharacterVector",
        )
    return found


def texts(value, name: str = "Value") -> list[str]:
    """Texts of a char array (one a row), a string array or a cell of texts, column-major."""
    found = texts_or_none(value)
    if found is None:
        raise wanted(
            "a string array, character vector, or cell array of character vectors",
            name,
            value,
            "MATLAB:string:MustBeCharCellArrayOrString",
        )
    return found


def choice(value, options: Iterable[str], name: str = "Value") -> str:
    """One of `options`: any letter case, unambiguous prefixes; given back as `options` spells it.

    Where the shortest of those that begin so is the beginning of all of them, it is meant, as validatestring has it.
    """
    options = list(options)
    word = text(value, name).lower()
    exact = [option for option in options if option.lower() == word]
    near = exact or [option for option in options if word and option.lower().startswith(word)]
    shortest = min(near, key=len, default="")
    if near and all(option.lower().startswith(shortest.lower()) for option in near):
        return shortest
    listed = ", ".join(f"'{option}'" for option in options)
    if near:
        raise ScriptError(
            "MATLAB:ambiguousStringChoice",
            f"Expected {name} to match one of these values:\n\n{listed}\n\nThe input, '{text(value)}', matched more "
            "than one valid value.",
            notes=("it could be " + ", ".join(f"'{option}'" for option in near),),
        )
    raise ScriptError(
        "MATLAB:unrecognizedStringChoice",
        f"Expected {name} to match one of these values:\n\n{listed}\n\nThe input, '{text(value)}', did not match any "
        "of the valid values.",
        hint=nearest(word, options),
    )


def nearest(word: str, options: Iterable[str]) -> str | None:
    """ "did you mean ...?" for a misspelt word, or None.

    What a name is stands at its end: an InitialLearnRate is a learn rate, which a LearnRateDecay is not, though its
    letters are nearer to LearningRate. So a name that ends in words like those of the word goes before, but not before
    one that has the same letters but for a few.
    """
    import difflib

    folded = {option.lower(): option for option in options}
    near = difflib.get_close_matches(word.lower(), folded, 1, 0.6)
    if near and difflib.SequenceMatcher(None, word.lower(), near[0]).ratio() >= 0.85:
        return f"did you mean '{folded[near[0]]}'?"
    parts = _words(word)
    ending = [name for name in folded.values() if len(parts) > 1 and _alike(_words(name)[-len(parts) :], parts)]
    found = min(ending, key=len) if ending else folded[near[0]] if near else None
    return None if found is None else f"did you mean '{found}'?"


def _words(name: str) -> list[str]:
    """MiniBatchSize as mini, batch, size."""
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def _alike(some: list[str], others: list[str]) -> bool:
    """Is each word the other or a form of it, as learning is of learn?"""
    return len(some) == len(others) and all(
        one.startswith(other) or other.startswith(one) for one, other in zip(some, others, strict=True)
    )


# ----------------------------------------------------------------------------------------------------- numbers
def number(value, name: str = "Value") -> float:
    """A real scalar of any numeric class, or a logical, as a float."""
    if type(value) is float:
        return value
    class_name, found = number_of(value)
    if class_name in (None, "char") or type(found) is ndarray:
        raise wanted("a numeric scalar", name, value, "MATLAB:expectedScalar")
    if isinstance(found, complex | np.complexfloating):
        raise wanted("a real number", name, value, "MATLAB:expectedReal")
    return float(found)


def integer(value, name: str = "Value", low: float = -inf, high: float = inf) -> int:
    """A whole number from `low` to `high`."""
    found = number(value, name)
    if not np.isfinite(found) or found != int(found):
        raise wanted("an integer", name, value, "MATLAB:expectedInteger")
    if not low <= found <= high:
        raise wanted(_span(low, high), name, value, "MATLAB:notInRange")
    return int(value) if isinstance(value, np.integer) else int(found)


def _span(low: float, high: float) -> str:
    if high == inf:
        return "a positive integer" if low == 1 else "a nonnegative integer" if low == 0 else f"{low:g} or more"
    if low == -inf:
        return f"{high:g} or less"
    return f"an integer from {low:g} to {high:g}"


def count(value, name: str = "Value") -> int:
    """A whole number, 0 or more."""
    return integer(value, name, 0)


def positive(value, name: str = "Value") -> int:
    """A whole number, 1 or more."""
    return integer(value, name, 1)


def dimension(value, name: str = "Dimension argument") -> int:
    """A dimension, from 1."""
    found = number(value, name)
    if not np.isfinite(found) or found != int(found) or found < 1:
        raise ScriptError(
            "MATLAB:getdimarg:dimensionMustBePositiveInteger",
            f"{name} must be a positive integer scalar within indexing range.",
            notes=(f"got {described(value)}",),
        )
    return int(found)


def real(value, name: str = "Value") -> ndarray:
    """A real numeric, logical or char array as doubles (two or more dimensions)."""
    found = array(value, name)
    if found.dtype.kind == "c":
        raise wanted("real", name, value, "MATLAB:expectedReal")
    return found


def array(value, name: str = "Value") -> ndarray:
    """A numeric or logical array (char: its codes) as doubles, complex kept, two or more dimensions."""
    if type(value) is ndarray and value.dtype == DOUBLE:
        return value
    if number_of(value)[0] is None:
        raise wanted("numeric or logical", name, value, "MATLAB:expectedNumeric")
    return as_array(to_class(value, "double"))


def numeric(value, name: str = "Value") -> ndarray:
    """A numeric or logical array in its own class, two or more dimensions."""
    if not is_numeric(value) and class_of(value) != "logical":
        raise wanted("numeric or logical", name, value, "MATLAB:expectedNumeric")
    return as_array(value)


def vector(value, name: str = "Value") -> ndarray:
    """A real vector (or scalar, or empty) as a one-dimensional array of doubles."""
    found = real(value, name)
    if found.ndim > 2 or min(found.shape) > 1:
        raise wanted("a vector", name, value, "MATLAB:expectedVector")
    return found.ravel()


def size(value, name: str = "Size") -> tuple[int, ...]:
    """A row of whole numbers, 0 or more, at least two."""
    found = vector(value, name)
    if found.size < 2:
        raise wanted("a row vector of two or more integers", name, value, "MATLAB:getReshapeDims:sizeVector")
    if not np.isfinite(found).all() or (found != np.trunc(found)).any() or (found < 0).any():
        raise wanted("a row vector of nonnegative integers", name, value, "MATLAB:expectedNonnegative")
    return tuple(int(length) for length in found.tolist())


def flag(value, name: str = "Value") -> bool:
    """true, false, a number, or the texts 'on', 'off', 'true', 'false'."""
    if type(value) is bool:
        return value
    word = text_or_none(value)
    if word is not None and word.lower() in _FLAGS:
        return _FLAGS[word.lower()]
    if word is None:
        class_name, found = number_of(value)
        if class_name is not None and type(found) is not ndarray and found == found:
            return bool(found)
    raise wanted("true or false ('on' or 'off')", name, value, "MATLAB:expectedLogicalScalar")


_FLAGS = {"on": True, "off": False, "true": True, "false": False, "yes": True, "no": False}


# -------------------------------------------------------------------------------------------------- containers
def cell(value, name: str = "Value") -> ndarray:
    """A cell array."""
    if type(value) is ndarray and value.dtype == OBJECT:
        return value
    raise wanted("a cell array", name, value, "MATLAB:expectedCell")


def function(value, name: str = "Value", named: Callable[[str], Function] | None = None) -> Function:
    """A function handle; with `named` (which finds a function by name) also the name of one."""
    if type(value) is Function:
        return value
    if isinstance(value, Object) and (standing := value.as_function()) is not None:
        return standing
    word = text_or_none(value)
    if word is not None and named is not None:
        return named(word)
    raise wanted("a function handle", name, value, "MATLAB:expectedFunctionHandle")
