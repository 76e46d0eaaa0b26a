"""A network: layers in MATLAB's order, the connections between them, and the numbers they hold.

Layers are found by name or by number (0-based here).  The numbers are NumPy arrays until the network is first asked a
question or trained; from then on they are the Keras variables of keras_model.py.  `version` counts the changes, so that
whatever was kept of earlier answers is known to be stale.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import numpy as np

from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer, Size, size_of_output, size_text
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pooling_layers import MaxUnpooling
from cnnscript.errors import ScriptError

Connection = tuple[str, str]  # 'conv1', 'relu1'; 'pool1/out', 'add/in2' where a layer has several ports
Parameters = Mapping[str, Mapping[str, np.ndarray]]  # layer → parameter → array, in the engine's shapes
REMEMBERED = 128  # ways to layers, and sizes of layers, that a network knows without finding them again


class HeldNumbers(Protocol):
    """The numbers of one layer where Keras holds them: keras_model.LayerVariables, seen from here."""

    layer: Any  # the Keras layer

    @property
    def compute(self) -> Callable[..., Any]:
        """What the layer computes with them: tensors to a tensor."""

    def tensors(self) -> dict[str, Any]:
        """The parameters by name, as TensorFlow's variables."""

    def array(self, name: str) -> np.ndarray:
        """A copy of a parameter."""

    def assign(self, name: str, array: np.ndarray) -> None:
        """New numbers for a parameter."""


