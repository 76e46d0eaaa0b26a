"""What training makes small, and what is told besides: functions of a network's output (N×h×w×c) and its targets.

Classes are numbers from 0, N×h×w; the loss of a batch is the mean over its observations (and pixels), as MathWorks'
pages of the output layers define it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.labelled.losses import absolute, bounded, huber, squared
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, FocalLossOutput, RegressionOutput
from cnnscript.engine.tensorflow_start import tensorflow

Measure = Callable[[Any, Any], Any]  # outputs, targets → one number


@dataclass(frozen=True)
class Goal:
    """loss, metric: tensors to a tensor; metric_name: 'accuracy' (in percent), 'rmse', or '' for none.

    classes: are targets numbers of classes?
    """

    loss: Measure
    metric: Measure | None
    metric_name: str
    classes: bool

    def target_shape(self, size: Size) -> tuple[int, ...]:
        """Of one observation, for an output of that size."""
        return tuple(size[:2]) if self.classes else tuple(size)


def goal_of_layer(layer: Layer) -> Goal | None:
    """The goal of an output layer; None for a kind that has none here."""
    if isinstance(layer, ClassificationOutput):
        weights = None if isinstance(layer.class_weights, str) else np.array(layer.class_weights, np.float32)
        return Goal(cross_entropy(weights), accuracy, "accuracy", True)
    if isinstance(layer, FocalLossOutput):
        return Goal(focal(layer.gamma, layer.alpha), accuracy, "accuracy", True)
    if isinstance(layer, RegressionOutput):
        return Goal(half_squares, root_of_squares, "rmse", False)
    return None


def kept_from_zero(scores: Any) -> Any:
    """Scores as MATLAB takes their logarithm: not below eps, though gradients pass."""
    tf = tensorflow()
    return scores + tf.stop_gradient(bounded(scores) - scores)


def cross_entropy(weights: np.ndarray | None = None) -> Measure:
    """-w t log y, summed over classes.  weights: one for each class."""

    def loss(scores, targets):
        tf = tensorflow()
        hot = tf.one_hot(targets, scores.shape[-1], dtype=scores.dtype)
        if weights is not None:
            hot = hot * weights
        return -tf.reduce_mean(tf.reduce_sum(hot * tf.math.log(kept_from_zero(scores)), -1))

    return loss


def focal(gamma: float, alpha: float) -> Measure:
    """-alpha (1 - y)^gamma log y of the true class (arXiv:1708.02002, eq. 5)."""

    def loss(scores, targets):
        tf = tensorflow()
        hot = tf.one_hot(targets, scores.shape[-1], dtype=scores.dtype)
        of_class = tf.reduce_sum(hot * kept_from_zero(scores), -1)
        return -alpha * tf.reduce_mean((1 - of_class) ** gamma * tf.math.log(of_class))

    return loss


def half_squares(outputs: Any, targets: Any) -> Any:
    """Half the sum of an observation's squared errors, its mean over observations."""
    tf = tensorflow()
    return tf.reduce_mean(tf.reduce_sum((outputs - targets) ** 2, (1, 2, 3))) / 2


def root_of_squares(outputs: Any, targets: Any) -> Any:
    """The root of the mean over observations of the sums of squared errors: √(2 half_squares)."""
    return (2 * half_squares(outputs, targets)) ** 0.5


def accuracy(scores: Any, targets: Any) -> Any:
    """Per cent of the largest scores that are those of the targets."""
    tf = tensorflow()
    right = tf.argmax(scores, -1, output_type=tf.int32) == targets
    return 100 * tf.reduce_mean(tf.cast(right, tf.float32))


# -------------------------------------------------------------------------------------------------- trainnet's, by name
LOSSES = (
    "crossentropy", "index-crossentropy", "binary-crossentropy", "mse", "mean-squared-error", "l2loss", "mae",
    "mean-absolute-error", "l1loss", "huber",
)  # fmt: skip


def goal_of_loss(name: str, classes: bool, metric_name: str = "") -> Goal:
    """The goal that trainnet knows by a name.

    classes      are targets numbers of classes?  Cross-entropies take both; all other losses numbers only
    metric_name  'accuracy', 'rmse' or ''

    Cross-entropies are means over all but the channels, the other losses over all numbers (MathWorks' page of
    trainnet).
    """
    loss = numeric_loss(name)
    if classes:
        loss = cross_entropy() if name.endswith("crossentropy") else of_hot(loss)
    return Goal(loss, metric_of(metric_name, classes), metric_name, classes)


def metric_of(name: str, classes: bool) -> Measure | None:
    if name == "accuracy":
        return accuracy if classes else accuracy_of_hot
    if name == "rmse":
        return of_hot(root_of_mean) if classes else root_of_mean
    return None


def numeric_loss(name: str) -> Measure:
    """Of outputs and targets of equal sizes."""
    tf = tensorflow()
    if name == "crossentropy":
        return lambda y, t: -tf.reduce_mean(tf.reduce_sum(t * tf.math.log(kept_from_zero(y)), -1))
    if name == "binary-crossentropy":
        return lambda y, t: (
            -tf.reduce_mean(t * tf.math.log(kept_from_zero(y)) + (1 - t) * tf.math.log(kept_from_zero(1 - y)))
        )
    if name in ("mae", "mean-absolute-error", "l1loss"):
        return lambda y, t: tf.reduce_mean(absolute(y, t))
    if name == "huber":
        return lambda y, t: tf.reduce_mean(huber(y, t, 1.0))
    return lambda y, t: tf.reduce_mean(squared(y, t))


def of_hot(measure: Measure) -> Measure:
    """A measure of numbers, for targets that are classes."""
    return lambda y, targets: measure(y, tensorflow().one_hot(targets, y.shape[-1], dtype=y.dtype))


def accuracy_of_hot(scores: Any, targets: Any) -> Any:
    return accuracy(scores, tensorflow().argmax(targets, -1, output_type=tensorflow().int32))


def root_of_mean(outputs: Any, targets: Any) -> Any:
    return tensorflow().reduce_mean(squared(outputs, targets)) ** 0.5
