"""Ranges `a:step:b`, and what a `for` loop runs over.

The elements follow MathWorks' published account of the colon operator: the count is found with a tolerance of two
units in the last place, the first half counts up from the start, the second half down from the end, so that the
range is symmetric about its middle and ends at `b` when it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, copysign, floor, inf, isfinite, isnan

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import (
    COLON,
    DOUBLE,
    INTEGER_CLASSES,
    LOGICAL,
    OBJECT,
    class_of,
    ndarray,
    norm,
)
from cnnscript.values.operands import by_object, number_of
from cnnscript.values.structs import Struct, StructArray, struct_array
from cnnscript.values.text import CharArray, String, chars

LONGEST = 2**48 - 1  # elements, MATLAB's limit
LAZY_BLOCK = 1 << 16  # elements of a long loop that are made at a time


def colon(a, step, b):
    """a:step:b as a row (step None: 1)."""
    if type(a) is float is type(b) and (step is None or type(step) is float):
        if (step is None or step == 1.0) and a == a // 1 and a < b < a + LAZY_BLOCK:
            row = np.arange(a, b // 1 + 1.0)
            return row.reshape(1, row.size) if row.size > 1 else a
        return norm(_row(a, 1.0 if step is None else step, b))
    return _colon_of_classes(a, 1.0 if step is None else step, b)


def frange(a, step, b) -> Iterable:
    """The elements of a:step:b one after the other, without making the array."""
    if type(a) is float is type(b) and type(step) is float and isfinite(a) and isfinite(b) and isfinite(step):
        first, stride = int(a), int(step)
        if first == a and stride == step and stride:
            return map(float, range(first, floor(b) + 1 if stride > 0 else ceil(b) - 1, stride))
        count = _count(a, step, b)
        if count <= LAZY_BLOCK:
            return _row(a, step, b).ravel().tolist()
        return _in_blocks(a, step, b, count)
    return columns(colon(a, step, b))


def _count(start: float, step: float, stop: float, epsilon: float = 2.0**-52) -> int:
    """How many elements start:step:stop has (all finite)."""
    if step == 0 or (stop - start) * copysign(1.0, step) < 0:
        return 0
    if start == floor(start) and step == floor(step):
        quotient = floor(start / step)
        rest = start - quotient * step
        intervals = floor((stop - rest) / step) - quotient
    else:
        exact = (stop - start) / step
        if exact > LONGEST:
            raise _too_long()
        intervals = round(exact)
        tolerance = 2.0 * epsilon * max(abs(start), abs(stop))
        if copysign(1.0, step) * (start + intervals * step - stop) > tolerance:
            intervals -= 1
    if intervals >= LONGEST:
        raise _too_long()
    return int(intervals) + 1


def _last(start: float, step: float, stop: float, count: int, epsilon: float = 2.0**-52) -> float:
    """The last element: `stop` itself when the range reaches it within the tolerance."""
    last = start + (count - 1) * step
    tolerance = 2.0 * epsilon * max(abs(start), abs(stop))
    return stop if copysign(1.0, step) * (last - stop) > -tolerance else last


def _too_long() -> ScriptError:
    return ScriptError("MATLAB:pmaxsize", "Maximum variable size allowed by the program is exceeded.")


def _row(start: float, step: float, stop: float, epsilon: float = 2.0**-52) -> ndarray:
    """start:step:stop as a 1×n double array."""
    if not (isfinite(start) and isfinite(step) and isfinite(stop)):
        return _row_without_end(start, step, stop)
    count = _count(start, step, stop, epsilon)
    if count <= 0:
        return np.zeros((1, 0))
    require_memory((1, count), 8)
    places = np.arange(float(count)).reshape(1, count)
    if start == floor(start) and step == floor(step):
        if step != 1.0:
            places *= step
        if start:
            places += start
        return places
    return _symmetric(places, start, step, _last(start, step, stop, count, epsilon), count)


def _symmetric(places: ndarray, start: float, step: float, last: float, count: int) -> ndarray:
    """The elements at `places` (from 0): the first half from `start` up, the others from `last` down."""
    intervals = count - 1
    half = intervals // 2
    values = places * step
    values += start
    late = places > half
    values[late] = last - (intervals - places[late]) * step
    if intervals % 2 == 0:
        values[places == half] = (start + last) / 2
    return values


def _row_without_end(start: float, step: float, stop: float) -> ndarray:
    """Ranges with an operand that is not finite."""
    if isnan(start) or isnan(step) or isnan(stop):
        return np.full((1, 1), np.nan)
    if step == 0 or start < stop and step < 0 or stop < start and step > 0:
        return np.zeros((1, 0))
    if not isfinite(start) or abs(step) == inf and not isfinite(stop):
        return np.full((1, 1), np.nan)
    if abs(step) == inf:  # the start alone
        return np.full((1, 1), start)
    raise _too_long()


def _in_blocks(start: float, step: float, stop: float, count: int) -> Iterator[float]:
    last = _last(start, step, stop, count)
    for first in range(0, count, LAZY_BLOCK):
        places = np.arange(float(first), float(min(first + LAZY_BLOCK, count)))
        yield from _symmetric(places, start, step, last, count).tolist()


# ------------------------------------------------------------------------------------------------ other classes
def _colon_of_classes(a, step, b):
    result = by_object("colon", a, step, b)
    if result is not NotImplemented:
        return result
    operands = [(a, *number_of(a)), (step, *number_of(step)), (b, *number_of(b))]
    for value, class_name, _ in operands:
        if class_name is None:
            raise ScriptError(
                "MATLAB:UndefinedFunction", f"Operator ':' is not supported for operands of type '{class_of(value)}'."
            )
    classes = [class_name for _, class_name, _ in operands]
    numbers = [_first_element(number) for _, _, number in operands]
    if any(number is None for number in numbers):
        return np.zeros((1, 0))  # an empty operand
    integers = {class_name for class_name in classes if class_name in INTEGER_CLASSES}
    if len(integers) > 1 or integers and "single" in classes:
        raise ScriptError(
            "MATLAB:colon:mixedClasses",
            "Colon operands must be all the same type, or mixed with real double scalars.",
            notes=("operands are " + ", ".join(classes),),
        )
    if integers:
        return _integer_row(integers.pop(), *numbers)
    start, stride, stop = (float(number) for number in numbers)
    if "single" in classes:
        row = _row(*(float(np.float32(x)) for x in (start, stride, stop)), epsilon=2.0**-23)
        return norm(row.astype(np.float32))
    row = _row(start, stride, stop)
    return chars(row) if classes[0] == "char" == classes[2] and row.size else norm(row)


def _first_element(number):
    """The element of a scalar operand (the first of an array, as MATLAB takes it), real; None when empty."""
    if type(number) is ndarray:
        if not number.size:
            return None
        number = number.ravel("F")[0]
    return number.real


def _integer_row(class_name: str, start, step, stop):
    """A range of integer class: start and step are whole numbers, elements beyond the limits are left out."""
    limits = np.iinfo(class_name)
    bounds = []
    for number, what in ((start, "first"), (step, "step")):
        whole = _floor_exactly(number, limits)
        if whole != number:
            raise ScriptError(
                "MATLAB:colon:nonIntegerOperand",
                f"Colon operands with an integer class must be whole numbers: the {what} operand is {float(number):g}.",
            )
        bounds.append(whole)
    start, step = bounds
    if any(not limits.min <= number <= limits.max for number in (start, abs(step), stop) if number == number):
        raise ScriptError(
            "MATLAB:colon:OutOfRange",
            "Colon operands must be in the range of the data type.",
            notes=(f"{class_name} goes from {limits.min} to {limits.max}",),
        )
    stop = min(max(_floor_exactly(stop, limits) if stop == stop else start - step, limits.min), limits.max)
    count = 0 if step == 0 else max(0, (stop - start) // step + 1)
    if count > LONGEST:
        raise _too_long()
    if not count:
        return np.zeros((1, 0), class_name)
    if class_name == "uint64" or count * abs(step) > 2**62:  # beyond what int64 counts
        return norm(np.array([range(start, start + count * step, step)], class_name))
    row = np.arange(count, dtype=np.int64) * step + start
    return norm(row.astype(class_name).reshape(1, count))


def _floor_exactly(number, limits: np.iinfo) -> int:
    """The whole number at or below, without a detour over double for integer classes; infinities past the limits."""
    if isinstance(number, np.integer):
        return int(number)
    if not isfinite(number):
        return limits.max + 1 if number > 0 else limits.min - 1
    return floor(number)


# -------------------------------------------------------------------------------------------------------- loops
def columns(value) -> Iterable:
    """What `for` runs over: the columns of a value, whatever its class; a matrix of no rows still has its columns."""
    kind = type(value)
    if kind is ndarray:
        if value.ndim == 2 and value.shape[0] == 1 and value.dtype != OBJECT:
            if value.dtype == DOUBLE or value.dtype == LOGICAL or value.dtype.char == "D":
                return value.ravel().tolist()
            return iter(value[0])
        return _columns_of(value, norm)
    if kind is str:
        return iter(value)
    if kind is CharArray:
        return _columns_of(value.codes, chars)
    if kind is String:
        return _columns_of(value.data, String)
    if kind is StructArray:
        return _columns_of(value.data, lambda data: struct_array(value.field_names, data))
    if kind is Categorical:
        return _columns_of(value.codes, lambda codes: Categorical(codes, value.names, value.ordinal, value.protected))
    if kind is float or kind is bool or kind is complex or kind is Struct or isinstance(value, np.generic):
        return (value,)
    if value.size() == (1, 1) or not hasattr(value, "index"):
        return (value,)
    count = 1
    for length in value.size()[1:]:
        count *= length
    return (value.index((COLON, float(place))) for place in range(1, count + 1))


def _columns_of(array: ndarray, make) -> Iterator:
    """`make` of each column; the pages of an N-d array come one after the other."""
    if array.ndim > 2:
        array = array.reshape((array.shape[0], int(np.prod(array.shape[1:]))), order="F")
    return (make(array[:, place : place + 1]) for place in range(array.shape[1]))
