"""Layers that are the script's own: functionLayer, and objects of classes that inherit nnet.layer.Layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.engine.layers import Layer, Several, Size, Steps, Vector, size_of_output
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

# which inputs are sequences, and N×H×W×C float32 arrays of the inputs → those of the outputs, and their labels
Call = Callable[..., tuple[list[np.ndarray], list[str]]]
LAID = {"CBT": Steps, "CB": Vector}  # sizes by the labels of what they are of


@dataclass(frozen=True, kw_only=True)
class ScriptLayer(Layer):
    """A layer that the script computes.

    call         what it computes
    pull         (which inputs are sequences, inputs, outputs, losses by the outputs) → the losses by each input; None:
                 it has no gradient
    inputs, outputs  the names of its ports
    description  what layer arrays print of it
    steps        which inputs are sequences, once it is settled
    """

    call: Call = field(compare=False)
    pull: Callable[..., list[np.ndarray]] | None = field(default=None, compare=False)
    inputs: tuple[str, ...] = ("in",)
    outputs: tuple[str, ...] = ("out",)
    description: str = ""
    steps: tuple[bool, ...] = ()

    default_name = "layer"
    needs_fixed_size = True
    offers_all = True

    @property
    def input_names(self) -> tuple[str, ...]:
        return self.inputs

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.outputs

    @property
    def computed_outputs(self) -> tuple[str, ...]:
        return self.outputs if len(self.outputs) > 1 else ()

    def describe(self) -> str:
        return self.description

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, steps=tuple(isinstance(size, Steps) for size in sizes))

    @cached_property
    def sizes_known(self) -> dict[tuple[Size, ...], Size]:
        """Output sizes found so far, by those of the inputs."""
        return {}

    def size_after(self, *sizes: Size) -> Size:
        """Found by computing zeros."""
        known = self.sizes_known.get(sizes)
        if known is None:
            steps = tuple(isinstance(size, Steps) for size in sizes)
            found, labels = self.call(steps, *(np.zeros((1, *size), np.float32) for size in sizes))
            each = [LAID.get(form, tuple)(one.shape[1:]) for one, form in zip(found, labels, strict=True)]
            known = self.sizes_known[sizes] = Several.of(each)  # type: ignore[arg-type]
        return known


@dataclass(frozen=True, kw_only=True)
class FunctionLayer(ScriptLayer):
    """functionLayer.  predict_fcn: the script's function, for its property."""

    predict_fcn: Any
    formattable: bool = False
    acceleratable: bool = False

    matlab_class = "nnet.cnn.layer.FunctionLayer"
    kind = "Function"

    @property
    def shown(self):  # type: ignore[override]
        ports = ("NumInputs", "InputNames") if len(self.inputs) > 1 else ()
        ports += ("NumOutputs", "OutputNames") if len(self.outputs) > 1 else ()
        first = ("Name", *ports, "PredictFcn", "Formattable", "Acceleratable")
        return (("", first), ("Learnable Parameters", ()), ("State Parameters", ()))

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "PredictFcn", "Formattable", "Acceleratable", "Description")


@dataclass(frozen=True, kw_only=True)
class CustomLayer(ScriptLayer):
    """An object of a class of the script's.  instance: it; custom_class, type_text: its class and what it calls its
    type; is_output: it ends a network (it inherits nnet.layer.ClassificationLayer or RegressionLayer)."""

    instance: Any
    custom_class: str
    type_text: str
    is_output: bool = False

    kind = "Custom"

    @property
    def matlab_class(self) -> str:  # type: ignore[override]
        return self.custom_class

    @property
    def output_names(self) -> tuple[str, ...]:
        return () if self.is_output else self.outputs

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Description")


def script_operation(layer: ScriptLayer, parameters: Any) -> Callable[..., Any]:
    """What the script computes, over tensors: a tensor, or a list of them where there are several outputs."""
    tf = tensorflow()
    count = max(1, len(layer.output_names))

    def computed(call, tensors, shapes):
        """The arrays that a call of the script gives, as tensors of known shapes."""
        if tf.executing_eagerly():
            return [tf.constant(np.ascontiguousarray(array)) for array in call(*(x.numpy() for x in tensors))]
        found = tf.numpy_function(call, tensors, [tf.float32] * len(shapes), stateful=False)
        for tensor, shape in zip(found, shapes, strict=True):
            tensor.set_shape(shape)
        return found

    @tf.custom_gradient
    def compute(*inputs):
        steps = layer.steps or (False,) * len(inputs)
        sizes = [Steps(x.shape[1:]) if many else tuple(x.shape[1:]) for x, many in zip(inputs, steps, strict=True)]
        size = layer.size_after(*sizes)
        shapes = [(inputs[0].shape[0], *size_of_output(size, port)) for port in range(count)]
        outputs = computed(lambda *arrays: layer.call(steps, *arrays)[0], inputs, shapes)

        def backward(*upstreams):
            if layer.pull is None:
                raise ScriptError(
                    "cnnscript:NotYet",
                    f"Gradients through layer '{layer.name}' are not in cnnscript yet.",
                    notes=(f"it is computed by the script ({layer.describe()})",),
                    hint="a class of layers that has a function 'backward' has gradients",
                )

            def pull(*arrays):
                given, rest = arrays[: len(inputs)], arrays[len(inputs) :]
                return layer.pull(steps, given, rest[:count], rest[count:])

            return computed(pull, [*inputs, *outputs, *upstreams], [x.shape for x in inputs])

        return (outputs[0] if count == 1 else list(outputs)), backward

    return compute
