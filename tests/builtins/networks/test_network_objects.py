"""What networks and layers print, and the properties a script reads from them."""

import types

import numpy as np
import pytest

from cnnscript.builtins.networks.network_objects import LayerArray, LayerObject
from cnnscript.builtins.networks.pretrained_networks import pretrained
from cnnscript.display import Format, show
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.indexing import end_of, get_field, index

COMPACT = Format(spacing="compact")


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    return types.SimpleNamespace(zoo=Zoo(folders=[tmp_path_factory.mktemp("weights")], offline=True))


@pytest.fixture(scope="module")
def net(session):
    return pretrained(session, "squeezenet", "imagenet")


@pytest.fixture(scope="module")
def alexnet_layers(session):
    return pretrained(session, "alexnet", "none")


def layer(array, k):
    return index(array, (float(k),))


def test_a_network_prints_its_properties(net):
    assert show("net", net, Format()) == (
        "\nnet = \n\n"
        "  DAGNetwork with properties:\n\n"
        "         Layers: [68×1 nnet.cnn.layer.Layer]\n"
        "    Connections: [75×2 table]\n"
        "     InputNames: {'data'}\n"
        "    OutputNames: {'ClassificationLayer_predictions'}\n\n"
    )
    assert show("net", net, COMPACT).startswith("net = \n  DAGNetwork with properties:\n         Layers:")


def test_a_layer_array_prints_as_matlab_aligns_it(net):
    first = index(net.get("Layers"), (np.array([[1.0, 2, 3, 4]]),))
    assert show("ans", first, COMPACT) == (
        "ans = \n"
        "  4×1 Layer array with layers:\n"
        "     1   'data'         Image Input       227×227×3 images with 'zerocenter' normalization\n"
        "     2   'conv1'        2-D Convolution   64 3×3×3 convolutions with stride [2  2] and padding [0  0  0  0]\n"
        "     3   'relu_conv1'   ReLU              ReLU\n"
        "     4   'pool1'        2-D Max Pooling   3×3 max pooling with stride [2  2] and padding [0  0  0  0]\n"
    )


def test_the_whole_table_of_alexnet_is_that_of_a_public_print_out(alexnet_layers):
    """Rows of an R2023 session found in public (the class layer untrained, so without class names)."""
    lines = show("layers", alexnet_layers, Format()).splitlines()
    assert lines[:5] == ["", "layers = ", "", "  25×1 Layer array with layers:", ""]
    assert (
        lines[5] == "     1   'data'     Image Input                   227×227×3 images with 'zerocenter' normalization"
    )
    assert lines[8] == (
        "     4   'norm1'    Cross Channel Normalization   cross channel normalization with 5 channels per element"
    )
    assert lines[23] == "    19   'drop6'    Dropout                       50% dropout"
    assert lines[29] == "    25   'output'   Classification Output         crossentropyex"
    assert lines[30:] == [""]


def test_a_convolution_prints_its_properties(net):
    assert show("ans", layer(net.get("Layers"), 2), Format()) == (
        "\nans = \n\n"
        "  Convolution2DLayer with properties:\n\n"
        "              Name: 'conv1'\n\n"
        "   Hyperparameters\n"
        "        FilterSize: [3 3]\n"
        "       NumChannels: 3\n"
        "        NumFilters: 64\n"
        "            Stride: [2 2]\n"
        "    DilationFactor: [1 1]\n"
        "       PaddingMode: 'manual'\n"
        "       PaddingSize: [0 0 0 0]\n"
        "      PaddingValue: 0\n\n"
        "   Learnable Parameters\n"
        "           Weights: [3×3×3×64 single]\n"
        "              Bias: [1×1×64 single]\n\n"
        "  Show all properties\n\n"
    )


