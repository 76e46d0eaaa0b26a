"""minibatchpredict: the outputs of a network, mini-batch by mini-batch, as one array or one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlarray_passes import without_labels
from cnnscript.builtins.networks.network_outputs import as_output, joined, wanted_outputs
from cnnscript.builtins.networks.question_arguments import options_only, trained
from cnnscript.builtins.networks.questions import Options, pieces_of, results
from cnnscript.builtins.networks.queued_observations import unqueued
from cnnscript.builtins.networks.sequence_answers import answered
from cnnscript.builtins.networks.sequence_inputs import (
    alone,
    as_array_of_steps,
    cell_of,
    gives_sequences,
    padding_of,
    sequences_of_images_out,
    takes_sequences,
)
from cnnscript.builtins.networks.sequence_layouts import Layouts, input_formats
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Frames
from cnnscript.engine.training.sequences import Padding, padded
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm


@builtin(outputs=None)
def minibatchpredict(
    session,
    nargout,
    net,
    images,
    /,
    *more,
    MiniBatchSize=128.0,
    Outputs=None,
    UniformOutput=True,
    SequenceLength="longest",
    SequencePaddingValue=0.0,
    SequencePaddingDirection="right",
    InputDataFormats="auto",
    ExecutionEnvironment="auto",
    Acceleration="auto",
):
    """
    Y = minibatchpredict(net,X)
    Y = minibatchpredict(net,X1,...,XN)
    Y = minibatchpredict(net,mbq)
    [Y1,...,YM] = minibatchpredict(net,X)
    [Y1,...,YM] = minibatchpredict(net,X,Name,Value)

    The outputs of a network for images, computed mini-batch by mini-batch.

    X is one image or several (height×width×channels×N; a dlarray in the order of its labels), or a cell, a table or a
    datastore of images; a network of several inputs takes one X for each. mbq is a minibatchqueue, whose first outputs
    are the inputs. Outputs that are vectors are N×K, maps
    h×w×c×N; single. Sequences are steps×channels (steps×channels×N, or a cell of them): outputs for each step are
    steps×K×N, or in a cell, padded as the input is.

    Options
      MiniBatchSize             most images computed at once (128)
      Outputs                   names of the layers whose outputs are wanted, in this order (the network's outputs)
      UniformOutput             false: a cell with the output of each observation, which may differ in size (true)
      SequenceLength            of sequences: 'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      InputDataFormats          of sequences: letters of their dimensions, "CTB" say; "auto" (default) is "TCB"
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration              'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> maps = minibatchpredict(squeezenet,zeros(227,227,3,2,'uint8'),Outputs="conv1");
      >> size(maps)
      ans =
         113   113    64     2
      >> mbq = minibatchqueue(arrayDatastore([1 2; 3 4; 5 6]),MiniBatchFormat="BC");
      >> minibatchpredict(dlnetwork(featureInputLayer(2)),mbq)
      ans =
        3×2 single matrix
           1     2
           3     4
           5     6

    See also predict, scores2label, activations, classify.
    """
    network = trained(net, "minibatchpredict")
    options_only("minibatchpredict", more)
    numbers, _ = wanted_outputs(network, Outputs, nargout, "minibatchpredict")
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    layers = [network.layers[number] for number in network.inputs]
    values, formats = unqueued([images, *more], {"InputDataFormats": InputDataFormats}, layers,
                               take.positive(MiniBatchSize, "MiniBatchSize"))  # fmt: skip
    layouts = layouts_for(network, padding, formats["InputDataFormats"])
    options = Options.of(MiniBatchSize, ExecutionEnvironment, Acceleration, layouts)
    if len(values) == len(network.inputs):
        values = [without_labels(value, network, place) for value, place in zip(values, network.inputs, strict=True)]
    uniform = take.flag(UniformOutput, "UniformOutput")
    if any(takes_sequences(network, number) for number in network.inputs):
        found, _ = answered(session, network, values, numbers, options)
        return tuple(
            of_sequences(network, number, column, uniform, padding)
            for number, column in zip(numbers, found, strict=True)
        )
    if uniform:
        return tuple(norm(one) for one in results(session, network, values, numbers, options))
    pieces = pieces_of(session, network, values, numbers, options)
    return tuple(cell_of_observations(network, *each) for each in zip(numbers, pieces, strict=True))


def of_sequences(network: Network, number: int, pieces: list[np.ndarray], uniform: bool, padding: Padding) -> Any:
    """What minibatchpredict gives of sequences: one padded array, or a cell of outputs padded with their batches."""
    if isinstance(network.sizes[number], Frames):
        return as_array_of_images(pieces, padding) if uniform else sequences_of_images_out(alone(pieces), True)
    if not gives_sequences(network, number):
        if uniform:
            return norm(as_output(network, number, joined(pieces, network.layers[number].name)))
        return cell_of_observations(network, number, pieces)
    if uniform:
        steps = norm(as_array_of_steps(pieces, padding))
        return steps if network.kind == "dlnetwork" else norm(steps.swapaxes(0, 1))
    return cell_of(network, alone(pieces))


def as_array_of_images(pieces: list[np.ndarray], padding: Padding) -> Any:
    """The outputs (N×T×h×w×c) of batch after batch as one h×w×c×T×N array, padded to the longest."""
    whole = padded(alone(pieces), Padding("longest", padding.value, padding.left))
    return norm(np.asfortranarray(whole.transpose(2, 3, 4, 1, 0)))


def layouts_for(network: Network, padding: Padding, formats: Any) -> Layouts:
    """How sequences lie in the arrays of minibatchpredict.  formats: InputDataFormats."""
    words = [word.upper() for word in take.texts(formats, "InputDataFormats")]
    if not words or words == ["AUTO"]:
        return Layouts(padding, steps_first=network.kind == "dlnetwork")
    inputs = tuple(words)
    if len(inputs) != len(network.inputs):
        raise ScriptError(
            "nnet_cnn:minibatchpredict:InputDataFormats",
            "InputDataFormats must have one format for each input of the network.",
            notes=(f"{len(inputs)} formats, {len(network.inputs)} inputs",),
        )
    for word, number in zip(inputs, network.inputs, strict=True):
        taken = input_formats(network.layers[number])
        if word not in taken:
            raise ScriptError(
                "cnnscript:NotYet", f"InputDataFormats '{word}' is not in cnnscript yet for this network.",
                notes=("it takes " + " or ".join(f"'{one}'" for one in sorted(taken)[:4]),),
            )  # fmt: skip
    return Layouts(padding, steps_first=network.kind == "dlnetwork", inputs=inputs)


def cell_of_observations(network: Network, number: int, pieces: list[np.ndarray]) -> np.ndarray:
    """N×1 cell: the output of each observation, a row where it is a vector."""
    every = [norm(as_output(network, number, piece[k : k + 1])) for piece in pieces for k in range(len(piece))]
    cell = np.empty((len(every), 1), OBJECT)
    cell[:, 0] = every
    return cell
