"""Computations that a tape records, so that what comes of them can be differentiated.

A `Recording` is one run of a function whose gradients may be asked for.  A `Record` is an array in it: a tensor whose
dimensions stand in reverse order, so that its row-major memory is the column-major order of the language: reshaping is
free, and what NumPy calls broadcasting from the last dimension is MATLAB's from the first.

Recordings may stand inside one another; computations are watched by all that are open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np

from cnnscript.engine.labelled.arrangement import Arrangement
from cnnscript.engine.recorded_operations import ELEMENTWISE, OPERATIONS
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

CLASSES = {"float64": "double", "float32": "single", "complex128": "double", "complex64": "single", "bool": "logical"}

_open: list[Recording] = []
_accelerated = 0  # calls of accelerated functions that run


class NotTraceable(BaseException):
    """The numbers of a computation that is only being traced were asked for.  It passes through every handler of a
    program up to who traces."""


class Recording:
    """A run under a tape: `with Recording() as recording`."""

    def __init__(self) -> None:
        self.tape = tensorflow().GradientTape(persistent=True, watch_accessed_variables=False)

    def __enter__(self) -> Recording:
        self.tape.__enter__()
        _open.append(self)
        return self

    def __exit__(self, *fault: object) -> None:
        _open.pop()
        self.tape.__exit__(*fault)

    def begin(self, array: np.ndarray) -> Record:
        """An array that gradients may be asked with respect to."""
        tensor = as_tensor(array)  # a copy, which nothing else has
        self.tape.watch(tensor)
        return Record(tensor)

    def watch(self, record: Record) -> None:
        """Ask for gradients with respect to a record of a recording around this one, too."""
        self.tape.watch(record.source)
        record.forget()

    def gradients(self, of: Record, sources: Sequence[Record], higher: bool) -> list[Record]:
        """d of / d source for each source, zero where it does not depend on it.

        higher: the computation of the gradients is recorded, too.
        """
        tf = tensorflow()
        with said(), nullcontext() if higher else self.tape.stop_recording():
            found = self.tape.gradient(of.source, [source.source for source in sources])
        return [
            Record(tf.zeros_like(source.source) if gradient is None else tf.convert_to_tensor(gradient), source.layout)
            for source, gradient in zip(sources, found, strict=True)
        ]


def current() -> Recording | None:
    """The innermost recording that is open."""
    return _open[-1] if _open else None


def outermost() -> Recording | None:
    """The recording in which all others that are open stand."""
    return _open[0] if _open else None


def is_tracing() -> bool:
    """Is what runs now only traced, without numbers?"""
    return not tensorflow().executing_eagerly()


@contextmanager
def accelerating() -> Iterator[None]:
    """What runs inside is called by dlaccelerate."""
    global _accelerated
    _accelerated += 1
    try:
        yield
    finally:
        _accelerated -= 1


def is_accelerated() -> bool:
    return _accelerated > 0


class Record:
    """An array on the tape.

    source  its tensor as it was made, by which gradients are taken
    layout  the way from there to `tensor`; None where it lies so

    Functions that compute with observations × window × channels (labelled/running.py) leave their results like this,
    so that of those which follow one another none has to turn what it is given.
    """

    __slots__ = ("_tensor", "layout", "source")

    def __init__(self, source: Any, layout: Callable[[Any], Any] | None = None):
        self.source = source
        self.layout = layout
        self._tensor: Any = source if layout is None else None

    @property
    def tensor(self) -> Any:
        """The numbers, dimensions in reverse order."""
        if self._tensor is not None or self.layout is None:
            return self._tensor
        made = self.layout(self.source)
        if type(made) is type(self.source):  # what a trace makes is only for it
            self._tensor = made
        return made

    def forget(self) -> None:
        """Compute `tensor` anew: a tape that was opened since has not seen it."""
        self._tensor = self.source if self.layout is None else None

    @property
    def shape(self) -> tuple[int, ...]:
        if isinstance(self.layout, Arrangement):
            return self.layout.shape(self.source)
        return tuple(self.tensor.shape)[::-1]

    @property
    def class_name(self) -> str:
        return CLASSES[self.source.dtype.name]

    @property
    def is_complex(self) -> bool:
        return self.source.dtype.is_complex

    def array(self) -> np.ndarray:
        """The numbers, column-major."""
        tensor = self.tensor  # where something is traced, of an array from outside it too
        if not hasattr(tensor, "numpy"):
            raise NotTraceable
        return tensor.numpy().T

    def reshape(self, shape: tuple[int, ...]) -> Record:
        if shape == self.shape:
            return self  # an operation less, and its gradient
        return Record(tensorflow().reshape(self.tensor, shape[::-1]))

    def permute(self, order: tuple[int, ...]) -> Record:
        """The dimensions in another order (from 0, as the language counts them)."""
        last = len(order) - 1
        return Record(tensorflow().transpose(self.tensor, [last - order[last - at] for at in range(len(order))]))

    def constant(self) -> Record:
        """The numbers without what they were computed from."""
        return Record(tensorflow().stop_gradient(self.source), self.layout)

    def converted(self, class_name: str) -> Record:
        """The numbers as 'double' or 'single'."""
        tf = tensorflow()
        name = {"double": "float64", "single": "float32"}[class_name]
        if self.is_complex:
            name = {"double": "complex128", "single": "complex64"}[class_name]
        return Record(tf.cast(self.source, name), self.layout)

    def gather(self, places: np.ndarray) -> Record:
        """The elements at linear places (from 1; 0: a zero), in the shape of the places."""
        tf = tensorflow()
        flat = tf.reshape(self.tensor, [-1])
        turned = np.ascontiguousarray(places.T).astype(np.int64)
        if (first := run_of(turned)) is not None:  # one element, a column: cheaper, and so is its gradient
            return Record(tf.reshape(tf.slice(flat, [first - 1], [turned.size]), turned.shape))
        if turned.size and turned.min() < 1:
            flat = tf.concat([tf.zeros(1, flat.dtype), flat], 0)
        else:
            turned = turned - 1
        return Record(tf.gather(flat, turned))

    def compute(self, name: str, *operands: Any, **settings: Any) -> Record:
        """A function of recorded_operations on records and arrays, all in the wider of their classes."""
        layout = shared_layout(operands) if name in ELEMENTWISE else None
        tensors = [tensor_of(one) if layout is None else tensor_in(one, layout) for one in operands]
        tf = tensorflow()
        with said():
            return Record(OPERATIONS[name](tf, *in_class(tensors, common_type(tensors)), **settings), layout)

    @staticmethod
    def joined(parts: Sequence[Record | np.ndarray], dimension: int) -> Record:
        """Arrays of like sizes one behind the other along a dimension (from 0); as they lie where all lie alike."""
        layout = None if any(map(is_one_number, parts)) else shared_layout(parts)
        axis = None if layout is None else layout.axis(dimension)
        if axis is None:
            layout, axis = None, len(parts[0].shape) - 1 - dimension
        tensors = [tensor_of(one) if layout is None else tensor_in(one, layout) for one in parts]
        return Record(tensorflow().concat(in_class(tensors, common_type(tensors)), axis), layout)


@contextmanager
def said() -> Iterator[None]:
    """What TensorFlow cannot compute (the inverse of a singular matrix) is an error of the program."""
    try:
        yield
    except tensorflow().errors.InvalidArgumentError as fault:
        raise ScriptError(
            "deep:dlarray:ComputationFailed", "A traced computation has no result.",
            notes=(str(fault.message).splitlines()[0],),
        ) from fault  # fmt: skip


def run_of(places: np.ndarray) -> int | None:
    """The first of places (from 1) that follow one another; None for any others."""
    flat = places.ravel()
    if not flat.size or flat[0] < 1 or flat[-1] - flat[0] != flat.size - 1:
        return None
    return int(flat[0]) if flat.size == 1 or bool((np.diff(flat) == 1).all()) else None


def at_each_run(compute: Callable[[], np.ndarray], shape: Sequence[int], dtype: Any) -> Any:
    """A tensor for what is traced: an array that Python computes anew whenever the graph runs, one after the other as
    they are traced."""
    tf = tensorflow()
    found = tf.numpy_function(lambda: np.ascontiguousarray(compute(), dtype), [], tf.as_dtype(dtype))
    return tf.ensure_shape(found, shape)


def as_tensor(array: np.ndarray) -> Any:
    """A column-major array as a tensor with its dimensions in reverse order."""
    return tensorflow().constant(np.ascontiguousarray(array.T))  # twice as fast as convert_to_tensor


def tensor_of(operand: Record | np.ndarray) -> Any:
    return operand.tensor if isinstance(operand, Record) else as_tensor(operand)


def lying(operand: Record | np.ndarray, form: Arrangement) -> Any:
    """The tensor of an operand as an arrangement has it."""
    laid = isinstance(operand, Record) and operand.layout == form
    return operand.source if laid else form.entered(tensor_of(operand))


def shared_layout(operands: Sequence[Record | np.ndarray]) -> Arrangement | None:
    """How all operands lie that have more than one number, if alike and not in reverse order: elements meet there as
    they do in MATLAB's order."""
    found = None
    for one in operands:
        layout = one.layout if isinstance(one, Record) else None
        if isinstance(layout, Arrangement) and found in (None, layout):
            found = layout
        elif not is_one_number(one):
            return None
    return found


def is_one_number(operand: Record | np.ndarray) -> bool:
    count = operand.source.shape.num_elements() if isinstance(operand, Record) else operand.size
    return count == 1


def tensor_in(operand: Record | np.ndarray, layout: Arrangement) -> Any:
    """An operand as it lies; one number as what goes with tensors of any shape."""
    if isinstance(operand, Record) and operand.layout == layout:
        return operand.source
    return tensorflow().reshape(tensor_of(operand), ())


def in_class(tensors: Sequence[Any], dtype: Any) -> list[Any]:
    """Tensors as numbers of a class: themselves where they are."""
    return [one if one.dtype == dtype else tensorflow().cast(one, dtype) for one in tensors]


def common_type(tensors: Sequence[Any]) -> Any:
    """Single where one is, else double; complex where one is; logicals count as what they meet."""
    tf = tensorflow()
    kinds = {one.dtype.name for one in tensors}
    single = bool(kinds & {"float32", "complex64"})
    if any(one.dtype.is_complex for one in tensors):
        return tf.complex64 if single else tf.complex128
    return tf.float32 if single else tf.float64
