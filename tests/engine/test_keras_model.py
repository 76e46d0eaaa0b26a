"""The network as a keras.Model: same names, same numbers, same variables."""

import numpy as np
import pytest

from cnnscript.engine.keras_model import keras_model
from cnnscript.engine.questions import ask
from tests.engine.test_questions import SMALL, WITH_FC, answer, images, network

WITH_EVERYTHING = """
in	image-input	9x9x4 none
a	grouped-convolution	2 3 3x3 padding=1
b	batch-normalization
c	cross-channel-normalization	3 alpha=0.5
d	max-pooling	3x3 stride=2 padding=0,1,0,1
e	leaky-relu	0.2
f	average-pooling	2x2 padding=same	d
g	addition		e f
h	dropout	0.5
i	fully-connected	3
j	softmax
"""


def test_layers_have_matlabs_names_and_weights_are_the_networks_own():
    net = network()
    model = keras_model(net)
    assert [layer.name for layer in model.layers] == ["in_images", *(layer.name for layer in net.layers)]
    assert model.count_params() == net.parameter_count()
    assert keras_model(net) is model
    model.get_layer("conv1").parameters["Bias"].assign(np.arange(4))
    np.testing.assert_array_equal(net.parameter("conv1", "Bias"), [0, 1, 2, 3])


@pytest.mark.parametrize("text", [SMALL, WITH_FC], ids=["open size", "fixed size"])
def test_the_model_and_the_questions_give_the_same_bits(text):
    net = network(text)
    x = images(3)
    np.testing.assert_array_equal(keras_model(net)(x.astype(np.float32)).numpy(), answer(net, x, "prob"))


def test_the_size_is_open_where_the_layers_allow_it():
    assert keras_model(network()).input_shape == (None, None, None, 3)
    assert keras_model(network()).output_shape == (None, 1, 1, 5)
    assert keras_model(network(WITH_FC)).input_shape == (None, 12, 10, 3)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' own, with NumPy 2.4
def test_saving_and_loading_gives_the_same_network(tmp_path):
    import keras

    net = network(WITH_EVERYTHING)
    net.set_parameter("b", "TrainedVariance", np.abs(net.parameter("b", "TrainedVariance")) + 0.1)
    path = tmp_path / "net.keras"
    keras_model(net).save(path)
    x = np.random.default_rng(3).normal(size=(2, 9, 9, 4)).astype(np.float32)
    np.testing.assert_array_equal(keras.models.load_model(path)(x).numpy(), ask(net, x, [len(net.layers) - 1])[0])


def test_training_reaches_the_networks_numbers_and_dropout_drops(tf):
    net = network(WITH_EVERYTHING)
    net.set_parameter("b", "TrainedVariance", np.ones(6))
    net.set_parameter("b", "TrainedMean", np.zeros(6))
    model = keras_model(net)
    x = tf.constant(np.random.default_rng(3).normal(size=(4, 9, 9, 4)), tf.float32)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x, training=True)[..., 0])
    gradients = tape.gradient(loss, model.trainable_variables)
    assert len(gradients) == 6
    assert all(gradient is not None for gradient in gradients)
    convolved = answer(net, x.numpy(), "a")
    np.testing.assert_allclose(net.parameter("b", "TrainedMean"), 0.1 * convolved.mean((0, 1, 2)), rtol=1e-3, atol=1e-4)
    dropped = model.get_layer("h")(tf.ones((1, 20, 20, 3)), training=True).numpy()
    assert set(np.unique(dropped)) == {0.0, 2.0}


def test_an_interrupt_while_variables_are_made_loses_nothing(monkeypatch):
    from cnnscript.engine import keras_model as module

    net = network()
    before = net.parameter("conv1", "Weights")

    def interrupted(layer):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "LayerVariables", interrupted)
        with pytest.raises(KeyboardInterrupt):
            answer(net, images(), "conv1")
    np.testing.assert_array_equal(net.parameter("conv1", "Weights"), before)
    assert answer(net, images(), "conv1").shape == (1, 12, 10, 4)
