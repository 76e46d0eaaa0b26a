"""A script file's bytes to text: which encoding, which line ends, what is no text at all; the code of live scripts."""

from __future__ import annotations

import codecs
import os
import re
from contextlib import suppress

from cnnscript.errors import ScriptError, Source, Span

MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
LIVE = ".mlx"
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
CHINESE_RUN = re.compile(rb"(?:[\xa1-\xfe][\xa1-\xfe])+")  # where GB2312 has its characters; both bytes high


class SourceFile(Source):
    """A Source read from a file; `encoding` is what its bytes were read as ('utf-8', 'gb18030', 'windows-1252' ...)."""

    __slots__ = ("encoding",)

    def __init__(self, text: str, name: str, encoding: str):
        super().__init__(text, name)
        self.encoding = encoding


def read_source(path: str | os.PathLike[str]) -> SourceFile:
    """The text of a script file, its lines ended by newlines alone, without a byte order mark.

    Raises ScriptError where the file cannot be read, or is not text.
    """
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            content = file.read()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise ScriptError("MATLAB:run:CannotRead", f"Unable to read file '{name}': {reason}.") from None
    if name.lower().endswith(LIVE):  # some systems' names know no difference between small and large letters
        from cnnscript.syntax.live_code import code_of

        text, encoding = code_of(content, name), "utf-8"
    else:
        text, encoding = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile(text, name, encoding)
    at = text.find("\0")
    if at >= 0:
        raise ScriptError(
            "MATLAB:m_not_text",
            f"File '{name}' is not a script: it holds a character with code 0.",
            Span(source, at, at + 1),
        )
    return source


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding.  Any bytes give a text.

    A byte order mark decides; else UTF-8 where that fits; else, as MATLAB's users write on Windows, GB18030 where the
    high bytes come as Chinese characters do, and Windows-1252 otherwise.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    for encoding in ("utf-8", "gb18030") if _looks_chinese(content) else ("utf-8",):
        with suppress(UnicodeDecodeError):  # then the next is tried
            return content.decode(encoding), encoding
    return content.decode("cp1252", "replace"), "windows-1252"


def _looks_chinese(content: bytes) -> bool:
    """Whether most of the high bytes stand in whole pairs; in Western text they stand alone between letters."""
    runs = HIGH_RUN.findall(content)
    paired = sum(len(run) for run in runs if CHINESE_RUN.fullmatch(run))
    return 2 * paired > sum(map(len, runs))
