"""Boxes in pixels, and MATLAB's units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

PIXELS_PER_INCH = 96
FIRST_PIXEL = 1.0  # MATLAB counts the pixels of a figure from 1


class Box(NamedTuple):
    left: float
    bottom: float
    width: float
    height: float


def to_pixels(position: np.ndarray, units: str, width: float, height: float, first: float = 0.0) -> Box:
    """A position in any of MATLAB's units, within a parent of width × height pixels.

    first: what the first pixel is called where units are pixels; MATLAB calls the lower left one of a figure (1, 1).
    """
    left, bottom, wide, high = (float(n) for n in position)
    if units == "normalized":
        return Box(left * width, bottom * height, wide * width, high * height)
    factor = {
        "pixels": 1.0,
        "inches": PIXELS_PER_INCH,
        "centimeters": PIXELS_PER_INCH / 2.54,
        "points": PIXELS_PER_INCH / 72,
        "characters": 8.0,
    }[units]
    first = first if units == "pixels" else 0.0
    return Box(left * factor - first, bottom * factor - first, wide * factor, high * factor)


def from_pixels(box: Box, units: str, width: float, height: float, first: float = 0.0) -> np.ndarray:
    """The inverse of `to_pixels`."""
    if units == "normalized":
        return np.array((box.left / width, box.bottom / height, box.width / width, box.height / height))
    made = np.array(box, float)
    if units == "pixels":
        made[:2] += first
    return made / to_pixels(np.ones(4), units, 1, 1).left


class Margins(NamedTuple):
    left: int
    right: int
    top: int
    bottom: int
