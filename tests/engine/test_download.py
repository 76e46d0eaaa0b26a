"""Downloads: checked, resumed, never half a file under its name; each fault in words."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from cnnscript.engine import download
from cnnscript.engine.download import DownloadFault, fetch, progress_text
from cnnscript.engine.sources import Source
from tests.engine.loopback import serving

BODY = bytes(range(256)) * 1200


@pytest.fixture
def server(monkeypatch):
    with serving(BODY, monkeypatch) as here:
        yield here


def source(server, body=BODY, **changes):
    facts = {"network": "x", "format": "f", "file": "x.bin", "address": server.address, "bytes": len(body),
             "sha256": hashlib.sha256(body).hexdigest()}  # fmt: skip
    return Source(**{**facts, **changes})


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def quiet(words):
    assert words.endswith("...")  # waiting, which is only shown to a person


def test_a_good_file_arrives_and_nothing_else_stays(server, tmp_path):
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert (tmp_path / "x.bin").read_bytes() == BODY
    assert names(tmp_path) == ["x.bin"]
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert len(server.asked) == 1  # it is there


@pytest.mark.parametrize("kind", ["md5", "sha1"])
def test_other_hashes_are_checked_as_well(server, tmp_path, kind):
    right = {"sha256": "", kind: hashlib.new(kind, BODY).hexdigest()}
    fetch(source(server, **right), tmp_path / "x.bin", quiet)
    with pytest.raises(DownloadFault, match=f"its {kind} is"):
        fetch(source(server, **{"sha256": "", kind: "0" * 40}), tmp_path / "y.bin", quiet)
    assert names(tmp_path) == ["x.bin"]


def test_a_size_that_is_known_roughly_is_not_held_against_a_file(server, tmp_path):
    fetch(source(server, bytes=300_000, exact=False), tmp_path / "x.bin", quiet)
    fetch(source(server, bytes=None, exact=False, sha256=""), tmp_path / "y.bin", quiet)
    assert (tmp_path / "y.bin").read_bytes() == BODY


def test_a_wrong_file_is_thrown_away(server, tmp_path):
    with pytest.raises(DownloadFault, match="its sha256 is .*, and should be 00"):
        fetch(source(server, sha256="00"), tmp_path / "x.bin", quiet)
    assert names(tmp_path) == []


def test_a_file_longer_than_it_should_be_is_thrown_away(server, tmp_path):
    with pytest.raises(DownloadFault, match="longer than the 1000 bytes"):
        fetch(source(server, bytes=1000), tmp_path / "x.bin", quiet)
    assert names(tmp_path) == []


def test_a_transfer_that_breaks_off_is_taken_up_where_it_was(server, tmp_path):
    server.cut = 100_000
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert server.asked == [None, "bytes=100000-"]
    assert (tmp_path / "x.bin").read_bytes() == BODY


def test_a_server_that_gives_no_parts_begins_anew(server, tmp_path):
    server.cut, server.ranges = 100_000, False
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert (tmp_path / "x.bin").read_bytes() == BODY


def test_what_came_stays_for_the_next_try(server, tmp_path):
    server.cut, server.cuts = 1000, 3
    with pytest.raises(DownloadFault, match=f"broke off {len(BODY) - 3000} bytes before its end"):
        fetch(source(server), tmp_path / "x.bin", quiet)
    (part,) = names(tmp_path)
    assert part.startswith("x.bin.") and part.endswith(".part")
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert server.asked[-1] == "bytes=3000-"
    assert names(tmp_path) == ["x.bin"]


def test_a_part_that_was_wrong_does_not_spoil_the_next_try(server, tmp_path):
    made = source(server)
    (tmp_path / f"x.bin.{made.sha256[:8]}.part").write_bytes(b"z" * 5000)
    with pytest.raises(DownloadFault, match="sha256"):
        fetch(made, tmp_path / "x.bin", quiet)
    fetch(made, tmp_path / "x.bin", quiet)
    assert (tmp_path / "x.bin").read_bytes() == BODY


def test_a_server_that_falls_silent_is_left(server, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.1)
    server.pause = 0.6
    with pytest.raises(DownloadFault, match=r"nothing came for 0\.1 seconds"):
        fetch(source(server), tmp_path / "x.bin", quiet)


def test_a_refusal_and_a_server_that_is_not_there_say_so(server, tmp_path):
    server.body = None
    with pytest.raises(DownloadFault, match="the server answers 404"):
        fetch(source(server), tmp_path / "x.bin", quiet)
    with pytest.raises(DownloadFault, match="cannot be reached"):
        fetch(source(server, address="http://127.0.0.1:9/x"), tmp_path / "x.bin", quiet)
    assert names(tmp_path) == []


def test_too_little_room_is_said_before_anything_is_written(server, tmp_path, monkeypatch):
    monkeypatch.setattr(download.shutil, "disk_usage", lambda folder: SimpleNamespace(free=9))
    with pytest.raises(DownloadFault, match="the disk has 0 MB free, and 0 MB are needed"):
        fetch(source(server), tmp_path / "x.bin", quiet)
    assert names(tmp_path) == []


class FullDisk:
    """A file that takes 5000 bytes."""

    def __init__(self, file):
        self.file, self.room = file, 5000

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.file.close()

    def write(self, data):
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(data)
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def test_a_disk_that_fills_is_said_and_given_its_room_back(server, tmp_path, monkeypatch):
    def opened(path, mode):
        file = open(path, mode)  # noqa: SIM115
        return FullDisk(file) if str(path).endswith(".part") else file

    monkeypatch.setattr(download, "open", opened, raising=False)
    with pytest.raises(DownloadFault, match="the disk is full"):
        fetch(source(server), tmp_path / "x.bin", quiet)
    assert names(tmp_path) == []


FETCH = """
import sys
from pathlib import Path
from types import SimpleNamespace
from cnnscript.engine.download import fetch
from cnnscript.engine.sources import Source
address, size, sha256, folder = sys.argv[1:]
fetch(Source("x", "f", "x.bin", address, int(size), sha256), Path(folder) / "x.bin", lambda words: None)
"""


def process(server, folder):
    made = source(server)
    words = [sys.executable, "-c", FETCH, made.address, str(made.bytes), made.sha256, str(folder)]
    return subprocess.Popen(words, cwd=Path(__file__).parents[2])


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_killed_in_the_middle_leaves_a_part_that_the_next_goes_on_from(server, tmp_path):
    server.pause = 5
    killed = process(server, tmp_path)
    try:
        assert server.going.wait(20)
        while not any(name.endswith(".part") and (tmp_path / name).stat().st_size for name in names(tmp_path)):
            assert killed.poll() is None
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    server.pause = 0
    assert "x.bin" not in names(tmp_path)
    fetch(source(server), tmp_path / "x.bin", quiet)
    assert server.asked == [None, "bytes=1000-"]
    assert names(tmp_path) == ["x.bin"]
    assert (tmp_path / "x.bin").read_bytes() == BODY


def test_two_processes_at_once_fetch_once(server, tmp_path):
    server.pause = 0.5
    both = [process(server, tmp_path), process(server, tmp_path)]
    assert [one.wait() for one in both] == [0, 0]
    assert server.asked == [None]
    assert names(tmp_path) == ["x.bin"]


def test_whoever_waits_for_another_is_told(server, tmp_path):
    server.pause = 0.3
    said = []
    first = threading.Thread(target=fetch, args=(source(server), tmp_path / "x.bin", quiet))
    first.start()
    assert server.going.wait(5)
    fetch(source(server), tmp_path / "x.bin", said.append)
    first.join()
    assert said[0].startswith("waiting for another process")
    assert len(server.asked) == 1


def test_proxies_of_the_environment_are_used(server, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    fetch(source(server, address="http://weights.example/x.bin"), tmp_path / "x.bin", quiet)
    assert (tmp_path / "x.bin").read_bytes() == BODY


def test_progress_says_bytes_rate_and_time_left():
    assert progress_text(61_000_000, 244_000_000, 5_000_000) == (
        "[#####---------------] 61.0 of 244.0 MB, 5.0 MB/s, 37 s left"
    )
    assert progress_text(1_000_000, 244_000_000, 100_000).endswith("0.1 MB/s, 40 min left")
    assert progress_text(1_000_000, None, 500_000) == "1.0 MB, 0.5 MB/s"


def test_a_part_that_is_whole_already_is_not_fetched_again(server, tmp_path):
    """Killed between the last byte and the new name, where the size was not known to the byte."""
    wanted = source(server, bytes=None, exact=False)
    (tmp_path / f"x.bin.{wanted.sha256[:8]}.part").write_bytes(BODY)
    fetch(wanted, tmp_path / "x.bin", quiet)
    assert (tmp_path / "x.bin").read_bytes() == BODY
    assert server.asked == [f"bytes={len(BODY)}-"]
