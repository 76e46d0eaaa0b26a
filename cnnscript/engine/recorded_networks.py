"""Networks under a tape: their learnables as records, and their outputs for records, differentiable to both.

The numbers of a network are its Keras variables; the tape watches those.  A learnable as a script sees it is the
variable laid out as MATLAB has it, and gradients with respect to it are those of the variable, laid out alike.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.execute import remaining, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.keras_model import variables
from cnnscript.engine.layers import Layer
from cnnscript.engine.recording import Record, Recording
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.weights import to_matlab


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
        shown = to_matlab(layer, name, Laid(tensorflow().convert_to_tensor(tensor))).tensor  # type: ignore[arg-type]
        while len(shown.shape) > 2 and shown.shape[-1] == 1:
            shown = shown[..., 0]
        return tensorflow().transpose(shown)

    return laid


def recorded_parameter(tape: Recording, network: Network, layer_name: str, name: str) -> Record:
    """A learnable of a network on the tape."""
    layer = network.layers[network.number(layer_name)]
    held = variables(network)[layer_name]
    return tape.begin_variable(held.tensors()[name], layout(layer, name))
