"""Classifiers by neighbours and by distributions: fitcknn, fitcnb, fitcdiscr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.classifiers import Classifier, cross_validated
from cnnscript.builtins.distances import Metric
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.support_vector_machines import Scaler, empty, refuse_search
from cnnscript.builtins.training_data import Data, classified
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, ndarray, norm
from cnnscript.values.text import cell_of_texts, texts_or_none


# -------------------------------------------------------------------------------------------------- nearest neighbours
class NearestNeighbours(Classifier):
    kind, short = "ClassificationKNN", "KNN"

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        settings = self.settings
        return {
            "Distance": lambda: settings["Distance"],
            "NumNeighbors": lambda: float(settings["count"]),
            "DistanceWeight": lambda: settings["weighting"],
            "BreakTies": lambda: settings["ties"],
            "IncludeTies": lambda: settings["all_ties"],
            "NSMethod": lambda: settings["search"],
            "Mu": lambda: settings["scaler"]().row(settings["scaler"]().mean),
            "Sigma": lambda: settings["scaler"]().row(settings["scaler"]().deviation),
        }

    def shown(self) -> list[str]:
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations", "Distance",
                "NumNeighbors"]  # fmt: skip

    def set(self, name: str, value: Any) -> Classifier:
        if name == "NumNeighbors":
            import copy

            changed = copy.copy(self)
            changed.settings = {**self.settings, "count": take.positive(value, name)}
            changed.train = neighbour_trainer(changed.settings)
            changed.fitted = changed.train(self.data)
            return changed
        return super().set(name, value)


WEIGHTINGS = {
    "equal": lambda far: np.ones_like(far),
    "inverse": lambda far: 1 / far,
    "squaredinverse": lambda far: 1 / far**2,
}


def neighbour_trainer(settings: dict) -> Callable[[Data], Any]:
    def train(data: Data):
        scaler = Scaler(data, settings["standard"])
        known = scaler.apply(data.X)
        measure = Metric(settings["Distance"], settings["parameter"], "fitcknn").prepare(known)
        # a vote counts as much as its observation weighs
        votes = data.weights * len(data.weights)

        def scores(X: ndarray) -> ndarray:
            found = np.zeros((len(X), data.count))
            for first in range(0, len(X), 500):  # rows at a time: the distances stay small
                part = scaler.apply(X[first : first + 500])
                found[first : first + 500] = voted(measure.between(part, known), data, votes, settings)
            return found

        return scores

    return train


def voted(far: ndarray, data: Data, votes: ndarray, settings: dict) -> ndarray:
    """The share of the votes of the nearest for each class."""
    count = min(settings["count"], far.shape[1])
    order = np.argsort(far, axis=1, kind="stable")
    scores = np.zeros((len(far), data.count))
    for row in range(len(far)):
        near = order[row, :count]
        if settings["all_ties"]:
            near = order[row][far[row, order[row]] <= far[row, near[-1]]]
        distances = far[row, near]
        if settings["weighting"] != "equal" and (distances == 0).any():
            near, distances = near[distances == 0], np.ones(int((distances == 0).sum()))
            weights = np.ones(near.size)
        elif type(settings["weighting"]) is Function:
            value = settings["weighting"].call(1, norm(distances.reshape(1, -1)))
            weights = np.asarray(as_array(value), float).ravel("F")
        else:
            weights = WEIGHTINGS[settings["weighting"]](distances)
        sums = np.bincount(data.y[near], weights * votes[near], minlength=data.count)
        scores[row] = sums / sums.sum() if sums.sum() else sums
    return scores


@builtin
def fitcknn(
    session, X, Y=None, /, *, NumNeighbors=1.0, Distance=None, DistanceWeight="equal", Exponent=None, Cov=None,
    Scale=None, Standardize=False, BreakTies="smallest", IncludeTies=False, NSMethod=None, BucketSize=50.0,
    ClassNames=None, Cost=None, Prior=None, Weights=None, PredictorNames=None, ResponseName=None, ScoreTransform=None,
    CategoricalPredictors=None, CrossVal=None, CVPartition=None, Holdout=None, KFold=None, Leaveout=None,
    OptimizeHyperparameters=None,
):  # fmt: skip
    """
    Mdl = fitcknn(X, Y)
    Mdl = fitcknn(Tbl, ResponseVarName)
    Mdl = fitcknn(..., Name, Value)

    A classifier by the nearest neighbours.

    Options
      NumNeighbors             how many vote (1)
      Distance                 as in pdist ('euclidean')
      DistanceWeight           'equal', 'inverse', 'squaredinverse' or a function of distances
      Exponent                 of the distance 'minkowski' (2)
      Cov                      of the distance 'mahalanobis'
      Scale                    of the distance 'seuclidean'
      Standardize              whether predictors are centred and scaled (false)
      BreakTies                'smallest': the first class of those with equal votes
      IncludeTies              whether all at the distance of the last one vote (false)
      NSMethod                 'kdtree' or 'exhaustive': the answer is the same
      BucketSize               points in a leaf of the search tree: the answer is the same
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
      >> Mdl = fitcknn(X, Y, 'NumNeighbors', 3)
      Mdl =
        ClassificationKNN
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: {'a'  'b'}
                 ScoreTransform: 'none'
                NumObservations: 6
                       Distance: 'euclidean'
                   NumNeighbors: 3
      >> [label, score] = predict(Mdl, [4 4])
      label =
        1×1 cell array
          {'a'}
      score =
          0.6667    0.3333
      >> Mdl = fitcknn(table(X, Y), 'Y'); resubLoss(Mdl)
      ans =
           0

    See also knnsearch, fitcsvm, fitctree, predict.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcknn")
    data = classified(session, "fitcknn", X, Y, options, drop_missing=True)
    model = neighbours(data, options)
    return cross_validated(session, model, options)


