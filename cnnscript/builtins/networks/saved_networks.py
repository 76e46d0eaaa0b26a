"""Networks, layer graphs and layers in MAT-files of ours: as structs that say what they stand for.

A layer is kept as the kind of its description, the description's fields as JSON text, and its numbers in MATLAB's
shapes; a graph as its layers and connections.  Nothing of a file is run: a kind is looked up among the engine's own.
MATLAB's own files: matlab_networks.py.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.custom_layers import custom_layer, object_of
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import network_of
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.networks.script_calls import FunctionCall
from cnnscript.engine.function_layers import CustomLayer, FunctionLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import LAYER_KINDS, Layer
from cnnscript.engine.recorded_networks import FOREIGN
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.weights import from_matlab
from cnnscript.values.numeric import OBJECT, as_array
from cnnscript.values.structs import Struct

MADE_AGAIN = ("call", "pooling", "begin", "held", "nested")  # fields that follow from others


class NotKept(Exception):
    """A file says of a layer what this version of cnnscript does not know."""


# ----------------------------------------------------------------------------------------------------------- writing
def fields_of(value: Any) -> dict[str, Any] | None:
    """What stands for a network, a layer graph or layers, as fields of a struct; None for a value of another kind."""
    if type(value) is LayerObject:
        return {"class": "layer", "layers": _cell([_layer(value)])}
    if type(value) is LayerArray:
        return {"class": "layers", "layers": _cell([_layer(one) for one in value.layers], value.size())}
    if type(value) not in (LayerGraph, NetworkObject, DLNetwork):
        return None
    graph = value.graph
    made: dict[str, Any] = {"class": value.class_name, "layers": _cell([_layer(one) for one in graph.holders])}
    pairs = [text for side in (0, 1) for text in (pair[side] for pair in graph.connections)]
    made["connections"] = _cell(pairs, (len(graph.connections), 2))
    if graph.outputs:
        made["outputs"] = _cell(list(graph.outputs))
    made["initialized"] = type(value) is NetworkObject or type(value) is DLNetwork and value.network is not None
    if type(value) is DLNetwork and (entries := _entries(value)):
        made["entries"] = _cell([_layer(LayerObject(layer)) for layer, _ in entries])
        made["entered"] = _cell([goal for _, goal in entries])
    return made


def _entries(net: DLNetwork) -> list[tuple[Layer, str]]:
    """The input layers that a dlnetwork does not show, made of example inputs, and what each feeds."""
    network, found = net.network, []
    for number in network.inputs if network is not None else ():
        if network.layers[number].name in net.graph.places:
            continue
        for layer, sources in zip(network.layers, network.sources, strict=True):
            found += [
                (network.layers[number], net.graph.written(layer.name, layer.input_names[k], "input"))
                for k, source in enumerate(sources) if source == number
            ]  # fmt: skip
    return found


def _cell(values: list, shape: tuple[int, ...] | None = None) -> np.ndarray:
    cell = np.empty(len(values), OBJECT)
    cell[:] = values
    return cell.reshape(shape or (len(values), 1), order="F")


def _layer(one: LayerObject) -> Struct:
    layer = one.layer
    if isinstance(layer, FOREIGN):  # what `save` says it cannot keep
        raise TypeError(f"a layer that runs as it was imported, '{layer.name}' ({layer.kind})")
    plain, values = {}, {}
    for field in fields(layer):
        if field.name in MADE_AGAIN:
            continue
        value = getattr(layer, field.name)
        try:
            plain[field.name] = json.loads(json.dumps(value, default=_number))
        except (TypeError, ValueError):
            values[field.name] = value  # a function or an array of the language
    return Struct({"kind": type(layer).__name__, "fields": json.dumps(plain), "values": Struct(values),
                   "numbers": Struct(one.own_numbers())})  # fmt: skip


def _number(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError


# ----------------------------------------------------------------------------------------------------------- reading
def restored(kept: dict[str, Any]) -> Any:
    """The value that such a struct stands for.  Raises NotKept."""
    cell = kept["layers"]
    holders = [_restored_layer(one) for one in cell.ravel("F").tolist()]
    kind = str(kept["class"])
    if kind == "layer":
        return holders[0]
    if kind == "layers":
        data = np.empty(len(holders), OBJECT)
        data[:] = holders
        return LayerArray(data.reshape(cell.shape, order="F"))
    texts = kept["connections"]
    connections = tuple((str(texts[k, 0]), str(texts[k, 1])) for k in range(texts.shape[0]))
    outputs = tuple(str(name) for name in kept["outputs"].ravel("F").tolist()) if "outputs" in kept else ()
    graph = LayeredGraph(tuple(holders), connections, outputs)
    if kind == LayerGraph.class_name:
        return LayerGraph(graph)
    if not kept["initialized"]:
        return DLNetwork(graph)
    kinds = {"SeriesNetwork": "series", "DAGNetwork": "dag", "dlnetwork": "dlnetwork"}
    numbers = {
        one.layer.name: {name: from_matlab(one.layer, name, as_array(one.parameter(name)))
                         for name in one.layer.parameter_shapes()}
        for one in holders
    }  # fmt: skip
    whole = graph
    if "entries" in kept:
        goals = kept["entered"].ravel("F").tolist()
        for one, goal in zip(kept["entries"].ravel("F").tolist(), goals, strict=True):
            entry = _restored_layer(one)
            whole = whole.with_layers([entry]).connected(entry.layer.name, str(goal))
    if kind == "dlnetwork":
        return DLNetwork(graph, network_of(whole, "dlnetwork", numbers))
    return NetworkObject(Network(whole.layers, whole.connections, kind=kinds[kind], parameters=numbers))


def _restored_layer(kept: Struct) -> LayerObject:
    plain = {name: _tuples(value) for name, value in json.loads(str(kept.fields["fields"])).items()}
    values = kept.fields["values"].fields
    kind = _class(str(kept.fields["kind"]))
    numbers = {name: np.asfortranarray(as_array(array)) for name, array in kept.fields["numbers"].fields.items()}
    if kind is FunctionLayer:
        outputs = plain.get("outputs", ("out",))
        values = {**values, "call": FunctionCall(values["predict_fcn"], len(outputs), plain.get("formattable", False))}
        plain.pop("steps", None)  # of files before forms were kept
    try:
        if kind is CustomLayer:
            return _restored_custom(values["instance"], plain, numbers)
        layer = kind(**plain, **values)
    except TypeError as fault:
        raise NotKept(f"a layer of kind {kept.fields['kind']}: {fault}") from fault
    return LayerObject(layer, given=numbers)


def _restored_custom(instance: Any, plain: dict[str, Any], numbers: dict[str, np.ndarray]) -> LayerObject:
    """An object as a layer, with the numbers that the network had."""
    layer = custom_layer(object_of(custom_layer(instance), numbers))
    settled = {name: plain[name] for name in ("forms", "vectors", "learning", "initialized") if name in plain}
    return LayerObject(replace(layer, name=plain["name"], begin=None if plain.get("forms") else layer.begin, **settled))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


def _class(kind: str) -> type[Layer]:
    """The engine's description of that kind, in whatever module it lay when the file was written; no other class can be
    named."""
    name = kind.rpartition(".")[2]
    if name in LAYER_KINDS:
        return LAYER_KINDS[name]
    raise NotKept(f"a layer of kind {kind}")
