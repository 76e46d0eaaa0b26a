"""What the options of training accept: one script value in, the value that is kept out.

Each refuses with the sentence of validateattributes; `layer_checks.as_argument` puts the option's name in front.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import Datastore
from cnnscript.builtins.data.mini_batch_queues import MiniBatchQueue
from cnnscript.builtins.networks.layer_checks import positive, refused
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell, is_numeric, numel_of
from cnnscript.values.tables import Table
from cnnscript.values.text import String, string_array, text_or_none

Check = Callable[[Any], Any]


# -------------------------------------------------------------------------------------------------------------- numbers
def number(value: Any) -> float:
    return take.number(value, "input")


def count(value: Any) -> float:
    """A positive whole number."""
    found = positive(value)
    if found != int(found):
        raise refused("integer-valued", "expectedInteger", value)
    return found


def count_or_infinite(value: Any) -> float:
    return math.inf if is_infinite(value) else count(value)


def positive_or_infinite(value: Any) -> float:
    return math.inf if is_infinite(value) else positive(value)


def is_infinite(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) and value == math.inf


def positive_or_none(value: Any) -> Any:
    """A positive number; [] for none."""
    return EMPTY if numel_of(value) == 0 else positive(value)


def above_one(value: Any) -> float:
    found = positive(value)
    if found <= 1:
        raise refused("a scalar with value > 1", "notGreater", value)
    return found


def inside(value: Any) -> float:
    """A number between 0 and 1, neither of them."""
    found = positive(value)
    if found >= 1:
        raise refused("a scalar with value < 1", "notLess", value)
    return found


def flag(value: Any) -> bool:
    """true or false, 1 or 0, 'on' or 'off'."""
    if is_numeric(value) and numel_of(value) == 1 and value not in (0, 1):
        raise refused("binary", "expectedBinary", value)
    return take.flag(value, "input")


# ---------------------------------------------------------------------------------------------------------------- words
def one_of(*options: str) -> Check:
    def check(value: Any) -> str:
        return take.choice(value, options, "input")

    return check


def word(value: Any) -> str:
    return take.text(value, "input")


def acceleration(value: Any) -> String:
    return String.of(take.choice(value, ("auto", "none"), "input"))


def folder(value: Any) -> str:
    """A folder that is there; '' for none."""
    found = take.text(value, "input")
    if found and not os.path.isdir(os.path.expanduser(found)):
        raise ScriptError(
            "nnet_cnn:trainingOptions:CheckpointPathNotFound",
            "Expected input to be an existing folder.",
            notes=(f"there is no folder '{found}'",),
            hint="mkdir makes one",
        )
    return found


def sequence_length(value: Any) -> Any:
    if text_or_none(value) is None:
        return count(value)
    return take.choice(value, ("longest", "shortest"), "input")


def data_formats(value: Any) -> Any:
    """'auto', or labels of dimensions, one text for each input or target."""
    words = take.texts(value, "input")
    if len(words) == 1 and words[0].lower() == "auto":
        return String.of("auto")
    words = [dimension_labels.checked(one.upper()) for one in words]
    return string_array(words, (1, len(words)))


# ----------------------------------------------------------------------------------------------------------- containers
def validation_data(value: Any) -> Any:
    """[], a datastore, a minibatchqueue, a table, or a cell {X,Y}."""
    of_program = isinstance(value, Instance) and "matlab.io.Datastore" in value.definition.ancestors
    if isinstance(value, (Datastore, MiniBatchQueue)) or of_program or type(value) is Table:
        return value
    if numel_of(value) == 0:
        return EMPTY
    if is_cell(value) and value.size >= 2:
        return value
    raise ScriptError(
        "nnet_cnn:trainingOptions:InvalidValidationData",
        "Expected input to be a datastore, a table, or a cell array {X,Y} of predictors and responses.",
        notes=(f"got {take.described(value)}",),
    )


def functions(value: Any) -> Any:
    """A function, or a cell of functions; [] for none."""
    if numel_of(value) == 0:
        return EMPTY
    for one in value.ravel("F").tolist() if is_cell(value) else [value]:
        if type(one) is not Function:
            raise refused("a function handle or a cell array of function handles", "expectedFunctionHandle", one)
    return value


def cell_of(values: Sequence[Any]) -> np.ndarray:
    """A row of a cell."""
    made = np.empty((1, len(values)), OBJECT)
    for place, value in enumerate(values):
        made[0, place] = value
    return made
