"""Networks under a tape: their learnables as records, and their outputs for labelled arrays, differentiable to both.

`NetworkRecord` is a network in a recording: its numbers as tensors that the tape watches.  A learnable as a script sees
it is such a tensor laid out as MATLAB has it; gradients with respect to it are those of the tensor, laid out alike.

`compute` is one pass.  It takes the numbers as arguments, so that networks that differ in their numbers only, as those
of a training loop do, share what is compiled: the first passes of a kind are walked, those of a long loop are traced
(`Network.passes` keeps it), unless a layer draws random numbers on the way.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from math import inf, prod
from typing import Any

import numpy as np

from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.execute import Step, remaining, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.importing.foreign_layers import FlattenCStyle, KerasOperation, OnnxOperation
from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.labelled.arrangement import arrangement, reshaped
from cnnscript.engine.layers import Layer, Steps, Vector
from cnnscript.engine.operations import operation
from cnnscript.engine.recording import NotTraceable, Record, Recording, at_each_run, lying
from cnnscript.engine.stateful_operations import Draw, is_random, remembering, stateful_operation
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import traced
from cnnscript.engine.weights import to_matlab

FLAT = (FullyConnected, Flatten, FlattenCStyle)  # layers that take height and width into the channels
FOREIGN = (KerasOperation, OnnxOperation)  # layers whose outputs have no labels of their own
WALKED = 10  # passes of a kind that are walked before one is traced, which takes as long as some ten of them

Numbers = dict[str, dict[str, Any]]  # layer → parameter → tensor, in the engine's shapes

_tensors: weakref.WeakKeyDictionary[Network, tuple[int, Numbers]] = weakref.WeakKeyDictionary()


class NetworkRecord:
    """A network in a recording.

    numbers  its parameters as tensors (others than its own where they are given); the tape watches what is learnable
    """

    def __init__(self, network: Network, tape: Recording, numbers: Numbers | None = None):
        self.network = network
        tf = tensorflow()
        self.numbers: Numbers = {}
        for layer, held in (numbers or tensors_of(network)).items():
            learnables = network.layers[network.number(layer)].learnables
            mine = self.numbers[layer] = dict(held)
            for name in learnables:
                if name in mine:
                    mine[name] = tf.identity(mine[name])  # a tensor of its own: recordings may stand in one another
                    tape.tape.watch(mine[name])

    @classmethod
    def of_numbers(cls, network: Network, numbers: Numbers) -> NetworkRecord:
        """A network with some numbers of another origin, which tapes watch where they come from."""
        made = cls.__new__(cls)
        made.network = network
        made.numbers = {layer: {**held, **numbers.get(layer, {})} for layer, held in tensors_of(network).items()}
        return made

    def watched_by(self, tape: Recording) -> NetworkRecord:
        """The same, in a recording inside the first one, too."""
        for held in self.numbers.values():
            for tensor in held.values():
                tape.tape.watch(tensor)
        return self

    def learnable(self, layer: str, name: str) -> Record:
        """A learnable as MATLAB shows it."""
        described = self.network.layers[self.network.number(layer)]
        return Record(self.numbers[layer][name], layout(described, name))


def recorded_state(network: Network, state: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Record]]:
    """A new state (of all observations alike) as records, laid out as MATLAB shows it."""
    found: dict[str, dict[str, Record]] = {}
    for layer, values in state.items():
        described = network.layers[network.number(layer)]
        found[layer] = {name: Record(layout(described, name)(tensor)) for name, tensor in values.items()}
    return found


def tensors_of(network: Network) -> Numbers:
    """The numbers of a network as tensors; kept for the next time."""
    known = _tensors.get(network)
    if known is None or known[0] != network.version:
        tf = tensorflow()
        with tf.init_scope():
            numbers = {
                layer.name: {
                    name: tf.convert_to_tensor(network.parameter(layer.name, name)) for name in layer.parameter_shapes()
                }
                for layer in network.layers
                if layer.parameter_shapes()
            }
        known = _tensors[network] = (network.version, numbers)
    return known[1]


# ---------------------------------------------------------------------------------------------------------- one pass
def compute(
    network: Network,
    numbers: Numbers,
    inputs: Sequence[Any],
    wanted: Sequence[int],
    *,
    training: bool,
    draw: Draw,
) -> tuple[list[Any], Mapping[str, Mapping[str, Any]]]:
    """The outputs (N×h×w×c tensors) of the wanted layers (0-based numbers), and the new state of layers with one.

    numbers   all parameters of the network
    inputs    an N×H×W×C float32 tensor for each input layer
    training  does dropout drop, does batch normalisation use the batch?
    draw      shape → random numbers, for dropout

    Where one wanted layer comes before another, the other is computed from its output: gradients lead back to it.
    """
    tf = tensorflow()
    path = network.ancestors(wanted)
    draws = training and any(is_random(network.layers[i]) for i in path)
    key = (tuple(wanted), training)
    if draws and not tf.executing_eagerly():
        draw = drawn_when_it_runs(draw)
    count, compiled = network.passes.get(key, (0, None))
    if draws or count < WALKED or any(isinstance(network.sizes[i], Steps) for i in path) or not tf.executing_eagerly():
        network.passes[key] = (count + 1, compiled)
        return walked(network, numbers, inputs, wanted, training, draw)
    if compiled is None:
        architecture = network.architecture()

        def run(numbers: Numbers, inputs: list[Any], known: dict[str, Any], target: int) -> Any:
            given = {int(number): tensor for number, tensor in known.items()}
            return walked(architecture, numbers, inputs, [target], training, tf.random.uniform, given)

        compiled = traced(run, reduce_retracing=True)
        network.passes[key] = (count + 1, compiled)
    known: dict[str, Any] = {}
    state: dict[str, Mapping[str, Any]] = {}
    for target in [i for i in network.order if i in wanted]:
        try:
            outputs, new = compiled(numbers, list(inputs), known, target)
        except NotTraceable:  # a layer of the script's
            network.passes[key] = (-inf, None)
            return walked(network, numbers, inputs, wanted, training, draw)
        known = {**known, str(target): outputs[0]}
        state.update(new)
    return [known[str(i)] for i in wanted], state


def walked(network: Network, numbers: Numbers, inputs: Sequence[Any], wanted: Sequence[int], training: bool,
           draw: Draw, known: Mapping[int, Any] | None = None) -> tuple[list[Any], dict[str, Any]]:  # fmt: skip
    """As `compute`, operation by operation.  known: outputs of layers that are there already."""
    state: dict[str, Any] = {}
    path = [
        Step(i, network.layers[i], _rule(network.layers[i], numbers, training, draw, state), network.sources[i],
             network.ports[i])
        for i in network.ancestors(wanted)
    ]  # fmt: skip
    entering = dict(zip(network.inputs, inputs, strict=True))
    if known:
        path = remaining(path, wanted, known)
    outputs = walk(path, entering, wanted, known)
    return [outputs[i] for i in wanted], state


def _rule(layer: Layer, numbers: Numbers, training: bool, draw: Draw, state: dict[str, Any]) -> Callable[..., Any]:
    """What a layer computes with these numbers, its new state kept."""
    held = numbers.get(layer.name, {})
    if not (training or layer.state):
        return operation(layer, held)
    return remembering(stateful_operation(layer, held, training, draw), layer, state)


def drawn_when_it_runs(draw: Draw) -> Draw:
    """Random numbers for a graph: drawn each time that it runs, in the order of its layers."""

    return lambda shape: at_each_run(lambda: draw(shape), shape, np.float32)


# ---------------------------------------------------------------------------------------------------------- dimensions
def labels_of(network: Network, number: int) -> str:
    """The labels of a layer's output: 'SSCB' of maps, 'CB' of vectors, 'CBT' of sequences."""
    if isinstance(network.sizes[number], Steps):
        return "CBT"
    while True:  # back to where it is decided: networks may be a thousand layers deep
        layer, sources = network.layers[number], network.sources[number]
        if network.sizes[number][:2] != (1, 1):  # also of a function that makes maps of vectors
            return "SSCB"
        if isinstance(layer, FLAT + FOREIGN) or isinstance(network.sizes[number], (Steps, Vector)):
            return "CB"
        if not sources:
            return "CB" if isinstance(layer, FeatureInput) or "S" not in getattr(layer, "input_format", "S") else "SSCB"
        number = sources[0]


