"""Layers of transformers: attention between the steps of a sequence, and vectors for their positions.

Sequences are N×T×1×C; weights are stored as MATLAB shows them, outputs × inputs.
See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cnnscript.engine.layers import Layer, Shape, Size, Steps, known, size_text

PROJECTIONS = ("Query", "Key", "Value", "Output")


def one_dimension(layer: Layer, size: Size) -> Size:
    """The size, if it is that of steps or of a column."""
    if size[1] != 1:
        raise layer.misfit("The input must have one spatial or time dimension.", f"the input is {size_text(size)}")
    return size


def as_before(size: Size, steps: int, channels: int) -> Size:
    """So many steps (or pixels of a column, where it was one) of so many channels."""
    return Steps((steps, 1, channels)) if isinstance(size, Steps) else (steps, 1, channels)


@dataclass(frozen=True, kw_only=True)
class SelfAttention(Layer):
    """selfAttentionLayer: every step as a mean of all, weighed by how well its query fits their keys
    (arXiv:1706.03762, section 3.2.2), in several heads."""

    input_size: int | str = "auto"
    num_heads: int
    num_key_channels: int
    num_value_channels: int | str = "auto"
    output_size: int | str = "auto"
    dropout_probability: float = 0.0
    attention_mask: str = "none"

    matlab_class = "nnet.cnn.layer.SelfAttentionLayer"
    kind = "Self-Attention"
    default_name = "selfattention"
    settable = ("DropoutProbability", "AttentionMask")
    learnables = tuple(f"{name}Weights" for name in PROJECTIONS) + tuple(f"{name}Bias" for name in PROJECTIONS)
    hyperparameters = (
        "InputSize", "NumHeads", "NumKeyChannels", "NumValueChannels", "OutputSize", "DropoutProbability",
    )  # fmt: skip
    shown = (
        ("", ("Name", "AttentionMask", "HasPaddingMaskInput", "HasScoresOutput")),
        ("Hyperparameters", hyperparameters),
        ("Learnable Parameters", learnables),
    )

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "AttentionMask", "HasPaddingMaskInput", "HasScoresOutput", *self.hyperparameters)

    def property(self, name: str) -> Any:
        return False if name in ("HasPaddingMaskInput", "HasScoresOutput") else super().property(name)

    @classmethod
    def defaults_of_learning(cls) -> dict[str, Any]:
        """One initialiser for all weights, one for all biases; factors for each."""
        factors = {name + "LearnRateFactor": 1.0 for name in cls.learnables}
        decays = {name + "L2Factor": float(name.endswith("Weights")) for name in cls.learnables}
        return {"WeightsInitializer": "glorot", "BiasInitializer": "zeros", **factors, **decays}

    def learning_of(self, parameter: str, kind: str) -> Any:
        if kind == "Initializer":
            return self.property(("Weights" if parameter.endswith("Weights") else "Bias") + kind)
        return super().learning_of(parameter, kind)

    def describe(self) -> str:
        return f"Self-attention with {self.num_heads} heads and {self.num_key_channels} key and query channels"

    def size_after(self, *sizes: Size) -> Size:
        steps, _, channels = one_dimension(self, sizes[0])
        if self.input_size not in ("auto", channels):
            raise self.misfit(
                "The number of channels of the input does not fit the layer.",
                f"the input is {size_text(sizes[0])}",
                f"the layer takes {self.input_size} channels",
            )
        return as_before(sizes[0], steps, channels if self.output_size == "auto" else int(self.output_size))

    def settled(self, *sizes: Size) -> Layer:
        channels = sizes[0][2] if self.input_size == "auto" else self.input_size
        values = self.num_key_channels if self.num_value_channels == "auto" else self.num_value_channels
        outputs = channels if self.output_size == "auto" else self.output_size
        return replace(self, input_size=channels, num_value_channels=values, output_size=outputs)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tuple(int(n or 0) for n in shape) for name, shape in self.matlab_shapes().items()}

    def matlab_shapes(self) -> dict[str, Shape]:
        values = self.num_key_channels if self.num_value_channels == "auto" else int(self.num_value_channels)
        inputs, outputs = known(self.input_size), known(self.output_size)
        rows = (self.num_key_channels, self.num_key_channels, values, outputs)
        shapes: dict[str, Shape] = {}
        for name, count, width in zip(PROJECTIONS, rows, (inputs, inputs, inputs, values), strict=True):
            shapes[f"{name}Weights"], shapes[f"{name}Bias"] = (count, width), (count, 1)
        return {name: shapes[name] for name in self.learnables}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        if name.startswith("Output"):
            return replace(self, output_size=shape[0])
        return replace(self, input_size=shape[1]) if name.endswith("Weights") else self

    def fans(self, name: str) -> tuple[int, int]:
        outputs, inputs = self.parameter_shapes()[name]
        return inputs, outputs


@dataclass(frozen=True, kw_only=True)
class Attention(Layer):
    """attentionLayer: the attention of queries to keys and their values, which are its inputs (arXiv:1706.03762,
    section 3.2.1); nothing is learnt.  scale 'auto': 1 / sqrt(channels of a head's queries)."""

    num_heads: int
    scale: float | str = "auto"
    attention_mask: str = "none"
    dropout_probability: float = 0.0

    matlab_class = "nnet.cnn.layer.AttentionLayer"
    kind = "Attention"
    default_name = "attention"
    settable = ("DropoutProbability", "AttentionMask")
    shown = (
        ("", ("Name", "NumInputs", "InputNames", "AttentionMask", "HasPaddingMaskInput", "HasScoresOutput")),
        ("Hyperparameters", ("NumHeads", "Scale", "DropoutProbability")),
    )

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("query", "key", "value")

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "NumHeads", "Scale", "AttentionMask", "DropoutProbability", "HasPaddingMaskInput",
                "HasScoresOutput")  # fmt: skip

    def property(self, name: str) -> Any:
        return False if name in ("HasPaddingMaskInput", "HasScoresOutput") else super().property(name)

    def describe(self) -> str:
        return f"Attention with {self.num_heads} heads"

    def size_after(self, *sizes: Size) -> Size:
        query, key, value = (one_dimension(self, size) for size in sizes)
        if query[2] != key[2] or key[0] != value[0] or query[2] % self.num_heads or value[2] % self.num_heads:
            raise self.misfit(
                "Queries and keys must have the same number of channels, keys and values the same number of steps, and "
                "the channels must divide into the heads.",
                *(f"{name} is {size_text(size)}" for name, size in zip(self.input_names, sizes, strict=True)),
                f"there are {self.num_heads} heads",
            )
        return as_before(query, query[0], value[2])


