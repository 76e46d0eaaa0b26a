"""Naive Bayes classifiers: fitcnb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier, cross_validated
from cnnscript.builtins.learning.support_vector_machines import empty, refuse_search
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, ndarray, norm
from cnnscript.values.text import cell_of_texts, texts_or_none


class NaiveBayes(Classifier):
    """ClassificationNaiveBayes: `fitted` is log-likelihoods and the parameters of the distributions."""

    kind, short = "ClassificationNaiveBayes", "NaiveBayes"
    stands_alone = False
    kinds: list[str]
    width: float | None = None

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return distributions(self.kinds, self.width)

    def raw_scores(self, X: ndarray) -> ndarray:
        likely = self.fitted[0](X) + np.log(np.maximum(self.data.prior, 1e-300))
        likely -= likely.max(axis=1, keepdims=True)
        shares = np.exp(likely)
        return shares / shares.sum(axis=1, keepdims=True)

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        return {
            "DistributionNames": lambda: "mn" if self.kinds == ["mn"] else cell_of_texts(self.kinds, column=False),
            "DistributionParameters": lambda: self.fitted[1],
        }


def distributions(kinds: list[str], width: Any) -> Callable[[Data], Any]:
    def train(data: Data):
        count, columns = data.count, data.X.shape[1]
        if kinds == ["mn"]:
            return multinomial(data)
        parameters = np.empty((count, columns), OBJECT)
        parts: list[list[Callable]] = []
        for place in range(count):
            rows = data.y == place
            weights = data.weights[rows] / max(data.weights[rows].sum(), 1e-300)
            row: list[Callable] = []
            for at in range(columns):
                values = data.X[rows, at]
                known = ~np.isnan(values)
                kind = kinds[at]
                fit = {"normal": fit_normal, "kernel": fit_kernel, "mvmn": fit_levels}[kind]
                evaluate, shown = fit(
                    values[known], weights[known] / max(weights[known].sum(), 1e-300), width, data.X[:, at]
                )
                parameters[place, at] = shown
                row.append(evaluate)
            parts.append(row)

        def likely(X: ndarray) -> ndarray:
            found = np.zeros((len(X), count))
            for place, row in enumerate(parts):
                for at, evaluate in enumerate(row):
                    terms = evaluate(X[:, at])
                    found[:, place] += np.where(np.isnan(X[:, at]), 0.0, terms)
            return found

        return likely, parameters

    return train


def fit_normal(values: ndarray, weights: ndarray, width, everything: ndarray):
    mean = float(weights @ values)
    correction = 1 - float((weights**2).sum())
    deviation = float(np.sqrt((weights @ (values - mean) ** 2) / correction)) if correction > 0 else 0.0
    if not deviation > 0:
        raise ScriptError(
            "stats:ClassificationNaiveBayes:NormalDistributionWithZeroVariance",
            "A normal distribution cannot be fit for a combination of a class and a predictor: "
            "the data has zero variance.",
        )
    shown = norm(np.array([[mean], [deviation]]))
    return (lambda x: -0.5 * ((x - mean) / deviation) ** 2 - np.log(deviation * np.sqrt(2 * np.pi))), shown


def fit_kernel(values: ndarray, weights: ndarray, width, everything: ndarray):
    """A sum of normal bumps; their width is the best one for a normal distribution, with a robust deviation."""
    middle = np.median(values)
    deviation = np.median(np.abs(values - middle)) / 0.6745 or np.ptp(values) or 1.0
    bump = float(deviation * (4 / (3 * values.size)) ** 0.2) if width is None else width

    def evaluate(x: ndarray) -> ndarray:
        bumps = np.exp(-0.5 * ((x[:, None] - values[None, :]) / bump) ** 2) @ weights
        return np.log(np.maximum(bumps / (bump * np.sqrt(2 * np.pi)), 1e-300))

    return evaluate, norm(np.array([[bump]]))


def fit_levels(values: ndarray, weights: ndarray, width, everything: ndarray):
    levels = np.unique(everything[~np.isnan(everything)])
    counts = np.array([(values == level).sum() for level in levels]) + 1.0
    shares = counts / counts.sum()
    table = dict(zip(levels.tolist(), np.log(shares).tolist(), strict=True))
    return (lambda x: np.array([table.get(item, -np.inf) for item in x.tolist()])), norm(shares.reshape(-1, 1))


def multinomial(data: Data):
    """Token counts: each class has a probability for each predictor, with one token added to each."""
    parameters = np.empty((data.count, data.X.shape[1]), OBJECT)
    logs = np.zeros((data.count, data.X.shape[1]))
    for place in range(data.count):
        rows = data.y == place
        weights = data.weights[rows] / data.weights[rows].sum() * rows.sum()
        totals = np.nan_to_num(data.X[rows]).T @ weights + 1
        shares = totals / totals.sum()
        logs[place] = np.log(shares)
        parameters[place, :] = shares.tolist()
    return (lambda X: np.nan_to_num(X) @ logs.T), parameters


@builtin
def fitcnb(
    session, X, Y=None, /, *, DistributionNames=None, Kernel=None, Width=None, Support=None, ClassNames=None, Cost=None,
    Prior=None, Weights=None, PredictorNames=None, ResponseName=None, ScoreTransform=None, CategoricalPredictors=None,
    CrossVal=None, CVPartition=None, Holdout=None, KFold=None, Leaveout=None, OptimizeHyperparameters=None,
):  # fmt: skip
    """
    Mdl = fitcnb(X, Y)
    Mdl = fitcnb(Tbl, ResponseVarName)
    Mdl = fitcnb(..., Name, Value)

    A naive Bayes classifier: in each class the predictors are independent.

    Options
      DistributionNames        'normal', 'kernel', 'mn' (counts), 'mvmn' (levels), or one for each predictor
      Kernel                   'normal'
      Width                    of the kernel
      Support                  'unbounded'
      ClassNames               the classes, in order
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

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; Y = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};
      >> Mdl = fitcnb(X, Y)
      Mdl =
        ClassificationNaiveBayes
                    ResponseName: 'Y'
           CategoricalPredictors: []
                      ClassNames: {'a'  'b'}
                  ScoreTransform: 'none'
                 NumObservations: 6
               DistributionNames: {'normal'  'normal'}
          DistributionParameters: {2×2 cell}
      >> Mdl.DistributionParameters{1, 1}
      ans =
          1.3333
          0.5774
      >> Mdl = fitcnb(table(X, Y), 'Y', 'DistributionNames', 'kernel'); resubLoss(Mdl)
      ans =
           0

    See also fitcdiscr, fitcknn, predict.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcnb")
    data = classified(session, "fitcnb", X, Y, options, drop_missing=False)
    return cross_validated(session, bayes(data, options), options)


