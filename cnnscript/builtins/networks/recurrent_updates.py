"""predictAndUpdateState and classifyAndUpdateState: questions after which a recurrent network remembers."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.image_inputs import sequence_batches
from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.builtins.networks.network_outputs import output_of
from cnnscript.builtins.networks.question_arguments import options_only, trained
from cnnscript.builtins.networks.questions import given_out, labels_of, labels_of_steps
from cnnscript.builtins.networks.sequence_answers import WHOLE, in_pieces, require_recurrent
from cnnscript.builtins.networks.sequence_inputs import gives_sequences, padding_of, takes_sequences
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.builtins.registry import builtin
from cnnscript.engine.devices import ACCELERATIONS, ENVIRONMENTS
from cnnscript.engine.graph import Network
from cnnscript.engine.training.sequences import Padding
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import is_cell, norm


@builtin(name="predictAndUpdateState", outputs=None)
def predict_and_update_state(
    session, nargout, recNet, sequences, /, *more, MiniBatchSize=128.0, SequenceLength="longest",
    SequencePaddingValue=0.0, SequencePaddingDirection="right", ExecutionEnvironment="auto", Acceleration="auto",
    ReturnCategorical=False
):  # fmt: skip
    """
    [updatedNet,Y] = predictAndUpdateState(recNet,sequences)
    [updatedNet,Y] = predictAndUpdateState(recNet,X1,...,XN)
    [updatedNet,Y1,...,YM] = predictAndUpdateState(...)
    [...] = predictAndUpdateState(...,Name=Value)

    What predict gives, and the network with the states in which its recurrent layers ended: it goes on from there.

    sequences is features×steps, or a cell of such sequences: each keeps a state of its own then. resetState forgets.

    Options
      MiniBatchSize             most sequences (128): as the states are kept for each, all are computed at once
      SequenceLength            'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'; it makes no difference here
      Acceleration              'auto' (default), 'mex', 'none'; it makes no difference here
      ReturnCategorical         true: outputs of classification layers as categorical labels (false)

    Examples
      >> layers = [sequenceInputLayer(1); lstmLayer(4); fullyConnectedLayer(1); regressionLayer]; rng default
      >> options = trainingOptions('adam',MaxEpochs=1,Verbose=false); net = trainNetwork(1:6,2:7,layers,options);
      >> [first,Y1] = predictAndUpdateState(net,1:3); [~,Y2] = predictAndUpdateState(first,4:6);
      >> max(abs([Y1 Y2] - predict(net,1:6))) < 1e-6
      ans =
        logical
         1

    See also classifyAndUpdateState, resetState, predict.
    """
    network = trained(recNet, "predict")
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    check_places(ExecutionEnvironment, Acceleration)
    numbers = [network.number(name) for name in network.output_names][: max(1, nargout - 1)]
    if nargout > 1 + len(network.output_names):
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.",
                          notes=(f"the network has {len(network.output_names)} outputs",))  # fmt: skip
    updated, found = updating(
        session, network, [sequences, *more], numbers, padding, MiniBatchSize, "predictAndUpdateState"
    )
    as_labels = take.flag(ReturnCategorical, "ReturnCategorical")
    return updated, *(given_out(network, i, one, as_labels) for i, one in zip(numbers, found, strict=True))


@builtin(name="classifyAndUpdateState", outputs=3)
def classify_and_update_state(
    session, nargout, recNet, sequences, /, *more, MiniBatchSize=128.0, SequenceLength="longest",
    SequencePaddingValue=0.0, SequencePaddingDirection="right", ExecutionEnvironment="auto", Acceleration="auto"
):  # fmt: skip
    """
    [updatedNet,Y] = classifyAndUpdateState(recNet,sequences)
    [updatedNet,Y] = classifyAndUpdateState(recNet,X1,...,XN)
    [updatedNet,Y,scores] = classifyAndUpdateState(...)
    [...] = classifyAndUpdateState(...,Name=Value)

    What classify gives, and the network with the states in which its recurrent layers ended: it goes on from there.

    Options
      MiniBatchSize             most sequences (128): as the states are kept for each, all are computed at once
      SequenceLength            'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'; it makes no difference here
      Acceleration              'auto' (default), 'mex', 'none'; it makes no difference here

    Examples
      >> layers = [sequenceInputLayer(1); lstmLayer(4); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
      >> options = trainingOptions('adam',MaxEpochs=1,Verbose=false);
      >> net = trainNetwork(1:6,categorical([1 1 1 2 2 2]),layers,options);
      >> [net,label,scores] = classifyAndUpdateState(net,1:4); size(scores)
      ans =
           2     4

    See also predictAndUpdateState, resetState, classify.
    """
    network = trained(recNet, "classify")
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    check_places(ExecutionEnvironment, Acceleration)
    ends = network.output_names
    if not network.classes or len(ends) > 1:
        raise ScriptError(
            "nnet_cnn:DAGNetwork:InvalidNetworkForClassify",
            "'classifyAndUpdateState' needs a network that ends in a classification layer.",
            hint="predictAndUpdateState gives the scores of any network",
        )
    last = network.number(ends[0])
    updated, (scores,) = updating(
        session, network, [sequences, *more], [last], padding, MiniBatchSize, "classifyAndUpdateState"
    )
    name_labels = labels_of_steps if gives_sequences(network, last) else labels_of
    labels = name_labels(network.classes, scores)
    return updated, labels, *([norm(scores)] if nargout > 2 else [])


def check_places(environment: Any, acceleration: Any) -> None:
    take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment")
    take.choice(acceleration, ACCELERATIONS, "Acceleration")


def updating(session: Any, network: Network, values: list[Any], numbers: list[int], padding: Padding, most: Any,
             function: str) -> tuple[NetworkObject, list[Any]]:  # fmt: skip
    """The network with its new states, and the outputs of layers as predict gives them."""
    options_only(function, tuple(values[1:]))
    require_recurrent(network, function)
    if not any(takes_sequences(network, number) for number in network.inputs):
        raise ScriptError(
            "cnnscript:NotYet", f"{function} of a network without a sequenceInputLayer is not in cnnscript yet."
        )
    size = take.positive(most, "MiniBatchSize")
    found = list(sequence_batches(session, network, values, size, Layouts(padding)))
    if len(found) != 1:
        raise ScriptError(
            "cnnscript:NotYet", f"{function} of more sequences than one mini-batch is not in cnnscript yet.",
            notes=(f"MiniBatchSize is {size}",),
        )  # fmt: skip
    length = WHOLE if isinstance(padding.length, str) else padding.length
    outputs, states = in_pieces(network, found[0], numbers, length, session.zoo.progress)
    kept = {
        layer: {name: value.numpy()[0] if len(value) == 1 else value.numpy() for name, value in state.items()}
        for layer, state in states.items()
    }
    in_cell = any(is_cell(value) for value in values)
    masks = [found[0].there]
    given = [output_of(network, number, [one], in_cell, masks) for number, one in zip(numbers, outputs, strict=True)]
    return NetworkObject(network.with_parameters(kept)), given
