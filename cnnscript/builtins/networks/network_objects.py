"""What networks and layers are in the language: MATLAB's objects over the engine's descriptions.

    NetworkObject   SeriesNetwork or DAGNetwork: a trained network
    NetworkArray    several of them: [net1 net2], of which nets(k) is one
    LayerGraph      layers and connections, for surgery
    LayerArray      net.Layers: n×1, heterogeneous
    LayerObject     one layer; its Weights are fetched from its network when asked for

All are values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.networks.custom_layers import custom_layer, is_custom, object_of
from cnnscript.builtins.networks.layer_properties import Given, cell_row, changed, value_of
from cnnscript.display.containers import field_text
from cnnscript.display.formats import Format
from cnnscript.display.objects import short_name
from cnnscript.engine.architectures import Architecture
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Layer
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.weights import to_matlab
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, class_of, norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import select
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts

LAYER_CLASS = "nnet.cnn.layer.Layer"
SURGERY = frozenset((
    "addInputLayer", "addLayers", "connectLayers", "disconnectLayers", "getLayer", "removeLayers", "replaceLayer",
))  # fmt: skip
SINGLE = 4  # bytes of a number
PORTS = ("NumInputs", "InputNames", "NumOutputs", "OutputNames")


def labelled_lines(groups: list[tuple[str, list[tuple[str, Any]]]], form: Format) -> str:
    """Properties as MATLAB shows those of an object: groups under headings, all names aligned to the longest."""
    width = max((len(name) for _, pairs in groups for name, _ in pairs), default=0) + 4
    parts = []
    for heading, pairs in groups:
        title = f"   {heading}\n" if heading else ""
        lines = [f"{name:>{width}}: {field_text(value, form, form.width - width - 2)}\n" for name, value in pairs]
        parts.append(title + ("".join(lines) or "    No properties.\n"))
    return form.blank.join(parts)


# --------------------------------------------------------------------------------------------------------------- layers


class LayerObject(Object):
    """One layer: a description, and the network that holds its numbers (None: it has none).

    given: numbers that it was given since, or was made with, by name and in MATLAB's shapes; they go before the
    network's.  `own_numbers` are both.  holder: its name in that network, where it was renamed since.
    """

    ancestors = (LAYER_CLASS, "matlab.mixin.Heterogeneous")
    joins_others = True

    def __init__(self, layer: Layer, network: Network | None = None, given: Given | None = None, holder: str = ""):
        self.layer = layer
        self.network = network
        self.holder = holder or layer.name
        self.given: Given = given or {}
        self.class_name = layer.matlab_class  # type: ignore[misc]  the class depends on the layer

    def property_names(self) -> list[str]:
        layer = self.layer
        return [*layer.property_names(), *layer.learnables, *layer.state, *layer.defaults_of_learning(), *PORTS]

    def get(self, name: str) -> Any:
        layer = self.layer
        if name in layer.learnables or name in layer.state:
            return self.parameter(name)
        if name in PORTS:
            names = layer.input_names if "Input" in name else layer.output_names
            return float(len(names)) if name.startswith("Num") else cell_row(names)
        try:
            return value_of(layer, name)
        except KeyError:
            raise self.no_property(name) from None

    def set(self, name: str, value: Any) -> LayerObject:
        if name in PORTS and name not in self.layer.settable:
            return Object.set(self, name, value)  # type: ignore[return-value]  it raises: read-only
        try:
            layer, given = changed(self.layer, self.given, name, value)
        except KeyError:
            raise self.no_property(name, setting=True) from None
        return LayerObject(layer, self.network, given, self.holder)

    def parameter(self, name: str) -> Any:
        """A parameter in MATLAB's shape, single; [] for a layer without numbers."""
        if name in self.given:
            return norm(self.given[name])
        array = None if self.network is None else self.network.parameter(self.holder, name)
        if array is None and isinstance(self.layer, CustomLayer) and self.layer.held[name].size:
            array = self.layer.held[name]
        return EMPTY if array is None else self.shown_parameter(name, array)

    def shown_parameter(self, name: str, array: np.ndarray) -> Any:
        """An array of the engine's shape as this layer's parameter is shown."""
        return norm(np.asfortranarray(to_matlab(self.layer, name, array)))

    def own_numbers(self) -> dict[str, np.ndarray]:
        """All numbers that the layer has, by name, in MATLAB's shapes: for the network that it is put into."""
        names = (*self.layer.learnables, *self.layer.state)
        held = {name: self.parameter(name) for name in names}
        return {name: as_array(value) for name, value in held.items() if value is not EMPTY and np.size(value)}

    def bytes(self) -> int:
        """What its numbers take, singles all."""
        held = {name: prod(value.shape) for name, value in self.given.items()}
        if self.network is not None and self.network.initialized:
            shapes = self.network.layers[self.network.number(self.holder)].parameter_shapes()
            held = {**{name: prod(shape) for name, shape in shapes.items()}, **held}
        return SINGLE * sum(held.values())

    def disp(self, form: Format) -> str:
        return self.described_in_words(form) + form.blank

    def described_in_words(self, form: Format) -> str:
        """Class and properties, without a blank line behind them."""
        blank, shown = form.blank, self.layer.shown
        groups = [(heading, [(name, self.get(name)) for name in names]) for heading, names in shown]
        tail = f"{blank}  Show all properties\n" if self.layer.learnables or self.layer.offers_all else ""
        return f"  {short_name(self.class_name)} with properties:\n{blank}{labelled_lines(groups, form)}{tail}"

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join_layers(parts, axis)

    def index(self, args: tuple) -> Any:
        return LayerArray.of([self]).index(args)

    def assign(self, args: tuple, value: Any) -> Any:
        return LayerArray.of([self]).assign(args, value)

    def delete_elements(self, args: tuple) -> Any:
        return LayerArray.of([self]).delete_elements(args)

    def no_elements(self) -> LayerArray:
        return LayerArray(np.empty((0, 0), OBJECT))

    def parts(self) -> tuple:
        return LayerArray.of([self]).data, layers_of

    def renamed(self, name: str) -> LayerObject:
        """The layer under another name, its numbers kept."""
        return LayerObject(replace(self.layer, name=name), self.network, self.given, self.holder)

    def described(self, layer: Layer) -> LayerObject:
        """The layer with another description, its numbers kept."""
        return LayerObject(layer, self.network, self.given, self.holder)

    def equals(self, other: Any) -> bool:
        if type(other) is not LayerObject or self.layer != other.layer:
            return False
        mine, theirs = self.own_numbers(), other.own_numbers()
        return mine.keys() == theirs.keys() and all(np.array_equal(mine[name], theirs[name]) for name in mine)


