"""trainingOptions: by which solver, how long, and how watched a network is trained."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.layer_checks import as_argument, between, fraction, nonnegative
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training import metric_choice, schedule_objects
from cnnscript.builtins.training import option_checks as checks
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import EMPTY
from cnnscript.values.text import String, text_or_none

Check = checks.Check
AUTO = String.of("auto")
SOLVERS = ("sgdm", "adam", "rmsprop", "lbfgs", "lm")
CLASSES = {"sgdm": "SGDM", "adam": "ADAM", "rmsprop": "RMSProp", "lbfgs": "LBFGS", "lm": "LM"}
FULL_BATCH = ("lbfgs", "lm")  # which take all data at once

# what only one solver has: option → (default, check)
OWN: dict[str, dict[str, tuple[Any, Check]]] = {
    "sgdm": {"Momentum": (0.9, between)},
    "adam": {
        "GradientDecayFactor": (0.9, fraction),
        "SquaredGradientDecayFactor": (0.999, fraction),
        "Epsilon": (1e-8, checks.positive),
    },
    "rmsprop": {"SquaredGradientDecayFactor": (0.9, fraction), "Epsilon": (1e-8, checks.positive)},
    "lbfgs": {
        "MaxIterations": (1000.0, checks.count),
        "LineSearchMethod": ("weak-wolfe", checks.one_of("weak-wolfe", "strong-wolfe", "backtracking")),
        "HistorySize": (10.0, checks.count),
        "InitialInverseHessianFactor": (1.0, checks.positive),
        "MaxNumLineSearchIterations": (20.0, checks.count),
        "InitialStepSize": (EMPTY, checks.positive_or_none),
        "GradientTolerance": (1e-5, nonnegative),
        "StepTolerance": (1e-5, nonnegative),
    },
    "lm": {
        "MaxIterations": (1000.0, checks.count),
        "InitialDampingFactor": (1e-3, checks.positive),
        "MaxDampingFactor": (1e10, checks.positive),
        "DampingIncreaseFactor": (10.0, checks.above_one),
        "DampingDecreaseFactor": (0.1, checks.inside),
        "GradientTolerance": (1e-5, nonnegative),
        "StepTolerance": (1e-5, nonnegative),
    },
}
FIRST_RATE = {"sgdm": 0.01, "adam": 0.001, "rmsprop": 0.001}

# what all have, in the order in which MATLAB shows it
COMMON: dict[str, tuple[Any, Check]] = {
    "InitialLearnRate": (None, checks.positive),
    "MaxEpochs": (30.0, checks.count),
    "LearnRateSchedule": ("none", schedule_objects.checked),
    "LearnRateDropFactor": (0.1, between),
    "LearnRateDropPeriod": (10.0, checks.count),
    "MiniBatchSize": (128.0, checks.count),
    "Shuffle": ("once", checks.one_of("once", "never", "every-epoch")),
    "CheckpointFrequency": (1.0, checks.count),
    "CheckpointFrequencyUnit": ("epoch", checks.one_of("epoch", "iteration")),
    "SequenceLength": ("longest", checks.sequence_length),
    "PreprocessingEnvironment": ("serial", checks.one_of("serial", "background", "parallel")),
    "L2Regularization": (1e-4, nonnegative),
    "GradientThresholdMethod": ("l2norm", checks.one_of("l2norm", "global-l2norm", "absolute-value")),
    "GradientThreshold": (float("inf"), checks.positive_or_infinite),
    "Verbose": (True, checks.flag),
    "VerboseFrequency": (50.0, checks.count),
    "ValidationData": (EMPTY, checks.validation_data),
    "ValidationFrequency": (50.0, checks.count),
    "ValidationPatience": (float("inf"), checks.count_or_infinite),
    "ObjectiveMetricName": ("loss", checks.word),
    "CheckpointPath": ("", checks.folder),
    "ExecutionEnvironment": (
        "auto",
        checks.one_of("auto", "cpu", "gpu", "multi-gpu", "parallel", "parallel-auto", "parallel-cpu", "parallel-gpu"),
    ),
    "OutputFcn": (EMPTY, checks.functions),
    "Metrics": (EMPTY, metric_choice.checked),
    "Plots": ("none", checks.one_of("none", "training-progress")),
    "SequencePaddingValue": (0.0, checks.number),
    "SequencePaddingDirection": ("right", checks.one_of("right", "left")),
    "InputDataFormats": (AUTO, checks.data_formats),
    "TargetDataFormats": (AUTO, checks.data_formats),
    "ResetInputNormalization": (True, checks.flag),
    "BatchNormalizationStatistics": ("auto", checks.one_of("auto", "population", "moving")),
    "OutputNetwork": ("auto", checks.one_of("auto", "last-iteration", "best-validation", "best-validation-loss")),
    "Acceleration": (AUTO, checks.acceleration),
}

# what solvers that take all data at once do without
OF_BATCHES = frozenset((
    "InitialLearnRate", "MaxEpochs", "LearnRateSchedule", "LearnRateDropFactor", "LearnRateDropPeriod", "MiniBatchSize",
    "Shuffle", "CheckpointFrequencyUnit", "GradientThresholdMethod", "GradientThreshold",
))  # fmt: skip

# what MATLAB has not, for networks that were trained in Keras: shown only where it was given
BEYOND: dict[str, dict[str, tuple[Any, Check]]] = {
    solver: {
        **({"Nesterov": (False, checks.flag)} if solver == "sgdm" else {}),
        "LearnRateDecay": (0.0, nonnegative),
    }
    for solver in FIRST_RATE
}


def options_of_solver(solver: str) -> dict[str, tuple[Any, Check]]:
    """What MATLAB has for a solver: option → (default, check)."""
    if solver not in FULL_BATCH:
        return OWN[solver] | COMMON | {"InitialLearnRate": (FIRST_RATE[solver], checks.positive)}
    common = {name: item for name, item in COMMON.items() if name not in OF_BATCHES}
    return OWN[solver] | common | {"CheckpointFrequency": (30.0, checks.count)}


class TrainingOptions(NamedValues):
    """TrainingOptionsSGDM, TrainingOptionsLBFGS, ...: a value, checked whenever it is changed."""

    ancestors = ("nnet.cnn.TrainingOptions",)

    def __init__(self, solver: str, values: dict[str, Any]):
        super().__init__(values)
        self.solver = solver
        self.class_name = f"nnet.cnn.TrainingOptions{CLASSES[solver]}"  # type: ignore[misc]

    @classmethod
    def of(cls, solver: str, given: dict[str, Any]) -> TrainingOptions:
        """The defaults of a solver, and what was given."""
        made = cls(solver, {name: default for name, (default, _) in options_of_solver(solver).items()})
        known = made.values.keys() | BEYOND.get(solver, {}).keys()
        for name, value in given.items():
            if name not in known:
                raise ScriptError(
                    "nnet_cnn:trainingOptions:InvalidTrainingOptionForSolver",
                    f"'{name}' is not an option for solver '{solver}'.",
                    notes=(
                        "it is an option of "
                        + ", ".join(f"'{one}'" for one in OWN if name in options_of_solver(one) | BEYOND.get(one, {})),
                    ),
                )
            made = made.set(name, value)
        return made

    @classmethod
    def kept(cls, solver: str, values: dict[str, Any]) -> TrainingOptions:
        """The options that a file holds.  Raises KeyError, ValueError where they are no solver's."""
        if unknown := values.keys() - (options_of_solver(solver) | BEYOND.get(solver, {})).keys():
            raise ValueError(f"{sorted(unknown)} are no options")
        return cls(solver, cls.of(solver, {}).values | values)

    def get(self, name: str) -> Any:
        beyond = BEYOND.get(self.solver, {})
        return beyond[name][0] if name in beyond and name not in self.values else super().get(name)

    def set(self, name: str, value: Any) -> TrainingOptions:
        known = options_of_solver(self.solver) | BEYOND.get(self.solver, {})
        if name not in known:
            raise self.no_property(name, setting=True)
        _, check = known[name]
        return TrainingOptions(self.solver, self.values | {name: as_argument(name, check, value)})

    def components(self) -> Any:
        return checks.cell_of(list(self.values.values()))


