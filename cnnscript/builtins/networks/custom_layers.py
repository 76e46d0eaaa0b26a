"""Objects of classes that inherit nnet.layer.Layer, as layers of networks.

A network computes them by their function `predict` (in training `forward`, where they have it); `backward`, where the
class has it, is their gradient, else a tape finds it.  Their properties with the attributes Learnable and State are
parameters of the network like any others: the object says what they begin as.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_properties import class_names
from cnnscript.builtins.networks.script_calls import ScriptCall, from_value, laid
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Layer, Size, Steps
from cnnscript.engine.recorded_networks import NetworkRecord
from cnnscript.engine.script_operations import Computed
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.weights import from_matlab
from cnnscript.errors import ScriptError
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import texts_or_none

INNER = "nnet.layer.Layer"
FACTORS = "LearningFactors"  # a hidden property: what setLearnRateFactor and setL2Factor set
OUTPUTS = ("nnet.layer.ClassificationLayer", "nnet.layer.RegressionLayer")


def is_custom(value: Any) -> bool:
    """Is it an object of a class of layers?"""
    return type(value) is Instance and not {INNER, *OUTPUTS}.isdisjoint(value.ancestors)


def custom_layer(instance: Instance) -> CustomLayer:
    """The description of a layer that is an object of a class."""
    short = instance.class_name.rpartition(".")[2]
    words = {name: _text(instance, name) for name in ("Name", "Description", "Type")}
    is_output = INNER not in instance.ancestors
    inputs = ("in",) if is_output else tuple(texts_or_none(instance.get("InputNames")) or ("in",))
    outputs = ("out",) if is_output else tuple(texts_or_none(instance.get("OutputNames")) or ("out",))
    learned, kept = with_attribute(instance, "Learnable"), with_attribute(instance, "State")
    inside = {name: instance.values[name] for name in learned if is_network(instance.values.get(name))}
    held, nested = numbers_inside(inside)
    learned = tuple(name for name in learned if name not in kept and name not in inside)
    held = {**{name: _numbers(instance, name) for name in learned}, **held}
    learned = tuple(held)
    kept = tuple(name for name in kept if name not in inside)
    initialize = instance.definition.find_method("initialize")
    return CustomLayer(
        name=words["Name"],
        description=words["Description"] or short,
        type_text=words["Type"] or short,
        custom_class=instance.class_name,
        instance=instance,
        is_output=is_output,
        classes=class_names(instance.get("Classes")) if OUTPUTS[0] in instance.ancestors else (),
        inputs=inputs,
        outputs=outputs,
        call=Ending() if is_output else LayerCall(instance, (*learned, *kept), len(kept), len(outputs), bool(inside)),
        acceleratable="nnet.layer.Acceleratable" in instance.ancestors,
        held={**held, **{name: _numbers(instance, name) for name in kept}},
        nested=nested,
        learned=learned,
        kept=kept,
        begin=_begun if initialize is not None and not is_output else None,
        learning=tuple(instance.values[FACTORS].fields.items()) if FACTORS in instance.values else (),
    )


def with_attribute(instance: Instance, word: str) -> tuple[str, ...]:
    """The properties that are declared Learnable, or State."""
    return tuple(name for name, item in instance.definition.properties.items() if word in item.attributes)


def is_network(value: Any) -> bool:
    return getattr(value, "class_name", "") == "dlnetwork"


def numbers_inside(networks: dict[str, Any]) -> tuple[dict[str, np.ndarray], dict[str, tuple[Layer, str]]]:
    """The learnables of networks that are properties, by names such as 'Network/conv1/Weights', and whose they are."""
    held, nested = {}, {}
    for word, net in networks.items():
        for holder, name in net.entries("Learnables") if net.network is not None else ():
            layer = holder.layer
            held[f"{word}/{layer.name}/{name}"] = net.network.parameter(layer.name, name)
            nested[f"{word}/{layer.name}/{name}"] = layer, name
    return held, nested


def by_network(values: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """What has names such as 'Network/conv1/Weights', by property, layer and parameter."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for whole, value in values.items():
        word, _, rest = whole.partition("/")
        layer, _, name = rest.rpartition("/")
        found.setdefault(word, {}).setdefault(layer, {})[name] = value
    return found


def object_of(layer: CustomLayer, numbers: dict[str, np.ndarray] | None = None) -> Instance:
    """The object, named as its layer is now, with the numbers that its learnables and its state are now."""
    instance = layer.instance
    changed: dict[str, Any] = {} if _text(instance, "Name") == layer.name else {"Name": layer.name}
    if FACTORS in instance.values and instance.values[FACTORS].fields != dict(layer.learning):
        changed[FACTORS] = Struct(dict(layer.learning))
    numbers = numbers or {}
    inside = {name: from_matlab(layer, name, numbers[name]) for name in layer.nested if name in numbers}
    for word, parts in by_network(inside).items():
        net = instance.values[word]
        changed[word] = type(net)(net.graph, net.network.with_parameters(parts))
    for name, array in numbers.items():
        if name in inside:
            continue
        value = norm(np.asfortranarray(array))
        changed[name] = DLArray(value) if isinstance(instance.values.get(name), DLArray) else value
    if changed:
        instance = instance.copied()
        instance.values.update(changed)
    return instance


