"""Valid names, names made valid and unique."""

import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import names
from cnnscript.values.text import cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("conv1", "conv1"),
        ("1abc", "x1abc"),
        ("a b", "aB"),
        ("for", "xFor"),
        ("fire9-expand3x3", "fire9_expand3x3"),
        ("_x", "x_x"),
        ("", "x"),
        ("a" * 70, "a" * 63),
    ],
)
def test_a_valid_name_from_any_text(text, made):
    assert call("matlab.lang.makeValidName", text) == made
    assert names.is_name(made)


def test_other_ways_to_make_a_name_valid():
    assert call("matlab.lang.makeValidName", "a-b", "ReplacementStyle", "delete") == "ab"
    assert call("matlab.lang.makeValidName", "a-b", "ReplacementStyle", "hex") == "a0x2Db"
    assert call("matlab.lang.makeValidName", "1", "Prefix", "v") == "v1"
    made, changed = call("matlab.lang.makeValidName", cell_of_texts(["a", "1"], column=False), nargout=2)
    assert made.tolist() == [["a", "x1"]] and changed.tolist() == [[False, True]]


def test_names_made_unique_avoid_those_taken_and_one_another():
    assert call("matlab.lang.makeUniqueStrings", "a", cell_of_texts(["a", "a_1"])) == "a_2"
    assert call("matlab.lang.makeUniqueStrings", string_array(["a", "a", "a_1"])).data.tolist() == [["a", "a_2", "a_1"]]
    assert call("matlab.lang.makeUniqueStrings", "abcdef", "abcd", 4.0) == "ab_1"


def test_words_of_the_language_are_no_names():
    assert call("iskeyword", "for") is True and call("iskeyword", "fore") is False
    assert call("isvarname", "for") is False and call("isvarname", "a1_") is True and call("isvarname", 5.0) is False
    assert "parfor" in call("iskeyword").ravel().tolist()
