"""Attention (Vaswani et al. 2017), and words as vectors."""

from __future__ import annotations

from typing import Any

from cnnscript.engine.attention_operations import attended
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

    def flat(x):
        row, back = arranged(x, labels, over)
        return row if over else tf.expand_dims(row, 1), back

    (q, back), (k, _), (v, _) = flat(queries), flat(keys), flat(values)
    mixed, weights = attended(q, k, v, heads, scale, shown, None if kept is None else lambda shape: kept)
    return back(mixed if over else mixed[:, 0]), weights


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
