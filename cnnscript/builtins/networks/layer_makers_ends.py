"""Where data enters a network and where it leaves: imageInputLayer, classificationLayer, regressionLayer, ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.builtins.networks.layer_properties import NORMALIZATIONS, class_names, class_weights
from cnnscript.engine.input_layers import FeatureInput, FormattedInput, ImageInput
from cnnscript.engine.output_layers import (
    ClassificationOutput,
    DicePixelClassificationOutput,
    FocalLossOutput,
    PixelClassificationOutput,
    RegressionOutput,
)
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, is_numeric
from cnnscript.values.text import texts_or_none

NEEDED = {"Mean": ("zerocenter", "zscore"), "StandardDeviation": ("zscore",)}
RANGE = ("rescale-symmetric", "rescale-zero-one")


def normalized(size: tuple[int, int, int], Normalization: Any, Dimension: Any, statistics: dict[str, Any]) -> dict:
    """The normalisation of an input layer as fields of its description."""
    if type(Normalization) is Function:
        raise ScriptError(
            "cnnscript:NotYet",
            "A function as Normalization is not in cnnscript yet.",
            hint="normalise the images before they enter, and say Normalization='none'",
        )
    kind = as_argument("Normalization", checks.one_of(*NORMALIZATIONS), Normalization)
    found = {}
    for name, value in statistics.items():
        number = found[name] = None if value is None else as_argument(name, checks.statistic, value)
        if number is None:
            continue
        if kind not in NEEDED.get(name, RANGE):
            fitting = " or ".join(f"'{word}'" for word in NEEDED.get(name, RANGE))
            raise ScriptError(
                "nnet_cnn:layer:InputLayer:StatisticNotNeeded",
                f"'{name}' can be specified only if 'Normalization' is {fitting}.",
                notes=(f"Normalization is '{kind}'",),
            )
        shape = np.shape(number)
        if shape not in ((), size[2:], size):
            raise ScriptError(
                "nnet_cnn:layer:InputLayer:StatisticSize",
                f"'{name}' must be a scalar, a 1x1x{size[2]} array of a value per channel, or an array of the input "
                "size.",
                notes=(f"got {take.described(value)}", f"the input size is {'x'.join(str(n) for n in size)}"),
            )
    words = checks.one_of("auto", "channel", "element", "all")
    return {
        "normalization": kind,
        "normalization_dimension": as_argument("NormalizationDimension", words, Dimension),
        "mean": found["Mean"],
        "standard_deviation": found["StandardDeviation"],
        "min": found["Min"],
        "max": found["Max"],
    }


@layer_maker
def imageInputLayer(
    inputSize, /, *, Normalization="zerocenter", NormalizationDimension="auto", Mean=None, StandardDeviation=None,
    Min=None, Max=None, DataAugmentation="none", SplitComplexInputs=False, Name=""
):  # fmt: skip
    """
    layer = imageInputLayer(inputSize)
    layer = imageInputLayer(inputSize,Name=Value)

    Where images enter a network, and are normalised.

    inputSize is [height width channels], or [height width] for grayscale images.

    Options
      Normalization           'zerocenter' (default), 'zscore', 'rescale-symmetric', 'rescale-zero-one' or 'none'
      NormalizationDimension  'auto' (default), 'channel', 'element' or 'all': what training finds the numbers over
      Mean                    for 'zerocenter' and 'zscore': a number, one a channel, or an image; [] (default): training finds it
      StandardDeviation       for 'zscore', likewise
      Min                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      Max                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      DataAugmentation        'none' (default), or 'randcrop', 'randfliplr' or both in a cell
      SplitComplexInputs      real and imaginary parts as channels (default false)

    Examples
      >> imageInputLayer([28 28 1])
      ans =
        ImageInputLayer with properties:
                            Name: ''
                       InputSize: [28 28 1]
              SplitComplexInputs: 0
         Hyperparameters
                DataAugmentation: 'none'
                   Normalization: 'zerocenter'
          NormalizationDimension: 'auto'
                            Mean: []
      >> layers = [imageInputLayer([32 32 3],'Normalization','none','Name','in'); convolution2dLayer(3,8)]
      layers =
        2×1 Layer array with layers:
           1   'in'   Image Input       32×32×3 images
           2   ''     2-D Convolution   8 3×3 convolutions with stride [1  1] and padding [0  0  0  0]

    See also featureInputLayer, convolution2dLayer.
    """  # noqa: E501
    size = as_argument("inputSize", checks.image_size, inputSize)
    statistics = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}
    layer = ImageInput(
        input_size=size,
        **normalized(size, Normalization, NormalizationDimension, statistics),
        data_augmentation=as_argument("DataAugmentation", augmentation, DataAugmentation),
        split_complex_inputs=as_argument("SplitComplexInputs", real_only, SplitComplexInputs),
    )
    return made(layer, {"Name": Name})


def augmentation(value: Any) -> str | tuple[str, ...]:
    """'none', 'randcrop', 'randfliplr', or a cell of the two."""
    texts = texts_or_none(value)
    if texts is None or len(texts) < 2:
        return checks.one_of("none", "randcrop", "randfliplr")(texts[0] if texts else value)
    return tuple(checks.one_of("randcrop", "randfliplr")(text) for text in texts)


def real_only(value: Any) -> bool:
    if checks.flag(value):
        raise ScriptError("cnnscript:NotYet", "Complex inputs are not in cnnscript yet.")
    return False


@layer_maker
def featureInputLayer(
    numFeatures, /, *, Normalization="none", NormalizationDimension="auto", Mean=None, StandardDeviation=None, Min=None,
    Max=None, SplitComplexInputs=False, Name=""
):  # fmt: skip
    """
    layer = featureInputLayer(numFeatures)
    layer = featureInputLayer(numFeatures,Name=Value)

    Where rows of numbers enter a network, and are normalised.

    Options
      Normalization           'none' (default), 'zerocenter', 'zscore', 'rescale-symmetric' or 'rescale-zero-one'
      NormalizationDimension  'auto' (default), 'channel' or 'all': what training finds the numbers over
      Mean                    for 'zerocenter' and 'zscore': a number, or one a feature; [] (default): training finds it
      StandardDeviation       for 'zscore', likewise
      Min                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      Max                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      SplitComplexInputs      real and imaginary parts as features (default false)

    Examples
      >> layers = [featureInputLayer(21,'Name','input'); fullyConnectedLayer(3)]
      layers =
        2×1 Layer array with layers:
           1   'input'   Feature Input     21 features
           2   ''        Fully Connected   3 fully connected layer

    See also imageInputLayer, fullyConnectedLayer.
    """
    size = (1, 1, as_argument("numFeatures", checks.count, numFeatures))
    statistics = feature_statistics({"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max})
    layer = FeatureInput(
        input_size=size,
        **normalized(size, Normalization, NormalizationDimension, statistics),
        split_complex_inputs=as_argument("SplitComplexInputs", real_only, SplitComplexInputs),
    )
    return made(layer, {"Name": Name})


def feature_statistics(statistics: dict[str, Any]) -> dict[str, Any]:
    """Statistics of features, whose vectors may lie any way, as those of channels."""
    return {
        name: as_array(value).reshape(1, 1, -1) if value is not None and is_numeric(value) else value
        for name, value in statistics.items()
    }


@layer_maker
def inputLayer(inputSize, inputFormat, /, *, Name=""):
    """
    layer = inputLayer(inputSize,inputFormat)
    layer = inputLayer(inputSize,inputFormat,'Name',name)

    Where data of a given format enter a network.

    inputFormat has a letter for each length of inputSize: S space, C channel, B batch; NaN is a length left open.

    Examples
      >> inputLayer([28 28 3 NaN],'SSCB','Name','in')
      ans =
        InputLayer with properties:
                 Name: 'in'
            InputSize: [28 28 3 NaN]
          InputFormat: 'SSCB'

    See also imageInputLayer, featureInputLayer.
    """
    letters = as_argument("inputFormat", take.text, inputFormat).upper()
    lengths = take.vector(inputSize, "inputSize")
    if set(letters) - set("SCBTU") or len(letters) != lengths.size:
        raise ScriptError(
            "MATLAB:InputParser:ArgumentFailedValidation",
            "The value of 'inputFormat' is invalid. Expected input to have a letter of 'SCBTU' for each length of the "
            "input size.",
            notes=(f"got '{letters}' for {lengths.size} lengths",),
        )
    given = tuple(-1 if np.isnan(length) else int(length) for length in lengths)
    size = FormattedInput.image_size(given, letters)
    if size is None:
        raise ScriptError(
            "cnnscript:NotYet",
            f"Inputs of the format '{letters}' are not in cnnscript yet.",
            notes=("images are 'SSCB', rows of numbers 'CB'",),
        )
    return made(FormattedInput(input_size=size, given_size=given, input_format=letters), {"Name": Name})


# -------------------------------------------------------------------------------------------------------------- outputs


@layer_maker
def classificationLayer(*, Classes="auto", ClassWeights="none", Name=""):
    """
    layer = classificationLayer
    layer = classificationLayer(Name=Value)

    The classes a network tells apart, and the cross-entropy loss that trains it.

    Options
      Classes       their names: categorical, string or cell array; 'auto' (default): training finds them
      ClassWeights  a weight of the loss for each class; 'none' (default)

    Examples
      >> classificationLayer('Name','output','Classes',["cat" "dog"])
      ans =
        ClassificationOutputLayer with properties:
                  Name: 'output'
               Classes: [2×1 categorical]
          ClassWeights: 'none'
            OutputSize: 2
         Hyperparameters
          LossFunction: 'crossentropyex'
      >> layers = [softmaxLayer; classificationLayer]
      layers =
        2×1 Layer array with layers:
           1   ''   Softmax                 softmax
           2   ''   Classification Output   crossentropyex

    See also softmaxLayer, regressionLayer, pixelClassificationLayer.
    """
    names = class_names(Classes)
    layer = ClassificationOutput(classes=names, class_weights=class_weights(ClassWeights, names))
    return made(layer, {"Name": Name})


@layer_maker
def regressionLayer(*, ResponseNames=None, Name=""):
    """
    layer = regressionLayer
    layer = regressionLayer(Name=Value)

    What a network foretells as numbers, and the half mean squared error that trains it.

    Options
      ResponseNames  names of the numbers, a cell or string array (default {})

    Examples
      >> regressionLayer('Name','routput')
      ans =
        RegressionOutputLayer with properties:
                   Name: 'routput'
          ResponseNames: {}
         Hyperparameters
           LossFunction: 'mean-squared-error'

    See also classificationLayer, fullyConnectedLayer.
    """
    names = () if ResponseNames is None else tuple(take.texts(ResponseNames, "ResponseNames"))
    return made(RegressionOutput(response_names=names), {"Name": Name})


@layer_maker
def pixelClassificationLayer(*, Classes="auto", ClassWeights="none", ClassNames="auto", Name=""):
    """
    layer = pixelClassificationLayer
    layer = pixelClassificationLayer(Name=Value)

    The classes that a network tells the pixels of an image apart by.

    Options
      Classes       their names: categorical, string or cell array; 'auto' (default): training finds them
      ClassWeights  a weight of the loss for each class; 'none' (default)
      ClassNames    the old name of Classes

    Examples
      >> layer = pixelClassificationLayer('Classes',{'sky','road'},'ClassWeights',[1 2])
      layer =
        PixelClassificationLayer with properties:
                  Name: ''
               Classes: [2×1 categorical]
          ClassWeights: [2×1 double]
            OutputSize: 2
         Hyperparameters
          LossFunction: 'crossentropyex'

    See also classificationLayer, softmaxLayer.
    """
    names = class_names(Classes) or class_names(ClassNames)
    layer = PixelClassificationOutput(classes=names, class_weights=class_weights(ClassWeights, names))
    return made(layer, {"Name": Name})


@layer_maker
def dicePixelClassificationLayer(*, Classes="auto", Name=""):
    """
    layer = dicePixelClassificationLayer
    layer = dicePixelClassificationLayer(Name=Value)

    The classes of every pixel, and the generalised Dice loss that trains small ones as well as large ones.

    Options
      Classes  their names: categorical, string or cell array; 'auto' (default): training finds them

    Examples
      >> layer = dicePixelClassificationLayer('Name','labels')
      layer =
        DicePixelClassificationLayer with properties:
                  Name: 'labels'
               Classes: 'auto'
            OutputSize: 'auto'
         Hyperparameters
          LossFunction: 'generalizedDiceLoss'

    See also pixelClassificationLayer, focalLossLayer, dice.
    """
    return made(DicePixelClassificationOutput(classes=class_names(Classes)), {"Name": Name})


@layer_maker
def focalLossLayer(*, Gamma=2.0, Alpha=0.25, Classes="auto", Name=""):
    """
    layer = focalLossLayer
    layer = focalLossLayer(Name=Value)

    The classes a network tells apart, and the focal loss, which counts what is well told already for little.

    Options
      Gamma    how little: the loss is times (1-p)^Gamma (default 2)
      Alpha    a weight of the whole loss (default 0.25)
      Classes  their names: categorical, string or cell array; 'auto' (default): training finds them

    Examples
      >> layer = focalLossLayer('Classes',{'cell','background'})
      layer =
        FocalLossLayer with properties:
                Name: ''
             Classes: [2×1 categorical]
          OutputSize: 2
         Hyperparameters
               Gamma: 2
               Alpha: 0.2500

    See also classificationLayer, pixelClassificationLayer.
    """
    layer = FocalLossOutput(
        classes=class_names(Classes),
        gamma=as_argument("Gamma", checks.nonnegative, Gamma),
        alpha=as_argument("Alpha", checks.positive, Alpha),
    )
    return made(layer, {"Name": Name})
