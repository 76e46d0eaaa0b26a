"""PNG files: pictures of 16 bits a channel read whole (Pillow cuts them down to 8), and everything written by us, with
any depth from 1 to 16 bits and the chunks that say what a picture is (W3C, Portable Network Graphics, 2nd edition)."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # of PNG, by the number of channels
INDEXED = 3  # the colour type of pixels that are rows of a palette
UP = 2  # PNG's filter that keeps the difference to the row above

# What Pillow's decoder is told so that it gives the second byte of each number where it else gives the first.
SECOND_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}


def read_deep(path: Path, packing: str) -> np.ndarray | None:
    """H×W×channels uint16 of a PNG file whose pixels are packed as Pillow calls `packing`; None where Pillow itself
    keeps all their bits."""
    if packing == "LA;16B":
        # Grey and transparency, two bytes each: read as four bytes a pixel, whatever they mean.
        quarters = decoded(path, "RGBA").astype(np.uint16)
        return quarters[:, :, ::2] << 8 | quarters[:, :, 1::2]
    if packing not in SECOND_BYTES:
        return None
    return decoded(path, packing).astype(np.uint16) << 8 | decoded(path, SECOND_BYTES[packing])


def decoded(path: Path, packing: str) -> np.ndarray:
    """The pixels of a PNG file, unpacked as told."""
    from PIL import Image

    with Image.open(path) as image:
        codec, box, offset, _ = image.tile[0]
        image.tile = [(codec, box, offset, packing)]
        return np.array(image)


def write(
    file: BinaryIO,
    pixels: np.ndarray,
    depth: int = 8,
    palette: np.ndarray | None = None,
    chunks: list[tuple[bytes, bytes]] = [],  # noqa: B006  never changed
) -> None:
    """Pixels as a PNG file.

    pixels: H×W or H×W×channels whole numbers of `depth` bits; 1 to 4 channels are grey, grey with alpha, colour, colour
    with alpha.  palette: n×3 uint8, whose rows the pixels are (from 0).  chunks: further (name, data), in the order in
    which they are to stand before the pixels.
    """
    pixels = pixels[:, :, None] if pixels.ndim == 2 else pixels
    height, width, channels = pixels.shape
    rows = packed(pixels, depth)
    lines = np.empty((height, rows.shape[1] + 1), np.uint8)
    lines[:, 0] = UP
    lines[:, 1:] = rows
    lines[1:, 1:] -= rows[:-1]
    kind = INDEXED if palette is not None else COLOUR_TYPES[channels]
    file.write(SIGNATURE)
    write_chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    early = [each for each in chunks if each[0] in BEFORE_PALETTE]
    for name, data in early:
        write_chunk(file, name, data)
    if palette is not None:
        write_chunk(file, b"PLTE", np.ascontiguousarray(palette, np.uint8).tobytes())
    for name, data in chunks:
        if name not in BEFORE_PALETTE:
            write_chunk(file, name, data)
    write_chunk(file, b"IDAT", zlib.compress(lines.tobytes()))
    write_chunk(file, b"IEND", b"")


BEFORE_PALETTE = frozenset((b"gAMA", b"cHRM", b"sBIT", b"sRGB"))


def packed(pixels: np.ndarray, depth: int) -> np.ndarray:
    """H×W×channels numbers as rows of bytes: the first pixel in the highest bits."""
    height, width, channels = pixels.shape
    if depth == 16:
        return np.ascontiguousarray(pixels, ">u2").view(np.uint8).reshape(height, -1)
    flat = np.ascontiguousarray(pixels, np.uint8).reshape(height, width * channels)
    if depth == 8:
        return flat
    each = 8 // depth
    padded = np.pad(flat, ((0, 0), (0, -flat.shape[1] % each))).reshape(height, -1, each)
    shifts = np.arange(each - 1, -1, -1, dtype=np.uint8) * depth
    return np.bitwise_or.reduce(padded << shifts, axis=2).astype(np.uint8)


def write_chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


def text_chunk(keyword: str, words: str) -> tuple[bytes, bytes]:
    """A chunk that says something in words: Latin-1 where that will do, else UTF-8."""
    try:
        return b"tEXt", keyword.encode("latin-1") + b"\0" + words.encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + words.encode("utf-8")
