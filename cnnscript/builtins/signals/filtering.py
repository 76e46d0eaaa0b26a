"""Filters run over signals: filtfilt, sosfilt, medfilt1, sgolayfilt, smooth, hilbert; forms of filters."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis, gathered, require_numeric, require_real, scattered
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.signals.filter_design import coefficients, column
from cnnscript.builtins.statistics.correlations import float_sequence
from cnnscript.builtins.statistics.moving_windows import windows_around
from cnnscript.builtins.statistics.smoothing import NAN_WORDS, fitted
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, numel_of
from cnnscript.values.text import is_text


@builtin
def filtfilt(b, a, x, /):
    """
    y = filtfilt(b, a, x)
    y = filtfilt(sos, g, x)

    A filter run forwards and backwards, so that nothing is delayed; along columns.

    Examples
      >> y = filtfilt([1 1]/2, 1, [1 2 3 4 5])
      y =
           1     2     3     4     5
      >> [b, a] = butter(2, 0.3); y = filtfilt(b, a, sin(0.1*(1:50))); disp(max(abs(y - sin(0.1*(1:50)))) < 0.01)
         1

    See also filter, butter, medfilt1.
    """
    data = require_numeric(x, "filtfilt")
    data = data if data.dtype.kind in "fc" else data.astype(DOUBLE)
    sections = require_numeric(b, "filtfilt")
    if sections.ndim == 2 and sections.shape[0] > 1 and sections.shape[1] == 6:
        gains = take.vector(a, "g")
        pairs = [(row[:3], row[3:]) for row in sections.astype(DOUBLE)]
        for place, gain in enumerate(gains[: len(pairs)]):
            pairs[place] = (pairs[place][0] * gain, pairs[place][1])
        if gains.size > len(pairs) + 1:
            raise ScriptError("signal:filtfilt:InvalidDimensionsScale", "g has more elements than sections plus one.")
        if gains.size == len(pairs) + 1:
            pairs[-1] = (pairs[-1][0] * gains[-1], pairs[-1][1])
    else:
        pairs = [(coefficients(b, "filtfilt"), coefficients(a, "filtfilt"))]
    axis = first_axis(data.shape)
    columns = gathered(data, (axis,))
    for top, bottom in pairs:
        columns = both_ways(top, bottom, columns)
    return scattered(columns, data.shape, (axis,))


def both_ways(top: ndarray, bottom: ndarray, columns: ndarray) -> ndarray:
    from scipy.signal import filtfilt as run

    order = max(top.size, bottom.size) - 1
    reach = max(1, 3 * order)
    if not bottom[0]:
        raise ScriptError("signal:filtfilt:ZeroInitialCoefficient", "The first denominator coefficient is zero.")
    if columns.shape[0] <= reach:
        raise ScriptError(
            "signal:filtfilt:InvalidDimensionsDataShortForFiltOrder",
            f"Data length must be larger than {reach} samples.",
            notes=(f"got {columns.shape[0]} samples",),
        )
    if not order:
        return columns * (top[0] / bottom[0]) ** 2
    return run(top, bottom, columns, axis=0, padtype="odd", padlen=reach)


@builtin
def sosfilt(sos, x, dim=None, /):
    """
    y = sosfilt(sos, x)
    y = sosfilt(sos, x, dim)

    A filter in second-order sections (rows b0 b1 b2 a0 a1 a2) run along a signal.

    Examples
      >> y = sosfilt([1 1 0 1 0 0; 1 -1 0 1 0 0], [1 2 4])
      y =
           1     2     3
      >> y = sosfilt([1 1 0 1 0 0], [1; 2; 4], 1)
      y =
           1
           3
           6

    See also filter, tf2sos, filtfilt.
    """
    from scipy.signal import sosfilt as run

    sections = take.real(sos, "sos")
    if sections.ndim != 2 or sections.shape[1] != 6 or not (sections[:, 3] != 0).all():
        raise ScriptError("signal:sosfilt:InvalidDimensions", "sos must have 6 columns, the fourth without zeros.")
    data = require_numeric(x, "sosfilt")
    data = data if data.dtype.kind in "fc" else data.astype(DOUBLE)
    axis = first_axis(data.shape) if dim is None else axis_of(dim, "sosfilt")
    columns = gathered(data, (axis,))
    sections = sections / sections[:, 3:4]
    filtered = run(np.ascontiguousarray(sections), np.ascontiguousarray(columns), axis=0) if columns.size else columns
    return scattered(filtered, data.shape, (axis,))


@builtin
def medfilt1(x, /, *rest):
    """
    y = medfilt1(x)
    y = medfilt1(x, n)
    y = medfilt1(x, n, [], dim)
    y = medfilt1(..., nanflag, padding)

    The median of n (3) elements around each; beyond the ends are zeros ('zeropad') or nothing ('truncate').

    Examples
      >> y = medfilt1([5 1 9 2 7])
      y =
           1     5     2     7     2
      >> y = medfilt1([5 1 9 2 7], 3, 'truncate')
      y =
          3.0000    5.0000    2.0000    7.0000    4.5000

    See also movmedian, filtfilt, smoothdata.
    """
    data = require_real(x, "medfilt1")
    data = data if data.dtype.kind == "f" else data.astype(DOUBLE)
    numbers, omit, short = [], False, False
    for item in rest:
        if is_text(item):
            word = take.choice(item, (*NAN_WORDS, "zeropad", "truncate"), "Option")
            omit, short = (NAN_WORDS[word], short) if word in NAN_WORDS else (omit, word == "truncate")
        else:
            numbers.append(item)
    if len(numbers) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    count = take.positive(numbers[0], "Order") if numbers and numel_of(numbers[0]) else 3
    if len(numbers) > 1 and numel_of(numbers[1]):
        take.positive(numbers[1], "Block size")  # how MATLAB divides its work: the result does not depend on it
    axis = axis_of(numbers[2], "medfilt1") if len(numbers) > 2 else first_axis(data.shape)
    columns = gathered(data, (axis,))
    before, after = count // 2, count - count // 2 - 1
    length = columns.shape[0]
    edge = 0 if not short else np.nan
    wide = np.pad(columns, ((before, after), (0, 0)), constant_values=edge)
    pieces = np.lib.stride_tricks.sliding_window_view(wide, count, axis=0) if length else np.zeros((0, 0, 1))
    from cnnscript.builtins.arrays.dimensions import without_complaint

    if not short:
        found = without_complaint(np.nanmedian if omit else np.median, pieces, axis=-1)
    else:
        found = without_complaint(np.nanmedian, pieces, axis=-1)
        if not omit:
            holes = np.pad(np.isnan(columns), ((before, after), (0, 0)))
            lost = np.lib.stride_tricks.sliding_window_view(holes, count, axis=0).any(axis=-1) if length else found
            found = np.where(lost, np.nan, found)
    return scattered(found.astype(data.dtype), data.shape, (axis,))


@builtin
def sgolayfilt(x, order, framelen, weights=None, dim=None, /):
    """
    y = sgolayfilt(x, order, framelen)
    y = sgolayfilt(x, order, framelen, weights)
    y = sgolayfilt(x, order, framelen, weights, dim)

    A polynomial of an order fitted to framelen (odd) elements around each; at the ends, to the first and last ones.

    Examples
      >> y = round(sgolayfilt([1 4 9 16 25], 2, 3), 10)
      y =
           1     4     9    16    25
      >> y = round(sgolayfilt([0 1 0 1 0]', 1, 3, [], 1), 4)
      y =
          0.3333
          0.3333
          0.6667
          0.3333
          0.3333

    See also smoothdata, medfilt1, polyfit.
    """
    data = require_real(x, "sgolayfilt")
    data = data if data.dtype.kind == "f" else data.astype(DOUBLE)
    degree, length = take.count(order, "Order"), take.positive(framelen, "Frame length")
    if length % 2 == 0:
        raise ScriptError("signal:sgolayfilt:InvalidDimensionsFrame", "Frame length must be odd.")
    if degree >= length:
        raise ScriptError("signal:sgolayfilt:InvalidRange", "The polynomial order must be less than the frame length.")
    axis = first_axis(data.shape) if dim is None else axis_of(dim, "sgolayfilt")
    columns = gathered(data, (axis,))
    if columns.shape[0] < length:
        raise ScriptError(
            "signal:sgolayfilt:InvalidDimensionsTooSmall",
            "The length of the input must be at least the frame length.",
            notes=(f"{columns.shape[0]} elements, frame of {length}",),
        )
    root = np.ones(length)
    if weights is not None and numel_of(weights):
        root = np.sqrt(take.vector(weights, "Weights"))
        if root.size != length or not (root > 0).all():
            raise take.wanted("a positive vector as long as the frame", "Weights", weights)
    half = length // 2
    powers = (np.arange(-half, half + 1) / max(half, 1))[:, None] ** np.arange(degree + 1)
    rows = powers @ (np.linalg.pinv(powers * root[:, None]) * root)
    smooth = np.empty(columns.shape)
    smooth[: half + 1] = rows[: half + 1] @ columns[:length]
    smooth[-half - 1 :] = rows[-half - 1 :] @ columns[-length:]
    pieces = np.lib.stride_tricks.sliding_window_view(columns, length, axis=0)
    smooth[half : columns.shape[0] - half] = pieces @ rows[half]
    return scattered(smooth.astype(data.dtype), data.shape, (axis,))


METHODS = ("moving", "lowess", "loess", "sgolay", "rlowess", "rloess")


@builtin
def smooth(y, /, *rest):
    """
    z = smooth(y)
    z = smooth(y, span)
    z = smooth(y, method)
    z = smooth(y, span, method)
    z = smooth(y, 'sgolay', degree)
    z = smooth(x, y, ...)

    Smoothed data as a column: 'moving' averages of span (5) elements, fewer at the ends, or local fits 'lowess',
    'loess', 'sgolay', 'rlowess', 'rloess'. A span below 1 is a share of all.

    Examples
      >> z = smooth([1 5 3 7 5 2])
      z =
          1.0000
          3.0000
          4.2000
          4.4000
          4.6667
          2.0000
      >> disp(smooth([1 4 9 16 25], 3, 'moving')')
          1.0000    4.6667    9.6667   16.6667   25.0000

    See also smoothdata, movmean, sgolayfilt.
    """
    numbers, method, degree = [take.vector(y, "Y")], "moving", 2
    for item in rest:
        if is_text(item):
            method = take.choice(item, METHODS, "Method")
        else:
            numbers.append(take.vector(item, "Input"))
    if len(numbers) > 1 and numbers[1].size == numbers[0].size and numbers[0].size > 1:
        points, values = numbers[0], numbers[1]
        numbers = numbers[1:]
        order = np.argsort(points, kind="stable")
    else:
        values = numbers[0]
        points, order = np.arange(1.0, values.size + 1), np.arange(values.size)
    span = 5.0
    if len(numbers) > 1:
        if method == "sgolay" and is_text(rest[-2]) and len(numbers) == 2:
            degree = take.count(norm(numbers[1]), "Degree")
        else:
            span = take.number(norm(numbers[1]), "Span")
    if len(numbers) > 2:
        degree = take.count(norm(numbers[2]), "Degree")
    if not values.size:
        return norm(np.zeros((0, 1)))
    if not span > 0:
        raise ScriptError("curvefit:smooth:spanMustBePositive", "Span must be positive.")
    length = int(np.ceil(span * values.size)) if span < 1 else int(min(span, values.size))
    if method in ("moving", "sgolay"):
        length = max(1, length - (1 - length % 2))
    smooth_values = np.empty(values.size)
    smooth_values[order] = (
        averaged(values[order], length) if method == "moving"
        else local_fits(points[order], values[order], length, method, degree)
    )  # fmt: skip
    return norm(np.asfortranarray(smooth_values.reshape(-1, 1)))


def averaged(values: ndarray, length: int) -> ndarray:
    """Means of windows that shrink symmetrically towards the ends."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    place = np.arange(values.size)
    half = np.minimum(np.minimum(place, values.size - 1 - place), length // 2)
    if not np.isfinite(values).all():
        return np.array([values[k - h : k + h + 1].mean() for k, h in zip(place, half, strict=True)])
    return (total[place + half + 1] - total[place - half]) / (2 * half + 1)


def local_fits(points: ndarray, values: ndarray, length: int, method: str, degree: int) -> ndarray:
    """Polynomials fitted to the `length` nearest elements of each, robustly for methods that begin with r."""
    degree = degree if method == "sgolay" else 1 if method.endswith("lowess") else 2
    starts = np.empty(values.size, int)
    for place in range(values.size):
        if method == "sgolay":
            starts[place] = np.clip(place - length // 2, 0, values.size - length)
        else:
            span = next(windows_around(points[place : place + 1], 0, 0, False))
            begin = max(0, place + span.start - length + 1)
            here = points[place]
            while begin + length < values.size and points[begin + length] - here < here - points[begin]:
                begin += 1
            starts[place] = min(begin, values.size - length)
    robust, result = np.ones(values.size), np.empty(values.size)
    for turn in range(6 if method.startswith("rl") else 1):
        if turn:
            residual = np.abs(values - result)
            middle = 6 * np.median(residual)
            robust = np.where(residual < middle, (1 - (residual / middle) ** 2) ** 2, 0) if middle > 1e-12 else robust
        for place, start in enumerate(starts.tolist()):
            part = slice(start, start + length)
            result[place] = fitted(values[part], points[part] - points[place], method, degree, robust[part])
    return result


@builtin
def hilbert(x, n=None, /):
    """
    z = hilbert(x)
    z = hilbert(x, n)

    The analytic signal: x, with its Hilbert transform as imaginary part; of n points.

    Examples
      >> z = hilbert([1 0 -1 0])
      z =
         1.0000 + 0.0000i   0.0000 + 1.0000i  -1.0000 - 0.0000i   0.0000 - 1.0000i
      >> disp(abs(hilbert([1 0 -1], 4)))
           1     1     1     1

    See also fft, ifft.
    """
    from scipy.signal import hilbert as run

    data = float_sequence(x, "hilbert")
    if data.dtype.kind == "c":
        from cnnscript.values.warn import warn

        warn("signal:hilbert:Ignore", "HILBERT ignores imaginary part of input.")
        data = data.real
    axis = first_axis(data.shape)
    columns = gathered(data, (axis,))
    count = columns.shape[0] if n is None or not numel_of(n) else take.positive(n, "n")
    return scattered(run(columns.astype(DOUBLE), count, axis=0), data.shape, (axis,))


@builtin(outputs=3)
def tf2zp(nargout, b, a, /):
    """
    [z, p, k] = tf2zp(b, a)

    Zeros, poles and gain of a filter.

    Examples
      >> [z, p, k] = tf2zp([2 2], [1 3 2])
      z =
          -1
      p =
          -2
          -1
      k =
           2

    See also zp2tf, tf2sos, roots.
    """
    top, bottom = coefficients(b, "tf2zp"), coefficients(a, "tf2zp")
    if not bottom[0] or not top.any():
        raise ScriptError("signal:tf2zp:ZeroCoefficient", "Coefficients must not begin with zero.")
    first = np.flatnonzero(top)[0]
    return column(np.roots(top)), column(np.roots(bottom)), norm((top[first] / bottom[0]).reshape(1, 1))


@builtin(outputs=2)
def zp2tf(nargout, z, p, k, /):
    """
    [b, a] = zp2tf(z, p, k)

    The coefficients of a filter from its zeros, poles and gain.

    Examples
      >> [b, a] = zp2tf(-1, [-1; -2], 2)
      b =
           0     2     2
      a =
           1     3     2

    See also tf2zp, poly.
    """
    zeros, poles = (require_numeric(part, "zp2tf").ravel("F") for part in (z, p))
    top, bottom = np.atleast_1d(np.poly(zeros)) * take.number(k, "k"), np.atleast_1d(np.poly(poles))
    top = np.concatenate([np.zeros(max(0, bottom.size - top.size)), top])
    return norm(top.reshape(1, -1)), norm(bottom.reshape(1, -1))


@builtin(outputs=2)
def tf2sos(nargout, b, a, /):
    """
    [sos, g] = tf2sos(b, a)
    sos = tf2sos(b, a)

    A filter as second-order sections, rows b0 b1 b2 a0 a1 a2, and its gain.

    Examples
      >> [sos, g] = tf2sos([2 2], [1 0.5])
      sos =
          1.0000    1.0000         0    1.0000    0.5000         0
      g =
           2

    See also sosfilt, tf2zp.
    """
    from scipy.signal import tf2sos as run

    top, bottom = coefficients(b, "tf2sos"), coefficients(a, "tf2sos")
    for part in (top, bottom):
        if part.dtype.kind == "c" or not np.isfinite(part).all() or not part[0]:
            raise ScriptError(
                "signal:tf2sos:InvalidCoefficients", "Coefficients must be real, finite and not begin with zero."
            )
    sections = run(top.astype(DOUBLE), bottom.astype(DOUBLE))
    if nargout < 2:
        return (norm(np.asfortranarray(sections)),)
    gain = 1.0
    for row in sections:
        first = row[np.flatnonzero(row[:3])[0]] if row[:3].any() else 1.0
        row[:3] /= first
        gain *= first
    return norm(np.asfortranarray(sections)), float(gain)
