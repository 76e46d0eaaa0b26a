"""trainNetwork: a network of layers trained on images or features, for classes or for numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_choosing import random_order
from cnnscript.builtins.networks.network_building import called, checked_graph, network_of, own_number
from cnnscript.builtins.networks.network_making import graph_of_argument
from cnnscript.builtins.networks.network_objects import LayerArray, LayerObject, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training.progress_plots import ProgressPlot
from cnnscript.builtins.training.progress_tables import BoxedTable
from cnnscript.builtins.training.targets import Targets, invalid, shown
from cnnscript.builtins.training.training_data import Data, classes_of, data_of
from cnnscript.builtins.training.training_options import TrainingOptions
from cnnscript.builtins.training.training_plans import has_validation, options_of, plan_of
from cnnscript.builtins.training.watchers import Checkpoints, OutputFunctions, Record, Watchers, iteration_fields
from cnnscript.engine.activation_layers import SpatialDropout
from cnnscript.engine.graph import Network
from cnnscript.engine.initializers import initial
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassOutput
from cnnscript.engine.pointwise_layers import Dropout
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import Feed
from cnnscript.engine.training.goals import Goal, goal_of_layer
from cnnscript.engine.training.loop import UNSOUND, Outcome, Training
from cnnscript.engine.training.normalization import normalized, wanting
from cnnscript.engine.training.trainees import Trainee
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell
from cnnscript.values.text import texts_or_none

METRIC_WORDS = {"accuracy": "Accuracy", "rmse": "RMSE"}
Graph = LayeredGraph[LayerObject]


@builtin(name="trainNetwork", outputs=2)
def train_network(session, nargout, images, layers, options, /, *rest):
    """
    net = trainNetwork(ds,layers,options)
    net = trainNetwork(X,Y,layers,options)
    net = trainNetwork(tbl,layers,options)
    net = trainNetwork(tbl,responseName,layers,options)
    [net,info] = trainNetwork(...)

    Train a network of layers, and have it with its classes and the statistics of its data.

    ds is an imageDatastore with labels, an augmentedImageDatastore, or a combined or transformed datastore that reads
    rows of predictors and response. X is height×width×channels×N (or N×features); Y is N categories for a network that
    ends in a classificationLayer, N×responses numbers (or height×width×channels×N) for one with a regressionLayer.
    tbl has images or names of files in its first variable, or features. layers is a Layer array or a layerGraph: what
    has numbers keeps them to start from, what has none begins by its initialisers. Observations that fill no mini-batch
    are left out of an epoch. rng determines everything: the same seed gives the same network.

    Ctrl-C ends the training; net is the network as it was then. Where the loss is no longer a number, training stops, a
    warning says when, and net is the network before that iteration.

    info is a struct: TrainingLoss, TrainingAccuracy (TrainingRMSE) and BaseLearnRate of each iteration,
    OutputNetworkIteration, and with validation data ValidationLoss, ValidationAccuracy, FinalValidationLoss, ...

    Examples
      >> X = cat(4,zeros(4,4,1,32),ones(4,4,1,32)); Y = categorical([zeros(32,1); ones(32,1)]);
      >> layers = [imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
      >> options = trainingOptions('sgdm',MaxEpochs=30,MiniBatchSize=16,Verbose=false); rng default
      >> [net,info] = trainNetwork(X,Y,layers,options);
      >> mean(classify(net,X) == Y)
      ans =
           1
      >> [numel(info.TrainingLoss) info.TrainingAccuracy(end)]
      ans =
         120   100

    See also trainingOptions, classify, predict, imageDatastore, augmentedImageDatastore.
    """
    *given, layers, options = (images, layers, options, *rest)
    options = options_of(options, "trainNetwork")
    kind = "series" if isinstance(layers, (LayerArray, LayerObject)) else "dag"
    tensorflow(session.zoo.progress)
    plan = plan_of(options)
    graph = checked_graph(graph_of_argument(layers, "trainNetwork"), "dagnetwork")
    inputs = [layer for layer in graph.layers if not layer.input_names]
    place, goal = output_of(graph)
    data = data_of(session, given, inputs)
    size = output_size(graph, place)
    graph = with_classes(graph, place, data, size)
    classes = graph.layers[place].classes if goal.classes else None  # type: ignore[attr-defined]
    feed = data.feed(Targets(classes, size))
    validation = validation_feed(session, options, given, inputs, Targets(classes, size, "validation"))
    goal = goal_of_layer(graph.layers[place]) or goal
    say = session.say if options.get("Verbose") else silent
    if options.get("ExecutionEnvironment") == "auto":
        say(f"Training on single {'GPU' if 'GPU' in plan.device else 'CPU'}.")
    graph = with_statistics(graph, feed, options, plan.batch_size, say)
    network = begun(session, graph, kind)

    def now() -> NetworkObject:
        return NetworkObject(network.with_parameters({}))

    word = METRIC_WORDS[goal.metric_name]
    record = Record()
    table = BoxedTable(say, goal.metric_name, validation is not None, int(options.get("VerboseFrequency")))
    told = output_functions(session, options, iteration_fields(word))
    plots = [ProgressPlot(session, goal.metric_name, validation is not None)] if options.get("Plots") != "none" else []
    watchers = [record, table, *plots, *told, *checkpoints(session, options, now)]
    training = Training(
        Trainee(network, place, goal, plan), plan, feed, validation, Watchers(watchers),
        lambda count: random_order(session, count), seeds_of(session, network),
    )  # fmt: skip
    outcome = training.run()
    table.ends(outcome.reason)
    for plot in plots:
        plot.ends(outcome.reason)
    warn_of_unsound(session, outcome)
    for one in told:
        one.ends()
    net = NetworkObject(network)
    return (net, record.info(word, validation is not None, outcome)) if nargout > 1 else net


# ----------------------------------------------------------------------------------------------------------- the layers
def output_of(graph: Graph) -> tuple[int, Goal]:
    """The number of the one output layer, and what is to be reached there."""
    ends = [k for k, layer in enumerate(graph.layers) if not layer.output_names]
    if len(ends) > 1:
        raise ScriptError(
            "nnet_cnn:trainNetwork:MultipleOutputLayers",
            "trainNetwork does not support networks with multiple output layers.",
            notes=("they are " + ", ".join(f"'{graph.layers[k].name}'" for k in ends),),
            hint="train them with trainnet or a custom training loop",
        )
    goal = goal_of_layer(graph.layers[ends[0]])
    if goal is None:
        layer = graph.layers[ends[0]]
        raise ScriptError(
            "cnnscript:NotYet",
            f"Training networks that end in a {layer.matlab_class.rpartition('.')[2]} is not in cnnscript yet.",
            notes=(f"'{layer.name}' is one",),
        )
    return ends[0], goal


def output_size(graph: Graph, place: int) -> Size:
    """The size of what the output layer is given."""
    return Network(graph.layers, graph.sorted_connections()).sizes[place]


def with_classes(graph: Graph, place: int, data: Data, size: Size) -> Graph:
    """The graph, its output layer with the classes of the data (where it has none), or the names of the responses."""
    layer = graph.layers[place]
    if not isinstance(layer, ClassOutput):
        return graph
    classes = classes_of(data)
    if len(classes) != size[2]:
        raise invalid(
            "training", f"Invalid {{}} data. The output size {shown(size)} of the last layer does not match the number "
            f"of classes ({len(classes)}).", hint=cure(classes, size, data),
        )  # fmt: skip
    if layer.classes:
        if set(layer.classes) != set(classes):
            other = next(name for name in classes if name not in layer.classes)
            raise invalid("training", "Invalid {} data. The responses must be the classes of the output layer.",
                          f"'{other}' is a response, but no class of '{layer.name}'")  # fmt: skip
        return graph
    return replaced(graph, {place: replace(layer, classes=classes)})


def cure(classes: Sequence[str], size: Size, data: Data) -> str | None:
    """How the sizes would fit."""
    if len(classes) > size[2]:
        codes = getattr(data.first_response(), "codes", None)
        if codes is not None and len(set(np.ravel(codes).tolist()) - {0}) == size[2]:
            return "removecats(labels) takes categories away that no observation has"
    return f"the last fullyConnectedLayer (or convolution) needs {len(classes)} outputs"


def replaced(graph: Graph, layers: dict[int, Layer]) -> Graph:
    return graph.with_holders([one.described(layers[k]) if k in layers else one for k, one in enumerate(graph.holders)])


def with_statistics(graph: Graph, feed: Feed, options: TrainingOptions, batch_size: int, say: Any) -> Graph:
    """The graph, its input layers with the statistics of the data that their normalisation needs."""
    places = [k for k, layer in enumerate(graph.layers) if not layer.input_names]
    inputs = [graph.layers[k] for k in places]
    wanted = [k for k, layer in enumerate(inputs) if wanting(layer, options.get("ResetInputNormalization"))]
    if not wanted:
        return graph
    say("Initializing input data normalization.")
    found = normalized(inputs, feed, wanted, batch_size)
    return replaced(graph, {places[k]: layer for k, layer in found.items()})


def begun(session: Any, graph: Graph, kind: str) -> Network:
    """The network with the numbers that its layers have, the others begun from the session's random stream."""
    numbers = {
        one.layer.name: {
            name: found if (found := own_number(one, name)) is not None
            else initial(one.layer, name, session.random, called)
            for name in one.layer.parameter_shapes()
        }
        for one in graph.holders
    }  # fmt: skip
    return network_of(graph, kind, numbers)


# ------------------------------------------------------------------------------------------------------------ around it
def validation_feed(session: Any, options: TrainingOptions, given: Sequence[Any], inputs: Sequence[Layer],
                    targets: Targets) -> Feed | None:  # fmt: skip
    """ValidationData as a feed.  given: the training data; a table's responses are those of the training data."""
    if not has_validation(options):
        return None
    data = options.get("ValidationData")
    values = data.ravel("F").tolist() if is_cell(data) else [data]
    if len(values) == 1 and len(given) > 1 and texts_or_none(given[1]) is not None:
        values.append(given[1])
    return data_of(session, values, inputs, "validation").feed(targets)


def seeds_of(session: Any, network: Network) -> Any:
    """Seeds for dropouts, one for each iteration; networks without dropouts take nothing from the session's stream."""
    drops = any(isinstance(layer, (Dropout, SpatialDropout)) or getattr(layer, "dropout_probability", 0)
                for layer in network.layers)  # fmt: skip
    first = int(session.random.words(1)[0] >> 1) if drops else 0
    count = iter(range(2**31))
    return lambda: (first, next(count))


def output_functions(session: Any, options: TrainingOptions, fields: Any) -> list[OutputFunctions]:
    functions = options.get("OutputFcn")
    return [] if getattr(functions, "size", None) == 0 else [OutputFunctions(session, functions, fields)]


def checkpoints(session: Any, options: TrainingOptions, network: Any) -> list[Checkpoints]:
    folder = options.get("CheckpointPath")
    by_iteration = options.get("CheckpointFrequencyUnit") == "iteration"
    every = int(options.get("CheckpointFrequency"))
    return [Checkpoints(session, folder, every, by_iteration, network)] if folder else []


def warn_of_unsound(session: Any, outcome: Outcome) -> None:
    """Where the loss was no number: when, and in which layer it began."""
    if outcome.reason == UNSOUND:
        where = f"'{outcome.unsound}' is the first layer whose output is not" if outcome.unsound else (
            "all layers' outputs are, but a gradient is not"
        )  # fmt: skip
        session.warn(
            "nnet_cnn:trainNetwork:NaNLoss",
            f"Training stopped at iteration {outcome.iteration} (epoch {outcome.epoch}), for the loss or its gradient "
            f"is not finite: {where}. The network is that of iteration {outcome.output_iteration}. A smaller "
            "InitialLearnRate or a GradientThreshold may help.",
        )


def silent(text: str) -> None:
    """What a training says that is not to be heard."""
