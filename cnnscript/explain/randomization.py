"""Layers whose numbers are drawn anew, for the sanity checks of maps (Adebayo et al. 2018, arXiv:1810.03292).

A map that hardly changes when the network forgets what it has learned shows the image, not the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Layer

MODES = ("cascading", "independent")


def learned_layers(network: Network, score: int) -> list[int]:
    """The layers before a score that have learned weights, from the score down."""
    order = network.ancestors([score])
    return [i for i in reversed(order) if learned(network.layers[i])]


def learned(layer: Layer) -> list[str]:
    """The names of a layer's learned numbers."""
    shapes = layer.parameter_shapes()
    return [name for name in layer.learnables if name in shapes and int(np.prod(shapes[name])) > 0]


def drawn(numbers: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Numbers in the place of learned ones, of the normal distribution that has their mean and deviation, so that the
    layer answers as loudly as it did.  What has no deviation was not learned apart and stays, but a single weight, of
    which only the size is known."""
    mean, deviation = float(numbers.mean()), float(numbers.std())
    if numbers.size == 1:
        mean, deviation = 0.0, abs(mean)
    return (mean + deviation * generator.standard_normal(numbers.shape)).astype(np.float32)


def randomized(network: Network, groups: Sequence[Sequence[int]], mode: str,
               generator: np.random.Generator) -> Iterator[Network]:  # fmt: skip
    """A copy of the network, once for each group of layers, with drawn numbers in

    cascading    the groups so far
    independent  the one group

    Yields the same object each time, so that nothing is compiled twice.  The network itself is read only.
    """
    twin = network.with_parameters({})
    for group in groups:
        held = {
            (network.layers[i].name, name): np.asarray(network.parameter(network.layers[i].name, name))
            for i in group
            for name in learned(network.layers[i])
        }
        for (layer, name), numbers in held.items():
            twin.set_parameter(layer, name, drawn(numbers, generator))
        yield twin
        if mode == "independent":
            for (layer, name), numbers in held.items():
                twin.set_parameter(layer, name, numbers)
