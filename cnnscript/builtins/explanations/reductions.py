"""Scores that a script's function reduces: its gradient at the outputs is what these are weighted with."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.automatic_differentiation import begun, gradients
from cnnscript.builtins.networks.dlarray_passes import unrecorded
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask
from cnnscript.engine.recorded_networks import labels_of
from cnnscript.engine.recording import Recording
from cnnscript.errors import ScriptError
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of, size_of, size_text


def reduced(session: Any, function: Function, network: Network, images: np.ndarray, layer: int,
            environment: str = "auto") -> np.ndarray:  # fmt: skip
    """Weights N×h×w×c: how the function's value changes with each output of a layer, for each image.

    function  a handle: the outputs of one image as a labelled dlarray to a dlarray scalar
    """
    (outputs,) = ask(network, images, [layer], environment=environment)
    labels = labels_of(network, layer)
    return np.concatenate([slope_at(session, function, outputs[k : k + 1], labels) for k in range(len(outputs))])


def slope_at(session: Any, function: Function, output: np.ndarray, labels: str) -> np.ndarray:
    """The gradient of the function at one output 1×h×w×c."""
    with Recording() as tape:
        given = begun(unrecorded(output, labels), tape)
        value = session.call(function, 1, given)
        if not isinstance(value, DLArray) or value.record is None or any(n != 1 for n in value.size()):
            raise ScriptError(
                "deep:gradCAM:ReductionNotScalar",
                "The reduction function must reduce the output of the reduction layer to a dlarray scalar.",
                notes=(
                    f"it was given {size_text(given.size(), '×')} of format '{labels}'",
                    f"it gave a {size_text(size_of(value), '×')} {class_of(value)}"
                    + (" that does not depend on it" if isinstance(value, DLArray) and value.record is None else ""),
                ),
                hint="@(x) sum(x,'all') or @(x) x(k)",
            )
        (slope,) = gradients(tape, value.record, [given], higher=False)
    numbers = np.asarray(slope.array(), np.float32)
    if labels == "CB":
        return numbers.reshape(1, 1, 1, -1)
    if labels == "CBT":
        return numbers.reshape(numbers.shape[0], -1).T[None, :, None, :]
    return numbers.reshape(output.shape[1:], order="F")[None]
