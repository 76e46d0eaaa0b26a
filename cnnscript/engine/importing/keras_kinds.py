"""Which of MATLAB's layers a Keras layer is, where one computes exactly what it does.

`described(layer, shapes)` gives the layers (often one; two where an activation or a pointwise convolution is inside)
with their numbers in the engine's shapes, or None: the Keras layer then runs as it is.  Only classes of Keras itself
are read; a class derived from one of them may compute anything.

Names follow MATLAB's importers: the activation of `conv2d` is `conv2d_relu`, the halves of a separable convolution are
`NAME_channel-wise` and `NAME_point-wise` (the names of MATLAB's xception).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.importing.foreign_layers import FlattenCStyle, ZeroPadding
from cnnscript.engine.layers import Layer
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling

Shape = tuple[int | None, ...]


class Made(NamedTuple):
    """One layer and its numbers."""

    layer: Layer
    arrays: dict[str, np.ndarray]


Maker = Callable[[Any, str, Sequence[Shape]], "list[Made] | None"]


def described(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    """A Keras layer (or operation of keras.ops) as layers of ours in a row; None where none is exactly that.

    shapes: what goes in, in Keras' order of axes, None where open.
    """
    kind = type(layer)
    if not kind.__module__.startswith("keras."):
        return None
    maker = (OPERATIONS if ".ops." in kind.__module__ else MAKERS).get(kind.__name__)
    if maker is None or getattr(layer, "data_format", "channels_last") == "channels_first":
        return None
    return maker(layer, name, shapes)


def number_array(variable: Any) -> np.ndarray:
    return np.asarray(variable, np.float32)


# ---------------------------------------------------------------------------------------------------------- activations


def activated(made: list[Made] | None, layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    """The layers with the `activation` argument of the Keras layer after them; None when that is none of ours."""
    if made is None:
        return None
    function = getattr(layer, "activation", None)
    if function is None or function_name(function) == "linear":
        return made
    rank = len(shapes[0])
    kind = activation_kind(function, rank)
    if kind is None:
        return None
    return [*made, Made(kind(name=f"{name}_{function_name(function)}"), {})]


def function_name(function: Any) -> str:
    return getattr(function, "__name__", type(function).__name__)


def activation_kind(function: Any, rank: int) -> Callable[..., Layer] | None:
    """The kind of layer that an activation function of Keras is."""
    module = getattr(function, "__module__", "")
    if not module.startswith("keras."):
        return None
    name = function_name(function)
    if name == "softmax" and rank == 3:  # over the last axis, which is no channel here
        return None
    return ACTIVATIONS.get(name)


ACTIVATIONS: dict[str, Callable[..., Layer]] = {
    "linear": activation.Identity,
    "relu": pointwise.ReLU,
    "relu6": lambda name: pointwise.ClippedReLU(name=name, ceiling=6.0),
    "softmax": pointwise.Softmax,
    "sigmoid": pointwise.Sigmoid,
    "tanh": pointwise.Tanh,
    "elu": activation.ELU,
    "gelu": activation.GELU,
    "silu": activation.Swish,
    "swish": activation.Swish,
    "hard_silu": activation.HardSwish,
    "hard_swish": activation.HardSwish,
    "softplus": activation.Softplus,
    "leaky_relu": lambda name: pointwise.LeakyReLU(name=name, scale=0.2),
}


def _activation(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    kind = activation_kind(layer.activation, len(shapes[0]))
    return None if kind is None else [Made(kind(name=name), {})]


def _relu(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    if layer.threshold or (layer.max_value is not None and layer.negative_slope):
        return None
    if layer.negative_slope:
        return [Made(pointwise.LeakyReLU(name=name, scale=float(layer.negative_slope)), {})]
    if layer.max_value is not None:
        return [Made(pointwise.ClippedReLU(name=name, ceiling=float(layer.max_value)), {})]
    return [Made(pointwise.ReLU(name=name), {})]


def _leaky_relu(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    return [Made(pointwise.LeakyReLU(name=name, scale=float(layer.negative_slope)), {})]


def _elu(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    return [Made(activation.ELU(name=name, alpha=float(layer.alpha)), {})]


def _prelu(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    alpha = number_array(layer.alpha)
    if len(shapes[0]) != 4 or alpha.shape[:2] != (1, 1):
        return None
    return [Made(activation.PReLU(name=name, num_channels=alpha.size), {"Alpha": alpha.reshape(-1)})]


def _softmax(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    rank = len(shapes[0])
    if layer.axis not in (-1, rank - 1) or rank not in (2, 4):
        return None
    return [Made(pointwise.Softmax(name=name), {})]


# ---------------------------------------------------------------------------------------------------------- convolution


def window(layer: Any) -> dict[str, Any]:
    """Stride and padding of a sliding window."""
    same = layer.padding == "same"
    return {
        "stride": tuple(layer.strides),
        "padding_mode": "same" if same else "manual",
        "padding_size": "same" if same else (0, 0, 0, 0),
    }


def _bias(layer: Any, count: int) -> np.ndarray:
    return number_array(layer.bias) if layer.use_bias else np.zeros(count, np.float32)


def _convolution(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    kernel = number_array(layer.kernel)
    height, width, channels, filters = kernel.shape
    sliding = {**window(layer), "dilation_factor": tuple(layer.dilation_rate)}
    if layer.groups == 1:
        made: Layer = Convolution(
            name=name, filter_size=(height, width), num_channels=channels, num_filters=filters, **sliding
        )
    else:
        made = grouped(name, layer.groups, kernel, sliding)
    return activated([Made(made, {"Weights": kernel, "Bias": _bias(layer, filters)})], layer, name, shapes)


def grouped(name: str, groups: int, kernel: np.ndarray, sliding: dict[str, Any]) -> Layer:
    """A grouped convolution with a kernel height × width × channels per group × all filters."""
    height, width, channels, filters = kernel.shape
    return GroupedConvolution(
        name=name, filter_size=(height, width), num_groups=groups, num_channels_per_group=channels,
        num_filters_per_group=filters // groups, **sliding,
    )  # fmt: skip


def _depthwise(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    kernel = channel_wise(number_array(layer.kernel))
    groups = shapes[0][3]
    sliding = {**window(layer), "dilation_factor": tuple(layer.dilation_rate)}
    made = grouped(name, groups, kernel, sliding)
    return activated([Made(made, {"Weights": kernel, "Bias": _bias(layer, kernel.shape[3])})], layer, name, shapes)


def channel_wise(kernel: np.ndarray) -> np.ndarray:
    """Keras' height × width × channels × multiplier as one channel per group."""
    height, width, channels, multiplier = kernel.shape
    return kernel.reshape(height, width, 1, channels * multiplier)


