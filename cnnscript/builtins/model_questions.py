"""Questions to trained models: predict, loss, margin, edge, and those of cross-validated ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins import classifiers, output_codes, support_vector_machines
from cnnscript.builtins.classifiers import Classifier, PartitionedModel, known_classes, loss_of, margins_of
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.training_data import sources, to_prior
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, ndarray, norm, numel_of
from cnnscript.values.take import described
from cnnscript.values.text import is_text

KINDS = (
    "ClassificationKNN", "ClassificationNaiveBayes", "ClassificationDiscriminant", "ClassificationTree",
    "ClassificationSVM", "ClassificationECOC", "ClassificationLinear",
)  # fmt: skip
COMPACT = ("CompactClassificationNaiveBayes", "CompactClassificationDiscriminant", "CompactClassificationTree",
           "CompactClassificationSVM", "CompactClassificationECOC", "CompactClassificationKNN")  # fmt: skip
FITTED_BY = {
    "KNN": "fitcknn", "NaiveBayes": "fitcnb", "Discriminant": "fitcdiscr", "Tree": "fitctree", "SVM": "fitcsvm",
    "ECOC": "fitcecoc", "Linear": "fitclinear",
}  # fmt: skip


def trained(model: Any, name: str) -> Classifier:
    if isinstance(model, Classifier):
        return model
    raise ScriptError(
        "MATLAB:UndefinedFunction",
        f"Incorrect number or types of inputs or outputs for function '{name}'.",
        notes=(f"got {described(model)}",),
        hint="kfoldPredict and kfoldLoss ask a cross-validated model" if isinstance(model, PartitionedModel) else None,
    )


def own_data(model: Any, name: str) -> Classifier:
    model = trained(model, name)
    if model.is_compact or not model.keeps_data:
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Incorrect number or types of inputs or outputs for function '{name}'.",
            notes=(f"a {model.class_name} does not keep what it was trained on",),
        )
    return model


def by_columns(value: Any) -> bool:
    return value is not None and take.choice(value, ("rows", "columns"), "ObservationsIn") == "columns"


# ------------------------------------------------------------------------------------------------------------ predict
def predicted(session, nargout, model, X, ObservationsIn, BinaryLoss, Decoding):
    model = trained(model, "predict")
    matrix = model.data.predictors.matrix(session, X, "predict", by_columns(ObservationsIn))
    return decoding(model, BinaryLoss, Decoding).answer(matrix, nargout)


def decoding(model: Classifier, BinaryLoss: Any, Decoding: Any) -> Classifier:
    """The model with another way from the scores of its machines to classes."""
    if BinaryLoss is None and Decoding is None:
        return model
    if not isinstance(model, output_codes.OutputCodes):
        raise ScriptError(
            "stats:predict:BadOption", "'BinaryLoss' and 'Decoding' are options of models that fitcecoc trained."
        )
    import copy

    changed = copy.copy(model)
    if BinaryLoss is not None:
        changed.binary_loss = take.choice(BinaryLoss, tuple(output_codes.BINARY_LOSSES), "BinaryLoss")
    if Decoding is not None:
        changed.decoding = take.choice(Decoding, ("lossweighted", "lossbased"), "Decoding")
    return changed


PREDICT = """
label = predict(Mdl, X)
label = predict(Mdl, X, Name, Value)
[label, score] = predict(Mdl, X)

The class of each row of X (or of a table) by a trained model, and the scores of the classes.

After {short} the third output is the expected cost of each class; after fitcecoc the scores are minus the mean
losses of the classes' codes, the third output is the score of each machine and the fourth, of models trained with
'FitPosterior', the probability of each class.

Options
  ObservationsIn  'rows' or 'columns'
  BinaryLoss      of models from fitcecoc: 'hinge', 'quadratic', 'hamming', 'linear', 'logit', 'binodeviance' ...
  Decoding        of models from fitcecoc: 'lossweighted' or 'lossbased'

Examples
  >> label = predict({make}, 9.5)
  label =
       1

