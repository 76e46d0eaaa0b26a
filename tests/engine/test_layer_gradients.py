"""The gradients of layers that are trained, against finite differences of their formulas in NumPy float64."""

import pkgutil
from importlib import import_module

import numpy as np
import pytest

import cnnscript.engine
from cnnscript.engine import activation_layers as activations
from cnnscript.engine import normalization_layers as normalizations
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.attention_layers import EmbeddingConcatenation, PositionEmbedding, SelfAttention
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.layers import LAYER_KINDS, Steps
from cnnscript.engine.one_dimensional_layers import Convolution1D, TransposedConvolution1D
from cnnscript.engine.operations import operation
from cnnscript.engine.recurrent_layers import GRU, LSTM, BiLSTM, WordEmbedding
from cnnscript.engine.stateful_operations import stateful_operation
from tests.engine import numpy_layers as plain

SIZE = (2, 5, 6, 4)
CASES = {
    "convolution": (
        Convolution(filter_size=(3, 2), num_filters=3, stride=(2, 1), padding_size=(1, 0, 0, 1)),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, (2, 1), (1, 0, 0, 1)),
    ),
    "grouped convolution": (
        GroupedConvolution(filter_size=(3, 2), num_groups=2, num_filters_per_group=3),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, groups=2),
    ),
    "transposed convolution": (
        TransposedConvolution(filter_size=(3, 2), num_filters=3, stride=(2, 2), cropping_size="same"),
        lambda x, Weights, Bias: plain.transposed_convolution(x, Weights, Bias, (2, 2), (0, 1, 0, 0)),
    ),
    "fully connected": (
        FullyConnected(output_size=3),
        lambda x, Weights, Bias: (x.reshape(2, -1) @ Weights + Bias)[:, None, None],
    ),
    "prelu": (activations.PReLU(), lambda x, Alpha: np.where(x > 0, x, Alpha * x)),
    "group normalization": (
        normalizations.GroupNormalization(num_groups=2),
        lambda x, Offset, Scale: plain.group_normalization(x, 2, Offset, Scale),
    ),
    "dilated convolution": (
        Convolution(filter_size=(2, 3), num_filters=3, dilation_factor=(2, 1), padding_size="same"),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, padding="same", dilation=(2, 1)),
    ),
    "dilated depthwise convolution": (
        GroupedConvolution(filter_size=(2, 2), num_groups="channel-wise", num_filters_per_group=2,
                           dilation_factor=(2, 2)),
        lambda x, Weights, Bias: plain.convolution(x, Weights, Bias, dilation=(2, 2), groups=4),
    ),
    "layer normalization": (
        normalizations.LayerNormalization(),
        lambda x, Offset, Scale: plain.group_normalization(x, 1, Offset, Scale),
    ),
    "layer normalization of the channels": (
        normalizations.LayerNormalization(operation_dimension="channel-only"),
        lambda x, Offset, Scale: (x - x.mean(3, keepdims=True)) / np.sqrt(x.var(3, keepdims=True) + 1e-5) * Scale
        + Offset,
    ),
    "instance normalization": (
        normalizations.InstanceNormalization(),
        lambda x, Offset, Scale: plain.group_normalization(x, 4, Offset, Scale),
    ),
    "batch normalization": (
        pointwise.BatchNormalization(),
        lambda x, Offset, Scale, TrainedMean, TrainedVariance: plain.batch_normalization(
            x, Offset, Scale, TrainedMean, TrainedVariance, 1e-5
        ),
    ),
}


def of_sequences(formula):
    """A formula for one sequence (T×C), for a batch N×T×1×C."""
    return lambda x, **held: np.stack([formula(sequence[:, 0], **held) for sequence in x])[:, :, None]


def bilstm(x, **held):
    there, back = ({name: np.split(array, 2)[side] for name, array in held.items()} for side in (0, 1))
    return np.concatenate([plain.lstm(x, *there.values()), plain.lstm(x[::-1], *back.values())[::-1]], -1)


SEQUENCES = (2, 4, 1, 3)
ATTENTIVE = {"num_heads": 2, "num_key_channels": 4, "num_value_channels": 6, "output_size": 5}
OF_SEQUENCES = {
    "self-attention": (SelfAttention(**ATTENTIVE), lambda x, **held: plain.self_attention(x, 2, held)),
    "causal self-attention": (
        SelfAttention(**ATTENTIVE, attention_mask="causal"),
        lambda x, **held: plain.self_attention(x, 2, held, causal=True),
    ),
    "embedding concatenation": (
        EmbeddingConcatenation(),
        lambda x, Weights: np.concatenate([Weights.T, x]),
    ),
    "position embedding": (
        PositionEmbedding(output_size=2, max_position=6),
        lambda x, Weights: Weights.T[: len(x)] + 0 * x[:, :1],
    ),
    "causal convolution of steps": (
        Convolution1D(filter_size=(2, 1), num_filters=5, dilation_factor=(2, 1), padding_mode="causal",
                      padding_size=(2, 0, 0, 0)),
        lambda x, Weights, Bias: plain.convolution(
            x[None, :, None], Weights, Bias, (1, 1), (2, 0, 0, 0), (2, 1)
        )[0, :, 0],
    ),
    "transposed convolution of steps": (
        TransposedConvolution1D(filter_size=(3, 1), num_filters=2, stride=(2, 1)),
        lambda x, Weights, Bias: plain.transposed_convolution(x[None, :, None], Weights, Bias, (2, 1))[0, :, 0],
    ),
    "lstm": (LSTM(num_hidden_units=3), lambda x, **held: plain.lstm(x, *held.values())),
    "bilstm": (BiLSTM(num_hidden_units=2), bilstm),
    **{
        f"gru, {mode}": (
            GRU(num_hidden_units=3, reset_gate_mode=mode),
            lambda x, mode=mode, **held: plain.gru(x, *held.values(), mode),
        )
        for mode in ("after-multiplication", "before-multiplication", "recurrent-bias-after-multiplication")
    },
}


