"""cwt, cwtfilterbank, cwtfreqbounds: bands, scales and transforms."""

import numpy as np
import pytest


def morse(w, beta=20.0, gamma=3.0):
    """A Morse wavelet's band by its definition w^beta exp(-w^gamma), with 2 at its peak."""
    peak = (beta / gamma) ** (1 / gamma)
    w = np.maximum(w, 1e-300)
    return 2 * (w / peak) ** beta * np.exp(peak**gamma - w**gamma)


def test_a_transform_is_that_of_the_definition(run):
    """Each row is the inverse transform of the reflected signal's half spectrum, through the band at that scale."""
    x = np.cos(np.arange(40) ** 1.5 / 9)
    run("x = cos((0:39).^1.5/9); [cfs, f, coi] = wt(cwtfilterbank('SignalLength', 40), x); [c2, f2] = cwt(x');")
    wide = np.concatenate([x[:20][::-1], x, x[20:][::-1]])
    spectrum = np.fft.fft(wide)
    w = 2 * np.pi * np.fft.fftfreq(80)
    for row in (0, 7, run["f"].size - 1):
        scale = (20 / 3) ** (1 / 3) / (2 * np.pi * run["f"][row, 0])
        band = np.where(w > 0, morse(scale * w), 0)
        band[40] = morse(np.array([scale * np.pi]))[0]  # the Nyquist frequency counts as positive
        assert np.allclose(run["cfs"][row], np.fft.ifft(spectrum * band)[20:60])
    assert np.array_equal(run["cfs"], run["c2"]) and np.array_equal(run["f"], run["f2"])
    assert np.allclose(run["f"][:-1] / run["f"][1:], 2**0.1)
    assert run["coi"].shape == (40, 1) and np.allclose(run["coi"], run["coi"][::-1])


def test_the_bounds_are_those_of_the_reference_page(run):
    run("[a, b] = cwtfreqbounds(1000); [c, d] = cwtfreqbounds(1e4, 1e3, 'Cutoff', 100);")
    assert (round(run["a"], 4), round(run["b"], 4)) == (0.0033, 0.4341) and run["d"] == pytest.approx(500)
    # 2 deviations in time of a Morse wavelet, measured: the integral of its band's slope squared
    w = np.linspace(1e-3, 6, 200001)
    band = morse(w)
    deviation = np.sqrt((np.gradient(band, w) ** 2).sum() / (band**2).sum())
    centre = (20 / 3) ** (1 / 3)
    assert run["c"] == pytest.approx(1000 * centre * 2 * centre * deviation / 1e4 / (2 * np.pi), rel=1e-5)


@pytest.mark.parametrize(("name", "cycles"), [
    ("amor", (6 * 2 * np.sqrt(2) / 500, 6 / (6 + np.sqrt(2 * np.log(10))) * np.pi)),
    ("bump", (5 * 2 * 5.847705 / 500, 5 / (5 + 0.6 * np.sqrt(1 - 1 / (1 + np.log(10)))) * np.pi)),
])  # fmt: skip
def test_other_wavelets_fall_to_a_tenth_at_the_nyquist_frequency(run, name, cycles):
    run(f"[a, b] = cwtfreqbounds(500, 'Wavelet', '{name}'); g = centerFrequencies(cwtfilterbank(Wavelet='{name}'));")
    run(f"f = centerFrequencies(cwtfilterbank(SignalLength=500, Wavelet='{name}', FrequencyLimits=[0.1 0.2]));")
    assert (run["a"], run["b"]) == pytest.approx((cycles[0] / (2 * np.pi), cycles[1] / (2 * np.pi)))
    assert run["f"][0, 0] == pytest.approx(0.2) and run["f"].size == 11 and run["g"][0, 0] == pytest.approx(run["b"])


def test_equal_waves_have_equal_magnitudes_whatever_their_frequency(run):
    run("t = 0:999; x = cos(2*pi*0.05*t) + cos(2*pi*0.2*t); [c, f] = cwt(x, VoicesPerOctave=32); m = abs(c(:, 500));")
    for frequency in (0.05, 0.2):
        near = np.argmin(np.abs(run["f"] - frequency))
        assert run["m"][near, 0] == pytest.approx(1, abs=0.01)


def test_what_a_filter_bank_takes_and_refuses(run):
    run("fb = cwtfilterbank(signallength=100, Boundary='per', WaveletParameters=[3 30]);")
    run("a = class(fb.wt(single(1:100))); b = fb.TimeBandwidth; c = fb.WaveletParameters; d = fb.Boundary;")
    assert run["a"] == "single" and run["b"].size == 0 and run["c"].tolist() == [[3, 30]] and run["d"] == "periodic"
    assert run.fault("fb.wt(1:99)").identifier == "Wavelet:cwt:InvalidSignalLength"
    assert run.fault("cwt(1:100, FilterBank=fb, VoicesPerOctave=12)").identifier == "Wavelet:cwt:OnlyFilterBank"
    assert run.fault("cwt(1:100, 'amor', TimeBandwidth=30)").identifier == "Wavelet:cwt:InvalidParamCombination"
    assert run.fault("cwtfilterbank(FrequencyLimits=[0.6 0.7])").identifier == "Wavelet:cwt:freqrange"
    assert run.fault("cwt(1:100, seconds(1))").identifier == "cnnscript:NotYet"
    assert run.fault("cwt(1:3)").identifier == "Wavelet:cwt:vector"
