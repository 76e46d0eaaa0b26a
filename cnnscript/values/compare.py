"""Comparison and logic: < <= > >= == ~= & | ~, and what `if`, `while`, && and || make of a value."""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical, compare_categories
from cnnscript.values.numeric import (
    DOUBLE,
    LOGICAL,
    OBJECT,
    SINGLE,
    class_of,
    is_cell,
    ndarray,
    norm,
    numel_of,
    size_of,
    size_text,
)
from cnnscript.values.objects import Object
from cnnscript.values.operands import aligned, by_object, not_computed, number_of, small, unsupported
from cnnscript.values.text import CharArray, String, codes_of, compare_strings, strings_of

_UFUNCS = {
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
}
_ON_WHOLE = {name: getattr(operator, name) for name in _UFUNCS}


def lt(a, b):
    """a < b"""
    if type(a) is float is type(b):
        return a < b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a < b
    return _compare("lt", np.less, a, b)


def le(a, b):
    """a <= b"""
    if type(a) is float is type(b):
        return a <= b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a <= b
    return _compare("le", np.less_equal, a, b)


def gt(a, b):
    """a > b"""
    if type(a) is float is type(b):
        return a > b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a > b
    return _compare("gt", np.greater, a, b)


def ge(a, b):
    """a >= b"""
    if type(a) is float is type(b):
        return a >= b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a >= b
    return _compare("ge", np.greater_equal, a, b)


def eq(a, b):
    """a == b"""
    if type(a) is float is type(b):
        return a == b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a == b
    return _compare("eq", np.equal, a, b)


def ne(a, b):
    """a ~= b"""
    if type(a) is float is type(b):
        return a != b
    if type(a) is ndarray and type(b) is float and a.dtype is DOUBLE:
        return a != b
    return _compare("ne", np.not_equal, a, b)


def _compare(name: str, ufunc: Callable, a, b):
    kind_a, kind_b = type(a), type(b)
    if kind_a is ndarray is kind_b and a.dtype is DOUBLE and b.dtype is DOUBLE and (a.shape == b.shape or small(a, b)):
        try:
            result = ufunc(a, b)
        except (ValueError, MemoryError) as error:
            raise not_computed(error, a, b) from None
        return result if result.flags.f_contiguous else np.asfortranarray(result)
    if kind_a is float and kind_b is ndarray and b.dtype is DOUBLE:
        return ufunc(a, b)
    if kind_a is str is kind_b:
        if len(a) == 1 == len(b):
            return _ON_WHOLE[name](a, b)
        class_a = class_b = "char"
        number_a, number_b = codes_of(a), codes_of(b)
    else:
        class_a, number_a = number_of(a)
        class_b, number_b = number_of(b)
    if class_a is None or class_b is None:
        return _compare_others(name, a, b)
    number_a, number_b = aligned(number_a, number_b)
    if name not in ("eq", "ne"):  # an order of complex numbers is that of their real parts
        number_a, number_b = _real(number_a), _real(number_b)
    try:
        if class_a == class_b or not (class_a.endswith("64") or class_b.endswith("64")):
            result = ufunc(_as_numpy(number_a, number_b), _as_numpy(number_b, number_a))
        else:
            result = _compare_long(name, ufunc, number_a, number_b)
    except (ValueError, MemoryError) as error:
        raise not_computed(error, a, b) from None
    return _logical(result)


def _logical(result):
    if type(result) is ndarray:
        return norm(result if result.flags.f_contiguous else np.asfortranarray(result))
    return bool(result)


def _real(number):
    return number.real if isinstance(number, complex | np.complexfloating | ndarray) else number


def _as_numpy(number, other):
    """A Python scalar as a NumPy one: NumPy would round it to the class of the other operand before comparing.  Beside
    singles it is a single where that is exact, which spares widening them all."""
    if type(number) is complex:
        return np.complex128(number)
    if type(number) is not float:
        return number
    if type(other) is ndarray and other.dtype == SINGLE and float(np.float32(number)) == number:
        return np.float32(number)
    return np.float64(number)


def _compare_long(name: str, ufunc: Callable, a, b):
    """int64 or uint64 with another class, exactly: as doubles where those differ, and where they agree and may have
    been rounded, as whole numbers."""
    a, b = np.broadcast_arrays(a, b)
    if a.dtype.kind in "iu" and b.dtype.kind in "iu":
        return ufunc(a, b)
    first, second = a.astype(np.float64), b.astype(np.float64)
    result = np.array(ufunc(first, second))
    doubtful = (first == second) & (np.abs(first) >= 2.0**53)
    if doubtful.any():
        whole = _ON_WHOLE[name]
        result[doubtful] = [
            whole(int(x), int(y)) for x, y in zip(a[doubtful].tolist(), b[doubtful].tolist(), strict=True)
        ]
    return result if result.ndim else result[()]