class LayerArray(Object):
    """Layers in a column (or row): what net.Layers is.  data: an object array of LayerObjects."""

    ancestors = (LAYER_CLASS, "matlab.mixin.Heterogeneous")
    holds_several = True
    joins_others = True

    def __init__(self, data: np.ndarray):
        self.data = data

    @property
    def class_name(self) -> str:  # type: ignore[override]
        """The class that all elements are of; that of all layers where they differ."""
        kinds = {layer.class_name for layer in self.data.flat}
        return kinds.pop() if len(kinds) == 1 else LAYER_CLASS

    @classmethod
    def of(cls, layers: Iterable[LayerObject], axis: int = 0) -> LayerArray:
        """Layers below one another (axis 0) or in a row (axis 1)."""
        layers = list(layers)
        data = np.empty(len(layers), OBJECT)
        data[:] = layers
        return cls(data.reshape((1, -1) if axis else (-1, 1)))

    @property
    def layers(self) -> list[LayerObject]:
        return self.data.ravel("F").tolist()

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def bytes(self) -> int:
        return sum(layer.bytes() for layer in self.layers)

    def layer_names(self) -> list[str]:
        return [one.layer.name for one in self.layers]

    def property_names(self) -> list[str]:
        layers = self.layers
        same = layers and self.class_name != LAYER_CLASS
        return layers[0].property_names() if same else ["Name", *PORTS]

    def get(self, name: str) -> Any:
        """The property of every layer: several values, as `layers.Name` gives."""
        if name not in self.property_names():
            raise self.no_property(name)
        return tuple(layer.get(name) for layer in self.layers)

    def set(self, name: str, value: Any) -> Object:
        if name in self.property_names():
            raise ScriptError(
                "MATLAB:class:InvalidArrayAssignment",
                "Unable to assign a value to a property of several objects at once.",
                notes=(f"there are {self.data.size} layers",),
                hint="set it layer by layer: for i = 1:numel(layers), layers(i).Name = ...; end",
            )
        return super().set(name, value)

    def index(self, args: tuple) -> Any:
        """layers(k), layers(2:4), layers(end), layers(:), layers(k, 1), layers(mask)."""
        return layers_of(select(self.data, args) if args else self.data)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join_layers(parts, axis)

    def no_elements(self) -> LayerArray:
        return LayerArray(np.empty((0, 0), OBJECT))

    def parts(self) -> tuple:
        return self.data, layers_of

    def assign(self, args: tuple, value: Any) -> Any:
        """layers(k) = layer, layers(2:3) = two layers, layers(end+1) = one more."""
        if is_custom(value):
            value = LayerObject(custom_layer(value))
        if type(value) is LayerObject:
            given = np.empty((1, 1), OBJECT)
            given[0, 0] = value
        elif type(value) is LayerArray:
            given = value.data
        else:
            raise not_a_layer(value)
        data = place(self.data, args, given, False, lambda count: np.full(count, None, OBJECT))
        if any(layer is None for layer in data.flat):
            empty = 1 + next(k for k, layer in enumerate(data.ravel("F").tolist()) if layer is None)
            raise ScriptError(
                "MATLAB:heterogeneous:NoDefaultElement", "There is no default layer to fill the array with.",
                notes=(f"element {empty} would have no layer",),
            )  # fmt: skip
        return layers_of(data)

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose"):
            return LayerArray(self.data.T)
        return super().operator(name, args)

    def delete_elements(self, args: tuple) -> Any:
        """layers(k) = []"""
        return layers_of(without(self.data, args))

    def equals(self, other: Any) -> bool:
        if type(other) is not LayerArray or self.size() != other.size():
            return False
        return all(mine.equals(theirs) for mine, theirs in zip(self.layers, other.layers, strict=True))

    def disp(self, form: Format) -> str:
        """The table of layers: number, name in quotes, type, description, as MATLAB aligns them."""
        rows = [(f"'{one.layer.name}'", type_of(one.layer), one.layer.describe()) for one in self.layers]
        size = size_text(self.size(), "×")
        if not rows:
            return f"  {size} empty Layer array with properties:\n{form.blank}    Name\n{form.blank}"
        number = max(2, len(str(len(rows))))
        name = max(len(row[0]) for row in rows)
        kind = max(len(row[1]) for row in rows)
        lines = [f"    {i:>{number}}   {n:<{name}}   {k:<{kind}}   {text}\n" for i, (n, k, text) in enumerate(rows, 1)]
        return f"  {size} Layer array with layers:\n{form.blank}" + "".join(lines) + form.blank