def bayes(data: Data, options: dict) -> NaiveBayes:
    columns = data.X.shape[1]
    given = options.get("DistributionNames")
    if empty(given):
        kinds = ["normal"] * columns
        place = 0
        for column in data.predictors.columns:
            size = 1 if column.levels is None else len(column.levels)
            if column.levels is not None:
                kinds[place : place + size] = ["mvmn"] * size
            place += size
    else:
        words = texts_or_none(given) or []
        kinds = [take.choice(word, ("normal", "kernel", "mn", "mvmn"), "DistributionNames") for word in words]
        if kinds != ["mn"]:
            kinds = kinds * columns if len(kinds) == 1 else kinds
    if kinds != ["mn"] and (len(kinds) != columns or "mn" in kinds):
        raise ScriptError(
            "stats:fitcnb:BadDist", "DistributionNames must be one name, or one for each predictor.",
            notes=(f"{len(kinds)} names, {columns} predictors",),
        )  # fmt: skip
    if not empty(options.get("Kernel")):
        take.choice(options["Kernel"], ("normal",), "Kernel")
    if not empty(options.get("Support")):
        take.choice(options["Support"], ("unbounded",), "Support")
    width = None if empty(options.get("Width")) else take.number(options["Width"], "Width")
    model = NaiveBayes.__new__(NaiveBayes)
    model.kinds, model.width = kinds, width
    NaiveBayes.__init__(model, data, distributions(kinds, width), options)
    return model
