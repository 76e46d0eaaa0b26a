"""What is done to each number, or to the channels of one place."""

from __future__ import annotations

from math import pi, sqrt
from typing import Any

from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.operations import operation
from cnnscript.engine.tensorflow_start import tensorflow


def relu(x: Any) -> Any:
    return operation(pointwise.ReLU(), {})(x)


def sigmoid(x: Any) -> Any:
    return operation(pointwise.Sigmoid(), {})(x)


def leaky_relu(x: Any, scale: float) -> Any:
    return tensorflow().where(x > 0, x, scale * x)  # tf.nn's scale is single


def gelu(x: Any, approximation: str) -> Any:
    """x Φ(x), or with 'tanh' an approximation of it (Hendrycks and Gimpel 2016); tf.nn's is single inside."""
    math = tensorflow().math
    if approximation == "tanh":
        return x / 2 * (1 + math.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))
    return x / 2 * (1 + math.erf(x / sqrt(2)))


def softmax(x: Any) -> Any:
    """Over the channels, the last axis."""
    return tensorflow().nn.softmax(x)
