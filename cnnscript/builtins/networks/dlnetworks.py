"""dlnetwork: a network without output layers, whose learnables are tables that scripts read and write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_properties import cell_row
from cnnscript.builtins.networks.network_objects import (
    SURGERY,
    LayerObject,
    connection_table,
    graph_of,
    layer_column,
    same_graph,
)
from cnnscript.display.formats import Format
from cnnscript.display.objects import titled
from cnnscript.engine.graph import Network
from cnnscript.engine.recorded_networks import NetworkRecord
from cnnscript.engine.recording import Record
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.weights import from_matlab
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, numbers
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, class_of, is_numeric, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.tables import Table
from cnnscript.values.text import string_array, texts_or_none


class DLNetwork(Object):
    """A dlnetwork: a value.

    graph    the layers and their connections; settings of learning are in the layers
    network  what computes, once it is initialised; the layers then have their numbers there

    Settings of learning are the graph's alone: `with_layers` changes them there and shares the network, whose own
    descriptions of the layers may have others. Whoever trains begins with the graph.
    """

    class_name = "dlnetwork"
    methods = SURGERY | {
        "forward", "getL2Factor", "getLearnRateFactor", "initialize", "layerGraph", "plot", "predict", "resetState",
        "setL2Factor", "setLearnRateFactor", "summary",
    }  # fmt: skip

    def __init__(self, graph: LayeredGraph[LayerObject], network: Network | None = None):
        self.network = network
        self.record: NetworkRecord | None = None  # what a tape knows it as
        self._tables: dict[str, tuple[int, Table]] = {}  # by name, with the version of the network they are of
        if network is not None:
            graph = graph.with_holders(
                [LayerObject(settled_learning(network, holder), network) for holder in graph.holders]
            )
        self.graph = graph

    @classmethod
    def of_network(cls, network: Network) -> DLNetwork:
        """A network of the engine, whole and without output layers, as a dlnetwork."""
        return cls(graph_of(network), network)

    def bytes(self) -> int:
        return sum(layer.bytes() for layer in self.graph.holders)

    def layer_names(self) -> list[str]:
        return list(self.graph.places)

    def property_names(self) -> list[str]:
        return ["Layers", "Connections", "Learnables", "State", "InputNames", "OutputNames", "Initialized"]

    def get(self, name: str) -> Any:
        if name == "Layers":
            return layer_column(self.graph.holders)
        if name == "Connections":
            return connection_table(self.graph.sorted_connections())
        if name in ("Learnables", "State"):
            return self.table(name)
        if name == "InputNames":
            return cell_row(self.input_names())
        if name == "OutputNames":
            return cell_row(self.output_names())
        if name == "Initialized":
            return self.network is not None
        raise self.no_property(name)

    def input_names(self) -> tuple[str, ...]:
        """Input layers, and inputs that nothing feeds."""
        names = {layer.name: None for layer in self.graph.layers if not layer.input_names}
        opened = {self.graph.written(name, port, "input"): None for name, port in self.graph.open_inputs()}
        return (*names, *opened)

    def output_names(self) -> tuple[str, ...]:
        """Outputs that were chosen, else those that feed nothing."""
        return tuple(self.graph.written(name, port, "output") for name, port in self.graph.ends())

    def with_outputs(self, names: Sequence[str]) -> DLNetwork:
        """The same network with other outputs, in this order."""
        graph = self.graph.with_outputs(names)
        for (name, port), end in zip(graph.ends(), graph.outputs, strict=True):
            layer = graph.layers[graph.places[name]]
            if not layer.computed_outputs:
                if port != layer.output_names[0]:
                    raise ScriptError("cnnscript:NotYet", "Indices and size of a pooling cannot be outputs of a "
                                      "network yet.", notes=(f"output: '{end}'",))  # fmt: skip
            elif self.network is not None and (name, port) not in self.graph.open_outputs():
                raise ScriptError(
                    "cnnscript:NotYet",
                    "An output that feeds a layer, of a layer with several, can be chosen before the network is "
                    "initialized only.",
                    notes=(f"output: '{end}'",), hint="net = dlnetwork(layers,OutputNames=names)",
                )  # fmt: skip
        return DLNetwork(graph, None if self.network is None else self.network.with_outputs(graph.outputs))

    # ---------------------------------------------------------------------------------------------------------- tables
    def entries(self, which: str) -> list[tuple[LayerObject, str]]:
        """Layer and parameter of each row.  which: 'Learnables' or 'State'."""
        return [
            (holder, name) for holder in self.graph.holders
            for name in (holder.layer.learnables if which == "Learnables" else holder.layer.state)
        ]  # fmt: skip

    def recorded(self, record: NetworkRecord | None) -> DLNetwork:
        """The same network, its learnables on a tape, or (None) on none."""
        twin = DLNetwork(self.graph)
        twin.network, twin.record = self.network, record
        if record is None and self.record is None:
            twin._tables = self._tables
        return twin

    def with_layers(self, holders: Sequence[LayerObject]) -> DLNetwork:
        """The same network, other settings of learning in its layers."""
        twin = DLNetwork(self.graph.with_holders(holders))
        twin.network, twin._tables, twin.record = self.network, self._tables, self.record  # the numbers are the same
        return twin

    def table(self, which: str) -> Table:
        """Learnables or State; kept, for scripts ask for it in loops."""
        version = -1 if self.network is None else self.network.version
        kept = self._tables.get(which)
        if kept is None or kept[0] != version:
            kept = self._tables[which] = (version, self.fresh_table(which))
        return kept[1]

    def fresh_table(self, which: str, others: Mapping[str, Mapping[str, Any]] | None = None) -> Table:
        """Learnables or State.  others: shown in place of its own: numbers in the engine's shapes, or records."""
        rows, others = self.entries(which), others or {}
        values = np.empty((len(rows), 1), OBJECT)
        for k, (holder, name) in enumerate(rows):
            other = others.get(holder.layer.name, {}).get(name)
            values[k, 0] = self.parameter(holder, name, other)
        return Table.of({
            "Layer": string_array([holder.layer.name for holder, _ in rows], (len(rows), 1)),
            "Parameter": string_array([name for _, name in rows], (len(rows), 1)),
            "Value": values,
        })  # fmt: skip

    def parameter(self, holder: LayerObject, name: str, other: Any) -> Any:
        """A parameter, or other numbers in its place, as a dlarray, on the tape if one records; [] for a layer without
        numbers."""
        if isinstance(other, Record):
            return DLArray(None, "", other)
        if self.record is not None and name in holder.layer.learnables:
            return DLArray(None, "", self.record.learnable(holder.layer.name, name))
        value = holder.parameter(name) if other is None else holder.shown_parameter(name, other)
        return value if value is EMPTY else DLArray(value)

    def set(self, name: str, value: Any) -> Object:
        if name in ("Learnables", "State"):
            return self.with_table(name, value)
        if name == "OutputNames":
            return self.with_outputs(take.texts(value, "OutputNames"))
        return Object.set(self, name, value)

    def with_table(self, which: str, table: Any) -> DLNetwork:
        """The network after `net.Learnables = table`: the same rows in the same order, values of the same sizes."""
        rows = self.entries(which)
        layers, parameters, values = columns_of(table, which, rows)
        if self.network is None:
            raise ScriptError(
                "nnet_cnn:dlnetwork:NotInitialized",
                f"Unable to set the {which} property of an uninitialized dlnetwork.", hint="net = initialize(net)",
            )  # fmt: skip
        changes: dict[str, dict[str, np.ndarray]] = {}
        for k, (holder, name) in enumerate(rows):
            if (layers[k], parameters[k]) != (holder.layer.name, name):
                raise ScriptError(
                    "nnet_cnn:dlnetwork:InvalidTable",
                    f"The Layer and Parameter columns of {which} must not change.",
                    notes=(f"row {k + 1} is '{layers[k]}', '{parameters[k]}'",
                           f"it must be '{holder.layer.name}', '{name}'"),
                )  # fmt: skip
            changes.setdefault(layers[k], {})[name] = engine_value(self.network, holder, name, values[k])
        network = self.network.with_parameters(changes)
        return DLNetwork(self.graph, network)

    # --------------------------------------------------------------------------------------------------------- display
    def disp(self, form: Format) -> str:
        pairs = [(name, self.get(name)) for name in self.property_names()]
        return f"{titled('dlnetwork', pairs, form)}  View summary with summary.\n{form.blank}"

    def equals(self, other: Any) -> bool:
        return type(other) is DLNetwork and same_graph(self.graph, other.graph)


