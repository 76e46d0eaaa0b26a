"""Layers that do the same to every number, and those that take no arguments but a name: reluLayer, softmaxLayer, ..."""

from __future__ import annotations

from typing import Any, NamedTuple

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.engine import activation_layers as activations
from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import Flatten
from cnnscript.engine.layers import Layer
from cnnscript.engine.pooling_layers import GlobalAveragePooling, GlobalMaxPooling
from cnnscript.errors import ScriptError
from cnnscript.values.text import text_or_none


class Plain(NamedTuple):
    """A layer that has nothing but a name."""

    layer: Layer
    summary: str
    others: str


PLAIN = {
    "reluLayer": Plain(pointwise.ReLU(), "max(0, x): what is negative becomes 0.", "leakyReluLayer, clippedReluLayer"),
    "tanhLayer": Plain(pointwise.Tanh(), "The hyperbolic tangent of every number.", "sigmoidLayer, reluLayer"),
    "sigmoidLayer": Plain(pointwise.Sigmoid(), "1/(1+exp(-x)) of every number.", "tanhLayer, softmaxLayer"),
    "softmaxLayer": Plain(
        pointwise.Softmax(), "exp(x)/sum(exp(x)) over the channels: scores that add up to 1.",
        "fullyConnectedLayer, classificationLayer",
    ),
    "swishLayer": Plain(activations.Swish(), "x/(1+exp(-x)) of every number.", "geluLayer, reluLayer"),
    "hardSwishLayer": Plain(
        activations.HardSwish(), "x*min(1,max(0,(x+3)/6)), nearly what swishLayer does.", "swishLayer, reluLayer"
    ),
    "softplusLayer": Plain(activations.Softplus(), "log(1+exp(x)) of every number.", "reluLayer, scalingLayer"),
    "identityLayer": Plain(activations.Identity(), "What it is given, unchanged.", "additionLayer, scalingLayer"),
    "globalAveragePooling2dLayer": Plain(
        GlobalAveragePooling(), "The mean of each channel.", "averagePooling2dLayer, globalMaxPooling2dLayer"
    ),
    "globalMaxPooling2dLayer": Plain(
        GlobalMaxPooling(), "The largest number of each channel.",
        "maxPooling2dLayer, globalAveragePooling2dLayer",
    ),
    "flattenLayer": Plain(
        Flatten(), "Height and width become channels, height first.", "fullyConnectedLayer, concatenationLayer"
    ),
}  # fmt: skip


def declare(name: str) -> None:
    """Declare the function that makes one of the plain layers."""
    plain = PLAIN[name]
    short = plain.layer.matlab_class.rpartition(".")[2]

    def maker(*, Name=""):
        return made(plain.layer, locals())

    maker.__name__ = name
    maker.__doc__ = f"""
    layer = {name}
    layer = {name}('Name',name)

    {plain.summary}

    Examples
      >> layer = {name}('Name','{plain.layer.default_name}1')
      layer =
        {short} with properties:
          Name: '{plain.layer.default_name}1'

    See also {plain.others}.
    """
    layer_maker(maker)


for _name in PLAIN:
    declare(_name)


# ---------------------------------------------------------------------------------------------- with a number of theirs


@layer_maker
def leakyReluLayer(scale=None, /, *, Scale=0.01, Name=""):
    """
    layer = leakyReluLayer
    layer = leakyReluLayer(scale)
    layer = leakyReluLayer(scale,'Name',name)
    layer = leakyReluLayer('Name',name,'Scale',scale)

    x, or scale*x where x is negative.

    Options
      Scale  the scale, as scripts write it behind a name (0.01); scale itself goes before it
      Name   name of the layer

    Examples
      >> layers = [leakyReluLayer; leakyReluLayer(0.2,'Name','leaky')]
      layers =
        2×1 Layer array with layers:
           1   ''        Leaky ReLU   Leaky ReLU with scale 0.01
           2   'leaky'   Leaky ReLU   Leaky ReLU with scale 0.2

    See also reluLayer, eluLayer, preluLayer.
    """
    return made(pointwise.LeakyReLU(scale=as_argument("scale", checks.scalar, Scale if scale is None else scale)),
                locals())


@layer_maker
def clippedReluLayer(ceiling, /, *, Name=""):
    """
    layer = clippedReluLayer(ceiling)
    layer = clippedReluLayer(ceiling,'Name',name)

    max(0, min(x, ceiling)).

    Examples
      >> layer = clippedReluLayer(6,'Name','clip1')
      layer =
        ClippedReLULayer with properties:
             Name: 'clip1'
         Hyperparameters
          Ceiling: 6

    See also reluLayer, leakyReluLayer.
    """
    return made(pointwise.ClippedReLU(ceiling=as_argument("ceiling", checks.positive, ceiling)), locals())


