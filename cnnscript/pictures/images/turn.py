"""Rotation of images about their middle."""

from __future__ import annotations

import math

import numpy as np

from cnnscript.pictures.images.resize import cubic, rounded, triangle


def rotate(image: np.ndarray, angle: float, method: str = "nearest", crop: bool = False) -> np.ndarray:
    """The image (H×W or H×W×...) turned counterclockwise by `angle` degrees; outside is zero.

    Each output pixel is looked up at the place it came from; 'bilinear' and 'bicubic' weigh the pixels around it.
    Without crop the result is as large as the turned image.  Multiples of 90 degrees move pixels and change none.
    """
    turns = angle % 360
    if turns % 90 == 0 and (not crop or image.shape[0] == image.shape[1] or turns % 180 == 0):
        return np.asfortranarray(np.rot90(image, round(turns / 90)))
    rows, columns = image.shape[:2]
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    if crop:
        high, wide = rows, columns
    else:
        # The outermost pixel centres, turned, and one pixel more: halves are covered.
        high = 2 * math.floor((abs(sine) * columns + abs(cosine) * rows) / 2 + 1e-9) + (
            rows % 2 if angle % 90 == 0 else 0
        )
        wide = 2 * math.floor((abs(cosine) * columns + abs(sine) * rows) / 2 + 1e-9)
        high, wide = max(high, 1), max(wide, 1)
    y, x = np.mgrid[:high, :wide].astype(float)
    y, x = y - (high - 1) / 2, x - (wide - 1) / 2
    from_x = x * cosine - y * sine + (columns - 1) / 2
    from_y = x * sine + y * cosine + (rows - 1) / 2
    return np.asfortranarray(look_up(image, from_y, from_x, method))


def look_up(image: np.ndarray, y: np.ndarray, x: np.ndarray, method: str) -> np.ndarray:
    """The image's values at places between pixels (counted from 0); zero outside."""
    rows, columns = image.shape[:2]
    if method == "nearest":
        row, column = np.floor(y + 0.5).astype(int), np.floor(x + 0.5).astype(int)
        there = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        found = image[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
        return np.where(there.reshape(*there.shape, *(1,) * (image.ndim - 2)), found, image.dtype.type(0))
    kernel, reach = (triangle, 1) if method == "bilinear" else (cubic, 2)
    values = image.astype(float)
    total = np.zeros((*y.shape, *image.shape[2:]))
    base_row, base_column = np.floor(y).astype(int), np.floor(x).astype(int)
    for down in range(1 - reach, reach + 1):
        for across in range(1 - reach, reach + 1):
            row, column = base_row + down, base_column + across
            weight = kernel(y - row) * kernel(x - column)
            weight = np.where((row >= 0) & (row < rows) & (column >= 0) & (column < columns), weight, 0)
            found = values[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
            total += weight.reshape(*weight.shape, *(1,) * (image.ndim - 2)) * found
    if image.dtype == bool:
        return total >= 0.5
    return rounded(total, image.dtype)
