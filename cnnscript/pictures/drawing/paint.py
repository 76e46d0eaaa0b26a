"""The colours of an image object: CData through its map and transparency, to pixels."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.primitives import Image
from cnnscript.pictures.images import colour, scale
from cnnscript.pictures.images.resize import imresize

ALPHA_STEPS = 64  # of the default alphamap, which runs evenly from clear to opaque


def image_rgba(image: Image) -> np.ndarray:
    """H×W×4 uint8 (C order) for an image in its axes: truecolor clipped, matrices through the colour map, with
    AlphaData."""
    axes = image.up("axes")
    pixels = image.value("CData")
    rgb = truecolor(pixels) if pixels.ndim == 3 else mapped(pixels, image.value("CDataMapping"), axes)
    out = np.empty((*rgb.shape[:2], 4), np.uint8)
    out[:, :, :3] = rgb
    out[:, :, 3] = opacity(image, axes, rgb.shape[:2])
    return out


def truecolor(pixels: np.ndarray) -> np.ndarray:
    """An H×W×3 array of any image class as uint8."""
    if pixels.dtype.name in ("uint8", "uint16", "int16", "bool", "float32", "float64"):
        return scale.im2uint8(pixels)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def mapped(pixels: np.ndarray, mapping: str, axes: Axes) -> np.ndarray:
    """A matrix through the axes' colour map, as H×W×3 uint8."""
    colours = scale.im2uint8(np.ascontiguousarray(axes.get("Colormap")))
    if mapping == "direct":
        return np.take(colours, colour.map_rows(pixels, len(colours)), axis=0)
    low, high = axes.get("CLim")
    if pixels.dtype.itemsize <= 2 and pixels.dtype.kind in "ub":
        # Few different values: look each up once.
        values = np.arange(2 if pixels.dtype.kind == "b" else np.iinfo(pixels.dtype).max + 1)
        table = colours[colour.scaled_rows(values, (low, high), len(colours))]
        return table[pixels.astype(np.uint8) if pixels.dtype.kind == "b" else pixels]
    return np.take(colours, colour.scaled_rows(pixels, (low, high), len(colours)), axis=0)


def opacity(image: Image, axes: Axes, shape: tuple[int, int]) -> np.ndarray | int:
    """0 (clear) to 255 for every pixel, or one number for all."""
    data = np.asarray(image.value("AlphaData"))
    alpha = data.astype(float)
    mapping = image.value("AlphaDataMapping")
    if mapping == "scaled":
        low, high = axes.get("ALim")
        if axes.value("ALimMode") == "auto":
            low, high = scale.display_limits(alpha)
        alpha = colour.scaled_rows(alpha, (low, high), ALPHA_STEPS) / (ALPHA_STEPS - 1)
    elif mapping == "direct":
        alpha = colour.map_rows(data, ALPHA_STEPS) / (ALPHA_STEPS - 1)
    elif data.dtype.kind in "iu":
        # Without a mapping integers run over their class: 255 of uint8 is opaque.
        alpha = alpha / np.iinfo(data.dtype).max
    level = np.floor(np.clip(np.nan_to_num(alpha), 0, 1) * 255 + 0.5).astype(np.uint8)
    if level.size == 1:
        return int(level.ravel()[0])
    if level.shape != shape:
        return 255  # MATLAB draws an image opaque while its AlphaData do not fit
    return level


def over(front: np.ndarray, back: np.ndarray) -> np.ndarray:
    """H×W×4 pixels laid over opaque H×W×3 ones; H×W×3 uint8."""
    alpha = front[:, :, 3]
    if (alpha == 255).all():
        return front[:, :, :3]
    weight = alpha[:, :, None].astype(np.uint16)
    mixed = front[:, :, :3] * weight + back * (255 - weight)
    return ((mixed + 127) // 255).astype(np.uint8)


def magnified(pixels: np.ndarray, shape: tuple[int, int], smooth: bool = False) -> np.ndarray:
    """Pixels at another size: repeated where they grow, or run into each other (smooth); averaged where they shrink."""
    if pixels.shape[:2] == shape:
        return pixels
    if shape[0] < pixels.shape[0] or shape[1] < pixels.shape[1]:
        from PIL import Image as Picture

        size = (shape[1], shape[0])
        return np.asarray(Picture.fromarray(np.ascontiguousarray(pixels)).resize(size, Picture.Resampling.BOX))
    return imresize(np.asfortranarray(pixels), shape, method="bilinear" if smooth else "nearest")
