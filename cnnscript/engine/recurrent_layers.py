"""Layers of sequences: where they enter, LSTM, GRU, embeddings, folding.

A sequence of T steps with C features is N×T×1×C: time lies where images have their height.  Its size is a `Steps`, so
that layers know it from an image; the number of steps is open and written as 1 until data come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Frames, Layer, Several, Shape, Size, Steps, Vector, known, size_text, times

HYPERPARAMETERS = ("InputSize", "NumHiddenUnits", "OutputMode", "StateActivationFunction", "GateActivationFunction")


@dataclass(frozen=True, kw_only=True)
class SequenceInput(FeatureInput):
    """sequenceInputLayer: sequences of rows of numbers.  input_size is (1, 1, features).

    image_size: height, width and channels of sequences of images, or ().
    """

    min_length: int = 1
    image_size: tuple[int, ...] = ()

    matlab_class = "nnet.cnn.layer.SequenceInputLayer"
    kind = "Sequence Input"
    default_name = "sequenceinput"

    @property
    def shown(self):  # type: ignore[override]
        numbers = ("Normalization", "NormalizationDimension", *self.statistics)
        return (("", ("Name", "InputSize", "MinLength", "SplitComplexInputs")), ("Hyperparameters", numbers))

    def property_names(self) -> tuple[str, ...]:
        return tuple(name for name in super().property_names() if name != "ImageSize")

    def property(self, name: str):
        return self.image_size if name == "InputSize" and self.image_size else super().property(name)

    def describe(self) -> str:
        dimensions = times(*self.image_size) if self.image_size else self.input_size[2]
        return f"Sequence input with {dimensions} dimensions"

    def size_after(self, *sizes: Size) -> Size:
        if self.image_size:
            return Frames(sizes[0] if sizes else self.input_size)
        return Steps(sizes[0] if sizes else (self.min_length, *self.input_size[1:]))


@dataclass(frozen=True, kw_only=True)
class Recurrent(Layer):
    """What LSTM and GRU layers have in common: gates of a state that goes from step to step.

    has_state_inputs, has_state_outputs: does the state come from other layers, does it go to them?
    """

    input_size: int | str = "auto"
    num_hidden_units: int
    output_mode: str = "sequence"
    state_activation_function: str = "tanh"
    gate_activation_function: str = "sigmoid"
    has_state_inputs: bool = False
    has_state_outputs: bool = False

    learnables = ("InputWeights", "RecurrentWeights", "Bias")
    initializers = {"InputWeights": "glorot", "RecurrentWeights": "orthogonal", "Bias": "zeros"}
    gates: ClassVar[int] = 4
    directions: ClassVar[int] = 1
    states: ClassVar[tuple[str, ...]] = ("HiddenState",)
    takes_frames = True
    batch_state = ("HiddenState", "CellState")
    hyperparameters: ClassVar[tuple[str, ...]] = HYPERPARAMETERS

    @property
    def shown(self):  # type: ignore[override]
        ports = ("Name", "InputNames", "OutputNames", "NumInputs", "NumOutputs", "HasStateInputs", "HasStateOutputs")
        return (
            ("", ports),
            ("Hyperparameters", self.hyperparameters),
            ("Learnable Parameters", self.learnables),
            ("State Parameters", self.state),
        )

    def property_names(self) -> tuple[str, ...]:
        return ("Name", *self.hyperparameters, "HasStateInputs", "HasStateOutputs")

    @property
    def state(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the layer keeps itself."""
        return () if self.has_state_inputs else self.states

    def state_ports(self) -> tuple[str, ...]:
        """hidden, cell"""
        return tuple(name.removesuffix("State").lower() for name in self.states)

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("in", *self.state_ports()) if self.has_state_inputs else ("in",)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("out", *self.state_ports()) if self.has_state_outputs else ("out",)

    @property
    def computed_outputs(self) -> tuple[str, ...]:
        return self.output_names if self.has_state_outputs else ()

    def describe(self) -> str:
        return f"{self.kind} with {self.num_hidden_units} hidden units"

    def size_after(self, *sizes: Size) -> Size:
        height, width, channels = sizes[0]
        if isinstance(sizes[0], Frames):
            raise self.misfit(
                "The input must be sequences of vectors.", f"each step is {size_text(sizes[0])}",
                "flattenLayer makes vectors of images",
            )  # fmt: skip
        if self.input_size not in ("auto", channels) or width != 1 or not (isinstance(sizes[0], Steps) or height == 1):
            raise self.misfit(
                "The input is no sequence of the features that the layer takes.",
                f"the input is {size_text(sizes[0])}",
                f"the layer takes sequences of {self.input_size} features",
            )
        units = self.num_hidden_units * self.directions
        for port, size in zip(self.input_names[1:], sizes[1:], strict=True):
            if tuple(size) != (1, 1, units) or isinstance(size, Steps):
                raise self.misfit(
                    f"The input '{port}' must be one number for each hidden unit.",
                    f"it is {size_text(size)}", f"there are {units}",
                )  # fmt: skip
        one_step = self.output_mode == "last" or not isinstance(sizes[0], Steps)
        out = (1, 1, units) if one_step else Steps((height, 1, units))
        ends = [Vector((1, 1, units)) for _ in self.output_names[1:]]
        return Several.of([out, *ends])  # type: ignore[list-item]

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, input_size=sizes[0][2]) if self.input_size == "auto" else self

    def bias_length(self) -> int:
        return self.gates * self.num_hidden_units

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        shapes = replace(self, input_size=int(self.input_size)).matlab_shapes()
        return {name: tuple(int(n or 0) for n in (shape if "Weights" in name else shape[:1]))
                for name, shape in shapes.items()}  # fmt: skip

    def matlab_shapes(self) -> dict[str, Shape]:
        rows, units = self.directions * self.gates * self.num_hidden_units, self.num_hidden_units
        return {
            "InputWeights": (rows, known(self.input_size)),
            "RecurrentWeights": (rows, units),
            "Bias": (self.directions * self.bias_length(), 1),
            **{name: (self.directions * units, 1) for name in self.state},
        }

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, input_size=shape[1]) if name == "InputWeights" else self

    def fans(self, name: str) -> tuple[int, int]:
        inputs = int(self.input_size) if name == "InputWeights" else self.num_hidden_units
        return inputs, self.gates * self.num_hidden_units


