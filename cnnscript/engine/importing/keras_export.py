"""A network of ours as a plain Keras model, and as readable Python that makes the same model.

The network is written as a list of calls (Call): each is one line of the Python, and is made by the same names and
arguments as the live model.  What comes out knows nothing of cnnscript.
"""

from __future__ import annotations

import keyword
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
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
from cnnscript.engine.input_layers import ImageInput, divisors
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, PixelClassificationOutput, RegressionOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError


@dataclass(frozen=True)
class Call:
    """variable = layers.KIND(name=..., options)(inputs), or keras.ops.KIND(inputs, options) where name is ''."""

    variable: str
    kind: str
    inputs: tuple[str, ...]
    options: dict[str, Any]
    name: str = ""
    weights: tuple[np.ndarray, ...] = ()

    def line(self) -> str:
        spelt = [f"{key}={value!r}" for key, value in self.options.items()]
        listed = len(self.inputs) > 1
        given = "[" + ", ".join(self.inputs) + "]" if listed else self.inputs[0] if self.inputs else ""
        if self.kind == "Input":
            return f"{self.variable} = keras.Input({', '.join([*spelt, f'name={self.name!r}'])})"
        if not self.name:
            return f"{self.variable} = keras.ops.{self.kind}({', '.join([*self.inputs, *spelt])})"
        return f"{self.variable} = layers.{self.kind}({', '.join([*spelt, f'name={self.name!r}'])})({given})"


@dataclass
class Plan:
    """The calls, as they are gathered.  rows: variables that are N×C."""

    network: Network
    calls: list[Call] = field(default_factory=list)
    values: dict[int, str] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)

    def layer(self, i: int) -> None:
        layer = self.network.layers[i]
        writer = WRITERS.get(type(layer))
        if writer is None:
            raise unwritten(layer)
        given = [self.values[source] for source in self.network.sources[i]]
        keeps_rows = isinstance(layer, ROWS) and all(value in self.rows for value in given)
        if not keeps_rows:
            given = [self.spatial(value) for value in given]
        self.current = layer
        self.values[i] = writer(self, layer, given, [self.network.sizes[source] for source in self.network.sources[i]])
        if keeps_rows or isinstance(layer, (FullyConnected, Flatten, foreign.FlattenCStyle)):
            self.rows.add(self.values[i])

    def call(self, kind: str, inputs: list[str], *, suffix: str = "", weights: Any = (), **options: Any) -> str:
        """A Keras layer for the current layer; the last of it has its name."""
        name = free(self.current.name.replace("/", "_") + suffix, self.names)
        variable = free("".join(c if c.isalnum() and c.isascii() else "_" for c in name), self.variables)
        variable = variable if not variable[0].isdigit() else free("x" + variable, self.variables)
        self.calls.append(Call(variable, kind, tuple(inputs), options, name, tuple(weights)))
        return variable

    def operation(self, kind: str, inputs: list[str], **options: Any) -> str:
        """A function of keras.ops."""
        variable = free("x", self.variables)
        self.calls.append(Call(variable, kind, tuple(inputs), options))
        return variable

    def spatial(self, value: str) -> str:
        """An N×C value as N×1×1×C."""
        if value not in self.rows:
            return value
        return self.call("Reshape", [value], suffix="_spatial", target_shape=(1, 1, -1))

    def number(self, layer: Layer, name: str) -> np.ndarray:
        found = self.network.parameter(layer.name, name)
        if found is None:
            raise ScriptError("nnet_cnn:graph:NotInitialized", "The network has no weights: it cannot be exported.")
        return found


def free(name: str, taken: set[str]) -> str:
    chosen, count = name, 0
    while chosen in taken or chosen in ("keras", "layers") or keyword.iskeyword(chosen):
        count += 1
        chosen = f"{name}_{count}"
    taken.add(chosen)
    return chosen


def unwritten(layer: Layer, why: str = "") -> ScriptError:
    message = f"Layer '{layer.name}' ({layer.kind}) cannot be written as a layer of Keras."
    return ScriptError("nnet_cnn:keras:UnsupportedLayer", message, notes=(why,) if why else ())


