"""Images looked up at places between their pixels, and what plane (and space) transformations do with points.

Places are counted from 1 at the middle of the first pixel, x along columns, y along rows, z along the third dimension.
Transformations are matrices that multiply columns (x, y, 1) from the left.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from cnnscript.pictures.images.resize import cubic, rounded, triangle

NEAR = 1e-9  # pixels by which a place may miss the outermost pixel's middle and still be on it


def look_up(
    image: np.ndarray, places: Sequence[np.ndarray], method: str, fill: np.ndarray | float = 0.0, smooth: bool = False
) -> np.ndarray:
    """The image's values at places (x, y or x, y, z: arrays of one shape), in its own class.

    image: H×W×... with as many spatial dimensions as there are coordinates.  method: 'nearest', 'linear' or 'cubic'.
    fill: what lies outside, a number or one for each plane.  smooth: the image is taken to go on as `fill`, so that its
    edges blend into it over a pixel; else everything beyond the middles of the outermost pixels is `fill`.
    """
    count = len(places)
    order = [1, 0, 2][:count]  # the array's dimensions of x, y, z
    shape, lengths = places[0].shape, [image.shape[axis] for axis in order]
    rest = image.shape[count:]
    planes = image.reshape(*image.shape[:count], -1)
    fill = np.broadcast_to(np.asarray(fill, float).ravel(), planes.shape[count])
    at = [place.ravel() - 1 for place in places]
    at = [np.where(np.abs(place - np.round(place)) < NEAR, np.round(place), place) for place in at]
    inside = np.ones(at[0].size, bool)
    margin = 0.0 if not smooth else 0.5 if method == "nearest" else 2.0
    for place, length in zip(at, lengths, strict=True):
        inside &= (place >= -margin) & (place <= length - 1 + margin)
    at = [place[inside] for place in at]
    if method == "nearest":
        taken = [
            np.clip(np.floor(place + 0.5).astype(np.intp), 0, length - 1)
            for place, length in zip(at, lengths, strict=True)
        ]
        copied = np.empty((inside.size, planes.shape[count]), image.dtype)
        copied[~inside] = fill != 0 if image.dtype == bool else as_class(fill, image.dtype)
        copied[inside] = planes[tuple(taken[order.index(axis)] for axis in range(count))]
        return np.asfortranarray(copied.reshape(*shape, *rest))
    out = np.empty((inside.size, planes.shape[count]))
    out[~inside] = fill
    wide = planes.astype(float)
    finite = bool(np.isfinite(wide).all())
    kernel, reach = (triangle, 1) if method == "linear" else (cubic, 2)
    bases = [np.floor(place).astype(np.intp) for place in at]
    total = np.zeros((at[0].size, planes.shape[count]))
    outside = np.zeros(at[0].size)
    for offsets in itertools.product(range(1 - reach, reach + 1), repeat=count):
        weight, there, taken = np.ones(at[0].size), np.ones(at[0].size, bool), []
        for place, base, offset, length in zip(at, bases, offsets, lengths, strict=True):
            index = base + offset
            weight = weight * kernel(place - index)
            there &= (index >= 0) & (index < length)
            taken.append(np.clip(index, 0, length - 1))
        if smooth:
            outside += np.where(there, 0, weight)
            weight = np.where(there, weight, 0)
        if weight.any():
            values = wide[tuple(taken[order.index(axis)] for axis in range(count))]
            if not finite:  # what weighs nothing does not count, though it be NaN
                values = np.where(weight[:, None] != 0, values, 0)
            total += weight[:, None] * values
    if smooth:
        total += np.where(outside[:, None] != 0, outside[:, None] * fill, 0)
    out[inside] = total
    made = out.reshape(*shape, *rest)
    if image.dtype == bool:
        return np.asfortranarray(made > 0.5)
    return np.asfortranarray(as_class(made, image.dtype))


QUICK_CLASSES = ("uint8", "uint16", "float32")  # whose values single precision holds
SMALL = 1024  # pixels of an image; up to there many at once are faster than Pillow one by one


def look_up_all_moved(images: np.ndarray, matrices: np.ndarray, fill: np.ndarray | float = 0.0) -> np.ndarray:
    """What `look_up_moved` gives for each of N images, worked out for all at once.

    images: N×H×W×C of one of QUICK_CLASSES, finite.  matrices: N×2×3.  Returns N×H×W×C.
    """
    count, rows, columns, planes = images.shape
    wide = columns + 1  # the last row and column stand twice, so that every pixel has a next one
    values = np.empty((count, rows + 1, wide, planes), np.float32)
    values[:, :rows, :columns] = images
    values[:, rows, :columns] = images[:, -1]
    values[:, :, columns] = values[:, :, columns - 1]
    flat = values.reshape(-1) if planes == 1 else values.reshape(-1, planes)
    x, y = np.arange(columns), np.arange(rows)[:, None]
    outside, bases, parts = np.zeros((count, rows, columns), bool), [], []
    for k, length in ((0, columns), (1, rows)):
        by_x, by_y, start = (matrices[:, k, j][:, None, None] for j in range(3))
        place = by_x * x + (by_y * y + start)
        outside |= (place < -NEAR) | (place > length - 1 + NEAR)
        base = np.clip(place, 0, length - 1).astype(np.int32)
        part = (place - base).astype(np.float32)
        parts.append(part if planes == 1 else part[..., None])
        bases.append(base)
    at = bases[1] * np.int32(wide)
    at += bases[0]
    at = at + (np.arange(count) * ((rows + 1) * wide))[:, None, None]
    right, below = parts
    upper, lower = flat.take(at, 0), flat.take(at + wide, 0)
    upper += (flat.take(at + 1, 0) - upper) * right
    lower += (flat.take(at + (wide + 1), 0) - lower) * right
    upper += (lower - upper) * below
    if images.dtype.kind == "u":
        upper += 0.5  # what is added before the rest is cut off
    made = upper.astype(images.dtype).reshape(images.shape)
    made[outside] = as_class(np.broadcast_to(np.asarray(fill, float).ravel(), planes), images.dtype)
    return made


def look_up_moved(image: np.ndarray, matrix: np.ndarray, fill: np.ndarray | float = 0.0) -> np.ndarray:
    """What `look_up` gives by 'linear' for an image that an affine transformation moves, many times as fast.

    image: H×W or H×W×C of one of QUICK_CLASSES, finite.  matrix: 2×3, from the place (x, y, 1) of a pixel of the result
    to the place in the image, both counted from 0 at the middle of the first pixel.  The result is as large as the
    image, and right to single precision.
    """
    from PIL import Image

    rows, columns = image.shape[:2]
    planes = image.reshape(rows, columns, -1)
    if rows * columns <= SMALL:
        return np.asfortranarray(look_up_all_moved(planes[None], matrix[None], fill)[0].reshape(image.shape))
    (across_x, across_y, across), (down_x, down_y, down) = matrix.tolist()
    outside = np.zeros((rows, columns), bool)
    x, y = np.arange(columns), np.arange(rows)[:, None]
    for by_x, by_y, start, length in ((across_x, across_y, across, columns), (down_x, down_y, down, rows)):
        place = by_x * x + (by_y * y + start)
        outside |= (place < -NEAR) | (place > length - 1 + NEAR)
    coefficients = (  # Pillow counts from the edge of the first pixel
        across_x, across_y, across + (1 - across_x - across_y) / 2, down_x, down_y, down + (1 - down_x - down_y) / 2
    )  # fmt: skip
    fill = as_class(np.broadcast_to(np.asarray(fill, float).ravel(), planes.shape[2]), image.dtype)
    half = 0.5 if image.dtype.kind == "u" else 0.0  # what is added before the rest is cut off
    made = np.empty(planes.shape, image.dtype, order="F")
    for k in range(planes.shape[2]):
        plane = Image.fromarray(np.ascontiguousarray(planes[..., k], np.float32))
        moved = np.asarray(
            plane.transform((columns, rows), Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR)
        )
        made[..., k] = moved + half if half else moved
        made[outside, k] = fill[k]
    return made.reshape(image.shape, order="F")


def as_class(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Doubles in an image class; NaN is 0 in integers."""
    return rounded(np.nan_to_num(values, nan=0.0) if dtype.kind in "iu" else values, dtype)


