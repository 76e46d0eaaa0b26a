"""Ways through graphs: shortestpath, distances, conncomp, bfsearch, dfsearch, toposort, isdag; plot."""

from __future__ import annotations

import heapq
from collections import deque
from typing import Any

import numpy as np

from cnnscript.builtins.graphs.graph_objects import Graph
from cnnscript.builtins.graphs.graph_questions import given_nodes
from cnnscript.builtins.graphs.graphs import names_given, require_graph, rows_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, ndarray, norm
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import is_text

METHODS = ("auto", "unweighted", "positive", "mixed", "acyclic")


def edge_lengths(G: Graph, method: Any, name: str) -> tuple[ndarray, bool]:
    """Lengths of the edges, and whether some are negative."""
    word = take.choice(method, METHODS, "Method")
    lengths = np.ones(len(G.ends)) if word == "unweighted" else G.lengths()
    negative = bool((lengths < 0).any())
    if negative and word == "positive":
        raise ScriptError(f"MATLAB:graphfun:{name}:NegativeWeights", "Edge weights must be nonnegative.")
    if negative and not G.directed:
        raise ScriptError(f"MATLAB:graphfun:{name}:NegativeWeights", "Edge weights of a graph must be nonnegative.")
    if word == "acyclic" and (not G.directed or ordered(G) is None):
        raise ScriptError(f"MATLAB:graphfun:{name}:Cyclic", "Method 'acyclic' needs a digraph without cycles.")
    return lengths, negative


def from_node(G: Graph, start: int, lengths: ndarray, negative: bool) -> tuple[ndarray, ndarray]:
    """Distances from a node to all, and the edge by which each is reached (-1: none)."""
    distance, by = np.full(G.count, np.inf), np.full(G.count, -1)
    distance[start] = 0
    if negative:
        for turn in range(G.count):
            changed = False
            for edge, (one, other) in enumerate(G.ends.tolist()):
                reach = distance[one] + lengths[edge]
                if reach < distance[other]:
                    distance[other], by[other], changed = reach, edge, True
            if not changed:
                break
            if turn == G.count - 1:
                raise ScriptError("MATLAB:graphfun:shortestpath:NegativeCycles", "The graph contains a negative cycle.")
        return distance, by
    neighbours = G.next_to()
    done = np.zeros(G.count, bool)
    heap = [(0.0, start)]
    while heap:
        away, node = heapq.heappop(heap)
        if done[node]:
            continue
        done[node] = True
        for other, edge in neighbours[node]:
            reach = away + lengths[edge]
            if reach < distance[other]:
                distance[other], by[other] = reach, edge
                heapq.heappush(heap, (reach, other))
    return distance, by


@builtin(outputs=3)
def shortestpath(nargout, G, s, t, /, *, Method="auto"):
    """
    P = shortestpath(G, s, t)
    [P, d, edgepath] = shortestpath(G, s, t)
    [...] = shortestpath(..., Method=algorithm)

    The nodes on a shortest way from s to t, its length, and its edges.

    Options
      Method  'auto', 'unweighted' (edges count), 'positive', 'mixed' (negative weights too) or 'acyclic'

    Examples
      >> [P, d, edgepath] = shortestpath(graph([1 1 2 3], [2 3 4 4], [1 5 1 1]), 1, 4)
      P =
           1     2     4
      d =
           2
      edgepath =
           1     3
      >> P = shortestpath(graph({'a' 'b'}, {'b' 'c'}), 'a', 'c')
      P =
        1×3 cell array
          {'a'}    {'b'}    {'c'}

    See also distances, graph, bfsearch.
    """
    G = require_graph(G, "shortestpath")
    lengths, negative = edge_lengths(G, Method, "shortestpath")
    start, end = G.one_place(s), G.one_place(t)
    distance, by = from_node(G, start, lengths, negative)
    places, edges = [end], []
    while places[-1] != start and by[places[-1]] >= 0:
        edge = int(by[places[-1]])
        one, other = G.ends[edge].tolist()
        edges.append(edge)
        places.append(one if places[-1] == other else other)
    if not np.isfinite(distance[end]):
        places, edges = [], []
    found = given_nodes(G, places[::-1], s)
    empty = np.zeros((1, 0), OBJECT if names_given(s) else float)
    path = np.asfortranarray(np.reshape(found, (1, -1))) if places else empty
    trail = np.array(edges[::-1], float).reshape(1, -1) + 1
    return norm(path), float(distance[end]), norm(trail)