def plan_of(network: Network) -> tuple[Plan, list[str], list[str]]:
    """The calls, the variables of the inputs, and those of the outputs."""
    plan = Plan(network)
    for i in network.order:
        plan.layer(i)
    ends = []
    for name in network.output_names:
        i = network.number(name)
        value, plan.current = plan.values[i], network.layers[i]
        if network.sizes[i][:2] == (1, 1) and value not in plan.rows:
            value = plan.call("Flatten", [value], suffix="_flat")
        ends.append(value)
    return plan, [call.variable for call in plan.calls if call.kind == "Input"], ends


def plain_model(network: Network) -> Any:
    """The network as a keras.Model of Keras' own layers, with its numbers."""
    tensorflow()
    import keras

    plan, starts, ends = plan_of(network)
    values: dict[str, Any] = {}
    for call in plan.calls:
        given = [values[name] for name in call.inputs]
        if call.kind == "Input":
            values[call.variable] = keras.Input(**call.options, name=call.name)
        elif not call.name:
            values[call.variable] = getattr(keras.ops, call.kind)(*given, **call.options)
        else:
            layer = getattr(keras.layers, call.kind)(**call.options, name=call.name)
            values[call.variable] = layer(given if len(given) > 1 else given[0])
            if call.weights:
                layer.set_weights(call.weights)
    inputs, outputs = [values[name] for name in starts], [values[name] for name in ends]
    return keras.Model(inputs[0] if len(inputs) == 1 else inputs, outputs[0] if len(outputs) == 1 else outputs)


def python_text(network: Network, title: str) -> str:
    """Python that makes the model; load_model reads its weights from the file beside."""
    plan, starts, ends = plan_of(network)
    lines = "\n".join("    " + call.line() for call in plan.calls)

    def spelt(names: list[str]) -> str:
        return names[0] if len(names) == 1 else "[" + ", ".join(names) + "]"

    return f'''"""{title}: a network exported to Keras."""

import os

import keras
from keras import layers


def create_model():
    """The network without its weights: images as it takes them in, batch x height x width x channels."""
{lines}
    return keras.Model({spelt(starts)}, {spelt(ends)})


def load_model():
    """The network with its weights."""
    model = create_model()
    model.load_weights(os.path.join(os.path.dirname(os.path.abspath(__file__)), "model.weights.h5"))
    return model
'''


README = """{title}: a network exported to Keras as a Python package.

    import {title}
    model = {title}.load_model()      # with its weights
    model = {title}.create_model()    # without

It takes images as the network does, batch x height x width x channels, and needs the package keras.
"""


def write_package(network: Network, path: Path) -> None:
    """Write a .keras file, or a package folder, by what the path ends in.  ScriptError where it cannot be written."""
    model = plain_model(network)
    title = path.name
    whole = path.suffix == ".keras"
    if not whole and not title.isidentifier():
        raise ScriptError(
            "nnet_cnn:exporting:PackageName", f"'{title}' is no name of a Python package.",
            hint="letters, digits and underscores; or a name that ends in .keras, for one file",
        )  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras', of its own saving
            if whole:
                model.save(path)
                return
            path.mkdir(parents=True, exist_ok=True)
            model.save_weights(path / "model.weights.h5")
        (path / "model.py").write_text(python_text(network, title), encoding="utf-8")
        (path / "__init__.py").write_text("from .model import create_model, load_model\n", encoding="utf-8")
        (path / "README.txt").write_text(README.format(title=title), encoding="utf-8")
    except OSError as fault:
        raise ScriptError(
            "nnet_cnn:exporting:CannotWrite", f"Unable to write '{path}'.", notes=(fault.strerror or str(fault),)
        ) from fault


Write = Callable[[Plan, Any, list[str], list[Size]], str]


def _input(p: Plan, layer: ImageInput, given: list[str], sizes: list[Size]) -> str:
    size = layer.input_size
    flat = isinstance(layer, input_layers.FeatureInput)
    value = p.call("Input", [], shape=size[2:] if flat else size)

    def of(numbers: Any, otherwise: float) -> np.ndarray:
        array = np.asarray(otherwise if numbers is None else numbers, float)
        if array.ndim > 1:
            raise unwritten(layer, "it holds statistics of every pixel: give it one number a channel")
        return array

    mean, low = of(layer.mean, 0), of(layer.min, 0)
    deviation, extent = divisors(of(layer.standard_deviation, 1)), divisors(of(layer.max, 255) - low)
    scale, offset = {
        "zerocenter": (1.0, -mean), "zscore": (1 / deviation, -mean / deviation),
        "rescale-symmetric": (2 / extent, -2 * low / extent - 1),
        "rescale-zero-one": (1 / extent, -low / extent),
    }.get(layer.normalization, (1.0, 0.0))  # fmt: skip
    if np.all(np.equal(scale, 1)) and not np.any(offset):
        return value
    found = rescaled(p, [value], scale, offset, "_normalization")
    if flat:
        p.rows.add(found)
    return found


