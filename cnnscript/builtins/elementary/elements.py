"""What element-wise functions share: the classes they take, the class of two operands, leaving the real numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.arrays.dimensions import unsupported
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    COMPLEX,
    COMPLEX_SINGLE,
    DOUBLE,
    SINGLE,
    as_array,
    class_of,
    ndarray,
    norm,
    size_of,
    size_text,
)
from cnnscript.values.text import is_char


def floats_of(value, name: str):
    """A number or array of float class (complex too) for a function of floats: logical and char become double,
    integers and other classes are MATLAB's error."""
    kind = type(value)
    if kind is float or kind is complex:
        return value
    if kind is bool:
        return float(value)
    if kind is ndarray:
        letter = value.dtype.kind
        if letter == "f" or letter == "c":
            return value
        if letter == "b":
            return value.astype(DOUBLE)
    elif isinstance(value, np.inexact):
        return value
    elif is_char(value):
        return as_array(value)
    raise unsupported(value, name)


def numbers_of(value, name: str):
    """A number or array of any numeric class: logical and char become double, other classes are MATLAB's error."""
    if type(value) is ndarray and value.dtype.kind in "iu" or isinstance(value, np.integer):
        return value
    return floats_of(value, name)


def real_numbers_of(value, name: str):
    """As `numbers_of`, for functions that are not defined for complex numbers."""
    value = numbers_of(value, name)
    if is_complex(value):
        raise ScriptError(
            f"MATLAB:{name}:inputsMustBeReal", "Arguments must be real.", notes=(f"{name} got a complex number",)
        )
    return value


def is_complex(value) -> bool:
    kind = type(value)
    if kind is ndarray:
        return value.dtype.kind == "c"
    return kind is complex or isinstance(value, np.complexfloating)


def complex_of(value):
    """A float number or array as complex of the same precision."""
    if type(value) is float:
        return complex(value)
    if is_complex(value):
        return value
    return value.astype(COMPLEX_SINGLE if value.dtype == SINGLE else COMPLEX)


def narrowed(value):
    """A complex result without imaginary parts as a real one (through `norm`)."""
    kind = type(value)
    if kind is ndarray:
        if value.dtype.kind == "c" and not value.imag.any():
            value = value.real.copy(order="F")
        return norm(value)
    value = norm(value)
    if (type(value) is complex or isinstance(value, np.complexfloating)) and value.imag == 0:
        return norm(value.real)
    return value


def mapped(function: Callable, value, name: str):
    """A NumPy function of floats over a value."""
    value = floats_of(value, name)
    result = function(value)
    if is_complex(value):
        return narrowed(result)
    return norm(result)


def mapped_beyond(function: Callable, value, name: str, outside: Callable, entry: Callable = complex_of):
    """As `mapped`, for functions that leave the real numbers where `outside(value)` holds: there `entry` makes the
    argument complex first."""
    value = floats_of(value, name)
    if is_complex(value):
        return narrowed(function(value))
    if np.any(outside(value)):
        return narrowed(function(entry(value)))
    return norm(function(value))


# ------------------------------------------------------------------------------------------------ two operands
def incompatible(first, second) -> ScriptError:
    return ScriptError(
        "MATLAB:sizeDimensionsMustMatch",
        "Arrays have incompatible sizes for this operation.",
        notes=(f"the first is {size_text(size_of(first))}", f"the second is {size_text(size_of(second))}"),
        hint="needs equal sizes, or 1 where they differ",
    )


def aligned(first: ndarray, second: ndarray) -> tuple[ndarray, ndarray]:
    """Two arrays with as many dimensions each, or MATLAB's error when their sizes do not fit."""
    ndim = max(first.ndim, second.ndim)
    if first.ndim < ndim:
        first = first.reshape(first.shape + (1,) * (ndim - first.ndim), order="F")
    if second.ndim < ndim:
        second = second.reshape(second.shape + (1,) * (ndim - second.ndim), order="F")
    for one, other in zip(first.shape, second.shape, strict=True):
        if one != other and one != 1 and other != 1:
            raise incompatible(first, second)
    return first, second


def aligned_together(*arrays: ndarray) -> list[ndarray]:
    """Any number of arrays that fit each other, with as many dimensions each, or MATLAB's error."""
    ndim = max(array.ndim for array in arrays)
    widened = [array.reshape(array.shape + (1,) * (ndim - array.ndim), order="F") for array in arrays]
    largest = widened[0]
    for array in widened[1:]:
        aligned(largest, array)
        if array.size > largest.size:
            largest = array
    return widened


def real_floats_of(value, name: str):
    """As `floats_of`, for functions that are not defined for complex numbers."""
    value = floats_of(value, name)
    if is_complex(value):
        raise ScriptError(
            f"MATLAB:{name}:inputsMustBeReal", "Arguments must be real.", notes=(f"{name} got a complex number",)
        )
    return value


def operands(first, second, name: str, floats: bool = False, arrays: bool = False) -> tuple[ndarray, ndarray, np.dtype]:
    """Two arguments as arrays of equal dimensions in a class in which they can be compared or computed, and the
    class of the result.

    Integers go with their own class and with double (and logical, char) scalars; single beats double.  With `floats`
    integers are refused, with `arrays` they go with whole arrays of double too.
    """
    convert = floats_of if floats else numbers_of
    a, b = as_array(convert(first, name)), as_array(convert(second, name))
    one, other = a.dtype, b.dtype
    if one.kind in "iu" or other.kind in "iu":
        if one == other:
            result = one
        else:
            result, partner, partner_array = (one, other, b) if one.kind in "iu" else (other, one, a)
            if partner != DOUBLE or partner_array.size != 1 and not arrays:
                raise ScriptError(
                    "MATLAB:" + name + ":mixedClasses",
                    "Integers can only be combined with integers of the same class, or scalar doubles.",
                    notes=(f"{name} got {class_of(first)} and {class_of(second)}",),
                )
    elif one == other:
        result = one
    else:
        single = SINGLE in (one, other) or COMPLEX_SINGLE in (one, other)
        imaginary = one.kind == "c" or other.kind == "c"
        result = ((DOUBLE, SINGLE), (COMPLEX, COMPLEX_SINGLE))[imaginary][single]
        a, b = a.astype(result, copy=False), b.astype(result, copy=False)
    a, b = aligned(a, b)
    return a, b, result


def rows_together(values: ndarray):
    """A result in column-major order through the gate."""
    return norm(np.asfortranarray(values))
