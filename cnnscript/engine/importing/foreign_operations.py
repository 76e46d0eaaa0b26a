"""What the layers of foreign_layers.py compute, on N×H×W×C tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.layers import Layer
from cnnscript.engine.tensorflow_start import tensorflow

Operation = Callable[..., Any]


def _flatten_c_style(layer: Layer, parameters: Mapping[str, Any]) -> Operation:
    tf = tensorflow()

    def compute(x):
        height, width, channels = x.shape[1:]
        return tf.reshape(x, (-1, 1, 1, height * width * channels))

    return compute


def _zero_padding(layer: foreign.ZeroPadding, parameters: Mapping[str, Any]) -> Operation:
    tf = tensorflow()
    top, bottom, left, right = layer.padding_size
    return lambda x: tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]])


def _keras_operation(layer: foreign.KerasOperation, parameters: Mapping[str, Any]) -> Operation:
    """The operation between the shapes it knows; what comes out is float32 again."""
    tf = tensorflow()
    import keras

    def compute(*inputs):
        given = [unpacked(tf, x, layer.shapes[port]) for port, x in enumerate(inputs)]
        args, kwargs = layer.arguments(given)
        output = keras.tree.flatten(layer.operation(*args, **kwargs))[layer.output]
        return packed(tf, tf.cast(output, tf.float32))

    return compute


def unpacked(tf: Any, x: Any, shape: tuple[int | None, ...]) -> Any:
    """N×H×W×C → the foreign shape."""
    if len(shape) == 4:
        return x
    if len(shape) == 1:
        return tf.reshape(x, (-1,))
    if len(shape) == 2:
        return tf.reshape(x, (-1, x.shape[3]))
    return tf.squeeze(x, 3) if len(shape) == 3 else tf.reshape(x, (-1, *shape[1:]))


def packed(tf: Any, x: Any) -> Any:
    """The inverse of unpacked."""
    rank = x.shape.rank
    if rank == 4:
        return x
    if rank == 3:
        return x[..., None]
    if rank < 3:
        return tf.reshape(x, (-1, 1, 1, 1 if rank == 1 else x.shape[1]))
    return tf.reshape(x, (-1, *foreign.packed_size(tuple(x.shape[1:]))))


MAKERS: dict[type[Layer], Callable[[Any, Mapping[str, Any]], Operation]] = {
    foreign.FlattenCStyle: _flatten_c_style,
    foreign.ZeroPadding: _zero_padding,
    foreign.KerasOperation: _keras_operation,
}
