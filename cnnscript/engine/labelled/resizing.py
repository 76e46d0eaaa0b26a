"""Other sizes along the dimensions of space."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

from cnnscript.engine.operations import operation
from cnnscript.engine.spatial_layers import Resize2D
from cnnscript.engine.tensorflow_start import tensorflow


def resize(x: Any, sizes: tuple[int, ...], scales: tuple[float, ...] | None, like: Resize2D) -> Any:
    """N × window... × C with the lengths `sizes` along the window; with scales, places are found by these,
    else by the lengths' ratio.

    like: how it is resized (method, transform mode, rounding mode).
    """
    tf = tensorflow()
    shape = list(x.shape)
    for at, size in enumerate(sizes):  # one dimension after the other, each as the height of a picture
        pages = tf.reshape(x, (-1, shape[at + 1], prod(shape[at + 2 : -1]), shape[-1]))
        if scales is None:
            layer = replace(like, output_size=(size, pages.shape[2]))
        else:
            layer = replace(like, scale=(scales[at], 1.0))
        shape[at + 1] = size
        x = tf.reshape(operation(layer, {})(pages), shape)
    return x
