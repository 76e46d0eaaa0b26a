"""Attention (Vaswani et al. 2017), and words as vectors."""

from __future__ import annotations

from typing import Any

from cnnscript.engine.labelled.arrangement import arranged, axes, ranked
from cnnscript.engine.tensorflow_start import tensorflow


def attend(
    queries: Any, keys: Any, values: Any, labels: str, heads: int, *, scale: float | None, shown: Any, kept: Any
) -> tuple[Any, Any]:
    """softmax(scale · keysᵀ queries) over the keys, times the values, for each head: a run of neighbouring channels.

    scale  None: 1 / √(channels of a head's queries)
    shown  what keys are to be seen: a tensor that spreads over N × heads × queries × keys, true where seen; None: all
    kept   factors of that shape for the weights (dropout); None: none

    Returns the result, with the labels, and the weights: keys × queries × heads × N, in reverse order.
    """
    tf = tensorflow()
    over = "".join(set(labels) & set("STU"))

    def split(x):
        flat, back = arranged(x, labels, over)
        flat = flat if over else tf.expand_dims(flat, 1)
        apart = tf.reshape(flat, (*flat.shape[:2], heads, flat.shape[2] // heads))
        return tf.transpose(apart, (0, 2, 1, 3)), back

    (q, back), (k, _), (v, _) = split(queries), split(keys), split(values)
    scores = tf.matmul(q, k, transpose_b=True) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if shown is not None:
        scores = tf.where(shown, scores, tf.constant(scores.dtype.min, scores.dtype))
    weights = tf.nn.softmax(scores, -1)
    used = weights if kept is None else weights * kept
    mixed = tf.transpose(tf.matmul(used, v), (0, 2, 1, 3))
    flat = tf.reshape(mixed, (mixed.shape[0], mixed.shape[1], -1))
    return back(flat if over else flat[:, 0]), weights


def embed(x: Any, labels: str, weights: Any) -> Any:
    """The columns of weights (length × words, in reverse order) at the numbers, from 1, in x: C, of length 1 in x, gets
    the length, and is the first dimension where x has no C."""
    tf = tensorflow()
    numbers = tf.cast(tf.round(ranked(x, labels)), tf.int32) - 1
    at = len(labels)  # the axis of the vectors
    if "C" in labels:
        (at,) = axes(labels, "C")
        numbers = tf.squeeze(numbers, at)
    vectors = tf.gather(weights, numbers)
    count = len(vectors.shape) - 1
    return tf.transpose(vectors, [*range(at), count, *range(at, count)])
