"""cov, corrcoef, corr: rows with NaN, probabilities, bounds."""

import numpy as np
import pytest


def test_cov_leaves_rows_out_whole_or_pair_by_pair(run):
    run("a = [1 2; 3 NaN; 5 7]; p = cov(a, 'partialrows'); o = cov(a, 'omitrows'); n = cov(a);")
    assert run["p"].tolist() == [[4, 10], [10, 12.5]]
    assert run["o"].tolist() == [[8, 10], [10, 12.5]]
    assert np.isnan(run["n"]).tolist() == [[False, True], [True, True]]


def test_corrcoef_gives_probabilities_and_bounds(run):
    run("[r, p, low, high] = corrcoef(1:5, [1 2 4 3 6], 'Alpha', 0.1);")
    assert run["p"][0, 1] == pytest.approx(0.0351, abs=1e-4)
    assert (run["low"][0, 1], run["high"][0, 1]) == (pytest.approx(0.32, abs=1e-4), pytest.approx(0.9902, abs=1e-4))
    assert (np.diag(run["p"]) == 1).all()
    assert run.fault("corrcoef(1:3, 1:3, 'Alpha', 2);").identifier == "MATLAB:corrcoef:InvalidAlpha"


def test_correlations_leave_rows_out(run):
    run("a = [1 2; 3 NaN; 5 7; 6 8]; r = corrcoef(a, 'Rows', 'complete'); s = corrcoef(a([1 3 4], :));")
    run("t = corr(a, 'rows', 'pairwise');")
    assert np.allclose(run["r"], run["s"]) and np.allclose(run["t"], run["s"])


def test_corr_of_ranks(run):
    run(
        "s = corr([1; 2; 3; 4], [1; 2; 40; 3], 'Type', 'Spearman');"
        "k = corr([1; 2; 3; 4], [1; 2; 4; 3], 'type', 'kendall');"
    )
    assert run["s"] == pytest.approx(0.8) and run["k"] == pytest.approx(2 / 3)
    run("[r, p] = corr([1; 2; 3; 4], [1; 2; 4; 3]);")
    assert (run["r"], run["p"]) == (pytest.approx(0.8), pytest.approx(0.2))
