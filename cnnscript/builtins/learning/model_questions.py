"""Questions to trained models: predict, loss, margin, edge."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning import ensemble_questions, output_codes
from cnnscript.builtins.learning.classifiers import Classifier, known_classes, loss_of, margins_of
from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.linear_models import LinearRegression
from cnnscript.builtins.learning.partitioned_models import PartitionedModel
from cnnscript.builtins.learning.response_models import ResponseModel
from cnnscript.builtins.learning.training_data import sources, to_prior, weights_of
from cnnscript.builtins.learning.tree_classifiers import TreeClassifier
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_text

KINDS = (
    "ClassificationKNN", "ClassificationNaiveBayes", "ClassificationDiscriminant", "ClassificationTree",
    "ClassificationSVM", "ClassificationECOC", "ClassificationLinear", "ClassificationEnsemble",
    "ClassificationBaggedEnsemble",
)  # fmt: skip
COMPACT = ("CompactClassificationNaiveBayes", "CompactClassificationDiscriminant", "CompactClassificationTree",
           "CompactClassificationSVM", "CompactClassificationECOC", "CompactClassificationKNN",
           "CompactClassificationEnsemble")  # fmt: skip
FITTED_BY = {
    "KNN": "fitcknn", "NaiveBayes": "fitcnb", "Discriminant": "fitcdiscr", "Tree": "fitctree", "SVM": "fitcsvm",
    "ECOC": "fitcecoc", "Linear": "fitclinear", "Ensemble": "fitcensemble", "BaggedEnsemble": "fitcensemble",
}  # fmt: skip


def trained(model: Any, name: str) -> Classifier:
    if isinstance(model, Classifier):
        return model
    raise unfit_inputs(
        name,
        f"got {described(model)}",
        hint="kfoldPredict and kfoldLoss ask a cross-validated model" if isinstance(model, PartitionedModel) else None,
    )


def own_data(model: Any, name: str) -> Classifier:
    model = trained(model, name)
    if model.is_compact or not model.keeps_data:
        raise unfit_inputs(name, f"a {model.class_name} does not keep what it was trained on")
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

After {short} the third output is the expected cost of each class; after fitctree it is the node that each row ends in,
and the fourth the number of its class; after fitcecoc the scores are minus the mean
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
    if word == "fitcensemble":
        method = ", 'Method', 'Bag'" if short == "BaggedEnsemble" else ""
        make = f"fitcensemble([1:10, 21:30]', [zeros(10, 1); ones(10, 1)]{method})".replace("1:10, 21:30", "1:20")
        make = make.replace("zeros(10, 1); ones(10, 1)", "zeros(6, 1); ones(14, 1)")
    make = f"compact({make})" if class_name.startswith("Compact") else make

    def predict(session, nargout, Mdl, X, /, *, ObservationsIn=None, BinaryLoss=None, Decoding=None):
        return predicted(session, nargout, Mdl, X, ObservationsIn, BinaryLoss, Decoding)

    predict.__doc__ = PREDICT.format(make=make, make_name=word, short="fitcknn, fitcnb and fitcdiscr")
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
    weights = weights_of(Weights, X, y.size, name)
    raw = model.raw_scores(matrix)
    return raw, model.chosen(raw), y, to_prior(weights, y, model.data.prior)


@builtin(outputs=4)
def loss(
    session, nargout, Mdl, X, Y=None, /, *, LossFun=None, Weights=None, ObservationsIn=None, BinaryLoss=None,
    Decoding=None, Mode=None, Learners=None, Subtrees=None, TreeSize=None,
):  # fmt: skip
    """
    L = loss(Mdl, X, Y)
    L = loss(Mdl, Tbl, ResponseVarName)
    L = loss(..., Name, Value)
    [L, se, NLeaf, bestlevel] = loss(tree, ...)

    How wrong a trained model is on observations X with the classes (responses) Y.

    Each class counts as much as its prior probability in the model.

    Options
      LossFun         'classiferror', 'mincost', 'classifcost', 'hinge', 'logit', 'exponential', 'binodeviance',
                      'quadratic', 'crossentropy' or a function; of regressions 'mse' or 'epsiloninsensitive'
      Weights         of the observations
      ObservationsIn  'rows' or 'columns'
      BinaryLoss      of models from fitcecoc
      Decoding        of models from fitcecoc
      Mode            of ensembles: 'ensemble', 'individual' for each learner, 'cumulative' for the first, the first two
      Learners        of ensembles: numbers of the learners that are asked
      Subtrees        of trees: levels that they are cut back to, or 'all', as in cvloss
      TreeSize        of trees: 'se' or 'min', as in cvloss

    Examples
      >> Mdl = fitcknn([1; 2; 9; 10], {'a'; 'a'; 'b'; 'b'});
      >> L = loss(Mdl, [1; 8; 9; 1], {'a'; 'b'; 'b'; 'b'})
      L =
          0.1667
      >> L = loss(Mdl, table([1; 8], {'a'; 'b'}, 'VariableNames', {'x1', 'k'}), 'k', 'LossFun', 'classiferror')
      L =
           0
      >> tree = fitctree((1:8)', [0 0 0 0 1 1 1 1]', 'MinParentSize', 2);
      >> [L, se, NLeaf, bestlevel] = loss(tree, (1:8)', [0 0 0 0 1 1 0 1]', 'Subtrees', 'all'); [L se NLeaf]
      ans =
          0.1000    0.0894    2.0000
          0.5000         0    1.0000

    See also predict, resubLoss, kfoldLoss, cvloss.
    """
    if isinstance(Mdl, TreeClassifier) and (nargout > 1 or not empty(Subtrees)):
        refuse_options(Mdl, BinaryLoss=BinaryLoss, Decoding=Decoding, Mode=Mode, Learners=Learners)
        from cnnscript.builtins.learning.tree_pruning import subtree_losses

        _, _, y, weights = judged(session, Mdl, X, Y, Weights, ObservationsIn, "loss")
        matrix = Mdl.data.predictors.matrix(session, X, "loss", by_columns(ObservationsIn))
        return subtree_losses(Mdl, matrix, y, weights, LossFun, Subtrees, TreeSize)
    refuse_outputs(Mdl, nargout, "loss")
    refuse_options(Mdl, Subtrees=Subtrees, TreeSize=None if isinstance(Mdl, TreeClassifier) else TreeSize)
    if isinstance(Mdl, LinearRegression | ResponseModel):
        refuse_options(Mdl, BinaryLoss=BinaryLoss, Decoding=Decoding, Mode=Mode, Learners=Learners)
        return regression_loss(session, Mdl, X, Y, LossFun, Weights, ObservationsIn)
    model = decoding(trained(Mdl, "loss"), BinaryLoss, Decoding)
    if not empty(Mode) or not empty(Learners):

        def measure(some: Classifier) -> float:
            raw, places, y, weights = judged(session, some, X, Y, Weights, ObservationsIn, "loss")
            return loss_of(some, raw, places, y, weights, LossFun)

        return ensemble_questions.by_mode(ensemble_questions.ensemble(model, "loss"), Mode, Learners, measure)
    found = []
    for one in model.singles():  # of several strengths of regularization each by itself
        raw, places, y, weights = judged(session, one, X, Y, Weights, ObservationsIn, "loss")
        found.append(loss_of(one, raw, places, y, weights, LossFun))
    return norm(np.array([found]))


def refuse_outputs(model: Any, nargout: int, name: str) -> None:
    if nargout > 1:
        raise ScriptError(
            "MATLAB:maxlhs", "Too many output arguments.", notes=(f"{name} of a {described(model)} gives one",)
        )


def refuse_options(model: Any, **options: Any) -> None:
    """Refuse options that are there for other models only."""
    for word, value in options.items():
        if value is not None:
            raise ScriptError(
                "stats:internal:parseArgs:BadParamName", f"Invalid parameter name: {word}.",
                notes=(f"a {model.class_name} has no use for it",),
            )  # fmt: skip


def regression_loss(session, model, X, Y, LossFun, Weights, ObservationsIn):
    matrix = model.predictors.matrix(session, X, "loss", by_columns(ObservationsIn))
    responses = X.data(take.text(Y, "Response")) if is_text(Y) else Y
    target = take.vector(responses, "Y")
    if target.size != len(matrix):
        raise ScriptError(
            "stats:loss:BadYSize", "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {len(matrix)} rows, Y {target.size} elements",),
        )  # fmt: skip
    weights = weights_of(Weights, X, target.size, "loss")
    return number_loss(model, model.values(matrix), target, weights / weights.sum(), LossFun)


def number_loss(model, values, target, weights, LossFun):
    """The loss of answers (n × L) to observations whose weights add up to 1."""
    if type(LossFun) is Function:
        columns = [norm(part.reshape(-1, 1)) for part in (target, values[:, -1], weights)]
        return take.number(LossFun.call(1, *columns), "The loss")
    word = "mse" if LossFun is None else take.choice(LossFun, ("mse", "epsiloninsensitive"), "LossFun")
    gaps = values - target[:, None]
    band = model.epsilon if isinstance(model, ResponseModel) else model.more["epsilon"]
    if word == "mse":
        return norm((weights @ gaps**2).reshape(1, -1))
    return norm((weights @ np.maximum(0, np.abs(gaps) - band)).reshape(1, -1))


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


def edge_of_model(session, Mdl, X=None, Y=None, /, *, Weights=None, ObservationsIn=None):
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


for _class_name in (*KINDS, *COMPACT):
    overload(_class_name, name="edge")(edge_of_model)
