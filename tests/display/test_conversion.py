"""num2str, int2str and mat2str."""

import numpy as np
import pytest

from cnnscript.display.conversion import int2str, mat2str, num2str, number_text
from cnnscript.errors import ScriptError
from cnnscript.values.text import CharArray, String, chars, string_array


def grid(*rows):
    return np.array(rows, complex if any(isinstance(item, complex) for row in rows for item in row) else float)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (np.pi, "3.1416"), (-0.5, "-0.5"), (1234.56789, "1234.5679"), (123456.789, "123456.789"), (99999.5, "99999.5"),
        (1.23456789e-5, "1.2346e-05"), (1e10, "10000000000"), (1e23, "99999999999999991611392"), (np.inf, "Inf"),
        (np.nan, "NaN"), (True, "1"), (np.uint8(7), "7"), (np.float32(3.14159), "3.1416"), (1 + 2j, "1+2i"),
        (np.pi - 2.5j, "3.1416-2.5i"), (2.0**-52, "2.2204e-16"),
    ],
)  # fmt: skip
def test_num2str_of_one_number(number, text):
    assert num2str(number) == text
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("number", "how", "text"),
    [
        (np.pi, 8, "3.1415927"), (np.pi, "%10.5e", "3.14159e+00"), (42.67, "% 10.2f", "42.67"), (0.5, "%.3f", "0.500"),
        (12345.0, 3, "1.23e+04"), (np.nan, 3, "NaN"),
    ],
)  # fmt: skip
def test_num2str_with_a_precision_or_a_format(number, how, text):
    assert num2str(number, how) == text


@pytest.mark.parametrize(
    ("value", "how", "rows"),
    [
        (grid([8, 1, 6], [3, 5, 7]), None, ["8  1  6", "3  5  7"]), (grid([-1, 2]), None, ["-1   2"]),
        (grid([10], [-200]), None, ["  10", "-200"]),
        (grid([1.5, -2.25], [3, 4]), None, ["1.5       -2.25", "  3           4"]),
        (grid([1, np.nan, 3]), None, ["1  NaN    3"]), (grid([0.538, -2.26], [1.83, 0.862]), 3,
         ["0.538     -2.26", " 1.83     0.862"]), (grid([1.5, 2.5]), "%8.3f", ["1.500   2.500"]),
        (np.array([[True, False]]), None, ["1  0"]),
        (np.array([[1, -2], [30, 4]], np.int8), None, [" 1  -2", "30   4"]),
        (grid([np.inf, -np.inf]), None, ["Inf -Inf"]),
        (grid([1 + 2j, 3 - 4j]), None, ["1+2i   3-4i"]),
        (grid([1.5 + 2j, 3 - 4.25j]), None, ["1.5+2i" + " " * 21 + "3-4.25i"]),
        (grid([1 + 2j, 30 - 4j], [100 + 0j, 1j]), None, ["  1+2i      30-4i", "100+0i       0+1i"]),
        (grid([1, 2], [3, 4]), "%d,%d\n", ["1,2", "3,4"]),
    ],
)  # fmt: skip
def test_num2str_of_matrices(value, how, rows):
    got = num2str(value, how)
    assert (got.rows() if type(got) is CharArray else [got]) == rows


def test_num2str_lets_char_through_and_refuses_the_rest():
    assert num2str("abc") == "abc"
    assert num2str(np.zeros((0, 0))) == ""
    for value in (np.empty((1, 1), object), String.of("a")):
        with pytest.raises(ScriptError, match="Input to num2str must be numeric."):
            num2str(value)


def test_int2str_rounds_halves_away_from_zero():
    assert int2str(2.5) == "3"
    assert int2str(grid([1.5, -2.5])) == "2  -3"
    assert int2str(np.inf) == "Inf"


@pytest.mark.parametrize(
    ("value", "text", "with_class"),
    [
        (grid([1.5, 2], [3, 4]), "[1.5 2;3 4]", "[1.5 2;3 4]"), (True, "true", "true"),
        (grid([1], [2]), "[1;2]", "[1;2]"),
        (np.array([[True, False]]), "[true false]", "[true false]"), ("it's", "'it''s'", "'it''s'"), ("", "''", "''"),
        (chars(np.array([[97, 98], [99, 100]])), "['ab';'cd']", "['ab';'cd']"), (1 - 2j, "1-2i", "1-2i"),
        (np.float32(np.pi), "3.14159274101257", "single(3.14159274101257)"), (String.of("a"), '"a"', '"a"'),
        (np.array([[1, 2]], np.int8), "[1 2]", "int8([1 2])"), (np.zeros((0, 3)), "zeros(0,3)", "zeros(0,3)"),
        (np.zeros((0, 3), np.int8), "zeros(0,3)", "zeros(0,3,'int8')"),
        (grid([np.nan, -np.inf]), "[NaN -Inf]", "[NaN -Inf]"),
        (CharArray(np.zeros((1, 0), np.uint32)), "zeros(1,0)", "zeros(1,0)"),
    ],
)  # fmt: skip
def test_mat2str_evaluates_to_its_matrix(value, text, with_class):
    assert mat2str(value) == text
    assert mat2str(value, with_class=True) == with_class


def test_mat2str_takes_a_precision_and_only_matrices():
    assert mat2str(np.pi, 4) == "3.142"
    with pytest.raises(ScriptError, match="Input matrix must be 2-D."):
        mat2str(np.zeros((2, 2, 2)))
    with pytest.raises(ScriptError, match="must be numeric, logical, or char"):
        mat2str(np.empty((1, 1), object))


def test_mat2str_refuses_pages_of_every_class():
    char = CharArray(np.full((1, 1, 2), 97, np.uint32))
    for value in (np.zeros((1, 1, 2)), string_array(["a", "b"], (1, 1, 2)), char):
        with pytest.raises(ScriptError, match="2-D"):
            mat2str(value)


def test_num2str_of_complex_numbers_by_a_format_writes_both_parts():
    assert num2str(1 + 2j, "%d") == "1+2i"
    assert num2str(np.pi - 1j, "%8.3f") == "3.142-1.000i"
    assert num2str(grid([1 + 2j, 3 - 4j]), "%3.f") == "1+2i  3-4i"


def test_num2str_of_logicals_with_a_precision_is_that_of_numbers():
    assert num2str(np.array([[True, False]]), 3) == "1         0"


def test_mat2str_of_imaginary_parts_that_are_not_finite_is_a_product():
    assert mat2str(complex(np.nan, -np.inf)) == "NaN-1i*Inf"
    assert mat2str(complex(1, np.nan)) == "1+1i*NaN"
