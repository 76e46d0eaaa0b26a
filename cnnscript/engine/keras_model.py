"""The Keras side of a network: its variables, and the whole as a keras.Model.

`variables(network)` puts the network's arrays into Keras variables, once; from then on those are the network's numbers.
`keras_model(network)` is a functional keras.Model over the same variables with MATLAB's layer names, for training,
saving and exporting: what it learns the network knows at once (call `network.changed()` afterwards).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.engine.graph import HeldNumbers, Network
from cnnscript.engine.layers import Frames, Steps
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

_lock = threading.Lock()


class LayerVariables:
    """The Keras layer of one MATLAB layer, seen as named arrays."""

    def __init__(self, layer: Any):
        self.layer = layer

    @property
    def compute(self) -> Callable[..., Any]:
        """The raw operation over these variables."""
        return self.layer.compute

    def tensors(self) -> dict[str, Any]:
        """The parameters by name: TensorFlow's variables themselves."""
        return {name: held.value for name, held in self.layer.parameters.items()}

    def array(self, name: str) -> np.ndarray:
        """A copy of a parameter."""
        return self.layer.parameters[name].value.numpy()

    def assign(self, name: str, array: np.ndarray) -> None:
        self.layer.parameters[name].assign(np.asarray(array, np.float32))


def variables(network: Network, progress: Callable[[str], object] | None = None) -> dict[str, HeldNumbers]:
    """The Keras layers that hold the network's numbers, by name; the first call makes them from its arrays.

    Layers without numbers get a Keras layer only in keras_model: making one takes some milliseconds.
    """
    if network.variables is not None:
        return network.variables
    tf = tensorflow(progress)
    from cnnscript.engine.keras_layers import DescribedLayer

    with _lock:
        if network.variables is not None:  # made by another thread meanwhile
            return network.variables
        owners = [layer for layer in network.layers if layer.parameter_shapes()]
        arrays = network.arrays() if owners else {}
        with tf.init_scope():  # also right when first asked from within a traced function
            held: dict[str, HeldNumbers] = {
                layer.name: LayerVariables(DescribedLayer(layer, arrays[layer.name])) for layer in owners
            }
        network.adopt(held)  # last: interrupted before, the network still has its arrays
        return held


def keras_model(network: Network) -> Any:
    """A keras.Model from raw images (N×H×W×C, 0..255) to the network's outputs, over the network's own variables.

    Height and width are open where the layers allow it.  Made once for each network.
    """
    held = variables(network)
    if network.model is not None:
        return network.model
    several = next((layer for layer in network.layers if layer.computed_outputs), None)
    if several is not None:
        raise ScriptError(
            "cnnscript:NotYet",
            f"Layer '{several.name}' has several outputs: the network cannot be a keras.Model yet.",
        )
    if any(isinstance(size, Frames) for size in network.sizes):
        raise ScriptError("cnnscript:NotYet", "A network of sequences of images cannot be a keras.Model yet.")
    import keras

    from cnnscript.engine.keras_layers import DescribedLayer, keras_name

    fixed = any(layer.needs_fixed_size for layer in network.layers)
    outputs: dict[int, Any] = {}
    inputs = []
    for i in network.order:
        layer = network.layers[i]
        sources = [outputs[source] for source in network.sources[i]]
        if not sources:
            height, width, channels = network.sizes[i]
            shape = (height, width, channels) if fixed else (None, None, channels)
            if isinstance(network.sizes[i], Steps):
                shape = (None, 1, channels)
            sources = [keras.Input(shape, name=f"{keras_name(layer.name)}_images")]
            inputs += sources
        keras_layer = held[layer.name].layer if layer.name in held else DescribedLayer(layer)
        outputs[i] = keras_layer(sources if len(sources) > 1 else sources[0])
    ends = [outputs[network.number(name)] for name in network.output_names]
    network.model = keras.Model(inputs[0] if len(inputs) == 1 else inputs, ends[0] if len(ends) == 1 else ends)
    return network.model
