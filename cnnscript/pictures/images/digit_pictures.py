"""Ten thousand pictures of digits, as tutorials train networks on: ours, made anew in seconds and always the same.

Each is drawn from a font or as with a pen, then turned, slanted, stretched, moved and bent, thick or thin, soft or
sharp, and its ink is blotched and frayed.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from typing import NamedTuple

import numpy as np

from cnnscript.pictures.images import digit_shapes, png_files
from cnnscript.pictures.images.digit_shapes import SIDE
from cnnscript.pictures.images.whole_folders import whole_folder

CLASSES, OF_EACH = 10, 1000
COUNT = CLASSES * OF_EACH
SEED = 28
WRITTEN = 0.2  # of all; the others are printed
AT_ONCE = 500  # pictures that are drawn at once: what is computed for them stays in the processor's cache

# How much chance changes them: so much that a line drawn between the classes parts few, and so little that a small
# network is right on 99 of 100 after four passes, as with MATLAB's digits.
LARGEST_TURN = 45  # degrees
MOVED = 1.0  # pixels, at most
STRETCHED = 0.9, 1.05  # across and up
SLANTED = 0.08  # pixels across for one up, at most
BENT = 0.25  # pixels by which waves move points, at most
WAVES = 0.15, 0.4  # radians a pixel
FATTER = 0.1, 0.6  # pixels that print grows on each side
PEN_WIDTH = 1.1, 1.7  # half of a stroke, in pixels
MISSED = 0.2  # pixels between where a stroke bends and where it should: their standard deviation
FRAYED = 0.15  # pixels, at most, by which noise moves the edge of the ink: standard deviation
SOFT = 0.9, 1.8  # pixels between black and white
BLOTCHED = 0.25  # of the ink, at most


class Digits(NamedTuple):
    """All pictures, in the order of the numbers in their files' names: image1 is a 1, image9001 a 0.

    pictures     COUNT × SIDE × SIDE, uint8: white on black
    angles       COUNT, int8: degrees by which each was turned clockwise
    train, test  COUNT/2 numbers of pictures from 0, in random order, half of each digit
    """

    pictures: np.ndarray
    angles: np.ndarray
    train: np.ndarray
    test: np.ndarray

    def digits(self) -> np.ndarray:
        """Which digit each shows."""
        return (np.arange(COUNT) // OF_EACH + 1) % CLASSES


def kept(path: str) -> Digits:
    """The pictures from the file that keeps them, which is made where it is missing or broken."""
    try:
        with open(path, "rb") as stream, np.load(stream) as file:
            return Digits(*(file[name] for name in Digits._fields))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        made = drawn()
    beside = f"{path}.{os.getpid()}.npz"
    try:
        with contextlib.suppress(OSError):  # a full disk or one that cannot be written: drawn again next time
            os.makedirs(os.path.dirname(path), exist_ok=True)
            np.savez_compressed(beside, **made._asdict())
            os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)
    return made


def drawn() -> Digits:
    """The pictures, drawn."""
    chance = np.random.RandomState(SEED)  # whose numbers never change with NumPy's versions
    pictures = np.empty((COUNT, SIDE, SIDE), np.uint8)
    angles = chance.randint(-LARGEST_TURN, LARGEST_TURN + 1, COUNT).astype(np.int8)
    shapes = digit_shapes.printed()
    of_class: list[np.ndarray] = []
    for block in range(CLASSES):
        digit, first = (block + 1) % CLASSES, block * OF_EACH
        for start in range(first, first + OF_EACH, AT_ONCE):
            some = slice(start, start + AT_ONCE)
            pictures[some] = inked(depths(digit, angles[some], shapes, chance), chance)
        of_class.append(first + chance.permutation(OF_EACH))
    mixed = np.array(of_class)
    half = OF_EACH // 2
    return Digits(
        pictures, angles,
        chance.permutation(mixed[:, :half].ravel()).astype(np.int16),
        chance.permutation(mixed[:, half:].ravel()).astype(np.int16),
    )  # fmt: skip


def between(chance: np.random.RandomState, low: float, high: float, *shape: int) -> np.ndarray:
    return chance.uniform(low, high, shape).astype(np.float32)


def depths(digit: int, angles: np.ndarray, shapes: np.ndarray, chance: np.random.RandomState) -> np.ndarray:
    """How deep in the ink each pixel lies, in pixels: n × SIDE × SIDE, n digits turned by angles."""
    n = len(angles)
    middles = np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2
    down, right = (axis.ravel()[None] for axis in np.meshgrid(middles, middles, indexing="ij"))
    right, down = right + between(chance, -MOVED, MOVED, n, 1), down + between(chance, -MOVED, MOVED, n, 1)
    bend, wave = between(chance, -BENT, BENT, 2, n, 1), between(chance, *WAVES, 2, n, 1)
    phase = between(chance, 0, 6.3, 2, n, 1)
    right, down = (
        right + bend[0] * np.sin(wave[0] * down + phase[0]),
        down + bend[1] * np.sin(wave[1] * right + phase[1]),
    )
    # a picture is turned clockwise where its points are looked for turned back
    turn = np.deg2rad(angles.astype(np.float32))[:, None]
    right, down = right * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - right * np.sin(turn)
    across, up = between(chance, *STRETCHED, n, 1), between(chance, *STRETCHED, n, 1)
    down = down / up
    right = right / across + between(chance, -SLANTED, SLANTED, n, 1) * down
    depth = np.empty((n, SIDE * SIDE), np.float32)
    by_pen = chance.uniform(size=n) < WRITTEN if len(shapes) else np.ones(n, bool)
    printed = np.flatnonzero(~by_pen)
    if printed.size:
        font = chance.randint(len(shapes), size=printed.size)
        depth[printed] = digit_shapes.depth_in_print(shapes[font, digit], right[printed], down[printed])
        depth[printed] += between(chance, *FATTER, printed.size, 1)
    ways = digit_shapes.PEN[digit]
    way = chance.randint(len(ways), size=n)
    for number, strokes in enumerate(ways):
        here = np.flatnonzero(by_pen & (way == number))
        jitter = chance.normal(0, MISSED, (here.size, sum(map(len, strokes)), 2))
        lines = digit_shapes.written(strokes, jitter)
        depth[here] = digit_shapes.depth_in_strokes(lines, right[here], down[here])
        depth[here] += between(chance, *PEN_WIDTH, here.size, 1)
    return (depth * np.sqrt(across * up)).reshape(n, SIDE, SIDE)


def inked(depth: np.ndarray, chance: np.random.RandomState) -> np.ndarray:
    """Pictures, uint8, of ink so deep: its edge soft and frayed, its surface blotched."""
    n = len(depth)
    fray = smooth(chance.standard_normal(depth.shape).astype(np.float32))
    depth = depth + between(chance, 0, FRAYED, n, 1, 1) * fray
    ink = np.clip(0.5 + depth / between(chance, *SOFT, n, 1, 1), 0, 1)
    blotches = np.abs(smooth(smooth(chance.standard_normal(depth.shape).astype(np.float32))))
    ink *= np.clip(1 - between(chance, 0, BLOTCHED, n, 1, 1) * blotches, 0, 1)
    return np.round(ink * 255).astype(np.uint8)


def smooth(noise: np.ndarray) -> np.ndarray:
    """Noise (n × rows × columns) averaged over neighbours 1 2 1 by 1 2 1, as strong as before."""
    padded = np.pad(noise, ((0, 0), (1, 1), (1, 1)), mode="wrap")
    rows = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (rows[..., :-2] + 2 * rows[..., 1:-1] + rows[..., 2:]) / np.float32(6)


# ------------------------------------------------------------------------------------------------------------ as files
def file_of(place: int) -> str:
    """The name of a picture's file in the folder of its digit; place from 0."""
    return f"image{place + 1}.png"


def write_folder(digits: Digits, folder: str) -> None:
    """The pictures as PNG files in a folder with one for each digit, and which are for training and for testing.

    The folder appears when it is whole; where another process was quicker, its folder stays.
    """
    classes = digits.digits()
    with whole_folder(folder) as beside:
        for digit in range(CLASSES):
            os.makedirs(os.path.join(beside, str(digit)))
        for place, pixels in enumerate(digits.pictures):
            with open(os.path.join(beside, str(classes[place]), file_of(place)), "wb") as file:
                png_files.write(file, pixels)
        for name, some in (("digitTrain.csv", digits.train), ("digitTest.csv", digits.test)):
            with open(os.path.join(beside, name), "w", encoding="utf-8") as file:
                file.write("image,digit,angle\n")
                file.writelines(
                    f"{classes[place]}/{file_of(place)},{classes[place]},{digits.angles[place]}\n" for place in some
                )
