"""Shortest ways, trees, components and searches of graphs; their pictures."""

import numpy as np
import pytest


def test_shortest_ways(run):
    run("G = digraph([1 1 2 3 4], [2 3 4 4 5], [10 1 1 2 3]); [P, d, e] = shortestpath(G, 1, 5);")
    run("u = shortestpath(G, 1, 5, 'Method', 'unweighted');")
    assert run["P"].tolist() == [[1, 3, 4, 5]] and run["d"] == 6 and run["u"].shape == (1, 4)
    run("[P, d] = shortestpath(G, 5, 1); H = digraph([1 2 1], [2 3 3], [4 -3 2]); [Q, q] = shortestpath(H, 1, 3);")
    assert run["P"].shape == (1, 0) and run["d"] == np.inf
    assert run["Q"].tolist() == [[1, 2, 3]] and run["q"] == 1
    assert run.fault("shortestpath(graph(1, 2, -1), 1, 2)").identifier == "MATLAB:graphfun:shortestpath:NegativeWeights"


@pytest.mark.parametrize("seed", range(2))
def test_distances_and_trees_agree_with_scipy(run, seed):
    from scipy.sparse.csgraph import minimum_spanning_tree, shortest_path

    run(f"rng({seed}); A = triu(round(10*rand(7)).*(rand(7) > 0.4), 1); A = A + A'; G = graph(A); d = distances(G);")
    run("T = minspantree(G, 'Type', 'forest'); w = sum(T.Edges.Weight);")
    matrix = np.ascontiguousarray(run["A"])
    assert np.allclose(run["d"], shortest_path(matrix, directed=False))
    assert np.isclose(run["w"], minimum_spanning_tree(matrix).sum())


def test_components(run):
    run("b = conncomp(graph([1 4], [2 5])); [s, z] = conncomp(digraph([1 2 3 3], [2 1 1 4]));")
    run("w = conncomp(digraph([1 2 3 3], [2 1 1 4]), Type='weak');")
    assert run["b"].tolist() == [[1, 1, 2, 3, 3]]
    assert run["s"][0, 0] == run["s"][0, 1] and run["s"].max() == 3 and sorted(run["z"].ravel().tolist()) == [1, 1, 2]
    assert run["w"].tolist() == [[1, 1, 1, 1]]


def test_searches_and_orders(run):
    run("G = graph([1 1 2 3 5], [2 3 4 4 6]); a = bfsearch(G, 1)'; b = dfsearch(G, 1)';")
    run("c = bfsearch(G, 1, Restart=true)';")
    assert run["a"].tolist() == [[1, 2, 3, 4]] and run["b"].tolist() == [[1, 2, 4, 3]]
    assert run["c"].tolist() == [[1, 2, 3, 4, 5, 6]]
    assert run.fault("toposort(digraph([1 2], [2 1]))")
    run("N = toposort(digraph([5 2 1], [1 5 3]));")
    assert run["N"].tolist() == [[2, 4, 5, 1, 3]]


def test_a_picture_of_a_graph(run):
    run("plot(graph({'a'}, {'b'}))")
    assert run.seen() == ["figure 1: graph 2 nodes, 1 edges"]
    assert run.fault("plot(graph(1, 2), XData=1:3, YData=1:3)")
