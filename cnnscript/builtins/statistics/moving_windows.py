"""Windows that move along sample points: their reach as scripts write it, and the elements in each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, ndarray
from cnnscript.values.take import described


def sample_points(value, count: int) -> ndarray:
    """Where `count` elements lie: the points given, else 1, 2, 3 ..."""
    if value is None:
        return np.arange(1.0, count + 1)
    points = value.data.ravel("F") if is_time(value) else take.vector(value, "SamplePoints")
    if points.size != count:
        raise ScriptError(
            "MATLAB:samplePoints:SizeMismatch",
            "'SamplePoints' must have the same length as the operating dimension of the input data.",
            notes=(f"{points.size} points, {count} elements",),
        )
    if not np.isfinite(points).all():
        raise ScriptError("MATLAB:samplePoints:NotFinite", "'SamplePoints' must contain finite values.")
    if (np.diff(points) <= 0).any():
        raise ScriptError("MATLAB:samplePoints:NotIncreasing", "'SamplePoints' must be sorted and have unique values.")
    return points


def is_time(value) -> bool:
    """Are these points in time, or lengths of it?"""
    return value is not None and class_of(value) in ("datetime", "duration")


def is_one_length(window) -> bool:
    """Is a window given as one length, and not as how far it reaches before and after?"""
    return (window.data.size if class_of(window) == "duration" else np.size(window)) == 1


def window_reach(window, distances: bool, points=None) -> tuple[float, float]:
    """How far a window reaches before and after its element: in elements, or in distances between sample points.

    points   the sample points as the script gave them: windows along times are lengths of time
    """
    if is_time(points) != (class_of(window) == "duration"):
        raise ScriptError(
            "MATLAB:samplePoints:WindowClass",
            "Window length must be a duration when 'SamplePoints' are times, and a number when they are not.",
            notes=(f"got {described(window)}",),
        )
    size = window.data.ravel("F") if class_of(window) == "duration" else take.vector(window, "Window length")
    if size.size not in (1, 2) or not (size >= 0).all() or (size.size == 1 and size[0] == 0):
        raise take.wanted("a positive number or a pair of numbers not below 0", "Window length", window)
    if size.size == 2:
        return float(size[0]), float(size[1])
    if distances:
        return float(size[0]) / 2, float(size[0]) / 2
    if not np.isfinite(size[0]):
        return np.inf, np.inf
    length = int(size[0])
    return float(length // 2), float(length - length // 2 - 1)


def windows_around(points: ndarray, before: float, after: float, one_length: bool) -> Iterator[slice]:
    """The elements in the window of each point, shorter at the ends.

    one_length   the window was given as one distance, not as two: it is open at its far end
    """
    begins = np.searchsorted(points, points - before, "left") if np.isfinite(before) else np.zeros(points.size, int)
    ends = np.searchsorted(points, points + after, "right") if np.isfinite(after) else np.full(points.size, points.size)
    if one_length and np.isfinite(after):
        ends = np.searchsorted(points, points + after, "left")
        ends = np.maximum(ends, np.arange(1, points.size + 1))
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        yield slice(begin, end)
