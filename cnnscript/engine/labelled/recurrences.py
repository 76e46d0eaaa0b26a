"""LSTM and GRU over the time of labelled arrays."""

from __future__ import annotations

from typing import Any

from cnnscript.engine import recurrent_layers as recurrent
from cnnscript.engine.labelled.arrangement import arranged, ranked
from cnnscript.engine.recurrent_operations import with_state
from cnnscript.engine.tensorflow_start import tensorflow


def recur(layer: recurrent.Recurrent, x: Any, labels: str, parameters: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The hidden states of all steps, with x's labels, and the states after the last step, H×N each.

    parameters: InputWeights (4H×C; gru 3H×C), RecurrentWeights, Bias, and the states to begin with, H×N or H×1; all in
    reverse order.
    """
    tf = tensorflow()
    flat, back = arranged(x, labels, "T")
    if "T" not in labels:
        flat = tf.expand_dims(flat, 1)
    count = flat.shape[0]
    given = {name: tf.transpose(parameters[name]) for name in ("InputWeights", "RecurrentWeights")}
    given["Bias"] = tf.reshape(parameters["Bias"], (-1,))
    for name in layer.state:
        start = ranked(parameters[name], "CB")
        given[name] = tf.repeat(start, count, 0) if start.shape[0] == 1 and count != 1 else start
    steps, ends = with_state(layer, given)(tf.expand_dims(flat, 2))
    steps = tf.squeeze(steps, 2) if "T" in labels else steps[:, 0, 0, :]
    return back(steps), {name: ends[name] for name in layer.state}
