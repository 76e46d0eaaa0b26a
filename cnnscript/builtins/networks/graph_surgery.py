"""Surgery on layer graphs and dlnetworks: layerGraph, addLayers, removeLayers, replaceLayer, connectLayers, ..."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.custom_layers import custom_layer, is_custom
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.layer_names import names_for
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, is_cell, numel_of
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none, texts_or_none


@builtin(name="layerGraph")
def layer_graph(session, layers=None, /):
    """
    lgraph = layerGraph
    lgraph = layerGraph(layers)
    lgraph = layerGraph(net)

    A graph of layers, to be changed and made into a network.

    layers is a Layer array, each of which feeds the next; unnamed layers get names. Of a SeriesNetwork, DAGNetwork or
    dlnetwork the graph has the layers, with their weights, and the connections.

    Examples
      >> lgraph = layerGraph([imageInputLayer([28 28 1]); reluLayer; softmaxLayer])
      lgraph =
        LayerGraph with properties:
           InputNames: {'imageinput'}
          OutputNames: {1×0 cell}
               Layers: [3×1 nnet.cnn.layer.Layer]
          Connections: [2×2 table]
      >> lgraph = layerGraph;
      >> numel(lgraph.Layers)
      ans =
           0
      >> lgraph = layerGraph(squeezenet);
      >> lgraph.Connections(1:3,:)
      ans =
        3×2 table
              Source         Destination
          ______________    ______________
          {'data'      }    {'conv1'     }
          {'conv1'     }    {'relu_conv1'}
          {'relu_conv1'}    {'pool1'     }

    See also addLayers, removeLayers, replaceLayer, connectLayers, disconnectLayers, assembleNetwork, dlnetwork.
    """
    if layers is None:
        return LayerGraph(LayeredGraph())
    if isinstance(layers, (NetworkObject, DLNetwork, LayerGraph)):
        return LayerGraph(layers.graph)
    return LayerGraph(LayeredGraph.in_series(named_layers(layers, "layerGraph")))


@builtin(name="addLayers")
def add_layers(session, net, layers, /):
    """
    lgraph = addLayers(lgraph,layers)
    net = addLayers(net,layers)

    Add layers to a layer graph or a dlnetwork.

    Each of the layers is connected to the next of them; connectLayers connects them to the others. Names must differ
    from those that are there; unnamed layers get names.

    Examples
      >> lgraph = layerGraph(reluLayer(Name='a'));
      >> lgraph = addLayers(lgraph,[reluLayer(Name='b'); additionLayer(2,Name='add')]);
      >> lgraph = connectLayers(lgraph,'a','add/in2');
      >> lgraph.Connections
      ans =
        2×2 table
          Source    Destination
          ______    ___________
          {'a'}     {'add/in2'}
          {'b'}     {'add/in1'}

    See also layerGraph, removeLayers, connectLayers, replaceLayer.
    """
    graph = graph_behind(net, "addLayers")
    return remade(net, graph.with_layers(named_layers(layers, "addLayers", graph)))


@builtin(name="removeLayers")
def remove_layers(session, net, names, /):
    """
    lgraph = removeLayers(lgraph,layerNames)
    net = removeLayers(net,layerNames)

    Remove layers, and all their connections, from a layer graph or a dlnetwork.

    layerNames is a name, a string array or a cell array of names.

    Examples
      >> lgraph = layerGraph(squeezenet('Weights','none'));
      >> lgraph = removeLayers(lgraph,{'prob','ClassificationLayer_predictions'});
      >> lgraph.Layers(end).Name
      ans =
          'pool10'

    See also addLayers, replaceLayer, disconnectLayers.
    """
    return remade(net, graph_behind(net, "removeLayers").without_layers(take.texts(names, "layerNames")))


@builtin(name="replaceLayer")
def replace_layer(session, net, name, layers, /, *, ReconnectBy="name"):
    """
    lgraph = replaceLayer(lgraph,layerName,layers)
    net = replaceLayer(net,layerName,layers)
    lgraph = replaceLayer(lgraph,layerName,layers,'ReconnectBy',mode)

    Put layers in the place of one.

    What fed the layer feeds the first of the new ones, what it fed is fed by the last of them; they are connected one
    to the next. They stand where the old layer stood.

    Options
      ReconnectBy  'name' (default): inputs and outputs of the same names take over the connections; 'order': those of
                   the same numbers

    Examples
      >> lgraph = layerGraph(googlenet('Weights','none'));
      >> lgraph = replaceLayer(lgraph,'loss3-classifier',fullyConnectedLayer(5,Name='new_fc'));
      >> lgraph.Layers(142)
      ans =
        FullyConnectedLayer with properties:
                Name: 'new_fc'
         Hyperparameters
           InputSize: 'auto'
          OutputSize: 5
         Learnable Parameters
             Weights: []
                Bias: []
        Show all properties

    See also layerGraph, addLayers, removeLayers, connectLayers.
    """
    graph = graph_behind(net, "replaceLayer")
    by = take.choice(ReconnectBy, ("name", "order"), "ReconnectBy")
    old = take.text(name, "layerName")
    graph.place(old)
    new = named_layers(layers, "replaceLayer", graph.without_layers([old]) if has_unnamed(layers) else None)
    return remade(net, graph.with_replaced(old, new, by))


@builtin(name="connectLayers")
def connect_layers(session, net, source, destination, /):
    """
    lgraph = connectLayers(lgraph,s,d)
    net = connectLayers(net,s,d)

    Connect an output of a layer to an input of another.

    s and d are names of layers; of a layer with several inputs or outputs the one meant is named after a slash:
    'add/in2', 'pool/indices'.

    Examples
      >> lgraph = layerGraph([reluLayer(Name='a'); additionLayer(2,Name='add')]);
      >> lgraph = addLayers(lgraph,reluLayer(Name='b'));
      >> lgraph = connectLayers(lgraph,'b','add/in2');
      >> lgraph.Connections.Destination
      ans =
        2×1 cell array
          {'add/in1'}
          {'add/in2'}

    See also disconnectLayers, addLayers, replaceLayer.
    """
    graph = graph_behind(net, "connectLayers")
    return remade(net, graph.connected(take.text(source, "s"), take.text(destination, "d")))


@builtin(name="disconnectLayers")
def disconnect_layers(session, net, source, destination, /):
    """
    lgraph = disconnectLayers(lgraph,s,d)
    net = disconnectLayers(net,s,d)

    Take away the connection from an output of a layer to an input of another; the layers stay.

    Examples
      >> lgraph = layerGraph([reluLayer(Name='a'); reluLayer(Name='b')]);
      >> lgraph = disconnectLayers(lgraph,'a','b');
      >> height(lgraph.Connections)
      ans =
           0

    See also connectLayers, removeLayers.
    """
    graph = graph_behind(net, "disconnectLayers")
    return remade(net, graph.disconnected(take.text(source, "s"), take.text(destination, "d")))


@builtin(name="getLayer")
def get_layer(session, net, name, /):
    """
    layer = getLayer(net,layerName)

    The layer of a network or layer graph that has a name; a cell of one name, as net.OutputNames may be, is taken, too.

    Examples
      >> getLayer(squeezenet,'relu_conv1')
      ans =
        ReLULayer with properties:
          Name: 'relu_conv1'

    See also layerGraph, dlnetwork, replaceLayer.
    """
    graph = net.graph if isinstance(net, NetworkObject) else graph_behind(net, "getLayer")
    names = texts_or_none(name) if is_cell(name) else None
    return graph.holders[graph.place(names[0] if names and len(names) == 1 else take.text(name, "layerName"))]


# ------------------------------------------------------------------------------------------------------------ arguments


def graph_behind(net: Any, function: str) -> LayeredGraph[LayerObject]:
    """The graph of a layer graph or a dlnetwork; trained networks are not changed."""
    if isinstance(net, (LayerGraph, DLNetwork)):
        return net.graph
    hint = None
    if isinstance(net, (NetworkObject, LayerArray, LayerObject)):
        hint = "layerGraph makes a layer graph of it"
    raise unfit_inputs(
        function, f"the first input is a {class_of(net)}, and must be a layer graph or a dlnetwork", hint=hint
    )


def remade(net: Any, graph: LayeredGraph[LayerObject]) -> LayerGraph | DLNetwork:
    """An object of the same class with another graph."""
    return DLNetwork(graph) if isinstance(net, DLNetwork) else LayerGraph(graph)


def has_unnamed(layers: Any) -> bool:
    return any(not one.layer.name for one in layers_in(layers))


def layers_in(value: Any) -> list[LayerObject]:
    """The layers of a layer, a layer array or a cell array of layers; [] for none."""
    if type(value) is LayerObject:
        return [value]
    if type(value) is LayerArray:
        return value.layers
    return [LayerObject(custom_layer(value))] if is_custom(value) else []


def named_layers(value: Any, function: str, graph: LayeredGraph[LayerObject] | None = None) -> list[LayerObject]:
    """Layers that an argument gives, the unnamed ones named; graph: where names are taken already."""
    layers = layers_in(value)
    if not layers:
        if text_or_none(value) is None and numel_of(value) == 0:
            message = "Expected input to be nonempty."
        else:
            message = (
                "Expected input to be one of these types:\n\nnnet.cnn.layer.Layer\n\n"
                f"Instead its type was {class_of(value)}."
            )
        hint = "a network's layers are in net.Layers" if isinstance(value, (NetworkObject, LayerGraph)) else None
        raise ScriptError("MATLAB:invalidType", message, notes=(f"the layers of {function}",), hint=hint)
    names = names_for((one.layer for one in layers), graph.places if graph is not None else ())
    return [one if one.layer.name == name else one.renamed(name) for one, name in zip(layers, names, strict=True)]
