"""Videos as AVI files: a picture after the other, as JPEG or as plain pixels (Microsoft, AVI RIFF File Reference).

Other containers and codecs need a decoder of their own, which imageio brings with ffmpeg (the extra `video`).
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np

from cnnscript.errors import ScriptError

KINDS = ("jpeg", "rgb", "grey")
MOST_BYTES = 2**31 - 2**20  # what the 32-bit lengths of the old header can say, with room for the index


class AviWriter:
    """Writes frames of one size into an open binary file; `finish` makes it whole.

    kind: 'jpeg', 'rgb' (24 bits, plain) or 'grey' (8 bits, plain).  rate: frames a second.  quality: of JPEG, 0 to 100.
    """

    def __init__(self, file: BinaryIO, kind: str, rate: float, quality: int = 75):
        self.file, self.kind, self.rate, self.quality = file, kind, rate, quality
        self.size: tuple[int, int] | None = None  # height and width
        self.index: list[tuple[int, int]] = []  # where each frame's chunk begins behind 'movi', and its length
        self.at = 4

    def add(self, frame: np.ndarray) -> None:
        """One more frame: H×W or H×W×3 uint8."""
        if self.size is None:
            self.size = frame.shape[:2]
            self.file.write(self.header())
        data = self.encoded(frame)
        if self.at + len(data) > MOST_BYTES:
            raise ScriptError("MATLAB:audiovideo:VideoWriter:tooLarge", "The video is longer than an AVI file can be.")
        self.index.append((self.at, len(data)))
        self.file.write((b"00dc" if self.kind == "jpeg" else b"00db") + struct.pack("<I", len(data)) + data)
        self.file.write(b"\0" * (len(data) % 2))
        self.at += 8 + len(data) + len(data) % 2

    def finish(self) -> None:
        """Write the index, and the header anew with what is known now."""
        if self.size is None:
            self.size = (0, 0)
            self.file.write(self.header())
        name = b"00dc" if self.kind == "jpeg" else b"00db"
        entries = b"".join(name + struct.pack("<III", 16, at, length) for at, length in self.index)
        self.file.write(chunk(b"idx1", entries))
        end = self.file.tell()
        self.file.seek(0)
        self.file.write(self.header(end - 8))
        self.file.seek(end)

    def encoded(self, frame: np.ndarray) -> bytes:
        if self.kind == "jpeg":
            from PIL import Image

            out = io.BytesIO()
            Image.fromarray(np.ascontiguousarray(frame)).save(out, "JPEG", quality=self.quality)
            return out.getvalue()
        rows = frame[::-1] if frame.ndim == 2 else frame[::-1, :, ::-1]  # from the bottom up, blue first
        flat = np.ascontiguousarray(rows).reshape(frame.shape[0], -1)
        return np.pad(flat, ((0, 0), (0, -flat.shape[1] % 4))).tobytes()

    def header(self, length: int = 0) -> bytes:
        """Everything before the first frame."""
        height, width = self.size or (0, 0)
        bits = 8 if self.kind == "grey" else 24
        codec = b"MJPG" if self.kind == "jpeg" else b"DIB "
        most = max((size for _, size in self.index), default=0)
        scale = 1000000
        main = struct.pack(
            "<14I", round(1e6 / self.rate), 0, 0, 0x10, len(self.index), 0, 1, most, width, height, 0, 0, 0, 0
        )
        stream = b"vids" + codec + struct.pack(
            "<I2HI8I", 0, 0, 0, 0, scale, round(self.rate * scale), 0, len(self.index), most, 0xFFFFFFFF, 0, 0
        )[:48] + struct.pack("<2h", width, height)  # fmt: skip
        greys = b"".join(bytes((k, k, k, 0)) for k in range(256)) if self.kind == "grey" else b""
        compression = codec if self.kind == "jpeg" else b"\0\0\0\0"
        form = struct.pack("<IiiHH4s", 40, width, height, 1, bits, compression) + struct.pack(
            "<IiiII", width * height * bits // 8, 0, 0, len(greys) // 4, 0
        )
        streams = listed(b"strl", chunk(b"strh", stream) + chunk(b"strf", form + greys))
        head = listed(b"hdrl", chunk(b"avih", main) + streams)
        return b"RIFF" + struct.pack("<I", length) + b"AVI " + head + b"LIST" + struct.pack("<I", self.at) + b"movi"


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def listed(name: bytes, data: bytes) -> bytes:
    return chunk(b"LIST", name + data)


class AviReader:
    """The frames of an AVI file of JPEG or plain pictures; ValueError for other files.

    rate: frames a second.  height, width.  codec: four letters.
    """

    def __init__(self, path: Path):
        self.path = path
        self.frames: list[tuple[int, int]] = []  # place in the file, length
        self.rate, self.height, self.width, self.bits, self.codec = 0.0, 0, 0, 24, b""
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] != b"RIFF" or head[8:] != b"AVI ":
                raise ValueError("not an AVI file")
            self.scan(file, path.stat().st_size)
        if self.codec not in (b"MJPG", b"\0\0\0\0", b"DIB ") or not self.rate or self.bits not in (8, 24):
            raise ValueError(f"a codec that we do not know: {self.codec!r}")

    def scan(self, file: BinaryIO, end: int) -> None:
        """Note where the frames are, and what the headers say."""
        while file.tell() + 8 <= end:
            name, length = struct.unpack("<4sI", file.read(8))
            at = file.tell()
            if name == b"LIST":
                file.read(4)
                self.scan(file, min(at + length, end))
            elif name == b"strh":
                data = file.read(length)
                if data[:4] == b"vids" and len(data) >= 28:
                    scale, rate = struct.unpack("<II", data[20:28])
                    self.rate = rate / scale if scale else 0.0
            elif name == b"strf" and not self.codec:
                data = file.read(length)
                if len(data) >= 40:
                    _, self.width, self.height, _, self.bits, self.codec = struct.unpack("<IiiHH4s", data[:20])
            elif name in (b"00dc", b"00db") and at + length <= end:
                self.frames.append((at, length))
            file.seek(at + length + length % 2)

    def frame(self, number: int) -> np.ndarray:
        """The frame of a number from 0: H×W×3 uint8, or H×W for grey pixels."""
        at, length = self.frames[number]
        with self.path.open("rb") as file:
            file.seek(at)
            data = file.read(length)
        if self.codec == b"MJPG":
            from PIL import Image

            with Image.open(io.BytesIO(data)) as image:
                return np.array(image.convert("RGB"))
        channels = self.bits // 8
        line = (self.width * channels + 3) // 4 * 4
        rows = np.frombuffer(data, np.uint8).reshape(abs(self.height), line)[:, : self.width * channels]
        pixels = rows[::-1] if self.height > 0 else rows
        return pixels if channels == 1 else pixels.reshape(-1, self.width, 3)[:, :, ::-1]
