"""Normalizations of labelled arrays."""

from __future__ import annotations

from typing import Any

from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.labelled.arrangement import along, arranged, axes, ranked, reshaped
from cnnscript.engine.operations import operation
from cnnscript.engine.tensorflow_start import tensorflow


def batch_statistics(x: Any, labels: str) -> tuple[Any, Any]:
    """Mean and (biased) variance of each channel over everything else: two vectors."""
    tf = tensorflow()
    x = ranked(x, labels)
    mean, variance = tf.nn.moments(x, axes(labels, "SBTU"))
    return tuple(reshaped(each, (each.shape.num_elements(),)) for each in (mean, variance))


def normalize(x: Any, labels: str, mean: Any, variance: Any, offset: Any, scale: Any, epsilon: float) -> Any:
    """Each channel shifted and scaled: vectors of a number a channel."""
    tf = tensorflow()
    x = ranked(x, labels)
    mean, variance, offset, scale = (along(each, labels) for each in (mean, variance, offset, scale))
    return (x - mean) * tf.math.rsqrt(variance + epsilon) * scale + offset


def normalize_over(x: Any, labels: str, over: str, offset: Any, scale: Any, epsilon: float) -> Any:
    """Each piece that differs in labels outside `over` to mean 0 and variance 1, then scaled by channel."""
    tf = tensorflow()
    x = ranked(x, labels)
    mean, variance = tf.nn.moments(x, axes(labels, over), keepdims=True)
    offset, scale = along(offset, labels), along(scale, labels)
    return (x - mean) * tf.math.rsqrt(variance + epsilon) * scale + offset


def normalize_groups(x: Any, labels: str, groups: int, over: str, offset: Any, scale: Any, epsilon: float) -> Any:
    """As normalize_over with the channels cut into groups of neighbours, each by itself."""
    tf = tensorflow()
    x = ranked(x, labels)
    (at,) = axes(labels, "C")
    shape = tuple(x.shape)
    apart = tf.reshape(x, (*shape[:at], groups, shape[at] // groups, *shape[at + 1 :]))
    others = [axis + (axis > at) for axis in axes(labels, over) if axis != at]
    mean, variance = tf.nn.moments(apart, [*others, at + 1], keepdims=True)
    normal = tf.reshape((apart - mean) * tf.math.rsqrt(variance + epsilon), shape)
    return normal * along(scale, labels) + along(offset, labels)


def normalize_across_channels(x: Any, labels: str, window: int, alpha: float, beta: float, k: float) -> Any:
    """Each number divided by a power of the squares of its neighbours in other channels."""
    layer = pointwise.CrossChannelNormalization(window_channel_size=window, alpha=alpha, beta=beta, k=k)
    flat, back = arranged(x, labels, "")
    tf = tensorflow()
    if flat.dtype != tf.float32:  # TensorFlow's own is single only: as the article writes it
        before, after = (window - 1) // 2, window // 2
        squares, channels = tf.pad(flat * flat, [(0, 0), (before, after)]), flat.shape[-1]
        total = tf.add_n([squares[:, i : i + channels] for i in range(window)])
        return back(flat / (k + alpha / window * total) ** beta)
    return back(operation(layer, {})(flat[:, None, None, :])[:, 0, 0, :])
