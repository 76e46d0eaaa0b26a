"""Layers along one dimension, of sequences above all: convolution1dLayer, maxPooling1dLayer, indexing1dLayer."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_makers_windows import padding_fits, padding_value
from cnnscript.builtins.networks.layer_making import layer_maker, made, refused_mask
from cnnscript.engine.one_dimensional_layers import (
    AveragePooling1D,
    Convolution1D,
    GlobalAveragePooling1D,
    GlobalMaxPooling1D,
    Indexing1D,
    MaxPooling1D,
    TransposedConvolution1D,
)
from cnnscript.values.text import text_or_none


def one(name: str, value: Any) -> tuple[int, int]:
    """A length or a step along the one dimension, as of two."""
    return as_argument(name, checks.count, value), 1


def as_columns(edges: tuple[int, int] | str) -> Any:
    """[left right] as (top, bottom, left, right) of a column."""
    return edges if isinstance(edges, str) else (*edges, 0, 0)


@layer_maker
def convolution1dLayer(
    filterSize, numFilters, /, *, Stride=1.0, DilationFactor=1.0, Padding=0.0, PaddingValue=0.0, NumChannels="auto",
    Weights=None, Bias=None, WeightsInitializer="glorot", BiasInitializer="zeros", WeightLearnRateFactor=1.0,
    BiasLearnRateFactor=1.0, WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = convolution1dLayer(filterSize,numFilters)
    layer = convolution1dLayer(filterSize,numFilters,Name=Value)

    A 1-D convolution: each filter slides along the steps of a sequence.

    Options
      Stride          step of the filter (default 1)
      DilationFactor  distance between the steps under the filter (default 1)
      Padding         0 (default), a number, [left right], 'same', or 'causal': no filter sees later steps
      PaddingValue    0 (default), a number, or 'symmetric-include-edge', 'symmetric-exclude-edge', 'replicate'

    Examples
      >> layers = [sequenceInputLayer(3); convolution1dLayer(11,96); convolution1dLayer(3,8,Padding='causal')]
      layers =
        3×1 Layer array with layers:
           1   ''   Sequence Input    Sequence input with 3 dimensions
           2   ''   1-D Convolution   96 11 convolutions with stride 1 and padding [0  0]
           3   ''   1-D Convolution   8 3 convolutions with stride 1 and padding 'causal'
      >> convolution1dLayer(11,96,Padding=1)
      ans =
        Convolution1DLayer with properties:
                    Name: ''
         Hyperparameters
              FilterSize: 11
             NumChannels: 'auto'
              NumFilters: 96
                  Stride: 1
          DilationFactor: 1
             PaddingMode: 'manual'
             PaddingSize: [1 1]
            PaddingValue: 0
         Learnable Parameters
                 Weights: []
                    Bias: []
        Show all properties

    See also convolution2dLayer, maxPooling1dLayer, sequenceInputLayer.
    """
    window, dilation = one("filterSize", filterSize), one("DilationFactor", DilationFactor)
    word = text_or_none(Padding)
    causal = bool(word) and "causal".startswith(word.lower())
    edges: Any = ((window[0] - 1) * dilation[0], 0) if causal else as_argument("Padding", checks.ends, Padding)
    layer = Convolution1D(
        filter_size=window,
        num_filters=as_argument("numFilters", checks.count, numFilters),
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        stride=one("Stride", Stride),
        dilation_factor=dilation,
        padding_size=as_columns(edges),
        padding_mode="causal" if causal else "same" if edges == "same" else "manual",
        padding_value=as_argument("PaddingValue", padding_value, PaddingValue),
    )
    return made(layer, locals())


