"""Layers that slide a window or see all of their input: convolution2dLayer, maxPooling2dLayer, fullyConnectedLayer."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution, TransposedConvolution
from cnnscript.engine.layers import Padding
from cnnscript.engine.pooling_layers import AveragePooling, MaxPooling
from cnnscript.errors import ScriptError
from cnnscript.values.text import text_or_none

EDGES = ("symmetric-include-edge", "symmetric-exclude-edge", "replicate")


def sliding(filterSize: Any, Stride: Any, Padding: Any, DilationFactor: Any, PaddingValue: Any) -> dict[str, Any]:
    """The window of a convolution as fields of its description."""
    padding = as_argument("Padding", checks.padding, Padding)
    return {
        "filter_size": as_argument("filterSize", checks.pair, filterSize),
        "stride": as_argument("Stride", checks.pair, Stride),
        "dilation_factor": as_argument("DilationFactor", checks.pair, DilationFactor),
        "padding_size": padding,
        "padding_mode": "same" if padding == "same" else "manual",
        "padding_value": as_argument("PaddingValue", padding_value, PaddingValue),
    }


def padding_value(value: Any) -> float | str:
    """A number, or how the edges are carried on."""
    return checks.scalar(value) if text_or_none(value) is None else checks.one_of(*EDGES)(value)


@layer_maker
def convolution2dLayer(
    filterSize, numFilters, /, *, Stride=1.0, DilationFactor=1.0, Padding=0.0, PaddingValue=0.0, NumChannels="auto",
    Weights=None, Bias=None, WeightsInitializer="glorot", BiasInitializer="zeros", WeightLearnRateFactor=1.0,
    BiasLearnRateFactor=1.0, WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = convolution2dLayer(filterSize,numFilters)
    layer = convolution2dLayer(filterSize,numFilters,Name=Value)

    A 2-D convolution: each filter slides over the image and gives a map.

    filterSize is a number or [height width].

    Options
      PaddingValue  0 (default), a number, or 'symmetric-include-edge', 'symmetric-exclude-edge', 'replicate'

    Examples
      >> layers = [convolution2dLayer(5,20); convolution2dLayer([3 5],8,'Stride',2,'Padding','same')]
      layers =
        2×1 Layer array with layers:
           1   ''   2-D Convolution   20 5×5 convolutions with stride [1  1] and padding [0  0  0  0]
           2   ''   2-D Convolution   8 3×5 convolutions with stride [2  2] and padding 'same'
      >> convolution2dLayer(3,16,'Name','conv1','WeightLearnRateFactor',10)
      ans =
        Convolution2DLayer with properties:
                    Name: 'conv1'
         Hyperparameters
              FilterSize: [3 3]
             NumChannels: 'auto'
              NumFilters: 16
                  Stride: [1 1]
          DilationFactor: [1 1]
             PaddingMode: 'manual'
             PaddingSize: [0 0 0 0]
            PaddingValue: 0
         Learnable Parameters
                 Weights: []
                    Bias: []
        Show all properties

    See also groupedConvolution2dLayer, transposedConv2dLayer, maxPooling2dLayer, batchNormalizationLayer.
    """
    layer = Convolution(
        **sliding(filterSize, Stride, Padding, DilationFactor, PaddingValue),
        num_filters=as_argument("numFilters", checks.count, numFilters),
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
    )
    return made(layer, locals())


