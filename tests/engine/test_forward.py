"""The walk that training takes: batch statistics, dropping, new states, and gradients through all of it."""

import numpy as np
import pytest

from cnnscript.engine.activation_layers import SpatialDropout
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.forward import forward
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.pointwise_layers import BatchNormalization, Dropout, ReLU
from cnnscript.engine.recurrent_layers import GRU, LSTM, BiLSTM, SequenceInput
from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain


def network(rng, *layers):
    """A network of these layers with random numbers, variances above 0."""
    bare = Network(layers)
    numbers = {
        layer.name: {name: np.abs(rng.normal(size=shape)) for name, shape in layer.parameter_shapes().items()}
        for layer in bare.layers
    }
    return Network(layers, parameters=numbers, kind="dlnetwork")


def images(size):
    return ImageInput(name="in", input_size=size, normalization="none")


def test_batch_normalization_uses_the_batch_and_its_statistics_follow(tf, rng):
    net = network(rng, images((4, 5, 3)), BatchNormalization(name="bn", mean_decay=0.1, variance_decay=0.3))
    held = {name: net.parameter("bn", name) for name in ("Offset", "Scale", "TrainedMean", "TrainedVariance")}
    x = rng.normal(2, 3, (6, 4, 5, 3))
    (out,), state = forward(net, tf.constant(x, tf.float32), [1], training=True)
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
    expected = plain.batch_normalization(x, held["Offset"], held["Scale"], mean, variance, 1e-5)
    np.testing.assert_allclose(out, expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(state["bn"]["TrainedMean"], 0.1 * mean + 0.9 * held["TrainedMean"], rtol=1e-5)
    np.testing.assert_allclose(
        state["bn"]["TrainedVariance"], 0.3 * variance + 0.7 * held["TrainedVariance"], rtol=1e-5
    )
    np.testing.assert_array_equal(net.parameter("bn", "TrainedMean"), held["TrainedMean"])


@pytest.mark.parametrize(
    ("layer", "same"), [(Dropout(name="d", probability=0.25), ()), (SpatialDropout(name="d", probability=0.25), (1, 2))]
)
def test_dropout_drops_by_the_numbers_drawn_and_scales_what_is_kept(tf, rng, layer, same):
    net = network(rng, images((3, 4, 5)), layer)
    x = rng.normal(size=(2, 3, 4, 5)).astype(np.float32)
    drawn = []

    def draw(shape):
        drawn.append(np.random.default_rng(3).uniform(size=np.asarray(shape)).astype(np.float32))
        return drawn[-1]

    (out,), state = forward(net, tf.constant(x), [1], training=True, draw=draw)
    assert drawn[0].shape == tuple(1 if axis in same else n for axis, n in enumerate(x.shape)) and state == {}
    np.testing.assert_allclose(out, np.where(drawn[0] < 0.25, 0, x / 0.75), rtol=1e-6)
    (out,), _ = forward(net, tf.constant(x), [1])
    np.testing.assert_array_equal(out, x)


@pytest.mark.parametrize("layer", [LSTM(name="r", num_hidden_units=4), GRU(name="r", num_hidden_units=4),
                                   BiLSTM(name="r", num_hidden_units=4)], ids=lambda one: one.kind)  # fmt: skip
def test_a_sequence_in_two_halves_with_the_state_between_is_the_whole(tf, rng, layer):
    net = network(rng, SequenceInput(name="in", input_size=(1, 1, 3), normalization="none"), layer)
    x = tf.constant(rng.normal(size=(2, 6, 1, 3)), tf.float32)
    (whole,), _ = forward(net, x, [1])
    (first,), state = forward(net, x[:, :4], [1])
    assert all(value.shape == (2, 4 * layer.directions) for value in state["r"].values())
    later = net.with_parameters({"r": {name: value.numpy() for name, value in state["r"].items()}})
    (second,), _ = forward(later, x[:, 4:], [1])
    if layer.directions == 1:
        np.testing.assert_allclose(np.concatenate([first, second], 1), whole, atol=1e-6)
    else:  # backwards, the second half is not reached from the first
        np.testing.assert_allclose(np.concatenate([first, second], 1)[..., :4], whole[..., :4], atol=1e-6)


@pytest.mark.parametrize("kind", [LSTM, GRU, BiLSTM], ids=lambda kind: kind.kind)
def test_a_state_goes_from_layer_to_layer(tf, rng, kind):
    """An encoder hands its state to a decoder of the same numbers: together they are one layer over both inputs."""
    ports = kind(num_hidden_units=1).state_ports()
    layers = [
        SequenceInput(name="first", input_size=(1, 1, 3), normalization="none"),
        SequenceInput(name="second", input_size=(1, 1, 3), normalization="none"),
        kind(name="encoder", num_hidden_units=4, has_state_outputs=True),
        kind(name="decoder", num_hidden_units=4, has_state_inputs=True),
        ReLU(name="relu"),
    ]
    edges = [("first", "encoder"), ("second", "decoder/in"), ("encoder/out", "relu"),
             *((f"encoder/{port}", f"decoder/{port}") for port in ports)]  # fmt: skip
    bare = Network(layers, edges)
    shapes = bare.layers[2].parameter_shapes()
    held = {name: np.float32(rng.normal(size=shape)) for name, shape in shapes.items()}
    learnt = {name: held[name] for name in kind.learnables}
    net = Network(layers, edges, parameters={"encoder": held, "decoder": learnt}, kind="dlnetwork")
    one = Network([layers[0], kind(name="whole", num_hidden_units=4)], parameters={"whole": held})
    x, y = (tf.constant(rng.normal(size=(2, steps, 1, 3)), tf.float32) for steps in (4, 3))
    (decoded,), state = forward(net, {0: x, 1: y}, [3])
    assert set(state) == {"encoder"} and net.layers[3].state == ()
    (_,), ends = forward(one, x, [1])
    later = one.with_parameters({"whole": {name: value.numpy() for name, value in ends["whole"].items()}})
    (expected,), _ = forward(later, y, [1])
    np.testing.assert_allclose(decoded, expected, atol=1e-6)


def test_a_state_of_other_observations_is_refused_by_questions(rng):
    from cnnscript.engine.questions import ask, check_images

    net = network(rng, SequenceInput(name="in", input_size=(1, 1, 3), normalization="none"),
                  GRU(name="g", num_hidden_units=4))  # fmt: skip
    later = net.with_parameters({"g": {"HiddenState": np.ones((2, 4))}})
    check_images(later, [(2, 5, 1, 3)], [1])
    assert ask(later, [np.ones((2, 5, 1, 3), np.float32)], [1])[0].shape == (2, 5, 1, 4)
    with pytest.raises(ScriptError, match="another number of observations"):
        check_images(later, [(3, 5, 1, 3)], [1])


def test_gradients_of_a_loss_by_tensors_given_in_place_of_the_networks_own(tf, rng):
    net = network(
        rng, images((4, 4, 2)), Convolution(name="c", filter_size=(2, 2), num_filters=3),
        BatchNormalization(name="bn"), ReLU(name="r"), FullyConnected(name="fc", output_size=2),
    )  # fmt: skip
    x = rng.normal(size=(3, 4, 4, 2))
    pull = rng.normal(size=(3, 1, 1, 2))
    own = {layer.name: {name: np.float64(net.parameter(layer.name, name)) for name in layer.learnables}
           for layer in net.layers}  # fmt: skip

    def loss(c, bn, fc):
        maps = plain.convolution(x, c["Weights"], c["Bias"])
        maps = plain.batch_normalization(maps, bn["Offset"], bn["Scale"], maps.mean((0, 1, 2)), maps.var((0, 1, 2)),
                                         1e-5)  # fmt: skip
        maps = np.maximum(maps, 0).reshape(3, -1) @ fc["Weights"] + fc["Bias"]
        return (maps[:, None, None] * pull).sum()

    given = {layer: {name: tf.constant(value, tf.float32) for name, value in values.items()}
             for layer, values in own.items()}  # fmt: skip
    with tf.GradientTape() as tape:
        tape.watch(given)
        (out,), _ = forward(net, tf.constant(x, tf.float32), [4], training=True, numbers=given)
        total = tf.reduce_sum(out * tf.constant(pull, tf.float32))
    assert total.numpy() == pytest.approx(loss(own["c"], own["bn"], own["fc"]), rel=1e-4)
    gradients = tape.gradient(total, given)
    for layer in ("c", "bn", "fc"):
        for name, value in own[layer].items():
            direction = rng.normal(size=value.shape)
            ends = [
                loss(**{key: own[key] for key in ("c", "bn", "fc") if key != layer},
                     **{layer: {**own[layer], name: value + sign * 1e-6 * direction}})
                for sign in (1, -1)
            ]  # fmt: skip
            slope = (ends[0] - ends[1]) / 2e-6
            assert (gradients[layer][name].numpy() * direction).sum() == pytest.approx(slope, rel=2e-3, abs=2e-3), name


def test_inside_a_compiled_function_with_the_networks_own_variables(tf, rng):
    net = network(rng, images((1, 1, 2)), Dropout(name="d", probability=0.5), BatchNormalization(name="bn"))

    @tf.function
    def step(x):
        return forward(net, x, [2], training=True)

    (out,), state = step(tf.constant(rng.normal(size=(50, 1, 1, 2)), tf.float32))
    assert out.shape == (50, 1, 1, 2) and state["bn"]["TrainedMean"].shape == (2,)
