"""What each layer computes, in raw TensorFlow operations.

`operation(layer, parameters)` gives a function of the layer's input tensors (N×H×W×C float32) to its output tensor.
Everything stays N×H×W×C: fully connected and pooled-away outputs are N×1×1×C, as MATLAB's are 1×1×C×N.

Facts behind the choices (measured on TensorFlow 2.21):
- grouped convolution: TensorFlow's implicit groups have no gradient on the CPU, so the groups are split, convolved,
  joined;
- pooling pads with the lowest number and then pools without padding: explicit padding in the pooling itself is
  refused by XLA;
- a dilated convolution has no gradient on the CPU either, see _convolved;
- TensorFlow's local response normalisation does not divide alpha by the window; MATLAB, Caffe and ONNX do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cnnscript.engine import (
    attention_operations,
    function_layers,
    input_layers,
    output_layers,
    recurrent_layers,
    recurrent_operations,
    spatial_operations,
)
from cnnscript.engine import one_dimensional_layers as one_dimensional
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.frame_operations import image_by_image
from cnnscript.engine.importing import foreign_operations
from cnnscript.engine.input_layers import ImageInput, divisors
from cnnscript.engine.layers import Layer, Padding
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.engine.script_operations import script_operation
from cnnscript.engine.tensorflow_start import tensorflow

Operation = Callable[..., Any]
Parameters = Mapping[str, Any]  # parameter name → variable or tensor, in the shape of Layer.parameter_shapes


def operation(layer: Layer, parameters: Parameters) -> Operation:
    """The function that the layer computes when a trained network is asked (dropout does nothing)."""
    return image_by_image(layer, MAKERS[type(layer)](layer, parameters))


def _with_padding(padding: Padding) -> Any:
    """Padding as tf.nn's convolutions take it."""
    if isinstance(padding, str):  # 'same'
        return "SAME"
    top, bottom, left, right = padding
    if not any(padding):
        return "VALID"
    return [[0, 0], [top, bottom], [left, right], [0, 0]]


# ---------------------------------------------------------------------------------------------------------------- input


def _image_input(layer: ImageInput, parameters: Parameters) -> Operation:
    """Statistics are one number, one a channel, or an image, which for images of another size gives its means."""

    def statistic(numbers: np.ndarray) -> Callable[[Any], np.ndarray]:
        array = np.asarray(numbers, np.float32)
        if array.ndim < 3:
            return lambda x: array
        means = array.mean((0, 1))
        return lambda x: array if tuple(x.shape[1:3]) == array.shape[:2] else means

    def of(numbers: Any, otherwise: float) -> np.ndarray:
        return np.asarray(otherwise if numbers is None else numbers, np.float32)

    mean, low = statistic(of(layer.mean, 0)), statistic(of(layer.min, 0))
    deviation = statistic(divisors(of(layer.standard_deviation, 1)))
    extent = statistic(divisors(of(layer.max, 255) - of(layer.min, 0)))
    if layer.normalization == "zerocenter":
        return lambda x: x - mean(x)
    if layer.normalization == "zscore":
        return lambda x: (x - mean(x)) / deviation(x)
    if layer.normalization == "rescale-symmetric":
        return lambda x: 2 * (x - low(x)) / extent(x) - 1
    if layer.normalization == "rescale-zero-one":
        return lambda x: (x - low(x)) / extent(x)
    return tensorflow().identity


# ---------------------------------------------------------------------------------------------------------- convolution


def _as_it_is(x: Any) -> Any:
    return x


