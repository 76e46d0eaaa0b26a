"""graph and digraph: made and changed."""

import numpy as np


def test_names_come_in_the_order_met(run):
    run("G = graph({'b' 'a'}, {'c' 'b'}, [2 3]); n = G.Nodes.Name; e = G.Edges.EndNodes; w = G.Edges.Weight;")
    assert run["n"].ravel().tolist() == ["b", "a", "c"]
    assert run["e"].tolist() == [["b", "a"], ["b", "c"]] and run["w"].ravel().tolist() == [3, 2]


def test_adjacency_matrices_give_back_what_they_were(run):
    run("A = [0 2 0; 2 0 3; 0 3 0]; G = graph(A); B = full(adjacency(G, 'weighted')); H = digraph([0 1; 0 1]);")
    run("C = full(adjacency(H));")
    assert (run["B"] == run["A"]).all() and run["C"].tolist() == [[0, 1], [0, 1]]
    assert run.fault("graph([0 1; 0 0])").message == "Adjacency matrix must be symmetric."
    run("m = numedges(graph([0 1; 0 0], 'upper')); k = numedges(graph(ones(3), 'omitselfloops'));")
    assert (run["m"], run["k"]) == (1, 3)


def test_edges_and_nodes_change(run):
    run("G = graph([1 2], [2 3], [5 6]); G = addedge(G, 1, 5, 9); n = numnodes(G); G = rmnode(G, 2); e = G.Edges;")
    assert run["n"] == 5
    run("s = e.EndNodes; w = e.Weight; G.Nodes.Name = {'p'; 'q'; 'r'; 's'}; d = degree(G, 'p'); G.Edges.Weight(1) = 4;")
    assert run["s"].tolist() == [[1, 4]] and run["w"] == 9 and run["d"] == 1
    run("v = G.Edges.Weight;")
    assert run["v"] == 4
    assert run.fault("findnode(G, 'zz'); neighbors(G, 'zz')").message == "Unable to find a node named 'zz'."
    assert run.fault("neighbors(G, 7)").identifier == "MATLAB:graphfun:findnode:LargestNode"
    assert run.fault("rmedge(G, 1, 2)").identifier == "MATLAB:graphfun:rmedge:EdgeNotFound"


def test_tables_make_graphs(run):
    run("E = table([1 2; 2 3], {'x'; 'y'}, 'VariableNames', {'EndNodes', 'Code'}); G = graph(E); c = G.Edges.Code;")
    assert run["c"].ravel().tolist() == ["x", "y"]
    run("E = table({'a' 'b'; 'b' 'c'}, [1; 2], 'VariableNames', {'EndNodes', 'Weight'}); G = digraph(E);")
    run("d = distances(G);")
    assert run["d"].tolist() == [[0, 1, 3], [np.inf, 0, 2], [np.inf, np.inf, 0]]
