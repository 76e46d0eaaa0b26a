"""Files from elsewhere: addresses that are none, no network, archives that would leave their folder."""

import gzip
import io
import tarfile
import zipfile

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from tests.engine import loopback


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


def spoiled(path, place, value):
    data = bytearray(path.read_bytes())
    data[place] = value
    path.write_bytes(bytes(data))


def test_zip_archives_that_are_locked_or_damaged(session):
    def made(kind):
        with zipfile.ZipFile("a.zip", "w", kind) as archive:
            archive.writestr("a", "hello" * 50)
        return session.folder / "a.zip", (session.folder / "a.zip").read_bytes().index(b"PK\1\2")

    for kind, of_file, of_list, value in (
        (zipfile.ZIP_STORED, 6, 8, 1),  # encrypted
        (zipfile.ZIP_STORED, 8, 10, 97),  # a compression that nobody here knows
        (zipfile.ZIP_DEFLATED, 31, None, 255),  # the first byte of what is packed
        (zipfile.ZIP_LZMA, 40, None, 255),
    ):
        path, listed = made(kind)
        spoiled(path, of_file, value)
        if of_list is not None:
            spoiled(path, listed + of_list, value)
        found = fault(session, "unzip('a.zip')")
        assert (found.identifier, found.message) == ("MATLAB:unzip:invalidZipFile", 'Invalid zip file "a.zip".')
        assert found.notes[0]


def test_a_wrong_check_sum_is_a_fault_of_the_archive(session):
    (session.folder / "b.gz").write_bytes(gzip.compress(b"packed"))
    spoiled(session.folder / "b.gz", -8, gzip.compress(b"packed")[-8] ^ 1)
    found = fault(session, "gunzip('b.gz')")
    assert found.message == 'Invalid archive file "b.gz".' and "CRC" in found.notes[0]
    assert [file.name for file in session.folder.iterdir()] == ["b.gz"]


def test_tar_and_gzip(session):
    (session.folder / "a.txt").write_text("hello")
    with tarfile.open("a.tgz", "w:gz") as archive:
        archive.add("a.txt")
    with gzip.open("b.txt.gz", "wb") as file:
        file.write(b"packed")
    session.run("f = untar('a.tgz', 'out'); g = gunzip('b.txt.gz'); t = fileread('b.txt');")
    assert (session.folder / "out" / "a.txt").read_text() == "hello" and session["t"] == "packed"


# ------------------------------------------------------------------------------------------------ a server of our own
@pytest.fixture
def server(session, monkeypatch):
    monkeypatch.delenv("CNNSCRIPT_OFFLINE")
    with loopback.serving(b"", monkeypatch) as made:
        yield made


def test_a_file_that_breaks_off_is_an_error_and_leaves_nothing(session, server):
    server.body, server.cut, server.cuts = b"x" * 5000, 1000, 3
    found = fault(session, f"websave('a.bin', '{server.address}')")
    assert found.identifier == "MATLAB:webservices:CopyContentToDataStreamError" and "1000 of 5000" in found.notes[0]
    assert fault(session, f"unzip('{server.address}', 'out')").identifier == found.identifier
    session.run(f"[f, status] = urlwrite('{server.address}', 'b.bin');")
    assert session["status"] == 0.0 and list(session.folder.iterdir()) == []
    session.run(f"f = websave('a.bin', '{server.address}', weboptions('Timeout', Inf));")
    assert (session.folder / "a.bin").read_bytes() == server.body


def test_what_is_read_and_breaks_off_is_an_error(session, server):
    server.body, server.cut, server.cuts = b"x" * 5000, 1000, 3
    identifier = "MATLAB:webservices:CopyContentToDataStreamError"
    assert fault(session, f"webread('{server.address}')").identifier == identifier
    assert fault(session, f"urlread('{server.address}')").identifier == identifier
    session.run(f"[t, status] = urlread('{server.address}');")
    assert session["status"] == 0.0


