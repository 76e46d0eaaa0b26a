"""What `session[name] = value` makes of Python's and NumPy's objects."""

from fractions import Fraction

import numpy as np
import pytest

from cnnscript.values.from_python import from_python
from cnnscript.values.numeric import class_of, size_of
from cnnscript.values.text import String


@pytest.mark.parametrize(
    "given, class_name, size",
    [
        (3, "double", (1, 1)),
        (10**400 // 10**390, "double", (1, 1)),
        (True, "logical", (1, 1)),
        (np.True_, "logical", (1, 1)),
        (2.5, "double", (1, 1)),
        (np.float64(2.5), "double", (1, 1)),
        (np.float16(2.5), "double", (1, 1)),
        (np.float32(2.5), "single", (1, 1)),
        (np.uint8(2), "uint8", (1, 1)),
        (1 + 2j, "double", (1, 1)),
        ("", "char", (0, 0)),
        ("word", "char", (1, 4)),
        (np.str_("word"), "char", (1, 4)),
        (b"\x00\xff", "uint8", (1, 2)),
        (None, "double", (0, 0)),
        ([1, 2.5, True], "double", (1, 3)),
        ([True, False], "logical", (1, 2)),
        ([10**30, 1], "double", (1, 2)),
        ([], "cell", (0, 0)),
        ((1, "two"), "cell", (1, 2)),
        ([[1, 2], [3, 4]], "cell", (1, 2)),
        ({"a": 1, 2: [1, 2]}, "struct", (1, 1)),
        (np.arange(3), "int64", (1, 3)),
        (np.ones((2, 3), ">f8"), "double", (2, 3)),
        (np.ones((2, 3, 1)), "double", (2, 3)),
        (np.array(["a", "bc"]), "string", (1, 2)),
        (np.array([[1, "two"], [None, [3, 4]]], object), "cell", (2, 2)),
    ],
)
def test_class_and_size(given, class_name, size):
    value = from_python(given)
    assert (class_of(value), size_of(value)) == (class_name, size)


def test_the_items_of_an_array_of_objects_are_script_values():
    value = from_python(np.array([[1, "two"], [None, [3, 4]]], object))
    assert value[0, 0] == 1.0 and type(value[0, 0]) is float
    assert value[0, 1] == "two" and value[1, 0].shape == (0, 0) and value[1, 1].tolist() == [[3.0, 4.0]]


def test_an_array_is_copied():
    array = np.ones((2, 2), order="F")
    value = from_python(array)
    array[0, 0] = 5
    assert value[0, 0] == 1


def test_what_makes_itself_an_array_comes_as_one():
    class Tensor:
        def __array__(self, dtype=None, copy=None):
            return np.eye(2, dtype=np.float32)

    assert class_of(from_python(Tensor())) == "single"


def test_script_values_pass():
    text = String.of("word")
    assert from_python(text) is text


@pytest.mark.parametrize("given", [{1, 2}, object(), Fraction(1, 2), np.datetime64("2024-01-01"), [object()]])
def test_anything_else_is_refused(given):
    with pytest.raises(TypeError, match="no class of the language holds"):
        from_python(given)
