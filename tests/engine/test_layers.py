"""What MATLAB prints of a layer, and the sizes that come out of it."""

import pytest

from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import field_name, matlab_name
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import (
    Addition,
    BatchNormalization,
    ClippedReLU,
    Concatenation,
    CrossChannelNormalization,
    DepthConcatenation,
    Dropout,
    LeakyReLU,
)
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, MaxPooling
from cnnscript.errors import ScriptError

PRINTED = [
    (
        ImageInput(input_size=(227, 227, 3)),
        "Image Input",
        "227×227×3 images with 'zerocenter' normalization",
    ),
    (ImageInput(input_size=(28, 28, 1), normalization="none"), "Image Input", "28×28×1 images"),
    (
        Convolution(filter_size=(5, 5), num_filters=20),
        "2-D Convolution",
        "20 5×5 convolutions with stride [1  1] and padding [0  0  0  0]",
    ),
    (
        Convolution(filter_size=(11, 11), num_filters=96, num_channels=3, stride=(4, 4)),
        "2-D Convolution",
        "96 11×11×3 convolutions with stride [4  4] and padding [0  0  0  0]",
    ),
    (
        Convolution(filter_size=(3, 3), num_filters=8, dilation_factor=(2, 2), padding_size="same"),
        "2-D Convolution",
        "8 3×3 convolutions with stride [1  1], dilation factor [2  2], and padding 'same'",
    ),
    (
        GroupedConvolution(filter_size=(5, 5), num_groups=2, num_filters_per_group=128, num_channels_per_group=48,
                           padding_size=(2, 2, 2, 2)),
        "2-D Grouped Convolution",
        "2 groups of 128 5×5×48 convolutions with stride [1  1] and padding [2  2  2  2]",
    ),
    (
        MaxPooling(pool_size=(3, 3), stride=(2, 2), padding_size=(0, 1, 0, 1)),
        "2-D Max Pooling",
        "3×3 max pooling with stride [2  2] and padding [0  1  0  1]",
    ),
    (
        AveragePooling(pool_size=(7, 7)),
        "2-D Average Pooling",
        "7×7 average pooling with stride [1  1] and padding [0  0  0  0]",
    ),
    (GlobalAveragePooling(), "2-D Global Average Pooling", "2-D global average pooling"),
    (CrossChannelNormalization(window_channel_size=5), "Cross Channel Normalization",
     "cross channel normalization with 5 channels per element"),
    (BatchNormalization(num_channels=64), "Batch Normalization", "Batch normalization with 64 channels"),
    (BatchNormalization(), "Batch Normalization", "Batch normalization"),
    (Dropout(probability=0.5), "Dropout", "50% dropout"),
    (FullyConnected(output_size=4096), "Fully Connected", "4096 fully connected layer"),
    (DepthConcatenation(num_inputs=2), "Depth concatenation", "Depth concatenation of 2 inputs"),
    (Addition(num_inputs=3), "Addition", "Element-wise addition of 3 inputs"),
    (Concatenation(num_inputs=2, dim=3), "Concatenation", "Concatenation of 2 inputs along dimension 3"),
    (LeakyReLU(scale=0.1), "Leaky ReLU", "Leaky ReLU with scale 0.1"),
    (ClippedReLU(ceiling=6), "Clipped ReLU", "Clipped ReLU with ceiling 6"),
    (ClassificationOutput(), "Classification Output", "crossentropyex"),
    (
        ClassificationOutput(classes=("cat", "dog")),
        "Classification Output",
        "crossentropyex with classes 'cat' and 'dog'",
    ),
    (
        ClassificationOutput(classes=("tench", "goldfish", "crane")),
        "Classification Output",
        "crossentropyex with 'tench' and 2 other classes",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "kind", "text"), PRINTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_layer_describes_itself_as_matlab_prints_it(layer, kind, text):
    assert (layer.kind, layer.describe()) == (kind, text)


@pytest.mark.parametrize(
    ("layer", "given", "size"),
    [
        (Convolution(filter_size=(3, 3), num_filters=64, stride=(2, 2)), (227, 227, 3), (113, 113, 64)),
        (
            Convolution(filter_size=(3, 5), num_filters=4, stride=(1, 2), padding_size=(1, 1, 2, 0)),
            (9, 10, 3),
            (9, 4, 4),
        ),
        (Convolution(filter_size=(3, 3), num_filters=4, dilation_factor=(2, 3)), (9, 10, 3), (5, 4, 4)),
        (Convolution(filter_size=(4, 4), num_filters=4, stride=(3, 3), padding_size="same"), (10, 11, 3), (4, 4, 4)),
        (MaxPooling(pool_size=(3, 3), stride=(2, 2)), (56, 56, 128), (27, 27, 128)),
        (MaxPooling(pool_size=(3, 3), stride=(2, 2), padding_size=(0, 1, 0, 1)), (56, 56, 128), (28, 28, 128)),
        (AveragePooling(pool_size=(2, 2), padding_size="same"), (5, 7, 2), (5, 7, 2)),
        (
            GroupedConvolution(filter_size=(3, 3), num_groups="channel-wise", num_filters_per_group=2),
            (8, 8, 5),
            (6, 6, 10),
        ),
        (FullyConnected(output_size=10), (6, 6, 256), (1, 1, 10)),
        (GlobalAveragePooling(), (14, 14, 1000), (1, 1, 1000)),
        (Flatten(), (3, 4, 5), (1, 1, 60)),
    ],
)
def test_output_sizes(layer, given, size):
    assert layer.size_after(given) == size


def test_joins_add_up_along_their_dimension():
    assert DepthConcatenation(num_inputs=2).size_after((4, 5, 2), (4, 5, 3)) == (4, 5, 5)
    assert Concatenation(num_inputs=2, dim=1).size_after((4, 5, 2), (6, 5, 2)) == (10, 5, 2)


@pytest.mark.parametrize(
    ("layer", "sizes", "note"),
    [
        (Addition(name="add"), [(4, 5, 2), (4, 5, 3)], "input 2 is 4×5×3"),
        (DepthConcatenation(name="cat"), [(4, 5, 2), (5, 5, 2)], "input 2 is 5×5×2"),
        (Convolution(name="c", filter_size=(3, 3), num_filters=2, num_channels=3), [(9, 9, 1)], "the input is 9×9×1"),
        (Convolution(name="c", filter_size=(5, 5), num_filters=2), [(4, 9, 3)], "the window is 5×5"),
        (FullyConnected(name="fc", output_size=2, input_size=12), [(2, 2, 4)], "the weights take 12 numbers"),
        (ClassificationOutput(name="out", classes=("a", "b")), [(1, 1, 3)], "there are 2 classes"),
    ],
)
def test_an_input_that_does_not_fit_names_the_layer_and_the_sizes(layer, sizes, note):
    with pytest.raises(ScriptError) as caught:
        layer.size_after(*sizes)
    assert caught.value.message.startswith(f"Layer '{layer.name}': ")
    assert note in caught.value.notes


def test_property_names_are_matlabs():
    layer = Convolution(name="conv1", filter_size=(3, 3), num_filters=64)
    assert layer.property("FilterSize") == (3, 3)
    assert layer.property_names()[:4] == ("Name", "FilterSize", "NumChannels", "NumFilters")
    assert field_name("DilationFactor") == "dilation_factor"
    assert matlab_name("padding_size") == "PaddingSize"
    assert FullyConnected(output_size=7).property("OutputSize") == 7
    assert ClassificationOutput(classes=("a", "b")).property("OutputSize") == 2
    with pytest.raises(KeyError):
        layer.property("PoolSize")
