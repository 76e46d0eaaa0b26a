"""Fetching a file whose size and sha256 are known: with progress, a time limit, and never half a file under its
name."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

SILENCE_SECONDS = 30  # the longest wait for the next bytes
CHUNK_BYTES = 1 << 20


class DownloadFault(Exception):
    """A download that did not succeed, in a sentence."""


def sha256_of(path: Path) -> str:
    """The sha256 of a file as hexadecimal text."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(address: str, target: Path, size: int, sha256: str, progress: Callable[[str], object]) -> None:
    """Fetch a file to `target`: written beside it under a name of its own, checked, then renamed.

    Two processes may do this at once: each writes its own file, and the last rename wins with equal content.
    Proxies are those of the usual environment variables.  Raises DownloadFault; nothing is left behind then.
    """
    handle, beside = tempfile.mkstemp(prefix=target.name + ".", suffix=".part", dir=target.parent)
    digest = hashlib.sha256()
    done = 0
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "cnnscript"})
        with os.fdopen(handle, "wb") as file, urllib.request.urlopen(request, timeout=SILENCE_SECONDS) as reply:
            while chunk := reply.read(CHUNK_BYTES):
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                progress(f"downloading {target.name}: {done / 1e6:.0f} of {size / 1e6:.0f} MB")
                if done > size:
                    raise DownloadFault(f"it is longer than the {size} bytes it should have")
        if done != size:
            raise DownloadFault(f"it ended after {done} of {size} bytes")
        if digest.hexdigest() != sha256:
            raise DownloadFault(f"its sha256 is {digest.hexdigest()}, and should be {sha256}")
        os.replace(beside, target)
    except urllib.error.HTTPError as fault:
        raise DownloadFault(f"the server answers {fault.code} {fault.reason}") from fault
    except urllib.error.URLError as fault:
        raise DownloadFault(f"the server cannot be reached: {fault.reason}") from fault
    except TimeoutError as fault:
        raise DownloadFault(f"nothing came for {SILENCE_SECONDS} seconds") from fault
    except OSError as fault:
        raise DownloadFault(str(fault)) from fault
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)
