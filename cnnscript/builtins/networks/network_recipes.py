"""Networks built by a recipe: unetLayers, unet; and addInputLayer."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.graph_surgery import graph_behind, layers_in, named_layers, remade
from cnnscript.builtins.networks.network_building import begun_network
from cnnscript.builtins.networks.network_making import initialized, without_outputs
from cnnscript.builtins.networks.network_objects import LayerGraph, LayerObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.convolution_layers import Convolution, TransposedConvolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.output_layers import PixelClassificationOutput
from cnnscript.engine.pointwise_layers import DepthConcatenation, Dropout, ReLU, Softmax
from cnnscript.engine.pooling_layers import MaxPooling
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm


@builtin(name="unetLayers", outputs=2)
def unet_layers(
    session, nargout, imageSize, numClasses, /, *, EncoderDepth=4.0, NumFirstEncoderFilters=64.0, FilterSize=3.0,
    ConvolutionPadding="same",
):  # fmt: skip
    """
    lgraph = unetLayers(imageSize,numClasses)
    [lgraph,outputSize] = unetLayers(imageSize,numClasses)
    lgraph = unetLayers(imageSize,numClasses,Name=Value)

    The layers of a U-Net, which gives each pixel a class (arXiv:1505.04597).

    imageSize is [height width] or [height width channels], each side a multiple of 2^EncoderDepth. The convolutions
    pad their input ('same'), so that the output is as large as the input.

    Options
      EncoderDepth            how often the encoder halves the image (4)
      NumFirstEncoderFilters  filters of the first stage; each further stage has twice as many (64)
      FilterSize              height and width of the convolutions (3)
      ConvolutionPadding      'same' (default)

    Examples
      >> lgraph = unetLayers([480 640 3],5)
      lgraph =
        LayerGraph with properties:
           InputNames: {'ImageInputLayer'}
          OutputNames: {'Segmentation-Layer'}
               Layers: [58×1 nnet.cnn.layer.Layer]
          Connections: [61×2 table]
      >> lgraph = unetLayers([32 32],2,EncoderDepth=2,NumFirstEncoderFilters=8);
      >> numel(lgraph.Layers)
      ans =
          34

    See also unet, layerGraph, analyzeNetwork, assembleNetwork.
    """
    graph, sides = unet_of(imageSize, numClasses, EncoderDepth, NumFirstEncoderFilters, FilterSize, ConvolutionPadding)
    return (LayerGraph(graph), sides) if nargout > 1 else LayerGraph(graph)


@builtin(name="unet", outputs=2)
def unet_network(
    session, nargout, imageSize, numClasses, /, *, EncoderNetwork=None, EncoderDepth=4.0, NumFirstEncoderFilters=64.0,
    FilterSize=3.0, ConvolutionPadding="same",
):  # fmt: skip
    """
    net = unet(imageSize,numClasses)
    [net,outputSize] = unet(imageSize,numClasses)
    net = unet(imageSize,numClasses,Name=Value)

    A U-Net as a dlnetwork that ends in scores of classes for each pixel, for trainnet; its layers begin at random.

    It has the layers of unetLayers, which says what the arguments are, but for the output layer. An encoder of your own
    is not in cnnscript yet.

    Options
      EncoderNetwork          a dlnetwork that encodes: only by its default, none
      EncoderDepth            how often the encoder halves the image (4)
      NumFirstEncoderFilters  filters of the first stage; each further stage has twice as many (64)
      FilterSize              height and width of the convolutions (3)
      ConvolutionPadding      'same' (default)

    Examples
      >> net = unet([16 16 3],4,EncoderDepth=1,NumFirstEncoderFilters=4); class(net)
      ans =
          'dlnetwork'
      >> [net,outputSize] = unet([16 16],2,EncoderDepth=1,NumFirstEncoderFilters=4); outputSize
      outputSize =
          16    16     2
      >> size(predict(net,rand(16,16,1,3)))
      ans =
          16    16     2     3

    See also unetLayers, deeplabv3plus, trainnet, semanticseg.
    """
    if EncoderNetwork is not None:
        raise ScriptError("cnnscript:NotYet", "A U-Net on an encoder of your own is not in cnnscript yet.")
    graph, sides = unet_of(imageSize, numClasses, EncoderDepth, NumFirstEncoderFilters, FilterSize, ConvolutionPadding)
    graph = without_outputs(graph)
    net = DLNetwork(graph, begun_network(session, graph))
    return (net, sides) if nargout > 1 else net


def unet_of(imageSize: Any, numClasses: Any, EncoderDepth: Any, NumFirstEncoderFilters: Any, FilterSize: Any,
            ConvolutionPadding: Any) -> tuple[LayeredGraph[LayerObject], Any]:  # fmt: skip
    """The layers of a U-Net of checked arguments, and the size of its output as a row."""
    size = checks.as_argument("imageSize", checks.image_size, imageSize)
    classes = take.positive(numClasses, "numClasses")
    if classes < 2:
        raise ScriptError("vision:semanticseg:numClassesTooSmall", "Expected numClasses to be greater than 1.")
    depth = take.positive(EncoderDepth, "EncoderDepth")
    filters = take.positive(NumFirstEncoderFilters, "NumFirstEncoderFilters")
    window = checks.as_argument("FilterSize", checks.pair, FilterSize)
    if take.choice(ConvolutionPadding, ("same", "valid"), "ConvolutionPadding") == "valid":
        raise ScriptError(
            "cnnscript:NotYet", "A U-Net without padding ('ConvolutionPadding' 'valid') is not in cnnscript yet."
        )
    if size[0] % 2**depth or size[1] % 2**depth:
        raise ScriptError(
            "vision:semanticseg:imageSizeNotMultiple",
            f"Each side of the image must be a multiple of 2^EncoderDepth, which is {2**depth}.",
            notes=(f"the image is {size[0]}x{size[1]}",),
        )
    return unet(size, classes, depth, filters, window), norm(np.array([[*size[:2], classes]], float))


def unet(size: tuple[int, int, int], classes: int, depth: int, filters: int, window: tuple[int, int]
         ) -> LayeredGraph[LayerObject]:  # fmt: skip
    """A U-Net under MATLAB's names: the way down, the bridge, the way up, and the joins between."""
    layers: list[Layer] = [ImageInput(name="ImageInputLayer", input_size=size)]
    joins: list[str] = []  # what each encoder stage hands over to a decoder stage
    for stage in range(1, depth + 1):
        layers += pair_of(f"Encoder-Stage-{stage}", filters * 2 ** (stage - 1), window)
        if stage == depth:
            layers.append(Dropout(name=f"Encoder-Stage-{stage}-DropOut", probability=0.5))
        joins.append(layers[-1].name)
        layers.append(MaxPooling(name=f"Encoder-Stage-{stage}-MaxPool", pool_size=(2, 2), stride=(2, 2)))
    layers += pair_of("Bridge", filters * 2**depth, window)
    layers.append(Dropout(name="Bridge-DropOut", probability=0.5))
    for stage in range(1, depth + 1):
        count, name = filters * 2 ** (depth - stage), f"Decoder-Stage-{stage}"
        up = TransposedConvolution(name=f"{name}-UpConv", filter_size=(2, 2), num_filters=count, stride=(2, 2))
        layers += [
            up.with_learning(WeightsInitializer="he"), ReLU(name=f"{name}-UpReLU"),
            DepthConcatenation(name=f"{name}-DepthConcatenation", num_inputs=2), *pair_of(name, count, window),
        ]  # fmt: skip
    final = Convolution(name="Final-ConvolutionLayer", filter_size=(1, 1), num_filters=classes, **SAME)
    layers += [final.with_learning(WeightsInitializer="he"), Softmax(name="Softmax-Layer"),
               PixelClassificationOutput(name="Segmentation-Layer")]  # fmt: skip
    graph = LayeredGraph.in_series([LayerObject(layer) for layer in layers])
    for stage, giver in enumerate(reversed(joins), 1):
        graph = graph.connected(giver, f"Decoder-Stage-{stage}-DepthConcatenation/in2")
    return graph


