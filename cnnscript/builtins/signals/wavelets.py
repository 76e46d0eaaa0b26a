"""Analytic wavelets as bands over frequency: Morse, Morlet ('amor') and bump, their scales, and transforms with them.

A wavelet is what it lets pass of angular frequencies w > 0 (2 at its centre, nothing of w <= 0); at scale s it passes
`pass_of(s * w)`.  Sources: Lilly & Olhede, "Higher-order properties of analytic wavelets" (2009) for Morse wavelets;
the reference pages of cwtfilterbank and cwtfreqbounds for what MATLAB takes as lowest and highest frequency.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnscript.values.numeric import ndarray

NAMES = {"morse": "Morse", "amor": "amor", "bump": "bump"}
CUTOFFS = {"morse": 50.0, "amor": 10.0, "bump": 10.0}  # per cent of the peak that the highest band has left at Nyquist
FAR = 750.0  # exp(-FAR) is 0


@dataclass(frozen=True)
class Wavelet:
    """One wavelet; gamma and time_bandwidth are those of Morse wavelets."""

    name: str = "morse"
    gamma: float = 3.0
    time_bandwidth: float = 60.0

    @property
    def beta(self) -> float:
        return self.time_bandwidth / self.gamma

    @property
    def centre(self) -> float:
        """The angular frequency that passes best."""
        return {"morse": (self.beta / self.gamma) ** (1 / self.gamma), "amor": 6.0, "bump": 5.0}[self.name]

    @property
    def spread(self) -> float:
        """The standard deviation in time; for Morse wavelets times the centre, as MATLAB has it."""
        if self.name == "amor":
            return float(np.sqrt(2))
        if self.name == "bump":
            return 5.847705
        from scipy.special import gammaln

        beta, gamma = self.beta, self.gamma

        def moment(power: float) -> float:
            """The integral of w^power exp(-2 w^gamma) over w > 0, against that of w^(2 beta)."""
            gap = gammaln((power + 1) / gamma) - gammaln((2 * beta + 1) / gamma)
            return float(np.exp(gap - (power - 2 * beta) / gamma * np.log(2)))

        steep = beta**2 * moment(2 * beta - 2) - 2 * beta * gamma * moment(2 * beta + gamma - 2)
        return float(self.centre * np.sqrt(steep + gamma**2 * moment(2 * beta + 2 * gamma - 2)))

    def pass_of(self, w: ndarray) -> ndarray:
        """What passes of angular frequencies w."""
        passed = np.zeros(np.shape(w))
        if self.name == "bump":
            off = (np.asarray(w) - 5) / 0.6
            near = np.abs(off) < 1
            passed[near] = 2 * np.exp(1 - 1 / (1 - off[near] ** 2))
            return passed
        up = np.asarray(w) > 0
        high = np.asarray(w)[up]
        if self.name == "amor":
            passed[up] = 2 * np.exp(-((high - 6) ** 2) / 2)
        else:
            peak = self.centre
            rest = self.beta * np.log(high / peak) - high**self.gamma + peak**self.gamma
            passed[up] = 2 * np.exp(rest)
        return passed

    def edge(self, cutoff: float) -> float:
        """The angular frequency above the centre of which `cutoff` per cent of the best pass."""
        share = cutoff / 100
        if self.name == "bump":
            return 5 + 0.6 * (float(np.sqrt(1 - 1 / (1 - np.log(share)))) if share > 0 else 1.0)
        if self.name == "amor":
            return 6 + float(np.sqrt(2 * (-np.log(share) if share > 0 else FAR)))
        far = FAR ** (1 / self.gamma)
        if share <= 0 or share >= 1:
            return far if share <= 0 else self.centre
        from scipy.optimize import brentq

        return float(brentq(lambda w: float(self.pass_of(np.array([w]))[0]) / 2 - share, self.centre, far))

    def bounds(self, length: int, voices: float, cutoff: float, deviations: float = 2.0) -> tuple[float, float]:
        """Lowest and highest frequency in cycles a sample of bands for a signal of that length.

        At the lowest the wavelet's time standard deviations span the signal; the highest keeps `cutoff` per cent of
        its peak at the Nyquist frequency.
        """
        finest = self.edge(cutoff) / np.pi
        coarsest = max(length / (self.spread * deviations), finest * 2 ** (1 / voices))
        return self.centre / (2 * np.pi * coarsest), self.centre / (2 * np.pi * finest)


def scales_between(wavelet: Wavelet, lowest: float, highest: float, voices: float) -> ndarray:
    """Scales from the finest, `voices` an octave, for frequencies in cycles a sample."""
    count = int(np.floor(voices * np.log2(highest / lowest) + 1e-10)) + 1
    return wavelet.centre / (2 * np.pi * highest) * 2 ** (np.arange(count) / voices)


def padding(length: int, reflected: bool) -> int:
    """How many samples a signal is reflected by at each end before it is transformed."""
    if not reflected:
        return 0
    return length // 2 if length <= 100000 else int(np.ceil(np.log2(length)))


def bands(wavelet: Wavelet, scales: ndarray, length: int) -> ndarray:
    """What the wavelet passes at each scale (rows) of the frequencies of an FFT of that length (columns)."""
    w = np.zeros(length)
    half = length // 2
    w[1 : half + 1] = np.arange(1, half + 1) * (2 * np.pi / length)
    return wavelet.pass_of(scales[:, None] * w[None, :])


def transform(signal: ndarray, filters: ndarray, pad: int) -> ndarray:
    """Coefficients (scales x samples) of a real signal, with filters over its padded length."""
    size = signal.size
    wide = np.concatenate([signal[:pad][::-1], signal, signal[size - pad :][::-1]]) if pad else signal
    found = np.fft.ifft(np.fft.fft(wide)[None, :] * filters, axis=1)[:, pad : pad + size]
    return np.asfortranarray(found.astype(np.complex64) if signal.dtype == np.float32 else found)


def cone(wavelet: Wavelet, length: int, highest: float) -> ndarray:
    """For each sample the frequency (cycles a sample) below which the ends of the signal matter."""
    half = np.arange(1, (length + 1) // 2 + 1)
    reach = np.concatenate([half, half[: length // 2][::-1]])
    return np.minimum(wavelet.centre * wavelet.spread / (2 * np.pi * reach), highest)
