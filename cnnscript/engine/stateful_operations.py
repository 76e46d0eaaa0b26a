"""What layers compute while a network is trained, and the state that layers carry from one question to the next.

`stateful_operation(layer, parameters, training, draw)` gives a function of the layer's input tensors to its output and
its new state, {'TrainedMean': tensor, ...}; {} for layers that carry none.  Where a layer does nothing else in training
and has no state, that is what operations.py computes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from cnnscript.engine.activation_layers import SpatialDropout
from cnnscript.engine.attention_layers import Attention, SelfAttention
from cnnscript.engine.attention_operations import attention_of_inputs, self_attention, shape_of
from cnnscript.engine.frame_operations import image_by_image_with_state
from cnnscript.engine.function_layers import ScriptLayer
from cnnscript.engine.layers import Layer
from cnnscript.engine.operations import operation
from cnnscript.engine.pointwise_layers import BatchNormalization, Dropout
from cnnscript.engine.recurrent_layers import Recurrent
from cnnscript.engine.recurrent_operations import with_state
from cnnscript.engine.script_operations import stateful_script
from cnnscript.engine.tensorflow_start import tensorflow

State = Mapping[str, Any]  # name of a state parameter → tensor
Stateful = Callable[..., tuple[Any, State]]
Draw = Callable[[Any], Any]  # a shape, of numbers or of tensors of them → so many random numbers from 0 to 1, float32


def stateful_operation(layer: Layer, parameters: Mapping[str, Any], training: bool, draw: Draw) -> Stateful:
    """The function that the layer computes, with its new state.

    training  does dropout drop, does batch normalisation use the statistics of the batch?
    draw      where dropout has its random numbers from
    """
    return image_by_image_with_state(layer, _stateful(layer, parameters, training, draw))


def _stateful(layer: Layer, parameters: Mapping[str, Any], training: bool, draw: Draw) -> Stateful:
    if training and isinstance(layer, BatchNormalization):
        return _learning_normalization(layer, parameters)
    if training and isinstance(layer, Dropout):
        return _dropping(layer, draw)
    if training and isinstance(layer, (SelfAttention, Attention)) and is_random(layer):
        return _dropping_weights(layer, parameters, draw)
    if isinstance(layer, Recurrent):
        return with_state(layer, parameters)
    if isinstance(layer, ScriptLayer):
        return stateful_script(layer, parameters, training)
    compute = operation(layer, parameters)
    return lambda *inputs: (compute(*inputs), {})


def remembering(compute: Stateful, layer: Layer, state: dict[str, State]) -> Callable[..., Any]:
    """The output of a layer alone; its new state, where there is one, goes into `state` by the layer's name."""

    def output(*inputs: Any) -> Any:
        out, new = compute(*inputs)
        if new:
            state[layer.name] = new
        return out

    return output


def _learning_normalization(layer: BatchNormalization, parameters: Mapping[str, Any]) -> Stateful:
    """By the batch's own mean and (population) variance; the trained ones follow: decay × seen + (1 - decay) × held
    (MathWorks' page of batchNormalizationLayer, 'Algorithms')."""
    offset, scale = parameters["Offset"], parameters["Scale"]

    def compute(x):
        out, mean, variance = normalized_by_itself(x, offset, scale, layer.epsilon)
        return out, {
            "TrainedMean": followed(parameters["TrainedMean"], mean, layer.mean_decay),
            "TrainedVariance": followed(parameters["TrainedVariance"], variance, layer.variance_decay),
        }

    return compute


def followed(held: Any, seen: Any, decay: float) -> Any:
    """A running mean, one batch on; of decay 1, what was seen last."""
    if decay == 1:
        return seen
    return number(decay) * seen + number(1 - decay) * held


@cache
def number(value: float) -> Any:
    """A tensor of one number, the same for all layers: a Python number is another constant wherever it is met."""
    tf = tensorflow()
    with tf.init_scope():
        return tf.constant(value, tf.float32)


def normalized_by_itself(x: Any, offset: Any, scale: Any, epsilon: float) -> tuple[Any, Any, Any]:
    """Images (N×H×W×C) normalised by the mean and population variance of their channels, and those two.

    One operation, with another for its gradient: some fifty written out, which a large network has hundreds of times
    (twice the time of a step, and most of that before the first one).
    """
    tf = tensorflow()
    nothing = no_numbers()
    out, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
        x=x, scale=scale, offset=offset, mean=nothing, variance=nothing, epsilon=epsilon, is_training=True
    )
    share = number(1.0) - number(float(x.shape[3])) / tf.cast(tf.size(x), tf.float32)  # (n - 1) / n
    return out, mean, variance * share  # it gives the sample's


@cache
def no_numbers() -> Any:
    tf = tensorflow()
    with tf.init_scope():
        return tf.zeros([0])


def _dropping(layer: Dropout, draw: Draw) -> Stateful:
    """A number is dropped with the layer's probability, and what is kept grows by 1 / (1 - probability)."""
    tf = tensorflow()

    def compute(x):
        shape = shape_of(x)
        if isinstance(layer, SpatialDropout):
            shape = (shape[0], 1, 1, shape[3])
        kept = tf.cast(draw(shape) >= layer.probability, x.dtype)
        return x * kept / (1 - layer.probability), {}

    return compute


def is_random(layer: Layer) -> bool:
    """Does it draw random numbers in training?"""
    weights_too = isinstance(layer, (SelfAttention, Attention)) and layer.dropout_probability > 0
    return isinstance(layer, Dropout) or weights_too


def _dropping_weights(layer: SelfAttention | Attention, parameters: Mapping[str, Any], draw: Draw) -> Stateful:
    """Attention some of whose weights are dropped, as _dropping drops numbers."""
    tf = tensorflow()

    def kept(shape):
        return tf.cast(draw(shape) >= layer.dropout_probability, tf.float32) / (1 - layer.dropout_probability)

    make = self_attention if isinstance(layer, SelfAttention) else attention_of_inputs
    compute = make(layer, parameters, kept)
    return lambda *inputs: (compute(*inputs), {})
