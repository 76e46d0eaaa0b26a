"""trainNetwork: a network of layers trained on images or features, for classes or for numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import called, checked_graph, network_of, own_number
from cnnscript.builtins.networks.network_making import graph_of_argument
from cnnscript.builtins.networks.network_objects import LayerArray, LayerObject, NetworkObject
from cnnscript.builtins.networks.sequence_layouts import Layouts, takes_sequences
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training.data_choosing import data_of
from cnnscript.builtins.training.metric_choice import chosen
from cnnscript.builtins.training.progress_tables import BoxedTable
from cnnscript.builtins.training.script_losses import goal_of_own_layer, tells_classes, with_class_names
from cnnscript.builtins.training.targets import Targets, invalid, some
from cnnscript.builtins.training.training_data import Data, classes_of
from cnnscript.builtins.training.training_options import FULL_BATCH, TrainingOptions
from cnnscript.builtins.training.training_plans import options_of, padding_of_options, plan_of, splitting
from cnnscript.builtins.training.training_runs import (
    Graph,
    replaced,
    require_size,
    require_steps,
    run_training,
    silent,
    validation_feed,
    with_statistics,
)
from cnnscript.builtins.training.watchers import iteration_fields
from cnnscript.engine.function_layers import CustomLayer
from cnnscript.engine.graph import Network
from cnnscript.engine.initializers import initial
from cnnscript.engine.layers import Size, Steps
from cnnscript.engine.output_layers import ClassOutput
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.goals import Goal, goal_of_layer
from cnnscript.engine.training.trainees import Trainee
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_cell
from cnnscript.values.text import text_or_none, texts_or_none


@builtin(name="trainNetwork", outputs=2)
def train_network(session, nargout, images, layers, options, /, *rest):
    """
    net = trainNetwork(ds,layers,options)
    net = trainNetwork(X,Y,layers,options)
    net = trainNetwork(sequences,Y,layers,options)
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

    A network that ends in a pixelClassificationLayer, a dicePixelClassificationLayer or a focalLossLayer of images
    takes categorical images: Y height×width×1×N, or combine(imds,pxds) with a pixelLabelDatastore. Pixels that are
    undefined count neither in the loss nor in the accuracy. A network with several inputs takes a datastore whose rows
    have a column for each input, then the response.

    sequences is a cell of features×steps matrices (height×width×channels×steps of images), or one such array; a
    datastore reads rows of sequence and response. Where the network gives an output for each step, Y is a cell of
    responses×steps matrices or of rows of categories, else as above. The sequences of a mini-batch get one length as
    SequenceLength says; with a number they come in pieces, iteration after iteration, through which the states go on.
    As in MATLAB, layers read the padding as any other step (SequencePaddingDirection 'left' keeps it from the last
    step); it does not count in losses and metrics. The loss of a regression is the mean of that of each sequence over
    its steps, that of a classification the mean over all steps.

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
      >> sequences = {zeros(1,5); ones(1,3)}; Y = {zeros(1,5); ones(1,3)};
      >> layers = [sequenceInputLayer(1); lstmLayer(2); fullyConnectedLayer(1); regressionLayer];
      >> size(predict(trainNetwork(sequences,Y,layers,trainingOptions('adam',MaxEpochs=1,Verbose=false)),ones(1,7)))
      ans =
           1     7

    See also trainingOptions, trainnet, classify, predict, imageDatastore, augmentedImageDatastore.
    """
    *given, layers, options = (images, layers, options, *rest)
    options = options_of(options, "trainNetwork")
    refuse_of_trainnet(options)
    kind = "series" if isinstance(layers, (LayerArray, LayerObject)) else "dag"
    if isinstance(layers, (NetworkObject, DLNetwork)):
        raise ScriptError(
            "nnet_cnn:trainNetwork:InvalidLayers", "Layers must be an array of layers or a layer graph.",
            notes=(f"it is a {layers.class_name}",),
            hint="layerGraph(net), or net.Layers of a series, has the layers with their numbers",
        )  # fmt: skip
    tensorflow(session.zoo.progress)
    plan = plan_of(session, options)
    graph = checked_graph(graph_of_argument(layers, "trainNetwork"), "dagnetwork")
    inputs = [layer for layer in graph.layers if not layer.input_names]
    place, goal = output_of(graph)
    layouts = Layouts(padding_of_options(options))
    plan = splitting(plan, inputs, layouts.padding)
    data = data_of(session, given, inputs, layouts=layouts)
    size = output_size(graph, place)
    graph = with_classes(graph, place, data, size)
    classes = graph.layers[place].classes if goal.classes else None  # type: ignore[attr-defined]
    feed = data.feed(Targets(classes, size))
    require_steps(graph, place)
    where = str(place + 1) if kind == "series" else f"'{graph.layers[place].name}'"
    check = None if classes is None else partial(require_order, classes, classes_of(data), where)
    validation = validation_feed(session, options, given, inputs, Targets(classes, size, "validation"), layouts, check)
    goal = goal_at(graph, place) or goal
    plan = plan.uncompiled() if isinstance(graph.layers[place], CustomLayer) else plan
    say = session.say if options.get("Verbose") else silent
    if options.get("ExecutionEnvironment") == "auto":
        say(f"Training on single {'GPU' if 'GPU' in plan.device else 'CPU'}.")
    graph = with_statistics(graph, feed, options, plan.batch_size, say)
    network = begun(session, graph, kind)

    (metric,), validated = goal.metrics, validation is not None
    word = metric.title
    table = BoxedTable(say, metric, validated, int(options.get("VerboseFrequency")))
    record, outcome = run_training(
        session, options, Trainee(network, place, goal, plan), feed, validation, table, iteration_fields(word),
        NetworkObject,
    )  # fmt: skip
    net = NetworkObject(network)
    return (net, record.info(word, validated, outcome)) if nargout > 1 else net


# ----------------------------------------------------------------------------------------------------------- the layers
def refuse_of_trainnet(options: TrainingOptions) -> None:
    """Options that only trainnet takes."""
    if options.solver in FULL_BATCH:
        raise ScriptError(
            "nnet_cnn:trainNetwork:SolverOfTrainnet",
            f"trainNetwork does not support the solver '{options.solver}'.",
            hint="trainnet does",
        )
    wanted = {
        "Metrics": bool(chosen(options.get("Metrics"), unique=False)),
        "ObjectiveMetricName": options.get("ObjectiveMetricName").lower() != "loss",
        **{
            name: (texts_or_none(options.get(name)) or ["auto"]) != ["auto"]
            for name in ("InputDataFormats", "TargetDataFormats")
        },
    }
    for name, given in wanted.items():
        if given:
            raise ScriptError(
                "nnet_cnn:trainNetwork:OptionOfTrainnet",
                f"trainNetwork does not support the training option '{name}'.",
                hint="trainnet does; trainNetwork tells the accuracy or the RMSE without being asked",
            )
    schedule = options.get("LearnRateSchedule")
    if text_or_none(schedule) not in ("none", "piecewise"):
        raise ScriptError(
            "nnet_cnn:trainNetwork:OptionOfTrainnet",
            "trainNetwork supports the learning rate schedules 'none' and 'piecewise' only.",
            notes=(f"LearnRateSchedule is {take.described(schedule)}",), hint="trainnet takes the others",
        )  # fmt: skip


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
    layer = graph.layers[ends[0]]
    goal = goal_at(graph, ends[0])
    if goal is None:
        raise ScriptError(
            "cnnscript:NotYet",
            f"Training networks that end in a {layer.matlab_class.rpartition('.')[2]} is not in cnnscript yet.",
            notes=(f"'{layer.name}' is one",),
        )
    return ends[0], goal


def output_size(graph: Graph, place: int) -> Size:
    """The size of what the output layer is given."""
    return Network(graph.layers, graph.sorted_connections()).sizes[place]


def goal_at(graph: Graph, place: int) -> Goal | None:
    """The goal of an output layer, of MATLAB's or the script's own; None for a kind that has none here."""
    layer = graph.layers[place]
    if not isinstance(layer, CustomLayer):
        return goal_of_layer(layer)
    if not takes_sequences(graph.layers):
        return goal_of_own_layer(layer)
    return goal_of_own_layer(layer, "CBT" if isinstance(output_size(graph, place), Steps) else "CB")


def with_classes(graph: Graph, place: int, data: Data, size: Size) -> Graph:
    """The graph, its output layer with the classes of the data (where it has none), or the names of the responses."""
    layer: Any = graph.layers[place]
    own = isinstance(layer, CustomLayer) and tells_classes(layer)
    if not own and not isinstance(layer, ClassOutput):
        return graph
    classes = classes_of(data)
    require_size(classes, size, data)
    if layer.classes:
        if set(layer.classes) != set(classes):
            other = next(name for name in classes if name not in layer.classes)
            raise invalid("training", "Invalid {} data. The responses must be the classes of the output layer.",
                          f"'{other}' is a response, but no class of '{layer.name}'")  # fmt: skip
        return graph
    named = with_class_names(layer, classes) if own else replace(layer, classes=classes)  # type: ignore[arg-type]
    return replaced(graph, {place: named})


def require_order(classes: Sequence[str], trained: Sequence[str], where: str, validation: Data) -> None:
    """MATLAB's error for categories of validation data that are the classes in another order.  Its sentence is known of
    layer arrays, where it names the layer's number (`where`); that it names the layer of a graph is supposed.

    classes  of the output layer; trained: the categories of the training data
    """
    response = validation.first_response()
    response = response.ravel("F")[0] if is_cell(response) and response.size else response
    names = tuple(response.names) if type(response) is Categorical else tuple(classes)
    if set(names) == set(classes) and names not in (tuple(classes), tuple(trained)):
        raise ScriptError(
            "nnet_cnn:trainNetwork:ClassNamesOrder",
            f"The order of the class names of layer {where} must match the order of the class names of the validation "
            "data. To get the class names of the validation data, use the categories function.",
            notes=(f"the layer has {some(classes)}", f"the validation data have {some(names)}"),
            hint="reordercats(labels,categories(trainingLabels)) puts them in that order",
        )


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
