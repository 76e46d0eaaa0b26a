"""Classes of numbers, equality, missing numbers and whole numbers."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*numbers):
    return np.array([numbers], float)


def test_conversions_round_and_saturate():
    assert call("int8", row(2.5, -2.5, 300, -300, np.nan)).tolist() == [[3, -3, 127, -128, 0]]
    assert call("uint8", -5.0) == 0 and call("double", "A") == 65.0
    assert call("double", np.uint8(7)) == 7.0 and type(call("double", np.uint8(7))) is float
    assert (
        class_of(call("cast", 2.7, "int8")) == "int8" and class_of(call("cast", 5.0, "like", np.float32(1))) == "single"
    )
    assert call("logical", row(2, 0, -1)).tolist() == [[True, False, True]]
    with pytest.raises(ScriptError, match="NaN values cannot be converted to logicals."):
        call("logical", np.nan)
    with pytest.raises(ScriptError, match="Unsupported class for conversion"):
        call("cast", 1.0, "float")


def test_bytes_can_be_read_as_another_class():
    assert call("typecast", np.float32(1), "uint32") == 1065353216
    assert call("typecast", np.array([[0, 0, 128, 63]], np.uint8), "single") == 1.0
    with pytest.raises(ScriptError, match="Too few input values"):
        call("typecast", np.uint8(1), "uint32")


@pytest.mark.parametrize(
    ("value", "word", "wanted"),
    [
        (5.0, "double", True),
        (5.0, "numeric", True),
        (np.int8(5), "integer", True),
        (np.int8(5), "float", False),
        ("a", "char", True),
        (True, "numeric", False),
        (Struct(), "struct", True),
    ],
)
def test_isa_knows_classes_and_categories(value, word, wanted):
    assert call("isa", value, word) is wanted


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (row(1, 2), row(1, 2), True),
        (row(1, 2), row(1, 2).T, False),
        (np.int8(5), 5.0, True),
        ("a", 97.0, True),
        ("abc", String.of("abc"), True),
        (cell_of_texts(["a", "b"]), cell_of_texts(["a", "b"]), True),
        (cell_of_texts(["a", "b"]), cell_of_texts(["a", "c"]), False),
        (Struct({"a": 1.0, "b": 2.0}), Struct({"b": 2.0, "a": 1.0}), True),
        (Struct({"a": 1.0}), Struct({"a": 2.0}), False),
        (Struct({"a": 1.0}), 1.0, False),
        (string_array(["a", "b"]), string_array(["a", "b"]), True),
        (Categorical.from_texts(["x"], (1, 1)), "x", True),
        (np.zeros((0, 0)), "", True),
        (np.zeros((0, 3)), np.zeros((0, 0)), False),
        (np.nan, np.nan, False),
    ],
)
def test_equality_is_by_size_and_content(a, b, wanted):
    assert call("isequal", a, b) is wanted and call("isequal", b, a) is wanted


def test_isequaln_takes_nan_for_equal():
    assert call("isequaln", row(1, np.nan), row(1, np.nan)) is True
    assert call("isequal", 1.0, 1.0, 2.0) is False and call("isequal", 1.0, 1.0, 1.0) is True


def test_operators_as_functions():
    assert call("plus", row(1, 2), 3.0).tolist() == [[4, 5]] and call("and", 1.0, row(0, 2)).tolist() == [[False, True]]
    assert call("xor", True, row(1, 0)).tolist() == [[False, True]]
    assert call("and", True, True, False) is False and call("or", False, False, True) is True


def test_bsxfun_expands_for_any_function():
    seen = []
    function = Function(lambda nargout, a, b: seen.append((a.shape, b.shape)) or a + b, "@(a,b)a+b")
    assert find("bsxfun").bind(None)(1, function, row(1, 2), row(10, 20).T).tolist() == [[11, 12], [21, 22]]
    assert seen == [((2, 2), (2, 2))]


def test_missing_numbers():
    assert call("isnan", row(1, np.nan)).tolist() == [[False, True]] and call("isnan", "a") is False
    assert call("isfinite", np.int8(5)) is True and call("isinf", -np.inf) is True
    assert call("rmmissing", row(1, np.nan, 3)).tolist() == [[1, 3]]
    assert call("fillmissing", row(1, np.nan, 3), "linear").tolist() == [[1, 2, 3]]
    assert call("fillmissing", row(np.nan, 2, np.nan), "previous")[0, 1:].tolist() == [2, 2]
    assert call("ismissing", cell_of_texts(["", "a"])).ravel().tolist() == [True, False]
    with pytest.raises(ScriptError):
        call("isnan", cell_of_texts(["a"]))


def test_whole_numbers():
    assert call("gcd", 12.0, 18.0, nargout=3) == (6.0, -1.0, 1.0) and call("lcm", 4.0, 6.0) == 12.0
    assert call("primes", 20.0).tolist() == [[2, 3, 5, 7, 11, 13, 17, 19]]
    assert call("isprime", row(0, 1, 2, 9, 97)).tolist() == [[False, False, True, False, True]]
    assert call("isprime", 2.0**31 - 1) is True and call("isprime", 999999000001.0) is True
    assert call("factor", 600851475143.0).tolist() == [[71, 839, 1471, 6857]]
    assert call("factorial", row(0, 5, 170, 171))[0, :2].tolist() == [1, 120] and call("factorial", 171.0) == np.inf
    assert call("nchoosek", 40.0, 20.0) == 137846528820.0
    assert call("nchoosek", row(1, 2, 3), 2.0).tolist() == [[1, 2], [1, 3], [2, 3]]
    assert call("perms", row(1, 2, 3)).tolist() == [[3, 2, 1], [3, 1, 2], [2, 3, 1], [2, 1, 3], [1, 3, 2], [1, 2, 3]]
    with pytest.raises(ScriptError, match="requires integer"):
        call("gcd", 1.5, 2.0)


def test_bits():
    assert call("bitand", 12.0, row(4, 10)).tolist() == [[4, 8]] and call("bitor", np.uint8(12), np.uint8(3)) == 15
    assert call("bitshift", 16.0, -2.0) == 4.0 and call("bitshift", np.uint8(255), 4.0) == 240
    assert call("bitget", 5.0, row(1, 2, 3)).tolist() == [[1, 0, 1]] and call("bitset", 8.0, 1.0) == 9.0
    with pytest.raises(ScriptError):
        call("bitand", -1.0, 3.0)


def test_functions_of_analysis():
    assert call("gamma", row(5, 0.5)).ravel().tolist() == pytest.approx([24, np.pi**0.5])
    assert call("erf", 0.5) == pytest.approx(0.5204998778130465) and call("gamma", -1.0) == np.inf
    assert call("expint", -1.0) == pytest.approx(-1.8951178163559368 - 3.141592653589793j)
