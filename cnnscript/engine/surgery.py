"""Surgery on graphs of layers: layers added, removed and replaced, connected and disconnected, before sizes are known.

A LayeredGraph is a value: each operation gives a changed copy.  It holds anything that has a description (`.layer`), so
that whoever keeps numbers or settings with a layer keeps them through surgery.  Connections are written as MATLAB
writes them: 'relu1', or 'add/in2' and 'pool/indices' where a layer has several inputs or outputs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from cnnscript.engine.graph import Connection
from cnnscript.engine.layers import Layer
from cnnscript.errors import ScriptError

GRAPH = "nnet_cnn:nnet:cnn:LayerGraph:"


class Described(Protocol):
    """Whatever holds the description of a layer."""

    @property
    def layer(self) -> Layer:
        """The description; its name is unique in a graph."""


Holder = TypeVar("Holder", bound=Described)


@dataclass(frozen=True)
class LayeredGraph(Generic[Holder]):
    """Layers in order and the connections between them, in the order they were made.

    outputs  those that were chosen as outputs of the whole, as MATLAB writes them; (): those that feed nothing
    """

    holders: tuple[Holder, ...] = ()
    connections: tuple[Connection, ...] = ()
    outputs: tuple[str, ...] = ()

    @classmethod
    def in_series(cls, holders: Sequence[Holder]) -> LayeredGraph[Holder]:
        """Layers of which each feeds the next."""
        return LayeredGraph().with_layers(holders)

    # ----------------------------------------------------------------------------------------------------------- facts
    @cached_property
    def places(self) -> dict[str, int]:
        """Where each layer is, by name."""
        return {holder.layer.name: k for k, holder in enumerate(self.holders)}

    @property
    def layers(self) -> tuple[Layer, ...]:
        return tuple(holder.layer for holder in self.holders)

    def place(self, name: str) -> int:
        """The place of a layer; an unknown name is an error that lists the nearest."""
        found = self.places.get(name)
        if found is None:
            raise ScriptError(GRAPH + "LayerDoesNotExist", f"Layer '{name}' does not exist.", notes=self.near(name))
        return found

    def near(self, name: str) -> tuple[str, ...]:
        """A note with the names most like a name, or none."""
        folded: dict[str, str] = {}
        for known in self.places:
            folded.setdefault(known.lower(), known)
        low = name.lower()
        found = [folded[n] for n in difflib.get_close_matches(low, folded, 4, 0.6)]
        found += [known for each, known in folded.items() if low and low in each and known not in found]
        if found:
            return ("near names: " + ", ".join(f"'{each}'" for each in found[:4]),)
        return () if self.places else ("the graph has no layers",)

    def port(self, end: str, side: str) -> tuple[str, str]:
        """Layer and port of one end of a connection.  side: 'input' or 'output'.

        A port may be left out where the layer has one; layer names may hold a slash themselves.
        """
        if end in self.places:
            name, port = end, ""
        else:
            name, _, port = end.rpartition("/")
            if not name or name not in self.places:
                self.place(name or end)
        layer = self.holders[self.places[name]].layer
        ports = layer.input_names if side == "input" else layer.output_names
        if not ports:
            raise ScriptError(GRAPH + f"No{side.capitalize()}s", f"Layer '{name}' has no {side}s.")
        if not port:
            if len(ports) > 1:
                listed = ", ".join(f"'{name}/{each}'" for each in ports)
                raise ScriptError(
                    GRAPH + "AmbiguousPort",
                    f"Layer '{name}' has multiple {side}s. Specify which {side} of the layer to use.",
                    notes=(f"{side}s: {listed}",),
                )
            return name, ports[0]
        if port not in ports:
            listed = ", ".join(f"'{each}'" for each in ports)
            raise ScriptError(
                GRAPH + "PortDoesNotExist", f"Layer '{name}' does not have an {side} named '{port}'.",
                notes=(f"{side}s: {listed}",),
            )  # fmt: skip
        return name, port

    def written(self, name: str, port: str, side: str) -> str:
        """One end of a connection as MATLAB writes it: the port only where there are several."""
        layer = self.holders[self.places[name]].layer
        ports = layer.input_names if side == "input" else layer.output_names
        return f"{name}/{port}" if len(ports) > 1 else name

    @cached_property
    def edges(self) -> tuple[tuple[str, str, str, str], ...]:
        """The connections, taken apart: layer, output, layer, input."""
        return self._taken_apart(self.connections)

    def _taken_apart(self, connections: Iterable[Connection]) -> tuple[tuple[str, str, str, str], ...]:
        return tuple((*self.port(source, "output"), *self.port(end, "input")) for source, end in connections)

    def sorted_connections(self) -> tuple[Connection, ...]:
        """The connections as MATLAB lists them: by the place of the layer that feeds, then by what is fed."""

        def rank(k: int) -> tuple:
            source, output, destination, port = self.edges[k]
            feeder, taker = self.places[source], self.places[destination]
            return feeder, self.holders[feeder].layer.output_names.index(output), taker, port

        return tuple(self.connections[k] for k in sorted(range(len(self.connections)), key=rank))

    def fed(self) -> dict[str, dict[str, tuple[str, str]]]:
        """For each layer that is fed: input → (layer, output) that feeds it."""
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for source, output, destination, port in self.edges:
            found.setdefault(destination, {})[port] = (source, output)
        return found

    def open_inputs(self) -> list[tuple[str, str]]:
        """Inputs that nothing feeds: layer and port, in order."""
        fed = self.fed()
        return [(layer.name, port) for layer in self.layers for port in layer.input_names
                if port not in fed.get(layer.name, {})]  # fmt: skip

    def open_outputs(self) -> list[tuple[str, str]]:
        """Outputs that feed nothing: layer and port, in order."""
        used = {(source, output) for source, output, _, _ in self.edges}
        return [(layer.name, port) for layer in self.layers for port in layer.output_names
                if (layer.name, port) not in used]  # fmt: skip

    def ends(self) -> list[tuple[str, str]]:
        """The outputs of the whole: layer and port, in the order that was chosen."""
        return [self.port(end, "output") for end in self.outputs] or self.open_outputs()

    @property
    def input_names(self) -> tuple[str, ...]:
        """Layers that take nothing from another, as a layer graph names its inputs."""
        return tuple(layer.name for layer in self.layers if not layer.input_names)

    @property
    def output_names(self) -> tuple[str, ...]:
        """Output layers: those without outputs."""
        return tuple(layer.name for layer in self.layers if not layer.output_names)

    # --------------------------------------------------------------------------------------------------------- changes
    def with_outputs(self, names: Sequence[str]) -> LayeredGraph[Holder]:
        """Other outputs of the whole, in this order; each is an output of a layer, and named once."""
        if not names:
            raise ScriptError("nnet_cnn:dlnetwork:NoOutputNames", "OutputNames must name an output of a layer.",
                              notes=("it is empty",))  # fmt: skip
        found = [self.port(name, "output") for name in names]
        twice = next((name for name, end in zip(names, found, strict=True) if found.count(end) > 1), None)
        if twice is not None:
            raise ScriptError(
                "nnet_cnn:dlnetwork:NonUniqueOutputNames", "Output names must be unique.",
                notes=(f"'{twice}' occurs more than once",),
            )  # fmt: skip
        return replace(self, outputs=tuple(self.written(*end, "output") for end in found))

    def _outputs_with(self, old: str, new: Layer, gives: Mapping[str, str]) -> tuple[str, ...]:
        """The chosen outputs with another layer in the place of one.

        gives: which of its ports each port of the old one is; an output for which it has none is none any more
        """
        made = []
        for end in self.outputs:
            name, port = self.port(end, "output")
            if name != old:
                made.append(end)
            elif port in gives:
                made.append(_end_text(new.name, gives[port], new.output_names))
        return tuple(made)

    def with_layers(self, holders: Sequence[Holder]) -> LayeredGraph[Holder]:
        """Layers added at the end, each connected to the next where it has an output and the next an input.

        Of a layer with several inputs the first is connected.  Names must be new.
        """
        names = [holder.layer.name for holder in holders]
        self._check_names(names, self.places)
        made = LayeredGraph(self.holders + tuple(holders), self.connections + _chain(holders), self.outputs)
        first = len(self.holders)
        made._known(places={**self.places, **{name: first + k for k, name in enumerate(names)}})
        made._known(edges=self.edges + made._taken_apart(made.connections[len(self.connections) :]))
        return made

    def _known(self, **facts: Any) -> None:
        """Facts that follow from the graph that this one was made of, so that they are not found anew."""
        self.__dict__.update(facts)

    def _check_names(self, names: list[str], taken: Iterable[str]) -> None:
        known = set(taken)
        twice = [name for name in dict.fromkeys(names) if name in known or names.count(name) > 1]
        if "" in names:
            raise ScriptError(GRAPH + "EmptyNames", "Layer names must be nonempty.")
        if twice:
            listed = ", ".join(f"'{name}'" for name in twice)
            raise ScriptError(
                GRAPH + "NonUniqueLayerNames", "Layer names must be unique.",
                notes=(f"{'occurs' if len(twice) == 1 else 'occur'} more than once: {listed}",),
            )  # fmt: skip

    def without_layers(self, names: Iterable[str]) -> LayeredGraph[Holder]:
        """Without some layers and all their connections."""
        gone = {self.holders[self.place(name)].layer.name for name in names}
        kept = [k for k, (source, _, destination, _) in enumerate(self.edges)
                if source not in gone and destination not in gone]  # fmt: skip
        graph = LayeredGraph(tuple(holder for holder in self.holders if holder.layer.name not in gone),
                             tuple(self.connections[k] for k in kept),
                             tuple(end for end in self.outputs if self.port(end, "output")[0] not in gone))  # fmt: skip
        graph._known(edges=tuple(self.edges[k] for k in kept))
        return graph

    def with_replaced(self, name: str, holders: Sequence[Holder], by: str = "name") -> LayeredGraph[Holder]:
        """Layers in the place of one: the first takes its inputs, the last its outputs.

        by  'name': each connection goes to the port of the same name; 'order': to the port of the same number.
            Connections for which the new layer has no port are gone.
        """
        place = self.place(name)
        old = self.holders[place].layer
        if len(holders) == 1 and _same_ports(old, holders[0].layer):
            return self._exchanged(place, holders[0])
        names = [holder.layer.name for holder in holders]
        self._check_names(names, (known for known in self.places if known != name))
        first, last = holders[0].layer, holders[-1].layer
        takes = _matching(old.input_names, first.input_names, by)
        gives = _matching(old.output_names, last.output_names, by)
        kept: list[Connection] = []
        for pair, (source, output, destination, port) in zip(self.connections, self.edges, strict=True):
            start, end = pair
            if source == name:
                if output not in gives:
                    continue
                start = _end_text(last.name, gives[output], last.output_names)
            if destination == name:
                if port not in takes:
                    continue
                end = _end_text(first.name, takes[port], first.input_names)
            kept.append((start, end))
        changed = (*self.holders[:place], *holders, *self.holders[place + 1 :])
        return LayeredGraph(changed, (*kept, *_chain(holders)), self._outputs_with(name, last, gives))

    def _exchanged(self, place: int, holder: Holder) -> LayeredGraph[Holder]:
        """One layer exchanged for another with the same ports: only names of connections can change."""
        old, new = self.holders[place].layer.name, holder.layer.name
        changed = (*self.holders[:place], holder, *self.holders[place + 1 :])
        if old == new:
            graph = LayeredGraph(changed, self.connections, self.outputs)
            graph._known(places=self.places, edges=self.edges)  # nothing moved
            return graph
        self._check_names([new], (known for known in self.places if known != old))
        connections = tuple(
            (start.replace(old, new, 1) if source == old else start, end.replace(old, new, 1) if taker == old else end)
            for (start, end), (source, _, taker, _) in zip(self.connections, self.edges, strict=True)
        )
        ports = {port: port for port in holder.layer.output_names}
        return LayeredGraph(changed, connections, self._outputs_with(old, holder.layer, ports))

    def with_holders(self, holders: Sequence[Holder]) -> LayeredGraph[Holder]:
        """The same graph with other holders of layers of the same names and ports."""
        graph = LayeredGraph(tuple(holders), self.connections, self.outputs)
        graph._known(places=self.places, edges=self.edges)
        return graph

    def connected(self, source: str, destination: str) -> LayeredGraph[Holder]:
        """One more connection; an input that is fed already, or a circle, is refused."""
        giver, output = self.port(source, "output")
        taker, port = self.port(destination, "input")
        feeder = next((edge[:2] for edge in self.edges if edge[2:] == (taker, port)), None)
        if feeder is not None:
            raise ScriptError(
                GRAPH + "InputAlreadyConnected",
                f"Layer input '{self.written(taker, port, 'input')}' is already connected.",
                notes=(f"it is fed by '{self.written(*feeder, 'output')}'",),
                hint="disconnectLayers takes that connection away",
            )
        if self._leads(taker, giver):
            raise ScriptError(
                GRAPH + "Cycle",
                f"Connecting '{source}' to '{destination}' creates a cycle. The layer graph must be acyclic.",
            )
        added = (self.written(giver, output, "output"), self.written(taker, port, "input"))
        graph = LayeredGraph(self.holders, (*self.connections, added), self.outputs)
        graph._known(places=self.places, edges=(*self.edges, (giver, output, taker, port)))
        return graph

    def _leads(self, start: str, goal: str) -> bool:
        """Is there a way from one layer to another?"""
        following: dict[str, list[str]] = {}
        for source, _, destination, _ in self.edges:
            following.setdefault(source, []).append(destination)
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting += following.get(name, ())
        return False

    def disconnected(self, source: str, destination: str) -> LayeredGraph[Holder]:
        """Without a connection, which must be there."""
        edge = (*self.port(source, "output"), *self.port(destination, "input"))
        if edge not in self.edges:
            raise ScriptError(
                GRAPH + "NotConnected", f"Layer '{source}' is not connected to layer '{destination}'.",
                notes=self._what_feeds(edge[2]),
            )  # fmt: skip
        place = self.edges.index(edge)
        return replace(self, connections=self.connections[:place] + self.connections[place + 1 :])

    def _what_feeds(self, name: str) -> tuple[str, ...]:
        feeders = [self.written(*feeder, "output") for feeder in self.fed().get(name, {}).values()]
        if not feeders:
            return (f"nothing is connected to '{name}'",)
        return (f"'{name}' is fed by " + ", ".join(f"'{feeder}'" for feeder in feeders),)


def _chain(holders: Sequence[Described]) -> tuple[Connection, ...]:
    """Each layer to the next, by first ports."""
    pairs = []
    for one, other in zip(holders[:-1], holders[1:], strict=True):
        gives, takes = one.layer.output_names, other.layer.input_names
        if gives and takes:
            pairs.append((_end_text(one.layer.name, gives[0], gives), _end_text(other.layer.name, takes[0], takes)))
    return tuple(pairs)


def _end_text(name: str, port: str, ports: tuple[str, ...]) -> str:
    return f"{name}/{port}" if len(ports) > 1 else name


def _same_ports(one: Layer, other: Layer) -> bool:
    return one.input_names == other.input_names and one.output_names == other.output_names


def _matching(old: tuple[str, ...], new: tuple[str, ...], by: str) -> dict[str, str]:
    """Old ports to new ones."""
    if by == "order":
        return dict(zip(old, new, strict=False))
    return {port: port for port in old if port in new}
