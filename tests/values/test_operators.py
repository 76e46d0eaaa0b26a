"""What operators promise beyond the model of test_operators_against_a_model: powers, complex numbers, text, errors."""

import math
from functools import partial

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import cell_row
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of
from cnnscript.values.objects import Object
from cnnscript.values.operators import (
    ctranspose,
    ldivide,
    minus,
    mpower,
    mtimes,
    plus,
    power,
    rdivide,
    times,
    transpose,
    uminus,
    uplus,
)
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, CharArray, String, chars, string_array

inf, nan = math.inf, math.nan
ROW = np.array([[1.0, 2.0, 3.0]])
SQUARE = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


# ------------------------------------------------------------------------------------------------------- scalars
@pytest.mark.parametrize(
    ("quotient", "expected"),
    [
        (rdivide(1.0, 0.0), inf),
        (rdivide(-1.0, 0.0), -inf),
        (rdivide(1.0, -0.0), -inf),
        (ldivide(0.0, 2.0), inf),
        (rdivide(inf, 2.0), inf),
    ],
)
def test_division_by_zero_is_infinite_with_its_sign(quotient, expected):
    assert quotient == expected


def test_zero_over_zero_is_nan():
    assert math.isnan(rdivide(0.0, 0.0)) and math.isnan(rdivide(nan, 0.0)) and math.isnan(minus(inf, inf))


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (2.0, 0.5, math.sqrt(2)),
        (10.0, 400.0, inf),
        (-10.0, 401.0, -inf),
        (0.0, -1.0, inf),
        (-0.0, -1.0, -inf),
        (0.0, 0.0, 1.0),
        (nan, 0.0, 1.0),
        (2.0, -2.0, 0.25),
        (True, 2.0, 1.0),
        (np.int8(2), 0.5, np.int8(1)),
        (np.int8(2), -1.0, np.int8(1)),
        (np.int8(2), np.int8(7), np.int8(127)),
        (np.int8(-2), 7.0, np.int8(-128)),
        (np.uint64(3), 40.0, np.uint64(3**40)),
        (np.int64(2), 70.0, np.int64(2**63 - 1)),
        (np.float32(2), 0.5, np.float32(math.sqrt(2))),
    ],
)
def test_power_of_scalars(base, exponent, expected):
    result = power(base, exponent)
    assert result == expected and type(result) is type(expected)


def test_power_of_negative_base_and_fraction_is_complex():
    assert power(-8.0, 1 / 3) == pytest.approx(1 + 1.7320508075688772j)
    result = power(np.array([[4.0, -4.0]]), 0.5)
    assert result.dtype == complex and result[0, 0] == 2 and result[0, 1] == pytest.approx(2j)
    assert power(np.array([[4.0, -4.0]]), 2.0).dtype == float


def test_integers_refuse_powers_that_are_complex():
    fails("MATLAB:power:complexIntegerResult", power, np.int8(-2), 0.5)


def test_results_are_never_numpy_doubles():
    column = np.ones((3, 1))
    for result in (mtimes(ROW, column), plus(True, True), minus(True, 1.0), uplus(True), uminus(True), times("a", 2.0)):
        assert type(result) is float
    assert plus(True, True) == 2.0


def test_overflow_warns_of_nothing():
    huge = np.array([[1e308, -1e308, 0.0]])
    assert times(huge, 10.0).tolist() == [[inf, -inf, 0.0]]
    assert np.isnan(rdivide(np.zeros((1, 2)), 0.0)).all()
    assert power(10.0, 1e10) == inf


# ------------------------------------------------------------------------------------------------------- complex
def test_complex_results_with_no_imaginary_part_are_real():
    assert type(times(1j, 1j)) is float and times(1j, 1j) == -1.0
    assert type(plus(1 + 1j, 1 - 1j)) is float
    assert minus(np.array([[1 + 1j, 2 + 1j]]), 1j).dtype == float
    assert power(1j, 2.0) == -1.0
    assert type(mtimes(np.array([[1j, 1j]]), np.array([[1j], [1j]]))) is float


def test_a_real_factor_scales_both_parts():
    assert times(complex(inf, 1), 2.0) == complex(inf, 2)
    assert times(inf, 1 + 2j) == complex(inf, inf)
    assert rdivide(np.array([[complex(inf, 4), 2j]]), 2.0).tolist() == [[complex(inf, 2), 1j]]


