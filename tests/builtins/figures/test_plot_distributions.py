import numpy as np
import pytest


def test_steps_of_the_empirical_distribution_and_their_bounds(run):
    run("[f, x, lo, up] = ecdf([1 2 3 4]);")
    assert np.allclose(run["f"].ravel(), [0, 0.25, 0.5, 0.75, 1]) and run["x"].ravel().tolist() == [1, 1, 2, 3, 4]
    half = 1.959964 * np.sqrt(0.75**2 * (1 / (4 * 3)))
    assert np.isnan(run["lo"][0, 0]) and abs(run["up"][1, 0] - (0.25 + half)) < 1e-6 and run["lo"][1, 0] == 0


def test_censored_data_are_only_known_to_be_larger(run):
    run("f = ecdf([1 2 3], 'Censoring', [0 1 0]); s = ecdf([1 2 3], 'Function', 'survivor');")
    assert np.allclose(run["f"].ravel(), [0, 1 / 3, 1]) and np.allclose(run["s"].ravel(), [1, 2 / 3, 1 / 3, 0])


def test_density_by_kernels(run):
    run("x = [1 2 3 7]; [f, xi, bw] = ksdensity(x); a = trapz(xi, f); c = ksdensity(x, 100, 'Function', 'cdf');")
    run("p = ksdensity([1 2 3], -1, 'Support', 'positive'); g = ksdensity(0, 0, 'Bandwidth', 1);")
    median_spread = 1.0 / 0.6745
    assert abs(run["a"] - 1) < 0.01 and abs(run["bw"] - median_spread * (4 / 12) ** 0.2) < 1e-9
    assert run["c"] == 1 and run["p"] == 0 and abs(run["g"] - 1 / np.sqrt(2 * np.pi)) < 1e-12


@pytest.mark.parametrize("kernel", ["box", "triangle", "epanechnikov"])
def test_kernels_have_area_one_and_rise_to_one(run, kernel):
    run(f"x = linspace(-4, 4, 4001); f = ksdensity(0, x, 'Bandwidth', 1, 'Kernel', '{kernel}'); a = trapz(x, f);")
    run("v = trapz(x, x.^2 .* f);")
    run(f"c = ksdensity(0, [-3 0 3], 'Bandwidth', 1, 'Kernel', '{kernel}', 'Function', 'cdf');")
    assert abs(run["a"] - 1) < 1e-3 and abs(run["v"] - 1) < 1e-2 and np.allclose(run["c"], [[0, 0.5, 1]])


def test_a_fit_has_the_area_of_its_bars(run):
    run("rng(1); h = histfit(randn(1, 400), 20); a = trapz(h(2).XData, h(2).YData); w = h(1).XData;")
    run("b = 400*(w(2)-w(1));")
    assert abs(run["a"] / run["b"] - 1) < 0.02


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("ecdf([])", "no valid data"),
        ("ecdf(1:3, 'Foo', 1)", "Invalid parameter name"),
        ("ksdensity([-1 2], 'Support', 'positive')", "between lower and upper"),
        ("ksdensity([])", "some data"),
        ("histfit(1)", "Not enough data"),
        ("probplot('lognormal', [-1 2])", "must be positive"),
        ("cdfplot('a')", "numeric"),
    ],
)
def test_data_without_a_distribution(run, call, words):
    assert words in run.fault(call).message
