"""Shapes of the ten digits: those of printing fonts, and those a pen leaves.

A shape is told by how far a point lies inside its ink: positive inside, 0 on its edge, negative outside, in pixels of
the finished picture. Ink grows or shrinks where a number is added, so that one shape gives thin and thick strokes.
"""

from __future__ import annotations

import importlib.util
import os
from functools import lru_cache

import numpy as np

SIDE = 28  # rows and columns of a finished picture
HEIGHT = 20.0  # of an upright digit, in its pixels
FINER = 4  # shapes of fonts are kept finer than pictures are
GRID = SIDE * FINER
FONTS = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "STIXGeneral", "STIXGeneralBol", "cmss10"

# What a pen does: for each digit ways to write it, each of strokes, each through points (right, down) of a box 0.7 wide
# and 1 high; a point that is there twice is a corner.
ROUND = ((0.35, 0), (0.1, 0.15), (0, 0.5), (0.1, 0.85), (0.35, 1), (0.6, 0.85), (0.7, 0.5), (0.6, 0.15), (0.33, 0.01))
UPPER_BOWL = ((0.62, 0.2), (0.38, 0.02), (0.1, 0.12), (0.05, 0.34), (0.28, 0.52), (0.55, 0.4), (0.64, 0.2))
PEN: dict[int, tuple[tuple[tuple[tuple[float, float], ...], ...], ...]] = {
    0: ((ROUND,),),
    1: (
        (((0.35, 0), (0.35, 1)),),
        (((0.15, 0.24), (0.38, 0), (0.38, 0), (0.38, 1)),),
        (((0.15, 0.22), (0.36, 0), (0.36, 0), (0.36, 1)), ((0.12, 1), (0.6, 1))),
    ),
    2: (
        (((0.04, 0.24), (0.16, 0.05), (0.4, 0), (0.62, 0.14), (0.62, 0.38), (0.35, 0.7), (0, 1), (0, 1), (0.7, 1)),),
        (
            ((0.06, 0.2), (0.3, 0), (0.58, 0.1), (0.6, 0.4), (0.32, 0.8), (0.1, 0.98), (0.02, 0.86), (0.2, 0.8),
             (0.45, 0.94), (0.7, 0.95)),
        ),
    ),
    3: (
        (
            ((0.06, 0.14), (0.3, 0), (0.58, 0.1), (0.58, 0.34), (0.28, 0.47), (0.28, 0.47), (0.6, 0.56), (0.68, 0.78),
             (0.45, 0.98), (0.18, 0.97), (0, 0.82)),
        ),
        (
            ((0.06, 0.02), (0.62, 0.02), (0.62, 0.02), (0.3, 0.4), (0.3, 0.4), (0.6, 0.52), (0.66, 0.76),
             (0.42, 0.98), (0.14, 0.96), (0, 0.82)),
        ),
    ),
    4: (
        (((0.5, 1), (0.5, 0), (0.5, 0), (0, 0.66), (0, 0.66), (0.7, 0.66)),),
        (((0.1, 0), (0.05, 0.5), (0.05, 0.5), (0.62, 0.5)), ((0.56, 0.05), (0.52, 1))),
    ),
    5: (
        (
            ((0.64, 0), (0.12, 0), (0.12, 0), (0.07, 0.43), (0.07, 0.43), (0.36, 0.37), (0.64, 0.52), (0.66, 0.8),
             (0.42, 1), (0.12, 0.97), (0, 0.84)),
        ),
        (
            ((0.14, 0.02), (0.1, 0.42), (0.1, 0.42), (0.42, 0.4), (0.65, 0.62), (0.55, 0.9), (0.28, 1), (0.02, 0.9)),
            ((0.12, 0.02), (0.62, 0)),
        ),
    ),
    6: (
        (
            ((0.56, 0.04), (0.26, 0.18), (0.05, 0.5), (0.06, 0.82), (0.3, 1), (0.58, 0.88), (0.62, 0.64),
             (0.4, 0.48), (0.14, 0.58), (0.05, 0.74)),
        ),
    ),
    7: (
        (((0.02, 0), (0.68, 0), (0.68, 0), (0.42, 0.5), (0.28, 1)),),
        (((0.02, 0), (0.68, 0), (0.68, 0), (0.42, 0.5), (0.28, 1)), ((0.2, 0.5), (0.6, 0.5))),
        (((0.02, 0.16), (0.04, 0.01), (0.04, 0.01), (0.66, 0.01), (0.66, 0.01), (0.3, 1)),),
    ),
    8: (
        (
            ((0.6, 0.16), (0.36, 0), (0.1, 0.14), (0.18, 0.38), (0.5, 0.56), (0.66, 0.8), (0.36, 1), (0.05, 0.82),
             (0.2, 0.56), (0.52, 0.38), (0.6, 0.16)),
        ),
    ),
    9: (
        ((*UPPER_BOWL, (0.62, 0.6), (0.56, 1)),),
        ((*UPPER_BOWL, (0.62, 0.62), (0.42, 0.94), (0.12, 0.96)),),
    ),
}  # fmt: skip
PIECES = 4  # straight pieces between two points of a stroke


