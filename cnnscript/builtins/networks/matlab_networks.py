"""Networks that MATLAB saved, made of what its files say of them (files/matlab_objects.py).

A layer's fields are those of its saveobj: MATLAB's property names, Weights and their like as structs with a Value, or
plain numbers.  Properties may also lie in an inner object (PrivateLayer).  What a file does not say keeps its default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

import numpy as np

from cnnscript.builtins.files.matlab_objects import MatlabArray, MatlabObject, Unknown
from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.layer_properties import STATISTICS
from cnnscript.builtins.networks.network_building import assembled_network, checked_graph, network_of, own_number
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.importing.foreign_layers import EDGES as EDGES_ALONE
from cnnscript.engine.importing.foreign_layers import ZeroPadding
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer, matlab_name
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import OBJECT, as_array, is_cell, is_numeric, ndarray
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none

NETWORKS = ("SeriesNetwork", "DAGNetwork", "dlnetwork")
WAY_OUT = "in MATLAB, exportONNXNetwork(net,'net.onnx') writes a file that importNetworkFromONNX reads here"
INNER = ("PrivateLayer", "InternalLayer", "PrivateNetwork", "LayerGraph", "InternalLayerGraph")
OTHER_NAMES = {  # of properties, in files of other releases
    "PaddingSize": ("Padding",),
    "CroppingSize": ("Cropping",),
    "Mean": ("AverageImage",),
    "StandardDeviation": ("Std",),
    "Classes": ("Categories", "ClassNames"),
    "PoolSize": ("WindowSize",),
    "Probability": ("Fraction",),
    "Dim": ("Axis", "ConcatenationAxis", "ConcatenationDimension"),
    "NumGroups": ("Groups",),
    "NumFiltersPerGroup": ("NumFilters",),
    "NumChannelsPerGroup": ("NumChannels",),
}


EDGES = {"PaddingSize": "PaddingMode", "CroppingSize": "CroppingMode"}


def made_network(value: MatlabObject | MatlabArray) -> Any:
    """The network, layer graph or layers that MATLAB's objects are; None where they are nothing of the kind.

    Raises Unknown, with the way out, for a network that cannot be made.
    """
    try:
        return _made(value)
    except ScriptError as fault:
        causes = [cause for cause in fault.causes if isinstance(cause, ScriptError)] or [fault]
        words = "; ".join(part for cause in causes for part in (cause.message, *cause.notes))
        raise Unknown(f"a {value.class_name} that does not fit together ({words})", WAY_OUT) from fault
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as fault:
        if isinstance(fault, Unknown):
            raise
        raise Unknown(f"a {value.class_name} in a form that is not known ({fault})", WAY_OUT) from fault


def _made(value: MatlabObject | MatlabArray) -> Any:
    if type(value) is MatlabArray:
        if not is_layer_class(value.class_name) and not all(is_layer(item) for item in value.items):
            return None
        data = np.empty(len(value.items), OBJECT)
        data[:] = [layer_of(item) for item in value.items]
        return LayerArray(data.reshape(value.shape, order="F"))
    if value.class_name in NETWORKS:
        return network(value)
    if value.class_name in ("nnet.cnn.LayerGraph", "LayerGraph"):
        return LayerGraph(graph_of(value))
    return layer_of(value) if is_layer(value) else None


def network(value: MatlabObject) -> Any:
    graph = graph_of(value)
    if value.class_name != "dlnetwork":
        return NetworkObject(assembled_network(graph, "series" if value.class_name == "SeriesNetwork" else "dag"))
    graph = with_learnables(graph, value)
    whole = checked_graph(graph, "dlnetwork")
    numbers = {one.layer.name: {name: own_number(one, name) for name in one.layer.parameter_shapes()}
               for one in whole.holders}  # fmt: skip
    if any(array is None for held in numbers.values() for array in held.values()):
        return DLNetwork(graph)
    return DLNetwork(whole, network_of(whole, "dlnetwork", numbers))  # type: ignore[arg-type]


def with_learnables(graph: LayeredGraph[LayerObject], value: MatlabObject) -> LayeredGraph[LayerObject]:
    """The layers with the numbers of the tables Learnables and State, where the object has them beside its layers."""
    tables = [table for name in ("Learnables", "State") if isinstance(table := value.properties.get(name), Table)]
    given: dict[str, dict[str, ndarray]] = {}
    for table in tables:
        columns = {variable.name: variable.data for variable in table.variables}
        names = [texts_or_none(columns[word]) or [] for word in ("Layer", "Parameter")]
        for layer, parameter, cell in zip(*names, columns["Value"].ravel("F").tolist(), strict=True):
            given.setdefault(layer, {})[parameter] = number_of(cell)
    if not given:
        return graph
    return graph.with_holders(
        [LayerObject(one.layer, given={**one.given, **given.get(one.layer.name, {})}) for one in graph.holders]
    )


# --------------------------------------------------------------------------------------------------------------- graphs
def graph_of(value: MatlabObject) -> LayeredGraph[LayerObject]:
    """Layers and connections of a network or layer graph."""
    known = flat(value)
    layers = known.get("Layers", known.get("InternalLayers"))
    if layers is None:
        raise ValueError("it names no layers")
    holders = [layer_of(item) for item in items_of(layers)]
    connections = known.get("Connections", known.get("HiddenConnections", known.get("InternalConnections")))
    if connections is None:
        return LayeredGraph.in_series(holders)
    graph = LayeredGraph(tuple(holders))
    for source, destination in pairs_of(connections, [one.layer for one in holders]):
        graph = graph.connected(source, destination)
    return graph


def items_of(value: Any) -> list[Any]:
    """The layers of an object array, of a cell, or one layer."""
    if type(value) is MatlabArray:
        return value.items
    return value.ravel("F").tolist() if is_cell(value) else [value]


def pairs_of(value: Any, layers: list[Layer]) -> Iterable[tuple[str, str]]:
    """Connections by names: of a table or struct with Source and Destination, a cell of two columns, or whole numbers:
    (layer, output, layer, input) or (layer, layer) a row, counted from 1."""
    if isinstance(value, Table):
        value = Struct({variable.name: variable.data for variable in value.variables})
    if type(value) is Struct and "Source" in value.fields:
        texts = [texts_or_none(value.fields[word]) for word in ("Source", "Destination")]
        return list(zip(texts[0] or [], texts[1] or [], strict=True))
    if type(value) is Struct and "EndNodes" in value.fields:
        nodes = as_array(value.fields["EndNodes"]).astype(int)
        ports = value.fields.get("EndPorts")
        rows = []
        for k in range(nodes.shape[0]):
            found = ports.ravel("F").tolist()[k] if is_cell(ports) else np.array([[1, 1]])
            rows += [(nodes[k, 0], one, nodes[k, 1], other) for one, other in as_array(found).astype(int).tolist()]
        return [_numbered(row, layers) for row in rows]
    if is_cell(value) and value.ndim == 2 and value.shape[1] == 2:
        return [(str(one), str(other)) for one, other in value.tolist()]
    if is_numeric(value) and as_array(value).ndim == 2 and as_array(value).shape[1] in (2, 4):
        rows = as_array(value).astype(int).tolist()
        return [_numbered(row if len(row) == 4 else (row[0], 1, row[1], 1), layers) for row in rows]
    raise ValueError("its connections are in a form that is not known")


def _numbered(row: Iterable[int], layers: list[Layer]) -> tuple[str, str]:
    source, output, destination, port = row
    giver, taker = layers[source - 1], layers[destination - 1]
    ends = [(giver.name, giver.output_names, output), (taker.name, taker.input_names, port)]
    one, other = (f"{name}/{ports[number - 1]}" if len(ports) > 1 else name for name, ports, number in ends)
    return one, other


# --------------------------------------------------------------------------------------------------------------- layers
def is_layer_class(class_name: str) -> bool:
    return class_name == "nnet.cnn.layer.Layer" or class_name in kinds()


def is_layer(value: Any) -> bool:
    return type(value) is MatlabObject and (value.class_name in kinds() or ".layer." in value.class_name)


def kinds() -> dict[str, type[Layer]]:
    """The engine's kinds of layers by MATLAB's class."""
    found: dict[str, type[Layer]] = {}
    waiting = list(Layer.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if type(vars(kind).get("matlab_class")) is str:
            found[kind.matlab_class] = kind
    return found | {name: ZeroPadding for name in ZeroPadding.matlab_classes()}


def flat(value: MatlabObject) -> dict[str, Any]:
    """The properties of an object, those of its inner objects and structs among them (its own go first)."""
    known: dict[str, Any] = {}
    for name in INNER:
        inner = value.properties.get(name)
        if type(inner) is MatlabObject:
            known |= flat(inner)
        elif type(inner) is Struct:
            known |= inner.fields
    kept = value.properties.get("any")
    if type(kept) is Struct:
        known |= kept.fields
    return known | value.properties


def layer_of(value: Any) -> LayerObject:
    """One layer with its numbers."""
    if type(value) is LayerObject:
        return value
    if type(value) is not MatlabObject:
        raise ValueError("an element of its layers is none")
    known = flat(value)
    name = _text(known.get("Name"))
    kind = kinds().get(value.class_name)
    if kind is None:
        raise Unknown(f"a network with a layer of class {value.class_name} ('{name}')", WAY_OUT)
    if kind is Convolution and np.size(as_array(known.get("NumFilters", 1.0))) > 1:
        kind = GroupedConvolution  # two groups, as AlexNet's were written before R2019a
        groups = as_array(known["NumFilters"]).ravel().tolist()
        channels = as_array(known.get("NumChannels", np.nan)).flat[0]
        known |= {"NumGroups": float(len(groups)), "NumFiltersPerGroup": groups[0]}
        known |= {"NumChannels": float(channels), "NumChannelsPerGroup": float(channels)}
    if kind is ZeroPadding:
        known["PaddingSize"] = np.hstack([as_array(known[edge]).reshape(1, 1) for edge in EDGES_ALONE])
        known["Package"] = value.class_name.split(".")[1]
    layer = kind(**{field: part for field, part in _fields(kind, known)})
    given = {}
    for parameter in (*layer.learnables, *layer.state):
        array = number_of(known.get(parameter))
        if array is not None and array.size:
            array = in_matlabs_shape(layer, parameter, array)
            given[parameter] = np.asfortranarray(array, np.float32)
            layer = layer.told_by(parameter, given[parameter].shape)
    return LayerObject(layer, given=given)


def _fields(kind: type[Layer], known: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """The fields of a description that a file says something of."""
    for field in fields(kind):
        name = matlab_name(field.name)
        names = (name, *OTHER_NAMES.get(name, ()))
        raw = next((known[each] for each in names if each in known and not _is_nothing(known[each])), None)
        if name in EDGES and _text(known.get(EDGES[name])) == "same":
            yield field.name, "same"
            continue
        if raw is None or field.name in ("learning", "spatial_size"):
            continue
        if name in STATISTICS and issubclass(kind, ImageInput):
            yield field.name, checks.statistic(number_of(raw))
            continue
        value = _plain(raw)
        default = field.default if field.default is not MISSING else None
        if name in EDGES:
            value = value if value == "same" else _edges(value)
        elif field.name in ("filter_size", "stride", "dilation_factor", "pool_size", "block_size"):
            value = value if isinstance(value, tuple) else (value, value)
        elif name == "Classes":
            value = tuple(raw.names) if type(raw) is Categorical else tuple(texts_or_none(raw) or ())
        elif name == "ResponseNames":
            value = tuple(texts_or_none(raw) or ())
        elif name == "InputSize" and issubclass(kind, ImageInput):
            value = (*value, 1, 1)[:3] if isinstance(value, tuple) else (1, 1, value)
        elif name == "InputSize" and isinstance(value, tuple):
            value = int(np.prod(value))
        elif isinstance(default, bool):
            value = bool(value)
        elif isinstance(default, float) and isinstance(value, int):
            value = float(value)
        yield field.name, value


def _is_nothing(value: Any) -> bool:
    """Is a property empty, not a number, or not said?"""
    if value is None or type(value) is str and value == "":
        return True
    if type(value) is ndarray and value.dtype != OBJECT:
        return value.size == 0 or value.dtype.kind == "f" and bool(np.isnan(value).all())
    return type(value) is float and value != value


def _plain(value: Any) -> Any:
    """A number, a tuple of numbers, a text or a tuple of texts, of a value of the language."""
    texts = texts_or_none(value)
    if texts is not None:
        return texts[0] if type(value) is str or len(texts) == 1 else tuple(texts)
    array = number_of(value)
    if array is None:
        return value
    numbers = [int(one) if float(one).is_integer() else float(one) for one in array.ravel("F").tolist()]
    return numbers[0] if len(numbers) == 1 else tuple(numbers)


def _text(value: Any) -> str:
    texts = texts_or_none(value)
    return texts[0] if texts else ""


def _edges(value: Any) -> tuple[int, ...]:
    """Padding as top, bottom, left, right: of one number, height and width, or all four."""
    if not isinstance(value, tuple):
        return (value,) * 4
    return value if len(value) == 4 else (value[0], value[0], value[1], value[1])


def number_of(value: Any) -> ndarray | None:
    """The numbers of a property: an array, a struct or object that has them as its Value, a dlarray; None for none."""
    if type(value) is Struct:
        return next((number_of(value.fields[name]) for name in VALUES if name in value.fields), None)
    if type(value) is MatlabObject:
        known = flat(value)
        return next((number_of(known[name]) for name in VALUES if name in known), None)
    if is_cell(value) and value.size == 1:
        return number_of(value.item())
    return as_array(value) if value is not None and is_numeric(value) else None


VALUES = ("Value", "HostValue", "Data", "data", "ValueInternal")


def in_matlabs_shape(layer: Layer, parameter: str, array: ndarray) -> ndarray:
    """A parameter as MATLAB shows it now, dimensions of 1 at the end written out.

    Older files have a fully connected layer's weights as height × width × channels × outputs, and the filters of two
    groups one after the other.
    """
    if isinstance(layer, FullyConnected) and parameter == "Weights" and array.ndim > 2:
        return array.reshape(-1, layer.output_size, order="F").T
    wanted = layer.matlab_shapes()[parameter]
    filters = 3 if parameter == "Weights" else 2  # the dimension that counts them, from 0
    if isinstance(layer, GroupedConvolution) and layer.num_groups != "channel-wise" and array.ndim == filters + 1:
        groups, each = int(layer.num_groups), layer.num_filters_per_group
        if array.shape[filters] == groups * each:
            return array.reshape(*array.shape[:filters], each, groups, order="F")
    return array.reshape(*array.shape, *(1,) * (len(wanted) - array.ndim))
