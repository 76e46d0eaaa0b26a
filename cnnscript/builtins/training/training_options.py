"""trainingOptions: by which solver, how long, and how watched a network is trained."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.network_objects import Shown, labelled_lines
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training import metric_choice, schedule_objects
from cnnscript.builtins.training import option_checks as checks
from cnnscript.display.formats import Format
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY
from cnnscript.values.text import String

Check = checks.Check
AUTO = String.of("auto")
SOLVERS = ("sgdm", "adam", "rmsprop", "lbfgs", "lm")
CLASSES = {"sgdm": "SGDM", "adam": "ADAM", "rmsprop": "RMSProp"}

# what only one solver has: option → (default, check)
OWN: dict[str, dict[str, tuple[Any, Check]]] = {
    "sgdm": {"Momentum": (0.9, checks.share)},
    "adam": {
        "GradientDecayFactor": (0.9, checks.decay),
        "SquaredGradientDecayFactor": (0.999, checks.decay),
        "Epsilon": (1e-8, checks.positive),
    },
    "rmsprop": {"SquaredGradientDecayFactor": (0.9, checks.decay), "Epsilon": (1e-8, checks.positive)},
}
FIRST_RATE = {"sgdm": 0.01, "adam": 0.001, "rmsprop": 0.001}

# what all have, in the order in which MATLAB shows it
COMMON: dict[str, tuple[Any, Check]] = {
    "InitialLearnRate": (None, checks.positive),
    "MaxEpochs": (30.0, checks.count),
    "LearnRateSchedule": ("none", schedule_objects.checked),
    "LearnRateDropFactor": (0.1, checks.share),
    "LearnRateDropPeriod": (10.0, checks.count),
    "MiniBatchSize": (128.0, checks.count),
    "Shuffle": ("once", checks.one_of("once", "never", "every-epoch")),
    "CheckpointFrequency": (1.0, checks.count),
    "CheckpointFrequencyUnit": ("epoch", checks.one_of("epoch", "iteration")),
    "SequenceLength": ("longest", checks.sequence_length),
    "PreprocessingEnvironment": ("serial", checks.one_of("serial", "background", "parallel")),
    "L2Regularization": (1e-4, checks.not_negative),
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

# what MATLAB has not, for networks that were trained in Keras: shown only where it was given
BEYOND: dict[str, dict[str, tuple[Any, Check]]] = {
    solver: {
        **({"Nesterov": (False, checks.flag)} if solver == "sgdm" else {}),
        "LearnRateDecay": (0.0, checks.not_negative),
    }
    for solver in OWN
}


class TrainingOptions(Shown):
    """TrainingOptionsSGDM, TrainingOptionsADAM or TrainingOptionsRMSProp: a value, checked whenever it is changed."""

    def __init__(self, solver: str, values: dict[str, Any]):
        self.solver = solver
        self.values = values
        self.class_name = f"nnet.cnn.TrainingOptions{CLASSES[solver]}"  # type: ignore[misc]

    @classmethod
    def of(cls, solver: str, given: dict[str, Any]) -> TrainingOptions:
        """The defaults of a solver, and what was given."""
        defaults = {name: default for name, (default, _) in (OWN[solver] | COMMON).items()}
        made = cls(solver, defaults | {"InitialLearnRate": FIRST_RATE[solver]})
        for name, value in given.items():
            if name not in defaults and name not in BEYOND[solver]:
                raise ScriptError(
                    "nnet_cnn:trainingOptions:InvalidTrainingOptionForSolver",
                    f"'{name}' is not an option for solver '{solver}'.",
                    notes=(
                        "it is an option of "
                        + " and ".join(f"'{one}'" for one in OWN if name in OWN[one] | BEYOND[one]),
                    ),
                )
            made = made.set(name, value)
        return made

    @classmethod
    def kept(cls, solver: str, values: dict[str, Any]) -> TrainingOptions:
        """The options that a file holds.  Raises KeyError, ValueError where they are no solver's."""
        if unknown := values.keys() - (OWN[solver] | COMMON | BEYOND[solver]).keys():
            raise ValueError(f"{sorted(unknown)} are no options")
        return cls(solver, cls.of(solver, {}).values | values)

    def property_names(self) -> list[str]:
        return list(self.values)

    def get(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        if name in BEYOND[self.solver]:
            return BEYOND[self.solver][name][0]
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> TrainingOptions:
        known = OWN[self.solver] | COMMON | BEYOND[self.solver]
        if name not in known:
            raise self.no_property(name, setting=True)
        _, check = known[name]
        return TrainingOptions(self.solver, self.values | {name: as_argument(name, check, value)})

    def body(self, form: Format) -> str:
        title = self.class_name.rpartition(".")[2]
        return f"  {title} with properties:\n{form.blank}{labelled_lines([('', list(self.values.items()))], form)}"

    def components(self) -> Any:
        return checks.cell_of(list(self.values.values()))


@builtin(name="trainingOptions")
def training_options(
    session, solverName, /, *, Momentum=None, GradientDecayFactor=None, SquaredGradientDecayFactor=None, Epsilon=None,
    InitialLearnRate=None, MaxEpochs=None, LearnRateSchedule=None, LearnRateDropFactor=None, LearnRateDropPeriod=None,
    MiniBatchSize=None, Shuffle=None, CheckpointFrequency=None, CheckpointFrequencyUnit=None, SequenceLength=None,
    PreprocessingEnvironment=None, DispatchInBackground=None, L2Regularization=None, GradientThresholdMethod=None,
    GradientThreshold=None, Verbose=None, VerboseFrequency=None, ValidationData=None, ValidationFrequency=None,
    ValidationPatience=None, ObjectiveMetricName=None, CheckpointPath=None, ExecutionEnvironment=None, OutputFcn=None,
    Metrics=None, Plots=None, SequencePaddingValue=None, SequencePaddingDirection=None, InputDataFormats=None,
    TargetDataFormats=None, ResetInputNormalization=None, BatchNormalizationStatistics=None, OutputNetwork=None,
    Acceleration=None, Nesterov=None, LearnRateDecay=None
):  # fmt: skip
    """
    options = trainingOptions(solverName)
    options = trainingOptions(solverName,Name,Value)

    How a network is to be trained: what trainNetwork and trainnet take.

    solverName is 'sgdm' (stochastic gradient descent with momentum), 'adam' or 'rmsprop'; 'lbfgs' and 'lm' are not
    there. Every option is a property afterwards, which may be changed: options.MaxEpochs = 5.

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
      CheckpointFrequency           how often a checkpoint is saved (1)
      CheckpointFrequencyUnit       'epoch' or 'iteration'
      SequenceLength                of sequences: 'longest', 'shortest', or a number of steps
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
      ExecutionEnvironment          'auto', 'cpu', 'gpu', 'multi-gpu', 'parallel'; 'auto' is a GPU where there is one
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

    See also trainNetwork, trainnet, adamupdate, sgdmupdate, rmspropupdate.
    """
    given = {name: value for name, value in locals().items() if name[0].isupper() and value is not None}
    solver = take.choice(solverName, SOLVERS, "solverName")
    if solver not in CLASSES:
        raise ScriptError(
            "cnnscript:NotYet",
            f"The solver '{solver}' is not in cnnscript yet.",
            hint="'adam', 'sgdm' and 'rmsprop' are",
        )
    if (background := given.pop("DispatchInBackground", None)) is not None:
        wanted = as_argument("DispatchInBackground", checks.flag, background)
        given.setdefault("PreprocessingEnvironment", "background" if wanted else "serial")
    return TrainingOptions.of(solver, given)
