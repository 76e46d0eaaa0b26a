"""Lines and shapes drawn into the pixels of an image.

Coordinates are x and y, the middle of the first pixel being 1, 1.  A line as wide as one pixel that runs through the
middles of pixels covers exactly these; with smooth edges, pixels that it covers in part are mixed in part.  Filled
shapes cover what their outline of one pixel and its inside cover.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cnnscript.pictures.images import colour, scale

Colour = tuple[float, float, float]


class Window(NamedTuple):
    """The pixels of an image that a shape may touch, and the coordinates of their middles."""

    rows: slice
    columns: slice
    x: np.ndarray  # 1×w
    y: np.ndarray  # h×1


def window(shape: tuple[int, ...], x: np.ndarray, y: np.ndarray, margin: float) -> Window | None:
    """The part of an image of this shape within `margin` of points; None where there is none."""
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    left, top = max(int(np.floor(x.min() - margin)), 1), max(int(np.floor(y.min() - margin)), 1)
    right, bottom = min(int(np.ceil(x.max() + margin)), shape[1]), min(int(np.ceil(y.max() + margin)), shape[0])
    if left > right or top > bottom:
        return None
    return Window(
        slice(top - 1, bottom),
        slice(left - 1, right),
        np.arange(left, right + 1, dtype=float)[None, :],
        np.arange(top, bottom + 1, dtype=float)[:, None],
    )


def paint(canvas: np.ndarray, place: Window, share: np.ndarray, ink: Colour, opacity: float = 1.0) -> None:
    """Mix a colour (0 to 1) into part of an H×W×3 canvas of any image class: share is how much of each pixel."""
    part = canvas[place.rows, place.columns]
    weight = (share * opacity)[:, :, None]
    mixed = scale.im2double(part) * (1 - weight) + np.array(ink) * weight
    canvas[place.rows, place.columns] = np.where(weight > 0, scale.back_to_class(mixed, canvas.dtype), part)


def canvas_of(image: np.ndarray) -> np.ndarray:
    """A copy of an image with three channels, to be drawn on."""
    return colour.as_rgb(image).copy()


def to_segments(points: np.ndarray, place: Window, closed: bool) -> np.ndarray:
    """How far the middle of each pixel is from the nearest of the segments between points (k×2)."""
    ends = np.roll(points, -1, axis=0)
    starts = points if closed or len(points) == 1 else points[:-1]
    distance = np.full((place.y.size, place.x.size), np.inf)
    for (x, y), (to_x, to_y) in zip(starts, ends[: len(starts)], strict=True):
        along_x, along_y = to_x - x, to_y - y
        length = along_x**2 + along_y**2
        at = ((place.x - x) * along_x + (place.y - y) * along_y) / length if length else 0.0
        at = np.clip(at, 0, 1)
        distance = np.minimum(distance, np.hypot(place.x - x - at * along_x, place.y - y - at * along_y))
    return distance


def share_of(distance: np.ndarray, reach: float, smooth: bool) -> np.ndarray:
    """How much of a pixel is within `reach` of a line that is `distance` from its middle."""
    return np.clip(reach + 0.5 - distance, 0, 1) if smooth else (distance <= reach).astype(float)


def line(
    canvas: np.ndarray, points: np.ndarray, ink: Colour, width: float = 1, smooth: bool = True, closed: bool = False
) -> None:
    """Segments from point to point (k×2), and back to the first where the line is closed."""
    place = window(canvas.shape, points[:, 0], points[:, 1], width / 2 + 1)
    if place is not None:
        paint(canvas, place, share_of(to_segments(points, place, closed), width / 2, smooth), ink)


def polygon(canvas: np.ndarray, points: np.ndarray, ink: Colour, opacity: float, smooth: bool = True) -> None:
    """The inside of a polygon (k×2), by the even-odd rule."""
    place = window(canvas.shape, points[:, 0], points[:, 1], 2)
    if place is None:
        return
    inside = np.zeros((place.y.size, place.x.size), bool)
    for (x, y), (to_x, to_y) in zip(points, np.roll(points, -1, axis=0), strict=True):
        if y != to_y:
            crosses = (y > place.y) != (to_y > place.y)
            inside ^= crosses & (place.x < (to_x - x) * (place.y - y) / (to_y - y) + x)
    edge = share_of(to_segments(points, place, True), 0.5, smooth)
    paint(canvas, place, np.where(inside, 1.0, edge), ink, opacity)


def circle(canvas: np.ndarray, x: float, y: float, radius: float, ink: Colour, width: float = 1, smooth: bool = True):
    """The line around a circle."""
    place = window(canvas.shape, np.array((x - radius, x + radius)), np.array((y - radius, y + radius)), width / 2 + 1)
    if place is not None:
        away = np.abs(np.hypot(place.x - x, place.y - y) - radius)
        paint(canvas, place, share_of(away, width / 2, smooth), ink)


def disk(canvas: np.ndarray, x: float, y: float, radius: float, ink: Colour, opacity: float, smooth: bool = True):
    """The inside of a circle."""
    place = window(canvas.shape, np.array((x - radius, x + radius)), np.array((y - radius, y + radius)), 2)
    if place is not None:
        away = np.hypot(place.x - x, place.y - y) - radius
        paint(canvas, place, share_of(away, 0.5, smooth), ink, opacity)


def box(canvas: np.ndarray, x: float, y: float, width: float, height: float, ink: Colour, line_width: int = 1) -> None:
    """The frame of a rectangle whose first pixel is x, y: as many pixels inside the outermost ones as outside."""
    away, place = from_box(canvas.shape, x, y, width, height, line_width)
    if place is not None:
        paint(canvas, place, ((away > -line_width / 2) & (away <= line_width / 2)).astype(float), ink)


def filled_box(canvas: np.ndarray, x: float, y: float, width: float, height: float, ink: Colour, opacity: float):
    """All pixels of a rectangle whose first pixel is x, y."""
    away, place = from_box(canvas.shape, x, y, width, height, 0)
    if place is not None:
        paint(canvas, place, (away <= 0).astype(float), ink, opacity)


def from_box(
    shape: tuple[int, ...], x: float, y: float, width: float, height: float, line_width: int
) -> tuple[np.ndarray, Window | None]:
    """How many pixels each pixel is outside the outermost ones of a rectangle (negative inside)."""
    corner, far = np.round((x, y)), np.round((x + width - 1, y + height - 1))
    place = window(shape, np.array((corner[0], far[0])), np.array((corner[1], far[1])), line_width / 2 + 1)
    if place is None:
        return np.zeros((0, 0)), None
    across = np.maximum(corner[0] - place.x, place.x - far[0])
    down = np.maximum(corner[1] - place.y, place.y - far[1])
    return np.maximum(across, down), place


# For each marker the segments it is made of, as x and y from its middle in units of its size.
MARKERS = {
    "plus": (((-1, 0), (1, 0)), ((0, -1), (0, 1))),
    "x-mark": (((-1, -1), (1, 1)), ((-1, 1), (1, -1))),
    "star": (((-1, 0), (1, 0)), ((0, -1), (0, 1)), ((-1, -1), (1, 1)), ((-1, 1), (1, -1))),
    "square": (((-1, -1), (1, -1)), ((1, -1), (1, 1)), ((1, 1), (-1, 1)), ((-1, 1), (-1, -1))),
}


def marker(canvas: np.ndarray, name: str, x: float, y: float, size: float, ink: Colour) -> None:
    """A marker ('circle' or one of MARKERS) that reaches `size` pixels from its middle."""
    x, y = float(np.round(x)), float(np.round(y))
    if name == "circle":
        circle(canvas, x, y, size, ink, smooth=False)
        return
    for ends in MARKERS[name]:
        line(canvas, np.array(ends, float) * size + (x, y), ink, smooth=False)
