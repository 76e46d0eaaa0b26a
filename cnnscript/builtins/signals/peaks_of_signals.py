"""Peaks of a signal: findpeaks."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, numel_of
from cnnscript.values.text import is_text


def local_maxima(y: ndarray) -> ndarray:
    """Places of the elements above their neighbours, the first of a flat top; ends and neighbours of NaN are none."""
    wrapped = np.concatenate([[np.nan], y, [np.nan]])
    known = ~np.isnan(wrapped)
    kept = np.flatnonzero((wrapped[:-1] != wrapped[1:]) & (known[:-1] | known[1:])) + 1
    kept = np.concatenate([[0], kept])
    turns = np.diff(np.sign(np.diff(wrapped[kept])))
    return kept[np.flatnonzero(turns < 0) + 1] - 1


def prominences(y: ndarray, peaks: ndarray) -> tuple[ndarray, ndarray, ndarray]:
    """How far each peak rises above the higher of the lowest points on its two sides, up to a higher peak, an end or
    a NaN; and these points."""
    heights, lefts, rights = np.empty(peaks.size), np.empty(peaks.size, int), np.empty(peaks.size, int)
    for place, peak in enumerate(peaks.tolist()):
        stops = ~(y <= y[peak])  # higher elements and NaN
        before = np.flatnonzero(stops[:peak])
        after = np.flatnonzero(stops[peak + 1 :])
        begin = before[-1] + 1 if before.size else 0
        end = peak + 1 + after[0] if after.size else y.size
        lefts[place] = peak - int(np.argmin(y[begin : peak + 1][::-1]))
        rights[place] = peak + int(np.argmin(y[peak:end]))
        heights[place] = y[peak] - max(y[lefts[place]], y[rights[place]])
    return heights, lefts, rights


def crossing(x: ndarray, y: ndarray, peak: int, stop: int, level: float) -> float:
    """Where the signal, walked from a peak to `stop`, falls to a level, on the line between samples."""
    step = 1 if stop > peak else -1
    place = peak
    while place != stop and y[place] > level:
        place += step
    if y[place] > level or place == peak:
        return float(x[place])
    inside = place - step
    share = (y[inside] - level) / (y[inside] - y[place])
    return float(x[inside] + share * (x[place] - x[inside]))


def widths(x: ndarray, y: ndarray, peaks: ndarray, found: tuple, half_height: bool) -> ndarray:
    rises, lefts, rights = found
    result = np.empty(peaks.size)
    for place, peak in enumerate(peaks.tolist()):
        level = y[peak] / 2 if half_height else y[peak] - rises[place] / 2
        result[place] = crossing(x, y, peak, int(rights[place]), level) - crossing(
            x, y, peak, int(lefts[place]), level
        )
    return result


@builtin(outputs=4)
def findpeaks(
    session, nargout, y, x=None, /, *, MinPeakHeight=None, MinPeakProminence=None, Threshold=None, MinPeakDistance=None,
    NPeaks=None, SortStr="none", MinPeakWidth=None, MaxPeakWidth=None, WidthReference="halfprom", Annotate="peaks",
):  # fmt: skip
    """
    pks = findpeaks(data)
    [pks, locs] = findpeaks(data)
    [pks, locs, w, p] = findpeaks(data)
    [...] = findpeaks(data, x)
    [...] = findpeaks(data, Fs)
    [...] = findpeaks(..., Name=Value)
    findpeaks(...)

    The local peaks of a signal, where they are, their widths and prominences; without outputs, a picture of them.

    Options
      MinPeakHeight      what a peak must exceed
      MinPeakProminence  how far it must rise above its surroundings
      Threshold          how far it must exceed its two neighbours
      MinPeakDistance    lower peaks no further than this from a higher one do not count
      NPeaks             at most how many
      SortStr            'none', 'ascend' or 'descend' by height
      MinPeakWidth       narrower peaks do not count
      MaxPeakWidth       wider peaks do not count
      WidthReference     where width is measured: at half the prominence 'halfprom', or at 'halfheight'
      Annotate           what a picture shows: 'peaks' or 'extents' (with prominences and widths)

    Examples
      >> [pks, locs] = findpeaks([0 2 1 5 3 4 0])
      pks =
           2     5     4
      locs =
           2     4     6
      >> [pks, locs, w, p] = findpeaks([0 2 1 5 3 4 0], MinPeakProminence=2)
      pks =
           5
      locs =
           4
      w =
           3
      p =
           5
      >> findpeaks([0 2 1 5 3])
      figure 1: line 5 points, line 2 points

    See also max, xcorr.
    """
    array = require_real(y, "findpeaks")
    if 1 not in array.shape or array.ndim > 2 or array.size < 3 or is_text(y):
        raise ScriptError(
            "signal:findpeaks:emptyDataSet" if array.size < 3 else "MATLAB:findpeaks:expectedVector",
            "Data set must contain at least 3 samples." if array.size < 3 else "Expected Y to be a vector.",
            notes=(f"got {take.described(y)}",),
        )
    data = array.ravel("F").astype(DOUBLE)
    places = np.arange(1.0, data.size + 1)
    if x is not None:
        if numel_of(x) == 1:
            rate = take.number(x, "Fs")
            if not rate > 0:
                raise take.wanted("a positive number", "Fs", x)
            places = np.arange(data.size) / rate
        else:
            places = take.vector(x, "X")
            if places.size != data.size:
                raise ScriptError("signal:findpeaks:mismatchYX", "Y and X must have the same length.")
            if not (np.diff(places) > 0).all():
                raise ScriptError("MATLAB:findpeaks:expectedIncreasing", "Expected X to be strictly increasing.")
    peaks = local_maxima(data)
    if MinPeakHeight is not None:
        peaks = peaks[data[peaks] > take.number(MinPeakHeight, "MinPeakHeight")]
    if Threshold is not None:
        around = np.fmax(data[peaks - 1], data[peaks + 1]) if peaks.size else np.zeros(0)
        peaks = peaks[data[peaks] - around >= take.number(Threshold, "Threshold")]
    half_height = take.choice(WidthReference, ("halfprom", "halfprominence", "halfheight"), "WidthReference")
    half_height = half_height == "halfheight"
    word = take.choice(Annotate, ("peaks", "extents"), "Annotate")
    if half_height:
        peaks = peaks[data[peaks] > 0]
    found = prominences(data, peaks)
    if MinPeakProminence is not None:
        keep = found[0] >= take.number(MinPeakProminence, "MinPeakProminence")
        peaks, found = peaks[keep], tuple(part[keep] for part in found)
    breadth = widths(places, data, peaks, found, half_height)
    if MinPeakWidth is not None or MaxPeakWidth is not None:
        low = 0.0 if MinPeakWidth is None else take.number(MinPeakWidth, "MinPeakWidth")
        high = np.inf if MaxPeakWidth is None else take.number(MaxPeakWidth, "MaxPeakWidth")
        keep = (breadth >= low) & (breadth <= high)
        peaks, breadth, found = peaks[keep], breadth[keep], tuple(part[keep] for part in found)
    order = np.arange(peaks.size)
    if MinPeakDistance is not None:
        order = apart(data[peaks], places[peaks], take.number(MinPeakDistance, "MinPeakDistance"))
    direction = take.choice(SortStr, ("none", "ascend", "descend"), "SortStr")
    if direction != "none":
        heights = data[peaks[order]]
        order = order[np.argsort(heights if direction == "ascend" else -heights, kind="stable")]
    if NPeaks is not None:
        order = order[: take.positive(NPeaks, "NPeaks")]
    peaks, breadth, rises = peaks[order], breadth[order], found[0][order]
    if not nargout:
        drawn(session, places, data, peaks, word, rises)
        return None
    shape = (1, -1) if array.shape[0] == 1 else (-1, 1)
    parts = (data[peaks].astype(array.dtype) if array.dtype.kind == "f" else data[peaks], places[peaks], breadth, rises)
    return tuple(norm(np.asfortranarray(part.reshape(shape))) for part in parts)


def apart(heights: ndarray, places: ndarray, distance: float) -> ndarray:
    """The peaks that have no higher one near."""
    keep = np.ones(heights.size, bool)
    for peak in np.argsort(-heights, kind="stable"):
        if keep[peak]:
            near = np.abs(places - places[peak]) <= distance
            near[peak] = False
            keep &= ~near
    return np.flatnonzero(keep)


def drawn(session, places, data, peaks, word: str, rises) -> None:
    """The signal, a mark on each peak and, with 'extents', its prominence as a line."""
    session.call("plot", 0, norm(places), norm(data))
    held = session.call("ishold", 1)
    session.call("hold", 0, "on")
    if peaks.size:
        session.call("plot", 0, norm(places[peaks]), norm(data[peaks]), "v")
    if word == "extents":
        for peak, rise in zip(peaks.tolist(), rises.tolist(), strict=True):
            line = np.array([data[peak] - rise, data[peak]])
            session.call("plot", 0, norm(np.full(2, places[peak])), norm(line), "r-")
    if not held:
        session.call("hold", 0, "off")