def entering(x: Record | np.ndarray, labels: str) -> Any:
    """An array whose dimensions have labels as N×H×W×C, or N×T×1×C, for a network."""
    form = arrangement(labels, "ST", (*x.shape, *(1,) * len(labels)))
    flat = tensorflow().cast(lying(x, form), tensorflow().float32)
    return reshaped(flat, (*flat.shape[:-1], *(1,) * (4 - len(flat.shape)), flat.shape[-1]))


def leaving(output: Any, labels: str) -> Record:
    """An output N×h×w×c as a record with such labels."""
    lengths = {"CB": (prod(output.shape[1:]),), "CBT": (output.shape[1], output.shape[3])}.get(labels)
    flat = output if lengths is None else tensorflow().reshape(output, (output.shape[0], *lengths))
    form = arrangement(labels, "ST", (*(1,) * labels.index("B"), output.shape[0], 1))
    return Record(flat, None if form.is_plain else form)


class Laid:
    """A tensor that turns as NumPy's arrays do, so that weights.to_matlab lays it out."""

    def __init__(self, tensor: Any):
        self.tensor = tensor

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.tensor.shape)

    @property
    def T(self) -> Laid:
        return Laid(tensorflow().transpose(self.tensor))

    def reshape(self, *shape: Any) -> Laid:
        wanted = shape[0] if isinstance(shape[0], tuple) else shape
        return Laid(tensorflow().reshape(self.tensor, wanted))

    def transpose(self, *order: int) -> Laid:
        return Laid(tensorflow().transpose(self.tensor, order))

    def __getitem__(self, key: Any) -> Laid:
        return Laid(self.tensor[tuple(tensorflow().newaxis if one is None else one for one in key)])


def layout(layer: Layer, name: str) -> Callable[[Any], Any]:
    """From a parameter as the engine has it to the tensor, in reverse order, of what MATLAB shows."""

    def laid(tensor: Any) -> Any:
        tf = tensorflow()
        shown = to_matlab(layer, name, Laid(tensor)).tensor  # type: ignore[arg-type]
        while len(shown.shape) > 2 and shown.shape[-1] == 1:
            shown = tf.squeeze(shown, -1)
        return tf.transpose(shown)

    return laid


__all__ = ["NetworkRecord", "compute", "entering", "labels_of", "leaving", "recorded_state", "tensors_of"]