def _separable(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    depth, point = channel_wise(number_array(layer.depthwise_kernel)), number_array(layer.pointwise_kernel)
    sliding = {**window(layer), "dilation_factor": tuple(layer.dilation_rate)}
    first = grouped(f"{name}_channel-wise", shapes[0][3], depth, sliding)
    filters = point.shape[3]
    second = Convolution(
        name=f"{name}_point-wise", filter_size=(1, 1), num_channels=point.shape[2], num_filters=filters
    )
    made = [
        Made(first, {"Weights": depth, "Bias": np.zeros(depth.shape[3], np.float32)}),
        Made(second, {"Weights": point, "Bias": _bias(layer, filters)}),
    ]
    return activated(made, layer, name, shapes)


def _transposed(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    kernel = number_array(layer.kernel)  # height × width × filters × channels
    size, strides = kernel.shape[:2], tuple(layer.strides)
    smaller = any(n < step for n, step in zip(size, strides, strict=True))
    if layer.output_padding is not None or set(layer.dilation_rate) != {1} or smaller:
        return None
    same = layer.padding == "same"
    made = TransposedConvolution(
        name=name, filter_size=size, num_channels=kernel.shape[3], num_filters=kernel.shape[2], stride=strides,
        cropping_mode="same" if same else "manual", cropping_size="same" if same else (0, 0, 0, 0),
    )  # fmt: skip
    return activated([Made(made, {"Weights": kernel, "Bias": _bias(layer, kernel.shape[2])})], layer, name, shapes)


def _dense(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    kernel = number_array(layer.kernel)
    inputs, outputs = kernel.shape
    arrays = {"Weights": kernel, "Bias": _bias(layer, outputs)}
    if len(shapes[0]) == 2:
        made: Layer = FullyConnected(
            name=name, input_size=inputs, output_size=outputs, spatial_size=(1, 1, inputs)
        )
    elif len(shapes[0]) == 4:  # over the last axis only: a convolution by 1×1
        made = Convolution(name=name, filter_size=(1, 1), num_channels=inputs, num_filters=outputs)
        arrays["Weights"] = kernel[None, None]
    else:
        return None
    return activated([Made(made, arrays)], layer, name, shapes)


# ------------------------------------------------------------------------------------------- normalisation and pooling


def _batch_normalization(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    rank = len(shapes[0])
    axis = layer.axis if isinstance(layer.axis, int) else layer.axis[0]
    if rank not in (2, 4) or axis not in (-1, rank - 1):
        return None
    mean, variance = number_array(layer.moving_mean), number_array(layer.moving_variance)
    made = pointwise.BatchNormalization(
        name=name, num_channels=mean.size, epsilon=float(layer.epsilon),
        mean_decay=round(1 - float(layer.momentum), 12), variance_decay=round(1 - float(layer.momentum), 12),
    )  # fmt: skip
    arrays = {
        "Offset": number_array(layer.beta) if layer.center else np.zeros(mean.size, np.float32),
        "Scale": number_array(layer.gamma) if layer.scale else np.ones(mean.size, np.float32),
        "TrainedMean": mean,
        "TrainedVariance": variance,
    }
    return [Made(made, arrays)]


def _normalization(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    """(x - mean) / deviation, of one number or one for each channel."""
    mean, deviation = np.asarray(layer.mean, float).ravel(), np.sqrt(np.asarray(layer.variance, float)).ravel()
    if layer.invert or mean.size not in (1, shapes[0][-1]) or len(shapes[0]) not in (2, 4):
        return None
    scale = 1 / np.maximum(deviation, 1e-7)
    return [Made(activation.Scaling(name=name, scale=_numbers(scale), bias=_numbers(-mean * scale)), {})]


def _numbers(array: np.ndarray) -> float | tuple[float, ...]:
    return float(array[0]) if array.size == 1 else tuple(array.tolist())


def _rescaling(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    scale, offset = np.asarray(layer.scale, float).ravel(), np.asarray(layer.offset, float).ravel()
    if any(n.size not in (1, shapes[0][-1]) for n in (scale, offset)) or len(shapes[0]) == 3 and scale.size > 1:
        return None
    return [Made(activation.Scaling(name=name, scale=_numbers(scale), bias=_numbers(offset)), {})]


def _max_pooling(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    return [Made(MaxPooling(name=name, pool_size=tuple(layer.pool_size), **window(layer)), {})]


def _average_pooling(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    made = AveragePooling(
        name=name, pool_size=tuple(layer.pool_size), padding_value="mean" if layer.padding == "same" else 0,
        **window(layer),
    )  # fmt: skip
    return [Made(made, {})]


def _plain(kind: Callable[..., Layer]) -> Maker:
    return lambda layer, name, shapes: [Made(kind(name=name), {})]


def _dropout(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    return [Made(pointwise.Dropout(name=name, probability=float(layer.rate)), {})]


def _spatial_dropout(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    return [Made(activation.SpatialDropout(name=name, probability=float(layer.rate)), {})]


# ---------------------------------------------------------------------------------------------------- shapes and joins


def _zero_padding(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    (top, bottom), (left, right) = layer.padding
    return [Made(ZeroPadding(name=name, padding_size=(top, bottom, left, right)), {})]


def _up_sampling(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    if layer.interpolation != "nearest":
        return None
    scale = (float(layer.size[0]), float(layer.size[1]))
    return [Made(spatial.Resize2D(name=name, scale=scale, method="nearest"), {})]


def _reshape(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    """(c) to (1, 1, c), and any other that is the same number of numbers in the same order and places here."""
    target, given = tuple(layer.target_shape), shapes[0][1:]
    if len(given) == 1 and target in ((1, 1, given[0]), (1, 1, -1), given):
        return [Made(activation.Identity(name=name), {})]
    return None


def _join(kind: Callable[..., Layer]) -> Maker:
    def make(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
        if len(shapes) < 2 or any(tuple(shape) != tuple(shapes[0]) for shape in shapes):
            return None
        return [Made(kind(name=name, num_inputs=len(shapes)), {})]

    return make


def _concatenate(layer: Any, name: str, shapes: Sequence[Shape]) -> list[Made] | None:
    rank = len(shapes[0])
    axis = layer.axis % rank
    if rank not in (2, 4) or axis == 0:
        return None
    if axis == rank - 1:
        return [Made(pointwise.DepthConcatenation(name=name, num_inputs=len(shapes)), {})]
    return [Made(pointwise.Concatenation(name=name, num_inputs=len(shapes), dim=axis), {})]


MAKERS: dict[str, Maker] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "Conv2DTranspose": _transposed,
    "Dense": _dense,
    "BatchNormalization": _batch_normalization,
    "Normalization": _normalization,
    "Rescaling": _rescaling,
    "MaxPooling2D": _max_pooling,
    "AveragePooling2D": _average_pooling,
    "GlobalAveragePooling2D": _plain(GlobalAveragePooling),
    "GlobalMaxPooling2D": _plain(GlobalMaxPooling),
    "Activation": _activation,
    "ReLU": _relu,
    "LeakyReLU": _leaky_relu,
    "ELU": _elu,
    "PReLU": _prelu,
    "Softmax": _softmax,
    "Identity": _plain(activation.Identity),
    "Dropout": _dropout,
    "SpatialDropout2D": _spatial_dropout,
    "Flatten": _plain(FlattenCStyle),
    "ZeroPadding2D": _zero_padding,
    "UpSampling2D": _up_sampling,
    "Reshape": _reshape,
    "Add": _join(pointwise.Addition),
    "Multiply": _join(pointwise.Multiplication),
    "Concatenate": _concatenate,
}
OPERATIONS: dict[str, Maker] = {  # keras.ops inside a functional model
    "Add": _join(pointwise.Addition),
    "Multiply": _join(pointwise.Multiplication),
    "Relu": _plain(pointwise.ReLU),
    "Sigmoid": _plain(pointwise.Sigmoid),
    "Tanh": _plain(pointwise.Tanh),
}
