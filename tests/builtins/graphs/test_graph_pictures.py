import numpy as np
import pytest

from cnnscript.pictures.graphics import graph_layouts


def test_layers_run_downwards_and_children_stand_below_the_middle_of_their_parents(run):
    run("h = plot(digraph([1 1 2 3], [2 3 4 4])); x = h.XData; y = h.YData;")
    assert run["y"].tolist() == [[3, 2, 2, 1]] and run["x"][0, 0] == run["x"][0, 3]
    assert abs(run["x"][0, 1] - run["x"][0, 2]) >= 1


def test_long_edges_pass_beside_the_nodes_between(run):
    run("h = plot(digraph([1 2 1], [2 3 3]), 'Layout', 'layered');")
    plot = run.session.desk.current.all_axes()[0].drawn()[0]
    ((place,),) = [bends for bends in plot.bends if bends]
    assert place[1] == 2 and abs(place[0] - plot.flat("XData")[1]) >= 1


def test_a_circle_of_edges_has_layers_all_the_same():
    x, y, _ = graph_layouts.layered(3, np.array([[0, 1], [1, 2], [2, 0]]))
    assert sorted(y.tolist()) == [1, 2, 3] and np.isfinite(x).all()


@pytest.mark.parametrize("way", ["circle", "force", "subspace", "layered", "auto"])
def test_every_layout_gives_each_node_a_place_of_its_own(run, way):
    run(f"h = plot(graph([1 2 3 4 1], [2 3 4 5 5])); layout(h, '{way}'); p = [h.XData; h.YData]';")
    places = run["p"]
    assert np.isfinite(places).all() and len(np.unique(np.round(places, 6), axis=0)) == 5


def test_nodes_and_edges_stand_out(run):
    run("h = plot(graph([1 2 3], [2 3 4])); highlight(h, [1 2 3], 'EdgeColor', 'r', 'LineWidth', 3); w = h.LineWidth;")
    run("c = h.EdgeColor; highlight(h, 4); m = h.MarkerSize; highlight(h, 3, 4, 'LineStyle', ':'); s = h.LineStyle;")
    assert run["w"].tolist() == [[3, 3, 0.5]] and run["c"].tolist()[:2] == [[1, 0, 0]] * 2
    assert run["m"].tolist() == [[4, 4, 4, 8]] and run["s"].ravel().tolist() == ["-", "-", ":"]


def test_labels_of_nodes_and_edges(run):
    run("G = digraph({'a','b'}, {'b','c'}, [5 6]); h = plot(G, 'EdgeLabel', G.Edges.Weight); e = h.EdgeLabel;")
    run("labelnode(h, {'a','c'}, 'x'); n = h.NodeLabel; labeledge(h, 'a', 'b', 'ab'); f = h.EdgeLabel;")
    assert run["e"].ravel().tolist() == ["5", "6"] and run["n"].ravel().tolist() == ["x", "b", "x"]
    assert run["f"].ravel().tolist() == ["ab", "6"]


def test_layers_of_a_network_are_named(run):
    run("h = plot(squeezenet('Weights', 'none')); y = h.YData; n = h.NodeLabel; t = xticks;")
    assert run["n"].ravel().tolist()[:2] == ["data", "conv1"] and run["t"].size == 0
    assert run["y"][0, 0] == run["y"].max()


def test_the_axes_of_a_graph_have_no_ticks_and_a_box(run):
    run("plot(graph(1, 2)); ax = gca; b = ax.Box; t = ax.XTick;")
    assert run["b"] == "on" and run["t"].size == 0
    assert run.seen() == ["figure 1: graph 2 nodes, 1 edges"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plot(graph(1, 2), 'Layout', 'star')", "star"),
        ("plot(graph(1, 2), 'XData', [1 2])", "given together"),
        ("plot(graph(1, 2), 'Foo', 1)", "Unrecognized property"),
        ("h = plot(graph(1, 2)); highlight(h, 3)", "Node IDs"),
        ("h = plot(graph([1 2], [2 3])); highlight(h, 1, 3)", "no edge"),
        ("h = plot(graph(1, 2)); labelnode(h, [1 2], {'a','b','c'})", "one for each"),
        ("h = plot(graph(1, 2)); labeledge(h, 5, 'a')", "Edge indices"),
        ("layout(3)", "plot of a graph"),
    ],
)
def test_what_a_graph_has_not_is_refused(run, call, words):
    assert words in run.fault(call).message
