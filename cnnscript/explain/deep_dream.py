"""Deep dream: pictures that channels of a layer answer to most, grown from coarse to fine.

Gradient ascent over a pyramid of growing sizes, each step the gradient with its bands made even (laplacian_pyramid.py):
Mordvintsev, "DeepDreaming with TensorFlow", the notebook that MATLAB's page names as the source of deepDreamImage.

What MATLAB does beyond that is not published.  Done here, because the pictures are better for it:

- A place pulls the more the more it answers already (`pull`): the mean of a linear layer's map has the same gradient
  everywhere and draws nothing but flat colour; so each filter draws its own pattern.
- The picture is shifted by some pixels before each step, and back: no grid of the strides shows (as in the notebook).
- Pixels stay in the range of the network's images where that is known (input_scales.py): no glaring dots, which would
  leave all else grey when the picture is scaled to 0..1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import numpy as np

from cnnscript.engine.devices import devices
from cnnscript.engine.initializers import Draws
from cnnscript.engine.layers import Size
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced
from cnnscript.explain.input_scales import input_scale
from cnnscript.explain.laplacian_pyramid import normalize
from cnnscript.explain.open_paths import OpenPath, compiled

SHIFT = 16  # pixels at most, and a sixteenth of the picture
HELD_BYTES = 512 * 2**20  # outputs and gradients alive at once: more is slower on a CPU, and Ctrl-C would have to wait
ROUNDING = 1e-8


def deep_dream(
    path: OpenPath,
    channels: Sequence[int],
    images: np.ndarray,
    random: Draws,
    *,
    levels: int = 3,
    scale: float = 1.4,
    iterations: int = 10,
    environment: str = "auto",
    told: Callable[[int, int, float], object] = lambda iteration, level, strength: None,
) -> np.ndarray:
    """One picture for each channel (0-based), begun with images N×H×W×C as the network takes them.

    levels, scale  sizes that the pictures grow through, and by how much each time
    iterations     steps at each size
    told           after each step: its number and the level (from 1), the mean answer of the channels before it

    Returns N×H'×W'×C float32, H' and W' the last of `sizes`.  Stopped by KeyboardInterrupt, raises Stopped with the
    pictures so far.
    """
    tf = tensorflow()
    scaling = input_scale(path.network)
    low, high = (-np.inf, np.inf) if scaling.low is None else (scaling.low, scaling.high)
    with tf.device(devices(environment)[0]):
        limits = tf.constant([scaling.unit, low, high], tf.float32)
        pictures = tf.constant(np.ascontiguousarray(images, np.float32))
        try:
            for level, size in enumerate(sizes(images.shape[1:3], levels, scale), 1):
                if level > 1:
                    pictures = tf.clip_by_value(tf.image.resize(pictures, size, "bicubic"), low, high)
                ascend = _step(path, pictures.shape[1:])
                for iteration in range(1, iterations + 1):
                    shift = shift_within(random, size)
                    parts, strengths = [], []
                    for part in portions(path, pictures.shape):
                        wanted = tf.constant(list(channels[part]), tf.int32)
                        better, answered = ascend(pictures[part], wanted, shift, limits)
                        parts.append(better)
                        strengths.append(answered)
                    pictures = tf.concat(parts, 0) if len(parts) > 1 else parts[0]
                    told(iteration, level, float(tf.reduce_mean(tf.concat(strengths, 0))))
        except KeyboardInterrupt as stop:
            raise Stopped(pictures.numpy()) from stop
    return pictures.numpy()


class Stopped(KeyboardInterrupt):
    """Ctrl-C in the middle of the work.  images: what there was by then."""

    def __init__(self, images: np.ndarray):
        super().__init__()
        self.images = images


def sizes(size: Sequence[int], levels: int, scale: float) -> list[tuple[int, int]]:
    """Heights and widths of the pyramid's levels, the first the size itself; each as imresize(I,scale) makes it."""
    found = [(size[0], size[1])]
    while len(found) < levels:
        found.append((ceil(found[-1][0] * scale - ROUNDING), ceil(found[-1][1] * scale - ROUNDING)))
    return found


def shift_within(random: Draws, size: Sequence[int]) -> np.ndarray:
    """How far to shift down and right: whole numbers, int32."""
    reach = np.minimum(np.array(size[:2]) // 16, SHIFT)
    return np.floor(random.uniforms(2) * (2 * reach + 1)).astype(np.int32) - reach.astype(np.int32)


def portions(path: OpenPath, shape: Sequence[int]) -> list[slice]:
    """The pictures N×H×W×C that go together through the network, so that memory holds what is alive at once."""
    most = max(1, HELD_BYTES // (2 * path.bytes_for((shape[1], shape[2], shape[3]))))
    return [slice(start, start + most) for start in range(0, shape[0], most)]


def pull(maps: Any, channels: Any) -> Any:
    """How strongly each picture's channel answers: maps N×h×w×C, channels N → N numbers.

    The mean of the map, each place weighted by the mean size of all answers and its own answer above 0; where a layer
    gives one number a picture, that number.
    """
    tf = tensorflow()
    found = tf.gather(maps, channels[:, None], axis=3, batch_dims=1)
    weights = tf.nn.relu(found) + tf.reduce_mean(tf.abs(found), (1, 2, 3), keepdims=True)
    weights = tf.stop_gradient(weights / tf.reduce_sum(weights, (1, 2, 3), keepdims=True))
    even = 1 / tf.cast(tf.size(found[0]), tf.float32)  # a map of zeros has no weights
    weights = tf.where(tf.math.is_finite(weights), weights, even)
    return tf.reduce_sum(weights * found, (1, 2, 3))


def _step(path: OpenPath, size: Size) -> Any:
    """The compiled step: pictures, channels, shift, (unit, low, high) → better pictures, the answers before."""
    tf = tensorflow()
    height, width = size[:2] if path.fixed else (None, None)

    def step(pictures, channels, shift, limits):
        shifted = tf.roll(pictures, shift, (1, 2))
        with tf.GradientTape() as tape:
            tape.watch(shifted)
            answers = pull(path(shifted), channels)
        better = shifted + limits[0] * normalize(tape.gradient(answers, shifted))
        return tf.roll(tf.clip_by_value(better, limits[1], limits[2]), -shift, (1, 2)), answers

    def make():
        signature = [
            tf.TensorSpec((None, height, width, size[2])), tf.TensorSpec((None,), tf.int32),
            tf.TensorSpec((2,), tf.int32), tf.TensorSpec((3,)),
        ]  # fmt: skip
        return traced(step, signature)

    return compiled(path.network, ("dream", path.layer, height, width), make)
