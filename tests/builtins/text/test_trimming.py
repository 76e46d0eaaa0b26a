"""strtrim, strip, pad, upper, lower, deblank, strjust; the characters of a text."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import characters, trimming  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def matrix(*rows):
    return CharArray(np.array([[ord(letter) for letter in row] for row in rows], np.uint32))


def test_strtrim_keeps_the_kind_of_text():
    assert call("strtrim", " a b \t") == "a b"
    assert call("strtrim", String.of(" a ")).data.item() == "a"
    assert call("strtrim", cell_of_texts([" a", "b "])).ravel().tolist() == ["a", "b"]
    assert call("strtrim", matrix("  a ", " bb ")).rows() == [" a", "bb"]


def test_strtrim_refuses_numbers():
    with pytest.raises(ScriptError) as caught:
        call("strtrim", 5.0)
    assert caught.value.identifier == "MATLAB:strtrim:InputMustBeText"


def test_missing_strings_stay_missing():
    assert call("upper", string_array([MISSING])).data.item() is MISSING


def test_upper_gives_numbers_back():
    assert call("upper", 5.0) == 5.0


def test_strip_one_side_or_one_character():
    assert call("strip", "  a ", "left") == "a "
    assert call("strip", String.of("0012"), "left", "0").data.item() == "12"
    assert call("strip", "xax", "x") == "a"
    with pytest.raises(ScriptError):
        call("strip", "a", "middle")


def test_pad_to_the_longest_or_a_width():
    assert call("pad", string_array(["a", "bcd"])).data.tolist() == [["a  ", "bcd"]]
    assert call("pad", "7", 3.0, "left", "0") == "007"
    assert call("pad", "ab", 5.0, "both") == " ab  "


def test_strjust_moves_text_in_its_width():
    assert call("strjust", "a  ") == "  a"
    assert call("strjust", "  a", "left") == "a  "
    assert call("strjust", "a   ", "center") == " a  "


def test_letters_blanks_and_properties():
    assert call("isspace", "a b").tolist() == [[False, True, False]]
    assert call("isletter", "a1").tolist() == [[True, False]]
    assert call("isstrprop", "A1", "digit").tolist() == [[False, True]]
    assert call("isspace", np.ones((1, 2))).tolist() == [[False, False]]
    with pytest.raises(ScriptError):
        call("isstrprop", "a", "vowel")


def test_lines_and_reversed_text():
    assert call("splitlines", String.of("a\r\nb")).data.ravel().tolist() == ["a", "b"]
    assert call("reverse", "abc") == "cba"
    assert call("newline") == "\n" and call("blanks", 3.0) == "   "
