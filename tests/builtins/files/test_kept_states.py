"""Trained models in MAT-files: what is read answers, shows itself and learns as what was written."""

import io

import numpy as np
import pytest

from cnnscript.builtins.files import marked_values
from cnnscript.session import Session

MODELS = {
    "svm": "fitcsvm(X, Y == 'a', 'KernelFunction', 'rbf', 'KernelScale', 'auto', 'Standardize', true)",
    "one_class": "fitcsvm(X, ones(30, 1), 'ScoreTransform', 'logit')",
    "likely": "fitPosterior(fitcsvm(X, Y == 'a'))",
    "own_kernel": "fitcsvm(X, Y == 'a', 'KernelFunction', 'product')",
    "knn": "fitcknn(X, Y, 'NumNeighbors', 4, 'Standardize', true, 'Distance', 'cityblock', 'Cost', magic(3) - D)",
    "weighed": "fitcknn(X, Y, 'NumNeighbors', 4, 'DistanceWeight', @(d) 1./(1 + d))",
    "tree": "fitctree(array2table(X, 'VariableNames', {'one' 'two'}), Y, 'MinParentSize', 4)",
    "levels": "fitctree(table(X(:, 1), Y, categorical(round(X(:, 2)))), 'Y')",
    "bayes": "fitcnb(X, cellstr(Y), 'DistributionNames', {'normal', 'kernel'}, 'Width', 0.3)",
    "discriminant": "fitcdiscr(single(X), Y, 'DiscrimType', 'quadratic')",
    "linear": "fitclinear(X', Y == 'a', 'ObservationsIn', 'columns', 'Lambda', [0.1 0.01])",
    "codes": "fitcecoc(X, Y)",
    "codes_of_many": "fitcecoc(X, Y, 'Learners', {templateKNN('NumN', 3), 'tree', 'svm'}, 'Coding', 'onevsall')",
    "probable": "fitcecoc(X, Y, 'FitPosterior', true, 'Learners', 'svm')",
    "linear_codes": "fitcecoc(X, Y, 'Learners', 'linear')",
    "small": "compact(fitcecoc(X, Y, 'Learners', 'discriminant'))",
    "boosted": "fitcensemble(X, Y, 'NumLearningCycles', 5)",
    "logit": "fitcensemble(X, Y == 'a', 'NumLearningCycles', 5)",
    "bagged": "fitcensemble(X, Y, 'Method', 'Bag', 'NumLearningCycles', 5)",
    "subspace": "fitcensemble(X, Y, 'Learners', 'knn', 'NumLearningCycles', 5, 'NPredToSample', 1)",
    "forest": "TreeBagger(5, X, Y, 'OOBPrediction', 'on')",
    "numbers": "fitrlinear(X, X(:, 1))",
    "machine": "fitrsvm(X, X(:, 1), 'KernelFunction', 'product', 'Standardize', true)",
    "number_tree": "fitrtree(X, X(:, 1))",
    "number_forest": "TreeBagger(5, X, X(:, 1), 'Method', 'regression')",
}  # fmt: skip


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "product.m").write_text("function g = product(u, v)\ng = (u * v').^3;\nend\n")
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.run("rng(3), X = [randn(10, 2); randn(10, 2) + 2; randn(10, 2) - 2];")
    made.run("Y = categorical([repmat('a', 10, 1); repmat('b', 10, 1); repmat('c', 10, 1)]); T = X + 0.1;")
    made.run("D = diag([8 5 2]);")
    return made


def said(session, code):
    session.out.seek(0), session.out.truncate()
    session.run(code)
    return session.out.getvalue()


@pytest.mark.parametrize("name", MODELS)
def test_a_model_that_was_read_answers_to_the_last_bit_as_the_one_written(session, name):
    session.run(f"m = {MODELS[name]};")
    new = {"tree": "array2table(T, 'VariableNames', {'one' 'two'})", "linear": "T', 'ObservationsIn', 'columns'",
           "levels": "table(T(:, 1), categorical(round(T(:, 2))), 'VariableNames', {'Var1', 'Var3'})"}  # fmt: skip
    given = new.get(name, "T")
    outputs = "l" if name in ("numbers", "machine", "number_tree") else "l, s"
    before = said(session, "m")
    session.run(f"[{outputs}] = predict(m, {given}); save f m, clear m, load f")
    assert said(session, "m") == before
    session.run(f"w = {{{outputs}}}; [{outputs}] = predict(m, {given}); same = isequal(w, {{{outputs}}});")
    assert session["same"]
    session.run("save f m, S = load('f'); same = isequal(S.m, m); other = isequal(S.m, 3);")
    # two anonymous functions are never equal
    assert session["same"] is (name != "weighed") and session["other"] is False


def test_models_of_other_observations_are_not_equal(session):
    session.run("a = fitcknn(X, Y); b = fitcknn(X, Y); c = fitcknn(T, Y); v = [isequal(a, b) isequal(a, c)];")
    session.run("p = cvpartition(30, 'KFold', 3); q = cvpartition(30, 'KFold', 3);")
    session.run("v = [v isequal(p, p) isequal(p, q)];")
    assert session["v"].tolist() == [[True, False, True, False]]