def test_complex_over_zero_is_infinite():
    assert rdivide(1 + 0.5j, 0.0) == complex(inf, inf)
    assert rdivide(1j, 1j) == 1.0


# -------------------------------------------------------------------------------------------------- size and order
def test_expansion_goes_by_the_first_dimensions():
    matrix, pages = np.ones((2, 3)), np.ones((2, 3, 4))
    assert plus(matrix, pages).shape == (2, 3, 4)
    fails("MATLAB:sizeDimensionsMustMatch", plus, np.ones((3, 4)), pages)
    fails("MATLAB:sizeDimensionsMustMatch", plus, np.ones((2, 3)), np.ones((2, 2, 3)))


def test_every_result_is_column_major():
    column, row = np.ones((3, 1)), np.ones((1, 4))
    assert plus(column, row).flags.f_contiguous
    assert times(column, row.astype(np.float32)).flags.f_contiguous
    assert mtimes(np.ones((2, 3), order="F"), np.ones((3, 4), order="F")).flags.f_contiguous
    assert transpose(np.asfortranarray(np.ones((2, 3)))).flags.f_contiguous


def test_a_size_mismatch_says_both_sizes():
    error = fails("MATLAB:sizeDimensionsMustMatch", plus, np.ones((2, 3)), np.ones((2, 2)))
    assert error.message == "Arrays have incompatible sizes for this operation."
    assert error.notes == ("left is 2x3", "right is 2x2")


def test_expansion_with_an_empty_is_empty():
    assert plus(np.zeros((0, 3)), ROW).shape == (0, 3)
    assert plus(np.zeros((0, 0)), 1.0).shape == (0, 0)
    fails("MATLAB:sizeDimensionsMustMatch", plus, np.zeros((0, 0)), ROW)


# ------------------------------------------------------------------------------------------------------- classes
@pytest.mark.parametrize(
    ("a", "b"),
    [
        (np.int8(1), np.int16(1)),
        (np.array([[1, 2, 3]], np.int32), np.array([[1.5, 2, 3]])),
        (np.array([[1, 2]], np.uint8), np.array([[True, False]])),
        (np.int8(1), np.float32(1)),
        (np.int8(1), ROW),
    ],
)
def test_integers_combine_only_with_their_class_or_scalar_doubles(a, b):
    error = fails("MATLAB:mixedClasses", plus, a, b)
    assert error.message == "Integers can only be combined with integers of the same class, or scalar doubles."
    fails("MATLAB:mixedClasses", times, b, a)


def test_64_bit_integers_take_no_detour_over_double():
    big = np.int64(2**62 + 1)
    assert plus(big, 1.0) == 2**62 + 2
    assert plus(np.array([[big, big]]), np.int64(1)).tolist() == [[2**62 + 2] * 2]
    assert rdivide(np.int64(2**63 - 1), np.int64(1)) == 2**63 - 1
    assert times(np.int64(2**53 + 1), 3.0) == 3 * 2**53 + 3
    assert minus(np.uint64(2**64 - 1), 1.0) == 2**64 - 2
    assert times(np.array([[2**62, -(2**62)]], np.int64), 4.0).tolist() == [[2**63 - 1, -(2**63)]]


def test_large_8_bit_images_equal_small_ones():
    every = np.arange(256, dtype=np.uint8)
    large = np.asfortranarray(np.tile(every, (20, 3)).reshape(20, 256, 3))
    for operate in (partial(times, b=1.7), partial(plus, b=-3.0), partial(rdivide, b=7.0), lambda a: rdivide(250.0, a)):
        small = operate(np.asfortranarray(large[:1, :3, :1].reshape(1, 3)))
        result = operate(large)
        assert result.dtype == np.uint8 and result.flags.f_contiguous and result.shape == large.shape
        assert result[:1, :3, 0].tolist() == small.tolist()
    signed = times(np.asfortranarray(large.view(np.int8)), -1.5)
    assert signed[0, :, 0].tolist()[127:130] == [-128, 127, 127] and signed[0, 1, 0] == -5


