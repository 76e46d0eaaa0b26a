"""strcat, append, strvcat, strjoin, join."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import joining  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*texts):
    return cell_of_texts(texts, column=False)


def test_strcat_takes_blanks_off_chars_but_not_off_cells_and_strings():
    assert call("strcat", "a ", "b ") == "ab"
    assert call("strcat", row("a "), "b").tolist() == [["a b"]]
    assert call("strcat", String.of("a "), "b").data.item() == "a b"


def test_strcat_joins_char_matrices_row_by_row():
    matrix = CharArray(np.array([[97, 32], [98, 98]], np.uint32))
    assert call("strcat", matrix, "x").rows() == ["ax ", "bbx"]


def test_strcat_repeats_what_is_single():
    assert call("strcat", "a", row("b", "c"), "d").tolist() == [["abd", "acd"]]
    assert call("strcat", row("a", "b"), string_array(["1", "2"])).data.tolist() == [["a1", "b2"]]


def test_strcat_refuses_sizes_that_do_not_fit_and_numbers():
    with pytest.raises(ScriptError) as caught:
        call("strcat", row("a", "b"), row("a", "b", "c"))
    assert caught.value.identifier == "MATLAB:strcat:InvalidInputSize"
    with pytest.raises(ScriptError):
        call("strcat", 5.0, "a")


def test_what_is_joined_with_a_missing_string_is_missing():
    assert call("strcat", string_array([MISSING]), "a").data.item() is MISSING
    assert call("append", string_array([MISSING]), "a").data.item() is MISSING
    assert call("join", string_array(["a", MISSING])).data.item() is MISSING


def test_append_keeps_blanks():
    assert call("append", "a ", "b") == "a b"


def test_strvcat_leaves_out_what_is_empty():
    assert call("strvcat", "a", "", "bcd").rows() == ["a  ", "bcd"]


def test_strjoin_understands_escapes_and_a_delimiter_for_each_gap():
    assert call("strjoin", row("a", "b"), "\\n") == "a\nb"
    assert call("strjoin", row("a", "b", "c"), row("1", "2")) == "a1b2c"
    assert call("strjoin", np.empty((1, 0), object), ",") == ""
    with pytest.raises(ScriptError) as caught:
        call("strjoin", row("a", "b"), row("1", "2"))
    assert caught.value.identifier == "MATLAB:strjoin:WrongNumberOfDelimiterElements"


def test_join_works_along_the_last_dimension_that_is_not_one():
    grid = string_array(["a", "c", "b", "d"], (2, 2))
    assert call("join", grid).data.tolist() == [["a b"], ["c d"]]
    assert call("join", grid, "-", 1.0).data.tolist() == [["a-c", "b-d"]]
    assert call("join", string_array(["a", "b"], (2, 1))).data.tolist() == [["a b"]]
    assert call("join", row("a", "b"), "+").tolist() == [["a+b"]]


def test_joining_nothing_and_missing_texts():
    assert call("join", string_array([], (0, 1))).data.tolist() == [[""]]
    assert call("join", row("a", "b"), 65.0).tolist() == [["a", "b"]]
    assert call("strjoin", string_array([MISSING, "b"], (1, 2)), row("-")).data.item() == "-b"
