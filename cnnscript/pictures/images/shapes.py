"""The shapes that MATLAB's strel makes: arrays of truth, the middle in their middle."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images.polygons import half_away, steps_between

# For the disk made of 4, 6 or 8 lines (R. Adams, Radial decomposition of discs and spheres, CVGIP 55, 1993): where the
# lines run, as (rows, columns).
RAYS = {
    4: ((0, 1), (1, 1), (1, 0), (1, -1)),
    6: ((0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2)),
    8: ((0, 1), (1, 2), (1, 1), (2, 1), (1, 0), (2, -1), (1, -1), (1, -2)),
}


def disk(radius: int, lines: int = 4) -> np.ndarray:
    """MATLAB's disk: of `lines` lines (4, 6, 8), or with 0 (and below radius 3) all pixels no farther than `radius`."""
    if lines == 0 or radius < 3:
        return ball(radius, 2)
    shape = np.ones((1, 1), bool)
    for part in disk_parts(radius, lines):
        shape = grown(shape, part)
    return shape


def disk_parts(radius: int, lines: int) -> list[np.ndarray]:
    """The lines that make the disk."""
    angle = np.pi / (2 * lines)
    length = 2 * radius / (1 / np.tan(angle) + 1 / np.sin(angle))
    counts = [(int(length / np.hypot(down, across)), down, across) for down, across in RAYS[lines]]
    parts = [ray(count, down, across) for count, down, across in counts if count]
    missing = radius - sum(count * abs(down) for count, down, _ in counts) - 1
    if missing > 0:  # lines along rows and columns make up for what was rounded off
        parts += [np.ones((1, 2 * missing + 1), bool), np.ones((2 * missing + 1, 1), bool)]
    return parts


def ray(count: int, down: int, across: int) -> np.ndarray:
    """2·count + 1 points in a line through the middle."""
    made = np.zeros((2 * count * abs(down) + 1, 2 * count * abs(across) + 1), bool)
    steps = np.arange(-count, count + 1)
    made[count * abs(down) + steps * down, count * abs(across) + steps * across] = True
    return made


def pair(down: int, across: int) -> np.ndarray:
    """Two points: the middle, and one off it."""
    made = np.zeros((2 * abs(down) + 1, 2 * abs(across) + 1), bool)
    made[abs(down), abs(across)] = made[abs(down) + down, abs(across) + across] = True
    return made


def grown(shape: np.ndarray, other: np.ndarray) -> np.ndarray:
    """All sums of a point of one shape and a point of the other."""
    made = np.zeros([a + b - 1 for a, b in zip(shape.shape, other.shape, strict=True)], bool)
    for place in np.argwhere(other).tolist():
        made[tuple(slice(at, at + n) for at, n in zip(place, shape.shape, strict=True))] |= shape
    return made


def line(length: float, degrees: float) -> np.ndarray:
    """A line of about `length` pixels at an angle from the x-axis, its ends as far from the middle."""
    angle = np.deg2rad(degrees)
    right = int(half_away((length - 1) / 2 * np.cos(angle)))
    down = -int(half_away((length - 1) / 2 * np.sin(angle)))
    x, y = steps_between(-right, -down, right, down)
    made = np.zeros((2 * abs(down) + 1, 2 * abs(right) + 1), bool)
    made[y + abs(down), x + abs(right)] = True
    return made


def diamond(reach: int) -> np.ndarray:
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return np.abs(x) + np.abs(y) <= reach


def octagon(reach: int) -> np.ndarray:
    """An octagon; reach is a multiple of 3."""
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return np.abs(x) + np.abs(y) <= reach + reach // 3


def ball(radius: int, dimensions: int = 3) -> np.ndarray:
    """All points no farther than `radius` from the middle."""
    from_middle = np.indices((2 * radius + 1,) * dimensions) - radius
    return (from_middle**2).sum(axis=0) <= radius**2


def dome(radius: int, height: float) -> np.ndarray:
    """Heights of half an ellipsoid over a disk; -Inf outside."""
    y, x = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    within = 1 - (x**2 + y**2) / max(radius, 1) ** 2
    return np.where(within >= 0, height * np.sqrt(np.maximum(within, 0)), -np.inf)


def moved(shape: np.ndarray, offset: tuple[int, ...], background: float = 0) -> np.ndarray:
    """The shape shifted from the middle, in an array with its middle in the middle again."""
    middle = [(n - 1) // 2 for n in shape.shape]
    reach = [
        max(middle[k] - offset[k], shape.shape[k] - 1 - middle[k] + offset[k], 0) for k in range(shape.ndim)
    ]
    made = np.full([2 * n + 1 for n in reach], background, shape.dtype)
    at = tuple(
        slice(reach[k] - middle[k] + offset[k], reach[k] - middle[k] + offset[k] + shape.shape[k])
        for k in range(shape.ndim)
    )
    made[at] = shape
    return made


def turned(shape: np.ndarray, background: float = 0) -> np.ndarray:
    """The shape mirrored in its middle; one with even sides grows a side of nothing first."""
    grow = [(0, 0) if n % 2 else (1, 0) for n in shape.shape]
    return np.flip(np.pad(shape, grow, constant_values=background))
