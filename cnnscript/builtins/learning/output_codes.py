"""Classifiers of many classes from those of two: fitcecoc, by error-correcting output codes (Dietterich and Bakiri)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning import (
    discriminants,
    linear_models,
    machine_training,
    naive_bayes,
    nearest_neighbours,
    support_vector_machines,
    tree_classifiers,
)
from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.code_designs import CODINGS, checked_code, design, sides
from cnnscript.builtins.learning.fitting_options import check_run_options, empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.templates import Template
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none


def shortest(template: Template, session) -> tuple[str, Callable[[Data], Classifier]]:
    """The usual binary loss of a template's learner, and what trains one on two classes."""
    options = {**template.options, "session": session}
    if template.method == "SVM":
        machine_training.check_machine_options(options, "fitcecoc")
        train = machine_training.machine_trainer(session, options)
        return "hinge", lambda data: support_vector_machines.SupportVectorMachine(data, train, options)
    if template.method == "Linear":
        learner = options.get("Learner")
        learner = "svm" if empty(learner) else take.choice(learner, ("svm", "logistic"), "Learner")

        def linear(data: Data) -> Classifier:
            strengths = linear_models.strengths_of(options.get("Lambda"), len(data.y))
            train = linear_models.linear_trainer(options, learner, strengths[:1])
            return linear_models.LinearClassifier(data, train, options, learner, strengths[:1])

        return ("hinge" if learner == "svm" else "quadratic"), linear
    if template.method == "KNN":
        return "quadratic", lambda data: nearest_neighbours.neighbours(data, options)
    if template.method == "NaiveBayes":
        return "quadratic", lambda data: naive_bayes.bayes(data, options)
    if template.method == "Discriminant":
        return "quadratic", lambda data: discriminants.discriminant(data, options)
    train_tree = tree_classifiers.tree_trainer(session, options)
    return "quadratic", lambda data: tree_classifiers.TreeClassifier(data, train_tree, options)


BINARY_LOSSES: dict[str, Callable[[ndarray], ndarray]] = {
    # of code * score; 'quadratic' gets the code times 2 * probability - 1
    "hinge": lambda m: np.maximum(0, 1 - m) / 2,
    "quadratic": lambda m: (1 - m) ** 2 / 2,
    "binodeviance": lambda m: np.log1p(np.exp(-2 * m)) / (2 * np.log(2)),
    "exponential": lambda m: np.exp(-m) / 2,
    "hamming": lambda m: (1 - np.sign(m)) / 2,
    "linear": lambda m: (1 - m) / 2,
    "logit": lambda m: np.log1p(np.exp(-m)) / (2 * np.log(2)),
}


