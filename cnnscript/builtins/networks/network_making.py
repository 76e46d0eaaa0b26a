"""Networks made of layers: assembleNetwork, dlnetwork, initialize, SeriesNetwork, dag2dlnetwork."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.graph_surgery import named_layers
from cnnscript.builtins.networks.network_building import assembled_network, begun_network
from cnnscript.builtins.networks.network_objects import LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.layers import Layer
from cnnscript.engine.network_checks import refusal, survey
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, is_numeric, size_of, size_text


@builtin(name="assembleNetwork")
def assemble_network(session, layers, /):
    """
    net = assembleNetwork(layers)
    net = assembleNetwork(lgraph)

    A network of layers that have their weights, without training.

    The result is a SeriesNetwork where each layer feeds the next, otherwise a DAGNetwork; it can be asked for
    predictions. What is missing (connections, weights, classes, an output layer) is an error that names it all.

    Examples
      >> lgraph = layerGraph(squeezenet);
      >> lgraph = replaceLayer(lgraph,'relu_conv10',leakyReluLayer(0.1,Name='leaky'));
      >> net = assembleNetwork(lgraph)
      net =
        DAGNetwork with properties:
               Layers: [68×1 nnet.cnn.layer.Layer]
          Connections: [75×2 table]
           InputNames: {'data'}
          OutputNames: {'ClassificationLayer_predictions'}

    See also layerGraph, dlnetwork, replaceLayer.
    """
    return NetworkObject(assembled_network(graph_of_argument(layers, "assembleNetwork")))


@builtin(name="SeriesNetwork")
def series_network(session, layers, /):
    """
    net = SeriesNetwork(layers)

    A network of layers that have their weights, each feeding the next.

    Examples
      >> net = SeriesNetwork([imageInputLayer([1 1 2],Normalization='none'); softmaxLayer; regressionLayer]);
      >> class(net)
      ans =
          'SeriesNetwork'

    See also assembleNetwork, layerGraph, dlnetwork.
    """
    return NetworkObject(assembled_network(graph_of_argument(layers, "SeriesNetwork")))


@builtin(name="dlnetwork")
def dl_network(session, layers=None, /, *examples, Initialize=True):
    """
    net = dlnetwork
    net = dlnetwork(layers)
    net = dlnetwork(lgraph)
    net = dlnetwork(layers,'Initialize',false)

    A network without output layers, for custom training and for questions about its insides.

    The weights of layers that have none begin by their initialisers, drawn from the random numbers of rng. An empty
    dlnetwork, or one with Initialize false, has none until initialize.

    Options
      Initialize  true (default): weights begin at once, where the network has an input layer

    Examples
      >> net = dlnetwork([imageInputLayer([28 28 1]); convolution2dLayer(3,8); reluLayer])
      net =
        dlnetwork with properties:
               Layers: [3×1 nnet.cnn.layer.Layer]
          Connections: [2×2 table]
           Learnables: [2×3 table]
                State: [0×3 table]
           InputNames: {'imageinput'}
          OutputNames: {'relu'}
          Initialized: 1
        View summary with summary.
      >> net = addLayers(dlnetwork,reluLayer(Name='a'));
      >> net.Initialized
      ans =
        logical
         0

    See also initialize, layerGraph, addLayers, imagePretrainedNetwork, summary.
    """
    wanted = take.flag(Initialize, "Initialize")
    if layers is None:
        return DLNetwork(LayeredGraph())
    graph = graph_of_argument(layers, "dlnetwork")
    net = checked_outputs(DLNetwork(graph))
    has_input = any(not layer.input_names for layer in graph.layers)
    return initialized(session, net, examples) if examples or wanted and has_input else net


@builtin
def initialize(session, net, /, *examples):
    """
    net = initialize(net)
    net = initialize(net,X1,...,Xn)

    Begin the weights of a dlnetwork; layers that have weights keep them.

    Example inputs X1 to Xn must have the size that the input layers take.

    Examples
      >> net = dlnetwork([imageInputLayer([28 28 1]); fullyConnectedLayer(10)],Initialize=false);
      >> net = initialize(net);
      >> size(net.Learnables.Value{1})
      ans =
          10   784

    See also dlnetwork, rng.
    """
    if not isinstance(net, DLNetwork):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            "Incorrect number or types of inputs or outputs for function initialize.",
            notes=(f"the first input is a {class_of(net)}, and must be a dlnetwork",),
        )
    return initialized(session, net, examples)


@builtin(name="dag2dlnetwork")
def dag_to_dlnetwork(session, net, /):
    """
    dlnet = dag2dlnetwork(net)

    A SeriesNetwork or DAGNetwork as a dlnetwork: its output layers are left out.

    Examples
      >> net = dag2dlnetwork(squeezenet);
      >> net.OutputNames
      ans =
        1×1 cell array
          {'prob'}

    See also dlnetwork, layerGraph.
    """
    if not isinstance(net, NetworkObject):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            "Incorrect number or types of inputs or outputs for function dag2dlnetwork.",
            notes=(f"the first input is a {class_of(net)}, and must be a SeriesNetwork or DAGNetwork",),
        )
    return initialized(session, DLNetwork(without_outputs(net.graph)), ())


# ------------------------------------------------------------------------------------------------------------ arguments


def without_outputs(graph: LayeredGraph[LayerObject]) -> LayeredGraph[LayerObject]:
    """A graph without its output layers."""
    return graph.without_layers([layer.name for layer in graph.layers if not layer.output_names])


def initialized(session: Any, net: DLNetwork, examples: tuple) -> DLNetwork:
    """A dlnetwork with its numbers; without an input layer it stays as it is unless example inputs are given."""
    checked_outputs(net)
    inputs = [layer for layer in net.graph.layers if not layer.input_names]
    if examples:
        check_examples(net, inputs, examples)
    return DLNetwork(net.graph, begun_network(session, net.graph))


def checked_outputs(net: DLNetwork) -> DLNetwork:
    """The dlnetwork, which has no output layers."""
    found = [issue for issue in survey(net.graph, "dlnetwork").issues if issue.text.startswith("Detected output")]
    if found:
        raise refusal(found)
    return net


def check_examples(net: DLNetwork, inputs: list[Layer], examples: tuple) -> None:
    """Example inputs: one for each input, of the size that its layer takes."""
    names = net.input_names()
    if len(examples) != len(names):
        raise ScriptError(
            "nnet_cnn:dlnetwork:WrongNumberOfInputs",
            "The number of example inputs must match the number of network inputs.",
            notes=(f"got {len(examples)}", f"the network has {len(names)}: " + ", ".join(names)),
        )
    for layer, example in zip(inputs, examples, strict=False):
        size = getattr(layer, "input_size", None)
        got = size_of(example)
        if size is not None and is_numeric(example) and (*got, 1, 1)[: len(size)] != tuple(size):
            raise ScriptError(
                "nnet_cnn:dlnetwork:InvalidExampleSize",
                f"The example input of layer '{layer.name}' must have the size that the layer takes.",
                notes=(f"got {size_text(got)}", f"the layer takes {size_text(size)}"),
            )


def graph_of_argument(value: Any, function: str) -> LayeredGraph[LayerObject]:
    """The graph that layers, a layer graph or a network stand for."""
    if isinstance(value, (LayerGraph, DLNetwork)):
        return value.graph
    if isinstance(value, NetworkObject) and function != "dlnetwork":
        return value.graph
    if isinstance(value, NetworkObject):
        raise ScriptError(
            "nnet_cnn:dlnetwork:InvalidInput",
            f"Unable to create a dlnetwork of a {value.class_name}.", hint="dag2dlnetwork(net) makes one of it",
        )  # fmt: skip
    return LayeredGraph.in_series(named_layers(value, function))
