"""Ensembles: boosting against twins in NumPy, bags and what is left out of them, forests and what they show."""

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from cnnscript.errors import ScriptError


@pytest.fixture
def two(run):
    rng = np.random.default_rng(5)
    X = rng.normal(size=(60, 3))
    y = (X[:, 0] + X[:, 1] ** 2 + 0.6 * rng.normal(size=60) > 0.7).astype(float)
    run["X"], run["y"] = np.asfortranarray(X), y.reshape(-1, 1)
    run.X, run.y = X, y
    return run


def stump(X, y, weights):
    """The question x < cut that leaves the least of Gini's index; the probability of class 1 on both sides."""
    best = (np.inf,)
    for column in range(X.shape[1]):
        values = np.unique(X[:, column])
        for cut in (values[1:] + values[:-1]) / 2:
            left = X[:, column] < cut
            shares, impurity = [], 0.0
            for side in (left, ~left):
                share = weights[side] @ y[side] / weights[side].sum()
                shares.append(share)
                impurity += weights[side].sum() * 2 * share * (1 - share)
            if impurity < best[0] - 1e-12:
                best = (impurity, column, cut, shares)
    _, column, cut, shares = best
    return lambda Z: np.where(Z[:, column] < cut, *shares)


def test_ada_boost_of_stumps_is_that_of_its_paper(two):
    two("t = templateTree('MaxNumSplits', 1, 'MinLeafSize', 1); "
        "m = fitcensemble(X, y, 'Method', 'AdaBoostM1', 'NumLearningCycles', 8, 'Learners', t, 'LearnRate', 0.5);"
        "[~, s] = predict(m, X); e = m.FitInfo; w = m.TrainedWeights;")  # fmt: skip
    weights, total, errors = np.full(60, 1 / 60), np.zeros(60), []
    for _ in range(8):
        said = np.where(stump(two.X, two.y, weights)(two.X) > 0.5, 1.0, -1.0)
        wrong = said != 2 * two.y - 1
        errors.append(weights[wrong].sum())
        alpha = 0.25 * np.log((1 - errors[-1]) / errors[-1])
        weights = weights * np.exp(np.where(wrong, alpha, -alpha))
        weights /= weights.sum()
        total += alpha * said
    assert np.allclose(two["s"], np.column_stack([-total, total])) and np.allclose(two["e"].ravel(), errors)


def test_logit_boost_adds_steps_of_newton(two):
    two("t = templateTree('MaxNumSplits', 1, 'MinLeafSize', 1); "
        "m = fitcensemble(X, y, 'NumLearningCycles', 4, 'Learners', t); [~, s] = predict(m, X);")  # fmt: skip
    total = np.zeros(60)
    for _ in range(4):
        share = 1 / (1 + np.exp(-2 * total))
        spread = share * (1 - share)
        target = np.clip((two.y - share) / spread, -4, 4)
        best = (np.inf,)
        for column in range(3):
            values = np.unique(two.X[:, column])
            for cut in (values[1:] + values[:-1]) / 2:
                left = two.X[:, column] < cut
                means = [np.average(target[side], weights=spread[side]) for side in (left, ~left)]
                step = np.where(left, *means)
                wrong = spread @ (target - step) ** 2
                best = min(best, (wrong, column, cut, means), key=lambda one: one[0])
        total += 0.5 * np.where(two.X[:, best[1]] < best[2], *best[3])
    assert np.allclose(two["s"][:, 1], total, atol=1e-6)


def test_a_bag_judges_each_observation_by_those_that_have_not_seen_it(two):
    two("rng(1), m = fitcensemble(X, y, 'Method', 'Bag', 'NumLearningCycles', 15); u = m.UseObsForLearner;"
        "[l, s] = oobPredict(m); e = oobLoss(m); c = oobLoss(m, 'Mode', 'cumulative'); p = zeros(60, 15);"
        "for k = 1:15, [~, q] = predict(m.Trained{k}, X); p(:, k) = q(:, 2); end")  # fmt: skip
    out = ~two["u"].astype(bool)
    assert 0.25 < out.mean() < 0.5
    mean = np.nanmean(np.where(out, two["p"], np.nan), axis=1)
    assert np.allclose(two["s"][:, 1], mean)
    wrong = (mean > 0.5) != two.y
    assert abs(two["e"] - wrong.mean()) < 0.02 and two["c"][-1, 0] == two["e"]


