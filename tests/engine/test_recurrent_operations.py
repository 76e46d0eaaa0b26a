"""Layers of sequences against their formulas in NumPy float64, and a whole network of them."""

import numpy as np
import pytest

from cnnscript.engine import recurrent_layers as recurrent
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.graph import Network
from cnnscript.engine.initializers import initial_parameters
from cnnscript.engine.layers import Steps
from cnnscript.engine.normalization_layers import LayerNormalization
from cnnscript.engine.operations import operation
from cnnscript.engine.pointwise_layers import Dropout, ReLU, Softmax
from tests.engine import numpy_layers as plain

STEPS, FEATURES, UNITS = 7, 3, 5


def computed(layer, x, parameters):
    """The output of a batch of sequences (N×T×C)."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    size = Steps((x.shape[1], 1, x.shape[2]))
    settled = layer.settled(size)
    assert {name: np.shape(value) for name, value in parameters.items()} == settled.parameter_shapes()
    tensors = {name: tf.constant(array, tf.float32) for name, array in parameters.items()}
    out = operation(settled, tensors)(tf.constant(x[:, :, None], tf.float32)).numpy()
    assert out.shape[1:] == settled.size_after(size), "the size rule and the operation disagree"
    return out[:, :, 0]


def numbers(rng, layer):
    settled = layer.settled(Steps((STEPS, 1, FEATURES)))
    return {name: rng.normal(size=shape) for name, shape in settled.parameter_shapes().items()}


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("mode", ["sequence", "last"])
def test_lstm(rng, mode):
    layer = recurrent.LSTM(num_hidden_units=UNITS, output_mode=mode)
    x, held = rng.normal(size=(2, STEPS, FEATURES)), numbers(rng, layer)
    steps = np.array([plain.lstm(sequence, *held.values()) for sequence in x])
    close(computed(layer, x, held), steps if mode == "sequence" else steps[:, -1:])


@pytest.mark.parametrize("mode", ["sequence", "last"])
def test_bilstm_reads_both_ways(rng, mode):
    layer = recurrent.BiLSTM(num_hidden_units=UNITS, output_mode=mode)
    x, held = rng.normal(size=(2, STEPS, FEATURES)), numbers(rng, layer)
    halves = [[np.split(array, 2)[side] for array in held.values()] for side in (0, 1)]
    there = np.array([plain.lstm(sequence, *halves[0]) for sequence in x])
    back = np.array([plain.lstm(sequence[::-1], *halves[1]) for sequence in x])
    if mode == "last":
        close(computed(layer, x, held), np.concatenate([there[:, -1:], back[:, -1:]], -1))
    else:
        close(computed(layer, x, held), np.concatenate([there, back[:, ::-1]], -1))


@pytest.mark.parametrize(
    "mode", ["after-multiplication", "before-multiplication", "recurrent-bias-after-multiplication"]
)
def test_gru(rng, mode):
    layer = recurrent.GRU(num_hidden_units=UNITS, reset_gate_mode=mode)
    x, held = rng.normal(size=(2, STEPS, FEATURES)), numbers(rng, layer)
    close(computed(layer, x, held), np.array([plain.gru(sequence, *held.values(), mode) for sequence in x]))


def test_words_become_vectors_and_unknown_ones_zeros(rng):
    weights = rng.normal(size=(4, 10))
    layer = recurrent.WordEmbedding(dimension=4, num_words=10)
    out = computed(layer, np.array([[[1.0], [10], [0], [11]]]), {"Weights": weights})
    close(out[0], [weights[:, 0], weights[:, 9], np.zeros(4), np.zeros(4)])


def test_hidden_states_begin_at_zero_and_forget_gates_open():
    class Stream:
        uniforms = staticmethod(np.random.default_rng(0).random)
        normals = staticmethod(np.random.default_rng(0).standard_normal)

    layer = recurrent.LSTM(name="lstm", num_hidden_units=2, input_size=3)
    made = initial_parameters([layer], {}, Stream)["lstm"]
    assert made["Bias"].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert made["HiddenState"].tolist() == made["CellState"].tolist() == [0, 0]
    again = made["RecurrentWeights"]
    np.testing.assert_allclose(again.T @ again, np.eye(2), atol=1e-6)
    assert abs(made["InputWeights"]).max() <= np.sqrt(6 / (3 + 8))


def test_a_network_of_sequences_answers_of_any_length(rng):
    from cnnscript.builtins.statistics.random_stream import Stream
    from cnnscript.engine.questions import ask

    layers = [
        recurrent.SequenceInput(name="in", input_size=(1, 1, FEATURES)),
        recurrent.LSTM(name="lstm", num_hidden_units=UNITS),
        ReLU(name="relu"),
        Dropout(name="drop"),
        LayerNormalization(name="norm"),
        FullyConnected(name="fc", output_size=4),
        Flatten(name="flat"),
        recurrent.GRU(name="gru", num_hidden_units=2, output_mode="last"),
        FullyConnected(name="fc2", output_size=3),
        Softmax(name="softmax"),
    ]
    shape = Network(layers, kind="series")
    assert [layer.name for layer, size in zip(shape.layers, shape.sizes, strict=True) if isinstance(size, Steps)] == [
        "in", "lstm", "relu", "drop", "norm", "fc", "flat",
    ]  # fmt: skip
    parameters = initial_parameters(shape.layers, {}, Stream())
    network = Network(layers, kind="series", parameters=parameters)
    for count in (4, 9):
        x = rng.normal(size=(1, count, 1, FEATURES)).astype(np.float32)
        steps, scores = ask(network, x, [5, 9])
        assert steps.shape == (1, count, 1, 4)
        held = parameters["lstm"]
        hidden = np.maximum(plain.lstm(x[0, :, 0], *held.values()), 0)
        hidden = (hidden - hidden.mean(1, keepdims=True)) / np.sqrt(hidden.var(1, keepdims=True) + 1e-5)
        inner = hidden @ parameters["fc"]["Weights"] + parameters["fc"]["Bias"]
        close(steps[0, :, 0], inner)
        last = plain.gru(inner, *parameters["gru"].values(), "after-multiplication")[-1]
        expected = plain.softmax(last @ parameters["fc2"]["Weights"] + parameters["fc2"]["Bias"])
        close(scores[0, 0, 0], expected)


def test_a_network_of_sequences_is_a_keras_model(rng):
    from cnnscript.builtins.statistics.random_stream import Stream
    from cnnscript.engine.keras_model import keras_model

    layers = [
        recurrent.SequenceInput(name="in", input_size=(1, 1, FEATURES)),
        recurrent.BiLSTM(name="lstm", num_hidden_units=UNITS, output_mode="last"),
        FullyConnected(name="fc", output_size=4),
    ]
    parameters = initial_parameters(Network(layers).layers, {}, Stream())
    model = keras_model(Network(layers, kind="dlnetwork", parameters=parameters))
    assert model.input_shape == (None, None, 1, FEATURES)
    assert model(rng.normal(size=(2, 6, 1, FEATURES)).astype(np.float32)).shape == (2, 1, 1, 4)
