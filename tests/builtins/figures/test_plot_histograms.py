import numpy as np
import pytest


@pytest.mark.parametrize("method", ["auto", "scott", "fd", "integers", "sturges", "sqrt"])
def test_bins_agree_with_histcounts(run, method):
    run(f"rng(1); x = 3*randn(1,200); h = histogram(x, 'BinMethod', '{method}');")
    run(f"[n, e] = histcounts(x, 'BinMethod', '{method}');")
    run("a = h.Values; b = h.BinEdges;")
    assert np.array_equal(run["a"], run["n"]) and np.array_equal(run["b"], run["e"])


@pytest.mark.parametrize("way", ["count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf"])
def test_heights_are_normalized_as_histcounts_does(run, way):
    run(f"x = [1 2 2 3.5 7]; h = histogram(x, 3, 'Normalization', '{way}'); v = h.Values;")
    run(f"n = histcounts(x, 3, 'Normalization', '{way}');")
    assert np.allclose(run["v"], run["n"])


def test_bins_follow_what_was_set_last(run):
    run("h = histogram([0.1 0.4 0.9], [0 1 2]); h.NumBins = 4; a = h.NumBins; h.BinWidth = 0.5; b = h.BinEdges;")
    run("h.BinLimits = [0 1]; c = h.BinEdges; h.BinEdges = [0 0.3 1]; d = h.Values;")
    assert run["a"] == 4 and run["b"].tolist() == [[0, 0.5, 1]] and run["c"].tolist() == [[0, 0.5, 1]]
    assert run["d"].tolist() == [[1, 2]]


def test_categories_in_order_of_their_number(run):
    run("h = histogram(categorical({'a','b','c','c','b','c'}), 'DisplayOrder', 'descend'); t = xticklabels;")
    run("h.NumDisplayBins = 1; h.ShowOthers = 'on'; u = xticklabels; v = h.Values;")
    assert run["t"].ravel().tolist() == ["c", "b", "a"] and run["u"].ravel().tolist() == ["c", "Others"]
    assert run["v"].tolist() == [[1, 2, 3]]


def test_only_the_categories_named(run):
    run("h = histogram(categorical({'a','b','a'}), {'b'}); v = h.Values; c = h.Categories;")
    assert run["v"] == 1 and run["c"].ravel().tolist() == ["b"]


def test_counts_without_data(run):
    run("h = histogram('BinEdges', 0:3, 'BinCounts', [1 2 3]); v = h.Values;")
    run("g = histogram('Categories', {'u','w'}, 'BinCounts', [4 5]);")
    run("t = xticklabels; w = g.Values;")
    assert run["v"].tolist() == [[1, 2, 3]] and run["w"].tolist() == [[4, 5]]
    assert run["t"].ravel().tolist() == ["u", "w"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("histogram('BinEdges', 0:3, 'BinCounts', [1 2])", "one element for each bin"),
        ("histogram('NumBins', 3)", "BinCounts must be given"),
        ("histogram()", "Not enough input"),
        ("histogram(1:3, 1.5)", "positive integer"),
        ("histogram(datetime(2020,1,1:3), 'BinMethod', 'sqrt')", "BinMethod of times"),
    ],
)
def test_bins_that_cannot_be(run, call, words):
    assert words in run.fault(call).message


def test_days_fall_into_months(run):
    run("h = histogram(datetime(2020,1,1) + days(0:99)); v = h.Values; t = xticklabels;")
    run("d = histogram(datetime(2020,1,1:3), 'BinMethod', 'day'); w = d.Values;")
    assert run["v"].sum() == 100 and run["t"].ravel().tolist()[0] == "Jan 2020" and run["w"].tolist() == [[1, 1, 1]]