See also {make_name}, resubPredict, crossval.
"""


def declare_predict(class_name: str) -> None:
    short = class_name.removeprefix("Compact").removeprefix("Classification")
    word = FITTED_BY[short]
    more = ", 'MinParentSize', 2" if short == "Tree" else ""
    make = f"{word}([1; 2; 9; 10], [0; 0; 1; 1]{more})"
    make = f"compact({make})" if class_name.startswith("Compact") else make

    def predict(session, nargout, Mdl, X, /, *, ObservationsIn=None, BinaryLoss=None, Decoding=None):
        return predicted(session, nargout, Mdl, X, ObservationsIn, BinaryLoss, Decoding)

    predict.__doc__ = PREDICT.format(make=make, make_name=word, short="fitcknn, fitcnb, fitcdiscr and fitctree")
    overload(class_name, name="predict", outputs=4)(predict)


for _class_name in (*KINDS, *COMPACT):
    declare_predict(_class_name)


@overload("RegressionLinear", name="predict")
def predict_response(session, Mdl, X, /, *, ObservationsIn=None):
    """
    YHat = predict(Mdl, X)
    YHat = predict(Mdl, X, 'ObservationsIn', 'columns')

    The response that a linear regression gives for each row of X.

    Options
      ObservationsIn  'rows' or 'columns'

    Examples
      >> YHat = round(predict(fitrlinear((1:4)', 3*(1:4)', 'Learner', 'leastsquares', 'Lambda', 0), 5), 3)
      YHat =
          15

    See also fitrlinear, loss.
    """
    matrix = Mdl.predictors.matrix(session, X, "predict", by_columns(ObservationsIn))
    return norm(np.asfortranarray(Mdl.values(matrix)))


# --------------------------------------------------------------------------------------------------------------- loss
def judged(session, model: Classifier, X, Y, Weights, ObservationsIn, name: str):
    """Raw scores, classes chosen, true classes and weights of given observations."""
    options = {"ObservationsIn": ObservationsIn, "PredictorNames": None, "ResponseName": None}
    from cnnscript.values.tables import Table

    if isinstance(X, Table) and (Y is None or is_text(Y) and numel_of(Y)):
        _, _, _, labels, _ = sources(session, name, X, Y if Y is not None else model.data.response, options)
    else:
        labels = Y
    if labels is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    matrix = model.data.predictors.matrix(session, X, name, by_columns(ObservationsIn))
    y = known_classes(session, model, labels, name)
    if y.size != len(matrix):
        raise ScriptError(
            f"stats:{name}:BadYSize", "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {len(matrix)} rows, Y {y.size} elements",),
        )  # fmt: skip
    weights = np.ones(y.size) if Weights is None else take.vector(Weights, "Weights")
    if weights.size != y.size:
        raise ScriptError(f"stats:{name}:BadW", "Weights must be one for each observation.")
    raw = model.raw_scores(matrix)
    return raw, model.chosen(raw), y, to_prior(weights, y, model.data.prior)


@builtin
def loss(
    session, Mdl, X, Y=None, /, *, LossFun=None, Weights=None, ObservationsIn=None, BinaryLoss=None, Decoding=None
):
    """
    L = loss(Mdl, X, Y)
    L = loss(Mdl, Tbl, ResponseVarName)
    L = loss(..., Name, Value)

    How wrong a trained model is on observations X with the classes (responses) Y.

    Each class counts as much as its prior probability in the model.

    Options
      LossFun         'classiferror', 'mincost', 'classifcost', 'hinge', 'logit', 'exponential', 'binodeviance',
                      'quadratic', 'crossentropy' or a function; of regressions 'mse' or 'epsiloninsensitive'
      Weights         of the observations
      ObservationsIn  'rows' or 'columns'
      BinaryLoss      of models from fitcecoc
      Decoding        of models from fitcecoc

    Examples
      >> Mdl = fitcknn([1; 2; 9; 10], {'a'; 'a'; 'b'; 'b'});
      >> L = loss(Mdl, [1; 8; 9; 1], {'a'; 'b'; 'b'; 'b'})
      L =
          0.1667
      >> L = loss(Mdl, table([1; 8], {'a'; 'b'}, 'VariableNames', {'x1', 'k'}), 'k', 'LossFun', 'classiferror')
      L =
           0

    See also predict, resubLoss, kfoldLoss.
    """
    if isinstance(Mdl, support_vector_machines.LinearRegression):
        return regression_loss(session, Mdl, X, Y, LossFun, Weights, ObservationsIn)
    model = decoding(trained(Mdl, "loss"), BinaryLoss, Decoding)
    raw, places, y, weights = judged(session, model, X, Y, Weights, ObservationsIn, "loss")
    return loss_of(model, raw, places, y, weights, LossFun)


def regression_loss(session, model, X, Y, LossFun, Weights, ObservationsIn):
    matrix = model.predictors.matrix(session, X, "loss", by_columns(ObservationsIn))
    responses = X.data(take.text(Y, "Response")) if is_text(Y) else Y
    target = take.vector(responses, "Y")
    weights = np.ones(target.size) if Weights is None else take.vector(Weights, "Weights")
    weights = weights / weights.sum()
    values = model.values(matrix)
    if type(LossFun) is Function:
        columns = [norm(part.reshape(-1, 1)) for part in (target, values[:, -1], weights)]
        return take.number(LossFun.call(1, *columns), "The loss")
    word = "mse" if LossFun is None else take.choice(LossFun, ("mse", "epsiloninsensitive"), "LossFun")
    gaps = values - target[:, None]
    if word == "mse":
        return norm((weights @ gaps**2).reshape(1, -1))
    return norm((weights @ np.maximum(0, np.abs(gaps) - model.more["epsilon"])).reshape(1, -1))


@builtin
def margin(session, Mdl, X, Y, /, *, ObservationsIn=None):
    """
    m = margin(Mdl, X, Y)

    How much the score of the true class lies above the best of the others.

    Options
      ObservationsIn  'rows' or 'columns'

    Examples
      >> m = margin(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]), [1; 9], [0; 0])
      m =
           1
          -1

    See also edge, loss.
    """
    model = trained(Mdl, "margin")
    raw, _, y, _ = judged(session, model, X, Y, None, ObservationsIn, "margin")
    return norm(margins_of(model.transform(raw), y).reshape(-1, 1))


@builtin
def edge(session, Mdl, X=None, Y=None, /, *rest, Weights=None, ObservationsIn=None):
    """
    e = edge(Mdl, X, Y)

    The mean margin of a model on observations.

    Options
      Weights         of the observations
      ObservationsIn  'rows' or 'columns'

    Examples
      >> e = edge(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]), [1; 9], [0; 1])
      e =
           1

    See also margin, loss.
    """
    model = trained(Mdl, "edge")
    raw, _, y, weights = judged(session, model, X, Y, Weights, ObservationsIn, "edge")
    return float(weights @ margins_of(model.transform(raw), y) / weights.sum())


# ---------------------------------------------------------------------------------------------- on the training data
@builtin(outputs=4)
def resubPredict(nargout, Mdl, /):
    """
    label = resubPredict(Mdl)
    [label, score] = resubPredict(Mdl)

    The classes of the observations that a model was trained on, and their scores.

    Examples
      >> [label, score] = resubPredict(fitcknn([1; 2; 9; 10], [0; 0; 1; 1])); label'
      ans =
           0     0     1     1

    See also predict, resubLoss.
    """
    model = own_data(Mdl, "resubPredict")
    return model.answer(model.data.X, nargout)


@builtin
def resubLoss(Mdl, /, *, LossFun=None):
    """
    L = resubLoss(Mdl)
    L = resubLoss(Mdl, 'LossFun', lossf)

    How wrong a model is on the observations that it was trained on.

    Options
      LossFun  as in loss

    Examples
      >> L = resubLoss(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]))
      L =
           0
      >> L = resubLoss(fitcknn([1; 1; 9], [0; 1; 1]), 'LossFun', 'classiferror')
      L =
          0.3333

    See also loss, kfoldLoss.
    """
    model = own_data(Mdl, "resubLoss")
    raw = model.raw_scores(model.data.X)
    return loss_of(model, raw, model.chosen(raw), model.data.y, model.data.weights, LossFun)


@builtin
def resubMargin(Mdl, /):
    """
    m = resubMargin(Mdl)

    The margins of the observations that a model was trained on.

    Examples
      >> m = resubMargin(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]))'
      m =
           1     1     1     1

    See also margin, resubEdge.
    """
    model = own_data(Mdl, "resubMargin")
    return norm(margins_of(model.scores(model.data.X), model.data.y).reshape(-1, 1))


@builtin
def resubEdge(Mdl, /):
    """
    e = resubEdge(Mdl)

    The mean margin of the observations that a model was trained on.

    Examples
      >> e = resubEdge(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]))
      e =
           1

    See also edge, resubMargin.
    """
    model = own_data(Mdl, "resubEdge")
    return float(model.data.weights @ margins_of(model.scores(model.data.X), model.data.y))


@builtin
def compact(Mdl, /):
    """
    CMdl = compact(Mdl)

    A model without the observations that it was trained on.

    Examples
      >> CMdl = compact(fitcsvm([1; 2; 9; 10], [0; 0; 1; 1])); class(CMdl)
      ans =
          'CompactClassificationSVM'

    See also predict, crossval.
    """
    import copy

    made = copy.copy(trained(Mdl, "compact"))
    made.is_compact = True
    return made


# ---------------------------------------------------------------------------------------------------- cross-validated
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
    given = {"CVPartition": CVPartition, "Holdout": Holdout, "KFold": KFold, "Leaveout": Leaveout}
    if isinstance(Mdl, Classifier):
        model = own_data(Mdl, "crossval")
        chosen = {name: value for name, value in given.items() if value is not None}
        return classifiers.cross_validated(session, model, chosen or {"CrossVal": "on"})
    return values_of_folds(session, Mdl, [X, *rest], given, Partition, Predfun, Stratify, MCReps)


def values_of_folds(session, function, parts: list, given: dict, Partition, Predfun, Stratify, MCReps):
    from cnnscript.builtins.partitions import cvpartition, repartition
    from cnnscript.builtins.training_data import whole_rows
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
    raise ScriptError(
        "MATLAB:UndefinedFunction",
        f"Incorrect number or types of inputs or outputs for function '{name}'.",
        notes=(f"got {described(model)}",),
        hint="crossval makes a cross-validated model",
    )


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
      Mode     'average', or 'individual' for each fold
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
    losses, sizes = (np.array(part) for part in fold_losses(partitioned(CVMdl, "kfoldLoss"), LossFun))
    if Folds is not None:
        chosen = take.vector(Folds, "Folds").astype(int) - 1
        if chosen.size and not (chosen.min() >= 0 and chosen.max() < losses.size):
            raise ScriptError("stats:kfoldLoss:BadFolds", f"Folds must be numbers from 1 to {losses.size}.")
        losses, sizes = losses[chosen], sizes[chosen]
    if take.choice(Mode, ("average", "individual"), "Mode") == "individual":
        return norm(losses.reshape(-1, 1))
    return float(losses @ sizes / sizes.sum())


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
