"""Keras models of sequences: their LSTM layers as MATLAB's, with MATLAB's order of axes.

A model whose layers all take sequences step by step gets a sequence input and lstmLayer, bilstmLayer,
fullyConnectedLayer ... as importKerasNetwork makes them.  Any other model with such layers keeps them as Keras', on
inputs of a fixed size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.importing.keras_kinds import Made, Shape, described, function_name, number_array
from cnnscript.engine.recurrent_layers import LSTM, BiLSTM

STEP_BY_STEP = frozenset({"Dense", "Dropout", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Identity"})


def takes_sequences(function: Any, operations: Iterable[Any]) -> bool:
    """Are the inputs of a model sequences (N×T×C), and are all its layers such that MATLAB's do the same with them?"""
    found = list(operations)
    return (
        all(len(tensor.shape) == 3 and tensor.shape[2] is not None for tensor in function.inputs)
        and any(kind_of(one) is not None for one in found)
        and all(kind_of(one) is not None or is_step_by_step(one) for one in found)
    )


def is_step_by_step(layer: Any) -> bool:
    return type(layer).__module__.startswith("keras.src.layers.") and type(layer).__name__ in STEP_BY_STEP


def kind_of(layer: Any) -> type[LSTM] | None:
    """LSTM, BiLSTM, or None for what computes something else."""
    if not type(layer).__module__.startswith("keras.src.layers."):
        return None
    name = type(layer).__name__
    if name == "Bidirectional":
        halves = (layer.forward_layer, layer.backward_layer)
        return BiLSTM if layer.merge_mode == "concat" and all(is_plain_lstm(one) for one in halves) else None
    return LSTM if name == "LSTM" and is_plain_lstm(layer) and not layer.go_backwards else None


def is_plain_lstm(layer: Any) -> bool:
    """An LSTM with the functions that MATLAB's layer has, whose state nobody asks for."""
    return (
        type(layer).__name__ == "LSTM"
        and function_name(layer.activation) in ("tanh", "softsign")
        and function_name(layer.recurrent_activation) == "sigmoid"
        and not layer.return_state
    )


def described_in_sequences(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    """A layer of a model of sequences as layers of ours; a sequence N×T×C is at every step N×C."""
    kind = kind_of(layer)
    if kind is None:
        return described(layer, name, [shape if len(shape) == 2 else (shape[0], shape[2]) for shape in shapes])
    parts = [layer.forward_layer, layer.backward_layer] if kind is BiLSTM else [layer]
    first, units = parts[0], int(parts[0].units)
    made = kind(
        name=name, input_size=int(shapes[0][2]), num_hidden_units=units,
        output_mode="sequence" if first.return_sequences else "last",
        state_activation_function=function_name(first.activation),
    )  # fmt: skip
    # Keras keeps C×4H, the gates in MATLAB's order (input, forget, candidate, output)
    arrays = {
        "InputWeights": np.concatenate([number_array(one.cell.kernel).T for one in parts]),
        "RecurrentWeights": np.concatenate([number_array(one.cell.recurrent_kernel).T for one in parts]),
        "Bias": np.concatenate([bias_of(one, 4 * units) for one in parts]),
    }
    zeros = {name: np.zeros(len(parts) * units, np.float32) for name in made.state}
    return [Made(made, {**arrays, **zeros})]


def bias_of(layer: Any, count: int) -> np.ndarray:
    return number_array(layer.cell.bias) if layer.use_bias else np.zeros(count, np.float32)