def test_random_undersampling_shows_learners_as_many_of_each_class(two):
    two("rng(1), z = double(X(:, 1) > 1.2); k = 2*sum(z);"
        "m = fitcensemble(X, z, 'Method', 'RUSBoost', 'NumLearningCycles', 3);"
        "n = cellfun(@(t) t.NodeSize(1), m.Trained)';")  # fmt: skip
    assert two["k"] < 40 and set(np.ravel(two["n"])) == {two["k"]}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("fitcensemble(X, (1:60)' > 20 + ((1:60)' > 40), 'Method', 'LPBoost')", "'LPBoost' of fitcensemble is not in"),
        ("fitcensemble(X, floor((0:59)'/20), 'Method', 'AdaBoostM1')", "Data must have two classes"),
        ("fitcensemble(X, y, 'Learners', 'svm')", "Learners"),
        ("fitcensemble(X, y, 'Method', 'Subspace', 'Learners', 'tree')", "'Subspace' takes learners of kind KNN"),
        ("fitcensemble(X, y, 'NumBins', 50)", "'NumBins' of fitcensemble is not in cnnscript yet."),
        ("fitcensemble(X, y, 'OptimizeHyperparameters', 'auto')", "'OptimizeHyperparameters' of fitcensemble"),
        ("fitcensemble(X, y, 'LearnRate', 0)", "LearnRate must be"),
        ("oobLoss(fitcensemble(X, y))", "for ensembles grown by 'Bag' only"),
        ("oobError(TreeBagger(3, X, y))", "without 'OOBPrediction' 'on'"),
        ("TreeBagger(3, X, y(1:5))", "The number of rows of X must be the number of elements of Y."),
        ("fitensemble(X, y, 'LSBoost', 5, 'Tree', 'Type', 'regression')", "answer numbers"),
    ],
)
def test_what_cannot_be_grown_is_said_in_one_sentence(two, code, sentence):
    with pytest.raises(ScriptError) as caught:
        two(code + ";")
    assert sentence in caught.value.message


def test_a_forest_is_as_good_as_scikit_learns_and_says_what_it_needs(two):
    two("rng(2), B = TreeBagger(80, X, y, 'OOBPredictorImportance', 'on'); e = oobError(B);"
        "d = B.OOBPermutedPredictorDeltaError; [l, s] = predict(B, X); k = class(l); o = oobPredict(B);")  # fmt: skip
    twin = RandomForestClassifier(80, max_features=2, random_state=0, oob_score=True).fit(two.X, two.y)
    assert two["e"].shape == (80, 1) and abs(two["e"][-1, 0] - (1 - twin.oob_score_)) < 0.1
    assert np.abs(two["s"] - twin.predict_proba(two.X)).mean() < 0.1
    assert two["k"] == "cell" and set(two["l"].ravel()) == {"0", "1"}
    assert (two["o"].ravel().astype(float) != two.y).mean() == pytest.approx(two["e"][-1, 0])
    assert two["d"][0, 2] < two["d"][0, :2].min()


def test_a_forest_of_numbers_answers_means(two):
    two("rng(2), B = TreeBagger(40, X, X(:, 1)*3, 'Method', 'regression', 'OOBPred', 'on', 'MinLeaf', 2);"
        "[m, d] = predict(B, X); e = oobError(B, 'Mode', 'ensemble'); n = B.NVarToSample;"
        "v = error(B, X, X(:, 1)*3, 'Mode', 'ensemble');")  # fmt: skip
    assert two["m"].shape == two["d"].shape == (60, 1) and two["n"] == 1
    assert two["v"] == pytest.approx(((two["m"][:, 0] - 3 * two.X[:, 0]) ** 2).mean())
    assert two["v"] < two["e"] < np.var(3 * two.X[:, 0])


