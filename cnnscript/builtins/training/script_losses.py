"""Losses that the script computes: functions of dlarrays, differentiated as dlgradient would, and the forwardLoss of
output layers of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_properties import class_categories
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.recorded_networks import leaving
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.goals import Goal, Measure
from cnnscript.engine.training.metrics import accuracy, hot, root_mean_square
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, is_numeric, norm, size_of


def script_loss(session: Any, function: Function, labels: str) -> Measure:
    """loss = f(Y,T): the network's output and the targets as dlarrays of one format.

    labels   of the output; targets that are numbers of classes the function gets as one-hot vectors

    Outputs for the padding of sequences are in Y, too, as MATLAB hands them on; T is 0 there.
    """

    def loss(output, targets):
        return as_loss(session.call(function, 1, *labelled_pair(output, targets, labels)), function.text)

    return loss


def labelled_pair(output: Any, targets: Any, labels: str) -> tuple[DLArray, DLArray]:
    """An output as the tape knows it, and its targets (classes one-hot), as dlarrays."""
    y = DLArray(None, labels, leaving(output, labels))
    return y, DLArray(DLArray(None, labels, leaving(hot(targets, output), labels)).value, labels)


def as_loss(value: Any, source: str) -> Any:
    """The scalar that the script gave, as a tensor that the tape knows."""
    tf = tensorflow()
    if not isinstance(value, DLArray) or value.record is None or set(value.size()) != {1}:
        raise ScriptError(
            "nnet_cnn:trainnet:InvalidLoss",
            "The loss function must return a dlarray scalar that depends on the output of the network.",
            notes=(f"{source} gave {take.described(value)}",),
        )
    return tf.cast(tf.reshape(value.record.tensor, []), tf.float32)


# ------------------------------------------------------------------------------------------ output layers of the script


def tells_classes(layer: CustomLayer) -> bool:
    return "nnet.layer.ClassificationLayer" in layer.instance.ancestors


def with_class_names(layer: CustomLayer, classes: tuple[str, ...]) -> CustomLayer:
    """The layer, and the object that it is, told the classes."""
    instance = layer.instance.copied()
    places = np.arange(1, len(classes) + 1).reshape(-1, 1)
    instance.values.update({"Classes": class_categories(classes, places), "OutputSize": float(len(classes))})
    return replace(layer, classes=classes, instance=instance)


def goal_of_own_layer(layer: CustomLayer, labels: str = "SSCB") -> Goal:
    """loss = forwardLoss(layer,Y,T): Y and T height×width×channels×N, T one-hot for classes; channels×N in a network of
    sequences (labels 'CB'), channels×N×steps where it gives an output for each step ('CBT'), with the padding, for
    which T is 0.

    Gradients are those of its backwardLoss where it has one (Y and T are plain arrays then), else the tape's.
    """
    classes = tells_classes(layer)
    metric = accuracy() if classes else root_mean_square(of_batch=True)
    return Goal(own_loss(layer, classes, labels), (metric,), classes, padded=True)


def own_loss(layer: CustomLayer, classes: bool, labels: str) -> Measure:
    instance = layer.instance
    forward, backward = (instance.definition.find_method(name) for name in ("forwardLoss", "backwardLoss"))
    if forward is None:
        raise ScriptError(
            "nnet_cnn:layer:Layer:NoForwardLoss",
            f"The class '{instance.class_name}' has no function 'forwardLoss'.",
            hint="an output layer needs function loss = forwardLoss(layer, Y, T)",
        )
    what, of_backward = (f"{name} of {instance.class_name}" for name in ("forwardLoss", "backwardLoss"))

    def on_the_tape(output, targets):
        y, t = (DLArray(None, "", leaving(one, labels)) for one in (output, targets))
        return as_loss(forward.call(1, instance, y, DLArray(t.value, "")), what)

    def on_arrays(output, targets):
        tf = tensorflow()
        t = laid(targets, labels)

        @tf.custom_gradient
        def compute(scores):
            y = laid(scores, labels)
            value = float(own_array(forward.call(1, instance, y, t), (1, 1), what).item())

            def pull(upstream):
                found = own_array(backward.call(1, instance, y, t), size_of(y), of_backward)
                return upstream * raised(found.astype(np.float32), scores.shape, labels)

            return tf.constant(value, tf.float32), pull

        return compute(output)

    def loss(output, targets):
        tf = tensorflow()
        if classes:
            targets = tf.one_hot(targets, output.shape[-1], dtype=output.dtype)
        return (on_the_tape if backward is None else on_arrays)(output, targets)

    return loss


def own_array(value: Any, shape: tuple[int, ...], source: str) -> np.ndarray:
    """What a function of an output layer gave, which must have as many numbers as a shape."""
    plain = value.value if isinstance(value, DLArray) else value
    if not is_numeric(plain) or as_array(plain).size != int(np.prod(shape)):
        raise ScriptError(
            "nnet_cnn:layer:Layer:LossOutputSize",
            f"{source} must give a numeric array of size {'x'.join(map(str, shape))}.",
            notes=(f"it gave {take.described(value)}",),
        )
    return as_array(plain)


def laid(tensor: Any, labels: str) -> Any:
    """N×h×w×c as the array h×w×c×N that the script sees, N×1×1×c as c×N ('CB'), N×T×1×c as c×N×T ('CBT')."""
    array = tensor.numpy()
    if labels == "SSCB":
        return norm(np.asfortranarray(array.transpose(1, 2, 3, 0)))
    whole = array[:, :, 0].transpose(2, 0, 1)
    return norm(np.asfortranarray(whole if labels == "CBT" else whole[:, :, 0]))


def raised(array: np.ndarray, shape: Any, labels: str) -> np.ndarray:
    """What `laid` gave as an array N×h×w×c, or N×T×1×c, of that shape again."""
    count, height, width, channels = shape
    if labels != "SSCB":
        return array.reshape((channels, count, height), order="F").transpose(1, 2, 0)[:, :, None]
    return array.reshape((height, width, channels, count), order="F").transpose(3, 0, 1, 2)
