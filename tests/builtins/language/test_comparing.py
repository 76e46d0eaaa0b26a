"""strcmp and its kind, contains, strfind, validatestring."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import comparing  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*texts):
    return cell_of_texts(texts, column=False)


def test_strcmp_of_chars_strings_and_cells():
    assert call("strcmp", "a", "a") is True
    assert call("strcmp", "a", String.of("a")) is True
    assert call("strcmp", row("a", "b"), "a").tolist() == [[True, False]]
    assert call("strcmp", row("a", "b"), row("a", "c")).tolist() == [[True, False]]
    assert call("strcmp", row("a"), row("a", "b")).tolist() == [[True, False]]


def test_what_is_no_text_equals_nothing():
    assert call("strcmp", "a", 5.0) is False
    assert call("strcmp", 5.0, 5.0) is False
    assert call("strcmp", np.array([["a", 5.0]], object), "a").tolist() == [[True, False]]
    assert call("strcmp", string_array([MISSING]), string_array([MISSING])) is False


def test_char_matrices_are_compared_whole():
    matrix = CharArray(np.array([[97], [98]], np.uint32))
    other = CharArray(np.array([[97], [99]], np.uint32))
    assert call("strcmp", matrix, matrix) is True
    assert call("strcmp", matrix, other) is False


def test_strcmp_refuses_cells_of_different_sizes():
    with pytest.raises(ScriptError):
        call("strcmp", row("a", "b"), row("a", "b", "c"))


def test_comparing_some_letters_or_any_case():
    assert call("strcmpi", "ReLU", "relu") is True
    assert call("strncmp", "conv1", "conv2", 4.0) is True
    assert call("strncmp", "a", "abc", 2.0) is False
    assert call("strncmpi", "CONv", "conx", 3.0) is True


def test_contains_looks_for_any_of_several_patterns():
    assert call("contains", string_array(["conv1", "relu1"]), row("conv", "pool")).tolist() == [[True, False]]
    assert call("contains", "Conv", "conv", "IgnoreCase", True) is True
    assert call("contains", "abc", "") is True
    assert call("contains", string_array([MISSING]), "a") is False


def test_starts_ends_and_counts():
    assert call("startsWith", row("conv", "relu"), "co").tolist() == [[True, False]]
    assert call("endsWith", "a.png", row(".jpg", ".png")) is True
    assert call("count", "banana", "ana") == 1.0
    assert call("count", string_array(["aXbx"]), "x", "IgnoreCase", True) == 2.0


def test_strfind_finds_overlapping_places_and_0x0_for_none():
    assert call("strfind", "aaaa", "aa").tolist() == [[1, 2, 3]]
    assert call("strfind", "abc", "z").shape == (0, 0)
    assert [np.size(found) for found in call("strfind", row("ab", "cd"), "b").ravel()] == [1, 0]
    with pytest.raises(ScriptError) as caught:
        call("strfind", 5.0, "a")
    assert caught.value.identifier == "MATLAB:strfind:InvalidStringType"


def test_strlength_of_a_missing_string_is_nan():
    assert np.isnan(call("strlength", string_array(["ab", MISSING])).ravel()[1])


def test_validatestring_takes_prefixes_and_names_the_nearest_for_a_misspelt_word():
    assert call("validatestring", "r", row("red", "green")) == "red"
    with pytest.raises(ScriptError) as caught:
        call("validatestring", "rde", row("red", "green"))
    assert caught.value.identifier == "MATLAB:unrecognizedStringChoice"
    assert "'red', 'green'" in caught.value.message and caught.value.hint == "did you mean 'red'?"


def test_validatestring_refuses_what_fits_two():
    with pytest.raises(ScriptError) as caught:
        call("validatestring", "gr", row("green", "grey"))
    assert caught.value.identifier == "MATLAB:ambiguousStringChoice"


@pytest.mark.parametrize(
    ("rest", "identifier", "subject"),
    [
        ((), "MATLAB:unrecognizedStringChoice", "Expected input to match"),
        ((2.0,), "MATLAB:unrecognizedStringChoice", "Expected input number 2 to match"),
        (("f", 3.0), "MATLAB:f:unrecognizedStringChoice", "Expected input number 3 to match"),
        (("f", "v"), "MATLAB:f:unrecognizedStringChoice", "Expected input, v, to match"),
        (("f", "v", 1.0), "MATLAB:f:unrecognizedStringChoice", "Expected input number 1, v, to match"),
    ],
)
def test_validatestring_says_which_input_of_which_function_it_is(rest, identifier, subject):
    with pytest.raises(ScriptError) as caught:
        call("validatestring", "x", cell_of_texts(["red", "green"]), *rest)
    assert caught.value.identifier == identifier and caught.value.message.startswith(subject)
