"""Converters: numbers of other programs' files end in the right layer, the right way round."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import scipy.io

from cnnscript.engine.architectures import architecture, read_architecture
from cnnscript.engine.converters import (
    collected,
    read_weights,
    take_blobs,
    take_caffe_onnx,
    take_keras,
    take_operators,
)  # fmt: skip
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.zoo import filled
from tests.engine.weight_files import caffemodel, darknet, keras_h5, torch_file

RESNET = """\
data\timage-input\t8x8x3 zerocenter mean=1,2,3
conv1\tconvolution\t4 3x3 padding=1
bn_conv1\tbatch-normalization\tepsilon=0.001
res2a_branch2a\tconvolution\t6 3x3 padding=1
bn2a_branch2a\tbatch-normalization\tepsilon=0.001
res2a_branch1\tconvolution\t6 1x1\tbn_conv1
bn2a_branch1\tbatch-normalization\tepsilon=0.001
res2a\taddition\t\tbn2a_branch2a bn2a_branch1
fc1000\tfully-connected\t5
prob\tsoftmax
"""
SERIES = """\
data\timage-input\t6x8x3 zerocenter mean=1,2,3
conv1-3x3\tconvolution\t4 3x3 padding=1
pool\tmax-pooling\t2x2 stride=2
sep1_channel-wise\tgrouped-convolution\tchannel-wise 1 3x3 padding=same
sep1_point-wise\tconvolution\t6 1x1
batch_normalization_7\tbatch-normalization
fc6\tfully-connected\t5
"""


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def numbers(described, rng):
    """Random arrays in the engine's shapes for each layer of a description."""
    arrays = {}
    for layer in described.network().layers:
        for name, shape in layer.parameter_shapes().items():
            array = rng.normal(size=shape).astype(np.float32)
            arrays.setdefault(layer.name, {})[name] = np.abs(array) if name == "TrainedVariance" else array
    return arrays


def same(found, arrays, without=()):
    assert set(found) - {"data"} == set(arrays)
    for layer, given in arrays.items():
        for name, array in given.items():
            if (layer, name) not in without:
                np.testing.assert_allclose(found[layer][name], array, rtol=1e-6, err_msg=f"{layer} {name}")


def first_turned(arrays, layer):
    """The arrays with the input channels of one layer turned round: what a file in blue, green, red holds."""
    turned = {name: dict(given) for name, given in arrays.items()}
    turned[layer]["Weights"] = turned[layer]["Weights"][:, :, ::-1]
    return turned


def filters_first(kernel, spatial=None):
    if spatial is None:
        return kernel.transpose(3, 2, 0, 1)
    height, width, channels = spatial
    whole = kernel.reshape(height, width, channels, -1)
    return whole.transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1)


def as_filters_first(described, arrays):
    """Each layer's [weights, bias], filters first, a fully connected layer's input laid out channel, height, width."""
    made = {}
    for layer in described.network().layers:
        if layer.learnables == ("Weights", "Bias"):
            kernel, bias = arrays[layer.name]["Weights"], arrays[layer.name]["Bias"]
            made[layer.name] = [filters_first(kernel, getattr(layer, "spatial_size", None)), bias]
    return made


# --------------------------------------------------------------------------------------------------------------- Caffe


@pytest.mark.parametrize("old", [False, True])
def test_a_caffe_model_in_blue_green_red(tmp_path, rng, old):
    described = read_architecture(RESNET.replace("bn_conv1\tbatch-normalization\tepsilon=0.001\n", "").replace(
        "\tbn_conv1", "\tconv1"))  # fmt: skip
    arrays = numbers(described, rng)
    blobs = as_filters_first(described, first_turned(arrays, "conv1"))
    for stem in ("2a_branch2a", "2a_branch1"):
        given = arrays[f"bn{stem}"]
        blobs[f"bn{stem}"] = [given["TrainedMean"] * 3, given["TrainedVariance"] * 3, np.array([3], np.float32)]
        blobs[f"scale{stem}"] = [given["Scale"], given["Offset"]]
    path = tmp_path / "net.caffemodel"
    path.write_bytes(caffemodel(blobs, old))
    same(read_weights(path, "caffemodel", described, "BGR"), arrays)


def test_slashes_of_caffe_are_dashes_of_matlab_and_its_kernels_may_lack_a_bias(tmp_path, rng):
    described = read_architecture(SERIES.replace("batch_normalization_7\tbatch-normalization\n", "").replace(
        "sep1_channel-wise\tgrouped-convolution\tchannel-wise 1 3x3 padding=same\n", ""))  # fmt: skip
    arrays = numbers(described, rng)
    blobs = as_filters_first(described, arrays)
    blobs["conv1/3x3"] = blobs.pop("conv1-3x3")[:1]
    path = tmp_path / "net.caffemodel"
    path.write_bytes(caffemodel(blobs))
    found = read_weights(path, "caffemodel", described)
    same(found, arrays, [("conv1-3x3", "Bias")])
    np.testing.assert_array_equal(found["conv1-3x3"]["Bias"], np.zeros(4))