def states_after_reset(network: Network) -> dict[str, dict[str, np.ndarray]]:
    """The states of layers whose class has a function `resetState`, as it leaves them."""
    found = {}
    for layer in network.layers:
        if isinstance(layer, CustomLayer) and (method := _own_method(layer.instance.definition, "resetState")):
            numbers = {name: network.parameter(layer.name, name) for name in layer.held}
            instance = method.call(1, object_of(layer, numbers))
            found[layer.name] = {name: _numbers(instance, name) for name in layer.state}
    return found


def _text(instance: Instance, name: str) -> str:
    found = texts_or_none(instance.get(name))
    return found[0] if found else ""


def _numbers(instance: Instance, name: str) -> np.ndarray:
    """What a learnable or a state begins as, single; empty where the class has not begun it."""
    value = instance.values.get(name)
    value = value.value if isinstance(value, DLArray) else value
    if value is None:
        return np.zeros((0, 0), np.float32)
    if not is_numeric(value):
        raise ScriptError(
            "nnet_cnn:layer:Layer:InvalidLearnable",
            f"Learnable and state properties must be numeric arrays or dlarray objects: '{name}' of class "
            f"'{instance.class_name}' is not.",
            notes=(f"it is a {class_of(value)}",),
        )
    return np.asarray(as_array(value), np.float32)


def _begun(layer: CustomLayer, sizes: tuple[Size, ...]) -> CustomLayer:
    """The layer after its class's `initialize`, which is told the layouts of its inputs."""
    from cnnscript.builtins.networks.data_layouts import DataLayout

    layouts = []
    for size, form in zip(sizes, layer.forms, strict=True):
        height, width, channels = (float(n) for n in size)
        lengths = {"SSCB": (height, width, channels, np.nan), "CB": (channels, np.nan),
                   "CBT": (channels, np.nan, height if isinstance(size, Steps) else np.nan)}  # fmt: skip
        layouts.append(DataLayout(lengths[form], form))
    instance = object_of(layer)
    method = instance.definition.find_method("initialize")
    found = layer.call.executed("initialize", lambda: method.call(1, instance, *layouts))
    if type(found) is not Instance or found.definition is not instance.definition:
        raise ScriptError(
            "nnet_cnn:layer:Layer:InvalidInitialize",
            f"The function 'initialize' of class '{instance.class_name}' must give the layer.",
            notes=(f"it gave a {class_of(found)}",),
            hint="function layer = initialize(layer,layout)",
        )
    made = custom_layer(found)
    return replace(made, name=layer.name, forms=layer.forms, vectors=layer.vectors, begin=None, initialized=True)


class Ending(ScriptCall):
    """An output layer gives what it is given."""

    def __init__(self) -> None:
        super().__init__("an output layer", 1, False)

    def compute(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
                training: bool) -> Computed:  # fmt: skip
        return Computed([arrays[0]], [forms[0]], [])

    def record(self, forms: Sequence[str], numbers: Sequence[Any], tensors: Sequence[Any], training: bool) -> Computed:
        return Computed([tensors[0]], [forms[0]], [])


