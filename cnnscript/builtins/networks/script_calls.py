"""Functions of a script as what layers compute: the engine's arrays in and out, and gradients by a tape.

The engine has N×H×W×C (sequences N×T×1×C).  A function sees dlarrays, height × width × channels × images, channels ×
images or channels × sequences × steps; one that is 'formattable' sees them with the labels SSCB, CB or CBT.  A class of
layers with a `backward` of its own sees single arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.code.traces import explained
from cnnscript.engine.recorded_networks import entering, leaving
from cnnscript.engine.recording import Record, Recording, as_tensor
from cnnscript.engine.script_operations import Computed
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError
from cnnscript.values.dlarrays import DLArray, dlarray
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm, size_text
from cnnscript.values.objects import Object

OURS = "nnet_cnn:layer:Layer:"  # identifiers of what is said of the functions of layers
DIMENSIONS = {
    "SSCB": "height x width x channels x images", "CBT": "channels x sequences x steps", "CB": "channels x images",
}  # fmt: skip


class ScriptCall:
    """What a layer computes by functions of the script.

    what       how errors call it
    outputs    how many it gives
    formatted  does it take and give dlarrays with labels?
    plain      does it take single arrays?
    """

    class_name = "FunctionLayer"
    has_backward = False
    nested = False
    states = 0

    def __init__(self, what: str, outputs: int, formatted: bool, plain: bool = False):
        self.what, self.outputs, self.formatted, self.plain = what, outputs, formatted, plain

    def call(self, nargout: int, numbers: list[Any], training: bool, values: list[Any]) -> Any:
        """The function itself.  numbers: learnables, then state, as values."""
        raise NotImplementedError

    def answers(self, training: bool) -> int:
        """How many outputs to ask it for: those of the layer, its new state, its memory."""
        return self.outputs

    # --------------------------------------------------------------------------------------------- what engines call
    def compute(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
                training: bool) -> Computed:  # fmt: skip
        values = [laid(x, form) for x, form in zip(arrays, forms, strict=True)]
        given = [norm(x) if self.plain else self.labelled(DLArray(norm(x)), form)
                 for x, form in zip(values, forms, strict=True)]  # fmt: skip
        results = self.results(training, self.values_of(numbers), given)
        outputs, labels = [], []
        for value in results[: self.outputs]:
            form = self.form_of(value, forms)
            array = self.array_of(value, form)
            outputs.append(from_value(array, form))
            labels.append(kind_of(form))
        self.require_count([len(one) for one in outputs], len(arrays[0]))
        state = [np.ascontiguousarray(self.array_of(value, ""), np.float32)
                 for value in results[self.outputs : self.outputs + self.states]]  # fmt: skip
        state = state or list(numbers[len(numbers) - self.states :])
        memory = results[self.outputs + self.states] if len(results) > self.outputs + self.states else None
        return Computed(outputs, labels, state, memory)

    def tried(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray]) -> Computed:
        return self.executed("predict", lambda: self.compute(forms, numbers, arrays, False))

    def executed(self, function: str, task: Callable[[], Any]) -> Any:
        """What a function gives; its own error, with its place, is the cause of the one that is told."""
        try:
            return task()
        except ScriptError as fault:
            if fault.identifier.startswith(OURS):
                raise
            raise ScriptError(
                OURS + "FunctionError",
                f"Error using '{function}' in layer {self.class_name}. The function threw an error and could not be "
                "executed.",
                causes=[explained(fault)],
            ) from None

    def record(self, forms: Sequence[str], numbers: Sequence[Any], tensors: Sequence[Any], training: bool) -> Computed:
        given = [self.labelled(DLArray(None, "", leaving(x, form)), form)
                 for x, form in zip(tensors, forms, strict=True)]  # fmt: skip
        results = self.results(training, self.records_of(numbers), given)
        outputs, labels = [], []
        for value in results[: self.outputs]:
            form = self.form_of(value, forms)
            outputs.append(self.tensor_of(value, form))
            labels.append(kind_of(form))
        self.require_count([one.shape[0] for one in outputs], tensors[0].shape[0])
        state = [tensorflow().transpose(self.reversed_of(value)) for value in results[self.outputs :][: self.states]]
        return Computed(outputs, labels, state or list(numbers[len(numbers) - self.states :]))

    def pull(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
             results: Sequence[np.ndarray], upstreams: Sequence[np.ndarray], memory: Any, training: bool
             ) -> list[np.ndarray]:  # fmt: skip
        """The function runs again, under a tape."""
        tf = tensorflow()
        with Recording() as recording:
            sources = [tf.constant(np.ascontiguousarray(x)) for x in (*arrays, *numbers)]
            for source in sources:
                recording.tape.watch(source)
            found = self.record(forms, sources[len(arrays) :], sources[: len(arrays)], training)
            targets = [*found.outputs, *found.state]
            losses = [tf.reshape(tf.cast(one, target.dtype), tf.shape(target))
                      for one, target in zip(upstreams, targets, strict=True)]  # fmt: skip
            with recording.tape.stop_recording():
                slopes = recording.tape.gradient(targets, sources, losses)
        return [np.zeros(source.shape, np.float32) if slope is None else tf.convert_to_tensor(slope).numpy()
                for source, slope in zip(sources, slopes, strict=True)]  # fmt: skip

    # ------------------------------------------------------------------------------------------------------- in and out
    def values_of(self, numbers: Sequence[np.ndarray]) -> list[Any]:
        """Learnables and state as values of the language."""
        held = [norm(np.asfortranarray(x)) for x in numbers]
        return held if self.plain else [DLArray(x) for x in held]

    def records_of(self, numbers: Sequence[Any]) -> list[Any]:
        """Learnables and state as dlarrays that are recorded."""
        return [DLArray(None, "", Record(tensorflow().transpose(x))) for x in numbers]

    def results(self, training: bool, numbers: list[Any], values: list[Any]) -> list[Any]:
        wanted = self.answers(training)
        found = self.call(wanted, numbers, training, values)
        results = list(found) if isinstance(found, tuple) else [found]
        if len(results) < wanted:
            raise self.refused(f"must give {wanted} outputs.", f"it gave {len(results)}")
        return results

    def labelled(self, value: DLArray, form: str) -> DLArray:
        """An input, with labels where the function takes them."""
        if not self.formatted:
            return value
        return dlarray(value.value, form) if value.record is None else DLArray(None, form, value.record)

    def form_of(self, value: Any, forms: Sequence[str]) -> str:
        """The labels of an output: its own, or those of the inputs."""
        if not self.formatted:
            return forms[0]
        if not isinstance(value, DLArray) or not value.labels:
            got = "a dlarray without labels" if isinstance(value, DLArray) else _named(value)
            raise self.refused("must give formatted dlarrays, as the layer is formattable.", f"it gave {got}")
        return value.labels

    def array_of(self, value: Any, form: str) -> np.ndarray:
        """What the script gave as an array with a dimension for each label."""
        if isinstance(value, DLArray):
            value = value.array() if form == value.labels and form else value.value
        if isinstance(value, Object) or value is None or not is_numeric(value):
            raise self.refused("must give a numeric array.", f"it gave {_named(value)}")
        array = as_array(value)
        if form and array.ndim > len(form):
            raise self.refused(f"must give {DIMENSIONS[form]}.", f"it gave {size_text(array.shape)}")
        if array.dtype.kind == "c":
            raise self.refused("must give real numbers.", "it gave complex ones")
        return array.reshape(array.shape + (1,) * (len(form) - array.ndim), order="F") if form else array

    def reversed_of(self, value: Any) -> Any:
        """What the script gave as a tensor whose dimensions stand in reverse order."""
        tf = tensorflow()
        if isinstance(value, DLArray) and value.record is not None:
            return tf.cast(value.record.tensor, tf.float32)
        return tf.cast(as_tensor(self.array_of(value, "")), tf.float32)

    def tensor_of(self, value: Any, form: str) -> Any:
        """An output as a tensor N×h×w×c."""
        recorded = isinstance(value, DLArray) and value.record is not None
        source = value.record if recorded else self.array_of(value, "")
        if len(source.shape) > len(form):
            raise self.refused(f"must give {DIMENSIONS.get(form, form)}.", f"it gave {size_text(source.shape)}")
        return entering(source, form)

    def require_count(self, counts: Sequence[int | None], wanted: int | None) -> None:
        for count in counts:
            if count != wanted:
                raise self.refused("must give as many images as it takes.", f"it took {wanted} and gave {count}")

    def refused(self, rule: str, got: str) -> ScriptError:
        what = self.what[0].upper() + self.what[1:]
        return ScriptError(OURS + "InvalidOutput", f"{what} {rule}", notes=(got,))


class FunctionCall(ScriptCall):
    """What a function layer computes."""

    def __init__(self, function: Function, outputs: int, formatted: bool):
        super().__init__("the function of a function layer", outputs, formatted)
        self.function = function

    def call(self, nargout: int, numbers: list[Any], training: bool, values: list[Any]) -> Any:
        return self.function.call(nargout, *values)


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


def from_value(array: np.ndarray, form: str) -> np.ndarray:
    """The way back: an array with a dimension for each label as N×H×W×C float32."""
    if form == "SSCB":
        return np.ascontiguousarray(array.transpose(3, 0, 1, 2), np.float32)
    if form == "CB":
        return np.ascontiguousarray(array.T[:, None, None], np.float32)
    if form == "CBT":
        return np.ascontiguousarray(array.transpose(1, 2, 0)[:, :, None], np.float32)
    return entering(array, form).numpy()


def _named(result: Any) -> str:
    return "nothing" if result is None else f"a {class_of(result)}"
