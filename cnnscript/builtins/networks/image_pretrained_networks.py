"""The newer way to pretrained networks: imagePretrainedNetwork gives a dlnetwork, networkHead what to retrain."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Any

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import begun_network
from cnnscript.builtins.networks.network_making import without_outputs
from cnnscript.builtins.networks.network_objects import LayerGraph, LayerObject, graph_of
from cnnscript.builtins.networks.pretrained_networks import NAMES, NETWORKS, without_data
from cnnscript.builtins.registry import builtin
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Softmax
from cnnscript.engine.recorded_networks import labels_of
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import string_array

# MATLAB's name → ours; 'googlenet-places365' and others like it are the data set after the network
CHOICES = {
    **{name: name for name in NETWORKS},
    **{f"{name}-{data}": NAMES[name, data] for name, data in NAMES},
}


@builtin(name="imagePretrainedNetwork", outputs=2)
def image_pretrained_network(
    session, nargout, name="squeezenet", /, *, Weights="pretrained", NumClasses=float("nan"),
    NumResponses=float("nan"),
):  # fmt: skip
    """
    net = imagePretrainedNetwork
    net = imagePretrainedNetwork(name)
    [net,classNames] = imagePretrainedNetwork(...)
    net = imagePretrainedNetwork(name,Name=Value)

    A pretrained network as a dlnetwork, and the names of its classes.

    name is "squeezenet" (default), "alexnet", "googlenet", "googlenet-places365", "resnet18", "resnet50", "resnet101",
    "vgg16", "vgg19", "mobilenetv2", "inceptionv3", "inceptionresnetv2", "xception", "densenet201", "shufflenet",
    "darknet19", "darknet53", "efficientnetb0", "nasnetmobile" or "nasnetlarge". A network that ends in maps (of one
    pixel) has a flatten layer more, prob_flatten, so that each image has one row of scores. A new head for other
    classes keeps the name of the layer it replaces and begins at random; classNames is empty then.

    Options
      Weights       "pretrained" (default); "none": the layers only, to be initialised
      NumClasses    number of classes of a new head; NaN (default): the head as trained
      NumResponses  number of outputs of a new head for regression, without softmax; NaN (default)

    Examples
      >> [net,classNames] = imagePretrainedNetwork("squeezenet");
      >> net
      net =
        dlnetwork with properties:
               Layers: [68×1 nnet.cnn.layer.Layer]
          Connections: [75×2 table]
           Learnables: [52×3 table]
                State: [0×3 table]
           InputNames: {'data'}
          OutputNames: {'prob_flatten'}
          Initialized: 1
        View summary with summary.
      >> classNames(1)
      ans =
          "tench"
      >> net = imagePretrainedNetwork("resnet18",NumClasses=5,Weights="none");
      >> net.Layers(end-1).OutputSize
      ans =
           5
      >> net = imagePretrainedNetwork("squeezenet",NumResponses=2);
      >> net.Layers(end-3).NumFilters
      ans =
           2

    See also networkHead, setLearnRateFactor, dlnetwork, squeezenet, googlenet, resnet50.
    """
    chosen = CHOICES[take.choice(name, tuple(CHOICES), "name")]
    weights = take.choice(Weights, ("pretrained", "none"), "Weights")
    classes, responses = new_outputs(NumClasses, "NumClasses"), new_outputs(NumResponses, "NumResponses")
    if classes and responses:
        raise ScriptError(
            "nnet_cnn:imagePretrainedNetwork:NumClassesAndNumResponses",
            "The options NumClasses and NumResponses exclude each other.",
        )
    if weights == "none":
        architecture = without_data(session.zoo.architecture(chosen))
        graph = LayerGraph.of_architecture(architecture).graph
    else:
        graph = graph_of(session.zoo.network(chosen))
    outputs = [layer for layer in session.zoo.architecture(chosen).layers if isinstance(layer, ClassificationOutput)]
    names = outputs[0].classes if outputs and not (classes or responses) else ()
    graph = without_outputs(graph)
    if classes or responses:
        graph = with_new_head(graph, classes or responses, bool(responses))
    graph = with_flat_ends(graph)
    net = DLNetwork(graph)
    if weights != "none":
        net = DLNetwork(graph, begun_network(session, graph))
    return (net, string_array(list(names), (len(names), 1))) if nargout > 1 else net


@builtin(name="networkHead", outputs=2)
def network_head(session, nargout, net, /):
    """
    layerName = networkHead(net)
    [layerName,learnableNames] = networkHead(net)

    The last layer of a network with weights, and the paths of its learnable parameters: what transfer learning trains
    fastest.

    It is the helper of MATLAB's examples of transfer learning, where scripts keep it in a file.

    Examples
      >> [layerName,learnableNames] = networkHead(imagePretrainedNetwork("squeezenet"))
      layerName =
          "conv10"
      learnableNames =
        2×1 string array
          "conv10/Weights"
          "conv10/Bias"
      >> layerName = networkHead(imagePretrainedNetwork("resnet18",Weights="none"))
      layerName =
          "fc1000"

    See also imagePretrainedNetwork, freezeNetwork, setLearnRateFactor.
    """
    if not isinstance(net, (DLNetwork, LayerGraph)):
        raise unfit_inputs("networkHead", f"the first input is a {class_of(net)}, and must be a dlnetwork")
    holder = head_of(net.graph)
    paths = [f"{holder.layer.name}/{name}" for name in holder.layer.learnables]
    layer_name = string_array([holder.layer.name])
    return (layer_name, string_array(paths, (len(paths), 1))) if nargout > 1 else layer_name


def new_outputs(value: Any, option: str) -> int:
    """A number of classes or responses; 0 for NaN."""
    number = take.number(value, option)
    return 0 if isnan(number) else take.positive(value, option)


def head_of(graph: LayeredGraph[LayerObject]) -> LayerObject:
    """The last layer with weights."""
    heads = [holder for holder in graph.holders if isinstance(holder.layer, (Convolution, FullyConnected))]
    if not heads:
        raise ScriptError("nnet_cnn:networkHead:NoHead", "The network has no layer with weights.")
    return heads[-1]


def with_new_head(graph: LayeredGraph[LayerObject], count: int, regression: bool) -> LayeredGraph[LayerObject]:
    """The graph, its last layer with weights begun anew with another number of outputs."""
    head = head_of(graph).layer
    changes = {"num_filters": count} if isinstance(head, Convolution) else {"output_size": count}
    graph = graph.with_replaced(head.name, [LayerObject(replace(head, **changes))])
    if regression:
        graph = graph.without_layers([layer.name for layer in graph.layers if isinstance(layer, Softmax)])
    return graph


def with_flat_ends(graph: LayeredGraph[LayerObject]) -> LayeredGraph[LayerObject]:
    """The graph with a flatten layer, name_flatten, behind each output that is still maps."""
    network = Network(graph.layers, graph.sorted_connections())
    for name in network.output_names:
        if labels_of(network, network.number(name)) == "SSCB":
            flat = f"{name}_flatten"
            graph = graph.with_layers([LayerObject(Flatten(name=flat))]).connected(name, flat)
    return graph
