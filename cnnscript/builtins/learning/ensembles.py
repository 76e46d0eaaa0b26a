"""Classifiers of many weak learners: fitcensemble, and its older form fitensemble."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.ensemble_training import (
    check_ratio,
    cycles_of,
    ensemble_trainer,
    method_of,
    replaces,
    share_of,
)
from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.regression_trees import RegressionTree
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, is_text, text_or_none

FINISHED = "Terminated normally after completing the requested number of training cycles."


class Ensemble(Classifier):
    """ClassificationEnsemble: `fitted` is the learners that were grown, with their weights."""

    kind, short, by_cost, usual_loss = "ClassificationEnsemble", "Ensemble", False, "classiferror"
    methods = Classifier.methods | {"oobLoss", "oobPredict", "predictorImportance"}
    method = ""

    @property
    def class_name(self) -> str:  # type: ignore[override]
        if self.is_compact:
            return "CompactClassificationEnsemble"
        return "ClassificationBaggedEnsemble" if self.method == "Bag" else "ClassificationEnsemble"

    @property
    def averages(self) -> bool:
        return self.method in ("Bag", "Subspace")

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return ensemble_trainer(session, self.method, self.options)

    def state_kept(self) -> dict[str, Any]:
        grown = copy.copy(self.fitted)
        grown.learners = [copy.copy(one) for one in grown.learners]
        for one in grown.learners:
            if isinstance(one, Classifier):
                one.is_compact = True
        return {**super().state_kept(), "fitted": grown}

    def votes(self, place: int, X: ndarray) -> ndarray:
        """What one learner says of the classes of rows, n × K, times its weight."""
        grown = self.fitted
        learner = grown.learners[place]
        rows = X if grown.columns is None else X[:, grown.columns[place]]
        if not isinstance(learner, Classifier):  # a tree of numbers: of the second class against the first
            value = learner.scores(rows)[:, 0]
            found = np.column_stack([-value, value])
        elif self.method == "AdaBoostM1":
            value = 2.0 * learner.chosen(learner.raw_scores(rows)) - 1
            found = np.column_stack([-value, value])
        else:
            found = learner.raw_scores(rows)
        return grown.weights[place] * found

    def raw_scores(self, X: ndarray) -> ndarray:
        return self.summed(X, np.ones((len(X), len(self.fitted.learners)), bool))

    def summed(self, X: ndarray, asked: ndarray) -> ndarray:
        """The scores of rows by those learners that are asked of each (n × learners); by none: the prior."""
        total, weight = np.zeros((len(X), self.data.count)), np.zeros(len(X))
        for place in range(asked.shape[1]):
            rows = asked[:, place]
            if rows.any():
                total[rows] += self.votes(place, X[rows])
                weight[rows] += self.fitted.weights[place]
        if not self.averages:
            return total
        return np.where(weight[:, None] > 0, total / np.where(weight > 0, weight, 1)[:, None], self.data.prior)

    def chosen(self, raw: ndarray) -> ndarray:
        return np.argmin(raw @ self.data.cost, axis=1) if self.averages else super().chosen(raw)

    def of_learners(self, places: Any) -> Ensemble:
        """The ensemble of some of its learners, by their numbers from 0."""
        made = copy.copy(self)
        grown = made.fitted = copy.copy(self.fitted)
        grown.learners = [grown.learners[k] for k in places]
        grown.weights = [grown.weights[k] for k in places]
        grown.used = None if grown.used is None else grown.used[:, list(places)]
        grown.columns = None if grown.columns is None else [grown.columns[k] for k in places]
        return made

    def left_out(self) -> ndarray:
        """Which rows each learner was not trained on, n × learners."""
        if self.method != "Bag" or self.is_compact:
            raise ScriptError(
                "MATLAB:UndefinedFunction",
                "Out-of-bag observations are there for ensembles grown by 'Bag' only.",
                notes=(f"this is a {self.class_name} grown by '{self.method}'",),
            )
        return ~self.fitted.used

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        grown = self.fitted

        def learners():
            cell = np.empty((len(grown.learners), 1), OBJECT)
            for place, one in enumerate(grown.learners):
                if not isinstance(one, Classifier):
                    one = RegressionTree.of_tree(one, self.data.predictors, self.data.response)
                one.is_compact = True
                cell[place, 0] = one
            return cell

        boosted = bool(grown.errors)
        found = {
            "NumTrained": lambda: float(len(grown.learners)),
            "Method": lambda: self.method,
            "LearnerNames": lambda: cell_of_texts(self.learner_names(), column=False),
            "ReasonForTermination": self.reason,
            "FitInfo": lambda: norm(np.array(grown.errors).reshape(-1, 1)) if boosted else EMPTY,
            "FitInfoDescription": lambda: cell_of_texts(ABOUT_ERRORS) if boosted else "None",
            "CombineWeights": lambda: "WeightedAverage" if self.averages else "WeightedSum",
            "Trained": learners,
            "TrainedWeights": lambda: norm(np.array(grown.weights).reshape(-1, 1)),
        }
        if self.method == "Bag":
            found |= {
                "FResample": lambda: share_of(self.options),
                "Replace": lambda: replaces(self.options),
                "UseObsForLearner": lambda: norm(np.asfortranarray(grown.used)),
            }
        if grown.columns is not None:
            used = np.zeros((self.data.X.shape[1], len(grown.learners)), bool)
            for place, columns in enumerate(grown.columns):
                used[columns, place] = True
            found["UsePredForLearner"] = lambda: norm(np.asfortranarray(used))
        return found

    def reason(self) -> str:
        wanted = cycles_of(self.options)
        if len(self.fitted.learners) == wanted:
            return FINISHED
        return f"Terminated after {len(self.fitted.learners)} cycles: no further learner was of use."

    def learner_names(self) -> list[str]:
        names = {one.short if isinstance(one, Classifier) else "Tree" for one in self.fitted.learners}
        return sorted(names) or ["Tree"]

    def shown(self) -> list[str]:
        if self.is_compact:
            return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumTrained"]
        bagged = ["FResample", "Replace", "UseObsForLearner"] if self.method == "Bag" else []
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations",
                "NumTrained", "Method", "LearnerNames", "ReasonForTermination", "FitInfo", "FitInfoDescription",
                *bagged]  # fmt: skip


ABOUT_ERRORS = ["Error of each learner", "A number for each learner: how wrong it was on the weighted observations"]


@builtin
def fitcensemble(
    session, X, Y=None, /, *, Method=None, NumLearningCycles=None, Learners=None, LearnRate=None, FResample=None,
    Replace=None, Resample=None, NPredToSample=None, RatioToSmallest=None, NPrint=None, NumBins=None, ClassNames=None,
    Cost=None, Prior=None, Weights=None, PredictorNames=None, ResponseName=None, ScoreTransform=None,
    CategoricalPredictors=None, CrossVal=None, CVPartition=None, Holdout=None, KFold=None, Leaveout=None,
    OptimizeHyperparameters=None, HyperparameterOptimizationOptions=None, Options=None,
):  # fmt: skip
    """
    Mdl = fitcensemble(X, Y)
    Mdl = fitcensemble(Tbl, ResponseVarName)
    Mdl = fitcensemble(Tbl, formula)
    Mdl = fitcensemble(Tbl, Y)
    Mdl = fitcensemble(..., Name, Value)

    Train many weak classifiers that vote: boosted or bagged trees, or subspaces of neighbours and discriminants.

    Options
      Method                             'Bag', 'Subspace', 'AdaBoostM1' (two classes), 'AdaBoostM2', 'GentleBoost'
                                         and 'LogitBoost' (two classes), 'RUSBoost'; without it 'LogitBoost' for two
                                         classes, 'AdaBoostM2' for more, 'Subspace' for learners other than trees
      NumLearningCycles                  how many learners (100)
      Learners                           'tree', 'knn', 'discriminant', or a template
      LearnRate                          how much each learner of boosting counts, above 0 up to 1 (1)
      FResample                          share of the observations drawn for each learner of 'Bag' (1)
      Replace                            whether 'Bag' draws with replacement ('on')
      Resample                           'off': only 'Bag' draws
      NPredToSample                      predictors of each learner of 'Subspace' (half of them)
      RatioToSmallest                    1: 'RUSBoost' takes as many of each class as the smallest has
      NPrint                             'off', or after how many learners a line is printed
      NumBins                            []: predictors are not binned
      ClassNames                         the classes, in order
      Cost                               cost of taking one class (row) for another (column)
      Prior                              'empirical', 'uniform', or the probabilities
      Weights                            of the observations
      PredictorNames                     names
      ResponseName                       a name ('Y')
      ScoreTransform                     'none', 'logit' ... or a function
      CategoricalPredictors              which are categorical
      CrossVal                           'on': ten folds
      CVPartition                        a cvpartition
      Holdout                            share left out to test
      KFold                              number of folds
      Leaveout                           'on': each observation is a fold
      OptimizeHyperparameters            'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters
      Options                            struct with UseParallel: the answer is the same

    Examples
      >> rng(1), X = [randn(30, 2); randn(30, 2) + 3]; Y = [repmat({'a'}, 30, 1); repmat({'b'}, 30, 1)];
      >> Mdl = fitcensemble(X, Y)
      Mdl =
        ClassificationEnsemble
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: {'a'  'b'}
                 ScoreTransform: 'none'
                NumObservations: 60
                     NumTrained: 100
                         Method: 'LogitBoost'
                   LearnerNames: {'Tree'}
           ReasonForTermination: 'Terminated normally after completing the requested number of training cycles.'
                        FitInfo: [100×1 double]
             FitInfoDescription: {2×1 cell}
      >> t = templateTree('MaxNumSplits', 5);
      >> Mdl = fitcensemble(X, Y, 'Method', 'Bag', 'NumLearningCycles', 20, 'Learners', t);
      >> [label, score] = predict(Mdl, [0 0; 3 3])
      label =
        2×1 cell array
          {'a'}
          {'b'}
      score =
           1     0
           0     1
      >> T = table(X(:, 1), X(:, 2), Y);
      >> Mdl = fitcensemble(T, 'Y', 'Learners', 'knn'); Mdl.Method
      ans =
          'Subspace'
      >> Mdl = fitcensemble(T, 'Y ~ Var1', 'Method', 'AdaBoostM1'); Mdl.PredictorNames
      ans =
        1×1 cell array
          {'Var1'}
      >> Mdl = fitcensemble(T(:, 1:2), Y, 'Method', 'RUSBoost', 'NumLearningCycles', 5); resubLoss(Mdl) < 0.1
      ans =
        logical
         1

    See also TreeBagger, fitctree, templateTree, predict, oobLoss, predictorImportance.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcensemble", HyperparameterOptimizationOptions)
    for word, plain in (("Resample", "off"), ("NumBins", None)):
        value = options[word]
        if not empty(value) and (text_or_none(value) or value) != plain:
            raise ScriptError("cnnscript:NotYet", f"'{word}' of fitcensemble is not in cnnscript yet.")
    if not empty(Options) and not isinstance(Options, Struct):
        raise take.wanted("a structure", "Options", Options)
    data = classified(session, "fitcensemble", X, Y, options, drop_missing=False)
    check_ratio(RatioToSmallest, data.count)
    model = grown_ensemble(session, data, options)
    printed(session, model.method, options.get("NPrint"), len(model.fitted.learners))
    return cross_validated(session, model, options)


