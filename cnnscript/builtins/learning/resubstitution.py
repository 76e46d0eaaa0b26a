"""Models and the data of their training: resubPredict, resubLoss, resubMargin, resubEdge; compact leaves them out."""

from __future__ import annotations

from cnnscript.builtins.learning import ensemble_questions
from cnnscript.builtins.learning.classifiers import Classifier, loss_of, margins_of
from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.model_questions import number_loss, own_data, refuse_options, refuse_outputs, trained
from cnnscript.builtins.learning.response_models import ResponseModel
from cnnscript.builtins.learning.tree_classifiers import TreeClassifier
from cnnscript.builtins.registry import builtin
from cnnscript.values.numeric import norm


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
    if isinstance(Mdl, ResponseModel) and not Mdl.is_compact:
        return norm(Mdl.values(Mdl.X))
    model = own_data(Mdl, "resubPredict")
    return model.answer(model.data.X, nargout)


@builtin(outputs=4)
def resubLoss(
    session, nargout, Mdl, /, *, LossFun=None, Mode=None, Learners=None, Subtrees=None, TreeSize=None
):  # fmt: skip
    """
    L = resubLoss(Mdl)
    L = resubLoss(Mdl, 'LossFun', lossf)
    [L, se, NLeaf, bestlevel] = resubLoss(tree, 'Subtrees', levels)

    How wrong a model is on the observations that it was trained on.

    Options
      LossFun   as in loss
      Mode      of ensembles, as in loss
      Learners  of ensembles: numbers of the learners that are asked
      Subtrees  of trees: levels that they are cut back to, or 'all', as in cvloss
      TreeSize  of trees: 'se' or 'min', as in cvloss

    Examples
      >> L = resubLoss(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]))
      L =
           0
      >> L = resubLoss(fitcknn([1; 1; 9], [0; 1; 1]), 'LossFun', 'classiferror')
      L =
          0.3333
      >> tree = fitctree((1:8)', [0 0 0 0 1 1 1 1]', 'MinParentSize', 2);
      >> [L, se, NLeaf, bestlevel] = resubLoss(tree, 'Subtrees', 'all'); L', bestlevel
      ans =
               0    0.5000
      bestlevel =
           0

    See also loss, kfoldLoss, cvloss.
    """
    if isinstance(Mdl, TreeClassifier) and (nargout > 1 or not empty(Subtrees)):
        from cnnscript.builtins.learning.tree_pruning import subtree_losses

        data = own_data(Mdl, "resubLoss").data
        refuse_options(Mdl, Mode=Mode, Learners=Learners)
        return subtree_losses(Mdl, data.X, data.y, data.weights, LossFun, Subtrees, TreeSize)
    refuse_outputs(Mdl, nargout, "resubLoss")
    refuse_options(Mdl, Subtrees=Subtrees, TreeSize=None if isinstance(Mdl, TreeClassifier) else TreeSize)
    if isinstance(Mdl, ResponseModel) and not Mdl.is_compact:
        refuse_options(Mdl, Mode=Mode, Learners=Learners)
        return number_loss(Mdl, Mdl.values(Mdl.X), Mdl.target, Mdl.weights, LossFun)
    model = own_data(Mdl, "resubLoss")

    def measure(some: Classifier) -> float:
        raw = some.raw_scores(some.data.X)
        return loss_of(some, raw, some.chosen(raw), some.data.y, some.data.weights, LossFun)

    if not empty(Mode) or not empty(Learners):
        return ensemble_questions.by_mode(ensemble_questions.ensemble(model, "resubLoss"), Mode, Learners, measure)
    return measure(model)


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

    if isinstance(Mdl, ResponseModel):
        return Mdl.compacted()
    made = copy.copy(trained(Mdl, "compact"))
    made.is_compact = True
    return made
