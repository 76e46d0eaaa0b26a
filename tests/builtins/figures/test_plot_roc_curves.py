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
    assert run["n"] == 3 and words[0].startswith("1 (AUC = ") and words[-1].startswith("Micro-average")
    assert words[1] == "1 Model Operating Point"
    assert run["x"].tolist() == [[0, 1]] and run["k"] == "ROC Curve"


def test_the_operating_point_is_where_the_largest_score_decides(run):
    run(THREE + "h = plot(r, ShowDiagonalLine=false); p = findobj(gca, 'Marker', 'o'); n = numel(p);\n"
        "[~, k] = max(S, [], 2); t = mean(k(L == 2) == 2); f = mean(k(L ~= 2) == 2);\n"
        "p = findobj(gca, 'DisplayName', '2 Model Operating Point'); at = [p.XData p.YData];\n"
        "figure, plot(r, ShowModelOperatingPoint=false); m = numel(findobj(gca, 'Marker', 'o'));")  # fmt: skip
    assert run["n"] == 3 and run["m"] == 0
    assert run["at"].tolist() == [[run["f"], run["t"]]]


def test_further_metrics_are_those_of_the_counts(run):
    names = ["tp", "fn", "fp", "tn", "tp+fp", "rpp", "rnp", "accu", "miss", "spec", "prec", "npv", "F1Score"]
    given = " ".join(map(repr, names))
    run(
        THREE + f"r = addMetrics(r, {{{given}}}); m = r.Metrics(r.Metrics.ClassName == 2, :); t = m.Threshold;\n"
        "v = m{:, 5:end}; words = m.Properties.VariableNames(5:end); d = S(:, 2) - max(S(:, [1 3]), [], 2);"
    )
    said, margin, own = run["v"], run["d"].ravel(), np.array([0, 0, 1, 1, 0, 0], bool)
    assert run["words"].ravel()[-1] == "F1Score" and run["words"].ravel()[7] == "Accuracy"
    for row, level in list(zip(said, run["t"].ravel(), strict=True))[1:]:
        taken = margin >= level
        tp, fp, fn, tn = ((taken == a) & (own == b) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0)))
        tp, fp, fn, tn = (int(each.sum()) for each in (tp, fp, fn, tn))
        rates = [tp, fn, fp, tn, tp + fp, (tp + fp) / 6, (fn + tn) / 6, (tp + tn) / 6, fn / 2, tn / 4, tp / (tp + fp)]
        assert np.allclose(row[:11], rates)
        assert np.isclose(row[11], tn / (tn + fn) if tn + fn else np.nan, equal_nan=True)
        assert np.isclose(row[12], 2 * tp / (2 * tp + fp + fn))
    assert np.isnan(said[0, 10])  # nothing is taken for the class


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rocmetrics(1:3, rand(2, 1), 1)", "a row for each label"),
        ("rocmetrics([1 0 1], rand(3, 2), 1)", "a column for each class name"),
        ("rocmetrics([1 1], [1; 2], 1)", "labels of the class"),
        ("average(3, 'micro')", "what rocmetrics gives"),
        (THREE + "plot(r, 'ClassNames', 7)", "none of the classes"),
        (THREE + "addMetrics(r, 'nonsense')", "'nonsense' is not a metric"),
        ("addMetrics(3, 'tp')", "what rocmetrics gives"),
    ],
)
def test_scores_that_do_not_fit(run, call, words):
    assert words in run.fault(call).message


def test_points_and_the_line_of_chance_are_the_second_output(run):
    run("r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1); [c, o] = plot(r); n = numel(o); x = o(end).XData;"
        "[c, o] = plot(r, ShowDiagonalLine=false, ShowModelOperatingPoint=false); m = numel(o);")  # fmt: skip
    assert run["n"] == 2 and run["x"].tolist() == [[0, 1]] and run["m"] == 0


def test_options_of_rocmetrics_that_are_not_there_are_named_as_such(run):
    for option in ("NumBootstraps=50", "Weights=[1 2 1 1]", "Prior='uniform'", "NaNFlag='includenan'"):
        fault = run.fault(f"rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1, {option});")
        assert fault.identifier == "cnnscript:NotYet" and option.split("=")[0] in fault.message
    run("r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1, NumBootstraps=0, NaNFlag='omitnan'); a = r.AUC;")
    assert run["a"] == 0.75


def test_a_column_of_scores_is_taken_for_probabilities(run):
    run("r = rocmetrics([1 1 0 0 0], [.9; .6; .7; .4; .1], 1); [~, o] = plot(r); at = [o(1).XData o(1).YData];")
    assert np.allclose(run["at"], [[1 / 3, 1]])  # above 0.5 lie both ones and one of three zeros


def test_the_areas_are_shown_as_properties_are(run):
    assert run("r = rocmetrics([1 1 0 0], [0.9; 0.4; 0.6; 0.1], 1)")[-1] == "AUC: 0.7500"
    assert run("r = rocmetrics([1 2 1], [.9 .1; .3 .7; .6 .4], [1 2])")[-1] == "AUC: [1 1]"