# ---------------------------------------------------------------------------------------------------------- text
def test_plus_of_a_string_appends():
    assert plus(String.of("a"), 1.0).data.item() == "a1"
    assert plus(0.1, String.of("a")).data.item() == "0.1a"
    assert plus("x", string_array(["a", "b"])).data.tolist() == [["xa", "xb"]]
    assert plus(String.of("v"), np.array([[1.5], [2.0]])).data.tolist() == [["v1.5"], ["v2"]]
    assert plus(String.of("is "), True).data.item() == "is true"
    assert plus(String.of("a"), cell_row("b", "c")).data.tolist() == [["ab", "ac"]]
    assert plus(String.of("a"), String(np.array([[MISSING]], object))).data.item() is MISSING


def test_strings_have_no_other_arithmetic():
    error = fails("MATLAB:UndefinedFunction", minus, String.of("a"), 1.0)
    assert error.message == "Operator '-' is not supported for operands of type 'string'."


def test_char_counts_as_its_codes():
    assert plus("a", 1.0) == 98.0
    assert plus("ab", ROW[:, :2]).tolist() == [[98.0, 100.0]]
    assert class_of(plus("a", np.int8(1))) == "int8"
    assert plus(chars(np.array([[65], [66]])), 1.0).tolist() == [[66.0], [67.0]]


# --------------------------------------------------------------------------------------------- values without them
@pytest.mark.parametrize(
    ("value", "name"),
    [
        (cell_row(1.0), "cell"),
        (Struct({"a": 1.0}), "struct"),
        (Function(lambda nargout, *args: None, "sin"), "function_handle"),
    ],
)
def test_cells_structs_and_handles_have_no_operators(value, name):
    for function, symbol in ((plus, "+"), (times, ".*"), (mtimes, "*"), (power, ".^"), (mpower, "^"), (rdivide, "./")):
        error = fails("MATLAB:UndefinedFunction", function, value, 1.0)
        assert error.message == f"Operator '{symbol}' is not supported for operands of type '{name}'."
        fails("MATLAB:UndefinedFunction", function, 1.0, value)
    error = fails("MATLAB:UndefinedFunction", uminus, value)
    assert error.message == f"Unary operator '-' is not supported for operand of type '{name}'."


class Length(Object):
    class_name = "Length"

    def operator(self, name, args):
        return (name, args) if name in ("plus", "mtimes", "uminus") else NotImplemented


def test_objects_answer_operators_themselves():
    length = Length()
    assert plus(1.0, length) == ("plus", (1.0, length))
    assert mtimes(length, ROW) == ("mtimes", (length, ROW))
    assert uminus(length) == ("uminus", (length,))
    error = fails("MATLAB:UndefinedFunction", minus, length, 1.0)
    assert error.message == "Operator '-' is not supported for operands of type 'Length'."


# ----------------------------------------------------------------------------------------------------- transposes
def test_transposes_of_every_kind():
    assert transpose(SQUARE).tolist() == [[1, 3], [2, 4]]
    assert ctranspose(np.array([[1 + 2j, 3]])).tolist() == [[1 - 2j], [3]]
    assert transpose(np.array([[1 + 2j, 3]])).tolist() == [[1 + 2j], [3]]
    assert ctranspose(1j) == -1j and ctranspose(2.0) == 2.0 and ctranspose(True) is True
    assert type(transpose("ab")) is CharArray and transpose("ab").codes.tolist() == [[97], [98]]
    assert transpose(transpose("ab")) == "ab" and transpose("a") == "a" and transpose("") == ""
    assert transpose(string_array(["a", "b"])).data.shape == (2, 1)
    assert transpose(cell_row(1.0, "a")).tolist() == [[1.0], ["a"]]
    assert transpose(np.zeros((0, 3))).shape == (3, 0)
    structs = np.empty((1, 2), object)
    structs[0, 0], structs[0, 1] = {"a": 1.0}, {"a": 2.0}
    assert transpose(StructArray(["a"], structs)).size() == (2, 1)


def test_transposing_pages_is_refused():
    assert "N-D arrays" in fails("MATLAB:transpose:NDArray", transpose, np.ones((2, 2, 2))).message


def test_uplus_keeps_the_class():
    assert uplus(np.int8(3)) == np.int8(3) and class_of(uplus(np.int8(3))) == "int8"
    assert uplus(ROW) is ROW
