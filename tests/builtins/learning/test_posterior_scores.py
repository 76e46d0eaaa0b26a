"""fitPosterior, trees as text, and linear models of several strengths."""

import numpy as np
import pytest
from scipy.optimize import minimize

from cnnscript.errors import ScriptError


@pytest.fixture
def two(run):
    run("rng(4), X = [randn(40, 2); randn(40, 2) + 1.5]; y = [zeros(40, 1); ones(40, 1)];")
    return run


def test_the_sigmoid_is_the_one_of_greatest_likelihood(two):
    two("m = fitcsvm(X, y); c = compact(m); [p, t] = fitPosterior(c, X, y); [~, s] = predict(c, X);"
        "[~, q] = predict(p, X); w = p.ScoreTransform; a = [t.Slope t.Intercept];")  # fmt: skip
    scores, y = two["s"][:, 1], two["y"].ravel()
    target = np.where(y == 1, 41 / 42, 1 / 42)

    def likelihood(point):
        share = 1 / (1 + np.exp(point[0] * scores + point[1]))
        return -(target * np.log(share) + (1 - target) * np.log(1 - share)).sum()

    best = minimize(likelihood, [-1.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10}).x
    assert np.allclose(two["a"].ravel(), best, atol=1e-3)
    assert np.allclose(two["q"][:, 1], 1 / (1 + np.exp(two["a"][0, 0] * scores + two["a"][0, 1])))
    assert two["w"] == f"@(S)sigmoid(S,{two['a'][0, 0]:e},{two['a'][0, 1]:e})"


def test_classes_that_scores_tell_apart_get_a_step(two):
    two("x = [-3 -2 -1 1 2 3]'; m = fitcsvm(x, x > 0); [p, t] = fitPosterior(compact(m), x, x > 0);"
        "[~, q] = predict(p, [-5; 0; 5]); k = t.Type;")  # fmt: skip
    assert two["k"] == "step" and two["q"].tolist() == [[1, 0], [0.5, 0.5], [0, 1]]


def test_more_than_two_classes_have_no_posterior_of_one_machine(two):
    with pytest.raises(ScriptError, match="two classes"):
        two("fitPosterior(fitcecoc(X, y + (X(:, 1) > 1)));")


def test_a_tree_is_written_as_matlab_writes_it(two):
    two("k = categorical({'b'; 'b'; 'a'; 'a'; 'c'});")
    assert two("view(fitctree([1; 2; 9; 10; 5], k, 'MinParentSize', 2))") == [
        "Decision tree for classification",
        "1  if x1<3.5 then node 2 elseif x1>=3.5 then node 3 else a",
        "2  class = b",
        "3  if x1<7 then node 4 elseif x1>=7 then node 5 else a",
        "4  class = c",
        "5  class = a",
    ]
    assert two("view(fitrtree(table([1; 2; 9], 'VariableNames', {'w'}), [1; 1; 2.5], 'MinParentSize', 2))") == [
        "Decision tree for regression", "1  if w<5.5 then node 2 elseif w>=5.5 then node 3 else 1.5", "2  fit = 1",
        "3  fit = 2.5",
    ]  # fmt: skip


def test_a_drawn_tree_has_a_branch_for_each_answer(two):
    two("g = figure; view(fitctree(X, y, 'MaxNumSplits', 3), 'Mode', 'graph'); same = gcf == g;"
        "f = findall(groot, 'Tag', 'tree viewer'); n = f.Name;"
        "t = numel(findobj(f, 'Type', 'text')); l = numel(findobj(f, 'Type', 'line'));"
        "m = fitctree(X, y, 'MaxNumSplits', 3); k = m.NumNodes;")  # fmt: skip
    assert two["same"] is True and two["n"] == "Classification tree viewer"
    assert two["t"] == two["k"] and two["l"] == 2 * two["k"] - 1


def test_each_strength_of_regularization_has_a_loss(two):
    two("m = fitclinear(X, y, 'Lambda', [0.01 0.1 10]); a = loss(m, X, y); b = loss(selectModels(m, 2), X, y);"
        "rng(1), c = fitclinear(X, y, 'Lambda', [0.01 0.1 10], 'KFold', 4); d = kfoldLoss(c);"
        "e = kfoldLoss(c, 'Mode', 'individual'); k = class(c); n = selectModels(m, [true 3]).Lambda;")  # fmt: skip
    assert two["a"].shape == (1, 3) and two["b"] == two["a"][0, 1]
    assert two["e"].shape == (4, 3) and np.allclose(two["e"].mean(0), two["d"].ravel())
    assert two["k"] == "ClassificationPartitionedLinear" and two["n"].tolist() == [[0.01, 10]]


@pytest.mark.parametrize("option", ["'KFold', 5", "'Holdout', 0.2", "'Leaveout', 'on'"])
def test_folds_of_given_observations_are_refused(two, option):
    with pytest.raises(ScriptError) as caught:
        two(f"fitPosterior(compact(fitcsvm(X, y)), X, y, {option});")
    assert caught.value.identifier == "stats:internal:parseArgs:BadParamName"
