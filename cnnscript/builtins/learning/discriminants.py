"""Classifiers by Gaussians: fitcdiscr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, ndarray, norm


class Discriminant(Classifier):
    """ClassificationDiscriminant: `fitted` is the classes' means and covariances."""

    kind, short = "ClassificationDiscriminant", "Discriminant"
    form = "linear"

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return gaussians(self.form, self.gamma)

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
            "Coeffs": self.coefficients if filled(self.options) else lambda: EMPTY,
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
    HyperparameterOptimizationOptions=None,
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
      FillCoeffs               whether Coeffs is filled (on), else it is []
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
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

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
    refuse_search(OptimizeHyperparameters, "fitcdiscr", HyperparameterOptimizationOptions)
    data = classified(session, "fitcdiscr", X, Y, options, drop_missing=True)
    return cross_validated(session, discriminant(data, options), options)


def filled(options: dict) -> bool:
    """Whether 'FillCoeffs' asks for the coefficients of the boundaries."""
    given = options.get("FillCoeffs")
    return empty(given) or take.flag(given, "FillCoeffs")


def discriminant(data: Data, options: dict) -> Discriminant:
    form = options.get("DiscrimType")
    form = "linear" if empty(form) else take.choice(form, FORMS, "DiscrimType")
    if not empty(options.get("Delta")) and take.number(options["Delta"], "Delta") != 0:
        raise ScriptError("cnnscript:NotYet", "'Delta' other than 0 is not in cnnscript yet.")
    filled(options)
    gamma = 0.0 if empty(options.get("Gamma")) else take.number(options["Gamma"], "Gamma")
    if not 0 <= gamma <= 1:
        raise ScriptError("stats:fitcdiscr:BadGamma", "Gamma must be a number from 0 to 1.")
    model = Discriminant.__new__(Discriminant)
    model.form, model.gamma = form, gamma
    Discriminant.__init__(model, data, gaussians(form, gamma), options)
    return model