def test_an_answer_that_stays_away_is_an_error(session, server):
    server.body, server.pause = b"x" * 5000, 1.0
    found = fault(session, f"webread('{server.address}', weboptions('Timeout', 0.2))")
    assert found.identifier == "MATLAB:webservices:CopyContentToDataStreamError" and "timed out" in found.notes[0]


def test_an_encoding_that_nobody_knows_is_an_error(session, server, monkeypatch):
    server.body = b"text"
    end_headers = loopback.Handler.end_headers

    def with_charset(handler):
        handler.send_header("Content-Type", "text/plain; charset=x-none")
        end_headers(handler)

    monkeypatch.setattr(loopback.Handler, "end_headers", with_charset)
    for call in ("webread", "urlread"):
        assert "'x-none' is not known" in fault(session, f"{call}('{server.address}')").message


def test_requests_that_cannot_be_made(session, server):
    found = fault(session, "webread('http://127.0.0.1:9/a b')")
    assert found.message.startswith("Could not access server.") and "control characters" in found.notes[0]
    for value in ("'q'", "3", '"q"'):
        found = fault(session, f"urlread('{server.address}', 'get', {value})")
        assert found.message == "Parameter names and values must be in a cell array."


def test_an_archive_at_an_address_is_unpacked_here_under_its_own_name(session, server):
    server.body = gzip.compress(b"\0\0\x08\x03")
    session.run(f"f = gunzip('{server.address}-idx3-ubyte.gz'); g = gunzip('{server.address}-idx3-ubyte.gz', 'in');")
    assert session["f"].ravel().tolist() == ["file-idx3-ubyte"] and session["g"].ravel().tolist() == [
        "in/file-idx3-ubyte"
    ]
    assert (session.folder / "file-idx3-ubyte").read_bytes() == b"\0\0\x08\x03"


def test_options_are_sent_and_change_what_is_read(session, server):
    server.body = b'{"a": [1, 2]}'
    session.run(f"u = '{server.address}'; a = webread(u, weboptions('ContentType', 'json')); a = a.a;\n"
                "t = webread(u, weboptions(contenttype='text'));\n"
                "b = webread(u, weboptions(ContentType='binary'));")  # fmt: skip
    assert session["a"].tolist() == [[1], [2]] and session["t"] == '{"a": [1, 2]}' and session["b"].size == 13
    session.run("o = weboptions('Username', 'me', 'Password', 'it', 'HeaderFields', {'X-A' '1'; 'X-B' '2'});")
    made = session["o"].headers()
    assert made["Authorization"] == "Basic bWU6aXQ=" and (made["X-A"], made["X-B"]) == ("1", "2")
    for call, words in (
        ("weboptions('Timeout', 0)", "positive number of seconds"), ("weboptions('ContentType', 'audio')", "match one"),
        ("weboptions('HeaderFields', {'a'})", "two columns"), ("weboptions('CharacterEncoding', 'x7')", "encoding"),
        ("weboptions('ArrayFormat', 'php')", "not in cnnscript"),
    ):  # fmt: skip
        assert words in fault(session, call).message


def test_an_image_at_an_address_is_read(session, server):
    session.run("imwrite(uint8([1 2; 3 4]), 'a.png');")
    server.body = (session.folder / "a.png").read_bytes()
    session.run(f"x = imread('{server.address}');")
    assert session["x"].tolist() == [[1, 2], [3, 4]]
    server.body = b"no image"
    assert server.address in fault(session, f"imread('{server.address}')").notes


def test_a_support_file_is_kept_and_where_it_goes_is_said(session, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))
    call = 'f = matlab.internal.examples.downloadSupportFile("nnet", "data/Food.zip");'
    place = tmp_path / "cache" / "supportfiles" / "nnet" / "data" / "Food.zip"
    assert str(place) in fault(session, call).hint
    place.parent.mkdir(parents=True)
    place.write_bytes(b"x")
    session.run(call)
    assert session["f"] == str(place)
