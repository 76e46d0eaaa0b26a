"""Layers that know nothing of time on sequences of images, N×T×H×W×C: image by image."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.engine.layers import Layer
from cnnscript.engine.tensorflow_start import tensorflow

FRAMES = 5  # dimensions of a batch of such sequences


def image_by_image(layer: Layer, compute: Callable[..., Any]) -> Callable[..., Any]:
    """What a layer computes, also of sequences of images.  A layer that makes vectors of images gives N×T×1×C."""
    if layer.takes_frames:
        return compute

    def of_any(*inputs: Any) -> Any:
        if not inputs or len(inputs[0].shape) != FRAMES:
            return compute(*inputs)
        return unfolded(layer, compute(*(folded(one) for one in inputs)), inputs[0])

    return of_any


def image_by_image_with_state(layer: Layer, compute: Callable[..., Any]) -> Callable[..., Any]:
    """As `image_by_image`, for what gives (output, state)."""
    if layer.takes_frames:
        return compute

    def of_any(*inputs: Any) -> Any:
        if not inputs or len(inputs[0].shape) != FRAMES:
            return compute(*inputs)
        output, state = compute(*(folded(one) for one in inputs))
        return unfolded(layer, output, inputs[0]), state

    return of_any


def folded(sequences: Any) -> Any:
    """All images of all sequences: (N·T)×H×W×C."""
    return tensorflow().reshape(sequences, (-1, *sequences.shape[2:]))


def unfolded(layer: Layer, images: Any, sequences: Any) -> Any:
    """What became of the images, (N·T)×h×w×c, in sequences again."""
    tf = tensorflow()
    count = tf.shape(sequences)
    after = (1, images.shape[3]) if layer.ends_frames else tuple(images.shape[1:])
    return tf.reshape(images, (count[0], count[1], *after))