# which have tests of their own
ELSEWHERE = {
    "WordEmbedding",  # below
    "CustomLayer",  # tests/builtins/training/test_own_layers.py
    "ChannelScaled", "Recurrent",  # what kinds have in common, not kinds
}  # fmt: skip


def test_every_kind_of_layer_that_learns_has_a_case():
    for module in pkgutil.walk_packages(cnnscript.engine.__path__, "cnnscript.engine."):
        if module.name.endswith("_layers"):
            import_module(module.name)
    ours = {name: kind for name, kind in LAYER_KINDS.items() if kind.__module__.startswith("cnnscript.engine.")}
    learning = {name for name, kind in ours.items() if kind.learnables}
    assert {"Convolution", "CustomLayer", "LSTM"} < learning
    assert learning - ELSEWHERE == {type(layer).__name__ for layer, _ in (CASES | OF_SEQUENCES).values()}


@pytest.mark.parametrize("name", [*CASES, *OF_SEQUENCES])
def test_gradients_of_what_is_learnt_and_of_the_input(rng, name):
    if name in CASES:
        layer, formula = CASES[name]
        check_gradients(rng, layer, formula, SIZE, SIZE[1:])
    else:
        layer, formula = OF_SEQUENCES[name]
        check_gradients(rng, layer, of_sequences(formula), SEQUENCES, Steps(SEQUENCES[1:]))


def test_the_gradient_of_a_word_embedding_is_that_of_the_words_there(rng):
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    layer = WordEmbedding(dimension=2, num_words=5)
    weights = tf.Variable(rng.normal(size=(2, 5)), dtype=tf.float32)
    pull = rng.normal(size=(1, 4, 1, 2))
    with tf.GradientTape() as tape:
        words = tf.reshape(tf.constant([2.0, 5.0, 2.0, 0.0]), (1, 4, 1, 1))
        total = tf.reduce_sum(operation(layer, {"Weights": weights})(words) * tf.constant(pull, tf.float32))
    expected = np.zeros((2, 5))
    expected[:, 1] = pull[0, 0, 0] + pull[0, 2, 0]
    expected[:, 4] = pull[0, 1, 0]
    np.testing.assert_allclose(tf.convert_to_tensor(tape.gradient(total, weights)), expected, rtol=1e-6)


def test_the_gradient_of_batch_normalization_in_training_goes_through_the_statistics_of_the_batch(rng):
    def formula(x, Offset, Scale, TrainedMean, TrainedVariance):
        return plain.batch_normalization(x, Offset, Scale, x.mean((0, 1, 2)), x.var((0, 1, 2)), 1e-5)

    check_gradients(rng, pointwise.BatchNormalization(), formula, SIZE, SIZE[1:], training=True)


def check_gradients(rng, layer, formula, shape, size, training=False):
    """The gradients of a layer for inputs of a shape (N×H×W×C), each along a random direction.

    training  as it computes in training, nothing dropped
    """
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    layer = layer.settled(size)
    values = {key: np.abs(rng.normal(size=shape)) for key, shape in layer.parameter_shapes().items()}
    values["x"] = rng.normal(size=shape)
    tensors = {key: tf.Variable(value, dtype=tf.float32) for key, value in values.items()}
    pull = rng.normal(size=(2, *layer.size_after(size)))
    with tf.GradientTape() as tape:
        parameters = {key: variable for key, variable in tensors.items() if key != "x"}
        compute = stateful_operation(layer, parameters, training, None)
        total = tf.reduce_sum(compute(tensors["x"] * 1.0)[0] * tf.constant(pull, tf.float32))
    wanted = [*layer.learnables, "x"]
    np.testing.assert_allclose(total, (formula(**values) * pull).sum(), rtol=1e-3, atol=1e-3)
    gradients = tape.gradient(total, [tensors[key] for key in wanted])
    for key, gradient in zip(wanted, gradients, strict=True):
        if gradient is None:
            gradient = tf.zeros(values[key].shape)
        direction = rng.normal(size=values[key].shape)
        step = 1e-5
        ends = [formula(**{**values, key: values[key] + sign * step * direction}) for sign in (1, -1)]
        slope = ((ends[0] - ends[1]) * pull).sum() / (2 * step)
        assert (gradient.numpy() * direction).sum() == pytest.approx(slope, rel=1e-3, abs=1e-3), key
