"""textscan: fields, literals, delimiters, empty fields, options, where it stops."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import text_columns  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import String, cell_of_texts


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def columns(*args):
    out = []
    for column in call("textscan", *args).ravel():
        out.append(np.array(column).ravel().tolist() if type(column) is not str else [column])
    return out


def test_textscan_makes_a_column_for_each_field():
    assert columns("1,a\n2,b", "%f %s", "Delimiter", ",") == [[1, 2], ["a", "b"]]


def test_headers_comments_and_fields_are_skipped():
    text = "x\n1,9,2 % note\n3,,4"
    options = ("Delimiter", ",", "HeaderLines", 1.0, "CommentStyle", "%")
    assert columns(text, "%f %*f %f", *options) == [[1, 3], [2, 4]]
    assert columns("1 /* c\n */ 2", "%f", "CommentStyle", cell_of_texts(["/*", "*/"])) == [[1, 2]]
    assert columns("1 2 and so on\n3 4 more", "%f %f %*[^\\n]") == [[1, 3], [2, 4]]


def test_classes_strings_and_collecting():
    found = call("textscan", "1 2\n3 4", "%d %d", "CollectOutput", True)
    assert found.shape == (1, 1) and found.item().dtype == np.int32 and found.item().tolist() == [[1, 2], [3, 4]]
    assert type(call("textscan", "a b", "%s", "TextType", "string").item()) is String
    assert columns("1.5 300", "%f32 %u8")[1] == [255]


@pytest.mark.parametrize(
    ("text", "template", "wanted"),
    [
        ("x1 y2", "x%d y%d", [[1], [2]]),
        ("10:20:30.5", "%d:%d:%f", [[10], [20], [30.5]]),
        ("5 kg\n6 kg", "%f kg", [[5, 6]]),
        ("50% 60%", "%f%%", [[50, 60]]),
        ("12345678", "%2d%3d", [[12, 67], [345, 8]]),
        ("1.23456 5.5e3", "%4.2f %f %5.2f", [[1.23], [456], [5500]]),
        ("2 3+4i", "%f", [[2, 3 + 4j]]),
        ("1 2 3\n4 5 6", "", [[1, 4], [2, 5], [3, 6]]),
        ("1 2 3", "%f %f", [[1, 3], [2]]),
        ("1d3 -Inf NaN1", "%f %f", [[1000.0], [-np.inf]]),
        ("ab1cd2", "%[a-z]%d", [["ab", "cd"], [1, 2]]),
        ("0xFF A 10", "%x", [[255, 10, 16]]),
        ("FE 1", "%xs8", [[-2, 1]]),
        ("0b101 11", "%bu8", [[5, 3]]),
        ("0.41 8.24", "%3.1f %*1d", [[0.4, 8.2]]),
        ("5.1+3i 2.2-.5i", "%f", [[5.1 + 3j, 2.2 - 0.5j]]),
    ],
)
def test_fields_between_white_space(text, template, wanted):
    found = columns(text, template)
    assert [column[: len(want)] for column, want in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    ("text", "template", "options", "wanted"),
    [
        ("a b , c", "%s %s", (), [["a b "], ["c"]]),
        ("1,,3\n4,5,6", "%d %d %d", (), [[1, 4], [0, 5], [3, 6]]),
        ("1,\n,2", "%f %f", ("EmptyValue", -1.0), [[1, -1], [-1, 2]]),
        ("NA,2\n3,NA", "%f %f", ("TreatAsEmpty", "NA", "EmptyValue", 0.0), [[0, 3], [2, 0]]),
        ('a,"b,""c",d', "%s %q %s", (), [["a"], ['b,"c'], ["d"]]),
        ("1,,,2", "%f %f", ("MultipleDelimsAsOne", True), [[1], [2]]),
        ("1,2\n\n3,4", "%f %f", (), [[1, 3], [2, 4]]),
        ("1,2;3,4", "%f %f", ("EndOfLine", ";"), [[1, 3], [2, 4]]),
        ("1,x,3", "%f %f %f", (), [[1], [], []]),
    ],
)
def test_fields_between_delimiters(text, template, options, wanted):
    assert columns(text, template, "Delimiter", ",", *options) == wanted


def test_an_empty_line_is_an_empty_text_where_lines_are_the_fields():
    assert columns("a b\n\nc", "%s", "Delimiter", "\\n") == [["a b", "", "c"]]


def test_text_that_does_not_suit_is_an_error_on_demand():
    with pytest.raises(ScriptError) as caught:
        call("textscan", "1 x", "%f", "ReturnOnError", False)
    assert caught.value.identifier == "MATLAB:textscan:handleErrorAndShowInfo"


def test_a_format_without_fields_is_refused():
    with pytest.raises(ScriptError):
        call("textscan", "1", "abc")


def test_a_file_is_read_on_where_the_last_call_stopped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("é 1\n2 3\n4 5\n", encoding="utf-8")
    session = Session(out=io.StringIO())
    session.run("f = fopen('a.txt'); a = textscan(f, '%s %f', 1);")
    session.run("[b, p] = textscan(f, '%f %f'); q = ftell(f); fclose(f);")
    assert session["a"].ravel()[1] == 1.0 and session["b"].ravel()[1].tolist() == [[3], [5]]
    assert session["p"] == session["q"] == 13.0


def test_dates_and_categories_are_read():
    session = Session(out=io.StringIO())
    session.run("c = textscan('02/01/2020,a 03/01/2020,b', '%{dd/MM/yyyy}D %C', 'Delimiter', {',', ' '});")
    session.run("d = day(c{1})'; k = categories(c{2});")
    assert session["d"].tolist() == [[2, 3]] and session["k"].ravel().tolist() == ["a", "b"]
