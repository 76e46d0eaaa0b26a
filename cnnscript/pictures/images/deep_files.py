"""Colour pictures with 16 bits a channel, which Pillow cuts down to 8: PNG files read through Pillow's own decoder and
written by us, TIFF files through tifffile (which scikit-image brings)."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # of PNG, by the number of channels
UP = 2  # PNG's filter that keeps the difference to the row above

# What Pillow's decoder is told so that it gives the second byte of each number where it else gives the first.
SECOND_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}


def read(image: Any, path: Path, frame: int) -> np.ndarray | None:
    """H×W×channels uint16 of a file that Pillow has open at a frame (from 1), and of which it would keep 8 bits of 16;
    None for any other file."""
    if image.format == "PNG" and image.tile:
        return read_png(path, image.tile[0][3])
    if image.format == "TIFF":
        depths = image.tag_v2.get(258, (8,))  # BitsPerSample
        if len(depths) > 1 and set(depths) == {16}:
            import tifffile

            return np.asarray(tifffile.imread(path, key=frame - 1), np.uint16)
    return None


def read_png(path: Path, packing: str) -> np.ndarray | None:
    """The channels of a PNG file whose pixels are packed as Pillow calls `packing`."""
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


def write_png(file: BinaryIO, pixels: np.ndarray) -> None:
    """H×W or H×W×channels uint16 as PNG: 1 to 4 channels are grey, grey with alpha, colour, colour with alpha."""
    pixels = pixels[:, :, None] if pixels.ndim == 2 else pixels
    height, width, channels = pixels.shape
    rows = np.ascontiguousarray(pixels, ">u2").view(np.uint8).reshape(height, -1)
    lines = np.empty((height, rows.shape[1] + 1), np.uint8)
    lines[:, 0] = UP
    lines[:, 1:] = rows
    lines[1:, 1:] -= rows[:-1]
    file.write(SIGNATURE)
    write_chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 16, COLOUR_TYPES[channels], 0, 0, 0))
    write_chunk(file, b"IDAT", zlib.compress(lines.tobytes()))
    write_chunk(file, b"IEND", b"")


def write_chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


def write_tiff(file: BinaryIO, pixels: np.ndarray) -> None:
    """H×W×3 uint16 as TIFF."""
    import tifffile

    tifffile.imwrite(file, np.ascontiguousarray(pixels), photometric="rgb")
