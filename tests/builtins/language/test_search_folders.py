"""The search path as programs see it: addpath, rmpath, genpath, which, run."""

import io
import os

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def function(folder, name, value):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.m").write_text(f"function r = {name}()\nr = {value};\nend\n")


def test_functions_of_an_added_folder_are_found_the_first_folder_wins(session):
    function(session.folder / "one", "mine", 1)
    function(session.folder / "two", "mine", 2)
    session.run("addpath('one'); a = mine(); addpath('two'); b = mine(); addpath('one', '-begin'); c = mine();")
    session.run("rmpath('one'); d = mine();")
    assert [session[name] for name in "abcd"] == [1.0, 2.0, 1.0, 2.0]


def test_a_folder_that_is_not_there_is_a_warning(session):
    session.run("addpath('nowhere'); rmpath('nowhere')")
    assert session.err.getvalue().count("Warning") == 2


def test_folders_below_matlabroot_are_taken_silently(session):
    session.run("addpath(fullfile(matlabroot, 'examples', 'nnet', 'main'))")
    assert session.err.getvalue() == ""


def test_genpath_leaves_out_packages_and_private_folders(session):
    for name in ("p/a", "p/+pkg", "p/private", "p/@cls", "p/.git"):
        os.makedirs(name)
    session.run("g = genpath('p'); addpath(g);")
    assert session["g"].split(os.pathsep)[:-1] == ["p", os.path.join("p", "a")]


def test_which_tells_the_file_that_runs(session):
    function(session.folder, "mine", 1)
    session.run("a = which('mine'); x = 1; b = which('x'); c = which('sin'); d = which('nothing');")
    assert session["a"] == str(session.folder / "mine.m") and session["b"] == "variable"
    assert session["c"].startswith("built-in") and session["d"] == ""


def test_run_uses_the_callers_variables_and_the_scripts_folder(session):
    (session.folder / "inner").mkdir()
    (session.folder / "inner" / "three.m").write_text("y = x + 3; here = pwd;\n")
    session.run("x = 1; run('inner/three'); back = pwd;")
    assert session["y"] == 4.0 and session["here"].endswith("inner") and session["back"] == str(session.folder)
    with pytest.raises(ScriptError) as caught:
        session.run("run('nothing')")
    assert caught.value.identifier == "MATLAB:run:FileNotFound"


def test_run_comes_back_from_a_script_that_fails(session):
    (session.folder / "inner").mkdir()
    (session.folder / "inner" / "bad.m").write_text("error('a:b', 'no')\n")
    with pytest.raises(ScriptError):
        session.run("run('inner/bad.m')")
    assert os.getcwd() == str(session.folder)
