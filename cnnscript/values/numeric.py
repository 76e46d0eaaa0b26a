"""Numbers and logicals: how they are held, and the one gate (`norm`) through which every NumPy result passes.

double scalar `float`, logical scalar `bool`, complex scalar `complex`; a single or integer scalar is a NumPy scalar of
its dtype; anything else is a plain `ndarray` of two or more dimensions without trailing singletons.

Inf and NaN are ordinary numbers of the language, so NumPy's floating point warnings are off from the import of this
module on (a context manager around each operation would cost three times the operation).  The setting belongs to a
thread: `quiet()` gives it to another one.
"""

from __future__ import annotations

import numpy as np

np.seterr(all="ignore")

ndarray = np.ndarray
DOUBLE = np.dtype(np.float64)
SINGLE = np.dtype(np.float32)
LOGICAL = np.dtype(np.bool_)
COMPLEX = np.dtype(np.complex128)
COMPLEX_SINGLE = np.dtype(np.complex64)
OBJECT = np.dtype(object)
EMPTY = np.zeros((0, 0), order="F")
EMPTY.setflags(write=False)


class Colon:
    """The index `:`."""

    __slots__ = ()
    class_name = "char"

    def __repr__(self) -> str:
        return ":"

    def size(self) -> tuple[int, ...]:
        return (1, 1)


COLON = Colon()

_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
INTEGER_CLASSES = frozenset(_INTEGERS)
DTYPE_OF_CLASS: dict[str, np.dtype] = {"double": DOUBLE, "single": SINGLE, "logical": LOGICAL}
DTYPE_OF_CLASS.update((word, np.dtype(word)) for word in _INTEGERS)
CLASS_OF_DTYPE: dict[np.dtype, str] = {dtype: word for word, dtype in DTYPE_OF_CLASS.items()}
CLASS_OF_DTYPE.update({COMPLEX: "double", COMPLEX_SINGLE: "single", OBJECT: "cell"})
_CLASS_OF_TYPE = {float: "double", bool: "logical", complex: "double", str: "char", int: "double"}


def norm(result):
    """A NumPy result as a script value: 1×1 arrays become scalars, 0-d and 1-d ones get two dimensions (1-d is a
    row), trailing singleton dimensions go.  Cells (dtype object) keep their array."""
    if type(result) is ndarray:
        if result.ndim < 2:
            result = result.reshape(1, -1)
        elif result.ndim > 2:
            ndim = result.ndim
            while ndim > 2 and result.shape[ndim - 1] == 1:
                ndim -= 1
            if ndim != result.ndim:
                result = result.reshape(result.shape[:ndim], order="F")
        if result.size == 1 and result.ndim == 2:
            dtype = result.dtype
            if dtype == OBJECT:
                return result
            if dtype in (DOUBLE, LOGICAL, COMPLEX):
                return result.item()
            return result[0, 0]
        return result
    kind = type(result)
    if kind is np.float64:
        return float(result)
    if kind is np.bool_:
        return bool(result)
    if kind is np.complex128:
        return complex(result)
    return result


def as_array(value) -> np.ndarray:
    """A numeric, logical, char or cell value as an array of two or more dimensions (char as double codes, a sparse
    matrix with its zeros)."""
    kind = type(value)
    if kind is ndarray:
        return value
    if kind is float or kind is bool:
        return np.array([[value]])
    if kind is str:
        if not value:
            return np.zeros((0, 0))
        return np.frombuffer(value.encode("utf-32-le", "surrogatepass"), np.uint32).astype(DOUBLE).reshape(1, -1)
    codes = getattr(value, "codes", None)
    if codes is not None and kind.__name__ == "CharArray":
        return codes.astype(DOUBLE)
    if getattr(value, "is_sparse", False):
        return value.full()
    return np.array([[value]])


def class_of(value) -> str:
    """MATLAB's class name of a value."""
    name = _CLASS_OF_TYPE.get(type(value))
    if name is not None:
        return name
    dtype = getattr(value, "dtype", None)
    if dtype is not None:
        return CLASS_OF_DTYPE[dtype]
    return value.class_name


