"""Questions to networks: activations, classify, predict, minibatchpredict.

Images are height×width×channels×N, raw 0..255 as imread gives them: MATLAB's networks normalise in their first layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlarray_passes import has_dlarrays, passed_on
from cnnscript.builtins.networks.forward_passes import drawing, passed
from cnnscript.builtins.networks.image_inputs import batches, is_datastore
from cnnscript.builtins.networks.layer_properties import class_categories
from cnnscript.builtins.networks.network_outputs import joined, output_of, wanted_outputs
from cnnscript.builtins.networks.question_arguments import layer_number, options_only, trained
from cnnscript.builtins.networks.sequence_answers import answered, for_steps
from cnnscript.builtins.networks.sequence_inputs import (
    gives_sequences,
    padding_of,
    takes_sequences,
)
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.builtins.registry import builtin
from cnnscript.engine.devices import ACCELERATIONS, ENVIRONMENTS
from cnnscript.engine.graph import Network
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.questions import Waiting, ask, check_images, wrong_size
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, as_array, is_cell, is_numeric, norm, size_text
from cnnscript.values.tables import Table

OUTPUT_FORMS = ("rows", "columns", "channels")


# ------------------------------------------------------------------------------------------------------------ questions


@builtin
def activations(
    session,
    net,
    images,
    /,
    *rest,
    MiniBatchSize=128.0,
    OutputAs="channels",
    SequenceLength="longest",
    SequencePaddingValue=0.0,
    SequencePaddingDirection="right",
    ExecutionEnvironment="auto",
    Acceleration="auto",
):
    """
    act = activations(net,X,layer)
    act = activations(net,X1,...,XN,layer)
    act = activations(net,X,layer,Name,Value)

    What a layer of a network gives for images.

    X is one image (height×width×channels), several (height×width×channels×N), a cell of images, a table whose first
    variable holds images or names of files, or a datastore; a network of several inputs takes one X for each. layer is
    a name or a number. Sequences come as to predict. Images larger than the network's input give larger maps, except
    where a fully connected layer is on the way. The result is single. The first question of a kind is computed
    directly, the next ones are compiled; what was computed of the last image is kept, so that several layers of one
    image cost one pass.

    Options
      MiniBatchSize             most images computed at once (128); fewer where their maps would take much memory
      OutputAs                  'channels' (default): h×w×c×N; 'rows': N×(hwc); 'columns': (hwc)×N
      SequenceLength            of sequences: 'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration              'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> net = squeezenet;
      >> act = activations(net,zeros(227,227,3,'uint8'),'conv1');
      >> size(act)
      ans =
         113   113    64
      >> size(activations(net,zeros(227,227,3,2,'uint8'),'prob','OutputAs','rows'))
      ans =
                 2        1000

    See also squeezenet, alexnet, classify, predict, minibatchpredict.
    """
    network = trained(net, "activations")
    if not rest:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("activations(net,X,layer)",))
    last = min(len(network.inputs), len(rest)) - 1  # where the layer is; a table or datastore holds all inputs
    if is_datastore(images) or type(images) is Table:
        last = 0
    options_only("activations", rest[last + 1 :])
    if rest[last + 1 :]:
        raise ScriptError(
            "MATLAB:TooManyInputs", "Too many input arguments.",
            notes=(f"after the layer come options: activations(net,{'X,' * (last + 1)}layer,Name,Value)",),
        )  # fmt: skip
    more, layer = rest[:last], rest[last]
    number = layer_number(network, layer)
    form = take.choice(OutputAs, OUTPUT_FORMS, "OutputAs")
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    layouts = Layouts(padding, steps_first=network.kind == "dlnetwork")
    options = Options.of(MiniBatchSize, ExecutionEnvironment, Acceleration, layouts)

    def sizes_fit(shapes: list[tuple[int, ...]]) -> None:
        for shape, place in zip(shapes, network.inputs, strict=True):
            wanted = network.sizes[place]
            if form != "channels" and (shape[1] > wanted[0] or shape[2] > wanted[1]):
                raise ScriptError(
                    "nnet_cnn:SeriesNetwork:ActivationsLargeImagesOutputAs",
                    "For images larger than the input size of the network, 'OutputAs' must be 'channels'.",
                    notes=(
                        f"the image is {size_text(shape[1:], '×')}",
                        f"the network takes {size_text(wanted, '×')}",
                    ),
                )

    if for_steps(network, number):
        return results(session, network, [images, *more], [number], options)[0]
    found = answers(session, network, [images, *more], [number], options, sizes_fit)[0]
    maps = found.transpose(1, 2, 3, 0)  # column-major already
    if form == "channels":
        return norm(maps)
    columns = maps.reshape(-1, len(found), order="F")
    return norm(columns if form == "columns" else np.asfortranarray(columns.T))


@builtin(outputs=5)
def classify(
    session, nargout, net, images, /, *more, MiniBatchSize=128.0, SequenceLength="longest", SequencePaddingValue=0.0,
    SequencePaddingDirection="right", ExecutionEnvironment="auto", Acceleration="auto"
):  # fmt: skip
    """
    label = classify(net,X)
    label = classify(net,X1,...,XN)
    [label,scores] = classify(net,X)
    [label,scores] = classify(net,X,Name,Value)
    class = classify(sample,training,group)
    class = classify(sample,training,group,type,prior)
    [class,err,posterior,logp,coeff] = classify(...)

    The class that a network sees in each image; of rows of numbers the group that they are likeliest of.

    X is one image or several (height×width×channels×N) of exactly the network's input size, or a cell, a table or a
    datastore of such images. label is categorical, N×1, with all classes of the network as categories; scores is N×K
    single, a column for each class. Sequences come as to predict; of a network that gives scores for each step label is
    1×T and scores K×T, of a cell of sequences each is a cell.

    Discriminant analysis: the rows of training belong to the groups in group (numbers, texts, categories), each a
    normal distribution. type: 'linear' (default: one covariance for all), 'quadratic' (one for each), 'diaglinear',
    'diagquadratic' (columns are independent), 'mahalanobis' (the nearest mean). prior: the share of each group (alike
    by default), 'empirical' (as in training), or a struct with the fields group and prob. err is the share of training
    that is given to a wrong group, coeff(i,j) what separates two groups: const + x*linear + x*quadratic*x' > 0 for i.

    Options
      MiniBatchSize             most images computed at once (128)
      SequenceLength            of sequences: 'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration              'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> [label,scores] = classify(squeezenet,zeros(227,227,3,'uint8'));
      >> size(scores)
      ans =
                 1        1000
      >> training = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; group = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};
      >> class = classify([2 2; 5 5],training,group)
      class =
        2×1 cell array
          {'a'}
          {'b'}
      >> class = classify([2 2],training,group,'diaglinear',[0.2 0.8]);
      >> [class,err,posterior,logp,coeff] = classify([3 4],training,group); err
      err =
           0
      >> round([coeff(1,2).const coeff(1,2).linear'],2)
      ans =
         99.8700  -17.2900   -9.1600

    See also predict, activations, squeezenet, minibatchpredict, scores2label, fitcdiscr.
    """
    if more and is_numeric(net) and is_numeric(images):
        from cnnscript.builtins.learning.discriminant_analysis import classified_by_groups

        given = (MiniBatchSize, SequenceLength, SequencePaddingValue, SequencePaddingDirection, ExecutionEnvironment,
                 Acceleration)  # fmt: skip
        usual = (128.0, "longest", 0.0, "right", "auto", "auto")
        if not all(map(np.array_equal, given, usual)):
            raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.",
                              notes=("discriminant analysis has none of the options of networks",))  # fmt: skip
        return classified_by_groups(session, nargout, net, images, *more)
    if nargout > 2:
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.")
    network = trained(net, "classify")
    options_only("classify", more)
    ends = network.output_names
    if not network.classes or len(ends) > 1:
        end = f"this network ends in '{ends[-1]}'" if len(ends) == 1 else f"this network has {len(ends)} outputs"
        raise ScriptError(
            "nnet_cnn:DAGNetwork:InvalidNetworkForClassify",
            "'classify' needs a network that ends in a classification layer.",
            notes=(end,),
            hint="predict gives the scores of any network",
        )
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    layouts = Layouts(padding, steps_first=network.kind == "dlnetwork")
    options = Options.of(MiniBatchSize, ExecutionEnvironment, Acceleration, layouts)
    last = network.number(ends[0])
    scores = results(session, network, [images, *more], [last], options, exact(network))[0]
    if gives_sequences(network, last):
        labels = labels_of_steps(network.classes, scores)
        return (labels, scores) if nargout > 1 else labels
    labels = labels_of(network.classes, scores)
    return (labels, norm(scores)) if nargout > 1 else labels


@builtin(outputs=None)
def predict(
    session,
    nargout,
    net,
    images,
    /,
    *more,
    MiniBatchSize=128.0,
    SequenceLength="longest",
    SequencePaddingValue=0.0,
    SequencePaddingDirection="right",
    ExecutionEnvironment="auto",
    Acceleration="auto",
    ReturnCategorical=False,
    Outputs=None,
):
    """
    scores = predict(net,X)
    scores = predict(net,X1,...,XN)
    [Y1,...,YM] = predict(net,X)
    [Y1,...,YM,state] = predict(net,X)
    [Y1,...,YM] = predict(net,X,Name,Value)

    The scores that a network gives to each image; of a network with several outputs, one result for each.

    X is one image or several (height×width×channels×N), or a cell, a table or a datastore of images; exactly of the
    network's input size, of a dlnetwork also larger where its layers allow it. Scores are N×K single, outputs that
    are maps h×w×c×N. Sequences are features×steps (of a dlnetwork steps×channels), several come in a cell; those of a
    mini-batch are padded to one length; outputs for each step are as long as the sequence. state, of a dlnetwork, is
    its table State with what its recurrent layers end in: with net.State = state they go on from there. A dlnetwork
    takes dlarrays, too: "SSCB", "CB" or "CBT" in, such a dlarray out, and inside dlfeval gradients lead through the
    network.

    Options
      MiniBatchSize             most images computed at once (128)
      SequenceLength            of sequences: 'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      ExecutionEnvironment      'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration              'auto' (default), 'mex' (GPUs only), 'none': never compile
      ReturnCategorical         true: outputs of classification layers as categorical labels (false)
      Outputs                   names of the layers whose outputs are wanted, in this order (the network's outputs)

    Examples
      >> scores = predict(squeezenet,zeros(227,227,3,'uint8'));
      >> [size(scores) round(sum(double(scores)))]
      ans =
                 1        1000           1
      >> [p,maps] = predict(squeezenet,zeros(227,227,3,'uint8'),'Outputs',{'prob','conv10'});
      >> size(maps)
      ans =
                14          14        1000

    See also classify, activations, squeezenet, minibatchpredict, scores2label.
    """
    network = trained(net, "predict")
    options_only("predict", more)
    numbers, with_state = wanted_outputs(network, Outputs, nargout, "predict")
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    layouts = Layouts(padding, steps_first=network.kind == "dlnetwork")
    options = Options.of(MiniBatchSize, ExecutionEnvironment, Acceleration, layouts)
    if has_dlarrays([images, *more]):
        return passed_on(
            session, net, [images, *more], numbers, training=False, with_state=with_state, draw=drawing(session)
        )
    if with_state:
        return passed(session, net, [images, *more], numbers, training=False)
    found = results(session, network, [images, *more], numbers, options, exact(network))
    as_labels = take.flag(ReturnCategorical, "ReturnCategorical")
    return tuple(given_out(network, i, one, as_labels) for i, one in zip(numbers, found, strict=True))


# ------------------------------------------------------------------------------------------------------------- answers


@dataclass(frozen=True)
class Options:
    """How a question is computed, checked."""

    batch_size: int
    environment: str
    acceleration: str
    layouts: Layouts = Layouts()

    @classmethod
    def of(cls, batch_size: Any, environment: Any, acceleration: Any, layouts: Layouts | None = None) -> Options:
        return cls(
            take.positive(batch_size, "MiniBatchSize"),
            take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment"),
            take.choice(acceleration, ACCELERATIONS, "Acceleration"),
            layouts or Layouts(),
        )


def answers(session: Any, network: Network, values: list[Any], numbers: list[int], options: Options,
            check: Any = None) -> list[np.ndarray]:  # fmt: skip
    """The outputs of layers (0-based numbers) for the images of the arguments: N×h×w×c for each.

    check  told the shapes (N, H, W, C) of the images of every batch, one for each input, before it is computed
    """
    found = pieces_of(session, network, values, numbers, options, check)
    return [joined(column, network.layers[number].name) for column, number in zip(found, numbers, strict=True)]


def results(session: Any, network: Network, values: list[Any], numbers: list[int], options: Options,
            check: Any = None) -> list[Any]:  # fmt: skip
    """The outputs of layers as predict gives them; of layers that give sequences a matrix or a cell of matrices, each
    as long as its input."""
    in_cell = any(is_cell(value) for value in values)
    if any(takes_sequences(network, number) for number in network.inputs):
        found, masks = answered(session, network, values, numbers, options)
        return [
            output_of(network, number, column, in_cell, masks) for column, number in zip(found, numbers, strict=True)
        ]
    found = pieces_of(session, network, values, numbers, options, check)
    return [output_of(network, number, column, in_cell) for column, number in zip(found, numbers, strict=True)]


def pieces_of(session: Any, network: Network, values: list[Any], numbers: list[int], options: Options,
              check: Any = None) -> list[list[np.ndarray]]:  # fmt: skip
    """As `answers`, for each layer the outputs of batch after batch."""
    if any(takes_sequences(network, number) for number in network.inputs):
        return answered(session, network, values, numbers, options)[0]
    pieces: list[list[np.ndarray]] = [[] for _ in numbers]
    progress = session.zoo.progress
    waiting = Waiting(observations(values), progress)
    done = 0
    try:
        for batch in batches(session, network, values, options.batch_size):
            shapes = [one.shape for one in batch]
            if check is not None:
                check(shapes)
            check_images(network, shapes, numbers)
            require_room(network, shapes, numbers)
            found = ask(
                network, batch, numbers, batch_size=options.batch_size, environment=options.environment,
                acceleration=options.acceleration, progress=progress,
            )  # fmt: skip
            for piece, one in zip(pieces, found, strict=True):
                piece.append(one)
            done += len(batch[0])
            waiting.done(done)
    finally:
        waiting.over()
    for piece, number in zip(pieces, numbers, strict=True):
        if not piece:  # no observation at all
            piece.append(np.zeros((0, *network.sizes[number]), np.float32))
    return pieces


def observations(values: list[Any]) -> int | None:
    """How many images there are; None where only reading them tells."""
    value = values[0]
    if is_datastore(value):
        return None
    if type(value) is Table:
        return value.size()[0]
    return int(as_array(value).size) if is_cell(value) else None


def require_room(network: Network, shapes: list[tuple[int, ...]], numbers: list[int]) -> None:
    """MATLAB's error, before computing, for answers that no memory holds."""
    entering = {i: (shape[1], shape[2], shape[3]) for i, shape in zip(network.inputs, shapes, strict=True)}
    sizes = network.sizes_for(entering, numbers)
    for number in numbers:
        require_memory((*sizes[number], shapes[0][0]), 4)


def exact(network: Network) -> Any:
    """The check that images have exactly the size of the network's input; a dlnetwork takes larger ones."""

    def check(shapes: list[tuple[int, ...]]) -> None:
        if network.kind == "dlnetwork":
            return
        for shape, number in zip(shapes, network.inputs, strict=True):
            if shape[1:] != network.sizes[number] and not takes_sequences(network, number):
                raise wrong_size(network, (shape[1], shape[2], shape[3]), number)

    return check


def given_out(network: Network, number: int, output: np.ndarray, as_labels: bool) -> Any:
    layer = network.layers[number]
    if as_labels and isinstance(layer, ClassificationOutput):
        if gives_sequences(network, number):
            return labels_of_steps(layer.classes, output)
        return labels_of(layer.classes, output)
    return norm(output)


def labels_of(classes: tuple[str, ...], scores: np.ndarray) -> Any:
    """The best class of each row, N×1, with all classes as categories."""
    best = scores.argmax(axis=1).reshape(-1, 1) + 1
    return class_categories(classes, best.astype(np.int64))


def labels_of_steps(classes: tuple[str, ...], scores: Any) -> Any:
    """The best class of each step of a sequence (K×T scores), 1×T; of a cell of sequences, a cell."""
    if is_cell(scores):
        cell = np.empty(scores.shape, OBJECT)
        cell[:, 0] = [labels_of_steps(classes, one) for one in scores[:, 0]]
        return cell
    best = as_array(scores).argmax(axis=0).reshape(1, -1) + 1
    return class_categories(classes, best.astype(np.int64))
