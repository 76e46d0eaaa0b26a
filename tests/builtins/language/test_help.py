"""help, doc, lookfor, type: what a person reads about functions."""

import io
import re

import pytest

from cnnscript.builtins.language.help import KEYWORDS, help_text
from cnnscript.errors import ScriptError, Source
from cnnscript.session import Session
from cnnscript.syntax import parse


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def printed(session, code):
    session.out.seek(0)
    session.out.truncate()
    session.run(code)
    return session.out.getvalue()


def test_help_of_a_built_in_has_summary_syntaxes_and_examples(session):
    text = printed(session, "help strtrim")
    assert text.startswith("strtrim: Texts without white space at both ends.")
    assert "newStr = strtrim(str)" in text and "Examples" in text


def test_help_of_the_users_function_is_its_comment(session):
    (session.folder / "mine.m").write_text("function mine()\n% MINE does nothing\n%   at all\n\n% not this\nend\n")
    text = printed(session, "help mine")
    assert "MINE does nothing" in text and "at all" in text and "not this" not in text


def test_help_of_a_variable_and_of_what_is_not_there(session):
    assert printed(session, "x = [1 2]; help x") == "x is a variable: a 1x2 double.\n"
    assert "is not in cnnscript yet" in printed(session, "help deepNetworkDesigner")
    assert printed(session, "help strtrimm") == "strtrimm not found.\n\ndid you mean 'strtrim'?\n"


def test_help_topics_lists_every_function(session):
    from cnnscript import builtins

    text = printed(session, "help topics").replace("\n", " ")
    assert all(name in text for name in builtins.index())
    assert "squeezenet" in printed(session, "help pretrained_networks")


def test_help_alone_fits_a_screen_and_its_program_runs(session):
    text = printed(session, "help")
    lines = text.splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 80
    begin = next(k for k, line in enumerate(lines) if "squeezenet" in line)
    program = [line.split("   ")[0] for line in "\n".join(lines[begin:]).split("\n\n")[0].split("\n  ")]
    session.figures = "words"
    assert "espresso" in printed(session, "\n".join(program)) and len(program) == 7


def test_lookfor_searches_names_and_summaries(session):
    text = printed(session, "lookfor white space")
    assert "strtrim" in text and "strcmp " not in text
    assert printed(session, "lookfor zzzzz") == "Nothing is about 'zzzzz'.\n"


def test_doc_adds_the_address_of_matlabs_page(session):
    assert "mathworks.com" in printed(session, "doc numel")


def test_type_prints_a_file(session):
    (session.folder / "mine.m").write_text("x = 1;\n")
    assert printed(session, "type mine") == "\nx = 1;\n\n"
    assert "built-in" in printed(session, "type sin")
    with pytest.raises(ScriptError):
        session.run("type nothing_here")


@pytest.mark.parametrize("word", sorted(word for words in KEYWORDS for word in words.split()))
def test_words_of_the_language_are_shown_in_a_program_that_can_be_read(session, word):
    found = help_text(session, session.workspace, word)
    heading, example = found.split("\n\n", 1)
    assert heading == f"{word} is a word of the language."
    assert re.search(rf"\b{word}\b", example)
    parse(Source(example, "example.m"))


def test_the_comment_of_a_file_that_is_not_utf_8_is_read_as_the_file_is(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "warmth.m").write_bytes("% degrees: 20 °C\nx = 1;\n".encode("cp1252"))
    assert help_text(session, session.workspace, "warmth").startswith(" degrees: 20 °C\n")


def test_a_name_without_help_does_not_stop_a_script(session):
    assert printed(session, "help nosuchthing").startswith("nosuchthing not found.\n")
    assert "qdoc=nosuchthing" in printed(session, "doc nosuchthing")
    session.run("t = help('nosuchthing');")
    assert session["t"] == ""
