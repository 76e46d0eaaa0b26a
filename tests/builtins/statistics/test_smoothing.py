"""smoothdata."""

import numpy as np


def test_smoothing_keeps_what_its_model_holds(run):
    run("x = (1:20)'; a = smoothdata(2*x, 'lowess', 7); b = smoothdata(x.^2, 'loess', 7); ")
    run("c = smoothdata(x.^2, 'sgolay', 5);")
    assert np.allclose(run["a"], 2 * run["x"])
    assert np.allclose(run["b"], run["x"] ** 2) and np.allclose(run["c"], run["x"] ** 2)


def test_robust_fits_ignore_a_wild_element(run):
    run("y = 1:15; y(8) = 500; r = smoothdata(y, 'rlowess', 7); s = smoothdata(y, 'lowess', 7);")
    assert np.allclose(run["r"], np.arange(1, 16)) and abs(run["s"][0, 7] - 8) > 50


def test_nans_are_left_out_unless_they_shall_count(run):
    run("a = smoothdata([1 NaN 3], 'movmean', 3); b = smoothdata([1 NaN 3 4 5], 'movmean', 3, 'includenan');")
    assert run["a"].ravel().tolist() == [1, 2, 3]
    assert np.isnan(run["b"]).ravel().tolist() == [True, True, True, False, False]


def test_a_gaussian_weighs_near_elements_more(run):
    run("g = smoothdata([0 0 0 1 0 0 0], 'gaussian', 5);")
    expected = np.exp(-(np.arange(-2, 3) ** 2) / 2)
    assert np.allclose(run["g"].ravel()[2:5], (expected / expected.sum())[1:4])


def test_a_window_is_guessed_and_reported(run):
    run("t = 0:99; [B, w] = smoothdata(cos(2*pi*0.05*t)); [C, v] = smoothdata(cos(2*pi*0.05*t), SmoothingFactor=0.9);")
    assert 2 <= run["w"] <= 20 and run["v"] >= run["w"] and run["B"].shape == (1, 100)
    assert run.fault("smoothdata(1:5, 'movmean', Degree=2)").identifier == "MATLAB:smoothdata:degreeNoSgolay"