class OutputCodes(Classifier):
    """ClassificationECOC: `fitted` is the binary classifiers, one a column of the coding matrix."""

    kind, short, by_cost, usual_loss = "ClassificationECOC", "ECOC", False, "classiferror"
    code: ndarray
    coding = ""
    binary_loss = "hinge"
    decoding = "lossweighted"
    posterior = False
    keeps_vectors = False

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        templates = learners_of(self.options.get("Learners"), self.code.shape[1])
        learners = [shortest(template, session) for template in templates]
        return codes_trainer(session, self.code, learners, self.posterior)

    def state_kept(self) -> dict[str, Any]:
        machines = []
        for machine, sigmoid in self.fitted:
            alone = copy.copy(machine)
            alone.is_compact = True
            machines.append((alone, sigmoid))
        return {**super().state_kept(), "fitted": machines}

    def binary_scores(self, X: ndarray) -> ndarray:
        """The positive score of each machine, n × L."""
        columns = []
        for machine, sigmoid in self.fitted:
            score = machine.raw_scores(X)[:, -1]
            columns.append(
                score if sigmoid is None else 1 / (1 + np.exp(np.clip(sigmoid[0] * score + sigmoid[1], -700, 700)))
            )
        return np.stack(columns, axis=1)

    def negated_losses(self, scores: ndarray) -> ndarray:
        """For each class minus the mean loss of its code, n × K."""
        margin = 2 * scores - 1 if self.binary_loss == "quadratic" else scores
        losses = np.zeros((len(scores), len(self.code)))
        formula = BINARY_LOSSES[self.binary_loss]
        for place, code in enumerate(self.code):
            asked = code != 0
            values = formula(code[asked] * margin[:, asked])
            over = asked.sum() if self.decoding == "lossweighted" else len(code)
            losses[:, place] = values.sum(axis=1) / over
        return -losses

    def raw_scores(self, X: ndarray) -> ndarray:
        return self.negated_losses(self.binary_scores(X))

    def answer(self, X: ndarray, nargout: int) -> tuple:
        scores = self.binary_scores(X)
        losses = self.negated_losses(scores)
        outputs = (self.labels(self.chosen(losses)), norm(np.asfortranarray(losses)), norm(np.asfortranarray(scores)))
        if nargout > 3:
            if not self.posterior:
                raise ScriptError(
                    "stats:classreg:learning:classif:ClassificationECOC:predict:NoPosterior",
                    "To compute posterior probabilities, train with 'FitPosterior' set to true.",
                )
            outputs += (norm(np.asfortranarray(posteriors(self.code, scores, self.data.prior))),)
        return outputs

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        def learners():
            cell = np.empty((len(self.fitted), 1), OBJECT)
            for place, (machine, _) in enumerate(self.fitted):
                machine.is_compact = True
                machine.without_vectors = not self.keeps_vectors
                cell[place, 0] = machine
            return cell

        return {
            "BinaryLearners": learners,
            "CodingName": lambda: self.coding,
            "CodingMatrix": lambda: norm(np.asfortranarray(self.code)),
            "BinaryLoss": lambda: self.binary_loss,
            "BinaryY": lambda: norm(np.asfortranarray(self.code[self.data.y])),
            "LearnerWeights": lambda: norm(self.learner_weights().reshape(1, -1)),
        }

    def learner_weights(self) -> ndarray:
        """The weight of the observations that each machine was trained on."""
        return self.data.weights @ (self.code[self.data.y] != 0)

    def shown(self) -> list[str]:
        if self.is_compact:
            return ["ResponseName", "ClassNames", "ScoreTransform", "BinaryLearners", "CodingMatrix"]
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "BinaryLearners", "CodingName"]


def posteriors(code: ndarray, scores: ndarray, prior: ndarray) -> ndarray:
    """Probabilities of the classes that fit best what the machines say (Hastie and Tibshirani, 1998), by iteration."""
    positive, negative = (code > 0).astype(float), (code < 0).astype(float)
    found = np.empty((len(scores), len(code)))
    for row, said in enumerate(np.clip(scores, 1e-12, 1 - 1e-12)):
        shares = np.full(len(code), 1 / len(code))
        for _ in range(200):
            up, down = shares @ positive, shares @ negative
            now = up / (up + down)
            wanted = positive @ said + negative @ (1 - said)
            have = positive @ now + negative @ (1 - now)
            fresh = shares * wanted / have
            fresh /= fresh.sum()
            if np.abs(fresh - shares).max() < 1e-8:
                shares = fresh
                break
            shares = fresh
        found[row] = shares
    return found


def fitted_sigmoid(stream, data: Data, build: Callable[[Data], Classifier]) -> tuple[float, float]:
    """Slope and shift of 1/(1 + exp(slope*score + shift)), from scores of ten folds."""
    from cnnscript.builtins.learning.partitions import folded

    folds = folded(stream, data.y + 1.0, min(10, len(data.y)))
    scores = np.zeros(len(data.y))
    for fold in np.unique(folds):
        rest = np.flatnonzero(folds != fold)
        if np.unique(data.y[rest]).size < 2:
            continue
        scores[folds == fold] = build(data.part(rest)).raw_scores(data.X[folds == fold])[:, -1]
    return sigmoid_of(scores, data.y)


