"""Projections of an image along lines, and back: Radon's transform, parallel and by fans.

Distances are in pixels from the middle pixel, floor((size + 1) / 2) from 1, which turns do not move; angles in degrees,
counter-clockwise.
"""

from __future__ import annotations

import numpy as np


def radon(image: np.ndarray, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sums of H×W along lines: a column for each angle, a row for each distance; and the distances.

    Each pixel counts as four of a quarter, each shared between the two nearest distances.
    """
    rows, columns = image.shape
    middle_x, middle_y = max(0, (columns - 1) // 2), max(0, (rows - 1) // 2)
    last = int(np.ceil(np.hypot(rows - 1 - middle_y, columns - 1 - middle_x))) + 1
    distances = np.arange(-last, last + 1.0)
    found = np.zeros((distances.size, angles.size), order="F")
    row, column = np.nonzero(image)
    weights = image[row, column] / 4
    x, y = column - middle_x, middle_y - row
    for place, angle in enumerate(np.deg2rad(angles)):
        cosine, sine = np.cos(angle), np.sin(angle)
        middle = x * cosine + y * sine + last
        for over in (-0.25, 0.25):
            for up in (-0.25, 0.25):
                along = middle + (over * cosine + up * sine)
                below = along.astype(np.intp)  # nothing is below 0
                beyond = np.bincount(below, weights * (along - below), distances.size)
                found[:, place] += np.bincount(below, weights, distances.size) - beyond
                found[1:, place] += beyond[:-1]
    return found, distances


FILTERS = ("none", "ram-lak", "shepp-logan", "cosine", "hamming", "hann")


def projection_filter(kind: str, length: int, share: float) -> np.ndarray:
    """The response of a filter of projections of a length: a ramp (from its finite impulse response), times a
    window."""
    order = max(64, 2 ** int(np.ceil(np.log2(2 * length)))) if length else 64
    if kind == "none":
        return np.ones(order)
    half = np.arange(order // 2 + 1)
    impulse = np.zeros(half.size)
    impulse[0] = 1 / 4
    impulse[1::2] = -1 / ((np.pi * half[1::2]) ** 2)
    whole = np.concatenate((impulse, impulse[order // 2 - 1 : 0 : -1]))
    ramp = 2 * np.real(np.fft.fft(whole))[: order // 2 + 1]
    omega = 2 * np.pi * half / order
    rest = omega[1:]
    if kind == "shepp-logan":
        ramp[1:] *= np.sin(rest / (2 * share)) / (rest / (2 * share))
    elif kind == "cosine":
        ramp[1:] *= np.cos(rest / (2 * share))
    elif kind == "hamming":
        ramp[1:] *= 0.54 + 0.46 * np.cos(rest / share)
    elif kind == "hann":
        ramp[1:] *= (1 + np.cos(rest / share)) / 2
    ramp[omega > np.pi * share] = 0
    return np.concatenate((ramp, ramp[-2:0:-1]))


def inverse_radon(
    projections: np.ndarray, angles: np.ndarray, interpolation: str, kind: str, share: float, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """The square image whose projections at angles (degrees, as many as columns) these are, and the filter's response.

    By filtered back-projection: 'nearest', 'linear', 'spline', 'pchip' or 'cubic' between distances.
    """
    response = projection_filter(kind, projections.shape[0], share)
    length = projections.shape[0]
    if kind == "none":
        filtered = projections
    else:
        wide = np.fft.fft(projections, response.size, axis=0) * response[:, None]
        filtered = np.real(np.fft.ifft(wide, axis=0))[:length]
    middle = (size + 1) // 2
    x = np.arange(1, size + 1.0) - middle
    grid_x, grid_y = np.meshgrid(x, -x)
    total = np.zeros((size, size), order="F")
    zero = (length + 1) // 2  # the row of distance 0, from 1
    places = np.arange(1, length + 1.0) - zero
    for column, angle in enumerate(np.deg2rad(angles)):
        along = grid_x * np.cos(angle) + grid_y * np.sin(angle)
        total += between(places, filtered[:, column], along, interpolation)
    return total * np.pi / (2 * max(1, angles.size)), response


def between(places: np.ndarray, values: np.ndarray, wanted: np.ndarray, method: str) -> np.ndarray:
    """Values between equally spaced places; 0 outside of them."""
    outside = (wanted < places[0]) | (wanted > places[-1])
    if method == "nearest":
        near = np.clip(np.floor(wanted - places[0] + 0.5).astype(int), 0, places.size - 1)
        made = values[near]
    elif method == "linear" or places.size < 4:
        made = np.interp(wanted, places, values)
    else:
        from scipy.interpolate import CubicSpline, PchipInterpolator

        made = (CubicSpline(places, values) if method == "spline" else PchipInterpolator(places, values))(wanted)
    return np.where(outside, 0.0, made)


SHEPP_LOGAN = np.array(
    [
        [1, 0.69, 0.92, 0, 0, 0],
        [-0.98, 0.6624, 0.8740, 0, -0.0184, 0],
        [-0.02, 0.11, 0.31, 0.22, 0, -18],
        [-0.02, 0.16, 0.41, -0.22, 0, 18],
        [0.01, 0.21, 0.25, 0, 0.35, 0],
        [0.01, 0.046, 0.046, 0, 0.1, 0],
        [0.01, 0.046, 0.046, 0, -0.1, 0],
        [0.01, 0.046, 0.023, -0.08, -0.605, 0],
        [0.01, 0.023, 0.023, 0, -0.606, 0],
        [0.01, 0.023, 0.046, 0.06, -0.605, 0],
    ]
)
MODIFIED = np.array([1, -0.8, -0.2, -0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])


def ellipses(kind: str) -> np.ndarray:
    """The head of L. Shepp and B. Logan (1974), or with more contrast ('modified shepp-logan', P. Toft 1996)."""
    made = SHEPP_LOGAN.copy()
    if kind == "modified shepp-logan":
        made[:, 0] = MODIFIED
    return made


def phantom(parts: np.ndarray, size: int) -> np.ndarray:
    """Ellipses laid over each other on a square from -1 to 1: rows of level, half axes, middle x and y, and turn."""
    axis = (np.arange(size) - (size - 1) / 2) / ((size - 1) / 2) if size > 1 else np.zeros(1)
    x, y = np.meshgrid(axis, -axis)
    made = np.zeros((size, size), order="F")
    for level, a, b, x0, y0, turn in parts.tolist():
        angle = np.deg2rad(turn)
        across, down = x - x0, y - y0
        along = across * np.cos(angle) + down * np.sin(angle)
        over = down * np.cos(angle) - across * np.sin(angle)
        made[along**2 / a**2 + over**2 / b**2 <= 1] += level
    return made


def at_places(
    columns: np.ndarray, places: np.ndarray, step: float, wanted: np.ndarray, angles: np.ndarray
) -> np.ndarray:
    """Projections (a row for each place, a column each `step` degrees once round) at other places and angles, linearly
    interpolated; 0 outside of the places."""
    count = columns.shape[1]
    row = np.interp(wanted, places, np.arange(places.size), left=-1, right=-1)
    column = np.mod(angles, 360) / step
    outside = row < 0
    row = np.where(outside, 0, row)
    above, left = np.floor(row).astype(int), np.floor(column).astype(int)
    down, across = row - above, column - left
    below = np.minimum(above + 1, places.size - 1)
    left, right = left % count, (left + 1) % count
    upper = columns[above, left] * (1 - across) + columns[above, right] * across
    lower = columns[below, left] * (1 - across) + columns[below, right] * across
    return np.where(outside, 0.0, upper * (1 - down) + lower * down)
