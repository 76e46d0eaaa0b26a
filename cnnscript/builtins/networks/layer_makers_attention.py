"""Layers of transformers: selfAttentionLayer, attentionLayer, positionEmbeddingLayer, embeddingConcatenationLayer."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made, refused_mask
from cnnscript.engine.attention_layers import Attention, EmbeddingConcatenation, PositionEmbedding, SelfAttention
from cnnscript.errors import ScriptError
from cnnscript.values.text import text_or_none

MASKS = checks.one_of("none", "causal")


def refused_scores(HasScoresOutput: Any) -> None:
    """Raise the error where a layer is to give its weights of attention, too."""
    if as_argument("HasScoresOutput", checks.flag, HasScoresOutput):
        raise ScriptError("cnnscript:NotYet", "HasScoresOutput=true is not in cnnscript yet.",
                          hint="the function attention gives the weights as its second output")  # fmt: skip


def heads_of(numHeads: Any, **channels: int | str) -> int:
    """The number of heads; each number of channels must divide into them."""
    heads = as_argument("numHeads", checks.count, numHeads)
    for name, count in channels.items():
        if not isinstance(count, str) and count % heads:
            raise ScriptError(
                "nnet_cnn:layer:SelfAttentionLayer:NumHeadsMustDivide",
                f"{name} must be divisible by the number of heads.",
                notes=(f"{count} channels, {heads} heads",),
            )
    return heads


@layer_maker
def selfAttentionLayer(
    numHeads, numKeyChannels, /, *, NumValueChannels="auto", OutputSize="auto", HasPaddingMaskInput=False,
    AttentionMask="none", DropoutProbability=0.0, HasScoresOutput=False, QueryWeights=None, KeyWeights=None,
    ValueWeights=None, OutputWeights=None, QueryBias=None, KeyBias=None, ValueBias=None, OutputBias=None,
    WeightsInitializer="glorot", BiasInitializer="zeros", QueryWeightsLearnRateFactor=1.0,
    KeyWeightsLearnRateFactor=1.0, ValueWeightsLearnRateFactor=1.0, OutputWeightsLearnRateFactor=1.0,
    QueryBiasLearnRateFactor=1.0, KeyBiasLearnRateFactor=1.0, ValueBiasLearnRateFactor=1.0,
    OutputBiasLearnRateFactor=1.0, QueryWeightsL2Factor=1.0, KeyWeightsL2Factor=1.0, ValueWeightsL2Factor=1.0,
    OutputWeightsL2Factor=1.0, QueryBiasL2Factor=0.0, KeyBiasL2Factor=0.0, ValueBiasL2Factor=0.0,
    OutputBiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = selfAttentionLayer(numHeads,numKeyChannels)
    layer = selfAttentionLayer(numHeads,numKeyChannels,Name=Value)

    Every step of a sequence as a mean of all, weighed by how well its query fits their keys.

    numKeyChannels must be divisible by numHeads.

    Options
      NumValueChannels     channels of the values: 'auto' (default, as the keys') or a number
      OutputSize           channels of what comes out: 'auto' (default, as the input's) or a number
      HasPaddingMaskInput  only false
      AttentionMask        'none' (default); 'causal': no step sees later ones
      DropoutProbability   of a weight to be dropped while training (default 0)
      HasScoresOutput      only false

    Examples
      >> layer = selfAttentionLayer(8,256)
      layer =
        SelfAttentionLayer with properties:
                         Name: ''
                AttentionMask: 'none'
          HasPaddingMaskInput: 0
              HasScoresOutput: 0
         Hyperparameters
                    InputSize: 'auto'
                     NumHeads: 8
               NumKeyChannels: 256
             NumValueChannels: 'auto'
                   OutputSize: 'auto'
           DropoutProbability: 0
         Learnable Parameters
                 QueryWeights: []
                   KeyWeights: []
                 ValueWeights: []
                OutputWeights: []
                    QueryBias: []
                      KeyBias: []
                    ValueBias: []
                   OutputBias: []
        Show all properties

    See also attentionLayer, positionEmbeddingLayer, sequenceInputLayer.
    """
    keys = as_argument("numKeyChannels", checks.count, numKeyChannels)
    values = as_argument("NumValueChannels", checks.auto_or_count, NumValueChannels)
    refused_mask(HasPaddingMaskInput)
    refused_scores(HasScoresOutput)
    layer = SelfAttention(
        num_heads=heads_of(numHeads, numKeyChannels=keys, NumValueChannels=values),
        num_key_channels=keys,
        num_value_channels=values,
        output_size=as_argument("OutputSize", checks.auto_or_count, OutputSize),
        attention_mask=as_argument("AttentionMask", MASKS, AttentionMask),
        dropout_probability=as_argument("DropoutProbability", checks.fraction, DropoutProbability),
    )
    return made(layer, locals())


