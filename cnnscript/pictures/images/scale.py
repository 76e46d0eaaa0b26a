"""Image classes: what 0 to 255, 0 to 65535 and 0 to 1 mean to each other, and stretching values to them.

MATLAB's conventions: floating-point images run from 0 to 1, uint8 from 0 to 255, uint16 from 0 to 65535, int16 from
-32768 to 32767, and logical is black and white.
"""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError

WHITE = {"bool": 1.0, "uint8": 255.0, "uint16": 65535.0, "float32": 1.0, "float64": 1.0}


def mat2gray(values: np.ndarray, limits: tuple[float, float] | None = None) -> np.ndarray:
    """Values stretched so that `limits` (lowest and highest value by default) become 0 and 1; outside is clipped.

    Gives single for single, else double.  Where the limits coincide nothing is stretched, only clipped, and NaN
    becomes 1: both as in MATLAB.
    """
    result = np.asarray(values, np.float32 if values.dtype == np.float32 else np.float64)
    if limits is None:
        finite = result[~np.isnan(result)] if result.dtype.kind == "f" and np.isnan(result).any() else result
        limits = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    low, high = limits
    if low != high:
        step = result.dtype.type(1 / (high - low))
        result = result * step - result.dtype.type(low) * step
    return np.fmax(0, np.fmin(result, 1))


def display_limits(values: np.ndarray) -> tuple[float, float]:
    """What `imshow(I, [])` and `imagesc` take as black and white: the lowest and the highest finite value."""
    if values.dtype.kind in "biu":
        return (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def im2double(image: np.ndarray, dtype: type = np.float64) -> np.ndarray:
    """The image with black 0 and white 1, as double (or as `dtype`)."""
    kind = image.dtype.name
    if kind in ("float64", "float32", "bool"):
        return image.astype(dtype)
    if kind == "int16":
        return ((image.astype(np.float64) + 32768) / 65535).astype(dtype)
    if kind not in WHITE:
        raise unknown_class("im2double" if dtype is np.float64 else "im2single", kind)
    return (image.astype(np.float64) / WHITE[kind]).astype(dtype)


def im2uint8(image: np.ndarray) -> np.ndarray:
    """The image with white 255, rounded, halves up, and clipped; NaN becomes 0."""
    return _to_integer(image, np.uint8, "im2uint8")


def im2uint16(image: np.ndarray) -> np.ndarray:
    """The image with white 65535, rounded, halves up, and clipped; NaN becomes 0."""
    return _to_integer(image, np.uint16, "im2uint16")


def _to_integer(image: np.ndarray, dtype: type, name: str) -> np.ndarray:
    kind = image.dtype.name
    if kind == np.dtype(dtype).name:
        return image
    white = float(np.iinfo(dtype).max)
    if kind == "bool":
        return image * dtype(white)
    if kind in ("uint8", "uint16"):
        return np.floor(image * (white / WHITE[kind]) + 0.5).astype(dtype)
    if kind == "int16":
        return np.floor((image.astype(np.float64) + 32768) * (white / 65535) + 0.5).astype(dtype)
    if kind not in WHITE:
        raise unknown_class(name, kind)
    clipped = np.clip(np.nan_to_num(image.astype(np.float64), nan=0.0), 0, 1)
    return np.floor(clipped * white + 0.5).astype(dtype)


def unknown_class(name: str, kind: str) -> ScriptError:
    """The error of an image function that was given a class no image has."""
    return ScriptError(
        f"MATLAB:{name}:invalidType",
        f"Expected input number 1, I, to be one of these types:\n\nuint8, uint16, double, single, int16, logical\n\n"
        f"Instead its type was {kind.replace('float64', 'double').replace('float32', 'single')}.",
    )


def stretch_contrast(
    image: np.ndarray,
    low_in: np.ndarray | float,
    high_in: np.ndarray | float,
    low_out: np.ndarray | float = 0.0,
    high_out: np.ndarray | float = 1.0,
    gamma: np.ndarray | float = 1.0,
) -> np.ndarray:
    """Values from low_in..high_in to low_out..high_out along a power curve (all 0 to 1), in the image's own class.

    Limits and gamma are numbers, or one for each element of the last axis.
    """
    level = np.clip(im2double(image), low_in, high_in)
    level = ((level - low_in) / (np.asarray(high_in) - low_in)) ** gamma * (np.asarray(high_out) - low_out) + low_out
    return np.asfortranarray(back_to_class(level, image.dtype))


def stretch_limits(image: np.ndarray, tails: tuple[float, float] = (0.01, 0.99)) -> tuple[float, float]:
    """The grey levels (0 to 1) below and above which lie the darkest and the brightest hundredth of the pixels.

    From the histogram of 256 bins (65536 unless it is uint8): the first bins whose running share exceeds the tails.
    """
    bins = 256 if image.dtype == np.uint8 else 65536
    whole = im2uint16(image) if bins == 65536 else im2uint8(image)
    share = np.cumsum(np.bincount(whole.ravel(), minlength=bins)) / max(whole.size, 1)
    low, high = int(np.argmax(share > tails[0])), int(np.argmax(share >= tails[1]))
    return (0.0, 1.0) if low == high else (low / (bins - 1), high / (bins - 1))


def back_to_class(level: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Levels from 0 to 1 in an image class."""
    if dtype == np.uint8:
        return im2uint8(level)
    if dtype == np.uint16:
        return im2uint16(level)
    if dtype == np.int16:
        return (im2uint16(level).astype(np.int32) - 32768).astype(np.int16)
    return level.astype(dtype) if dtype.kind == "f" else level