def sigmoid_of(scores: ndarray, y: ndarray) -> tuple[float, float]:
    """Slope and shift of 1/(1 + exp(slope*score + shift)) that fit classes 0 and 1 best (Platt, 2000)."""
    from scipy.optimize import minimize

    ups, downs = float((y == 1).sum()), float((y == 0).sum())
    target = np.where(y == 1, (ups + 1) / (ups + 2), 1 / (downs + 2))

    def objective(point):
        z = point[0] * scores + point[1]
        value = np.logaddexp(0, z) - (1 - target) * z
        slope = 1 / (1 + np.exp(-np.clip(z, -700, 700))) - (1 - target)
        return float(value.sum()), np.array([slope @ scores, slope.sum()])

    found = minimize(objective, np.array([-1.0, np.log((downs + 1) / (ups + 1))]), jac=True, method="L-BFGS-B")
    return float(found.x[0]), float(found.x[1])


def learners_of(value: Any, machines: int) -> list[Template]:
    """The learner of each machine."""
    if isinstance(value, ndarray) and value.dtype == OBJECT:
        found = [template_of(item) for item in value.ravel("F").tolist()]
        if len(found) not in (1, machines):
            raise ScriptError(
                "stats:fitcecoc:BadLearners", "There must be one learner, or one for each binary problem.",
                notes=(f"{len(found)} learners, {machines} problems",),
            )  # fmt: skip
        return found * machines if len(found) == 1 else found
    return [template_of(value)] * machines


WORDS = {"svm": "SVM", "knn": "KNN", "tree": "Tree", "naivebayes": "NaiveBayes", "discriminant": "Discriminant",
         "linear": "Linear"}  # fmt: skip


def template_of(value: Any) -> Template:
    if isinstance(value, Template):
        return value
    if value is None:
        return Template("SVM", {}, False)
    if is_text(value):
        return Template(WORDS[take.choice(value, tuple(WORDS), "Learners")], {}, False)
    raise ScriptError(
        "stats:fitcecoc:BadLearners", "Learners must be a name or a template.", notes=(f"got {described(value)}",)
    )


