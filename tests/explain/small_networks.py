"""Small networks whose numbers are drawn, and one whose truth is known."""

import numpy as np

from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput


def numbered(layers, connections=None, seed=0):
    """A network of layers with random numbers."""
    random = np.random.default_rng(seed)
    arrays = {
        layer.name: {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in
                     layer.parameter_shapes().items()}
        for layer in Network(layers, connections).layers
    }  # fmt: skip
    return Network(layers, connections, parameters=arrays)


def one_filter(kernel, bias=0.0, size=(16, 18), **input_options):
    """A network of one convolution with one filter h×w×C."""
    kernel = np.asarray(kernel, np.float32)
    height, width, channels = kernel.shape
    layers = [
        ImageInput(name="in", input_size=(*size, channels), **{"normalization": "none", **input_options}),
        Convolution(name="conv", filter_size=(height, width), num_filters=1),
    ]
    arrays = {"conv": {"Weights": kernel[..., None], "Bias": np.array([bias], np.float32)}}
    return Network(layers, parameters=arrays)


def all_numbers(network):
    """A copy of every parameter."""
    return {
        (layer.name, name): np.array(network.parameter(layer.name, name))
        for layer in network.layers
        for name in layer.parameter_shapes()
    }
