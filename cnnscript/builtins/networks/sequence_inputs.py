"""Sequences that come to a network and leave it, in the forms scripts have them.

A SeriesNetwork or DAGNetwork takes and gives features×steps, one sequence as a matrix, several in a cell; a dlnetwork
steps×features.  The sequences of a mini-batch are padded (or cut) to one length; outputs for each step are without the
padding again, but those of minibatchpredict (MathWorks' example of time series forecasting compares the former with
targets as they are, and cuts the latter itself).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.networks.sequence_layouts import Layouts, one_sequence, sequences_in
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Steps
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.engine.training.sequences import Padding, padded, there
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.text import text_or_none

PREDICTION = "prediction"


@dataclass(frozen=True)
class SequenceBatch:
    """Observations of one length, an array for each input, and where their steps are: N×T, None without sequences."""

    inputs: list[np.ndarray]
    there: np.ndarray


def padding_of(length: Any, value: Any, direction: Any) -> Padding:
    """SequenceLength, SequencePaddingValue and SequencePaddingDirection, checked."""
    if text_or_none(length) is None:
        length = take.positive(length, "SequenceLength")
    else:
        length = take.choice(length, ("longest", "shortest"), "SequenceLength")
    side = take.choice(direction, ("right", "left"), "SequencePaddingDirection")
    return Padding(length, take.number(value, "SequencePaddingValue"), side == "left")


def takes_sequences(network: Network, number: int) -> bool:
    """Is the layer an input of sequences?"""
    return isinstance(network.layers[number], SequenceInput)


def gives_sequences(network: Network, number: int) -> bool:
    """Does a layer give an output for each step?"""
    return isinstance(network.sizes[number], Steps)


def one_row(network: Network, number: int, value: Any, layouts: Layouts, place: int = 0) -> np.ndarray:
    """One observation of an input of sequences, T×1×C."""
    layer = network.layers[number]
    assert isinstance(layer, SequenceInput)
    return one_sequence(value, layouts.of_input(place, bool(layer.image_size), several=False), layer, PREDICTION)


def rows_of_array(network: Network, number: int, value: Any, layouts: Layouts, place: int = 0) -> list[np.ndarray]:
    """The observations of an array of sequences."""
    layer = network.layers[number]
    assert isinstance(layer, SequenceInput)
    return sequences_in(value, layer, place, layouts, PREDICTION)


def gathered(network: Network, rows: Iterator[list[np.ndarray]], most: int, padding: Padding
             ) -> Iterator[SequenceBatch]:  # fmt: skip
    """Observations, an array for each input (of sequences T×..., else 1×H×W×C), as padded mini-batches."""
    held: list[list[np.ndarray]] = []
    for row in rows:
        held.append(row)
        if len(held) == most:
            yield together(network, held, padding)
            held = []
    if held:
        yield together(network, held, padding)


def together(network: Network, rows: list[list[np.ndarray]], padding: Padding) -> SequenceBatch:
    inputs, mask = [], None
    for k, number in enumerate(network.inputs):
        column = [row[k] for row in rows]
        if takes_sequences(network, number):
            inputs.append(padded(column, padding))
            mask = there([len(one) for one in column], padding) if mask is None else mask
        else:
            inputs.append(np.concatenate(column))
    assert mask is not None  # one input at least takes sequences
    return SequenceBatch(inputs, mask)


def alone(pieces: list[np.ndarray], masks: list[np.ndarray] | None = None) -> list[np.ndarray]:
    """The outputs (N×T×...) of batch after batch one by one, T×...; of each the steps that its mask (N×T) has.  Outputs
    of another number of steps than the input keep theirs."""
    if masks is None:
        return [one for piece in pieces for one in piece]
    return [
        one[steps] if len(one) == len(steps) else one
        for piece, mask in zip(pieces, masks, strict=True) for one, steps in zip(piece, mask, strict=True)
    ]  # fmt: skip


def sequences_out(network: Network, every: list[np.ndarray], in_cell: bool) -> Any:
    """Outputs T×1×K: one as a matrix, several as a cell, a sequence each."""
    if len(every) == 1 and not in_cell:
        return laid(network, every[0][:, 0])
    return cell_of(network, every)


def sequences_of_images_out(every: list[np.ndarray], in_cell: bool) -> Any:
    """Outputs T×h×w×c as h×w×c×T arrays, several in a cell."""
    arrays = [norm(np.asfortranarray(one.transpose(1, 2, 3, 0))) for one in every]
    if len(arrays) == 1 and not in_cell:
        return arrays[0]
    cell = np.empty((len(arrays), 1), OBJECT)
    cell[:, 0] = arrays
    return cell


def cell_of(network: Network, every: list[np.ndarray]) -> np.ndarray:
    """N×1 cell of sequences, each T×1×K here."""
    cell = np.empty((len(every), 1), OBJECT)
    cell[:, 0] = [laid(network, one[:, 0]) for one in every]
    return cell


def laid(network: Network, steps: np.ndarray) -> Any:
    """T×K as the network's class shows it."""
    return norm(np.asfortranarray(steps if network.kind == "dlnetwork" else steps.T))


def as_array_of_steps(pieces: list[np.ndarray], padding: Padding) -> np.ndarray:
    """The outputs (N×T×1×K) of batch after batch as one T×K×N array, padded to the longest."""
    every = [np.ascontiguousarray(one[:, 0]) for piece in pieces for one in piece]
    whole = padded(every, Padding("longest", padding.value, padding.left))
    return np.asfortranarray(whole.transpose(1, 2, 0))
