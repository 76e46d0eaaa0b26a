"""Layers that bring numbers to a mean and a spread that are learnt: batchNormalizationLayer and its kin."""

from __future__ import annotations

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_makers_pointwise import word_or_count
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.engine.normalization_layers import GroupNormalization, InstanceNormalization, LayerNormalization
from cnnscript.engine.pointwise_layers import BatchNormalization


@layer_maker
def batchNormalizationLayer(
    *, TrainedMean=None, TrainedVariance=None, MeanDecay=0.1, VarianceDecay=0.1, Epsilon=1e-5, Offset=None, Scale=None,
    OffsetInitializer="zeros", ScaleInitializer="ones", OffsetLearnRateFactor=1.0, ScaleLearnRateFactor=1.0,
    OffsetL2Factor=1.0, ScaleL2Factor=1.0, NumChannels="auto", Name=""
):  # fmt: skip
    """
    layer = batchNormalizationLayer
    layer = batchNormalizationLayer(Name=Value)

    (x - mean)/sqrt(variance + Epsilon)*Scale + Offset, each channel with its own.

    While training the mean and the variance are those of the batch, and TrainedMean and TrainedVariance follow them.

    Options
      TrainedMean      the means to use once trained; [] (default): training finds them
      TrainedVariance  the variances to use once trained; [] (default): training finds them
      MeanDecay        how fast TrainedMean follows (default 0.1)
      VarianceDecay    how fast TrainedVariance follows (default 0.1)

    Examples
      >> batchNormalizationLayer('Name','bn1','Epsilon',1e-3)
      ans =
        BatchNormalizationLayer with properties:
                     Name: 'bn1'
              NumChannels: 'auto'
         Hyperparameters
                MeanDecay: 0.1000
            VarianceDecay: 0.1000
                  Epsilon: 1.0000e-03
         Learnable Parameters
                   Offset: []
                    Scale: []
         State Parameters
              TrainedMean: []
          TrainedVariance: []
        Show all properties

    See also groupNormalizationLayer, layerNormalizationLayer, instanceNormalizationLayer.
    """
    layer = BatchNormalization(
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        mean_decay=as_argument("MeanDecay", checks.between, MeanDecay),
        variance_decay=as_argument("VarianceDecay", checks.between, VarianceDecay),
        epsilon=as_argument("Epsilon", checks.positive, Epsilon),
    )
    return made(layer, locals())


@layer_maker
def groupNormalizationLayer(
    numGroups, /, *, Epsilon=1e-5, Offset=None, Scale=None, OffsetInitializer="zeros", ScaleInitializer="ones",
    OffsetLearnRateFactor=1.0, ScaleLearnRateFactor=1.0, OffsetL2Factor=1.0, ScaleL2Factor=1.0, NumChannels="auto",
    Name=""
):  # fmt: skip
    """
    layer = groupNormalizationLayer(numGroups)
    layer = groupNormalizationLayer(numGroups,Name=Value)

    Normalises groups of channels of each image by itself.

    numGroups is a number, 'all-channels' or 'channel-wise'.

    Examples
      >> layers = [groupNormalizationLayer(4); groupNormalizationLayer('all-channels','Name','gn')]
      layers =
        2×1 Layer array with layers:
           1   ''     Group Normalization   Group normalization
           2   'gn'   Group Normalization   Group normalization

    See also batchNormalizationLayer, layerNormalizationLayer.
    """
    layer = GroupNormalization(
        num_groups=as_argument("numGroups", word_or_count("all-channels", "channel-wise"), numGroups),
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        epsilon=as_argument("Epsilon", checks.positive, Epsilon),
    )
    return made(layer, locals())


@layer_maker
def layerNormalizationLayer(
    *, Epsilon=1e-5, OperationDimension="auto", Offset=None, Scale=None, OffsetInitializer="zeros",
    ScaleInitializer="ones", OffsetLearnRateFactor=1.0, ScaleLearnRateFactor=1.0, OffsetL2Factor=1.0,
    ScaleL2Factor=1.0, NumChannels="auto", Name=""
):  # fmt: skip
    """
    layer = layerNormalizationLayer
    layer = layerNormalizationLayer(Name=Value)

    Normalises all numbers of each image, or of each step of a sequence, together.

    Options
      OperationDimension  'auto' (default), 'batch-excluded' (all of an image) or 'channel-only' (each place by itself)

    Examples
      >> layerNormalizationLayer('Name','layernorm')
      ans =
        LayerNormalizationLayer with properties:
                        Name: 'layernorm'
                 NumChannels: 'auto'
         Hyperparameters
                     Epsilon: 1.0000e-05
          OperationDimension: 'auto'
         Learnable Parameters
                      Offset: []
                       Scale: []
        Show all properties

    See also batchNormalizationLayer, groupNormalizationLayer.
    """
    words = checks.one_of("auto", "channel-only", "batch-excluded", "spatial-channel")
    layer = LayerNormalization(
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        operation_dimension=as_argument("OperationDimension", words, OperationDimension),
        epsilon=as_argument("Epsilon", checks.positive, Epsilon),
    )
    return made(layer, locals())


@layer_maker
def instanceNormalizationLayer(
    *, Epsilon=1e-5, Offset=None, Scale=None, OffsetInitializer="zeros", ScaleInitializer="ones",
    OffsetLearnRateFactor=1.0, ScaleLearnRateFactor=1.0, OffsetL2Factor=1.0, ScaleL2Factor=1.0, NumChannels="auto",
    Name=""
):  # fmt: skip
    """
    layer = instanceNormalizationLayer
    layer = instanceNormalizationLayer(Name=Value)

    Normalises each channel of each image by itself.

    Examples
      >> layer = instanceNormalizationLayer('Epsilon',1e-3);
      >> layer.Epsilon
      ans =
         1.0000e-03

    See also batchNormalizationLayer, groupNormalizationLayer.
    """
    layer = InstanceNormalization(
        num_channels=as_argument("NumChannels", checks.auto_or_count, NumChannels),
        epsilon=as_argument("Epsilon", checks.positive, Epsilon),
    )
    return made(layer, locals())
