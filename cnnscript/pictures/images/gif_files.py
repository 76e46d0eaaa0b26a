"""GIF files written frame by frame: each with its own colours, and frames added without touching those that are there
(CompuServe, Graphics Interchange Format, version 89a)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np

HEADER = 13  # bytes: signature, size of the screen, flags
TRAILER = b";"
DISPOSALS = ("doNotSpecify", "leaveInPlace", "restoreBG", "restorePrevious")


@dataclass
class Animation:
    """What is said of a GIF file and its frames.

    delay: seconds, one number or one a frame.  loops: how often it is repeated; infinity for ever, None: not said.
    disposal: a word of DISPOSALS, or one a frame.  transparent, background: row numbers of the palette, from 0.
    location: columns and rows from the upper left corner of the screen.  screen: height and width; None: the frame's.
    """

    delay: list[float] = field(default_factory=lambda: [0.5])
    loops: float | None = None
    disposal: list[str] = field(default_factory=lambda: ["doNotSpecify"])
    transparent: int | None = None
    background: int = 0
    location: tuple[int, int] = (0, 0)
    screen: tuple[int, int] | None = None
    comments: list[str] = field(default_factory=list)


def written(frames: list[np.ndarray], palette: np.ndarray, about: Animation) -> bytes:
    """Frames (H×W row numbers of a palette, n×3 uint8) as a whole GIF file."""
    height, width = about.screen or frames[0].shape
    bits, colours = colour_table(palette)
    out = [b"GIF89a", struct.pack("<HHBBB", width, height, 0xF0 | (bits - 1), about.background, 0), colours]
    if about.loops is not None:
        count = 0 if about.loops == float("inf") else int(about.loops)
        out.append(b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", count) + b"\0")
    out += [b"!\xfe" + blocks(comment.encode("utf-8")) for comment in about.comments]
    out += [frame(pixels, None, about, place) for place, pixels in enumerate(frames)]
    return b"".join(out) + TRAILER


def appended(old: bytes, frames: list[np.ndarray], palette: np.ndarray, about: Animation) -> bytes:
    """A GIF file with further frames at its end, which bring their own colours; ValueError for what is no GIF file."""
    if old[:6] not in (b"GIF87a", b"GIF89a") or len(old) <= HEADER:
        raise ValueError("not a GIF file")
    end = last_block(old)
    more = b"".join(frame(pixels, palette, about, place) for place, pixels in enumerate(frames))
    return b"GIF89a" + old[6:end] + more + TRAILER


def last_block(data: bytes) -> int:
    """Where the last block of a GIF file ends; what may stand behind it is no part of the picture."""
    at = HEADER + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while at < len(data) and data[at : at + 1] != TRAILER:
        if data[at] == 0x21:  # an extension: its label, then blocks
            at += 2
        elif data[at] == 0x2C:  # an image: place, size, perhaps colours, code size, then blocks
            flags = data[at + 9] if at + 9 < len(data) else 0
            at += 10 + (3 << (flags & 7) + 1 if flags & 0x80 else 0) + 1
        else:
            raise ValueError("a damaged GIF file")
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    if at > len(data):
        raise ValueError("a GIF file that is cut short")
    return at


def frame(pixels: np.ndarray, palette: np.ndarray | None, about: Animation, place: int) -> bytes:
    """One frame; palette None: it has the colours of the file."""
    delay = about.delay[place % len(about.delay)]
    disposal = DISPOSALS.index(about.disposal[place % len(about.disposal)])
    see_through = about.transparent is not None
    control = struct.pack("<BHB", disposal << 2 | see_through, min(round(delay * 100), 65535), about.transparent or 0)
    height, width = pixels.shape
    left, top = about.location
    flags, colours = 0, b""
    if palette is not None:
        bits, colours = colour_table(palette)
        flags = 0x80 | (bits - 1)
    image = b"," + struct.pack("<HHHHB", left, top, width, height, flags) + colours
    return b"!\xf9\x04" + control + b"\0" + image + b"\x08" + compressed(pixels) + b"\0"


def compressed(pixels: np.ndarray) -> bytes:
    """Row numbers of a palette as LZW codes, in blocks."""
    from PIL import Image

    image: Any = Image.fromarray(np.ascontiguousarray(pixels, np.uint8))
    return image.tobytes("gif", "L", 8, 0)


def colour_table(palette: np.ndarray) -> tuple[int, bytes]:
    """The bits of a row number, and the colours, as many as there are such numbers."""
    bits = max(1, int(np.ceil(np.log2(max(len(palette), 2)))))
    full = np.zeros((1 << bits, 3), np.uint8)
    full[: len(palette)] = palette
    return bits, full.tobytes()


def blocks(data: bytes) -> bytes:
    """Bytes in blocks of at most 255, with their lengths, and an empty block at the end."""
    cut = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes((len(block),)) + block for block in cut) + b"\0"
