"""ttest, ttest2, ranksum, signrank, kstest, kstest2, anova1; other means; regress, robustfit, bootstrp, fitlm."""

import numpy as np
from scipy import stats


def test_t_tests_agree_with_scipy(run):
    run("rng(1); x = randn(20, 1) + 0.5; y = randn(15, 1); [h, p, ci, s] = ttest(x); [a, b, c, d] = ttest2(x, y);")
    x, y = run["x"].ravel(), run["y"].ravel()
    assert np.isclose(run["p"], stats.ttest_1samp(x, 0).pvalue) and run["h"] == float(run["p"] <= 0.05)
    assert run["ci"].shape == (2, 1) and np.isclose(run["b"], stats.ttest_ind(x, y).pvalue)
    run("[~, u] = ttest2(x, y, 'Vartype', 'unequal'); [~, r] = ttest(x, 0.2, 'Tail', 'right');")
    run("[~, o] = ttest(x, 0, 0.1);")
    assert np.isclose(run["u"], stats.ttest_ind(x, y, equal_var=False).pvalue)
    assert np.isclose(run["r"], stats.ttest_1samp(x, 0.2, alternative="greater").pvalue)
    assert run.fault("ttest(1:3, 1:4)").identifier == "stats:ttest:XYSizeMismatch"


def test_columns_and_missing_values(run):
    run("[h, p] = ttest([1 2; 2 NaN; 3 4]); q = p(2); [~, r] = ttest([2; 4]);")
    assert run["h"].shape == (1, 2) and np.isclose(run["q"], run["r"])


def test_rank_tests_agree_with_scipy(run):
    run("x = [1 4 2 8 5 7]; y = [3 9 10 11 6]; p = ranksum(x, y); q = ranksum(x, y, 'method', 'approximate');")
    x, y = [1, 4, 2, 8, 5, 7], [3, 9, 10, 11, 6]
    assert np.isclose(run["p"], stats.mannwhitneyu(x, y, method="exact").pvalue)
    assert np.isclose(run["q"], stats.mannwhitneyu(x, y, method="asymptotic").pvalue)
    run("d = [1.2 -0.3 2.1 0.8 1.7 -0.1 0.9]; s = signrank(d);")
    assert np.isclose(run["s"], stats.wilcoxon([1.2, -0.3, 2.1, 0.8, 1.7, -0.1, 0.9]).pvalue)
    assert run.fault("signrank(NaN)").message == "No data remaining after removal of NaNs."


def test_distributions_are_compared(run):
    run("rng(2); x = randn(30, 1); [h, p, d] = kstest(x); [g, q, e] = kstest2(x, x + 5);")
    found = stats.kstest(run["x"].ravel(), "norm")
    assert np.isclose(run["p"], found.pvalue) and np.isclose(run["d"], found.statistic)
    assert run["g"] is True and run["e"] == 1


def test_variance_between_groups(run):
    run("y = [1 4 9; 2 5 7; 3 5 8]; [p, t, s] = anova1(y, {'a', 'b', 'c'}, 'off');")
    assert np.isclose(run["p"], stats.f_oneway([1, 2, 3], [4, 5, 5], [9, 7, 8]).pvalue)
    assert run["t"].shape == (4, 6) and run["s"].fields["df"] == 6


def test_other_means(run):
    run("a = trimmean([1 2 3 4 5 6 7 8 9 100], 20); b = trimmean([1 2 3 4 100], 20);")
    run("c = trimmean([1 2 3 4 100], 30, 'weight');")
    assert run["a"] == 5.5 and run["b"] == 22 and np.isclose(run["c"], (0.25 + 2 + 3 + 4 + 25) / 3.5)
    assert run.fault("geomean([1 -1])").message == "The data must all be non-negative numbers."
    run("g = geomean([1 4; 4 1], 'all'); h = harmmean([1 2 4]); s = std2(uint8([0 10]));")
    assert np.isclose(run["g"], 2) and np.isclose(run["h"], 12 / 7) and np.isclose(run["s"], 50**0.5)


def test_regression_intervals(run):
    run("rng(3); X = [ones(12, 1) rand(12, 2)]; y = X*[1; 2; 3] + 0.1*randn(12, 1); [b, bi, r, ri, s] = regress(y, X);")
    run("m = fitlm(X(:, 2:3), y); ci = coefCI(m); R = m.Rsquared.Ordinary; F = m.ModelFitVsNullModel.Fstat;")
    assert np.allclose(run["bi"], run["ci"]) and np.allclose(run["s"][0, :2], [run["R"], run["F"]])
    assert run["ri"].shape == (12, 2) and (run["ri"][:, 0] < run["r"].ravel()).all()


def test_dependent_columns_are_warned_of(run):
    assert "X is rank deficient" in run("b = regress([1; 2; 3], [1 1; 1 1; 1 1]);")[0]


def test_formulas_of_models(run):
    run("rng(4); t = table(rand(20, 1), rand(20, 1), 'VariableNames', {'u', 'v'}); t.w = 1 + 2*t.u.*t.v;")
    run("m = fitlm(t, 'w ~ u*v'); n = m.CoefficientNames; e = m.Coefficients.Estimate; f = m.Formula;")
    run("p = predict(m, t(1:2, :));")
    assert run["n"].ravel().tolist() == ["(Intercept)", "u", "v", "u:v"] and run["f"] == "w ~ 1 + u*v"
    assert np.allclose(run["e"].ravel(), [1, 0, 0, 2], atol=1e-10) and run["p"].shape == (2, 1)
    run("q = fitlm((1:6)', ((1:6).^2)', 'quadratic'); z = predict(q, 7);")
    assert np.isclose(run["z"], 49)
    assert run.fault("fitlm(t, 'w ~ q')")


def test_samples_drawn_with_replacement(run):
    run("rng default; s = bootstrp(50, @mean, (1:10)');")
    run("[b, k] = bootstrp(4, @(x, y) [mean(x) max(y)], (1:5)', (6:10)');")
    assert run["s"].shape == (50, 1) and 3 < run["s"].mean() < 8
    assert run["b"].shape == (4, 2) and run["k"].shape == (5, 4)


def test_outliers_hardly_move_a_robust_fit(run):
    run("x = (1:20)'; y = 3*x + 1; y(20) = 500; b = robustfit(x, y); h = robustfit(x, y, 'huber');")
    assert np.allclose(run["b"].ravel(), [1, 3], atol=1e-6) and abs(run["h"][1, 0] - 3) < 1
