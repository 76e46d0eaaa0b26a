"""Distributions, statistics without NaN, fields: shares and quantiles are inverse, numbers follow their law."""

import numpy as np
import pytest

from cnnscript.builtins.statistics.distributions import FAMILIES


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.word)
def test_shares_and_quantiles_are_inverse_and_random_numbers_follow_the_law(run, family):
    given = family.example.partition(", ")[2]
    run(f"rng(0); r = {family.word}rnd({given}, 1, 2000); p = {family.word}cdf(r, {given}); m = mean(p);")
    run(f"q = {family.word}inv([0.1 0.5 0.9], {given}); s = {family.word}cdf(q, {given});")
    run(f"bad = {family.word}inv(2, {given});")
    assert np.isnan(run["bad"])
    if family.whole:
        assert (run["s"] >= [[0.1, 0.5, 0.9]]).all()
    else:
        assert np.allclose(run["s"], [[0.1, 0.5, 0.9]]) and abs(run["m"] - 0.5) < 0.03


def test_normal_numbers_are_those_of_randn(run):
    run("rng(5); a = normrnd(10, 2, 2, 3); rng(5); b = 10 + 2*randn(2, 3); c = norminv([0.025 0.975]); d = normpdf(0);")
    assert np.array_equal(run["a"], run["b"]) and np.allclose(run["c"], [[-1.959964, 1.959964]])
    assert abs(run["d"] - 0.398942280401433) < 1e-15


def test_arguments_of_different_sizes_and_impossible_parameters(run):
    assert run.fault("normpdf([1 2], [1 2 3], 1)").identifier == "stats:normpdf:InputSizeMismatch"
    run("a = normcdf(0, 0, -1); b = binopdf(1, 2.5, 0.5); c = normcdf([1 2; 3 4], 0, 1);")
    run("s = class(normpdf(single(1)));")
    assert np.isnan(run["a"]) and np.isnan(run["b"]) and run["c"].shape == (2, 2) and run["s"] == "single"


def test_statistics_without_nan(run):
    run("x = [1 NaN; 3 4]; a = nanmean(x); b = nansum(x, 2); c = nanstd(x(:)); d = nanmax(x, [], 2);")
    run("e = nanmedian(x(:));")
    assert run["a"].tolist() == [[2, 4]] and run["b"].tolist() == [[1], [7]]
    assert abs(run["c"] - np.std([1, 3, 4], ddof=1)) < 1e-15 and run["d"].tolist() == [[1], [4]] and run["e"] == 3


def test_trends_are_taken_off(run):
    run("t = (0:9)'; a = detrend(3*t + 2); b = detrend(t.^2 + t, 2); c = detrend(abs(t - 4), 1, 5);")
    run("d = mean(detrend(rand(5, 2), 0));")
    assert max(abs(run[name]).max() for name in "abcd") < 1e-12


def test_a_turning_field_has_curl_and_a_growing_one_divergence(run):
    run("[x, y, z] = meshgrid(1:4, 1:3, 1:2); [a, b, c, v] = curl(x, y, z, -y, x, 0*z);")
    run("d = divergence(x, y, z, x, 2*y, 3*z);")
    assert (run["c"] == 2).all() and not run["a"].any() and (run["d"] == 6).all()
    run("[x, y] = meshgrid(0:2); [c, v] = curl(x, y, -y, x);")
    assert (run["v"] == 1).all()
