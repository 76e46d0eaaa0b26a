"""Reading parts: which elements, in what shape, and what is said where there are none."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.indexing import brace, brace1, end_of, get_field, index, index1, index2, index3
from cnnscript.values.numeric import COLON, size_of
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, String, chars, string_array

MAGIC = np.array([[8.0, 1, 6], [3, 5, 7], [4, 9, 2]], order="F")
ROW = np.array([[10.0, 20, 30, 40]])
COLUMN = np.array([[10.0], [20], [30]])
CUBE = np.arange(24.0).reshape(2, 3, 4, order="F")


def row(*numbers):
    return np.array([numbers], float)


def column(*numbers):
    return np.array(numbers, float).reshape(-1, 1)


def mask(*flags):
    return np.array([flags], bool)


LINEAR = [
    (MAGIC, 4.0, 1.0),
    (MAGIC, COLON, MAGIC.ravel("F").reshape(-1, 1)),
    (MAGIC, ":", MAGIC.ravel("F").reshape(-1, 1)),
    (MAGIC, row(1, 2), row(8, 3)),
    (MAGIC, column(1, 2), column(8, 3)),
    (MAGIC, np.array([[1.0, 2], [3, 9]]), np.array([[8.0, 3], [4, 2]])),
    (MAGIC, slice(1, 4), row(3, 4, 1)),
    (MAGIC, MAGIC > 6, column(8, 9, 7)),
    (MAGIC, mask(True, False, True), row(8, 4)),
    (ROW, column(1, 2), row(10, 20)),
    (ROW, row(4, 1), row(40, 10)),
    (ROW, mask(True, False, False, True), row(10, 40)),
    (ROW, slice(1, 3), row(20, 30)),
    (ROW, slice(0, 4, 2), row(10, 30)),
    (ROW, np.zeros((0, 0)), np.zeros((0, 0))),
    (ROW, np.zeros((1, 0)), np.zeros((1, 0))),
    (ROW, mask(False, False, False, False), np.zeros((1, 0))),
    (ROW, np.array([[1.0, 2], [3, 4]]), np.array([[10.0, 20], [30, 40]])),
    (COLUMN, row(1, 2), column(10, 20)),
    (COLUMN, np.zeros((1, 0)), np.zeros((0, 1))),
    (COLUMN, mask(True, False, True), column(10, 30)),
    (COLUMN, slice(0, 2), column(10, 20)),
    (7.0, 1.0, 7.0),
    (7.0, row(1, 1, 1), row(7, 7, 7)),
    (7.0, column(1, 1), column(7, 7)),
    (7.0, True, 7.0),
    (7.0, False, np.zeros((0, 0))),
    (ROW, np.uint8(2), 20.0),
    (ROW, np.array([[1, 2]], np.int16), row(10, 20)),
    (CUBE, 7.0, 6.0),
    (CUBE, COLON, CUBE.ravel("F").reshape(-1, 1)),
    (True, row(1, 1), np.array([[True, True]])),
    (np.array([[1, 2, 3]], np.uint8), 2.0, np.uint8(2)),
    (np.array([[1 + 2j, 3]]), 1.0, 1 + 2j),
    (np.array([[True, False]]), 2.0, False),
]


def same(got, expected):
    assert type(got) is type(expected)
    assert size_of(got) == size_of(expected)
    assert np.array_equal(got, expected)
    if isinstance(expected, np.ndarray):
        assert got.dtype == expected.dtype
        assert got.flags.f_contiguous


@pytest.mark.parametrize(("value", "i", "expected"), LINEAR)
def test_one_index(value, i, expected):
    same(index(value, (i,)), expected)
    same(index1(value, i), expected)


SUBSCRIPTS = [
    (MAGIC, (2.0, 3.0), 7.0),
    (MAGIC, (2.0, COLON), row(3, 5, 7)),
    (MAGIC, (COLON, 2.0), column(1, 5, 9)),
    (MAGIC, (row(3, 1), row(1, 2)), np.array([[4.0, 9], [8, 1]])),
    (MAGIC, (slice(0, 2), slice(1, 3)), np.array([[1.0, 6], [5, 7]])),
    (MAGIC, (mask(True, False, True), COLON), np.array([[8.0, 1, 6], [4, 9, 2]])),
    (MAGIC, (COLON, COLON), MAGIC),
    (MAGIC, (COLON, np.zeros((0, 0))), np.zeros((3, 0))),
    (MAGIC, (2.0, 3.0, 1.0), 7.0),
    (MAGIC, (2.0, COLON, 1.0), row(3, 5, 7)),
    (CUBE, (2.0, 3.0, 4.0), 23.0),
    (CUBE, (2.0, 12.0), 23.0),  # fewer indices fold the last dimensions
    (CUBE, (1.0, slice(0, 5)), row(0, 2, 4, 6, 8)),
    (CUBE, (COLON, COLON, 2.0), CUBE[:, :, 1]),
    (CUBE, (COLON, 1.0, COLON), CUBE[:, :1, :]),
    (CUBE, (1.0, 2.0, COLON), CUBE[:1, 1:2, :]),
    (CUBE, (slice(0, 2), slice(1, 3), 1.0), CUBE[:, 1:3, 0]),
    (ROW, (1.0, 2.0), 20.0),
    (5.0, (1.0, 1.0), 5.0),
    (5.0, (row(1, 1), row(1, 1, 1)), np.full((2, 3), 5.0)),
]


@pytest.mark.parametrize(("value", "args", "expected"), SUBSCRIPTS)
def test_several_indices(value, args, expected):
    same(index(value, args), expected)
    fast = {2: index2, 3: index3}.get(len(args))
    if fast:
        same(fast(value, *args), expected)


def test_a_part_of_an_array_is_its_own():
    for args in [(COLON, 2.0), (slice(0, 2), COLON), (row(1, 2),), (COLON, COLON)]:
        part = index(MAGIC, args)
        assert not np.shares_memory(part, MAGIC)


ERRORS = [
    (ROW, (7.0,), "Index exceeds the number of array elements. Index must not exceed 4."),
    (ROW, (slice(0, 7),), "Index exceeds the number of array elements. Index must not exceed 4."),
    (ROW, (row(1, 9),), "Index exceeds the number of array elements. Index must not exceed 4."),
    (MAGIC, (4.0, 1.0), "Index in position 1 exceeds array bounds. Index must not exceed 3."),
    (MAGIC, (1.0, 4.0), "Index in position 2 exceeds array bounds. Index must not exceed 3."),
    (CUBE, (1.0, 1.0, 5.0), "Index in position 3 exceeds array bounds. Index must not exceed 4."),
    (CUBE, (1.0, 13.0), "Index in position 2 exceeds array bounds. Index must not exceed 12."),
    (ROW, (0.0,), "Array indices must be positive integers or logical values."),
    (ROW, (-1.0,), "Array indices must be positive integers or logical values."),
    (ROW, (1.5,), "Array indices must be positive integers or logical values."),
    (ROW, (float("nan"),), "Array indices must be positive integers or logical values."),
    (ROW, (row(1, 0),), "Array indices must be positive integers or logical values."),
    (ROW, (row(1, 2.5),), "Array indices must be positive integers or logical values."),
    (ROW, (1j,), "Array indices must be positive integers or logical values."),
    (ROW, (float("inf"),), "Array indices must be positive integers or logical values."),
    (ROW, (row(1, float("inf")),), "Array indices must be positive integers or logical values."),
    (ROW, (1e300,), "Index exceeds the number of array elements. Index must not exceed 4."),
    (ROW, (row(1, 1e300),), "Index exceeds the number of array elements. Index must not exceed 4."),
    (MAGIC, (0.0, 1.0), "Index in position 1 is invalid. Array indices must be positive integers or logical values."),
    (MAGIC, (1.0, -2.0), "Index in position 2 is invalid. Array indices must be positive integers or logical values."),
    (ROW, (mask(False, False, False, False, True),),
     "The logical indices contain a true value outside of the array bounds."),
    (MAGIC, (1.0, mask(False, False, False, True)),
     "The logical indices in position 2 contain a true value outside of the array bounds."),
    (5.0, (2.0,), "Index exceeds the number of array elements. Index must not exceed 1."),
    ("abc", (4.0,), "Index exceeds the number of array elements. Index must not exceed 3."),
    (ROW, (np.empty((1, 1), object),), "Unable to use a value of type cell as an index."),
    (ROW, (String.of("a"),), "Unable to use a value of type string as an index."),
]


@pytest.mark.parametrize(("value", "args", "message"), ERRORS)
def test_what_is_no_element_is_said(value, args, message):
    with pytest.raises(ScriptError) as caught:
        index(value, args)
    assert (caught.value.identifier, caught.value.message) == ("MATLAB:badsubscript", message)
    fast = {1: index1, 2: index2, 3: index3}[len(args)]
    with pytest.raises(ScriptError) as caught:
        fast(value, *args)
    assert caught.value.message == message


def test_a_longer_mask_without_a_true_beyond_the_end_is_allowed():
    same(index(ROW, (mask(True, False, False, False, False),)), 10.0)


def test_text():
    assert index("hello", (slice(1, 3),)) == "el"
    assert index("hello", (row(5, 1),)) == "oh"
    assert index1("hello", 5.0) == "o"
    assert index("hello", (1.0, slice(1, 3))) == "el"
    assert index("hello", (np.zeros((0, 0)),)) == ""
    assert index("hello", (np.zeros((1, 0)),)).codes.shape == (1, 0)
    assert index("ab", (COLON,)).codes.tolist() == [[97], [98]]
    matrix = CharArray(np.array([[97, 98], [99, 100]], np.uint32))
    assert index(matrix, (2.0, COLON)) == "cd"
    assert index(ROW, (chars(np.array([[1, 2]])),)).tolist() == [[10.0, 20.0]]


def test_strings_cells_structs_and_categories():
    names = string_array(["a", "b", "c"])
    assert index(names, (row(3, 1),)).data.tolist() == [["c", "a"]]
    cell = np.empty((1, 2), object)
    cell[0, 0], cell[0, 1] = 1.0, "x"
    assert index1(cell, 2.0).tolist() == [["x"]]
    assert brace1(cell, 2.0) == "x"
    assert brace(cell, (COLON,)) == (1.0, "x")
    one = Struct({"a": 1.0})
    assert index(one, (1.0,)) is one
    assert index(one, (row(1, 1),)).data.shape == (1, 2)
    data = np.empty((1, 2), object)
    data[0, 0], data[0, 1] = {"a": 1.0}, {"a": 2.0}
    several = StructArray(["a"], data)
    assert index(several, (2.0,)).fields == {"a": 2.0}
    assert get_field(several, "a") == (1.0, 2.0)
    kinds = Categorical.from_texts(["x", "y", "x"], (1, 3))
    assert index(kinds, (row(3, 2),)).texts() == ["x", "y"]
    assert index(ROW, (Categorical.from_texts(["x", "y"], (1, 2)),)).tolist() == [[10.0, 20.0]]


def test_a_function_is_called_by_its_indices():
    seen = []
    function = Function(lambda nargout, *args: seen.append(args) or 1.0, "@f")
    assert index1(function, 5.0) == 1.0
    assert index(function, ()) == 1.0
    index2(function, COLON, slice(0, 2))
    assert seen[:2] == [(5.0,), ()]
    assert seen[2][0] == ":"
    assert seen[2][1].tolist() == [[1.0, 2.0]]


def test_a_function_without_a_value_cannot_be_used_as_one():
    with pytest.raises(ScriptError, match="Too many output arguments"):
        index1(Function(lambda nargout, *args: None, "@f"), 1.0)


def test_braces_and_dots_on_what_has_none():
    with pytest.raises(ScriptError) as caught:
        brace(ROW, (1.0,))
    assert caught.value.message == "Brace indexing is not supported for variables of this type."
    with pytest.raises(ScriptError) as caught:
        get_field(ROW, "a")
    assert caught.value.identifier == "MATLAB:structRefFromNonStruct"
    with pytest.raises(ScriptError) as caught:
        get_field(Struct({"width": 1.0}), "widht")
    assert (caught.value.identifier, caught.value.hint) == ("MATLAB:nonExistentField", "did you mean 'width'?")


@pytest.mark.parametrize(
    ("value", "position", "count", "expected"),
    [
        (MAGIC, 0, 1, 9.0),
        (MAGIC, 0, 2, 3.0),
        (MAGIC, 1, 2, 3.0),
        (MAGIC, 2, 3, 1.0),
        (CUBE, 1, 2, 12.0),
        (CUBE, 2, 3, 4.0),
        (CUBE, 3, 4, 1.0),
        ("abc", 0, 1, 3.0),
        ("abc", 0, 2, 1.0),
        ("abc", 1, 2, 3.0),
        ("", 0, 1, 0.0),
        (5.0, 0, 1, 1.0),
        (Struct({}), 0, 1, 1.0),
    ],
)
def test_end(value, position, count, expected):
    assert end_of(value, position, count) == expected


def test_a_vector_of_any_direction_keeps_it_when_a_vector_indexes_it():
    deep = np.arange(4.0).reshape(1, 1, 4, order="F")
    assert index(deep, (row(1, 3),)).shape == (1, 1, 2)
    assert index(deep, (deep > 1,)).shape == (1, 1, 2)
    assert index(ROW, (row(1, 2).reshape(1, 1, 2),)).shape == (1, 2)
    assert index(MAGIC, (row(1, 2).reshape(1, 1, 2),)).shape == (1, 1, 2)
    assert index(MAGIC, (np.ones((1, 1, 5), bool),)).shape == (1, 1, 5)
    assert index(deep, (np.ones((2, 2)),)).shape == (2, 2)
