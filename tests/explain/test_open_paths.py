"""Networks cut off at a layer: their own numbers at their own size, crops of a larger picture beyond it."""

import numpy as np
import pytest

from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.importing.foreign_layers import FlattenChannelsFirst, FlattenCStyle
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.pointwise_layers import Addition, Dropout, ReLU, Softmax
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError
from cnnscript.explain.open_paths import open_path
from tests.explain.small_networks import numbered


def connected(*between):
    """Images 6×5×2, a convolution, some layers, two fully connected layers and a softmax."""
    return numbered([
        ImageInput(name="in", input_size=(6, 5, 2), normalization="none"),
        Convolution(name="conv", filter_size=(2, 3), num_filters=4), ReLU(name="relu"), *between,
        FullyConnected(name="fc", output_size=7), ReLU(name="more"), FullyConnected(name="scores", output_size=3),
        Softmax(name="prob"),
    ])  # fmt: skip


@pytest.mark.parametrize("fold", [(), (Flatten(name="flat"),), (FlattenCStyle(name="flat"), Dropout(name="drop")),
                                  (FlattenChannelsFirst(name="flat"), ReLU(name="again"))])  # fmt: skip
def test_fully_connected_layers_slide_over_larger_pictures(tf, rng, fold):
    network = connected(*fold)
    picture = rng.standard_normal((8, 9, 2)).astype(np.float32)
    last = len(network.layers) - 1
    path = open_path(network, last)
    crops = np.stack([picture[i : i + 6, j : j + 5] for i in range(3) for j in range(5)])
    found = path(tf.constant(picture[None])).numpy()
    assert not path.fixed
    assert path.size_for((8, 9, 2)) == found.shape[1:] == (3, 5, 3)
    np.testing.assert_allclose(found.reshape(15, 3), ask(network, crops, [last])[0].reshape(15, 3), atol=1e-6)
    np.testing.assert_allclose(path(tf.constant(crops)).numpy(), ask(network, crops, [last])[0], atol=1e-6)


def test_the_flattened_row_itself_keeps_the_size_of_the_network(tf, rng):
    network = connected(Flatten(name="flat"))
    path = open_path(network, network.number("flat"))
    picture = rng.standard_normal((1, 6, 5, 2)).astype(np.float32)
    assert path.fixed
    np.testing.assert_array_equal(path(tf.constant(picture)).numpy(), ask(network, picture, [path.layer])[0])


def test_only_the_way_to_the_layer_counts():
    network = connected()
    assert open_path(network, 1).size_for((2, 3, 2)) == (1, 1, 4)
    assert min(open_path(network, network.number("fc")).size_for((5, 5, 2))) < 1
    with pytest.raises(ScriptError, match="smaller than the layer's window"):
        open_path(network, 1).size_for((1, 3, 2))


def test_a_shut_relu_lets_the_gradient_through_and_an_open_one_does_as_ever(tf):
    network = numbered([ImageInput(name="in", input_size=(3, 3, 1), normalization="none"), ReLU(name="relu")])
    path = open_path(network, 1)
    images = tf.constant(np.array([[-1, -2, -3], [1, -2, 3]], np.float32).reshape(2, 1, 3, 1))
    with tf.GradientTape() as tape:
        tape.watch(images)
        answers = path(images)
    np.testing.assert_array_equal(answers.numpy().reshape(2, 3), [[0, 0, 0], [1, 0, 3]])
    np.testing.assert_array_equal(tape.gradient(answers, images).numpy().reshape(2, 3), [[1, 1, 1], [1, 0, 1]])


def test_relus_before_learnt_layers_stay_as_they_are(tf):
    layers = [
        ImageInput(name="in", input_size=(3, 3, 1), normalization="none"), ReLU(name="inner"),
        Convolution(name="conv", filter_size=(1, 1), num_filters=1), Addition(name="add", num_inputs=2),
    ]  # fmt: skip
    network = numbered(layers, [("in", "inner"), ("inner", "conv"), ("conv", "add/in1"), ("in", "add/in2")])
    path = open_path(network, 2)
    images = tf.constant(-np.ones((1, 3, 3, 1), np.float32))
    with tf.GradientTape() as tape:
        tape.watch(images)
        answers = path(images)
    assert not tape.gradient(answers, images).numpy().any()
