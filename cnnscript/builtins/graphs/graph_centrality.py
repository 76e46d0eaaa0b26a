"""How much a node matters in a graph: centrality."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.graphs.graph_objects import Graph
from cnnscript.builtins.graphs.graph_paths import components, from_node
from cnnscript.builtins.graphs.graphs import require_graph
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.warn import warn

OF_GRAPHS = ("degree", "closeness", "betweenness", "pagerank", "eigenvector")
OF_DIGRAPHS = (
    "indegree", "outdegree", "incloseness", "outcloseness", "betweenness", "pagerank", "hubs", "authorities",
)  # fmt: skip
OPTIONS = {  # which measures an option is for
    "Importance": ("degree", "indegree", "outdegree", "pagerank", "eigenvector", "hubs", "authorities"),
    "Cost": ("closeness", "incloseness", "outcloseness", "betweenness"),
    "FollowProbability": ("pagerank",),
    "Tolerance": ("pagerank", "hubs", "authorities"),
    "MaxIterations": ("pagerank", "hubs", "authorities"),
}


@builtin
def centrality(
    G, type, /, *, Importance=None, Cost=None, FollowProbability=None, Tolerance=None, MaxIterations=None
):  # fmt: skip
    """
    C = centrality(G, type)
    C = centrality(..., Name=Value)

    How much each node of a graph matters, as a column.

    For graphs the type is 'degree', 'closeness', 'betweenness', 'pagerank' or 'eigenvector'; for digraphs 'indegree',
    'outdegree', 'incloseness', 'outcloseness', 'betweenness', 'pagerank', 'hubs' or 'authorities'.

    Options
      Importance         a weight of each edge, of the degrees, 'pagerank', 'eigenvector', 'hubs' and 'authorities'
      Cost               a positive length of each edge, of closeness and 'betweenness'
      FollowProbability  how often 'pagerank' follows an edge rather than jumping (0.85)
      Tolerance          change at which iterations end (1e-4)
      MaxIterations      most iterations (100)

    Examples
      >> C = centrality(graph([1 2 3], [2 3 4]), 'betweenness')'
      C =
           0     2     2     0
      >> C = centrality(digraph([1 1 2], [2 3 3]), 'indegree')'
      C =
           0     1     2
      >> C = centrality(graph([1 2], [2 3]), 'closeness', Cost=[1 3])'
      C =
          0.2000    0.2500    0.1429

    See also degree, distances, shortestpath.
    """
    G = require_graph(G, "centrality")
    word = take.choice(type, OF_DIGRAPHS if G.directed else OF_GRAPHS, "Type")
    given = {
        "Importance": Importance, "Cost": Cost, "FollowProbability": FollowProbability, "Tolerance": Tolerance,
        "MaxIterations": MaxIterations,
    }  # fmt: skip
    for name, value in given.items():
        if value is not None and word not in OPTIONS[name]:
            raise ScriptError(
                f"MATLAB:graphfun:centrality:Invalid{name}", f"'{name}' is not an option of centrality '{word}'.",
                hint="it is for " + ", ".join(f"'{one}'" for one in OPTIONS[name]),
            )  # fmt: skip
    if not G.count:
        return np.zeros((0, 1))
    if word in OPTIONS["Cost"]:
        costs = per_edge(G, Cost, "Cost")
        if (costs <= 0).any():
            raise take.wanted("positive", "Cost", Cost)
        found = betweenness(G, costs) if word == "betweenness" else closeness(G, costs, word == "incloseness")
        return norm(found.reshape(-1, 1))
    weights = per_edge(G, Importance, "Importance")
    if (weights < 0).any():
        raise take.wanted("nonnegative", "Importance", Importance)
    if word.endswith("degree"):
        sides = {"degree": (0, 1), "indegree": (1,), "outdegree": (0,)}[word]
        found = sum(np.bincount(G.ends[:, side], weights, G.count) for side in sides)
        return norm(np.asarray(found, float).reshape(-1, 1))
    near = 1e-4 if Tolerance is None else take.number(Tolerance, "Tolerance")
    most = 100 if MaxIterations is None else take.positive(MaxIterations, "MaxIterations")
    if word == "pagerank":
        follow = 0.85 if FollowProbability is None else take.number(FollowProbability, "FollowProbability")
        if not 0 <= follow <= 1:
            raise take.wanted("between 0 and 1", "FollowProbability", FollowProbability)
        found = page_ranks(G, weights, follow, near, most)
    elif word == "eigenvector":
        found = eigenvector(G, weights)
    else:
        found = hubs_or_authorities(G, weights, word == "authorities", near, most)
    return norm(found.reshape(-1, 1))


def per_edge(G: Graph, value: Any, name: str) -> ndarray:
    """A number for each edge: 1 where none is given."""
    if value is None:
        return np.ones(len(G.ends))
    found = np.asarray(take.vector(value, name), float)
    if found.size != len(G.ends):
        raise ScriptError(
            f"MATLAB:graphfun:centrality:Invalid{name}Size", f"'{name}' must have an element for each edge.",
            notes=(f"{len(G.ends)} edges, {found.size} elements",),
        )  # fmt: skip
    return found


def matrix_of(G: Graph, weights: ndarray):
    """The sparse adjacency matrix with the weights of the edges (of several between two nodes the sum)."""
    from scipy.sparse import coo_array

    rows, columns = G.ends[:, 0], G.ends[:, 1]
    if not G.directed:
        both = rows != columns
        rows, columns = np.append(rows, columns[both]), np.append(columns, G.ends[both, 0])
        weights = np.append(weights, weights[both])
    return coo_array((weights, (rows, columns)), (G.count, G.count)).tocsr()


def closeness(G: Graph, costs: ndarray, inwards: bool) -> ndarray:
    """The square of the share of the other nodes that are reached, by the sum of the distances to them."""
    turned = Graph(G.directed, G.count, G.ends[:, ::-1], G.edges, G.nodes) if inwards else G
    found = np.zeros(G.count)
    for node in range(G.count):
        away = from_node(turned, node, costs, False)[0]
        reached = np.isfinite(away)
        others = int(reached.sum()) - 1
        if others:
            found[node] = (others / (G.count - 1)) ** 2 / away[reached].sum()
    return found


def betweenness(G: Graph, costs: ndarray) -> ndarray:
    """The share of shortest ways through each node, summed over pairs of other nodes (Brandes)."""
    neighbours = G.next_to()
    found = np.zeros(G.count)
    for start in range(G.count):
        distance = from_node(G, start, costs, False)[0]
        order = [node for node in np.argsort(distance, kind="stable").tolist() if np.isfinite(distance[node])]
        ways, before = np.zeros(G.count), [[] for _ in range(G.count)]
        ways[start] = 1
        for node in order:
            for other, edge in neighbours[node]:
                reach = distance[node] + costs[edge]
                if other != node and abs(reach - distance[other]) <= 1e-12 * reach:
                    ways[other] += ways[node]
                    before[other].append(node)
        share = np.zeros(G.count)
        for node in reversed(order):
            for earlier in before[node]:
                share[earlier] += ways[earlier] / ways[node] * (1 + share[node])
            if node != start:
                found[node] += share[node]
    return found if G.directed else found / 2


def page_ranks(G: Graph, weights: ndarray, follow: float, near: float, most: int) -> ndarray:
    """How often one meets each node who follows edges, and jumps anywhere now and then and where no edge leads on."""
    matrix = matrix_of(G, weights).T
    sums = np.asarray(matrix.sum(axis=0)).ravel()
    stuck = sums == 0
    ranks = np.full(G.count, 1 / G.count)
    for _ in range(most):
        flow = np.where(stuck, 0, ranks / np.where(stuck, 1, sums))
        new = follow * (matrix @ flow + ranks[stuck].sum() / G.count) + (1 - follow) / G.count
        change = np.abs(new - ranks).max()
        ranks = new
        if change <= near:
            return ranks
    not_converged(most)
    return ranks


def hubs_or_authorities(G: Graph, weights: ndarray, authorities: bool, near: float, most: int) -> ndarray:
    """Hubs point at authorities, authorities are pointed at by hubs (HITS): sums to 1."""
    matrix = matrix_of(G, weights)
    hubs = np.full(G.count, 1 / G.count)
    last = hubs
    for _ in range(most):
        pointed = unit_sum(matrix.T @ hubs)
        hubs = unit_sum(matrix @ pointed)
        found = pointed if authorities else hubs
        change = np.abs(found - last).max()
        last = found
        if change <= near:
            return found
    not_converged(most)
    return last


def eigenvector(G: Graph, weights: ndarray) -> ndarray:
    """The eigenvector of the largest eigenvalue of each component, which sums to the component's share of the nodes."""
    from scipy.sparse.linalg import eigsh

    matrix = matrix_of(G, weights)
    found = np.empty(G.count)
    labels = components(G)
    for label in range(labels.max() + 1):
        part = np.flatnonzero(labels == label)
        inner = matrix[part][:, part]
        if part.size < 200:
            values = np.linalg.eigh(inner.toarray())[1][:, -1]
        else:
            values = eigsh(inner, 1, which="LA", v0=np.ones(part.size))[1][:, 0]
        found[part] = unit_sum(np.abs(values)) * part.size / G.count
    return found


def unit_sum(values: ndarray) -> ndarray:
    total = values.sum()
    return values / total if total else np.full(values.size, 1 / values.size)


def not_converged(most: int) -> None:
    warn("MATLAB:graphfun:centrality:NoConv", f"Centrality did not converge in {most} iterations.")
