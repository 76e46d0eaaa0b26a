"""Noisy data made smooth: smoothdata."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, gathered, require_numeric, scattered
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.moving_windows import (
    is_one_length,
    is_time,
    sample_points,
    window_reach,
    windows_around,
)
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray
from cnnscript.values.text import is_text, text_or_none
from cnnscript.values.times import Duration

METHODS = ("movmean", "movmedian", "gaussian", "lowess", "loess", "rlowess", "rloess", "sgolay")
NAN_WORDS = {"omitnan": True, "omitmissing": True, "includenan": False, "includemissing": False}
DEGREES = {"lowess": 1, "rlowess": 1, "loess": 2, "rloess": 2, "sgolay": 2}


@builtin(outputs=2)
def smoothdata(nargout, x, /, *rest, SmoothingFactor=None, SamplePoints=None, Degree=None):
    """
    B = smoothdata(A)
    B = smoothdata(A, method)
    B = smoothdata(A, method, window)
    B = smoothdata(A, dim, ...)
    B = smoothdata(..., nanflag)
    B = smoothdata(..., Name=Value)
    [B, window] = smoothdata(...)

    Smoothed data: the mean of a window that moves along (default), its median, or what a 'gaussian' weighting or a
    local fit ('lowess', 'loess', 'rlowess', 'rloess', 'sgolay') gives in its middle.

    Without a window, its length is guessed: as long as the waves that carry the share 1 - SmoothingFactor of the
    energy allow (MATLAB's guess may differ by a few elements).

    Options
      SmoothingFactor  0 (little) to 1 (much), for the guess of the window (0.25)
      SamplePoints     where the elements lie
      Degree           of the polynomial that 'sgolay' fits (2)

    Examples
      >> B = smoothdata([1 5 3 7 5], 'movmean', 3)
      B =
           3     3     5     5     6
      >> [B, window] = smoothdata([1 2 9 4 5], 'movmedian', 3)
      B =
          1.5000    2.0000    4.0000    5.0000    4.5000
      window =
           3
      >> B = round(smoothdata([1 4 9 16 25], 'sgolay', 3), 10)
      B =
           1     4     9    16    25

    See also movmean, movmedian, isoutlier, filloutliers.
    """
    array = require_numeric(x, "smoothdata")
    if array.dtype.kind not in "fc":
        if is_text(x):
            raise ScriptError(
                "MATLAB:smoothdata:badArray", "First input must be a numeric or logical array, or a table."
            )
        array = array.astype(DOUBLE)
    method, window, omit, axis, rest = "movmean", None, True, first_axis(array.shape), list(rest)
    if rest and not is_text(rest[0]):
        axis = axis_of(rest.pop(0), "smoothdata")
    if rest and (text_or_none(rest[0]) or "").lower() not in NAN_WORDS:
        method = take.choice(rest.pop(0), METHODS, "Smoothing method")
        if rest and not is_text(rest[0]):
            window = rest.pop(0)
    if rest:
        omit = NAN_WORDS[take.choice(rest.pop(0), NAN_WORDS, "NaN flag")]
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if Degree is not None and method != "sgolay":
        raise ScriptError("MATLAB:smoothdata:degreeNoSgolay", "'Degree' is only supported for the 'sgolay' method.")
    if window is not None and SmoothingFactor is not None:
        raise ScriptError("MATLAB:smoothdata:noSmoothingFactor", "'SmoothingFactor' goes with no window.")
    factor = 0.25 if SmoothingFactor is None else take.number(SmoothingFactor, "SmoothingFactor")
    if not 0 <= factor <= 1:
        raise take.wanted("a number from 0 to 1", "SmoothingFactor", SmoothingFactor)
    columns = gathered(array, (axis,))
    points = sample_points(SamplePoints, columns.shape[0])
    if window is None:
        window = guessed_window(columns, points, factor, SamplePoints is not None)
        if is_time(SamplePoints):
            window = Duration(np.array([[window]]))
        if method in DEGREES and SamplePoints is None:
            window = float(max(window, DEGREES[method] + 2))
    degree = DEGREES.get(method, 0) if Degree is None else take.count(Degree, "Degree")
    before, after = window_reach(window, SamplePoints is not None, SamplePoints)
    if method == "sgolay" and before + after < degree and SamplePoints is None:
        raise ScriptError("MATLAB:smoothdata:degreeTooLarge", "'Degree' must be smaller than the window length.")
    smooth = np.empty(columns.shape, columns.dtype)
    one_length = SamplePoints is not None and is_one_length(window)
    spans = list(windows_around(points, before, after, one_length))
    for place in range(columns.shape[1]):
        smooth[:, place] = smoothed(columns[:, place], points, spans, method, before + after, degree, omit)
    return scattered(smooth, array.shape, (axis,)), window


def guessed_window(columns: ndarray, points: ndarray, factor: float, distances: bool):
    """A window from the energy of the data: the mean over its columns of how long the waves are that are kept."""
    count = columns.shape[0]
    if count < 4:
        length = float(max(count, 1))
    else:
        lengths = []
        for column in columns.T:
            energy = np.abs(np.fft.rfft(np.where(np.isnan(column), 0, column).real))[1:] ** 2
            if not energy.sum():
                continue
            share = np.cumsum(energy) / energy.sum()
            wave = int(np.searchsorted(share, 1 - factor)) + 1
            lengths.append(count / (2 * wave))
        length = float(np.clip(np.round(np.mean(lengths)), 2, count)) if lengths else 2.0
    if not distances:
        return length
    return length * float(np.mean(np.diff(points))) if count > 1 else 1.0


def smoothed(column, points, spans, method: str, reach: float, degree: int, omit: bool) -> ndarray:
    known = ~np.isnan(column)
    robust = np.ones(column.size)
    result = np.full(column.size, np.nan, column.dtype)
    for turn in range(6 if method.startswith("rl") else 1):
        if turn:
            residual = np.abs(column - result)
            middle = 6 * np.nanmedian(residual)
            robust = np.where(residual < middle, (1 - (residual / middle) ** 2) ** 2, 0) if middle else robust
        for place, span in enumerate(spans):
            use = known[span]
            if not use.all() and not omit or not use.any():
                result[place] = np.nan
                continue
            inside, away = column[span][use], points[span][use] - points[place]
            if method == "movmean":
                result[place] = inside.mean()
            elif method == "movmedian":
                result[place] = np.median(inside)
            elif method == "gaussian":
                spread = (reach + 1) / 5
                weight = np.exp(-(away**2) / (2 * spread**2))
                result[place] = (weight * inside).sum() / weight.sum()
            else:
                result[place] = fitted(inside, away, method, degree, robust[span][use])
    return result


def fitted(inside: ndarray, away: ndarray, method: str, degree: int, robust: ndarray):
    """The value in the middle of a polynomial fitted to a window, near elements weighing more but with 'sgolay'."""
    weight = np.ones(away.size)
    if method != "sgolay":
        widest = np.abs(away).max() * (1 + 1e-12)
        weight = ((1 - (np.abs(away) / widest) ** 3) ** 3 if widest else weight) * robust
        weight = np.maximum(weight, 0)
        if (weight > 0).sum() <= degree:
            degree = max(0, int((weight > 0).sum()) - 1)
            weight = weight if weight.any() else np.ones(away.size)
    degree = min(degree, away.size - 1)
    scale = np.abs(away).max() or 1.0
    powers = (away / scale)[:, None] ** np.arange(degree + 1)
    root = np.sqrt(weight)
    return np.linalg.lstsq(powers * root[:, None], inside * root, rcond=None)[0][0]