def test_the_input_layer_prints_as_seen_in_public(net):
    assert show("ans", layer(net.get("Layers"), 1), COMPACT) == (
        "ans = \n"
        "  ImageInputLayer with properties:\n"
        "                      Name: 'data'\n"
        "                 InputSize: [227 227 3]\n"
        "        SplitComplexInputs: 0\n"
        "   Hyperparameters\n"
        "          DataAugmentation: 'none'\n"
        "             Normalization: 'zerocenter'\n"
        "    NormalizationDimension: 'auto'\n"
        "                      Mean: [1×1×3 single]\n"
    )


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        (3, ["  ReLULayer with properties:", "    Name: 'relu_conv1'"]),
        (11, ["  DepthConcatenationLayer with properties:", "         Name: 'fire2-concat'", "    NumInputs: 2",
              "    InputNames: {'in1'  'in2'}"]),
        (63, ["  DropoutLayer with properties:", "           Name: 'drop9'", "   Hyperparameters",
              "    Probability: 0.5000"]),
        (68, ["  ClassificationOutputLayer with properties:", "            Name: 'ClassificationLayer_predictions'",
              "         Classes: [1000×1 categorical]", "    ClassWeights: 'none'", "      OutputSize: 1000",
              "   Hyperparameters", "    LossFunction: 'crossentropyex'"]),
    ],
)  # fmt: skip
def test_other_layers_print_their_properties(net, number, lines):
    shown = show("ans", layer(net.get("Layers"), number), COMPACT).splitlines()[1:]
    assert [line.strip() for line in shown] == [line.strip() for line in lines]


def test_properties_a_script_reads(net):
    layers = net.get("Layers")
    first = layer(layers, 1)
    np.testing.assert_array_equal(first.get("InputSize"), [[227.0, 227, 3]])
    np.testing.assert_array_equal(first.get("Mean").ravel(), [123, 117, 104])
    assert first.get("Mean").dtype == np.float32
    conv = layer(layers, 2)
    weights = conv.get("Weights")
    assert (weights.shape, weights.dtype, weights.flags.f_contiguous) == ((3, 3, 3, 64), np.float32, True)
    np.testing.assert_array_equal(weights, net.network.parameter("conv1", "Weights"))
    assert conv.get("Bias").shape == (1, 1, 64)
    assert conv.get("NumFilters") == 64.0
    assert type(conv.get("NumFilters")) is float
    np.testing.assert_array_equal(conv.get("Stride"), [[2.0, 2]])
    np.testing.assert_array_equal(conv.get("PaddingSize"), [[0.0, 0, 0, 0]])
    assert (conv.get("PaddingMode"), conv.get("WeightLearnRateFactor")) == ("manual", 1.0)
    assert (conv.get("NumInputs"), conv.get("InputNames").tolist()) == (1.0, [["in"]])
    last = layer(layers, 68)
    classes = last.get("Classes")
    assert isinstance(classes, Categorical)
    assert classes.size() == (1000, 1)
    assert classes.texts()[285] == "Egyptian cat"
    assert (last.get("OutputSize"), last.get("NumOutputs")) == (1000.0, 0.0)


def test_class_names_is_the_old_name_of_classes_as_a_cell_of_texts(net, alexnet_layers):
    names = layer(net.get("Layers"), 68).get("ClassNames")
    assert names.shape == (1000, 1)
    assert names[285, 0] == "Egyptian cat"
    assert layer(alexnet_layers, 25).get("ClassNames").size == 0


def test_grouped_and_fully_connected_weights_have_matlabs_shapes(session):
    from cnnscript.builtins.networks.network_objects import NetworkObject
    from tests.engine.test_weights import caffe_tensors, from_caffe_onnx, small_alexnet

    described = small_alexnet()
    net = NetworkObject(described.network(from_caffe_onnx(caffe_tensors(described), described)))
    layers = net.get("Layers")
    assert net.class_name == "SeriesNetwork"
    assert "Connections" not in net.property_names()
    assert layer(layers, 6).get("Weights").shape == (5, 5, 4, 6, 2)
    assert layer(layers, 6).get("NumFiltersPerGroup") == 6.0
    assert layer(layers, 17).get("Weights").shape == (20, 2 * 3 * 12)
    assert layer(layers, 17).get("Bias").shape == (20, 1)
    assert layer(layers, 4).get("WindowChannelSize") == 5.0


