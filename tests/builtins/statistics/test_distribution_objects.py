"""makedist, fitdist, pdf, cdf, icdf, random."""

import numpy as np


def test_names_are_taken_short_and_long(run):
    run("a = pdf('norm', 1, 0, 2); b = pdf('Normal', 1, 0, 2); c = normpdf(1, 0, 2); d = cdf('chi2', 3, 2);")
    run("e = chi2cdf(3, 2);")
    assert run["a"] == run["b"] == run["c"] and run["d"] == run["e"]
    run("u = icdf('Uniform', [0.25 0.5], 0, 4); p = cdf('Normal', 1, 0, 1, 'upper') + cdf('Normal', 1, 0, 1);")
    assert run["u"].tolist() == [[1, 2]] and np.isclose(run["p"], 1)


def test_parameters_are_properties(run):
    run("d = makedist('Weibull', 'A', 2, 'B', 3); d.B = 4; a = d.A; b = d.B; m = mean(d); n = d.ParameterNames;")
    assert (run["a"], run["b"]) == (2, 4) and 1.7 < run["m"] < 2 and run["n"].ravel().tolist() == ["A", "B"]
    assert run.fault("makedist('Normal', 'sigma', -1)").identifier == "stats:probdists:BadParameter"
    assert run.fault("d.q").identifier == "MATLAB:noSuchMethodOrField"


def test_fits_find_what_numbers_came_from(run):
    run("rng(1); x = 3 + 2*randn(2000, 1); d = fitdist(x, 'Normal'); e = fitdist(exprnd(2, 2000, 1), 'Exponential');")
    run("g = fitdist(gamrnd(2, 3, 2000, 1), 'Gamma'); m = [d.mu d.sigma e.mu g.a g.b]; s = random(d, 5, 1);")
    assert np.allclose(run["m"], [[3, 2, 2, 2, 3]], rtol=0.1) and run["s"].shape == (5, 1)
    assert run.fault("fitdist([-1 2], 'Gamma')").message == "Data for a gamma distribution must be positive."
