"""Layers that take N×C values as they are in other programs, too: features need no spatial dimensions there."""

from __future__ import annotations

from cnnscript.engine import activation_layers as activation
from cnnscript.engine import input_layers
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.output_layers import ClassificationOutput, RegressionOutput

ROWS = (
    input_layers.FeatureInput, FullyConnected, pointwise.ReLU, pointwise.ClippedReLU, pointwise.LeakyReLU,
    pointwise.Tanh, pointwise.Sigmoid, pointwise.Softmax, pointwise.Dropout, pointwise.Addition,
    pointwise.Multiplication, pointwise.DepthConcatenation, pointwise.BatchNormalization, activation.ELU,
    activation.Swish, activation.HardSwish, activation.GELU, activation.Softplus, activation.PReLU,
    activation.Identity, pointwise.ScalingFactor, activation.Scaling, ClassificationOutput,
    RegressionOutput,
)  # fmt: skip
