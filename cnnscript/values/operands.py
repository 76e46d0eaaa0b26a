"""What an operator sees of its operands: their class and numbers, the class of the result, the errors they share."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.memory import ALWAYS_FITS, out_of_memory, require_memory
from cnnscript.values.numeric import (
    CLASS_OF_DTYPE,
    COMPLEX,
    COMPLEX_SINGLE,
    DOUBLE,
    INTEGER_CLASSES,
    LOGICAL,
    OBJECT,
    SINGLE,
    class_of,
    ndarray,
    norm,
    size_of,
    size_text,
)
from cnnscript.values.text import CharArray, codes_of

SYMBOLS = {
    "plus": "+",
    "minus": "-",
    "times": ".*",
    "mtimes": "*",
    "rdivide": "./",
    "mrdivide": "/",
    "ldivide": ".\\",
    "mldivide": "\\",
    "power": ".^",
    "mpower": "^",
    "uminus": "-",
    "uplus": "+",
    "not": "~",
    "transpose": ".'",
    "ctranspose": "'",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "ne": "~=",
    "and": "&",
    "or": "|",
    "colon": ":",
}


_CLASS_OF_SCALAR = {dtype.type: name for dtype, name in CLASS_OF_DTYPE.items() if dtype != OBJECT}


def number_of(value):
    """(class name, number or array that NumPy computes with) of a numeric, logical or char value; (None, None) for
    any other.  Logical and char come as doubles."""
    kind = type(value)
    if kind is float or kind is complex:
        return "double", value
    if kind is ndarray:
        dtype = value.dtype
        if dtype == LOGICAL:
            return "logical", value.astype(DOUBLE)
        if dtype == OBJECT:
            return None, None
        return CLASS_OF_DTYPE[dtype], value
    if kind is bool:
        return "logical", float(value)
    if kind is str:
        return "char", float(ord(value)) if len(value) == 1 else codes_of(value).astype(DOUBLE)
    if kind is CharArray:
        return "char", value.codes.astype(DOUBLE)
    name = _CLASS_OF_SCALAR.get(kind)
    return (None, None) if name is None else (name, value)


def result_class(first: str, first_number, second: str, second_number) -> str:
    """The class of an arithmetic result: an integer class wins over scalars of double, single over double."""
    if first in INTEGER_CLASSES or second in INTEGER_CLASSES:
        if first == second:
            return first
        if first in INTEGER_CLASSES:
            if second not in INTEGER_CLASSES and second != "single" and _is_scalar(second_number):
                return first
        elif first != "single" and _is_scalar(first_number):
            return second
        raise ScriptError(
            "MATLAB:mixedClasses",
            "Integers can only be combined with integers of the same class, or scalar doubles.",
            notes=(f"left is {_described(first, first_number)}", f"right is {_described(second, second_number)}"),
            hint="convert one of them: double(...) or " + (first if first in INTEGER_CLASSES else second) + "(...)",
        )
    return "single" if first == "single" or second == "single" else "double"


def _is_scalar(number) -> bool:
    return type(number) is not ndarray or number.size == 1


def _described(class_name: str, number) -> str:
    shape = number.shape if type(number) is ndarray else (1, 1)
    return f"{size_text(shape)} {class_name}"


def as_single(number):
    """Doubles as singles (complex too), scalars as NumPy scalars."""
    if type(number) is ndarray:
        if number.dtype == DOUBLE:
            return number.astype(SINGLE)
        return number.astype(COMPLEX_SINGLE) if number.dtype == COMPLEX else number
    if type(number) is float:
        return np.float32(number)
    return np.complex64(number) if type(number) is complex else number


def aligned(first, second):
    """Two operands with equally many dimensions, so that NumPy expands them from the first dimension on, as MATLAB
    does, and not from the last.  Raises MATLAB's error when what they expand to is more than the memory there is."""
    if type(first) is ndarray and type(second) is ndarray and first.shape != second.shape:
        more = first.ndim - second.ndim
        if more > 0:
            second = second.reshape(second.shape + (1,) * more, order="F")
        elif more:
            first = first.reshape(first.shape + (1,) * -more, order="F")
        require_memory(_expanded(first.shape, second.shape), 8)
    return first, second


def small(first: ndarray, second: ndarray) -> bool:
    """Is it sure, without a look at the sizes, that two arrays of equally many dimensions expand to what fits?"""
    return first.ndim == second.ndim and first.size * second.size < ALWAYS_FITS


def _expanded(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """The size of an elementwise result, from two sizes of equally many dimensions that fit."""
    return tuple(n if m == 1 else m for m, n in zip(first, second, strict=True))


def narrowed(result):
    """A complex result as real when its imaginary part is zero everywhere; column-major; scalars as script values."""
    if type(result) is ndarray:
        if result.dtype.kind == "c" and not result.imag.any():
            result = result.real
        return norm(result if result.flags.f_contiguous else np.asfortranarray(result))
    if isinstance(result, complex | np.complexfloating):
        if result.imag == 0:
            result = result.real
        if type(result) is np.complex64 or type(result) is np.float32:
            return result
        return complex(result) if isinstance(result, complex) else float(result)
    return norm(result)


# ---------------------------------------------------------------------------------------------------------- errors
def not_computed(error: Exception, left, right) -> ScriptError:
    """The ScriptError for NumPy's ValueError (sizes that do not fit) or MemoryError in an elementwise operator."""
    return out_of_memory() if isinstance(error, MemoryError) else size_mismatch(left, right)


def size_mismatch(left, right) -> ScriptError:
    return ScriptError(
        "MATLAB:sizeDimensionsMustMatch",
        "Arrays have incompatible sizes for this operation.",
        notes=(f"left is {size_text(size_of(left))}", f"right is {size_text(size_of(right))}"),
        hint="needs equal sizes, or 1 where they differ",
    )


def unsupported(name: str, *operands) -> ScriptError:
    """The error of an operator (by its function name) that has no meaning for one of `operands`."""
    strangers = [value for value in operands if number_of(value)[0] is None]
    culprit = next((value for value in strangers if not getattr(value, "is_sparse", False)), operands[0])
    kind = class_of(culprit)
    hint = None
    if kind == "cell":
        hint = "c{k} is the content of a cell, c(k) a smaller cell; cellfun works on each"
    elif kind == "function_handle":
        hint = "call the function first: f(...)"
    elif kind == "struct":
        hint = "name the field: s.field"
    symbol = SYMBOLS[name]
    sentence = f"Operator '{symbol}' is not supported for operands of type '{kind}'."
    if len(operands) == 1 and symbol in "+-~":
        sentence = f"Unary operator '{symbol}' is not supported for operand of type '{kind}'."
    return ScriptError("MATLAB:UndefinedFunction", sentence, hint=hint)


def by_object(name: str, *operands):
    """What an object among the operands makes of an operator; NotImplemented when none takes it."""
    for value in operands:
        operator = getattr(value, "operator", None)
        if operator is not None:
            result = operator(name, operands)
            if result is not NotImplemented:
                return result
    return NotImplemented
