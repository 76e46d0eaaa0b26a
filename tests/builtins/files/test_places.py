"""File names taken apart and put together, matlabroot, the current folder."""

import os

import pytest

from cnnscript.builtins import find
from cnnscript.builtins.files import places
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(Session())(nargout, *args)


@pytest.mark.skipif(os.sep != "/", reason="names are written with /")
@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("a", "b", "c.m"), "a/b/c.m"),
        (("a/", "/b"), "a/b"),
        (("a", "", "b"), "a/b"),
        (("", "a"), "a"),
        (("a", ""), "a"),
        (("a", "b/"), "a/b/"),
        (("/", "a"), "/a"),
        (("a//b", "c"), "a/b/c"),
        ((".", "a"), "./a"),
        (("a\\b", "c"), "a\\b/c"),
    ],
)
def test_fullfile_puts_one_separator_between_parts(parts, whole):
    assert call("fullfile", *parts) == whole


@pytest.mark.skipif(os.sep != "/", reason="names are written with /")
def test_fullfile_of_many_names():
    assert call("fullfile", "d", cell_of_texts(["a", "b"])).ravel().tolist() == ["d/a", "d/b"]
    assert call("fullfile", string_array(["d"]), "a").data.item() == "d/a"
    with pytest.raises(ScriptError):
        call("fullfile", cell_of_texts(["a", "b"]), cell_of_texts(["a", "b", "c"]))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("/a.b/c.tar.gz", ("/a.b", "c.tar", ".gz")),
        ("c", ("", "c", "")),
        (".hidden", ("", "", ".hidden")),
        ("a/", ("a", "", "")),
        ("/c", ("/", "c", "")),
        ("", ("", "", "")),
    ],
)
def test_fileparts_cuts_at_the_last_separator_and_dot(name, parts):
    assert call("fileparts", name, nargout=3) == parts


def test_what_fullfile_joins_fileparts_takes_apart():
    whole = call("fullfile", "nets", "alexnet.mat")
    assert call("fileparts", whole, nargout=3) == ("nets", "alexnet", ".mat")


def test_matlabroot_is_in_the_cache_and_paths_below_it_are_known(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))
    root = call("matlabroot")
    assert root == str(tmp_path / "cache" / "MATLAB" / "R2024b") and not os.path.exists(root)
    assert places.below_matlab_root(os.path.join(root, "examples", "nnet", "face.jpg")) == "examples/nnet/face.jpg"
    assert places.below_matlab_root("/elsewhere/face.jpg") is None
    assert call("toolboxdir", "nnet") == os.path.join(root, "toolbox", "nnet")


def test_cd_goes_there_and_tells_where_it_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inner").mkdir()
    assert call("cd", "inner") == str(tmp_path)
    assert call("pwd") == str(tmp_path / "inner")
    assert call("cd", "..", nargout=0) is None


def test_cd_to_nothing_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))
    for name in ("nowhere", places.matlab_root()):
        with pytest.raises(ScriptError) as caught:
            call("cd", name)
        assert caught.value.identifier == "MATLAB:cd:NonExistentFolder"
    assert call("pwd") == str(tmp_path)


def test_temporary_names_are_free_and_in_their_folder():
    first, second = call("tempname"), call("tempname")
    assert first != second and not os.path.exists(first) and first.startswith(call("tempdir"))
