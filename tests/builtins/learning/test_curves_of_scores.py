"""Curves of performance, main directions, layouts: against what must hold and small cases by hand."""

import numpy as np
import pytest


def test_the_area_under_a_curve_is_the_share_of_pairs_in_the_right_order(run):
    run("rng(4); y = double(rand(60, 1) > 0.4); s = y + randn(60, 1); [x, t, h, a, o] = perfcurve(y, s, 1);")
    truth, scores = run["y"].ravel() > 0, run["s"].ravel()
    pairs = (scores[truth][:, None] > scores[~truth][None, :]).mean()
    assert abs(run["a"] - pairs) < 1e-12
    assert run["x"][0, 0] == run["t"][0, 0] == 0 and run["x"][-1, 0] == run["t"][-1, 0] == 1
    assert run["h"][0, 0] == run["h"][1, 0] == scores.max()
    assert ((run["x"] == run["o"][0, 0]) & (run["t"] == run["o"][0, 1])).any()


def test_criteria_negative_classes_and_thresholds(run):
    run("y = {'a'; 'b'; 'c'; 'a'}; s = [4; 3; 2; 1]; [x, t] = perfcurve(y, s, 'a', 'NegClass', 'b'); ")
    assert run["x"].ravel().tolist() == [0, 0, 1, 1] and run["t"].ravel().tolist() == [0, 0.5, 0.5, 1]
    run("[x, t] = perfcurve([1; 0; 1], [3; 2; 1], 1, 'XCrit', 'reca', 'YCrit', 'prec');")
    assert np.isnan(run["t"][0, 0]) and np.allclose(run["t"].ravel()[1:], [1, 0.5, 2 / 3])
    run("[x, t] = perfcurve([1 0 1 0], [4 3 2 1], 1, 'XVals', [0 0.5 1], 'UseNearest', 'off');")
    assert run["x"].ravel().tolist() == [0, 0.5, 1]


@pytest.mark.parametrize("labels", ["[1 0 1]", "logical([1 0 1])", '["x" "y" "x"]', "categorical([1 0 1])"])
def test_labels_of_every_class(run, labels):
    wanted = {"[": "1", "l": "true"}.get(labels[0], "'1'") if '"' not in labels else '"x"'
    run(f"[x, y, t, a] = perfcurve({labels}, [3 2 1], {wanted});")
    assert run["a"] == 0.5


def test_numbers_name_the_categories_that_read_as_they_do(run):
    run("c = categorical([1 1 2 2]'); [x, y, t, a] = perfcurve(c, [0.9 0.4 0.5 0.1]', 1);")
    run("[x, y, t, b] = perfcurve(c, [0.9 0.4 0.5 0.1]', '1', NegClass=2);")
    assert run["a"] == run["b"] == 0.75
    assert "not among the labels" in run.fault("perfcurve(c, [0.9 0.4 0.5 0.1]', 3)").message


def test_a_positive_class_that_is_not_there_is_refused(run):
    assert run.fault("perfcurve([1 0], [1 2], 7);").identifier == "stats:perfcurve:NotEnoughClasses"
    assert run.fault("perfcurve([1 0], [1 2 3], 1);").identifier == "stats:perfcurve:ScoresAndLabelsDoNotMatch"


@pytest.mark.parametrize("option, words", [
    ("'TVals', NaN", "TVals must be 'all' or numbers that are not NaN."),
    ("'XVals', [0 NaN]", "XVals must be 'all' or numbers that are not NaN."),
    ("'NBoot', 3, 'XVals', NaN", "XVals must be 'all'"),
    ("'XVals', 'some'", "Expected XVals to match"),
    ("'XCrit', 'some'", "'ecost'"),
    ("'Cost', [1 2 3]", "Cost must be a 2-by-2 matrix"),
    ("'Weights', [1 2]", "Weights must be nonnegative, one for each score."),
    ("'Weights', [1 -1 1]", "Weights must be nonnegative"),
])  # fmt: skip
def test_options_of_a_curve_that_fit_nothing_are_refused(run, option, words):
    assert words in run.fault(f"perfcurve([1 0 1], [2 1 3], 1, {option});").message


def test_main_directions_rebuild_the_data_and_their_variances_add_up(run):
    run("rng(0); x = randn(30, 4)*[1 2 0 0; 0 1 0 1; 0 0 3 0; 0 0 0 1]; [c, s, l, t, e, m] = pca(x);")
    run("r = max(max(abs(s*c' + m - x))); v = abs(sum(l) - sum(var(x))); p = sum(e);")
    run("q = max(abs(t - sum((s./std(s)).^2, 2)));")
    assert max(run["r"], run["v"], abs(run["p"] - 100), run["q"]) < 1e-9
    run("[a, b] = max(abs(c)); d = all(c(sub2ind(size(c), b, 1:4)) > 0); [c2, s2, l2] = pca(x, 'Algorithm', 'eig');")
    assert run["d"] is True and np.allclose(run["l"], run["l2"]) and np.allclose(run["c"], run["c2"])


def test_few_rows_give_few_directions_unless_all_are_wanted(run):
    run("a = pca([1 2 3; 4 5 7]); b = pca([1 2 3; 4 5 7], 'Economy', false); [c, s] = pca([1 2; NaN 3; 4 9; 5 1]);")
    assert run["a"].shape == (3, 1) and run["b"].shape == (3, 3)
    assert np.isnan(run["s"][1]).all() and run["s"].shape == (4, 2)


def test_neighbours_stay_neighbours_in_a_layout(run):
    run("rng(0); x = [randn(25, 6); randn(25, 6) + 20]; y = tsne(x, 'Perplexity', 8);")
    run("i = knnsearch(y, y, 'K', 2); same = mean((i(:, 2) > 25) == ((1:50)' > 25));")
    assert run["same"] > 0.95
    assert run.fault("tsne(magic(4));").identifier == "stats:tsne:InvalidPerplexity"


def test_confusion_of_columns(run):
    run("[c, m, i, p] = confusion([1 0 1; 0 1 0], [0.4 0.1 0.9; 0.6 0.9 0.1]);")
    assert abs(run["c"] - 1 / 3) < 1e-15 and run["m"].tolist() == [[1, 1], [0, 1]]
    assert run["i"][0, 1] == 1
    assert run.fault("confusion(zeros(0, 2), zeros(0, 2));").identifier == "nnet:confusion:Size"


def test_the_most_telling_predictor_comes_first_and_its_copy_last(run):
    run("rng(0); y = [zeros(50, 1); ones(50, 1)]; a = double(y + 0.1*rand(100, 1) > 0.5); x = [rand(100, 1) a a];")
    run("[i, s] = fscmrmr(x, y); first = i(1);")
    assert run["first"] == 2 and run["s"].shape == (1, 3)


def test_infinite_values_of_a_predictor_lie_in_its_outermost_bins(run):
    run("y = mod((1:401)', 2); x = [-Inf; (2:400)'; Inf]; i = fscmrmr([x y], y); j = fscmrmr([y x + 1e5*y], y);")
    assert run["i"].tolist() == [[2, 1]] and run["j"].tolist() == [[1, 2]]
