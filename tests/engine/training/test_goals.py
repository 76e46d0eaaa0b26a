"""What training makes small, against the formulas of MathWorks' pages in NumPy."""

import numpy as np
import pytest

from cnnscript.engine.output_layers import (
    ClassificationOutput,
    DicePixelClassificationOutput,
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


def test_before_its_softmax_an_observation_that_scores_nothing_keeps_the_slope_of_both_together(tf):
    z = tf.constant([[[[0.0, 200.0, 0.0]]], [[[1.0, 0.5, -1.0]]]])
    t = np.array([0, 2], np.int32).reshape(2, 1, 1)
    goal = goal_of_layer(ClassificationOutput(name="o", classes=("a", "b", "c"), class_weights=(1.0, 1.0, 3.0)))
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = goal.before_softmax(z, t)
    y = tf.nn.softmax(z).numpy().reshape(2, 3)
    assert float(loss) == float(goal.loss(tf.nn.softmax(z), t))  # bounded: what is told stays MATLAB's
    assert np.signbit(goal.before_softmax(z[:1], t[:1] + 1))  # -0, as before
    slopes = np.array([[1.0], [3.0]]) * (y - np.eye(3)[[0, 2]]) / 2
    assert tape.gradient(loss, z).numpy().reshape(2, 3) == pytest.approx(slopes, rel=1e-5)


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


@pytest.fixture
def pixels(rng):
    """Scores of 3 classes for two images of 2x3 pixels, and their classes: one pixel of the second has none."""
    raw = np.exp(rng.normal(0, 1, (2, 2, 3, 3)))
    classes = np.array([[[0, 1, 1], [0, 0, 2]], [[1, 1, 1], [0, -1, 0]]], np.int32)
    return (raw / raw.sum(-1, keepdims=True)).astype(np.float32), classes


def test_the_losses_of_pixels_leave_those_without_a_class_out(tf, pixels):
    y, t = pixels
    known = t >= 0
    true = np.take_along_axis(y, np.maximum(t, 0)[..., None], -1)[..., 0][known].astype(float)
    weighed = goal_of_layer(PixelClassificationOutput(name="o", classes=tuple("abc"), class_weights=(1.0, 3.0, 0.5)))
    assert float(weighed.loss(tf.constant(y), t)) == pytest.approx(
        -(np.take((1, 3, 0.5), t[known]) * np.log(true)).sum() / 11, rel=1e-5
    )
    focal = goal_of_layer(FocalLossOutput(name="o"))
    assert float(focal.loss(tf.constant(y), t)) == pytest.approx(
        (-0.25 * (1 - true) ** 2 * np.log(true)).sum() / 11, rel=1e-5
    )
    assert told(tf, weighed, y, t) == pytest.approx(100 * (y.argmax(-1) == t)[known].mean(), rel=1e-5)


def test_a_pixel_without_a_class_has_no_gradient(tf, pixels):
    y, t = pixels
    for layer in (PixelClassificationOutput(name="o"), DicePixelClassificationOutput(name="o"),
                  FocalLossOutput(name="o")):  # fmt: skip
        scores = tf.constant(y)
        with tf.GradientTape() as tape:
            tape.watch(scores)
            loss = goal_of_layer(layer).loss(scores, t)
        gradient = tape.gradient(loss, scores).numpy()
        assert np.isfinite(gradient).all()
        assert (gradient[1, 1, 1] == 0).all()
        assert (gradient[0] != 0).any()


def test_the_dice_loss_weighs_classes_by_their_squared_area(tf, pixels):
    y, t = pixels
    losses = []
    for scores, classes in zip(y.astype(float), t, strict=True):
        hot = (classes[..., None] == np.arange(3)) * 1.0
        scores = scores * (classes >= 0)[..., None]
        area = hot.sum((0, 1))
        weights = np.array([1 / a**2 if a else 0 for a in area])
        weights[area == 0] = weights.max()  # the second image shows no class 2
        losses.append(1 - 2 * (weights * (scores * hot).sum((0, 1))).sum()
                      / (weights * (scores**2 + hot**2).sum((0, 1))).sum())  # fmt: skip
    goal = goal_of_layer(DicePixelClassificationOutput(name="o"))
    assert float(goal.loss(tf.constant(y), t)) == pytest.approx(np.mean(losses), rel=1e-5)