@layer_maker
def attentionLayer(
    numHeads, /, *, Scale="auto", HasPaddingMaskInput=False, AttentionMask="none", DropoutProbability=0.0,
    HasScoresOutput=False, Name=""
):  # fmt: skip
    """
    layer = attentionLayer(numHeads)
    layer = attentionLayer(numHeads,Name=Value)

    The attention of its first input, the queries, to its second, the keys, whose values are its third.

    Options
      Scale                what scores are multiplied by: 'auto' (default): 1/sqrt of a head's channels, or a number
      HasPaddingMaskInput  only false
      AttentionMask        'none' (default); 'causal': no step sees later ones
      DropoutProbability   of a weight to be dropped while training (default 0)
      HasScoresOutput      only false

    Examples
      >> layer = attentionLayer(2,Name="attention");
      >> layer.InputNames
      ans =
        1×3 cell array
          {'query'}    {'key'}    {'value'}

    See also selfAttentionLayer.
    """
    refused_mask(HasPaddingMaskInput)
    refused_scores(HasScoresOutput)
    words = text_or_none(Scale) is not None
    layer = Attention(
        num_heads=heads_of(numHeads),
        scale=as_argument("Scale", checks.one_of("auto") if words else checks.positive, Scale),
        attention_mask=as_argument("AttentionMask", MASKS, AttentionMask),
        dropout_probability=as_argument("DropoutProbability", checks.fraction, DropoutProbability),
    )
    return made(layer, {"Name": Name})


@layer_maker
def positionEmbeddingLayer(
    outputSize, maxPosition, /, *, PositionDimension="auto", Weights=None, WeightsInitializer="narrow-normal",
    WeightLearnRateFactor=1.0, WeightL2Factor=1.0, Name=""
):  # fmt: skip
    """
    layer = positionEmbeddingLayer(outputSize,maxPosition)
    layer = positionEmbeddingLayer(outputSize,maxPosition,Name=Value)

    A vector that is learnt for each position in a sequence, to be added to what is there.

    Options
      PositionDimension  'auto' (default), 'temporal' or 'spatial'

    Examples
      >> layer = positionEmbeddingLayer(3,128)
      layer =
        PositionEmbeddingLayer with properties:
                       Name: ''
                 OutputSize: 3
                MaxPosition: 128
          PositionDimension: 'auto'
         Learnable Parameters
                    Weights: []
        Show all properties

    See also selfAttentionLayer, wordEmbeddingLayer, embeddingConcatenationLayer.
    """
    dimension = checks.one_of("auto", "temporal", "spatial")
    layer = PositionEmbedding(
        output_size=as_argument("outputSize", checks.count, outputSize),
        max_position=as_argument("maxPosition", checks.count, maxPosition),
        position_dimension=as_argument("PositionDimension", dimension, PositionDimension),
    )
    return made(layer, locals())


@layer_maker
def embeddingConcatenationLayer(
    *, Weights=None, WeightsInitializer="narrow-normal", WeightLearnRateFactor=1.0, WeightL2Factor=1.0, Name=""
):  # fmt: skip
    """
    layer = embeddingConcatenationLayer
    layer = embeddingConcatenationLayer(Name=Value)

    A vector that is learnt, put before the first step of a sequence, as the class token of transformers is.

    Examples
      >> net = dlnetwork([sequenceInputLayer(2); embeddingConcatenationLayer(Weights=[7; 8])]);
      >> predict(net,[1 2; 3 4])
      ans =
        3×2 single matrix
           7     8
           1     2
           3     4

    See also positionEmbeddingLayer, selfAttentionLayer, indexing1dLayer.
    """
    return made(EmbeddingConcatenation(), locals())
