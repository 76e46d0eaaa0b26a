"""LSTM layers of Keras as MATLAB's, with Keras' numbers."""

import warnings

import numpy as np
import pytest


@pytest.fixture(scope="module")
def keras():
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    import keras

    keras.utils.set_random_seed(3)
    return keras


def saved(keras, folder, *layers):
    """A Sequential model of sequences of 3 numbers, whose biases are not 0, in a file."""
    model = keras.Sequential([keras.Input((5, 3)), *layers])
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=one.shape).astype(np.float32) for one in model.get_weights()])
    model.compile(loss="mse")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras', of its own saving
        model.save(folder / "model.h5")
    return model


def as_matrix(steps):
    """T×C numbers as the script's C×T matrix."""
    return "[" + "; ".join(" ".join(repr(float(n)) for n in row) for row in steps.T) + "]"


def test_lstm_layers_of_keras_are_lstm_layers_with_its_numbers(keras, run, tmp_path):
    L = keras.layers
    model = saved(keras, tmp_path, L.LSTM(4, return_sequences=True, name="one"),
                  L.Bidirectional(L.LSTM(2), name="both"), L.Dropout(0.2), L.Dense(2, activation="tanh"))  # fmt: skip
    x = np.random.default_rng(1).normal(size=(2, 5, 3)).astype(np.float32)
    run(f"net = importKerasNetwork('{tmp_path / 'model.h5'}'); k = class(net.Layers(1)); a = class(net.Layers(2));")
    run("b = class(net.Layers(3)); n = net.Layers(1).InputSize; m = net.Layers(3).OutputMode;")
    assert run["k"].endswith("SequenceInputLayer") and run["a"].endswith(".LSTMLayer") and run["n"] == 3
    assert run["b"].endswith("BiLSTMLayer") and run["m"] == "last"
    run(f"x = {as_matrix(x[0])}; z = {as_matrix(x[1])}; y = predict(net, {{x; z}}); w = net.Layers(2).InputWeights;")
    assert np.allclose(run["y"], model.predict(x, verbose=0), atol=1e-5)
    assert np.allclose(run["w"], model.layers[0].get_weights()[0].T)


def test_dense_layers_work_on_every_step(keras, run, tmp_path):
    L = keras.layers
    model = saved(keras, tmp_path, L.LSTM(4, return_sequences=True, use_bias=False), L.Dense(2, activation="softmax"))
    x = np.random.default_rng(2).normal(size=(1, 5, 3)).astype(np.float32)
    run(f"net = importKerasNetwork('{tmp_path / 'model.h5'}','OutputLayerType','regression');")
    run(f"y = predict(net, {as_matrix(x[0])});")
    assert np.allclose(run["y"], model.predict(x, verbose=0)[0].T, atol=1e-5)


def test_other_models_keep_keras_layers_on_inputs_of_a_fixed_size(keras, run, tmp_path):
    L = keras.layers
    saved(keras, tmp_path, L.LSTM(4, return_sequences=True), L.Flatten(), L.Dense(2))
    run(f"net = importKerasNetwork('{tmp_path / 'model.h5'}'); k = class(net.Layers(1));")
    assert run["k"].endswith("ImageInputLayer")
