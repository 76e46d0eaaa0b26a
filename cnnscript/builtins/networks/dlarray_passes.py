"""predict and forward of a dlnetwork for dlarrays: dlarrays in, dlarrays out, differentiable inside dlfeval."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.engine import recorded_networks as passes
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask, check_images, wrong_count
from cnnscript.engine.recording import is_tracing
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels
from cnnscript.values.dlarrays import DLArray, dlarray, labelled, plain_shape
from cnnscript.values.numeric import class_of, norm


def has_dlarrays(values: list[Any]) -> bool:
    return any(isinstance(value, DLArray) for value in values)


def passed_on(session: Any, net: Any, values: list[Any], numbers: list[int], *, training: bool,
              with_state: bool, draw: Any) -> tuple:  # fmt: skip
    """The outputs of layers (0-based numbers) as dlarrays, then the new State where it is wanted."""
    if not isinstance(net, DLNetwork):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Incorrect number or types of inputs or outputs for a network of class '{class_of(net)}'.",
            notes=("the data is a dlarray",),
            hint="dag2dlnetwork(net) makes a dlnetwork, which takes dlarrays",
        )
    network = net.network
    assert network is not None, "only initialised networks are passed through"
    if len(values) != len(network.inputs):
        raise wrong_count(network, len(values))
    inputs = [formatted(value, network, place) for value, place in zip(values, network.inputs, strict=True)]
    smaller = all(passes.labels_of(network, place) == "SSCB" for place in network.inputs)
    check_images(network, [image_shape(one) for one in inputs], numbers, smaller=smaller)
    labels = [passes.labels_of(network, number) for number in numbers]
    recorded = net.record is not None or any(one.record is not None for one in inputs)
    if not (recorded or training or with_state):
        images = [np.asarray(entered(one)) for one in inputs]
        found = ask(network, images, numbers, progress=session.zoo.progress, smaller=smaller)
        return tuple(unrecorded(one, form) for one, form in zip(found, labels, strict=True))
    if any(image_shape(one)[0] == 0 for one in inputs):
        raise ScriptError(
            "nnet_cnn:dlnetwork:NoObservations", "The data has no observations: there is nothing to learn from.",
            notes=("its size is " + dimension_labels.size_text(inputs[0].size(), inputs[0].labels),),
        )  # fmt: skip
    held = net.record.numbers if net.record is not None else passes.tensors_of(network)
    tensors = [entered(one) for one in inputs]
    outputs, state = passes.compute(network, held, tensors, numbers, training=training, draw=draw)
    made = [DLArray(None, form, passes.leaving(one, form)) for one, form in zip(outputs, labels, strict=True)]
    if not recorded:
        made = [DLArray(one.value, one.labels) for one in made]
    if not with_state:
        return tuple(made)
    if is_tracing():
        return *made, net.fresh_table("State", passes.recorded_state(network, state))
    return *made, net.fresh_table("State", as_arrays(state))


def as_arrays(state: Any) -> dict[str, dict[str, np.ndarray]]:
    """A new state as arrays: what is the same for all observations or of a single one without their dimension."""
    return {layer: {name: first_of_one(value.numpy()) for name, value in values.items()}
            for layer, values in state.items()}  # fmt: skip


def first_of_one(array: np.ndarray) -> np.ndarray:
    return array[0] if array.ndim == 2 and len(array) == 1 else array


def formatted(value: Any, network: Network, place: int) -> DLArray:
    """An input with labels; without, the dimensions are as the network's input layer has them."""
    data = value if isinstance(value, DLArray) else DLArray(value)
    wanted = passes.labels_of(network, place)
    if not data.labels:
        count = len(plain_shape(data.size()))
        if count > len(wanted):
            raise dimension_labels.too_few(wanted, count)
        return labelled(data, wanted)
    spaces = data.labels.count("S")
    unknown = any(label == "U" and length != 1 for label, length in zip(data.labels, data.size(), strict=True))
    if spaces != wanted.count("S") or ("T" in data.labels) != ("T" in wanted) or unknown:
        raise ScriptError(
            "nnet_cnn:dlnetwork:InvalidInputFormat",
            "The format of the input data does not suit the input layer of the network.",
            notes=(f"the data is {dimension_labels.size_text(data.size(), data.labels)}",
                   f"layer '{network.layers[place].name}' takes '{wanted}'"),
            hint=f"dlarray(X,\"{wanted}\")",
        )  # fmt: skip
    return data


def without_labels(value: Any, network: Network, place: int) -> Any:
    """The numbers of a dlarray as a network takes them without labels: images h×w×c×N, features N×c; other values, and
    dlarrays of sequences, as they are."""
    if not isinstance(value, DLArray) or "T" in passes.labels_of(network, place):
        return value
    data = formatted(value, network, place)
    array = data.array()
    if "S" in data.labels:  # a channel that no label names is one
        return norm(array if "C" in data.labels else array[:, :, None])
    return norm(array.T if data.labels in ("C", "CB") else array)


def image_shape(data: DLArray) -> tuple[int, ...]:
    """N, H, W, C (or N, T, 1, C) of an input."""
    lengths = dict(zip(data.labels, data.size(), strict=True))
    spaces = [length for label, length in zip(data.labels, data.size(), strict=True) if label == "S"]
    height, width = spaces or (lengths.get("T", 1), 1)
    return lengths.get("B", 1), height, width, lengths.get("C", 1)


def entered(data: DLArray) -> Any:
    """An input as the tensor that the network takes."""
    return passes.entering(data.operand(), data.labels)


def unrecorded(found: np.ndarray, labels: str) -> DLArray:
    """An output N×h×w×c as a dlarray that nothing records."""
    if labels == "CB":
        return dlarray(found.reshape(len(found), prod(found.shape[1:])).T, labels)
    if labels == "CBT":
        return dlarray(found[:, :, 0, :].transpose(2, 0, 1), labels)
    return dlarray(found.transpose(1, 2, 3, 0), labels)
