"""What layers of the script compute, over tensors: differentiable to their inputs and their learnables.

There are three ways, taken by what is going on:

- Inside a recording (dlfeval) the script's function runs on records: whatever tape watches sees its operations.
  A class that may be accelerated may be traced so, too.
- Elsewhere it runs on arrays; for the gradient it runs again, on a tape of its own.  In a compiled graph it is one
  operation of the graph that calls back; all layers around it stay compiled.
- A class with a `backward` of its own always runs on arrays, and `backward` is its gradient, to every tape.  How that
  changes in turn is not known: the second derivative is an error.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cnnscript.engine.layers import Steps, Vector, size_of_output
from cnnscript.engine.recording import NotTraceable, current
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.tracing import FAULTS
from cnnscript.errors import ScriptError

if TYPE_CHECKING:
    from cnnscript.engine.function_layers import ScriptLayer

SIZES = {"CBT": Steps, "CB": Vector, "SSCB": tuple}
REMEMBERED = 8  # memories of calls inside a compiled graph that still may be differentiated

_turn = threading.RLock()  # compiled graphs call back from several threads; the script runs in one
_tokens = count(1)


@dataclass(frozen=True)
class Computed:
    """What a call gave.  outputs: N×h×w×c, and their labels; state: new numbers; memory: what `backward` is handed."""

    outputs: list[Any]
    labels: list[str]
    state: list[Any]
    memory: Any = None


class Script(Protocol):
    """A layer's functions.

    forms     how the dimensions of each input lie: SSCB, CB, CBT
    numbers   its learnables, then its state: arrays or tensors in MATLAB's shapes
    training  `forward` instead of `predict`, where the class has it
    """

    formatted: bool  # does it take dlarrays with labels?
    nested: bool  # has it networks inside?
    has_backward: bool

    def compute(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
                training: bool) -> Computed:  # fmt: skip
        """Arrays N×H×W×C to arrays."""

    def tried(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray]) -> Computed:
        """The same in a network that is only put together: an error says which layer it is of."""

    def record(self, forms: Sequence[str], numbers: Sequence[Any], tensors: Sequence[Any], training: bool) -> Computed:
        """Tensors to tensors, by operations that tapes see."""

    def pull(self, forms: Sequence[str], numbers: Sequence[np.ndarray], arrays: Sequence[np.ndarray],
             results: Sequence[np.ndarray], upstreams: Sequence[np.ndarray], memory: Any, training: bool
             ) -> list[np.ndarray]:  # fmt: skip
        """The losses by the inputs, then by the learnables and the state, from those by the outputs and the new
        state."""


def script_operation(layer: ScriptLayer, parameters: Mapping[str, Any]) -> Callable[..., Any]:
    """What the script computes: a tensor, or a list of them where there are several outputs."""
    compute = stateful_script(layer, parameters, False)
    return lambda *inputs: compute(*inputs)[0]


def stateful_script(layer: ScriptLayer, parameters: Mapping[str, Any], training: bool
                    ) -> Callable[..., tuple[Any, Mapping[str, Any]]]:  # fmt: skip
    """The same, and the new state by name."""
    names = (*layer.learnables, *layer.state)
    outputs = max(1, len(layer.output_names))

    def compute(*inputs: Any) -> tuple[Any, Mapping[str, Any]]:
        tf = tensorflow()
        forms = layer.forms or ("SSCB",) * len(inputs)
        numbers = [tf.convert_to_tensor(parameters[name]) for name in names]
        found = _recorded(layer, forms, numbers, inputs, training)
        if found is None:
            found = _called(layer, forms, len(inputs), training)(*inputs, *numbers)
        out = found[0] if outputs == 1 else list(found[:outputs])
        return out, dict(zip(layer.state, found[outputs:], strict=True))

    return compute


def _recorded(layer: ScriptLayer, forms: Sequence[str], numbers: Sequence[Any], inputs: Sequence[Any],
              training: bool) -> list[Any] | None:  # fmt: skip
    """The outputs and the new state by recorded operations; None where that is not the way."""
    if layer.call.has_backward:
        return None
    if not tensorflow().executing_eagerly():
        known = all(length is not None for tensor in inputs for length in tensor.shape)
        if not (layer.acceleratable and known):
            if current() is not None:
                raise NotTraceable
            return None
        try:
            found = layer.call.record(forms, numbers, inputs, training)
        except NotTraceable:
            if current() is not None:
                raise
            return None
        return [*found.outputs, *found.state]
    if current() is None and not layer.call.nested:
        return None
    found = layer.call.record(forms, numbers, inputs, training)
    return [*found.outputs, *found.state]


def _called(layer: ScriptLayer, forms: Sequence[str], inputs: int, training: bool) -> Callable[..., list[Any]]:
    """A function of the tensors of the inputs and of the numbers, computed by calls of the script."""
    tf = tensorflow()
    call, states = layer.call, len(layer.state)
    outputs = max(1, len(layer.output_names))

    @tf.custom_gradient
    def compute(*tensors):
        sizes = [SIZES[form](x.shape[1:]) for x, form in zip(tensors[:inputs], forms, strict=True)]
        size = layer.size_after(*sizes)
        shapes = [(tensors[0].shape[0], *size_of_output(size, port)) for port in range(outputs)]
        shapes += [x.shape for x in tensors[len(tensors) - states :]] if states else []
        memories: dict[int, Any] = {}

        def forward(*arrays):
            found = call.compute(forms, arrays[inputs:], arrays[:inputs], training)
            token = next(_tokens)
            memories[token] = found.memory
            while len(memories) > REMEMBERED:
                del memories[next(iter(memories))]
            return [*found.outputs, *found.state, np.array(token, np.int64)]

        *results, token = _run(forward, tensors, [*shapes, ()], [tf.float32] * len(shapes) + [tf.int64])

        def backward(*upstreams):
            def pull(*arrays):
                given, rest = arrays[: len(tensors)], arrays[len(tensors) : -1]
                memory = memories.pop(int(arrays[-1]), None) if call.has_backward else None
                return call.pull(forms, given[inputs:], given[:inputs], rest[: len(results)], rest[len(results) :],
                                 memory, training)  # fmt: skip

            found = _run(pull, [*tensors, *results, *upstreams, token], [x.shape for x in tensors],
                         [tf.float32] * len(tensors))  # fmt: skip
            return [_undifferentiable(slope, [*tensors, *upstreams], layer) for slope in found]

        return results, backward

    return compute


def _run(call: Callable[..., list[np.ndarray]], tensors: Sequence[Any], shapes: Sequence[Any], types: Sequence[Any]
         ) -> list[Any]:  # fmt: skip
    """The arrays that a call of the script gives, as tensors; inside a graph, an operation that calls."""
    tf = tensorflow()
    if tf.executing_eagerly():
        return [tf.constant(np.asarray(array, order="C")) for array in call(*(x.numpy() for x in tensors))]

    def called_back(*arrays):
        with _turn:
            try:
                return call(*arrays)
            except BaseException as fault:
                FAULTS.append(fault)
                raise

    found = tf.numpy_function(called_back, list(tensors), list(types))
    for tensor, shape in zip(found, shapes, strict=True):
        tensor.set_shape(shape)
    return found


def _undifferentiable(slope: Any, sources: Sequence[Any], layer: ScriptLayer) -> Any:
    """The same, except that its own gradient, by what it was computed from, is an error."""
    tf = tensorflow()

    @tf.custom_gradient
    def same(x, *sources):
        def refuse(*upstreams):
            raise ScriptError(
                "nnet_cnn:layer:Layer:NoHigherDerivatives",
                f"Higher-order derivatives through layer '{layer.name}' are not known.",
                notes=(f"the backward function of {layer.describe()} says the first derivative only",)
                if layer.call.has_backward else (f"it is computed by calls ({layer.describe()})",),
                hint="without a function 'backward' a class of layers is differentiated automatically",
            )  # fmt: skip

        return tf.identity(x), refuse

    return same(slope, *sources)
