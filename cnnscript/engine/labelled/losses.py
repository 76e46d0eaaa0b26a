"""Losses: predictions against targets, and how they become one number."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.labelled.arrangement import axes, ranked
from cnnscript.engine.tensorflow_start import tensorflow


def bounded(y: Any) -> Any:
    """Probabilities kept from 0 by eps of their class, as MATLAB's logarithms of them are."""
    return tensorflow().maximum(y, float(np.finfo(y.dtype.as_numpy_dtype).eps))


def cross_entropy(y: Any, targets: Any) -> Any:
    return -targets * tensorflow().math.log(bounded(y))


def cross_entropy_of_labels(y: Any, targets: Any) -> Any:
    """For labels that do not exclude each other."""
    log = tensorflow().math.log
    return -targets * log(bounded(y)) - (1 - targets) * log(bounded(1 - y))


def absolute(y: Any, targets: Any) -> Any:
    return tensorflow().abs(y - targets)


def squared(y: Any, targets: Any) -> Any:
    return (y - targets) ** 2


def huber(y: Any, targets: Any, transition: float) -> Any:
    """Half the square up to `transition`, a line of the same slope beyond (Huber 1964)."""
    tf = tensorflow()
    error = tf.abs(y - targets)
    return tf.where(error <= transition, error**2 / 2, transition * error - transition**2 / 2)


def index_cross_entropy(y: Any, targets: Any, labels: str, masked: float) -> Any:
    """The cross-entropy where targets are numbers of classes, from 1, in place of vectors: C has length 1; 0 where a
    target is `masked`."""
    tf = tensorflow()
    y, targets = ranked(y, labels), ranked(targets, labels)
    (axis,) = axes(labels, "C")
    wanted = tf.cast(tf.round(targets), tf.int64)
    there = wanted != int(masked)
    classes = y.shape[axis]
    hot = tf.one_hot(tf.squeeze(tf.where(there, wanted - 1, 0), axis), classes, axis=axis, dtype=y.dtype)
    loss = tf.reduce_sum(cross_entropy(y, hot), axis, keepdims=True)
    return tf.where(there, loss, tf.zeros_like(loss))


def weight_of_target(weights: Any, targets: Any, labels: str, masked: float) -> Any:
    """Of weights that have one for each class, those of the targets' classes, in the targets' shape."""
    tf = tensorflow()
    targets = ranked(targets, labels)
    (axis,) = axes(labels, "C")
    wanted = tf.cast(tf.round(targets), tf.int64)
    at = tf.squeeze(tf.where(wanted != int(masked), wanted - 1, 0), axis)
    hot = tf.one_hot(at, weights.shape[axis], axis=axis, dtype=weights.dtype)
    return tf.reduce_sum(hot * weights, axis, keepdims=True)


def reduced(loss: Any, weights: Any, mask: Any, divisor: float | None, whole: bool) -> Any:
    """Losses weighed, masked, summed (`whole`) and divided; divisor None: by how many elements the mask keeps."""
    tf = tensorflow()
    if weights is not None:
        loss = loss * tf.cast(weights, loss.dtype)
    if mask is not None:
        mask = tf.broadcast_to(tf.cast(mask, loss.dtype), loss.shape)
        loss = loss * mask
    total = tf.reduce_sum(loss) if whole else loss
    if divisor is None:
        divisor = tf.reduce_sum(mask) if mask is not None else float(np.prod(loss.shape))
    return total / divisor
