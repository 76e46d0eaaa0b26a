"""Naive Bayes classifiers: fitcnb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.training_data import Data, Predictors, classified
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distributions import KERNELS
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, is_cell, ndarray, norm, numel_of
from cnnscript.values.take import described
from cnnscript.values.text import cell_of_texts, is_text, texts_or_none

ANYWHERE = (-np.inf, np.inf)


class NaiveBayes(Classifier):
    """ClassificationNaiveBayes: `fitted` is log-likelihoods and the parameters of the distributions."""

    kind, short = "ClassificationNaiveBayes", "NaiveBayes"
    stands_alone = False
    kinds: list[str]
    width: ndarray | float | None = None
    kernels: list[str] | None = None  # of each predictor; None: normal, in files of older versions
    reaches: list[tuple[float, float]] | None = None  # where each predictor lies; None: anywhere

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return distributions(self.kinds, self.width, self.kernels, self.reaches)

    def raw_scores(self, X: ndarray) -> ndarray:
        likely = self.fitted[0](by_predictor(X, self.data.predictors)) + np.log(np.maximum(self.data.prior, 1e-300))
        likely -= likely.max(axis=1, keepdims=True)
        shares = np.exp(likely)
        return shares / shares.sum(axis=1, keepdims=True)

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        return {
            "DistributionNames": lambda: "mn" if self.kinds == ["mn"] else cell_of_texts(self.kinds, column=False),
            "DistributionParameters": lambda: self.fitted[1],
        }


def by_predictor(X: ndarray, predictors: Predictors) -> ndarray:
    """Rows with a column for each predictor; a categorical one is the number of its level, NaN where it has none."""
    if not predictors.categorical:
        return X
    columns, at = [], 0
    for column in predictors.columns:
        if column.levels is None:
            columns.append(X[:, at])
            at += 1
            continue
        part = X[:, at : at + len(column.levels)]
        columns.append(np.where(part.any(axis=1), part.argmax(axis=1) + 1.0, np.nan))
        at += len(column.levels)
    return np.column_stack(columns)


def distributions(
    kinds: list[str], width: Any, kernels: list[str] | None = None, reaches: list[tuple[float, float]] | None = None
) -> Callable[[Data], Any]:
    def train(data: Data):
        if kinds == ["mn"]:
            return multinomial(data)
        X = by_predictor(data.X, data.predictors)
        count, columns = data.count, X.shape[1]
        parameters = np.empty((count, columns), OBJECT)
        parts: list[list[Callable]] = []
        for place in range(count):
            rows = data.y == place
            weights = data.weights[rows] / max(data.weights[rows].sum(), 1e-300)
            row: list[Callable] = []
            for at in range(columns):
                values = X[rows, at]
                known = ~np.isnan(values)
                shares = weights[known] / max(weights[known].sum(), 1e-300)
                if kinds[at] == "kernel":
                    kernel, reach = kernels[at] if kernels else "normal", reaches[at] if reaches else ANYWHERE
                    wide = width if width is None or np.ndim(width) == 0 else float(width[place, at])
                    evaluate, shown = fit_kernel(values[known], shares, wide, kernel, reach)
                else:
                    fit = fit_normal if kinds[at] == "normal" else fit_levels
                    evaluate, shown = fit(values[known], shares, X[:, at])
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


def fit_normal(values: ndarray, weights: ndarray, everything: ndarray):
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


def fit_kernel(values: ndarray, weights: ndarray, width: float | None, kernel: str, reach: tuple[float, float]):
    """A sum of bumps of variance 1; their width is the best one for a normal distribution, with a robust deviation.
    Numbers that lie above or between bounds are taken by their logarithm or the logit, as ksdensity takes them."""
    if not values.size:
        raise ScriptError(
            "stats:ClassificationNaiveBayes:NoDataForKernel",
            "A kernel distribution cannot be fit for a combination of a class and a predictor: there is no number.",
        )
    low, high = reach
    there = unbounded(values, low, high)
    middle = np.median(there)
    deviation = np.median(np.abs(there - middle)) / 0.6745 or np.ptp(there) or 1.0
    bump = float(deviation * (4 / (3 * there.size)) ** 0.2) if width is None else width

    def evaluate(x: ndarray) -> ndarray:
        inside = (x > low) & (x < high)
        at = unbounded(np.where(inside, x, values[0]), low, high)
        bumps = KERNELS[kernel]((at[:, None] - there[None, :]) / bump) @ weights / bump
        if np.isfinite(low):
            known = np.where(inside, x, values[0])
            bumps = bumps / (known - low) * ((high - low) / (high - known) if np.isfinite(high) else 1)
        return np.log(np.maximum(np.where(inside, bumps, 0), 1e-300))

    return evaluate, norm(np.array([[bump]]))


def unbounded(x: ndarray, low: float, high: float) -> ndarray:
    if not np.isfinite(low):
        return x
    return np.log((x - low) / (high - x)) if np.isfinite(high) else np.log(x - low)


def fit_levels(values: ndarray, weights: ndarray, everything: ndarray):
    """The share of each level, each counted once more than it is there; a level that was never seen tells nothing."""
    levels = np.unique(everything[~np.isnan(everything)])
    counts = np.array([(values == level).sum() for level in levels]) + 1.0
    shares = counts / counts.sum()
    table = dict(zip(levels.tolist(), np.log(shares).tolist(), strict=True))
    return (lambda x: np.array([table.get(item, 0.0) for item in x.tolist()])), norm(shares.reshape(-1, 1))


def multinomial(data: Data):
    """Token counts: each class has a probability for each predictor, with one token added to each."""
    if (data.X < 0).any() or (np.floor(data.X) != data.X)[~np.isnan(data.X)].any() or np.isinf(data.X).any():
        raise ScriptError(
            "stats:ClassificationNaiveBayes:BadDataForMN",
            "For the multinomial distribution all predictors must be nonnegative integers.",
        )
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
    HyperparameterOptimizationOptions=None,
):  # fmt: skip
    """
    Mdl = fitcnb(X, Y)
    Mdl = fitcnb(Tbl, ResponseVarName)
    Mdl = fitcnb(..., Name, Value)

    A naive Bayes classifier: in each class the predictors are independent.

    Options
      DistributionNames        'normal', 'kernel', 'mn' (counts), 'mvmn' (levels), or one for each predictor
      Kernel                   'normal', 'box', 'triangle', 'epanechnikov', or one for each predictor
      Width                    of the kernel: one, one for each class (rows) or each predictor (columns), or for both
      Support                  'unbounded', 'positive', [low high], or one for each predictor
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
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

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
      >> Mdl = fitcnb(X, Y, 'DistributionNames', 'kernel'); resubLoss(Mdl)
      ans =
           0

    See also fitcdiscr, fitcknn, predict.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcnb", HyperparameterOptimizationOptions)
    data = classified(session, "fitcnb", X, Y, options, drop_missing=False)
    return cross_validated(session, bayes(data, options), options)


