"""Trees that answer numbers: fitrtree."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.response_models import ResponseModel, responded
from cnnscript.builtins.learning.training_data import Predictors
from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import fields_body
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm, numel_of
from cnnscript.values.text import is_text


class RegressionTree(ResponseModel):
    """`tree` asks one predictor at a time."""

    kind = "RegressionTree"
    methods = ResponseModel.methods | {"view"}
    tree: Any

    @classmethod
    def of_tree(cls, tree: Any, predictors: Predictors, response: str) -> RegressionTree:
        """A tree alone, without observations."""
        none = np.zeros(0)
        made = cls(predictors, response, np.zeros((0, 0)), none, none)
        made.tree, made.is_compact = tree, True
        return made

    def values(self, X: ndarray) -> ndarray:
        return self.tree.scores(X)

    def disp(self, form: Any) -> str:
        words = ("ResponseName", "CategoricalPredictors", "ResponseTransform", "NumObservations")
        known = self.properties()
        body = fields_body([(word, known[word]) for word in words if word in known], form)
        return f"  {self.class_name}\n{body}{form.blank}"

    def own_properties(self) -> dict[str, Any]:
        tree = self.tree
        return {
            "NumNodes": float(len(tree.left)),
            "Children": norm(np.asfortranarray(np.column_stack([tree.left, tree.right]) + 1.0)),
            "CutPoint": norm(tree.cut.reshape(-1, 1)),
            "IsBranchNode": norm((tree.left >= 0).reshape(-1, 1)),
            "NodeMean": norm(tree.shares.reshape(-1, 1)),
            "NodeSize": norm(tree.counts.astype(float).reshape(-1, 1)),
        }


@builtin
def fitrtree(
    session, X, Y=None, /, *, MinParentSize=None, MinLeafSize=None, MaxNumSplits=None, NumVariablesToSample=None,
    Weights=None, PredictorNames=None, ResponseName=None, CategoricalPredictors=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None,
):  # fmt: skip
    """
    tree = fitrtree(X, Y)
    tree = fitrtree(Tbl, ResponseVarName)
    tree = fitrtree(..., Name, Value)

    A tree that answers numbers: it asks one predictor at a time, and answers the mean of a leaf.

    Options
      MinParentSize            observations that a node that asks has at least (10)
      MinLeafSize              observations of a leaf at least (1)
      MaxNumSplits             most questions (n-1)
      NumVariablesToSample     how many predictors are drawn for each question ('all')
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      CategoricalPredictors    which are categorical
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

    Examples
      >> X = (1:6)'; Y = [1 1 1 5 5 8]';
      >> tree = fitrtree(X, Y, 'MinParentSize', 2)
      tree =
        RegressionTree
                   ResponseName: 'Y'
          CategoricalPredictors: []
              ResponseTransform: 'none'
                NumObservations: 6
      >> predict(tree, [2; 4.2; 7])'
      ans =
           1     5     8
      >> tree = fitrtree(table(X, Y), 'Y', 'MinLeafSize', 3); resubLoss(tree)
      ans =
          7.2500

    See also fitctree, fitrsvm, predict.
    """
    from cnnscript.learning.trees import grow_numbers

    refuse_search(OptimizeHyperparameters, "fitrtree", HyperparameterOptimizationOptions)
    options = {
        "Weights": Weights, "PredictorNames": PredictorNames, "ResponseName": ResponseName,
        "CategoricalPredictors": CategoricalPredictors,
    }  # fmt: skip
    predictors, response, matrix, target, weights = responded(session, "fitrtree", X, Y, options)
    sizes = {"MinParentSize": MinParentSize, "MinLeafSize": MinLeafSize, "MaxNumSplits": MaxNumSplits,
             "NumVariablesToSample": NumVariablesToSample}  # fmt: skip
    model = RegressionTree(predictors, response, matrix, target, weights)
    model.tree = grow_numbers(matrix, target, weights, *depths(session, sizes, len(target), matrix.shape[1], 10, 1))
    return model


def depths(
    session, sizes: dict, rows: int, width: int, parent: int, leaf: int, sampled: int | None = None
) -> tuple[int, int, int, int, int | None]:
    """The fewest rows of a node that asks and of a leaf, the most questions, a seed, and how many predictors are drawn
    for each question, by what was given or else the defaults."""

    def whole(name: str, default: int) -> int:
        return default if empty(sizes.get(name)) else take.positive(sizes[name], name)

    leaf = whole("MinLeafSize", leaf)
    parent = max(whole("MinParentSize", parent), 2 * leaf)
    splits = rows if empty(sizes.get("MaxNumSplits")) else take.count(sizes["MaxNumSplits"], "MaxNumSplits")
    few = sizes.get("NumVariablesToSample")
    if is_text(few) and numel_of(few):
        take.choice(few, ("all",), "NumVariablesToSample")
        sampled = None
    elif not empty(few):
        sampled = take.positive(few, "NumVariablesToSample")
    sampled = None if sampled is None or sampled >= width else sampled
    seed = 0 if sampled is None else int(session.random.uniforms(1)[0] * 2**31)
    return parent, leaf, splits, seed, sampled
