"""What trainNetwork and trainnet do alike: statistics of inputs, validation data, and the run with who watches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from math import inf, prod
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_choosing import random_order
from cnnscript.builtins.networks.network_objects import LayerObject
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.builtins.training.data_choosing import data_of
from cnnscript.builtins.training.progress_lines import ProgressLine
from cnnscript.builtins.training.progress_plots import ProgressPlot
from cnnscript.builtins.training.progress_tables import BoxedTable, PlainTable
from cnnscript.builtins.training.targets import Targets, channels_differ, invalid, misfit, shown
from cnnscript.builtins.training.training_data import Data
from cnnscript.builtins.training.training_options import TrainingOptions
from cnnscript.builtins.training.training_plans import has_validation
from cnnscript.builtins.training.watchers import Checkpoints, OutputFunctions, Record, Watchers
from cnnscript.engine.activation_layers import SpatialDropout
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Frames, Layer, Size, Steps
from cnnscript.engine.pointwise_layers import Dropout
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.engine.training.feeds import Feed
from cnnscript.engine.training.full_batch import FullBatchTraining
from cnnscript.engine.training.loop import UNSOUND, Moment, Outcome, Training
from cnnscript.engine.training.normalization import normalized, wanting
from cnnscript.engine.training.trainees import Trainee
from cnnscript.errors import ScriptError
from cnnscript.values.memory import gigabytes, physical_memory
from cnnscript.values.numeric import is_cell, size_of, size_text
from cnnscript.values.text import texts_or_none

Graph = LayeredGraph[LayerObject]


def require_size(classes: Sequence[str], size: Size, data: Data, newer: bool = False) -> None:
    """MATLAB's error unless there is a score for each class (of each pixel, where the output is an image); with one
    class there is nothing to tell apart."""
    if tuple(size[:2]) != (1, 1) and not isinstance(size, Steps):
        first = data.first_response()
        first = first.ravel("F")[0] if is_cell(first) and first.size else first
        shape = size_of(first)
        if (*shape[:2], len(classes)) != tuple(size):
            listed = len(shape) == 2 and shape[1] == 1  # a class for each observation, not for each pixel
            raise misfit(data.what, size, (*((1, 1) if listed else shape[:2]), len(classes)))
    elif len(classes) != size[2]:
        if newer:
            raise channels_differ(data.what, size[2], len(classes), cure(classes, size, data))
        raise invalid(
            data.what, f"Invalid {{}} data. The output size {shown(size)} of the last layer does not match the number "
            f"of classes ({len(classes)}).", hint=cure(classes, size, data),
        )  # fmt: skip
    if len(classes) < 2:
        raise invalid(data.what, "Invalid {} data. The responses must have at least two classes.",
                      "the only one is " + ", ".join(f"'{name}'" for name in classes))  # fmt: skip


def require_steps(graph: Graph, place: int) -> None:
    """An error for outputs of steps that are fewer than those of the sequences: no response would belong to them."""
    network = Network(graph.layers, graph.sorted_connections(), kind="dlnetwork")
    if not isinstance(network.sizes[place], Steps) or any(isinstance(size, Frames) for size in network.sizes):
        return
    # a size that no pooling or stride leaves as it is
    entering = {i: Steps((1024, *network.sizes[i][1:])) if isinstance(network.sizes[i], Steps) else network.sizes[i]
                for i in network.inputs}  # fmt: skip
    steps = network.sizes_for(entering, [place])[place][0]
    if steps != 1024:
        raise ScriptError(
            "nnet_cnn:trainNetwork:StepsOfOutputDiffer",
            "Training to a response for each step needs a network that gives an output for each step.",
            notes=(f"of sequences of 1024 steps '{graph.layers[place].name}' has {steps}",),
            hint="'Padding','causal' or 'same' and a stride of 1 keep all steps",
        )


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


def validation_feed(session: Any, options: TrainingOptions, given: Sequence[Any], inputs: Sequence[Layer],
                    targets: Targets, layouts: Layouts, check: Callable[[Data], None] | None = None
                    ) -> Feed | None:  # fmt: skip
    """ValidationData as a feed.  given: the training data; a table's responses are those of the training data.

    check  looks at the data before they become a feed
    """
    if not has_validation(options):
        return None
    data = options.get("ValidationData")
    values = data.ravel("F").tolist() if is_cell(data) else [data]
    if len(values) == 1 and len(given) > 1 and texts_or_none(given[1]) is not None:
        values.append(given[1])
    found = data_of(session, values, inputs, "validation", layouts)
    if check is not None:
        check(found)
    return found.feed(targets)


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
    by_iteration = options.values.get("CheckpointFrequencyUnit") != "epoch"
    every = int(options.get("CheckpointFrequency"))
    return [Checkpoints(session, folder, every, by_iteration, network)] if folder else []


def warn_of_unsound(session: Any, outcome: Outcome, network: Network) -> None:
    """Where the loss was no number: when, and in which layer it began."""
    if outcome.reason == UNSOUND:
        entering = {network.layers[place].name for place in network.inputs}
        cure = "Do the data hold NaN or Inf?" if outcome.unsound in entering else (
            "A smaller InitialLearnRate or a GradientThreshold may help."
        )  # fmt: skip
        where = f"'{outcome.unsound}' is the first layer whose output is not" if outcome.unsound else (
            "all layers' outputs are, but a gradient is not"
        )  # fmt: skip
        session.warn(
            "nnet_cnn:trainNetwork:NaNLoss",
            f"Training stopped at iteration {outcome.iteration} (epoch {outcome.epoch}), for the loss or its gradient "
            f"is not finite: {where}. The network is that of iteration {outcome.output_iteration}. "
            f"{cure}",
        )


def require_room(network: Network, observations: int) -> None:
    """MATLAB's error, before trying, where what one layer gives for a mini-batch is more than the memory there is: a
    convolution of TensorFlow does not ask whether it got its memory, and the whole process would end."""
    sizes = [(4 * observations * prod(size), k) for k, size in enumerate(network.sizes)]
    needed, largest = max(sizes)
    if needed > physical_memory():
        raise ScriptError(
            "MATLAB:nomem",
            "Out of memory.",
            notes=(f"'{network.layers[largest].name}' gives {size_text(network.sizes[largest])} numbers for each of "
                   f"{observations} observations: {gigabytes(needed)} GB, and there are "
                   f"{gigabytes(physical_memory())} GB",),
            hint="a smaller MiniBatchSize, or smaller images",
        )  # fmt: skip


def silent(text: str) -> None:
    """What a training says that is not to be heard."""


def run_training(session: Any, options: TrainingOptions, trainee: Trainee, feed: Feed, validation: Feed | None,
                 table: BoxedTable | PlainTable, fields: Callable[[Moment | None], dict[str, Any]],
                 value: Callable[[Network], Any]) -> tuple[Record, Outcome]:  # fmt: skip
    """Train, all that the options name watching.

    fields  of a moment as functions of the script are told; value: a network as a value of the language
    """
    record = Record()
    plots = [ProgressPlot(session, trainee.goal.metrics, validation is not None, trainee.plan)]
    plots = plots if options.get("Plots") != "none" else []
    progress = session.zoo.progress
    lines = [ProgressLine(progress, trainee.goal.metrics)] if getattr(progress, "terminal", False) else []
    told = output_functions(session, options, fields)
    saving = checkpoints(session, options, lambda: value(trainee.network.with_parameters({})))
    kind = Training if trainee.plan.full_batch is None else FullBatchTraining
    most, there = trainee.plan.batch_size if trainee.plan.full_batch is None else inf, feed.count
    if there is not None or most != inf:
        require_room(trainee.network, int(most if there is None else min(most, there)))
    training = kind(
        trainee, trainee.plan, feed, validation, Watchers([record, table, *plots, *lines, *told, *saving]),
        lambda count: random_order(session, count), seeds_of(session, trainee.network),
    )  # fmt: skip
    with ExitStack() as around:
        for line in lines:
            around.enter_context(line.below(session))
        outcome = training.run()
    endings = [partial(table.ends, outcome.reason), *(partial(plot.ends, outcome) for plot in plots),
               partial(warn_of_unsound, session, outcome, trainee.network), *(one.ends for one in told)]  # fmt: skip
    for ending in endings:
        with suppress(KeyboardInterrupt):  # one more Ctrl-C ends what is told, but the network is there
            ending()
    record.figures = [plot.board.figure.graphic for plot in plots if plot.board is not None]
    return record, outcome
