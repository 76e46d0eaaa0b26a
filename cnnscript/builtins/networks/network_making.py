"""Networks made of layers: assembleNetwork, dlnetwork, initialize, SeriesNetwork, dag2dlnetwork."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.custom_layers import states_after_reset
from cnnscript.builtins.networks.data_layouts import DataLayout
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.graph_surgery import named_layers
from cnnscript.builtins.networks.network_building import Entering, assembled_network, begun_network
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.layers import Size, Steps
from cnnscript.engine.network_checks import refusal, survey
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import class_of, is_numeric, size_of, size_text
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none


@builtin(name="assembleNetwork")
def assemble_network(session, layers, /):
    """
    net = assembleNetwork(layers)
    net = assembleNetwork(lgraph)

    A network of layers that have their weights, without training.

    The result, a SeriesNetwork of a Layer array and a DAGNetwork of a LayerGraph, can be asked for predictions. What is
    missing (connections, weights, classes, an output layer) is an error that names it all.

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
    kind = "series" if isinstance(layers, (LayerArray, LayerObject)) else "dag"
    return NetworkObject(assembled_network(graph_of_argument(layers, "assembleNetwork"), kind))


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
    return NetworkObject(assembled_network(graph_of_argument(layers, "SeriesNetwork"), "series"))


@builtin(name="dlnetwork")
def dl_network(session, layers=None, /, *examples, Initialize=True, OutputNames=None):
    """
    net = dlnetwork
    net = dlnetwork(layers)
    net = dlnetwork(lgraph)
    net = dlnetwork(layers,X1,...,Xn)
    net = dlnetwork(layers,'Initialize',false)
    net = dlnetwork(layers,'OutputNames',names)

    A network without output layers, for custom training and for questions about its insides.

    The weights of layers that have none begin by their initialisers, drawn from the random numbers of rng. An empty
    dlnetwork, or one with Initialize false, has none until initialize. Of a network without input layers X1 to Xn tell
    the sizes of the inputs: arrays as they will come, or networkDataLayout objects. net.OutputNames = names chooses
    other outputs, in that order.

    Options
      Initialize   true (default): weights begin at once, where the network has an input layer
      OutputNames  the layers whose outputs are the network's, in order (those that feed no other)

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
      >> net = dlnetwork([convolution2dLayer(3,8); reluLayer],networkDataLayout([28 28 1 NaN],"SSCB"));
      >> net.InputNames
      ans =
        1×1 cell array
          {'conv'}
      >> net = addLayers(dlnetwork,reluLayer(Name='a'));
      >> net.Initialized
      ans =
        logical
         0

    See also initialize, layerGraph, addLayers, imagePretrainedNetwork, summary.
    """
    wanted = checks.as_argument("Initialize", checks.flag, Initialize)
    graph = LayeredGraph() if layers is None else graph_of_argument(layers, "dlnetwork")
    net = checked_outputs(DLNetwork(graph))
    net = net if OutputNames is None else net.with_outputs(take.texts(OutputNames, "OutputNames"))
    has_input = any(not layer.input_names for layer in graph.layers)
    return initialized(session, net, examples) if examples or wanted and has_input else net


@builtin
def initialize(session, net, /, *examples):
    """
    net = initialize(net)
    net = initialize(net,X1,...,Xn)

    Begin the weights of a dlnetwork; layers that have weights keep them.

    Example inputs X1 to Xn, one for each input, are needed where the network has inputs without an input layer: arrays
    as they will come, or networkDataLayout objects. Those of input layers must have the size that the layer takes.

    Examples
      >> net = dlnetwork([imageInputLayer([28 28 1]); fullyConnectedLayer(10)],Initialize=false);
      >> net = initialize(net);
      >> size(net.Learnables.Value{1})
      ans =
          10   784
      >> net = initialize(dlnetwork(reluLayer,Initialize=false),zeros(4,4,2));
      >> net.Initialized
      ans =
        logical
         1

    See also dlnetwork, networkDataLayout, resetState, rng.
    """
    if not isinstance(net, DLNetwork):
        raise unfit_inputs("initialize", f"the first input is a {class_of(net)}, and must be a dlnetwork")
    return initialized(session, net, examples)


@builtin(name="resetState")
def reset_state(session, net, /):
    """
    net = resetState(net)

    Forget what the recurrent layers of a network keep from one sequence to the next.

    Their HiddenState and CellState are 0 again; layers of a class of the script's do what its function resetState does.
    Other networks, and statistics of batch normalisation, stay as they are.

    Examples
      >> net = resetState(squeezenet);
      >> class(net)
      ans =
          'DAGNetwork'

    See also dlnetwork, initialize.
    """
    if not isinstance(net, (NetworkObject, DLNetwork)):
        raise unfit_inputs("resetState", f"the first input is a {class_of(net)}, and must be a network")
    network = net.network
    kept = {} if network is None else {
        layer.name: {name: np.zeros(shape, np.float32) for name, shape in layer.parameter_shapes().items()
                     if name in layer.batch_state}
        for layer in network.layers
    }  # fmt: skip
    changes = {name: states for name, states in kept.items() if states}
    changes |= {} if network is None else states_after_reset(network)
    if network is None or not changes:
        return net
    fresh = network.with_parameters(changes)
    return DLNetwork(net.graph, fresh) if isinstance(net, DLNetwork) else NetworkObject(fresh)


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
        raise unfit_inputs(
            "dag2dlnetwork", f"the first input is a {class_of(net)}, and must be a SeriesNetwork or DAGNetwork"
        )
    return initialized(session, DLNetwork(without_outputs(net.graph)), ())


