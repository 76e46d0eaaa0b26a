"""A network of ours as an ONNX model.

Tensors are N×C×H×W, and N×C from the first fully connected layer on; the images come in as the network takes them
(0..255), and the input layer's normalisation is part of the graph.  Nodes and their outputs have the layers' names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import input_layers
from cnnscript.engine import normalization_layers as normalization
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine import spatial_layers as spatial
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.graph import Network
from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.importing.exported_rows import ROWS
from cnnscript.engine.importing.free_names import FreeNames
from cnnscript.engine.input_layers import ImageInput, divisors
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, PixelClassificationOutput, RegressionOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.errors import ScriptError

OPSETS = range(7, 22)
IR_VERSIONS = {range(7, 10): 4, range(10, 11): 5, range(11, 12): 6, range(12, 15): 7,
               range(15, 19): 8, range(19, 21): 9, range(21, 22): 10}  # fmt: skip


def onnx_model(network: Network, *, name: str = "network", opset: int = 14, batch: int | None = None) -> Any:
    """The network as an onnx.ModelProto, checked.

    batch: number of images; None: open.  Raises ScriptError for a layer that ONNX has no operators for.
    """
    import onnx
    from onnx import TensorProto, helper

    writer = Writer(network, opset)
    inputs, images = [], "N" if batch is None else batch
    for i in network.order:
        layer = network.layers[i]
        if not network.sources[i]:
            height, width, channels = network.sizes[i]
            flat = isinstance(layer, input_layers.FeatureInput)
            shape = (images, channels) if flat else (images, channels, height, width)
            inputs.append(helper.make_tensor_value_info(layer.name, TensorProto.FLOAT, shape))
        writer.layer(i)
    outputs = []
    for end in network.output_names:
        i = network.number(end)
        tensor, size = writer.tensors[i], network.sizes[i]
        if len(size) == 3 and size[:2] == (1, 1):
            tensor = writer.flat(tensor)
        shape = (images, size[2]) if size[:2] == (1, 1) else (images, size[2], *size[:2])
        outputs.append(helper.make_tensor_value_info(tensor, TensorProto.FLOAT, shape))
    graph = helper.make_graph(writer.nodes, name, inputs, outputs, initializer=writer.constants)
    version = next(ir for opsets, ir in IR_VERSIONS.items() if opset in opsets)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=version, producer_name="cnnscript"
    )
    onnx.checker.check_model(model)
    return model


@dataclass
class Writer(FreeNames):
    """Nodes and constants as they are written.  tensors: layer number → name of its output; rows: tensors N×C."""

    network: Network
    opset: int
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    tensors: dict[int, str] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def layer(self, i: int) -> None:
        layer = self.network.layers[i]
        writer = WRITERS.get(type(layer))
        if writer is None:
            raise ScriptError(
                "nnet_cnn:onnx:UnsupportedLayer", f"Layer '{layer.name}' ({layer.kind}) cannot be written to ONNX."
            )
        given = [self.tensors[source] for source in self.network.sources[i]]
        keeps_rows = isinstance(layer, ROWS) and all(tensor in self.rows for tensor in given)
        if not keeps_rows:
            given = [self.spatial(tensor) for tensor in given]
        sizes = [self.network.sizes[source] for source in self.network.sources[i]]
        self.current = layer.name
        self.taken.add(layer.name) if not given else None
        self.tensors[i] = writer(self, layer, given, sizes)
        if keeps_rows or isinstance(layer, (FullyConnected, Flatten, foreign.FlattenCStyle)):
            self.rows.add(self.tensors[i])

    def node(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        """A node for the current layer; its name is that of its output."""
        from onnx import helper

        name = self.free(self.current)
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def constant(self, what: str, array: Any, kind: type = np.float32) -> str:
        from onnx import numpy_helper

        name = self.free(f"{self.current}_{what}")
        self.constants.append(numpy_helper.from_array(np.array(array, kind, order="C"), name))
        return name

    def number(self, layer: Layer, name: str) -> np.ndarray:
        found = self.network.parameter(layer.name, name)
        if found is None:
            raise ScriptError("nnet_cnn:graph:NotInitialized", "The network has no weights: it cannot be exported.")
        return found

    def spatial(self, tensor: str) -> str:
        """An N×C tensor as N×C×1×1."""
        if tensor not in self.rows:
            return tensor
        self.current = tensor + "_spatial"
        return self.node("Reshape", [tensor, self.constant("shape", [0, -1, 1, 1], np.int64)])

    def flat(self, tensor: str) -> str:
        """An N×C×1×1 tensor as N×C."""
        if tensor in self.rows:
            return tensor
        self.current = tensor + "_flat"
        return self.node("Flatten", [tensor], axis=1)

    def scaled(self, tensor: str, scale: Any, offset: Any) -> str:
        """scale × x + offset, of numbers or one for each channel."""
        flat = tensor in self.rows or isinstance(self.network.layers[self.network.number(self.current)],
                                                 input_layers.FeatureInput)  # fmt: skip
        shape = (-1,) if flat else (-1, 1, 1)
        scale, offset = (np.asarray(n, np.float32) for n in (scale, offset))
        if (scale != 1).any():
            value = scale if scale.ndim == 0 else scale.reshape(shape)
            tensor = self.node("Mul", [tensor, self.constant("scale", value)])
        if (offset != 0).any():
            value = offset if offset.ndim == 0 else offset.reshape(shape)
            tensor = self.node("Add", [tensor, self.constant("offset", value)])
        return tensor


Write = Callable[[Writer, Any, list[str], list[Size]], str]


def _input(w: Writer, layer: ImageInput, given: list[str], sizes: list[Size]) -> str:
    def of(numbers: Any, otherwise: float) -> np.ndarray:
        array = np.asarray(otherwise if numbers is None else numbers, np.float64)
        if array.ndim > 1:  # a mean image
            raise ScriptError(
                "nnet_cnn:onnx:UnsupportedLayer",
                f"Layer '{layer.name}': the statistics of every pixel cannot be written to ONNX.",
                hint="give the input layer one number a channel",
            )
        return array

    if layer.normalization == "zerocenter":
        return w.scaled(layer.name, 1, -of(layer.mean, 0))
    if layer.normalization == "zscore":
        deviation = divisors(of(layer.standard_deviation, 1))
        return w.scaled(layer.name, 1 / deviation, -of(layer.mean, 0) / deviation)
    low = of(layer.min, 0)
    extent = divisors(of(layer.max, 255) - low)
    if layer.normalization == "rescale-symmetric":
        return w.scaled(layer.name, 2 / extent, -2 * low / extent - 1)
    if layer.normalization == "rescale-zero-one":
        return w.scaled(layer.name, 1 / extent, -low / extent)
    return layer.name


def window(layer: Any, shape: tuple[int, int], size: Size) -> dict[str, Any]:
    """kernel_shape, strides, dilations and pads of a sliding window."""
    dilation = getattr(layer, "dilation_factor", (1, 1))
    top, bottom, left, right = pads_of(layer.padding_size, shape, layer.stride, dilation, size)
    found = {"kernel_shape": list(shape), "strides": list(layer.stride), "pads": [top, left, bottom, right]}
    return {**found, "dilations": list(dilation)} if hasattr(layer, "dilation_factor") else found


def pads_of(padding: Any, shape: Any, stride: Any, dilation: Any, size: Size) -> tuple[int, int, int, int]:
    if not isinstance(padding, str):
        return padding
    found = []
    for length, reach, step, spread in zip(size[:2], shape, stride, dilation, strict=True):
        total = max((-(-length // step) - 1) * step + (reach - 1) * spread + 1 - length, 0)
        found += [total // 2, total - total // 2]
    return (found[0], found[1], found[2], found[3])


def _convolution(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
    kernel = w.constant("Weights", w.number(layer, "Weights").transpose(3, 2, 0, 1))
    bias = w.constant("Bias", w.number(layer, "Bias"))
    tensor, padding = given[0], window(layer, layer.filter_size, sizes[0])
    if layer.padding_value and any(padding["pads"]):
        tensor = padded(w, tensor, padding["pads"], layer.padding_value)
        padding["pads"] = [0, 0, 0, 0]
    groups = int(getattr(layer, "num_groups", 1))
    return w.node("Conv", [tensor, kernel, bias], group=groups, **padding)


def padded(w: Writer, tensor: str, pads: list[int], value: float) -> str:
    whole = [0, 0, *pads[:2], 0, 0, *pads[2:]]
    if w.opset < 11:
        return w.node("Pad", [tensor], pads=whole, value=float(value))
    return w.node("Pad", [tensor, w.constant("pads", whole, np.int64), w.constant("value", value)])


def _transposed(w: Writer, layer: TransposedConvolution, given: list[str], sizes: list[Size]) -> str:
    top, bottom, left, right = layer.crops()
    added = [max(-bottom, 0), max(-right, 0)]
    if min(top, left) < 0:
        raise ScriptError("nnet_cnn:onnx:UnsupportedLayer", f"Layer '{layer.name}' adds rows, which ONNX cannot.")
    kernel = w.constant("Weights", w.number(layer, "Weights").transpose(3, 2, 0, 1))
    options = {"output_padding": added} if any(added) else {}
    return w.node(
        "ConvTranspose", [given[0], kernel, w.constant("Bias", w.number(layer, "Bias"))],
        kernel_shape=list(layer.filter_size), strides=list(layer.stride),
        pads=[top, left, max(bottom, 0), max(right, 0)], **options,
    )  # fmt: skip


def _fully_connected(w: Writer, layer: FullyConnected, given: list[str], sizes: list[Size]) -> str:
    height, width, channels = sizes[0]
    weights = w.number(layer, "Weights").reshape(height, width, channels, -1).transpose(2, 0, 1, 3)
    tensor = given[0]
    if tensor not in w.rows:
        tensor = w.flat(tensor)
        w.current = layer.name
    matrix = w.constant("Weights", weights.reshape(height * width * channels, -1))
    return w.node("Gemm", [tensor, matrix, w.constant("Bias", w.number(layer, "Bias"))])


def _max_pooling(w: Writer, layer: MaxPooling, given: list[str], sizes: list[Size]) -> str:
    return w.node("MaxPool", given, **window(layer, layer.pool_size, sizes[0]))


def _average_pooling(w: Writer, layer: AveragePooling, given: list[str], sizes: list[Size]) -> str:
    if layer.padding_value not in (0, "mean"):
        options = window(layer, layer.pool_size, sizes[0])
        tensor = padded(w, given[0], options["pads"], layer.padding_value)  # type: ignore[arg-type]
        return w.node("AveragePool", [tensor], **{**options, "pads": [0, 0, 0, 0]})
    counted = int(layer.padding_value == 0)
    return w.node("AveragePool", given, count_include_pad=counted, **window(layer, layer.pool_size, sizes[0]))


def _flatten(axes: tuple[int, ...] | None) -> Write:
    def write(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
        tensor = given[0] if axes is None else w.node("Transpose", given, perm=list(axes))
        return w.node("Flatten", [tensor], axis=1)

    return write


def _plain(operator: str, **attributes: Any) -> Write:
    return lambda w, layer, given, sizes: w.node(operator, given, **attributes)


def _unchanged(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    return w.node("Identity", given)


def _clipped(w: Writer, layer: pointwise.ClippedReLU, given: list[str], sizes: list[Size]) -> str:
    if w.opset < 11:
        return w.node("Clip", given, min=0.0, max=float(layer.ceiling))
    return w.node("Clip", [*given, w.constant("min", 0.0), w.constant("max", layer.ceiling)])


def _softmax(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    if given[0] in w.rows or w.opset >= 13:
        return w.node("Softmax", given, axis=1)
    last = w.node("Transpose", given, perm=[0, 2, 3, 1])  # before opset 13 all axes from `axis` on are one
    return w.node("Transpose", [w.node("Softmax", [last], axis=3)], perm=[0, 3, 1, 2])


def _swish(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    return w.node("Mul", [given[0], w.node("Sigmoid", given)])


def _hard_swish(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    return w.node("Mul", [given[0], w.node("HardSigmoid", given, alpha=1 / 6, beta=0.5)])


def _gelu(w: Writer, layer: activation.GELU, given: list[str], sizes: list[Size]) -> str:
    if w.opset < 9 or layer.approximation != "none":
        raise ScriptError(
            "nnet_cnn:onnx:UnsupportedLayer",
            f"Layer '{layer.name}' (GELU) needs 'OpsetVersion' 9, and no approximation, to be written to ONNX.",
        )
    erf = w.node("Erf", [w.node("Mul", [given[0], w.constant("root", 2**-0.5)])])
    share = w.node("Mul", [w.node("Add", [erf, w.constant("one", 1)]), w.constant("half", 0.5)])
    return w.node("Mul", [given[0], share])


def _scaling(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
    found = w.scaled(given[0], layer.scale, getattr(layer, "bias", 0.0))
    return w.node("Identity", given) if found == given[0] else found


def _prelu(w: Writer, layer: activation.PReLU, given: list[str], sizes: list[Size]) -> str:
    shape = (-1,) if given[0] in w.rows else (-1, 1, 1)
    return w.node("PRelu", [given[0], w.constant("Alpha", w.number(layer, "Alpha").reshape(shape))])


def _channel_shuffle(w: Writer, layer: pointwise.ChannelShuffle, given: list[str], sizes: list[Size]) -> str:
    height, width, channels = sizes[0]
    apart = [0, layer.num_groups, channels // layer.num_groups, height, width]
    tensor = w.node("Reshape", [given[0], w.constant("apart", apart, np.int64)])
    tensor = w.node("Transpose", [tensor], perm=[0, 2, 1, 3, 4])
    return w.node("Reshape", [tensor, w.constant("together", [0, channels, height, width], np.int64)])


def _batch_normalization(w: Writer, layer: pointwise.BatchNormalization, given: list[str], sizes: list[Size]) -> str:
    numbers = [w.constant(name, w.number(layer, name)) for name in ("Scale", "Offset", "TrainedMean",
                                                                    "TrainedVariance")]  # fmt: skip
    return w.node("BatchNormalization", [*given, *numbers], epsilon=layer.epsilon)


def _instance(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
    numbers = [w.constant(name, w.number(layer, name)) for name in ("Scale", "Offset")]
    return w.node("InstanceNormalization", [*given, *numbers], epsilon=layer.epsilon)


def _group_normalization(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
    """By groups as instances: N×C×H×W as N×groups×rest, and back."""
    height, width, channels = sizes[0]
    groups = layer.groups(channels)
    apart = w.node("Reshape", [given[0], w.constant("apart", [0, groups, -1], np.int64)])
    ones, zeros = w.constant("ones", np.ones(groups)), w.constant("zeros", np.zeros(groups))
    alike = w.node("InstanceNormalization", [apart, ones, zeros], epsilon=layer.epsilon)
    whole = w.node("Reshape", [alike, w.constant("together", [0, channels, height, width], np.int64)])
    return w.scaled(whole, w.number(layer, "Scale"), w.number(layer, "Offset"))


def _layer_normalization(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
    if layer.operation_dimension != "channel-only":
        return _group_normalization(w, layer, given, sizes)
    centred = w.node("Sub", [given[0], mean_of_channels(w, given[0])])
    variance = mean_of_channels(w, w.node("Mul", [centred, centred]))
    deviation = w.node("Sqrt", [w.node("Add", [variance, w.constant("epsilon", layer.epsilon)])])
    return w.scaled(w.node("Div", [centred, deviation]), w.number(layer, "Scale"), w.number(layer, "Offset"))


def mean_of_channels(w: Writer, tensor: str) -> str:
    if w.opset < 18:
        return w.node("ReduceMean", [tensor], axes=[1], keepdims=1)
    return w.node("ReduceMean", [tensor, w.constant("axes", [1], np.int64)], keepdims=1)


def _crop(w: Writer, layer: spatial.Crop2D, given: list[str], sizes: list[Size]) -> str:
    """As large as the reference is: its size is written, not the reference."""
    begin = layer.corner(*sizes)
    end = [start + length for start, length in zip(begin, sizes[1][:2], strict=True)]
    if w.opset < 10:
        return w.node("Slice", given[:1], starts=list(begin), ends=end, axes=[2, 3])
    places = [w.constant(what, where, np.int64) for what, where in (("starts", begin), ("ends", end), ("axes", (2, 3)))]
    return w.node("Slice", [given[0], *places])


def _lrn(w: Writer, layer: pointwise.CrossChannelNormalization, given: list[str], sizes: list[Size]) -> str:
    return w.node("LRN", given, size=layer.window_channel_size, alpha=float(layer.alpha), beta=float(layer.beta),
                  bias=float(layer.k))  # fmt: skip


def _multiplication(w: Writer, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    found = given[0]
    for other in given[1:]:
        found = w.node("Mul", [found, other])
    return found


def _concatenation(w: Writer, layer: pointwise.Concatenation, given: list[str], sizes: list[Size]) -> str:
    return w.node("Concat", given, axis={1: 2, 2: 3, 3: 1}[layer.axis])


def _zero_padding(w: Writer, layer: foreign.ZeroPadding, given: list[str], sizes: list[Size]) -> str:
    top, bottom, left, right = layer.padding_size
    return padded(w, given[0], [top, left, bottom, right], 0.0)


def _resize(w: Writer, layer: spatial.Resize2D, given: list[str], sizes: list[Size]) -> str:
    rounding = {"round": "round_prefer_ceil", "floor": "floor", "onnx-10": "round_prefer_floor"}
    if w.opset < 11 or layer.enable_reference_input:
        raise ScriptError(
            "nnet_cnn:onnx:UnsupportedLayer",
            f"Layer '{layer.name}' (Resize) needs 'OpsetVersion' 11, and no reference, to be written to ONNX.",
        )
    height, width, _ = layer.size_after(*sizes)
    scales = layer.scale or (grown(sizes[0][0], height), grown(sizes[0][1], width))
    inputs = [given[0], w.constant("roi", np.zeros(0)), w.constant("scales", [1, 1, *scales])]
    return w.node(
        "Resize", inputs, mode="nearest" if layer.method == "nearest" else "linear",
        coordinate_transformation_mode=layer.geometric_transform_mode.replace("-", "_"),
        nearest_mode=rounding[layer.nearest_rounding_mode],
    )  # fmt: skip


def grown(before: int, after: int) -> np.float32:
    """The float32 scale that makes `after` of `before` when it is rounded down."""
    scale = np.float32(after / before)
    while int(np.floor(before * float(scale))) < after:
        scale = np.nextafter(scale, np.float32(np.inf))
    return scale


def _blocks(operator: str) -> Write:
    def write(w: Writer, layer: Any, given: list[str], sizes: list[Size]) -> str:
        rows, columns = layer.block_size
        other = getattr(layer, "mode", "dcr") != "dcr"
        if rows != columns or (other and w.opset < 11):
            raise ScriptError(
                "nnet_cnn:onnx:UnsupportedLayer", f"Layer '{layer.name}' ({layer.kind}) cannot be written to ONNX."
            )
        return w.node(operator, given, blocksize=rows, **({"mode": "CRD"} if other else {}))

    return write


WRITERS: dict[type[Layer], Write] = {
    ImageInput: _input, input_layers.FeatureInput: _input,
    Convolution: _convolution, GroupedConvolution: _convolution,
    TransposedConvolution: _transposed, FullyConnected: _fully_connected,
    MaxPooling: _max_pooling, AveragePooling: _average_pooling,
    GlobalAveragePooling: _plain("GlobalAveragePool"), GlobalMaxPooling: _plain("GlobalMaxPool"),
    Flatten: _flatten((0, 1, 3, 2)), foreign.FlattenCStyle: _flatten((0, 2, 3, 1)),
    foreign.FlattenChannelsFirst: _flatten(None),
    pointwise.ReLU: _plain("Relu"), pointwise.ClippedReLU: _clipped, pointwise.Tanh: _plain("Tanh"),
    pointwise.LeakyReLU: lambda w, layer, given, sizes: w.node("LeakyRelu", given, alpha=float(layer.scale)),
    activation.ELU: lambda w, layer, given, sizes: w.node("Elu", given, alpha=float(layer.alpha)),
    pointwise.Sigmoid: _plain("Sigmoid"), pointwise.Softmax: _softmax, activation.Swish: _swish,
    activation.HardSwish: _hard_swish, activation.GELU: _gelu, activation.Softplus: _plain("Softplus"),
    activation.PReLU: _prelu, activation.Identity: _unchanged, pointwise.Dropout: _unchanged,
    activation.SpatialDropout: _unchanged, pointwise.ScalingFactor: _scaling, activation.Scaling: _scaling,
    foreign.ElementwiseAffine: _scaling, pointwise.ChannelShuffle: _channel_shuffle,
    pointwise.BatchNormalization: _batch_normalization, normalization.InstanceNormalization: _instance,
    normalization.GroupNormalization: _group_normalization, normalization.LayerNormalization: _layer_normalization,
    pointwise.CrossChannelNormalization: _lrn,
    pointwise.Addition: _plain("Sum"), pointwise.Multiplication: _multiplication,
    pointwise.DepthConcatenation: _plain("Concat", axis=1), pointwise.Concatenation: _concatenation,
    foreign.ZeroPadding: _zero_padding, spatial.Resize2D: _resize, spatial.Crop2D: _crop,
    spatial.DepthToSpace: _blocks("DepthToSpace"), spatial.SpaceToDepth: _blocks("SpaceToDepth"),
    ClassificationOutput: lambda w, layer, given, sizes: given[0],
    RegressionOutput: lambda w, layer, given, sizes: given[0],
    PixelClassificationOutput: lambda w, layer, given, sizes: given[0],
}  # fmt: skip