class Network:
    """Ordered layers and their connections.

    layers       descriptions; 'auto' properties are settled here from the sizes of the inputs
    connections  (source, destination) names, with the port where a layer has several; None: each layer feeds the next
    kind         'series', 'dag' or 'dlnetwork': which of MATLAB's classes it shows itself as
    parameters   {layer: {'Weights': array, ...}} in the shapes of Layer.parameter_shapes; None: not initialised

    Raises ScriptError when names are not unique, a port is missing or fed twice, the graph has a circle, sizes do not
    fit, or an array has not the shape its layer needs.
    """

    def __init__(self, layers: Iterable[Layer], connections: Iterable[Connection] | None = None, *,
                 kind: str = "dag", parameters: Parameters | None = None):  # fmt: skip
        layers = list(layers)
        self.kind = kind
        self.version = 0
        self.variables: dict[str, HeldNumbers] | None = None  # made by keras_model on the first question
        self.aliases: dict[str, str] = {}  # further names of layers, where importing gave them new ones
        self.chosen: tuple[str, ...] = ()  # its outputs in their order, where they are not those that feed nothing
        self.passes: dict[Any, Any] = {}  # what recorded_networks compiled: networks that differ in numbers share it
        self.model: Any = None  # the whole as a keras.Model, made by keras_model when wanted
        self._ways: dict[tuple[int, ...], list[int]] = {}  # answers of `ancestors`: of the layers alone, which stay
        self._sizes_for: dict[Any, dict[int, Size]] = {}  # and of `sizes_for`
        self._index = {layer.name: i for i, layer in enumerate(layers)}
        if len(self._index) != len(layers):
            names = [layer.name for layer in layers]
            twice = next(name for name in names if names.count(name) > 1)
            raise ScriptError("nnet_cnn:graph:DuplicateName", f"Layer names must be unique: '{twice}' occurs twice.")
        if connections is None:
            names = [layer.name for layer in layers]
            connections = list(zip(names[:-1], names[1:], strict=True))
        self.connections: tuple[Connection, ...] = tuple(connections)
        self.sources, self.ports = self._sources(layers)
        self.order = self._order(layers)
        sizes: dict[int, Size] = {}
        settled = list(layers)
        for i in self.order:
            given = self._given(i, sizes)
            settled[i] = layers[i].settled(*given)
            sizes[i] = settled[i].size_with_frames(*given)
        self.layers: tuple[Layer, ...] = tuple(settled)
        self.sizes: tuple[Size, ...] = tuple(sizes[i] for i in range(len(layers)))
        self._arrays = None if parameters is None else self._checked(parameters)

    # ----------------------------------------------------------------------------------------------------------- facts

    @property
    def input(self) -> ImageInput:
        """The (first) input layer."""
        return next(layer for layer in self.layers if isinstance(layer, ImageInput))

    @property
    def input_size(self) -> Size:
        return self.input.input_size

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(layer.name for layer in self.layers if not layer.input_names)

    @property
    def output_names(self) -> tuple[str, ...]:
        """The chosen outputs, or layers that feed no other, in order."""
        if self.chosen:
            return self.chosen
        fed = {source for sources in self.sources for source in sources}
        return tuple(layer.name for i, layer in enumerate(self.layers) if i not in fed)

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names of the first classification layer; () when there is none."""
        own = [layer for layer in self.layers if isinstance(layer, CustomLayer) and layer.classes]
        outputs = [*(layer for layer in self.layers if isinstance(layer, ClassificationOutput)), *own]
        return outputs[0].classes if outputs else ()

    @property
    def initialized(self) -> bool:
        """Has it got numbers?  (A network without parameters always has.)"""
        needs = any(layer.parameter_shapes() for layer in self.layers)
        return self._arrays is not None or self.variables is not None or not needs

    def number(self, layer: str) -> int:
        """The 0-based number of the layer of that name.  An unknown name is an error that lists the nearest, with
        sizes.

        MATLAB's own message spells out all names of the network; ours gives its last sentence and the nearest.
        """
        if layer in self._index:
            return self._index[layer]
        also = self._also_called(layer)
        if also is not None:
            return also
        message = (
            f"Expected layer to match one of the {len(self.layers)} layer names of the network. "
            f"The input, '{layer}', did not match any of the valid values."
        )
        notes = [f"'{name}' is {size_text(self.sizes[self._index[name]])}" for name in self.near(layer)]
        raise ScriptError("MATLAB:unrecognizedStringChoice", message, notes=tuple(notes))

    def _also_called(self, name: str) -> int | None:
        """The layer of an imported network that a name stands for besides its own: an alias, or `conv5` of the one
        layer whose name ends in `/conv5`."""
        if name in self.aliases:
            return self._index[self.aliases[name]]
        found = [number for whole, number in self._index.items() if whole.endswith("/" + name)]
        return found[0] if len(found) == 1 and name else None

    def near(self, name: str, count: int = 4) -> list[str]:
        """The layer names most like a name: spelling first, then names it is a part of."""
        by_lower: dict[str, str] = {}
        for known in self._index:
            by_lower.setdefault(known.lower(), known)
        found = [by_lower[n] for n in difflib.get_close_matches(name.lower(), by_lower, count, 0.6)]
        inside = [known for lower, known in by_lower.items() if name and name.lower() in lower and known not in found]
        return (found + inside)[:count]

    def sizes_for(self, size: Size | Mapping[int, Size], wanted: Iterable[int]) -> dict[int, Size]:
        """Output sizes of the wanted layers, and of all they need, when images of another size come in: one size for
        all inputs, or the size of each by its number."""
        wanted = tuple(wanted)
        many = isinstance(size, Mapping)
        entering = tuple((i, type(one), one) for i, one in size.items()) if many else (type(size), tuple(size))
        known = self._sizes_for.get((entering, wanted))
        if known is not None:
            return dict(known)
        sizes: dict[int, Size] = {}
        for i in self.ancestors(wanted):
            given = self._given(i, sizes)
            sizes[i] = self.layers[i].size_with_frames(*(given or [size[i] if many else size]))
        if len(self._sizes_for) >= REMEMBERED:
            self._sizes_for.clear()
        self._sizes_for[entering, wanted] = sizes
        return dict(sizes)

    @property
    def inputs(self) -> tuple[int, ...]:
        """The numbers of the input layers, in order."""
        return tuple(i for i, layer in enumerate(self.layers) if not layer.input_names)

    def _given(self, number: int, sizes: Mapping[int, Size]) -> list[Size]:
        """The sizes of what goes into a layer."""
        fed = zip(self.sources[number], self.ports[number], strict=True)
        return [size_of_output(sizes[source], port) for source, port in fed]

    def ancestors(self, wanted: Iterable[int]) -> list[int]:
        """The wanted layers and all layers that they need, in an order in which they can be computed."""
        wanted = tuple(wanted)
        known = self._ways.get(wanted)
        if known is None:
            needed: set[int] = set()
            waiting = list(wanted)
            while waiting:
                i = waiting.pop()
                if i not in needed:
                    needed.add(i)
                    waiting.extend(self.sources[i])
            if len(self._ways) >= REMEMBERED:
                self._ways.clear()
            known = self._ways[wanted] = [i for i in self.order if i in needed]
        return list(known)

    # --------------------------------------------------------------------------------------------------------- numbers

    def parameter(self, layer: str, name: str) -> np.ndarray | None:
        """A parameter of a layer in the engine's shape; None while the network is not initialised."""
        if self.variables is not None:
            return self.variables[layer].array(name)
        return None if self._arrays is None else self._arrays[layer][name]

    def set_parameter(self, layer: str, name: str, array: np.ndarray) -> None:
        """Give a parameter new numbers, of the shape it has."""
        self._check_shape(layer, name, array)
        if self.variables is not None:
            self.variables[layer].assign(name, array)
        else:
            if self._arrays is None:
                raise ScriptError("nnet_cnn:graph:NotInitialized", "The network has no weights yet.")
            self._arrays[layer] = {**self._arrays[layer], name: np.asarray(array, np.float32)}
        self.changed()

    def with_parameters(self, changes: Parameters) -> Network:
        """A network of the same layers in which some numbers are others; all the rest are shared or copied.

        changes: {layer: {parameter: array}}, in the engine's shapes.
        """
        twin = copy.copy(self)
        twin.version, twin.variables, twin.model = 0, None, None
        held = {}
        for layer in self.layers:
            names = layer.parameter_shapes()
            new = changes.get(layer.name, {})
            for name, array in new.items():
                self._check_shape(layer.name, name, array)
            held[layer.name] = {
                name: np.asarray(new[name], np.float32) if name in new else self.parameter(layer.name, name)
                for name in names
            }
        twin._arrays = held
        return twin

    def with_outputs(self, names: Iterable[str]) -> Network:
        """The same network with other outputs: names of layers, in order."""
        twin = self.with_parameters({})
        twin.chosen = tuple(names)
        return twin

    def architecture(self) -> Network:
        """The same layers without numbers."""
        twin = copy.copy(self)
        twin.version, twin.variables, twin.model, twin._arrays = 0, None, None, None
        return twin

    def changed(self) -> None:
        """Say that numbers changed (training that writes the Keras variables itself must call this)."""
        self.version += 1

    def arrays(self) -> Parameters:
        """All arrays, for the Keras variables that are to take their place (keras_model.py only)."""
        if self._arrays is None:
            raise ScriptError(
                "nnet_cnn:graph:NotInitialized",
                "The network has no weights: it is an architecture only.",
                hint="load it with its weights to ask it for activations",
            )
        return self._arrays

    def adopt(self, variables: dict[str, HeldNumbers]) -> None:
        """Let Keras variables be the network's numbers from now on; the arrays go."""
        self.variables = variables
        self._arrays = None

    def parameter_count(self) -> int:
        """How many numbers training can change."""
        shapes = [(layer.parameter_shapes(), layer.learnables) for layer in self.layers]
        return sum(int(np.prod(shape[name])) for shape, names in shapes for name in names if name in shape)

    # ---------------------------------------------------------------------------------------------------- construction

    def _sources(self, layers: list[Layer]) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        """For each layer the numbers of those that feed it, in the order of its ports, and which output of each does:
        0, but where a layer computes several."""
        fed: list[dict[str, int]] = [{} for _ in layers]
        outputs: list[dict[str, int]] = [{} for _ in layers]
        for source, destination in self.connections:
            feeder, output = self._port(source, layers)
            taker, port = self._port(destination, layers)
            ports = layers[taker].input_names
            if port is None:
                port = next((p for p in ports if p not in fed[taker]), None)
            if port not in ports or port in fed[taker]:
                raise ScriptError(
                    "nnet_cnn:graph:BadConnection", f"'{destination}' is no free input of layer '{layers[taker].name}'."
                )
            fed[taker][port] = feeder
            computed = layers[feeder].computed_outputs
            outputs[taker][port] = computed.index(output) if output in computed else 0
        for layer, ports_fed in zip(layers, fed, strict=True):
            missing = [port for port in layer.input_names if port not in ports_fed]
            if missing:
                port = "" if layer.input_names == ("in",) else f" '{missing[0]}'"
                raise ScriptError(
                    "nnet_cnn:graph:MissingInput", f"Layer '{layer.name}' has an unconnected input{port}."
                )
        sources = [
            tuple(ports_fed[port] for port in layer.input_names) for layer, ports_fed in zip(layers, fed, strict=True)
        ]
        for i, layer in enumerate(layers):
            if isinstance(layer, MaxUnpooling) and sources[sources[i][2]]:
                # each layer has one tensor: the places of the largest are found again from what the pooling was given
                sources[i] = (*sources[i][:2], sources[sources[i][2]][0])
        ports = [
            tuple(numbers.get(port, 0) for port in layer.input_names)
            for layer, numbers in zip(layers, outputs, strict=True)
        ]
        for i, layer in enumerate(layers):
            if layer.computed_outputs:
                read = {port for fed, of in zip(sources, ports, strict=True)
                        for source, port in zip(fed, of, strict=True) if source == i}  # fmt: skip
                lost = [name for port, name in enumerate(layer.computed_outputs) if port not in read]
                if lost:
                    raise ScriptError(
                        "cnnscript:NotYet",
                        f"Layer '{layer.name}' has an unconnected output '{lost[0]}', which is not in cnnscript yet.",
                        hint="connect it to an identityLayer",
                    )
        return tuple(sources), tuple(ports)

    def _port(self, name: str, layers: list[Layer]) -> tuple[int, str | None]:
        """Layer number and port of 'layer' or 'layer/port' (layer names may hold a slash themselves)."""
        if name in self._index:
            return self._index[name], None
        layer, _, port = name.rpartition("/")
        if layer not in self._index:
            raise ScriptError("nnet_cnn:graph:BadConnection", f"There is no layer '{layer or name}' to connect.")
        return self._index[layer], port

    def _order(self, layers: list[Layer]) -> tuple[int, ...]:
        """Numbers of the layers such that each comes after all that feed it; as given where that is possible."""
        order: list[int] = []
        done: set[int] = set()
        waiting = list(range(len(layers)))
        while waiting:
            later = []
            for i in waiting:
                if done.issuperset(self.sources[i]):
                    order.append(i)
                    done.add(i)
                else:
                    later.append(i)
            if len(later) == len(waiting):
                names = ", ".join(f"'{layers[i].name}'" for i in later[:4])
                raise ScriptError("nnet_cnn:graph:Circle", f"The connections run in a circle through {names}.")
            waiting = later
        return tuple(order)

    def _checked(self, parameters: Parameters) -> dict[str, dict[str, np.ndarray]]:
        arrays: dict[str, dict[str, np.ndarray]] = {}
        for layer in self.layers:
            given = parameters.get(layer.name, {})
            for name in layer.parameter_shapes():
                if name not in given:
                    raise ValueError(f"no {name} for layer '{layer.name}'")
                self._check_shape(layer.name, name, given[name])
            arrays[layer.name] = {name: np.asarray(given[name], np.float32) for name in layer.parameter_shapes()}
        return arrays

    def _check_shape(self, layer: str, name: str, array: np.ndarray) -> None:
        described = self.layers[self.number(layer)]
        wanted = described.parameter_shapes()[name]
        if name in described.batch_state and array.ndim == 2:
            wanted = (len(array), *wanted)
        if tuple(array.shape) != wanted:
            raise ValueError(f"{name} of layer '{layer}' is {array.shape}, and must be {wanted}")


def output_of(value: Any, port: int) -> Any:
    """One output of a layer, of those that compute a list of several."""
    return value[port] if type(value) is list else value
