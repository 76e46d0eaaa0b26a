"""strsplit, split, strtok."""

import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import splitting  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_strsplit_takes_neighbouring_delimiters_as_one_unless_told():
    assert call("strsplit", "a,,b", ",").tolist() == [["a", "b"]]
    assert call("strsplit", "a,,b", ",", "CollapseDelimiters", False).tolist() == [["a", "", "b"]]


def test_strsplit_gives_the_delimiters_too():
    pieces, found = call("strsplit", "a,b;c", cell_of_texts([",", ";"]), nargout=2)
    assert pieces.tolist() == [["a", "b", "c"]] and found.tolist() == [[",", ";"]]


def test_strsplit_understands_escapes_and_expressions():
    assert call("strsplit", "a\tb", "\\t").tolist() == [["a", "b"]]
    assert call("strsplit", "a1b22c", "\\d+", "DelimiterType", "RegularExpression").tolist() == [["a", "b", "c"]]
    assert call("strsplit", "  a b ").tolist() == [["", "a", "b", ""]]
    assert call("strsplit", String.of("a b")).data.tolist() == [["a", "b"]]


def test_strsplit_refuses_a_cell():
    with pytest.raises(ScriptError) as caught:
        call("strsplit", cell_of_texts(["a b"]))
    assert caught.value.identifier == "MATLAB:strsplit:InvalidStringType"


def test_split_gives_a_column_for_one_text_and_a_new_dimension_for_several():
    assert call("split", "a/b", "/").tolist() == [["a"], ["b"]]
    assert call("split", string_array(["a-b", "c-d"], (2, 1)), "-").data.tolist() == [["a", "b"], ["c", "d"]]
    assert call("split", string_array(["a-b", "c-d"]), "-").data.shape == (1, 2, 2)
    assert call("split", string_array(["a-b", "c-d"]), "-", 1.0).data.tolist() == [["a", "c"], ["b", "d"]]


def test_split_needs_as_many_pieces_everywhere():
    with pytest.raises(ScriptError):
        call("split", string_array(["a-b", "c"]), "-")


def test_strtok_skips_delimiters_in_front():
    assert call("strtok", "  a b", nargout=2) == ("a", " b")
    assert call("strtok", "a=b", "=", nargout=2) == ("a", "=b")
    assert call("strtok", "abc", nargout=2) == ("abc", "")