@layer_maker
def groupedConvolution2dLayer(
    filterSize, numFiltersPerGroup, numGroups, /, *, Stride=1.0, DilationFactor=1.0, Padding=0.0, PaddingValue=0.0,
    NumChannels="auto", Weights=None, Bias=None, WeightsInitializer="glorot", BiasInitializer="zeros",
    WeightLearnRateFactor=1.0, BiasLearnRateFactor=1.0, WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = groupedConvolution2dLayer(filterSize,numFiltersPerGroup,numGroups)
    layer = groupedConvolution2dLayer(filterSize,numFiltersPerGroup,'channel-wise')
    layer = groupedConvolution2dLayer(filterSize,numFiltersPerGroup,numGroups,Name=Value)

    A 2-D convolution whose filters each see one group of the channels.

    'channel-wise' makes a group of each channel (a depthwise convolution).

    Options
      NumChannels   channels of each group: 'auto' (default) or a number
      PaddingValue  0 (default), a number, or 'symmetric-include-edge', 'symmetric-exclude-edge', 'replicate'

    Examples
      >> layers = [groupedConvolution2dLayer(5,128,2,'Padding',2); groupedConvolution2dLayer(3,1,'channel-wise')]
      layers =
        2×1 Layer array with layers:
           1   ''   2-D Grouped Convolution   2 groups of 128 5×5 convolutions with stride [1  1] and padding [2  2  2  2]
           2   ''   2-D Grouped Convolution   channel-wise groups of 1 3×3 convolutions with stride [1  1] and padding [0  0  0  0]

    See also convolution2dLayer, fullyConnectedLayer.
    """  # noqa: E501
    groups = numGroups
    if text_or_none(numGroups) is None:
        groups = as_argument("numGroups", checks.count, numGroups)
    else:
        groups = as_argument("numGroups", checks.one_of("channel-wise"), numGroups)
    layer = GroupedConvolution(
        **sliding(filterSize, Stride, Padding, DilationFactor, PaddingValue),
        num_filters_per_group=as_argument("numFiltersPerGroup", checks.count, numFiltersPerGroup),
        num_groups=groups,
        num_channels_per_group=as_argument("NumChannels", checks.auto_or_count, NumChannels),
    )
    return made(layer, locals())


@layer_maker
def transposedConv2dLayer(
    filterSize, numFilters, /, *, Stride=1.0, Cropping=0.0, NumChannels="auto", Weights=None, Bias=None,
    WeightsInitializer="glorot", BiasInitializer="zeros", WeightLearnRateFactor=1.0, BiasLearnRateFactor=1.0,
    WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = transposedConv2dLayer(filterSize,numFilters)
    layer = transposedConv2dLayer(filterSize,numFilters,Name=Value)

    A transposed 2-D convolution: it makes maps larger by the stride.

    Options
      Stride    how much larger: a number or [rows columns] (default [1 1])
      Cropping  what is cut off the edges: 0 (default), a number, [rows columns], [top bottom left right], or 'same'

    Examples
      >> transposedConv2dLayer(11,96,'Stride',4)
      ans =
        TransposedConvolution2DLayer with properties:
                  Name: ''
         Hyperparameters
            FilterSize: [11 11]
           NumChannels: 'auto'
            NumFilters: 96
                Stride: [4 4]
          CroppingMode: 'manual'
          CroppingSize: [0 0 0 0]
         Learnable Parameters
               Weights: []
                  Bias: []
        Show all properties

    See also convolution2dLayer, maxPooling2dLayer.
    """
    cropping = as_argument("Cropping", checks.padding, Cropping)
    layer = TransposedConvolution(
        filter_size=as_argument("filterSize", checks.pair, filterSize),
        num_filters=as_argument("numFilters", checks.count, numFilters),
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        stride=as_argument("Stride", checks.pair, Stride),
        cropping_size=cropping,
        cropping_mode="same" if cropping == "same" else "manual",
    )
    return made(layer, locals())


@layer_maker
def fullyConnectedLayer(
    outputSize, /, *, Weights=None, Bias=None, WeightsInitializer="glorot", BiasInitializer="zeros",
    WeightLearnRateFactor=1.0, BiasLearnRateFactor=1.0, WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = fullyConnectedLayer(outputSize)
    layer = fullyConnectedLayer(outputSize,Name=Value)

    Every output is a weighted sum of all numbers of the input, and a bias.

    Examples
      >> fullyConnectedLayer(10,'Name','fc','WeightLearnRateFactor',20,'BiasLearnRateFactor',20)
      ans =
        FullyConnectedLayer with properties:
                Name: 'fc'
         Hyperparameters
           InputSize: 'auto'
          OutputSize: 10
         Learnable Parameters
             Weights: []
                Bias: []
        Show all properties

    See also convolution2dLayer, softmaxLayer, flattenLayer.
    """
    return made(FullyConnected(output_size=as_argument("outputSize", checks.count, outputSize)), locals())


# -------------------------------------------------------------------------------------------------------------- pooling


def padding_fits(window: tuple[int, int], padding: Padding) -> None:
    """Raise the error for padding under which a window would see nothing but padding."""
    if isinstance(padding, tuple) and (max(padding[:2]) >= window[0] or max(padding[2:]) >= window[1]):
        raise ScriptError(
            "nnet_cnn:layer:PoolingLayer:PaddingTooLarge",
            "Padding must be smaller than the pool size.",
            notes=(f"the pool size is {window[0]}x{window[1]}", f"the padding is {list(padding)}"),
        )


def pooled(poolSize: Any, Stride: Any, Padding: Any) -> dict[str, Any]:
    """The window of a pooling layer as fields of its description."""
    padding = as_argument("Padding", checks.padding, Padding)
    window = as_argument("poolSize", checks.pair, poolSize)
    padding_fits(window, padding)
    return {
        "pool_size": window,
        "stride": as_argument("Stride", checks.pair, Stride),
        "padding_size": padding,
        "padding_mode": "same" if padding == "same" else "manual",
    }


@layer_maker
def maxPooling2dLayer(poolSize, /, *, Stride=1.0, Padding=0.0, HasUnpoolingOutputs=False, Name=""):
    """
    layer = maxPooling2dLayer(poolSize)
    layer = maxPooling2dLayer(poolSize,Name=Value)

    The largest number under a sliding window.

    The stride is [1 1] where none is given, as in MATLAB.

    Options
      HasUnpoolingOutputs  also gives what maxUnpooling2dLayer needs, as outputs 'indices' and 'size' (default false)

    Examples
      >> layers = [maxPooling2dLayer(2); maxPooling2dLayer(3,'Stride',2,'Padding',[0 1 0 1])]
      layers =
        2×1 Layer array with layers:
           1   ''   2-D Max Pooling   2×2 max pooling with stride [1  1] and padding [0  0  0  0]
           2   ''   2-D Max Pooling   3×3 max pooling with stride [2  2] and padding [0  1  0  1]

    See also averagePooling2dLayer, globalMaxPooling2dLayer, maxUnpooling2dLayer.
    """
    unpooling = as_argument("HasUnpoolingOutputs", checks.flag, HasUnpoolingOutputs)
    return made(MaxPooling(**pooled(poolSize, Stride, Padding), has_unpooling_outputs=unpooling), locals())


@layer_maker
def averagePooling2dLayer(poolSize, /, *, Stride=1.0, Padding=0.0, PaddingValue=0.0, Name=""):
    """
    layer = averagePooling2dLayer(poolSize)
    layer = averagePooling2dLayer(poolSize,Name=Value)

    The mean of the numbers under a sliding window.

    Options
      PaddingValue  0 (default): padding counts as zeros; 'mean': it does not count

    Examples
      >> layer = averagePooling2dLayer(7,'Name','pool5')
      layer =
        AveragePooling2DLayer with properties:
                  Name: 'pool5'
         Hyperparameters
              PoolSize: [7 7]
                Stride: [1 1]
           PaddingMode: 'manual'
           PaddingSize: [0 0 0 0]
          PaddingValue: 0

    See also maxPooling2dLayer, globalAveragePooling2dLayer.
    """
    value = as_argument("PaddingValue", checks.zero_or_mean, PaddingValue)
    return made(AveragePooling(**pooled(poolSize, Stride, Padding), padding_value=value), locals())
