"""Probabilities from the scores of a support vector machine: fitPosterior (Platt, 2000)."""

from __future__ import annotations

import copy

import numpy as np

from cnnscript.builtins.learning import partitioned_models
from cnnscript.builtins.learning.classifiers import known_classes
from cnnscript.builtins.learning.model_questions import own_data
from cnnscript.builtins.learning.output_codes import sigmoid_of
from cnnscript.builtins.learning.partitioned_models import PartitionedModel
from cnnscript.builtins.learning.support_vector_machines import SupportVectorMachine
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.structs import Struct


@builtin(outputs=2)
def fitPosterior(
    session, nargout, SVMModel, X=None, Y=None, /, *, CVPartition=None, Holdout=None, KFold=None, Leaveout=None
):
    """
    ScoreSVMModel = fitPosterior(SVMModel)
    ScoreSVMModel = fitPosterior(CompactSVMModel, X, Y)
    ScoreSVMModel = fitPosterior(SVMModel, Name, Value)
    [ScoreSVMModel, ScoreTransform] = fitPosterior(...)

    A support vector machine of two classes whose scores are probabilities: of the positive class 1/(1 + exp(a*s + b)),
    with a and b from scores of folds; where scores tell the classes apart without a fault, 0, the share of the positive
    class between them, or 1.

    Options
      CVPartition  a cvpartition
      Holdout      share left out to test
      KFold        number of folds (10)
      Leaveout     'on': each observation is a fold

    Examples
      >> rng(1), X = [randn(40, 1); randn(40, 1) + 2]; Y = [zeros(40, 1); ones(40, 1)]; SVMModel = fitcsvm(X, Y);
      >> [ScoreSVMModel, ScoreTransform] = fitPosterior(SVMModel); ScoreTransform.Type
      ans =
          'sigmoid'
      >> [~, score] = predict(ScoreSVMModel, [-1; 4]); sum(score, 2)'
      ans =
           1     1
      >> CompactSVMModel = compact(SVMModel); ScoreSVMModel = fitPosterior(CompactSVMModel, X, Y);
      >> ScoreSVMModel = fitPosterior(SVMModel, 'KFold', 5); [~, score] = predict(ScoreSVMModel, 4); score(2) > 0.8
      ans =
        logical
         1

    See also fitcsvm, predict, fitcecoc.
    """
    if not isinstance(SVMModel, SupportVectorMachine) or SVMModel.data.count != 2:
        raise ScriptError(
            "stats:ClassificationSVM:fitPosterior:BadModel",
            "fitPosterior takes a support vector machine of two classes.",
            notes=(f"got {take.described(SVMModel)}",),
        )
    given = {"CVPartition": CVPartition, "Holdout": Holdout, "KFold": KFold, "Leaveout": Leaveout}
    asked = {name: value for name, value in given.items() if value is not None}
    if X is not None:
        for word in asked:
            raise ScriptError(
                "stats:internal:parseArgs:BadParamName", f"Invalid parameter name: {word}.",
                notes=("the scores of X are looked at as they are: no folds are made",),
            )  # fmt: skip
        if Y is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        rows = SVMModel.data.predictors.matrix(session, X, "fitPosterior")
        y = known_classes(session, SVMModel, Y, "fitPosterior")
        scores = SVMModel.raw_scores(rows)[:, -1]
    else:
        model = own_data(SVMModel, "fitPosterior")
        folds = float(min(10, len(model.data.y)))
        plain = copy.copy(model)
        plain.set_transform("none")
        crossed = partitioned_models.cross_validated(session, plain, asked or {"KFold": folds})
        if not isinstance(crossed, PartitionedModel):
            raise take.wanted("on", "Leaveout", Leaveout)
        scores, y = crossed.scores()[0][:, -1], model.data.y
        scores, y = scores[~np.isnan(scores)], y[~np.isnan(scores)]
    made = copy.copy(SVMModel)
    low, high = scores[y == 0].max(initial=-np.inf), scores[y == 1].min(initial=np.inf)
    if low < high:
        made.posterior_by = ("step", float(low), float(high), float(SVMModel.data.prior[1]))
        names = ("LowerBound", "UpperBound", "PositiveClassProbability")
    else:
        made.posterior_by = ("sigmoid", *sigmoid_of(scores, y))
        names = ("Slope", "Intercept")
    kind, *numbers = made.posterior_by
    made.set_transform(f"@(S){kind}(S,{','.join(f'{number:e}' for number in numbers)})")
    return made, Struct({"Type": kind, **dict(zip(names, numbers, strict=True))})


alias("fitSVMPosterior", "fitPosterior")
