"""Normalizations of N × window... × C: vectors have a number a channel, or one for all."""

from __future__ import annotations

from typing import Any

from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.labelled.arrangement import reshaped
from cnnscript.engine.operations import operation
from cnnscript.engine.stateful_operations import normalized_by_itself
from cnnscript.engine.tensorflow_start import tensorflow


def normalize_by_batch(x: Any, offset: Any, scale: Any, epsilon: float) -> tuple[Any, Any, Any]:
    """Each channel by its mean and population variance over everything else, and these two vectors."""
    tf = tensorflow()
    channels = x.shape[-1]
    if x.dtype == tf.float32:
        offset, scale = (tf.broadcast_to(vector(each), (channels,)) for each in (offset, scale))
        made, mean, variance = normalized_by_itself(tf.reshape(x, (-1, 1, 1, channels)), offset, scale, epsilon)
        return reshaped(made, x.shape), mean, variance
    mean, variance = tf.nn.moments(x, list(range(len(x.shape) - 1)))
    return normalize(x, mean, variance, offset, scale, epsilon), mean, variance


def normalize(x: Any, mean: Any, variance: Any, offset: Any, scale: Any, epsilon: float) -> Any:
    """Each channel shifted and scaled."""
    factor = tensorflow().math.rsqrt(vector(variance) + epsilon) * vector(scale)
    return (x - vector(mean)) * factor + vector(offset)


def vector(values: Any) -> Any:
    return reshaped(values, (values.shape.num_elements(),))


def normalize_over(x: Any, window: bool, channels: bool, offset: Any, scale: Any, epsilon: float) -> Any:
    """Each observation to mean 0 and variance 1 over its window, its channels or both; then scaled by channel."""
    tf = tensorflow()
    last = len(x.shape) - 1
    axes = [*(range(1, last) if window else ()), *((last,) if channels else ())]
    mean, variance = tf.nn.moments(x, axes, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + epsilon) * vector(scale) + vector(offset)


def normalize_groups(x: Any, groups: int, offset: Any, scale: Any, epsilon: float) -> Any:
    """As normalize_over with the channels cut into groups of neighbours, each by itself."""
    tf = tensorflow()
    last = len(x.shape) - 1
    apart = tf.reshape(x, (*x.shape[:last], groups, x.shape[last] // groups))
    mean, variance = tf.nn.moments(apart, [*range(1, last), last + 1], keepdims=True)
    normal = tf.reshape((apart - mean) * tf.math.rsqrt(variance + epsilon), x.shape)
    return normal * vector(scale) + vector(offset)


def normalize_across_channels(x: Any, window: int, alpha: float, beta: float, k: float) -> Any:
    """Each number divided by a power of the squares of its neighbours in other channels."""
    tf = tensorflow()
    channels = x.shape[-1]
    flat = tf.reshape(x, (-1, 1, 1, channels))
    if flat.dtype != tf.float32:  # TensorFlow's own is single only: as the article writes it
        before, after = (window - 1) // 2, window // 2
        squares = tf.pad(flat * flat, [(0, 0), (0, 0), (0, 0), (before, after)])
        total = tf.add_n([squares[..., i : i + channels] for i in range(window)])
        return tf.reshape(flat / (k + alpha / window * total) ** beta, x.shape)
    layer = pointwise.CrossChannelNormalization(window_channel_size=window, alpha=alpha, beta=beta, k=k)
    return tf.reshape(operation(layer, {})(flat), x.shape)
