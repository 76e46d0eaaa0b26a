"""Compiled functions out of which a fault of the script comes as it was raised.

TensorFlow makes an error of its own of what Python raises inside a running graph, and forgets where that was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.engine.tensorflow_start import tensorflow

FAULTS: list[BaseException] = []  # raised inside a graph that still runs


def traced(function: Callable[..., Any], signature: Any = None, **options: Any) -> Callable[..., Any]:
    """tf.function, without autograph."""
    tf = tensorflow()
    run = tf.function(function, input_signature=signature, autograph=False, **options)

    def call(*args: Any) -> Any:
        try:
            return run(*args)
        except tf.errors.OpError:
            if not FAULTS:
                raise
            fault = FAULTS[0]
            FAULTS.clear()
        raise fault

    return call
