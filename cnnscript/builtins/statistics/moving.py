"""Statistics over a sliding window: movmean, movsum, movmax, movmin, movmedian, movstd, movvar, movprod, movmad."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan, prod

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    MISSING_WORDS,
    axis_of,
    first_axis,
    read_options,
    require_numeric,
    require_real,
    without_complaint,
)
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.moving_windows import is_one_length, sample_points, window_reach, windows_around
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, as_array, ndarray, norm, saturated
from cnnscript.values.take import described
from cnnscript.values.text import is_text

ENDPOINTS = ("shrink", "discard", "fill")
CHUNK = 4_000_000  # elements of windows that are laid out at a time


def along(plain: Callable, omitting: Callable) -> Callable:
    """A statistic of windows, by two functions of NumPy: one of all elements, one that leaves NaN out."""
    return lambda part, omit: (omitting if omit else plain)(part, axis=-1)


def moving(x, window, dim, name: str, function: Callable, named: dict, omit: bool, beyond: float = nan, whole=False):
    """A statistic over a sliding window along a dimension.

    function  (windows, omit) → the statistic along the last axis of an array
    named     the name-value arguments of the call
    beyond    what 'fill' puts in the place of elements that do not exist
    whole     whether integers stay integers
    """
    given = as_array(x)
    array = given.astype(DOUBLE) if given.dtype.kind in "iub" else given
    axis = first_axis(array.shape) if dim is None else axis_of(dim, name)
    if axis >= array.ndim:
        array, axis = array.reshape((*array.shape, 1)), array.ndim
    moved = np.moveaxis(array, axis, -1)
    before, after, slices = reach(window, named["SamplePoints"], moved.shape[-1])
    ends, value = endpoints(named["Endpoints"], beyond)
    if slices is None:
        result = in_elements(moved, before, after, ends, value, lambda part: function(part, omit))
    elif ends == "shrink":
        parts = [without_complaint(function, moved[..., part], omit) for part in slices]
        result = np.stack(parts, axis=-1) if parts else moved
    else:
        raise ScriptError(
            "MATLAB:movfun:NonuniformEndpoints",
            "'Endpoints' must be 'shrink' when 'SamplePoints' are not uniformly spaced.",
        )
    if whole and given.dtype.kind in "iu":
        result = saturated(result, given.dtype)
    return norm(np.asfortranarray(np.moveaxis(result, -1, axis)))


def reach(window, points, count: int) -> tuple[int, int, list[slice] | None]:
    """How many elements before and after its own a window holds, or the slices where their number varies."""
    if points is None:
        before, after = window_reach(window, False)
        sizes = take.vector(window, "Window length")
        if (sizes[np.isfinite(sizes)] % 1 != 0).any():
            raise ScriptError(
                "MATLAB:movfun:wrongWindowLength",
                "Window length must be a finite scalar positive integer or 2-element vector of finite nonnegative "
                "integers.",
                notes=(f"got {described(window)}",),
            )
        return int(min(before, count)), int(min(after, count)), None
    places = sample_points(points, count)
    before, after = window_reach(window, True, points)
    slices = list(windows_around(places, before, after, is_one_length(window)))
    steps = np.diff(places)
    if steps.size and np.allclose(steps, steps[0], rtol=1e-10, atol=0):  # as many elements everywhere
        lengths = np.arange(count)
        before = int(max(place - part.start for place, part in zip(lengths, slices, strict=True)))
        after = int(max(part.stop - 1 - place for place, part in zip(lengths, slices, strict=True)))
        return before, after, None
    return 0, 0, slices


def endpoints(given, beyond: float) -> tuple[str, float]:
    """What is done where a window leaves the array: a word, and the value that stands there for 'fill'."""
    if given is None:
        return "shrink", beyond
    if is_text(given):
        return take.choice(given, ENDPOINTS, "Endpoints"), beyond
    return "fill", take.number(given, "Endpoints")


def in_elements(moved: ndarray, before: int, after: int, ends: str, beyond: float, function: Callable) -> ndarray:
    """The statistic of windows with a fixed number of elements, along the last axis."""
    if ends == "fill":
        pads = [(0, 0)] * (moved.ndim - 1) + [(before, after)]
        moved = np.pad(moved, pads, constant_values=beyond)
    count, width = moved.shape[-1], before + after + 1
    full = max(0, count - width + 1)  # windows that lie inside
    lead = min(before, count) if ends == "shrink" else 0
    parts = [function_of(function, moved[..., : min(count, place + after + 1)]) for place in range(lead)]
    if full:
        windows = np.lib.stride_tricks.sliding_window_view(moved, width, axis=-1)
        step = max(1, CHUNK // max(1, width * prod(moved.shape[:-1])))
        parts += [without_complaint(function, windows[..., at : at + step, :]) for at in range(0, full, step)]
    if ends == "shrink":
        rest = range(lead + full, count)
        parts += [function_of(function, moved[..., place - before : place + after + 1]) for place in rest]
    if not parts:
        return moved[..., :0]
    return np.concatenate(parts, axis=-1)


def function_of(function: Callable, part: ndarray) -> ndarray:
    """The statistic of one window, as an array with one element along the last axis."""
    return without_complaint(function, part)[..., None]


def asked(rest: tuple, name: str, omit: bool = False, most: int = 1) -> tuple[list, bool]:
    """The numbers after the window (weight, dimension), and whether NaN is left out."""
    values, words = read_options(rest, name, missing=MISSING_WORDS)
    if len(values) > most:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return values, bool(words.get("missing", omit))


def spread(windows: ndarray, omit: bool, weight: float) -> ndarray:
    """Variance along the last axis, divided by n-1 (weight 0) or n (weight 1); 0 for one element."""
    lost = np.isnan(windows) if omit else np.zeros(windows.shape, bool)
    numbers = np.where(lost, 0, windows)
    count = (~lost).sum(axis=-1)
    center = numbers.sum(axis=-1) / count
    around = np.where(lost, 0, numbers - center[..., None])
    total = (around.real**2 + around.imag**2).sum(axis=-1)
    return (total / np.where((count > 1) & (weight == 0), count - 1, count)).astype(total.dtype, copy=False)


def weight_of(values: list, name: str) -> float:
    """The weight of movvar and movstd: 0 or 1."""
    if not values or np.size(values[0]) == 0:
        return 0.0
    weight = take.number(values[0], "Weight")
    if weight not in (0.0, 1.0):
        raise ScriptError(f"MATLAB:{name}:invalidWeight", "Weight must be 0 or 1.", notes=(f"got {weight:g}",))
    return weight


def middle(windows: ndarray, omit: bool) -> ndarray:
    return (np.nanmedian if omit else np.median)(windows, axis=-1)


def deviation(windows: ndarray, omit: bool) -> ndarray:
    return middle(np.abs(windows - middle(windows, omit)[..., None]), omit)


@builtin
def movmean(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movmean(A, k)
    movmean(A, [before after])
    movmean(..., dim)
    movmean(..., nanflag)
    movmean(..., Name=Value)

    Mean over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movmean([1 2 6 3], 3)
      ans =
          1.5000    3.0000    3.6667    4.5000
      >> movmean([1 2 6 3], 3, 'Endpoints', 'discard')
      ans =
          3.0000    3.6667
      >> movmean([1 NaN 6], [1 0], 'omitnan')
      ans =
           1     1     6

    See also mean, movmax, movsum.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movmean")
    array = require_numeric(x, "movmean")
    dim = values[0] if values else None
    return moving(array, k, dim, "movmean", along(np.mean, np.nanmean), named, omit)


@builtin
def movsum(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movsum(A, k)
    movsum(A, [before after])
    movsum(..., dim)
    movsum(..., nanflag)
    movsum(..., Name=Value)

    Sum over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movsum([1 2 6 3], 3)
      ans =
           3     9    11     9
      >> movsum([1 2 6 3], 3, 'Endpoints', 10)
      ans =
          13     9    11    19

    See also sum, movmean.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movsum")
    array = require_numeric(x, "movsum")
    dim = values[0] if values else None
    return moving(array, k, dim, "movsum", along(np.sum, np.nansum), named, omit)


@builtin
def movmax(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movmax(A, k)
    movmax(A, [before after])
    movmax(..., dim)
    movmax(..., nanflag)
    movmax(..., Name=Value)

    Maximum over a window of k elements around each element, fewer at the ends. NaN is left out,
    unless 'includenan' is said.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movmax([1 2 6 3], 3)
      ans =
           2     6     6     6
      >> movmax([1 2 6 3], 3, 'SamplePoints', [0 1 5 6])
      ans =
           2     2     6     6

    See also max, movmin, movmean.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movmax", omit=True)
    array = require_real(x, "movmax")
    dim = values[0] if values else None
    return moving(array, k, dim, "movmax", along(np.maximum.reduce, np.fmax.reduce), named, omit, -inf, True)


@builtin
def movmin(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movmin(A, k)
    movmin(A, [before after])
    movmin(..., dim)
    movmin(..., nanflag)
    movmin(..., Name=Value)

    Minimum over a window of k elements around each element, fewer at the ends. NaN is left out,
    unless 'includenan' is said.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movmin([1 2 6 3], 3)
      ans =
           1     1     2     3

    See also min, movmax, movmean.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movmin", omit=True)
    array = require_real(x, "movmin")
    dim = values[0] if values else None
    return moving(array, k, dim, "movmin", along(np.minimum.reduce, np.fmin.reduce), named, omit, inf, True)


@builtin
def movmedian(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movmedian(A, k)
    movmedian(A, [before after])
    movmedian(..., dim)
    movmedian(..., nanflag)
    movmedian(..., Name=Value)

    Median over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movmedian([1 2 6 3], 3)
      ans =
          1.5000    2.0000    3.0000    4.5000

    See also median, movmean.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movmedian")
    array = require_real(x, "movmedian")
    dim = values[0] if values else None
    return moving(array, k, dim, "movmedian", middle, named, omit, nan, True)


@builtin(keeps_single=True)
def movvar(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movvar(A, k)
    movvar(A, [before after])
    movvar(..., w)
    movvar(..., w, dim)
    movvar(..., nanflag)
    movvar(..., Name=Value)

    Variance over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movvar([1 2 6], 3)
      ans =
          0.5000    7.0000    8.0000
      >> movvar([1 2 6], 3, 1)
      ans =
          0.2500    4.6667    4.0000

    See also var, movstd.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movvar", most=2)
    weight, dim = weight_of(values, "movvar"), values[1] if len(values) > 1 else None
    array = require_numeric(x, "movvar")
    return moving(array, k, dim, "movvar", lambda part, omit: spread(part, omit, weight), named, omit)


@builtin
def movprod(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movprod(A, k)
    movprod(A, [before after])
    movprod(..., dim)
    movprod(..., nanflag)
    movprod(..., Name=Value)

    Product over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movprod([1 2 6 3], 3)
      ans =
           2    12    36    18

    See also prod, movsum.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movprod")
    array = require_numeric(x, "movprod")
    dim = values[0] if values else None
    return moving(array, k, dim, "movprod", along(np.prod, np.nanprod), named, omit)


@builtin
def movmad(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movmad(A, k)
    movmad(A, [before after])
    movmad(..., dim)
    movmad(..., nanflag)
    movmad(..., Name=Value)

    Median absolute deviation over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movmad([1 2 6 3], 3)
      ans =
          0.5000    1.0000    1.0000    1.5000

    See also mad, movmedian.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movmad")
    array = require_real(x, "movmad")
    dim = values[0] if values else None
    return moving(array, k, dim, "movmad", deviation, named, omit)


@builtin(keeps_single=True)
def movstd(x, k, /, *rest, Endpoints=None, SamplePoints=None):
    """
    movstd(A, k)
    movstd(A, [before after])
    movstd(..., w)
    movstd(..., w, dim)
    movstd(..., nanflag)
    movstd(..., Name=Value)

    Standard deviation over a window of k elements around each element, fewer at the ends.

    Options
      Endpoints     where the window leaves the array: 'shrink' (default), 'discard', 'fill', or a number to put there
      SamplePoints  where the elements lie; the window is then measured in distances

    Examples
      >> movstd([1 2 6], 3)
      ans =
          0.7071    2.6458    2.8284

    See also std, movmean.
    """
    named = {"Endpoints": Endpoints, "SamplePoints": SamplePoints}
    values, omit = asked(rest, "movstd", most=2)
    weight, dim = weight_of(values, "movstd"), values[1] if len(values) > 1 else None
    array = require_numeric(x, "movstd")
    return moving(array, k, dim, "movstd", lambda part, omit: np.sqrt(spread(part, omit, weight)), named, omit)