def type_of(layer: Layer) -> str:
    """The middle column of the table of layers."""
    return layer.type_text if isinstance(layer, CustomLayer) else layer.kind


def layers_of(data: np.ndarray) -> Any:
    """The value that an array of layers is: a single layer is no array, one of the script's own the object it was."""
    if data.size != 1:
        return LayerArray(data)
    one = data.item()
    return object_of(one.layer, one.own_numbers()) if isinstance(one.layer, CustomLayer) else one


def layer_column(layers: Iterable[LayerObject]) -> Any:
    """The layers of a network, below one another."""
    return layers_of(LayerArray.of(layers).data)


def not_a_layer(value: Any) -> ScriptError:
    return ScriptError(
        "MATLAB:UnableToConvert",
        f"Unable to convert a value of class {class_of(value)} to a layer.",
        notes=("layers can be joined with layers only",),
    )


def join_layers(parts: tuple, axis: int) -> Any:
    """[a; b] or [a b] of layers and layer arrays; empty brackets count for nothing."""
    arrays: list[np.ndarray] = []
    for part in parts:
        if is_custom(part):
            part = LayerObject(custom_layer(part))
        if type(part) is LayerArray:
            if part.data.size:
                arrays.append(part.data)
        elif type(part) is LayerObject:
            one = np.empty((1, 1), OBJECT)
            one[0, 0] = part
            arrays.append(one)
        elif not (type(part) is np.ndarray and part.size == 0):
            raise not_a_layer(part)
    if not arrays:
        return LayerArray(np.empty((0, 0), OBJECT))
    other = 1 - axis
    if any(array.ndim != 2 or array.shape[other] != arrays[0].shape[other] for array in arrays):
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch", "Dimensions of arrays being concatenated are not consistent.",
            notes=tuple(f"element {k} is {size_text(array.shape)}" for k, array in enumerate(arrays, 1))[:4],
        )  # fmt: skip
    return layers_of(np.concatenate(arrays, axis))


