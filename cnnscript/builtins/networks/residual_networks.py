"""Residual networks built by a recipe: resnetLayers, resnetNetwork.

Stacks of residual blocks (arXiv:1512.03385; with the normalisation after the addition arXiv:1603.05027); each stack but
the first begins by halving the image. Layers are named and ordered as MATLAB's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import begun_network
from cnnscript.builtins.networks.network_making import without_outputs
from cnnscript.builtins.networks.network_objects import LayerGraph, LayerObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Addition, BatchNormalization, ReLU, Softmax
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, MaxPooling
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take

EXPANSION = 4  # filters that a bottleneck ends with, for one in its middle
DEPTHS, FILTERS = np.array([[3.0, 4, 6, 3]]), np.array([[64.0, 128, 256, 512]])  # of ResNet-50
POOLINGS = {"max": (MaxPooling, "maxpool1"), "average": (AveragePooling, "avgpool1")}
SAME: dict[str, Any] = {"padding_mode": "same", "padding_size": "same"}


@dataclass(frozen=True)
class Recipe:
    """What a residual network is made of; a block is a bottleneck of three convolutions, or two of 3×3."""

    size: tuple[int, int, int]
    classes: int
    first_window: tuple[int, int]
    first_filters: int
    first_stride: tuple[int, int]
    pooling: str
    normalised_before: bool
    bottleneck: bool
    depths: tuple[int, ...]
    filters: tuple[int, ...]
    normalization: str


@builtin(name="resnetLayers")
def resnet_layers(
    session, inputSize, numClasses, /, *, InitialFilterSize=7.0, InitialNumFilters=64.0, InitialStride=2.0,
    InitialPoolingLayer="max", ResidualBlockType="batchnorm-before-add", BottleneckType="downsample-first-conv",
    StackDepth=DEPTHS, NumFilters=FILTERS, Normalization="zerocenter",
):  # fmt: skip
    """
    lgraph = resnetLayers(inputSize,numClasses)
    lgraph = resnetLayers(inputSize,numClasses,Name=Value)

    The layers of a residual network for classification (arXiv:1512.03385), by default those of ResNet-50.

    Stacks of residual blocks: StackDepth says how many in each, NumFilters how many filters their convolutions have.
    All stacks but the first begin by halving the image. resnetNetwork gives the same as a dlnetwork.

    Options
      InitialFilterSize    height and width of the first convolution (7)
      InitialNumFilters    its filters (64)
      InitialStride        its step (2)
      InitialPoolingLayer  what follows it: 'max' (default), 'average' or 'none'
      ResidualBlockType    'batchnorm-before-add' (default) or 'batchnorm-after-add': where a block normalises last
      BottleneckType       'downsample-first-conv' (default): 1×1, 3×3 and 1×1 convolutions, the last with four times
                           the filters; 'none': two of 3×3
      StackDepth           blocks in each stack ([3 4 6 3])
      NumFilters           filters in each stack ([64 128 256 512])
      Normalization        of the images: 'zerocenter' (default) or 'zscore'

    Examples
      >> lgraph = resnetLayers([224 224 3],10)
      lgraph =
        LayerGraph with properties:
           InputNames: {'input'}
          OutputNames: {'output'}
               Layers: [177×1 nnet.cnn.layer.Layer]
          Connections: [192×2 table]
      >> lgraph = resnetLayers([32 32 3],10,InitialStride=1,StackDepth=[4 3],NumFilters=[16 32],BottleneckType="none");
      >> lgraph.Layers(end-4).Name
      ans =
          'stack2_block3_relu2'

    See also resnetNetwork, resnet50, unetLayers, layerGraph.
    """
    return LayerGraph(residual_graph(recipe(
        inputSize, numClasses, InitialFilterSize, InitialNumFilters, InitialStride, InitialPoolingLayer,
        ResidualBlockType, BottleneckType, StackDepth, NumFilters, Normalization,
    )))  # fmt: skip


@builtin(name="resnetNetwork")
def resnet_network(
    session, inputSize, numClasses, /, *, InitialFilterSize=7.0, InitialNumFilters=64.0, InitialStride=2.0,
    InitialPoolingLayer="max", ResidualBlockType="batchnorm-before-add", BottleneckType="downsample-first-conv",
    StackDepth=DEPTHS, NumFilters=FILTERS, Normalization="zerocenter",
    Initialize=True,
):  # fmt: skip
    """
    net = resnetNetwork(inputSize,numClasses)
    net = resnetNetwork(inputSize,numClasses,Name=Value)

    A residual network for classification as a dlnetwork, by default ResNet-50; its numbers begin at random.

    Options
      InitialFilterSize    height and width of the first convolution (7)
      InitialNumFilters    its filters (64)
      InitialStride        its step (2)
      InitialPoolingLayer  what follows it: 'max' (default), 'average' or 'none'
      ResidualBlockType    'batchnorm-before-add' (default) or 'batchnorm-after-add': where a block normalises last
      BottleneckType       'downsample-first-conv' (default) or 'none'
      StackDepth           blocks in each stack ([3 4 6 3])
      NumFilters           filters in each stack ([64 128 256 512])
      Normalization        of the images: 'zerocenter' (default) or 'zscore'
      Initialize           true (default); false: without numbers

    Examples
      >> net = resnetNetwork([224 224 3],10,Initialize=false)
      net =
        dlnetwork with properties:
               Layers: [176×1 nnet.cnn.layer.Layer]
          Connections: [191×2 table]
           Learnables: [214×3 table]
                State: [106×3 table]
           InputNames: {'input'}
          OutputNames: {'softmax'}
          Initialized: 0
        View summary with summary.
      >> net = resnetNetwork([32 32],4,StackDepth=[1 1],NumFilters=[4 8]);
      >> size(predict(net,dlarray(rand(32,32,1,2),"SSCB")))
      ans =
           4     2

    See also resnetLayers, imagePretrainedNetwork, dlnetwork.
    """
    made = recipe(
        inputSize, numClasses, InitialFilterSize, InitialNumFilters, InitialStride, InitialPoolingLayer,
        ResidualBlockType, BottleneckType, StackDepth, NumFilters, Normalization,
    )  # fmt: skip
    graph = without_outputs(residual_graph(made))
    return DLNetwork(graph, begun_network(session, graph)) if take.flag(Initialize, "Initialize") else DLNetwork(graph)


def recipe(size, classes, window, filters, stride, pooling, block, bottleneck, depths, stack_filters, normalization):
    """The arguments, checked."""
    depths, stack_filters = whole_numbers(depths, "StackDepth"), whole_numbers(stack_filters, "NumFilters")
    if len(depths) != len(stack_filters):
        raise ScriptError(
            "nnet_cnn:resnetLayers:NotEqualVectorSizes",
            "The values of 'StackDepth' and 'NumFilters' must be vectors of the same size.",
            notes=(f"StackDepth has {len(depths)} elements, NumFilters {len(stack_filters)}",),
        )
    made = Recipe(
        checks.as_argument("inputSize", checks.image_size, size), take.positive(classes, "numClasses"),
        checks.as_argument("InitialFilterSize", checks.pair, window), take.positive(filters, "InitialNumFilters"),
        checks.as_argument("InitialStride", checks.pair, stride),
        take.choice(pooling, ("max", "average", "none"), "InitialPoolingLayer"),
        take.choice(block, ("batchnorm-before-add", "batchnorm-after-add"), "ResidualBlockType").endswith("before-add"),
        take.choice(bottleneck, ("downsample-first-conv", "none"), "BottleneckType") != "none",
        depths, stack_filters, take.choice(normalization, ("zerocenter", "zscore"), "Normalization"),
    )  # fmt: skip
    halvings = len(depths) + (made.pooling != "none")
    least = tuple(2**halvings * step for step in made.first_stride)
    if made.size[0] < least[0] or made.size[1] < least[1]:
        raise ScriptError(
            "nnet_cnn:resnetLayers:ImageTooSmallForDepth",
            f"The height and width of the image must be at least {least[0]} and {least[1]} for this network.",
            notes=(f"the image is {made.size[0]}x{made.size[1]}",),
        )
    return made


def whole_numbers(value: Any, name: str) -> tuple[int, ...]:
    """A row of positive whole numbers."""
    return tuple(take.positive(one, name) for one in take.vector(value, name).ravel().tolist())


def residual_graph(made: Recipe) -> LayeredGraph[LayerObject]:
    """All layers, connected: what is first, the stacks, what is last."""
    graph = added(LayeredGraph(), beginning(made))
    last, channels = graph.layers[-1].name, made.first_filters
    for stack, (depth, filters) in enumerate(zip(made.depths, made.filters, strict=True), 1):
        for block in range(1, depth + 1):
            name = f"stack{stack}_block{block}"
            stride, ending = 2 if block == 1 and stack > 1 else 1, filters * (EXPANSION if made.bottleneck else 1)
            inside = block_layers(made, name, filters, stride)
            graph = added(graph, inside).connected(last, inside[0].name)
            beside = last
            if block == 1 and (stack > 1 or channels != ending):
                skip = skip_layers(made, name, ending, stride)
                graph = added(graph, skip).connected(last, skip[0].name)
                beside = skip[-1].name
            graph = graph.connected(beside, f"{name}_add/in2")
            last, channels = inside[-1].name, ending
    ending_layers = [
        GlobalAveragePooling(name="gap"),
        FullyConnected(name="fc", output_size=made.classes).with_learning(WeightsInitializer="he"),
        Softmax(name="softmax"), ClassificationOutput(name="output"),
    ]  # fmt: skip
    return added(graph, ending_layers).connected(last, "gap")


def added(graph: LayeredGraph[LayerObject], layers: list[Layer]) -> LayeredGraph[LayerObject]:
    return graph.with_layers([LayerObject(layer) for layer in layers])


def beginning(made: Recipe) -> list[Layer]:
    layers: list[Layer] = [
        ImageInput(name="input", input_size=made.size, normalization=made.normalization),
        convolution("conv1", made.first_window, made.first_filters, made.first_stride),
        BatchNormalization(name="bn1"), ReLU(name="relu1"),
    ]  # fmt: skip
    if made.pooling in POOLINGS:
        kind, name = POOLINGS[made.pooling]
        layers.append(kind(name=name, pool_size=(3, 3), stride=(2, 2), **SAME))
    return layers


def convolution(name: str, window: tuple[int, int], filters: int, stride: tuple[int, int] = (1, 1), **padding) -> Layer:
    layer = Convolution(name=name, filter_size=window, num_filters=filters, stride=stride, **(padding or SAME))
    return layer.with_learning(WeightsInitializer="he", BiasLearnRateFactor=0.0)


def block_layers(made: Recipe, name: str, filters: int, stride: int) -> list[Layer]:
    """A residual block up to its last ReLU; the addition's second input is open."""
    widths = [(1, filters), (3, filters), (1, EXPANSION * filters)] if made.bottleneck else [(3, filters)] * 2
    layers: list[Layer] = []
    for k, (width, count) in enumerate(widths, 1):
        layers.append(convolution(f"{name}_conv{k}", (width, width), count, (stride, stride) if k == 1 else (1, 1)))
        normalise, addition = BatchNormalization(name=f"{name}_bn{k}"), Addition(name=f"{name}_add", num_inputs=2)
        if k < len(widths):
            layers.append(normalise)
        else:
            layers += [normalise, addition] if made.normalised_before else [addition, normalise]
        layers.append(ReLU(name=f"{name}_relu{k}"))
    return layers


def skip_layers(made: Recipe, name: str, filters: int, stride: int) -> list[Layer]:
    """What a block's input goes through where its size changes."""
    window, step = (1, 1), (stride, stride)
    layers = [convolution(f"{name}_skip_conv", window, filters, step, padding_size=(0, 0, 0, 0))]
    return [*layers, BatchNormalization(name=f"{name}_skip_bn")] if made.normalised_before else layers