@layer_maker
def eluLayer(alpha=1.0, /, *, Name=""):
    """
    layer = eluLayer
    layer = eluLayer(alpha)
    layer = eluLayer(alpha,'Name',name)

    x, or alpha*(exp(x)-1) where x is negative.

    Examples
      >> layers = [eluLayer; eluLayer(0.5,'Name','elu2')]
      layers =
        2×1 Layer array with layers:
           1   ''       ELU   ELU with Alpha 1
           2   'elu2'   ELU   ELU with Alpha 0.5

    See also reluLayer, leakyReluLayer, swishLayer.
    """
    return made(activations.ELU(alpha=as_argument("alpha", checks.scalar, alpha)), locals())


@layer_maker
def geluLayer(*, Approximation="none", Name=""):
    """
    layer = geluLayer
    layer = geluLayer(Name=Value)

    x/2*(1+erf(x/sqrt(2))): x by how likely a normal number is to lie below it.

    Options
      Approximation  'none' (default) or 'tanh': the error function by a hyperbolic tangent

    Examples
      >> geluLayer('Approximation','tanh')
      ans =
        GELULayer with properties:
                   Name: ''
         Hyperparameters
          Approximation: 'tanh'

    See also reluLayer, swishLayer.
    """
    approximation = as_argument("Approximation", checks.one_of("none", "tanh"), Approximation)
    return made(activations.GELU(approximation=approximation), locals())


@layer_maker
def preluLayer(*, Alpha=0.25, Name=""):
    """
    layer = preluLayer
    layer = preluLayer(Name=Value)

    x, or Alpha*x where x is negative, with an Alpha that is learnt.

    Options
      Alpha  what it begins with: a number (default 0.25), or 1-by-1-by-channels for one each

    Examples
      >> layer = preluLayer('Name','prelu1')
      layer =
        PReLULayer with properties:
           Name: 'prelu1'
         Learnable Parameters
          Alpha: 0.2500
        Show all properties

    See also leakyReluLayer, reluLayer.
    """
    return made(activations.PReLU(), locals())


@layer_maker
def scalingLayer(*, Scale=1.0, Bias=0.0, Name=""):
    """
    layer = scalingLayer
    layer = scalingLayer(Name=Value)

    Scale*x + Bias, with fixed numbers: one for all, or one for each channel.

    Options
      Scale  a number, or a vector with one for each channel (default 1)
      Bias   a number, or a vector with one for each channel (default 0)

    Examples
      >> layer = scalingLayer('Scale',2,'Bias',0.5)
      layer =
        ScalingLayer with properties:
           Name: ''
          Scale: 2
           Bias: 0.5000

    See also tanhLayer, softplusLayer.
    """
    scale, bias = as_argument("Scale", one_or_each, Scale), as_argument("Bias", one_or_each, Bias)
    return made(activations.Scaling(scale=scale, bias=bias), {"Name": Name})


def one_or_each(value: Any) -> float | tuple[float, ...]:
    found = checks.numbers(value)
    if not found.size or found.ndim > 3 or sum(length > 1 for length in found.shape) > 1:
        raise checks.refused("a scalar or a vector", "expectedVector", value)
    return float(found.item()) if found.size == 1 else tuple(found.ravel("F").tolist())


@layer_maker
def dropoutLayer(probability=0.5, /, *, Name=""):
    """
    layer = dropoutLayer
    layer = dropoutLayer(probability)
    layer = dropoutLayer(probability,'Name',name)

    While training, sets numbers to 0 with a probability and makes the others larger; else it does nothing.

    Examples
      >> layers = [dropoutLayer; dropoutLayer(0.25,'Name','drop6')]
      layers =
        2×1 Layer array with layers:
           1   ''        Dropout   50% dropout
           2   'drop6'   Dropout   25% dropout

    See also spatialDropoutLayer, fullyConnectedLayer.
    """
    return made(pointwise.Dropout(probability=as_argument("probability", checks.fraction, probability)), locals())


@layer_maker
def spatialDropoutLayer(probability=None, /, *, Probability=None, Name=""):
    """
    layer = spatialDropoutLayer
    layer = spatialDropoutLayer(probability)
    layer = spatialDropoutLayer(Probability=p)
    layer = spatialDropoutLayer(probability,'Name',name)

    While training, sets whole channels to 0 with a probability; else it does nothing.

    Options
      Probability  how likely a channel is dropped: 0.5 unless told

    Examples
      >> layer = spatialDropoutLayer(0.2);
      >> layer.Probability
      ans =
          0.2000

    See also dropoutLayer.
    """
    if probability is not None and Probability is not None:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.",
                          notes=("the probability is given twice",))  # fmt: skip
    given = next((one for one in (probability, Probability) if one is not None), 0.5)
    chance = as_argument("probability", checks.fraction, given)
    return made(activations.SpatialDropout(probability=chance), locals())


