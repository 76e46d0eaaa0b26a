"""Files from elsewhere: addresses that are none, no network, archives that would leave their folder."""

import gzip
import io
import tarfile
import zipfile

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNSCRIPT_OFFLINE", "1")
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def fault(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value


def test_without_a_network_nothing_is_left_behind(session):
    assert (
        fault(session, "websave('a.zip', 'https://example.org/a.zip')").identifier == "MATLAB:webservices:UnknownHost"
    )
    assert fault(session, "webread('https://example.org')").message.startswith("Could not access server.")
    assert fault(session, "websave('a.zip', 'example')").identifier == "MATLAB:webservices:UnsupportedProtocol"
    assert list(session.folder.iterdir()) == []


def test_unzip_names_what_it_made(session):
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("nets/one.txt", "1")
        archive.writestr("two.txt", "2")
    session.run("f = unzip('a.zip', 'out'); unzip('a');")
    assert sorted(session["f"].ravel().tolist()) == ["out/nets/one.txt", "out/two.txt"]
    assert (session.folder / "two.txt").read_text() == "2"


def test_an_archive_that_would_leave_its_folder_is_refused_whole(session):
    with zipfile.ZipFile("bad.zip", "w") as archive:
        archive.writestr("fine.txt", "1")
        archive.writestr("../outside.txt", "2")
    assert fault(session, "unzip('bad.zip', 'out')").identifier == "MATLAB:unzip:unsafePath"
    assert not (session.folder / "out").exists() and not (session.folder.parent / "outside.txt").exists()


def test_archives_that_are_none(session):
    (session.folder / "no.zip").write_text("text")
    assert fault(session, "unzip('no.zip')").identifier == "MATLAB:unzip:invalidZipFile"
    assert fault(session, "untar('no.zip')").identifier == "MATLAB:untar:invalidFile"
    assert "does not exist" in fault(session, "unzip('gone.zip')").message


def test_tar_and_gzip(session):
    (session.folder / "a.txt").write_text("hello")
    with tarfile.open("a.tgz", "w:gz") as archive:
        archive.add("a.txt")
    with gzip.open("b.txt.gz", "wb") as file:
        file.write(b"packed")
    session.run("f = untar('a.tgz', 'out'); g = gunzip('b.txt.gz'); t = fileread('b.txt');")
    assert (session.folder / "out" / "a.txt").read_text() == "hello" and session["t"] == "packed"
