"""Classifiers with a margin: fitcsvm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier, cross_validated
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, class_of, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import is_text, text_or_none

SOLVERS = ("SMO", "ISDA", "L1QP")
REASONS = {"SMO": "DeltaGradient", "ISDA": "KKT", "L1QP": "KKT"}  # what a training ended by
EXACT = 1e-9  # how close quadratic programming comes to the minimum of the dual


def empty(value: Any) -> bool:
    return value is None or isinstance(value, ndarray) and value.size == 0


def refuse_search(value: Any, name: str, how: Any = None) -> None:
    """Hyperparameters are not searched for here.  how: the structure that would say how."""
    if not empty(how) and not isinstance(how, Struct):
        raise take.wanted("a structure", "HyperparameterOptimizationOptions", how)
    if empty(value) or (is_text(value) and (text_or_none(value) or "").lower() == "none"):
        return
    raise ScriptError(
        "cnnscript:NotYet", f"'OptimizeHyperparameters' of {name} is not in cnnscript yet.",
        hint="try values in a loop with crossval and kfoldLoss",
    )  # fmt: skip


def check_run_options(options: dict, name: str) -> None:
    """What says how a training runs and prints, not what it finds: checked, and refused where it would be seen."""
    verbose = options.get("Verbose")
    if not empty(verbose) and take.number(verbose, "Verbose") != 0:
        raise ScriptError("cnnscript:NotYet", f"'Verbose' other than 0 is not in cnnscript's {name} yet.")
    cache = options.get("CacheSize")
    if not empty(cache) and (is_text(cache) or take.number(cache, "CacheSize") <= 0):
        take.choice(cache, ("maximal",), "CacheSize")
    for word in ("BucketSize", "NumConcurrent"):
        if not empty(options.get(word)):
            take.positive(options[word], word)
    for word in ("PassLimit", "BatchSize", "LearnRate"):
        if not empty(options.get(word)):
            raise ScriptError(
                "cnnscript:NotYet",
                f"'{word}' of {name} belongs to the solvers 'sgd' and 'asgd', which are not run here.",
                hint="without it the minimum that they look for is found to the end",
            )  # fmt: skip
    for word in ("BetaTolerance", "GradientTolerance"):  # the minimum is found closer than they ask
        if not empty(options.get(word)) and take.number(options[word], word) < 0:
            raise take.wanted("a nonnegative number", word, options[word])
    if not empty(options.get("Options")) and not isinstance(options["Options"], Struct):
        raise take.wanted("a structure made by statset", "Options", options["Options"])


class Scaler:
    """Means and deviations that predictors are standardized with (none: as they are)."""

    def __init__(self, data: Data, wanted: bool):
        self.mean = self.deviation = None
        if wanted:
            weights = data.weights / data.weights.sum()
            self.mean = weights @ data.X
            spread = weights @ (data.X - self.mean) ** 2
            correction = 1 - (weights**2).sum()
            self.deviation = np.sqrt(spread / correction) if correction > 0 else np.ones_like(spread)
            self.deviation[self.deviation == 0] = 1.0

    def apply(self, X: ndarray) -> ndarray:
        return X if self.mean is None else (X - self.mean) / self.deviation

    def row(self, values) -> Any:
        return EMPTY if values is None else norm(values.reshape(1, -1))


def kernel_of(options: dict) -> Any:
    """The kernel that the options name."""
    from cnnscript.learning.support_vectors import Kernel

    given = options.get("KernelFunction")
    order = options.get("PolynomialOrder")
    order = 3 if empty(order) else take.positive(order, "PolynomialOrder")
    if empty(given):
        return Kernel()
    if type(given) is Function:
        function = given
    else:
        word = take.text(given, "KernelFunction")
        folded = word.lower()
        if folded in ("linear", "gaussian", "rbf", "polynomial"):
            return Kernel({"rbf": "gaussian"}.get(folded, folded), order)
        session = options["session"]
        function = session.function(word)

    def asked(one: ndarray, other: ndarray) -> ndarray:
        value = function.call(1, norm(np.asfortranarray(one)), norm(np.asfortranarray(other)))
        matrix = np.asarray(as_array(value), float)
        if matrix.shape != (len(one), len(other)):
            raise ScriptError(
                "stats:fitcsvm:BadKernel",
                "The kernel function must give a matrix with an element for each pair of rows.",
            )
        return matrix

    return Kernel("", order, asked)


class SupportVectorMachine(Classifier):
    """ClassificationSVM: `fitted` is the machine, the scaler and the box constraints."""

    kind, short, by_cost, usual_loss = "ClassificationSVM", "SVM", False, "classiferror"
    without_vectors = False  # fitcecoc keeps the weights only of a machine with a linear kernel

    posterior_by: tuple = ()  # how fitPosterior makes probabilities: a word and its numbers

    def set_transform(self, given: Any) -> None:
        if self.posterior_by and is_text(given) and (text_or_none(given) or "").startswith("@(S)"):
            kind, *numbers = self.posterior_by
            self.transform_given, self.transform = given, lambda scores: probabilities(scores, kind, *numbers)
        else:
            super().set_transform(given)

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return machine_trainer(session, self.options)

    def revive(self, session: Any) -> None:
        super().revive(session)
        if not self.fitted[0].kernel.word:  # a function of the program's own
            self.fitted[0].kernel = kernel_of({**self.options, "session": session})

    def raw_scores(self, X: ndarray) -> ndarray:
        machine, scaler, _ = self.fitted
        values = machine.scores(scaler.apply(X))
        return values.reshape(-1, 1) if self.data.count == 1 else np.column_stack([-values, values])

    def chosen(self, raw: ndarray) -> ndarray:
        return np.zeros(len(raw), int) if self.data.count == 1 else super().chosen(raw)

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        machine, scaler, limits = self.fitted

        def column(values):
            return norm(np.asarray(values, float).reshape(-1, 1))

        def beta():
            return column(machine.beta()) if machine.kernel.word == "linear" else EMPTY

        def parameters():
            word = machine.kernel.word or "custom"
            fields = {"Function": word, "Scale": machine.scale}
            if word == "polynomial":
                fields["Order"] = float(machine.kernel.order)
            return Struct(fields)

        found: dict[str, Callable[[], Any]] = {"Alpha": lambda: column(machine.alpha), "Bias": lambda: machine.bias}
        if self.without_vectors and machine.kernel.word == "linear":
            nothing = dict.fromkeys(("Alpha", "SupportVectors", "SupportVectorLabels"), lambda: EMPTY)
            return nothing | {
                "Beta": beta,
                "Bias": lambda: machine.bias,
                "KernelParameters": parameters,
                "Mu": lambda: scaler.row(scaler.mean),
                "Sigma": lambda: scaler.row(scaler.deviation),
            }
        if self.is_compact:
            return found | {
                "Beta": beta, "KernelParameters": parameters, "Mu": lambda: scaler.row(scaler.mean),
                "Sigma": lambda: scaler.row(scaler.deviation),
                "SupportVectors": lambda: norm(np.asfortranarray(machine.vectors)),
                "SupportVectorLabels": lambda: column(machine.signs),
            }  # fmt: skip
        found |= {"KernelParameters": parameters}
        if scaler.mean is not None:
            found |= {"Mu": lambda: scaler.row(scaler.mean), "Sigma": lambda: scaler.row(scaler.deviation)}
        support = np.zeros(len(self.data.y), bool)
        support[machine.places] = True
        found |= {
            "BoxConstraints": lambda: column(limits),
            "ConvergenceInfo": lambda: Struct({
                "Converged": machine.settled,
                "ReasonForConvergence": REASONS[machine.solver] if machine.settled else "NoConvergence",
                "NumIterations": float(machine.iterations),
            }),
            "IsSupportVector": lambda: norm(support.reshape(-1, 1)),
            "Solver": lambda: machine.solver,
            "Beta": beta,
            "SupportVectors": lambda: norm(np.asfortranarray(machine.vectors)),
            "SupportVectorLabels": lambda: column(machine.signs),
            "NumIterations": lambda: float(machine.iterations),
        }  # fmt: skip
        if scaler.mean is None:
            found |= {"Mu": lambda: EMPTY, "Sigma": lambda: EMPTY}
        return found

    def shown(self) -> list[str]:
        if self.is_compact:
            weights = "Beta" if self.without_vectors and self.fitted[0].kernel.word == "linear" else "Alpha"
            return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", weights, "Bias",
                    "KernelParameters"]  # fmt: skip
        standard = ["Mu", "Sigma"] if self.fitted[1].mean is not None else []
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations", "Alpha",
                "Bias", "KernelParameters", *standard, "BoxConstraints", "ConvergenceInfo", "IsSupportVector",
                "Solver"]  # fmt: skip


def probabilities(scores: ndarray, kind: str, *numbers: float) -> ndarray:
    """Probabilities of two classes from scores, n × 2: by a sigmoid (slope, shift) or a step (from, to, between)."""
    value = scores[:, -1]
    if kind == "sigmoid":
        slope, shift = numbers
        share = 1 / (1 + np.exp(np.clip(slope * value + shift, -700, 700)))
    else:
        low, high, between = numbers
        share = np.where(value < low, 0.0, np.where(value > high, 1.0, between))
    return np.column_stack([1 - share, share])


def machine_trainer(session, options: dict) -> Callable[[Data], Any]:
    """Trains support vector machines with the options of fitcsvm."""
    from cnnscript.learning import support_vectors

    options = {**options, "session": session}
    kernel = kernel_of(options)
    box = 1.0 if empty(options.get("BoxConstraint")) else take.number(options["BoxConstraint"], "BoxConstraint")
    if not box > 0:
        raise ScriptError("stats:fitcsvm:BadBoxConstraint", "BoxConstraint must be a positive number.")
    scale = options.get("KernelScale")
    auto = is_text(scale) and take.choice(scale, ("auto",), "KernelScale") == "auto"
    number = 1.0 if auto or empty(scale) else take.number(scale, "KernelScale")
    most = options.get("IterationLimit")
    most = 1_000_000 if empty(most) else take.positive(most, "IterationLimit")
    solver = solver_of(options)
    gap = options.get("KKTTolerance" if solver == "ISDA" else "DeltaGradientTolerance")
    gap = 1e-3 if empty(gap) else take.number(gap, "the tolerance")
    if solver == "L1QP":
        gap = EXACT
    offset = options.get("KernelOffset")
    offset = 0.1 if empty(offset) else take.number(offset, "KernelOffset")
    standard = not empty(options.get("Standardize")) and take.flag(options["Standardize"], "Standardize")
    share = 0.5 if empty(options.get("Nu")) else take.number(options["Nu"], "Nu")

    def train(data: Data):
        scaler = Scaler(data, standard)
        X = scaler.apply(data.X)
        signs = np.where(data.y == data.count - 1, 1, -1)
        width = number
        if auto:
            width = support_vectors.usual_scale(X, signs, session.random.uniforms(2 * min(4000, 40 * len(X))))
        if data.count == 1:
            if solver != "SMO":
                raise ScriptError("cnnscript:NotYet", "One class is learned by the solver 'SMO' only.")
            machine = support_vectors.train_one_class(X, share, kernel, width, gap)
            return machine, scaler, np.ones(len(X))
        weights = data.weights * (data.cost.sum(axis=1)[data.y])
        limits = box * len(X) * weights / weights.sum()
        if not (signs > 0).any() or not (signs < 0).any():  # a fold may hold one class only
            nothing = np.zeros(0)
            machine = support_vectors.SupportVectors(
                X[:0], nothing, nothing, float(signs[0]), width, kernel, np.zeros(0, int), 0
            )
            return machine, scaler, limits
        if solver == "ISDA":
            machine = support_vectors.train_unbalanced(X, signs, limits, kernel, width, offset, gap, most)
        else:  # an offset of the kernel would change nothing: the alphas of the two sides balance
            machine = support_vectors.train_two_classes(X, signs, limits, kernel, width, gap, most)
        return replace(machine, solver=solver), scaler, limits

    return train


@builtin
def fitcsvm(
    session, X, Y=None, /, *, KernelFunction=None, KernelScale=None, BoxConstraint=None, Standardize=None,
    PolynomialOrder=None, Nu=None, Solver=None, IterationLimit=None, DeltaGradientTolerance=None, GapTolerance=None,
    KKTTolerance=None, KernelOffset=None, CacheSize=None, OutlierFraction=None, ClassNames=None, Cost=None, Prior=None,
    Weights=None,
    PredictorNames=None, ResponseName=None, ScoreTransform=None, CategoricalPredictors=None, CrossVal=None,
    CVPartition=None, Holdout=None, KFold=None, Leaveout=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None, Verbose=None,
):  # fmt: skip
    """
    Mdl = fitcsvm(X, Y)
    Mdl = fitcsvm(Tbl, ResponseVarName)
    Mdl = fitcsvm(Tbl, formula)
    Mdl = fitcsvm(Tbl, Y)
    Mdl = fitcsvm(..., Name, Value)

    Train a support vector machine that tells two classes apart (or one class from the rest).

    The dual problem is MATLAB's; where its minimum is not unique the support vectors may differ.  A categorical
    predictor counts as a column of zeros and ones for each of its levels.

    Options
      KernelFunction           'linear', 'gaussian' ('rbf'), 'polynomial', or a function of two matrices
      KernelScale              what the predictors are divided by (1), or 'auto'
      BoxConstraint            the largest alpha (1)
      Standardize              whether predictors are centred and scaled (false)
      PolynomialOrder          of the polynomial kernel (3)
      Nu                       share of the observations left out, for one class (0.5)
      Solver                   'SMO', 'L1QP' (the same dual to its last digits) or 'ISDA', whose alphas need not balance
      IterationLimit           most iterations (1e6)
      DeltaGradientTolerance   when 'SMO' stops (1e-3)
      KernelOffset             added to every kernel value (0.1), of which the bias of 'ISDA' comes
      GapTolerance             0: not looked at
      KKTTolerance             when 'ISDA' stops (1e-3); the others do not look at it
      CacheSize                memory for kernel values: the answer is the same
      OutlierFraction          0: no observation is taken for an outlier
      ClassNames               the classes, in order; the second is the positive one
      Cost                     cost of taking one class (row) for another (column)
      Prior                    'empirical', 'uniform', or the probabilities
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      ScoreTransform           'none', 'logit' ... or a function
      CategoricalPredictors    which are categorical
      CrossVal                 'on': ten folds
      CVPartition              a cvpartition
      Holdout                  share left out to test
      KFold                    number of folds
      Leaveout                 'on': each observation is a fold
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure
      Verbose                  0: nothing is printed

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; Y = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};
      >> Mdl = fitcsvm(X, Y)
      Mdl =
        ClassificationSVM
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: {'a'  'b'}
                 ScoreTransform: 'none'
                NumObservations: 6
                          Alpha: [3×1 double]
                           Bias: -1.7498
               KernelParameters: [1×1 struct]
                 BoxConstraints: [6×1 double]
                ConvergenceInfo: [1×1 struct]
                IsSupportVector: [6×1 logical]
                         Solver: 'SMO'
      >> predict(Mdl, [1.5 1.5; 6 6])
      ans =
        2×1 cell array
          {'a'}
          {'b'}
      >> Mdl = fitcsvm(table(X(:, 1), X(:, 2), Y), 'Y'); resubLoss(Mdl)
      ans =
           0
      >> Mdl = fitcsvm(X, Y, 'KernelFunction', 'rbf', 'KernelScale', 2, 'Standardize', true); Mdl.KernelParameters
      ans =
        struct with fields:
          Function: 'gaussian'
             Scale: 2

    See also fitcecoc, templateSVM, fitclinear, predict, crossval.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcsvm", HyperparameterOptimizationOptions)
    check_machine_options(options, "fitcsvm")
    check_run_options(options, "fitcsvm")
    data = classified(session, "fitcsvm", X, Y, options, drop_missing=True)
    if data.count > 2:
        raise ScriptError(
            "stats:ClassificationSVM:prepareData:BadClassNames", "You must have at most two classes for SVM training.",
            hint="fitcecoc trains machines for more",
        )  # fmt: skip
    model = SupportVectorMachine(data, machine_trainer(session, options), options)
    return cross_validated(session, model, options)


