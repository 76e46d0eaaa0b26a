"""Questions to networks: activations, classify, predict.

Images are height×width×channels×N, raw 0..255 as imread gives them: MATLAB's networks normalise in their first layer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_properties import class_categories
from cnnscript.builtins.networks.network_objects import (
    LayerArray,
    LayerGraph,
    NetworkObject,
)
from cnnscript.builtins.registry import builtin
from cnnscript.engine.devices import ACCELERATIONS, ENVIRONMENTS
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask, wrong_size
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, norm, size_of, size_text
from cnnscript.values.text import text_or_none

OUTPUT_FORMS = ("rows", "columns", "channels")


# ------------------------------------------------------------------------------------------------------------ questions


@builtin
def activations(
    session,
    net,
    images,
    layer,
    /,
    *,
    MiniBatchSize=128.0,
    OutputAs="channels",
    ExecutionEnvironment="auto",
    Acceleration="auto",
):
    """
    act = activations(net,X,layer)
    act = activations(net,X,layer,Name,Value)

    What a layer of a network gives for images.

    X is one image (height×width×channels) or several (height×width×channels×N); layer is a name or a number. Images
    larger than the network's input give larger maps, except where a fully connected layer is on the way. The result is
    single. The first question of a kind is computed directly, the next ones are compiled; what was computed of the last
    image is kept, so that several layers of one image cost one pass.

    Options
      MiniBatchSize         most images computed at once (128)
      OutputAs              'channels' (default): h×w×c×N; 'rows': N×(hwc); 'columns': (hwc)×N
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration          'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> net = squeezenet;
      >> act = activations(net,zeros(227,227,3,'uint8'),'conv1');
      >> size(act)
      ans =
         113   113    64
      >> size(activations(net,zeros(227,227,3,2,'uint8'),'prob','OutputAs','rows'))
      ans =
                 2        1000

    See also squeezenet, alexnet, classify, predict.
    """
    network = trained(net, "activations")
    number = layer_number(network, layer)
    batch = image_batch(images, network)
    form = take.choice(OutputAs, OUTPUT_FORMS, "OutputAs")
    larger = batch.shape[1] > network.input_size[0] or batch.shape[2] > network.input_size[1]
    if form != "channels" and larger:
        raise ScriptError(
            "nnet_cnn:SeriesNetwork:ActivationsLargeImagesOutputAs",
            "For images larger than the input size of the network, 'OutputAs' must be 'channels'.",
            notes=(
                f"the image is {size_text(batch.shape[1:], '×')}",
                f"the network takes {size_text(network.input_size, '×')}",
            ),
        )
    found = asked(session, network, batch, number, MiniBatchSize, ExecutionEnvironment, Acceleration)
    maps = found.transpose(1, 2, 3, 0)  # column-major already
    if form == "channels":
        return norm(maps)
    columns = maps.reshape(-1, len(batch), order="F")
    return norm(columns if form == "columns" else np.asfortranarray(columns.T))


@builtin(outputs=2)
def classify(
    session, nargout, net, images, /, *, MiniBatchSize=128.0, ExecutionEnvironment="auto", Acceleration="auto"
):
    """
    label = classify(net,X)
    [label,scores] = classify(net,X)
    [label,scores] = classify(net,X,Name,Value)

    The class that a network sees in each image.

    X is one image or several (height×width×channels×N) of exactly the network's input size. label is categorical, N×1,
    with all classes of the network as categories; scores is N×K single, a column for each class.

    Options
      MiniBatchSize         most images computed at once (128)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration          'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> [label,scores] = classify(squeezenet,zeros(227,227,3,'uint8'));
      >> size(scores)
      ans =
                 1        1000

    See also predict, activations, squeezenet.
    """
    network = trained(net, "classify")
    if not network.classes:
        raise ScriptError(
            "nnet_cnn:DAGNetwork:InvalidNetworkForClassify",
            "'classify' needs a network that ends in a classification layer.",
            notes=(f"this network ends in '{network.output_names[-1]}'",),
            hint="predict gives the scores of any network",
        )
    scores = final_scores(session, network, images, MiniBatchSize, ExecutionEnvironment, Acceleration)
    best = scores.argmax(axis=1).reshape(-1, 1) + 1
    labels = class_categories(network.classes, best.astype(np.int64))
    return (labels, norm(scores)) if nargout > 1 else labels


@builtin
def predict(session, net, images, /, *, MiniBatchSize=128.0, ExecutionEnvironment="auto", Acceleration="auto"):
    """
    scores = predict(net,X)
    scores = predict(net,X,Name,Value)

    The scores that a network gives to each image.

    X is one image or several (height×width×channels×N) of exactly the network's input size. scores is N×K single.

    Options
      MiniBatchSize         most images computed at once (128)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration          'auto' (default), 'mex' (GPUs only), 'none': never compile

    Examples
      >> scores = predict(squeezenet,zeros(227,227,3,'uint8'));
      >> [size(scores) round(sum(double(scores)))]
      ans =
                 1        1000           1

    See also classify, activations, squeezenet.
    """
    network = trained(net, "predict")
    return norm(final_scores(session, network, images, MiniBatchSize, ExecutionEnvironment, Acceleration))


# ------------------------------------------------------------------------------------------------------------ arguments


def final_scores(
    session: Any, network: Network, images: Any, batch_size: Any, environment: Any, acceleration: Any
) -> np.ndarray:
    """The network's output for images of exactly its input size: N×K where it is one number a class, else h×w×c×N."""
    batch = image_batch(images, network)
    if batch.shape[1:] != network.input_size:
        height, width, channels = batch.shape[1:]
        raise wrong_size(network, (height, width, channels))
    last = network.number(network.output_names[-1])
    found = asked(session, network, batch, last, batch_size, environment, acceleration)
    if found.shape[1:3] == (1, 1):
        return np.asfortranarray(found[:, 0, 0, :])
    return found.transpose(1, 2, 3, 0)


