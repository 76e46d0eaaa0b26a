"""Activations that came after ReLU and its kin, and layers that pass on what they are given.

See layers.py for what a description holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnnscript.engine.layers import Layer, Shape, Size
from cnnscript.engine.pointwise_layers import Dropout


@dataclass(frozen=True, kw_only=True)
class ELU(Layer):
    """eluLayer: x, or alpha × (exp(x) - 1) below 0 (arXiv:1511.07289)."""

    alpha: float = 1.0

    matlab_class = "nnet.cnn.layer.ELULayer"
    kind = "ELU"
    default_name = "elu"
    shown = (("", ("Name",)), ("Hyperparameters", ("Alpha",)))

    def describe(self) -> str:
        return f"ELU with Alpha {self.alpha:g}"


@dataclass(frozen=True, kw_only=True)
class GELU(Layer):
    """geluLayer: x / 2 × (1 + erf(x / √2)), or with the error function approximated by tanh (arXiv:1606.08415)."""

    approximation: str = "none"

    matlab_class = "nnet.cnn.layer.GELULayer"
    kind = "GELU"
    default_name = "gelu"
    shown = (("", ("Name",)), ("Hyperparameters", ("Approximation",)))


@dataclass(frozen=True, kw_only=True)
class Swish(Layer):
    """swishLayer: x × sigmoid(x) (arXiv:1710.05941)."""

    matlab_class = "nnet.cnn.layer.SwishLayer"
    kind = "Swish"
    default_name = "swish"


@dataclass(frozen=True, kw_only=True)
class HardSwish(Layer):
    """hardSwishLayer: x × min(1, max(0, (x + 3) / 6)) (arXiv:1905.02244)."""

    matlab_class = "nnet.cnn.layer.HardSwishLayer"
    kind = "Hard Swish"
    default_name = "hardswish"


@dataclass(frozen=True, kw_only=True)
class Softplus(Layer):
    """softplusLayer: log(1 + exp(x))."""

    matlab_class = "rl.layer.SoftplusLayer"
    kind = "Softplus"
    default_name = "softplus"

    def describe(self) -> str:
        return "Softplus"


@dataclass(frozen=True, kw_only=True)
class PReLU(Layer):
    """preluLayer: x, or alpha × x below 0, with an alpha learnt for all channels or for each (arXiv:1502.01852).

    num_channels: how many alphas there are, 1 or as many as channels.
    """

    num_channels: int = 1

    matlab_class = "nnet.cnn.layer.PReLULayer"
    kind = "PReLU"
    default_name = "prelu"
    learnables = ("Alpha",)
    initializers = {"Alpha": 0.25}
    shown = (("", ("Name",)), ("Learnable Parameters", ("Alpha",)))

    def property_names(self) -> tuple[str, ...]:
        return ("Name",)

    def describe(self) -> str:
        return "PReLU" + (f" with {self.num_channels} channels" if self.num_channels > 1 else "")

    def size_after(self, *sizes: Size) -> Size:
        if self.num_channels not in (1, sizes[0][2]):
            raise self.misfit(
                "The number of Alphas does not fit the number of channels of the input.",
                f"{self.num_channels} numbers, {sizes[0][2]} channels",
            )
        return sizes[0]

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"Alpha": (self.num_channels,)}

    def matlab_shapes(self) -> dict[str, Shape]:
        return {"Alpha": (1, 1, self.num_channels)}

    def accepted_shapes(self) -> dict[str, Shape]:
        return {"Alpha": (1, 1, None)}

    def told_by(self, name: str, shape: tuple[int, ...]) -> Layer:
        return replace(self, num_channels=shape[2])


@dataclass(frozen=True, kw_only=True)
class Identity(Layer):
    """identityLayer: what it is given."""

    matlab_class = "nnet.cnn.layer.IdentityLayer"
    kind = "Identity"
    default_name = "identity"


@dataclass(frozen=True, kw_only=True)
class Scaling(Layer):
    """scalingLayer: scale × x + bias, both fixed: one number, or one for each channel."""

    scale: float | tuple[float, ...] = 1.0
    bias: float | tuple[float, ...] = 0.0

    matlab_class = "rl.layer.ScalingLayer"
    kind = "Scaling"
    default_name = "scaling"
    shown = (("", ("Name", "Scale", "Bias")),)

    def describe(self) -> str:
        return "Scaling"

    def size_after(self, *sizes: Size) -> Size:
        for numbers in (self.scale, self.bias):
            if isinstance(numbers, tuple) and len(numbers) != sizes[0][2]:
                raise self.misfit(
                    "The number of scales does not fit the number of channels of the input.",
                    f"{len(numbers)} numbers, {sizes[0][2]} channels",
                )
        return sizes[0]


@dataclass(frozen=True, kw_only=True)
class SpatialDropout(Dropout):
    """spatialDropoutLayer: while training, drops whole channels (arXiv:1411.4280)."""

    matlab_class = "nnet.cnn.layer.SpatialDropoutLayer"
    kind = "Spatial Dropout"
    default_name = "spatialdropout"

    def describe(self) -> str:
        return f"{self.probability * 100:g}% spatial dropout"
