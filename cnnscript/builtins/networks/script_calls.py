"""Functions of a script as what layers compute: the engine's arrays in and out, and gradients by a tape.

The engine has N×H×W×C (sequences N×T×1×C).  A function sees single arrays, height × width × channels × images and
channels × sequences × steps; one that is 'formattable' sees dlarrays with the labels SSCB, CB or CBT.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.recorded_networks import entering
from cnnscript.engine.recording import Recording, as_tensor
from cnnscript.errors import ScriptError
from cnnscript.values.dlarrays import DLArray, dlarray
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm
from cnnscript.values.objects import Object

Steps = Sequence[bool]  # which arrays are sequences


@dataclass(frozen=True)
class ScriptCall:
    """What a layer computes by a function of the script.

    function   the number of outputs, then the inputs as values → a value, or a tuple of several
    what       how errors call it
    outputs    how many it gives
    formatted  does it take and give dlarrays with labels?
    """

    function: Callable[..., Any]
    what: str
    outputs: int = 1
    formatted: bool = False

    def __call__(self, steps: Steps, *arrays: np.ndarray) -> tuple[list[np.ndarray], list[str]]:
        """The outputs for these inputs, and their labels: CBT of sequences, CB of vectors, SSCB of maps."""
        count = len(arrays[0])
        forms = self.forms(steps, arrays)
        values = [norm(laid(x, form)) for x, form in zip(arrays, forms, strict=True)]
        if not self.formatted:
            found = [from_script(value, count, self.what, steps[0]) for value in self.results(values)]
            return found, [forms[0]] * len(found)
        labelled = [dlarray(value, form) for value, form in zip(values, forms, strict=True)]
        results = [self.with_labels(value) for value in self.results(labelled)]
        found = [entering(as_tensor(value.array()), value.labels).numpy() for value in results]
        for array in found:
            require_count(array, count, self.what)
        return found, [kind_of(value.labels) for value in results]

    def pull(self, steps: Steps, arrays: Sequence[np.ndarray], upstreams: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The losses by the inputs from those by the outputs: the function runs again, under a tape."""
        forms = self.forms(steps, arrays)
        with Recording() as recording:
            records = [recording.begin(laid(x, form)) for x, form in zip(arrays, forms, strict=True)]
            given = [DLArray(None, form if self.formatted else "", record)
                     for form, record in zip(forms, records, strict=True)]  # fmt: skip
            outputs, losses = [], []
            for value, upstream in zip(self.results(given), upstreams, strict=True):
                if not isinstance(value, DLArray) or value.record is None:
                    continue  # a constant
                tensor = value.record.tensor
                outputs.append(entering(tensor, value.labels) if self.formatted else tensor)
                losses.append(upstream if self.formatted else laid(upstream, "CBT" if steps[0] else "SSCB").T)
            found = recording.pulled(outputs, losses, records)
        return [taken(loss, form, x.shape) for loss, form, x in zip(found, forms, arrays, strict=True)]

    def forms(self, steps: Steps, arrays: Sequence[np.ndarray]) -> list[str]:
        """How the dimensions of each input lie: CBT of sequences, SSCB of maps; CB of vectors that have labels."""
        return [
            "CBT" if many else "CB" if self.formatted and x.shape[1:3] == (1, 1) else "SSCB"
            for many, x in zip(steps, arrays, strict=True)
        ]

    def results(self, values: list[Any]) -> list[Any]:
        found = self.function(self.outputs, *values)
        results = list(found) if isinstance(found, tuple) else [found]
        if len(results) < self.outputs:
            raise _not_maps(f"{self.what} must give {self.outputs} outputs.", [f"it gave {len(results)}"])
        return results[: self.outputs]

    def with_labels(self, value: Any) -> DLArray:
        if not isinstance(value, DLArray) or not value.labels:
            got = "a dlarray without labels" if isinstance(value, DLArray) else _named(value)
            message = f"{self.what} must give formatted dlarrays, as the layer is formattable."
            raise _not_maps(message, [f"it gave {got}"])
        return value


def by_tape(call: ScriptCall) -> Callable[..., list[np.ndarray]]:
    """The gradient of a layer that has none of its own."""
    return lambda steps, inputs, outputs, upstreams: call.pull(steps, inputs, upstreams)


def function_call(function: Function, outputs: int, formatted: bool) -> ScriptCall:
    """What a function layer computes."""
    return ScriptCall(function.call, "the function of a function layer", outputs, formatted)


def kind_of(labels: str) -> str:
    if "T" in labels:
        return "CBT"
    return "SSCB" if "S" in labels else "CB"


def laid(array: np.ndarray, form: str) -> np.ndarray:
    """N×H×W×C (N×T×1×C) in the order of the labels, column-major singles."""
    array = np.asarray(array, np.float32)
    if form == "CBT":
        turned = array[:, :, 0, :].transpose(2, 0, 1)
    else:
        turned = array[:, 0, 0, :].T if form == "CB" else array.transpose(1, 2, 3, 0)
    return np.asfortranarray(turned)


def taken(array: np.ndarray, form: str, shape: tuple[int, ...]) -> np.ndarray:
    """The way back, to an array of that shape."""
    count, height, width, channels = shape
    if form == "CBT":
        return array.reshape(channels, count, height, order="F").transpose(1, 2, 0)[:, :, None]
    if form == "CB":
        return array.reshape(channels, count, order="F").T[:, None, None]
    return array.reshape(height, width, channels, count, order="F").transpose(3, 0, 1, 2)


def from_script(result: Any, count: int, what: str, steps: bool) -> np.ndarray:
    """What the script gave for `count` images (or sequences) as N×H×W×C float32."""
    if isinstance(result, DLArray):
        result = result.value
    if isinstance(result, Object) or result is None or not is_numeric(result):
        raise _not_maps(f"{what} must give a numeric array.", [f"it gave {_named(result)}"])
    array = as_array(result)
    if array.ndim > 4 - steps:
        size = "channels x sequences x steps" if steps else "height x width x channels x images"
        raise _not_maps(f"{what} must give {size}.", [f"it gave {array.ndim} dimensions"])
    whole = array.reshape(array.shape + (1,) * (4 - steps - array.ndim), order="F")
    if steps:
        whole = whole.transpose(2, 0, 1)[:, None]  # T×1×C×N
    turned = np.ascontiguousarray(whole.transpose(3, 0, 1, 2), np.float32)
    require_count(turned, count, what)
    return turned


def require_count(array: np.ndarray, count: int, what: str) -> None:
    if len(array) != count:
        raise _not_maps(f"{what} must give as many images as it takes.", [f"it took {count} and gave {len(array)}"])


def _named(result: Any) -> str:
    return "nothing" if result is None else f"a {class_of(result)}"


def _not_maps(message: str, notes: Sequence[str]) -> ScriptError:
    return ScriptError("nnet_cnn:layer:Layer:InvalidOutput", message[0].upper() + message[1:], notes=tuple(notes))
