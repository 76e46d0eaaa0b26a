import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import cat, cell_row, cell_rows, horzcat, matrix_rows, vertcat
from cnnscript.values.convert import to_class
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, class_of, size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, String, string_array

ROW = np.array([[1.0, 2.0]])
EMPTY_CELL = np.empty((0, 0), object)


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


def test_numbers_side_by_side_and_below():
    assert horzcat(1.0, ROW, 3.0).tolist() == [[1, 1, 2, 3]]
    assert vertcat(ROW, horzcat(3.0, 4.0)).tolist() == [[1, 2], [3, 4]]
    assert vertcat(ROW, ROW).flags.f_contiguous
    assert cat(3, ROW, ROW).shape == (1, 2, 2) and cat(1, 1.0, 2.0).shape == (2, 1)
    assert cat(4, ROW, ROW).shape == (1, 2, 1, 2)
    assert horzcat() is EMPTY and horzcat(2.0) == 2.0


def test_rows_of_a_literal():
    assert matrix_rows(((1.0, 2.0), (3.0, 4.0))).tolist() == [[1, 2], [3, 4]]
    assert matrix_rows(((1.0, 2.0), (), (ROW,))).tolist() == [[1, 2], [1, 2]]
    assert matrix_rows((("ab",), ("cd",))).rows() == ["ab", "cd"]
    assert matrix_rows(((),)) is EMPTY
    fails("MATLAB:catenate:dimensionMismatch", matrix_rows, ((1.0, 2.0), (3.0,)))


def test_sizes_that_do_not_fit_are_matlabs_error():
    error = fails("MATLAB:catenate:dimensionMismatch", vertcat, ROW, np.ones((1, 3)))
    assert error.message == "Dimensions of arrays being concatenated are not consistent."
    assert error.notes == ("part 1 is 1x2", "part 2 is 1x3")
    fails("MATLAB:catenate:dimensionMismatch", horzcat, ROW, np.ones((2, 1)))
    fails("MATLAB:catenate:dimensionMismatch", vertcat, "abc", "de")
    fails("MATLAB:catenate:dimensionMismatch", cat, 3, ROW, 1.0)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((1.0, np.float32(2)), "single"),
        ((1.5, np.int8(2)), "int8"),
        ((np.float32(1.5), np.uint8(2)), "uint8"),
        ((True, False), "logical"),
        ((True, 1.0), "double"),
        ((np.int8(1), True), "int8"),
        ((np.int16(450), np.uint8(250), np.int32(1000000)), "int16"),
        (("a", 66.0), "char"),
        ((66.0, "a"), "char"),
        ((np.uint8(66), "a"), "char"),
        ((1.0, String.of("a"), "b"), "string"),
        ((1.0, cell_row(2.0)), "cell"),
        ((String.of("a"), cell_row(2.0)), "cell"),
        ((np.zeros((0, 0), np.int8), 1.5), "int8"),
        (("", 66.0), "char"),
        ((1j, np.float32(1)), "single"),
    ],
)
def test_the_class_of_the_result(parts, expected):
    assert class_of(horzcat(*parts)) == expected


def test_values_are_converted_to_that_class():
    assert horzcat(np.int16(450), np.uint8(250), np.int32(1000000)).tolist() == [[450, 250, 32767]]
    assert horzcat(2.5, np.int8(-1), 300.0).tolist() == [[3, -1, 127]]
    assert horzcat("a", 66.0) == "aB"
    assert horzcat(String.of("a"), "bc", 1.5, True).data.tolist() == [["a", "bc", "1.5", "true"]]
    assert horzcat(1j, 2.0).tolist() == [[1j, 2]]


def test_text():
    assert horzcat("ab", "", "c") == "abc" and horzcat("", "") == ""
    assert vertcat("ab", "cd").rows() == ["ab", "cd"] and vertcat("ab", "") == "ab"
    assert type(vertcat("a", "b")) is CharArray
    assert horzcat(vertcat("a", "b"), vertcat("c", "d")).rows() == ["ac", "bd"]
    assert vertcat(String.of("a"), "b").data.tolist() == [["a"], ["b"]]
    assert horzcat(string_array(["a", "b"]), EMPTY).data.shape == (1, 2)
    error = fails("MATLAB:invalidConversion", horzcat, True, "a")
    assert error.message.endswith("Conversion to char from logical is not possible.")


def test_empties_beside_others_are_left_out():
    assert horzcat(EMPTY, ROW).tolist() == ROW.tolist()
    assert vertcat(EMPTY, ROW, EMPTY).tolist() == ROW.tolist()
    assert vertcat(np.zeros((1, 0)), ROW).tolist() == ROW.tolist()
    assert size_of(horzcat(EMPTY, 1.0)) == (1, 1) and horzcat(EMPTY, 1.0) == 1.0


