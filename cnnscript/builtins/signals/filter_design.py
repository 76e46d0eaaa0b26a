"""Digital and analog filters designed: butter, cheby1, cheby2, ellip, fir1; and what they do: freqz, freqspace."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import ndarray, norm, numel_of
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn

BANDS = ("low", "high", "bandpass", "stop")


def asked_for(name: str, order, edges, words: tuple) -> tuple[int, Any, str, bool]:
    """Order, edge frequencies, kind of band and whether the filter is analog."""
    count = take.positive(order, "Order")
    if count > 500:
        raise ScriptError(f"signal:{name}:InvalidRange", "Filter order must be 500 or less.")
    limits = take.vector(edges, "Cutoff frequency")
    band, analog = "", False
    for word in words:
        word = "stop" if take.text(word).lower() == "bandstop" else word
        chosen = take.choice(word, (*BANDS, "s", "z"), "Filter type")
        if chosen in ("s", "z"):
            analog = chosen == "s"
        else:
            band = chosen
    if limits.size not in (1, 2):
        raise ScriptError(f"signal:{name}:MustBeOneOrTwoElementVector", "Wn must be a one or two element vector.")
    band = band or ("low" if limits.size == 1 else "bandpass")
    if (limits.size == 2) != (band in ("bandpass", "stop")):
        raise ScriptError(
            f"signal:{name}:InvalidFilterType",
            "Two frequencies are needed for a bandpass or bandstop filter, one for others.",
        )  # fmt: skip
    if not analog and not ((limits > 0) & (limits < 1)).all():
        raise ScriptError(
            f"signal:{name}:InvalidRange", "The cutoff frequencies must be within the interval of (0,1).",
            notes=("1 is half the sampling rate",),
        )  # fmt: skip
    if analog and not (limits > 0).all():
        raise ScriptError(f"signal:{name}:InvalidRange", "The cutoff frequencies must be greater than zero.")
    if limits.size == 2 and limits[0] >= limits[1]:
        raise ScriptError(f"signal:{name}:InvalidRange", "The cutoff frequencies must be in ascending order.")
    kind = {"low": "lowpass", "high": "highpass", "bandpass": "bandpass", "stop": "bandstop"}[band]
    return count, limits if limits.size == 2 else float(limits[0]), kind, analog


def given_as(nargout: int, design) -> tuple:
    """[b,a], [z,p,k] or [A,B,C,D], as many outputs as are asked for."""
    if nargout == 3:
        zeros, poles, gain = design("zpk")
        return column(zeros), column(poles), float(np.real(gain))
    if nargout == 4:
        from scipy.signal import zpk2ss

        return tuple(norm(np.asfortranarray(part)) for part in zpk2ss(*design("zpk")))
    b, a = design("ba")
    return norm(np.real(b).reshape(1, -1)), norm(np.real(a).reshape(1, -1))


def column(values: ndarray):
    values = np.asarray(values)
    if values.dtype.kind == "c" and not values.imag.any():
        values = values.real
    return norm(np.asfortranarray(values.reshape(-1, 1)))


def ripple(value, name: str) -> float:
    found = take.number(value, name)
    if not found > 0:
        raise take.wanted("a positive number of decibels", name, value)
    return found


def coefficients(value, name: str) -> ndarray:
    """The coefficients of a filter as a flat array of floats."""
    array = require_numeric(value, name)
    if array.ndim > 2 or 1 not in array.shape or not array.size:
        raise take.wanted("a vector of coefficients", "Filter", value, f"signal:{name}:InvalidCoefficients")
    array = array.ravel("F")
    return array if array.dtype.kind in "fc" else array.astype(float)


@builtin(outputs=4)
def butter(nargout, n, Wn, /, *ftype):
    """
    [b, a] = butter(n, Wn)
    [b, a] = butter(n, Wn, ftype)
    [z, p, k] = butter(...)
    [A, B, C, D] = butter(...)
    [...] = butter(..., 's')

    A Butterworth filter of order n: edges Wn as shares of half the sampling rate (radians a second with 's'); ftype is
    'low', 'high', 'bandpass' or 'stop'.

    Examples
      >> [b, a] = butter(2, 0.5)
      b =
          0.2929    0.5858    0.2929
      a =
          1.0000   -0.0000    0.1716
      >> [z, p, k] = butter(1, 0.4, 'high')
      z =
           1
      p =
          0.1584
      k =
          0.5792
      >> [A, B, C, D] = butter(1, 2, 's')
      A =
          -2
      B =
           1
      C =
           2
      D =
           0

    See also cheby1, cheby2, ellip, fir1, filter, filtfilt, freqz.
    """
    from scipy import signal

    order, edges, kind, analog = asked_for("butter", n, Wn, ftype)
    return given_as(nargout, lambda form: signal.butter(order, edges, kind, analog, form))


@builtin(outputs=4)
def cheby1(nargout, n, Rp, Wp, /, *ftype):
    """
    [b, a] = cheby1(n, Rp, Wp)
    [b, a] = cheby1(n, Rp, Wp, ftype)
    [z, p, k] = cheby1(...)
    [...] = cheby1(..., 's')

    A Chebyshev filter of order n with Rp decibels of ripple in the passband.

    Examples
      >> [b, a] = cheby1(2, 1, 0.3)
      b =
          0.1382    0.2765    0.1382
      a =
          1.0000   -0.7735    0.3939
      >> [z, p, k] = cheby1(2, 1, 0.3, 'high');
      >> disp(size(p))
           2     1

    See also cheby2, butter, ellip.
    """
    from scipy import signal

    order, edges, kind, analog = asked_for("cheby1", n, Wp, ftype)
    loss = ripple(Rp, "Passband ripple")
    return given_as(nargout, lambda form: signal.cheby1(order, loss, edges, kind, analog, form))


@builtin(outputs=4)
def cheby2(nargout, n, Rs, Ws, /, *ftype):
    """
    [b, a] = cheby2(n, Rs, Ws)
    [b, a] = cheby2(n, Rs, Ws, ftype)
    [z, p, k] = cheby2(...)
    [...] = cheby2(..., 's')

    A Chebyshev filter of order n with a stopband Rs decibels down.

    Examples
      >> [b, a] = cheby2(2, 20, 0.3)
      b =
          0.1119   -0.0708    0.1119
      a =
          1.0000   -1.3967    0.5496
      >> [z, p, k] = cheby2(2, 20, [0.3 0.5]);
      >> disp(size(z))
           4     1

    See also cheby1, butter, ellip.
    """
    from scipy import signal

    order, edges, kind, analog = asked_for("cheby2", n, Ws, ftype)
    down = ripple(Rs, "Stopband attenuation")
    return given_as(nargout, lambda form: signal.cheby2(order, down, edges, kind, analog, form))


@builtin(outputs=4)
def ellip(nargout, n, Rp, Rs, Wp, /, *ftype):
    """
    [b, a] = ellip(n, Rp, Rs, Wp)
    [b, a] = ellip(n, Rp, Rs, Wp, ftype)
    [z, p, k] = ellip(...)
    [...] = ellip(..., 's')

    An elliptic filter of order n with Rp decibels of ripple in the passband and a stopband Rs decibels down.

    Examples
      >> [b, a] = ellip(2, 1, 20, 0.3)
      b =
          0.2011    0.1829    0.2011
      a =
          1.0000   -0.7683    0.4248
      >> [z, p, k] = ellip(3, 1, 20, 0.3, 'high');
      >> disp(size(p))
           3     1

    See also cheby1, cheby2, butter.
    """
    from scipy import signal

    order, edges, kind, analog = asked_for("ellip", n, Wp, ftype)
    loss, down = ripple(Rp, "Passband ripple"), ripple(Rs, "Stopband attenuation")
    if loss >= down:
        raise ScriptError("signal:ellip:InvalidRipple", "The passband ripple must be below the stopband attenuation.")
    return given_as(nargout, lambda form: signal.ellip(order, loss, down, edges, kind, analog, form))


@builtin(outputs=2)
def fir1(nargout, n, Wn, /, *rest):
    """
    b = fir1(n, Wn)
    b = fir1(n, Wn, ftype)
    b = fir1(..., window)
    b = fir1(..., scaleopt)

    A filter without feedback of order n, designed by a window (hamming): 'low', 'high', 'bandpass' or 'stop', or for
    several edges 'DC-0', 'DC-1'; scaleopt is 'scale' or 'noscale'.

    Examples
      >> b = fir1(4, 0.4)
      b =
          0.0101    0.2203    0.5391    0.2203    0.0101
      >> b = fir1(2, 0.5, 'high', rectwin(3))
      b =
         -0.2800    0.4399   -0.2800

    See also butter, filter, freqz, hamming.
    """
    from scipy.signal import firwin

    order = take.positive(n, "Order")
    edges = take.vector(Wn, "Frequency")
    if not edges.size or not ((edges > 0) & (edges < 1)).all() or (np.diff(edges) <= 0).any():
        raise ScriptError(
            "signal:fir1:FreqsMustBeBetween0And1" if edges.size else "signal:fir1:InvalidFrequency",
            "Frequencies must be increasing, between 0 and 1.",
        )
    band, scale, window = "", True, None
    for item in rest:
        if is_text(item):
            word = take.text(item).lower()
            word = "stop" if word == "bandstop" else word
            chosen = take.choice(word, (*BANDS, "dc-0", "dc-1", "scale", "noscale"), "Option")
            if chosen in ("scale", "noscale"):
                scale = chosen == "scale"
            else:
                band = chosen
        else:
            window = take.vector(item, "Window")
    if edges.size == 2 and band in ("low", "high") or edges.size == 1 and band in ("bandpass", "stop"):
        raise ScriptError("signal:fir1:InvalidFilterType", "The filter type does not go with these frequencies.")
    first_passes = band in ("stop", "dc-1", "low") or not band and edges.size == 1
    last_passes = first_passes == (edges.size % 2 == 0)
    if last_passes and order % 2:
        warn(
            "signal:fir1:OddOrder",
            "Odd order symmetric FIR filters must have a gain of zero at the Nyquist frequency. The order is being "
            "increased by one.",
        )
        order += 1
    if window is None:
        from cnnscript.builtins.signals.windows import hamming

        window = np.ravel(hamming(float(order + 1)))
    if window.size != order + 1:
        raise ScriptError(
            "signal:fir1:MismatchedWindowLength",
            f"The window length must be {order + 1}, the same as the filter length.",
        )
    b = firwin(order + 1, edges, window="boxcar", pass_zero=bool(first_passes), scale=False) * window
    if scale:
        middle = 0.0 if first_passes else 1.0 if edges.size == 1 else (edges[0] + edges[1]) / 2
        gain = np.abs(np.sum(b * np.exp(-1j * np.pi * middle * np.arange(order + 1))))
        b = b / gain
    return norm(b.reshape(1, -1)), 1.0


@builtin(outputs=2)
def freqz(session, nargout, b, a=1.0, /, *rest):
    """
    [h, w] = freqz(b, a)
    [h, w] = freqz(b, a, n)
    [h, w] = freqz(sos, n)
    [h, w] = freqz(..., n, 'whole')
    [h, f] = freqz(..., n, Fs)
    h = freqz(b, a, w)
    h = freqz(b, a, f, Fs)
    freqz(...)

    What a digital filter makes of frequencies: n (512) of them, or those given; without outputs, a picture.

    Examples
      >> [h, w] = freqz([1 1], 2, 4)
      h =
         1.0000 + 0.0000i
         0.8536 - 0.3536i
         0.5000 - 0.5000i
         0.1464 - 0.3536i
      w =
               0
          0.7854
          1.5708
          2.3562
      >> [h, f] = freqz([1 1], 2, 2, 100);
      >> disp(f')
           0    25
      >> h = freqz([1 1], 2, [0 pi/2])
      h =
         1.0000 + 0.0000i   0.5000 - 0.5000i

    See also butter, fir1, filter, fft.
    """
    from scipy import signal

    rest_list = list(rest)
    top = require_numeric(b, "freqz")
    sections = top.ndim == 2 and top.shape[1] == 6 and top.shape[0] > 1
    if sections and numel_of(a) == 1 and (a != 1.0 or rest_list):
        rest_list.insert(0, a)
    whole, numbers = False, []
    for item in rest_list:
        if is_text(item):
            whole = take.choice(item, ("whole", "half"), "Option") == "whole"
        else:
            numbers.append(take.vector(item, "Frequencies"))
    rate = 2 * np.pi
    if len(numbers) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if len(numbers) == 2:
        rate = take.number(norm(numbers[1]), "Fs")
    asked = numbers[0] if numbers and numbers[0].size else np.array([512.0])
    row = False
    if asked.size == 1:
        count = take.positive(float(asked[0]), "n")
        require_memory((count, 1), 64)
        angles = np.arange(count) * ((2 if whole else 1) * np.pi / count)
    else:
        angles = asked / rate * 2 * np.pi
        first = next(item for item in rest_list if not is_text(item))
        row = first.shape[0] == 1
    if sections:
        _, h = signal.sosfreqz(top, angles)
    else:
        _, h = signal.freqz(coefficients(b, "freqz"), coefficients(a, "freqz"), angles)
    w = angles * rate / (2 * np.pi)
    if not nargout:
        pictured(session, h, angles if rate == 2 * np.pi else w, rate)
        return None
    shape = (1, -1) if row else (-1, 1)
    return norm(np.asfortranarray(h.reshape(shape))), norm(np.asfortranarray(w.reshape(shape)))


def pictured(session, h: ndarray, w: ndarray, rate: float) -> None:
    """Magnitude in decibels above phase in degrees."""
    plain = rate == 2 * np.pi
    x = norm(w / np.pi if plain else w)
    label = "Normalized Frequency  (\\times\\pi rad/sample)" if plain else "Frequency (Hz)"
    with np.errstate(divide="ignore"):
        decibels = 20 * np.log10(np.abs(h))
    phase = np.degrees(np.unwrap(np.angle(h)))
    for place, (values, word) in enumerate(((decibels, "Magnitude (dB)"), (phase, "Phase (degrees)"))):
        session.call("subplot", 0, 2.0, 1.0, place + 1.0)
        session.call("plot", 0, x, norm(values))
        session.call("xlabel", 0, label)
        session.call("ylabel", 0, word)
        session.call("grid", 0, "on")


@builtin(outputs=2)
def freqspace(nargout, n, option=None, /):
    """
    f = freqspace(N)
    f = freqspace(N, 'whole')
    [f1, f2] = freqspace(n)
    [f1, f2] = freqspace([m n])
    [x, y] = freqspace(..., 'meshgrid')

    Evenly spaced frequencies of a response of N points around the unit circle: half of it, or the whole one; or of an
    m-by-n response in two directions, also as a grid.  1 is half the sampling frequency.

    Examples
      >> f = freqspace(4)
      f =
               0    0.5000    1.0000
      >> f = freqspace(4, 'whole')
      f =
               0    0.5000    1.0000    1.5000
      >> [f1, f2] = freqspace([2 5])
      f1 =
         -0.8000   -0.4000         0    0.4000    0.8000
      f2 =
          -1     0

    See also freqz, meshgrid, linspace.
    """
    lengths = take.vector(n, "n")
    if lengths.size not in (1, 2) or nargout < 2 and lengths.size == 2:
        raise take.wanted("a positive integer", "n", n) if nargout < 2 else take.wanted("n or [m n]", "n", n)
    counts = [take.positive(float(length), "n") for length in lengths]
    require_memory((max(counts), 1), 8)
    if nargout < 2:
        if option is None:
            return norm(np.arange(counts[0] // 2 + 1).reshape(1, -1) * (2 / counts[0])), 0.0
        take.choice(option, ("whole",), "Option")
        return norm(np.arange(counts[0]).reshape(1, -1) * (2 / counts[0])), 0.0
    one, other = (
        np.asfortranarray(((np.arange(count) - count // 2) * (2 / count)).reshape(1, -1))
        for count in (counts[-1], counts[0])
    )
    if option is None:
        return norm(one), norm(other)
    take.choice(option, ("meshgrid",), "Option")
    from cnnscript.builtins.arrays.repeating import meshgrid

    return meshgrid(2, norm(one), norm(other))
