"""What the layers of foreign_layers.py compute, on N×H×W×C tensors."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from cnnscript.engine import spatial_operations
from cnnscript.engine.activation_layers import Scaling
from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.importing import onnx_operators
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

    # as model.predict does it, whatever was written when the model was made: some layers train where nobody says so
    learns = "training" in inspect.signature(layer.operation.call).parameters

    def compute(*inputs):
        given = [unpacked(tf, x, layer.shapes[port]) for port, x in enumerate(inputs)]
        args, kwargs = layer.arguments(given)
        if learns:
            kwargs = {**kwargs, "training": False}
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


def _flatten_channels_first(layer: Layer, parameters: Mapping[str, Any]) -> Operation:
    tf = tensorflow()

    def compute(x):
        height, width, channels = x.shape[1:]
        return tf.reshape(tf.transpose(x, (0, 3, 1, 2)), (-1, 1, 1, height * width * channels))

    return compute


def _onnx_operation(layer: foreign.OnnxOperation, parameters: Mapping[str, Any]) -> Operation:
    """The operator on tensors laid out as ONNX does."""
    tf = tensorflow()
    run = onnx_operators.OPERATORS[layer.operator]

    def compute(*tensors):
        coming = iter([channels_first(tf, x, shape) for x, shape in zip(tensors, layer.shapes, strict=True)])
        given = [next(coming) if constant is None else constant for constant in layer.inputs]
        found = run(tf, layer.attributes, *given)
        output = found[layer.output] if isinstance(found, (list, tuple)) else found
        return channels_last(tf, tf.cast(output, tf.float32), layer.shape_after)

    return compute


def channels_first(tf: Any, x: Any, shape: tuple[int, ...]) -> Any:
    """N×H×W×C → the ONNX shape."""
    if len(shape) < 4:
        return unpacked(tf, x, shape)
    x = tf.transpose(x, (0, 3, 1, 2))
    return x if len(shape) == 4 else tf.reshape(x, (-1, *shape[1:]))


def channels_last(tf: Any, x: Any, shape: tuple[int, ...]) -> Any:
    """The inverse of channels_first.  An output that forgot the number of images, as a constant does, has one."""
    size = foreign.packed_channels_first(shape[1:])
    if len(shape) < 4:
        return tf.reshape(x, (-1, *size))
    return tf.transpose(tf.reshape(x, (-1, size[2], *size[:2])), (0, 2, 3, 1))


MAKERS: dict[type[Layer], Callable[[Any, Mapping[str, Any]], Operation]] = {
    foreign.FlattenCStyle: _flatten_c_style,
    foreign.ZeroPadding: _zero_padding,
    foreign.KerasOperation: _keras_operation,
    foreign.FlattenChannelsFirst: _flatten_channels_first,
    foreign.ElementwiseAffine: spatial_operations.MAKERS[Scaling],
    foreign.OnnxOperation: _onnx_operation,
}
