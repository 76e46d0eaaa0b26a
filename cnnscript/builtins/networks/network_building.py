"""From a graph of layers to a network that computes: sizes settled, numbers found or begun, faults told.

A layer brings the numbers it has (its network's, or those it was given); what is missing begins by its initialisers in
a dlnetwork, and is an error in a network that is only assembled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnscript.builtins.networks.network_objects import LayerObject
from cnnscript.engine.activation_layers import Identity
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.initializers import initial
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layers import Layer, Size, Steps, Vector
from cnnscript.engine.network_checks import Issue, refusal, survey
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.recurrent_layers import Recurrent, SequenceInput
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.weights import from_matlab
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, as_array, norm


def checked_graph(graph: LayeredGraph[LayerObject], target: str) -> LayeredGraph[LayerObject]:
    """The graph, its layers settled; ScriptError with all faults when it cannot be such a network."""
    found = survey(graph, target)
    if found.issues:
        raise refusal(found.issues)
    return graph.with_holders(
        [holder.described(layer) for holder, layer in zip(graph.holders, found.layers, strict=True)]
    )


Entering = Mapping[tuple[str, str], Size]  # (layer, input) that nothing feeds → size of what comes in there


def begun_network(session: Any, graph: LayeredGraph[LayerObject], entering: Entering | None = None) -> Network:
    """A dlnetwork's numbers: those that the layers have, the rest begun from the session's random stream.

    entering: sizes at inputs without an input layer.  The network then has input layers of its own there, behind all
    others, which the graph of the dlnetwork does not show.
    """
    graph = checked_graph(with_entries(graph, entering or {}), "dlnetwork")
    numbers: dict[str, dict[str, np.ndarray]] = {}
    for holder in graph.holders:
        layer = holder.layer
        numbers[layer.name] = {
            name: found if (found := own_number(holder, name)) is not None
            else initial(layer, name, session.random, called)
            for name in layer.parameter_shapes()
        }  # fmt: skip
    return network_of(graph, "dlnetwork", numbers)


def with_entries(graph: LayeredGraph[LayerObject], entering: Entering) -> LayeredGraph[LayerObject]:
    """The graph with an input layer, behind all others, at each input of which the size is told.

    Sequences may be shorter than the example, unless the layers need as many steps.
    """
    shorter = {end: Steps((1, *size[1:])) if isinstance(size, Steps) else size for end, size in entering.items()}
    if shorter != entering and not survey(made := entered(graph, shorter), "dlnetwork").issues:
        return made
    return entered(graph, entering)


def entered(graph: LayeredGraph[LayerObject], entering: Entering) -> LayeredGraph[LayerObject]:
    for (name, port), size in entering.items():
        words = f"input of {name}" if port == "in" else f"input {port} of {name}"
        made = LayerObject(entry(words, size))
        graph = graph.with_layers([made]).connected(words, graph.written(name, port, "input"))
    return graph


def entry(name: str, size: Size) -> Layer:
    """An input layer for what has that size."""
    if isinstance(size, Steps):
        return SequenceInput(name=name, input_size=(1, 1, size[2]), min_length=size[0])
    kind = FeatureInput if isinstance(size, Vector) else ImageInput
    return kind(name=name, input_size=(size[0], size[1], size[2]), normalization="none")


def assembled_network(graph: LayeredGraph[LayerObject], kind: str) -> Network:
    """A trained network of layers that have all their numbers.  kind: 'series' or 'dag'."""
    graph = checked_graph(graph, "dagnetwork")
    numbers: dict[str, dict[str, np.ndarray]] = {}
    issues: list[Issue] = []
    for holder in graph.holders:
        layer = holder.layer
        own = {name: own_number(holder, name) for name in layer.parameter_shapes()}
        if isinstance(layer, Recurrent):  # its state begins at zero where none is given
            shapes = layer.parameter_shapes()
            own |= {name: np.zeros(shapes[name], np.float32) for name in layer.state if own[name] is None}
        empty = [name for name, array in own.items() if array is None]
        issues += [_empty(layer, name) for name in empty + _empty_properties(layer)]
        numbers[layer.name] = {name: array for name, array in own.items() if array is not None}
    if issues:
        raise refusal(issues)
    return network_of(graph, kind, numbers)


def _empty_properties(layer: Layer) -> list[str]:
    """What a network that is not trained must have been told, besides numbers."""
    if isinstance(layer, ClassificationOutput):
        return [] if layer.classes else ["Classes"]
    if isinstance(layer, ImageInput):
        return [name for name in layer.statistics if layer.property(name) is None]
    return []


def _empty(layer: Layer, name: str) -> Issue:
    return Issue(layer.name, f"Empty {name} property. Specify a nonempty value for the {name} property.")


def network_of(graph: LayeredGraph[LayerObject], kind: str, numbers: dict[str, dict[str, np.ndarray]]) -> Network:
    """The network that computes a graph.

    Outputs that nothing takes, of layers with several, are outputs of the network by the names that MATLAB gives them,
    'layer/out'; there they are layers of their own, which the graph does not show.
    """
    opened = graph.open_outputs()
    opened += [end for end in graph.ends() if end not in opened]
    layers: list[Layer] = []
    connections = list(graph.sorted_connections())
    ends: dict[str, str] = {}
    for layer in graph.layers:
        layers.append(layer)
        for port in [port for name, port in opened if name == layer.name and layer.computed_outputs]:
            written = graph.written(layer.name, port, "output")
            ends[written] = f"output {port} of {layer.name}"
            layers.append(Identity(name=ends[written]))
            connections.append((written, ends[written]))
    network = Network(layers, connections, kind=kind, parameters=numbers)
    network.aliases |= ends
    network.aliases |= {
        f"{layer.name}/{layer.output_names[0]}": layer.name for layer in graph.layers
        if len(layer.output_names) > 1 and not layer.computed_outputs  # poolings with indices
    }  # fmt: skip
    network.chosen = graph.outputs
    return network


def own_number(holder: LayerObject, name: str) -> np.ndarray | None:
    """A parameter that a layer brings along, in the engine's shape of its settled description; None for none.

    ScriptError when it has not the size that the layer needs where it is now.
    """
    layer, network = holder.layer, holder.network
    if name not in holder.given and network is not None:
        before = network.layers[network.number(holder.holder)]
        array = network.parameter(holder.holder, name)
        same_order = getattr(before, "spatial_size", None) == getattr(layer, "spatial_size", None)
        if array is not None and same_order and array.shape == layer.parameter_shapes()[name]:
            return array
    value = holder.parameter(name)
    if value is EMPTY and isinstance(layer, CustomLayer) and layer.initialized:
        return layer.held[name]
    if value is EMPTY:
        return None
    array = as_array(value)
    if not array.size:
        return None
    try:
        return from_matlab(layer, name, array)
    except ValueError as fault:
        raise refusal([Issue(layer.name, f"Invalid size of {name}.", (str(fault),))]) from None


def called(function: Any, size: tuple[int, ...]) -> np.ndarray:
    """What an initialiser that is a function of the script gives for a size."""
    wanted = size if len(size) > 1 else (*size, 1)
    given = as_array(function.call(1, norm(np.array([wanted], float))))
    if given.shape != tuple(wanted) and given.size != int(np.prod(wanted)):
        raise ScriptError(
            "nnet_cnn:layer:InvalidInitializerSize",
            "The initializer function must return an array of the size it is given.",
            notes=(f"wanted {wanted}", f"got {given.shape}"),
        )
    return given.reshape(size, order="F")
