"""Networks as ONNX models: valid, and the same numbers in ONNX's own reference."""

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import normalization_layers as normalization
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.graph import Network
from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.importing.onnx_export import onnx_model
from cnnscript.engine.importing.onnx_graph import network_of_onnx
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, MaxPooling
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError


def network_with(*layers, connections=None, size=(7, 6, 4), start=None):
    """A network with numbers that a mistake would show in."""
    first = start or ImageInput(name="in", input_size=size, normalization="zscore", mean=(1.0, 2.0, 3.0, 4.0),
                                      standard_deviation=(2.0, 3.0, 4.0, 5.0))  # fmt: skip
    shape = Network([first, *layers], connections)
    rng = np.random.default_rng(0)
    arrays = {layer.name: {name: rng.uniform(0.1, 1, size) for name, size in layer.parameter_shapes().items()}
              for layer in shape.layers}  # fmt: skip
    return Network([first, *layers], connections, parameters=arrays)


def check(network, opset):
    model = onnx_model(network, opset=opset)
    images = np.random.default_rng(1).normal(size=(2, *network.input_size)).astype(np.float32)
    flat = isinstance(network.input, FeatureInput)
    given = images[:, 0, 0] if flat else images.transpose(0, 3, 1, 2)
    expected = ask(network, images, [network.number(network.output_names[0])])[0]
    found = ReferenceEvaluator(model).run(None, {"in": given})[0]
    if found.ndim == 4:
        found = found.transpose(0, 2, 3, 1)
    np.testing.assert_allclose(found.reshape(expected.shape), expected, atol=1e-4, rtol=1e-4)
    again = network_of_onnx(model)
    back = ask(again, images, [len(again.layers) - 1])[0]
    np.testing.assert_allclose(back, expected, atol=1e-4, rtol=1e-4)


CHAINS = [
    [Convolution(name="c", filter_size=(3, 2), num_filters=6, stride=(2, 1), padding_size=(1, 0, 2, 1)),
     pointwise.ReLU(name="r"), GroupedConvolution(name="g", filter_size=(2, 2), num_groups=2,
                                                        num_filters_per_group=2, padding_size="same"),
     pointwise.BatchNormalization(name="b"), pointwise.LeakyReLU(name="l", scale=0.2)],
    [MaxPooling(name="m", pool_size=(3, 2), stride=(2, 2), padding_size=(1, 1, 0, 1)),
     pointwise.Tanh(name="t"), AveragePooling(name="a", pool_size=(2, 2), padding_size="same"),
     pointwise.ClippedReLU(name="k", ceiling=0.7), Flatten(name="f")],
    [FullyConnected(name="fc", output_size=5), pointwise.ReLU(name="r"), pointwise.BatchNormalization(name="b"),
     activation.PReLU(name="p"), Convolution(name="c", filter_size=(1, 1), num_filters=3),
     pointwise.Dropout(name="d"), FullyConnected(name="fc2", output_size=4), pointwise.Softmax(name="s"),
     ClassificationOutput(name="out")],
    [pointwise.Softmax(name="s"), foreign.ZeroPadding(name="z", padding_size=(1, 0, 2, 1)),
     TransposedConvolution(name="t", filter_size=(4, 3), num_filters=2, stride=(2, 2), cropping_size="same"),
     foreign.FlattenCStyle(name="f")],
    [pointwise.ChannelShuffle(name="h", num_groups=2), activation.Swish(name="w"), activation.HardSwish(name="hs"),
     activation.ELU(name="e", alpha=0.5), activation.Softplus(name="sp"), activation.Scaling(name="sc", scale=2.0,
                                                                                             bias=(1.0, 2.0, 3.0, 4.0)),
     GlobalAveragePooling(name="gap")],
    [spatial.DepthToSpace(name="d", block_size=(2, 2)), activation.Identity(name="i"),
     foreign.FlattenChannelsFirst(name="f")],
]  # fmt: skip


@pytest.mark.parametrize("opset", [9, 14, 18])
@pytest.mark.parametrize("chain", CHAINS, ids=["convolutions", "pooling", "features", "transposed", "pointwise",
                                               "blocks"])  # fmt: skip
