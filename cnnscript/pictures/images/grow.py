"""Images grown and shrunk by shapes.

A shape is an array of truth, or of heights (-Inf where there is none), its middle the last place of the first half.
One of fewer dimensions than the image works on each plane.
"""

from __future__ import annotations

import numpy as np


def dilate(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Each pixel the highest that the shape, turned by half about it, covers; outside lies the lowest value."""
    if shape.dtype == bool:
        return reach_over(image, np.flip(centred(shape)), highest=True)
    return over_heights(image, np.flip(centred(shape)), highest=True)


def erode(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Each pixel the lowest the shape about it covers; outside lies the highest value."""
    if shape.dtype == bool:
        return reach_over(image, centred(shape), highest=False)
    return over_heights(image, centred(shape), highest=False)


def widened(image: np.ndarray, shape: np.ndarray, highest: bool) -> np.ndarray:
    """The image with room on each side for all that the shape reaches (that dilating, or eroding, fills)."""
    room = []
    for k in range(image.ndim):
        n = shape.shape[k] if k < shape.ndim else 1
        before, after = (n - 1) // 2, n - 1 - (n - 1) // 2
        room.append((before, after) if highest else (after, before))
    return np.pad(image, room, constant_values=edge_value(image.dtype, highest))


def centred(shape: np.ndarray) -> np.ndarray:
    """A shape with odd sides: the middle of an even side is its lower half's last."""
    nothing = False if shape.dtype == bool else -np.inf
    return np.pad(shape, [(int(n % 2 == 0), 0) for n in shape.shape], constant_values=nothing)


def reach_over(image: np.ndarray, shape: np.ndarray, highest: bool) -> np.ndarray:
    """The highest (or lowest) pixel under a shape with odd sides, all pixels at once.

    The shape is cut into runs along its longest side; what a run of n pixels covers is found from runs of half the
    length, so that large shapes cost hardly more than small ones.
    """
    if not image.size:
        return image
    if image.dtype == bool:  # bytes are compared many at once, truth is not
        return reach_over(image.view(np.uint8), shape, highest).astype(bool)
    outside = edge_value(image.dtype, highest)
    made = np.full(image.shape, outside, image.dtype)
    if not shape.any():
        return np.asfortranarray(made)
    dimensions = max(image.ndim, shape.ndim)
    axis = int(np.argmax(shape.shape))
    level = np.moveaxis(image.reshape(image.shape + (1,) * (dimensions - image.ndim)), axis, -1)
    over = np.moveaxis(shape.reshape(shape.shape + (1,) * (dimensions - shape.ndim)), axis, -1)
    half = [n // 2 for n in over.shape]
    wide = np.pad(level, [(n, n) for n in half], constant_values=outside)
    if image.dtype.kind == "f" and np.isnan(image).any():
        choose = np.fmax if highest else np.fmin  # NaN gives way
    else:
        choose = np.maximum if highest else np.minimum
    spans = {1: wide}  # by length: the highest from each pixel on along the last axis

    def span(length: int) -> np.ndarray:
        if length not in spans:
            part = span((length + 1) // 2)
            shift = length - (length + 1) // 2
            spans[length] = choose(part[..., : part.shape[-1] - shift], part[..., shift:])
        return spans[length]

    result = np.full(level.shape, outside, image.dtype)
    for line in np.ndindex(over.shape[:-1]):
        edges = np.flatnonzero(np.diff(over[line].astype(np.int8), prepend=0, append=0))
        for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            window = tuple(slice(at, at + n) for at, n in zip((*line, begin), level.shape, strict=True))
            choose(result, span(end - begin)[window], out=result)
    return np.asfortranarray(np.moveaxis(result, -1, axis).reshape(image.shape))


def over_heights(image: np.ndarray, heights: np.ndarray, highest: bool) -> np.ndarray:
    """The highest of pixels plus heights, or the lowest of pixels less heights, kept within the class."""
    dimensions = max(image.ndim, heights.ndim)
    heights = heights.reshape(heights.shape + (1,) * (dimensions - heights.ndim))
    level = image.reshape(image.shape + (1,) * (dimensions - image.ndim)).astype(float)
    outside = -np.inf if highest else np.inf
    half = [n // 2 for n in heights.shape]
    wide = np.pad(level, [(n, n) for n in half], constant_values=outside)
    made = np.full(level.shape, outside)
    for at in np.argwhere(np.isfinite(heights)):
        window = wide[tuple(slice(start, start + n) for start, n in zip(at, level.shape, strict=True))]
        height = heights[tuple(at)]
        made = np.maximum(made, window + height) if highest else np.minimum(made, window - height)
    made = made.reshape(image.shape)
    if image.dtype.kind == "f":
        return np.asfortranarray(made.astype(image.dtype))
    bounds = np.iinfo(image.dtype)
    return np.asfortranarray(np.clip(np.floor(made + 0.5), bounds.min, bounds.max).astype(image.dtype))


def edge_value(dtype: np.dtype, highest: bool) -> float:
    """What lies outside an image when the highest, or the lowest, value is looked for."""
    if dtype.kind == "f":
        return -np.inf if highest else np.inf
    if dtype.kind == "b":
        return float(not highest)
    bounds = np.iinfo(dtype)
    return bounds.min if highest else bounds.max


# ---------------------------------------------------------------------------------------------------------- packed bits
def pack(mask: np.ndarray) -> np.ndarray:
    """32 rows of truth in one row of uint32, the first in the lowest bit."""
    rows = -(-mask.shape[0] // 32) * 32
    wide = np.zeros((rows, mask.shape[1]), np.uint8)
    wide[: mask.shape[0]] = mask
    bits = np.packbits(wide, axis=0, bitorder="little")
    return np.ascontiguousarray(bits.T).view("<u4").T.astype(np.uint32)


def unpack(packed: np.ndarray, rows: int | None = None) -> np.ndarray:
    bits = np.ascontiguousarray(packed.T.astype("<u4")).view(np.uint8).T
    mask = np.unpackbits(bits, axis=0, bitorder="little").astype(bool)
    return mask if rows is None else mask[:rows]
