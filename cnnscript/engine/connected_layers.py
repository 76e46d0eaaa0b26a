"""Layers that take height and width into the channels: fully connected, flatten.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnnscript.engine.layers import Layer, Shape, Size, Steps, Vector, known, size_text


@dataclass(frozen=True, kw_only=True)
class FullyConnected(Layer):
    """fullyConnectedLayer: every output sees every number of the input.  Stored as inputs×outputs, the input laid out
    height, width, channel (channel fastest); MATLAB shows outputs×inputs with height fastest."""

    input_size: int | str = "auto"
    output_size: int
    spatial_size: Size | None = None  # the input's size: not a property of MATLAB's, it orders the weights
    per_step: bool = False  # of a sequence: each step by itself

    matlab_class = "nnet.cnn.layer.FullyConnectedLayer"
    kind = "Fully Connected"
    default_name = "fc"
    ends_frames = True
    learnables = ("Weights", "Bias")
    needs_fixed_size = True
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("InputSize", "OutputSize")),
        ("Learnable Parameters", ("Weights", "Bias")),
    )

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "InputSize", "OutputSize")

    def describe(self) -> str:
        return f"{self.output_size} fully connected layer"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        if isinstance(sizes[0], Steps):
            height = 1
        if self.input_size not in ("auto", height * width * channels):
            raise self.misfit(
                "The input does not have the size that the weights of this fully connected layer were made for.",
                f"the input is {size_text(sizes[0])}: {height * width * channels} numbers",
                f"the weights take {self.input_size} numbers"
                + (f" ({size_text(self.spatial_size)})" if self.spatial_size else ""),
            )
        if isinstance(sizes[0], Steps):
            return Steps((sizes[0][0], 1, self.output_size))
        return Vector((1, 1, self.output_size))

    def settled(self, *sizes: Size) -> Layer:
        height, width, channels = sizes[0]
        if isinstance(sizes[0], Steps):
            return replace(self, input_size=channels, spatial_size=(1, 1, channels), per_step=True)
        if self.input_size == "auto" or self.spatial_size is None:
            return replace(self, input_size=height * width * channels, spatial_size=sizes[0])
        return self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Weights": (int(self.input_size), self.output_size), "Bias": (self.output_size,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Weights": (self.output_size, known(self.input_size)), "Bias": (self.output_size, 1)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, input_size=shape[1]) if name == "Weights" else self

    def fans(self, name: str) -> tuple[int, int]:
        return int(self.input_size), self.output_size


@dataclass(frozen=True, kw_only=True)
class Flatten(Layer):
    """flattenLayer: height and width folded into the channels, height fastest."""

    per_step: bool = False  # of a sequence, each step by itself: there is nothing to do

    matlab_class = "nnet.cnn.layer.FlattenLayer"
    kind = "Flatten"
    default_name = "flatten"
    ends_frames = True
    needs_fixed_size = True

    def size_after(self, *sizes: Size) -> Size:
        if isinstance(sizes[0], Steps):
            return sizes[0]
        height, width, channels = sizes[0]
        return Vector((1, 1, height * width * channels))

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, per_step=True) if isinstance(sizes[0], Steps) else self