# ------------------------------------------------------------------------------------------------------- several inputs


def inputs_of(value: Any) -> int:
    return as_argument("numInputs", checks.several, value)


@layer_maker
def additionLayer(numInputs, /, *, Name=""):
    """
    layer = additionLayer(numInputs)
    layer = additionLayer(numInputs,'Name',name)

    Its inputs, added.

    Examples
      >> additionLayer(2,'Name','add')
      ans =
        AdditionLayer with properties:
                Name: 'add'
           NumInputs: 2
          InputNames: {'in1'  'in2'}

    See also multiplicationLayer, depthConcatenationLayer.
    """
    return made(pointwise.Addition(num_inputs=inputs_of(numInputs)), locals())


@layer_maker
def multiplicationLayer(numInputs, /, *, Name=""):
    """
    layer = multiplicationLayer(numInputs)
    layer = multiplicationLayer(numInputs,'Name',name)

    Its inputs, multiplied.

    An input of one row, column or channel goes with each row, column or channel of the others.

    Examples
      >> layer = multiplicationLayer(3);
      >> layer.InputNames
      ans =
        1×3 cell array
          {'in1'}    {'in2'}    {'in3'}

    See also additionLayer, concatenationLayer.
    """
    return made(pointwise.Multiplication(num_inputs=inputs_of(numInputs)), locals())


@layer_maker
def depthConcatenationLayer(numInputs, /, *, Name=""):
    """
    layer = depthConcatenationLayer(numInputs)
    layer = depthConcatenationLayer(numInputs,'Name',name)

    The channels of its inputs, one after another.

    Examples
      >> layers = [depthConcatenationLayer(2,'Name','cat'); reluLayer]
      layers =
        2×1 Layer array with layers:
           1   'cat'   Depth concatenation   Depth concatenation of 2 inputs
           2   ''      ReLU                  ReLU

    See also concatenationLayer, additionLayer.
    """
    return made(pointwise.DepthConcatenation(num_inputs=inputs_of(numInputs)), locals())


@layer_maker
def concatenationLayer(dim, numInputs, /, *, Name=""):
    """
    layer = concatenationLayer(dim,numInputs)
    layer = concatenationLayer(dim,numInputs,'Name',name)

    Its inputs, one after another along a dimension: 1 height, 2 width, 3 channels.

    Examples
      >> concatenationLayer(3,2,'Name','concat')
      ans =
        ConcatenationLayer with properties:
                Name: 'concat'
                 Dim: 3
           NumInputs: 2
          InputNames: {'in1'  'in2'}

    See also depthConcatenationLayer, additionLayer.
    """
    along = as_argument("dim", checks.count, dim)
    return made(pointwise.Concatenation(dim=along, num_inputs=inputs_of(numInputs)), locals())


# ------------------------------------------------------------------------------------------------------- normalisations


@layer_maker
def crossChannelNormalizationLayer(windowChannelSize, /, *, Alpha=1e-4, Beta=0.75, K=2.0, Name=""):
    """
    layer = crossChannelNormalizationLayer(windowChannelSize)
    layer = crossChannelNormalizationLayer(windowChannelSize,Name=Value)

    Local response normalisation: x/(K + Alpha*s/windowChannelSize)^Beta, s the squares of channels nearby, added.

    Options
      Alpha  1e-4 (default)
      Beta   0.75 (default), at least 0.01
      K      2 (default), at least 1e-5

    Examples
      >> crossChannelNormalizationLayer(5,'K',1)
      ans =
        CrossChannelNormalizationLayer with properties:
                       Name: ''
         Hyperparameters
          WindowChannelSize: 5
                      Alpha: 1.0000e-04
                       Beta: 0.7500
                          K: 1

    See also batchNormalizationLayer, convolution2dLayer.
    """
    layer = pointwise.CrossChannelNormalization(
        window_channel_size=as_argument("windowChannelSize", checks.count, windowChannelSize),
        alpha=as_argument("Alpha", checks.scalar, Alpha),
        beta=as_argument("Beta", at_least(0.01), Beta),
        k=as_argument("K", at_least(1e-5), K),
    )
    return made(layer, {"Name": Name})


def at_least(low: float) -> checks.Check:
    def check(value: Any) -> float:
        found = checks.scalar(value)
        if found < low:
            raise checks.refused(f"a scalar with value >= {low:g}", "notGreaterEqual", value)
        return found

    return check


def word_or_count(*words: str) -> checks.Check:
    """One of some words, or a positive integer."""

    def check(value: Any) -> int | str:
        return checks.count(value) if text_or_none(value) is None else checks.one_of(*words)(value)

    return check
