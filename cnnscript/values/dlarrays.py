"""dlarray: an array with labels of its dimensions, whose computations a tape may record.

Where nothing records, a `DLArray` holds a value of the language, and operators are the language's own.  What comes from
the inputs of a running dlfeval holds a `record` instead: an object of the engine's (engine/recording.py) that answers
`shape`, `array()`, `compute(name, ...)`, `joined(...)`, `gather(...)` and is never looked into here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels as dimensions
from cnnscript.values import operators
from cnnscript.values.numeric import (
    INTEGER_CLASSES,
    OBJECT,
    as_array,
    class_of,
    ndarray,
    norm,
    numel_of,
    size_of,
)
from cnnscript.values.objects import ARRAY_KINDS, DLARRAY_KINDS, Object
from cnnscript.values.operands import size_mismatch
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import select

UNDERLYING = ("double", "single", "logical")
COMPARISONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "xor"))
FUNCTIONS: dict[str, Callable] = {  # by MATLAB's names, on values that nothing records
    name.rstrip("_"): getattr(operators, name)
    for name in (
        "plus", "minus", "times", "rdivide", "ldivide", "power", "mtimes", "mrdivide", "mldivide", "mpower", "uminus",
        "uplus", "eq", "ne", "lt", "le", "gt", "ge", "and_", "or_", "not_", "transpose", "ctranspose",
    )
}  # fmt: skip
# what may stand after the dot of a dlarray: `x.extractdata()` is extractdata(x)
METHOD_WORDS = """
    dims extractdata finddim stripdims relu leakyrelu sigmoid softmax gelu fullyconnect dlconv dltranspconv dlresize
    avgpool maxpool batchnorm crossentropy mse l1loss l2loss huber size numel ndims length isempty isequal class gather
    underlyingType abs acos acosh all any asin asinh atan atanh cast ceil circshift complex conj cos cosh cumprod cumsum
    det diag diff dot double erf erfc exp expm1 fft fix flip floor gamma gammaln hypot ifft imag inv ipermute isfinite
    isinf isnan isreal kron log log10 log1p log2 logical max mean median min mod norm normalize pagemtimes permute prod
    real rem repelem repmat rescale reshape resize round shiftdim sign sin single sinh sort sqrt squeeze std sum tan
    tanh trace tril triu var vecnorm plus minus times rdivide ldivide power mtimes mrdivide mldivide uminus transpose
    ctranspose eq ne lt le gt ge
