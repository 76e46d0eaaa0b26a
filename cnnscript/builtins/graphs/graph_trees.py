"""Trees of graphs: shortestpathtree, minspantree."""

from __future__ import annotations

from collections import deque

import numpy as np

from cnnscript.builtins.graphs.graph_objects import Graph
from cnnscript.builtins.graphs.graph_paths import edge_lengths, from_node
from cnnscript.builtins.graphs.graph_questions import given_nodes
from cnnscript.builtins.graphs.graphs import names_given, require_graph, rows_of
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import is_text, text_or_none


@builtin(outputs=3)
def shortestpathtree(nargout, G, s, t=None, /, *, Method="auto", OutputForm="tree"):
    """
    TR = shortestpathtree(G, s)
    TR = shortestpathtree(G, s, t)
    TR = shortestpathtree(..., Name=Value)
    [TR, D, E] = shortestpathtree(...)

    The shortest ways from a node s to all nodes (or to nodes t), or from nodes s to a node t, as a digraph; their
    lengths, and which edges of G they use.  s and t may be 'all'.

    Options
      Method      as shortestpath takes it
      OutputForm  'tree' (a digraph), 'cell' (the nodes of each way) or 'vector' (for each node the one before it on
                  its way, or behind it on the way to a single t; 0 for the node of the ways, NaN where none passes)

    Examples
      >> G = digraph([1 1 2 3 4], [2 3 4 4 1], [1 5 2 1 1]);
      >> [TR, D, E] = shortestpathtree(G, 1); disp(TR.Edges.EndNodes), disp(D), disp(E')
           1     2
           1     3
           2     4
           0     1     5     3
         1   1   1   0   0
      >> TR = shortestpathtree(G, 1, [4 3], OutputForm='cell')
      TR =
        2×1 cell array
          {[1 2 4]}
          {[  1 3]}
      >> TR = shortestpathtree(G, 1, OutputForm='vector')
      TR =
           0     1     1     2

    See also shortestpath, distances, minspantree.
    """
    G = require_graph(G, "shortestpathtree")
    form = take.choice(OutputForm, ("tree", "cell", "vector"), "OutputForm")
    lengths, negative = edge_lengths(G, Method, "shortestpathtree")

    def places(value):
        if value is None or is_text(value) and text_or_none(value) == "all":
            return np.arange(G.count)
        return G.places(value).ravel()

    sources, targets = places(s), places(t)
    backwards = sources.size != 1
    if backwards and targets.size != 1:
        raise ScriptError(
            "MATLAB:graphfun:shortestpathtree:MultipleSourcesAndTargets",
            "Either the source or the target must be a single node.",
            notes=(f"got {sources.size} sources and {targets.size} targets",),
        )
    top, others = (targets[0], sources) if backwards else (sources[0], targets)
    turned = Graph(G.directed, G.count, G.ends[:, ::-1], G.edges, G.nodes) if backwards else G
    distance, by = from_node(turned, int(top), lengths, negative)
    before = np.full(G.count, -1)  # the neighbour nearer to the top, of nodes on the ways
    ways = []
    for other in others.tolist():
        way = [other]
        while way[-1] != top and by[way[-1]] >= 0:
            one, end = turned.ends[by[way[-1]]].tolist()
            way.append(one if way[-1] == end else end)
            before[way[-2]] = way[-1]
        ways.append((way if backwards else way[::-1]) if np.isfinite(distance[other]) else [])
    met = np.flatnonzero(before >= 0)
    used = np.zeros(len(G.ends), bool)
    used[by[met]] = True
    D = norm(distance[others].reshape(1, -1))
    E = norm(used.reshape(-1, 1))
    if form == "vector":
        found = np.full(G.count, np.nan)
        found[met] = before[met] + 1.0
        found[top] = 0
        return norm(found.reshape(1, -1)), D, E
    if form == "cell":
        named = t if names_given(t) and text_or_none(t) != "all" else s
        cells = np.empty((len(ways), 1), OBJECT)
        for place, way in enumerate(ways):
            row = np.reshape(given_nodes(G, way, named), (1, -1)) if way else np.zeros((1, 0))
            cells[place, 0] = norm(np.asfortranarray(row))
        return cells, D, E
    ends = np.stack([met, before[met]] if backwards else [before[met], met], axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    return Graph(True, G.count, ends[order], rows_of(G.edges, by[met][order]), G.nodes), D, E


@builtin(outputs=2)
def minspantree(nargout, G, /, *, Method="dense", Type="tree", Root=1.0):
    """
    T = minspantree(G)
    [T, pred] = minspantree(G)
    T = minspantree(..., Name=Value)

    The edges of least weight that connect the nodes; and the node before each on the way from the root (0: none,
    NaN: not reached).

    Options
      Method  'dense' (Prim) or 'sparse' (Kruskal): the same tree, up to ties
      Type    'tree', of the root's component, or 'forest'
      Root    the root node (1)

    Examples
      >> [T, pred] = minspantree(graph([1 1 2], [2 3 3], [1 5 2]));
      >> disp(T.Edges.Weight'), disp(pred)
           1     2
           0     1     2

    See also graph, shortestpath, conncomp.
    """
    G = require_graph(G, "minspantree")
    if G.directed:
        raise unfit_inputs("minspantree")
    take.choice(Method, ("dense", "sparse"), "Method")
    forest = take.choice(Type, ("tree", "forest"), "Type") == "forest"
    root = G.one_place(Root) if G.count else 0
    parent = list(range(G.count))

    def top(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    kept = []
    for edge in np.argsort(G.lengths(), kind="stable").tolist():
        one, other = top(int(G.ends[edge, 0])), top(int(G.ends[edge, 1]))
        if one != other:
            parent[one] = other
            kept.append(edge)
    if not forest and G.count:
        kept = [edge for edge in kept if top(int(G.ends[edge, 0])) == top(root)]
    places = np.sort(np.array(kept, int))
    T = Graph(False, G.count, G.ends[places], rows_of(G.edges, places), G.nodes)
    before = np.full(G.count, np.nan)
    neighbours = T.next_to()
    for start in [root, *range(G.count)] if forest and G.count else [root] * bool(G.count):
        if np.isnan(before[start]):
            before[start] = 0
            waiting = deque([start])
            while waiting:
                node = waiting.popleft()
                for other, _ in neighbours[node]:
                    if np.isnan(before[other]):
                        before[other] = node + 1
                        waiting.append(other)
    return T, norm(before.reshape(1, -1))
