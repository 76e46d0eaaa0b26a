"""periodogram, pwelch, spectrogram; resample, decimate and the waves."""

import numpy as np


def test_power_adds_up_to_the_variance(run):
    run("rng(1); x = randn(256, 1); [p, w] = periodogram(x); s = sum(p)*(w(2)-w(1)); m = mean(x.^2);")
    assert np.isclose(run["s"], run["m"])
    run("[p2, w2] = periodogram(x, [], 256, 'twosided'); [p3, w3] = periodogram(x, [], 256, 1, 'centered');")
    assert run["p2"].shape == (256, 1) and np.isclose(run["w3"][0, 0], -127 / 256)


def test_a_tone_has_its_power_at_its_frequency(run):
    run("t = 0:0.001:1-0.001; x = 3*cos(2*pi*100*t); [p, f] = periodogram(x, [], 1000, 1000, 'power'); ")
    run("[v, k] = max(p);")
    assert np.isclose(run["v"], 4.5) and run["k"] == 101
    run("[p, f] = pwelch(x, 200, 100, 200, 1000); [~, k] = max(p); q = f(k);")
    assert run["q"] == 100
    assert run.fault("pwelch(1:10, 20)").identifier == "signal:pwelch:invalidSegmentLength"
    assert run.fault("pwelch(1:100, 20, 20)").identifier == "signal:pwelch:NoverlapTooBig"


def test_a_spectrogram_follows_a_chirp(run):
    run("t = 0:1/1000:2; x = chirp(t, 100, 2, 300); [s, f, tt] = spectrogram(x, 256, 128, 256, 1000); ")
    run("[~, k] = max(abs(s));")
    assert run["s"].shape == (129, run["tt"].size)
    run("g = f(k)' - (100 + 100*tt);")
    assert np.abs(run["g"]).max() < 6


def test_resampling_keeps_slow_waves(run):
    run("t = 0:0.01:1-0.01; x = sin(2*pi*2*t); y = resample(x, 3, 2); e = y(40:110) - sin(2*pi*2*(39:109)*0.01*2/3);")
    assert run["y"].shape == (1, 150) and np.abs(run["e"]).max() < 0.01
    run("z = decimate(x, 4); f = decimate(x', 2, 'fir'); g = f' - x(1:2:end);")
    assert run["z"].shape == (1, 25) and run["f"].shape == (50, 1) and np.abs(run["g"][0, 5:40]).max() < 0.01


def test_chirps_bend(run):
    run("t = 0:0.5:1; a = chirp(t, 1, 1, 4, 'quadratic'); b = chirp(t, 1, 1, 4, 'quadratic', 0, 'concave');")
    assert np.allclose(run["a"], np.cos(2 * np.pi * (np.array([0, 0.5, 1.0]) + np.array([0, 0.125, 1]))))
    assert not np.allclose(run["a"], run["b"])