def test_learners_are_printed_as_they_are_asked_for(two):
    assert two("m = fitcensemble(X, y, 'NumLearningCycles', 6, 'NPrint', 3);") == [
        "Training LogitBoost...", "Grown weak learners: 3", "Grown weak learners: 6",
    ]  # fmt: skip
    assert two("B = TreeBagger(4, X, y, 'NumPrint', 2);") == ["Tree 2 done.", "Tree 4 done."]


def test_folds_and_growing_losses_of_an_ensemble(two):
    two("rng(1), c = crossval(fitcensemble(X, y, 'NumLearningCycles', 5), 'KFold', 4); a = kfoldLoss(c);"
        "g = kfoldLoss(c, 'Mode', 'cumulative'); k = class(c); m = c.CrossValidatedModel;"
        "f = fitcensemble(X, y, 'NumLearningCycles', 5); h = resubLoss(f, 'Mode', 'cumulative'); r = resubLoss(f);"
        "o = loss(f, X, y, 'Learners', 1);")  # fmt: skip
    assert two["g"].shape == (5, 1) and two["g"][-1, 0] == two["a"]
    assert (two["k"], two["m"]) == ("ClassificationPartitionedEnsemble", "LogitBoost")
    assert two["h"][-1, 0] == two["r"] and two["h"][0, 0] == two["o"]


def test_what_predictors_do_for_a_tree_is_what_gini_loses(two):
    two("m = fitctree(X, y, 'MinParentSize', 2, 'MaxNumSplits', 2); p = predictorImportance(m);"
        "c = m.CutPoint; names = m.CutPredictor; k = m.Children;")  # fmt: skip

    def gini(rows):
        share = two.y[rows].mean()
        return 2 * share * (1 - share) * rows.size / 60

    gains, waiting = np.zeros(3), [(0, np.arange(60))]
    while waiting:
        node, rows = waiting.pop()
        left, right = (int(child) - 1 for child in two["k"][node])
        if left >= 0:
            column = int(two["names"][node, 0][1:]) - 1
            small = two.X[rows, column] < two["c"][node, 0]
            gains[column] += gini(rows) - gini(rows[small]) - gini(rows[~small])
            waiting += [(left, rows[small]), (right, rows[~small])]
    assert np.allclose(two["p"].ravel(), gains / 2) and gains.max() > 0.1


def test_a_machine_of_numbers_is_that_of_libsvm(two):
    from sklearn.svm import SVR

    two("m = fitrsvm(X, X(:, 1).^2, 'KernelFunction', 'rbf', 'KernelScale', 2, 'BoxConstraint', 3, 'Epsilon', 0.05);"
        "v = predict(m, X); r = resubLoss(m); s = m.KernelParameters.Scale;")  # fmt: skip
    twin = SVR(C=3, epsilon=0.05, gamma=0.25).fit(two.X, two.X[:, 0] ** 2)
    assert np.allclose(two["v"].ravel(), twin.predict(two.X), atol=2e-2) and two["s"] == 2
    assert two["r"] == pytest.approx(((two["v"].ravel() - two.X[:, 0] ** 2) ** 2).mean())


@pytest.mark.parametrize("method", ["LogitBoost", "GentleBoost", "AdaBoostM1", "AdaBoostM2", "RUSBoost"])
def test_costs_of_boosting_are_weights_of_the_classes(two, method):
    # taking class 0 for class 1 costs 2, the other way 1: as if each observation of class 0 were there twice
    two("t = templateTree('MaxNumSplits', 1);")  # deeper trees have ties, which rounding decides
    make = f"rng(7); m = fitcensemble(X, y, 'Learners', t, 'Method', '{method}', 'NumLearningCycles', 6"
    for name, more in (("a", ", 'Cost', [0 2; 1 0]"), ("b", ", 'Weights', 2 - y"), ("c", "")):
        two(f"{make}{more}); [~, {name}] = predict(m, X);")
    assert np.allclose(two["a"], two["b"]) and not np.allclose(two["a"], two["c"])


