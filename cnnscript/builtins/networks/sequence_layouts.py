"""The arrays in which scripts have sequences, as the engine takes them: T×1×C, of images T×H×W×C.

trainNetwork takes features×steps, trainnet steps×channels; both height×width×channels×steps of images.  Letters in
another order (InputDataFormats, TargetDataFormats) say another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.engine.training.sequences import Padding
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray

NOT_SEQUENCES = (
    "Invalid {} data. Predictors must be a numeric array, a datastore, or a table. For networks with sequence input, "
    "predictors can also be a cell array of sequences."
)
PREDICTORS = (
    "Invalid {} data. Predictors must be a N-by-1 cell array of sequences, where N is the number of sequences. All "
    "sequences must have the same feature dimension and at least one time step."
)


@dataclass(frozen=True)
class Layouts:
    """How sequences lie in the arrays of a script, and what is done about their lengths.

    steps_first  are rows steps (trainnet's data), not features (trainNetwork's)?
    inputs       the letters of each input's dimensions, '' where they are the usual ones; () of none
    target       those of the responses
    """

    padding: Padding = Padding()
    steps_first: bool = False
    inputs: tuple[str, ...] = ()
    target: str = ""

    def usual(self, images: bool, several: bool) -> str:
        """The letters of one sequence, or of an array of several."""
        form = "SSCT" if images else "TC" if self.steps_first else "CT"
        return form + "B" * several

    def of_input(self, number: int, images: bool, several: bool) -> str:
        given = self.inputs[number] if number < len(self.inputs) else ""
        return given or self.usual(images, several)


def is_array(value: Any) -> bool:
    return is_numeric(value) or type(value) is ndarray and value.dtype == bool


def in_order(array: ndarray, form: str) -> ndarray | None:
    """An array with dimensions of such letters as N×T×C or N×T×S×S×C; None where it has more dimensions."""
    if array.ndim > max(len(form), 2):
        return None
    whole = array.reshape((*array.shape, *[1] * len(form))[: max(len(form), 2)], order="F")
    places = [k for letter in ("B", "T", "S", "C") for k, other in enumerate(form) if other == letter]
    turned = whole.transpose([*places, *range(len(form), whole.ndim)])
    return turned if "B" in form else turned[None]


def sequences_in(value: Any, layer: SequenceInput, number: int, layouts: Layouts, what: str) -> list[ndarray]:
    """The predictors of an input layer, a cell of sequences or an array, as a list of T×1×C or T×H×W×C arrays."""
    images = bool(layer.image_size)
    if not is_cell(value):
        if not is_array(value):
            raise invalid(what, NOT_SEQUENCES, f"they are {take.described(value)}")
        form = layouts.of_input(number, images, several=layouts.steps_first)
        return list(checked(value, form, layer, what))
    if not value.size or max(value.shape) != value.size:
        raise invalid(what, PREDICTORS, f"they are {take.described(value)}")
    form = layouts.of_input(number, images, several=False)
    return [one_sequence(item, form, layer, what, k) for k, item in enumerate(value.ravel("F").tolist(), 1)]


def one_sequence(item: Any, form: str, layer: SequenceInput, what: str, place: int | None = None) -> ndarray:
    """One observation.  place: its number, for errors."""
    if is_cell(item) and item.size == 1:
        item = item.ravel("F")[0]
    if not is_array(item):
        which = "one" if place is None else f"number {place}"
        raise invalid(what, PREDICTORS, f"{which} is {take.described(item)}")
    batch = checked(item, form, layer, what, place)
    if len(batch) != 1:
        raise invalid(what, PREDICTORS, f"{take.described(item)} of format '{form}' is {len(batch)} sequences")
    return batch[0]


def checked(value: Any, form: str, layer: SequenceInput, what: str, place: int | None = None) -> ndarray:
    """N×T×1×C or N×T×H×W×C, of the size that the layer takes."""
    if as_array(value).dtype.kind == "c":
        raise invalid(what, "Invalid {} data. Predictors must be real.",
                      f"{'one' if place is None else f'number {place}'} is complex")  # fmt: skip
    batch = in_order(as_array(value), form)
    if batch is None or batch.shape[1] == 0 or batch.ndim != (5 if layer.image_size else 3):
        raise invalid(what, PREDICTORS, *([] if place is None else [f"number {place} is {take.described(value)}"]),
                      hint=f"the dimensions of a sequence are {words_of(form)} here")  # fmt: skip
    wanted = layer.image_size or layer.input_size[2:]
    if batch.shape[2:] != tuple(wanted):
        raise wrong_features(batch.shape[2:], wanted, form, what, place)
    if batch.shape[1] < layer.min_length:
        raise ScriptError(
            "nnet_cnn:trainNetwork:SequenceTooShort",
            f"The {what} sequences must have at least {layer.min_length} time steps.",
            notes=(f"{'one' if place is None else f'number {place}'} has {batch.shape[1]}",),
        )  # fmt: skip
    return batch if layer.image_size else batch[:, :, None]


def wrong_features(got: Sequence[int], wanted: Sequence[int], form: str, what: str, place: int | None) -> ScriptError:
    def shown(size: Sequence[int]) -> str:
        return str(size[0]) if len(size) == 1 else "[" + " ".join(map(str, size)) + "]"

    return ScriptError(
        "nnet_cnn:trainNetwork:InvalidSequenceData",
        f"The {what} sequences are of feature dimension {shown(got)} but the input layer expects sequences of feature "
        f"dimension {shown(wanted)}.",
        notes=() if place is None else (f"it is sequence number {place}",),
        hint=f"the dimensions of a sequence are {words_of(form)} here",
    )


def invalid(what: str, message: str, *notes: str, hint: str | None = None) -> ScriptError:
    """what: 'training', 'validation', 'test' or 'prediction'."""
    return ScriptError("nnet_cnn:trainNetwork:InvalidData", message.format(what), notes=notes, hint=hint)


def words_of(form: str) -> str:
    words = {"S": "space", "C": "features", "T": "steps", "B": "observations"}
    return " by ".join(words[letter] for letter in form)


def takes_sequences(layers: Sequence[Layer]) -> bool:
    return any(isinstance(layer, SequenceInput) for layer in layers)


def input_formats(layer: Layer) -> set[str]:
    """The formats that data for an input layer may have; letters of sequences may come in any order."""
    if isinstance(layer, SequenceInput):
        return orders("SSCT" if layer.image_size else "CT")
    return {"BC"} if isinstance(layer, FeatureInput) else {"SSCB"}


def orders(letters: str) -> set[str]:
    """All orders of letters, with and without B."""

    def of(rest: str) -> set[str]:
        return {first + more for k, first in enumerate(rest) for more in of(rest[:k] + rest[k + 1 :])} if rest else {""}

    return of(letters) | of(letters + "B")
