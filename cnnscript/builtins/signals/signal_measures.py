"""How large signals are and where they turn: rssq, peak2peak, peak2rms, islocalmax, islocalmin."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, gathered, require_numeric, require_real, scattered
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.signals.peaks_of_signals import apart, local_maxima, prominences
from cnnscript.builtins.statistics.moving_windows import sample_points
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray
from cnnscript.values.text import is_text


def measured(x, dim, name: str, function):
    array = require_numeric(x, name)
    if is_text(x):
        raise take.wanted("numeric", "X", x)
    array = array if array.dtype.kind in "fc" else array.astype(DOUBLE)
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    columns = gathered(array, (axis,))
    if not columns.shape[0]:
        return scattered(np.full((1, columns.shape[1]), np.nan if name != "rssq" else 0.0), array.shape, (axis,))
    with np.errstate(invalid="ignore", divide="ignore"):
        return scattered(np.asarray(function(columns)).reshape(1, -1), array.shape, (axis,))


@builtin
def rssq(x, dim=None, /):
    """
    y = rssq(x)
    y = rssq(x, dim)

    The root of the sum of squares.

    Examples
      >> y = rssq([3 4])
      y =
           5
      >> y = rssq([3 4; 4 3], 2)
      y =
           5
           5

    See also rms, norm, peak2peak.
    """
    return measured(x, dim, "rssq", lambda columns: np.sqrt((np.abs(columns) ** 2).sum(axis=0)))


@builtin
def peak2peak(x, dim=None, /):
    """
    y = peak2peak(x)
    y = peak2peak(x, dim)

    The largest element less the smallest.

    Examples
      >> y = peak2peak([3 -4 1])
      y =
           7
      >> y = peak2peak([3 4; 1 9], 2)
      y =
           1
           8

    See also range, max, min, peak2rms.
    """

    def reach(columns: ndarray) -> ndarray:
        if columns.dtype.kind == "c":
            order = np.argsort(np.abs(columns), axis=0, kind="stable")
            ends = np.take_along_axis(columns, order[[0, -1]], axis=0)
            return ends[1] - ends[0]
        return np.fmax.reduce(columns, axis=0) - np.fmin.reduce(columns, axis=0)

    return measured(x, dim, "peak2peak", reach)


@builtin
def peak2rms(x, dim=None, /):
    """
    y = peak2rms(x)
    y = peak2rms(x, dim)

    The largest magnitude over the root of the mean of squares.

    Examples
      >> y = peak2rms([1 -1 1])
      y =
           1
      >> y = peak2rms([3 3; 1 1], 2)
      y =
           1
           1

    See also rms, peak2peak.
    """

    def ratio(columns: ndarray) -> ndarray:
        sizes = np.abs(columns)
        return sizes.max(axis=0) / np.sqrt((sizes**2).mean(axis=0))

    return measured(x, dim, "peak2rms", ratio)


FLATS = ("center", "first", "last", "all")


def turning(x, dim, name: str, sign: float, options: dict):
    """Where elements are local maxima (sign 1) or minima (-1), and how prominent they are."""
    array = require_real(x, name)
    if is_text(x) or array.dtype.kind == "b":
        raise ScriptError(f"MATLAB:{name}:FirstInputInvalid", "First input must be a numeric array or a table.")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    columns = gathered(array, (axis,)).astype(DOUBLE) * sign
    flat = take.choice(options["FlatSelection"], FLATS, "FlatSelection")
    least = take.number(options["MinProminence"], "MinProminence")
    between = take.number(options["MinSeparation"], "MinSeparation")
    most = options["MaxNumExtrema"]
    points = sample_points(options["SamplePoints"], columns.shape[0])
    marks, heights = np.zeros(columns.shape, bool), np.zeros(columns.shape)
    for place, column in enumerate(columns.T):
        peaks = local_maxima(column)
        rises = prominences(column, peaks)[0]
        keep = rises >= least
        kept, rise = peaks[keep], rises[keep]
        if between > 0:
            order = apart(column[kept], points[kept], np.nextafter(between, 0))
            kept, rise = kept[order], rise[order]
        if most is not None:
            order = np.sort(np.argsort(-rise, kind="stable")[: take.positive(most, "MaxNumExtrema")])
            kept = kept[order]
        for first, height in zip(peaks.tolist(), rises.tolist(), strict=True):
            last = first
            while last + 1 < column.size and column[last + 1] == column[first]:
                last += 1
            chosen = {"first": [first], "last": [last], "center": [(first + last) // 2]}.get(
                flat, list(range(first, last + 1))
            )
            heights[chosen, place] = height
            if first in kept:
                marks[chosen, place] = True
    shown = heights.astype(array.dtype) if array.dtype.kind == "f" else heights
    return scattered(marks, array.shape, (axis,)), scattered(shown, array.shape, (axis,))


@builtin(outputs=2)
def islocalmax(
    nargout, x, dim=None, /, *, MinProminence=0.0, MinSeparation=0.0, MaxNumExtrema=None, FlatSelection="center",
    SamplePoints=None,
):  # fmt: skip
    """
    TF = islocalmax(A)
    TF = islocalmax(A, dim)
    TF = islocalmax(..., Name=Value)
    [TF, P] = islocalmax(...)

    Which elements are local maxima, and how far each rises above its surroundings.

    Options
      MinProminence  how far one must rise
      MinSeparation  how far apart they must be
      MaxNumExtrema  the most prominent ones only
      FlatSelection  of a flat top: 'center', 'first', 'last' or 'all'
      SamplePoints   where the elements lie

    Examples
      >> [TF, P] = islocalmax([0 3 1 5 0])
      TF =
        1×5 logical array
         0   1   0   1   0
      P =
           0     2     0     5     0

    See also islocalmin, findpeaks, max.
    """
    options = {
        "MinProminence": MinProminence, "MinSeparation": MinSeparation, "MaxNumExtrema": MaxNumExtrema,
        "FlatSelection": FlatSelection, "SamplePoints": SamplePoints,
    }  # fmt: skip
    return turning(x, dim, "islocalmax", 1.0, options)


@builtin(outputs=2)
def islocalmin(
    nargout, x, dim=None, /, *, MinProminence=0.0, MinSeparation=0.0, MaxNumExtrema=None, FlatSelection="center",
    SamplePoints=None,
):  # fmt: skip
    """
    TF = islocalmin(A)
    TF = islocalmin(A, dim)
    TF = islocalmin(..., Name=Value)
    [TF, P] = islocalmin(...)

    Which elements are local minima, and how deep each lies below its surroundings.

    Options
      MinProminence  how deep one must lie
      MinSeparation  how far apart they must be
      MaxNumExtrema  the most prominent ones only
      FlatSelection  of a flat bottom: 'center', 'first', 'last' or 'all'
      SamplePoints   where the elements lie

    Examples
      >> [TF, P] = islocalmin([4 1 3 0 2])
      TF =
        1×5 logical array
         0   1   0   1   0
      P =
           0     2     0     2     0

    See also islocalmax, min.
    """
    options = {
        "MinProminence": MinProminence, "MinSeparation": MinSeparation, "MaxNumExtrema": MaxNumExtrema,
        "FlatSelection": FlatSelection, "SamplePoints": SamplePoints,
    }  # fmt: skip
    return turning(x, dim, "islocalmin", -1.0, options)
