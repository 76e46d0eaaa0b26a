"""Power over frequency, and over time: periodogram, pwelch, spectrogram."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.correlations import float_sequence
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm, numel_of
from cnnscript.values.text import is_text

RANGES = ("onesided", "twosided", "centered")
WORDS = (*RANGES, "psd", "power", "ms", "yaxis", "xaxis")


def read(rest: tuple, most: int) -> tuple[list, list[str]]:
    """The arguments that are not text (None for empty ones), and the words."""
    values, words = [], []
    for item in rest:
        if is_text(item):
            words.append(take.choice(item, WORDS, "Option"))
        else:
            values.append(item if numel_of(item) else None)
    if len(values) > most:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return values + [None] * (most - len(values)), words


class Frequencies:
    """Where a spectrum is computed and how it is scaled.

    rate     samples a second, or 2*pi where none is given
    length   of the transform, or None where `asked` frequencies are given
    """

    def __init__(self, count, rate, length: int, words: list[str], real: bool):
        self.rate = 2 * np.pi if rate is None else take.number(rate, "Sampling frequency")
        if not self.rate > 0:
            raise take.wanted("a positive number", "Sampling frequency", rate)
        self.given = rate is not None
        self.asked, self.length = None, max(256, 1 << max(0, (length - 1).bit_length()))
        if count is not None:
            if numel_of(count) > 1:
                self.asked = take.vector(count, "Frequencies")
            else:
                self.length = take.positive(count, "nfft")
        kinds = [word for word in words if word in RANGES]
        self.range = kinds[-1] if kinds else "onesided" if real and self.asked is None else "twosided"
        if self.range == "onesided" and not real:
            raise ScriptError("signal:spectrum:OnesidedComplex", "A one-sided spectrum needs a real signal.")

    def transform(self, segments: ndarray) -> ndarray:
        """The transform of segments (a column each), two-sided, or at the frequencies asked for."""
        rows = segments.shape[0]
        if self.asked is not None:
            turn = np.exp(-2j * np.pi / self.rate * np.outer(self.asked, np.arange(rows)))
            return turn @ segments
        if rows > self.length:  # what is longer than the transform is wrapped around it
            extra = -rows % self.length
            wide = np.concatenate([segments, np.zeros((extra, segments.shape[1]), segments.dtype)])
            segments = wide.reshape(-1, self.length, segments.shape[1]).sum(axis=0)
        return np.fft.fft(segments, self.length, axis=0)

    def arranged(self, spectrum: ndarray, doubled: bool) -> tuple[ndarray, ndarray]:
        """A two-sided spectrum as it was asked for, and its frequencies."""
        if self.asked is not None:
            return spectrum, self.asked
        places = np.arange(self.length) * (self.rate / self.length)
        if self.range == "twosided":
            return spectrum, places
        if self.range == "centered":
            first = (self.length - 1) // 2
            return np.roll(spectrum, first, axis=0), (np.arange(self.length) - first) * (self.rate / self.length)
        half = self.length // 2 + 1
        found = spectrum[:half].copy()
        if doubled:
            found[1 : half - (self.length % 2 == 0)] *= 2
        return found, places[:half]


def segments_of(values: ndarray, window, overlap, name: str) -> tuple[ndarray, ndarray, int]:
    """Overlapping segments of a signal as columns, the window for each, and the step between them."""
    count = values.size
    if window is None:
        length = int(count / 4.5 if overlap is None else (count + 7 * take.count(overlap, "Overlap")) / 8)
        weights = hamming_of(max(length, 1))
    elif numel_of(window) == 1 and take.number(window, "Window") > 1:
        weights = hamming_of(take.positive(window, "Window"))
    else:
        weights = take.vector(window, "Window")
    length = weights.size
    if length > count:
        raise ScriptError(
            f"signal:{name}:invalidSegmentLength",
            "The length of the segments cannot be greater than the length of the input signal.",
            notes=(f"window of {length}, signal of {count}",),
        )
    shared = length // 2 if overlap is None else take.count(overlap, "Overlap")
    if shared >= length:
        raise ScriptError(
            f"signal:{name}:NoverlapTooBig",
            "The number of samples to overlap must be less than the length of the segments.",
            notes=(f"overlap {shared}, segments of {length}",),
        )
    step = length - shared
    pieces = np.lib.stride_tricks.sliding_window_view(values, length)[::step]
    return pieces.T * weights[:, None], weights, step


def hamming_of(count: int) -> ndarray:
    from cnnscript.builtins.signals.windows import hamming

    return np.ravel(hamming(float(count)))


def density(spectrum: ndarray, weights: ndarray, rate: float, words: list[str]) -> ndarray:
    """Squared magnitudes as power a unit of frequency, or ('power') as power."""
    if "power" in words or "ms" in words:
        return np.abs(spectrum) ** 2 / weights.sum() ** 2
    return np.abs(spectrum) ** 2 / (rate * (weights**2).sum())


def given(session, nargout: int, power: ndarray, where: ndarray, frequencies: Frequencies, title: str):
    if nargout:
        return norm(np.asfortranarray(power)), norm(np.asfortranarray(where.reshape(-1, 1)))
    with np.errstate(divide="ignore"):
        decibels = norm(np.asfortranarray(10 * np.log10(power)))
    x = norm(where if frequencies.given else where / np.pi)
    session.call("plot", 0, x, decibels)
    labels = ("Frequency (Hz)", "Power/frequency (dB/Hz)")
    if not frequencies.given:
        labels = ("Normalized Frequency (\\times\\pi rad/sample)", "Power/frequency (dB/(rad/sample))")
    session.call("xlabel", 0, labels[0])
    session.call("ylabel", 0, labels[1])
    session.call("title", 0, title)
    return None


@builtin(outputs=2)
def periodogram(session, nargout, x, /, *rest):
    """
    [pxx, w] = periodogram(x)
    [pxx, w] = periodogram(x, window)
    [pxx, w] = periodogram(x, window, nfft)
    [pxx, f] = periodogram(x, window, nfft, fs)
    [pxx, f] = periodogram(x, window, f, fs)
    [...] = periodogram(..., freqrange)
    [...] = periodogram(..., spectrumtype)
    periodogram(...)

    The power spectral density of a signal (or of each column); freqrange is 'onesided', 'twosided' or 'centered',
    spectrumtype 'psd' or 'power'; without outputs, a picture.

    Examples
      >> [pxx, f] = periodogram([1 2 3 4], [], 4, 4)
      pxx =
          6.2500
          1.0000
          0.2500
      f =
           0
           1
           2
      >> [pxx, w] = periodogram(ones(8, 1)); disp([numel(pxx) pxx(1)*2*pi])
         129     8
      >> periodogram(cos(1:300), [], 256, 1), xlabel(''), ylabel('')
      figure 1: line 129 points, title 'Periodogram Power Spectral Density Estimate'

    See also pwelch, spectrogram, fft.
    """
    array = float_sequence(x, "periodogram")
    columns = array.reshape(-1, 1, order="F") if 1 in array.shape else array
    (window, count, rate), words = read(rest, 3)
    weights = np.ones(columns.shape[0]) if window is None else take.vector(window, "Window")
    if weights.size != columns.shape[0]:
        raise ScriptError(
            "signal:periodogram:invalidWindowLength", "The window must be as long as the input signal.",
            notes=(f"window of {weights.size}, signal of {columns.shape[0]}",),
        )  # fmt: skip
    frequencies = Frequencies(count, rate, columns.shape[0], words, array.dtype.kind == "f")
    spectrum = frequencies.transform(columns * weights[:, None])
    power, where = frequencies.arranged(density(spectrum, weights, frequencies.rate, words), True)
    return given(session, nargout, power, where, frequencies, "Periodogram Power Spectral Density Estimate")


@builtin(outputs=2)
def pwelch(session, nargout, x, /, *rest):
    """
    [pxx, w] = pwelch(x)
    [pxx, w] = pwelch(x, window, noverlap, nfft)
    [pxx, f] = pwelch(x, window, noverlap, nfft, fs)
    [pxx, f] = pwelch(x, window, noverlap, f, fs)
    [...] = pwelch(..., freqrange)
    [...] = pwelch(..., spectrumtype)
    pwelch(...)

    The power spectral density of a signal (or of each column), the mean over overlapping windowed segments: eight
    that overlap by half under a Hamming window, else by the window (or its length) and the overlap given.

    Examples
      >> [pxx, f] = pwelch([1 2 3 4 3 2 1 2], [1 1 1 1], 2, 4, 4)
      pxx =
          6.4167
          0.6667
          0.0833
      f =
           0
           1
           2
      >> [pxx, w] = pwelch(sin(1:500)); [~, at] = max(pxx); disp(round(w(at), 1))
           1

    See also periodogram, spectrogram, hamming.
    """
    array = float_sequence(x, "pwelch")
    columns = array.reshape(-1, 1, order="F") if 1 in array.shape else array
    (window, overlap, count, rate), words = read(rest, 4)
    found, where, frequencies = [], np.zeros(0), None
    for column in columns.T:
        pieces, weights, _ = segments_of(column, window, overlap, "pwelch")
        frequencies = Frequencies(count, rate, weights.size, words, array.dtype.kind == "f")
        power = density(frequencies.transform(pieces), weights, frequencies.rate, words).mean(axis=1, keepdims=True)
        power, where = frequencies.arranged(power, True)
        found.append(power[:, 0])
    title = "Welch Power Spectral Density Estimate"
    return given(session, nargout, np.stack(found, axis=1), where, frequencies, title)


@builtin(outputs=4)
def spectrogram(session, nargout, x, /, *rest):
    """
    s = spectrogram(x)
    s = spectrogram(x, window, noverlap, nfft)
    [s, w, t] = spectrogram(x, window, noverlap, nfft)
    [s, f, t] = spectrogram(x, window, noverlap, nfft, fs)
    [s, f, t, ps] = spectrogram(x, window, noverlap, f, fs)
    [...] = spectrogram(..., freqrange)
    spectrogram(..., 'yaxis')

    The short-time Fourier transform of a signal: a column for each segment, its frequencies, the middles of the
    segments in time, and the power spectral density; without outputs, a picture.

    Examples
      >> [s, f, t] = spectrogram([1 2 3 4 3 2], [1 1], 0, 2, 2)
      s =
           3     7     5
          -1    -1     1
      f =
           0
           1
      t =
          0.5000    1.5000    2.5000
      >> [s, f, t, ps] = spectrogram(sin(1:1000), 100, 50, 128, 1); disp(size(ps))
          65    19
      >> s = spectrogram(sin(1:450)); disp(size(s))
         129     8
      >> [s, w, t] = spectrogram(sin(1:450), 100, 50, 128); disp(t(1:3))
          50   100   150
      >> spectrogram(sin(1:1000), 100, 50, 128, 1, 'yaxis')
      figure 1: image 65x19, xlabel 'Time (s)', ylabel 'Frequency (Hz)', colorbar

    See also pwelch, periodogram, fft.
    """
    array = float_sequence(x, "spectrogram")
    if 1 not in array.shape:
        raise ScriptError("MATLAB:spectrogram:expectedVector", "Expected X to be a vector.")
    (window, overlap, count, rate), words = read(rest, 4)
    pieces, weights, step = segments_of(array.ravel("F"), window, overlap, "spectrogram")
    frequencies = Frequencies(count, rate, weights.size, words, array.dtype.kind == "f")
    spectrum = frequencies.transform(pieces)
    shown, where = frequencies.arranged(spectrum, False)
    power, _ = frequencies.arranged(density(spectrum, weights, frequencies.rate, words), True)
    middles = weights.size / 2 + step * np.arange(pieces.shape[1])
    times = middles / (frequencies.rate if frequencies.given else 1.0)
    if nargout:
        column = norm(np.asfortranarray(where.reshape(-1, 1).astype(DOUBLE)))
        if shown.dtype.kind == "c" and not shown.imag.any():
            shown = shown.real
        return norm(np.asfortranarray(shown)), column, norm(times.reshape(1, -1)), norm(np.asfortranarray(power))
    with np.errstate(divide="ignore"):
        decibels = norm(np.asfortranarray(10 * np.log10(power + np.finfo(float).tiny)))
    y = norm((where if frequencies.given else where / np.pi).reshape(1, -1))
    along, up = norm(times.reshape(1, -1)), y
    label = "Frequency (Hz)" if frequencies.given else "Normalized Frequency (\\times\\pi rad/sample)"
    labels = ["Time (s)" if frequencies.given else "Samples", label]
    if "yaxis" not in words:
        along, up, decibels, labels = up, along, norm(np.asfortranarray(np.atleast_2d(decibels).T)), labels[::-1]
    session.call("imagesc", 0, along, up, decibels)
    session.call("axis", 0, "xy")
    session.call("xlabel", 0, labels[0])
    session.call("ylabel", 0, labels[1])
    session.call("colorbar", 0)
    return None