# ------------------------------------------------------------------------------------------------------------- networks


class NetworkObject(Object):
    """A trained network: SeriesNetwork or DAGNetwork, as its kind says."""

    methods = frozenset((
        "activations", "classify", "classifyAndUpdateState", "layerGraph", "plot", "predict", "predictAndUpdateState",
        "resetState", "summary",
    ))  # fmt: skip

    def __init__(self, network: Network):
        self.network = network
        self.class_name = "SeriesNetwork" if network.kind == "series" else "DAGNetwork"  # type: ignore[misc]

    @cached_property
    def graph(self) -> LayeredGraph[LayerObject]:
        """The layers, each with its numbers, and their connections."""
        return graph_of(self.network)

    def bytes(self) -> int:
        return sum(layer.bytes() for layer in self.graph.holders)

    def layer_names(self) -> list[str]:
        return [layer.name for layer in self.network.layers]

    def property_names(self) -> list[str]:
        connections = ["Connections"] if self.class_name == "DAGNetwork" else []
        return ["Layers", *connections, "InputNames", "OutputNames"]

    def get(self, name: str) -> Any:
        if name == "Layers":
            return layer_column(self.graph.holders)
        if name == "InputNames":
            return cell_row(self.network.input_names)
        if name == "OutputNames":
            return cell_row(self.network.output_names)
        if name == "Connections" and name in self.property_names():
            return connection_table(self.graph.sorted_connections())
        raise self.no_property(name)

    def equals(self, other: Any) -> bool:
        if type(other) is not NetworkObject or other.class_name != self.class_name:
            return False
        return other.network is self.network or same_graph(self.graph, other.graph)

    def alone(self) -> NetworkArray:
        data = np.empty((1, 1), OBJECT)
        data[0, 0] = self
        return NetworkArray(data, self.class_name)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join_networks(parts, axis)

    def index(self, args: tuple) -> Any:
        return self.alone().index(args)

    def assign(self, args: tuple, value: Any) -> Any:
        return self.alone().assign(args, value)

    def delete_elements(self, args: tuple) -> Any:
        return self.alone().delete_elements(args)

    def no_elements(self) -> NetworkArray:
        return NetworkArray(np.empty((0, 0), OBJECT), self.class_name)


class NetworkArray(Object):
    """Trained networks of one class in rows and columns, more than one or none.  data: an array of NetworkObjects."""

    holds_several = True

    def __init__(self, data: np.ndarray, class_name: str):
        self.data = data
        self.class_name = class_name  # type: ignore[misc]

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def networks(self) -> list[NetworkObject]:
        return self.data.ravel("F").tolist()

    def bytes(self) -> int:
        return sum(network.bytes() for network in self.networks())

    def property_names(self) -> list[str]:
        connections = ["Connections"] if self.class_name == "DAGNetwork" else []
        return ["Layers", *connections, "InputNames", "OutputNames"]

    def get(self, name: str) -> Any:
        """The property of every network: several values, as `nets.Layers` gives."""
        if name not in self.property_names():
            raise self.no_property(name)
        return tuple(network.get(name) for network in self.networks())

    def of(self, data: np.ndarray) -> Any:
        return data.item() if data.size == 1 else NetworkArray(data, self.class_name)

    def index(self, args: tuple) -> Any:
        return self.of(select(self.data, args) if args else self.data)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join_networks(parts, axis)

    def no_elements(self) -> NetworkArray:
        return NetworkArray(np.empty((0, 0), OBJECT), self.class_name)

    def assign(self, args: tuple, value: Any) -> Any:
        """nets(k) = net"""
        if type(value) not in (NetworkObject, NetworkArray) or value.class_name != self.class_name:
            raise not_of_class(value, self.class_name)
        given = value.data if type(value) is NetworkArray else value.alone().data
        data = place(self.data, args, given, False, lambda count: np.full(count, None, OBJECT))
        if any(network is None for network in data.flat):
            raise ScriptError(
                "MATLAB:class:undefinedMethod", f"There is no default {self.class_name} to fill the array with.",
            )  # fmt: skip
        return self.of(data)

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose"):
            return NetworkArray(self.data.T, self.class_name)
        return super().operator(name, args)

    def delete_elements(self, args: tuple) -> Any:
        """nets(k) = []"""
        return self.of(without(self.data, args))

    def equals(self, other: Any) -> bool:
        if type(other) is not NetworkArray or self.size() != other.size():
            return False
        return all(mine.equals(theirs) for mine, theirs in zip(self.networks(), other.networks(), strict=True))

    def disp(self, form: Format) -> str:
        names = "".join(f"    {name}\n" for name in self.property_names())
        empty = "" if self.data.size else "empty "
        head = f"  {size_text(self.size(), '×')} {empty}{self.class_name} array with properties:\n"
        return f"{head}{form.blank}{names}{form.blank}"