@layer_maker
def transposedConv1dLayer(
    filterSize, numFilters, /, *, Stride=1.0, Cropping=0.0, NumChannels="auto", Weights=None, Bias=None,
    WeightsInitializer="glorot", BiasInitializer="zeros", WeightLearnRateFactor=1.0, BiasLearnRateFactor=1.0,
    WeightL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = transposedConv1dLayer(filterSize,numFilters)
    layer = transposedConv1dLayer(filterSize,numFilters,Name=Value)

    A transposed 1-D convolution: it makes sequences longer by the stride.

    Options
      Stride    how much longer (default 1)
      Cropping  what is cut off the ends: 0 (default), a number, [left right], or 'same'

    Examples
      >> transposedConv1dLayer(11,96,Stride=4)
      ans =
        TransposedConvolution1DLayer with properties:
                  Name: ''
         Hyperparameters
            FilterSize: 11
           NumChannels: 'auto'
            NumFilters: 96
                Stride: 4
          CroppingMode: 'manual'
          CroppingSize: [0 0]
         Learnable Parameters
               Weights: []
                  Bias: []
        Show all properties

    See also convolution1dLayer, transposedConv2dLayer.
    """
    cropping = as_argument("Cropping", checks.ends, Cropping)
    layer = TransposedConvolution1D(
        filter_size=one("filterSize", filterSize),
        num_filters=as_argument("numFilters", checks.count, numFilters),
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        stride=one("Stride", Stride),
        cropping_size=as_columns(cropping),
        cropping_mode="same" if cropping == "same" else "manual",
    )
    return made(layer, locals())


def pooled(poolSize: Any, Stride: Any, Padding: Any) -> dict[str, Any]:
    """The window of a pooling layer as fields of its description."""
    window = one("poolSize", poolSize)
    padding = as_columns(as_argument("Padding", checks.ends, Padding))
    padding_fits(window, padding)
    return {
        "pool_size": window,
        "stride": one("Stride", Stride),
        "padding_size": padding,
        "padding_mode": "same" if padding == "same" else "manual",
    }


@layer_maker
def maxPooling1dLayer(poolSize, /, *, Stride=1.0, Padding=0.0, Name=""):
    """
    layer = maxPooling1dLayer(poolSize)
    layer = maxPooling1dLayer(poolSize,Name=Value)

    The largest number under a window that slides along the steps of a sequence.

    Options
      Stride   step of the window (default 1)
      Padding  0 (default), a number, [left right], or 'same'; what is added never wins

    Examples
      >> layers = [maxPooling1dLayer(3,Stride=2); averagePooling1dLayer(2,Padding='same')]
      layers =
        2×1 Layer array with layers:
           1   ''   1-D Max Pooling       Max pooling with pool size 3, stride 2, and padding [0  0]
           2   ''   1-D Average Pooling   Average pooling with pool size 2, stride 1, and padding 'same'

    See also averagePooling1dLayer, globalMaxPooling1dLayer, maxPooling2dLayer.
    """
    return made(MaxPooling1D(**pooled(poolSize, Stride, Padding)), {"Name": Name})


@layer_maker
def averagePooling1dLayer(poolSize, /, *, Stride=1.0, Padding=0.0, PaddingValue=0.0, Name=""):
    """
    layer = averagePooling1dLayer(poolSize)
    layer = averagePooling1dLayer(poolSize,Name=Value)

    The mean of what lies under a window that slides along the steps of a sequence.

    Options
      Stride        step of the window (default 1)
      Padding       0 (default), a number, [left right], or 'same'
      PaddingValue  0 (default): what is added counts as zeros; 'mean': it does not count

    Examples
      >> averagePooling1dLayer(2,Stride=2)
      ans =
        AveragePooling1DLayer with properties:
                  Name: ''
         Hyperparameters
              PoolSize: 2
                Stride: 2
           PaddingMode: 'manual'
           PaddingSize: [0 0]
          PaddingValue: 0

    See also maxPooling1dLayer, globalAveragePooling1dLayer.
    """
    value = as_argument("PaddingValue", checks.zero_or_mean, PaddingValue)
    return made(AveragePooling1D(**pooled(poolSize, Stride, Padding), padding_value=value), {"Name": Name})


@layer_maker
def globalAveragePooling1dLayer(*, Name=""):
    """
    layer = globalAveragePooling1dLayer
    layer = globalAveragePooling1dLayer('Name',name)

    The mean of each channel over all steps of a sequence.

    Examples
      >> net = dlnetwork([sequenceInputLayer(2); globalAveragePooling1dLayer]);
      >> predict(net,[1 2; 3 6])
      ans =
        1×2 single row vector
           2     4

    See also globalMaxPooling1dLayer, averagePooling1dLayer, globalAveragePooling2dLayer.
    """
    return made(GlobalAveragePooling1D(), {"Name": Name})


@layer_maker
def globalMaxPooling1dLayer(*, Name=""):
    """
    layer = globalMaxPooling1dLayer
    layer = globalMaxPooling1dLayer('Name',name)

    The largest number of each channel over all steps of a sequence.

    Examples
      >> net = dlnetwork([sequenceInputLayer(2); globalMaxPooling1dLayer]);
      >> predict(net,[1 2; 3 6; 2 1])
      ans =
        1×2 single row vector
           3     6

    See also globalAveragePooling1dLayer, maxPooling1dLayer, globalMaxPooling2dLayer.
    """
    return made(GlobalMaxPooling1D(), {"Name": Name})


@layer_maker
def indexing1dLayer(index="first", /, *, HasPaddingMaskInput=False, Name=""):
    """
    layer = indexing1dLayer
    layer = indexing1dLayer(index)
    layer = indexing1dLayer(index,Name=Value)

    One step of a sequence alone: the 'first' (default) or the 'last'.

    Options
      HasPaddingMaskInput  only false

    Examples
      >> net = dlnetwork([sequenceInputLayer(2); indexing1dLayer("last")]);
      >> predict(net,[1 2; 3 6; 5 7])
      ans =
        1×2 single row vector
           5     7

    See also lstmLayer, globalAveragePooling1dLayer.
    """
    refused_mask(HasPaddingMaskInput)
    return made(Indexing1D(index=as_argument("index", checks.one_of("first", "last"), index)), {"Name": Name})
