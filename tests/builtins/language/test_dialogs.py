"""Dialogs asked at the keyboard: what a person types is the answer; where there is nobody, an error says so."""

import io
import os
from collections import deque

import pytest

from cnnscript import ScriptError, Session


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Runs code with lines typed, and gives the session."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"")

    def run(code, *lines):
        session = Session(out=io.StringIO(), figures="words")
        session.lines = deque(lines)
        session.run(code)
        return session

    return run


def test_a_file_is_asked_for_until_it_is_there(asked, tmp_path):
    session = asked("[f, p, k] = uigetfile('*.png', 'Picture');", "none.png", "a.png")
    assert (session["f"], session["p"], session["k"]) == ("a.png", str(tmp_path) + os.sep, 1.0)
    assert session.out.getvalue() == "Picture (*.png): File not found: none.png\nPicture (*.png): "


def test_nothing_cancels(asked):
    session = asked("[f, p] = uigetfile; t = isequal(f, 0); d = uigetdir; [g, q] = uiputfile;", "", "", "")
    assert session["t"] is True and session["d"] == 0.0 and session["g"] == 0.0


def test_several_files_by_a_pattern(asked):
    session = asked("f = uigetfile('*.png', 'Pictures', 'MultiSelect', 'on'); n = numel(f); b = f{2};", "*.png")
    assert (session["n"], session["b"]) == (2.0, "b.png")


def test_a_file_that_is_there_is_asked_about_before_it_is_replaced(asked):
    session = asked("[f, p] = uiputfile('a.png');", "", "n", "c.png")
    assert session["f"] == "c.png"
    assert asked("f = uiputfile('*.mat', 'Save', 'new.mat');", "")["f"] == "new.mat"


def test_a_folder(asked, tmp_path):
    (tmp_path / "sub").mkdir()
    assert asked("d = uigetdir('.', 'Where');", "nowhere", "sub")["d"] == str(tmp_path / "sub")


def test_answers_in_a_cell_with_their_defaults(asked):
    session = asked("a = inputdlg({'Rows:', 'Columns:'}, 'Size', [1 40; 1 40], {'3', '4'}); n = size(a);", "7", "")
    session.run("r = str2double(a{1}); c = a{2};")
    assert (session["r"], session["c"]) == (7.0, "4") and session["n"].tolist() == [[2, 1]]


def test_a_question_takes_a_beginning_or_the_default(asked):
    assert asked("a = questdlg('Go on?');", "n")["a"] == "No"
    assert asked("a = questdlg('Which?', 'Title', 'Red', 'Rose', 'Red');", "r", "ro")["a"] == "Rose"
    assert asked("a = questdlg('Which?', '', 'Red', 'Blue', 'Green', 'Blue');", "")["a"] == "Blue"


def test_a_list_gives_numbers(asked):
    session = asked("[k, tf] = listdlg('ListString', {'x','y','z'});", "9", "3 1")
    assert session["k"].tolist() == [[1, 3]] and session["tf"] is True
    session = asked("[k, tf] = listdlg('ListString', {'x','y'}, 'SelectionMode', 'single');", "1 2", "0")
    assert session["k"].size == 0 and session["tf"] is False


@pytest.mark.parametrize(
    "code",
    ["uigetfile", "uiputfile", "uigetdir", "inputdlg('a')", "questdlg('a')", "listdlg('ListString', {'a'})"],
)
def test_where_nobody_answers_it_is_an_error(asked, code):
    with pytest.raises(ScriptError, match="person at the keyboard"):
        asked(f"x = {code};")


@pytest.mark.parametrize(
    "code",
    [
        "questdlg('a', 'b', 'c', 'd', 'e')",
        "listdlg",
        "inputdlg({'a','b'}, 't', 1, {'x'})",
        "uigetfile('*', 't', 'd', 'Multi', 3)",
    ],
)
def test_wrong_calls_are_refused(asked, code):
    with pytest.raises(ScriptError):
        asked(f"x = {code};", "a")
