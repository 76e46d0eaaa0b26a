"""InputDataFormats and TargetDataFormats of trainnet: in which order the dimensions of its data come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnscript.builtins.networks.sequence_layouts import Layouts, input_formats, orders
from cnnscript.engine.layers import Layer, Size, Steps
from cnnscript.engine.training.sequences import Padding
from cnnscript.errors import ScriptError
from cnnscript.values.text import texts_or_none

AUTO = "auto"


def layouts_of(options: Mapping[str, Any], inputs: Sequence[Layer], sizes: Sequence[Size], padding: Padding,
               steps_first: bool = True) -> Layouts:  # fmt: skip
    """How trainnet's sequences lie in their arrays.  Formats of all other data that are named must be those in which
    they are taken anyway, one for each input and for the output.

    options  has InputDataFormats and TargetDataFormats; inputs: the input layers; sizes: of the outputs
    """
    taken = [input_formats(layer) for layer in inputs]
    whole = [{"SSCB", "BC"} if size[:2] == (1, 1) else {"SSCB"} for size in sizes]
    targets = [orders("CT") if isinstance(size, Steps) else one for size, one in zip(sizes, whole, strict=True)]
    return Layouts(
        padding,
        steps_first,
        inputs=tuple(formats_of(options, "InputDataFormats", taken)),
        target=formats_of(options, "TargetDataFormats", targets)[0],
    )


def formats_of(options: Mapping[str, Any], name: str, taken: Sequence[set[str]]) -> list[str]:
    """The formats that an option names, '' for each that it leaves open."""
    words = texts_or_none(options[name]) or [AUTO]
    if words == [AUTO]:
        return [""] * len(taken)
    if len(words) != len(taken):
        what = "input" if name == "InputDataFormats" else "output"
        raise ScriptError(
            "nnet_cnn:trainnet:InvalidDataFormats", f"{name} must be 'auto' or have one format for each {what}.",
            notes=(f"it has {len(words)}, the network has {len(taken)} {what}{'s' * (len(taken) != 1)}",),
        )  # fmt: skip
    for word, formats in zip(words, taken, strict=True):
        if word not in formats:
            raise ScriptError(
                "cnnscript:NotYet", f"{name} '{word}' is not in cnnscript yet for this network.",
                notes=("it takes " + " or ".join(f"'{one}'" for one in sorted(formats)[:4]),),
                hint="images are height×width×channels×N ('SSCB'), features and targets N×C ('BC')",
            )  # fmt: skip
    return words
