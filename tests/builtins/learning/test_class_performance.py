"""classperf: counts and shares worked out by hand, over one test and over several."""

import pytest

from cnnscript.errors import ScriptError


def test_rates_are_those_of_a_table_worked_out_by_hand(run):
    # truth a a a b b c, found a b '' b a c: of 5 decisions 3 are right
    run("cp = classperf({'a';'a';'a';'b';'b';'c'}, {'a';'b';'';'b';'a';'c'}); m = cp.CountingMatrix;"
        "v = [cp.CorrectRate cp.ErrorRate cp.InconclusiveRate cp.Sensitivity cp.Specificity cp.PositivePredictiveValue "
        "cp.NegativePredictiveValue cp.PositiveLikelihood cp.NegativeLikelihood cp.Prevalence]; d = cp.DiagnosticTable;"
        "e = cp.ErrorDistribution'; c = cp.ErrorDistributionByClass';")  # fmt: skip
    assert run["m"].tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert run["d"].tolist() == [[1, 1], [2, 2]]
    expected = [3 / 5, 2 / 5, 1 / 6, 1 / 3, 2 / 3, 1 / 2, 2 / 4, 1, 1, 3 / 6]
    assert run["v"].ravel().tolist() == pytest.approx(expected)
    assert run["e"].tolist() == [[0, 1, 1, 0, 1, 0]] and run["c"].tolist() == [[2, 1, 0]]


def test_tests_add_up_in_the_object_itself(run):
    run("cp = classperf([1 1 2 2]'); also = cp; classperf(cp, [1; 2], [1; 2]); r = cp.CorrectRate;"
        "classperf(cp, [2; 2], logical([0 0 1 1])); v = [r also.CorrectRate also.LastCorrectRate also.ErrorRate];"
        "cp.Label = 'knn'; n = also.Label; s = cp.SampleDistribution';")  # fmt: skip
    assert run["v"].tolist() == [[0.5, 0.75, 1, 0.25]] and run["n"] == "knn" and run["s"].tolist() == [[1, 1, 1, 1]]


def test_it_shows_its_properties_in_matlabs_order(run):
    lines = run("cp = classperf(categorical([1 1 2])', categorical([1 1 2])')")
    assert lines[:4] == ["cp =", "Label: ''", "Description: ''", "ClassLabels: [2×1 categorical]"]
    assert lines[-1] == "DiagnosticTable: [2×2 double]" and "CorrectRate: 1" in lines


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("classperf([1 2 NaN])", "bioinfo:classperf:invalidGroundTruth"),
        ("classperf([1 2 2], [1 2])", "bioinfo:classperf:incorrectSize"),
        ("classperf([1 2 2], [1 2 7])", "bioinfo:classperf:unknownClass"),
        ("cp = classperf([1 2 2]); classperf(cp, 1, 9)", "bioinfo:classperf:invalidIndex"),
        ("classperf([1 2 2], [1 2 2], 'Positive', 1, 'Negative', 1)", "bioinfo:classperf:invalidClasses"),
    ],
)
def test_what_does_not_fit_is_named(run, code, identifier):
    with pytest.raises(ScriptError) as caught:
        run(code)
    assert caught.value.identifier == identifier


@pytest.mark.parametrize(("call", "identifier"), [
    ("classperf(cp, [1 1 2], 'Positive', 99)", "bioinfo:classperf:invalidClasses"),
    ("classperf(cp, [1 1 2], 'Negative', 2)", "bioinfo:classperf:invalidClasses"),
    ("classperf(cp, [1 2], [1 1.5])", "bioinfo:classperf:invalidIndex"),
    ("classperf(cp, [1 2], [1 NaN])", "bioinfo:classperf:invalidIndex"),
])  # fmt: skip
def test_what_a_test_cannot_change_or_name_is_refused(run, call, identifier):
    with pytest.raises(ScriptError) as caught:
        run(f"cp = classperf([1 1 2]); {call};")
    assert caught.value.identifier == identifier
