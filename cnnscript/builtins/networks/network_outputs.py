"""What networks give, in the forms of the language: which outputs, and the batches of each as one value."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.sequence_inputs import alone, gives_sequences, sequences_of_images_out, sequences_out
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Frames
from cnnscript.engine.recorded_networks import labels_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import size_text


def wanted_outputs(network: Network, names: Any, nargout: int, function: str) -> tuple[list[int], bool]:
    """The numbers of the layers that the first `nargout` outputs are of; is one more asked for, the state of a
    dlnetwork?

    names  those that the option Outputs gives, or None
    """
    chosen = list(network.output_names) if names is None else take.texts(names, "Outputs")
    numbers = [network.number(name) for name in chosen]
    has_state = network.kind == "dlnetwork" and function in ("forward", "predict")
    if nargout > len(numbers) + has_state:
        raise ScriptError(
            "MATLAB:maxlhs",
            "Too many output arguments.",
            notes=(f"{function} gives {len(numbers)}: {', '.join(chosen)}{', state' * has_state}",),
        )
    return numbers[: max(1, nargout)], nargout > len(numbers)


def output_of(network: Network, number: int, pieces: list[np.ndarray], in_cell: bool,
              masks: list[np.ndarray] | None = None) -> Any:  # fmt: skip
    """The outputs of a layer, batch after batch, as predict gives them.

    in_cell  did sequences come in a cell?
    masks    for each batch N×T, false where its sequences are padded; None: nowhere
    """
    if gives_sequences(network, number):
        return sequences_out(network, alone(pieces, masks), in_cell)
    if isinstance(network.sizes[number], Frames):
        return sequences_of_images_out(alone(pieces, masks), in_cell)
    return as_output(network, number, joined(pieces, network.layers[number].name))


def joined(pieces: list[np.ndarray], name: str) -> np.ndarray:
    """The outputs of several batches as those of one, laid out as each of them is."""
    if len(pieces) == 1:
        return pieces[0]
    sizes = {piece.shape[1:] for piece in pieces}
    if len(sizes) > 1:
        raise ScriptError(
            "nnet_cnn:DAGNetwork:ImagesOfDifferentSize",
            "All images must have the same size.",
            notes=(f"layer '{name}' gave maps of {' and '.join(sorted(size_text(size, '×') for size in sizes)[:3])}",),
            hint="minibatchpredict(..., UniformOutput=false) gives a cell",
        )
    return np.concatenate([piece.transpose(0, 3, 2, 1) for piece in pieces]).transpose(0, 3, 2, 1)


def as_output(network: Network, number: int, found: np.ndarray) -> np.ndarray:
    """An output as predict gives it: N×K of vectors, h×w×c×N of maps.

    Maps of one pixel are maps to a dlnetwork, whose data has labels; to other networks they are vectors.
    """
    if found.shape[1:3] == (1, 1) and (network.kind != "dlnetwork" or labels_of(network, number) != "SSCB"):
        return np.asfortranarray(found[:, 0, 0, :])
    return found.transpose(1, 2, 3, 0)