def test_layers_without_weights_have_empty_ones(alexnet_layers):
    conv = layer(alexnet_layers, 2)
    assert conv.get("Weights").shape == (0, 0)
    assert conv.get("NumChannels") == "auto"
    assert layer(alexnet_layers, 1).get("Mean").shape == (0, 0)
    assert layer(alexnet_layers, 25).get("Classes") == "auto"


def test_indexing_layers(net):
    layers = net.get("Layers")
    assert layers.size() == (68, 1)
    assert end_of(layers, 0, 1) == 68
    assert isinstance(layer(layers, 2), LayerObject)
    part = index(layers, (np.array([[2.0, 3]]),))
    assert isinstance(part, LayerArray)
    assert part.size() == (2, 1)  # a column stays a column
    assert get_field(part, "Name") == ("conv1", "relu_conv1")
    assert index(layers, (2.0, 1.0)).get("Name") == "conv1"
    mask = np.zeros((68, 1), bool)
    mask[:2] = True
    assert index(layers, (mask,)).size() == (2, 1)
    with pytest.raises(ScriptError) as caught:
        layer(layers, 69)
    assert caught.value.message == "Index exceeds the number of array elements. Index must not exceed 68."


def test_joining_layers(net):
    layers = net.get("Layers")
    joined = layer(layers, 2).concatenate((layer(layers, 2), index(layers, (np.array([[3.0, 4]]),))), 0)
    assert get_field(joined, "Name") == ("conv1", "relu_conv1", "pool1")
    assert joined.size() == (3, 1)
    with pytest.raises(ScriptError):
        layer(layers, 2).concatenate((layer(layers, 2), 5.0), 0)


def test_class_names_are_matlabs(net):
    layers = net.get("Layers")
    assert layer(layers, 3).class_name == "nnet.cnn.layer.ReLULayer"
    assert "nnet.cnn.layer.Layer" in layer(layers, 3).ancestors
    assert layers.class_name == "nnet.cnn.layer.Layer"
    assert net.class_name == "DAGNetwork"


def test_connections_are_a_table_of_sources_and_destinations(net):
    connections = net.get("Connections")
    assert connections.class_name == "table" and connections.size() == (75, 2)
    assert connections.names == ["Source", "Destination"]
    assert get_field(connections, "Source").item(0) == "data"
    assert get_field(connections, "Destination").item(0) == "conv1"


def test_layers_are_values_whose_properties_can_be_set(net):
    conv = layer(net.get("Layers"), 2)
    renamed = conv.set("Name", "x").set("WeightLearnRateFactor", 10.0)
    assert (conv.get("Name"), renamed.get("Name"), renamed.get("WeightLearnRateFactor")) == ("conv1", "x", 10.0)
    np.testing.assert_array_equal(renamed.get("Weights"), conv.get("Weights"))  # still those of its network
    zeroed = conv.set("Bias", np.zeros((1, 1, 64)))
    assert not zeroed.get("Bias").any()
    assert conv.get("Bias").any()
    assert not zeroed.equals(conv)
    with pytest.raises(ScriptError, match="Unable to set the 'FilterSize' property"):
        conv.set("FilterSize", 3.0)
    with pytest.raises(ScriptError, match="Expected input to be of size 3x3x3x64, but it is of size 3x3."):
        conv.set("Weights", np.zeros((3, 3)))
    with pytest.raises(ScriptError) as caught:
        net.set("Layers", 1.0)
    assert caught.value.message == "Unable to set the 'Layers' property of class 'DAGNetwork' because it is read-only."


def test_an_unknown_property_lists_near_ones(net):
    with pytest.raises(ScriptError) as caught:
        layer(net.get("Layers"), 2).get("Weight")
    assert caught.value.message.startswith("Unrecognized method, property, or field 'Weight' for class")
    assert "Weights" in caught.value.notes[0]


def test_equality(net, session, alexnet_layers):
    assert net.equals(pretrained(session, "squeezenet", "imagenet"))
    assert net.get("Layers").equals(net.get("Layers"))
    assert not layer(net.get("Layers"), 2).equals(layer(net.get("Layers"), 5))
    assert alexnet_layers.equals(pretrained(session, "alexnet", "none"))
