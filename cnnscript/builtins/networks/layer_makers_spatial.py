"""Layers that crop, resize and rearrange height and width: crop2dLayer, resize2dLayer, depthToSpace2dLayer, ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.engine.pooling_layers import AdaptiveAveragePooling, MaxUnpooling
from cnnscript.engine.spatial_layers import Crop2D, DepthToSpace, Resize2D, SpaceToDepth
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.text import text_or_none

METHODS = checks.one_of("nearest", "bilinear")
TRANSFORMS = checks.one_of("half-pixel", "asymmetric")
ROUNDINGS = checks.one_of("round", "floor", "onnx-10")


@layer_maker
def crop2dLayer(location, /, *, Name=""):
    """
    layer = crop2dLayer('centercrop')
    layer = crop2dLayer([x y])
    layer = crop2dLayer(location,'Name',name)

    As much of the first input as the second ('ref') is high and wide.

    [x y] is the upper-left corner: column and row.

    Examples
      >> layers = [crop2dLayer('centercrop','Name','crop1'); crop2dLayer([1 33])]
      layers =
        2×1 Layer array with layers:
           1   'crop1'   Crop 2D   center crop
           2   ''        Crop 2D   upper-left corner of cropping rectangle at [1 33]

    See also resize2dLayer, transposedConv2dLayer, functionLayer.
    """
    if text_or_none(location) is not None:
        as_argument("location", checks.one_of("centercrop"), location)
        return made(Crop2D(), {"Name": Name})
    return made(Crop2D(location=as_argument("location", corner, location)), {"Name": Name})


def corner(value: Any) -> tuple[int, int]:
    """[x y], from 1."""
    if np.size(value) != 2:
        raise checks.refused("'centercrop' or a vector of two positive integers", "expectedVector", value)
    return checks.pair(value)


@layer_maker
def maxUnpooling2dLayer(*, Name=""):
    """
    layer = maxUnpooling2dLayer
    layer = maxUnpooling2dLayer('Name',name)

    Puts numbers back to where a max pooling found its largest; everywhere else is 0.

    Its inputs 'indices' and 'size' come from a maxPooling2dLayer with 'HasUnpoolingOutputs'.

    Examples
      >> layer = maxUnpooling2dLayer('Name','unpool')
      layer =
        MaxUnpooling2DLayer with properties:
                Name: 'unpool'
           NumInputs: 3
          InputNames: {'in'  'indices'  'size'}

    See also maxPooling2dLayer, transposedConv2dLayer.
    """
    return made(MaxUnpooling(), locals())


@layer_maker
def adaptiveAveragePooling2dLayer(outputSize, /, *, Name=""):
    """
    layer = adaptiveAveragePooling2dLayer(outputSize)
    layer = adaptiveAveragePooling2dLayer(outputSize,Name=name)

    The means of as many regions of the input as the output is to be high and wide, whatever the input's size.

    outputSize is a number or [height width]. Where the input does not divide into regions of the same size, those
    beside one another share a row or column.

    Examples
      >> layer = adaptiveAveragePooling2dLayer(12,Name="adap_avg1")
      layer =
        AdaptiveAveragePooling2DLayer with properties:
                Name: 'adap_avg1'
          OutputSize: [12 12]

    See also averagePooling2dLayer, globalAveragePooling2dLayer, resize2dLayer.
    """
    size = as_argument("outputSize", checks.pair, outputSize)
    return made(AdaptiveAveragePooling(output_size=size), {"Name": Name})


@layer_maker
def resize2dLayer(
    *, Scale=None, OutputSize=None, EnableReferenceInput=False, Method="nearest", GeometricTransformMode="half-pixel",
    NearestRoundingMode="round", Name=""
):  # fmt: skip
    """
    layer = resize2dLayer('Scale',scale)
    layer = resize2dLayer('OutputSize',outputSize)
    layer = resize2dLayer('EnableReferenceInput',true)
    layer = resize2dLayer(Name=Value)

    Resizes maps: by a scale, to a size, or to the size of a second input ('ref').

    Options
      Scale                   a number for both, or [rows columns]
      OutputSize              [height width]; one of them NaN: as the other and the input's shape say
      EnableReferenceInput    a second input says the size (default false)
      Method                  'nearest' (default) or 'bilinear'
      GeometricTransformMode  'half-pixel' (default): corners of images lie on each other; 'asymmetric': first pixels do
      NearestRoundingMode     'round' (default), 'floor' or 'onnx-10' (halves down)

    Examples
      >> layer = resize2dLayer('Scale',2,'Method','bilinear');
      >> layer.Scale
      ans =
           2     2

    See also crop2dLayer, transposedConv2dLayer.
    """
    options = {
        "method": as_argument("Method", METHODS, Method),
        "geometric_transform_mode": as_argument("GeometricTransformMode", TRANSFORMS, GeometricTransformMode),
        "nearest_rounding_mode": as_argument("NearestRoundingMode", ROUNDINGS, NearestRoundingMode),
    }
    reference = as_argument("EnableReferenceInput", checks.flag, EnableReferenceInput)
    if (Scale is not None) + (OutputSize is not None) + reference != 1:
        raise ScriptError(
            "images:resizeLayer:mustSpecifyOneOfScaleSizeReference",
            "Exactly one of 'Scale', 'OutputSize' or 'EnableReferenceInput' must be specified.",
        )
    if Scale is not None:
        options["scale"] = as_argument("Scale", two_scales, Scale)
    if OutputSize is not None:
        options["output_size"] = as_argument("OutputSize", output_size, OutputSize)
    return made(Resize2D(**options), {"Name": Name})


def output_size(value: Any) -> tuple[int, int]:
    """[height width]; -1 for the one that is NaN."""
    lengths = take.vector(value, "OutputSize")
    if lengths.size != 2 or np.isnan(lengths).all():
        raise checks.refused("a row vector of two positive integers, one of which may be NaN", "expectedVector", value)
    height, width = (-1 if np.isnan(length) else checks.count(float(length)) for length in lengths)
    return height, width


def two_scales(value: Any) -> tuple[float, float]:
    found = checks.numbers(value)
    if (found <= 0).any():
        raise checks.refused("positive", "expectedPositive", value)
    if found.size not in (1, 2):
        raise checks.refused("a scalar or a vector of two numbers", "expectedVector", value)
    rows, columns = found.ravel() if found.size == 2 else (found.item(), found.item())
    return float(rows), float(columns)


@layer_maker
def depthToSpace2dLayer(blockSize, /, *, Mode="dcr", Name=""):
    """
    layer = depthToSpace2dLayer(blockSize)
    layer = depthToSpace2dLayer(blockSize,Name=Value)

    Channels become blocks of height and width.

    Options
      Mode  'dcr' (default): channels of one place lie together; 'crd': places of one channel do

    Examples
      >> layer = depthToSpace2dLayer(2,'Name','up')
      layer =
        DepthToSpace2DLayer with properties:
               Name: 'up'
         Hyperparameters
          BlockSize: [2 2]
               Mode: 'dcr'

    See also spaceToDepthLayer, resize2dLayer.
    """
    mode = as_argument("Mode", checks.one_of("dcr", "crd"), Mode)
    return made(DepthToSpace(block_size=as_argument("blockSize", checks.pair, blockSize), mode=mode), {"Name": Name})


@layer_maker
def spaceToDepthLayer(blockSize, /, *, Name=""):
    """
    layer = spaceToDepthLayer(blockSize)
    layer = spaceToDepthLayer(blockSize,'Name',name)

    Blocks of height and width become channels.

    Examples
      >> layer = spaceToDepthLayer([2 2]);
      >> layer.BlockSize
      ans =
           2     2

    See also depthToSpace2dLayer.
    """
    return made(SpaceToDepth(block_size=as_argument("blockSize", checks.pair, blockSize)), {"Name": Name})
