"""A keras.Model of any shape as one network of ours.

Functional and Sequential models are walked along their nodes; models inside models are written out in place, their
layers named `base/conv5`.  A layer that is called several times comes several times, its numbers copied.  What is none
of our kinds runs as it is (foreign_layers.KerasOperation).  The numbers of our kinds are copies: what the Keras model
learns afterwards, the network does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from cnnscript.engine.graph import Connection, Network
from cnnscript.engine.importing.foreign_layers import KerasOperation, packed_size
from cnnscript.engine.importing.free_names import FreeNames
from cnnscript.engine.importing.keras_kinds import Shape, described
from cnnscript.engine.importing.keras_models import is_keras_model
from cnnscript.engine.importing.keras_recurrent import described_in_sequences, takes_sequences
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, RegressionOutput
from cnnscript.engine.pointwise_layers import Softmax
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

OUTPUTS = ("auto", "classification", "regression", "none")


def network_of(model: Any, *, outputs: str = "auto", classes: Sequence[str] = (),
               input_size: Size | None = None, namespace: str = "nnet.keras.layer") -> Network:  # fmt: skip
    """A built keras.Model as a network.

    outputs     'classification' or 'regression': the output layer put at the end; 'auto': classification where the
                model ends in a softmax, else regression; 'none': no output layer (a dlnetwork has none)
    classes     names of the classes; () for '1', '2', ...
    input_size  height, width, channels, where the model leaves its own open
    namespace   of the classes of layers that run as they are

    Raises ScriptError for a model that was not built, or whose input is no image or vector of a fixed size.
    """
    tensorflow()
    walked = Walk(input_size, namespace)
    function = function_of(model)
    if function is None:
        walked.whole(model)
    else:
        operations = [node.operation for node in nodes_of(function) if not node.is_input and node.operation]
        walked.in_sequences = takes_sequences(function, operations)
        walked.inputs(function)
        ends = walked.run(function, "", {id(t): walked.places[id(t)] for t in function.inputs})
        walked.ends = ends
    if outputs != "none":
        walked.close(outputs, tuple(classes))
    straight = [(a.name, b.name) for a, b in zip(walked.layers[:-1], walked.layers[1:], strict=True)]
    series = is_sequential(model) and walked.connections == straight
    kind = "dlnetwork" if outputs == "none" else "series" if series else "dag"
    layers = ends_in_order(walked.layers, walked.connections, [name for name, _ in walked.ends])
    network = Network(layers, walked.connections, kind=kind, parameters=walked.arrays)
    network.aliases = walked.aliases
    return network


def ends_in_order(layers: list[Layer], connections: list[Connection], ends: list[str]) -> list[Layer]:
    """The layers of a model, those that feed no other behind all others in the order of its outputs."""
    feeding = {source for source, _ in connections}
    last = [end for end in dict.fromkeys(ends)
            if end not in feeding and not any(source.startswith(end + "/") for source in feeding)]  # fmt: skip
    by_name = {layer.name: layer for layer in layers}
    return layers if len(last) < 2 else [one for one in layers if one.name not in last] + [by_name[end] for end in last]


def function_of(model: Any) -> Any:
    """The graph behind a model: a keras Function; None for a class of its own, which only Python can follow."""
    if is_sequential(model):
        if getattr(model, "_functional", None) is None:
            raise ScriptError(
                "nnet_cnn:keras:NotBuilt", f"The Keras model '{model.name}' has no input shape yet.",
                hint="begin it with keras.Input(shape), or call model.build((None, height, width, channels))",
            )  # fmt: skip
        return model._functional
    own_call = type(model).call
    return model if hasattr(model, "_nodes_by_depth") and own_call.__module__.startswith("keras.") else None


def is_sequential(model: Any) -> bool:
    return type(model).__name__ == "Sequential" and type(model).__module__.startswith("keras.")


def nodes_of(function: Any) -> Iterator[Any]:
    """The calls of a graph, inputs first."""
    for depth in sorted(function._nodes_by_depth, reverse=True):
        yield from function._nodes_by_depth[depth]


@dataclass
class Walk(FreeNames):
    """What is gathered on the way along a model.

    places: id of a Keras tensor → (name of the layer that gives it, the tensor's shape).
    in_sequences: are the inputs sequences, and all layers such as take them?
    """

    input_size: Size | None
    namespace: str
    layers: list[Layer] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    arrays: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    places: dict[int, tuple[str, Shape]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    ends: list[tuple[str, Shape]] = field(default_factory=list)
    in_sequences: bool = False

    def inputs(self, function: Any) -> None:
        """The input layers of the outermost model."""
        for tensor in function.inputs:
            name = tensor._keras_history.operation.name
            self.places[id(tensor)] = (self.input(name, tuple(tensor.shape)), tuple(tensor.shape))

    def input(self, name: str, shape: Shape) -> str:
        foreign = shape[1:]
        if self.in_sequences:
            size = (1, 1, int(shape[2]))
            return self.add(SequenceInput(name=self.free(name), input_size=size, normalization="none"), ())
        if self.input_size is not None and len(foreign) == 3:
            foreign = tuple(own or given for own, given in zip(foreign, self.input_size, strict=True))
        if any(n is None for n in foreign):
            raise ScriptError(
                "nnet_cnn:keras:OpenInputSize", f"The input '{name}' of the Keras model has no fixed size.",
                notes=(f"its shape is {shape}",),
                hint="give 'ImageInputSize' to the importing function, or the model an Input of a fixed shape",
            )  # fmt: skip
        kind = FeatureInput if len(foreign) == 1 else ImageInput
        return self.add(kind(name=self.free(name), input_size=packed_size(foreign), normalization="none"), ())

    def add(self, layer: Layer, sources: Sequence[str], arrays: dict[str, np.ndarray] | None = None) -> str:
        self.layers.append(layer)
        if arrays:
            self.arrays[layer.name] = arrays
        if len(sources) == 1:
            self.connections.append((sources[0], layer.name))
        else:
            ports = zip(sources, layer.input_names, strict=True)
            self.connections += [(source, f"{layer.name}/{port}") for source, port in ports]
        return layer.name

    # ------------------------------------------------------------------------------------------------------- the walk

    def run(self, function: Any, prefix: str, known: dict[int, tuple[str, Shape]]) -> list[tuple[str, Shape]]:
        """Add all calls of a graph; known: its input tensors.  Returns where its outputs are."""
        for node in nodes_of(function):
            if node.is_input or not node.operation:
                continue
            given = list({id(t): t for t in node.input_tensors}.values())
            if any(id(t) not in known for t in given):
                continue
            inner = function_of(node.operation) if is_keras_model(node.operation) else None
            if inner is not None:
                name = prefix + node.operation.name
                args, kwargs = node.arguments.fill_in({id(t): Place(known[id(t)]) for t in given})
                handed = [place.where for place in places_in((args, kwargs))]
                inside = {id(t): where for t, where in zip(inner.inputs, handed, strict=True)}
                found = self.run(inner, name + "/", inside)
                self.aliases.setdefault(name, found[0][0])
            else:
                found = self.call(node, prefix, [known[id(t)] for t in node.input_tensors],
                                  [known[id(t)] for t in given], given)  # fmt: skip
            known |= {id(t): where for t, where in zip(node.outputs, found, strict=True)}
        return [known[id(t)] for t in function.outputs]

    def call(self, node: Any, prefix: str, sources: list[tuple[str, Shape]], unique: list[tuple[str, Shape]],
             given: list[Any]) -> list[tuple[str, Shape]]:  # fmt: skip
        """Add one call of a layer or operation."""
        operation = node.operation
        name = prefix + operation.name
        shapes = [tuple(t.shape) for t in node.input_tensors]
        layers_of = described_in_sequences if self.in_sequences else described
        made = layers_of(operation, name, shapes) if shapes and only_tensors(node) else None
        if made is not None:
            before = [where for where, _ in sources]
            for layer, arrays in made:
                layer = renamed(layer, self.free(layer.name))
                before = [self.add(layer, before, arrays)]
            if len(made) > 1 or made[0].layer.name != name:
                self.aliases.setdefault(name, before[0])
            return [(before[0], tuple(node.outputs[0].shape))]
        fill = node.arguments.fill_in
        ids = [id(t) for t in given]

        def arguments(tensors: Sequence[Any]) -> Any:
            return fill(dict(zip(ids, tensors, strict=True)))

        found = []
        for k, tensor in enumerate(node.outputs):
            layer = KerasOperation(
                name=self.free(name), operation=operation, arguments=arguments, output=k,
                shapes=tuple(tuple(t.shape) for t in given), namespace=self.namespace,
            )  # fmt: skip
            found.append((self.add(layer, [where for where, _ in unique]), tuple(tensor.shape)))
        return found

    def whole(self, model: Any) -> None:
        """A model that is a class of its own: one layer that runs it."""
        shape = getattr(model, "input_shape", None) if model.built else None
        if not isinstance(shape, tuple) or not all(n is None or isinstance(n, int) for n in shape):
            build = getattr(model, "_build_shapes_dict", None) or {}
            shape = next(iter(build.values()), None) if model.built else None
        if shape is None and self.input_size is not None:
            shape = (None, *self.input_size)
        if not isinstance(shape, tuple):
            raise ScriptError(
                "nnet_cnn:keras:NotBuilt",
                f"The size of the input of the Keras model '{model.name}' is not known.",
                hint="call it once on images, or build it: model.build((None, height, width, channels))",
            )
        start = self.input(f"{model.name}_input", shape)
        layer = KerasOperation(
            name=self.free(model.name), operation=model, arguments=lambda tensors: ((tensors[0],), {}), shapes=(shape,),
            namespace=self.namespace,
        )  # fmt: skip
        self.ends = [(self.add(layer, [start]), ())]

    # ------------------------------------------------------------------------------------------------------ its ending

    def close(self, outputs: str, classes: tuple[str, ...]) -> None:
        """Put an output layer after each end, as MATLAB's importers do."""
        by_name = {layer.name: layer for layer in self.layers}
        for end, shape in self.ends:
            kind = outputs
            if kind == "auto":
                kind = "classification" if isinstance(by_name[end], Softmax) or classes else "regression"
            base = end.removesuffix("_softmax")
            if kind == "classification":
                names = classes or tuple(str(k + 1) for k in range(shape[-1] or 0)) if len(shape) == 2 else classes
                layer: Layer = ClassificationOutput(name=self.free(f"ClassificationLayer_{base}"), classes=names)
            else:
                layer = RegressionOutput(name=self.free(f"RegressionLayer_{base}"))
            self.add(layer, [end])


@dataclass
class Place:
    """Stands for a tensor where the arguments of a call are looked through."""

    where: tuple[str, Shape]


def places_in(value: Any) -> Iterator[Place]:
    if isinstance(value, Place):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from places_in(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from places_in(part)


def only_tensors(node: Any) -> bool:
    """Are the arguments of a call tensors alone (in lists perhaps), so that no number is among them?"""
    args, _ = node.arguments.args, node.arguments.kwargs
    flat = [part for arg in args for part in (arg if isinstance(arg, (list, tuple)) else [arg])]
    return len(flat) == len(node.input_tensors) and all(hasattr(part, "shape") for part in flat)


def renamed(layer: Layer, name: str) -> Layer:
    return layer if layer.name == name else replace(layer, name=name)