"""
MATRIX_FORMS = {"mtimes": "times", "mrdivide": "rdivide", "mldivide": "ldivide", "mpower": "power"}


class DLArray(Object):
    """A deep learning array.

    labels  the format, one letter for each dimension; '' without
    record  what the tape knows it as; None where nothing records it
    """

    class_name = "dlarray"
    ancestors = ()
    methods = frozenset(METHOD_WORDS.split())
    __slots__ = ("_value", "labels", "record")

    def __init__(self, value: Any, labels: str = "", record: Any = None):
        self._value = value
        self.labels = labels
        self.record = record
        if not DLARRAY_KINDS:
            DLARRAY_KINDS.add(DLArray)
            ARRAY_KINDS.add(DLArray)

    # ------------------------------------------------------------------------------------------------------ what it is
    @property
    def value(self) -> Any:
        """The numbers as a value of the language, without labels."""
        if self._value is None:
            self._value = norm(self.record.array())
        return self._value

    def size(self) -> tuple[int, ...]:
        shape = self.record.shape if self.record is not None else size_of(self._value)
        return shape + (1,) * (len(self.labels) - len(shape))

    @property
    def underlying(self) -> str:
        """The class of the numbers."""
        return self.record.class_name if self.record is not None else class_of(self._value)

    @property
    def is_complex(self) -> bool:
        return self.record.is_complex if self.record is not None else as_array(self._value).dtype.kind == "c"

    def bytes(self) -> int:
        return as_array(self.value).nbytes

    def array(self) -> ndarray:
        """The numbers as an array with as many dimensions as there are labels."""
        return as_array(self.value).reshape(self.size(), order="F")

    def operand(self) -> Any:
        """What a computation on the tape takes: the record, or the numbers as an array."""
        return self.array() if self.record is None else self.record

    def subscript(self) -> Any:
        return self.value

    def convert(self, class_name: str) -> Any:
        """As it goes into an array of numbers: its numbers. What is recorded does not, for it would be cut off."""
        if self.record is not None:
            raise not_convertible(class_name)
        return self.value

    def equals(self, other: Any) -> bool:
        """isequal: sizes, numbers, and the labels where both have them."""
        mine, theirs = (as_array(numbers(one)) if is_array(one) else None for one in (self, other))
        if mine is None or theirs is None or size_of(self) != size_of(other):
            return False
        if isinstance(other, DLArray) and self.labels and other.labels and self.labels != other.labels:
            return False
        return bool((mine.reshape(-1, order="F") == theirs.reshape(-1, order="F")).all())

    # -------------------------------------------------------------------------------------------------------- indexing
    def index(self, args: tuple) -> DLArray:
        if not args:
            return self
        args = tuple(numbers(arg) for arg in args)
        kept = self.labels if len(args) == len(self.labels) else ""
        if self.record is None:
            return dlarray(select(self.array(), args), kept)
        return self.arranged(select(self.places(), args), kept)

    def places(self) -> ndarray:
        """The place (from 1) of each element, in an array of this one's size."""
        shape = self.size()
        return np.arange(1, numel_of(self) + 1, dtype=np.int64).reshape(shape, order="F")

    def arranged(self, places: ndarray, labels: str = "") -> DLArray:
        """The elements at places (from 1; 0: a zero), in the shape of the places."""
        if self.record is None:
            flat = np.concatenate([np.zeros(1, as_array(self.value).dtype), as_array(self.value).ravel("F")])
            return dlarray(flat[places], labels)
        labels, shape = dimensions.trimmed(labels, places.shape) if labels else ("", plain_shape(places.shape))
        return DLArray(None, labels, self.record.gather(places.reshape(shape, order="F")))

    def no_elements(self) -> DLArray:
        return DLArray(np.zeros((0, 0), as_array(self.value).dtype, order="F"))

    def assign(self, args: tuple, value: Any) -> DLArray:
        """x(args) = value: dlarrays and plain numbers alike; the labels stay."""
        require_numbers(value)
        args = tuple(numbers(arg) for arg in args)
        if self.record is None and getattr(value, "record", None) is None:
            array, given = self.array(), as_array(numbers(value))
            kind = assigned_dtype(array.dtype, given.dtype)
            made = place(array.astype(kind), args, given.astype(kind), True)
            return dlarray(made, self.labels)
        given = value if isinstance(value, DLArray) else DLArray(value)
        count = numel_of(self)
        made = place(self.places(), args, given.places() + count, True)
        both = stacked(self, given)
        return both.arranged(made, self.labels)

    def delete_elements(self, args: tuple) -> DLArray:
        left = without(self.places(), tuple(numbers(arg) for arg in args))
        return self.arranged(left, self.labels if left.ndim == len(self.labels) else "")

    def concatenate(self, parts: tuple, axis: int) -> DLArray:
        return join(parts, axis)

    # ------------------------------------------------------------------------------------------------------- operators
    def operator(self, name: str, args: tuple) -> Any:
        if not all(is_array(arg) for arg in args) or name not in FUNCTIONS:
            return NotImplemented
        return operate(name, *args)


