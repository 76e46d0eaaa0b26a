"""Every elementwise operator on small arrays of all classes, beside a slow model that knows only MATLAB's rules.

The model has no NumPy: elements are Python floats and exact fractions, an array is a shape and a list (column-major).
"""

import math
import operator
from fractions import Fraction

import numpy as np
from array_model import (
    BITS,
    CLASSES,
    at,
    divide,
    elements_of,
    expanded,
    held,
    operands,
    places,
    same,
    script_value,
    single,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnscript.errors import ScriptError
from cnnscript.values import operators
from cnnscript.values.numeric import CLASS_OF_DTYPE, class_of, norm, size_of

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
