"""Layers of sequences: sequenceInputLayer, lstmLayer, bilstmLayer, gruLayer, wordEmbeddingLayer, folding."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_makers_ends import feature_statistics, normalized, real_only
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.engine.recurrent_layers import (
    GRU,
    LSTM,
    BiLSTM,
    SequenceFolding,
    SequenceInput,
    SequenceUnfolding,
    WordEmbedding,
)
from cnnscript.errors import ScriptError

OUTPUTS = checks.one_of("sequence", "last")
STATE_FUNCTIONS = checks.one_of("tanh", "softsign", "relu")
GATE_FUNCTIONS = checks.one_of("sigmoid", "hard-sigmoid")
RESET_MODES = checks.one_of("after-multiplication", "before-multiplication", "recurrent-bias-after-multiplication")


@layer_maker
def sequenceInputLayer(
    inputSize, /, *, Normalization="none", NormalizationDimension="auto", Mean=None, StandardDeviation=None, Min=None,
    Max=None, MinLength=1.0, SplitComplexInputs=False, Name=""
):  # fmt: skip
    """
    layer = sequenceInputLayer(inputSize)
    layer = sequenceInputLayer(inputSize,Name=Value)

    Where sequences enter a network: of rows of numbers, or of images.

    inputSize is a number of features, or [height width channels] of images.

    Options
      Normalization           'none' (default), 'zerocenter', 'zscore', 'rescale-symmetric' or 'rescale-zero-one'
      NormalizationDimension  'auto' (default), 'channel', 'element' or 'all': what training finds the numbers over
      Mean                    for 'zerocenter' and 'zscore': a number, or one a feature; [] (default): training finds it
      StandardDeviation       for 'zscore', likewise
      Min                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      Max                     for 'rescale-symmetric' and 'rescale-zero-one', likewise
      MinLength               fewest steps that the network is asked with (default 1)
      SplitComplexInputs      real and imaginary parts as features (default false)

    Examples
      >> layers = [sequenceInputLayer(12); lstmLayer(100,'OutputMode','last'); fullyConnectedLayer(9)]
      layers =
        3×1 Layer array with layers:
           1   ''   Sequence Input    Sequence input with 12 dimensions
           2   ''   LSTM              LSTM with 100 hidden units
           3   ''   Fully Connected   9 fully connected layer

    See also lstmLayer, gruLayer, wordEmbeddingLayer, featureInputLayer.
    """
    length = as_argument("MinLength", checks.count, MinLength)
    complex_inputs = as_argument("SplitComplexInputs", real_only, SplitComplexInputs)
    statistics = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}
    found = checks.numbers(inputSize)
    images: tuple[int, ...] = ()
    if found.size > 1:
        size = images = as_argument("inputSize", checks.image_size, inputSize)
    else:
        size = (1, 1, as_argument("inputSize", checks.count, inputSize))
        statistics = feature_statistics(statistics)
    layer = SequenceInput(
        input_size=size,
        image_size=images,
        min_length=length,
        **normalized(size, Normalization, NormalizationDimension, statistics),
        split_complex_inputs=complex_inputs,
    )
    return made(layer, {"Name": Name})


def recurrent(kind: type, options: dict[str, Any], **more: Any) -> Any:
    """An LSTM or GRU layer from the options of its constructor."""
    has_inputs = as_argument("HasStateInputs", checks.flag, options["HasStateInputs"])
    for name in kind.states:
        if has_inputs and options[name] is not None:
            raise ScriptError(
                "nnet_cnn:layer:RecurrentLayer:StateWithStateInputs",
                f"To set the '{name}' property, the 'HasStateInputs' property must be false.",
            )
    layer = kind(
        has_state_inputs=has_inputs,
        has_state_outputs=as_argument("HasStateOutputs", checks.flag, options["HasStateOutputs"]),
        num_hidden_units=as_argument("numHiddenUnits", checks.count, options["numHiddenUnits"]),
        output_mode=as_argument("OutputMode", OUTPUTS, options["OutputMode"]),
        state_activation_function=as_argument(
            "StateActivationFunction", STATE_FUNCTIONS, options["StateActivationFunction"]
        ),
        gate_activation_function=as_argument(
            "GateActivationFunction", GATE_FUNCTIONS, options["GateActivationFunction"]
        ),
        **more,
    )
    return made(layer, options)


@layer_maker
def lstmLayer(
    numHiddenUnits, /, *, OutputMode="sequence", StateActivationFunction="tanh", GateActivationFunction="sigmoid",
    HasStateInputs=False, HasStateOutputs=False, CellState=None, HiddenState=None, InputWeights=None,
    RecurrentWeights=None, Bias=None, InputWeightsInitializer="glorot", RecurrentWeightsInitializer="orthogonal",
    BiasInitializer="unit-forget-gate", InputWeightsLearnRateFactor=1.0, RecurrentWeightsLearnRateFactor=1.0,
    BiasLearnRateFactor=1.0, InputWeightsL2Factor=1.0, RecurrentWeightsL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = lstmLayer(numHiddenUnits)
    layer = lstmLayer(numHiddenUnits,Name=Value)

    A long short-term memory: what it keeps of the steps before goes on from step to step.

    Options
      OutputMode               'sequence' (default): an output for each step; 'last': of the last step alone
      StateActivationFunction  'tanh' (default), 'softsign' or 'relu'
      GateActivationFunction   'sigmoid' (default) or 'hard-sigmoid'
      HasStateInputs           true: inputs of its own bring the state to begin with (default false)
      HasStateOutputs          true: outputs of its own hand on the state in the end (default false)
      CellState                cell to begin each sequence with; [] (default): zeros
      HiddenState              state to begin each sequence with; [] (default): zeros

    Examples
      >> lstmLayer(100,'Name','lstm1')
      ans =
        LSTMLayer with properties:
                             Name: 'lstm1'
                       InputNames: {'in'}
                      OutputNames: {'out'}
                        NumInputs: 1
                       NumOutputs: 1
                   HasStateInputs: 0
                  HasStateOutputs: 0
         Hyperparameters
                        InputSize: 'auto'
                   NumHiddenUnits: 100
                       OutputMode: 'sequence'
          StateActivationFunction: 'tanh'
           GateActivationFunction: 'sigmoid'
         Learnable Parameters
                     InputWeights: []
                 RecurrentWeights: []
                             Bias: []
         State Parameters
                      HiddenState: []
                        CellState: []
        Show all properties

    See also bilstmLayer, gruLayer, sequenceInputLayer.
    """
    return recurrent(LSTM, locals())


