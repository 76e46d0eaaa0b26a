"""Parts of texts taken out, put in and replaced."""

import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import cutting  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import MISSING, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_extract_before_and_after_a_pattern_or_a_place():
    assert call("extractBefore", "conv1_2", "_") == "conv1"
    assert call("extractBefore", "abcd", 3.0) == "ab"
    assert call("extractAfter", "fire9-relu", "-") == "relu"
    assert call("extractAfter", "abcd", 3.0) == "d"


def test_what_is_not_found_is_missing_in_a_string_and_empty_in_a_char():
    assert call("extractBefore", String.of("abc"), "z").data.item() is MISSING
    assert call("extractBefore", "abc", "z") == ""


def test_a_place_beyond_the_text_is_an_error():
    with pytest.raises(ScriptError) as caught:
        call("extractBefore", "abc", 9.0)
    assert caught.value.identifier == "MATLAB:string:PositionOutOfRange"


def test_extract_between_patterns_is_exclusive_between_numbers_inclusive():
    assert call("extractBetween", String.of("a[b]c"), "[", "]").data.item() == "b"
    assert call("extractBetween", String.of("abcd"), 2.0, 3.0).data.item() == "bc"
    assert call("extractBetween", "a[b]c[d]", "[", "]").ravel().tolist() == ["b", "d"]
    assert call("extractBetween", "a[b]c", "[", "]", "Boundaries", "inclusive").item() == "[b]"


def test_replace_and_erase_between():
    assert call("replaceBetween", "a[b]c", "[", "]", "x") == "a[x]c"
    assert call("eraseBetween", "abcd", 2.0, 3.0) == "ad"


def test_insert_beside_a_pattern_or_a_place():
    assert call("insertBefore", "relu", "lu", "-") == "re-lu"
    assert call("insertAfter", "relu", 4.0, "1") == "relu1"


def test_strrep_counts_overlapping_occurrences_as_matlab_does():
    assert call("strrep", "aaa", "aa", "b") == "bb"
    assert call("strrep", cell_of_texts(["aa", "ba"]), "a", "c").ravel().tolist() == ["cc", "bc"]
    assert call("strrep", "abc", "", "x") == "abc"
    with pytest.raises(ScriptError) as caught:
        call("strrep", 5.0, "a", "b")
    assert caught.value.identifier == "MATLAB:strrep:InvalidInputType"


def test_replace_takes_the_longest_pattern_that_fits():
    assert call("replace", "conv2d", cell_of_texts(["conv", "conv2d"]), cell_of_texts(["a", "b"])) == "b"
    assert call("erase", string_array(["a_b", "_"]), "_").data.tolist() == [["ab", ""]]