def test_costs_of_three_classes_are_weights_too(two):
    two("z = y + (X(:, 3) > 0); w = [1; 2; 4]; p = {'Method', 'AdaBoostM2', 'NumLearningCycles', 6, "
        "'Learners', templateTree('MaxNumSplits', 1)};"
        "[~, a] = predict(fitcensemble(X, z, p{:}, 'Cost', [0 .5 .5; 1 0 1; 2 2 0]), X);"
        "[~, b] = predict(fitcensemble(X, z, p{:}, 'Weights', w(z + 1)), X);"
        "[~, c] = predict(fitcensemble(X, z, p{:}), X);")  # fmt: skip
    assert np.allclose(two["a"], two["b"]) and not np.allclose(two["a"], two["c"])


def test_weights_decide_what_is_drawn_without_replacement(run):
    run("rng(1), X = (1:40)'; Y = X > 20; w = [1e-6*ones(20, 1); ones(20, 1)]; w(3) = 1;"
        "m = fitcensemble(X, Y, 'Method', 'Bag', 'Replace', 'off', 'FResample', 0.25, 'Weights', w);"
        "u = m.UseObsForLearner; B = TreeBagger(50, X, Y, 'SampleWithReplacement', 'off', 'FBoot', 0.25, 'Weights', w,"
        "'OOBPrediction', 'on'); v = ~B.OOBIndices;")  # fmt: skip
    for used in (run["u"], run["v"]):
        assert (used.sum(axis=0) == 10).all() and used[2].any() and used[20:].sum(axis=1).min() > 0
        assert used[np.r_[0:2, 3:20]].sum() <= 2


def test_two_draws_without_replacement_are_in_proportion_to_weights():
    from cnnscript.learning.ensembles import bag

    # of weights 1, 2 and 3, two are drawn: the first is among them by 1/6 + 2/6 * 1/4 + 3/6 * 1/3 = 5/12
    draw = np.random.default_rng(0).random
    used = bag(3, np.array([1.0, 2.0, 3.0]) / 6, 4000, 2 / 3, False, draw, lambda rows: None).used
    expected = [5 / 12, 2 / 6 + 1 / 6 * 2 / 5 + 3 / 6 * 2 / 3, 3 / 6 + 1 / 6 * 3 / 5 + 2 / 6 * 3 / 4]
    assert np.allclose(used.mean(axis=1), expected, atol=0.03)


@pytest.mark.parametrize("method", ["LogitBoost", "GentleBoost"])
def test_trees_of_numbers_draw_predictors_where_the_template_says_so(two, method):
    two(f"rng(3), p = {{'Method', '{method}', 'NumLearningCycles', 20, 'Learners'}}; d = {{'MaxNumSplits', 1}};"
        "[~, a] = predict(fitcensemble(X, y, p{:}, templateTree(d{:}, 'NumVariablesToSample', 1)), X);"
        "[~, b] = predict(fitcensemble(X, y, p{:}, templateTree(d{:}, 'NumVariablesToSample', 'all')), X);"
        "[~, c] = predict(fitcensemble(X, y, p{:}, templateTree(d{:})), X);")  # fmt: skip
    assert np.array_equal(two["b"], two["c"]) and not np.allclose(two["a"], two["b"])


