"""Numbers in text: str2double, str2num, other bases, bytes."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import digits  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import MISSING, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.25", 3.25),
        (" 12 ", 12.0),
        ("1e3", 1000.0),
        ("1,000", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-Inf", -np.inf),
        ("1+2i", 1 + 2j),
    ],
)
def test_a_text_that_spells_a_number(text, number):
    assert call("str2double", text) == number


@pytest.mark.parametrize("value", ["", "conv", "1 2", "1e", "--1", 5.0, np.zeros((0, 0))])
def test_anything_else_is_nan(value):
    assert np.isnan(call("str2double", value))


def test_str2double_of_many():
    assert call("str2double", string_array(["1", "2"])).tolist() == [[1, 2]]
    found = call("str2double", np.array([["1", 5.0]], object))
    assert found[0, 0] == 1.0 and np.isnan(found[0, 1])
    assert np.isnan(call("str2double", string_array([MISSING])))


def test_str2num_evaluates_away_from_the_workspace():
    session = Session(out=io.StringIO())
    session.run("x = 5; a = str2num('[1 2; 3 4]'); [b, ok] = str2num('x + 1'); [c, fine] = str2num('2 * 3');")
    assert session["a"].tolist() == [[1, 2], [3, 4]] and session["c"] == 6.0 and session["fine"] is True
    assert session["b"].size == 0 and session["ok"] is False


def test_digits_of_other_bases():
    assert call("dec2bin", 5.0) == "101" and call("dec2bin", 5.0, 8.0) == "00000101"
    assert call("dec2bin", np.array([[1.0, 6.0]])).rows() == ["001", "110"]
    assert call("dec2bin", -1.0) == "11111111"
    assert call("dec2hex", 255.0) == "FF" and call("dec2base", 23.0, 3.0) == "212"
    for name, bad in (("dec2hex", 1.5), ("dec2base", -1.0), ("dec2bin", np.nan)):
        with pytest.raises(ScriptError):
            call(name, bad, *([3.0] if name == "dec2base" else []))


def test_numbers_from_digits_of_other_bases():
    assert call("bin2dec", "1 0 1") == 5.0 and call("bin2dec", "0b11") == 3.0
    assert call("hex2dec", cell_of_texts(["FF", "10"], column=False)).tolist() == [[255], [16]]
    assert call("hex2dec", string_array(["FF", "10"])).tolist() == [[255, 16]]
    assert call("base2dec", "212", 3.0) == 23.0
    with pytest.raises(ScriptError) as caught:
        call("bin2dec", "12")
    assert "'12'" in caught.value.notes[0]


def test_what_is_written_in_a_base_reads_back():
    for base in (2.0, 7.0, 36.0):
        for number in (0.0, 1.0, 35.0, 123456.0):
            assert call("base2dec", call("dec2base", number, base), base) == number


def test_bytes_of_text():
    assert call("unicode2native", "é").tolist() == [[195, 169]]
    assert call("native2unicode", np.array([[195, 169]], np.uint8)) == "é"
    with pytest.raises(ScriptError):
        call("unicode2native", "a", "no such encoding")


def test_the_bits_of_numbers_as_digits_and_back():
    assert call("num2hex", 1.0) == "3ff0000000000000" and call("num2hex", np.float32(1)) == "3f800000"
    for number in (np.pi, -0.5, 1e300):
        assert call("hex2num", call("num2hex", number)) == number
    assert call("hex2num", "4005") == 2.625
    with pytest.raises(ScriptError):
        call("hex2num", "xyz")
