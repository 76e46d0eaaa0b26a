"""Layers that lay filters on their input: convolution, by groups of channels, and transposed.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cnnscript.engine.layers import Layer, Padding, Shape, Size, known, size_text, times, vector
from cnnscript.engine.sliding_windows import padding_text, slid


def _sliding_text(layer: Convolution | GroupedConvolution) -> str:
    """stride [1  1], dilation factor [2  2], and padding [0  0  0  0]: the dilation only when there is one."""
    if layer.dilation_factor == (1, 1):
        return f"stride {vector(layer.stride)} and {padding_text(layer.padding_size)}"
    dilation = f"dilation factor {vector(layer.dilation_factor)}"
    return f"stride {vector(layer.stride)}, {dilation}, and {padding_text(layer.padding_size)}"


@dataclass(frozen=True, kw_only=True)
class Convolution(Layer):
    """convolution2dLayer: kernels h×w×channels×filters, a bias each."""

    filter_size: tuple[int, int]
    num_channels: int | str = "auto"
    num_filters: int
    stride: tuple[int, int] = (1, 1)
    dilation_factor: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.Convolution2DLayer"
    kind = "2-D Convolution"
    default_name = "conv"
    learnables = ("Weights", "Bias")
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("FilterSize", "NumChannels", "NumFilters", "Stride", "DilationFactor", "PaddingMode",
                             "PaddingSize", "PaddingValue")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )  # fmt: skip

    def describe(self) -> str:
        window = self.filter_size if self.num_channels == "auto" else (*self.filter_size, self.num_channels)
        return f"{self.num_filters} {times(*window)} convolutions with {_sliding_text(self)}"

    def size_after(self, *sizes: Size) -> Size:
        if self.num_channels not in ("auto", sizes[0][2]):
            raise self.misfit(
                "The number of channels of the input does not fit the layer's filters.",
                f"the input is {size_text(sizes[0])}",
                f"the filters take {self.num_channels} channels",
            )
        window = slid(self, sizes[0], self.filter_size, self.stride, self.padding_size, self.dilation_factor)
        return (*window, self.num_filters)

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, num_channels=sizes[0][2]) if self.num_channels == "auto" else self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        kernel = (*self.filter_size, int(self.num_channels), self.num_filters)
        return {"Weights": kernel, "Bias": (self.num_filters,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        weights = (*self.filter_size, known(self.num_channels), self.num_filters)
        return {"Weights": weights, "Bias": (1, 1, self.num_filters)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[2]) if name == "Weights" else self

    def fans(self, name: str) -> tuple[int, int]:
        window = self.filter_size[0] * self.filter_size[1]
        return window * int(self.num_channels), window * self.num_filters


@dataclass(frozen=True, kw_only=True)
class GroupedConvolution(Layer):
    """groupedConvolution2dLayer: each group of input channels has filters of its own.  Stored as h×w×channels per
    group×all filters, group by group; MATLAB shows h×w×channels per group×filters per group×groups."""

    filter_size: tuple[int, int]
    num_groups: int | str
    num_channels_per_group: int | str = "auto"
    num_filters_per_group: int
    stride: tuple[int, int] = (1, 1)
    dilation_factor: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.GroupedConvolution2DLayer"
    kind = "2-D Grouped Convolution"
    default_name = "groupedconv"
    learnables = ("Weights", "Bias")
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("FilterSize", "NumGroups", "NumChannelsPerGroup", "NumFiltersPerGroup", "Stride",
                             "DilationFactor", "PaddingMode", "PaddingSize", "PaddingValue")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )  # fmt: skip

    def describe(self) -> str:
        known = self.num_channels_per_group != "auto"
        window = (*self.filter_size, self.num_channels_per_group) if known else self.filter_size
        filters = f"{self.num_filters_per_group} {times(*window)} convolutions with {_sliding_text(self)}"
        return f"{self.num_groups} groups of {filters}"

    def size_after(self, *sizes: Size) -> Size:
        layer = self.settled(*sizes)
        if layer.num_groups * layer.num_channels_per_group != sizes[0][2]:
            raise self.misfit(
                "The channels of the input do not fit the layer's groups.",
                f"the input is {size_text(sizes[0])}",
                f"the layer has {layer.num_groups} groups of {layer.num_channels_per_group} channels",
            )
        window = slid(self, sizes[0], self.filter_size, self.stride, self.padding_size, self.dilation_factor)
        return (*window, layer.num_groups * self.num_filters_per_group)

    def settled(self, *sizes: Size) -> Any:
        channels = sizes[0][2]
        groups = channels if self.num_groups == "channel-wise" else int(self.num_groups)
        if self.num_channels_per_group != "auto":
            return self
        return replace(self, num_groups=groups, num_channels_per_group=channels // groups)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        filters = int(self.num_groups) * self.num_filters_per_group
        return {"Weights": (*self.filter_size, int(self.num_channels_per_group), filters), "Bias": (filters,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        groups, filters = known(self.num_groups), self.num_filters_per_group
        weights = (*self.filter_size, known(self.num_channels_per_group), filters, groups)
        return {"Weights": weights, "Bias": (1, 1, filters, groups)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        if name == "Weights":
            return replace(self, num_channels_per_group=shape[2], num_groups=shape[4])
        return replace(self, num_groups=shape[3])

    def fans(self, name: str) -> tuple[int, int]:
        window = self.filter_size[0] * self.filter_size[1]
        return window * int(self.num_channels_per_group), window * self.num_filters_per_group


@dataclass(frozen=True, kw_only=True)
class TransposedConvolution(Layer):
    """transposedConv2dLayer: every number of the input lays its filters down, a stride apart; what overlaps is added,
    and the edges are cropped.  Kernels are h×w×filters×channels, in MATLAB and here."""

    filter_size: tuple[int, int]
    num_channels: int | str = "auto"
    num_filters: int
    stride: tuple[int, int] = (1, 1)
    cropping_mode: str = "manual"
    cropping_size: Padding = (0, 0, 0, 0)

    matlab_class = "nnet.cnn.layer.TransposedConvolution2DLayer"
    kind = "2-D Transposed Convolution"
    default_name = "transposed-conv"
    learnables = ("Weights", "Bias")
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("FilterSize", "NumChannels", "NumFilters", "Stride", "CroppingMode", "CroppingSize")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )

    def describe(self) -> str:
        window = self.filter_size if self.num_channels == "auto" else (*self.filter_size, self.num_channels)
        cropping = "'same'" if isinstance(self.cropping_size, str) else vector(self.cropping_size)
        sliding = f"with stride {vector(self.stride)} and cropping {cropping}"
        return f"{self.num_filters} {times(*window)} transposed convolutions {sliding}"

    def crops(self) -> tuple[int, int, int, int]:
        """Rows and columns cut off (top, bottom, left, right); 'same' cuts (filter - stride), the odd one at the
        bottom and right; below 0 for rows of zeros that are added."""
        if not isinstance(self.cropping_size, str):
            return self.cropping_size
        tall, wide = (window - step for window, step in zip(self.filter_size, self.stride, strict=True))
        top, left = max(tall, 0) // 2, max(wide, 0) // 2
        return top, tall - top, left, wide - left

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        if self.num_channels not in ("auto", channels):
            raise self.misfit(
                "The number of channels of the input does not fit the layer's filters.",
                f"the input is {size_text(sizes[0])}",
                f"the filters take {self.num_channels} channels",
            )
        top, bottom, left, right = self.crops()
        tall = self.stride[0] * (height - 1) + self.filter_size[0] - top - bottom
        wide = self.stride[1] * (width - 1) + self.filter_size[1] - left - right
        if tall < 1 or wide < 1:
            raise self.misfit("The cropping leaves nothing of the output.", f"the input is {size_text(sizes[0])}")
        return tall, wide, self.num_filters

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, num_channels=sizes[0][2]) if self.num_channels == "auto" else self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        kernel = (*self.filter_size, self.num_filters, int(self.num_channels))
        return {"Weights": kernel, "Bias": (self.num_filters,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        weights = (*self.filter_size, self.num_filters, known(self.num_channels))
        return {"Weights": weights, "Bias": (1, 1, self.num_filters)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[3]) if name == "Weights" else self

    def fans(self, name: str) -> tuple[int, int]:
        window = self.filter_size[0] * self.filter_size[1]
        return window * int(self.num_channels), window * self.num_filters
