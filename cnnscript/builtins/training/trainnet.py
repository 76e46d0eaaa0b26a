"""trainnet and testnet: dlnetworks trained to a loss, and measured."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_building import begun_network, checked_graph
from cnnscript.builtins.networks.network_making import graph_of_argument
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph
from cnnscript.builtins.networks.question_arguments import trained
from cnnscript.builtins.networks.queued_observations import unqueued
from cnnscript.builtins.networks.sequence_inputs import padding_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training.data_arranging import arranged, arranged_validation
from cnnscript.builtins.training.data_choosing import data_of
from cnnscript.builtins.training.data_formats import layouts_of
from cnnscript.builtins.training.metric_choice import Chosen, checked, chosen, measures
from cnnscript.builtins.training.option_checks import data_formats
from cnnscript.builtins.training.progress_tables import PlainTable
from cnnscript.builtins.training.script_losses import script_loss
from cnnscript.builtins.training.sequence_data import OfSequenceStore
from cnnscript.builtins.training.several_outputs import SeveralTargets, goal_of_several, metrics_of_several
from cnnscript.builtins.training.targets import IndexTargets, Targets, categories_of, invalid
from cnnscript.builtins.training.training_data import Data, OfStore
from cnnscript.builtins.training.training_plans import device_of, options_of, padding_of_options, plan_of, splitting
from cnnscript.builtins.training.training_runs import (
    Graph,
    require_size,
    require_steps,
    run_training,
    silent,
    validation_feed,
    with_statistics,
)
from cnnscript.builtins.training.watchers import Record
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size
from cnnscript.engine.recorded_networks import labels_of
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.goals import LOSSES, Goal, loss_by_name
from cnnscript.engine.training.loop import Moment, Outcome, measured_on
from cnnscript.engine.training.metrics import Metric
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.several_outputs import SeveralTrainee
from cnnscript.engine.training.trainees import Trainee
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import EMPTY, is_cell, norm
from cnnscript.values.tables import Table
from cnnscript.values.text import String, text_or_none
from cnnscript.values.times import Duration

SQUARED = ("mse", "mean-squared-error", "l2loss")  # losses of Levenberg-Marquardt


class TrainingInfo(NamedValues):
    """What trainnet gives beside the network: tables of its iterations and validations.

    percent  the columns that are told in per cent
    """

    class_name = "deep.TrainingInfo"
    percent: tuple[str, ...] = ()  # files of older records have none

    def __init__(self, values: dict[str, Any], percent: Collection[str] = ()):
        super().__init__(values)
        self.percent = tuple(percent)


@builtin(name="trainnet", outputs=2)
def train_net(session, nargout, images, net, lossFcn, options, /, *rest):
    """
    netTrained = trainnet(ds,net,lossFcn,options)
    netTrained = trainnet(X,T,net,lossFcn,options)
    netTrained = trainnet(tbl,net,lossFcn,options)
    netTrained = trainnet(mbq,net,lossFcn,options)
    [netTrained,info] = trainnet(...)

    Train a network to make a loss small, and have it as a dlnetwork.

    Data come as for trainNetwork, in memory also as dlarrays or in the formats that the options name ("CB", "SSBC");
    targets may be categories, or numbers (one-hot vectors for "crossentropy"). Sequences are steps×channels, several of
    one length steps×channels×N, and so are targets for each step; InputDataFormats and TargetDataFormats "CTB" say that
    theirs are channels×steps. Padding does not count in a loss that is named; a function is given it. The first outputs
    of a minibatchqueue are predictors, the others targets, in the formats that it labels; MiniBatchSize and Shuffle of
    the options hold, not the size of the queue (from memory of the manual).

    net is a dlnetwork, or layers or a layerGraph without an output layer. lossFcn is "crossentropy",
    "index-crossentropy", "binary-crossentropy", "mse", "mae", "huber" (their longer names, too), or a function
    loss = f(Y,T) of dlarrays; for a network with several outputs loss = f(Y1,Y2,T1,T2), whose targets are the last
    columns of a datastore, in the order of net.OutputNames. info has the tables TrainingHistory and ValidationHistory,
    OutputNetworkIteration and StopReason.

    Examples
      >> X = cat(4,zeros(4,4,1,32),ones(4,4,1,32)); T = categorical([zeros(32,1); ones(32,1)]);
      >> net = dlnetwork([imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer]);
      >> options = trainingOptions("adam",MaxEpochs=40,MiniBatchSize=16,InitialLearnRate=0.01,Verbose=false);
      >> [netTrained,info] = trainnet(X,T,net,"crossentropy",options);
      >> info.StopReason
      ans =
          "Max epochs completed"
      >> ds = combine(arrayDatastore(X,IterationDimension=4),arrayDatastore(onehotencode(T,2)));
      >> mbq = minibatchqueue(ds,MiniBatchFormat=["SSCB" "BC"]);
      >> netQueue = trainnet(mbq,net,"crossentropy",options);
      >> testnet(netTrained,X,T,"accuracy")
      ans =
         100

    See also trainingOptions, trainNetwork, testnet, dlnetwork, minibatchpredict, scores2label.
    """
    *given, net, loss, options = (images, net, lossFcn, options, *rest)
    if isinstance(loss, (DLNetwork, LayerArray, LayerGraph)):
        raise ScriptError(
            "MATLAB:minrhs", "Not enough input arguments.",
            notes=("the network stands where the loss function is wanted",),
            hint="between network and options trainnet takes a loss, such as 'crossentropy' or 'mse'",
        )  # fmt: skip
    options = options_of(options, "trainnet")
    tensorflow(session.zoo.progress)
    plan = plan_of(session, options, trains_dlnetwork=True)
    graph = checked_graph(graph_of_argument(net, "dlnetwork"), "dlnetwork")
    inputs = [layer for layer in graph.layers if not layer.input_names]
    places = outputs_of(graph)
    place, size = places[0]
    most = options.values.get("MiniBatchSize", 128.0)  # solvers of all data at once have none
    given, formats = arranged(*unqueued(given, options.values, inputs, most), inputs)
    (seen,), _ = unqueued([options.get("ValidationData")], options.values, inputs, most)
    options = options.set("ValidationData", arranged_validation(seen, options.values, inputs))
    layouts = layouts_of(formats, inputs, [one for _, one in places], padding_of_options(options))
    plan = splitting(plan, inputs, layouts.padding)
    require_steps(graph, place)
    data = data_of(session, given, inputs, layouts=layouts)
    told = chosen(options.get("Metrics"))
    if text_or_none(loss) is not None:
        loss = take.choice(loss, LOSSES, "lossFcn")
    targets = targets_for(data, size, loss) if len(places) == 1 else targets_of_several(data, places)
    feed = data.feed(targets)
    validation = validation_feed(session, options, given, inputs, targets.as_validation(), layouts)
    say = session.say if options.get("Verbose") else silent
    graph = with_statistics(graph, feed, options, plan.batch_size, silent)
    network = begun_network(session, graph)
    numbers = [number for number, _ in places]
    if len(places) == 1:
        goal, plan = goal_for(session, loss, targets, told, network, place, plan)
        trainee = Trainee(network, place, goal, plan)
    else:
        goal = goal_of_several(session, loss, told, network, numbers)
        trainee = SeveralTrainee(network, numbers, goal, plan)
    titles = [one.title for one in told]
    full = plan.full_batch is not None
    if options.solver == "lm" and (goal.classes or loss not in SQUARED):
        raise ScriptError(
            "nnet_cnn:trainnet:LossOfLM", 'For the "lm" solver, the loss function must be "mse" and targets numeric.',
            hint='"lbfgs" takes every loss',
        )  # fmt: skip
    table = PlainTable(say, titles, validation is not None, int(options.get("VerboseFrequency")), full)
    record, outcome = run_training(
        session, options, trainee, feed, validation, table, fields_of(titles, full),
        lambda network: DLNetwork(graph, network),
    )  # fmt: skip
    made = DLNetwork(graph, network)
    if nargout < 2:
        return made
    info = info_of(record, outcome, goal.metrics, full)
    for figure in record.figures:
        figure.shows = info
    return made, info


@builtin(name="testnet")
def test_net(
    session, net, images, metrics, /, *rest, MiniBatchSize=128.0, SequenceLength="longest", SequencePaddingValue=0.0,
    SequencePaddingDirection="right", InputDataFormats="auto", TargetDataFormats="auto", ExecutionEnvironment="auto"
):  # fmt: skip
    """
    metricValues = testnet(net,ds,metrics)
    metricValues = testnet(net,X,T,metrics)
    metricValues = testnet(net,mbq,metrics)
    metricValues = testnet(...,Name=Value)

    Measure a network on data: a number for each metric.

    metrics are names as the option Metrics of trainingOptions takes them ("accuracy", in per cent, "fscore", "auc",
    "rmse", ...), objects (accuracyMetric, ...), functions metric = f(Y,T) of dlarrays, of which the mean over the
    mini-batches is told, or a string array or a cell of such.

    Options
      MiniBatchSize             most observations computed at once (128)
      SequenceLength            of sequences: 'longest' (default), 'shortest', or a number of steps
      SequencePaddingValue      what the shorter ones are filled with (0)
      SequencePaddingDirection  where: 'right' (default) or 'left'
      InputDataFormats          letters of the dimensions, "CTB" say; "auto" (default) is "TCB" for sequences, "BC" for
                                features, "SSCB" for images
      TargetDataFormats         likewise of targets
      ExecutionEnvironment      'auto', 'cpu', 'gpu'

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]); X = [3 1; 2 1; 0 1; 5 4];
      >> testnet(net,X,categorical([1;1;2;2]),"accuracy")
      ans =
          75
      >> ds = combine(arrayDatastore(X),arrayDatastore([1 0; 1 0; 0 1; 0 1]));
      >> testnet(net,minibatchqueue(ds,MiniBatchFormat=["BC" "BC"]),"accuracy")
      ans =
          75

    See also trainnet, trainNetwork, minibatchpredict.
    """
    *given, metrics = (images, metrics, *rest)
    network = trained(net, "testnet")
    told = chosen(checked(metrics), unique=False)
    inputs = [layer for layer in network.layers if not layer.input_names]
    place = network.number(network.output_names[0])
    formats = {"InputDataFormats": InputDataFormats, "TargetDataFormats": TargetDataFormats}
    formats = {name: data_formats(value) for name, value in formats.items()}
    padding = padding_of(SequenceLength, SequencePaddingValue, SequencePaddingDirection)
    numbers = [network.number(name) for name in network.output_names]
    sizes = [network.sizes[number] for number in numbers]
    size = take.positive(MiniBatchSize, "MiniBatchSize")
    given, formats = arranged(*unqueued(given, formats, inputs, size), inputs)
    layouts = layouts_of(formats, inputs, sizes, padding, network.kind == "dlnetwork")
    data = data_of(session, given, inputs, "test", layouts)
    several = len(numbers) > 1
    known = [tuple(getattr(network.layers[number], "classes", ())) for number in numbers]
    targets = (
        targets_of_several(data, list(zip(numbers, sizes, strict=True)), "test", known) if several
        else targets_for(data, sizes[0], "crossentropy", "test", known[0])
    )  # fmt: skip
    feed = data.feed(targets)
    plan = Plan(Solver("sgdm"), Schedule(0.0), batch_size=size, device=device(ExecutionEnvironment))
    plan = splitting(plan, inputs, padding)
    asked = (
        metrics_of_several(session, told, network, numbers) if several
        else measures(session, told, network.layers[place].name, labels_of(network, place))
    )  # fmt: skip
    nothing = Goal(lambda y, t: tensorflow().constant(0.0), asked, targets.classes is not None)
    trainee = SeveralTrainee(network, numbers, nothing, plan) if several else Trainee(network, place, nothing, plan)
    found = measured_on(trainee, feed, size).metrics
    return norm(np.array([found], float).reshape(1, -1))


def device(environment: Any) -> str:
    return device_of(take.choice(environment, ("auto", "cpu", "gpu"), "ExecutionEnvironment"))


# ------------------------------------------------------------------------------------------------------------- the goal
def outputs_of(graph: Graph) -> list[tuple[int, Size]]:
    """The numbers of the outputs of a graph, and their sizes."""
    order = list(graph.places)
    places = [order.index(name) for name, _ in graph.ends()]
    sizes = Network(graph.layers, graph.sorted_connections(), kind="dlnetwork").sizes
    return [(place, sizes[place]) for place in places]


def targets_of_several(data: Data, places: Sequence[tuple[int, Size]], what: str = "training",
                       known: Sequence[tuple[str, ...]] = ()) -> SeveralTargets:  # fmt: skip
    """How the responses in the last columns of a datastore become targets of several outputs.

    known  the classes of each output, () of one that has none of its own
    """
    if isinstance(data, OfSequenceStore):
        raise ScriptError(
            "cnnscript:NotYet", "Networks with several outputs and a sequence input cannot be trained or tested yet.",
            notes=(f"the network has {len(places)} outputs",), hint="dlfeval and dlgradient train it in a loop",
        )  # fmt: skip
    made = SeveralTargets(tuple(Targets(None, size, what, True) for _, size in places), what)
    if not isinstance(data, OfStore):
        return made.of(None)  # it raises: data in memory have one column of responses
    each = []
    for k, (_, size) in enumerate(places):
        response = data.first_response(k)
        first = response.ravel("F")[0] if is_cell(response) and response.size else response
        classes = categories_of(first) if type(first) is Categorical else None
        if classes is not None and known and known[k]:
            classes = known[k]
        elif classes is not None:
            require_size(classes, size, data, newer=True)
        each.append(Targets(classes, size, what, True))
    return SeveralTargets(tuple(each), what)


def targets_for(data: Data, size: Size, loss: Any, what: str = "training", known: tuple[str, ...] = ()) -> Targets:
    """How responses become targets: categories by their classes, numbers as they are.

    known  the classes of the network in the order of its scores; () where those of the responses are its classes
    """
    response = data.first_response()
    first = response.ravel("F")[0] if is_cell(response) and response.size else response
    if type(first) is Categorical:
        if known:
            return Targets(known, size, what, True)
        classes = categories_of(first)
        if type(loss) is str and loss.startswith("binary"):
            raise invalid(what, 'Invalid {} data. For "binary-crossentropy", targets must be numeric.',
                          hint="onehotencode makes numbers of categories")  # fmt: skip
        require_size(classes, size, data, newer=True)
        return Targets(classes, size, what, True)
    if type(loss) is str and loss.startswith("index"):
        return IndexTargets(tuple(map(str, range(1, size[2] + 1))), size, what, True)
    return Targets(None, size, what, True)


def goal_for(session: Any, loss: Any, targets: Targets, told: Sequence[Chosen], network: Network, place: int,
             plan: Plan) -> tuple[Goal, Plan]:  # fmt: skip
    """The goal that the loss is; functions of the script run as they are, in steps that are not compiled."""
    classes = targets.classes is not None
    if type(loss) not in (Function, str):
        raise take.wanted("the name of a loss or a function handle", "lossFcn", loss)
    labels = labels_of(network, place)
    metrics = measures(session, told, network.layers[place].name, labels)
    if type(loss) is not Function:
        return Goal(loss_by_name(loss, classes), metrics, classes), plan
    measure = script_loss(session, loss, labels)
    return Goal(measure, metrics, classes, padded=True), plan.uncompiled()


# ----------------------------------------------------------------------------------------------------------- the record
def fields_of(titles: Sequence[str], full_batch: bool = False) -> Any:
    """The fields of a moment that functions of the script are told."""
    own = ("GradientNorm", "StepNorm") if full_batch else ("LearnRate",)

    def fields(moment: Moment | None) -> dict[str, Any]:
        names = [f"{half}{word}" for word in ("Loss", *titles) for half in ("Training", "Validation")]
        made: dict[str, Any] = {
            "Epoch": 0.0, "Iteration": 0.0, "TimeElapsed": EMPTY, **dict.fromkeys((*own, *names), EMPTY)
        }  # fmt: skip
        if full_batch:
            del made["Epoch"]
        if moment is None:
            return made
        made |= {"Iteration": float(moment.iteration), "TimeElapsed": Duration(np.array([[1000 * moment.seconds]]))}
        if full_batch:
            made |= {"GradientNorm": moment.gradient_norm, "StepNorm": moment.step_norm}
        else:
            made |= {"Epoch": float(moment.epoch), "LearnRate": moment.rate}
        training = moment.training if moment.iteration else None
        for half, measured in (("Training", training), ("Validation", moment.validation)):
            if measured is not None:
                made[f"{half}Loss"] = measured.loss
                made |= {half + word: value for word, value in zip(titles, measured.metrics, strict=True)}
        return made

    return fields


def info_of(record: Record, outcome: Outcome, metrics: Sequence[Metric], full_batch: bool = False) -> TrainingInfo:
    titles = [one.title for one in metrics]
    moments = [one for one in record.moments if one.iteration]
    seen = [one for one in record.moments if one.validation is not None]
    rates = {"Epoch": [one.epoch for one in moments], "LearnRate": [one.rate for one in moments]}
    norms = {"GradientNorm": [one.gradient_norm for one in moments], "StepNorm": [one.step_norm for one in moments]}
    history = {
        "Iteration": [one.iteration for one in moments], **({} if full_batch else rates),
        "Loss": [one.training.loss for one in moments], **(norms if full_batch else {}),
        **{word: [one.training.metrics[k] for one in moments] for k, word in enumerate(titles)},
    }  # fmt: skip
    validation = {
        "Iteration": [one.iteration for one in seen], "Loss": [one.validation.loss for one in seen if one.validation],
        **{word: [one.validation.metrics[k] for one in seen if one.validation] for k, word in enumerate(titles)},
    }  # fmt: skip
    return TrainingInfo({
        "TrainingHistory": table_of(history),
        "ValidationHistory": table_of(validation) if seen else Table.of({}),
        "OutputNetworkIteration": float(outcome.output_iteration),
        "StopReason": String.of(outcome.reason),
    }, [one.title for one in metrics if one.percent])  # fmt: skip


def table_of(columns: dict[str, list[float]]) -> Table:
    return Table.of({name: norm(np.array(values, float).reshape(-1, 1)) for name, values in columns.items()})
