"""sprintf, compose, num2str, int2str, mat2str, called as a program calls them."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import conversion
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import size_of
from cnnscript.values.text import CharArray, String, string_array


def call(name, *args):
    return find(name).bind(None)(1, *args)


def test_sprintf_gives_char_for_char_and_string_for_string():
    assert call("sprintf", "%d-%s", 3.0, "x") == "3-x"
    assert call("sprintf", String.of("%d"), 3.0).data.item() == "3"


def test_sprintf_of_nothing_is_a_row_of_no_letters():
    assert size_of(call("sprintf", "")) == (1, 0)
    assert size_of(call("sprintf", "%s", "")) == (1, 0)
    assert size_of(conversion.no_text()) == (1, 0)


def test_sprintf_needs_a_text_format():
    with pytest.raises(ScriptError, match="Invalid format."):
        call("sprintf", 5.0)


def test_compose_writes_each_row_by_itself():
    grid = call("compose", String.of("x%d"), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert grid.data.tolist() == [["x1", "x2"], ["x3", "x4"]]
    column = call("compose", "%s has %d", string_array(["Ann", "Bo"], (2, 1)), np.array([[3.0], [4.0]]))
    assert column.tolist() == [["Ann has 3"], ["Bo has 4"]]
    assert call("compose", String.of(r"a\tb")).data.tolist() == [["a\tb"]]
    assert call("compose", String.of("%d=%d"), np.array([[1.0, 2.0, 3.0]])).data.tolist() == [["1=2", "3="]]


def test_compose_refuses_rows_that_do_not_match():
    with pytest.raises(ScriptError, match="same number of rows"):
        call("compose", String.of("%d%d"), np.ones((2, 1)), np.ones((3, 1)))


@pytest.mark.parametrize(
    ("args", "text"),
    [((np.pi,), "3.1416"), ((np.pi, 8.0), "3.1415927"), ((0.5, "%.3f"), "0.500"), ((0.5, String.of("%g!")), "0.5!")],
)
def test_num2str_takes_a_precision_or_a_format(args, text):
    assert call("num2str", *args) == text


def test_num2str_of_a_matrix_is_a_char_matrix():
    made = call("num2str", np.array([[1.0, 20.0], [300.0, 4.0]]))
    assert type(made) is CharArray
    assert made.rows() == ["  1   20", "300    4"]


@pytest.mark.parametrize("precision", [np.array([[1.0, 2.0]]), -1.0, 1j, np.empty((1, 1), object)])
def test_a_precision_is_one_number(precision):
    with pytest.raises(ScriptError, match="Precision must be a positive integer."):
        call("num2str", np.pi, precision)


def test_mat2str_takes_digits_and_class_in_either_form():
    assert call("mat2str", np.float32(np.pi), 3.0, "class") == "single(3.14)"
    assert call("mat2str", np.array([[1, 2]], np.int8), "class") == "int8([1 2])"
    with pytest.raises(ScriptError, match="number of digits or 'class'"):
        call("mat2str", 1.0, "clas")
    assert call("int2str", 2.5) == "3"