# ------------------------------------------------------------------------------------------------------------- making
def plain_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A size as an array without labels has it: two or more, no singletons at the end beyond the second."""
    shape += (1,) * (2 - len(shape))
    count = len(shape)
    while count > 2 and shape[count - 1] == 1:
        count -= 1
    return shape[:count]


def dlarray(value: Any, labels: str = "") -> DLArray:
    """A DLArray of numbers laid out as the labels say, which are in order."""
    if labels:
        labels, _ = dimensions.trimmed(labels, size_of(value))
    return DLArray(norm(value), labels)


def labelled(source: DLArray, labels: str) -> DLArray:
    """The numbers of an array under a format as a program gives it: put in the order of labels."""
    shape = plain_shape(source.size()) if not source.labels else source.size()
    if len(labels) == 1 and len(shape) == 2 and 1 in shape:  # a vector with one label is a column
        source, shape = reshaped(source, (shape[0] * shape[1], 1)), (shape[0] * shape[1],)
    while len(shape) > len(labels) and shape[-1] == 1 and len(shape) > 1:
        shape = shape[:-1]
    if len(shape) > len(labels):
        raise dimensions.too_few(labels, len(shape))
    if not labels:
        return unlabelled(source)
    shape = shape + (1,) * (len(labels) - len(shape))
    order = dimensions.sorting(labels)
    turned = permuted(reshaped(source, shape), order)
    ordered, shape = dimensions.trimmed("".join(labels[at] for at in order), tuple(shape[at] for at in order))
    return with_labels(reshaped(turned, shape), ordered)


def with_labels(source: DLArray, labels: str) -> DLArray:
    """The same numbers in the same shape under other labels (as many as there are dimensions)."""
    return DLArray(source._value, labels, source.record)


def unlabelled(source: DLArray) -> DLArray:
    return with_labels(reshaped(source, plain_shape(source.size())), "") if source.labels else source


def reshaped(source: DLArray, shape: tuple[int, ...]) -> DLArray:
    """The numbers in another shape, without labels; singletons at the end are kept where something records."""
    if source.record is None:
        return DLArray(norm(as_array(source.value).reshape(shape, order="F")))
    return DLArray(None, "", source.record.reshape(tuple(shape)))


def permuted(source: DLArray, order: list[int]) -> DLArray:
    """The numbers with their dimensions (from 0) in another order, without labels."""
    if order == sorted(order):
        return source
    if source.record is None:
        array = as_array(source.value)
        array = array.reshape(array.shape + (1,) * (len(order) - array.ndim), order="F")
        return DLArray(norm(np.asfortranarray(array.transpose(order))))
    shape = source.record.shape
    record = source.record.reshape(shape + (1,) * (len(order) - len(shape)))
    return DLArray(None, "", record.permute(tuple(order)))


def stacked(first: DLArray, second: DLArray) -> DLArray:
    """All elements of two arrays in one column."""
    record = first.record or second.record
    return DLArray(None, "", record.compute("stack", first.operand(), second.operand()))


# ------------------------------------------------------------------------------------------------------- what is given
def numbers(value: Any) -> Any:
    """The plain value of a dlarray; any other as it is."""
    return value.value if isinstance(value, DLArray) else value


def is_array(value: Any) -> bool:
    """May it be an operand beside a dlarray: a dlarray, a number, a logical?"""
    if isinstance(value, DLArray) or type(value) in (float, bool, complex):
        return True
    dtype = getattr(value, "dtype", None)
    return dtype is not None and dtype != OBJECT and not isinstance(value, Object)


def require_numbers(value: Any) -> None:
    if not is_array(value):
        raise ScriptError(
            "MATLAB:UnableToConvert",
            f"Unable to perform assignment because value of type '{class_of(value)}' is not convertible to 'dlarray'.",
        )


def not_convertible(class_name: str) -> ScriptError:
    return ScriptError(
        "MATLAB:UnableToConvert",
        "Unable to perform assignment because value of type 'dlarray' is not convertible to "
        f"'{class_name}'.",
        hint="extractdata(x) is its numbers",
    )


def assigned_dtype(base: np.dtype, given: np.dtype) -> np.dtype:
    """The class of an array after an assignment: its own, complex where complex numbers come in."""
    if given.kind == "c" and base.kind == "f":
        return np.result_type(base, np.complex64)
    return base


# ----------------------------------------------------------------------------------------------------------- operators
def operate(name: str, *args: Any) -> DLArray:
    """An operator with a dlarray among its operands."""
    arrays = [arg if isinstance(arg, DLArray) else DLArray(arg) for arg in args]
    if name in ("transpose", "ctranspose"):
        return transposed(name, arrays[0])
    if name in MATRIX_FORMS:
        name = matrix_or_elements(name, arrays)
        if name in MATRIX_FORMS:
            return computed(name, arrays, "")
    if len(arrays) == 1:
        return computed(name, arrays, arrays[0].labels)
    first, second, labels = matched(*arrays)
    return computed(name, [first, second], labels)


def computed(name: str, arrays: list[DLArray], labels: str, *settings: Any) -> DLArray:
    """A function of the table above on arrays whose dimensions already go together."""
    record = next((one.record for one in arrays if one.record is not None), None)
    if record is None or name in COMPARISONS:
        made = FUNCTIONS[name](*(one.value for one in arrays))
        require_underlying(made)
        return dlarray(as_array(made), labels) if labels else DLArray(made)
    return DLArray(None, labels, record.compute(name, *(one.operand() for one in arrays), *settings))


def require_underlying(value: Any) -> None:
    kind = class_of(value)
    if kind in INTEGER_CLASSES:
        raise ScriptError(
            "deep:dlarray:UnsupportedDataType",
            "dlarray is supported only for full arrays of data type double, single, or logical, or for full gpuArrays "
            "of these data types.",
            notes=(f"the result would be {kind}",),
        )


def matched(first: DLArray, second: DLArray) -> tuple[DLArray, DLArray, str]:
    """Two operands with their dimensions label by label, and the format of the result.

    An operand without labels goes along the dimensions of the other in order, which gets "U" for any beyond.
    """
    if first.labels == second.labels:
        return fitting(first, second), second, first.labels
    if first.labels and second.labels:
        wider = dimensions.joined(first.labels, second.labels)
        both = [
            with_labels(reshaped(one, dimensions.spread(one.size(), one.labels, wider)), wider)
            for one in (first, second)
        ]
        return fitting(*both), both[1], wider
    labels = first.labels or second.labels
    plain = second if first.labels else first
    labels += "U" * (len(plain_shape(plain.size())) - len(labels))
    return fitting(first, second), second, labels


def fitting(first: DLArray, second: DLArray) -> DLArray:
    """The first of two operands, when their sizes are equal or 1 in each dimension."""
    pairs = zip(first.size(), second.size(), strict=False)
    if any(one != other and one != 1 and other != 1 for one, other in pairs):
        raise size_mismatch(first, second)
    return first


def matrix_or_elements(name: str, arrays: list[DLArray]) -> str:
    """The operator itself where both operands are matrices, its elementwise form where one is a scalar."""
    first, second = arrays
    scalars = [numel_of(one) == 1 for one in arrays]
    recorded = first.record is not None or second.record is not None
    if name == "mtimes" and any(scalars) or name == "mrdivide" and scalars[1] or name == "mldivide" and scalars[0]:
        return MATRIX_FORMS[name]
    if name == "mpower" and all(scalars):
        return "power"
    if first.labels or second.labels:
        raise ScriptError(
            f"deep:dlarray:{name}:Labeled",
            f"The function '{name}' is supported for formatted dlarrays only where the other input is a scalar.",
            notes=tuple(f"{side} is {dimensions.size_text(one.size(), one.labels)}"
                        for side, one in (("left", first), ("right", second))),
            hint="stripdims(x) takes the labels off",
        )  # fmt: skip
    if recorded and not multipliable(name, first.size(), second.size()):
        FUNCTIONS[name](first.value, second.value)  # which says what does not fit
        raise ScriptError(
            "deep:dlarray:FormNotDifferentiable",
            f"The function '{name}' of these operands is not supported for traced dlarrays.",
            notes=tuple(dimensions.size_text(one.size(), "") for one in arrays),
        )
    if recorded and name == "mpower" and (second.record is not None or as_array(second.value).item() % 1):
        raise ScriptError(
            "deep:dlarray:FormNotDifferentiable",
            "The function 'mpower' is supported for traced dlarrays only with a whole number as exponent.",
        )
    return name


def multipliable(name: str, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Do two matrices have sizes that the operator takes?"""
    if len(first) > 2 or len(second) > 2:
        return False
    if name == "mpower":
        return first[0] == first[1] and second == (1, 1)
    return {"mtimes": first[1] == second[0], "mldivide": first[0] == second[0], "mrdivide": first[1] == second[1]}[name]


