"""The operators of the language, by MATLAB's function names, on values of any kind.

Each operator tries, in this order: two double scalars; double arrays and scalars, straight to NumPy; everything
else (classes mixed, integers, complex, text, objects).  Comparison and logic live in `compare`, matrix algebra in
`matrices`; all names are here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import copysign, isnan, nan
from sys import getrefcount

import numpy as np

from cnnscript.values import integer, sharing
from cnnscript.values.arithmetic import divide, multiply, raise_to
from cnnscript.values.compare import and_, eq, ge, gt, le, lt, ne, not_, or_, short_circuit, truth
from cnnscript.values.matrices import matrix_divide, matrix_multiply, matrix_power
from cnnscript.values.memory import ALWAYS_FITS, out_of_memory, require_memory
from cnnscript.values.numeric import DOUBLE, INTEGER_CLASSES, is_cell, ndarray, norm
from cnnscript.values.operands import (
    aligned,
    as_single,
    by_object,
    narrowed,
    not_computed,
    number_of,
    result_class,
    small,
    unsupported,
)
from cnnscript.values.text import CharArray, String, append_strings
from cnnscript.values.transposed import ctranspose, transpose

__all__ = [
    "and_",
    "ctranspose",
    "eq",
    "ge",
    "gt",
    "ldivide",
    "le",
    "lt",
    "minus",
    "mldivide",
    "mpower",
    "mrdivide",
    "mtimes",
    "ne",
    "not_",
    "or_",
    "plus",
    "power",
    "rdivide",
    "short_circuit",
    "times",
    "transpose",
    "ctranspose",
    "truth",
    "uminus",
    "uplus",
]


LARGE = 1 << 15  # elements: the result of an operation on more goes where an operand is that nobody else holds


def is_own(array: ndarray) -> bool:
    """Is this array's memory its own, to write to, in the order of ours?"""
    return array.base is None and array.flags.writeable and array.flags.f_contiguous


# ------------------------------------------------------------------------------------------------ + - .*
def plus(a, b):
    """a + b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a + b
    if kind_a is ndarray and a.dtype is DOUBLE:
        if kind_b is float:
            if a.size > LARGE and getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                return np.add(a, b, out=a)
            return a + b
        if kind_b is ndarray and b.dtype is DOUBLE and (a.shape == b.shape or small(a, b)):
            if a.size > LARGE and a.shape == b.shape:
                if getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                    return np.add(a, b, out=a)
                if getrefcount(b) <= sharing.TEMPORARY and is_own(b):
                    return np.add(a, b, out=b)
            try:
                result = a + b
            except (ValueError, MemoryError) as error:
                raise not_computed(error, a, b) from None
            return result if result.flags.f_contiguous else np.asfortranarray(result)
    elif kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        if b.size > LARGE and getrefcount(b) <= sharing.TEMPORARY and is_own(b):
            return np.add(a, b, out=b)
        return a + b
    return _arithmetic("plus", np.add, a, b)


def minus(a, b):
    """a - b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a - b
    if kind_a is ndarray and a.dtype is DOUBLE:
        if kind_b is float:
            if a.size > LARGE and getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                return np.subtract(a, b, out=a)
            return a - b
        if kind_b is ndarray and b.dtype is DOUBLE and (a.shape == b.shape or small(a, b)):
            if a.size > LARGE and a.shape == b.shape:
                if getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                    return np.subtract(a, b, out=a)
                if getrefcount(b) <= sharing.TEMPORARY and is_own(b):
                    return np.subtract(a, b, out=b)
            try:
                result = a - b
            except (ValueError, MemoryError) as error:
                raise not_computed(error, a, b) from None
            return result if result.flags.f_contiguous else np.asfortranarray(result)
    elif kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        if b.size > LARGE and getrefcount(b) <= sharing.TEMPORARY and is_own(b):
            return np.subtract(a, b, out=b)
        return a - b
    return _arithmetic("minus", np.subtract, a, b)


