"""What training makes small: functions of a network's output (N×h×w×c) and its targets.

Classes are numbers from 0, N×h×w, below 0 where a pixel has none; the loss of a batch is the mean over its observations
(and pixels that have a class), as MathWorks' pages of the output layers define it.  Where there are outputs for each
step of sequences, each step is an observation, and padding none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.labelled.losses import absolute, bounded, huber, squared
from cnnscript.engine.layers import Layer, Size, Steps
from cnnscript.engine.output_layers import (
    ClassificationOutput,
    DicePixelClassificationOutput,
    FocalLossOutput,
    PixelClassificationOutput,
    RegressionOutput,
)
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.metrics import Metric, accuracy, root_mean_square, rows

Measure = Callable[[Any, Any], Any]  # outputs, targets → one number


@dataclass(frozen=True)
class Goal:
    """loss: tensors to a tensor; metrics: what is told besides; classes: are targets numbers of classes?

    Of outputs for each step of sequences:
    by_sequence  is the loss, of squared errors, the mean of that of each sequence over its own steps?  Else all steps
                 are alike
    padded       does the loss take outputs N×T×1×c with their padding, as functions of the script do?
    before_softmax  the loss of what a softmax was given that made the outputs, in place of the loss of those
    """

    loss: Measure
    metrics: tuple[Metric, ...]
    classes: bool
    by_sequence: bool = False
    padded: bool = False
    before_softmax: Measure | None = None

    def target_shape(self, size: Size) -> tuple[int | None, ...]:
        """Of one observation, for an output of that size; None for a number of steps."""
        whole = (None, *size[1:]) if isinstance(size, Steps) else tuple(size)
        return whole[:2] if self.classes else whole

    def weight(self, batch: Batch) -> float:
        """What the loss of a batch weighs in the mean over several."""
        if batch.counted is None or self.padded:
            return float(len(batch))
        return float((batch.counted.any(1) if self.by_sequence else batch.counted).sum())

    def loss_of_steps(self, outputs: Any, targets: Any, counted: Any, loss: Measure | None = None) -> Any:
        """The loss of outputs for each step.

        counted  N×T, false for padding
        loss     the goal's, or `before_softmax`
        """
        tf = tensorflow()
        loss = loss or self.loss
        if self.padded:
            return loss(outputs, targets)
        if not self.by_sequence:
            return loss(steps_alone(outputs, counted), steps_alone(targets, counted))
        # errors are squared in such losses: by roots of what each step is to weigh, the mean is that over sequences
        there = tf.cast(counted, tf.float32)
        lengths = tf.reduce_sum(there, 1, keepdims=True)
        share = tf.math.divide_no_nan(there, lengths) / tf.math.count_nonzero(lengths, dtype=tf.float32)
        root = tf.sqrt(share * tf.reduce_sum(there))[:, :, None, None]
        return loss(steps_alone(outputs * root, counted), steps_alone(targets * root, counted))


def goal_of_layer(layer: Layer) -> Goal | None:
    """The goal of an output layer; None for a kind that has none here."""
    if isinstance(layer, (ClassificationOutput, PixelClassificationOutput)):
        weights = None if isinstance(layer.class_weights, str) else np.array(layer.class_weights, np.float32)
        return Goal(cross_entropy(weights), (accuracy(),), True, before_softmax=cross_entropy_of_softmax(weights))
    if isinstance(layer, DicePixelClassificationOutput):
        return Goal(generalized_dice, (accuracy(),), True)
    if isinstance(layer, FocalLossOutput):
        return Goal(focal(layer.gamma, layer.alpha), (accuracy(),), True)
    if isinstance(layer, RegressionOutput):
        return Goal(half_squares, (root_mean_square(of_batch=True),), False, by_sequence=True)
    return None


def steps_alone(values: Any, counted: Any) -> Any:
    """Of N×T×1 or N×T×1×c the steps that count (N×T), each an observation: K×1×1 or K×1×1×c."""
    return tensorflow().boolean_mask(values, counted)[:, None]


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
        return -tf.reduce_sum(hot * tf.math.log(kept_from_zero(scores))) / how_many(targets)

    return loss


def cross_entropy_of_softmax(weights: np.ndarray | None = None) -> Measure:
    """`cross_entropy` of the softmax of numbers, with the slope y - t in them that both have together.

    Multiplied one by one, slopes end where a true class scores less than eps: such observations were lost for good.
    The example of trainNetwork's page, whose digits reach from 0 to 255, ended at 78 % so; MATLAB's own accuracy
    there is above 90 % (from memory).
    """
    told = cross_entropy(weights)

    def loss(numbers, targets):
        tf = tensorflow()
        hot = tf.one_hot(targets, numbers.shape[-1], dtype=numbers.dtype)
        if weights is not None:
            hot = hot * weights
        open_ended = -tf.reduce_sum(hot * tf.nn.log_softmax(numbers)) / how_many(targets)
        shown = tf.stop_gradient(told(tf.nn.softmax(numbers), targets))
        return shown - (tf.stop_gradient(open_ended) - open_ended)  # a loss of -0 stays so

    return loss


def focal(gamma: float, alpha: float) -> Measure:
    """-alpha (1 - y)^gamma log y of the true class (arXiv:1708.02002, eq. 5)."""

    def loss(scores, targets):
        tf = tensorflow()
        hot = tf.one_hot(targets, scores.shape[-1], dtype=scores.dtype)
        of_class = tf.reduce_sum(hot * kept_from_zero(scores), -1) + tf.cast(targets < 0, scores.dtype)  # none: 1
        return -alpha * tf.reduce_sum((1 - of_class) ** gamma * tf.math.log(of_class)) / how_many(targets)

    return loss


def how_many(targets: Any) -> Any:
    """How many numbers of classes there are, pixels without a class left out; not less than 1."""
    tf = tensorflow()
    return tf.maximum(tf.reduce_sum(tf.cast(targets >= 0, tf.float32)), 1.0)


def generalized_dice(scores: Any, targets: Any) -> Any:
    """1 - 2 Σ w Σ y t / Σ w Σ (y² + t²) of each image, its mean over images; w = 1/(Σ t)² for each class, the inner
    sums over pixels (arXiv:1707.03237, and MathWorks' page of dicePixelClassificationLayer).

    A class that an image does not show weighs as much as the heaviest that it does: its own weight would be infinite.
    """
    tf = tensorflow()
    known = tf.cast(targets >= 0, scores.dtype)[..., None]
    hot, scores = tf.one_hot(targets, scores.shape[-1], dtype=scores.dtype), scores * known
    area = tf.reduce_sum(hot, (1, 2))
    weights = tf.where(area > 0, 1 / tf.maximum(area, 1) ** 2, 0.0)
    weights = tf.where(area > 0, weights, tf.reduce_max(weights, -1, keepdims=True))
    shared = tf.reduce_sum(weights * tf.reduce_sum(scores * hot, (1, 2)), -1)
    whole = tf.reduce_sum(weights * tf.reduce_sum(scores**2 + hot**2, (1, 2)), -1)
    return tf.reduce_mean(1 - tf.math.divide_no_nan(2 * shared, whole))


def half_squares(outputs: Any, targets: Any) -> Any:
    """Half the sum of an observation's squared errors, its mean over observations."""
    tf = tensorflow()
    return tf.reduce_mean(tf.reduce_sum((outputs - targets) ** 2, (1, 2, 3))) / 2


# -------------------------------------------------------------------------------------------------- trainnet's, by name
LOSSES = (
    "crossentropy", "index-crossentropy", "indexcrossentropy", "binary-crossentropy", "mse", "mean-squared-error",
    "l2loss", "mae", "mean-absolute-error", "l1loss", "huber",
)  # fmt: skip


def loss_by_name(name: str, classes: bool) -> Measure:
    """The loss that trainnet knows by a name.

    classes  are targets numbers of classes?  Cross-entropies take both; all other losses take classes as one-hot

    Cross-entropies are means over all but the channels, the other losses over all numbers (MathWorks' page of
    trainnet).
    """
    if classes and name.endswith("crossentropy"):
        return cross_entropy()
    loss = numeric_loss(name)
    return (lambda y, targets: of_known(loss, y, targets)) if classes else loss


def of_known(loss: Measure, outputs: Any, targets: Any) -> Any:
    """The loss of the pixels that have a class, 0 where none has."""
    tf = tensorflow()
    return tf.where(tf.reduce_any(targets >= 0), loss(*rows(outputs, targets)), 0.0)


def numeric_loss(name: str) -> Measure:
    """Of outputs and targets of equal sizes."""
    tf = tensorflow()
    if name in ("crossentropy", "index-crossentropy", "indexcrossentropy"):
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
