"""Asking a person: an answer is an expression or text; without a person it is an error, never a wait."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


def asked(monkeypatch, answers):
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    return Session(out=io.StringIO(), err=io.StringIO(), interactive=True)


def test_an_answer_is_an_expression_in_the_callers_variables(monkeypatch):
    session = asked(monkeypatch, "k + 1\n")
    session.run("k = 2; x = input('side? ');")
    assert session["x"] == 3.0 and session.out.getvalue() == "side? "


def test_an_answer_as_text_and_an_empty_one(monkeypatch):
    session = asked(monkeypatch, "a b\n\n")
    session.run("t = input('', 's'); e = input('');")
    assert session["t"] == "a b" and session["e"].size == 0


def test_an_answer_that_fails_is_asked_for_again(monkeypatch):
    session = asked(monkeypatch, "1 +\n5\n")
    session.run("x = input('n? ');")
    assert session["x"] == 5.0 and session.out.getvalue() == "n? n? " and "error" in session.err.getvalue()


def test_without_a_person_it_is_an_error():
    session = Session(out=io.StringIO())
    for code in ("input('n? ')", "input('n? ', 's')"):
        with pytest.raises(ScriptError) as caught:
            session.run(code)
        assert "keyboard" in caught.value.message and "--with" in caught.value.hint


def test_the_end_of_the_answers_is_an_error(monkeypatch):
    session = asked(monkeypatch, "")
    with pytest.raises(ScriptError):
        session.run("x = input('n? ');")


def test_keyboard_without_a_person_is_an_error():
    with pytest.raises(ScriptError) as caught:
        Session(out=io.StringIO()).run("keyboard")
    assert caught.value.message == "'keyboard' needs a person at the keyboard, and there is none."
