"""Arrays of images and features whose dimensions come in another order: 'CB', 'SSBC', or as a dlarray says.

Arrays in memory are put in the order in which training takes them (SSCB for images, BC for features and targets).
Sequences have layouts of their own (sequence_layouts.py): of them only dlarrays are put in order, TCB or SSCTB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import as_array, is_cell, is_numeric, norm, size_text
from cnnscript.values.text import String, texts_or_none

AUTO = String.of("auto")


def arranged(values: Sequence[Any], formats: Mapping[str, Any], inputs: Sequence[Layer]
             ) -> tuple[list[Any], dict[str, Any]]:  # fmt: skip
    """Predictors and responses in the usual order, and the formats that are still to be looked at.

    values   the arguments before the network: X and T, or others, which are left as they are
    formats  InputDataFormats and TargetDataFormats
    """
    kept = dict(formats)
    if len(values) != 2 or len(inputs) != 1:
        return list(values), kept
    if isinstance(inputs[0], SequenceInput):
        return arranged_sequences(values, kept, inputs[0])
    usual = "BC" if isinstance(inputs[0], FeatureInput) else "SSCB"
    made = []
    for value, name in zip(values, ("InputDataFormats", "TargetDataFormats"), strict=True):
        word = word_of(value, kept[name])
        wanted = usual if name == "InputDataFormats" else "SSCB" if word.count("S") == 2 else "BC"
        plain = value.value if type(value) is DLArray else value
        if word and fits(word, wanted) and (is_numeric(plain) or type(plain) is Categorical):
            kept[name] = AUTO
            if is_numeric(plain):  # categories are one for each observation, however they lie
                plain = in_order(as_array(plain), word, wanted, name)
        elif type(value) is DLArray and word and word == value.labels:
            raise unfit(word, wanted, name)
        made.append(plain)
    return made, kept


def arranged_sequences(values: Sequence[Any], formats: dict[str, Any], layer: SequenceInput
                       ) -> tuple[list[Any], dict[str, Any]]:  # fmt: skip
    """The same for sequences, of which dlarrays alone are looked at: targets may have steps or none."""
    made = []
    for value, name in zip(values, ("InputDataFormats", "TargetDataFormats"), strict=True):
        if type(value) is DLArray:
            word, value = word_of(value, formats[name]), value.value
            of_steps = name == "InputDataFormats" or "T" in word
            wanted = "SSCTB" if layer.image_size and name == "InputDataFormats" else "TCB" if of_steps else "BC"
            if (texts_or_none(formats[name]) or ["auto"]) == ["auto"] and word:
                if not fits(word, wanted) or of_steps and "T" not in word:
                    raise unfit(word, wanted, name)
                value, formats[name] = in_order(as_array(value), word, wanted, name), String.of(wanted)
        made.append(value)
    return made, formats


def unfit(word: str, wanted: str, name: str) -> ScriptError:
    """The error for a dlarray whose labels do not fit the network."""
    return ScriptError(
        "cnnscript:NotYet", f"A dlarray of format '{word}' is not in cnnscript yet for this network.",
        notes=(f"{name} is taken from its labels", f"the network takes '{wanted}', in any order"),
    )  # fmt: skip


def arranged_validation(data: Any, formats: Mapping[str, Any], inputs: Sequence[Layer]) -> Any:
    """The same for ValidationData: a cell {X,T}, or anything else as it is."""
    if not is_cell(data) or data.size != 2:
        return data
    made = np.empty((1, 2), object)
    made[0, :] = arranged(data.ravel("F").tolist(), formats, inputs)[0]
    return made


def word_of(value: Any, given: Any) -> str:
    """The format that an option names for the only input or output, else that of a dlarray, '' for none."""
    words = texts_or_none(given) or ["auto"]
    if len(words) == 1 and words[0] != "auto":
        return words[0]
    return value.labels if type(value) is DLArray else ""


def fits(word: str, wanted: str) -> bool:
    """Can an array of such a format be put in the wanted order?  Letters but S may be missing: there is one of each."""
    return word.count("S") == wanted.count("S") and all(
        letter in wanted and (letter == "S" or word.count(letter) == 1) for letter in word
    )


def in_order(array: np.ndarray, word: str, wanted: str, name: str) -> Any:
    """The array with its dimensions in the wanted order, those that are missing of size 1."""
    if array.ndim > max(len(word), 2) or len(word) == 1 and 1 not in array.shape:
        raise ScriptError(
            "nnet_cnn:trainnet:InvalidDataFormats",
            f"The format '{word}' of {name} has fewer letters than the data have dimensions.",
            notes=(f"they are {size_text(array.shape)}",),
        )
    if len(word) == 1:
        array = array.reshape(-1)
    whole = array.reshape((*array.shape, *[1] * len(word))[: len(word)], order="F")
    places = {letter: [k for k, one in enumerate(word) if one == letter] for letter in set(word)}
    order = [places[letter].pop(0) if places.get(letter) else None for letter in wanted]
    moved = whole.transpose([place for place in order if place is not None])
    shape = [1 if place is None else whole.shape[place] for place in order]
    return norm(np.asfortranarray(moved.reshape(shape, order="F")))
