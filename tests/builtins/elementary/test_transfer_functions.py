"""Transfer functions of shallow networks: values by hand, their classes, and what they tell of themselves."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError


def test_soft_maximum_of_numbers_is_taken_over_each_column_and_stays_finite(run):
    run("a = softmax([0 1000; log(3) 0]); b = softmax(single([1 2 3])); k = class(b); c = softmax(zeros(0, 3));")
    assert np.allclose(run["a"], [[0.25, 1], [0.75, 0]]) and run["b"].tolist() == [[1, 1, 1]] and run["k"] == "single"
    assert run["c"].shape == (0, 3)


def test_soft_maximum_of_a_dlarray_stays_over_its_channels(run):
    run("a = extractdata(softmax(dlarray([0 0; 1 1], 'BC')));")
    assert np.allclose(run["a"].sum(0), 1) or np.allclose(run["a"].sum(1), 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("logsig", [1 / (1 + np.exp(3)), 0.5, 1 / (1 + np.exp(-0.5))]),
        ("tansig", np.tanh([-3, 0, 0.5])),
        ("poslin", [0, 0, 0.5]),
        ("purelin", [-3, 0, 0.5]),
        ("hardlim", [0, 1, 1]),
        ("hardlims", [-1, 1, 1]),
        ("satlin", [0, 0, 0.5]),
        ("satlins", [-1, 0, 0.5]),
        ("radbas", np.exp([-9, 0, -0.25])),
        ("tribas", [0, 1, 0.5]),
        ("elliotsig", [-0.75, 0, 1 / 3]),
    ],
)
def test_each_function_is_what_its_page_says(run, name, expected):
    run(f"a = {name}([-3 0 0.5]); r = {name}('output'); s = {name}('active');")
    assert np.allclose(run["a"].ravel(), expected)
    low, high = run["r"].ravel()
    assert low <= min(expected) and max(expected) <= high and run["s"].size == 2


def test_of_equal_numbers_the_first_wins(run):
    run("a = compet([1 5; 3 5; 3 2]);")
    assert run["a"].tolist() == [[0, 1], [1, 0], [0, 0]]


@pytest.mark.parametrize("code", ["logsig('dn')", "tansig({1})", "softmax(zeros(2, 2, 2))"])
def test_what_is_no_net_input_is_refused(run, code):
    with pytest.raises(ScriptError):
        run(code)
