"""Networks that give each pixel a class, built by a recipe: segnetLayers, deeplabv3plusLayers, deeplabv3plus.

Layers are named and ordered as MATLAB's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import begun_network
from cnnscript.builtins.networks.network_making import without_outputs
from cnnscript.builtins.networks.network_objects import LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.networks.residual_networks import added, whole_numbers
from cnnscript.builtins.registry import builtin
from cnnscript.engine.convolution_layers import Convolution, TransposedConvolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.output_layers import PixelClassificationOutput
from cnnscript.engine.pointwise_layers import BatchNormalization, DepthConcatenation, ReLU, Softmax
from cnnscript.engine.pooling_layers import MaxPooling, MaxUnpooling
from cnnscript.engine.spatial_layers import Crop2D
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.text import text_or_none

SAME: dict[str, Any] = {"padding_mode": "same", "padding_size": "same"}
RATES = (6, 12, 18)  # dilation of the convolutions of the pyramid, for a backbone that makes images 16 times smaller
PYRAMID, REDUCED = 256, 48  # filters of the pyramid and the decoder, and of what the backbone's early features become


class Backbone(NamedTuple):
    """Where DeepLab takes features from: `early` of a quarter of the image's size, `late` of a sixteenth.

    shrinking: begins the names of the convolutions of the last stage but one.  widened: of the last stage, whose
    strides become 1 and whose convolutions see as far as before by their dilation.
    """

    early: str
    late: str
    shrinking: str = "res4"
    widened: str = "res5"


BACKBONES = {
    "resnet18": Backbone("res2b_relu", "res5b_relu"),
    "resnet50": Backbone("activation_10_relu", "activation_49_relu"),
}
OTHERS = ("mobilenetv2", "xception", "inceptionresnetv2")


def classes_of(value: Any) -> int:
    count = take.positive(value, "numClasses")
    if count < 2:
        raise ScriptError("vision:semanticseg:numClassesTooSmall", "Expected numClasses to be greater than 1.")
    return count


# --------------------------------------------------------------------------------------------------------------- SegNet
@builtin(name="segnetLayers")
def segnet_layers(
    session, imageSize, numClasses, encoderDepth, /, *, NumConvolutionLayers=2.0, NumOutputChannels=64.0, FilterSize=3.0
):
    """
    lgraph = segnetLayers(imageSize,numClasses,encoderDepth)
    lgraph = segnetLayers(imageSize,numClasses,encoderDepth,Name=Value)

    The layers of a SegNet, which gives each pixel a class (arXiv:1511.00561).

    The encoder has encoderDepth sections of convolutions, each ended by a max pooling that halves the image; the
    decoder mirrors it, and its unpoolings put numbers back to where the poolings found their largest. The convolutions
    begin with random weights and biases of 0. The forms with 'vgg16' and 'vgg19' are not in cnnscript yet.

    Options
      NumConvolutionLayers  convolutions in each section: a number, or one for each section (2)
      NumOutputChannels     filters in each section of the encoder: a number, or one for each section (64)
      FilterSize            height and width of the convolutions, odd (3)

    Examples
      >> lgraph = segnetLayers([64 64 3],2,4)
      lgraph =
        LayerGraph with properties:
           InputNames: {'inputImage'}
          OutputNames: {'pixelLabels'}
               Layers: [59×1 nnet.cnn.layer.Layer]
          Connections: [66×2 table]
      >> lgraph = segnetLayers([64 64 3],2,2,NumConvolutionLayers=[1 2],NumOutputChannels=[8 16]);
      >> lgraph.Layers(9).Name
      ans =
          'encoder2_conv2'

    See also unetLayers, deeplabv3plusLayers, analyzeNetwork, maxUnpooling2dLayer.
    """
    size = checks.as_argument("imageSize", checks.image_size, imageSize)
    classes = classes_of(numClasses)
    if (model := text_or_none(encoderDepth)) is not None:
        take.choice(model, ("vgg16", "vgg19"), "model")
        raise ScriptError(
            "cnnscript:NotYet", f"A SegNet made of {model} is not in cnnscript yet.",
            hint="segnetLayers(imageSize,numClasses,5) has as many sections, without trained weights",
        )  # fmt: skip
    depth = take.positive(encoderDepth, "encoderDepth")
    counts = for_each_section(NumConvolutionLayers, "NumConvolutionLayers", depth)
    filters = for_each_section(NumOutputChannels, "NumOutputChannels", depth)
    window = checks.as_argument("FilterSize", checks.pair, FilterSize)
    if not all(side % 2 for side in window):
        raise ScriptError("vision:semanticseg:filterSizeNotOdd", "Expected FilterSize to be odd.")
    if min(size[:2]) < 2**depth:
        raise ScriptError(
            "vision:semanticseg:imageTooSmall",
            f"The height and width of the image must be at least {2**depth} for an encoder depth of {depth}.",
            notes=(f"the image is {size[0]}x{size[1]}",),
        )
    return LayerGraph(segnet(size, classes, counts, filters, window))


def for_each_section(value: Any, name: str, depth: int) -> tuple[int, ...]:
    numbers = whole_numbers(value, name)
    if len(numbers) not in (1, depth):
        raise ScriptError(
            "vision:semanticseg:wrongNumberOfSections",
            f"Expected {name} to be a scalar or a vector of as many elements as the encoder depth, which is {depth}.",
            notes=(f"it has {len(numbers)} elements",),
        )
    return numbers * (depth // len(numbers))


def segnet(
    size: tuple[int, int, int], classes: int, counts: tuple[int, ...], filters: tuple[int, ...], window: tuple[int, int]
) -> LayeredGraph[LayerObject]:
    """counts, filters: convolutions and their filters in each section of the encoder."""
    layers: list[Layer] = [ImageInput(name="inputImage", input_size=size)]
    depth = len(counts)
    for section, (count, wide) in enumerate(zip(counts, filters, strict=True), 1):
        for k in range(1, count + 1):
            layers += convolved(f"encoder{section}", k, wide, window)
        pool = MaxPooling(name=f"encoder{section}_maxpool", pool_size=(2, 2), stride=(2, 2), has_unpooling_outputs=True)
        layers.append(pool)
    for section in range(depth, 0, -1):
        layers.append(MaxUnpooling(name=f"decoder{section}_unpool"))
        for k in range(counts[section - 1], 0, -1):
            # The last gives as many channels as the section before it, whose unpooling needs them, or the classes.
            wide = filters[section - 1] if k > 1 else filters[section - 2] if section > 1 else classes
            layers += convolved(f"decoder{section}", k, wide, window)
    layers += [Softmax(name="softmax"), PixelClassificationOutput(name="pixelLabels")]
    graph = LayeredGraph.in_series([LayerObject(layer) for layer in layers])
    for section in range(1, depth + 1):
        for port in ("indices", "size"):
            graph = graph.connected(f"encoder{section}_maxpool/{port}", f"decoder{section}_unpool/{port}")
    return graph


def convolved(section: str, k: int, filters: int, window: tuple[int, int]) -> list[Layer]:
    """A convolution that keeps the size, its normalisation and its ReLU."""
    high, wide = window[0] // 2, window[1] // 2
    layer = Convolution(
        name=f"{section}_conv{k}", filter_size=window, num_filters=filters, padding_size=(high, high, wide, wide)
    )
    learning = layer.with_learning(WeightsInitializer="he", BiasLearnRateFactor=0.0)
    return [learning, BatchNormalization(name=f"{section}_bn_{k}"), ReLU(name=f"{section}_relu_{k}")]


# -------------------------------------------------------------------------------------------------------------- DeepLab
@builtin(name="deeplabv3plusLayers")
def deeplab_layers(session, imageSize, numClasses, network, /, *, DownsamplingFactor=16.0):
    """
    lgraph = deeplabv3plusLayers(imageSize,numClasses,network)
    lgraph = deeplabv3plusLayers(imageSize,numClasses,network,DownsamplingFactor=16)

    The layers of a DeepLab v3+, which gives each pixel a class (arXiv:1802.02611), on a trained network.

    network is 'resnet18' or 'resnet50', whose weights are used (resnet18 tells how they come). Its last stage keeps
    the size of its input and sees as far by dilation; a pyramid of dilated convolutions follows, and a decoder that
    joins what comes of it with early features. The layers that enlarge are bilinear and do not learn. Networks on
    'mobilenetv2', 'xception' and 'inceptionresnetv2' are not in cnnscript yet.

    Options
      DownsamplingFactor  how many times smaller than the image the network's features are: 16 (default)

    Examples
      >> try, deeplabv3plusLayers([256 256 1],5,'resnet18'), catch e, disp(e.message), end
      Expected imageSize to have 3 channels, as 'resnet18' takes RGB images.

    See also segnetLayers, unetLayers, resnet18, analyzeNetwork.
    """
    size = checks.as_argument("imageSize", checks.image_size, imageSize)
    classes = classes_of(numClasses)
    name = take.choice(network, (*BACKBONES, *OTHERS), "network")
    if name in OTHERS:
        raise ScriptError(
            "cnnscript:NotYet", f"A DeepLab v3+ on {name} is not in cnnscript yet.",
            hint=f"those on {' and '.join(BACKBONES)} are",
        )  # fmt: skip
    if take.positive(DownsamplingFactor, "DownsamplingFactor") != 16:
        raise ScriptError(
            "cnnscript:NotYet", "A DeepLab v3+ with a 'DownsamplingFactor' other than 16 is not in cnnscript yet."
        )
    if size[2] != 3:
        raise ScriptError(
            "vision:semanticseg:imageNotRGB",
            f"Expected imageSize to have 3 channels, as '{name}' takes RGB images.",
            notes=(f"it is {'x'.join(map(str, size))}",),
        )
    return LayerGraph(deeplab(session.zoo.network(name), BACKBONES[name], size, classes))


@builtin(name="deeplabv3plus")
def deeplab_network(session, imageSize, numClasses, network, /, *, DownsamplingFactor=16.0):
    """
    net = deeplabv3plus(imageSize,numClasses,network)
    net = deeplabv3plus(imageSize,numClasses,network,DownsamplingFactor=16)

    A DeepLab v3+ as a dlnetwork that ends in scores of classes for each pixel, for trainnet.

    It has the layers of deeplabv3plusLayers, which says what the arguments are, but for the output layer.

    Options
      DownsamplingFactor  how many times smaller than the image the network's features are: 16 (default)

    Examples
      >> try, deeplabv3plus([256 256 1],5,'resnet18'), catch e, disp(e.message), end
      Expected imageSize to have 3 channels, as 'resnet18' takes RGB images.

    See also deeplabv3plusLayers, unet, trainnet, semanticseg.
    """
    made = deeplab_layers(session, imageSize, numClasses, network, DownsamplingFactor=DownsamplingFactor)
    graph = without_outputs(made.graph)
    return DLNetwork(graph, begun_network(session, graph))


def deeplab(trained: Any, backbone: Backbone, size: tuple[int, int, int], classes: int) -> LayeredGraph[LayerObject]:
    """The layers of a trained network up to its last features, and what makes classes of pixels of them."""
    graph: LayeredGraph[LayerObject] = NetworkObject(trained).graph
    graph = graph.without_layers([layer.name for layer in graph.layers[graph.place(backbone.late) + 1 :]])
    graph = graph.with_holders([adapted(holder, backbone, size) for holder in graph.holders])
    entry = graph.layers[0].name
    for k, rate in enumerate((1, *RATES), 1):
        window = (1, 1) if k == 1 else (3, 3)
        branch = learnt(f"aspp_Conv_{k}", window, PYRAMID, rate)
        graph = added(graph, [branch, BatchNormalization(name=f"aspp_BatchNorm_{k}"), ReLU(name=f"aspp_Relu_{k}")])
        graph = graph.connected(backbone.late, branch.name)
    graph = added(graph, [DepthConcatenation(name="catAspp", num_inputs=4), *reduced(1, PYRAMID)])
    for k in range(1, 5):
        graph = graph.connected(f"aspp_Relu_{k}", f"catAspp/in{k}")
    graph = graph.with_layers([enlarging("dec_upsample1", PYRAMID)]).connected("dec_relu1", "dec_upsample1")
    graph = added(graph, [Crop2D(name="dec_crop1")]).connected("dec_upsample1", "dec_crop1/in")
    graph = added(graph, reduced(2, REDUCED)).connected(backbone.early, "dec_c2")
    graph = graph.connected("dec_relu2", "dec_crop1/ref")
    joined: list[Layer] = [DepthConcatenation(name="dec_cat1", num_inputs=2)]
    for k in (3, 4):
        joined += [learnt(f"dec_c{k}", (3, 3), PYRAMID), *after(k)]
    graph = added(graph, [*joined, learnt("scorer", (1, 1), classes, padding={})])
    graph = graph.connected("dec_relu2", "dec_cat1/in1").connected("dec_crop1", "dec_cat1/in2")
    graph = graph.with_layers([enlarging("dec_upsample2", classes)]).connected("scorer", "dec_upsample2")
    ending = [Crop2D(name="dec_crop2"), Softmax(name="softmax-out"), PixelClassificationOutput(name="classification")]
    return added(graph, ending).connected("dec_upsample2", "dec_crop2/in").connected(entry, "dec_crop2/ref")


def adapted(holder: LayerObject, backbone: Backbone, size: tuple[int, int, int]) -> LayerObject:
    """A layer of the backbone, with its numbers: for images of that size, and without the last stage's strides."""
    layer = holder.layer
    if isinstance(layer, ImageInput):
        layer = replace(layer, input_size=size)
    elif isinstance(layer, Convolution):
        strided, small = max(layer.stride) > 1, layer.filter_size == (1, 1)
        if layer.name.startswith(backbone.shrinking) and strided:
            layer = replace(layer, **SAME)
        elif layer.name.startswith(backbone.widened):
            layer = replace(layer, stride=(1, 1))
            if not small:
                # What had the stride still sees its input as it was; all after it sees it twice as large.
                layer = replace(layer, dilation_factor=(1, 1) if strided else (2, 2), **SAME)
    return LayerObject(layer, holder.network, holder.given, holder.holder)


