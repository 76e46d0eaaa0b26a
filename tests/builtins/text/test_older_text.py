"""Older text functions: strmatch, findstr, strread, textread, symvar, vectorize."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import older_text  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import cell_of_texts


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_strmatch_finds_beginnings_or_whole_texts():
    texts = cell_of_texts(["conv1", "relu", "conv10"])
    assert call("strmatch", "conv", texts).tolist() == [[1], [3]]
    assert call("strmatch", "conv1", texts, "exact") == 1.0
    assert call("strmatch", "z", texts).shape == (0, 1)


def test_findstr_looks_for_the_shorter_in_the_longer():
    assert call("findstr", "ana", "banana").tolist() == call("findstr", "banana", "ana").tolist() == [[2, 4]]


def test_strread_gives_an_output_for_each_field():
    words, numbers = call("strread", "conv 1 relu 2", "%s %f", nargout=2)
    assert words.ravel().tolist() == ["conv", "relu"] and numbers.tolist() == [[1], [2]]
    assert call("strread", "1,,3", "%f", "delimiter", ",").tolist() == [[1], [0], [3]]
    assert call("strread", "1 2 3\n4 5 6", "").tolist() == [[1, 2, 3], [4, 5, 6]]
    assert [float(value) for value in call("strread", "0.5 2 3", nargout=3)] == [0.5, 2.0, 3.0]
    assert call("strread", "a|b", "%s", "whitespace", "|").ravel().tolist() == ["a", "b"]
    assert call("strread", "1 2 3", "%f", 2.0).tolist() == [[1], [2]]
    with pytest.raises(ScriptError) as caught:
        call("strread", "1", "%f", nargout=2)
    assert caught.value.identifier == "MATLAB:strread:OutputMismatch"


def test_textread_reads_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("head\n1 2\n3 4\n")
    session = Session(out=io.StringIO())
    session.run("[a, b] = textread('a.txt', '%f %f', 'headerlines', 1);")
    assert np.array_equal(session["b"], [[2], [4]])


def test_names_in_an_expression():
    assert call("symvar", "x.field + sin(y) * 'text' - pi").ravel().tolist() == ["x", "y"]


def test_an_expression_made_element_by_element():
    assert call("vectorize", "x^2*y./z") == "x.^2.*y./z"
