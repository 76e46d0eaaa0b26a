"""Pictures of graphs, digraphs and networks: plot, layout, highlight, labelnode, labeledge."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs, tried
from cnnscript.builtins.figures.plot_lines import parent_of, read_line_spec
from cnnscript.builtins.graphs.graph_objects import Graph
from cnnscript.builtins.images import picture_arguments as ask
from cnnscript.builtins.language.handles import Handle, from_script, wrap
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.graph_plots import GraphPlot
from cnnscript.pictures.graphics.node_tables import NodeTable
from cnnscript.values.numeric import as_array, class_of, norm
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none, texts_or_none

LAYOUTS = ("auto", "circle", "force", "layered", "subspace")
WIDEST, TALLEST = 2400, 14000  # pixels of a picture of a network
LETTER = 5  # pixels of a letter of a layer's name, about
DIRECTIONS = ("down", "up", "left", "right")


def pictured(
    session: Any, nargout: int, axes: Any, values: list[Any], count: int, ends: np.ndarray, directed: bool,
    names: list[str],
) -> Any:  # fmt: skip
    """A graph in an axes: a line spec and properties."""
    spec: dict[str, Any] = {}
    if len(values) % 2:
        read = read_line_spec(text_or_none(values[0]) or "?")
        if read is None:
            raise ScriptError("MATLAB:plot:InvalidLineSpec", "Error in color/linetype argument.")
        spec = read
        values.pop(0)
    given = pairs(tuple(values), "plot")
    axes, given = parent_of(given, axes)
    way, places, rest_given = "auto", {}, []
    for word, value in given:
        low = word.lower()
        if low == "layout":
            way = ask.choice(value, LAYOUTS, "plot", "Layout")
        elif low in ("xdata", "ydata"):
            places[f"{low[0].upper()}Data"] = np.array(ask.numbers(value, "plot", word, count))
        else:
            rest_given.append((word, value))
    if len(places) == 1:
        raise ScriptError("MATLAB:graphfun:plot:MissingData", "XData and YData must be given together.")
    tried(GraphPlot, rest_given)
    axes = session.desk.newplot(axes)
    made = GraphPlot(axes)
    made.fill(count, ends, directed, names)
    made.arrange(way)
    for name, value in places.items():
        made.set(name, value)
    for name, value in spec.items():
        if name == "Color":
            made.set("NodeColor", value)
            made.set("EdgeColor", value)
        elif name != "LineStyle" or value != "none":
            made.set(name, value)
    set_pairs(made, rest_given)
    if axes.value("NextPlot") != "add":
        axes.values |= {"Box": True}
        for letter in "XY":
            axes.set(f"{letter}Tick", np.zeros(0))
    axes.touch()
    return wrap(made) if nargout else None


@overload("graph", name="plot", outputs=1)
def plot_graph(session, nargout, /, *args):
    """
    plot(G)
    plot(G, spec)
    plot(G, Layout=method)
    plot(G, XData=x, YData=y)
    plot(ax, G)
    plot(..., Name=Value)
    h = plot(...)

    A picture of a graph: nodes with their names, and lines for edges.

    Layout is 'auto', 'circle', 'force', 'layered' or 'subspace'. Among the properties are NodeLabel, EdgeLabel,
    NodeColor, EdgeColor, NodeCData, EdgeCData, Marker, MarkerSize, LineWidth, LineStyle, EdgeAlpha, NodeFontSize.

    Examples
      >> h = plot(graph([1 2 3], [2 3 1]), Layout='circle'); disp(numel(h.XData))
           3

    See also graph, digraph, layout, highlight, labelnode, labeledge.
    """
    return of_graph(session, nargout, args)


@overload("digraph", name="plot", outputs=1)
def plot_digraph(session, nargout, /, *args):
    """
    plot(G)
    plot(..., Name=Value)
    h = plot(...)

    A picture of a digraph: nodes with their names, and lines with arrows for edges; otherwise as for a graph.

    Examples
      >> h = plot(digraph([1 1 2], [2 3 4])); h.YData
      ans =
           3     2     2     1

    See also graph, digraph, layout, highlight, labelnode, labeledge.
    """
    return of_graph(session, nargout, args)


def of_graph(session: Any, nargout: int, args: tuple) -> Any:
    axes, rest = axes_first(args)
    graph, values = rest[0], list(rest[1:])
    names = graph.names or [str(place + 1) for place in range(graph.count)]
    return pictured(session, nargout, axes, values, graph.count, graph.ends, graph.directed, list(names))


def of_network(session: Any, nargout: int, args: tuple) -> Any:
    """A network as a digraph of its layers, in layers unless another layout is asked for."""
    axes, rest = axes_first(args)
    graph = getattr(rest[0], "graph", None)
    if graph is None:
        raise unfit_inputs("plot", f"a network comes first, not a {class_of(rest[0])}")
    return layered(session, nargout, axes, list(rest[1:]), graph)


def layered(session: Any, nargout: int, axes: Any, values: list[Any], graph: Any) -> Any:
    """A graph of layers (engine/surgery.py) as a digraph."""
    words = [(text_or_none(value) or "").lower() for value in values]
    if not {"layout", "xdata"} & set(words):
        values += ["Layout", "layered"]
    values += [
        part for name, value in (("ShowArrows", "off"), ("Interpreter", "none")) if name.lower() not in words
        for part in (name, value)
    ]  # fmt: skip
    ends = [(graph.places[source], graph.places[destination]) for source, _, destination, _ in graph.edges]
    pairs = np.array(ends, int).reshape(-1, 2)
    return pictured(session, nargout, axes, values, len(graph.places), pairs, True, list(graph.places))


def draw_network(session: Any, graph: Any, title: str, table: NodeTable) -> None:
    """A graph of layers in a figure of its own, with room for the names of the layers below and beside one another.

    The figure stands for MATLAB's window of the analyzer: it is not the current one, so that what is drawn next
    goes where it would have gone without it, and close all leaves it.
    """
    before = session.desk.current
    try:
        draw_layers(session, graph, title, table)
    finally:
        session.desk.current = before


def draw_layers(session: Any, graph: Any, title: str, table: NodeTable) -> None:
    """A new figure with a graph of layers."""
    figure = session.call("figure", 1)
    plot = from_script(layered(session, 1, None, [], graph))
    plot.node_table = table
    plot.set("NodeLabel", list(plot.names))
    places = {name: np.asarray(plot.get(f"{name}Data"), float) for name in "XY"}
    levels = np.unique(places["Y"]).size
    longest = max((len(name) for name in plot.names), default=0) * LETTER
    height = float(min(max(420, 14 * levels + 90), TALLEST))
    width = 700.0
    if places["X"].size:
        left, right = places["X"].min(), places["X"].max()
        columns = right - left + 1.0
        width = float(np.clip(1.75 * longest * columns, 700, WIDEST))
        # The names are written to the right of the nodes.
        session.call("xlim", 0, norm(np.array([[left - 0.15, left - 0.15 + max(columns, 2.0)]])))
        bottom, top = places["Y"].min(), places["Y"].max()
        session.call("ylim", 0, norm(np.array([[bottom - 1.0, top + 1.0]])))
    from_script(figure).set("Position", np.array([100.0, 100.0, width, height]))
    session.call("title", 0, title, "Interpreter", "none")
    from_script(figure).set("Name", "Deep Learning Network Analyzer")
    for name in ("NumberTitle", "HandleVisibility", "IntegerHandle"):
        from_script(figure).set(name, "off")


for known in ("nnet.cnn.LayerGraph", "DAGNetwork", "SeriesNetwork", "dlnetwork"):

    @overload(known, name="plot", outputs=1)
    def plot_network(session, nargout, /, *args):
        """
        plot(lgraph)
        plot(net)
        h = plot(...)

        The layers of a network, each below those that feed it, joined by lines.

        Examples
          >> h = plot(squeezenet(Weights='none')); h.NodeLabel{1}
          ans =
              'data'

        See also squeezenet, digraph.
        """
        return of_network(session, nargout, args)


# ------------------------------------------------------------------------------------------------------------- changes
def graph_plot(value: Any, function: str) -> GraphPlot:
    if not isinstance(value, Handle) or not isinstance(value.graphic, GraphPlot):
        raise ask.refusal(function, "input number 1", "a plot of a graph", value)
    value.graphic.alive()
    return value.graphic


def nodes_of(plot: GraphPlot, value: Any, function: str) -> list[int]:
    """Places from 0 of nodes given by name, by number or by truth."""
    words = texts_or_none(value)
    if words is not None:
        lost = [word for word in words if word not in plot.names]
        if lost:
            raise ScriptError(f"MATLAB:graphfun:{function}:UnknownNode", f"'{lost[0]}' is not a node of the graph.")
        return [plot.names.index(word) for word in words]
    array = as_array(value)
    if array.dtype.kind == "b":
        return np.flatnonzero(array.ravel(order="F")).tolist()
    numbers = ask.numbers(value, function, "the nodes")
    if not all(number == int(number) and 1 <= number <= len(plot.names) for number in numbers):
        raise ScriptError(
            f"MATLAB:graphfun:{function}:UnknownNode",
            "Node IDs must be positive integers no larger than the number of nodes.",
        )
    return [int(number) - 1 for number in numbers]


def edges_of(plot: GraphPlot, one: list[int], other: list[int], function: str) -> list[int]:
    """Places of the edges from nodes to nodes; a list of one goes with all of the other list."""
    if len(one) == 1:
        one = one * len(other)
    if len(other) == 1:
        other = other * len(one)
    if len(one) != len(other):
        wrong = "Source and target nodes must be as many as each other."
        raise ScriptError(f"MATLAB:graphfun:{function}:SizeMismatch", wrong)
    found = []
    for pair in zip(one, other, strict=True):
        known = [
            k
            for k, ends in enumerate(plot.ends.tolist())
            if tuple(ends) == pair or not plot.directed and tuple(ends[::-1]) == pair
        ]
        if not known:
            raise ScriptError(
                f"MATLAB:graphfun:{function}:UnknownEdge",
                f"There is no edge between '{plot.names[pair[0]]}' and '{plot.names[pair[1]]}'.",
            )
        found += known
    return found


def numbered_edges(plot: GraphPlot, value: Any, function: str) -> list[int]:
    array = as_array(value)
    if array.dtype.kind == "b":
        return np.flatnonzero(array.ravel(order="F")).tolist()
    numbers = ask.numbers(value, function, "the edges")
    if not all(number == int(number) and 1 <= number <= len(plot.ends) for number in numbers):
        raise ScriptError(
            f"MATLAB:graphfun:{function}:UnknownEdge",
            "Edge indices must be positive integers no larger than the number of edges.",
        )
    return [int(number) - 1 for number in numbers]


@builtin
def layout(session, h, /, *args):
    """
    layout(h)
    layout(h, method)
    layout(h, method, Name=Value)

    Put the nodes of a plotted graph elsewhere: 'auto', 'circle', 'force', 'layered' or 'subspace'.

    'layered' takes Direction ('down', 'up', 'left', 'right') and Sources; 'circle' takes Center; 'force' takes
    Iterations, XStart and YStart.

    Examples
      >> h = plot(digraph([1 2], [2 3])); layout(h, 'layered', Direction='right'); h.XData
      ans =
          -3    -2    -1
      figure 1: graph 3 nodes, 2 edges

    See also graph, digraph, highlight.
    """
    plot = graph_plot(h, "layout")
    values = list(args)
    way = ask.choice(values.pop(0), LAYOUTS, "layout", "the method") if values else "auto"
    options: dict[str, Any] = {}
    starts: dict[str, np.ndarray] = {}
    takes = {"layered": ("Direction", "Sources"), "circle": ("Center",), "force": ("Iterations", "XStart", "YStart")}
    for word, value in pairs(tuple(values), "layout"):
        name = ask.choice(word, takes.get(way, ()) or ("(none)",), "layout", "the parameter")
        if name == "Direction":
            options["direction"] = ask.choice(value, DIRECTIONS, "layout", name)
        elif name == "Sources":
            options["sources"] = nodes_of(plot, value, "layout")
        elif name == "Center":
            options["centre"] = nodes_of(plot, value, "layout")[0]
        elif name == "Iterations":
            options["steps"] = ask.count(value, "layout", name)
        else:
            starts[name] = np.array(ask.numbers(value, "layout", name, len(plot.names)))
    if len(starts) == 1:
        raise ScriptError("MATLAB:graphfun:layout:MissingStart", "XStart and YStart must be given together.")
    if starts:
        options["start"] = (starts["XStart"], starts["YStart"])
    plot.arrange(way, **options)


NODE_LOOKS, EDGE_LOOKS = ("NodeColor", "Marker", "MarkerSize"), (
    "EdgeColor", "LineWidth", "LineStyle", "ArrowSize", "ArrowPosition",
)  # fmt: skip
WORD_LOOKS = ("NodeLabelColor", "NodeFontSize", "EdgeLabelColor", "EdgeFontSize")


@builtin
def highlight(session, h, /, *args):
    """
    highlight(h, nodes)
    highlight(h, G)
    highlight(h, s, t)
    highlight(h, path)
    highlight(..., Edges=edges)
    highlight(..., Name=Value)

    Make nodes or edges of a plotted graph stand out: larger and wider, or as asked by NodeColor, Marker, MarkerSize,
    EdgeColor, LineWidth, LineStyle, ArrowSize. Where an edge look is given with nodes, the edges between nodes that
    follow each other are meant too.

    Examples
      >> h = plot(graph([1 2], [2 3])); highlight(h, [1 3], NodeColor='r'); h.NodeColor
      ans =
          1.0000         0         0
               0    0.4470    0.7410
          1.0000         0         0
      figure 1: graph 3 nodes, 2 edges

    See also graph, layout, labelnode.
    """
    plot = graph_plot(h, "highlight")
    values = list(args)
    heads = []
    while values and (len(heads) < 2) and not is_option(values):
        heads.append(values.pop(0))
    given = pairs(tuple(values), "highlight")
    nodes: list[int] = []
    edges: list[int] = []
    path = False
    if len(heads) == 1 and isinstance(heads[0], Graph):
        part = heads[0]
        nodes = nodes_of_part(plot, part)
        edges = edges_of_part(plot, part)
    elif len(heads) == 1:
        nodes = nodes_of(plot, heads[0], "highlight")
        path = True
    elif len(heads) == 2:
        edges = edges_of(
            plot, nodes_of(plot, heads[0], "highlight"), nodes_of(plot, heads[1], "highlight"), "highlight"
        )
    looks: list[tuple[str, Any]] = []
    for word, value in given:
        if word.lower() == "edges":
            edges += numbered_edges(plot, value, "highlight")
            continue
        name = ask.choice(word, (*NODE_LOOKS, *EDGE_LOOKS, *WORD_LOOKS), "highlight", "the property")
        looks.append((name, from_script(value)))
    tried(GraphPlot, [(name, value) for name, value in given if name.lower() != "edges"])
    if path and len(nodes) > 1 and any(name in EDGE_LOOKS for name, _ in looks):
        edges += between(plot, nodes)
    if not looks:
        for k in nodes:
            plot.put("MarkerSize", [k], len(plot.names), 2 * plot.per("MarkerSize", len(plot.names))[k])
        for k in edges:
            plot.put("LineWidth", [k], len(plot.ends), 4 * plot.per("LineWidth", len(plot.ends))[k])
        return
    for name, value in looks:
        of_nodes = name.startswith("Node") or name in NODE_LOOKS
        plot.put(name, nodes if of_nodes else edges, len(plot.names) if of_nodes else len(plot.ends), value)


def is_option(values: list[Any]) -> bool:
    word = text_or_none(values[0])
    names = ("edges", *(name.lower() for name in (*NODE_LOOKS, *EDGE_LOOKS, *WORD_LOOKS)))
    return word is not None and len(values) % 2 == 0 and any(name.startswith(word.lower()) for name in names)


def nodes_of_part(plot: GraphPlot, part: Graph) -> list[int]:
    names = part.names or [str(k + 1) for k in range(part.count)]
    used = sorted(set(part.ends.ravel().tolist())) if len(part.ends) else range(part.count)
    return [plot.names.index(names[k]) for k in used if names[k] in plot.names]


def edges_of_part(plot: GraphPlot, part: Graph) -> list[int]:
    names = part.names or [str(k + 1) for k in range(part.count)]
    known = {tuple(ends): k for k, ends in enumerate(plot.ends.tolist())}
    found = []
    for one, other in part.ends.tolist():
        pair = plot.names.index(names[one]), plot.names.index(names[other])
        if pair in known:
            found.append(known[pair])
        elif not plot.directed and pair[::-1] in known:
            found.append(known[pair[::-1]])
    return found


def between(plot: GraphPlot, nodes: list[int]) -> list[int]:
    """The edges between nodes that follow each other."""
    wanted = list(zip(nodes[:-1], nodes[1:], strict=True))
    return [
        k
        for k, ends in enumerate(plot.ends.tolist())
        if tuple(ends) in wanted or not plot.directed and tuple(ends[::-1]) in wanted
    ]


def words_for(value: Any, count: int, function: str) -> list[str]:
    words = texts_or_none(value)
    if words is None:
        words = [f"{number:.5g}" for number in ask.numbers(value, function, "the labels")]
    words = list(words)
    if len(words) == 1:
        words = words * count
    if len(words) != count:
        raise ScriptError(
            f"MATLAB:graphfun:{function}:SizeMismatch", "There must be one label, or one for each.",
            notes=(f"{len(words)} labels for {count}",),
        )  # fmt: skip
    return words


@builtin
def labelnode(session, h, nodes, labels, /):
    """
    labelnode(h, nodes, labels)

    Write labels at nodes of a plotted graph.

    Examples
      >> h = plot(graph([1 2], [2 3])); labelnode(h, [1 3], {'in', 'out'}); h.NodeLabel'
      ans =
        1×3 cell array
          {'in'}    {'2'}    {'out'}
      figure 1: graph 3 nodes, 2 edges

    See also labeledge, highlight.
    """
    plot = graph_plot(h, "labelnode")
    places = nodes_of(plot, nodes, "labelnode")
    words = list(plot.get_NodeLabel())
    for place, word in zip(places, words_for(labels, len(places), "labelnode"), strict=True):
        words[place] = word
    plot.values |= {"NodeLabel": words, "NodeLabelMode": "manual"}
    plot.touch()


@builtin
def labeledge(session, h, /, *args):
    """
    labeledge(h, edges, labels)
    labeledge(h, s, t, labels)

    Write labels at edges of a plotted graph, given by number or by their nodes.

    Examples
      >> h = plot(graph([1 2], [2 3])); labeledge(h, 1, 2, 'first'); h.EdgeLabel'
      ans =
        1×2 cell array
          {'first'}    {0×0 char}
      figure 1: graph 3 nodes, 2 edges

    See also labelnode, highlight.
    """
    plot = graph_plot(h, "labeledge")
    if len(args) not in (2, 3):
        few = len(args) < 2
        raise ScriptError(
            "MATLAB:minrhs" if few else "MATLAB:maxrhs",
            "Not enough input arguments." if few else "Too many input arguments.",
        )
    if len(args) == 2:
        places = numbered_edges(plot, args[0], "labeledge")
    else:
        one, other = (nodes_of(plot, value, "labeledge") for value in args[:2])
        places = edges_of(plot, one, other, "labeledge")
    words = list(plot.get_EdgeLabel())
    for place, word in zip(places, words_for(args[-1], len(places), "labeledge"), strict=True):
        words[place] = word
    plot.values |= {"EdgeLabel": words, "EdgeLabelMode": "manual"}
    plot.touch()
