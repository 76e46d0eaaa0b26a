"""Sequences that come to a network and leave it, in the forms scripts have them.

A SeriesNetwork or DAGNetwork takes and gives features×steps, one sequence as a matrix, several in a cell; a dlnetwork
steps×features.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Steps
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, norm, size_of, size_text


def takes_sequences(network: Network, number: int) -> bool:
    """Is the layer an input of sequences of rows of numbers?"""
    layer = network.layers[number]
    return isinstance(layer, SequenceInput) and not layer.image_size


def gives_sequences(network: Network, number: int) -> bool:
    """Does a layer give an output for each step?"""
    return isinstance(network.sizes[number], Steps)


def sequence_batch(array: np.ndarray, network: Network, number: int) -> np.ndarray:
    """A matrix that is one sequence as 1×T×1×C (a three-dimensional array: N of them)."""
    features, shortest = network.sizes[number][2], network.layers[number].property("MinLength")
    whole = array.reshape((*array.shape, 1)[:3], order="F")
    turned = whole.transpose(2, 0, 1) if network.kind == "dlnetwork" else whole.transpose(2, 1, 0)
    if turned.shape[2] != features:
        form = "steps by features" if network.kind == "dlnetwork" else "features by steps"
        raise ScriptError(
            "nnet_cnn:SeriesNetwork:InvalidSequenceData",
            f"The prediction sequences are of feature dimension {turned.shape[2]} but the input layer expects "
            f"sequences of feature dimension {features}.",
            notes=(f"the sequence is {size_text(size_of(array))}: {form}",),
        )
    if turned.shape[1] < shortest:
        raise ScriptError(
            "nnet_cnn:SeriesNetwork:SequenceTooShort",
            f"The sequences must have at least {shortest} time steps.",
            notes=(f"one has {turned.shape[1]}",),
        )
    return turned[:, :, None, :]


def sequences_out(network: Network, pieces: list[np.ndarray], in_cell: bool) -> Any:
    """The outputs (N×T×1×K) of batch after batch: one sequence as a matrix, several as a cell, a sequence each."""
    every = [one[:, 0, :] for piece in pieces for one in piece]
    if network.kind != "dlnetwork":
        every = [one.T for one in every]
    if len(every) == 1 and not in_cell:
        return norm(np.asfortranarray(every[0]))
    cell = np.empty((len(every), 1), OBJECT)
    cell[:, 0] = [norm(np.asfortranarray(one)) for one in every]
    return cell
