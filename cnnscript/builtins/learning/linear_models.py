"""Linear models of many predictors: fitclinear, fitrlinear."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import check_run_options, empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.response_models import responded
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, is_text


class LinearClassifier(Classifier):
    """ClassificationLinear: `fitted` is weights (p × L), biases (L)."""

    kind, short, by_cost, usual_loss, keeps_data = "ClassificationLinear", "Linear", False, "classiferror", False

    def __init__(self, data: Data, train, options: dict, learner: str, strengths: ndarray):
        self.learner, self.strengths = learner, strengths
        super().__init__(data, train, options)

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        self.options["session"] = session
        return linear_trainer(self.options, self.learner, self.strengths)

    def raw_scores(self, X: ndarray) -> ndarray:
        beta, bias = self.fitted
        values = X @ beta[:, -1] + bias[-1]
        if self.learner == "logistic":
            values = 1 / (1 + np.exp(-np.clip(values, -700, 700)))
            return np.column_stack([1 - values, values])
        return np.column_stack([-values, values])

    def answer(self, X: ndarray, nargout: int) -> tuple:
        if self.fitted[1].size == 1:
            return super().answer(X, nargout)
        labels, scores = [], []
        for one in self.singles():
            label, score = Classifier.answer(one, X, 2)
            labels.append(label)
            scores.append(as_array(score))
        session = self.options["session"]
        return session.call("horzcat", 1, *labels), norm(np.asfortranarray(np.stack(scores, axis=2)))

    def singles(self) -> list[LinearClassifier]:
        """A model for each strength of the regularization."""
        beta, bias = self.fitted
        found = []
        for place in range(bias.size):
            one = LinearClassifier.__new__(LinearClassifier)
            one.__dict__.update(
                self.__dict__, fitted=(beta[:, [place]], bias[[place]]), strengths=self.strengths[[place]]
            )  # fmt: skip
            found.append(one)
        return found

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        beta, bias = self.fitted
        return {
            "Beta": lambda: norm(np.asfortranarray(beta)), "Bias": lambda: norm(bias.reshape(1, -1)),
            "Lambda": lambda: norm(self.strengths.reshape(1, -1)), "Learner": lambda: self.learner,
        }  # fmt: skip

    def shown(self) -> list[str]:
        return ["ResponseName", "ClassNames", "ScoreTransform", "Beta", "Bias", "Lambda", "Learner"]


def strengths_of(value: Any, count: int) -> ndarray:
    if empty(value) or is_text(value) and take.choice(value, ("auto",), "Lambda") == "auto":
        return np.array([1.0 / count])
    found = take.vector(value, "Lambda")
    if not (found >= 0).all():
        raise ScriptError("stats:fitclinear:BadLambda", "Lambda must hold nonnegative numbers.")
    return found


def linear_trainer(options: dict, learner: str, strengths: ndarray) -> Callable[[Data], Any]:
    """Trains linear models with the options of fitclinear."""
    from cnnscript.learning.support_vectors import train_linear

    penalty = options.get("Regularization")
    penalty = "ridge" if empty(penalty) else take.choice(penalty, ("ridge", "lasso"), "Regularization")
    most = 1000 if empty(options.get("IterationLimit")) else take.positive(options["IterationLimit"], "IterationLimit")
    bias = empty(options.get("FitBias")) or take.flag(options["FitBias"], "FitBias")

    def train(data: Data):
        signs = np.where(data.y == data.count - 1, 1.0, -1.0)
        weights = data.weights * data.cost.sum(axis=1)[data.y]  # costs count as prior probabilities
        weights = weights / weights.sum()
        loss = "hinge" if learner == "svm" else "logistic"
        fits = [
            train_linear(data.X, signs, weights, loss, penalty, strength, most, bias=bias)
            for strength in strengths
        ]
        return np.stack([fit[0] for fit in fits], axis=1), np.array([fit[1] for fit in fits])

    return train


@builtin(outputs=2)
def fitclinear(
    session, nargout, X, Y=None, /, *, Learner=None, Lambda=None, Regularization=None, Solver=None, FitBias=None,
    ObservationsIn=None, IterationLimit=None, BetaTolerance=None, GradientTolerance=None, PassLimit=None,
    BatchSize=None, LearnRate=None, ClassNames=None, Cost=None, Prior=None, Weights=None, PredictorNames=None,
    ResponseName=None, ScoreTransform=None, CategoricalPredictors=None, CrossVal=None, CVPartition=None, Holdout=None,
    KFold=None, Leaveout=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None, Verbose=None,
):  # fmt: skip
    """
    Mdl = fitclinear(X, Y)
    Mdl = fitclinear(Tbl, ResponseVarName)
    Mdl = fitclinear(..., Name, Value)
    [Mdl, FitInfo] = fitclinear(...)

    Train a linear classifier of two classes for many predictors: a support vector machine or logistic regression.

    The minimum of the regularized loss is found to the end whatever the solver's name; MATLAB's stochastic solvers
    stop near it.

    Options
      Learner                  'svm' or 'logistic'
      Lambda                   strength of the regularization, or several ('auto': 1/n)
      Regularization           'ridge' or 'lasso'
      Solver                   'sgd', 'asgd', 'dual', 'bfgs', 'lbfgs' or 'sparsa': the minimum they look for is the same
      FitBias                  whether there is a bias (true)
      ObservationsIn           'rows' or 'columns'
      IterationLimit           most iterations (1000)
      BetaTolerance            of solvers that stop early: the minimum found is nearer
      GradientTolerance        of solvers that stop early: the minimum found is nearer
      PassLimit                refused: no stochastic solver is run
      BatchSize                refused: no stochastic solver is run
      LearnRate                refused: no stochastic solver is run
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
      Verbose                  0: nothing is printed

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; Y = [0 0 0 1 1 1]';
      >> Mdl = fitclinear(X, Y, 'Lambda', 0.01); predict(Mdl, X)'
      ans =
           0     0     0     1     1     1
      >> [Mdl, FitInfo] = fitclinear(table(X, Y), 'Y', 'Learner', 'logistic'); Mdl.Learner
      ans =
          'logistic'

    See also fitcsvm, fitrlinear, fitcecoc.
    """
    options = dict(locals())
    for word in ("nargout", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitclinear", HyperparameterOptimizationOptions)
    check_run_options(options, "fitclinear")
    data = classified(session, "fitclinear", X, Y, options, drop_missing=True)
    if data.count != 2:
        raise ScriptError(
            "stats:classreg:learning:impl:LinearImpl:BadClasses", "fitclinear needs two classes.",
            notes=(f"there are {data.count}",), hint="fitcecoc(..., 'Learners', 'linear') takes more",
        )  # fmt: skip
    learner = "svm" if empty(Learner) else take.choice(Learner, ("svm", "logistic"), "Learner")
    strengths = strengths_of(Lambda, len(data.y))
    if not empty(Solver):
        for word in take.texts(Solver, "Solver"):
            take.choice(word, ("sgd", "asgd", "dual", "bfgs", "lbfgs", "sparsa"), "Solver")
    model = LinearClassifier(data, linear_trainer(options, learner, strengths), options, learner, strengths)
    return cross_validated(session, model, options), fit_info(strengths, "lbfgs")


@builtin
def selectModels(Mdl, idx, /):
    """
    SubMdl = selectModels(Mdl, idx)

    Of a linear model trained with several strengths of regularization, the models of some of them.

    Examples
      >> Mdl = fitclinear([1; 2; 9; 10], [0; 0; 1; 1], 'Lambda', [0.01 0.1 1]); SubMdl = selectModels(Mdl, 2:3);
      >> lambda = SubMdl.Lambda
      lambda =
          0.1000    1.0000

    See also fitclinear, fitrlinear.
    """
    if not isinstance(Mdl, LinearClassifier | LinearRegression):
        raise take.wanted("a model that fitclinear or fitrlinear trained", "Mdl", Mdl)
    numbers = take.vector(idx, "idx")
    if not numbers.size or (numbers != np.floor(numbers)).any() or not (numbers >= 1).all():
        raise take.wanted("positive integers", "idx", idx)
    places = numbers.astype(int) - 1
    if places.max() >= Mdl.strengths.size:
        raise ScriptError("MATLAB:badsubscript", f"Index exceeds the number of array elements ({Mdl.strengths.size}).")
    made = copy.copy(Mdl)
    made.strengths = Mdl.strengths[places]
    if isinstance(made, LinearRegression):
        made.beta, made.bias = Mdl.beta[:, places], Mdl.bias[places]
    else:
        beta, bias = Mdl.fitted
        made.fitted = beta[:, places], bias[places]
    return made


def fit_info(strengths: ndarray, solver: str) -> Struct:
    return Struct({"Lambda": norm(strengths.reshape(1, -1)), "Solver": solver, "TerminationStatus": "Converged."})


class LinearRegression(Object):
    """RegressionLinear: y = X*Beta + Bias, for each strength of the regularization."""

    class_name = "RegressionLinear"
    methods = frozenset(("predict", "loss"))

    def __init__(self, predictors, beta: ndarray, bias: ndarray, strengths: ndarray, learner: str, more: dict):
        self.predictors, self.beta, self.bias = predictors, beta, bias
        self.strengths, self.learner, self.more = strengths, learner, more

    def property_names(self) -> list[str]:
        return ["PredictorNames", "ResponseName", "ResponseTransform", "Beta", "Bias", "Lambda", "Learner", "Epsilon"]

    def get(self, name: str) -> Any:
        found = {
            "PredictorNames": lambda: cell_of_texts(self.predictors.names, column=False),
            "ResponseName": lambda: self.more["response"],
            "ResponseTransform": lambda: "none",
            "Beta": lambda: norm(np.asfortranarray(self.beta)),
            "Bias": lambda: norm(self.bias.reshape(1, -1)),
            "Lambda": lambda: norm(self.strengths.reshape(1, -1)),
            "Learner": lambda: self.learner,
            "Epsilon": lambda: self.more["epsilon"],
        }
        if name not in found:
            raise self.no_property(name)
        return found[name]()

    def disp(self, form: Any) -> str:
        words = ("ResponseName", "ResponseTransform", "Beta", "Bias", "Lambda", "Learner")
        return f"  {self.class_name}\n{fields_body([(word, self.get(word)) for word in words], form)}{form.blank}"

    def values(self, X: ndarray) -> ndarray:
        """n × L."""
        return X @ self.beta + self.bias


@builtin(outputs=2)
def fitrlinear(
    session, nargout, X, Y=None, /, *, Learner=None, Lambda=None, Regularization=None, Epsilon=None, Solver=None,
    FitBias=None, ObservationsIn=None, IterationLimit=None, BetaTolerance=None, GradientTolerance=None, PassLimit=None,
    BatchSize=None, LearnRate=None, Weights=None, PredictorNames=None, ResponseName=None, CategoricalPredictors=None,
    Verbose=None,
):  # fmt: skip
    """
    Mdl = fitrlinear(X, Y)
    Mdl = fitrlinear(Tbl, ResponseVarName)
    Mdl = fitrlinear(..., Name, Value)
    [Mdl, FitInfo] = fitrlinear(...)

    Train a linear regression for many predictors: a support vector machine or least squares.

    The minimum of the regularized loss is found by L-BFGS whatever the solver's name.

    Options
      Learner                'svm' or 'leastsquares'
      Lambda                 strength of the regularization, or several ('auto': 1/n)
      Regularization         'ridge' or 'lasso'
      Epsilon                half the width of the band without loss ('auto': from the spread of Y)
      Solver                 'sgd', 'asgd', 'dual', 'bfgs', 'lbfgs' or 'sparsa': the minimum is the same
      FitBias                whether there is a bias (true)
      ObservationsIn         'rows' or 'columns'
      IterationLimit         most iterations (1000)
      BetaTolerance          of solvers that stop early: the minimum found is nearer
      GradientTolerance      of solvers that stop early: the minimum found is nearer
      PassLimit              refused: no stochastic solver is run
      BatchSize              refused: no stochastic solver is run
      LearnRate              refused: no stochastic solver is run
      Weights                of the observations
      PredictorNames         names
      ResponseName           a name ('Y')
      CategoricalPredictors  which are categorical
      Verbose                0: nothing is printed

    Examples
      >> X = (1:6)'; Y = 2*X + 1;
      >> Mdl = fitrlinear(X, Y, 'Learner', 'leastsquares', 'Lambda', 0); round([Mdl.Beta Mdl.Bias], 3)
      ans =
           2     1
      >> [Mdl, FitInfo] = fitrlinear(table(X, Y), 'Y', 'Lambda', [0.1 1]); size(predict(Mdl, X))
      ans =
           6     2

    See also fitclinear, polyfit.
    """
    options = {
        "PredictorNames": PredictorNames, "ResponseName": ResponseName, "ObservationsIn": ObservationsIn,
        "CategoricalPredictors": CategoricalPredictors, "Weights": Weights,
    }  # fmt: skip
    from cnnscript.learning.support_vectors import train_linear

    check_run_options(
        {
            "BetaTolerance": BetaTolerance, "GradientTolerance": GradientTolerance, "PassLimit": PassLimit,
            "BatchSize": BatchSize, "LearnRate": LearnRate, "Verbose": Verbose,
        }, "fitrlinear",
    )  # fmt: skip
    if not empty(Solver):
        for word in take.texts(Solver, "Solver"):
            take.choice(word, ("sgd", "asgd", "dual", "bfgs", "lbfgs", "sparsa"), "Solver")
    predictors, response, matrix, target, weights = responded(session, "fitrlinear", X, Y, options)
    used = ~np.isnan(matrix).any(axis=1)
    if not used.any():
        raise ScriptError("stats:fitrlinear:NoData", "No observation has a response and all its predictors.")
    matrix, target, weights = matrix[used], target[used], weights[used]
    learner = "svm" if empty(Learner) else take.choice(Learner, ("svm", "leastsquares"), "Learner")
    strengths = strengths_of(Lambda, max(1, target.size))
    penalty = "ridge" if empty(Regularization) else take.choice(Regularization, ("ridge", "lasso"), "Regularization")
    if empty(Epsilon) or is_text(Epsilon) and take.choice(Epsilon, ("auto",), "Epsilon"):
        from cnnscript.builtins.statistics.quantiles import iqr

        epsilon = float(take.number(iqr(norm(target.reshape(-1, 1))))) / 13.49 or 0.1
    else:
        epsilon = take.number(Epsilon, "Epsilon")
        if not epsilon >= 0:
            raise take.wanted("a nonnegative number", "Epsilon", Epsilon)
    most = 1000 if empty(IterationLimit) else take.positive(IterationLimit, "IterationLimit")
    bias = empty(FitBias) or take.flag(FitBias, "FitBias")
    loss = "epsiloninsensitive" if learner == "svm" else "mse"
    fits = [train_linear(matrix, target, weights, loss, penalty, one, most, epsilon, bias) for one in strengths]
    more = {"response": response, "epsilon": epsilon if learner == "svm" else EMPTY}
    model = LinearRegression(
        predictors,
        np.stack([fit[0] for fit in fits], axis=1),
        np.array([fit[1] for fit in fits]),
        strengths,
        learner,
        more,
    )
    return model, Struct(
        {
            "Lambda": norm(strengths.reshape(1, -1)),
            "Objective": norm(np.array([[fit[2] for fit in fits]])),
            "Solver": "lbfgs",
        }
    )