@builtin
def distances(G, s=None, t=None, /, *, Method="auto"):
    """
    d = distances(G)
    d = distances(G, s)
    d = distances(G, s, t)
    d = distances(..., Method=algorithm)

    Lengths of shortest ways between all nodes, from nodes s (a row each), or to nodes t (a column each).

    Options
      Method  as shortestpath takes it

    Examples
      >> d = distances(graph([1 2], [2 3], [4 5]))
      d =
           0     4     9
           4     0     5
           9     5     0
      >> d = distances(digraph([1 2], [2 3]), 1, [2 3])
      d =
           1     2

    See also shortestpath, graph.
    """
    G = require_graph(G, "distances")
    lengths, negative = edge_lengths(G, Method, "distances")
    starts = np.arange(G.count) if s is None or is_text(s) and s == "all" else G.places(s)
    ends = np.arange(G.count) if t is None or is_text(t) and t == "all" else G.places(t)
    require_memory((starts.size, G.count), 8)
    found = [from_node(G, int(start), lengths, negative)[0][ends] for start in starts]
    return norm(np.asfortranarray(np.stack(found))) if found else np.zeros((0, ends.size))


def components(G: Graph) -> ndarray:
    """The number (from 0) of each node's component, directions aside."""
    both = Graph(False, G.count, G.ends, rows_of(G.edges, np.arange(0)), G.nodes) if G.directed else G
    neighbours = both.next_to()
    found, number = np.full(G.count, -1), 0
    for node in range(G.count):
        if found[node] < 0:
            found[node] = number
            waiting = [node]
            while waiting:
                for other, _ in neighbours[waiting.pop()]:
                    if found[other] < 0:
                        found[other] = number
                        waiting.append(other)
            number += 1
    return found


