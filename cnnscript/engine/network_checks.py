"""What keeps a graph of layers from being a network: every fault of it, each with its layer, as MATLAB lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cnnscript.engine.activation_layers import ELU, GELU, HardSwish, Identity, PReLU, Scaling, Softplus, Swish
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.function_layers import ScriptLayer
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layers import Frames, Layer, Size, Steps, size_of_output
from cnnscript.engine.normalization_layers import LayerNormalization
from cnnscript.engine.one_dimensional_layers import (
    AveragePooling1D,
    Convolution1D,
    MaxPooling1D,
    TransposedConvolution1D,
)
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import (
    Addition,
    BatchNormalization,
    ClippedReLU,
    Concatenation,
    DepthConcatenation,
    Dropout,
    LeakyReLU,
    Multiplication,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from cnnscript.engine.pooling_layers import AveragePooling, MaxPooling
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError


@dataclass(frozen=True)
class Issue:
    """One fault.  layer: its name, '' for the network as a whole.  notes: sizes got and wanted.  causes: errors of the
    script in a layer of its own."""

    layer: str
    text: str
    notes: tuple[str, ...] = ()
    causes: tuple[ScriptError, ...] = ()

    def __str__(self) -> str:
        where = f"Layer '{self.layer}'" if self.layer else "Network"
        return f"{where}: {self.text}"


@dataclass(frozen=True)
class Survey:
    """What was found out about a graph.

    layers  settled as far as their input is known, in the graph's order
    sizes   of what each gives; None where that is not known
    """

    layers: tuple[Layer, ...]
    sizes: tuple[Size | None, ...]
    issues: tuple[Issue, ...]


def survey(graph: LayeredGraph, target: str = "dagnetwork") -> Survey:
    """Sizes and faults of a graph that is to be a trained network ('dagnetwork') or a 'dlnetwork'.

    A trained network needs input and output layers and no loose ends; a dlnetwork must have no output layers, and its
    loose outputs are its outputs.
    """
    issues = _of_the_whole(graph, target)
    issues += _loose_inputs(graph)
    if target != "dlnetwork":
        issues += _loose_outputs(graph)
    order, circle = _order(graph)
    if circle:
        listed = ", ".join(f"'{name}'" for name in circle[:6])
        issues.append(Issue("", "Detected cycle. The network must be acyclic.", (f"the circle runs through {listed}",)))
    layers, sizes, misfits = _sized(graph, order, target == "dlnetwork")
    return Survey(layers, sizes, tuple(issues + misfits))


def _of_the_whole(graph: LayeredGraph, target: str) -> list[Issue]:
    issues = []
    layers = graph.layers
    if not any(not layer.input_names for layer in layers):
        issues.append(Issue("", "Missing input layer. The network must have at least one input layer."))
    outputs = [layer for layer in layers if not layer.output_names]
    if target == "dlnetwork":
        for layer in outputs:
            issues.append(Issue(layer.name, "Detected output layer. The network must not have output layers.",
                                (f"it is a {layer.kind} layer", "removeLayers takes it out")))  # fmt: skip
    elif not outputs:
        issues.append(Issue("", "Missing output layer. The network must have at least one output layer."))
    fed = graph.fed()
    for layer in layers if target != "dlnetwork" else ():
        if isinstance(layer, ClassificationOutput):
            feeder = fed.get(layer.name, {}).get("in", ("",))[0]
            if feeder and not isinstance(graph.holders[graph.places[feeder]].layer, Softmax):
                issues.append(
                    Issue(layer.name, "Missing softmax layer. A classification layer must be preceded by a softmax "
                          "layer.", (f"it is preceded by '{feeder}'",))
                )  # fmt: skip
    return issues


def _loose_inputs(graph: LayeredGraph) -> list[Issue]:
    text = "Unconnected input. Each layer input must be connected to the output of another layer."
    return [Issue(name, text, ports) for name, ports in _by_layer(graph.open_inputs(), "input").items()]


def _loose_outputs(graph: LayeredGraph) -> list[Issue]:
    text = "Unconnected output. Each layer output must be connected to the input of another layer."
    return [Issue(name, text, ports) for name, ports in _by_layer(graph.open_outputs(), "output").items()]


def _by_layer(ends: Sequence[tuple[str, str]], side: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, port in ends:
        found.setdefault(name, []).append(f"'{port}'")
    return {name: (f"unconnected {side}s: " + ", ".join(ports),) if len(ports) > 1 or ports[0] not in ("'in'", "'out'")
            else () for name, ports in found.items()}  # fmt: skip


def _order(graph: LayeredGraph) -> tuple[list[int], list[str]]:
    """Places in an order in which they can be computed, and the names of layers that are in circles or behind them."""
    names = list(graph.places)
    needs: dict[str, set[str]] = {name: set() for name in names}
    feeds: dict[str, list[str]] = {name: [] for name in names}
    for source, _, destination, _ in graph.edges:
        needs[destination].add(source)
        feeds[source].append(destination)
    waiting = {name: len(sources) for name, sources in needs.items()}
    ready = [name for name in names if not waiting[name]]
    order: list[int] = []
    for name in ready:
        order.append(graph.places[name])
        for follower in dict.fromkeys(feeds[name]):
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    done = set(order)
    return order, [name for name in names if graph.places[name] not in done]


def _sized(graph: LayeredGraph, order: Sequence[int], vectors: bool
           ) -> tuple[tuple[Layer, ...], tuple[Size | None, ...], list[Issue]]:  # fmt: skip
    """Layers settled and their sizes as far as they can be known, and those whose inputs do not fit."""
    layers = list(graph.layers)
    vectors = vectors or not any(type(layer) is ImageInput for layer in layers)
    sizes: list[Size | None] = [None] * len(layers)
    fed, issues = graph.fed(), []
    features: set[str] = set()  # layers that give vectors of features: nothing to slide along
    for place in order:
        layer = layers[place]
        feeders = [fed.get(layer.name, {}).get(port) for port in layer.input_names]
        if any(feeder is None for feeder in feeders):
            continue
        names = [feeder[0] for feeder in feeders if feeder is not None]
        given = [sizes[graph.places[name]] for name in names]
        outputs = [
            layers[graph.places[name]].output_names.index(port)
            for name, port in (feeder for feeder in feeders if feeder is not None)
        ]
        known = [size_of_output(size, port) for size, port in zip(given, outputs, strict=True) if size is not None]
        if len(known) < len(given):
            continue
        if lacking := nothing_to_slide_along(layer, known, bool(features.intersection(names))):
            issues.append(Issue(layer.name, lacking))
            continue
        if type(layer) is FeatureInput or names and isinstance(layer, KEEPING) and features.issuperset(names):
            features.add(layer.name)
        if isinstance(layer, ScriptLayer):
            layer = replace(layer, vectors=vectors)
        try:
            settled = layer.settled(*known)
            sizes[place] = settled.size_with_frames(*known)
            layers[place] = settled
        except ScriptError as fault:
            if isinstance(layer, ScriptLayer):
                issues.append(Issue(layer.name, fault.message, fault.notes, tuple(fault.causes)))
                continue
            received = [f"    from layer '{name}' (size {formatted(size)})"
                        for name, size in zip(names, known, strict=True)]  # fmt: skip
            text = "\n".join((MISMATCH, "Inputs to this layer:", *received))
            wrong = fault.message.removeprefix(f"Layer '{layer.name}': ")
            issues.append(Issue(layer.name, text, (wrong, *fault.notes)))
    return tuple(layers), tuple(sizes), issues


ALONG_ONE = (AveragePooling1D, Convolution1D, MaxPooling1D, TransposedConvolution1D)
ALONG_TWO = (AveragePooling, Convolution, GroupedConvolution, MaxPooling, TransposedConvolution)
# of features they give features
KEEPING = (
    Addition, BatchNormalization, ClippedReLU, Concatenation, DepthConcatenation, Dropout, ELU, FullyConnected, GELU,
    HardSwish, Identity, LayerNormalization, LeakyReLU, Multiplication, PReLU, ReLU, Scaling, Sigmoid, Softmax,
    Softplus, Swish, Tanh,
)  # fmt: skip
HAVING = {
    ALONG_ONE: "Input data must have one spatial dimension only, one temporal dimension only, or one of each.",
    ALONG_TWO: "Input data must have two spatial dimensions only, or one spatial and one temporal dimension.",
}


def nothing_to_slide_along(layer: Layer, sizes: Sequence[Size], of_features: bool) -> str:
    """What a window misses to slide along: features have nothing, vectors of a sequence only its steps.  '' for none.

    of_features: does one of the inputs come from a featureInputLayer, through layers that keep features?
    """
    steps = any(isinstance(size, Steps) for size in sizes)
    wide = isinstance(layer, ALONG_TWO) and not isinstance(layer, ALONG_ONE)
    if of_features and isinstance(layer, (*ALONG_ONE, *ALONG_TWO)) or steps and wide:
        needed = HAVING[ALONG_TWO if wide else ALONG_ONE]
        return f"{needed} Instead, it has 0 spatial dimensions and {int(steps)} temporal dimensions."
    return ""


MISMATCH = "Input size mismatch. Size of input to this layer is different from the expected input size."


def formatted(size: Size) -> str:
    """28(S) × 28(S) × 16(C) × 1(B); of a sequence 16(C) × 1(B) × 28(T)"""
    height, width, channels = size
    if isinstance(size, Steps):
        return f"{channels}(C) × 1(B) × {height}(T)"
    return f"{height}(S) × {width}(S) × {channels}(C) × 1(B)" + " × 1(T)" * isinstance(size, Frames)


SHOWN = 12  # faults that an error lists


def refusal(issues: Sequence[Issue]) -> ScriptError:
    """MATLAB's error about a graph that is no network: all that is wrong with it."""
    identifier = "nnet_cnn:internal:cnn:analyzer:NetworkAnalyzer:NetworkHasErrors"
    causes = [ScriptError(identifier, str(issue), notes=issue.notes, causes=list(issue.causes))
              for issue in issues[:SHOWN]]  # fmt: skip
    more = (f"and {len(issues) - SHOWN} more faults",) if len(issues) > SHOWN else ()
    return ScriptError(identifier, "Invalid network.", notes=more, causes=causes)
