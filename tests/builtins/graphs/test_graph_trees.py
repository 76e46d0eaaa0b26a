"""Trees of graphs: shortestpathtree, minspantree."""

import numpy as np


def test_the_tree_of_shortest_ways_leaves_out_what_is_not_reached(run):
    run("G = digraph([1 1 2 3 3 4 4 6 6 7 8 7 5], [2 3 4 4 5 5 6 1 8 1 3 2 8]); [T, D, E] = shortestpathtree(G, 1);")
    run("n = numedges(T); v = shortestpathtree(G, 1, 'OutputForm', 'vector'); k = nnz(E); c = class(E);")
    assert run["n"] == 6 and run["k"] == 6 and run["c"] == "logical"
    assert run["D"][0, 6] == np.inf and np.isnan(run["v"][0, 6]) and run["v"][0, 0] == 0


def test_ways_to_one_node_lead_to_it(run):
    run("G = digraph([1 2 4], [2 3 3], [1 2 9]); [T, D] = shortestpathtree(G, 'all', 3); e = T.Edges.EndNodes;")
    run("w = T.Edges.Weight'; v = shortestpathtree(G, 'all', 3, OutputForm='vector');")
    run("c = shortestpathtree(G, [1 3], 3, OutputForm='cell'); a = c{1}; b = c{2};")
    assert run["e"].tolist() == [[1, 2], [2, 3], [4, 3]] and run["w"].tolist() == [[1, 2, 9]]
    assert run["D"].tolist() == [[3, 2, 0, 9]] and run["v"].tolist() == [[2, 3, 0, 3]]
    assert run["a"].tolist() == [[1, 2, 3]] and run["b"] == 3


def test_only_ways_to_the_nodes_asked_for_are_in_the_tree(run):
    run("G = graph({'a' 'b' 'a'}, {'b' 'c' 'd'}); [T, D, E] = shortestpathtree(G, 'a', 'c'); m = numnodes(T);")
    run("e = T.Edges.EndNodes; c = shortestpathtree(G, 'a', {'c' 'd'}, OutputForm='cell'); w = c{2};")
    assert run["m"] == 4 and run["D"] == 2 and run["e"].tolist() == [["a", "b"], ["b", "c"]]
    assert run["w"].tolist() == [["a", "d"]] and run["E"].ravel().tolist() == [True, False, True]
    assert run.fault("shortestpathtree(G, [1 2], [3 4])").identifier.endswith("MultipleSourcesAndTargets")


def test_a_spanning_tree_has_the_least_weight(run):
    run("T = minspantree(graph([1 1 2 3], [2 3 3 4], [1 5 2 7])); w = T.Edges.Weight';")
    assert run["w"].tolist() == [[1, 2, 7]]