def learnt(name: str, window: tuple[int, int], filters: int, rate: int = 1, padding: Any = SAME) -> Layer:
    """A convolution that learns ten times as fast as the backbone, without a bias that learns."""
    layer = Convolution(name=name, filter_size=window, num_filters=filters, dilation_factor=(rate, rate), **padding)
    return layer.with_learning(WeightLearnRateFactor=10.0, BiasLearnRateFactor=0.0)


def after(k: int) -> list[Layer]:
    return [BatchNormalization(name=f"dec_bn{k}"), ReLU(name=f"dec_relu{k}")]


def reduced(k: int, filters: int) -> list[Layer]:
    """A 1×1 convolution of the decoder, its normalisation and its ReLU."""
    return [learnt(f"dec_c{k}", (1, 1), filters, padding={}), *after(k)]


def enlarging(name: str, channels: int) -> LayerObject:
    """A transposed convolution that makes maps four times as large, each by bilinear interpolation."""
    layer = TransposedConvolution(
        name=name, filter_size=(8, 8), num_filters=channels, num_channels=channels, stride=(4, 4),
        cropping_size=(2, 2, 2, 2),
    ).with_learning(WeightLearnRateFactor=0.0, BiasLearnRateFactor=0.0)  # fmt: skip
    tent = 1 - np.abs(np.arange(8) - 3.5) / 4
    weights = np.zeros((8, 8, channels, channels), np.float32, order="F")
    weights[:, :, np.arange(channels), np.arange(channels)] = np.outer(tent, tent)[:, :, None]
    return LayerObject(layer, given={"Weights": weights, "Bias": np.zeros((1, 1, channels), np.float32)})
