"""Layers that change height and width other than by windows: crop, resize, rearrangement.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cnnscript.engine.layers import Layer, Size, size_text, times, vector


@dataclass(frozen=True, kw_only=True)
class Crop2D(Layer):
    """crop2dLayer: as much of the input as the reference is high and wide.

    location: 'auto' for the middle, or (x, y), 1-based: the upper-left corner.
    """

    location: tuple[int, int] | str = "auto"

    matlab_class = "nnet.cnn.layer.Crop2DLayer"
    kind = "Crop 2D"
    default_name = "crop"
    shown = (("", ("Name", "NumInputs", "InputNames")), ("Hyperparameters", ("Mode", "Location")))

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("in", "ref")

    @property
    def mode(self) -> str:
        return "centercrop" if isinstance(self.location, str) else "custom"

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Mode", "Location")

    def property(self, name: str):
        return self.mode if name == "Mode" else super().property(name)

    def describe(self) -> str:
        if isinstance(self.location, str):
            return "center crop"
        return f"upper-left corner of cropping rectangle at [{self.location[0]} {self.location[1]}]"

    def corner(self, size: Size, reference: Size) -> tuple[int, int]:
        """0-based row and column where the crop begins."""
        if isinstance(self.location, str):
            return (size[0] - reference[0]) // 2, (size[1] - reference[1]) // 2
        return self.location[1] - 1, self.location[0] - 1

    def size_after(self, *sizes: Size) -> Size:
        size, reference = sizes
        top, left = self.corner(size, reference)
        if top < 0 or left < 0 or top + reference[0] > size[0] or left + reference[1] > size[1]:
            raise self.misfit(
                "The cropping rectangle lies outside of the input.",
                f"the input is {size_text(size)}",
                f"the reference is {size_text(reference)}, the corner at row {top + 1}, column {left + 1}",
            )
        return reference[0], reference[1], size[2]


@dataclass(frozen=True, kw_only=True)
class Resize2D(Layer):
    """resize2dLayer: by a scale, to a size, or to the size of a reference.

    scale: (rows, columns) or None; output_size: (height, width) or None, one of them -1 where it follows from the
    other and the input's shape; neither: there is a reference input.
    """

    scale: tuple[float, float] | None = None
    output_size: tuple[int, int] | None = None
    method: str = "nearest"
    geometric_transform_mode: str = "half-pixel"
    nearest_rounding_mode: str = "round"

    matlab_class = "nnet.cnn.layer.Resize2DLayer"
    kind = "Resize"
    default_name = "resize"
    shown_always: ClassVar[tuple[str, ...]] = ("Method", "GeometricTransformMode", "NearestRoundingMode")

    @property
    def enable_reference_input(self) -> bool:
        return self.scale is None and self.output_size is None

    @property
    def shown(self):  # type: ignore[override]
        first = ("Name", "Scale", "OutputSize", "EnableReferenceInput")
        ports = ("NumInputs", "InputNames") if self.enable_reference_input else ()
        return (("", (*first, *ports)), ("Hyperparameters", self.shown_always))

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("in", "ref") if self.enable_reference_input else ("in",)

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Scale", "OutputSize", "EnableReferenceInput", *self.shown_always)

    def property(self, name: str):
        if name == "OutputSize" and self.output_size is not None:
            return tuple(float("nan") if length < 0 else length for length in self.output_size)
        return self.enable_reference_input if name == "EnableReferenceInput" else super().property(name)

    def describe(self) -> str:
        if self.scale is not None:
            return f"{self.method} resize by scale [{self.scale[0]:g} {self.scale[1]:g}]"
        if self.output_size is not None:
            height, width = ("NaN" if length < 0 else length for length in self.output_size)
            return f"{self.method} resize to size [{height} {width}]"
        return f"{self.method} resize to the size of a reference"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        if self.output_size is not None:
            tall, wide = self.output_size
            return (
                -(-height * wide // width) if tall < 0 else tall,
                -(-width * tall // height) if wide < 0 else wide,
                channels,
            )
        if self.scale is not None:
            return max(1, int(height * self.scale[0])), max(1, int(width * self.scale[1])), channels
        return sizes[1][0], sizes[1][1], channels


@dataclass(frozen=True, kw_only=True)
class DepthToSpace(Layer):
    """depthToSpace2dLayer: channels become blocks of height and width.

    mode 'dcr': the block's place is the slow part of the channel's number (row, column, channel); 'crd': the fast one
    (channel, row, column).
    """

    block_size: tuple[int, int]
    mode: str = "dcr"

    matlab_class = "nnet.cnn.layer.DepthToSpace2DLayer"
    kind = "2-D Depth to Space"
    default_name = "depthToSpace"
    shown = (("", ("Name",)), ("Hyperparameters", ("BlockSize", "Mode")))

    def describe(self) -> str:
        return f"Depth to space with block size {vector(self.block_size)}"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        rows, columns = self.block_size
        if channels % (rows * columns):
            raise self.misfit(
                "The channels do not divide into blocks.",
                f"the input is {size_text(sizes[0])}, the blocks are {times(rows, columns)}",
            )
        return height * rows, width * columns, channels // (rows * columns)


@dataclass(frozen=True, kw_only=True)
class SpaceToDepth(Layer):
    """spaceToDepthLayer: blocks of height and width become channels (row, column, channel)."""

    block_size: tuple[int, int]

    matlab_class = "nnet.cnn.layer.SpaceToDepthLayer"
    kind = "Space to Depth"
    default_name = "spaceToDepth"
    shown = (("", ("Name",)), ("Hyperparameters", ("BlockSize",)))

    def describe(self) -> str:
        return f"Space to depth with block size {vector(self.block_size)}"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        rows, columns = self.block_size
        if height % rows or width % columns:
            raise self.misfit(
                "The height and width of the input do not divide into blocks.",
                f"the input is {size_text(sizes[0])}, the blocks are {times(rows, columns)}",
            )
        return height // rows, width // columns, channels * rows * columns