def times(a, b):
    """a .* b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a * b
    if kind_a is ndarray and a.dtype is DOUBLE:
        if kind_b is float:
            if a.size > LARGE and getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                return np.multiply(a, b, out=a)
            return a * b
        if kind_b is ndarray and b.dtype is DOUBLE and (a.shape == b.shape or small(a, b)):
            if a.size > LARGE and a.shape == b.shape:
                if getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                    return np.multiply(a, b, out=a)
                if getrefcount(b) <= sharing.TEMPORARY and is_own(b):
                    return np.multiply(a, b, out=b)
            try:
                result = a * b
            except (ValueError, MemoryError) as error:
                raise not_computed(error, a, b) from None
            return result if result.flags.f_contiguous else np.asfortranarray(result)
    elif kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        if b.size > LARGE and getrefcount(b) <= sharing.TEMPORARY and is_own(b):
            return np.multiply(a, b, out=b)
        return a * b
    return _arithmetic("times", multiply, a, b)


# ------------------------------------------------------------------------------------------------ ./ .\ .^
def rdivide(a, b):
    """a ./ b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a / b if b else _over_zero(a, b)
    if kind_a is ndarray and a.dtype is DOUBLE:
        if kind_b is float:
            return np.true_divide(a, b)
        if kind_b is ndarray and b.dtype is DOUBLE and (a.shape == b.shape or small(a, b)):
            try:
                result = a / b
            except (ValueError, MemoryError) as error:
                raise not_computed(error, a, b) from None
            return result if result.flags.f_contiguous else np.asfortranarray(result)
    elif kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        return a / b
    return _arithmetic("rdivide", divide, a, b)


def ldivide(a, b):
    """a .\\ b"""
    if hasattr(a, "operator") or hasattr(b, "operator"):
        result = by_object("ldivide", a, b)
        if result is not NotImplemented:
            return result
    return rdivide(b, a)


def power(a, b):
    """a .^ b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return _scalar_power(a, b)
    if kind_a is ndarray and kind_b is float:
        if a.dtype is DOUBLE and b == b // 1:
            return np.square(a) if b == 2.0 else a**b
    elif kind_a is float and kind_b is ndarray and a >= 0 and b.dtype is DOUBLE:
        return a**b
    return _arithmetic("power", raise_to, a, b)


def _over_zero(a: float, zero: float) -> float:
    if a == 0 or isnan(a):
        return nan
    return copysign(1.0, a) * copysign(1.0, zero) * float("inf")


def _scalar_power(a: float, b: float):
    try:
        result = a**b
    except (OverflowError, ZeroDivisionError):
        return float(np.power(np.float64(a), np.float64(b)))
    if type(result) is complex and result.imag == 0:
        return result.real
    return result


# ------------------------------------------------------------------------------------------------ * / \ ^
def mtimes(a, b):
    """a * b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a * b
    if kind_a is ndarray and a.dtype is DOUBLE:
        if kind_b is float:
            if a.size > LARGE and getrefcount(a) <= sharing.TEMPORARY and is_own(a):
                return np.multiply(a, b, out=a)
            return a * b
        if kind_b is ndarray and b.dtype is DOUBLE and a.ndim == 2 == b.ndim and a.shape[1] == b.shape[0]:
            if a.size * b.size > ALWAYS_FITS:
                require_memory((a.shape[0], b.shape[1]), 8)
            try:
                product = b.T.dot(a.T).T  # BLAS fills rows: the transposed product is column-major
            except MemoryError:
                raise out_of_memory() from None
            return product if product.size != 1 else product.item()
    elif kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        if b.size > LARGE and getrefcount(b) <= sharing.TEMPORARY and is_own(b):
            return np.multiply(a, b, out=b)
        return a * b
    return _matrix_operator("mtimes", a, b)


def mrdivide(a, b):
    """a / b"""
    kind_a, kind_b = type(a), type(b)
    if kind_a is float is kind_b:
        return a / b if b else _over_zero(a, b)
    if kind_b is float and kind_a is ndarray and a.dtype is DOUBLE:
        return np.true_divide(a, b)
    return _matrix_operator("mrdivide", a, b)


def mldivide(a, b):
    """a \\ b"""
    if type(a) is float is type(b):
        return b / a if a else _over_zero(b, a)
    return _matrix_operator("mldivide", a, b)