@pytest.mark.parametrize(
    ("axis", "shapes", "expected"),
    [
        (1, [(1, 0), (1, 0)], (1, 0)),
        (1, [(0, 1), (0, 2)], (0, 3)),
        (0, [(1, 0), (2, 0)], (3, 0)),
        (0, [(0, 3), (0, 3)], (0, 3)),
        (0, [(0, 0), (0, 3)], (0, 3)),
        (0, [(0, 2), (0, 3)], (0, 0)),
    ],
)
def test_empties_only(axis, shapes, expected):
    parts = [np.zeros(shape) for shape in shapes]
    assert (horzcat if axis else vertcat)(*parts).shape == expected


def test_cells_take_anything_in():
    joined = horzcat(cell_row(1.0), "ab", EMPTY, cell_row(2.0, EMPTY))
    assert joined.shape == (1, 4) and joined[0, 1] == "ab" and joined[0, 3] is EMPTY
    assert vertcat(cell_row(1.0, 2.0), cell_row(3.0, 4.0)).tolist() == [[1, 2], [3, 4]]
    assert horzcat(EMPTY_CELL, cell_row(1.0)).shape == (1, 1)
    assert horzcat(EMPTY_CELL, 1.0).tolist() == [[1.0]]
    fails("MATLAB:catenate:dimensionMismatch", vertcat, cell_row("a", 2.0), ROW)


def test_cell_literals():
    assert cell_row().shape == (0, 0) and cell_rows([]).shape == (0, 0) and cell_rows([()]).shape == (0, 0)
    assert cell_rows([(1.0, "a"), (), (ROW, EMPTY)]).tolist()[0] == [1.0, "a"]
    nested = cell_row(cell_row(), ROW)
    assert nested.shape == (1, 2) and nested[0, 0].shape == (0, 0) and nested[0, 1] is ROW
    fails("MATLAB:catenate:dimensionMismatch", cell_rows, [(1.0, 2.0), (3.0,)])


def test_structs_with_the_same_fields_in_any_order():
    first, second = Struct({"a": 1.0, "b": 2.0}), Struct({"b": 4.0, "a": 3.0})
    both = horzcat(first, EMPTY, second)
    assert type(both) is StructArray and both.names() == ["a", "b"] and both.size() == (1, 2)
    assert both.data[0, 1] == {"a": 3.0, "b": 4.0} and list(both.data[0, 1]) == ["a", "b"]
    assert vertcat(both, both).size() == (2, 2)
    both.data[0, 0]["a"] = 9.0
    assert first.fields["a"] == 1.0
    error = fails("MATLAB:catenate:structFieldBad", horzcat, first, Struct({"a": 1.0, "c": 1.0}))
    assert error.notes == ("only the first has: b", "only a later one has: c")
    message = fails("MATLAB:invalidConversion", horzcat, first, 1.0).message
    assert message.endswith("Conversion to struct from double is not possible.")


def test_handles_do_not_make_arrays():
    handle = Function(lambda nargout, *args: None, "sin")
    assert horzcat(EMPTY, handle) is handle
    message = fails("MATLAB:err_non_scalar_function_handles", horzcat, handle, handle).message
    assert message == "Nonscalar arrays of function handles are not allowed; use cell arrays instead."


def test_categories_are_united():
    first = Categorical.from_texts(["a", "b"], (1, 2))
    second = Categorical.from_texts(["c", "a"], (1, 2))
    joined = horzcat(first, second, "d")
    assert joined.texts() == ["a", "b", "c", "a", "d"] and joined.names == ["a", "b", "c", "d"]
    assert vertcat(first, second).size() == (2, 2)
    ordinal = Categorical(np.array([[1]]), ["a"], ordinal=True)
    fails("MATLAB:categorical:OrdinalCategoriesMismatch", horzcat, first, ordinal)
    fails("MATLAB:catenate:dimensionMismatch", vertcat, first, Categorical.from_texts(["a"], (1, 1)))


def test_objects_join_themselves():
    class Layer(Object):
        def concatenate(self, parts, axis):
            return parts, axis

    layer = Layer()
    assert horzcat(1.0, layer) == ((1.0, layer), 1)
    assert vertcat(layer, layer) == ((layer, layer), 0)
    assert "horzcat" in fails("MATLAB:UndefinedFunction", horzcat, Object(), 1.0).message


@pytest.mark.parametrize("number", [65.9, -5.0, np.nan, 128512.0, np.inf, np.float32(65.9), np.int8(-5), 65.5 + 2j])
def test_a_number_beside_text_is_the_letter_that_char_makes_of_it(number):
    assert horzcat("a", number) == "a" + to_class(number, "char")