SAME: dict[str, Any] = {"padding_mode": "same", "padding_size": "same"}


def pair_of(stage: str, count: int, window: tuple[int, int]) -> list[Layer]:
    """Two convolutions with their ReLUs."""
    layers: list[Layer] = []
    for k in (1, 2):
        convolution = Convolution(name=f"{stage}-Conv-{k}", filter_size=window, num_filters=count, **SAME)
        layers += [convolution.with_learning(WeightsInitializer="he"), ReLU(name=f"{stage}-ReLU-{k}")]
    return layers


@builtin(name="addInputLayer")
def add_input_layer(session, net, layer, inputName=None, /, *, Initialize=True):
    """
    net = addInputLayer(net,layer)
    net = addInputLayer(net,layer,inputName)
    net = addInputLayer(net,layer,Initialize=false)

    Add an input layer to a dlnetwork or layer graph, before the first input that nothing feeds, or the named one.

    Options
      Initialize  true (default): the weights of a dlnetwork begin at once, where nothing but input layers feeds it

    Examples
      >> net = dlnetwork([convolution2dLayer(3,8); reluLayer],Initialize=false);
      >> net = addInputLayer(net,imageInputLayer([28 28 1],Name="in"));
      >> net.InputNames, net.Initialized
      ans =
        1×1 cell array
          {'in'}
      ans =
        logical
         1
      >> net = dlnetwork(additionLayer(2,Name="add"),Initialize=false);
      >> net = addInputLayer(net,imageInputLayer([4 4 1]),"add/in2");
      >> net.InputNames
      ans =
        1×2 cell array
          {'imageinput'}    {'add/in1'}

    See also addLayers, connectLayers, dlnetwork, initialize.
    """
    wanted = checks.as_argument("Initialize", checks.flag, Initialize)
    graph = graph_behind(net, "addInputLayer")
    added = layers_in(layer)
    if len(added) != 1 or added[0].layer.input_names:
        raise ScriptError(
            "nnet_cnn:dlnetwork:NotAnInputLayer", "The layer to add must be an input layer.",
            hint="imageInputLayer([height width channels]) makes one",
        )  # fmt: skip
    opened = [graph.written(name, port, "input") for name, port in graph.open_inputs()]
    if not opened:
        raise ScriptError("nnet_cnn:dlnetwork:NoOpenInput", "The network has no unconnected inputs.")
    goal = opened[0] if inputName is None else take.text(inputName, "inputName")
    (made,) = named_layers(layer, "addInputLayer", graph)
    grown = remade(net, graph.with_layers([made]).connected(made.layer.name, goal))
    if wanted and isinstance(grown, DLNetwork) and not grown.graph.open_inputs():
        return initialized(session, grown, ())
    return grown
