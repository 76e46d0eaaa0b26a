"""Classifiers: what MATLAB's reference pages print for Fisher's irises, and what every kind of model answers."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from cnnscript.builtins.learning import nearest_neighbours
from cnnscript.learning import pruning

KINDS = {
    "fitcknn": "", "fitcnb": "", "fitcdiscr": "", "fitctree": ", 'MinParentSize', 2", "fitcsvm": "", "fitcecoc": "",
    "fitclinear": "",
}  # fmt: skip


@pytest.fixture
def irises(run):
    measured = load_iris().data.copy()
    measured[34], measured[37] = [4.9, 3.1, 1.5, 0.2], [4.9, 3.6, 1.4, 0.1]  # two rows differ in Fisher's paper
    run["meas"] = np.asfortranarray(measured)
    run("species = [repmat({'setosa'}, 50, 1); repmat({'versicolor'}, 50, 1); repmat({'virginica'}, 50, 1)];")
    run("part = ~strcmp(species, 'setosa'); X = meas(part, 3:4); y = species(part);")
    return run


def test_the_machine_of_two_irises_is_matlabs(irises):
    irises("m = fitcsvm(X, y); bias = m.Bias; count = numel(m.Alpha);")
    assert round(irises["bias"], 3) == -14.415 and irises["count"] == 24


def test_a_machine_shows_itself_as_matlab_shows_it(irises):
    assert irises("m = fitcsvm(X, y)") == [
        "m =", "ClassificationSVM", "ResponseName: 'Y'", "CategoricalPredictors: []",
        "ClassNames: {'versicolor'  'virginica'}", "ScoreTransform: 'none'", "NumObservations: 100",
        "Alpha: [24×1 double]", "Bias: -14.4149", "KernelParameters: [1×1 struct]", "BoxConstraints: [100×1 double]",
        "ConvergenceInfo: [1×1 struct]", "IsSupportVector: [100×1 logical]", "Solver: 'SMO'",
    ]  # fmt: skip


def test_codes_of_three_irises_and_their_loss(irises):
    irises("m = fitcecoc(meas, species); code = m.CodingMatrix; wrong = resubLoss(m); b = m.BinaryLearners{1};")
    assert irises["code"].tolist() == [[1, 1, 0], [-1, 0, 1], [0, -1, -1]]
    assert round(irises["wrong"], 4) == 0.0067
    irises("[k, negated, scores] = predict(m, meas(51, :)); best = find(negated == max(negated)); beta = size(b.Beta);")
    assert irises["best"] == 2 and irises["scores"].shape == (1, 3) and irises["beta"].tolist() == [[4, 1]]


def test_margins_of_five_neighbours(irises):
    irises("m = resubMargin(fitcknn(meas, species, 'NumNeighbors', 5)); s = [max(m) min(m) mean(m)];")
    assert np.round(irises["s"], 4).tolist() == [[1, -0.6, 0.9253]]


def test_losses_of_other_classifiers_of_irises(irises):
    irises("a = resubLoss(fitcdiscr(meas, species)); b = resubLoss(fitcnb(meas, species));")
    irises("c = resubLoss(fitctree(meas, species));")
    irises("d = resubLoss(fitcdiscr(meas, species, 'DiscrimType', 'quadratic'));")
    assert np.round([irises[name] for name in "abcd"], 4).tolist() == [0.02, 0.04, 0.02, 0.02]
    irises("c = fitcdiscr(meas, species, 'FillCoeffs', 'off').Coeffs;")
    assert irises["c"].shape == (0, 0)


def test_posteriors_of_codes_are_probabilities_and_agree_with_the_classes(irises):
    irises("rng(1); m = fitcecoc(meas, species, 'FitPosterior', true); [k, ~, ~, p] = resubPredict(m);")
    irises("s = max(abs(sum(p, 2) - 1)); [~, best] = max(p, [], 2); same = mean(strcmp(k, m.ClassNames(best)));")
    assert irises["s"] < 1e-9 and irises["same"] > 0.95


@pytest.mark.parametrize(("fit", "more"), KINDS.items())
@pytest.mark.parametrize(
    ("labels", "second"),
    [
        ("[0; 0; 0; 1; 1; 1]", "1"),
        ("logical([0; 0; 0; 1; 1; 1])", "true"),
        ("{'a'; 'a'; 'a'; 'b'; 'b'; 'b'}", "{'b'}"),
        ('["a"; "a"; "a"; "b"; "b"; "b"]', "{'b'}"),  # strings are taken for cells of texts
        ("['a'; 'a'; 'a'; 'b'; 'b'; 'b']", "'b'"),
        ("categorical({'a'; 'a'; 'a'; 'b'; 'b'; 'b'})", "categorical({'b'}, {'a', 'b'})"),
    ],
)
def test_labels_come_back_in_the_class_of_the_responses(run, fit, more, labels, second):
    run(f"x = [1 1; 2 1; 1 2; 8 9; 9 8; 9 9]; m = {fit}(x, {labels}{more}); k = predict(m, [9 9.5]);")
    run(f"same = isequal(k, {second}) && strcmp(class(k), class({second}));")
    assert run["same"] is True


@pytest.mark.parametrize(("fit", "more"), KINDS.items())
def test_tables_matrices_and_columns_train_the_same_model(run, fit, more):
    run("x = [1 1; 2 1; 1 2; 8 9; 9 8; 9 9]; y = [1; 1; 1; 2; 2; 2]; t = table(x(:, 1), x(:, 2), y);")
    run(f"a = predict({fit}(x, y{more}), x); b = predict({fit}(t, 'y'{more}), t);")
    run(f"c = predict({fit}(t(:, 1:2), y{more}), t);")
    run(f"d = predict({fit}(t, 'y ~ Var1 + Var2'{more}), t);")
    for name in "abcd":
        assert run[name].ravel().tolist() == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(("fit", "more"), KINDS.items())
def test_cross_validation_asks_models_that_have_not_seen_the_observation(run, fit, more):
    run("rng(0); x = [randn(20, 2); randn(20, 2) + 6]; y = [ones(20, 1); 2*ones(20, 1)];")
    run(f"m = {fit}(x, y{more}, 'KFold', 4);")
    run("l = kfoldLoss(m); e = kfoldLoss(m, 'Mode', 'individual'); k = kfoldPredict(m); kind = class(m);")
    assert run["l"] <= 0.1 and run["e"].shape == (4, 1) and run["k"].shape == (40, 1)
    assert run["kind"].startswith("ClassificationPartitioned")


def test_codings_ask_the_machines_they_say(run):
    run("x = [1; 2; 10; 11; 20; 21; 30; 31]; y = [1; 1; 2; 2; 3; 3; 4; 4]; rng(0);")
    sizes = {"onevsone": 6, "onevsall": 4, "ordinal": 3, "binarycomplete": 7, "ternarycomplete": 25}
    for word, machines in sizes.items():
        run(f"m = fitcecoc(x, y, 'Coding', '{word}'); n = size(m.CodingMatrix, 2); name = m.CodingName;")
        assert run["n"] == machines and run["name"] == word
    run("m = fitcecoc(x, y, 'Coding', 'denserandom', 'Learners', 'knn'); k = predict(m, [1; 31]);")
    assert run["k"].ravel().tolist() == [1, 4]


@pytest.mark.parametrize(
    ("call", "identifier"),
    [
        ("fitcsvm([1; 2; 3], [1; 2; 3])", "stats:ClassificationSVM:prepareData:BadClassNames"),
        ("fitcknn([1; 2; 3], [1; 2])", "stats:fitcknn:BadYSize"),
        (
            "fitcknn([1; 2], [1; 2], 'KFold', 2, 'Holdout', 0.5)",
            "stats:classreg:learning:generator:Partitioner:TooManyCrossvalOptions",
        ),
        ("fitcknn([1; 2], [1; 2], 'NumNeighbours', 2)", "MATLAB:InputParser:UnmatchedParameter"),
        ("predict(fitcknn([1; 2], [1; 2]), [1 2])", "stats:predict:BadXSize"),
        ("kfoldLoss(fitcknn([1; 2], [1; 2]))", "MATLAB:UndefinedFunction"),
        ("fitcnb(table([1 2; 3 4; 5 6], {'a'; 'a'; 'b'}), 'Var2')", "stats:fitcnb:MulticolumnVariable"),
        ("fitcnb([1; 1; 2; 3], [1; 1; 2; 2])", "stats:ClassificationNaiveBayes:NormalDistributionWithZeroVariance"),
        ("fitcsvm([1; 2], [1; 2], 'OptimizeHyperparameters', 'auto')", "cnnscript:NotYet"),
        ("fitcknn([1; 2], [1; 2], 'OptimizeHyperparameters', 'auto', 'HyperparameterOptimizationOptions', "
         "struct('Optimizer', 'bayesopt'))", "cnnscript:NotYet"),
        ("fitcecoc([1; 2], [1; 2], 'ScoreTransform', 'logit')", "cnnscript:NotYet"),
        ("fitcknn([1; 2], [1; 2], 'Exponent', 3)", "stats:fitcknn:BadExponent"),
        ("fitcknn([1; 2], [1; 2], 'Distance', 'seuclidean', 'Cov', 1)", "stats:fitcknn:BadCov"),
        ("fitcknn([1; 2], [1; 2], 'Distance', @(a, b) abs(a - b), 'Scale', 1)", "stats:fitcknn:BadScale"),
    ],
)  # fmt: skip
def test_mistakes_are_said(run, call, identifier):
    assert run.fault(f"m = {call};").identifier == identifier


def test_prior_and_cost_move_the_boundary(run):
    run("x = [1; 2; 3; 4; 5; 6]; y = [1; 1; 2; 1; 2; 2]; a = predict(fitcknn(x, y, 'NumNeighbors', 3), 3.4);")
    run("b = predict(fitcknn(x, y, 'NumNeighbors', 3, 'Cost', [0 1; 9 0]), 3.4);")
    run("c = predict(fitcknn(x, y, 'NumNeighbors', 3, 'Prior', [0.1 0.9]), 3.4);")
    assert (run["a"], run["b"], run["c"]) == (1, 2, 2)


@pytest.mark.parametrize("fit", ["fitclinear", "fitcecoc"])
def test_costs_move_the_boundary_of_machines_that_answer_by_its_side(run, fit):
    run("rng(1); x = [randn(30, 1); randn(30, 1) + 1]; y = [ones(30, 1); 2*ones(30, 1)];")
    run(f"a = sum(predict({fit}(x, y), x) == 1); b = sum(predict({fit}(x, y, 'Cost', [0 9; 1 0]), x) == 1);")
    run(f"c = sum(predict({fit}(x, y, 'Cost', [0 1; 9 0]), x) == 1);")
    assert run["b"] > run["a"] + 5 and run["c"] < run["a"] - 5


def test_a_linear_regression_finds_its_weights(run):
    run("x = (1:20)'; m = fitrlinear(x, 3*x - 2, 'Learner', 'leastsquares', 'Lambda', 0); b = m.Beta; c = m.Bias;")
    assert abs(run["b"] - 3) < 1e-4 and abs(run["c"] + 2) < 1e-3


def test_nearest_rows_by_products_are_those_by_differences():
    random = np.random.RandomState(0)
    known, asked = random.rand(200, 30) + 3, random.rand(40, 30) + 3
    known[150] = known[10]  # equally far
    asked[0] = known[10]
    far = nearest_neighbours.nearest_alone(asked, known, 5)
    exact = np.sqrt(((asked[:, None] - known[None]) ** 2).sum(2))
    assert far[0, 10] == far[0, 150] == 0
    for row in range(40):
        told = np.flatnonzero(np.isfinite(far[row]))
        assert set(np.argsort(exact[row])[:5]) <= set(told) and len(told) <= 6
        assert np.allclose(far[row, told], exact[row, told], rtol=1e-14)
    same = np.full((50, 30), 7.0)  # all as near: nothing is left out
    assert nearest_neighbours.nearest_alone(same[:3], same, 1).tolist() == np.zeros((3, 50)).tolist()


def test_neighbours_of_many_rows_vote_as_those_of_few(run, monkeypatch):
    text = ("rng(3); X = randi(4, 300, 20); Y = randi(3, 300, 1); T = randi(4, 60, 20);\n"
            "m = fitcknn(X, Y, NumNeighbors=4, DistanceWeight='inverse', IncludeTies=true); [l, s] = predict(m, T);")
    run(text)
    labels, scores = run["l"], run["s"]
    monkeypatch.setattr(nearest_neighbours, "WORTH_A_PRODUCT", 0)
    run(text)
    assert np.array_equal(labels, run["l"]) and np.allclose(scores, run["s"])


def test_training_that_is_gone_on_with_ends_where_one_longer_training_does(run):
    run(
        "rng(1); X = [randn(60, 3); randn(60, 3) + 1]; Y = [zeros(60, 1); ones(60, 1)];\n"
        "a = fitcsvm(X, Y, KernelFunction='rbf', KernelScale='auto', IterationLimit=7, ScoreTransform='sign');\n"
        "b = resume(a, 9); c = fitcsvm(X, Y, KernelFunction='rbf', KernelScale=a.KernelParameters.Scale,"
        "IterationLimit=16); d = resume(b, 1e5);\n"
        "n = [a.NumIterations b.NumIterations]; same = isequal(b.Alpha, c.Alpha) && isequal(b.Bias, c.Bias);\n"
        "w = {a.ConvergenceInfo.ReasonForConvergence d.ConvergenceInfo.ReasonForConvergence d.ScoreTransform};"
    )
    assert run["n"].tolist() == [[7, 16]] and run["same"]
    assert run["w"].ravel().tolist() == ["NoConvergence", "DeltaGradient", "sign"]
    assert run.fault("resume(fitcknn([1; 2], [1; 2]), 5)").identifier == "MATLAB:UndefinedFunction"


def test_quadratic_programming_finds_the_machine_that_smo_comes_near_to(run):
    run("X = [0 0; 2 0; 0 1; 3 1]; Y = [-1; 1; -1; 1]; m = fitcsvm(X, Y, 'Solver', 'l1qp'); s = m.Solver;")
    assert run["s"] == "L1QP"  # the widest street lies between 0 and 2: f = x - 1
    run("b = m.Beta; c = m.Bias;")
    assert np.allclose(run["b"].ravel(), [1, 0], atol=1e-7) and abs(run["c"] + 1) < 1e-7


def test_alphas_of_isda_settle_one_by_one_and_make_the_bias(run):
    # two rows, x = 1 and x = -1: with the offset k the dual is a1 + a2 - (a1 + a2)^2 / 2 - k (a1 - a2)^2 / 2
    run("m = fitcsvm([1; -1; 3], [1; -1; 1], 'Solver', 'ISDA', 'KernelOffset', 0.5, 'KKTTolerance', 1e-10);")
    run("a = m.Alpha; b = m.Bias; f = m.ConvergenceInfo.Converged; [~, s] = predict(m, 2);")
    assert np.allclose(run["a"].ravel(), [0.5, 0.5], atol=1e-8) and abs(run["b"]) < 1e-8 and run["f"] is True
    assert np.allclose(run["s"].ravel(), [-2, 2], atol=1e-7)


def test_codes_take_the_solver_of_their_template(run):
    run("t = templateSVM('Solver', 'L1QP', 'SaveSupportVectors', 'on', 'KernelFunction', 'gaussian');")
    run("m = fitcecoc([1; 2; 5; 6; 9; 10], [1; 1; 2; 2; 3; 3], 'Learners', t); k = predict(m, [1.4; 5.4; 9.4]);")
    assert run["k"].ravel().tolist() == [1, 2, 3]


def test_tolerances_of_other_solvers_are_refused(run):
    with pytest.raises(Exception, match="'KKTTolerance' other than 0"):
        run("fitcsvm([1; 2; 8; 9], [1; 1; 2; 2], 'KKTTolerance', 1e-3)")


def test_labels_of_char_rows_come_back_as_char_rows_and_strings_as_cells(run):
    run("X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; c = ['no '; 'no '; 'no '; 'yes'; 'yes'; 'yes'];")
    for kind, options in KINDS.items():
        run(f"m = {kind}(X, c{options}); p = predict(m, X(3:4, :)); q = m.ClassNames; l = loss(m, X, c);")
        run(f"r = class(predict({kind}(X, string(c){options}), X)); s = class(p);")
        assert run("disp(p), disp(q)") == ["no", "yes"] * 2, kind
        assert (run["l"], run["r"], run["s"]) == (0, "cell", "char"), kind
    run("m = fitcknn(X, c, ClassNames=['yes'; 'no ']); q = m.ClassNames;")
    assert run("disp(q)") == ["yes", "no"]
    assert run("disp(class(predict(TreeBagger(3, X, c), X)))") == ["cell"]


def test_priors_and_costs_in_structs_go_by_the_names_of_classes(run):
    run("X = [1; 2; 3; 6; 7; 8]; y = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};"
        "p = struct('ClassNames', {{'b'; 'a'}}, 'ClassProbs', [0.9 0.1]); m = fitcknn(X, y, Prior=p); a = m.Prior;"
        "c = struct('ClassNames', {{'b'; 'a'}}, 'ClassificationCosts', [0 5; 1 0]);"
        "m = fitcknn(X, y, Cost=c); b = m.Cost;")  # fmt: skip
    assert run["a"].tolist() == [[0.1, 0.9]] and run["b"].tolist() == [[0, 1], [5, 0]]
    assert "ClassNames" in run.fault("fitcknn(X, y, Prior=struct('ClassProbs', [1 2]))").message


def test_kernels_and_bounds_of_bayes_are_those_of_densities(run):
    run("x = [1; 1.5; 2; 4; 6; 7; 9; 8]; y = [1; 1; 1; 1; 2; 2; 2; 2]; at = [1.2; 3; 5; 7.5];")
    for options, same in (
        ("'Kernel', 'box', 'Width', 2", "'Kernel', 'box', 'Bandwidth', 2"),
        ("'Kernel', 'triangle', 'Width', [2; 2]", "'Kernel', 'triangle', 'Bandwidth', 2"),
        ("'Kernel', {'epanechnikov'}, 'Width', 3", "'Kernel', 'epanechnikov', 'Bandwidth', 3"),
        ("'Support', 'positive', 'Width', .3", "'Support', 'positive', 'Bandwidth', .3"),
        ("'Support', [0 10], 'Width', .5", "'Support', [0 10], 'Bandwidth', .5"),
    ):
        run(f"m = fitcnb(x, y, 'DistributionNames', 'kernel', {options}); [~, p] = predict(m, at);"
            f"d = [ksdensity(x(y == 1), at, {same}) ksdensity(x(y == 2), at, {same})];")  # fmt: skip
        assert np.allclose(run["p"], run["d"] / run["d"].sum(1, keepdims=True)), options
    assert "within its support" in run.fault("fitcnb(x - 3, y, DistributionNames='kernel', Support='positive')").message
    assert "Width" in run.fault("fitcnb(x, y, DistributionNames='kernel', Width=[1 2 3])").message


def test_the_tree_of_the_irises_asks_what_matlabs_asks(irises):
    assert irises("t = fitctree(meas, species); view(t)")[1:] == [
        "1  if x3<2.45 then node 2 elseif x3>=2.45 then node 3 else setosa", "2  class = setosa",
        "3  if x4<1.75 then node 4 elseif x4>=1.75 then node 5 else versicolor",
        "4  if x3<4.95 then node 6 elseif x3>=4.95 then node 7 else versicolor", "5  class = virginica",
        "6  if x4<1.65 then node 8 elseif x4>=1.65 then node 9 else versicolor", "7  class = virginica",
        "8  class = versicolor", "9  class = virginica",
    ]  # fmt: skip
    irises("[~, ~, node, class] = predict(t, meas([1 51 120], :));")
    assert irises["node"].ravel().tolist() == [2, 8, 7] and irises["class"].ravel().tolist() == [1, 2, 3]


def test_a_tree_is_cut_back_where_a_leaf_is_worth_least(irises):
    irises("t = fitctree(meas, species); l = t.PruneList; a = t.PruneAlpha;")
    assert irises["l"].ravel().tolist() == [4, 0, 3, 2, 0, 1, 0, 0, 0]
    assert np.allclose(irises["a"].ravel(), [0, 1 / 150, 2 / 150, 44 / 150, 50 / 150])
    irises("n = prune(t, Level=2).NumNodes; m = prune(t, Alpha=0.01).NumNodes; k = prune(t, Nodes=3).NumNodes;")
    assert (irises["n"], irises["m"], irises["k"]) == (5, 7, 3)
    irises("[L, se, leaves, best] = resubLoss(t, 'Subtrees', 'all'); w = resubLoss(t, 'Subtrees', [0 2]);")
    assert np.allclose(irises["L"].ravel(), [3 / 150, 4 / 150, 6 / 150, 1 / 3, 2 / 3])
    assert irises["leaves"].ravel().tolist() == [5, 4, 3, 2, 1] and irises["best"] == 1
    assert np.allclose(irises["w"].ravel(), [3 / 150, 6 / 150])
    irises("rng(1), [E, SE, N, best] = cvloss(t, 'Subtrees', 'all', 'KFold', 5);")
    irises("[~, ~, ~, b] = loss(t, meas, species);")
    assert (irises["E"].ravel()[:3] < 0.12).all() and irises["E"].ravel()[4] == pytest.approx(2 / 3)
    assert irises["best"] in (0, 1, 2) and irises["b"] == 0
    for call, words in (
        ("prune(t, Level=9)", "from 0 to 4"), ("prune(t, Level=1, Alpha=0)", "Only one"),
        ("cvloss(compact(t))", "cvloss"), ("resubLoss(t, 'Subtrees', [0 7])", "from 0 to 4"),
        ("resubLoss(fitcknn(X, y), 'Subtrees', 0)", "Subtrees"),
        ("[a, b] = loss(fitcknn(X, y), X, y)", "Too many output"),
    ):  # fmt: skip
        assert words in irises.fault(call).message


def test_levels_of_a_tree_are_looked_for_once_however_many_are_asked_for(irises, monkeypatch):
    looked, sequence = [], pruning.sequence
    monkeypatch.setattr(pruning, "sequence", lambda *given: looked.append(given) or sequence(*given))
    irises("t = fitctree(meas, species); [~, ~, N] = cvloss(t, 'Subtrees', 'all', 'KFold', 2);")
    assert len(irises["N"]) == 5 and len(looked) == 3  # of the tree, and of that of each fold


def test_responses_may_be_a_table_of_one_variable(run):
    run("T = table([1; 2; 9; 8]); R = table(categorical([0; 0; 1; 1]), 'VariableNames', {'r'});"
        "m = fitcknn(T, R); n = m.ResponseName; p = predict(m, T); same = isequal(p, R.r);")  # fmt: skip
    assert run["n"] == "r" and run["same"] is True


def test_categorical_predictors_are_marked_in_tables_as_in_matrices(run):
    run("x = [1; 2; 3; 1; 2; 3]; z = (1:6)'; y = [0; 1; 0; 0; 1; 0]; T = table(x, z, y);")
    run("k = fitcnb([x z], y, 'CategoricalPredictors', 1).DistributionNames;")
    for marked in ("1", "{'x'}", "\"x\"", "[true false]"):
        run(f"m = fitcnb(T, 'y', 'CategoricalPredictors', {marked}); n = m.DistributionNames;"
            "c = m.CategoricalPredictors; p = predict(m, T);")  # fmt: skip
        assert run["n"].tolist() == run["k"].tolist() == [["mvmn", "normal"]] and run["c"] == 1
        assert run["p"].ravel().tolist() == [0, 1, 0, 0, 1, 0]
    for marked in ("3", "0", "1.5", "{'w'}", "[false false true]"):
        for data in ("T, 'y'", "[x z], y"):
            fault = run.fault(f"fitcnb({data}, 'CategoricalPredictors', {marked})")
            assert fault.identifier == "stats:fitcnb:BadCategoricalPredictors"


def test_weights_may_be_a_variable_of_the_table_which_then_predicts_nothing(run):
    run("x = (1:6)'; w = [1; 1; 1; 2; 2; 3]; y = [0; 0; 1; 1; 0; 1]; T = table(x, w, y);")
    for maker in ("fitctree", "fitrtree"):
        run(f"a = {maker}(T, 'y', 'Weights', 'w'); b = {maker}(T(:, [1 3]), 'y', 'Weights', w); n = a.PredictorNames;"
            "same = isequal(a.W, b.W) && isequal(predict(a, T), predict(b, T));"
            "L = loss(a, T, 'y', 'Weights', 'w') - loss(a, T, 'y', 'Weights', w);")  # fmt: skip
        assert run["n"].tolist() == [["x"]] and run["same"] is True and run["L"] == 0


def test_a_categorical_predictor_of_bayes_is_one_predictor_with_shares_of_its_levels(run):
    run("c = categorical([1; 1; 2; 3; 2; 2; 3]); x = [1; 2; 1.5; 2.5; 7; 8; 9]; y = [0; 0; 0; 0; 1; 1; 1];"
        "T = table(c, x); m = fitcnb(T, y); k = m.DistributionNames; d = m.DistributionParameters{2, 1};"
        "[~, p] = predict(m, T(3, :)); n = fitcnb(T(:, 1), y, 'DistributionNames', {'mvmn'});"
        "[~, q] = predict(n, T);")  # fmt: skip
    assert run["k"].ravel().tolist() == ["mvmn", "normal"] and np.allclose(run["d"].ravel(), [1 / 6, 3 / 6, 2 / 6])
    shares = np.array([[3, 1], [3, 1], [2, 3], [2, 2], [2, 3], [2, 3], [2, 2]]) / [7, 6] * [4, 3]
    assert np.allclose(run["q"], shares / shares.sum(1, keepdims=True))
    assert "must be 'mvmn'" in run.fault("fitcnb(T, y, 'DistributionNames', {'normal', 'normal'})").message


def test_bayes_needs_numbers_for_its_kernels_and_counts_for_its_tokens(run):
    words = run.fault("fitcnb([1 NaN; 2 NaN; 3 4; 4 5], [1; 1; 2; 2], 'DistributionNames', 'kernel');").message
    assert "there is no number" in words
    for X in ("[-1 2; 2 3; 3 4; 4 5]", "[0.5 2; 2 3; 3 4; 4 5]"):
        words = run.fault(f"fitcnb({X}, [1; 1; 2; 2], 'DistributionNames', 'mn');").message
        assert "nonnegative integers" in words
    run("m = fitcnb([1 2; 2 3; 3 4; 4 6], [1; 1; 2; 2], 'Prior', [], 'Cost', []); p = m.Prior; c = m.Cost;")
    assert run["p"].tolist() == [[0.5, 0.5]] and run["c"].tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("X, cut", [
    ("1e8 + (0:3)'", 1e8 + 1.5),  # alike in single precision
    ("1e-9*(1:4)'", 2.5e-9),  # closer than scikit-learn tells apart
    ("[1e39; 1e40; 3e40; 1e41]", 2e40),
    ("[-Inf; 1; 3; Inf]", 2),
    ("[-Inf; -Inf; 3; Inf]", 3),
    ("[NaN(4, 1) (1:4)']", 2.5),
])  # fmt: skip
def test_trees_ask_for_values_that_no_single_number_holds(run, X, cut):
    run(f"X = {X}; y = [1; 1; 2; 2]; t = fitctree(X, y, 'MinParentSize', 2); c = t.CutPoint(1); p = predict(t, X);"
        "r = fitrtree(X, y, 'MinParentSize', 2); q = predict(r, X); d = r.CutPoint(1);")  # fmt: skip
    assert run["c"] == run["d"] == pytest.approx(cut, rel=1e-15)
    assert run["p"].ravel().tolist() == run["q"].ravel().tolist() == [1, 1, 2, 2]


@pytest.mark.parametrize("option, words", [
    ("'Weights', [1 2]", "Weights must be nonnegative"),
    ("'Weights', -ones(6, 1)", "Weights must be nonnegative"),
    ("'Epsilon', 'some'", "Expected Epsilon to match"),
    ("'Epsilon', -1", "Epsilon must be a nonnegative number."),
    ("'Lambda', [0.1 NaN]", "Lambda must hold nonnegative numbers."),
])  # fmt: skip
def test_options_of_a_linear_regression_that_fit_nothing_are_refused(run, option, words):
    assert words in run.fault(f"fitrlinear((1:6)', (1:6)', {option});").message
    assert "No observation" in run.fault("fitrlinear((1:6)', nan(6, 1));").message


@pytest.mark.parametrize("fit, y", [("fitclinear", "x > 3"), ("fitrlinear", "2*x")])
def test_some_models_of_several_strengths_answer_as_they_did(run, fit, y):
    run(f"x = (1:6)'; m = {fit}(x, {y}, 'Lambda', [0.01 0.1 1]); s = selectModels(m, 2:3); l = s.Lambda;"
        "p = predict(m, x); q = predict(s, x); same = isequal(p(:, 2:3), q);")  # fmt: skip
    assert run["l"].tolist() == [[0.1, 1]] and run["same"] is True
    for places in ("1.5", "[]", "0"):
        assert "idx must be positive integers" in run.fault(f"selectModels(m, {places});").message
    assert run.fault("selectModels(m, 4);").identifier == "MATLAB:badsubscript"


def test_a_tree_may_ask_nothing(run):
    run("x = (1:20)'; t = fitctree(x, x > 10, 'MaxNumSplits', 0); r = fitrtree(x, x, 'MaxNumSplits', 0);"
        "n = [t.NumNodes r.NumNodes]; p = predict(r, 1);")  # fmt: skip
    assert run["n"].tolist() == [[1, 1]] and run["p"] == 10.5


@pytest.mark.parametrize("options, wanted", [
    ("'Distance', 'euclidean'", []),
    ("'Distance', 'minkowski'", [[2]]),
    ("'Distance', 'minkowski', 'Exponent', 3", [[3]]),
    ("'Distance', 'seuclidean'", [[1, 4]]),
    ("'Distance', 'seuclidean', 'Scale', [5 6]", [[5, 6]]),
    ("'Distance', 'mahalanobis'", [[1, -2], [-2, 16]]),
])  # fmt: skip
def test_neighbours_tell_the_numbers_of_their_distance(run, options, wanted):
    run(f"m = fitcknn([1 4; 2 8; 3 0], [1; 1; 2], {options}); p = m.DistParameter;")
    assert np.allclose(np.atleast_2d(run["p"]), np.array(wanted).reshape(np.atleast_2d(run["p"]).shape))
