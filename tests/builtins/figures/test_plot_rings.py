import numpy as np
import pytest


def test_shares_run_with_the_clock_from_the_top(run):
    run("p = piechart([1 1 2], {'a','b','c'}); l = p.Labels; q = p.Proportions;")
    chart = run.session.desk.current.all_axes()[0].drawn()[0]
    assert np.allclose(chart.wedges()[0], (np.pi / 2, 0)) and run["q"].tolist() == [[0.25, 0.25, 0.5]]
    assert run["l"].ravel().tolist() == ["a (25%)", "b (25%)", "c (50%)"]


def test_labels_in_other_styles(run):
    run("d = donutchart(categorical({'u','v','u'}), 'LabelStyle', 'namedata'); l = d.Labels; r = d.InnerRadius;")
    assert run["l"].ravel().tolist() == ["u (2)", "v (1)"] and run["r"] == 0.5


def test_violins_are_as_wide_as_the_data_are_dense(run):
    run("v = violinplot([1 1.2 0.8 1.1 5]'); w = v.DensityWidth;")
    ((x, y),) = run.session.desk.current.all_axes()[0].drawn()[0].outlines()
    half = len(x) // 2
    assert np.isclose(np.max(x[:half]) - 1, run["w"] / 2) and np.allclose(x[:half] - 1, 1 - x[half:][::-1])
    assert abs(y[np.argmax(x)] - 1.05) < 0.2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("piechart([1 -1])", "not negative"),
        ("piechart([1 2], {'a'})", "a name for each slice"),
        ("donutchart([1 2], 'LabelStyle', 'x')", "one of"),
        ("violinplot(1:3, 1:4)", "same length"),
        ("violinplot()", "Not enough input"),
    ],
)
def test_rings_that_cannot_be(run, call, words):
    assert words in run.fault(call).message
