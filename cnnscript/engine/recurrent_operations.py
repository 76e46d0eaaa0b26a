"""What the layers of recurrent_layers compute (see operations.py).  Sequences are N×T×1×C."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cnnscript.engine import recurrent_layers as recurrent
from cnnscript.engine.layers import Layer
from cnnscript.engine.tensorflow_start import tensorflow

Operation = Callable[..., Any]
Parameters = Mapping[str, Any]


def _activation(word: str) -> Operation:
    tf = tensorflow()
    return {
        "tanh": tf.tanh,
        "softsign": tf.nn.softsign,
        "relu": tf.nn.relu,
        "sigmoid": tf.sigmoid,
        "hard-sigmoid": lambda x: tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0),
    }[word]


def _whole(steps: Any, layer: recurrent.Recurrent) -> Any:
    """Outputs of all steps, T×N×H, as the layer gives them: N×T×1×H, or of the last step alone."""
    tf = tensorflow()
    kept = steps[-1:] if layer.output_mode == "last" else steps
    return tf.transpose(kept, (1, 0, 2))[:, :, None, :]


def with_state(layer: recurrent.Recurrent, parameters: Parameters) -> Callable[..., tuple[Any, dict[str, Any]]]:
    """N×T×1×C (and states N×1×1×H, where they are inputs) → what the layer gives, and the state that it ends in and
    keeps: {'HiddenState': N×H, ...}."""
    make = _gru if isinstance(layer, recurrent.GRU) else _lstm

    def compute(x, *states):
        begun = {name: state[:, 0, 0, :] for name, state in zip(layer.states, states, strict=False)}
        out, ends = make(layer, {**parameters, **begun})(x)
        given = [out, *(end[:, None, None, :] for end in ends.values())] if layer.has_state_outputs else out
        return given, {} if layer.has_state_inputs else ends

    return compute


def _without_state(layer: recurrent.Recurrent, parameters: Parameters) -> Operation:
    compute = with_state(layer, parameters)
    return lambda *inputs: compute(*inputs)[0]


def _of_each(state: Any, x: Any) -> Any:
    """A state to start from, H or N×H, as N×H for inputs T×N×C."""
    tf = tensorflow()
    return tf.repeat(state[None], tf.shape(x)[1], 0) if len(state.shape) == 1 else tf.identity(state)


def _lstm_steps(layer: recurrent.LSTM, x: Any, weights: Any, again: Any, bias: Any, hidden: Any, cell: Any) -> Any:
    """T×N×H outputs and cells of T×N×C inputs; weights C×4H, again H×4H."""
    tf = tensorflow()
    gate, activate = _activation(layer.gate_activation_function), _activation(layer.state_activation_function)
    start = (_of_each(hidden, x), _of_each(cell, x))

    def step(state, given):
        h, c = state
        i, f, g, o = tf.split(given + tf.matmul(h, again), 4, -1)
        c = gate(f) * c + gate(i) * activate(g)
        return gate(o) * activate(c), c

    return tf.scan(step, tf.tensordot(x, weights, 1) + bias, start)


def _lstm(layer: recurrent.LSTM, parameters: Parameters) -> Callable[..., tuple[Any, dict[str, Any]]]:
    tf = tensorflow()
    count = layer.directions

    def compute(x):
        inputs = tf.transpose(x[:, :, 0, :], (1, 0, 2))
        halves = [tf.split(parameters[name], count) for name in layer.learnables]
        halves += [tf.split(parameters[name], count, -1) for name in layer.states]
        outputs, ends = [], []
        for side, (weights, again, bias, hidden, cell) in enumerate(zip(*halves, strict=True)):
            turned = inputs[::-1] if side else inputs
            steps, cells = _lstm_steps(layer, turned, tf.transpose(weights), tf.transpose(again), bias, hidden, cell)
            outputs.append(steps[::-1] if side and layer.output_mode != "last" else steps)
            ends.append((steps[-1], cells[-1]))
        state = {name: tf.concat(parts, -1) for name, parts in zip(layer.states, zip(*ends, strict=True), strict=True)}
        return _whole(tf.concat(outputs, -1), layer), state

    return compute


def _gru(layer: recurrent.GRU, parameters: Parameters) -> Callable[..., tuple[Any, dict[str, Any]]]:
    tf = tensorflow()
    units = layer.num_hidden_units
    gate, activate = _activation(layer.gate_activation_function), _activation(layer.state_activation_function)

    def compute(x):
        inputs = tf.transpose(x[:, :, 0, :], (1, 0, 2))
        weights, again = tf.transpose(parameters["InputWeights"]), tf.transpose(parameters["RecurrentWeights"])
        bias, later = parameters["Bias"][: 3 * units], parameters["Bias"][3 * units :]
        start = _of_each(parameters["HiddenState"], inputs)

        def step(h, given):
            if layer.reset_gate_mode == "before-multiplication":
                r, z = tf.split(gate(given[:, : 2 * units] + tf.matmul(h, again[:, : 2 * units])), 2, -1)
                candidate = activate(given[:, 2 * units :] + tf.matmul(r * h, again[:, 2 * units :]))
            else:
                turned = tf.matmul(h, again) + (later if layer.bias_length() > 3 * units else 0.0)
                r, z = tf.split(gate(given[:, : 2 * units] + turned[:, : 2 * units]), 2, -1)
                candidate = activate(given[:, 2 * units :] + r * turned[:, 2 * units :])
            return (1 - z) * candidate + z * h

        steps = tf.scan(step, tf.tensordot(inputs, weights, 1) + bias, start)
        return _whole(steps, layer), {"HiddenState": steps[-1]}

    return compute


def _word_embedding(layer: recurrent.WordEmbedding, parameters: Parameters) -> Operation:
    """Words that are not known (0, or beyond the last) are vectors of zeros."""
    tf = tensorflow()

    def compute(x):
        number = tf.cast(tf.round(x[..., 0]), tf.int32)
        there = (number >= 1) & (number <= layer.num_words)
        vectors = tf.gather(tf.transpose(parameters["Weights"]), tf.where(there, number - 1, 0))
        return vectors * tf.cast(there[..., None], vectors.dtype)

    return compute


def _as_it_is(layer: Layer, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x, *others: tf.identity(x)


MAKERS: dict[type[Layer], Callable[[Any, Parameters], Operation]] = {
    recurrent.LSTM: _without_state,
    recurrent.BiLSTM: _without_state,
    recurrent.GRU: _without_state,
    recurrent.WordEmbedding: _word_embedding,
    recurrent.SequenceFolding: _as_it_is,
    recurrent.SequenceUnfolding: _as_it_is,
}