def test_sizes_that_do_not_fit_are_said(tmp_path, rng):
    described = read_architecture(RESNET)
    path = tmp_path / "net.caffemodel"
    path.write_bytes(caffemodel({"conv1": [np.zeros((4, 3, 5, 5)), np.zeros(4)]}))
    with pytest.raises(ValueError, match=r"Weights of layer conv1 is \(5, 5, 3, 4\), and must be \(3, 3, 3, 4\)"):
        read_weights(path, "caffemodel", described)


# ---------------------------------------------------------------------------------------------------------------- ONNX

LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"


def light_graph(name):
    """A true graph of the ONNX package, and its tensors by the shapes that stand for their numbers."""
    graph = onnx.load(LIGHT / f"light_{name}.onnx").graph
    tensors = {}
    for tensor in graph.initializer:
        array = onnx.numpy_helper.to_array(tensor)
        shaped = tensor.name.endswith("__SHAPE")
        tensors[tensor.name.removesuffix("__SHAPE")] = np.broadcast_to(np.float32(0), tuple(array)) if shaped else array
    return graph, tensors


@pytest.mark.parametrize(
    ("name", "light"), [("squeezenet", "squeezenet"), ("googlenet", "inception_v1"), ("vgg19", "vgg19")]
)
def test_the_true_graphs_have_the_names_and_sizes_of_ours(name, light):
    network = architecture(name).network()
    take = take_caffe_onnx(light_graph(light)[1])
    for layer in network.layers:
        for parameter, shape in layer.parameter_shapes().items():
            assert take(layer)[parameter].shape == shape, layer.name


def test_shufflenets_layers_are_the_operators_of_the_true_graph():
    graph, tensors = light_graph("shufflenet")
    nodes = [node for node in graph.node if node.op_type != "ConstantOfShape"]
    operators = [[tensors.get(name) for name in node.input] for node in nodes]
    network = architecture("shufflenet").network()
    arrays = collected(network, take_operators(operators), "RGB")  # raises unless every size fits
    kinds = {"Convolution": "Conv", "GroupedConvolution": "Conv", "BatchNormalization": "BatchNormalization",
             "FullyConnected": "Gemm"}  # fmt: skip
    for name in set(arrays) - {network.input.name}:
        layer = network.layers[network.number(name)]
        assert nodes[int(name.removeprefix("node_")) - 1].op_type == kinds[type(layer).__name__]


# --------------------------------------------------------------------------------------------------------------- Keras


def keras_layers(network, arrays, rename):
    """{Keras' layer: [(weight, array)]} of random numbers, each under Keras' name for the layer."""
    made = {}
    for layer in network.layers:
        given = arrays.get(layer.name)
        if given is None:
            continue
        if isinstance(layer, BatchNormalization):
            words = {"gamma": "Scale", "beta": "Offset", "moving_mean": "TrainedMean",
                     "moving_variance": "TrainedVariance"}  # fmt: skip
            made[rename(layer.name)] = [(word, given[name]) for word, name in words.items()]
        else:
            made[rename(layer.name)] = [("kernel", given["Weights"]), ("bias", given["Bias"])]
    return made


def test_keras_separable_convolutions_are_two_layers_and_what_is_missing_is_zeros_and_ones(tmp_path, rng):
    described = read_architecture(SERIES)
    arrays = numbers(described, rng)
    layers = keras_layers(described.network(), first_turned(arrays, "conv1-3x3"), lambda name: name)
    depth, point = layers.pop("sep1_channel-wise"), layers.pop("sep1_point-wise")
    kernel = depth[0][1].reshape(3, 3, 4, 1)
    layers["sep1"] = [("depthwise_kernel", kernel), ("pointwise_kernel", point[0][1])]
    layers["batch_normalization"] = layers.pop("batch_normalization_7")[1:]  # as with scale=False
    layers["conv1_3x3"] = layers.pop("conv1-3x3")[:1]
    keras_h5(tmp_path / "net.h5", layers, nested=True)
    found = read_weights(tmp_path / "net.h5", "keras-h5", described, "BGR")
    gone = [("conv1-3x3", "Bias"), ("sep1_channel-wise", "Bias"), ("sep1_point-wise", "Bias"),
            ("batch_normalization_7", "Scale")]  # fmt: skip
    same(found, arrays, gone)
    for layer, name in gone:
        np.testing.assert_array_equal(found[layer][name], np.full_like(found[layer][name], name == "Scale"))


