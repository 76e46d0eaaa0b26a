"""Layers along one dimension: the steps of a sequence, or the pixels of a column.

Sequences are N×T×1×C and one-dimensional images N×H×1×C: a window of k is k×1 here, and the operations are those of
two dimensions.  MATLAB's numbers for one dimension are scalars, and its kernels k×channels×filters.
See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cnnscript.engine.convolution_layers import Convolution, TransposedConvolution
from cnnscript.engine.layers import Layer, Shape, Size, Steps, times, vector
from cnnscript.engine.pooling_layers import AveragePooling, GlobalAveragePooling, GlobalMaxPooling, MaxPooling

FIRST = ("FilterSize", "PoolSize", "Stride", "DilationFactor")  # properties of which MATLAB shows one number
ENDS = ("PaddingSize", "CroppingSize")  # properties of which MATLAB shows [left right]


def in_one_dimension(layer: Layer, name: str, value: Any) -> Any:
    """A property of a layer of two dimensions, as that of its one dimension."""
    if name in FIRST:
        return value[0]
    if name in ENDS and not isinstance(value, str):
        return "causal" if getattr(layer, "padding_mode", "") == "causal" else value[:2]
    return value


def along(layer: Layer, before: Size, after: Size) -> Size:
    """The size of what comes out: steps stay steps; what is wider than one column does not fit."""
    if before[1] != 1:
        raise layer.misfit("The input must have one spatial or time dimension.", f"the input is {times(*before)}")
    return Steps(after) if isinstance(before, Steps) else after


def edges_text(layer: Convolution | MaxPooling | AveragePooling) -> str:
    edges = layer.property("PaddingSize")
    return f"padding '{edges}'" if isinstance(edges, str) else f"padding {vector(edges)}"


@dataclass(frozen=True, kw_only=True)
class Convolution1D(Convolution):
    """convolution1dLayer.  With padding_mode 'causal' all padding is before the first step: nothing later is seen."""

    matlab_class = "nnet.cnn.layer.Convolution1DLayer"
    kind = "1-D Convolution"
    default_name = "conv1d"

    def property(self, name: str) -> Any:
        return in_one_dimension(self, name, super().property(name))

    def describe(self) -> str:
        window = (self.filter_size[0],) if self.num_channels == "auto" else (self.filter_size[0], self.num_channels)
        dilation = self.dilation_factor[0]
        stride = f"stride {self.stride[0]}"
        sliding = f"{stride} and" if dilation == 1 else f"{stride}, dilation factor {dilation}, and"
        return f"{self.num_filters} {times(*window)} convolutions with {sliding} {edges_text(self)}"

    def size_after(self, *sizes: Size) -> Size:
        return along(self, sizes[0], super().size_after(*sizes))

    def matlab_shapes(self) -> dict[str, Shape]:
        height, _, channels, filters = super().matlab_shapes()["Weights"]
        return {"Weights": (height, channels, filters), "Bias": (1, filters)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return super().told_by(name, (shape[0], 1, *shape[1:]))


@dataclass(frozen=True, kw_only=True)
class TransposedConvolution1D(TransposedConvolution):
    """transposedConv1dLayer."""

    matlab_class = "nnet.cnn.layer.TransposedConvolution1DLayer"
    kind = "1-D Transposed Convolution"
    default_name = "transposed-conv1d"

    def property(self, name: str) -> Any:
        return in_one_dimension(self, name, super().property(name))

    def describe(self) -> str:
        window = (self.filter_size[0],) if self.num_channels == "auto" else (self.filter_size[0], self.num_channels)
        cropping = self.property("CroppingSize")
        cropping = f"'{cropping}'" if isinstance(cropping, str) else vector(cropping)
        sliding = f"with stride {self.stride[0]} and cropping {cropping}"
        return f"{self.num_filters} {times(*window)} transposed convolutions {sliding}"

    def size_after(self, *sizes: Size) -> Size:
        return along(self, sizes[0], super().size_after(*sizes))

    def matlab_shapes(self) -> dict[str, Shape]:
        height, _, filters, channels = super().matlab_shapes()["Weights"]
        return {"Weights": (height, filters, channels), "Bias": (1, filters)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return super().told_by(name, (shape[0], 1, *shape[1:]))


@dataclass(frozen=True, kw_only=True)
class MaxPooling1D(MaxPooling):
    """maxPooling1dLayer."""

    matlab_class = "nnet.cnn.layer.MaxPooling1DLayer"
    kind = "1-D Max Pooling"
    default_name = "maxpool1d"
    shown = (("", ("Name",)), ("Hyperparameters", ("PoolSize", "Stride", "PaddingMode", "PaddingSize")))

    def property_names(self) -> tuple[str, ...]:
        return tuple(name for name in super().property_names() if name != "HasUnpoolingOutputs")

    def property(self, name: str) -> Any:
        return in_one_dimension(self, name, super().property(name))

    def describe(self) -> str:
        sliding = f"pool size {self.pool_size[0]}, stride {self.stride[0]}, and {edges_text(self)}"
        return f"{self.what.capitalize()} with {sliding}"

    def size_after(self, *sizes: Size) -> Size:
        return along(self, sizes[0], super().size_after(*sizes))


@dataclass(frozen=True, kw_only=True)
class AveragePooling1D(AveragePooling):
    """averagePooling1dLayer."""

    matlab_class = "nnet.cnn.layer.AveragePooling1DLayer"
    kind = "1-D Average Pooling"
    default_name = "avgpool1d"
    describe = MaxPooling1D.describe

    def property(self, name: str) -> Any:
        return in_one_dimension(self, name, super().property(name))

    def size_after(self, *sizes: Size) -> Size:
        return along(self, sizes[0], super().size_after(*sizes))


@dataclass(frozen=True, kw_only=True)
class GlobalAveragePooling1D(GlobalAveragePooling):
    """globalAveragePooling1dLayer: the mean of each channel over all steps."""

    matlab_class = "nnet.cnn.layer.GlobalAveragePooling1DLayer"
    kind = "1-D Global Average Pooling"
    default_name = "globalavgpool1d"

    def describe(self) -> str:
        return "1-D global average pooling"

    def size_after(self, *sizes: Size) -> Size:
        return tuple(along(self, sizes[0], super().size_after(*sizes)))  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class GlobalMaxPooling1D(GlobalMaxPooling):
    """globalMaxPooling1dLayer: the largest number of each channel over all steps."""

    matlab_class = "nnet.cnn.layer.GlobalMaxPooling1DLayer"
    kind = "1-D Global Max Pooling"
    default_name = "globalmaxpool1d"

    def describe(self) -> str:
        return "1-D global max pooling"

    def size_after(self, *sizes: Size) -> Size:
        return tuple(along(self, sizes[0], super().size_after(*sizes)))  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class Indexing1D(Layer):
    """indexing1dLayer: the first or the last step alone."""

    index: str = "first"

    matlab_class = "nnet.cnn.layer.Indexing1DLayer"
    kind = "1-D Indexing"
    default_name = "indexing1d"
    shown = (("", ("Name", "Index", "HasPaddingMaskInput")),)

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Index", "HasPaddingMaskInput")

    def property(self, name: str) -> Any:
        return False if name == "HasPaddingMaskInput" else super().property(name)

    def describe(self) -> str:
        return f"1-D indexing with index '{self.index}'"

    def size_after(self, *sizes: Size) -> Size:
        return tuple(along(self, sizes[0], (1, 1, sizes[0][2])))  # type: ignore[return-value]
