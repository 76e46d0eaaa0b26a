"""Questions to graphs: numnodes, findnode, findedge, neighbors, successors, outedges, degree, adjacency ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.graphs.graph_objects import Graph, column
from cnnscript.builtins.graphs.graphs import edge_numbers, found_edges, names_given, require_graph
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.sparse import Sparse
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import is_text, texts_or_none


@builtin
def numnodes(G, /):
    """
    n = numnodes(G)

    How many nodes a graph has.

    Examples
      >> n = numnodes(graph([1 2], [2 5]))
      n =
           5

    See also numedges, graph.
    """
    return float(require_graph(G, "numnodes").count)


@builtin
def numedges(G, /):
    """
    m = numedges(G)

    How many edges a graph has.

    Examples
      >> m = numedges(graph([1 2], [2 5]))
      m =
           2

    See also numnodes, graph.
    """
    return float(len(require_graph(G, "numedges").ends))


@builtin
def ismultigraph(G, /):
    """
    tf = ismultigraph(G)

    Whether some nodes have several edges between them.

    Examples
      >> tf = ismultigraph(graph([1 1], [2 2]))
      tf =
        logical
         1

    See also simplify.
    """
    ends = require_graph(G, "ismultigraph").ends
    return len(np.unique(ends, axis=0)) < len(ends)


@builtin
def findnode(G, nodes, /):
    """
    idx = findnode(G, names)

    The numbers of nodes; 0 for those that are not there.

    Examples
      >> idx = findnode(graph({'a' 'b'}, {'b' 'c'}), {'c'; 'q'})
      idx =
           3
           0

    See also findedge, graph.
    """
    G = require_graph(G, "findnode")
    if names_given(nodes):
        known = {name: place + 1 for place, name in enumerate(G.names or [])}
        return column([known.get(name, 0) for name in texts_or_none(nodes) or []])
    numbers = np.asarray(take.real(nodes, "Nodes"), float).ravel("F")
    return column(np.where(numbers <= G.count, numbers, 0))


@builtin(outputs=2)
def findedge(nargout, G, s=None, t=None, /):
    """
    idx = findedge(G, s, t)
    [s, t] = findedge(G)
    [s, t] = findedge(G, idx)

    The numbers of the edges between nodes (0: none), or the nodes of edges.

    Examples
      >> idx = findedge(graph([1 2], [2 3]), [3 1], [2 3])
      idx =
           2
           0
      >> [s, t] = findedge(graph([1 2], [2 3]), 2)
      s =
           2
      t =
           3

    See also findnode, rmedge.
    """
    G = require_graph(G, "findedge")
    if t is not None:
        return (column(found_edges(G, s, t) + 1),)
    places = np.arange(len(G.ends)) if s is None else edge_numbers(G, s)
    return column(G.ends[places, 0] + 1), column(G.ends[places, 1] + 1)


def given_nodes(G: Graph, places: list[int] | ndarray, asked: Any):
    """Nodes as numbers or, where they were asked for by name, as names."""
    if names_given(asked):
        return G.named(np.asarray(places, int))
    return column(np.asarray(places, float) + 1)


@builtin
def neighbors(G, node, /):
    """
    N = neighbors(G, node)

    The nodes that an edge leads to.

    Examples
      >> N = neighbors(graph([1 1 3], [2 3 4]), 3)
      N =
           1
           4

    See also successors, predecessors, degree.
    """
    G = require_graph(G, "neighbors")
    if G.directed:
        raise unfit_inputs("neighbors", hint="successors and predecessors are for a digraph")
    return given_nodes(G, sorted({other for other, _ in G.next_to()[G.one_place(node)]}), node)


@builtin
def successors(G, node, /):
    """
    N = successors(G, node)

    The nodes that edges lead to from a node.

    Examples
      >> N = successors(digraph([1 1 3], [2 3 4]), 1)
      N =
           2
           3

    See also predecessors, neighbors.
    """
    return along(G, node, "successors", 0)


@builtin
def predecessors(G, node, /):
    """
    N = predecessors(G, node)

    The nodes from which edges lead to a node.

    Examples
      >> N = predecessors(digraph([1 1 3], [2 3 4]), 4)
      N =
           3

    See also successors, neighbors.
    """
    return along(G, node, "predecessors", 1)


def along(G: Any, node: Any, name: str, side: int):
    G = require_graph(G, name)
    if not G.directed:
        raise unfit_inputs(name, hint="neighbors is for a graph without directions")
    place = G.one_place(node)
    return given_nodes(G, np.unique(G.ends[G.ends[:, side] == place, 1 - side]), node)


@builtin(outputs=2)
def outedges(nargout, G, node, /):
    """
    eid = outedges(G, node)
    [eid, nid] = outedges(G, node)

    The edges that leave a node, and where they lead.

    Examples
      >> [eid, nid] = outedges(digraph([1 1 3], [2 3 4]), 1)
      eid =
           1
           2
      nid =
           2
           3

    See also inedges, successors.
    """
    G = require_graph(G, "outedges")
    found = G.next_to()[G.one_place(node)]
    return column([edge + 1 for _, edge in found]), given_nodes(G, [other for other, _ in found], node)


@builtin(outputs=2)
def inedges(nargout, G, node, /):
    """
    eid = inedges(G, node)
    [eid, nid] = inedges(G, node)

    The edges that lead to a node, and from where.

    Examples
      >> [eid, nid] = inedges(digraph([1 1 3], [2 3 3]), 3)
      eid =
           2
           3
      nid =
           1
           3

    See also outedges, predecessors.
    """
    G = require_graph(G, "inedges")
    if not G.directed:
        return outedges(2, G, node)
    edges = np.flatnonzero(G.ends[:, 1] == G.one_place(node))
    return column(edges + 1), given_nodes(G, G.ends[edges, 0], node)


def degrees(G: Graph, nodes: Any, sides: tuple[int, ...]):
    counts = sum(np.bincount(G.ends[:, side], minlength=G.count) for side in sides)
    if nodes is None:
        return column(counts)
    shape = np.shape(as_array(nodes)) if not names_given(nodes) else (-1, 1)
    found = np.asarray(counts)[G.places(nodes)].astype(float)
    return norm(np.asfortranarray(found.reshape(shape, order="F")))


@builtin
def degree(G, nodes=None, /):
    """
    D = degree(G)
    D = degree(G, nodes)

    How many edges meet at nodes (loops count twice).

    Examples
      >> D = degree(graph([1 1 1], [2 3 4]))
      D =
           3
           1
           1
           1

    See also indegree, outdegree, neighbors.
    """
    return degrees(require_graph(G, "degree"), nodes, (0, 1))


@builtin
def indegree(G, nodes=None, /):
    """
    D = indegree(G)
    D = indegree(G, nodes)

    How many edges lead to nodes.

    Examples
      >> D = indegree(digraph([1 2], [3 3]), 3)
      D =
           2

    See also outdegree, degree.
    """
    return degrees(require_graph(G, "indegree"), nodes, (1,))


@builtin
def outdegree(G, nodes=None, /):
    """
    D = outdegree(G)
    D = outdegree(G, nodes)

    How many edges leave nodes.

    Examples
      >> D = outdegree(digraph([1 1], [2 3]), [1 2])
      D =
           2     0

    See also indegree, degree.
    """
    return degrees(require_graph(G, "outdegree"), nodes, (0,))


def sparse_of(rows: ndarray, columns: ndarray, values: ndarray, shape: tuple[int, int]) -> Sparse:
    from scipy.sparse import coo_array

    return Sparse(canonical(coo_array((values, (rows, columns)), shape).tocsc()))


@builtin
def adjacency(G, weights=None, /):
    """
    A = adjacency(G)
    A = adjacency(G, 'weighted')
    A = adjacency(G, weights)

    The sparse matrix with 1 (or the weight) where an edge leads from the node of the row to that of the column.

    Examples
      >> A = full(adjacency(graph([1 2], [2 3])))
      A =
           0     1     0
           1     0     1
           0     1     0
      >> A = full(adjacency(digraph(1, 2, 5), 'weighted'))
      A =
           0     5
           0     0

    See also incidence, laplacian, graph.
    """
    G = require_graph(G, "adjacency")
    values = np.ones(len(G.ends))
    if weights is not None and is_text(weights):
        take.choice(weights, ("weighted",), "Weights")
        values = G.lengths()
    elif weights is not None:
        values = take.vector(weights, "Weights")
        if values.size != len(G.ends):
            raise take.wanted(f"a vector of {len(G.ends)} weights", "Weights", weights)
    one, other = G.ends[:, 0], G.ends[:, 1]
    if not G.directed:
        both = one != other
        one, other = np.concatenate([one, other[both]]), np.concatenate([other, G.ends[both, 0]])
        values = np.concatenate([values, values[both]])
    return sparse_of(one, other, values, (G.count, G.count))


@builtin
def incidence(G, /):
    """
    I = incidence(G)

    The sparse matrix with a column for each edge: -1 at the node it leaves, 1 at that it leads to.

    Examples
      >> I = full(incidence(graph([1 2], [2 3])))
      I =
          -1     0
           1    -1
           0     1

    See also adjacency, laplacian.
    """
    G = require_graph(G, "incidence")
    if (G.ends[:, 0] == G.ends[:, 1]).any():
        raise ScriptError("MATLAB:graphfun:incidence:SelfLoops", "A graph with loops has no incidence matrix.")
    count = len(G.ends)
    rows = np.concatenate([G.ends[:, 0], G.ends[:, 1]])
    values = np.concatenate([-np.ones(count), np.ones(count)])
    return sparse_of(rows, np.tile(np.arange(count), 2), values, (G.count, count))


@builtin
def laplacian(G, /):
    """
    L = laplacian(G)

    The sparse matrix of degrees less the adjacency matrix.

    Examples
      >> L = full(laplacian(graph([1 2], [2 3])))
      L =
           1    -1     0
          -1     2    -1
           0    -1     1

    See also adjacency, degree.
    """
    G = require_graph(G, "laplacian")
    if G.directed or (G.ends[:, 0] == G.ends[:, 1]).any():
        raise ScriptError("MATLAB:graphfun:laplacian:Simple", "The graph must have neither directions nor loops.")
    edges = incidence(G).matrix
    return Sparse(canonical((edges @ edges.T).tocsc()))
