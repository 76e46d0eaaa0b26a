"""How much nodes matter: centrality."""

import numpy as np
import pytest

SITES = "G = digraph([1 1 2 2 3 3 3 4 5], [2 5 3 4 4 5 6 1 1]);"


def test_page_ranks_hubs_and_authorities_stop_where_matlab_stops(run):
    run(SITES + "p = centrality(G, 'pagerank')'; h = centrality(G, 'hubs')'; a = centrality(G, 'authorities')';")
    assert np.allclose(run["p"], [[0.32098, 0.17057, 0.10657, 0.13678, 0.20078, 0.06432]], atol=5.1e-6)
    assert np.allclose(run["h"], [[0.24995, 0.24995, 0.49991, 9.1536e-05, 9.1536e-05, 0]], atol=5.1e-6)
    assert np.allclose(run["a"], [[7.3237e-05, 0.099993, 0.099993, 0.29998, 0.29998, 0.19999]], atol=5.1e-6)


def test_iterations_that_end_early_are_warned_of(run):
    run(SITES + "lastwarn(''); c = centrality(G, 'pagerank', MaxIterations=2); [~, id] = lastwarn;")
    assert run["id"] == "MATLAB:graphfun:centrality:NoConv"
    run("d = centrality(G, 'pagerank', FollowProbability=0)';")
    assert np.allclose(run["d"], 1 / 6)


def test_degrees_count_loops_twice_and_weigh_edges(run):
    run("G = graph([1 1 2], [1 2 3]); d = centrality(G, 'degree')'; w = centrality(G, 'degree', Importance=[5 2 1])';")
    assert run["d"].tolist() == [[3, 2, 1]] and run["w"].tolist() == [[12, 3, 1]]


def test_betweenness_shares_ways_of_equal_length(run):
    run("b = centrality(graph([1 1 2 3], [2 3 4 4]), 'betweenness')'; H = digraph([1 2 1], [2 3 3]);")
    run("c = centrality(H, 'betweenness')'; e = centrality(H, 'betweenness', Cost=[1 5 1])';")
    assert run["b"].tolist() == [[0.5, 0.5, 0.5, 0.5]]
    assert run["c"].tolist() == [[0, 0, 0]] and run["e"].tolist() == [[0, 1, 0]]


def test_closeness_counts_only_nodes_that_are_reached(run):
    run("c = centrality(graph([1 2], [2 3], [], 4), 'closeness')'; H = digraph([1 2], [2 3]);")
    run("i = centrality(H, 'incloseness')'; o = centrality(H, 'outcloseness')';")
    assert np.allclose(run["c"], [[4 / 27, 4 / 18, 4 / 27, 0]])
    assert np.allclose(run["i"], [[0, 0.25, 1 / 3]]) and np.allclose(run["o"], [[1 / 3, 0.25, 0]])


def test_eigenvectors_of_components_sum_to_their_share_of_the_nodes(run):
    run("v = centrality(graph([1 2 4], [2 3 5]), 'eigenvector')';")
    middle = 0.6 * np.sqrt(2) / (2 + np.sqrt(2))
    assert np.allclose(run["v"], [[0.6 / (2 + np.sqrt(2)), middle, 0.6 / (2 + np.sqrt(2)), 0.2, 0.2]])


@pytest.mark.parametrize(
    "call",
    [
        "centrality(G, 'degree')",
        "centrality(G, 'pagerank', Cost=1:9)",
        "centrality(G, 'betweenness', Cost=zeros(1, 9))",
        "centrality(G, 'hubs', Importance=1:3)",
        "centrality(G, 'pagerank', FollowProbability=2)",
        "centrality(5, 'degree')",
    ],
)
def test_what_does_not_fit_the_graph_or_the_measure_is_refused(run, call):
    run(SITES)
    assert run.fault(call).message