@dataclass(frozen=True, kw_only=True)
class LSTM(Recurrent):
    """lstmLayer (Hochreiter and Schmidhuber, 1997).  Gates lie in the order input, forget, cell candidate, output:
    c = f c + i g, h = o tanh(c)."""

    matlab_class = "nnet.cnn.layer.LSTMLayer"
    kind = "LSTM"
    default_name = "lstm"
    initializers = {**Recurrent.initializers, "Bias": "unit-forget-gate"}
    states = ("HiddenState", "CellState")


@dataclass(frozen=True, kw_only=True)
class BiLSTM(LSTM):
    """bilstmLayer: one LSTM forwards, another backwards; their outputs lie one after another."""

    matlab_class = "nnet.cnn.layer.BiLSTMLayer"
    kind = "BiLSTM"
    default_name = "biLSTM"
    directions = 2


@dataclass(frozen=True, kw_only=True)
class GRU(Recurrent):
    """gruLayer (arXiv:1406.1078).  Gates lie in the order reset, update, candidate: h = (1 - z) h~ + z h before.

    reset_gate_mode: 'after-multiplication', 'before-multiplication' or 'recurrent-bias-after-multiplication'.
    """

    reset_gate_mode: str = "after-multiplication"

    matlab_class = "nnet.cnn.layer.GRULayer"
    kind = "GRU"
    default_name = "gru"
    gates = 3
    hyperparameters = (*HYPERPARAMETERS, "ResetGateMode")

    def bias_length(self) -> int:
        return (6 if self.reset_gate_mode.startswith("recurrent-bias") else 3) * self.num_hidden_units


@dataclass(frozen=True, kw_only=True)
class WordEmbedding(Layer):
    """wordEmbeddingLayer: the numbers of words, from 1, become vectors."""

    dimension: int
    num_words: int

    matlab_class = "nnet.cnn.layer.WordEmbeddingLayer"
    kind = "Word Embedding Layer"
    default_name = "word-embedding"
    learnables = ("Weights",)
    initializers = {"Weights": "narrow-normal"}
    shown = (
        ("", ("Name",)),
        ("Hyperparameters", ("Dimension", "NumWords")),
        ("Learnable Parameters", ("Weights",)),
    )

    def describe(self) -> str:
        return f"Word embedding layer with {self.dimension} dimensions and {self.num_words} unique words"

    def size_after(self, *sizes: Size) -> Size:
        if sizes[0][2] != 1:
            raise self.misfit("The input must be sequences of numbers of words.", f"it has {sizes[0][2]} features")
        return type(sizes[0])((sizes[0][0], sizes[0][1], self.dimension))

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Weights": (self.dimension, self.num_words)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Weights": (self.dimension, self.num_words)}

    def fans(self, name: str) -> tuple[int, int]:
        return self.num_words, self.dimension


@dataclass(frozen=True, kw_only=True)
class SequenceFolding(Layer):
    """sequenceFoldingLayer: a sequence of images as a batch of them.  Layers of images take them one by one as it is:
    nothing is to be done."""

    matlab_class = "nnet.cnn.layer.SequenceFoldingLayer"
    kind = "Sequence Folding"
    default_name = "seqfold"
    shown = (("", ("Name", "NumOutputs", "OutputNames")),)

    @property
    def output_names(self) -> tuple[str, ...]:
        return ("out", "miniBatchSize")

    def describe(self) -> str:
        return "Sequence folding"


@dataclass(frozen=True, kw_only=True)
class SequenceUnfolding(Layer):
    """sequenceUnfoldingLayer: undoes what a sequenceFoldingLayer did."""

    matlab_class = "nnet.cnn.layer.SequenceUnfoldingLayer"
    kind = "Sequence Unfolding"
    default_name = "sequnfold"
    shown = (("", ("Name", "NumInputs", "InputNames")),)

    @property
    def input_names(self) -> tuple[str, ...]:
        return ("in", "miniBatchSize")

    def describe(self) -> str:
        return "Sequence unfolding"