def strong_components(G: Graph) -> ndarray:
    """As `components`, of nodes that lead to each other; numbered so that edges lead to higher numbers (Tarjan)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(G.ends))
    matrix = csr_array((ones, (G.ends[:, 0], G.ends[:, 1])), (G.count, G.count))
    number, labels = connected_components(matrix, directed=True, connection="strong")
    between = labels[G.ends]
    between = np.unique(between[between[:, 0] != between[:, 1]], axis=0)
    first = [int(np.flatnonzero(labels == label)[0]) for label in range(number)]
    waiting = np.bincount(between[:, 1], minlength=number)
    ready = [(first[label], label) for label in range(number) if not waiting[label]]
    heapq.heapify(ready)
    order = np.empty(number, int)
    for place in range(number):
        _, label = heapq.heappop(ready)
        order[label] = place
        for other in between[between[:, 0] == label, 1]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (first[other], int(other)))
    return order[labels]


@builtin(outputs=2)
def conncomp(nargout, G, /, *, Type="strong", OutputForm="vector"):
    """
    bins = conncomp(G)
    [bins, binsizes] = conncomp(G)
    bins = conncomp(..., Name=Value)

    The number of the connected component of each node, and how many nodes each has.

    Options
      Type        of a digraph: 'strong' (ways there and back) or 'weak'
      OutputForm  'vector', or 'cell': the nodes of each component

    Examples
      >> [bins, binsizes] = conncomp(graph([1 2 4], [2 3 5]))
      bins =
           1     1     1     2     2
      binsizes =
           3     2

    See also subgraph, bfsearch, distances.
    """
    G = require_graph(G, "conncomp")
    strong = take.choice(Type, ("strong", "weak"), "Type") == "strong"
    found = strong_components(G) if G.directed and strong else components(G)
    number = int(found.max()) + 1 if found.size else 0
    sizes = norm(np.bincount(found, minlength=number).astype(float).reshape(1, -1))
    if take.choice(OutputForm, ("vector", "cell"), "OutputForm") == "vector":
        return norm(found.astype(float).reshape(1, -1) + 1), sizes
    groups = np.empty((1, number), OBJECT)
    for place in range(number):
        members = np.reshape(G.named(np.flatnonzero(found == place)), (1, -1))
        groups[0, place] = norm(np.asfortranarray(members))
    return groups, sizes


EVENTS = ("discovernode", "finishnode", "edgetonew")


def searched(G: Any, s: Any, event: Any, restart: Any, name: str, deep: bool):
    G = require_graph(G, name)
    word = take.choice(event, (*EVENTS, "startnode", "edgetodiscovered", "edgetofinished", "allevents"), "Event")
    if word not in EVENTS:
        raise ScriptError("cnnscript:NotYet", f"The event '{word}' of {name} is not in cnnscript yet.")
    starts = [G.one_place(s)]
    if take.flag(restart, "Restart"):
        starts += list(range(G.count))
    neighbours = G.next_to()
    seen = np.zeros(G.count, bool)
    found: list[int] = []
    finished: list[int] = []
    edges: list[tuple[int, int]] = []
    for start in starts:
        if seen[start]:
            continue
        seen[start] = True
        found.append(start)
        if deep:
            stack = [(start, iter(neighbours[start]))]
            while stack:
                node, rest = stack[-1]
                other = next((other for other, _ in rest if not seen[other]), None)
                if other is None:
                    finished.append(node)
                    stack.pop()
                else:
                    seen[other] = True
                    found.append(other)
                    edges.append((node, other))
                    stack.append((other, iter(neighbours[other])))
            continue
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for other, _ in neighbours[node]:
                if not seen[other]:
                    seen[other] = True
                    found.append(other)
                    edges.append((node, other))
                    waiting.append(other)
            finished.append(node)
    if word == "edgetonew":
        pairs = np.array(edges, int).reshape(-1, 2)
        flat = given_nodes(G, pairs.ravel("F"), s)
        return norm(np.asfortranarray(np.reshape(flat, (-1, 2), order="F")))
    return given_nodes(G, found if word == "discovernode" else finished, s)


@builtin
def bfsearch(G, s, events="discovernode", /, *, Restart=False):
    """
    v = bfsearch(G, s)
    T = bfsearch(G, s, event)
    v = bfsearch(..., Restart=true)

    The nodes in the order in which a search by breadth from s discovers them; event may be 'discovernode',
    'finishnode' or 'edgetonew'.

    Options
      Restart  whether the search goes on in other components

    Examples
      >> v = bfsearch(graph([1 1 2 3], [2 3 4 5]), 1)
      v =
           1
           2
           3
           4
           5
      >> T = bfsearch(graph([1 1], [2 3]), 2, 'edgetonew')
      T =
           2     1
           1     3

    See also dfsearch, shortestpath, conncomp.
    """
    return searched(G, s, events, Restart, "bfsearch", False)


@builtin
def dfsearch(G, s, events="discovernode", /, *, Restart=False):
    """
    v = dfsearch(G, s)
    T = dfsearch(G, s, event)
    v = dfsearch(..., Restart=true)

    The nodes in the order in which a search by depth from s discovers them.

    Options
      Restart  whether the search goes on in other components

    Examples
      >> v = dfsearch(graph([1 1 2 3], [2 3 4 5]), 1)
      v =
           1
           2
           4
           3
           5
      >> T = dfsearch(digraph([1 2], [2 3]), 1, 'finishnode')
      T =
           3
           2
           1

    See also bfsearch, toposort.
    """
    return searched(G, s, events, Restart, "dfsearch", True)


def ordered(G: Graph) -> list[int] | None:
    """The nodes so that edges lead onwards, the lowest possible one first; None where there is a cycle."""
    waiting = np.bincount(G.ends[:, 1], minlength=G.count)
    ready = [node for node in range(G.count) if not waiting[node]]
    heapq.heapify(ready)
    neighbours, found = G.next_to(), []
    while ready:
        node = heapq.heappop(ready)
        found.append(node)
        for other, _ in neighbours[node]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, other)
    return found if len(found) == G.count else None


@builtin
def isdag(G, /):
    """
    tf = isdag(G)

    Whether a digraph has no cycles.

    Examples
      >> tf = isdag(digraph([1 2 3], [2 3 1]))
      tf =
        logical
         0

    See also toposort, digraph.
    """
    G = require_graph(G, "isdag")
    if not G.directed:
        raise unfit_inputs("isdag")
    return ordered(G) is not None


@builtin(outputs=2)
def toposort(nargout, G, /, *, Order="stable"):
    """
    N = toposort(G)
    [N, H] = toposort(G)
    N = toposort(G, Order='stable')

    The nodes of a digraph without cycles in an order in which edges lead onwards, low numbers first; and the graph so
    ordered.

    Options
      Order  'stable' or 'fast' (here the same order; MATLAB's 'fast' order may be another)

    Examples
      >> [N, H] = toposort(digraph([3 3 1], [1 2 2])); disp(N), disp(H.Edges.EndNodes)
           3     1     2
           1     2
           1     3
           2     3

    See also isdag, reordernodes, digraph.
    """
    from cnnscript.builtins.graphs.graphs import part_of

    G = require_graph(G, "toposort")
    take.choice(Order, ("stable", "fast"), "Order")
    found = ordered(G) if G.directed else None
    if found is None:
        raise ScriptError("MATLAB:graphfun:toposort:cyclic", "Graph must be a digraph without cycles.")
    places = np.array(found, int)
    return norm(places.astype(float).reshape(1, -1) + 1), part_of(G, places)
