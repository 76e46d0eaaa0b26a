"""Networks as graphs: order, ports, sizes, names, numbers."""

import gc
import weakref

import numpy as np
import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Steps
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Addition, DepthConcatenation, ReLU, Softmax
from cnnscript.errors import ScriptError


def start(name="in", size=(8, 8, 3)):
    return ImageInput(name=name, input_size=size, normalization="none")


def convolution(name, filters=4):
    return Convolution(name=name, filter_size=(3, 3), num_filters=filters, padding_size=(1, 1, 1, 1))


def message(*arguments, **options):
    with pytest.raises(ScriptError) as caught:
        Network(*arguments, **options)
    return caught.value.message


def test_layers_without_connections_are_a_series():
    network = Network([start(), convolution("conv"), ReLU(name="relu"), FullyConnected(name="fc", output_size=5)])
    assert network.connections == (("in", "conv"), ("conv", "relu"), ("relu", "fc"))
    assert network.sizes == ((8, 8, 3), (8, 8, 4), (8, 8, 4), (1, 1, 5))
    assert network.layers[1].num_channels == 3  # settled from its input
    assert network.layers[3].input_size == 256
    assert network.input_names == ("in",)
    assert network.output_names == ("fc",)


def test_ports_decide_the_order_of_inputs_not_the_order_of_connections():
    layers = [start(), convolution("a", 2), convolution("b", 5), DepthConcatenation(name="cat")]
    edges = [("in", "a"), ("in", "b"), ("b", "cat/in2"), ("a", "cat/in1")]
    network = Network(layers, edges)
    assert [network.layers[i].name for i in network.sources[3]] == ["a", "b"]


def test_layers_listed_before_what_feeds_them_are_computed_later():
    layers = [start(), ReLU(name="last"), convolution("first")]
    network = Network(layers, [("in", "first"), ("first", "last")])
    assert network.order == (0, 2, 1)
    assert [layer.name for layer in network.layers] == ["in", "last", "first"]


def test_ancestors_are_only_what_is_needed():
    layers = [start(), convolution("a"), convolution("b"), Addition(name="add"), ReLU(name="side")]
    edges = [("in", "a"), ("in", "b"), ("a", "add/in1"), ("b", "add/in2"), ("a", "side")]
    network = Network(layers, edges)
    for _ in range(2):  # the second time it is remembered, and what was given out is the caller's own
        found = network.ancestors([4])
        assert found == [0, 1, 4]
        found.clear()
    assert network.output_names == ("add", "side")


def test_wrong_graphs_say_what_is_wrong():
    assert message([start(), ReLU(name="in")]) == "Layer names must be unique: 'in' occurs twice."
    assert (
        message([start(), Addition(name="add")], [("in", "add/in1")]) == "Layer 'add' has an unconnected input 'in2'."
    )
    assert message([start(), ReLU(name="r")], []) == "Layer 'r' has an unconnected input."
    assert message([start(), ReLU(name="r")], [("in", "x")]) == "There is no layer 'x' to connect."
    assert message([start(), ReLU(name="r")], [("in", "r"), ("in", "r")]) == "'r' is no free input of layer 'r'."
    circle = [start(), Addition(name="a"), ReLU(name="b")]
    edges = [("in", "a/in1"), ("b", "a/in2"), ("a", "b")]
    assert message(circle, edges) == "The connections run in a circle through 'a', 'b'."


def test_an_unknown_layer_is_answered_with_near_names_and_their_sizes():
    network = Network([start(), convolution("conv1"), ReLU(name="relu1"), convolution("conv2")])
    with pytest.raises(ScriptError) as caught:
        network.number("conv3")
    assert caught.value.message.endswith("The input, 'conv3', did not match any of the valid values.")
    assert set(caught.value.notes) == {"'conv1' is 8×8×4", "'conv2' is 8×8×4"}
    assert network.near("RELU") == ["relu1"]


def test_sizes_are_remembered_by_the_size_that_comes_in_and_its_kind():
    network = Network([start(), convolution("conv"), ReLU(name="relu")])
    for height in (12, 20, 12):
        found = network.sizes_for((height, 10, 3), [2])
        assert found == {0: (height, 10, 3), 1: (height, 10, 4), 2: (height, 10, 4)}
        found.clear()
    assert network.sizes_for({0: (9, 9, 3)}, [1])[1] == (9, 9, 4)
    rectifier = Network([start(), ReLU(name="relu")])
    for kind in (Steps, tuple):  # a sequence of 12 steps is no image of 12 rows
        assert type(rectifier.sizes_for(kind((12, 1, 3)), [1])[1]) is kind


def test_sizes_for_larger_images_stop_where_a_layer_cannot_follow():
    network = Network([start(), convolution("conv"), FullyConnected(name="fc", output_size=5), Softmax(name="prob")])
    assert network.sizes_for((12, 10, 3), [1])[1] == (12, 10, 4)
    with pytest.raises(ScriptError) as caught:
        network.sizes_for((12, 10, 3), [3])
    assert caught.value.message.startswith("Layer 'fc': ")
    assert caught.value.notes == ("the input is 12×10×4: 480 numbers", "the weights take 256 numbers (8×8×4)")


def test_new_numbers_change_the_version_and_need_the_right_shape():
    arrays = {"conv": {"Weights": np.zeros((3, 3, 3, 4), np.float32), "Bias": np.zeros(4, np.float32)}}
    network = Network([start(), convolution("conv")], parameters=arrays)
    assert network.version == 0
    network.set_parameter("conv", "Bias", np.arange(4))
    assert network.version == 1
    np.testing.assert_array_equal(network.parameter("conv", "Bias"), [0, 1, 2, 3])
    with pytest.raises(ValueError, match="must be"):
        network.set_parameter("conv", "Bias", np.zeros(5))
    assert network.version == 1
    assert network.parameter_count() == 3 * 3 * 3 * 4 + 4


def test_arrays_of_a_wrong_shape_or_missing_are_refused():
    arrays = {"conv": {"Weights": np.zeros((3, 3, 3, 4), np.float32)}}
    with pytest.raises(ValueError, match="no Bias for layer 'conv'"):
        Network([start(), convolution("conv")], parameters=arrays)


def test_a_network_without_weights_knows_that_it_has_none():
    assert not Network([start(), convolution("conv")]).initialized
    assert Network([start(), ReLU(name="relu")]).initialized
    assert Network([start(), convolution("conv")]).parameter("conv", "Bias") is None


def test_classes_come_from_the_classification_layer():
    layers = [start(size=(1, 1, 2)), Softmax(name="prob"), ClassificationOutput(name="out", classes=("a", "b"))]
    assert Network(layers).classes == ("a", "b")
    assert Network(layers[:2]).classes == ()


def test_a_network_can_be_forgotten():
    network = Network([start(), ReLU(name="relu")])
    seen = weakref.ref(network)
    del network
    gc.collect()
    assert seen() is None
