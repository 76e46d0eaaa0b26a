"""Arguments of deep-learning functions: which label each dimension has, what slides and how, what comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.engine.labelled.convolutions import Sliding
from cnnscript.engine.labelled.running import run, run_arranged
from cnnscript.engine.recording import Record
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import DLArray, dlarray, numbers, permuted, plain_shape, reshaped
from cnnscript.values.numeric import class_of, norm, numel_of, size_text
from cnnscript.values.text import text_or_none


class Labelled:
    """An argument with labels: its own, or those of the option DataFormat.

    labels     one for each dimension, in the order of the dimensions
    formatted  whether they are the array's own: then results have labels, too
    """

    def __init__(self, function: str, x: Any, data_format: Any, others: tuple = ()):
        if not any(isinstance(one, DLArray) for one in (x, *others)):
            raise ScriptError(
                "MATLAB:UndefinedFunction",
                f"Undefined function '{function}' for input arguments of type '{class_of(x)}'.",
                hint="dlarray(X) makes a dlarray of numbers",
            )
        self.function = function
        self.array = real(x)
        self.formatted = bool(self.array.labels)
        given = "" if data_format is None else take.text(data_format, "DataFormat").upper()
        if self.formatted and given:
            raise ScriptError(
                f"deep:{function}:FormatTwice",
                "The option 'DataFormat' must not be specified for a formatted dlarray.",
                notes=(f"the input is {dimension_labels.size_text(self.array.size(), self.array.labels)}",),
            )
        if not self.formatted and not given:
            raise ScriptError(
                f"deep:{function}:MissingFormat",
                "The first input must be a formatted dlarray, or the option 'DataFormat' must be specified.",
                notes=(f"the input is {size_text(self.array.size(), '×')}, without labels",),
                hint=f'{function}(...,DataFormat="SSCB") says which dimension is which',
            )
        shape = plain_shape(self.array.size())
        if not self.formatted:
            dimension_labels.checked(given)
            while len(shape) > len(given) and shape[-1] == 1:
                shape = shape[:-1]
            if len(shape) > len(given):
                raise dimension_labels.too_few(given, len(shape))
        self.labels = self.array.labels or given
        self.sizes = (*(self.array.size() if self.formatted else shape), *(1,) * len(self.labels))[: len(self.labels)]

    def length(self, label: str) -> int:
        """How long the dimension of a label is; of several the product, 1 where there is none."""
        return int(np.prod([n for n, each in zip(self.sizes, self.labels, strict=True) if each == label], initial=1))

    def count(self, label: str) -> int:
        return self.labels.count(label)

    def needs(self, label: str, what: str) -> None:
        if label not in self.labels:
            raise ScriptError(
                f"deep:{self.function}:MissingLabel",
                f"The input must have a {what} dimension, labelled '{label}'.",
                notes=(f"its format is '{self.labels}'",),
            )

    def text(self) -> str:
        return dimension_labels.size_text(self.sizes, self.labels)

    def operand(self) -> Any:
        """As `run` takes it: with a dimension for each label."""
        if self.array.record is not None:
            return self.array.record.reshape(self.sizes)
        return self.array.array().reshape(self.sizes, order="F")

    def run(self, function: Callable[..., Any], *more: Any) -> Any:
        """A function of tensors, of this argument and more operands."""
        return run(function, self.operand(), *more)

    def run_over(self, window: str | None, function: Callable[..., Any], *more: Any) -> Any:
        """A function of this argument as observations × window... × channels (running.run_arranged), and of more."""
        return run_arranged(function, self.labels, window, self.operand(), *more)

    def out(self, made: Record | np.ndarray, labels: str | None = None) -> DLArray:
        """A result as the function gives it, with the labels of its dimensions (those of the input)."""
        return given_out(made, (self.labels if labels is None else labels) if self.formatted else "")


def given_out(made: Record | np.ndarray, labels: str = "") -> DLArray:
    """A record or an array as a dlarray."""
    if not isinstance(made, Record):
        return dlarray(np.asfortranarray(made), labels) if labels else DLArray(norm(np.asfortranarray(made)))
    if labels:
        labels, shape = dimension_labels.trimmed(labels, made.shape)
    else:
        shape = plain_shape(made.shape)
    return DLArray(None, labels, made if shape == made.shape else made.reshape(shape))


def operand(value: Any) -> Any:
    """Numbers without regard to labels, as `run` takes them."""
    return real(value).operand()


def real(value: Any) -> DLArray:
    """Numbers as a dlarray, unless they are complex."""
    source = as_dlarray(value)
    if source.is_complex:
        raise ScriptError(
            "deep:dlarray:ComplexNotSupported",
            "Deep learning functions take real numbers.",
            notes=(f"got complex numbers, {size_text(source.size(), '×')}",),
            hint="real(x), imag(x) and abs(x) are real",
        )
    return source


def ordered(value: Any, labels: str, wanted: str) -> Any:
    """The operand of an array whose dimensions have labels, with these in another order; missing ones are 1 long."""
    source = real(value)
    shape = plain_shape(source.size())
    labels += "U" * max(0, len(shape) - len(labels))
    shape += (1,) * (len(labels) - len(shape))
    left, order = list(range(len(labels))), []
    for label in wanted:
        found = next((at for at in left if labels[at] == label), None)
        if found is None:
            labels, shape = labels + label, (*shape, 1)
            found = len(labels) - 1
        else:
            left.remove(found)
        order.append(found)
    if any(shape[at] != 1 for at in left):
        raise ScriptError(
            "deep:dlarray:UnexpectedLabels", f"The dimensions must be labelled '{wanted}', in any order.",
            notes=(f"they are {dimension_labels.size_text(shape, labels)}",),
        )  # fmt: skip
    turned = permuted(reshaped(source, shape), [*order, *left])
    last = tuple(shape[at] for at in order)
    return turned.record.reshape(last) if turned.record is not None else turned.array().reshape(last, order="F")


def vector(value: Any, count: int, name: str) -> Any:
    """The operand of a number a channel: a vector of any shape, or one number for all."""
    source = real(value)
    if numel_of(source) not in (1, count):
        raise ScriptError(
            "deep:dlarray:VectorLength",
            f"{name} must be a scalar or a vector of length {count}, the number of channels.",
            notes=(f"it is {size_text(source.size(), '×')}",),
        )
    return source.operand()


# ------------------------------------------------------------------------------------------------------------- windows
def spans(value: Any, count: int, name: str) -> tuple[int, ...]:
    """A positive whole number for each of `count` dimensions, or one for all."""
    found = [take.positive(float(number), name) for number in take.vector(numbers(value), name)]
    found = found * count if len(found) == 1 else found
    if len(found) != count:
        raise ScriptError(
            "deep:dlarray:WindowSize", f"{name} must be a scalar or a vector of length {count}.",
            notes=(f"it has {len(found)}", f"the window slides over {count} dimensions"),
        )  # fmt: skip
    return tuple(found)


def padding_of(value: Any, count: int, name: str = "Padding") -> str | tuple[tuple[int, int], ...]:
    """'same', one number, one for each dimension, or a matrix: before in its first row, after in its second."""
    if text_or_none(value) is not None:
        return take.choice(value, ("same",), name)
    array = take.real(numbers(value), name)
    if array.ndim > 2 or (array < 0).any() or (array % 1).any():
        raise take.wanted("'same' or nonnegative integers", name, value)
    if array.size == 1:
        pairs = np.full((2, count), array.item())
    elif array.shape == (2, count) and count > 1 or array.shape == (2, 1) and count == 1:
        pairs = array
    elif array.size == count:
        pairs = np.tile(array.ravel(), (2, 1))
    else:
        raise ScriptError(
            "deep:dlarray:PaddingSize",
            f"{name} must be 'same', a scalar, a vector of length {count}, or a 2-by-{count} matrix.",
            notes=(f"it is {size_text(array.shape)}",),
        )
    return tuple((int(before), int(after)) for before, after in pairs.T)


def sliding(
    count: int, stride: Any, padding: Any, dilation: Any = 1.0, value: Any = 0, name: str = "Padding"
) -> Sliding:
    return Sliding(
        spans(stride, count, "Stride"),
        padding_of(padding, count, name),
        spans(dilation, count, "DilationFactor"),
        value,
    )


def require_room(x: Labelled, window: list[int], reach: list[int], how: Sliding) -> None:
    """The error for a window larger than the padded input.  window: the lengths that it slides over."""
    if isinstance(how.padding, str):
        return
    padded = [length + sum(pair) for length, pair in zip(window, how.padding, strict=True)]
    if any(length < span for length, span in zip(padded, reach, strict=True)):
        raise ScriptError(
            f"deep:{x.function}:WindowTooLarge",
            "The window must not be larger than the padded input.",
            notes=(f"the input is {x.text()}, {size_text(padded, '×')} with its padding",
                   f"the window spans {size_text(reach, '×')}"),
        )  # fmt: skip