def neighbours(data: Data, options: dict) -> NearestNeighbours:
    distance = options.get("Distance")
    weighting = options.get("DistanceWeight")
    ties = options.get("BreakTies")
    if not empty(ties) and take.choice(ties, ("smallest", "nearest", "random"), "BreakTies") != "smallest":
        raise ScriptError("cnnscript:NotYet", "'BreakTies' other than 'smallest' is not in cnnscript yet.")
    parameter = next((options.get(name) for name in ("Exponent", "Cov", "Scale") if not empty(options.get(name))), None)
    flagged = {name: not empty(options.get(name)) and take.flag(options[name], name) for name in
               ("Standardize", "IncludeTies")}  # fmt: skip
    search = options.get("NSMethod")
    if not empty(search):
        search = take.choice(search, ("kdtree", "exhaustive"), "NSMethod")
    word = "euclidean" if empty(distance) else distance
    settings = {
        "count": 1 if empty(options.get("NumNeighbors")) else take.positive(options["NumNeighbors"], "NumNeighbors"),
        "Distance": word if type(word) is Function else Metric(word, None, "fitcknn").word,
        "parameter": parameter,
        "weighting": weighting if type(weighting) is Function else "equal" if empty(weighting) else take.choice(
            weighting, tuple(WEIGHTINGS), "DistanceWeight"
        ),
        "standard": flagged["Standardize"],
        "all_ties": flagged["IncludeTies"],
        "ties": "smallest",
        "search": search or ("kdtree" if data.X.shape[1] <= 10 else "exhaustive"),
        "scaler": lambda: Scaler(data, flagged["Standardize"]),
    }  # fmt: skip
    model = NearestNeighbours.__new__(NearestNeighbours)
    model.settings = settings
    NearestNeighbours.__init__(model, data, neighbour_trainer(settings), options)
    return model


# --------------------------------------------------------------------------------------------------------- naive Bayes
class NaiveBayes(Classifier):
    """ClassificationNaiveBayes: `fitted` is log-likelihoods and the parameters of the distributions."""

    kind, short = "ClassificationNaiveBayes", "NaiveBayes"
    kinds: list[str]

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
    model.kinds = kinds
    NaiveBayes.__init__(model, data, distributions(kinds, width), options)
    return model