@pytest.mark.parametrize("name", ["svm", "knn", "tree", "bayes", "discriminant", "codes", "codes_of_many"])
def test_a_model_that_was_read_learns_folds_as_the_one_written(session, name):
    session.run(f"m = {MODELS[name]}; rng(7), a = crossval(m, 'KFold', 3); one = [resubLoss(m) kfoldLoss(a)];")
    session.run("save f m a, S = load('f'); rng(7), b = crossval(S.m, 'KFold', 3);")
    session.run("two = [resubLoss(S.m) kfoldLoss(b)]; three = kfoldLoss(S.a); kinds = {class(a), class(S.a)};")
    assert session["one"].tolist() == session["two"].tolist()
    assert session["one"][0, 1] == session["three"] and session["kinds"][0, 0] == session["kinds"][0, 1]


def test_a_linear_machine_on_folds_keeps_the_rows_that_it_was_trained_on(session):
    session.run("a = fitclinear(X, Y == 'a', 'KFold', 3); one = kfoldLoss(a); save f a, S = load('f');")
    session.run("two = kfoldLoss(S.a);")
    assert session["one"] == session["two"]


def test_a_compact_model_leaves_its_observations_out_of_the_file(session, tmp_path):
    session.run("X = randn(3000, 20); m = fitcsvm(X, X(:, 1) > 0); c = compact(m); save whole m, save small c")
    assert (tmp_path / "small.mat").stat().st_size < (tmp_path / "whole.mat").stat().st_size / 3


def test_predictors_are_written_once_where_they_are_as_they_were_given(session, tmp_path):
    session.run("X = randn(2000, 20); m = fitctree(X, X(:, 1) > 0, 'MaxNumSplits', 3); save f m")
    assert (tmp_path / "f.mat").stat().st_size < 1.3 * 8 * 2000 * 20


def test_what_goes_with_models_is_kept(session):
    session.run("p = cvpartition(Y, 'KFold', 3); t = templateSVM('KernelFunction', 'rbf');")
    session.run("d = fitdist(X(:), 'Normal'); l = fitlm(X, X(:, 1) + 2); s = struct('c', {{p, t}});")
    session.run("r = rocmetrics(Y, rand(30, 3), categories(Y)); save f p t d l r s -v7.3")
    shown = [said(session, name) for name in ("p", "t", "d", "l", "r", "s")]
    session.run("clear p t d l r s, load f, n = test(p, 2)' == test(s.c{1}, 2)'; q = pdf(d, 0); v = predict(l, T);")
    assert [said(session, name) for name in ("p", "t", "d", "l", "r", "s")] == shown
    assert np.all(session["n"])


def test_adding_a_variable_to_a_file_keeps_the_models_in_it(session):
    session.run("m = fitcknn(X, Y); a = predict(m, T); save f m, z = 1; save f z -append, S = load('f');")
    session.run("b = predict(S.m, T); same = isequal(a, b);")
    assert session["same"]


def test_a_damaged_model_is_left_out_with_a_warning(session, tmp_path):
    session.run("m = fitcknn(X, Y); q = 3; save -v6 f m q")
    raw = (tmp_path / "f.mat").read_bytes()
    (tmp_path / "f.mat").write_bytes(raw.replace("Neighbours".encode("utf-16-le"), "Neighbourz".encode("utf-16-le")))
    session.run("S = load('f');")
    assert session["S"].names() == ["q"] and "a damaged NearestNeighbour" in session.err.getvalue()


def test_classes_that_are_not_named_are_not_made(session):
    fields = {"kind": "Session", "state": None, marked_values.MARK: "state"}
    with pytest.raises(TypeError):
        from cnnscript.builtins.files import saved_objects

        with saved_objects.keeping(saved_objects.Keeper(session)):
            marked_values.restored(fields)


def test_parameters_of_a_model_are_what_was_asked_for(session):
    session.run("m = fitcecoc(X, Y, 'Coding', 'onevsall'); names = fieldnames(m.ModelParameters)';")
    assert "session" not in session["names"].ravel().tolist()


def test_a_network_is_equal_to_the_one_that_was_read(session):
    session.run("l = [imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer; classificationLayer];")
    session.run("o = trainingOptions('sgdm', 'MaxEpochs', 1, 'Verbose', false); Z = rand(4, 4, 1, 4);")
    session.run("t = categorical([1 2 1 2]'); n = trainNetwork(Z, t, l, o); m = trainNetwork(Z, t, l, o);")
    session.run("save f n, S = load('f'); same = isequal(S.n, n); other = isequal(S.n, m);")
    assert session["same"] and not session["other"]


def test_a_chart_comes_back_without_a_figure_and_lives(session):
    session.run("c = confusionchart(Y, Y([2:30 1]), 'RowSummary', 'absolute'); sortClasses(c, {'b', 'a', 'c'});")
    session.run("v = c.NormalizedValues; figure; h = plot(1:3); f = gcf; save g, close all, clear c h f, load g")
    session.run("same = isequal(c.NormalizedValues, v); k = c.RowSummary; y = h.YData;")
    session.run("n = numel(findall(0, 'Type', 'figure'));")
    assert session["same"] and session["k"] == "absolute" and session["y"].tolist() == [[1, 2, 3]] and session["n"] == 0
    session.run("sortClasses(c, 'auto'); l = c.ClassLabels; p = isempty(c.Parent); w = exist('f');")
    assert session["l"].texts() == ["a", "b", "c"] and session["p"] and session["w"] == 0
    assert "'f' is not saved: no MAT-file here holds matlab.ui.Figure" in session.err.getvalue()
