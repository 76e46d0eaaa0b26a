import math

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import cell_row
from cnnscript.values.convert import (
    categorical_for_assignment,
    convert_for_assignment,
    number_in_text,
    to_class,
)
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, class_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import MISSING, CharArray, String, string_array


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


def test_to_numbers():
    assert type(to_class(np.float32(1.5), "double")) is float and type(to_class(True, "double")) is float
    assert to_class("AB", "double").tolist() == [[65, 66]] and to_class("A", "uint8") == np.uint8(65)
    assert type(to_class(2.5, "int8")) is np.int8 and to_class(2.5, "int8") == 3
    assert to_class(np.array([[1.5, 300, np.nan]]), "uint8").tolist() == [[2, 255, 0]]
    assert class_of(to_class(1j, "single")) == "single"
    assert to_class(string_array(["3.5", "x"]), "double").tolist()[0][0] == 3.5
    assert math.isnan(to_class(String.of("x"), "double")) and to_class(String.of("7"), "int8") == 7
    pets = Categorical.from_texts(["b", "a", "?"], (1, 3), ["a", "b"])
    assert to_class(pets, "double").tolist()[0][:2] == [2, 1]
    row = np.array([[1.0, 2.0]])
    assert to_class(row, "double") is row


def test_to_logical():
    assert to_class(np.array([[0.0, 2.0]]), "logical").tolist() == [[False, True]] and to_class("a", "logical") is True
    assert "NaN" in fails("MATLAB:nologicalnan", to_class, math.nan, "logical").message


def test_to_char():
    assert to_class(72.0, "char") == "H" and to_class(np.array([[72.0, 105.0]]), "char") == "Hi"
    assert to_class(String.of("hi"), "char") == "hi" and to_class(String.of(""), "char") == ""
    assert to_class(string_array(["a", "bcd"]), "char").rows() == ["a  ", "bcd"]
    assert to_class(cell_row("ab", "", 99.0), "char").rows() == ["ab", "  ", "c "]
    assert type(to_class(np.array([[65.0], [66.0]]), "char")) is CharArray
    fails("MATLAB:char:WrongInputCell", to_class, cell_row(Struct()), "char")
    missing = String(np.array([[MISSING]], object))
    fails("MATLAB:string:CannotConvertMissingElementToChar", to_class, missing, "char")


def test_to_string():
    assert to_class(np.array([[1.0, 2.5]]), "string").data.tolist() == [["1", "2.5"]]
    assert to_class("abc", "string").data.item() == "abc"
    assert to_class(cell_row("a", 2.0, EMPTY), "string").data.tolist() == [["a", "2", ""]]
    error = fails("MATLAB:string:MustBeConvertibleCellArray", to_class, cell_row("a", Struct()), "string")
    assert "Element 2 must be convertible" in error.message


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (math.pi, "3.1416"),
        (123456.789, "123456.789"),
        (0.1, "0.1"),
        (1e10, "10000000000"),
        (1e-5, "1e-05"),
        (-2.0, "-2"),
        (math.inf, "Inf"),
        (True, "true"),
        (1 + 2j, "1+2i"),
        (0.5 - 1j, "0.5-1i"),
        (np.int8(-3), "-3"),
        (1e300, "1e+300"),
    ],
)
def test_the_text_of_a_number(number, text):
    assert to_class(number, "string").data.item() == text


def test_values_that_do_not_convert():
    error = fails("MATLAB:invalidConversion", to_class, cell_row(1.0), "double")
    assert error.message == "Conversion to double from cell is not possible."
    for value in (Struct(), Function(lambda nargout: None, "f")):
        for name in ("double", "int8", "char", "string", "logical", "cell", "struct", "function_handle"):
            if name != class_of(value):
                fails("MATLAB:invalidConversion", to_class, value, name)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3.0),
        (" -1e3 ", -1000.0),
        ("1,200.5", 1200.5),
        ("3,14", 314.0),
        ("1d2", 100.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("- 2", -2.0),
        ("Inf", math.inf),
        ("-inf", -math.inf),
        ("1+2i", 1 + 2j),
        ("2i+1", 1 + 2j),
        ("-3j", -3j),
        ("i", 1j),
    ],
)
def test_a_number_in_text(text, number):
    assert number_in_text(text) == number


@pytest.mark.parametrize("text", ["", "abc", "I", "InfI", "1 2", "1e", "--1", "1+2", "0x1F", "nan"])
def test_text_without_a_number_is_nan(text):
    assert math.isnan(number_in_text(text))


def test_assignment_keeps_the_class_of_the_array():
    assert convert_for_assignment("double", np.int8(5)) == 5.0 and type(convert_for_assignment("double", True)) is float
    assert convert_for_assignment("uint8", 300.0) == 255 and convert_for_assignment("logical", 5.0) is True
    assert convert_for_assignment("double", "a") == 97.0 and convert_for_assignment("char", 65.0) == "A"
    assert convert_for_assignment("char", String.of("abc")) == "abc"
    assert convert_for_assignment("string", 5.0).data.item() == "5"
    assert convert_for_assignment("double", String.of("5")) == 5.0
    cell = cell_row(1.0)
    assert convert_for_assignment("cell", cell) is cell


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("double", cell_row(1.0)),
        ("double", Struct()),
        ("cell", 5.0),
        ("struct", 5.0),
        ("char", True),
        ("char", string_array(["a", "b"])),
        ("int8", Function(lambda nargout: None, "f")),
    ],
)
def test_assignment_refuses(target, value):
    error = fails("MATLAB:invalidConversion", convert_for_assignment, target, value)
    assert error.message == f"Conversion to {target} from {class_of(value)} is not possible."


def test_assignment_into_categories_may_add_one():
    pets = Categorical.from_texts(["cat", "dog"], (1, 2))
    cow = categorical_for_assignment(pets, "cow")
    assert cow.names == ["cat", "dog", "cow"] and cow.codes.tolist() == [[3]]
    assert categorical_for_assignment(pets, cell_row("dog", "")).codes.tolist() == [[2, 0]]
    protected = Categorical(np.array([[1]]), ["cat"], protected=True)
    fails("MATLAB:categorical:ProtectedForNewCategories", categorical_for_assignment, protected, "cow")
    fails("MATLAB:invalidConversion", categorical_for_assignment, pets, 1.0)
