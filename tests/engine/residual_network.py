"""A small residual network with random weights, for tests of gradients."""

import numpy as np

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Addition, Dropout, ReLU, Softmax
from cnnscript.engine.pooling_layers import GlobalAveragePooling


def residual_network(channels=3, fixed=False, classes=tuple("abcde")):
    """A residual network of two convolutions, with a dropout that must not act."""
    layers = [
        ImageInput(name="in", input_size=(8, 8, channels), normalization="none"),
        Convolution(name="conv1", filter_size=(3, 3), num_filters=4, padding_mode="same", padding_size="same"),
        ReLU(name="relu1"),
        Convolution(name="conv2", filter_size=(3, 3), num_filters=4, padding_mode="same", padding_size="same"),
        Addition(name="add"),
        ReLU(name="relu2"),
        Dropout(name="drop"),
        *([] if fixed else [GlobalAveragePooling(name="gap")]),
        FullyConnected(name="fc", output_size=5),
        Softmax(name="prob"),
        ClassificationOutput(name="out", classes=classes),
    ]
    names = [layer.name for layer in layers]
    wires = [*zip(names[:-1], names[1:], strict=True)]
    wires = [(a, "add/in1" if b == "add" else b) for a, b in wires] + [("relu1", "add/in2")]
    bare = Network(layers, wires)
    rng = np.random.default_rng(1)
    arrays = {
        layer.name: {
            name: rng.normal(0, 0.4, shape).astype(np.float32) for name, shape in layer.parameter_shapes().items()
        }
        for layer in bare.layers
    }
    return Network(layers, wires, parameters=arrays)