def bayes(data: Data, options: dict) -> NaiveBayes:
    columns = len(data.predictors.columns)
    if data.X.shape[1] != len(data.predictors.expanded()):
        raise ScriptError(
            "stats:fitcnb:MulticolumnVariable", "Each predictor in a table must be one column.",
            hint="splitvars makes variables of the columns of others",
        )  # fmt: skip
    given = options.get("DistributionNames")
    if empty(given):
        kinds = ["normal" if column.levels is None else "mvmn" for column in data.predictors.columns]
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
    for kind, column in zip(kinds, data.predictors.columns, strict=False):
        if kind != "mvmn" and column.levels is not None:
            raise ScriptError(
                "stats:ClassificationNaiveBayes:BadDist", "The distribution of a categorical predictor must be 'mvmn'.",
                notes=(f"'{column.name}' has '{kind}'",),
            )  # fmt: skip
    kernels = each_of(options.get("Kernel"), columns, "Kernel", "normal", kernel_named)
    reaches = each_of(options.get("Support"), columns, "Support", ANYWHERE, reach_of)
    X = by_predictor(data.X, data.predictors)
    for at, (low, high) in enumerate(reaches):
        if kinds == ["mn"] or kinds[at] != "kernel":
            continue
        values = X[:, at]
        if ((values <= low) | (values >= high)).any():
            raise ScriptError(
                "stats:fitcnb:BadSupport", "All numbers of a predictor must lie within its support.",
                notes=(f"predictor {at + 1}",),
            )  # fmt: skip
    width = None if empty(options.get("Width")) else width_of(options["Width"], data.count, columns)
    model = NaiveBayes.__new__(NaiveBayes)
    model.kinds, model.width, model.kernels, model.reaches = kinds, width, kernels, reaches
    NaiveBayes.__init__(model, data, distributions(kinds, width, kernels, reaches), options)
    return model


def each_of(given: Any, columns: int, name: str, usual: Any, read: Callable[[Any], Any]) -> list:
    """An option that holds for all predictors or, in a cell, for each."""
    if empty(given):
        return [usual] * columns
    if not is_cell(given):
        return [read(given)] * columns
    found = [read(item) for item in given.ravel("F").tolist()]
    found = found * columns if len(found) == 1 else found
    if len(found) != columns:
        raise ScriptError(
            f"stats:fitcnb:Bad{name}", f"{name} must be one, or one for each predictor.",
            notes=(f"{len(found)}, {columns} predictors",),
        )  # fmt: skip
    return found


def kernel_named(given: Any) -> str:
    return take.choice(given, tuple(KERNELS), "Kernel")


def reach_of(given: Any) -> tuple[float, float]:
    if is_text(given):
        return (0.0, np.inf) if take.choice(given, ("unbounded", "positive"), "Support") == "positive" else ANYWHERE
    bounds = take.vector(given, "Support").tolist()
    if len(bounds) != 2 or not -np.inf < bounds[0] < bounds[1]:
        raise take.wanted("'unbounded', 'positive' or two increasing numbers", "Support", given)
    return bounds[0], bounds[1]


def width_of(given: Any, count: int, columns: int) -> ndarray | float:
    """The width of kernels: one, or a matrix of classes × predictors."""
    widths = np.atleast_2d(take.real(given, "Width")) if numel_of(given) > 1 else take.number(given, "Width")
    if np.ndim(widths) and (widths.shape[0] not in (1, count) or widths.shape[1] not in (1, columns)):
        raise ScriptError(
            "stats:fitcnb:BadWidth", "Width must be one number, or have a row for each class or a column for each "
            "predictor.", notes=(f"got {described(given)}, {count} classes, {columns} predictors",),
        )  # fmt: skip
    if not (np.asarray(widths) > 0).all():
        raise ScriptError("stats:fitcnb:BadWidth", "Width must be positive.")
    return np.broadcast_to(widths, (count, columns)).copy() if np.ndim(widths) else widths
