"""Sequences of images, N×T×H×W×C, through layers that take image by image."""

import numpy as np
import pytest

from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.forward import forward
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Frames, Steps
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.recurrent_layers import LSTM, SequenceInput
from cnnscript.errors import ScriptError

SIZE = (4, 5, 2)


def networks(rng, last):
    """The same layers behind an input of sequences of images, and behind one of images."""
    layers = [
        Convolution(name="conv", filter_size=(3, 3), num_filters=3), BatchNormalization(name="bn"), last,
    ]  # fmt: skip
    inputs = [SequenceInput(name="in", input_size=SIZE, image_size=SIZE), ImageInput(name="in", input_size=SIZE,
                                                                                     normalization="none")]  # fmt: skip
    bare = [Network([one, *layers]) for one in inputs]
    numbers = {
        layer.name: {name: rng.uniform(0.5, 1, shape).astype(np.float32)
                     for name, shape in layer.parameter_shapes().items()}
        for layer in bare[0].layers
    }  # fmt: skip
    return [Network([one, *layers], parameters=numbers) for one in inputs]


@pytest.mark.parametrize("last", [Flatten(name="end"), FullyConnected(name="end", output_size=4)])
def test_each_image_of_a_sequence_becomes_what_it_would_be_alone(tf, rng, last):
    frames, images = networks(rng, last)
    assert [type(size) for size in frames.sizes] == [Frames, Frames, Frames, Steps]
    x = rng.normal(0, 1, (2, 3, *SIZE)).astype(np.float32)
    (maps, vectors), _ = forward(frames, tf.constant(x), [2, 3])
    (alone, ends), _ = forward(images, tf.constant(x.reshape(6, *SIZE)), [2, 3])
    assert maps.shape == (2, 3, 2, 3, 3)
    assert vectors.shape[:3] == (2, 3, 1)
    np.testing.assert_allclose(maps.numpy().reshape(6, 2, 3, 3), alone.numpy(), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(vectors.numpy().reshape(6, -1), ends.numpy().reshape(6, -1), rtol=1e-5, atol=1e-5)


def test_batch_normalisation_learns_from_all_images_of_all_sequences(tf, rng):
    frames, images = networks(rng, Flatten(name="end"))
    x = rng.normal(0, 1, (2, 3, *SIZE)).astype(np.float32)
    _, state = forward(frames, tf.constant(x), [3], training=True)
    _, wanted = forward(images, tf.constant(x.reshape(6, *SIZE)), [3], training=True)
    for name, value in wanted["bn"].items():
        np.testing.assert_allclose(state["bn"][name].numpy(), value.numpy(), rtol=1e-5)


def test_a_recurrent_layer_takes_no_images():
    with pytest.raises(ScriptError, match="The input must be sequences of vectors"):
        Network([SequenceInput(name="in", input_size=SIZE, image_size=SIZE), LSTM(name="l", num_hidden_units=2)])