def transformed(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points (N×2 or N×3) through a matrix, divided by the last coordinate."""
    moved = points @ matrix[:, :-1].T + matrix[:, -1]
    if np.array_equal(matrix[-1, :-1], np.zeros(matrix.shape[1] - 1)) and matrix[-1, -1] == 1:
        return moved[:, :-1]
    return moved[:, :-1] / moved[:, -1:]


def moved_limits(matrix: np.ndarray, limits: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The box around what a transformation makes of a box."""
    corners = transformed(matrix, np.array(list(itertools.product(*limits)), float))
    return list(zip(corners.min(0).tolist(), corners.max(0).tolist(), strict=True))


def fitting_grid(
    limits: Sequence[tuple[float, float]], extents: Sequence[float]
) -> tuple[list[int], list[tuple[float, float]]]:
    """Pixels of the given extents that cover a box about its middle: how many along each direction, and their limits.

    A box that exceeds a whole number of pixels by rounding errors only gets no pixel more.
    """
    counts, made = [], []
    for (low, high), extent in zip(limits, extents, strict=True):
        count = max(int(np.ceil((high - low) / extent - 1e-9)), 1)
        more = (count * extent - (high - low)) / 2
        counts.append(count)
        made.append((low - more, high + more))
    return counts, made


def rotation(angle: float) -> np.ndarray:
    """Counterclockwise as seen on the screen, where y goes down; exact at multiples of 90 degrees."""
    cosine, sine = cosine_sine(angle)
    return np.array(((cosine, sine, 0.0), (-sine, cosine, 0.0), (0.0, 0.0, 1.0)))


def cosine_sine(angle: float) -> tuple[float, float]:
    quarter, rest = divmod(angle, 90)
    if rest == 0:
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter) % 4]
    return float(np.cos(np.radians(angle))), float(np.sin(np.radians(angle)))