class LayerCall(ScriptCall):
    """predict, forward and backward of an object of a class.

    names   its learnables, then its state: properties that take the numbers of the network for a call
    states  how many of them are state
    nested  are some those of networks inside it?
    """

    def __init__(self, instance: Instance, names: tuple[str, ...], states: int, outputs: int, nested: bool):
        definition = instance.definition
        self.instance, self.names, self.states, self.nested = instance, names, states, nested
        self.class_name = instance.class_name
        self.predict = _own_method(definition, "predict")
        self.forward = _own_method(definition, "forward")
        self.backward = _own_method(definition, "backward")
        if self.predict is None and self.forward is None:
            raise ScriptError(
                "nnet_cnn:layer:Layer:NoPredict",
                f"The class '{self.class_name}' has no function 'predict'.",
                hint="a layer needs function Z = predict(layer, X)",
            )
        formatted = "nnet.layer.Formattable" in instance.ancestors
        if formatted and self.backward is not None:
            raise ScriptError(
                "nnet_cnn:layer:Layer:FormattableBackward",
                f"The class '{self.class_name}' inherits nnet.layer.Formattable and must not define 'backward'.",
            )
        super().__init__(f"predict of {self.class_name}", outputs, formatted, self.backward is not None)

    @property
    def has_backward(self) -> bool:  # type: ignore[override]
        return self.backward is not None

    def method(self, training: bool) -> Any:
        return (self.forward or self.predict) if training or self.predict is None else self.predict

    def answers(self, training: bool) -> int:
        """Its outputs, its new state where the function gives it, and of `forward` the memory for `backward`."""
        declared = self.method(training).node.outputs
        most = len(declared)
        if declared and declared[-1].name == "varargout":
            return self.outputs + self.states
        memory = int(self.has_backward and self.method(training) is self.forward)
        return max(self.outputs, min(most, self.outputs + self.states + memory))

    def call(self, nargout: int, numbers: list[Any], training: bool, values: list[Any]) -> Any:
        return self.method(training).call(nargout, self.with_numbers(numbers), *values)

    def with_numbers(self, numbers: Sequence[Any]) -> Instance:
        if not self.names:
            return self.instance
        instance = self.instance.copied()
        values = dict(zip(self.names, numbers, strict=True))
        inside = {name: values.pop(name) for name in self.names if "/" in name}
        for word, parts in by_network(inside).items():
            net = instance.values[word]
            values[word] = net.recorded(NetworkRecord.of_numbers(net.network, parts))
        instance.values.update(values)
        return instance

    def values_of(self, numbers: Sequence[np.ndarray]) -> list[Any]:
        values = super().values_of(numbers)
        for k, name in enumerate(self.names):
            if "/" in name:
                values[k] = tensorflow().constant(numbers[k])
        return values

    def records_of(self, numbers: Sequence[Any]) -> list[Any]:
        return [x if "/" in name else record
                for name, x, record in zip(self.names, numbers, super().records_of(numbers), strict=True)]  # fmt: skip

    def pull(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
             results: Sequence[np.ndarray], upstreams: Sequence[np.ndarray], memory: Any, training: bool
             ) -> list[np.ndarray]:  # fmt: skip
        if self.backward is None:
            return super().pull(forms, numbers, arrays, results, upstreams, memory, training)
        form, count = forms[0], self.outputs
        given = [norm(laid(x, one)) for x, one in zip(arrays, forms, strict=True)]
        after = [norm(laid(x, form)) for x in (*results[:count], *upstreams[:count])]
        states = [norm(np.asfortranarray(x)) for x in upstreams[count:]]
        held = self.values_of(numbers)
        wanted = len(arrays) + len(numbers)
        declared = self.backward.node.outputs
        asked = wanted if declared and declared[-1].name == "varargout" else min(wanted, max(1, len(declared)))
        if memory is None and not training and self.forward is not None:
            memory = self.memory(forms, numbers, arrays)  # predict has none, and backward may live on it
        memory = np.zeros((0, 0)) if memory is None else memory
        found = self.backward.call(asked, self.with_numbers(held), *given, *after, *states, memory)
        slopes = list(found) if isinstance(found, tuple) else [found]
        labels = [*(f"dLdX{k + 1}" if len(arrays) > 1 else "dLdX" for k in range(len(arrays))),
                  *(f"dLd{name}" for name in self.names)]  # fmt: skip
        if asked < wanted - self.states:
            raise self.wrong_backward(
                f"must give the derivatives {', '.join(labels)}.", f"it gives {len(declared)} outputs"
            )
        made = []
        for k, source in enumerate((*arrays, *numbers)):
            if k >= len(slopes):
                made.append(np.zeros(source.shape, np.float32))  # of a state that it says nothing of
                continue
            shape = forms[k] if k < len(arrays) else ""
            size = laid(source, shape).shape if shape else source.shape
            made.append(self._slope(slopes[k], labels[k], size, shape))
        return made

    def memory(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray]) -> Any:
        """What `forward` remembers for `backward`."""
        return self.compute(forms, numbers, arrays, True).memory

    def _slope(self, value: Any, label: str, size: tuple[int, ...], form: str) -> np.ndarray:
        """A derivative that `backward` gave, which has the size of what it is by."""
        value = value.value if isinstance(value, DLArray) else value
        if value is None or not is_numeric(value):
            got = "nothing" if value is None else f"a {class_of(value)}"
            raise self.wrong_backward(f"must give '{label}' as a numeric array.", f"it gave {got}")
        array = as_array(value)
        rank = max(array.ndim, len(size))
        got, wanted = (one + (1,) * (rank - len(one)) for one in (array.shape, size))
        if got != wanted:
            raise ScriptError(
                "nnet_cnn:layer:Layer:InconsistentBackwardSize",
                f"Incorrect size of '{label}' for 'backward' in layer {self.class_name}. Expected size: "
                f"[{_spaced(size)}]. Actual size: [{_spaced(array.shape)}].",
            )
        array = np.asarray(array.reshape(size, order="F").real, np.float32)
        return from_value(array, form) if form else np.ascontiguousarray(array)

    def wrong_backward(self, rule: str, got: str) -> ScriptError:
        return ScriptError(
            "nnet_cnn:layer:Layer:InvalidBackward", f"Function 'backward' of {self.class_name} {rule}", notes=(got,)
        )


def _own_method(definition: Any, name: str) -> Any:
    """A function that the class, or one of the program's that it derives from, defines; None where there is none."""
    method = definition.find_method(name)
    return method if method is not None and method.node is not None else None


def _spaced(size: tuple[int, ...]) -> str:
    return size_text(size, " ")
