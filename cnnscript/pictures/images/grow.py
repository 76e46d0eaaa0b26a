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
    from scipy import ndimage

    if not image.size:
        return image
    outer_value = edge_value(image.dtype, highest)
    if not shape.any():
        return np.full(image.shape, outer_value, image.dtype, order="F")
    search = ndimage.maximum_filter if highest else ndimage.minimum_filter
    # SciPy has no filter for truth, and what lies outside must fit into a double.
    wide = image.dtype.itemsize == 8 and image.dtype.kind != "f"
    values = None
    if image.dtype == bool:
        level, outside = image.astype(np.uint8), float(outer_value)
    elif wide:  # ranks, for whole numbers that no double holds
        values, ranks = np.unique(image, return_inverse=True)
        values = np.concatenate(([np.iinfo(image.dtype).min], values, [np.iinfo(image.dtype).max]))
        level, outside = ranks.reshape(image.shape).astype(float) + 1, 0.0 if highest else float(len(values) - 1)
    else:
        level, outside = image, outer_value
    full = shape.all()

    def searched(plane: np.ndarray, over: np.ndarray) -> np.ndarray:
        if full:
            return search(plane, size=over.shape, mode="constant", cval=outside)
        return search(plane, footprint=over, mode="constant", cval=outside)

    if shape.ndim < image.ndim and shape.ndim == 2:
        planes = level.reshape(*level.shape[:2], -1, order="F")
        made = np.stack([searched(planes[:, :, k], shape) for k in range(planes.shape[2])], axis=2)
        made = made.reshape(image.shape, order="F")
    else:
        dimensions = max(image.ndim, shape.ndim)
        over = shape.reshape(shape.shape + (1,) * (dimensions - shape.ndim))
        plane = level.reshape(level.shape + (1,) * (dimensions - level.ndim))
        made = searched(plane, over).reshape(image.shape)
    if values is not None:
        return np.asfortranarray(values[made.astype(np.intp)])
    return np.asfortranarray(made.astype(image.dtype))


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