@builtin
def fitensemble(session, X, Y, Method, NLearn, Learners, /, *pairs):
    """
    Mdl = fitensemble(X, Y, Method, NLearn, Learners)
    Mdl = fitensemble(Tbl, ResponseVarName, Method, NLearn, Learners)
    Mdl = fitensemble(..., Name, Value)

    Train NLearn weak classifiers by a method, as fitcensemble does; the older form of it.

    The options are those of fitcensemble, and 'Type', which is 'classification'.

    Examples
      >> rng(1), X = [randn(30, 2); randn(30, 2) + 3]; Y = [zeros(30, 1); ones(30, 1)];
      >> Mdl = fitensemble(X, Y, 'AdaBoostM1', 10, 'Tree'); predict(Mdl, [3 3])
      ans =
           1
      >> Mdl = fitensemble(table(X, Y), 'Y', 'Bag', 10, 'Tree', 'Type', 'classification'); class(Mdl)
      ans =
          'ClassificationBaggedEnsemble'

    See also fitcensemble, TreeBagger.
    """
    if len(pairs) % 2:
        raise ScriptError("stats:internal:parseArgs:WrongNumberArgs", "Wrong number of arguments.")
    options: list = []
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        if take.text(name, "Option").lower() != "type":
            options += [name, value]
        elif take.choice(value, ("classification", "regression"), "Type") == "regression":
            raise ScriptError(
                "cnnscript:NotYet", "Ensembles that answer numbers are not in cnnscript's fitensemble yet.",
                hint="TreeBagger(..., 'Method', 'regression') grows some",
            )  # fmt: skip
    options += ["Method", Method, "NumLearningCycles", NLearn, "Learners", Learners]
    return session.call("fitcensemble", 1, X, Y, *options)


def grown_ensemble(session, data: Data, options: dict) -> Ensemble:
    method = method_of(options, data.count)
    model = Ensemble.__new__(Ensemble)
    model.method = method
    Ensemble.__init__(model, data, ensemble_trainer(session, method, options), options)
    return model


def printed(session, method: str, every: Any, count: int) -> None:
    """The lines about learners that 'NPrint' asks for."""
    if empty(every) or is_text(every) and take.choice(every, ("off",), "NPrint") == "off":
        return
    step = take.positive(every, "NPrint")
    session.out.write(f"Training {method}...\n")
    for done in range(step, count + 1, step):
        session.out.write(f"Grown weak learners: {done}\n")
