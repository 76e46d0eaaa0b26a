"""Colours: names of them, grey from RGB, indexed images, and HSV."""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import scale

# First row of the inverse of the NTSC matrix YIQ -> RGB: what MATLAB's rgb2gray weighs with.
GREY_WEIGHTS = (0.298936021293775390, 0.587043074451121360, 0.114020904255103250)

NAMES = {
    "red": (1.0, 0.0, 0.0),
    "green": (0.0, 1.0, 0.0),
    "blue": (0.0, 0.0, 1.0),
    "cyan": (0.0, 1.0, 1.0),
    "magenta": (1.0, 0.0, 1.0),
    "yellow": (1.0, 1.0, 0.0),
    "black": (0.0, 0.0, 0.0),
    "white": (1.0, 1.0, 1.0),
}
SHORT_NAMES = {
    "r": "red",
    "g": "green",
    "b": "blue",
    "c": "cyan",
    "m": "magenta",
    "y": "yellow",
    "k": "black",
    "w": "white",
}


def parse_colour(value: object) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of a MATLAB colour: a triplet, a name, its letter, or hexadecimal '#rgb',
    '#rrggbb'."""
    if isinstance(value, str):
        word = value.strip().lower()
        word = SHORT_NAMES.get(word, word)
        if word in NAMES:
            return NAMES[word]
        matches = [name for name in NAMES if word and name.startswith(word) and word != "bl"]
        if len(matches) == 1:
            return NAMES[matches[0]]
        digits = word[1:]
        if word.startswith("#") and len(digits) in (3, 6) and all(digit in "0123456789abcdef" for digit in digits):
            wide = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
            return tuple(int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4))
    else:
        triplet = np.asarray(value)
        if triplet.size == 3 and triplet.dtype.kind in "fiub":
            numbers = triplet.ravel().astype(float)
            if triplet.dtype == np.uint8:
                numbers = numbers / 255
            if ((numbers >= 0) & (numbers <= 1)).all():
                return tuple(float(number) for number in numbers)
    raise ScriptError(
        "MATLAB:datatypes:RGBColor:ParseError",
        "Color value must be a 3 element numeric vector with values between 0 and 1, a color name, "
        "or a hexadecimal color code.",
        notes=(
            f"got {value!r}" if isinstance(value, str) else "got " + np.array2string(np.asarray(value), threshold=6),
        ),
    )


def rgb2gray(image: np.ndarray) -> np.ndarray:
    """Luminance of an M×N×3 image in its own class, or of an M×3 colour map (as a map of greys, M×3)."""
    weights = np.array(GREY_WEIGHTS)
    if image.ndim == 2 and image.shape[1] == 3:
        grey = np.clip(image.astype(float) @ weights, 0, 1)
        return np.repeat(grey[:, None], 3, axis=1).astype(image.dtype)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ScriptError(
            "MATLAB:images:rgb2gray:invalidInputSizeRGB",
            "RGB must be a colormap or an RGB image.",
            notes=("got " + "x".join(map(str, image.shape)),),
            hint="im2gray takes images with or without colour",
        )
    grey = image.astype(float) @ weights
    if image.dtype.kind in "iu":
        bounds = np.iinfo(image.dtype)
        return np.clip(np.floor(grey + 0.5), bounds.min, bounds.max).astype(image.dtype)
    return np.clip(grey, 0, 1).astype(image.dtype if image.dtype.kind == "f" else float)


def as_rgb(image: np.ndarray) -> np.ndarray:
    """An image with three channels: a grey one is repeated."""
    return np.repeat(image.reshape(*image.shape[:2], 1), 3, axis=2) if image.ndim == 2 or image.shape[2] == 1 else image


def map_rows(indices: np.ndarray, length: int) -> np.ndarray:
    """The rows (from 0) of a colour map of `length` that an indexed image points to.

    Integers and logicals count from 0, floating point from 1; outside is the first or the last row; NaN is the first.
    """
    if indices.dtype.kind in "iub":
        return np.clip(indices.astype(np.intp), 0, length - 1)
    return np.clip(np.nan_to_num(np.floor(indices), nan=1, posinf=length, neginf=1) - 1, 0, length - 1).astype(np.intp)


def ind2rgb(indices: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """An indexed image as M×N×3 doubles, looked up in the colour map (n×3)."""
    if indices.size and not len(colours):
        raise ScriptError("MATLAB:ind2rgb:emptyMap", "A colormap without colors has none for the image.")
    rows = map_rows(indices, len(colours))
    return np.stack([colours[:, channel][rows] for channel in range(3)], axis=-1)


def scaled_rows(values: np.ndarray, limits: tuple[float, float], length: int) -> np.ndarray:
    """The rows (from 0) of a colour map of `length` for values scaled between limits, as `imagesc` picks them.

    MATLAB documents fix((value - low) / (high - low) * length) + 1, the ends for what lies outside; NaN takes the
    first row.
    """
    low, high = limits
    at = np.atleast_1d(np.asarray(values, float)) - low
    at /= high - low if high > low else 1.0
    at *= length
    np.clip(at, 0, length - 1, out=at)
    if values.dtype.kind == "f" and np.isnan(at).any():
        at[np.isnan(at)] = 0
    return at.astype(np.int32).reshape(np.shape(values))


def gray2ind(image: np.ndarray, levels: int) -> np.ndarray:
    """A grey image as row numbers from 0 of a grey map with `levels` rows: uint8, or uint16 above 256 levels."""
    if image.dtype == bool:
        rows = image.astype(float) * (levels - 1)
    else:
        rows = np.clip(np.nan_to_num(scale.im2double(image)), 0, 1) * (levels - 1)
    return np.floor(rows + 0.5).astype(np.uint8 if levels <= 256 else np.uint16)


def ind2gray(indices: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """An indexed image's luminance, in the index's class (double for floating point)."""
    grey = rgb2gray(colours)[:, 0][map_rows(indices, len(colours))]
    return scale.back_to_class(grey, indices.dtype) if indices.dtype.kind in "iu" else grey


def rgb2hsv(image: np.ndarray) -> np.ndarray:
    """RGB (M×N×3 or n×3) to hue, saturation and value, each from 0 to 1."""
    level = scale.im2double(image)
    red, green, blue = level[..., 0], level[..., 1], level[..., 2]
    value = level.max(-1)
    spread = value - level.min(-1)
    divisor = np.where(spread == 0, 1, spread)
    hue = np.select(
        (value == red, value == green),
        ((green - blue) / divisor, 2 + (blue - red) / divisor),
        4 + (red - green) / divisor,
    )
    hue = np.where(spread == 0, 0, (hue / 6) % 1)
    saturation = np.where(value == 0, 0, spread / np.where(value == 0, 1, value))
    return np.stack((hue, saturation, value), axis=-1)


def hsv2rgb(image: np.ndarray) -> np.ndarray:
    """Hue, saturation and value, each from 0 to 1, to RGB."""
    hue, saturation, value = (np.asarray(image, float)[..., channel] for channel in range(3))
    pure = np.clip(np.abs((hue[..., None] * 6 + (0, 4, 2)) % 6 - 3) - 1, 0, 1)
    return value[..., None] * (1 - saturation[..., None] * (1 - pure))
