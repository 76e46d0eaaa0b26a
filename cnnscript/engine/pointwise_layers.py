"""Layers that keep the height and width of what they are given: activations, normalisations, joins.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from cnnscript.engine.layers import NAME_AND_INPUTS, Layer, Shape, Size, Vector, known, size_text

# ---------------------------------------------------------------------------------------------------------- activations


@dataclass(frozen=True, kw_only=True)
class ReLU(Layer):
    """reluLayer: max(0, x)."""

    matlab_class = "nnet.cnn.layer.ReLULayer"
    kind = "ReLU"
    default_name = "relu"


@dataclass(frozen=True, kw_only=True)
class LeakyReLU(Layer):
    """leakyReluLayer: x, or scale × x below 0."""

    scale: float = 0.01

    matlab_class = "nnet.cnn.layer.LeakyReLULayer"
    kind = "Leaky ReLU"
    default_name = "leakyrelu"
    shown = (("", ("Name",)), ("Hyperparameters", ("Scale",)))

    def describe(self) -> str:
        return f"Leaky ReLU with scale {self.scale:g}"


@dataclass(frozen=True, kw_only=True)
class ClippedReLU(Layer):
    """clippedReluLayer: max(0, min(x, ceiling))."""

    ceiling: float

    matlab_class = "nnet.cnn.layer.ClippedReLULayer"
    kind = "Clipped ReLU"
    default_name = "clippedrelu"
    shown = (("", ("Name",)), ("Hyperparameters", ("Ceiling",)))

    def describe(self) -> str:
        return f"Clipped ReLU with ceiling {self.ceiling:g}"


@dataclass(frozen=True, kw_only=True)
class Tanh(Layer):
    """tanhLayer."""

    matlab_class = "nnet.cnn.layer.TanhLayer"
    kind = "Tanh"
    default_name = "tanh"

    def describe(self) -> str:
        return "Hyperbolic tangent"


@dataclass(frozen=True, kw_only=True)
class Sigmoid(Layer):
    """sigmoidLayer: 1 / (1 + exp(-x))."""

    matlab_class = "nnet.cnn.layer.SigmoidLayer"
    kind = "Sigmoid"
    default_name = "sigmoid"

    def describe(self) -> str:
        return "sigmoid"


@dataclass(frozen=True, kw_only=True)
class Softmax(Layer):
    """softmaxLayer: exp(x) / sum(exp(x)) over the channels."""

    matlab_class = "nnet.cnn.layer.SoftmaxLayer"
    kind = "Softmax"
    default_name = "softmax"

    def describe(self) -> str:
        return "softmax"


@dataclass(frozen=True, kw_only=True)
class Dropout(Layer):
    """dropoutLayer: nothing at all, except while training."""

    probability: float = 0.5

    matlab_class = "nnet.cnn.layer.DropoutLayer"
    kind = "Dropout"
    default_name = "dropout"
    shown = (("", ("Name",)), ("Hyperparameters", ("Probability",)))

    def describe(self) -> str:
        return f"{self.probability * 100:g}% dropout"


@dataclass(frozen=True, kw_only=True)
class ScalingFactor(Layer):
    """nnet.inceptionresnetv2.layer.ScalingFactorLayer, the custom layer of inceptionresnetv2: scale × x."""

    scale: float = 1.0

    matlab_class = "nnet.inceptionresnetv2.layer.ScalingFactorLayer"
    kind = "Scaling Factor Layer"
    shown = (("", ("Name", "Scale")),)

    def describe(self) -> str:
        return f"Scaling factor (custom {self.matlab_class})"


@dataclass(frozen=True, kw_only=True)
class ChannelShuffle(Layer):
    """nnet.shufflenet.layer.ChannelShufflingLayer: channel k of group g becomes channel g of group k.

    Of 12 channels in 4 groups, 1 2 3 | 4 5 6 | 7 8 9 | 10 11 12 come out as 1 4 7 10 | 2 5 8 11 | 3 6 9 12.
    """

    num_groups: int

    matlab_class = "nnet.shufflenet.layer.ChannelShufflingLayer"
    kind = "Channel Shuffle"
    shown = (("", ("Name", "NumGroups")),)

    def describe(self) -> str:
        return f"Channel shuffle, {self.num_groups} groups"

    def size_after(self, *sizes: Size) -> Size:
        if sizes[0][2] % self.num_groups:
            raise self.misfit(
                "The channels do not divide into the groups.", f"{sizes[0][2]} channels, {self.num_groups} groups"
            )
        return sizes[0]


# ------------------------------------------------------------------------------------------------------- normalisations


@dataclass(frozen=True, kw_only=True)
class BatchNormalization(Layer):
    """batchNormalizationLayer: (x - mean) / sqrt(variance + epsilon) × scale + offset, each channel with its own."""

    num_channels: int | str = "auto"
    mean_decay: float = 0.1
    variance_decay: float = 0.1
    epsilon: float = 1e-5

    matlab_class = "nnet.cnn.layer.BatchNormalizationLayer"
    kind = "Batch Normalization"
    default_name = "batchnorm"
    settable = ("MeanDecay", "VarianceDecay", "Epsilon")
    learnables = ("Offset", "Scale")
    state = ("TrainedMean", "TrainedVariance")
    shown = (
        ("", ("Name", "NumChannels")),
        ("Hyperparameters", ("MeanDecay", "VarianceDecay", "Epsilon")),
        ("Learnable Parameters", ("Offset", "Scale")),
        ("State Parameters", ("TrainedMean", "TrainedVariance")),
    )

    def describe(self) -> str:
        return "Batch normalization" + (f" with {self.num_channels} channels" if self.num_channels != "auto" else "")

    def size_after(self, *sizes: Size) -> Size:
        if self.num_channels not in ("auto", sizes[0][2]):
            raise self.misfit(
                "The number of channels of the input does not fit the layer.",
                f"the input is {size_text(sizes[0])}",
                f"the layer has {self.num_channels} channels",
            )
        return sizes[0]

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, num_channels=sizes[0][2]) if self.num_channels == "auto" else self

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: (int(self.num_channels),) for name in (*self.learnables, *self.state)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {name: (1, 1, known(self.num_channels)) for name in (*self.learnables, *self.state)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[2])


@dataclass(frozen=True, kw_only=True)
class CrossChannelNormalization(Layer):
    """crossChannelNormalizationLayer: x / (k + alpha × ss / window) ^ beta, where ss is the sum of squares over a
    window of channels: floor((window - 1) / 2) before and floor(window / 2) after (MathWorks' page of the layer)."""

    window_channel_size: int
    alpha: float = 1e-4
    beta: float = 0.75
    k: float = 2

    matlab_class = "nnet.cnn.layer.CrossChannelNormalizationLayer"
    kind = "Cross Channel Normalization"
    default_name = "crossnorm"
    shown = (("", ("Name",)), ("Hyperparameters", ("WindowChannelSize", "Alpha", "Beta", "K")))

    def describe(self) -> str:
        return f"cross channel normalization with {self.window_channel_size} channels per element"


# ---------------------------------------------------------------------------------------------------------------- joins


@dataclass(frozen=True, kw_only=True)
class Join(Layer):
    """A layer of several inputs."""

    num_inputs: int = 2
    shown: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = NAME_AND_INPUTS
    what: ClassVar[str] = ""

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(f"in{i + 1}" for i in range(self.num_inputs))

    def describe(self) -> str:
        return f"{self.what} of {self.num_inputs} inputs"

    def size_after(self, *sizes: Size) -> Size:
        if any(size != sizes[0] for size in sizes):
            raise self.misfit("The inputs differ in size.", *_received(sizes))
        return sizes[0]


@dataclass(frozen=True, kw_only=True)
class Addition(Join):
    """additionLayer: the inputs, added."""

    matlab_class = "nnet.cnn.layer.AdditionLayer"
    kind = "Addition"
    default_name = "addition"
    what = "Element-wise addition"


@dataclass(frozen=True, kw_only=True)
class Multiplication(Join):
    """multiplicationLayer: the inputs, multiplied; one row, column or channel goes with each of the others'."""

    matlab_class = "nnet.cnn.layer.MultiplicationLayer"
    kind = "Multiplication"
    default_name = "multiplication"
    what = "Element-wise multiplication"

    def size_after(self, *sizes: Size) -> Size:
        joined = tuple(max(lengths) for lengths in zip(*sizes, strict=True))
        if any(n not in (1, whole) for size in sizes for n, whole in zip(size, joined, strict=True)):
            raise self.misfit("The inputs differ in size.", *_received(sizes))
        return type(sizes[0])(joined)


@dataclass(frozen=True, kw_only=True)
class DepthConcatenation(Join):
    """depthConcatenationLayer: the channels of the inputs, one after another."""

    matlab_class = "nnet.cnn.layer.DepthConcatenationLayer"
    kind = "Depth concatenation"
    default_name = "depthcat"
    what = "Depth concatenation"

    def size_after(self, *sizes: Size) -> Size:
        if any(size[:2] != sizes[0][:2] for size in sizes):
            raise self.misfit("The inputs differ in height or width.", *_received(sizes))
        return type(sizes[0])((*sizes[0][:2], sum(size[2] for size in sizes)))


@dataclass(frozen=True, kw_only=True)
class Concatenation(Join):
    """concatenationLayer: the inputs, one after another along dimension dim (1 height, 2 width, 3 channels).

    of_vectors: the inputs have no height and width, so that their first dimension is that of the channels.
    """

    dim: int
    of_vectors: bool = False

    matlab_class = "nnet.cnn.layer.ConcatenationLayer"
    kind = "Concatenation"
    default_name = "concat"
    shown = (("", ("Name", "Dim", "NumInputs", "InputNames")),)

    def describe(self) -> str:
        return f"Concatenation of {self.num_inputs} inputs along dimension {self.dim}"

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, of_vectors=all(isinstance(size, Vector) for size in sizes))

    @property
    def axis(self) -> int:
        """1 height, 2 width, 3 channels: where the inputs are joined."""
        return 3 if self.of_vectors and self.dim == 1 else self.dim

    def size_after(self, *sizes: Size) -> Size:
        along = self.axis - 1
        others = [tuple(n for axis, n in enumerate(size) if axis != along) for size in sizes]
        if any(other != others[0] for other in others):
            raise self.misfit(f"The inputs differ in size along other dimensions than {self.dim}.", *_received(sizes))
        joined = list(sizes[0])
        joined[along] = sum(size[along] for size in sizes)
        return type(sizes[0])(joined)


def _received(sizes: tuple[Size, ...]) -> list[str]:
    return [f"input {i + 1} is {size_text(size)}" for i, size in enumerate(sizes)]
