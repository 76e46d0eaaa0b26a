"""Normalisations that look at one image alone: by groups of channels, by layer, by channel.

Each: (x - mean) / sqrt(variance + epsilon) × scale + offset, the mean and the variance taken over height, width and
some of the channels of one image; scale and offset are each channel's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from cnnscript.engine.layers import Layer, Shape, Size, Steps, known, size_text


@dataclass(frozen=True, kw_only=True)
class ChannelScaled(Layer):
    """What these normalisations have in common."""

    num_channels: int | str = "auto"
    epsilon: float = 1e-5

    learnables = ("Offset", "Scale")
    settable = ("Epsilon",)
    what: ClassVar[str] = ""

    def describe(self) -> str:
        return self.what + (f" with {self.num_channels} channels" if self.num_channels != "auto" else "")

    def size_after(self, *sizes: Size) -> Size:
        if self.num_channels not in ("auto", sizes[0][2]):
            raise self.misfit(
                "The number of channels of the input does not fit the layer.",
                f"the input is {size_text(sizes[0])}",
                f"the layer has {self.num_channels} channels",
            )
        self.groups(sizes[0][2])
        return sizes[0]

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, num_channels=sizes[0][2]) if self.num_channels == "auto" else self

    def groups(self, channels: int) -> int:
        """How many groups the channels are normalised in."""
        raise NotImplementedError

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: (int(self.num_channels),) for name in self.learnables}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {name: (1, 1, known(self.num_channels)) for name in self.learnables}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[2])


@dataclass(frozen=True, kw_only=True)
class GroupNormalization(ChannelScaled):
    """groupNormalizationLayer: groups of neighbouring channels (arXiv:1803.08494).

    num_groups: a number, 'all-channels' (one group) or 'channel-wise' (a group for each channel).
    """

    num_groups: int | str

    matlab_class = "nnet.cnn.layer.GroupNormalizationLayer"
    kind = "Group Normalization"
    default_name = "groupnorm"
    what = "Group normalization"
    shown = (
        ("", ("Name", "NumChannels")),
        ("Hyperparameters", ("NumGroups", "Epsilon")),
        ("Learnable Parameters", ("Offset", "Scale")),
    )

    def describe(self) -> str:
        if self.num_channels == "auto":
            return self.what
        return f"{self.what} with {self.num_channels} channels split into {self.groups(int(self.num_channels))} groups"

    def groups(self, channels: int) -> int:
        if isinstance(self.num_groups, str):
            return 1 if self.num_groups == "all-channels" else channels
        if channels % self.num_groups:
            raise self.misfit(
                "The channels do not divide into the groups.", f"{channels} channels, {self.num_groups} groups"
            )
        return self.num_groups


@dataclass(frozen=True, kw_only=True)
class LayerNormalization(ChannelScaled):
    """layerNormalizationLayer: all of one image together (arXiv:1607.06450), or with 'channel-only' each place by
    itself, over its channels.  'auto' means all of an image, and each step of a sequence by itself."""

    operation_dimension: str = "auto"
    per_step: bool = False  # of a sequence, each step by itself

    matlab_class = "nnet.cnn.layer.LayerNormalizationLayer"
    kind = "Layer Normalization"
    default_name = "layernorm"
    what = "Layer normalization"
    shown = (
        ("", ("Name", "NumChannels")),
        ("Hyperparameters", ("Epsilon", "OperationDimension")),
        ("Learnable Parameters", ("Offset", "Scale")),
    )

    def settled(self, *sizes: Size) -> Layer:
        steps = isinstance(sizes[0], Steps) and self.operation_dimension == "auto"
        layer = super().settled(*sizes)
        return replace(layer, per_step=True) if steps else layer

    def groups(self, channels: int) -> int:
        return 1


@dataclass(frozen=True, kw_only=True)
class InstanceNormalization(ChannelScaled):
    """instanceNormalizationLayer: each channel of each image by itself (arXiv:1607.08022)."""

    matlab_class = "nnet.cnn.layer.InstanceNormalizationLayer"
    kind = "Instance Normalization"
    default_name = "instancenorm"
    what = "Instance normalization"
    shown = (
        ("", ("Name", "NumChannels")),
        ("Hyperparameters", ("Epsilon",)),
        ("Learnable Parameters", ("Offset", "Scale")),
    )

    def groups(self, channels: int) -> int:
        return channels
