"""Archives made and unpacked again; base64."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "a.txt").write_text("a")
    (tmp_path / "nets" / "b.txt").write_text("b")
    return made


@pytest.mark.parametrize(
    ("pack", "unpack", "name"), [("zip", "unzip", "k.zip"), ("tar", "untar", "k.tgz"), ("tar", "untar", "k.tar")]
)
def test_what_is_packed_unpacks(session, pack, unpack, name):
    session.run(f"n = {pack}('{name}', {{'nets'}}); {unpack}('{name}', 'out');")
    assert sorted(session["n"].ravel().tolist()) == ["nets/a.txt", "nets/b.txt"]
    assert (session.folder / "out" / "nets" / "b.txt").read_text() == "b"


def test_names_are_relative_to_the_folder_given(session):
    session.run("n = zip('k', '*.txt', 'nets');")
    assert session["n"].ravel().tolist() == ["a.txt", "b.txt"]


def test_gzip_and_back(session):
    session.run("g = gzip('nets/a.txt'); delete('nets/a.txt'); gunzip(g{1}); t = fileread('nets/a.txt');")
    assert session["t"] == "a"


def test_nothing_to_pack_makes_no_archive(session):
    with pytest.raises(ScriptError) as caught:
        session.run("zip('k.zip', 'none.txt')")
    assert caught.value.identifier == "MATLAB:zip:noEntries" and not (session.folder / "k.zip").exists()


def test_bytes_as_text_and_back(session):
    session.run("t = matlab.net.base64encode(uint8([0 255 10])); b = matlab.net.base64decode(t);")
    assert session["t"] == "AP8K" and session["b"].tolist() == [[0, 255, 10]]