# -------------------------------------------------------------------------------------------------------- discriminant
class Discriminant(Classifier):
    """ClassificationDiscriminant: `fitted` is the classes' means and covariances."""

    kind, short = "ClassificationDiscriminant", "Discriminant"
    form = "linear"

    def raw_scores(self, X: ndarray) -> ndarray:
        means, covariances = self.fitted
        likely = np.empty((len(X), self.data.count))
        for place, mean in enumerate(means):
            covariance = covariances[place if len(covariances) > 1 else 0]
            values, vectors = np.linalg.eigh(covariance)
            keep = values > max(values.max(), 0) * 1e-12
            turned = (X - mean) @ vectors[:, keep] / np.sqrt(values[keep])
            likely[:, place] = -0.5 * (turned**2).sum(axis=1) - 0.5 * np.log(values[keep]).sum()
        likely += np.log(np.maximum(self.data.prior, 1e-300))
        likely -= likely.max(axis=1, keepdims=True)
        shares = np.exp(likely)
        return shares / shares.sum(axis=1, keepdims=True)

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        means, covariances = self.fitted
        whole = np.stack(covariances, axis=2) if len(covariances) > 1 else covariances[0]
        return {
            "DiscrimType": lambda: self.form,
            "Mu": lambda: norm(np.asfortranarray(means)),
            "Coeffs": self.coefficients,
            "Sigma": lambda: norm(np.asfortranarray(whole)),
            "Gamma": lambda: self.gamma,
            "Delta": lambda: 0.0,
        }

    gamma = 0.0

    def shown(self) -> list[str]:
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations",
                "DiscrimType", "Mu", "Coeffs"]  # fmt: skip

    def coefficients(self) -> Any:
        """K-by-K structs of the boundary between each two classes: Const + x*Linear (+ x*Quadratic*x') = 0."""
        from cnnscript.values.structs import struct_of_own

        means, covariances = self.fitted
        count = self.data.count
        names = ["DiscrimType", "Const", "Linear", "Quadratic", "Class1", "Class2"]
        names = names if len(covariances) > 1 else [name for name in names if name != "Quadratic"]
        cell = np.empty((count, count), OBJECT, order="F")
        logs = np.log(np.maximum(self.data.prior, 1e-300))
        inverses = [np.linalg.pinv(matrix) for matrix in covariances]
        for one in range(count):
            for two in range(count):
                fields: dict[str, Any] = dict.fromkeys(names, EMPTY)
                if one != two:
                    first, second = (inverses[place if len(inverses) > 1 else 0] for place in (one, two))
                    linear = first @ means[one] - second @ means[two]
                    const = (
                        logs[one]
                        - logs[two]
                        - 0.5 * (means[one] @ first @ means[one] - means[two] @ second @ means[two])
                    )
                    if len(covariances) > 1:
                        signs = [np.linalg.slogdet(covariances[place])[1] for place in (one, two)]
                        const -= 0.5 * (signs[0] - signs[1])
                        fields["Quadratic"] = norm(np.asfortranarray(-0.5 * (first - second)))
                    fields["DiscrimType"], fields["Const"] = self.form, float(const)
                    fields["Linear"] = norm(linear.reshape(-1, 1))
                    fields["Class1"], fields["Class2"] = self.labels(np.array([one])), self.labels(np.array([two]))
                cell[one, two] = fields
        return struct_of_own(names, cell)


FORMS = ("linear", "quadratic", "diaglinear", "diagquadratic", "pseudolinear", "pseudoquadratic")