@builtin
def resume(session, SVMModel, numIter, /, *, Verbose=None, NumPrint=None):
    """
    UpdatedSVMModel = resume(SVMModel, numIter)
    UpdatedSVMModel = resume(SVMModel, numIter, Name, Value)

    Go on training a support vector machine that had not converged, for up to numIter iterations more.

    The iterations are those that one training with a higher limit makes. A machine that has converged stays as it is.

    Options
      Verbose   0: nothing is printed
      NumPrint  with Verbose

    Examples
      >> rng(1), X = [randn(40, 2); randn(40, 2) + 1]; Y = [zeros(40, 1); ones(40, 1)];
      >> SVMModel = fitcsvm(X, Y, 'IterationLimit', 10); SVMModel.ConvergenceInfo.Converged
      ans =
        logical
         0
      >> UpdatedSVMModel = resume(SVMModel, 1000); whole = fitcsvm(X, Y);
      >> [UpdatedSVMModel.ConvergenceInfo.Converged isequal(UpdatedSVMModel.Alpha, whole.Alpha)]
      ans =
        1×2 logical array
         1   1
      >> SVMModel = resume(UpdatedSVMModel, 5, 'Verbose', 0); SVMModel.NumIterations == whole.NumIterations
      ans =
        logical
         1

    See also fitcsvm, predict.
    """
    if not isinstance(SVMModel, SupportVectorMachine) or SVMModel.is_compact:
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Undefined function 'resume' for input arguments of type '{class_of(SVMModel)}'.",
            notes=("resume takes a ClassificationSVM",),
        )
    check_run_options({"Verbose": Verbose}, "resume")
    if NumPrint is not None:
        take.positive(NumPrint, "NumPrint")
    more = take.positive(numIter, "numIter")
    machine = SVMModel.fitted[0]
    if machine.settled:
        return SVMModel
    options = {**SVMModel.options, "IterationLimit": float(machine.iterations + more), "KernelScale": machine.scale}
    made = SupportVectorMachine(SVMModel.data, machine_trainer(session, options), options)
    made.transform_given, made.transform = SVMModel.transform_given, SVMModel.transform
    return made


def check_machine_options(options: dict, name: str) -> None:
    """Options that one value only is possible of here."""
    solver = solver_of(options)
    offset = options.get("KernelOffset")
    if not empty(offset) and not take.number(offset, "KernelOffset") >= 0:
        raise take.wanted("a nonnegative number", "KernelOffset", offset)
    unlooked = ["GapTolerance", "OutlierFraction"]
    unlooked += ["KKTTolerance"] * (solver != "ISDA") + ["DeltaGradientTolerance"] * (solver != "SMO")
    for word in unlooked:
        value = options.get(word)
        if not empty(value) and take.number(value, word) != 0:
            raise ScriptError("cnnscript:NotYet", f"'{word}' other than 0 is not in cnnscript's {name} yet.")


def solver_of(options: dict) -> str:
    """The solver that the options name."""
    given = options.get("Solver")
    return "SMO" if empty(given) else take.choice(given, SOLVERS, "Solver")
