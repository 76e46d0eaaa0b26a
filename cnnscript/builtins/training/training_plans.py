"""TrainingOptions as the engine's plan, and what of them is not built yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Any

from cnnscript.builtins.networks.sequence_layouts import takes_sequences
from cnnscript.builtins.training.metric_choice import chosen
from cnnscript.builtins.training.schedule_objects import parts_of, title_of
from cnnscript.builtins.training.training_options import FULL_BATCH, TrainingOptions
from cnnscript.engine.devices import devices
from cnnscript.engine.layers import Layer
from cnnscript.engine.training.plans import DampedSteps, Plan, QuasiNewton, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.sequences import Padding
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, numel_of


def options_of(value: Any, function: str) -> TrainingOptions:
    """The last argument of trainNetwork and trainnet."""
    if not isinstance(value, TrainingOptions):
        raise ScriptError(
            f"nnet_cnn:{function}:InvalidTrainingOptions",
            "Invalid training options. Training options must be created with the trainingOptions function.",
            notes=(f"got a {class_of(value)}",),
        )
    return value


def plan_of(session: Any, options: TrainingOptions, trains_dlnetwork: bool = False) -> Plan:
    """What was decided; trains_dlnetwork: what is 'auto' as trainnet takes it, not trainNetwork."""
    get = options.get
    validated = has_validation(options)
    statistics, output = get("BatchNormalizationStatistics"), get("OutputNetwork")
    best = output.startswith("best") or output == "auto" and trains_dlnetwork and validated
    if best and not validated:
        raise ScriptError(
            "nnet_cnn:trainingOptions:OutputNetworkNeedsValidationData",
            f"To use 'OutputNetwork' '{output}', specify 'ValidationData'.",
        )
    objective, larger = objective_of(options)
    common = Plan(
        solver=Solver(options.solver),
        schedule=Schedule(0.0),
        l2=get("L2Regularization"),
        validate_every=int(get("ValidationFrequency")),
        validates_before=trains_dlnetwork,
        patience=get("ValidationPatience") if validated else inf,
        keeps_best=best,
        objective=objective,
        larger_is_better=larger,
        population=statistics == "population" or statistics == "auto" and not trains_dlnetwork,
        compiled=take.text(get("Acceleration"), "Acceleration") != "none",
        device=device_of(get("ExecutionEnvironment"), session),
    )
    if options.solver in FULL_BATCH:
        return replace(common, epochs=int(get("MaxIterations")), full_batch=full_batch_of(options))
    epochs = int(get("MaxEpochs"))
    schedule = get("LearnRateSchedule")
    parts = parts_of(session, schedule, get("LearnRateDropFactor"), get("LearnRateDropPeriod"), epochs)
    return replace(
        common,
        solver=Solver(
            options.solver,
            momentum=options.values.get("Momentum", 0.0),
            nesterov=options.values.get("Nesterov", False),
            gradient_decay=options.values.get("GradientDecayFactor", 0.0),
            square_decay=options.values.get("SquaredGradientDecayFactor", 0.0),
            epsilon=options.values.get("Epsilon", 0.0),
        ),
        schedule=Schedule(get("InitialLearnRate"), parts, get("LearnRateDecay"), title_of(schedule)),
        epochs=epochs,
        batch_size=int(get("MiniBatchSize")),
        threshold=get("GradientThreshold"),
        threshold_method=get("GradientThresholdMethod"),
        shuffle=get("Shuffle"),
    )


def full_batch_of(options: TrainingOptions) -> QuasiNewton | DampedSteps:
    """The solver of options that take all data at once."""
    get = options.get
    tolerances = {"gradient_tolerance": get("GradientTolerance"), "step_tolerance": get("StepTolerance")}
    iterations = int(get("MaxIterations"))
    if options.solver == "lm":
        return DampedSteps(
            iterations, get("InitialDampingFactor"), get("MaxDampingFactor"), get("DampingIncreaseFactor"),
            get("DampingDecreaseFactor"), **tolerances,
        )  # fmt: skip
    step = get("InitialStepSize")
    return QuasiNewton(
        iterations, get("LineSearchMethod"), int(get("MaxNumLineSearchIterations")), int(get("HistorySize")),
        get("InitialInverseHessianFactor"), None if numel_of(step) == 0 else step, **tolerances,
    )  # fmt: skip


def objective_of(options: TrainingOptions) -> tuple[int | None, bool]:
    """The number of the metric by which the best network is found, None for the loss; and whether more is better."""
    word = options.get("ObjectiveMetricName")
    if word.lower() == "loss":
        return None, False
    found = chosen(options.get("Metrics"))
    for number, one in enumerate(found):
        if not one.answers_to(word):
            continue
        larger = one.maximize
        if larger is None:
            raise ScriptError(
                "nnet_cnn:trainingOptions:InvalidObjectiveMetric",
                "The objective metric must be the loss, a built-in metric, or an object with the property Maximize.",
                notes=(f"'{one.title}' is a {class_of(one.value)}",),
            )
        return number, larger
    raise ScriptError(
        "nnet_cnn:trainingOptions:InvalidObjectiveMetricName",
        "ObjectiveMetricName must be 'loss' or the name of one of the Metrics.",
        notes=(f"it is '{word}'", "Metrics are " + (", ".join(f"'{one.title}'" for one in found) or "[]")),
    )


def padding_of_options(options: TrainingOptions) -> Padding:
    """What is done about sequences of several lengths."""
    length = options.get("SequenceLength")
    return Padding(
        length if isinstance(length, str) else int(length),
        float(options.get("SequencePaddingValue")),
        options.get("SequencePaddingDirection") == "left",
    )


def splitting(plan: Plan, inputs: Sequence[Layer], padding: Padding) -> Plan:
    """The plan, told whether sequences come in pieces."""
    splits = takes_sequences(inputs) and not isinstance(padding.length, str)
    if splits and plan.full_batch is not None:
        raise ScriptError(
            "cnnscript:NotYet", "A number as SequenceLength is not in cnnscript yet for solvers of all data at once.",
            hint="'longest' and 'shortest' are",
        )  # fmt: skip
    return replace(plan, splits=splits)


def has_validation(options: TrainingOptions) -> bool:
    data = options.get("ValidationData")
    return getattr(data, "size", None) != 0


def device_of(environment: str, session: Any = None) -> str:
    """The one device that trains: several at a time are not used yet.

    session  is warned where workers of a pool are asked for
    """
    places = devices({"parallel-auto": "parallel", "parallel-cpu": "cpu", "parallel-gpu": "gpu"}.get(
        environment, environment
    ))  # fmt: skip
    if len(places) > 1:
        raise ScriptError(
            "cnnscript:NotYet",
            "Training on several GPUs is not in cnnscript yet.",
            notes=(f"ExecutionEnvironment is '{environment}'", f"there are {len(places)} GPUs"),
            hint="'gpu' trains on one",
        )
    if environment.startswith("parallel") and session is not None:
        session.warn(
            "cnnscript:training:NoParallelPool",
            f"ExecutionEnvironment is '{environment}', but there is no pool of workers in cnnscript: the network is "
            f"trained on this machine's {'GPU' if 'GPU' in places[0] else 'CPU, with all its cores'}.",
        )
    return places[0]
