"""What the layers of activation_layers, normalization_layers and spatial_layers compute (see operations.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cnnscript.engine import activation_layers as activations
from cnnscript.engine import normalization_layers as normalizations
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.convolution_layers import TransposedConvolution
from cnnscript.engine.layers import Layer
from cnnscript.engine.one_dimensional_layers import TransposedConvolution1D
from cnnscript.engine.pooling_layers import AdaptiveAveragePooling, MaxUnpooling
from cnnscript.engine.tensorflow_start import tensorflow

Operation = Callable[..., Any]
Parameters = Mapping[str, Any]


def _elu(layer: activations.ELU, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: tf.where(x > 0, x, layer.alpha * tf.math.expm1(tf.minimum(x, 0)))


def _gelu(layer: activations.GELU, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: tf.nn.gelu(x, approximate=layer.approximation == "tanh")


def _swish(layer: activations.Swish, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: x * tf.sigmoid(x)


def _hard_swish(layer: activations.HardSwish, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: x * tf.clip_by_value((x + 3) / 6, 0.0, 1.0)


def _softplus(layer: activations.Softplus, parameters: Parameters) -> Operation:
    return tensorflow().nn.softplus


def _prelu(layer: activations.PReLU, parameters: Parameters) -> Operation:
    tf = tensorflow()
    alpha = parameters["Alpha"]
    return lambda x: tf.where(x > 0, x, alpha * x)


def _identity(layer: Layer, parameters: Parameters) -> Operation:
    return tensorflow().identity


def _scaling(layer: activations.Scaling, parameters: Parameters) -> Operation:
    return lambda x: x * layer.scale + layer.bias


def _normalization(layer: normalizations.ChannelScaled, parameters: Parameters) -> Operation:
    tf = tensorflow()
    offset, scale = parameters["Offset"], parameters["Scale"]
    groups = layer.groups(int(layer.num_channels))

    def compute(x):
        shape = tf.shape(x)
        apart = tf.reshape(x, (shape[0], shape[1], shape[2], groups, x.shape[3] // groups))
        mean, variance = tf.nn.moments(apart, (1, 2, 4), keepdims=True)
        return tf.reshape((apart - mean) * tf.math.rsqrt(variance + layer.epsilon), shape) * scale + offset

    return compute


def _layer_normalization(layer: normalizations.LayerNormalization, parameters: Parameters) -> Operation:
    if not layer.per_step and layer.operation_dimension != "channel-only":
        return _normalization(layer, parameters)
    tf = tensorflow()
    offset, scale = parameters["Offset"], parameters["Scale"]

    def compute(x):
        mean, variance = tf.nn.moments(x, (3,), keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + layer.epsilon) * scale + offset

    return compute


# ----------------------------------------------------------------------------------------------------- height and width


def _transposed_convolution(layer: TransposedConvolution, parameters: Parameters) -> Operation:
    tf = tensorflow()
    kernel, bias = parameters["Weights"], parameters["Bias"]
    top, bottom, left, right = layer.crops()

    def compute(x):
        shape = tf.shape(x)
        tall, wide = (layer.stride[i] * (shape[i + 1] - 1) + layer.filter_size[i] for i in (0, 1))
        whole = tf.nn.conv2d_transpose(x, kernel, (shape[0], tall, wide, layer.num_filters), layer.stride, "VALID")
        edges = [[0, 0], [0, max(-bottom, 0)], [0, max(-right, 0)], [0, 0]]
        if bottom < 0 or right < 0:
            whole = tf.pad(whole, edges)
        return tf.nn.bias_add(whole[:, top : tall - bottom, left : wide - right], bias)

    return compute


def _max_unpooling(layer: MaxUnpooling, parameters: Parameters) -> Operation:
    tf = tensorflow()
    pooling = layer.pooling
    assert pooling is not None, "only settled layers compute"
    padding = pooling.padding_size
    top, bottom, left, right = (0, 0, 0, 0) if isinstance(padding, str) else padding

    def compute(x, pooled, before):
        padded = tf.pad(before, [[0, 0], [top, bottom], [left, right], [0, 0]], constant_values=before.dtype.min)
        _, places = tf.nn.max_pool_with_argmax(
            padded, pooling.pool_size, pooling.stride, "SAME" if padding == "same" else "VALID",
            include_batch_in_index=True,
        )  # fmt: skip
        shape = tf.shape(padded)
        flat = tf.zeros(tf.reduce_prod(shape), x.dtype)
        back = tf.tensor_scatter_nd_update(flat, tf.reshape(places, (-1, 1)), tf.reshape(x, (-1,)))
        whole = tf.reshape(back, shape)
        return whole[:, top : shape[1] - bottom, left : shape[2] - right]

    return compute


def _crop(layer: spatial.Crop2D, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def compute(x, reference):
        shape, wanted = tf.shape(x), tf.shape(reference)
        if isinstance(layer.location, str):
            top, left = (shape[1] - wanted[1]) // 2, (shape[2] - wanted[2]) // 2
        else:
            top, left = layer.location[1] - 1, layer.location[0] - 1
        return x[:, top : top + wanted[1], left : left + wanted[2]]

    return compute


def _adaptive_average_pooling(layer: AdaptiveAveragePooling, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def shares(length, count, kind):
        """How much each of `length` rows adds to each of `count` means: count × length."""
        k, row = tf.range(count)[:, None], tf.range(length)[None]
        inside = tf.cast((row >= k * length // count) & (row < -(-(k + 1) * length // count)), kind)
        return inside / tf.reduce_sum(inside, axis=1, keepdims=True)

    def compute(x):
        rows, columns = (shares(tf.shape(x)[i + 1], layer.output_size[i], x.dtype) for i in (0, 1))
        return tf.einsum("ih,jw,nhwc->nijc", rows, columns, x)

    return compute


def _resize(layer: spatial.Resize2D, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def places(count, length, scale, kind):
        """Where each of `count` outputs looks in `length` inputs, from 0, as floats of a kind."""
        at = tf.range(count, dtype=kind)
        step = tf.cast(length, kind) / tf.cast(count, kind) if scale is None else 1 / scale
        return (at + 0.5) * step - 0.5 if layer.geometric_transform_mode == "half-pixel" else at * step

    def along(x, axis, count, scale):
        length = tf.shape(x)[axis]
        at, last = places(count, length, scale, x.dtype), length - 1
        if layer.method == "nearest":
            whole = {"round": tf.floor(at + 0.5), "floor": tf.floor(at), "onnx-10": tf.math.ceil(at - 0.5)}
            index = tf.clip_by_value(tf.cast(whole[layer.nearest_rounding_mode], tf.int32), 0, last)
            times = repetitions(index, x.shape[axis])
            return tf.gather(x, index, axis=axis) if times is None else repeated(x, axis, times)
        at = tf.clip_by_value(at, tf.zeros((), x.dtype), tf.cast(last, x.dtype))
        first = tf.cast(tf.floor(at), tf.int32)
        share = tf.reshape(at - tf.floor(at), [-1 if i == axis else 1 for i in range(4)])
        low, high = tf.gather(x, first, axis=axis), tf.gather(x, tf.minimum(first + 1, last), axis=axis)
        return low + share * (high - low)

    def compute(x, reference=None):
        shape = tf.shape(x)
        for i in (0, 1):
            if layer.scale is not None:
                exact = tf.cast(shape[i + 1], tf.float64) * layer.scale[i]
                count, scale = tf.maximum(tf.cast(exact, tf.int32), 1), layer.scale[i]
            else:
                count, scale = tf.shape(reference)[i + 1] if layer.output_size is None else layer.output_size[i], None
                if layer.output_size is not None and count < 0:  # as the input's shape is
                    count = -(-shape[i + 1] * layer.output_size[1 - i] // shape[2 - i])
            x = along(x, i + 1, count, scale)
        return x

    return compute


def repetitions(index: Any, length: int | None) -> int | None:
    """How many times places name each of `length` rows, one after the other; None for any other places."""
    known = tensorflow().get_static_value(index)
    if known is None or not length or len(known) % length:
        return None
    times = len(known) // length
    return times if bool((known == np.arange(length).repeat(times)).all()) else None


def repeated(x: Any, axis: int, times: int) -> Any:
    """Rows along an axis as often: what gathering them gives, in a third of the time of that and its gradient."""
    tf = tensorflow()
    shape = tuple(x.shape) if x.shape.is_fully_defined() else tf.unstack(tf.shape(x))
    apart = tf.broadcast_to(tf.expand_dims(x, axis + 1), (*shape[: axis + 1], times, *shape[axis + 1 :]))
    return tf.reshape(apart, (*shape[:axis], shape[axis] * times, *shape[axis + 1 :]))


def _depth_to_space(layer: spatial.DepthToSpace, parameters: Parameters) -> Operation:
    tf = tensorflow()
    rows, columns = layer.block_size

    def compute(x):
        shape, channels = tf.shape(x), x.shape[3] // (rows * columns)
        if layer.mode == "dcr":
            apart = tf.reshape(x, (shape[0], shape[1], shape[2], rows, columns, channels))
        else:
            apart = tf.reshape(x, (shape[0], shape[1], shape[2], channels, rows, columns))
            apart = tf.transpose(apart, (0, 1, 2, 4, 5, 3))
        together = tf.transpose(apart, (0, 1, 3, 2, 4, 5))
        return tf.reshape(together, (shape[0], shape[1] * rows, shape[2] * columns, channels))

    return compute


def _space_to_depth(layer: spatial.SpaceToDepth, parameters: Parameters) -> Operation:
    tf = tensorflow()
    rows, columns = layer.block_size

    def compute(x):
        shape, channels = tf.shape(x), x.shape[3]
        apart = tf.reshape(x, (shape[0], shape[1] // rows, rows, shape[2] // columns, columns, channels))
        together = tf.transpose(apart, (0, 1, 3, 2, 4, 5))
        return tf.reshape(together, (shape[0], shape[1] // rows, shape[2] // columns, rows * columns * channels))

    return compute


MAKERS: dict[type[Layer], Callable[[Any, Parameters], Operation]] = {
    activations.ELU: _elu,
    activations.GELU: _gelu,
    activations.Swish: _swish,
    activations.HardSwish: _hard_swish,
    activations.Softplus: _softplus,
    activations.PReLU: _prelu,
    activations.Identity: _identity,
    activations.Scaling: _scaling,
    activations.SpatialDropout: _identity,
    normalizations.GroupNormalization: _normalization,
    normalizations.InstanceNormalization: _normalization,
    normalizations.LayerNormalization: _layer_normalization,
    TransposedConvolution: _transposed_convolution,
    TransposedConvolution1D: _transposed_convolution,
    MaxUnpooling: _max_unpooling,
    AdaptiveAveragePooling: _adaptive_average_pooling,
    spatial.Crop2D: _crop,
    spatial.Resize2D: _resize,
    spatial.DepthToSpace: _depth_to_space,
    spatial.SpaceToDepth: _space_to_depth,
}
