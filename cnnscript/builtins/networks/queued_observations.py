"""A minibatchqueue as data of trainnet, testnet and minibatchpredict: what its mini-batches hold, one by one.

That these functions take a queue is seen in kept scripts. From memory of the manual is that MiniBatchSize of the
function (or of trainingOptions) counts, not that of the queue, and that Shuffle applies: scripts give the same size to
both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import CHOOSING, READING, Datastore, no_more
from cnnscript.builtins.data.mini_batch_queues import MiniBatchQueue
from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray, norm, size_text
from cnnscript.values.text import String, texts_or_none


class QueuedObservations(Datastore):
    """The observations in the mini-batches of a queue, of which it reads its own copy.

    formats  for each output the letters of dimensions, where the queue labels none; '' for the usual ones
    inputs   the input layers, to which the first outputs belong
    """

    class_name = "minibatchqueue"

    def __init__(self, queue: MiniBatchQueue, formats: Sequence[str], inputs: Sequence[Layer]):
        self.queue, self.formats, self.inputs = queue.upon(queue.store.copied()), list(formats), list(inputs)
        self.methods = READING | CHOOSING if set(queue.store.methods) >= CHOOSING else READING

    def copied(self) -> QueuedObservations:
        return QueuedObservations(self.queue, self.formats, self.inputs)

    def rewind(self) -> None:
        self.queue.rewind()

    def chosen(self, places: Sequence[int]) -> QueuedObservations:
        return QueuedObservations(self.queue.upon(self.queue.store.chosen(places)), self.formats, self.inputs)

    def observations(self) -> int:
        count, most = self.queue.store.observations(), self.queue.most
        return count - count % most if self.queue.discards else count

    def has_more(self) -> bool:
        waiting = len(self.queue.waiting)
        return self.queue.store.has_more() or waiting >= (self.queue.most if self.queue.discards else 1)

    def read(self, session: Any) -> tuple[Any, Any]:
        """A row for each observation of the next mini-batch, a column for each output."""
        if not self.has_more():
            raise no_more()
        if not self.queue.filled(session):  # too few are left for a whole one
            return np.empty((0, len(self.queue.outputs)), object, order="F"), None
        columns = [self.alone(value, k) for k, value in enumerate(self.queue.batch(session))]
        counts = [len(column) for column in columns]
        if len(set(counts)) > 1:
            raise ScriptError(
                "nnet_cnn:minibatchqueue:ObservationsDisagree",
                "All outputs of the minibatchqueue must have the same number of observations.",
                notes=("they have " + ", ".join(map(str, counts)),),
                hint="MiniBatchFormat=[\"SSCB\" \"CB\"] says which dimension B they lie along",
            )  # fmt: skip
        made = np.empty((counts[0], len(columns)), object, order="F")
        for k, column in enumerate(columns):
            made[:, k] = [None] * len(column)
            for row, one in enumerate(column):
                made[row, k] = one
        return made, None

    def alone(self, value: Any, number: int) -> list[Any]:
        """The observations in an output, each as a datastore would read it: h×w×c, 1×c, or steps×c of sequences."""
        word = value.labels if isinstance(value, DLArray) else ""
        plain = value.value if isinstance(value, DLArray) else value
        if is_cell(plain):
            return plain.ravel("F").tolist()
        array = plain.codes if type(plain) is Categorical else plain
        if not (type(plain) is Categorical or is_numeric(plain) or type(plain) is ndarray and plain.dtype == bool):
            raise self.refused(number, "Outputs of the minibatchqueue must be arrays of numbers or categories.")
        array = as_array(array)
        if type(plain) is Categorical and not word and array.size == max(array.shape):
            array, word = array.reshape(-1, 1), "BC"
        word = word or self.formats[number] or self.usual(array, number)
        pieces = in_pieces(array, word, self.order(word, number))
        if pieces is None:
            raise self.refused(number, f"An output {size_text(array.shape)} of format '{word}' is not taken.")
        return [Categorical(one, plain.names) if type(plain) is Categorical else norm(one) for one in pieces]

    def order(self, word: str, number: int) -> str:
        """The dimensions of an observation as data of the network have them; of sequences as the option says."""
        option = self.formats[number]
        if "T" in option and option.count("S") == word.count("S"):
            return option.replace("B", "")
        return ("SSC" + "T" * ("T" in word)) if "S" in word else "TC"

    def usual(self, array: np.ndarray, number: int) -> str:
        """The format of an array that has none."""
        layer = self.inputs[number] if number < len(self.inputs) else None
        if isinstance(layer, SequenceInput):
            return "SSCTB" if layer.image_size else "TCB"
        if layer is not None:
            return "BC" if isinstance(layer, FeatureInput) else "SSCB"
        of_steps = array.ndim == 3 and any(isinstance(one, SequenceInput) for one in self.inputs)
        return "TCB" if of_steps else "BC" if array.ndim == 2 else "SSCB"

    def refused(self, number: int, message: str) -> ScriptError:
        return ScriptError(
            "nnet_cnn:minibatchqueue:UnknownOutput", message, notes=(f"it is output {number + 1}",),
            hint="MiniBatchFormat names a letter for each dimension: \"SSCB\" of images, \"CB\" of vectors",
        )  # fmt: skip


def in_pieces(array: np.ndarray, word: str, order: str) -> list[np.ndarray] | None:
    """What lies along B, each with its dimensions in the order; None where the letters do not fit."""
    spaces = word.count("S")
    letters = word.replace("S", "")
    fits = spaces == order.count("S") and len(set(letters)) == len(letters) and set(letters) <= set(order + "B")
    if not fits or array.ndim > max(len(word), 2):
        return None
    whole = array.reshape((*array.shape, *[1] * len(word))[: max(len(word), 2)], order="F")
    shape, axes, where = [], [], [k for k, letter in enumerate(word) if letter == "S"]
    for letter in order + "B":
        axis = where.pop(0) if letter == "S" else word.find(letter)
        shape.append(1 if axis < 0 else whole.shape[axis])
        axes += [] if axis < 0 else [axis]
    axes += [axis for axis in range(whole.ndim) if axis not in axes]  # of length 1, beyond the letters
    turned = whole.transpose(axes).reshape(shape, order="F")
    return [np.asfortranarray(turned[..., k]) for k in range(turned.shape[-1])]


def unqueued(values: Sequence[Any], formats: Mapping[str, Any], inputs: Sequence[Layer], size: float
             ) -> tuple[list[Any], dict[str, Any]]:  # fmt: skip
    """The data of a function, a queue among them as a datastore; and the formats that are still to be looked at.

    formats  InputDataFormats and maybe TargetDataFormats, which hold for outputs that the queue labels not
    size     the observations of a mini-batch
    """
    kept = dict(formats)
    queue = values[0]
    if not isinstance(queue, MiniBatchQueue):
        return list(values), kept
    words = named(kept["InputDataFormats"], len(inputs)) + named(kept.get("TargetDataFormats"), 1)
    resized = queue.upon(queue.store)
    resized.most = int(size)
    if resized.discards and "numobservations" in queue.store.methods:
        resized.most = max(1, min(resized.most, queue.store.observations()))  # else all were discarded
    padded = (words + [""] * len(queue.outputs))[: len(queue.outputs)]
    if not any("T" in word for word in words):  # others are in the usual order now
        kept |= {name: String.of("auto") for name in ("InputDataFormats", "TargetDataFormats") if name in kept}
    return [QueuedObservations(resized, padded, inputs), *values[1:]], kept


def named(formats: Any, count: int) -> list[str]:
    """The formats of an option, '' for each where it is "auto"."""
    words = texts_or_none(formats) or []
    return [""] * count if [word.lower() for word in words] in ([], ["auto"]) else [word.upper() for word in words]
