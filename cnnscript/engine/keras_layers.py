"""The Keras layer behind every MATLAB layer.

One class serves all kinds: it holds a description (layers.py), the parameters as Keras variables, and computes by the
raw operation (operations.py), so that a network asked layer by layer and its keras.Model give the same bits.

Imported only after tensorflow_start.tensorflow(): this module imports Keras at its top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cnnscript.engine import operations
from cnnscript.engine.function_layers import ScriptLayer
from cnnscript.engine.layers import LAYER_KINDS, Layer, Steps
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.stateful_operations import stateful_operation
from cnnscript.errors import ScriptError


@keras.saving.register_keras_serializable(package="cnnscript")
class DescribedLayer(keras.layers.Layer):
    """A MATLAB layer as a Keras layer of the same name.

    description  a settled Layer
    arrays       its parameters in the engine's shapes, or None: zeros, for a model about to be loaded
    """

    def __init__(self, description: Layer, arrays: Mapping[str, np.ndarray] | None = None, **options: Any):
        super().__init__(name=options.pop("name", None) or keras_name(description.name), **options)
        self.description = description
        self.parameters: dict[str, keras.Variable] = {}
        for name, shape in description.parameter_shapes().items():
            given = None if arrays is None else arrays[name]
            # not by add_weight, which names every variable after its layer: for each new name TensorFlow prepares the
            # making of variables anew, which takes 0.5 to 1 ms (nasnetmobile has 1482)
            self.parameters[name] = keras.Variable(
                "zeros" if given is None else (lambda shape, dtype, given=given: tf.constant(given)),
                shape=shape if given is None else np.shape(given),
                dtype="float32",
                trainable=name in description.learnables,
                name=keras_name(name),
            )
        self.wrapped = getattr(description, "operation", None)  # a Keras layer run as it is: its weights are tracked
        self.compute = operations.operation(description, {name: v.value for name, v in self.parameters.items()})
        self.built = True

    def call(self, inputs: Any, training: bool = False) -> Any:
        """inputs: one tensor, or a list in the order of the ports.  training: dropout drops, batch norm learns."""
        given = inputs if isinstance(inputs, (list, tuple)) else (inputs,)
        if not training:
            return self.compute(*given)
        held = {name: variable.value for name, variable in self.parameters.items()}
        output, state = stateful_operation(self.description, held, True, tf.random.uniform)(*given)
        if isinstance(self.description, BatchNormalization):  # a sequence's end is not another one's beginning
            for name, value in state.items():
                self.parameters[name].assign(value)
        return output

    def compute_output_shape(self, input_shape: Any) -> tuple:
        shapes = input_shape if isinstance(input_shape, list) else [input_shape]
        unknown = any(n is None for shape in shapes for n in shape[1:])
        if not unknown:
            return (shapes[0][0], *self.description.size_after(*(tuple(shape[1:]) for shape in shapes)))
        if all(shape[1] is None and shape[2] == 1 for shape in shapes):  # sequences
            size = self.description.size_after(*(Steps((4096, 1, shape[3])) for shape in shapes))
            return (shapes[0][0], None if isinstance(size, Steps) else size[0], *size[1:])
        # height and width are open: only the channels are known, and joins keep or add them
        channels = self.description.size_after(*((4096, 4096, shape[3]) for shape in shapes))
        size = [None if n > 1 else 1 for n in channels[:2]]
        return (shapes[0][0], *size, channels[2])

    def get_config(self) -> dict[str, Any]:
        if isinstance(self.description, ScriptLayer):
            raise ScriptError(
                "cnnscript:NotYet",
                f"'{self.description.name}' is computed by a script: it cannot be written into a file of Keras.",
            )
        config = super().get_config()
        return {**config, "description": written(self.description)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> DescribedLayer:
        return cls(read(config.pop("description")), **config)


def keras_name(name: str) -> str:
    """The name of a layer as Keras takes it: without slashes."""
    return name.replace("/", "__")


def written(layer: Layer) -> dict[str, Any]:
    """A description as JSON has it."""
    values = {field.name: getattr(layer, field.name) for field in fields(layer)}
    # an initialiser that is a function of the script cannot be written, and is of no use once there are numbers
    values["learning"] = [pair for pair in layer.learning if isinstance(pair[1], (str, float))]
    properties = {name: written(value) if isinstance(value, Layer) else value for name, value in values.items()}
    return {"kind": type(layer).__name__, "properties": properties}


def read(kept: dict[str, Any]) -> Any:
    """The description again."""
    values = {
        name: read(value) if isinstance(value, dict) and value.keys() == {"kind", "properties"} else _in_tuples(value)
        for name, value in kept["properties"].items()
    }
    return LAYER_KINDS[kept["kind"]](**values)


def _in_tuples(value: Any) -> Any:
    """A value read from JSON, its lists as tuples again."""
    return tuple(_in_tuples(part) for part in value) if isinstance(value, list) else value
