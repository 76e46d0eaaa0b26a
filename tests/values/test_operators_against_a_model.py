"""Every elementwise operator on small arrays of all classes, beside a slow model that knows only MATLAB's rules.

The model has no NumPy: elements are Python floats and exact fractions, an array is a shape and a list (column-major).
"""

import math
import operator
import struct
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import CLASS_OF_DTYPE, class_of, norm, size_of
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


FLOAT_OPERATORS = {"plus": operator.add, "minus": operator.sub, "times": operator.mul, "rdivide": divide}
EXACT_OPERATORS = {**FLOAT_OPERATORS, "rdivide": operator.truediv}


def element(name, x, y, result):
    """One element of the result: x and y are floats, or ints of an integer class."""
    if result == "double":
        return FLOAT_OPERATORS[name](float(x), float(y))
    if result == "single":
        return single(FLOAT_OPERATORS[name](single(x), single(y)))
    finite = all(math.isfinite(v) for v in (x, y))
    if not finite or name == "rdivide" and y == 0:
        return held(FLOAT_OPERATORS[name](float(x), float(y)), result)
    if BITS[result] < 64 and any(isinstance(v, float) for v in (x, y)):
        return held(FLOAT_OPERATORS[name](float(x), float(y)), result)
    return held(EXACT_OPERATORS[name](Fraction(x), Fraction(y)), result)


def class_of_result(a, a_scalar, b, b_scalar):
    integers = [name for name in (a, b) if name in BITS]
    if not integers:
        return "single" if "single" in (a, b) else "double"
    if a == b:
        return a
    for whole, other, scalar in ((a, b, b_scalar), (b, a, a_scalar)):
        if whole in BITS and other in ("double", "logical", "char") and scalar:
            return whole
    return None


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


def model_values(operand):
    name, _, values = operand
    return [float(value) for value in values] if name in ("logical", "char") else values


@given(operands(), operands(), st.sampled_from(sorted(FLOAT_OPERATORS)))
@settings(max_examples=800, deadline=None, derandomize=True)
def test_arithmetic_equals_the_model(a, b, name):
    shape = expanded(a[1], b[1])
    result_class = class_of_result(a[0], math.prod(a[1]) == 1, b[0], math.prod(b[1]) == 1)
    try:
        result = getattr(operators, name)(script_value(a), script_value(b))
    except ScriptError as error:
        expected = "MATLAB:mixedClasses" if result_class is None else "MATLAB:sizeDimensionsMustMatch"
        assert error.identifier == expected
        assert result_class is None or shape is None
        return
    assert result_class is not None and shape is not None
    assert class_of(result) == result_class
    assert size_of(result) == size_of(norm(np.zeros(shape)))
    values_a, values_b = model_values(a), model_values(b)
    wanted = [element(name, at(a[1], values_a, p), at(b[1], values_b, p), result_class) for p in places(shape)]
    assert all(map(same, elements_of(result), wanted)), (elements_of(result), wanted)


RELATIONS = {name: getattr(operator, name) for name in ("lt", "le", "gt", "ge", "eq", "ne")}


@given(operands(), operands(), st.sampled_from(sorted(RELATIONS)))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_comparison_equals_the_model(a, b, name):
    shape = expanded(a[1], b[1])
    try:
        result = getattr(operators, name)(script_value(a), script_value(b))
    except ScriptError as error:
        assert error.identifier == "MATLAB:sizeDimensionsMustMatch" and shape is None
        return
    assert class_of(result) == "logical" and size_of(result) == size_of(norm(np.zeros(shape)))
    wanted = [RELATIONS[name](at(a[1], a[2], p), at(b[1], b[2], p)) for p in places(shape)]  # Python compares exactly
    assert elements_of(result) == wanted


@given(operands(), operands(), st.sampled_from(["and", "or"]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_logic_equals_the_model(a, b, name):
    shape = expanded(a[1], b[1])
    missing = any(value != value for value in (*a[2], *b[2]))
    try:
        result = getattr(operators, name + "_")(script_value(a), script_value(b))
    except ScriptError as error:
        assert error.identifier == ("MATLAB:nologicalnan" if missing else "MATLAB:sizeDimensionsMustMatch")
        assert missing or shape is None
        return
    join = (lambda x, y: bool(x) and bool(y)) if name == "and" else (lambda x, y: bool(x) or bool(y))
    assert elements_of(result) == [join(at(a[1], a[2], p), at(b[1], b[2], p)) for p in places(shape)]
    assert class_of(result) == "logical"


@given(operands())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_minus_of_one_operand_equals_the_model(a):
    result = operators.uminus(script_value(a))
    name = a[0] if a[0] in BITS or a[0] == "single" else "double"
    assert class_of(result) == name
    wanted = [held(-value, name) if name in BITS else -float(value) for value in a[2]]
    assert all(map(same, elements_of(result), wanted))


def test_the_model_covers_every_numeric_class():
    assert set(CLASSES) - {"char"} == set(CLASS_OF_DTYPE.values()) - {"cell"}
