"""What an importing function gives: a network object, or layers, of a network of the engine; and its options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.layer_properties import class_names
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject, graph_of
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY

TARGETS = ("dagnetwork", "dlnetwork")
OUTPUT_TYPES = ("classification", "regression", "pixelclassification")
NAMESPACE = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)*")


def as_object(network: Network) -> NetworkObject | DLNetwork:
    """A network of the engine as the object its kind says."""
    return DLNetwork.of_network(network) if network.kind == "dlnetwork" else NetworkObject(network)


def as_layers(network: Network, with_weights: bool) -> LayerArray | LayerGraph:
    """Its layers: an array where they are in series, else a graph."""
    if not with_weights:
        holders = [LayerObject(layer) for layer in network.layers]
        graph = graph_of(network).with_holders(holders)
    else:
        graph = graph_of(network)
    return LayerArray.of(graph.holders) if network.kind == "series" else LayerGraph(graph)


def handed_in(model: Any) -> NetworkObject:
    """A keras.Model that Python gives a session, as a network."""
    from cnnscript.engine.importing.keras_graph import network_of

    return NetworkObject(network_of(model))


# -------------------------------------------------------------------------------------------------------------- options


def file_path(value: Any, name: str) -> Path:
    return Path(take.text(value, name)).expanduser()


def output_type(value: Any) -> str:
    """OutputLayerType as the engine takes it; [] or '' for 'auto'."""
    if value is EMPTY or isinstance(value, str) and not value:
        return "auto"
    chosen = take.choice(value, OUTPUT_TYPES, "OutputLayerType")
    if chosen == "pixelclassification":
        raise ScriptError(
            "cnnscript:NotYet", "'OutputLayerType' 'pixelclassification' is not in cnnscript yet.",
            hint="import it as a dlnetwork, and take the largest score of each pixel: [~,k] = max(scores,[],3)",
        )  # fmt: skip
    return chosen


def target(value: Any) -> str:
    return take.choice(value, TARGETS, "TargetNetwork")


def outputs_of(kind: str, output_layer: Any) -> str:
    """What the engine is to end the network with."""
    chosen = output_type(output_layer)
    if kind == "dlnetwork" and chosen != "auto":
        raise ScriptError(
            "nnet_cnn:importing:OutputLayerOfDlnetwork",
            "'OutputLayerType' applies to 'TargetNetwork' 'dagnetwork' only: a dlnetwork has no output layers.",
        )
    return "none" if kind == "dlnetwork" else chosen


def classes_of(classes: Any, old_name: Any) -> tuple[str, ...]:
    """Classes, or ClassNames as older scripts write it; () for 'auto'."""
    return class_names(old_name if old_name is not EMPTY else classes)


def image_size(value: Any, name: str = "ImageInputSize") -> Size | None:
    """ImageInputSize: [h w] or [h w c]; None for []."""
    array = np.ravel(take.numeric(value, name), "F")
    if array.size == 0:
        return None
    if array.size not in (2, 3) or (array < 1).any() or (array % 1 != 0).any():
        raise take.wanted("two or three positive whole numbers", name, value)
    numbers = [int(n) for n in array]
    return (numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1)


def namespace_of(*given: Any, otherwise: str) -> str:
    """Namespace (PackageName in older scripts): the package of the classes of layers that MATLAB has not."""
    for value in given:
        name = take.text(value, "Namespace")
        if name:
            if not NAMESPACE.fullmatch(name):
                raise take.wanted("a valid name of a package", "Namespace", value)
            return name
    return otherwise