def rotate(image: np.ndarray, angle: float, method: str = "nearest", crop: bool = False) -> np.ndarray:
    """The image (H×W×...) turned counterclockwise by `angle` degrees about its middle; outside is zero.

    Without crop the result is as large as the turned image.  Multiples of 90 degrees move pixels and change none.
    """
    rows, columns = image.shape[:2]
    if angle % 90 == 0:
        return quarter_turns(image, int(angle / 90) % 4, crop)
    matrix = rotation(angle)
    limits = moved_limits(matrix, ((0.5, columns + 0.5), (0.5, rows + 0.5)))
    (wide, high), ends = fitting_grid(limits, (1.0, 1.0))
    if crop:
        middle = [(low + high_end) / 2 for low, high_end in ends]
        wide, high = columns, rows
        ends = [(middle[0] - columns / 2, 0.0), (middle[1] - rows / 2, 0.0)]
    x, y = np.meshgrid(ends[0][0] + 0.5 + np.arange(wide), ends[1][0] + 0.5 + np.arange(high))
    found = transformed(np.linalg.inv(matrix), np.column_stack([x.ravel(), y.ravel()]))
    return look_up(image, (found[:, 0].reshape(x.shape), found[:, 1].reshape(x.shape)), method, 0.0, smooth=True)


def quarter_turns(image: np.ndarray, turns: int, crop: bool) -> np.ndarray:
    """The image turned by right angles; cropped to its own size, of one that is no square the middle square is left."""
    rows, columns = image.shape[:2]
    if not crop or rows == columns or turns % 2 == 0:
        return np.asfortranarray(np.rot90(image, turns))
    side = min(rows, columns)
    skipped = abs(rows // 2 - columns // 2)
    part = np.s_[skipped : skipped + side, :side] if rows > columns else np.s_[:side, skipped : skipped + side]
    out = np.zeros_like(image, order="F")
    out[part] = np.rot90(image[part], turns)
    return out


def translate(
    image: np.ndarray, shift: Sequence[float], method: str, fill: np.ndarray | float, full: bool
) -> tuple[np.ndarray, list[float]]:
    """The image moved by x, y (and z); its own size, or all that the old and the new place cover.  And the first
    pixel's place on each axis."""
    count = len(shift)
    order = [1, 0, 2][:count]
    if all(step == round(step) for step in shift):
        method = "nearest"  # pixels are moved, and none is changed
    starts, lengths = [], []
    for axis, step in zip(order, shift, strict=True):
        length = image.shape[axis]
        more = int(np.ceil(abs(step))) if full else 0
        starts.append(1.0 - more if step < 0 else 1.0)
        lengths.append(length + more)
    axes = [start + np.arange(length) - step for start, length, step in zip(starts, lengths, shift, strict=True)]
    grids = np.meshgrid(*axes) if count == 2 else np.meshgrid(*axes, indexing="xy")
    return look_up(image, grids, method, fill, smooth=True), starts