def gaussians(form: str, gamma: float) -> Callable[[Data], Any]:
    def train(data: Data):
        means = np.stack([
            np.average(data.X[data.y == place], axis=0, weights=data.weights[data.y == place])
            for place in range(data.count)
        ])  # fmt: skip
        rest = data.X - means[data.y]
        if "quadratic" not in form:
            weights = data.raw_weights / data.raw_weights.sum()
            inside = np.bincount(data.y, weights, minlength=data.count)
            squares = np.bincount(data.y, weights**2, minlength=data.count)
            correction = 1 - float((squares / np.where(inside, inside, 1)).sum())
            covariances = [(rest * weights[:, None]).T @ rest / (correction or 1.0)]
        else:
            covariances = []
            for place in range(data.count):
                rows = data.y == place
                weights = data.raw_weights[rows] / data.raw_weights[rows].sum()
                correction = 1 - float((weights**2).sum())
                covariances.append((rest[rows] * weights[:, None]).T @ rest[rows] / (correction or 1.0))
        if form.startswith("diag"):
            covariances = [np.diag(np.diag(matrix)) for matrix in covariances]
        elif gamma:
            covariances = [(1 - gamma) * matrix + gamma * np.diag(np.diag(matrix)) for matrix in covariances]
        if not form.startswith("pseudo"):
            for matrix in covariances:
                values = np.linalg.eigvalsh(matrix)
                if not values.min() > 1e-12 * max(values.max(), 0):
                    word = "pseudoQuadratic" if "quadratic" in form else "pseudoLinear"
                    raise ScriptError(
                        "stats:ClassificationDiscriminant:SingularCov",
                        "Predictor covariance matrix is singular: some predictors have zero within-class variance or "
                        f"depend on others. Exclude predictors or set 'discrimType' to '{word}' or "
                        f"'{word.replace('pseudo', 'diag')}'.",
                    )
        return means, covariances

    return train


@builtin
def fitcdiscr(
    session, X, Y=None, /, *, DiscrimType="linear", Gamma=0.0, Delta=0.0, FillCoeffs=True, ClassNames=None, Cost=None,
    Prior=None, Weights=None, PredictorNames=None, ResponseName=None, ScoreTransform=None, CrossVal=None,
    CVPartition=None, Holdout=None, KFold=None, Leaveout=None, OptimizeHyperparameters=None,
):  # fmt: skip
    """
    Mdl = fitcdiscr(X, Y)
    Mdl = fitcdiscr(Tbl, ResponseVarName)
    Mdl = fitcdiscr(..., Name, Value)

    Discriminant analysis: each class is a normal distribution.

    Options
      DiscrimType              'linear', 'quadratic', 'diaglinear', 'diagquadratic', 'pseudolinear', 'pseudoquadratic'
      Gamma                    how far the covariance is drawn towards its diagonal (0)
      Delta                    0: no coefficient is cut off
      FillCoeffs               whether Coeffs is filled (on)
      ClassNames               the classes, in order
      Cost                     cost of taking one class (row) for another (column)
      Prior                    'empirical', 'uniform', or the probabilities
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      ScoreTransform           'none', 'logit' ... or a function
      CrossVal                 'on': ten folds
      CVPartition              a cvpartition
      Holdout                  share left out to test
      KFold                    number of folds
      Leaveout                 'on': each observation is a fold
      OptimizeHyperparameters  'none'

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; Y = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};
      >> Mdl = fitcdiscr(X, Y)
      Mdl =
        ClassificationDiscriminant
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: {'a'  'b'}
                 ScoreTransform: 'none'
                NumObservations: 6
                    DiscrimType: 'linear'
                             Mu: [2×2 double]
                         Coeffs: [2×2 struct]
      >> predict(Mdl, [2 2])
      ans =
        1×1 cell array
          {'a'}
      >> Mdl = fitcdiscr(table(X, Y), 'Y', 'DiscrimType', 'quadratic'); resubLoss(Mdl)
      ans =
           0

    See also fitcnb, fitcsvm, predict.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcdiscr")
    data = classified(session, "fitcdiscr", X, Y, options, drop_missing=True)
    return cross_validated(session, discriminant(data, options), options)


def discriminant(data: Data, options: dict) -> Discriminant:
    form = options.get("DiscrimType")
    form = "linear" if empty(form) else take.choice(form, FORMS, "DiscrimType")
    if not empty(options.get("Delta")) and take.number(options["Delta"], "Delta") != 0:
        raise ScriptError("cnnscript:NotYet", "'Delta' other than 0 is not in cnnscript yet.")
    if not empty(options.get("FillCoeffs")):
        take.flag(options["FillCoeffs"], "FillCoeffs")
    gamma = 0.0 if empty(options.get("Gamma")) else take.number(options["Gamma"], "Gamma")
    if not 0 <= gamma <= 1:
        raise ScriptError("stats:fitcdiscr:BadGamma", "Gamma must be a number from 0 to 1.")
    model = Discriminant.__new__(Discriminant)
    model.form, model.gamma = form, gamma
    Discriminant.__init__(model, data, gaussians(form, gamma), options)
    return model
