"""A Caffe network (.prototxt, and the .caffemodel of its weights) as one network of ours.

Blobs that are changed in place, layers of the training phase only, and the pairs BatchNorm and Scale are resolved on
the way.  Pooling rounds up, as Caffe's does: MATLAB says so by padding at the bottom and right.  The weights see the
channels in the order that they were trained on (blue, green, red for most): nothing is turned round, as in MATLAB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.graph import Connection, Network
from cnnscript.engine.importing import foreign_layers as foreign
from cnnscript.engine.importing.caffe_text import Message, read_text
from cnnscript.engine.importing.keras_files import broken, check_there
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, RegressionOutput
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling
from cnnscript.engine.readers.caffemodel import read_caffemodel
from cnnscript.errors import ScriptError

Blobs = Sequence[np.ndarray]
DATA = ("input", "data", "imagedata", "hdf5data", "memorydata", "dummydata", "windowdata")
PASSED_OVER = ("accuracy", "silence", "argmax")


def network_of_caffe(proto: Path, weights: Path | None = None, *, input_size: Size | None = None,
                     mean: np.ndarray | None = None, outputs: str = "auto",
                     classes: Sequence[str] = ()) -> Network:  # fmt: skip
    """The network of a .prototxt, with the numbers of a .caffemodel or without.

    input_size  height, width, channels, where the text does not say it
    mean        one number a channel, taken from the images first
    outputs     'classification', 'regression', or 'auto': by the last layer

    Raises ScriptError for files that are missing or damaged, and for layers that are none of ours, with their names.
    """
    check_there(proto)
    try:
        message = read_text(proto.read_text(encoding="utf-8"))
    except (ValueError, OSError) as fault:
        raise broken(proto, str(fault)) from fault
    if not (message.all("layer") or message.all("layers")):
        raise broken(proto, "it holds no layers")
    blobs: Mapping[str, Blobs] | None = None
    if weights is not None:
        check_there(weights)
        try:
            blobs = read_caffemodel(weights)
        except (ValueError, OSError) as fault:
            raise broken(weights, str(fault)) from fault
    walk = Walk(message, blobs, input_size, mean)
    walk.run()
    walk.close(outputs, tuple(classes))
    straight = [(a.name, b.name) for a, b in zip(walk.layers[:-1], walk.layers[1:], strict=True)]
    kind = "series" if walk.connections == straight else "dag"
    network = Network(walk.layers, walk.connections, kind=kind, parameters=None if blobs is None else walk.arrays)
    network.aliases = walk.aliases
    return network


def kind_of(layer: Message) -> str:
    """'convolution' for Convolution, and for CONVOLUTION of before 2014."""
    return str(layer.get("type", "")).replace("_", "").lower()


def pair(message: Message, name: str, short: str, otherwise: int) -> tuple[int, int]:
    """kernel_size: 3, or 3 and 2, or kernel_h and kernel_w."""
    if message.get(f"{short}_h") is not None or message.get(f"{short}_w") is not None:
        return int(message.get(f"{short}_h", otherwise)), int(message.get(f"{short}_w", otherwise))
    values = [int(n) for n in message.all(name)] or [otherwise]
    return values[0], values[-1]


@dataclass
class Walk:
    """What is gathered on the way.  places: blob → (layer that gives it now, its size)."""

    message: Message
    blobs: Mapping[str, Blobs] | None
    input_size: Size | None
    mean: np.ndarray | None
    layers: list[Layer] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    arrays: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, Size]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def run(self) -> None:
        self.inputs()
        for layer in [*self.message.all("layer"), *self.message.all("layers")]:
            phases = [rule.get("phase") for rule in layer.all("include")]
            if "TRAIN" in phases and "TEST" not in phases:
                continue
            self.layer(layer)

    def inputs(self) -> None:
        """Inputs that the net itself names, and how large they are."""
        shapes = [[int(n) for n in shape.all("dim")] for shape in self.message.all("input_shape")]
        dims = [int(n) for n in self.message.all("input_dim")]
        shapes += [dims[k : k + 4] for k in range(0, len(dims), 4)]
        for k, name in enumerate(self.message.all("input")):
            self.input(str(name), shapes[k] if k < len(shapes) else [])

    def input(self, name: str, shape: list[int]) -> None:
        size = self.input_size
        if size is None and len(shape) == 4:
            size = (shape[2], shape[3], shape[1])
        if size is None:
            raise ScriptError(
                "nnet_cnn:caffe:InputSize", f"The size of the input '{name}' is not known.",
                hint="give it: 'InputSize',[height width channels]",
            )  # fmt: skip
        mean = None if self.mean is None else tuple(self.mean.tolist())
        how = "none" if mean is None else "zerocenter"
        layer = ImageInput(name=name, input_size=size, mean=mean, normalization=how)
        self.layers.append(layer)
        self.places[name] = (name, size)

    def layer(self, layer: Message) -> None:
        kind, name = kind_of(layer), str(layer.get("name", f"layer{len(self.layers)}"))
        tops, bottoms = [str(t) for t in layer.all("top")], [str(b) for b in layer.all("bottom")]
        if kind in DATA:
            if tops and tops[0] not in self.places:
                shapes = [[int(n) for n in s.all("dim")] for s in layer.part("input_param").all("shape")]
                crop = layer.part("transform_param").get("crop_size")
                self.input(name, shapes[0] if shapes else [1, 3, int(crop), int(crop)] if crop else [])
                self.places[tops[0]] = self.places[name]
            return
        if kind in PASSED_OVER:
            return
        known = [bottom for bottom in bottoms if bottom in self.places]
        if kind.startswith(("softmax", "euclideanloss", "sigmoidcrossentropy")):
            known = known[:1]  # the other is the label
        elif len(known) < len(bottoms) or not known:
            missing = next((bottom for bottom in bottoms if bottom not in self.places), "")
            raise ScriptError("nnet_cnn:caffe:BadGraph", f"Layer '{name}' takes '{missing}', which nothing gives.")
        if kind == "split":
            for top in tops:
                self.places[top] = self.places[known[0]]
            return
        sizes = [self.places[bottom][1] for bottom in known]
        before = self.places[known[0]][0]
        if kind == "scale" and self.scaled_into(name, layer, before):
            self.places[tops[0] if tops else known[0]] = self.places[known[0]]
            return
        maker = MAKERS.get(kind)
        made = None if maker is None else maker(self, name, layer, sizes)
        if made is None:
            raise ScriptError(
                "nnet_cnn:caffe:UnsupportedLayer",
                f"Layer '{name}' of the type '{layer.get('type')}' is not supported, or not with these settings.",
            )
        made = made.settled(*sizes)
        self.layers.append(made)
        sources = [self.places[bottom][0] for bottom in known]
        self.used.update(sources)
        if len(sources) == 1:
            self.connections.append((sources[0], name))
        else:
            self.connections += [(a, f"{name}/{port}") for a, port in zip(sources, made.input_names, strict=True)]
        for top in tops[:1] or [name]:
            self.places[top] = (name, made.size_after(*sizes))

    def numbers(self, name: str) -> Blobs | None:
        """The blobs of a layer; None where there are no weights at all."""
        if self.blobs is None:
            return None
        if name not in self.blobs:
            raise ScriptError("nnet_cnn:caffe:MissingWeights", f"The weights of layer '{name}' are not in the file.")
        return self.blobs[name]

    def keep(self, layer: Layer, **arrays: np.ndarray) -> None:
        """Numbers of a layer; ScriptError where they have not the size that the text says."""
        for parameter, shape in layer.parameter_shapes().items():
            array = arrays[parameter]
            if array.size != np.prod(shape):
                raise ScriptError(
                    "nnet_cnn:caffe:WeightsDoNotFit",
                    f"The weights of layer '{layer.name}' do not fit: {parameter} has {array.size} numbers, "
                    f"and the layer {int(np.prod(shape))}.",
                )
            self.arrays.setdefault(layer.name, {})[parameter] = np.ascontiguousarray(array, np.float32).reshape(shape)

    def scaled_into(self, name: str, layer: Message, before: str) -> bool:
        """Scale after BatchNorm: the two are one layer.  False where it is not so."""
        norm = next(one for one in self.layers if one.name == before)
        if not isinstance(norm, pointwise.BatchNormalization) or before in self.used:
            return False
        found = self.numbers(name)
        if found is not None:
            self.arrays[before]["Scale"] = np.ravel(found[0]).astype(np.float32)
            if len(found) > 1:
                self.arrays[before]["Offset"] = np.ravel(found[1]).astype(np.float32)
        self.aliases[name] = before
        return True

    def close(self, outputs: str, classes: tuple[str, ...]) -> None:
        last = self.layers[-1]
        size = next(size for name, size in self.places.values() if name == last.name)
        chosen = outputs
        if chosen == "auto":
            chosen = "classification" if isinstance(last, pointwise.Softmax) or classes else "regression"
        if chosen == "classification":
            names = classes or tuple(f"class{k + 1}" for k in range(size[2]))
            output: Layer = ClassificationOutput(name="output", classes=names)
        else:
            output = RegressionOutput(name="output")
        self.layers.append(output)
        self.connections.append((last.name, "output"))


Make = Callable[[Walk, str, Message, list[Size]], "Layer | None"]


def _convolution(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("convolution_param")
    window, stride = pair(said, "kernel_size", "kernel", 1), pair(said, "stride", "stride", 1)
    tall, wide = pair(said, "pad", "pad", 0)
    dilation = pair(said, "dilation", "dilation", 1)
    filters, groups, channels = int(said.get("num_output", 0)), int(said.get("group", 1)), sizes[0][2]
    options: dict[str, Any] = {"name": name, "filter_size": window, "stride": stride}
    turned = kind_of(layer) == "deconvolution"
    if not filters or turned and (groups != 1 or dilation != (1, 1)):
        return None
    if turned:
        made: Layer = TransposedConvolution(
            num_channels=channels, num_filters=filters, cropping_size=(tall, tall, wide, wide), **options
        )
    else:
        options |= {"dilation_factor": dilation, "padding_size": (tall, tall, wide, wide)}
        made = (
            Convolution(num_channels=channels, num_filters=filters, **options) if groups == 1
            else GroupedConvolution(num_groups=groups, num_channels_per_group=channels // groups,
                                          num_filters_per_group=filters // groups, **options)
        )  # fmt: skip
    found = walk.numbers(name)
    if found is not None:
        kernel = found[0].reshape(-1, *found[0].shape[-3:]).transpose(2, 3, 1, 0)
        walk.keep(made, Weights=kernel, Bias=found[1] if len(found) > 1 else np.zeros(filters))
    return made


def _inner_product(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("inner_product_param")
    outputs, (height, width, channels) = int(said.get("num_output", 0)), sizes[0]
    if not outputs or said.get("transpose") or said.get("axis", 1) != 1:
        return None
    made = FullyConnected(name=name, input_size=height * width * channels, output_size=outputs,
                                spatial_size=sizes[0])  # fmt: skip
    found = walk.numbers(name)
    if found is not None:
        matrix = np.asarray(found[0])
        if matrix.size == outputs * height * width * channels:  # else keep says what does not fit
            matrix = matrix.reshape(outputs, channels, height, width).transpose(2, 3, 1, 0)
        walk.keep(made, Weights=matrix, Bias=found[1] if len(found) > 1 else np.zeros(outputs))
    return made


def _pooling(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("pooling_param")
    method = str(said.get("pool", "MAX"))
    if method not in ("MAX", "AVE", "0", "1"):
        return None
    largest = method in ("MAX", "0")
    if said.get("global_pooling"):
        return (GlobalMaxPooling if largest else GlobalAveragePooling)(name=name)
    window, stride = pair(said, "kernel_size", "kernel", 1), pair(said, "stride", "stride", 1)
    pads, more = pair(said, "pad", "pad", 0), []
    for size, reach, step, edge in zip(sizes[0][:2], window, stride, pads, strict=True):
        count = -(-(size + 2 * edge - reach) // step) + 1
        if edge and (count - 1) * step >= size + edge:
            count -= 1
        more.append(max(edge, (count - 1) * step + reach - size - edge))
    rounded = tuple(more) != pads
    options: dict[str, Any] = {"name": name, "pool_size": window, "stride": stride,
                               "padding_size": (pads[0], more[0], pads[1], more[1])}  # fmt: skip
    if largest:
        return MaxPooling(**options)
    if rounded and any(pads):
        return None  # Caffe counts its padding, and not what rounding up adds
    return AveragePooling(padding_value="mean" if rounded else 0, **options)


def _lrn(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("lrn_param")
    if str(said.get("norm_region", "ACROSS_CHANNELS")) not in ("ACROSS_CHANNELS", "0"):
        return None
    return pointwise.CrossChannelNormalization(
        name=name, window_channel_size=int(said.get("local_size", 5)), alpha=float(said.get("alpha", 1)),
        beta=float(said.get("beta", 0.75)), k=float(said.get("k", 1)),
    )  # fmt: skip


def _batch_norm(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    channels = sizes[0][2]
    epsilon = float(layer.part("batch_norm_param").get("eps", 1e-5))
    made = pointwise.BatchNormalization(name=name, num_channels=channels, epsilon=epsilon)
    found = walk.numbers(name)
    if found is not None:
        factor = float(np.ravel(found[2])[0]) if len(found) > 2 else 1.0
        share = 1 / factor if factor else 0.0
        walk.keep(made, TrainedMean=found[0] * share, TrainedVariance=found[1] * share, Scale=np.ones(channels),
                  Offset=np.zeros(channels))  # fmt: skip
    return made


def _scale(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    found = walk.numbers(name)
    if found is None or len(sizes) != 1 or np.size(found[0]) != sizes[0][2]:
        return None
    bias = tuple(np.ravel(found[1]).tolist()) if len(found) > 1 else 0.0
    return foreign.ElementwiseAffine(name=name, scale=tuple(np.ravel(found[0]).tolist()), bias=bias)


def _relu(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    slope = float(layer.part("relu_param").get("negative_slope", 0))
    return pointwise.LeakyReLU(name=name, scale=slope) if slope else pointwise.ReLU(name=name)


def _prelu(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    made = activation.PReLU(name=name, num_channels=sizes[0][2])
    found = walk.numbers(name)
    if found is not None:
        walk.keep(made, Alpha=np.broadcast_to(np.ravel(found[0]), (sizes[0][2],)))
    return made


def _dropout(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    return pointwise.Dropout(name=name, probability=float(layer.part("dropout_param").get("dropout_ratio", 0.5)))


def _concat(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("concat_param")
    axis = said.get("axis", said.get("concat_dim", 1))
    if axis == 1:
        return pointwise.DepthConcatenation(name=name, num_inputs=len(sizes))
    return pointwise.Concatenation(name=name, num_inputs=len(sizes), dim=axis - 1) if axis in (2, 3) else None


def _eltwise(walk: Walk, name: str, layer: Message, sizes: list[Size]) -> Layer | None:
    said = layer.part("eltwise_param")
    what = str(said.get("operation", "SUM"))
    if any(float(n) != 1 for n in said.all("coeff")):
        return None
    kind = {"SUM": pointwise.Addition, "1": pointwise.Addition, "PROD": pointwise.Multiplication,
            "0": pointwise.Multiplication}.get(what)  # fmt: skip
    return None if kind is None else kind(name=name, num_inputs=len(sizes))


def _plain(kind: Callable[..., Layer]) -> Make:
    return lambda walk, name, layer, sizes: kind(name=name)


MAKERS: dict[str, Make] = {
    "convolution": _convolution, "deconvolution": _convolution, "innerproduct": _inner_product, "pooling": _pooling,
    "lrn": _lrn, "batchnorm": _batch_norm, "scale": _scale, "relu": _relu, "prelu": _prelu, "dropout": _dropout,
    "concat": _concat, "eltwise": _eltwise, "sigmoid": _plain(pointwise.Sigmoid), "tanh": _plain(pointwise.Tanh),
    "elu": lambda walk, name, layer, sizes: activation.ELU(
        name=name, alpha=float(layer.part("elu_param").get("alpha", 1))),
    "softmax": _plain(pointwise.Softmax), "softmaxwithloss": _plain(pointwise.Softmax),
    "softmaxloss": _plain(pointwise.Softmax), "flatten": _plain(foreign.FlattenChannelsFirst),
    "euclideanloss": _plain(activation.Identity), "sigmoidcrossentropyloss": _plain(pointwise.Sigmoid),
}  # fmt: skip
