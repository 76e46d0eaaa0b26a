"""Losses that are functions of the script: of dlarrays, differentiated as dlgradient would."""

from __future__ import annotations

from typing import Any

from cnnscript.engine.recorded_networks import leaving
from cnnscript.engine.recording import Record
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.goals import Measure
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.functions import Function


def script_loss(session: Any, function: Function, labels: str, classes: bool) -> Measure:
    """loss = f(Y,T): the network's output and the targets as dlarrays of one format.

    labels   of the output; classes: targets are numbers of classes, which the function gets as one-hot vectors
    """

    def loss(output, targets):
        tf = tensorflow()
        if classes:
            targets = tf.one_hot(targets, output.shape[-1], dtype=output.dtype)
        y = DLArray(None, labels, Record(leaving(output, labels)))
        t = DLArray(DLArray(None, labels, Record(leaving(targets, labels))).value, labels)
        value = session.call(function, 1, y, t)
        if not isinstance(value, DLArray) or value.record is None or value.size() != (1, 1):
            raise ScriptError(
                "nnet_cnn:trainnet:InvalidLoss",
                "The loss function must return a dlarray scalar that depends on the output of the network.",
                notes=(f"{function.text} gave {take.described(value)}",),
            )
        return tf.cast(tf.reshape(value.record.tensor, []), tf.float32)

    return loss