def options_for(solver: Any) -> tuple[str, ...]:
    """Names of the options that go with a solver; of all, where it is none."""
    word = (text_or_none(solver) or "").lower()
    found = [one for one in SOLVERS if word and one.startswith(word)]
    return tuple(dict.fromkeys(
        name for one in found or SOLVERS for name in (*options_of_solver(one), "DispatchInBackground",
                                                      *BEYOND.get(one, {}))
    ))  # fmt: skip


@builtin(name="trainingOptions", fitting=options_for)
def training_options(
    session, solverName, /, *, Momentum=None, GradientDecayFactor=None, SquaredGradientDecayFactor=None, Epsilon=None,
    InitialLearnRate=None, MaxEpochs=None, LearnRateSchedule=None, LearnRateDropFactor=None, LearnRateDropPeriod=None,
    MiniBatchSize=None, Shuffle=None, CheckpointFrequency=None, CheckpointFrequencyUnit=None, SequenceLength=None,
    PreprocessingEnvironment=None, DispatchInBackground=None, L2Regularization=None, GradientThresholdMethod=None,
    GradientThreshold=None, Verbose=None, VerboseFrequency=None, ValidationData=None, ValidationFrequency=None,
    ValidationPatience=None, ObjectiveMetricName=None, CheckpointPath=None, ExecutionEnvironment=None, OutputFcn=None,
    Metrics=None, Plots=None, SequencePaddingValue=None, SequencePaddingDirection=None, InputDataFormats=None,
    TargetDataFormats=None, ResetInputNormalization=None, BatchNormalizationStatistics=None, OutputNetwork=None,
    Acceleration=None, MaxIterations=None, LineSearchMethod=None, HistorySize=None, InitialInverseHessianFactor=None,
    MaxNumLineSearchIterations=None, InitialStepSize=None, GradientTolerance=None, StepTolerance=None,
    InitialDampingFactor=None, MaxDampingFactor=None, DampingIncreaseFactor=None, DampingDecreaseFactor=None,
    Nesterov=None, LearnRateDecay=None
):  # fmt: skip
    """
    options = trainingOptions(solverName)
    options = trainingOptions(solverName,Name,Value)

    How a network is to be trained: what trainNetwork and trainnet take.

    solverName is 'sgdm' (stochastic gradient descent with momentum), 'adam' or 'rmsprop'; or for trainnet and small
    networks whose data fit in one batch 'lbfgs' (limited-memory BFGS) or 'lm' (Levenberg-Marquardt, for mean squared
    errors). Those two have no learn rates, mini-batches and gradient thresholds. Every option is a property
    afterwards, which may be changed: options.MaxEpochs = 5.

    Options
      Momentum                      of sgdm: how much of a step the next one keeps (0.9)
      GradientDecayFactor           of adam: decay of the running mean of gradients (0.9)
      SquaredGradientDecayFactor    decay of the running mean of their squares (adam 0.999, rmsprop 0.9)
      Epsilon                       of adam and rmsprop: what is added to the root of that mean (1e-8)
      InitialLearnRate              sgdm 0.01, adam and rmsprop 0.001
      MaxEpochs                     how often the data are gone through (30)
      LearnRateSchedule             'none', 'piecewise' (the rate drops every LearnRateDropPeriod epochs), and for
                                    trainnet "warmup", "polynomial", "exponential", "cosine", "cyclical", objects
                                    (warmupLearnRate, ...), functions learnRate = f(initialLearnRate,epoch); several,
                                    as a string array or a cell, come one after the other
      LearnRateDropFactor           by which it drops (0.1)
      LearnRateDropPeriod           in epochs (10)
      MiniBatchSize                 observations in an iteration (128); what fills no mini-batch is left out
      Shuffle                       'once' (before the first epoch), 'never', 'every-epoch'
      CheckpointFrequency           how often a checkpoint is saved (1; of lbfgs and lm every 30 iterations)
      CheckpointFrequencyUnit       'epoch' or 'iteration'
      SequenceLength                of sequences: 'longest', 'shortest' (of the mini-batch), or a number: as the
                                    longest, in pieces of so many steps
      PreprocessingEnvironment      'serial', 'background', 'parallel': images are read by several threads in any case
      DispatchInBackground          its older form: true is 'background'
      L2Regularization              weight decay (1e-4), times the L2 factors of the layers: 0 for biases
      GradientThresholdMethod       'l2norm' (of each parameter), 'global-l2norm', 'absolute-value'
      GradientThreshold             beyond which gradients are cut (Inf)
      Verbose                       whether to print a table (true)
      VerboseFrequency              iterations between its rows (50)
      ValidationData                [], a datastore, a table, or a cell {X,Y}
      ValidationFrequency           iterations between validations (50)
      ValidationPatience            how often the loss may not improve before training stops (Inf)
      ObjectiveMetricName           by which the best network is found: 'loss', or a name of Metrics
      CheckpointPath                a folder for networks saved meanwhile, '' for none
      ExecutionEnvironment          'auto' (a GPU where there is one), 'cpu', 'gpu'; 'multi-gpu' needs one GPU, for
                                    more are not used at a time; 'parallel', 'parallel-auto', 'parallel-cpu' and
                                    'parallel-gpu' warn that there is no pool of workers and train on this machine
      OutputFcn                     a function, or a cell of some, told of each iteration; true stops the training
      Metrics                       of trainnet: "accuracy", "auc", "fscore", "precision", "recall", "rmse", "mape",
                                    "rsquared", losses by name, objects (accuracyMetric, ...), functions
                                    metric = f(Y,T); several as a string array or a cell
      Plots                         'none', 'training-progress'
      SequencePaddingValue          of sequences: what fills the shorter ones (0)
      SequencePaddingDirection      'right', 'left'
      InputDataFormats              of trainnet: 'auto', or labels of dimensions
      TargetDataFormats             of trainnet: 'auto', or labels of dimensions
      ResetInputNormalization       whether input layers forget the statistics that they have (true)
      BatchNormalizationStatistics  'population' (of all data, after training), 'moving'; 'auto': as MATLAB,
                                    'population' for trainNetwork and 'moving' for trainnet
      OutputNetwork                 'last-iteration', 'best-validation' ('best-validation-loss' is the same);
                                    'auto': the best where there are validation data and trainnet trains, else the last
      Acceleration                  'auto', 'none': the step is not compiled
      MaxIterations                 of lbfgs and lm: most steps (1000)
      LineSearchMethod              of lbfgs: 'weak-wolfe', 'strong-wolfe', 'backtracking'
      HistorySize                   of lbfgs: steps that the curvature is known by (10)
      InitialInverseHessianFactor   of lbfgs: the first direction is the gradient times it, downhill (1)
      MaxNumLineSearchIterations    of lbfgs: most lengths tried in a step (20)
      InitialStepSize               of lbfgs: [], or how far the first step moves what it moves most
      GradientTolerance             of lbfgs and lm: training ends where the gradient is as small, relatively (1e-5)
      StepTolerance                 of lbfgs and lm: training ends where a step is as small (1e-5)
      InitialDampingFactor          of lm (0.001)
      MaxDampingFactor              of lm: training ends where it would be larger (1e10)
      DampingIncreaseFactor         of lm: by what it grows where a step makes the loss no smaller (10)
      DampingDecreaseFactor         of lm: by what it shrinks where one does (0.1)
      Nesterov                      of sgdm, not MATLAB's: Nesterov's momentum, as Keras' SGD has it (false)
      LearnRateDecay                not MATLAB's: Keras' decay, which divides the rate of iteration k by
                                    1 + LearnRateDecay*(k-1) (0)

    Examples
      >> options = trainingOptions('adam','MaxEpochs',4,'initialLearnRate',1e-4);
      >> [options.MaxEpochs options.InitialLearnRate]
      ans =
          4.0000    0.0001
      >> class(options)
      ans =
          'nnet.cnn.TrainingOptionsADAM'

    See also trainNetwork, trainnet, warmupLearnRate, accuracyMetric, adamupdate, sgdmupdate, rmspropupdate.
    """
    given = {name: value for name, value in locals().items() if name[0].isupper() and value is not None}
    solver = take.choice(solverName, SOLVERS, "solverName")
    if (background := given.pop("DispatchInBackground", None)) is not None:
        wanted = as_argument("DispatchInBackground", checks.flag, background)
        given.setdefault("PreprocessingEnvironment", "background" if wanted else "serial")
    return TrainingOptions.of(solver, given)
