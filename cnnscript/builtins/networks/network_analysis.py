"""What a network is made of, in words and as a picture: analyzeNetwork, summary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.graphs.graph_pictures import draw_network
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.graph_surgery import layers_in, named_layers
from cnnscript.builtins.networks.network_building import with_entries
from cnnscript.builtins.networks.network_making import entering_sizes
from cnnscript.builtins.networks.network_objects import (
    LayerGraph,
    LayerObject,
    NetworkObject,
    type_of,
)
from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.formats import Format
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Frames, Layer, Steps
from cnnscript.engine.network_checks import Issue, Survey, survey
from cnnscript.engine.recurrent_layers import Recurrent
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.pictures.graphics.node_tables import NodeTable
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, class_of, norm
from cnnscript.values.objects import Object
from cnnscript.values.tables import Table
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import string_array

NORMALIZED = re.compile(r" with '[^']*' normalization$")
TARGETS = ("trainNetwork", "dlnetwork")


class NetworkAnalysis(Object):
    """What analyzeNetwork found out."""

    class_name = "NetworkAnalysis"

    def __init__(self, name: str, graph: LayeredGraph[LayerObject], found: Survey, target: str):
        self.name, self.graph, self.found, self.target = name, graph, found, target
        self.rows = rows_of(graph, found, target)

    @property
    def total_learnables(self) -> int:
        return sum(row.learnables for row in self.rows)

    def property_names(self) -> list[str]:
        return ["Name", "TotalLearnables", "LayerInfo", "Issues", "NumErrors", "NumWarnings"]

    def get(self, name: str) -> Any:
        if name == "Name":
            return self.name
        if name == "TotalLearnables":
            return float(self.total_learnables)
        if name == "LayerInfo":
            return self.layer_table()
        if name == "Issues":
            return issue_table(self.found.issues)
        if name == "NumErrors":
            return float(len(self.found.issues))
        if name == "NumWarnings":
            return 0.0
        raise self.no_property(name)

    def layer_table(self) -> Table:
        def column(texts: list[str]) -> Any:
            return string_array(texts, (len(texts), 1))

        rows = self.rows
        activations = np.empty((len(rows), 1), OBJECT)
        for k, row in enumerate(rows):
            activations[k, 0] = norm(np.array([row.size or ()], float))
        return Table.of({
            "Name": column([row.layer.name for row in rows]),
            "Type": column([type_of(row.layer) for row in rows]),
            "Description": column([row.layer.describe() for row in rows]),
            "ActivationSizes": activations,
            "ActivationFormats": column([row.format for row in rows]),
            "LearnableSizes": column([row.learnable_sizes for row in rows]),
            "NumLearnables": norm(np.array([[row.learnables] for row in rows], float).reshape(-1, 1)),
            "StateSizes": column([row.state_sizes for row in rows]),
        })  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One layer in the table.  size: of its output, one number for each letter of format."""

    layer: Layer
    size: tuple[int, ...]
    format: str
    learnable_sizes: str
    state_sizes: str
    learnables: int

    @property
    def activations(self) -> str:
        """28(S) × 28(S) × 16(C) × 1(B)"""
        return " × ".join(f"{n}({letter})" for n, letter in zip(self.size, self.format, strict=True))


def rows_of(graph: LayeredGraph[LayerObject], found: Survey, target: str) -> list[Row]:
    fed = graph.fed()
    vectors: set[str] = set()  # layers of a dlnetwork whose output has channels only
    rows = []
    for layer, size in zip(found.layers, found.sizes, strict=True):
        feeders = [source for source, _ in fed.get(layer.name, {}).values()]
        steps = isinstance(size, Steps)
        if type(layer) is FeatureInput or target == "dlnetwork" and not steps and (
            isinstance(layer, (FullyConnected, Flatten, Recurrent)) or feeders and set(feeders) <= vectors
        ):  # fmt: skip
            vectors.add(layer.name)
        shown: tuple[int, ...] = () if size is None else (*size, 1)
        letters = "" if size is None else "SSCB"
        if size is not None and layer.name in vectors:
            shown, letters = (size[-1], 1), "CB"
        elif isinstance(size, Frames):
            shown, letters = (*size, 1, 1), "SSCBT"
        elif size is not None and steps:
            shown, letters = (size[-1], 1, 1), "CBT"
        elif size is not None and len(size) != 3:
            letters = ("C" if len(size) == 1 else "S" * (len(size) - 1) + "C") + "B"
        shapes = layer.matlab_shapes()
        known = {name: shape for name, shape in shapes.items() if None not in shape}
        learnables = sum(prod(int(n or 0) for n in known.get(name, (0,))) for name in layer.learnables)
        rows.append(Row(layer, shown, letters, sizes_text(layer.learnables, shapes),
                        sizes_text(layer.state, shapes), learnables))  # fmt: skip
    return rows


