"""MATLAB's networks by name: alexnet, googlenet, squeezenet, resnet50, ...

Each is declared from a row of facts; what its layers are is data of the engine (engine/networks/*.tsv).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.architectures import Architecture
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.values import take

TRAINED_ON = {"imagenet": "the 1000 classes of ImageNet", "places365": "the 365 classes of Places365"}


class Facts(NamedTuple):
    """What the help of a network says.  weights: how they come; others: data sets besides ImageNet; note: what to know
    of its layers' names."""

    title: str
    layers: int
    size: str
    paper: str
    kind: str = "DAGNetwork"
    weights: str = ""
    others: tuple[str, ...] = ()
    note: str = ""


NETWORKS = {
    "alexnet": Facts("AlexNet", 25, "227×227×3", "Krizhevsky 2012", "SeriesNetwork", "244 MB"),
    "vgg16": Facts("VGG-16", 41, "224×224×3", "arXiv:1409.1556", "SeriesNetwork", "553 MB"),
    "vgg19": Facts("VGG-19", 47, "224×224×3", "arXiv:1409.1556", "SeriesNetwork", "575 MB"),
    "squeezenet": Facts("SqueezeNet v1.1", 68, "227×227×3", "arXiv:1602.07360"),
    "googlenet": Facts("GoogLeNet", 144, "224×224×3", "arXiv:1409.4842", weights="28 MB", others=("places365",)),
    "resnet18": Facts("ResNet-18", 71, "224×224×3", "arXiv:1512.03385", weights="45 MB"),
    "resnet50": Facts("ResNet-50", 177, "224×224×3", "arXiv:1512.03385", weights="103 MB"),
    "resnet101": Facts("ResNet-101", 347, "224×224×3", "arXiv:1512.03385", weights="180 MB"),
    "mobilenetv2": Facts("MobileNet-v2", 154, "224×224×3", "arXiv:1801.04381", weights="15 MB"),
    "inceptionv3": Facts("Inception-v3", 315, "299×299×3", "arXiv:1512.00567", weights="96 MB"),
    "inceptionresnetv2": Facts("Inception-ResNet-v2", 824, "299×299×3", "arXiv:1602.07261", weights="225 MB"),
    "xception": Facts("Xception", 170, "299×299×3", "arXiv:1610.02357", weights="92 MB"),
    "densenet201": Facts("DenseNet-201", 708, "224×224×3", "arXiv:1608.06993", weights="82 MB"),
    "shufflenet": Facts("ShuffleNet", 172, "224×224×3", "arXiv:1707.01083", weights="6 MB"),
    "darknet19": Facts("Darknet-19", 64, "256×256×3", "arXiv:1612.08242", "SeriesNetwork", "80 MB"),
    "darknet53": Facts("Darknet-53", 184, "256×256×3", "arXiv:1804.02767", weights="159 MB"),
    "efficientnetb0": Facts("EfficientNet-B0", 290, "224×224×3", "arXiv:1905.11946", weights="22 MB"),
    "nasnetmobile": Facts(
        "NASNet-A Mobile", 913, "224×224×3", "arXiv:1707.07012", weights="24 MB",
        note="Its layers are named by the rule that nasnetlarge's follow in MATLAB.",
    ),
    "nasnetlarge": Facts("NASNet-A Large", 1243, "331×331×3", "arXiv:1707.07012", weights="360 MB"),
}
# where the description and the weights of a network trained on other data have a name of their own
NAMES = {("googlenet", "places365"): "places365googlenet"}


def pretrained(session: Any, name: str, weights: Any) -> Any:
    """The network of that name, or for 'none' its untrained layers: a Layer array where they are in series."""
    chosen = take.choice(weights, ("imagenet", *NETWORKS[name].others, "none"), "Weights")
    if chosen != "none":
        return NetworkObject(session.zoo.network(NAMES.get((name, chosen), name)))
    return untrained(session.zoo.architecture(name))