# ------------------------------------------------------------------------------------------------------------ arguments


def without_outputs(graph: LayeredGraph[LayerObject]) -> LayeredGraph[LayerObject]:
    """A graph without its output layers."""
    return graph.without_layers([layer.name for layer in graph.layers if not layer.output_names])


def initialized(session: Any, net: DLNetwork, examples: tuple) -> DLNetwork:
    """A dlnetwork with its numbers; without an input layer it stays as it is unless example inputs are given."""
    checked_outputs(net)
    entering = entering_sizes(net, examples) if examples else {}
    if not examples and net.graph.holders and not any(not layer.input_names for layer in net.graph.layers):
        raise ScriptError(
            "nnet_cnn:dlnetwork:ExampleInputsNeeded",
            "To initialize a network without input layers, example network inputs are needed.",
            notes=("inputs: " + ", ".join(f"'{name}'" for name in net.input_names()),),
            hint="net = initialize(net,X1,...,Xn)",
        )
    return DLNetwork(net.graph, begun_network(session, net.graph, entering))


def checked_outputs(net: DLNetwork) -> DLNetwork:
    """The dlnetwork, which has no output layers."""
    found = [issue for issue in survey(net.graph, "dlnetwork").issues if issue.text.startswith("Detected output")]
    if found:
        raise refusal(found)
    return net


def entering_sizes(net: DLNetwork, examples: tuple) -> Entering:
    """Sizes at inputs without an input layer, of example inputs: one for each input of the network, in order.

    Those of input layers must have the size that the layer takes.
    """
    if any((word := text_or_none(example)) is not None for example in examples):
        raise ScriptError(
            "MATLAB:InputParser:UnmatchedParameter",
            f"'{word}' is not a recognized parameter. For a list of valid name-value pair arguments, see the "
            "documentation for this function.",
            notes=("besides Initialize there are example inputs",),
        )
    layers = [layer for layer in net.graph.layers if not layer.input_names]
    opened = net.graph.open_inputs()
    if len(examples) != len(layers) + len(opened):
        raise ScriptError(
            "nnet_cnn:dlnetwork:WrongNumberOfInputs",
            "The number of example inputs must match the number of network inputs.",
            notes=(f"got {len(examples)}", f"the network has {len(layers) + len(opened)}: "
                   + ", ".join(net.input_names())),
        )  # fmt: skip
    sizes = [example_size(example) for example in examples]
    for layer, size in zip(layers, sizes, strict=False):
        wanted = getattr(layer, "input_size", None)
        told = slice(2, 3) if isinstance(size, Steps) else slice(3)  # sequences may be of any length
        if wanted is not None and tuple(size)[told] != tuple(wanted)[told]:
            raise ScriptError(
                "nnet_cnn:dlnetwork:InvalidExampleSize",
                f"The example input of layer '{layer.name}' must have the size that the layer takes.",
                notes=(f"got {size_text(size)}", f"the layer takes {size_text(wanted)}"),
            )
    return dict(zip(opened, sizes[len(layers) :], strict=True))


def example_size(example: Any) -> Size:
    """The size of an example: a dlarray, an array of images, or a networkDataLayout."""
    if isinstance(example, DLArray) and example.labels:
        example = DataLayout(tuple(float(n) for n in example.size()), example.labels)
    if isinstance(example, DataLayout):
        return example.entering_size()
    if not (is_numeric(example) or isinstance(example, DLArray)):
        raise ScriptError(
            "nnet_cnn:dlnetwork:InvalidExample",
            "Example inputs must be dlarrays, numeric arrays or networkDataLayout objects.",
            notes=(f"got a {class_of(example)}",),
        )  # fmt: skip
    height, width, channels = (*size_of(example), 1)[:3]
    return height, width, channels


def graph_of_argument(value: Any, function: str) -> LayeredGraph[LayerObject]:
    """The graph that layers, a layer graph or a network stand for."""
    if isinstance(value, (LayerGraph, DLNetwork)):
        return value.graph
    if isinstance(value, NetworkObject) and function != "dlnetwork":
        return value.graph
    if isinstance(value, NetworkObject):
        raise ScriptError(
            "nnet_cnn:dlnetwork:InvalidInput", "Input must be a LayerGraph object or an array of layers.",
            notes=(f"it is a {value.class_name}",), hint="dag2dlnetwork(net) makes a dlnetwork of it",
        )  # fmt: skip
    return LayeredGraph.in_series(named_layers(value, function))
