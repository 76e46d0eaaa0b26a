"""Classifiers by their nearest neighbours: fitcknn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import check_run_options, empty, refuse_search
from cnnscript.builtins.learning.machine_training import Scaler
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import Metric
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm

WORTH_A_PRODUCT = 100_000  # numbers of the training data
MOST_TOLD = 20  # times as many rows as are wanted: with more, products say too little


class NearestNeighbours(Classifier):
    kind, short, stands_alone = "ClassificationKNN", "KNN", False

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        self.settings = {**settings_of(self.data, self.options), "count": self.count}
        return neighbour_trainer(self.settings)

    def state_kept(self) -> dict[str, Any]:
        return {**super().state_kept(), "count": self.settings["count"]}

    def distance_parameter(self) -> Any:
        """The exponent, scales or covariance of the distance, those of the data where none were given; [] of others."""
        known = self.settings["scaler"]().apply(self.data.X)
        found = Metric(self.settings["Distance"], self.settings["parameter"], "fitcknn").prepare(known).parameter
        if found is None:
            return EMPTY
        return norm(np.asfortranarray(found.reshape(1, -1) if found.ndim == 1 else found))

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        settings = self.settings
        return {
            "Distance": lambda: settings["Distance"],
            "DistParameter": self.distance_parameter,
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
                if measure.word == "euclidean" and known.size > WORTH_A_PRODUCT:
                    far = nearest_alone(part, known, min(settings["count"], len(known)))
                else:
                    far = measure.between(part, known)
                found[first : first + 500] = voted(far, data, votes, settings)
            return found

        return scores

    return train


def nearest_alone(one: ndarray, other: ndarray, count: int) -> ndarray:
    """The distance of each row of one to those rows of the other that are among its `count` nearest, or as near; Inf
    for the rest.

    Products of matrices, which are quick, say which rows may be; their distances are then those of differences, so
    that equal rows are equally far.
    """
    squares = (one**2).sum(1)[:, None] + (other**2).sum(1)
    rough = squares - 2 * (one @ other.T)
    wrong = 4 * one.shape[1] * np.finfo(float).eps * squares.max()  # at most, by rounding
    edge = np.partition(rough, count - 1, axis=1)[:, count - 1 : count]
    rows, columns = np.nonzero(~(rough > edge + 2 * wrong))  # NaN is as near as anything
    if rows.size > MOST_TOLD * count * len(one):
        from scipy.spatial.distance import cdist

        return cdist(one, other)
    far = np.full(rough.shape, np.inf)
    far[rows, columns] = np.sqrt(((one[rows] - other[columns]) ** 2).sum(1))
    return far


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
    HyperparameterOptimizationOptions=None,
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
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

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
    refuse_search(OptimizeHyperparameters, "fitcknn", HyperparameterOptimizationOptions)
    check_run_options({"BucketSize": BucketSize}, "fitcknn")
    data = classified(session, "fitcknn", X, Y, options, drop_missing=True)
    model = neighbours(data, options)
    return cross_validated(session, model, options)


def neighbours(data: Data, options: dict) -> NearestNeighbours:
    settings = settings_of(data, options)
    model = NearestNeighbours.__new__(NearestNeighbours)
    model.settings = settings
    NearestNeighbours.__init__(model, data, neighbour_trainer(settings), options)
    return model


def parameter_of(metric: Any, options: dict) -> Any:
    """The number or numbers of a distance; those of another one are refused."""
    found = None
    for name, owner in (("Exponent", "minkowski"), ("Cov", "mahalanobis"), ("Scale", "seuclidean")):
        if empty(options.get(name)):
            continue
        if metric != owner:
            raise ScriptError(
                f"stats:fitcknn:Bad{name}", f"'{name}' is valid only for the distance '{owner}'.",
                notes=("the distance is a function" if type(metric) is Function else f"the distance is '{metric}'",),
            )  # fmt: skip
        found = options[name]
    return found


def settings_of(data: Data, options: dict) -> dict[str, Any]:
    distance = options.get("Distance")
    weighting = options.get("DistanceWeight")
    ties = options.get("BreakTies")
    if not empty(ties) and take.choice(ties, ("smallest", "nearest", "random"), "BreakTies") != "smallest":
        raise ScriptError("cnnscript:NotYet", "'BreakTies' other than 'smallest' is not in cnnscript yet.")
    flagged = {name: not empty(options.get(name)) and take.flag(options[name], name) for name in
               ("Standardize", "IncludeTies")}  # fmt: skip
    search = options.get("NSMethod")
    if not empty(search):
        search = take.choice(search, ("kdtree", "exhaustive"), "NSMethod")
    word = "euclidean" if empty(distance) else distance
    metric = word if type(word) is Function else Metric(word, None, "fitcknn").word
    return {
        "count": 1 if empty(options.get("NumNeighbors")) else take.positive(options["NumNeighbors"], "NumNeighbors"),
        "Distance": metric,
        "parameter": parameter_of(metric, options),
        "weighting": weighting if type(weighting) is Function else "equal" if empty(weighting) else take.choice(
            weighting, tuple(WEIGHTINGS), "DistanceWeight"
        ),
        "standard": flagged["Standardize"],
        "all_ties": flagged["IncludeTies"],
        "ties": "smallest",
        "search": search or ("kdtree" if data.X.shape[1] <= 10 else "exhaustive"),
        "scaler": lambda: Scaler(data, flagged["Standardize"]),
    }  # fmt: skip
