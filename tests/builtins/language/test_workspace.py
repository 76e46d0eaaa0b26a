"""clear, clearvars, exist, isglobal, clc."""

import io

import pytest

from cnnscript import builtins
from cnnscript.builtins.language import function_files
from cnnscript.builtins.language.workspace import CLEAR_SCREEN, matching
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def left(session):
    return sorted(session.workspace.names())


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("clear a", ["ab", "b"]),
        ("clear a*", ["b"]),
        ("clear a b", ["ab"]),
        ("clear('a', 'ab')", ["b"]),
        ("clear -regexp ^a", ["b"]),
        ("clear zz", ["a", "ab", "b"]),
        ("clear -except a", ["a"]),
        ("clear variables", []),
        ("clear all", []),
        ("clear", []),
        ("clearvars a", ["ab", "b"]),
        ("clearvars -except b", ["b"]),
        ("clearvars a* -except ab", ["ab", "b"]),
        ("clearvars -regexp ^a -except ab", ["ab", "b"]),
        ("clearvars", []),
    ],
)
def test_what_is_cleared_and_what_stays(session, command, kept):
    session.run("a = 1; ab = 2; b = 3;")
    session.run(command)
    assert left(session) == kept


def test_clear_in_a_function_clears_its_own_variables(session):
    (session.folder / "own.m").write_text("function r = own()\nx = 1;\nclear x\nr = exist('x', 'var');\nend\n")
    session.run("x = 5; r = own();")
    assert session["x"] == 5.0 and session["r"] == 0.0


def test_clear_global_takes_the_value_away(session):
    session.run("global g; g = 4;")
    session.run("k = g;")
    session.run("clear global")
    assert session["k"] == 4.0 and "g" not in session.globals


def test_clear_of_a_global_cuts_the_link_and_keeps_the_value(session):
    session.run("global g; g = 4;")
    session.run("clear g")
    session.run("e = exist('g', 'var');")
    session.run("global g")
    session.run("k = g;")
    assert session["e"] == 0.0 and session["k"] == 4.0


def test_clear_of_a_global_inside_a_function_keeps_the_value(session):
    (session.folder / "linked.m").write_text("function r = linked()\nglobal g\nr = g;\nclear g\nend\n")
    session.run("global g; g = 4; r = linked(); k = g;")
    assert session["r"] == 4.0 and session["k"] == 4.0


def test_clear_functions_forgets_what_functions_remember(session):
    (session.folder / "counting.m").write_text(
        "function n = counting()\npersistent k\nif isempty(k), k = 0; end\nk = k + 1; n = k;\nend\n"
    )
    session.run("counting(); a = counting(); clear functions; b = counting();")
    assert session["a"] == 2.0 and session["b"] == 1.0


def test_exist_tells_variables_files_functions_and_folders(session):
    (session.folder / "mine.m").write_text("function mine()\nend\n")
    (session.folder / "data.txt").write_text("x")
    (session.folder / "inner").mkdir()
    session.run("v = 1; r = [exist('v') exist('mine') exist('data.txt') exist('sin') exist('inner') exist('nothing')];")
    assert session["r"].tolist() == [[1, 2, 2, 5, 7, 0]]
    session.run("r = [exist('v', 'file') exist('inner', 'dir') exist('mine', 'var') exist('data.txt', 'dir')];")
    assert session["r"].tolist() == [[0, 7, 0, 0]]


def test_example_pictures_below_matlabroot_exist(session):
    session.run(
        "r = exist(fullfile(matlabroot, 'examples', 'nnet', 'face.jpg'), 'file');"
        "q = exist(fullfile(matlabroot, 'no.txt'), 'file');"
    )
    assert session["r"] == 2.0 and session["q"] == 0.0


def test_isglobal_says_what_is_declared_here(session):
    session.run("global g; a = isglobal('g'); b = isglobal('a');")
    assert session["a"] is True and session["b"] is False


def test_clc_clears_the_screen_of_a_person_only():
    silent, watched = Session(out=io.StringIO()), Session(out=io.StringIO(), interactive=True)
    silent.run("clc")
    watched.run("clc")
    assert silent.out.getvalue() == "" and watched.out.getvalue() == CLEAR_SCREEN


def test_wildcards_mean_any_characters_or_one():
    assert matching(["a*c", "?x"], ["abc", "ac", "ax", "axe"]) == ["abc", "ac", "ax"]


def test_exist_calls_what_is_a_file_in_matlab_a_file(session):
    session.run("r = [exist('fminunc') exist('mean') exist('mean', 'builtin') exist('max') exist('max', 'builtin')];")
    assert session["r"].tolist() == [[2, 2, 0, 5, 5]]


def test_the_list_of_files_in_matlab_names_topics_and_functions_there_are():
    declared = builtins.index()
    assert set(function_files.TOPICS) <= set(declared.values())
    assert set(declared) >= function_files.NAMES | function_files.OWN