def test_what_is_written_is_valid_and_gives_our_numbers_there_and_back(chain, opset):
    network = network_with(*chain)
    if opset < 14 and any(isinstance(layer, pointwise.BatchNormalization) for layer in network.layers):
        onnx_model(network, opset=opset)  # valid; onnx 1.23's reference normalises by the batch before opset 14
    else:
        check(network, opset)


def test_joins_and_branches_are_written():
    layers = [pointwise.ReLU(name="a"), pointwise.Sigmoid(name="b"), pointwise.Addition(name="add"),
              pointwise.Multiplication(name="mul"), pointwise.DepthConcatenation(name="cat"),
              pointwise.Concatenation(name="below", dim=1)]  # fmt: skip
    connections = [("in", "a"), ("in", "b"), ("a", "add/in1"), ("b", "add/in2"), ("add", "mul/in1"), ("b", "mul/in2"),
                   ("mul", "cat/in1"), ("a", "cat/in2"), ("cat", "below/in1"), ("cat", "below/in2")]  # fmt: skip
    check(network_with(*layers, connections=connections), 9)


@pytest.mark.parametrize("opset", [11, 18])
def test_later_operators_are_written_where_the_opset_has_them(opset):
    layers = [spatial.Resize2D(name="n", scale=(2.0, 2.0)), activation.GELU(name="g"),
              spatial.Resize2D(name="l", output_size=(9, 10), method="bilinear")]  # fmt: skip
    check(network_with(*layers), opset)
    with pytest.raises(ScriptError, match="'OpsetVersion' 11"):
        onnx_model(network_with(*layers), opset=8)


NORMALIZATIONS = [
    normalization.GroupNormalization(name="g", num_groups=2, epsilon=0.1),
    normalization.GroupNormalization(name="a", num_groups="all-channels"),
    normalization.LayerNormalization(name="l"),
    normalization.LayerNormalization(name="c", operation_dimension="channel-only", epsilon=0.1),
    normalization.InstanceNormalization(name="i", epsilon=0.2),
]


@pytest.mark.parametrize("opset", [8, 18])
@pytest.mark.parametrize("layer", NORMALIZATIONS, ids=lambda layer: layer.name)
def test_normalisations_of_one_image_are_written(layer, opset):
    check(network_with(layer), opset)


@pytest.mark.parametrize("opset", [9, 13])
def test_a_crop_is_written_as_the_places_it_takes(opset):
    layers = [MaxPooling(name="small", pool_size=(3, 2), stride=(2, 2)), spatial.Crop2D(name="crop"),
              pointwise.ReLU(name="r")]  # fmt: skip
    connections = [("in", "small"), ("in", "crop/in"), ("small", "crop/ref"), ("crop", "r")]
    check(network_with(*layers, connections=connections), opset)


def test_features_come_in_as_rows():
    start = FeatureInput(name="in", input_size=(1, 1, 4), normalization="zerocenter", mean=(1.0, 2.0, 3.0, 4.0))
    check(network_with(FullyConnected(name="fc", output_size=3), start=start), 13)


@pytest.mark.parametrize("normalization", ["rescale-zero-one", "rescale-symmetric"])
def test_channels_that_never_change_are_written_as_they_are_computed(normalization):
    start = ImageInput(name="in", input_size=(7, 6, 4), normalization=normalization, min=(1.0, 2.0, 3.0, 4.0),
                       max=(2.0, 2.0, 5.0, 4.0))  # fmt: skip
    check(network_with(pointwise.ReLU(name="r"), start=start), 13)


def test_nodes_have_the_names_of_layers_and_the_batch_may_be_fixed():
    network = network_with(Convolution(name="block/conv", filter_size=(1, 1), num_filters=2))
    model = onnx_model(network, opset=8, batch=4, name="mine")
    assert [node.name for node in model.graph.node][-1] == "block/conv" and model.graph.name == "mine"
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_value == 4
    onnx.checker.check_model(model, full_check=True)


def test_what_onnx_has_not_is_named():
    layer = foreign.KerasOperation(name="odd", operation=None, arguments=None, shapes=((None, 7, 6, 4),),
                                   known={((7, 6, 4),): (7, 6, 4)})  # fmt: skip
    with pytest.raises(ScriptError, match="Layer 'odd' .* cannot be written to ONNX"):
        onnx_model(network_with(layer), opset=8)
