"""Questions to ensembles of weak learners: losses learner by learner, what samples leave out, what predictors do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.ensembles import Ensemble
from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.take import unfit_inputs


def ensemble(model: Any, name: str) -> Ensemble:
    if isinstance(model, Ensemble):
        return model
    raise unfit_inputs(name, f"got {take.described(model)}")


def places_of(model: Ensemble, learners: Any) -> list[int]:
    """The places, from 0, of the learners that 'Learners' names from 1."""
    given, count = take.vector(learners, "Learners"), len(model.fitted.learners)
    if not ((given >= 1) & (given <= count) & (given == np.trunc(given))).all():
        raise ScriptError("stats:ensemble:BadLearners", f"Learners must be whole numbers from 1 to {count}.")
    return (given.astype(int) - 1).tolist()


def by_mode(model: Ensemble, mode: Any, learners: Any, measure: Callable[[Ensemble], float]) -> Any:
    """A measure of the ensemble, of each learner alone, or of the first, the first two ... learners."""
    everyone = range(len(model.fitted.learners)) if empty(learners) else places_of(model, learners)
    word = "ensemble" if empty(mode) else take.choice(mode, ("ensemble", "individual", "cumulative"), "Mode")
    if word == "ensemble":
        return measure(model.of_learners(everyone) if not empty(learners) else model)
    parts = [[k] for k in everyone] if word == "individual" else [everyone[: k + 1] for k in range(len(everyone))]
    return norm(np.array([measure(model.of_learners(part)) for part in parts]).reshape(-1, 1))


@builtin
def oobLoss(ens, /, *, LossFun=None, Mode=None, Learners=None):
    """
    L = oobLoss(ens)
    L = oobLoss(ens, Name, Value)

    How wrong a bagged ensemble is on observations, each judged by the learners that have not seen it.

    Options
      LossFun   as in loss
      Mode      'ensemble', 'individual' for each learner, 'cumulative' for the first, the first two ...
      Learners  numbers of the learners that are asked

    Examples
      >> rng(1), ens = fitcensemble((1:40)', (1:40)' > 20, 'Method', 'Bag', 'NumLearningCycles', 30);
      >> L = oobLoss(ens) < 0.1
      L =
        logical
         1
      >> L = oobLoss(ens, 'Mode', 'cumulative'); size(L)
      ans =
          30     1

    See also oobPredict, fitcensemble, loss.
    """
    from cnnscript.builtins.learning.classifiers import loss_of

    model = ensemble(ens, "oobLoss")

    def measure(some: Ensemble) -> float:
        out = some.left_out()
        seen = np.flatnonzero(out.any(axis=1))
        raw = some.summed(some.data.X[seen], out[seen])
        return loss_of(some, raw, some.chosen(raw), some.data.y[seen], some.data.weights[seen], LossFun)

    return by_mode(model, Mode, Learners, measure)


@builtin(outputs=2)
def oobPredict(ens, /, *, Learners=None):
    """
    label = oobPredict(ens)
    [label, score] = oobPredict(ens)
    label = oobPredict(ens, 'Learners', k)

    The classes of the observations of a bagged ensemble by the learners that have not seen them.

    Options
      Learners  numbers of the learners that are asked

    Examples
      >> rng(1), ens = fitcensemble((1:40)', (1:40)' > 20, 'Method', 'Bag', 'NumLearningCycles', 30);
      >> [label, score] = oobPredict(ens); label([1 40])'
      ans =
        1×2 logical array
         0   1
      >> label = oobPredict(ens, 'Learners', 1:10); numel(label)
      ans =
          40

    See also oobLoss, predict.
    """
    from cnnscript.builtins.learning.bagged_trees import BaggedTrees

    if isinstance(ens, BaggedTrees):
        if not empty(Learners):
            raise ScriptError(
                "stats:internal:parseArgs:BadParamName", "Invalid parameter name: Learners.",
                notes=("oobPredict of a TreeBagger asks all trees",),
            )  # fmt: skip
        return ens.judged_by_others()
    model = ensemble(ens, "oobPredict")
    if not empty(Learners):
        model = model.of_learners(places_of(model, Learners))
    raw = model.summed(model.data.X, model.left_out())
    return model.labels(model.chosen(raw)), norm(np.asfortranarray(model.transform(raw)))


@builtin
def predictorImportance(Mdl, /):
    """
    imp = predictorImportance(Mdl)

    What each predictor does for a tree, or on average for the trees of an ensemble: how much the questions that ask
    for it lower the impurity of all observations, divided by the number of questions.

    Examples
      >> X = [1 5; 2 3; 8 4; 9 5]; imp = predictorImportance(fitctree(X, [0; 0; 1; 1], 'MinParentSize', 2))
      imp =
          0.5000         0

    See also fitctree, fitcensemble.
    """
    from cnnscript.builtins.learning.tree_classifiers import TreeClassifier
    from cnnscript.learning.trees import importance

    if isinstance(Mdl, TreeClassifier):
        return norm(importance(Mdl.fitted, len(Mdl.expanded())).reshape(1, -1))
    model = ensemble(Mdl, "predictorImportance")
    if model.learner_names() != ["Tree"] or not isinstance(model.fitted.learners[0], TreeClassifier):
        raise ScriptError(
            "cnnscript:NotYet", "predictorImportance of ensembles of other than trees of classes is not in cnnscript."
        )
    weights = np.array(model.fitted.weights)
    found = np.stack([importance(one.fitted, len(model.expanded())) for one in model.fitted.learners])
    return norm((weights @ found / weights.sum()).reshape(1, -1))
