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

from cnnscript.engine.graph import Network
from cnnscript.engine.tensorflow_start import tensorflow

_lock = threading.Lock()


class LayerVariables:
    """The Keras layer of one MATLAB layer, seen as named arrays."""

    def __init__(self, layer: Any):
        self.layer = layer

    def array(self, name: str) -> np.ndarray:
        """A copy of a parameter."""
        return self.layer.parameters[name].value.numpy()

    def assign(self, name: str, array: np.ndarray) -> None:
        self.layer.parameters[name].assign(np.asarray(array, np.float32))


def variables(network: Network, progress: Callable[[str], object] | None = None) -> dict[str, LayerVariables]:
    """The network's Keras layers by name; the first call makes them from its arrays."""
    if network.variables is None:
        tf = tensorflow(progress)
        from cnnscript.engine.keras_layers import DescribedLayer

        with _lock:
            if network.variables is None:
                needs = any(layer.parameter_shapes() for layer in network.layers)
                arrays = network.hand_over() if needs else {}
                with tf.init_scope():  # also right when first asked from within a traced function
                    network.variables = {
                        layer.name: LayerVariables(DescribedLayer(layer, arrays.get(layer.name)))
                        for layer in network.layers
                    }
    return network.variables


def keras_model(network: Network) -> Any:
    """A keras.Model from raw images (N×H×W×C, 0..255) to the network's outputs, over the network's own variables.

    Height and width are open where the layers allow it.  Made once for each network.
    """
    held = variables(network)
    if network.model is not None:
        return network.model
    import keras

    fixed = any(layer.needs_fixed_size for layer in network.layers)
    outputs: dict[int, Any] = {}
    inputs = []
    for i in network.order:
        layer = network.layers[i]
        sources = [outputs[source] for source in network.sources[i]]
        if not sources:
            height, width, channels = network.sizes[i]
            shape = (height, width, channels) if fixed else (None, None, channels)
            sources = [keras.Input(shape, name=f"{layer.name}_images")]
            inputs += sources
        outputs[i] = held[layer.name].layer(sources if len(sources) > 1 else sources[0])
    ends = [outputs[network.number(name)] for name in network.output_names]
    network.model = keras.Model(inputs[0] if len(inputs) == 1 else inputs, ends[0] if len(ends) == 1 else ends)
    return network.model