@pytest.mark.parametrize("renamed", [False, True])
def test_residual_networks_of_keras_by_their_old_and_their_new_names(tmp_path, rng, renamed):
    described = read_architecture(RESNET)
    arrays = numbers(described, rng)
    new = {"conv1": "conv1_conv", "bn_conv1": "conv1_bn", "res2a_branch2a": "conv2_block1_1_conv",
           "bn2a_branch2a": "conv2_block1_1_bn", "res2a_branch1": "conv2_block1_0_conv",
           "bn2a_branch1": "conv2_block1_0_bn", "fc1000": "predictions"}  # fmt: skip
    turned = first_turned(arrays, "conv1")
    layers = keras_layers(described.network(), turned, lambda name: new[name] if renamed else name)
    keras_h5(tmp_path / "net.h5", layers)
    found = read_weights(tmp_path / "net.h5", "keras-h5", described, "BGR")
    if not renamed:
        same(found, arrays)
        return
    scales = [(name, "Scale") for name in arrays if name.startswith("bn")]
    same(found, arrays, scales)
    for name, _ in scales:  # the new ones were trained with an epsilon of 1.001e-5, and the layer has another
        got, given = found[name], arrays[name]
        as_ours = got["Scale"] / np.sqrt(got["TrainedVariance"] + 1e-3)
        np.testing.assert_allclose(as_ours, given["Scale"] / np.sqrt(given["TrainedVariance"] + 1.001e-5), rtol=1e-5)


