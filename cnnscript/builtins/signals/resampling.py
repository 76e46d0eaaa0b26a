"""Signals at other rates: upsample, downsample, resample, interp, decimate."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import first_axis, gathered, require_numeric, scattered
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import DOUBLE, ndarray, norm, numel_of
from cnnscript.values.text import is_text


def along_columns(x, name: str) -> tuple[ndarray, int, ndarray]:
    array = require_numeric(x, name)
    axis = first_axis(array.shape)
    return array, axis, gathered(array, (axis,))


def phase_of(value, count: int) -> int:
    if value is None:
        return 0
    return take.integer(value, "Offset", 0, count - 1)


@builtin
def upsample(x, n, phase=None, /):
    """
    y = upsample(x, n)
    y = upsample(x, n, phase)

    A signal with n-1 zeros behind each element, begun later by phase.

    Examples
      >> y = upsample([1 2 3], 2)
      y =
           1     0     2     0     3     0
      >> y = upsample([1 2], 2, 1)
      y =
           0     1     0     2

    See also downsample, resample, interp1.
    """
    array, axis, columns = along_columns(x, "upsample")
    times = take.positive(n, "n")
    offset = phase_of(phase, times)
    shape = (columns.shape[0] * times, columns.shape[1])
    require_memory(shape, array.itemsize)
    wide = np.zeros(shape, array.dtype)
    wide[offset::times] = columns
    return scattered(wide, array.shape, (axis,))


@builtin
def downsample(x, n, phase=None, /):
    """
    y = downsample(x, n)
    y = downsample(x, n, phase)

    Every n-th element of a signal, from the first or by phase later.

    Examples
      >> y = downsample(1:7, 3)
      y =
           1     4     7
      >> y = downsample(1:7, 3, 2)
      y =
           3     6

    See also upsample, decimate, resample.
    """
    array, axis, columns = along_columns(x, "downsample")
    times = take.positive(n, "n")
    return scattered(columns[phase_of(phase, times) :: times], array.shape, (axis,))


@builtin(outputs=2)
def resample(nargout, x, p, q, n=10.0, beta=5.0, /):
    """
    y = resample(x, p, q)
    y = resample(x, p, q, n)
    y = resample(x, p, q, n, beta)
    y = resample(x, p, q, b)
    [y, b] = resample(...)

    A signal at p/q times its rate, through a filter against aliasing that reaches n samples to both sides, shaped by a
    Kaiser window of beta; or through the filter b.

    Examples
      >> y = resample([1 1 1 1 1 1], 1, 2, 0)
      y =
           1     1     1
      >> [y, b] = resample(1:10, 3, 2);
      >> disp([numel(y) numel(b)])
          15    61

    See also decimate, upsample, downsample, interp1.
    """
    from scipy.signal import resample_poly
    from scipy.signal.windows import kaiser

    array, axis, columns = along_columns(x, "resample")
    columns = columns if columns.dtype.kind in "fc" else columns.astype(DOUBLE)
    up, down = take.positive(p, "P"), take.positive(q, "Q")
    shared = int(np.gcd(up, down))
    up, down = up // shared, down // shared
    require_memory((columns.shape[0] * up // down + 1, columns.shape[1]), 8)
    if numel_of(n) > 1:
        taps = take.vector(n, "b").astype(DOUBLE)
        used = taps / up
    else:
        reach, shape = take.count(n, "n"), take.number(beta, "beta")
        if shape < 0:
            raise take.wanted("a nonnegative number", "beta", beta)
        if reach == 0:
            found = nearest(columns, up, down)
            return scattered(found, array.shape, (axis,)), norm(np.ones((1, up)))
        most = max(up, down)
        place = np.arange(-reach * most, reach * most + 1)
        taps = np.sinc(place / most) * kaiser(place.size, shape)
        taps = up * taps / taps.sum()
        used = taps / up
    if (up, down) == (1, 1):
        return norm(array), 1.0
    found = resample_poly(columns, up, down, axis=0, window=used) if columns.size else columns
    return scattered(found, array.shape, (axis,)), norm(taps.reshape(1, -1))


def nearest(columns: ndarray, up: int, down: int) -> ndarray:
    """Each new sample is the old one at or before it."""
    count = -(-columns.shape[0] * up // down)
    return columns[np.arange(count) * down // up]


@builtin(outputs=2, keeps_single=True)
def interp(nargout, x, r, n=4.0, cutoff=0.5, /):
    """
    y = interp(x, r)
    y = interp(x, r, n, cutoff)
    [y, b] = interp(...)

    A signal with r times as many elements: those of x, and between them what fits best a signal without frequencies
    above cutoff (a share of the Nyquist frequency), from the n elements on each side; and the filter that does it.

    The filter is that of Oetken, Parks and Schüßler (1975); at the ends the signal goes on turned about its last
    element.

    Examples
      >> y = interp(0:8, 2); disp(round(y(1:6), 2))
               0    0.5000    1.0000    1.5000    2.0000    2.5000
      >> [y, b] = interp(sin(0:20), 3, 2, 0.4); disp([numel(y) numel(b)])
          63    13

    See also decimate, resample, upsample, interp1.
    """
    data = take.array(x, "x")
    if data.ndim > 2 or 1 not in data.shape:
        raise ScriptError("MATLAB:interp:expectedVector", "Expected input 1, X, to be a vector.")
    factor, reach, share = take.positive(r, "r"), take.positive(n, "n"), take.number(cutoff, "cutoff")
    if not 0 < share <= 1:
        raise ScriptError("signal:interp:InvalidRange", "The cutoff must be above 0 and at most 1.")
    values = data.ravel("F")
    if values.size < 2 * reach + 1:
        raise ScriptError(
            "signal:interp:InvalidDimensions", f"Length of data sequence must be at least {2 * reach + 1}.",
            notes=(f"got {values.size} elements",), hint="more data, or a smaller n",
        )  # fmt: skip
    require_memory((values.size * factor, 1), 8)
    taps = best_between(factor, reach, share)
    before = 2 * values[0] - values[reach:0:-1]
    behind = 2 * values[-1] - values[-2 : -reach - 2 : -1]
    wide = np.zeros((values.size + 2 * reach) * factor, values.dtype)
    wide[::factor] = np.concatenate([before, values, behind])
    found = np.convolve(wide, taps)[2 * reach * factor :][: values.size * factor]
    found[::factor] = values
    shape = (1, -1) if data.shape[0] == 1 else (-1, 1)
    return norm(found.reshape(shape)), norm(taps.reshape(-1, 1))


def best_between(factor: int, reach: int, share: float) -> ndarray:
    """The filter of 2·reach·factor + 1 elements that finds values between samples of a signal whose frequencies below
    the share of the Nyquist frequency are equally strong, with the least mean square error."""
    steps = np.arange(1 - reach, reach + 1)  # the samples around each gap
    alike = np.sinc(share * (steps[:, None] - steps))
    taps = np.zeros(2 * reach * factor + 1)
    taps[reach * factor] = 1
    for phase in range(1, factor):
        weights = np.linalg.lstsq(alike, np.sinc(share * (phase / factor - steps)), rcond=1e-14)[0]
        taps[reach * factor + phase - steps * factor] = weights
    return taps


@builtin
def decimate(x, r, /, *rest):
    """
    y = decimate(x, r)
    y = decimate(x, r, n)
    y = decimate(x, r, 'fir')
    y = decimate(x, r, n, 'fir')

    Every r-th element of a signal without its high frequencies: through a Chebyshev filter of order n (8) forwards
    and backwards, or a filter without feedback of order n (30).

    Examples
      >> y = round(decimate(ones(1, 30), 10), 6)
      y =
          0.9886    0.9886    0.9886
      >> y = decimate(1:100, 5, 'fir');
      >> disp(numel(y))
          20

    See also downsample, resample, cheby1.
    """
    from scipy import signal

    data = take.array(x, "x")
    if data.ndim > 2 or 1 not in data.shape:
        raise ScriptError("MATLAB:decimate:expectedVector", "Expected input 1, X, to be a vector.")
    values = data.ravel("F")
    factor, order, finite = take.positive(r, "r"), None, False
    for item in rest:
        if is_text(item):
            finite = take.choice(item, ("fir", "iir"), "Filter") == "fir"
        else:
            order = take.positive(item, "n")
    shape = (1, -1) if data.shape[0] == 1 else (-1, 1)
    if factor == 1:
        return norm(data)
    count = values.size
    length = -(-count // factor)
    if finite:
        found = without_feedback(values, factor, 30 if order is None else order, length)
    else:
        order = 8 if order is None else order
        if order > 13:
            raise ScriptError(
                "signal:decimate:InvalidRange", "An IIR filter order above 13 is not reliable.", hint="use 'fir'"
            )
        top, bottom = signal.cheby1(order, 0.05, 0.8 / factor)
        if count <= 3 * order:
            raise ScriptError(
                "signal:filtfilt:InvalidDimensionsDataShortForFiltOrder",
                f"Data length must be larger than {3 * order} samples.",
            )
        whole = signal.filtfilt(top, bottom, values, padtype="odd", padlen=3 * order)
        begin = factor - (factor * length - count)
        found = whole[begin - 1 :: factor]
    return norm(np.asfortranarray(found.reshape(shape)))


def without_feedback(values: ndarray, factor: int, order: int, length: int) -> ndarray:
    """Decimation by a filter without feedback; mirrored samples before and behind take its transients."""
    from scipy import signal

    count = values.size
    taps = signal.firwin(order + 1, 1 / factor)
    size = order + 1
    if count < size + 1:
        raise ScriptError("signal:decimate:InvalidDimensions", f"The data must have more than {size} samples.")
    before = 2 * values[0] - values[size:0:-1]
    behind = 2 * values[-1] - values[-2 : -2 - 2 * size : -1]
    whole = signal.lfilter(taps, 1, np.concatenate([before, values, behind]))[before.size :]
    start = int(np.floor(order / 2 + 1.25 + 0.5)) - 1
    return whole[start::factor][:length]