def asked(
    session: Any, network: Network, batch: np.ndarray, number: int, batch_size: Any, environment: Any,
    acceleration: Any,
) -> np.ndarray:  # fmt: skip
    """One layer's answer, the options checked; what there is to wait for is told to the zoo's progress."""
    return ask(
        network,
        batch,
        [number],
        batch_size=take.positive(batch_size, "MiniBatchSize"),
        environment=take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment"),
        acceleration=take.choice(acceleration, ACCELERATIONS, "Acceleration"),
        progress=session.zoo.progress,
    )[0]


def trained(value: Any, function: str) -> Network:
    """The engine's network behind a SeriesNetwork or DAGNetwork."""
    if type(value) is NetworkObject:
        return value.network
    notes = (f"the first input is a {class_of(value)} of size {size_text(size_of(value))}",)
    hint = "a network such as squeezenet comes first"
    if type(value) in (LayerGraph, LayerArray):
        hint = "these are layers without weights: leave out 'Weights','none'"
    raise ScriptError(
        "MATLAB:UndefinedFunction",
        f"Incorrect number or types of inputs or outputs for function {function}.",
        notes=notes,
        hint=hint,
    )


def layer_number(network: Network, layer: Any) -> int:
    """The 0-based number that a layer's name or 1-based number stands for."""
    name = text_or_none(layer)
    if name is not None:
        return network.number(name)
    array = as_array(layer)
    count = len(network.layers)
    if array.dtype.kind not in "fiu" or array.size != 1:
        raise ScriptError(
            "MATLAB:activations:invalidType",
            "Expected layer to be the name or the number of a layer.",
            notes=(f"it is a {class_of(layer)} of size {size_text(size_of(layer))}",),
        )
    value = array.item()
    if value <= 0:
        raise ScriptError("MATLAB:activations:expectedPositive", "Expected layer to be positive.")
    if value % 1 != 0:  # not a whole number, NaN, Inf
        raise ScriptError("MATLAB:activations:expectedInteger", "Expected layer to be integer-valued.")
    if value > count:
        raise ScriptError(
            "MATLAB:activations:notLessEqual",
            f"Expected layer to be a scalar with value <= {count}.",
            notes=(f"the network has {count} layers",),
        )
    return int(value) - 1


def image_batch(images: Any, network: Network) -> np.ndarray:
    """Images as N×H×W×C, without a copy; ScriptError for anything that is no numeric array of images."""
    if isinstance(images, (str, bool)) or not hasattr(images, "dtype") and not isinstance(images, float):
        raise not_images(images, network)
    array = as_array(images)
    if array.dtype.kind not in "fiu" or array.ndim > 4:
        raise not_images(images, network)
    height, width, channels, count = (*array.shape, 1, 1)[:4]
    return array.reshape(height, width, channels, count, order="F").transpose(3, 0, 1, 2)


def not_images(value: Any, network: Network) -> ScriptError:
    size = " ".join(str(n) for n in network.input_size)
    return ScriptError(
        "nnet_cnn:SeriesNetwork:InvalidPredictDataForImageInputLayer",
        f"Incorrect input data. The input images must be a numeric array with a size of [{size}].",
        notes=(f"the input is a {class_of(value)} of size {size_text(size_of(value))}",),
        hint="imread gives an image of a file" if text_or_none(value) is not None else None,
    )
