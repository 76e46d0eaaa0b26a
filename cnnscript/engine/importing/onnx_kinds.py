"""Which of MATLAB's layers an ONNX operator is, where one computes exactly what it does.

Each maker takes a Node (onnx_graph.py) and gives a layer with its numbers, or None: the operator then runs as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.importing.keras_kinds import Made
from cnnscript.engine.layers import Layer
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling

Node = Any  # onnx_graph.Node: name, operator, attributes, constants, shapes, shape_after, opset
Maker = Callable[[Node], "Made | None"]


def described(node: Node) -> Made | None:
    maker = MAKERS.get(node.operator)
    return None if maker is None else maker(node)


def numbers(array: Any) -> np.ndarray:
    return np.ascontiguousarray(array, np.float32)


def scalar(array: Any) -> float:
    """The one number of a constant, which may come with axes of 1."""
    return float(np.ravel(array)[0])


# ------------------------------------------------------------------------------------------------------------- windows


def edges(node: Node, window: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int]) -> Any:
    """The padding (top, bottom, left, right) or 'same'."""
    automatic = node.attributes.get("auto_pad", "NOTSET")
    if automatic == "SAME_UPPER":
        return "same"
    if automatic == "SAME_LOWER":
        found = []
        for size, reach, step, spread in zip(node.shapes[0][2:], window, stride, dilation, strict=True):
            total = max((-(-size // step) - 1) * step + (reach - 1) * spread + 1 - size, 0)
            found += [total - total // 2, total // 2]
        return tuple(found)
    top, left, bottom, right = node.attributes.get("pads", (0, 0, 0, 0)) if automatic == "NOTSET" else (0, 0, 0, 0)
    return (top, bottom, left, right)


def sliding(node: Node, window: tuple[int, int]) -> dict[str, Any]:
    stride = tuple(node.attributes.get("strides", (1, 1)))
    dilation = tuple(node.attributes.get("dilations", (1, 1)))
    padding = edges(node, window, stride, dilation)
    mode = "same" if padding == "same" else "manual"
    return {"stride": stride, "dilation_factor": dilation, "padding_mode": mode, "padding_size": padding}


def _convolution(node: Node) -> Made | None:
    kernel = node.constants[1]
    if kernel is None or kernel.ndim != 4:
        return None
    filters, channels, height, width = kernel.shape
    if len(node.constants) > 2 and node.constants[2] is None and len(node.shapes) > 1:
        return None
    given = node.constants[2] if len(node.constants) > 2 else None
    bias = np.zeros(filters, np.float32) if given is None else numbers(given)
    arrays = {"Weights": numbers(kernel.transpose(2, 3, 1, 0)), "Bias": bias}
    groups = node.attributes.get("group", 1)
    options = {"name": node.name, "filter_size": (height, width), **sliding(node, (height, width))}
    if groups == 1:
        return Made(Convolution(num_channels=channels, num_filters=filters, **options), arrays)
    layer = GroupedConvolution(
        num_groups=groups, num_channels_per_group=channels, num_filters_per_group=filters // groups, **options
    )
    return Made(layer, arrays)


def _transposed(node: Node) -> Made | None:
    kernel = node.constants[1]
    plain = node.attributes.get("group", 1) == 1 and set(node.attributes.get("dilations", (1,))) == {1}
    asked = {"output_padding", "output_shape"} & node.attributes.keys()
    if kernel is None or kernel.ndim != 4 or not plain or asked:
        return None
    if node.attributes.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID"):
        return None
    channels, filters, height, width = kernel.shape
    top, left, bottom, right = node.attributes.get("pads", (0, 0, 0, 0))
    layer = TransposedConvolution(
        name=node.name, filter_size=(height, width), num_channels=channels, num_filters=filters,
        stride=tuple(node.attributes.get("strides", (1, 1))), cropping_size=(top, bottom, left, right),
    )  # fmt: skip
    bias = numbers(node.constants[2]) if len(node.constants) > 2 else np.zeros(filters, np.float32)
    return Made(layer, {"Weights": numbers(kernel.transpose(2, 3, 1, 0)), "Bias": bias})


def _pooled(node: Node) -> tuple[tuple[int, int], tuple[int, int], Any, bool] | None:
    """Window, stride, padding, and whether rounding up added to the padding."""
    window = tuple(node.attributes["kernel_shape"])
    if len(window) != 2 or set(node.attributes.get("dilations", (1,))) != {1}:
        return None
    stride = tuple(node.attributes.get("strides", (1, 1)))
    padding = edges(node, window, stride, (1, 1))
    if padding == "same" or not node.attributes.get("ceil_mode"):
        return window, stride, padding, False
    top, bottom, left, right = padding
    wanted = [
        (after - 1) * step + reach - (before + begin)
        for before, after, step, reach, begin in zip(
            node.shapes[0][2:], node.shape_after[2:], stride, window, (top, left), strict=True
        )
    ]
    more = (max(bottom, wanted[0]), max(right, wanted[1]))
    return window, stride, (top, more[0], left, more[1]), more != (bottom, right)


def _max_pooling(node: Node) -> Made | None:
    found = _pooled(node)
    if found is None or node.output or node.attributes.get("storage_order"):
        return None
    window, stride, padding, _ = found
    mode = "same" if padding == "same" else "manual"
    return Made(MaxPooling(name=node.name, pool_size=window, stride=stride, padding_mode=mode,
                                 padding_size=padding), {})  # fmt: skip


def _average_pooling(node: Node) -> Made | None:
    found = _pooled(node)
    if found is None:
        return None
    window, stride, padding, rounded = found
    counted = bool(node.attributes.get("count_include_pad"))
    if counted and rounded and any(node.attributes.get("pads", ())):
        return None  # its own padding counts, what rounding up adds does not
    mode = "same" if padding == "same" else "manual"
    layer = AveragePooling(
        name=node.name, pool_size=window, stride=stride, padding_mode=mode, padding_size=padding,
        padding_value=0 if counted and not rounded else "mean",
    )  # fmt: skip
    return Made(layer, {})


def _global(kind: type[Layer]) -> Maker:
    return lambda node: Made(kind(name=node.name), {}) if len(node.shapes[0]) == 4 else None


def _reduce_mean(node: Node) -> Made | None:
    axes = node.attributes.get("axes") or (node.constants[1] if len(node.constants) > 1 else None)
    if axes is None or len(node.shapes[0]) != 4 or sorted(int(a) % 4 for a in np.ravel(axes)) != [2, 3]:
        return None
    return Made(GlobalAveragePooling(name=node.name), {})


# -------------------------------------------------------------------------------------------------------- multiplying


def fully_connected(node: Node, weights: np.ndarray, bias: Any) -> Made:
    """weights: inputs × outputs."""
    inputs, outputs = weights.shape
    layer = FullyConnected(
        name=node.name, input_size=inputs, output_size=outputs, spatial_size=(1, 1, inputs)
    )
    full = np.zeros(outputs) if bias is None else np.broadcast_to(np.ravel(bias), (outputs,))
    return Made(layer, {"Weights": numbers(weights), "Bias": numbers(full)})


def _gemm(node: Node) -> Made | None:
    weights = node.constants[1]
    dynamic_bias = len(node.shapes) > 1
    if weights is None or dynamic_bias or node.attributes.get("transA", 0) or len(node.shapes[0]) != 2:
        return None
    if node.attributes.get("transB", 0):
        weights = weights.T
    bias = node.constants[2] if len(node.constants) > 2 else None
    if bias is not None:
        bias = bias * node.attributes.get("beta", 1.0)
        if bias.size not in (1, weights.shape[1]):
            return None
    return fully_connected(node, weights * node.attributes.get("alpha", 1.0), bias)


def _matmul(node: Node) -> Made | None:
    if len(node.shapes) != 1 or node.constants[1] is None or len(node.shapes[0]) != 2 or node.constants[1].ndim != 2:
        return None
    return fully_connected(node, node.constants[1], None)


# ---------------------------------------------------------------------------------------------------------- arithmetic


def per_channel(node: Node, constant: np.ndarray) -> Any:
    """One number, or a tuple of one for each channel; None where the constant is anything else."""
    if constant.size == 1:
        return float(np.ravel(constant)[0])
    shape, rank = node.shapes[0], len(node.shapes[0])
    if rank not in (2, 4) or constant.ndim > rank:
        return None
    whole = (1,) * (rank - constant.ndim) + constant.shape
    if whole[1] != shape[1] or any(n != 1 for k, n in enumerate(whole) if k != 1):
        return None
    return tuple(np.ravel(constant).astype(float).tolist())


def _arithmetic(join: Callable[..., Layer] | None, affine: Callable[[Any, bool], Any]) -> Maker:
    """join: the layer for two tensors of one size.  affine: (constant, is it first?) → (scale, offset) or None."""

    def make(node: Node) -> Made | None:
        dynamic = [constant is None for constant in node.constants]
        if all(dynamic):
            same = all(shape == node.shapes[0] for shape in node.shapes)
            if join is None or not same or len(dynamic) < 2:
                return None
            return Made(join(name=node.name, num_inputs=len(dynamic)), {})
        if len(dynamic) != 2 or node.shape_after != node.shapes[0]:
            return None
        first = not dynamic[0]
        constant = per_channel(node, node.constants[0 if first else 1])
        found = None if constant is None else affine(constant, first)
        if found is None:
            return None
        return Made(foreign.ElementwiseAffine(name=node.name, scale=found[0], bias=found[1]), {})

    return make


def each(function: Callable[[float], float], value: Any) -> Any:
    return tuple(function(n) for n in value) if isinstance(value, tuple) else function(value)


def _minus(constant: Any, first: bool) -> Any:
    return (-1.0, constant) if first else (1.0, each(lambda n: -n, constant))


def _divided(constant: Any, first: bool) -> Any:
    zero = 0 in constant if isinstance(constant, tuple) else constant == 0
    return None if first or zero else (each(lambda n: 1 / n, constant), 0.0)


def _batch_normalization(node: Node) -> Made | None:
    if any(constant is None for constant in node.constants[1:5]) or node.attributes.get("training_mode"):
        return None
    if len(node.shapes[0]) not in (2, 4):
        return None
    scale, offset, mean, variance = (numbers(constant) for constant in node.constants[1:5])
    layer = pointwise.BatchNormalization(
        name=node.name, num_channels=scale.size, epsilon=round(float(node.attributes.get("epsilon", 1e-5)), 12)
    )
    return Made(layer, {"Scale": scale, "Offset": offset, "TrainedMean": mean, "TrainedVariance": variance})


def _lrn(node: Node) -> Made | None:
    layer = pointwise.CrossChannelNormalization(
        name=node.name, window_channel_size=node.attributes["size"],
        alpha=round(float(node.attributes.get("alpha", 1e-4)), 12),
        beta=round(float(node.attributes.get("beta", 0.75)), 12), k=float(node.attributes.get("bias", 1.0)),
    )  # fmt: skip
    return Made(layer, {}) if len(node.shapes[0]) == 4 else None


# --------------------------------------------------------------------------------------------- activations and shapes


def _plain(kind: Callable[..., Layer]) -> Maker:
    return lambda node: Made(kind(name=node.name), {})


def _leaky_relu(node: Node) -> Made | None:
    return Made(pointwise.LeakyReLU(name=node.name, scale=round(float(node.attributes.get("alpha", 0.01)), 9)), {})


def _elu(node: Node) -> Made | None:
    return Made(activation.ELU(name=node.name, alpha=float(node.attributes.get("alpha", 1.0))), {})


def _gelu(node: Node) -> Made | None:
    return Made(activation.GELU(name=node.name, approximation=node.attributes.get("approximate", "none")), {})


def _prelu(node: Node) -> Made | None:
    slope = node.constants[1]
    found = None if slope is None else per_channel(node, slope)
    if not isinstance(found, tuple):
        return None
    return Made(activation.PReLU(name=node.name, num_channels=len(found)), {"Alpha": numbers(found)})


def _clip(node: Node) -> Made | None:
    given = [None if k >= len(node.constants) else node.constants[k] for k in (1, 2)]
    low = node.attributes.get("min", -np.inf) if given[0] is None else scalar(given[0])
    high = node.attributes.get("max", np.inf) if given[1] is None else scalar(given[1])
    if low != 0:
        return None
    if high > 1e38:
        return Made(pointwise.ReLU(name=node.name), {})
    return Made(pointwise.ClippedReLU(name=node.name, ceiling=float(high)), {})


def _softmax(node: Node) -> Made | None:
    shape, rank = node.shapes[0], len(node.shapes[0])
    axis = node.attributes["axis"]
    flat = all(n == 1 for n in shape[2:])
    if rank not in (2, 4) or axis != 1 or (node.attributes["coerced"] and not flat):
        return None
    return Made(pointwise.Softmax(name=node.name), {})


def _dropout(node: Node) -> Made | None:
    ratio = node.attributes.get("ratio", 0.5)
    if len(node.constants) > 1 and node.constants[1] is not None:
        ratio = scalar(node.constants[1])
    return Made(pointwise.Dropout(name=node.name, probability=round(float(ratio), 7)), {}) if not node.output else None


def _reshaped(node: Node) -> Made | None:
    """Reshape, Flatten, Squeeze, Unsqueeze: into a row of channels, or nothing at all."""
    before, after = node.shapes[0], node.shape_after
    if before == after or (foreign.packed_channels_first(before[1:]) == foreign.packed_channels_first(after[1:])
                           and len(before) in (2, 4) and len(after) in (2, 4)):  # fmt: skip
        if len(after) == 2 and node.operator in ("Flatten", "Reshape"):
            return Made(foreign.FlattenChannelsFirst(name=node.name), {})
        return Made(activation.Identity(name=node.name), {})
    if len(before) == 4 and len(after) == 2:
        return Made(foreign.FlattenChannelsFirst(name=node.name), {})
    return None


def _concat(node: Node) -> Made | None:
    rank = len(node.shape_after)
    axis = node.attributes["axis"]
    if any(constant is not None for constant in node.constants) or rank not in (2, 4) or axis == 0:
        return None
    if len(node.shapes) == 1:
        return Made(activation.Identity(name=node.name), {})
    if axis == 1:
        return Made(pointwise.DepthConcatenation(name=node.name, num_inputs=len(node.shapes)), {})
    return Made(pointwise.Concatenation(name=node.name, num_inputs=len(node.shapes), dim=axis - 1), {})


def _blocks(kind: type[Layer]) -> Maker:
    def make(node: Node) -> Made | None:
        size = node.attributes["blocksize"]
        options = {"mode": node.attributes.get("mode", "DCR").lower()} if kind is spatial.DepthToSpace else {}
        return Made(kind(name=node.name, block_size=(size, size), **options), {})

    return make


MAKERS: dict[str, Maker] = {
    "Conv": _convolution,
    "ConvTranspose": _transposed,
    "MaxPool": _max_pooling,
    "AveragePool": _average_pooling,
    "GlobalAveragePool": _global(GlobalAveragePooling),
    "GlobalMaxPool": _global(GlobalMaxPooling),
    "ReduceMean": _reduce_mean,
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Add": _arithmetic(pointwise.Addition, lambda constant, first: (1.0, constant)),
    "Sum": _arithmetic(pointwise.Addition, lambda constant, first: (1.0, constant)),
    "Mul": _arithmetic(pointwise.Multiplication, lambda constant, first: (constant, 0.0)),
    "Sub": _arithmetic(None, _minus),
    "Div": _arithmetic(None, _divided),
    "BatchNormalization": _batch_normalization,
    "LRN": _lrn,
    "Relu": _plain(pointwise.ReLU),
    "LeakyRelu": _leaky_relu,
    "Elu": _elu,
    "Gelu": _gelu,
    "PRelu": _prelu,
    "Clip": _clip,
    "Sigmoid": _plain(pointwise.Sigmoid),
    "Tanh": _plain(pointwise.Tanh),
    "HardSwish": _plain(activation.HardSwish),
    "Softplus": _plain(activation.Softplus),
    "Softmax": _softmax,
    "Dropout": _dropout,
    "Identity": _plain(activation.Identity),
    "Reshape": _reshaped,
    "Flatten": _reshaped,
    "Squeeze": _reshaped,
    "Unsqueeze": _reshaped,
    "Concat": _concat,
    "DepthToSpace": _blocks(spatial.DepthToSpace),
    "SpaceToDepth": _blocks(spatial.SpaceToDepth),
}
