"""Compiled functions: when one is worth making, and how a fault of the script comes out of it as it was raised.

TensorFlow makes an error of its own of what Python raises inside a running graph, and forgets where that was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.engine.tensorflow_start import tensorflow

SHORT = 150  # layers whose trace nobody waits for: 0.1 to 0.2 s
A_WALK = 50  # of more layers, so many are worth one walk more before the trace
FAULTS: list[BaseException] = []  # raised inside a graph that still runs


class Traced:
    """tf.function, without autograph."""

    def __init__(self, function: Callable[..., Any], signature: Any, options: dict[str, Any]):
        tf = tensorflow()
        self.run = tf.function(function, input_signature=signature, autograph=False, **options)
        self.experimental_get_tracing_count = self.run.experimental_get_tracing_count

    def __call__(self, *args: Any) -> Any:
        try:
            return self.run(*args)
        except tensorflow().errors.OpError:
            if not FAULTS:
                raise
            fault = FAULTS[0]
            FAULTS.clear()
        raise fault


def traced(function: Callable[..., Any], signature: Any = None, **options: Any) -> Traced:
    return Traced(function, signature, options)


def walks_first(layers: int) -> int:
    """How many times a question through so many layers is walked before it is traced.

    Tracing takes 1.5 to 4 ms a layer, the later calls save 0.1 to 0.2 each: it pays after 10 to 35 calls.  Of some
    dozens of layers the second call is traced; nasnetmobile's 913 take 3.3 s of tracing for the 0.13 s that a call
    saves, so whoever asks about a few images would only wait.
    """
    return 1 if layers <= SHORT else 1 + layers // A_WALK