@dataclass(frozen=True, kw_only=True)
class PositionEmbedding(Layer):
    """positionEmbeddingLayer: a vector that is learnt for each position, whatever is there."""

    output_size: int
    max_position: int
    position_dimension: str = "auto"

    matlab_class = "nnet.cnn.layer.PositionEmbeddingLayer"
    kind = "Position Embedding"
    default_name = "posembed"
    learnables = ("Weights",)
    initializers = {"Weights": "narrow-normal"}
    shown = (
        ("", ("Name", "OutputSize", "MaxPosition", "PositionDimension")),
        ("Learnable Parameters", ("Weights",)),
    )

    def describe(self) -> str:
        return f"Position embedding with maximum position {self.max_position}"

    def size_after(self, *sizes: Size) -> Size:
        steps = one_dimension(self, sizes[0])[0]
        wanted = {"temporal": True, "spatial": False}.get(self.position_dimension)
        if wanted is not None and wanted != isinstance(sizes[0], Steps):
            raise self.misfit(f"The input has no {self.position_dimension} dimension.")
        if steps > self.max_position:
            raise self.misfit(
                "The input is longer than the largest position.",
                f"the input is {size_text(sizes[0])}", f"the largest position is {self.max_position}",
            )  # fmt: skip
        return as_before(sizes[0], steps, self.output_size)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Weights": (self.output_size, self.max_position)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Weights": (self.output_size, self.max_position)}

    def fans(self, name: str) -> tuple[int, int]:
        return self.max_position, self.output_size


@dataclass(frozen=True, kw_only=True)
class EmbeddingConcatenation(Layer):
    """embeddingConcatenationLayer: a vector that is learnt, put before the first step (a class token)."""

    input_size: int | str = "auto"

    matlab_class = "nnet.cnn.layer.EmbeddingConcatenationLayer"
    kind = "Embedding Concatenation"
    default_name = "embedconcat"
    learnables = ("Weights",)
    initializers = {"Weights": "narrow-normal"}
    shown = (("", ("Name", "InputSize")), ("Learnable Parameters", ("Weights",)))

    def describe(self) -> str:
        return "Embedding concatenation"

    def size_after(self, *sizes: Size) -> Size:
        steps, _, channels = one_dimension(self, sizes[0])
        if self.input_size not in ("auto", channels):
            raise self.misfit(
                "The number of channels of the input does not fit the layer.",
                f"the input is {size_text(sizes[0])}", f"the layer takes {self.input_size} channels",
            )  # fmt: skip
        return as_before(sizes[0], steps + 1, channels)

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, input_size=sizes[0][2]) if self.input_size == "auto" else self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Weights": (int(self.input_size), 1)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Weights": (known(self.input_size), 1)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, input_size=shape[0])

    def fans(self, name: str) -> tuple[int, int]:
        return 1, int(self.input_size)
