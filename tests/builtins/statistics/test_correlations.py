"""xcorr, xcov."""

import numpy as np


def test_lags_find_a_delay(run):
    run("rng(1); x = rand(1, 40); y = [zeros(1, 5) x]; [r, lags] = xcorr(y, x); [~, k] = max(r); d = lags(k);")
    assert run["d"] == 5 and run["r"].shape == (1, 89) and run["lags"][0, 0] == -44


def test_scales(run):
    run("x = [1; 2; 3]; n = xcorr(x, 'normalized'); u = xcorr(x, 'unbiased'); c = xcorr(x, 'coeff');")
    assert np.allclose(run["n"].ravel(), [3 / 14, 8 / 14, 1, 8 / 14, 3 / 14]) and (run["n"] == run["c"]).all()
    assert np.allclose(run["u"].ravel(), [3, 4, 14 / 3, 4, 3])
    assert run.fault("xcorr(1:3, 1:4, 'biased')").message == (
        "Scale option must be 'none' for different length vectors. Received 'biased'."
    )


def test_columns_are_correlated_in_pairs(run):
    run("X = [1 2; 3 4; 5 7]; R = xcorr(X); a = xcorr(X(:,1), X(:,2)); c = xcov(X(:,1), X(:,2));")
    assert run["R"].shape == (5, 4) and np.allclose(run["R"][:, 1], run["a"].ravel())
    assert np.isclose(run["c"][2, 0], np.sum((np.array([1, 3, 5]) - 3) * (np.array([2, 4, 7]) - 13 / 3)))


def test_lags_beyond_the_signal_are_zero_and_complex_numbers_conjugated(run):
    run("[r, l] = xcorr([1 2], 3); z = xcorr([1 1i], [1i 1]);")
    assert run["r"].ravel().tolist() == [0, 0, 2, 5, 2, 0, 0] and run["l"].shape == (1, 7)
    assert run["z"].ravel().tolist() == [1, 0, 1]
