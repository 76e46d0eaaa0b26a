"""Where the weights of networks come from: sources.tsv, read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

HASHES = ("sha256", "sha1", "md5")  # the first known one is checked


@dataclass(frozen=True)
class Source:
    """One place that a network's weights come from.

    address   'package:PATH' for a file of an installed package
    bytes     the size of the file, None while not known; `exact` says whether to the byte
    sha256, md5, sha1  '' while not known
    channels  'RGB' or 'BGR': the order in which the file's first convolution sees colours
    """

    network: str
    format: str
    file: str
    address: str
    bytes: int | None
    sha256: str = ""
    md5: str = ""
    sha1: str = ""
    channels: str = "RGB"
    note: str = ""
    exact: bool = True

    @property
    def packaged(self) -> str | None:
        """The path inside installed packages, or None for a download."""
        return self.address.removeprefix("package:") if self.address.startswith("package:") else None

    @property
    def hash(self) -> tuple[str, str] | None:
        """Kind and hexadecimal text of the best hash that is known; None: the source can be checked by nothing."""
        return next(((kind, getattr(self, kind)) for kind in HASHES if getattr(self, kind)), None)

    @property
    def size_text(self) -> str:
        """'244 MB', '4.9 MB', 'size not known'."""
        if self.bytes is None:
            return "size not known"
        megabytes = self.bytes / 1e6
        return f"{'' if self.exact else 'about '}{megabytes:.{0 if megabytes >= 10 else 1}f} MB"

    def is_content_of(self, path: Path) -> bool:
        """Does a file have what this source has?  True where no hash is known: it is taken on its owner's word."""
        if self.exact and self.bytes is not None and path.stat().st_size != self.bytes:
            return False
        return self.hash is None or hash_of(path, self.hash[0]) == self.hash[1]


def hash_of(path: Path, kind: str) -> str:
    """The hash of a file as hexadecimal text."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()


def read_sources() -> tuple[Source, ...]:
    """All known sources, best first for each network."""
    text = resources.files("cnnscript.engine").joinpath("sources.tsv").read_text("utf-8")
    return tuple(_source(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def _source(cells: list[str]) -> Source:
    network, kind, file, address, size, *rest = cells
    exact = size != "" and not size.startswith("~")
    return Source(network, kind, file, address, int(size.lstrip("~")) if size else None, *rest, exact=exact)