def _compare_others(name: str, a, b):
    """Where an operand is no number: categories, strings, objects."""
    if type(a) is Categorical or type(b) is Categorical:
        result = compare_categories(name, a, b)
        if result is not NotImplemented:
            return result
    elif type(a) is String or type(b) is String:
        other = b if type(a) is String else a
        if type(other) in (String, str, CharArray) or is_cell(other):
            return compare_strings(name, a, b)
        if (a if type(a) is String else b).untyped and number_of(other)[0] is not None:
            return compare_strings(name, *(String(strings_of(value)) for value in (a, b)))
        if number_of(other)[0] is not None:
            raise ScriptError(
                "MATLAB:UndefinedFunction",
                f"Comparison between {class_of(a)} and {class_of(b)} is not supported.",
                hint="str2double(text) is its number, string(x) the text of a number",
            )
    result = by_object(name, a, b)
    if result is NotImplemented:
        raise unsupported(name, a, b)
    return result


# -------------------------------------------------------------------------------------------------------- logic
def and_(a, b):
    """a & b"""
    if type(a) is bool is type(b):
        return a and b
    if type(a) is ndarray is type(b) and a.dtype is LOGICAL is b.dtype and a.shape == b.shape:
        return a & b
    return _logic("and", np.logical_and, a, b)


def or_(a, b):
    """a | b"""
    if type(a) is bool is type(b):
        return a or b
    if type(a) is ndarray is type(b) and a.dtype is LOGICAL is b.dtype and a.shape == b.shape:
        return a | b
    return _logic("or", np.logical_or, a, b)


def not_(a):
    """~a"""
    if type(a) is bool:
        return not a
    if type(a) is ndarray and a.dtype is LOGICAL:
        return ~a
    number = logical_of(a)
    if number is None:
        result = by_object("not", a)
        if result is NotImplemented:
            raise unsupported("not", a)
        return result
    return _logical(np.logical_not(number))


def _logic(name: str, ufunc: Callable, a, b):
    first, second = logical_of(a), logical_of(b)
    if first is None or second is None:
        result = by_object(name, a, b)
        if result is NotImplemented and name == "or" and type(a) is String is type(b):
            from cnnscript.values.text_pattern import pattern_of

            return pattern_of(a).operator("or", (a, b))
        if result is NotImplemented:
            raise unsupported(name, a, b)
        return result
    first, second = aligned(first, second)
    try:
        return _logical(ufunc(first, second))
    except (ValueError, MemoryError) as error:
        raise not_computed(error, a, b) from None


def logical_of(value):
    """A numeric, logical or char value as Booleans (an array or a `bool`); None for any other.

    Raises ScriptError for NaN and for complex numbers.
    """
    if type(value) is bool or type(value) is ndarray and value.dtype == LOGICAL:
        return value
    class_name, number = number_of(value)
    if class_name is None:
        return None
    array = np.asarray(number)
    if array.dtype.kind == "c":
        raise ScriptError("MATLAB:nologicalcomplex", "Complex values cannot be converted to logicals.")
    if array.dtype.kind == "f" and np.isnan(array).any():
        raise ScriptError(
            "MATLAB:nologicalnan", "NaN values cannot be converted to logicals.", hint="test with isnan(...)"
        )
    result = array != 0
    return result if result.ndim else bool(result)


def truth(value) -> bool:
    """What `if` and `while` make of a value: true when it is not empty and has no zero."""
    kind = type(value)
    if kind is bool:
        return value
    if kind is float:
        if value == value:
            return value != 0.0
        logical_of(value)
    if kind is ndarray and (value.dtype is LOGICAL or value.dtype is DOUBLE):
        if not value.size or not value.all():
            return False
        if value.dtype is LOGICAL or not np.isnan(value).any():
            return True
    booleans = logical_of(value) if kind is not ndarray or value.dtype != OBJECT else None
    if booleans is None and isinstance(value, Object) and (numbers := value.subscript()) is not None:
        return truth(numbers)
    if booleans is None:
        if getattr(value, "is_sparse", False):
            return value.truth()
        raise ScriptError(
            "MATLAB:invalidConversion",
            f"Conversion to logical from {class_of(value)} is not possible.",
            hint="compare strings with == or strcmp" if kind is String else None,
        )
    return booleans if type(booleans) is bool else booleans.size > 0 and bool(booleans.all())


def short_circuit(value) -> bool:
    """What && and || make of one operand, which must be a scalar."""
    if type(value) is bool:
        return value
    booleans = logical_of(value)
    if booleans is None and isinstance(value, Object) and (numbers := value.subscript()) is not None:
        return short_circuit(numbers)
    if type(booleans) is not bool:
        raise ScriptError(
            "MATLAB:nonLogicalConditional",
            "Operands to the logical AND (&&) and OR (||) operators must be convertible to logical scalar values. "
            "Use the ANY or ALL functions to reduce operands to logical scalar values.",
            notes=(f"this operand is {size_text(size_of(value))} {class_of(value)}",),
            hint="~isempty(...) makes one logical of an empty value" if not numel_of(value) else None,
        )
    return booleans