def sizes_text(names: tuple[str, ...], shapes: dict[str, Any]) -> str:
    """Weights 3×3×3×64, Bias 1×1×64"""
    return ", ".join(
        f"{name} " + "×".join("?" if n is None else str(n) for n in shapes[name]) for name in names if name in shapes
    )


def issue_table(issues: tuple[Issue, ...]) -> Table:
    def column(texts: list[str]) -> Any:
        return string_array(texts, (len(texts), 1))

    return Table.of({
        "Type": column(["error" for _ in issues]),
        "Layer": column([issue.layer for issue in issues]),
        "Message": column(["; ".join((issue.text, *issue.notes)) for issue in issues]),
    })  # fmt: skip


def rounded(count: int) -> str:
    """801, 12k, 126.2k, 1.2M: a number of learnables as summary prints it."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + letter
    return str(count)


# ----------------------------------------------------------------------------------------------------------- functions


@builtin(name="analyzeNetwork", outputs=1)
def analyze_network(session, nargout, argument_names, net, /, *examples, TargetUsage="auto"):
    """
    analyzeNetwork(net)
    analyzeNetwork(layers)
    analyzeNetwork(lgraph)
    analyzeNetwork(net,X1,...,Xn)
    analyzeNetwork(net,'TargetUsage',target)
    info = analyzeNetwork(...)

    List the layers of a network with the sizes of what they give and of what they learn, and what is wrong with it.

    This prints the table and draws the graph of the layers in a figure. Where there are windows, the figure has the
    graph and the table side by side, to be looked through: the wheel moves either, a click on a layer marks it in both
    and shows its properties, the arrow keys move the mark, + and - change the graph's size; faults are red. With an
    output it does neither: info has the table (LayerInfo), the faults (Issues) and the number of all learnables
    (TotalLearnables). Of a network without input layers X1 to Xn tell the sizes of its inputs: arrays as they will
    come, or networkDataLayout objects.

    Options
      TargetUsage  'trainNetwork': with output layers; 'dlnetwork': without; 'auto' (default): as the network is

    Examples
      >> analyzeNetwork([imageInputLayer([28 28 1]); convolution2dLayer(3,8,Padding='same'); softmaxLayer])
      Analysis of network
         80 total learnables, 3 layers, 0 warnings, 0 errors
            Name           Type              Activations                   Learnable Properties
         1  'imageinput'   Image Input       28(S) × 28(S) × 1(C) × 1(B)
         2  'conv'         2-D Convolution   28(S) × 28(S) × 8(C) × 1(B)   Weights 3×3×1×8, Bias 1×1×8
         3  'softmax'      Softmax           28(S) × 28(S) × 8(C) × 1(B)
      figure 'Deep Learning Network Analyzer': graph 3 nodes, 2 edges, title 'Analysis of network'
      >> info = analyzeNetwork(squeezenet);
      >> info.TotalLearnables
      ans =
           1235496

      >> info = analyzeNetwork(convolution2dLayer(3,8),networkDataLayout([28 28 1 NaN],"SSCB"));
      >> info.LayerInfo.ActivationSizes{1}
      ans =
          26    26     8     1
      >> info = analyzeNetwork(convolution2dLayer(3,8),'TargetUsage','dlnetwork');
      >> info.Issues.Message(1)
      ans =
          "Missing input layer. The network must have at least one input layer."

    See also summary, plot, layerGraph, dlnetwork.
    """
    graph, target = analysed_graph(net)
    chosen = take.choice(TargetUsage, (*TARGETS, "auto"), "TargetUsage")
    target = target if chosen == "auto" else "dagnetwork" if chosen == "trainNetwork" else "dlnetwork"
    name = argument_names[0] if argument_names else ""
    if examples:
        entering = entering_sizes(DLNetwork(graph), examples)
        whole = survey(with_entries(graph, entering), target)
        count = len(graph.holders)
        found = Survey(whole.layers[:count], whole.sizes[:count], whole.issues)
    else:
        found = surveyed(net, graph, target)
    analysis = NetworkAnalysis(name, graph, found, target)
    if nargout:
        return analysis
    session.out.write(analysis_text(analysis, "\n" if session.format.spacing == "loose" else ""))
    draw_network(session, graph, f"Analysis of {name or 'network'}", browsable(analysis, session.format))
    return None


def surveyed(net: Any, graph: LayeredGraph[LayerObject], target: str) -> Survey:
    """Sizes and faults; an initialised dlnetwork has no faults, and knows its sizes also without input layers."""
    if isinstance(net, DLNetwork) and net.network is not None and target == "dlnetwork":
        numbers = [net.network.number(layer.name) for layer in graph.layers]
        return Survey(graph.layers, tuple(net.network.sizes[number] for number in numbers), ())
    return survey(graph, target)


HEADS = ("Name", "Type", "Activations", "Learnable Properties")


def counted(analysis: NetworkAnalysis) -> str:
    """126.2k total learnables, 23 layers, 0 warnings, 1 error"""
    faults = len(analysis.found.issues)
    count = f"{faults} error{'' if faults == 1 else 's'}"
    return f"{rounded(analysis.total_learnables)} total learnables, {len(analysis.rows)} layers, 0 warnings, {count}"


def analysis_text(analysis: NetworkAnalysis, blank: str) -> str:
    """The window of analyzeNetwork as text."""
    rows, issues = analysis.rows, analysis.found.issues
    cells = [(f"'{row.layer.name}'", type_of(row.layer), row.activations, row.learnable_sizes) for row in rows]
    widths = [max([len(head), *(len(cell[k]) for cell in cells)]) for k, head in enumerate(HEADS)]
    number = max(4, len(str(len(rows))) + 3)
    lines = [f"Analysis of {analysis.name or 'network'}\n", blank, f"   {counted(analysis)}\n", blank]

    def line(start: str, texts: tuple[str, ...]) -> str:
        return (start + "   ".join(f"{text:<{width}}" for text, width in zip(texts, widths, strict=True))).rstrip()

    lines.append(line(" " * (number + 2), HEADS) + "\n")
    lines += [line(f"{k:>{number}}  ", cell) + "\n" for k, cell in enumerate(cells, 1)]
    if issues:
        lines.append(f"{blank}   Issues\n")
        for issue in issues:
            lines += [f"      {text}\n" for text in str(issue).splitlines()]
            lines += [f"          {note}\n" for note in issue.notes]
    return "".join(lines) + blank


def browsable(analysis: NetworkAnalysis, form: Format) -> NodeTable:
    """The analysis as a window shows it beside the graph of the layers."""
    holders = analysis.graph.holders
    faults: dict[int, list[str]] = {}
    whole = []
    for issue in analysis.found.issues:
        lines = [*issue.text.splitlines(), *issue.notes]
        if issue.layer in analysis.graph.places:
            faults.setdefault(analysis.graph.places[issue.layer], []).extend(lines)
        else:
            whole += lines
    return NodeTable(
        f"Analysis of {analysis.name or 'network'}: {counted(analysis)}",
        HEADS,
        [(row.layer.name, type_of(row.layer), row.activations, row.learnable_sizes) for row in analysis.rows],
        lambda node: holders[node].described_in_words(form),
        faults,
        whole,
    )


def analysed_graph(net: Any) -> tuple[LayeredGraph[LayerObject], str]:
    """The graph of a network, layer graph or layers, and what it is to be: 'dagnetwork' or 'dlnetwork'."""
    if isinstance(net, (NetworkObject, LayerGraph, DLNetwork)):
        graph = net.graph
    elif layers_in(net):
        graph = LayeredGraph.in_series(named_layers(net, "analyzeNetwork"))
    else:
        raise unfit_inputs(
            "analyzeNetwork", f"the first input is a {class_of(net)}, and must be a network, a layer graph or layers"
        )
    ends = any(not layer.output_names for layer in graph.layers)
    trained = not isinstance(net, DLNetwork) and ends
    return graph, "dagnetwork" if trained else "dlnetwork"


for known in ("dlnetwork", "SeriesNetwork", "DAGNetwork", "nnet.cnn.LayerGraph"):

    @overload(known, name="summary")
    def summary_of_network(session, net, /):
        """
        summary(net)

        Print whether a network is initialised, how many numbers it learns, and what it takes.

        One that is not initialised does not tell how many numbers it learns.

        Examples
          >> summary(dag2dlnetwork(squeezenet))
             Initialized: true
             Number of learnables: 1.2M
             Inputs:
                1   'data'   227×227×3 images

        See also analyzeNetwork, dlnetwork.
        """
        graph = net.graph
        found = surveyed(net, graph, "dlnetwork")
        state = net.network is not None if isinstance(net, DLNetwork) else isinstance(net, NetworkObject)
        count = sum(row.learnables for row in rows_of(graph, found, "dlnetwork"))
        blank = "\n" if session.format.spacing == "loose" else ""
        names = [layer.name for layer in graph.layers if not layer.input_names]
        texts = {layer.name: NORMALIZED.sub("", layer.describe()) for layer in graph.layers}
        names += [name for name, _ in graph.open_inputs()]
        width = max((len(name) for name in names), default=0) + 2
        quoted = [f"'{name}'" for name in names]
        inputs = [
            f"      {k}   {text:<{width}}   {texts[name] if not open_input(graph, name) else 'unknown size'}\n"
            for k, (name, text) in enumerate(zip(names, quoted, strict=True), 1)
        ]
        learns = f"{blank}   Number of learnables: {rounded(count)}\n" if state else ""
        session.out.write(
            f"{blank}   Initialized: {'true' if state else 'false'}\n{learns}"
            f"{blank}   Inputs:\n{''.join(inputs)}{blank}"
        )


def open_input(graph: LayeredGraph[LayerObject], name: str) -> bool:
    """Is a layer fed from outside the network?"""
    return bool(graph.holders[graph.places[name]].layer.input_names)