def rescaled(p: Plan, given: list[str], scale: Any, offset: Any, suffix: str = "") -> str:
    def spelt(number: Any) -> Any:
        array = np.asarray(number, float)
        return float(array) if array.ndim == 0 else array.tolist()

    return p.call("Rescaling", given, suffix=suffix, scale=spelt(scale), offset=spelt(offset))


def edged(p: Plan, layer: Any, value: str, filling: float = 0.0) -> tuple[str, str]:
    """The value with the padding that Keras' layer cannot add itself, and the layer's `padding`."""
    padding = layer.padding_size
    if padding == "same" and not filling:
        return value, "same"
    if isinstance(padding, str):
        raise unwritten(layer, "'same' padding with another number than 0")
    top, bottom, left, right = padding
    if not any(padding):
        return value, "valid"
    edges = ((top, bottom), (left, right))
    if not filling:
        return p.call("ZeroPadding2D", [value], suffix="_padding", padding=edges), "valid"
    return p.operation("pad", [value], pad_width=((0, 0), *edges, (0, 0)), constant_values=filling), "valid"


def _convolution(p: Plan, layer: Convolution, given: list[str], sizes: list[Size]) -> str:
    value, padding = edged(p, layer, given[0], float(layer.padding_value))
    return p.call(
        "Conv2D", [value], filters=layer.num_filters, kernel_size=layer.filter_size, strides=layer.stride,
        padding=padding, dilation_rate=layer.dilation_factor,
        weights=(p.number(layer, "Weights"), p.number(layer, "Bias")),
    )  # fmt: skip


def _grouped(p: Plan, layer: GroupedConvolution, given: list[str], sizes: list[Size]) -> str:
    value, padding = edged(p, layer, given[0], float(layer.padding_value))
    kernel, bias = p.number(layer, "Weights"), p.number(layer, "Bias")
    options = {"kernel_size": layer.filter_size, "strides": layer.stride, "padding": padding,
               "dilation_rate": layer.dilation_factor}  # fmt: skip
    groups, each = int(layer.num_groups), layer.num_filters_per_group
    if layer.num_channels_per_group == 1 and layer.stride[0] == layer.stride[1]:
        kernel = kernel.reshape(*layer.filter_size, groups, each)
        return p.call("DepthwiseConv2D", [value], depth_multiplier=each, **options, weights=(kernel, bias))
    return p.call("Conv2D", [value], filters=groups * each, groups=groups, **options, weights=(kernel, bias))


def _transposed(p: Plan, layer: TransposedConvolution, given: list[str], sizes: list[Size]) -> str:
    crops = layer.crops()
    if min(crops) < 0 or any(n < step for n, step in zip(layer.filter_size, layer.stride, strict=True)):
        raise unwritten(layer, "its filters are smaller than its stride")
    cropped = any(crops) and layer.cropping_size != "same"
    value = p.call(
        "Conv2DTranspose", given, suffix="_whole" if cropped else "", filters=layer.num_filters,
        kernel_size=layer.filter_size, strides=layer.stride,
        padding="same" if layer.cropping_size == "same" else "valid",
        weights=(p.number(layer, "Weights"), p.number(layer, "Bias")),
    )  # fmt: skip
    if not cropped:
        return value
    top, bottom, left, right = crops
    return p.call("Cropping2D", [value], cropping=((top, bottom), (left, right)))


def _fully_connected(p: Plan, layer: FullyConnected, given: list[str], sizes: list[Size]) -> str:
    if given[0] not in p.rows:
        given = [p.call("Flatten", given, suffix="_flatten")]
    weights = (p.number(layer, "Weights"), p.number(layer, "Bias"))
    return p.call("Dense", given, units=layer.output_size, weights=weights)


