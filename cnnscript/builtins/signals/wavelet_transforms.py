"""Continuous wavelet transforms: cwt, cwtfilterbank and its functions, cwtfreqbounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.signals.wavelets import (
    CUTOFFS,
    NAMES,
    Wavelet,
    bands,
    cone,
    padding,
    scales_between,
    transform,
)  # fmt: skip
from cnnscript.builtins.statistics.correlations import float_sequence
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import EMPTY, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import is_text
from cnnscript.values.times import Duration


class FilterBank(Object):
    """The bands that a wavelet cuts the frequencies of signals of one length into.

    limits  lowest and highest frequency that were asked for, or None: all that MATLAB takes
    given   gamma and time-bandwidth where they were given as WaveletParameters
    """

    class_name = "cwtfilterbank"
    methods = frozenset(("wt", "centerFrequencies", "scales"))

    def __init__(self, length: int, wavelet: Wavelet, voices: float, rate: float, limits, reflected: bool, given: bool):
        self.length, self.wavelet, self.voices, self.rate = length, wavelet, voices, rate
        self.limits, self.reflected, self.given = limits, reflected, given
        lowest, highest = wavelet.bounds(length, voices, CUTOFFS[wavelet.name])
        if limits is not None:
            lowest, highest = max(lowest, limits[0] / rate), min(highest, limits[1] / rate)
            if highest < lowest * 2 ** (1 / voices):
                raise ScriptError(
                    "Wavelet:cwt:freqrange",
                    "The frequency limits must lie within the frequencies of the filter bank, at least the base-2 "
                    "logarithm 1/VoicesPerOctave apart.",
                    notes=tuple(f"{word} {rate * value:g}" for word, value in zip(
                        ("lowest", "highest"), wavelet.bounds(length, voices, CUTOFFS[wavelet.name]), strict=True)),
                )  # fmt: skip
        self.scales = scales_between(wavelet, lowest, highest, voices)
        self.pad = padding(length, reflected)
        self.filters: ndarray | None = None

    def properties(self) -> dict[str, Any]:
        return {
            "VoicesPerOctave": self.voices, "Wavelet": NAMES[self.wavelet.name], "SamplingFrequency": self.rate,
            "SamplingPeriod": EMPTY, "PeriodLimits": EMPTY, "SignalLength": float(self.length),
            "FrequencyLimits": EMPTY if self.limits is None else norm(np.array([self.limits])),
            "TimeBandwidth": EMPTY if self.given else self.wavelet.time_bandwidth,
            "WaveletParameters": (
                norm(np.array([[self.wavelet.gamma, self.wavelet.time_bandwidth]])) if self.given else EMPTY
            ),
            "Boundary": "reflection" if self.reflected else "periodic",
        }  # fmt: skip

    def frequencies(self) -> ndarray:
        return self.rate * self.wavelet.centre / (2 * np.pi * self.scales)

    def transformed(self, signal: ndarray) -> ndarray:
        if signal.size != self.length:
            raise ScriptError(
                "Wavelet:cwt:InvalidSignalLength",
                f"The signal must have the filter bank's SignalLength of {self.length}.",
                notes=(f"it has {signal.size} samples",),
            )
        if self.filters is None:
            require_memory((self.scales.size, self.length + 2 * self.pad), 24)
            self.filters = bands(self.wavelet, self.scales, self.length + 2 * self.pad)
        return transform(signal, self.filters, self.pad)

    def cone(self) -> ndarray:
        return self.rate * cone(self.wavelet, self.length, float(self.frequencies()[0] / self.rate))


def signal_of(x: Any, function: str) -> ndarray:
    """A real vector of at least four samples."""
    array = float_sequence(x, function)
    if 1 not in array.shape or array.size < 4:
        raise ScriptError(f"Wavelet:{function}:vector", "The signal must be a vector of at least four samples.")
    if array.dtype.kind == "c":
        raise ScriptError("cnnscript:NotYet", f"{function} of a complex signal is not in cnnscript yet.")
    return array.ravel("F")


def wavelet_of(name: Any, bandwidth: Any, parameters: Any) -> Wavelet:
    """The wavelet of the options Wavelet, TimeBandwidth and WaveletParameters."""
    chosen = "morse" if name is None else take.choice(name, NAMES, "Wavelet")
    if bandwidth is None and parameters is None:
        return Wavelet(chosen)
    if chosen != "morse" or (bandwidth is not None and parameters is not None):
        raise ScriptError(
            "Wavelet:cwt:InvalidParamCombination",
            "TimeBandwidth, or else WaveletParameters, goes with Morse wavelets only.",
        )
    values = [3.0, take.number(bandwidth, "TimeBandwidth")] if parameters is None else None
    if values is None:
        values = take.vector(parameters, "WaveletParameters").tolist()
    if len(values) != 2 or not values[0] >= 1 or not values[0] < values[1] <= 40 * values[0]:
        raise take.wanted(
            "gamma, at least 1, and a time-bandwidth between gamma and 40 times gamma", "Parameters of a Morse wavelet",
            parameters if bandwidth is None else bandwidth,
        )  # fmt: skip
    return Wavelet(chosen, *values)


def rate_of(value: Any) -> float:
    if isinstance(value, Duration):
        raise ScriptError("cnnscript:NotYet", "A sampling period is not in cnnscript yet.", hint="give Fs = 1/Ts")
    found = 1.0 if value is None else take.number(value, "SamplingFrequency")
    if not 0 < found < np.inf:
        raise take.wanted("a positive number", "SamplingFrequency", value)
    return found


def voices_of(value: Any) -> float:
    found = 10.0 if value is None else take.number(value, "VoicesPerOctave")
    if not 1 <= found <= 48:
        raise take.wanted("from 1 to 48", "VoicesPerOctave", value)
    return found


def bank_of(length, wavelet, voices, rate, limits, bandwidth, parameters, reflected: bool) -> FilterBank:
    ends = None if limits is None else take.vector(limits, "FrequencyLimits").tolist()
    if ends is not None and (len(ends) != 2 or not 0 <= ends[0] < ends[1]):
        raise take.wanted("two increasing frequencies", "FrequencyLimits", limits)
    kind = wavelet_of(wavelet, bandwidth, parameters)
    return FilterBank(length, kind, voices_of(voices), rate_of(rate), ends, reflected, parameters is not None)


def column(values: ndarray) -> Any:
    return norm(values.reshape(-1, 1))


@builtin
def cwtfilterbank(
    *, SignalLength=1024.0, Wavelet="morse", VoicesPerOctave=10.0, SamplingFrequency=1.0, FrequencyLimits=None,
    TimeBandwidth=None, WaveletParameters=None, Boundary="reflection",
):  # fmt: skip
    """
    fb = cwtfilterbank
    fb = cwtfilterbank(Name=Value)

    Bands of frequencies, cut by a wavelet at many scales, that wt(fb, x) and cwt(x, FilterBank=fb) transform with.

    Options
      SignalLength       samples of the signals (1024)
      Wavelet            'morse' (default), 'amor' (Morlet) or 'bump'
      VoicesPerOctave    bands an octave, from 1 to 48 (10)
      SamplingFrequency  samples a second (1)
      FrequencyLimits    lowest and highest frequency wanted
      TimeBandwidth      of a Morse wavelet whose gamma is 3 (60)
      WaveletParameters  gamma and time-bandwidth of a Morse wavelet
      Boundary           'reflection' (default) or 'periodic': how the signal goes on beyond its ends

    Examples
      >> fb = cwtfilterbank(SignalLength=1000, SamplingFrequency=128, VoicesPerOctave=12);
      >> cfs = abs(fb.wt(sin(2*pi*16*(0:999)/128))); disp(size(cfs))
                85        1000
      >> [~, k] = max(cfs(:, 500)); f = centerFrequencies(fb); f(k)
      ans =
         15.5932

    See also cwt, wt, cwtfreqbounds, spectrogram.
    """
    length = take.positive(SignalLength, "SignalLength")
    if length < 4:
        raise take.wanted("at least 4", "SignalLength", SignalLength)
    reflected = take.choice(Boundary, ("reflection", "periodic"), "Boundary") == "reflection"
    return bank_of(
        length, Wavelet, VoicesPerOctave, SamplingFrequency, FrequencyLimits, TimeBandwidth, WaveletParameters,
        reflected,
    )  # fmt: skip


def bank(value: Any, function: str) -> FilterBank:
    if not isinstance(value, FilterBank):
        raise take.wanted("a cwtfilterbank", f"First argument of {function}", value)
    return value


@builtin
def wt(session, nargout, fb, x, /):
    """
    cfs = wt(fb, x)
    [cfs, f] = wt(fb, x)
    [cfs, f, coi] = wt(fb, x)

    The continuous wavelet transform of a signal with a filter bank: a row for each frequency f, from the highest, a
    column for each sample. Below coi the ends of the signal matter.

    Examples
      >> fb = cwtfilterbank(SignalLength=64); [cfs, f, coi] = wt(fb, cos(2*pi*0.25*(0:63)));
      >> class(cfs), [max(abs(cfs(:, 32))) f(1) coi(1)]
      ans =
          'double'
      ans =
          0.9998    0.4341    0.4341

    See also cwtfilterbank, cwt, centerFrequencies.
    """
    bank(fb, "wt")
    found = norm(fb.transformed(signal_of(x, "wt")))
    return (found, column(fb.frequencies()), column(fb.cone()))[: max(1, nargout)]


@builtin
def centerFrequencies(fb, /):
    """
    f = centerFrequencies(fb)

    The frequencies at which the bands of a filter bank pass most, from the highest.

    Examples
      >> f = centerFrequencies(cwtfilterbank(VoicesPerOctave=1)); f'
      ans =
          0.4341    0.2171    0.1085    0.0543    0.0271    0.0136    0.0068    0.0034

    See also cwtfilterbank, scales, wt.
    """
    return column(bank(fb, "centerFrequencies").frequencies())


@builtin
def scales(fb, /):
    """
    s = scales(fb)

    The scales of the bands of a filter bank, from the finest.

    Examples
      >> s = scales(cwtfilterbank(VoicesPerOctave=1)); s(1:3)
      ans =
          0.6900    1.3800    2.7600

    See also cwtfilterbank, centerFrequencies.
    """
    return norm(bank(fb, "scales").scales.reshape(1, -1))


@builtin
def cwtfreqbounds(
    nargout, N, Fs=1.0, /, *, Wavelet="morse", TimeBandwidth=None, WaveletParameters=None, VoicesPerOctave=10.0,
    Cutoff=None, StandardDeviations=2.0,
):  # fmt: skip
    """
    [minfreq, maxfreq] = cwtfreqbounds(N)
    [minfreq, maxfreq] = cwtfreqbounds(N, Fs)
    [...] = cwtfreqbounds(..., Name=Value)

    The lowest and the highest frequency of wavelet bands for signals of N samples.

    Options
      Wavelet             'morse' (default), 'amor' or 'bump'
      TimeBandwidth       of a Morse wavelet whose gamma is 3 (60)
      WaveletParameters   gamma and time-bandwidth of a Morse wavelet
      VoicesPerOctave     bands an octave (10)
      Cutoff              per cent of its peak that the highest band has at the Nyquist frequency (50; 10 for others)
      StandardDeviations  how many, of time, span the signal at the lowest frequency (2)

    Examples
      >> [minfreq, maxfreq] = cwtfreqbounds(1000)
      minfreq =
          0.0033
      maxfreq =
          0.4341

    See also cwtfilterbank, cwt.
    """
    length, rate = take.positive(N, "N"), rate_of(Fs)
    kind = wavelet_of(Wavelet, TimeBandwidth, WaveletParameters)
    cutoff = CUTOFFS[kind.name] if Cutoff is None else take.number(Cutoff, "Cutoff")
    if not 0 <= cutoff <= 100:
        raise take.wanted("from 0 to 100", "Cutoff", Cutoff)
    deviations = take.positive(StandardDeviations, "StandardDeviations")
    lowest, highest = kind.bounds(length, voices_of(VoicesPerOctave), cutoff, deviations)
    return (lowest * rate, highest * rate)[: max(1, nargout)]


@builtin
def cwt(
    session, nargout, x, wname=None, fs=None, /, *, FilterBank=None, VoicesPerOctave=None, FrequencyLimits=None,
    TimeBandwidth=None, WaveletParameters=None, ExtendSignal=True,
):  # fmt: skip
    """
    cfs = cwt(x)
    cfs = cwt(x, wname)
    [cfs, f] = cwt(x, fs)
    [cfs, f, coi, fb] = cwt(x, wname, fs)
    [...] = cwt(..., Name=Value)
    cwt(...)

    The continuous wavelet transform of a signal, with the wavelet 'morse' (default), 'amor' or 'bump': a row for each
    frequency f, from the highest, a column for each sample; without outputs, a picture of its magnitude (scalogram).
    Below coi the ends of the signal matter; fb is the filter bank used.

    Options
      FilterBank         a cwtfilterbank to transform with
      VoicesPerOctave    bands an octave, from 1 to 48 (10)
      FrequencyLimits    lowest and highest frequency wanted
      TimeBandwidth      of a Morse wavelet whose gamma is 3 (60)
      WaveletParameters  gamma and time-bandwidth of a Morse wavelet
      ExtendSignal       whether the signal is reflected at its ends (true)

    Examples
      >> t = 0:1/100:2; [cfs, f, coi, fb] = cwt(cos(2*pi*10*t), 'amor', 100); [m, k] = max(abs(cfs(:, 100))); [m f(k)]
      ans =
          0.9968    9.8678
      >> cwt(cos(2*pi*10*t), 100), title(''); xlabel('')
      figure 1: surface 48x201, line 201 points, ylabel 'Frequency (Hz)', colorbar

    See also cwtfilterbank, wt, cwtfreqbounds, spectrogram.
    """
    signal = signal_of(x, "cwt")
    if wname is not None and not is_text(wname):
        if fs is not None:
            raise ScriptError("cnnscript:NotYet", "The older cwt(x, scales, wname) is not in cnnscript yet.")
        wname, fs = None, wname
    timed = fs is not None
    if FilterBank is not None:
        others = (wname, fs, VoicesPerOctave, FrequencyLimits, TimeBandwidth, WaveletParameters)
        if any(value is not None for value in others) or not take.flag(ExtendSignal, "ExtendSignal"):
            raise ScriptError("Wavelet:cwt:OnlyFilterBank", "With FilterBank no other options are taken.")
        used = bank(FilterBank, "cwt")
        timed = used.rate != 1
    else:
        used = bank_of(
            signal.size, wname, VoicesPerOctave, fs, FrequencyLimits, TimeBandwidth, WaveletParameters,
            take.flag(ExtendSignal, "ExtendSignal"),
        )  # fmt: skip
    found = used.transformed(signal)
    if nargout:
        return (norm(found), column(used.frequencies()), column(used.cone()), used)[:nargout]
    scalogram(session, np.abs(found).astype(float), used, timed)
    return None


def scalogram(session: Any, magnitude: ndarray, used: FilterBank, timed: bool) -> None:
    """The picture of magnitudes over time and frequency, with the cone of influence."""
    times = norm((np.arange(used.length) / (used.rate if timed else 1.0)).reshape(1, -1))
    surface = session.call("pcolor", 1, times, column(used.frequencies()), norm(np.asfortranarray(magnitude)))
    session.call("set", 0, surface, "EdgeColor", "none")
    session.call("hold", 0, "on")
    session.call("plot", 0, times, column(used.cone()), "w--", "LineWidth", 2.0)
    session.call("hold", 0, "off")
    octaves = np.round(np.log2(used.frequencies()[[-1, 0]]))
    ticks = norm(2.0 ** np.arange(octaves[0], octaves[1] + 1).reshape(1, -1))
    session.call("set", 0, session.call("gca", 1), "YScale", "log", "YTick", ticks)
    session.call("axis", 0, "tight")
    session.call("title", 0, "Magnitude Scalogram")
    session.call("xlabel", 0, "Time (s)" if timed else "Samples")
    session.call("ylabel", 0, "Frequency (Hz)" if timed else "Normalized Frequency (cycles/sample)")
    session.call("ylabel", 0, session.call("colorbar", 1), "Magnitude")
