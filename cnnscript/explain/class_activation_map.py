"""Class activation maps (Zhou et al. 2016, arXiv:1512.04150)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.graph import Network
from cnnscript.engine.pointwise_layers import Dropout
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError
from cnnscript.explain.chosen_layers import logit_layer


def class_activation_map(network: Network, images: np.ndarray, score: int, classes: list[int],
                         environment: str = "auto") -> tuple[np.ndarray, int]:  # fmt: skip
    """The maps before global average pooling, weighed with the class's weights behind it (eq. 2).

    images   N×H×W×C; classes: 0-based, a map for each (of N images: one, or one each)
    Returns the maps n×h×w and the layer they are of.  Raises ScriptError for a network of another build.
    """
    feature, weights = pooled_features(network, score)
    (maps,) = ask(network, images, [feature], environment=environment)
    return np.stack([
        maps[k if len(maps) > 1 else 0] @ weights[:, classes[k if len(classes) > 1 else 0]]
        for k in range(max(len(maps), len(classes)))
    ]), feature  # fmt: skip


def pooled_features(network: Network, score: int) -> tuple[int, np.ndarray]:
    """The layer whose maps are averaged for the scores, and the weights of its channels c×K for each class."""

    def before(number: int) -> int:
        while isinstance(network.layers[number], (Dropout, Flatten)):
            number = network.sources[number][0]
        return number

    number = before(logit_layer(network, score))
    layer = network.layers[number]
    weights = np.eye(network.sizes[number][2], dtype=np.float32)  # the averages are the scores themselves
    if isinstance(layer, FullyConnected) or (isinstance(layer, Convolution) and network.sizes[number][:2] == (1, 1)):
        weights = network.parameter(layer.name, "Weights").reshape(-1, weights.shape[0])
        number = before(network.sources[number][0])
        layer = network.layers[number]
    whole = isinstance(layer, AveragePooling) and network.sizes[number][:2] == (1, 1)
    if not (whole or isinstance(layer, GlobalAveragePooling)) or network.sizes[number][2] != len(weights):
        raise ScriptError(
            "deep:classActivationMap:NoGlobalPooling",
            "Class activation maps need a network that ends in global average pooling and one fully connected layer.",
            notes=(f"before the scores comes '{layer.name}' ({layer.kind})",),
            hint="gradCAM explains networks of any build, and gives the same where both can be had",
        )
    return network.sources[number][0], weights