def _max_pooling(p: Plan, layer: MaxPooling, given: list[str], sizes: list[Size]) -> str:
    if isinstance(layer.padding_size, str) or not any(layer.padding_size):
        value, padding = edged(p, layer, given[0])
    else:
        value, padding = edged(p, layer, given[0], float(np.finfo(np.float32).min))
    return p.call("MaxPooling2D", [value], pool_size=layer.pool_size, strides=layer.stride, padding=padding)


def _average_pooling(p: Plan, layer: AveragePooling, given: list[str], sizes: list[Size]) -> str:
    same, pads = layer.padding_size == "same", layer.padding_size != (0, 0, 0, 0)
    if pads and (layer.padding_value == "mean") != same:
        raise unwritten(layer, "Keras leaves the padding out of the mean where it is 'same', and only there")
    filling = 0.0 if layer.padding_value == "mean" else float(layer.padding_value)
    value, padding = edged(p, layer, given[0], filling)
    return p.call("AveragePooling2D", [value], pool_size=layer.pool_size, strides=layer.stride, padding=padding)


def _flatten(p: Plan, layer: Layer, given: list[str], sizes: list[Size]) -> str:
    turned = {Flatten: (3, 2, 1), foreign.FlattenChannelsFirst: (3, 1, 2)}.get(type(layer))
    value = given[0] if turned is None else p.call("Permute", given, suffix="_turned", dims=turned)
    return p.call("Flatten", [value])


def _plain(kind: str, **options: Any) -> Write:
    return lambda p, layer, given, sizes: p.call(kind, given, **options)


def _batch_normalization(p: Plan, layer: pointwise.BatchNormalization, given: list[str], sizes: list[Size]) -> str:
    numbers = [p.number(layer, name) for name in ("Scale", "Offset", "TrainedMean", "TrainedVariance")]
    return p.call("BatchNormalization", given, epsilon=layer.epsilon, momentum=round(1 - layer.mean_decay, 12),
                  weights=numbers)  # fmt: skip


def _group_normalization(p: Plan, layer: Any, given: list[str], sizes: list[Size]) -> str:
    numbers = [p.number(layer, name) for name in ("Scale", "Offset")]
    if getattr(layer, "operation_dimension", "") == "channel-only":
        return p.call("LayerNormalization", given, epsilon=layer.epsilon, weights=numbers)
    return p.call("GroupNormalization", given, groups=layer.groups(sizes[0][2]), epsilon=layer.epsilon, weights=numbers)


