"""What a variable holds that is a graph: nodes and edges, with tables of what is known of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import LARGEST_LENGTH, require_memory
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, as_array, is_cell, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.tables import Table
from cnnscript.values.text import String, cell_of_texts, is_text, texts_or_none

METHODS = frozenset((
    "addedge", "addnode", "rmedge", "rmnode", "numnodes", "numedges", "findedge", "findnode", "neighbors", "successors",
    "predecessors", "degree", "indegree", "outdegree", "shortestpath", "distances", "conncomp", "minspantree",
    "bfsearch", "dfsearch", "adjacency", "incidence", "laplacian", "subgraph", "reordernodes", "toposort", "isdag",
    "outedges", "inedges", "plot", "flipedge", "simplify", "ismultigraph",
))  # fmt: skip


class Graph(Object):
    """Nodes 0 ... count-1 and edges between them.

    ends      an m×2 array of node places, sorted; of an undirected graph the smaller place first
    edges     table of what is known of the edges (m rows), Weight among it where they have weights
    nodes     table of what is known of the nodes (count rows), Name among it where they have names
    """

    methods = METHODS

    def __init__(self, directed: bool, count: int, ends: ndarray, edges: Table, nodes: Table):
        self.directed = directed
        self.count = count
        ends = np.asarray(ends, int).reshape(-1, 2)
        if not directed:
            ends = np.sort(ends, axis=1)
        order = np.lexsort((ends[:, 1], ends[:, 0]))
        self.ends = ends[order]
        self.edges = edges.take(order) if edges.variables else Table((), len(ends))
        self.nodes = nodes if nodes.variables else Table((), count)

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return "digraph" if self.directed else "graph"

    @property
    def names(self) -> list[str] | None:
        return texts_or_none(self.nodes.data("Name")) if "Name" in self.nodes.names else None

    @property
    def weights(self) -> ndarray | None:
        """The weights of the edges, None where there are none."""
        if "Weight" not in self.edges.names:
            return None
        return np.asarray(as_array(self.edges.data("Weight")), float).ravel("F")

    def lengths(self) -> ndarray:
        """The weights, 1 for each edge where there are none."""
        found = self.weights
        return np.ones(len(self.ends)) if found is None else found

    def property_names(self) -> list[str]:
        return ["Edges", "Nodes"]

    def get(self, name: str) -> Any:
        if name == "Nodes":
            return self.nodes
        if name == "Edges":
            return self.edge_table(np.arange(len(self.ends)))
        raise self.no_property(name)

    def edge_table(self, places: ndarray) -> Table:
        ends = self.ends[places]
        shown = self.named(ends.ravel("F"))
        if isinstance(shown, ndarray) and shown.dtype == OBJECT:
            value: Any = shown.reshape((len(ends), 2), order="F")
        else:
            value = norm(np.asfortranarray(ends + 1.0)) if len(ends) else np.zeros((0, 2))
        known = self.edges.take(places) if self.edges.variables else self.edges
        made = Table.of({"EndNodes": value})
        made = Table(made.variables, len(ends))
        for variable in known.variables:
            made = made.with_variable(variable.name, variable.data)
        return made

    def named(self, places: ndarray) -> Any:
        """Nodes as scripts see them: a column of their names, or of their numbers."""
        names = self.names
        if names is None:
            return np.asfortranarray(np.asarray(places, float).reshape(-1, 1) + 1)
        found = np.empty((len(places), 1), OBJECT)
        for row, place in enumerate(places):
            found[row, 0] = names[int(place)]
        return found

    def set(self, name: str, value: Any) -> Graph:
        if name not in ("Edges", "Nodes"):
            raise self.no_property(name, setting=True)
        if not isinstance(value, Table):
            raise take.wanted("a table", name, value)
        rows = len(self.ends) if name == "Edges" else self.count
        if value.size()[0] != rows and not (name == "Nodes" and not value.variables):
            raise ScriptError(
                "MATLAB:graphfun:graph:TableSize", f"{name} must have {rows} rows.",
                notes=("addedge, rmedge, addnode and rmnode change their number",),
            )  # fmt: skip
        if name == "Nodes":
            if "Name" in value.names:
                require_distinct(value.data("Name"))
            return Graph(self.directed, self.count, self.ends, self.edges, value)
        given = Graph.get(self, "Edges").data("EndNodes")
        if "EndNodes" not in value.names or not same(value.data("EndNodes"), given):
            raise ScriptError(
                "MATLAB:graphfun:graph:EditEndNodes", "The variable 'EndNodes' of Edges cannot be changed.",
                hint="addedge and rmedge change edges",
            )  # fmt: skip
        return Graph(self.directed, self.count, self.ends, value.without({value.place("EndNodes")}), self.nodes)

    def places(self, value: Any, made: bool = False) -> ndarray:
        """Nodes that a script names by number or name, as places from 0."""
        texts = texts_or_none(value) if is_text(value) or is_cell(value) or isinstance(value, String) else None
        if texts is not None:
            names = self.names
            if names is None:
                raise ScriptError("MATLAB:graphfun:findnode:noNames", "The nodes of the graph have no names.")
            known = {name: place for place, name in enumerate(names)}
            missing = [text for text in texts if text not in known]
            if missing:
                raise ScriptError(
                    "MATLAB:graphfun:findnode:UnknownNodeName", f"Unable to find a node named '{missing[0]}'.",
                    notes=("nodes: " + ", ".join(names[:12]),),
                )  # fmt: skip
            return np.array([known[text] for text in texts], int)
        numbers = np.asarray(take.real(value, "Node"), float).ravel("F")
        if (numbers < 1).any() or (numbers != np.floor(numbers)).any():
            raise ScriptError("MATLAB:graphfun:findnode:PosInt", "Node IDs must be positive integers.")
        if not made and (numbers > self.count).any():
            raise ScriptError(
                "MATLAB:graphfun:findnode:LargestNode",
                f"Node IDs must be less than or equal to the number of nodes, {self.count}.",
                notes=(f"got {numbers.max():g}",),
            )
        require_memory((int(numbers.max(initial=0)) if np.isfinite(numbers).all() else LARGEST_LENGTH, 1), 64)
        return numbers.astype(int) - 1

    def one_place(self, value: Any) -> int:
        found = self.places(value)
        if found.size != 1:
            raise take.wanted("one node", "Node", value)
        return int(found[0])

    def next_to(self) -> list[list[tuple[int, int]]]:
        """For each node, (neighbour, edge) along edges, ascending."""
        found: list[list[tuple[int, int]]] = [[] for _ in range(self.count)]
        for edge, (one, other) in enumerate(self.ends.tolist()):
            found[one].append((other, edge))
            if not self.directed and one != other:
                found[other].append((one, edge))
        for line in found:
            line.sort()
        return found

    def index(self, args: tuple) -> Any:
        raise ScriptError("MATLAB:graphfun:graph:ParenReference", f"A {self.class_name} is not indexed by ().")

    def equals(self, other: Any) -> bool:
        return (
            isinstance(other, Graph) and self.directed == other.directed and self.count == other.count
            and np.array_equal(self.ends, other.ends) and np.array_equal(self.lengths(), other.lengths())
            and self.names == other.names
        )  # fmt: skip

    def disp(self, form: Any) -> str:
        m, n = len(self.ends), self.count
        width = 1 + len(self.edges.variables)
        return (
            f"  {self.class_name} with properties:\n{form.blank}    Edges: [{m}×{width} table]\n"
            f"    Nodes: [{n}×{len(self.nodes.variables)} table]\n"
        )


def same(one: Any, other: Any) -> bool:
    first, second = texts_or_none(one), texts_or_none(other)
    if first is not None or second is not None:
        return first == second
    return np.array_equal(as_array(one), as_array(other))


def require_distinct(value: Any) -> list[str]:
    names = texts_or_none(value)
    if names is None or any(not name for name in names):
        raise ScriptError("MATLAB:graphfun:graph:InvalidNames", "Node names must be nonempty texts.")
    if len(set(names)) < len(names):
        raise ScriptError("MATLAB:graphfun:graph:NonUniqueNames", "Node names must be unique.")
    return names


def table_of_names(names: list[str]) -> Table:
    return Table.of({"Name": cell_of_texts(names)})


def column(values: Any):
    return norm(np.asfortranarray(np.asarray(values, float).reshape(-1, 1)))


def has_elements(value: Any) -> bool:
    return value is not None and numel_of(value) > 0
