"""What training makes small, against the formulas of MathWorks' pages in NumPy."""

import numpy as np
import pytest

from cnnscript.engine.output_layers import (
    ClassificationOutput,
    FocalLossOutput,
    PixelClassificationOutput,
    RegressionOutput,
)
from cnnscript.engine.training.goals import goal_of_layer, loss_by_name

EPS = np.finfo(np.float32).eps


@pytest.fixture
def scores(rng):
    """Scores of 4 classes for 5 observations, and their classes."""
    raw = np.exp(rng.normal(0, 2, (5, 1, 1, 4)))
    return (raw / raw.sum(-1, keepdims=True)).astype(np.float32), np.array([0, 3, 1, 1, 2], np.int32).reshape(5, 1, 1)


def told(tf, goal, outputs, targets):
    """The one metric of a goal."""
    (metric,) = goal.metrics
    return metric.value([metric.parts(tf.constant(outputs), tf.constant(targets)).numpy()])


def test_the_cross_entropy_weighs_classes(tf, scores):
    y, t = scores
    weights = (1.0, 2.0, 0.5, 4.0)
    true = y[np.arange(5), 0, 0, t.ravel()]
    plain = goal_of_layer(ClassificationOutput(name="o", classes=("a", "b", "c", "d")))
    weighed = goal_of_layer(ClassificationOutput(name="o", classes=("a", "b", "c", "d"), class_weights=weights))
    assert float(plain.loss(tf.constant(y), t)) == pytest.approx(-np.log(true).mean(), rel=1e-5)
    assert float(weighed.loss(tf.constant(y), t)) == pytest.approx(
        -(np.take(weights, t.ravel()) * np.log(true)).mean(), rel=1e-5
    )
    assert told(tf, plain, y, t) == pytest.approx(100 * (y.argmax(-1) == t).mean())


def test_a_score_of_zero_loses_what_matlab_says_and_still_has_a_gradient(tf):
    y = tf.constant([[[[0.0, 1.0]]]])
    measure = loss_by_name("crossentropy", True)
    with tf.GradientTape() as tape:
        tape.watch(y)
        loss = measure(y, np.zeros((1, 1, 1), np.int32))
    assert float(loss) == pytest.approx(15.9424, abs=1e-4)  # -log(eps('single')), which MATLAB's tables print
    assert tape.gradient(loss, y).numpy().ravel()[0] == pytest.approx(-1 / EPS)


def test_the_focal_loss_is_that_of_its_paper(tf, scores):
    y, t = scores
    true = y[np.arange(5), 0, 0, t.ravel()].astype(float)
    goal = goal_of_layer(FocalLossOutput(name="o", gamma=3.0, alpha=0.4))
    assert float(goal.loss(tf.constant(y), t)) == pytest.approx(
        (-0.4 * (1 - true) ** 3 * np.log(true)).mean(), rel=1e-5
    )


def test_regression_halves_the_sum_of_squares_of_an_observation(tf, rng):
    y, t = rng.normal(0, 1, (2, 3, 2, 2, 4)).astype(np.float32)
    goal = goal_of_layer(RegressionOutput(name="o"))
    assert float(goal.loss(y, t)) == pytest.approx(((y - t) ** 2).sum() / 2 / 3, rel=1e-5)
    assert told(tf, goal, y, t) == pytest.approx(np.sqrt(((y - t) ** 2).sum() / 3), rel=1e-5)


def test_the_binary_cross_entropy_takes_labels_that_do_not_exclude_each_other(tf, rng):
    y, t = rng.uniform(0.1, 0.9, (5, 1, 1, 3)).astype(np.float32), rng.integers(0, 2, (5, 1, 1, 3)).astype(np.float32)
    expected = -(t * np.log(y) + (1 - t) * np.log(1 - y)).mean()
    loss = loss_by_name("binary-crossentropy", False)
    assert float(loss(tf.constant(y), t)) == pytest.approx(expected, rel=1e-5)


def test_output_layers_that_cannot_be_trained_yet_have_no_goal():
    assert goal_of_layer(PixelClassificationOutput(name="o")) is None
