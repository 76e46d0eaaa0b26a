"""Gradients made even over scales: Laplacian pyramid gradient normalisation.

As in Mordvintsev's "DeepDreaming with TensorFlow" (the notebook that MATLAB's page of deepDreamImage cites): a gradient
is mostly fine grain.  Split into bands of one octave each (Burt and Adelson 1983), every band brought to unit size, and
put together again, it has as much to say about large shapes as about small ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow

OCTAVES = 4  # bands taken off; what is left below them is one more
BINOMIAL = np.array([1, 4, 6, 4, 1], np.float32) / 16
SMALLEST = 1e-5  # a band weaker than this share of the whole is rounding: it is not blown up
NOTHING = 1e-37  # the least that single precision holds in full


def normalize(gradients: Any) -> Any:
    """Gradients N×H×W×C with each image's bands of unit root mean square, added up again; sizes may be open."""
    tf = tensorflow()
    bands, shapes = [], []
    low = gradients / tf.maximum(tf.reduce_max(tf.abs(gradients), (1, 2, 3), keepdims=True), NOTHING)
    for _ in range(OCTAVES):
        high, low = low, _halved(low)
        shapes.append(tf.shape(high))
        bands.append(high - _doubled(low, shapes[-1]))
    total = _unit(low)
    for band, shape in zip(reversed(bands), reversed(shapes), strict=True):
        total = _doubled(total, shape) + _unit(band)
    return total


def _unit(band: Any) -> Any:
    tf = tensorflow()
    return band / tf.maximum(tf.sqrt(tf.reduce_mean(tf.square(band), (1, 2, 3), keepdims=True)), SMALLEST)


def _halved(images: Any) -> Any:
    """Every second pixel of the images blurred: one channel at a time, so that any number of channels is one filter."""
    tf = tensorflow()
    return tf.nn.depthwise_conv2d(images, _filter(images.shape[-1]), (1, 2, 2, 1), "SAME")


def _doubled(images: Any, shape: Any) -> Any:
    """The images brought back to a shape, interpolated by the same filter."""
    tf = tensorflow()
    return tf.nn.depthwise_conv2d_backprop_input(shape, 4 * _filter(images.shape[-1]), images, (1, 2, 2, 1), "SAME")


def _filter(channels: int) -> np.ndarray:
    return np.tile(np.outer(BINOMIAL, BINOMIAL)[:, :, None, None], (1, 1, channels, 1))
