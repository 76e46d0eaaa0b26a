"""Layers that bring what lies under a window to one number, and the one that puts it back.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from cnnscript.engine.layers import Layer, Padding, Size, size_text, times, vector
from cnnscript.engine.sliding_windows import padding_text, slid


class Pooled(tuple):
    """The size of what a max pooling with unpooling outputs gives: it tells where it came from.

    before   the size of what went in
    pooling  the pooling layer
    """

    before: Size
    pooling: MaxPooling


@dataclass(frozen=True, kw_only=True)
class MaxPooling(Layer):
    """maxPooling2dLayer: the largest number under a sliding window; what the padding adds never wins."""

    pool_size: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    has_unpooling_outputs: bool = False

    matlab_class = "nnet.cnn.layer.MaxPooling2DLayer"
    kind = "2-D Max Pooling"
    default_name = "maxpool"
    shown = (
        ("", ("Name", "HasUnpoolingOutputs", "NumOutputs", "OutputNames")),
        ("Hyperparameters", ("PoolSize", "Stride", "PaddingMode", "PaddingSize")),
    )
    what: ClassVar[str] = "max pooling"

    def describe(self) -> str:
        sliding = f"with stride {vector(self.stride)} and {padding_text(self.padding_size)}"
        return f"{times(*self.pool_size)} {self.what} {sliding}"

    def size_after(self, *sizes: Size) -> Size:
        size = (*slid(self, sizes[0], self.pool_size, self.stride, self.padding_size), sizes[0][2])
        if not self.has_unpooling_outputs:
            return size
        pooled = Pooled(size)
        pooled.before, pooled.pooling = sizes[0], self
        return pooled  # type: ignore[return-value]

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("out", "indices", "size") if self.has_unpooling_outputs else ("out",)


@dataclass(frozen=True, kw_only=True)
class AveragePooling(Layer):
    """averagePooling2dLayer.  padding_value 0: the padding counts as zeros; 'mean': it does not count."""

    pool_size: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding_mode: str = "manual"
    padding_size: Padding = (0, 0, 0, 0)
    padding_value: float | str = 0

    matlab_class = "nnet.cnn.layer.AveragePooling2DLayer"
    kind = "2-D Average Pooling"
    default_name = "avgpool"
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("PoolSize", "Stride", "PaddingMode", "PaddingSize", "PaddingValue")),
    )
    what: ClassVar[str] = "average pooling"
    describe = MaxPooling.describe

    def size_after(self, *sizes: Size) -> Size:
        return (*slid(self, sizes[0], self.pool_size, self.stride, self.padding_size), sizes[0][2])


@dataclass(frozen=True, kw_only=True)
class GlobalAveragePooling(Layer):
    """globalAveragePooling2dLayer: the mean of each channel."""

    matlab_class = "nnet.cnn.layer.GlobalAveragePooling2DLayer"
    kind = "2-D Global Average Pooling"
    default_name = "gapool"

    def describe(self) -> str:
        return "2-D global average pooling"

    def size_after(self, *sizes: Size) -> Size:
        return (1, 1, sizes[0][2])


@dataclass(frozen=True, kw_only=True)
class AdaptiveAveragePooling(Layer):
    """adaptiveAveragePooling2dLayer: the means of as many regions as the output is high and wide.

    Region k of n, from 0, of H rows goes from row floor(k·H/n) to before row ceil((k+1)·H/n); columns likewise.
    """

    output_size: tuple[int, int]

    matlab_class = "nnet.cnn.layer.AdaptiveAveragePooling2DLayer"
    kind = "2-D Adaptive Average Pooling"
    default_name = "adaptavgpool"
    shown = (("", ("Name", "OutputSize")),)

    def describe(self) -> str:
        return f"2-D adaptive average pooling with output size {times(*self.output_size)}"

    def size_after(self, *sizes: Size) -> Size:
        return (*self.output_size, sizes[0][2])

    @staticmethod
    def regions(length: int, count: int) -> list[tuple[int, int]]:
        """First, and first not any more, of each region."""
        return [(k * length // count, -(-(k + 1) * length // count)) for k in range(count)]


@dataclass(frozen=True, kw_only=True)
class GlobalMaxPooling(Layer):
    """globalMaxPooling2dLayer: the largest number of each channel."""

    matlab_class = "nnet.cnn.layer.GlobalMaxPooling2DLayer"
    kind = "2-D Global Max Pooling"
    default_name = "gmpool"
    size_after = GlobalAveragePooling.size_after

    def describe(self) -> str:
        return "2-D global max pooling"


@dataclass(frozen=True, kw_only=True)
class MaxUnpooling(Layer):
    """maxUnpooling2dLayer: numbers go back to where a max pooling found its largest; everywhere else is 0.

    Its inputs are what is to go back, and the pooling's outputs 'indices' and 'size'.  Inside a network the third input
    is what the pooling was given, from which the places are found again (graph.py); `pooling` is that layer.
    """

    pooling: MaxPooling | None = None

    matlab_class = "nnet.cnn.layer.MaxUnpooling2DLayer"
    kind = "2-D Max Unpooling"
    default_name = "maxunpool"
    shown = (("", ("Name", "NumInputs", "InputNames")),)

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("in", "indices", "size")

    def describe(self) -> str:
        return "2-D max unpooling"

    def settled(self, *sizes: Size) -> Layer:
        if not isinstance(sizes[1], Pooled):
            raise self.misfit(
                "The inputs 'indices' and 'size' must come from a max pooling layer with unpooling outputs.",
                "maxPooling2dLayer has the option 'HasUnpoolingOutputs'",
            )
        return replace(self, pooling=sizes[1].pooling)

    def size_after(self, *sizes: Size) -> Size:
        pooled = sizes[1]
        if tuple(sizes[0]) != tuple(pooled):
            raise self.misfit(
                "The input has not the size of what the max pooling gave.",
                f"the input is {size_text(sizes[0])}",
                f"the pooling gave {size_text(pooled)}",
            )
        return pooled.before if isinstance(pooled, Pooled) else sizes[2]  # seen from Keras, the pooling's input