def transposed(name: str, source: DLArray) -> DLArray:
    if len(set(source.labels)) > 1:
        raise ScriptError(
            "deep:dlarray:TransposeLabeled",
            f"The function '{name}' is supported for formatted dlarrays only where all dimensions have one label.",
            notes=(f"it is {dimensions.size_text(source.size(), source.labels)}",),
            hint="stripdims(x)' transposes the numbers",
        )
    if source.record is None:
        return DLArray(FUNCTIONS[name](source.value), source.labels)
    if len(source.size()) > 2:
        raise ScriptError(
            "MATLAB:transposeND", "Transpose on ND array is not defined. Use permute instead.",
        )  # fmt: skip
    turned = permuted(source, [1, 0]).record
    if name == "ctranspose" and source.is_complex:
        turned = turned.compute("conj", turned)
    return DLArray(None, source.labels, turned)


def join(parts: tuple, axis: int) -> DLArray:
    """[a b], [a; b], cat(3, ...) with a dlarray among the parts: its labels, single before double."""
    for part in parts:
        if not is_array(part):
            raise ScriptError(
                "MATLAB:UnableToConvert", f"Unable to concatenate a value of type '{class_of(part)}' with a dlarray."
            )
    arrays = [part if isinstance(part, DLArray) else DLArray(part) for part in parts]
    arrays = [one for one in arrays if one.size() != (0, 0)] or arrays[:1]
    labels = ""
    for one in arrays:
        labels = dimensions.joined(labels, one.labels) if labels and one.labels else labels or one.labels
    if labels:
        labels += "U" * (axis + 1 - len(labels))
        labels += "U" * (max(len(one.size()) for one in arrays) - len(labels))
        arrays = [
            reshaped(one, dimensions.spread(one.size(), one.labels, labels)) if one.labels else one for one in arrays
        ]
    from cnnscript.values.concatenate import cat

    record = next((one.record for one in arrays if one.record is not None), None)
    if record is None:
        made = cat(axis + 1, *(one.value for one in arrays))
        require_underlying(made)
        return dlarray(as_array(made), labels) if labels else DLArray(made)
    shapes = [one.size() + (1,) * (axis + 1 - len(one.size())) for one in arrays]
    if len({shape[:axis] + (0,) + shape[axis + 1 :] for shape in shapes}) == 1:
        made = [reshaped(one, shape).operand() for one, shape in zip(arrays, shapes, strict=True)]
        if all(one.shape == shape for one, shape in zip(made, shapes, strict=True)):
            return DLArray(None, labels, record.joined(made, axis))
    places, count = [], 0
    for one in arrays:
        places.append(one.places() + count)
        count += numel_of(one)
    chosen = cat(axis + 1, *places)
    whole = DLArray(None, "", record.compute("stack", *(one.operand() for one in arrays)))
    return whole.arranged(as_array(chosen), labels)


__all__ = ["DLArray", "dlarray", "labelled", "numbers", "operate", "unlabelled"]
