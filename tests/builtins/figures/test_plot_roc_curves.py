import numpy as np
import pytest

THREE = (
    "L = [1 1 2 2 3 3]'; S = [.7 .2 .1; .4 .5 .1; .2 .6 .2; .3 .4 .3; .1 .2 .7; .5 .1 .4];"
    "r = rocmetrics(L, S, [1 2 3]); "
)


def test_each_class_against_the_best_of_the_others(run):
    run(THREE + "a = r.AUC; m = r.Metrics; x = m.FalsePositiveRate(m.ClassName == 1);")
    run("t = m.Threshold(m.ClassName == 1);")
    assert run["t"].ravel()[0] == run["t"].ravel()[1] == pytest.approx(0.5)
    assert run["x"].ravel()[0] == 0 and run["x"].ravel()[-1] == 1
    run("[X, Y, T, A] = perfcurve(L, S(:,1) - max(S(:,2:3), [], 2), 1);")
    assert np.isclose(run["a"][0, 0], run["A"])


def test_averages_of_the_curves(run):
    run(THREE + "[f, t, h, a] = average(r, 'macro'); [g, u, k, b] = average(r, 'micro');")
    for name in ("f", "t", "g", "u"):
        values = run[name].ravel()
        assert values[0] == 0 and values[-1] == pytest.approx(1) and (np.diff(values) >= -1e-12).all()
    assert 0.5 < run["a"] <= 1 and 0.5 < run["b"] <= 1


def test_curves_have_their_areas_in_the_legend(run):
    run(THREE + "h = plot(r, 'ClassNames', [1 3], 'AverageCurveType', 'micro'); n = numel(h);")
    run("t = get(legend, 'String'); x = xlim; k = get(get(gca, 'Title'), 'String');")
    words = run["t"].ravel().tolist()
    assert run["n"] == 3 and words[0].startswith("1 (AUC = ") and words[2].startswith("Micro-average")
    assert run["x"].tolist() == [[0, 1]] and run["k"] == "ROC Curve"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rocmetrics(1:3, rand(2, 1), 1)", "a row for each label"),
        ("rocmetrics([1 0 1], rand(3, 2), 1)", "a column for each class name"),
        ("rocmetrics([1 1], [1; 2], 1)", "labels of the class"),
        ("average(3, 'micro')", "what rocmetrics gives"),
        (THREE + "plot(r, 'ClassNames', 7)", "none of the classes"),
    ],
)
def test_scores_that_do_not_fit(run, call, words):
    assert words in run.fault(call).message