def _lrn(p: Plan, layer: pointwise.CrossChannelNormalization, given: list[str], sizes: list[Size]) -> str:
    """By a convolution of the squares with fixed weights: k + alpha / window × the sum over the window."""
    channels, window = sizes[0][2], layer.window_channel_size
    apart = np.arange(channels)[:, None] - np.arange(channels)  # input less output
    near = (apart >= -((window - 1) // 2)) & (apart <= window // 2)
    band = np.where(near, layer.alpha / window, 0).astype(np.float32)[None, None]
    squares = p.operation("square", given)
    total = p.call("Conv2D", [squares], suffix="_window", filters=channels, kernel_size=(1, 1), trainable=False,
                   weights=(band, np.full(channels, layer.k, np.float32)))  # fmt: skip
    return p.operation("multiply", [given[0], p.operation("power", [total], x2=-float(layer.beta))])


def _channel_shuffle(p: Plan, layer: pointwise.ChannelShuffle, given: list[str], sizes: list[Size]) -> str:
    height, width, channels = sizes[0]
    apart = (height, width, layer.num_groups, channels // layer.num_groups)
    value = p.call("Reshape", given, suffix="_groups", target_shape=apart)
    value = p.call("Permute", [value], suffix="_turned", dims=(1, 2, 4, 3))
    return p.call("Reshape", [value], target_shape=(height, width, channels))


def _concatenation(p: Plan, layer: pointwise.Concatenation, given: list[str], sizes: list[Size]) -> str:
    return p.call("Concatenate", given, axis=layer.axis)


def _zero_padding(p: Plan, layer: foreign.ZeroPadding, given: list[str], sizes: list[Size]) -> str:
    top, bottom, left, right = layer.padding_size
    return p.call("ZeroPadding2D", given, padding=((top, bottom), (left, right)))


def _resize(p: Plan, layer: spatial.Resize2D, given: list[str], sizes: list[Size]) -> str:
    scale = layer.scale or (0.5, 0.5)
    whole = all(float(n).is_integer() for n in scale) and layer.geometric_transform_mode == "half-pixel"
    if not whole or layer.scale is None:
        raise unwritten(layer, "only whole scales with half-pixel centres are the same in Keras")
    size = (int(scale[0]), int(scale[1]))
    return p.call("UpSampling2D", given, size=size, interpolation=layer.method)


def _crop(p: Plan, layer: spatial.Crop2D, given: list[str], sizes: list[Size]) -> str:
    """As large as the reference is: its size is written, not the reference."""
    (height, width, _), (high, wide, _) = sizes
    top, left = layer.corner(*sizes)
    edges = ((top, height - high - top), (left, width - wide - left))
    return p.call("Cropping2D", given[:1], cropping=edges)


def _prelu(p: Plan, layer: activation.PReLU, given: list[str], sizes: list[Size]) -> str:
    alpha = np.broadcast_to(p.number(layer, "Alpha"), (sizes[0][2],))  # one for all channels is one for each
    if given[0] in p.rows:
        return p.call("PReLU", given, weights=(alpha,))
    return p.call("PReLU", given, shared_axes=[1, 2], weights=(alpha.reshape(1, 1, -1),))


WRITERS: dict[type[Layer], Write] = {
    ImageInput: _input, input_layers.FeatureInput: _input, Convolution: _convolution,
    GroupedConvolution: _grouped, TransposedConvolution: _transposed,
    FullyConnected: _fully_connected, MaxPooling: _max_pooling, AveragePooling: _average_pooling,
    GlobalAveragePooling: _plain("GlobalAveragePooling2D", keepdims=True),
    GlobalMaxPooling: _plain("GlobalMaxPooling2D", keepdims=True), Flatten: _flatten,
    foreign.FlattenCStyle: _flatten, foreign.FlattenChannelsFirst: _flatten,
    pointwise.ReLU: _plain("ReLU"), pointwise.Tanh: _plain("Activation", activation="tanh"),
    pointwise.Sigmoid: _plain("Activation", activation="sigmoid"), pointwise.Softmax: _plain("Softmax"),
    activation.Swish: _plain("Activation", activation="silu"), activation.Softplus: _plain("Activation",
                                                                                          activation="softplus"),
    activation.HardSwish: _plain("Activation", activation="hard_silu"), activation.Identity: _plain("Identity"),
    activation.GELU: lambda p, layer, given, sizes: p.operation("gelu", given,
                                                                approximate=layer.approximation != "none"),
    activation.ELU: lambda p, layer, given, sizes: p.call("ELU", given, alpha=float(layer.alpha)),
    pointwise.LeakyReLU: lambda p, layer, given, sizes: p.call("LeakyReLU", given, negative_slope=float(layer.scale)),
    pointwise.ClippedReLU: lambda p, layer, given, sizes: p.call("ReLU", given, max_value=float(layer.ceiling)),
    activation.PReLU: _prelu,
    pointwise.Dropout: lambda p, layer, given, sizes: p.call("Dropout", given, rate=layer.probability),
    activation.SpatialDropout: lambda p, layer, given, sizes: p.call("SpatialDropout2D", given, rate=layer.probability),
    pointwise.ScalingFactor: lambda p, layer, given, sizes: rescaled(p, given, layer.scale, 0.0),
    activation.Scaling: lambda p, layer, given, sizes: rescaled(p, given, layer.scale, layer.bias),
    foreign.ElementwiseAffine: lambda p, layer, given, sizes: rescaled(p, given, layer.scale, layer.bias),
    normalization.GroupNormalization: _group_normalization, normalization.LayerNormalization: _group_normalization,
    normalization.InstanceNormalization: _group_normalization,
    pointwise.BatchNormalization: _batch_normalization, pointwise.CrossChannelNormalization: _lrn,
    pointwise.ChannelShuffle: _channel_shuffle, pointwise.Addition: _plain("Add"),
    pointwise.Multiplication: _plain("Multiply"), pointwise.DepthConcatenation: _plain("Concatenate", axis=-1),
    pointwise.Concatenation: _concatenation, foreign.ZeroPadding: _zero_padding, spatial.Resize2D: _resize,
    spatial.Crop2D: _crop,
    ClassificationOutput: lambda p, layer, given, sizes: given[0],
    RegressionOutput: lambda p, layer, given, sizes: given[0],
    PixelClassificationOutput: lambda p, layer, given, sizes: given[0],
}  # fmt: skip