NAMES = {  # Keras' own names for layers of MATLAB's networks, as keras.applications gives them
    "vgg16": {"conv3_2": "block3_conv2", "fc6": "fc1", "fc8": "predictions"},
    "resnet101": {"res4b22_branch2c": "conv4_block23_3_conv", "bn2c_branch2a": "conv2_block3_1_bn",
                  "bn5a_branch1": "conv5_block1_0_bn", "res3b1_branch2b": "conv3_block2_2_conv"},
    "densenet201": {"conv1_conv": "conv1/conv", "conv1_bn": "conv1/bn", "pool4_bn": "pool4_bn", "fc1000": "fc1000"},
    "mobilenetv2": {"Conv1": "Conv1", "Logits": "predictions", "block_3_depthwise": "block_3_depthwise"},
    "xception": {"block14_sepconv2_channel-wise": "block14_sepconv2", "predictions": "predictions"},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_keras_names_of_the_true_networks(name):
    network = architecture(name).network()
    kernels = ("kernel", "depthwise_kernel")
    found = {theirs: [(word, np.float32(k).reshape(1, 1, 1, 1)) for word in kernels] + [("moving_mean", np.float32(k)),
             ("moving_variance", np.ones(1, np.float32))] for k, theirs in enumerate(NAMES[name].values())}  # fmt: skip
    take = take_keras(found, network)
    for k, ours in enumerate(NAMES[name]):
        got = take(network.layers[network.number(ours)])
        assert float(np.ravel(got.get("Weights", got.get("TrainedMean")))[0]) == k, ours


def test_layers_that_keras_numbered_itself_are_matched_by_their_rank():
    network = architecture("inceptionv3").network()
    order = [f"conv2d_{k}" if k else "conv2d" for k in range(100, 194)]  # made after a hundred others
    found = {name: [("kernel", np.float32(k).reshape(1, 1, 1, 1))] for k, name in enumerate(order, 1)}
    take = take_keras(dict(sorted(found.items())), network)
    for k in (1, 2, 10, 94):
        assert float(take(network.layers[network.number(f"conv2d_{k}")])["Weights"].item()) == k


# -------------------------------------------------------------------------------------------- PyTorch, Darknet, MATLAB


@pytest.mark.parametrize("legacy", [False, True])
def test_a_residual_network_of_torchvision(tmp_path, rng, legacy):
    described = read_architecture(RESNET)
    arrays = numbers(described, rng)
    names = {"conv1": "conv1", "bn_conv1": "bn1", "res2a_branch2a": "layer1.0.conv1", "bn2a_branch2a": "layer1.0.bn1",
             "res2a_branch1": "layer1.0.downsample.0", "bn2a_branch1": "layer1.0.downsample.1", "fc1000": "fc"}
    tensors = {}
    for layer, (kernel, bias) in as_filters_first(described, arrays).items():
        tensors[names[layer] + ".weight"] = np.ascontiguousarray(kernel)
        if layer == "fc1000":
            tensors["fc.bias"] = bias
    for layer, given in arrays.items():
        if "Scale" in given:
            for word, name in {"weight": "Scale", "bias": "Offset", "running_mean": "TrainedMean",
                               "running_var": "TrainedVariance"}.items():  # fmt: skip
                tensors[f"{names[layer]}.{word}"] = given[name]
            tensors[f"{names[layer]}.num_batches_tracked"] = np.array([5], np.int64)
    torch_file(tmp_path / "net.pth", tensors, legacy)
    found = read_weights(tmp_path / "net.pth", "torch", described)
    same(found, arrays, [(name, "Bias") for name in ("conv1", "res2a_branch2a", "res2a_branch1")])
    assert not found["res2a_branch2a"]["Bias"].any()


@pytest.mark.parametrize("name", ["darknet19", "darknet53"])
def test_the_true_darknets_begin_with_their_first_layers(name):
    network = architecture(name).network()
    convolutions = [layer for layer in network.layers if layer.learnables == ("Weights", "Bias")]
    assert all(layer.name.startswith("conv") for layer in convolutions)
    assert [int(layer.name[4:]) for layer in convolutions] == list(range(1, len(convolutions) + 1))


DARKNET = """\
input\timage-input\t8x8x3 none
conv1\tconvolution\t4 3x3 padding=1
batchnorm1\tbatch-normalization
leaky1\tleaky-relu\t0.1
conv2\tconvolution\t5 1x1
gap\tglobal-average-pooling
"""


def test_a_darknet(tmp_path, rng):
    described = read_architecture(DARKNET)
    arrays = numbers(described, rng)
    first, norm, second = (arrays[name] for name in ("conv1", "batchnorm1", "conv2"))
    row = [norm["Offset"], norm["Scale"], norm["TrainedMean"], norm["TrainedVariance"]]
    row += [filters_first(first["Weights"]), second["Bias"], filters_first(second["Weights"])]
    path = tmp_path / "net.weights"
    path.write_bytes(darknet(row))
    same(read_weights(path, "darknet", described), arrays, [("conv1", "Bias")])
    path.write_bytes(darknet([*row, np.zeros(2)]))
    with pytest.raises(ValueError, match="2 numbers more"):
        read_weights(path, "darknet", described)
    path.write_bytes(darknet(row[:-1]))
    with pytest.raises(ValueError, match="ends after"):
        read_weights(path, "darknet", described)


@pytest.mark.parametrize("older", [False, True])
def test_matlabs_parameters_with_the_mean_of_the_images(tmp_path, rng, older):
    described = read_architecture(SERIES)
    network = described.network()
    arrays = numbers(described, rng)
    fields = {"data": {"AverageImage" if older else "Mean": np.array([4, 5, 6], np.float32).reshape(1, 1, 3)}}
    for layer in network.layers:
        given = arrays.get(layer.name)
        if given is None:
            continue
        kept = {name: array.reshape(1, 1, -1) for name, array in given.items()}
        if "Weights" in given:
            kernel = given["Weights"]
            if layer.name == "fc6":
                whole = kernel.reshape(*layer.spatial_size, 5)
                kept["Weights"] = whole if older else whole.transpose(3, 2, 1, 0).reshape(5, -1)
                kept["Bias"] = given["Bias"].reshape(-1, 1)
            elif layer.name == "sep1_channel-wise":
                kept["Weights"] = kernel.reshape(3, 3, 1, 1, 4)
            else:
                kept["Weights"] = kernel
        fields[layer.name.replace("-", "_")] = kept
    scipy.io.savemat(tmp_path / "netParams.mat", fields)
    found = read_weights(tmp_path / "netParams.mat", "matlab", described)
    same(found, arrays)
    net = filled(described, found)
    assert net.input.mean == (4, 5, 6)
    np.testing.assert_array_equal(net.parameter("fc6", "Weights"), arrays["fc6"]["Weights"])


@pytest.mark.parametrize(
    "blobs", [[], [np.zeros(6)], [np.zeros(6), np.zeros(6), np.zeros(0)], [np.array("x"), np.zeros(6)]],
    ids=["none", "one", "no factor", "text"],
)  # fmt: skip
def test_blobs_that_are_not_a_layers_numbers_name_the_layer(blobs):
    described = read_architecture(
        "data\timage-input\t8x8x3 none\nconv1\tconvolution\t6 1x1\nbn_conv1\tbatch-normalization"
    )
    kernel = [np.zeros((6, 3, 1, 1), np.float32), np.zeros(6, np.float32)]
    take = take_blobs({"conv1": kernel, "bn_conv1": blobs, "scale_conv1": [np.ones(6), np.zeros(6)]})
    with pytest.raises(ValueError, match="layer bn_conv1"):
        collected(described.network(), take, "RGB")
