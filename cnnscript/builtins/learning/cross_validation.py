"""Models judged on folds of their data: crossval, kfoldPredict, kfoldLoss ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning import partitioned_models
from cnnscript.builtins.learning.classifiers import Classifier, loss_of, margins_of
from cnnscript.builtins.learning.model_questions import own_data
from cnnscript.builtins.learning.partitioned_models import PartitionedModel
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_text


@builtin(outputs=3)
def crossval(
    session, nargout, Mdl, X=None, /, *rest, CVPartition=None, Holdout=None, KFold=None, Leaveout=None, Partition=None,
    Predfun=None, Stratify=None, MCReps=1.0, Options=None,
):  # fmt: skip
    """
    CVMdl = crossval(Mdl)
    CVMdl = crossval(Mdl, 'KFold', k)
    vals = crossval(fun, X)
    vals = crossval(fun, X, Y, 'KFold', k)
    mse = crossval('mse', X, y, 'Predfun', predfun)
    mcr = crossval('mcr', X, y, 'Predfun', predfun)

    A model trained once for each fold without it (10 folds); or the values of a function of training and test parts.

    fun(XTrain, XTest) gives a row of values; predfun(XTrain, yTrain, XTest) gives predictions.

    Options
      CVPartition  a cvpartition
      Holdout      share left out to test
      KFold        number of folds
      Leaveout     'on': each observation is a fold
      Partition    a cvpartition, of crossval with a function
      Predfun      the function that predicts
      Stratify     groups whose shares the folds keep
      MCReps       how often to divide anew (1)
      Options      struct with UseParallel: the answer is the same

    Examples
      >> rng default, CVMdl = crossval(fitcknn((1:20)', [zeros(10, 1); ones(10, 1)]))
      CVMdl =
        ClassificationPartitionedModel
          CrossValidatedModel: 'KNN'
               PredictorNames: {'x1'}
                 ResponseName: 'Y'
              NumObservations: 20
                        KFold: 10
                    Partition: [1×1 cvpartition]
                   ClassNames: [0 1]
               ScoreTransform: 'none'
      >> CVMdl = crossval(fitcsvm((1:20)', [zeros(10, 1); ones(10, 1)]), 'KFold', 4); CVMdl.KFold
      ans =
           4
      >> vals = crossval(@(train, test) mean(test), (1:4)', 'KFold', 2); mean(vals)
      ans =
          2.5000
      >> mse = crossval('mse', (1:10)', 2*(1:10)', 'Predfun', @(x, y, z) z*mldivide(x, y)); mse < 1e-20
      ans =
        logical
         1
      >> mcr = crossval('mcr', (1:4)', [1; 1; 1; 1], 'Predfun', @(x, y, z) ones(size(z)), 'KFold', 2)
      mcr =
           0

    See also kfoldLoss, kfoldPredict, cvpartition.
    """
    if Options is not None and not isinstance(Options, Struct):
        raise take.wanted("a structure made by statset", "Options", Options)
    given = {"CVPartition": CVPartition, "Holdout": Holdout, "KFold": KFold, "Leaveout": Leaveout}
    if isinstance(Mdl, Classifier):
        model = own_data(Mdl, "crossval")
        if X is not None:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=("crossval(Mdl) has its own data",))
        chosen = {name: value for name, value in given.items() if value is not None}
        return partitioned_models.cross_validated(session, model, chosen or {"CrossVal": "on"})
    return values_of_folds(session, Mdl, [X, *rest], given, Partition, Predfun, Stratify, MCReps)


def values_of_folds(session, function, parts: list, given: dict, Partition, Predfun, Stratify, MCReps):
    from cnnscript.builtins.learning.partitions import cvpartition, repartition
    from cnnscript.builtins.learning.training_data import whole_rows
    from cnnscript.values.numeric import as_array, size_of

    if not parts or parts[0] is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    count = size_of(parts[0])[0]
    if any(size_of(part)[0] != count for part in parts):
        raise ScriptError("stats:crossval:DataSizeMismatch", "All data must have the same number of rows.")
    partition = Partition if Partition is not None else given["CVPartition"]
    if partition is None:
        chosen = {name: value for name, value in given.items() if value is not None and name != "CVPartition"}
        name, value = next(iter(chosen.items()), ("KFold", 10.0))
        first = float(count) if Stratify is None else Stratify
        partition = cvpartition(session, first, name, value)
    word = None
    if is_text(function):
        word = take.choice(function, ("mse", "mcr"), "Criterion")
        if Predfun is None:
            raise ScriptError("stats:crossval:NoPredfun", "'Predfun' is needed with 'mse' and 'mcr'.")
    elif type(function) is not Function:
        raise take.wanted("a function handle, 'mse' or 'mcr'", "The function", function)
    rows, wrong, seen = [], 0.0, 0
    for turn in range(take.positive(MCReps, "MCReps")):
        partition = partition if turn == 0 else repartition(session, partition)
        for fold in range(1, partition.sets + 1):
            train, test = (np.flatnonzero(which(fold)) for which in (partition.training_rows, partition.test_rows))
            if word is None:
                arguments = [whole_rows(part, places) for places in (train, test) for part in parts]
                rows.append(np.asarray(as_array(session.call(function, 1, *arguments))).ravel("F"))
                continue
            *predictors, response = parts
            found = session.call(
                Predfun, 1, *(whole_rows(part, train) for part in (*predictors, response)),
                *(whole_rows(part, test) for part in predictors),
            )  # fmt: skip
            truth = whole_rows(response, test)
            seen += test.size
            if word == "mse":
                wrong += float(((take.real(found, "Predictions") - take.real(truth, "y")) ** 2).sum())
            else:
                words = is_text(truth) or getattr(truth, "dtype", None) == OBJECT
                same = session.call("strcmp" if words else "eq", 1, found, truth)
                wrong += float(test.size - np.count_nonzero(as_array(same)))
    if word is not None:
        return wrong / max(1, seen)
    if len({row.size for row in rows}) > 1:
        raise ScriptError("stats:crossval:ValueSizeMismatch", "The function must give as many values for each fold.")
    return norm(np.asfortranarray(np.stack(rows)))


def partitioned(model: Any, name: str) -> PartitionedModel:
    if isinstance(model, PartitionedModel):
        return model
    raise unfit_inputs(name, f"got {described(model)}", hint="crossval makes a cross-validated model")


@builtin(outputs=2)
def kfoldPredict(nargout, CVMdl, /):
    """
    label = kfoldPredict(CVMdl)
    [label, score] = kfoldPredict(CVMdl)

    The class of each observation by the model of a fold that has not seen it, and the scores.

    Examples
      >> rng default, CVMdl = crossval(fitcknn((1:20)', [zeros(10, 1); ones(10, 1)]));
      >> [label, score] = kfoldPredict(CVMdl); sum(label)
      ans =
           9

    See also crossval, kfoldLoss.
    """
    model = partitioned(CVMdl, "kfoldPredict")
    scores, places = model.scores()
    return model.whole.labels(places), norm(np.asfortranarray(scores))


def fold_losses(model: PartitionedModel, LossFun) -> tuple[list[float], list[float]]:
    """The loss of each fold, and the weight of its observations."""
    found, sizes = [], []
    data = model.whole.data
    for fold, machine in enumerate(model.trained, 1):
        rows = np.flatnonzero(model.partition.test_rows(fold))
        raw = machine.raw_scores(data.X[rows])
        weights: ndarray = data.weights[rows]
        found.append(loss_of(machine, raw, machine.chosen(raw), data.y[rows], weights, LossFun))
        sizes.append(float(weights.sum()))
    return found, sizes


@builtin
def kfoldLoss(CVMdl, /, *, LossFun=None, Mode="average", Folds=None):
    """
    L = kfoldLoss(CVMdl)
    L = kfoldLoss(CVMdl, Name, Value)

    How wrong a cross-validated model is on what it has not seen.

    Options
      LossFun  as in loss
      Mode     'average', or 'individual' for each fold; of ensembles 'cumulative', for the first learner of each fold,
               the first two ...
      Folds    which folds

    Examples
      >> rng default, CVMdl = crossval(fitcknn((1:20)', [zeros(10, 1); ones(10, 1)]));
      >> L = kfoldLoss(CVMdl)
      L =
          0.0500
      >> L = kfoldLoss(CVMdl, 'Mode', 'individual')'
      L =
        Columns 1 through 8
               0    0.5000         0         0         0         0         0         0
        Columns 9 through 10
               0         0

    See also crossval, kfoldPredict, loss.
    """
    modes = ("average", "individual", "cumulative")
    model, mode = partitioned(CVMdl, "kfoldLoss"), take.choice(Mode, modes, "Mode")
    if mode == "cumulative":
        return growing_losses(model, LossFun, Folds)
    several = [machine.singles() for machine in model.trained]
    if len(several[0]) > 1:
        columns = [kfoldLoss(one, LossFun=LossFun, Mode=Mode, Folds=Folds) for one in beside(model, several)]
        return norm(np.asfortranarray(np.column_stack([np.atleast_1d(column) for column in columns])))
    losses, sizes = (np.array(part) for part in fold_losses(model, LossFun))
    if Folds is not None:
        chosen = take.vector(Folds, "Folds").astype(int) - 1
        if chosen.size and not (chosen.min() >= 0 and chosen.max() < losses.size):
            raise ScriptError("stats:kfoldLoss:BadFolds", f"Folds must be numbers from 1 to {losses.size}.")
        losses, sizes = losses[chosen], sizes[chosen]
    if mode == "individual":
        return norm(losses.reshape(-1, 1))
    return float(losses @ sizes / sizes.sum())


def beside(model: PartitionedModel, several: list) -> list[PartitionedModel]:
    """A cross-validated model for each of those that stand side by side in every fold."""
    import copy

    found = []
    for place in range(len(several[0])):
        one = copy.copy(model)
        one.trained = [machines[place] for machines in several]
        found.append(one)
    return found


def growing_losses(model: PartitionedModel, LossFun, Folds):
    """The loss over all folds of the first learner of each ensemble, of the first two ..."""
    import copy

    from cnnscript.builtins.learning.ensemble_questions import ensemble

    ensemble(model.whole, "kfoldLoss")
    count = min(len(machine.fitted.learners) for machine in model.trained)
    found = []
    for learners in range(1, count + 1):
        some = copy.copy(model)
        some.trained = [machine.of_learners(range(learners)) for machine in model.trained]
        found.append(kfoldLoss(some, LossFun=LossFun, Folds=Folds))
    return norm(np.array(found).reshape(-1, 1))


@builtin
def kfoldMargin(CVMdl, /):
    """
    m = kfoldMargin(CVMdl)

    The margin of each observation by the model of a fold that has not seen it.

    Examples
      >> rng default, m = kfoldMargin(crossval(fitcknn((1:20)', [zeros(10, 1); ones(10, 1)]))); mean(m)
      ans =
          0.9000

    See also kfoldEdge, kfoldLoss.
    """
    model = partitioned(CVMdl, "kfoldMargin")
    return norm(margins_of(model.scores()[0], model.whole.data.y).reshape(-1, 1))


@builtin
def kfoldEdge(CVMdl, /):
    """
    e = kfoldEdge(CVMdl)

    The mean margin of the observations by models that have not seen them.

    Examples
      >> rng default, e = kfoldEdge(crossval(fitcknn((1:20)', [zeros(10, 1); ones(10, 1)])))
      e =
          0.9000

    See also kfoldMargin, kfoldLoss.
    """
    model = partitioned(CVMdl, "kfoldEdge")
    margins, weights = margins_of(model.scores()[0], model.whole.data.y), model.whole.data.weights
    seen = ~np.isnan(margins)
    return float(weights[seen] @ margins[seen] / weights[seen].sum())