REFUSED = [
    ("fitrsvm((1:20)', (1:20)', 'Solver', 'ISDA', 'KKTTolerance', 0.5)", "cnnscript:NotYet"),
    ("fitrsvm((1:20)', (1:20)', 'Solver', 'L1QP')", "cnnscript:NotYet"),
    ("fitrsvm([1 NaN; NaN 2], [1; 2])", "stats:fitrsvm:NoData"),
    ("fitcensemble(X, y, 'Learners', templateTree('SplitCriterion', 'deviance'))", "cnnscript:NotYet"),
    ("fitcensemble(X, y, 'Learners', templateTree('Surrogate', 'on'))", "cnnscript:NotYet"),
    ("fitcensemble(X, y, 'Method', 'Bag', 'Learners', templateTree('Surrogate', 3))", "cnnscript:NotYet"),
    ("fitcensemble(X, y, 'Method', 'RUSBoost', 'RatioToSmallest', [1 2])", "cnnscript:NotYet"),
    ("fitcensemble(X, y, 'RatioToSmallest', [1 1 1])", "stats:fitcensemble:BadRatioToSmallest"),
    ("oobPredict(e, 'Learners', 99)", "stats:ensemble:BadLearners"),
    ("oobPredict(e, 'Learners', 0)", "stats:ensemble:BadLearners"),
    ("oobLoss(e, 'Learners', 1.5)", "stats:ensemble:BadLearners"),
    ("oobPredict(B, 'Learners', 1)", "stats:internal:parseArgs:BadParamName"),
    ("loss(r, X, y, 'Mode', 'nonsense')", "stats:internal:parseArgs:BadParamName"),
    ("loss(r, X, y, 'Learners', 99)", "stats:internal:parseArgs:BadParamName"),
    ("loss(fitrlinear(X, y), X, y, 'Decoding', 'lossbased')", "stats:internal:parseArgs:BadParamName"),
    ("resubLoss(r, 'Mode', 'nonsense')", "stats:internal:parseArgs:BadParamName"),
    ("loss(r, X, y(1:2))", "stats:loss:BadYSize"),
    ("fitcensemble(X, y, 'Method', 'Bag', 'NPredToSample', 1)", "stats:fitcensemble:BadNPredToSample"),
    ("loss(r, X, y, 'Weights', [1 2])", "stats:loss:BadW"),
    ("TreeBagger(3, X, y, 'Surrogate', 'on')", "cnnscript:NotYet"),
    ("TreeBagger(3, X, y, 'Surrogate', 3)", "cnnscript:NotYet"),
    ("TreeBagger(3, X, y, 'Method', 'regression', 'Prior', 'nonsense')", "stats:TreeBagger:TreeBagger:BadOption"),
    ("TreeBagger(3, X, y, 'Method', 'regression', 'Cost', [0 1; 1 0])", "stats:TreeBagger:TreeBagger:BadOption"),
    ("TreeBagger(3, X, y, 'Method', 'regression', 'ClassNames', {'a'})", "stats:TreeBagger:TreeBagger:BadOption"),
    ("error(B, X, y(1:2))", "stats:error:BadYSize"),
    ("error(TreeBagger(2, X, y, 'Method', 'regression'), X, y(1:2))", "stats:error:BadYSize"),
]


@pytest.mark.parametrize(("call", "identifier"), REFUSED)
def test_what_has_no_meaning_is_refused(two, call, identifier):
    two("e = fitcensemble(X, y, 'Method', 'Bag', 'NumLearningCycles', 3); r = fitrtree(X, y);"
        "B = TreeBagger(2, X, y, 'OOBPrediction', 'on');")  # fmt: skip
    with pytest.raises(ScriptError) as caught:
        two(f"{call};")
    assert caught.value.identifier == identifier


def test_a_ratio_of_one_for_each_class_is_the_usual(two):
    two("rng(2), p = {'Method', 'RUSBoost', 'NumLearningCycles', 3}; m = fitcensemble(X, y, p{:});"
        "rng(2), n = fitcensemble(X, y, p{:}, 'RatioToSmallest', [1 1]);"
        "[~, a] = predict(m, X); [~, b] = predict(n, X);")  # fmt: skip
    assert np.array_equal(two["a"], two["b"])
