"""Graphs made and changed: graph, digraph, addedge, addnode, rmedge, rmnode, subgraph, reordernodes, simplify ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.graphs.graph_objects import Graph, column, has_elements, require_distinct, table_of_names
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, as_array, class_of, is_cell, ndarray, numel_of
from cnnscript.values.sparse import Sparse
from cnnscript.values.tables import Table
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import String, is_text, text_or_none, texts_or_none

NOTHING = Table()


def require_graph(value: Any, name: str) -> Graph:
    if isinstance(value, Graph):
        return value
    raise unfit_inputs(name, f"{name} is for a graph or digraph, got {take.described(value)}")


def names_given(value: Any) -> bool:
    return is_cell(value) or isinstance(value, String) or is_text(value)


def made(directed: bool, args: tuple) -> Graph:
    """graph(...) and digraph(...)."""
    rest, without_loops, triangle = list(args), False, None
    while rest and is_text(rest[-1]) and (text_or_none(rest[-1]) or "").lower() in ("omitselfloops", "upper", "lower"):
        word = text_or_none(rest.pop()).lower()
        if word == "omitselfloops":
            without_loops = True
        elif directed:
            raise ScriptError("MATLAB:graphfun:digraph:InvalidOption", f"'{word}' is for graph.")
        else:
            triangle = word
    if not rest:
        found = Graph(directed, 0, np.zeros((0, 2)), NOTHING, NOTHING)
    elif isinstance(rest[0], Table):
        found = from_tables(directed, *rest[:2])
    elif len(rest) == 1 or numel_of(rest[0]) > 1 and is_square(rest[0]) and names_given(rest[1]):
        found = from_adjacency(directed, rest[0], rest[1] if len(rest) > 1 else None, triangle)
    else:
        found = from_ends(directed, *rest[:4])
    if without_loops:
        kept = np.flatnonzero(found.ends[:, 0] != found.ends[:, 1])
        found = Graph(directed, found.count, found.ends[kept], rows_of(found.edges, kept), found.nodes)
    return found


def is_square(value: Any) -> bool:
    shape = value.size() if isinstance(value, Sparse) else np.shape(as_array(value))
    return len(shape) == 2 and shape[0] == shape[1] and not is_cell(value) and not is_text(value)


def rows_of(table: Table, places: ndarray) -> Table:
    return table.take(places) if table.variables else Table((), len(places))


def from_adjacency(directed: bool, value: Any, names: Any, triangle: str | None) -> Graph:
    if not is_square(value) or is_text(value):
        raise ScriptError(
            "MATLAB:graphfun:graph:SquareAdjacency", "Adjacency matrix must be square.",
            notes=(f"got {take.described(value)}",),
        )  # fmt: skip
    logical = class_of(value) == "logical"
    matrix = value.full() if isinstance(value, Sparse) else take.real(value, "Adjacency matrix")
    if triangle == "upper":
        matrix = np.triu(matrix)
    elif triangle == "lower":
        matrix = np.tril(matrix).T
    elif not directed:
        if not np.array_equal(matrix, matrix.T, equal_nan=True):
            raise ScriptError(
                "MATLAB:graphfun:graph:SymmetricAdjacency", "Adjacency matrix must be symmetric.",
                hint="'upper' and 'lower' take one triangle; digraph takes both",
            )  # fmt: skip
        matrix = np.triu(matrix)
    ends = np.argwhere(matrix != 0)
    weights = matrix[ends[:, 0], ends[:, 1]]
    edges = NOTHING if logical else Table.of({"Weight": column(weights)})
    nodes = NOTHING
    if names is not None:
        known = require_distinct(names)
        if len(known) != len(matrix):
            raise ScriptError(
                "MATLAB:graphfun:graph:NamesSize",
                f"There must be {len(matrix)} node names.",
                notes=(f"got {len(known)}",),
            )
        nodes = table_of_names(known)
    return Graph(directed, len(matrix), ends, edges, nodes)


def from_ends(directed: bool, s: Any, t: Any, weights: Any = None, nodes: Any = None) -> Graph:
    known: list[str] | None = None
    table = NOTHING
    count = 0
    if isinstance(nodes, Table):
        table, count = nodes, nodes.size()[0]
        known = require_distinct(nodes.data("Name")) if "Name" in nodes.names else None
    elif nodes is not None and names_given(nodes):
        known = require_distinct(nodes)
        table, count = table_of_names(known), len(known)
    elif has_elements(nodes):
        count = take.count(nodes, "Number of nodes")
    texts = [texts_or_none(part) if names_given(part) else None for part in (s, t)]
    if (texts[0] is None) != (texts[1] is None):
        raise ScriptError("MATLAB:graphfun:graph:InconsistentNodes", "Nodes must be all numbers or all names.")
    if texts[0] is not None:
        if known is None:
            if count:
                raise ScriptError("MATLAB:graphfun:graph:InconsistentNodes", "Nodes that have names are not counted.")
            known = list(dict.fromkeys([*texts[0], *texts[1]]))
            table, count = table_of_names(known), len(known)
        places = {name: place for place, name in enumerate(known)}
        unknown = [name for part in texts for name in part if name not in places]
        if unknown:
            raise ScriptError("MATLAB:graphfun:graph:UnknownNodeName", f"Unable to find a node named '{unknown[0]}'.")
        sides = [np.array([places[name] for name in part], int) for part in texts]
    else:
        blank = Graph(directed, 0, np.zeros((0, 2)), NOTHING, NOTHING)
        sides = [blank.places(part, made=True) for part in (s, t)]
        most = max((int(part.max()) + 1 for part in sides if part.size), default=0)
        if count and most > count and nodes is not None:
            raise ScriptError(
                "MATLAB:graphfun:graph:InvalidNumNodes", f"Node IDs must be at most {count}.", notes=(f"got {most}",)
            )
        count = max(count, most)
    sizes = {part.size for part in sides if part.size != 1}
    if len(sizes) > 1:
        raise ScriptError(
            "MATLAB:graphfun:graph:InvalidSizeST", "Source and target nodes must have the same number of elements.",
            notes=(f"{sides[0].size} and {sides[1].size}",),
        )  # fmt: skip
    length = sizes.pop() if sizes else 1
    ends = np.stack([np.broadcast_to(part, (length,)) for part in sides], axis=1)
    edges = NOTHING
    if isinstance(weights, Table):
        edges = weights
        if weights.size()[0] != length:
            raise ScriptError("MATLAB:graphfun:graph:EdgeTableSize", f"The table of edges must have {length} rows.")
    elif has_elements(weights):
        numbers = take.vector(weights, "Weights")
        if numbers.size not in (1, length):
            raise ScriptError(
                "MATLAB:graphfun:graph:InvalidSizeWeight", f"There must be {length} weights, or one.",
                notes=(f"got {numbers.size}",),
            )  # fmt: skip
        edges = Table.of({"Weight": column(np.broadcast_to(numbers, (length,)))})
    return Graph(directed, count, ends, edges, table)


def from_tables(directed: bool, edges: Table, nodes: Any = None) -> Graph:
    if "EndNodes" not in edges.names:
        raise ScriptError("MATLAB:graphfun:graph:EndNodes", "The table of edges needs a variable 'EndNodes'.")
    ends = edges.data("EndNodes")
    array = ends.data if isinstance(ends, String) else as_array(ends)
    if array.ndim != 2 or array.shape[1] != 2:
        raise take.wanted("two columns", "EndNodes", ends)
    if array.dtype == OBJECT:
        sides = [np.asfortranarray(array[:, [place]]) for place in (0, 1)]
    else:
        sides = [column(array[:, place]) for place in (0, 1)]
    known = edges.without({edges.place("EndNodes")})
    return from_ends(directed, *sides, known if known.variables else None, nodes)


@builtin
def graph(*args):
    """
    G = graph
    G = graph(A)
    G = graph(A, names)
    G = graph(A, ..., 'upper')
    G = graph(s, t)
    G = graph(s, t, weights)
    G = graph(s, t, weights, names)
    G = graph(s, t, weights, n)
    G = graph(EdgeTable, NodeTable)
    G = graph(..., 'omitselfloops')

    Nodes and edges without direction: from an adjacency matrix, from the nodes at both ends of each edge (numbers or
    names), or from tables.

    Examples
      >> G = graph([1 1 2], [2 3 3], [5 6 7])
      G =
        graph with properties:
          Edges: [3×2 table]
          Nodes: [3×0 table]
      >> G.Edges
      ans =
        3×2 table
          EndNodes    Weight
          ________    ______
           1    2       5
           1    3       6
           2    3       7
      >> G = graph({'a' 'b'}, {'b' 'c'}); disp(G.Nodes.Name')
          {'a'}    {'b'}    {'c'}

    See also digraph, addedge, shortestpath, conncomp.
    """
    return made(False, args)


@builtin
def digraph(*args):
    """
    G = digraph
    G = digraph(A)
    G = digraph(A, names)
    G = digraph(s, t)
    G = digraph(s, t, weights)
    G = digraph(s, t, weights, names)
    G = digraph(s, t, weights, n)
    G = digraph(EdgeTable, NodeTable)
    G = digraph(..., 'omitselfloops')

    Nodes and edges with a direction, made as graph makes them.

    Examples
      >> G = digraph([0 1; 1 0] > 0)
      G =
        digraph with properties:
          Edges: [2×1 table]
          Nodes: [2×0 table]
      >> G = digraph([1 2 3], [2 3 1]); disp(successors(G, 3))
           1

    See also graph, toposort, successors, shortestpath.
    """
    return made(True, args)


# ------------------------------------------------------------------------------------------------------------ changed
@builtin
def addedge(G, s, t=None, w=None, /):
    """
    H = addedge(G, s, t)
    H = addedge(G, s, t, w)
    H = addedge(G, EdgeTable)

    A graph with more edges; nodes that are not there are added.

    Examples
      >> H = addedge(graph([1 2], [2 3]), 1, 4); disp(H.Edges.EndNodes)
           1     2
           1     4
           2     3

    See also rmedge, addnode, graph.
    """
    G = require_graph(G, "addedge")
    if isinstance(s, Table):
        extra = from_tables(G.directed, s, table_of_names(together(G, s.data("EndNodes"))) if G.names else None)
    else:
        if t is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("addedge(G, s, t)",))
        names = None
        if names_given(s):
            if G.names is None and G.count:
                raise ScriptError("MATLAB:graphfun:graph:InconsistentNodes", "The nodes of the graph have no names.")
            names = together(G, s, t)
        if G.weights is not None and w is None:
            w = 1.0
        extra = from_ends(G.directed, s, t, w, None if names is None else cell(names))
    if len(G.ends) and (G.weights is None) != ("Weight" not in extra.edges.names):
        raise ScriptError(
            "MATLAB:graphfun:addedge:NoWeights",
            "The edges of the graph and the new ones must both have weights, or none.",
        )  # fmt: skip
    count = max(G.count, extra.count)
    grown = with_nodes(G, count, extra.names)
    if not extra.edges.variables or not G.edges.variables:
        edges = extra.edges if extra.edges.variables and not len(G.ends) else G.edges
        edges = edges if edges.variables else NOTHING
    else:
        edges = G.edges.concatenate((G.edges, extra.edges), 0)
    return Graph(G.directed, count, np.concatenate([G.ends, extra.ends]), edges, grown)


def together(G: Graph, *texts: Any) -> list[str]:
    found = list(G.names or [])
    for part in texts:
        found += texts_or_none(part) or []
    return list(dict.fromkeys(found))


def cell(names: list[str]):
    from cnnscript.values.text import cell_of_texts

    return cell_of_texts(names)


def with_nodes(G: Graph, count: int, names: list[str] | None = None) -> Table:
    """The table of nodes with rows for those that come in."""
    more = count - G.count
    if not more:
        return G.nodes
    if not G.nodes.variables:
        return table_of_names(names) if names else NOTHING
    if G.nodes.names != ["Name"]:
        raise ScriptError(
            "cnnscript:NotYet",
            "Nodes added to a graph whose nodes have variables beside Name are not in cnnscript yet.",
            hint="addnode takes a table with all of them",
        )  # fmt: skip
    if names is None:
        names = [*G.names, *(f"Node{place + 1}" for place in range(G.count, count))]
    return table_of_names(names)


@builtin
def addnode(G, nodes, /):
    """
    H = addnode(G, n)
    H = addnode(G, names)
    H = addnode(G, NodeTable)

    A graph with n more nodes, or with those named.

    Examples
      >> H = addnode(graph(1, 2), 2); disp(numnodes(H))
           4
      >> H = addnode(graph({'a'}, {'b'}), {'c'}); disp(H.Nodes.Name')
          {'a'}    {'b'}    {'c'}

    See also rmnode, addedge, graph.
    """
    G = require_graph(G, "addnode")
    if isinstance(nodes, Table):
        table = G.nodes.concatenate((G.nodes, nodes), 0) if G.count else nodes
        if "Name" in table.names:
            require_distinct(table.data("Name"))
        return Graph(G.directed, G.count + nodes.size()[0], G.ends, G.edges, table)
    if names_given(nodes):
        fresh = texts_or_none(nodes) or []
        if G.names is None and G.count:
            raise ScriptError("MATLAB:graphfun:addnode:NoNames", "The nodes of the graph have no names.")
        names = require_distinct(cell([*(G.names or []), *fresh]))
        return Graph(G.directed, len(names), G.ends, G.edges, with_nodes(G, len(names), names))
    more = take.count(nodes, "Number of nodes")
    return Graph(G.directed, G.count + more, G.ends, G.edges, with_nodes(G, G.count + more))


@builtin
def rmedge(G, s, t=None, /):
    """
    H = rmedge(G, s, t)
    H = rmedge(G, idx)

    A graph without the edges between nodes, or without those of numbers idx.

    Examples
      >> H = rmedge(graph([1 2 3], [2 3 1]), 1, 3); disp(H.Edges.EndNodes)
           1     2
           2     3
      >> H = rmedge(graph([1 2 3], [2 3 1]), 1); disp(numedges(H))
           2

    See also addedge, rmnode, findedge.
    """
    G = require_graph(G, "rmedge")
    if t is None:
        doomed = edge_numbers(G, s)
    else:
        doomed = found_edges(G, s, t)
        if (doomed < 0).any():
            raise ScriptError("MATLAB:graphfun:rmedge:EdgeNotFound", "The edge to be removed is not in the graph.")
    kept = np.setdiff1d(np.arange(len(G.ends)), doomed)
    return Graph(G.directed, G.count, G.ends[kept], rows_of(G.edges, kept), G.nodes)


def edge_numbers(G: Graph, value: Any) -> ndarray:
    numbers = np.asarray(take.real(value, "Edge"), float).ravel("F")
    if (numbers < 1).any() or (numbers > len(G.ends)).any() or (numbers != np.floor(numbers)).any():
        raise ScriptError(
            "MATLAB:graphfun:edge:EdgeRange", f"Edge numbers must be integers from 1 to {len(G.ends)}.",
            notes=(f"got {take.described(value)}",),
        )  # fmt: skip
    return numbers.astype(int) - 1


def found_edges(G: Graph, s: Any, t: Any) -> ndarray:
    """The first edge between each pair of nodes, -1 for none."""
    one, other = G.places(s), G.places(t)
    if one.size != other.size and 1 not in (one.size, other.size):
        raise ScriptError("MATLAB:graphfun:findedge:InvalidSize", "Source and target nodes must be as many.")
    known: dict = {}
    for edge, pair in enumerate(map(tuple, G.ends.tolist())):
        known.setdefault(pair, edge)
    pairs = np.stack(np.broadcast_arrays(one, other), axis=1)
    if not G.directed:
        pairs = np.sort(pairs, axis=1)
    return np.array([known.get(pair, -1) for pair in map(tuple, pairs.tolist())], int)


@builtin
def rmnode(G, nodes, /):
    """
    H = rmnode(G, nodes)

    A graph without nodes and the edges at them.

    Examples
      >> H = rmnode(graph([1 2 3], [2 3 1]), 1); disp(H.Edges.EndNodes)
           1     2

    See also addnode, subgraph, rmedge.
    """
    G = require_graph(G, "rmnode")
    return part_of(G, np.setdiff1d(np.arange(G.count), G.places(nodes)))


def part_of(G: Graph, kept: ndarray) -> Graph:
    """The graph of some nodes, in the order given."""
    new = np.full(G.count, -1)
    new[kept] = np.arange(kept.size)
    inside = np.flatnonzero((new[G.ends] >= 0).all(axis=1))
    return Graph(G.directed, kept.size, new[G.ends[inside]], rows_of(G.edges, inside), rows_of(G.nodes, kept))


@builtin
def subgraph(G, nodes, /):
    """
    H = subgraph(G, nodes)

    The graph of some nodes (numbers, names, or true for those meant) and the edges between them.

    Examples
      >> H = subgraph(graph([1 2 3], [2 3 4]), [2 3 4]); disp(H.Edges.EndNodes)
           1     2
           2     3

    See also rmnode, reordernodes, conncomp.
    """
    G = require_graph(G, "subgraph")
    if class_of(nodes) == "logical":
        marks = np.asarray(as_array(nodes)).ravel("F")
        if marks.size != G.count:
            raise take.wanted(f"{G.count} marks", "Nodes", nodes)
        return part_of(G, np.flatnonzero(marks))
    places = G.places(nodes)
    if np.unique(places).size < places.size:
        raise ScriptError("MATLAB:graphfun:subgraph:Duplicates", "Nodes must be distinct.")
    return part_of(G, places)


@builtin(outputs=2)
def reordernodes(nargout, G, order, /):
    """
    H = reordernodes(G, order)
    [H, idx] = reordernodes(G, order)

    A graph with its nodes in another order; and where its edges were.

    Examples
      >> [H, idx] = reordernodes(graph([1 2], [2 3]), [3 1 2]);
      >> disp(H.Edges.EndNodes), disp(idx')
           1     3
           2     3
           2     1

    See also subgraph, toposort.
    """
    G = require_graph(G, "reordernodes")
    places = G.places(order)
    if sorted(places.tolist()) != list(range(G.count)):
        raise ScriptError("MATLAB:graphfun:reordernodes:InvalidOrder", "The order must name each node once.")
    new = np.empty(G.count, int)
    new[places] = np.arange(G.count)
    ends = new[G.ends]
    if not G.directed:
        ends = np.sort(ends, axis=1)
    was = np.lexsort((ends[:, 1], ends[:, 0]))
    return part_of(G, places), column(was + 1)


@builtin
def flipedge(G, /):
    """
    H = flipedge(G)

    A directed graph with each edge turned round.

    Examples
      >> H = flipedge(digraph([1 1], [2 3])); disp(H.Edges.EndNodes)
           2     1
           3     1

    See also digraph.
    """
    G = require_graph(G, "flipedge")
    if not G.directed:
        raise unfit_inputs("flipedge")
    return Graph(True, G.count, G.ends[:, ::-1], G.edges, G.nodes)


@builtin
def simplify(G, how="first", /):
    """
    H = simplify(G)
    H = simplify(G, method)

    A graph without loops and with one edge of several between the same nodes: the 'first' or 'last', or with the
    'sum', 'mean', 'min' or 'max' of their weights.

    Examples
      >> H = simplify(graph([1 1 2], [2 2 2], [3 4 5])); disp(H.Edges.Weight)
           3
      >> H = simplify(graph([1 1 2], [2 2 2], [3 4 5]), 'sum'); disp(H.Edges.Weight)
           7

    See also ismultigraph, graph.
    """
    G = require_graph(G, "simplify")
    word = take.choice(how, ("first", "last", "sum", "mean", "min", "max"), "Method")
    groups: dict = {}
    for edge, pair in enumerate(map(tuple, G.ends.tolist())):
        if pair[0] != pair[1]:
            groups.setdefault(pair, []).append(edge)
    kept = np.array([edges[-1] if word == "last" else edges[0] for edges in groups.values()], int)
    table = rows_of(G.edges, kept)
    if word in ("sum", "mean", "min", "max"):
        lengths = G.lengths()
        function = {"sum": np.sum, "mean": np.mean, "min": np.min, "max": np.max}[word]
        table = Table.of({"Weight": column([function(lengths[edges]) for edges in groups.values()])})
    return Graph(G.directed, G.count, G.ends[kept], table, G.nodes)
