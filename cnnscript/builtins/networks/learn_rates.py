"""How fast layers learn: learn rate and L2 factors of layers and dlnetworks, and the helpers that freeze layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.custom_layers import custom_layer, is_custom, object_of
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.graph_surgery import layers_in, named_layers
from cnnscript.builtins.networks.layer_checks import nonnegative
from cnnscript.builtins.networks.network_objects import (
    LayerArray,
    LayerGraph,
    LayerObject,
    NetworkObject,
    not_a_layer,
)
from cnnscript.builtins.registry import builtin
from cnnscript.engine.layers import setting_name
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, class_of
from cnnscript.values.tables import Table
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import texts_or_none

LEARN_RATE, L2 = "LearnRateFactor", "L2Factor"


@builtin(name="setLearnRateFactor")
def set_learn_rate_factor(session, net, /, *args):
    """
    layer = setLearnRateFactor(layer,parameterName,factor)
    net = setLearnRateFactor(net,layerName,parameterName,factor)
    net = setLearnRateFactor(net,parameterPath,factor)

    Set by how much the learn rate of a parameter differs from that of the training: 0 freezes it.

    net is a dlnetwork; parameterPath is 'layer/parameter'.

    Examples
      >> net = dag2dlnetwork(squeezenet);
      >> net = setLearnRateFactor(net,'conv1','Weights',0);
      >> net.Layers(2).WeightLearnRateFactor
      ans =
           0
      >> net = setLearnRateFactor(net,'conv1/Bias',2);
      >> getLearnRateFactor(net,'conv1/Bias')
      ans =
           2
      >> layer = setLearnRateFactor(fullyConnectedLayer(5),'Weights',10);
      >> layer.WeightLearnRateFactor
      ans =
          10

    See also getLearnRateFactor, setL2Factor, freezeWeights, dlnetwork.
    """
    return with_factor("setLearnRateFactor", LEARN_RATE, net, args)


@builtin(name="getLearnRateFactor")
def get_learn_rate_factor(session, net, /, *args):
    """
    factor = getLearnRateFactor(layer,parameterName)
    factor = getLearnRateFactor(net,layerName,parameterName)
    factor = getLearnRateFactor(net,parameterPath)

    By how much the learn rate of a parameter differs from that of the training.

    Examples
      >> getLearnRateFactor(fullyConnectedLayer(5),'Weights')
      ans =
           1
      >> net = dag2dlnetwork(squeezenet);
      >> getLearnRateFactor(net,'conv10','Bias')
      ans =
           1
      >> getLearnRateFactor(net,'conv10/Weights')
      ans =
           1

    See also setLearnRateFactor, getL2Factor.
    """
    return factor_of("getLearnRateFactor", LEARN_RATE, net, args)


@builtin(name="setL2Factor")
def set_l2_factor(session, net, /, *args):
    """
    layer = setL2Factor(layer,parameterName,factor)
    net = setL2Factor(net,layerName,parameterName,factor)
    net = setL2Factor(net,parameterPath,factor)

    Set by how much the L2 regularisation of a parameter differs from that of the training.

    net is a dlnetwork; parameterPath is 'layer/parameter'.

    Examples
      >> net = setL2Factor(dag2dlnetwork(squeezenet),'conv1','Weights',0);
      >> getL2Factor(setL2Factor(net,'conv1/Bias',1),'conv1','Bias')
      ans =
           1
      >> layer = setL2Factor(fullyConnectedLayer(5),'Bias',1);
      >> layer.BiasL2Factor
      ans =
           1

    See also getL2Factor, setLearnRateFactor, dlnetwork.
    """
    return with_factor("setL2Factor", L2, net, args)


@builtin(name="getL2Factor")
def get_l2_factor(session, net, /, *args):
    """
    factor = getL2Factor(layer,parameterName)
    factor = getL2Factor(net,layerName,parameterName)
    factor = getL2Factor(net,parameterPath)

    By how much the L2 regularisation of a parameter differs from that of the training.

    Examples
      >> [getL2Factor(fullyConnectedLayer(5),'Weights') getL2Factor(fullyConnectedLayer(5),'Bias')]
      ans =
           1     0
      >> net = dag2dlnetwork(squeezenet);
      >> [getL2Factor(net,'conv1','Weights') getL2Factor(net,'conv1/Bias')]
      ans =
           1     0

    See also setL2Factor, getLearnRateFactor.
    """
    return factor_of("getL2Factor", L2, net, args)


@builtin(name="freezeWeights")
def freeze_weights(session, layers, /):
    """
    layers = freezeWeights(layers)

    Layers whose weights stay as they are in training: all their learn rate factors are 0.

    It is the helper of MATLAB's examples of transfer learning, where scripts keep it in a file.

    Examples
      >> layers = freezeWeights([convolution2dLayer(3,8); reluLayer; fullyConnectedLayer(2)]);
      >> [layers(1).WeightLearnRateFactor layers(3).BiasLearnRateFactor]
      ans =
           0     0

    See also setLearnRateFactor, createLgraphUsingConnections, layerGraph.
    """
    found = layers_in(layers)
    if not found:
        raise not_a_layer(layers)
    frozen = [frozen_layer(holder) for holder in found]
    if isinstance(layers, LayerObject):
        return frozen[0]
    data = np.empty(len(frozen), OBJECT)
    data[:] = frozen
    return LayerArray(data.reshape(layers.size(), order="F"))


@builtin(name="freezeNetwork")
def freeze_network(session, net, /, *, LayerNamesToIgnore=None, LayerTypesToIgnore=None, LayersToIgnore=None):
    """
    net = freezeNetwork(net)
    net = freezeNetwork(net,LayerNamesToIgnore=layerNames)
    net = freezeNetwork(net,LayerTypesToIgnore=layerTypes)

    A dlnetwork whose learnable parameters stay as they are in training: all their learn rate factors are 0.

    It is the helper of MATLAB's examples of transfer learning, where scripts keep it in a file. What batch
    normalisation layers carry on still follows the data.

    Options
      LayerNamesToIgnore  names of layers that go on learning: text, or texts in a string array or a cell
      LayerTypesToIgnore  parts of the names of classes whose layers go on learning: "FullyConnectedLayer"
      LayersToIgnore      what LayerTypesToIgnore was called before

    Examples
      >> net = imagePretrainedNetwork("squeezenet",NumClasses=5);
      >> layerName = networkHead(net);
      >> net = freezeNetwork(net,LayerNamesToIgnore=layerName);
      >> [getLearnRateFactor(net,"conv1/Weights") getLearnRateFactor(net,"conv10/Weights")]
      ans =
           0     1
      >> net = dlnetwork([imageInputLayer([4 4 1]); convolution2dLayer(3,2,Name="c"); fullyConnectedLayer(2,Name="f")]);
      >> net = freezeNetwork(net,LayerTypesToIgnore="Convolution2DLayer");
      >> [getLearnRateFactor(net,"c/Bias") getLearnRateFactor(net,"f/Bias")]
      ans =
           1     0
      >> getLearnRateFactor(freezeNetwork(net,LayersToIgnore="FullyConnectedLayer"),"c/Bias")
      ans =
           0

    See also networkHead, freezeWeights, setLearnRateFactor, imagePretrainedNetwork, trainnet.
    """
    if not isinstance(net, DLNetwork):
        raise ScriptError(
            "MATLAB:validation:UnableToConvert",
            "Invalid argument at position 1. Value must be of type dlnetwork or be convertible to dlnetwork.",
            notes=(f"it is a {class_of(net)}",),
            hint="freezeWeights(layers) freezes layers" if not isinstance(net, NetworkObject)
            else "dag2dlnetwork makes a dlnetwork of it",
        )  # fmt: skip
    names = ignored(LayerNamesToIgnore, "LayerNamesToIgnore")
    types = [*ignored(LayerTypesToIgnore, "LayerTypesToIgnore"), *ignored(LayersToIgnore, "LayersToIgnore")]

    def learns(holder: LayerObject) -> bool:
        return holder.layer.name in names or any(part in holder.layer.matlab_class for part in types)

    return net.with_layers([holder if learns(holder) else frozen_layer(holder) for holder in net.graph.holders])


@builtin(name="createLgraphUsingConnections")
def create_graph_using_connections(session, layers, connections, /):
    """
    lgraph = createLgraphUsingConnections(layers,connections)

    A layer graph of layers connected as a table of connections says.

    It is the helper of MATLAB's examples of transfer learning, where scripts keep it in a file: layers were changed in
    a loop, and are put together again as they were.

    Examples
      >> lgraph = layerGraph(squeezenet);
      >> layers = freezeWeights(lgraph.Layers);
      >> lgraph = createLgraphUsingConnections(layers,lgraph.Connections)
      lgraph =
        LayerGraph with properties:
           InputNames: {'data'}
          OutputNames: {'ClassificationLayer_predictions'}
               Layers: [68×1 nnet.cnn.layer.Layer]
          Connections: [75×2 table]

    See also freezeWeights, layerGraph, connectLayers.
    """
    if type(connections) is not Table or not {"Source", "Destination"} <= set(connections.names):
        raise ScriptError(
            "nnet_cnn:nnet:cnn:LayerGraph:InvalidConnections",
            "The connections must be a table with variables Source and Destination.",
            notes=(f"got a {class_of(connections)}",),
        )
    graph = LayeredGraph(tuple(named_layers(layers, "createLgraphUsingConnections")))
    sources = texts_or_none(connections.data("Source")) or []
    for source, destination in zip(sources, texts_or_none(connections.data("Destination")) or [], strict=True):
        graph = graph.connected(source, destination)
    return LayerGraph(graph)


@builtin(name="findLayersToReplace", outputs=2)
def find_layers_to_replace(session, nargout, lgraph, /):
    """
    [learnableLayer,classLayer] = findLayersToReplace(lgraph)

    The layers that transfer learning replaces: the last one that learns, and the classification layer.

    It is the helper of MATLAB's examples of transfer learning, where scripts keep it in a file.

    Examples
      >> [learnable,output] = findLayersToReplace(layerGraph(googlenet('Weights','none')));
      >> {learnable.Name output.Name}
      ans =
        1×2 cell array
          {'loss3-classifier'}    {'output'}

    See also replaceLayer, layerGraph, freezeWeights.
    """
    if not isinstance(lgraph, LayerGraph):
        raise ScriptError("nnet_cnn:findLayersToReplace:InvalidInput", "Argument must be a LayerGraph object.",
                          notes=(f"got a {class_of(lgraph)}",))  # fmt: skip
    graph = lgraph.graph
    outputs = [holder for holder in graph.holders if isinstance(holder.layer, ClassificationOutput)]
    if len(outputs) != 1:
        raise ScriptError(
            "nnet_cnn:findLayersToReplace:OneOutput", "Layer graph must have a single classification layer.",
            notes=(f"it has {len(outputs)}",),
        )  # fmt: skip
    fed, holder = graph.fed(), outputs[0]
    while "Weights" not in holder.layer.learnables:
        feeders = list(fed.get(holder.layer.name, {}).values())
        if len(feeders) != 1:
            raise ScriptError(
                "nnet_cnn:findLayersToReplace:OneLearnable",
                "Layer graph must have a single learnable layer preceding the classification layer.",
                notes=(f"layer '{holder.layer.name}' has {len(feeders)} inputs",),
            )
        holder = graph.holders[graph.places[feeders[0][0]]]
    return holder, outputs[0]


# ------------------------------------------------------------------------------------------------------------ arguments


def ignored(value: Any, option: str) -> list[str]:
    return [] if value is None else take.texts(value, option)


def frozen_layer(holder: LayerObject) -> LayerObject:
    factors = {name: 0.0 for name in holder.layer.defaults_of_learning() if name.endswith(LEARN_RATE)}
    return holder.described(holder.layer.with_learning(**factors)) if factors else holder


def with_factor(function: str, kind: str, net: Any, args: tuple) -> Any:
    """A layer or dlnetwork with a factor changed."""
    if is_custom(net):
        return object_of(with_factor(function, kind, LayerObject(custom_layer(net)), args).layer)
    *path, factor = args or (None,)
    holder, parameter = parameter_at(function, net, tuple(path), "a factor")
    changed = holder.described(holder.layer.with_learning(**{setting_name(parameter, kind): nonnegative(factor)}))
    if isinstance(net, LayerObject):
        return changed
    holders = list(net.graph.holders)
    holders[net.graph.places[holder.layer.name]] = changed
    return net.with_layers(holders)


def factor_of(function: str, kind: str, net: Any, args: tuple) -> float:
    net = LayerObject(custom_layer(net)) if is_custom(net) else net
    holder, parameter = parameter_at(function, net, args, "")
    return float(holder.layer.learning_of(parameter, kind))


def parameter_at(function: str, net: Any, path: tuple, last: str) -> tuple[LayerObject, str]:
    """The layer and the learnable that arguments name: a layer and a parameter; a network, a layer and a parameter, or
    'layer/parameter'."""
    wanted = (1,) if isinstance(net, LayerObject) else (1, 2)
    if not isinstance(net, (LayerObject, DLNetwork)):
        hint = "layers(i).WeightLearnRateFactor = 0 sets it in a layer array" if isinstance(net, LayerArray) else None
        hint = "dag2dlnetwork makes a dlnetwork of it" if isinstance(net, NetworkObject) else hint
        raise unfit_inputs(
            function, f"the first input is a {class_of(net)}, and must be a layer or a dlnetwork", hint=hint
        )
    if len(path) not in wanted:
        short = len(path) < wanted[0]
        raise ScriptError(
            "MATLAB:minrhs" if short else "MATLAB:TooManyInputs",
            "Not enough input arguments." if short else "Too many input arguments.",
            notes=(f"after a {class_of(net)} come the name of a parameter{f' and {last}' if last else ''}",),
        )
    words = [take.text(word, "parameterName") for word in path]
    if isinstance(net, LayerObject):
        holder, parameter = net, words[0]
    else:
        name, parameter = words if len(words) == 2 else words[0].rpartition("/")[::2]
        if not name:
            raise ScriptError(
                "nnet_cnn:dlnetwork:InvalidParameterPath",
                "A parameter of a network is named by its layer and its own name, or by 'layer/parameter'.",
                notes=(f"got '{words[0]}'",),
            )
        holder = net.graph.holders[net.graph.place(name)]
    if parameter not in holder.layer.learnables:
        known = ", ".join(f"'{name}'" for name in holder.layer.learnables)
        raise ScriptError(
            "nnet_cnn:layer:Layer:ParameterDoesNotExist",
            f"Layer '{holder.layer.name}' does not have a learnable parameter '{parameter}'.",
            notes=(f"its learnable parameters: {known}" if known else "it has none",),
        )
    return holder, parameter
