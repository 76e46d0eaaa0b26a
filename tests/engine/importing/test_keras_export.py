"""Networks as plain Keras models: the same numbers, alive, from the file, and from the Python that is written."""

import importlib
import sys

import numpy as np
import pytest
from engine.importing.test_onnx_export import CHAINS, NORMALIZATIONS, network_with

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.importing.keras_export import plain_model, write_package
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.pooling_layers import AveragePooling, MaxPooling
from cnnscript.engine.questions import ask
from cnnscript.engine.spatial_layers import Crop2D
from cnnscript.errors import ScriptError


def answers(network, model):
    images = np.random.default_rng(1).normal(size=(2, *network.input_size)).astype(np.float32)
    expected = ask(network, images, [network.number(network.output_names[0])])[0]
    return np.asarray(model(images)).reshape(expected.shape), expected


LATER = [pointwise.CrossChannelNormalization(name="n", window_channel_size=3), activation.GELU(name="g"),
         Convolution(name="c", filter_size=(2, 2), num_filters=2, padding_size=(1, 0, 1, 0), padding_value=2.0),
         AveragePooling(name="a", pool_size=(2, 2), padding_size=(1, 0, 0, 1))]  # fmt: skip


@pytest.mark.parametrize("number", range(6))
def test_a_plain_model_gives_our_numbers(tf, number):
    chain = [*CHAINS[:1], [layer for layer in CHAINS[1] if layer.name != "a"], *CHAINS[2:5], LATER][number]
    if number == 1:
        chain = [*chain[:2], AveragePooling(name="a", pool_size=(2, 2), padding_size="same",
                                                  padding_value="mean"), *chain[2:]]  # fmt: skip
    network = network_with(*chain)
    found, expected = answers(network, plain_model(network))
    np.testing.assert_allclose(found, expected, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("normalization", ["rescale-zero-one", "rescale-symmetric"])
def test_channels_that_never_change_are_written_as_they_are_computed(tf, normalization):
    start = ImageInput(name="in", input_size=(7, 6, 4), normalization=normalization, min=(1.0, 2.0, 3.0, 4.0),
                       max=(2.0, 2.0, 5.0, 4.0))  # fmt: skip
    network = network_with(pointwise.ReLU(name="r"), start=start)
    found, expected = answers(network, plain_model(network))
    np.testing.assert_allclose(found, expected, atol=1e-4, rtol=1e-4)


def test_normalisations_of_one_image_are_written(tf):
    for layer in NORMALIZATIONS:
        network = network_with(layer)
        found, expected = answers(network, plain_model(network))
        np.testing.assert_allclose(found, expected, atol=1e-4, err_msg=layer.name)


def test_a_crop_is_written_as_the_edges_it_takes_away(tf):
    layers = [MaxPooling(name="small", pool_size=(3, 2), stride=(2, 2)), Crop2D(name="crop"), pointwise.ReLU(name="r")]
    connections = [("in", "small"), ("in", "crop/in"), ("small", "crop/ref"), ("crop", "r")]
    network = network_with(*layers, connections=connections)
    found, expected = answers(network, plain_model(network))
    np.testing.assert_allclose(found, expected, rtol=1e-6)


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras, of its own loading
def test_the_python_and_the_file_that_are_written_make_the_same_model(tf, tmp_path, monkeypatch):
    import keras

    network = network_with(*CHAINS[2])
    write_package(network, tmp_path / "exported_net")
    monkeypatch.syspath_prepend(tmp_path)
    model = importlib.import_module("exported_net").load_model()
    del sys.modules["exported_net"]
    found, expected = answers(network, model)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    text = (tmp_path / "exported_net" / "model.py").read_text()
    assert "fc = layers.Dense(units=5, name='fc')(fc_flatten)\n" in text
    write_package(network, tmp_path / "net.keras")
    again = keras.models.load_model(tmp_path / "net.keras")
    assert again.output_shape == (None, 4)
    np.testing.assert_allclose(answers(network, again)[0], expected, atol=1e-5)


def test_what_keras_has_not_is_named(tf, tmp_path):
    network = network_with(AveragePooling(name="odd", pool_size=(2, 2), padding_size="same"))
    with pytest.raises(ScriptError, match="Layer 'odd' .* cannot be written as a layer of Keras"):
        plain_model(network)
    with pytest.raises(ScriptError, match="is no name of a Python package"):
        write_package(network_with(pointwise.ReLU(name="r")), tmp_path / "1 2")
