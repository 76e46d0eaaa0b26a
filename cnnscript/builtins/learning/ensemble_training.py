"""How ensembles are trained: their options read, and the learners that each method grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.learning import output_codes, tree_classifiers
from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.regression_trees import depths
from cnnscript.builtins.learning.templates import Template
from cnnscript.builtins.learning.training_data import Data, Predictors
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, ndarray
from cnnscript.values.text import is_text

METHODS = ("Bag", "Subspace", "AdaBoostM1", "AdaBoostM2", "GentleBoost", "LogitBoost", "RUSBoost", "LPBoost",
           "RobustBoost", "TotalBoost")  # fmt: skip
ABSENT = ("LPBoost", "RobustBoost", "TotalBoost")
# how deep trees go where nothing is said
BOOSTED_TREE = {"MaxNumSplits": 10.0, "MinLeafSize": 5.0, "MinParentSize": 10.0, "MergeLeaves": "off"}
BAGGED_TREE = {"MinLeafSize": 1.0, "MinParentSize": 2.0, "MergeLeaves": "off"}


def share_of(options: dict) -> float:
    return 1.0 if empty(options.get("FResample")) else take.number(options["FResample"], "FResample")


def replaces(options: dict) -> bool:
    return empty(options.get("Replace")) or take.flag(options["Replace"], "Replace")


def cycles_of(options: dict) -> int:
    given = options.get("NumLearningCycles")
    if empty(given):
        return 100
    if is_text(given):
        take.choice(given, ("AllPredictorCombinations",), "NumLearningCycles")
        raise ScriptError("cnnscript:NotYet", "'AllPredictorCombinations' is not in cnnscript's fitcensemble yet.")
    return take.positive(given, "NumLearningCycles")


def ensemble_trainer(session, method: str, options: dict) -> Callable[[Data], Any]:
    """Trains ensembles with the options of fitcensemble."""
    from cnnscript.learning import ensembles, trees

    count, rate = cycles_of(options), 1.0
    if not empty(options.get("LearnRate")):
        rate = take.number(options["LearnRate"], "LearnRate")
        if not 0 < rate <= 1:
            raise ScriptError("stats:fitcensemble:BadLearnRate", "LearnRate must be a number above 0 and at most 1.")
    share, again = share_of(options), replaces(options)
    if not 0 < share <= 1:
        raise ScriptError("stats:fitcensemble:BadFResample", "FResample must be a number above 0 and at most 1.")
    template = learner_of(options.get("Learners"), method)
    if method != "Subspace" and not empty(options.get("NPredToSample")):
        raise ScriptError(
            "stats:fitcensemble:BadNPredToSample", "NPredToSample is for the method 'Subspace'.",
            notes=(f"the method is '{method}'",), hint="templateTree('NumVariablesToSample', n) draws for each split",
        )  # fmt: skip
    if method in ("LogitBoost", "GentleBoost"):  # their trees answer numbers
        tree_classifiers.refuse_surrogates(template.options)
        if not empty(template.options.get("SplitCriterion")):
            raise ScriptError(
                "cnnscript:NotYet", f"'{method}' grows trees of numbers, for which there is no 'SplitCriterion' here."
            )
    uniforms = session.random.uniforms

    def built(data: Data, deep: dict) -> Classifier:
        if template.method != "Tree":
            return output_codes.shortest(template, session)[1](data)
        few = {}
        if method == "Bag":
            few["NumVariablesToSample"] = float(np.ceil(np.sqrt(data.X.shape[1])))
        given = Template("Tree", {**deep, **few, **template.options}, False)
        return output_codes.shortest(given, session)[1](data)

    def train(data: Data):
        # boosting knows costs as weights: an observation counts as much as taking its class for others costs; learners
        # see it in their weights, and must not count it once more
        start = data.weights * data.cost.sum(axis=1)[data.y]
        plain = replace(data, cost=1 - np.eye(data.count))

        def weighed(weights: ndarray, rows: ndarray | None = None) -> Classifier:
            rows = np.arange(len(data.y)) if rows is None else rows
            part = weights[rows] / weights[rows].sum()
            return built(
                replace(plain, X=data.X[rows], y=data.y[rows], weights=part, raw_weights=part), BOOSTED_TREE
            )  # fmt: skip

        def numbers(target: ndarray, weights: ndarray):
            sizes = depths(session, {**BOOSTED_TREE, **template.options}, len(data.y), data.X.shape[1], 10, 5)
            return trees.grow_numbers(data.X, target, weights, *sizes)

        if method == "AdaBoostM1":
            return ensembles.ada_boost_two(
                data.y, start, count, rate, weighed, lambda one: one.chosen(one.raw_scores(data.X))
            )
        if method in ("AdaBoostM2", "RUSBoost"):
            draw = None if method == "AdaBoostM2" else lambda: ensembles.fewest(data.y, data.count, uniforms)
            return ensembles.ada_boost_many(
                data.y, data.count, start, count, rate, weighed, lambda one: one.raw_scores(data.X), draw
            )
        if method in ("LogitBoost", "GentleBoost"):
            return ensembles.regress_boost(
                data.y, start, count, rate, method == "GentleBoost", numbers,
                lambda one: one.scores(data.X)[:, 0],
            )  # fmt: skip
        if method == "Subspace":
            return subspace(data)

        def sampled(rows: ndarray) -> Classifier:
            even = np.full(rows.size, 1 / rows.size)
            return built(replace(data, X=data.X[rows], y=data.y[rows], weights=even, raw_weights=even), BAGGED_TREE)

        return ensembles.bag(len(data.y), data.weights, count, share, again, uniforms, sampled)

    def subspace(data: Data):
        width = data.X.shape[1]
        wanted = options.get("NPredToSample")
        wanted = max(1, width // 2) if empty(wanted) else take.positive(wanted, "NPredToSample")
        if wanted > width or data.predictors.categorical:
            raise ScriptError(
                "stats:fitcensemble:BadNPredToSample",
                "NPredToSample must not exceed the number of predictors, none of which may be categorical.",
            )

        def learn(columns: ndarray) -> Classifier:
            part = Predictors([data.predictors.columns[k] for k in columns])
            return built(replace(data, X=data.X[:, columns], predictors=part, given=EMPTY), {})

        return ensembles.subspaces(width, wanted, count, uniforms, learn)

    return train


def learner_of(given: Any, method: str) -> Template:
    """The weak learner that is asked for; only trees boost by numbers, and only trees, neighbours and discriminants
    are weak learners."""
    if isinstance(given, ndarray) and given.dtype == OBJECT and given.size == 1:
        given = given.item()
    if empty(given):
        return Template("Discriminant" if method == "Subspace" else "Tree", {}, False)
    if isinstance(given, ndarray) and given.dtype == OBJECT:
        raise ScriptError("cnnscript:NotYet", "Learners of several kinds are not in cnnscript's fitcensemble yet.")
    if not isinstance(given, Template):
        take.choice(given, ("tree", "knn", "discriminant"), "Learners")
    found = output_codes.template_of(given)
    able = {"Subspace": ("KNN", "Discriminant"), "Bag": ("Tree", "Discriminant", "KNN")}.get(
        method, ("Tree",) if method in ("LogitBoost", "GentleBoost") else ("Tree", "Discriminant")
    )
    if found.method not in able:
        raise ScriptError(
            "stats:fitcensemble:BadLearners", f"The method '{method}' takes learners of kind {' or '.join(able)}.",
            notes=(f"got {found.method}",),
        )  # fmt: skip
    return found


def check_ratio(given: Any, classes: int) -> None:
    """'RatioToSmallest' is a positive number, or one for each class; others than 1 are refused."""
    if empty(given):
        return
    ratios = take.vector(given, "RatioToSmallest")
    if ratios.size not in (1, classes) or not (ratios > 0).all():
        raise ScriptError(
            "stats:fitcensemble:BadRatioToSmallest",
            "RatioToSmallest must be a positive number, or a vector of one for each class.",
            notes=(f"{ratios.size} numbers, {classes} classes",),
        )
    if (ratios != 1).any():
        raise ScriptError("cnnscript:NotYet", "'RatioToSmallest' other than 1 is not in cnnscript's fitcensemble yet.")


def method_of(options: dict, classes: int) -> str:
    if empty(options.get("Method")):
        given = options.get("Learners")
        other = not empty(given) and learner_of(given, "Bag").method != "Tree"
        return "Subspace" if other else "LogitBoost" if classes == 2 else "AdaBoostM2"
    method = take.choice(options["Method"], METHODS, "Method")
    if method in ABSENT:
        raise ScriptError(
            "cnnscript:NotYet", f"The method '{method}' of fitcensemble is not in cnnscript yet.",
            hint="'LogitBoost', 'GentleBoost', 'AdaBoostM1', 'AdaBoostM2', 'RUSBoost', 'Bag' and 'Subspace' are",
        )  # fmt: skip
    if classes != 2 and method in ("AdaBoostM1", "LogitBoost", "GentleBoost"):
        raise ScriptError(
            "stats:classreg:learning:modelparams:EnsembleParams:TooManyClasses",
            f"Data must have two classes for the method '{method}'.", notes=(f"there are {classes}",),
            hint="'AdaBoostM2' takes more",
        )  # fmt: skip
    return method
