"""butter, cheby1, cheby2, ellip, fir1, freqz; filters run: filtfilt, sosfilt, medfilt1, sgolayfilt, smooth, hilbert."""

import numpy as np


def test_a_butterworth_filter_halves_power_at_its_edge(run):
    run("[b, a] = butter(4, 0.3); h = freqz(b, a, [0 0.3 1]*pi); [z, p, k] = butter(4, [0.2 0.4], 'stop');")
    assert np.allclose(np.abs(run["h"]), [[1, np.sqrt(0.5), 0]], atol=1e-8)
    assert run["z"].shape == run["p"].shape == (8, 1) and 0 < run["k"] < 1
    assert run.fault("butter(2, 1.5)").identifier == "signal:butter:InvalidRange"
    assert run.fault("butter(2, [0.1 0.2], 'low')").identifier == "signal:butter:InvalidFilterType"


def test_ripples_are_as_asked(run):
    run("[b, a] = cheby1(3, 2, 0.4); h = abs(freqz(b, a, [0 0.4]*pi)); [d, c] = ellip(3, 1, 40, 0.4, 'high');")
    assert np.allclose(20 * np.log10(run["h"]), [[0, -2]], atol=1e-8)
    run("g = abs(freqz(d, c, 200)); s = 20*log10(max(g(1:20)));")
    assert run["s"] < -39.9


def test_fir1_is_symmetric_with_gain_one(run):
    run("b = fir1(48, [0.35 0.65]); s = sum(fir1(10, 0.3)); h = abs(freqz(b, 1, [0.5 0.1]*pi));")
    assert np.allclose(run["b"], run["b"][:, ::-1]) and np.isclose(run["s"], 1)
    assert np.isclose(run["h"][0, 0], 1) and run["h"][0, 1] < 0.01


def test_an_odd_order_that_passes_the_highest_frequency_becomes_even(run):
    assert any("increased by one" in line for line in run("b = fir1(3, 0.5, 'high');")) and run["b"].shape == (1, 5)


def test_filtfilt_delays_nothing(run):
    run("[b, a] = butter(3, 0.1); t = (0:299)'/300; y = filtfilt(b, a, [sin(2*pi*3*t) cos(2*pi*3*t)]);")
    t = np.arange(300) / 300
    assert np.abs(run["y"][50:250, 0] - np.sin(6 * np.pi * t[50:250])).max() < 0.01
    fault = run.fault("filtfilt(b, a, 1:9)")
    assert fault.message == "Data length must be larger than 9 samples."


def test_sections_filter_as_the_whole(run):
    run("[b, a] = butter(4, 0.3); [s, g] = tf2sos(b, a); x = sin(1:40); y = filter(b, a, x); z = g*sosfilt(s, x);")
    assert np.allclose(run["y"], run["z"])
    run("[z, p, k] = tf2zp(b, a); [c, d] = zp2tf(z, p, k);")
    assert np.allclose(run["b"], run["c"]) and np.allclose(run["a"], run["d"])


def test_medians_at_the_ends(run):
    run("a = medfilt1([4 3 9 1], 4); b = medfilt1([4 NaN 9], 3, 'omitnan', 'truncate'); c = medfilt1([4 NaN 9 8 7]);")
    assert run["a"].ravel().tolist() == [1.5, 3.5, 3.5, 2]
    assert run["b"].ravel().tolist() == [4, 6.5, 9]
    assert np.isnan(run["c"]).ravel().tolist() == [True, True, True, False, False]


def test_polynomials_pass_local_fits(run):
    run("x = (1:20)'; a = sgolayfilt(x.^3, 3, 7); b = smooth(x.^2, 7, 'loess'); c = smooth(x.^2, 5, 'sgolay', 2);")
    x = np.arange(1.0, 21)
    assert np.allclose(run["a"].ravel(), x**3) and np.allclose(run["b"].ravel(), x**2)
    assert np.allclose(run["c"].ravel(), x**2)
    assert run.fault("sgolayfilt(1:10, 2, 4)").identifier == "signal:sgolayfilt:InvalidDimensionsFrame"


def test_the_envelope_of_a_cosine_is_flat(run):
    run("e = abs(hilbert(cos(2*pi*4*(0:63)/64)));")
    assert np.allclose(run["e"], 1)


def test_frequencies_of_responses_are_evenly_spaced(run):
    run("f = freqspace(5); w = freqspace(4, 'whole'); [a, b] = freqspace([2 5]); [x, y] = freqspace(3, 'meshgrid');")
    assert np.allclose(run["f"], [[0, 0.4, 0.8]]) and np.allclose(run["w"], [[0, 0.5, 1, 1.5]])
    assert np.allclose(run["a"], [[-0.8, -0.4, 0, 0.4, 0.8]]) and np.allclose(run["b"], [[-1, 0]])
    assert np.allclose(run["x"][0], [-2 / 3, 0, 2 / 3]) and np.allclose(run["y"], run["x"].T)
    for call in ("freqspace([2 3])", "freqspace(4, 'meshgrid')", "[a, b] = freqspace(3, 'whole')", "freqspace(0)"):
        assert run.fault(call).message
