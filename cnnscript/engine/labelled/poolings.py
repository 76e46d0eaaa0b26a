"""Pooling of labelled arrays along one, two or three dimensions, and the way back."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

from cnnscript.engine.labelled.arrangement import arranged
from cnnscript.engine.labelled.convolutions import Sliding, in_plane, plane
from cnnscript.engine.operations import operation
from cnnscript.engine.pooling_layers import AveragePooling, MaxPooling
from cnnscript.engine.tensorflow_start import tensorflow


def pool_max(x: Any, size: tuple[int, ...], how: Sliding) -> Any:
    """The largest number under a window that slides over N × window... × C; what the padding adds never wins."""
    if len(size) == 3:
        return _in_turn(pool_max, x, size, how)
    layer = MaxPooling(pool_size=plane(size), stride=plane(how.stride), padding_size=how.edges())
    return in_plane(x, operation(layer, {}))


def pool_mean(x: Any, size: tuple[int, ...], how: Sliding) -> Any:
    """The mean, in which the padding counts as zeros, or with how.value 'mean' not at all."""
    if len(size) == 3:
        return _in_turn(pool_mean, x, size, how)
    layer = AveragePooling(
        pool_size=plane(size), stride=plane(how.stride), padding_size=how.edges(), padding_value=how.value
    )
    return in_plane(x, operation(layer, {}))


def _in_turn(pool: Any, x: Any, size: tuple[int, ...], how: Sliding) -> Any:
    """Pooling in space as pooling in a plane and then along the third dimension: largest and mean allow it, and the
    CPU has no pooling of doubles in space."""
    tf = tensorflow()
    for part, like in ((slice(0, 2), lambda n, h, w, d, c: (n, h, w, d * c)),
                       (slice(2, 3), lambda n, h, w, d, c: (n * h * w, d, c))):  # fmt: skip
        n, *_, c = shape = x.shape
        padding = how.padding if isinstance(how.padding, str) else how.padding[part]
        made = pool(tf.reshape(x, like(*shape)), size[part], replace(how, stride=how.stride[part], padding=padding))
        left = [*shape[1:4]]
        left[part] = made.shape[1 : 1 + len(size[part])]
        x = tf.reshape(made, (n, *left, c))
    return x


def places_of_largest(x: Any, labels: str, size: tuple[int, ...], window: str, how: Sliding) -> Any:
    """Where the largest numbers under a window along one or two dimensions stand in x: MATLAB's linear indices, from
    1, as int64, in the shape that pool_max gives."""
    tf = tensorflow()
    flat, back = arranged(x, labels, window)
    count = prod(x.shape)
    numbers, _ = arranged(tf.reshape(tf.range(1, count + 1, dtype=tf.int64), x.shape), labels, window)
    flat, numbers = (y if len(y.shape) == 4 else tf.expand_dims(y, 2) for y in (flat, numbers))
    edges = [(0, 0), *[*how.amounts(flat.shape[1 : 1 + len(size)], size), (0, 0)][:2], (0, 0)]
    padded = tf.pad(flat, edges, constant_values=flat.dtype.min)
    _, found = tf.nn.max_pool_with_argmax(
        padded, plane(size), plane(how.stride), "VALID", include_batch_in_index=True, output_dtype=tf.int64
    )
    answer = tf.gather(tf.reshape(tf.pad(numbers, edges), (-1,)), found)
    return back(answer if len(size) == 2 else tf.squeeze(answer, 2))


def unpool(x: Any, found: Any, shape: tuple[int, ...]) -> Any:
    """Numbers put where `found` (MATLAB's linear indices) says into zeros of a shape (MATLAB's); the sum where they
    meet."""
    tf = tensorflow()
    at = tf.reshape(tf.cast(found, tf.int64), (-1, 1)) - 1
    flat = tf.scatter_nd(at, tf.reshape(x, (-1,)), tf.constant([prod(shape)], tf.int64))
    return tf.reshape(flat, shape[::-1])
