"""functionLayer: a layer that is a function of the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError


@dataclass(frozen=True, kw_only=True)
class FunctionLayer(Layer):
    """A function of arrays.

    predict_fcn  the script's function, for its property
    call         what it computes: N×H×W×C float32 arrays, one for each input, to one such array
    """

    predict_fcn: Any
    call: Callable[..., np.ndarray] = field(compare=False)
    inputs: tuple[str, ...] = ("in",)
    formattable: bool = False
    acceleratable: bool = False
    description: str = ""

    matlab_class = "nnet.cnn.layer.FunctionLayer"
    kind = "Function"
    default_name = "layer"
    needs_fixed_size = True
    offers_all = True

    @property
    def shown(self):  # type: ignore[override]
        ports = ("NumInputs", "InputNames") if len(self.inputs) > 1 else ()
        first = ("Name", *ports, "PredictFcn", "Formattable", "Acceleratable")
        return (("", first), ("Learnable Parameters", ()), ("State Parameters", ()))

    @property
    def input_names(self) -> tuple[str, ...]:
        return self.inputs

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "PredictFcn", "Formattable", "Acceleratable", "Description")

    def describe(self) -> str:
        return self.description

    @cached_property
    def sizes_known(self) -> dict[tuple[Size, ...], Size]:
        """Output sizes found so far, by those of the inputs."""
        return {}

    def size_after(self, *sizes: Size) -> Size:
        """Found by calling the function with zeros."""
        known = self.sizes_known.get(sizes)
        if known is None:
            given = self.call(*(np.zeros((1, *size), np.float32) for size in sizes))
            known = self.sizes_known[sizes] = given.shape[1:]  # type: ignore[assignment]
        return known  # type: ignore[return-value]


def function_operation(layer: FunctionLayer, parameters: Any) -> Callable[..., Any]:
    """The function over tensors; it has no gradient."""
    tf = tensorflow()

    def refuse(*upstream):
        raise ScriptError(
            "cnnscript:NotYet",
            f"Gradients through the function layer '{layer.name}' are not in cnnscript yet.",
        )

    @tf.custom_gradient
    def compute(*inputs):
        if tf.executing_eagerly():
            return tf.constant(layer.call(*(x.numpy() for x in inputs))), refuse
        out = tf.numpy_function(layer.call, inputs, tf.float32, stateful=False)
        out.set_shape((inputs[0].shape[0], *layer.size_after(*(tuple(x.shape[1:]) for x in inputs))))
        return out, refuse

    return compute