def settled_learning(network: Network, holder: LayerObject) -> Any:
    """The network's description of a layer, with the settings of learning that the holder has."""
    layer = network.layers[network.number(holder.layer.name)]
    return layer if layer.learning == holder.layer.learning else replace(layer, learning=holder.layer.learning)


def columns_of(table: Any, which: str, rows: list) -> tuple[list[str], list[str], list[Any]]:
    """The three columns of a table of learnables."""
    names = ("Layer", "Parameter", "Value")
    if type(table) is not Table or not set(names) <= set(table.names):
        got = f"variables {', '.join(table.names)}" if type(table) is Table else f"a {class_of(table)}"
        raise bad_table(which, f"got {got}")
    if table.rows != len(rows):
        raise bad_table(which, f"got {table.rows} rows, the network has {len(rows)}")
    values = table.data("Value")
    if type(values) is not np.ndarray or values.dtype != OBJECT:
        raise bad_table(which, f"Value is a {class_of(values)}")
    layers, parameters = texts_or_none(table.data("Layer")) or [], texts_or_none(table.data("Parameter")) or []
    return list(layers), list(parameters), values.ravel("F").tolist()


def bad_table(which: str, *notes: str) -> ScriptError:
    return ScriptError(
        f"nnet_cnn:dlnetwork:Invalid{which}",
        f"{which} must be a table with columns 'Layer', 'Parameter', and 'Value'. Each entry of 'Value' must be a "
        "1-by-1 cell array containing a real-valued finite numeric array or dlarray object.",
        notes=notes,
    )


def engine_value(network: Network, holder: LayerObject, name: str, value: Any) -> np.ndarray:
    """A value of a table row as the engine holds it."""
    layer = network.layers[network.number(holder.layer.name)]
    value = numbers(value)
    array = as_array(value) if is_numeric(value) else None
    if array is None or array.dtype.kind == "c" or not np.isfinite(array).all():
        kind = class_of(value) if array is None else "complex" if array.dtype.kind == "c" else "not finite"
        raise bad_table("Learnables" if name in layer.learnables else "State",
                        f"{name} of layer '{layer.name}' is {kind}")  # fmt: skip
    try:
        return from_matlab(layer, name, array)
    except ValueError:
        wanted = size_text(size_of(holder.parameter(name)))
        raise ScriptError(
            "nnet_cnn:dlnetwork:InvalidValue",
            f"{name} of layer '{layer.name}' must have size {wanted}.", notes=(f"got {size_text(size_of(value))}",),
        ) from None  # fmt: skip
