"""Compiled functions out of which a fault of the script comes as it was raised.

TensorFlow makes an error of its own of what Python raises inside a running graph, and forgets where that was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.engine.tensorflow_start import tensorflow

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
