"""What the outputs of a minibatchqueue are made into: put together, cast, labelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import cat
from cnnscript.values.convert import to_class
from cnnscript.values.dlarrays import DLArray, labelled, unlabelled
from cnnscript.values.numeric import DTYPE_OF_CLASS, class_of, is_numeric, size_of, size_text

CASTS = (*DTYPE_OF_CLASS, "char")


class Output:
    """What an output of a queue is made into: class, labels, dlarray or not, where."""

    def __init__(self, cast: str, as_dlarray: bool, labels: str, environment: str):
        self.cast, self.as_dlarray, self.labels, self.environment = cast, as_dlarray, labels, environment

    def of(self, value: Any) -> Any:
        plain = value.value if isinstance(value, DLArray) else value
        if self.cast and not (isinstance(value, DLArray) and self.cast == value.underlying):
            if not is_numeric(plain) and class_of(plain) not in ("logical", "char", "categorical"):
                raise ScriptError(
                    "nnet_cnn:minibatchqueue:UnableToCast",
                    f"Unable to cast a mini-batch variable of class '{class_of(plain)}' to '{self.cast}'.",
                    hint='a function MiniBatchFcn makes numbers of it: onehotencode of labels; OutputCast="" leaves it',
                )
            labels = value.labels if isinstance(value, DLArray) else ""
            plain = to_class(plain, self.cast)
            value = labelled(DLArray(plain), labels) if labels else plain
        if not self.as_dlarray:
            return value
        if isinstance(value, DLArray) and value.labels:  # which a format replaces, as in dlarray(X,fmt)
            return labelled(unlabelled(value), self.labels) if self.labels else value
        if class_of(plain) not in ("single", "double", "logical"):
            raise ScriptError(
                "nnet_cnn:minibatchqueue:NotDlarray",
                f"A mini-batch variable of class '{class_of(plain)}' cannot be a dlarray.",
                hint="OutputAsDlarray=false leaves it as it is",
            )
        made = value if isinstance(value, DLArray) else DLArray(plain)
        return labelled(made, self.labels) if self.labels else made


def collated(values: np.ndarray, output: Output, number: int) -> Any:
    """The observations of a variable as one array: along the dimension that is labelled B; without one, beyond those of
    arrays of three or more, and of vectors along that of length 1."""
    parts = values.ravel("F").tolist()
    shapes = {size_of(part) for part in parts}
    if len(shapes) > 1:
        raise ScriptError(
            "nnet_cnn:minibatchqueue:collate",
            f"Unable to collate observations of variable {number + 1}, which differ in size.",
            notes=tuple(sorted(size_text(shape) for shape in shapes)[:3]),
            hint="a function MiniBatchFcn puts them together as you like, padsequences pads them",
        )
    (shape,) = shapes
    if "B" in output.labels:
        axis = output.labels.index("B") + 1
    elif len(shape) == 2 and 1 in shape:
        axis = 1 if shape[0] == 1 else 2
    else:
        axis = len(shape) + 1
    return cat(axis, *parts)


def each(value: Any, count: int, name: str) -> Sequence[str]:
    """One text for all outputs, or one for each."""
    words = take.texts(value, name) or [""]
    words = words * count if len(words) == 1 else words
    require_count(len(words), count, name)
    return words


def require_count(got: int, count: int, name: str) -> None:
    if got != count:
        raise ScriptError(
            "nnet_cnn:minibatchqueue:InvalidSize",
            f"{name} must have one value, or one for each of the {count} outputs.",
            notes=(f"it has {got}",),
            hint="minibatchqueue(ds,numOutputs,...) says how many there are" if got > count else None,
        )
