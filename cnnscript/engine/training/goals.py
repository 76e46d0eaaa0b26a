"""What training makes small, and what is told besides: functions of a network's output (N×h×w×c) and its targets.

Classes are numbers from 0, N×h×w; the loss of a batch is the mean over its observations (and pixels), as MathWorks'
pages of the output layers define it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.labelled.losses import bounded
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
