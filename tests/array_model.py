"""What MATLAB's rules make of small arrays, in plain Python: no NumPy, no code of the package but to make its values.

Elements are Python floats, ints and exact fractions; an array is a shape and a list in column-major order.
"""

import math
import struct
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import strategies as st

from cnnscript.values.numeric import class_of, norm
from cnnscript.values.text import chars, codes_of

BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64, "uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64}
CLASSES = ["double", "single", "logical", "char", *BITS]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.0, 7.0, 100.0, -100.0, 127.5, 300.0, 65535.0, 0.1]
FLOATS += [1e10, -1e10, 2.0**31, 2.0**53 + 2, 2.0**63, -(2.0**63), 1e30, math.inf, -math.inf, math.nan]
SHAPES = [(1, 1), (1, 1), (1, 3), (3, 1), (2, 3), (1, 0), (0, 3), (2, 1, 2), (1, 3, 2), (2, 2)]


# ------------------------------------------------------------------------------------------------------ the model
def limits(name):
    bits = BITS[name]
    return (0, 2**bits - 1) if name.startswith("u") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def half_away(value):
    """A fraction to the nearest whole number, halves away from zero."""
    whole = math.floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def held(value, name):
    low, high = limits(name)
    if isinstance(value, float):
        if math.isnan(value):
            return 0
        if math.isinf(value):
            return high if value > 0 else low
    return min(max(half_away(Fraction(value)), low), high)


def single(value):
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def divide(x, y):
    if y == 0:
        if x == 0 or x != x:
            return math.nan
        return math.copysign(math.inf, x) * math.copysign(1.0, y)
    return x / y


def expanded(first, second):
    """The shape both expand to, or None."""
    ndim = max(len(first), len(second))
    first, second = first + (1,) * (ndim - len(first)), second + (1,) * (ndim - len(second))
    shape = []
    for m, n in zip(first, second, strict=True):
        if m != n and 1 not in (m, n):
            return None
        shape.append(n if m == 1 else m)
    return tuple(shape)


def places(shape):
    """Subscripts in column-major order."""
    return [place[::-1] for place in product(*[range(length) for length in shape[::-1]])]


def at(shape, values, place):
    offset, stride = 0, 1
    for length, index in zip(shape, place, strict=False):
        offset += stride * (index if length > 1 else 0)
        stride *= length
    return values[offset]


# --------------------------------------------------------------------------------------------------- both worlds
@st.composite
def operands(draw):
    name = draw(st.sampled_from(CLASSES))
    shape = draw(st.sampled_from(SHAPES))
    count = math.prod(shape)
    if name in ("double", "single"):
        values = draw(st.lists(st.sampled_from(FLOATS), min_size=count, max_size=count))
        if name == "single":
            values = [single(value) for value in values]
    elif name == "logical":
        values = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    elif name == "char":
        values = draw(st.lists(st.sampled_from([32, 65, 97, 200]), min_size=count, max_size=count))
    else:
        low, high = limits(name)
        some = st.sampled_from([low, low + 1, 0, 1, 2, 3, 7, 100, high // 2, high - 1, high])
        values = draw(st.lists(some, min_size=count, max_size=count))
    return name, shape, values


def script_value(operand):
    name, shape, values = operand
    if name == "char":
        return chars(np.array(values, np.uint32).reshape(shape, order="F"))
    dtype = {"double": "f8", "single": "f4", "logical": "?"}.get(name, name)
    return norm(np.array(values, dtype).reshape(shape, order="F"))


def elements_of(value):
    """Column-major elements as Python numbers."""
    if class_of(value) == "char":
        return codes_of(value).ravel("F").tolist()
    return np.asarray(value).ravel("F").tolist()


def same(x, y):
    return x == y and math.copysign(1, x) == math.copysign(1, y) or x != x and y != y
