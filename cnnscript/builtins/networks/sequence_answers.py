"""What networks answer about sequences: padded mini-batches, or pieces of them through which states are carried on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnscript.builtins.networks.image_inputs import sequence_batches
from cnnscript.builtins.networks.sequence_inputs import SequenceBatch, gives_sequences, takes_sequences
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.engine.forward import forward
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Frames
from cnnscript.engine.questions import ask, check_state
from cnnscript.engine.recurrent_layers import Recurrent
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.sequences import pieces
from cnnscript.errors import ScriptError

WHOLE = 2**31  # steps: more than any sequence has
States = Mapping[str, Mapping[str, Any]]  # layer → state → tensor N×H


def answered(session: Any, network: Network, values: list[Any], numbers: list[int], options: Any
             ) -> tuple[list[list[np.ndarray]], list[np.ndarray]]:  # fmt: skip
    """For each layer the outputs of batch after batch (N×T×1×K for each step, else N×h×w×c), and for each batch where
    the steps of its observations are: N×T.

    options: batch_size, environment, acceleration and layouts
    """
    found: list[list[np.ndarray]] = [[] for _ in numbers]
    masks = []
    layouts: Layouts = options.layouts
    for batch in sequence_batches(session, network, values, options.batch_size, layouts):
        if isinstance(layouts.padding.length, str) and not any(isinstance(size, Frames) for size in network.sizes):
            outputs = ask(
                network, batch.inputs, numbers, batch_size=options.batch_size, environment=options.environment,
                acceleration=options.acceleration, progress=session.zoo.progress,
            )  # fmt: skip
        else:
            length = layouts.padding.length
            outputs, _ = in_pieces(
                network, batch, numbers, WHOLE if isinstance(length, str) else length, session.zoo.progress
            )
        for column, one in zip(found, outputs, strict=True):
            column.append(one)
        masks.append(batch.there)
    for column, number in zip(found, numbers, strict=True):
        if not column:  # no observation at all
            column.append(np.zeros((0, *network.sizes[number]), np.float32))
    return found, masks


def in_pieces(network: Network, batch: SequenceBatch, numbers: list[int], length: int, progress: Any
              ) -> tuple[list[np.ndarray], States]:  # fmt: skip
    """The outputs of layers for a batch that comes in pieces of so many steps, each going on from the states in which
    the one before ended; and the states in the end.  Outputs that are not for each step are those of the last piece."""
    check_state(network, len(batch.there), numbers)
    tensorflow(progress)
    states: States = {}
    columns: list[list[np.ndarray]] = [[] for _ in numbers]
    masks = tuple(batch.there if takes_sequences(network, number) else None for number in network.inputs)
    for piece in pieces_of_batch(batch.inputs, masks, length):
        outputs, ends = forward(network, dict(zip(network.inputs, piece, strict=True)), numbers, numbers=states)
        states = recurrent_states(network, ends)
        for column, one in zip(columns, outputs, strict=True):
            column.append(one.numpy())
    found = [
        np.concatenate(column, 1) if for_steps(network, number) else column[-1]
        for column, number in zip(columns, numbers, strict=True)
    ]
    return found, states


def for_steps(network: Network, number: int) -> bool:
    """Has an output of a layer steps?"""
    return gives_sequences(network, number) or isinstance(network.sizes[number], Frames)


def pieces_of_batch(inputs: list[np.ndarray], masks: tuple[np.ndarray | None, ...], length: int) -> list[list[Any]]:
    """The inputs cut into pieces, as tensors."""
    tf = tensorflow()
    cut = pieces(Batch(inputs, np.zeros(len(inputs[0])), masks), length)
    return [[tf.constant(np.ascontiguousarray(one, np.float32)) for one in piece.inputs] for piece in cut]


def recurrent_states(network: Network, ends: States) -> States:
    """Of all new state, that of recurrent layers."""
    names = {layer.name for layer in network.layers if isinstance(layer, Recurrent)}
    return {name: state for name, state in ends.items() if name in names}


def require_recurrent(network: Network, function: str) -> None:
    """MATLAB's functions that update a state take recurrent networks alone."""
    if not any(isinstance(layer, Recurrent) and layer.state for layer in network.layers):
        raise ScriptError(
            "nnet_cnn:SeriesNetwork:InvalidNetworkForUpdateState",
            f"Function {function} supports recurrent neural networks only.",
            notes=("the network has no layer with a state that goes from step to step",),
            hint="predict and classify take any network",
        )
