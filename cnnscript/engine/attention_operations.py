"""What the layers of attention_layers compute (see operations.py).  Sequences are N×T×1×C."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cnnscript.engine import attention_layers as attention
from cnnscript.engine.layers import Layer
from cnnscript.engine.tensorflow_start import tensorflow

Operation = Callable[..., Any]
Parameters = Mapping[str, Any]
Kept = Callable[[Any], Any] | None  # the shape of the weights (N×heads×T×S) → factors for them (dropout)


def attended(queries: Any, keys: Any, values: Any, heads: int, scale: float | None, shown: Any, kept: Kept
             ) -> tuple[Any, Any]:  # fmt: skip
    """softmax(scale · queries keysᵀ) values, for each head: a run of neighbouring channels.

    queries N×T×C, keys N×S×C, values N×S×D
    scale   None: 1 / √(channels of a head's queries)
    shown   what keys are to be seen: a tensor that spreads over N×heads×T×S, true where seen; None: all

    Returns N×T×D, and the weights N×heads×T×S.
    """
    tf = tensorflow()

    def split(x):
        shape = tf.shape(x)
        return tf.transpose(tf.reshape(x, (shape[0], shape[1], heads, x.shape[2] // heads)), (0, 2, 1, 3))

    q, k, v = split(queries), split(keys), split(values)
    scores = tf.matmul(q, k, transpose_b=True) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if shown is not None:
        scores = tf.where(shown, scores, scores.dtype.min)
    weights = tf.nn.softmax(scores, -1)
    used = weights if kept is None else weights * kept(shape_of(weights))
    mixed = tf.transpose(tf.matmul(used, v), (0, 2, 1, 3))
    shape = tf.shape(mixed)
    return tf.reshape(mixed, (shape[0], shape[1], values.shape[2])), weights


def shape_of(x: Any) -> Any:
    """As numbers where they are known, else as a tensor."""
    return tuple(x.shape) if x.shape.is_fully_defined() else tensorflow().shape(x)


def _mask(layer: attention.SelfAttention | attention.Attention, queries: Any, keys: Any) -> Any:
    """What each step may see: with 'causal' itself and what was before."""
    if layer.attention_mask == "none":
        return None
    tf = tensorflow()
    return tf.range(tf.shape(queries)[1])[:, None] >= tf.range(tf.shape(keys)[1])[None]


def self_attention(layer: attention.SelfAttention, parameters: Parameters, kept: Kept = None) -> Operation:
    tf = tensorflow()

    def projected(x, name):
        return tf.tensordot(x, tf.transpose(parameters[f"{name}Weights"]), 1) + parameters[f"{name}Bias"][:, 0]

    def compute(x):
        steps = x[:, :, 0, :]
        queries, keys, values = (projected(steps, name) for name in ("Query", "Key", "Value"))
        mixed, _ = attended(queries, keys, values, layer.num_heads, None, _mask(layer, queries, keys), kept)
        return projected(mixed, "Output")[:, :, None, :]

    return compute


def attention_of_inputs(layer: attention.Attention, parameters: Parameters, kept: Kept = None) -> Operation:
    scale = None if isinstance(layer.scale, str) else layer.scale

    def compute(query, key, value):
        queries, keys, values = query[:, :, 0], key[:, :, 0], value[:, :, 0]
        mixed, _ = attended(queries, keys, values, layer.num_heads, scale, _mask(layer, queries, keys), kept)
        return mixed[:, :, None, :]

    return compute


def _position_embedding(layer: attention.PositionEmbedding, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def compute(x):
        shape = tf.shape(x)
        vectors = tf.transpose(parameters["Weights"])[: shape[1]]
        return tf.repeat(vectors[None, :, None, :], shape[0], 0)

    return compute


def _embedding_concatenation(layer: attention.EmbeddingConcatenation, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def compute(x):
        token = tf.reshape(parameters["Weights"], (1, 1, 1, -1))
        return tf.concat([tf.repeat(token, tf.shape(x)[0], 0), x], 1)

    return compute


MAKERS: dict[type[Layer], Callable[[Any, Parameters], Operation]] = {
    attention.SelfAttention: self_attention,
    attention.Attention: attention_of_inputs,
    attention.PositionEmbedding: _position_embedding,
    attention.EmbeddingConcatenation: _embedding_concatenation,
}
