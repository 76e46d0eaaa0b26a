"""Where words in an axes stand, in any of MATLAB's units, and how much room they take there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnscript.pictures.graphics.pixels import Box, from_pixels, to_pixels
from cnnscript.pictures.graphics.text_sizes import line_height, line_width

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes
    from cnnscript.pictures.graphics.primitives import Text


def share(axes: Axes, letter: str, value: float) -> float:
    """How far along an axis a coordinate lies: 0 at the left or lower end, 1 at the other."""
    low, high = axes.get(f"{letter}Lim")
    if axes.value(f"{letter}Scale") == "log":
        low, high, value = np.log10(low), np.log10(high), np.log10(value) if value > 0 else np.nan
    at = (value - low) / (high - low)
    return float(1 - at if axes.value(f"{letter}Dir") == "reverse" else at)


def coordinate(axes: Axes, letter: str, at: float) -> float:
    """The inverse of `share`."""
    low, high = axes.get(f"{letter}Lim")
    at = 1 - at if axes.value(f"{letter}Dir") == "reverse" else at
    if axes.value(f"{letter}Scale") == "log":
        return float(10.0 ** (np.log10(low) + at * (np.log10(high) - np.log10(low))))
    return float(low + at * (high - low))


def pixels_of(axes: Axes, x: float, y: float, units: str) -> tuple[float, float]:
    """A place in an axes in pixels from the lower left corner of its plot box."""
    box = axes.plot_box()
    if units == "data":
        return share(axes, "X", x) * box.width, share(axes, "Y", y) * box.height
    found = to_pixels(np.array((x, y, 0.0, 0.0)), units, box.width, box.height)
    return found.left, found.bottom


def place_of(axes: Axes, x: float, y: float, units: str) -> tuple[float, float]:
    """The inverse of `pixels_of`."""
    box = axes.plot_box()
    if units == "data":
        return coordinate(axes, "X", x / box.width), coordinate(axes, "Y", y / box.height)
    found = from_pixels(Box(x, y, 0.0, 0.0), units, box.width, box.height)
    return float(found[0]), float(found[1])


def converted(axes: Axes, position: np.ndarray, old: str, new: str) -> np.ndarray:
    """A position in other units; how high it lies stays."""
    x, y = place_of(axes, *pixels_of(axes, float(position[0]), float(position[1]), old), new)
    return np.array((x, y, position[2] if new == old or "data" not in (old, new) else 0.0))


def extent(axes: Axes, node: Text) -> np.ndarray:
    """Left, bottom, width and height of the words of a text object, in its units."""
    words = node.value("String")
    lines = words if isinstance(words, list) else words.split("\n")
    size, bold = node.value("FontSize"), node.value("FontWeight") == "bold"
    width = max((line_width(line, size, bold, node.value("Interpreter")) for line in lines), default=0.0)
    height = line_height(size) * len(lines)
    if round(node.value("Rotation") / 90) % 2:
        width, height = height, width
    units = node.value("Units")
    x, y = pixels_of(axes, *(float(n) for n in node.value("Position")[:2]), units)
    x -= {"left": 0.0, "center": width / 2, "right": width}[node.value("HorizontalAlignment")]
    y -= {"bottom": 0.0, "baseline": 0.2 * height, "middle": height / 2}.get(node.value("VerticalAlignment"), height)
    (left, bottom), (right, top) = (place_of(axes, *at, units) for at in ((x, y), (x + width, y + height)))
    return np.array((min(left, right), min(bottom, top), abs(right - left), abs(top - bottom)))