def size_of(value) -> tuple[int, ...]:
    """MATLAB's size: two or more dimensions."""
    kind = type(value)
    if kind is ndarray:
        return value.shape
    if kind is str:
        return (1, len(value)) if value else (0, 0)
    if kind is float or kind is bool or kind is complex or isinstance(value, np.generic | int):
        return (1, 1)
    return value.size()


def numel_of(value) -> int:
    """How many elements a value has."""
    kind = type(value)
    if kind is ndarray:
        return value.size
    if kind is str:
        return len(value)
    if kind is float or kind is bool or kind is complex or isinstance(value, np.generic):
        return 1
    count = 1
    for length in value.size():
        count *= length
    return count


def is_empty(value) -> bool:
    return numel_of(value) == 0


def is_numeric(value) -> bool:
    """double, single or integer; neither logical nor char."""
    kind = type(value)
    if kind is float or kind is complex:
        return True
    dtype = getattr(value, "dtype", None)
    return dtype is not None and dtype != LOGICAL and dtype != OBJECT


def is_cell(value) -> bool:
    return type(value) is ndarray and value.dtype == OBJECT


def size_text(shape: tuple[int, ...], times: str = "x") -> str:
    """'2x3' for (2, 3); MATLAB prints ×."""
    return times.join(map(str, shape))


def fortran(array: np.ndarray) -> np.ndarray:
    """The array in column-major order (itself when it is already)."""
    return array if array.flags.f_contiguous else np.asfortranarray(array)


def quiet() -> np.errstate:
    """A context in which floating point arithmetic warns of nothing: for threads other than the importing one."""
    return np.errstate(all="ignore")


def rounded_half_away(array):
    """Floats (an array or a NumPy scalar) rounded to whole numbers, halves away from zero, as MATLAB rounds."""
    whole = np.trunc(array)
    return whole + np.copysign(np.abs(array - whole) >= 0.5, array)


def saturated(values, dtype: np.dtype):
    """Real or logical numbers as an integer dtype: rounded half away from zero, held at the limits, NaN as 0.
    Integers of any class pass exactly.  The result is an array, of no dimensions for a scalar."""
    values = np.asarray(values)
    kind = values.dtype.kind
    if values.dtype == dtype:
        return values
    if kind == "b":
        return values.astype(dtype)
    limits = np.iinfo(dtype)
    if kind != "f":
        own = np.iinfo(values.dtype)
        if own.min < limits.min or own.max > limits.max:
            values = np.clip(values, max(own.min, limits.min), min(own.max, limits.max))
        return values.astype(dtype)
    rounded = _saturated_long if dtype.itemsize == 8 else _saturated_short
    if values.size <= BLOCK:
        return rounded(values, dtype)
    # block by block: the five temporary arrays of a large one cost more in fresh memory than in arithmetic
    flat = values.ravel("F")
    result = np.empty(flat.size, dtype)
    for first in range(0, flat.size, BLOCK):
        result[first : first + BLOCK] = rounded(flat[first : first + BLOCK], dtype)
    return result.reshape(values.shape, order="F")


BLOCK = 8192  # elements


def _saturated_short(values: ndarray, dtype: np.dtype) -> ndarray:
    """Floats as integers of at most 32 bits."""
    limits = np.iinfo(dtype)
    if values.dtype.itemsize < 4 or dtype.itemsize == 4:  # the limits of 32 bits are no singles
        values = values.astype(DOUBLE)
    missing = np.isnan(values)
    if missing.any():
        values = np.where(missing, 0.0, values)
    held = np.clip(values, limits.min, limits.max)
    whole = np.trunc(held)
    rest = held - whole
    result = np.asarray(whole, dtype) + (rest >= 0.5)
    if dtype.kind == "i":
        result = result - (rest <= -0.5)
    return np.asarray(result, dtype)


def _saturated_long(values: ndarray, dtype: np.dtype) -> ndarray:
    """Floats as int64 or uint64, whose largest number is no float."""
    limits = np.iinfo(dtype)
    whole = rounded_half_away(values)
    low, high = values.dtype.type(limits.min), values.dtype.type(limits.max)
    inside = np.where((whole >= low) & (whole < high), whole, 0).astype(dtype)
    inside[whole >= high] = limits.max
    inside[whole < low] = limits.min
    return inside
