"""save and load: variables to files and back, and files that stay whole."""

import io
import os

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), err=io.StringIO())


def identifier(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value.identifier


def test_the_whole_workspace_goes_and_comes_back(session):
    session.run("x = [1 2; 3 4]; s.a = {1, 'b'}; t = 'conv'; l = true; save('all'); clear; load all")
    assert sorted(session.workspace.names()) == ["l", "s", "t", "x"]
    assert session["x"].tolist() == [[1, 2], [3, 4]] and session["l"] is True


def test_named_variables_patterns_and_expressions(session):
    session.run("a1 = 1; a2 = 2; b = 3; save v.mat a*; clear; load v; ")
    assert sorted(session.workspace.names()) == ["a1", "a2"]
    session.run("save('w', '-regexp', '2$'); clear; load('w.mat')")
    assert session.workspace.names() == ["a2"]
    session.run("a1 = 1; save w; clear; S = load('w', 'a1');")
    assert session["S"].fields == {"a1": 1.0}


def test_the_fields_of_a_struct_as_variables(session):
    session.run(
        "s.a = 1; s.b = 2; save('f', '-struct', 's'); save('g', '-struct', 's', 'b'); S = load('f'); T = load('g');"
    )
    assert session["S"].fields == {"a": 1.0, "b": 2.0} and session["T"].fields == {"b": 2.0}


def test_append_keeps_what_was_there(session):
    session.run("a = 1; save f a; b = 2; a = 5; save('f', 'b', '-append'); S = load('f');")
    assert session["S"].fields == {"a": 1.0, "b": 2.0}


def test_numbers_as_text(session):
    session.run("x = [1 2.5; -3 4e10]; save x.txt x -ascii; clear x; load x.txt; y = load('x.txt', '-ascii');")
    assert session["x"].tolist() == [[1, 2.5], [-3, 4e10]] and np.array_equal(session["x"], session["y"])
    with open("words.txt", "w") as file:
        file.write("1 2\nthree 4\n")
    assert identifier(session, "load words.txt") == "MATLAB:load:unableToReadAsciiFile"
    with open("ragged.txt", "w") as file:
        file.write("1 2\n3\n")
    assert identifier(session, "load ragged.txt") == "MATLAB:load:numColumnsNotSame"


def test_a_file_that_is_not_there_names_the_nearest(session):
    session.run("a = 1; save trained a")
    with pytest.raises(ScriptError) as caught:
        session.run("load trainde.mat")
    assert caught.value.identifier == "MATLAB:load:couldNotReadFile" and "trained.mat" in caught.value.hint


def test_a_file_that_is_no_mat_file_is_refused_and_the_workspace_stays(session):
    with open("bad.mat", "wb") as file:
        file.write(b"not a mat file, really not one" * 20)
    session.run("keep = 1;")
    assert identifier(session, "load bad.mat") == "MATLAB:load:notBinaryFile"
    assert session.workspace.names() == ["keep"]


def test_a_variable_that_is_not_there(session):
    session.run("a = 1; save f a")
    assert identifier(session, "save g nothing") == "MATLAB:save:unableToFindVariable"
    assert not os.path.exists("g.mat")
    session.run("S = load('f', 'zz');")
    assert session["S"].fields == {} and "'zz' not found" in session.err.getvalue()


def test_what_no_file_holds_is_an_error_by_name_and_a_warning_in_a_crowd(session):
    session.run("f = onCleanup(@() 1); x = 1;")
    assert identifier(session, "save g f") == "MATLAB:save:classNotSupported"
    session.run("save h; S = load('h');")
    assert session["S"].fields == {"x": 1.0} and "'f' is not saved" in session.err.getvalue()


def test_a_variable_too_large_for_the_version_is_left_out_with_a_warning(session, monkeypatch):
    monkeypatch.setattr("cnnscript.builtins.files.mat5.LARGEST", 1000)
    session.run("x = zeros(100); y = 1; save('g'); S = load('g');")
    assert session["S"].fields == {"y": 1.0}
    assert "Variable 'x' was not saved. For variables larger than 2GB use MAT-file" in session.err.getvalue()


def test_a_folder_that_is_not_there_leaves_no_file(session):
    with pytest.raises(ScriptError) as caught:
        session.run("x = 1; save('no/such/folder/f.mat', 'x')")
    assert caught.value.identifier == "MATLAB:save:noParentDir"
    assert caught.value.message == "Cannot create 'f.mat' because 'no/such/folder' does not exist."
    assert os.listdir() == []


def test_a_save_that_fails_keeps_the_old_file(session, monkeypatch):
    session.run("x = 1; save f x")
    with open("f.mat", "rb") as file:
        before = file.read()

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cnnscript.builtins.files.mat5.write", full)
    assert identifier(session, "x = 2; save f x") == "MATLAB:save:couldNotWriteFile"
    with open("f.mat", "rb") as file:
        assert file.read() == before
    assert os.listdir() == ["f.mat"]


def test_files_of_version_73_are_read(session):
    h5py = pytest.importorskip("h5py")
    with h5py.File("new.mat", "w") as file:
        number = file.create_dataset("x", data=np.array([[1.0, 3.0], [2.0, 4.0]]))
        number.attrs["MATLAB_class"] = np.bytes_("double")
        text = file.create_dataset("t", data=np.array([[104], [105]], np.uint16))
        text.attrs["MATLAB_class"] = np.bytes_("char")
        group = file.create_group("s")
        group.attrs["MATLAB_class"] = np.bytes_("struct")
        field = group.create_dataset("a", data=np.array([[7.0]]))
        field.attrs["MATLAB_class"] = np.bytes_("double")
    session.run("load new.mat")
    assert session["x"].tolist() == [[1, 2], [3, 4]] and session["t"] == "hi" and session["s"].fields == {"a": 7.0}


def test_tables_and_maps_come_back(session):
    session.run("t = table([1; 2], {'a'; 'b'}, 'VariableNames', {'n', 'w'}); m = containers.Map({'x', 'y'}, {1, 'q'});")
    session.run("save f t m; S = load('f'); same = isequal(S.t, t); k = S.m.keys(); v = S.m('y');")
    assert session["same"] is True and session["k"].ravel().tolist() == ["x", "y"] and session["v"] == "q"


def test_load_inside_a_function_sets_its_own_variables(session):
    with open("inner.m", "w") as file:
        file.write("function r = inner()\nload f\nr = q + 1;\nend\n")
    session.run("q = 1; save f q; clear q; r = inner();")
    assert session["r"] == 2.0 and "q" not in session


# ---------------------------------------------------------------------------------------- version 7.3, parts of files
def test_every_kind_of_value_comes_back_from_a_file_of_version_7_3(session):
    session.run(
        "a = [1 2.5; 3 4]; b = single(pi); c = int8([1 -2 3]); d = 'text'; e = ['ab'; 'cd']; f = true; g = 1 + 2i;\n"
        "h = {1, 'x', {2}}; i = struct('p', 1, 'q', 'r'); j = struct('p', {1, 'two'}); k = []; l = ''; m = {};\n"
        "n = rand(2, 3, 2); o = struct('p', {}); p = [\"s\" \"tt\"]; q = categorical({'u' 'v'}); r = zeros(0, 3);\n"
        "s = table([1; 2], {'a'; 'b'}); t = datetime(2020, 1, 2); u = seconds(5); v = 1:5000; w = [true false];\n"
        "x = sparse([1 0; 0 2i]); y = uint64(18446744073709551615); before = who;\n"
        "save all.mat -v7.3\n"
        "old = load('all.mat'); bad = {};\n"
        "for z = before'\n"
        "  now = eval(z{1}); then = old.(z{1});\n"
        "  if ~isequal(now, then) || ~strcmp(class(now), class(then)) || ~isequal(size(now), size(then))\n"
        "    bad{end + 1} = z{1};\n"
        "  end\n"
        "end"
    )
    assert session["bad"].size == 0, session["bad"]
    with open("all.mat", "rb") as file:
        assert file.read(18) == b"MATLAB 7.3 MAT-fil"


def test_adding_to_a_file_keeps_its_version(session):
    session.run("a = 1; b = 2; save x.mat a -v7.3; save x.mat b -append; S = load('x.mat');")
    assert session["S"].fields == {"a": 1.0, "b": 2.0}
    with open("x.mat", "rb") as file:
        assert file.read(10) == b"MATLAB 7.3"


def test_other_programs_read_our_files_of_version_7_3(session):
    import h5py

    session.run("a = [1 2 3; 4 5 6]; t = 'hi'; s.x = 7; save x.mat -v7.3")
    with h5py.File("x.mat") as file:
        assert file["a"][()].T.tolist() == [[1, 2, 3], [4, 5, 6]] and file["a"].attrs["MATLAB_class"] == b"double"
        assert bytes(file["t"][()].astype("u1")) == b"hi" and file["s"].attrs["MATLAB_class"] == b"struct"


@pytest.mark.parametrize("call", ["feval('load','v.mat')", 'feval(@load,"v.mat")', "builtin('load','v.mat')"])
def test_load_called_by_its_name_sets_variables_that_are_shown_as_such(session, call):
    session.run(f"a = 5; save v.mat a; clear; {call}; a")
    session.run(f"clear\nshows\nfunction shows\n{call}; a\nend")
    assert "ans" not in session.out.getvalue() and session.out.getvalue().count("a =") == 2


def test_variables_of_a_file_are_listed_without_being_loaded(session):
    session.run(
        "abc = 1; abd = 'x'; other = {1}; save x.mat; clear; W = who('-file', 'x.mat', 'ab*');"
        "S = whos('-file', 'x.mat');"
    )
    assert session["W"].ravel().tolist() == ["abc", "abd"]
    assert [row["class"] for row in session["S"].data.ravel().tolist()] == ["double", "char", "cell"]
    assert "abc" not in session


def test_a_matfile_reads_and_writes_parts_of_a_file(session):
    session.run(
        "m = matfile('parts.mat'); m.x = magic(4); m.x(1, 2) = 20; m.y(2, 1) = 7;"
        "a = m.x(1, :); n = size(m, 'y');"
    )
    assert session["a"].tolist() == [[16, 20, 3, 13]] and session["n"].tolist() == [[2, 1]]
    session.run("S = load('parts.mat'); r = matfile('parts.mat');")
    assert session["S"].fields["y"].tolist() == [[0], [7]]
    with pytest.raises(ScriptError, match="opened for reading"):
        session.run("r.x = 1;")
    with pytest.raises(ScriptError, match="does not exist"):
        session.run("r.nothing")


def test_missing_values_come_back_as_missing(session):
    session.run("x = [missing missing]; s = [\"a\" missing]; save q.mat x s; clear; load q.mat;")
    session.run("a = class(x); b = class(s);")
    assert (session["a"], session["b"], session["x"].data.shape) == ("missing", "string", (1, 2))


def test_a_file_that_must_not_be_written_is_not_replaced(session, monkeypatch):
    session.run("x = 1; save f x; x = 2;")
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("f.mat"))  # root may write anything
    assert identifier(session, "save f x") == "MATLAB:save:permissionDenied"
    session.run("load f")
    assert session["x"] == 1


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(session, tmp_path):
    (tmp_path / "far").mkdir()
    session.run("x = 1; save far/f x")
    (tmp_path / "near.mat").symlink_to(tmp_path / "far" / "f.mat")
    session.run("x = 2; save near x; S = load('far/f');")
    assert (tmp_path / "near.mat").is_symlink() and session["S"].fields["x"] == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_device_is_written_to_and_never_replaced(session):
    assert identifier(session, "x = 1; save /dev/full x -ascii") == "MATLAB:save:couldNotWriteFile"
    assert not os.path.isfile("/dev/full")
