"""Classifiers with a margin: fitcsvm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import check_run_options, refuse_search
from cnnscript.builtins.learning.machine_training import check_machine_options, kernel_of, machine_trainer
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, class_of, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import is_text, text_or_none

REASONS = {"SMO": "DeltaGradient", "ISDA": "KKT", "L1QP": "KKT"}  # what a training ended by


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
