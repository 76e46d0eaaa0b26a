"""Folders and files as a whole: listing, making, copying, deleting."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def fault(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value


def test_dir_gives_structs_sorted_by_name(session):
    for name in ("b.png", "a.png", "c.txt"):
        (session.folder / name).write_text("xx")
    session.run("d = dir('*.png'); n = {d.name}; s = d(1).bytes; f = d(1).folder; all = dir; k = numel(all);")
    assert session["n"].tolist() == [["a.png", "b.png"]] and session["s"] == 2.0
    assert session["f"] == str(session.folder) and session["k"] == 5.0
    session.run("e = dir('*.none'); m = size(e);")
    assert session["m"].tolist() == [[0, 1]]


def test_dir_of_everything_below(session):
    (session.folder / "x" / "y").mkdir(parents=True)
    (session.folder / "x" / "y" / "deep.png").write_text("")
    session.run("d = dir(fullfile('x', '**', '*.png')); n = d.name; f = d.folder;")
    assert session["n"] == "deep.png" and session["f"].endswith("y")


def test_dir_looks_into_every_folder_that_fits(session):
    for place in ("a/one", "b/two", "b/deep/three"):
        (session.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (session.folder / place).with_suffix(".png").write_text("")
    session.run(
        "d = dir('*/*.png'); n = {d.name}; f = {d.folder}; w = dir(fullfile(pwd, 'b*', 'two.*')); k = numel(w);"
    )
    assert session["n"].ravel().tolist() == ["one.png", "two.png"] and session["k"] == 1.0
    assert session["f"].ravel().tolist() == [str(session.folder / "a"), str(session.folder / "b")]


def test_mkdir_makes_parents_and_warns_of_what_is_there(session):
    session.run("mkdir('a/b'); [ok, msg, id] = mkdir('a');")
    assert (session.folder / "a" / "b").is_dir() and session["ok"] is True
    assert session["id"] == "MATLAB:MKDIR:DirectoryExists" and session.err.getvalue() == ""
    session.run("mkdir a")
    assert session.out.getvalue() == ""
    assert session.err.getvalue() == "Warning: Directory already exists.\n"
    (session.folder / "file").write_text("")
    assert fault(session, "mkdir file").identifier == "MATLAB:MKDIR:OSError"


def test_rmdir_wants_an_empty_folder_or_to_be_told(session):
    (session.folder / "a" / "b").mkdir(parents=True)
    assert fault(session, "rmdir a").message == "The directory is not empty."
    session.run("rmdir('a', 's'); [ok, msg, id] = rmdir('nothing');")
    assert not (session.folder / "a").exists() and session["ok"] is False
    assert session["id"] == "MATLAB:RMDIR:NoDirectoriesRemoved"


def test_delete_removes_files_never_folders(session):
    (session.folder / "keep.log").mkdir()
    for name in ("a.log", "b.log", "c.txt"):
        (session.folder / name).write_text("")
    session.run("delete *.log")
    assert sorted(path.name for path in session.folder.iterdir()) == ["c.txt", "keep.log"]
    session.run("delete('gone.txt')")
    assert session.err.getvalue() == "Warning: File 'gone.txt' not found.\n"


def test_copy_and_move_with_wildcards(session):
    for name in ("a.log", "b.log"):
        (session.folder / name).write_text(name)
    session.run("copyfile('*.log', 'to'); movefile('a.log', 'c.log'); [ok, msg, id] = copyfile('none', 'x');")
    assert sorted(path.name for path in (session.folder / "to").iterdir()) == ["a.log", "b.log"]
    assert (session.folder / "c.log").read_text() == "a.log" and not (session.folder / "a.log").exists()
    assert session["ok"] is False and session["id"] == "MATLAB:COPYFILE:FileDoesNotExist"


def test_a_file_that_may_not_be_written_is_replaced_by_force_only(session):
    (session.folder / "a").write_text("new")
    (session.folder / "kept").write_text("old")
    (session.folder / "kept").chmod(0o444)
    session.run("ok = copyfile('a', 'kept');")
    assert session["ok"] is False and (session.folder / "kept").read_text() == "old"
    session.run("ok = copyfile('a', 'kept', 'f');")
    assert session["ok"] is True and (session.folder / "kept").read_text() == "new"
    with pytest.raises(ScriptError, match="'f' only"):
        session.run("movefile('a', 'b', 'q')")


def test_fileattrib_with_s_changes_what_is_in_a_folder(session):
    (session.folder / "in").mkdir()
    (session.folder / "in" / "a").write_text("")
    session.run("fileattrib('in', '-w', 'u', 's')")
    assert not (session.folder / "in" / "a").stat().st_mode & 0o200
    session.run("fileattrib('in', '+w')")
    assert not (session.folder / "in" / "a").stat().st_mode & 0o200
    session.run("fileattrib('in', '+w', 'u', 's')")
    assert (session.folder / "in" / "a").stat().st_mode & 0o200


def test_isfile_and_isfolder_of_several_names(session):
    (session.folder / "a").write_text("")
    session.run("t = isfile({'a', 'b'}); f = isfolder(\".\"); n = isfile(5);")
    assert session["t"].tolist() == [[True, False]] and session["f"] is True and session["n"] is False


def test_ls_prints_or_gives_names(session):
    (session.folder / "a.txt").write_text("")
    session.run("ls, t = ls('*.txt');")
    assert session.out.getvalue().split() == ["a.txt"] and session["t"] == "a.txt\n"
    assert fault(session, "ls nothing*").identifier == "MATLAB:ls:OSError"