def mpower(a, b):
    """a ^ b"""
    if type(a) is float is type(b):
        return _scalar_power(a, b)
    return _matrix_operator("mpower", a, b)


_ELEMENTWISE: dict[str, Callable] = {"mtimes": times, "mrdivide": rdivide, "mldivide": ldivide, "mpower": power}
_ON_MATRICES: dict[str, Callable] = {
    "mtimes": matrix_multiply,
    "mrdivide": partial(matrix_divide, "mrdivide"),
    "mldivide": partial(matrix_divide, "mldivide"),
    "mpower": matrix_power,
}


def _matrix_operator(name: str, a, b):
    class_a, number_a = number_of(a)
    class_b, number_b = number_of(b)
    if class_a is None or class_b is None:
        result = by_object(name, a, b)
        if result is NotImplemented:
            raise unsupported(name, a, b)
        return result
    array_a, array_b = type(number_a) is ndarray, type(number_b) is ndarray
    if (
        not (array_a or array_b)
        or name == "mtimes"
        and not (array_a and array_b)
        or name == "mrdivide"
        and not array_b
        or name == "mldivide"
        and not array_a
    ):
        return _ELEMENTWISE[name](a, b)
    if class_a == "single" or class_b == "single":
        number_a, number_b = as_single(number_a), as_single(number_b)
    return _ON_MATRICES[name](number_a, number_b, class_a in INTEGER_CLASSES or class_b in INTEGER_CLASSES)


# ------------------------------------------------------------------------------------------------ one operand
def uminus(a):
    """-a"""
    kind = type(a)
    if kind is float:
        return -a
    if kind is ndarray and a.dtype is DOUBLE:
        return -a
    class_name, number = number_of(a)
    if class_name is None:
        return _unary_object("uminus", a)
    if class_name in INTEGER_CLASSES:
        return norm(integer.arithmetic("minus", class_name, number.dtype.type(0), number))
    return narrowed(-number)


def uplus(a):
    """+a: the number itself; logical and char become double."""
    if type(a) is float:
        return a
    class_name, number = number_of(a)
    if class_name is None:
        return _unary_object("uplus", a)
    return number if type(a) is ndarray and a.dtype == DOUBLE else norm(number)


def _unary_object(name: str, a):
    result = by_object(name, a)
    if result is NotImplemented:
        raise unsupported(name, a)
    return result


# ------------------------------------------------------------------------------------------------ every class
_REAL_SCALARS = frozenset((float, bool))
_ON_FLOATS = {"plus": plus, "minus": minus, "times": times, "rdivide": rdivide, "power": power}


def _arithmetic(name: str, operate: Callable, a, b):
    """An elementwise operator on values of any kind."""
    if type(a) in _REAL_SCALARS and type(b) in _REAL_SCALARS:
        return _ON_FLOATS[name](float(a), float(b))
    class_a, number_a = number_of(a)
    class_b, number_b = number_of(b)
    if class_a is None or class_b is None:
        return _without_numbers(name, a, b)
    class_name = result_class(class_a, number_a, class_b, number_b)
    number_a, number_b = aligned(number_a, number_b)
    try:
        if class_name in INTEGER_CLASSES:
            result = integer.arithmetic(name, class_name, number_a, number_b)
            if result.ndim == 0:
                return result[()]
            return norm(result if result.flags.f_contiguous else np.asfortranarray(result))
        if class_name == "single":
            number_a, number_b = as_single(number_a), as_single(number_b)
        return narrowed(operate(number_a, number_b))
    except (ValueError, MemoryError) as error:
        raise not_computed(error, a, b) from None


def _without_numbers(name: str, a, b):
    """plus of strings, and what objects make of an operator."""
    if name == "plus" and (type(a) is String or type(b) is String):
        other = b if type(a) is String else a
        if type(other) in (String, str, CharArray) or is_cell(other) or number_of(other)[0] is not None:
            return append_strings(a, b)
    result = by_object(name, a, b)
    if result is NotImplemented:
        raise unsupported(name, a, b)
    return result