@builtin(outputs=2)
def fitcecoc(
    session, nargout, X, Y=None, /, *, Learners=None, Coding="onevsone", FitPosterior=False, ObservationsIn=None,
    NumBins=None, ClassNames=None, Cost=None, Prior=None, Weights=None, PredictorNames=None, ResponseName=None,
    ScoreTransform=None, CategoricalPredictors=None, CrossVal=None, CVPartition=None, Holdout=None, KFold=None,
    Leaveout=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None, Options=None, Verbose=None, NumConcurrent=None,
):  # fmt: skip
    """
    Mdl = fitcecoc(X, Y)
    Mdl = fitcecoc(Tbl, ResponseVarName)
    Mdl = fitcecoc(Tbl, formula)
    Mdl = fitcecoc(Tbl, Y)
    Mdl = fitcecoc(..., Name, Value)

    Train a classifier of many classes from support vector machines (or other learners) of two.

    Costs count for each machine as the mean of those between its two groups of classes; MATLAB's page does not say how.

    Options
      Learners                 'svm', 'linear', 'knn', 'tree', 'naivebayes', 'discriminant', a template, or a cell
      Coding                   'onevsone', 'onevsall', 'ordinal', 'binarycomplete', 'ternarycomplete', 'denserandom',
                               'sparserandom', or a matrix of -1, 0 and 1 with a row for each class
      FitPosterior             whether scores become probabilities (false)
      ObservationsIn           'rows' or 'columns'
      NumBins                  []: predictors are not binned
      ClassNames               the classes, in order
      Cost                     cost of taking one class (row) for another (column)
      Prior                    'empirical', 'uniform', or the probabilities
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      ScoreTransform           'none'
      CategoricalPredictors    which are categorical
      CrossVal                 'on': ten folds
      CVPartition              a cvpartition
      Holdout                  share left out to test
      KFold                    number of folds
      Leaveout                 'on': each observation is a fold
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure
      Options                  struct with UseParallel: the answer is the same
      Verbose                  0: nothing is printed
      NumConcurrent            machines trained at once: the answer is the same

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7; 1 9; 2 9; 1 8]; Y = categorical({'a' 'a' 'a' 'b' 'b' 'b' 'c' 'c' 'c'}');
      >> Mdl = fitcecoc(X, Y)
      Mdl =
        ClassificationECOC
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: [a    b    c]
                 ScoreTransform: 'none'
                 BinaryLearners: {3×1 cell}
                     CodingName: 'onevsone'
      >> [label, score] = predict(Mdl, [6 6])
      label =
        categorical
           b
      score =
         -0.8958         0   -0.7167
      >> Mdl = fitcecoc(X', Y, 'Learners', 'Linear', 'Coding', 'onevsall', 'ObservationsIn', 'columns');
      >> predict(Mdl, [1 9]', 'ObservationsIn', 'columns')
      ans =
        categorical
           c
      >> Mdl = fitcecoc(table(X, Y), 'Y', 'Learners', templateSVM('Standardize', true)); resubLoss(Mdl)
      ans =
           0

    See also templateSVM, fitcsvm, predict, crossval, confusionmat.
    """
    options = dict(locals())
    for word in ("nargout", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitcecoc", HyperparameterOptimizationOptions)
    check_run_options({"Options": Options, "Verbose": Verbose, "NumConcurrent": NumConcurrent}, "fitcecoc")
    if not empty(NumBins):
        raise ScriptError("cnnscript:NotYet", "'NumBins' is not in cnnscript yet.")
    if not empty(ScoreTransform) and text_or_none(ScoreTransform) not in ("none", "identity"):
        raise ScriptError("cnnscript:NotYet", "'ScoreTransform' other than 'none' is not in cnnscript's fitcecoc yet.")
    data = classified(session, "fitcecoc", X, Y, options, drop_missing=True)
    if data.count < 2:
        raise ScriptError("stats:fitcecoc:OneClass", "fitcecoc needs two classes or more.")
    if is_text(Coding):
        coding = take.choice(Coding, CODINGS, "Coding")
        code = design(coding, data.count, session.random)
    else:
        coding, code = "custom", checked_code(take.real(Coding, "Coding"), data.count)
    learners = [shortest(template, session) for template in learners_of(Learners, code.shape[1])]
    posterior = take.flag(FitPosterior, "FitPosterior")
    model = OutputCodes.__new__(OutputCodes)
    model.code, model.coding, model.posterior = code, coding, posterior
    kept = [template.options.get("SaveSupportVectors") for template in learners_of(Learners, code.shape[1])]
    model.keeps_vectors = any(not empty(value) and take.flag(value, "SaveSupportVectors") for value in kept)
    kinds = {kind for kind, _ in learners}
    model.binary_loss = "quadratic" if posterior else kinds.pop() if len(kinds) == 1 else "hamming"

    OutputCodes.__init__(model, data, codes_trainer(session, code, learners, posterior), options)
    all_linear = all(template.method == "Linear" for template in learners_of(Learners, code.shape[1]))
    crossed = cross_validated(session, model, options)
    if all_linear and crossed is model:
        model.is_compact = True
    return crossed, EMPTY


def codes_trainer(session, code: ndarray, learners: list, posterior: bool) -> Callable[[Data], Any]:
    """Trains a machine, and where probabilities are wanted a sigmoid, for each column of the code."""

    def train(data: Data):
        machines = []
        for place, (kind, build) in enumerate(learners):
            two = sides(data, code[:, place])
            machine = build(two)
            sigmoid = fitted_sigmoid(session.random, two, build) if posterior and kind == "hinge" else None
            machines.append((machine, sigmoid))
        return machines

    return train
