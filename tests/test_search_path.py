"""Names found in folders: the order, private folders, packages, and folders that change while a program runs."""

import os
from pathlib import Path

import pytest

from cnnscript.search_path import SearchPath


@pytest.fixture
def path(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return SearchPath()


def written(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x = 1;\n")
    return str(file)


def test_the_current_folder_comes_before_the_scripts_and_that_before_the_path(path, tmp_path):
    added = written(tmp_path / "added" / "f.m")
    path.add([str(tmp_path / "added")])
    assert path.find_function("f") == added
    path.script = str(tmp_path / "scripts")
    beside = written(tmp_path / "scripts" / "f.cnns")
    assert path.find_function("f") == beside
    here = written(tmp_path / "here" / "f.m")
    assert path.find_function("f") == here


def test_a_folder_added_again_moves_and_stands_once(path, tmp_path):
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    path.add([one, two, one])
    assert path.folders == [one, two]
    path.add([one], end=True)
    assert path.folders == [two, one]
    path.remove([two])
    assert path.folders == [one]


def test_private_functions_are_seen_from_the_folder_above_and_from_each_other(path, tmp_path):
    outer = written(tmp_path / "lib" / "outer.m")
    inner = written(tmp_path / "lib" / "private" / "inner.m")
    other = written(tmp_path / "lib" / "private" / "other.m")
    assert path.find_function("inner", outer) == inner
    assert path.find_function("other", inner) == other
    assert path.find_function("inner") is None


def test_a_package_is_a_folder_with_a_plus(path, tmp_path):
    inside = written(tmp_path / "here" / "+tools" / "+deep" / "f.m")
    assert path.is_package("tools") and path.is_package("tools.deep") and not path.is_package("f")
    assert path.find_function("tools.deep.f") == inside


def test_a_function_is_found_as_soon_as_its_file_is_there(path, tmp_path):
    for number in range(20):  # several in one tick of the file system's clock
        assert path.find_function(f"f{number}") is None
        file = written(tmp_path / "here" / f"f{number}.m")
        assert path.find_function(f"f{number}") == file
        os.unlink(file)
        assert path.find_function(f"f{number}") is None


def test_what_is_no_file_is_no_function(path, tmp_path):
    (tmp_path / "here" / "folder.m").mkdir()
    (tmp_path / "here" / "broken.m").symlink_to(tmp_path / "nowhere.m")
    assert path.find_function("folder") is None and path.find_function("broken") is None


def test_a_listing_of_an_old_folder_is_kept(path, tmp_path, monkeypatch):
    written(tmp_path / "here" / "f.m")
    os.utime(tmp_path / "here", (1e9, 1e9))
    assert path.find_function("g") is None
    monkeypatch.setattr(os, "listdir", lambda folder: pytest.fail("listed again"))
    assert path.find_function("f") == str(tmp_path / "here" / "f.m")


def test_a_data_file_is_looked_for_as_given_beside_the_script_and_on_the_path(path, tmp_path):
    path.script = str(tmp_path / "scripts")
    path.add([str(tmp_path / "data")])
    on_path = written(tmp_path / "data" / "im.png")
    assert path.find_file("im.png") == Path(on_path) and path.find_file(on_path) == Path(on_path)
    beside = written(tmp_path / "scripts" / "im.png")
    assert path.find_file("im.png") == Path(beside)
    assert path.find_file("none.png") is None and path.find_file(str(tmp_path / "im.png")) is None


def test_all_names_in_reach_are_known(path, tmp_path):
    written(tmp_path / "here" / "one.m")
    path.add([str(tmp_path / "lib")])
    written(tmp_path / "lib" / "two.cnns")
    written(tmp_path / "lib" / "notes.txt")
    assert path.function_names() == {"one", "two"}


@pytest.mark.skipif(os.name == "nt", reason="a current folder cannot be deleted there")
def test_a_current_folder_that_is_gone_is_no_place(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert SearchPath().places() == [] and SearchPath().find_function("f") is None
    os.chdir(tmp_path)