@layer_maker
def bilstmLayer(
    numHiddenUnits, /, *, OutputMode="sequence", StateActivationFunction="tanh", GateActivationFunction="sigmoid",
    HasStateInputs=False, HasStateOutputs=False, CellState=None, HiddenState=None, InputWeights=None,
    RecurrentWeights=None, Bias=None, InputWeightsInitializer="glorot", RecurrentWeightsInitializer="orthogonal",
    BiasInitializer="unit-forget-gate", InputWeightsLearnRateFactor=1.0, RecurrentWeightsLearnRateFactor=1.0,
    BiasLearnRateFactor=1.0, InputWeightsL2Factor=1.0, RecurrentWeightsL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = bilstmLayer(numHiddenUnits)
    layer = bilstmLayer(numHiddenUnits,Name=Value)

    Two long short-term memories: one reads the sequence forwards, one backwards.

    Options
      OutputMode               'sequence' (default): an output for each step; 'last': of the last step alone
      StateActivationFunction  'tanh' (default), 'softsign' or 'relu'
      GateActivationFunction   'sigmoid' (default) or 'hard-sigmoid'
      HasStateInputs           true: inputs of its own bring the state to begin with (default false)
      HasStateOutputs          true: outputs of its own hand on the state in the end (default false)
      CellState                cells to begin each sequence with; [] (default): zeros
      HiddenState              states to begin each sequence with; [] (default): zeros

    Examples
      >> layer = bilstmLayer(50,'OutputMode','last');
      >> layer.OutputMode
      ans =
          'last'

    See also lstmLayer, gruLayer.
    """
    return recurrent(BiLSTM, locals())


@layer_maker
def gruLayer(
    numHiddenUnits, /, *, OutputMode="sequence", StateActivationFunction="tanh", GateActivationFunction="sigmoid",
    ResetGateMode="after-multiplication", HasStateInputs=False, HasStateOutputs=False, HiddenState=None,
    InputWeights=None, RecurrentWeights=None, Bias=None, InputWeightsInitializer="glorot",
    RecurrentWeightsInitializer="orthogonal", BiasInitializer="zeros", InputWeightsLearnRateFactor=1.0,
    RecurrentWeightsLearnRateFactor=1.0, BiasLearnRateFactor=1.0, InputWeightsL2Factor=1.0,
    RecurrentWeightsL2Factor=1.0, BiasL2Factor=0.0, Name=""
):  # fmt: skip
    """
    layer = gruLayer(numHiddenUnits)
    layer = gruLayer(numHiddenUnits,Name=Value)

    A gated recurrent unit: a state that goes on from step to step, with two gates.

    Options
      OutputMode               'sequence' (default): an output for each step; 'last': of the last step alone
      StateActivationFunction  'tanh' (default), 'softsign' or 'relu'
      GateActivationFunction   'sigmoid' (default) or 'hard-sigmoid'
      ResetGateMode            'after-multiplication' (default), 'before-multiplication' or 'recurrent-bias-after-multiplication'
      HasStateInputs           true: inputs of its own bring the state to begin with (default false)
      HasStateOutputs          true: outputs of its own hand on the state in the end (default false)
      HiddenState              state to begin each sequence with; [] (default): zeros

    Examples
      >> layer = gruLayer(20,'Name','gru1');
      >> layer.ResetGateMode
      ans =
          'after-multiplication'

    See also lstmLayer, bilstmLayer.
    """  # noqa: E501
    return recurrent(GRU, locals(), reset_gate_mode=as_argument("ResetGateMode", RESET_MODES, ResetGateMode))


@layer_maker
def wordEmbeddingLayer(
    dimension, numWords, /, *, Weights=None, WeightsInitializer="narrow-normal", WeightLearnRateFactor=1.0,
    WeightL2Factor=1.0, Name=""
):  # fmt: skip
    """
    layer = wordEmbeddingLayer(dimension,numWords)
    layer = wordEmbeddingLayer(dimension,numWords,Name=Value)

    Numbers of words, from 1, become vectors that are learnt.

    Examples
      >> wordEmbeddingLayer(50,5000)
      ans =
        WordEmbeddingLayer with properties:
               Name: ''
         Hyperparameters
          Dimension: 50
           NumWords: 5000
         Learnable Parameters
            Weights: []
        Show all properties

    See also sequenceInputLayer, lstmLayer.
    """
    layer = WordEmbedding(
        dimension=as_argument("dimension", checks.count, dimension),
        num_words=as_argument("numWords", checks.count, numWords),
    )
    return made(layer, locals())


@layer_maker
def sequenceFoldingLayer(*, Name=""):
    """
    layer = sequenceFoldingLayer
    layer = sequenceFoldingLayer('Name',name)

    Makes the images of a sequence a batch, so that layers of images take them. Here they take image by image anyway.

    Examples
      >> sequenceFoldingLayer('Name','fold1')
      ans =
        SequenceFoldingLayer with properties:
                 Name: 'fold1'
           NumOutputs: 2
          OutputNames: {'out'  'miniBatchSize'}

    See also sequenceUnfoldingLayer, sequenceInputLayer.
    """
    return made(SequenceFolding(), locals())


@layer_maker
def sequenceUnfoldingLayer(*, Name=""):
    """
    layer = sequenceUnfoldingLayer
    layer = sequenceUnfoldingLayer('Name',name)

    Makes a batch that a sequenceFoldingLayer made a sequence again.

    Examples
      >> layer = sequenceUnfoldingLayer;
      >> layer.InputNames
      ans =
        1×2 cell array
          {'in'}    {'miniBatchSize'}

    See also sequenceFoldingLayer.
    """
    return made(SequenceUnfolding(), locals())