def untrained(architecture: Architecture) -> LayerArray | LayerGraph:
    """The layers of a network without weights: a Layer array where they are in series."""
    bare = without_data(architecture)
    if bare.kind == "series":
        return LayerArray.of(LayerObject(layer) for layer in bare.layers)
    return LayerGraph.of_architecture(bare)


def without_data(architecture: Architecture) -> Architecture:
    """A description without what comes from training data: the mean of the images, the names of the classes."""
    layers = []
    for layer in architecture.layers:
        if isinstance(layer, ImageInput):
            layer = replace(layer, mean=None, standard_deviation=None, min=None, max=None)
        elif isinstance(layer, ClassificationOutput):
            layer = replace(layer, classes=())
        layers.append(layer)
    return replace(architecture, layers=tuple(layers))


def declare(name: str) -> None:
    """Declare the function of one network."""
    facts = NETWORKS[name]
    series = facts.kind == "SeriesNetwork"
    made, shape = ("layers", "Layer array") if series else ("lgraph", "LayerGraph")
    come = (
        f"Its weights ({facts.weights}) are fetched once, or taken from the folder in CNNSCRIPT_WEIGHTS; where they\n"
        "    are not to be had, the error says what may be done."
        if facts.weights
        else "Its weights come with cnnscript (4.9 MB)."
    )
    other = "".join(f", {data!r}: {TRAINED_ON[data]}" for data in facts.others)
    if facts.note:
        come += "\n    " + facts.note
    count = "numel(layers)" if series else "numel(lgraph.Layers)"
    syntax = "".join(f"    net = {name}('Weights','{data}')\n" for data in ("imagenet", *facts.others))

    printed = f"{facts.layers:>{3 if facts.layers < 1000 else 9}}"  # as numbers of four digits are printed

    def network(session, /, *, Weights="imagenet"):
        return pretrained(session, name, Weights)

    network.__doc__ = f"""
    net = {name}
{syntax}    {made} = {name}('Weights','none')

    {facts.title}, trained on the 1000 classes of ImageNet.

    A {facts.kind} of {facts.layers} layers that takes {facts.size} images ({facts.paper}).
    {come}

    Options
      Weights  'imagenet' (default): trained{other}; 'none': the layers only, as a {shape}

    Examples
{EXAMPLES.get(name) or EXAMPLE.format(made=made, name=name, count=count, layers=printed)}

    See also {"alexnet" if name != "alexnet" else "squeezenet"}, activations, classify.
    """
    builtin(network, name=name)


EXAMPLE = """\
      >> {made} = {name}('Weights','none'); {count}
      ans =
         {layers}"""
EXAMPLES = {
    "alexnet": """\
      >> layers = alexnet('Weights','none');
      >> layers(1:4)
      ans =
        4×1 Layer array with layers:
           1   'data'    Image Input                   227×227×3 images with 'zerocenter' normalization
           2   'conv1'   2-D Convolution               96 11×11 convolutions with stride [4  4] and padding [0  0  0  0]
           3   'relu1'   ReLU                          ReLU
           4   'norm1'   Cross Channel Normalization   cross channel normalization with 5 channels per element""",
    "squeezenet": """\
      >> net = squeezenet
      net =
        DAGNetwork with properties:
               Layers: [68×1 nnet.cnn.layer.Layer]
          Connections: [75×2 table]
           InputNames: {'data'}
          OutputNames: {'ClassificationLayer_predictions'}
      >> lgraph = squeezenet('Weights','none');
      >> lgraph.Layers(2)
      ans =
        Convolution2DLayer with properties:
                    Name: 'conv1'
         Hyperparameters
              FilterSize: [3 3]
             NumChannels: 'auto'
              NumFilters: 64
                  Stride: [2 2]
          DilationFactor: [1 1]
             PaddingMode: 'manual'
             PaddingSize: [0 0 0 0]
            PaddingValue: 0
         Learnable Parameters
                 Weights: []
                    Bias: []
        Show all properties""",
}

for _name in NETWORKS:
    declare(_name)
