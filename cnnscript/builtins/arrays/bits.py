"""Bits of whole numbers: bitand, bitor, bitxor, bitcmp, bitshift, bitget, bitset."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, unsupported
from cnnscript.builtins.elementary.elements import aligned_together, operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    DOUBLE,
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    as_array,
    class_of,
    ndarray,
    norm,
)
from cnnscript.values.take import described
from cnnscript.values.text import require_text

LARGEST_FLOAT_INTEGER = 2.0**53  # flintmax: above it not every whole number is a double


def bit_operands(x, y, assumed, name: str):
    """Two operands as unsigned 64-bit numbers, and the class of the result."""
    a, b, dtype = operands(real_array(x, name), real_array(y, name), name)
    for array in (a, b):
        if array.dtype.kind == "f" and (np.any(array < 0) or np.any(array != np.floor(array))) and assumed is None:
            raise ScriptError(
                f"MATLAB:{name}:inputsMustBeNonNegativeIntegers",
                "Double inputs must have integer values in the range of ASSUMEDTYPE.",
            )
    return a, b, dtype


def bitwise(x, y, assumed, name: str, function):
    if assumed is not None:
        kind = require_text(assumed, "Class name")
        if kind not in INTEGER_CLASSES:
            raise ScriptError(
                f"MATLAB:{name}:unknownType", "ASSUMEDTYPE must be an integer type name.", notes=(f"got '{kind}'",)
            )
    if class_of(x) == class_of(y) == "logical":
        return norm(function(as_array(x), as_array(y)))
    a, b, dtype = bit_operands(x, y, assumed, name)
    if dtype.kind in "iu":
        return norm(np.asfortranarray(function(a.astype(dtype), b.astype(dtype))))
    working = np.uint64 if assumed is None else DTYPE_OF_CLASS[kind]
    result = function(a.astype(working), b.astype(working))
    return norm(np.asfortranarray(result.astype(dtype)))


@builtin
def bitand(x, y, assumed=None, /):
    """
    bitand(A, B)
    bitand(A, B, assumedtype)

    Bitwise and of whole numbers.

    Examples
      >> bitand(12, [4 10])
      ans =
           4     8
      >> bitand(6, 3, 'uint8')
      ans =
           2

    See also bitor, bitxor, bitshift.
    """
    return bitwise(x, y, assumed, "bitand", np.bitwise_and)


@builtin
def bitor(x, y, assumed=None, /):
    """
    bitor(A, B)
    bitor(A, B, assumedtype)

    Bitwise or of whole numbers.

    Examples
      >> bitor(12, 3)
      ans =
          15

    See also bitand, bitxor.
    """
    return bitwise(x, y, assumed, "bitor", np.bitwise_or)


@builtin
def bitxor(x, y, assumed=None, /):
    """
    bitxor(A, B)
    bitxor(A, B, assumedtype)

    Bitwise exclusive or of whole numbers.

    Examples
      >> bitxor(12, 10)
      ans =
           6

    See also bitand, bitor.
    """
    return bitwise(x, y, assumed, "bitxor", np.bitwise_xor)


@builtin
def bitcmp(x, assumed=None, /):
    """
    bitcmp(A)
    bitcmp(A, assumedtype)

    All bits of integers turned over.

    Examples
      >> bitcmp(uint8(5))
      ans =
        uint8
         250
      >> bitcmp(5, 'uint8')
      ans =
         250

    See also bitand, bitxor.
    """
    array = require_numeric(x, "bitcmp")
    if array.dtype.kind in "iu":
        return norm(~array)
    if array.dtype.kind == "b":
        raise unsupported(x, "bitcmp")
    kind = "uint64" if assumed is None else require_text(assumed, "Class name")
    working = DTYPE_OF_CLASS.get(kind, DOUBLE)
    if kind not in INTEGER_CLASSES:
        raise ScriptError(
            "MATLAB:bitcmp:unknownType", "ASSUMEDTYPE must be an integer type name.", notes=(f"got '{kind}'",)
        )
    return norm((~array.astype(working)).astype(DOUBLE))


@builtin
def bitshift(x, places, assumed=None, /):
    """
    bitshift(A, k)
    bitshift(A, k, assumedtype)

    Bits shifted k places to the left, or to the right for k < 0; bits that fall off are lost.

    Examples
      >> bitshift(3, [1 4])
      ans =
           6    48
      >> bitshift(uint8(255), 4)
      ans =
        uint8
         240

    See also bitand, bitset, pow2.
    """
    array, steps = aligned_together(real_array(x, "bitshift"), real_array(places, "bitshift"))
    if np.any(steps != np.floor(steps)):
        raise ScriptError("MATLAB:bitshift:inputsMustBeIntegers", "K must be an integer.")
    steps = np.clip(steps.astype(DOUBLE), -64, 64).astype(np.int64)
    integers = array.dtype.kind in "iu"
    if not integers and (np.any(array < 0) or np.any(array != np.floor(array))):
        raise ScriptError(
            "MATLAB:bitshift:inputsMustBeNonNegativeIntegers",
            "Double inputs must have integer values in the range of ASSUMEDTYPE.",
        )
    kind = class_of(x) if integers else "uint64" if assumed is None else require_text(assumed, "Class name")
    if kind not in INTEGER_CLASSES:
        raise ScriptError(
            "MATLAB:bitshift:unknownType", "ASSUMEDTYPE must be an integer type name.", notes=(f"got '{kind}'",)
        )
    width = DTYPE_OF_CLASS[kind].itemsize * 8
    unsigned = array.astype(np.uint64) & np.uint64(2**width - 1)
    left, right = np.clip(steps, 0, 63).astype(np.uint64), np.clip(-steps, 0, 63).astype(np.uint64)
    shifted = np.where(steps >= 0, (unsigned << left) & np.uint64(2**width - 1), unsigned >> right)
    shifted = np.where(np.abs(steps) >= 64, np.uint64(0), shifted)
    result = shifted.astype(array.dtype) if integers else shifted.astype(DOUBLE)
    return norm(np.asfortranarray(result))


def real_array(value, name: str) -> ndarray:
    array = require_numeric(value, name)
    if array.dtype.kind == "c":
        raise ScriptError(f"MATLAB:{name}:inputsMustBeReal", "Arguments must be real.")
    return array


def bit_places(x, place, name: str) -> tuple[ndarray, ndarray]:
    array, places = np.broadcast_arrays(*aligned_together(real_array(x, name), real_array(place, name)))
    if array.dtype.kind == "f" and (
        np.any(array < 0) or np.any(array != np.floor(array)) or np.any(array > LARGEST_FLOAT_INTEGER)
    ):
        raise ScriptError(
            f"MATLAB:{name}:inputsMustBeNonNegativeIntegers",
            "Double inputs must have integer values in the range of ASSUMEDTYPE.",
        )
    width = 53 if array.dtype.kind == "f" else array.dtype.itemsize * 8
    if places.size and not (places.min() >= 1 and places.max() <= width and np.all(places == np.floor(places))):
        raise ScriptError(
            f"MATLAB:{name}:bitMustBeInRange",
            f"BIT must be an integer between 1 and {width}.",
            notes=(f"got {described(place)}",),
        )
    return array, places.astype(np.int64) - 1


@builtin
def bitget(x, place, /):
    """
    bitget(A, bit)

    The bit at a place, counted from 1 at the right.

    Examples
      >> bitget(5, [1 2 3])
      ans =
           1     0     1

    See also bitset, bitand.
    """
    array, places = bit_places(x, place, "bitget")
    return norm(np.asfortranarray(((array.astype(np.int64) >> places) & 1).astype(array.dtype)))


@builtin
def bitset(x, place, value=1.0, /):
    """
    bitset(A, bit)
    bitset(A, bit, v)

    The bit at a place set to 1, or to v.

    Examples
      >> bitset(8, 1)
      ans =
           9
      >> bitset(9, 1, 0)
      ans =
           8

    See also bitget, bitor.
    """
    array, places = bit_places(x, place, "bitset")
    array, places, on = aligned_together(array, places, real_array(value, "bitset") != 0)
    mask = np.left_shift(np.int64(1), places)
    whole = array.astype(np.int64)
    return norm(np.asfortranarray(np.where(on, whole | mask, whole & ~mask).astype(array.dtype)))
