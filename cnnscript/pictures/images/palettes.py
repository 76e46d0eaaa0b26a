"""Indexed images: their colours put in another order, made fewer, and mixed from few by dithering; Bayer mosaics."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale

# Rows of weights (eighths) around a pixel: H. S. Malvar and others, High-quality linear interpolation for demosaicing
# of Bayer-patterned color images, ICASSP 2004, figure 2.
GREEN = ((0, 0, -1, 0, 0), (0, 0, 2, 0, 0), (-1, 2, 4, 2, -1), (0, 0, 2, 0, 0), (0, 0, -1, 0, 0))
ACROSS = ((0, 0, 0.5, 0, 0), (0, -1, 0, -1, 0), (-1, 4, 5, 4, -1), (0, -1, 0, -1, 0), (0, 0, 0.5, 0, 0))
OPPOSITE = ((0, 0, -1.5, 0, 0), (0, 2, 0, 2, 0), (-1.5, 0, 6, 0, -1.5), (0, 2, 0, 2, 0), (0, 0, -1.5, 0, 0))
MOSAICS = ("gbrg", "grbg", "bggr", "rggb")


def index_class(count: int) -> type:
    """The class of an image that points into a colour map of `count` colours."""
    return np.uint8 if count <= 256 else np.uint16


def unique_colours(rows: np.ndarray, colours: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An image of rows (from 0) of a colour map, and the map, with each used or unused colour only once, in order."""
    few, places = np.unique(colours, axis=0, return_inverse=True)
    return places.reshape(-1)[rows], few


def dither_to_two(grey: np.ndarray) -> np.ndarray:
    """Grey levels (any image class) as truth, R. Floyd and L. Steinberg's way: errors go to the pixels not yet seen."""
    from PIL import Image

    levels = np.ascontiguousarray(scale.im2uint8(grey))
    if not levels.size:
        return np.zeros(levels.shape, bool)
    return np.asarray(Image.fromarray(levels).convert("1", dither=Image.Dither.FLOYDSTEINBERG))


def dither_to_map(rgb: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """An H×W×3 image as rows (uint8, from 0) of a colour map of at most 256 colours, errors spread as above."""
    from PIL import Image

    if len(colours) > 256:
        raise ScriptError(
            "MATLAB:images:dither:tooManyColors", "Dithering works with colormaps of at most 256 colours.",
            notes=(f"got {len(colours)}",),
        )  # fmt: skip
    if not rgb.size:
        return np.zeros(rgb.shape[:2], np.uint8)
    table = scale.im2uint8(np.asarray(colours, float))
    holder = Image.new("P", (1, 1))
    # The palette is filled with the first colour: places behind the map's end stand for it.
    holder.putpalette(np.vstack((table, np.repeat(table[:1], 256 - len(table), axis=0))).ravel().tolist())
    picture = Image.fromarray(np.ascontiguousarray(scale.im2uint8(rgb)))
    rows = np.asarray(picture.quantize(palette=holder, dither=Image.Dither.FLOYDSTEINBERG))
    return np.where(rows < len(table), rows, 0).astype(np.uint8)


def nearest_colours(rgb: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """The rows (from 0) of a colour map nearest to each pixel of an H×W×3 image, in red, green and blue."""
    from scipy.spatial import KDTree

    flat = scale.im2double(rgb).reshape(-1, 3)
    rows = KDTree(colours).query(flat)[1] if flat.size else np.zeros(0, int)
    return rows.reshape(rgb.shape[:2]).astype(index_class(len(colours)))


def demosaic(mosaic: np.ndarray, pattern: str) -> np.ndarray:
    """The H×W×3 image, in the class of the mosaic, that a sensor with Bayer's pattern saw.

    pattern: the colours of the first two rows and columns, one of MOSAICS.  Beyond its edges the mosaic is mirrored.
    """
    from scipy.ndimage import correlate

    level = mosaic.astype(float)
    at = {letter: np.zeros(mosaic.shape, bool) for letter in "rgb"}
    red_rows = np.zeros(mosaic.shape, bool)
    for k, letter in enumerate(pattern):
        at[letter][k // 2 :: 2, k % 2 :: 2] = True
    red_rows[pattern.index("r") // 2 :: 2] = True
    seen = {
        name: correlate(level, np.array(weights, float) / 8, mode="mirror")
        for name, weights in (
            ("green", GREEN), ("across", ACROSS), ("down", tuple(zip(*ACROSS, strict=True))), ("opposite", OPPOSITE),
        )
    }  # fmt: skip
    red = np.where(at["b"], seen["opposite"], np.where(red_rows, seen["across"], seen["down"]))
    blue = np.where(at["r"], seen["opposite"], np.where(red_rows, seen["down"], seen["across"]))
    made = np.stack(
        (np.where(at["r"], level, red), np.where(at["g"], level, seen["green"]), np.where(at["b"], level, blue)), axis=2
    )
    return np.clip(np.floor(made + 0.5), 0, np.iinfo(mosaic.dtype).max).astype(mosaic.dtype)


def contrast_map(image: np.ndarray, count: int) -> np.ndarray:
    """A map of `count` greys under which each grey is about as frequent as any other in the image."""
    low, high = scale.display_limits(image)
    finite = image[np.isfinite(image)].astype(float)
    steps = np.round((count - 1) * (finite - low) / (high - low)) if high > low else np.zeros(finite.size)
    levels = np.sort(np.r_[steps, np.arange(count + 1)])
    jumps = np.flatnonzero(np.diff(levels)) + 1.0
    return np.repeat((jumps / jumps.max())[:, None], 3, axis=1)


def brighter(colours: np.ndarray, beta: float) -> np.ndarray:
    """A colour map made brighter (beta above 0, to 1) or darker (below 0, to -1)."""
    small = np.sqrt(np.finfo(float).eps)
    gamma = 1 - min(1 - small, beta) if beta > 0 else 1 / (1 + max(small - 1, beta))
    return np.asarray(colours, float) ** gamma