def _edges(layer: Convolution | GroupedConvolution) -> tuple[Operation, Any]:
    """How a convolution pads: what to do to the input first, and the padding that tf.nn is to add then.

    tf.nn adds zeros; where PaddingValue is another number, or says how the edges are carried on, and where the window
    is dilated, the input is padded beforehand.
    """
    tf = tensorflow()
    padding, value = layer.padding_size, layer.padding_value
    if padding == (0, 0, 0, 0) or (not value and layer.dilation_factor == (1, 1)):
        return _as_it_is, "SAME" if _adds_as_same(layer) else _with_padding(padding)

    def amounts(x):
        """What to add before and after, along height and width."""
        if not isinstance(padding, str):
            return padding[:2], padding[2:]
        found = []
        for axis in (0, 1):
            size, stride = tf.shape(x)[axis + 1], layer.stride[axis]
            reach = (layer.filter_size[axis] - 1) * layer.dilation_factor[axis] + 1
            total = tf.maximum((-(-size // stride) - 1) * stride + reach - size, 0)
            found.append((total // 2, total - total // 2))
        return found

    def with_number(x):
        return tf.pad(x, [(0, 0), *amounts(x), (0, 0)], constant_values=float(value))

    def carried_on(x):
        for axis, (before, after) in enumerate(amounts(x), 1):
            count = tf.shape(x)[axis]
            at = tf.range(-before, count + after)
            if value == "replicate":
                at = tf.clip_by_value(at, 0, count - 1)
            elif value == "symmetric-include-edge":
                at = tf.math.floormod(at, 2 * count)
                at = tf.minimum(at, 2 * count - 1 - at)
            else:  # symmetric-exclude-edge
                period = tf.maximum(2 * count - 2, 1)
                at = tf.math.floormod(at, period)
                at = tf.minimum(at, period - at)
            x = tf.gather(x, at, axis=axis)
        return x

    return carried_on if isinstance(value, str) else with_number, "VALID"


def _adds_as_same(layer: Convolution | GroupedConvolution) -> bool:
    """Is the padding what 'same' adds to inputs of any size?  Then TensorFlow's gradients take little more than half
    the time that they take with the numbers."""
    added = [(size - 1) * dilation for size, dilation in zip(layer.filter_size, layer.dilation_factor, strict=True)]
    halves = tuple(half for total in added for half in (total // 2, total - total // 2))
    return layer.padding_size == "same" or layer.stride == (1, 1) and layer.padding_size == halves


def _padded_before(layer: GroupedConvolution) -> tuple[Operation, str]:
    """The same padding, without numbers for tf.nn.depthwise_conv2d: TensorFlow 2.21's optimiser ends the whole process
    over those in a traced function."""
    tf, (top, bottom, left, right) = tensorflow(), layer.padding_size
    return lambda x: tf.pad(x, [(0, 0), (top, bottom), (left, right), (0, 0)]), "VALID"


def _convolved(layer: Convolution | GroupedConvolution, x: Any, kernel: Any, padding: Any) -> Any:
    """Kernels h×w×C×F over an input.  A dilated window sees every other (third ...) row and column: those are convolved
    by themselves and put together again, which is what TensorFlow does, too, but with a gradient on the CPU."""
    tf = tensorflow()
    if layer.dilation_factor == (1, 1):
        return tf.nn.conv2d(x, kernel, layer.stride, padding)
    shape = tf.shape(x)
    sizes, steps = [shape[1], shape[2]], layer.dilation_factor
    missing = [[0, -size % step] for size, step in zip(sizes, steps, strict=True)]
    apart = tf.nn.conv2d(tf.space_to_batch(x, steps, missing), kernel, 1, "VALID")
    whole = tf.batch_to_space(apart, steps, [[0, 0], [0, 0]])
    tall, wide = (size - (k - 1) * step for size, k, step in zip(sizes, layer.filter_size, steps, strict=True))
    return whole[:, : tall : layer.stride[0], : wide : layer.stride[1]]


def _convolution(layer: Convolution, parameters: Parameters) -> Operation:
    nn = tensorflow().nn
    kernel, bias = parameters["Weights"], parameters["Bias"]
    padded, padding = _edges(layer)

    def compute(x):
        return nn.bias_add(_convolved(layer, padded(x), kernel, padding), bias)

    return compute


def _grouped_convolution(layer: GroupedConvolution, parameters: Parameters) -> Operation:
    tf = tensorflow()
    nn = tf.nn
    kernel, bias = parameters["Weights"], parameters["Bias"]
    padded, padding = _edges(layer)
    groups, per_group = int(layer.num_groups), layer.num_filters_per_group
    if layer.num_channels_per_group == 1 and layer.stride[0] == layer.stride[1]:
        depthwise = (*layer.filter_size, groups, per_group)
        strides = (1, *layer.stride, 1)
        if not isinstance(padding, str):
            padded, padding = _padded_before(layer)

        def compute_depthwise(x):
            filters = tf.reshape(kernel, depthwise)
            maps = nn.depthwise_conv2d(padded(x), filters, strides, padding, dilations=layer.dilation_factor)
            return nn.bias_add(maps, bias)

        return compute_depthwise

    def compute(x):
        pieces = zip(tf.split(padded(x), groups, -1), tf.split(kernel, groups, -1), strict=True)
        maps = [_convolved(layer, part, k, padding) for part, k in pieces]
        return nn.bias_add(tf.concat(maps, -1), bias)

    return compute


def _fully_connected(layer: FullyConnected, parameters: Parameters) -> Operation:
    tf = tensorflow()
    kernel, bias = parameters["Weights"], parameters["Bias"]
    inputs, outputs = int(layer.input_size), layer.output_size
    if layer.per_step:
        return lambda x: tf.nn.bias_add(tf.tensordot(x, kernel, 1), bias)

    def compute(x):
        scores = tf.nn.bias_add(tf.matmul(tf.reshape(x, (-1, inputs)), kernel), bias)
        return tf.reshape(scores, (-1, 1, 1, outputs))

    return compute


# -------------------------------------------------------------------------------------------------------------- pooling


def _max_pooling(layer: MaxPooling, parameters: Parameters) -> Operation:
    tf = tensorflow()
    if layer.padding_size == "same":
        return lambda x: tf.nn.max_pool2d(x, layer.pool_size, layer.stride, "SAME")
    if not any(layer.padding_size):
        return lambda x: tf.nn.max_pool2d(x, layer.pool_size, layer.stride, "VALID")
    edges = _with_padding(layer.padding_size)

    def compute(x):
        return tf.nn.max_pool2d(tf.pad(x, edges, constant_values=x.dtype.min), layer.pool_size, layer.stride, "VALID")

    return compute


def _average_pooling(layer: AveragePooling, parameters: Parameters) -> Operation:
    tf = tensorflow()
    edges = _with_padding(layer.padding_size)

    def pool(x, padding):
        return tf.nn.avg_pool2d(x, layer.pool_size, layer.stride, padding)

    if edges == "VALID" or (edges == "SAME" and layer.padding_value == "mean"):
        return lambda x: pool(x, edges)
    if edges == "SAME":  # TensorFlow leaves the padding out of the mean: count it in as zeros
        window = np.full((*layer.pool_size, 1, 1), 1 / (layer.pool_size[0] * layer.pool_size[1]))

        def compute_same(x):
            share = tf.nn.conv2d(tf.ones_like(x[:1, :, :, :1]), tf.cast(window, x.dtype), layer.stride, "SAME")
            return pool(x, "SAME") * share

        return compute_same
    if layer.padding_value == "mean":

        def compute_mean(x):
            there = pool(tf.pad(tf.ones_like(x[:1, :, :, :1]), edges), "VALID")
            return pool(tf.pad(x, edges), "VALID") / there

        return compute_mean
    return lambda x: pool(tf.pad(x, edges, constant_values=layer.padding_value), "VALID")


def _global_average_pooling(layer: Layer, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: tf.reduce_mean(x, (1, 2), keepdims=True)


def _global_max_pooling(layer: Layer, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: tf.reduce_max(x, (1, 2), keepdims=True)


def _indexing(layer: one_dimensional.Indexing1D, parameters: Parameters) -> Operation:
    return (lambda x: x[:, :1]) if layer.index == "first" else (lambda x: x[:, -1:])


def _flatten(layer: Flatten, parameters: Parameters) -> Operation:
    tf = tensorflow()
    if layer.per_step:
        return tf.identity

    def compute(x):
        count = np.prod(x.shape[1:])
        return tf.reshape(tf.transpose(x, (0, 3, 2, 1)), (-1, 1, 1, int(count)))

    return compute


# ------------------------------------------------------------------------------------------------------------ pointwise


def _leaky_relu(layer: pointwise.LeakyReLU, parameters: Parameters) -> Operation:
    nn = tensorflow().nn
    return lambda x: nn.leaky_relu(x, layer.scale)


def _clipped_relu(layer: pointwise.ClippedReLU, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda x: tf.clip_by_value(x, 0.0, layer.ceiling)


def _scaling_factor(layer: pointwise.ScalingFactor, parameters: Parameters) -> Operation:
    return lambda x: x * layer.scale


def _channel_shuffle(layer: pointwise.ChannelShuffle, parameters: Parameters) -> Operation:
    tf = tensorflow()

    def compute(x):
        shape = tf.shape(x)
        apart = tf.reshape(x, (*(shape[i] for i in range(3)), layer.num_groups, x.shape[3] // layer.num_groups))
        return tf.reshape(tf.transpose(apart, (0, 1, 2, 4, 3)), shape)

    return compute


def _batch_normalization(layer: pointwise.BatchNormalization, parameters: Parameters) -> Operation:
    nn = tensorflow().nn
    offset, scale = parameters["Offset"], parameters["Scale"]
    mean, variance = parameters["TrainedMean"], parameters["TrainedVariance"]
    return lambda x: nn.batch_normalization(x, mean, variance, offset, scale, layer.epsilon)


def _cross_channel_normalization(layer: pointwise.CrossChannelNormalization, parameters: Parameters) -> Operation:
    tf = tensorflow()
    window, share = layer.window_channel_size, layer.alpha / layer.window_channel_size
    if window % 2:
        return lambda x: tf.nn.local_response_normalization(x, window // 2, layer.k, share, layer.beta)
    before, after = (window - 1) // 2, window // 2

    def compute(x):
        squares = tf.pad(x * x, [[0, 0], [0, 0], [0, 0], [before, after]])
        channels = x.shape[-1]
        total = tf.add_n([squares[..., i : i + channels] for i in range(window)])
        return x / (layer.k + share * total) ** layer.beta

    return compute


def _addition(layer: pointwise.Addition, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda *inputs: tf.add_n(inputs)


def _multiplication(layer: pointwise.Multiplication, parameters: Parameters) -> Operation:
    def compute(first, *others):
        for other in others:
            first = first * other
        return first

    return compute


def _depth_concatenation(layer: Layer, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda *inputs: tf.concat(inputs, -1)


def _concatenation(layer: pointwise.Concatenation, parameters: Parameters) -> Operation:
    tf = tensorflow()
    return lambda *inputs: tf.concat(inputs, layer.axis)  # MATLAB's 1, 2, 3 are the tensor's axes 1, 2, 3


def _plain(name: str) -> Callable[[Layer, Parameters], Operation]:
    """A layer that is one function of tf.nn or tf."""

    def make(layer: Layer, parameters: Parameters) -> Operation:
        tf = tensorflow()
        return getattr(tf.nn, name, None) or getattr(tf, name)

    return make


MAKERS: dict[type[Layer], Callable[[Any, Parameters], Operation]] = {
    ImageInput: _image_input,
    Convolution: _convolution,
    GroupedConvolution: _grouped_convolution,
    FullyConnected: _fully_connected,
    MaxPooling: _max_pooling,
    AveragePooling: _average_pooling,
    GlobalAveragePooling: _global_average_pooling,
    GlobalMaxPooling: _global_max_pooling,
    one_dimensional.Convolution1D: _convolution,
    one_dimensional.MaxPooling1D: _max_pooling,
    one_dimensional.AveragePooling1D: _average_pooling,
    one_dimensional.GlobalAveragePooling1D: _global_average_pooling,
    one_dimensional.GlobalMaxPooling1D: _global_max_pooling,
    one_dimensional.Indexing1D: _indexing,
    Flatten: _flatten,
    pointwise.ReLU: _plain("relu"),
    pointwise.LeakyReLU: _leaky_relu,
    pointwise.ClippedReLU: _clipped_relu,
    pointwise.ScalingFactor: _scaling_factor,
    pointwise.ChannelShuffle: _channel_shuffle,
    pointwise.Tanh: _plain("tanh"),
    pointwise.Sigmoid: _plain("sigmoid"),
    pointwise.Softmax: _plain("softmax"),
    pointwise.Dropout: _plain("identity"),
    pointwise.BatchNormalization: _batch_normalization,
    pointwise.CrossChannelNormalization: _cross_channel_normalization,
    pointwise.Addition: _addition,
    pointwise.Multiplication: _multiplication,
    pointwise.DepthConcatenation: _depth_concatenation,
    pointwise.Concatenation: _concatenation,
    output_layers.ClassificationOutput: _plain("identity"),
    input_layers.FeatureInput: _image_input,
    input_layers.FormattedInput: _image_input,
    recurrent_layers.SequenceInput: _image_input,
    output_layers.RegressionOutput: _plain("identity"),
    output_layers.PixelClassificationOutput: _plain("identity"),
    output_layers.DicePixelClassificationOutput: _plain("identity"),
    output_layers.FocalLossOutput: _plain("identity"),
    function_layers.FunctionLayer: script_operation,
    function_layers.CustomLayer: script_operation,
    **recurrent_operations.MAKERS,
    **attention_operations.MAKERS,
    **spatial_operations.MAKERS,
    **foreign_operations.MAKERS,
}