# ----------------------------------------------------------------------------------------------------------- printed
def font_folder() -> str | None:
    """Where the installed matplotlib keeps its fonts; found without importing it."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        return None
    return os.path.join(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf")


@lru_cache(1)
def printed() -> np.ndarray:
    """The digits of every font that is there: fonts × 10 × GRID × GRID, each about its middle, HEIGHT pixels high."""
    from PIL import Image, ImageDraw, ImageFont
    from scipy.ndimage import distance_transform_edt

    folder = font_folder()
    paths = [os.path.join(folder, f"{name}.ttf") for name in FONTS] if folder else []
    made = []
    for path in filter(os.path.isfile, paths):
        whole = ImageFont.truetype(path, 100).getbbox("0")
        font = ImageFont.truetype(path, 100 * HEIGHT * FINER / (whole[3] - whole[1]))
        for digit in "0123456789":
            left, top, right, bottom = font.getbbox(digit)
            canvas = Image.new("L", (GRID, GRID))
            place = (GRID - left - right) / 2, (GRID - top - bottom) / 2
            ImageDraw.Draw(canvas).text(place, digit, fill=255, font=font)
            ink = np.asarray(canvas) > 127
            made.append(distance_transform_edt(ink) - distance_transform_edt(~ink))
    return (np.array(made, np.float32) / FINER).reshape(-1, 10, GRID, GRID)


def depth_in_print(shapes: np.ndarray, right: np.ndarray, down: np.ndarray) -> np.ndarray:
    """How far points lie inside printed shapes (n × GRID × GRID): right, down are n × points, in pixels from the
    middle."""
    n = np.arange(len(shapes))[:, None]
    x = np.clip((right + SIDE / 2) * FINER - 0.5, 0, GRID - 1.001)
    y = np.clip((down + SIDE / 2) * FINER - 0.5, 0, GRID - 1.001)
    i, j = y.astype(np.int32), x.astype(np.int32)
    y, x = y - i, x - j
    above = shapes[n, i, j] * (1 - x) + shapes[n, i, j + 1] * x
    below = shapes[n, i + 1, j] * (1 - x) + shapes[n, i + 1, j + 1] * x
    return above * (1 - y) + below * y


# ----------------------------------------------------------------------------------------------------------- written
def written(strokes: tuple[tuple[tuple[float, float], ...], ...], jitter: np.ndarray) -> list[np.ndarray]:
    """The strokes of one way to write a digit, for each of n writers: n × corners × 2, in pixels from the middle.

    jitter  n × points of all strokes × 2, in pixels: how each writer misses each point
    """
    made, used = [], 0
    for stroke in strokes:
        points = (np.array(stroke) - (0.35, 0.5)) * HEIGHT
        twice = np.append(False, (points[1:] == points[:-1]).all(1))  # a corner stays one
        misses = jitter[:, used : used + len(points)]
        misses = misses[:, np.arange(len(points)) - twice]
        made.append(through(points + misses))
        used += len(points)
    return made


def through(points: np.ndarray) -> np.ndarray:
    """Corners of a smooth line through points (n × k × 2): a cardinal spline, its slope half the way between
    neighbours; a point that is there twice stops it."""
    slope = np.zeros_like(points)
    slope[:, 1:-1] = (points[:, 2:] - points[:, :-2]) / 2
    still = (points[:, 1:] == points[:, :-1]).all(2)
    slope[:, 1:][still] = 0
    slope[:, :-1][still] = 0
    t = (np.arange(PIECES) / PIECES)[:, None]
    start, end = points[:, :-1, None], points[:, 1:, None]
    out, into = slope[:, :-1, None], slope[:, 1:, None]
    line = (
        (2 * t**3 - 3 * t**2 + 1) * start + (t**3 - 2 * t**2 + t) * out + (3 * t**2 - 2 * t**3) * end
        + (t**3 - t**2) * into
    )  # fmt: skip
    return np.concatenate([line.reshape(len(points), -1, 2), points[:, -1:]], 1)


def depth_in_strokes(strokes: list[np.ndarray], right: np.ndarray, down: np.ndarray) -> np.ndarray:
    """How far points (n × points, in pixels from the middle) lie inside strokes that have no width: 0 at most."""
    nearest = np.full(right.shape, np.inf, np.float32)
    for line in strokes:
        line = line.astype(np.float32)
        for start, end in zip(line.swapaxes(0, 1)[:-1], line.swapaxes(0, 1)[1:], strict=True):
            along = end - start
            length = np.maximum((along**2).sum(1, keepdims=True), np.float32(1e-9))
            x, y = right - start[:, :1], down - start[:, 1:]
            part = np.clip((x * along[:, :1] + y * along[:, 1:]) / length, 0, 1)
            x -= part * along[:, :1]
            y -= part * along[:, 1:]
            np.minimum(nearest, x * x + y * y, out=nearest)
    return -np.sqrt(nearest)
