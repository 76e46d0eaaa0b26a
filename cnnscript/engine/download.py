"""Fetching a file: with progress, a time limit, mirrors and resumption, checked before it gets its name.

What has come so far is kept beside the target as NAME.HASH.part, and the next try goes on from there; a lock on
NAME.HASH.lock lets one process fetch while others wait.  Proxies are those of the usual environment variables.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from cnnscript.engine.sources import Source, hash_of

SILENCE_SECONDS = 30.0  # the longest wait for the next bytes
CHUNK_BYTES = 1 << 18
TRIES = 3  # how often a transfer that broke off is taken up again at once
REPORT_SECONDS = 0.2
Progress = Callable[[str], object]


class DownloadFault(Exception):
    """A download that did not succeed, in a sentence."""


def fetch(source: Source, target: Path, progress: Progress) -> None:
    """Fetch a source's file to `target`, unless another process does so meanwhile.

    The file is checked against the source's size and hash, then renamed.  Raises DownloadFault: a part that is right so
    far stays for the next try, one that cannot be goes.
    """
    stem = target.with_name(f"{target.name}.{(source.hash or ('', 'unchecked'))[1][:8]}")
    part = stem.with_name(stem.name + ".part")
    try:
        with locked(stem.with_name(stem.name + ".lock"), progress):
            if target.is_file() and source.hash is not None and source.is_content_of(target):
                return  # another process was first
            _fetch_part(source, part, progress)
            _check(source, part)
            os.replace(part, target)
    except OSError as fault:
        raise DownloadFault(_sentence(fault)) from fault


def _fetch_part(source: Source, part: Path, progress: Progress) -> None:
    """Bring the part to its whole length, taking a broken transfer up again while more comes."""
    for trial in range(1, TRIES + 1):
        before = part.stat().st_size if part.exists() else 0
        try:
            _transfer(source, part, progress)
            return
        except (http.client.HTTPException, OSError) as fault:
            if isinstance(fault, urllib.error.HTTPError) and fault.code == 416:
                if before and fault.headers.get("Content-Range", "") == f"bytes */{before}":
                    return  # it is whole already
                part.unlink(missing_ok=True)  # the part is longer than the file
            elif getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                part.unlink(missing_ok=True)
                raise DownloadFault("the disk is full; what had come was removed again") from fault
            elif trial == TRIES or not part.exists() or part.stat().st_size <= before:
                raise DownloadFault(_sentence(fault)) from fault


def _transfer(source: Source, part: Path, progress: Progress) -> None:
    """One request, appended to what is there."""
    done = part.stat().st_size if part.exists() else 0
    if source.exact and source.bytes is not None and done >= source.bytes:
        return
    headers = {"User-Agent": "cnnscript"} | ({"Range": f"bytes={done}-"} if done else {})
    request = urllib.request.Request(source.address, headers=headers)
    opener = urllib.request.build_opener()  # its own, so that proxies are those of now
    with opener.open(request, timeout=SILENCE_SECONDS) as reply:
        resumed = reply.status == 206 and reply.headers.get("Content-Range", "").startswith(f"bytes {done}-")
        done = done if resumed else 0
        length = reply.headers.get("Content-Length")
        whole = source.bytes if source.exact else done + int(length) if length else None
        _require_room(part.parent, (whole or 0) - done)
        report = Report(part.name.rsplit(".", 2)[0], done, whole, progress)
        with open(part, "ab" if resumed else "wb") as file:
            while chunk := reply.read1(CHUNK_BYTES):
                file.write(chunk)
                file.flush()  # a process may be killed: what came is kept
                done += len(chunk)
                if source.exact and source.bytes is not None and done > source.bytes:
                    file.close()
                    part.unlink()
                    raise DownloadFault(f"it is longer than the {source.bytes} bytes it should have")
                report(done)
    if whole is not None and done < whole:
        raise http.client.IncompleteRead(b"", whole - done)


def _require_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise DownloadFault(f"the disk has {free / 1e6:.0f} MB free, and {needed / 1e6:.0f} MB are needed")


def _check(source: Source, part: Path) -> None:
    """Raise DownloadFault, and remove the part, where it is not what the source should have."""
    size = part.stat().st_size
    if source.exact and size != source.bytes:
        part.unlink()
        raise DownloadFault(f"it has {size} bytes, and should have {source.bytes}")
    if source.hash is not None:
        kind, wanted = source.hash
        found = hash_of(part, kind)
        if found != wanted:
            part.unlink()
            raise DownloadFault(f"its {kind} is {found}, and should be {wanted}")


def _sentence(fault: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(fault, urllib.error.HTTPError):
        return f"the server answers {fault.code} {fault.reason}"
    if isinstance(fault, TimeoutError) or isinstance(getattr(fault, "reason", None), TimeoutError):
        return f"nothing came for {SILENCE_SECONDS:g} seconds"
    if isinstance(fault, urllib.error.URLError):
        return f"the server cannot be reached: {getattr(fault.reason, 'strerror', None) or fault.reason}"
    if isinstance(fault, http.client.IncompleteRead):
        return f"it broke off {fault.expected} bytes before its end"
    if isinstance(fault, http.client.HTTPException):
        return f"the server's answer cannot be read ({type(fault).__name__})"
    return getattr(fault, "strerror", None) or str(fault)


class Report:
    """Says how far a download is: a bar, megabytes, their rate, the time left."""

    def __init__(self, name: str, done: int, whole: int | None, progress: Progress):
        self.name, self.first, self.whole, self.progress = name, done, whole, progress
        self.start = self.last = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self.last < REPORT_SECONDS and done != self.whole:
            return
        self.last = now
        rate = (done - self.first) / max(now - self.start, 1e-3)
        self.progress(f"downloading {self.name}: {progress_text(done, self.whole, rate)} ...")


def progress_text(done: int, whole: int | None, rate: float) -> str:
    """'[#####---------------] 61 of 244 MB, 5.2 MB/s, 35 s left' of bytes and bytes per second."""
    speed = f"{rate / 1e6:.1f} MB/s"
    if not whole:
        return f"{done / 1e6:.1f} MB, {speed}"
    bar = "#" * (20 * done // whole)
    left = (whole - done) / rate if rate else float("inf")
    wait = "" if left == float("inf") else f", {left:.0f} s left" if left < 120 else f", {left / 60:.0f} min left"
    return f"[{bar:-<20}] {done / 1e6:.1f} of {whole / 1e6:.1f} MB, {speed}{wait}"


# --------------------------------------------------------------------------------------------------------------- locks


@contextlib.contextmanager
def locked(path: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock of that name; the system gives it back when a process is killed."""
    told = False
    while True:
        file = open(path, "a+b")  # noqa: SIM115  it is held until the end
        if _take(file):
            if _is_still(file, path):
                break
        elif not told:
            progress(f"waiting for another process that fetches {path.name.removesuffix('.lock')} ...")
            told = True
        file.close()
        time.sleep(0.05)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows keeps files that others have opened
            path.unlink()
        file.close()


def _take(file) -> bool:
    """Try to lock an open file."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(file, path: Path) -> bool:
    """Is the open file the one of that name?  (Its last owner removes it.)"""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
