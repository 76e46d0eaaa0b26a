import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import cell_row
from cnnscript.values.functions import Function
from cnnscript.values.objects import Object
from cnnscript.values.operators import and_, eq, ge, gt, lt, ne, not_, or_, short_circuit, truth
from cnnscript.values.text import MISSING, String, string_array

ROW = np.array([[1.0, 2.0, 3.0]])


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


def test_an_order_of_complex_numbers_is_that_of_their_real_parts():
    assert lt(1 + 2j, 2 + 1j) is True
    assert gt(np.array([[1 + 5j, 3 - 5j]]), 2.0).tolist() == [[False, True]]
    assert eq(1 + 2j, 1 + 3j) is False and eq(1 + 2j, 1.0) is False and ne(1j, 1.0) is True


def test_64_bit_integers_compare_exactly():
    assert eq(np.int64(2**53 + 1), 2.0**53) is False
    assert gt(np.int64(2**53 + 1), 2.0**53) is True
    assert lt(np.uint64(2**64 - 1), 2.0**64) is True
    assert eq(np.array([[2**62, 2**62 + 1]], np.int64), np.array([[2.0**62, 2.0**62]])).tolist() == [[True, False]]
    assert lt(np.int64(-1), np.uint64(0)) is True


def test_singles_compare_by_value():
    assert eq(np.float32(0.5), 0.5) is True and eq(np.float32(0.1), 0.1) is False


def test_char_rows_compare_letter_by_letter():
    assert eq("abc", "abd").tolist() == [[True, True, False]]
    assert eq("abc", "b").tolist() == [[False, True, False]]
    assert lt("a", "b") is True and eq("a", 97.0) is True
    assert fails("MATLAB:sizeDimensionsMustMatch", eq, "abc", "ab").notes == ("left is 1x3", "right is 1x2")


def test_strings_compare_as_whole_texts():
    assert eq(String.of("abc"), "abc") is True and ne(String.of("abc"), String.of("abd")) is True
    assert lt(String.of("abc"), String.of("abd")) is True
    assert eq(string_array(["a", "b"]), "b").tolist() == [[False, True]]
    assert eq(String.of("b"), cell_row("a", "b")).tolist() == [[False, True]]
    missing = String(np.array([[MISSING]], object))
    assert eq(missing, missing) is False and ne(missing, missing) is True and ge(missing, missing) is False
    assert "string" in fails("MATLAB:UndefinedFunction", eq, String.of("1"), 1.0).message


def test_categories_compare_with_text():
    pets = Categorical.from_texts(["cat", "dog", "cat", "<undefined>"], (1, 4), ["cat", "dog"])
    assert eq(pets, "cat").tolist() == [[True, False, True, False]]
    assert ne(pets, String.of("cat")).tolist() == [[False, True, False, True]]
    assert eq(pets, "cow").tolist() == [[False] * 4]
    assert eq(pets, pets).tolist() == [[True, True, True, False]]
    other = Categorical.from_texts(["dog", "dog", "cat", "cow"], (1, 4), ["cow", "dog", "cat"])
    assert eq(pets, other).tolist() == [[False, True, True, False]]
    assert "not ordinal" in fails("MATLAB:categorical:NotOrdinal", lt, pets, "dog").message
    fails("MATLAB:UndefinedFunction", eq, pets, 1.0)


def test_ordinal_categories_have_an_order():
    codes = np.array([[1, 3, 0]])
    sizes = Categorical(codes, ["small", "medium", "large"], ordinal=True)
    assert lt(sizes, "medium").tolist() == [[True, False, False]]
    assert ge("medium", sizes).tolist() == [[True, False, False]]
    fails("MATLAB:categorical:TextNotCategory", lt, sizes, "huge")


def test_handles_compare_by_identity_and_other_objects_say_no():
    class Handle(Object):
        is_handle = True

    class Plain(Object):
        class_name = "Plain"

    one, two = Handle(), Handle()
    assert eq(one, one) is True and eq(one, two) is False and ne(one, two) is True
    message = fails("MATLAB:UndefinedFunction", eq, Plain(), 1.0).message
    assert message == "Operator '==' is not supported for operands of type 'Plain'."
    assert fails("MATLAB:UndefinedFunction", ne, cell_row(), 1.0).message.startswith("Operator '~=' is not supported")


# --------------------------------------------------------------------------------------------------------- logic
def test_not_of_every_number():
    assert not_(ROW - 1).tolist() == [[True, False, False]]
    assert not_(0.0) is True and not_(True) is False and not_(np.int8(3)) is False and not_("a") is False
    fails("MATLAB:nologicalnan", not_, float("nan"))
    fails("MATLAB:UndefinedFunction", not_, String.of("a"))


def test_and_or_of_arrays():
    assert and_(ROW > 1, ROW < 3).tolist() == [[False, True, False]]
    assert or_(ROW, 0.0).tolist() == [[True] * 3]
    assert and_(np.zeros((0, 0)), 1.0).shape == (0, 0)
    assert or_(True, 0.0) is True
    fails("MATLAB:nologicalnan", and_, float("nan"), 1.0)
    fails("MATLAB:nologicalcomplex", or_, 1j, 1.0)
    fails("MATLAB:sizeDimensionsMustMatch", and_, ROW > 1, np.ones((2, 2)) > 1)
    assert fails("MATLAB:UndefinedFunction", and_, cell_row(1.0), True).message.startswith("Operator '&'")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, True),
        (0.0, False),
        (True, True),
        (np.zeros((0, 0)), False),
        (ROW, True),
        (ROW - 1, False),
        (np.array([[True, False]]), False),
        (np.array([[True, True]]), True),
        ("", False),
        ("abc", True),
        (np.int8(0), False),
        (np.float32(2), True),
        (np.ones((2, 2, 2)), True),
        (np.array([[1, 0]], np.uint8), False),
    ],
)
def test_a_condition_is_true_when_all_are_nonzero_and_there_are_some(value, expected):
    assert truth(value) is expected


def test_a_condition_that_is_no_number_is_an_error():
    assert fails("MATLAB:nologicalnan", truth, float("nan")).message == "NaN values cannot be converted to logicals."
    fails("MATLAB:nologicalnan", truth, np.array([[1.0, float("nan")]]))
    fails("MATLAB:nologicalcomplex", truth, 1j)
    message = fails("MATLAB:invalidConversion", truth, cell_row(1.0)).message
    assert message == "Conversion to logical from cell is not possible."
    fails("MATLAB:invalidConversion", truth, String.of("a"))
    fails("MATLAB:invalidConversion", truth, Function(lambda nargout: None, "f"))


def test_short_circuit_operands_must_be_scalars():
    assert short_circuit(2.0) is True and short_circuit(False) is False and short_circuit("a") is True
    for value in (ROW, np.zeros((0, 0)), "", "ab", cell_row(1.0)):
        error = fails("MATLAB:nonLogicalConditional", short_circuit, value)
        assert error.message.startswith("Operands to the logical AND (&&) and OR (||) operators must be convertible")
