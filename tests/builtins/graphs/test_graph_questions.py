"""What graphs answer: numbers of nodes and edges, degrees, neighbours, matrices."""


def test_neighbours_and_degrees_count_an_edge_of_a_node_to_itself_twice(run):
    run("G = graph([1 1 2], [1 2 3]); d = degree(G)'; n = neighbors(G, 1)'; H = digraph([1 1 2], [1 2 3]);")
    run("i = indegree(H)'; o = outdegree(H)'; s = successors(H, 1)'; p = predecessors(H, 3);")
    assert run["d"].tolist() == [[3, 2, 1]] and run["n"].tolist() == [[1, 2]]
    assert run["i"].tolist() == [[1, 1, 1]] and run["o"].tolist() == [[2, 1, 0]]
    assert run["s"].tolist() == [[1, 2]] and run["p"] == 2


def test_an_edge_is_found_by_its_ends_and_its_ends_by_its_number(run):
    run("G = digraph([1 2], [2 3]); k = findedge(G, 2, 3); z = findedge(G, 3, 2); [s, t] = findedge(G, 1);")
    run("m = findnode(digraph({'a'}, {'b'}), {'b' 'q'})';")
    assert (run["k"], run["z"], run["s"], run["t"]) == (2, 0, 1, 2) and run["m"].tolist() == [[2, 0]]


def test_the_laplacian_is_the_incidence_matrix_times_its_transpose(run):
    run("G = graph([1 1 2], [2 3 3]); L = full(laplacian(G)); I = full(incidence(G)); M = I * I';")
    assert (run["L"] == run["M"]).all()


def test_a_graph_is_no_number(run):
    assert run.fault("degree(5)").identifier == "MATLAB:UndefinedFunction"
    assert run.fault("G = graph(1, 2); G(1)").identifier == "MATLAB:graphfun:graph:ParenReference"