def not_of_class(value: Any, class_name: str) -> ScriptError:
    return ScriptError(
        "MATLAB:UnableToConvert", f"Unable to convert a value of class {class_of(value)} to {class_name}.",
        notes=("networks can be joined with networks of their class only",),
    )  # fmt: skip


def join_networks(parts: tuple, axis: int) -> Any:
    """[a; b] or [a b] of networks and arrays of them; empty brackets count for nothing."""
    first = next(part for part in parts if type(part) in (NetworkObject, NetworkArray))
    arrays: list[np.ndarray] = []
    for part in parts:
        if type(part) in (NetworkObject, NetworkArray) and part.class_name == first.class_name:
            data = part.data if type(part) is NetworkArray else part.alone().data
            if data.size:
                arrays.append(data)
        elif not (type(part) is np.ndarray and part.size == 0):
            raise not_of_class(part, first.class_name)
    if not arrays:
        return first.no_elements()
    other = 1 - axis
    if any(array.shape[other] != arrays[0].shape[other] for array in arrays):
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch", "Dimensions of arrays being concatenated are not consistent.",
            notes=tuple(f"element {k} is {size_text(array.shape)}" for k, array in enumerate(arrays, 1))[:4],
        )  # fmt: skip
    joined = np.concatenate(arrays, axis)
    return joined.item() if joined.size == 1 else NetworkArray(joined, first.class_name)


def graph_of(network: Network) -> LayeredGraph[LayerObject]:
    """A network as a graph of layers that find their numbers in it."""
    holders = tuple(LayerObject(layer, network) for layer in network.layers)
    return LayeredGraph(holders, network.connections, network.chosen)


class LayerGraph(Object):
    """Layers and connections, to be cut and joined; the layers keep the numbers they have."""

    class_name = "nnet.cnn.LayerGraph"
    methods = SURGERY | {"plot"}

    def __init__(self, graph: LayeredGraph[LayerObject]):
        self.graph = replace(graph, outputs=()) if graph.outputs else graph  # only a dlnetwork chooses them

    @classmethod
    def of_architecture(cls, architecture: Architecture) -> LayerGraph:
        """A description without numbers."""
        return cls(LayeredGraph(tuple(LayerObject(layer) for layer in architecture.layers), architecture.connections))

    def bytes(self) -> int:
        return sum(layer.bytes() for layer in self.graph.holders)

    def layer_names(self) -> list[str]:
        return list(self.graph.places)

    def property_names(self) -> list[str]:
        return ["InputNames", "OutputNames", "Layers", "Connections"]

    def get(self, name: str) -> Any:
        if name == "Layers":
            return layer_column(self.graph.holders)
        if name == "Connections":
            return connection_table(self.graph.sorted_connections())
        if name == "InputNames":
            return cell_row(self.graph.input_names)
        if name == "OutputNames":
            return cell_row(self.graph.output_names)
        raise self.no_property(name)

    def equals(self, other: Any) -> bool:
        return type(other) is LayerGraph and same_graph(self.graph, other.graph)


def same_graph(one: LayeredGraph[LayerObject], other: LayeredGraph[LayerObject]) -> bool:
    """The same layers with the same numbers, connected in the same way."""
    return (
        len(one.holders) == len(other.holders)
        and set(one.edges) == set(other.edges)
        and one.ends() == other.ends()
        and all(mine.equals(theirs) for mine, theirs in zip(one.holders, other.holders, strict=True))
    )


def connection_table(connections: Iterable[tuple[str, str]]) -> Table:
    """net.Connections: which layer (and output) feeds which layer (and input)."""
    pairs = list(connections)
    columns = [cell_of_texts([pair[side] for pair in pairs]) for side in (0, 1)]
    return Table.of(dict(zip(("Source", "Destination"), columns, strict=True)))
