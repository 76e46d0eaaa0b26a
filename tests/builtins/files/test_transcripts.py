"""diary, more, echo, home."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), err=io.StringIO())


def test_a_diary_keeps_what_is_printed_while_it_is_on(session, tmp_path):
    stream = session.out
    session.run("disp('before'); diary log.txt; disp('one'); diary; disp('between'); diary on; x = 'two'")
    session.run("diary off; disp('after')")
    assert (tmp_path / "log.txt").read_text(encoding="utf-8") == "one\n\nx =\n\n    'two'\n\n"
    assert session.out is stream and stream.getvalue().split() == [
        "before",
        "one",
        "between",
        "x",
        "=",
        "'two'",
        "after",
    ]


def test_a_second_diary_ends_the_first(session, tmp_path):
    session.run("diary a.txt; disp(1); diary b.txt; disp(2); diary off")
    assert [(tmp_path / name).read_text().strip() for name in ("a.txt", "b.txt")] == ["1", "2"]


def test_a_diary_that_cannot_be_written_is_an_error(session, tmp_path):
    with pytest.raises(ScriptError) as caught:
        session.run(f"diary('{tmp_path}/none/log.txt')")
    assert caught.value.identifier == "MATLAB:diary:CannotOpenFile"


def test_more_and_echo_are_off_and_say_so_when_they_are_wanted(session):
    session.run("more off; echo off; home")
    assert session.err.getvalue() == ""
    session.run("more on; more(20); echo on")
    assert session.err.getvalue().count("Warning") == 3
    with pytest.raises(ScriptError):
        session.run("more perhaps")
