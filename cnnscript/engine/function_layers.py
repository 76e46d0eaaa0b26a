"""Layers that are the script's own: functionLayer, and objects of classes that inherit nnet.layer.Layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

Call = Callable[..., np.ndarray]  # N×H×W×C float32 arrays, one for each input, to one such array


@dataclass(frozen=True, kw_only=True)
class ScriptLayer(Layer):
    """A layer that the script computes.

    call         what it computes
    pull         (inputs..., output, loss by output) to the losses by each input; None: it has no gradient
    description  what layer arrays print of it
    """

    call: Call = field(compare=False)
    pull: Callable[..., list[np.ndarray]] | None = field(default=None, compare=False)
    inputs: tuple[str, ...] = ("in",)
    description: str = ""

    default_name = "layer"
    needs_fixed_size = True
    offers_all = True

    @property
    def input_names(self) -> tuple[str, ...]:
        return self.inputs

    def describe(self) -> str:
        return self.description

    @cached_property
    def sizes_known(self) -> dict[tuple[Size, ...], Size]:
        """Output sizes found so far, by those of the inputs."""
        return {}

    def size_after(self, *sizes: Size) -> Size:
        """Found by computing zeros."""
        known = self.sizes_known.get(sizes)
        if known is None:
            given = self.call(*(np.zeros((1, *size), np.float32) for size in sizes))
            known = self.sizes_known[sizes] = given.shape[1:]  # type: ignore[assignment]
        return known  # type: ignore[return-value]


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
        return () if self.is_output else ("out",)

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Description")


def script_operation(layer: ScriptLayer, parameters: Any) -> Callable[..., Any]:
    """What the script computes, over tensors."""
    tf = tensorflow()

    def computed(call, tensors, shapes):
        """The arrays that a call of the script gives, as tensors of known shapes."""
        if tf.executing_eagerly():
            return [tf.constant(array) for array in call(*(x.numpy() for x in tensors))]
        found = tf.numpy_function(call, tensors, [tf.float32] * len(shapes), stateful=False)
        for tensor, shape in zip(found, shapes, strict=True):
            tensor.set_shape(shape)
        return found

    @tf.custom_gradient
    def compute(*inputs):
        size = layer.size_after(*(tuple(x.shape[1:]) for x in inputs))
        (out,) = computed(lambda *arrays: [layer.call(*arrays)], inputs, [(inputs[0].shape[0], *size)])

        def backward(upstream):
            if layer.pull is None:
                raise ScriptError(
                    "cnnscript:NotYet",
                    f"Gradients through layer '{layer.name}' are not in cnnscript yet.",
                    notes=(f"it is computed by the script ({layer.describe()})",),
                    hint="a class of layers that has a function 'backward' has gradients",
                )
            return computed(layer.pull, [*inputs, out, upstream], [x.shape for x in inputs])

        return out, backward

    return compute
